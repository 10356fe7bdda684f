// Relations: both arguments, direction, status, valence, who asserts.
#include "framing_test.h"

static void has(bench *b, const char *text, const char *wording, const char *cause, const char *effect)
{
    analyze(b, text);
    const fsc_relation *r = relation(b, wording);
    assert_string_equal(span_text(b, r->cause), cause);
    assert_string_equal(span_text(b, r->effect), effect);
    assert_int_equal(r->start, b->a.cue[r->cue].start);
    assert_int_equal(r->end, b->a.cue[r->cue].end);
}

static void test_relations__connective_in_the_middle(void **state)
{
    bench *b = *state;
    has(b, "The match was called off because of the storm.", "because of", "the storm", "The match was called off");
    assert_int_equal(relation(b, "because of")->type, FSC_RELATION_CAUSE);
    assert_int_equal(relation(b, "because of")->via, FSC_VIA_CONNECTIVE);
    has(b, "She stayed because the roads were closed.", "because", "the roads were closed", "She stayed");
}

static void test_relations__connective_in_front(void **state)
{
    bench *b = *state;
    has(b, "Because the roads were closed, she stayed at home.", "Because", "the roads were closed",
        "she stayed at home");
    has(b, "Despite the storm, the match went on.", "Despite", "the storm", "the match went on");
    assert_int_equal(relation(b, "Despite")->type, FSC_RELATION_CONCESSION);
}

static void test_relations__concession_names_the_factor_that_failed(void **state)
{
    bench *b = *state;
    has(b, "Crime plunges in major cities despite the crackdown rhetoric.", "despite", "the crackdown rhetoric",
        "Crime plunges in major cities");
    has(b, "Although it rained, we walked.", "Although", "it rained", "we walked");
    has(b, "The tax was low, but the shop closed.", "but", "The tax was low", "the shop closed");
}

static void test_relations__across_a_sentence_border(void **state)
{
    bench *b = *state;
    has(b, "The tax was low. But the shop closed.", "But", "The tax was low", "the shop closed");
    has(b, "The tax was low. Still, the shop closed.", "Still", "The tax was low", "the shop closed");
    has(b, "The road flooded. Therefore, the school closed.", "Therefore", "The road flooded", "the school closed");
    has(b, "The road flooded. The school, however, stayed open.", "however", "The road flooded",
        "The school, however, stayed open");
    has(b, "But the shop closed.", "But", "-", "the shop closed");
}

/* nothing stands behind the cue: no word beyond the text is looked at (ASan sees it) */
static void test_relations__a_cue_may_be_the_last_word(void **state)
{
    bench *b = *state;
    prepare(b, "The shop closed because of");
    frame(b);
    prepare(b, "It closed thanks to. Prices fell despite");
    frame(b);
    assert_true(b->a.cue_count > 0);
}

static void test_relations__borders_do_not_cross_parts(void **state)
{
    bench *b = *state;
    fsc_part part[2] = {{.start = 0, .end = 11, .kind = FSC_PART_HEADLINE, .scored = true},
                        {.start = 13, .end = 33, .kind = FSC_PART_BODY, .scored = true}};
    prepare_parts(b, "Prices fell\n\nBut the shop closed.", part, 2);
    frame(b);
    assert_string_equal(span_text(b, relation(b, "But")->cause), "-");
}

static void test_relations__verbs_and_passives(void **state)
{
    bench *b = *state;
    has(b, "The new tax led to higher prices.", "led to", "The new tax", "higher prices");
    assert_int_equal(relation(b, "led to")->via, FSC_VIA_VERB);
    has(b, "Higher prices were caused by the new tax.", "caused by", "the new tax", "Higher prices");
    has(b, "The riots that sparked the war ended.", "sparked", "The riots", "the war ended");
    has(b, "His flip-flopping—above all on trade—has led to confusion.", "led to", "His flip-flopping", "confusion");
    has(b, "Police fired into the crowd, prompting outrage.", "prompting", "Police fired into the crowd", "outrage");
}

