#include "lexicon/automaton_p.h"

// Patterns of at most SHARED sequences go into the shared trie; EDGES bounds what one pattern may add.
#define SHARED_SEQUENCES 64
#define EDGES_PER_PATTERN 65536

// A set of nodes that the part of a pattern read so far leads to.
typedef struct node_set {
    uint32_t *data;
    size_t len, cap;
} node_set;

typedef struct adding {
    fsc_lex_automaton *a;
    bool shared, backwards, guard;
    fsc_lex_place place;
    fsc_err *err;
} adding;

static uint32_t new_node(fsc_lex_automaton *a, uint32_t flags)
{
    fsc_lex_state node = {.flags = flags};
    if (a->node.len >= FSC_LEX_FREE || !fsc_vec_push(a->arena, &a->node, node))
        return FSC_NONE;
    return (uint32_t)(a->node.len - 1);
}

int fsc_lex_automaton_init(fsc_lex_automaton *a, fsc_lex_symbols *symbols, fsc_err *err)
{
    *a = (fsc_lex_automaton){.arena = symbols->arena, .symbols = symbols, .slots = 1024};
    a->slot = FSC_NEW_N(a->arena, uint32_t, a->slots);
    return a->slot && new_node(a, 0) == 0 ? FSC_OK : fsc_err_nomem(err);
}

static uint32_t hash_of(uint32_t node, uint32_t sym)
{
    uint32_t h = node * 0x9E3779B1u ^ sym * 0x85EBCA77u;
    return h ^ h >> 15;
}

static bool grow_slots(fsc_lex_automaton *a, size_t edges)
{
    size_t slots = a->slots;
    while (slots < edges * 2)
        slots *= 2;
    uint32_t *slot = FSC_NEW_N(a->arena, uint32_t, slots);
    if (!slot)
        return false;
    for (size_t i = 0; i < a->edge.len; i++) {
        size_t at = hash_of(a->edge.data[i].node, a->edge.data[i].sym) & (slots - 1);
        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = (uint32_t)i + 1;
    }
    a->slot = slot;
    a->slots = slots;
    return true;
}

bool fsc_lex_automaton_reserve(fsc_lex_automaton *a, size_t more)
{
    size_t edges = a->edge.len + more;
    return fsc_vec_reserve(a->arena, &a->node, a->node.len + more) && fsc_vec_reserve(a->arena, &a->edge, edges) &&
           (edges * 2 <= a->slots || grow_slots(a, edges));
}

static bool add_edge(fsc_lex_automaton *a, uint32_t node, uint32_t sym, uint32_t target, bool guard)
{
    if ((a->edge.len + 1) * 2 > a->slots && !grow_slots(a, a->edge.len + 1))
        return false;
    fsc_lex_step edge = {node, sym, target};
    if (!fsc_vec_push(a->arena, &a->edge, edge))
        return false;
    size_t at = hash_of(node, sym) & (a->slots - 1);
    while (a->slot[at])
        at = (at + 1) & (a->slots - 1);
    a->slot[at] = (uint32_t)a->edge.len;
    fsc_lex_state *from = &a->node.data[node];
    bool special = sym < FSC_LEX_SYM_FIRST;
    from->flags |= special ? FSC_LEX_NODE_SPECIAL : FSC_LEX_NODE_EDGES;
    from->special += special;
    from->edges += !special;
    a->symbols->symbol.data[sym].flags |= guard ? FSC_LEX_SYM_GUARDS : node ? FSC_LEX_SYM_FOLLOWS : FSC_LEX_SYM_STARTS;
    return true;
}

static uint32_t find_edge(const fsc_lex_automaton *a, uint32_t node, uint32_t sym)
{
    size_t at = hash_of(node, sym) & (a->slots - 1);
    for (; a->slot[at]; at = (at + 1) & (a->slots - 1)) {
        const fsc_lex_step *edge = &a->edge.data[a->slot[at] - 1];
        // nodes of a pattern of its own are never shared
        if (edge->node == node && edge->sym == sym && !(a->node.data[edge->target].flags & FSC_LEX_NODE_OWN))
            return edge->target;
    }
    return FSC_NONE;
}

// ---------------------------------------------------------------- patterns

static int too_large(adding *ad)
{
    return fsc_lex_fail(ad->err, ad->place, 0, "too many alternatives: more than %d steps", EDGES_PER_PATTERN);
}

static int put(adding *ad, node_set *set, uint32_t node)
{
    if (set->len == set->cap &&
        !fsc_vec_reserve_raw(ad->a->arena, (void **)&set->data, &set->cap, set->len + 1, sizeof *set->data))
        return fsc_err_nomem(ad->err);
    set->data[set->len++] = node;
    return FSC_OK;
}

