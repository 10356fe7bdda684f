#include <pthread.h>
#include <time.h>

#include "engine/pool_p.h"

// Batches go round a ring: the calling thread fills them in input order and writes them out in the same order; workers take
// whatever is filled. So output never depends on who was faster. The ring's size bounds memory.

#define LIMIT ((fsc_batch_limit){.bytes = 256u << 10, .records = 64})
#define INLINE_BYTES (1u << 20) /* below this no thread starts */
#define KEEP (1u << 20)
#define LOOK_NS 50000000L /* how often a waiting writer asks whether the job is cancelled */

enum { EMPTY, FILLED, TAKEN, DONE };

typedef struct pool {
    const fsc_pool_job *job;
    fsc_batch *ring;
    size_t size;
    size_t filled, taken, written; /* sequence numbers; index is modulo size */
    size_t queued;                 /* bytes of input in the ring */
    bool closed;
    atomic_bool stop;              /* the sink has cancelled: end the record at hand */
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    fsc_totals *totals;
} pool;

// `stop`: the flag of the pool, which its calling thread sets; NULL on the calling thread itself
static void batch_run(const fsc_pool_job *p, fsc_worker *w, fsc_batch *b, const atomic_bool *stop)
{
    while (b->raw_done < b->raw_count && !b->status) {
        if (stop ? atomic_load_explicit(stop, memory_order_relaxed) : fsc_pool_cancelled(p))
            b->status = fsc_err_set(&b->err, FSC_E_CANCELLED, "interrupted");
        else
            b->status = p->run(p->job, w, b, &b->raw[b->raw_done], &b->err);
        fsc_worker_reset(w);
        b->raw_done += b->status == 0;
    }
    const int failed = b->out.failed ? b->out.failed : b->errors.failed;
    if (failed && (!b->status || b->status == FSC_E_CANCELLED))
        b->status = fsc_err_set(&b->err, failed, "output of a batch: %s", fsc_status_text(failed));
}

// Passes over what older runs did, and checks that it is still the same.
static int pass_over(const fsc_pool_job *p, fsc_totals *totals, fsc_err *err)
{
    const fsc_totals *start = &p->out->start;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    uint64_t taken = 0, digest = 0;
    int status = 0;
    while (taken < start->taken && !status) {
        fsc_raw raw;
        int got = fsc_pool_cancelled(p) ? fsc_err_set(err, FSC_E_CANCELLED, "interrupted") : fsc_pool_next(p, &raw, &arena, err);
        if (got == 1) {
            digest = fsc_pool_digest(p, digest, &raw);
            taken++;
        } else {
            status = got ? got : fsc_err_set(err, FSC_E_CONFIG, "--resume: the inputs end before the place where the run stopped (record %llu): "
                                             "name the same inputs, or leave --resume out", (unsigned long long)start->taken);
        }
        fsc_arena_reset(&arena, KEEP);
    }
    fsc_arena_release(&arena);
    if (!status && digest != start->digest)
        status = fsc_err_set(err, FSC_E_CONFIG, "--resume: the first %llu records are not those of the run that stopped: name the same inputs in the "
                             "same order, or leave --resume out", (unsigned long long)start->taken);
    *totals = *start;
    return status;
}

// batches one after the other on the calling thread, until `limit` bytes have been read
static int run_inline(const fsc_pool_job *p, fsc_totals *totals, uint64_t limit, bool *ended, fsc_err *err)
{
    fsc_worker w;
    fsc_batch b;
    int status = fsc_worker_init(&w, p->ctx, p->lacks, err);
    if (status)
        return status;
    fsc_batch_init(&b);
    uint64_t bytes = 0;
    *ended = false;
    while (bytes < limit && !status && !*ended) {
        fsc_batch_reset(&b);
        int got = fsc_pool_cancelled(p) ? fsc_err_set(err, FSC_E_CANCELLED, "interrupted") : fsc_batch_fill(&b, p, LIMIT, err);
        for (size_t i = 0; i < b.raw_count; i++)
            bytes += b.raw[i].data.len;
        if (b.raw_count) {
            batch_run(p, &w, &b, NULL);
            status = fsc_batch_write(p, &b, totals, err);
        }
        if (got < 0 && !status)
            status = got;
        *ended = got == 0;
    }
    fsc_batch_release(&b);
    fsc_worker_release(&w);
    return status;
}

