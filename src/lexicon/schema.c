#include "lexicon/schema_p.h"

#include "lexicon/symbol_p.h"

#define MOST_NAMES 65000u // they are numbered in 16 bits

void fsc_lex_names_init(fsc_lex_names *n, fsc_arena *arena)
{
    *n = (fsc_lex_names){.arena = arena};
    fsc_map_init(&n->by_name, arena);
}

enum { KIND_DIMENSION, KIND_RESOURCE, KIND_CATEGORY };

// The number kept under a name of a kind; *is_new tells that it was just given.
static uint32_t *number_of(fsc_lex_names *n, uint32_t kind, fsc_view name, size_t next, bool *is_new)
{
    char room[sizeof kind + 96];
    size_t len = sizeof kind + name.len;
    char *key = len <= sizeof room ? room : fsc_arena_alloc(n->arena, len);
    *is_new = false;
    if (!key)
        return NULL;
    memcpy(key, &kind, sizeof kind);
    memcpy(key + sizeof kind, name.data, name.len);
    uint32_t *known = fsc_map_get(&n->by_name, fsc_view_of(key, len));
    if (known)
        return known;
    fsc_view kept = fsc_arena_dup(n->arena, fsc_view_of(key, len));
    return kept.data ? fsc_map_put(&n->by_name, kept, (uint32_t)next, is_new) : NULL;
}

int fsc_lex_names_category(fsc_lex_names *n, uint32_t dimension, fsc_view name, uint32_t *out, fsc_err *err)
{
    if (name.len > 0 && dimension == n->last_dimension && fsc_view_eq(name, n->last_name)) {
        *out = n->last_number;
        return FSC_OK;
    }
    bool is_new, resource = dimension == FSC_NONE;
    size_t next = resource ? n->resource.len : n->category.len;
    uint32_t *slot = number_of(n, resource ? KIND_RESOURCE : KIND_CATEGORY + dimension, name, next, &is_new);
    if (!slot)
        return fsc_err_nomem(err);
    *out = *slot;
    n->last_name = name;
    n->last_dimension = dimension;
    n->last_number = *slot;
    if (!is_new)
        return FSC_OK;
    if (next >= MOST_NAMES)
        return fsc_err_set(err, FSC_E_LIMIT, "more than %u categories", MOST_NAMES);
    fsc_view kept = fsc_arena_dup(n->arena, name);
    fsc_lex_category category = {.dimension = dimension};
    bool added = kept.data && (resource ? fsc_vec_push(n->arena, &n->resource, kept)
                                        : fsc_vec_push(n->arena, &n->category, category) &&
                                              fsc_vec_push(n->arena, &n->category_name, kept));
    return added ? FSC_OK : fsc_err_nomem(err);
}

// ---------------------------------------------------------------- poles

static int add_pole(fsc_lex_names *n, uint32_t dimension, fsc_view field, fsc_lex_place place, fsc_err *err)
{
    size_t sign = fsc_view_find(field, FSC_LIT("="), 0);
    fsc_view name = fsc_view_slice(field, 0, sign < field.len ? sign : 0);
    fsc_view value = sign < field.len ? fsc_view_slice(field, sign + 1, field.len) : field;
    fsc_lex_named_pole pole = {name, dimension, 0, place};
    if (fsc_view_is(value, "+"))
        pole.pole = 1;
    else if (fsc_view_is(value, "-") || fsc_view_is(value, "\xE2\x88\x92"))
        pole.pole = -1;
    else if (!fsc_view_is(value, "o"))
        return fsc_lex_fail(err, place, 0, "#poles has name=+, name=- or name=o");
    if (!fsc_lex_is_name(name))
        return fsc_lex_fail(err, place, 0, "#poles: a category is [a-z][a-z0-9-]*, levels joined by dots");
    for (size_t i = 0; i < n->pole.len; i++) {
        const fsc_lex_named_pole *known = &n->pole.data[i];
        if (known->dimension != dimension || !fsc_view_eq(known->name, name))
            continue;
        if (known->pole == pole.pole)
            return FSC_OK;
        return fsc_lex_fail(err, place, 0, "%.*s has another pole in %.*s, line %u", (int)name.len, name.data,
                            (int)known->place.path.len, known->place.path.data, (unsigned)known->place.line);
    }
    return fsc_vec_push(n->arena, &n->pole, pole) ? FSC_OK : fsc_err_nomem(err);
}

