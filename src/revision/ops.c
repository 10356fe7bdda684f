// Matches and moves -> edit script. Equal bytes only are `equal`; blanks go with the neighbours they share.
#include "base/utf8.h"
#include "revision/revision_p.h"

typedef struct writer {
    rev_work *w;
    fsc_vec(fsc_op) op;
    fsc_view a, b;
    bool failed;
} writer;

static void put(writer *o, fsc_op_kind kind, fsc_span a, fsc_span b)
{
    if (a.start == a.end && b.start == b.end)
        return;
    if (kind == FSC_OP_REPLACE && a.start == a.end)
        kind = FSC_OP_INSERT;
    if (kind == FSC_OP_REPLACE && b.start == b.end)
        kind = FSC_OP_DELETE;
    fsc_op *last = o->op.len ? &o->op.data[o->op.len - 1] : NULL;
    if (last && last->kind == kind && kind != FSC_OP_MOVE && last->a.end == a.start && last->b.end == b.start) {
        last->a.end = a.end;
        last->b.end = b.end;
        return;
    }
    if (!fsc_vec_push(o->w->arena, &o->op, (fsc_op){kind, false, a, b}))
        o->failed = true;
}

// Bytes that two stretches share at their start, in whole characters.
static uint32_t common_start(const writer *o, fsc_span a, fsc_span b)
{
    uint32_t n = 0, most = a.end - a.start < b.end - b.start ? a.end - a.start : b.end - b.start;
    while (n < most && o->a.data[a.start + n] == o->b.data[b.start + n])
        n++;
    while (n > 0 && ((a.start + n < o->a.len && !fsc_utf8_is_start((unsigned char)o->a.data[a.start + n])) ||
                     (b.start + n < o->b.len && !fsc_utf8_is_start((unsigned char)o->b.data[b.start + n]))))
        n--;
    return n;
}

static uint32_t common_end(const writer *o, fsc_span a, fsc_span b)
{
    uint32_t n = 0, most = a.end - a.start < b.end - b.start ? a.end - a.start : b.end - b.start;
    while (n < most && o->a.data[a.end - 1 - n] == o->b.data[b.end - 1 - n])
        n++;
    while (n > 0 && !fsc_utf8_is_start((unsigned char)o->a.data[a.end - n]))
        n--;
    return n;
}

// ---------------------------------------------------------------- moved runs

// Tokens from i of `own` that moved together with the same bytes; *to is where the first went.
static uint32_t moved_run(const rev_work *w, int side, uint32_t i, uint32_t end)
{
    const rev_side *own = &w->side[side];
    uint32_t length = 1;
    while (i + length < end && own->move[i + length] == own->move[i] + length) {
        uint32_t x = i + length, y = own->move[x];
        if (!fsc_rev_same_gap(w, side ? y : x, side ? x : y))
            break;
        length++;
    }
    return length;
}

static void forget_changed_moves(rev_work *w)
{
    rev_side *a = &w->side[0], *b = &w->side[1];
    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t j = a->move[i];
        if (j != REV_NONE && !fsc_rev_same_bytes(w, i, j)) {
            a->move[i] = REV_NONE;
            b->move[j] = REV_NONE;
        }
    }
}

// A stretch between two kept tokens: tokens, and the bytes that hold them.
typedef struct stretch {
    rev_range token;
    fsc_span bytes;
} stretch;

// Cuts the next piece off the start of s: bytes that stay (false) or a moved run (true).
static bool next_piece(const rev_work *w, int side, stretch *s, fsc_span *piece, uint32_t *first)
{
    const rev_side *own = &w->side[side];
    uint32_t i = s->token.first;
    if (i < s->token.end && own->move[i] != REV_NONE && own->token[i].start == s->bytes.start) {
        uint32_t length = moved_run(w, side, i, s->token.end);
        *first = i;
        *piece = (fsc_span){s->bytes.start, own->token[i + length - 1].end};
        s->token.first = i + length;
        s->bytes.start = piece->end;
        return true;
    }
    while (i < s->token.end && own->move[i] == REV_NONE)
        i++;
    *piece = (fsc_span){s->bytes.start, i < s->token.end ? own->token[i].start : s->bytes.end};
    s->token.first = i;
    s->bytes.start = piece->end;
    return false;
}

