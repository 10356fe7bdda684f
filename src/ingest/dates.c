// Dates as services write them, to RFC 3339 in UTC.

#include <stdio.h>
#include <time.h>

#include "ingest/ingest_p.h"

static bool all_digits(fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        if (v.data[i] < '0' || v.data[i] > '9')
            return false;
    return v.len > 0;
}

static int put_time(fsc_view *out, int64_t seconds, fsc_arena *arena, fsc_err *err)
{
    time_t t = (time_t)seconds;
    struct tm tm;
    if (!gmtime_r(&t, &tm) || tm.tm_year < -1900 || tm.tm_year > 8099)
        return FSC_OK;
    *out = fsc_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                            tm.tm_hour, tm.tm_min, tm.tm_sec);
    return out->data ? FSC_OK : fsc_err_nomem(err);
}

// 1 to 12, 0: no month
static int month_of(const char *name)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    char low[4] = {(char)(name[0] | 32), (char)(name[1] | 32), (char)(name[2] | 32), 0};
    const char *at = strstr(months, low);
    return at && (at - months) % 3 == 0 ? (int)(at - months) / 3 + 1 : 0;
}

// Minutes east of UTC: "+0200", "-05:00", "GMT", and the zones that RFC 822 names. False: another.
static bool zone_of(const char *name, int *minutes)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"GMT", 0},  {"UT", 0},   {"UTC", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                 {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}, {"BST", 1},  {"CET", 1},  {"CEST", 2}};
    int h, m;
    char sign;
    if (sscanf(name, "%c%2d%*[:]%2d", &sign, &h, &m) == 3 || sscanf(name, "%c%2d%2d", &sign, &h, &m) == 3) {
        *minutes = (sign == '-' ? -1 : 1) * (h * 60 + m);
        return sign == '+' || sign == '-';
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (strcmp(name, zones[i].name) == 0) {
            *minutes = zones[i].hours * 60;
            return true;
        }
    return false;
}

typedef struct parts {
    int year, month, day, hour, minute, second;
    char zone[8];
} parts;

// "Wed Oct 10 20:19:24 +0000 2018"
static bool tweet_date(const char *s, parts *p)
{
    char month[4] = "";
    *p = (parts){0};
    if (sscanf(s, "%*3c %3c %2d %2d:%2d:%2d %7s %4d", month, &p->day, &p->hour, &p->minute, &p->second, p->zone,
               &p->year) != 7)
        return false;
    p->month = month_of(month);
    return p->month > 0;
}

// "Tue, 10 Jun 2003 04:00:00 GMT", of feeds and mail; the day's name and the seconds may be missing
static bool mail_date(const char *s, parts *p)
{
    char month[16] = "";
    const char *comma = strchr(s, ',');
    *p = (parts){0};
    s = comma ? comma + 1 : s;
    int n = sscanf(s, " %2d %15[A-Za-z] %4d %2d:%2d:%2d %7s", &p->day, month, &p->year, &p->hour, &p->minute,
                   &p->second, p->zone);
    if (n == 5)
        n = sscanf(s, " %2d %15[A-Za-z] %4d %2d:%2d %7s", &p->day, month, &p->year, &p->hour, &p->minute, p->zone) + 1;
    p->month = n >= 6 ? month_of(month) : 0;
    p->year += p->year < 70 ? 2000 : p->year < 100 ? 1900 : 0;
    return n == 7 && p->month > 0;
}

// "2020-06-01 12:30:00 EDT"
static bool table_date(const char *s, parts *p)
{
    *p = (parts){0};
    return sscanf(s, "%4d-%2d-%2d %2d:%2d:%2d %7s", &p->year, &p->month, &p->day, &p->hour, &p->minute, &p->second,
                  p->zone) == 7;
}

// "January 5, 2010 Tuesday", "5 January 2010": of news databases. What follows is passed over.
static bool long_date(const char *s, parts *p)
{
    char month[16] = "";
    *p = (parts){0};
    int n = sscanf(s, "%15[A-Za-z] %2d, %4d", month, &p->day, &p->year);
    if (n != 3)
        n = sscanf(s, "%2d %15[A-Za-z] %4d", &p->day, month, &p->year);
    p->month = n == 3 && strlen(month) >= 3 ? month_of(month) : 0;
    return p->month > 0 && p->day >= 1 && p->day <= 31 && p->year >= 1000;
}

static bool exists(const parts *p)
{
    return p->month >= 1 && p->month <= 12 && p->day >= 1 && p->day <= 31 && p->hour >= 0 && p->hour < 24 && p->minute >= 0 &&
           p->minute < 60 && p->second >= 0 && p->second <= 60;
}

int fsc_ingest_date(fsc_view *out, fsc_view date, fsc_arena *arena, fsc_err *err)
{
    int64_t n;
    parts p;
    int east;
    char text[48] = "";
    *out = date;
    // most are what they should be
    if (date.len >= 10 && date.data[4] == '-' && date.data[7] == '-' && (date.len == 10 || date.data[10] == 'T'))
        return FSC_OK;
    // 9 to 10 digits reach from 1973 to 2286; milliseconds have three more
    if (all_digits(date) && (date.len == 9 || date.len == 10) && fsc_view_int(date, &n))
        return put_time(out, n, arena, err);
    if (all_digits(date) && (date.len == 12 || date.len == 13) && fsc_view_int(date, &n))
        return put_time(out, n / 1000, arena, err);
    // seconds with a fraction: 1591012345.0
    size_t point = fsc_view_find(date, FSC_LIT("."), 0);
    if ((point == 9 || point == 10) && all_digits(fsc_view_slice(date, point + 1, date.len)) &&
        fsc_view_int(fsc_view_slice(date, 0, point), &n))
        return put_time(out, n, arena, err);
    if (date.len < 10 || date.len >= sizeof text)
        return FSC_OK;
    memcpy(text, date.data, date.len);
    bool timed = memchr(text, ':', date.len) != NULL;
    if ((!timed || text[0] > '9') && !tweet_date(text, &p) && !mail_date(text, &p) && long_date(text, &p)) {
        *out = fsc_arena_printf(arena, "%04d-%02d-%02d", p.year, p.month, p.day);
        return out->data ? FSC_OK : fsc_err_nomem(err);
    }
    if (!(tweet_date(text, &p) || table_date(text, &p) || mail_date(text, &p)) || !exists(&p) || !zone_of(p.zone, &east))
        return FSC_OK;
    struct tm tm = {.tm_year = p.year - 1900,
                    .tm_mon = p.month - 1,
                    .tm_mday = p.day,
                    .tm_hour = p.hour,
                    .tm_min = p.minute,
                    .tm_sec = p.second};
    return put_time(out, (int64_t)timegm(&tm) - (int64_t)east * 60, arena, err);
}
