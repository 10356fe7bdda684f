#include "engine/chain_p.h"

#include "base/map.h"
#include "codec/codec.h"

// The type table and the arenas are given back after so many edits of one chain.
enum { TRIM = 64 };

int fsc_chain_writer_init(fsc_chain_writer *w, const fsc_chain_job *job, fsc_err *err)
{
    *w = (fsc_chain_writer){.job = job};
    fsc_arena_init(&w->side[0], NULL);
    fsc_arena_init(&w->side[1], NULL);
    fsc_buf_init(&w->out, NULL, (size_t)1 << 36);
    return fsc_worker_init(&w->worker, job->run->ctx, 0, err);
}

void fsc_chain_writer_release(fsc_chain_writer *w)
{
    fsc_worker_release(&w->worker);
    fsc_arena_release(&w->side[0]);
    fsc_arena_release(&w->side[1]);
    fsc_buf_release(&w->out);
}

static void put_view(fsc_json_writer *j, const char *key, fsc_view v)
{
    fsc_json_key(j, key);
    fsc_json_string_or_null(j, v);
}

static const fsc_spooled *version_of(const fsc_chain_writer *w, const fsc_chain *c, size_t k)
{
    return &w->job->spool->version.data[c->version[k]];
}

static bool has_text(const fsc_spooled *v)
{
    return fsc_record_scored((fsc_record_status)v->status);
}

static int read_version(fsc_chain_writer *w, const fsc_chain *c, size_t k, fsc_article *out, fsc_arena *arena, fsc_err *err)
{
    return fsc_spool_article(w->job->spool, c->version[k], out, arena, err);
}

// ---------------------------------------------------------------- versions

static int put_versions(fsc_json_writer *j, fsc_chain_writer *w, const fsc_chain *c, fsc_err *err)
{
    fsc_json_key(j, "versions");
    fsc_json_open_array(j);
    for (size_t k = 0; k < c->count; k++) {
        fsc_article a;
        int status = read_version(w, c, k, &a, &w->worker.document, err);
        if (status)
            return status;
        fsc_json_open_object(j);
        put_view(j, "id", a.id);
        put_view(j, "source", a.source);
        put_view(j, "captured", a.captured);
        put_view(j, "modified", a.modified);
        put_view(j, "published", a.published);
        put_view(j, "title", a.title);
        put_view(j, "status", fsc_view_cstr(fsc_record_name(a.status)));
        fsc_json_key(j, "deleted");
        fsc_json_bool(j, a.deleted);
        fsc_json_close_object(j);
        fsc_arena_reset(&w->worker.document, 1 << 20);
    }
    fsc_json_close_array(j);
    return 0;
}

// a chain of a store may be known by anything: what its first document has is told
static fsc_chain_by by_of(const fsc_chain *c, const fsc_article *first)
{
    if (c->by != FSC_BY_URL || first->canonical.len || first->url.len)
        return c->by;
    return fsc_view_eq(first->id, first->source) ? FSC_BY_CONTENT : FSC_BY_ID;
}

static fsc_view key_of(const fsc_chain *c, const fsc_article *first, fsc_arena *arena)
{
    fsc_chain_by by = by_of(c, first);
    if (by == FSC_BY_URL)
        return fsc_revision_url_key(first->canonical.len ? first->canonical : first->url, arena);
    return by == FSC_BY_ID ? first->id : first->source;
}

static int put_key(fsc_json_writer *j, fsc_chain_writer *w, const fsc_chain *c, fsc_err *err)
{
    fsc_article a;
    int status = fsc_spool_article(w->job->spool, c->first, &a, &w->worker.document, err);
    if (status)
        return status;
    put_view(j, "by", fsc_view_cstr(fsc_chain_by_name(by_of(c, &a))));
    put_view(j, "key", key_of(c, &a, &w->worker.document));
    fsc_arena_reset(&w->worker.document, 1 << 20);
    return 0;
}

// ---------------------------------------------------------------- edits

static void put_scores(fsc_json_writer *j, const fsc_delta *d)
{
    const fsc_schema *s = d->a->schema;
    fsc_json_key(j, "scores");
    fsc_json_open_object(j);
    for (size_t i = 0; i < s->dimension_count; i++) {
        fsc_json_keyv(j, s->dimension[i].name);
        fsc_json_open_object(j);
        fsc_json_key(j, "a");
        fsc_json_thousandths(j, d->score[i].a);
        fsc_json_key(j, "b");
        fsc_json_thousandths(j, d->score[i].b);
        fsc_json_key(j, "delta");
        fsc_json_thousandths(j, d->score[i].b - d->score[i].a);
        fsc_json_close_object(j);
    }
    fsc_json_close_object(j);
}

