#include "unit/revision/fixture.h"

/* The pairs as text: kind letter (s e m / < + -), sentences of A, '>', sentences of B. */
static const char *show_pairs(fixture *f, const fsc_delta *d)
{
    static const char kinds[] = "sem/<+-";
    fsc_view out = FSC_LIT("");
    for (size_t k = 0; k < d->sentence_count; k++) {
        const fsc_sentence_pair *p = &d->sentence[k];
        fsc_view one = fsc_arena_printf(&f->arena, "%s%c", k ? " " : "", kinds[p->kind]);
        for (uint32_t i = 0; i < p->a_count; i++)
            one = fsc_arena_printf(&f->arena, "%.*s%u", (int)one.len, one.data, p->a[i]);
        one = fsc_arena_printf(&f->arena, "%.*s>", (int)one.len, one.data);
        for (uint32_t i = 0; i < p->b_count; i++)
            one = fsc_arena_printf(&f->arena, "%.*s%u", (int)one.len, one.data, p->b[i]);
        out = fsc_arena_printf(&f->arena, "%.*s%.*s", (int)out.len, out.data, (int)one.len, one.data);
    }
    return out.data;
}

#define RIVER "The river rose by two metres overnight. "
#define SCHOOL "All four schools in the district stayed closed. "
#define MAYOR "Mayor Dana Ortiz asked for federal help on Tuesday. "
#define BRIDGE "The old bridge near the mill was swept away. "
#define POWER "Power returned to most homes by evening. "

static void expect(void **state, const char *a, const char *b, const char *want)
{
    const fsc_delta *d = fix_diff(*state, a, b);
    fix_check_ops(d);
    assert_string_equal(show_pairs(*state, d), want);
}

static void test_sentences__same_and_edited(void **state)
{
    expect(state, RIVER SCHOOL MAYOR, RIVER "All five schools in the district stayed closed. " MAYOR, "s0>0 e1>1 s2>2");
}

static void test_sentences__added_and_deleted(void **state)
{
    expect(state, RIVER MAYOR POWER, RIVER BRIDGE MAYOR POWER, "s0>0 +>1 s1>2 s2>3");
    expect(state, RIVER BRIDGE MAYOR POWER, RIVER MAYOR POWER, "s0>0 -1> s2>1 s3>2");
}

static void test_sentences__moved(void **state)
{
    expect(state, POWER RIVER SCHOOL MAYOR BRIDGE, RIVER SCHOOL MAYOR BRIDGE POWER, "s1>0 s2>1 s3>2 s4>3 m0>4");
}

static void test_sentences__split_and_merged(void **state)
{
    const char *one = RIVER "The clinic on the hill ran out of blankets at noon while volunteers from two towns "
                            "carried soup through the snow. " POWER MAYOR;
    const char *two = RIVER "The clinic on the hill ran out of blankets at noon. Volunteers from two towns carried "
                            "soup through the snow. " POWER MAYOR;
    expect(state, one, two, "s0>0 /1>12 s2>3 s3>4");
    expect(state, two, one, "s0>0 <12>1 s3>2 s4>3");
}

static void test_sentences__replaced_are_not_linked(void **state)
{
    expect(state, RIVER SCHOOL MAYOR POWER, RIVER "Volunteers baked bread for three hundred people. " MAYOR POWER,
           "s0>0 -1> +>1 s2>2 s3>3");
}

static void test_sentences__typography_is_an_edit(void **state)
{
    expect(state, RIVER "“Stay home,” he said. " MAYOR POWER, RIVER "\"Stay home,\" he said. " MAYOR POWER,
           "s0>0 e1>1 s2>2 s3>3");
}

static void test_sentences__repeated_ones_keep_their_order(void **state)
{
    expect(state, "Yes. " RIVER "Yes. " MAYOR "Yes.", "Yes. " RIVER "Yes. " MAYOR "Yes.", "s0>0 s1>1 s2>2 s3>3 s4>4");
}