static void test_relations__nouns(void **state)
{
    bench *b = *state;
    has(b, "The main reason for the delay was the weather.", "The main reason for", "the weather", "the delay");
    has(b, "The backlash isn’t the only factor behind the drop.", "the only factor behind", "The backlash", "the drop");
    assert_int_equal(relation(b, "the only factor behind")->via, FSC_VIA_NOUN);
    has(b, "This framing is why people leave.", "is why", "This framing", "people leave");
}

static void test_relations__reported_links(void **state)
{
    bench *b = *state;
    has(b, "The mayor credited the patrols for the decline.", "credited", "the patrols", "the decline");
    const fsc_relation *r = relation(b, "credited");
    assert_int_equal(r->valence, FSC_VALENCE_CREDIT);
    assert_int_equal(r->voice, FSC_VOICE_INDIRECT);
    assert_true(view_is_text(r->speaker, "mayor"));
    has(b, "Critics blamed the delay on the mayor.", "blamed", "the mayor", "the delay");
    assert_int_equal(relation(b, "blamed")->valence, FSC_VALENCE_BLAME);
    has(b, "Officials attributed the decline to the patrols.", "attributed", "the patrols", "the decline");
}

static void test_relations__thanks_to_gives_credit(void **state)
{
    bench *b = *state;
    has(b, "Thanks to the rain, the harvest grew.", "Thanks to", "the rain", "the harvest grew");
    assert_int_equal(relation(b, "Thanks to")->valence, FSC_VALENCE_CREDIT);
}

static void test_relations__status(void **state)
{
    bench *b = *state;
    analyze(b, "The tax led to strikes.");
    assert_int_equal(relation(b, "led to")->status, FSC_ASSERTED);
    analyze(b, "The tax may have led to strikes.");
    assert_int_equal(relation(b, "led to")->status, FSC_HEDGED);
    analyze(b, "Has the tax led to strikes?");
    assert_int_equal(relation(b, "led to")->status, FSC_QUESTIONED);
    analyze(b, "The tax never led to strikes.");
    assert_int_equal(relation(b, "led to")->status, FSC_DENIED);
    assert_int_equal(relation(b, "led to")->type, FSC_RELATION_DENIAL);
    analyze(b, "There is no clear link between the tax and the strikes.");
    const fsc_relation *r = relation(b, "no clear link between");
    assert_int_equal(r->status, FSC_DENIED);
    assert_string_equal(span_text(b, r->cause), "the tax");
    assert_string_equal(span_text(b, r->effect), "the strikes");
    analyze(b, "Outlets question whether the tax is responsible for the strikes.");
    r = relation(b, "question whether the tax is responsible for");
    assert_int_equal(r->status, FSC_QUESTIONED);
    assert_string_equal(span_text(b, r->cause), "the tax");
    assert_string_equal(span_text(b, r->effect), "the strikes");
}

static void test_relations__denials_hold_the_link_they_deny(void **state)
{
    bench *b = *state;
    has(b, "There is no evidence that the tax led to strikes.", "no evidence that the tax led to", "the tax", "strikes");
    assert_int_equal(relation(b, "no evidence that the tax led to")->status, FSC_DENIED);
    assert_int_equal(b->a.relation_count, 1);
    has(b, "She denied that the cuts had played a role in the crash.", "denied that the cuts had played a role in",
        "the cuts", "the crash");
    has(b, "Experts aren’t sure why crime fell.", "Experts aren’t sure why", "-", "crime fell");
    has(b, "Experts aren’t sure why, and the records are gone.", "Experts aren’t sure why", "-", "-");
    has(b, "Experts aren’t sure why, or when, crime fell.", "Experts aren’t sure why", "-", "crime fell");
}

static void test_relations__chains_share_their_middle(void **state)
{
    bench *b = *state;
    analyze(b, "They gathered to condemn the mayor because of the delay.");
    assert_string_equal(span_text(b, relation(b, "to")->cause), "to condemn the mayor");
    assert_string_equal(span_text(b, relation(b, "to")->effect), "They gathered");
    assert_string_equal(span_text(b, relation(b, "because of")->effect), "to condemn the mayor");
    assert_int_equal(b->a.cue[relation(b, "to")->cue].why, FSC_WHY_NEUTRAL);
}

