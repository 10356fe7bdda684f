/* What the tests of this room share: the shipped lexicons, and an analysis shown as marked text. */
#ifndef FSC_TESTS_VOICE_TEST_H
#define FSC_TESTS_VOICE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "voice/voice.h"

/* One worker's things, made once a program. */
typedef struct bench {
    fsc_lexset *set;
    fsc_voice_rules *rules;
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_arena lexicons, arena, scratch;
    fsc_buf file[8], out;
    fsc_text text;
    fsc_hits hits;
    fsc_voices voices;
    fsc_article article;
    fsc_err err;
} bench;

/* Run from the root of the project, as make does. A word list with directions stands for the scored lexicons. */
static inline int bench_setup(void **state)
{
    static const char *const paths[] = {"lexicons/en/voice-verbs.tsv", "lexicons/en/voice-grammar.tsv", "lexicons/en/voice-names.tsv",
                                        "lexicons/en/voice-units.tsv", "lexicons/en/attribution.tsv"};
    static const char directions[] = "#lexicon test\n#language en\n#version 1\n#license none\n#dimension intensity\n"
                                     "pattern\tcategory\tweight\toptions\tnote\n"
                                     "(fell|dropped|down|drop|low)\tchange\t0\tdir=down\t\n(rose|up|rise|soared)\tchange\t0\tdir=up\t\n";
    enum { FILES = sizeof paths / sizeof *paths };
    bench *b = calloc(1, sizeof *b);
    fsc_lexicon_source source[FILES + 1];
    b->err = (fsc_err)FSC_ERR_INIT;
    for (size_t i = 0; i < FILES; i++) {
        fsc_buf_init(&b->file[i], NULL, 1 << 24);
        assert_int_equal(fsc_file_read(&b->file[i], paths[i], &b->err), 0);
        source[i] = (fsc_lexicon_source){.path = fsc_view_cstr(paths[i]), .bytes = fsc_buf_view(&b->file[i])};
    }
    source[FILES] = (fsc_lexicon_source){.path = FSC_LIT("test.tsv"), .bytes = fsc_view_cstr(directions)};
    if (fsc_lexset_compile(&b->set, source, FILES + 1, NULL, &b->err)) {
        print_message("%s:%u: %s\n", b->err.source, (unsigned)b->err.line, b->err.text);
        return -1;
    }
    fsc_arena_init(&b->lexicons, NULL);
    fsc_arena_init(&b->arena, NULL);
    fsc_arena_init(&b->scratch, NULL);
    fsc_buf_init(&b->out, NULL, 1 << 26);
    assert_int_equal(fsc_voice_rules_new(&b->rules, fsc_lexset_schema(b->set), &b->lexicons, &b->err), 0);
    assert_int_equal(fsc_types_new(&b->types, NULL, &b->err), 0);
    assert_int_equal(fsc_matcher_new(&b->matcher, b->set, b->types, NULL, &b->err), 0);
    *state = b;
    return 0;
}

static inline int bench_teardown(void **state)
{
    bench *b = *state;
    fsc_matcher_free(b->matcher);
    fsc_types_free(b->types);
    fsc_lexset_free(b->set);
    fsc_arena_release(&b->lexicons);
    fsc_arena_release(&b->arena);
    fsc_arena_release(&b->scratch);
    for (size_t i = 0; i < sizeof b->file / sizeof *b->file; i++)
        fsc_buf_release(&b->file[i]);
    fsc_buf_release(&b->out);
    free(b);
    return 0;
}

static inline void bench_analyze_parts(bench *b, fsc_view text, const fsc_part *part, size_t parts)
{
    fsc_arena_reset(&b->arena, 1 << 20);
    fsc_arena_reset(&b->scratch, 1 << 20);
    fsc_types_trim(b->types);
    assert_int_equal(fsc_text_analyze(&b->text, text, part, parts, b->types, &b->arena, &b->err), 0);
    assert_int_equal(fsc_match(&b->hits, b->matcher, &b->text, &b->arena, &b->err), 0);
    fsc_analysis a = {.article = b->article, .text = b->text, .hits = b->hits};
    assert_int_equal(fsc_voice_analyze(&a, b->rules, b->types, &b->arena, &b->scratch, &b->err), 0);
    b->voices = a.voices;
}

