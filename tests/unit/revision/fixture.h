/* Small analyses for the tests of revision: real words and sentences, and hits, cues, names, amounts given by hand. */
#ifndef FSC_TEST_REVISION_FIXTURE_H
#define FSC_TEST_REVISION_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/arena.h"
#include "revision/revision.h"

enum fix_dimension {
    FIX_CAUSALITY,
    FIX_CERTAINTY,
    FIX_INTENSITY,
    FIX_LABELING,
    FIX_ATTRIBUTION,
    FIX_AGENCY,
    FIX_DIMENSIONS
};

enum fix_category {
    FIX_CAUSE,
    FIX_CONCESSION,
    FIX_BOOSTER,
    FIX_HEDGE,
    FIX_CHANGE,
    FIX_AMPLIFIER,
    FIX_MINIMIZER,
    FIX_LABEL_A,
    FIX_LABEL_B,
    FIX_NEUTRAL,
    FIX_DISTANCING,
    FIX_AGENTLESS,
    FIX_BY_PASSIVE,
    FIX_COMBATIVE,
    FIX_CATEGORIES
};

typedef struct fixture {
    fsc_arena arena, scratch;
    fsc_types *types;
    fsc_schema schema;
    fsc_revision_rules *rules;
    unsigned ignore; /* for fix_compare */
    fsc_delta delta;
} fixture;

/* A lexicon in one line each: word or phrase, category, weight in thousandths, direction. */
typedef struct fix_entry {
    const char *phrase;
    int category, weight, direction;
} fix_entry;

static const fix_entry fix_entries[] = {
    {"despite", FIX_CONCESSION, 1000, 0},
    {"although", FIX_CONCESSION, 1000, 0},
    {"because", FIX_CAUSE, 1000, 0},
    {"driven by", FIX_CAUSE, 1000, 0},
    {"clearly", FIX_BOOSTER, 1000, 0},
    {"may", FIX_HEDGE, 1000, 0},
    {"plunges", FIX_CHANGE, 2000, 2},
    {"dropped", FIX_CHANGE, 0, 2},
    {"soared", FIX_CHANGE, 2000, 1},
    {"sharply", FIX_AMPLIFIER, 1000, 0},
    {"massive", FIX_AMPLIFIER, 1000, 0},
    {"slightly", FIX_MINIMIZER, 1000, 0},
    {"migrants", FIX_LABEL_A, 0, 0},
    {"refugees", FIX_LABEL_B, 0, 0},
    {"said", FIX_NEUTRAL, 0, 0},
    {"says", FIX_NEUTRAL, 0, 0},
    {"according to", FIX_NEUTRAL, 0, 0},
    {"claimed", FIX_DISTANCING, 1000, 0},
    {"rhetoric", FIX_DISTANCING, 1000, 0},
    {"accused", FIX_COMBATIVE, 1000, 0},
    {"clash with", FIX_COMBATIVE, 1000, 0},
    {"were arrested", FIX_AGENTLESS, 0, 0},
    {"was shot", FIX_AGENTLESS, 0, 0},
};
enum { FIX_ENTRIES = sizeof fix_entries / sizeof *fix_entries, FIX_RESOURCES = 7 };

static const char *const fix_function_words[] = {
    "a",  "an",  "the",  "of",  "to",  "in",    "on",   "at", "by",   "for", "from", "with", "and",
    "or", "but", "as",   "is",  "are", "was",   "were", "be", "been", "it",  "its",  "this", "that",
    "he", "she", "they", "his", "her", "their", "we",   "i",  "you",  "not", "no",
};

