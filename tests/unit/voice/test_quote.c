#include "voice_test.h"

static void test_quote__speaker_before_and_behind(void **state)
{
    static const example e[] = {
        {"“We lost,” Dana Ortiz said.", "[Dana Ortiz|“We lost,”] Dana Ortiz said."},
        {"“We lost,” said Dana Ortiz.", "[Dana Ortiz|“We lost,”] said Dana Ortiz."},
        {"Dana Ortiz said, “We lost.”", "Dana Ortiz said, [Dana Ortiz|“We lost.”]"},
        {"Dana Ortiz said: “We lost.”", "Dana Ortiz said: [Dana Ortiz|“We lost.”]"},
        {"\"We lost,\" Dana Ortiz told reporters.", "[Dana Ortiz|\"We lost,\"] Dana Ortiz told reporters."},
        {"“Who knew?” Dana Ortiz asked.", "[Dana Ortiz|“Who knew?”] Dana Ortiz asked."},
        {"“The brakes were bad,” according to the indictment.",
         "[indictment|“The brakes were bad,”] according to the indictment."},
    };
    CHECK(*state, e);
}

static void test_quote__role_apart_from_name(void **state)
{
    static const example e[] = {
        {"“We lost,” Mayor Dana Ortiz said.", "[Dana Ortiz, Mayor|“We lost,”] Mayor Dana Ortiz said."},
        {"“Every train will run,” said Peter Langley, a spokesman for the agency.",
         "[Peter Langley, spokesman for the agency|“Every train will run,”] said Peter Langley, a spokesman for the "
         "agency."},
        {"White House press secretary Karen Loomis said, “It was planned.”",
         "White House press secretary Karen Loomis said, [Karen Loomis, White House press secretary|“It was "
         "planned.”]"},
    };
    CHECK(*state, e);
}

static void test_quote__interrupted_and_going_on(void **state)
{
    static const example e[] = {
        {"“The numbers,” Ruth Abara said, “are what they are.”",
         "[Ruth Abara|“The numbers,”] Ruth Abara said, [Ruth Abara|“are what they are.”]"},
        {"“They closed it,” Ida Crewe said. “I now drive ninety minutes.”",
         "[Ida Crewe|“They closed it,”] Ida Crewe said. [Ida Crewe|“I now drive ninety minutes.”]"},
        {"“They closed it,” Ida Crewe said.\n\n“I now drive ninety minutes.”",
         "[Ida Crewe|“They closed it,”] Ida Crewe said.\n\n[Ida Crewe|“I now drive ninety minutes.”]"},
        {"“It broke in May,” Ida Crewe said. “We waited for months.\n\n“Nobody ever came.”",
         "[Ida Crewe|“It broke in May,”] Ida Crewe said. [Ida Crewe|“We waited for months.]\n\n[Ida Crewe|“Nobody ever "
         "came.”]"},
    };
    CHECK(*state, e);
}

static void test_quote__fragments_and_scare_quotes(void **state)
{
    static const example e[] = {
        {"The “reform” leaves every rule in place.", "The <-|“reform”> leaves every rule in place."},
        {"The mayor called it “a gift to developers.”", "The mayor called it [mayor|“a gift to developers.”]"},
        {"Whitman said the vote was “rigged” from the start.",
         "Whitman said (Whitman|the vote was [Whitman|“rigged”] from the start)."},
    };
    CHECK(*state, e);
    bench *b = *state;
    bench_analyze(b, "Whitman said the vote was “rigged” from the start. The “reform” is old.");
    assert_true(b->voices.speech[1].fragment);
    assert_int_equal(b->voices.scare_words, 1);
    assert_int_equal(b->voices.quoted_words, 1);
}

static void test_quote__titles_and_nicknames_are_no_speech(void **state)
{
    static const example e[] = {
        {"The library withdrew “The Long Winter of Ada Crane” in May.",
         "The library withdrew “The Long Winter of Ada Crane” in May."},
        {"Walter “Buddy” Harmon owned the diner.", "Walter “Buddy” Harmon owned the diner."},
        {"The office published a paper titled “Safer Streets, Stronger Towns.”",
         "The office published a paper titled “Safer Streets, Stronger Towns.”"},
    };
    CHECK(*state, e);
}

