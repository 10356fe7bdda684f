#include "lexicon/glob_p.h"
#include "lexicon/matcher_p.h"

#include "base/utf8.h"

// One walk over the automaton from one place of a sentence, forwards or backwards.
typedef struct walk {
    fsc_matcher *m;
    uint32_t base;  // word of step 0
    uint32_t avail; // words from there to the end of the sentence in this direction
    bool backwards, guard;
    bool quiet; // entries met now are the first word alone, whatever its case
    bool held;  // of a guard: it holds
} walk;

bool fsc_lex_array_room(fsc_matcher *m, fsc_lex_array *a, size_t more, size_t size)
{
    if (a->cap - a->len >= more)
        return true;
    size_t cap = a->cap ? a->cap * 2 : 64;
    while (cap - a->len < more)
        cap *= 2;
    void *data =
        a->data ? m->alloc->resize(m->alloc->user, a->data, cap * size) : m->alloc->alloc(m->alloc->user, cap * size);
    if (!data) {
        m->failed = true;
        return false;
    }
    a->data = data;
    a->cap = cap;
    return true;
}

// ---------------------------------------------------------------- places visited

static bool grow_visits(fsc_matcher *m)
{
    size_t slots = m->visit_slots ? m->visit_slots * 2 : 256;
    fsc_lex_visit *table = m->alloc->alloc(m->alloc->user, slots * sizeof *table);
    if (!table) {
        m->failed = true;
        return false;
    }
    memset(table, 0, slots * sizeof *table);
    for (size_t i = 0; i < m->visit_slots; i++) {
        if (m->visit[i].walk != m->walk)
            continue;
        size_t at = (size_t)(m->visit[i].key * 0x9E3779B97F4A7C15u >> 32) & (slots - 1);
        while (table[at].walk)
            at = (at + 1) & (slots - 1);
        table[at] = m->visit[i];
    }
    if (m->visit)
        m->alloc->free(m->alloc->user, m->visit);
    m->visit = table;
    m->visit_slots = slots;
    return true;
}

static void next_walk(fsc_matcher *m)
{
    m->visits = 0;
    if (++m->walk != 0)
        return;
    if (m->visit)
        memset(m->visit, 0, m->visit_slots * sizeof *m->visit);
    m->walk = 1;
}

// True the first time that this walk comes to a place. (When memory runs out: false, and the walk ends.)
static bool first_visit(fsc_matcher *m, uint32_t node, uint32_t words, uint32_t gap)
{
    if ((m->visits + 1) * 2 > m->visit_slots && !grow_visits(m))
        return false;
    uint64_t key = (uint64_t)node << 32 | words << 16 | gap;
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (m->visit_slots - 1);
    for (; m->visit[at].walk == m->walk; at = (at + 1) & (m->visit_slots - 1))
        if (m->visit[at].key == key)
            return false;
    m->visit[at] = (fsc_lex_visit){key, m->walk};
    m->visits++;
    return true;
}

// ---------------------------------------------------------------- words

static bool percent_follows(const fsc_text *text, const fsc_word *word)
{
    return word->flags & FSC_WORD_NUMBER && word->end < text->bytes.len && text->bytes.data[word->end] == '%';
}

uint32_t fsc_lex_classes_of(const fsc_text *text, const fsc_word *word)
{
    uint32_t flags = word->flags;
    return 1u << FSC_LEX_SYM_ANY | (flags & FSC_WORD_ALPHA ? 1u << FSC_LEX_SYM_WORD : 0u) |
           (flags & FSC_WORD_NUMBER ? 1u << FSC_LEX_SYM_NUMBER : 0u) |
           (flags & FSC_WORD_CAPITAL ? 1u << FSC_LEX_SYM_CAPITAL : 0u) |
           (flags & FSC_WORD_UPPER ? 1u << FSC_LEX_SYM_UPPER : 0u) |
           (flags & FSC_WORD_MENTION ? 1u << FSC_LEX_SYM_MENTION : 0u) |
           (flags & FSC_WORD_HASHTAG ? 1u << FSC_LEX_SYM_HASHTAG : 0u) |
           (flags & FSC_WORD_URL ? 1u << FSC_LEX_SYM_URL : 0u) |
           (flags & FSC_WORD_EMOJI ? 1u << FSC_LEX_SYM_EMOJI : 0u) |
           (percent_follows(text, word) ? 1u << FSC_LEX_SYM_PERCENT : 0u);
}

