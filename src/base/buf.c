#include "base/buf.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

// shared by all empty buffers, so that data is never NULL; never written, as cap is 0
static const char nothing[1] = "";

void fsc_buf_init(fsc_buf *b, const fsc_alloc *alloc, size_t max)
{
    *b = (fsc_buf){.data = (char *)(uintptr_t)nothing, .max = max, .alloc = alloc ? alloc : fsc_alloc_default()};
}

void fsc_buf_release(fsc_buf *b)
{
    if (b->cap)
        b->alloc->free(b->alloc->user, b->data);
    const fsc_spill *spill = b->spill;
    fsc_buf_init(b, b->alloc, b->max);
    b->spill = spill;
}

void fsc_buf_spill(fsc_buf *b)
{
    if (b->failed)
        return;
    b->failed = b->spill->take(b->spill->user, fsc_buf_view(b));
    b->len = 0;
    if (b->cap)
        b->data[0] = 0;
}

void fsc_buf_reset(fsc_buf *b, size_t keep)
{
    if (b->cap > keep)
        fsc_buf_release(b);
    b->len = 0;
    b->failed = 0;
    if (b->cap)
        b->data[0] = 0;
}

char *fsc_buf_take(fsc_buf *b, size_t *len)
{
    if (!b->cap)
        fsc_buf_room(b, 1);
    if (b->failed)
        return NULL;
    char *data = b->data;
    if (len)
        *len = b->len;
    fsc_buf_init(b, b->alloc, b->max);
    return data;
}

bool fsc_buf_grow(fsc_buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more > b->max || b->len > b->max - more) {
        b->failed = FSC_E_LIMIT;
        return false;
    }
    size_t need = b->len + more + 1;
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < need)
        cap += cap / 2;
    // never beyond the maximum, which the fast path of fsc_buf_char relies on
    if (cap > b->max && b->max < SIZE_MAX)
        cap = b->max + 1;
    char *data = b->cap ? b->alloc->resize(b->alloc->user, b->data, cap) : b->alloc->alloc(b->alloc->user, cap);
    if (!data) {
        b->failed = FSC_E_NOMEM;
        return false;
    }
    b->data = data;
    b->cap = cap;
    b->data[b->len] = 0;
    return true;
}

void fsc_buf_add(fsc_buf *b, const char *data, size_t len)
{
    if (!len || !fsc_buf_room(b, len))
        return;
    memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = 0;
}

void fsc_buf_addv(fsc_buf *b, fsc_view v)
{
    fsc_buf_add(b, v.data, v.len);
}

void fsc_buf_adds(fsc_buf *b, const char *cstr)
{
    fsc_buf_add(b, cstr, strlen(cstr));
}

void fsc_buf_printf(fsc_buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len > 0 && fsc_buf_room(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, fmt, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354"
                            "555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

// The four digits of n < 10000 without the first `skip`; four bytes are written whatever they are.
static char *put_four(char *to, uint32_t n, unsigned skip)
{
    uint16_t high, low;
    memcpy(&high, pairs + n / 100 * 2, 2);
    memcpy(&low, pairs + n % 100 * 2, 2);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    uint32_t four = ((uint32_t)high << 16 | low) << 8 * skip;
#else
    uint32_t four = ((uint32_t)low << 16 | high) >> 8 * skip;
#endif
    memcpy(to, &four, 4);
    return to + 4 - skip;
}

char *fsc_put_u64(char *to, uint64_t n)
{
    if (n < 10000)
        return put_four(to, (uint32_t)n, (n < 10) + (n < 100) + (n < 1000));
    return put_four(fsc_put_u64(to, n / 10000), (uint32_t)(n % 10000), 0);
}

void fsc_buf_u64(fsc_buf *b, uint64_t n)
{
    char digits[FSC_PUT_U64];
    if (n < 10) { // as most counts are
        fsc_buf_char(b, (char)('0' + n));
        return;
    }
    if (!fsc_buf_has(b, FSC_PUT_U64)) {
        fsc_buf_add(b, digits, (size_t)(fsc_put_u64(digits, n) - digits));
        return;
    }
    b->len = (size_t)(fsc_put_u64(b->data + b->len, n) - b->data);
    b->data[b->len] = 0;
}

void fsc_buf_i64(fsc_buf *b, int64_t n)
{
    if (n < 0)
        fsc_buf_char(b, '-');
    fsc_buf_u64(b, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

// whole and fraction of an integer count of 10^-decimals
static inline void add_parts(fsc_buf *b, uint64_t n, int decimals, uint64_t scale)
{
    uint32_t rest = (uint32_t)(n % scale); // 9 decimals at most
    fsc_buf_u64(b, n / scale);
    if (!rest)
        return;
    char spare[10], *digits = fsc_buf_has(b, sizeof spare) ? b->data + b->len : spare;
    size_t len = (size_t)decimals + 1;
    digits[0] = '.';
    for (int i = decimals; i > 0; i--, rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    while (digits[len - 1] == '0')
        len--;
    if (digits == spare) {
        fsc_buf_add(b, spare, len);
        return;
    }
    b->len += len;
    b->data[b->len] = 0;
}

static const uint64_t scales[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

static void add_scaled(fsc_buf *b, bool negative, uint64_t n, int decimals)
{
    if (negative)
        fsc_buf_char(b, '-');
    // scales known to the compiler need no division: nearly all numbers are weights and rates
    if (decimals == 3)
        add_parts(b, n, 3, 1000);
    else if (decimals == 4)
        add_parts(b, n, 4, 10000);
    else
        add_parts(b, n, decimals, scales[decimals]);
}

void fsc_buf_thousandths(fsc_buf *b, int64_t n)
{
    add_scaled(b, n < 0, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, 3);
}

void fsc_buf_real(fsc_buf *b, double x, int decimals)
{
    if (!isfinite(x))
        return;
    double scaled = fabs(x) * (double)scales[decimals];
    if (scaled >= 9e18) {
        // beyond what scores can reach; digits after the point mean nothing here
        fsc_buf_printf(b, "%.0f", x);
        return;
    }
    uint64_t n = (uint64_t)(int64_t)(scaled + 0.5); // below 2^63: one instruction
    add_scaled(b, x < 0 && n, n, decimals);
}
