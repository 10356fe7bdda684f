#include "text/fold_p.h"
#include "text/scan_p.h"
#include "text/ucd_p.h"

static bool is_alnum(unsigned char c)
{
    return fsc_ascii_letter(c) || fsc_ascii_digit(c);
}

// A character that belongs to a name: letter, mark, digit or underscore of any script.
static bool is_name(fsc_char c)
{
    unsigned wb = c.ucd.wb;
    bool joiner = wb == WB_EXTENDNUMLET && !(c.ucd.flags & FSC_UCD_BLANK);
    return (c.ucd.flags & (FSC_UCD_LETTER | FSC_UCD_NUMBER)) || joiner || fsc_wb_glued(wb);
}

// Characters that no URL holds: blanks, controls, quotes, angle brackets, and dashes and stops of other scripts.
static bool ends_url(const unsigned char *s, uint32_t i, uint32_t end)
{
    unsigned char b = s[i];
    if (b < 0x80)
        return b <= ' ' || b == '"' || b == '<' || b == '>' || b == '`' || b == '|' || b == '^' || b == 127;
    fsc_char c = fsc_char_at(s, i, end);
    return !is_name(c);
}

// Punctuation that ends a sentence or clause around the URL, not the URL.
static bool trailing(unsigned char c)
{
    return memchr(".,;:!?'*_~)]}", c, 13) != NULL;
}

// In s[p..q): closing brackets without an opening one are not part of the URL.
static uint32_t cut_tail(const unsigned char *s, uint32_t p, uint32_t q)
{
    int32_t round = 0, square = 0;
    for (uint32_t i = p; i < q; i++) {
        round += (s[i] == '(') - (s[i] == ')');
        square += (s[i] == '[') - (s[i] == ']');
    }
    for (; q > p && trailing(s[q - 1]); q--) {
        if (s[q - 1] == ')' && round++ >= 0)
            break;
        if (s[q - 1] == ']' && square++ >= 0)
            break;
    }
    return q;
}

uint32_t fsc_link_url(const unsigned char *s, uint32_t p, uint32_t end)
{
    uint32_t q = p;
    while (q < end && !ends_url(s, q, end)) {
        uint32_t len;
        fsc_char_decode(s, q, end, &len);
        q += len;
    }
    return cut_tail(s, p, q);
}

static bool same_nocase(const unsigned char *s, uint32_t len, const char *word)
{
    uint32_t i = 0;
    for (; i < len && word[i]; i++)
        if (fsc_ascii_lower(s[i]) != (unsigned char)word[i])
            return false;
    return i == len && !word[i];
}

uint32_t fsc_link_from_word(const unsigned char *s, uint32_t p, uint32_t q, uint32_t end)
{
    static const char *const schemes[] = {"http", "https", "ftp", "mailto"};
    uint32_t len = q - p;
    if (len >= 8 && same_nocase(s + p, 4, "www."))
        return fsc_link_url(s, p, end);
    if (q >= end)
        return 0;
    if (s[q] == '/' && q + 1 < end && memchr(s + p, '.', len))
        return fsc_link_url(s, p, end);
    if (s[q] != ':' || len < 3 || len > 6)
        return 0;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!same_nocase(s + p, len, schemes[i]))
            continue;
        bool slashes = end - q > 3 && s[q + 1] == '/' && s[q + 2] == '/' && !ends_url(s, q + 3, end);
        bool mail = i == 3 && end - q > 1 && is_alnum(s[q + 1]);
        return slashes || mail ? fsc_link_url(s, p, end) : 0;
    }
    return 0;
}

uint32_t fsc_link_address(const unsigned char *s, uint32_t q, uint32_t end)
{
    uint32_t i = q + 1, found = 0;
    // labels of letters, digits and hyphens between stops; from the second on one may be the last
    for (bool first = true;; first = false) {
        uint32_t label = i;
        while (i < end && (is_alnum(s[i]) || s[i] == '-'))
            i++;
        if (i == label)
            break;
        if (!first && i - label >= 2 && fsc_ascii_letter(s[label]) && s[i - 1] != '-')
            found = i;
        if (i == end || s[i] != '.')
            break;
        i++;
    }
    return found;
}

// @name@host.org and @name.bsky.social: dots and a second @ join what follows them at once.
static bool joins_handle(const unsigned char *s, uint32_t i, uint32_t end, bool *second)
{
    if (end - i < 2 || !is_alnum(s[i + 1]))
        return false;
    if (s[i] == '.' || s[i] == '-')
        return fsc_ascii_lower(s[i + 1]) == s[i + 1];
    if (s[i] != '@' || *second)
        return false;
    *second = true;
    return true;
}

uint32_t fsc_link_handle(const unsigned char *s, uint32_t p, uint32_t end)
{
    uint32_t i = p + 1;
    bool letter = false, second = false;
    while (i < end) {
        fsc_char c = fsc_char_at(s, i, end);
        if (s[p] == '@' && c.cp < 0x80 && !is_name(c)) {
            if (i == p + 1 || !joins_handle(s, i, end, &second))
                break;
        } else if (!is_name(c) || (i == p + 1 && fsc_wb_glued(c.ucd.wb))) {
            break;
        }
        letter |= !(c.ucd.flags & FSC_UCD_NUMBER);
        i += c.len;
    }
    return letter && i > p + 1 ? i : 0;
}
