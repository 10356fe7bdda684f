#include "lexicon/example_p.h"

#include "lexicon/options_p.h"
#include "lexicon/regex_p.h"

#define MOST_NESTED 4 // a class whose members name classes

int fsc_lex_examples_init(fsc_lex_examples *x, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    *x = (fsc_lex_examples){.schema = schema};
    fsc_map_init(&x->member, arena);
    return fsc_lex_symbols_init(&x->symbols, arena, arena->alloc, err);
}

void fsc_lex_examples_release(fsc_lex_examples *x)
{
    fsc_lex_symbols_release(&x->symbols);
}

// ---------------------------------------------------------------- how many

// Sequences of a tree with both ways to read a wildcard and a gap, at most `limit`.
static uint32_t count(const fsc_lex_examples *x, const fsc_lex_tree *t, uint32_t limit)
{
    uint64_t n = t->kind != FSC_LEX_TREE_CHOICE;
    if (t->kind == FSC_LEX_TREE_GAP)
        n = t->min < t->max ? 2 : 1;
    if (t->kind == FSC_LEX_TREE_WORD && t->symbol >= FSC_LEX_SYM_FIRST) {
        uint32_t form = x->symbols.symbol.data[t->symbol].form;
        n = form != FSC_NONE && x->symbols.form.data[form].wild ? 2 : 1;
    }
    for (const fsc_lex_tree *c = t->child; c && n < limit; c = c->next) {
        uint32_t of_child = count(x, c, limit);
        n = t->kind == FSC_LEX_TREE_CHOICE ? n + of_child : n * of_child;
    }
    return n < limit ? (uint32_t)n : limit;
}

static uint32_t most_alternatives(const fsc_lex_tree *t)
{
    uint32_t n = 0, most = 2;
    for (const fsc_lex_tree *c = t->child; c; c = c->next) {
        uint32_t of_child = most_alternatives(c);
        most = of_child > most ? of_child : most;
        n++;
    }
    return t->kind == FSC_LEX_TREE_CHOICE && n > most ? n : most;
}

// Wildcards, gaps and classes stand for more than any number of examples.
static bool is_open(const fsc_lex_examples *x, const fsc_lex_tree *t)
{
    if (t->kind == FSC_LEX_TREE_GAP)
        return true;
    if (t->kind == FSC_LEX_TREE_WORD) {
        uint32_t form = x->symbols.symbol.data[t->symbol].form;
        return form == FSC_NONE || x->symbols.form.data[form].wild;
    }
    for (const fsc_lex_tree *c = t->child; c; c = c->next)
        if (is_open(x, c))
            return true;
    return false;
}

// ---------------------------------------------------------------- one entry

static int parse(fsc_lex_examples *x, fsc_lex_tree **out, fsc_view text, enum fsc_lex_pattern_use use, fsc_err *err)
{
    fsc_lex_place place = {FSC_LIT("check"), 1, 1};
    return fsc_lex_pattern_parse(out, text, use, &x->symbols, x->language, place, err);
}

int fsc_lex_examples_entry(bool *can, fsc_lex_examples *x, const fsc_entry *entry, fsc_view language, fsc_err *err)
{
    fsc_view pattern = fsc_schema_text(x->schema, entry->pattern);
    *can = !(entry->flags & FSC_ENTRY_RULE) && !fsc_lex_is_regex(pattern);
    x->language = language;
    x->before = x->after = NULL;
    x->guarded = false;
    if (!*can)
        return FSC_OK;
    int status = parse(x, &x->tree, pattern, FSC_LEX_USE_ENTRY, err);
    fsc_view rest = fsc_schema_text(x->schema, entry->options);
    fsc_lex_option option;
    while (!status && rest.len && fsc_lex_option_next(&rest, &option)) {
        bool before = fsc_view_is(option.name, "before"), after = fsc_view_is(option.name, "after");
        x->guarded |= before || after || (option.name.len && option.name.data[0] == '!');
        if (before)
            status = parse(x, &x->before, option.value, FSC_LEX_USE_BEFORE, err);
        else if (after)
            status = parse(x, &x->after, option.value, FSC_LEX_USE_AFTER, err);
    }
    if (status)
        return status;
    uint32_t all = count(x, x->tree, FSC_LEX_EXAMPLES + 1), most = most_alternatives(x->tree);
    x->complete = all <= FSC_LEX_EXAMPLES && !is_open(x, x->tree) && !x->guarded;
    x->sequences = all <= FSC_LEX_EXAMPLES ? all : most < FSC_LEX_EXAMPLES ? most : FSC_LEX_EXAMPLES;
    return FSC_OK;
}

