/*
 * framing_test: one document through text, lexicon and framing, with voices made by hand.
 *
 * The shipped causality, certainty, agency, stance and framing-* lexicons are loaded from lexicons/en (tests run from
 * the top of the tree) together with a small lexicon of this file for what other rooms' lexicons would give.
 */
#ifndef FRAMING_TEST_H
#define FRAMING_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "framing/framing.h"

#define FRAMING_TEST_FILES 11

typedef struct bench {
    fsc_err err;
    fsc_buf file[FRAMING_TEST_FILES];
    fsc_lexset *set;
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_framing_rules *rules;
    fsc_arena rules_arena, arena, scratch;
    fsc_analysis a;
} bench;

static const char framing_test_extra[] =
    "#lexicon\textra\n#language\ten\n#version\t1\n#license\tMIT\n#role\tscored\n#dimension\tintensity\n"
    "#poles\tamplifier=+ change=+ minimizer=-\npattern\tcategory\tweight\toptions\n"
    "massive\tamplifier\t1\nplung(e|es|ed)\tchange\t2\tdir=down\nonly\tminimizer\t0.5\n(big|big win)\tamplifier\t1\n"
    "homeland\tamplifier\t1\nsecure homeland\tamplifier\t1\tnames\nbiggest\tamplifier\t0\n";
static const char framing_test_quantity[] =
    "#lexicon\tquantity\n#language\ten\n#version\t1\n#license\tMIT\n#role\tscored\n#dimension\tquantity\n"
    "#poles\tmaximizer=+ minimizer=-\npattern\tcategory\tweight\toptions\n"
    "only\tminimizer\t1\tnumber\nas many as\tmaximizer\t1\tnumber\n";
static const char framing_test_threat[] =
    "#lexicon\tthreat\n#language\ten\n#version\t1\n#license\tMIT\n#role\tscored\n#dimension\tthreat\n"
    "pattern\tcategory\tweight\toptions\nflood(s|)\twater\t1\ttarget=people\ncriminal(s|)\tcriminality\t1\tpredicate\n";
static const char framing_test_attribution[] =
    "#lexicon\tattribution\n#language\ten\n#version\t1\n#license\tMIT\n#role\tscored\n#dimension\tattribution\n"
    "#poles\tendorsing=+ distancing=- "
    "neutral=o\npattern\tcategory\tweight\toptions\nclaim(s|ed)\tdistancing\t1\nsa(y|ys|id|ying)\tneutral\t0\n"
    "quip(s|ped)\tdistancing\t1\tspeech\ngo on the record\tdistancing\t1\tspeech\n";

static int bench_open(void **state)
{
    static const char *const name[FRAMING_TEST_FILES] = {"causality",        "certainty",      "agency",
                                                         "stance",           "framing-clause", "framing-events",
                                                         "framing-function", "framing-people", "framing-questions",
                                                         "framing-time",     "framing-verbs"};
    bench *b = calloc(1, sizeof *b);
    fsc_lexicon_source source[FRAMING_TEST_FILES + 4];
    char path[FRAMING_TEST_FILES][80];
    assert_non_null(b);
    for (size_t k = 0; k < FRAMING_TEST_FILES; k++) {
        snprintf(path[k], sizeof path[k], "lexicons/en/%s.tsv", name[k]);
        fsc_buf_init(&b->file[k], NULL, 1 << 24);
        assert_int_equal(fsc_file_read(&b->file[k], path[k], &b->err), 0);
        source[k] = (fsc_lexicon_source){.path = fsc_view_cstr(path[k]), .bytes = fsc_buf_view(&b->file[k])};
    }
    const char *const extra[4] = {framing_test_extra, framing_test_quantity, framing_test_threat,
                                  framing_test_attribution};
    for (size_t k = 0; k < 4; k++)
        source[FRAMING_TEST_FILES + k] = (fsc_lexicon_source){.path = FSC_LIT("extra"), .bytes = fsc_view_cstr(extra[k])};
    if (fsc_lexset_compile(&b->set, source, FRAMING_TEST_FILES + 4, NULL, &b->err))
        fail_msg("%s:%u: %s", b->err.source, b->err.line, b->err.text);
    fsc_arena_init(&b->rules_arena, NULL);
    fsc_arena_init(&b->arena, NULL);
    fsc_arena_init(&b->scratch, NULL);
    assert_int_equal(fsc_types_new(&b->types, NULL, &b->err), 0);
    assert_int_equal(fsc_matcher_new(&b->matcher, b->set, b->types, NULL, &b->err), 0);
    assert_int_equal(fsc_framing_rules_new(&b->rules, fsc_lexset_schema(b->set), &b->rules_arena, &b->err), 0);
    *state = b;
    return 0;
}

static int bench_close(void **state)
{
    bench *b = *state;
    fsc_matcher_free(b->matcher);
    fsc_types_free(b->types);
    fsc_lexset_free(b->set);
    fsc_arena_release(&b->scratch);
    fsc_arena_release(&b->arena);
    fsc_arena_release(&b->rules_arena);
    for (size_t k = 0; k < FRAMING_TEST_FILES; k++)
        fsc_buf_release(&b->file[k]);
    free(b);
    return 0;
}

/* Words, hits and empty voices of a text; framing is still to come. Parts NULL: one body. */
static inline void prepare_parts(bench *b, const char *text, const fsc_part *part, size_t part_count)
{
    fsc_arena_reset(&b->arena, 1 << 20);
    fsc_arena_reset(&b->scratch, 1 << 20);
    b->a = (fsc_analysis){.schema = fsc_lexset_schema(b->set), .has_language = true};
    b->a.article.text = fsc_view_cstr(text);
    assert_int_equal(fsc_text_analyze(&b->a.text, b->a.article.text, part, part_count, b->types, &b->arena, &b->err),
                     0);
    assert_int_equal(fsc_match(&b->a.hits, b->matcher, &b->a.text, &b->arena, &b->err), 0);
    fsc_voices *v = &b->a.voices;
    v->voiced = FSC_NEW_N(&b->arena, fsc_voiced, b->a.text.word_count + 1);
    v->own_words = b->a.text.scored_words;
}

