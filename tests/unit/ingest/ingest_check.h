/* Files in a folder of the test's own, and items read from them. */
#ifndef FSC_TESTS_INGEST_CHECK_H
#define FSC_TESTS_INGEST_CHECK_H

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "ingest/ingest.h"

typedef struct fixture {
    char folder[64];
    fsc_arena arena;
    fsc_ingest *in;
    fsc_item item[300];
    size_t count;
    int rc;                 /* of the call that ended the reading */
    fsc_err err;
} fixture;

static int setup(void **state)
{
    static fixture f;
    memset(&f, 0, sizeof f);
    f.err = (fsc_err)FSC_ERR_INIT;
    strcpy(f.folder, "/tmp/fsc-ingest-XXXXXX");
    fsc_arena_init(&f.arena, NULL);
    *state = &f;
    return mkdtemp(f.folder) && chdir(f.folder) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
    fixture *f = *state;
    char command[256];
    fsc_ingest_close(f->in);
    fsc_arena_release(&f->arena);
    snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -rf %s", f->folder, f->folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static inline void put(const char *name, fsc_view bytes)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static inline void puts_to(const char *name, const char *text)
{
    put(name, fsc_view_cstr(text));
}

/* Opens the paths (up to a NULL). */
static inline int open_paths(fixture *f, const fsc_ingest_options *opt, const char *const *path)
{
    static const fsc_ingest_options none;
    size_t n = 0;
    while (path[n])
        n++;
    fsc_ingest_close(f->in);
    f->in = NULL;
    f->count = 0;
    f->err = (fsc_err)FSC_ERR_INIT;
    return f->rc = fsc_ingest_open(&f->in, path, n, opt ? opt : &none, NULL, &f->err);
}

/* Reads all items into f->item. */
static inline void drain(fixture *f)
{
    fsc_raw raw;
    while ((f->rc = fsc_ingest_next(f->in, &raw, &f->arena, &f->err)) > 0) {
        assert_true(f->count < sizeof f->item / sizeof *f->item);
        assert_int_equal(fsc_ingest_parse(f->in, &raw, &f->item[f->count], &f->arena, &f->err), 0);
        f->count++;
    }
}

#define read_all(f, opt, ...)                                                                                          \
    do {                                                                                                               \
        assert_int_equal(open_paths((f), (opt), (const char *const[]){__VA_ARGS__, NULL}), 0);                        \
        drain(f);                                                                                                      \
    } while (0)

static inline void same(fsc_view v, const char *text)
{
    if (!text)
        text = "a text";
    if (!fsc_view_is(v, text))
        print_message("'%.*s' is not '%s'\n", (int)v.len, v.data, text);
    assert_true(fsc_view_is(v, text));
}

static inline void has(fsc_view v, const char *part)
{
    if (!part)
        part = "a text to look for";
    if (fsc_view_find(v, fsc_view_cstr(part), 0) == SIZE_MAX)
        print_message("'%.*s' has no '%s'\n", (int)v.len, v.data, part);
    assert_true(fsc_view_find(v, fsc_view_cstr(part), 0) != SIZE_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
