#include "voice_test.h"

typedef struct listing {
    const char *text, *quantities;
} listing;

static void check_quantities(bench *b, const listing *l, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bench_analyze(b, l[i].text);
        assert_string_equal(bench_quantities(b), l[i].quantities);
    }
}

#define QUANTITIES(b, list) check_quantities((b), (list), sizeof(list) / sizeof *(list))

static void test_quantity__numbers_and_units(void **state)
{
    static const listing l[] = {
        {"It cost $3 million and 14% of 3,000 homes.",
         "$3 million=3000000 dollar; 14%=14 percent; 3,000 homes=3000 home"},
        {"About 2.5 billion people, 30 percent.", "2.5 billion people=2500000000 people; 30 percent=30 percent"},
        {"Two hundred agents made twenty-five raids.", "Two hundred agents=200 agent; twenty-five raids=25 raid"},
        {"They paid $3bn for 400 immigration arrests.", "$3bn=3000000000 dollar; 400=400 arrest"},
        {"A 125-year low.", "125-year=125 year down"},
        {"Hundreds of them came.", "Hundreds="},
    };
    QUANTITIES(*state, l);
}

static void test_quantity__direction(void **state)
{
    static const listing l[] = {
        {"Homicides fell 19% last year.", "19%=19 percent down"},
        {"Rents are up 8%.", "8%=8 percent up"},
        {"A 20% drop came.", "20%=20 percent down"},
        {"Rents rose, and 5 people left.", "5 people=5 people"},
    };
    QUANTITIES(*state, l);
}

static void test_quantity__series_share_their_unit(void **state)
{
    static const listing l[] = {
        {"Between 400 and 500 arrests were made.", "400=400 arrest; 500 arrests=500 arrest"},
    };
    QUANTITIES(*state, l);
}

static void test_quantity__dates_are_none(void **state)
{
    static const listing l[] = {
        {"In 2024, on May 3 and 14 June, at 10:30 in the 1990s.", ""},
        {"The 9th Circuit met. One of them left.", ""},
        {"Of 2024 homes, 3 burned.", "2024 homes=2024 home; 3=3"},
    };
    QUANTITIES(*state, l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantity__numbers_and_units),
        cmocka_unit_test(test_quantity__direction),
        cmocka_unit_test(test_quantity__series_share_their_unit),
        cmocka_unit_test(test_quantity__dates_are_none),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
