#include "codec/codec.h"
#include "engine/stored_p.h"

// The edits of a store: for each document whose chain has changed, neighbours in time are compared by the workers and the calling thread
// stores what they found. A record of the pool is a chain; its captures live in the batch's arena.

typedef struct chain {
    int64_t document;
    fsc_stored *capture;
    size_t count;
} chain;

typedef struct comparing {
    fsc_store *store;
    int64_t *document;
    size_t count, at;
} comparing;

// ---------------------------------------------------------------- chains in

static int next_chain(void *user, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    comparing *x = user;
    chain *c = FSC_NEW(arena, chain);
    *out = (fsc_raw){0};
    if (!c)
        return fsc_err_nomem(err);
    if (x->at == x->count)
        return 0;
    c->document = x->document[x->at++];
    int status = fsc_store_chain(x->store, c->document, &c->capture, &c->count, arena, err);
    out->data = fsc_view_of((const char *)c, 0);
    for (size_t i = 0; i < c->count; i++)
        out->data.len += c->capture[i].article.text.len;
    return status ? status : 1;
}

// ---------------------------------------------------------------- edits out, as bytes

static void put_number(fsc_buf *out, int64_t n)
{
    fsc_buf_add(out, (const char *)&n, sizeof n);
}

// a text is led by its length; returns where it begins
static size_t open_text(fsc_buf *out)
{
    put_number(out, 0);
    return out->len;
}

static void close_text(fsc_buf *out, size_t from)
{
    int64_t len = (int64_t)(out->len - from);
    if (!out->failed)
        memcpy(out->data + from - sizeof len, &len, sizeof len);
}

static void put_types(fsc_buf *out, const fsc_delta *d)
{
    size_t from = open_text(out);
    for (int t = 0; t < FSC_CHANGE_COUNT; t++)
        if (d->type[t])
            fsc_buf_printf(out, "%s%s", out->len > from ? " " : "", fsc_change_name((fsc_change_type)t));
    close_text(out, from);
}

static void put_summary(fsc_buf *out, const fsc_delta *d)
{
    size_t from = open_text(out);
    for (size_t i = 0; i < d->summary_count; i++) {
        if (i)
            fsc_buf_char(out, '\n');
        fsc_buf_addv(out, d->summary[i]);
    }
    close_text(out, from);
}

// dimensions that either version has
static void put_scores(fsc_buf *out, const fsc_delta *d)
{
    const fsc_schema *s = d->a->schema;
    size_t from = open_text(out);
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    for (size_t i = 0; i < s->dimension_count; i++) {
        const fsc_score_delta *x = &d->score[i];
        if (!x->a && !x->b)
            continue;
        fsc_json_keyv(&w, s->dimension[i].name);
        fsc_json_open_object(&w);
        fsc_json_key(&w, "a");
        fsc_json_thousandths(&w, x->a);
        fsc_json_key(&w, "b");
        fsc_json_thousandths(&w, x->b);
        fsc_json_key(&w, "delta");
        fsc_json_thousandths(&w, x->b - x->a);
        fsc_json_close_object(&w);
    }
    fsc_json_close_object(&w);
    close_text(out, from);
}

static int put_edit(fsc_worker *w, fsc_buf *out, const fsc_stored *a, const fsc_stored *b, int64_t reverts_to, fsc_err *err)
{
    fsc_analysis old, new;
    fsc_delta delta;
    int status = fsc_worker_analyze(w, &old, &a->article, &w->document, err);
    if (!status)
        status = fsc_worker_analyze(w, &new, &b->article, &w->document, err);
    if (!status)
        status = fsc_worker_compare(w, &delta, &old, &new, 0, err);
    if (status)
        return status;
    put_number(out, a->capture);
    put_number(out, b->capture);
    put_number(out, reverts_to);
    put_number(out, a->article.modified.len && fsc_view_eq(a->article.modified, b->article.modified));
    put_types(out, &delta);
    put_summary(out, &delta);
    put_scores(out, &delta);
    return 0;
}

// the first capture of the same text before `k`, or 0
static int64_t seen_before(const chain *c, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (c->capture[i].version == c->capture[k].version)
            return c->capture[i].capture;
    return 0;
}

static int compare_chain(fsc_worker *w, fsc_buf *out, const chain *c, fsc_err *err)
{
    const fsc_stored *last = NULL;
    int64_t count = 0;
    int status = 0;
    put_number(out, c->document);
    size_t at = out->len;
    put_number(out, 0);
    for (size_t k = 0; k < c->count && !status; k++) {
        const fsc_stored *now = &c->capture[k];
        if (!fsc_record_scored(now->article.status))
            continue;
        if (last && last->version != now->version) {
            status = put_edit(w, out, last, now, seen_before(c, k), err);
            count++;
            fsc_worker_reset(w);
        }
        last = now;
    }
    if (!out->failed)
        memcpy(out->data + at, &count, sizeof count);
    return status;
}

static int put_chain(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    (void)job;
    return compare_chain(w, &b->out, (const chain *)(const void *)raw->data.data, err);
}

// ---------------------------------------------------------------- edits into the store

static int64_t take_number(fsc_view *rest)
{
    int64_t n = 0;
    if (rest->len >= sizeof n)
        memcpy(&n, rest->data, sizeof n);
    *rest = fsc_view_slice(*rest, sizeof n, rest->len);
    return n;
}

static fsc_view take_text(fsc_view *rest)
{
    size_t len = (size_t)take_number(rest);
    fsc_view v = fsc_view_slice(*rest, 0, len);
    *rest = fsc_view_slice(*rest, len, rest->len);
    return v;
}

static int store_chain(comparing *x, fsc_view *rest, fsc_arena *arena, fsc_err *err)
{
    int64_t document = take_number(rest);
    size_t count = (size_t)take_number(rest);
    fsc_store_edit *edit = FSC_NEW_N(arena, fsc_store_edit, count + 1);
    if (!edit)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < count; i++) {
        edit[i].from = take_number(rest);
        edit[i].to = take_number(rest);
        edit[i].reverts_to = take_number(rest);
        edit[i].stealth = take_number(rest) != 0;
        edit[i].types = take_text(rest);
        edit[i].summary = take_text(rest);
        edit[i].scores = take_text(rest);
    }
    return fsc_store_edits_set(x->store, document, edit, count, err);
}

static int take(void *user, fsc_view bytes, fsc_err *err)
{
    comparing *x = user;
    fsc_arena arena;
    int status = 0;
    fsc_arena_init(&arena, NULL);
    while (bytes.len && !status)
        status = store_chain(x, &bytes, &arena, err);
    fsc_arena_release(&arena);
    return status || !fsc_store_is_due(x->store) ? status : fsc_store_commit(x->store, err);
}

int fsc_stored_edits(const fsc_run_state *r, fsc_store *store, fsc_err *err)
{
    comparing x = {.store = store};
    fsc_totals totals;
    fsc_target target = {.sink = r->sink, .take = take, .user = &x};
    fsc_pool_job job = {.ctx = r->ctx, .next = next_chain, .user = &x, .run = put_chain, .workers = fsc_run_workers(r->opt), .sink = r->sink,
                        .out = &target, .quiet = true};
    int status = fsc_store_edited(store, &x.document, &x.count, r->arena, err);
    return status || !x.count ? status : fsc_pool_run(&job, &totals, err);
}
