#include "ingest/stream_p.h"

#include "codec/codec.h"

// Bytes of UTF-16 decoded at a time.
#define WIDE_STEP 65536

static int read_failure(const fsc_err *err)
{
    return err && err->code ? err->code : FSC_E_READ;
}

// The reader is open: looks at its first bytes.
static int begin(fsc_stream *s, fsc_err *err)
{
    int64_t n = fsc_reader_fill(&s->reader, 4, err);
    int rc = n < 0 ? read_failure(err) : fsc_packed_open(s, err);
    if (rc) {
        fsc_stream_close(s);
        return rc;
    }
    fsc_view head = fsc_stream_rest(s);
    if (s->packed) {
        s->marked = fsc_view_starts(head, FSC_LIT("\xEF\xBB\xBF"));
        fsc_stream_skip(s, s->marked ? 3 : 0);
        return FSC_OK;
    }
    size_t mark = 0;
    if (fsc_view_starts(head, FSC_LIT("\xEF\xBB\xBF"))) {
        mark = 3;
    } else if (fsc_view_starts(head, FSC_LIT("\xFE\xFF")) || fsc_view_starts(head, FSC_LIT("\xFF\xFE"))) {
        mark = 2;
        s->wide = true;
        s->big_endian = head.data[0] == '\xFE';
    }
    fsc_reader_skip(&s->reader, mark);
    s->marked = mark > 0;
    s->offset = s->wide ? 0 : mark;
    return FSC_OK;
}

static void reset(fsc_stream *s, const fsc_stream_options *opt)
{
    *s = (fsc_stream){.alloc = opt->alloc ? opt->alloc : fsc_alloc_default(), .window = opt->window};
}

int fsc_stream_open(fsc_stream *s, const char *path, const fsc_stream_options *opt, fsc_err *err)
{
    reset(s, opt);
    int rc = fsc_reader_open(&s->reader, path, s->alloc, err);
    return rc ? rc : begin(s, err);
}

int fsc_stream_open_pull(fsc_stream *s, fsc_pull pull, void *user, const char *name, const fsc_stream_options *opt,
                         fsc_err *err)
{
    reset(s, opt);
    fsc_reader_open_pull(&s->reader, pull, user, name, s->alloc);
    return begin(s, err);
}

int fsc_stream_open_lines(fsc_stream *s, const char *path, const fsc_stream_options *opt, fsc_err *err)
{
    reset(s, opt);
    return fsc_reader_open(&s->reader, path, s->alloc, err);
}

void fsc_stream_close(fsc_stream *s)
{
    fsc_reader_close(&s->reader);
    fsc_packed_close(s);
    if (s->data)
        s->alloc->free(s->alloc->user, s->data);
    s->data = NULL;
}

fsc_view fsc_stream_rest(const fsc_stream *s)
{
    if (s->wide || s->packed)
        return fsc_view_of(s->data ? s->data + s->pos : "", s->len - s->pos);
    return fsc_view_of(s->reader.data ? s->reader.data + s->reader.pos : "", s->reader.len - s->reader.pos);
}

// Room for `more` decoded bytes behind the unread ones.
static bool wide_room(fsc_stream *s, size_t more)
{
    if (s->pos) {
        memmove(s->data, s->data + s->pos, s->len - s->pos);
        s->len -= s->pos;
        s->pos = 0;
    }
    if (s->cap - s->len >= more)
        return true;
    size_t cap = s->cap + s->cap / 2 + more;
    char *data = s->data ? s->alloc->resize(s->alloc->user, s->data, cap) : s->alloc->alloc(s->alloc->user, cap);
    if (!data)
        return false;
    s->data = data;
    s->cap = cap;
    return true;
}

static int wide_more(fsc_stream *s, fsc_err *err)
{
    // a surrogate pair is four bytes: with fewer the input has ended
    int64_t n = fsc_reader_fill(&s->reader, 4, err);
    if (n < 0)
        return read_failure(err);
    if (n == 0)
        return 0;
    size_t step = n < WIDE_STEP ? (size_t)n : WIDE_STEP, used;
    if (!wide_room(s, step / 2 * 3 + 6))
        return fsc_err_nomem(err);
    fsc_view in = {s->reader.data + s->reader.pos, step};
    s->len += fsc_charset_utf16(s->data + s->len, in, s->big_endian, n < 4, &used, &s->repaired);
    fsc_reader_skip(&s->reader, used);
    return 1;
}

int fsc_stream_more(fsc_stream *s, size_t have, fsc_err *err)
{
    if (s->packed)
        return fsc_packed_more(s, have, err);
    if (!s->wide) {
        int64_t n = fsc_reader_fill(&s->reader, have + 1, err);
        return n < 0 ? read_failure(err) : (size_t)n > have;
    }
    int rc = 1;
    while (rc > 0 && s->len - s->pos <= have)
        rc = wide_more(s, err);
    return rc < 0 ? rc : s->len - s->pos > have;
}

void fsc_stream_skip(fsc_stream *s, size_t n)
{
    s->offset += n;
    if (s->wide || s->packed)
        s->pos += n;
    else
        fsc_reader_skip(&s->reader, n);
}

void fsc_stream_give_back(fsc_stream *s)
{
    if (!s->wide && !s->packed)
        fsc_reader_give_back(&s->reader);
}
