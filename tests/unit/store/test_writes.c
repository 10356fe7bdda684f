// Each write, sync and truncation of SQLite's files made to fail in turn: an error that names the file, a database that opens and is whole,
// and what was committed before is there.
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "store/store.h"

static sqlite3_vfs faulty;
static sqlite3_vfs *usual;
static struct {
    const sqlite3_io_methods *old;
    sqlite3_io_methods patched;
} methods[8];
static size_t method_count;
static long operations, fail_at = -1;
static bool for_good;

static bool fails(void)
{
    operations++;
    return fail_at > 0 && (for_good ? operations >= fail_at : operations == fail_at);
}

static const sqlite3_io_methods *old_of(const sqlite3_file *f)
{
    for (size_t i = 0; i < method_count; i++)
        if (f->pMethods == &methods[i].patched)
            return methods[i].old;
    return NULL;
}

static int write_at(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
    return fails() ? SQLITE_FULL : old_of(f)->xWrite(f, data, len, at);
}

static int truncate_to(sqlite3_file *f, sqlite3_int64 size)
{
    return fails() ? SQLITE_IOERR_TRUNCATE : old_of(f)->xTruncate(f, size);
}

static int sync_all(sqlite3_file *f, int flags)
{
    return fails() ? SQLITE_IOERR_FSYNC : old_of(f)->xSync(f, flags);
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out_flags)
{
    (void)vfs;
    int code = usual->xOpen(usual, name, f, flags, out_flags);
    if (code || !f->pMethods)
        return code;
    size_t i = 0;
    while (i < method_count && methods[i].old != f->pMethods)
        i++;
    assert_true(i < 8);
    if (i == method_count) {
        methods[i].old = f->pMethods;
        methods[i].patched = *f->pMethods;
        methods[i].patched.xWrite = write_at;
        methods[i].patched.xTruncate = truncate_to;
        methods[i].patched.xSync = sync_all;
        method_count++;
    }
    f->pMethods = &methods[i].patched;
    return 0;
}

static fsc_dimension dimension[] = {{FSC_LIT_INIT("causality"), true, false}};
static fsc_category category[] = {{FSC_LIT_INIT("cause"), 0, 1}};
static const fsc_schema schema = {.dimension = dimension, .dimension_count = 1, .category = category, .category_count = 1,
                                  .digest = FSC_LIT_INIT("0123456789abcdef")};
static char folder[] = "/tmp/fsc-writes-XXXXXX", path[64];

static int put(fsc_store *s, const char *id, fsc_err *err)
{
    fsc_arena arena;
    fsc_buf out;
    uint32_t counts[1][FSC_VOICE_COUNT] = {{0}};
    fsc_score score = {0};
    fsc_analysis a = {.schema = &schema, .has_language = true, .score = &score, .category_n = counts};
    a.article = (fsc_article){.id = fsc_view_cstr(id), .source = fsc_view_cstr(id), .text = FSC_LIT("Crime fell because of rain, and of much else.")};
    fsc_store_record r = {.analysis = &a, .known_by = FSC_KNOWN_ID, .key = fsc_view_cstr(id), .captured = FSC_NO_TIME, .modified = FSC_NO_TIME, .published = FSC_NO_TIME};
    fsc_arena_init(&arena, NULL);
    fsc_buf_init(&out, NULL, 1 << 20);
    fsc_store_pack(&out, &r, &arena);
    int status = fsc_store_put(s, fsc_buf_view(&out), err);
    fsc_buf_release(&out);
    fsc_arena_release(&arena);
    return status;
}

// two commits; *committed says how many went well
static int fill(int *committed, fsc_err *err)
{
    fsc_store *s;
    const fsc_store_run run = {.digest = FSC_LIT("fedcba9876543210"), .program = FSC_LIT("test"), .settings = FSC_LIT("a"), .schema = &schema};
    int status = fsc_store_open(&s, path, FSC_STORE_WRITE, err);
    *committed = 0;
    if (status)
        return status;
    status = fsc_store_begin(s, &run, err);
    for (int i = 0; i < 2 && !status; i++) {
        status = put(s, i ? "b" : "a", err);
        if (!status)
            status = fsc_store_commit(s, err);
        *committed += !status;
    }
    return fsc_store_close(s, status, err);
}

static int64_t ask(const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    int64_t n = -1;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, usual->zName), 0);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == 0 && sqlite3_step(st) == SQLITE_ROW)
        n = strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0 ? 1 : sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

static void remove_all(void)
{
    static const char *const tail[] = {"", "-wal", "-shm", "-journal"};
    char name[80];
    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", path, tail[i]);
        unlink(name);
    }
}

static void fail_each(bool all_from_there)
{
    int committed, failures = 0;
    fsc_err err = FSC_ERR_INIT;
    operations = 0;
    fail_at = -1;
    for_good = all_from_there;
    remove_all();
    assert_int_equal(fill(&committed, &err), 0);
    long total = operations;
    assert_true(total > 30);
    for (long k = 1; k <= total; k++) {
        err = (fsc_err)FSC_ERR_INIT;
        operations = 0;
        fail_at = k;
        remove_all();
        int status = fill(&committed, &err);
        fail_at = -1;
        failures += status != 0;
        if (status) {
            assert_true(status == FSC_E_WRITE || status == FSC_E_READ);
            assert_non_null(strstr(err.source, path));
            assert_true(err.text[0]);
        }
        assert_int_equal(ask("PRAGMA integrity_check"), 1);
        int64_t documents = ask("SELECT count(*) FROM documents");
        if (committed && documents < committed)
            fail_msg("operation %ld of %ld failed: %d commits, %lld documents", k, total, committed, (long long)documents);
        // the same again completes it
        assert_int_equal(fill(&committed, &err), 0);
        assert_int_equal(ask("SELECT count(*) FROM documents"), 2);
        assert_int_equal(ask("SELECT count(*) FROM fulltext WHERE fulltext MATCH 'rain'"), 2);
    }
    print_message("# %ld operations, %d failed runs\n", total, failures);
    assert_true(failures > 10);
}

static void test_writes__each_fails_once(void **state)
{
    (void)state;
    fail_each(false);
}

static void test_writes__each_fails_for_good(void **state)
{
    (void)state;
    fail_each(true);
}

static int set_up(void **state)
{
    (void)state;
    usual = sqlite3_vfs_find(NULL);
    faulty = *usual;
    faulty.zName = "faulty";
    faulty.xOpen = open_file;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/w.db", folder);
    return sqlite3_vfs_register(&faulty, 1);
}

static int tear_down(void **state)
{
    (void)state;
    sqlite3_vfs_unregister(&faulty);
    remove_all();
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_writes__each_fails_once), cmocka_unit_test(test_writes__each_fails_for_good)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
