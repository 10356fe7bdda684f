#include "unit/ingest/ingest_check.h"

static void test_table__rows(void **state)
{
    fixture *f = *state;
    puts_to("a.csv", "id,title,text\r\n1,\"T, \"\"q\"\"\",\"line one\nline “two”\"\r\n\r\n2,t,plain\r\n");
    read_all(f, NULL, "a.csv");
    assert_int_equal(f->count, 2);
    same(f->item[0].id, "1");
    same(f->item[0].source, "a.csv:2");
    same(f->item[0].title, "T, \"q\"");
    same(f->item[0].content, "line one\nline “two”");
    same(f->item[1].source, "a.csv:5");
    same(f->item[1].content, "plain");
    assert_null(fsc_ingest_note(f->in, 0));
}

static void test_table__tsv(void **state)
{
    fixture *f = *state;
    puts_to("a.tsv", "\ttext\tid\nx\t\"He, \"\"she\"\"\"\t1\ny\tsay \"no\"\t2\n");
    read_all(f, NULL, "a.tsv");
    assert_int_equal(f->count, 2);
    same(f->item[0].content, "He, \"she\"");
    same(f->item[1].content, "say \"no\"");
    same(f->item[1].id, "2");
}

static void test_table__columns_are_guessed_and_noted(void **state)
{
    fixture *f = *state;
    puts_to("a.csv", "ID,Headline,Article,Publication,Publish Date,Byline,link\n7,H,A,P,2020-01-02,B,u\n");
    puts_to("b.csv", "id,headline,body\n8,H,B\n");
    puts_to("c.csv", "id,headline,body\n9,H,B\n");
    read_all(f, NULL, "a.csv", "b.csv", "c.csv");
    assert_int_equal(f->count, 3);
    same(f->item[0].id, "7");
    same(f->item[0].title, "H");
    same(f->item[0].content, "A");
    same(f->item[0].site, "P");
    same(f->item[0].published, "2020-01-02");
    same(f->item[0].author, "B");
    same(f->item[0].url, "u");
    assert_string_equal(
        fsc_ingest_note(f->in, 0),
        "a.csv: columns taken as --map "
        "text=Article,id=ID,url=link,title=Headline,author=Byline,site=Publication,published=Publish Date");
    assert_string_equal(fsc_ingest_note(f->in, 1), "b.csv: columns taken as --map text=body,id=id,title=headline");
    // the same again needs no second note
    assert_null(fsc_ingest_note(f->in, 2));
}

// Reads without keeping the items.
static size_t read_counted(fixture *f, const char *path)
{
    fsc_raw raw;
    fsc_item item;
    size_t count = 0;
    assert_int_equal(open_paths(f, NULL, (const char *const[]){path, NULL}), 0);
    while ((f->rc = fsc_ingest_next(f->in, &raw, &f->arena, &f->err)) > 0) {
        assert_int_equal(fsc_ingest_parse(f->in, &raw, &item, &f->arena, &f->err), 0);
        fsc_arena_reset(&f->arena, 1 << 20);
        count++;
    }
    return count;
}

static int table_error(fixture *f, const fsc_ingest_options *opt, const char *text)
{
    puts_to("a.csv", text);
    assert_int_equal(open_paths(f, opt, (const char *const[]){"a.csv", NULL}), 0);
    drain(f);
    return f->rc;
}

static void test_table__faults_of_the_header_have_a_remedy(void **state)
{
    fixture *f = *state;
    assert_int_equal(table_error(f, NULL, "id,body,content\n1,a,b\n"), FSC_E_USAGE);
    assert_non_null(strstr(f->err.text, "body or content"));
    assert_non_null(strstr(f->err.text, "--map text="));
    assert_int_equal(table_error(f, NULL, "text,full_text\na,b\n"), FSC_E_USAGE);
    assert_int_equal(table_error(f, NULL, "a,b,c\n1,2,3\n"), FSC_E_USAGE);
    assert_non_null(strstr(f->err.text, "--map text=COLUMN"));
    assert_non_null(strstr(f->err.text, "a, b, c"));
    assert_string_equal(f->err.source, "a.csv");
    fsc_ingest_options opt = {.map = FSC_LIT("text=nowhere")};
    assert_int_equal(table_error(f, &opt, "id,text\n1,2\n"), FSC_E_USAGE);
    assert_non_null(strstr(f->err.text, "nowhere"));
    opt = (fsc_ingest_options){.keep = FSC_LIT("gone")};
    assert_int_equal(table_error(f, &opt, "id,text\n1,2\n"), FSC_E_USAGE);
    assert_non_null(strstr(f->err.text, "gone"));
    assert_int_equal(table_error(f, NULL, "\n\n\n"), FSC_E_USAGE);
    assert_int_equal(table_error(f, NULL, "\"id,text\n1,2\n"), FSC_E_USAGE);
}

