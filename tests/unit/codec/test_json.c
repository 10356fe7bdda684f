#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/json.h"

typedef struct fixture {
    fsc_arena arena;
    fsc_json_parser *parser;
    fsc_err err;
} fixture;

static int setup(void **state)
{
    static fixture f;
    f.err = (fsc_err)FSC_ERR_INIT;
    fsc_arena_init(&f.arena, NULL);
    *state = &f;
    return fsc_json_parser_new(&f.parser, NULL, NULL);
}

static int teardown(void **state)
{
    fixture *f = *state;
    fsc_json_parser_free(f->parser);
    fsc_arena_release(&f->arena);
    return 0;
}

static fsc_json *parse(fixture *f, const char *text, bool lenient)
{
    fsc_json *v = NULL;
    f->err = (fsc_err)FSC_ERR_INIT;
    fsc_json_parse(&v, f->parser, fsc_view_cstr(text), lenient, &f->arena, &f->err);
    return v;
}

static fsc_json *record(fixture *f, fsc_view text)
{
    fsc_json *v = NULL;
    f->err = (fsc_err)FSC_ERR_INIT;
    fsc_json_record(&v, f->parser, text, &f->arena, &f->err);
    return v;
}

static void same(fsc_view v, const char *text)
{
    assert_int_equal(v.len, strlen(text));
    assert_memory_equal(v.data, text, v.len);
}

static void test_json__every_kind_of_value(void **state)
{
    fixture *f = *state;
    fsc_json *v =
        parse(f, " {\"s\": \"a\", \"n\": -1.5e2, \"t\": true, \"f\": false, \"z\": null, \"a\": [1, [], {}]} ", false);
    assert_non_null(v);
    assert_int_equal(v->kind, FSC_JSON_OBJECT);
    same(fsc_json_text(fsc_json_get(v, "s")), "a");
    assert_true(fsc_json_get(v, "n")->number == -150.0);
    same(fsc_json_text(fsc_json_get(v, "n")), "-1.5e2");
    assert_true(fsc_json_get(v, "t")->boolean);
    assert_int_equal(fsc_json_get(v, "f")->kind, FSC_JSON_BOOL);
    assert_false(fsc_json_get(v, "f")->boolean);
    assert_int_equal(fsc_json_get(v, "z")->kind, FSC_JSON_NULL);
    const fsc_json *a = fsc_json_get(v, "a");
    assert_int_equal(a->child->next->kind, FSC_JSON_ARRAY);
    assert_int_equal(a->child->next->next->kind, FSC_JSON_OBJECT);
    assert_null(a->child->next->next->next);
    assert_null(fsc_json_get(v, "absent"));
    assert_null(fsc_json_get(a, "s"));
    assert_null(fsc_json_get(NULL, "s"));
    assert_int_equal(fsc_json_text(a).len, 0);
}

// by the bits of names, whatever they are, and however many objects have
static void test_json__members_are_found_by_name(void **state)
{
    fixture *f = *state;
    char text[4000], name[40];
    for (int count = 0; count < 100; count += 9) {
        size_t len = (size_t)sprintf(text, "{");
        for (int i = 0; i < count; i++)
            len += (size_t)sprintf(text + len, "%s\"%.*s%d\": %d", i ? ", " : "", i % 17, "names-of-members-", i, i);
        sprintf(text + len, "}");
        const fsc_json *both[] = {parse(f, text, false), record(f, fsc_view_cstr(text))};
        for (int i = 0; i < 2 * count; i++) {
            sprintf(name, "%.*s%d", i % 17, "names-of-members-", i);
            for (int k = 0; k < 2; k++) {
                const fsc_json *found = fsc_json_get(both[k], name);
                assert_int_equal(found ? (int)found->number : -1, i < count ? i : -1);
            }
        }
    }
    assert_int_equal(fsc_json_get(parse(f, "{\"\": 7}", false), "")->number, 7);
}

