#include <math.h>
#include <stdlib.h>

#include "export/export_p.h"

// Two versions side by side, paragraph beside paragraph: what went and what came in colour, cues marked, tables of the changes below.

typedef struct sides {
    const fsc_delta *d;
    fsc_buf cell[2];
    fsc_buf *out;
    const fsc_op **moved;  // moves in the order of A
    size_t moved_count, next_moved;
    uint8_t *fate[2];      // of each cue: kept, changed, gone or come
    bool changed;          // some piece of the row is
} sides;

enum { KEPT, NEW };

static const fsc_analysis *doc_of(const sides *s, int side)
{
    return side ? s->d->b : s->d->a;
}

// ---------------------------------------------------------------- pieces

// The first cue that ends after a place; cues stand by start and are short.
static size_t cue_from(const fsc_analysis *a, uint32_t place)
{
    enum { LONGEST = 256 };
    uint32_t reach = place > LONGEST ? place - LONGEST : 0;
    size_t low = 0, high = a->cue_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (a->cue[mid].start < reach)
            low = mid + 1;
        else
            high = mid;
    }
    while (low < a->cue_count && a->cue[low].end <= place)
        low++;
    return low;
}

static void put_lines(fsc_buf *out, fsc_view text)
{
    while (text.data) {
        fsc_html_text(out, fsc_view_split(&text, '\n'));
        if (text.data)
            fsc_buf_adds(out, "<br>");
    }
}

static void put_marked(sides *s, int side, const fsc_cue *c, fsc_span span)
{
    const fsc_analysis *a = doc_of(s, side);
    bool is_new = s->fate[side][c - a->cue] == NEW;
    fsc_buf_printf(&s->cell[side], "<mark class=\"%s\" title=\"", is_new ? "new" : c->scored ? "" : "off");
    fsc_html_cue_title(&s->cell[side], a, c);
    fsc_buf_adds(&s->cell[side], "\">");
    put_lines(&s->cell[side], fsc_view_slice(a->article.text, span.start, span.end));
    fsc_buf_adds(&s->cell[side], "</mark>");
}

// Text with the cues in it marked; where several overlap, the first. A cue that a piece cuts is marked in both.
static void put_text(sides *s, int side, fsc_span span)
{
    const fsc_analysis *a = doc_of(s, side);
    uint32_t at = span.start;
    for (size_t i = cue_from(a, span.start); i < a->cue_count && a->cue[i].start < span.end; i++) {
        const fsc_cue *c = &a->cue[i];
        fsc_span part = {c->start > span.start ? c->start : span.start, c->end < span.end ? c->end : span.end};
        if (part.start < at || part.start >= part.end || (!c->scored && s->fate[side][i] == KEPT))
            continue;
        put_lines(&s->cell[side], fsc_view_slice(a->article.text, at, part.start));
        put_marked(s, side, c, part);
        at = part.end;
    }
    put_lines(&s->cell[side], fsc_view_slice(a->article.text, at, span.end));
}

static void put_piece(sides *s, int side, fsc_span span, const char *open, const char *close)
{
    if (span.start == span.end)
        return;
    fsc_buf_adds(&s->cell[side], open);
    put_text(s, side, span);
    fsc_buf_adds(&s->cell[side], close);
    s->changed |= *open != 0;
}

// ---------------------------------------------------------------- rows

static void end_row(sides *s)
{
    if (s->cell[0].len || s->cell[1].len) {
        fsc_buf_adds(s->out, s->changed ? "<tr><td>" : "<tr class=\"same\"><td>");
        fsc_buf_addv(s->out, fsc_buf_view(&s->cell[0]));
        fsc_buf_adds(s->out, "</td><td>");
        fsc_buf_addv(s->out, fsc_buf_view(&s->cell[1]));
        fsc_buf_adds(s->out, "</td></tr>\n");
    }
    fsc_buf_reset(&s->cell[0], 1 << 20);
    fsc_buf_reset(&s->cell[1], 1 << 20);
    s->changed = false;
}

// What both sides share ends a row at each line end.
static void put_equal(sides *s, const fsc_op *op)
{
    const char *text = s->d->b->article.text.data;
    uint32_t at = 0, len = op->b.end - op->b.start;
    while (at < len) {
        const char *newline = memchr(text + op->b.start + at, '\n', len - at);
        uint32_t end = newline ? (uint32_t)(newline - (text + op->b.start)) : len;
        put_piece(s, 0, (fsc_span){op->a.start + at, op->a.start + end}, "", "");
        put_piece(s, 1, (fsc_span){op->b.start + at, op->b.start + end}, "", "");
        if (newline)
            end_row(s);
        at = end + (newline != NULL);
    }
}

