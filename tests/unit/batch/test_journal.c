#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/batch.h"

static char folder[] = "/tmp/fsc-journal-XXXXXX";
static char output[64], path[80];

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(output, sizeof output, "%s/out.csv", folder);
    snprintf(path, sizeof path, "%s.journal", output);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    remove(path);
    return rmdir(folder);
}

#define IDENTITY FSC_LIT("verb score\nformat csv\ncategories\n")

static fsc_totals sample(uint64_t n)
{
    fsc_totals t = {.taken = n, .bytes = n * 1000, .digest = UINT64_MAX - n, .records = n, .failed = 2, .differ = 3, .output = n * 77, .errors = 41};
    t.outcome[FSC_RECORD_OK] = n - 2;
    t.outcome[FSC_RECORD_BAD_JSON] = 2;
    return t;
}

static void write_journal(uint64_t lines)
{
    fsc_journal *j;
    assert_int_equal(fsc_journal_drop(output, NULL), 0);
    assert_int_equal(fsc_journal_open(&j, output, IDENTITY, false, NULL, NULL), 0);
    for (uint64_t n = 1; n <= lines; n++) {
        fsc_totals t = sample(n * 10);
        assert_int_equal(fsc_journal_add(j, &t, NULL), 0);
    }
    fsc_journal_close(j, false);
}

static void test_journal__gives_back_the_last_line(void **state)
{
    (void)state;
    fsc_totals t, want = sample(30);
    bool found = true;
    assert_int_equal(fsc_journal_last(&t, &found, output, IDENTITY, NULL), 0);
    assert_false(found);
    write_journal(3);
    assert_int_equal(fsc_journal_last(&t, &found, output, IDENTITY, NULL), 0);
    assert_true(found);
    assert_memory_equal(&t, &want, sizeof t);
}

// cut at every byte: the state is always one that was claimed whole
static void test_journal__survives_a_torn_line(void **state)
{
    (void)state;
    write_journal(3);
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1u << 20);
    assert_int_equal(fsc_file_read(&b, path, NULL), 0);
    uint64_t last = 0;
    for (size_t cut = 0; cut <= b.len; cut++) {
        FILE *f = fopen(path, "w");
        fwrite(b.data, 1, cut, f);
        fclose(f);
        fsc_totals t;
        bool found;
        int status = fsc_journal_last(&t, &found, output, IDENTITY, NULL);
        // a torn head is refused, not taken for a new start: the bytes beside it may be hours of work
        assert_true(status == 0 || (status == FSC_E_CONFIG && !last));
        assert_true(t.taken == last || t.taken == last + 10);
        assert_int_equal(found, t.taken > 0);
        last = t.taken;
    }
    assert_int_equal(last, 30);
    fsc_buf_release(&b);
}

static void test_journal__refuses_changed_bytes(void **state)
{
    (void)state;
    write_journal(2);
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1u << 20);
    assert_int_equal(fsc_file_read(&b, path, NULL), 0);
    char *digit = strstr(b.data, ":20,");
    assert_non_null(digit);
    digit[1] = '3';
    FILE *f = fopen(path, "w");
    fwrite(b.data, 1, b.len, f);
    fclose(f);
    fsc_totals t;
    bool found;
    assert_int_equal(fsc_journal_last(&t, &found, output, IDENTITY, NULL), 0);
    assert_int_equal(t.taken, 10);
    fsc_buf_release(&b);
}

static void test_journal__of_another_run_is_refused_by_name(void **state)
{
    (void)state;
    write_journal(1);
    fsc_totals t;
    bool found;
    fsc_err e = FSC_ERR_INIT;
    assert_int_equal(fsc_journal_last(&t, &found, output, FSC_LIT("verb score\nformat csv\nvoices\n"), &e), FSC_E_CONFIG);
    assert_non_null(strstr(e.text, "with: categories; without: voices"));
    e = (fsc_err)FSC_ERR_INIT;
    FILE *f = fopen(path, "w");
    fputs("id,source\n", f);
    fclose(f);
    assert_int_equal(fsc_journal_last(&t, &found, output, IDENTITY, &e), FSC_E_CONFIG);
    assert_non_null(strstr(e.text, "no journal"));
}

static void test_journal__stays_small(void **state)
{
    (void)state;
    fsc_journal *j;
    fsc_buf b;
    assert_int_equal(fsc_journal_drop(output, NULL), 0);
    assert_int_equal(fsc_journal_open(&j, output, IDENTITY, false, NULL, NULL), 0);
    fsc_totals t = sample(1), got;
    for (t.taken = 1; t.taken <= 5000; t.taken++)
        assert_int_equal(fsc_journal_add(j, &t, NULL), 0);
    bool found;
    assert_int_equal(fsc_journal_last(&got, &found, output, IDENTITY, NULL), 0);
    assert_int_equal(got.taken, 5000);
    fsc_buf_init(&b, NULL, 1100000);
    assert_int_equal(fsc_file_read(&b, path, NULL), 0);
    fsc_buf_release(&b);
    fsc_journal_close(j, true);
    assert_int_equal(access(path, F_OK), -1);
}

static void test_digest__of_records_knows_order_address_and_bytes(void **state)
{
    (void)state;
    fsc_raw a = {.source = FSC_LIT("x:1"), .data = FSC_LIT("one")}, b = {.source = FSC_LIT("x:2"), .data = FSC_LIT("two")};
    uint64_t ab = fsc_totals_digest(fsc_totals_digest(0, &a), &b), ba = fsc_totals_digest(fsc_totals_digest(0, &b), &a);
    assert_true(ab != ba);
    fsc_raw moved = a;
    moved.source = FSC_LIT("y:1");
    assert_true(fsc_totals_digest(0, &a) != fsc_totals_digest(0, &moved));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_journal__gives_back_the_last_line),
        cmocka_unit_test(test_journal__survives_a_torn_line),
        cmocka_unit_test(test_journal__refuses_changed_bytes),
        cmocka_unit_test(test_journal__of_another_run_is_refused_by_name),
        cmocka_unit_test(test_journal__stays_small),
        cmocka_unit_test(test_digest__of_records_knows_order_address_and_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