static void put_metadata(fsc_json_writer *j, const fsc_delta *d)
{
    fsc_json_key(j, "metadata");
    fsc_json_open_array(j);
    for (size_t i = 0; i < d->meta_count; i++) {
        fsc_json_open_object(j);
        put_view(j, "field", fsc_view_cstr(d->meta[i].field));
        put_view(j, "a", d->meta[i].a);
        put_view(j, "b", d->meta[i].b);
        fsc_json_close_object(j);
    }
    fsc_json_close_array(j);
}

static void put_delta(fsc_json_writer *j, const fsc_delta *d)
{
    fsc_json_key(j, "types");
    fsc_json_open_array(j);
    for (int t = 0; t < FSC_CHANGE_COUNT; t++)
        if (d->type[t])
            fsc_json_string(j, fsc_view_cstr(fsc_change_name((fsc_change_type)t)));
    fsc_json_close_array(j);
    fsc_json_key(j, "summary");
    fsc_json_open_array(j);
    for (size_t k = 0; k < d->summary_count; k++)
        fsc_json_string(j, d->summary[k]);
    fsc_json_close_array(j);
    put_scores(j, d);
    put_metadata(j, d);
}

typedef struct edit {
    uint32_t from, to;
    uint32_t reverts_to; // the version before `from` that had the text of `to` already, or FSC_NONE
    bool changed, stealth;
} edit;

static void put_edit(fsc_json_writer *j, const edit *e, const fsc_delta *d)
{
    fsc_json_open_object(j);
    fsc_json_key(j, "from");
    fsc_json_u64(j, e->from);
    fsc_json_key(j, "to");
    fsc_json_u64(j, e->to);
    fsc_json_key(j, "changed");
    fsc_json_bool(j, e->changed);
    fsc_json_key(j, "stealth");
    fsc_json_bool(j, e->stealth);
    fsc_json_key(j, "reverts_to");
    if (e->reverts_to != FSC_NONE)
        fsc_json_u64(j, e->reverts_to);
    else
        fsc_json_null(j);
    fsc_json_key(j, "trivial");
    if (d->trivial)
        fsc_json_string(j, fsc_view_cstr(fsc_trivial_name(d->trivial)));
    else
        fsc_json_null(j);
    put_delta(j, d);
    fsc_json_close_object(j);
}

// Whether an edit is listed; what is not is counted.
static bool is_listed(fsc_chain_writer *w, const fsc_delta *d)
{
    const fsc_chain_job *job = w->job;
    bool small = job->compare.least > 0 && fsc_revision_changed(d) < job->compare.least;
    bool trivial = d->trivial && !job->run->opt->all_edits;
    w->small += small;
    w->trivial += trivial && !small;
    w->edits += !small && !trivial;
    return !small && !trivial;
}

typedef struct comparison {
    fsc_chain_writer *w;
    const fsc_chain *c;
    fsc_analysis *last;  // of version `at`, in side[turn]
    uint32_t at, turn, since_trim;
    fsc_map seen;        // text -> the first version with it
    uint64_t left_out;
} comparison;

static int analyze(comparison *x, uint32_t k, int side, fsc_analysis **out, fsc_err *err)
{
    fsc_arena *arena = &x->w->side[side];
    fsc_article a;
    fsc_arena_reset(arena, 1 << 20);
    *out = FSC_NEW(arena, fsc_analysis);
    if (!*out)
        return fsc_err_nomem(err);
    int status = read_version(x->w, x->c, k, &a, arena, err);
    return status ? status : fsc_worker_analyze(&x->w->worker, *out, &a, arena, err);
}

// Analyses hold ids of the type table, so that both are made anew once it was trimmed.
static int analyze_both(comparison *x, uint32_t k, fsc_analysis **old, fsc_analysis **new, fsc_err *err)
{
    int status = 0;
    fsc_arena_reset(&x->w->worker.document, 1 << 20);
    if (x->since_trim++ >= TRIM) {
        fsc_worker_reset(&x->w->worker);
        x->since_trim = 0;
        x->last = NULL;
    }
    if (!x->last)
        status = analyze(x, x->at, (int)x->turn, &x->last, err);
    *old = x->last;
    return status ? status : analyze(x, k, (int)(1 - x->turn), new, err);
}

static int compare_next(comparison *x, fsc_json_writer *j, uint32_t k, uint32_t reverts_to, fsc_err *err)
{
    fsc_analysis *old, *new;
    fsc_delta delta;
    bool same = version_of(x->w, x->c, x->at)->text == version_of(x->w, x->c, k)->text;
    int status = analyze_both(x, k, &old, &new, err);
    if (!status)
        status = fsc_worker_compare(&x->w->worker, &delta, old, new, x->w->job->compare.ignore, err);
    if (status)
        return status;
    bool changed = !same && fsc_revision_differs(&delta);
    edit e = {x->at, k, changed ? reverts_to : FSC_NONE, changed,
              changed && old->article.modified.len && fsc_view_eq(old->article.modified, new->article.modified)};
    // a later look at the same page is no edit
    if (changed && !is_listed(x->w, &delta))
        x->left_out++;
    else if (changed || delta.meta_count)
        put_edit(j, &e, &delta);
    x->last = new;
    x->turn = 1 - x->turn;
    return 0;
}

