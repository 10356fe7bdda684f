// Yoshikoder .ykd and Lexicoder 2 .lcd: <cnode> is a category, <pnode> a pattern, nested at will.
#include "codec/codec.h"
#include "dict/dict_p.h"

typedef struct reading {
    fsc_dict *d;
    uint32_t at[FSC_XML_DEPTH + 1]; /* the category of each open element */
    unsigned depth;
    bool root, failed;
} reading;

static bool take_category(reading *r, const fsc_xml_element *e, uint32_t *made)
{
    fsc_view name = fsc_xml_attribute_of(e, "name"), note = fsc_xml_attribute_of(e, "desc");
    uint32_t parent = r->at[r->depth];
    if (!fsc_view_trim(name).len && !fsc_dict_warn(r->d, e->line, "a category without a name: it is called unnamed"))
        return false;
    *made = fsc_dict_category_find(r->d, parent, fsc_view_trim(name).len ? name : FSC_LIT("unnamed"), e->line);
    if (*made == FSC_DICT_NONE)
        return false;
    fsc_dict_category *c = &r->d->category.data[*made];
    if (note.len && !c->note.len)
        c->note = fsc_arena_dup(r->d->arena, note);
    return !note.len || c->note.data;
}

static bool take_pattern(reading *r, const fsc_xml_element *e)
{
    fsc_view name = fsc_xml_attribute_of(e, "name"), note = fsc_xml_attribute_of(e, "desc");
    fsc_dict_entry entry = {.term = fsc_dict_term(r->d, name, ""), .category = r->at[r->depth], .line = e->line};
    if (!entry.term.data)
        return false;
    if (!entry.term.len)
        return fsc_dict_warn(r->d, e->line, "a pattern without a name: left out");
    if (note.len && !(entry.note = fsc_arena_dup(r->d->arena, note)).data)
        return false;
    if (entry.category == FSC_DICT_NONE) {
        if (!fsc_dict_warn(r->d, e->line, "a pattern outside of categories: it goes to one named %.*s", (int)r->d->name.len, r->d->name.data))
            return false;
        entry.category = fsc_dict_category_find(r->d, FSC_DICT_NONE, r->d->name, e->line);
    }
    return entry.category != FSC_DICT_NONE && fsc_dict_add(r->d, &entry);
}

static bool on_start(void *user, const fsc_xml_element *e)
{
    reading *r = user;
    uint32_t here = r->at[r->depth];
    bool good = true;
    if (fsc_view_eq_nocase(e->name, FSC_LIT("dictionary"))) {
        r->root = true;
    } else if (fsc_view_is(e->name, "cnode")) {
        good = take_category(r, e, &here);
    } else if (fsc_view_is(e->name, "pnode")) {
        good = take_pattern(r, e);
    } else {
        good = fsc_dict_warn(r->d, e->line, "<%.*s> is no part of a dictionary: passed over", (int)(e->name.len < 40 ? e->name.len : 40),
                             e->name.data);
    }
    if (r->depth < FSC_XML_DEPTH)
        r->depth++;
    r->at[r->depth] = here;
    r->failed = !good;
    return good;
}

static bool on_end(void *user, const fsc_xml_element *e)
{
    reading *r = user;
    (void)e;
    r->depth -= r->depth > 0;
    return true;
}

static bool on_text(void *user, fsc_view text, uint32_t line)
{
    reading *r = user;
    text = fsc_view_trim(text);
    r->failed = text.len && !fsc_dict_warn(r->d, line, "\"%.*s\" stands between the elements: passed over",
                                           (int)(text.len < 40 ? text.len : 40), text.data);
    return !r->failed;
}

