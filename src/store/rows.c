#include "store/store_p.h"

// Rows of the views, for export.

static const struct table {
    const char *name, *sql;
} tables[] = {{"documents", "SELECT * FROM articles"},  {"scores", "SELECT * FROM wide"}, {"cues", "SELECT * FROM concordance ORDER BY document, cue"},
              {"relations", "SELECT * FROM causes ORDER BY document, relation"}, {"quotes", "SELECT * FROM quotes ORDER BY document, quote"},
              {"revisions", "SELECT * FROM edits ORDER BY document, edit"}};

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
    return index < sizeof tables / sizeof *tables ? tables[index].name : NULL;
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
