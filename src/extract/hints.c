#include "extract/page_p.h"

typedef struct word {
    const char *pattern;
    uint8_t len;
    uint8_t hint;
} word;

#define HINT(id)
#define PHRASE(id, language, words)
#define WORD(id, pattern) {pattern, sizeof(pattern) - 1, FSC_HINT_##id},
static const word words[] = {
#include "extract/hints.def"
};
#undef WORD
#undef PHRASE
#define WORD(id, pattern)
#define PHRASE(id, language, words) {words, sizeof(words) - 1, FSC_HINT_##id},
static const word phrases[] = {
#include "extract/hints.def"
};
#undef HINT
#undef WORD
#undef PHRASE

#define WORD_COUNT (sizeof words / sizeof *words)
#define PHRASE_COUNT (sizeof phrases / sizeof *phrases)
#define NAMES_MAX 512

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Names in one form: "-word-word--word-", a dash between words and two between names.
static size_t unify(fsc_view names, char out[NAMES_MAX + 4])
{
    size_t n = 0;
    out[n++] = '-';
    out[n++] = '-';
    for (size_t i = 0; i < names.len && n < NAMES_MAX; i++) {
        char c = names.data[i];
        if (is_lower(c) || is_digit(c) || (c & 0x80)) {
            out[n++] = c;
        } else if (is_upper(c)) {
            if (i && is_lower(names.data[i - 1]))
                out[n++] = '-';
            out[n++] = (char)(c | 32);
        } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            if (out[n - 1] != '-')
                out[n++] = '-';
            if (out[n - 2] != '-')
                out[n++] = '-';
        } else if (out[n - 1] != '-') {
            out[n++] = '-';
        }
    }
    out[n++] = '-';
    return n;
}

static bool matches(const word *w, const char *at, size_t left, bool name_start)
{
    const char *p = w->pattern;
    size_t len = w->len;
    if (*p == '^') {
        if (!name_start)
            return false;
        p++;
        len--;
    }
    bool open = p[len - 1] == '*';
    len -= open;
    return left > len && memcmp(at, p, len) == 0 && (open || at[len] == '-');
}

// "no-comments", "has-sidebar": the element is not that, it only knows of one.
static bool is_qualifier(fsc_view w)
{
    static const char *const qualifiers[] = {"no", "has", "with", "without", "hide", "not"};
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
        if (fsc_view_is(w, qualifiers[i]))
            return true;
    return false;
}

static unsigned two_letters(const char *s)
{
    return ((unsigned char)s[0] * 37u + (unsigned char)s[1]) % 1024;
}

void fsc_hint_index_fill(fsc_hint_index *index)
{
    _Static_assert(WORD_COUNT < FSC_HINT_WORDS_MAX, "more words than the index holds");
    memset(index, 0, sizeof *index);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        unsigned key = two_letters(words[i].pattern + (words[i].pattern[0] == '^'));
        index->next[i] = index->first[key];
        index->first[key] = (uint16_t)(i + 1);
    }
}

static uint32_t match_word(const fsc_hint_index *index, const char *at, size_t left, bool name_start)
{
    uint32_t bits = 0;
    if (left < 2)
        return 0;
    for (unsigned i = index->first[two_letters(at)]; i; i = index->next[i - 1])
        if (matches(&words[i - 1], at, left, name_start))
            bits |= 1u << words[i - 1].hint;
    return bits;
}

uint32_t fsc_hint_names(const fsc_hint_index *index, fsc_view names)
{
    char one[NAMES_MAX + 8];
    if (names.len == 0)
        return 0;
    size_t len = unify(names, one);
    uint32_t bits = 0;
    bool qualified = false;
    for (size_t i = 2; i < len; i++) {
        if (one[i - 1] != '-' || one[i] == '-')
            continue;
        size_t end = i;
        while (end < len && one[end] != '-')
            end++;
        bool name_start = one[i - 2] == '-';
        if (name_start)
            qualified = false;
        if (!qualified)
            bits |= match_word(index, one + i, len - i, name_start);
        qualified = is_qualifier(fsc_view_of(one + i, end - i));
    }
    return bits;
}

// Lower case of one character of two bytes; false: it has none here.
static bool fold_pair(unsigned char a, unsigned char b, char out[2])
{
    unsigned cp = (unsigned)(a & 31) << 6 | (b & 63);
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3AB) || (cp >= 0x410 && cp <= 0x42F))
        cp += 32;
    else if (cp >= 0x400 && cp <= 0x40F)
        cp += 80;
    else if (((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E)) && (cp & 1))
        cp += 1;
    else if (cp >= 0x100 && cp <= 0x177 && cp != 0x130 && cp != 0x131 && !(cp & 1) && !(cp >= 0x138 && cp <= 0x148))
        cp += 1;
    else
        return false;
    out[0] = (char)(0xC0 | cp >> 6);
    out[1] = (char)(0x80 | (cp & 63));
    return true;
}

size_t fsc_hint_fold(fsc_view text, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len && n < cap;) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x80) {
            out[n++] = is_upper((char)c) ? (char)(c | 32) : (char)c;
            i++;
            continue;
        }
        size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        if (i + size > text.len || n + size > cap)
            break;
        if (size != 2 || !fold_pair(c, (unsigned char)text.data[i + 1], out + n))
            memcpy(out + n, text.data + i, size);
        n += size;
        i += size;
    }
    return n;
}

uint32_t fsc_hint_phrase(fsc_view text)
{
    char lower[96];
    size_t n = fsc_hint_fold(text, lower, sizeof lower);
    fsc_view v = fsc_view_of(lower, n);
    uint32_t bits = 0;
    for (size_t i = 0; i < PHRASE_COUNT; i++) {
        fsc_view p = fsc_view_of(phrases[i].pattern, phrases[i].len);
        if (v.len == 0 || p.data[0] != v.data[0])
            continue;
        bool whole = p.data[p.len - 1] == '$';
        p.len -= whole;
        if (fsc_view_starts(v, p) && (!whole || v.len == p.len))
            bits |= 1u << phrases[i].hint;
    }
    return bits;
}