static int add_poles(fsc_lex_names *n, uint32_t dimension, const fsc_lex_file *file, fsc_err *err)
{
    fsc_view line = file->head[FSC_LEX_HEAD_POLES];
    for (size_t i = 0; i < line.len;) {
        size_t end = i;
        while (end < line.len && line.data[end] != ' ' && line.data[end] != '\t')
            end++;
        fsc_lex_place place = file->head_place[FSC_LEX_HEAD_POLES];
        place.column += (uint32_t)i;
        int status = end > i ? add_pole(n, dimension, fsc_view_slice(line, i, end), place, err) : FSC_OK;
        if (status)
            return status;
        i = end + 1;
    }
    return FSC_OK;
}

int fsc_lex_names_dimension(fsc_lex_names *n, const fsc_lex_file *file, fsc_buf *string, uint32_t *out, fsc_err *err)
{
    bool is_new;
    fsc_view name = file->head[FSC_LEX_HEAD_DIMENSION];
    uint32_t *slot = number_of(n, KIND_DIMENSION, name, n->dimension.len, &is_new);
    if (!slot)
        return fsc_err_nomem(err);
    *out = *slot;
    if (is_new) {
        if (n->dimension.len >= MOST_NAMES)
            return fsc_err_set(err, FSC_E_LIMIT, "more than %u dimensions", MOST_NAMES);
        fsc_lex_dimension dimension = {fsc_lex_string_add(string, name), 0, 0, file->plain, file->overlap};
        if (!fsc_vec_push(n->arena, &n->dimension, dimension))
            return fsc_err_nomem(err);
    }
    n->dimension.data[*out].rules |= file->rules;
    return add_poles(n, *out, file, err);
}

static fsc_view last_level(fsc_view name)
{
    size_t start = name.len;
    while (start > 0 && name.data[start - 1] != '.')
        start--;
    return fsc_view_slice(name, start, name.len);
}

// A name of #poles that no entry has is a category too (rules may give it), unless it stands for a last level.
static int add_named_categories(fsc_lex_names *n, fsc_err *err)
{
    size_t mentioned = n->category.len;
    for (size_t i = 0; i < n->pole.len; i++) {
        const fsc_lex_named_pole *pole = &n->pole.data[i];
        bool known = false;
        for (size_t c = 0; c < mentioned && !known; c++)
            known = n->category.data[c].dimension == pole->dimension &&
                    fsc_view_eq(last_level(n->category_name.data[c]), pole->name);
        uint32_t category;
        int status = known ? FSC_OK : fsc_lex_names_category(n, pole->dimension, pole->name, &category, err);
        if (status)
            return status;
    }
    return FSC_OK;
}

static int32_t pole_of(const fsc_lex_names *n, uint32_t dimension, fsc_view name)
{
    int32_t of_level = 0;
    fsc_view level = last_level(name);
    for (size_t i = 0; i < n->pole.len; i++) {
        const fsc_lex_named_pole *pole = &n->pole.data[i];
        if (pole->dimension != dimension)
            continue;
        if (fsc_view_eq(pole->name, name))
            return pole->pole;
        if (fsc_view_eq(pole->name, level))
            of_level = pole->pole;
    }
    return of_level;
}

int fsc_lex_names_finish(fsc_lex_names *n, fsc_lex_image *image, fsc_buf *string, fsc_err *err)
{
    int status = add_named_categories(n, err);
    if (status)
        return status;
    size_t count = n->category.len;
    fsc_lex_category *category = FSC_NEW_N(n->arena, fsc_lex_category, count);
    fsc_lex_str *resource = FSC_NEW_N(n->arena, fsc_lex_str, n->resource.len);
    n->rank = FSC_NEW_N(n->arena, uint32_t, count);
    if (!category || !resource || !n->rank)
        return fsc_err_nomem(err);
    uint32_t rank = 0;
    for (uint32_t d = 0; d < n->dimension.len; d++) {
        for (size_t i = 0; i < count; i++) {
            if (n->category.data[i].dimension != d)
                continue;
            int32_t pole = pole_of(n, d, n->category_name.data[i]);
            n->dimension.data[d].poles |= pole != 0;
            category[rank] = (fsc_lex_category){fsc_lex_string_add(string, n->category_name.data[i]), d, pole};
            n->rank[i] = rank++;
        }
    }
    for (size_t i = 0; i < n->resource.len; i++)
        resource[i] = fsc_lex_string_add(string, n->resource.data[i]);
    image->dimension = n->dimension.data, image->dimension_count = (uint32_t)n->dimension.len;
    image->category = category, image->category_count = rank;
    image->resource = resource, image->resource_count = (uint32_t)n->resource.len;
    return FSC_OK;
}
