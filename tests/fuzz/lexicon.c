// Lexicon: any bytes are a lexicon, or its rows when they start otherwise than with #; behind a line === stands a text.
// Either an error with its place, or a set that finds the same hits, in order and on words, from its image too.
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lexicon/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

#define HEAD "#lexicon a\n#language en\n#version 1\n#license none\n#dimension d\npattern\tcategory\tweight\toptions\n"
#define RESOURCE                                                                                                       \
    "#lexicon b\n#language en\n#version 1\n#license none\n#role resource\npattern\tcategory\nmayor\ttitle\n"

static int order(const fsc_hit *a, const fsc_hit *b)
{
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static void check_hits(const fsc_hits *hits, const fsc_text *text, const fsc_schema *schema)
{
    for (size_t i = 0; i < hits->count; i++) {
        const fsc_hit *h = &hits->hit[i];
        MUST(h->entry < schema->entry_count && h->first_word < h->end_word && h->end_word <= text->word_count);
        MUST(h->start == text->word[h->first_word].start && h->start < h->end);
        MUST(h->end <= text->word[h->end_word - 1].end && h->end > text->word[h->end_word - 1].start);
        MUST(h->end == text->bytes.len || fsc_utf8_is_start((unsigned char)text->bytes.data[h->end]));
        uint32_t s = fsc_text_sentence_at(text, h->start);
        MUST(h->first_word >= text->sentence[s].first_word && h->end_word <= text->sentence[s].end_word);
        MUST(i == 0 || order(&hits->hit[i - 1], h) < 0);
    }
}

// Matches with a matcher of its own.
static void match(fsc_hits *hits, const fsc_lexset *set, fsc_view bytes, fsc_arena *arena, bool check)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_text text;
    MUST(fsc_types_new(&types, NULL, &err) == 0);
    MUST(fsc_matcher_new(&matcher, set, types, NULL, &err) == 0);
    MUST(fsc_text_analyze(&text, bytes, NULL, 0, types, arena, &err) == 0);
    MUST(fsc_match(hits, matcher, &text, arena, &err) == 0);
    if (check)
        check_hits(hits, &text, fsc_lexset_schema(set));
    fsc_matcher_free(matcher);
    fsc_types_free(types);
}

static void check_set(const fsc_lexset *set, fsc_view text)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_buf image;
    fsc_lexset *opened;
    fsc_hits hits, again;
    fsc_arena_init(&arena, NULL);
    fsc_buf_init(&image, NULL, (size_t)1 << 30);
    match(&hits, set, text, &arena, true);
    MUST(fsc_lexset_image(&image, set, &err) == 0);
    MUST(fsc_lexset_open(&opened, fsc_buf_view(&image), NULL, &err) == 0);
    match(&again, opened, text, &arena, false);
    MUST(hits.count == again.count);
    MUST(hits.count == 0 || memcmp(hits.hit, again.hit, hits.count * sizeof *hits.hit) == 0);
    fsc_lexset_free(opened);
    fsc_buf_release(&image);
    fsc_arena_release(&arena);
}

// With faulty entries left out the others match as ever, and lexicon check tells of entries that there are.
static void check_lenient(fsc_lexicon_source *source, int strict, fsc_view text, fsc_arena *arena)
{
    fsc_lexset *set = NULL;
    fsc_lexicon_notes notes = {0};
    fsc_findings found;
    fsc_err err = FSC_ERR_INIT;
    source[0].lenient = true;
    if (fsc_lexset_compile_lenient(&set, &notes, source, 2, arena, &err))
        return;
    MUST(strict == 0 || notes.len > 0);
    check_set(set, text);
    MUST(fsc_lexicon_check(&found, set, 0, arena, &err) == 0);
    size_t entries = fsc_lexset_schema(set)->entry_count;
    for (size_t i = 0; i < found.len; i++)
        MUST(found.data[i].entry < entries && (found.data[i].other == FSC_NONE || found.data[i].other < entries) && found.data[i].text.len);
    fsc_lexset_free(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 << 16)
        return 0;
    fsc_view input = fsc_view_of((const char *)data, size), text = FSC_LIT("The mayor said no. Very clear, not a b c!");
    fsc_arena arena;
    fsc_buf lexicon;
    fsc_arena_init(&arena, NULL);
    fsc_buf_init(&lexicon, NULL, 1 << 20);
    size_t bar = fsc_view_find(input, FSC_LIT("\n===\n"), 0);
    if (bar != SIZE_MAX) {
        text = fsc_utf8_repair(&arena, fsc_view_slice(input, bar + 5, input.len), &(uint32_t){0});
        input = fsc_view_slice(input, 0, bar + 1);
    }
    if (input.len == 0 || input.data[0] != '#')
        fsc_buf_adds(&lexicon, HEAD);
    fsc_buf_addv(&lexicon, input);
    fsc_lexicon_source source[] = {{.path = FSC_LIT("a"), .bytes = fsc_buf_view(&lexicon)},
                                   {.path = FSC_LIT("b"), .bytes = FSC_LIT(RESOURCE)}};
    fsc_lexset *set = NULL;
    fsc_err err = FSC_ERR_INIT;
    int status = fsc_lexset_compile(&set, source, 2, NULL, &err);
    if (status) {
        MUST(!set && err.code == status && err.text[0] && (status != FSC_E_LEXICON || err.line > 0));
    } else {
        check_set(set, text);
        fsc_lexset_free(set);
    }
    check_lenient(source, status, text, &arena);
    fsc_buf_release(&lexicon);
    fsc_arena_release(&arena);
    return 0;
}
