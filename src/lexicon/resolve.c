#include "lexicon/resolve_p.h"

#include <stdlib.h>

#include "base/map.h"
#include "lexicon/glob_p.h"

void fsc_lex_resolver_init(fsc_lex_resolver *r, const fsc_lex_image *image, const fsc_types *types,
                           const fsc_alloc *alloc)
{
    *r = (fsc_lex_resolver){.image = image, .types = types, .generation = fsc_types_generation(types)};
    fsc_arena_init(&r->arena, alloc);
}

void fsc_lex_resolver_release(fsc_lex_resolver *r)
{
    fsc_arena_release(&r->arena);
}

// Adds the items of an image list to `found`, each symbol once; unstripped and unchecked is what counts.
static bool take_list(fsc_lex_resolver *r, uint32_t list, uint32_t stripped)
{
    const uint32_t *item = r->image->list + list;
    for (uint32_t i = 0; i < item[0]; i++) {
        uint32_t symbol = item[1 + 2 * i] | stripped, check = item[2 + 2 * i];
        bool known = false;
        for (size_t k = 0; k < r->found.len && !known; k += 2)
            known =
                (r->found.data[k] & ~FSC_LEX_STRIPPED) == (symbol & ~FSC_LEX_STRIPPED) && r->found.data[k + 1] == check;
        if (known)
            continue;
        if (!fsc_vec_push(&r->arena, &r->found, symbol) || !fsc_vec_push(&r->arena, &r->found, check))
            return false;
    }
    return true;
}

static uint32_t find_form(const fsc_lex_image *image, fsc_view form)
{
    uint32_t mask = image->form_count - 1;
    uint32_t hash = (uint32_t)fsc_hash64(form.data, form.len, 0);
    for (uint32_t i = hash & mask; image->form[i].list; i = (i + 1) & mask)
        if (image->form[i].hash == hash && fsc_view_eq(fsc_lex_text(image, image->form[i].text), form))
            return image->form[i].list;
    return 0;
}

static bool try_wild(fsc_lex_resolver *r, uint32_t wild, fsc_view form, uint32_t stripped)
{
    const fsc_lex_wild *w = &r->image->wild[wild];
    return !fsc_lex_glob(fsc_lex_text(r->image, w->text), form) || take_list(r, w->list, stripped);
}

// The wildcards whose literal start (or end) is one of this form's.
static bool try_stems(fsc_lex_resolver *r, bool end, fsc_view form, uint32_t stripped)
{
    const fsc_lex_image *image = r->image;
    const fsc_lex_stem *table = end ? image->suffix : image->prefix;
    uint32_t lengths = end ? image->globals->suffix_lengths : image->globals->prefix_lengths;
    uint32_t mask = (end ? image->suffix_count : image->prefix_count) - 1, hash = FSC_LEX_STEM_SEED;
    for (size_t n = 1; n <= form.len && lengths >> 1 >> (n - 1); n++) {
        hash = fsc_lex_stem_step(hash, form.data[end ? form.len - n : n - 1]);
        if (!(lengths >> n & 1))
            continue;
        uint32_t key = fsc_lex_stem_mix(hash), i = key & mask;
        while (table[i].wild && table[i].hash != key)
            i = (i + 1) & mask;
        for (uint32_t w = table[i].wild; w; w = image->wild[w - 1].next)
            if (!try_wild(r, w - 1, form, stripped))
                return false;
    }
    return true;
}

static bool take_form(fsc_lex_resolver *r, fsc_view form, uint32_t stripped)
{
    uint32_t list = find_form(r->image, form);
    if (list && !take_list(r, list, stripped))
        return false;
    if (r->image->wild_count == 0)
        return true;
    if (!try_stems(r, false, form, stripped) || !try_stems(r, true, form, stripped))
        return false;
    for (uint32_t i = 0; i < r->image->loose_count; i++)
        if (!try_wild(r, r->image->loose[i], form, stripped))
            return false;
    return true;
}

// What is learnt of a type.
typedef struct learnt {
    fsc_lex_known known;
    fsc_lex_sign sign;
    fsc_tags tags;
} learnt;