static inline void fix_schema(fixture *f)
{
    static fsc_dimension dimension[FIX_DIMENSIONS] = {
        {FSC_LIT_INIT("causality"), true, false},   {FSC_LIT_INIT("certainty"), true, false},
        {FSC_LIT_INIT("intensity"), true, false},   {FSC_LIT_INIT("labeling"), false, false},
        {FSC_LIT_INIT("attribution"), true, false}, {FSC_LIT_INIT("agency"), false, true},
    };
    static fsc_category category[FIX_CATEGORIES] = {
        {FSC_LIT_INIT("cause"), FIX_CAUSALITY, 1},           {FSC_LIT_INIT("concession"), FIX_CAUSALITY, -1},
        {FSC_LIT_INIT("booster"), FIX_CERTAINTY, 1},         {FSC_LIT_INIT("hedge"), FIX_CERTAINTY, -1},
        {FSC_LIT_INIT("change"), FIX_INTENSITY, 1},          {FSC_LIT_INIT("amplifier"), FIX_INTENSITY, 1},
        {FSC_LIT_INIT("minimizer"), FIX_INTENSITY, -1},      {FSC_LIT_INIT("newcomer.migrant"), FIX_LABELING, 0},
        {FSC_LIT_INIT("newcomer.refugee"), FIX_LABELING, 0}, {FSC_LIT_INIT("neutral"), FIX_ATTRIBUTION, 0},
        {FSC_LIT_INIT("distancing"), FIX_ATTRIBUTION, -1},   {FSC_LIT_INIT("agentless-passive"), FIX_AGENCY, 0},
        {FSC_LIT_INIT("by-passive"), FIX_AGENCY, 0},         {FSC_LIT_INIT("combative"), FIX_ATTRIBUTION, 0},
    };
    static fsc_view resource[FIX_RESOURCES] = {FSC_LIT_INIT("function"), FSC_LIT_INIT("organization.body"), FSC_LIT_INIT("people"),
                                               FSC_LIT_INIT("revision.allegation"), FSC_LIT_INIT("revision.charge"),
                                               FSC_LIT_INIT("revision.of"), FSC_LIT_INIT("revision.modal")};
    static fsc_entry entry[FIX_ENTRIES + FIX_RESOURCES];
    for (int i = 0; i < FIX_ENTRIES; i++) {
        entry[i].category = (uint16_t)fix_entries[i].category;
        entry[i].dimension = category[fix_entries[i].category].dimension;
        entry[i].weight = fix_entries[i].weight;
        entry[i].direction = (uint16_t)fix_entries[i].direction;
    }
    for (int i = 0; i < FIX_RESOURCES; i++)
        entry[FIX_ENTRIES + i] =
            (fsc_entry){.dimension = FSC_NO_DIMENSION, .flags = FSC_ENTRY_RESOURCE, .category = (uint16_t)i};
    f->schema = (fsc_schema){.dimension = dimension,
                             .dimension_count = FIX_DIMENSIONS,
                             .category = category,
                             .category_count = FIX_CATEGORIES,
                             .resource = resource,
                             .resource_count = FIX_RESOURCES,
                             .entry = entry,
                             .entry_count = FIX_ENTRIES + FIX_RESOURCES};
}

static inline int fix_setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    fsc_err err = FSC_ERR_INIT;
    fsc_arena_init(&f->arena, NULL);
    fsc_arena_init(&f->scratch, NULL);
    fix_schema(f);
    if (fsc_types_new(&f->types, NULL, &err) || fsc_revision_rules_new(&f->rules, &f->schema, &f->arena, &err))
        return -1;
    *state = f;
    return 0;
}

static inline int fix_teardown(void **state)
{
    fixture *f = *state;
    fsc_types_free(f->types);
    fsc_arena_release(&f->arena);
    fsc_arena_release(&f->scratch);
    free(f);
    return 0;
}

static inline bool fix_is_function(fsc_view form)
{
    for (size_t i = 0; i < sizeof fix_function_words / sizeof *fix_function_words; i++)
        if (fsc_view_is(form, fix_function_words[i]))
            return true;
    return false;
}

static inline bool fix_is_resource(fsc_view form, uint32_t resource)
{
    static const char *const words[FIX_RESOURCES] = {"", "administration", "city", "accused", "accused", "of", "might"};
    return !resource ? fix_is_function(form) : fsc_view_is(form, words[resource]) || (resource == 6 && fsc_view_is(form, "could"));
}

/* Words of a phrase that match at `word`; 0: none. */
static inline uint32_t fix_match(fixture *f, const fsc_text *t, uint32_t word, const char *phrase)
{
    fsc_view rest = fsc_view_cstr(phrase);
    uint32_t n = 0;
    while (rest.data) {
        fsc_view want = fsc_view_split(&rest, ' ');
        if (word + n >= t->word_count || !fsc_view_eq(fsc_types_form(f->types, t->word[word + n].type), want))
            return 0;
        n++;
    }
    return n;
}

