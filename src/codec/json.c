#include "codec/json.h"

#include <json-c/json.h>

#include <inttypes.h>
#include <limits.h>

#define MAX_DEPTH 256

// json-c keeps integers as 64 bits and reals with their source text. A longer integer is shown to it with this
// exponent, which changes its type and not its value, and loses it again on the way out. And it takes a raw NUL in a
// string for the end: it is shown the escape instead.
static const char long_mark[] = "e+0000000", nul_escape[] = "\\u0000";
#define LONG_MARK_LEN (sizeof long_mark - 1)
#define NUL_ESCAPE_LEN (sizeof nul_escape - 1)
#define LONG_DIGITS 19

struct fsc_json_parser {
    json_tokener *tokener;
    const fsc_alloc *alloc;
};

int fsc_json_parser_new(fsc_json_parser **out, const fsc_alloc *alloc, fsc_err *err)
{
    if (!alloc)
        alloc = fsc_alloc_default();
    *out = NULL;
    fsc_json_parser *p = alloc->alloc(alloc->user, sizeof *p);
    if (!p)
        return fsc_err_nomem(err);
    p->alloc = alloc;
    p->tokener = json_tokener_new_ex(MAX_DEPTH);
    if (!p->tokener) {
        alloc->free(alloc->user, p);
        return fsc_err_nomem(err);
    }
    *out = p;
    return FSC_OK;
}

void fsc_json_parser_free(fsc_json_parser *p)
{
    if (!p)
        return;
    json_tokener_free(p->tokener);
    p->alloc->free(p->alloc->user, p);
}

// ---------------------------------------------------------------- json-c's tree to ours

static int convert(fsc_json **out, json_object *v, fsc_arena *arena);

static fsc_view integer_text(json_object *v, fsc_arena *arena)
{
    int64_t n = json_object_get_int64(v);
    if (n < INT64_MAX)
        return fsc_arena_printf(arena, "%" PRId64, n);
    return fsc_arena_printf(arena, "%" PRIu64, json_object_get_uint64(v));
}

static fsc_view real_text(json_object *v, fsc_arena *arena)
{
    const char *s = json_object_get_string(v);
    if (!s)
        return (fsc_view){NULL, 0};
    fsc_view text = fsc_view_cstr(s);
    if (fsc_view_ends(text, fsc_view_of(long_mark, LONG_MARK_LEN)))
        text.len -= LONG_MARK_LEN;
    return fsc_arena_dup(arena, text);
}

static int convert_array(fsc_json *out, json_object *v, fsc_arena *arena)
{
    fsc_json **tail = &out->child;
    size_t count = json_object_array_length(v);
    for (size_t i = 0; i < count; i++) {
        int rc = convert(tail, json_object_array_get_idx(v, i), arena);
        if (rc)
            return rc;
        tail = &(*tail)->next;
    }
    return FSC_OK;
}

static int convert_object(fsc_json *out, json_object *v, fsc_arena *arena)
{
    fsc_json **tail = &out->child;
    struct json_object_iterator it = json_object_iter_begin(v), end = json_object_iter_end(v);
    for (; !json_object_iter_equal(&it, &end); json_object_iter_next(&it)) {
        int rc = convert(tail, json_object_iter_peek_value(&it), arena);
        if (rc)
            return rc;
        (*tail)->key = fsc_arena_dup(arena, fsc_view_cstr(json_object_iter_peek_name(&it)));
        if (!(*tail)->key.data)
            return FSC_E_NOMEM;
        out->names |= fsc_json_name_bit((*tail)->key);
        tail = &(*tail)->next;
    }
    return FSC_OK;
}

// Recursion is bounded by the tokener's depth.
static int convert(fsc_json **out, json_object *v, fsc_arena *arena)
{
    fsc_json *n = *out = FSC_NEW(arena, fsc_json);
    if (!n)
        return FSC_E_NOMEM;
    switch (json_object_get_type(v)) {
    case json_type_null:
        n->kind = FSC_JSON_NULL;
        return FSC_OK;
    case json_type_boolean:
        n->kind = FSC_JSON_BOOL;
        n->boolean = json_object_get_boolean(v);
        return FSC_OK;
    case json_type_int:
    case json_type_double: {
        bool whole = json_object_get_type(v) == json_type_int;
        n->kind = FSC_JSON_NUMBER;
        n->number = json_object_get_double(v);
        n->text = whole ? integer_text(v, arena) : real_text(v, arena);
        return n->text.data ? FSC_OK : FSC_E_NOMEM;
    }
    case json_type_string:
        n->kind = FSC_JSON_STRING;
        n->text = fsc_arena_dup(arena, fsc_view_of(json_object_get_string(v), (size_t)json_object_get_string_len(v)));
        return n->text.data ? FSC_OK : FSC_E_NOMEM;
    case json_type_array:
        n->kind = FSC_JSON_ARRAY;
        return convert_array(n, v, arena);
    case json_type_object:
        n->kind = FSC_JSON_OBJECT;
        return convert_object(n, v, arena);
    }
    return FSC_E_INTERNAL;
}

