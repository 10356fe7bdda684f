#include <stdio.h>

#include "engine/group_p.h"
#include "stats/stats.h"

// compare --show labels: which outlet says "illegal aliens", which "undocumented". A label is a category "referent.variant" of the dimension
// labeling; its share is taken among all mentions of the referent in the same group and voice.

enum { VOICES = FSC_VOICE_COUNT + 1 };      // the last one: all of them

typedef struct label {
    fsc_view name, referent, variant;
    uint64_t n[VOICES];
    bool used;                              /* somewhere in the input: only then a share of 0 says something */
} label;

static size_t list_labels(const fsc_schema *s, label *out)
{
    size_t count = 0;
    for (size_t i = 0; i < s->category_count; i++) {
        fsc_view name = s->category[i].name, rest = name;
        if (!fsc_view_is(s->dimension[s->category[i].dimension].name, "labeling") || !memchr(name.data, '.', name.len))
            continue;
        fsc_view referent = fsc_view_split(&rest, '.');
        out[count++] = (label){.name = name, .referent = referent, .variant = rest};
    }
    return count;
}

static void fill_labels(label *l, size_t count, const fsc_term_table *t, const uint32_t *n)
{
    for (size_t k = 0; k < count; k++) {
        memset(l[k].n, 0, sizeof l[k].n);
        for (int v = 0; v < FSC_VOICE_COUNT; v++) {
            char term[256];
            int len = snprintf(term, sizeof term, "%s\t%.*s", fsc_voice_name((fsc_voice)v), (int)l[k].name.len, l[k].name.data);
            const uint32_t *at = fsc_map_get(&t->place, fsc_view_of(term, (size_t)len < sizeof term ? (size_t)len : 0));
            l[k].n[v] = at ? n[*at] : 0;
            l[k].n[FSC_VOICE_COUNT] += l[k].n[v];
        }
    }
}

static bool is_used(const label *l, const fsc_term_table *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (fsc_view_ends(t->text[i], l->name) && t->text[i].data[t->text[i].len - l->name.len - 1] == '\t')
            return true;
    return false;
}

static void put_labels(const fsc_run_state *r, const fsc_group *g, const label *l, size_t count, fsc_buf *out)
{
    char sep = fsc_row_sep_of(r);
    for (size_t k = 0; k < count; k++)
        for (int v = VOICES; v-- > 0;) {
            uint64_t mentions = 0;
            for (size_t j = 0; j < count; j++)
                mentions += fsc_view_eq(l[j].referent, l[k].referent) ? l[j].n[v] : 0;
            if (!mentions || !l[k].used)
                continue;
            fsc_interval i = fsc_wilson((double)l[k].n[v], (double)mentions);
            fsc_csv_cell(out, g->key, sep);
            fsc_cell_text(out, sep, l[k].referent);
            fsc_cell_text(out, sep, v == FSC_VOICE_COUNT ? FSC_LIT("all") : fsc_view_cstr(fsc_voice_name((fsc_voice)v)));
            fsc_cell_text(out, sep, l[k].variant);
            fsc_cell_count(out, sep, l[k].n[v]);
            fsc_cell_count(out, sep, mentions);
            fsc_cell_real(out, sep, (double)l[k].n[v] / (double)mentions);
            fsc_cell_real(out, sep, i.low);
            fsc_cell_real(out, sep, i.high);
            fsc_buf_adds(out, fsc_row_end_of(r));
        }
}

int fsc_compare_labels(const fsc_run_state *r, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err)
{
    const fsc_schema *s = r->ctx->schema;
    fsc_term_table t;
    int status = fsc_term_table_read(&t, group, count, s->dimension_count, r->arena, err);
    if (status)
        return status;
    uint32_t *n = FSC_NEW_N(r->arena, uint32_t, t.count + 1);
    label *l = FSC_NEW_N(r->arena, label, s->category_count + 1);
    if (!n || !l)
        return fsc_err_nomem(err);
    size_t labels = list_labels(s, l);
    for (size_t k = 0; k < labels; k++)
        l[k].used = is_used(&l[k], &t);
    char sep = fsc_row_sep_of(r);
    fsc_buf_printf(out, "group%creferent%cvoice%cvariant%cn%cmentions%cshare%cshare_lo%cshare_hi%s", sep, sep, sep, sep, sep, sep, sep, sep,
                   fsc_row_end_of(r));
    for (size_t g = 0; g < count; g++) {
        fsc_term_table_group(&t, &group[g], s->dimension_count, n);
        fill_labels(l, labels, &t, n);
        put_labels(r, &group[g], l, labels, out);
    }
    return 0;
}