// What moved away from before a place of A is shown where it stood.
static void put_moved_away(sides *s, uint32_t before)
{
    for (; s->next_moved < s->moved_count && s->moved[s->next_moved]->a.start < before; s->next_moved++)
        put_piece(s, 0, s->moved[s->next_moved]->a, "<span class=\"move\" title=\"moved\">", "</span>");
}

static void put_op(sides *s, const fsc_op *op)
{
    if (op->kind == FSC_OP_MOVE) {
        put_piece(s, 1, op->b, "<span class=\"move\" title=\"moved\">", "</span>");
        return;
    }
    put_moved_away(s, op->a.start);
    if (op->kind == FSC_OP_EQUAL) {
        put_equal(s, op);
        return;
    }
    put_piece(s, 0, op->a, op->ignored ? "" : "<del>", op->ignored ? "" : "</del>");
    put_piece(s, 1, op->b, op->ignored ? "" : "<ins>", op->ignored ? "" : "</ins>");
}

static int by_place_in_a(const void *x, const void *y)
{
    const fsc_op *a = *(const fsc_op *const *)x, *b = *(const fsc_op *const *)y;
    return (a->a.start > b->a.start) - (a->a.start < b->a.start);
}

static bool prepare(sides *s, fsc_arena *scratch)
{
    const fsc_delta *d = s->d;
    s->moved = FSC_NEW_N(scratch, const fsc_op *, d->op_count + 1);
    s->fate[0] = FSC_NEW_N(scratch, uint8_t, d->a->cue_count + 1);
    s->fate[1] = FSC_NEW_N(scratch, uint8_t, d->b->cue_count + 1);
    if (!s->moved || !s->fate[0] || !s->fate[1])
        return false;
    for (size_t i = 0; i < d->op_count; i++)
        if (d->op[i].kind == FSC_OP_MOVE)
            s->moved[s->moved_count++] = &d->op[i];
    if (s->moved_count)
        qsort(s->moved, s->moved_count, sizeof *s->moved, by_place_in_a);
    for (size_t i = 0; i < d->removed_count; i++)
        s->fate[0][d->removed[i]] = NEW;
    for (size_t i = 0; i < d->added_count; i++)
        s->fate[1][d->added[i]] = NEW;
    for (size_t i = 0; i < d->changed_count; i++)
        s->fate[0][d->changed[i].a] = s->fate[1][d->changed[i].b] = NEW;
    return true;
}

