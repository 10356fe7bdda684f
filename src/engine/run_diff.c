#include <stdatomic.h>

#include "engine/engine_p.h"

// diff: two documents, or many pairs of a file.

typedef struct diffs {
    fsc_run_state *r;
    fsc_ingest *in;
    fsc_export export;
    fsc_extract_options extract;
    fsc_compare compare;
    _Atomic uint64_t left_out; // pairs below --min-change
} diffs;

// the script must rebuild a file byte for byte, so U+FEFF at its start is text here
static bool restore_mark(fsc_worker *w, fsc_item *item)
{
    if (!item->marked)
        return true;
    char *text = fsc_arena_alloc(&w->document, item->content.len + 3);
    if (!text)
        return false;
    memcpy(text, "\xEF\xBB\xBF", 3);
    if (item->content.len)
        memcpy(text + 3, item->content.data, item->content.len);
    item->content = fsc_view_of(text, item->content.len + 3);
    return true;
}

static int analyze_item(const diffs *d, fsc_worker *w, fsc_analysis **out, fsc_item *item, fsc_err *err)
{
    fsc_article article;
    if (!restore_mark(w, item))
        return fsc_err_nomem(err);
    *out = FSC_NEW(&w->document, fsc_analysis);
    if (!*out)
        return fsc_err_nomem(err);
    int status = fsc_worker_article(w, &article, item, &d->extract, &w->document, err);
    // a side without text, or of blanks only, is a text without words: everything was added, or deleted
    if (!status && article.status == FSC_RECORD_EMPTY) {
        article.status = FSC_RECORD_OK;
        article.reason = (fsc_view){0};
        article.text = item->format == FSC_FORMAT_TEXT ? item->content : article.text;
        article.part = FSC_NEW(&w->document, fsc_part);
        if (!article.part)
            return fsc_err_nomem(err);
        article.part_count = 1;
        *article.part = (fsc_part){.end = (uint32_t)article.text.len, .kind = FSC_PART_BODY, .scored = true};
    }
    if (!status)
        status = fsc_compare_parts(&article, &d->compare, &w->document, err);
    return status ? status : fsc_worker_analyze(w, *out, &article, &w->document, err);
}

static bool differs(const diffs *d, const fsc_delta *delta)
{
    return fsc_revision_differs(delta) && fsc_revision_changed(delta) >= d->compare.least;
}

static int compare(diffs *d, fsc_worker *w, fsc_item *a, fsc_item *b, fsc_delta *out, fsc_err *err)
{
    fsc_analysis *x, *y;
    int status = analyze_item(d, w, &x, a, err);
    if (!status)
        status = analyze_item(d, w, &y, b, err);
    if (!status)
        status = fsc_worker_compare(w, out, x, y, d->compare.ignore, err);
    return status;
}

// ---------------------------------------------------------------- two documents

// reads the first record; what the item points to lives as long as *in, which the caller closes
static int read_side(diffs *d, fsc_worker *w, const char *path, fsc_ingest **in, fsc_item *out, fsc_err *err)
{
    fsc_raw raw, more;
    int status = fsc_run_open(in, d->r, &path, 1, (fsc_view){0}, (fsc_view){0}, err);
    if (status)
        return status;
    int got = fsc_ingest_next(*in, &raw, &w->document, err);
    if (got < 0)
        return got;
    if (!got) {
        if (!fsc_run_missing(d->r, *in, err))
            fsc_err_at(err, FSC_E_READ, fsc_view_cstr(path), 0, 0, "holds no record");
        return FSC_E_READ;
    }
    status = fsc_ingest_parse(*in, &raw, out, &w->document, err);
    if (!status && fsc_record_failed(out->status))
        return fsc_err_at(err, FSC_E_READ, out->source, 0, 0, "%s: %.*s", fsc_record_name(out->status), (int)out->reason.len, out->reason.data);
    if (!status && fsc_ingest_next(*in, &more, &w->document, err) > 0)
        fsc_run_message(d->r->sink, 0, "diff compares the first record of each file; for more use --pairs");
    return status;
}

static int write_delta(diffs *d, fsc_worker *w, const fsc_delta *delta, fsc_err *err)
{
    fsc_buf out;
    fsc_target target;
    fsc_buf_init(&out, NULL, (size_t)1 << 36);
    if (d->export.opt.format == FSC_OUTPUT_CSV || d->export.opt.format == FSC_OUTPUT_TSV) {
        fsc_export_header(&d->export, &out);
        fsc_export_pair(&d->export, delta, delta->b->article.id, &out);
    } else {
        fsc_export_header(&d->export, &out);
        fsc_export_delta(&d->export, delta, (fsc_view){0}, &w->scratch, &out);
        fsc_export_footer(&d->export, &out);
    }
    int status = out.failed ? fsc_err_nomem(err) : fsc_target_open(&target, d->r, err);
    if (!status) {
        status = fsc_target_write(&target, fsc_buf_view(&out), err);
        status = fsc_target_close(&target, status, err);
    }
    fsc_buf_release(&out);
    return status;
}

static int two_documents(diffs *d, const char *const *path, bool *differ, fsc_err *err)
{
    fsc_worker w;
    fsc_item a, b;
    fsc_ingest *in[2] = {NULL, NULL};
    fsc_delta delta;
    int status = fsc_worker_init(&w, d->r->ctx, 0, err);
    if (status)
        return status;
    status = read_side(d, &w, path[0], &in[0], &a, err);
    if (!status)
        status = read_side(d, &w, path[1], &in[1], &b, err);
    if (!status)
        status = compare(d, &w, &a, &b, &delta, err);
    if (!status) {
        *differ = differs(d, &delta);
        status = write_delta(d, &w, &delta, err);
    }
    fsc_worker_release(&w);
    fsc_ingest_close(in[0]);
    fsc_ingest_close(in[1]);
    return status;
}