static void test_relations__purposes_are_told_from_complements(void **state)
{
    bench *b = *state;
    analyze(b, "They marched to demand answers.");
    assert_non_null(cue(b, "causality", "to"));
    analyze(b, "They wanted to demand answers.");
    assert_null(cue(b, "causality", "to"));
    analyze(b, "He asked the whole crew to demand answers.");
    assert_null(cue(b, "causality", "to"));
    analyze(b, "They went to town.");
    assert_null(cue(b, "causality", "to"));
    analyze(b, "They met to settle the dispute and to end the strike.");
    assert_int_equal(b->a.relation_count, 2);
    assert_string_equal(span_text(b, b->a.relation[1].cause), "to end the strike");
    assert_string_equal(span_text(b, b->a.relation[1].effect), "They met");
    analyze(b, "They wanted to settle the dispute and to end the strike.");
    assert_int_equal(b->a.relation_count, 0);
}

static void test_relations__attributions_are_left_out(void **state)
{
    bench *b = *state;
    has(b, "Police said the roads were closed because of ice.", "because of", "ice", "the roads were closed");
    has(b, "The roads were closed because of ice, police said.", "because of", "ice", "The roads were closed");
    has(b, "On Tuesday, the roads were closed because of ice.", "because of", "ice", "the roads were closed");
}

static void test_relations__stay_within_speech(void **state)
{
    bench *b = *state;
    prepare(b, "She told us “it fell because of ice” at noon.");
    add_speech(b, "“it fell because of ice”", FSC_SPEECH_DIRECT, FSC_VOICE_QUOTE, "Ann Lee");
    frame(b);
    const fsc_relation *r = relation(b, "because of");
    assert_string_equal(span_text(b, r->cause), "ice");
    assert_string_equal(span_text(b, r->effect), "it fell");
    assert_int_equal(r->voice, FSC_VOICE_QUOTE);
    assert_true(view_is_text(r->speaker, "Ann Lee"));
}

static void test_relations__what_opens_the_sentence_is_kept_apart(void **state)
{
    bench *b = *state;
    has(b, "In the wake of the storm, trains were halted because of debris.", "because of", "debris",
        "trains were halted");
    has(b, "CAIRO: Despite the heat, they marched.", "Despite", "the heat", "they marched");
    has(b, "As they met to discuss the plan, a fire broke out.", "to", "to discuss the plan", "they met");
}

static void test_relations__insertions_end_with_their_comma(void **state)
{
    bench *b = *state;
    has(b, "The firm, which closed because of debts, had moved.", "because of", "debts", "The firm, which closed");
    has(b, "The riots, police said, led to deaths.", "led to", "The riots", "deaths");
}

static void test_relations__lists_and_joined_verbs(void **state)
{
    bench *b = *state;
    has(b, "Drought, war, and debt have led to hunger.", "led to", "Drought, war, and debt", "hunger");
    analyze(b, "The speech sparked panic and triggered a run.");
    assert_string_equal(span_text(b, relation(b, "triggered")->cause), "The speech");
    assert_string_equal(span_text(b, relation(b, "triggered")->effect), "a run");
    has(b, "It wasn’t the tax that triggered the strike.", "triggered", "the tax", "the strike");
    has(b, "The tax led to strikes, but the mayor stayed.", "but", "The tax led to strikes", "the mayor stayed");
    has(b, "The rumor began to fuel fears.", "fuel fears", "The rumor", "fuel fears");
}

static void test_relations__reduced_participles_take_their_noun(void **state)
{
    bench *b = *state;
    has(b, "He was dealing with the panic caused by the rumor.", "caused by", "the rumor", "the panic");
    has(b, "The fair was marred by rain.", "marred by", "rain", "The fair was marred");
    has(b, "They studied the fallout from the vote.", "fallout from", "the vote", "-");
}

static void test_relations__prepositions_leave_the_verb_to_what_stands_before(void **state)
{
    bench *b = *state;
    has(b, "Anger over the plan has grown.", "over", "the plan", "Anger");
    has(b, "The results look fine, but the stock was down.", "but", "The results look fine", "the stock was down");
    has(b, "They paid. But in the end, they left town.", "But", "They paid", "in the end, they left town");
}

