// Stance: exclamations, rhetorical questions, capitals, scare quotes, and the entries of its lexicon.
#include "framing_test.h"

static void test_stance__exclamation(void **state)
{
    bench *b = *state;
    analyze(b, "What a day!! He left. Really?! Yes");
    assert_non_null(cue(b, "stance", "!!"));
    assert_non_null(cue(b, "stance", "?!"));
    assert_int_equal(count_of(b, "stance", "exclamation"), 2);
    analyze(b, "“Stop!” she cried.");
    assert_int_equal(count_of(b, "stance", "exclamation"), 1);
    analyze(b, "See https://example.org/!a for a!=b.");
    assert_int_equal(count_of(b, "stance", "exclamation"), 0);
}

// The mark has the word before it; the quotation begins between the two and is put first.
static void test_stance__a_mark_inside_a_quotation_that_opens_before_it(void **state)
{
    bench *b = *state;
    prepare(b, "They “never say«(! so");
    add_speech(b, "“never say", FSC_SPEECH_SCARE, FSC_VOICE_SCARE, "");
    add_speech(b, "«(! so", FSC_SPEECH_SCARE, FSC_VOICE_QUOTE, "");
    frame(b);
    assert_int_equal(cue(b, "stance", "!")->voice, FSC_VOICE_SCARE);
}

static void test_stance__rhetorical_questions(void **state)
{
    bench *b = *state;
    analyze(b, "He left. Isn’t it time to stop?");
    assert_string_equal(category(b, "stance", "Isn’t it time to stop?"), "rhetorical-question");
    analyze(b, "Who would believe that?");
    assert_int_equal(count_of(b, "stance", "rhetorical-question"), 1);
    analyze(b, "When does the train leave?");
    assert_int_equal(count_of(b, "stance", "rhetorical-question"), 0);
    analyze(b, "He asked: “Who would believe that?” she wrote.");
    assert_string_equal(category(b, "stance", "Who would believe that?"), "rhetorical-question");
    analyze(b, "He asked who would believe that.");
    assert_int_equal(count_of(b, "stance", "rhetorical-question"), 0);
}

static void test_stance__capitals(void **state)
{
    bench *b = *state;
    analyze(b, "This is EXACTLY what they wanted.");
    assert_string_equal(category(b, "stance", "EXACTLY"), "capitals");
    analyze(b, "He did NOT say that.");
    assert_non_null(cue(b, "stance", "NOT"));
    analyze(b, "The FBI and NATO met the US delegation.");
    assert_int_equal(count_of(b, "stance", "capitals"), 0);
    analyze(b, "The FIRE movement sells LED lamps (BED) to WIRED readers.");
    assert_int_equal(count_of(b, "stance", "capitals"), 0);
    analyze(b, "POLICE ARREST TWO MEN AFTER RIOT");
    assert_int_equal(count_of(b, "stance", "capitals"), 0);
    analyze(b, "They will NEVER EVER do this again, he wrote.");
    assert_non_null(cue(b, "stance", "NEVER EVER"));
}

static void test_stance__scare_quotes_and_fragments(void **state)
{
    bench *b = *state;
    prepare(b, "The “experts” met. He called it “a total disgrace” on air.");
    add_speech(b, "“experts”", FSC_SPEECH_SCARE, FSC_VOICE_SCARE, "");
    add_speech(b, "“a total disgrace”", FSC_SPEECH_DIRECT, FSC_VOICE_QUOTE, "Ann Lee")->fragment = true;
    frame(b);
    const fsc_cue *scare = cue(b, "stance", "“experts”"), *fragment = cue(b, "stance", "“a total disgrace”");
    assert_non_null(scare);
    assert_int_equal(scare->voice, FSC_VOICE_SCARE);
    assert_int_equal(scare->by->name.len, 0);
    assert_non_null(fragment);
    assert_int_equal(fragment->voice, FSC_VOICE_QUOTE);
    assert_true(view_is_text(fragment->by->name, "Ann Lee"));
    prepare(b, "He said “we will go home now and sleep for a week” at noon.");
    add_speech(b, "“we will go home now and sleep for a week”", FSC_SPEECH_DIRECT, FSC_VOICE_QUOTE, "Ann Lee");
    frame(b);
    assert_int_equal(count_of(b, "stance", "scare-quote"), 0);
}

static void test_stance__presupposition_survives_negation(void **state)
{
    bench *b = *state;
    analyze(b, "They failed to act again.");
    assert_string_equal(category(b, "stance", "failed to"), "presupposition");
    assert_string_equal(category(b, "stance", "again"), "iteration");
    analyze(b, "They did not manage to act.");
    const fsc_cue *c = cue(b, "stance", "manage to");
    assert_non_null(c);
    assert_true(c->scored && !c->negated);
}

/* Marks without end: every scan is bounded. */
static void test_stance__long_runs_of_marks(void **state)
{
    bench *b = *state;
    static const char *const piece[] = {"?!", "a? ", "NO ", "who would! ", "“", "isn’t it, "};
    enum { TIMES = 30000 };
    for (size_t k = 0; k < sizeof piece / sizeof *piece; k++) {
        size_t n = strlen(piece[k]);
        char *text = malloc(n * TIMES + 1);
        assert_non_null(text);
        for (size_t i = 0; i < TIMES; i++)
            memcpy(text + i * n, piece[k], n);
        text[n * TIMES] = 0;
        analyze(b, text);
        for (size_t i = 0; i < b->a.cue_count; i++)
            assert_true(b->a.cue[i].end <= n * TIMES);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stance__exclamation),
        cmocka_unit_test(test_stance__a_mark_inside_a_quotation_that_opens_before_it),
        cmocka_unit_test(test_stance__rhetorical_questions),
        cmocka_unit_test(test_stance__capitals),
        cmocka_unit_test(test_stance__scare_quotes_and_fragments),
        cmocka_unit_test(test_stance__presupposition_survives_negation),
        cmocka_unit_test(test_stance__long_runs_of_marks),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