// ---------------------------------------------------------------- what starts here

static int order_entries(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint32_t x_key = x & (FSC_LEX_STRIPPED | FSC_LEX_ENTRY), y_key = y & (FSC_LEX_STRIPPED | FSC_LEX_ENTRY);
    return x_key < y_key ? -1 : x_key > y_key;
}

// Sorts the entries from `from` on and leaves each once, the whole word before the stripped one.
static void tidy_entries(fsc_lex_resolver *r, size_t from)
{
    uint32_t *entry = r->start.data;
    size_t kept = from, whole = from; // `whole` runs over the whole ones while the stripped ones are read
    if (r->start.len - from < 2)
        return;
    qsort(entry + from, r->start.len - from, sizeof *entry, order_entries);
    for (size_t i = from; i < r->start.len; i++) {
        uint32_t number = entry[i] & FSC_LEX_ENTRY;
        bool stripped = entry[i] & FSC_LEX_STRIPPED,
             known = kept > from && order_entries(&entry[kept - 1], &entry[i]) == 0;
        while (stripped && whole < kept && !(entry[whole] & FSC_LEX_STRIPPED) &&
               (entry[whole] & FSC_LEX_ENTRY) < number)
            whole++;
        known |= stripped && whole < kept && entry[whole] == (entry[i] & ~FSC_LEX_STRIPPED);
        if (!known)
            entry[kept++] = entry[i];
    }
    r->start.len = kept;
}

// Adds the entries of the nodes behind item `at` of the list found, but the quiet ones: they only tag the type.
static bool take_entries(fsc_lex_resolver *r, size_t at, learnt *l)
{
    const fsc_lex_image *image = r->image;
    uint32_t symbol = r->found.data[at], check = r->found.data[at + 1], sym = symbol & ~FSC_LEX_STRIPPED;
    for (uint32_t t = image->root[sym]; t < image->root[sym + 1]; t++) {
        fsc_lex_node node = fsc_lex_node_read(image->code + image->target[t]);
        for (uint32_t i = 1; node.accept && i <= node.accept[0]; i++) {
            l->sign.start |= node.accept[i] & FSC_LEX_REGEX ? FSC_LEX_START_ODD : 0u;
            if (!check && fsc_lex_resolver_quiet(r, node.accept[i], &l->tags))
                continue;
            if (!fsc_vec_push(&r->arena, &r->start, node.accept[i] | (symbol & FSC_LEX_STRIPPED)))
                return false;
        }
    }
    return true;
}

// What must come behind a first word for a node of its symbol to lead on.
static void look_ahead(fsc_lex_lead *lead, const fsc_lex_image *image, uint32_t place)
{
    fsc_lex_node node = fsc_lex_node_read(image->code + place);
    lead->later |= node.special ? FSC_LEX_ALWAYS : 0;
    for (uint32_t i = 0; !lead->test && i < node.edges; i++)
        lead->follows |= (uint64_t)1 << fsc_lex_sym_key(node.edge[2 * i]);
    for (uint32_t i = 0; node.gap && i < node.gap[0]; i++) {
        const uint32_t *gap = node.gap + 1 + 3 * i;
        uint32_t header = image->code[gap[2]];
        if (header & (FSC_LEX_NODE_ACCEPT | FSC_LEX_NODE_OTHER))
            lead->later |= FSC_LEX_ALWAYS;
        lead->later |= fsc_lex_keys(header);
        lead->reach = (uint8_t)(lead->reach > gap[1] + 1 ? lead->reach : gap[1] + 1);
    }
}

