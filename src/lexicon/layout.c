#include "lexicon/automaton_p.h"

// Lays the nodes out as numbers (image_p.h, section `code`), parents before children, chains in one piece.

typedef fsc_vec(uint32_t) number_vec;

typedef struct layout {
    fsc_lex_automaton *a;
    uint32_t *first;   // by node: its first edge in `order`; one more at the end
    uint32_t *order;   // edges by node, in order of making
    uint32_t *place;   // by node: index of its header; 0: not placed yet
    number_vec placed; // nodes in the order of their places
    uint32_t *code;
    uint32_t size;
} layout;

static unsigned table_log2(uint32_t edges)
{
    unsigned log2 = 4;
    while ((1u << log2) < edges * 2)
        log2++;
    return log2;
}

static uint32_t links_of(const fsc_lex_automaton *a, uint32_t link)
{
    uint32_t n = 0;
    for (; link; link = a->link.data[link - 1].next)
        n++;
    return n;
}

static uint64_t size_of(const fsc_lex_automaton *a, const fsc_lex_state *node)
{
    uint64_t size = 1;
    size += node->accept ? 1 + links_of(a, node->accept) : 0;
    size += node->special ? 1 + 2 * (uint64_t)node->special : 0;
    size += node->gap ? 1 + 3 * (uint64_t)links_of(a, node->gap) : 0;
    if (node->edges > FSC_LEX_LISTED)
        return size + ((uint64_t)2 << table_log2(node->edges));
    return size + 2 * (uint64_t)node->edges;
}

static bool sort_edges(layout *l)
{
    const fsc_lex_automaton *a = l->a;
    l->first = FSC_NEW_N(a->arena, uint32_t, a->node.len + 2);
    l->order = FSC_NEW_N(a->arena, uint32_t, a->edge.len + 1);
    if (!l->first || !l->order)
        return false;
    // counts two places on, sums one place on: while edges are filed first[n + 1] moves from start to end of n
    for (size_t i = 0; i < a->edge.len; i++)
        l->first[a->edge.data[i].node + 2]++;
    for (size_t n = 2; n < a->node.len + 2; n++)
        l->first[n] += l->first[n - 1];
    for (size_t i = 0; i < a->edge.len; i++)
        l->order[l->first[a->edge.data[i].node + 1]++] = (uint32_t)i;
    return true;
}

// Gives a node its place and puts its children on the stack, the first on top.
static bool place_node(layout *l, uint32_t node, number_vec *stack)
{
    const fsc_lex_automaton *a = l->a;
    const fsc_lex_state *s = &a->node.data[node];
    uint64_t end = l->size + size_of(a, s);
    if (end > UINT32_MAX || !fsc_vec_push(a->arena, &l->placed, node))
        return false;
    l->place[node] = l->size;
    l->size = (uint32_t)end;
    for (uint32_t i = s->gap; i; i = a->link.data[i - 1].next)
        if (!fsc_vec_push(a->arena, stack, a->gap.data[a->link.data[i - 1].value].node))
            return false;
    for (uint32_t i = l->first[node + 1]; i > l->first[node]; i--)
        if (!fsc_vec_push(a->arena, stack, a->edge.data[l->order[i - 1]].target))
            return false;
    return true;
}

static bool place_from(layout *l, uint32_t root, number_vec *stack)
{
    stack->len = 0;
    if (!fsc_vec_push(l->a->arena, stack, root))
        return false;
    while (stack->len > 0) {
        uint32_t node = stack->data[--stack->len];
        if (!l->place[node] && !place_node(l, node, stack))
            return false;
    }
    return true;
}

// The entries of a node, first one first (links run backwards).
static uint32_t *write_accept(const fsc_lex_automaton *a, uint32_t link, uint32_t *p)
{
    uint32_t count = links_of(a, link);
    if (count == 0)
        return p;
    p[0] = count;
    for (uint32_t i = count; i > 0; i--, link = a->link.data[link - 1].next)
        p[i] = a->link.data[link - 1].value;
    return p + 1 + count;
}

static uint32_t *write_gaps(const layout *l, uint32_t link, uint32_t *p)
{
    uint32_t *count = p;
    if (!link)
        return p;
    *p++ = 0;
    for (; link; link = l->a->link.data[link - 1].next) {
        const fsc_lex_gap *gap = &l->a->gap.data[l->a->link.data[link - 1].value];
        *p++ = gap->min;
        *p++ = gap->max;
        *p++ = l->place[gap->node];
        ++*count;
    }
    return p;
}

// The edges by symbols of words, or the special ones.
static uint32_t *write_edges(const layout *l, uint32_t node, bool special, uint32_t *p)
{
    for (uint32_t i = l->first[node]; i < l->first[node + 1]; i++) {
        const fsc_lex_step *edge = &l->a->edge.data[l->order[i]];
        if ((edge->sym < FSC_LEX_SYM_FIRST) != special)
            continue;
        *p++ = edge->sym;
        *p++ = l->place[edge->target];
    }
    return p;
}

