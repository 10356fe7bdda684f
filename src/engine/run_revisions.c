#include <pthread.h>

#include "engine/chain_p.h"
#include "engine/stored_p.h"

// revisions: documents are read once and wait in a temporary file, their keys are linked to chains, and each chain's neighbours are
// compared in a second pass. Both passes use all workers; the output is the same for every number of them.

typedef struct archive {
    fsc_run_state *r;
    fsc_spool spool;
    fsc_ingest *in;             // NULL: documents come from `store`
    fsc_store *store;
    int64_t *document;          // of the store, those with more than one capture
    size_t document_count, at;
    fsc_stored *capture;        // of the document before `at`
    size_t capture_count, capture_at;
    fsc_arena captures;
    fsc_extract_options extract;
    fsc_compare compare;
    fsc_totals totals;
} archive;

// ---------------------------------------------------------------- reading

// the next capture of the store; of one document they follow each other in order of time
static int next_capture(void *user, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    archive *x = user;
    *out = (fsc_raw){0};
    while (x->capture_at == x->capture_count) {
        if (x->at == x->document_count)
            return 0;
        fsc_arena_reset(&x->captures, 1 << 20);
        int status = fsc_store_chain(x->store, x->document[x->at++], &x->capture, &x->capture_count, &x->captures, err);
        if (status)
            return status;
        x->capture_at = 0;
    }
    // the batch outlives the list of captures
    fsc_buf bytes;
    fsc_buf_init(&bytes, NULL, (size_t)1 << 36);
    const fsc_stored *s = &x->capture[x->capture_at++];
    fsc_buf_add(&bytes, (const char *)&s->document, sizeof s->document);
    fsc_spool_put_article(&bytes, &s->article);
    out->data = fsc_arena_dup(arena, fsc_buf_view(&bytes));
    bool failed = bytes.failed || !out->data.data;
    fsc_buf_release(&bytes);
    return failed ? fsc_err_nomem(err) : 1;
}

static int captured(fsc_article *out, uint64_t *chain, const fsc_raw *raw, fsc_arena *arena, fsc_err *err)
{
    memcpy(chain, raw->data.data, sizeof *chain);
    *chain += 1;
    return fsc_spool_get_article(out, fsc_view_slice(raw->data, sizeof *chain, raw->data.len), arena) ? 0 : fsc_err_nomem(err);
}

static int read_document(archive *x, fsc_worker *w, const fsc_raw *raw, fsc_article *out, fsc_err *err)
{
    fsc_item item;
    int status = fsc_ingest_parse(x->in, raw, &item, &w->document, err);
    return status ? status : fsc_worker_article(w, out, &item, &x->extract, &w->document, err);
}

static int spool_one(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    archive *x = job;
    fsc_article article;
    uint64_t chain = 0;
    int status = x->in ? read_document(x, w, raw, &article, err) : captured(&article, &chain, raw, &w->document, err);
    if (!status)
        status = fsc_compare_parts(&article, &x->compare, &w->document, err);
    if (!status)
        status = fsc_spool_pack(&b->out, &article, chain, w, err);
    if (!status)
        fsc_batch_count(b, article.id, article.source, article.status, article.reason);
    return status;
}

static int take(void *user, fsc_view bytes, fsc_err *err)
{
    archive *x = user;
    return fsc_spool_take(&x->spool, bytes, err);
}

static int read_all(archive *x, fsc_err *err)
{
    const fsc_options *o = x->r->opt;
    fsc_target target = {.sink = x->r->sink, .take = take, .user = x};
    fsc_pool_job job = {.ctx = x->r->ctx, .in = x->in, .next = next_capture, .user = x, .run = spool_one, .job = x, .workers = fsc_run_workers(o), .sink = x->r->sink,
                        .out = &target, .quiet = o->quiet};
    int status = fsc_pool_run(&job, &x->totals, err);
    return status ? status : fsc_spool_ready(&x->spool, err);
}

// ---------------------------------------------------------------- writing

// A share of the chains of one round.
typedef struct share {
    fsc_chain_writer writer;
    size_t first, end;
    int status;
    fsc_err err;
} share;

static void *write_share(void *user)
{
    share *s = user;
    fsc_buf_reset(&s->writer.out, 1 << 20);
    for (size_t k = s->first; k < s->end && !s->status; k++)
        s->status = fsc_chain_write(&s->writer, &s->writer.job->chain[k], &s->err);
    return NULL;
}

// Cuts chains [first, ...) in shares of about as many versions each; returns the end.
static size_t cut_round(const fsc_chain_job *job, share *s, unsigned workers, size_t first)
{
    enum { VERSIONS = 2048 };
    for (unsigned i = 0; i < workers; i++) {
        size_t versions = 0;
        s[i].first = first;
        while (first < job->count && versions < VERSIONS)
            versions += job->chain[first++].count;
        s[i].end = first;
    }
    return first;
}

static int run_round(share *s, unsigned workers)
{
    enum { MOST = 256 };
    pthread_t thread[MOST];
    unsigned started = 0;
    // what no thread can be had for is done by this one
    while (started + 1 < workers && started < MOST && s[started + 1].first < s[started + 1].end &&
           pthread_create(&thread[started], NULL, write_share, &s[started + 1]) == 0)
        started++;
    write_share(&s[0]);
    for (unsigned i = started + 1; i < workers; i++)
        write_share(&s[i]);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    for (unsigned i = 0; i < workers; i++)
        if (s[i].status)
            return s[i].status;
    return 0;
}

