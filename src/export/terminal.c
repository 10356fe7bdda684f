#include <math.h>

#include "base/utf8.h"
#include "export/export_p.h"

// What a terminal needs: lines broken at words, labels that keep what tells rows apart, a score table that fits.

enum { WORDS = 7, NARROWEST = 6, WIDEST = 12 };

unsigned fsc_terminal_width(const fsc_export *x)
{
    return x->opt.width ? x->opt.width : 100;
}

// length of an escape sequence for colours at the start of v, else 0
static size_t sequence_len(fsc_view v)
{
    if (v.len < 2 || v.data[0] != '\033' || v.data[1] != '[')
        return 0;
    for (size_t i = 2; i < v.len; i++)
        if (v.data[i] == 'm')
            return i + 1;
    return 0;
}

void fsc_wrap(const fsc_export *x, fsc_buf *out, size_t from)
{
    size_t room = x->opt.width, column = 0, blank = 0, since_blank = 0, step;
    if (!room || out->failed)
        return;
    for (size_t i = from; i < out->len; i += step) {
        fsc_view rest = {out->data + i, out->len - i};
        unsigned size;
        if ((step = sequence_len(rest)) > 0)
            continue;
        uint32_t cp = fsc_utf8_decode(rest.data, rest.len, &size);
        step = size;
        if (cp == '\n') {
            column = blank = 0;
            continue;
        }
        size_t columns = fsc_display_width((fsc_view){rest.data, size});
        column += columns;
        since_blank += columns;
        // a blank may stand beyond the edge: it becomes the line end
        if (cp == ' ') {
            blank = i;
            since_blank = 0;
        }
        if (column > room && blank) {
            out->data[blank] = '\n';
            column = since_blank;
            blank = 0;
        }
    }
}

void fsc_cut_tail(fsc_buf *out, size_t from, size_t width)
{
    if (out->failed || fsc_display_width(fsc_view_slice(fsc_buf_view(out), from, out->len)) <= width)
        return;
    size_t used = 0, at = from;
    for (unsigned size; at < out->len; at += size) {
        fsc_utf8_decode(out->data + at, out->len - at, &size);
        used += fsc_display_width((fsc_view){out->data + at, size});
        if (used >= width)
            break;
    }
    out->len = at;
    fsc_buf_adds(out, width ? "…" : "");
}

void fsc_add_label(fsc_buf *out, fsc_view v, size_t width)
{
    size_t used = fsc_display_width(v);
    if (used <= width || !memchr(v.data, '/', v.len)) {
        fsc_add_cut(out, v, width, true);
        return;
    }
    // paths and addresses differ at their end
    while (v.len && used >= width) {
        unsigned size;
        fsc_utf8_decode(v.data, v.len, &size);
        used -= fsc_display_width((fsc_view){v.data, size});
        v.data += size, v.len -= size;
    }
    fsc_buf_adds(out, "…");
    fsc_add_cut(out, v, width - 1, true);
}

typedef struct layout {
    size_t label, column, shown, hidden;
} layout;

// dimensions with a sum
static size_t summed(const fsc_schema *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->dimension_count; i++)
        n += !s->dimension[i].rules;
    return n;
}

static layout layout_of(const fsc_export *x)
{
    size_t width = fsc_terminal_width(x), n = summed(x->schema), least = width / 4 < 16 ? 16 : width / 4;
    layout l = {.column = NARROWEST, .shown = n};
    if (least > 36)
        least = 36;
    if (n && width > least + WORDS + n * NARROWEST)
        l.column = (width - least - WORDS) / n;
    if (l.column > WIDEST)
        l.column = WIDEST;
    while (l.shown && least + WORDS + l.shown * l.column > width)
        l.shown--;
    l.hidden = n - l.shown;
    l.label = least;
    if (width > WORDS + l.shown * l.column + least)
        l.label = width - WORDS - l.shown * l.column;
    if (l.label > 48)
        l.label = 48;
    return l;
}

void fsc_score_table_head(const fsc_export *x, fsc_buf *out)
{
    layout l = layout_of(x);
    fsc_buf_adds(out, fsc_paint(x, "\033[1m"));
    fsc_add_cut(out, FSC_LIT("rates a 1,000 words"), l.label, true);
    fsc_buf_printf(out, "%*s", WORDS, "words");
    for (size_t i = 0, shown = 0; i < x->schema->dimension_count && shown < l.shown; i++) {
        const fsc_dimension *d = &x->schema->dimension[i];
        if (d->rules)
            continue;
        size_t len = d->name.len < l.column ? d->name.len : l.column - 1;
        fsc_buf_printf(out, "%*s%.*s", (int)(l.column - len), "", (int)len, d->name.data);
        shown++;
    }
    fsc_buf_printf(out, "%s\n", fsc_paint(x, "\033[0m"));
    if (l.hidden)
        fsc_buf_printf(out, "%s(%zu more dimensions need a wider terminal, or --format csv)%s\n", fsc_paint(x, "\033[2m"), l.hidden,
                       fsc_paint(x, "\033[0m"));
}

static void put_rate(const fsc_export *x, const fsc_score *s, size_t column, fsc_buf *out)
{
    if (isnan(s->rate)) {
        fsc_buf_printf(out, "%*s", (int)column, "");
        return;
    }
    int decimals = s->rate < 999.95 ? 1 : 0;
    fsc_buf_printf(out, "%s%*.*f%s", fsc_paint(x, s->n ? "" : "\033[2m"), (int)column, decimals, s->rate,
                   fsc_paint(x, s->n ? "" : "\033[0m"));
}

void fsc_score_table_row(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    const fsc_article *d = &a->article;
    layout l = layout_of(x);
    size_t rest = fsc_terminal_width(x) - l.label;
    fsc_add_label(out, d->id, l.label);
    if (!fsc_record_scored(d->status)) {
        const char *name = fsc_record_name(d->status);
        fsc_buf_printf(out, " %s%s%s ", fsc_paint(x, "\033[31m"), name, fsc_paint(x, "\033[0m"));
        size_t used = strlen(name) + 2;
        fsc_add_cut(out, d->reason, rest > used ? rest - used : 1, false);
        fsc_buf_char(out, '\n');
        return;
    }
    fsc_buf_printf(out, "%*u", WORDS, a->text.scored_words);
    if (!a->has_language)
        fsc_buf_printf(out, "%s  no lexicon for '%.*s'%s", fsc_paint(x, "\033[2m"), (int)d->lang.len, d->lang.data, fsc_paint(x, "\033[0m"));
    for (size_t i = 0, shown = 0; i < x->schema->dimension_count && shown < l.shown && a->has_language; i++) {
        if (x->schema->dimension[i].rules)
            continue;
        put_rate(x, &a->score[i], l.column, out);
        shown++;
    }
    fsc_buf_char(out, '\n');
}
