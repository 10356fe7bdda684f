// What is refused: the status, and file, line and column of the message.
#include "lexicon_test.h"

typedef struct bad {
    const char *text;
    unsigned line, column;
    const char *message;
} bad;

static void check_bad(const bad *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bench b;
        int status = bench_compile(&b, &cases[i].text, 1);
        if (status != FSC_E_LEXICON || b.err.line != cases[i].line || b.err.column != cases[i].column ||
            !strstr(b.err.text, cases[i].message))
            print_message("case %zu: status %d, %s:%u:%u: %s\n", i, status, b.err.source, (unsigned)b.err.line,
                          (unsigned)b.err.column, b.err.text);
        assert_int_equal(status, FSC_E_LEXICON);
        assert_string_equal(b.err.source, "a.tsv");
        assert_int_equal(b.err.line, cases[i].line);
        assert_int_equal(b.err.column, cases[i].column);
        assert_non_null(strstr(b.err.text, cases[i].message));
        bench_close(&b);
    }
}

#define CHECK_BAD(cases) check_bad(cases, sizeof(cases) / sizeof *(cases))

static void test_source__head_is_checked(void **state)
{
    (void)state;
    static const bad cases[] = {
        {"", 1, 1, "no line #lexicon"},
        {"\n\n# a comment\n", 1, 1, "no line #lexicon"},
        {"#lexicon a\n#version 1\n#license x\n#dimension d\n" COLUMNS, 1, 1, "no line #language"},
        {"#lexicon a\n#language en\n#license x\n#dimension d\n" COLUMNS, 1, 1, "no line #version"},
        {"#lexicon a\n#language en\n#version 1\n#dimension d\n" COLUMNS, 1, 1, "no line #license"},
        {"#lexicon a\n#language en\n#version 1\n#license x\n" COLUMNS, 1, 1, "no line #dimension"},
        {HEAD_SCORED, 1, 1, "no line of column names"},
        {"#lexicon a\n#colour red\n", 2, 2, "unknown head line #colour"},
        {"#lexicon\n", 1, 1, "#lexicon has no value"},
        {"#lexicon a\n#lexicon b\n", 2, 1, "given twice, first in line 1"},
        {"#lexicon A b\n#language en\n#version 1\n#license x\n#dimension d\n" COLUMNS, 1, 10, "a name is"},
        {"#lexicon a\n#language en\n#version 1\n#license x\n#dimension D\n" COLUMNS, 5, 12, "a name is"},
        {"#lexicon a\n#language EN\n#version 1\n#license x\n#dimension d\n" COLUMNS, 2, 11, "a code such as en"},
        {HEAD_SCORED "#role both\n" COLUMNS, 6, 7, "#role is scored or resource"},
        {HEAD_SCORED "#rules maybe\n" COLUMNS, 6, 8, "#rules is no or yes"},
        {HEAD_SCORED "#poles a=+ b=up\n" COLUMNS, 6, 12, "#poles has name=+"},
        {HEAD_SCORED "#poles a=+ B=-\n" COLUMNS, 6, 12, "#poles: a category is"},
        {HEAD_SCORED "#poles a=+ a=-\n" COLUMNS, 6, 12, "has another pole"},
    };
    CHECK_BAD(cases);
}

static void test_source__columns_and_cells_are_checked(void **state)
{
    (void)state;
    static const bad cases[] = {
        {HEAD_SCORED "pattern\tclass\n", 6, 9, "no column class"},
        {HEAD_SCORED "pattern\tpattern\n", 6, 9, "named twice"},
        {HEAD_SCORED "category\tweight\n", 6, 1, "are required"},
        {HEAD_SCORED COLUMNS "a\tb\t1\t\tnote\tmore\n", 7, 13, "more cells"},
        {HEAD_SCORED COLUMNS "\tb\t1\n", 7, 1, "the pattern is missing"},
        {HEAD_SCORED COLUMNS "a\t\t1\n", 7, 3, "the category is missing"},
        {HEAD_SCORED COLUMNS "a\tB\t1\n", 7, 3, "a category is"},
        {HEAD_SCORED COLUMNS "a\tb.\t1\n", 7, 3, "a category is"},
        {HEAD_SCORED COLUMNS "a\tb\t\n", 7, 5, "the weight is missing"},
        {HEAD_SCORED COLUMNS "a\tb\tone\n", 7, 5, "at most three decimals"},
        {HEAD_SCORED COLUMNS "a\tb\t1.2345\n", 7, 5, "at most three decimals"},
        {HEAD_SCORED COLUMNS "a\tb\t-1\n", 7, 5, "never negative"},
        {HEAD_SCORED COLUMNS "a\tb\t1001\n", 7, 5, "at most 1000"},
        {HEAD_RESOURCE COLUMNS "a\tb\t1\n", 7, 5, "no weight"},
        {HEAD_SCORED COLUMNS "a\tb\t1\tdir=left\n", 7, 11, "dir= is up or down"},
        {HEAD_SCORED COLUMNS "a\tb\t1\tdir\n", 7, 7, "dir= has no value"},
        {HEAD_SCORED COLUMNS "a\tb\t1\tnames=x\n", 7, 7, "names is a flag"},
        {HEAD_SCORED COLUMNS "a\tb\t1\tnames; !next=x\n", 7, 14, "the guards are"},
        {HEAD_SCORED COLUMNS "a\tb\t1\t!after=x; !after=y\n", 7, 24, "given twice"},
        {HEAD_SCORED COLUMNS "a\tb\t1\t!after=x (\n", 7, 16, "( without )"},
        {HEAD_SCORED COLUMNS "a\tb\t1\n\n# c\nc\td\t1\na\tb\t2\n", 11, 1, "the same entry stands in line 7"},
    };
    CHECK_BAD(cases);
}