static void test_relations__a_phrase_has_no_verb_of_its_own(void **state)
{
    bench *b = *state;
    has(b, "A meeting to discuss the plan was held in May.", "to", "to discuss the plan", "A meeting");
    has(b, "Nurses who were fired because of the march are back.", "because of", "the march", "were fired");
    has(b, "Anger over the ban prompted a vote.", "over", "the ban", "Anger");
    has(b, "Anger over the homes destroyed in the fire has grown.", "over", "the homes destroyed in the fire", "Anger");
    has(b, "The delay was largely due to ice.", "largely due to", "ice", "The delay");
    has(b, "They met to win the prize, is what he wrote.", "to", "to win the prize", "They met");
    has(b, "They stayed because they had no seats for waiting guests.", "because", "they had no seats for waiting guests",
        "They stayed");
    has(b, "He was asked about the raid on the town that led to the strike.", "led to", "the raid on the town", "the strike");
    has(b, "Police worked to tighten security and schools were shut.", "to", "to tighten security", "Police worked");
    has(b, "They used gas to disperse the crowd protesting against the dam.", "to",
        "to disperse the crowd protesting against the dam", "They used gas");
}

static void test_relations__the_wording_holds_a_part(void **state)
{
    bench *b = *state;
    has(b, "The reason they left is that it rained.", "The reason they left is that", "it rained", "they left");
    has(b, "She was so tired that she slept.", "so tired that", "She was so tired", "she slept");
    has(b, "He stayed in bed, for he was ill.", "for", "he was ill", "He stayed in bed");
    has(b, "The rule forces banks to hold more.", "forces", "The rule", "forces banks to hold more");
    has(b, "It was because of the rain that they left.", "because of", "the rain", "they left");
    has(b, "The bill will create jobs and cut the debt.", "create jobs", "The bill", "create jobs and cut the debt");
    analyze(b, "They cannot come because the road is shut.");
    assert_int_equal(relation(b, "because")->type, FSC_RELATION_CAUSE);
    analyze(b, "The law made it hard for small towns to borrow.");
    assert_null(cue(b, "causality", "to"));
}

static void test_relations__date_lines_end_a_heading(void **state)
{
    bench *b = *state;
    has(b, "Row grows March 11, 2011 00:00 IST The road was shut because of ice.", "because of", "ice",
        "The road was shut");
    has(b, "Anger over cuts June 09, 2011 10:32 AM The road was shut.", "over", "cuts", "Anger");
    has(b, "12 Dec 2017 The road was shut because of ice.", "because of", "ice", "The road was shut");
}

static void test_relations__coordinated_reasons_share_what_they_explain(void **state)
{
    bench *b = *state;
    analyze(b, "He left because of the heat and because the food was bad.");
    assert_string_equal(span_text(b, b->a.relation[0].cause), "the heat");
    assert_string_equal(span_text(b, b->a.relation[1].cause), "the food was bad");
    assert_string_equal(span_text(b, b->a.relation[1].effect), "He left");
    analyze(b, "He left, not because it rained but because he was bored.");
    assert_int_equal(b->a.relation_count, 2);
    assert_string_equal(span_text(b, relation(b, "not because")->cause), "it rained");
    assert_string_equal(span_text(b, b->a.relation[1].cause), "he was bored");
    assert_string_equal(span_text(b, b->a.relation[1].effect), "He left");
    has(b, "Hunger, war and drought led to riots.", "led to", "Hunger, war and drought", "riots");
}

static void test_relations__openers_and_inner_clauses_stay_out(void **state)
{
    bench *b = *state;
    has(b, "Meanwhile, they met to discuss the plan.", "to", "to discuss the plan", "they met");
    has(b, "In the early hours of the day, they met to discuss the plan.", "to", "to discuss the plan", "they met");
    has(b, "In 1929, demanding a state, they marched.", "demanding", "demanding a state", "they marched");
    has(b, "The man who ran the town when it was small, left because of debts.", "because of", "debts",
        "The man who ran the town when it was small, left");
    has(b, "The protests began, with residents demanding water.", "demanding", "residents demanding water",
        "The protests began");
    has(b, "He said that because of this the plan was late.", "because of", "this", "the plan was late");
    has(b, "The law, which experts say led to shortages, was repealed.", "led to", "The law", "shortages");
    has(b, "Did the tax cause the strike?", "cause", "the tax", "the strike");
    has(b, "They lost, saying the delay was due to ice.", "due to", "ice", "the delay");
}

