#include "base/utf8.h"
#include "export/export_p.h"

// Other ways to look at two versions in plain text: sentence by sentence like a unified diff, and side by side.

#define GONE "\033[31m"
#define COME "\033[32m"
#define MOVED "\033[33m"
#define FAINT "\033[2m"
#define DONE "\033[0m"

// ---------------------------------------------------------------- unified

enum { CONTEXT = 1 };

static fsc_view unit_text(const fsc_delta *d, int side, uint32_t unit)
{
    const fsc_sentence *u = &d->unit[side][unit];
    const fsc_analysis *a = side ? d->b : d->a;
    return fsc_view_slice(a->article.text, u->start, u->end);
}

static void put_line(const fsc_export *x, const char *colour, char sign, fsc_view text, fsc_buf *out)
{
    fsc_buf_printf(out, "%s%c", fsc_paint(x, colour), sign);
    for (size_t i = 0; i < text.len; i++)
        fsc_buf_char(out, text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i]);
    fsc_buf_printf(out, "%s\n", fsc_paint(x, DONE));
}

static void put_pair(const fsc_export *x, const fsc_delta *d, const fsc_sentence_pair *p, fsc_buf *out)
{
    if (p->kind == FSC_PAIR_SAME) {
        put_line(x, FAINT, ' ', unit_text(d, 1, p->b[0]), out);
        return;
    }
    fsc_view a = p->a_count ? unit_text(d, 0, p->a[0]) : (fsc_view){0};
    if (p->kind == FSC_PAIR_MOVED && fsc_view_eq(a, unit_text(d, 1, p->b[0]))) {
        put_line(x, MOVED, '~', a, out);
        return;
    }
    for (uint32_t i = 0; i < p->a_count; i++)
        put_line(x, GONE, '-', unit_text(d, 0, p->a[i]), out);
    for (uint32_t i = 0; i < p->b_count; i++)
        put_line(x, COME, '+', unit_text(d, 1, p->b[i]), out);
}

// A sentence that stayed is shown beside one that did not.
static bool is_near_change(const fsc_delta *d, size_t k)
{
    size_t first = k > CONTEXT ? k - CONTEXT : 0;
    for (size_t i = first; i < d->sentence_count && i <= k + CONTEXT; i++)
        if (d->sentence[i].kind != FSC_PAIR_SAME)
            return true;
    return false;
}

void fsc_delta_unified(const fsc_export *x, const fsc_delta *d, fsc_buf *out)
{
    size_t skipped = 0;
    fsc_buf_printf(out, "--- %.*s\n+++ %.*s\n", (int)d->a->article.id.len, d->a->article.id.data, (int)d->b->article.id.len, d->b->article.id.data);
    for (size_t k = 0; k < d->sentence_count; k++) {
        if (!is_near_change(d, k)) {
            skipped++;
            continue;
        }
        if (skipped)
            fsc_buf_printf(out, "@@ %zu the same @@\n", skipped);
        skipped = 0;
        put_pair(x, d, &d->sentence[k], out);
    }
    if (skipped)
        fsc_buf_printf(out, "@@ %zu the same @@\n", skipped);
    fsc_buf_char(out, '\n');
}

// ---------------------------------------------------------------- side by side

enum { EQUAL, CHANGED, MOVE };

// What became of each byte of both sides.
static bool mark_bytes(const fsc_delta *d, uint8_t *mark[2], fsc_arena *scratch)
{
    mark[0] = FSC_NEW_N(scratch, uint8_t, d->a->article.text.len + 1);
    mark[1] = FSC_NEW_N(scratch, uint8_t, d->b->article.text.len + 1);
    if (!mark[0] || !mark[1])
        return false;
    for (size_t i = 0; i < d->op_count; i++) {
        const fsc_op *op = &d->op[i];
        if (op->kind == FSC_OP_EQUAL || op->ignored)
            continue;
        uint8_t what = op->kind == FSC_OP_MOVE ? MOVE : CHANGED;
        memset(mark[0] + op->a.start, what, op->a.end - op->a.start);
        memset(mark[1] + op->b.start, what, op->b.end - op->b.start);
    }
    return true;
}

