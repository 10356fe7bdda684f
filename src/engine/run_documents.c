#include "engine/group_p.h"
#include "engine/near_p.h"
#include "engine/stored_p.h"

// score, cues, annotate, extract: one record in, its rows out.

typedef struct documents {
    fsc_run_state *r;
    fsc_ingest *in;     /* NULL: articles come from a store */
    fsc_stored_source stored;
    fsc_export export;
    fsc_extract_options extract;
    bool keyed;         /* cues --sort or --group */
    bool by_sentence;   /* score --by sentence */
    bool grouped;       /* score --by another field, compare */
    fsc_show show;      /* compare: what is counted beside the sums */
    fsc_buf collected;  /* units or keyed rows that a later step turns into the output */
} documents;

static bool is_wanted(const fsc_texts *wanted, fsc_view value)
{
    for (size_t i = 0; i < wanted->len; i++)
        if (fsc_view_is(value, wanted->data[i]))
            return true;
    return wanted->len == 0;
}

// the cues that --dimension, --voice and --entry ask for, in place
static void filter_cues(const fsc_options *o, fsc_analysis *a)
{
    size_t kept = 0;
    if (!o->dimension.len && !o->voice.len && !o->entry.len)
        return;
    for (size_t i = 0; i < a->cue_count; i++) {
        const fsc_cue *c = &a->cue[i];
        if (is_wanted(&o->dimension, a->schema->dimension[c->dimension].name) && is_wanted(&o->entry, fsc_schema_text(a->schema, a->schema->entry[c->entry].pattern)) &&
            is_wanted(&o->voice, fsc_view_cstr(fsc_voice_name((fsc_voice)c->voice))))
            a->cue[kept++] = *c;
    }
    a->cue_count = kept;
}

static int put_document(documents *d, fsc_worker *w, fsc_batch *b, const fsc_article *article, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    fsc_buf *out = &b->out;
    if (o->verb == FSC_VERB_EXTRACT) {
        fsc_export_extract(&d->export, article, out);
        return 0;
    }
    fsc_analysis *a = FSC_NEW(&w->document, fsc_analysis);
    if (!a)
        return fsc_err_nomem(err);
    int status = (o->hits ? fsc_worker_hits : fsc_worker_analyze)(w, a, article, &w->document, err);
    if (status)
        return status;
    if (a->hits.limited)
        fsc_batch_message(b, 0, article->source, fsc_record_name(article->status), a->article.reason);
    if (o->hits) {
        fsc_export_hits(&d->export, a, out);
        return 0;
    }
    if (o->ci && !d->grouped && fsc_record_scored(article->status)) {
        status = fsc_score_intervals(a, &w->scratch, err);
        if (status)
            return status;
    }
    if (o->sketch && (status = fsc_sketch_put(a, w, err)))
        return status;
    if (d->by_sentence)
        fsc_export_sentences(&d->export, a, &w->scratch, out);
    else if (d->grouped)
        return fsc_unit_add(out, a, w->types, o->by ? fsc_view_cstr(o->by) : (fsc_view){0}, d->show, &w->scratch, err);
    else if (o->verb == FSC_VERB_SCORE) {
        fsc_export_score(&d->export, a, out);
    } else if (o->verb == FSC_VERB_CUES) {
        filter_cues(o, a);
        if (d->keyed)
            fsc_export_cues_keyed(&d->export, a, o->sort ? o->sort : o->group, out);
        else
            fsc_export_cues(&d->export, a, out);
    } else if (d->export.opt.format == FSC_OUTPUT_BRAT) {
        fsc_brat_add(a, &w->scratch, out);
    } else {
        fsc_export_annotate(&d->export, a, &w->scratch, out);
    }
    return 0;
}

// A live blog's updates after it; in groups and comparisons in its place, for their words are the same.
static int put_updates(documents *d, fsc_worker *w, fsc_batch *b, const fsc_article *parent, const fsc_item *item, fsc_err *err)
{
    fsc_article *update = NULL;
    size_t count = 0;
    int status = fsc_extract_updates(&update, &count, parent, item, &d->extract, &w->document, &w->scratch, err);
    fsc_arena_reset(&w->scratch, 0);
    if (!status && (!d->grouped || !count))
        status = put_document(d, w, b, parent, err);
    for (size_t i = 0; i < count && !status; i++)
        status = put_document(d, w, b, &update[i], err);
    return status;
}

