// Differences that the user leaves out of account: two stretches are alike when what is left of both is the same.
#include "base/buf.h"
#include "base/utf8.h"
#include "revision/revision_p.h"

static uint32_t first_token(const rev_side *s, uint32_t byte)
{
    uint32_t low = 0, high = s->count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->token[mid].start < byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void put_bytes(fsc_buf *out, const rev_side *s, uint32_t start, uint32_t end)
{
    if (start < end)
        fsc_buf_addv(out, fsc_view_slice(s->text->bytes, start, end));
}

// A mark belongs to one of the two kinds; dashes and stops inside words stay, they are part of the word.
static bool is_left_out(const rev_work *w, const rev_side *s, const rev_token *t)
{
    unsigned size = 1;
    uint32_t cp = fsc_utf8_decode(s->text->bytes.data + t->start, t->end - t->start, &size);
    return w->ignore & (fsc_rev_is_quote(cp) ? FSC_IGNORE_QUOTES : FSC_IGNORE_PUNCT);
}

// Writes what is left of a span.
static void reduce(fsc_buf *out, const rev_work *w, int side, fsc_span span)
{
    const rev_side *s = &w->side[side];
    uint32_t at = span.start;
    for (uint32_t i = first_token(s, span.start); i < s->count && s->token[i].end <= span.end; i++) {
        const rev_token *t = &s->token[i];
        if (!(w->ignore & FSC_IGNORE_SPACE))
            put_bytes(out, s, at, t->start);
        at = t->end;
        if (t->word == REV_NONE ? is_left_out(w, s, t) : false)
            continue;
        if (t->word != REV_NONE && w->ignore & FSC_IGNORE_CASE)
            fsc_buf_addv(out, fsc_types_form(w->types, s->text->word[t->word].type));
        else
            put_bytes(out, s, t->start, t->end);
    }
    if (!(w->ignore & FSC_IGNORE_SPACE))
        put_bytes(out, s, at, span.end);
}

typedef struct pair_of_texts {
    const rev_work *w;
    fsc_buf a, b;
} pair_of_texts;

static bool alike(pair_of_texts *x, fsc_span a, fsc_span b)
{
    fsc_buf_reset(&x->a, 1 << 16);
    fsc_buf_reset(&x->b, 1 << 16);
    reduce(&x->a, x->w, 0, a);
    reduce(&x->b, x->w, 1, b);
    return fsc_view_eq(fsc_buf_view(&x->a), fsc_buf_view(&x->b));
}

static bool is_change(const fsc_op *op)
{
    return op->kind == FSC_OP_INSERT || op->kind == FSC_OP_DELETE || op->kind == FSC_OP_REPLACE;
}

// A run of changes with nothing kept between may only be alike as a whole.
static void mark_ops(pair_of_texts *x, fsc_delta *d)
{
    for (size_t i = 0, end; i < d->op_count; i = end) {
        end = i + 1;
        if (!is_change(&d->op[i]))
            continue;
        fsc_span a = d->op[i].a, b = d->op[i].b;
        for (; end < d->op_count && is_change(&d->op[end]) && d->op[end].a.start == a.end; end++) {
            a.end = d->op[end].a.end;
            b.end = d->op[end].b.end;
        }
        bool whole = alike(x, a, b);
        for (size_t k = i; k < end; k++)
            d->op[k].ignored = whole || alike(x, d->op[k].a, d->op[k].b);
    }
}

static fsc_span span_of(const rev_side *s, uint32_t unit)
{
    return (fsc_span){s->unit[unit].start, s->unit[unit].end};
}

static void mark_pairs(pair_of_texts *x, rev_work *w)
{
    fsc_delta *d = w->out;
    for (size_t k = 0; k < d->sentence_count; k++) {
        fsc_sentence_pair *p = &d->sentence[k];
        if (p->kind == FSC_PAIR_EDITED && alike(x, span_of(&w->side[0], p->a[0]), span_of(&w->side[1], p->b[0])))
            p->kind = FSC_PAIR_SAME;
    }
}

bool fsc_rev_ignore(rev_work *w)
{
    if (!w->ignore)
        return true;
    pair_of_texts x = {.w = w};
    fsc_buf_init(&x.a, NULL, (size_t)1 << 36);
    fsc_buf_init(&x.b, NULL, (size_t)1 << 36);
    mark_ops(&x, w->out);
    mark_pairs(&x, w);
    bool ok = !x.a.failed && !x.b.failed;
    fsc_buf_release(&x.a);
    fsc_buf_release(&x.b);
    return ok;
}
