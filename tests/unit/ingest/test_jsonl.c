#include "unit/ingest/ingest_check.h"

static void test_jsonl__fields_and_addresses(void **state)
{
    fixture *f = *state;
    puts_to("a.jsonl", "{\"id\":\"x1\",\"text\":\"Body "
                       "\\u2019t\",\"title\":\"T\",\"url\":\"https://e.org/1\",\"author\":\"J\",\"site\":\"S\","
                       "\"published\":\"2025-01-02\",\"modified\":\"2025-01-03\",\"kind\":\"article\",\"lang\":\"en\","
                       "\"captured\":\"2025-02-01\"}\r\n"
                       "\n   \r\n{\"id\":7,\"text\":\"n\"}\n{\"text\":\"last line without an end\"}");
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->count, 3);
    const fsc_item *i = &f->item[0];
    same(i->id, "x1");
    same(i->source, "a.jsonl:1");
    same(i->content, "Body ’t");
    same(i->title, "T");
    same(i->url, "https://e.org/1");
    same(i->author, "J");
    same(i->site, "S");
    same(i->published, "2025-01-02");
    same(i->modified, "2025-01-03");
    same(i->captured, "2025-02-01");
    same(i->kind, "article");
    same(i->lang, "en");
    assert_int_equal(i->format, FSC_FORMAT_TEXT);
    assert_false(i->post);
    same(f->item[1].id, "7");
    same(f->item[1].source, "a.jsonl:4");
    same(f->item[2].id, "a.jsonl:5");
}

static void test_jsonl__text_wins_over_html(void **state)
{
    fixture *f = *state;
    puts_to("a.jsonl", "{\"html\":\"<p>h</p>\",\"text\":\"t\"}\n{\"text\":\"\",\"html\":\"<p>h</"
                       "p>\"}\n{\"text\":null,\"html\":\"<html><body>h\"}\n");
    read_all(f, NULL, "a.jsonl");
    same(f->item[0].content, "t");
    assert_int_equal(f->item[0].format, FSC_FORMAT_TEXT);
    same(f->item[1].content, "<p>h</p>");
    assert_int_equal(f->item[1].format, FSC_FORMAT_FRAGMENT);
    same(f->item[1].charset, "utf-8");
    assert_int_equal(f->item[2].format, FSC_FORMAT_HTML);
}

static void test_jsonl__bad_lines_are_results(void **state)
{
    static const struct {
        const char *line;
        fsc_record_status status;
        const char *says;
    } cases[] = {
        {"{broken", FSC_RECORD_BAD_JSON, "line 1, column 2"},
        {"{\"text\":\"cut", FSC_RECORD_BAD_JSON, "line 2, column 13: JSON ends too early"},
        {"[1,2]", FSC_RECORD_BAD_JSON, "no JSON object"},
        {"{\"text\":\"a\"} {\"text\":\"b\"}", FSC_RECORD_BAD_JSON, "line 4, column 14"},
        {"{\"text\":7}", FSC_RECORD_BAD_JSON, "no string"},
        {"{\"id\":\"x\"}", FSC_RECORD_BAD_JSON, "--map text="},
        {"{\"body\":\"x\",\"content\":\"y\"}", FSC_RECORD_BAD_JSON, "both be the text"},
        {"{\"text\":\"\"}", FSC_RECORD_EMPTY, "empty"},
        {"{\"maintext\":null,\"title\":\"T\"}", FSC_RECORD_EMPTY, "maintext"},
        {"{\"text\":\" \\n \"}", FSC_RECORD_EMPTY, "blanks"},
        {"{\"text\":null,\"html\":\"\"}", FSC_RECORD_EMPTY, "empty"},
        {"{\"text\":\"fine\"}", FSC_RECORD_OK, ""},
    };
    enum { COUNT = sizeof cases / sizeof *cases };
    fixture *f = *state;
    FILE *file = fopen("a.jsonl", "w");
    for (size_t i = 0; i < COUNT; i++)
        fprintf(file, "%s\n", cases[i].line);
    fclose(file);
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        if (f->item[i].status != cases[i].status)
            print_message("%s: %s\n", cases[i].line, fsc_record_name(f->item[i].status));
        assert_int_equal(f->item[i].status, cases[i].status);
        has(f->item[i].reason, cases[i].says);
        assert_true(f->item[i].id.len > 0);
    }
}

