// charset: whatever the bytes and the label, the result is valid UTF-8, valid UTF-8 stays as it is, and UTF-16 in
// pieces is UTF-16 in one. The first byte chooses a label, its top bit whether the rest is a page.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "codec/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

static void utf16_in_pieces(fsc_view v, bool big_endian, fsc_arena *arena)
{
    uint32_t bad = 0, count = 0;
    size_t used, o = 0, at = 0, step = 4 + v.len / 3;
    char *whole = fsc_arena_alloc(arena, v.len * 2 + 16), *parts = fsc_arena_alloc(arena, v.len * 2 + 16);
    MUST(whole && parts);
    size_t n = fsc_charset_utf16(whole, v, big_endian, true, &used, &bad);
    MUST(used == v.len && n <= v.len / 2 * 3 + 3);
    while (at < v.len) {
        size_t end = v.len - at < step ? v.len : at + step;
        o += fsc_charset_utf16(parts + o, fsc_view_slice(v, at, end), big_endian, end == v.len, &used, &count);
        at += used;
        MUST(used > 0);
    }
    MUST(o == n && count == bad && memcmp(whole, parts, n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const labels[] = {
        "",          "utf-8",     "latin1",      "windows-1251", "windows-1253", "windows-1255",   "iso-8859-8",
        "koi8-u",    "macintosh", "gbk",         "gb18030",      "big5",         "euc-jp",         "iso-2022-jp",
        "shift_jis", "euc-kr",    "replacement", "utf-16be",     "utf-16le",     "x-user-defined", "bogus"};
    if (size == 0)
        return 0;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_view out, in = {(const char *)data + 1, size - 1};
    uint32_t repaired;
    const char *label;
    fsc_view outside = fsc_view_cstr(labels[(data[0] & 127) % (sizeof labels / sizeof *labels)]);
    MUST(fsc_charset_decode(&out, in, outside, data[0] & 128, &arena, &repaired, &label, NULL) == 0);
    MUST(out.len == 0 || fsc_utf8_valid(out.data, out.len) == out.len);
    MUST(fsc_charset_name(fsc_view_cstr(label)));
    fsc_charset_binary(in);
    utf16_in_pieces(in, data[0] & 1, &arena);
    fsc_arena_release(&arena);
    return 0;
}