static void test_json__scalars_at_the_top(void **state)
{
    fixture *f = *state;
    assert_true(parse(f, "12", false)->number == 12);
    same(parse(f, "\"x\"", false)->text, "x");
    assert_int_equal(parse(f, "null", false)->kind, FSC_JSON_NULL);
    assert_int_equal(parse(f, "true ", false)->kind, FSC_JSON_BOOL);
}

static void test_json__long_integers_keep_their_text(void **state)
{
    fixture *f = *state;
    static const char *const numbers[] = {"12345678901234567890123", "-9223372036854775809", "18446744073709551616",
                                          "18446744073709551615",    "9223372036854775807",  "-9223372036854775808",
                                          "1234567890123456789"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[128];
        snprintf(text, sizeof text, "{\"a\": [%s], \"b\": %s, \"c\": \"x%s\\\"%s\"}", numbers[i], numbers[i],
                 numbers[i], numbers[i]);
        fsc_json *v = parse(f, text, false), *r = record(f, fsc_view_cstr(text));
        assert_non_null(v);
        assert_non_null(r);
        same(fsc_json_text(fsc_json_get(v, "a")->child), numbers[i]);
        same(fsc_json_text(fsc_json_get(v, "b")), numbers[i]);
        same(fsc_json_text(fsc_json_get(r, "b")), numbers[i]);
        assert_true(fsc_json_get(v, "b")->number == strtod(numbers[i], NULL));
        assert_true(fsc_json_get(v, "c")->text.len == 2 * strlen(numbers[i]) + 2);
    }
    same(fsc_json_text(parse(f, "1234567890123456789012.5", false)), "1234567890123456789012.5");
    same(fsc_json_text(parse(f, "0.12345678901234567890123", false)), "0.12345678901234567890123");
}

static void test_json__escapes(void **state)
{
    fixture *f = *state;
    const char *text = "{\"a\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u2019\\ud83d\\ude00\", \"b\": \"\\ud83d "
                       "x\\ude00\\ud83d\\ud83d\\ude00\\ud83d\\n\"}";
    fsc_json *both[2] = {parse(f, text, false), record(f, fsc_view_cstr(text))};
    for (int i = 0; i < 2; i++) {
        same(fsc_json_text(fsc_json_get(both[i], "a")), "\"\\/\b\f\n\r\té’😀");
        same(fsc_json_text(fsc_json_get(both[i], "b")), "\xEF\xBF\xBD x\xEF\xBF\xBD\xEF\xBF\xBD😀\xEF\xBF\xBD\n");
    }
}

static void test_json__nul_escape_in_string(void **state)
{
    fixture *f = *state;
    fsc_json *v = parse(f, "[\"a\\u0000b\"]", false), *r = record(f, FSC_LIT("{\"x\":\"a\\u0000b\"}"));
    assert_int_equal(v->child->text.len, 3);
    assert_memory_equal(v->child->text.data, "a\0b", 3);
    assert_int_equal(r->child->text.len, 3);
    assert_memory_equal(r->child->text.data, "a\0b", 3);
}

static void test_json__raw_nul_bytes(void **state)
{
    fixture *f = *state;
    fsc_view text = FSC_LIT("{\"a\":\"x\0y\\\\\0\",\"b\":[\"\0\"],\"c\":1}");
    fsc_json *both[2] = {record(f, text), NULL};
    assert_int_equal(fsc_json_parse(&both[1], f->parser, text, false, &f->arena, &f->err), 0);
    for (int i = 0; i < 2; i++) {
        fsc_view a = fsc_json_text(fsc_json_get(both[i], "a"));
        assert_int_equal(a.len, 5);
        assert_memory_equal(a.data, "x\0y\\\0", 5);
        assert_int_equal(fsc_json_get(both[i], "b")->child->text.len, 1);
        assert_true(fsc_json_get(both[i], "c")->number == 1);
    }
    // offsets of errors are those of the source
    assert_null(record(f, FSC_LIT("{\"a\":\"\0\0\",\"n\":12345678901234567890123,oops}")));
    assert_int_equal(f->err.offset, 38);
    assert_null(record(f, FSC_LIT("{\"a\":1,\0}")));
}

