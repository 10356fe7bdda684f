#include "codec/html_p.h"

#define NAME_MAX_LEN 36

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

// ---------------------------------------------------------------- output

static bool make_room(fsc_html_filter *f, size_t more)
{
    if (f->failed)
        return false;
    if (f->len + more <= f->cap)
        return true;
    size_t cap = (f->len + more) * 2;
    char *grown = cap < UINT32_MAX ? fsc_arena_grow(f->scratch, f->out, f->cap, cap) : NULL;
    if (!grown) {
        f->failed = true;
        return false;
    }
    f->out = grown;
    f->cap = cap;
    return true;
}

void fsc_html_emit(fsc_html_filter *f, const char *s, size_t len)
{
    if (!make_room(f, len))
        return;
    memcpy(f->out + f->len, s, len);
    f->len += len;
}

static void note_splice(fsc_html_filter *f, size_t in)
{
    int64_t shift = (int64_t)in - (int64_t)f->len;
    if (shift == f->shift && f->splice_len)
        return;
    if (f->splice_len == f->splice_cap) {
        size_t cap = f->splice_cap ? f->splice_cap * 2 : 4096;
        fsc_html_splice *grown =
            fsc_arena_grow(f->scratch, f->splice, f->splice_cap * sizeof *grown, cap * sizeof *grown);
        if (!grown) {
            f->failed = true;
            return;
        }
        f->splice = grown;
        f->splice_cap = cap;
    }
    f->splice[f->splice_len++] = (fsc_html_splice){(uint32_t)f->len, (uint32_t)in};
    f->shift = shift;
}

void fsc_html_copy(fsc_html_filter *f, size_t from, size_t to)
{
    if (from >= to)
        return;
    note_splice(f, from);
    fsc_html_emit(f, f->page.data + from, to - from);
}

// A character that would be markup in the output.
static bool emit_escaped(fsc_html_filter *f, char c)
{
    const char *e = c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : NULL;
    if (e)
        fsc_html_emit(f, e, strlen(e));
    return e != NULL;
}

static size_t copy_reference(fsc_html_filter *f, size_t pos, size_t to, bool attribute)
{
    char value[8];
    unsigned size = 0;
    size_t used = fsc_html_reference(f->page.data + pos, to - pos, attribute, value, &size);
    note_splice(f, pos);
    if (used == 0) {
        fsc_html_emit(f, "&amp;", 5);
        return 1;
    }
    if (!(size == 1 && emit_escaped(f, value[0])))
        fsc_html_emit(f, value, size);
    return used;
}

void fsc_html_copy_text(fsc_html_filter *f, size_t from, size_t to, bool attribute)
{
    const char *s = f->page.data;
    bool collapse = !attribute && !f->stack->pre;
    size_t run = from; // start of what is copied as it is
    for (size_t i = from; i < to;) {
        char c = s[i];
        if (c == '&' || c == '<' || c == 0 || (attribute && (c == '"' || c == '>'))) {
            fsc_html_copy(f, run, i);
            if (c == '&')
                i += copy_reference(f, i, to, attribute);
            else
                emit_escaped(f, s[i++]); // NUL vanishes
            run = i;
        } else if (collapse && is_blank(c) && i + 1 < to && is_blank(s[i + 1])) {
            fsc_html_copy(f, run, i + 1);
            while (i < to && is_blank(s[i]))
                i++;
            run = i;
        } else {
            i++;
        }
    }
    fsc_html_copy(f, run, to);
}

static void close_open(fsc_html_filter *f, size_t count)
{
    while (count--) {
        const fsc_html_open *o = fsc_html_pop(f->stack);
        fsc_html_emit(f, "</", 2);
        fsc_html_emit(f, o->name, o->len);
        fsc_html_emit(f, ">", 1);
    }
}

// ---------------------------------------------------------------- tags

// The name at pos in lower case into name[]; returns the offset after it.
static size_t read_name(fsc_view page, size_t pos, char name[NAME_MAX_LEN], size_t *len)
{
    size_t n = 0;
    for (; pos < page.len; pos++) {
        char c = page.data[pos];
        if (is_blank(c) || c == '>' || c == '/')
            break;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 32);
        bool plain = is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
        if (n < NAME_MAX_LEN)
            name[n++] = plain ? c : '-';
    }
    *len = n;
    return pos;
}

