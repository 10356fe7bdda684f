#include "voice/form_p.h"

#include <math.h>

// Numbers with unit and direction. Dates, years, clock times and numbers inside names are none.

#define LOOK 6 // words around a number where its direction may stand

typedef struct number {
    uint32_t first, end;  // words
    uint32_t start, stop; // bytes
    double value;         // NAN: none ("hundreds")
    fsc_view unit;
    bool date;
} number;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static double magnitude_letter(char c)
{
    switch (c | 0x20) {
    case 'k':
        return 1e3;
    case 'm':
        return 1e6;
    case 'b':
        return 1e9;
    case 't':
        return 1e12;
    default:
        return 1;
    }
}

static fsc_view currency(fsc_view word)
{
    if (fsc_view_starts(word, FSC_LIT("$")) || fsc_view_starts(word, FSC_LIT("US$")))
        return FSC_LIT("dollar");
    if (fsc_view_starts(word, FSC_LIT("€")))
        return FSC_LIT("euro");
    if (fsc_view_starts(word, FSC_LIT("£")))
        return FSC_LIT("pound");
    return (fsc_view){NULL, 0};
}

// Digits with thousands commas and a point; *used: bytes read.
static double read_digits(fsc_view v, size_t *used)
{
    double value = 0, place = 1;
    bool fraction = false;
    size_t i = 0;
    for (; i < v.len; i++) {
        char c = v.data[i];
        if (is_digit(c)) {
            place = fraction ? place / 10 : place;
            value = fraction ? value + place * (c - '0') : value * 10 + (c - '0');
        } else if (c == '.' && !fraction && i + 1 < v.len && is_digit(v.data[i + 1])) {
            fraction = true;
        } else if (!(c == ',' && i + 1 < v.len && is_digit(v.data[i + 1]))) {
            break;
        }
    }
    *used = i;
    return value;
}

// What is known of a word with T_NUMBER, T_MAGNITUDE or T_UNIT.
static const fsc_measure *measure_of(const fsc_vx *x, uint32_t w)
{
    size_t low = 0, high = x->measure.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->measure.data[mid].word < w)
            low = mid + 1;
        else
            high = mid;
    }
    return &x->measure.data[low];
}

// The value of a number word.
static double value_of(const fsc_vx *x, uint32_t w)
{
    return measure_of(x, w)->value;
}

// A word that starts with a digit: 3,000  $3bn  125-year  19th  2025
static bool read_word(const fsc_vx *x, uint32_t w, number *n)
{
    const fsc_word *word = &x->text->word[w];
    fsc_view v = fsc_view_slice(x->text->bytes, word->start, word->end);
    n->unit = currency(v);
    size_t at = 0, used;
    while (at < v.len && !is_digit(v.data[at]))
        at++;
    fsc_view digits = fsc_view_slice(v, at, v.len);
    n->value = read_digits(digits, &used);
    fsc_view rest = fsc_view_slice(digits, used, digits.len);
    // the sign may stand outside the word
    if (!n->unit.data && word->start > 0 && x->text->bytes.data[word->start - 1] == '$') {
        n->unit = FSC_LIT("dollar");
        n->start = word->start - 1;
    }
    bool plain_year = used == 4 && digits.len == 4 && n->value >= 1500 && n->value < 2100 && !n->unit.data;
    if (rest.len == 0) {
        n->date = plain_year;
    } else if (rest.data[0] == '%') {
        n->unit = FSC_LIT("percent");
    } else if (rest.data[0] == '-') {
        n->date = used == 4 && rest.len > 1 && is_digit(rest.data[1]);
    } else if (rest.data[0] == ':' || rest.data[0] == '/') {
        n->date = true;
    } else if (rest.len <= 2 && n->unit.data) {
        n->value *= magnitude_letter(rest.data[0]);
    } else if ((rest.len == 1 && magnitude_letter(rest.data[0]) > 1) || fsc_view_eq_nocase(rest, FSC_LIT("bn"))) {
        n->value *= magnitude_letter(rest.data[0]);
    } else {
        // 19th, 1990s, 5pm, 4x: an ordinal counts nothing, a clock time neither
        n->date = true;
    }
    return true;
}