static void write_table(const layout *l, uint32_t node, unsigned log2, uint32_t *p)
{
    uint32_t *slot = p, last = (1u << log2) - 1;
    for (uint32_t i = 0; i <= last; i++) {
        slot[2 * i] = FSC_LEX_FREE;
        slot[2 * i + 1] = 0;
    }
    for (uint32_t i = l->first[node]; i < l->first[node + 1]; i++) {
        const fsc_lex_step *edge = &l->a->edge.data[l->order[i]];
        if (edge->sym < FSC_LEX_SYM_FIRST)
            continue;
        uint32_t at = fsc_lex_slot(edge->sym, log2);
        while (slot[2 * at] != FSC_LEX_FREE)
            at = (at + 1) & last;
        slot[2 * at] = edge->sym;
        slot[2 * at + 1] = l->place[edge->target];
    }
}

// The keys of a node, at their place in its header; of an entry's node, they become keys of its symbols.
static uint32_t give_keys(const layout *l, uint32_t node, bool of_entry)
{
    bool own = l->a->node.data[node].edges > FSC_LEX_KEYED;
    uint32_t keys = FSC_LEX_KEY_NONE | FSC_LEX_KEY_NONE << 6;
    for (uint32_t i = l->first[node]; i < l->first[node + 1]; i++) {
        uint32_t sym = l->a->edge.data[l->order[i]].sym;
        if (sym < FSC_LEX_SYM_FIRST)
            continue;
        uint32_t key = own ? fsc_lex_own_key(l->place[node]) : fsc_lex_sym_key(sym);
        keys = (keys << 6 | key) & 0xFFF;
        if (of_entry)
            l->a->symbols->symbol.data[sym].later |= (uint64_t)1 << key;
    }
    return keys << FSC_LEX_NODE_KEYS;
}

static void write_node(const layout *l, uint32_t node, bool of_entry)
{
    const fsc_lex_state *s = &l->a->node.data[node];
    uint32_t *p = l->code + l->place[node];
    bool table = s->edges > FSC_LEX_LISTED;
    unsigned log2 = table ? table_log2(s->edges) : 0;
    *p++ = (s->flags & 0xFF) | (table ? FSC_LEX_NODE_TABLE | log2 << 8 : s->edges << 8) |
           give_keys(l, node, of_entry);
    p = write_accept(l->a, s->accept, p);
    if (s->special) {
        *p++ = s->special;
        p = write_edges(l, node, true, p);
    }
    p = write_gaps(l, s->gap, p);
    if (table)
        write_table(l, node, log2, p);
    else
        write_edges(l, node, false, p);
}

// The root is not a node of the image: its edges are listed by symbol.
static bool fill_root(const layout *l, fsc_lex_image *image)
{
    const fsc_lex_automaton *a = l->a;
    size_t symbols = a->symbols->symbol.len;
    uint32_t *root = FSC_NEW_N(a->arena, uint32_t, symbols + 2);
    uint32_t count = l->first[1], *target = FSC_NEW_N(a->arena, uint32_t, count + 1);
    if (!root || !target)
        return false;
    for (uint32_t i = 0; i < count; i++)
        root[a->edge.data[l->order[i]].sym + 2]++;
    for (size_t s = 2; s < symbols + 2; s++)
        root[s] += root[s - 1];
    for (uint32_t i = 0; i < count; i++) {
        const fsc_lex_step *edge = &a->edge.data[l->order[i]];
        target[root[edge->sym + 1]++] = l->place[edge->target];
    }
    image->root = root, image->root_count = (uint32_t)symbols + 1;
    image->target = target, image->target_count = count;
    return true;
}

static void fill_globals(const layout *l, fsc_lex_globals *globals)
{
    const fsc_lex_automaton *a = l->a;
    for (uint32_t i = 0; i < l->first[1]; i++) {
        const fsc_lex_step *edge = &a->edge.data[l->order[i]];
        if (edge->sym < FSC_LEX_SYM_CLASSES)
            globals->root_classes |= 1u << edge->sym;
        else if (edge->sym == FSC_LEX_SYM_BEHIND)
            globals->behind = l->place[edge->target];
    }
}

int fsc_lex_automaton_finish(fsc_lex_automaton *a, fsc_lex_image *image, fsc_lex_globals *globals, uint32_t **place,
                             fsc_err *err)
{
    layout l = {.a = a, .size = 1}; // place 0 means none
    number_vec stack = {0};
    l.place = FSC_NEW_N(a->arena, uint32_t, a->node.len);
    if (!l.place || !sort_edges(&l))
        return fsc_err_nomem(err);
    for (uint32_t i = 0; i < l.first[1]; i++)
        if (!place_from(&l, a->edge.data[l.order[i]].target, &stack))
            return fsc_err_nomem(err);
    size_t of_entries = l.placed.len;
    for (uint32_t node = 1; node < a->node.len; node++) // what is left hangs on the roots of guards
        if (!l.place[node] && !place_from(&l, node, &stack))
            return fsc_err_nomem(err);
    l.code = FSC_NEW_N(a->arena, uint32_t, l.size);
    if (!l.code || !fill_root(&l, image))
        return fsc_err_nomem(err);
    for (size_t i = 0; i < l.placed.len; i++)
        write_node(&l, l.placed.data[i], i < of_entries);
    image->code = l.code, image->code_count = l.size;
    fill_globals(&l, globals);
    *place = l.place;
    return FSC_OK;
}
