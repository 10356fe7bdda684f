#include "base/view.h"

int fsc_view_cmp(fsc_view a, fsc_view b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.data, b.data, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool fsc_view_eq_nocase(fsc_view a, fsc_view b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

fsc_view fsc_view_trim(fsc_view v)
{
    while (v.len && is_blank(v.data[0]))
        v.data++, v.len--;
    while (v.len && is_blank(v.data[v.len - 1]))
        v.len--;
    return v;
}

size_t fsc_view_find(fsc_view v, fsc_view needle, size_t from)
{
    if (from > v.len)
        return SIZE_MAX;
    if (!needle.len)
        return from;
    if (needle.len > v.len - from)
        return SIZE_MAX;
    const void *p = memmem(v.data + from, v.len - from, needle.data, needle.len);
    return p ? (size_t)((const char *)p - v.data) : SIZE_MAX;
}

fsc_view fsc_view_split(fsc_view *rest, char sep)
{
    const char *p = rest->len ? memchr(rest->data, sep, rest->len) : NULL;
    fsc_view head = *rest;
    if (!p) {
        *rest = (fsc_view){NULL, 0};
        return head;
    }
    head.len = (size_t)(p - rest->data);
    *rest = (fsc_view){p + 1, rest->len - head.len - 1};
    return head;
}

bool fsc_view_int(fsc_view v, int64_t *out)
{
    bool negative = v.len && v.data[0] == '-';
    size_t i = negative;
    if (i == v.len)
        return false;
    int64_t n = 0;
    for (; i < v.len; i++) {
        if (v.data[i] < '0' || v.data[i] > '9')
            return false;
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, v.data[i] - '0', &n))
            return false;
    }
    // summed as a negative number, whose range is one wider
    if (!negative && n == INT64_MIN)
        return false;
    *out = negative ? n : -n;
    return true;
}

bool fsc_view_thousandths(fsc_view v, int64_t *out)
{
    bool negative = v.len && v.data[0] == '-';
    size_t i = negative, digits = 0, decimals = 0;
    int64_t n = 0;
    bool point = false;
    for (; i < v.len; i++) {
        if (v.data[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (v.data[i] < '0' || v.data[i] > '9' || decimals == 3)
            return false;
        digits++;
        decimals += point;
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, v.data[i] - '0', &n))
            return false;
    }
    if (!digits || (point && !decimals))
        return false;
    for (; decimals < 3; decimals++)
        if (__builtin_mul_overflow(n, 10, &n))
            return false;
    *out = negative ? -n : n;
    return true;
}
