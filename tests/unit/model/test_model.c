#include "check.h"

#include "model/model.h"

static void test_model__names_of_every_value(void **state)
{
    (void)state;
    for (int i = 0; i < FSC_RECORD_COUNT; i++)
        assert_string_not_equal(fsc_record_name((fsc_record_status)i), "unknown");
    for (int i = 0; i < FSC_PART_COUNT; i++)
        assert_string_not_equal(fsc_part_name((fsc_part_kind)i), "unknown");
    for (int i = 0; i < FSC_CHANGE_COUNT; i++)
        assert_string_not_equal(fsc_change_name((fsc_change_type)i), "unknown");
    for (int i = 0; i < FSC_VOICE_COUNT; i++)
        assert_string_not_equal(fsc_voice_name((fsc_voice)i), "unknown");
    assert_string_equal(fsc_record_name(FSC_RECORD_REVISIT_UNRESOLVED), "revisit-unresolved");
    assert_string_equal(fsc_record_name(FSC_RECORD_COUNT), "unknown");
    assert_string_equal(fsc_part_name(FSC_PART_EMBED), "embed");
    assert_string_equal(fsc_change_name(FSC_CHANGE_MERGED), "merged");
    assert_string_equal(fsc_speech_name(FSC_SPEECH_SCARE), "scare");
    assert_string_equal(fsc_actor_kind_name(FSC_ACTOR_GROUP), "group");
    assert_string_equal(fsc_relation_name(FSC_RELATION_ASSOCIATION), "association");
    assert_string_equal(fsc_relation_status_name(FSC_DENIED), "denied");
    assert_string_equal(fsc_via_name(FSC_VIA_NOUN), "noun");
    assert_string_equal(fsc_op_name(FSC_OP_MOVE), "move");
    assert_string_equal(fsc_pair_name(FSC_PAIR_DELETED), "deleted");
    assert_string_equal(fsc_shift_name(FSC_SHIFT_SAME), "same");
    assert_null(fsc_why_name(FSC_WHY_NONE));
    assert_string_equal(fsc_why_name(FSC_WHY_NAME), "name");
    assert_null(fsc_direction_name(FSC_DIRECTION_NONE));
    assert_null(fsc_valence_name(FSC_VALENCE_NONE));
    assert_string_equal(fsc_valence_name(FSC_VALENCE_BLAME), "blame");
}

static void test_model__only_ok_and_truncated_are_scored(void **state)
{
    (void)state;
    for (int i = 0; i < FSC_RECORD_COUNT; i++)
        assert_int_equal(fsc_record_scored((fsc_record_status)i), i == FSC_RECORD_OK || i == FSC_RECORD_TRUNCATED);
    assert_false(fsc_record_failed(FSC_RECORD_EMPTY));
    assert_false(fsc_record_failed(FSC_RECORD_TRUNCATED));
    assert_true(fsc_record_failed(FSC_RECORD_TOO_LARGE));
}

static void test_model__what_holds_a_word(void **state)
{
    (void)state;
    fsc_voiced voiced[] = {{2, 5, 0, FSC_VOICE_QUOTE}, {5, 6, 2, FSC_VOICE_SCARE}, {9, 12, 1, FSC_VOICE_INDIRECT}};
    fsc_introduction introduction[] = {{1, 0}, {7, 2}, {8, 1}};
    fsc_voices v = {.voiced = voiced, .voiced_count = 3, .introduction = introduction, .introduction_count = 3};
    static const int held[] = {-1, -1, 0, 0, 0, 1, -1, -1, -1, 2, 2, 2, -1};
    for (uint32_t w = 0; w < sizeof held / sizeof *held; w++)
        assert_ptr_equal(fsc_voices_at(&v, w), held[w] < 0 ? NULL : &voiced[held[w]]);
    assert_int_equal(fsc_voices_introduced(&v, 0, 2), 0);
    assert_int_equal(fsc_voices_introduced(&v, 2, 7), FSC_NONE);
    assert_int_equal(fsc_voices_introduced(&v, 2, 9), 2);
    assert_int_equal(fsc_voices_introduced(&v, 8, 9), 1);
    assert_int_equal(fsc_voices_introduced(&v, 9, 99), FSC_NONE);
    assert_int_equal(fsc_voices_introduced(&v, 7, 7), FSC_NONE);
    fsc_voices none = {0};
    assert_null(fsc_voices_at(&none, 0));
    assert_int_equal(fsc_voices_introduced(&none, 0, 9), FSC_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_model__names_of_every_value),
        cmocka_unit_test(test_model__what_holds_a_word),
        cmocka_unit_test(test_model__only_ok_and_truncated_are_scored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
