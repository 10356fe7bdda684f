#include "check.h"

#include "export/export_p.h"

// every column of a table of scores is explained, with all options, for dimensions of every sort

static fsc_dimension dimensions[] = {{FSC_LIT_INIT("causality"), true, false}, {FSC_LIT_INIT("issue"), false, false}, {FSC_LIT_INIT("agency"), false, true}};
static fsc_category categories[] = {{FSC_LIT_INIT("cause"), 0, 1}, {FSC_LIT_INIT("care.virtue"), 1, 0}, {FSC_LIT_INIT("by-passive"), 2, 0}};
static const fsc_schema schema = {.dimension = dimensions, .dimension_count = 3, .category = categories, .category_count = 3};

static void explain_all(fsc_table_kind table, const fsc_export_options *opt)
{
    fsc_arena a;
    fsc_buf b;
    fsc_export x;
    fsc_arena_init(&a, NULL);
    fsc_buf_init(&b, NULL, 1 << 16);
    assert_int_equal(fsc_export_init(&x, table, opt, &schema, &a, NULL), 0);
    for (size_t i = 0; i < x.column_count; i++) {
        const char *use;
        fsc_buf_reset(&b, 1 << 10);
        if (!fsc_explain_column(&x, i, &b, &use))
            fail_msg("nobody explains %.*s", (int)x.column[i].len, x.column[i].data);
        assert_null(strstr(b.data, " @"));
        assert_true(!fsc_view_ends(x.column[i], FSC_LIT("_lo")) || strstr(b.data, "lower end of the 95 % interval"));
    }
    fsc_buf_release(&b);
    fsc_arena_release(&a);
}

static void test_explain__every_column(void **state)
{
    (void)state;
    fsc_view keep[] = {FSC_LIT_INIT("party")};
    const fsc_export_options all = {.categories = true, .voices = true, .intervals = true, .keep = keep, .keep_count = 1}, none = {0};
    explain_all(FSC_TABLE_SCORE, &none);
    explain_all(FSC_TABLE_SCORE, &all);
    explain_all(FSC_TABLE_SCORE_LONG, &none);
    explain_all(FSC_TABLE_SENTENCES, &all);
}

static void test_explain__rows(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_buf b;
    fsc_export x;
    const fsc_export_options opt = {.categories = true};
    fsc_arena_init(&a, NULL);
    fsc_buf_init(&b, NULL, 1 << 16);
    assert_int_equal(fsc_export_init(&x, FSC_TABLE_SCORE, &opt, &schema, &a, NULL), 0);
    fsc_export_explain(&x, &b);
    assert_non_null(strstr(b.data, "column,meaning,use\r\nid,"));
    assert_non_null(strstr(b.data, "\r\ncausality_n,scored cues of causality,"));
    assert_non_null(strstr(b.data, "\r\nissue.care.virtue_n,scored cues of the category care.virtue of issue,"));
    assert_non_null(strstr(b.data, "\r\nagency.by-passive_n,counted cues of the category by-passive of agency,"));
    fsc_buf_release(&b);
    fsc_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_explain__every_column), cmocka_unit_test(test_explain__rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
