// Voice: any text gets spans that lie in it on character borders, a map that agrees with them, actors with mentions and
// words that add up; a second run gives the same.
#include <stdint.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include "voice/voice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

static const char *const paths[] = {"lexicons/en/voice-verbs.tsv", "lexicons/en/voice-grammar.tsv",
                                    "lexicons/en/voice-names.tsv", "lexicons/en/voice-units.tsv",
                                    "lexicons/en/attribution.tsv"};
enum { FILES = sizeof paths / sizeof *paths };

typedef struct shop {
    fsc_buf file[FILES];
    fsc_lexset *set;
    fsc_arena long_arena;
    fsc_voice_rules *rules;
} shop;

// Compiled once a process and never freed: the fuzzer calls millions of times.
static const shop *open_shop(void)
{
    static shop s;
    if (s.set)
        return &s;
    fsc_lexicon_source source[FILES];
    for (size_t i = 0; i < FILES; i++) {
        fsc_buf_init(&s.file[i], NULL, 1 << 24);
        MUST(fsc_file_read(&s.file[i], paths[i], NULL) == 0);
        source[i] = (fsc_lexicon_source){.path = fsc_view_cstr(paths[i]), .bytes = fsc_buf_view(&s.file[i])};
    }
    fsc_arena_init(&s.long_arena, NULL);
    MUST(fsc_lexset_compile(&s.set, source, FILES, NULL, NULL) == 0);
    MUST(fsc_voice_rules_new(&s.rules, fsc_lexset_schema(s.set), &s.long_arena, NULL) == 0);
    return &s;
}

static void border(fsc_view text, uint32_t at)
{
    MUST(at <= text.len && (at == text.len || fsc_utf8_is_start((unsigned char)text.data[at])));
}

static void spans_hold(const fsc_voices *v, const fsc_text *t)
{
    for (size_t i = 0; i < v->speech_count; i++) {
        const fsc_speech *s = &v->speech[i];
        MUST(s->start < s->end && (i == 0 || s->start >= v->speech[i - 1].start));
        MUST(s->actor == FSC_NONE || s->actor < v->actor_count);
        border(t->bytes, s->start);
        border(t->bytes, s->end);
    }
    for (size_t i = 0; i < v->name_count; i++)
        MUST(v->name[i].start < v->name[i].end && (i == 0 || v->name[i].start >= v->name[i - 1].end));
    for (size_t i = 0; i < v->quantity_count; i++) {
        MUST(v->quantity[i].start < v->quantity[i].end);
        border(t->bytes, v->quantity[i].end);
    }
    for (size_t i = 0; i < v->actor_count; i++)
        MUST(v->actor[i].mention_count > 0 && v->actor[i].name.len > 0);
}

static void map_holds(const fsc_voices *v, const fsc_text *t)
{
    for (size_t i = 0; i < v->voiced_count; i++) {
        const fsc_voiced *p = &v->voiced[i];
        MUST(p->first < p->end && p->end <= t->word_count && (!i || p[-1].end <= p->first));
        MUST(p->speech < v->speech_count && p->voice != FSC_VOICE_OWN && p->voice < FSC_VOICE_COUNT);
        MUST(v->speech[p->speech].start <= t->word[p->first].start);
        MUST(t->word[p->end - 1].start < v->speech[p->speech].end);
    }
    MUST(v->own_words + v->quoted_words + v->indirect_words + v->scare_words == t->word_count);
}

static uint64_t run(const shop *s, fsc_view bytes, fsc_arena *arena, fsc_arena *scratch)
{
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_analysis a = {.article.text = bytes};
    MUST(fsc_types_new(&types, NULL, NULL) == 0 && fsc_matcher_new(&matcher, s->set, types, NULL, NULL) == 0);
    MUST(fsc_text_analyze(&a.text, bytes, NULL, 0, types, arena, NULL) == 0);
    MUST(fsc_match(&a.hits, matcher, &a.text, arena, NULL) == 0);
    MUST(fsc_voice_analyze(&a, s->rules, types, arena, scratch, NULL) == 0);
    spans_hold(&a.voices, &a.text);
    map_holds(&a.voices, &a.text);
    uint64_t sum = fsc_hash64(a.voices.voiced, a.voices.voiced_count * sizeof *a.voices.voiced, a.voices.speech_count * 31 + a.voices.actor_count);
    fsc_matcher_free(matcher);
    fsc_types_free(types);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const shop *s = open_shop();
    fsc_arena arena, scratch;
    fsc_arena_init(&arena, NULL);
    fsc_arena_init(&scratch, NULL);
    uint32_t repaired;
    fsc_view bytes = fsc_utf8_repair(&arena, (fsc_view){size ? (const char *)data : "", size}, &repaired);
    uint64_t once = run(s, bytes, &arena, &scratch);
    fsc_arena_reset(&scratch, 0);
    MUST(once == run(s, bytes, &arena, &scratch));
    fsc_arena_release(&arena);
    fsc_arena_release(&scratch);
    return 0;
}
