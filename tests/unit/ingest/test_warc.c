#include "unit/ingest/ingest_check.h"

#include <zlib.h>

#define PAGE "<html><title>T</title><p>Despite the rain, crime fell.</p></html>"
#define HTTP "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n"

// A growing archive.
typedef struct archive {
    char data[1 << 18];
    size_t len;
} archive;
static archive warc;

static void add_bytes(const char *data, size_t len)
{
    assert_true(warc.len + len < sizeof warc.data);
    memcpy(warc.data + warc.len, data, len);
    warc.len += len;
}

// A record as text; returns where it begins.
static size_t add(const char *type, const char *fields, const char *block)
{
    char text[16384];
    size_t at = warc.len;
    int n = snprintf(text, sizeof text,
                     "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Date: 2025-01-02T03:04:05Z\r\n%sContent-Length: %zu\r\n\r\n%s\r\n\r\n",
                     type, fields, strlen(block), block);
    add_bytes(text, (size_t)n);
    return at;
}

static size_t add_packed(const char *type, const char *fields, const char *block)
{
    size_t at = add(type, fields, block);
    uLong room = compressBound((uLong)(warc.len - at)) + 64;
    Bytef out[20000];
    assert_true(room <= sizeof out);
    z_stream z = {.next_in = (Bytef *)warc.data + at, .avail_in = (uInt)(warc.len - at), .next_out = out,
                  .avail_out = sizeof out};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    warc.len = at;
    add_bytes((const char *)out, z.total_out);
    deflateEnd(&z);
    return at;
}

static void read_warc(fixture *f, const fsc_ingest_options *opt)
{
    put("a.warc", fsc_view_of(warc.data, warc.len));
    read_all(f, opt, "a.warc");
    warc.len = 0;
}

static void status_is(const fsc_item *item, fsc_record_status status, const char *reason)
{
    if (item->status != status)
        print_message("%.*s: %s: %.*s\n", (int)item->source.len, item->source.data, fsc_record_name(item->status),
                      (int)item->reason.len, item->reason.data);
    assert_int_equal(item->status, status);
    has(item->reason, reason);
}

static void test_warc__response_fields(void **state)
{
    fixture *f = *state;
    char source[32];
    add("warcinfo", "", "software: x");
    size_t at = add("response", "warc-target-uri: <https://e.org/a b>\r\n", HTTP PAGE);
    read_warc(f, NULL);
    assert_int_equal(f->count, 1);
    const fsc_item *i = &f->item[0];
    snprintf(source, sizeof source, "a.warc@%zu", at);
    same(i->source, source);
    same(i->id, source);
    same(i->url, "https://e.org/a%20b");
    same(i->captured, "2025-01-02T03:04:05Z");
    same(i->content, PAGE);
    same(i->charset, "windows-1252");
    assert_int_equal(i->format, FSC_FORMAT_HTML);
    assert_string_equal(fsc_ingest_note(f->in, 0),
                        "a.warc: 2 WARC records, 1 of them documents; passed over: 1 warcinfo");
}

static void test_warc__address_is_that_of_the_member(void **state)
{
    fixture *f = *state;
    char source[32];
    add_packed("request", "", "GET /");
    size_t at = add_packed("response", "", HTTP PAGE);
    read_warc(f, NULL);
    assert_int_equal(f->count, 1);
    snprintf(source, sizeof source, "a.warc@%zu", at);
    same(f->item[0].source, source);
    same(f->item[0].content, PAGE);
}