static void test_source__bytes_are_checked(void **state)
{
    (void)state;
    static const bad cases[] = {
        {"\xFF\xFE#\x01", 1, 1, "UTF-16"},
        {HEAD_SCORED COLUMNS "na\xC3(ve\tb\t1\n", 7, 3, "not UTF-8 (byte 0xC3)"},
        {HEAD_SCORED COLUMNS "a\x01\tb\t1\n", 7, 2, "a control character"},
    };
    CHECK_BAD(cases);
    static const char zero[] = HEAD_SCORED "pat\0tern";
    fsc_lexicon_source source = {.path = FSC_LIT("z.tsv"), .bytes = {zero, sizeof zero - 1}};
    fsc_lexset *set;
    fsc_err err = FSC_ERR_INIT;
    assert_int_equal(fsc_lexset_compile(&set, &source, 1, NULL, &err), FSC_E_LEXICON);
    assert_int_equal(err.line, 6);
    assert_int_equal(err.column, 4);
    assert_non_null(strstr(err.text, "binary or UTF-16"));
}

static void test_source__long_lines_are_refused(void **state)
{
    (void)state;
    fsc_buf buf;
    fsc_buf_init(&buf, NULL, 1 << 28);
    fsc_buf_adds(&buf, HEAD_SCORED COLUMNS);
    for (int i = 0; i < 70000; i++)
        fsc_buf_char(&buf, 'a');
    const char *text = buf.data;
    bench b;
    assert_int_equal(bench_compile(&b, &text, 1), FSC_E_LEXICON);
    assert_int_equal(b.err.line, 7);
    assert_int_equal(b.err.column, 65537);
    bench_close(&b);
    fsc_buf_release(&buf);
}

static void test_source__tolerates_what_editors_do(void **state)
{
    (void)state;
    // a byte order mark, CR LF, trailing tabs, no last newline, columns in another order, quoted cells
    const char *text = "\xEF\xBB\xBF#lexicon\ttest\t\t\r\n#language en\r\n#version  1\r\n#license a\r\n#source one\r\n"
                       "#source two\r\n#dimension d\r\n\r\n# comment\r\ncategory\tpattern\tnote\tweight\r\n"
                       "c\tso clear\t\"he said \"\"no\"\", then\"\t1.5\t\t\r\n#\r\nc\t\"very, clear\"\r\n";
    bench b;
    int status = bench_compile(&b, &text, 1);
    // the quoted pattern is unquoted, and then its comma is no part of a word
    assert_int_equal(status, FSC_E_LEXICON);
    assert_int_equal(b.err.line, 13);
    bench_close(&b);
    const char *good = "\xEF\xBB\xBF#lexicon\ttest\t\t\r\n#language en\r\n#version  1\r\n#license a\r\n#source one\r\n"
                       "#source two\r\n#dimension d\r\n\r\n# comment\r\ncategory\tpattern\tnote\tweight\r\n"
                       "c\tso clear\t\"he said \"\"no\"\", then\"\t1.5\t\t\r\n#\r\nc\t\"very clear\"\tx\t2";
    assert_int_equal(bench_compile(&b, &good, 1), 0);
    const fsc_schema *s = fsc_lexset_schema(b.set);
    assert_int_equal(s->entry_count, 2);
    assert_true(fsc_view_is(fsc_schema_text(s, s->entry[0].note), "he said \"no\", then"));
    assert_true(fsc_view_is(fsc_schema_text(s, s->entry[1].pattern), "very clear"));
    assert_int_equal(s->entry[0].weight, 1500);
    assert_int_equal(s->entry[1].line, 13);
    size_t count;
    const fsc_lexicon_info *info = fsc_lexset_lexicons(b.set, &count);
    assert_int_equal(count, 1);
    assert_true(fsc_view_is(info->version, "1"));
    assert_true(fsc_view_is(info->source, "one; two"));
    assert_true(fsc_view_is(info->role, "scored"));
    assert_int_equal(info->entry_count, 2);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_source__head_is_checked),
        cmocka_unit_test(test_source__columns_and_cells_are_checked),
        cmocka_unit_test(test_source__bytes_are_checked),
        cmocka_unit_test(test_source__long_lines_are_refused),
        cmocka_unit_test(test_source__tolerates_what_editors_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
