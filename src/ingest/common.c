#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "ingest/ingest_p.h"

fsc_view fsc_ingest_skip_blanks(fsc_view v)
{
    size_t i = 0;
    while (i < v.len && (v.data[i] == ' ' || (v.data[i] >= '\t' && v.data[i] <= '\r')))
        i++;
    return fsc_view_slice(v, i, v.len);
}

// ---------------------------------------------------------------- raw records

// Can a range start where the stream is? In kinds whose records need nothing of those before them, at a place that can be gone to.
static bool is_border(const fsc_ingest *in, uint64_t at)
{
    const fsc_cut *cut = &in->cut;
    uint64_t address;
    // a place in a member is none in the archive, one in the lines of a database none in its file
    if (in->archive.members || in->database)
        return false;
    bool alone = cut->kind->cut == fsc_ingest_jsonl_cut || cut->kind->cut == fsc_ingest_table_cut || cut->kind->cut == fsc_ingest_warc_cut;
    if (!alone || cut->stream.wide || cut->stream.marked)
        return false;
    if (!cut->stream.packed)
        return true;
    // packed line by line is not packed record by record: only an archive says where its members begin
    return cut->kind->cut == fsc_ingest_warc_cut && fsc_stream_member(&cut->stream, &address) && address == at;
}

// "path:12", "path@4096": each record has one
static fsc_view address_of(fsc_view path, char mark, uint64_t number, fsc_arena *arena)
{
    char digits[FSC_PUT_U64];
    size_t len = (size_t)(fsc_put_u64(digits, number) - digits);
    char *data = fsc_arena_alloc(arena, path.len + len + 2);
    if (!data)
        return (fsc_view){0};
    memcpy(data, path.data, path.len);
    data[path.len] = mark;
    memcpy(data + path.len + 1, digits, len);
    data[path.len + 1 + len] = 0;
    return fsc_view_of(data, path.len + 1 + len);
}

int fsc_raw_start(fsc_ingest *in, fsc_raw *out, fsc_place place, uint64_t number, fsc_arena *arena, fsc_err *err)
{
    const fsc_cut *cut = &in->cut;
    *out = (fsc_raw){
        .kind = fsc_kind_index(cut->kind), .data = {"", 0}, .table = cut->table, .reason = {"", 0}, .line = cut->line,
        .at = place == FSC_PLACE_OFFSET ? number : cut->stream.offset};
    out->border = is_border(in, out->at);
    out->marked = cut->stream.marked && !cut->stream.wide;
    // the name of a member lives no longer than the member is read
    if (place == FSC_PLACE_PATH && in->archive.members)
        out->source = fsc_arena_dup(arena, cut->input->path);
    else if (place == FSC_PLACE_PATH)
        out->source = cut->input->path;
    else
        out->source = address_of(cut->input->path, place == FSC_PLACE_LINE ? ':' : '@', number, arena);
    return out->source.data ? FSC_OK : fsc_err_nomem(err);
}

static int fail_with(fsc_view *reason, fsc_arena *arena, fsc_err *err, const char *fmt, va_list args)
{
    char text[512];
    uint32_t repaired = 0;
    vsnprintf(text, sizeof text, fmt, args);
    // the text may be cut inside a character
    *reason = fsc_arena_dup(arena, fsc_view_cstr(text));
    if (reason->data)
        *reason = fsc_utf8_repair(arena, *reason, &repaired);
    return reason->data ? FSC_OK : fsc_err_nomem(err);
}

int fsc_raw_fail(fsc_raw *out, fsc_record_status status, fsc_arena *arena, fsc_err *err, const char *fmt, ...)
{
    va_list args;
    out->status = status;
    out->data = (fsc_view){"", 0};
    va_start(args, fmt);
    int rc = fail_with(&out->reason, arena, err, fmt, args);
    va_end(args);
    return rc;
}

int fsc_raw_too_large(const fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return fsc_raw_fail(out, FSC_RECORD_TOO_LARGE, arena, err,
                        "the record is larger than %" PRIu64 " bytes: raise --max-record", in->max_record);
}

int fsc_item_fail(fsc_item *out, fsc_record_status status, fsc_arena *arena, fsc_err *err, const char *fmt, ...)
{
    va_list args;
    out->status = status;
    if (status != FSC_RECORD_EMPTY)
        out->content = (fsc_view){"", 0};
    va_start(args, fmt);
    int rc = fail_with(&out->reason, arena, err, fmt, args);
    va_end(args);
    return rc;
}

static uint64_t count_lines(fsc_view v)
{
    uint64_t n = 0;
    const char *p = v.data, *end = v.data + v.len;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        n++;
        p++;
    }
    return n;
}

static void move_on(fsc_ingest *in, size_t n, uint64_t lines)
{
    fsc_cut *cut = &in->cut;
    cut->line += lines;
    fsc_stream_skip(&cut->stream, n);
    if (in->archive.members)
        atomic_store_explicit(&in->done, in->finished + fsc_members_read(in->archive.members), memory_order_relaxed);
    else if (cut->stream.packed)
        atomic_store_explicit(&in->done, in->finished + cut->stream.reader.offset, memory_order_relaxed);
    else
        atomic_fetch_add_explicit(&in->done, n, memory_order_relaxed);
}

void fsc_cut_skip(fsc_ingest *in, size_t n)
{
    move_on(in, n, count_lines(fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, n)));
}

