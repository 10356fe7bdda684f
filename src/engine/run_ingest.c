#include <stdio.h>

#include "base/map.h"
#include "engine/stored_p.h"

// ingest: records are read, extracted and analysed by the workers as for score; the calling thread stores what they packed. Without
// an INPUT the versions that the store holds are analysed anew where the lexicons and options in force have not been applied yet.

typedef struct ingesting {
    fsc_run_state *r;
    fsc_ingest *in;         // NULL: articles come from the store
    fsc_stored_source source;
    fsc_extract_options extract;
    fsc_store *store;
    fsc_view job;           // digest of inputs and options
    uint64_t saved;         // bytes of input at the last commit
} ingesting;

// ---------------------------------------------------------------- what a document is known by

static int64_t time_of(fsc_view date)
{
    int64_t t;
    return date.len && fsc_revision_time(&t, date) ? t : FSC_NO_TIME;
}

// a record of a larger file has no name of its own that would last: a line more above it, and all are others
static bool is_inside(const fsc_article *a, const fsc_raw *raw)
{
    size_t i = a->source.len;
    while (i && a->source.data[i - 1] >= '0' && a->source.data[i - 1] <= '9')
        i--;
    return i && i < a->source.len && (a->source.data[i - 1] == '@' || (a->source.data[i - 1] == ':' && raw->line));
}

// its address; else its own id, within its site where that is known; else its file; else its words
static int know(fsc_store_record *out, const fsc_article *a, const fsc_raw *raw, fsc_arena *arena, fsc_err *err)
{
    fsc_view url = a->canonical.len ? a->canonical : a->url;
    out->known_by = FSC_KNOWN_URL;
    out->key = url.len ? fsc_revision_url_key(url, arena) : url;
    if (out->key.len)
        return 0;
    out->known_by = FSC_KNOWN_ID;
    out->key = a->id;
    if (!fsc_view_eq(a->id, a->source) && a->site.len)
        out->key = fsc_arena_printf(arena, "%.*s %.*s", (int)a->site.len, a->site.data, (int)a->id.len, a->id.data);
    else if (fsc_view_eq(a->id, a->source))
        out->known_by = FSC_KNOWN_SOURCE;
    if (out->known_by == FSC_KNOWN_SOURCE && a->text.len && is_inside(a, raw)) {
        out->known_by = FSC_KNOWN_CONTENT;
        out->key = fsc_arena_printf(arena, "%016llx", (unsigned long long)fsc_hash64(a->text.data, a->text.len, 0));
    }
    return arena->failed ? fsc_err_nomem(err) : 0;
}

// ---------------------------------------------------------------- workers

static int pack(fsc_worker *w, fsc_batch *b, const fsc_article *article, fsc_store_record *record, fsc_err *err)
{
    fsc_analysis a;
    int status = fsc_worker_analyze(w, &a, article, &w->document, err);
    if (status)
        return status;
    if (a.hits.limited)
        fsc_batch_message(b, 0, article->source, fsc_record_name(article->status), a.article.reason);
    record->analysis = &a;
    fsc_store_pack(&b->out, record, &w->scratch);
    return 0;
}

static int pack_record(const ingesting *x, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    fsc_item item;
    fsc_article a;
    fsc_store_record record = {0};
    int status = fsc_ingest_parse(x->in, raw, &item, &w->document, err);
    if (!status)
        status = fsc_worker_article(w, &a, &item, &x->extract, &w->document, err);
    if (!status)
        status = know(&record, &a, raw, &w->document, err);
    if (status)
        return status;
    record.captured = time_of(a.captured);
    record.modified = time_of(a.modified);
    record.published = time_of(a.published);
    fsc_batch_count(b, a.id, a.source, a.status, a.reason);
    return pack(w, b, &a, &record, err);
}

static int pack_stored(const ingesting *x, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    fsc_article a;
    fsc_store_record record = {.version = fsc_stored_of(raw)->version};
    int status = fsc_stored_article(&a, raw, x->r, &w->document, err);
    b->records++;
    return status ? status : pack(w, b, &a, &record, err);
}

static int put_record(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    const ingesting *x = job;
    return x->in ? pack_record(x, w, b, raw, err) : pack_stored(x, w, b, raw, err);
}

// ---------------------------------------------------------------- the writer

static int take(void *user, fsc_view packed, fsc_err *err)
{
    return fsc_store_put(((ingesting *)user)->store, packed, err);
}

// the totals as text: what fsc_pool_run needs to go on from there
static fsc_view position_of(const fsc_totals *t, fsc_arena *arena)
{
    fsc_view text = fsc_arena_printf(arena, "%lld %lld %lld %lld", (long long)t->taken, (long long)t->bytes, (long long)t->digest, (long long)t->differ);
    for (size_t i = 0; text.data && i < FSC_RECORD_COUNT; i++)
        text = fsc_arena_printf(arena, "%s %lld", text.data, (long long)t->outcome[i]);
    return text;
}

static bool read_position(fsc_totals *t, const fsc_store_mark *mark)
{
    fsc_view rest = mark->position;
    int64_t n[4 + FSC_RECORD_COUNT] = {0};
    for (size_t i = 0; i < 4 + FSC_RECORD_COUNT; i++)
        if (!fsc_view_int(fsc_view_split(&rest, ' '), &n[i]))
            return false;
    *t = (fsc_totals){.taken = (uint64_t)n[0], .bytes = (uint64_t)n[1], .digest = (uint64_t)n[2], .differ = (uint64_t)n[3],
                      .records = mark->records, .failed = mark->failed};
    for (size_t i = 0; i < FSC_RECORD_COUNT; i++)
        t->outcome[i] = (uint64_t)n[4 + i];
    return true;
}

