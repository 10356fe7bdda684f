#include "extract/meta_p.h"

static const struct {
    int month;
    const char *names;
} months[] = {
#define MONTH(number, names) {number, names},
#include "extract/months.def"
#undef MONTH
};

// Where a reading of the text stands. All readers leave `at` alone when they fail.
typedef struct cursor {
    fsc_view text;
    size_t at;
} cursor;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
    return (c & 0x80) || (c | 32) >= 'a' ? ((c & 0x80) || (c | 32) <= 'z') : false;
}

static char peek(const cursor *c)
{
    return c->at < c->text.len ? c->text.data[c->at] : 0;
}

static bool number(cursor *c, size_t min, size_t max, int *out)
{
    size_t n = 0;
    int value = 0;
    while (c->at + n < c->text.len && is_digit(c->text.data[c->at + n]) && n <= max)
        value = value * 10 + (c->text.data[c->at + n++] - '0');
    if (n < min || n > max)
        return false;
    c->at += n;
    *out = value;
    return true;
}

static bool literal(cursor *c, const char *s)
{
    size_t n = strlen(s);
    if (!fsc_view_eq_nocase(fsc_view_slice(c->text, c->at, c->at + n), fsc_view_cstr(s)))
        return false;
    c->at += n;
    return true;
}

static void blanks(cursor *c)
{
    while (peek(c) == ' ' || peek(c) == ',' || peek(c) == '\n' || peek(c) == '\t' || literal(c, "\xC2\xA0"))
        if (c->at < c->text.len && (peek(c) == ' ' || peek(c) == ',' || peek(c) == '\n' || peek(c) == '\t'))
            c->at++;
}

static fsc_view word(cursor *c)
{
    size_t from = c->at;
    while (c->at < c->text.len && is_word_byte(c->text.data[c->at]) &&
           !((unsigned char)c->text.data[c->at] == 0xC2 && c->at + 1 < c->text.len &&
             (unsigned char)c->text.data[c->at + 1] == 0xA0))
        c->at++;
    return fsc_view_slice(c->text, from, c->at);
}

static int month_of(fsc_view name)
{
    char lower[40];
    if (name.len < 3 || name.len > 30)
        return 0;
    size_t n = fsc_hint_fold(name, lower, sizeof lower);
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        fsc_view rest = fsc_view_cstr(months[i].names);
        while (rest.data)
            if (fsc_view_eq(fsc_view_split(&rest, ' '), fsc_view_of(lower, n)))
                return months[i].month;
    }
    return 0;
}

static bool plausible(const fsc_date *d)
{
    return d->year >= 1990 && d->year <= 2099 && d->month >= 1 && d->month <= 12 && d->day >= 0 && d->day <= 31;
}

// ---------------------------------------------------------------- forms

// 2020-03-04, 2020/3/4, 2020.03.04, 2020年3月4日, 20200304
static bool year_first(cursor *c, fsc_date *d)
{
    if (number(c, 8, 8, &d->year)) {
        d->day = d->year % 100;
        d->month = d->year / 100 % 100;
        d->year /= 10000;
        return true;
    }
    if (!number(c, 4, 4, &d->year))
        return false;
    if (literal(c, "年") || literal(c, "년")) {
        blanks(c);
        if (!number(c, 1, 2, &d->month) || !(literal(c, "月") || literal(c, "월")))
            return false;
        blanks(c);
        return number(c, 1, 2, &d->day);
    }
    char sep = peek(c);
    if (sep != '-' && sep != '/' && sep != '.')
        return false;
    c->at++;
    if (!number(c, 1, 2, &d->month) || peek(c) != sep)
        return false;
    c->at++;
    return number(c, 1, 2, &d->day);
}

// 4.3.2020, 4/3/2020, 04-03-2020, 4. 3. 2020, 04.03.20
static bool day_first(cursor *c, fsc_date *d, bool month_first)
{
    int a, b;
    if (!number(c, 1, 2, &a))
        return false;
    char sep = peek(c);
    if (sep != '.' && sep != '/' && sep != '-')
        return false;
    c->at++;
    if (sep == '.' && peek(c) == ' ')
        c->at++;
    if (!number(c, 1, 2, &b) || peek(c) != sep)
        return false;
    c->at++;
    if (sep == '.' && peek(c) == ' ')
        c->at++;
    bool long_year = number(c, 4, 4, &d->year);
    if (!long_year && (sep == '-' || !number(c, 2, 2, &d->year)))
        return false;
    if (!long_year)
        d->year += d->year < 70 ? 2000 : 1900;
    bool swap = (sep == '/' && month_first && a <= 12) || (b > 12 && a <= 12);
    d->month = swap ? a : b;
    d->day = swap ? b : a;
    return !is_digit(peek(c));
}

