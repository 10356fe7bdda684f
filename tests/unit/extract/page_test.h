/* Runs extraction on pages written in the test. */
#ifndef FSC_TESTS_PAGE_TEST_H
#define FSC_TESTS_PAGE_TEST_H

#include "check.h"

#include "extract/meta_p.h"

typedef struct bench {
    fsc_arena arena, scratch;
    fsc_article article;
} bench;

static inline void bench_open(bench *b)
{
    fsc_arena_init(&b->arena, NULL);
    fsc_arena_init(&b->scratch, NULL);
}

static inline void bench_close(bench *b)
{
    fsc_arena_release(&b->arena);
    fsc_arena_release(&b->scratch);
}

static inline int bench_item(bench *b, const fsc_item *item, const fsc_extract_options *opt)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_arena_reset(&b->scratch, 0);
    return fsc_extract(&b->article, item, opt, &b->arena, &b->scratch, &err);
}

/* The article of a page, without its headline. */
static inline void bench_page(bench *b, const char *html)
{
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_view_cstr(html)};
    fsc_extract_options opt = {.text_only = true};
    assert_int_equal(bench_item(b, &item, &opt), 0);
}

static inline void assert_text(bench *b, const char *html, const char *want)
{
    bench_page(b, html);
    assert_string_equal(fsc_arena_dup(&b->arena, b->article.text).data, want);
}

/* Parts tile the text, in order, with nothing but joins between them. */
static inline void assert_tiles(const fsc_article *a)
{
    uint32_t at = 0;
    for (size_t i = 0; i < a->part_count; i++) {
        assert_true(a->part[i].start >= at && a->part[i].start < a->part[i].end && a->part[i].end <= a->text.len);
        for (; at < a->part[i].start; at++)
            assert_true((unsigned char)a->text.data[at] <= ' ');
        at = a->part[i].end;
    }
    for (; at < a->text.len; at++)
        assert_true((unsigned char)a->text.data[at] <= ' ');
}

static inline const char *from_of(const fsc_article *a, const char *field)
{
    for (size_t i = 0; i < a->from_count; i++)
        if (fsc_view_is(a->from[i].name, field))
            return a->from[i].value.data;
    return "";
}

/* Running text of our own for the pages. */
#define P1 "The council voted on Tuesday to widen the bridge over the river, which carries most of the traffic."
#define P2 "Two members spoke against the plan and asked for a second study, which the mayor said would cost too much."
#define P3 "Work is expected to begin in the spring, and the bridge will stay open to buses and bicycles until then."
#define PAGE(head, body) "<!doctype html><html lang=en><head>" head "</head><body>" body "</body></html>"
#define PARAGRAPHS "<p>" P1 "</p><p>" P2 "</p><p>" P3 "</p>"
#define TEXT P1 "\n\n" P2 "\n\n" P3

#endif
