/*
 * table: arrays laid out one behind the other as bytes, at build time, and found again in the binary without a copy.
 *
 * Writer and reader name the same arrays in the same order. Each begins at a multiple of 8 bytes of the block, and the block must lie so.
 * Numbers are in the byte order of the machine that wrote them; structs that are laid out have no padding.
 */
#ifndef FSC_BASE_TABLE_H
#define FSC_BASE_TABLE_H

#include "base/buf.h"
#include "base/view.h"

/* Failure sticks in the buffer (fsc_buf.failed). */
static inline void fsc_table_add(fsc_buf *out, const void *data, size_t bytes)
{
    static const char zeros[8] = {0};
    if (bytes)
        fsc_buf_add(out, data, bytes);
    fsc_buf_add(out, zeros, -bytes % sizeof zeros);
}

/* The next array, borrowed from the block; NULL when *rest is shorter. */
static inline const void *fsc_table_take(fsc_view *rest, size_t bytes)
{
    size_t whole = bytes + -bytes % 8;
    if (whole < bytes || whole > rest->len)
        return NULL;
    const void *at = rest->data;
    *rest = fsc_view_of(rest->data + whole, rest->len - whole);
    return at;
}

#endif
