// Lexicoder 3 .lc3 and WordStat .cat: lines of categories and of terms.
#include "dict/dict_p.h"

#define DEEPEST 64

// ---------------------------------------------------------------- .lc3: "+name#colour" opens a category

int fsc_dict_read_lc3(fsc_dict *d, fsc_view text, fsc_err *err)
{
    fsc_view line;
    uint32_t number = 0, category = FSC_DICT_NONE;
    bool good = true;
    while (good && fsc_dict_line(&text, &line, &number)) {
        line = fsc_view_trim(line);
        if (!line.len)
            continue;
        if (line.data[0] == '+' && line.len > 1) {
            size_t hash = fsc_view_find(line, FSC_LIT("#"), 1);
            category = fsc_dict_category_find(d, FSC_DICT_NONE, fsc_view_slice(line, 1, hash), number);
            good = category != FSC_DICT_NONE;
            if (good && hash < line.len)
                d->category.data[category].note = fsc_view_slice(line, hash, line.len);
            continue;
        }
        if (category == FSC_DICT_NONE) {
            good = fsc_dict_warn(d, number, "a term before the first category: it goes to one named %.*s", (int)d->name.len, d->name.data);
            category = good ? fsc_dict_category_find(d, FSC_DICT_NONE, d->name, number) : category;
        }
        fsc_dict_entry e = {.term = fsc_dict_term(d, line, "?"), .category = category, .line = number};
        good = good && category != FSC_DICT_NONE && e.term.data && fsc_dict_add(d, &e);
    }
    return good ? FSC_OK : fsc_err_nomem(err);
}

int fsc_dict_write_lc3(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    static const fsc_dict_say say = {"*", "", false, ' '};
    fsc_dict_index x;
    if (!fsc_dict_index_make(&x, d))
        return fsc_err_nomem(err);
    for (uint32_t c = 0; c < d->category.len; c++) {
        const fsc_dict_category *k = &d->category.data[c];
        fsc_view name = fsc_dict_path(d, c, '.', d->arena);
        if (!name.data)
            return fsc_err_nomem(err);
        if (k->parent != FSC_DICT_NONE)
            fsc_dict_lose(d, FSC_DICT_LOSS_LEVEL, k->line);
        if (k->pole)
            fsc_dict_lose(d, FSC_DICT_LOSS_POLE, k->line);
        bool colour = k->note.len && k->note.data[0] == '#';
        if (k->note.len && !colour)
            fsc_dict_lose(d, FSC_DICT_LOSS_NOTE, k->line);
        if (memchr(name.data, '#', name.len))
            fsc_dict_lose(d, FSC_DICT_LOSS_NAME, k->line);
        fsc_buf_char(out, '+');
        for (size_t i = 0; i < name.len; i++)
            fsc_buf_char(out, name.data[i] == '#' ? '-' : name.data[i]);
        fsc_buf_addv(out, colour ? k->note : (fsc_view){"", 0});
        fsc_buf_char(out, '\n');
        for (uint32_t e = x.first[c]; e != FSC_DICT_NONE; e = x.next[e]) {
            const fsc_dict_entry *entry = &d->entry.data[e];
            if (fsc_dict_left_out(d, entry, 0))
                continue;
            if (entry->term.data[0] == '+')
                fsc_dict_lose(d, FSC_DICT_LOSS_LITERAL, entry->line);
            else if (fsc_dict_say_term(out, d, entry, &say))
                fsc_buf_char(out, '\n');
        }
    }
    return FSC_OK;
}

// ---------------------------------------------------------------- .cat: depth by tabs, "term (weight)"

typedef struct cat {
    fsc_dict *d;
    uint32_t at[DEEPEST + 1]; /* the category of each depth; [0]: none */
} cat;

// The number in "term (1)", and the term before it; false: there is none.
static bool split_weight(fsc_view line, fsc_view *term, fsc_view *weight)
{
    size_t open = line.len;
    if (!line.len || line.data[line.len - 1] != ')')
        return false;
    while (open > 0 && line.data[open - 1] != '(')
        open--;
    *weight = open ? fsc_view_trim(fsc_view_slice(line, open, line.len - 1)) : (fsc_view){"", 0};
    *term = open ? fsc_view_trim(fsc_view_slice(line, 0, open - 1)) : line;
    return open > 0 && fsc_dict_is_number(*weight);
}

// "@NAME [#A AFTER #B /S 3]"
static bool take_rule(cat *c, fsc_view text, fsc_dict_entry *e)
{
    size_t open = fsc_view_find(text, FSC_LIT("["), 0), close = text.len;
    while (close > 0 && text.data[close - 1] != ']')
        close--;
    if (open == SIZE_MAX || close <= open + 1) {
        open = text.len;
        close = text.len;
        if (!fsc_dict_warn(c->d, e->line, "a rule without [ ]: it is kept as a name only"))
            return false;
    }
    e->flags |= FSC_DICT_RULE;
    e->term = fsc_dict_term(c->d, fsc_view_slice(text, 1, open), "*?");
    e->when = open < text.len ? fsc_view_trim(fsc_view_slice(text, open + 1, close - 1)) : (fsc_view){"", 0};
    return e->term.data && fsc_dict_add(c->d, e);
}