static int read_xml(fsc_dict *d, fsc_view text, fsc_err *err)
{
    reading r = {.d = d};
    fsc_err fault = FSC_ERR_INIT;
    fsc_xml_handler handler = {on_start, on_end, on_text, &r};
    r.at[0] = FSC_DICT_NONE;
    int status = fsc_xml_parse(text, &handler, d->arena, &fault);
    if (r.failed || status == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    // what could be recovered has come
    if (status == FSC_E_SYNTAX && r.root && d->entry.len)
        return fsc_dict_warn(d, fault.line, "malformed XML here: %s", fault.text) ? FSC_OK : fsc_err_nomem(err);
    if (status)
        return fsc_dict_fail(d, err, fault.line ? fault.line : 1, fault.column ? fault.column : 1, "%s", fault.text);
    if (!r.root && !d->category.len)
        return fsc_dict_fail(d, err, 1, 1, "no <dictionary> in it");
    return FSC_OK;
}

int fsc_dict_read_ykd(fsc_dict *d, fsc_view text, fsc_err *err)
{
    return read_xml(d, text, err);
}

int fsc_dict_read_lcd(fsc_dict *d, fsc_view text, fsc_err *err)
{
    return read_xml(d, text, err);
}

// ---------------------------------------------------------------- writing

static void put_value(fsc_buf *out, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++) {
        char c = v.data[i];
        if (c == '&' || c == '<' || c == '>' || c == '"')
            fsc_buf_adds(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;");
        else if ((unsigned char)c >= ' ')
            fsc_buf_char(out, c);
        else
            fsc_buf_char(out, ' ');
    }
}

static void indent(fsc_buf *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        fsc_buf_adds(out, "  ");
}

static void put_pattern(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, fsc_buf *term, unsigned depth)
{
    static const fsc_dict_say say = {"*?", "", false, ' '};
    fsc_buf_reset(term, 1 << 12);
    if (fsc_dict_left_out(d, e, FSC_DICT_HOLDS_NOTE) || !fsc_dict_say_term(term, d, e, &say))
        return;
    indent(out, depth);
    fsc_buf_adds(out, "<pnode name=\"");
    put_value(out, fsc_buf_view(term));
    if (e->note.len) {
        fsc_buf_adds(out, "\" desc=\"");
        put_value(out, e->note);
    }
    fsc_buf_adds(out, "\"/>\n");
}

static void put_category(fsc_buf *out, fsc_dict *d, const fsc_dict_index *x, uint32_t c, fsc_buf *term, unsigned depth)
{
    const fsc_dict_category *k = &d->category.data[c];
    if (k->pole)
        fsc_dict_lose(d, FSC_DICT_LOSS_POLE, k->line);
    indent(out, depth);
    fsc_buf_adds(out, "<cnode name=\"");
    put_value(out, k->name);
    if (k->note.len) {
        fsc_buf_adds(out, "\" desc=\"");
        put_value(out, k->note);
    }
    fsc_buf_adds(out, "\">\n");
    for (uint32_t e = x->first[c]; e != FSC_DICT_NONE; e = x->next[e])
        put_pattern(out, d, &d->entry.data[e], term, depth + 1);
    for (uint32_t child = x->child[c]; child != FSC_DICT_NONE; child = x->sibling[child])
        put_category(out, d, x, child, term, depth + 1);
    indent(out, depth);
    fsc_buf_adds(out, "</cnode>\n");
}

static int write_xml(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    fsc_dict_index x;
    fsc_buf term;
    if (!fsc_dict_index_make(&x, d))
        return fsc_err_nomem(err);
    fsc_buf_init(&term, out->alloc, 1 << 20);
    fsc_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dictionary style=\"050805\" patternengine=\"substring\">\n");
    for (uint32_t c = x.top; c != FSC_DICT_NONE; c = x.sibling[c])
        put_category(out, d, &x, c, &term, 1);
    fsc_buf_adds(out, "</dictionary>\n");
    fsc_buf_release(&term);
    return FSC_OK;
}

int fsc_dict_write_ykd(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    return write_xml(out, d, err);
}

int fsc_dict_write_lcd(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    return write_xml(out, d, err);
}
