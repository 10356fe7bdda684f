// Agency: passives with and without a doer, event nouns.
#include "framing_test.h"

static void is(bench *b, const char *text, const char *wording, const char *want)
{
    analyze(b, text);
    if (strcmp(category(b, "agency", wording), want))
        fail_msg("\"%s\" is %s, not %s, in: %s", wording, category(b, "agency", wording), want, text);
}

static void test_agency__agentless_passive(void **state)
{
    bench *b = *state;
    is(b, "Families were separated.", "were separated", "agentless-passive");
    is(b, "He has been wrongly detained.", "been wrongly detained", "agentless-passive");
    is(b, "The men got arrested on Monday.", "got arrested", "agentless-passive");
    is(b, "The vote was not taken by noon.", "was not taken", "agentless-passive");
    is(b, "Prices were cut by 20 percent.", "were cut", "agentless-passive");
    is(b, "It was done by raising taxes.", "was done", "agentless-passive");
}

static void test_agency__by_passive(void **state)
{
    bench *b = *state;
    is(b, "Families were separated by agents.", "were separated", "by-passive");
    is(b, "The law was struck down by the court.", "was struck", "by-passive");
}

static void test_agency__adjectives_are_no_passives(void **state)
{
    bench *b = *state;
    is(b, "She was tired.", "was tired", "");
    is(b, "They are supposed to wait.", "are supposed", "");
    is(b, "The house is located there.", "is located", "");
    is(b, "She was happy and, tired.", "was happy", "");
    analyze(b, "The car was red.");
    assert_int_equal(count_of(b, "agency", "agentless-passive"), 0);
}

static void test_agency__event_nouns_without_doer(void **state)
{
    bench *b = *state;
    is(b, "The killing of two men shocked the town.", "killing", "event-noun");
    is(b, "It was an officer-involved shooting.", "officer-involved shooting", "event-noun");
    is(b, "The deportations began at dawn.", "deportations", "event-noun");
}

static void test_agency__event_nouns_with_a_doer(void **state)
{
    bench *b = *state;
    is(b, "The police raids began at dawn.", "raids", "");
    is(b, "Their arrests were lawful.", "arrests", "");
    is(b, "The raids by federal agents began.", "raids", "");
    is(b, "The mayor’s arrest made news.", "arrest", "");
    is(b, "They want to arrest him.", "arrest", "");
    is(b, "He has an arrest record.", "arrest", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agency__agentless_passive),
        cmocka_unit_test(test_agency__by_passive),
        cmocka_unit_test(test_agency__adjectives_are_no_passives),
        cmocka_unit_test(test_agency__event_nouns_without_doer),
        cmocka_unit_test(test_agency__event_nouns_with_a_doer),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