static int put_edits(fsc_json_writer *j, fsc_chain_writer *w, const fsc_chain *c, fsc_err *err)
{
    fsc_arena room;
    comparison x = {.w = w, .c = c, .at = FSC_NONE};
    int status = 0;
    fsc_arena_init(&room, NULL);
    fsc_map_init(&x.seen, &room);
    fsc_json_key(j, "edits");
    fsc_json_open_array(j);
    for (uint32_t k = 0; k < c->count && !status; k++) {
        const fsc_spooled *v = version_of(w, c, k);
        if (!has_text(v))
            continue;
        fsc_view text = fsc_view_of((const char *)&v->text, sizeof v->text);
        const uint32_t *before = fsc_map_get(&x.seen, text);
        uint32_t reverts_to = before ? *before : FSC_NONE;
        if (x.at != FSC_NONE)
            status = compare_next(&x, j, k, reverts_to, err);
        if (!status && !fsc_map_put(&x.seen, text, k, NULL))
            status = fsc_err_nomem(err);
        x.at = k;
    }
    fsc_json_close_array(j);
    fsc_json_key(j, "left_out");
    fsc_json_u64(j, x.left_out);
    fsc_arena_release(&room);
    fsc_worker_reset(&w->worker);
    return status;
}

// ---------------------------------------------------------------- deletions

// Marked as taken down, or without text at last where there was one.
static bool is_deleted(const fsc_chain_writer *w, const fsc_chain *c)
{
    const fsc_spooled *last = version_of(w, c, c->count - 1);
    bool had = false;
    for (size_t k = 0; k + 1 < c->count; k++)
        had |= has_text(version_of(w, c, k));
    return last->deleted || (had && !has_text(last));
}

static uint32_t last_text(const fsc_chain_writer *w, const fsc_chain *c)
{
    for (size_t k = c->count; k-- > 0;)
        if (has_text(version_of(w, c, k)))
            return (uint32_t)k;
    return FSC_NONE;
}

static int put_replacement(fsc_json_writer *j, fsc_chain_writer *w, const fsc_chain *gone, uint32_t k, const fsc_chain *by, fsc_err *err)
{
    fsc_article a, b;
    fsc_analysis old, new;
    fsc_delta delta;
    fsc_arena *arena = &w->side[0];
    fsc_arena_reset(arena, 1 << 20);
    int status = read_version(w, gone, k, &a, arena, err);
    if (!status)
        status = read_version(w, by, 0, &b, arena, err);
    if (!status)
        status = fsc_worker_analyze(&w->worker, &old, &a, arena, err);
    if (!status)
        status = fsc_worker_analyze(&w->worker, &new, &b, arena, err);
    if (!status)
        status = fsc_worker_compare(&w->worker, &delta, &old, &new, w->job->compare.ignore, err);
    if (status)
        return status;
    fsc_json_open_object(j);
    put_view(j, "key", key_of(by, &b, arena));
    put_view(j, "id", b.id);
    put_view(j, "source", b.source);
    put_view(j, "published", b.published);
    put_delta(j, &delta);
    fsc_json_close_object(j);
    fsc_worker_reset(&w->worker);
    return 0;
}

static int put_deletion(fsc_json_writer *j, fsc_chain_writer *w, const fsc_chain *c, fsc_err *err)
{
    bool deleted = is_deleted(w, c);
    uint32_t k = deleted ? last_text(w, c) : FSC_NONE, by = FSC_NONE;
    fsc_json_key(j, "deleted");
    fsc_json_bool(j, deleted);
    int status = k == FSC_NONE ? 0 : fsc_chain_replacement(&by, w, c, c->version[k], err);
    if (status)
        return status;
    fsc_json_key(j, "replaced_by");
    if (by != FSC_NONE)
        return put_replacement(j, w, c, k, &w->job->chain[by], err);
    fsc_json_null(j);
    return 0;
}

int fsc_chain_write(fsc_chain_writer *w, const fsc_chain *c, fsc_err *err)
{
    fsc_json_writer j;
    fsc_json_writer_init(&j, &w->out);
    fsc_json_open_object(&j);
    int status = put_key(&j, w, c, err);
    if (!status)
        status = put_versions(&j, w, c, err);
    if (!status)
        status = put_edits(&j, w, c, err);
    if (!status)
        status = put_deletion(&j, w, c, err);
    if (status)
        return status;
    put_view(&j, "run", w->job->run->export.run);
    fsc_json_close_object(&j);
    fsc_buf_char(&w->out, '\n');
    return w->out.failed ? fsc_err_nomem(err) : 0;
}
