// How many threads a run starts, and what becomes of it when the system has none left. pthread_create is wrapped at link time (Makefile).

#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "framescope.h"

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg);

static int asked, allowed;

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg)
{
    return asked++ < allowed ? __real_pthread_create(thread, attr, run, arg) : EAGAIN;
}

static char input[] = "/tmp/fsc-threads-XXXXXX";

static int add(void *user, const char *data, size_t len)
{
    fsc_buf_add(user, data, len);
    return 0;
}

static void write_input(size_t bytes)
{
    FILE *f = fopen(input, "w");
    assert_non_null(f);
    for (int k = 0; (size_t)ftell(f) < bytes; k++)
        fprintf(f, "{\"id\": \"d%d\", \"text\": \"Crime fell because of rain, despite claims that it may rise sharply, %d officials said.\"}\n", k, k);
    assert_int_equal(fclose(f), 0);
}

static fsc_buf run(const char *workers, int threads)
{
    const char *argv[] = {"cues", "--hits", "-j", workers, "--from", "jsonl", input};
    fsc_buf out;
    fsc_buf_init(&out, NULL, 1u << 28);
    fsc_sink sink = {.size = sizeof sink, .user = &out, .write = add};
    asked = 0;
    allowed = threads;
    assert_int_equal(fsc_run(NULL, 7, argv, &sink, NULL), 0);
    return out;
}

static void test_threads__as_many_as_asked_for_and_as_there_are(void **state)
{
    (void)state;
    write_input(3u << 19);
    fsc_buf alone = run("1", 9);
    assert_int_equal(asked, 0);
    assert_true(alone.len > 1u << 19);
    for (int threads = 0; threads < 5; threads++) {
        fsc_buf got = run("4", threads);
        assert_int_equal(asked, threads < 3 ? threads + 1 : 3);
        assert_int_equal(got.len, alone.len);
        assert_memory_equal(got.data, alone.data, got.len);
        fsc_buf_release(&got);
    }
    fsc_buf_release(&alone);
}

static void test_threads__none_for_little(void **state)
{
    (void)state;
    write_input(1u << 19);
    fsc_buf got = run("4", 9);
    assert_int_equal(asked, 0);
    fsc_buf_release(&got);
}

static int set_up(void **state)
{
    (void)state;
    int fd = mkstemp(input);
    return fd < 0 ? -1 : close(fd);
}

static int tear_down(void **state)
{
    (void)state;
    return remove(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads__as_many_as_asked_for_and_as_there_are),
        cmocka_unit_test(test_threads__none_for_little),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