// Offset of the closing tag `</name` at or after pos, or SIZE_MAX. `bit` remembers that there is none.
static size_t find_close(fsc_html_filter *f, size_t pos, fsc_view name, unsigned bit)
{
    if (f->no_close >> bit & 1)
        return SIZE_MAX;
    const char *s = f->page.data;
    size_t len = f->page.len;
    while (pos + 2 + name.len <= len) {
        const char *lt = memchr(s + pos, '<', len - pos);
        if (!lt)
            break;
        pos = (size_t)(lt - s);
        if (pos + 2 + name.len <= len && s[pos + 1] == '/' &&
            fsc_view_eq_nocase(fsc_view_of(s + pos + 2, name.len), name) &&
            (pos + 2 + name.len == len || !is_letter(s[pos + 2 + name.len])))
            return pos;
        pos++;
    }
    f->no_close |= 1u << bit;
    return SIZE_MAX;
}

static size_t after_gt(const fsc_html_filter *f, size_t pos)
{
    const char *gt = pos < f->page.len ? memchr(f->page.data + pos, '>', f->page.len - pos) : NULL;
    return gt ? (size_t)(gt - f->page.data) + 1 : f->page.len;
}

static bool is_json_ld(fsc_view type)
{
    fsc_view t = fsc_view_trim(type);
    return t.len >= 19 && fsc_view_eq_nocase(fsc_view_slice(t, 0, 19), FSC_LIT("application/ld+json"));
}

// Elements whose content no reader sees as text of the page. Returns where the page goes on.
static size_t drop_content(fsc_html_filter *f, fsc_tag tag, size_t pos, fsc_view type)
{
    static const struct {
        fsc_tag tag;
        bool to_end; // never closed: the rest is its content; else only the tag is dropped
    } kinds[] = {{FSC_TAG_SCRIPT, true},    {FSC_TAG_STYLE, true}, {FSC_TAG_IFRAME, false},  {FSC_TAG_NOEMBED, false},
                 {FSC_TAG_NOFRAMES, false}, {FSC_TAG_XMP, false},  {FSC_TAG_NOSCRIPT, false}};
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].tag != tag)
            continue;
        size_t end = find_close(f, pos, fsc_view_cstr(fsc_html_tag_name(tag)), i);
        if (end == SIZE_MAX)
            return kinds[i].to_end ? f->page.len : pos;
        if (tag == FSC_TAG_SCRIPT && is_json_ld(type) && f->handler->script &&
            !f->handler->script(f->handler->user, type, fsc_view_slice(f->page, pos, end)))
            f->stopped = true;
        return after_gt(f, end);
    }
    return pos;
}

// svg and template may nest: the offset after the closing tag that belongs to `pos`, or pos when there is none.
static size_t drop_nested(fsc_html_filter *f, fsc_view name, size_t pos, unsigned bit)
{
    const char *s = f->page.data;
    size_t at = pos, end = find_close(f, pos, name, bit);
    for (unsigned depth = 1; end != SIZE_MAX;) {
        const char *lt = memchr(s + at, '<', end - at);
        if (!lt) {
            at = after_gt(f, end);
            if (--depth == 0)
                return at;
            end = find_close(f, at, name, bit);
            continue;
        }
        at = (size_t)(lt - s) + 1;
        if (fsc_view_eq_nocase(fsc_view_slice(f->page, at, at + name.len), name) && at + name.len < f->page.len &&
            !is_letter(s[at + name.len]))
            depth++;
    }
    return pos;
}

// title and textarea: their content is text, whatever it looks like.
static size_t copy_rcdata(fsc_html_filter *f, fsc_tag tag, size_t pos)
{
    size_t end = find_close(f, pos, fsc_view_cstr(fsc_html_tag_name(tag)), tag == FSC_TAG_TITLE ? 8 : 9);
    if (end == SIZE_MAX) {
        const char *lt = memchr(f->page.data + pos, '<', f->page.len - pos);
        end = lt ? (size_t)(lt - f->page.data) : f->page.len;
        fsc_html_copy_text(f, pos, end, false);
        close_open(f, 1);
        return end;
    }
    fsc_html_copy_text(f, pos, end, false);
    close_open(f, 1);
    return after_gt(f, end);
}

