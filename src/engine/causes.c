#include <math.h>
#include <stdio.h>

#include "engine/group_p.h"

// compare --show causes: what is given as the cause of what, how often, and by whom it is denied. A cause or effect counts under its key:
// its first words of content up to a preposition, folded, at most four ("a sharp rise in prices" and "the sharp rise" are one); the fullest
// name where these words are one actor.

enum { KEY_WORDS = 4, KEY_MAX = 120 };

// the actor that is named by exactly these bytes
static const fsc_actor *actor_at(const fsc_analysis *a, fsc_span s)
{
    for (size_t i = 0; i < a->voices.actor_count; i++)
        for (size_t k = 0; k < a->voices.actor[i].mention_count; k++) {
            fsc_span m = a->voices.actor[i].mention[k];
            if (m.start <= s.start && m.end >= s.end)
                return &a->voices.actor[i];
        }
    return NULL;
}

static size_t key_of(const fsc_analysis *a, const fsc_types *types, fsc_span s, char *out)
{
    const fsc_text *text = &a->text;
    fsc_span used = FSC_NO_SPAN;
    size_t n = 0, words = 0;
    for (uint32_t w = fsc_text_word_at(text, s.start); w < text->word_count && text->word[w].end <= s.end && words < KEY_WORDS; w++) {
        fsc_view form = fsc_types_form(types, text->word[w].type);
        fsc_word_class is = fsc_framing_word_class(&a->hits, &text->word[w]);
        if ((words && is == FSC_WORD_PREPOSITION) || n + form.len + 1 > KEY_MAX)
            break;
        if (is != FSC_WORD_CONTENT)
            continue;
        if (words++)
            out[n++] = ' ';
        else
            used.start = text->word[w].start;
        memcpy(out + n, form.data, form.len);
        n += form.len;
        used.end = text->word[w].end;
    }
    const fsc_actor *actor = words ? actor_at(a, used) : NULL;
    if (actor && actor->named && actor->name.len <= KEY_MAX) {
        memcpy(out, actor->name.data, actor->name.len);
        n = actor->name.len;
    }
    return n;
}

void fsc_terms_causes(fsc_terms *t, const fsc_analysis *a, const fsc_types *types, fsc_owner owner)
{
    for (size_t i = 0; i < a->relation_count; i++) {
        const fsc_relation *r = &a->relation[i];
        char cause[KEY_MAX], effect[KEY_MAX], term[3 * KEY_MAX];
        if (r->type == FSC_RELATION_ASSOCIATION || !fsc_span_is(r->cause) || !fsc_span_is(r->effect) || !a->article.part[a->cue[r->cue].part].scored)
            continue;
        int c = (int)key_of(a, types, r->cause, cause), e = (int)key_of(a, types, r->effect, effect);
        const char *valence = fsc_valence_name(r->valence);
        int n = snprintf(term, sizeof term, "%.*s\t%.*s\t%s\t%s\t%s", c, cause, e, effect, fsc_relation_name(r->type),
                         fsc_relation_status_name(r->status), valence ? valence : "");
        if (c && e && n > 0 && (size_t)n < sizeof term)
            fsc_terms_add(t, owner.of(owner.self, r->speaker), fsc_view_of(term, (size_t)n));
    }
}

// ---------------------------------------------------------------- rows

enum { CAUSE, CONCESSION, DENIAL, HEDGED, QUESTIONED, CREDIT, BLAME, COUNTS };
static const char *const names[COUNTS] = {"cause", "concession", "denial", "hedged", "questioned", "credit", "blame"};

static void put_pair(const fsc_run_state *r, const fsc_group *g, fsc_view cause, fsc_view effect, const uint64_t *n, fsc_buf *out)
{
    char sep = fsc_row_sep_of(r);
    double held = (double)n[CAUSE], against = (double)(n[CONCESSION] + n[DENIAL]);
    fsc_csv_cell(out, g->key, sep);
    fsc_cell_text(out, sep, cause);
    fsc_cell_text(out, sep, effect);
    for (int k = 0; k < COUNTS; k++)
        fsc_cell_count(out, sep, n[k]);
    fsc_cell_real(out, sep, held + against > 0 ? (held - against) / (held + against) : NAN);
    fsc_buf_adds(out, fsc_row_end_of(r));
}

static bool starts_with_pair(fsc_view term, fsc_view cause, fsc_view effect)
{
    return term.len > cause.len + effect.len + 1 && fsc_view_starts(term, cause) && term.data[cause.len] == '\t' &&
           memcmp(term.data + cause.len + 1, effect.data, effect.len) == 0 && term.data[cause.len + 1 + effect.len] == '\t';
}

int fsc_compare_causes(const fsc_run_state *r, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err)
{
    fsc_term_table t;
    size_t dimensions = r->ctx->schema->dimension_count;
    int status = fsc_term_table_read(&t, group, count, dimensions, r->arena, err);
    uint32_t *n = status ? NULL : FSC_NEW_N(r->arena, uint32_t, t.count + 1);
    if (!status && !n)
        status = fsc_err_nomem(err);
    if (status)
        return status;
    fsc_buf_printf(out, "group%ccause%ceffect", fsc_row_sep_of(r), fsc_row_sep_of(r));
    for (int k = 0; k < COUNTS; k++)
        fsc_buf_printf(out, "%c%s_n", fsc_row_sep_of(r), names[k]);
    fsc_buf_printf(out, "%cbalance%s", fsc_row_sep_of(r), fsc_row_end_of(r));
    for (size_t g = 0; g < count; g++) {
        fsc_term_table_group(&t, &group[g], dimensions, n);
        // terms are in byte order: those of one pair stand together
        for (size_t i = 0, j; i < t.count; i = j) {
            fsc_view rest = t.text[i], cause = fsc_view_split(&rest, '\t'), effect = fsc_view_split(&rest, '\t');
            uint64_t sum[COUNTS] = {0}, all = 0;
            for (j = i; j < t.count && starts_with_pair(t.text[j], cause, effect); j++) {
                fsc_view tail = fsc_view_slice(t.text[j], cause.len + effect.len + 2, t.text[j].len), word;
                all += n[j];
                while (tail.data && (word = fsc_view_split(&tail, '\t'), true))
                    for (int k = 0; k < COUNTS; k++)
                        sum[k] += fsc_view_is(word, names[k]) ? n[j] : 0;
            }
            if (all)
                put_pair(r, &group[g], cause, effect, sum, out);
        }
    }
    return 0;
}
