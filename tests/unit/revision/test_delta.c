#include "unit/revision/fixture.h"

static const char old_post[] = "Crime plunges in major cities despite Trump’s crackdown rhetoric";
static const char new_post[] =
    "Violent crime dropped sharply across America’s biggest cities in 2025, according to new data reviewed by Axios.";

static bool among(const fsc_delta *d, const uint32_t *list, size_t count, const char *text)
{
    const fsc_analysis *side = list == d->added ? d->b : d->a;
    for (size_t k = 0; k < count; k++) {
        const fsc_cue *c = &side->cue[list[k]];
        if (fsc_view_is(fsc_view_slice(side->text.bytes, c->start, c->end), text))
            return true;
    }
    return false;
}

static bool says(const fsc_delta *d, const char *text)
{
    for (size_t k = 0; k < d->summary_count; k++)
        if (fsc_view_is(d->summary[k], text))
            return true;
    for (size_t k = 0; k < d->summary_count; k++)
        print_message("# %.*s\n", (int)d->summary[k].len, d->summary[k].data);
    return false;
}

static const fsc_delta *posts(fixture *f)
{
    fsc_analysis *a = fix_analysis(f, fsc_view_cstr(old_post)), *b = fix_analysis(f, fsc_view_cstr(new_post));
    fix_actor(f, a, "Trump", "Trump");
    fix_actor(f, b, "Axios", "Axios");
    fix_quantity(f, b, "2025", 2025, "year");
    fix_speech(f, b, "Violent crime dropped sharply", FSC_SPEECH_INDIRECT, "according to");
    return fix_compare(f, a, b);
}

static void test_delta__posts_types(void **state)
{
    const fsc_delta *d = posts(*state);
    fix_check_ops(d);
    assert_true(d->type[FSC_CHANGE_ATTRIBUTION_ADDED]);
    assert_true(d->type[FSC_CHANGE_ACTOR_DROPPED]);
    assert_true(d->type[FSC_CHANGE_ACTOR_ADDED]);
    assert_true(d->type[FSC_CHANGE_SOFTENED]);
    assert_true(d->type[FSC_CHANGE_CONCESSION_DROPPED]);
    assert_true(d->type[FSC_CHANGE_QUANTITY_ADDED]);
    assert_false(d->type[FSC_CHANGE_HARDENED]);
    assert_false(d->type[FSC_CHANGE_ATTRIBUTION_DROPPED]);
    assert_false(d->type[FSC_CHANGE_TYPOGRAPHY]);
}

static void test_delta__posts_cues(void **state)
{
    const fsc_delta *d = posts(*state);
    assert_true(among(d, d->removed, d->removed_count, "despite"));
    assert_true(among(d, d->added, d->added_count, "according to"));
    assert_true(among(d, d->added, d->added_count, "sharply"));
    assert_int_equal(d->actor_dropped_count, 1);
    assert_true(fsc_view_is(d->actor_dropped[0], "Trump"));
    assert_true(d->score[FIX_INTENSITY].b < d->score[FIX_INTENSITY].a);
}

static void test_delta__posts_summary(void **state)
{
    const fsc_delta *d = posts(*state);
    assert_true(says(d, "“plunges” became “dropped sharply”: softer wording for the same subject."));
    assert_true(says(d, "The concession “despite Trump’s crackdown rhetoric” was removed."));
    assert_true(says(d, "A source was added: “according to new data reviewed by Axios”."));
    assert_true(says(d, "Trump is no longer named."));
}

static void test_delta__unchanged_cues_are_silent(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Prices soared because of the storm. The mayor may resign on Friday.",
                                  "Prices soared because of the storm. The mayor may resign on Monday.");
    assert_int_equal(d->removed_count + d->added_count + d->changed_count, 0);
    assert_int_equal(d->score[FIX_INTENSITY].a, d->score[FIX_INTENSITY].b);
}

static void test_delta__moved_sentence_keeps_its_cues(void **state)
{
    const fsc_delta *d = fix_diff(*state,
                                  "Prices soared because of the storm last week. The mayor spoke at noon. Schools "
                                  "stayed shut all day. Trains ran late.",
                                  "The mayor spoke at noon. Schools stayed shut all day. Trains ran late. Prices "
                                  "soared because of the storm last week.");
    assert_int_equal(d->removed_count + d->added_count + d->changed_count, 0);
    assert_true(d->type[FSC_CHANGE_MOVED]);
}