uint32_t fsc_lex_stripped_end(const fsc_text *text, const fsc_word *word)
{
    uint32_t end = word->end - 1;
    do {
        end--;
    } while (end > word->start && !fsc_utf8_is_start((unsigned char)text->bytes.data[end]));
    return end;
}

// Compares with ’ taken as '.
static bool same_letters(fsc_view exact, fsc_view word)
{
    size_t k = 0;
    for (size_t i = 0; i < word.len; i++, k++) {
        bool curly = word.len - i >= 3 && memcmp(word.data + i, "\xE2\x80\x99", 3) == 0;
        if (k >= exact.len || exact.data[k] != (curly ? '\'' : word.data[i]))
            return false;
        i += curly ? 2 : 0;
    }
    return k == exact.len;
}

// The word at hand in exactly the case of symbol `check`.
static bool in_case(const fsc_matcher *m, const fsc_word *word, uint32_t check, bool stripped)
{
    fsc_view exact = fsc_lex_text(m->image, m->image->sym[check].exact);
    uint32_t end = stripped ? fsc_lex_stripped_end(m->text, word) : word->end;
    fsc_view bytes = fsc_view_slice(m->text->bytes, word->start, end);
    if (exact.data[exact.len - 1] == '%') {
        if (word->end >= m->text->bytes.len || m->text->bytes.data[word->end] != '%')
            return false;
        exact.len--;
    }
    bool wild = memchr(exact.data, FSC_LEX_RUN, exact.len) || memchr(exact.data, FSC_LEX_ONE, exact.len);
    return wild ? fsc_lex_glob(exact, bytes) : same_letters(exact, bytes);
}

// ---------------------------------------------------------------- steps

static void ask_regex(fsc_matcher *m, uint32_t entry)
{
    uint32_t regex = m->image->entry[entry & FSC_LEX_ENTRY].regex - 1;
    if (m->asked[regex] == m->sentence + 1)
        return;
    m->asked[regex] = m->sentence + 1;
    uint32_t *pending = fsc_lex_array_push(m, &m->pending, sizeof *pending);
    if (pending)
        *pending = regex;
}

static void accept(walk *w, const uint32_t *entry, uint32_t words, uint32_t gap, uint32_t stripped)
{
    fsc_matcher *m = w->m;
    for (uint32_t i = 1; i <= entry[0]; i++) {
        if (entry[i] & FSC_LEX_REGEX) {
            ask_regex(m, entry[i]);
            continue;
        }
        if (w->quiet && fsc_lex_resolver_quiet(&m->resolver, entry[i], &(fsc_tags){0}))
            continue;
        fsc_lex_candidate *c = fsc_lex_array_push(m, &m->candidate, sizeof *c);
        if (c)
            *c = (fsc_lex_candidate){entry[i] | stripped, (uint16_t)words, (uint16_t)gap};
    }
}

static inline void push(walk *w, uint32_t node, uint32_t words, uint32_t gap)
{
    fsc_lex_item *item = fsc_lex_array_push(w->m, &w->m->stack, sizeof *item);
    if (item)
        *item = (fsc_lex_item){node, (uint16_t)words, (uint16_t)gap};
}

// The word that comes next at step `words`; there is one.
static inline const fsc_word *word_at(const walk *w, uint32_t words)
{
    return &w->m->text->word[w->backwards ? w->base - words : w->base + words];
}

// Whether the word at step `words` may be one of the edges of a node (its header), going by its sign.
static inline bool may_go_on(const walk *w, uint32_t header, uint32_t words)
{
    if (words >= w->avail || w->guard) // what guards ask is not in the sign
        return words < w->avail;
    return w->m->resolver.sign.data[word_at(w, words)->type].later & fsc_lex_keys(header);
}

// A node is reached, of which the header is known; what leads on from it is put on the stack. stripped: 0 or FSC_LEX_STRIPPED.
static inline void arrive_at(walk *w, uint32_t node, uint32_t flags, uint32_t words, uint32_t gap, uint32_t stripped)
{
    if (flags & FSC_LEX_NODE_END) {
        w->held = true;
        return;
    }
    if (flags & FSC_LEX_NODE_ACCEPT)
        accept(w, w->m->image->code + node + 1, words, gap, stripped);
    if (!(flags & FSC_LEX_NODE_OTHER) && !may_go_on(w, flags, words))
        return;
    if (flags & FSC_LEX_NODE_JOIN && !first_visit(w->m, node, words, gap))
        return;
    push(w, node, words, gap);
}

