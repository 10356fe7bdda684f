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
    bool met;   // some edge was a symbol of a word, or may be one of the same word in other case
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

// The built-in classes of a word, as bits.
static uint32_t classes_of(const fsc_text *text, const fsc_word *word)
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
    if (words >= w->avail)
        return false;
    uint64_t sign = w->m->resolver.sign.data[word_at(w, words)->type];
    return header >> FSC_LEX_BRIEF & sign >> (w->guard ? FSC_LEX_SIGN_GUARDS : 0) & 0xFFFF;
}

// A node is reached; what leads on from it is put on the stack. stripped: 0 or FSC_LEX_STRIPPED.
static void arrive(walk *w, uint32_t node, uint32_t words, uint32_t gap, uint32_t stripped)
{
    const uint32_t *code = w->m->image->code + node;
    uint32_t flags = *code;
    if (flags & FSC_LEX_NODE_END) {
        w->held = true;
        return;
    }
    if (flags & FSC_LEX_NODE_ACCEPT)
        accept(w, code + 1, words, gap, stripped);
    if (!(flags & FSC_LEX_NODE_OTHER) && !may_go_on(w, flags, words))
        return;
    if (flags & FSC_LEX_NODE_JOIN && !first_visit(w->m, node, words, gap))
        return;
    push(w, node, words, gap);
}

// Over the edges of one symbol.
static void follow(walk *w, const fsc_lex_item *from, const fsc_lex_node *node, uint32_t sym, uint32_t stripped)
{
    uint32_t words = from->words + 1u;
    if (!(node->flags & FSC_LEX_NODE_TABLE)) {
        for (uint32_t i = 0; i < node->edges; i++)
            if (node->edge[2 * i] == sym) {
                w->met = true;
                arrive(w, node->edge[2 * i + 1], words, from->gap, stripped);
            }
        return;
    }
    if (!(node->mask & fsc_lex_sym_bit(sym)))
        return;
    uint32_t last = node->edges - 1;
    for (uint32_t i = fsc_lex_slot(sym, node->log2); node->edge[2 * i] != FSC_LEX_FREE; i = (i + 1) & last)
        if (node->edge[2 * i] == sym) {
            w->met = true;
            arrive(w, node->edge[2 * i + 1], words, from->gap, stripped);
        }
}

static void step_word(walk *w, const fsc_lex_item *from, const fsc_lex_node *node, const fsc_word *word)
{
    fsc_matcher *m = w->m;
    const uint32_t *list = fsc_lex_resolver_list(&m->resolver, m->resolver.known.data[word->type].list);
    for (uint32_t i = 0; i < list[0]; i++) {
        uint32_t sym = list[1 + 2 * i] & ~FSC_LEX_STRIPPED, stripped = list[1 + 2 * i] & FSC_LEX_STRIPPED;
        uint32_t check = list[2 + 2 * i];
        w->met |= check != 0;
        if (!check || in_case(m, word, check, stripped))
            follow(w, from, node, sym, stripped);
    }
}

