#include "engine/group_p.h"

#include <stdlib.h>

#include "base/map.h"

// ---------------------------------------------------------------- writing units

static void put_unit(fsc_buf *out, const fsc_analysis *a, fsc_view key, uint32_t words, uint32_t own_words, const fsc_unit_sums *sums)
{
    static const char zeros[8] = {0};
    const fsc_article *d = &a->article;
    size_t dims = a->schema->dimension_count, size = sizeof(fsc_unit_head) + dims * sizeof *sums + key.len, pad = (8 - size % 8) % 8;
    fsc_unit_head head = {.size = (uint32_t)(size + pad), .key_len = (uint32_t)key.len, .words = words, .own_words = own_words,
                          .content = fsc_hash64(d->text.data, d->text.len, 0),
                          .document = fsc_hash64(d->id.data, d->id.len, fsc_hash64(d->source.data, d->source.len, 1))};
    fsc_buf_add(out, (const char *)&head, sizeof head);
    fsc_buf_add(out, (const char *)sums, dims * sizeof *sums);
    fsc_buf_addv(out, key);
    fsc_buf_add(out, zeros, pad);
}

static void put_whole(fsc_buf *out, const fsc_analysis *a, fsc_view key, fsc_arena *scratch)
{
    fsc_unit_sums *sums = FSC_NEW_N(scratch, fsc_unit_sums, a->schema->dimension_count + 1);
    if (!sums) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < a->schema->dimension_count; i++) {
        const fsc_score *s = &a->score[i];
        sums[i] = (fsc_unit_sums){s->n, s->own_n, s->weight, s->own_weight, s->pos, s->neg};
    }
    put_unit(out, a, key, a->text.scored_words, a->voices.own_words, sums);
}

typedef struct talk {
    fsc_view speaker;
    uint32_t words;
    fsc_unit_sums *sums;
} talk;

typedef struct talks {
    const fsc_analysis *a;
    fsc_arena *scratch;
    fsc_map map;
    fsc_vec(talk) talk;
} talks;

static talk *talk_of(talks *t, fsc_view speaker)
{
    bool is_new;
    uint32_t *at = fsc_map_put(&t->map, speaker, (uint32_t)t->talk.len, &is_new);
    if (!at)
        return NULL;
    if (is_new) {
        talk fresh = {speaker, 0, FSC_NEW_N(t->scratch, fsc_unit_sums, t->a->schema->dimension_count + 1)};
        if (!fresh.sums || !fsc_vec_push(t->scratch, &t->talk, fresh))
            return NULL;
    }
    return &t->talk.data[*at];
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
            uint32_t speech = a->voices.word_speech[w];
            fsc_view who = speech != FSC_NONE ? a->voices.speech[speech].speaker : a->article.post ? a->article.author : (fsc_view){"", 0};
            talk *k = talk_of(t, who.data ? who : FSC_LIT(""));
            if (!k)
                return false;
            k->words++;
        }
    }
    return true;
}

static void put_speakers(fsc_buf *out, const fsc_analysis *a, fsc_arena *scratch)
{
    talks t = {.a = a, .scratch = scratch};
    fsc_map_init(&t.map, scratch);
    bool ok = count_words(&t);
    for (size_t i = 0; ok && i < a->cue_count; i++) {
        const fsc_cue *c = &a->cue[i];
        if (!c->scored)
            continue;
        talk *k = talk_of(&t, c->speaker.data ? c->speaker : FSC_LIT(""));
        if (!(ok = k != NULL))
            break;
        fsc_unit_sums *s = &k->sums[c->dimension];
        int pole = a->schema->category[c->category].pole;
        s->n++, s->weight += c->weight;
        s->own_n += c->voice == FSC_VOICE_OWN, s->own_weight += c->voice == FSC_VOICE_OWN ? c->weight : 0;
        s->pos += pole > 0 ? c->weight : 0, s->neg += pole < 0 ? c->weight : 0;
    }
    if (!ok)
        out->failed = FSC_E_NOMEM;
    for (size_t i = 0; ok && i < t.talk.len; i++)
        put_unit(out, a, t.talk.data[i].speaker, t.talk.data[i].words, t.talk.data[i].speaker.len ? 0 : a->voices.own_words, t.talk.data[i].sums);
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

void fsc_unit_add(fsc_buf *out, const fsc_analysis *a, fsc_view field, fsc_arena *scratch)
{
    if (!fsc_record_scored(a->article.status) || !a->has_language)
        return;
    if (fsc_view_is(field, "speaker"))
        put_speakers(out, a, scratch);
    else
        put_whole(out, a, key_of(&a->article, field), scratch);
}

// ---------------------------------------------------------------- reading them back

static int by_key(const void *a, const void *b)
{
    return fsc_view_cmp(((const fsc_group *)a)->key, ((const fsc_group *)b)->key);
}

static bool add_unit(fsc_group *g, const fsc_unit_head *u, size_t dimensions, fsc_arena *arena)
{
    const fsc_unit_sums *s = fsc_unit_sums_of(u);
    g->documents++;
    g->words += u->words;
    g->own_words += u->own_words;
    for (size_t d = 0; d < dimensions; d++) {
        g->sums[d].n += s[d].n, g->sums[d].own_n += s[d].own_n;
        g->sums[d].weight += s[d].weight, g->sums[d].own_weight += s[d].own_weight;
        g->sums[d].pos += s[d].pos, g->sums[d].neg += s[d].neg;
    }
    if (g->unit_count == g->unit_cap &&
        !fsc_vec_reserve_raw(arena, (void **)(uintptr_t)&g->unit, &g->unit_cap, g->unit_count + 1, sizeof *g->unit))
        return false;
    g->unit[g->unit_count++] = u;
    return true;
}

int fsc_groups_read(fsc_group **out, size_t *count, fsc_view bytes, size_t dimensions, fsc_arena *arena, fsc_err *err)
{
    fsc_vec(fsc_group) groups = {0};
    fsc_map map;
    fsc_map_init(&map, arena);
    for (size_t at = 0; at < bytes.len;) {
        const fsc_unit_head *u = (const fsc_unit_head *)(const void *)(bytes.data + at);
        fsc_view key = fsc_view_of((const char *)(fsc_unit_sums_of(u) + dimensions), u->key_len);
        bool is_new;
        uint32_t *index = fsc_map_put(&map, key, (uint32_t)groups.len, &is_new);
        if (!index)
            return fsc_err_nomem(err);
        if (is_new) {
            fsc_group g = {.key = key, .sums = FSC_NEW_N(arena, fsc_unit_sums, dimensions + 1)};
            if (!g.sums || !fsc_vec_push(arena, &groups, g))
                return fsc_err_nomem(err);
        }
        if (!add_unit(&groups.data[*index], u, dimensions, arena))
            return fsc_err_nomem(err);
        at += u->size;
    }
    if (groups.len)
        qsort(groups.data, groups.len, sizeof *groups.data, by_key);
    *out = groups.data;
    *count = groups.len;
    return 0;
}