static void drop_doubles(fsc_lex_automaton *a, node_set *set)
{
    uint32_t stamp = ++a->stamp;
    size_t kept = 0;
    for (size_t i = 0; i < set->len; i++) {
        fsc_lex_state *node = &a->node.data[set->data[i]];
        if (node->stamp == stamp)
            continue;
        node->stamp = stamp;
        set->data[kept++] = set->data[i];
    }
    set->len = kept;
}

// One edge to `target`, or to the shared child when target is FSC_NONE; *child is where it leads.
static int step(adding *ad, uint32_t node, uint32_t sym, uint32_t target, uint32_t *child)
{
    fsc_lex_automaton *a = ad->a;
    *child = target == FSC_NONE ? find_edge(a, node, sym) : target;
    if (target == FSC_NONE && *child != FSC_NONE)
        return FSC_OK;
    if (a->budget-- == 0)
        return too_large(ad);
    if (*child == FSC_NONE)
        *child = new_node(a, a->node.data[node].flags & FSC_LEX_NODE_JOIN);
    if (*child == FSC_NONE || !add_edge(a, node, sym, *child, ad->guard))
        return fsc_err_nomem(ad->err);
    return FSC_OK;
}

// From each node of `in` over one symbol; `target` as in step.
static int add_symbol(adding *ad, const node_set *in, uint32_t sym, uint32_t target, node_set *out)
{
    for (size_t i = 0; i < in->len; i++) {
        uint32_t child;
        int status = step(ad, in->data[i], sym, target, &child);
        if (!status && (target == FSC_NONE || i == 0))
            status = put(ad, out, child);
        if (status)
            return status;
    }
    return FSC_OK;
}

// A node of the pattern's own, or FSC_NONE when it shares nodes.
static int own_node(adding *ad, uint32_t *target)
{
    *target = FSC_NONE;
    if (ad->shared)
        return FSC_OK;
    *target = new_node(ad->a, FSC_LEX_NODE_JOIN | FSC_LEX_NODE_OWN);
    return *target == FSC_NONE ? fsc_err_nomem(ad->err) : FSC_OK;
}

static uint32_t find_gap(const fsc_lex_automaton *a, uint32_t node, uint32_t min, uint32_t max)
{
    for (uint32_t i = a->node.data[node].gap; i; i = a->link.data[i - 1].next) {
        const fsc_lex_gap *gap = &a->gap.data[a->link.data[i - 1].value];
        if (gap->min == min && gap->max == max && !(a->node.data[gap->node].flags & FSC_LEX_NODE_OWN))
            return gap->node;
    }
    return FSC_NONE;
}

static int add_gap(adding *ad, const node_set *in, const fsc_lex_tree *tree, node_set *out)
{
    fsc_lex_automaton *a = ad->a;
    uint32_t own;
    int status = own_node(ad, &own);
    for (size_t i = 0; i < in->len && !status; i++) {
        uint32_t from = in->data[i];
        uint32_t node = ad->shared ? find_gap(a, from, tree->min, tree->max) : FSC_NONE;
        bool known = node != FSC_NONE;
        if (!known)
            node = ad->shared ? new_node(a, FSC_LEX_NODE_JOIN) : own;
        if (!known) {
            fsc_lex_gap gap = {tree->min, tree->max, node};
            fsc_lex_link link = {(uint32_t)a->gap.len, a->node.data[from].gap};
            if (a->budget-- == 0)
                return too_large(ad);
            if (node == FSC_NONE || !fsc_vec_push(a->arena, &a->gap, gap) || !fsc_vec_push(a->arena, &a->link, link))
                return fsc_err_nomem(ad->err);
            a->node.data[from].gap = (uint32_t)a->link.len;
            a->node.data[from].flags |= FSC_LEX_NODE_GAP;
        }
        if (ad->shared || i == 0)
            status = put(ad, out, node);
    }
    return status;
}

static int add_tree(adding *ad, const fsc_lex_tree *tree, const node_set *in, node_set *out);

static int add_sequence(adding *ad, const fsc_lex_tree *tree, const node_set *in, node_set *out)
{
    node_set from = *in, to = {0};
    for (const fsc_lex_tree *c = tree->child; c; c = c->next) {
        to = (node_set){0};
        int status = add_tree(ad, c, &from, &to);
        if (status)
            return status;
        from = to;
    }
    for (size_t i = 0; i < to.len; i++) {
        int status = put(ad, out, to.data[i]);
        if (status)
            return status;
    }
    return FSC_OK;
}

