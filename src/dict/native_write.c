#include "dict/native_p.h"

#define LONGEST_OPTIONS (48u << 10) // lines of a lexicon have 64 KiB at most

void fsc_native_end(fsc_native *w, uint32_t line)
{
    fsc_buf_char(w->out, '\n');
    if (w->line && !fsc_vec_push(w->d->arena, w->line, line))
        w->failed = true;
}

void fsc_native_pattern(fsc_buf *out, fsc_view term, bool guard)
{
    bool first = true;
    for (size_t i = 0; i < term.len; i++) {
        char c = term.data[i];
        if (c == '\\' && i + 1 < term.len) {
            fsc_buf_char(out, '\\');
            fsc_buf_char(out, term.data[++i]);
            first = false;
            continue;
        }
        bool special = c && strchr("()[]|<>{}\"", c) != NULL, starts = first && c && strchr("^$=/@#!", c) != NULL;
        if (special || starts || (guard && c == ';'))
            fsc_buf_char(out, '\\');
        fsc_buf_char(out, c);
        first = c == ' ';
    }
}

static void put_cell(fsc_buf *out, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        fsc_buf_char(out, v.data[i] == '\t' || v.data[i] == '\n' || v.data[i] == '\r' ? ' ' : v.data[i]);
}

void fsc_native_row(fsc_native *w, const fsc_dict_entry *e, fsc_view options)
{
    bool minus = e->weight.len && e->weight.data[0] == '-', rule = e->flags & FSC_DICT_RULE;
    fsc_buf *out = w->out;
    if (rule)
        fsc_buf_printf(out, "@%.*s", (int)e->term.len, e->term.data);
    else if (e->flags & FSC_DICT_PATTERN)
        put_cell(out, e->term);
    else
        fsc_native_pattern(out, e->term, false);
    fsc_buf_printf(out, "\t%.*s%s\t", (int)w->slug[e->category].len, w->slug[e->category].data, minus ? ".minus" : "");
    if (e->weight.len)
        fsc_dict_weight(out, w->d, e, 3, true);
    else
        fsc_buf_char(out, '1');
    fsc_buf_printf(out, "\t%s%s", minus ? "sign=-" : "", minus && options.len ? "; " : "");
    put_cell(out, options);
    fsc_buf_char(out, '\t');
    put_cell(out, rule ? e->when : e->note);
    fsc_native_end(w, e->line);
}

// ---------------------------------------------------------------- conditions

static bool is_single(fsc_view term)
{
    return !memchr(term.data, ' ', term.len);
}

// Is the category one of the numbers in "(02 134)", or below one that is?
static bool is_named(const fsc_dict *d, uint32_t category, fsc_view numbers)
{
    int64_t wanted, own;
    for (; category != FSC_DICT_NONE; category = d->category.data[category].parent) {
        if (!fsc_view_int(d->category.data[category].id, &own))
            continue;
        for (fsc_view rest = numbers; rest.data;) {
            fsc_view number = fsc_view_trim(fsc_view_split(&rest, ' '));
            if (fsc_view_int(number, &wanted) && wanted == own)
                return true;
        }
    }
    return false;
}

bool fsc_native_condition(fsc_native *w, const fsc_dict_entry *e, fsc_buf *options)
{
    const fsc_dict *d = w->d;
    bool otherwise = e->when.data[0] == '!', found = false;
    fsc_view when = fsc_view_slice(e->when, otherwise, e->when.len);
    fsc_buf_printf(options, "when=%.*s; %s", (int)e->when.len, e->when.data, otherwise ? "!" : "");
    if (when.len < 3)
        return false;
    fsc_view inside = fsc_view_trim(fsc_view_slice(when, 1, when.len - 1));
    if (when.data[0] == '<') {
        fsc_buf_adds(options, "after=");
        fsc_native_pattern(options, inside, true);
        return inside.len > 0;
    }
    if (when.data[0] != '(')
        return false;
    fsc_buf_adds(options, "before=");
    for (size_t i = 0; i < d->entry.len && options->len < LONGEST_OPTIONS; i++) {
        const fsc_dict_entry *word = &d->entry.data[i];
        if (word->flags || !is_single(word->term) || !is_named(d, word->category, inside))
            continue;
        fsc_buf_adds(options, found ? "|" : "");
        fsc_native_pattern(options, word->term, true);
        found = true;
    }
    return found && options->len < LONGEST_OPTIONS;
}

