#include "lexicon/look_p.h"

#include <stdlib.h>

// A symbol that passes a test.
typedef struct passing {
    uint32_t symbol, test;
} passing;

typedef struct looking {
    const fsc_lex_image *image;
    fsc_lex_symbols *symbols;
    fsc_vec(fsc_lex_look) look;
    fsc_vec(passing) pass;
    uint32_t tests;
} looking;

uint32_t fsc_lex_class_words(uint32_t classes)
{
    static const uint32_t flags[FSC_LEX_SYM_CLASSES] = {
        [FSC_LEX_SYM_ANY] = UINT32_MAX,           [FSC_LEX_SYM_WORD] = FSC_WORD_ALPHA,
        [FSC_LEX_SYM_NUMBER] = FSC_WORD_NUMBER,   [FSC_LEX_SYM_CAPITAL] = FSC_WORD_CAPITAL,
        [FSC_LEX_SYM_UPPER] = FSC_WORD_UPPER,     [FSC_LEX_SYM_MENTION] = FSC_WORD_MENTION,
        [FSC_LEX_SYM_HASHTAG] = FSC_WORD_HASHTAG, [FSC_LEX_SYM_URL] = FSC_WORD_URL,
        [FSC_LEX_SYM_EMOJI] = FSC_WORD_EMOJI,     [FSC_LEX_SYM_PERCENT] = FSC_WORD_NUMBER,
    };
    uint32_t words = 0;
    for (uint32_t sym = 0; sym < FSC_LEX_SYM_CLASSES; sym++)
        words |= classes >> sym & 1 ? flags[sym] : 0;
    return words;
}

// Notes what passes a test.
static bool add_test(looking *l, const fsc_lex_node *node, uint32_t test)
{
    for (uint32_t i = 0; i < node->edges; i++) {
        passing p = {node->edge[2 * i], test};
        if (p.symbol != FSC_LEX_FREE && !fsc_vec_push(l->symbols->arena, &l->pass, p))
            return false;
    }
    return true;
}

// What a word at a node is held against: its symbols, and classes by its flags. Other ways are noted in the head.
static bool add_node(looking *l, size_t head, uint32_t place, uint32_t min, uint32_t max)
{
    fsc_lex_node node = fsc_lex_node_read(l->image->code + place);
    fsc_lex_look look = {FSC_LEX_NO_TEST, (uint8_t)min, (uint8_t)max, 0, place};
    uint32_t classes = 0;
    bool root = min == 0 && max == 0;
    for (uint32_t i = 0; node.special && i < node.special[0]; i++) {
        uint32_t sym = node.special[1 + 2 * i];
        if (sym < FSC_LEX_SYM_CLASSES)
            classes |= 1u << sym;
        else if (root)
            l->look.data[head].flags |= FSC_LEX_HEAD_EMPTY;
        else
            l->look.data[head].flags |= FSC_LEX_HEAD_OTHERWISE;
    }
    look.flags = fsc_lex_class_words(classes);
    // words may have no flags at all
    if (look.flags == UINT32_MAX || node.flags & FSC_LEX_NODE_END || (node.gap && !root))
        l->look.data[head].flags |= FSC_LEX_HEAD_OTHERWISE;
    // tests are shared when there are more nodes than numbers
    if (node.edges > 0)
        look.test = (uint16_t)(FSC_LEX_NO_TEST + 1 + l->tests++ % (FSC_LEX_TESTS - 1));
    return add_test(l, &node, look.test) &&
           ((look.test == FSC_LEX_NO_TEST && !look.flags) || fsc_vec_push(l->symbols->arena, &l->look, look));
}

static bool add_root(looking *l, uint32_t root)
{
    size_t head = l->look.len;
    fsc_lex_node node = fsc_lex_node_read(l->image->code + root);
    bool all = fsc_vec_push(l->symbols->arena, &l->look, (fsc_lex_look){.node = root}) && add_node(l, head, root, 0, 0);
    for (uint32_t i = 0; all && node.gap && i < node.gap[0]; i++) {
        const uint32_t *gap = node.gap + 1 + 3 * i;
        all = gap[1] <= UINT8_MAX && add_node(l, head, gap[2], gap[0], gap[1]);
    }
    if (!all || l->look.len - head - 1 > UINT16_MAX)
        return false;
    l->look.data[head].test = (uint16_t)(l->look.len - head - 1);
    return true;
}

// ---------------------------------------------------------------- first words

// A symbol that entries start with, and how many edges there are behind it.
typedef struct first_symbol {
    uint32_t symbol, edges;
} first_symbol;

static int order_first(const void *a, const void *b)
{
    const first_symbol *x = a, *y = b;
    if (x->edges != y->edges)
        return x->edges > y->edges ? -1 : 1;
    return x->symbol < y->symbol ? -1 : x->symbol > y->symbol;
}

