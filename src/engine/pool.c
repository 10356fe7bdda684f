#include <pthread.h>

#include "engine/engine_p.h"

// Batches go round a ring: the calling thread fills them in input order and writes them out in the same order; workers take
// whatever is filled. So output never depends on who was faster. The ring's size bounds memory.

#define BATCH_BYTES (256u << 10)
#define BATCH_RECORDS 64u
#define QUEUED_BYTES (64u << 20)
#define INLINE_BYTES (1u << 20) /* below this no thread starts */
#define KEEP (1u << 20)
#define OUTPUT_MAX ((size_t)1 << 40)

enum { EMPTY, FILLED, TAKEN, DONE };

typedef struct pool {
    const fsc_pool_job *job;
    fsc_batch *ring;
    size_t size;
    size_t filled, taken, written; /* sequence numbers; index is modulo size */
    size_t queued;                 /* bytes of input in the ring */
    bool closed;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    fsc_totals *totals;
} pool;

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

static void batch_init(fsc_batch *b)
{
    *b = (fsc_batch){.err = FSC_ERR_INIT};
    fsc_arena_init(&b->input, NULL);
    fsc_buf_init(&b->out, NULL, OUTPUT_MAX);
    fsc_buf_init(&b->message, NULL, OUTPUT_MAX);
}

static void batch_release(fsc_batch *b)
{
    fsc_arena_release(&b->input);
    fsc_buf_release(&b->out);
    fsc_buf_release(&b->message);
}

static void batch_reset(fsc_batch *b)
{
    fsc_arena_reset(&b->input, KEEP);
    fsc_buf_reset(&b->out, KEEP);
    fsc_buf_reset(&b->message, KEEP);
    b->raw = NULL;
    b->raw_count = b->raw_cap = 0;
    b->records = b->failed = b->differ = 0;
    b->status = 0;
    b->err = (fsc_err)FSC_ERR_INIT;
}

static int next_record(const fsc_pool_job *p, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return p->in ? fsc_ingest_next(p->in, out, arena, err) : p->next(p->user, out, arena, err);
}

// 1: something to do, 0: the input has ended, < 0: failed
static int batch_fill(fsc_batch *b, const fsc_pool_job *p, fsc_err *err)
{
    size_t bytes = 0;
    b->raw = FSC_NEW_N(&b->input, fsc_raw, BATCH_RECORDS);
    if (!b->raw)
        return fsc_err_nomem(err);
    while (b->raw_count < BATCH_RECORDS && bytes < BATCH_BYTES) {
        int got = next_record(p, &b->raw[b->raw_count], &b->input, err);
        if (got < 0)
            return got;
        if (!got)
            break;
        bytes += b->raw[b->raw_count++].data.len;
    }
    return b->raw_count > 0;
}

static void batch_run(const fsc_pool_job *p, fsc_worker *w, fsc_batch *b)
{
    b->status = p->run(p->job, w, b, &b->err);
    if (!b->status && b->out.failed)
        b->status = fsc_err_set(&b->err, b->out.failed, "output of a batch: %s", fsc_status_text(b->out.failed));
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

static int batch_write(const fsc_pool_job *p, fsc_batch *b, fsc_totals *totals, fsc_err *err)
{
    int status = totals->records ? 0 : fsc_target_write(p->out, p->head, err);
    if (status)
        return status;
    send_messages(p, &b->message);
    totals->records += b->records;
    totals->failed += b->failed;
    totals->differ += b->differ;
    if (b->status) {
        if (err && !err->code)
            *err = b->err;
        return b->status;
    }
    if (p->sink->progress && p->in) {
        uint64_t done, total;
        fsc_ingest_progress(p->in, &done, &total);
        p->sink->progress(p->sink->user, done, total, totals->records, totals->failed);
    }
    return fsc_target_write(p->out, fsc_buf_view(&b->out), err);
}

static bool is_cancelled(const fsc_pool_job *p)
{
    return p->sink->cancelled && p->sink->cancelled(p->sink->user);
}

// batches one after the other on the calling thread, until `limit` bytes have been read
static int run_inline(const fsc_pool_job *p, fsc_totals *totals, uint64_t limit, bool *ended, fsc_err *err)
{
    fsc_worker w;
    fsc_batch b;
    int status = fsc_worker_init(&w, p->ctx, err);
    if (status)
        return status;
    batch_init(&b);
    uint64_t bytes = 0;
    *ended = false;
    while (bytes < limit && !status && !*ended) {
        batch_reset(&b);
        int got = is_cancelled(p) ? fsc_err_set(err, FSC_E_CANCELLED, "interrupted") : batch_fill(&b, p, err);
        for (size_t i = 0; i < b.raw_count; i++)
            bytes += b.raw[i].data.len;
        if (b.raw_count) {
            batch_run(p, &w, &b);
            status = batch_write(p, &b, totals, err);
        }
        if (got < 0 && !status)
            status = got;
        *ended = got == 0;
    }
    batch_release(&b);
    fsc_worker_release(&w);
    return status;
}

static void *work(void *arg)
{
    pool *p = arg;
    fsc_worker w;
    fsc_err err = FSC_ERR_INIT;
    int ready = fsc_worker_init(&w, p->job->ctx, &err);
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->taken == p->filled && !p->closed)
            pthread_cond_wait(&p->work, &p->lock);
        if (p->taken == p->filled)
            break;
        fsc_batch *b = &p->ring[p->taken++ % p->size];
        b->state = TAKEN;
        pthread_mutex_unlock(&p->lock);
        if (ready == 0) {
            batch_run(p->job, &w, b);
        } else {
            b->status = ready;
            b->err = err;
        }
        pthread_mutex_lock(&p->lock);
        b->state = DONE;
        pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    if (ready == 0)
        fsc_worker_release(&w);
    return NULL;
}

