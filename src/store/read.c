#include <stdlib.h>

#include "base/vec.h"
#include "codec/codec.h"
#include "store/packed_p.h"
#include "store/store_p.h"

// Articles out of the store, one after the other or a document's chain.

#define ARTICLE                                                                                                                               \
    "v.id, v.source, v.url, v.canonical, v.kind, v.genre, v.section, v.title, v.author, v.site, v.published, v.modified, v.captured, v.lang, " \
    "v.status, v.reason, v.post, v.text_start, v.repaired, v.parts, v.origin, v.extra, v.text"
#define OWN 3   // columns before those of the article: document, version, capture

struct fsc_store_reader {
    fsc_store *store;
    sqlite3_stmt *st;
    fsc_json_parser *json;
    uint64_t total;
    bool ended;             // a further step would begin anew
};

// ---------------------------------------------------------------- one article

static uint32_t number(const fsc_json *v)
{
    return v && v->kind == FSC_JSON_NUMBER && v->number >= 0 && v->number < UINT32_MAX ? (uint32_t)v->number : 0;
}

static fsc_part_kind part_kind(fsc_view name)
{
    for (int k = 0; k < FSC_PART_COUNT; k++)
        if (fsc_view_is(name, fsc_part_name((fsc_part_kind)k)))
            return (fsc_part_kind)k;
    return FSC_PART_BODY;
}

// [part, start, end, scored, block quote, author]
static fsc_part part_of(const fsc_json *v)
{
    const fsc_json *cell[6] = {NULL};
    size_t n = 0;
    for (const fsc_json *c = v->child; c && n < 6; c = c->next)
        cell[n++] = c;
    return (fsc_part){.kind = part_kind(fsc_json_text(cell[0])), .start = number(cell[1]), .end = number(cell[2]), .scored = number(cell[3]) != 0,
                      .block_quote = number(cell[4]) != 0, .author = cell[5] ? fsc_json_text(cell[5]) : (fsc_view){0}};
}

static size_t length(const fsc_json *v)
{
    size_t n = 0;
    for (const fsc_json *c = v ? v->child : NULL; c; c = c->next)
        n++;
    return n;
}

// spans come from the file: one that points beyond the text would be followed
static int take_parts(fsc_store_reader *r, fsc_article *a, fsc_view text, fsc_arena *arena, fsc_err *err)
{
    fsc_json *v = NULL;
    int status = text.len ? fsc_json_parse(&v, r->json, text, false, arena, err) : 0;
    if (status)
        return status;
    a->part = FSC_NEW_N(arena, fsc_part, length(v) + 1);
    if (!a->part)
        return fsc_err_nomem(err);
    uint32_t last = 0;
    for (const fsc_json *c = v ? v->child : NULL; c; c = c->next) {
        fsc_part p = part_of(c);
        if (p.start < last || p.end < p.start || p.end > a->text.len)
            return fsc_err_at(err, FSC_E_READ, fsc_view_cstr(r->store->path), 0, 0, "is damaged: the parts of %.*s do not fit its text",
                              (int)a->source.len, a->source.data);
        last = p.end;
        a->part[a->part_count++] = p;
    }
    return 0;
}

static int take_fields(fsc_store_reader *r, fsc_field **out, size_t *count, fsc_view text, fsc_arena *arena, fsc_err *err)
{
    fsc_json *v = NULL;
    *count = 0;
    int status = text.len ? fsc_json_parse(&v, r->json, text, false, arena, err) : 0;
    if (status)
        return status;
    *out = FSC_NEW_N(arena, fsc_field, length(v) + 1);
    if (!*out)
        return fsc_err_nomem(err);
    for (const fsc_json *c = v ? v->child : NULL; c; c = c->next)
        (*out)[(*count)++] = (fsc_field){c->key, fsc_json_text(c)};
    return 0;
}

static fsc_record_status status_of(fsc_view name)
{
    for (int k = 0; k < FSC_RECORD_COUNT; k++)
        if (fsc_view_is(name, fsc_record_name((fsc_record_status)k)))
            return (fsc_record_status)k;
    return FSC_RECORD_UNSUPPORTED;
}

