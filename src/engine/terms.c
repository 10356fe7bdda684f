#include <stdio.h>
#include <stdlib.h>

#include "engine/group_p.h"

// What compare counts beside sums: words, cues, labels, causes with effects, each as a term of text.

static const char *const shows[] = {"rates", "cues", "words", "labels", "causes"};

const char *fsc_show_name(fsc_show show)
{
    return shows[show];
}

bool fsc_show_find(fsc_show *out, const char *name)
{
    for (int i = 0; i < FSC_SHOW_COUNT; i++)
        if (strcmp(name, shows[i]) == 0) {
            *out = (fsc_show)i;
            return true;
        }
    return false;
}

// ---------------------------------------------------------------- counting

void fsc_terms_init(fsc_terms *t, fsc_arena *arena)
{
    *t = (fsc_terms){.arena = arena};
    fsc_map_init(&t->map, arena);
}

enum { LONGEST = 512 };     // bytes of a term that take part; a longer one is cut, never split in a character

void fsc_terms_add(fsc_terms *t, uint32_t owner, fsc_view text)
{
    char key[sizeof owner + LONGEST];
    size_t len = text.len < LONGEST ? text.len : LONGEST;
    while (len < text.len && len && ((unsigned char)text.data[len] & 0xC0) == 0x80)
        len--;
    memcpy(key, &owner, sizeof owner);
    memcpy(key + sizeof owner, text.data, len);
    fsc_view whole = fsc_view_of(key, sizeof owner + len);
    uint32_t *at = owner == FSC_NONE ? NULL : fsc_map_get(&t->map, whole);
    if (!at && owner != FSC_NONE && (whole = fsc_arena_dup(t->arena, whole)).data) {
        at = fsc_map_put(&t->map, whole, (uint32_t)t->term.len, NULL);
        fsc_term fresh = {fsc_view_slice(whole, sizeof owner, whole.len), owner, 0};
        if (at && !fsc_vec_push(t->arena, &t->term, fresh))
            at = NULL;
    }
    if (at)
        t->term.data[*at].count++;
    else
        t->failed = true;
}

void fsc_terms_put(fsc_buf *out, const fsc_terms *t, uint32_t owner)
{
    for (size_t i = 0; i < t->term.len; i++)
        for (uint32_t left = t->term.data[i].owner == owner ? t->term.data[i].count : 0, n; left; left -= n) {
            n = left < UINT16_MAX ? left : UINT16_MAX;
            const uint16_t head[] = {(uint16_t)t->term.data[i].text.len, (uint16_t)n};
            fsc_buf_add(out, (const char *)head, sizeof head);
            fsc_buf_addv(out, t->term.data[i].text);
        }
}

bool fsc_terms_next(fsc_view *rest, fsc_view *text, uint32_t *count)
{
    uint16_t head[2];
    if (rest->len < sizeof head)
        return false;
    memcpy(head, rest->data, sizeof head);
    *text = fsc_view_slice(*rest, sizeof head, sizeof head + head[0]);
    *count = head[1];
    *rest = fsc_view_slice(*rest, sizeof head + head[0], rest->len);
    return true;
}

fsc_view fsc_word_speaker(const fsc_analysis *a, uint32_t word)
{
    const fsc_voiced *at = fsc_voices_at(&a->voices, word);
    return at ? a->voices.speech[at->speech].by.name : a->article.post ? a->article.author : (fsc_view){0};
}

static bool is_scored_part(const fsc_analysis *a, uint32_t sentence)
{
    return a->article.part[a->text.sentence[sentence].part].scored;
}

// without the possessive: "Berlin's" counts as "berlin"
static fsc_view word_term(const fsc_word *w, const fsc_types *types)
{
    fsc_view form = fsc_types_form(types, w->type);
    if (w->flags & FSC_WORD_POSSESSIVE && fsc_view_ends(form, FSC_LIT("'s")))
        form.len -= 2;
    return form;
}

static void count_words(fsc_terms *t, const fsc_analysis *a, const fsc_types *types, fsc_owner owner)
{
    for (uint32_t s = 0; s < a->text.sentence_count; s++)
        for (uint32_t w = a->text.sentence[s].first_word; is_scored_part(a, s) && w < a->text.sentence[s].end_word; w++) {
            const fsc_word *word = &a->text.word[w];
            if (word->flags & FSC_WORD_ALPHA && !(word->flags & FSC_WORD_URL))
                fsc_terms_add(t, owner.of(owner.self, fsc_word_speaker(a, w)), word_term(word, types));
        }
}

// found wording, with or without weight: labels have none and are what is compared most
static bool is_found(const fsc_analysis *a, const fsc_cue *c)
{
    return c->scored || (c->why == FSC_WHY_NEUTRAL && a->article.part[c->part].scored);
}