static inline void fix_cues(fixture *f, fsc_analysis *d)
{
    const fsc_text *t = &d->text;
    d->cue = fsc_arena_calloc(&f->arena, t->word_count + 1, sizeof *d->cue);
    d->hits.hit = fsc_arena_calloc(&f->arena, 4 * t->word_count + 1, sizeof *d->hits.hit);
    d->score = fsc_arena_calloc(&f->arena, FIX_DIMENSIONS, sizeof *d->score);
    assert_true(d->cue && d->hits.hit && d->score);
    for (uint32_t i = 0; i < t->word_count; i++) {
        fsc_view form = fsc_types_form(f->types, t->word[i].type);
        for (uint32_t r = 0; r < FIX_RESOURCES; r++)
            if (fix_is_resource(form, r))
                d->hits.hit[d->hits.count++] = (fsc_hit){t->word[i].start, t->word[i].end, i, i + 1, FIX_ENTRIES + r};
        for (uint32_t e = 0; e < FIX_ENTRIES; e++) {
            uint32_t n = fix_match(f, t, i, fix_entries[e].phrase);
            const fsc_entry *entry = &f->schema.entry[e];
            if (!n)
                continue;
            d->cue[d->cue_count++] = (fsc_cue){.start = t->word[i].start,
                                               .end = t->word[i + n - 1].end,
                                               .first_word = i,
                                               .end_word = i + n,
                                               .entry = e,
                                               .dimension = entry->dimension,
                                               .category = entry->category,
                                               .weight = entry->weight,
                                               .sentence = fsc_text_sentence_at(t, t->word[i].start),
                                               .speech = FSC_NONE,
                                               .direction = entry->direction,
                                               .scored = entry->weight > 0};
            d->score[entry->dimension].weight += entry->weight;
        }
    }
}

/* An analysis of `text`, one part of kind body. */
static inline fsc_analysis *fix_analysis(fixture *f, fsc_view text)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_analysis *d = FSC_NEW(&f->arena, fsc_analysis);
    assert_non_null(d);
    d->schema = &f->schema;
    assert_int_equal(fsc_text_analyze(&d->text, text, NULL, 0, f->types, &f->arena, &err), FSC_OK);
    fix_cues(f, d);
    return d;
}

static inline uint32_t fix_find(const fsc_analysis *d, const char *words)
{
    size_t at = fsc_view_find(d->text.bytes, fsc_view_cstr(words), 0);
    assert_true(at != SIZE_MAX);
    return (uint32_t)at;
}

/* Adds a named person with one mention. */
static inline void fix_actor(fixture *f, fsc_analysis *d, const char *name, const char *mention)
{
    fsc_voices *v = &d->voices;
    fsc_actor *actor = fsc_arena_calloc(&f->arena, v->actor_count + 1, sizeof *actor);
    fsc_span *span = FSC_NEW(&f->arena, fsc_span);
    assert_true(actor && span);
    if (v->actor_count)
        memcpy(actor, v->actor, v->actor_count * sizeof *actor);
    span->start = fix_find(d, mention);
    span->end = span->start + (uint32_t)strlen(mention);
    actor[v->actor_count] = (fsc_actor){
        .name = fsc_view_cstr(name), .kind = FSC_ACTOR_PERSON, .mention = span, .mention_count = 1, .named = true};
    v->actor = actor;
    v->actor_count++;
}

/* Adds a quantity. */
static inline void fix_quantity(fixture *f, fsc_analysis *d, const char *words, double value, const char *unit)
{
    fsc_voices *v = &d->voices;
    fsc_quantity *q = fsc_arena_calloc(&f->arena, v->quantity_count + 1, sizeof *q);
    assert_non_null(q);
    if (v->quantity_count)
        memcpy(q, v->quantity, v->quantity_count * sizeof *q);
    uint32_t start = fix_find(d, words);
    q[v->quantity_count] = (fsc_quantity){
        .start = start, .end = start + (uint32_t)strlen(words), .value = value, .unit = fsc_view_cstr(unit)};
    v->quantity = q;
    v->quantity_count++;
}

