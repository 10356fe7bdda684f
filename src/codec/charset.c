#include "codec/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"
#include "codec/charset_p.h"

#define REPLACEMENT "\xEF\xBF\xBD"

// Output that grows in the arena.
typedef struct sink {
    fsc_arena *arena;
    char *data;
    size_t len, cap;
} sink;

static bool room(sink *s, size_t more)
{
    if (s->cap - s->len >= more)
        return true;
    size_t cap = s->cap + s->cap / 2 + more + 64;
    char *data = s->data ? fsc_arena_grow(s->arena, s->data, s->cap, cap) : fsc_arena_alloc(s->arena, cap);
    if (!data)
        return false;
    s->data = data;
    s->cap = cap;
    return true;
}

static bool put(sink *s, uint32_t cp)
{
    if (!room(s, 4))
        return false;
    s->len += fsc_utf8_encode(s->data + s->len, cp);
    return true;
}

// ---------------------------------------------------------------- decoders

// What windows-1252 has in 0x80-0x9F; the five free places stay C1 controls.
static const uint16_t windows_1252_c1[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                             0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// One byte, one character: windows-1252 and x-user-defined.
static bool decode_bytes(sink *s, fsc_view in, bool user_defined)
{
    for (size_t i = 0; i < in.len; i++) {
        unsigned char c = (unsigned char)in.data[i];
        uint32_t cp = c;
        if (c >= 0x80 && user_defined)
            cp = 0xF780u + (c - 0x80u);
        else if (c >= 0x80 && c < 0xA0)
            cp = windows_1252_c1[c - 0x80];
        if (!put(s, cp))
            return false;
    }
    return true;
}

// One byte that iconv refuses. The standard's single-byte tables keep the C1 controls that iconv leaves out.
static bool refused(sink *s, const fsc_charset *charset, unsigned char c, uint32_t *repaired)
{
    if (charset->decoder == FSC_DECODER_SINGLE && c >= 0x80 && c < 0xA0)
        return put(s, c);
    ++*repaired;
    return put(s, 0xFFFD);
}

static bool decode_iconv(sink *s, fsc_view in, const fsc_charset *charset, uint32_t *repaired)
{
    iconv_t cd = iconv_open("UTF-8", charset->iconv_name);
    if (cd == (iconv_t)-1)
        return decode_bytes(s, in, false);
    char *from = (char *)in.data;
    size_t left = in.len;
    bool ok = true;
    while (ok && left > 0) {
        ok = room(s, left + left / 2 + 16);
        if (!ok)
            break;
        char *to = s->data + s->len;
        size_t free_bytes = s->cap - s->len;
        size_t rc = iconv(cd, &from, &left, &to, &free_bytes);
        s->len = (size_t)(to - s->data);
        if (rc != (size_t)-1)
            continue;
        if (errno == EILSEQ) {
            ok = refused(s, charset, (unsigned char)*from, repaired);
            from++;
            left--;
        } else if (errno == EINVAL) {
            ++*repaired;
            ok = put(s, 0xFFFD);
            left = 0;
        }
    }
    if (ok && room(s, 16)) {
        char *to = s->data + s->len;
        size_t free_bytes = s->cap - s->len;
        iconv(cd, NULL, NULL, &to, &free_bytes); // what a stateful decoder holds back
        s->len = (size_t)(to - s->data);
    }
    iconv_close(cd);
    return ok;
}

size_t fsc_charset_utf16(char *out, fsc_view in, bool big_endian, bool at_end, size_t *used, uint32_t *repaired)
{
    const unsigned char *p = (const unsigned char *)in.data;
    size_t o = 0, i = 0;
    unsigned hi = big_endian ? 0 : 1, lo = big_endian ? 1 : 0;
    while (i + 2 <= in.len) {
        uint32_t cp = (uint32_t)p[i + hi] << 8 | p[i + lo];
        size_t size = 2;
        if (cp >= 0xD800 && cp < 0xDC00) {
            if (i + 4 > in.len && !at_end)
                break;
            uint32_t low = i + 4 <= in.len ? (uint32_t)p[i + 2 + hi] << 8 | p[i + 2 + lo] : 0;
            if (low >= 0xDC00 && low < 0xE000) {
                cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
                size = 4;
            }
        }
        *repaired += cp >= 0xD800 && cp < 0xE000;
        o += fsc_utf8_encode(out + o, cp);
        i += size;
    }
    if (at_end && i < in.len) {
        o += fsc_utf8_encode(out + o, 0xFFFD);
        ++*repaired;
        i = in.len;
    }
    *used = i;
    return o;
}

static bool decode_utf16(sink *s, fsc_view in, bool big_endian, uint32_t *repaired)
{
    size_t used;
    if (in.len > SIZE_MAX / 3 || !room(s, in.len / 2 * 3 + 8))
        return false;
    s->len += fsc_charset_utf16(s->data + s->len, in, big_endian, true, &used, repaired);
    return true;
}

static bool decode(sink *s, fsc_view in, const fsc_charset *charset, uint32_t *repaired)
{
    switch (charset->decoder) {
    case FSC_DECODER_UTF8:
        break;
    case FSC_DECODER_SINGLE:
    case FSC_DECODER_MULTI:
        return decode_iconv(s, in, charset, repaired);
    case FSC_DECODER_WINDOWS_1252:
        return decode_bytes(s, in, false);
    case FSC_DECODER_USER_DEFINED:
        return decode_bytes(s, in, true);
    case FSC_DECODER_UTF16BE:
        return decode_utf16(s, in, true, repaired);
    case FSC_DECODER_UTF16LE:
        return decode_utf16(s, in, false, repaired);
    case FSC_DECODER_REPLACEMENT:
        *repaired += in.len > 0;
        return in.len == 0 || put(s, 0xFFFD);
    }
    return true;
}

// ---------------------------------------------------------------- choice

static size_t non_ascii(fsc_view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.len; i++)
        n += (unsigned char)v.data[i] >= 0xC0;
    return n;
}

