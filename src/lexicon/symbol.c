#include "lexicon/symbol_p.h"

#include "lexicon/glob_p.h"
#include "text/text.h"

int fsc_lex_symbols_init(fsc_lex_symbols *s, fsc_arena *arena, const fsc_alloc *alloc, fsc_err *err)
{
    *s = (fsc_lex_symbols){.arena = arena, .alloc = alloc};
    fsc_map_init(&s->by_name, arena);
    for (uint32_t i = 0; i < FSC_LEX_SYM_FIRST; i++) {
        fsc_lex_symbol builtin = {.form = FSC_NONE, .next = FSC_NONE};
        if (!fsc_vec_push(arena, &s->symbol, builtin))
            return fsc_err_nomem(err);
    }
    return fsc_types_new(&s->types, alloc, err);
}

void fsc_lex_symbols_release(fsc_lex_symbols *s)
{
    fsc_types_free(s->types);
    s->types = NULL;
}

// Key of by_name: a letter for the kind, the parts, each ended by a zero byte but the last. Built in `room` when it
// fits there, so that looking up what is known takes no memory.
#define KEY_ROOM 128
static fsc_view make_key(const fsc_lex_symbols *s, char *room, char kind, fsc_view a, fsc_view b)
{
    size_t len = a.len + b.len + 2;
    char *key = len <= KEY_ROOM ? room : fsc_arena_alloc(s->arena, len);
    if (!key)
        return (fsc_view){NULL, 0};
    key[0] = kind;
    if (a.len)
        memcpy(key + 1, a.data, a.len);
    key[1 + a.len] = 0;
    if (b.len)
        memcpy(key + 2 + a.len, b.data, b.len);
    return (fsc_view){key, len};
}

// The number under a key; a new key gets `next`. Its memory is kept: *kept is the key as it stays.
static uint32_t *number_of(fsc_lex_symbols *s, fsc_view key, uint32_t next, fsc_view *kept)
{
    uint32_t *known = key.data ? fsc_map_get(&s->by_name, key) : NULL;
    *kept = (fsc_view){NULL, 0};
    if (known || !key.data)
        return known;
    *kept = fsc_arena_dup(s->arena, key);
    return kept->data ? fsc_map_put(&s->by_name, *kept, next, NULL) : NULL;
}

static uint32_t add_symbol(fsc_lex_symbols *s, fsc_lex_symbol symbol)
{
    if (s->symbol.len >= FSC_LEX_STRIPPED)
        return FSC_NONE;
    return fsc_vec_push(s->arena, &s->symbol, symbol) ? (uint32_t)(s->symbol.len - 1) : FSC_NONE;
}

static uint32_t find_form(fsc_lex_symbols *s, fsc_view text, bool wild)
{
    char room[KEY_ROOM];
    fsc_view kept, key = make_key(s, room, wild ? 'w' : 'f', text, (fsc_view){NULL, 0});
    uint32_t *slot = number_of(s, key, (uint32_t)s->form.len, &kept);
    if (!slot)
        return FSC_NONE;
    uint32_t index = *slot;
    if (kept.data) {
        fsc_lex_wordform form = {fsc_view_of(kept.data + 1, text.len), wild, FSC_NONE, FSC_NONE};
        if (!fsc_vec_push(s->arena, &s->form, form))
            return FSC_NONE;
    }
    return index;
}

uint32_t fsc_lex_symbol_word(fsc_lex_symbols *s, fsc_view form, bool wild, fsc_view exact)
{
    uint32_t index = find_form(s, form, wild);
    if (index == FSC_NONE)
        return FSC_NONE;
    uint32_t last = FSC_NONE;
    for (uint32_t i = s->form.data[index].symbol; i != FSC_NONE; i = s->symbol.data[i].next) {
        if (fsc_view_eq(s->symbol.data[i].exact, exact))
            return i;
        last = i;
    }
    fsc_lex_symbol symbol = {.form = index, .next = FSC_NONE};
    if (exact.len > 0) {
        symbol.exact = fsc_arena_dup(s->arena, exact);
        if (!symbol.exact.data)
            return FSC_NONE;
    }
    uint32_t id = add_symbol(s, symbol);
    if (last == FSC_NONE)
        s->form.data[index].symbol = id;
    else if (id != FSC_NONE)
        s->symbol.data[last].next = id;
    return id;
}

