#include <pthread.h>
#include <time.h>

#include "engine/pool_p.h"

// Batches go round a ring: the calling thread fills them in input order and writes them out in the same order; all threads, the calling
// one too, run whatever is filled. So output never depends on who was faster. The ring's size bounds memory.

#define BATCH_MOST (256u << 10) /* bytes of input */
#define BATCH_LEAST (16u << 10)
#define BATCH_RECORDS 64
#define START_BYTES (1u << 20) /* below this no thread starts */
#define KEEP (1u << 20)
#define LOOK_NS 50000000L /* how often a waiting writer asks whether the job is cancelled */

enum { EMPTY, FILLED, TAKEN, DONE };

typedef struct pool {
    const fsc_pool_job *job;
    fsc_batch *ring;
    size_t size;
    size_t filled, taken, written; /* sequence numbers; index is modulo size */
    size_t queued;                 /* bytes of input in the ring */
    uint64_t read;                 /* bytes of input in all */
    bool ended;                    /* nothing is left to be read */
    bool closed;
    atomic_bool stop;              /* the sink has cancelled: end the record at hand */
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    pthread_t *thread;
    unsigned started;
    bool tried;                    /* to start threads */
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

// The next batch that is filled, or NULL; with the lock held.
static fsc_batch *take(pool *p)
{
    fsc_batch *b = p->taken < p->filled ? &p->ring[p->taken++ % p->size] : NULL;
    if (b)
        b->state = TAKEN;
    return b;
}

// A thread of the pool.
static void *work(void *arg)
{
    pool *p = arg;
    fsc_worker w;
    fsc_batch *b;
    fsc_err err = FSC_ERR_INIT;
    int ready = fsc_worker_init(&w, p->job->ctx, p->job->lacks, &err);
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!(b = take(p)) && !p->closed)
            pthread_cond_wait(&p->work, &p->lock);
        if (!b)
            break;
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

// ---------------------------------------------------------------- the calling thread

static size_t batch_bytes(const fsc_batch *b)
{
    return b->input.held;
}

// Writes the batches that are done, oldest first, up to one that is not.
static int write_done(pool *p, fsc_err *err)
{
    for (;;) {
        fsc_batch *b = &p->ring[p->written % p->size];
        pthread_mutex_lock(&p->lock);
        bool ready = p->written < p->filled && b->state == DONE;
        pthread_mutex_unlock(&p->lock);
        if (!ready)
            return 0;
        int status = fsc_batch_write(p->job, b, p->totals, err);
        p->queued -= batch_bytes(b);
        fsc_batch_reset(b);
        b->state = EMPTY;
        p->written++;
        if (status)
            return status;
    }
}

// Bytes of input that are still to be read; 0: not known.
static uint64_t bytes_left(const pool *p)
{
    uint64_t done = 0, total = 0;
    if (p->job->in)
        fsc_ingest_progress(p->job->in, &done, &total);
    return total > done ? total - done : 0;
}

// Towards the end batches become smaller, so that all workers end together.
static fsc_batch_limit limit_of(const pool *p)
{
    uint64_t left = bytes_left(p), share = left / (4 * (uint64_t)p->job->workers);
    size_t bytes = !left || p->job->workers == 1 || share > BATCH_MOST ? BATCH_MOST : share < BATCH_LEAST ? BATCH_LEAST : (size_t)share;
    return (fsc_batch_limit){.bytes = bytes, .records = BATCH_RECORDS};
}

// Starts the other workers once there is enough for them; where the system has no more threads, those that run do all of it.
static void start_threads(pool *p)
{
    if (p->tried || p->ended || (bytes_left(p) < START_BYTES && p->read < START_BYTES))
        return;
    p->tried = true;
    while (p->started + 1 < p->job->workers && pthread_create(&p->thread[p->started], NULL, work, p) == 0)
        p->started++;
}

static int fill_one(pool *p, fsc_err *err)
{
    fsc_batch *b = &p->ring[p->filled % p->size];
    int got = fsc_batch_fill(b, p->job, limit_of(p), err);
    if (b->raw_count) {
        for (size_t i = 0; i < b->raw_count; i++)
            p->read += b->raw[i].data.len;
        p->queued += batch_bytes(b);
        pthread_mutex_lock(&p->lock);
        b->state = FILLED;
        p->filled++;
        pthread_cond_signal(&p->work);
        pthread_mutex_unlock(&p->lock);
    }
    p->ended = got <= 0;
    return got < 0 ? got : 0;
}

// Is it time to read on? Without other workers one batch at a time.
static bool may_fill(const pool *p)
{
    size_t waiting = p->filled - p->written;
    if (p->ended || waiting == (p->started ? p->size : 1) || p->queued > FSC_QUEUED_BYTES)
        return false;
    // whoever feeds a filter may wait for the answer before it goes on
    return !waiting || fsc_pool_ready(p->job);
}

static bool run_one(pool *p, fsc_worker *w)
{
    pthread_mutex_lock(&p->lock);
    fsc_batch *b = take(p);
    pthread_mutex_unlock(&p->lock);
    if (!b)
        return false;
    batch_run(p->job, w, b, NULL);
    pthread_mutex_lock(&p->lock);
    b->state = DONE;
    pthread_mutex_unlock(&p->lock);
    return true;
}

// All batches are in the hands of others: waits for the oldest, and looks now and then whether the job is cancelled.
static void wait_oldest(pool *p)
{
    const fsc_batch *b = &p->ring[p->written % p->size];
    pthread_mutex_lock(&p->lock);
    while (b->state != DONE) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_NS;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (pthread_cond_timedwait(&p->done, &p->lock, &until) && fsc_pool_cancelled(p->job))
            atomic_store_explicit(&p->stop, true, memory_order_relaxed);
    }
    pthread_mutex_unlock(&p->lock);
}