static int put_stored(documents *d, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    fsc_article article;
    int status = fsc_stored_article(&article, raw, d->r, &w->document, err);
    b->records++;
    return status ? status : put_document(d, w, b, &article, err);
}

static int put_record(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    documents *d = job;
    fsc_item item;
    fsc_article article;
    if (!d->in)
        return put_stored(d, w, b, raw, err);
    int status = fsc_ingest_parse(d->in, raw, &item, &w->document, err);
    if (!status)
        status = fsc_worker_article(w, &article, &item, &d->extract, &w->document, err);
    if (status)
        return status;
    fsc_batch_count(b, article.id, article.source, article.status, article.reason);
    if (d->r->opt->split_liveblog)
        return put_updates(d, w, b, &article, &item, err);
    return put_document(d, w, b, &article, err);
}

static fsc_table_kind table_of(const documents *d)
{
    const fsc_options *o = d->r->opt;
    if (d->by_sentence)
        return FSC_TABLE_SENTENCES;
    if (o->verb == FSC_VERB_CUES)
        return o->hits ? FSC_TABLE_HITS : FSC_TABLE_CUES;
    if (o->verb == FSC_VERB_EXTRACT)
        return FSC_TABLE_EXTRACT;
    if (o->features)
        return FSC_TABLE_FEATURES;
    return o->long_rows ? FSC_TABLE_SCORE_LONG : FSC_TABLE_SCORE;
}

static void put_notes(const documents *d)
{
    const char *note;
    for (size_t i = 0; d->in && !d->r->opt->quiet && (note = fsc_ingest_note(d->in, i)); i++)
        fsc_run_message(d->r->sink, 0, note);
}

// everything is read first, then one step over all of it makes the output
static int run_collected(documents *d, fsc_pool_job *job, fsc_target *target, fsc_totals *totals, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    fsc_buf out;
    // failed records are listed as they come
    fsc_target gather = {.sink = target->sink, .collect = &d->collected, .errors = target->errors, .has_errors = target->has_errors};
    fsc_view head = job->head, nothing = {0};
    fsc_buf_init(&d->collected, NULL, (size_t)1 << 40);
    fsc_buf_init(&out, NULL, (size_t)1 << 40);
    job->out = &gather;
    job->head = job->foot = nothing;
    int status = fsc_pool_run(job, totals, err);
    fsc_view rows = fsc_buf_view(&d->collected);
    if (!status && d->keyed) {
        if (!o->group)
            fsc_buf_addv(&out, head);
        status = fsc_concordance(d->r, rows, &out, err);
    } else if (!status) {
        status = o->verb == FSC_VERB_COMPARE ? fsc_groups_compare(d->r, d->show, rows, &out, err) : fsc_groups_by(d->r, rows, &out, err);
    }
    if (!status)
        status = out.failed ? fsc_err_nomem(err) : fsc_write_rows(d->r, target, &out, err);
    fsc_buf_release(&out);
    fsc_buf_release(&d->collected);
    return status;
}

static bool is_collected(const documents *d)
{
    return d->grouped || d->keyed;
}

// What no row of the verb tells of. By speaker, scores ask for the names of those who speak.
static unsigned lacks_of(const documents *d)
{
    const fsc_options *o = d->r->opt;
    unsigned lacks = FSC_LACKS_QUANTITIES | FSC_LACKS_RELATIONS;
    if (o->verb == FSC_VERB_SCORE)
        return o->by && strcmp(o->by, "speaker") == 0 ? lacks : lacks | FSC_LACKS_ACTORS;
    return o->verb == FSC_VERB_CUES || (o->verb == FSC_VERB_COMPARE && d->show != FSC_SHOW_CAUSES) ? lacks : 0;
}

