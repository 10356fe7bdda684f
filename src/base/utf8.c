#include "base/utf8.h"

#include "base/lanes.h"

uint32_t fsc_utf8_decode(const char *s, size_t len, unsigned *size)
{
    const unsigned char *p = (const unsigned char *)s;
    unsigned char c = p[0], low = 0x80, high = 0xBF;
    unsigned need;
    uint32_t cp;
    *size = 1;
    if (c < 0x80)
        return c;
    if (c >= 0xC2 && c <= 0xDF) {
        need = 1, cp = c & 0x1Fu;
    } else if (c >= 0xE0 && c <= 0xEF) {
        need = 2, cp = c & 0x0Fu;
        // the second byte bounds overlong forms and surrogates (Unicode 15, table 3-7)
        if (c == 0xE0)
            low = 0xA0;
        if (c == 0xED)
            high = 0x9F;
    } else if (c >= 0xF0 && c <= 0xF4) {
        need = 3, cp = c & 0x07u;
        if (c == 0xF0)
            low = 0x90;
        if (c == 0xF4)
            high = 0x8F;
    } else {
        return UINT32_MAX;
    }
    for (unsigned i = 1; i <= need; i++) {
        if (i >= len || p[i] < low || p[i] > high)
            return UINT32_MAX;
        cp = cp << 6 | (p[i] & 0x3Fu);
        low = 0x80, high = 0xBF;
        *size = i + 1;
    }
    return cp;
}

unsigned fsc_utf8_encode(char out[4], uint32_t cp)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

static size_t skip_ascii(const char *s, size_t i, size_t len)
{
    for (; i + 8 <= len; i += 8) {
        uint64_t w;
        memcpy(&w, s + i, 8);
        if (w & 0x8080808080808080ull)
            break;
    }
    while (i < len && !(s[i] & 0x80))
        i++;
    return i;
}

// Length of the sequence of two or three bytes at s[i] when its first byte allows any others; 0: look closely.
static size_t plain_sequence(const char *s, size_t i, size_t len)
{
    unsigned char c = (unsigned char)s[i];
    if (len - i < 3 || (s[i + 1] & 0xC0) != 0x80)
        return 0;
    if (c >= 0xC2 && c <= 0xDF)
        return 2;
    return c > 0xE0 && c <= 0xEF && c != 0xED && (s[i + 2] & 0xC0) == 0x80 ? 3 : 0;
}

#ifdef FSC_LANES_SSE2

// Bytes of l that are not below c are not zero in the result.
static inline __m128i not_below(__m128i l, unsigned char c)
{
    return _mm_subs_epu8(l, _mm_set1_epi8((char)(c - 1)));
}

static inline __m128i both(__m128i a, __m128i b)
{
    return _mm_and_si128(a, b);
}

// Bounds that a first byte sets for the second (Unicode 15, table 3-7): 0xFF where it is beyond them.
static inline __m128i bad_second(__m128i first, __m128i second)
{
    __m128i zero = _mm_setzero_si128();
    __m128i below_90 = _mm_cmpeq_epi8(not_below(second, 0x90), zero), below_a0 = _mm_cmpeq_epi8(not_below(second, 0xA0), zero);
    __m128i low = fsc_lanes_or(both(fsc_lanes_is(first, 0xE0), below_a0), both(fsc_lanes_is(first, 0xF0), below_90));
    __m128i high = fsc_lanes_or(_mm_andnot_si128(below_a0, fsc_lanes_is(first, 0xED)), _mm_andnot_si128(below_90, fsc_lanes_is(first, 0xF4)));
    return fsc_lanes_or(low, high);
}

// Sixteen bytes that begin with a character: how many of them are whole characters, or 0 when something in them is not valid.
static size_t valid_block(__m128i l)
{
    const __m128i incomplete = _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, (char)0xEF, (char)0xDF, (char)0xBF);
    __m128i zero = _mm_setzero_si128(), first = _mm_slli_si128(l, 1);
    __m128i lead = fsc_lanes_or(not_below(first, 0xC0), fsc_lanes_or(not_below(_mm_slli_si128(l, 2), 0xE0), not_below(_mm_slli_si128(l, 3), 0xF0)));
    // a byte must be a later one where an earlier one asks for it, and nowhere else
    __m128i free = _mm_cmpeq_epi8(lead, zero), later = _mm_cmpgt_epi8(_mm_set1_epi8(-64), l);
    __m128i bad = _mm_cmpeq_epi8(free, later);
    bad = fsc_lanes_or(bad, fsc_lanes_is(both(l, _mm_set1_epi8((char)0xFE)), 0xC0));
    bad = fsc_lanes_or(bad, fsc_lanes_or(not_below(l, 0xF5), bad_second(first, l)));
    if (fsc_lanes_bits(_mm_cmpeq_epi8(bad, zero)) != 0xFFFF)
        return 0;
    unsigned open = 0xFFFF ^ fsc_lanes_bits(_mm_cmpeq_epi8(_mm_subs_epu8(l, incomplete), zero));
    return (size_t)__builtin_ctz(open | 1u << 16);
}

// Sixteen bytes a step, as long as all is valid. Returns where a character begins.
static size_t valid_blocks(const char *s, size_t len)
{
    size_t i = 0, step;
    for (; i + 16 <= len; i += step) {
        fsc_lanes l = fsc_lanes_load(s + i);
        step = fsc_lanes_bits(l) ? valid_block(l) : 16;
        if (!step)
            break;
    }
    return i;
}

#else

static size_t valid_blocks(const char *s, size_t len)
{
    (void)s, (void)len;
    return 0;
}

#endif

size_t fsc_utf8_valid(const char *s, size_t len)
{
    size_t i = valid_blocks(s, len);
    while ((i = skip_ascii(s, i, len)) < len) {
        unsigned size = (unsigned)plain_sequence(s, i, len);
        if (size) {
            i += size;
            continue;
        }
        if (fsc_utf8_decode(s + i, len - i, &size) == UINT32_MAX)
            return i;
        i += size;
    }
    return len;
}

fsc_view fsc_utf8_repair(fsc_arena *a, fsc_view in, uint32_t *repaired)
{
    *repaired = 0;
    size_t good = fsc_utf8_valid(in.data, in.len);
    if (good == in.len)
        return in;
    // each bad byte may become three
    if (in.len - good > (SIZE_MAX - in.len) / 3)
        return (fsc_view){NULL, 0};
    char *out = fsc_arena_alloc(a, good + (in.len - good) * 3 + 1);
    if (!out)
        return (fsc_view){NULL, 0};
    size_t o = 0, i = 0;
    while (i < in.len) {
        size_t run = fsc_utf8_valid(in.data + i, in.len - i);
        memcpy(out + o, in.data + i, run);
        o += run, i += run;
        if (i == in.len)
            break;
        unsigned size;
        fsc_utf8_decode(in.data + i, in.len - i, &size);
        memcpy(out + o, "\xEF\xBF\xBD", 3);
        o += 3, i += size, (*repaired)++;
    }
    out[o] = 0;
    return (fsc_view){out, o};
}

size_t fsc_utf8_chars(fsc_view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.len; i++)
        n += fsc_utf8_is_start((unsigned char)v.data[i]);
    return n;
}

size_t fsc_utf8_utf16(fsc_view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.len; i++) {
        unsigned char c = (unsigned char)v.data[i];
        n += fsc_utf8_is_start(c) + (c >= 0xF0);
    }
    return n;
}
