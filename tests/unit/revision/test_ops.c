#include "unit/revision/fixture.h"

static void test_ops__equal_texts_are_one_equal(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Crime fell. Experts agree.", "Crime fell. Experts agree.");
    assert_string_equal(fix_show(*state, d), "[=Crime fell. Experts agree.]");
    assert_int_equal(d->change_count, 0);
    assert_int_equal(d->words_kept, 4);
}

static void test_ops__empty_sides(void **state)
{
    assert_string_equal(fix_show(*state, fix_diff(*state, "", "New.")), "[+New.]");
    assert_string_equal(fix_show(*state, fix_diff(*state, "Old.", "")), "[-Old.]");
    const fsc_delta *d = fix_diff(*state, "", "");
    assert_int_equal(d->op_count, 0);
    assert_int_equal(d->sentence_count, 0);
}

static void test_ops__replaces_whole_words(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Police arrested three protesters", "Police arrested four protesters");
    assert_string_equal(fix_show(*state, d), "[=Police arrested ][~three>four][= protesters]");
}

static void test_ops__deletion_takes_one_blank(void **state)
{
    assert_string_equal(fix_show(*state, fix_diff(*state, "a big old house", "a big house")),
                        "[=a big ][-old ][=house]");
    assert_string_equal(fix_show(*state, fix_diff(*state, "The mayor resigned.", "The mayor resigned today.")),
                        "[=The mayor resigned][+ today][=.]");
}

static void test_ops__function_word_does_not_found_a_match(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Storm warning issued to coastal towns across region",
                                  "Thousands flee homes to escape rising flood waters");
    for (size_t i = 0; i < d->op_count; i++)
        if (d->op[i].kind == FSC_OP_EQUAL)
            assert_true(d->op[i].a.end - d->op[i].a.start < 2);
}

static void test_ops__function_word_extends_a_match(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Quick end to the siege of Rivertown hoped for",
                                  "Hope grows for end to the siege of Rivertown");
    assert_non_null(strstr(fix_show(*state, d), "end to the siege of Rivertown"));
}

static void test_ops__case_and_marks_are_replaced_not_rewritten(void **state)
{
    const fsc_delta *d = fix_diff(*state, "The “Great” Reset - explained", "The \"great\" reset – explained");
    fix_check_ops(d);
    assert_int_equal(d->words_kept, 4);
    assert_true(d->type[FSC_CHANGE_TYPOGRAPHY]);
    for (size_t i = 0; i < d->op_count; i++)
        assert_true(d->op[i].kind == FSC_OP_EQUAL || d->op[i].kind == FSC_OP_REPLACE);
}

static void test_ops__line_ends_do_not_touch_words(void **state)
{
    const fsc_delta *d = fix_diff(*state, "One line.\r\nTwo lines.\r\n", "One line.\nTwo lines.\n");
    fix_check_ops(d);
    assert_string_equal(fix_show(*state, d), "[=One line.][-\r][=\nTwo lines.][-\r][=\n]");
    assert_int_equal(d->words_kept, 4);
}

static void test_ops__long_run_is_a_move(void **state)
{
    const fsc_delta *d = fix_diff(*state,
                                  "Heavy rain closed nine roads near the old harbour on Monday night. Schools opened "
                                  "late. The council met at noon and said little.",
                                  "Schools opened late. The council met at noon and said little. Heavy rain closed "
                                  "nine roads near the old harbour on Monday night.");
    bool moved = false;
    fix_check_ops(d);
    for (size_t i = 0; i < d->op_count; i++)
        moved |= d->op[i].kind == FSC_OP_MOVE;
    assert_true(moved);
    assert_true(d->type[FSC_CHANGE_MOVED]);
    assert_int_equal(d->words_kept, d->words_a);
}

