/*
 * marks: which characters open or close a quotation, judged by what stands directly before and after.
 *
 * Apostrophes inside words never come here; at the edge of a word they are told from quote marks by the side they
 * stand on, by digits ('90s, 6'2") and by whether a single quotation is open (dogs').
 */
#include "text/fold_p.h"
#include "text/gap_p.h"

/* What a character beside a mark tells. */
enum {
    BLANK = 1 << 0,
    LETTER = 1 << 1,
    DIGIT = 1 << 2,
    STOP = 1 << 3,
    OPENS = 1 << 4, // before a mark: it may open
    CLOSES = 1 << 5 // behind a mark: it may close
};

/* The surroundings of a mark; the ends of the part count as blanks. */
typedef struct around {
    unsigned prev, next;
} around;

#define X8(k) k, k, k, k, k, k, k, k
enum { B_ = BLANK | OPENS | CLOSES, S_ = STOP | CLOSES, P_ = OPENS | CLOSES, L_ = LETTER, D_ = DIGIT };
// clang-format off
static const uint8_t ascii_sides[128] = {
    X8(B_), X8(B_), X8(B_), X8(B_),
    B_, S_, CLOSES, 0, 0, 0, 0, CLOSES, OPENS, CLOSES, 0, 0, S_, P_, S_, P_,
    X8(D_), D_, D_, P_, S_, 0, OPENS, 0, S_,
    0, L_, L_, L_, L_, L_, L_, L_, X8(L_), X8(L_), L_, L_, L_, OPENS, 0, CLOSES, 0, 0,
    0, L_, L_, L_, L_, L_, L_, L_, X8(L_), X8(L_), L_, L_, L_, OPENS, 0, CLOSES, 0, 0,
};
// clang-format on

static unsigned wide_sides(uint32_t cp)
{
    fsc_ucd ucd = fsc_ucd_of(cp);
    unsigned sides = 0;
    if ((ucd.flags & FSC_UCD_BLANK) || cp == 0x85)
        return B_;
    if (ucd.flags & FSC_UCD_LETTER || ucd.wb == WB_EXTEND)
        sides |= LETTER;
    if (ucd.wb == WB_NUMERIC)
        sides |= DIGIT;
    if (ucd.sb == SB_ATERM || ucd.sb == SB_STERM || cp == 0x2026)
        sides |= STOP | CLOSES;
    if (ucd.flags & (FSC_UCD_OPEN | FSC_UCD_DASH) || cp == 0x201E || cp == 0x201A)
        sides |= OPENS;
    if (ucd.flags & (FSC_UCD_CLOSE | FSC_UCD_DASH))
        sides |= CLOSES;
    return sides;
}

static around look_around(const fsc_gap_reader *r, uint32_t start, uint32_t end)
{
    around a = {B_, B_};
    uint32_t len;
    if (start > r->begin) {
        unsigned char b = r->s[start - 1];
        a.prev = b < 0x80 ? ascii_sides[b]
                          : wide_sides(fsc_char_decode(r->s, fsc_char_before(r->s, r->begin, start), start, &len));
    }
    if (end < r->end)
        a.next = r->s[end] < 0x80 ? ascii_sides[r->s[end]] : wide_sides(fsc_char_decode(r->s, end, r->end, &len));
    return a;
}

static unsigned by_neighbours(around a)
{
    bool opens = a.prev & OPENS, closes = a.next & CLOSES;
    if (opens && !closes)
        return FSC_MARK_OPEN;
    if (!opens && (closes || (a.prev & STOP)))
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
static unsigned single_side(const fsc_gap_reader *r, uint32_t end, uint32_t cp, around a)
{
    bool opens = a.prev & OPENS, closes = a.next & CLOSES;
    if (opens && !(a.next & BLANK) && is_elision(r, end))
        return 0;
    if (cp == 0x2018)
        return opens || !closes ? FSC_MARK_OPEN : FSC_MARK_CLOSE;
    if (a.prev & a.next & BLANK)
        return 0;
    if (a.prev & (LETTER | DIGIT))
        return closes && r->quotes.single_open ? FSC_MARK_CLOSE : 0;
    if (cp == 0x2019)
        return opens && (a.next & LETTER) ? 0 : FSC_MARK_CLOSE;
    return by_neighbours(a);
}

static unsigned double_side(const fsc_gap_reader *r, uint32_t start, uint32_t cp, around a)
{
    bool opens = a.prev & OPENS, closes = a.next & CLOSES;
    switch (cp) {
    case '"':
    case '\'':
        return (a.prev & DIGIT) && is_inch(r, start) ? 0 : by_neighbours(a);
    case 0x201C:
        return !opens && closes ? FSC_MARK_CLOSE : FSC_MARK_OPEN;
    case 0x201D:
        if (opens && !closes)
            return r->quotes.double_open ? FSC_MARK_EITHER : FSC_MARK_OPEN;
        return FSC_MARK_CLOSE;
    case 0xBB:
    case 0x203A:
        return opens && !closes ? FSC_MARK_OPEN : FSC_MARK_CLOSE;
    case 0xAB:
    case 0x2039:
        return !opens && closes ? FSC_MARK_CLOSE : FSC_MARK_OPEN;
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
    around a = look_around(r, m.start, m.end);
    if (!doubled && (cp == '\'' || cp == 0x2018 || cp == 0x2019))
        m.side = (uint8_t)single_side(r, m.end, cp, a);
    else
        m.side = (uint8_t)double_side(r, m.start, cp, a);
    if (m.klass == FSC_MARK_SINGLE)
        keep(&r->quotes.single_open, m.side);
    else
        keep(&r->quotes.double_open, m.side);
    return m;
}