static void arrive(walk *w, uint32_t node, uint32_t words, uint32_t gap, uint32_t stripped)
{
    arrive_at(w, node, w->m->image->code[node], words, gap, stripped);
}

// Over the edges of one symbol.
static void follow(walk *w, const fsc_lex_item *from, const fsc_lex_node *node, uint32_t sym, uint32_t stripped)
{
    for (uint32_t i = fsc_lex_edge_first(node, sym); i < node->edges; i = fsc_lex_edge_next(node, sym, i))
        arrive(w, node->edge[2 * i + 1], from->words + 1u, from->gap, stripped);
}

static fsc_lex_stepped find_step(const fsc_matcher *m, uint32_t from, const uint32_t *nodes, uint32_t count, uint32_t type)
{
    const uint32_t *list = fsc_lex_resolver_list(&m->resolver, m->resolver.known.data[type].list);
    fsc_lex_stepped s = {from, type, FSC_LEX_NOWHERE, 0};
    for (uint32_t n = 0; n < count; n++) {
        fsc_lex_node node = fsc_lex_node_read(m->image->code + nodes[n]);
        for (uint32_t i = 0; i < list[0]; i++) {
            uint32_t sym = list[1 + 2 * i] & ~FSC_LEX_STRIPPED, at = fsc_lex_edge_first(&node, sym);
            if (at == node.edges)
                continue;
            bool plain = !(list[1 + 2 * i] & FSC_LEX_STRIPPED) && !list[2 + 2 * i];
            if (!plain || s.target != FSC_LEX_NOWHERE || fsc_lex_edge_next(&node, sym, at) < node.edges)
                return (fsc_lex_stepped){from, type, FSC_LEX_BRANCHES, 0};
            s.target = node.edge[2 * at + 1];
            s.header = m->image->code[s.target];
        }
    }
    return s;
}

const fsc_lex_stepped *fsc_lex_step_find(const fsc_matcher *m, uint32_t from, const uint32_t *nodes, uint32_t count, uint32_t type)
{
    fsc_lex_stepped *s = fsc_lex_step_slot(m, from, type);
    s[1] = s[0];
    s[0] = find_step(m, from, nodes, count, type);
    return s;
}

// Over the edges by the symbols of a word.
static void step_word(walk *w, const fsc_lex_item *from, const fsc_word *word)
{
    fsc_matcher *m = w->m;
    fsc_lex_node node = fsc_lex_node_read(m->image->code + from->node);
    const uint32_t *list = fsc_lex_resolver_list(&m->resolver, m->resolver.known.data[word->type].list);
    for (uint32_t i = 0; i < list[0]; i++) {
        uint32_t sym = list[1 + 2 * i] & ~FSC_LEX_STRIPPED, stripped = list[1 + 2 * i] & FSC_LEX_STRIPPED;
        uint32_t check = list[2 + 2 * i];
        if (!check || in_case(m, word, check, stripped))
            follow(w, from, &node, sym, stripped);
    }
}

// The edges by classes, and by the end of the sentence.
static void step_special(walk *w, const fsc_lex_item *from, const fsc_lex_node *node, const fsc_word *word)
{
    const uint32_t *edge = node->special + 1;
    uint32_t classes = word ? fsc_lex_classes_of(w->m->text, word) : 0;
    uint32_t stripped = word && word->flags & FSC_WORD_POSSESSIVE ? FSC_LEX_STRIPPED : 0;
    for (uint32_t i = 0; i < node->special[0]; i++) {
        uint32_t sym = edge[2 * i], target = edge[2 * i + 1];
        if (sym < FSC_LEX_SYM_CLASSES && classes >> sym & 1)
            arrive(w, target, from->words + 1u, from->gap, stripped);
        else if (sym == FSC_LEX_SYM_AHEAD && !word)
            arrive(w, target, from->words, from->gap, 0);
    }
}