// What may come behind a symbol has a key in common with it, and passes its test.
static bool add_first(looking *l, const fsc_lex_image *image, first_symbol first, uint32_t test)
{
    fsc_lex_symbol *s = l->symbols->symbol.data;
    s[first.symbol].first = test;
    for (uint32_t t = image->root[first.symbol]; t < image->root[first.symbol + 1]; t++) {
        fsc_lex_node node = fsc_lex_node_read(image->code + image->target[t]);
        for (uint32_t i = 0; i < node.edges; i++) {
            uint32_t sym = node.edge[2 * i], key = test ? fsc_lex_own_key(first.symbol) : fsc_lex_sym_key(sym);
            if (sym != FSC_LEX_FREE)
                s[sym].follows |= (uint64_t)1 << key;
        }
        if (test && !add_test(l, &node, FSC_LEX_TESTS + test))
            return false;
    }
    return true;
}

// Half of the numbers are for those with most edges, each its own; the others share the rest.
static bool add_firsts(looking *l, const fsc_lex_image *image)
{
    enum { OWN = FSC_LEX_FIRST_TESTS / 2 };
    fsc_vec(first_symbol) first = {0};
    for (uint32_t sym = FSC_LEX_SYM_FIRST; sym + 1 < image->root_count; sym++) {
        uint32_t edges = 0;
        for (uint32_t t = image->root[sym]; t < image->root[sym + 1]; t++)
            edges += fsc_lex_edge_count(image->code + image->target[t]);
        if (edges > 0 && !fsc_vec_push(l->symbols->arena, &first, (first_symbol){sym, edges}))
            return false;
    }
    if (first.len > 0)
        qsort(first.data, first.len, sizeof *first.data, order_first);
    for (size_t i = 0; i < first.len; i++) {
        uint32_t number = (uint32_t)(i < OWN - 1 ? 1 + i : OWN + i % OWN);
        if (!add_first(l, image, first.data[i], first.data[i].edges > FSC_LEX_KEYED ? number : FSC_LEX_NO_TEST))
            return false;
    }
    return true;
}

// ---------------------------------------------------------------- sections

// Files the tests by their symbols.
static bool fill_tests(looking *l, fsc_lex_image *image)
{
    fsc_lex_symbols *s = l->symbols;
    uint32_t *count = FSC_NEW_N(s->arena, uint32_t, s->symbol.len + 1), size = 1;
    if (!count)
        return false;
    for (size_t i = 0; i < l->pass.len; i++)
        count[l->pass.data[i].symbol]++;
    for (size_t i = 0; i < s->symbol.len; i++) {
        s->symbol.data[i].tests = count[i] ? size : 0;
        size += count[i] ? count[i] + 1 : 0;
    }
    uint32_t *test = FSC_NEW_N(s->arena, uint32_t, size);
    if (!test)
        return false;
    for (size_t i = 0; i < l->pass.len; i++) {
        uint32_t *list = test + s->symbol.data[l->pass.data[i].symbol].tests;
        list[++list[0]] = l->pass.data[i].test;
    }
    image->test = test, image->test_count = size;
    return true;
}

// Writes the looks of all guards in their order: those of an entry are read together, so equal ones are copied.
static bool fill_looks(looking *l, fsc_lex_image *image, fsc_lex_guard *guard, size_t count)
{
    fsc_vec(fsc_lex_look) out = {0};
    // by root: its looks, index + 1
    uint32_t *known = count ? FSC_NEW_N(l->symbols->arena, uint32_t, image->code_count) : NULL;
    if (count && !known)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t root = guard[i].root, at = (uint32_t)l->look.len;
        if (!known[root] && !add_root(l, root))
            return false;
        known[root] = known[root] ? known[root] : at + 1;
        fsc_lex_look head = l->look.data[known[root] - 1];
        guard[i].look = (uint32_t)out.len;
        for (uint32_t k = 0; k <= head.test; k++)
            if (!fsc_vec_push(l->symbols->arena, &out, l->look.data[known[root] - 1 + k]))
                return false;
        out.data[guard[i].look].flags |= guard[i].flags;
    }
    image->look = out.data, image->look_count = (uint32_t)out.len;
    return true;
}

int fsc_lex_looks_finish(fsc_lex_image *image, fsc_lex_symbols *symbols, fsc_lex_guard *guard, size_t count, fsc_err *err)
{
    looking l = {.image = image, .symbols = symbols};
    bool all = fill_looks(&l, image, guard, count) && add_firsts(&l, image) && fill_tests(&l, image);
    return all ? FSC_OK : fsc_err_nomem(err);
}
