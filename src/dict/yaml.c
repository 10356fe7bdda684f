// quanteda's YAML: mappings are categories, lists hold terms and, where a category has both, further mappings.
#include "codec/codec.h"
#include "dict/dict_p.h"

typedef struct frame {
    bool list, has_key;
    uint32_t category; /* of a list: its own; of a mapping: what its keys stand below */
    uint32_t key;
} frame;

typedef struct reading {
    fsc_dict *d;
    frame at[FSC_YAML_DEPTH + 1];
    unsigned depth;
    bool failed;
    fsc_err *err;
} reading;

static bool add_term(reading *r, fsc_view text, uint32_t category, uint32_t line)
{
    fsc_dict_entry e = {.term = fsc_dict_term(r->d, text, ""), .category = category, .line = line};
    if (category == FSC_DICT_NONE) {
        if (!fsc_dict_warn(r->d, line, "a term outside of categories: it goes to one named %.*s", (int)r->d->name.len, r->d->name.data))
            return false;
        e.category = fsc_dict_category_find(r->d, FSC_DICT_NONE, r->d->name, line);
    }
    if (e.term.data && !e.term.len)
        return fsc_dict_warn(r->d, line, "an empty term: left out");
    return e.term.data && e.category != FSC_DICT_NONE && fsc_dict_add(r->d, &e);
}

static bool on_scalar(reading *r, fsc_view text, uint32_t line)
{
    frame *f = &r->at[r->depth];
    if (r->depth == 0)
        return false;
    if (f->list)
        return add_term(r, text, f->category, line);
    if (f->has_key) {
        f->has_key = false;
        return text.len ? add_term(r, text, f->key, line) : true; // "key:" with nothing: a category without terms
    }
    if (!text.len && !fsc_dict_warn(r->d, line, "a category without a name: it is called unnamed"))
        return false;
    f->key = fsc_dict_category_find(r->d, f->category, text.len ? text : FSC_LIT("unnamed"), line);
    f->has_key = true;
    return f->key != FSC_DICT_NONE;
}

static bool on_event(void *user, fsc_yaml_event event, fsc_view text, uint32_t line, uint32_t column)
{
    reading *r = user;
    frame *f = &r->at[r->depth];
    if (event == FSC_YAML_SCALAR) {
        if (r->depth == 0) {
            fsc_dict_fail(r->d, r->err, line, column, "a quanteda dictionary is a mapping of categories, not a text");
            return false;
        }
        r->failed = !on_scalar(r, text, line);
        return !r->failed;
    }
    if (event == FSC_YAML_END) {
        r->depth--;
        return true;
    }
    uint32_t category = r->depth == 0 ? FSC_DICT_NONE : f->list ? f->category : f->key;
    if (r->depth && !f->list && !f->has_key) {
        fsc_dict_fail(r->d, r->err, line, column, "the name of a category is a text, not a list or mapping");
        return false;
    }
    f->has_key = false;
    r->at[++r->depth] = (frame){.list = event == FSC_YAML_LIST, .category = category};
    return true;
}

int fsc_dict_read_yaml(fsc_dict *d, fsc_view text, fsc_err *err)
{
    reading r = {.d = d, .err = err};
    fsc_err fault = FSC_ERR_INIT;
    int status = fsc_yaml_parse(text, on_event, &r, &fault);
    if (status == FSC_E_CANCELLED)
        return r.failed ? fsc_err_nomem(err) : FSC_E_LEXICON;
    if (status == FSC_E_SYNTAX)
        return fsc_dict_fail(d, err, fault.line, fault.column, "no YAML: %s", fault.text);
    return status ? fsc_err_nomem(err) : FSC_OK;
}

// ---------------------------------------------------------------- writing

static void indent(fsc_buf *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        fsc_buf_adds(out, "  ");
}

static void put_categories(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, uint32_t c, fsc_buf *term, unsigned depth, bool items);

static uint32_t put_terms(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, uint32_t c, fsc_buf *term, unsigned depth)
{
    static const fsc_dict_say say = {"*?", "", false, ' '};
    uint32_t put = 0;
    for (uint32_t e = x->first[c]; e != FSC_DICT_NONE; e = x->next[e]) {
        fsc_buf_reset(term, 1 << 12);
        if (fsc_dict_left_out(d, &d->entry.data[e], 0) || !fsc_dict_say_term(term, d, &d->entry.data[e], &say))
            continue;
        if (put++ == 0)
            fsc_buf_char(out, '\n');
        indent(out, depth);
        fsc_buf_adds(out, "- ");
        fsc_yaml_scalar(out, fsc_buf_view(term));
        fsc_buf_char(out, '\n');
    }
    return put;
}

static void put_category(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, uint32_t c, fsc_buf *term, unsigned depth)
{
    const fsc_dict_category *k = &d->category.data[c];
    if (k->note.len)
        fsc_dict_lose(d, FSC_DICT_LOSS_NOTE, k->line);
    if (k->pole)
        fsc_dict_lose(d, FSC_DICT_LOSS_POLE, k->line);
    fsc_yaml_scalar(out, k->name);
    fsc_buf_char(out, ':');
    bool terms = put_terms(out, d, x, c, term, depth + 1) > 0;
    if (!terms)
        fsc_buf_adds(out, x->child[c] == FSC_DICT_NONE ? " []\n" : "\n");
    put_categories(out, d, x, x->child[c], term, depth + 1, terms);
}

// Beside terms, categories are items of the list.
static void put_categories(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, uint32_t c, fsc_buf *term, unsigned depth, bool items)
{
    for (; c != FSC_DICT_NONE; c = x->sibling[c]) {
        indent(out, depth);
        fsc_buf_adds(out, items ? "- " : "");
        put_category(out, d, x, c, term, depth + items);
    }
}

int fsc_dict_write_yaml(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    fsc_dict_index x;
    fsc_buf term;
    if (!fsc_dict_index_make(&x, d))
        return fsc_err_nomem(err);
    fsc_buf_init(&term, out->alloc, 1 << 20);
    if (x.top == FSC_DICT_NONE)
        fsc_buf_adds(out, "{}\n");
    put_categories(out, d, &x, x.top, &term, 0, false);
    fsc_buf_release(&term);
    return FSC_OK;
}