static void test_jsonl__invalid_utf8_inside(void **state)
{
    fixture *f = *state;
    put("a.jsonl",
        FSC_LIT(
            "{\"title\":\"\xFF\",\"text\":\"a\xE2\x80\xFF \\u00e9\xC3\"}\n{\"text\":\"nul \\u0000 and \\ud800\"}\n"));
    read_all(f, NULL, "a.jsonl");
    same(f->item[0].content, "a\xEF\xBF\xBD\xEF\xBF\xBD é\xEF\xBF\xBD");
    same(f->item[0].title, "\xEF\xBF\xBD");
    assert_int_equal(f->item[0].repaired, 3);
    assert_int_equal(f->item[1].status, FSC_RECORD_OK);
    assert_int_equal(f->item[1].content.len, sizeof "nul 0 and \xEF\xBF\xBD" - 1);
}

static void test_jsonl__other_names_are_guessed(void **state)
{
    fixture *f = *state;
    puts_to("a.jsonl",
            "{\"maintext\":\"m\",\"title\":\"T\",\"authors\":[\"A\",\"B\"],\"date_publish\":\"2024-05-01\",\"source_"
            "domain\":\"e.org\",\"language\":\"en\"}\n"
            "{\"Content\":\"c\",\"Headline\":\"H\",\"publishedAt\":\"2024\",\"source\":{\"id\":null,\"name\":\"Axios\"}"
            ",\"link\":\"u\"}\n"
            "{\"text\":\"t\",\"source\":\"https://e.org/x\",\"hostname\":\"e.org\",\"created_utc\":1700000000}\n"
            "{\"text\":\"t\",\"content\":\"other\",\"timestamp\":1700000000123}\n");
    read_all(f, NULL, "a.jsonl");
    same(f->item[0].content, "m");
    same(f->item[0].author, "A, B");
    same(f->item[0].published, "2024-05-01");
    same(f->item[0].site, "e.org");
    same(f->item[1].content, "c");
    same(f->item[1].title, "H");
    same(f->item[1].site, "Axios");
    same(f->item[1].url, "u");
    same(f->item[2].url, "https://e.org/x");
    same(f->item[2].published, "2023-11-14T22:13:20Z");
    same(f->item[3].content, "t");
    same(f->item[3].published, "2023-11-14T22:13:20Z");
}

static void test_jsonl__map_names_the_fields(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.map = FSC_LIT("text=lead,title=,url=Where")};
    puts_to("a.jsonl", "{\"lead\":\"L\",\"text\":\"T\",\"title\":\"no\",\"Where\":\"w\",\"url\":\"no\",\"site\":\"s\"}"
                       "\n{\"text\":\"T\"}\n");
    read_all(f, &opt, "a.jsonl");
    same(f->item[0].content, "L");
    same(f->item[0].title, "");
    same(f->item[0].url, "w");
    same(f->item[0].site, "s");
    assert_int_equal(f->item[1].status, FSC_RECORD_BAD_JSON);
}

static void test_jsonl__title_alone_is_a_headline(void **state)
{
    fixture *f = *state;
    puts_to("a.jsonl", "{\"title\":\"Crime plunges\",\"url\":\"u\"}\n");
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->item[0].status, FSC_RECORD_OK);
    same(f->item[0].kind, "headline");
    same(f->item[0].title, "Crime plunges");
    assert_int_equal(f->item[0].content.len, 0);
}

static void test_jsonl__posts_are_flagged_by_kind(void **state)
{
    fixture *f = *state;
    puts_to("a.jsonl", "{\"text\":\"t\",\"kind\":\"post\"}\n{\"text\":\"t\",\"kind\":\"Tweet\"}\n{\"text\":\"t\","
                       "\"kind\":\"article\"}\n");
    read_all(f, NULL, "a.jsonl");
    assert_true(f->item[0].post);
    assert_true(f->item[1].post);
    assert_false(f->item[2].post);
}

