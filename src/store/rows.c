#include "store/store_p.h"

// Rows of the views, for export.

#define LATEST "FROM current u CROSS JOIN documents d CROSS JOIN versions v ON v.version = d.latest "

// the first ones are for all; `report.` ones are what a report adds up
static const struct table {
    const char *name, *sql;
} tables[] = {
    {"documents", "SELECT * FROM articles"},
    {"scores", "SELECT * FROM wide"},
    {"cues", "SELECT * FROM concordance ORDER BY document, cue"},
    {"relations", "SELECT * FROM causes ORDER BY document, relation"},
    {"quotes", "SELECT * FROM quotes ORDER BY document, quote"},
    {"revisions", "SELECT * FROM edits ORDER BY document, edit"},
    {"report.size", "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM versions), (SELECT count(*) FROM captures), "
                    "(SELECT sum(a.words) " LATEST "CROSS JOIN analyses a ON a.run = u.run AND a.version = v.version), "
                    "(SELECT count(DISTINCT site) FROM versions), (SELECT min(published) FROM versions), (SELECT max(published) FROM versions), "
                    "(SELECT digest FROM runs r JOIN current USING (run)), (SELECT settings FROM runs r JOIN current USING (run)), (SELECT count(*) FROM dimensions)"},
    {"report.units", "SELECT d.document AS unit, v.site, v.author, v.lang, v.kind, v.genre, v.section, v.published, a.words, m.name, s.n, s.weight, s.own_n "
                     LATEST "CROSS JOIN analyses a ON a.run = u.run AND a.version = v.version LEFT JOIN scores s ON s.run = a.run AND s.version = a.version "
                     "LEFT JOIN dimensions m ON m.dimension = s.dimension WHERE a.has_lexicon AND a.words > 0 AND coalesce(m.rules, 0) = 0 ORDER BY d.document, s.dimension"},
    {"report.entries", "SELECT m.name AS dimension, k.name AS category, e.pattern AS entry, count(*) AS n, sum(c.voice = 'own') AS own, "
                       "count(DISTINCT c.version) AS documents " LATEST "CROSS JOIN cues c ON c.run = u.run AND c.version = v.version "
                       "CROSS JOIN categories k ON k.category = c.category CROSS JOIN dimensions m ON m.dimension = k.dimension CROSS JOIN entries e ON e.entry = c.entry "
                       "WHERE c.scored AND c.weight > 0 GROUP BY c.category, c.entry ORDER BY n DESC, 1, 2, 3 LIMIT 40"},
    {"report.labels", "SELECT substr(k.name, 1, instr(k.name, '.') - 1) AS referent, substr(k.name, instr(k.name, '.') + 1) AS variant, count(*) AS n, "
                      "sum(c.voice = 'own') AS own, sum(c.voice = 'quote') AS quoted, sum(c.voice = 'indirect') AS indirect " LATEST
                      "CROSS JOIN cues c ON c.run = u.run AND c.version = v.version CROSS JOIN categories k ON k.category = c.category "
                      "CROSS JOIN dimensions m ON m.dimension = k.dimension WHERE m.name = 'labeling' AND instr(k.name, '.') GROUP BY k.name ORDER BY 1, n DESC, 2"},
    {"report.causes", "SELECT cause, effect, count(*) AS n, sum(type = 'cause' AND status IN ('asserted', 'hedged')) AS said, "
                      "sum(type = 'denial' OR status IN ('denied', 'questioned')) AS doubted, group_concat(DISTINCT coalesce(speaker, voice)) AS voices, "
                      "count(DISTINCT document) AS documents FROM causes WHERE cause IS NOT NULL AND effect IS NOT NULL AND type IN ('cause', 'denial') "
                      "GROUP BY lower(cause), lower(effect) ORDER BY n DESC, min(document), min(relation) LIMIT 40"},
    {"report.speakers", "SELECT s.speaker, count(*) AS quotes, count(DISTINCT s.version) AS documents, sum(s.kind = 'direct') AS direct, "
                        "sum(s.kind = 'indirect') AS indirect " LATEST "CROSS JOIN speech s ON s.run = u.run AND s.version = v.version "
                        "WHERE s.speaker IS NOT NULL GROUP BY s.speaker ORDER BY quotes DESC, s.speaker LIMIT 30"},
    {"report.edits", "SELECT coalesce(to_title, key) AS page, to_time AS time, CASE WHEN stealth THEN 'yes' END AS unmarked, "
                     "CASE WHEN reverts THEN 'yes' END AS \"back to earlier text\", types, summary FROM edits ORDER BY to_time DESC, document, edit LIMIT 40"}};