// ---------------------------------------------------------------- writing

typedef struct writer {
    fsc_lex_examples *x;
    fsc_buf *out;
    bool all; // the index numbers all sequences; else it picks one of each group
    bool title; // words begin with a capital: some abbreviations are known by it
    unsigned nested;
} writer;

static void put_tree(writer *w, const fsc_lex_tree *t, uint32_t *index);

static void put_word(writer *w, fsc_view word)
{
    if (w->out->len && w->out->data[w->out->len - 1] != ' ')
        fsc_buf_char(w->out, ' ');
    fsc_buf_addv(w->out, word);
}

static void put_folded(writer *w, fsc_view word)
{
    put_word(w, fsc_view_of("", 0));
    bool small = word.len && word.data[0] >= 'a' && word.data[0] <= 'z';
    if (w->title && small)
        fsc_buf_char(w->out, (char)(word.data[0] - 32));
    fsc_buf_addv(w->out, fsc_view_slice(word, w->title && small, word.len));
}

static uint32_t take(writer *w, uint32_t *index, uint32_t of)
{
    uint32_t picked = *index % of;
    if (w->all)
        *index /= of;
    return picked;
}

static void put_wild(writer *w, fsc_view form, bool letters)
{
    put_word(w, fsc_view_of("", 0));
    for (size_t i = 0; i < form.len; i++) {
        if (form.data[i] == FSC_LEX_RUN)
            fsc_buf_adds(w->out, letters ? "qz" : "");
        else
            fsc_buf_char(w->out, form.data[i] == FSC_LEX_ONE ? 'q' : form.data[i]);
    }
}

// Is `category` the class, or a level below it?
static bool is_below(fsc_view category, fsc_view name)
{
    return fsc_view_starts(category, name) && (category.len == name.len || category.data[name.len] == '.');
}

static bool is_member(const fsc_schema *s, const fsc_entry *e, fsc_view name)
{
    fsc_view pattern = fsc_schema_text(s, e->pattern), options = fsc_schema_text(s, e->options);
    return e->flags & FSC_ENTRY_RESOURCE && !memchr(pattern.data, ' ', pattern.len) && !memchr(pattern.data, '*', pattern.len) &&
           is_below(s->resource[e->category], name) && fsc_view_find(options, FSC_LIT("before="), 0) == SIZE_MAX &&
           fsc_view_find(options, FSC_LIT("after="), 0) == SIZE_MAX;
}

// A member of a class: the first entry of a single word without guards; NULL: none.
static const fsc_lex_tree *find_member(fsc_lex_examples *x, fsc_view name)
{
    const fsc_schema *s = x->schema;
    uint32_t *known = fsc_map_get(&x->member, name);
    if (known)
        return x->member_tree.data[*known];
    fsc_lex_tree *tree = NULL;
    for (size_t i = 0; i < s->entry_count && !tree; i++)
        if (is_member(s, &s->entry[i], name) && parse(x, &tree, fsc_schema_text(s, s->entry[i].pattern), FSC_LEX_USE_ENTRY, NULL))
            tree = NULL;
    if (fsc_vec_push(x->symbols.arena, &x->member_tree, tree))
        fsc_map_put(&x->member, name, (uint32_t)x->member_tree.len - 1, NULL);
    return tree;
}

static void put_class(writer *w, fsc_view name)
{
    const fsc_lex_tree *tree = w->nested < MOST_NESTED ? find_member(w->x, name) : NULL;
    uint32_t first = 0;
    if (!tree) {
        put_word(w, FSC_LIT(FSC_LEX_FILLER));
        return;
    }
    w->nested++;
    put_tree(w, tree, &first);
    w->nested--;
}