static void test_warc__what_is_a_document(void **state)
{
    fixture *f = *state;
    add("response", "", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" PAGE);
    add("response", "", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG");
    add("response", "WARC-Target-URI: dns:e.org\r\n", "20250102030405\ne.org. A 1.2.3.4");
    add("metadata", "", "a: b");
    add("response", "", "HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n\r\n" PAGE);
    add("response", "", "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=\"windows-1252\"\r\n\r\ncaf\xE9");
    add("response", "", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"text\":\"t\",\"title\":\"T\"}");
    add("response", "", PAGE);
    add("resource", "Content-Type: text/html\r\n", PAGE);
    add("conversion", "Content-Type: text/plain\r\n", "Plain.");
    add("resource", "Content-Type: application/pdf\r\n", "%PDF");
    add("continuation", "WARC-Segment-Number: 2\r\n", "x");
    add("response", "", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n \r\n");
    read_warc(f, NULL);
    assert_int_equal(f->count, 8);
    assert_int_equal(f->item[0].format, FSC_FORMAT_HTML);
    same(f->item[1].content, "caf\xC3\xA9");
    assert_int_equal(f->item[1].format, FSC_FORMAT_TEXT);
    same(f->item[2].content, "t");
    same(f->item[2].title, "T");
    same(f->item[2].captured, "2025-01-02T03:04:05Z");
    same(f->item[3].content, PAGE);
    same(f->item[4].content, PAGE);
    same(f->item[5].content, "Plain.");
    status_is(&f->item[6], FSC_RECORD_UNSUPPORTED, "segment");
    status_is(&f->item[7], FSC_RECORD_EMPTY, "empty");
    assert_string_equal(fsc_ingest_note(f->in, 0), "a.warc: 13 WARC records, 7 of them documents; passed over: 1 "
                                                   "metadata, 3 neither page nor text, 1 with an HTTP status other "
                                                   "than 200");
}

static void test_warc__folded_header_and_bare_newlines(void **state)
{
    fixture *f = *state;
    static const char text[] = "WARC/0.18\nWARC-Type: conversion\nWARC-Target-URI: https://e.org/\n x\nContent-Length:\n"
                               " 5\nbroken line\n\nhello\n\n\n";
    add_bytes(text, sizeof text - 1);
    read_warc(f, NULL);
    assert_int_equal(f->count, 1);
    same(f->item[0].content, "hello");
    same(f->item[0].url, "https://e.org/%20x");
}

static void test_warc__chunks(void **state)
{
    static const struct {
        const char *body, *content;
    } cases[] = {
        {"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n", "hello world"},
        {"5\r\nhello\r\n6\r\n wo", "hello wo"},
        {"5\nhello\n0\n\n", "hello"},
        {"hello, no chunks", "hello, no chunks"},
        {"5\r\nhello\r\nthen no chunk", "hellothen no chunk"},
        {"5\r\nhello\r\nffffffffffffff\r\nrest", "hellorest"},
        {"face it, this is text", "face it, this is text"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char block[512];
        snprintf(block, sizeof block,
                 "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n%s", cases[i].body);
        add("response", "", block);
    }
    read_warc(f, NULL);
    assert_int_equal(f->count, sizeof cases / sizeof *cases);
    for (size_t i = 0; i < f->count; i++)
        same(f->item[i].content, cases[i].content);
}

static void test_warc__revisits(void **state)
{
    fixture *f = *state;
    for (int packed = 0; packed < 2; packed++) {
        size_t (*put_record)(const char *, const char *, const char *) = packed ? add_packed : add;
        put_record("response", "WARC-Target-URI: https://e.org/1\r\nWARC-Payload-Digest: sha1:ABC\r\n", HTTP PAGE);
        put_record("response", "WARC-Payload-Digest: sha1:IMG\r\n", "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF");
        put_record("revisit", "WARC-Target-URI: https://e.org/2\r\nWARC-Payload-Digest: sha1:abc\r\n", "HTTP/1.1 200 OK\r\n\r\n");
        put_record("revisit",
                   "WARC-Refers-To-Target-URI: https://e.org/1\r\nWARC-Refers-To-Date: 2025-01-02T03:04:05Z\r\n", "");
        put_record("revisit", "WARC-Payload-Digest: sha1:IMG\r\n", "");
        put_record("revisit", "WARC-Payload-Digest: sha1:NONE\r\n", "");
        read_warc(f, NULL);
        assert_int_equal(f->count, 4);
        same(f->item[1].url, "https://e.org/2");
        same(f->item[1].content, PAGE);
        same(f->item[2].content, PAGE);
        status_is(&f->item[3], FSC_RECORD_REVISIT_UNRESOLVED, "not in this run");
    }
}

static void test_warc__damage_costs_its_record(void **state)
{
    fixture *f = *state;
    add_packed("response", "", HTTP PAGE "1");
    size_t second = add_packed("response", "", HTTP PAGE "2"), third = warc.len;
    memset(warc.data + second + 40, 'x', 30);
    add_packed("response", "", HTTP PAGE "3");
    read_warc(f, NULL);
    assert_int_equal(f->count, 3);
    char source[32];
    snprintf(source, sizeof source, "a.warc@%zu", second);
    same(f->item[1].source, source);
    status_is(&f->item[1], FSC_RECORD_UNREADABLE, "gzip member");
    same(f->item[2].content, PAGE "3");
    snprintf(source, sizeof source, "a.warc@%zu", third);
    same(f->item[2].source, source);
}

static void test_warc__wrong_lengths(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 500\r\n\r\nhello\r\n\r\n", "the next record begins after 9"},
        {"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 2\r\n\r\nhello\r\n\r\n", "no record begins behind it"},
        {"WARC/1.0\r\nWARC-Type: conversion\r\n\r\nhello\r\n\r\n", "no length"},
        {"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: -2\r\n\r\nhello\r\n\r\n", "no length"},
        {"noise\r\n\r\n", "no WARC record begins here"},
        {"WARC/9.0\r\n\r\n", "no WARC record begins here"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        add("conversion", "", "before");
        add_bytes(cases[i].text, strlen(cases[i].text));
        add("conversion", "", "after");
        read_warc(f, NULL);
        assert_int_equal(f->count, 3);
        same(f->item[0].content, "before");
        status_is(&f->item[1], FSC_RECORD_UNREADABLE, cases[i].says);
        same(f->item[2].content, "after");
    }
    add("conversion", "", "whole");
    add("conversion", "", "cut here");
    warc.len -= 7;
    read_warc(f, NULL);
    assert_int_equal(f->count, 2);
    status_is(&f->item[1], FSC_RECORD_UNREADABLE, "the file ends inside the record");
}

static void test_warc__too_large_is_not_held(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.max_record = 2000};
    static char big[8001];
    memset(big, 'x', 8000);
    for (int packed = 0; packed < 2; packed++) {
        (packed ? add_packed : add)("conversion", "", big);
        (packed ? add_packed : add)("conversion", "", "after");
        read_warc(f, &opt);
        assert_int_equal(f->count, 2);
        status_is(&f->item[0], FSC_RECORD_TOO_LARGE, "--max-record");
        same(f->item[1].content, "after");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_warc__response_fields),
        TEST(test_warc__address_is_that_of_the_member),
        TEST(test_warc__what_is_a_document),
        TEST(test_warc__folded_header_and_bare_newlines),
        TEST(test_warc__chunks),
        TEST(test_warc__revisits),
        TEST(test_warc__damage_costs_its_record),
        TEST(test_warc__wrong_lengths),
        TEST(test_warc__too_large_is_not_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