static int write_rounds(const fsc_chain_job *job, share *s, unsigned workers, fsc_target *target, fsc_err *err)
{
    int status = 0;
    for (size_t at = 0; at < job->count && !status;) {
        at = cut_round(job, s, workers, at);
        status = run_round(s, workers);
        for (unsigned i = 0; i < workers; i++) {
            if (s[i].status && err && !err->code)
                *err = s[i].err;
            if (!status)
                status = fsc_target_write(target, fsc_buf_view(&s[i].writer.out), err);
        }
    }
    return status;
}

static void tell(const archive *x, const share *s, unsigned workers)
{
    uint64_t trivial = 0, small = 0, edits = 0;
    for (unsigned i = 0; i < workers; i++) {
        trivial += s[i].writer.trivial;
        small += s[i].writer.small;
        edits += s[i].writer.edits;
    }
    if ((!trivial && !small) || x->r->opt->quiet)
        return;
    fsc_view note = fsc_arena_printf(x->r->arena,
                                     "%llu edits listed; left out: %llu of nothing but live scores, tickers, clocks and datelines (--all lists "
                                     "them), %llu below --min-change",
                                     (unsigned long long)edits, (unsigned long long)trivial, (unsigned long long)small);
    fsc_run_message(x->r->sink, 0, note.data ? note.data : "edits were left out");
}

static int write_all(archive *x, const fsc_chain_job *job, fsc_err *err)
{
    unsigned workers = job->count < 64 ? 1 : fsc_run_workers(x->r->opt), ready = 0;
    fsc_target target;
    share *s = FSC_NEW_N(x->r->arena, share, workers);
    if (!s)
        return fsc_err_nomem(err);
    int status = fsc_target_open(&target, x->r, err);
    if (status)
        return status;
    while (ready < workers && !status) {
        s[ready].err = (fsc_err)FSC_ERR_INIT;
        status = fsc_chain_writer_init(&s[ready++].writer, job, err);
    }
    if (!status)
        status = write_rounds(job, s, workers, &target, err);
    status = fsc_target_close(&target, status, err);
    if (!status)
        tell(x, s, workers);
    for (unsigned i = 0; i < ready; i++)
        fsc_chain_writer_release(&s[i].writer);
    return status;
}

static int link_and_write(archive *x, fsc_err *err)
{
    fsc_arena arena;
    fsc_chain *chain;
    fsc_shingle_source source = {fsc_spool_shingles, &x->spool};
    fsc_chain_job job = {.run = x->r, .spool = &x->spool, .compare = x->compare};
    fsc_arena_init(&arena, NULL);
    int status = fsc_revision_chains(&chain, &job.count, x->spool.item.data, x->spool.item.len, &source, &arena, err);
    job.chain = chain;
    if (!status)
        status = fsc_chain_authors(&job, &arena, err);
    if (!status)
        status = write_all(x, &job, err);
    fsc_arena_release(&arena);
    return status;
}

static int finish(const archive *x, fsc_err *err)
{
    const fsc_totals *t = &x->totals;
    if (x->in && fsc_run_missing(x->r, x->in, err))
        return 3;
    if (!t->failed || (!x->r->opt->strict && t->failed < t->records))
        return 0;
    fsc_err_set(err, FSC_E_SYNTAX, "%llu of %llu records failed", (unsigned long long)t->failed, (unsigned long long)t->records);
    return 1;
}

static int open_source(archive *x, fsc_err *err)
{
    const fsc_options *o = x->r->opt;
    fsc_run_state *r = x->r;
    if (!o->db)
        return o->arg.len ? fsc_run_open(&x->in, r, o->arg.data, o->arg.len, (fsc_view){0}, (fsc_view){0}, err)
                          : fsc_err_set(err, FSC_E_USAGE, "revisions needs an INPUT: files, folders, or - for standard input; or --db FILE");
    int status = fsc_stored_options(r, err);
    if (!status)
        status = fsc_store_open(&x->store, o->db, FSC_STORE_READ, err);
    return status ? status : fsc_store_chained(x->store, &x->document, &x->document_count, r->arena, err);
}

int fsc_run_revisions(fsc_run_state *r, fsc_err *err)
{
    archive x = {.r = r, .extract = fsc_run_extract(r->opt)};
    fsc_arena_init(&x.captures, NULL);
    int status = fsc_compare_read(&x.compare, r->opt, err);
    if (!status)
        status = open_source(&x, err);
    if (!status)
        status = fsc_spool_open(&x.spool, r->opt->tmpdir, err);
    else
        x.spool.file.fd = -1;
    if (!status)
        status = read_all(&x, err);
    if (!status)
        status = link_and_write(&x, err);
    int code = status ? fsc_exit_of(status) : finish(&x, err);
    fsc_spool_close(&x.spool);
    fsc_ingest_close(x.in);
    fsc_store_close(x.store, status, NULL);
    fsc_arena_release(&x.captures);
    return code;
}
