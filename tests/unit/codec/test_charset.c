#include "check.h"

#include "base/utf8.h"
#include "codec/charset.h"

static int setup(void **state)
{
    static fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    *state = &arena;
    return 0;
}

static int teardown(void **state)
{
    fsc_arena_release(*state);
    return 0;
}

static uint32_t decode(fsc_arena *a, fsc_view in, const char *outside, bool html, const char *want, const char *charset)
{
    fsc_view out;
    uint32_t repaired = 99;
    const char *label = NULL;
    assert_int_equal(fsc_charset_decode(&out, in, fsc_view_cstr(outside), html, a, &repaired, &label, NULL), 0);
    assert_string_equal(label, charset);
    assert_int_equal(fsc_utf8_valid(out.data, out.len), out.len);
    if (!fsc_view_is(out, want)) {
        print_message("'%.*s' is not '%s'\n", (int)out.len, out.data, want);
        assert_true(false);
    }
    return repaired;
}

static void test_charset__byte_order_mark_beats_labels(void **state)
{
    fsc_arena *a = *state;
    decode(a, FSC_LIT("\xEF\xBB\xBFh\xC3\xA9"), "iso-8859-1", true, "hé", "UTF-8");
    decode(a, FSC_LIT("\xFF\xFEh\0\xE9\0"), "utf-8", true, "hé", "UTF-16LE");
    decode(a, FSC_LIT("\xFE\xFF\0h\0\xE9"), "utf-8", true, "hé", "UTF-16BE");
}

static void test_charset__label_from_outside_beats_meta(void **state)
{
    fsc_arena *a = *state;
    decode(a, FSC_LIT("<meta charset=utf-8>\xE9"), "latin1", true, "<meta charset=utf-8>é", "windows-1252");
    decode(a, FSC_LIT("<meta charset=windows-1251>\xE9"), "nonsense", true, "<meta charset=windows-1251>й",
           "windows-1251");
}

static void test_charset__meta_forms(void **state)
{
    static const char *const pages[] = {
        "<meta charset=\"windows-1251\">\xE9",
        "<META CHARSET='Windows-1251' />\xE9",
        "<meta charset= windows-1251 >\xE9",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">\xE9",
        "<meta content=\"text/html; charset = 'windows-1251'\" http-equiv=content-type>\xE9",
        "<html><head><title>a>b</title><meta name=x content=y><meta/charset=cp1251>\xE9",
        "<!-- <meta charset=utf-8> --><meta charset=x-cp1251>\xE9",
        "<div title='<meta charset=utf-8>'><meta charset=cp1251>\xE9",
        "<?xml version='1.0'?><!doctype html><meta charset=cp1251>\xE9",
        "<meta charset=bogus><meta charset=cp1251>\xE9",
        "</x><3 <meta charset=cp1251 charset=utf-8>\xE9",
    };
    fsc_arena *a = *state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        fsc_view out;
        const char *label;
        assert_int_equal(
            fsc_charset_decode(&out, fsc_view_cstr(pages[i]), (fsc_view){"", 0}, true, a, NULL, &label, NULL), 0);
        if (strcmp(label, "windows-1251") != 0)
            print_message("%s in %s\n", label, pages[i]);
        assert_string_equal(label, "windows-1251");
        assert_true(fsc_view_ends(out, FSC_LIT("й")));
    }
}

static void test_charset__meta_that_does_not_count(void **state)
{
    static const char *const pages[] = {
        "<meta name=charset content=windows-1251>\xE9",
        "<meta content='text/html; charset=windows-1251'>\xE9",
        "<metacharset=windows-1251>\xE9",
        "<!-- <meta charset=windows-1251>\xE9",
        "<meta charset=\"\xE9",
        "<meta",
        "<meta ",
        "<meta charset",
        "<meta charset=",
        "<a href='\xE9",
        "<meta http-equiv=content-type content='charset charset windows-1251'>\xE9",
        "\xE9 charset=windows-1251",
    };
    fsc_arena *a = *state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        fsc_view out;
        const char *label;
        assert_int_equal(
            fsc_charset_decode(&out, fsc_view_cstr(pages[i]), (fsc_view){"", 0}, true, a, NULL, &label, NULL), 0);
        assert_string_not_equal(label, "windows-1251");
    }
    // beyond the first 1,024 bytes
    char late[1100];
    memset(late, ' ', sizeof late);
    memcpy(late + 1024, "<meta charset=windows-1251>\xE9", 28);
    fsc_view out;
    const char *label;
    assert_int_equal(
        fsc_charset_decode(&out, fsc_view_of(late, sizeof late), (fsc_view){"", 0}, true, a, NULL, &label, NULL), 0);
    assert_string_equal(label, "windows-1252");
    assert_int_equal(
        fsc_charset_decode(&out, fsc_view_of(late + 100, 1000), (fsc_view){"", 0}, true, a, NULL, &label, NULL), 0);
    assert_string_equal(label, "windows-1251");
}

