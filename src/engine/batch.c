#include "codec/codec.h"
#include "engine/pool_p.h"

// The unit of work: filled from the input, run somewhere else, written in input order.

#define KEEP (1u << 20)
#define OUTPUT_MAX ((size_t)1 << 40)

void fsc_batch_message(fsc_batch *b, int level, fsc_view source, const char *status, fsc_view reason)
{
    fsc_buf_char(&b->message, (char)('0' + level));
    fsc_buf_addv(&b->message, source);
    fsc_buf_adds(&b->message, ": ");
    fsc_buf_adds(&b->message, status);
    if (reason.len) {
        fsc_buf_adds(&b->message, ": ");
        for (size_t i = 0; i < reason.len; i++)
            fsc_buf_char(&b->message, reason.data[i] == '\n' ? ' ' : reason.data[i]);
    }
    fsc_buf_char(&b->message, '\n');
}

void fsc_batch_count(fsc_batch *b, fsc_view id, fsc_view source, fsc_record_status status, fsc_view reason)
{
    const fsc_view cell[] = {id, source, fsc_view_cstr(fsc_record_name(status)), reason};
    b->records++;
    b->outcome[status]++;
    if (!fsc_record_failed(status))
        return;
    b->failed++;
    fsc_batch_message(b, 1, source, fsc_record_name(status), reason);
    for (size_t i = 0; i < sizeof cell / sizeof *cell; i++) {
        if (i)
            fsc_buf_char(&b->errors, ',');
        fsc_csv_cell(&b->errors, cell[i], ',');
    }
    fsc_buf_char(&b->errors, '\n');
}

// One record may have more rows than memory should hold: they wait in a file until it is the batch's turn. Nothing of this is in `input`, whose
// size the pool counts.
static int spill_output(void *user, fsc_view bytes)
{
    fsc_batch *b = user;
    uint64_t offset;
    int status = b->has_spilled ? 0 : fsc_temp_open(&b->spilled, NULL, &b->err);
    b->has_spilled = b->has_spilled || !status;
    return status ? status : fsc_temp_append(&b->spilled, bytes, &offset, &b->err);
}

static void forget_spilled(fsc_batch *b)
{
    if (b->has_spilled)
        fsc_temp_close(&b->spilled);
    b->has_spilled = false;
}

static int write_spilled(const fsc_pool_job *p, fsc_batch *b, fsc_totals *totals, fsc_err *err)
{
    if (!b->has_spilled)
        return 0;
    fsc_buf bytes;
    fsc_buf_init(&bytes, NULL, FSC_SPILL_BYTES);
    int status = fsc_temp_flush(&b->spilled, err);
    for (uint64_t at = 0; at < b->spilled.size && !status; at += FSC_SPILL_BYTES) {
        uint64_t left = b->spilled.size - at;
        size_t size = left < FSC_SPILL_BYTES ? (size_t)left : FSC_SPILL_BYTES;
        status = fsc_buf_room(&bytes, size) ? fsc_temp_read(&b->spilled, at, bytes.data, size, err) : fsc_err_nomem(err);
        if (!status)
            status = fsc_pool_put(p, fsc_view_of(bytes.data, size), totals, err);
    }
    fsc_buf_release(&bytes);
    return status;
}

void fsc_batch_init(fsc_batch *b)
{
    *b = (fsc_batch){.err = FSC_ERR_INIT, .spill = {spill_output, b}};
    fsc_arena_init(&b->input, NULL);
    fsc_buf_init(&b->out, NULL, OUTPUT_MAX);
    b->out.spill = &b->spill;
    fsc_buf_init(&b->message, NULL, OUTPUT_MAX);
    fsc_buf_init(&b->errors, NULL, OUTPUT_MAX);
}

void fsc_batch_release(fsc_batch *b)
{
    forget_spilled(b);
    fsc_arena_release(&b->input);
    fsc_buf_release(&b->out);
    fsc_buf_release(&b->message);
    fsc_buf_release(&b->errors);
}

void fsc_batch_reset(fsc_batch *b)
{
    forget_spilled(b);
    fsc_arena_reset(&b->input, KEEP);
    fsc_buf_reset(&b->out, KEEP);
    fsc_buf_reset(&b->message, KEEP);
    fsc_buf_reset(&b->errors, KEEP);
    b->raw = NULL;
    b->raw_count = b->raw_done = 0;
    b->records = b->failed = b->differ = 0;
    memset(b->outcome, 0, sizeof b->outcome);
    b->status = 0;
    b->err = (fsc_err)FSC_ERR_INIT;
}

