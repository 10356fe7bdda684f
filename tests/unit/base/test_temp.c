#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/temp.h"

static void test_temp__reads_what_was_appended(void **state)
{
    (void)state;
    fsc_err err = FSC_ERR_INIT;
    fsc_temp t;
    uint64_t first, second;
    char got[8] = {0};
    assert_int_equal(fsc_temp_open(&t, NULL, &err), FSC_OK);
    assert_int_equal(fsc_temp_append(&t, FSC_LIT("rain"), &first, &err), FSC_OK);
    assert_int_equal(fsc_temp_append(&t, FSC_LIT("snow"), &second, &err), FSC_OK);
    assert_int_equal(fsc_temp_flush(&t, &err), FSC_OK);
    assert_int_equal(fsc_temp_read(&t, second, got, 4, &err), FSC_OK);
    assert_string_equal(got, "snow");
    assert_int_equal(fsc_temp_read(&t, first, got, 4, &err), FSC_OK);
    assert_string_equal(got, "rain");
    // more than there is
    assert_int_equal(fsc_temp_read(&t, second, got, 5, &err), FSC_E_READ);
    fsc_temp_close(&t);
}

static void test_temp__large_pieces_are_written_at_once(void **state)
{
    enum { PIECES = 9 };
    const size_t SIZE = *(const size_t *)*state;
    fsc_err err = FSC_ERR_INIT;
    fsc_temp t;
    uint64_t at[PIECES], small;
    char *piece = malloc(SIZE), *got = malloc(SIZE);
    assert_true(piece && got);
    assert_int_equal(fsc_temp_open(&t, NULL, &err), FSC_OK);
    for (int k = 0; k < PIECES; k++) {
        memset(piece, 'a' + k, SIZE);
        assert_int_equal(fsc_temp_append(&t, fsc_view_of(piece, SIZE), &at[k], &err), FSC_OK);
        assert_true(t.wait.len <= 1 << 20);
        if (k == 4) // and small ones between them
            assert_int_equal(fsc_temp_append(&t, FSC_LIT("rain"), &small, &err), FSC_OK);
    }
    assert_int_equal(fsc_temp_flush(&t, &err), FSC_OK);
    for (int k = 0; k < PIECES; k++) {
        assert_int_equal(fsc_temp_read(&t, at[k], got, SIZE, &err), FSC_OK);
        memset(piece, 'a' + k, SIZE);
        assert_memory_equal(got, piece, SIZE);
    }
    assert_int_equal(fsc_temp_read(&t, small, got, 4, &err), FSC_OK);
    assert_memory_equal(got, "rain", 4);
    fsc_temp_close(&t);
    free(piece);
    free(got);
}

static void test_temp__says_where_it_cannot_be(void **state)
{
    (void)state;
    fsc_err err = FSC_ERR_INIT;
    fsc_temp t;
    assert_int_equal(fsc_temp_open(&t, "/no/such/folder", &err), FSC_E_WRITE);
    assert_non_null(strstr(err.text, "/no/such/folder"));
    fsc_temp_close(&t);
}

int main(void)
{
    static size_t some = 1 << 18, many = 3 << 20;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_temp__reads_what_was_appended),
        cmocka_unit_test_prestate(test_temp__large_pieces_are_written_at_once, &some),
        cmocka_unit_test_prestate(test_temp__large_pieces_are_written_at_once, &many),
        cmocka_unit_test(test_temp__says_where_it_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
