#include "codec/csv.h"

#include "base/lanes.h"
#include "base/vec.h"

static void passed(fsc_csv_scan *scan, fsc_view v, size_t end)
{
    scan->lines = scan->lines || (end > scan->pos && memchr(v.data + scan->pos, '\n', end - scan->pos));
    scan->pos = end;
}

// Steps over the inside of a quoted cell. False: more bytes are needed.
static bool leave_quotes(fsc_view v, bool at_end, fsc_csv_scan *scan)
{
    for (;;) {
        const char *q = scan->pos < v.len ? memchr(v.data + scan->pos, '"', v.len - scan->pos) : NULL;
        size_t at = q ? (size_t)(q - v.data) : v.len;
        passed(scan, v, at);
        // whether a quote in the last place is doubled is not known yet
        if (!q || (at + 1 >= v.len && !at_end))
            return false;
        if (at + 1 < v.len && v.data[at + 1] == '"') {
            scan->pos = at + 2;
            continue;
        }
        scan->pos = at + 1;
        scan->quoted = false;
        scan->in_cell = scan->closed = true;
        return true;
    }
}

size_t fsc_csv_record_end(fsc_view bytes, char sep, bool at_end, fsc_csv_scan *scan, bool *open_quote)
{
    *open_quote = false;
    while (scan->pos < bytes.len) {
        if (scan->quoted) {
            if (!leave_quotes(bytes, at_end, scan))
                break;
            continue;
        }
        char c = bytes.data[scan->pos++];
        bool after_quote = scan->closed;
        scan->closed = after_quote && c == ' ';
        if (c == '\n')
            return scan->pos;
        if (c == sep) {
            scan->in_cell = false;
        } else if (c == '"' && !scan->in_cell) {
            scan->quoted = true;
            scan->lines = false;
            scan->quote = scan->pos - 1;
        } else if (after_quote && scan->lines && c != '\r' && c != ' ') {
            *open_quote = true;
            return scan->pos;
        } else {
            scan->in_cell = true;
        }
    }
    if (!at_end)
        return 0;
    *open_quote = scan->quoted;
    return bytes.len;
}

// The cell at *pos, quotes undone; *pos moves to the separator behind it or to the end. False: out of memory.
static bool quoted_cell(fsc_view record, char sep, size_t *pos, fsc_view *out, fsc_arena *arena)
{
    size_t start = *pos + 1, end = start;
    bool doubled = false;
    for (;; end += 2) {
        const char *q = end < record.len ? memchr(record.data + end, '"', record.len - end) : NULL;
        end = q ? (size_t)(q - record.data) : record.len;
        if (end + 1 >= record.len || record.data[end + 1] != '"')
            break;
        doubled = true;
    }
    size_t after = end < record.len ? end + 1 : end, stop = after;
    while (stop < record.len && record.data[stop] != sep)
        stop++;
    *pos = stop;
    *out = fsc_view_of(record.data + start, end - start);
    if (!doubled && stop == after)
        return true;
    char *copy = fsc_arena_alloc(arena, stop - start);
    if (!copy)
        return false;
    size_t len = 0;
    for (size_t i = start; i < end; i++) {
        copy[len++] = record.data[i];
        i += record.data[i] == '"';
    }
    memcpy(copy + len, record.data + after, stop - after);
    *out = fsc_view_of(copy, len + (stop - after));
    return true;
}

int fsc_csv_cells(fsc_view **out, size_t *count, fsc_view record, char sep, fsc_arena *arena)
{
    fsc_vec(fsc_view) cells = {0};
    *out = NULL;
    *count = 0;
    if (record.len && record.data[record.len - 1] == '\n')
        record.len--;
    if (record.len && record.data[record.len - 1] == '\r')
        record.len--;
    for (size_t pos = 0;; pos++) {
        fsc_view cell;
        if (cells.len + 1 == FSC_CSV_MAX_CELLS) {
            cell = fsc_view_slice(record, pos, record.len);
            pos = record.len;
        } else if (pos < record.len && record.data[pos] == '"') {
            if (!quoted_cell(record, sep, &pos, &cell, arena))
                return -1;
        } else {
            const char *end = pos < record.len ? memchr(record.data + pos, sep, record.len - pos) : NULL;
            size_t stop = end ? (size_t)(end - record.data) : record.len;
            cell = fsc_view_slice(record, pos, stop);
            pos = stop;
        }
        if (!fsc_vec_push(arena, &cells, cell))
            return -1;
        if (pos >= record.len)
            break;
    }
    *out = cells.data;
    *count = cells.len;
    return 0;
}

// Bytes that do not go into a cell as they are.
static inline fsc_lanes marks_of(fsc_lanes l, char sep)
{
    fsc_lanes ends = fsc_lanes_or(fsc_lanes_is(l, '\n'), fsc_lanes_is(l, '\r'));
    fsc_lanes marks = fsc_lanes_or(fsc_lanes_is(l, '"'), fsc_lanes_is(l, (unsigned char)sep));
    return fsc_lanes_or(fsc_lanes_or(ends, marks), fsc_lanes_is(l, 0));
}

bool fsc_csv_plain(fsc_view v, char sep)
{
    size_t i = 0;
    for (; v.len - i > 16; i += 16)
        if (fsc_lanes_bits(marks_of(fsc_lanes_load(v.data + i), sep)))
            return false;
    return i == v.len || !fsc_lanes_bits(marks_of(fsc_lanes_some(v.data + i, v.len - i), sep));
}

static bool needs_quotes(fsc_view v, char sep)
{
    for (size_t i = 0; i < v.len; i++) {
        char c = v.data[i];
        if (c == sep || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

void fsc_csv_cell(fsc_buf *out, fsc_view v, char sep)
{
    if (fsc_csv_plain(v, sep)) {
        fsc_buf_addv(out, v);
        return;
    }
    bool quotes = needs_quotes(v, sep);
    if (quotes)
        fsc_buf_char(out, '"');
    size_t start = 0;
    for (size_t i = 0; i < v.len; i++) {
        if (v.data[i] != '"' && v.data[i] != 0)
            continue;
        fsc_buf_add(out, v.data + start, i - start);
        fsc_buf_adds(out, v.data[i] ? "\"\"" : "\xEF\xBF\xBD");
        start = i + 1;
    }
    fsc_buf_add(out, v.data + start, v.len - start);
    if (quotes)
        fsc_buf_char(out, '"');
}
