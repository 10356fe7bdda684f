#include "check.h"

#include "base/err.h"
#include "codec/csv.h"

static int setup(void **state)
{
    static fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    *state = &arena;
    return 0;
}

static int teardown(void **state)
{
    fsc_arena_release(*state);
    return 0;
}

// The first record of `text`, found at once and byte by byte.
static void record_end(const char *text, size_t want, bool want_open)
{
    fsc_csv_scan scan = {0};
    fsc_view v = fsc_view_cstr(text);
    bool open;
    assert_int_equal(fsc_csv_record_end(v, ',', true, &scan, &open), want);
    assert_int_equal(open, want_open);
    scan = (fsc_csv_scan){0};
    for (size_t i = 0; i <= v.len; i++) {
        size_t got = fsc_csv_record_end(fsc_view_slice(v, 0, i), ',', i == v.len, &scan, &open);
        if (got || i == v.len) {
            assert_int_equal(got, want);
            assert_int_equal(open, want_open);
            return;
        }
    }
}

static void test_csv__record_end(void **state)
{
    (void)state;
    record_end("", 0, false);
    record_end("a,b\nc", 4, false);
    record_end("a,b\r\nc", 5, false);
    record_end("a,b", 3, false);
    record_end("\"a\nb\",c\nd", 8, false);
    record_end("\"a\"\"\nb\",c\nd", 10, false);
    record_end("a,\"\"\nb", 5, false);
    record_end("a \"x\ny\" b\n", 5, false);
    record_end("a,\"b\nc\n", 7, true);
    record_end("\"a\"x\nb", 5, false);
    record_end("\"a\"", 3, false);
    record_end("\"a\"\"", 4, true);
}

static void test_csv__stray_quote_is_found_in_the_next_row(void **state)
{
    (void)state;
    record_end("7,\"He said,u\n8,\"A, b\",x\n", 17, true);
    record_end("\"a\nb\" ,c\nd", 9, false);
    record_end("\"a\nb\"\r\nd", 7, false);
    record_end("\"a\nb\"x,c\n", 6, true);
    record_end("\"a\"x,\"b\nc\",\"d\"e\nf", 16, false);
}

static void test_csv__open_quote_is_located(void **state)
{
    (void)state;
    fsc_csv_scan scan = {0};
    bool open;
    fsc_csv_record_end(FSC_LIT("\"x\",yy,\"z\nmore"), ',', true, &scan, &open);
    assert_true(open);
    assert_int_equal(scan.quote, 7);
}

static void cells(fsc_arena *a, const char *record, char sep, size_t count, const char *const *want)
{
    fsc_view *cell;
    size_t n;
    assert_int_equal(fsc_csv_cells(&cell, &n, fsc_view_cstr(record), sep, a), 0);
    assert_int_equal(n, count);
    for (size_t i = 0; i < n; i++)
        if (!fsc_view_is(cell[i], want[i])) {
            print_message("cell %zu of %s is '%.*s'\n", i, record, (int)cell[i].len, cell[i].data);
            assert_true(false);
        }
}

static void test_csv__cells(void **state)
{
    fsc_arena *a = *state;
    cells(a, "a,b,c\r\n", ',', 3, (const char *const[]){"a", "b", "c"});
    cells(a, "\"a,1\",\"b \"\"q\"\"\",\"l1\nl2\"\n", ',', 3, (const char *const[]){"a,1", "b \"q\"", "l1\nl2"});
    cells(a, ",,", ',', 3, (const char *const[]){"", "", ""});
    cells(a, "", ',', 1, (const char *const[]){""});
    cells(a, "\"\"", ',', 1, (const char *const[]){""});
    cells(a, "a,\n", ',', 2, (const char *const[]){"a", ""});
    cells(a, "\"a\"b,c", ',', 2, (const char *const[]){"ab", "c"});
    cells(a, "\"a\"\"x\"y,c", ',', 2, (const char *const[]){"a\"xy", "c"});
    cells(a, "x \"y\" z", ',', 1, (const char *const[]){"x \"y\" z"});
    cells(a, " \"a\"", ',', 1, (const char *const[]){" \"a\""});
    cells(a, "a\tb,c\t\"d\te\"", '\t', 3, (const char *const[]){"a", "b,c", "d\te"});
    cells(a, "\"open", ',', 1, (const char *const[]){"open"});
    cells(a, "\"\"\"\"", ',', 1, (const char *const[]){"\""});
}

