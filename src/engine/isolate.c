#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine/pool_p.h"

// --isolate: a batch is run by a process of its own, which is forked with the batch in its memory and sends what each record gave through a pipe.
// When it dies, the record that it was at has failed, and another process goes on behind it. The parent has no other threads, so
// forking is safe at any time, and it writes batches in input order as the pool does.

// one batch and its process come to more than a pool's batch: a process costs a millisecond, and nothing of it is lost with a crash
#define LIMIT ((fsc_batch_limit){.bytes = 1u << 20, .records = 1024})
#define READ_BYTES 65536
#define LOOK_MS 100 /* how often the parent asks whether the job is cancelled */
#define FRAME_MAX ((size_t)1 << 40)

/* What a record gave: then the bytes of output, messages and rows of --errors. */
typedef struct frame {
    size_t out, message, errors;
    uint64_t records, failed, differ, outcome[FSC_RECORD_COUNT];
    int status;                 /* the batch cannot go on: err follows */
} frame;

typedef struct child {
    pid_t pid;                  /* 0: none */
    int fd;
    fsc_buf in;                 /* what came and is not yet a frame */
    double since;               /* when its record began, as far as the parent saw */
    fsc_batch *batch;
} child;

typedef struct nursery {
    const fsc_pool_job *job;
    fsc_batch *ring;
    child *slot;
    size_t size;
    size_t filled, begun, written;  /* batches; index is modulo size */
    size_t queued;                  /* bytes of input in the ring */
    bool ended;                     /* the input has */
    fsc_worker *worker;             /* for rows of records that failed; children start from its copy */
    fsc_totals *totals;
} nursery;

enum { EMPTY, FILLED, TAKEN, DONE };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// ---------------------------------------------------------------- the child

// all parts with one call where the pipe takes them
static bool send_parts(int fd, struct iovec *part, int count)
{
    while (count) {
        ssize_t n = writev(fd, part, count);
        if (n < 0 && errno != EINTR)
            return false;
        for (size_t left = n > 0 ? (size_t)n : 0; count;) {
            size_t step = left < part->iov_len ? left : part->iov_len;
            part->iov_base = (char *)part->iov_base + step;
            part->iov_len -= step;
            left -= step;
            if (part->iov_len)
                break;
            part++;
            count--;
        }
    }
    return true;
}

static bool send_frame(int fd, fsc_batch *b, int status)
{
    frame f = {.out = b->out.len, .message = b->message.len, .errors = b->errors.len, .records = b->records, .failed = b->failed,
               .differ = b->differ, .status = status};
    struct iovec part[] = {{&f, sizeof f}, {b->out.data, b->out.len}, {b->message.data, b->message.len}, {b->errors.data, b->errors.len}, {&b->err, sizeof b->err}};
    memcpy(f.outcome, b->outcome, sizeof f.outcome);
    return send_parts(fd, part, status ? 5 : 4);
}

// Runs in the forked process; returns when the batch is done or the parent is gone.
static void run_records(const fsc_pool_job *p, fsc_worker *w, const fsc_batch *b, int fd)
{
    fsc_batch one;
    fsc_batch_init(&one);
    one.out.spill = NULL; // a frame carries all
    for (size_t i = b->raw_done; i < b->raw_count; i++) {
        int status = p->run(p->job, w, &one, &b->raw[i], &one.err);
        if (!status && (one.out.failed || one.errors.failed))
            status = fsc_err_nomem(&one.err);
        if (!send_frame(fd, &one, status) || status)
            return;
        fsc_worker_reset(w);
        fsc_batch_reset(&one);
    }
}

// ---------------------------------------------------------------- starting and ending children

static int begin_child(nursery *n, child *c, fsc_batch *b, fsc_err *err)
{
    int ends[2];
    if (pipe(ends) != 0)
        return fsc_err_set(err, FSC_E_INTERNAL, "cannot make a pipe to a worker: %s", strerror(errno));
    pid_t parent = getpid(), pid = fork();
    if (pid < 0) {
        close(ends[0]);
        close(ends[1]);
        return fsc_err_set(err, FSC_E_INTERNAL, "cannot start a worker process: %s", strerror(errno));
    }
    if (pid == 0) {
        // it must not outlive the parent, whose files it holds open
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
        close(ends[0]);
        if (getppid() == parent)
            run_records(n->job, n->worker, b, ends[1]);
        // without the parent's exit handlers and buffers
        _exit(0);
    }
    close(ends[1]);
    c->pid = pid;
    c->fd = ends[0];
    c->batch = b;
    c->since = now();
    fsc_buf_reset(&c->in, READ_BYTES);
    return 0;
}

