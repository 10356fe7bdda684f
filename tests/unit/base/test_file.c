#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *data, size_t len)
{
    FILE *f = fopen(path_of(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, len, f), len);
    fclose(f);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/fsc-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", folder, folder);
    return system(command);
}

static void test_file__reads_whole_and_honours_the_limit(void **state)
{
    (void)state;
    fsc_buf b;
    fsc_err e = FSC_ERR_INIT;
    put("a", "hello\0world", 11);
    fsc_buf_init(&b, NULL, 11);
    assert_int_equal(fsc_file_read(&b, path_of("a"), &e), 0);
    assert_int_equal(b.len, 11);
    fsc_buf_release(&b);
    fsc_buf_init(&b, NULL, 10);
    assert_int_equal(fsc_file_read(&b, path_of("a"), &e), FSC_E_LIMIT);
    fsc_buf_release(&b);
    e = (fsc_err)FSC_ERR_INIT;
    assert_int_equal(fsc_file_read(&b, path_of("absent"), &e), FSC_E_READ);
    assert_non_null(strstr(e.source, "absent"));
    e = (fsc_err)FSC_ERR_INIT;
    assert_int_equal(fsc_file_read(&b, folder, &e), FSC_E_READ);
    fsc_buf_release(&b);
}

static void test_reader__fills_and_keeps_offsets(void **state)
{
    (void)state;
    size_t len = 300000;
    char *data = malloc(len);
    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i % 251);
    put("big", data, len);
    fsc_reader r;
    assert_int_equal(fsc_reader_open(&r, path_of("big"), NULL, NULL), 0);
    size_t at = 0;
    while (at < len) {
        size_t want = 1 + at % 70000;
        int64_t got = fsc_reader_fill(&r, want, NULL);
        assert_true(got >= (int64_t)(want < len - at ? want : len - at));
        assert_int_equal(r.offset, at);
        assert_memory_equal(r.data + r.pos, data + at, (size_t)got);
        size_t take = want < (size_t)got ? want : (size_t)got;
        fsc_reader_skip(&r, take);
        at += take;
    }
    assert_int_equal(fsc_reader_fill(&r, 1, NULL), 0);
    assert_true(r.eof);
    fsc_reader_close(&r);
    free(data);
}

// Gives 3 bytes at a time of "abcdefgh", then the end or, with *fails, an error.
typedef struct source {
    size_t at;
    bool fails;
} source;

static int64_t pull(void *user, char *out, size_t room, fsc_err *err)
{
    source *s = user;
    if (s->at == 8 && s->fails) {
        fsc_err_set(err, FSC_E_READ, "the source broke");
        return -1;
    }
    size_t n = 8 - s->at < 3 ? 8 - s->at : 3;
    assert_true(room >= n);
    memcpy(out, "abcdefgh" + s->at, n);
    s->at += n;
    return (int64_t)n;
}

static void test_reader__pulls_from_a_source(void **state)
{
    (void)state;
    for (int fails = 0; fails < 2; fails++) {
        fsc_reader r;
        fsc_err e = FSC_ERR_INIT;
        source s = {.fails = fails};
        fsc_reader_open_pull(&r, pull, &s, "source", NULL);
        assert_true(fsc_reader_fill(&r, 4, &e) >= 4);
        assert_memory_equal(r.data + r.pos, "abcd", 4);
        fsc_reader_skip(&r, 4);
        assert_int_equal(fsc_reader_fill(&r, 9, &e), fails ? -1 : 4);
        assert_int_equal(e.code, fails ? FSC_E_READ : 0);
        fsc_reader_close(&r);
    }
}

static void test_folder__lists_in_byte_order(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_view *file;
    size_t count;
    fsc_arena_init(&a, NULL);
    mkdir(path_of("tree"), 0700);
    mkdir(path_of("tree/b"), 0700);
    put("tree/b/2", "", 0);
    put("tree/b/10", "", 0);
    put("tree/c", "", 0);
    put("tree/B", "", 0);
    put("tree/.hidden", "", 0);
    char top[256];
    snprintf(top, sizeof top, "%s", path_of("tree"));
    assert_int_equal(fsc_folder_list(&a, top, &file, &count, NULL), 0);
    assert_int_equal(count, 4);
    static const char *const want[] = {"/B", "/b/10", "/b/2", "/c"};
    for (size_t i = 0; i < 4; i++)
        assert_true(fsc_view_ends(file[i], fsc_view_cstr(want[i])));
    fsc_arena_release(&a);
}