static void test_delta__changed_cue_has_its_shift(void **state)
{
    const fsc_delta *d =
        fix_diff(*state, "Support for the plan plunges in the north", "Support for the plan dropped in the north");
    assert_int_equal(d->changed_count, 1);
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_SOFTENED);
    d = fix_diff(*state, "Support for the plan dropped in the north", "Support for the plan plunges in the north");
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_HARDENED);
    d = fix_diff(*state, "Support for the plan plunges in the north", "Support for the plan soared in the north");
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_DIRECTION);
}

static void test_delta__minimizer_that_comes_softens(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Rents sharply higher this year", "Rents slightly higher this year");
    assert_int_equal(d->changed_count, 1);
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_SOFTENED);
    assert_true(d->type[FSC_CHANGE_SOFTENED]);
}

static void test_delta__distancing_that_goes_is_softer(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("The roof is safe, the owner claimed"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("The roof is safe, the owner said"));
    fix_speech(f, a, "The roof is safe", FSC_SPEECH_INDIRECT, "claimed");
    fix_speech(f, b, "The roof is safe", FSC_SPEECH_INDIRECT, "said");
    const fsc_delta *d = fix_compare(f, a, b);
    assert_int_equal(d->changed_count, 1);
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_SOFTENED);
    assert_false(d->type[FSC_CHANGE_ATTRIBUTION_ADDED] || d->type[FSC_CHANGE_ATTRIBUTION_DROPPED]);
}

static void test_delta__label_swapped(void **state)
{
    const fsc_delta *d =
        fix_diff(*state, "Navy rescues forty migrants off the coast", "Navy rescues forty refugees off the coast");
    assert_int_equal(d->changed_count, 1);
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_LABEL);
    assert_true(d->type[FSC_CHANGE_LABEL_SWAPPED]);
    assert_true(says(d, "The label “migrants” became “refugees”."));
}

static void test_delta__voice_shift(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("A massive failure of planning, report finds"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("A “massive” failure of planning, report finds"));
    b->cue[0].voice = FSC_VOICE_SCARE;
    fix_speech(f, b, "“massive”", FSC_SPEECH_SCARE, NULL);
    const fsc_delta *d = fix_compare(f, a, b);
    assert_int_equal(d->changed_count, 1);
    assert_int_equal(d->changed[0].shift, FSC_SHIFT_VOICE);
    assert_true(d->type[FSC_CHANGE_QUOTE_MARKS_ADDED]);
    assert_true(d->type[FSC_CHANGE_TYPOGRAPHY]);
}

static void test_delta__cause_and_concession(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Shops close early in the town centre",
                                  "Shops close early in the town centre because staff are ill");
    assert_true(d->type[FSC_CHANGE_CAUSE_ADDED]);
    assert_true(says(d, "A causal link was added: “because staff are ill”."));
    d = fix_diff(*state, "Shops close early because of thefts", "Shops close early despite fewer thefts");
    assert_true(d->type[FSC_CHANGE_CAUSE_DROPPED]);
    assert_true(d->type[FSC_CHANGE_CONCESSION_ADDED]);
}

static void test_delta__certainty(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Minister may quit over the report", "Minister to quit over the report");
    assert_true(d->type[FSC_CHANGE_CERTAINTY_RAISED]);
    assert_false(d->type[FSC_CHANGE_CERTAINTY_LOWERED]);
    d = fix_diff(*state, "Bank clearly knew of the losses", "Bank knew of the losses");
    assert_true(d->type[FSC_CHANGE_CERTAINTY_LOWERED]);
}

static void test_delta__attribution(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("The bridge is unsafe, an engineer said."));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("The bridge is unsafe."));
    fix_speech(f, a, "The bridge is unsafe", FSC_SPEECH_INDIRECT, "said");
    const fsc_delta *d = fix_compare(f, a, b);
    assert_true(d->type[FSC_CHANGE_ATTRIBUTION_DROPPED]);
    assert_true(says(d, "A source was removed: “an engineer said”."));
    d = fix_compare(f, b, a);
    assert_true(d->type[FSC_CHANGE_ATTRIBUTION_ADDED]);
    assert_true(says(d, "A source was added: “an engineer said”."));
}