static size_t batch_bytes(const fsc_batch *b)
{
    return b->input.held;
}

// writes the oldest batch; waits for it when `wait`. 1 written, 0 not ready, < 0 failed
static int write_oldest(pool *p, bool wait, fsc_err *err)
{
    fsc_batch *b = &p->ring[p->written % p->size];
    pthread_mutex_lock(&p->lock);
    while (wait && b->state != DONE)
        pthread_cond_wait(&p->done, &p->lock);
    bool ready = b->state == DONE;
    pthread_mutex_unlock(&p->lock);
    if (!ready)
        return 0;
    int status = batch_write(p->job, b, p->totals, err);
    p->queued -= batch_bytes(b);
    batch_reset(b);
    b->state = EMPTY;
    p->written++;
    return status ? status : 1;
}

static int feed(pool *p, fsc_err *err)
{
    for (;;) {
        while (p->written < p->filled) {
            bool full = p->filled - p->written == p->size || p->queued > QUEUED_BYTES;
            int got = write_oldest(p, full, err);
            if (got < 0)
                return got;
            if (!got)
                break;
        }
        if (is_cancelled(p->job))
            return fsc_err_set(err, FSC_E_CANCELLED, "interrupted");
        fsc_batch *b = &p->ring[p->filled % p->size];
        int got = batch_fill(b, p->job, err);
        if (b->raw_count) {
            p->queued += batch_bytes(b);
            pthread_mutex_lock(&p->lock);
            b->state = FILLED;
            p->filled++;
            pthread_cond_signal(&p->work);
            pthread_mutex_unlock(&p->lock);
        }
        if (got <= 0)
            return got;
    }
}

static int drain(pool *p, int status, fsc_err *err)
{
    while (p->written < p->filled) {
        int got = write_oldest(p, true, err);
        if (got < 0 && !status)
            status = got;
        if (got < 0)
            break;
    }
    return status;
}

static int run_threads(pool *p, unsigned workers, fsc_err *err)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    pthread_t *thread = FSC_NEW_N(&arena, pthread_t, workers);
    p->ring = FSC_NEW_N(&arena, fsc_batch, p->size);
    unsigned started = 0;
    int status = thread && p->ring ? 0 : fsc_err_nomem(err);
    for (size_t i = 0; !status && i < p->size; i++)
        batch_init(&p->ring[i]);
    while (!status && started < workers && pthread_create(&thread[started], NULL, work, p) == 0)
        started++;
    if (!status && !started)
        status = fsc_err_set(err, FSC_E_INTERNAL, "cannot start a thread; try -j 1");
    if (started) {
        status = feed(p, err);
        status = drain(p, status, err);
    }
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    for (size_t i = 0; p->ring && i < p->size; i++)
        batch_release(&p->ring[i]);
    fsc_arena_release(&arena);
    return status;
}

static int run_all(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    bool ended = false;
    *totals = (fsc_totals){0};
    int status = run_inline(job, totals, job->workers > 1 ? INLINE_BYTES : UINT64_MAX, &ended, err);
    // nothing but a header for inputs that could not be read would look like a result
    if (!status && ended && !totals->records && !(job->in && fsc_ingest_missing(job->in, 0)))
        return fsc_target_write(job->out, job->head, err);
    if (status || ended)
        return status;
    pool p = {.job = job, .size = 2 * job->workers + 2, .totals = totals,
              .lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    status = run_threads(&p, job->workers, err);
    pthread_mutex_destroy(&p.lock);
    pthread_cond_destroy(&p.work);
    pthread_cond_destroy(&p.done);
    return status;
}

int fsc_pool_run(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    int status = run_all(job, totals, err);
    return status ? status : fsc_target_write(job->out, job->foot, err);
}