static void test_json__errors_have_an_offset(void **state)
{
    static const struct {
        const char *text;
        int code;
        uint64_t offset;
    } cases[] = {{"{broken", FSC_E_SYNTAX, 1},      {"", FSC_E_SYNTAX, 0},
                 {"   ", FSC_E_SYNTAX, 3},          {"{\"a\": 1", FSC_E_SYNTAX, 7},
                 {"[1] x", FSC_E_SYNTAX, 4},        {"[1 2]", FSC_E_SYNTAX, 3},
                 {"{\"a\": \"x}", FSC_E_SYNTAX, 9}, {"{\"a\": 1,}", FSC_E_SYNTAX, 8},
                 {"[\"\\x\"]", FSC_E_SYNTAX, 3},    {"{\"a\":1} {\"b\":2}", FSC_E_SYNTAX, 8}};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fsc_json *v;
        f->err = (fsc_err)FSC_ERR_INIT;
        assert_int_equal(fsc_json_record(&v, f->parser, fsc_view_cstr(cases[i].text), &f->arena, &f->err),
                         cases[i].code);
        assert_null(v);
        assert_int_equal(f->err.offset, cases[i].offset);
        assert_true(f->err.text[0] != 0);
    }
}

static void test_json__depth_is_limited(void **state)
{
    fixture *f = *state;
    static char text[100001];
    memset(text, '[', 100000);
    assert_null(parse(f, text, false));
    assert_int_equal(f->err.code, FSC_E_LIMIT);
    memset(text, '[', 200);
    memset(text + 200, ']', 200);
    text[400] = 0;
    assert_non_null(parse(f, text, false));
}

static void test_json__number_of_values_is_limited(void **state)
{
    fixture *f = *state;
    size_t count = FSC_JSON_MAX_VALUES - 2;
    char *text = malloc(count * 2 + 32);
    assert_non_null(text);
    for (size_t more = 0; more < 2; more++) {
        size_t n = (size_t)sprintf(text, "{\"a\":[0");
        for (size_t i = 1; i < count + more; i++, n += 2)
            memcpy(text + n, ",1", 2);
        memcpy(text + n, "]}", 2);
        fsc_view v = fsc_view_of(text, n + 2);
        fsc_json *r = record(f, v);
        assert_int_equal(f->err.code, more ? FSC_E_LIMIT : 0);
        assert_true((r != NULL) == (more == 0));
        fsc_arena_reset(&f->arena, 0);
    }
    free(text);
}

static void test_json__lenient_strips_wrappers(void **state)
{
    static const char *const wrapped[] = {
        "\xEF\xBB\xBF{\"a\": 1}",
        "{\"a\": 1};",
        "{\"a\": 1} ; ;",
        "<!-- {\"a\": 1} -->",
        "//<![CDATA[\n{\"a\": 1}\n//]]>",
        "/*<![CDATA[*/{\"a\": 1}/*]]>*/",
        "<![CDATA[{\"a\": 1}]]>",
        "/* who */ {\"a\": 1,} // made it",
        "{\n// one\n\"a\": 1 /* two */}",
        " \n// <![CDATA[\n {\"a\": 1}; \n// ]]> ",
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
        fsc_json *v = parse(f, wrapped[i], true);
        if (!v)
            print_message("not read: %s: %s\n", wrapped[i], f->err.text);
        assert_non_null(v);
        assert_true(fsc_json_get(v, "a")->number == 1);
    }
    assert_null(parse(f, "{\"a\": 1};", false));
    assert_null(parse(f, "{\"a\": 1} {", true));
    assert_int_equal(f->err.offset, 9);
    assert_null(parse(f, "", true));
    assert_null(parse(f, "<!-- -->", true));
}