/* Of two senses of one word the first that holds is the relation; a word at the head of a longer cue is none. */
static void test_relations__one_relation_a_cue(void **state)
{
    bench *b = *state;
    analyze(b, "Two people were killed when a bomb exploded.");
    assert_int_equal(b->a.relation_count, 1);
    assert_int_equal(relation(b, "when")->type, FSC_RELATION_CAUSE);
    analyze(b, "The road flooded due to which the school closed.");
    assert_null(cue(b, "causality", "due to"));
    assert_string_equal(span_text(b, relation(b, "due to which")->cause), "The road flooded");
}

static void test_relations__ties_name_the_outcome_first_or_last(void **state)
{
    bench *b = *state;
    has(b, "Doctors tied the outbreak to a tainted well.", "tied", "a tainted well", "the outbreak");
    has(b, "Doctors tied smoking to cancer.", "tied", "smoking", "cancer");
    has(b, "Doctors linked the deaths to the heat.", "linked", "the heat", "the deaths");
    analyze(b, "The mayor blamed landlords for raising rents.");
    assert_int_equal(b->a.relation_count, 1);
}

/* One sentence of many thousand causes: time must stay linear. */
static void test_relations__endless_sentence(void **state)
{
    bench *b = *state;
    enum { TIMES = 20000 };
    static const char piece[] = "because it fell and he credited rain ";
    char *text = malloc(TIMES * sizeof piece + 1);
    assert_non_null(text);
    size_t n = 0;
    for (int k = 0; k < TIMES; k++) {
        memcpy(text + n, piece, sizeof piece - 1);
        n += sizeof piece - 1;
    }
    text[n] = 0;
    analyze(b, text);
    assert_true(b->a.relation_count >= TIMES);
    for (size_t k = 0; k < b->a.relation_count; k++) {
        const fsc_relation *r = &b->a.relation[k];
        assert_true(!fsc_span_is(r->cause) || r->cause.end <= n);
        assert_true(!fsc_span_is(r->effect) || r->effect.end <= n);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relations__connective_in_the_middle),
        cmocka_unit_test(test_relations__connective_in_front),
        cmocka_unit_test(test_relations__concession_names_the_factor_that_failed),
        cmocka_unit_test(test_relations__across_a_sentence_border),
        cmocka_unit_test(test_relations__a_cue_may_be_the_last_word),
        cmocka_unit_test(test_relations__borders_do_not_cross_parts),
        cmocka_unit_test(test_relations__verbs_and_passives),
        cmocka_unit_test(test_relations__nouns),
        cmocka_unit_test(test_relations__reported_links),
        cmocka_unit_test(test_relations__thanks_to_gives_credit),
        cmocka_unit_test(test_relations__status),
        cmocka_unit_test(test_relations__denials_hold_the_link_they_deny),
        cmocka_unit_test(test_relations__chains_share_their_middle),
        cmocka_unit_test(test_relations__purposes_are_told_from_complements),
        cmocka_unit_test(test_relations__attributions_are_left_out),
        cmocka_unit_test(test_relations__stay_within_speech),
        cmocka_unit_test(test_relations__what_opens_the_sentence_is_kept_apart),
        cmocka_unit_test(test_relations__insertions_end_with_their_comma),
        cmocka_unit_test(test_relations__lists_and_joined_verbs),
        cmocka_unit_test(test_relations__reduced_participles_take_their_noun),
        cmocka_unit_test(test_relations__prepositions_leave_the_verb_to_what_stands_before),
        cmocka_unit_test(test_relations__a_phrase_has_no_verb_of_its_own),
        cmocka_unit_test(test_relations__the_wording_holds_a_part),
        cmocka_unit_test(test_relations__date_lines_end_a_heading),
        cmocka_unit_test(test_relations__coordinated_reasons_share_what_they_explain),
        cmocka_unit_test(test_relations__openers_and_inner_clauses_stay_out),
        cmocka_unit_test(test_relations__one_relation_a_cue),
        cmocka_unit_test(test_relations__ties_name_the_outcome_first_or_last),
        cmocka_unit_test(test_relations__endless_sentence),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