// ---------------------------------------------------------------- names

// A name as lexicons have them: a-z, 0-9 and hyphens.
static void put_slug(fsc_buf *out, fsc_view name)
{
    size_t before = out->len;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i] >= 'A' && name.data[i] <= 'Z' ? (char)(name.data[i] + 32) : name.data[i];
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (digit && out->len == before)
            fsc_buf_char(out, 'c');
        if (letter || digit)
            fsc_buf_char(out, c);
        else if (out->len > before && out->data[out->len - 1] != '-')
            fsc_buf_char(out, '-');
    }
    if (out->len > before && out->data[out->len - 1] == '-')
        fsc_dict_take_back(out, out->len - 1);
    if (out->len == before)
        fsc_buf_adds(out, "category");
}

static bool make_slugs(fsc_native *w)
{
    fsc_dict *d = w->d;
    fsc_map taken;
    fsc_buf slug;
    bool good = true;
    w->slug = FSC_NEW_N(d->arena, fsc_view, d->category.len + 1);
    fsc_map_init(&taken, d->arena);
    fsc_buf_init(&slug, w->out->alloc, 1 << 16);
    for (size_t i = 0; w->slug && good && i < d->category.len; i++) {
        const fsc_dict_category *c = &d->category.data[i];
        fsc_buf_reset(&slug, 1 << 12);
        if (c->parent != FSC_DICT_NONE)
            fsc_buf_printf(&slug, "%.*s.", (int)w->slug[c->parent].len, w->slug[c->parent].data);
        put_slug(&slug, c->name);
        size_t len = slug.len;
        bool is_new = false;
        for (unsigned k = 2; good && !is_new; k++) {
            w->slug[i] = fsc_arena_dup(d->arena, fsc_buf_view(&slug));
            good = w->slug[i].data && !slug.failed && fsc_map_put(&taken, w->slug[i], 0, &is_new);
            fsc_dict_take_back(&slug, len);
            fsc_buf_printf(&slug, "-%u", k);
        }
    }
    fsc_buf_release(&slug);
    return w->slug && good;
}

static void put_head(fsc_native *w, const bool *minus)
{
    fsc_dict *d = w->d;
    fsc_buf *out = w->out;
    fsc_buf name;
    bool poles = false;
    fsc_buf_init(&name, out->alloc, 1 << 12);
    put_slug(&name, d->name);
    fsc_buf_printf(out, "#lexicon\t%s", name.data);
    fsc_native_end(w, 1);
    fsc_buf_adds(out, "#language\tund");
    fsc_native_end(w, 1);
    fsc_buf_adds(out, "#version\t1");
    fsc_native_end(w, 1);
    fsc_buf_adds(out, "#license\tthat of the dictionary it was made from");
    fsc_native_end(w, 1);
    fsc_buf_printf(out, "#dimension\t%s", name.data);
    fsc_native_end(w, 1);
    fsc_buf_release(&name);
    for (size_t i = 0; i < d->category.len; i++) {
        int pole = d->category.data[i].pole;
        if (!pole && !minus[i])
            continue;
        fsc_buf_printf(out, "%s%.*s=%s", poles ? " " : "#poles\t", (int)w->slug[i].len, w->slug[i].data, pole < 0 ? "-" : "+");
        if (minus[i])
            fsc_buf_printf(out, " %.*s.minus=%s", (int)w->slug[i].len, w->slug[i].data, pole < 0 ? "+" : "-");
        poles = true;
    }
    if (poles)
        fsc_native_end(w, 1);
    // elsewhere a word counts in each of its categories, whatever stands around it
    fsc_buf_adds(out, "#overlap\tcategory");
    fsc_native_end(w, 1);
    fsc_buf_adds(out, "#plain\tyes");
    fsc_native_end(w, 1);
    fsc_buf_adds(out, "#source\t");
    put_cell(out, d->name);
    fsc_buf_printf(out, ", read as %s", fsc_dict_format_name(d->format));
    fsc_native_end(w, 1);
}

