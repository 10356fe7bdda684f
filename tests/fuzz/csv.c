// CSV: the end of a record does not depend on the pieces it comes in, records tile the input, and cells that are
// written are read back.
#include <stdint.h>
#include <stdlib.h>

#include "codec/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

static size_t record_end(fsc_view v, char sep)
{
    fsc_csv_scan whole = {0}, pieces = {0};
    bool open_whole, open_pieces = false;
    size_t want = fsc_csv_record_end(v, sep, true, &whole, &open_whole), got = 0, step = 1 + v.len / 5;
    for (size_t at = 0; !got && at < v.len; at += step)
        got = fsc_csv_record_end(fsc_view_slice(v, 0, at), sep, false, &pieces, &open_pieces);
    if (!got)
        got = fsc_csv_record_end(v, sep, true, &pieces, &open_pieces);
    MUST(want == got && open_whole == open_pieces && want <= v.len && (v.len == 0 || want > 0));
    MUST(!open_whole || v.data[whole.quote] == '"');
    return want;
}

static bool has_nul(fsc_view v)
{
    return v.len && memchr(v.data, 0, v.len);
}

static void write_back(const fsc_view *cell, size_t count, char sep, fsc_arena *arena)
{
    fsc_buf buf;
    fsc_view *back;
    size_t n;
    fsc_buf_init(&buf, NULL, 1 << 26);
    for (size_t i = 0; i < count; i++) {
        if (i)
            fsc_buf_char(&buf, sep);
        fsc_csv_cell(&buf, cell[i], sep);
    }
    fsc_buf_char(&buf, '\n');
    MUST(record_end(fsc_buf_view(&buf), sep) == buf.len);
    MUST(fsc_csv_cells(&back, &n, fsc_buf_view(&buf), sep, arena) == 0 && n == count);
    for (size_t i = 0; i < n; i++)
        MUST(has_nul(cell[i]) || fsc_view_eq(back[i], cell[i]));
    fsc_buf_release(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fsc_arena arena;
    fsc_view v = {size ? (const char *)data : "", size};
    char sep = size % 3 == 0 ? '\t' : ',';
    fsc_arena_init(&arena, NULL);
    for (int rounds = 0; v.len && rounds < 1000; rounds++) {
        fsc_view *cell;
        size_t count, len = record_end(v, sep);
        MUST(fsc_csv_cells(&cell, &count, fsc_view_slice(v, 0, len), sep, &arena) == 0 && count > 0);
        write_back(cell, count, sep, &arena);
        v = fsc_view_slice(v, len, v.len);
        fsc_arena_reset(&arena, 1 << 20);
    }
    fsc_arena_release(&arena);
    return 0;
}