// 1: something to do, 0: the input has ended, < 0: failed
int fsc_batch_fill(fsc_batch *b, const fsc_pool_job *p, fsc_batch_limit limit, fsc_err *err)
{
    size_t bytes = 0;
    b->raw = FSC_NEW_N(&b->input, fsc_raw, limit.records);
    if (!b->raw)
        return fsc_err_nomem(err);
    while (b->raw_count < limit.records && bytes < limit.bytes) {
        int got = fsc_pool_next(p, &b->raw[b->raw_count], &b->input, err);
        if (got < 0)
            return got;
        if (!got)
            break;
        bytes += b->raw[b->raw_count++].data.len;
        if (!fsc_pool_ready(p))
            break;
    }
    uint64_t total;
    if (p->in)
        fsc_ingest_progress(p->in, &b->place, &total);
    return b->raw_count > 0;
}

bool fsc_pool_cancelled(const fsc_pool_job *p)
{
    return p->sink->cancelled && p->sink->cancelled(p->sink->user);
}

static void send_messages(const fsc_pool_job *p, const fsc_buf *lines)
{
    fsc_view rest = fsc_buf_view(lines);
    while (rest.len && p->sink->message) {
        // each line becomes a string of its own in place
        fsc_view line = fsc_view_split(&rest, '\n');
        ((char *)(uintptr_t)line.data)[line.len] = 0;
        if (line.len && !(p->quiet && line.data[0] < '2'))
            p->sink->message(p->sink->user, line.data[0] - '0', line.data + 1);
    }
}

int fsc_pool_next(const fsc_pool_job *p, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return p->in ? fsc_ingest_next(p->in, out, arena, err) : p->next(p->user, out, arena, err);
}

bool fsc_pool_ready(const fsc_pool_job *p)
{
    return !p->in || fsc_ingest_ready(p->in);
}

uint64_t fsc_pool_digest(const fsc_pool_job *p, uint64_t digest, const fsc_raw *raw)
{
    fsc_raw known = *raw;
    // what another source gives for data is its own affair
    if (!p->in)
        known.data = (fsc_view){"", 0};
    return fsc_totals_digest(digest, &known);
}

static void add_totals(const fsc_pool_job *p, const fsc_batch *b, fsc_totals *totals)
{
    totals->taken += b->raw_done;
    totals->records += b->records;
    totals->failed += b->failed;
    totals->differ += b->differ;
    for (size_t i = 0; i < FSC_RECORD_COUNT; i++)
        totals->outcome[i] += b->outcome[i];
    for (size_t i = 0; i < b->raw_done; i++)
        totals->bytes += b->raw[i].data.len;
    for (size_t i = 0; (p->out->journal || p->out->mark) && i < b->raw_done; i++)
        totals->digest = fsc_pool_digest(p, totals->digest, &b->raw[i]);
}

int fsc_pool_put(const fsc_pool_job *p, fsc_view bytes, fsc_totals *totals, fsc_err *err)
{
    totals->output += bytes.len;
    return fsc_target_write(p->out, bytes, err);
}

// The records that were ended are written also when the batch was stopped between two of them.
int fsc_batch_write(const fsc_pool_job *p, fsc_batch *b, fsc_totals *totals, fsc_err *err)
{
    int status = totals->taken ? 0 : fsc_pool_put(p, p->head, totals, err);
    if (status)
        return status;
    send_messages(p, &b->message);
    if (!b->status || b->status == FSC_E_CANCELLED) {
        add_totals(p, b, totals);
        totals->errors += b->errors.len;
        status = fsc_target_write_errors(p->out, fsc_buf_view(&b->errors), err);
        if (!status)
            status = write_spilled(p, b, totals, err);
        if (!status)
            status = fsc_pool_put(p, fsc_buf_view(&b->out), totals, err);
        if (status)
            return status;
    }
    if (b->status) {
        if (err && !err->code)
            *err = b->err;
        return b->status;
    }
    if (p->sink->progress && p->in) {
        uint64_t done, total;
        fsc_ingest_progress(p->in, &done, &total);
        p->sink->progress(p->sink->user, b->place, total, totals->records, totals->failed);
    }
    return fsc_target_save(p->out, totals, false, err);
}
