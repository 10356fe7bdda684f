#include <math.h>
#include <time.h>

#include "store/store_p.h"

static const char *const statements[] = {
#define FSC_STATEMENT(name, sql) sql,
#include "store/statements.def"
#undef FSC_STATEMENT
};

// ---------------------------------------------------------------- errors

int fsc_store_fail(const fsc_store *s, int code, fsc_err *err)
{
    fsc_view path = fsc_view_cstr(s->path);
    const char *why = s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return fsc_err_nomem(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fsc_err_at(err, FSC_E_WRITE, path, 0, 0, "another program is using this database; run the same command again when it has finished");
    case SQLITE_FULL:
        return fsc_err_at(err, FSC_E_WRITE, path, 0, 0, "the disk is full; what was committed is kept: make room and run the same command again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return fsc_err_at(err, FSC_E_WRITE, path, 0, 0, "is read-only; name a file that may be written");
    case SQLITE_CANTOPEN:
        return fsc_err_at(err, s->mode == FSC_STORE_READ ? FSC_E_READ : FSC_E_WRITE, path, 0, 0,
                          s->mode == FSC_STORE_READ ? "no such database, or it may not be read" : "cannot be made there; does the folder exist?");
    case SQLITE_NOTADB:
        return fsc_err_at(err, FSC_E_CONFIG, path, 0, 0, "is no database and is left as it is; name another file");
    case SQLITE_CORRUPT:
        return fsc_err_at(err, FSC_E_READ, path, 0, 0, "is damaged (%s); sqlite3 FILE .recover may save what is left", why);
    case SQLITE_IOERR:
        return fsc_err_at(err, s->mode == FSC_STORE_READ ? FSC_E_READ : FSC_E_WRITE, path, 0, 0,
                          "%s; what was committed is kept: check the disk and run the same command again", why);
    default:
        return fsc_err_at(err, FSC_E_INTERNAL, path, 0, 0, "SQLite: %s", why);
    }
}

// ---------------------------------------------------------------- statements

int fsc_sql_prepare(fsc_store *s, sqlite3_stmt **out, const char *sql, fsc_err *err)
{
    int code = sqlite3_prepare_v2(s->db, sql, -1, out, NULL);
    return code ? fsc_store_fail(s, code, err) : 0;
}

sqlite3_stmt *fsc_sql(fsc_store *s, fsc_statement which, fsc_err *err)
{
    sqlite3_stmt **st = &s->statement[which];
    if (*st)
        return *st;
    int code = sqlite3_prepare_v3(s->db, statements[which], -1, SQLITE_PREPARE_PERSISTENT, st, NULL);
    if (code)
        s->failed = fsc_store_fail(s, code, err);
    return *st;
}

int fsc_sql_run(fsc_store *s, sqlite3_stmt *st, fsc_err *err)
{
    int code = sqlite3_step(st);
    int status = code == SQLITE_DONE || code == SQLITE_ROW ? 0 : fsc_store_fail(s, code, err);
    sqlite3_reset(st);
    return status;
}

int fsc_sql_int(fsc_store *s, sqlite3_stmt *st, int64_t *out, fsc_err *err)
{
    int code = sqlite3_step(st), got = 0;
    if (code == SQLITE_ROW) {
        *out = sqlite3_column_int64(st, 0);
        got = 1;
    } else if (code != SQLITE_DONE) {
        got = fsc_store_fail(s, code, err);
    }
    sqlite3_reset(st);
    return got;
}

int fsc_sql_exec(fsc_store *s, const char *sql, fsc_err *err)
{
    int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return code ? fsc_store_fail(s, code, err) : 0;
}

void fsc_bind_text_always(sqlite3_stmt *st, int at, fsc_view v)
{
    sqlite3_bind_text64(st, at, v.len ? v.data : "", v.len, SQLITE_STATIC, SQLITE_UTF8);
}

void fsc_bind_text(sqlite3_stmt *st, int at, fsc_view v)
{
    if (v.len)
        fsc_bind_text_always(st, at, v);
    else
        sqlite3_bind_null(st, at);
}

void fsc_bind_name(sqlite3_stmt *st, int at, const char *name)
{
    fsc_bind_text(st, at, fsc_view_cstr(name));
}

void fsc_bind_time(sqlite3_stmt *st, int at, int64_t t)
{
    if (t == FSC_NO_TIME)
        sqlite3_bind_null(st, at);
    else
        sqlite3_bind_int64(st, at, t);
}

void fsc_bind_real(sqlite3_stmt *st, int at, double x)
{
    if (isnan(x))
        sqlite3_bind_null(st, at);
    else
        sqlite3_bind_double(st, at, x);
}

fsc_view fsc_column_text(sqlite3_stmt *st, int at, fsc_arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(st, at);
    if (!text)
        return (fsc_view){0};
    return fsc_arena_dup(arena, fsc_view_of(text, (size_t)sqlite3_column_bytes(st, at)));
}

// ---------------------------------------------------------------- transactions

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int fsc_store_write(fsc_store *s, fsc_err *err)
{
    if (s->writing)
        return 0;
    sqlite3_stmt *begin = fsc_sql(s, FSC_SQL_BEGIN, err), *document = fsc_sql(s, FSC_SQL_DOCUMENT_LAST, err),
                 *version = fsc_sql(s, FSC_SQL_VERSION_LAST, err);
    if (!begin || !document || !version)
        return s->failed;
    int status = fsc_sql_run(s, begin, err);
    if (status)
        return status;
    s->writing = true;
    s->begun = now();
    // another writer may have added some since our last transaction
    int got = fsc_sql_int(s, document, &s->last_document, err);
    if (got > 0)
        got = fsc_sql_int(s, version, &s->last_version, err);
    return got < 0 ? got : 0;
}

bool fsc_store_is_due(const fsc_store *s)
{
    return s->writing && (s->put_bytes >= 16u << 20 || now() - s->begun >= 3000);
}

int fsc_store_commit(fsc_store *s, fsc_err *err)
{
    if (!s->writing)
        return 0;
    sqlite3_stmt *commit = fsc_sql(s, FSC_SQL_COMMIT, err);
    int status = commit ? fsc_sql_run(s, commit, err) : s->failed;
    if (status)
        return status;
    s->writing = false;
    s->put_bytes = 0;
    return 0;
}