static void test_json__raw_control_characters_and_bad_utf8_pass(void **state)
{
    fixture *f = *state;
    same(parse(f, "[\"a\tb\nc\"]", true)->child->text, "a\tb\nc");
    same(record(f, FSC_LIT("{\"x\":\"a\tb\xFF\xE2\x80\"}"))->child->text, "a\tb\xFF\xE2\x80");
}

static void test_json__record_is_what_parse_says(void **state)
{
    static const char *const records[] = {
        "{}",
        " { } ",
        "{\"a\":\"\"}",
        "{\"a\":1,\"a\":\"2\"}",
        "{\"a\":0,\"b\":-7,\"c\":0.25,\"d\":1e9,\"e\":123456789012345}",
        "{\"a\":[1,{\"b\":\"]}\"}],\"c\":{\"d\":[]}}",
        "{\"a\":true,\"b\":false,\"c\":null}",
        "{\"k\\u0065y\":1}",
        "{\"a\" : \"x\" , \"b\":\"y\"\r\n}",
        "{\"a\":NaN}",
        "{\"a\":-Infinity}",
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        fsc_json *r = record(f, fsc_view_cstr(records[i])), *p = parse(f, records[i], false);
        if (!r || !p)
            print_message("not read: %s: %s\n", records[i], f->err.text);
        assert_non_null(r);
        assert_non_null(p);
        for (const fsc_json *m = p->child; m; m = m->next) {
            fsc_view key = fsc_arena_dup(&f->arena, m->key);
            const fsc_json *a = fsc_json_get(r, key.data), *b = fsc_json_get(p, key.data);
            assert_non_null(a);
            assert_int_equal(a->kind, b->kind);
            assert_true(fsc_view_eq(a->text, b->text));
            assert_int_equal(a->boolean, b->boolean);
            assert_true((a->child != NULL) == (b->child != NULL));
        }
    }
}

// An escape and what it hides, wherever they stand in strings of any length.
static void test_json__record_escapes_at_every_place(void **state)
{
    static const char *const escapes[] = {"\\\"", "\\\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\/"};
    fixture *f = *state;
    for (size_t len = 0; len < 36; len++)
        for (size_t at = 0; at <= len; at++)
            for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++) {
                char text[128];
                snprintf(text, sizeof text, "{\"a\":\"%.*s%s%.*s\",\"b\":\"\\\\\"}", (int)at, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", escapes[k], (int)(len - at),
                         "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
                fsc_json *r = record(f, fsc_view_cstr(text)), *p = parse(f, text, false);
                assert_non_null(r);
                assert_non_null(p);
                assert_true(fsc_view_eq(fsc_json_text(fsc_json_get(r, "a")), fsc_json_text(fsc_json_get(p, "a"))));
                assert_view(fsc_json_text(fsc_json_get(r, "b")), "\\");
            }
}

static void test_json__record_borrows_plain_strings(void **state)
{
    fixture *f = *state;
    fsc_view text = FSC_LIT("{\"id\":\"7\",\"text\":\"no escape in here\"}");
    fsc_json *v = record(f, text);
    fsc_view s = fsc_json_text(fsc_json_get(v, "text"));
    assert_true(s.data > text.data && s.data < text.data + text.len);
    fsc_json *copied;
    assert_int_equal(fsc_json_parse(&copied, NULL, text, false, &f->arena, NULL), 0);
    s = fsc_json_text(fsc_json_get(copied, "text"));
    assert_false(s.data >= text.data && s.data < text.data + text.len);
}