// Adds what a symbol leads to, if anything: the nodes that lead on by the next word alone, or the others.
static bool take_leads(fsc_lex_resolver *r, uint32_t sym, bool otherwise, learnt *l, size_t *leads)
{
    const fsc_lex_image *image = r->image;
    size_t at = r->start.len;
    fsc_lex_lead lead = {.test = (uint16_t)image->sym[sym].first, .otherwise = otherwise};
    if (image->root[sym] == image->root[sym + 1])
        return true;
    if (!fsc_vec_reserve(&r->arena, &r->start, at + FSC_LEX_LEAD))
        return false;
    r->start.len += FSC_LEX_LEAD;
    for (uint32_t t = image->root[sym]; t < image->root[sym + 1]; t++) {
        uint32_t place = image->target[t], leads_on = image->code[place] & (FSC_LEX_NODE_EDGES | FSC_LEX_NODE_OTHER);
        if (!leads_on || otherwise != !!(leads_on & FSC_LEX_NODE_OTHER))
            continue;
        look_ahead(&lead, image, place);
        lead.nodes++;
        if (!fsc_vec_push(&r->arena, &r->start, place))
            return false;
    }
    if (lead.nodes == 0) {
        r->start.len = at;
        return true;
    }
    lead.follows |= lead.test ? (uint64_t)1 << fsc_lex_own_key(sym) : 0;
    l->sign.starts |= lead.follows | (otherwise ? FSC_LEX_ALWAYS : 0);
    l->sign.start |= otherwise ? FSC_LEX_START_AHEAD : 0u;
    memcpy(r->start.data + at, &lead, sizeof lead);
    ++*leads;
    return true;
}

static bool take_starts(fsc_lex_resolver *r, learnt *l)
{
    size_t head = r->start.len, body = head + 2, leads = 0;
    if (!fsc_vec_push(&r->arena, &r->start, 0) || !fsc_vec_push(&r->arena, &r->start, 0))
        return false;
    for (size_t i = 0; i < r->found.len; i += 2)
        if (!take_entries(r, i, l))
            return false;
    tidy_entries(r, body);
    size_t entries = r->start.len - body;
    for (size_t i = 0; i < r->found.len; i += 2)
        for (int otherwise = 0; otherwise < 2; otherwise++)
            if (!take_leads(r, r->found.data[i] & ~FSC_LEX_STRIPPED, otherwise, l, &leads))
                return false;
    l->sign.starts |= entries || l->sign.start & FSC_LEX_START_ODD ? FSC_LEX_ALWAYS : 0;
    if (leads == 0 && (entries == 0 || (entries == 1 && !(r->start.data[body] & ~FSC_LEX_ENTRY)))) {
        l->sign.start |= entries ? FSC_LEX_START_ONE | r->start.data[body] << FSC_LEX_START_SHIFT : 0u;
        r->start.len = head;
        return true;
    }
    r->start.data[head] = (uint32_t)entries;
    r->start.data[head + 1] = (uint32_t)leads;
    l->sign.start |= (uint32_t)head << FSC_LEX_START_SHIFT;
    return head <= UINT32_MAX >> FSC_LEX_START_SHIFT;
}

// ---------------------------------------------------------------- types

static bool add_row(fsc_lex_resolver *r, uint32_t tests)
{
    size_t len = r->row.len + tests / 64;
    if (len > UINT32_MAX || !fsc_vec_reserve(&r->arena, &r->row, len))
        return false;
    memset(r->row.data + r->row.len, 0, tests / 8);
    r->row.len = len;
    return true;
}

// The tests of a symbol into the type's rows, which are made with the first one.
static bool take_tests(fsc_lex_resolver *r, uint32_t sym, learnt *l)
{
    const uint32_t *test = r->image->test + r->image->sym[sym].tests;
    for (uint32_t i = 1; r->image->sym[sym].tests && i <= test[0]; i++) {
        bool of_guard = test[i] < FSC_LEX_TESTS;
        uint32_t *row = of_guard ? &l->known.asked : &l->sign.leads, bit = of_guard ? test[i] : test[i] - FSC_LEX_TESTS;
        if (!*row) {
            *row = (uint32_t)r->row.len;
            if (!add_row(r, of_guard ? FSC_LEX_TESTS : FSC_LEX_FIRST_TESTS))
                return false;
        }
        r->row.data[*row + bit / 64] |= (uint64_t)1 << bit % 64;
        l->known.asks |= of_guard ? (uint64_t)1 << bit % 64 : 0;
    }
    return true;
}

