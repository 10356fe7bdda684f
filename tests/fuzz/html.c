// HTML: any bytes become an article, and its parts tile its text. The first byte chooses the options.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

static void parts_tile(const fsc_article *a)
{
    uint32_t at = 0;
    for (size_t i = 0; i < a->part_count; i++) {
        const fsc_part *p = &a->part[i];
        MUST(p->start >= at && p->start < p->end && p->end <= a->text.len);
        for (; at < p->start; at++)
            MUST((unsigned char)a->text.data[at] <= ' ');
        at = p->end;
    }
    for (; at < a->text.len; at++)
        MUST((unsigned char)a->text.data[at] <= ' ');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fsc_arena arena, scratch;
    fsc_article article;
    fsc_err err = FSC_ERR_INIT;
    if (size == 0)
        return 0;
    uint8_t bits = *data;
    fsc_extract_options opt = {.text_only = bits & 1, .source_offsets = bits & 2, .score_captions = bits & 4};
    fsc_item item = {.format = bits & 8 ? FSC_FORMAT_FRAGMENT : FSC_FORMAT_HTML,
                     .post = bits & 16,
                     .content = {(const char *)data + 1, size - 1}};
    if (item.format == FSC_FORMAT_FRAGMENT && fsc_utf8_valid(item.content.data, item.content.len) != item.content.len)
        return 0; // fragments come from readers that have repaired them
    fsc_arena_init(&arena, NULL);
    fsc_arena_init(&scratch, NULL);
    MUST(fsc_extract(&article, &item, &opt, &arena, &scratch, &err) == 0);
    MUST(fsc_utf8_valid(article.text.data, article.text.len) == article.text.len);
    MUST(fsc_utf8_valid(article.title.data, article.title.len) == article.title.len);
    MUST(fsc_utf8_valid(article.author.data, article.author.len) == article.author.len);
    MUST(fsc_utf8_valid(article.canonical.data, article.canonical.len) == article.canonical.len);
    parts_tile(&article);
    for (size_t i = 0; i < article.part_count; i++)
        MUST(article.part[i].source_end <= item.content.len * 4 + 16);
    fsc_arena_release(&arena);
    fsc_arena_release(&scratch);
    return 0;
}