static inline void bench_analyze(bench *b, const char *text)
{
    bench_analyze_parts(b, fsc_view_cstr(text), NULL, 0);
}

static inline void put_speaker(bench *b, const fsc_speech *s)
{
    fsc_buf_addv(&b->out, s->by.name.len ? s->by.name : FSC_LIT("-"));
    if (s->by.role.len) {
        fsc_buf_adds(&b->out, ", ");
        fsc_buf_addv(&b->out, s->by.role);
    }
    fsc_buf_adds(&b->out, "|");
}

/* The analysed text with its speech: [Speaker, role|direct] {block} (indirect) <scare>; "-" for no speaker. */
static inline const char *bench_marked(bench *b)
{
    static const char *const open[] = {"[", "{", "{", "(", "<"}, *const close[] = {"]", "}", "}", ")", ">"};
    const fsc_voices *v = &b->voices;
    fsc_buf_reset(&b->out, 1 << 20);
    for (uint32_t at = 0; at <= b->text.bytes.len; at++) {
        for (size_t i = v->speech_count; i > 0; i--)
            if (v->speech[i - 1].end == at)
                fsc_buf_adds(&b->out, close[v->speech[i - 1].kind]);
        for (size_t i = 0; i < v->speech_count; i++)
            if (v->speech[i].start == at) {
                fsc_buf_adds(&b->out, open[v->speech[i].kind]);
                put_speaker(b, &v->speech[i]);
            }
        if (at < b->text.bytes.len)
            fsc_buf_char(&b->out, b->text.bytes.data[at]);
    }
    return b->out.data;
}

/* "name/kind[role] xN; ..." */
static inline const char *bench_actors(bench *b)
{
    fsc_buf_reset(&b->out, 1 << 20);
    for (size_t i = 0; i < b->voices.actor_count; i++) {
        const fsc_actor *a = &b->voices.actor[i];
        fsc_buf_adds(&b->out, i ? "; " : "");
        fsc_buf_addv(&b->out, a->name);
        fsc_buf_printf(&b->out, "/%s", fsc_actor_kind_name(a->kind));
        if (a->role.len)
            fsc_buf_printf(&b->out, "[%.*s]", (int)a->role.len, a->role.data);
        fsc_buf_printf(&b->out, " x%u", (unsigned)a->mention_count);
    }
    return b->out.data;
}

/* "text=value unit direction; ..." */
static inline const char *bench_quantities(bench *b)
{
    fsc_buf_reset(&b->out, 1 << 20);
    for (size_t i = 0; i < b->voices.quantity_count; i++) {
        const fsc_quantity *q = &b->voices.quantity[i];
        const char *direction = fsc_direction_name(q->direction);
        fsc_buf_adds(&b->out, i ? "; " : "");
        fsc_buf_addv(&b->out, fsc_view_slice(b->text.bytes, q->start, q->end));
        fsc_buf_char(&b->out, '=');
        fsc_buf_real(&b->out, q->value, 3);
        if (q->unit.len)
            fsc_buf_printf(&b->out, " %.*s", (int)q->unit.len, q->unit.data);
        if (direction)
            fsc_buf_printf(&b->out, " %s", direction);
        if (q->base.start != FSC_NONE)
            fsc_buf_printf(&b->out, " < %.*s", (int)(q->base.end - q->base.start), b->text.bytes.data + q->base.start);
    }
    return b->out.data;
}

/* A text and what bench_marked shows of it. */
typedef struct example {
    const char *text, *marked;
} example;

static inline void bench_check(bench *b, const example *e, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bench_analyze(b, e[i].text);
        assert_string_equal(bench_marked(b), e[i].marked);
    }
}

#define CHECK(b, examples) bench_check((b), (examples), sizeof(examples) / sizeof *(examples))

#endif
