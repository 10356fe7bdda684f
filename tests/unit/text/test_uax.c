// The untailored boundaries against the Unicode test files, which Debian's unicode-data installs.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/text.h"
#include "text/ucd_p.h"

#define FOLDER "/usr/share/unicode/auxiliary/"

typedef int (*boundaries)(uint32_t **, size_t *, fsc_view, fsc_arena *, fsc_err *);

typedef struct line_case {
    char text[512];
    size_t len;
    uint32_t want[128];
    size_t want_count;
} line_case;

// "÷ 0061 × 0308 ÷" with a comment after '#'; false for lines without a case
static bool parse_case(line_case *c, const char *line)
{
    c->len = c->want_count = 0;
    for (const char *p = line; *p && *p != '#' && *p != '\n';) {
        if (memcmp(p, "\xC3\xB7", 2) == 0) {
            c->want[c->want_count++] = (uint32_t)c->len;
            p += 2;
        } else if (memcmp(p, "\xC3\x97", 2) == 0) {
            p += 2;
        } else if (*p == ' ' || *p == '\t') {
            p++;
        } else {
            char *end;
            c->len += fsc_utf8_encode(c->text + c->len, (uint32_t)strtoul(p, &end, 16));
            assert_true(end > p);
            p = end;
        }
    }
    return c->want_count > 0;
}

static void run_file(const char *path, boundaries fn, size_t expected)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        print_message("%s is not installed (Debian: unicode-data)\n", path);
        skip();
    }
    char line[4096];
    size_t cases = 0, right = 0;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    while (fgets(line, sizeof line, f)) {
        line_case c;
        if (!parse_case(&c, line))
            continue;
        uint32_t *got;
        size_t count;
        fsc_err err = FSC_ERR_INIT;
        assert_int_equal(fn(&got, &count, fsc_view_of(c.text, c.len), &a, &err), FSC_OK);
        cases++;
        if (count == c.want_count && memcmp(got, c.want, count * sizeof *got) == 0)
            right++;
        else
            print_message("differs: %s", line);
        fsc_arena_reset(&a, 1 << 16);
    }
    fclose(f);
    fsc_arena_release(&a);
    assert_int_equal(right, cases);
    assert_true(cases >= expected);
}

static void test_uax__words_pass_the_unicode_tests(void **state)
{
    (void)state;
    run_file(FOLDER "WordBreakTest.txt", fsc_text_uax_words, 1823);
}

static void test_uax__sentences_pass_the_unicode_tests(void **state)
{
    (void)state;
    run_file(FOLDER "SentenceBreakTest.txt", fsc_text_uax_sentences, 502);
}

static void test_uax__empty_text_has_no_boundaries(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    uint32_t *got;
    size_t count = 9;
    assert_int_equal(fsc_text_uax_words(&got, &count, FSC_LIT(""), &a, NULL), FSC_OK);
    assert_int_equal(count, 0);
    assert_int_equal(fsc_text_uax_sentences(&got, &count, FSC_LIT(""), &a, NULL), FSC_OK);
    assert_int_equal(count, 0);
    fsc_arena_release(&a);
}

// A stop and then blanks without end: the look for a lower-case letter must not start again at each blank.
static void test_uax__long_rows_of_blanks_take_linear_time(void **state)
{
    (void)state;
    enum { SIZE = 4 << 20 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    memset(text, ' ', SIZE);
    text[0] = 'a';
    text[1] = '.';
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    uint32_t *got;
    size_t count;
    assert_int_equal(fsc_text_uax_sentences(&got, &count, fsc_view_of(text, SIZE), &a, NULL), FSC_OK);
    assert_int_equal(count, 2);
    for (size_t i = 1; i + 1 < SIZE; i += 2)
        memcpy(text + i, "\xCC\x81", 2);
    assert_int_equal(fsc_text_uax_words(&got, &count, fsc_view_of(text, SIZE - 1), &a, NULL), FSC_OK);
    assert_int_equal(count, 2);
    fsc_arena_release(&a);
    free(text);
}

// The committed tables are those that the generator makes from the installed Unicode data.
static void test_uax__tables_are_as_generated(void **state)
{
    (void)state;
    FILE *probe = fopen(FOLDER "WordBreakProperty.txt", "r");
    char head[64] = "";
    if (!probe || !fgets(head, sizeof head, probe)) {
        print_message("Unicode data is not installed (Debian: unicode-data)\n");
        skip();
    }
    fclose(probe);
    if (!strstr(head, fsc_ucd_version())) {
        print_message("the installed Unicode data is of another version: %s", head);
        skip();
    }
    int code = system("${PYTHON:-python3} src/text/make_tables.py | cmp - src/text/tables.inc >&2");
    assert_int_equal(code, 0);
}

static void test_uax__decoding_stops_at_the_end(void **state)
{
    (void)state;
    const unsigned char cut[] = {0xF0, 0x9F, 0x98};
    fsc_char c = fsc_char_at(cut, 0, 3);
    assert_int_equal(c.cp, 0xFFFD);
    assert_int_equal(c.len, 1);
    c = fsc_char_at((const unsigned char *)"\xF0\x9F\x98\x80", 0, 4);
    assert_int_equal(c.cp, 0x1F600);
    assert_int_equal(c.len, 4);
    assert_true(c.ucd.flags & FSC_UCD_EMOJI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uax__words_pass_the_unicode_tests),
        cmocka_unit_test(test_uax__sentences_pass_the_unicode_tests),
        cmocka_unit_test(test_uax__empty_text_has_no_boundaries),
        cmocka_unit_test(test_uax__long_rows_of_blanks_take_linear_time),
        cmocka_unit_test(test_uax__tables_are_as_generated),
        cmocka_unit_test(test_uax__decoding_stops_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
