// Every write, sync, rename and truncation of a run made to fail in turn: an error with exit code 3, never half a file under the
// output's name, and --resume gives the bytes of an undisturbed run. The calls are wrapped at link time (Makefile).

#include "check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "framescope.h"

ssize_t __real_write(int fd, const void *data, size_t len);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __real_ftruncate(int fd, off_t len);
ssize_t __wrap_write(int fd, const void *data, size_t len);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_ftruncate(int fd, off_t len);

static long calls, fail_at = -1;
static int fail_with;       // errno, or 0 for a short write

static int is_due(void)
{
    return ++calls == fail_at;
}

ssize_t __wrap_write(int fd, const void *data, size_t len)
{
    if (fd <= 2)
        return __real_write(fd, data, len);
    bool due = is_due();
    if (due && fail_with) {
        // a disk that fills takes what still fits
        if (fail_with == ENOSPC && len > 1 && __real_write(fd, data, len / 2) < 0)
            return -1;
        errno = fail_with;
        return -1;
    }
    return __real_write(fd, data, due && len > 1 ? len / 2 : len);
}

#define FAIL_OR(call)                                                                              \
    do {                                                                                           \
        if (is_due() && fail_with && fail_with != EINTR) {                                         \
            errno = fail_with;                                                                     \
            return -1;                                                                             \
        }                                                                                          \
        return call;                                                                               \
    } while (0)

int __wrap_fsync(int fd)
{
    FAIL_OR(__real_fsync(fd));
}

int __wrap_rename(const char *from, const char *to)
{
    FAIL_OR(__real_rename(from, to));
}

int __wrap_ftruncate(int fd, off_t len)
{
    FAIL_OR(__real_ftruncate(fd, len));
}

static char folder[] = "/dev/shm/fsc-io-XXXXXX", elsewhere[] = "/tmp/fsc-io-XXXXXX";
static char input[64], output[64], errors[64];

static int write_nothing(void *user, const char *data, size_t len)
{
    (void)user, (void)data, (void)len;
    return 0;
}

static void say_nothing(void *user, int level, const char *message)
{
    (void)user, (void)level, (void)message;
}

static int run(bool resume)
{
    const char *argv[] = {"score", "-j", "1", "--save-every", "4k", "--errors", errors, "-o", output, input, "--resume"};
    fsc_sink sink = {.size = sizeof sink, .write = write_nothing, .message = say_nothing};
    return fsc_run(NULL, resume ? 11 : 10, argv, &sink, NULL);
}

static void take(fsc_buf *out, const char *path)
{
    fsc_buf_init(out, NULL, 1u << 24);
    if (access(path, F_OK) == 0)
        assert_int_equal(fsc_file_read(out, path, NULL), 0);
}

static void same_or_absent(const char *path, const fsc_buf *want, bool must_be)
{
    fsc_buf got;
    take(&got, path);
    if (got.len || must_be) {
        assert_int_equal(got.len, want->len);
        assert_memory_equal(got.data, want->data, want->len);
    }
    fsc_buf_release(&got);
}

static void clean(void)
{
    char path[128];
    static const char *const tails[] = {"", ".part", ".journal", ".run.json"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s%s", output, tails[i]);
        remove(path);
        snprintf(path, sizeof path, "%s%s", errors, tails[i]);
        remove(path);
    }
}

static void fail_each(int how, bool harmless)
{
    fsc_buf rows, failed;
    fail_at = -1;
    calls = 0;
    clean();
    assert_int_equal(run(false), 0);
    long total = calls;
    assert_true(total > 12);
    take(&rows, output);
    take(&failed, errors);
    assert_true(rows.len > 1000 && failed.len > 30);
    for (long k = 1; k <= total; k++) {
        clean();
        calls = 0;
        fail_at = k;
        fail_with = how;
        int code = run(false);
        fail_at = -1;
        if (code != (harmless ? 0 : 3))
            fail_msg("call %ld of %ld failed with errno %d: exit %d", k, total, how, code);
        same_or_absent(output, &rows, harmless);
        if (harmless)
            continue;
        code = run(true);
        if (code)
            fail_msg("call %ld of %ld failed with errno %d: exit %d of --resume", k, total, how, code);
        same_or_absent(output, &rows, true);
        same_or_absent(errors, &failed, true);
    }
    fsc_buf_release(&rows);
    fsc_buf_release(&failed);
}

static void test_io__disk_full(void **state)
{
    (void)state;
    fail_each(ENOSPC, false);
}

static void test_io__input_output_error(void **state)
{
    (void)state;
    fail_each(EIO, false);
}

static void test_io__short_write_goes_on(void **state)
{
    (void)state;
    fail_each(0, true);
}

static void test_io__interrupted_write_goes_on(void **state)
{
    (void)state;
    fail_each(EINTR, true);
}

static int set_up(void **state)
{
    (void)state;
    // in memory where there is such a place: a thousand syncs of a disk take their time
    if (!mkdtemp(folder) && (!mkdtemp(elsewhere) || !memcpy(folder, elsewhere, sizeof elsewhere)))
        return -1;
    snprintf(input, sizeof input, "%s/in.jsonl", folder);
    snprintf(output, sizeof output, "%s/out.csv", folder);
    snprintf(errors, sizeof errors, "%s/err.csv", folder);
    FILE *f = fopen(input, "w");
    for (int k = 0; f && k < 200; k++)
        fprintf(f, k % 40 == 9 ? "{broken %d\n" : "{\"id\": \"d%d\", \"text\": \"Crime fell because of rain, despite claims that it may rise sharply.\"}\n", k);
    return f ? fclose(f) : -1;
}

static int tear_down(void **state)
{
    (void)state;
    clean();
    remove(input);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_io__disk_full),
        cmocka_unit_test(test_io__input_output_error),
        cmocka_unit_test(test_io__short_write_goes_on),
        cmocka_unit_test(test_io__interrupted_write_goes_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
