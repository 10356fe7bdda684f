// Scores: sums of scored cues, in thousandths; null where there is nothing to measure.
#include "framing_test.h"

static const fsc_score *score(const bench *b, const char *dimension)
{
    return &b->a.score[fsc_schema_dimension(b->a.schema, dimension)];
}

static void test_scores__rates_are_per_thousand_words(void **state)
{
    bench *b = *state;
    analyze(b, "Prices plunged and a massive crowd came here."); // 8 words, weights 2 and 1
    const fsc_score *s = score(b, "intensity");
    assert_int_equal(s->n, 2);
    assert_int_equal(s->weight, 3000);
    assert_true(fabs(s->rate - 1000.0 * 3 / 8) < 1e-9);
    assert_true(fabs(s->own_rate - s->rate) < 1e-9);
    assert_int_equal(s->pos, 3000);
    assert_int_equal(s->neg, 0);
    assert_true(fabs(s->balance - 1) < 1e-9);
    assert_true(fabs(s->logit - log(3.5 / .5)) < 1e-9);
}

static void test_scores__poles_balance(void **state)
{
    bench *b = *state;
    analyze(b, "It fell because of the plan, despite the rain and despite the wind.");
    const fsc_score *s = score(b, "causality");
    assert_int_equal(s->pos, 1000);
    assert_int_equal(s->neg, 2000);
    assert_true(fabs(s->balance + 1.0 / 3) < 1e-9);
    assert_true(fabs(s->logit - log(1.5 / 2.5)) < 1e-9);
}

static void test_scores__voices_are_summed_apart(void **state)
{
    bench *b = *state;
    prepare(b, "“A massive crowd came,” she said of a massive crowd.");
    add_speech(b, "“A massive crowd came,”", FSC_SPEECH_DIRECT, FSC_VOICE_QUOTE, "Ann Lee");
    frame(b);
    const fsc_score *s = score(b, "intensity");
    assert_int_equal(s->n, 2);
    assert_int_equal(s->own_n, 1);
    assert_int_equal(s->quote_n, 1);
    assert_int_equal(s->quote_weight, 1000);
    assert_int_equal(b->a.voices.own_words, 6);
    assert_true(fabs(s->own_rate - 1000.0 / 6) < 1e-9);
    uint32_t cat = fsc_schema_category(b->a.schema, "intensity", "amplifier");
    assert_int_equal(b->a.category_n[cat][FSC_VOICE_OWN], 1);
    assert_int_equal(b->a.category_n[cat][FSC_VOICE_QUOTE], 1);
}

static void test_scores__without_words_or_evidence_are_null(void **state)
{
    bench *b = *state;
    analyze(b, "");
    const fsc_score *s = score(b, "causality");
    assert_int_equal(s->n, 0);
    assert_true(isnan(s->rate) && isnan(s->own_rate) && isnan(s->balance) && isnan(s->logit));
    analyze(b, "A table stood there.");
    s = score(b, "causality");
    assert_true(s->rate == 0 && s->own_rate == 0);
    assert_true(isnan(s->balance) && isnan(s->logit));
    prepare(b, "A massive crowd.");
    b->a.voices.own_words = 0;
    frame(b);
    assert_true(isnan(score(b, "intensity")->own_rate));
    assert_false(isnan(score(b, "intensity")->rate));
}

static void test_scores__dimensions_without_poles_have_no_balance(void **state)
{
    bench *b = *state;
    analyze(b, "A flood of migrants came.");
    const fsc_score *s = score(b, "threat");
    assert_int_equal(s->n, 1);
    assert_int_equal(s->pos + s->neg, 0);
    assert_true(isnan(s->balance) && isnan(s->logit));
}

static void test_scores__headline_is_counted(void **state)
{
    bench *b = *state;
    fsc_part part[2] = {{.start = 0, .end = 15, .kind = FSC_PART_HEADLINE, .scored = true},
                        {.start = 17, .end = 33, .kind = FSC_PART_BODY, .scored = true}};
    prepare_parts(b, "Prices plunged.\n\nA massive crowd.", part, 2);
    frame(b);
    assert_int_equal(score(b, "intensity")->n, 2);
    assert_int_equal(score(b, "intensity")->headline_n, 1);
}

static void test_scores__unscored_cues_do_not_count(void **state)
{
    bench *b = *state;
    analyze(b, "It was not massive, only the biggest.");
    const fsc_score *s = score(b, "intensity");
    assert_int_equal(s->n, 1);
    assert_int_equal(s->neg, 500);
    assert_true(fabs(s->balance + 1) < 1e-9);
}

/* Every sum can be had again from the cues. */
static void test_scores__are_recomputable_from_cues(void **state)
{
    bench *b = *state;
    analyze(b, "Because of the flood of migrants, homes were burned! He may be right, but it was not massive. The deal "
               "sparked protests, killing two, which is why only 10% stayed. EXACTLY: it is unclear what caused it.");
    for (size_t d = 0; d < b->a.schema->dimension_count; d++) {
        int64_t weight = 0, balance = 0;
        uint32_t n = 0;
        for (size_t k = 0; k < b->a.cue_count; k++) {
            const fsc_cue *c = &b->a.cue[k];
            if (c->dimension != d || !c->scored)
                continue;
            assert_true(c->weight > 0 && !c->negated);
            n++;
            weight += c->weight;
            balance += c->weight * b->a.schema->category[c->category].pole;
        }
        const fsc_score *s = &b->a.score[d];
        assert_int_equal(s->n, n);
        assert_int_equal(s->weight, weight);
        assert_int_equal(s->pos - s->neg, balance);
        assert_int_equal(s->n, s->own_n + s->quote_n + s->indirect_n + s->scare_n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scores__rates_are_per_thousand_words),
        cmocka_unit_test(test_scores__poles_balance),
        cmocka_unit_test(test_scores__voices_are_summed_apart),
        cmocka_unit_test(test_scores__without_words_or_evidence_are_null),
        cmocka_unit_test(test_scores__dimensions_without_poles_have_no_balance),
        cmocka_unit_test(test_scores__headline_is_counted),
        cmocka_unit_test(test_scores__unscored_cues_do_not_count),
        cmocka_unit_test(test_scores__are_recomputable_from_cues),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
