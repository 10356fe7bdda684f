// Packed files: a stream that unpacks gzip and zstd, knows where members begin, and finds the next one after damage.

#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/codec.h"
#include "ingest/stream_p.h"

// Members known ahead of the reader: more would be a flood of tiny ones inside one huge record.
#define BORDERS (1u << 20)
// Bytes unpacked at a time.
#define STEP 65536
// Bytes of a supposed member that are tried after damage: a zstd frame gives nothing before its first block is whole.
#define TRIAL_GZIP 4096
#define TRIAL_ZSTD (160u << 10)
#define TRIALS 4096
// Bytes that may be read twice after damage, beyond twice the file.
#define REREAD_FREE (UINT64_C(64) << 20)

typedef struct border {
    uint64_t at, address; // in the unpacked bytes and in the file
} border;

struct fsc_packed {
    fsc_unpack *unpack;
    fsc_pack pack;
    uint64_t made;           // bytes unpacked so far
    uint64_t at, address;    // where the last member begun begins
    bool inside, announced;  // in a member; its first byte has come
    bool damaged;
    fsc_err why;
    border *border;          // members behind the bytes skipped, in order
    size_t first, count, cap;
    uint64_t reread;
    unsigned trials;
};

static int read_failure(const fsc_err *err)
{
    return err && err->code ? err->code : FSC_E_READ;
}

// ---------------------------------------------------------------- opening