static int copy_next(fsc_ingest *in, fsc_raw *out, size_t n, fsc_arena *arena, fsc_err *err)
{
    out->data = fsc_arena_dup(arena, fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, n));
    if (!out->data.data)
        return fsc_err_nomem(err);
    out->utf8 = in->cut.stream.marked;
    out->repaired = in->cut.stream.repaired;
    in->cut.stream.repaired = 0;
    return FSC_OK;
}

int fsc_cut_take(fsc_ingest *in, fsc_raw *out, size_t n, fsc_arena *arena, fsc_err *err)
{
    int rc = copy_next(in, out, n, arena, err);
    if (!rc)
        fsc_cut_skip(in, n);
    return rc;
}

int fsc_cut_take_line(fsc_ingest *in, fsc_raw *out, size_t n, fsc_arena *arena, fsc_err *err)
{
    int rc = copy_next(in, out, n, arena, err);
    if (!rc)
        move_on(in, n, n && out->data.data[n - 1] == '\n');
    return rc;
}

int fsc_cut_piece(fsc_ingest *in, fsc_raw *out, fsc_place place, fsc_arena *arena, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    if (cut->piece_next == cut->piece_count)
        return 0;
    const fsc_piece *p = &cut->piece[cut->piece_next++];
    int rc = fsc_raw_start(in, out, place, place == FSC_PLACE_OFFSET ? p->offset : p->line, arena, err);
    if (rc)
        return rc;
    out->line = p->line;
    if (p->failed)
        rc = fsc_raw_fail(out, FSC_RECORD_UNSUPPORTED, arena, err, "%s", p->failed);
    else if (!(out->data = fsc_arena_dup(arena, p->data)).data)
        rc = fsc_err_nomem(err);
    return rc ? rc : 1;
}

static fsc_record_status failed_status(int code)
{
    return code == FSC_E_SYNTAX || code == FSC_E_READ ? FSC_RECORD_UNREADABLE
           : code == FSC_E_LIMIT                      ? FSC_RECORD_TOO_LARGE
                                                      : FSC_RECORD_UNSUPPORTED;
}

// The whole file as one row that says why it gives no records.
static int refuse(fsc_ingest *in, fsc_raw *out, fsc_record_status status, const fsc_err *why, fsc_arena *arena,
                  fsc_err *err)
{
    int rc = fsc_raw_start(in, out, FSC_PLACE_PATH, 0, arena, err);
    if (!rc && why->line)
        rc = fsc_raw_fail(out, status, arena, err, "line %u: %s", why->line, why->text);
    else if (!rc)
        rc = fsc_raw_fail(out, status, arena, err, "%s", why->text);
    return rc ? rc : 1;
}

int fsc_cut_pieces(fsc_ingest *in, fsc_raw *out, int (*read)(fsc_ingest *in, fsc_err *err), fsc_arena *arena,
                   fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    if (cut->ended)
        return fsc_cut_piece(in, out, cut->whole ? FSC_PLACE_PATH : FSC_PLACE_LINE, arena, err);
    cut->ended = true;
    int rc = fsc_cut_whole(in, err);
    if (rc < 0)
        return rc;
    if (rc == 0) {
        rc = fsc_raw_start(in, out, FSC_PLACE_PATH, 0, arena, err);
        if (!rc)
            rc = fsc_raw_too_large(in, out, arena, err);
        return rc ? rc : 1;
    }
    fsc_err why = FSC_ERR_INIT;
    rc = read(in, &why);
    if (rc == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (rc)
        return refuse(in, out, failed_status(rc), &why, arena, err);
    if (cut->piece_count == 0) {
        fsc_err_set(&why, FSC_E_SYNTAX, "no entries and no articles in it");
        return refuse(in, out, FSC_RECORD_EMPTY, &why, arena, err);
    }
    return fsc_cut_piece(in, out, cut->whole ? FSC_PLACE_PATH : FSC_PLACE_LINE, arena, err);
}

// ---------------------------------------------------------------- values

void fsc_json_put(fsc_json_writer *w, const char *name, fsc_view v)
{
    if (v.len == 0)
        return;
    fsc_json_key(w, name);
    fsc_json_string(w, v);
}

int fsc_clean(fsc_view *out, fsc_view v, fsc_arena *arena, uint32_t *repaired, fsc_err *err)
{
    uint32_t count = 0;
    *out = v.len ? fsc_utf8_repair(arena, v, &count) : (fsc_view){"", 0};
    if (repaired)
        *repaired += count;
    return out->data ? FSC_OK : fsc_err_nomem(err);
}

bool fsc_kind_is_post(fsc_view kind)
{
    static const char *const posts[] = {"post",    "reply", "repost", "quote", "tweet",
                                        "retweet", "toot",  "note",   "status"};
    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
        if (fsc_view_eq_nocase(kind, fsc_view_cstr(posts[i])))
            return true;
    return false;
}

static bool has_tag(fsc_view v, fsc_view tag)
{
    for (size_t at = 0; (at = fsc_view_find(v, FSC_LIT("<"), at)) != SIZE_MAX; at++)
        if (fsc_view_eq_nocase(fsc_view_slice(v, at + 1, at + 1 + tag.len), tag))
            return true;
    return false;
}

fsc_format fsc_html_format(fsc_view content)
{
    fsc_view head = fsc_view_slice(content, 0, 2048);
    bool page = has_tag(head, FSC_LIT("!doctype")) || has_tag(head, FSC_LIT("html")) ||
                has_tag(head, FSC_LIT("head")) || has_tag(head, FSC_LIT("body"));
    return page ? FSC_FORMAT_HTML : FSC_FORMAT_FRAGMENT;
}
