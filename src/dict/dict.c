#include <stdarg.h>
#include <stdio.h>

#include "codec/codec.h"
#include "dict/dict_p.h"

#define LARGEST (256u << 20)

static const struct {
    const char *name, *endings;
    fsc_dict_reader *read;
    fsc_dict_writer *write;
} formats[FSC_DICT_FORMATS] = {
#define FSC_DICT(id, name, endings, what) {name, endings, fsc_dict_read_##id, fsc_dict_write_##id},
#include "dict/formats.def"
#undef FSC_DICT
};

// ---------------------------------------------------------------- errors, warnings, losses

int fsc_dict_fail(const fsc_dict *d, fsc_err *err, uint32_t line, uint32_t column, const char *fmt, ...)
{
    char text[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return fsc_err_at(err, FSC_E_LEXICON, d->path, line, column, "%s", text);
}

bool fsc_dict_warn(fsc_dict *d, uint32_t line, const char *fmt, ...)
{
    char text[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    fsc_dict_note note = {line, fsc_arena_dup(d->arena, fsc_view_cstr(text))};
    return note.text.data && fsc_vec_push(d->arena, &d->warning, note);
}

void fsc_dict_lose(fsc_dict *d, enum fsc_dict_loss kind, uint32_t line)
{
    if (d->loss[kind]++ == 0)
        d->loss_line[kind] = line;
}

const char *fsc_dict_lost(const fsc_dict *d, enum fsc_dict_loss kind)
{
    static const char *const texts[] = {
#define FSC_DICT_LOSS(id, text) text,
#include "dict/losses.def"
#undef FSC_DICT_LOSS
    };
    if (!d->loss[kind])
        return NULL;
    fsc_view text = d->loss_line[kind]
                        ? fsc_arena_printf(d->arena, "%u %s; the first in line %u", d->loss[kind], texts[kind], d->loss_line[kind])
                        : fsc_arena_printf(d->arena, "%u %s", d->loss[kind], texts[kind]);
    return text.data;
}

// ---------------------------------------------------------------- categories and entries

uint32_t fsc_dict_category_add(fsc_dict *d, uint32_t parent, fsc_view name, uint32_t line)
{
    fsc_dict_category c = {.name = fsc_arena_dup(d->arena, fsc_view_trim(name)), .id = {"", 0}, .note = {"", 0}, .parent = parent, .line = line};
    if (!c.name.data || !fsc_vec_push(d->arena, &d->category, c))
        return FSC_DICT_NONE;
    return (uint32_t)d->category.len - 1;
}

static fsc_view category_key(fsc_dict *d, uint32_t parent, fsc_view name)
{
    return fsc_arena_printf(d->arena, "c%u\t%.*s", parent, (int)name.len, name.data);
}

uint32_t fsc_dict_category_find(fsc_dict *d, uint32_t parent, fsc_view name, uint32_t line)
{
    name = fsc_view_trim(name);
    fsc_view key = category_key(d, parent, name);
    uint32_t *known = key.data ? fsc_map_get(&d->seen, key) : NULL;
    if (known || !key.data)
        return known ? *known : FSC_DICT_NONE;
    uint32_t made = fsc_dict_category_add(d, parent, name, line);
    return made != FSC_DICT_NONE && fsc_map_put(&d->seen, key, made, NULL) ? made : FSC_DICT_NONE;
}

// Empty rather than nothing: views are cut everywhere.
static void fill_views(fsc_dict_entry *e)
{
    fsc_view *const view[] = {&e->term, &e->weight, &e->note, &e->when, &e->options};
    for (size_t i = 0; i < sizeof view / sizeof *view; i++)
        if (!view[i]->data)
            *view[i] = (fsc_view){"", 0};
}

bool fsc_dict_add(fsc_dict *d, const fsc_dict_entry *entry)
{
    fsc_dict_entry filled = *entry, *e = &filled;
    fill_views(e);
    fsc_view key = fsc_arena_printf(d->arena, "e%u\t%.*s\t%.*s\t%.*s", e->category, (int)e->term.len, e->term.data, (int)e->when.len,
                                    e->when.data, (int)e->options.len, e->options.data);
    bool is_new;
    uint32_t *known = key.data ? fsc_map_put(&d->seen, key, e->line, &is_new) : NULL;
    if (!known)
        return false;
    fsc_view category = d->category.data[e->category].name;
    if (!is_new)
        return fsc_dict_warn(d, e->line, "\"%.*s\" is in category %.*s already (line %u): taken once", (int)e->term.len, e->term.data,
                             (int)category.len, category.data, *known);
    return fsc_vec_push(d->arena, &d->entry, *e);
}

fsc_view fsc_dict_path(const fsc_dict *d, uint32_t category, char separator, fsc_arena *arena)
{
    fsc_view path = d->category.data[category].name;
    for (uint32_t up = d->category.data[category].parent; up != FSC_DICT_NONE && path.data; up = d->category.data[up].parent)
        path = fsc_arena_printf(arena, "%.*s%c%.*s", (int)d->category.data[up].name.len, d->category.data[up].name.data, separator,
                                (int)path.len, path.data);
    return path;
}

bool fsc_dict_index_make(fsc_dict_index *x, const fsc_dict *d)
{
    size_t categories = d->category.len + 1, entries = d->entry.len + 1;
    x->first = fsc_arena_alloc(d->arena, categories * sizeof *x->first);
    x->child = fsc_arena_alloc(d->arena, categories * sizeof *x->child);
    x->sibling = fsc_arena_alloc(d->arena, categories * sizeof *x->sibling);
    x->next = fsc_arena_alloc(d->arena, entries * sizeof *x->next);
    x->top = FSC_DICT_NONE;
    if (!x->first || !x->child || !x->sibling || !x->next)
        return false;
    for (size_t i = 0; i < categories; i++)
        x->first[i] = x->child[i] = x->sibling[i] = FSC_DICT_NONE;
    for (size_t i = d->entry.len; i-- > 0;) {
        uint32_t c = d->entry.data[i].category;
        x->next[i] = x->first[c];
        x->first[c] = (uint32_t)i;
    }
    for (size_t i = d->category.len; i-- > 0;) {
        uint32_t *head = d->category.data[i].parent == FSC_DICT_NONE ? &x->top : &x->child[d->category.data[i].parent];
        x->sibling[i] = *head;
        *head = (uint32_t)i;
    }
    return true;
}

// ---------------------------------------------------------------- formats

fsc_dict_format fsc_dict_format_named(fsc_view name)
{
    for (int i = 0; i < FSC_DICT_FORMATS; i++) {
        fsc_view rest = fsc_view_cstr(formats[i].endings);
        if (fsc_view_eq_nocase(name, fsc_view_cstr(formats[i].name)))
            return (fsc_dict_format)i;
        while (rest.data)
            if (fsc_view_eq_nocase(name, fsc_view_split(&rest, ' ')))
                return (fsc_dict_format)i;
    }
    return FSC_DICT_FORMATS;
}

const char *fsc_dict_format_name(fsc_dict_format format)
{
    return formats[format].name;
}

static fsc_view ending_of(fsc_view path)
{
    size_t at = path.len;
    while (at > 0 && path.data[at - 1] != '.' && path.data[at - 1] != '/')
        at--;
    return at > 0 && path.data[at - 1] == '.' ? fsc_view_slice(path, at, path.len) : (fsc_view){"", 0};
}

static fsc_view stem_of(fsc_view path)
{
    size_t end = path.len, start;
    while (end > 0 && path.data[end - 1] != '.' && path.data[end - 1] != '/')
        end--;
    end = end > 1 && path.data[end - 1] == '.' && path.data[end - 2] != '/' ? end - 1 : path.len;
    for (start = end; start > 0 && path.data[start - 1] != '/';)
        start--;
    return fsc_view_slice(path, start, end);
}

// What the first lines that say something look like.
static fsc_dict_format sniff(fsc_view text)
{
    fsc_view line;
    uint32_t number = 0, weighted = 0, lines = 0;
    if (fsc_xml_root_is(fsc_view_slice(text, 0, 4096), "dictionary"))
        return FSC_DICT_ykd;
    while (lines < 20 && fsc_dict_line(&text, &line, &number)) {
        fsc_view rest = fsc_view_trim(line);
        if (!rest.len)
            continue;
        if (fsc_view_starts(line, FSC_LIT("#lexicon")) || fsc_view_starts(line, FSC_LIT("pattern\t")))
            return FSC_DICT_framescope;
        if (rest.data[0] == '#' || rest.data[0] == ';')
            continue;
        if (lines++ == 0) {
            if (rest.data[0] == '%')
                return FSC_DICT_liwc;
            if (rest.data[0] == '+' && rest.len > 1)
                return FSC_DICT_lc3;
            if (fsc_view_starts(rest, FSC_LIT("DicTerm,")))
                return FSC_DICT_dicx;
        }
        fsc_view token = fsc_view_split(&rest, '\t'), number_of = rest.data ? fsc_view_split(&rest, '\t') : (fsc_view){0};
        if (token.len && number_of.data && fsc_dict_is_number(fsc_view_trim(number_of)))
            return FSC_DICT_vader;
        weighted += fsc_view_ends(fsc_view_trim(line), FSC_LIT(")"));
    }
    return weighted * 2 > lines ? FSC_DICT_cat : FSC_DICT_list;
}

fsc_dict_format fsc_dict_format_of(fsc_view path, fsc_view bytes)
{
    fsc_dict_format format = fsc_dict_format_named(ending_of(path));
    bytes = bytes.data ? bytes : (fsc_view){"", 0};
    if (format != FSC_DICT_FORMATS && format != FSC_DICT_framescope)
        return format;
    fsc_view text = fsc_view_starts(bytes, FSC_LIT("\xEF\xBB\xBF")) ? fsc_view_slice(bytes, 3, bytes.len) : bytes;
    fsc_dict_format found = sniff(fsc_view_slice(text, 0, 64u << 10));
    // .tsv is ours unless it plainly is VADER's; a faulty head of ours must not become something else
    if (format == FSC_DICT_framescope)
        return found == FSC_DICT_vader && text.len && text.data[0] != '#' ? found : format;
    return found;
}

static int fail_at(const fsc_dict *d, fsc_err *err, fsc_view text, size_t offset, const char *what)
{
    uint32_t line = 1, column = 1;
    for (size_t i = 0; i < offset; i++) {
        column = text.data[i] == '\n' ? 1 : column + 1;
        line += text.data[i] == '\n';
    }
    return fsc_dict_fail(d, err, line, column, "%s", what);
}

int fsc_dict_read(fsc_dict *out, fsc_dict_format format, fsc_view path, fsc_view bytes, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_dict){.arena = arena, .path = path, .name = stem_of(path), .format = format};
    fsc_map_init(&out->seen, arena);
    if (bytes.len > LARGEST)
        return fsc_dict_fail(out, err, 1, 1, "larger than %u MiB: no dictionary", LARGEST >> 20);
    bool wide = fsc_view_starts(bytes, FSC_LIT("\xFF\xFE")) || fsc_view_starts(bytes, FSC_LIT("\xFE\xFF"));
    const char *binary = wide ? NULL : fsc_charset_binary(bytes);
    if (binary)
        return fsc_dict_fail(out, err, 1, 1, "no dictionary: %s", binary);
    fsc_view text = {"", 0};
    uint32_t repaired = 0;
    const char *label = "UTF-8";
    int status = fsc_charset_decode(&text, bytes, (fsc_view){0}, false, arena, &repaired, &label, err);
    if (status)
        return status;
    const char *zero = text.len ? memchr(text.data, 0, text.len) : NULL;
    if (zero)
        return fail_at(out, err, text, (size_t)(zero - text.data), "a zero byte: a binary file");
    if (!fsc_view_eq_nocase(fsc_view_cstr(label), FSC_LIT("utf-8")) && !fsc_dict_warn(out, 1, "not UTF-8: read as %s", label))
        return fsc_err_nomem(err);
    if (repaired && !fsc_dict_warn(out, 1, "%u places are no %s: each became U+FFFD", repaired, label))
        return fsc_err_nomem(err);
    status = formats[format].read(out, text.data ? text : (fsc_view){"", 0}, err);
    if (!status && !out->entry.len && !fsc_dict_warn(out, 0, "no entries"))
        return fsc_err_nomem(err);
    return status;
}

int fsc_dict_write(fsc_buf *out, fsc_dict *d, fsc_dict_format format, fsc_err *err)
{
    memset(d->loss, 0, sizeof d->loss);
    memset(d->loss_line, 0, sizeof d->loss_line);
    int status = formats[format].write(out, d, err);
    if (!status && out->failed)
        status = fsc_err_set(err, out->failed, "no room for the dictionary: %s", fsc_status_text(out->failed));
    return status;
}
