#include "check.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "codec/streams.h"

// `text` packed as inflateInit2 names the ways: 31 gzip, 15 zlib, -15 raw deflate.
static fsc_view deflated(fsc_arena *arena, fsc_view text, int bits)
{
    uLong room = compressBound((uLong)text.len) + 64;
    char *out = fsc_arena_alloc(arena, room);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)text.data, .avail_in = (uInt)text.len, .next_out = (Bytef *)out,
                  .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t len = z.total_out;
    deflateEnd(&z);
    return fsc_view_of(out, len);
}

static fsc_view zstded(fsc_arena *arena, fsc_view text)
{
    size_t room = ZSTD_compressBound(text.len);
    char *out = fsc_arena_alloc(arena, room);
    size_t len = ZSTD_compress(out, room, text.data, text.len, 3);
    assert_false(ZSTD_isError(len));
    return fsc_view_of(out, len);
}

static fsc_view joined(fsc_arena *arena, fsc_view a, fsc_view b)
{
    char *out = fsc_arena_alloc(arena, a.len + b.len);
    memcpy(out, a.data, a.len);
    memcpy(out + a.len, b.data, b.len);
    return fsc_view_of(out, a.len + b.len);
}

static void test_streams__magic(void **state)
{
    (void)state;
    assert_int_equal(fsc_pack_of(FSC_LIT("\x1F\x8B\x08\x00")), FSC_PACK_GZIP);
    assert_int_equal(fsc_pack_of(FSC_LIT("\x1F\x8B\x08\xFF")), FSC_PACK_NONE);
    assert_int_equal(fsc_pack_of(FSC_LIT("\x28\xB5\x2F\xFD")), FSC_PACK_ZSTD);
    assert_int_equal(fsc_pack_of(FSC_LIT("\x5D\x2A\x4D\x18")), FSC_PACK_ZSTD);
    assert_int_equal(fsc_pack_of(FSC_LIT("\x1F\x8B")), FSC_PACK_NONE);
    assert_int_equal(fsc_pack_of(FSC_LIT("")), FSC_PACK_NONE);
    assert_string_equal(fsc_pack_name(FSC_PACK_ZSTD), "zstd");
}

// A byte at a time in and out: the members end where they end.
static void test_streams__stops_at_members(void **state)
{
    fsc_arena arena;
    (void)state;
    fsc_arena_init(&arena, NULL);
    for (int kind = 0; kind < 2; kind++) {
        fsc_view one = kind ? zstded(&arena, FSC_LIT("first")) : deflated(&arena, FSC_LIT("first"), 31);
        fsc_view two = kind ? zstded(&arena, FSC_LIT("second")) : deflated(&arena, FSC_LIT("second"), 31);
        fsc_view all = joined(&arena, one, two);
        fsc_unpack *u;
        assert_int_equal(fsc_unpack_new(&u, fsc_pack_of(all), NULL, NULL), 0);
        char out[32];
        size_t at = 0, len = 0, ends = 0, end_at[4] = {0};
        for (int i = 0; i < 1000 && ends < 2; i++) {
            fsc_unpack_step step;
            assert_int_equal(fsc_unpack_run(u, fsc_view_slice(all, at, at + 1), out + len, 1, &step, NULL), 0);
            at += step.used;
            len += step.made;
            if (step.ended)
                end_at[ends++] = at;
        }
        assert_int_equal(ends, 2);
        assert_int_equal(end_at[0], one.len);
        assert_int_equal(end_at[1], all.len);
        assert_memory_equal(out, "firstsecond", 11);
        fsc_unpack_free(u);
    }
    fsc_arena_release(&arena);
}

static void test_streams__damage_is_an_error(void **state)
{
    fsc_arena arena;
    fsc_unpack *u;
    fsc_unpack_step step;
    char out[64];
    (void)state;
    fsc_arena_init(&arena, NULL);
    fsc_view good = deflated(&arena, FSC_LIT("some text to be packed"), 31);
    char *bad = (char *)(uintptr_t)joined(&arena, good, FSC_LIT("")).data;
    bad[good.len - 6] ^= 1; // the checksum
    fsc_err err = FSC_ERR_INIT;
    assert_int_equal(fsc_unpack_new(&u, FSC_PACK_GZIP, NULL, NULL), 0);
    assert_int_equal(fsc_unpack_run(u, fsc_view_of(bad, good.len), out, sizeof out, &step, &err), FSC_E_SYNTAX);
    assert_int_equal(step.made, 22);
    assert_non_null(strstr(err.text, "gzip"));
    fsc_unpack_restart(u);
    assert_int_equal(fsc_unpack_run(u, good, out, sizeof out, &step, NULL), 0);
    assert_true(step.ended);
    fsc_unpack_free(u);
    fsc_arena_release(&arena);
}

