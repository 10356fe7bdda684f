// Every allocation of the library made to fail in turn: no crash, a status, nothing leaked. malloc and its relatives are wrapped at
// link time (Makefile), so foreign libraries keep working and only our own calls fail.

#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "framescope.h"

#include "faults/alloc.h"

static const char text[] = "“Despite all, we keep catching the worst of the worst,” Elena Marsh said. Crime may fall because of rain, she told the council.\n\n"
                           "Only 3% of them were arrested by police. Critics claim that “reform” failed.";
static const char page[] = "<html lang=en><head><title>Crime fell - Site</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Crime fell\"}"
                           "</script></head><body><nav><a href=/>Home</a></nav><article><h1>Crime fell</h1><p>Crime fell sharply in the city on Monday, police said, "
                           "after a year of patrols in every district.</p><p>Analysts are not sure why it fell; some credited the weather for the "
                           "decline, others the patrols.</p></article></body></html>";

// one whole use of the library; returns the first failure
static int use_objects(void)
{
    fsc_ctx *ctx = NULL;
    fsc_session *session = NULL;
    fsc_doc *a = NULL, *b = NULL;
    char *json = NULL;
    size_t len;
    int status = fsc_ctx_new(&ctx, NULL, NULL);
    if (!status)
        status = fsc_session_new(&session, ctx, NULL);
    if (!status)
        status = fsc_doc_from_text(&a, session, text, sizeof text - 1, "Title", 5, NULL);
    if (!status)
        status = fsc_doc_from_html(&b, session, page, sizeof page - 1, "https://x.example/1", NULL);
    if (!status)
        status = fsc_doc_json(a, &json, &len, NULL);
    fsc_free(json);
    json = NULL;
    if (!status)
        status = fsc_diff_json(a, b, &json, &len, NULL);
    fsc_free(json);
    fsc_doc_free(a);
    fsc_doc_free(b);
    fsc_session_free(session);
    fsc_ctx_free(ctx);
    return status;
}

static int write_nothing(void *user, const char *data, size_t len)
{
    (void)user, (void)data, (void)len;
    return 0;
}

static void say_nothing(void *user, int level, const char *message)
{
    (void)user, (void)level, (void)message;
}

static char input[] = "/tmp/fsc-faults-XXXXXX";

static int use_job(void)
{
    const char *argv[] = {"score", "-j", "1", "--from", "jsonl", input};
    fsc_sink sink = {.size = sizeof sink, .write = write_nothing, .message = say_nothing};
    return fsc_run(NULL, 6, argv, &sink, NULL);
}

static void fail_each(int (*use)(void), long step)
{
    calls = live = 0;
    fail_at = -1;
    assert_int_equal(use(), 0);
    long total = calls, failures = 0;
    assert_true(total > 20);
    assert_int_equal(live, 0);
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
    // some allocations have a fallback, most have not
    assert_true(failures > 0);
}

static void test_faults__objects(void **state)
{
    (void)state;
    fail_each(use_objects, 1);
}

static void test_faults__job(void **state)
{
    (void)state;
    int fd = mkstemp(input);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fprintf(f, "{\"id\": \"a\", \"text\": \"Despite it, crime \\u00e9 fell.\"}\n{broken\n{\"id\": \"b\", \"html\": \"<p>Because of it, he said.</p>\"}\n");
    fclose(f);
    fail_each(use_job, 1);
    remove(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_faults__objects), cmocka_unit_test(test_faults__job)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
