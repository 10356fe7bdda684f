// Text: any bytes, repaired, become words, sentences and marks that lie in order on character borders; a second reading
// with a fresh type table gives the same. The first byte chooses where the text is cut into two parts.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

static void border(fsc_view text, uint32_t at)
{
    MUST(at <= text.len && (at == text.len || fsc_utf8_is_start((unsigned char)text.data[at])));
}

static void words_in_order(const fsc_text *t, const fsc_types *types)
{
    uint32_t last = 0;
    for (size_t i = 0; i < t->word_count; i++) {
        MUST(t->word[i].start >= last && t->word[i].end > t->word[i].start);
        MUST(t->word[i].type < fsc_types_count(types) && fsc_types_form(types, t->word[i].type).len > 0);
        border(t->bytes, t->word[i].start);
        border(t->bytes, t->word[i].end);
        last = t->word[i].end;
    }
}

static void sentences_cover_words(const fsc_text *t)
{
    uint32_t word = 0, last = 0;
    for (size_t i = 0; i < t->sentence_count; i++) {
        const fsc_sentence *s = &t->sentence[i];
        MUST(s->first_word == word && s->end_word > word && s->start >= last && s->part < t->part_count);
        MUST(s->start <= t->word[word].start && s->end >= t->word[s->end_word - 1].end);
        MUST(s->start >= t->part[s->part].start && s->end <= t->part[s->part].end);
        border(t->bytes, s->start);
        border(t->bytes, s->end);
        word = s->end_word;
        last = s->end;
    }
    MUST(word == t->word_count);
}

static void marks_in_order(const fsc_text *t)
{
    uint32_t last = 0;
    for (size_t i = 0; i < t->mark_count; i++) {
        const fsc_mark *m = &t->mark[i];
        MUST(m->start >= last && m->end > m->start && m->side >= 1 && m->side <= 3 && m->next_word <= t->word_count);
        border(t->bytes, m->start);
        border(t->bytes, m->end);
        last = m->end;
    }
}

static void same(const fsc_text *a, const fsc_types *ta, const fsc_text *b, const fsc_types *tb)
{
    MUST(a->word_count == b->word_count && a->sentence_count == b->sentence_count && a->mark_count == b->mark_count);
    for (size_t i = 0; i < a->word_count; i++)
        MUST(a->word[i].flags == b->word[i].flags &&
             fsc_view_eq(fsc_types_form(ta, a->word[i].type), fsc_types_form(tb, b->word[i].type)));
}

// Two parts, with a border at a character near the place that the byte names.
static void read_parts(fsc_view text, uint8_t place, fsc_types *types, fsc_arena *arena)
{
    uint32_t at = (uint32_t)(text.len * place / 256);
    while (at < text.len && !fsc_utf8_is_start((unsigned char)text.data[at]))
        at++;
    fsc_part parts[2] = {{.start = 0, .end = at, .scored = true}, {.start = at, .end = (uint32_t)text.len}};
    fsc_text t;
    MUST(fsc_text_analyze(&t, text, parts, 2, types, arena, NULL) == FSC_OK);
    words_in_order(&t, types);
    sentences_cover_words(&t);
    marks_in_order(&t);
    MUST(t.scored_words <= t.word_count);
}

static void read_untailored(fsc_view text, fsc_arena *arena)
{
    uint32_t *at;
    size_t count;
    for (int k = 0; k < 2; k++) {
        MUST((k ? fsc_text_uax_words : fsc_text_uax_sentences)(&at, &count, text, arena, NULL) == FSC_OK);
        MUST((count == 0) == (text.len == 0));
        for (size_t i = 0; i < count; i++) {
            MUST(i ? at[i] > at[i - 1] : at[0] == 0);
            border(text, at[i]);
        }
        MUST(!count || at[count - 1] == text.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fsc_arena arena;
    fsc_types *types, *fresh;
    fsc_text a, b;
    uint32_t repaired = 0;
    if (!size)
        return 0;
    fsc_arena_init(&arena, NULL);
    fsc_view text = fsc_utf8_repair(&arena, fsc_view_of((const char *)data + 1, size - 1), &repaired);
    MUST(fsc_types_new(&types, NULL, NULL) == FSC_OK && fsc_types_new(&fresh, NULL, NULL) == FSC_OK);
    read_parts(text, data[0], types, &arena);
    MUST(fsc_text_analyze(&a, text, NULL, 0, types, &arena, NULL) == FSC_OK);
    MUST(fsc_text_analyze(&b, text, NULL, 0, fresh, &arena, NULL) == FSC_OK);
    words_in_order(&a, types);
    sentences_cover_words(&a);
    marks_in_order(&a);
    same(&a, types, &b, fresh);
    read_untailored(text, &arena);
    fsc_types_free(types);
    fsc_types_free(fresh);
    fsc_arena_release(&arena);
    return 0;
}