/* Adds a span of speech; `cue` are the words that introduce it, or NULL. */
static inline void fix_speech(fixture *f, fsc_analysis *d, const char *words, fsc_speech_kind kind, const char *cue)
{
    fsc_voices *v = &d->voices;
    fsc_speech *s = fsc_arena_calloc(&f->arena, v->speech_count + 1, sizeof *s);
    assert_non_null(s);
    if (v->speech_count)
        memcpy(s, v->speech, v->speech_count * sizeof *s);
    uint32_t start = fix_find(d, words);
    s[v->speech_count] = (fsc_speech){
        .start = start, .end = start + (uint32_t)strlen(words), .kind = kind, .cue = FSC_NO_SPAN, .actor = FSC_NONE};
    if (cue) {
        s[v->speech_count].cue.start = fix_find(d, cue);
        s[v->speech_count].cue.end = s[v->speech_count].cue.start + (uint32_t)strlen(cue);
    }
    v->speech = s;
    v->speech_count++;
}

static inline const fsc_delta *fix_compare(fixture *f, const fsc_analysis *a, const fsc_analysis *b)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_revision_context with = {f->rules, f->types, f->ignore, &f->arena, &f->scratch};
    assert_int_equal(fsc_revision_compare(&f->delta, a, b, &with, &err), FSC_OK);
    fsc_arena_reset(&f->scratch, 0);
    return &f->delta;
}

static inline const fsc_delta *fix_diff(fixture *f, const char *a, const char *b)
{
    return fix_compare(f, fix_analysis(f, fsc_view_cstr(a)), fix_analysis(f, fsc_view_cstr(b)));
}

/* The ops as text: =equal -delete +insert ~old>new ^moved, one after the other in brackets. */
static inline const char *fix_show(fixture *f, const fsc_delta *d)
{
    fsc_view out = FSC_LIT("");
    for (size_t i = 0; i < d->op_count; i++) {
        const fsc_op *o = &d->op[i];
        fsc_view a = fsc_view_slice(d->a->text.bytes, o->a.start, o->a.end),
                 b = fsc_view_slice(d->b->text.bytes, o->b.start, o->b.end);
        static const char marks[] = "=+-~^";
        fsc_view one = o->kind == FSC_OP_REPLACE
                           ? fsc_arena_printf(&f->arena, "[~%.*s>%.*s]", (int)a.len, a.data, (int)b.len, b.data)
                           : fsc_arena_printf(&f->arena, "[%c%.*s]", marks[o->kind],
                                              (int)(o->kind == FSC_OP_DELETE ? a.len : b.len),
                                              o->kind == FSC_OP_DELETE ? a.data : b.data);
        out = fsc_arena_printf(&f->arena, "%.*s%.*s", (int)out.len, out.data, (int)one.len, one.data);
    }
    return out.data;
}

/* Fails unless the script tiles both sides, keeps its promises and rebuilds B from A and A from B. */
static inline void fix_check_ops(const fsc_delta *d)
{
    fsc_view a = d->a->text.bytes, b = d->b->text.bytes;
    unsigned char *covered = calloc(a.len + 1, 1);
    uint32_t at = 0, kept = 0;
    assert_non_null(covered);
    for (size_t i = 0; i < d->op_count; i++) {
        const fsc_op *o = &d->op[i];
        assert_int_equal(o->b.start, at);
        at = o->b.end;
        assert_true(o->a.start <= o->a.end && o->a.end <= a.len && o->b.start <= o->b.end && o->b.end <= b.len);
        assert_int_equal(o->a.start == o->a.end, o->kind == FSC_OP_INSERT);
        assert_int_equal(o->b.start == o->b.end, o->kind == FSC_OP_DELETE);
        if (o->kind == FSC_OP_EQUAL || o->kind == FSC_OP_MOVE)
            assert_true(fsc_view_eq(fsc_view_slice(a, o->a.start, o->a.end), fsc_view_slice(b, o->b.start, o->b.end)));
        if (o->kind == FSC_OP_EQUAL) {
            assert_true(o->a.start >= kept);
            kept = o->a.end;
        }
        for (uint32_t x = o->a.start; x < o->a.end; x++)
            assert_int_equal(covered[x]++, 0);
        uint32_t edges[] = {o->a.start, o->a.end};
        for (int k = 0; k < 2; k++)
            assert_true(edges[k] == a.len || (a.data[edges[k]] & 0xC0) != 0x80);
        assert_true(o->b.end == b.len || (b.data[o->b.end] & 0xC0) != 0x80);
    }
    assert_int_equal(at, b.len);
    for (size_t x = 0; x < a.len; x++)
        assert_int_equal(covered[x], 1);
    free(covered);
}

#endif