struct fsc_store_rows {
    fsc_store *store;
    sqlite3_stmt *st;
    size_t count;
    fsc_arena arena;
    fsc_view *name;
    fsc_cell *cell;
};

const char *fsc_store_table(size_t index)
{
    return index < sizeof tables / sizeof *tables && !strchr(tables[index].name, '.') ? tables[index].name : NULL;
}

static int fill(fsc_store_rows *r, const char *sql, fsc_err *err)
{
    int status = fsc_sql_prepare(r->store, &r->st, sql, err);
    if (status)
        return status;
    r->count = (size_t)sqlite3_column_count(r->st);
    // the last column only orders the rows
    if (r->count && strcmp(sqlite3_column_name(r->st, (int)r->count - 1), "document") == 0)
        r->count--;
    r->name = FSC_NEW_N(&r->arena, fsc_view, r->count + 1);
    r->cell = FSC_NEW_N(&r->arena, fsc_cell, r->count + 1);
    for (size_t i = 0; r->name && i < r->count; i++)
        r->name[i] = fsc_arena_dup(&r->arena, fsc_view_cstr(sqlite3_column_name(r->st, (int)i)));
    return r->arena.failed ? fsc_err_nomem(err) : 0;
}

int fsc_store_rows_open(fsc_store_rows **out, fsc_store *s, const char *table, fsc_err *err)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    const struct table *t = NULL;
    *out = NULL;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(tables[i].name, table) == 0)
            t = &tables[i];
    if (!t)
        return fsc_err_set(err, FSC_E_USAGE, "%s: no such table; there are documents scores cues relations quotes revisions", table);
    fsc_store_rows *r = alloc->alloc(alloc->user, sizeof *r);
    if (!r)
        return fsc_err_nomem(err);
    *r = (fsc_store_rows){.store = s};
    fsc_arena_init(&r->arena, NULL);
    int status = fill(r, t->sql, err);
    if (status)
        fsc_store_rows_close(r);
    else
        *out = r;
    return status;
}

size_t fsc_store_rows_columns(const fsc_store_rows *r)
{
    return r->count;
}

fsc_view fsc_store_rows_column(const fsc_store_rows *r, size_t i)
{
    return r->name[i];
}

static fsc_cell cell_of(sqlite3_stmt *st, int i)
{
    switch (sqlite3_column_type(st, i)) {
    case SQLITE_INTEGER:
        return (fsc_cell){.kind = FSC_CELL_INT, .integer = sqlite3_column_int64(st, i)};
    case SQLITE_FLOAT:
        return (fsc_cell){.kind = FSC_CELL_REAL, .real = sqlite3_column_double(st, i)};
    case SQLITE_NULL:
        return (fsc_cell){.kind = FSC_CELL_NULL};
    default: {
        const char *text = (const char *)sqlite3_column_text(st, i);
        return (fsc_cell){.kind = FSC_CELL_TEXT, .text = fsc_view_of(text ? text : "", (size_t)sqlite3_column_bytes(st, i))};
    }
    }
}

int fsc_store_rows_next(fsc_store_rows *r, const fsc_cell **cells, fsc_err *err)
{
    int code = sqlite3_step(r->st);
    if (code == SQLITE_DONE)
        return 0;
    if (code != SQLITE_ROW)
        return fsc_store_fail(r->store, code, err);
    for (size_t i = 0; i < r->count; i++)
        r->cell[i] = cell_of(r->st, (int)i);
    *cells = r->cell;
    return 1;
}

void fsc_store_rows_close(fsc_store_rows *r)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    if (!r)
        return;
    sqlite3_finalize(r->st);
    fsc_arena_release(&r->arena);
    alloc->free(alloc->user, r);
}