static void put_sides(const fsc_delta *d, fsc_arena *scratch, fsc_buf *out)
{
    sides s = {.d = d, .out = out};
    if (!prepare(&s, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    fsc_buf_init(&s.cell[0], NULL, (size_t)1 << 36);
    fsc_buf_init(&s.cell[1], NULL, (size_t)1 << 36);
    fsc_buf_adds(out, "<table class=\"sides\"><tr><th>before</th><th>after</th></tr>\n");
    for (size_t i = 0; i < d->op_count; i++)
        put_op(&s, &d->op[i]);
    put_moved_away(&s, UINT32_MAX);
    end_row(&s);
    fsc_buf_adds(out, "</table>\n<p class=\"legend\"><del>gone</del>, <ins>new</ins>, <span class=\"move\">moved</span>; <mark>cues</mark> say on hover "
                      "what they are, <mark class=\"new\">thick</mark> ones changed.</p>\n");
    if (s.cell[0].failed || s.cell[1].failed)
        out->failed = FSC_E_NOMEM;
    fsc_buf_release(&s.cell[0]);
    fsc_buf_release(&s.cell[1]);
}

// ---------------------------------------------------------------- tables

static void put_cue_row(const fsc_analysis *a, const fsc_cue *c, const char *what, fsc_buf *out)
{
    // the longer cue around it tells
    if (c->why == FSC_WHY_OVERLAP)
        return;
    fsc_buf_printf(out, "<tr><td>%s</td><td class=\"w\">", what);
    fsc_html_text(out, fsc_view_slice(a->article.text, c->start, c->end));
    fsc_buf_adds(out, "</td><td class=\"w\">");
    fsc_html_text(out, a->schema->dimension[c->dimension].name);
    fsc_buf_char(out, '.');
    fsc_html_text(out, a->schema->category[c->category].name);
    fsc_buf_adds(out, "</td><td>");
    fsc_buf_thousandths(out, c->weight);
    fsc_buf_printf(out, "</td><td class=\"w\">%s", fsc_voice_name((fsc_voice)c->voice));
    if (c->by->name.len) {
        fsc_buf_adds(out, " (");
        fsc_html_text(out, c->by->name);
        fsc_buf_char(out, ')');
    }
    fsc_buf_adds(out, "</td></tr>\n");
}

static void put_cues(const fsc_delta *d, fsc_buf *out)
{
    if (!d->removed_count && !d->added_count && !d->changed_count)
        return;
    fsc_buf_adds(out, "<table><tr><th>change</th><th class=\"w\">words</th><th class=\"w\">category</th><th>weight</th><th class=\"w\">voice</th></tr>\n");
    for (size_t i = 0; i < d->removed_count; i++)
        put_cue_row(d->a, &d->a->cue[d->removed[i]], "removed", out);
    for (size_t i = 0; i < d->added_count; i++)
        put_cue_row(d->b, &d->b->cue[d->added[i]], "added", out);
    for (size_t i = 0; i < d->changed_count; i++) {
        put_cue_row(d->a, &d->a->cue[d->changed[i].a], fsc_shift_name(d->changed[i].shift), out);
        put_cue_row(d->b, &d->b->cue[d->changed[i].b], "→", out);
    }
    fsc_buf_adds(out, "</table>\n");
}

static void put_sums(const fsc_delta *d, fsc_buf *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < d->a->schema->dimension_count; i++) {
        if (d->score[i].a == d->score[i].b)
            continue;
        if (!shown++)
            fsc_buf_adds(out, "<table><tr><th>sum of weights</th><th>before</th><th>after</th><th>change</th></tr>\n");
        fsc_buf_adds(out, "<tr><td>");
        fsc_html_text(out, d->a->schema->dimension[i].name);
        fsc_buf_adds(out, "</td>");
        fsc_html_number(out, (double)d->score[i].a / 1000);
        fsc_html_number(out, (double)d->score[i].b / 1000);
        fsc_html_number(out, (double)(d->score[i].b - d->score[i].a) / 1000);
        fsc_buf_adds(out, "</tr>\n");
    }
    if (shown)
        fsc_buf_adds(out, "</table>\n");
}

static void put_metadata(const fsc_delta *d, fsc_buf *out)
{
    if (!d->meta_count)
        return;
    fsc_buf_adds(out, "<table><tr><th>metadata</th><th class=\"w\">before</th><th class=\"w\">after</th></tr>\n");
    for (size_t i = 0; i < d->meta_count; i++) {
        fsc_buf_printf(out, "<tr><td>%s</td><td class=\"w\">", d->meta[i].field);
        fsc_html_text(out, d->meta[i].a);
        fsc_buf_adds(out, "</td><td class=\"w\">");
        fsc_html_text(out, d->meta[i].b);
        fsc_buf_adds(out, "</td></tr>\n");
    }
    fsc_buf_adds(out, "</table>\n");
}

static void put_summary(const fsc_delta *d, fsc_buf *out)
{
    fsc_buf_adds(out, "<ul>");
    for (size_t i = 0; i < d->summary_count; i++) {
        fsc_buf_adds(out, "<li>");
        fsc_html_text(out, d->summary[i]);
        fsc_buf_adds(out, "</li>");
    }
    fsc_buf_adds(out, "</ul>\n<p class=\"meta\">");
    bool any = false;
    for (int t = 0; t < FSC_CHANGE_COUNT; t++) {
        if (!d->type[t])
            continue;
        fsc_buf_printf(out, "%s%s", any ? " · " : "", fsc_change_name((fsc_change_type)t));
        any = true;
    }
    fsc_buf_adds(out, any ? "</p>\n" : "no change of a listed type</p>\n");
    if (d->approximate)
        fsc_buf_adds(out, "<p class=\"meta\">approximate: a bound cut the search for the smallest change short</p>\n");
}

void fsc_export_delta_html(const fsc_delta *d, fsc_view id, fsc_arena *scratch, fsc_buf *out)
{
    const fsc_view names[] = {d->a->article.id, d->b->article.id};
    fsc_buf_adds(out, "<div class=\"wide\">\n");
    fsc_html_title(id.len ? &id : names, id.len ? 1 : 2, out);
    fsc_html_meta(&d->b->article, out);
    put_summary(d, out);
    put_sides(d, scratch, out);
    put_cues(d, out);
    put_sums(d, out);
    put_metadata(d, out);
    fsc_buf_adds(out, "</div>\n");
}