static void test_quote__nested_has_the_inner_speaker(void **state)
{
    static const example e[] = {
        {"“Carl Moody told me, ‘You will never learn,’” Alma Reyes recalled.",
         "[Alma Reyes|“Carl Moody told me, [Carl Moody|‘You will never learn,’]”] Alma Reyes recalled."},
    };
    CHECK(*state, e);
    bench *b = *state;
    bench_analyze(b, e[0].text);
    for (size_t w = 0; w < b->text.word_count; w++)
        if (b->text.word[w].start < 50)
            assert_int_equal(fsc_voices_at(&b->voices, (uint32_t)w)->voice, FSC_VOICE_QUOTE);
}

static void test_quote__going_on_behind_an_adverbial(void **state)
{
    static const example e[] = {
        {"“This verdict,” Ida Crewe said outside the court, “is a travesty.”",
         "[Ida Crewe|“This verdict,”] Ida Crewe said outside the court, [Ida Crewe|“is a travesty.”]"},
        {"Ben Adler shook his head. “It never should have come to this.”",
         "Ben Adler shook his head. [Ben Adler|“It never should have come to this.”]"},
        {"The agency called the report “badly wrong.”", "The agency called the report [agency|“badly wrong.”]"},
        {"One officer’s verdict: “We were outgunned.”", "One officer’s verdict: [One officer|“We were outgunned.”]"},
    };
    CHECK(*state, e);
}

static void test_quote__nobody_rather_than_a_guess(void **state)
{
    static const example e[] = {
        {"The wall was painted over. It had carried the words “water is not for sale to anybody” since 1990.",
         "The wall was painted over. It had carried the words [-|“water is not for sale to anybody”] since 1990."},
    };
    CHECK(*state, e);
}

static void test_quote__headlines(void **state)
{
    static const example e[] = {
        {"'Prices are too high': Mayor Dana Ortiz", "[Dana Ortiz, Mayor|'Prices are too high']: Mayor Dana Ortiz"},
        {"Dana Ortiz: “We will not yield”", "Dana Ortiz: [Dana Ortiz|“We will not yield”]"},
    };
    CHECK(*state, e);
}

static void test_quote__names_given_and_neighbours(void **state)
{
    static const example e[] = {
        {"Ann Poe called it “a miracle,” according to the Post.",
         "Ann Poe called it [Ann Poe|“a miracle,”] according to the Post."},
        {"Marchers chanted “Pay up” and “We won’t go,” as trucks went by.",
         "Marchers chanted [Marchers|“Pay up”] and [Marchers|“We won’t go,”] as trucks went by."},
        {"“He left on Thursday.” Deyal told this newspaper.",
         "[Deyal|“He left on Thursday.”] Deyal told this newspaper."},
        {"The clerk said, “Get out,” the paper reported.", "The clerk said, [clerk|“Get out,”] the paper reported."},
        {"The runner, better known as “Flash,” retired.", "The runner, better known as <-|“Flash,”> retired."},
    };
    CHECK(*state, e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quote__speaker_before_and_behind),
        cmocka_unit_test(test_quote__role_apart_from_name),
        cmocka_unit_test(test_quote__interrupted_and_going_on),
        cmocka_unit_test(test_quote__fragments_and_scare_quotes),
        cmocka_unit_test(test_quote__titles_and_nicknames_are_no_speech),
        cmocka_unit_test(test_quote__nested_has_the_inner_speaker),
        cmocka_unit_test(test_quote__going_on_behind_an_adverbial),
        cmocka_unit_test(test_quote__nobody_rather_than_a_guess),
        cmocka_unit_test(test_quote__headlines),
        cmocka_unit_test(test_quote__names_given_and_neighbours),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