// ---------------------------------------------------------------- many pairs

static const fsc_field *kept(const fsc_item *item, const char *name)
{
    for (size_t i = 0; i < item->keep_count; i++)
        if (fsc_view_is(item->keep[i].name, name))
            return &item->keep[i];
    return NULL;
}

static void put_failed(diffs *d, fsc_batch *b, const fsc_item *item, fsc_record_status status, fsc_view reason)
{
    fsc_batch_count(b, item->id, item->source, status, reason);
    fsc_export_pair_failed(&d->export, item->id, status, reason, &b->out);
}

static int put_pair(void *job, fsc_worker *w, fsc_batch *batch, const fsc_raw *raw, fsc_err *err)
{
    diffs *d = job;
    fsc_item item;
    fsc_delta delta;
    int status = fsc_ingest_parse(d->in, raw, &item, &w->document, err);
    if (status)
        return status;
    const fsc_field *a = kept(&item, "a"), *b = kept(&item, "b");
    if (fsc_record_failed(item.status)) {
        put_failed(d, batch, &item, item.status, item.reason);
        return 0;
    }
    if (!a || !b) {
        put_failed(d, batch, &item, FSC_RECORD_UNSUPPORTED, FSC_LIT("a pair needs the fields a and b"));
        return 0;
    }
    fsc_item old = {.id = item.id, .source = item.source, .content = a->value}, new = {.id = item.id, .source = item.source, .content = b->value};
    status = compare(d, w, &old, &new, &delta, err);
    if (status)
        return status;
    fsc_batch_count(batch, item.id, item.source, FSC_RECORD_OK, (fsc_view){0});
    batch->differ += differs(d, &delta);
    if (d->compare.least > 0 && !differs(d, &delta)) {
        atomic_fetch_add(&d->left_out, 1);
        return 0;
    }
    if (d->export.opt.format == FSC_OUTPUT_CSV || d->export.opt.format == FSC_OUTPUT_TSV)
        fsc_export_pair(&d->export, &delta, item.id, &batch->out);
    else
        fsc_export_delta(&d->export, &delta, item.id, &w->scratch, &batch->out);
    return 0;
}

static int many_pairs(diffs *d, fsc_totals *totals, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    fsc_target target;
    int status = fsc_run_open(&d->in, d->r, &o->pairs, 1, FSC_LIT("text=a"), FSC_LIT("a,b"), err);
    if (!status)
        status = fsc_target_open_kept(&target, d->r, err);
    if (status)
        return status;
    fsc_buf head, foot;
    fsc_buf_init(&head, NULL, 1u << 24);
    fsc_buf_init(&foot, NULL, 1u << 16);
    fsc_export_header(&d->export, &head);
    fsc_export_footer(&d->export, &foot);
    fsc_pool_job job = {.ctx = d->r->ctx, .in = d->in, .run = put_pair, .job = d, .workers = fsc_run_workers(o), .sink = d->r->sink,
                        .out = &target, .head = fsc_buf_view(&head), .foot = fsc_buf_view(&foot), .quiet = o->quiet,
                        .isolate = o->isolate || o->timeout > 0, .timeout = o->timeout > 0 ? (double)o->timeout : 0};
    status = head.failed ? fsc_err_nomem(err) : fsc_pool_run(&job, totals, err);
    fsc_buf_release(&head);
    fsc_buf_release(&foot);
    status = fsc_target_close(&target, status, err);
    if (!status && fsc_run_missing(d->r, d->in, err))
        status = FSC_E_READ;
    return status;
}

int fsc_run_diff(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    diffs d = {.r = r, .extract = fsc_run_extract(o)};
    d.extract.keep_mark = true;
    fsc_totals totals = {0};
    bool differ = false;
    if (o->pairs ? o->arg.len != 0 : o->arg.len != 2)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "diff takes two inputs, OLD and NEW, or --pairs FILE"));
    if ((o->resume || o->errors) && !o->pairs)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "--resume and --errors are for many pairs (--pairs FILE)"));
    int status = fsc_compare_read(&d.compare, o, err);
    if (!status)
        status = fsc_export_init(&d.export, FSC_TABLE_PAIRS, &r->export, r->ctx->schema, r->arena, err);
    if (!status)
        status = o->pairs ? many_pairs(&d, &totals, err) : two_documents(&d, o->arg.data, &differ, err);
    fsc_ingest_close(d.in);
    if (status)
        return fsc_exit_of(status);
    uint64_t left_out = d.left_out;
    if (left_out && !o->quiet) {
        fsc_view note = fsc_arena_printf(r->arena, "%llu of %llu pairs changed less than --min-change and were left out", (unsigned long long)left_out,
                                         (unsigned long long)totals.records);
        fsc_run_message(r->sink, 0, note.data ? note.data : "pairs were left out");
    }
    if (totals.failed && (o->strict || totals.failed == totals.records)) {
        fsc_err_set(err, FSC_E_SYNTAX, "%llu of %llu pairs failed", (unsigned long long)totals.failed, (unsigned long long)totals.records);
        return 1;
    }
    return o->exit_code && (differ || totals.differ) ? 1 : 0;
}