static int set_mark(const ingesting *x, const fsc_totals *t, bool done, fsc_err *err)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_store_mark mark = {.position = position_of(t, &arena), .records = t->records, .failed = t->failed, .done = done};
    int status = mark.position.data ? fsc_store_mark_set(x->store, x->job, &mark, err) : fsc_err_nomem(err);
    fsc_arena_release(&arena);
    return status;
}

// what was put, and how far the input is done, are committed together
static int commit(void *user, const fsc_totals *totals, bool now, fsc_err *err)
{
    ingesting *x = user;
    uint64_t step = x->r->opt->save_every > 0 ? (uint64_t)x->r->opt->save_every : UINT64_MAX;
    if (!now && !fsc_store_is_due(x->store) && totals->bytes - x->saved < step)
        return 0;
    x->saved = totals->bytes;
    int status = set_mark(x, totals, false, err);
    return status ? status : fsc_store_commit(x->store, err);
}

static int name_job(ingesting *x, fsc_err *err)
{
    uint64_t digest = fsc_hash64(x->r->identity.data, x->r->identity.len, 0);
    for (size_t i = 0; i < x->r->opt->arg.len; i++)
        digest = fsc_hash64(x->r->opt->arg.data[i], strlen(x->r->opt->arg.data[i]) + 1, digest);
    x->job = fsc_arena_printf(x->r->arena, "%016llx", (unsigned long long)digest);
    return x->job.data ? 0 : fsc_err_nomem(err);
}

// --resume: behind what the same command has committed; one that had come to its end begins anew, and finds all known
static int take_up(const ingesting *x, fsc_totals *start, fsc_err *err)
{
    fsc_store_mark mark;
    int got = x->r->opt->resume ? fsc_store_progress(x->store, x->job, &mark, x->r->arena, err) : 0;
    if (got <= 0 || mark.done || !read_position(start, &mark))
        return got < 0 ? got : 0;
    fsc_view text = fsc_arena_printf(x->r->arena, "%s: going on behind %llu records", x->r->opt->db, (unsigned long long)start->taken);
    if (text.data && !x->r->opt->quiet)
        fsc_run_message(x->r->sink, 0, text.data);
    return 0;
}

static int begin(ingesting *x, fsc_err *err)
{
    const fsc_store_run run = {.digest = x->r->export.run, .program = FSC_LIT(FSC_VERSION), .settings = x->r->settings, .schema = x->r->ctx->schema};
    int status = fsc_store_begin(x->store, &run, err);
    return status ? status : fsc_store_commit(x->store, err);
}

static int open_input(ingesting *x, fsc_err *err)
{
    const fsc_options *o = x->r->opt;
    fsc_view keep = {0};
    if (!o->arg.len) {
        int status = fsc_stored_options(x->r, err);
        return status ? status : fsc_stored_open(&x->source, o->db, FSC_STORE_MISSING, err);
    }
    if (o->keep)
        keep = *o->keep ? fsc_view_cstr(o->keep) : FSC_LIT("*");
    return fsc_run_open(&x->in, x->r, o->arg.data, o->arg.len, (fsc_view){0}, keep, err);
}

static void put_summary(const ingesting *x)
{
    char text[256];
    const fsc_store_counts *n = fsc_store_counted(x->store);
    snprintf(text, sizeof text, "%s: %llu new documents, %llu new versions, %llu analyses; %llu records were known already", x->r->opt->db,
             (unsigned long long)n->documents, (unsigned long long)n->versions, (unsigned long long)n->analyses, (unsigned long long)n->known);
    if (!x->r->opt->quiet)
        fsc_run_message(x->r->sink, 0, text);
}

static int run_pool(ingesting *x, fsc_totals *totals, fsc_err *err)
{
    const fsc_run_state *r = x->r;
    const fsc_options *o = r->opt;
    fsc_target target = {.sink = r->sink, .take = take, .mark = commit, .user = x};
    fsc_pool_job job = {.ctx = r->ctx, .in = x->in, .next = fsc_stored_next, .user = &x->source, .run = put_record, .job = x,
                        .workers = fsc_run_workers(o), .sink = r->sink, .out = &target, .quiet = o->quiet,
                        .isolate = o->isolate || o->timeout > 0, .timeout = o->timeout > 0 ? (double)o->timeout : 0};
    int status = take_up(x, &target.start, err);
    if (!status)
        status = fsc_pool_run(&job, totals, err);
    return status ? status : set_mark(x, totals, true, err);
}

int fsc_run_ingest(fsc_run_state *r, fsc_err *err)
{
    ingesting x = {.r = r, .extract = fsc_run_extract(r->opt)};
    fsc_totals totals = {0};
    if (!r->opt->db)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "ingest needs --db FILE, the database to fill"));
    if (r->opt->output || r->opt->format)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "ingest writes to --db only: leave -o and --format out"));
    if (!r->opt->arg.len && (r->opt->isolate || r->opt->timeout > 0))
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "--isolate and --timeout are for inputs, not for texts that are kept"));
    int status = fsc_store_open(&x.store, r->opt->db, FSC_STORE_WRITE, err);
    if (!status)
        status = begin(&x, err);
    if (!status)
        status = name_job(&x, err);
    if (!status)
        status = open_input(&x, err);
    if (!status)
        status = run_pool(&x, &totals, err);
    fsc_stored_close(&x.source);
    if (!status)
        status = fsc_stored_edits(r, x.store, err);
    if (!status)
        put_summary(&x);
    status = fsc_store_close(x.store, status, err);
    int code = fsc_run_exit(r, x.in, &totals, status, err);
    fsc_ingest_close(x.in);
    return code;
}
