// LIWC .dic: categories between two lines with %, then terms with the numbers of their categories; LIWC 2007's conditions.
#include <stdio.h>

#include "dict/dict_p.h"

#define DEEPEST 32

typedef struct reading {
    fsc_dict *d;
    fsc_map id;                /* number without zeros before it -> category */
    uint32_t above[DEEPEST];   /* the last category of each level */
    fsc_err *err;
} reading;

static int nomem(reading *r)
{
    return fsc_err_nomem(r->err);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static fsc_view plain_id(fsc_view id)
{
    size_t zeros = 0;
    while (zeros + 1 < id.len && id.data[zeros] == '0')
        zeros++;
    return fsc_view_slice(id, zeros, id.len);
}

// ---------------------------------------------------------------- categories

// "function (Function Words)": the name and what it is in full.
static void split_name(fsc_dict_category *c)
{
    size_t open = fsc_view_find(c->name, FSC_LIT(" ("), 0);
    if (open == SIZE_MAX || open == 0 || c->name.data[c->name.len - 1] != ')')
        return;
    c->note = fsc_view_slice(c->name, open + 2, c->name.len - 1);
    c->name = fsc_view_slice(c->name, 0, open);
}

static int read_category(reading *r, fsc_view line, uint32_t number)
{
    size_t depth = 0, end;
    while (depth < line.len && line.data[depth] == '\t')
        depth++;
    fsc_view text = fsc_view_trim(line);
    for (end = 0; end < text.len && is_digit(text.data[end]);)
        end++;
    fsc_view id = fsc_view_slice(text, 0, end), name = fsc_view_trim(fsc_view_slice(text, end, text.len));
    if (!id.len)
        return fsc_dict_warn(r->d, number, "a category without a number: left out") ? FSC_OK : nomem(r);
    if (!name.len) {
        if (!fsc_dict_warn(r->d, number, "category %.*s has no name: it is its name", (int)id.len, id.data))
            return nomem(r);
        name = id;
    }
    depth = depth < DEEPEST ? depth : DEEPEST - 1;
    uint32_t parent = depth ? r->above[depth - 1] : FSC_DICT_NONE;
    uint32_t made = fsc_dict_category_add(r->d, parent, name, number);
    if (made == FSC_DICT_NONE)
        return nomem(r);
    for (size_t i = depth; i < DEEPEST; i++)
        r->above[i] = made;
    bool is_new;
    uint32_t *first = fsc_map_put(&r->id, plain_id(id), made, &is_new);
    if (!first)
        return nomem(r);
    split_name(&r->d->category.data[made]);
    if (is_new)
        r->d->category.data[made].id = id;
    else if (!fsc_dict_warn(r->d, number, "number %.*s is given already (line %u): its terms go to the first", (int)id.len, id.data,
                            r->d->category.data[*first].line))
        return nomem(r);
    return FSC_OK;
}

// The category of a number; one that no line names is made.
static int category_of(reading *r, fsc_view id, uint32_t number, uint32_t *out)
{
    uint32_t *known = fsc_map_get(&r->id, plain_id(id));
    if (known) {
        *out = *known;
        return FSC_OK;
    }
    if (!fsc_dict_warn(r->d, number, "number %.*s has no category: one of that name is made", (int)id.len, id.data))
        return nomem(r);
    *out = fsc_dict_category_add(r->d, FSC_DICT_NONE, id, number);
    if (*out == FSC_DICT_NONE || !fsc_map_put(&r->id, plain_id(id), *out, NULL))
        return nomem(r);
    r->d->category.data[*out].id = id;
    return FSC_OK;
}

// ---------------------------------------------------------------- terms

// One number with its condition: "125", "<of>131/125", "(02 134)125/464".
typedef struct assignment {
    fsc_view when, id, other;
} assignment;

static fsc_view take_digits(fsc_view *rest)
{
    size_t n = 0;
    while (n < rest->len && is_digit(rest->data[n]))
        n++;
    fsc_view digits = fsc_view_slice(*rest, 0, n);
    *rest = fsc_view_slice(*rest, n, rest->len);
    return digits;
}

static fsc_view skip_blanks(fsc_view v)
{
    while (v.len && (v.data[0] == ' ' || v.data[0] == '\t' || v.data[0] == ','))
        v = fsc_view_slice(v, 1, v.len);
    return v;
}

// False: what stands there is none.
static bool take_assignment(fsc_view *rest, assignment *out)
{
    *out = (assignment){0};
    fsc_view v = *rest;
    if (v.len && (v.data[0] == '<' || v.data[0] == '(')) {
        const char *close = memchr(v.data, v.data[0] == '<' ? '>' : ')', v.len);
        if (!close)
            return false;
        size_t n = (size_t)(close - v.data) + 1;
        out->when = fsc_view_slice(v, 0, n);
        v = skip_blanks(fsc_view_slice(v, n, v.len));
    }
    out->id = take_digits(&v);
    if (!out->id.len)
        return false;
    if (v.len && v.data[0] == '/' && out->when.len) {
        v = fsc_view_slice(v, 1, v.len);
        out->other = take_digits(&v);
    }
    if (v.len && v.data[0] != ' ' && v.data[0] != '\t' && v.data[0] != ',')
        return false;
    *rest = skip_blanks(v);
    return true;
}

static bool all_assignments(fsc_view rest)
{
    assignment a;
    rest = skip_blanks(rest);
    if (!rest.len)
        return false;
    while (rest.len)
        if (!take_assignment(&rest, &a))
            return false;
    return true;
}

// Where the term ends: at the first tab, or at the first blank behind which only numbers stand. 0: nowhere.
static size_t term_end(fsc_view line)
{
    const char *tab = memchr(line.data, '\t', line.len);
    if (tab && all_assignments(fsc_view_slice(line, (size_t)(tab - line.data), line.len)))
        return (size_t)(tab - line.data);
    for (size_t i = 1; i < line.len; i++)
        if ((line.data[i] == ' ' || line.data[i] == '\t') && all_assignments(fsc_view_slice(line, i, line.len)))
            return i;
    return 0;
}

static int add(reading *r, fsc_view term, fsc_view when, bool otherwise, fsc_view id, uint32_t number)
{
    fsc_dict_entry e = {.term = term, .line = number, .when = when};
    if (otherwise)
        e.when = fsc_arena_printf(r->d->arena, "!%.*s", (int)when.len, when.data);
    int status = category_of(r, id, number, &e.category);
    if (status)
        return status;
    return e.when.data || !when.data ? (fsc_dict_add(r->d, &e) ? FSC_OK : nomem(r)) : nomem(r);
}

static int read_term(reading *r, fsc_view line, uint32_t number)
{
    line = fsc_view_trim(line);
    size_t end = term_end(line);
    if (!end)
        return fsc_dict_warn(r->d, number, "\"%.*s\" has no number of a category: left out", (int)(line.len < 60 ? line.len : 60),
                             line.data)
                   ? FSC_OK
                   : nomem(r);
    if (!memchr(line.data, '\t', line.len) && !fsc_dict_warn(r->d, number, "blanks for tabs: the term is \"%.*s\"", (int)end, line.data))
        return nomem(r);
    fsc_view term = fsc_dict_term(r->d, fsc_view_slice(line, 0, end), "?"), rest = skip_blanks(fsc_view_slice(line, end, line.len));
    int status = term.data ? FSC_OK : nomem(r);
    while (rest.len && !status) {
        assignment a;
        if (!take_assignment(&rest, &a))
            break;
        status = add(r, term, a.when, false, a.id, number);
        if (!status && a.other.len)
            status = add(r, term, a.when, true, a.other, number);
    }
    return status;
}

int fsc_dict_read_liwc(fsc_dict *d, fsc_view text, fsc_err *err)
{
    reading r = {.d = d, .err = err};
    fsc_view line;
    uint32_t number = 0;
    int marks = 0, status = FSC_OK;
    fsc_map_init(&r.id, d->arena);
    for (int i = 0; i < DEEPEST; i++)
        r.above[i] = FSC_DICT_NONE;
    while (!status && fsc_dict_line(&text, &line, &number)) {
        fsc_view said = fsc_view_trim(line);
        if (!said.len)
            continue;
        if (said.data[0] == '%' && fsc_view_trim(fsc_view_slice(said, 1, said.len)).len == 0)
            marks++;
        else if (marks == 0)
            return fsc_dict_fail(d, err, number, 1, "a LIWC dictionary begins with a line that is %%, before its categories");
        else
            status = marks == 1 ? read_category(&r, line, number) : read_term(&r, line, number);
    }
    if (!status && marks < 2)
        return fsc_dict_fail(d, err, number, 1, "there is no second line that is %% behind the categories");
    return status;
}

// ---------------------------------------------------------------- writing

// The numbers stay where there are any; others follow the highest.
static fsc_view *number_categories(fsc_dict *d)
{
    int64_t highest = 0, n;
    fsc_view *id = FSC_NEW_N(d->arena, fsc_view, d->category.len + 1);
    for (size_t i = 0; id && i < d->category.len; i++)
        if (fsc_view_int(plain_id(d->category.data[i].id), &n) && n > highest)
            highest = n;
    for (size_t i = 0; id && i < d->category.len; i++) {
        id[i] = d->category.data[i].id;
        if (!id[i].len && !(id[i] = fsc_arena_printf(d->arena, "%lld", (long long)++highest)).data)
            return NULL;
    }
    return id;
}

static void put_categories(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, const fsc_view *id, uint32_t c, unsigned depth)
{
    for (; c != FSC_DICT_NONE; c = x->sibling[c]) {
        const fsc_dict_category *k = &d->category.data[c];
        for (unsigned i = 0; i < depth; i++)
            fsc_buf_char(out, '\t');
        fsc_buf_printf(out, "%.*s\t%.*s", (int)id[c].len, id[c].data, (int)k->name.len, k->name.data);
        if (k->note.len)
            fsc_buf_printf(out, " (%.*s)", (int)k->note.len, k->note.data);
        fsc_buf_char(out, '\n');
        if (k->pole)
            fsc_dict_lose(d, FSC_DICT_LOSS_POLE, k->line);
        put_categories(out, d, x, id, x->child[c], depth + 1);
    }
}

// The entry of the same term that says what holds if the condition does not.
static uint32_t other_of(const fsc_dict *d, const uint32_t *next, uint32_t e, const bool *done)
{
    fsc_view when = d->entry.data[e].when;
    for (uint32_t o = next[e]; o != FSC_DICT_NONE; o = next[o]) {
        fsc_view w = d->entry.data[o].when;
        if (!done[o] && w.len == when.len + 1 && w.data[0] == '!' && fsc_view_eq(fsc_view_slice(w, 1, w.len), when))
            return o;
    }
    return FSC_DICT_NONE;
}

static void put_assignments(fsc_buf *out, fsc_dict *d, const uint32_t *next, uint32_t e, const fsc_view *id, bool *done)
{
    for (; e != FSC_DICT_NONE; e = next[e]) {
        const fsc_dict_entry *x = &d->entry.data[e];
        if (done[e])
            continue;
        done[e] = true;
        if (x->when.len && x->when.data[0] == '!') {
            fsc_dict_lose(d, FSC_DICT_LOSS_CONDITION_ENTRY, x->line);
            continue;
        }
        uint32_t other = x->when.len ? other_of(d, next, e, done) : FSC_DICT_NONE;
        fsc_view own = id[x->category];
        fsc_buf_printf(out, "\t%.*s%.*s", (int)x->when.len, x->when.data, (int)own.len, own.data);
        if (other == FSC_DICT_NONE)
            continue;
        done[other] = true;
        own = id[d->entry.data[other].category];
        fsc_buf_printf(out, "/%.*s", (int)own.len, own.data);
    }
}

// Entries of the same term follow each other by `next`; first[e]: it is the first of its term.
static bool group_terms(fsc_dict *d, uint32_t *next, bool *first, bool *left_out)
{
    fsc_map last;
    fsc_map_init(&last, d->arena);
    for (uint32_t i = 0; i < d->entry.len; i++) {
        const fsc_dict_entry *e = &d->entry.data[i];
        next[i] = FSC_DICT_NONE;
        left_out[i] = fsc_dict_left_out(d, e, FSC_DICT_HOLDS_CONDITION);
        if (left_out[i])
            continue;
        uint32_t *known = fsc_map_put(&last, e->term, i, &first[i]);
        if (!known)
            return false;
        if (!first[i])
            next[*known] = i;
        *known = i;
    }
    return true;
}

int fsc_dict_write_liwc(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    static const fsc_dict_say say = {"*", "\t", true, ' '};
    size_t count = d->entry.len + 1;
    fsc_dict_index x;
    fsc_view *id = number_categories(d);
    uint32_t *next = fsc_arena_alloc(d->arena, count * sizeof *next);
    bool *first = FSC_NEW_N(d->arena, bool, count), *left_out = FSC_NEW_N(d->arena, bool, count), *done = FSC_NEW_N(d->arena, bool, count);
    if (!id || !next || !first || !left_out || !done || !fsc_dict_index_make(&x, d) || !group_terms(d, next, first, left_out))
        return fsc_err_nomem(err);
    fsc_buf_adds(out, "%\n");
    put_categories(out, d, &x, id, x.top, 0);
    fsc_buf_adds(out, "%\n");
    for (uint32_t i = 0; i < d->entry.len; i++) {
        if (left_out[i] || !first[i])
            continue;
        size_t before = out->len;
        if (!fsc_dict_say_term(out, d, &d->entry.data[i], &say))
            continue;
        size_t term = out->len;
        put_assignments(out, d, next, i, id, done);
        if (out->len == term)
            fsc_dict_take_back(out, before);
        else
            fsc_buf_char(out, '\n');
    }
    return FSC_OK;
}