static void test_sentences__every_sentence_stands_once(void **state)
{
    const fsc_delta *d = fix_diff(*state, RIVER RIVER SCHOOL MAYOR POWER BRIDGE,
                                  BRIDGE POWER "Something new happened here. " RIVER MAYOR MAYOR);
    uint32_t a = 0, b = 0;
    for (size_t k = 0; k < d->sentence_count; k++) {
        a += d->sentence[k].a_count;
        b += d->sentence[k].b_count;
    }
    assert_int_equal(a, d->unit_count[0]);
    assert_int_equal(b, d->unit_count[1]);
}

#define LONG_LINE "The ferry to the outer islands will run twice a day from the first of May until the end of October.\n"

static void test_sentences__lines_of_unwrapped_text_are_units(void **state)
{
    expect(state, LONG_LINE "fresh water\nwarm clothes\na torch\n", LONG_LINE "a torch\nfresh water\nwarm socks\n",
           "s0>0 m3>1 s1>2 e2>3");
}

static void test_sentences__lines_of_wrapped_text_are_not(void **state)
{
    const fsc_delta *d = fix_diff(*state, "The ferry to the outer islands\nwill run twice a day.\n", "The ferry.\n");
    assert_int_equal(d->unit_count[0], 1);
}

static void test_sentences__lost_stop_does_not_merge(void **state)
{
    // the stop went with the word before it
    expect(state, RIVER SCHOOL "The mill burned down in a single hour. " MAYOR,
           RIVER SCHOOL "The mill burned down in minutes " MAYOR, "s0>0 s1>1 e2>2 s3>3");
    // the stop stands, but the capital behind it is gone
    expect(state, RIVER "Crews worked through the night. Nobody was hurt. " MAYOR,
           RIVER "Crews worked through the night. luckily nobody was hurt. " MAYOR, "s0>0 s1>1 e2>2 s3>3");
}

static void test_sentences__joined_by_a_word_is_merged(void **state)
{
    expect(state, RIVER "The mill burned down in a single hour. The owner was away. " MAYOR,
           RIVER "The mill burned down in a single hour while the owner was away. " MAYOR, "s0>0 <12>1 s3>2");
}

static void test_sentences__split_before_a_name_is_split(void **state)
{
    expect(state, RIVER "The clinic on the hill was led for ten years by Alma Ruiz and her two sons from town. " POWER,
           RIVER "The clinic on the hill was led for ten years by Alma. Ruiz and her two sons came from town. " POWER,
           "s0>0 /1>12 s2>3");
}

static void test_sentences__abbreviation_cuts_both_sides(void **state)
{
    const fsc_delta *d = fix_diff(*state, RIVER SCHOOL POWER "The bill went to Gov. Dana Ortiz on Friday.",
                                  RIVER SCHOOL POWER "The bill went to Gov. Dana Ortiz on Monday.");
    assert_string_equal(show_pairs(*state, d), "s0>0 s1>1 s2>2 s3>3 e4>4");
}

static void test_sentences__equal_ones_out_of_order_are_linked(void **state)
{
    expect(state, "Meal one. " RIVER "Eat well. " SCHOOL MAYOR "Eat well. " POWER,
           RIVER "Eat well. " SCHOOL "Eat well. " MAYOR POWER "Meal one.", "s1>0 s2>1 s3>2 m5>3 s4>4 s6>5 m0>6");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_sentences__##name, fix_setup, fix_teardown)
    const struct CMUnitTest tests[] = {
        T(same_and_edited),
        T(added_and_deleted),
        T(moved),
        T(split_and_merged),
        T(replaced_are_not_linked),
        T(typography_is_an_edit),
        T(repeated_ones_keep_their_order),
        T(every_sentence_stands_once),
        T(lines_of_unwrapped_text_are_units),
        T(lines_of_wrapped_text_are_not),
        T(lost_stop_does_not_merge),
        T(joined_by_a_word_is_merged),
        T(split_before_a_name_is_split),
        T(abbreviation_cuts_both_sides),
        T(equal_ones_out_of_order_are_linked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