// Reads, runs and writes until all is written. After a failure to read nothing more is read; after one to write all is over.
static int lead(pool *p, fsc_worker *w, fsc_err *err)
{
    int status = 0;
    for (;;) {
        if (fsc_pool_cancelled(p->job)) {
            atomic_store_explicit(&p->stop, true, memory_order_relaxed);
            status = p->ended ? status : fsc_err_set(err, FSC_E_CANCELLED, "interrupted");
            p->ended = true;
        }
        int written = write_done(p, err);
        if (written)
            return status ? status : written;
        if (may_fill(p)) {
            int read = fill_one(p, err);
            status = status ? status : read;
            start_threads(p);
        } else if (p->written == p->filled) {
            return status;
        } else if (!run_one(p, w)) {
            wait_oldest(p);
        }
    }
}

static int run_ring(pool *p, fsc_err *err)
{
    fsc_worker w;
    int status = fsc_worker_init(&w, p->job->ctx, p->job->lacks, err);
    if (status)
        return status;
    for (size_t i = 0; i < p->size; i++)
        fsc_batch_init(&p->ring[i]);
    status = lead(p, &w, err);
    // what was left when writing failed is nobody's any more
    atomic_store_explicit(&p->stop, true, memory_order_relaxed);
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->started; i++)
        pthread_join(p->thread[i], NULL);
    for (size_t i = 0; i < p->size; i++)
        fsc_batch_release(&p->ring[i]);
    fsc_worker_release(&w);
    return status;
}

static int run_pool(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    fsc_arena arena;
    pool p = {.job = job, .size = job->workers > 1 ? 2 * job->workers + 2 : 1, .totals = totals,
              .lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    fsc_arena_init(&arena, NULL);
    p.ring = FSC_NEW_N(&arena, fsc_batch, p.size);
    p.thread = FSC_NEW_N(&arena, pthread_t, job->workers);
    int status = p.ring && p.thread ? run_ring(&p, err) : fsc_err_nomem(err);
    fsc_arena_release(&arena);
    pthread_mutex_destroy(&p.lock);
    pthread_cond_destroy(&p.work);
    pthread_cond_destroy(&p.done);
    return status;
}

static int run_all(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    int status = pass_over(job, totals, err);
    if (!status)
        status = job->isolate ? fsc_isolate_run(job, totals, err) : run_pool(job, totals, err);
    // nothing but a header for inputs that could not be read would look like a result
    if (!status && !totals->taken && !(job->in && fsc_ingest_missing(job->in, 0)))
        return fsc_pool_put(job, job->head, totals, err);
    return status;
}

int fsc_pool_run(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    int status = run_all(job, totals, err);
    // what is ended before an interruption is kept; a failure leaves the last saved state
    if (status == FSC_E_CANCELLED && totals->taken && fsc_target_save(job->out, totals, true, NULL))
        return fsc_err_set(err, FSC_E_WRITE, "the state of the run could not be saved");
    return status ? status : fsc_pool_put(job, job->foot, totals, err);
}
