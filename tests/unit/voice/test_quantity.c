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

static void test_quantity__figures_compared_have_a_base(void **state)
{
    static const listing l[] = {
        {"Arrests fell from 1,224 in June to 990 in July.", "1,224=1224 down; 990=990 down < 1,224"},
        {"There were 990 arrests, from 1,224 in June.", "990 arrests=990 arrest down < 1,224; 1,224=1224 arrest"},
        {"Rents hit $900, up from about $840 a year ago.", "$900=900 dollar up < $840; $840=840 dollar up"},
        {"It held 40 trials, compared with 31 last year.", "40=40 up < 31; 31=31"},
        {"They were down 10%, from 31,000 in June to 27,000 in July.",
         "10%=10 percent down; 31,000=31000; 27,000=27000 down < 31,000"},
        {"The city hired 40 officers, more than 30 of them women.", "40 officers=40 officer; 30=30"},
        {"He paid $3 from a fund of 40 people to 9 clerks.", "$3=3 dollar; 40 people=40 people; 9=9"},
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
        cmocka_unit_test(test_quantity__figures_compared_have_a_base),
        cmocka_unit_test(test_quantity__dates_are_none),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