static bool take_entry(cat *c, fsc_view text, fsc_view weight, size_t depth, uint32_t number)
{
    // (1) is what WordStat writes when nothing is said
    fsc_dict_entry e = {.weight = fsc_view_is(weight, "1") ? (fsc_view){"", 0} : weight, .category = c->at[depth], .line = number};
    if (e.category == FSC_DICT_NONE) {
        if (!fsc_dict_warn(c->d, number, "an entry before the first category: it goes to one named %.*s", (int)c->d->name.len,
                           c->d->name.data))
            return false;
        e.category = fsc_dict_category_find(c->d, FSC_DICT_NONE, c->d->name, number);
        if (e.category == FSC_DICT_NONE)
            return false;
    }
    if (text.data[0] == '@')
        return take_rule(c, text, &e);
    // _ joins words
    char *spaced = fsc_arena_alloc(c->d->arena, text.len + 1);
    if (!spaced)
        return false;
    for (size_t i = 0; i < text.len; i++)
        spaced[i] = text.data[i] == '_' ? ' ' : text.data[i];
    e.term = fsc_dict_term(c->d, fsc_view_of(spaced, text.len), "");
    if (!e.term.len && e.term.data)
        return fsc_dict_warn(c->d, number, "an entry without a word: left out");
    return e.term.data && fsc_dict_add(c->d, &e);
}

int fsc_dict_read_cat(fsc_dict *d, fsc_view text, fsc_err *err)
{
    cat c = {.d = d};
    fsc_view line, term, weight;
    uint32_t number = 0;
    bool good = true;
    for (size_t i = 0; i <= DEEPEST; i++)
        c.at[i] = FSC_DICT_NONE;
    while (good && fsc_dict_line(&text, &line, &number)) {
        size_t depth = 0;
        while (depth < line.len && line.data[depth] == '\t')
            depth++;
        fsc_view said = fsc_view_trim(line);
        if (!said.len)
            continue;
        if (depth < line.len && line.data[depth] == ' ')
            good = fsc_dict_warn(d, number, "blanks before it: only tabs tell the level");
        depth = depth < DEEPEST ? depth : DEEPEST - 1;
        if (split_weight(said, &term, &weight) && term.len) {
            good = good && take_entry(&c, term, weight, depth, number);
            continue;
        }
        uint32_t made = good ? fsc_dict_category_find(d, c.at[depth], said, number) : FSC_DICT_NONE;
        for (size_t i = depth + 1; i <= DEEPEST; i++)
            c.at[i] = made;
        good = made != FSC_DICT_NONE;
    }
    return good ? FSC_OK : fsc_err_nomem(err);
}

static void tabs(fsc_buf *out, unsigned n)
{
    while (n-- > 0)
        fsc_buf_char(out, '\t');
}

static void put_entry(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, unsigned depth)
{
    static const fsc_dict_say say = {"*?", "_\t", false, '_'};
    if (fsc_dict_left_out(d, e, FSC_DICT_HOLDS_WEIGHT | FSC_DICT_HOLDS_RULE))
        return;
    size_t before = out->len;
    bool rule = e->flags & FSC_DICT_RULE;
    tabs(out, depth);
    if (rule)
        fsc_buf_printf(out, "@%.*s", (int)e->term.len, e->term.data);
    else if (e->term.data[0] == '@' || !fsc_dict_say_term(out, d, e, &say)) {
        if (e->term.data[0] == '@')
            fsc_dict_lose(d, FSC_DICT_LOSS_LITERAL, e->line);
        fsc_dict_take_back(out, before);
        return;
    }
    if (rule && e->when.len)
        fsc_buf_printf(out, " [%.*s]", (int)e->when.len, e->when.data);
    fsc_buf_adds(out, " (");
    if (e->weight.len) {
        fsc_dict_weight(out, d, e, 0, false);
    } else {
        fsc_buf_char(out, '1');
    }
    fsc_buf_adds(out, ")\n");
}

static void put_category(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, uint32_t c, unsigned depth)
{
    const fsc_dict_category *k = &d->category.data[c];
    if (k->note.len)
        fsc_dict_lose(d, FSC_DICT_LOSS_NOTE, k->line);
    if (k->pole)
        fsc_dict_lose(d, FSC_DICT_LOSS_POLE, k->line);
    fsc_view ignored, weight;
    bool like_entry = split_weight(k->name, &ignored, &weight);
    if (like_entry)
        fsc_dict_lose(d, FSC_DICT_LOSS_NAME, k->line);
    tabs(out, depth);
    fsc_buf_addv(out, like_entry ? ignored : k->name);
    fsc_buf_char(out, '\n');
    for (uint32_t e = x->first[c]; e != FSC_DICT_NONE; e = x->next[e])
        put_entry(out, d, &d->entry.data[e], depth + 1);
    for (uint32_t child = x->child[c]; child != FSC_DICT_NONE; child = x->sibling[child])
        put_category(out, d, x, child, depth + 1);
}

int fsc_dict_write_cat(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    fsc_dict_index x;
    if (!fsc_dict_index_make(&x, d))
        return fsc_err_nomem(err);
    for (uint32_t c = x.top; c != FSC_DICT_NONE; c = x.sibling[c])
        put_category(out, d, &x, c, 0);
    return FSC_OK;
}