// A shadow root that the page declares is shown in place; every other template is a mould, not text.
static bool is_shadow_root(const fsc_html_filter *f, size_t from, size_t to)
{
    return fsc_view_find(fsc_view_slice(f->page, from, to), FSC_LIT("shadowroot"), 0) != SIZE_MAX;
}

static size_t write_start(fsc_html_filter *f, fsc_tag tag, fsc_view name, size_t tag_start, size_t attr)
{
    bool again = (tag == FSC_TAG_HTML && f->seen_html) || (tag == FSC_TAG_BODY && f->seen_body);
    f->seen_html |= tag == FSC_TAG_HTML;
    f->seen_body |= tag == FSC_TAG_BODY;
    // libxml2 has ideas of its own about these two.
    name = tag == FSC_TAG_HTML ? FSC_LIT("fsc-html") : tag == FSC_TAG_BODY ? FSC_LIT("fsc-body") : name;
    bool is_void = again || (fsc_html_tag_flags(tag) & FSC_TAG_VOID);
    bool ignored;
    close_open(f, again ? 0 : fsc_html_closed_by_start(f->stack, tag));
    if (tag == FSC_TAG_FORM && f->stack->count[FSC_TAG_FORM])
        return fsc_html_attributes(f, attr, false, NULL, &ignored); // forms do not nest
    if (!is_void && !fsc_html_push(f->stack, tag, fsc_html_key(tag, name), name))
        return fsc_html_attributes(f, attr, false, NULL, &ignored);
    note_splice(f, tag_start);
    fsc_html_emit(f, "<", 1);
    fsc_html_emit(f, name.data, name.len);
    size_t pos = fsc_html_attributes(f, attr, true, NULL, &ignored);
    fsc_html_emit(f, again ? "/>" : ">", again ? 2 : 1);
    return tag == FSC_TAG_TITLE || tag == FSC_TAG_TEXTAREA ? copy_rcdata(f, tag, pos) : pos;
}

static size_t start_tag(fsc_html_filter *f, size_t lt)
{
    char lower[NAME_MAX_LEN];
    size_t len, attr = read_name(f->page, lt + 1, lower, &len);
    fsc_view name = fsc_view_of(lower, len);
    fsc_tag tag = fsc_html_tag(name);
    fsc_view type = {"", 0};
    bool self_closed;
    size_t pos;
    switch (tag) {
    case FSC_TAG_SCRIPT:
    case FSC_TAG_STYLE:
    case FSC_TAG_IFRAME:
    case FSC_TAG_NOEMBED:
    case FSC_TAG_NOFRAMES:
    case FSC_TAG_XMP:
    case FSC_TAG_NOSCRIPT: // what browsers show only without scripts: copies of lazy images, appeals
        pos = fsc_html_attributes(f, attr, false, &type, &self_closed);
        return drop_content(f, tag, pos, type);
    case FSC_TAG_SVG:
        pos = fsc_html_attributes(f, attr, false, NULL, &self_closed);
        return self_closed ? pos : drop_nested(f, FSC_LIT("svg"), pos, 10);
    case FSC_TAG_TEMPLATE:
        pos = fsc_html_attributes(f, attr, false, NULL, &self_closed);
        return is_shadow_root(f, attr, pos) ? pos : drop_nested(f, FSC_LIT("template"), pos, 11);
    case FSC_TAG_HEAD:
    case FSC_TAG_SOURCE:
    case FSC_TAG_TRACK:
    case FSC_TAG_WBR:
    case FSC_TAG_COL:
    case FSC_TAG_PARAM:
        return fsc_html_attributes(f, attr, false, NULL, &self_closed);
    default:
        return write_start(f, tag, name, lt, attr);
    }
}