static int take_article(fsc_store_reader *r, fsc_stored *out, fsc_arena *arena, fsc_err *err)
{
    sqlite3_stmt *st = r->st;
    fsc_article *a = &out->article;
    fsc_field *keep;
    *out = (fsc_stored){.document = sqlite3_column_int64(st, 0), .version = sqlite3_column_int64(st, 1), .capture = sqlite3_column_int64(st, 2)};
    for (int i = 0; i < FSC_PACKED_FIELDS; i++)
        *fsc_article_view(a, (size_t)i) = fsc_column_text(st, OWN + i, arena);
    int at = OWN + FSC_PACKED_FIELDS;
    a->status = status_of(fsc_column_text(st, at, arena));
    a->reason = fsc_column_text(st, at + 1, arena);
    a->post = sqlite3_column_int(st, at + 2) != 0;
    a->repaired = (uint32_t)sqlite3_column_int64(st, at + 4);
    a->text = fsc_column_text(st, at + 8, arena);
    int64_t start = sqlite3_column_int64(st, at + 3);
    a->text_start = start >= 0 && (uint64_t)start <= a->text.len ? (uint32_t)start : 0;
    fsc_view parts = fsc_column_text(st, at + 5, arena), origin = fsc_column_text(st, at + 6, arena), extra = fsc_column_text(st, at + 7, arena);
    if (arena->failed)
        return fsc_err_nomem(err);
    int status = take_parts(r, a, parts, arena, err);
    if (!status)
        status = take_fields(r, &a->from, &a->from_count, origin, arena, err);
    if (!status)
        status = take_fields(r, &keep, &a->keep_count, extra, arena, err);
    if (!status)
        a->keep = keep;
    return status;
}

// ---------------------------------------------------------------- many

static int open_reader(fsc_store_reader **out, fsc_store *s, const char *sql, fsc_err *err)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    fsc_store_reader *r = alloc->alloc(alloc->user, sizeof *r);
    *out = NULL;
    if (!r)
        return fsc_err_nomem(err);
    *r = (fsc_store_reader){.store = s};
    int status = fsc_sql_prepare(s, &r->st, sql, err);
    if (!status)
        status = fsc_json_parser_new(&r->json, NULL, err);
    if (status)
        fsc_store_reader_close(r);
    else
        *out = r;
    return status;
}

int fsc_store_read(fsc_store_reader **out, fsc_store *s, enum fsc_store_which which, fsc_err *err)
{
    static const char *const sql[] = {
        "SELECT d.document, v.version, 0, " ARTICLE " FROM documents d JOIN versions v ON v.version = d.latest ORDER BY d.document",
        "SELECT d.document, v.version, 0, " ARTICLE " FROM documents d JOIN versions v ON v.document = d.document ORDER BY d.document, v.number",
        "SELECT v.document, v.version, 0, " ARTICLE " FROM versions v WHERE v.status IN ('ok', 'truncated') "
        "AND NOT EXISTS (SELECT 1 FROM analyses a WHERE a.run = (SELECT run FROM current) AND a.version = v.version) ORDER BY v.version"};
    static const char *const count[] = {"SELECT count(*) FROM documents", "SELECT count(*) FROM versions", "SELECT count(*) FROM versions"};
    sqlite3_stmt *st;
    int64_t total = 0;
    int status = fsc_sql_prepare(s, &st, count[which], err);
    if (status)
        return status;
    int got = fsc_sql_int(s, st, &total, err);
    sqlite3_finalize(st);
    status = got < 0 ? got : open_reader(out, s, sql[which], err);
    if (status)
        return status;
    (*out)->total = (uint64_t)total;
    return 0;
}

// the inner query sorts dates, not texts
int fsc_store_recent(fsc_store_reader **out, fsc_store *s, int64_t limit, fsc_err *err)
{
    int status = open_reader(out, s, "SELECT v.document, v.version, 0, " ARTICLE " FROM versions v WHERE v.version IN (SELECT x.version FROM documents d "
                             "JOIN versions x ON x.version = d.latest WHERE x.status IN ('ok', 'truncated') ORDER BY x.published DESC, x.version LIMIT ?) "
                             "ORDER BY v.published DESC, v.version", err);
    if (!status)
        sqlite3_bind_int64((*out)->st, 1, limit);
    return status;
}

int fsc_store_next(fsc_store_reader *r, fsc_stored *out, fsc_arena *arena, fsc_err *err)
{
    int code = r->ended ? SQLITE_DONE : sqlite3_step(r->st);
    r->ended = code != SQLITE_ROW;
    if (code == SQLITE_DONE)
        return 0;
    if (code != SQLITE_ROW)
        return fsc_store_fail(r->store, code, err);
    int status = take_article(r, out, arena, err);
    return status ? status : 1;
}

void fsc_store_reader_close(fsc_store_reader *r)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    if (!r)
        return;
    sqlite3_finalize(r->st);
    fsc_json_parser_free(r->json);
    alloc->free(alloc->user, r);
}

uint64_t fsc_store_reader_total(const fsc_store_reader *r)
{
    return r->total;
}