// The edges by classes, and by the end of the sentence.
static void step_special(walk *w, const fsc_lex_item *from, const fsc_lex_node *node, const fsc_word *word)
{
    const uint32_t *edge = node->special + 1;
    uint32_t classes = word ? classes_of(w->m->text, word) : 0;
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

static void step(walk *w, fsc_lex_item from)
{
    const uint32_t *code = w->m->image->code + from.node;
    const fsc_word *word = from.words < w->avail ? word_at(w, from.words) : NULL;
    bool goes_on = may_go_on(w, *code, from.words);
    if (!goes_on && !(*code & FSC_LEX_NODE_OTHER))
        return;
    fsc_lex_node node = fsc_lex_node_read(code);
    if (node.special)
        step_special(w, &from, &node, word);
    if (node.gap)
        step_gaps(w, &from, &node);
    if (goes_on)
        step_word(w, &from, &node, word);
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
    uint32_t classes = w->m->image->globals->root_classes & classes_of(w->m->text, word);
    uint32_t stripped = word->flags & FSC_WORD_POSSESSIVE ? FSC_LEX_STRIPPED : 0;
    for (uint32_t sym = 0; classes; sym++, classes >>= 1)
        if (classes & 1)
            start(w, sym, stripped);
}

void fsc_lex_walk_all(fsc_matcher *m, uint32_t at)
{
    const fsc_lex_image *image = m->image;
    const fsc_word *word = &m->text->word[at];
    const fsc_lex_known *known = &m->resolver.known.data[word->type];
    walk w = {.m = m, .base = at, .avail = m->end - at};
    next_walk(m);
    if (known->start) {
        const uint32_t *list = fsc_lex_resolver_list(&m->resolver, known->list);
        for (uint32_t i = 0; i < list[0]; i++) {
            uint32_t sym = list[1 + 2 * i] & ~FSC_LEX_STRIPPED, stripped = list[1 + 2 * i] & FSC_LEX_STRIPPED;
            uint32_t check = list[2 + 2 * i];
            w.quiet = !check;
            if (image->root[sym] < image->root[sym + 1] && (!check || in_case(m, word, check, stripped)))
                start(&w, sym, stripped);
        }
        w.quiet = false;
    }
    if (image->globals->root_classes)
        start_classes(&w, word);
    if (at == m->first && image->globals->behind)
        arrive(&w, image->globals->behind, 0, 0, 0);
    run(&w);
}

bool fsc_lex_walk_nodes(fsc_matcher *m, uint32_t at, const uint32_t *node, size_t count, uint64_t next)
{
    walk w = {.m = m, .base = at, .avail = m->end - at};
    uint32_t follows = fsc_lex_fold(next);
    next_walk(m);
    for (size_t i = 0; i < count; i++)
        if (node[2 * i + 1] & follows || node[2 * i + 1] == UINT32_MAX)
            step(&w, (fsc_lex_item){node[2 * i], 1, 0});
    run(&w);
    return w.met;
}

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

// The surest of what two ways say: it is enough that one holds.
static inline fsc_lex_verdict surest(fsc_lex_verdict a, fsc_lex_verdict b)
{
    return a > b ? a : b;
}

// What an edge to a node of a guard says, for a word that has its symbol.
static inline fsc_lex_verdict judge_edge(const fsc_matcher *m, uint32_t target)
{
    return m->image->code[target] & FSC_LEX_NODE_END ? FSC_LEX_HOLDS : FSC_LEX_OPEN;
}

// What the symbols of a type say at a node of a guard: it holds or fails whatever follows, or the walk must tell.
static fsc_lex_verdict judge(const fsc_matcher *m, uint32_t at_node, uint32_t type)
{
    fsc_lex_node node = fsc_lex_node_read(m->image->code + at_node);
    const uint32_t *list = fsc_lex_resolver_list(&m->resolver, m->resolver.known.data[type].list);
    fsc_lex_verdict verdict = FSC_LEX_FAILS;
    bool table = node.flags & FSC_LEX_NODE_TABLE;
    for (uint32_t i = 0; i < list[0]; i++) {
        uint32_t sym = list[1 + 2 * i] & ~FSC_LEX_STRIPPED, check = list[2 + 2 * i];
        uint32_t at = table ? fsc_lex_slot(sym, node.log2) : 0, last = node.edges - 1;
        for (; table ? node.edge[2 * at] != FSC_LEX_FREE : at < node.edges; at = table ? (at + 1) & last : at + 1)
            if (node.edge[2 * at] == sym)
                verdict = surest(verdict, check ? FSC_LEX_OPEN : judge_edge(m, node.edge[2 * at + 1]));
    }
    return verdict;
}

// The same of the word at step `words`, remembered by its type.
static fsc_lex_verdict judge_word(walk *w, uint32_t node, uint32_t words)
{
    fsc_matcher *m = w->m;
    if (!may_go_on(w, m->image->code[node], words))
        return FSC_LEX_FAILS;
    uint32_t type = word_at(w, words)->type;
    fsc_lex_judged *j = &m->judged[fsc_lex_pair_slot(node, type, FSC_LEX_VERDICTS)];
    if (j->node != node || j->type != type)
        *j = (fsc_lex_judged){node, type, judge(m, node, type)};
    return j->verdict;
}

// What the edges of a guard's root by classes, and by the end of the sentence, say.
static fsc_lex_verdict judge_special(const walk *w, const uint32_t *special)
{
    const fsc_word *word = w->avail > 0 ? word_at(w, 0) : NULL;
    uint32_t classes = word ? classes_of(w->m->text, word) : 1u << FSC_LEX_SYM_AHEAD;
    fsc_lex_verdict verdict = FSC_LEX_FAILS;
    for (uint32_t i = 0; i < special[0]; i++)
        if (classes >> special[1 + 2 * i] & 1)
            verdict = surest(verdict, judge_edge(w->m, special[2 + 2 * i]));
    return verdict;
}

// What the words say of which one must follow each gap that a guard begins with.
static fsc_lex_verdict judge_gaps(walk *w, const uint32_t *gap)
{
    fsc_lex_verdict verdict = FSC_LEX_FAILS;
    for (uint32_t i = 0; i < gap[0]; i++) {
        uint32_t min = gap[1 + 3 * i], max = gap[2 + 3 * i], target = gap[3 + 3 * i];
        uint32_t header = w->m->image->code[target];
        if (header & (FSC_LEX_NODE_END | FSC_LEX_NODE_OTHER) && min <= w->avail)
            verdict = surest(verdict, judge_edge(w->m, target));
        for (uint32_t n = min; n <= max && n < w->avail && verdict != FSC_LEX_HOLDS; n++)
            verdict = surest(verdict, judge_word(w, target, n));
    }
    return verdict;
}

// What a look at the words says that a guard reads first: most of the time no walk is needed.
static fsc_lex_verdict judge_root(walk *w, uint32_t root)
{
    const uint32_t *code = w->m->image->code + root;
    fsc_lex_verdict verdict = judge_word(w, root, 0);
    if (verdict == FSC_LEX_HOLDS || !(*code & FSC_LEX_NODE_OTHER))
        return verdict;
    fsc_lex_node node = fsc_lex_node_read(code);
    if (node.special)
        verdict = surest(verdict, judge_special(w, node.special));
    if (node.gap && verdict != FSC_LEX_HOLDS)
        verdict = surest(verdict, judge_gaps(w, node.gap));
    return verdict;
}

static bool holds(walk *w, uint32_t root)
{
    fsc_lex_verdict verdict = judge_root(w, root);
    if (verdict != FSC_LEX_OPEN)
        return verdict == FSC_LEX_HOLDS;
    next_walk(w->m);
    step(w, (fsc_lex_item){root, 0, 0});
    run(w);
    return w->held;
}

bool fsc_lex_walk_before(fsc_matcher *m, uint32_t root, uint32_t first)
{
    walk w = {.m = m, .base = first - 1, .avail = first - m->first, .backwards = true, .guard = true};
    return holds(&w, root);
}

bool fsc_lex_walk_after(fsc_matcher *m, uint32_t root, uint32_t end)
{
    walk w = {.m = m, .base = end, .avail = m->end - end, .guard = true};
    return holds(&w, root);
}