// Not valid, but nearly: at least eight good sequences for each bad one.
static bool damaged_utf8(fsc_view v)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < v.len;) {
        size_t run = fsc_utf8_valid(v.data + i, v.len - i);
        good += non_ascii(fsc_view_slice(v, i, i + run));
        i += run;
        unsigned size;
        if (i < v.len) {
            fsc_utf8_decode(v.data + i, v.len - i, &size);
            bad++;
            i += size;
        }
    }
    return good >= 8 * bad;
}

// A byte order mark, cut off *bytes.
static const fsc_charset *byte_order_mark(fsc_view *bytes)
{
    static const struct {
        fsc_view mark;
        fsc_view label;
    } marks[] = {{FSC_LIT_INIT("\xEF\xBB\xBF"), FSC_LIT_INIT("utf-8")},
                 {FSC_LIT_INIT("\xFE\xFF"), FSC_LIT_INIT("utf-16be")},
                 {FSC_LIT_INIT("\xFF\xFE"), FSC_LIT_INIT("utf-16le")}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (fsc_view_starts(*bytes, marks[i].mark)) {
            *bytes = fsc_view_slice(*bytes, marks[i].mark.len, bytes->len);
            return fsc_charset_find(marks[i].label);
        }
    return NULL;
}

static const fsc_charset *choose(fsc_view *bytes, fsc_view outside_label, bool html)
{
    const fsc_charset *utf8 = fsc_charset_find(FSC_LIT("utf-8"));
    const fsc_charset *c = byte_order_mark(bytes);
    if (c)
        return c;
    if ((c = fsc_charset_find(outside_label)))
        return c;
    bool valid = fsc_utf8_valid(bytes->data, bytes->len) == bytes->len;
    c = html ? fsc_charset_prescan(*bytes) : NULL;
    if (c && !(valid && non_ascii(*bytes) > 0))
        return c;
    return valid || damaged_utf8(*bytes) ? utf8 : fsc_charset_find(FSC_LIT("windows-1252"));
}

int fsc_charset_decode(fsc_view *out, fsc_view bytes, fsc_view outside_label, bool html, fsc_arena *arena,
                       uint32_t *repaired, const char **label, fsc_err *err)
{
    uint32_t count = 0;
    const fsc_charset *c = choose(&bytes, outside_label, html);
    if (label)
        *label = c->name;
    if (c->decoder == FSC_DECODER_UTF8) {
        *out = fsc_utf8_repair(arena, bytes, &count);
    } else {
        sink s = {.arena = arena};
        if (!room(&s, bytes.len + bytes.len / 8 + 1) || !decode(&s, bytes, c, &count))
            return fsc_err_nomem(err);
        *out = fsc_view_of(s.data, s.len);
    }
    if (repaired)
        *repaired = count;
    return bytes.len > 0 && !out->data ? fsc_err_nomem(err) : FSC_OK;
}

// ---------------------------------------------------------------- binary

static const struct {
    size_t offset;
    fsc_view magic;
    const char *what;
} magics[] = {
    {0, FSC_LIT_INIT("%PDF-"), "PDF document"},
    {0, FSC_LIT_INIT("\x89PNG\r\n"), "PNG image"},
    {0, FSC_LIT_INIT("\xFF\xD8\xFF"), "JPEG image"},
    {0, FSC_LIT_INIT("GIF87a"), "GIF image"},
    {0, FSC_LIT_INIT("GIF89a"), "GIF image"},
    {8, FSC_LIT_INIT("WEBPVP8"), "WebP image"},
    {0, FSC_LIT_INIT("II*\0"), "TIFF image"},
    {0, FSC_LIT_INIT("MM\0*"), "TIFF image"},
    {0, FSC_LIT_INIT("\0\0\1\0"), "icon"},
    {0, FSC_LIT_INIT("PK\3\4"), "zip archive (or DOCX, XLSX, EPUB)"},
    {0, FSC_LIT_INIT("PK\5\6"), "zip archive"},
    {0, FSC_LIT_INIT("\x1F\x8B\x08"), "gzip data"},
    {0, FSC_LIT_INIT("\x28\xB5\x2F\xFD"), "zstd data"},
    {0, FSC_LIT_INIT("BZh9"), "bzip2 data"},
    {0,
     FSC_LIT_INIT("\xFD"
                  "7zXZ\0"),
     "xz data"},
    {0, FSC_LIT_INIT("7z\xBC\xAF\x27\x1C"), "7z archive"},
    {0, FSC_LIT_INIT("Rar!\x1A\x07"), "RAR archive"},
    {257, FSC_LIT_INIT("ustar"), "tar archive"},
    {0, FSC_LIT_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "old Office document"},
    {0, FSC_LIT_INIT("{\\rtf"), "RTF document"},
    {0, FSC_LIT_INIT("SQLite format 3\0"), "SQLite database"},
    {0, FSC_LIT_INIT("PAR1\x15"), "Parquet file"},
    {0, FSC_LIT_INIT("ID3\2"), "MP3 audio"},
    {0, FSC_LIT_INIT("ID3\3"), "MP3 audio"},
    {0, FSC_LIT_INIT("ID3\4"), "MP3 audio"},
    {0, FSC_LIT_INIT("OggS\0"), "Ogg media"},
    {0, FSC_LIT_INIT("fLaC\0"), "FLAC audio"},
    {4, FSC_LIT_INIT("ftyp"), "MP4 media"},
    {0, FSC_LIT_INIT("\x1A\x45\xDF\xA3"), "Matroska media"},
    {0, FSC_LIT_INIT("wOF2"), "font"},
    {0, FSC_LIT_INIT("wOFF"), "font"},
    {0,
     FSC_LIT_INIT("\x7F"
                  "ELF"),
     "program"},
    {0, FSC_LIT_INIT("\0asm"), "program"},
};

#define BINARY_SAMPLE 4096
#define FEW_CONTROLS 3

const char *fsc_charset_binary(fsc_view bytes)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (fsc_view_starts(fsc_view_slice(bytes, magics[i].offset, bytes.len), magics[i].magic))
            return magics[i].what;
    fsc_view rest = bytes;
    if (byte_order_mark(&rest))
        return NULL;
    size_t sample = bytes.len < BINARY_SAMPLE ? bytes.len : BINARY_SAMPLE, nul = 0, control = 0;
    for (size_t i = 0; i < sample; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        nul += c == 0;
        control += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B;
    }
    if (nul * 10 > sample)
        return "many NUL bytes (binary, or UTF-16 without a byte order mark)";
    // a stray control character in a headline is dirt, not a file of another kind
    return control >= FEW_CONTROLS && control * 20 > sample ? "many control characters" : NULL;
}