// Where the line that starts at `from` ends: at a blank, a newline, or the edge of the column.
static uint32_t line_end(fsc_view text, uint32_t from, uint32_t end, size_t width)
{
    size_t columns = 0;
    uint32_t blank = 0;
    for (uint32_t i = from; i < end;) {
        unsigned size;
        uint32_t cp = fsc_utf8_decode(text.data + i, end - i, &size);
        if (cp == '\n')
            return i;
        columns += fsc_display_width(fsc_view_slice(text, i, i + size));
        if (columns > width)
            return blank > from ? blank : i > from ? i : i + size;
        if (cp == ' ')
            blank = i;
        i += size;
    }
    return end;
}

typedef struct column {
    fsc_view text;
    const uint8_t *mark;
    uint32_t at, end;
    const char *colour; // of what changed
} column;

static bool is_over(const column *c)
{
    return c->at >= c->end;
}

// One line of a cell, filled up with blanks.
static void put_cell(const fsc_export *x, column *c, size_t width, fsc_buf *out)
{
    uint32_t end = line_end(c->text, c->at, c->end, width);
    size_t used = 0;
    uint8_t now = EQUAL;
    for (uint32_t i = c->at; i < end;) {
        unsigned size;
        fsc_utf8_decode(c->text.data + i, end - i, &size);
        if (c->mark[i] != now) {
            now = c->mark[i];
            fsc_buf_adds(out, fsc_paint(x, now == EQUAL ? DONE : now == MOVE ? MOVED : c->colour));
        }
        used += fsc_display_width(fsc_view_slice(c->text, i, i + size));
        // control characters would move the column
        if ((unsigned char)c->text.data[i] < ' ')
            fsc_buf_char(out, ' ');
        else
            fsc_buf_add(out, c->text.data + i, size);
        i += size;
    }
    if (now != EQUAL)
        fsc_buf_adds(out, fsc_paint(x, DONE));
    for (; used < width; used++)
        fsc_buf_char(out, ' ');
    c->at = end;
    while (c->at < c->end && (c->text.data[c->at] == ' ' || c->text.data[c->at] == '\n' || c->text.data[c->at] == '\r'))
        c->at++;
}

static column column_of(const fsc_delta *d, int side, const uint8_t *mark, const uint32_t *unit, uint32_t count)
{
    const fsc_sentence *u = d->unit[side];
    column c = {(side ? d->b : d->a)->article.text, mark, 0, 0, side ? COME : GONE};
    if (count) {
        c.at = u[unit[0]].start;
        c.end = u[unit[count - 1]].end;
    }
    return c;
}

void fsc_delta_sides(const fsc_export *x, const fsc_delta *d, fsc_arena *scratch, fsc_buf *out)
{
    static const char signs[] = {' ', '|', '~', '/', '/', '>', '<'};
    size_t width = (fsc_terminal_width(x) - 3) / 2;
    uint8_t *mark[2];
    if (!mark_bytes(d, mark, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    for (size_t k = 0; k < d->sentence_count; k++) {
        const fsc_sentence_pair *p = &d->sentence[k];
        column a = column_of(d, 0, mark[0], p->a, p->a_count), b = column_of(d, 1, mark[1], p->b, p->b_count);
        for (char sign = signs[p->kind]; !is_over(&a) || !is_over(&b); sign = ' ') {
            put_cell(x, &a, width, out);
            fsc_buf_printf(out, " %c ", sign);
            put_cell(x, &b, width, out);
            while (out->len && out->data[out->len - 1] == ' ')
                out->len--;
            fsc_buf_char(out, '\n');
        }
    }
    fsc_buf_char(out, '\n');
}