// Adds indirect speech with its speaker.
static void speech_of(fixture *f, fsc_analysis *d, const char *words, const char *cue, const char *speaker)
{
    fix_speech(f, d, words, FSC_SPEECH_INDIRECT, cue);
    d->voices.speech[d->voices.speech_count - 1].by.name = fsc_view_cstr(speaker);
}

static void test_delta__another_source(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("The pump failed at noon, a foreman claimed."));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("The pump failed at noon, according to the inspectors."));
    speech_of(f, a, "The pump failed at noon", "claimed", "foreman");
    speech_of(f, b, "The pump failed at noon", "according to", "inspectors");
    const fsc_delta *d = fix_compare(f, a, b);
    assert_true(d->type[FSC_CHANGE_ATTRIBUTION_DROPPED] && d->type[FSC_CHANGE_ATTRIBUTION_ADDED]);
    assert_true(says(d, "A source was removed: “a foreman claimed”."));
    assert_true(says(d, "A source was added: “according to the inspectors”."));
    // the word of speech stays
    a = fix_analysis(f, FSC_LIT("The pump failed at noon, brokers said."));
    b = fix_analysis(f, FSC_LIT("The pump failed at noon, the ministry said."));
    speech_of(f, a, "The pump failed at noon", "said", "brokers");
    speech_of(f, b, "The pump failed at noon", "said", "ministry");
    d = fix_compare(f, a, b);
    assert_true(d->type[FSC_CHANGE_ATTRIBUTION_DROPPED] && d->type[FSC_CHANGE_ATTRIBUTION_ADDED]);
    // the same source in other words is no other source
    b = fix_analysis(f, FSC_LIT("The pump failed at noon, according to brokers."));
    speech_of(f, b, "The pump failed at noon", "according to", "brokers");
    d = fix_compare(f, a, b);
    assert_false(d->type[FSC_CHANGE_ATTRIBUTION_DROPPED] || d->type[FSC_CHANGE_ATTRIBUTION_ADDED]);
}

static void test_delta__charge_is_no_source(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("Suspect accused of killing three arrested"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("Killer of three arrested"));
    speech_of(f, a, "of killing three arrested", "accused", "Suspect");
    const fsc_delta *d = fix_compare(f, a, b);
    assert_true(d->type[FSC_CHANGE_CERTAINTY_RAISED]);
    assert_false(d->type[FSC_CHANGE_ATTRIBUTION_DROPPED] || d->type[FSC_CHANGE_SOFTENED]);
    d = fix_compare(f, b, a);
    assert_true(d->type[FSC_CHANGE_CERTAINTY_LOWERED]);
    assert_false(d->type[FSC_CHANGE_ATTRIBUTION_ADDED] || d->type[FSC_CHANGE_HARDENED]);
}

static void test_delta__replaced_verb_is_not_softer(void **state)
{
    assert_false(fix_diff(*state, "Protesters clash with police", "Rioters attack police")->type[FSC_CHANGE_SOFTENED]);
    // nothing came in its place
    assert_true(fix_diff(*state, "Protesters clash with police", "Protesters, police")->type[FSC_CHANGE_SOFTENED]);
}

static void test_delta__modal_that_goes_raises_certainty(void **state)
{
    const fsc_delta *d = fix_diff(*state, "The dam could fail this week", "The dam will fail this week");
    assert_true(d->type[FSC_CHANGE_CERTAINTY_RAISED]);
    assert_true(fix_diff(*state, "The dam will fail this week", "The dam might fail this week")
                    ->type[FSC_CHANGE_CERTAINTY_LOWERED]);
}

static void test_delta__new_passage_does_not_soften(void **state)
{
    const fsc_delta *d = fix_diff(
        *state, "The council approved the budget after a short debate.",
        "The council approved the budget after a short debate, while rents in the river towns soared again this year.");
    assert_false(d->type[FSC_CHANGE_HARDENED]);
    assert_int_equal(d->added_count, 1);
}

static void test_delta__agents(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Police arrested twelve marchers at the bridge",
                                  "Twelve marchers were arrested at the bridge");
    assert_true(d->type[FSC_CHANGE_AGENT_DROPPED]);
    d = fix_diff(*state, "Twelve marchers were arrested at the bridge",
                 "Police arrested twelve marchers at the bridge");
    assert_true(d->type[FSC_CHANGE_AGENT_ADDED]);
    assert_false(d->type[FSC_CHANGE_AGENT_DROPPED]);
}

