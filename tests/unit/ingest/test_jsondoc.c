#include "unit/ingest/ingest_check.h"

static void test_jsondoc__one_document(void **state)
{
    fixture *f = *state;
    puts_to("a.json", "\n{\n \"id\": \"1\",\n \"text\": \"one\"\n}\n\n");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 1);
    same(f->item[0].source, "a.json");
    same(f->item[0].id, "1");
    same(f->item[0].content, "one");
}

static void test_jsondoc__array_of_records(void **state)
{
    fixture *f = *state;
    puts_to("a.json",
            "[ {\"id\":1,\"text\":\"a ] } , b\"},\n{\"text\":\"c\\\"]\"} , 7, {\"x\":[{}]}, {\"text\":\"d\"} ]\n");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 5);
    same(f->item[0].content, "a ] } , b");
    same(f->item[0].source, "a.json@2");
    same(f->item[1].content, "c\"]");
    same(f->item[1].source, "a.json@31");
    assert_int_equal(f->item[2].status, FSC_RECORD_BAD_JSON);
    assert_int_equal(f->item[3].status, FSC_RECORD_BAD_JSON);
    same(f->item[4].content, "d");
}

static void test_jsondoc__values_one_after_the_other(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.from = FSC_LIT("json")};
    puts_to("a", "{\"text\":\"a\"}{\"text\":\"b\"}\n[{\"text\":\"c\"}] [] {\"text\":\"d\"}");
    read_all(f, &opt, "a");
    assert_int_equal(f->count, 4);
    same(f->item[0].source, "a@0");
    same(f->item[3].content, "d");
}

static void test_jsondoc__cut_off_files_are_told(void **state)
{
    fixture *f = *state;
    puts_to("a.json", "[{\"text\":\"a\"},\n{\"text\":\"b");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 3);
    same(f->item[0].content, "a");
    assert_int_equal(f->item[1].status, FSC_RECORD_BAD_JSON);
    has(f->item[1].reason, "line 2, column 11");
    has(f->item[2].reason, "ends inside its array");
    puts_to("a.json", "{\"text\": \"a\",\n \"x\": [1, 2\n");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 1);
    has(f->item[0].reason, "line 2, column 12: JSON ends too early");
}

static void test_jsondoc__garbage_is_one_row(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.from = FSC_LIT("json")};
    puts_to("a", "{\"text\":\"a\"}\n this is, no JSON at all\n{\"text\":\"b\"}");
    read_all(f, &opt, "a");
    assert_int_equal(f->count, 2);
    assert_int_equal(f->item[1].status, FSC_RECORD_BAD_JSON);
    has(f->item[1].reason, "line 2");
    same(f->item[1].source, "a@14");
}

static void test_jsondoc__errors_point_into_the_document(void **state)
{
    fixture *f = *state;
    puts_to("a.json", "[\n {\"text\": \"a\"},\n {\"text\":\n   oops}\n]\n");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 2);
    has(f->item[1].reason, "line 4, column 4");
}

static void test_jsondoc__exports_hold_records_in_a_member(void **state)
{
    fixture *f = *state;
    puts_to("a.json", "{\"status\":\"ok\",\"totalResults\":2,\n\"articles\":[\n{\"source\":{\"id\":null,\"name\":"
                      "\"Axios\"},\"author\":null,\"title\":\"T1\","
                      "\"url\":\"u1\",\"publishedAt\":\"2025-01-01T00:00:00Z\",\"content\":\"c1\"},\n{\"title\":\"T2\","
                      "\"content\":\"c2\"}\n]}\n");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 2);
    same(f->item[0].content, "c1");
    same(f->item[0].site, "Axios");
    same(f->item[0].title, "T1");
    same(f->item[1].content, "c2");
    has(f->item[1].source, "a.json@");
}

static void test_jsondoc__offsets_of_exported_records(void **state)
{
    fixture *f = *state;
    static const char text[] = " {\"meta\": {\"items\": 1},\n \"items\": [ {\"text\":\"a\"} ,\n{oops} ] }";
    puts_to("a.json", text);
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 2);
    char want[64];
    snprintf(want, sizeof want, "a.json@%zu", (size_t)(strstr(text, "{\"text\"") - text));
    same(f->item[0].source, want);
    snprintf(want, sizeof want, "a.json@%zu", (size_t)(strstr(text, "{oops") - text));
    same(f->item[1].source, want);
    has(f->item[1].reason, "line 3, column 2");
}

static void test_jsondoc__record_with_a_data_array_is_still_a_record(void **state)
{
    fixture *f = *state;
    puts_to("a.json", "{\"text\": \"t\", \"data\": [1, 2], \"items\": \"x\"}");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 1);
    same(f->item[0].content, "t");
    puts_to("a.json", "[{\"items\": [{\"text\": \"inner\"}], \"text\": \"outer\"}]");
    read_all(f, NULL, "a.json");
    assert_int_equal(f->count, 1);
    same(f->item[0].content, "outer");
}

static void test_jsondoc__too_large_elements_are_skipped(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.max_record = 100000};
    FILE *file = fopen("a.json", "w");
    fprintf(file, "[{\"text\":\"a\"},\n{\"text\":\"");
    for (int i = 0; i < 100000; i++)
        fprintf(file, "\\\"]x");
    fprintf(file, "\"},{\"text\":\"c\"}]");
    fclose(file);
    read_all(f, &opt, "a.json");
    assert_int_equal(f->count, 3);
    assert_int_equal(f->item[1].status, FSC_RECORD_TOO_LARGE);
    same(f->item[1].source, "a.json@15");
    same(f->item[2].content, "c");
}

// Longer than any buffer: the array is never held.
static void test_jsondoc__long_array_streams(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.max_record = 1000};
    FILE *file = fopen("a.json", "w");
    for (int i = 0; i < 50000; i++)
        fprintf(file, "%c\n{\"id\": %d, \"text\": \"a text of some length for record %d\"}", i ? ',' : '[', i, i);
    fprintf(file, "]");
    fclose(file);
    assert_int_equal(open_paths(f, &opt, (const char *const[]){"a.json", NULL}), 0);
    fsc_raw raw;
    fsc_item item;
    int count = 0;
    char want[16];
    while (fsc_ingest_next(f->in, &raw, &f->arena, &f->err) > 0) {
        assert_int_equal(fsc_ingest_parse(f->in, &raw, &item, &f->arena, &f->err), 0);
        snprintf(want, sizeof want, "%d", count++);
        same(item.id, want);
        assert_int_equal(raw.line, count + 1);
        fsc_arena_reset(&f->arena, 1 << 16);
    }
    assert_int_equal(count, 50000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_jsondoc__one_document),
        TEST(test_jsondoc__array_of_records),
        TEST(test_jsondoc__values_one_after_the_other),
        TEST(test_jsondoc__cut_off_files_are_told),
        TEST(test_jsondoc__garbage_is_one_row),
        TEST(test_jsondoc__errors_point_into_the_document),
        TEST(test_jsondoc__exports_hold_records_in_a_member),
        TEST(test_jsondoc__offsets_of_exported_records),
        TEST(test_jsondoc__record_with_a_data_array_is_still_a_record),
        TEST(test_jsondoc__too_large_elements_are_skipped),
        TEST(test_jsondoc__long_array_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
