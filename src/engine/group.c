#include "engine/group_p.h"

#include <stdlib.h>


// ---------------------------------------------------------------- writing units

typedef struct talk {
    fsc_view speaker;
    uint32_t words;
    fsc_unit_sums *sums;
} talk;

// one document: who talks in it (with a field other than speaker: one talk), and the terms of each
typedef struct talks {
    const fsc_analysis *a;
    fsc_arena *scratch;
    fsc_map map;
    fsc_vec(talk) talk;
    fsc_terms terms;
    fsc_sketch sketch;
    bool by_speaker;
} talks;

static uint32_t talk_of(void *self, fsc_view speaker)
{
    talks *t = self;
    bool is_new;
    if (!t->by_speaker || !speaker.data)
        speaker = FSC_LIT("");
    uint32_t *at = fsc_map_put(&t->map, speaker, (uint32_t)t->talk.len, &is_new);
    if (!at)
        return FSC_NONE;
    if (is_new) {
        talk fresh = {speaker, 0, FSC_NEW_N(t->scratch, fsc_unit_sums, t->a->schema->dimension_count + 1)};
        if (!fresh.sums || !fsc_vec_push(t->scratch, &t->talk, fresh))
            return FSC_NONE;
    }
    return *at;
}

static void put_unit(fsc_buf *out, const talks *t, uint32_t owner, fsc_view key, uint32_t own_words)
{
    static const char zeros[8] = {0};
    const fsc_article *d = &t->a->article;
    const talk *k = &t->talk.data[owner];
    size_t at = out->len;
    fsc_unit_head head = {.key_len = (uint32_t)key.len, .words = k->words, .own_words = own_words, .sketch = t->sketch,
                          .content = fsc_hash64(d->text.data, d->text.len, 0),
                          .document = fsc_hash64(d->id.data, d->id.len, fsc_hash64(d->source.data, d->source.len, 1))};
    fsc_buf_add(out, (const char *)&head, sizeof head);
    fsc_buf_add(out, (const char *)k->sums, t->a->schema->dimension_count * sizeof *k->sums);
    fsc_buf_addv(out, key);
    size_t terms = out->len;
    fsc_terms_put(out, &t->terms, owner);
    head.terms_len = (uint32_t)(out->len - terms);
    fsc_buf_add(out, zeros, (8 - (out->len - at) % 8) % 8);
    head.size = (uint32_t)(out->len - at);
    if (!out->failed)
        memcpy(out->data + at, &head, sizeof head);
}

static bool is_scored_word(const fsc_analysis *a, size_t sentence)
{
    return a->article.part[a->text.sentence[sentence].part].scored;
}

// words by who speaks them: a quotation's speaker, the author of a post, else the outlet (the empty name)
static bool count_words(talks *t)
{
    const fsc_analysis *a = t->a;
    for (size_t s = 0; s < a->text.sentence_count; s++) {
        if (!is_scored_word(a, s))
            continue;
        for (uint32_t w = a->text.sentence[s].first_word; w < a->text.sentence[s].end_word; w++) {
            uint32_t owner = talk_of(t, fsc_word_speaker(a, w));
            if (owner == FSC_NONE)
                return false;
            t->talk.data[owner].words++;
        }
    }
    return true;
}

static bool sum_cues(talks *t)
{
    const fsc_analysis *a = t->a;
    for (size_t i = 0; i < a->cue_count; i++) {
        const fsc_cue *c = &a->cue[i];
        if (!c->scored)
            continue;
        uint32_t owner = talk_of(t, c->by->name);
        if (owner == FSC_NONE)
            return false;
        fsc_unit_sums *s = &t->talk.data[owner].sums[c->dimension];
        int pole = a->schema->category[c->category].pole;
        s->n++, s->weight += c->weight;
        s->own_n += c->voice == FSC_VOICE_OWN, s->own_weight += c->voice == FSC_VOICE_OWN ? c->weight : 0;
        s->pos += pole > 0 ? c->weight : 0, s->neg += pole < 0 ? c->weight : 0;
    }
    return true;
}

// sums of the whole document, as score shows them
static bool sum_whole(talks *t)
{
    const fsc_analysis *a = t->a;
    uint32_t owner = talk_of(t, (fsc_view){0});
    if (owner == FSC_NONE)
        return false;
    t->talk.data[owner].words = a->text.scored_words;
    for (size_t i = 0; i < a->schema->dimension_count; i++) {
        const fsc_score *s = &a->score[i];
        t->talk.data[owner].sums[i] = (fsc_unit_sums){s->n, s->own_n, s->weight, s->own_weight, s->pos, s->neg};
    }
    return true;
}

enum { DAY = 10, MONTH = 7, YEAR = 4 };