static void test_delta__agents_of_headlines(void **state)
{
    static const char *const pairs[][2] = {
        {"Police shoot man in station", "Man shot in station"},
        {"Thieves steal bronze horse from park", "Bronze horse stolen from park"},
        {"Council closes two libraries", "Two libraries closed"},
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        assert_true(fix_diff(*state, pairs[k][0], pairs[k][1])->type[FSC_CHANGE_AGENT_DROPPED]);
        assert_true(fix_diff(*state, pairs[k][1], pairs[k][0])->type[FSC_CHANGE_AGENT_ADDED]);
    }
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("Army shells kill 12 in Karsk"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("At 12 killed in Karsk, officials say"));
    speech_of(f, b, "At 12 killed in Karsk", "say", "officials");
    assert_true(fix_compare(f, a, b)->type[FSC_CHANGE_AGENT_DROPPED]);
    // a word that stands on both sides is no other form of a verb
    assert_false(fix_diff(f, "The room was shut because a fuel line failed", "Officers examine a fuel line in the room")
                     ->type[FSC_CHANGE_AGENT_ADDED]);
    const fsc_delta *d = fix_diff(*state, "Mayor opens bridge over river", "Storm closes bridge over river");
    assert_false(d->type[FSC_CHANGE_AGENT_DROPPED] || d->type[FSC_CHANGE_AGENT_ADDED]);
    d = fix_diff(*state, "Mayor opens bridge", "Bridge opened by mayor");
    assert_false(d->type[FSC_CHANGE_AGENT_DROPPED] || d->type[FSC_CHANGE_AGENT_ADDED]);
}

static void test_delta__headline_of_an_article(void **state)
{
    fixture *f = *state;
    static const char *const texts[2] = {
        "Rents soared in the capital\n\nThe figures came out today. Four towns were counted. Flats are small. Winters "
        "are long.",
        "Rents dropped in the valley\n\nThe figures came out today. Five towns were counted. Flats are small. Winters "
        "are long.",
    };
    fsc_analysis *side[2];
    fsc_part part[2][2];
    for (int k = 0; k < 2; k++) {
        fsc_err err = FSC_ERR_INIT;
        fsc_view text = fsc_view_cstr(texts[k]);
        uint32_t end = (uint32_t)fsc_view_find(text, FSC_LIT("\n"), 0);
        part[k][0] = (fsc_part){.start = 0, .end = end, .kind = FSC_PART_HEADLINE, .scored = true};
        part[k][1] = (fsc_part){.start = end + 2, .end = (uint32_t)text.len, .kind = FSC_PART_BODY, .scored = true};
        side[k] = FSC_NEW(&f->arena, fsc_analysis);
        assert_non_null(side[k]);
        assert_int_equal(fsc_text_analyze(&side[k]->text, text, part[k], 2, f->types, &f->arena, &err), FSC_OK);
        fix_cues(f, side[k]);
    }
    const fsc_delta *d = fix_compare(f, side[0], side[1]);
    fix_check_ops(d);
    assert_int_equal(d->sentence[0].kind, FSC_PAIR_EDITED);
    assert_true(d->type[FSC_CHANGE_SOFTENED]);
    assert_true(says(d, "Headline: “soared” became “dropped”: softer wording for the same subject."));
    for (size_t k = 0; k < d->change_count; k++)
        if (d->change[k].type == FSC_CHANGE_SOFTENED)
            assert_int_equal(d->change[k].part, FSC_PART_HEADLINE);
}

static void test_delta__quantities(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("Storm kills 12 people and floods 300 homes in the delta"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("Storm kills 15 people and floods homes in the delta; $2m pledged"));
    fix_quantity(f, a, "12 people", 12, "people");
    fix_quantity(f, a, "300 homes", 300, "home");
    fix_quantity(f, b, "15 people", 15, "people");
    fix_quantity(f, b, "$2m", 2e6, "dollar");
    const fsc_delta *d = fix_compare(f, a, b);
    assert_int_equal(d->quantity_changed_count, 1);
    assert_int_equal(d->quantity_dropped_count, 1);
    assert_int_equal(d->quantity_added_count, 1);
    assert_true(says(d, "The figure “12 people” became “15 people”."));
}

