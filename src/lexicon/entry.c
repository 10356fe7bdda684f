#include "lexicon/compile_p.h"
#include "lexicon/options_p.h"
#include "lexicon/regex_p.h"

#define MOST_WEIGHT 1000000 // thousandths

// One row on its way to an entry.
typedef struct row_state {
    fsc_lex_compiler *c;
    const fsc_lex_row *row;
    fsc_entry entry;
    fsc_lex_guards guards;
    fsc_view guard_text[FSC_LEX_GUARDS]; // for telling entries apart
    fsc_lex_tree *need;
    bool guarded, rule_option;
} row_state;

static fsc_lex_place place_of(const row_state *r, fsc_lex_column column)
{
    return (fsc_lex_place){r->c->file->path, r->row->line, r->row->column[column]};
}

// The place of a part of a cell.
static fsc_lex_place place_in(const row_state *r, fsc_lex_column column, fsc_view part)
{
    fsc_lex_place place = place_of(r, column);
    place.column += (uint32_t)(part.data - r->row->cell[column].data);
    return place;
}

// ---------------------------------------------------------------- cells

static int read_category(row_state *r)
{
    fsc_view name = r->row->cell[FSC_LEX_CATEGORY];
    if (!fsc_lex_is_name(name))
        return fsc_lex_fail(r->c->err, place_of(r, FSC_LEX_CATEGORY), 0,
                            name.len ? "a category is [a-z][a-z0-9-]*, levels joined by dots"
                                     : "the category is missing");
    bool resource = r->c->dimension == FSC_NONE;
    r->entry.dimension = resource ? FSC_NO_DIMENSION : (uint16_t)r->c->dimension;
    if (resource)
        r->entry.flags |= FSC_ENTRY_RESOURCE;
    uint32_t category = 0;
    int status = fsc_lex_names_category(&r->c->names, r->c->dimension, name, &category, r->c->err);
    r->entry.category = (uint16_t)category;
    return status;
}

static int read_weight(row_state *r)
{
    fsc_view cell = r->row->cell[FSC_LEX_WEIGHT];
    fsc_lex_place place = place_of(r, FSC_LEX_WEIGHT);
    bool resource = r->c->dimension == FSC_NONE, rules = r->c->file->rules;
    int64_t weight = resource ? 0 : 1000;
    if (cell.len == 0 && !resource && !rules)
        return fsc_lex_fail(r->c->err, place, 0, "the weight is missing (0 or more; 1 is usual)");
    if (cell.len > 0 && !fsc_view_thousandths(cell, &weight))
        return fsc_lex_fail(r->c->err, place, 0, "a weight is a number with at most three decimals");
    if (weight < 0)
        return fsc_lex_fail(r->c->err, place, 0, "a weight is never negative: the sign comes from the category");
    if (weight > MOST_WEIGHT)
        return fsc_lex_fail(r->c->err, place, 0, "a weight is at most %d", MOST_WEIGHT / 1000);
    if (resource && weight != 0)
        return fsc_lex_fail(r->c->err, place, 0, "an entry of a resource lexicon has no weight");
    r->entry.weight = (int32_t)weight;
    return FSC_OK;
}

// The root of a guard; equal guards share one.
static int read_guard(row_state *r, enum fsc_lex_guard_kind kind, fsc_view text)
{
    fsc_lex_compiler *c = r->c;
    fsc_lex_place place = place_in(r, FSC_LEX_OPTIONS, text);
    bool before = kind == FSC_LEX_NOT_BEFORE || kind == FSC_LEX_BEFORE;
    if (r->guards.root[kind])
        return fsc_lex_fail(c->err, place, 0, "this guard is given twice: join them with |");
    r->guard_text[kind] = text;
    r->guarded = true;
    fsc_view language = c->file->head[FSC_LEX_HEAD_LANGUAGE];
    fsc_view key =
        fsc_arena_printf(&c->arena, "%d %.*s %.*s", before, (int)language.len, language.data, (int)text.len, text.data);
    uint32_t *known = key.data ? fsc_map_get(&c->guard, key) : NULL;
    if (known) {
        r->guards.root[kind] = *known;
        return FSC_OK;
    }
    fsc_lex_tree *tree;
    int status = fsc_lex_pattern_parse(&tree, text, before ? FSC_LEX_USE_BEFORE : FSC_LEX_USE_AFTER, &c->symbols,
                                       language, place, c->err);
    if (!status)
        status = fsc_lex_automaton_guard(&c->automaton, tree, before, &r->guards.root[kind], place, c->err);
    if (!status && (!key.data || !fsc_map_put(&c->guard, key, r->guards.root[kind], NULL)))
        status = fsc_err_nomem(c->err);
    return status;
}