static void put_symbol(writer *w, uint32_t symbol, uint32_t *index)
{
    static const char *const builtin[FSC_LEX_SYM_CLASSES] = {
        [FSC_LEX_SYM_ANY] = FSC_LEX_FILLER,
        [FSC_LEX_SYM_WORD] = FSC_LEX_FILLER,
        [FSC_LEX_SYM_NUMBER] = "12",
        [FSC_LEX_SYM_CAPITAL] = "Qzname",
        [FSC_LEX_SYM_UPPER] = "QZWORD",
        [FSC_LEX_SYM_MENTION] = "@qzname",
        [FSC_LEX_SYM_HASHTAG] = "#qztopic",
        [FSC_LEX_SYM_URL] = "https://example.org/q",
        [FSC_LEX_SYM_EMOJI] = "\xF0\x9F\x98\x80",
        [FSC_LEX_SYM_PERCENT] = "12%",
    };
    const fsc_lex_symbols *s = &w->x->symbols;
    const fsc_lex_symbol *symbol_of = &s->symbol.data[symbol];
    if (symbol < FSC_LEX_SYM_CLASSES) {
        put_word(w, fsc_view_cstr(builtin[symbol]));
    } else if (symbol_of->form == FSC_NONE) {
        put_class(w, symbol_of->class_name);
    } else if (s->form.data[symbol_of->form].wild) {
        put_wild(w, symbol_of->exact.len ? symbol_of->exact : s->form.data[symbol_of->form].text, take(w, index, 2));
    } else if (symbol_of->exact.len) {
        put_word(w, symbol_of->exact);
    } else {
        put_folded(w, s->form.data[symbol_of->form].text);
    }
}

static void put_choice(writer *w, const fsc_lex_tree *t, uint32_t *index)
{
    uint32_t total = 0;
    for (const fsc_lex_tree *c = t->child; c; c = c->next)
        total += w->all ? count(w->x, c, FSC_LEX_EXAMPLES + 1) : 1;
    uint32_t rest = w->all ? *index / total : *index, picked = *index % total;
    for (const fsc_lex_tree *c = t->child; c; c = c->next) {
        uint32_t of_child = w->all ? count(w->x, c, FSC_LEX_EXAMPLES + 1) : 1;
        if (picked >= of_child) {
            picked -= of_child;
            continue;
        }
        uint32_t inner = w->all ? picked : *index;
        put_tree(w, c, &inner);
        break;
    }
    *index = rest;
}

static void put_tree(writer *w, const fsc_lex_tree *t, uint32_t *index)
{
    if (t->kind == FSC_LEX_TREE_WORD) {
        put_symbol(w, t->symbol, index);
    } else if (t->kind == FSC_LEX_TREE_CHOICE) {
        put_choice(w, t, index);
    } else if (t->kind == FSC_LEX_TREE_GAP) {
        bool large = t->min < t->max && take(w, index, 2);
        for (uint32_t i = 0, n = large ? t->max : t->min; i < n; i++)
            put_word(w, FSC_LIT(FSC_LEX_FILLER));
    } else {
        for (const fsc_lex_tree *c = t->child; c; c = c->next)
            put_tree(w, c, index);
    }
}

static void put_guard(writer *w, const fsc_lex_tree *guard, uint32_t index)
{
    if (guard)
        put_tree(w, guard, &index);
}

// Where an example stands. A last stop belongs to an abbreviation only before a name or a number, for some behind a comma.
static const struct {
    const char *before, *after;
    bool title;
} frames[] = {
    {NULL, NULL, false},
    {FSC_LEX_FILLER, FSC_LEX_FILLER, false},
    {FSC_LEX_FILLER, NULL, false},
    {FSC_LEX_FILLER ",", "Qzname", true},
    {NULL, "12", true},
};
#define FRAMES (sizeof frames / sizeof *frames)
_Static_assert(FSC_LEX_FRAMES % FRAMES == 0, "each place with several words of the guards");

bool fsc_lex_examples_write(fsc_lex_examples *x, uint32_t index, uint32_t frame, fsc_buf *out, fsc_span *span)
{
    uint32_t place = frame % FRAMES, guard = index + frame / FRAMES;
    writer w = {.x = x, .out = out, .title = frames[place].title}, sampled = w;
    w.all = count(x, x->tree, FSC_LEX_EXAMPLES + 1) <= FSC_LEX_EXAMPLES;
    if (frame >= FRAMES && !x->before && !x->after)
        return false;
    fsc_buf_reset(out, 1 << 16);
    if (frames[place].before)
        put_word(&w, fsc_view_cstr(frames[place].before));
    put_guard(&sampled, x->before, guard);
    span->start = (uint32_t)out->len + (out->len > 0);
    put_tree(&w, x->tree, &index);
    span->end = (uint32_t)out->len;
    put_guard(&sampled, x->after, guard);
    if (frames[place].after)
        put_word(&w, fsc_view_cstr(frames[place].after));
    return true;
}
