#include "voice/voice_p.h"

// Pairs quote marks paragraph by paragraph with one stack, so nested quotations come out properly nested. A mark that
// may open or close closes when its kind is open. An opening mark left open runs to the end of its paragraph (and goes
// on where the next paragraph opens with the same mark); a single one left open was an apostrophe and is dropped.

#define KINDS 3

typedef struct pairing {
    fsc_vx *x;
    fsc_index_vec border; // byte offsets where paragraphs end
    size_t next_border;
    fsc_index_vec stack; // indices of open quotes
    fsc_index_vec below; // for each on the stack: stack position of the open one of its kind below it, or FSC_NONE
    uint32_t top[KINDS]; // stack position of the innermost open quote of a kind, or FSC_NONE
    fsc_index_vec kind;  // per quote
    uint32_t left_open[KINDS];
} pairing;

static bool find_borders(pairing *p)
{
    fsc_vx *x = p->x;
    for (size_t i = 0; i < x->border.len; i++) {
        uint32_t w = x->border.data[i];
        uint32_t from = x->text->word[w].end;
        uint32_t to = w + 1 < x->n ? x->text->word[w + 1].start : (uint32_t)x->text->bytes.len;
        uint32_t at = from;
        while (at < to && x->text->bytes.data[at] != '\n' && x->text->bytes.data[at] != '\t')
            at++;
        if (!fsc_vec_push(x->scratch, &p->border, at))
            return false;
    }
    return true;
}

// Offset of the last byte before `at` that is no blank, plus one.
static uint32_t trim_end(fsc_view bytes, uint32_t start, uint32_t at)
{
    while (at > start && (unsigned char)bytes.data[at - 1] <= ' ')
        at--;
    return at;
}

static void pop_to(pairing *p, size_t position)
{
    while (p->stack.len > position) {
        uint32_t q = p->stack.data[--p->stack.len];
        p->top[p->kind.data[q]] = p->below.data[--p->below.len];
    }
}

uint32_t fsc_voice_word_from(const fsc_vx *x, uint32_t offset)
{
    uint32_t w = fsc_text_word_at(x->text, offset);
    return w < x->n && x->text->word[w].start < offset ? w + 1 : w;
}

// Everything open ends where the paragraph ends. Single marks left open stay unclosed and are dropped later.
static void end_paragraph(pairing *p, uint32_t border)
{
    fsc_vx *x = p->x;
    for (int k = 0; k < KINDS; k++)
        p->left_open[k] = FSC_NONE;
    for (size_t i = 0; i < p->stack.len; i++) {
        uint32_t q = p->stack.data[i];
        fsc_quote *quote = &x->quote.data[q];
        if (p->kind.data[q] == FSC_MARK_SINGLE)
            continue;
        quote->end = trim_end(x->text->bytes, quote->start, border);
        quote->end_word = fsc_voice_word_from(x, quote->end);
        if (p->left_open[p->kind.data[q]] == FSC_NONE)
            p->left_open[p->kind.data[q]] = q;
    }
    pop_to(p, 0);
}

static bool open_quote(pairing *p, const fsc_mark *m)
{
    fsc_vx *x = p->x;
    uint32_t index = (uint32_t)x->quote.len;
    fsc_quote q = {.start = m->start,
                   .end = 0,
                   .first_word = m->next_word,
                   .end_word = 0,
                   .parent = FSC_NONE,
                   .before = FSC_NONE,
                   .after = FSC_NONE,
                   .source = FSC_NONE,
                   .inside = FSC_NONE,
                   .cue = FSC_NO_SPAN};
    uint32_t below = p->top[m->klass];
    bool first = m->next_word == 0 || (x->after[m->next_word - 1] & P_PARAGRAPH);
    if (first && p->left_open[m->klass] != FSC_NONE)
        x->quote.data[p->left_open[m->klass]].continued = true;
    p->left_open[m->klass] = FSC_NONE;
    p->top[m->klass] = (uint32_t)p->stack.len;
    return fsc_vec_push(x->scratch, &x->quote, q) && fsc_vec_push(x->scratch, &p->kind, (uint32_t)m->klass) &&
           fsc_vec_push(x->scratch, &p->stack, index) && fsc_vec_push(x->scratch, &p->below, below);
}

static void close_quote(pairing *p, const fsc_mark *m)
{
    uint32_t position = p->top[m->klass];
    if (position == FSC_NONE)
        return;
    fsc_quote *q = &p->x->quote.data[p->stack.data[position]];
    q->end = m->end;
    q->end_word = m->next_word;
    q->closed = true;
    pop_to(p, position);
}

static bool take_mark(pairing *p, const fsc_mark *m)
{
    while (p->next_border < p->border.len && p->border.data[p->next_border] <= m->start) {
        // only the border right before this mark may be bridged by a reopening quote
        end_paragraph(p, p->border.data[p->next_border]);
        p->next_border++;
    }
    bool opens = m->side == FSC_MARK_OPEN || (m->side == FSC_MARK_EITHER && p->top[m->klass] == FSC_NONE);
    if (opens)
        return open_quote(p, m);
    close_quote(p, m);
    return true;
}