static void test_delta__actors(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("Dana Field meets Omar Reyes before the vote"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("Field meets senators before the vote"));
    fix_actor(f, a, "Dana Field", "Dana Field");
    fix_actor(f, a, "Omar Reyes", "Omar Reyes");
    fix_actor(f, b, "Field", "Field");
    const fsc_delta *d = fix_compare(f, a, b);
    assert_int_equal(d->actor_dropped_count, 1);
    assert_true(fsc_view_is(d->actor_dropped[0], "Omar Reyes"));
    assert_int_equal(d->actor_added_count, 0);
}

static void test_delta__body_behind_a_first_word(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Harlan administration cuts aid", "Aid is cut");
    assert_int_equal(d->actor_dropped_count, 1);
    assert_true(fsc_view_is(d->actor_dropped[0], "Harlan administration"));
    assert_true(says(d, "Harlan administration is no longer named."));
    assert_int_equal(fix_diff(*state, "City administration cuts aid", "Aid is cut")->actor_dropped_count, 0);
    assert_int_equal(fix_diff(*state, "The administration cuts aid", "Aid is cut")->actor_dropped_count, 0);
    assert_int_equal(
        fix_diff(*state, "Harlan administration cuts aid", "Harlan administration trims aid")->actor_dropped_count, 0);
}

static void test_delta__renamed_actor(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("WHO warns of a new fever"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("World Health Organization warns of a new fever"));
    fix_actor(f, a, "WHO", "WHO");
    fix_actor(f, b, "World Health Organization", "World Health Organization");
    a->voices.actor[0].kind = b->voices.actor[0].kind = FSC_ACTOR_ORGANIZATION;
    const fsc_delta *d = fix_compare(f, a, b);
    assert_true(d->type[FSC_CHANGE_ACTOR_RENAMED]);
    assert_false(d->type[FSC_CHANGE_ACTOR_DROPPED]);
}

static void test_delta__questions(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Is the dam safe?", "The dam is safe");
    assert_true(d->type[FSC_CHANGE_QUESTION_TO_STATEMENT]);
    d = fix_diff(*state, "The dam is safe", "Is the dam safe?");
    assert_true(d->type[FSC_CHANGE_STATEMENT_TO_QUESTION]);
}

static void test_delta__typography_alone(void **state)
{
    static const char *const pairs[][2] = {
        {"Mayor's \"plan\" - a guide", "Mayor’s “plan” – a guide"},      {"THE COLOUR of money", "The Color of Money"},
        {"Co-operate with the U.S. team", "Cooperate with the US team"}, {"Fire: two dead", "Fire, two dead"},
        {"Police organise a march", "Police organize a march"},
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        const fsc_delta *d = fix_diff(*state, pairs[k][0], pairs[k][1]);
        assert_true(d->type[FSC_CHANGE_TYPOGRAPHY]);
        assert_int_equal(d->change_count, 1);
        assert_true(says(d, "Only typography changed: the words are the same."));
    }
    assert_false(fix_diff(*state, "Rate at 1.5 percent", "Rate at 15 percent")->type[FSC_CHANGE_TYPOGRAPHY]);
    assert_false(fix_diff(*state, "Four men held", "For men held")->type[FSC_CHANGE_TYPOGRAPHY]);
}

static void test_delta__rewritten(void **state)
{
    assert_true(fix_diff(*state, "Tower fire leaves nine families homeless", "Council faces questions on cladding")
                    ->type[FSC_CHANGE_REWRITTEN]);
    assert_false(fix_diff(*state, "Tower fire leaves nine families homeless", "Tower fire leaves ten families homeless")
                     ->type[FSC_CHANGE_REWRITTEN]);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_delta__##name, fix_setup, fix_teardown)
    const struct CMUnitTest tests[] = {
        T(posts_types),
        T(posts_cues),
        T(posts_summary),
        T(unchanged_cues_are_silent),
        T(moved_sentence_keeps_its_cues),
        T(changed_cue_has_its_shift),
        T(minimizer_that_comes_softens),
        T(distancing_that_goes_is_softer),
        T(label_swapped),
        T(voice_shift),
        T(cause_and_concession),
        T(certainty),
        T(attribution),
        T(modal_that_goes_raises_certainty),
        T(new_passage_does_not_soften),
        T(agents),
        T(another_source),
        T(charge_is_no_source),
        T(replaced_verb_is_not_softer),
        T(body_behind_a_first_word),
        T(agents_of_headlines),
        T(headline_of_an_article),
        T(quantities),
        T(actors),
        T(renamed_actor),
        T(questions),
        T(typography_alone),
        T(rewritten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
