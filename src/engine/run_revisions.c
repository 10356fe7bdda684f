#include "base/map.h"
#include "base/vec.h"
#include "codec/codec.h"
#include "engine/engine_p.h"

// revisions: all documents are read and held, linked to chains, and each chain's neighbours are compared.

typedef struct archive {
    fsc_run_state *r;
    fsc_arena keep; /* articles and shingles, for the whole job */
    fsc_vec(fsc_article) article;
    fsc_vec(fsc_chain_item) version;
    fsc_totals totals;
} archive;

// ---------------------------------------------------------------- reading

// what later steps need of an article, out of the arena of its page
static int keep_article(archive *x, const fsc_article *from, fsc_err *err)
{
    fsc_article to = *from;
    fsc_view *field[] = {&to.id, &to.source, &to.url, &to.canonical, &to.kind, &to.genre, &to.section, &to.title, &to.author, &to.site,
                         &to.published, &to.modified, &to.captured, &to.lang, &to.reason, &to.text};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (!field[i]->len)
            continue;
        *field[i] = fsc_arena_dup(&x->keep, *field[i]);
        if (!field[i]->data)
            return fsc_err_nomem(err);
    }
    to.from = NULL, to.keep = NULL, to.comment = NULL;
    to.from_count = to.keep_count = to.comment_count = 0;
    to.part = FSC_NEW_N(&x->keep, fsc_part, from->part_count + 1);
    if (!to.part)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < from->part_count; i++) {
        to.part[i] = from->part[i];
        to.part[i].author = fsc_arena_dup(&x->keep, from->part[i].author);
    }
    return fsc_vec_push(&x->keep, &x->article, to) ? 0 : fsc_err_nomem(err);
}

static int add_version(archive *x, fsc_worker *w, fsc_err *err)
{
    const fsc_article *a = &x->article.data[x->article.len - 1];
    fsc_chain_item v = {.url = a->url, .canonical = a->canonical, .source = a->source,
                     .captured = a->captured, .modified = a->modified, .published = a->published};
    if (!fsc_view_eq(a->id, a->source))
        v.id = a->id;
    // only what has no address is linked by its words
    if (fsc_record_scored(a->status) && !v.url.len && !v.canonical.len) {
        fsc_text text = {0};
        int status = fsc_text_analyze(&text, a->text, a->part, a->part_count, w->types, &w->document, err);
        if (!status)
            status = fsc_revision_shingles(&v.shingles, &text, w->types, &x->keep, err);
        if (status)
            return status;
    }
    return fsc_vec_push(&x->keep, &x->version, v) ? 0 : fsc_err_nomem(err);
}

static int read_one(archive *x, fsc_worker *w, const fsc_ingest *in, const fsc_raw *raw, fsc_err *err)
{
    fsc_item item;
    fsc_article article;
    fsc_extract_options opt = fsc_run_extract(x->r->opt);
    int status = fsc_ingest_parse(in, raw, &item, &w->document, err);
    if (!status)
        status = fsc_worker_article(w, &article, &item, &opt, &w->document, err);
    if (!status)
        status = keep_article(x, &article, err);
    if (!status)
        status = add_version(x, w, err);
    if (status)
        return status;
    x->totals.records++;
    if (fsc_record_failed(article.status)) {
        fsc_view text = fsc_arena_printf(&w->scratch, "%.*s: %s: %.*s", (int)article.source.len, article.source.data,
                                         fsc_record_name(article.status), (int)article.reason.len, article.reason.data);
        x->totals.failed++;
        if (!x->r->opt->quiet && text.data)
            fsc_run_message(x->r->sink, 1, text.data);
    }
    return 0;
}

static int read_all(archive *x, fsc_worker *w, fsc_ingest *in, fsc_err *err)
{
    for (;;) {
        fsc_raw raw;
        int got = fsc_ingest_next(in, &raw, &w->document, err);
        if (got <= 0)
            return got;
        int status = read_one(x, w, in, &raw, err);
        fsc_worker_reset(w);
        if (status)
            return status;
    }
}

// ---------------------------------------------------------------- writing

static const fsc_article *version_of(const archive *x, const fsc_chain *c, size_t k)
{
    return &x->article.data[c->version[k]];
}

static void put_view(fsc_json_writer *j, const char *key, fsc_view v)
{
    fsc_json_key(j, key);
    fsc_json_string_or_null(j, v);
}

static void put_versions(fsc_json_writer *j, const archive *x, const fsc_chain *c)
{
    fsc_json_key(j, "versions");
    fsc_json_open_array(j);
    for (size_t k = 0; k < c->count; k++) {
        const fsc_article *a = version_of(x, c, k);
        fsc_json_open_object(j);
        put_view(j, "id", a->id);
        put_view(j, "source", a->source);
        put_view(j, "captured", a->captured);
        put_view(j, "modified", a->modified);
        put_view(j, "published", a->published);
        put_view(j, "title", a->title);
        put_view(j, "status", fsc_view_cstr(fsc_record_name(a->status)));
        fsc_json_close_object(j);
    }
    fsc_json_close_array(j);
}