static void test_charset__meta_utf16_is_utf8(void **state)
{
    decode(*state, FSC_LIT("<meta charset=utf-16le>h\xC3\xA9"), "", true, "<meta charset=utf-16le>hé", "UTF-8");
    decode(*state, FSC_LIT("<meta charset=x-user-defined>\x80"), "", true, "<meta charset=x-user-defined>€",
           "windows-1252");
}

static void test_charset__valid_utf8_beats_a_wrong_meta(void **state)
{
    decode(*state, FSC_LIT("<meta charset=iso-8859-1>d\xC3\xA9j\xC3\xA0"), "", true, "<meta charset=iso-8859-1>déjà",
           "UTF-8");
    decode(*state, FSC_LIT("<meta charset=iso-8859-1>plain"), "", true, "<meta charset=iso-8859-1>plain",
           "windows-1252");
}

static void test_charset__without_label(void **state)
{
    fsc_arena *a = *state;
    assert_int_equal(decode(a, FSC_LIT("d\xC3\xA9j\xC3\xA0"), "", true, "déjà", "UTF-8"), 0);
    assert_int_equal(decode(a, FSC_LIT("\x93quoted\x94 \x80 5 caf\xE9 \x81"), "", true, "“quoted” € 5 café \xC2\x81",
                            "windows-1252"),
                     0);
    assert_int_equal(
        decode(a, FSC_LIT("<meta charset=latin1>\xE9"), "", false, "<meta charset=latin1>é", "windows-1252"), 0);
    assert_int_equal(decode(a, FSC_LIT(""), "", true, "", "UTF-8"), 0);
    // one fault among many good sequences is damage, not another charset
    assert_int_equal(decode(a, FSC_LIT("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF"), "",
                            true, "éééééééé \xEF\xBF\xBD", "UTF-8"),
                     1);
}

static void test_charset__utf8_label_repairs(void **state)
{
    fsc_arena *a = *state;
    assert_int_equal(decode(a, FSC_LIT("<meta charset=utf8>a\xFF\xE2\x80z"), "", true,
                            "<meta charset=utf8>a\xEF\xBF\xBD\xEF\xBF\xBDz", "UTF-8"),
                     2);
}

static void test_charset__multi_byte(void **state)
{
    fsc_arena *a = *state;
    decode(a, FSC_LIT("\x93\xFA\x96\x7B"), "shift_jis", true, "日本", "Shift_JIS");
    decode(a, FSC_LIT("\xC6\xFC\xCB\xDC"), "euc-jp", true, "日本", "EUC-JP");
    decode(a, FSC_LIT("\x1b$BF|K\\\x1b(B"), "iso-2022-jp", true, "日本", "ISO-2022-JP");
    decode(a, FSC_LIT("\xB1\xB1\xBE\xA9"), "gb2312", true, "北京", "GBK");
    decode(a, FSC_LIT("\xA5\x5F\xA8\xCA"), "big5", true, "北京", "Big5");
    decode(a, FSC_LIT("\xC7\xD1\xB1\xB9"), "ks_c_5601-1987", true, "한국", "EUC-KR");
    assert_int_equal(decode(a, FSC_LIT("a\x93\xFA\x96"), "sjis", true, "a日\xEF\xBF\xBD", "Shift_JIS"), 1);
    assert_int_equal(decode(a, FSC_LIT("a\xFF\xFFz"), "euc-kr", true, "a\xEF\xBF\xBD\xEF\xBF\xBDz", "EUC-KR"), 2);
}

static void test_charset__single_byte(void **state)
{
    fsc_arena *a = *state;
    decode(a, FSC_LIT("\xEF\xF0\xE8\xE2\xE5\xF2"), "cp1251", true, "привет", "windows-1251");
    decode(a, FSC_LIT("\xD0\xD2\xC9\xD7\xC5\xD4"), "koi8-r", true, "привет", "KOI8-R");
    decode(a, FSC_LIT("\x8E\xE9"), "x-mac-roman", true, "éÈ", "macintosh");
    decode(a, FSC_LIT("\xA4 \xBE"), "iso-8859-15", true, "€ Ÿ", "ISO-8859-15");
    decode(a, FSC_LIT("\xB9\xE9\xA1"), "latin2", true, "šéĄ", "ISO-8859-2");
    decode(a, FSC_LIT("\xD0\xFE"), "iso-8859-9", true, "Ğş", "windows-1254");
    // places that the vendor's table leaves free are C1 controls or U+FFFD
    assert_int_equal(decode(a, FSC_LIT("a\x81z"), "cp1253", true, "a\xC2\x81z", "windows-1253"), 0);
    assert_int_equal(decode(a, FSC_LIT("a\xAAz"), "cp1253", true, "a\xEF\xBF\xBDz", "windows-1253"), 1);
}

