#include "codec/codec.h"
#include "dict/native_p.h"

#define DEEPEST 32      // levels of a category
#define MOST_TERMS 256  // of one pattern

enum { PATTERN, CATEGORY, WEIGHT, OPTIONS, NOTE, COLUMNS };

typedef struct reading {
    fsc_dict *d;
    fsc_view poles;
    fsc_map label;                 /* slug -> index into labels */
    fsc_vec(fsc_view) labels;      /* "name, number, note" with tabs between */
    fsc_map category;              /* slug -> category */
    size_t at[COLUMNS];            /* index + 1 */
    bool columns;
    fsc_err *err;
} reading;

// ---------------------------------------------------------------- patterns

typedef struct expanding {
    fsc_view text;
    size_t pos;
    fsc_arena *arena;
    unsigned depth;
} expanding;

static bool expand_choice(expanding *x, char close, fsc_native_terms *out);

// all := all x parts
static bool multiply(expanding *x, fsc_native_terms *all, const fsc_native_terms *parts)
{
    fsc_native_terms out = {0};
    if (all->len * parts->len > MOST_TERMS)
        return false;
    for (size_t i = 0; i < all->len; i++) {
        for (size_t k = 0; k < parts->len; k++) {
            fsc_view joined = fsc_arena_printf(x->arena, "%.*s%.*s", (int)all->data[i].len, all->data[i].data, (int)parts->data[k].len,
                                               parts->data[k].data);
            if (!joined.data || !fsc_vec_push(x->arena, &out, joined))
                return false;
        }
    }
    *all = out;
    return true;
}

// Letters up to the next mark; what a dictionary cannot say ends the trial.
static bool take_letters(expanding *x, fsc_view *out)
{
    char *data = fsc_arena_alloc(x->arena, 2 * x->text.len + 1);
    size_t n = 0;
    if (!data)
        return false;
    for (; x->pos < x->text.len; x->pos++) {
        char c = x->text.data[x->pos];
        bool starts = x->pos == 0 || strchr(" (|[", x->text.data[x->pos - 1]) != NULL;
        if (strchr("()[]|", c))
            break;
        if (strchr("<>{}", c) || (starts && strchr("=^$", c)) || (x->pos == 0 && strchr("/@", c)))
            return false;
        if (c == '\\' && x->pos + 1 < x->text.len) {
            c = x->text.data[++x->pos];
            if (strchr("*?\\", c))
                data[n++] = '\\';
        }
        data[n++] = c;
    }
    *out = fsc_view_of(data, n);
    return true;
}

static bool expand_sequence(expanding *x, fsc_native_terms *out)
{
    fsc_view nothing = {"", 0};
    if (!fsc_vec_push(x->arena, out, nothing))
        return false;
    while (x->pos < x->text.len) {
        char c = x->text.data[x->pos];
        fsc_native_terms parts = {0};
        fsc_view letters;
        if (c == '|' || c == ')' || c == ']')
            break;
        if (c == '(' || c == '[') {
            x->pos++;
            if (!expand_choice(x, c == '(' ? ')' : ']', &parts) || (c == '[' && !fsc_vec_push(x->arena, &parts, nothing)))
                return false;
        } else if (!take_letters(x, &letters) || !fsc_vec_push(x->arena, &parts, letters)) {
            return false;
        }
        if (!multiply(x, out, &parts))
            return false;
    }
    return true;
}

static bool expand_choice(expanding *x, char close, fsc_native_terms *out)
{
    if (++x->depth > 16)
        return false;
    for (;;) {
        fsc_native_terms parts = {0};
        if (!expand_sequence(x, &parts))
            return false;
        for (size_t i = 0; i < parts.len; i++)
            if (out->len >= MOST_TERMS || !fsc_vec_push(x->arena, out, parts.data[i]))
                return false;
        if (x->pos >= x->text.len || x->text.data[x->pos] != '|')
            break;
        x->pos++;
    }
    x->depth--;
    if (close && (x->pos >= x->text.len || x->text.data[x->pos] != close))
        return false;
    x->pos += close != 0;
    return true;
}

// Blanks made single, in place.
static fsc_view tidy(fsc_view v)
{
    char *data = (char *)(uintptr_t)v.data;
    size_t n = 0;
    for (size_t i = 0; i < v.len; i++)
        if (v.data[i] != ' ' || (n && data[n - 1] != ' '))
            data[n++] = v.data[i];
    while (n && data[n - 1] == ' ')
        n--;
    return fsc_view_of(data, n);
}

bool fsc_native_expand(fsc_native_terms *out, fsc_view pattern, fsc_arena *arena)
{
    expanding x = {.text = pattern, .arena = arena};
    *out = (fsc_native_terms){0};
    if (!expand_choice(&x, 0, out) || x.pos < pattern.len)
        return false;
    for (size_t i = 0; i < out->len; i++) {
        out->data[i] = tidy(out->data[i]);
        if (!out->data[i].len)
            return false;
    }
    return true;
}

