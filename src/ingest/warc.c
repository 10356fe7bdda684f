// WARC archives: cutting records, and which of them are documents.

#include <inttypes.h>
#include <stdio.h>

#include "ingest/warc_p.h"

// Blocks up to this size are looked at whole before they are passed over, so that a wrong length is noticed.
#define SMALL_BLOCK (UINT64_C(1) << 20)

// What cutting one record came to, beside 0 (the end) and failures (< 0).
enum { ROW = 1, AGAIN = 2, DAMAGED = 3 };

typedef struct fsc_warc {
    uint64_t records, documents, type[FSC_WARC_TYPE_COUNT], media, status, revisit, not_chosen;
    uint64_t number;    // where the record begins: in the file, or in what it unpacks to
    bool in_member;     // it begins a member, so `number` is a place of the file
    bool quiet;         // the bytes up to the next record have been reported
    fsc_warc_head head;
    fsc_err damage;     // what is wrong with the packing
} fsc_warc;

fsc_sniff fsc_ingest_warc_sniff(fsc_view head)
{
    return fsc_warc_begins(head) ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

fsc_warc *fsc_warc_new(fsc_arena *arena)
{
    return FSC_NEW(arena, fsc_warc);
}

int fsc_ingest_warc_begin(fsc_ingest *in, fsc_err *err)
{
    in->cut.warc = fsc_warc_new(&in->cut.arena);
    if (!in->seen)
        in->seen = fsc_warc_seen_new(&in->arena);
    return in->cut.warc && in->seen ? FSC_OK : fsc_err_nomem(err);
}

// ---------------------------------------------------------------- reading

static fsc_view rest_of(const fsc_ingest *in)
{
    return fsc_stream_rest(&in->cut.stream);
}

// More than `have` bytes: 1 they are there, 0 the file ends, DAMAGED its packing is broken, < 0 failed.
static int more(fsc_ingest *in, size_t have, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    fsc_err why = FSC_ERR_INIT;
    int rc = fsc_stream_more(&in->cut.stream, have, &why);
    if (rc >= 0)
        return rc;
    w->damage = why;
    if (rc == FSC_E_READ && fsc_stream_damaged(&in->cut.stream, NULL))
        return DAMAGED;
    if (err && !err->code)
        *err = why;
    return rc;
}

// Does a record begin at the next unread byte, as the first of a member? 1, 0, < 0 failed.
static int member_begins(fsc_ingest *in, fsc_err *err)
{
    uint64_t address;
    if (!fsc_stream_member(&in->cut.stream, &address))
        return 0;
    int rc = more(in, 6, err);
    return rc < 0 || rc == DAMAGED ? rc : fsc_warc_begins(rest_of(in));
}

// Passes over n bytes of a block. 1 done, 0 the file or the member ends before, DAMAGED, < 0 failed.
static int skip_block(fsc_ingest *in, uint64_t n, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (bool begun = false; n > 0; begun = true) {
        int rc = more(in, 0, err);
        if (rc != 1)
            return rc;
        // the first member is the record's own
        rc = begun ? member_begins(in, err) : 0;
        if (rc)
            return rc == 1 ? 0 : rc;
        size_t step = rest_of(in).len, left = fsc_stream_member_left(s);
        step = left < step ? left : step;
        step = n < step ? (size_t)n : step;
        fsc_cut_skip(in, step);
        n -= step;
    }
    return 1;
}

// Bytes that tell whether a record begins in the middle of a line.
#define MARK_BYTES 32

// Does a record begin at v[at]? At the start of a line its version is enough; behind a record that was cut, in the middle
// of one, the first line of a header must follow.
static bool begins_at(fsc_view v, size_t at)
{
    fsc_view rest = fsc_view_slice(v, at, v.len);
    if (!fsc_warc_begins(rest))
        return false;
    if (at == 0 || v.data[at - 1] == '\n')
        return true;
    fsc_view line = fsc_view_slice(rest, 0, MARK_BYTES);
    fsc_view_split(&line, '\n');
    return line.data && (fsc_view_starts(line, FSC_LIT("WARC-")) || fsc_view_starts(line, FSC_LIT("Content-")));
}

// Goes to the next record. 1 there, 0 none, < 0 failed.
static int find_record(fsc_ingest *in, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (;;) {
        int rc = more(in, MARK_BYTES, err);
        if (rc < 0)
            return rc;
        if (fsc_stream_rest(s).len < 8)
            return rc == DAMAGED ? fsc_stream_resync(s, FSC_LIT("WARC/"), err) : 0;
        // the place itself is behind us
        fsc_view rest = rest_of(in);
        size_t at = fsc_view_find(rest, FSC_LIT("WARC/"), 1), border = fsc_stream_member_left(s);
        size_t step = at != SIZE_MAX ? at : rest.len > MARK_BYTES ? rest.len - MARK_BYTES + 1 : rest.len;
        step = border < step ? border : step;
        bool found = step < rest.len && (step == border ? fsc_warc_begins(fsc_view_slice(rest, step, rest.len)) : begins_at(rest, step));
        // a mark at the end of what is there is looked at again with more behind it
        if (!found && at == step && rest.len - at < MARK_BYTES && rc == 1)
            step = at - 1;
        fsc_cut_skip(in, step ? step : 1);
        if (found)
            return 1;
        if (step == border && more(in, 6, err) == 1 && fsc_warc_begins(rest_of(in)))
            return 1;
    }
}

// ---------------------------------------------------------------- rows that are no documents

static int start_row(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return fsc_raw_start(in, out, FSC_PLACE_OFFSET, in->cut.warc->number, arena, err);
}

static int fail_row(fsc_ingest *in, fsc_raw *out, const char *why, fsc_arena *arena, fsc_err *err)
{
    int rc = start_row(in, out, arena, err);
    if (!rc)
        rc = fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err, "%s", why);
    return rc ? rc : ROW;
}