static inline void prepare(bench *b, const char *text)
{
    prepare_parts(b, text, NULL, 0);
}

static inline void frame(bench *b)
{
    assert_int_equal(fsc_framing_analyze(&b->a, b->rules, b->types, &b->arena, &b->scratch, &b->err), 0);
}

static inline void analyze(bench *b, const char *text)
{
    prepare(b, text);
    frame(b);
}

static inline fsc_span find(const bench *b, const char *needle)
{
    size_t at = fsc_view_find(b->a.text.bytes, fsc_view_cstr(needle), 0);
    assert_true(at != SIZE_MAX);
    return (fsc_span){(uint32_t)at, (uint32_t)(at + strlen(needle))};
}

/* Says that `words` are speech. The last one given is the innermost. */
static inline fsc_speech *add_speech(bench *b, const char *words, fsc_speech_kind kind, fsc_voice voice,
                                     const char *speaker)
{
    fsc_voices *v = &b->a.voices;
    fsc_speech *grown = FSC_NEW_N(&b->arena, fsc_speech, v->speech_count + 1);
    if (v->speech_count)
        memcpy(grown, v->speech, v->speech_count * sizeof *grown);
    fsc_span s = find(b, words);
    grown[v->speech_count] = (fsc_speech){.start = s.start,
                                          .end = s.end,
                                          .kind = kind,
                                          .by.name = fsc_view_cstr(speaker),
                                          .cue = FSC_NO_SPAN,
                                          .actor = FSC_NONE};
    v->speech = grown;
    // one item a word, in order of words
    for (uint32_t w = 0; w < b->a.text.word_count; w++)
        if (b->a.text.word[w].start >= s.start && b->a.text.word[w].end <= s.end) {
            size_t i = v->voiced_count;
            for (; i > 0 && v->voiced[i - 1].first >= w; i--)
                v->voiced[i] = v->voiced[i - 1];
            if (i < v->voiced_count && v->voiced[i + 1].first == w)
                memmove(&v->voiced[i + 1], &v->voiced[i + 2], (v->voiced_count-- - i - 1) * sizeof *v->voiced);
            v->voiced[i] = (fsc_voiced){w, w + 1, (uint32_t)v->speech_count, (uint32_t)voice};
            v->voiced_count++;
            v->own_words -= v->own_words > 0;
        }
    return &grown[v->speech_count++];
}

static inline void add_actor(bench *b, const char *name, fsc_actor_kind kind)
{
    fsc_voices *v = &b->a.voices;
    v->actor = FSC_NEW(&b->arena, fsc_actor);
    v->actor_count = 1;
    v->actor->name = fsc_view_cstr(name);
    v->actor->kind = kind;
    v->actor->mention = FSC_NEW(&b->arena, fsc_span);
    v->actor->mention[0] = find(b, name);
    v->actor->mention_count = 1;
}

static inline bool view_is_text(fsc_view v, const char *s)
{
    return v.len == strlen(s) && memcmp(v.data, s, v.len) == 0;
}

/* The cue with this text in this dimension, or NULL; `nth` counts from 0. */
static inline const fsc_cue *cue_nth(const bench *b, const char *dimension, const char *text, size_t nth)
{
    for (size_t k = 0; k < b->a.cue_count; k++) {
        const fsc_cue *c = &b->a.cue[k];
        if (view_is_text(b->a.schema->dimension[c->dimension].name, dimension) &&
            view_is_text(fsc_view_slice(b->a.text.bytes, c->start, c->end), text) && nth-- == 0)
            return c;
    }
    return NULL;
}

static inline const fsc_cue *cue(const bench *b, const char *dimension, const char *text)
{
    return cue_nth(b, dimension, text, 0);
}

/* "cause", or "" when there is no such cue. */
static inline const char *category(const bench *b, const char *dimension, const char *text)
{
    static char out[80];
    const fsc_cue *c = cue(b, dimension, text);
    fsc_view v = c ? b->a.schema->category[c->category].name : (fsc_view){"", 0};
    snprintf(out, sizeof out, "%.*s", (int)v.len, v.data);
    return out;
}

static inline size_t count_of(const bench *b, const char *dimension, const char *cat)
{
    size_t n = 0;
    for (size_t k = 0; k < b->a.cue_count; k++)
        n += view_is_text(b->a.schema->dimension[b->a.cue[k].dimension].name, dimension) &&
             view_is_text(b->a.schema->category[b->a.cue[k].category].name, cat);
    return n;
}

/* The relation whose wording is `text`. */
static inline const fsc_relation *relation(const bench *b, const char *text)
{
    for (size_t k = 0; k < b->a.relation_count; k++) {
        const fsc_relation *r = &b->a.relation[k];
        if (view_is_text(fsc_view_slice(b->a.text.bytes, r->start, r->end), text))
            return r;
    }
    fail_msg("no relation \"%s\" in: %.*s", text, (int)b->a.text.bytes.len, b->a.text.bytes.data);
    return NULL;
}

static inline const char *span_text(const bench *b, fsc_span s)
{
    static char out[2][512];
    static int turn;
    turn = !turn;
    if (!fsc_span_is(s))
        return "-";
    snprintf(out[turn], sizeof out[turn], "%.*s", (int)(s.end - s.start), b->a.text.bytes.data + s.start);
    return out[turn];
}

#endif
