#include "codec/codec.h"
#include "store/store_p.h"

// Databases of other programs, read as JSON lines: what reads JSON lines then reads them, with sources, limits and bad records as ever.

struct fsc_store_foreign {
    fsc_store base;         // only the open file, for its errors
    sqlite3_stmt *st;
    fsc_buf line;
    size_t sent;            // bytes of it that were handed out
};

static const struct query {
    const char *program, *sql;
} queries[] = {
#define FSC_FOREIGN(program, sql) {program, sql},
#include "store/foreign.def"
#undef FSC_FOREIGN
};

static int whose(fsc_store_foreign *f, fsc_err *err)
{
    fsc_store *s = &f->base;
    sqlite3_stmt *st;
    int64_t application = 0;
    int status = fsc_sql_prepare(s, &st, "PRAGMA application_id", err);
    if (status)
        return status;
    int got = fsc_sql_int(s, st, &application, err);
    sqlite3_finalize(st);
    if (got < 0)
        return got;
    if (application == FSC_STORE_APPLICATION)
        return fsc_err_at(err, FSC_E_USAGE, fsc_view_cstr(s->path), 0, 0, "is a store of framescope: name it with --db");
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (sqlite3_prepare_v2(s->db, queries[i].sql, -1, &f->st, NULL) == SQLITE_OK)
            return 0;
    return fsc_err_at(err, FSC_E_USAGE, fsc_view_cstr(s->path), 0, 0,
                      "a database of no program that is known (News Sniffer, diffengine): query it into a CSV with the columns url, title, text, captured");
}

int fsc_store_foreign_open(fsc_store_foreign **out, const char *path, fsc_err *err)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    fsc_store_foreign *f = alloc->alloc(alloc->user, sizeof *f);
    *out = NULL;
    if (!f)
        return fsc_err_nomem(err);
    *f = (fsc_store_foreign){.base = {.mode = FSC_STORE_READ}};
    fsc_buf_init(&f->line, NULL, (size_t)1 << 31);
    f->base.path = alloc->alloc(alloc->user, strlen(path) + 1);
    int status = f->base.path ? 0 : fsc_err_nomem(err);
    if (!status) {
        memcpy(f->base.path, path, strlen(path) + 1);
        int code = sqlite3_open_v2(path, &f->base.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
        status = code ? fsc_store_fail(&f->base, code, err) : 0;
    }
    if (!status) {
        // what stands in the file is data: no view or trigger of it may call a function that does more than compute
        sqlite3_db_config(f->base.db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(f->base.db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        status = whose(f, err);
    }
    if (status)
        fsc_store_foreign_close(f);
    else
        *out = f;
    return status;
}

void fsc_store_foreign_close(fsc_store_foreign *f)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    if (!f)
        return;
    sqlite3_finalize(f->st);
    sqlite3_close(f->base.db);
    fsc_buf_release(&f->line);
    if (f->base.path)
        alloc->free(alloc->user, f->base.path);
    alloc->free(alloc->user, f);
}

static void put_row(fsc_store_foreign *f)
{
    fsc_json_writer w;
    fsc_json_writer_init(&w, &f->line);
    fsc_json_open_object(&w);
    for (int i = 0; i < sqlite3_column_count(f->st); i++) {
        const char *text = (const char *)sqlite3_column_text(f->st, i);
        if (!text)
            continue;
        fsc_json_key(&w, sqlite3_column_name(f->st, i));
        fsc_json_string(&w, fsc_view_of(text, (size_t)sqlite3_column_bytes(f->st, i)));
    }
    fsc_json_close_object(&w);
    fsc_buf_char(&f->line, '\n');
}

int64_t fsc_store_foreign_pull(void *user, char *out, size_t room, fsc_err *err)
{
    fsc_store_foreign *f = user;
    if (f->sent == f->line.len) {
        int code = sqlite3_step(f->st);
        fsc_buf_reset(&f->line, 1u << 20);
        f->sent = 0;
        if (code == SQLITE_DONE)
            return 0;
        if (code != SQLITE_ROW)
            return fsc_store_fail(&f->base, code, err);
        put_row(f);
        if (f->line.failed)
            return fsc_err_nomem(err);
    }
    size_t n = f->line.len - f->sent < room ? f->line.len - f->sent : room;
    memcpy(out, f->line.data + f->sent, n);
    f->sent += n;
    return (int64_t)n;
}