static void test_outfile__appears_only_when_committed(void **state)
{
    (void)state;
    fsc_outfile f;
    fsc_buf b;
    char path[256];
    snprintf(path, sizeof path, "%s", path_of("out"));
    assert_int_equal(fsc_outfile_open(&f, path, NULL, NULL), 0);
    assert_int_equal(fsc_outfile_write(&f, FSC_LIT("data"), NULL), 0);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(fsc_outfile_commit(&f, NULL), 0);
    fsc_buf_init(&b, NULL, 100);
    assert_int_equal(fsc_file_read(&b, path, NULL), 0);
    assert_string_equal(b.data, "data");
    fsc_buf_release(&b);
    assert_int_equal(fsc_outfile_open(&f, path, NULL, NULL), 0);
    assert_int_equal(fsc_outfile_write(&f, FSC_LIT("other"), NULL), 0);
    fsc_outfile_release(&f);
    assert_int_equal(fsc_file_read(&b, path, NULL), 0);
    assert_string_equal(b.data, "data");
    fsc_buf_release(&b);
    fsc_err e = FSC_ERR_INIT;
    assert_int_equal(fsc_outfile_open(&f, "/absent-folder/x", NULL, &e), FSC_E_WRITE);
    assert_string_equal(e.source, "/absent-folder/x");
}

static void test_outfile__full_disk_is_an_error(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    fsc_outfile f = {.fd = -1};
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    f = (fsc_outfile){.fd = fileno(full), .is_stdout = true, .alloc = fsc_alloc_default()};
    fsc_err e = FSC_ERR_INIT;
    assert_int_equal(fsc_outfile_write(&f, FSC_LIT("x"), &e), FSC_E_WRITE);
    fclose(full);
}

static void test_outfile__a_kept_one_is_taken_up_again(void **state)
{
    (void)state;
    fsc_outfile f, other;
    fsc_buf b;
    char path[256], part[264];
    snprintf(path, sizeof path, "%s", path_of("kept"));
    memcpy(part, path, sizeof path);
    strcat(part, ".part");
    assert_int_equal(fsc_outfile_open_kept(&f, path, NULL, NULL), 0);
    assert_true(f.kept);
    assert_int_equal(fsc_outfile_write(&f, FSC_LIT("whole half"), NULL), 0);
    assert_int_equal(fsc_outfile_sync(&f, NULL), 0);
    // a second writer gets a file of its own, and neither disturbs the other
    assert_int_equal(fsc_outfile_open_kept(&other, path, NULL, NULL), 0);
    assert_false(other.kept);
    fsc_outfile_release(&other);
    fsc_outfile_leave(&f);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(access(part, F_OK), 0);
    assert_int_equal(fsc_outfile_open_kept(&f, path, NULL, NULL), 0);
    fsc_err e = FSC_ERR_INIT;
    assert_int_equal(fsc_outfile_cut(&f, 11, &e), FSC_E_CONFIG);
    assert_non_null(strstr(e.text, "without --resume"));
    assert_int_equal(fsc_outfile_cut(&f, 6, NULL), 0);
    assert_int_equal(fsc_outfile_write(&f, FSC_LIT("again"), NULL), 0);
    assert_int_equal(fsc_outfile_commit(&f, NULL), 0);
    assert_int_equal(access(part, F_OK), -1);
    fsc_buf_init(&b, NULL, 100);
    assert_int_equal(fsc_file_read(&b, path, NULL), 0);
    assert_string_equal(b.data, "whole again");
    fsc_buf_release(&b);
    // nothing written: nothing stays
    assert_int_equal(fsc_outfile_open_kept(&f, path, NULL, NULL), 0);
    fsc_outfile_leave(&f);
    assert_int_equal(access(part, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file__reads_whole_and_honours_the_limit),
        cmocka_unit_test(test_reader__fills_and_keeps_offsets),
        cmocka_unit_test(test_reader__pulls_from_a_source),
        cmocka_unit_test(test_folder__lists_in_byte_order),
        cmocka_unit_test(test_outfile__appears_only_when_committed),
        cmocka_unit_test(test_outfile__full_disk_is_an_error),
        cmocka_unit_test(test_outfile__a_kept_one_is_taken_up_again),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
