#include "check.h"

#include <math.h>

#include "export/export_p.h"

// a schema of two dimensions: one with poles, one of rules
static fsc_dimension dimensions[] = {{FSC_LIT_INIT("causality"), true, false}, {FSC_LIT_INIT("agency"), false, true}};
static fsc_category categories[] = {{FSC_LIT_INIT("cause"), 0, 1},
                                    {FSC_LIT_INIT("concession"), 0, -1},
                                    {FSC_LIT_INIT("agentless-passive"), 1, 0},
                                    {FSC_LIT_INIT("by-passive"), 1, 0}};
static const fsc_schema schema = {.dimension = dimensions, .dimension_count = 2, .category = categories, .category_count = 4};

static const char *header(fsc_table_kind table, fsc_export_options opt)
{
    static char text[4096];
    fsc_arena a;
    fsc_buf b;
    fsc_export x;
    fsc_arena_init(&a, NULL);
    fsc_buf_init(&b, NULL, 1 << 16);
    assert_int_equal(fsc_export_init(&x, table, &opt, &schema, &a, NULL), 0);
    fsc_export_header(&x, &b);
    memcpy(text, b.data, b.len + 1);
    fsc_buf_release(&b);
    fsc_arena_release(&a);
    return text;
}

static void test_columns__of_the_wide_table(void **state)
{
    (void)state;
    fsc_view keep[] = {FSC_LIT_INIT("my,col")};
    assert_string_equal(header(FSC_TABLE_SCORE, (fsc_export_options){.keep = keep, .keep_count = 1}),
                        "id,source,url,site,author,title,published,modified,lang,kind,genre,section,status,reason,words,sentences,own_words,"
                        "quoted_words,indirect_words,headline_words,sources_named,sources_unnamed,content_hash,run,causality_n,causality,"
                        "causality_own_n,causality_own,causality_headline_n,causality_pos,causality_neg,causality_balance,causality_logit,"
                        "agency.agentless-passive_n,agency.by-passive_n,agency_agentless_share,\"in_my,col\"\r\n");
    const char *more = header(FSC_TABLE_SCORE, (fsc_export_options){.voices = true, .categories = true});
    assert_non_null(strstr(more, ",causality_quote_n,causality_indirect_n,causality_scare_n,causality.cause_n,causality.concession_n,agency."));
    assert_string_equal(header(FSC_TABLE_SCORE_LONG, (fsc_export_options){.format = FSC_OUTPUT_TSV}),
                        "id\tdimension\tcategory\tvoice\tn\tweight\trate\n");
    assert_string_equal(header(FSC_TABLE_SCORE, (fsc_export_options){.format = FSC_OUTPUT_JSONL}), "");
    assert_non_null(strstr(header(FSC_TABLE_PAIRS, (fsc_export_options){0}), "types,summary,causality_a,causality_b,causality_delta\r\n"));
}

static void put_row(fsc_output format, fsc_buf *b)
{
    fsc_view names[] = {FSC_LIT_INIT("text"), FSC_LIT_INIT("n"), FSC_LIT_INIT("weight"), FSC_LIT_INIT("rate"), FSC_LIT_INIT("ok"), FSC_LIT_INIT("none")};
    fsc_export x = {.opt = {.format = format}, .schema = &schema, .column = names, .column_count = 6};
    fsc_row r;
    fsc_row_begin(&r, &x, b);
    fsc_row_text(&r, FSC_LIT("a \"b\", c\td"));
    fsc_row_u64(&r, 7);
    fsc_row_thousandths(&r, 1500);
    fsc_row_real(&r, 0.25);
    fsc_row_bool(&r, true);
    fsc_row_end(&r);
}

static void test_row__is_the_same_in_three_formats(void **state)
{
    (void)state;
    static const char *const want[] = {"\"a \"\"b\"\", c\td\",7,1.5,0.25,true,\r\n", "\"a \"\"b\"\", c\td\"\t7\t1.5\t0.25\ttrue\t\n",
                                       "{\"text\":\"a \\\"b\\\", c\\td\",\"n\":7,\"weight\":1.5,\"rate\":0.25,\"ok\":true,\"none\":null}\n"};
    for (int f = FSC_OUTPUT_CSV; f <= FSC_OUTPUT_JSONL; f++) {
        fsc_buf b;
        fsc_buf_init(&b, NULL, 1000);
        put_row((fsc_output)f, &b);
        assert_string_equal(b.data, want[f]);
        fsc_buf_release(&b);
    }
}

