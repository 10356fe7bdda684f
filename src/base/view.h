/*
 * view: a borrowed stretch of bytes.
 *
 * A view owns nothing and need not end in NUL. Whoever made the bytes says how long they live: text of
 * a document lives as long as the document's arena. Views are passed by value.
 */
#ifndef FSC_BASE_VIEW_H
#define FSC_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct fsc_view {
    const char *data;
    size_t len;
} fsc_view;

/* A view of a string literal; its length is known to the compiler. */
#define FSC_LIT(s) ((fsc_view){"" s, sizeof(s) - 1})
/* The same where a constant initialiser is needed (static tables). */
#define FSC_LIT_INIT(s) {"" s, sizeof(s) - 1}

static inline fsc_view fsc_view_of(const char *data, size_t len)
{
    return (fsc_view){data, len};
}

/* A view of a NUL-ended string; NULL gives the empty view. */
static inline fsc_view fsc_view_cstr(const char *s)
{
    return (fsc_view){s ? s : "", s ? strlen(s) : 0};
}

/* Bytes [start, end) of v; bounds are cut to v, never read past it. */
static inline fsc_view fsc_view_slice(fsc_view v, size_t start, size_t end)
{
    if (end > v.len)
        end = v.len;
    if (start > end)
        start = end;
    return (fsc_view){v.data + start, end - start};
}

static inline bool fsc_view_eq(fsc_view a, fsc_view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool fsc_view_is(fsc_view a, const char *literal)
{
    return fsc_view_eq(a, fsc_view_cstr(literal));
}

static inline bool fsc_view_starts(fsc_view v, fsc_view prefix)
{
    return v.len >= prefix.len && (prefix.len == 0 || memcmp(v.data, prefix.data, prefix.len) == 0);
}

static inline bool fsc_view_ends(fsc_view v, fsc_view suffix)
{
    return v.len >= suffix.len &&
           (suffix.len == 0 || memcmp(v.data + v.len - suffix.len, suffix.data, suffix.len) == 0);
}

/* Byte order; the shorter first when one starts the other. <0, 0, >0 as memcmp. */
int fsc_view_cmp(fsc_view a, fsc_view b);

/* Equal when the case of ASCII letters is ignored; other bytes must be the same. */
bool fsc_view_eq_nocase(fsc_view a, fsc_view b);

/* v without ASCII blanks (space, tab, CR, LF, FF, VT) at both ends. */
fsc_view fsc_view_trim(fsc_view v);

/* Offset of the first `needle` in v at or after `from`, or SIZE_MAX. Linear time. */
size_t fsc_view_find(fsc_view v, fsc_view needle, size_t from);

/*
 * Cuts the part before the first `sep` off *rest and returns it; *rest becomes what follows. Without a
 * `sep` the whole is returned and *rest becomes {NULL, 0}: loop `while (rest.data)`.
 */
fsc_view fsc_view_split(fsc_view *rest, char sep);

/* A decimal integer that fills v exactly. False on overflow, sign other than '-', or anything else. */
bool fsc_view_int(fsc_view v, int64_t *out);

/*
 * A decimal number with at most three decimals, as thousandths ("1.5" -> 1500, "-2" -> -2000).
 * Weights are held this way so that sums are exact. False when it does not fit the form.
 */
bool fsc_view_thousandths(fsc_view v, int64_t *out);

#endif
