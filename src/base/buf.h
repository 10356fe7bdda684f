/*
 * buf: a growing byte buffer for output.
 *
 * `data` is never NULL and always NUL-ended. Failure sticks: once memory runs out or `max` is passed,
 * appends do nothing and `failed` holds the status; check once at the end. A maximum is required.
 * Numbers are written with a point and without grouping whatever the locale.
 */
#ifndef FSC_BASE_BUF_H
#define FSC_BASE_BUF_H

#include "base/arena.h"

/* Where the bytes of a buf go before they are too many to be kept; a status, which fails the buf when it is not 0. */
typedef struct fsc_spill {
    int (*take)(void *user, fsc_view bytes);
    void *user;
} fsc_spill;

#define FSC_SPILL_BYTES ((size_t)8 << 20)

typedef struct fsc_buf {
    char *data;
    size_t len, cap, max;
    const fsc_alloc *alloc;
    const fsc_spill *spill; /* NULL: all bytes are kept. Outlives release and reset */
    int failed;             /* 0, FSC_E_NOMEM, FSC_E_LIMIT or what the spill says */
} fsc_buf;

/* alloc NULL: the default. max: the largest length allowed, in bytes. Takes no memory yet. */
void fsc_buf_init(fsc_buf *b, const fsc_alloc *alloc, size_t max);
void fsc_buf_release(fsc_buf *b);
/* Empties, keeping at most `keep` bytes of memory, and clears `failed`. */
void fsc_buf_reset(fsc_buf *b, size_t keep);
/* Hands the memory to the caller, who frees it with the same alloc; NULL when failed. */
char *fsc_buf_take(fsc_buf *b, size_t *len);

/* Is there room for `more` bytes beyond len already? */
static inline bool fsc_buf_has(const fsc_buf *b, size_t more)
{
    return !b->failed && more < b->cap - b->len;
}

/* Makes room for `more` bytes beyond len; false (and failed set) when that cannot be. */
bool fsc_buf_grow(fsc_buf *b, size_t more);
static inline bool fsc_buf_room(fsc_buf *b, size_t more)
{
    return fsc_buf_has(b, more) || fsc_buf_grow(b, more);
}

void fsc_buf_add(fsc_buf *b, const char *data, size_t len);
void fsc_buf_addv(fsc_buf *b, fsc_view v);
void fsc_buf_adds(fsc_buf *b, const char *cstr);
void fsc_buf_printf(fsc_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void fsc_buf_u64(fsc_buf *b, uint64_t n);
/* The digits of n to `to`, which has room for FSC_PUT_U64 bytes: those behind the digits may be written too. Returns the end of the digits. */
#define FSC_PUT_U64 24
char *fsc_put_u64(char *to, uint64_t n);
void fsc_buf_i64(fsc_buf *b, int64_t n);
/* n / 1000 with up to three decimals and no trailing zeros: 1500 -> 1.5, 2000 -> 2. */
void fsc_buf_thousandths(fsc_buf *b, int64_t n);
/* x rounded half away from zero to `decimals` (0-9), trailing zeros cut; NaN and infinity write nothing. */
void fsc_buf_real(fsc_buf *b, double x, int decimals);

/* Hands over all bytes to the spill. */
void fsc_buf_spill(fsc_buf *b);

static inline void fsc_buf_char(fsc_buf *b, char c)
{
    if (b->len + 1 < b->cap && !b->failed) {
        b->data[b->len++] = c;
        b->data[b->len] = 0;
    } else {
        fsc_buf_add(b, &c, 1);
    }
}

/* Says that its writer will neither read nor change what is in b: FSC_SPILL_BYTES or more go to the spill, if there is one. */
static inline void fsc_buf_settle(fsc_buf *b)
{
    if (b->spill && b->len >= FSC_SPILL_BYTES)
        fsc_buf_spill(b);
}

static inline fsc_view fsc_buf_view(const fsc_buf *b)
{
    return (fsc_view){b->data, b->len};
}

#endif
