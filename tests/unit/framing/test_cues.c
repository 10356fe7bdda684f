// Cues in context: overlap, negation, names, parts, voice, targets, numbers.

#include "framing_test.h"

static fsc_why why_of(const bench *b, const char *dimension, const char *text)
{
    const fsc_cue *c = cue(b, dimension, text);
    assert_non_null(c);
    assert_int_equal(c->scored, c->why == FSC_WHY_NONE);
    return (fsc_why)c->why;
}

static void test_cues__overlap_is_leftmost_longest(void **state)
{
    bench *b = *state;
    analyze(b, "They saw a big win.");
    assert_int_equal(why_of(b, "intensity", "big win"), FSC_WHY_NONE);
    assert_null(cue(b, "intensity", "big")); // another way of the same entry is no second cue of its words
    analyze(b, "It happened because of the plan.");
    assert_int_equal(why_of(b, "causality", "because of"), FSC_WHY_NONE);
    assert_null(cue(b, "causality", "because"));
}

static void test_cues__negated_cause_is_denial(void **state)
{
    bench *b = *state;
    analyze(b, "The law did not cause the decline.");
    assert_string_equal(category(b, "causality", "did not cause"), "denial");
    analyze(b, "Prices never triggered the strike.");
    assert_string_equal(category(b, "causality", "triggered"), "denial");
    assert_int_equal(why_of(b, "causality", "triggered"), FSC_WHY_NONE);
    analyze(b, "The strike has not really been fueled by anger.");
    assert_string_equal(category(b, "causality", "fueled by"), "denial");
}

