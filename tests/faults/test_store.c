// The verbs of a store with every allocation of ours made to fail in turn (malloc is wrapped at link time; SQLite keeps its own).

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "framescope.h"

#include "faults/alloc.h"

static int write_nothing(void *user, const char *data, size_t len)
{
    (void)user, (void)data, (void)len;
    return 0;
}

static void say_nothing(void *user, int level, const char *message)
{
    (void)user, (void)level, (void)message;
}

static char folder[] = "/tmp/fsc-faults-XXXXXX", input[64], db[64], old_db[64];
static const fsc_ctx *ctx;

// the lexicons are loaded once: their allocations are test_alloc's
static int run(int argc, const char *const *argv)
{
    fsc_sink sink = {.size = sizeof sink, .write = write_nothing, .message = say_nothing};
    return fsc_run(ctx, argc, argv, &sink, NULL);
}

static int ingest(void)
{
    const char *argv[] = {"ingest", "-j", "1", input, "--db", db};
    unlink(db);
    return run(6, argv);
}

static int anew(void)
{
    const char *argv[] = {"ingest", "-j", "1", "--captions", "--db", db};
    return run(6, argv);
}

static int export_table(void)
{
    const char *argv[] = {"export", "--db", old_db, "relations"};
    return run(4, argv);
}

static int search(void)
{
    const char *argv[] = {"search", "--db", old_db, "crime's"};
    return run(4, argv);
}

static int report(void)
{
    const char *argv[] = {"report", "--db", old_db};
    return run(3, argv);
}

static int score(void)
{
    const char *argv[] = {"score", "--db", old_db, "--versions", "-j", "1"};
    return run(6, argv);
}

static int annotate_brat(void)
{
    char target[80];
    snprintf(target, sizeof target, "%s/brat", folder);
    const char *argv[] = {"annotate", "--db", old_db, "--format", "brat", "-o", target, "-j", "1"};
    return run(9, argv);
}

static void fail_each(int (*use)(void))
{
    calls = live = 0;
    fail_at = -1;
    assert_int_equal(use(), 0);
    assert_int_equal(live, 0);
    long total = calls, failures = 0, step = total / 400 + 1;
    for (long k = 1; k <= total; k += step) {
        calls = live = 0;
        fail_at = k;
        int status = use();
        failures += status != 0;
        fail_at = -1;
        if (live != 0)
            fail_msg("allocation %ld of %ld failed: %ld blocks leaked", k, total, live);
    }
    print_message("# %ld allocations, %ld failed calls\n", total, failures);
    assert_true(failures > 0);
}

// every failure left a database that the next run completes
static void test_faults__ingest(void **state)
{
    (void)state;
    fail_each(ingest);
    assert_int_equal(ingest(), 0);
    fail_each(anew);
}

static void test_faults__readers(void **state)
{
    (void)state;
    fail_each(export_table);
    fail_each(search);
    fail_each(report);
    fail_each(score);
    fail_each(annotate_brat);
}

static int set_up(void **state)
{
    (void)state;
    fsc_ctx *made;
    if (!mkdtemp(folder) || fsc_ctx_new(&made, NULL, NULL))
        return -1;
    ctx = made;
    snprintf(input, sizeof input, "%s/in.jsonl", folder);
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(old_db, sizeof old_db, "%s/old.db", folder);
    FILE *f = fopen(input, "w");
    fprintf(f, "{\"url\": \"https://e.org/a\", \"title\": \"Crime\", \"published\": \"2026-01-01\", \"text\": \"Crime plunged because of patrols, Ana Duarte said.\"}\n"
               "{\"url\": \"https://e.org/a\", \"title\": \"Crime\", \"published\": \"2026-01-01\", \"text\": \"Crime's drop came after patrols.\"}\n"
               "{broken\n{\"id\": \"b\", \"text\": \"Critics claimed that illegal aliens failed.\"}\n");
    fclose(f);
    const char *argv[] = {"ingest", input, "--db", old_db};
    return run(4, argv);
}

static int tear_down(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    fsc_ctx_free((fsc_ctx *)(uintptr_t)ctx);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_faults__ingest), cmocka_unit_test(test_faults__readers)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