static void test_csv__number_of_cells_is_limited(void **state)
{
    static char record[40001];
    fsc_view *cell;
    size_t n;
    memset(record, ',', 20000);
    assert_int_equal(fsc_csv_cells(&cell, &n, fsc_view_of(record, FSC_CSV_MAX_CELLS - 1), ',', *state), 0);
    assert_int_equal(n, FSC_CSV_MAX_CELLS);
    assert_int_equal(cell[n - 1].len, 0);
    assert_int_equal(fsc_csv_cells(&cell, &n, fsc_view_of(record, 20000), ',', *state), 0);
    assert_int_equal(n, FSC_CSV_MAX_CELLS);
    assert_int_equal(cell[n - 1].len, 20000 - (FSC_CSV_MAX_CELLS - 1));
}

static void test_csv__cell_is_quoted_when_it_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {{"plain", "plain"},
                 {"", ""},
                 {"a,b", "\"a,b\""},
                 {"a;b", "a;b"},
                 {"say \"x\"", "\"say \"\"x\"\"\""},
                 {"l1\nl2", "\"l1\nl2\""},
                 {"cr\r", "\"cr\r\""},
                 {" blank ", " blank "}};
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fsc_buf_reset(&b, 1000);
        fsc_csv_cell(&b, fsc_view_cstr(cases[i].in), ',');
        assert_string_equal(b.data, cases[i].out);
    }
    fsc_buf_reset(&b, 1000);
    fsc_csv_cell(&b, fsc_view_of("a\0b", 3), ',');
    assert_string_equal(b.data, "a\xEF\xBF\xBD"
                                "b");
    fsc_buf_reset(&b, 1000);
    fsc_csv_cell(&b, fsc_view_of("a\tb", 3), '\t');
    assert_string_equal(b.data, "\"a\tb\"");
    fsc_buf_release(&b);
}

// Wherever the byte stands that asks for it, and nowhere else.
static void test_csv__plain_cells_are_told_from_others(void **state)
{
    (void)state;
    static const char marks[] = {',', '"', '\n', '\r', 0, '\t', ';', 'x'};
    for (size_t len = 1; len < 40; len++)
        for (size_t at = 0; at < len; at++)
            for (size_t k = 0; k < sizeof marks; k++) {
                char text[64];
                memset(text, 'a', sizeof text);
                text[at] = marks[k];
                text[len] = '"';
                assert_int_equal(fsc_csv_plain(fsc_view_of(text, len), ','), k > 4);
                assert_int_equal(fsc_csv_plain(fsc_view_of(text, len), '\t'), k != 1 && k != 2 && k != 3 && k != 4 && k != 5);
            }
    assert_true(fsc_csv_plain((fsc_view){0}, ','));
}

// Random cells written and read back are the same cells.
static void test_csv__round_trip(void **state)
{
    static const char *const bits[] = {"\"", ",", "\n", "\r\n", "a", "é", " ", "\t", "“", "\"\""};
    fsc_arena *a = *state;
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1 << 16);
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        fsc_view cell[5], *back;
        size_t count = 1 + (size_t)round % 5, n;
        fsc_buf_reset(&b, 1 << 16);
        for (size_t i = 0; i < count; i++) {
            char text[64] = "";
            for (int k = 0; k < round % 7; k++) {
                seed = seed * 1664525u + 1013904223u;
                strcat(text, bits[(seed >> 16) % 10]);
            }
            cell[i] = fsc_arena_dup(a, fsc_view_cstr(text));
            if (i)
                fsc_buf_char(&b, ',');
            fsc_csv_cell(&b, cell[i], ',');
        }
        fsc_buf_adds(&b, "\nnext");
        fsc_csv_scan scan = {0};
        bool open;
        size_t len = fsc_csv_record_end(fsc_buf_view(&b), ',', true, &scan, &open);
        assert_int_equal(len, b.len - 4);
        assert_int_equal(fsc_csv_cells(&back, &n, fsc_view_slice(fsc_buf_view(&b), 0, len), ',', a), 0);
        assert_int_equal(n, count);
        for (size_t i = 0; i < n; i++)
            assert_true(fsc_view_eq(back[i], cell[i]));
        fsc_arena_reset(a, 1 << 16);
    }
    fsc_buf_release(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_csv__record_end),
        TEST(test_csv__stray_quote_is_found_in_the_next_row),
        TEST(test_csv__open_quote_is_located),
        TEST(test_csv__cells),
        TEST(test_csv__number_of_cells_is_limited),
        TEST(test_csv__cell_is_quoted_when_it_must_be),
        TEST(test_csv__plain_cells_are_told_from_others),
        TEST(test_csv__round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
