#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/abbrev_p.h"
#include "text/fold_p.h"
#include "text/types_p.h"
#include "text/ucd_p.h"

static fsc_types *make(void)
{
    fsc_types *t;
    assert_int_equal(fsc_types_new(&t, NULL, NULL), FSC_OK);
    return t;
}

static void assert_form(const fsc_types *t, uint32_t id, const char *form)
{
    fsc_view v = fsc_types_form(t, id);
    assert_int_equal(v.len, strlen(form));
    assert_memory_equal(v.data, form, v.len);
}

static void test_types__spellings_share_the_type_of_their_form(void **state)
{
    (void)state;
    fsc_types *t = make();
    uint32_t id = fsc_types_intern(t, FSC_LIT("don’t"));
    assert_form(t, id, "don't");
    assert_int_equal(fsc_types_intern(t, FSC_LIT("DON'T")), id);
    assert_int_equal(fsc_types_intern(t, FSC_LIT("Donʼt")), id);
    assert_int_equal(fsc_types_count(t), 1);
    uint32_t other = fsc_types_intern(t, FSC_LIT("dont"));
    assert_int_not_equal(other, id);
    assert_int_equal(other, 1);
    fsc_types_free(t);
}

// 16 bytes are the longest key that holds the form itself
static void test_types__long_and_short_forms_stay_apart(void **state)
{
    (void)state;
    fsc_types *t = make();
    char word[64];
    for (size_t len = 1; len < 40; len++) {
        memset(word, 'a', len);
        assert_int_equal(fsc_types_intern(t, fsc_view_of(word, len)), len - 1);
        word[len - 1] = 'A';
        assert_int_equal(fsc_types_intern(t, fsc_view_of(word, len)), len - 1);
    }
    assert_int_equal(fsc_types_count(t), 39);
    fsc_types_free(t);
}

// a short spelling of ASCII becomes a type by its key alone, all others by folding
static void test_types__forms_are_folded_spellings(void **state)
{
    (void)state;
    fsc_types *t = make();
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    for (size_t len = 1; len < 2 * FSC_KEY_MAX; len++) {
        for (unsigned c = 1; c < 0x80; c++) {
            char word[2 * FSC_KEY_MAX];
            memset(word, 'Q', sizeof word);
            word[0] = word[len / 2] = word[len - 1] = (char)c;
            fsc_view folded = fsc_text_fold(&a, fsc_view_of(word, len));
            uint32_t id = fsc_types_intern(t, fsc_view_of(word, len));
            fsc_view form = fsc_types_form(t, id);
            assert_int_equal(form.len, len);
            assert_memory_equal(form.data, folded.data, len);
            assert_int_equal(fsc_types_intern(t, folded), id);
        }
    }
    fsc_arena_release(&a);
    fsc_types_free(t);
}

static void test_types__flags_follow_from_the_form(void **state)
{
    (void)state;
    static const struct {
        const char *form;
        uint32_t flags;
    } cases[] = {
        {"word", FSC_WORD_ALPHA},
        {"mayor's", FSC_WORD_ALPHA | FSC_WORD_POSSESSIVE},
        {"'s", FSC_WORD_ALPHA},
        {"u.s.", FSC_WORD_ALPHA | FSC_WORD_ABBREV},
        {"3,000", FSC_WORD_NUMBER},
        {"$3bn", FSC_WORD_ALPHA | FSC_WORD_NUMBER},
        {"$", 0},
        {"½", FSC_WORD_NUMBER},
        {"@ana", FSC_WORD_ALPHA | FSC_WORD_MENTION},
        {"#tag", FSC_WORD_ALPHA | FSC_WORD_HASHTAG},
        {"a@b.org", FSC_WORD_ALPHA | FSC_WORD_URL},
        {"https://b.org/", FSC_WORD_ALPHA | FSC_WORD_URL},
        {"www.b.org", FSC_WORD_ALPHA | FSC_WORD_URL},
        {"b.org/x", FSC_WORD_ALPHA | FSC_WORD_URL},
        {"b.org", FSC_WORD_ALPHA},
        {"9/11", FSC_WORD_NUMBER},
        {"😀", FSC_WORD_EMOJI},
        {"🇺🇸", FSC_WORD_EMOJI},
        {"1️⃣", FSC_WORD_EMOJI},
        {"_", 0},
    };
    fsc_types *t = make();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t id = fsc_types_intern(t, fsc_view_cstr(cases[i].form));
        if (fsc_types_flags(t, id) != cases[i].flags)
            fail_msg("%s: %x, expected %x", cases[i].form, fsc_types_flags(t, id), cases[i].flags);
    }
    assert_int_equal(fsc_types_flags(t, FSC_NONE), 0);
    assert_int_equal(fsc_types_form(t, FSC_NONE).len, 0);
    fsc_types_free(t);
}

