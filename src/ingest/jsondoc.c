// JSON documents: one record, an array of records of any length, an export that holds its records in a member, or
// several of these one after the other.

#include <inttypes.h>

#include "ingest/ingest_p.h"

// Members that hold the records of an export: Mastodon outbox, tweet search, X API, news services, JSON Feed.
static const char *const holders[] = {"orderedItems", "statuses", "data", "articles",
                                      "items",        "posts",    "feed", "records"};
#define HOLDER_COUNT (sizeof holders / sizeof *holders)

static bool starts_archive(fsc_view v)
{
    return fsc_view_starts(v, FSC_LIT("window.YTD."));
}

fsc_sniff fsc_ingest_jsondoc_sniff(fsc_view head)
{
    fsc_view v = fsc_ingest_skip_blanks(head);
    if (starts_archive(v))
        return FSC_SNIFF_SURE;
    if (v.len == 0 || (*v.data != '[' && *v.data != '{'))
        return FSC_SNIFF_NO;
    fsc_view inside = fsc_ingest_skip_blanks(fsc_view_slice(v, 1, v.len));
    if (inside.len == 0)
        return FSC_SNIFF_MAYBE;
    if (*v.data == '[')
        return *inside.data == '{' || *inside.data == ']' ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
    if (*inside.data != '"' && *inside.data != '}')
        return FSC_SNIFF_NO;
    return fsc_ingest_jsonl_sniff(head) == FSC_SNIFF_SURE ? FSC_SNIFF_MAYBE : FSC_SNIFF_SURE;
}

static bool separator(char c, bool in_array)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || (in_array && c == ',') || (!in_array && c == ';');
}

// Skips what stands between records. *next is the first byte of the next one: 1 there is one, 0 the end, < 0 failed.
static int next_byte(fsc_ingest *in, char *next, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (;;) {
        fsc_view rest = fsc_stream_rest(s);
        size_t i = 0;
        while (i < rest.len && separator(rest.data[i], in->cut.in_array))
            i++;
        bool found = i < rest.len;
        if (found)
            *next = rest.data[i];
        fsc_cut_skip(in, i);
        if (found)
            return 1;
        int rc = fsc_stream_more(s, 0, err);
        if (rc <= 0)
            return rc;
    }
}

int fsc_ingest_jsondoc_begin(fsc_ingest *in, fsc_err *err)
{
    char c;
    int rc = next_byte(in, &c, err);
    if (rc < 0)
        return rc;
    rc = starts_archive(fsc_stream_rest(&in->cut.stream)) ? fsc_xarchive_begin(in, err) : FSC_OK;
    return rc ? rc : fsc_ingest_jsonl_begin(in, err);
}

// ---------------------------------------------------------------- exports that hold their records in a member

// A walk over the items of an object or array in memory.
typedef struct walk {
    fsc_view v;
    size_t pos;
} walk;

// The next item, key and value of an object each being one. False at the end or where it is malformed.
static bool walk_next(walk *w, fsc_view *item)
{
    while (w->pos < w->v.len && (separator(w->v.data[w->pos], true) || w->v.data[w->pos] == ':'))
        w->pos++;
    if (w->pos >= w->v.len || w->v.data[w->pos] == '}' || w->v.data[w->pos] == ']')
        return false;
    fsc_json_scan scan = {0};
    fsc_view rest = fsc_view_slice(w->v, w->pos, w->v.len);
    // a key ends where its quote ends, a scalar at the next separator
    size_t len = fsc_json_value_end(rest, true, &scan);
    *item = fsc_view_slice(rest, 0, len);
    w->pos += len;
    return scan.complete && len > 0;
}

// Is this key, with its quotes, one of the words?
static bool is_one_of(fsc_view key, const char *const *word, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (key.len == strlen(word[i]) + 2 && memcmp(key.data + 1, word[i], key.len - 2) == 0)
            return true;
    return false;
}