static int read_need(row_state *r, fsc_view text)
{
    fsc_lex_place place = place_in(r, FSC_LEX_OPTIONS, text);
    if (!fsc_lex_is_regex(r->row->cell[FSC_LEX_PATTERN]))
        return fsc_lex_fail(r->c->err, place, 0, "need= is for /regex/ entries");
    if (r->need)
        return fsc_lex_fail(r->c->err, place, 0, "need= is given twice: join the words with |");
    return fsc_lex_pattern_parse(&r->need, text, FSC_LEX_USE_NEED, &r->c->symbols,
                                 r->c->file->head[FSC_LEX_HEAD_LANGUAGE], place, r->c->err);
}

static int read_direction(row_state *r, fsc_view value)
{
    if (fsc_view_is(value, "up"))
        r->entry.direction = FSC_DIRECTION_UP;
    else if (fsc_view_is(value, "down"))
        r->entry.direction = FSC_DIRECTION_DOWN;
    else
        return fsc_lex_fail(r->c->err, place_in(r, FSC_LEX_OPTIONS, value), 0, "dir= is up or down");
    return FSC_OK;
}

static int read_option(row_state *r, fsc_lex_option option)
{
    static const char *const guards[FSC_LEX_GUARDS] = {
        [FSC_LEX_BEFORE] = "before", [FSC_LEX_AFTER] = "after", [FSC_LEX_NOT_BEFORE] = "!before", [FSC_LEX_NOT_AFTER] = "!after"};
    static const char *const valued[] = {"!before", "before", "!after", "after", "dir", "pair", "need", "rule"};
    fsc_lex_place place = place_in(r, FSC_LEX_OPTIONS, option.name);
    for (size_t i = 0; i < sizeof valued / sizeof *valued; i++)
        if (fsc_view_is(option.name, valued[i]) && option.value.len == 0)
            return fsc_lex_fail(r->c->err, place, 0, "%s= has no value", valued[i]);
    if (option.name.len == 0)
        return fsc_lex_fail(r->c->err, place, 0, "an option without a name");
    if (option.name.data[0] == '!' && !fsc_view_is(option.name, guards[FSC_LEX_NOT_BEFORE]) &&
        !fsc_view_is(option.name, guards[FSC_LEX_NOT_AFTER]))
        return fsc_lex_fail(r->c->err, place, 0, "the guards are !before=, !after=, before= and after=");
    for (int kind = 0; kind < FSC_LEX_GUARDS; kind++)
        if (fsc_view_is(option.name, guards[kind]))
            return read_guard(r, (enum fsc_lex_guard_kind)kind, option.value);
    if (fsc_view_is(option.name, "dir"))
        return read_direction(r, option.value);
    if (fsc_view_is(option.name, "need"))
        return read_need(r, option.value);
    if (fsc_view_is(option.name, "pair"))
        r->entry.pair = fsc_lex_string_add(&r->c->string, option.value);
    if (fsc_view_is(option.name, "names") && option.value.data)
        return fsc_lex_fail(r->c->err, place, 0, "names is a flag without a value");
    if (fsc_view_is(option.name, "names"))
        r->entry.flags |= FSC_ENTRY_NAMES;
    r->rule_option |= fsc_view_is(option.name, "rule");
    return FSC_OK;
}

// ---------------------------------------------------------------- patterns

static int read_regex(row_state *r, uint32_t index)
{
    fsc_lex_compiler *c = r->c;
    fsc_lex_place place = place_of(r, FSC_LEX_PATTERN);
    fsc_view text;
    int status = fsc_lex_regex_check(r->row->cell[FSC_LEX_PATTERN], &text, place, c->err);
    if (status)
        return status;
    if (!r->need)
        return fsc_lex_fail(c->err, place, 0,
                            "a regex needs the option need=word: a word that stands in every sentence it matches");
    status = fsc_lex_automaton_entry(&c->automaton, r->need, index | FSC_LEX_REGEX, place, c->err);
    if (status)
        return status;
    fsc_lex_regex regex = {fsc_lex_string_add(&c->string, text), index};
    if (!fsc_vec_push(&c->arena, &c->regex, regex))
        return fsc_err_nomem(c->err);
    r->entry.regex = (uint32_t)c->regex.len;
    return FSC_OK;
}

// A word, or words to choose from: what can be member of a class.
static bool is_single(const fsc_lex_tree *tree)
{
    if (tree->kind == FSC_LEX_TREE_WORD)
        return true;
    if (tree->kind == FSC_LEX_TREE_SEQUENCE)
        return !tree->child->next && is_single(tree->child);
    if (tree->kind != FSC_LEX_TREE_CHOICE)
        return false;
    for (const fsc_lex_tree *child = tree->child; child; child = child->next)
        if (!is_single(child))
            return false;
    return true;
}

