#include "voice_test.h"

static void test_resolve__surname_to_full_name(void **state)
{
    static const example e[] = {
        {"Maria Tallent runs a bakery. “I can’t,” Tallent said.",
         "Maria Tallent runs a bakery. [Maria Tallent|“I can’t,”] Tallent said."},
    };
    CHECK(*state, e);
}

static void test_resolve__pronouns_by_gender(void **state)
{
    static const example e[] = {
        {"Councilwoman Beth Ryan met Carl Moody. “We start in April,” he said.",
         "Councilwoman Beth Ryan met Carl Moody. [Carl Moody|“We start in April,”] he said."},
        {"Councilwoman Beth Ryan met Carl Moody. “We start in April,” she said.",
         "Councilwoman Beth Ryan met Carl Moody. [Beth Ryan, Councilwoman|“We start in April,”] she said."},
        {"Nobody came. “We start in April,” she said.", "Nobody came. [-|“We start in April,”] she said."},
    };
    CHECK(*state, e);
}

static void test_resolve__the_last_speaker_goes_on(void **state)
{
    static const example e[] = {
        {"“It broke,” Ruth Abara said. Karen Loomis owns it. She was told twice, she said.",
         "[Ruth Abara|“It broke,”] Ruth Abara said. Karen Loomis owns it. (Karen Loomis|She was told twice), she "
         "said."},
    };
    CHECK(*state, e);
}

static void test_resolve__groups_and_things(void **state)
{
    static const example e[] = {
        {"Several doctors signed. They warned that it could close.",
         "Several doctors signed. They warned (Several doctors|that it could close)."},
        {"The memo says the well is dry. It says nothing is left to pump.",
         "The memo says (memo|the well is dry). It says (memo|nothing is left to pump)."},
        {"The Bureau of Land Management approved it. The agency said the site would close.",
         "The Bureau of Land Management approved it. The agency said (Bureau of Land Management|the site would "
         "close)."},
        {"Gov. Lena Whitford signed it. The governor said the farms were safe.",
         "Gov. Lena Whitford signed it. The governor said (Lena Whitford, Gov.|the farms were safe)."},
    };
    CHECK(*state, e);
}

static void test_resolve__the_teller_and_the_quoted(void **state)
{
    static const example e[] = {
        {"Officials said they expect rain.", "Officials said (Officials|they expect (Officials|rain))."},
        {"Gov. Rosa Lind met Mayor Ana Diaz. Lind said she hopes to win.",
         "Gov. Rosa Lind met Mayor Ana Diaz. Lind said (Rosa Lind, Gov.|she hopes (Rosa Lind, Gov.|to win))."},
        {"“I think the sums are wrong,” Mona Diaz said.",
         "[Mona Diaz|“I think (Mona Diaz|the sums are wrong),”] Mona Diaz said."},
        {"Former Reno mayor Ann Poe is in. The former mayor said it was late.",
         "Former Reno mayor Ann Poe is in. The former mayor said (Ann Poe, Former Reno mayor|it was late)."},
        {"Former President Bill Clinton spoke. Mrs. Clinton nodded. “I do,” she said.",
         "Former President Bill Clinton spoke. Mrs. Clinton nodded. [Clinton, Mrs.|“I do,”] she said."},
        {"Julie Graham signed it. “I did,” Graham said.", "Julie Graham signed it. [Julie Graham|“I did,”] Graham said."},
        {"The move left the city’s engineers baffled. They said it was safe.",
         "The move left the city’s engineers baffled. They said (city’s engineers|it was safe)."},
    };
    CHECK(*state, e);
}

static void test_resolve__outlet_is_the_site(void **state)
{
    bench *b = *state;
    b->article = (fsc_article){.site = FSC_LIT("Daily Courier")};
    bench_analyze(b, "The outlet said the mill had closed.");
    assert_string_equal(bench_marked(b), "The outlet said (Daily Courier|the mill had closed).");
    b->article = (fsc_article){.site = {NULL, 0}};
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolve__surname_to_full_name),      cmocka_unit_test(test_resolve__pronouns_by_gender),
        cmocka_unit_test(test_resolve__the_last_speaker_goes_on),  cmocka_unit_test(test_resolve__groups_and_things),
        cmocka_unit_test(test_resolve__the_teller_and_the_quoted), cmocka_unit_test(test_resolve__outlet_is_the_site),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