static bool holds_objects(fsc_view value)
{
    if (*value.data != '[')
        return false;
    fsc_view first = fsc_ingest_skip_blanks(fsc_view_slice(value, 1, value.len));
    return first.len && (*first.data == '{' || *first.data == ']');
}

// An export: the array that holds its records, and what stands beside it and is theirs too.
typedef struct export
{
    fsc_view array;
    fsc_view includes;                          // X API
    fsc_view version, title, language, authors; // JSON Feed
}
export;

// False: the object is a record itself.
static bool find_holder(fsc_view object, export *out)
{
    static const char *const texts[] = {"text", "html", "content", "body", "full_text"};
    const struct {
        const char *key;
        fsc_view *slot;
    } beside[] = {{"\"includes\"", &out->includes},
                  {"\"version\"", &out->version},
                  {"\"title\"", &out->title},
                  {"\"language\"", &out->language},
                  {"\"authors\"", &out->authors}};
    walk w = {fsc_view_slice(object, 1, object.len), 0};
    fsc_view key, value;
    *out = (export){{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    while (walk_next(&w, &key) && walk_next(&w, &value)) {
        if (is_one_of(key, texts, sizeof texts / sizeof *texts))
            return false;
        if (is_one_of(key, holders, HOLDER_COUNT) && holds_objects(value))
            out->array = value;
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
            if (fsc_view_is(key, beside[i].key))
                *beside[i].slot = value;
    }
    return out->array.data != NULL;
}

// Accounts of `includes.users`, by id, for the posts of the same page.
static int read_users(fsc_ingest *in, fsc_table *t, fsc_view includes, fsc_err *err)
{
    fsc_json *v;
    if (!includes.data)
        return FSC_OK;
    int rc = fsc_json_parse(&v, NULL, includes, false, &in->arena, NULL);
    if (rc)
        return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : FSC_OK;
    const fsc_json *users = fsc_json_get(v, "users");
    fsc_vec(const fsc_json *) list = {0};
    fsc_map_init(&t->users, &in->arena);
    for (const fsc_json *u = users && users->kind == FSC_JSON_ARRAY ? users->child : NULL; u; u = u->next) {
        fsc_view id = fsc_json_text(fsc_json_get(u, "id"));
        if (id.len && !fsc_map_put(&t->users, id, (uint32_t)list.len, NULL))
            return fsc_err_nomem(err);
        if (id.len && !fsc_vec_push(&in->arena, &list, u))
            return fsc_err_nomem(err);
    }
    t->user = list.data;
    return FSC_OK;
}

// Text of a value beside the records, for the records that have none of their own.
static int read_default(fsc_ingest *in, fsc_view *slot, fsc_view value, fsc_err *err)
{
    fsc_json *v;
    if (!value.data)
        return FSC_OK;
    int rc = fsc_json_parse(&v, NULL, value, false, &in->arena, NULL);
    if (!rc)
        rc = fsc_json_plain(slot, v, &in->arena, err);
    if (!rc)
        rc = fsc_clean(slot, fsc_view_trim(*slot), &in->arena, NULL, err);
    return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : FSC_OK;
}

static int read_beside(fsc_ingest *in, const export *x, fsc_err *err)
{
    bool feed = x->version.data && fsc_view_find(x->version, FSC_LIT("jsonfeed.org"), 0) != SIZE_MAX;
    in->cut.table = NULL;
    if (!feed && !x->includes.data)
        return FSC_OK;
    fsc_table *t = FSC_NEW(&in->arena, fsc_table);
    if (!t)
        return fsc_err_nomem(err);
    int rc = read_users(in, t, x->includes, err);
    if (!rc && feed)
        rc = read_default(in, &t->site, x->title, err);
    if (!rc && feed)
        rc = read_default(in, &t->lang, x->language, err);
    if (!rc && feed)
        rc = read_default(in, &t->author, x->authors, err);
    in->cut.table = t;
    return rc;
}

// Lines are counted on from the last piece, so that each byte is looked at once.
static uint64_t lines_between(const char *from, const char *to)
{
    uint64_t n = 0;
    for (; from < to; from++)
        n += *from == '\n';
    return n;
}

// Copies the record at hand and queues its parts when it is an export. False in *held: it is a record itself.
static int hold_export(fsc_ingest *in, fsc_view value, bool *held, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    export x;
    fsc_view item;
    *held = value.len && *value.data == '{' && find_holder(value, &x);
    if (!*held)
        return FSC_OK;
    fsc_arena_reset(&cut->arena, 1 << 20);
    fsc_view copy = fsc_arena_dup(&cut->arena, x.array);
    if (!copy.data)
        return fsc_err_nomem(err);
    size_t before = (size_t)(x.array.data - value.data);
    uint64_t line = cut->line + lines_between(value.data, x.array.data);
    fsc_vec(fsc_piece) pieces = {0};
    walk w = {fsc_view_slice(copy, 1, copy.len), 0};
    const char *counted = copy.data;
    while (walk_next(&w, &item)) {
        line += lines_between(counted, item.data);
        counted = item.data;
        fsc_piece p = {
            .data = item, .offset = cut->stream.offset + before + (size_t)(item.data - copy.data), .line = line};
        if (!fsc_vec_push(&cut->arena, &pieces, p))
            return fsc_err_nomem(err);
    }
    cut->piece = pieces.data;
    cut->piece_count = pieces.len;
    cut->piece_next = 0;
    return read_beside(in, &x, err);
}

// ---------------------------------------------------------------- records in a stream

// An export that reaches farther than this is not held: its records are read as they come.
#define EXPORT_HELD ((size_t)16 << 20)

// The object at hand does not end in the bytes that are there. Does one of its arrays of records reach out of them?
// Then goes to its first record.
static bool enter_export(fsc_ingest *in)
{
    fsc_view object = fsc_stream_rest(&in->cut.stream), key, value;
    if (object.len == 0 || *object.data != '{')
        return false;
    walk w = {fsc_view_slice(object, 1, object.len), 0};
    while (walk_next(&w, &key)) {
        size_t start = w.pos;
        while (start < w.v.len && (separator(w.v.data[start], true) || w.v.data[start] == ':'))
            start++;
        value = fsc_view_slice(w.v, start, w.v.len);
        bool array = value.len && is_one_of(key, holders, HOLDER_COUNT) && holds_objects(value);
        if (walk_next(&w, &value))
            continue;
        if (!array)
            return false;
        in->cut.table = NULL;
        in->cut.in_array = in->cut.in_export = true;
        fsc_cut_skip(in, 1 + start + 1);
        return true;
    }
    return false;
}

// Finds the end of the value at hand: 1 its length, 0 it is too large, 2 it is an export and its first record is next,
// < 0 failed. At the end of the input an unfinished value is its length too: the parser reports it.
static int find_value(fsc_ingest *in, size_t *len, fsc_json_scan *scan, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    bool tried = false;
    *scan = (fsc_json_scan){0};
    for (;;) {
        fsc_view rest = fsc_stream_rest(s);
        *len = fsc_json_value_end(rest, false, scan);
        if (*len)
            return *len <= in->max_record;
        if (!tried && !in->cut.in_array && rest.len > EXPORT_HELD) {
            tried = true;
            if (enter_export(in))
                return 2;
        }
        if (rest.len > in->max_record)
            return 0;
        int more = fsc_stream_more(s, rest.len, err);
        if (more < 0)
            return more;
        if (more == 0) {
            *len = rest.len;
            return 1;
        }
    }
}

static int skip_value(fsc_ingest *in, size_t len, fsc_json_scan *scan, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (int more = 1; len == 0;) {
        len = fsc_json_value_end(fsc_stream_rest(s), more == 0, scan);
        if (len || more == 0)
            break;
        fsc_cut_skip(in, scan->pos);
        scan->pos = 0;
        more = fsc_stream_more(s, fsc_stream_rest(s).len, err);
        if (more < 0)
            return more;
    }
    fsc_cut_skip(in, len);
    return FSC_OK;
}

// Behind the array of an export that was not held: what is left of its object.
static int leave_export(fsc_ingest *in, fsc_err *err)
{
    fsc_json_scan scan = {.depth = 1, .begun = true};
    in->cut.in_export = false;
    return skip_value(in, 0, &scan, err);
}

// Is the rest of the input blank? Then its first record is the whole of it.
static int stands_alone(fsc_ingest *in, size_t len, bool *alone, fsc_err *err)
{
    *alone = false;
    if (in->cut.records || in->cut.in_array)
        return FSC_OK;
    for (;;) {
        fsc_view rest = fsc_stream_rest(&in->cut.stream);
        size_t i = len;
        while (i < rest.len && separator(rest.data[i], false))
            i++;
        if (i < rest.len || rest.len > in->max_record + 65536)
            return FSC_OK;
        int more = fsc_stream_more(&in->cut.stream, rest.len, err);
        if (more < 0)
            return more;
        *alone = more == 0;
        if (*alone)
            return FSC_OK;
        len = i;
    }
}

static int take_value(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    size_t len;
    bool alone = false, held = false;
    fsc_json_scan scan;
    int fits = find_value(in, &len, &scan, err);
    if (fits < 0 || fits == 2)
        return fits < 0 ? fits : 0;
    if (in->cut.account && fits) {
        int rc = fsc_xarchive_account(in, fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, len), err);
        fsc_cut_skip(in, len);
        return rc;
    }
    int rc = fits ? stands_alone(in, len, &alone, err) : FSC_OK;
    if (!rc && fits)
        rc = hold_export(in, fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, len), &held, err);
    if (!rc && held) {
        fsc_cut_skip(in, len);
        return 0;
    }
    if (!rc)
        rc = fsc_raw_start(in, out, alone ? FSC_PLACE_PATH : FSC_PLACE_OFFSET, in->cut.stream.offset, arena, err);
    if (!rc && fits)
        rc = fsc_cut_take(in, out, len, arena, err);
    else if (!rc && !(rc = fsc_raw_too_large(in, out, arena, err)))
        rc = skip_value(in, len, &scan, err);
    return rc ? rc : 1;
}