static void test_types__grow_and_find_all_again(void **state)
{
    (void)state;
    fsc_types *t = make();
    char word[32];
    enum { COUNT = 50000 };
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < COUNT; i++) {
            int n = snprintf(word, sizeof word, i % 3 ? "w%u" : "a-rather-long-word-%u", i);
            assert_int_equal(fsc_types_intern(t, fsc_view_of(word, (size_t)n)), i);
        }
    }
    assert_int_equal(fsc_types_count(t), COUNT);
    fsc_types_free(t);
}

static void test_types__trim_empties_only_a_full_table(void **state)
{
    (void)state;
    fsc_types *t = make();
    uint32_t before = fsc_types_generation(t);
    fsc_types_intern(t, FSC_LIT("one"));
    fsc_types_trim(t);
    assert_int_equal(fsc_types_count(t), 1);
    assert_int_equal(fsc_types_generation(t), before);
    char word[32];
    for (uint32_t i = 0; i <= FSC_TYPES_MAX; i++) {
        int n = snprintf(word, sizeof word, "w%u", i);
        assert_int_not_equal(fsc_types_intern(t, fsc_view_of(word, (size_t)n)), FSC_NONE);
    }
    fsc_types_trim(t);
    assert_int_equal(fsc_types_count(t), 0);
    assert_int_not_equal(fsc_types_generation(t), before);
    assert_form(t, fsc_types_intern(t, FSC_LIT("ÄRGER")), "ärger");
    assert_int_equal(fsc_types_count(t), 1);
    fsc_types_free(t);
}

static void test_types__trim_gives_back_long_words(void **state)
{
    (void)state;
    fsc_types *t = make();
    size_t len = 12u << 20;
    char *word = malloc(len);
    assert_non_null(word);
    memset(word, 'x', len);
    uint32_t id = fsc_types_intern(t, fsc_view_of(word, len));
    assert_int_equal(fsc_types_form(t, id).len, len);
    fsc_types_trim(t);
    assert_int_equal(fsc_types_count(t), 0);
    assert_true(t->arena.held < 1u << 20);
    free(word);
    fsc_types_free(t);
}

static void test_types__empty_form_is_a_type_without_flags(void **state)
{
    (void)state;
    fsc_types *t = make();
    uint32_t id = fsc_types_intern(t, FSC_LIT(""));
    assert_int_not_equal(id, FSC_NONE);
    assert_int_equal(fsc_types_flags(t, id), 0);
    assert_int_equal(fsc_types_form(t, id).len, 0);
    assert_int_not_equal(fsc_types_intern(t, FSC_LIT("a")), id);
    fsc_types_free(t);
}

/* ---------------------------------------------------------------- memory that runs out */

typedef struct budget {
    size_t left;
} budget;

static void *budget_alloc(void *user, size_t size)
{
    budget *b = user;
    return b->left && b->left-- ? malloc(size) : NULL;
}

static void *budget_resize(void *user, void *ptr, size_t size)
{
    budget *b = user;
    return b->left && b->left-- ? realloc(ptr, size) : NULL;
}

static void budget_free(void *user, void *ptr)
{
    (void)user;
    free(ptr);
}