static void test_jsonl__keep(void **state)
{
    fixture *f = *state;
    size_t count;
    fsc_ingest_options opt = {.keep = FSC_LIT("outlet, n,flag,tags")};
    puts_to("a.jsonl",
            "{\"text\":\"t\",\"n\":3,\"outlet\":\"X\",\"flag\":true,\"tags\":[\"a\",\"b\"]}\n{\"text\":\"t\"}\n{bad\n");
    read_all(f, &opt, "a.jsonl");
    const fsc_view *names = fsc_ingest_keep_names(f->in, &count);
    assert_int_equal(count, 4);
    same(names[0], "outlet");
    same(f->item[0].keep[0].value, "X");
    same(f->item[0].keep[1].value, "3");
    same(f->item[0].keep[2].value, "true");
    same(f->item[0].keep[3].value, "a, b");
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(f->item[i].keep_count, 4);
        same(f->item[i].keep[1].name, "n");
    }
    same(f->item[1].keep[0].value, "");
    opt.keep = FSC_LIT("*");
    assert_int_equal(open_paths(f, &opt, (const char *const[]){"a.jsonl", NULL}), FSC_E_USAGE);
}

static void test_jsonl__too_large_line_is_skipped(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.max_record = 200000};
    FILE *file = fopen("a.jsonl", "w");
    fprintf(file, "{\"text\":\"one\"}\n{\"text\":\"");
    for (int i = 0; i < 500000; i++)
        putc('x', file);
    fprintf(file, "\"}\n{\"text\":\"three\"}\n{\"text\":\"");
    for (int i = 0; i < 199900; i++)
        putc('y', file);
    fprintf(file, "\"}\n{\"text\":\"");
    for (int i = 0; i < 300000; i++)
        putc('z', file);
    fclose(file);
    read_all(f, &opt, "a.jsonl");
    assert_int_equal(f->count, 5);
    same(f->item[0].content, "one");
    assert_int_equal(f->item[1].status, FSC_RECORD_TOO_LARGE);
    same(f->item[1].source, "a.jsonl:2");
    same(f->item[2].content, "three");
    same(f->item[2].source, "a.jsonl:3");
    assert_int_equal(f->item[3].content.len, 199900);
    assert_int_equal(f->item[4].status, FSC_RECORD_TOO_LARGE);
    assert_int_equal(f->rc, 0);
}

// whatever a line holds, and whether it is taken or passed over
static void test_jsonl__lines_are_numbered(void **state)
{
    fixture *f = *state;
    puts_to("a.jsonl", "\n{\"text\":\"two\"}\r\n \n\r\n{bad\n{\"text\":\"six\\nlines\"}\n\n{\"text\":\"eight\"}");
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->count, 4);
    static const char *const source[] = {"a.jsonl:2", "a.jsonl:5", "a.jsonl:6", "a.jsonl:8"};
    for (size_t i = 0; i < 4; i++)
        same(f->item[i].source, source[i]);
    assert_int_equal(f->item[1].status, FSC_RECORD_BAD_JSON);
    same(f->item[3].content, "eight");
}

static void test_jsonl__fifty_megabytes_in_a_line(void **state)
{
    fixture *f = *state;
    enum { SIZE = 50 << 20 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    memset(text, 'x', SIZE);
    memcpy(text, "{\"text\":\"", 9);
    memcpy(text + SIZE - 3, "\"}\n", 3);
    put("a.jsonl", fsc_view_of(text, SIZE));
    free(text);
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->count, 1);
    assert_int_equal(f->item[0].status, FSC_RECORD_OK);
    assert_int_equal(f->item[0].content.len, SIZE - 12);
}

static void test_jsonl__deep_nesting_is_refused(void **state)
{
    fixture *f = *state;
    char *text = malloc(200100);
    assert_non_null(text);
    int n = sprintf(text, "{\"text\":\"a\",\"x\":");
    memset(text + n, '[', 100000);
    memset(text + n + 100000, ']', 100000);
    strcpy(text + n + 200000, "}\n");
    puts_to("a.jsonl", text);
    free(text);
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->item[0].status, FSC_RECORD_BAD_JSON);
    has(f->item[0].reason, "256");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_jsonl__fields_and_addresses),
        TEST(test_jsonl__text_wins_over_html),
        TEST(test_jsonl__bad_lines_are_results),
        TEST(test_jsonl__invalid_utf8_inside),
        TEST(test_jsonl__other_names_are_guessed),
        TEST(test_jsonl__map_names_the_fields),
        TEST(test_jsonl__title_alone_is_a_headline),
        TEST(test_jsonl__posts_are_flagged_by_kind),
        TEST(test_jsonl__keep),
        TEST(test_jsonl__too_large_line_is_skipped),
        TEST(test_jsonl__lines_are_numbered),
        TEST(test_jsonl__fifty_megabytes_in_a_line),
        TEST(test_jsonl__deep_nesting_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