static int run_pool(documents *d, fsc_target *target, fsc_totals *totals, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    fsc_buf head, foot;
    fsc_buf_init(&head, NULL, 1u << 24);
    fsc_buf_init(&foot, NULL, 1u << 16);
    fsc_export_header(&d->export, &head);
    fsc_export_footer(&d->export, &foot);
    if (d->export.opt.format == FSC_OUTPUT_TABLE && o->verb == FSC_VERB_SCORE && !d->by_sentence)
        fsc_score_table_head(&d->export, &head);
    fsc_pool_job job = {.ctx = d->r->ctx, .lacks = lacks_of(d), .in = d->in, .next = fsc_stored_next, .user = &d->stored, .run = put_record, .job = d, .workers = fsc_run_workers(o), .sink = d->r->sink,
                        .out = target, .head = fsc_buf_view(&head), .foot = fsc_buf_view(&foot), .quiet = o->quiet,
                        .isolate = o->isolate || o->timeout > 0, .timeout = o->timeout > 0 ? (double)o->timeout : 0};
    int status = head.failed ? fsc_err_nomem(err) : 0;
    if (!status && is_collected(d))
        status = run_collected(d, &job, target, totals, err);
    else if (!status)
        status = fsc_pool_run(&job, totals, err);
    fsc_buf_release(&head);
    fsc_buf_release(&foot);
    return status;
}

// --hits: the entries that are listed, of scored lexicons and as --dimension and --entry say
static int open_hits(documents *d, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    const fsc_schema *s = d->r->ctx->schema;
    bool *wanted = FSC_NEW_N(d->r->arena, bool, s->entry_count + 1);
    if (!wanted)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        wanted[i] = !(e->flags & (FSC_ENTRY_RESOURCE | FSC_ENTRY_RULE)) && is_wanted(&o->dimension, s->dimension[e->dimension].name) &&
                    is_wanted(&o->entry, fsc_schema_text(s, e->pattern));
    }
    return fsc_export_hits_prepare(&d->export, wanted, d->r->arena, err);
}

static int open_export(documents *d, fsc_err *err)
{
    int status = fsc_export_init(&d->export, table_of(d), &d->r->export, d->r->ctx->schema, d->r->arena, err);
    return status || !d->r->opt->hits ? status : open_hits(d, err);
}

// a filter that names nothing known would give an empty table without a word
static int check_names(const documents *d, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    for (size_t i = 0; i < o->dimension.len; i++)
        if (fsc_schema_dimension(d->r->ctx->schema, o->dimension.data[i]) == FSC_NONE)
            return fsc_err_set(err, FSC_E_USAGE, "--dimension %s: no such dimension; framescope lexicon list shows them", o->dimension.data[i]);
    for (size_t i = 0; i < o->voice.len; i++) {
        bool known = false;
        for (int v = 0; v < FSC_VOICE_COUNT; v++)
            known = known || strcmp(o->voice.data[i], fsc_voice_name((fsc_voice)v)) == 0;
        if (!known)
            return fsc_err_set(err, FSC_E_USAGE, "--voice %s: no such voice; there are own, quote, indirect and scare", o->voice.data[i]);
    }
    for (size_t i = 0; i < o->entry.len; i++) {
        const fsc_schema *s = d->r->ctx->schema;
        size_t k = 0;
        while (k < s->entry_count && !(s->entry[k].dimension != FSC_NO_DIMENSION && fsc_view_is(fsc_schema_text(s, s->entry[k].pattern), o->entry.data[i])))
            k++;
        if (k == s->entry_count)
            return fsc_err_set(err, FSC_E_USAGE, "--entry %s: no such entry; framescope lexicon show NAME lists them as they are written",
                               o->entry.data[i]);
    }
    if (o->by && (o->long_rows || o->categories || o->voices))
        return fsc_err_set(err, FSC_E_USAGE, "--by has columns of its own: leave --long, --categories and --voices out");
    return 0;
}

static int check_field(const documents *d, fsc_err *err)
{
    fsc_view by = fsc_view_cstr(d->r->opt->by);
    for (size_t i = 0; i < d->r->export.keep_count; i++)
        if (fsc_view_eq(d->r->export.keep[i], by))
            return 0;
    if (!d->r->opt->by || d->by_sentence || fsc_unit_field_known(by))
        return 0;
    return fsc_err_set(err, FSC_E_USAGE, "--by %s: no such field; for a column of the input add --keep=%s", d->r->opt->by, d->r->opt->by);
}

