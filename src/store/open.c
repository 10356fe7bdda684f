#include <stdio.h>

#include "store/store_p.h"

#define BUSY_MS 30000   // another writer's transaction lasts about three seconds
#define WAL_MS 500

#define FSC_STEP(n) NULL,
#define FSC_SQL(text) text,
// statements of all versions; NULL begins the next version
static const char *const schema[] = {
#include "store/schema.def"
};
#undef FSC_STEP
#undef FSC_SQL

static int newest(void)
{
    int n = 0;
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        n += schema[i] == NULL;
    return n;
}

static int read_pragma(fsc_store *s, const char *sql, int64_t *out, fsc_err *err)
{
    sqlite3_stmt *st;
    int status = fsc_sql_prepare(s, &st, sql, err);
    if (status)
        return status;
    int got = fsc_sql_int(s, st, out, err);
    sqlite3_finalize(st);
    return got < 0 ? got : 0;
}

// ---------------------------------------------------------------- whose file it is

static int check_file(fsc_store *s, bool *is_new, int64_t *version, fsc_err *err)
{
    int64_t application = 0, objects = 0;
    int status = read_pragma(s, "PRAGMA application_id", &application, err);
    if (!status)
        status = read_pragma(s, "PRAGMA user_version", version, err);
    if (!status)
        status = read_pragma(s, "SELECT count(*) FROM sqlite_schema", &objects, err);
    if (status)
        return status;
    *is_new = application == 0 && *version == 0 && objects == 0;
    if (*is_new && s->mode == FSC_STORE_READ)
        return fsc_err_at(err, FSC_E_CONFIG, fsc_view_cstr(s->path), 0, 0, "is empty; framescope ingest INPUT... --db FILE fills it");
    if (!*is_new && application != FSC_STORE_APPLICATION)
        return fsc_err_at(err, FSC_E_CONFIG, fsc_view_cstr(s->path), 0, 0,
                          "is a database of another program and is left as it is; name another file");
    if (*version > newest())
        return fsc_err_at(err, FSC_E_CONFIG, fsc_view_cstr(s->path), 0, 0,
                          "has schema version %lld, this framescope knows %d; use a newer framescope", (long long)*version, newest());
    return 0;
}

// brings the file to the newest version, all steps in one transaction
static int migrate(fsc_store *s, int64_t version, fsc_err *err)
{
    char text[96];
    int64_t step = 0;
    int status = fsc_sql_exec(s, "BEGIN IMMEDIATE", err);
    // another writer may have been first
    if (!status)
        status = read_pragma(s, "PRAGMA user_version", &version, err);
    for (size_t i = 0; i < sizeof schema / sizeof *schema && !status; i++) {
        step += schema[i] == NULL;
        if (schema[i] && step > version)
            status = fsc_sql_exec(s, schema[i], err);
    }
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d", FSC_STORE_APPLICATION, newest());
    if (!status && version < newest())
        status = fsc_sql_exec(s, text, err);
    if (!status)
        status = fsc_sql_exec(s, "COMMIT", err);
    if (status)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

// ---------------------------------------------------------------- opening

static int configure(fsc_store *s, fsc_err *err)
{
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return fsc_sql_exec(s, "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY", err);
}

static int prepare_writing(fsc_store *s, int64_t version, fsc_err *err)
{
    // Readers see the last commit while we write; where that cannot be (a network disk, a reader at this moment) the old journal
    // stays, as safe. Foreign
    // keys are declared for all who change the store by hand; put.c writes parents first, and looking each up again costs a sixth
    sqlite3_busy_timeout(s->db, WAL_MS);
    sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    sqlite3_busy_timeout(s->db, BUSY_MS);
    int status = fsc_sql_exec(s, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF", err);
    return status || version == newest() ? status : migrate(s, version, err);
}

static int open_checked(fsc_store *s, fsc_err *err)
{
    int flags = s->mode == FSC_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(s->path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    bool is_new;
    int64_t version = 0;
    if (code)
        return fsc_store_fail(s, code, err);
    int status = configure(s, err);
    if (!status)
        status = check_file(s, &is_new, &version, err);
    if (!status && s->mode == FSC_STORE_WRITE) {
        if (sqlite3_db_readonly(s->db, "main") == 1)
            return fsc_store_fail(s, SQLITE_READONLY, err);
        status = prepare_writing(s, version, err);
    } else if (!status && version < newest()) {
        status = fsc_err_at(err, FSC_E_CONFIG, fsc_view_cstr(s->path), 0, 0,
                            "has schema version %lld; framescope ingest --db FILE brings it to version %d", (long long)version, newest());
    }
    return status;
}

int fsc_store_open(fsc_store **out, const char *path, fsc_store_mode mode, fsc_err *err)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    fsc_store *s = alloc->alloc(alloc->user, sizeof *s);
    *out = NULL;
    if (!s)
        return fsc_err_nomem(err);
    *s = (fsc_store){.mode = mode};
    fsc_arena_init(&s->arena, NULL);
    s->path = alloc->alloc(alloc->user, strlen(path) + 1);
    int status = s->path ? 0 : fsc_err_nomem(err);
    if (!status) {
        memcpy(s->path, path, strlen(path) + 1);
        status = open_checked(s, err);
    }
    if (status)
        fsc_store_close(s, status, err);
    else
        *out = s;
    return status;
}

int fsc_store_close(fsc_store *s, int status, fsc_err *err)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    if (!s)
        return status;
    if (!status)
        status = fsc_store_commit(s, err);
    for (int i = 0; i < FSC_SQL_COUNT; i++)
        sqlite3_finalize(s->statement[i]);
    if (s->writing)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    // one file to hand on; while others read, it stays as it is
    if (s->db && s->mode == FSC_STORE_WRITE) {
        sqlite3_busy_timeout(s->db, 0);
        sqlite3_exec(s->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
    sqlite3_close(s->db);
    fsc_arena_release(&s->arena);
    if (s->path)
        alloc->free(alloc->user, s->path);
    alloc->free(alloc->user, s);
    return status;
}