uint32_t fsc_lex_symbol_class(fsc_lex_symbols *s, fsc_view name, fsc_view language, fsc_lex_place place)
{
    char room[KEY_ROOM];
    fsc_view kept, key = make_key(s, room, 'c', language, name);
    uint32_t *slot = number_of(s, key, (uint32_t)s->symbol.len, &kept);
    if (!slot)
        return FSC_NONE;
    if (!kept.data)
        return *slot;
    fsc_lex_symbol symbol = {.form = FSC_NONE, .next = FSC_NONE, .place = place, .language = language};
    symbol.class_name = (fsc_view){kept.data + 2 + language.len, name.len};
    return add_symbol(s, symbol);
}

uint32_t fsc_lex_symbol_find_class(const fsc_lex_symbols *s, fsc_view name, fsc_view language)
{
    char room[KEY_ROOM];
    fsc_view key = make_key(s, room, 'c', language, name);
    uint32_t *slot = key.data ? fsc_map_get(&s->by_name, key) : NULL;
    return slot ? *slot : FSC_NONE;
}

bool fsc_lex_symbol_imply(fsc_lex_symbols *s, uint32_t member, uint32_t symbol)
{
    const fsc_lex_symbol *m = &s->symbol.data[member];
    fsc_lex_wordform *form = &s->form.data[m->form];
    uint32_t check = m->exact.len > 0 ? member : 0;
    for (uint32_t i = form->implied; i != FSC_NONE; i = s->implied.data[i].next)
        if (s->implied.data[i].symbol == symbol && s->implied.data[i].check == check)
            return true;
    fsc_lex_implied implied = {symbol, check, form->implied};
    if (!fsc_vec_push(s->arena, &s->implied, implied))
        return false;
    form->implied = (uint32_t)(s->implied.len - 1);
    s->symbol.data[symbol].member++;
    return true;
}

// ---------------------------------------------------------------- tables

typedef fsc_vec(uint32_t) list_vec;

fsc_lex_str fsc_lex_string_add(fsc_buf *string, fsc_view text)
{
    fsc_lex_str s = {(uint32_t)string->len, (uint32_t)text.len};
    if (text.len > 0)
        fsc_buf_addv(string, text);
    return s;
}

static bool add_item(fsc_arena *arena, list_vec *list, uint32_t symbol, uint32_t check)
{
    return fsc_vec_push(arena, list, symbol) && fsc_vec_push(arena, list, check);
}

// The list of a form: its symbols that some automaton uses, then the classes. 0: none.
static bool list_of(fsc_lex_symbols *s, const fsc_lex_wordform *form, list_vec *list, uint32_t *out)
{
    size_t head = list->len;
    *out = 0;
    if (!fsc_vec_push(s->arena, list, 0))
        return false;
    for (uint32_t i = form->symbol; i != FSC_NONE; i = s->symbol.data[i].next) {
        uint32_t check = s->symbol.data[i].exact.len ? i : 0;
        if (s->symbol.data[i].flags && !add_item(s->arena, list, i, check))
            return false;
    }
    for (uint32_t i = form->implied; i != FSC_NONE; i = s->implied.data[i].next)
        if (!add_item(s->arena, list, s->implied.data[i].symbol, s->implied.data[i].check))
            return false;
    list->data[head] = (uint32_t)((list->len - head - 1) / 2);
    if (list->data[head] == 0)
        list->len = head;
    else
        *out = (uint32_t)head;
    return true;
}

static uint32_t table_size(size_t items)
{
    uint32_t size = 8;
    while (size < items * 2)
        size *= 2;
    return size;
}

static void put_form(fsc_lex_form *table, uint32_t size, fsc_view text, fsc_lex_form form)
{
    form.hash = (uint32_t)fsc_hash64(text.data, text.len, 0);
    uint32_t i = form.hash & (size - 1);
    while (table[i].list)
        i = (i + 1) & (size - 1);
    table[i] = form;
}