// --hits knows nothing of what stands around a hit
static int check_hits(const documents *d, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    fsc_output f = d->r->export.format;
    if (!o->hits)
        return 0;
    if (o->voice.len || o->sort || o->group || o->about)
        return fsc_err_set(err, FSC_E_USAGE, "--hits has no voices and no context: leave --voice, --sort, --group and --about out");
    if (f == FSC_OUTPUT_TABLE || f == FSC_OUTPUT_TEXT)
        return fsc_err_set(err, FSC_E_USAGE, "--hits is written as csv, tsv or jsonl");
    return 0;
}

static int check_options(documents *d, fsc_err *err)
{
    const fsc_options *o = d->r->opt;
    int status = check_names(d, err);
    if (!status)
        status = check_hits(d, err);
    if (status)
        return status;
    fsc_output f = d->r->export.format;
    const char *key = o->sort ? o->sort : o->group;
    d->keyed = key != NULL;
    d->by_sentence = o->by && o->verb == FSC_VERB_SCORE && strcmp(o->by, "sentence") == 0;
    d->grouped = !d->by_sentence && (o->by || o->verb == FSC_VERB_COMPARE);
    if (d->by_sentence && o->ci)
        return fsc_err_set(err, FSC_E_USAGE, "a sentence has no interval: leave --ci out");
    if (o->show && !fsc_show_find(&d->show, o->show))
        return fsc_err_set(err, FSC_E_USAGE, "--show %s: no such table; there are rates, cues, words, labels and causes", o->show);
    if (o->verb == FSC_VERB_COMPARE && !o->by && d->show != FSC_SHOW_LABELS && d->show != FSC_SHOW_CAUSES)
        return fsc_err_set(err, FSC_E_USAGE, "compare needs --by FIELD, such as --by site");
    if (o->features && (o->by || o->long_rows || o->categories || o->voices || o->ci || o->keep))
        return fsc_err_set(err, FSC_E_USAGE, "--features has the columns doc_id feature n: leave --by, --long, --categories, --voices, --ci and --keep out");
    if (o->excel && (d->grouped || d->keyed))
        return fsc_err_set(err, FSC_E_USAGE, "--excel is for rows of documents and cues: leave --by, --sort and --group out");
    if (o->sort && o->group)
        return fsc_err_set(err, FSC_E_USAGE, "--sort and --group exclude each other");
    if (key && !fsc_cue_keys_known(key))
        return fsc_err_set(err, FSC_E_USAGE, "%s: no such key; there are text entry category speaker source site left right, up to four with commas", key);
    if (o->db && (o->isolate || o->timeout > 0 || o->plan || o->as_filter))
        return fsc_err_set(err, FSC_E_USAGE, "--isolate, --timeout, --filter and shards are for inputs, not for the store of --db");
    if (o->sketch && (is_collected(d) || d->by_sentence || o->long_rows))
        return fsc_err_set(err, FSC_E_USAGE, "--sketch is a column of documents: leave --by and --long out");
    if (o->chunk_header && !o->as_filter)
        return fsc_err_set(err, FSC_E_USAGE, "--chunk-header goes with --filter");
    if (o->as_filter && (is_collected(d) || d->by_sentence || o->split_liveblog || o->long_rows || f != FSC_OUTPUT_JSONL || o->arg.len != 1 || o->plan ||
                      (o->from && strcmp(o->from, "jsonl") != 0)))
        return fsc_err_set(err, FSC_E_USAGE, "--filter gives one line of JSONL for each line of one input of JSONL: no --by, --long, --split-liveblog, shards or other "
                           "formats");
    if ((o->resume || o->plan) && is_collected(d))
        return fsc_err_set(err, FSC_E_USAGE, "groups and sorted rows are made from all records at the end: no --resume and no shards");
    if ((d->grouped || o->group) && f != FSC_OUTPUT_CSV && f != FSC_OUTPUT_TSV && f != FSC_OUTPUT_TABLE)
        return fsc_err_set(err, FSC_E_USAGE, "groups are written as csv or tsv");
    return 0;
}