static void test_types__running_out_of_memory_is_an_error_not_a_crash(void **state)
{
    (void)state;
    bool done = false;
    for (size_t n = 0; !done; n += 1 + n / 16) {
        budget b = {n};
        fsc_alloc alloc = {budget_alloc, budget_resize, budget_free, &b};
        fsc_types *t;
        fsc_err err = FSC_ERR_INIT;
        if (fsc_types_new(&t, &alloc, &err) != FSC_OK) {
            assert_null(t);
            assert_int_equal(err.code, FSC_E_NOMEM);
            continue;
        }
        char word[40];
        bool failed = false;
        for (uint32_t i = 0; i < 6000 && !failed; i++) {
            int len = snprintf(word, sizeof word, i % 2 ? "wörd%u" : "a-rather-long-word-%u", i);
            failed = fsc_types_intern(t, fsc_view_of(word, (size_t)len)) == FSC_NONE;
        }
        done = !failed;
        fsc_types_trim(t);
        fsc_types_free(t);
        assert_true(n < 1000000);
    }
}

/* ---------------------------------------------------------------- folding */

static fsc_view fold(fsc_arena *a, const char *s)
{
    fsc_view v = fsc_text_fold(a, fsc_view_cstr(s));
    assert_non_null(v.data);
    return v;
}

static void test_fold__case_marks_and_variants(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"WORD", "word"},
        {"Straße", "strasse"},
        {"O’Neill", "o'neill"},
        {"‘n", "'n"},
        {"ÉTÉ", "été"},
        {"E\xCC\x81t", "ét"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
        {"e\xE2\x80\x90m", "e-m"},
        {"so\xC2\xADso", "soso"},
        {"❤️", "❤"},
        {"Ǆ", "ǆ"},
        {"İ", "i̇"},
        {"ﬁ", "fi"},
        {"각", "각"},
        {"각", "각"},
        {"", ""},
    };
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        fsc_view got = fold(&a, pairs[i][0]);
        if (!fsc_view_is(got, pairs[i][1]))
            fail_msg("%s gives %.*s", pairs[i][0], (int)got.len, got.data);
    }
    fsc_arena_release(&a);
}

// Letters that fold by a table of our own do so as with utf8proc, which an ideograph behind them asks for.
static void test_fold__letters_by_table_fold_as_by_utf8proc(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    uint32_t last = 'x', told = 0;
    for (uint32_t cp = 0x80; cp < FSC_UCD_FOLD; cp++) {
        char word[32] = "Q";
        size_t len = 1;
        len += fsc_utf8_encode(word + len, cp);
        len += fsc_utf8_encode(word + len, last);
        len += fsc_utf8_encode(word + len, cp);
        memcpy(word + len, "中", 3);
        fsc_view want = fsc_text_fold(&a, fsc_view_of(word, len + 3)), got = fsc_text_fold(&a, fsc_view_of(word, len));
        if (got.len + 3 != want.len || memcmp(got.data, want.data, got.len) != 0)
            fail_msg("U+%04X", (unsigned)cp);
        told += fsc_ucd_fold[cp] != 0;
        last = fsc_ucd_fold[cp] ? cp : last;
    }
    assert_true(told > 1000);
    assert_int_equal(fsc_ucd_fold[0x416], 0x436);
    assert_int_equal(fsc_ucd_fold[0xDF], 0);
    fsc_arena_release(&a);
}

// The type table relies on it: a form is its own form.
static void test_fold__folding_twice_changes_nothing(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    for (uint32_t cp = 1; cp < 0x30000; cp++) {
        if (cp >= 0xD800 && cp < 0xE000)
            continue;
        char word[16] = "x";
        size_t len = 1 + fsc_utf8_encode(word + 1, cp);
        memcpy(word + len, "\xCC\x81y", 3);
        fsc_view once = fsc_text_fold(&a, fsc_view_of(word, len + 3));
        fsc_view twice = fsc_text_fold(&a, once);
        if (!fsc_view_eq(once, twice))
            fail_msg("U+%04X", cp);
        if (cp % 1024 == 0)
            fsc_arena_reset(&a, 1 << 16);
    }
    fsc_arena_release(&a);
}