// The symbols found, as a list and as bits.
static bool keep_found(fsc_lex_resolver *r, learnt *l)
{
    uint64_t at = (uint64_t)r->image->list_count + r->merged.len;
    uint32_t all = 0;
    if (at + r->found.len > UINT32_MAX || !fsc_vec_push(&r->arena, &r->merged, (uint32_t)(r->found.len / 2)))
        return false;
    l->known.list = (uint32_t)at;
    for (size_t i = 0; i < r->found.len; i += 2) {
        uint32_t symbol = r->found.data[i], check = r->found.data[i + 1], sym = symbol & ~FSC_LEX_STRIPPED;
        uint32_t flags = r->image->sym[sym].flags;
        if (!fsc_vec_push(&r->arena, &r->merged, symbol) || !fsc_vec_push(&r->arena, &r->merged, check) ||
            !take_tests(r, sym, l))
            return false;
        all |= flags;
        l->sign.follows |= r->image->sym[sym].follows;
        l->sign.later |= r->image->sym[sym].later;
        if (check && flags & FSC_LEX_SYM_STARTS)
            l->sign.start |= FSC_LEX_START_ODD;
    }
    return !(all & FSC_LEX_SYM_STARTS) || take_starts(r, l);
}

static bool resolve(fsc_lex_resolver *r, uint32_t type, learnt *l)
{
    fsc_view form = fsc_types_form(r->types, type);
    *l = (learnt){.sign.follows = FSC_LEX_ALWAYS};
    r->found.len = 0;
    // without its 's first: a wildcard that takes both ends its span before the 's
    bool possessive = fsc_types_flags(r->types, type) & FSC_WORD_POSSESSIVE && form.len > 2;
    if (possessive && !take_form(r, fsc_view_slice(form, 0, form.len - 2), FSC_LEX_STRIPPED))
        return false;
    if (!take_form(r, form, 0))
        return false;
    return r->found.len == 0 || keep_found(r, l);
}

static void forget(fsc_lex_resolver *r)
{
    fsc_arena_reset(&r->arena, 1 << 20);
    memset(&r->known, 0, sizeof r->known);
    memset(&r->sign, 0, sizeof r->sign);
    memset(&r->tags, 0, sizeof r->tags);
    memset(&r->row, 0, sizeof r->row);
    memset(&r->merged, 0, sizeof r->merged);
    memset(&r->start, 0, sizeof r->start);
    memset(&r->found, 0, sizeof r->found);
    r->generation = fsc_types_generation(r->types);
}

// Analyses of older texts hold the table as it was (fsc_hits.tags): it is not grown in place, and stays until the types are forgotten.
static bool keep_tags(fsc_lex_resolver *r, fsc_tags tags)
{
    if (r->tags.len == r->tags.cap) {
        size_t cap = r->tags.cap ? r->tags.cap * 2 : 1024;
        fsc_tags *copy = fsc_arena_alloc(&r->arena, cap * sizeof *copy);
        if (!copy)
            return false;
        if (r->tags.len)
            memcpy(copy, r->tags.data, r->tags.len * sizeof *copy);
        r->tags.data = copy;
        r->tags.cap = cap;
    }
    r->tags.data[r->tags.len++] = tags;
    return true;
}

int fsc_lex_resolver_update(fsc_lex_resolver *r, fsc_err *err)
{
    if (r->generation != fsc_types_generation(r->types))
        forget(r);
    // index 0 means that nothing starts
    if (r->start.len == 0 && !(fsc_vec_push(&r->arena, &r->start, 0) && add_row(r, FSC_LEX_TESTS)))
        return fsc_err_nomem(err);
    for (uint32_t count = fsc_types_count(r->types); r->known.len < count;) {
        learnt l;
        if (!resolve(r, (uint32_t)r->known.len, &l) || !fsc_vec_push(&r->arena, &r->sign, l.sign) ||
            (r->quiet && !keep_tags(r, l.tags)) || !fsc_vec_push(&r->arena, &r->known, l.known))
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}