static void test_table__map_settles_what_is_ambiguous(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.map = FSC_LIT("text=content")};
    assert_int_equal(table_error(f, &opt, "id,body,content\n1,a,b\n"), 0);
    same(f->item[0].content, "b");
    opt.map = FSC_LIT("html=body");
    assert_int_equal(table_error(f, &opt, "id,body,content\n1,<p>a</p>,b\n"), 0);
    same(f->item[0].content, "<p>a</p>");
    assert_int_equal(f->item[0].format, FSC_FORMAT_FRAGMENT);
    assert_int_equal(table_error(f, &opt, "id,text,body\n1,a,<p>b\n"), 0);
    same(f->item[0].content, "<p>b");
    assert_int_equal(table_error(f, NULL, "id,text,content\n1,a,b\n"), 0);
    same(f->item[0].content, "a");
}

static void test_table__titles_without_texts(void **state)
{
    fixture *f = *state;
    assert_int_equal(
        table_error(f, NULL, "stories_id,title,url,media_name,publish_date\n5,Crime falls,u,M,2020-01-01\n"), 0);
    same(f->item[0].id, "5");
    same(f->item[0].kind, "headline");
    same(f->item[0].title, "Crime falls");
    assert_int_equal(f->item[0].status, FSC_RECORD_OK);
}

static void test_table__ragged_rows(void **state)
{
    fixture *f = *state;
    assert_int_equal(table_error(f, NULL, "id,text,site\n1,a,b,c\n2\n3,x\n4,y,z,,\n5,,s\n"), 0);
    assert_int_equal(f->count, 5);
    assert_int_equal(f->item[0].status, FSC_RECORD_UNSUPPORTED);
    has(f->item[0].reason, "line 2: 4 cells where the header has 3");
    assert_int_equal(f->item[1].status, FSC_RECORD_UNSUPPORTED);
    has(f->item[1].reason, "missing");
    same(f->item[2].content, "x");
    same(f->item[3].content, "y");
    assert_int_equal(f->item[4].status, FSC_RECORD_EMPTY);
    same(f->item[4].id, "5");
}

static void test_table__open_quote_costs_one_record(void **state)
{
    fixture *f = *state;
    assert_int_equal(table_error(f, NULL, "id,text\n1,good\n2,\"open\n3,fine\n4,last\n"), 0);
    assert_int_equal(f->count, 4);
    assert_int_equal(f->item[1].status, FSC_RECORD_UNSUPPORTED);
    same(f->item[1].source, "a.csv:3");
    has(f->item[1].reason, "line 3, column 3: a quote is opened and not closed");
    same(f->item[2].content, "fine");
    same(f->item[2].source, "a.csv:4");
    same(f->item[3].content, "last");
}

// A later row closes the stray quote: what it says must not become part of the row before.
static void test_table__open_quote_closed_by_a_later_row(void **state)
{
    fixture *f = *state;
    assert_int_equal(table_error(f, NULL, "id,text\n1,good\n2,\"open\n3,fine\n4,\"also, fine\"\n5,\"two\nlines\"\n"),
                     0);
    assert_int_equal(f->count, 5);
    assert_int_equal(f->item[1].status, FSC_RECORD_UNSUPPORTED);
    same(f->item[2].content, "fine");
    same(f->item[3].content, "also, fine");
    same(f->item[4].content, "two\nlines");
    same(f->item[4].source, "a.csv:6");
}

// The quote stands in the third line of its record: what follows that line is read again.
static void test_table__open_quote_in_a_later_cell(void **state)
{
    fixture *f = *state;
    assert_int_equal(table_error(f, NULL, "text,id\n\"a\nb\nc\",\"open\nfine,9\n"), 0);
    assert_int_equal(f->count, 2);
    has(f->item[0].reason, "line 4, column 4");
    same(f->item[1].content, "fine");
    same(f->item[1].source, "a.csv:5");
}

// Each line opens a quote that only the end of the file leaves open: what is read again stays bounded.
static void test_table__many_open_quotes_stay_linear(void **state)
{
    fixture *f = *state;
    FILE *file = fopen("a.csv", "w");
    fprintf(file, "id,text\n");
    for (int i = 0; i < 1500000; i++)
        fprintf(file, "%s\n", i % 2 ? "\"\"\"\"x" : "1,\"\"\"");
    fclose(file);
    read_counted(f, "a.csv");
    assert_int_equal(f->rc, 0);
}