static void step_gaps(walk *w, const fsc_lex_item *from, const fsc_lex_node *node)
{
    const uint32_t *gap = node->gap;
    for (uint32_t i = 0; i < gap[0]; i++) {
        uint32_t min = gap[1 + 3 * i], max = gap[2 + 3 * i], target = gap[3 + 3 * i];
        uint32_t header = w->m->image->code[target];
        // mostly only a certain word behind the gap will do
        bool any = header & (FSC_LEX_NODE_ACCEPT | FSC_LEX_NODE_END | FSC_LEX_NODE_OTHER);
        for (uint32_t n = min; n <= max && from->words + n <= w->avail; n++)
            if (any || may_go_on(w, header, from->words + n))
                arrive(w, target, from->words + n, from->gap + n, 0);
    }
}

// By classes, gaps and the end of the sentence.
static void step_otherwise(walk *w, const fsc_lex_item *from, const fsc_word *word)
{
    fsc_lex_node node = fsc_lex_node_read(w->m->image->code + from->node);
    if (node.special)
        step_special(w, from, &node, word);
    if (node.gap)
        step_gaps(w, from, &node);
}

// By the symbols of a word.
static inline void step_over(walk *w, fsc_lex_item from, const fsc_word *word)
{
    const fsc_lex_stepped *s = fsc_lex_step_from(w->m, from.node, word->type);
    if (s->target == FSC_LEX_BRANCHES)
        step_word(w, &from, word);
    else if (s->target != FSC_LEX_NOWHERE)
        arrive_at(w, s->target, s->header, from.words + 1u, from.gap, 0);
}

static void step(walk *w, fsc_lex_item from)
{
    uint32_t header = w->m->image->code[from.node];
    const fsc_word *word = from.words < w->avail ? word_at(w, from.words) : NULL;
    if (header & FSC_LEX_NODE_OTHER)
        step_otherwise(w, &from, word);
    if (word && header & FSC_LEX_NODE_EDGES)
        step_over(w, from, word);
}

static void run(walk *w)
{
    fsc_lex_array *stack = &w->m->stack;
    while (stack->len > 0 && !w->held && !w->m->failed) {
        fsc_lex_item item = ((fsc_lex_item *)stack->data)[--stack->len];
        step(w, item);
    }
    stack->len = 0;
}

// ---------------------------------------------------------------- doors

static void start(walk *w, uint32_t sym, uint32_t stripped)
{
    const fsc_lex_image *image = w->m->image;
    for (uint32_t i = image->root[sym]; i < image->root[sym + 1]; i++)
        arrive(w, image->target[i], 1, 0, stripped);
}

static void start_classes(walk *w, const fsc_word *word)
{
    uint32_t classes = w->m->image->globals->root_classes & fsc_lex_classes_of(w->m->text, word);
    uint32_t stripped = word->flags & FSC_WORD_POSSESSIVE ? FSC_LEX_STRIPPED : 0;
    for (uint32_t sym = 0; classes; sym++, classes >>= 1)
        if (classes & 1)
            start(w, sym, stripped);
}

void fsc_lex_walk_symbols(fsc_matcher *m, uint32_t at)
{
    const fsc_lex_image *image = m->image;
    const fsc_word *word = &m->text->word[at];
    const uint32_t *list = fsc_lex_resolver_list(&m->resolver, m->resolver.known.data[word->type].list);
    walk w = {.m = m, .base = at, .avail = m->end - at};
    next_walk(m);
    for (uint32_t i = 0; i < list[0]; i++) {
        uint32_t sym = list[1 + 2 * i] & ~FSC_LEX_STRIPPED, stripped = list[1 + 2 * i] & FSC_LEX_STRIPPED;
        uint32_t check = list[2 + 2 * i];
        w.quiet = !check;
        if (image->root[sym] < image->root[sym + 1] && (!check || in_case(m, word, check, stripped)))
            start(&w, sym, stripped);
    }
    w.quiet = false;
    run(&w);
}

void fsc_lex_walk_otherwise(fsc_matcher *m, uint32_t at)
{
    walk w = {.m = m, .base = at, .avail = m->end - at};
    next_walk(m);
    if (m->image->globals->root_classes)
        start_classes(&w, &m->text->word[at]);
    if (at == m->first && m->image->globals->behind)
        arrive(&w, m->image->globals->behind, 0, 0, 0);
    run(&w);
}