static void put_delta(fsc_json_writer *j, const fsc_delta *d)
{
    const fsc_schema *s = d->a->schema;
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

// `back`: the version before `from` that had the text of `to` already, or FSC_NONE
static int put_edit(fsc_json_writer *j, fsc_worker *w, const archive *x, const fsc_chain *c, const uint32_t at[3], fsc_err *err)
{
    const fsc_article *a = version_of(x, c, at[0]), *b = version_of(x, c, at[1]);
    bool changed = !fsc_view_eq(a->text, b->text);
    fsc_analysis old, new;
    fsc_delta delta;
    int status = fsc_worker_analyze(w, &old, a, &w->document, err);
    if (!status)
        status = fsc_worker_analyze(w, &new, b, &w->document, err);
    if (!status)
        status = fsc_revision_compare(&delta, &old, &new, w->ctx->revision, w->types, &w->document, &w->scratch, err);
    if (status)
        return status;
    fsc_json_open_object(j);
    fsc_json_key(j, "from");
    fsc_json_u64(j, at[0]);
    fsc_json_key(j, "to");
    fsc_json_u64(j, at[1]);
    fsc_json_key(j, "changed");
    fsc_json_bool(j, changed);
    fsc_json_key(j, "stealth");
    fsc_json_bool(j, changed && a->modified.len && fsc_view_eq(a->modified, b->modified));
    fsc_json_key(j, "reverts_to");
    if (changed && at[2] != FSC_NONE)
        fsc_json_u64(j, at[2]);
    else
        fsc_json_null(j);
    put_delta(j, &delta);
    fsc_json_close_object(j);
    return 0;
}

static int put_edits(fsc_json_writer *j, fsc_worker *w, const archive *x, const fsc_chain *c, fsc_err *err)
{
    fsc_map seen; // text -> the first version with it
    fsc_arena room;
    int status = 0;
    uint32_t last = FSC_NONE;
    fsc_arena_init(&room, NULL);
    fsc_map_init(&seen, &room);
    for (uint32_t k = 0; k < c->count && !status; k++) {
        const fsc_article *a = version_of(x, c, k);
        if (!fsc_record_scored(a->status))
            continue;
        const uint32_t *before = fsc_map_get(&seen, a->text);
        uint32_t at[3] = {last, k, before ? *before : FSC_NONE};
        if (last != FSC_NONE)
            status = put_edit(j, w, x, c, at, err);
        if (!status && !fsc_map_put(&seen, a->text, k, NULL))
            status = fsc_err_nomem(err);
        fsc_worker_reset(w);
        last = k;
    }
    fsc_arena_release(&room);
    return status;
}

// the last version was taken down, as its source says, or has no text any more where an earlier one had
static bool is_deleted(const archive *x, const fsc_chain *c)
{
    bool had = false;
    if (version_of(x, c, c->count - 1)->deleted)
        return true;
    for (size_t k = 0; k + 1 < c->count; k++)
        had |= fsc_record_scored(version_of(x, c, k)->status);
    return had && !fsc_record_scored(version_of(x, c, c->count - 1)->status);
}

static int put_chain(fsc_buf *out, fsc_worker *w, const archive *x, const fsc_chain *c, fsc_err *err)
{
    fsc_json_writer j;
    fsc_json_writer_init(&j, out);
    fsc_json_open_object(&j);
    put_view(&j, "by", fsc_view_cstr(fsc_chain_by_name(c->by)));
    put_view(&j, "key", c->key);
    put_versions(&j, x, c);
    fsc_json_key(&j, "edits");
    fsc_json_open_array(&j);
    int status = put_edits(&j, w, x, c, err);
    fsc_json_close_array(&j);
    fsc_json_key(&j, "deleted");
    fsc_json_bool(&j, is_deleted(x, c));
    put_view(&j, "run", x->r->export.run);
    fsc_json_close_object(&j);
    fsc_buf_char(out, '\n');
    return status ? status : out->failed ? fsc_err_nomem(err) : 0;
}

static int write_chains(archive *x, fsc_worker *w, fsc_err *err)
{
    fsc_chain *chain;
    size_t count;
    fsc_target target;
    fsc_buf out;
    int status = fsc_revision_chains(&chain, &count, x->version.data, x->version.len, &x->keep, &w->scratch, err);
    fsc_worker_reset(w);
    if (!status)
        status = fsc_target_open(&target, x->r, err);
    if (status)
        return status;
    fsc_buf_init(&out, NULL, (size_t)1 << 36);
    for (size_t k = 0; k < count && !status; k++) {
        fsc_buf_reset(&out, 1 << 20);
        status = put_chain(&out, w, x, &chain[k], err);
        if (!status)
            status = fsc_target_write(&target, fsc_buf_view(&out), err);
    }
    fsc_buf_release(&out);
    return fsc_target_close(&target, status, err);
}

static int finish(const archive *x, const fsc_ingest *in, fsc_err *err)
{
    const fsc_totals *t = &x->totals;
    if (fsc_run_missing(x->r, in, err))
        return 3;
    if (!t->failed || (!x->r->opt->strict && t->failed < t->records))
        return 0;
    fsc_err_set(err, FSC_E_SYNTAX, "%llu of %llu records failed", (unsigned long long)t->failed, (unsigned long long)t->records);
    return 1;
}

int fsc_run_revisions(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    archive x = {.r = r};
    fsc_worker w;
    fsc_ingest *in = NULL;
    if (!o->arg.len)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "revisions needs an INPUT: files, folders, or - for standard input"));
    int status = fsc_worker_init(&w, r->ctx, err);
    if (status)
        return fsc_exit_of(status);
    fsc_arena_init(&x.keep, NULL);
    status = fsc_run_open(&in, r, o->arg.data, o->arg.len, (fsc_view){0}, (fsc_view){0}, err);
    if (!status)
        status = read_all(&x, &w, in, err);
    if (!status)
        status = write_chains(&x, &w, err);
    int code = status ? fsc_exit_of(status) : finish(&x, in, err);
    fsc_worker_release(&w);
    fsc_ingest_close(in);
    fsc_arena_release(&x.keep);
    return code;
}
