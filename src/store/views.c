#include "store/store_p.h"

// The view `wide`: the columns of the score table, for the latest version of each document under the current run. A dimension is a
// join on the key of `scores`, so a query pays only for the dimensions that it names.

// SQLite joins at most 64 tables; dimensions beyond are in `long`
#define JOINS 56u

static void put_quoted(fsc_buf *out, fsc_view name, const char *suffix)
{
    fsc_buf_char(out, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == '"')
            fsc_buf_char(out, '"');
        fsc_buf_char(out, name.data[i]);
    }
    fsc_buf_printf(out, "%s\"", suffix);
}

// a cell of `scores` where a missing row is zero; `given`: when there is a value at all
static void put_cell(fsc_buf *out, size_t d, fsc_view name, const char *suffix, const char *cell, const char *given)
{
    fsc_buf_printf(out, ",\n  CASE WHEN %s THEN coalesce(s%zu.%s, 0) END AS ", given, d, cell);
    put_quoted(out, name, suffix);
}

static void put_count(fsc_buf *out, int64_t category)
{
    fsc_buf_printf(out, "coalesce((SELECT sum(c.n) FROM counts c WHERE c.run = a.run AND c.version = a.version AND c.category = %lld), 0)",
                   (long long)category);
}

static int64_t category_of(const fsc_store *s, size_t dimension, const char *name)
{
    for (size_t c = 0; c < s->schema->category_count; c++)
        if (s->schema->category[c].dimension == dimension && fsc_view_is(s->schema->category[c].name, name))
            return s->category[c];
    return 0;
}

// a dimension of rules: a count for each category, and for agency the share without agent
static void put_rules(fsc_buf *out, const fsc_store *s, size_t d)
{
    fsc_view dimension = s->schema->dimension[d].name;
    for (size_t c = 0; c < s->schema->category_count; c++) {
        const fsc_category *k = &s->schema->category[c];
        if (k->dimension != d)
            continue;
        fsc_buf_adds(out, ",\n  CASE WHEN a.has_lexicon THEN ");
        put_count(out, s->category[c]);
        fsc_buf_printf(out, " END AS \"%.*s.%.*s_n\"", (int)dimension.len, dimension.data, (int)k->name.len, k->name.data);
    }
    if (!fsc_view_is(dimension, "agency"))
        return;
    int64_t without = category_of(s, d, "agentless-passive"), with = category_of(s, d, "by-passive");
    fsc_buf_adds(out, ",\n  1.0 * ");
    put_count(out, without);
    fsc_buf_adds(out, " / nullif(");
    put_count(out, without);
    fsc_buf_adds(out, " + ");
    put_count(out, with);
    fsc_buf_adds(out, ", 0) AS agency_agentless_share");
}

static void put_dimension(fsc_buf *out, const fsc_store *s, size_t d)
{
    const fsc_dimension *m = &s->schema->dimension[d];
    if (m->rules) {
        put_rules(out, s, d);
        return;
    }
    put_cell(out, d, m->name, "_n", "n", "a.has_lexicon");
    put_cell(out, d, m->name, "", "rate", "a.has_lexicon AND a.words > 0");
    put_cell(out, d, m->name, "_own_n", "own_n", "a.has_lexicon");
    put_cell(out, d, m->name, "_own", "own_rate", "a.has_lexicon AND a.own_words > 0");
    put_cell(out, d, m->name, "_headline_n", "headline_n", "a.has_lexicon");
    if (!m->poles)
        return;
    put_cell(out, d, m->name, "_pos", "pos", "a.has_lexicon");
    put_cell(out, d, m->name, "_neg", "neg", "a.has_lexicon");
    fsc_buf_printf(out, ",\n  s%zu.balance AS ", d);
    put_quoted(out, m->name, "_balance");
    fsc_buf_printf(out, ",\n  s%zu.logit AS ", d);
    put_quoted(out, m->name, "_logit");
}

static void put_wide(fsc_buf *out, const fsc_store *s)
{
    size_t count = s->schema->dimension_count < JOINS ? s->schema->dimension_count : JOINS;
    fsc_buf_adds(out, "CREATE VIEW wide AS\nSELECT v.id, v.source, v.url, v.site, v.author, v.title, v.published, v.modified, v.lang, v.kind, v.genre,\n"
                      "  v.section, v.status, v.reason, a.words, a.sentences, a.own_words, a.quoted_words, a.indirect_words, a.headline_words,\n"
                      "  a.sources_named, a.sources_unnamed, v.content_hash, CASE WHEN a.run THEN r.digest END AS run");
    for (size_t d = 0; d < count; d++)
        put_dimension(out, s, d);
    fsc_buf_adds(out, "\nFROM documents d JOIN versions v ON v.version = d.latest JOIN current u JOIN runs r ON r.run = u.run\n"
                      "LEFT JOIN analyses a ON a.run = u.run AND a.version = v.version");
    for (size_t d = 0; d < count; d++)
        if (!s->schema->dimension[d].rules)
            fsc_buf_printf(out, "\nLEFT JOIN scores s%zu ON s%zu.run = a.run AND s%zu.version = a.version AND s%zu.dimension = %lld", d, d, d, d,
                           (long long)s->dimension[d]);
}

int fsc_store_views(fsc_store *s, fsc_err *err)
{
    fsc_buf sql;
    sqlite3_stmt *st;
    fsc_buf_init(&sql, NULL, 1u << 24);
    put_wide(&sql, s);
    int status = sql.failed ? fsc_err_nomem(err) : fsc_sql_prepare(s, &st, "SELECT 1 FROM sqlite_schema WHERE name = 'wide' AND sql = ?", err);
    if (status) {
        fsc_buf_release(&sql);
        return status;
    }
    int64_t one;
    fsc_bind_text(st, 1, fsc_buf_view(&sql));
    int same = fsc_sql_int(s, st, &one, err);
    sqlite3_finalize(st);
    status = same < 0 ? same : 0;
    if (!same)
        status = fsc_sql_exec(s, "DROP VIEW IF EXISTS wide", err);
    if (!same && !status)
        status = fsc_sql_exec(s, sql.data, err);
    fsc_buf_release(&sql);
    return status;
}