static int reap(child *c)
{
    int how = 0;
    close(c->fd);
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR)
        ;
    c->pid = 0;
    return how;
}

static void kill_all(nursery *n)
{
    for (size_t i = 0; i < n->job->workers; i++)
        if (n->slot[i].pid) {
            kill(n->slot[i].pid, SIGKILL);
            reap(&n->slot[i]);
        }
}

// ---------------------------------------------------------------- what comes back

static void take_frame(fsc_batch *b, const frame *f, const char *data)
{
    fsc_buf_add(&b->out, data, f->out);
    fsc_buf_add(&b->message, data + f->out, f->message);
    fsc_buf_add(&b->errors, data + f->out + f->message, f->errors);
    b->records += f->records;
    b->failed += f->failed;
    b->differ += f->differ;
    for (size_t i = 0; i < FSC_RECORD_COUNT; i++)
        b->outcome[i] += f->outcome[i];
    if (f->status) {
        b->status = f->status;
        memcpy(&b->err, data + f->out + f->message + f->errors, sizeof b->err);
    } else {
        b->raw_done++;
    }
}

// the whole frames that have come
static void take_frames(child *c)
{
    size_t at = 0;
    for (;;) {
        frame f;
        if (c->in.len - at < sizeof f)
            break;
        memcpy(&f, c->in.data + at, sizeof f);
        size_t len = sizeof f + f.out + f.message + f.errors + (f.status ? sizeof(fsc_err) : 0);
        if (c->in.len - at < len)
            break;
        take_frame(c->batch, &f, c->in.data + at + sizeof f);
        at += len;
        c->since = now();
    }
    c->in.len -= at;
    if (at)
        memmove(c->in.data, c->in.data + at, c->in.len);
}

// 1 more may come, 0 the child is done or dead
static int receive(child *c, fsc_err *err)
{
    if (!fsc_buf_room(&c->in, READ_BYTES))
        return fsc_err_nomem(err);
    ssize_t got = read(c->fd, c->in.data + c->in.len, READ_BYTES);
    if (got < 0)
        return errno == EINTR ? 1 : 0;
    c->in.len += (size_t)got;
    take_frames(c);
    return got > 0;
}

// The record that cost its process becomes a row that says so.
static int fail_record(nursery *n, fsc_batch *b, fsc_record_status status, const char *reason)
{
    fsc_raw raw = b->raw[b->raw_done];
    raw.status = status;
    raw.reason = fsc_view_cstr(reason);
    raw.data = (fsc_view){"", 0};
    int failed = n->job->run(n->job->job, n->worker, b, &raw, &b->err);
    fsc_worker_reset(n->worker);
    b->raw_done += failed == 0;
    return failed;
}

// A child has ended: its batch is done, or goes on behind the record that it was at. `overdue`: it was killed for taking too long.
static int child_ended(nursery *n, child *c, bool overdue, fsc_err *err)
{
    fsc_batch *b = c->batch;
    char reason[128];
    int how = reap(c);
    if (b->raw_done < b->raw_count && !b->status) {
        if (overdue)
            snprintf(reason, sizeof reason, "took longer than %g s (--timeout)", n->job->timeout);
        else if (WIFSIGNALED(how))
            snprintf(reason, sizeof reason, "the worker process died of signal %d (%s) in this record", WTERMSIG(how), strsignal(WTERMSIG(how)));
        else
            snprintf(reason, sizeof reason, "the worker process ended with code %d in this record", WEXITSTATUS(how));
        b->status = fail_record(n, b, overdue ? FSC_RECORD_TIMEOUT : FSC_RECORD_CRASHED, reason);
    }
    if (b->raw_done < b->raw_count && !b->status)
        return begin_child(n, c, b, err);
    b->state = DONE;
    return 0;
}

// ---------------------------------------------------------------- the parent