// The record at hand is lost with its member: the next one goes on.
static int damaged_row(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    int rc = fail_row(in, out, in->cut.warc->damage.text, arena, err);
    if (rc < 0)
        return rc;
    int found = fsc_stream_resync(&in->cut.stream, FSC_LIT("WARC/"), err);
    in->cut.ended = found == 0;
    return found < 0 ? found : ROW;
}

// Bytes that are no record, up to the next one.
static int junk_row(fsc_ingest *in, fsc_raw *out, const char *why, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    int rc = w->quiet ? AGAIN : fail_row(in, out, why, arena, err);
    if (rc < 0)
        return rc;
    w->quiet = false;
    int found = find_record(in, err);
    in->cut.ended = found == 0;
    return found < 0 ? found : rc;
}

// ---------------------------------------------------------------- headers

// Blank lines between records, then the place of the next one. 1 there is one, 0 the end, DAMAGED, < 0 failed.
static int to_record(fsc_ingest *in, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    fsc_stream *s = &in->cut.stream;
    int rc;
    while ((rc = more(in, 0, err)) == 1) {
        fsc_view rest = rest_of(in);
        size_t blanks = 0, border = fsc_stream_member_left(s);
        while (blanks < rest.len && blanks < border && (rest.data[blanks] == '\r' || rest.data[blanks] == '\n'))
            blanks++;
        fsc_cut_skip(in, blanks);
        if (blanks < rest.len && (blanks == 0 || blanks < border))
            break;
    }
    w->in_member = fsc_stream_member(s, &w->number);
    if (!w->in_member)
        w->number = s->offset;
    if (rc == DAMAGED)
        fsc_stream_damaged_place(s, &w->number);
    return rc;
}

// 1 read, 0 no header, DAMAGED, < 0 failed
static int read_head(fsc_ingest *in, fsc_err *err)
{
    int rc = 1;
    for (size_t want = 1024; rc == 1; want *= 4) {
        if (fsc_warc_head_parse(&in->cut.warc->head, fsc_view_slice(rest_of(in), 0, FSC_HEAD_MAX)))
            return 1;
        if (want / 4 >= FSC_HEAD_MAX || (rest_of(in).len >= 8 && !fsc_warc_begins(rest_of(in))))
            return 0;
        rc = more(in, want, err);
    }
    // what the end of the file left over may be a header all the same
    if (rc >= 0 && fsc_warc_head_parse(&in->cut.warc->head, fsc_view_slice(rest_of(in), 0, FSC_HEAD_MAX)))
        return 1;
    return rc;
}

// Reading on moves the bytes: the header's views follow them.
static void follow_head(fsc_ingest *in)
{
    fsc_warc_head_parse(&in->cut.warc->head, fsc_view_slice(rest_of(in), 0, FSC_HEAD_MAX));
}

// ---------------------------------------------------------------- which are documents

typedef enum fate { TAKE, SKIP, REVISIT, SEGMENT } fate;