// score --explain: no input is read
static int explain(documents *d, fsc_err *err)
{
    fsc_buf out;
    fsc_target target;
    fsc_output f = d->r->export.format;
    if (d->grouped)
        return fsc_err_set(err, FSC_E_USAGE, "--explain describes one row a document or sentence: leave this --by out");
    if (f != FSC_OUTPUT_CSV && f != FSC_OUTPUT_TSV && f != FSC_OUTPUT_TABLE)
        return fsc_err_set(err, FSC_E_USAGE, "columns are explained as csv, tsv or table");
    fsc_buf_init(&out, NULL, 1u << 24);
    int status = fsc_export_init(&d->export, table_of(d), &d->r->export, d->r->ctx->schema, d->r->arena, err);
    if (!status)
        status = fsc_target_open(&target, d->r, err);
    if (!status) {
        fsc_export_explain(&d->export, &out);
        status = out.failed ? fsc_err_nomem(err) : fsc_target_write(&target, fsc_buf_view(&out), err);
        status = fsc_target_close(&target, status, err);
    }
    fsc_buf_release(&out);
    return status;
}

// the inputs, or the store of --db; and the names of the columns that are carried
static int open_records(documents *d, fsc_err *err)
{
    fsc_run_state *r = d->r;
    const fsc_options *o = r->opt;
    fsc_view keep = {0};
    if (o->db) {
        int status = fsc_stored_options(r, err);
        return status ? status : fsc_stored_open(&d->stored, o->db, o->versions ? FSC_STORE_VERSIONS : FSC_STORE_LATEST, err);
    }
    if (o->versions)
        return fsc_err_set(err, FSC_E_USAGE, "--versions goes with --db FILE");
    if (o->keep)
        keep = *o->keep ? fsc_view_cstr(o->keep) : FSC_LIT("*");
    int status = fsc_run_open(&d->in, r, o->arg.data, o->arg.len, (fsc_view){0}, keep, err);
    if (!status && o->keep)
        r->export.keep = fsc_ingest_keep_names(d->in, &r->export.keep_count);
    return status;
}

static int part_is_there(documents *d)
{
    d->r->recorded = true;
    if (!d->r->opt->quiet)
        fsc_run_message(d->r->sink, 0, "the part is there already, whole");
    return 0;
}

int fsc_run_documents(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    documents d = {.r = r, .extract = fsc_run_extract(o)};
    fsc_totals totals = {0};
    fsc_target target;
    fsc_brat brat;
    if (!o->arg.len && !o->db && !o->explain && !o->plan)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "no input given: name files or folders, - for standard input, or --db FILE"));
    if (o->like)
        return fsc_run_like(r, err);
    int bad = check_options(&d, err);
    if (!bad && o->explain)
        return fsc_exit_of(explain(&d, err));
    bool done = false;
    if (!bad)
        bad = fsc_shard_open(r, &done, err);
    if (bad || done)
        return done ? part_is_there(&d) : fsc_exit_of(bad);
    int status = open_records(&d, err);
    if (!status)
        status = check_field(&d, err);
    if (!status)
        status = open_export(&d, err);
    if (!status)
        status = r->export.format == FSC_OUTPUT_BRAT ? fsc_brat_open(&brat, &target, r, err)
                 : is_collected(&d)                  ? fsc_target_open(&target, r, err)
                                                     : fsc_target_open_kept(&target, r, err);
    if (!status) {
        status = run_pool(&d, &target, &totals, err);
        put_notes(&d);
        if (!status && r->manifest) {
            r->manifest->totals = totals;
            fsc_digest_hex(target.digest, r->manifest->sha256);
        }
        status = fsc_target_close(&target, status, err);
    }
    if (!status && o->datapackage)
        status = fsc_package_write(r, &d.export, err);
    int code = fsc_run_exit(r, d.in, &totals, status, err);
    fsc_ingest_close(d.in);
    fsc_stored_close(&d.stored);
    return code;
}
