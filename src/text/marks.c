/*
 * marks: which characters open or close a quotation, judged by what stands directly before and after.
 *
 * Apostrophes inside words never come here; at the edge of a word they are told from quote marks by the side they
 * stand on, by digits ('90s, 6'2") and by whether a single quotation is open (dogs').
 */
#include "text/fold_p.h"
#include "text/gap_p.h"

/* The surroundings of a mark. */
typedef struct around {
    fsc_char prev, next; // cp 0 at an end of the part
    bool opens;          // what stands before suits an opening mark
    bool closes;         // what stands after suits a closing mark
} around;

static bool is_blank(const fsc_char *c)
{
    return c->cp <= ' ' || (c->ucd.flags & FSC_UCD_BLANK) || c->cp == 0x85;
}

static bool is_letter(const fsc_char *c)
{
    return (c->ucd.flags & FSC_UCD_LETTER) != 0;
}

static bool is_digit(const fsc_char *c)
{
    return c->ucd.wb == WB_NUMERIC;
}

static bool is_stop(const fsc_char *c)
{
    unsigned sb = c->ucd.sb;
    return sb == SB_ATERM || sb == SB_STERM || c->cp == ',' || c->cp == ';' || c->cp == 0x2026;
}

static void look_around(around *a, const fsc_gap_reader *r, uint32_t start, uint32_t end)
{
    a->prev = a->next = (fsc_char){0};
    if (start > r->begin)
        a->prev = fsc_char_at(r->s, fsc_char_before(r->s, r->begin, start), start);
    if (end < r->end)
        a->next = fsc_char_at(r->s, end, r->end);
    unsigned pf = a->prev.ucd.flags, nf = a->next.ucd.flags;
    uint32_t p = a->prev.cp, n = a->next.cp;
    a->opens = is_blank(&a->prev) || (pf & (FSC_UCD_OPEN | FSC_UCD_DASH)) || p == '/' || p == '=' || p == ':' ||
               p == 0x201E || p == 0x201A;
    a->closes = is_blank(&a->next) || is_stop(&a->next) || (nf & (FSC_UCD_CLOSE | FSC_UCD_DASH)) || n == ':' ||
                n == '/' || n == '"' || n == '\'';
}

static unsigned by_neighbours(const around *a)
{
    if (a->opens && !a->closes)
        return FSC_MARK_OPEN;
    if (!a->opens && a->closes)
        return FSC_MARK_CLOSE;
    if (!a->opens && is_stop(&a->prev))
        return FSC_MARK_CLOSE;
    return FSC_MARK_EITHER;
}

static uint32_t digits_before(const fsc_gap_reader *r, uint32_t i)
{
    uint32_t n = 0;
    while (n < 4 && i - n > r->begin && fsc_ascii_digit(r->s[i - n - 1]))
        n++;
    return n;
}

/* 6'2" and, with no quotation open, 12" */
static bool is_inch(const fsc_gap_reader *r, uint32_t i)
{
    uint32_t n = digits_before(r, i);
    if (n == 0)
        return false;
    if (!r->quotes.double_open)
        return true;
    return n <= 2 && i - n > r->begin && r->s[i - n - 1] == '\'' && digits_before(r, i - n - 1) > 0;
}

/* '90s, '68, 'em, 'tis: the apostrophe of a shortened word stands at i, the word at `after`. */
static bool is_elision(const fsc_gap_reader *r, uint32_t after)
{
    static const char *const words[] = {"em", "tis", "twas", "til", "cause", "bout", "n", "round", "cos", "cuz"};
    uint32_t n = 0;
    char low[8];
    while (n < sizeof low && after + n < r->end && r->s[after + n] < 0x80 &&
           (fsc_ascii_letter(r->s[after + n]) || fsc_ascii_digit(r->s[after + n]))) {
        low[n] = (char)fsc_ascii_lower(r->s[after + n]);
        n++;
    }
    if (n >= 2 && fsc_ascii_digit((unsigned char)low[0]) && fsc_ascii_digit((unsigned char)low[1]))
        return n == 2 || (n == 3 && low[2] == 's');
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strlen(words[k]) == n && memcmp(words[k], low, n) == 0)
            return true;
    return false;
}

/* Straight and curly single marks that are apostrophes as often as not: ' ’ ‘ */
static unsigned single_side(const fsc_gap_reader *r, uint32_t end, uint32_t cp, const around *a)
{
    bool word_before = is_letter(&a->prev) || is_digit(&a->prev) || a->prev.ucd.wb == WB_EXTEND;
    if (a->opens && !is_blank(&a->next) && is_elision(r, end))
        return 0;
    if (cp == 0x2018)
        return a->opens || !a->closes ? FSC_MARK_OPEN : FSC_MARK_CLOSE;
    if (is_blank(&a->prev) && is_blank(&a->next))
        return 0;
    if (word_before)
        return a->closes && r->quotes.single_open ? FSC_MARK_CLOSE : 0;
    if (cp == 0x2019)
        return a->opens && is_letter(&a->next) ? 0 : FSC_MARK_CLOSE;
    return by_neighbours(a);
}

static unsigned double_side(const fsc_gap_reader *r, uint32_t start, uint32_t cp, const around *a)
{
    switch (cp) {
    case '"':
    case '\'':
        return is_inch(r, start) ? 0 : by_neighbours(a);
    case 0x201C:
        return !a->opens && a->closes ? FSC_MARK_CLOSE : FSC_MARK_OPEN;
    case 0x201D:
        if (a->opens && !a->closes)
            return r->quotes.double_open ? FSC_MARK_EITHER : FSC_MARK_OPEN;
        return FSC_MARK_CLOSE;
    case 0xBB:
    case 0x203A:
        return a->opens && !a->closes ? FSC_MARK_OPEN : FSC_MARK_CLOSE;
    case 0xAB:
    case 0x2039:
        return !a->opens && a->closes ? FSC_MARK_CLOSE : FSC_MARK_OPEN;
    case 0x300D:
    case 0x300F:
        return FSC_MARK_CLOSE;
    default: // ‚ ‛ „ ‟ 「 『 ``
        return FSC_MARK_OPEN;
    }
}

static void keep(bool *open, unsigned side)
{
    if (side)
        *open = side == FSC_MARK_EITHER ? !*open : side == FSC_MARK_OPEN;
}

static uint8_t class_of(uint32_t cp, bool doubled)
{
    if (cp == 0xAB || cp == 0xBB || cp == 0x2039 || cp == 0x203A)
        return FSC_MARK_GUILLEMET;
    bool single = cp == '\'' || cp == '`' || (cp >= 0x2018 && cp <= 0x201B);
    return single && !doubled ? FSC_MARK_SINGLE : FSC_MARK_DOUBLE;
}

fsc_mark fsc_mark_read(fsc_gap_reader *r, uint32_t i, uint32_t cp, uint32_t len)
{
    bool doubled = (cp == '\'' || cp == '`') && i + 1 < r->end && r->s[i + 1] == cp;
    fsc_mark m = {.start = i, .end = i + (doubled ? 2 : len), .klass = class_of(cp, doubled)};
    if (cp == '`' && !doubled)
        return m;
    around a;
    look_around(&a, r, m.start, m.end);
    if (!doubled && (cp == '\'' || cp == 0x2018 || cp == 0x2019))
        m.side = (uint8_t)single_side(r, m.end, cp, &a);
    else
        m.side = (uint8_t)double_side(r, m.start, cp, &a);
    if (m.klass == FSC_MARK_SINGLE)
        keep(&r->quotes.single_open, m.side);
    else
        keep(&r->quotes.double_open, m.side);
    return m;
}