static bool is_web(fsc_view uri)
{
    return !fsc_view_eq_nocase(fsc_view_slice(uri, 0, 4), FSC_LIT("dns:"));
}

static fate judge_media(fsc_warc *w, fsc_media media)
{
    w->media += media <= FSC_MEDIA_UNKNOWN;
    return media <= FSC_MEDIA_UNKNOWN ? SKIP : TAKE;
}

static fate judge_http(fsc_warc *w, fsc_view block)
{
    fsc_http_head http;
    bool revisit = w->head.type == FSC_WARC_REVISIT;
    fsc_http_head_parse(&http, block);
    bool good = http.status == 0 || http.status == 200 || (revisit && http.status == 304);
    if (!good) {
        w->status++;
        return SKIP;
    }
    // a revisit need not repeat the header of its target
    if (revisit && (http.media != FSC_MEDIA_OTHER || !http.typed || http.status == 304))
        return REVISIT;
    return judge_media(w, http.media);
}

static fate judge(const fsc_ingest *in, fsc_view block)
{
    fsc_warc *w = in->cut.warc;
    const fsc_warc_head *h = &w->head;
    w->type[h->type]++;
    if (h->type == FSC_WARC_CONTINUATION || (h->segment.len && h->type <= FSC_WARC_REVISIT))
        return SEGMENT;
    if (h->type > FSC_WARC_REVISIT)
        return SKIP;
    if (!is_web(h->uri))
        return judge_media(w, FSC_MEDIA_OTHER);
    if (!fsc_cdx_chosen(in, h->uri, h->date)) {
        w->not_chosen++;
        return SKIP;
    }
    if (h->type == FSC_WARC_CONVERSION)
        return h->content_type.len ? judge_media(w, fsc_media_of(h->content_type)) : TAKE;
    if (h->type == FSC_WARC_RESOURCE)
        return judge_media(w, fsc_media_of(h->content_type));
    return judge_http(w, block);
}

static void remember(fsc_ingest *in, bool document)
{
    const fsc_warc *w = in->cut.warc;
    fsc_stream *s = &in->cut.stream;
    if (w->head.type != FSC_WARC_RESPONSE)
        return;
    bool pipe = fsc_view_is(in->cut.input->path, "-") || in->archive.members;
    fsc_warc_place place = {.input = pipe ? 0 : (uint32_t)(in->cut.input - in->input.data), .document = document,
                            .reachable = !pipe && (w->in_member || !s->packed), .address = w->number};
    if (w->head.digest.len)
        fsc_warc_seen_put(in->seen, fsc_warc_key_digest(w->head.digest), place);
    if (w->head.uri.len)
        fsc_warc_seen_put(in->seen, fsc_warc_key_uri(w->head.uri, w->head.date), place);
}

// ---------------------------------------------------------------- revisits

static const fsc_warc_place *target_of(const fsc_ingest *in, const fsc_warc_head *h)
{
    const fsc_warc_place *found = NULL;
    if (h->digest.len)
        found = fsc_warc_seen_get(in->seen, fsc_warc_key_digest(h->digest));
    if (!found && h->refers_uri.len)
        found = fsc_warc_seen_get(in->seen, fsc_warc_key_uri(h->refers_uri, h->refers_date));
    return found;
}

// Is what the target's place holds what the revisit names?
static bool is_target(const fsc_warc_head *revisit, const fsc_warc_head *found)
{
    if (found->type != FSC_WARC_RESPONSE || !found->has_length)
        return false;
    return (revisit->digest.len && fsc_view_eq_nocase(revisit->digest, found->digest)) ||
           (revisit->refers_uri.len && fsc_view_eq(revisit->refers_uri, found->uri) &&
            fsc_view_eq(revisit->refers_date, found->date));
}

