#include "export/export_p.h"

// Readable form of a comparison: the new text with what went and what came, then what the edit does.

#define GONE "\033[31;9m"
#define COME "\033[32m"
#define MOVED "\033[33m"
#define DONE "\033[0m"

static fsc_view piece(const fsc_analysis *a, fsc_span s)
{
    return fsc_view_slice(a->article.text, s.start, s.end);
}

static void put_marked(const fsc_export *x, const char *colour, const char *open, fsc_view text, const char *close, fsc_buf *out)
{
    if (!text.len)
        return;
    // without colour the marks of wdiff tell the two apart
    if (x->opt.colour)
        fsc_buf_printf(out, "%s%.*s" DONE, colour, (int)text.len, text.data);
    else
        fsc_buf_printf(out, "%s%.*s%s", open, (int)text.len, text.data, close);
}

// a long stretch that did not change is shown by its ends
static void put_equal(fsc_view text, fsc_buf *out)
{
    size_t keep = 160;
    if (text.len <= 2 * keep + 40) {
        fsc_buf_addv(out, text);
        return;
    }
    size_t from = keep, to = text.len - keep;
    while (from < to && text.data[from] != ' ')
        from++;
    while (to > from && text.data[to - 1] != ' ')
        to--;
    fsc_buf_addv(out, fsc_view_slice(text, 0, from));
    fsc_buf_adds(out, " […] ");
    fsc_buf_addv(out, fsc_view_slice(text, to, text.len));
}

static void put_ops(const fsc_export *x, const fsc_delta *d, fsc_buf *out)
{
    for (size_t i = 0; i < d->op_count; i++) {
        const fsc_op *op = &d->op[i];
        fsc_view a = piece(d->a, op->a), b = piece(d->b, op->b);
        switch (op->ignored ? FSC_OP_EQUAL : op->kind) {
        case FSC_OP_EQUAL:
            put_equal(b, out);
            break;
        case FSC_OP_MOVE:
            put_marked(x, MOVED, "{~", b, "~}", out);
            break;
        default:
            put_marked(x, GONE, "[-", a, "-]", out);
            put_marked(x, COME, "{+", b, "+}", out);
        }
    }
    fsc_buf_adds(out, "\n\n");
}

// `shift`: how the cue changed, or NULL
static void put_cue(const fsc_export *x, const fsc_analysis *a, const fsc_cue *c, const char *colour, const char *sign, const char *shift,
                    fsc_buf *out)
{
    const fsc_schema *s = a->schema;
    size_t width = fsc_terminal_width(x), words = width / 3 < 28 ? width / 3 : 28;
    fsc_view dim = s->dimension[c->dimension].name, cat = s->category[c->category].name;
    fsc_buf_printf(out, "  %s%s ", fsc_paint(x, colour), sign);
    fsc_add_cut(out, piece(a, (fsc_span){c->start, c->end}), words, true);
    fsc_buf_printf(out, "%s ", fsc_paint(x, DONE));
    size_t from = out->len;
    fsc_buf_printf(out, "%.*s.%.*s ", (int)dim.len, dim.data, (int)cat.len, cat.data);
    fsc_buf_thousandths(out, c->weight);
    fsc_buf_printf(out, " %s", fsc_voice_name((fsc_voice)c->voice));
    if (c->by->name.len)
        fsc_buf_printf(out, " (%.*s)", (int)c->by->name.len, c->by->name.data);
    if (shift)
        fsc_buf_printf(out, "  %s", shift);
    // into a file nothing is cut
    if (x->opt.width)
        fsc_cut_tail(out, from, width - words - 5);
    fsc_buf_char(out, '\n');
}

static void put_cues(const fsc_export *x, const fsc_delta *d, fsc_buf *out)
{
    if (!d->removed_count && !d->added_count && !d->changed_count)
        return;
    fsc_buf_printf(out, "%sCues%s\n", fsc_paint(x, "\033[1m"), fsc_paint(x, DONE));
    for (size_t i = 0; i < d->removed_count; i++) {
        put_cue(x, d->a, &d->a->cue[d->removed[i]], "\033[31m", "-", NULL, out);
    }
    for (size_t i = 0; i < d->changed_count; i++) {
        put_cue(x, d->a, &d->a->cue[d->changed[i].a], "\033[33m", "~", fsc_shift_name(d->changed[i].shift), out);
        put_cue(x, d->b, &d->b->cue[d->changed[i].b], "\033[33m", ">", NULL, out);
    }
    for (size_t i = 0; i < d->added_count; i++) {
        put_cue(x, d->b, &d->b->cue[d->added[i]], "\033[32m", "+", NULL, out);
    }
    fsc_buf_char(out, '\n');
}