static fsc_view hyphen_unit(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    fsc_view v = fsc_view_slice(x->text->bytes, word->start, word->end);
    static const char *const names[] = {"year", "month",   "week",   "day",   "hour", "minute",
                                        "mile", "percent", "member", "point", "foot", "vote"};
    size_t hyphen = fsc_view_find(v, FSC_LIT("-"), 0);
    for (size_t i = 0; hyphen != SIZE_MAX && i < sizeof names / sizeof *names; i++)
        if (fsc_view_starts(fsc_view_slice(v, hyphen + 1, v.len), fsc_view_cstr(names[i])))
            return fsc_view_cstr(names[i]);
    return (fsc_view){NULL, 0};
}

static bool touches(const fsc_vx *x, uint32_t w)
{
    return w + 1 < x->n && !fsc_vx_ends_sentence(x, w) && !(x->after[w] & ~(unsigned)P_PERCENT);
}

// Number words and magnitudes from w on: two million, 3.5 billion, one hundred twenty.
static uint32_t read_words(const fsc_vx *x, uint32_t w, number *n)
{
    double total = 0, part = n->value;
    bool any = !isnan(part);
    uint32_t from = w;
    for (; w < x->n && w - from < 6; w++) {
        uint64_t tag = x->tag[w];
        if (tag & T_NUMBER) {
            double value = value_of(x, w);
            bool adds = any && (part >= 100 || (part >= 20 && value < 10));
            part = adds ? part + value : value;
        } else if (tag & T_MAGNITUDE) {
            double value = value_of(x, w);
            part = (any ? part : 1) * value;
            if (value >= 1000) {
                total += part;
                part = 0;
            }
        } else {
            break;
        }
        any = true;
        n->end = w + 1;
        if (!touches(x, w))
            break;
    }
    if (any)
        n->value = total + part;
    return n->end;
}

static bool is_date_lead(uint64_t form)
{
    return form == FSC_FORM("last") || form == FSC_FORM("this") || form == FSC_FORM("next");
}

static void read_unit(const fsc_vx *x, number *n)
{
    uint32_t last = n->end - 1;
    n->stop = x->text->word[last].end;
    if (x->after[last] & P_PERCENT && n->stop < x->text->bytes.len && x->text->bytes.data[n->stop] == '%') {
        n->unit = FSC_LIT("percent");
        n->stop++;
        return;
    }
    if (n->unit.data || !touches(x, last))
        return;
    // up to two words may stand between: 31,000 immigration arrests; but "31 last year" counts no years
    for (uint32_t w = n->end; w < x->n && w - n->end < 3; w++) {
        if (x->tag[w] & T_UNIT) {
            const fsc_measure *m = measure_of(x, w);
            n->unit = fsc_voice_unit(x->rules, m->unit_entry);
            n->stop = w == n->end ? x->text->word[m->unit_end - 1].end : n->stop;
            n->end = w == n->end ? m->unit_end : n->end;
            return;
        }
        if (!touches(x, w) || is_date_lead(fsc_vx_form(x, w)) || (x->tag[w] & T_FUNCTION) || (x->tag[w] & T_NUMERAL))
            return;
    }
}

// Nearest word of change around the number, inside its clause: "fell 19%", "down 10%", "a 20% drop".
static fsc_direction direction_of(const fsc_vx *x, const number *n)
{
    for (uint32_t w = n->first, i = 0; w > 0 && i < LOOK; i++) {
        w--;
        if (fsc_vx_ends_sentence(x, w) || (x->after[w] & (P_COMMA | P_SEMICOLON | P_CLOSE)))
            break;
        if (x->tag[w] & (T_UP | T_DOWN))
            return x->tag[w] & T_UP ? FSC_DIRECTION_UP : FSC_DIRECTION_DOWN;
    }
    for (uint32_t w = n->end, i = 0; w < x->n && i < 3; i++, w++) {
        if (fsc_vx_ends_sentence(x, w - 1) || (x->after[w - 1] & P_CLAUSE))
            break;
        if (x->tag[w] & (T_UP | T_DOWN))
            return x->tag[w] & T_UP ? FSC_DIRECTION_UP : FSC_DIRECTION_DOWN;
    }
    return FSC_DIRECTION_NONE;
}