// Waits until something can be read, a record is overdue, or `wait` is over.
static int attend(nursery *n, bool wait, fsc_err *err)
{
    struct pollfd fd[256];
    child *of[256];
    nfds_t count = 0;
    for (size_t i = 0; i < n->job->workers; i++)
        if (n->slot[i].pid) {
            of[count] = &n->slot[i];
            fd[count++] = (struct pollfd){.fd = n->slot[i].fd, .events = POLLIN};
        }
    int ready = poll(fd, count, wait ? LOOK_MS : 0), status = 0;
    for (nfds_t i = 0; i < count && !status; i++) {
        child *c = of[i];
        int more = 1;
        bool overdue = false;
        if (ready > 0 && fd[i].revents) {
            more = receive(c, err);
        } else if (n->job->timeout > 0 && now() - c->since > n->job->timeout) {
            // nothing waits to be read, so it is at the same record still
            kill(c->pid, SIGKILL);
            overdue = true;
            more = 0;
        }
        status = more < 0 ? more : more ? 0 : child_ended(n, c, overdue, err);
    }
    return status;
}

// gives the next batch that waits to a slot without a child
static int begin_next(nursery *n, fsc_err *err)
{
    for (size_t i = 0; i < n->job->workers && n->begun < n->filled; i++) {
        fsc_batch *b = &n->ring[n->begun % n->size];
        if (n->slot[i].pid)
            continue;
        int status = begin_child(n, &n->slot[i], b, err);
        if (status)
            return status;
        b->state = TAKEN;
        n->begun++;
    }
    return 0;
}

static int write_done(nursery *n, fsc_err *err)
{
    int status = 0;
    while (n->written < n->filled && !status) {
        fsc_batch *b = &n->ring[n->written % n->size];
        if (b->state != DONE)
            break;
        status = fsc_batch_write(n->job, b, n->totals, err);
        n->queued -= b->input.held;
        fsc_batch_reset(b);
        b->state = EMPTY;
        n->written++;
    }
    return status;
}

static int fill_next(nursery *n, fsc_err *err)
{
    fsc_batch *b = &n->ring[n->filled % n->size];
    int got = fsc_batch_fill(b, n->job, LIMIT, err);
    n->ended = got <= 0;
    if (b->raw_count) {
        n->queued += b->input.held;
        b->state = FILLED;
        n->filled++;
    }
    return got < 0 ? got : 0;
}

// Of the batch that is next to be written the records that are ended count, as everywhere.
static int stop(nursery *n, fsc_err *err)
{
    fsc_batch *b = &n->ring[n->written % n->size];
    kill_all(n);
    if (n->written < n->filled && b->state == TAKEN) {
        b->status = fsc_err_set(&b->err, FSC_E_CANCELLED, "interrupted");
        fsc_batch_write(n->job, b, n->totals, err);
    }
    return fsc_err_set(err, FSC_E_CANCELLED, "interrupted");
}

static int run(nursery *n, fsc_err *err)
{
    int status = 0, input = 0;
    while (!status && !(n->ended && n->written == n->filled)) {
        if (fsc_pool_cancelled(n->job))
            return stop(n, err);
        bool full = n->filled - n->written == n->size || n->queued > FSC_QUEUED_BYTES;
        // whoever feeds a filter may wait for the answer before it goes on
        full = full || (n->written < n->filled && !fsc_pool_ready(n->job));
        if (!n->ended && !full)
            input = fill_next(n, err);
        status = begin_next(n, err);
        if (!status)
            status = attend(n, n->ended || full, err);
        if (!status)
            status = write_done(n, err);
    }
    return status ? status : input;
}

int fsc_isolate_run(const fsc_pool_job *job, fsc_totals *totals, fsc_err *err)
{
    fsc_arena arena;
    fsc_worker worker;
    fsc_arena_init(&arena, NULL);
    nursery n = {.job = job, .size = 2 * job->workers + 2, .worker = &worker, .totals = totals};
    n.ring = FSC_NEW_N(&arena, fsc_batch, n.size);
    n.slot = FSC_NEW_N(&arena, child, job->workers);
    int status = n.ring && n.slot ? fsc_worker_init(&worker, job->ctx, job->lacks, err) : fsc_err_nomem(err);
    if (!status) {
        for (size_t i = 0; i < n.size; i++)
            fsc_batch_init(&n.ring[i]);
        for (size_t i = 0; i < job->workers; i++)
            fsc_buf_init(&n.slot[i].in, NULL, FRAME_MAX);
        status = run(&n, err);
        kill_all(&n);
        for (size_t i = 0; i < n.size; i++)
            fsc_batch_release(&n.ring[i]);
        for (size_t i = 0; i < job->workers; i++)
            fsc_buf_release(&n.slot[i].in);
        fsc_worker_release(&worker);
    }
    fsc_arena_release(&arena);
    return status;
}