// Whether one of the next words has one of the keys of nodes behind a gap.
static bool is_ahead(const fsc_matcher *m, uint32_t at, const fsc_lex_lead *lead)
{
    const fsc_word *word = m->text->word;
    uint64_t later = FSC_LEX_ALWAYS;
    for (uint32_t i = at + 1; i < m->end && i - at <= lead->reach; i++)
        later |= m->resolver.sign.data[word[i].type].later;
    return later & lead->later;
}

// Where a word of a type leads from the nodes of a lead, which stands at an index of `start`.
static inline const fsc_lex_stepped *step_from_lead(const fsc_matcher *m, uint32_t lead, const uint32_t *node, uint32_t count,
                                                    uint32_t type)
{
    uint32_t from = FSC_LEX_FROM_LEAD | lead;
    const fsc_lex_stepped *s = fsc_lex_step_known(m, from, type);
    return s ? s : fsc_lex_step_find(m, from, node, count, type);
}

// Whether more must be asked where the first two words at a place lead: mostly they lead nowhere, or the third does not go on.
static inline bool goes_on(const fsc_matcher *m, uint32_t at, const fsc_lex_stepped *s)
{
    if (s->target == FSC_LEX_NOWHERE)
        return false;
    if (s->target == FSC_LEX_BRANCHES || s->header & (FSC_LEX_NODE_ACCEPT | FSC_LEX_NODE_OTHER))
        return true;
    return at + 2 < m->end && m->resolver.sign.data[m->text->word[at + 2].type].later & fsc_lex_keys(s->header);
}

// From the nodes of a lead by the next word, when something comes of it.
static void follow_next(fsc_matcher *m, uint32_t at, const uint32_t *node, uint32_t count, const fsc_lex_stepped *s)
{
    walk w = {.m = m, .base = at, .avail = m->end - at};
    if (s->target != FSC_LEX_BRANCHES) {
        arrive_at(&w, s->target, s->header, 2, 0, 0);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        step_over(&w, (fsc_lex_item){node[i], 1, 0}, word_at(&w, 1));
}

// From the nodes of a lead by classes, gaps and the end of the sentence.
static void follow_otherwise(fsc_matcher *m, uint32_t at, const uint32_t *node, uint32_t count)
{
    walk w = {.m = m, .base = at, .avail = m->end - at};
    for (uint32_t i = 0; i < count; i++)
        step_otherwise(&w, &(fsc_lex_item){node[i], 1, 0}, w.avail > 1 ? word_at(&w, 1) : NULL);
}

static void run_leads(fsc_matcher *m, uint32_t at)
{
    walk w = {.m = m, .base = at, .avail = m->end - at};
    run(&w);
}

void fsc_lex_walk_leads(fsc_matcher *m, uint32_t at, const uint32_t *item, uint32_t count)
{
    const fsc_lex_resolver *r = &m->resolver;
    const uint64_t *row = r->row.data; // the first passes no test
    uint64_t follows = 0;
    uint32_t type = 0;
    if (at + 1 < m->end) {
        type = m->text->word[at + 1].type;
        row += r->sign.data[type].leads;
        follows = r->sign.data[type].follows;
    }
    next_walk(m);
    for (; count > 0; count--) {
        fsc_lex_lead lead;
        memcpy(&lead, item, sizeof lead);
        const uint32_t *node = item + FSC_LEX_LEAD;
        bool next = follows & lead.follows && (!lead.test || row[lead.test / 64] >> lead.test % 64 & 1);
        if (lead.otherwise && is_ahead(m, at, &lead))
            follow_otherwise(m, at, node, lead.nodes);
        if (next) {
            const fsc_lex_stepped *s = step_from_lead(m, (uint32_t)(item - r->start.data), node, lead.nodes, type);
            if (goes_on(m, at, s))
                follow_next(m, at, node, lead.nodes, s);
        }
        item = node + lead.nodes;
    }
    if (m->stack.len > 0)
        run_leads(m, at);
}

bool fsc_lex_walk_guard(fsc_matcher *m, uint32_t root, uint32_t at, uint32_t avail, bool backwards)
{
    walk w = {.m = m, .base = at, .avail = avail, .backwards = backwards, .guard = true};
    next_walk(m);
    step(&w, (fsc_lex_item){root, 0, 0});
    run(&w);
    return w.held;
}