static fsc_view last_level(fsc_view slug)
{
    size_t level = slug.len;
    while (level > 0 && slug.data[level - 1] != '.')
        level--;
    return fsc_view_slice(slug, level, slug.len);
}

// Do the rows alone tell the categories: their names, and by the first entry of each their order?
static bool rows_tell(const fsc_native *w)
{
    const fsc_dict *d = w->d;
    size_t next = 0;
    for (size_t i = 0; i < d->category.len; i++) {
        const fsc_dict_category *c = &d->category.data[i];
        if (c->id.len || c->note.len || !fsc_view_eq(c->name, last_level(w->slug[i])))
            return false;
    }
    for (size_t i = 0; i < d->entry.len; i++) {
        uint32_t c = d->entry.data[i].category;
        if (c > next)
            return false;
        next += c == next;
    }
    return next == d->category.len;
}

// "#label slug, name, number, note": what other tools call the categories, in their order.
static void put_labels(fsc_native *w)
{
    fsc_dict *d = w->d;
    if (rows_tell(w))
        return;
    for (size_t i = 0; i < d->category.len; i++) {
        const fsc_dict_category *c = &d->category.data[i];
        fsc_buf_printf(w->out, "#label\t%.*s\t", (int)w->slug[i].len, w->slug[i].data);
        put_cell(w->out, c->name);
        if (c->id.len || c->note.len)
            fsc_buf_printf(w->out, "\t%.*s", (int)c->id.len, c->id.data);
        if (c->note.len) {
            fsc_buf_char(w->out, '\t');
            put_cell(w->out, c->note);
        }
        fsc_native_end(w, c->line);
    }
}

// ---------------------------------------------------------------- rows

static bool put_entry(fsc_native *w, const fsc_dict_entry *e)
{
    fsc_buf options;
    fsc_buf_init(&options, w->out->alloc, 1 << 20);
    bool said = true;
    fsc_buf_addv(&options, e->options);
    if (e->flags & FSC_DICT_RULE) {
        fsc_buf_adds(&options, options.len ? "; rule=wordstat" : "rule=wordstat");
        said = fsc_native_rule(w, e);
    } else if (e->when.len) {
        fsc_buf_adds(&options, options.len ? "; " : "");
        said = fsc_native_condition(w, e, &options);
    }
    if (said || e->flags & FSC_DICT_RULE)
        fsc_native_row(w, e, fsc_buf_view(&options));
    w->failed |= options.failed;
    fsc_buf_release(&options);
    return said;
}

static int write_native(fsc_native *w, fsc_err *err)
{
    fsc_dict *d = w->d;
    bool *minus = FSC_NEW_N(d->arena, bool, d->category.len + 1);
    if (!minus || !make_slugs(w))
        return fsc_err_nomem(err);
    for (size_t i = 0; i < d->entry.len; i++)
        minus[d->entry.data[i].category] |= d->entry.data[i].weight.len && d->entry.data[i].weight.data[0] == '-';
    put_head(w, minus);
    put_labels(w);
    fsc_buf_adds(w->out, "pattern\tcategory\tweight\toptions\tnote");
    fsc_native_end(w, 1);
    for (size_t i = 0; i < d->entry.len; i++) {
        const fsc_dict_entry *e = &d->entry.data[i];
        if (put_entry(w, e))
            continue;
        if (!fsc_dict_warn(d, e->line, "%s cannot be made of guards: %.*s", e->flags & FSC_DICT_RULE ? "the rule" : "the condition",
                           (int)(e->when.len < 80 ? e->when.len : 80), e->when.data))
            w->failed = true;
        fsc_dict_lose(d, e->flags & FSC_DICT_RULE ? FSC_DICT_LOSS_RULE : FSC_DICT_LOSS_CONDITION_ENTRY, e->line);
    }
    return w->failed ? fsc_err_nomem(err) : FSC_OK;
}

int fsc_dict_write_framescope(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    fsc_native w = {.out = out, .d = d};
    return write_native(&w, err);
}

int fsc_dict_lexicon(fsc_buf *out, fsc_dict_lines *line, fsc_dict *d, fsc_err *err)
{
    fsc_native w = {.out = out, .d = d, .line = line};
    memset(d->loss, 0, sizeof d->loss);
    int status = write_native(&w, err);
    return !status && out->failed ? fsc_err_nomem(err) : status;
}
