#include "voice_test.h"

typedef struct listing {
    const char *text, *actors;
} listing;

static void check_actors(bench *b, const listing *l, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bench_analyze(b, l[i].text);
        assert_string_equal(bench_actors(b), l[i].actors);
    }
}

#define ACTORS(b, list) check_actors((b), (list), sizeof(list) / sizeof *(list))

static void test_names__persons_with_roles(void **state)
{
    static const listing l[] = {
        {"We met President Donald Trump there.", "Donald Trump/person[President] x1"},
        {"Assistant Secretary for Public Affairs Tricia McLaughlin left.",
         "Tricia McLaughlin/person[Assistant Secretary for Public Affairs] x1"},
        {"Carla Nuñez, a nurse from the ward, left.", "Carla Nuñez/person[nurse from the ward] x1"},
        {"White House press secretary Karen Loomis left.",
         "White House/organization x1; Karen Loomis/person[White House press secretary] x1"},
    };
    ACTORS(*state, l);
}

static void test_names__forms_of_one_person(void **state)
{
    static const listing l[] = {
        {"Maria Tallent runs a bakery. The rent of Tallent doubled. Tallent’s oven broke.", "Maria Tallent/person x3"},
        {"Trump spoke first. Later Donald J. Trump left, and Donald Trump came back.", "Donald J. Trump/person x3"},
    };
    ACTORS(*state, l);
}

static void test_names__organisations_and_acronyms(void **state)
{
    static const listing l[] = {
        {"Agents of Immigration and Customs Enforcement came. Then ICE left.",
         "Immigration and Customs Enforcement/organization x2"},
        {"The Department of Homeland Security and the Justice Department agreed. The DHS paid.",
         "Department of Homeland Security/organization x2; Justice Department/organization x1"},
        {"A report from the Major Cities Chiefs Association (MCCA) came.",
         "Major Cities Chiefs Association/organization x2"},
    };
    ACTORS(*state, l);
}

static void test_names__places_and_groups(void **state)
{
    static const listing l[] = {
        {"He moved from Los Angeles to Southern California.", "Los Angeles/place x1; Southern California/place x1"},
        {"Most Democrats and some Republicans left.", "Democrats/group x1; Republicans/group x1"},
        {"Critics say it failed.", "Critics/group x1"},
    };
    ACTORS(*state, l);
}

static void test_names__capitals_that_show_nothing(void **state)
{
    static const listing l[] = {
        {"Crime fell. Arrests rose in June.", ""},
        {"Violent Crime Plunges In Major Cities Despite Tough Talk", ""},
        {"And this is EXACTLY what drives it.", ""},
        {"On Monday, May brought rain.", ""},
    };
    ACTORS(*state, l);
}

static void test_names__spans_mark_names_for_framing(void **state)
{
    bench *b = *state;
    bench_analyze(b, "Lawyers of the Justice Department met Homeland Security.");
    assert_int_equal(b->voices.name_count, 2);
    assert_int_equal(b->voices.name[0].start, 15);
    assert_int_equal(b->voices.name[0].end, 33);
    bench_analyze(b, "It was Trump’s plan.");
    assert_int_equal(b->voices.name[0].start, 7);
    assert_int_equal(b->voices.name[0].end, 12);
}

static void test_names__speakers_known_or_not(void **state)
{
    bench *b = *state;
    bench_analyze(b, "Ida Crewe said the well was dry. Critics say it is full. “No,” Crewe said.");
    assert_int_equal(b->voices.sources_named, 1);
    assert_int_equal(b->voices.sources_unnamed, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names__persons_with_roles),
        cmocka_unit_test(test_names__forms_of_one_person),
        cmocka_unit_test(test_names__organisations_and_acronyms),
        cmocka_unit_test(test_names__places_and_groups),
        cmocka_unit_test(test_names__capitals_that_show_nothing),
        cmocka_unit_test(test_names__spans_mark_names_for_framing),
        cmocka_unit_test(test_names__speakers_known_or_not),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
