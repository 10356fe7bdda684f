#include <stdio.h>
#include <time.h>

#include "engine/engine_p.h"

// Where a job's output goes, and the state that lets a later run go on with it.

#define SAVE_SECONDS 1.0
#define SAVE_SHARE 50   /* saving may take this part of the time: a slow disk is asked less often */
#define LOCK_TRIES 60
#define LOCK_WAIT_NS 50000000L

#define ERRORS_HEAD "id,source,status,reason\n"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool is_named(const char *path)
{
    return path && strcmp(path, "-") != 0;
}

// ---------------------------------------------------------------- opening

static int begin_errors(fsc_target *t, fsc_err *err)
{
    return fsc_outfile_write(&t->errors, FSC_LIT(ERRORS_HEAD), err);
}

int fsc_target_open(fsc_target *t, const fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    *t = (fsc_target){.sink = r->sink, .is_file = is_named(o->output)};
    int status = t->is_file ? fsc_outfile_open(&t->file, o->output, NULL, err) : 0;
    if (status || !o->errors)
        return status;
    status = fsc_outfile_open(&t->errors, o->errors, NULL, err);
    t->has_errors = !status;
    if (!status)
        status = begin_errors(t, err);
    return status ? fsc_target_close(t, status, err) : 0;
}

static void say_start(const fsc_target *t, const fsc_run_state *r)
{
    char text[160];
    if (t->start.taken)
        snprintf(text, sizeof text, "resuming after %llu records", (unsigned long long)t->start.records);
    else
        snprintf(text, sizeof text, "nothing was saved of an earlier run: starting with the first record");
    if (!r->opt->quiet)
        fsc_run_message(r->sink, 0, text);
}

// what older runs wrote is a part of the digest
static int digest_file(fsc_target *t, fsc_err *err)
{
    fsc_reader in;
    int64_t have = 1;
    int status = fsc_reader_open(&in, t->file.temp, NULL, err);
    while (!status && (have = fsc_reader_fill(&in, 1u << 16, err)) > 0) {
        fsc_digest_add(t->digest, fsc_view_of(in.data + in.pos, (size_t)have));
        fsc_reader_skip(&in, (size_t)have);
    }
    if (!status)
        fsc_reader_close(&in);
    return have < 0 ? FSC_E_READ : status;
}

// The older state when it is asked for, else none; the files are cut to it.
static int take_up(fsc_target *t, const fsc_run_state *r, fsc_err *err)
{
    bool found = false;
    int status = r->opt->resume ? fsc_journal_last(&t->start, &found, t->file.path, r->identity, err) : 0;
    // stopped between its last two steps, a run has its output in place and the journal beside it still
    if (found && !fsc_outfile_size(&t->file)) {
        found = false;
        t->start = (fsc_totals){0};
    }
    // an old journal must not outlive the bytes that it speaks of
    if (!status && !found)
        status = fsc_journal_drop(t->file.path, err);
    if (!status)
        status = fsc_outfile_cut(&t->file, t->start.output, err);
    if (!status && t->has_errors)
        status = fsc_outfile_cut(&t->errors, t->start.errors + (found ? sizeof ERRORS_HEAD - 1 : 0), err);
    if (!status && t->has_errors && !found)
        status = begin_errors(t, err);
    if (!status && t->digest && found)
        status = digest_file(t, err);
    if (!status && r->opt->resume)
        say_start(t, r);
    return status ? status : fsc_journal_open(&t->journal, t->file.path, r->identity, found, NULL, err);
}

static bool can_keep(const fsc_target *t)
{
    return t->is_file && t->file.kept && (!t->has_errors || t->errors.kept);
}

// Nothing was claimed yet, or it is not ours: what stood there stays.
static int open_failed(fsc_target *t, int status)
{
    if (t->is_file)
        fsc_outfile_leave(&t->file);
    if (t->has_errors)
        fsc_outfile_leave(&t->errors);
    fsc_digest_free(t->digest);
    return status;
}

// A run that was killed a moment ago may still hold its lock: --resume waits a little.
static int open_kept(fsc_outfile *f, const char *path, bool log, bool wait, fsc_err *err)
{
    for (int tries = wait ? LOCK_TRIES : 0;; tries--) {
        int status = log ? fsc_outfile_open_log(f, path, NULL, err) : fsc_outfile_open_kept(f, path, NULL, err);
        if (status || f->kept || f->direct || !tries)
            return status;
        fsc_outfile_release(f);
        nanosleep(&(struct timespec){.tv_nsec = LOCK_WAIT_NS}, NULL);
    }
}