static bool is_done(const stretch *s)
{
    return s->bytes.start >= s->bytes.end;
}

// The next piece of A that stays here; what moved away is told where it went to.
static fsc_span next_left(const rev_work *w, stretch *s)
{
    fsc_span piece;
    uint32_t first;
    while (!is_done(s))
        if (!next_piece(w, 0, s, &piece, &first))
            return piece;
    return (fsc_span){s->bytes.end, s->bytes.end};
}

static void put_moved(writer *o, fsc_span b, uint32_t first)
{
    const rev_side *a = &o->w->side[0];
    uint32_t start = a->token[o->w->side[1].move[first]].start;
    put(o, FSC_OP_MOVE, (fsc_span){start, start + (b.end - b.start)}, b);
}

static void put_stretch(writer *o, stretch a, stretch b)
{
    if (is_done(&b)) {
        while (!is_done(&a)) {
            fsc_span left = next_left(o->w, &a);
            put(o, FSC_OP_DELETE, left, (fsc_span){b.bytes.start, b.bytes.start});
        }
        return;
    }
    while (!is_done(&b)) {
        fsc_span piece, left = {a.bytes.start, a.bytes.start};
        uint32_t first;
        if (next_piece(o->w, 1, &b, &piece, &first)) {
            put_moved(o, piece, first);
            continue;
        }
        if (!is_done(&a))
            left = next_left(o->w, &a);
        put(o, FSC_OP_REPLACE, left, piece);
    }
    while (!is_done(&a)) {
        fsc_span left = next_left(o->w, &a);
        put(o, FSC_OP_DELETE, left, (fsc_span){b.bytes.end, b.bytes.end});
    }
}

// ---------------------------------------------------------------- stretches between kept tokens

static fsc_span lead_blank(const rev_side *s, const stretch *x)
{
    uint32_t end = x->token.first < x->token.end ? s->token[x->token.first].start : x->bytes.end;
    return (fsc_span){x->bytes.start, end};
}

static fsc_span tail_blank(const rev_side *s, const stretch *x)
{
    uint32_t start = x->token.first < x->token.end ? s->token[x->token.end - 1].end : x->bytes.start;
    return (fsc_span){start, x->bytes.end};
}

static void put_gap(writer *o, stretch a, stretch b)
{
    const rev_side *sa = &o->w->side[0], *sb = &o->w->side[1];
    uint32_t n = common_start(o, lead_blank(sa, &a), lead_blank(sb, &b));
    put(o, FSC_OP_EQUAL, (fsc_span){a.bytes.start, a.bytes.start + n}, (fsc_span){b.bytes.start, b.bytes.start + n});
    a.bytes.start += n;
    b.bytes.start += n;
    n = common_end(o, tail_blank(sa, &a), tail_blank(sb, &b));
    fsc_span a_tail = {a.bytes.end - n, a.bytes.end}, b_tail = {b.bytes.end - n, b.bytes.end};
    a.bytes.end -= n;
    b.bytes.end -= n;
    put_stretch(o, a, b);
    put(o, FSC_OP_EQUAL, a_tail, b_tail);
}

// Where the headline ends on both sides, or the line under it: no op reaches from one part into the next.
typedef struct border {
    uint32_t a, b; // bytes; both 0: no border
} border;

static uint32_t part_end(const rev_side *s, fsc_part_kind kind)
{
    uint32_t end = 0;
    // the body may have such lines further down; those that lead the text have an end that is known
    for (size_t i = 0; i < s->text->part_count && i < 2; i++)
        if (s->text->part[i].kind == kind)
            end = s->text->part[i].end;
    return end;
}