typedef struct wild_tables {
    fsc_lex_wild *wild;
    fsc_lex_stem *prefix, *suffix;
    uint32_t wilds, size; // size of prefix and of suffix
    list_vec loose;
} wild_tables;

static void put_stem(fsc_lex_stem *table, uint32_t size, uint32_t hash, fsc_lex_wild *wild, uint32_t index)
{
    uint32_t i = hash & (size - 1);
    while (table[i].wild && table[i].hash != hash)
        i = (i + 1) & (size - 1);
    wild[index].next = table[i].wild;
    table[i] = (fsc_lex_stem){hash, index + 1};
}

// Files a wildcard under its literal start, else its literal end, else among those tried on every type.
static bool put_wild(fsc_arena *arena, wild_tables *t, fsc_lex_globals *globals, fsc_view text, fsc_lex_wild wild)
{
    uint32_t index = t->wilds++;
    size_t start = fsc_lex_glob_stem(text, false), end = fsc_lex_glob_stem(text, true);
    t->wild[index] = wild;
    if (start > 0) {
        globals->prefix_lengths |= 1u << start;
        put_stem(t->prefix, t->size, fsc_lex_stem_hash(text.data, start, false), t->wild, index);
    } else if (end > 0) {
        globals->suffix_lengths |= 1u << end;
        put_stem(t->suffix, t->size, fsc_lex_stem_hash(text.data + text.len - end, end, true), t->wild, index);
    } else {
        return fsc_vec_push(arena, &t->loose, index);
    }
    return true;
}

static bool fill_forms(fsc_lex_symbols *s, fsc_lex_image *image, fsc_lex_globals *globals, fsc_buf *string)
{
    size_t wilds = 0;
    for (size_t i = 0; i < s->form.len; i++)
        wilds += s->form.data[i].wild;
    uint32_t size = table_size(s->form.len - wilds);
    list_vec list = {0};
    wild_tables t = {.size = table_size(4 * wilds)}; // asked for each start and end of a type, which mostly is none
    fsc_lex_form *form = FSC_NEW_N(s->arena, fsc_lex_form, size);
    t.wild = FSC_NEW_N(s->arena, fsc_lex_wild, wilds + 1);
    t.prefix = FSC_NEW_N(s->arena, fsc_lex_stem, t.size);
    t.suffix = FSC_NEW_N(s->arena, fsc_lex_stem, t.size);
    if (!form || !t.wild || !t.prefix || !t.suffix || !fsc_vec_push(s->arena, &list, 0))
        return false;
    for (size_t i = 0; i < s->form.len; i++) {
        fsc_view text = s->form.data[i].text;
        uint32_t at;
        if (!list_of(s, &s->form.data[i], &list, &at))
            return false;
        if (at == 0)
            continue;
        fsc_lex_str str = fsc_lex_string_add(string, text);
        if (!s->form.data[i].wild)
            put_form(form, size, text, (fsc_lex_form){0, str, at});
        else if (!put_wild(s->arena, &t, globals, text, (fsc_lex_wild){str, at, 0}))
            return false;
    }
    image->form = form, image->form_count = size;
    image->list = list.data, image->list_count = (uint32_t)list.len;
    image->wild = t.wild, image->wild_count = t.wilds;
    image->prefix = t.prefix, image->prefix_count = t.size;
    image->suffix = t.suffix, image->suffix_count = t.size;
    image->loose = t.loose.data, image->loose_count = (uint32_t)t.loose.len;
    return true;
}

int fsc_lex_symbols_finish(fsc_lex_symbols *s, fsc_lex_image *image, fsc_lex_globals *globals, fsc_buf *string,
                           fsc_err *err)
{
    fsc_lex_sym *sym = FSC_NEW_N(s->arena, fsc_lex_sym, s->symbol.len);
    if (!sym || !fill_forms(s, image, globals, string))
        return fsc_err_nomem(err);
    for (size_t i = 0; i < s->symbol.len; i++) {
        const fsc_lex_symbol *from = &s->symbol.data[i];
        sym[i] = (fsc_lex_sym){fsc_lex_string_add(string, from->exact), from->flags, from->tests, from->first, from->follows, from->later};
    }
    image->sym = sym;
    image->sym_count = (uint32_t)s->symbol.len;
    return FSC_OK;
}