static void particle(cursor *c)
{
    static const char *const words[] = {"de ", "del ", "of ", "di ", "do "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (literal(c, words[i]))
            return;
}

// 4 March 2020, 4. März 2020, 4th of March, 2020, 4 de marzo de 2020, 1er mars 2020
static bool day_month(cursor *c, fsc_date *d)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th", "er", "º", "°", "."};
    if (!number(c, 1, 2, &d->day))
        return false;
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
        if (literal(c, ordinals[i]))
            break;
    if (peek(c) == '-' || peek(c) == '/')
        c->at++;
    blanks(c);
    particle(c);
    d->month = month_of(word(c));
    if (!d->month)
        return false;
    while (peek(c) == '.' || peek(c) == '-' || peek(c) == '/')
        c->at++;
    blanks(c);
    particle(c);
    return number(c, 4, 4, &d->year);
}

// March 4, 2020, Mar. 4th 2020
static bool month_day(cursor *c, fsc_date *d)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th", "."};
    d->month = month_of(word(c));
    if (!d->month)
        return false;
    if (peek(c) == '.')
        c->at++;
    blanks(c);
    if (!number(c, 1, 2, &d->day))
        return false;
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
        if (literal(c, ordinals[i]))
            break;
    blanks(c);
    return number(c, 4, 4, &d->year) && !is_digit(peek(c));
}

static void read_zone(cursor *c, fsc_date *d)
{
    cursor z = *c;
    while (peek(&z) == ' ')
        z.at++;
    if (literal(&z, "Z") || literal(&z, "UTC") || literal(&z, "GMT"))
        d->zone = 0;
    char sign = peek(&z);
    if (sign == '+' || sign == '-') {
        int hours, minutes = 0;
        z.at++;
        if (!number(&z, 4, 4, &hours)) {
            if (!number(&z, 1, 2, &hours))
                return;
            if (literal(&z, ":") && !number(&z, 2, 2, &minutes))
                return;
        } else {
            minutes = hours % 100;
            hours /= 100;
        }
        if (hours > 14 || minutes > 59)
            return;
        d->zone = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
    }
    *c = z;
}

// A time of day directly after a date.
static void read_time(cursor *c, fsc_date *d)
{
    cursor t = *c;
    int hour, minute, second = 0, fraction;
    if (!literal(&t, "T"))
        blanks(&t);
    if (!number(&t, 1, 2, &hour) || !literal(&t, ":") || !number(&t, 2, 2, &minute) || hour > 24 || minute > 59)
        return;
    if (literal(&t, ":") && (!number(&t, 2, 2, &second) || second > 60))
        return;
    if (peek(&t) == '.' || peek(&t) == ',') {
        t.at++;
        if (!number(&t, 1, 9, &fraction))
            return;
    }
    cursor half = t;
    while (peek(&half) == ' ')
        half.at++;
    bool pm = literal(&half, "pm") || literal(&half, "p.m.");
    if (pm || literal(&half, "am") || literal(&half, "a.m.")) {
        hour = hour % 12 + (pm ? 12 : 0);
        t = half;
    }
    d->hour = hour;
    d->minute = minute;
    d->second = second;
    *c = t;
    read_zone(c, d);
}

static bool read_at(fsc_view text, size_t at, bool month_first, fsc_date *d)
{
    for (int form = 0; form < 4; form++) {
        cursor c = {text, at};
        *d = (fsc_date){.hour = -1, .zone = FSC_DATE_NO_ZONE, .start = (uint32_t)at};
        bool ok = is_digit(text.data[at]) ? (form == 0   ? year_first(&c, d)
                                             : form == 1 ? day_first(&c, d, month_first)
                                             : form == 2 ? day_month(&c, d)
                                                         : false)
                                          : form == 3 && month_day(&c, d);
        if (!ok || !plausible(d))
            continue;
        read_time(&c, d);
        d->end = (uint32_t)c.at;
        return true;
    }
    return false;
}

bool fsc_date_find(fsc_date *out, fsc_view text, bool month_first)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (!is_digit(c) && !is_word_byte(c))
            continue;
        if (read_at(text, i, month_first, out))
            return true;
        // On to the next number or word, so that no date is read out of the middle of one.
        bool digits = is_digit(c);
        while (i + 1 < text.len && (digits ? is_digit(text.data[i + 1]) : is_word_byte(text.data[i + 1])))
            i++;
    }
    return false;
}

fsc_view fsc_date_format(const fsc_date *d, fsc_arena *arena)
{
    if (d->day == 0)
        return fsc_arena_printf(arena, "%04d-%02d", d->year, d->month);
    if (d->hour < 0)
        return fsc_arena_printf(arena, "%04d-%02d-%02d", d->year, d->month, d->day);
    if (d->zone == FSC_DATE_NO_ZONE)
        return fsc_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d", d->year, d->month, d->day, d->hour, d->minute,
                                d->second);
    if (d->zone == 0)
        return fsc_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", d->year, d->month, d->day, d->hour, d->minute,
                                d->second);
    int zone = d->zone < 0 ? -d->zone : d->zone;
    return fsc_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", d->year, d->month, d->day, d->hour,
                            d->minute, d->second, d->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}