static size_t list_borders(const rev_work *w, border out[2])
{
    static const fsc_part_kind kinds[] = {FSC_PART_HEADLINE, FSC_PART_SUBHEAD};
    size_t n = 0;
    for (int k = 0; k < 2; k++) {
        border at = {part_end(&w->side[0], kinds[k]), part_end(&w->side[1], kinds[k])};
        if (at.a && at.b && (n == 0 || (at.a > out[0].a && at.b > out[0].b)))
            out[n++] = at;
    }
    return n;
}

static uint32_t token_at(const rev_side *s, uint32_t from, uint32_t byte)
{
    while (from < s->count && s->token[from].start < byte)
        from++;
    return from;
}

// Ends both stretches at a border and starts them anew behind it.
static void cross_border(writer *o, const border *at, stretch *a, stretch *b)
{
    // a second headline further down may have been matched with the first
    if (a->bytes.start > at->a || b->bytes.start > at->b)
        return;
    a->token.end = token_at(&o->w->side[0], a->token.first, at->a);
    b->token.end = token_at(&o->w->side[1], b->token.first, at->b);
    a->bytes.end = at->a;
    b->bytes.end = at->b;
    put_gap(o, *a, *b);
    *a = (stretch){{a->token.end, a->token.end}, {at->a, at->a}};
    *b = (stretch){{b->token.end, b->token.end}, {at->b, at->b}};
}

// A kept token that goes on from the one before with the same blank makes the newest op longer: most of a text.
static bool goes_on(writer *o, uint32_t i, uint32_t j)
{
    fsc_op *last = o->op.len ? &o->op.data[o->op.len - 1] : NULL;
    const rev_token *x = &o->w->side[0].token[i], *y = &o->w->side[1].token[j];
    if (!last || last->kind != FSC_OP_EQUAL || i == 0 || j == 0 || last->a.end != x[-1].end || last->b.end != y[-1].end ||
        !fsc_rev_same_gap(o->w, i, j) || !fsc_rev_same_bytes(o->w, i, j))
        return false;
    last->a.end = x->end;
    last->b.end = y->end;
    return true;
}

bool fsc_rev_ops(rev_work *w)
{
    const rev_side *a = &w->side[0], *b = &w->side[1];
    writer o = {w, {0}, a->text->bytes, b->text->bytes, false};
    stretch sa = {{0, 0}, {0, 0}}, sb = {{0, 0}, {0, 0}};
    border at[2] = {{0, 0}, {0, 0}};
    size_t borders = list_borders(w, at), crossed = 0;
    forget_changed_moves(w);
    for (uint32_t i = 0; i < a->count && !o.failed; i++) {
        uint32_t j = a->match[i];
        if (j == REV_NONE)
            continue;
        for (; crossed < borders && a->token[i].start >= at[crossed].a && b->token[j].start >= at[crossed].b; crossed++)
            cross_border(&o, &at[crossed], &sa, &sb);
        if (goes_on(&o, i, j)) {
            sa = (stretch){{i + 1, i + 1}, {a->token[i].end, a->token[i].end}};
            sb = (stretch){{j + 1, j + 1}, {b->token[j].end, b->token[j].end}};
            continue;
        }
        sa.token.end = i;
        sb.token.end = j;
        sa.bytes.end = a->token[i].start;
        sb.bytes.end = b->token[j].start;
        put_gap(&o, sa, sb);
        fsc_span x = {a->token[i].start, a->token[i].end}, y = {b->token[j].start, b->token[j].end};
        put(&o, fsc_rev_same_bytes(w, i, j) ? FSC_OP_EQUAL : FSC_OP_REPLACE, x, y);
        sa = (stretch){{i + 1, i + 1}, {x.end, x.end}};
        sb = (stretch){{j + 1, j + 1}, {y.end, y.end}};
    }
    for (; crossed < borders; crossed++)
        cross_border(&o, &at[crossed], &sa, &sb);
    sa.token.end = a->count;
    sb.token.end = b->count;
    sa.bytes.end = (uint32_t)a->text->bytes.len;
    sb.bytes.end = (uint32_t)b->text->bytes.len;
    put_gap(&o, sa, sb);
    w->out->op = o.op.data;
    w->out->op_count = o.op.len;
    return !o.failed;
}