static void test_cues__negation_ends_with_its_clause(void **state)
{
    bench *b = *state;
    analyze(b, "They did not wait, and the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "cause");
    analyze(b, "It is not known when the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "cause");
    analyze(b, "He did not say “the rumor sparked panic” at all.");
    assert_string_equal(category(b, "causality", "sparked"), "cause");
    analyze(b, "Not one of all the people in that hall thought the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "cause");
}

static void test_cues__denied_belief_denies(void **state)
{
    bench *b = *state;
    analyze(b, "Nobody believes that the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "denial");
    analyze(b, "They do not think that the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "denial");
    analyze(b, "They believe that the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "cause");
    analyze(b, "They did not say that the rumor sparked panic.");
    assert_string_equal(category(b, "causality", "sparked"), "cause");
}

// as far as it may stand, wherever in the text that is
static void test_cues__negator_may_stand_nine_words_before(void **state)
{
    bench *b = *state;
    char text[400];
    for (int before = 0; before < 20; before++) {
        static const char *const end[] = {"Nobody here would believe that the rumor all along sparked panic.",
                                          "Nobody here ever would believe that the rumor all along sparked panic."};
        for (int k = 0; k < 2; k++) {
            size_t len = 0;
            for (int i = 0; i < before; i++)
                len += (size_t)snprintf(text + len, sizeof text - len, "Yes. ");
            snprintf(text + len, sizeof text - len, "%s", end[k]);
            analyze(b, text);
            assert_string_equal(category(b, "causality", "sparked"), k ? "cause" : "denial");
        }
    }
}

/* "quipped", and "go on the record": wherever they stand among the words, any word of theirs may be the one that introduces. */
static void test_cues__words_of_saying_count_where_they_attribute(void **state)
{
    bench *b = *state;
    static const char *const verb[] = {"quipped", "go on the record"};
    static const uint32_t length[] = {1, 4};
    char text[800];
    for (uint32_t before = 0; before < 140; before++)
        for (int v = 0; v < 2; v++)
            for (uint32_t at = before; at < before + length[v] + 2; at++) {
                size_t len = 0;
                for (uint32_t i = 0; i < before; i++)
                    len += (size_t)snprintf(text + len, sizeof text - len, "Yes. ");
                snprintf(text + len, sizeof text - len, "Ann %s here.", verb[v]);
                prepare(b, text);
                fsc_introduction word = {at, 0};
                b->a.voices.introduction = &word;
                b->a.voices.introduction_count = 1;
                frame(b);
                bool is_cue = at > before && at <= before + length[v];
                assert_int_equal(b->a.cue_count, is_cue);
                assert_true(!is_cue || b->a.cue[0].first_word == before + 1);
            }
}

static void test_cues__cleft_negation_reaches_over_its_relative(void **state)
{
    bench *b = *state;
    analyze(b, "It wasn’t the tax that triggered the strike.");
    assert_string_equal(category(b, "causality", "triggered"), "denial");
    analyze(b, "It was the tax that triggered the strike.");
    assert_string_equal(category(b, "causality", "triggered"), "cause");
    analyze(b, "It was not only the tax that triggered the strike.");
    assert_string_equal(category(b, "causality", "triggered"), "cause");
}

static void test_cues__not_only_does_not_negate(void **state)
{
    bench *b = *state;
    analyze(b, "The tax not only triggered protests.");
    assert_string_equal(category(b, "causality", "triggered"), "cause");
    analyze(b, "The tax not just triggered protests.");
    assert_string_equal(category(b, "causality", "triggered"), "cause");
    analyze(b, "The tax isn’t the only factor behind the drop.");
    assert_string_equal(category(b, "causality", "the only factor behind"), "cause");
}

static void test_cues__connective_is_negated_only_from_close_by(void **state)
{
    bench *b = *state;
    analyze(b, "He did not leave town because of the rain.");
    assert_string_equal(category(b, "causality", "because of"), "cause");
    analyze(b, "It did not happen because of the rain.");
    assert_string_equal(category(b, "causality", "because of"), "denial");
    analyze(b, "Crime did not fall despite the plan.");
    assert_string_equal(category(b, "causality", "despite"), "concession");
}

static void test_cues__negated_booster_is_doubt_and_hedges_stay(void **state)
{
    bench *b = *state;
    analyze(b, "The plan is not clearly better.");
    assert_string_equal(category(b, "certainty", "clearly"), "doubt");
    analyze(b, "The plan is clearly better.");
    assert_string_equal(category(b, "certainty", "clearly"), "booster");
    analyze(b, "They could not possibly know.");
    assert_string_equal(category(b, "certainty", "possibly"), "hedge");
    assert_false(cue(b, "certainty", "possibly")->negated);
}

static void test_cues__other_negated_cues_are_kept_unscored(void **state)
{
    bench *b = *state;
    analyze(b, "It was not a massive hall.");
    const fsc_cue *c = cue(b, "intensity", "massive");
    assert_true(c->negated);
    assert_int_equal(c->why, FSC_WHY_NEGATED);
    assert_false(c->scored);
}

static void test_cues__weight_zero_is_neutral(void **state)
{
    bench *b = *state;
    analyze(b, "It is the biggest hall.");
    assert_int_equal(why_of(b, "intensity", "biggest"), FSC_WHY_NEUTRAL);
}

static void test_cues__names_are_not_scored(void **state)
{
    bench *b = *state;
    prepare(b, "The Homeland Office wants a secure homeland.");
    fsc_span name = find(b, "Homeland Office");
    b->a.voices.name = &name;
    b->a.voices.name_count = 1;
    frame(b);
    assert_int_equal(why_of(b, "intensity", "Homeland"), FSC_WHY_NAME);
    assert_int_equal(why_of(b, "intensity", "secure homeland"), FSC_WHY_NONE);
    prepare(b, "The Secure Homeland Office met.");
    name = find(b, "Secure Homeland Office");
    b->a.voices.name = &name;
    b->a.voices.name_count = 1;
    frame(b);
    assert_int_equal(why_of(b, "intensity", "Secure Homeland"), FSC_WHY_NONE); // its entry is marked `names`
}

static void test_cues__parts_that_are_not_scored(void **state)
{
    bench *b = *state;
    const char *text = "Prices plunged.\n\nA massive crowd.";
    fsc_part part[2] = {{.start = 0, .end = 15, .kind = FSC_PART_HEADLINE, .scored = true},
                        {.start = 17, .end = 33, .kind = FSC_PART_CAPTION, .scored = false}};
    prepare_parts(b, text, part, 2);
    frame(b);
    const fsc_cue *c = cue(b, "intensity", "plunged");
    assert_int_equal(c->part, 0);
    assert_int_equal(c->direction, FSC_DIRECTION_DOWN);
    assert_int_equal(why_of(b, "intensity", "massive"), FSC_WHY_PART);
    assert_int_equal(cue(b, "intensity", "massive")->sentence, 1);
}

static void test_cues__voice_and_speaker_come_from_the_innermost_speech(void **state)
{
    bench *b = *state;
    prepare(b, "“It was massive,” she said. A massive crowd came.");
    add_speech(b, "“It was massive,”", FSC_SPEECH_DIRECT, FSC_VOICE_QUOTE, "Ann Lee");
    frame(b);
    const fsc_cue *quoted = cue(b, "intensity", "massive"), *own = cue_nth(b, "intensity", "massive", 1);
    assert_int_equal(quoted->voice, FSC_VOICE_QUOTE);
    assert_true(view_is_text(quoted->by->name, "Ann Lee"));
    assert_int_equal(own->voice, FSC_VOICE_OWN);
    assert_int_equal(own->by->name.len, 0);
    assert_int_equal(own->speech, FSC_NONE);
}

static void test_cues__own_voice_of_a_post_is_its_author(void **state)
{
    bench *b = *state;
    prepare(b, "A massive crowd came.");
    b->a.article.post = true;
    b->a.article.author = FSC_LIT("@ann");
    frame(b);
    assert_true(view_is_text(cue(b, "intensity", "massive")->by->name, "@ann"));
    assert_int_equal(cue(b, "intensity", "massive")->voice, FSC_VOICE_OWN);
}

static void test_cues__metaphors_need_people_in_their_clause(void **state)
{
    bench *b = *state;
    analyze(b, "A flood of migrants crossed the river.");
    assert_non_null(cue(b, "threat", "flood"));
    analyze(b, "The flood damaged the bridge.");
    assert_null(cue(b, "threat", "flood"));
    analyze(b, "The flood damaged the bridge; migrants waited.");
    assert_null(cue(b, "threat", "flood"));
}

static void test_cues__criminality_only_as_predicate_or_label(void **state)
{
    bench *b = *state;
    analyze(b, "They are all criminals, he said.");
    assert_non_null(cue(b, "threat", "criminals"));
    analyze(b, "The state deports criminal migrants.");
    assert_non_null(cue(b, "threat", "criminal"));
    analyze(b, "He has a criminal record.");
    assert_null(cue(b, "threat", "criminal"));
}

static void test_cues__only_before_a_number_is_quantity(void **state)
{
    bench *b = *state;
    prepare(b, "Arrests were only down 10%, and only then did it stop.");
    fsc_span ten = find(b, "10%");
    fsc_quantity q = {.start = ten.start, .end = ten.end, .value = 10};
    b->a.voices.quantity = &q;
    b->a.voices.quantity_count = 1;
    frame(b);
    assert_string_equal(category(b, "quantity", "only"), "minimizer");
    assert_null(cue_nth(b, "quantity", "only", 1));
    assert_int_equal(cue(b, "intensity", "only")->why, FSC_WHY_OVERLAP);
    assert_true(cue_nth(b, "intensity", "only", 1)->scored);
    assert_int_equal(q.framing, FSC_FRAMING_MINIMIZER);
    prepare(b, "As many as 400 came, and 30 left.");
    fsc_span a = find(b, "400"), z = find(b, "30");
    fsc_quantity two[2] = {{.start = a.start, .end = a.end}, {.start = z.start, .end = z.end}};
    b->a.voices.quantity = two;
    b->a.voices.quantity_count = 2;
    frame(b);
    assert_int_equal(two[0].framing, FSC_FRAMING_MAXIMIZER);
    assert_int_equal(two[1].framing, FSC_FRAMING_NONE);
}

static void test_cues__are_sorted_and_lie_in_the_text(void **state)
{
    bench *b = *state;
    analyze(b, "Isn’t it odd? EXACTLY that was said because of rain! Homes were burned, killing two.");
    assert_true(b->a.cue_count > 4);
    for (size_t k = 0; k < b->a.cue_count; k++) {
        const fsc_cue *c = &b->a.cue[k];
        assert_true(c->start < c->end && c->end <= b->a.text.bytes.len);
        assert_true(c->first_word < c->end_word && c->end_word <= b->a.text.word_count);
        assert_true(k == 0 || b->a.cue[k - 1].start <= c->start);
    }
}

static void test_cues__reported_links_are_indirect_with_their_subject(void **state)
{
    bench *b = *state;
    analyze(b, "The governor credited the new policy for the decline.");
    const fsc_cue *c = cue(b, "causality", "credited");
    assert_string_equal(category(b, "causality", "credited"), "cause");
    assert_int_equal(c->voice, FSC_VOICE_INDIRECT);
    assert_true(view_is_text(c->by->name, "governor"));
    prepare(b, "Kristi Noem, speaking on a show, credited the policies for the decline.");
    add_actor(b, "Kristi Noem", FSC_ACTOR_PERSON);
    frame(b);
    assert_true(view_is_text(cue(b, "causality", "credited")->by->name, "Kristi Noem"));
    prepare(b, "Trump officials blamed the union for the strike.");
    add_actor(b, "Trump", FSC_ACTOR_PERSON);
    frame(b);
    assert_true(view_is_text(cue(b, "causality", "blamed")->by->name, "Trump officials"));
    analyze(b, "The union was blamed for the strike.");
    c = cue(b, "causality", "blamed for");
    assert_int_equal(c->voice, FSC_VOICE_INDIRECT);
    assert_int_equal(c->by->name.len, 0);
}

static void test_cues__empty_and_wordless_texts(void **state)
{
    bench *b = *state;
    static const char *const text[] = {"", " \n", "?!", "...", "👍", "!", "?", "because", "“”"};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        analyze(b, text[k]);
        assert_non_null(b->a.score);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cues__overlap_is_leftmost_longest),
        cmocka_unit_test(test_cues__negated_cause_is_denial),
        cmocka_unit_test(test_cues__negation_ends_with_its_clause),
        cmocka_unit_test(test_cues__denied_belief_denies),
        cmocka_unit_test(test_cues__negator_may_stand_nine_words_before),
        cmocka_unit_test(test_cues__words_of_saying_count_where_they_attribute),
        cmocka_unit_test(test_cues__cleft_negation_reaches_over_its_relative),
        cmocka_unit_test(test_cues__not_only_does_not_negate),
        cmocka_unit_test(test_cues__connective_is_negated_only_from_close_by),
        cmocka_unit_test(test_cues__negated_booster_is_doubt_and_hedges_stay),
        cmocka_unit_test(test_cues__other_negated_cues_are_kept_unscored),
        cmocka_unit_test(test_cues__weight_zero_is_neutral),
        cmocka_unit_test(test_cues__names_are_not_scored),
        cmocka_unit_test(test_cues__parts_that_are_not_scored),
        cmocka_unit_test(test_cues__voice_and_speaker_come_from_the_innermost_speech),
        cmocka_unit_test(test_cues__own_voice_of_a_post_is_its_author),
        cmocka_unit_test(test_cues__metaphors_need_people_in_their_clause),
        cmocka_unit_test(test_cues__criminality_only_as_predicate_or_label),
        cmocka_unit_test(test_cues__only_before_a_number_is_quantity),
        cmocka_unit_test(test_cues__are_sorted_and_lie_in_the_text),
        cmocka_unit_test(test_cues__reported_links_are_indirect_with_their_subject),
        cmocka_unit_test(test_cues__empty_and_wordless_texts),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