static void count_cues(fsc_terms *t, const fsc_analysis *a, fsc_owner owner, bool labels)
{
    char term[LONGEST];
    for (size_t i = 0; i < a->cue_count; i++) {
        const fsc_cue *c = &a->cue[i];
        fsc_view d = a->schema->dimension[c->dimension].name, k = a->schema->category[c->category].name,
                 e = fsc_schema_text(a->schema, a->schema->entry[c->entry].pattern);
        if (!is_found(a, c) || (labels && (!fsc_view_is(d, "labeling") || !memchr(k.data, '.', k.len))))
            continue;
        int n = labels ? snprintf(term, sizeof term, "%s\t%.*s", fsc_voice_name((fsc_voice)c->voice), (int)k.len, k.data)
                       : snprintf(term, sizeof term, "%.*s\t%.*s\t%.*s", (int)d.len, d.data, (int)k.len, k.data, (int)e.len, e.data);
        fsc_terms_add(t, owner.of(owner.self, c->by->name), fsc_view_of(term, (size_t)n < sizeof term ? (size_t)n : sizeof term - 1));
    }
}

void fsc_terms_count(fsc_terms *t, const fsc_analysis *a, const fsc_types *types, fsc_show show, fsc_owner owner)
{
    if (show == FSC_SHOW_WORDS)
        count_words(t, a, types, owner);
    else if (show == FSC_SHOW_CUES || show == FSC_SHOW_LABELS)
        count_cues(t, a, owner, show == FSC_SHOW_LABELS);
    else if (show == FSC_SHOW_CAUSES)
        fsc_terms_causes(t, a, types, owner);
}

// ---------------------------------------------------------------- all groups

typedef struct entry {
    fsc_view text;
    uint32_t total;
} entry;

static int rarest_last(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return x->total != y->total ? (x->total < y->total ? 1 : -1) : fsc_view_cmp(x->text, y->text);
}

static int by_text(const void *a, const void *b)
{
    return fsc_view_cmp(((const entry *)a)->text, ((const entry *)b)->text);
}

static fsc_view terms_of(const fsc_unit_head *u, size_t dimensions)
{
    fsc_view key = fsc_unit_key(u, dimensions);
    return fsc_view_of(key.data + key.len, u->terms_len);
}

int fsc_term_table_read(fsc_term_table *out, const fsc_group *group, size_t count, size_t dimensions, fsc_arena *arena, fsc_err *err)
{
    fsc_vec(entry) all = {0};
    fsc_view text;
    uint32_t n;
    fsc_map place;
    *out = (fsc_term_table){0};
    fsc_map_init(&place, arena);
    for (size_t g = 0; g < count; g++)
        for (size_t u = 0; u < group[g].unit_count; u++)
            for (fsc_view rest = terms_of(group[g].unit[u], dimensions); fsc_terms_next(&rest, &text, &n);) {
                bool is_new;
                uint32_t *at = fsc_map_put(&place, text, (uint32_t)all.len, &is_new);
                if (!at || (is_new && !fsc_vec_push(arena, &all, (entry){text, 0})))
                    return fsc_err_nomem(err);
                all.data[*at].total += n;
            }
    if (all.len > FSC_TERMS_MAX) {
        qsort(all.data, all.len, sizeof *all.data, rarest_last);
        all.len = FSC_TERMS_MAX;
        out->pruned = true;
    }
    if (all.len)
        qsort(all.data, all.len, sizeof *all.data, by_text);
    out->count = all.len;
    out->text = FSC_NEW_N(arena, fsc_view, all.len + 1);
    out->total = FSC_NEW_N(arena, uint32_t, all.len + 1);
    fsc_map_init(&out->place, arena);
    bool ok = out->text && out->total;
    for (size_t i = 0; i < all.len && ok; i++) {
        out->text[i] = all.data[i].text, out->total[i] = all.data[i].total;
        ok = fsc_map_put(&out->place, all.data[i].text, (uint32_t)i, NULL) != NULL;
    }
    return ok ? 0 : fsc_err_nomem(err);
}

void fsc_term_table_group(const fsc_term_table *t, const fsc_group *g, size_t dimensions, uint32_t *n)
{
    fsc_view text;
    uint32_t count;
    memset(n, 0, t->count * sizeof *n);
    for (size_t u = 0; u < g->unit_count; u++)
        for (fsc_view rest = terms_of(g->unit[u], dimensions); fsc_terms_next(&rest, &text, &count);) {
            const uint32_t *at = fsc_map_get(&t->place, text);
            if (at)
                n[*at] += count;
        }
}