static void test_ops__moved_sentence_takes_its_stop(void **state)
{
    const fsc_delta *d = fix_diff(*state, "Rain closed nine roads. Schools opened late. Ferries were stopped for hours.",
                                  "Ferries were stopped for hours. Schools opened late. Rain closed nine roads.");
    fix_check_ops(d);
    // nothing but blanks comes or goes
    for (size_t i = 0; i < d->op_count; i++)
        if (d->op[i].kind != FSC_OP_EQUAL && d->op[i].kind != FSC_OP_MOVE)
            assert_true(d->op[i].a.end - d->op[i].a.start <= 1 && d->op[i].b.end - d->op[i].b.start <= 1);
}

static void test_ops__insertion_slides_to_sentence_border(void **state)
{
    const fsc_delta *d = fix_diff(*state, "It rained. It poured.", "It rained. It snowed. It poured.");
    assert_string_equal(fix_show(*state, d), "[=It rained. ][+It snowed. ][=It poured.]");
}

/* A text whose first line is the headline. */
static fsc_analysis *with_headline(fixture *f, const char *text)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_view bytes = fsc_view_cstr(text);
    uint32_t end = (uint32_t)fsc_view_find(bytes, FSC_LIT("\n"), 0);
    fsc_part *part = FSC_NEW_N(&f->arena, fsc_part, 2);
    fsc_analysis *d = FSC_NEW(&f->arena, fsc_analysis);
    assert_true(part && d);
    part[0] = (fsc_part){.start = 0, .end = end, .kind = FSC_PART_HEADLINE, .scored = true};
    part[1] = (fsc_part){.start = end + 2, .end = (uint32_t)bytes.len, .kind = FSC_PART_BODY, .scored = true};
    d->schema = &f->schema;
    assert_int_equal(fsc_text_analyze(&d->text, bytes, part, 2, f->types, &f->arena, &err), FSC_OK);
    fix_cues(f, d);
    return d;
}

static void test_ops__parts_are_compared_one_by_one(void **state)
{
    fixture *f = *state;
    const fsc_delta *d = fix_compare(f, with_headline(f, "Ferry fire kills two\n\nTwo people died when fire swept the ship."),
                                     with_headline(f, "Ferry fire kills three\n\nThree people died when fire swept the ship."));
    fix_check_ops(d);
    assert_string_equal(fix_show(f, d), "[=Ferry fire kills ][~two>three][=\n\n][~Two>Three][= people died when fire swept the ship.]");
    // what left the headline for the body was not kept
    d = fix_compare(f, with_headline(f, "Mayor Ortiz resigns after vote\n\nThe vote was close."),
                    with_headline(f, "Council in turmoil\n\nMayor Ortiz resigns after vote. The vote was close."));
    fix_check_ops(d);
    assert_string_equal(fix_show(f, d), "[~Mayor Ortiz resigns after vote>Council in turmoil][=\n\n][+Mayor Ortiz resigns after vote. ][=The vote was close.]");
}

static void test_ops__headline_of_one_side_is_compared_with_the_text(void **state)
{
    fixture *f = *state;
    const char *text = "Ferry fire kills two\n\nTwo people died when fire swept the ship.";
    const fsc_delta *d = fix_compare(f, with_headline(f, text), fix_analysis(f, fsc_view_cstr(text)));
    assert_int_equal(d->op_count, 1);
}

static void test_ops__combining_marks_stay_whole(void **state)
{
    fix_check_ops(fix_diff(*state, "cafe\xCC\x81 \xCC\x81 x", "cafe\xCC\x81  x\xCC\x81"));
    fix_check_ops(fix_diff(*state, "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD yes", "\xF0\x9F\x91\x8D yes"));
    fix_check_ops(fix_diff(*state, "北京很大", "北京更大"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ops__equal_texts_are_one_equal, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__empty_sides, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__replaces_whole_words, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__deletion_takes_one_blank, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__function_word_does_not_found_a_match, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__function_word_extends_a_match, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__case_and_marks_are_replaced_not_rewritten, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__line_ends_do_not_touch_words, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__long_run_is_a_move, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__moved_sentence_takes_its_stop, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__insertion_slides_to_sentence_border, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__parts_are_compared_one_by_one, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__headline_of_one_side_is_compared_with_the_text, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_ops__combining_marks_stay_whole, fix_setup, fix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
