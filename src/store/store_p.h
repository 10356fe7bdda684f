/* Inside store: the open file, its statements, and the errors of SQLite. */
#ifndef FSC_STORE_STORE_P_H
#define FSC_STORE_STORE_P_H

#include <sqlite3.h>

#include "store/store.h"

/* "FSCP", in the file's head: what `file` and we know a store by. */
#define FSC_STORE_APPLICATION 0x46534350

typedef enum fsc_statement {
#define FSC_STATEMENT(name, sql) FSC_SQL_##name,
#include "store/statements.def"
#undef FSC_STATEMENT
    FSC_SQL_COUNT
} fsc_statement;

struct fsc_store {
    sqlite3 *db;
    fsc_store_mode mode;
    char *path;             /* owned */
    sqlite3_stmt *statement[FSC_SQL_COUNT];
    int failed;             /* of the last statement that could not be prepared */
    bool writing;           /* a transaction is open */
    uint64_t put_bytes;     /* since the last commit */
    int64_t begun;          /* when the transaction began, in milliseconds of a steady clock */
    fsc_store_counts counts;

    /* of fsc_store_begin */
    fsc_arena arena;
    const fsc_schema *schema;
    int64_t run;
    int64_t *dimension, *category, *entry;  /* number in the database by index in the schema; entries when first used, 0 before */
    int64_t last_document, last_version;    /* highest numbers taken, known inside a transaction */
};

/* A statement, ready to be bound: those before must have been run. NULL: err and s->failed are set. */
sqlite3_stmt *fsc_sql(fsc_store *s, fsc_statement which, fsc_err *err);
/* Runs a statement that gives no rows. */
int fsc_sql_run(fsc_store *s, sqlite3_stmt *st, fsc_err *err);
/* 1: a row with an integer in its first column, 0: no row, < 0 failed. The statement is reset. */
int fsc_sql_int(fsc_store *s, sqlite3_stmt *st, int64_t *out, fsc_err *err);
/* Statements without parameters and rows. */
int fsc_sql_exec(fsc_store *s, const char *sql, fsc_err *err);
/* Another statement, the caller's to finalize. */
int fsc_sql_prepare(fsc_store *s, sqlite3_stmt **out, const char *sql, fsc_err *err);

/* Sets err from a result code of SQLite. */
int fsc_store_fail(const fsc_store *s, int code, fsc_err *err);

/* Binding. Text is not copied: it must live until the statement has run. Empty text is NULL in the first form. */
void fsc_bind_text(sqlite3_stmt *st, int at, fsc_view v);
void fsc_bind_text_always(sqlite3_stmt *st, int at, fsc_view v);
void fsc_bind_name(sqlite3_stmt *st, int at, const char *name); /* NULL: NULL */
void fsc_bind_time(sqlite3_stmt *st, int at, int64_t t);
void fsc_bind_real(sqlite3_stmt *st, int at, double x);         /* NAN: NULL */

/* Column of the current row, copied. */
fsc_view fsc_column_text(sqlite3_stmt *st, int at, fsc_arena *arena);

/* Begins a transaction unless one is open. */
int fsc_store_write(fsc_store *s, fsc_err *err);

/* Makes the view `wide` for the dimensions of the run, unless it is there as it should be. */
int fsc_store_views(fsc_store *s, fsc_err *err);

const char *fsc_known_by_name(fsc_known_by k);

/* An article as it was seen by a capture: source and times are the capture's. */
int fsc_store_capture(fsc_store *s, int64_t capture, fsc_stored *out, fsc_arena *arena, fsc_err *err);

/* The latest version of a document by its captures. */
int fsc_store_latest(fsc_store *s, int64_t document, int64_t *version, fsc_err *err);

#endif