int fsc_store_capture(fsc_store *s, int64_t capture, fsc_stored *out, fsc_arena *arena, fsc_err *err)
{
    fsc_store_reader *r;
    int status = open_reader(&r, s, "SELECT v.document, v.version, c.capture, v.id, c.source, v.url, v.canonical, v.kind, v.genre, v.section, v.title, "
                             "v.author, v.site, c.published, c.modified, c.captured, v.lang, v.status, v.reason, v.post, v.text_start, v.repaired, v.parts, "
                             "v.origin, v.extra, v.text FROM captures c JOIN versions v ON v.version = c.version WHERE c.capture = ?", err);
    if (status)
        return status;
    sqlite3_bind_int64(r->st, 1, capture);
    int got = fsc_store_next(r, out, arena, err);
    fsc_store_reader_close(r);
    return got > 0 ? 0 : got < 0 ? got : fsc_err_set(err, FSC_E_INTERNAL, "%s: no capture %lld", s->path, (long long)capture);
}

// ---------------------------------------------------------------- full text

// bytes that no text has: where highlight() begins and ends a match
#define OPEN_MARK "\x01"
#define CLOSE_MARK "\x02"

static int try_query(fsc_store *s, fsc_view query, fsc_err *err)
{
    sqlite3_stmt *st;
    int64_t one;
    int status = fsc_sql_prepare(s, &st, "SELECT 1 FROM fulltext WHERE fulltext MATCH ? LIMIT 1", err);
    if (status)
        return status;
    fsc_bind_text_always(st, 1, query);
    int got = fsc_sql_int(s, st, &one, err);
    sqlite3_finalize(st);
    return got;
}

// each word between quotation marks, so that nothing in it is an operator
static void put_plain(fsc_buf *out, fsc_view query)
{
    for (fsc_view rest = fsc_view_trim(query); rest.len;) {
        fsc_view word = fsc_view_split(&rest, ' ');
        if (!word.len)
            continue;
        fsc_buf_adds(out, out->len ? " \"" : "\"");
        for (size_t i = 0; i < word.len; i++) {
            if (word.data[i] == '"')
                fsc_buf_char(out, '"');
            fsc_buf_char(out, word.data[i]);
        }
        fsc_buf_char(out, '"');
    }
}

int fsc_store_find(fsc_store_reader **out, fsc_store *s, fsc_view query, uint64_t limit, bool *plain, fsc_err *err)
{
    fsc_buf words;
    fsc_err first = FSC_ERR_INIT;
    fsc_buf_init(&words, NULL, 1u << 20);
    *plain = try_query(s, query, &first) < 0;
    if (*plain)
        put_plain(&words, query);
    else
        fsc_buf_addv(&words, query);
    int status = words.failed ? fsc_err_nomem(err) : 0;
    if (!status && !words.len)
        status = fsc_err_set(err, FSC_E_USAGE, "an empty query finds nothing; name a word, or a \"phrase\"");
    if (!status)
        status = try_query(s, fsc_buf_view(&words), err);
    if (status >= 0)
        status = open_reader(out, s, "SELECT v.document, v.version, 0, " ARTICLE ", highlight(fulltext, 1, '" OPEN_MARK "', '" CLOSE_MARK "') "
                             "FROM fulltext JOIN versions v ON v.version = fulltext.rowid JOIN documents d ON d.document = v.document AND d.latest = v.version "
                             "WHERE fulltext MATCH ? ORDER BY rank LIMIT ?", err);
    if (!status) {
        sqlite3_bind_text64((*out)->st, 1, words.data, words.len, SQLITE_TRANSIENT, SQLITE_UTF8);
        sqlite3_bind_int64((*out)->st, 2, limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
    }
    fsc_buf_release(&words);
    return status;
}

// The marked text beside the text: where they differ stands a mark, even if the text has such bytes itself.
int fsc_store_matches(fsc_store_reader *r, const fsc_stored *found, fsc_span **out, size_t *count, fsc_arena *arena, fsc_err *err)
{
    int at = OWN + FSC_PACKED_FIELDS + 9;
    const char *marked = (const char *)sqlite3_column_text(r->st, at);
    size_t len = (size_t)sqlite3_column_bytes(r->st, at);
    fsc_view text = found->article.text;
    fsc_vec(fsc_span) spans = {0};
    uint32_t start = 0;
    for (size_t i = 0, k = 0; marked && i < len; i++) {
        if (k < text.len && marked[i] == text.data[k]) {
            k++;
        } else if (marked[i] == OPEN_MARK[0]) {
            start = (uint32_t)k;
        } else if (!fsc_vec_push(arena, &spans, (fsc_span){start, (uint32_t)k})) {
            return fsc_err_nomem(err);
        }
    }
    *out = spans.data;
    *count = spans.len;
    return 0;
}