// the fields of an article by name; `keep`: leading bytes of a date
static const struct field {
    const char *name;
    size_t offset, keep;
} fields[] = {{"site", offsetof(fsc_article, site), SIZE_MAX},     {"author", offsetof(fsc_article, author), SIZE_MAX},
              {"lang", offsetof(fsc_article, lang), SIZE_MAX},     {"kind", offsetof(fsc_article, kind), SIZE_MAX},
              {"section", offsetof(fsc_article, section), SIZE_MAX}, {"genre", offsetof(fsc_article, genre), SIZE_MAX},
              {"source", offsetof(fsc_article, source), SIZE_MAX}, {"id", offsetof(fsc_article, id), SIZE_MAX},
              {"day", offsetof(fsc_article, published), DAY},      {"month", offsetof(fsc_article, published), MONTH},
              {"year", offsetof(fsc_article, published), YEAR}};

bool fsc_unit_field_known(fsc_view field)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fsc_view_is(field, fields[i].name))
            return true;
    return fsc_view_is(field, "speaker");
}

static fsc_view key_of(const fsc_article *d, fsc_view field)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fsc_view_is(field, fields[i].name))
            return fsc_view_slice(*(const fsc_view *)(const void *)((const char *)d + fields[i].offset), 0, fields[i].keep);
    for (size_t i = 0; i < d->keep_count; i++)
        if (fsc_view_eq(d->keep[i].name, field))
            return d->keep[i].value;
    return (fsc_view){0};
}

int fsc_unit_add(fsc_buf *out, const fsc_analysis *a, const fsc_types *types, fsc_view field, fsc_show show, fsc_arena *scratch, fsc_err *err)
{
    if (!fsc_record_scored(a->article.status) || !a->has_language)
        return 0;
    talks t = {.a = a, .scratch = scratch, .by_speaker = fsc_view_is(field, "speaker")};
    fsc_map_init(&t.map, scratch);
    fsc_terms_init(&t.terms, scratch);
    int status = fsc_sketch_make(&t.sketch, &a->text, types, scratch, err);
    if (status)
        return status;
    if (!(t.by_speaker ? count_words(&t) && sum_cues(&t) : sum_whole(&t)))
        return fsc_err_nomem(err);
    fsc_terms_count(&t.terms, a, types, show, (fsc_owner){talk_of, &t});
    if (t.terms.failed)
        return fsc_err_nomem(err);
    fsc_view key = field.data && !t.by_speaker ? key_of(&a->article, field) : (fsc_view){0};
    for (uint32_t i = 0; i < t.talk.len; i++) {
        bool outlet = !t.by_speaker || !t.talk.data[i].speaker.len;
        put_unit(out, &t, i, t.by_speaker ? t.talk.data[i].speaker : key, outlet ? a->voices.own_words : 0);
    }
    return 0;
}

// ---------------------------------------------------------------- reading them back

static int by_key(const void *a, const void *b)
{
    return fsc_view_cmp(((const fsc_group *)a)->key, ((const fsc_group *)b)->key);
}

static bool add_unit(fsc_group *g, const fsc_unit_head *u, fsc_arena *arena)
{
    if (g->unit_count == g->unit_cap &&
        !fsc_vec_reserve_raw(arena, (void **)(uintptr_t)&g->unit, &g->unit_cap, g->unit_count + 1, sizeof *g->unit))
        return false;
    g->unit[g->unit_count++] = u;
    return true;
}

static void sum_units(fsc_group *g, size_t dimensions)
{
    for (size_t i = 0; i < g->unit_count; i++) {
        const fsc_unit_sums *s = fsc_unit_sums_of(g->unit[i]);
        g->words += g->unit[i]->words;
        g->own_words += g->unit[i]->own_words;
        for (size_t d = 0; d < dimensions; d++) {
            g->sums[d].n += s[d].n, g->sums[d].own_n += s[d].own_n;
            g->sums[d].weight += s[d].weight, g->sums[d].own_weight += s[d].own_weight;
            g->sums[d].pos += s[d].pos, g->sums[d].neg += s[d].neg;
        }
    }
    g->documents = (uint32_t)g->unit_count;
}

int fsc_groups_read(fsc_group **out, size_t *count, fsc_view bytes, size_t dimensions, bool fold, fsc_arena *arena, fsc_err *err)
{
    fsc_vec(fsc_group) groups = {0};
    fsc_map map;
    fsc_map_init(&map, arena);
    for (size_t at = 0; at < bytes.len;) {
        const fsc_unit_head *u = (const fsc_unit_head *)(const void *)(bytes.data + at);
        fsc_view key = fsc_unit_key(u, dimensions);
        bool is_new;
        uint32_t *index = fsc_map_put(&map, key, (uint32_t)groups.len, &is_new);
        if (!index)
            return fsc_err_nomem(err);
        if (is_new) {
            fsc_group g = {.key = key, .sums = FSC_NEW_N(arena, fsc_unit_sums, dimensions + 1)};
            if (!g.sums || !fsc_vec_push(arena, &groups, g))
                return fsc_err_nomem(err);
        }
        if (!add_unit(&groups.data[*index], u, arena))
            return fsc_err_nomem(err);
        at += u->size;
    }
    if (groups.len)
        qsort(groups.data, groups.len, sizeof *groups.data, by_key);
    for (size_t i = 0; i < groups.len; i++) {
        int status = fsc_units_order(&groups.data[i], fold, err);
        if (status)
            return status;
        sum_units(&groups.data[i], dimensions);
    }
    *out = groups.data;
    *count = groups.len;
    return 0;
}
