#include "codec/html_p.h"
#include "codec/xml_p.h"

#include "base/buf.h"

typedef struct cleaning {
    fsc_view in;
    size_t pos;
    bool cdata_ends, comment_ends; // false: none is closed from here on
    fsc_buf out;
    fsc_err *err;
} cleaning;

static fsc_view rest_of(const cleaning *c)
{
    return fsc_view_slice(c->in, c->pos, c->in.len);
}

static bool at(const cleaning *c, const char *literal)
{
    return fsc_view_starts(rest_of(c), fsc_view_cstr(literal));
}

static uint32_t line_of(const cleaning *c)
{
    uint32_t line = 1;
    for (size_t i = 0; i < c->pos; i++)
        line += c->in.data[i] == '\n';
    return line;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// ---------------------------------------------------------------- characters

// Is the character at s one that XML forbids? Returns its length then: 1 a control, 3 U+FFFE and U+FFFF.
static size_t forbidden(const char *s, size_t len)
{
    unsigned char c = (unsigned char)*s;
    if (c < ' ')
        return !is_blank(*s);
    return len >= 3 && c == 0xEF && (unsigned char)s[1] == 0xBF && (unsigned char)s[2] >= 0xBE ? 3 : 0;
}

static void put_value(cleaning *c, const char *value, unsigned len)
{
    if (forbidden(value, len))
        fsc_buf_adds(&c->out, "\xEF\xBF\xBD");
    else if (len == 1 && (is_blank(*value) || strchr("<>&\"'", *value)))
        fsc_buf_printf(&c->out, "&#%d;", *value);
    else
        fsc_buf_add(&c->out, value, len);
}

// The reference at the next byte, or a bare '&'.
static void put_reference(cleaning *c)
{
    char value[8];
    unsigned len = 0;
    fsc_view rest = rest_of(c);
    size_t used = fsc_html_reference(rest.data, rest.len, true, value, &len);
    // XML's end in a semicolon
    if (used && rest.data[used - 1] == ';') {
        put_value(c, value, len);
        c->pos += used;
    } else {
        fsc_buf_adds(&c->out, "&#38;");
        c->pos++;
    }
}

// Text up to `end`, which is not in it.
static void put_text(cleaning *c, size_t end, bool references)
{
    while (c->pos < end) {
        size_t i = c->pos, bad = 0;
        while (i < end && !(references && c->in.data[i] == '&') && !(bad = forbidden(c->in.data + i, end - i)))
            i++;
        fsc_buf_add(&c->out, c->in.data + c->pos, i - c->pos);
        c->pos = i;
        if (bad) {
            fsc_buf_adds(&c->out, "\xEF\xBF\xBD");
            c->pos += bad;
        } else if (i < end) {
            put_reference(c);
        }
    }
}

static void put_line_ends(cleaning *c, size_t end)
{
    for (; c->pos < end; c->pos++)
        if (c->in.data[c->pos] == '\n')
            fsc_buf_char(&c->out, '\n');
}

// ---------------------------------------------------------------- markup

// <!DOCTYPE rss PUBLIC "..." "...">: dropped. With declarations: refused.
static int doctype(cleaning *c)
{
    char quote = 0;
    size_t i = c->pos + 9;
    for (; i < c->in.len && (quote || c->in.data[i] != '>'); i++) {
        char ch = c->in.data[i];
        if (!quote && ch == '[')
            return fsc_err_at(c->err, FSC_E_UNSUPPORTED, (fsc_view){"", 0}, line_of(c), 0,
                              "a DOCTYPE with declarations of its own is not read: remove it");
        if (quote ? ch == quote : ch == '"' || ch == '\'')
            quote = quote ? 0 : ch;
    }
    put_line_ends(c, i < c->in.len ? i + 1 : i);
    return FSC_OK;
}

// Comments and processing instructions are dropped, but for the XML declaration, whose charset has been undone.
static void drop_to(cleaning *c, const char *close, bool *ends)
{
    size_t end = *ends ? fsc_view_find(c->in, fsc_view_cstr(close), c->pos + 2) : SIZE_MAX;
    *ends = end != SIZE_MAX;
    put_line_ends(c, *ends ? end + strlen(close) : c->in.len);
}

static void cdata(cleaning *c)
{
    size_t end = c->cdata_ends ? fsc_view_find(c->in, FSC_LIT("]]>"), c->pos) : SIZE_MAX;
    c->cdata_ends = end != SIZE_MAX;
    if (!c->cdata_ends) {
        // not closed: what follows is text
        fsc_buf_adds(&c->out, "&#60;");
        c->pos++;
        return;
    }
    put_text(c, end, false);
    fsc_buf_adds(&c->out, "]]>");
    c->pos = end + 3;
}

static bool begins_tag(const cleaning *c)
{
    fsc_view rest = rest_of(c);
    unsigned char n = rest.len > 1 ? (unsigned char)rest.data[1] : 0;
    return n == '/' || n == '_' || n == ':' || n >= 0x80 || ((n | 32) >= 'a' && (n | 32) <= 'z');
}

static int tag(cleaning *c)
{
    char quote = 0;
    size_t i = c->pos + 1, values = 0;
    // a tag that another one interrupts is malformed: libxml2 says so
    for (; i < c->in.len && (quote || (c->in.data[i] != '>' && c->in.data[i] != '<')); i++) {
        char ch = c->in.data[i];
        values += !quote && ch == '=';
        if (quote ? ch == quote : ch == '"' || ch == '\'')
            quote = quote ? 0 : ch;
    }
    if (values > FSC_XML_ATTRIBUTES)
        return fsc_err_at(c->err, FSC_E_LIMIT, (fsc_view){"", 0}, line_of(c), 0, "a tag has more than %d attributes",
                          FSC_XML_ATTRIBUTES);
    put_text(c, i, true);
    return FSC_OK;
}

static int markup(cleaning *c, bool *ends)
{
    if (at(c, "<!--"))
        drop_to(c, "-->", &c->comment_ends);
    else if (at(c, "<![CDATA["))
        cdata(c);
    else if (at(c, "<?"))
        drop_to(c, "?>", ends);
    else if (fsc_view_eq_nocase(fsc_view_slice(rest_of(c), 0, 9), FSC_LIT("<!doctype")))
        return doctype(c);
    else if (begins_tag(c))
        return tag(c);
    else {
        fsc_buf_adds(&c->out, "&#60;");
        c->pos++;
    }
    return FSC_OK;
}

int fsc_xml_clean(fsc_view *out, fsc_view text, fsc_arena *scratch, fsc_err *err)
{
    cleaning c = {.in = text, .cdata_ends = true, .comment_ends = true, .err = err};
    bool instruction_ends = true;
    // the longest replacement: "&#38;" for '&'
    fsc_buf_init(&c.out, scratch->alloc, text.len * 5 + 16);
    int rc = FSC_OK;
    while (!rc && c.pos < text.len) {
        const char *next = memchr(text.data + c.pos, '<', text.len - c.pos);
        put_text(&c, next ? (size_t)(next - text.data) : text.len, true);
        if (next)
            rc = markup(&c, &instruction_ends);
    }
    if (!rc && c.out.failed)
        rc = fsc_err_nomem(err);
    if (!rc) {
        // what stands around the document is no text
        fsc_view all = fsc_buf_view(&c.out);
        *out = fsc_arena_dup(scratch, all);
        rc = out->data ? FSC_OK : fsc_err_nomem(err);
    }
    fsc_buf_release(&c.out);
    return rc;
}

// ---------------------------------------------------------------- the beginning

fsc_view fsc_xml_encoding(fsc_view bytes)
{
    fsc_view v = fsc_view_trim(fsc_view_slice(bytes, 0, 512));
    size_t end = fsc_view_starts(v, FSC_LIT("<?xml")) ? fsc_view_find(v, FSC_LIT("?>"), 0) : SIZE_MAX;
    v = fsc_view_slice(v, 0, end == SIZE_MAX ? 0 : end);
    size_t label = fsc_view_find(v, FSC_LIT("encoding"), 0);
    if (label == SIZE_MAX)
        return (fsc_view){"", 0};
    v = fsc_view_slice(v, label + 8, v.len);
    size_t i = 0;
    while (i < v.len && v.data[i] != '"' && v.data[i] != '\'')
        i++;
    char quote = i < v.len ? v.data[i] : 0;
    v = fsc_view_slice(v, i + 1, v.len);
    return fsc_view_trim(fsc_view_split(&v, quote));
}

bool fsc_xml_root_is(fsc_view head, const char *name)
{
    for (;;) {
        head = fsc_view_trim(head);
        bool comment = fsc_view_starts(head, FSC_LIT("<!--")), instruction = fsc_view_starts(head, FSC_LIT("<?"));
        if (!comment && !instruction && !fsc_view_eq_nocase(fsc_view_slice(head, 0, 9), FSC_LIT("<!doctype")))
            break;
        const char *close = comment ? "-->" : instruction ? "?>" : ">";
        size_t end = fsc_view_find(head, fsc_view_cstr(close), 2);
        head = fsc_view_slice(head, end == SIZE_MAX ? head.len : end + strlen(close), head.len);
    }
    size_t start = 1, i = 1;
    for (; i < head.len && !is_blank(head.data[i]) && head.data[i] != '>' && head.data[i] != '/'; i++)
        if (head.data[i] == ':')
            start = i + 1;
    return head.len && *head.data == '<' && fsc_view_eq_nocase(fsc_view_slice(head, start, i), fsc_view_cstr(name));
}