// A number or number word that is no part of a name or link.
static bool starts_number(const fsc_vx *x, uint32_t w)
{
    return !fsc_vx_named(x, w) && !(fsc_vx_flags(x, w) & (FSC_WORD_URL | FSC_WORD_MENTION | FSC_WORD_HASHTAG));
}

// May 3, March 2024, June 29: a number beside a month is a date.
static bool beside_month(const fsc_vx *x, uint32_t w)
{
    bool before = w > 0 && (x->tag[w - 1] & T_MONTH) && (fsc_vx_flags(x, w - 1) & FSC_WORD_CAPITAL);
    bool behind =
        w + 1 < x->n && (x->tag[w + 1] & T_MONTH) && x->after[w] == 0 && (fsc_vx_flags(x, w + 1) & FSC_WORD_CAPITAL);
    return before || behind;
}

// "one" without a unit is a pronoun.
static bool is_pronoun(const fsc_vx *x, const number *n, uint32_t w)
{
    return n->end == w + 1 && !n->unit.data && x->tag[w] & T_NUMBER && value_of(x, w) == 1;
}

// "from 1,224 to 990 arrests": the unit of the second holds for the first too.
static void share_unit(fsc_vx *x)
{
    size_t count = x->quantity.len;
    if (count < 2)
        return;
    fsc_quantity *a = &x->quantity.data[count - 2], *b = &x->quantity.data[count - 1];
    fsc_view between = fsc_view_slice(x->text->bytes, a->end, b->start);
    bool series = fsc_view_is(between, " to ") || fsc_view_is(between, " and ") || fsc_view_is(between, " or ");
    if (series && !a->unit.len && b->unit.len)
        a->unit = b->unit;
}

static bool add_number(fsc_vx *x, uint32_t w, uint32_t *next)
{
    number n = {.first = w, .end = w + 1, .value = NAN, .start = x->text->word[w].start};
    *next = w + 1;
    bool digits = fsc_vx_flags(x, w) & FSC_WORD_NUMBER;
    if (digits && !(x->tag[w] & T_NUMERAL)) {
        read_word(x, w, &n);
        if (!n.unit.data)
            n.unit = hyphen_unit(x, w);
        if (touches(x, w) && x->tag[w + 1] & T_MAGNITUDE)
            read_words(x, w + 1, &n);
    } else if (!(x->tag[w] & T_VAGUE)) {
        read_words(x, w, &n);
    }
    read_unit(x, &n);
    *next = n.end;
    if (is_pronoun(x, &n, w) || (digits && (n.date || beside_month(x, w)) && !n.unit.data))
        return true;
    fsc_quantity q = {.start = n.start,
                      .end = n.stop,
                      .value = n.value,
                      .unit = n.unit,
                      .direction = direction_of(x, &n),
                      .base = FSC_NO_SPAN};
    if (!fsc_vec_push(x->arena, &x->quantity, q) || !fsc_vec_push(x->scratch, &x->quantity_at, w))
        return false;
    share_unit(x);
    return true;
}

int fsc_voice_quantities(fsc_vx *x, fsc_err *err)
{
    uint32_t next = 0;
    for (size_t i = 0; i < x->numeral.len; i++) {
        uint32_t w = x->numeral.data[i];
        if (w >= next && starts_number(x, w) && !add_number(x, w, &next))
            return fsc_err_nomem(err);
    }
    fsc_voice_series(x);
    return FSC_OK;
}
