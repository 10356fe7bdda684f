#include "base/vec.h"
#include "export/export_p.h"

// Fixed columns by table; dimension columns are added by the schema. Their order is part of the interface.

static const char *const score_fixed[] = {
    "id", "source", "url", "site", "author", "title", "published", "modified", "lang", "kind", "genre", "section",
    "status", "reason", "words", "sentences", "own_words", "quoted_words", "indirect_words", "headline_words",
    "sources_named", "sources_unnamed", "content_hash", "run", NULL};
static const char *const long_fixed[] = {"id", "dimension", "category", "voice", "n", "weight", "rate", NULL};
static const char *const cues_fixed[] = {
    "id", "source", "url", "site", "published", "cue", "part", "sentence", "position", "start", "end", "text",
    "dimension", "category", "weight", "direction", "voice", "speaker", "role", "negated", "scored", "why",
    "lexicon", "entry", "left", "right", "sentence_text", NULL};
static const char *const extract_fixed[] = {
    "id", "source", "url", "canonical", "kind", "genre", "section", "title", "author", "site", "published", "modified",
    "captured", "lang", "status", "reason", "text", NULL};
static const char *const pairs_fixed[] = {
    "id", "status", "words_a", "words_b", "kept", "minutes_between", "headline_changed", "types", "summary", NULL};
static const char *const sentences_fixed[] = {"id", "source", "sentence", "part", "start", "end", "words", "own_words", NULL};
static const char *const hits_fixed[] = {
    "id", "source", "sentence", "start", "end", "text", "dimension", "category", "weight", "lexicon", "entry", NULL};
static const char *const features_fixed[] = {"doc_id", "feature", "n", NULL};
static const char *const *const fixed[] = {score_fixed, long_fixed, cues_fixed, extract_fixed,
                                            pairs_fixed, sentences_fixed, hits_fixed, features_fixed};

typedef fsc_vec(fsc_view) names;

static bool add(names *n, fsc_arena *arena, fsc_view name)
{
    return name.data && fsc_vec_push(arena, n, name);
}

static bool add_suffix(names *n, fsc_arena *arena, fsc_view base, const char *suffix)
{
    return add(n, arena, fsc_arena_printf(arena, "%.*s%s", (int)base.len, base.data, suffix));
}

static bool add_suffixes(names *n, fsc_arena *arena, fsc_view base, const char *const *suffix)
{
    for (; *suffix; suffix++)
        if (!add_suffix(n, arena, base, *suffix))
            return false;
    return true;
}

static bool add_categories(names *n, fsc_arena *arena, const fsc_export *x, size_t dimension)
{
    const fsc_schema *s = x->schema;
    for (size_t c = fsc_export_categories(x, dimension); c < x->category_end[dimension]; c++) {
        fsc_view d = s->dimension[dimension].name, name = s->category[c].name;
        if (!add(n, arena, fsc_arena_printf(arena, "%.*s.%.*s_n", (int)d.len, d.data, (int)name.len, name.data)))
            return false;
    }
    return true;
}

static bool add_dimension(names *n, fsc_arena *arena, const fsc_export *x, size_t d)
{
    static const char *const sums[] = {"_n", "", "_own_n", "_own", "_headline_n", NULL};
    static const char *const poles[] = {"_pos", "_neg", "_balance", "_logit", NULL};
    static const char *const intervals[] = {"_lo", "_hi", NULL};
    static const char *const voices[] = {"_quote_n", "_indirect_n", "_scare_n", NULL};
    const fsc_export_options *opt = &x->opt;
    const fsc_dimension *dim = &x->schema->dimension[d];
    if (dim->rules) {
        if (!add_categories(n, arena, x, d))
            return false;
        return d != x->agency || add_suffix(n, arena, dim->name, "_agentless_share");
    }
    return add_suffixes(n, arena, dim->name, sums) && (!dim->poles || add_suffixes(n, arena, dim->name, poles)) &&
           (!opt->intervals || add_suffixes(n, arena, dim->name, intervals)) && (!opt->voices || add_suffixes(n, arena, dim->name, voices)) &&
           (!opt->categories || add_categories(n, arena, x, d));
}

// what each row would look up by name
static bool find_categories(fsc_export *x, fsc_arena *arena)
{
    const fsc_schema *s = x->schema;
    x->agency = x->agentless = x->by_passive = FSC_NONE;
    x->category_end = FSC_NEW_N(arena, uint32_t, s->dimension_count + 1);
    if (!x->category_end)
        return false;
    for (uint32_t d = 0, c = 0; d < s->dimension_count; d++) {
        if (fsc_view_is(s->dimension[d].name, "agency"))
            x->agency = d;
        for (; c < s->category_count && s->category[c].dimension == d; c++) {
            if (d == x->agency && fsc_view_is(s->category[c].name, "agentless-passive"))
                x->agentless = c;
            if (d == x->agency && fsc_view_is(s->category[c].name, "by-passive"))
                x->by_passive = c;
        }
        x->category_end[d] = c;
    }
    return true;
}

int fsc_export_init(fsc_export *x, fsc_table_kind table, const fsc_export_options *opt, const fsc_schema *schema,
                    fsc_arena *arena, fsc_err *err)
{
    static const char *const deltas[] = {"_a", "_b", "_delta", NULL}, *const of_sentence[] = {"_n", "_weight", NULL}, *const poles[] = {"_pos", "_neg", NULL};
    *x = (fsc_export){.opt = *opt, .schema = schema};
    names n = {0};
    bool ok = find_categories(x, arena);
    for (const char *const *f = fixed[table]; *f; f++)
        ok = ok && add(&n, arena, fsc_view_cstr(*f));
    for (size_t d = 0; d < schema->dimension_count; d++) {
        if (table == FSC_TABLE_SCORE)
            ok = ok && add_dimension(&n, arena, x, d);
        else if (table == FSC_TABLE_PAIRS && !schema->dimension[d].rules)
            ok = ok && add_suffixes(&n, arena, schema->dimension[d].name, deltas);
        else if (table == FSC_TABLE_SENTENCES)
            ok = ok && add_suffixes(&n, arena, schema->dimension[d].name, of_sentence) &&
                 (!schema->dimension[d].poles || add_suffixes(&n, arena, schema->dimension[d].name, poles));
    }
    if (table == FSC_TABLE_SENTENCES)
        ok = ok && add(&n, arena, FSC_LIT("text"));
    if (table == FSC_TABLE_SCORE && opt->sketch)
        ok = ok && add(&n, arena, FSC_LIT("sketch"));
    x->keep_at = n.len;
    for (size_t k = 0; k < opt->keep_count; k++)
        ok = ok && add(&n, arena, fsc_arena_printf(arena, "in_%.*s", (int)opt->keep[k].len, opt->keep[k].data));
    x->column = n.data;
    x->column_count = n.len;
    if (!ok)
        return fsc_err_nomem(err);
    return table == FSC_TABLE_SCORE ? fsc_score_blanks(x, arena, err) : FSC_OK;
}