static void test_streams__dictionary(void **state)
{
    fsc_arena arena;
    fsc_unpack *u;
    fsc_unpack_step step;
    char packed[256], out[128];
    fsc_view dictionary = FSC_LIT("WARC/1.1 WARC-Type: response Content-Length: 10 news.example");
    fsc_view text = FSC_LIT("WARC/1.1 WARC-Type: response Content-Length: 10 news.example!");
    (void)state;
    fsc_arena_init(&arena, NULL);
    ZSTD_CCtx *c = ZSTD_createCCtx();
    size_t len = ZSTD_compress_usingDict(c, packed, sizeof packed, text.data, text.len, dictionary.data,
                                         dictionary.len, 3);
    ZSTD_freeCCtx(c);
    assert_false(ZSTD_isError(len));
    assert_true(len < text.len / 2);
    for (int wrapped = 0; wrapped < 2; wrapped++) {
        assert_int_equal(fsc_unpack_new(&u, FSC_PACK_ZSTD, NULL, NULL), 0);
        fsc_view held = wrapped ? zstded(&arena, dictionary) : dictionary;
        assert_int_equal(fsc_unpack_dictionary(u, held, NULL), 0);
        for (int twice = 0; twice < 2; twice++) {
            assert_int_equal(fsc_unpack_run(u, fsc_view_of(packed, len), out, sizeof out, &step, NULL), 0);
            assert_true(step.ended && step.made == text.len && memcmp(out, text.data, text.len) == 0);
        }
        fsc_unpack_free(u);
    }
    assert_int_equal(fsc_unpack_dictionary_size(FSC_LIT("\x5D\x2A\x4D\x18\x04\x01\x00\x00")), 268);
    assert_int_equal(fsc_unpack_dictionary_size(FSC_LIT("\x50\x2A\x4D\x18\x04\x01\x00\x00")), 0);
    fsc_arena_release(&arena);
}

static void test_streams__bodies(void **state)
{
    fsc_arena arena;
    fsc_view out, text = FSC_LIT("<html><p>Despite the rain, crime fell. Despite the rain, crime fell.");
    (void)state;
    fsc_arena_init(&arena, NULL);
    const struct {
        const char *encoding;
        fsc_view body;
        int rc;
    } cases[] = {
        {"gzip", deflated(&arena, text, 31), 0},
        {"X-GZIP", deflated(&arena, text, 31), 0},
        {"deflate", deflated(&arena, text, 15), 0},
        {"deflate", deflated(&arena, text, -15), 0},
        {"zstd", zstded(&arena, text), 0},
        {"identity", text, 0},
        {"", text, 0},
        {"gzip", text, 0},
        {"deflate", text, 0},
        {"zstd", text, 0},
        {"br", text, FSC_E_UNSUPPORTED},
        {"gzip", joined(&arena, deflated(&arena, text, 31), FSC_LIT("junk behind")), 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int rc = fsc_unpack_body(&out, cases[i].body, fsc_view_cstr(cases[i].encoding), 1000, &arena, NULL);
        assert_int_equal(rc, cases[i].rc);
        assert_true(rc || fsc_view_eq(out, text));
    }
    // one that breaks off keeps what came before
    fsc_view cut = deflated(&arena, text, 31);
    cut.len -= 9;
    assert_int_equal(fsc_unpack_body(&out, cut, FSC_LIT("gzip"), 1000, &arena, NULL), 0);
    assert_true(out.len > 10 && fsc_view_starts(text, out));
    fsc_arena_release(&arena);
}

static void test_streams__bombs(void **state)
{
    fsc_arena arena;
    fsc_view out;
    (void)state;
    fsc_arena_init(&arena, NULL);
    char *zeros = calloc(1, 8u << 20);
    fsc_view bomb = deflated(&arena, fsc_view_of(zeros, 8u << 20), 31);
    assert_int_equal(fsc_unpack_body(&out, bomb, FSC_LIT("gzip"), 64u << 20, &arena, NULL), FSC_E_LIMIT);
    assert_int_equal(fsc_unpack_body(&out, bomb, FSC_LIT("gzip"), 1000, &arena, NULL), FSC_E_LIMIT);
    free(zeros);
    fsc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams__magic),      cmocka_unit_test(test_streams__stops_at_members),
        cmocka_unit_test(test_streams__damage_is_an_error), cmocka_unit_test(test_streams__dictionary),
        cmocka_unit_test(test_streams__bodies),     cmocka_unit_test(test_streams__bombs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