static void put_scores(const fsc_export *x, const fsc_delta *d, fsc_buf *out)
{
    bool any = false;
    for (size_t i = 0; i < d->a->schema->dimension_count; i++) {
        const fsc_score_delta *s = &d->score[i];
        if (s->a == s->b || d->a->schema->dimension[i].rules)
            continue;
        if (!any)
            fsc_buf_printf(out, "%sSums of weights%s\n", fsc_paint(x, "\033[1m"), fsc_paint(x, DONE));
        any = true;
        fsc_view name = d->a->schema->dimension[i].name;
        fsc_buf_printf(out, "  %-12.*s ", (int)name.len, name.data);
        fsc_buf_thousandths(out, s->a);
        fsc_buf_adds(out, " → ");
        fsc_buf_thousandths(out, s->b);
        fsc_buf_adds(out, s->b > s->a ? "  (+" : "  (");
        fsc_buf_thousandths(out, s->b - s->a);
        fsc_buf_adds(out, ")\n");
    }
    if (any)
        fsc_buf_char(out, '\n');
}

static void put_metadata(const fsc_export *x, const fsc_delta *d, fsc_buf *out)
{
    if (!d->meta_count)
        return;
    fsc_buf_printf(out, "%sMetadata%s\n", fsc_paint(x, "\033[1m"), fsc_paint(x, DONE));
    for (size_t i = 0; i < d->meta_count; i++) {
        const fsc_meta_change *m = &d->meta[i];
        fsc_view a = m->a.len ? m->a : FSC_LIT("(none)"), b = m->b.len ? m->b : FSC_LIT("(none)");
        fsc_buf_printf(out, "  %-12s %.*s → %.*s\n", m->field, (int)a.len, a.data, (int)b.len, b.data);
    }
    fsc_buf_char(out, '\n');
}

static void put_types(const fsc_export *x, const fsc_delta *d, fsc_buf *out)
{
    bool any = false;
    for (int t = 0; t < FSC_CHANGE_COUNT; t++) {
        if (!d->type[t])
            continue;
        fsc_buf_printf(out, "%s%s", any ? ", " : fsc_paint(x, "\033[36m"), fsc_change_name((fsc_change_type)t));
        any = true;
    }
    fsc_buf_printf(out, "%s\n\n", any ? fsc_paint(x, DONE) : "no change of a listed type");
}

void fsc_export_delta_text(const fsc_export *x, const fsc_delta *d, fsc_view id, fsc_arena *scratch, fsc_buf *out)
{
    if (id.len)
        fsc_buf_printf(out, "%s%.*s%s\n", fsc_paint(x, "\033[1;4m"), (int)id.len, id.data, fsc_paint(x, DONE));
    size_t from = out->len;
    if (x->opt.view == FSC_VIEW_INLINE)
        put_ops(x, d, out);
    else if (x->opt.view == FSC_VIEW_UNIFIED)
        fsc_delta_unified(x, d, out);
    else
        fsc_delta_sides(x, d, scratch, out);
    // lines of the two others are as they must be
    if (x->opt.view != FSC_VIEW_INLINE)
        from = out->len;
    for (size_t i = 0; i < d->summary_count; i++)
        fsc_buf_printf(out, "• %.*s\n", (int)d->summary[i].len, d->summary[i].data);
    if (d->summary_count)
        fsc_buf_char(out, '\n');
    put_types(x, d, out);
    put_metadata(x, d, out);
    fsc_wrap(x, out, from);
    put_cues(x, d, out);
    put_scores(x, d, out);
    if (d->approximate)
        fsc_buf_adds(out, "approximate: the texts are long and differ much; a bound cut the search for the smallest change short\n");
}