// What is neither an object nor an array where one should begin: the rest of the file is no JSON.
static int garbage(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    int rc = fsc_raw_start(in, out, FSC_PLACE_OFFSET, in->cut.stream.offset, arena, err);
    if (!rc)
        rc = fsc_raw_fail(out, FSC_RECORD_BAD_JSON, arena, err,
                          "line %" PRIu64 ": neither '{' nor '[': the rest was skipped", in->cut.line);
    in->cut.ended = true;
    return rc ? rc : 1;
}

// An array at the top that the file does not close: what is missing is said, once.
static int cut_off(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    in->cut.in_array = false;
    int rc = fsc_raw_start(in, out, FSC_PLACE_OFFSET, in->cut.stream.offset, arena, err);
    if (!rc)
        rc = fsc_raw_fail(out, FSC_RECORD_BAD_JSON, arena, err,
                          "the file ends inside its array: records may be missing");
    return rc ? rc : 1;
}

int fsc_ingest_jsondoc_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    for (;;) {
        char c;
        if (in->cut.piece_next < in->cut.piece_count)
            return fsc_cut_piece(in, out, FSC_PLACE_OFFSET, arena, err);
        if (in->cut.ended)
            return 0;
        int rc = next_byte(in, &c, err);
        if (rc < 0)
            return rc;
        if (rc == 0)
            return in->cut.in_array ? cut_off(in, out, arena, err) : 0;
        bool opens = c == '[' && !in->cut.in_array, closes = c == ']' && in->cut.in_array;
        if (opens || closes) {
            in->cut.in_array = opens;
            fsc_cut_skip(in, 1);
            if (closes && in->cut.in_export && (rc = leave_export(in, err)) < 0)
                return rc;
            continue;
        }
        if (c != '{' && !in->cut.in_array)
            return garbage(in, out, arena, err);
        rc = take_value(in, out, arena, err);
        if (rc)
            return rc;
    }
}