// ---------------------------------------------------------------- categories

static int pole_of(const reading *r, fsc_view slug)
{
    int of_level = 0;
    size_t level = slug.len;
    while (level > 0 && slug.data[level - 1] != '.')
        level--;
    fsc_view last = fsc_view_slice(slug, level, slug.len);
    for (fsc_view rest = r->poles; rest.data;) {
        fsc_view field = fsc_view_split(&rest, ' ');
        size_t sign = fsc_view_find(field, FSC_LIT("="), 0);
        if (sign == SIZE_MAX)
            continue;
        fsc_view name = fsc_view_slice(field, 0, sign), value = fsc_view_slice(field, sign + 1, field.len);
        int pole = fsc_view_is(value, "+") ? 1 : fsc_view_is(value, "-") ? -1 : 0;
        if (fsc_view_eq(name, slug))
            return pole;
        if (fsc_view_eq(name, last))
            of_level = pole;
    }
    return of_level;
}

static bool label(reading *r, fsc_view slug, uint32_t category)
{
    uint32_t *known = fsc_map_get(&r->label, slug);
    fsc_dict_category *c = &r->d->category.data[category];
    if (!known)
        return true;
    fsc_view rest = r->labels.data[*known];
    c->name = fsc_view_trim(fsc_view_split(&rest, '\t'));
    c->id = rest.data ? fsc_view_trim(fsc_view_split(&rest, '\t')) : c->id;
    c->note = rest.data ? fsc_view_trim(rest) : c->note;
    return c->name.len > 0;
}

// The category of a slug, with those above it; FSC_DICT_NONE: out of memory.
static uint32_t category_of(reading *r, fsc_view slug, uint32_t line)
{
    uint32_t parent = FSC_DICT_NONE;
    unsigned depth = 0;
    for (size_t end = 0, start = 0; end <= slug.len; end++) {
        bool last = end == slug.len;
        if (!last && (slug.data[end] != '.' || depth + 1 >= DEEPEST))
            continue;
        fsc_view path = fsc_view_slice(slug, 0, end);
        uint32_t *known = fsc_map_get(&r->category, path);
        uint32_t made = known ? *known : fsc_dict_category_add(r->d, parent, fsc_view_slice(slug, start, end), line);
        if (made == FSC_DICT_NONE || (!known && (!fsc_map_put(&r->category, path, made, NULL) || !label(r, path, made))))
            return FSC_DICT_NONE;
        if (!known)
            r->d->category.data[made].pole = pole_of(r, path);
        parent = made;
        start = end + 1;
        depth++;
    }
    return parent;
}

// ---------------------------------------------------------------- rows

// Takes the options that this room wrote out of those that stay. False: the row was made of a rule, which stands for itself.
static bool split_options(reading *r, fsc_view text, fsc_dict_entry *e, bool *minus)
{
    fsc_buf rest;
    fsc_buf_init(&rest, NULL, 1 << 20);
    bool own = true, conditional = fsc_view_starts(text, FSC_LIT("when=")) || fsc_view_find(text, FSC_LIT("; when="), 0) != SIZE_MAX;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.data[end] != ';')
            end += text.data[end] == '\\' && end + 1 < text.len ? 2 : 1;
        fsc_view option = fsc_view_trim(fsc_view_slice(text, at, end));
        at = end + 1;
        if (fsc_view_starts(option, FSC_LIT("from=")))
            own = false;
        else if (fsc_view_starts(option, FSC_LIT("when=")))
            e->when = fsc_view_slice(option, 5, option.len);
        else if (fsc_view_is(option, "sign=-"))
            *minus = true;
        else if (fsc_view_is(option, "rule=wordstat"))
            e->flags |= FSC_DICT_RULE;
        else if (option.len && !(conditional && (fsc_view_find(option, FSC_LIT("before="), 0) < 2 || fsc_view_find(option, FSC_LIT("after="), 0) < 2)))
            fsc_buf_printf(&rest, "%s%.*s", rest.len ? "; " : "", (int)option.len, option.data);
    }
    e->options = fsc_arena_dup(r->d->arena, fsc_buf_view(&rest));
    fsc_buf_release(&rest);
    return own;
}

static bool add_terms(reading *r, fsc_dict_entry *e, fsc_view pattern)
{
    fsc_native_terms terms;
    if (e->flags & FSC_DICT_RULE) {
        e->term = fsc_view_slice(pattern, 1, pattern.len);
        e->when = e->note;
        e->note = (fsc_view){"", 0};
        return fsc_dict_add(r->d, e);
    }
    if (!fsc_native_expand(&terms, pattern, r->d->arena)) {
        e->flags |= FSC_DICT_PATTERN;
        e->term = pattern;
        return !r->d->arena->failed && fsc_dict_add(r->d, e);
    }
    for (size_t i = 0; i < terms.len; i++) {
        e->term = terms.data[i];
        if (!fsc_dict_add(r->d, e))
            return false;
    }
    return true;
}