// a row with the cells of blank dimensions and one without are the same
static void test_score__blank_dimensions_are_made_once(void **state)
{
    (void)state;
    static const fsc_export_options forms[] = {
        {.format = FSC_OUTPUT_CSV}, {.format = FSC_OUTPUT_TSV, .voices = true, .categories = true}, {.format = FSC_OUTPUT_CSV, .intervals = true},
        {.format = FSC_OUTPUT_JSONL, .categories = true}};
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
        for (unsigned set = 0; set < 32; set++) {
            // found in causality, in agency; words, own words; a language
            fsc_score score[2] = {{.n = set & 1, .own_n = set & 1, .rate = set & 12 ? 0 : NAN, .own_rate = set & 8 ? 0 : NAN, .balance = NAN, .logit = NAN, .low = 1},
                                  {.n = set >> 1 & 1, .rate = NAN, .own_rate = NAN, .balance = NAN, .logit = NAN}};
            uint32_t n[4][FSC_VOICE_COUNT] = {{set & 1}, {0}, {set >> 1 & 1}, {0}};
            fsc_analysis a = {.schema = &schema, .article.status = FSC_RECORD_OK, .has_language = set >> 4, .score = score, .category_n = n};
            a.text.scored_words = set & 12 ? 100 : 0;
            a.voices.own_words = set & 8 ? 50 : 0;
            fsc_export x;
            fsc_buf with, without;
            fsc_buf_init(&with, NULL, 10000);
            fsc_buf_init(&without, NULL, 10000);
            assert_int_equal(fsc_export_init(&x, FSC_TABLE_SCORE, &forms[f], &schema, &arena, NULL), 0);
            assert_int_equal(x.blank != NULL, f < 2);
            fsc_export_score(&x, &a, &with);
            x.blank = NULL;
            fsc_export_score(&x, &a, &without);
            assert_string_equal(with.data, without.data);
            fsc_buf_release(&with);
            fsc_buf_release(&without);
        }
    fsc_arena_release(&arena);
}

static void test_units__chars_and_utf16(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_units u;
    char text[3000];
    size_t len = 0;
    fsc_arena_init(&a, NULL);
    while (len + 7 < sizeof text) {
        memcpy(text + len, "a\xC3\xA9\xF0\x9F\x91\x8D", 7);
        len += 7;
    }
    assert_true(fsc_units_init(&u, fsc_view_of(text, len), FSC_UNIT_CHARS, &a));
    for (uint32_t i = 0; i < len; i += 7) {
        assert_int_equal(fsc_units_of(&u, i), i / 7 * 3);
        assert_int_equal(fsc_units_of(&u, i + 3), i / 7 * 3 + 2);
    }
    assert_int_equal(fsc_units_of(&u, (uint32_t)len), len / 7 * 3);
    assert_true(fsc_units_init(&u, fsc_view_of(text, len), FSC_UNIT_UTF16, &a));
    assert_int_equal(fsc_units_of(&u, (uint32_t)len), len / 7 * 4);
    assert_true(fsc_units_init(&u, fsc_view_of(text, len), FSC_UNIT_BYTES, &a));
    assert_int_equal(fsc_units_of(&u, 700), 700);
    fsc_arena_release(&a);
}

static void test_display__cuts_by_columns(void **state)
{
    (void)state;
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1000);
    assert_int_equal(fsc_display_width(FSC_LIT("aé北e\xCC\x81")), 5);
    fsc_add_cut(&b, FSC_LIT("北京北京"), 5, true);
    assert_string_equal(b.data, "北京…");
    fsc_buf_reset(&b, 1000);
    fsc_add_cut(&b, FSC_LIT("a\nb\x1B"), 6, true);
    assert_string_equal(b.data, "a b   ");
    fsc_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns__of_the_wide_table),
        cmocka_unit_test(test_row__is_the_same_in_three_formats),
        cmocka_unit_test(test_score__blank_dimensions_are_made_once),
        cmocka_unit_test(test_units__chars_and_utf16),
        cmocka_unit_test(test_display__cuts_by_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