// The dictionary stands in front of all frames.
static int read_dictionary(fsc_stream *s, fsc_err *err)
{
    int64_t n = fsc_reader_fill(&s->reader, 8, err);
    if (n < 0)
        return read_failure(err);
    uint64_t size = fsc_unpack_dictionary_size(fsc_view_of(s->reader.data + s->reader.pos, (size_t)n));
    if (size == 0)
        return FSC_OK;
    if (size > (UINT64_C(8) << 20) + 8)
        return fsc_err_set(err, FSC_E_READ, "a zstd dictionary above 8 MiB is not read");
    n = fsc_reader_fill(&s->reader, (size_t)size, err);
    if (n < 0)
        return read_failure(err);
    if ((uint64_t)n < size)
        return fsc_err_set(err, FSC_E_READ, "the file ends inside its zstd dictionary");
    fsc_err why = FSC_ERR_INIT;
    int rc = fsc_unpack_dictionary(s->packed->unpack, fsc_view_of(s->reader.data + s->reader.pos + 8, (size_t)size - 8),
                                   &why);
    if (rc == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (rc)
        return fsc_err_set(err, FSC_E_READ, "%s", why.text);
    fsc_reader_skip(&s->reader, (size_t)size);
    return FSC_OK;
}

int fsc_packed_open(fsc_stream *s, fsc_err *err)
{
    fsc_pack pack = fsc_pack_of(fsc_view_of(s->reader.data + s->reader.pos, s->reader.len - s->reader.pos));
    if (pack == FSC_PACK_NONE)
        return FSC_OK;
    s->packed = s->alloc->alloc(s->alloc->user, sizeof *s->packed);
    if (!s->packed)
        return fsc_err_nomem(err);
    *s->packed = (fsc_packed){.pack = pack, .why = FSC_ERR_INIT};
    int rc = fsc_unpack_new(&s->packed->unpack, pack, s->alloc, err);
    if (!rc && s->window)
        fsc_unpack_window(s->packed->unpack, s->window);
    if (!rc && pack == FSC_PACK_ZSTD)
        rc = read_dictionary(s, err);
    if (rc)
        return rc;
    // damage in the first bytes is met again by whoever reads them
    fsc_err later = FSC_ERR_INIT;
    rc = fsc_packed_more(s, 2, &later);
    return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : FSC_OK;
}

void fsc_packed_close(fsc_stream *s)
{
    fsc_packed *p = s->packed;
    if (!p)
        return;
    fsc_unpack_free(p->unpack);
    if (p->border)
        s->alloc->free(s->alloc->user, p->border);
    s->alloc->free(s->alloc->user, p);
    s->packed = NULL;
}

// ---------------------------------------------------------------- reading on

static bool room_for_step(fsc_stream *s)
{
    if (s->cap - s->len >= STEP)
        return true;
    // moving what is unread costs no more than reading what made room for it
    if (s->pos >= STEP && s->pos >= s->len - s->pos) {
        memmove(s->data, s->data + s->pos, s->len - s->pos);
        s->len -= s->pos;
        s->pos = 0;
        return true;
    }
    size_t cap = s->cap * 2 + 2 * STEP;
    char *data = s->data ? s->alloc->resize(s->alloc->user, s->data, cap) : s->alloc->alloc(s->alloc->user, cap);
    if (!data)
        return false;
    s->data = data;
    s->cap = cap;
    return true;
}

static bool add_border(fsc_stream *s)
{
    fsc_packed *p = s->packed;
    while (p->count && p->border[p->first].at < s->offset) {
        p->first++;
        p->count--;
    }
    if (p->count >= BORDERS)
        return true;
    if (p->first + p->count == p->cap && p->first > p->count) {
        memmove(p->border, p->border + p->first, p->count * sizeof *p->border);
        p->first = 0;
    }
    if (p->first + p->count == p->cap) {
        size_t cap = p->cap * 2 + 64;
        border *more = p->border ? s->alloc->resize(s->alloc->user, p->border, cap * sizeof *more)
                                 : s->alloc->alloc(s->alloc->user, cap * sizeof *more);
        if (!more)
            return false;
        p->border = more;
        p->cap = cap;
    }
    p->border[p->first + p->count++] = (border){p->at, p->address};
    return true;
}

// Notes the damage, once. What has been unpacked stays.
static int damaged(fsc_packed *p, const char *what)
{
    p->damaged = true;
    return fsc_err_set(&p->why, FSC_E_READ, "%s in the %s member at byte %" PRIu64, what, fsc_pack_name(p->pack),
                       p->address);
}

// The begin of the next member: 1 there, 0 the file ends, < 0 failed.
static int begin_member(fsc_stream *s, fsc_err *err)
{
    fsc_packed *p = s->packed;
    for (;;) {
        int64_t n = fsc_reader_fill(&s->reader, 4, err);
        if (n < 0)
            return read_failure(err);
        // tapes and block devices fill up with zeros
        size_t zeros = 0;
        while (zeros < (size_t)n && s->reader.data[s->reader.pos + zeros] == 0)
            zeros++;
        fsc_reader_skip(&s->reader, zeros);
        if (n == 0 || zeros == 0)
            break;
    }
    fsc_view rest = fsc_view_of(s->reader.data + s->reader.pos, s->reader.len - s->reader.pos);
    if (rest.len == 0)
        return 0;
    p->address = s->reader.offset;
    p->at = p->made;
    if (fsc_pack_of(rest) != p->pack)
        return damaged(p, rest.len < 4 ? "the file ends" : "something else stands");
    p->inside = true;
    p->announced = false;
    return 1;
}

// One step inside a member: 1 go on, < 0 failed.
static int run_step(fsc_stream *s, fsc_err *err)
{
    fsc_packed *p = s->packed;
    fsc_unpack_step step;
    fsc_err why = FSC_ERR_INIT;
    if (!room_for_step(s))
        return fsc_err_nomem(err);
    size_t before = s->reader.len - s->reader.pos;
    int rc = fsc_unpack_run(p->unpack, fsc_view_of(s->reader.data + s->reader.pos, before), s->data + s->len,
                            s->cap - s->len < 4 * STEP ? s->cap - s->len : 4 * STEP, &step, &why);
    fsc_reader_skip(&s->reader, step.used);
    if (step.made && !p->announced && !add_border(s))
        return fsc_err_nomem(err);
    p->announced |= step.made > 0;
    s->len += step.made;
    p->made += step.made;
    if (step.ended)
        p->inside = false;
    if (rc == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (rc)
        return damaged(p, why.text);
    if (step.used || step.made || step.ended)
        return 1;
    int64_t n = fsc_reader_fill(&s->reader, before + 1, err);
    if (n < 0)
        return read_failure(err);
    return (size_t)n > before ? 1 : damaged(p, "the file ends");
}

int fsc_packed_more(fsc_stream *s, size_t have, fsc_err *err)
{
    fsc_packed *p = s->packed;
    while (s->len - s->pos <= have) {
        int rc = 1;
        if (!p->damaged)
            rc = p->inside ? run_step(s, err) : begin_member(s, err);
        if (p->damaged) {
            if (err && !err->code)
                *err = p->why;
            return FSC_E_READ;
        }
        if (rc <= 0)
            return rc;
    }
    return 1;
}

// ---------------------------------------------------------------- members

// The first border at or behind the next unread byte.
static const border *next_border(const fsc_stream *s)
{
    fsc_packed *p = s->packed;
    while (p && p->count && p->border[p->first].at < s->offset) {
        p->first++;
        p->count--;
    }
    return p && p->count ? &p->border[p->first] : NULL;
}

bool fsc_stream_member(const fsc_stream *s, uint64_t *address)
{
    const border *b = next_border(s);
    if (!b || b->at != s->offset)
        return false;
    *address = b->address;
    return true;
}

size_t fsc_stream_member_left(const fsc_stream *s)
{
    const border *b = next_border(s);
    if (b && b->at == s->offset)
        b = s->packed->count > 1 ? b + 1 : NULL;
    return b ? (size_t)(b->at - s->offset) : SIZE_MAX;
}

bool fsc_stream_damaged(const fsc_stream *s, uint64_t *at)
{
    if (at && s->packed)
        *at = s->packed->at;
    return s->packed && s->packed->damaged;
}

void fsc_stream_damaged_place(const fsc_stream *s, uint64_t *address)
{
    if (fsc_stream_damaged(s, NULL))
        *address = s->packed->address;
}

// ---------------------------------------------------------------- after damage

// Goes to a place of the file; false: it cannot be gone to.
static bool go_to(fsc_stream *s, uint64_t offset)
{
    fsc_reader *r = &s->reader;
    if (lseek(r->fd, (off_t)offset, SEEK_SET) < 0)
        return false;
    r->pos = r->len = 0;
    r->eof = false;
    r->offset = offset;
    return true;
}

// Does a member that begins with the prefix stand at the next unread byte? It is tried and then begun anew. < 0 failed.
static int try_member(fsc_stream *s, fsc_view prefix, fsc_err *err)
{
    fsc_packed *p = s->packed;
    char out[16];
    size_t made = 0, at = 0;
    int64_t n = fsc_reader_fill(&s->reader, p->pack == FSC_PACK_GZIP ? TRIAL_GZIP : TRIAL_ZSTD, err);
    if (n < 0)
        return read_failure(err);
    fsc_view rest = fsc_view_of(s->reader.data + s->reader.pos, (size_t)n);
    fsc_unpack_restart(p->unpack);
    while (made < prefix.len && made < sizeof out) {
        fsc_unpack_step step;
        fsc_err why = FSC_ERR_INIT;
        int rc = fsc_unpack_run(p->unpack, fsc_view_slice(rest, at, rest.len), out + made, sizeof out - made, &step,
                                &why);
        if (rc == FSC_E_NOMEM)
            return fsc_err_nomem(err);
        made += step.made;
        at += step.used;
        if (rc || step.ended || (!step.used && !step.made))
            break;
    }
    fsc_unpack_restart(p->unpack);
    return fsc_view_starts(fsc_view_of(out, made), prefix);
}

// The next place that looks like the begin of a member: 1 there, 0 none, < 0 failed.
static int find_magic(fsc_stream *s, fsc_err *err)
{
    for (;;) {
        int64_t n = fsc_reader_fill(&s->reader, 4, err);
        if (n < 4)
            return n < 0 ? read_failure(err) : 0;
        const char *data = s->reader.data + s->reader.pos;
        size_t len = s->reader.len - s->reader.pos, i = 0;
        char lead = s->packed->pack == FSC_PACK_GZIP ? '\x1F' : '\x28';
        while (i + 4 <= len) {
            const char *hit = memchr(data + i, lead, len - 3 - i);
            i = hit ? (size_t)(hit - data) : len - 3;
            if (hit && fsc_pack_of(fsc_view_of(hit, 4)) == s->packed->pack)
                break;
            i += hit != NULL;
        }
        bool found = i + 4 <= len;
        fsc_reader_skip(&s->reader, i);
        if (found)
            return 1;
    }
}

int fsc_stream_resync(fsc_stream *s, fsc_view prefix, fsc_err *err)
{
    fsc_packed *p = s->packed;
    if (!p)
        return 0;
    s->pos = s->len = 0;
    s->offset = p->made;
    p->first = p->count = 0;
    // the damaged member is not tried again, but it may have swallowed the next one
    if (s->reader.offset == p->address && s->reader.pos < s->reader.len)
        fsc_reader_skip(&s->reader, 1);
    uint64_t back = s->reader.offset - p->address;
    if (back > 1 && p->reread + back <= 2 * s->reader.offset + REREAD_FREE && go_to(s, p->address + 1))
        p->reread += back;
    for (int rc; p->trials < TRIALS; fsc_reader_skip(&s->reader, 1)) {
        if ((rc = find_magic(s, err)) <= 0)
            return rc;
        rc = try_member(s, prefix, err);
        if (rc < 0)
            return rc;
        if (rc > 0) {
            p->damaged = p->inside = false;
            p->why = (fsc_err)FSC_ERR_INIT;
            return 1;
        }
        p->trials++;
    }
    return 0;
}

int fsc_stream_open_at(fsc_stream *s, const char *path, uint64_t offset, const fsc_stream_options *opt, fsc_err *err)
{
    int rc = fsc_stream_open(s, path, opt, err);
    if (rc)
        return rc;
    if (!go_to(s, offset)) {
        fsc_stream_close(s);
        return fsc_err_set(err, FSC_E_READ, "cannot go back in the file");
    }
    s->pos = s->len = 0;
    s->offset = offset;
    if (s->packed) {
        fsc_packed *p = s->packed;
        fsc_unpack_restart(p->unpack);
        p->inside = p->damaged = false;
        p->made = offset;
        p->first = p->count = 0;
    }
    return FSC_OK;
}