static fsc_view cell_of(const reading *r, const fsc_view *cell, size_t count, int column)
{
    size_t at = r->at[column];
    return at && at <= count ? fsc_view_trim(cell[at - 1]) : (fsc_view){"", 0};
}

static int read_row(reading *r, fsc_view line, uint32_t number)
{
    fsc_view *cell;
    size_t count;
    bool minus = false;
    fsc_dict_entry e = {.line = number};
    if (fsc_csv_cells(&cell, &count, line, '\t', r->d->arena))
        return fsc_err_nomem(r->err);
    fsc_view pattern = cell_of(r, cell, count, PATTERN), slug = cell_of(r, cell, count, CATEGORY);
    if (!pattern.len || !slug.len)
        return fsc_dict_fail(r->d, r->err, number, 1, "a row needs a pattern and a category");
    e.weight = cell_of(r, cell, count, WEIGHT);
    e.note = cell_of(r, cell, count, NOTE);
    if (e.weight.len && !fsc_dict_is_number(e.weight))
        return fsc_dict_fail(r->d, r->err, number, 1, "the weight is no number; framescope lexicon check names every fault");
    if (!split_options(r, cell_of(r, cell, count, OPTIONS), &e, &minus))
        return FSC_OK;
    if (minus && fsc_view_ends(slug, FSC_LIT(".minus"))) {
        slug = fsc_view_slice(slug, 0, slug.len - 6);
        e.weight = fsc_arena_printf(r->d->arena, "-%.*s", (int)e.weight.len, e.weight.data);
    } else if (fsc_view_is(e.weight, "1")) {
        e.weight.len = 0; // the usual weight says nothing
    }
    e.category = category_of(r, slug, number);
    if (e.category == FSC_DICT_NONE)
        return fsc_err_nomem(r->err);
    if (minus)
        r->d->category.data[e.category].pole = 0; // it had none: the sign was in the weights
    return add_terms(r, &e, pattern) ? FSC_OK : fsc_err_nomem(r->err);
}

static int read_head(reading *r, fsc_view line, uint32_t number)
{
    fsc_view rest = fsc_view_slice(line, 1, line.len), name = fsc_view_split(&rest, '\t');
    if (!rest.data) { // blanks for the tab
        rest = fsc_view_slice(line, 1, line.len);
        name = fsc_view_split(&rest, ' ');
    }
    (void)number;
    if (fsc_view_is(name, "poles"))
        r->poles = fsc_view_trim(rest);
    if (fsc_view_is(name, "lexicon") && fsc_view_trim(rest).len)
        r->d->name = fsc_view_trim(rest);
    if (!fsc_view_is(name, "label") || !rest.data)
        return FSC_OK;
    fsc_view slug = fsc_view_trim(fsc_view_split(&rest, '\t'));
    fsc_view text = rest.data ? rest : (fsc_view){"", 0};
    if (!fsc_map_put(&r->label, slug, (uint32_t)r->labels.len, NULL) || !fsc_vec_push(r->d->arena, &r->labels, text))
        return fsc_err_nomem(r->err);
    return FSC_OK;
}

static int read_columns(reading *r, fsc_view line, uint32_t number)
{
    static const char *const names[COLUMNS] = {"pattern", "category", "weight", "options", "note"};
    size_t index = 0;
    while (line.data) {
        fsc_view name = fsc_view_trim(fsc_view_split(&line, '\t'));
        index++;
        for (int c = 0; c < COLUMNS; c++)
            if (fsc_view_is(name, names[c]))
                r->at[c] = index;
    }
    r->columns = true;
    if (!r->at[PATTERN] || !r->at[CATEGORY])
        return fsc_dict_fail(r->d, r->err, number, 1, "the line after the head names the columns: pattern category weight options note");
    // categories that only a label names are categories too
    for (size_t i = 0; i < r->label.len; i++)
        if (category_of(r, r->label.entries[i].key, number) == FSC_DICT_NONE)
            return fsc_err_nomem(r->err);
    return FSC_OK;
}

int fsc_dict_read_framescope(fsc_dict *d, fsc_view text, fsc_err *err)
{
    reading r = {.d = d, .err = err};
    fsc_view line;
    uint32_t number = 0;
    int status = FSC_OK;
    fsc_map_init(&r.label, d->arena);
    fsc_map_init(&r.category, d->arena);
    while (!status && fsc_dict_line(&text, &line, &number)) {
        bool comment = line.len && line.data[0] == '#' && (line.len == 1 || line.data[1] == ' ' || line.data[1] == '\t');
        if (!fsc_view_trim(line).len || comment)
            continue;
        if (!r.columns)
            status = line.data[0] == '#' ? read_head(&r, line, number) : read_columns(&r, line, number);
        else
            status = read_row(&r, line, number);
    }
    return status || r.columns ? status : fsc_dict_fail(d, err, 1, 1, "there is no line of column names (pattern category ...)");
}