// The block of the target behind the revisit's own header. 1 done, 0 it is not there any more, < 0 failed.
static int join_target(fsc_ingest *in, fsc_raw *out, fsc_stream *s, fsc_arena *arena, fsc_err *err)
{
    const fsc_warc_head *own = &in->cut.warc->head;
    fsc_warc_head head;
    fsc_err why = FSC_ERR_INIT;
    int rc = fsc_stream_more(s, FSC_HEAD_MAX - 1, &why);
    if (rc == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (!fsc_warc_head_parse(&head, fsc_view_slice(fsc_stream_rest(s), 0, FSC_HEAD_MAX)) || !is_target(own, &head) ||
        head.length > in->max_record)
        return 0;
    size_t len = (size_t)head.length;
    why = (fsc_err)FSC_ERR_INIT;
    if (fsc_stream_rest(s).len < head.len + len && fsc_stream_more(s, head.len + len - 1, &why) == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (fsc_stream_rest(s).len < head.len + len)
        return 0;
    char *data = fsc_arena_alloc(arena, own->len + len);
    if (!data)
        return fsc_err_nomem(err);
    memcpy(data, rest_of(in).data, own->len);
    memcpy(data + own->len, fsc_stream_rest(s).data + head.len, len);
    out->data = fsc_view_of(data, own->len + len);
    return 1;
}

static int read_target(fsc_ingest *in, fsc_raw *out, const fsc_warc_place *place, fsc_arena *arena, fsc_err *err)
{
    fsc_stream s;
    fsc_err why = FSC_ERR_INIT;
    int rc = fsc_stream_open_at(&s, in->input.data[place->input].path.data, place->address, &in->stream, &why);
    if (rc)
        return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : 0;
    rc = join_target(in, out, &s, arena, err);
    fsc_stream_close(&s);
    return rc;
}

// ROW, AGAIN (the target is no document either), < 0 failed. The record itself is still unread.
static int revisit_row(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    const fsc_warc_place *place = target_of(in, &w->head);
    if (place && !place->document) {
        w->revisit++;
        return AGAIN;
    }
    int rc = start_row(in, out, arena, err);
    if (rc)
        return rc;
    int got = place && place->reachable ? read_target(in, out, place, arena, err) : 0;
    if (got < 0)
        return got;
    if (got == 0)
        rc = fsc_raw_fail(out, FSC_RECORD_REVISIT_UNRESOLVED, arena, err, "%s",
                          !place             ? "the record it repeats is not in this run before it"
                          : place->reachable ? "the record it repeats cannot be read again"
                                             : "the record it repeats is in a pipe, an archive of files, or a file packed as one piece");
    return rc ? rc : ROW;
}

// ---------------------------------------------------------------- the length of a record

// Where the next record begins inside the bytes that a record claims: behind them all when its length is right.
static size_t inner_record(const fsc_ingest *in, size_t total)
{
    fsc_view v = fsc_view_slice(rest_of(in), 0, total);
    for (size_t at = in->cut.warc->head.len; (at = fsc_view_find(v, FSC_LIT("WARC/"), at)) != SIZE_MAX; at++)
        if (begins_at(v, at))
            return at;
    return v.len;
}

// Is what stands behind `total` bytes the end of the file, of the member, or a record?
static bool ends_well(const fsc_ingest *in, size_t total)
{
    fsc_view rest = rest_of(in);
    size_t i = total;
    uint64_t damage = 0;
    if (fsc_stream_damaged(&in->cut.stream, &damage) && damage < in->cut.stream.offset + total)
        return false;
    // what stands behind the blank lines that end a record is not its affair
    if (fsc_view_starts(fsc_view_slice(rest, total, rest.len), FSC_LIT("\r\n\r\n")))
        return true;
    while (i < rest.len && (rest.data[i] == '\r' || rest.data[i] == '\n'))
        i++;
    return i == rest.len || fsc_stream_member_left(&in->cut.stream) <= i || fsc_warc_begins(fsc_view_slice(rest, i, rest.len));
}

enum { WHOLE = 1, REPORTED = 11 };

// WHOLE; REPORTED: *out is the row that says what is wrong with it, and the next record is next; < 0 failed.
static int check_whole(fsc_ingest *in, fsc_raw *out, size_t total, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    char why[160];
    int rc = more(in, total + 10, err);
    if (rc < 0)
        return rc;
    size_t member = fsc_stream_member_left(&in->cut.stream), have = rest_of(in).len;
    bool cut_short = have < total || (member < total && fsc_warc_begins(fsc_view_slice(rest_of(in), member, have)));
    if (!cut_short && ends_well(in, total))
        return WHOLE;
    size_t end = inner_record(in, total);
    end = cut_short && member < end ? member : end;
    if (rc == DAMAGED && end >= (have < total ? have : total)) {
        rc = damaged_row(in, out, arena, err);
        return rc < 0 ? rc : REPORTED;
    }
    if (end < total && end < have)
        snprintf(why, sizeof why, "the length %" PRIu64 " is wrong: the next record begins after %zu bytes",
                 w->head.length, end - w->head.len);
    else if (have < total)
        snprintf(why, sizeof why, "the file ends inside the record: %zu of %" PRIu64 " bytes are there",
                 have - w->head.len, w->head.length);
    else
        snprintf(why, sizeof why, "the length %" PRIu64 " is wrong: no record begins behind it", w->head.length);
    rc = fail_row(in, out, why, arena, err);
    w->quiet = end >= total;
    fsc_cut_skip(in, end < have ? end : have);
    return rc < 0 ? rc : REPORTED;
}

// ---------------------------------------------------------------- records

// Passes over the record. `row` is what it came to; a record that breaks off is a row of its own.
static int pass_over(fsc_ingest *in, fsc_raw *out, int row, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    int rc = skip_block(in, (uint64_t)w->head.len + w->head.length, err);
    if (rc < 0 || rc == 1)
        return rc < 0 ? rc : row;
    if (row == ROW) {
        // the damage is met again
        w->quiet = true;
        return row;
    }
    return rc == DAMAGED ? damaged_row(in, out, arena, err)
                         : fail_row(in, out, "the record ends before its length", arena, err);
}

static int take(fsc_ingest *in, fsc_raw *out, size_t total, fsc_arena *arena, fsc_err *err)
{
    int rc = start_row(in, out, arena, err);
    if (!rc)
        rc = fsc_cut_take(in, out, total, arena, err);
    in->cut.warc->documents++;
    return rc ? rc : ROW;
}

static int refuse(fsc_ingest *in, fsc_raw *out, fate f, fsc_arena *arena, fsc_err *err)
{
    int rc = start_row(in, out, arena, err);
    if (!rc)
        rc = f == SEGMENT ? fsc_raw_fail(out, FSC_RECORD_UNSUPPORTED, arena, err, "a segment of a larger record")
                          : fsc_raw_too_large(in, out, arena, err);
    return rc ? rc : pass_over(in, out, ROW, arena, err);
}

// The header and as much of the block as judging takes are there; `whole`: all of it, and its length is right.
static int settle_record(fsc_ingest *in, fsc_raw *out, bool whole, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    uint64_t total = (uint64_t)w->head.len + w->head.length;
    fate f = judge(in, fsc_view_slice(rest_of(in), w->head.len, total < SIZE_MAX ? (size_t)total : SIZE_MAX));
    remember(in, f == TAKE);
    if (f == SKIP)
        return pass_over(in, out, AGAIN, arena, err);
    if (f == SEGMENT || w->head.length > in->max_record)
        return refuse(in, out, f, arena, err);
    if (!whole) {
        int rc = check_whole(in, out, (size_t)total, arena, err);
        if (rc != WHOLE)
            return rc == REPORTED ? ROW : rc;
        follow_head(in);
    }
    if (f == TAKE)
        return take(in, out, (size_t)total, arena, err);
    int row = revisit_row(in, out, arena, err);
    return row < 0 ? row : pass_over(in, out, row, arena, err);
}

static int next_record(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    int rc = to_record(in, err);
    if (rc != 1)
        return rc == DAMAGED ? damaged_row(in, out, arena, err) : rc;
    rc = read_head(in, err);
    if (rc < 0)
        return rc;
    if (rc != 1)
        return rc == DAMAGED ? damaged_row(in, out, arena, err)
                             : junk_row(in, out, "no WARC record begins here", arena, err);
    w->quiet = false;
    w->records++;
    if (!w->head.has_length) {
        fsc_cut_skip(in, w->head.len);
        rc = fail_row(in, out, "the record has no length", arena, err);
        w->quiet = true;
        return rc;
    }
    bool large = w->head.length > in->max_record;
    bool looked = !large && w->head.length <= SMALL_BLOCK;
    // of a block that is passed over only the HTTP header is needed
    size_t peek = w->head.len + (large || !looked ? FSC_HEAD_MAX : (size_t)w->head.length);
    rc = looked ? check_whole(in, out, peek, arena, err) : more(in, peek, err);
    if (rc < 0 || (looked && rc != WHOLE))
        return rc == REPORTED ? ROW : rc;
    follow_head(in);
    return settle_record(in, out, looked, arena, err);
}

// ---------------------------------------------------------------- records by their place

static int place_row(fsc_raw *out, fsc_view path, uint64_t offset, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_raw){.kind = fsc_kind_index(fsc_kind_named(FSC_LIT("warc"))), .data = {"", 0}, .reason = {"", 0}};
    out->source = fsc_arena_printf(arena, "%s@%" PRIu64, path.data, offset);
    return out->source.data ? FSC_OK : fsc_err_nomem(err);
}

// Reads the record at which the open stream stands: 1 *bytes is the whole of it, 0 *out says why it is not, < 0 failed.
static int whole_record(fsc_ingest *in, fsc_stream *s, fsc_raw *out, fsc_view *bytes, fsc_arena *arena, fsc_err *err)
{
    fsc_warc_head *head = &in->cut.warc->head;
    fsc_err why = FSC_ERR_INIT;
    if (fsc_stream_more(s, FSC_HEAD_MAX - 1, &why) == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (!fsc_warc_head_parse(head, fsc_view_slice(fsc_stream_rest(s), 0, FSC_HEAD_MAX)) || !head->has_length)
        return fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err, "no WARC record begins here");
    if (head->length > in->max_record)
        return fsc_raw_too_large(in, out, arena, err);
    size_t total = head->len + (size_t)head->length;
    why = (fsc_err)FSC_ERR_INIT;
    if (fsc_stream_rest(s).len < total && fsc_stream_more(s, total - 1, &why) == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    *bytes = fsc_view_slice(fsc_stream_rest(s), 0, total);
    fsc_warc_head_parse(head, fsc_view_slice(*bytes, 0, FSC_HEAD_MAX));
    return bytes->len == total ? 1 : fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err, "the file ends inside the record");
}

static int record_of(fsc_ingest *in, fsc_stream *s, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_warc *w = in->cut.warc;
    fsc_view bytes;
    w->records++;
    int rc = whole_record(in, s, out, &bytes, arena, err);
    if (rc != 1)
        return rc ? rc : ROW;
    fate f = judge(in, fsc_view_slice(bytes, w->head.len, bytes.len));
    if (f == SKIP)
        return 0;
    if (f == SEGMENT)
        rc = fsc_raw_fail(out, FSC_RECORD_UNSUPPORTED, arena, err, "a segment of a larger record");
    else if (f == REVISIT)
        rc = fsc_raw_fail(out, FSC_RECORD_REVISIT_UNRESOLVED, arena, err, "a revisit: what it repeats is another record");
    else
        rc = (out->data = fsc_arena_dup(arena, bytes)).data ? FSC_OK : fsc_err_nomem(err);
    w->documents += f == TAKE;
    return rc ? rc : ROW;
}

int fsc_warc_record_at(fsc_ingest *in, fsc_view path, uint64_t offset, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_stream s;
    fsc_err why = FSC_ERR_INIT;
    int rc = place_row(out, path, offset, arena, err);
    if (rc)
        return rc;
    rc = fsc_stream_open_at(&s, path.data, offset, &in->stream, &why);
    if (rc == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (rc) {
        rc = fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err, "%s", why.text);
        return rc ? rc : ROW;
    }
    rc = record_of(in, &s, out, arena, err);
    fsc_stream_close(&s);
    return rc;
}

// ---------------------------------------------------------------- the end

static int add_count(fsc_buf *b, uint64_t n, const char *what)
{
    if (n)
        fsc_buf_printf(b, "%s%" PRIu64 " %s", b->len && b->data[b->len - 1] != ' ' ? ", " : "", n, what);
    return b->failed;
}

int fsc_warc_finish(fsc_ingest *in, fsc_err *err)
{
    const fsc_warc *w = in->cut.warc;
    fsc_buf b;
    fsc_buf_init(&b, in->alloc, 4096);
    fsc_buf_printf(&b, "%" PRIu64 " WARC records, %" PRIu64 " of them documents; passed over: ", w->records,
                   w->documents);
    size_t begun = b.len;
    for (int t = FSC_WARC_REQUEST; t < FSC_WARC_TYPE_COUNT; t++)
        add_count(&b, w->type[t], fsc_warc_type_name((fsc_warc_type)t));
    add_count(&b, w->media, "neither page nor text");
    add_count(&b, w->status, "with an HTTP status other than 200");
    add_count(&b, w->revisit, "revisits of such");
    add_count(&b, w->not_chosen, "not in the listing");
    if (b.len == begun)
        fsc_buf_adds(&b, "none");
    int rc = b.failed ? fsc_err_nomem(err) : fsc_ingest_add_note(in, fsc_buf_view(&b), err);
    fsc_buf_release(&b);
    return rc;
}

int fsc_ingest_warc_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    int rc = AGAIN;
    while (rc == AGAIN)
        rc = in->cut.ended ? 0 : next_record(in, out, arena, err);
    return rc ? rc : fsc_warc_finish(in, err);
}