static size_t end_tag(fsc_html_filter *f, size_t lt)
{
    char lower[NAME_MAX_LEN];
    size_t len, pos = read_name(f->page, lt + 2, lower, &len);
    fsc_view name = fsc_view_of(lower, len);
    fsc_tag tag = fsc_html_tag(name);
    if (tag == FSC_TAG_BR) {
        fsc_html_emit(f, "<br>", 4);
    } else if (tag != FSC_TAG_HTML && tag != FSC_TAG_BODY && tag != FSC_TAG_HEAD) {
        // Whatever follows </body> or </html> is shown as if it stood before.
        note_splice(f, lt);
        close_open(f, fsc_html_closed_by_end(f->stack, tag, fsc_html_key(tag, name)));
    }
    return after_gt(f, pos);
}

// `<!...>`, `<?...>`, `</` and no letter: what a browser takes for a comment.
static size_t skip_comment(fsc_html_filter *f, size_t lt)
{
    fsc_view rest = fsc_view_slice(f->page, lt, f->page.len);
    if (fsc_view_starts(rest, FSC_LIT("<!--"))) {
        if (fsc_view_starts(rest, FSC_LIT("<!-->")) || fsc_view_starts(rest, FSC_LIT("<!--->")))
            return after_gt(f, lt);
        size_t end = f->no_close >> 12 & 1 ? SIZE_MAX : fsc_view_find(f->page, FSC_LIT("-->"), lt + 4);
        if (end != SIZE_MAX)
            return end + 3;
        f->no_close |= 1u << 12; // never closed: only its first tag is lost, not the page
    }
    if (fsc_view_starts(rest, FSC_LIT("<?php")) || fsc_view_starts(rest, FSC_LIT("<?="))) {
        size_t end = f->no_close >> 13 & 1 ? SIZE_MAX : fsc_view_find(f->page, FSC_LIT("?>"), lt + 2);
        if (end != SIZE_MAX)
            return end + 2;
        f->no_close |= 1u << 13;
    }
    return after_gt(f, lt);
}

static size_t filter_markup(fsc_html_filter *f, size_t lt)
{
    char next = lt + 1 < f->page.len ? f->page.data[lt + 1] : ' ';
    if (is_letter(next))
        return start_tag(f, lt);
    if (next == '/' && lt + 2 < f->page.len && is_letter(f->page.data[lt + 2]))
        return end_tag(f, lt);
    if (next == '!' || next == '?' || next == '/')
        return skip_comment(f, lt);
    fsc_html_copy_text(f, lt, lt + 1, false);
    return lt + 1;
}

static size_t last_of(fsc_view v, char c)
{
    const char *p = v.len ? memrchr(v.data, c, v.len) : NULL;
    return p ? (size_t)(p - v.data) + 1 : 0;
}

int fsc_html_filter_run(fsc_html_filter *f, fsc_err *err)
{
    f->stack = fsc_arena_alloc(f->scratch, sizeof *f->stack);
    if (!f->stack)
        return fsc_err_nomem(err);
    f->stack->depth = 0;
    f->stack->pre = 0;
    memset(f->stack->count, 0, sizeof f->stack->count);
    memset(f->stack->swallow, 0, sizeof f->stack->swallow);
    f->last_double = last_of(f->page, '"');
    f->last_single = last_of(f->page, '\'');
    make_room(f, f->page.len / 2 + 1024);
    fsc_html_emit(f, FSC_HTML_ROOT_START, strlen(FSC_HTML_ROOT_START));
    for (size_t pos = 0; pos < f->page.len && !f->failed && !f->stopped;) {
        const char *lt = memchr(f->page.data + pos, '<', f->page.len - pos);
        size_t at = lt ? (size_t)(lt - f->page.data) : f->page.len;
        fsc_html_copy_text(f, pos, at, false);
        pos = lt ? filter_markup(f, at) : at;
    }
    close_open(f, f->stack->depth);
    fsc_html_emit(f, FSC_HTML_ROOT_END, strlen(FSC_HTML_ROOT_END));
    if (f->stopped)
        return fsc_err_set(err, FSC_E_CANCELLED, "the reader of the page stopped");
    return f->failed ? fsc_err_nomem(err) : 0;
}