// Pieces end before base characters, so that the result is that of the whole.
static void test_fold__long_words_fold_like_short_ones(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    char word[1024], want[1024];
    size_t len = 0, size = 0;
    while (len + 4 < 900) {
        memcpy(word + len, "E\xCC\x81", 3);
        memcpy(want + size, "é", 2);
        len += 3;
        size += 2;
    }
    fsc_view got = fsc_text_fold(&a, fsc_view_of(word, len));
    assert_int_equal(got.len, size);
    assert_memory_equal(got.data, want, size);
    fsc_arena_release(&a);
}

static void test_fold__a_million_marks_take_linear_time(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    enum { SIZE = 4 << 20 };
    char *word = malloc(SIZE);
    assert_non_null(word);
    for (size_t i = 0; i < SIZE; i += 4)
        memcpy(word + i, "\xCC\x95\xCC\xA7", 4);
    word[0] = 'A';
    word[1] = 'B';
    fsc_view got = fsc_text_fold(&a, fsc_view_of(word, SIZE));
    assert_int_equal(got.len, SIZE);
    assert_int_equal(got.data[0], 'a');
    got = fsc_text_fold(&a, fsc_view_of(word, 1000));
    assert_int_equal(got.len, 1000);
    free(word);
    fsc_arena_release(&a);
}

static void test_abbrev__tables_are_in_order(void **state)
{
    (void)state;
    assert_true(fsc_abbrev_sorted());
    assert_int_equal(fsc_abbrev_of(FSC_LIT("gov")).kind, FSC_ABBREV_TITLE);
    assert_int_equal(fsc_abbrev_of(FSC_LIT("gov.")).kind, FSC_ABBREV_TITLE);
    assert_int_equal(fsc_abbrev_of(FSC_LIT("word")).kind, FSC_ABBREV_NONE);
    assert_int_equal(fsc_abbrev_of(FSC_LIT("")).kind, FSC_ABBREV_NONE);
    assert_true(fsc_abbrev_opens(FSC_LIT("however")));
    assert_false(fsc_abbrev_opens(FSC_LIT("senate")));
    assert_true(fsc_abbrev_month_name(FSC_LIT("oktober")));
}

// The filter must let all forms of the tables pass, and stop most others.
static void test_abbrev__the_filter_lets_what_is_listed_pass(void **state)
{
    (void)state;
    fsc_abbrev_filter f;
    fsc_abbrev_filter_fill(&f);
    static const char *const listed[] = {"a.d", "gov", "z.b", "zwar", "a", "however", "april", "märz", "september"};
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
        fsc_view form = fsc_view_cstr(listed[i]);
        bool known = fsc_abbrev_of(form).kind || fsc_abbrev_opens(form) || fsc_abbrev_month_name(form);
        assert_true(!known || fsc_abbrev_listed(&f, fsc_key_hash(fsc_types_key(form))));
    }
    int passed = 0;
    for (int i = 0; i < 10000; i++) {
        char word[16];
        int n = snprintf(word, sizeof word, "x%dy", i);
        passed += fsc_abbrev_listed(&f, fsc_key_hash(fsc_types_key(fsc_view_of(word, (size_t)n))));
    }
    assert_true(passed < 1500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types__spellings_share_the_type_of_their_form),
        cmocka_unit_test(test_types__long_and_short_forms_stay_apart),
        cmocka_unit_test(test_types__forms_are_folded_spellings),
        cmocka_unit_test(test_types__flags_follow_from_the_form),
        cmocka_unit_test(test_types__grow_and_find_all_again),
        cmocka_unit_test(test_types__trim_empties_only_a_full_table),
        cmocka_unit_test(test_types__trim_gives_back_long_words),
        cmocka_unit_test(test_types__empty_form_is_a_type_without_flags),
        cmocka_unit_test(test_types__running_out_of_memory_is_an_error_not_a_crash),
        cmocka_unit_test(test_fold__case_marks_and_variants),
        cmocka_unit_test(test_fold__letters_by_table_fold_as_by_utf8proc),
        cmocka_unit_test(test_fold__folding_twice_changes_nothing),
        cmocka_unit_test(test_fold__long_words_fold_like_short_ones),
        cmocka_unit_test(test_fold__a_million_marks_take_linear_time),
        cmocka_unit_test(test_abbrev__tables_are_in_order),
        cmocka_unit_test(test_abbrev__the_filter_lets_what_is_listed_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