static int read_words(row_state *r, uint32_t index)
{
    fsc_lex_compiler *c = r->c;
    fsc_lex_place place = place_of(r, FSC_LEX_PATTERN);
    fsc_lex_tree *tree;
    int status = fsc_lex_pattern_parse(&tree, r->row->cell[FSC_LEX_PATTERN], FSC_LEX_USE_ENTRY, &c->symbols,
                                       c->file->head[FSC_LEX_HEAD_LANGUAGE], place, c->err);
    if (status)
        return status;
    if (c->dimension == FSC_NONE && !r->guarded && is_single(tree)) {
        fsc_lex_member member = {r->row->cell[FSC_LEX_CATEGORY], c->file->head[FSC_LEX_HEAD_LANGUAGE], tree};
        if (!fsc_vec_push(&c->arena, &c->member, member))
            return fsc_err_nomem(c->err);
    }
    index |= fsc_lex_tree_stretches(tree) ? FSC_LEX_STRETCHES : 0;
    index |= r->guarded ? FSC_LEX_GUARDED : 0;
    return fsc_lex_automaton_entry(&c->automaton, tree, index, place, c->err);
}

// `@name` stands for a rule in code where the lexicon is one of rules, or the option rule= says so.
static bool is_rule(const row_state *r)
{
    fsc_view pattern = r->row->cell[FSC_LEX_PATTERN];
    return pattern.data[0] == '@' && (r->c->file->rules || r->rule_option);
}

// Two entries are the same when pattern, category and guards are.
static int check_double(row_state *r)
{
    fsc_lex_compiler *c = r->c;
    const fsc_view part[] = {r->row->cell[FSC_LEX_PATTERN],
                             r->row->cell[FSC_LEX_CATEGORY],
                             r->guard_text[0],
                             r->guard_text[1],
                             r->guard_text[2],
                             r->guard_text[3]};
    enum { PARTS = sizeof part / sizeof *part };
    size_t len = PARTS, at = 0;
    for (size_t i = 0; i < PARTS; i++)
        len += part[i].len;
    char *key = fsc_arena_alloc(&c->arena, len);
    if (!key)
        return fsc_err_nomem(c->err);
    for (size_t i = 0; i < PARTS; i++) {
        if (part[i].len > 0)
            memcpy(key + at, part[i].data, part[i].len);
        at += part[i].len;
        key[at++] = '\t';
    }
    bool is_new = false;
    uint32_t *line = fsc_map_put(&c->seen, fsc_view_of(key, len), r->row->line, &is_new);
    if (!line)
        return fsc_err_nomem(c->err);
    if (is_new)
        return FSC_OK;
    return fsc_lex_fail(c->err, place_of(r, FSC_LEX_PATTERN), 0, "the same entry stands in line %u", (unsigned)*line);
}

static bool add_guards(row_state *r)
{
    fsc_lex_compiler *c = r->c;
    if (r->guarded && !fsc_vec_push(&c->arena, &c->guards, r->guards))
        return false;
    return fsc_vec_push(&c->arena, &c->guarded, r->guarded ? (uint32_t)c->guards.len : 0);
}

int fsc_lex_compile_row(fsc_lex_compiler *c, const fsc_lex_row *row)
{
    row_state r = {.c = c, .row = row};
    uint32_t index = (uint32_t)c->entry.len;
    fsc_view rest = row->cell[FSC_LEX_OPTIONS], pattern = row->cell[FSC_LEX_PATTERN];
    if (index >= FSC_LEX_ENTRY)
        return fsc_err_set(c->err, FSC_E_LIMIT, "more than %u entries", FSC_LEX_ENTRY);
    if (pattern.len == 0)
        return fsc_lex_fail(c->err, place_of(&r, FSC_LEX_PATTERN), 0, "the pattern is missing");
    int status = read_category(&r);
    if (!status)
        status = read_weight(&r);
    fsc_lex_option option;
    while (!status && rest.len > 0 && fsc_lex_option_next(&rest, &option))
        status = read_option(&r, option);
    if (!status)
        status = check_double(&r);
    if (status)
        return status;
    r.entry.lexicon = c->lexicon.data[c->lexicon.len - 1].name;
    r.entry.line = row->line;
    r.entry.pattern = fsc_lex_string_add(&c->string, pattern);
    r.entry.options = fsc_lex_string_add(&c->string, row->cell[FSC_LEX_OPTIONS]);
    r.entry.note = fsc_lex_string_add(&c->string, row->cell[FSC_LEX_NOTE]);
    if (is_rule(&r))
        r.entry.flags |= FSC_ENTRY_RULE;
    else
        status = fsc_lex_is_regex(pattern) ? read_regex(&r, index) : read_words(&r, index);
    if (!status && !(add_guards(&r) && fsc_vec_push(&c->arena, &c->entry, r.entry)))
        status = fsc_err_nomem(c->err);
    return status;
}
