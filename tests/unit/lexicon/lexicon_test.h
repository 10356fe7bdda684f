/* What the tests of this room share: sets from a few lines, hits as marked text. */
#ifndef FSC_TESTS_LEXICON_TEST_H
#define FSC_TESTS_LEXICON_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lexicon/lexicon.h"

#define HEAD_SCORED "#lexicon test\n#language en\n#version 1\n#license none\n#dimension test\n"
#define HEAD_RESOURCE "#lexicon words\n#language en\n#version 1\n#license none\n#role resource\n"
#define COLUMNS "pattern\tcategory\tweight\toptions\tnote\n"

/* One worker's things around a set. */
typedef struct bench {
    fsc_lexset *set;
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_arena arena;
    fsc_text text;
    fsc_hits hits;
    fsc_err err;
} bench;

/* Compiles the texts (each a whole lexicon); the status. Paths are "a.tsv", "b.tsv", ... */
static inline int bench_compile(bench *b, const char *const *text, size_t count)
{
    fsc_lexicon_source source[8];
    static const char *const path[] = {"a.tsv", "b.tsv", "c.tsv", "d.tsv", "e.tsv", "f.tsv", "g.tsv", "h.tsv"};
    *b = (bench){.err = FSC_ERR_INIT};
    fsc_arena_init(&b->arena, NULL);
    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++)
        source[i] = (fsc_lexicon_source){.path = fsc_view_cstr(path[i]), .bytes = fsc_view_cstr(text[i])};
    int status = fsc_lexset_compile(&b->set, source, count, NULL, &b->err);
    if (status)
        assert_null(b->set);
    return status;
}

static inline void bench_start(bench *b)
{
    assert_int_equal(fsc_types_new(&b->types, NULL, &b->err), 0);
    assert_int_equal(fsc_matcher_new(&b->matcher, b->set, b->types, NULL, &b->err), 0);
}

/* Compiles one scored lexicon of the rows and makes a matcher. */
static inline void bench_open(bench *b, const char *rows)
{
    fsc_buf buf;
    fsc_buf_init(&buf, NULL, 1 << 24);
    fsc_buf_adds(&buf, HEAD_SCORED COLUMNS);
    fsc_buf_adds(&buf, rows);
    const char *text = buf.data;
    int status = bench_compile(b, &text, 1);
    if (status)
        print_message("%s:%u:%u: %s\n", b->err.source, (unsigned)b->err.line, (unsigned)b->err.column, b->err.text);
    assert_int_equal(status, 0);
    fsc_buf_release(&buf);
    bench_start(b);
}

static inline void bench_match(bench *b, fsc_view text)
{
    assert_int_equal(fsc_text_analyze(&b->text, text, NULL, 0, b->types, &b->arena, &b->err), 0);
    assert_int_equal(fsc_match(&b->hits, b->matcher, &b->text, &b->arena, &b->err), 0);
}

/* The text with [ ] around each hit, inner hits inside outer ones. */
static inline const char *bench_marked(bench *b, const char *text)
{
    fsc_buf out;
    fsc_buf_init(&out, NULL, 1 << 20);
    bench_match(b, fsc_view_cstr(text));
    for (size_t at = 0; at <= b->text.bytes.len; at++) {
        for (size_t i = 0; i < b->hits.count; i++)
            if (b->hits.hit[i].end == at)
                fsc_buf_char(&out, ']');
        for (size_t i = 0; i < b->hits.count; i++)
            if (b->hits.hit[i].start == at)
                fsc_buf_char(&out, '[');
        if (at < b->text.bytes.len)
            fsc_buf_char(&out, text[at]);
    }
    const char *marked = fsc_arena_dup(&b->arena, fsc_buf_view(&out)).data;
    fsc_buf_release(&out);
    return marked;
}

static inline void bench_close(bench *b)
{
    fsc_matcher_free(b->matcher);
    fsc_types_free(b->types);
    fsc_lexset_free(b->set);
    fsc_arena_release(&b->arena);
}

#endif