static void *work(void *arg)
{
    pool *p = arg;
    fsc_worker w;
    fsc_err err = FSC_ERR_INIT;
    int ready = fsc_worker_init(&w, p->job->ctx, p->job->lacks, &err);
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
            batch_run(p->job, &w, b, &p->stop);
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
    while (wait && b->state != DONE) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_NS;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (pthread_cond_timedwait(&p->done, &p->lock, &until) && fsc_pool_cancelled(p->job))
            atomic_store_explicit(&p->stop, true, memory_order_relaxed);
    }
    bool ready = b->state == DONE;
    pthread_mutex_unlock(&p->lock);
    if (!ready)
        return 0;
    int status = fsc_batch_write(p->job, b, p->totals, err);
    p->queued -= batch_bytes(b);
    fsc_batch_reset(b);
    b->state = EMPTY;
    p->written++;
    return status ? status : 1;
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

static int feed(pool *p, fsc_err *err)
{
    for (;;) {
        while (p->written < p->filled) {
            bool full = p->filled - p->written == p->size || p->queued > FSC_QUEUED_BYTES;
            int got = write_oldest(p, full, err);
            if (got < 0)
                return got;
            if (!got)
                break;
        }
        if (fsc_pool_cancelled(p->job)) {
            atomic_store_explicit(&p->stop, true, memory_order_relaxed);
            return fsc_err_set(err, FSC_E_CANCELLED, "interrupted");
        }
        // whoever feeds a filter may wait for the answer before it goes on
        if (!fsc_pool_ready(p->job)) {
            int status = drain(p, 0, err);
            if (status)
                return status;
        }
        fsc_batch *b = &p->ring[p->filled % p->size];
        int got = fsc_batch_fill(b, p->job, LIMIT, err);
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

static int run_threads(pool *p, unsigned workers, fsc_err *err)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    pthread_t *thread = FSC_NEW_N(&arena, pthread_t, workers);
    p->ring = FSC_NEW_N(&arena, fsc_batch, p->size);
    unsigned started = 0;
    int status = thread && p->ring ? 0 : fsc_err_nomem(err);
    for (size_t i = 0; !status && i < p->size; i++)
        fsc_batch_init(&p->ring[i]);
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
        fsc_batch_release(&p->ring[i]);
    fsc_arena_release(&arena);
    return status;
}

static int run_pool(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    pool p = {.job = job, .size = 2 * job->workers + 2, .totals = totals,
              .lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    int status = run_threads(&p, job->workers, err);
    pthread_mutex_destroy(&p.lock);
    pthread_cond_destroy(&p.work);
    pthread_cond_destroy(&p.done);
    return status;
}

static int run_all(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    bool ended = job->isolate;
    int status = pass_over(job, totals, err);
    if (!status && job->isolate)
        status = fsc_isolate_run(job, totals, err);
    else if (!status)
        status = run_inline(job, totals, job->workers > 1 ? INLINE_BYTES : UINT64_MAX, &ended, err);
    // nothing but a header for inputs that could not be read would look like a result
    if (!status && ended && !totals->taken && !(job->in && fsc_ingest_missing(job->in, 0)))
        return fsc_pool_put(job, job->head, totals, err);
    return status || ended ? status : run_pool(job, totals, err);
}

int fsc_pool_run(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    int status = run_all(job, totals, err);
    // what is ended before an interruption is kept; a failure leaves the last saved state
    if (status == FSC_E_CANCELLED && totals->taken && fsc_target_save(job->out, totals, true, NULL))
        return fsc_err_set(err, FSC_E_WRITE, "the state of the run could not be saved");
    return status ? status : fsc_pool_put(job, job->foot, totals, err);
}