static void test_charset__odd_encodings(void **state)
{
    fsc_arena *a = *state;
    decode(a, FSC_LIT("a\x80\xFF"), "x-user-defined", true, "a\xEF\x9E\x80\xEF\x9F\xBF", "x-user-defined");
    assert_int_equal(decode(a, FSC_LIT("anything"), "hz-gb-2312", true, "\xEF\xBF\xBD", "replacement"), 1);
    assert_int_equal(decode(a,
                            FSC_LIT("=\xD8\0\xDE"
                                    "a\0"),
                            "utf-16", true, "😀a", "UTF-16LE"),
                     0);
    assert_int_equal(decode(a,
                            FSC_LIT("=\xD8"
                                    "a\0x"),
                            "utf-16le", true,
                            "\xEF\xBF\xBD"
                            "a\xEF\xBF\xBD",
                            "UTF-16LE"),
                     2);
}

static void test_charset__names(void **state)
{
    (void)state;
    assert_string_equal(fsc_charset_name(FSC_LIT(" UTF8\n")), "UTF-8");
    assert_string_equal(fsc_charset_name(FSC_LIT("ISO-8859-1")), "windows-1252");
    assert_string_equal(fsc_charset_name(FSC_LIT("unicode11utf8")), "UTF-8");
    assert_string_equal(fsc_charset_name(FSC_LIT("tis-620")), "windows-874");
    assert_string_equal(fsc_charset_name(FSC_LIT("visual")), "ISO-8859-8");
    assert_null(fsc_charset_name(FSC_LIT("utf-7")));
    assert_null(fsc_charset_name(FSC_LIT("")));
    assert_null(fsc_charset_name(FSC_LIT("utf-8 utf8")));
}

// In pieces of every size the result is that of one piece.
static void test_charset__utf16_in_pieces(void **state)
{
    (void)state;
    static const char in[] = "a\0=\xD8\0\xDE=\xD8z\0\0\xDE\xE9\0x";
    char whole[64], parts[64];
    size_t used, n, len = sizeof in - 1;
    uint32_t bad = 0;
    n = fsc_charset_utf16(whole, fsc_view_of(in, len), false, true, &used, &bad);
    assert_int_equal(used, len);
    assert_int_equal(bad, 3);
    for (size_t piece = 4; piece < len; piece++) {
        size_t o = 0, at = 0;
        uint32_t count = 0;
        while (at < len) {
            size_t end = at + piece < len ? at + piece : len;
            o += fsc_charset_utf16(parts + o, fsc_view_of(in + at, end - at), false, end == len, &used, &count);
            at += used;
        }
        assert_int_equal(o, n);
        assert_memory_equal(parts, whole, n);
        assert_int_equal(count, bad);
    }
}

static void test_charset__binary(void **state)
{
    (void)state;
    assert_non_null(fsc_charset_binary(FSC_LIT("%PDF-1.7 ...")));
    assert_non_null(fsc_charset_binary(FSC_LIT("\x89PNG\r\n\x1a\n")));
    assert_non_null(fsc_charset_binary(FSC_LIT("\xFF\xD8\xFF\xE0")));
    assert_non_null(fsc_charset_binary(FSC_LIT("PK\3\4")));
    assert_non_null(fsc_charset_binary(FSC_LIT("\x1F\x8B\x08\0")));
    assert_non_null(fsc_charset_binary(FSC_LIT("RIFF....WEBPVP8 ")));
    assert_non_null(fsc_charset_binary(FSC_LIT("a\0b\0c\0d\0e\0")));
    char noise[2000];
    uint32_t seed = 7;
    for (size_t i = 0; i < sizeof noise; i++) {
        seed = seed * 1664525u + 1013904223u;
        noise[i] = (char)(seed >> 24);
    }
    assert_non_null(fsc_charset_binary(fsc_view_of(noise, sizeof noise)));
    assert_null(fsc_charset_binary(FSC_LIT("")));
    assert_null(fsc_charset_binary(FSC_LIT("PK and ID3 tags, a story\r\n\tby GIF")));
    assert_null(fsc_charset_binary(FSC_LIT("\xFF\xFE"
                                           "a\0b\0")));
    assert_null(fsc_charset_binary(FSC_LIT("despite \xc3\x28 the facts\xff, crime fell \xe2\x82\x00 again")));
    assert_null(fsc_charset_binary(FSC_LIT("\xEF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_charset__byte_order_mark_beats_labels),
        TEST(test_charset__label_from_outside_beats_meta),
        TEST(test_charset__meta_forms),
        TEST(test_charset__meta_that_does_not_count),
        TEST(test_charset__meta_utf16_is_utf8),
        TEST(test_charset__valid_utf8_beats_a_wrong_meta),
        TEST(test_charset__without_label),
        TEST(test_charset__utf8_label_repairs),
        TEST(test_charset__multi_byte),
        TEST(test_charset__single_byte),
        TEST(test_charset__odd_encodings),
        TEST(test_charset__names),
        TEST(test_charset__utf16_in_pieces),
        TEST(test_charset__binary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
