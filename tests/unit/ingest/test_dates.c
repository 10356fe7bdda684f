// Dates as services write them.
#include "check.h"

#include "ingest/ingest_p.h"

static void test_dates__forms(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } cases[] = {
        // what is one already, or is none, stays
        {"2025-06-10T08:00:00Z", "2025-06-10T08:00:00Z"},
        {"2025-06-10", "2025-06-10"},
        {"2025-06-10 08:00:00", "2025-06-10 08:00:00"},
        {"yesterday", "yesterday"},
        {"", ""},
        {"12345", "12345"},
        // seconds and milliseconds since 1970
        {"1420070400", "2015-01-01T00:00:00Z"},
        {"1420070400.5", "2015-01-01T00:00:00Z"},
        {"1420070400000", "2015-01-01T00:00:00Z"},
        // tweets, mail and feeds, tables with a zone
        {"Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"},
        {"Tue, 10 Jun 2003 04:00:00 GMT", "2003-06-10T04:00:00Z"},
        {"Tue, 10 Jun 2003 04:00:00 -0430", "2003-06-10T08:30:00Z"},
        {"10 June 03 04:00 EST", "2003-06-10T09:00:00Z"},
        {"2020-06-01 12:30:00 EDT", "2020-06-01T16:30:00Z"},
        {"2020-06-01 12:30:00 XYZ", "2020-06-01 12:30:00 XYZ"},
        {"2020-06-01 12:30:00 +02:00", "2020-06-01T10:30:00Z"},
        // news databases
        {"January 5, 2010 Tuesday", "2010-01-05"},
        {"5 January 2010", "2010-01-05"},
        {"Smarch 5, 2010 Tuesday", "Smarch 5, 2010 Tuesday"},
        // no such day or hour
        {"Tue, 99 Jun 2003 04:00:00 GMT", "Tue, 99 Jun 2003 04:00:00 GMT"},
        {"Tue, 10 Jun 2003 44:00:00 GMT", "Tue, 10 Jun 2003 44:00:00 GMT"},
    };
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fsc_view out;
        fsc_err err = FSC_ERR_INIT;
        assert_int_equal(fsc_ingest_date(&out, fsc_view_cstr(cases[i].in), &arena, &err), 0);
        if (!fsc_view_is(out, cases[i].want))
            print_message("%s: %.*s\n", cases[i].in, (int)out.len, out.data);
        assert_true(fsc_view_is(out, cases[i].want));
    }
    fsc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dates__forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