// Drops what holds no word or was never closed, and finds the quote around each.
static bool settle(fsc_vx *x)
{
    size_t kept = 0;
    fsc_index_vec stack = {0};
    for (size_t i = 0; i < x->quote.len; i++) {
        fsc_quote q = x->quote.data[i];
        if (q.end == 0 || q.first_word >= q.end_word || q.end_word > x->n)
            continue;
        while (stack.len && x->quote.data[stack.data[stack.len - 1]].end <= q.start)
            stack.len--;
        q.parent = stack.len ? stack.data[stack.len - 1] : FSC_NONE;
        x->quote.data[kept] = q;
        if (!fsc_vec_push(x->scratch, &stack, (uint32_t)kept))
            return false;
        kept++;
    }
    x->quote.len = kept;
    return true;
}

// Words [first, end) stand side by side at one level; *last is the run before them there.
static bool add_run(fsc_vx *x, uint32_t first, uint32_t end, uint32_t level, uint32_t *last)
{
    fsc_run run = {.first = first, .end = end, .level = level, .prev = FSC_NONE, .next = FSC_NONE};
    if (*last != FSC_NONE) {
        run.prev = x->run.data[*last].end - 1;
        x->run.data[*last].next = first;
    }
    *last = (uint32_t)x->run.len;
    return fsc_vec_push(x->scratch, &x->run, run);
}

// Runs of words at one level, words before each quote. Nothing changes from one border of a quote or paragraph to the
// next.
static bool find_runs(fsc_vx *x)
{
    uint32_t *last = FSC_NEW_N(x->scratch, uint32_t, x->quote.len + 1); // run of each quote
    if (!last)
        return false;
    uint32_t outer = FSC_NONE, inner = FSC_NONE;
    size_t next = 0, border = 0;
    for (size_t i = 0; i < x->quote.len; i++)
        last[i] = FSC_NONE;
    for (uint32_t w = 0, end; w < x->n; w = end) {
        while (inner != FSC_NONE && x->quote.data[inner].end_word <= w)
            inner = x->quote.data[inner].parent;
        if (w > 0 && (x->after[w - 1] & P_PARAGRAPH) && inner == FSC_NONE)
            outer = FSC_NONE;
        for (; next < x->quote.len && x->quote.data[next].first_word <= w; next++) {
            fsc_quote *q = &x->quote.data[next];
            uint32_t before = q->parent == FSC_NONE ? outer : last[q->parent];
            q->before = before == FSC_NONE ? FSC_NONE : x->run.data[before].end - 1;
            if (q->end_word > w)
                inner = (uint32_t)next;
        }
        while (border < x->border.len && x->border.data[border] < w)
            border++;
        end = border < x->border.len ? x->border.data[border] + 1 : x->n;
        if (next < x->quote.len && x->quote.data[next].first_word < end)
            end = x->quote.data[next].first_word;
        if (inner != FSC_NONE && x->quote.data[inner].end_word < end)
            end = x->quote.data[inner].end_word;
        if (!add_run(x, w, end, inner, inner == FSC_NONE ? &outer : &last[inner]))
            return false;
    }
    return true;
}

// What a word must know to be asked of without its run.
static bool tag_runs(fsc_vx *x)
{
    for (size_t i = 0; i < x->run.len; i++) {
        const fsc_run *r = &x->run.data[i];
        for (uint32_t w = r->first; r->level != FSC_NONE && w < r->end; w++)
            x->tag[w] |= T_QUOTED;
        x->tag[r->first] |= r->prev != r->first - 1 ? T_FIRST : 0;
        x->tag[r->end - 1] |= r->next != r->end ? T_LAST : 0;
    }
    return fsc_voice_places(x, &x->run_at, x->run.data ? &x->run.data->first : NULL, sizeof *x->run.data, x->run.len);
}

static void find_after(fsc_vx *x)
{
    for (size_t i = 0; i < x->quote.len; i++) {
        fsc_quote *q = &x->quote.data[i];
        uint32_t w = q->end_word;
        if (q->before != FSC_NONE && fsc_vx_next(x, q->before) != FSC_NONE && fsc_vx_next(x, q->before) >= w)
            q->after = fsc_vx_next(x, q->before);
        else if (w < x->n && fsc_vx_level(x, w) == q->parent && !(x->after[w - 1] & P_PARAGRAPH))
            q->after = w;
    }
}

int fsc_voice_pair(fsc_vx *x, fsc_err *err)
{
    pairing p = {.x = x};
    for (int k = 0; k < KINDS; k++)
        p.top[k] = p.left_open[k] = FSC_NONE;
    if (!find_borders(&p))
        return fsc_err_nomem(err);
    for (size_t i = 0; i < x->text->mark_count; i++)
        if (!take_mark(&p, &x->text->mark[i]))
            return fsc_err_nomem(err);
    uint32_t end = p.next_border < p.border.len ? p.border.data[p.next_border] : (uint32_t)x->text->bytes.len;
    end_paragraph(&p, end);
    if (!settle(x) || !find_runs(x) || !tag_runs(x))
        return fsc_err_nomem(err);
    find_after(x);
    return FSC_OK;
}