static void test_json__record_odd_numbers(void **state)
{
    static const char *const bad[] = {"{\"a\":01}",  "{\"a\":-}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}",
                                      "{\"a\":tru}", "{\"a\":}",  "{\"a\"}",    "{,}",        "{\"a\":1,,\"b\":2}"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(record(f, fsc_view_cstr(bad[i])));
    assert_true(record(f, FSC_LIT("{\"a\":0.1}"))->child->number == 0.1);
    assert_true(record(f, FSC_LIT("{\"a\":1234567890123456}"))->child->number == 1234567890123456.0);
}

// The end of a value, found at once and byte by byte.
static void value_end(const char *text, size_t want, bool complete)
{
    fsc_json_scan scan = {0};
    fsc_view v = fsc_view_cstr(text);
    assert_int_equal(fsc_json_value_end(v, true, &scan), want);
    assert_int_equal(scan.complete, complete);
    scan = (fsc_json_scan){0};
    for (size_t i = 0; i <= v.len; i++) {
        size_t got = fsc_json_value_end(fsc_view_slice(v, 0, i), i == v.len, &scan);
        if (got) {
            assert_int_equal(got, want);
            assert_int_equal(scan.complete, complete);
            return;
        }
    }
    assert_int_equal(want, 0);
}

static void test_json__value_end(void **state)
{
    (void)state;
    value_end("{\"a\": [1, \"]}\\\"\"]} tail", 18, true);
    value_end(" [1, 2]]", 7, true);
    value_end("\"a\\\\\" ,", 5, true);
    value_end("12,", 2, true);
    value_end("true]", 4, true);
    value_end("[1, \"x", 6, false);
    value_end("[1, \"x\\", 7, false);
    value_end("{", 1, false);
    value_end("7", 1, true);
    value_end("   ", 3, false);
}

static void test_json__parser_is_reusable_after_errors(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        assert_null(parse(f, "{\"a\": [[[", false));
        assert_non_null(parse(f, "{\"a\": 1}", false));
        assert_null(parse(f, "/* open", true));
    }
}

static void *refuse(void *user, size_t size)
{
    size_t *left = user;
    if (*left == 0)
        return NULL;
    --*left;
    return malloc(size);
}

static void *refuse_resize(void *user, void *ptr, size_t size)
{
    size_t *left = user;
    if (*left == 0)
        return NULL;
    --*left;
    return realloc(ptr, size);
}

static void release(void *user, void *ptr)
{
    (void)user;
    free(ptr);
}

static void test_json__memory_running_out_is_an_error(void **state)
{
    (void)state;
    static char text[400000];
    size_t n = (size_t)snprintf(text, sizeof text, "{\"a\": [");
    while (n < sizeof text - 20)
        n += (size_t)snprintf(text + n, sizeof text - n, "\"x\\n%zu\",", n);
    snprintf(text + n - 1, 4, "]}");
    int rc = FSC_E_NOMEM;
    size_t allowed = 0;
    for (; rc && allowed < 1000000; allowed += 1 + allowed / 2) {
        size_t left = allowed;
        fsc_alloc alloc = {refuse, refuse_resize, release, &left};
        fsc_arena arena;
        fsc_err err = FSC_ERR_INIT;
        fsc_json *v;
        fsc_arena_init(&arena, &alloc);
        rc = fsc_json_record(&v, NULL, fsc_view_cstr(text), &arena, &err);
        if (rc) {
            assert_int_equal(rc, FSC_E_NOMEM);
            assert_int_equal(err.code, FSC_E_NOMEM);
            assert_null(v);
        }
        fsc_arena_release(&arena);
    }
    assert_int_equal(rc, 0);
    assert_true(allowed > 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_json__every_kind_of_value),
        TEST(test_json__members_are_found_by_name),
        TEST(test_json__scalars_at_the_top),
        TEST(test_json__long_integers_keep_their_text),
        TEST(test_json__escapes),
        TEST(test_json__nul_escape_in_string),
        TEST(test_json__raw_nul_bytes),
        TEST(test_json__errors_have_an_offset),
        TEST(test_json__depth_is_limited),
        TEST(test_json__number_of_values_is_limited),
        TEST(test_json__lenient_strips_wrappers),
        TEST(test_json__raw_control_characters_and_bad_utf8_pass),
        TEST(test_json__record_is_what_parse_says),
        TEST(test_json__record_escapes_at_every_place),
        TEST(test_json__record_borrows_plain_strings),
        TEST(test_json__record_odd_numbers),
        TEST(test_json__value_end),
        TEST(test_json__parser_is_reusable_after_errors),
        TEST(test_json__memory_running_out_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