// ---------------------------------------------------------------- wrappers around JSON-LD

static bool cut_front(fsc_view *v, const char *prefix)
{
    fsc_view p = fsc_view_cstr(prefix);
    if (!fsc_view_starts(*v, p))
        return false;
    *v = fsc_view_slice(*v, p.len, v->len);
    return true;
}

static bool cut_back(fsc_view *v, const char *suffix)
{
    fsc_view s = fsc_view_cstr(suffix);
    if (!fsc_view_ends(*v, s))
        return false;
    v->len -= s.len;
    return true;
}

static fsc_view strip_wrappers(fsc_view v)
{
    static const char *const front[] = {"\xEF\xBB\xBF", "<!--",          "//<![CDATA[",
                                        "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */",
                                        "<![CDATA[",    "//<!--",        ";"};
    static const char *const back[] = {";", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//-->", "// -->", "-->"};
    bool again = true;
    while (again) {
        again = false;
        v = fsc_view_trim(v);
        for (size_t i = 0; i < sizeof front / sizeof *front; i++)
            again |= cut_front(&v, front[i]);
        for (size_t i = 0; i < sizeof back / sizeof *back; i++)
            again |= cut_back(&v, back[i]);
    }
    return v;
}

// ---------------------------------------------------------------- parsing

static int syntax_error(fsc_err *err, size_t offset, const char *what)
{
    if (!err || err->code)
        return err ? err->code : FSC_E_SYNTAX;
    fsc_err_set(err, FSC_E_SYNTAX, "%s", what);
    err->offset = offset;
    return FSC_E_SYNTAX;
}

static int too_many_values(fsc_err *err)
{
    return fsc_err_set(err, FSC_E_LIMIT, "more than %u values in one JSON record", FSC_JSON_MAX_VALUES);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Runs the tokener over the whole of v. *out is json-c's tree, to be put back by the caller.
static int tokenize(json_object **out, json_tokener *t, fsc_view v, bool lenient, fsc_err *err)
{
    *out = NULL;
    if (v.len >= INT_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "a JSON value of %zu bytes is above the limit of 2 GiB", v.len);
    json_tokener_reset(t);
    json_tokener_set_flags(t, lenient ? 0 : JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS);
    json_object *root = json_tokener_parse_ex(t, v.len ? v.data : " ", v.len ? (int)v.len : 1);
    enum json_tokener_error e = json_tokener_get_error(t);
    size_t end = json_tokener_get_parse_end(t);
    if (e == json_tokener_continue) {
        // a number at the top and a `//` comment both need something after them
        end = v.len;
        root = json_tokener_parse_ex(t, "\n", 1);
        e = json_tokener_get_error(t);
    }
    if (e == json_tokener_continue || e == json_tokener_error_parse_eof)
        return syntax_error(err, v.len, "JSON ends too early");
    if (e == json_tokener_error_depth)
        return fsc_err_set(err, FSC_E_LIMIT, "JSON is nested more than %d deep", MAX_DEPTH);
    if (e != json_tokener_success)
        return syntax_error(err, end, json_tokener_error_desc(e));
    while (end < v.len && blank(v.data[end]))
        end++;
    if (end < v.len) {
        json_object_put(root);
        return syntax_error(err, end, "something follows the JSON value");
    }
    *out = root;
    return FSC_OK;
}

// The end of the digits at v[i], and whether they are an integer too long for 64 bits.
static size_t digits_end(fsc_view v, size_t i, bool *is_long)
{
    size_t start = i;
    while (i < v.len && v.data[i] >= '0' && v.data[i] <= '9')
        i++;
    char before = start > 0 ? v.data[start - 1] : ' ', after = i < v.len ? v.data[i] : ' ';
    bool real = before == '.' || before == '+' || before == 'e' || before == 'E' || after == '.' || after == 'e' ||
                after == 'E';
    *is_long = i - start >= LONG_DIGITS && !real;
    return i;
}

// A walk over v in units that are shown to json-c as they are, or otherwise.
typedef struct unit {
    size_t start, end;          /* of the source */
    bool quoted;                /* inside a string behind it */
    const char *instead, *more; /* shown instead of it, shown behind it; NULL: as it is */
} unit;

static bool next_unit(fsc_view v, unit *u)
{
    size_t i = u->start = u->end;
    bool is_long = false;
    if (i >= v.len)
        return false;
    char c = v.data[i];
    if (u->quoted && c == '\\' && i + 1 < v.len && v.data[i + 1])
        u->end = i + 2;
    else if (!u->quoted && c >= '0' && c <= '9')
        u->end = digits_end(v, i, &is_long);
    else
        u->end = i + 1;
    u->instead = u->quoted && c == 0 ? nul_escape : NULL;
    u->more = is_long ? long_mark : NULL;
    u->quoted ^= c == '"';
    return true;
}

static size_t shown_len(const unit *u)
{
    return (u->instead ? NUL_ESCAPE_LEN : u->end - u->start) + (u->more ? LONG_MARK_LEN : 0);
}

// Before a value stands the start of the text, a bracket, or a comma.
static bool before_value(fsc_view v, const unit *u)
{
    return !u->quoted && (v.data[u->start] == ',' || v.data[u->start] == '[' || v.data[u->start] == '{');
}

// What json-c is shown: v itself when nothing has to change.
static int shown(fsc_view *text, fsc_view v, fsc_arena *arena, fsc_err *err)
{
    size_t len = 0, o = 0, values = 1;
    for (unit u = {0}; next_unit(v, &u);) {
        len += shown_len(&u);
        values += before_value(v, &u);
    }
    if (values > FSC_JSON_MAX_VALUES)
        return too_many_values(err);
    *text = v;
    if (len == v.len)
        return FSC_OK;
    char *out = fsc_arena_alloc(arena, len);
    if (!out)
        return fsc_err_nomem(err);
    for (unit u = {0}; next_unit(v, &u); o += shown_len(&u)) {
        if (u.instead)
            memcpy(out + o, u.instead, NUL_ESCAPE_LEN);
        else
            memcpy(out + o, v.data + u.start, u.end - u.start);
        if (u.more)
            memcpy(out + o + (u.end - u.start), u.more, LONG_MARK_LEN);
    }
    *text = fsc_view_of(out, len);
    return FSC_OK;
}

// The place in v of a place in what was shown.
static size_t source_offset(fsc_view v, size_t offset)
{
    size_t o = 0;
    for (unit u = {0}; next_unit(v, &u); o += shown_len(&u))
        if (o + shown_len(&u) > offset)
            return u.start + (u.instead || offset - o > u.end - u.start ? 0 : offset - o);
    return v.len;
}

static int parse_with(fsc_json **out, json_tokener *t, fsc_view v, bool lenient, fsc_arena *arena, fsc_err *err)
{
    json_object *root;
    fsc_view text = v;
    int rc = shown(&text, v, arena, err);
    if (!rc)
        rc = tokenize(&root, t, text, lenient, err);
    if (rc == FSC_E_SYNTAX && text.data != v.data)
        err->offset = source_offset(v, (size_t)err->offset);
    if (rc)
        return rc;
    rc = convert(out, root, arena);
    json_object_put(root);
    if (rc)
        *out = NULL;
    return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : rc ? fsc_err_set(err, rc, "a JSON value of unknown type") : FSC_OK;
}

int fsc_json_parse(fsc_json **out, fsc_json_parser *p, fsc_view bytes, bool lenient, fsc_arena *arena, fsc_err *err)
{
    *out = NULL;
    fsc_err local = FSC_ERR_INIT;
    fsc_json_parser *own = NULL;
    if (!p) {
        int rc = fsc_json_parser_new(&own, NULL, err);
        if (rc)
            return rc;
        p = own;
    }
    fsc_view v = lenient ? strip_wrappers(bytes) : bytes;
    int rc = parse_with(out, p->tokener, v, lenient, arena, &local);
    fsc_json_parser_free(own);
    if (rc && err && !err->code) {
        *err = local;
        if (local.offset != UINT64_MAX)
            err->offset += (uint64_t)(v.data - bytes.data);
    }
    return rc;
}

const fsc_json *fsc_json_find(const fsc_json *object, fsc_view name)
{
    const fsc_json *found = NULL;
    for (const fsc_json *m = object->child; m; m = m->next)
        if (fsc_view_eq(m->key, name))
            found = m;
    return found;
}

fsc_view fsc_json_text(const fsc_json *v)
{
    if (!v || (v->kind != FSC_JSON_STRING && v->kind != FSC_JSON_NUMBER))
        return (fsc_view){"", 0};
    return v->text;
}