static void test_table__too_large_row(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.max_record = 100000};
    FILE *file = fopen("a.csv", "w");
    fprintf(file, "id,text\n1,a\n2,\"");
    for (int i = 0; i < 90000; i++)
        fprintf(file, "x\n\"\"");
    fprintf(file, "\"\n3,c\n4,\"");
    for (int i = 0; i < 90000; i++)
        fprintf(file, "open\n");
    fclose(file);
    read_all(f, &opt, "a.csv");
    assert_int_equal(f->count, 4);
    assert_int_equal(f->item[1].status, FSC_RECORD_TOO_LARGE);
    same(f->item[1].source, "a.csv:3");
    same(f->item[2].content, "c");
    same(f->item[2].source, "a.csv:90004");
    assert_int_equal(f->item[3].status, FSC_RECORD_TOO_LARGE);
    has(f->item[3].reason, "lines 90005 to 180005 were skipped");
}

static void test_table__keep_all_columns(void **state)
{
    fixture *f = *state;
    size_t count;
    fsc_ingest_options opt = {.keep = FSC_LIT("*")};
    puts_to("a.csv", "id,text,n\n1,a,10\n2,b\n");
    puts_to("b.csv", "id,text,n\n3,c,30\n");
    puts_to("c.csv", "id,text\n4,d\n");
    assert_int_equal(open_paths(f, &opt, (const char *const[]){"absent", "a.csv", "b.csv", "c.csv", NULL}), 0);
    const fsc_view *names = fsc_ingest_keep_names(f->in, &count);
    assert_int_equal(count, 3);
    same(names[2], "n");
    drain(f);
    assert_int_equal(f->rc, FSC_E_USAGE);
    assert_string_equal(f->err.source, "c.csv");
    assert_int_equal(f->count, 3);
    same(f->item[0].keep[2].value, "10");
    same(f->item[1].keep[2].value, "");
    same(f->item[2].keep[0].value, "3");
}

static void test_table__keep_all_after_an_unreadable_start(void **state)
{
    fixture *f = *state;
    size_t count;
    fsc_ingest_options opt = {.keep = FSC_LIT("*")};
    puts_to("a.csv", "");
    puts_to("b.csv", "text,n\nx,1\n");
    assert_int_equal(open_paths(f, &opt, (const char *const[]){"a.csv", "b.csv", NULL}), 0);
    fsc_ingest_keep_names(f->in, &count);
    assert_int_equal(count, 2);
    drain(f);
    assert_int_equal(f->count, 2);
    assert_int_equal(f->item[0].status, FSC_RECORD_EMPTY);
    same(f->item[1].keep[1].value, "1");
}

static void test_table__keep_named_columns(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.keep = FSC_LIT("n,id")};
    puts_to("a.csv", "id,text,n\n1,a,10\n");
    puts_to("b.csv", "n,text,x,id\n20,b,,2\n");
    read_all(f, &opt, "a.csv", "b.csv");
    same(f->item[0].keep[0].value, "10");
    same(f->item[0].keep[1].value, "1");
    same(f->item[1].keep[0].value, "20");
    same(f->item[1].keep[1].value, "2");
}

static void test_table__separator_of_spreadsheets(void **state)
{
    fixture *f = *state;
    assert_int_equal(table_error(f, NULL, "id;text\n1;\"a; b\"\n2;1,5 Prozent\n"), 0);
    assert_int_equal(f->count, 2);
    same(f->item[0].content, "a; b");
    same(f->item[1].content, "1,5 Prozent");
}

static void test_table__invalid_utf8(void **state)
{
    fixture *f = *state;
    put("a.csv", FSC_LIT("id,text\n\xFF,a\xFE\xC3\n"));
    read_all(f, NULL, "a.csv");
    same(f->item[0].id, "\xEF\xBF\xBD");
    same(f->item[0].content, "a\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_int_equal(f->item[0].repaired, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_table__rows),
        TEST(test_table__tsv),
        TEST(test_table__columns_are_guessed_and_noted),
        TEST(test_table__faults_of_the_header_have_a_remedy),
        TEST(test_table__map_settles_what_is_ambiguous),
        TEST(test_table__titles_without_texts),
        TEST(test_table__ragged_rows),
        TEST(test_table__open_quote_costs_one_record),
        TEST(test_table__open_quote_closed_by_a_later_row),
        TEST(test_table__open_quote_in_a_later_cell),
        TEST(test_table__many_open_quotes_stay_linear),
        TEST(test_table__too_large_row),
        TEST(test_table__keep_all_columns),
        TEST(test_table__keep_all_after_an_unreadable_start),
        TEST(test_table__keep_named_columns),
        TEST(test_table__separator_of_spreadsheets),
        TEST(test_table__invalid_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