static int add_choice(adding *ad, const fsc_lex_tree *tree, const node_set *in, node_set *out)
{
    uint32_t join = FSC_NONE; // words to choose from meet in one node
    int status = FSC_OK;
    for (const fsc_lex_tree *c = tree->child; c && !status; c = c->next) {
        bool word = c->kind == FSC_LEX_TREE_WORD && !ad->shared;
        if (word && join == FSC_NONE) {
            status = own_node(ad, &join);
            if (!status)
                status = add_symbol(ad, in, c->symbol, join, out);
        } else if (word) {
            node_set known = {0};
            status = add_symbol(ad, in, c->symbol, join, &known);
        } else {
            status = add_tree(ad, c, in, out);
        }
    }
    drop_doubles(ad->a, out);
    return status;
}

// Leads from the nodes `in` over the tree and adds the nodes reached to `out`. Depth: that of the groups.
static int add_tree(adding *ad, const fsc_lex_tree *tree, const node_set *in, node_set *out)
{
    uint32_t own = FSC_NONE;
    int status = FSC_OK;
    bool ahead = (tree->kind == FSC_LEX_TREE_LAST) != ad->backwards;
    switch (tree->kind) {
    case FSC_LEX_TREE_EMPTY:
        for (size_t i = 0; i < in->len && !status; i++)
            status = put(ad, out, in->data[i]);
        return status;
    case FSC_LEX_TREE_WORD:
        status = own_node(ad, &own);
        return status ? status : add_symbol(ad, in, tree->symbol, own, out);
    case FSC_LEX_TREE_SEQUENCE:
        return add_sequence(ad, tree, in, out);
    case FSC_LEX_TREE_CHOICE:
        return add_choice(ad, tree, in, out);
    case FSC_LEX_TREE_GAP:
        return add_gap(ad, in, tree, out);
    case FSC_LEX_TREE_FIRST:
    case FSC_LEX_TREE_LAST:
        return add_symbol(ad, in, ahead ? FSC_LEX_SYM_AHEAD : FSC_LEX_SYM_BEHIND, FSC_NONE, out);
    }
    return fsc_err_set(ad->err, FSC_E_INTERNAL, "a pattern tree of unknown kind");
}

// Turns all sequences round, for what is read from its last word to its first.
static void turn_round(fsc_lex_tree *tree)
{
    fsc_lex_tree *turned = NULL, *c = tree->child;
    while (c) {
        fsc_lex_tree *next = c->next;
        turn_round(c);
        c->next = turned;
        turned = c;
        c = next;
    }
    tree->child = turned;
}

static int add_pattern(fsc_lex_automaton *a, adding *ad, uint32_t root, const fsc_lex_tree *tree, node_set *out)
{
    node_set in = {0};
    *out = (node_set){0};
    a->budget = EDGES_PER_PATTERN;
    ad->shared = fsc_lex_tree_sequences(tree, SHARED_SEQUENCES + 1) <= SHARED_SEQUENCES;
    int status = put(ad, &in, root);
    return status ? status : add_tree(ad, tree, &in, out);
}

int fsc_lex_automaton_entry(fsc_lex_automaton *a, const fsc_lex_tree *tree, uint32_t entry, fsc_lex_place place,
                            fsc_err *err)
{
    adding ad = {.a = a, .place = place, .err = err};
    node_set ends;
    int status = add_pattern(a, &ad, 0, tree, &ends);
    for (size_t i = 0; i < ends.len && !status; i++) {
        uint32_t head = a->node.data[ends.data[i]].accept;
        if (head && a->link.data[head - 1].value == entry)
            continue;
        fsc_lex_link link = {entry, head};
        if (!fsc_vec_push(a->arena, &a->link, link))
            return fsc_err_nomem(err);
        a->node.data[ends.data[i]].accept = (uint32_t)a->link.len;
        a->node.data[ends.data[i]].flags |= FSC_LEX_NODE_ACCEPT;
    }
    return status;
}

int fsc_lex_automaton_guard(fsc_lex_automaton *a, fsc_lex_tree *tree, bool backwards, uint32_t *root,
                            fsc_lex_place place, fsc_err *err)
{
    adding ad = {.a = a, .backwards = backwards, .guard = true, .place = place, .err = err};
    node_set ends;
    *root = new_node(a, 0);
    if (*root == FSC_NONE)
        return fsc_err_nomem(err);
    if (backwards)
        turn_round(tree);
    int status = add_pattern(a, &ad, *root, tree, &ends);
    for (size_t i = 0; i < ends.len && !status; i++)
        a->node.data[ends.data[i]].flags |= FSC_LEX_NODE_END;
    return status;
}