int fsc_target_open_kept(fsc_target *t, const fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    *t = (fsc_target){.sink = r->sink, .is_file = is_named(o->output), .step = o->save_every > 0 ? (uint64_t)o->save_every : 0,
                      .due = now() + SAVE_SECONDS};
    if (o->resume && !t->is_file)
        return fsc_err_set(err, FSC_E_USAGE, "--resume needs -o FILE: what went to standard output cannot be taken up again");
    int status = r->manifest ? fsc_digest_new(&t->digest, NULL, err) : 0;
    if (!status && t->is_file)
        status = open_kept(&t->file, o->output, false, o->resume, err);
    if (status) {
        fsc_digest_free(t->digest);
        return status;
    }
    if (o->errors) {
        status = open_kept(&t->errors, o->errors, true, o->resume, err);
        t->has_errors = !status;
    }
    if (!status && can_keep(t))
        status = take_up(t, r, err);
    // a shard that runs twice at once is no harm: the second one writes a file of its own
    else if (!status && o->resume && !r->plan)
        status = fsc_err_at(err, FSC_E_WRITE, fsc_view_cstr(o->output), 0, 0,
                            "--resume needs a file that no other run is writing, on a file system with locks");
    else if (!status && t->has_errors) {
        if (t->errors.kept)
            status = fsc_outfile_cut(&t->errors, 0, err);
        if (!status)
            status = begin_errors(t, err);
    }
    if (!status && t->file.kept && !t->journal)
        status = fsc_outfile_cut(&t->file, 0, err);
    return status ? open_failed(t, status) : 0;
}

// ---------------------------------------------------------------- writing

int fsc_target_write(fsc_target *t, fsc_view bytes, fsc_err *err)
{
    if (t->collect) {
        fsc_buf_addv(t->collect, bytes);
        return t->collect->failed ? fsc_err_nomem(err) : 0;
    }
    if (t->take)
        return bytes.len ? t->take(t->user, bytes, err) : 0;
    if (t->is_file) {
        if (t->digest)
            fsc_digest_add(t->digest, bytes);
        return fsc_outfile_write(&t->file, bytes, err);
    }
    if (!bytes.len || t->sink->write(t->sink->user, bytes.data, bytes.len) == 0)
        return 0;
    return fsc_err_set(err, FSC_E_WRITE, "cannot write the output");
}

int fsc_target_write_errors(fsc_target *t, fsc_view bytes, fsc_err *err)
{
    return t->has_errors ? fsc_outfile_write(&t->errors, bytes, err) : 0;
}

// data first, then the line that claims them
static int save(fsc_target *t, const fsc_totals *totals, fsc_err *err)
{
    int status = fsc_outfile_sync(&t->file, err);
    if (!status && t->has_errors)
        status = fsc_outfile_sync(&t->errors, err);
    if (!status)
        status = fsc_journal_add(t->journal, totals, err);
    if (!status)
        t->saved = totals->taken;
    return status;
}

int fsc_target_save(fsc_target *t, const fsc_totals *totals, bool at_once, fsc_err *err)
{
    if (t->mark)
        return t->mark(t->user, totals, at_once, err);
    if (!t->journal)
        return 0;
    if (t->step && !at_once) {
        if (totals->bytes - t->saved_bytes < t->step)
            return 0;
        t->saved_bytes = totals->bytes;
        return save(t, totals, err);
    }
    double began = now();
    if (began < t->due && !at_once)
        return 0;
    int status = save(t, totals, err);
    double ended = now();
    t->due = ended + SAVE_SECONDS + SAVE_SHARE * (ended - began);
    return status;
}

// ---------------------------------------------------------------- closing

static void leave(fsc_target *t)
{
    char text[128];
    snprintf(text, sizeof text, "the first %llu records are kept: the same command with --resume goes on behind them",
             (unsigned long long)(t->saved > t->start.taken ? t->saved : t->start.taken));
    fsc_run_message(t->sink, 0, text);
    fsc_outfile_leave(&t->file);
    if (t->has_errors)
        fsc_outfile_leave(&t->errors);
    fsc_journal_close(t->journal, false);
}

static int commit(fsc_target *t, fsc_err *err)
{
    int status = t->has_errors ? fsc_outfile_commit(&t->errors, err) : 0;
    if (!status && t->is_file)
        status = fsc_outfile_commit(&t->file, err);
    else if (t->is_file)
        fsc_outfile_leave(&t->file);
    fsc_journal_close(t->journal, !status);
    return status;
}

int fsc_target_close(fsc_target *t, int status, fsc_err *err)
{
    fsc_digest_free(t->digest);
    t->digest = NULL;
    if (!status)
        return commit(t, err);
    if (t->journal && (t->saved || t->start.taken)) {
        leave(t);
        return status;
    }
    if (t->is_file)
        fsc_outfile_release(&t->file);
    if (t->has_errors)
        fsc_outfile_release(&t->errors);
    fsc_journal_close(t->journal, true);
    return status;
}
