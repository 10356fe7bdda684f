#include <stdio.h>

#include "engine/stored_p.h"

// search: documents by full text, best first, each with the cues of the sentences that the query is found in.

#define LIMIT 20

static const char *const names[] = {"rank", "id", "source", "url", "site", "title", "published", "matches", "cues", "sentence", "sentence_text", "start", "end",
                                    "text", "dimension", "category", "weight", "direction", "voice", "speaker", "scored"};
enum { COLUMNS = sizeof names / sizeof *names, DOCUMENT_COLUMNS = 9 };

typedef struct search {
    fsc_run_state *r;
    fsc_worker worker;
    fsc_export export;
    fsc_buf out;
    uint64_t rank;
} search;

// one document that was found
typedef struct hit {
    fsc_analysis a;
    fsc_span *match;
    size_t match_count;
    bool *wanted;           // sentences with a match
} hit;

static fsc_cell text_cell(fsc_view v)
{
    return (fsc_cell){.kind = v.len ? FSC_CELL_TEXT : FSC_CELL_NULL, .text = v};
}

static fsc_cell int_cell(uint64_t n)
{
    return (fsc_cell){.kind = FSC_CELL_INT, .integer = (int64_t)n};
}

static fsc_view sentence_text(const fsc_analysis *a, uint32_t sentence)
{
    return fsc_view_slice(a->article.text, a->text.sentence[sentence].start, a->text.sentence[sentence].end);
}

static void put_cue_cells(fsc_cell *c, const fsc_analysis *a, const fsc_cue *q)
{
    c[0] = int_cell(q->sentence);
    c[1] = text_cell(sentence_text(a, q->sentence));
    c[2] = int_cell(q->start);
    c[3] = int_cell(q->end);
    c[4] = text_cell(fsc_view_slice(a->article.text, q->start, q->end));
    c[5] = text_cell(a->schema->dimension[q->dimension].name);
    c[6] = text_cell(a->schema->category[q->category].name);
    c[7] = (fsc_cell){.kind = FSC_CELL_REAL, .real = (double)q->weight / 1000};
    c[8] = text_cell(fsc_view_cstr(fsc_direction_name((fsc_direction)q->direction)));
    c[9] = text_cell(fsc_view_cstr(fsc_voice_name((fsc_voice)q->voice)));
    c[10] = text_cell(q->by->name);
    c[11] = int_cell(q->scored);
}

// a row a cue of a sentence that matches; a document without such a cue has one row all the same
static void put_rows(search *s, const hit *h)
{
    const fsc_article *d = &h->a.article;
    fsc_cell cell[COLUMNS] = {int_cell(s->rank), text_cell(d->id), text_cell(d->source), text_cell(d->url), text_cell(d->site), text_cell(d->title),
                              text_cell(d->published), int_cell(h->match_count), int_cell(h->a.cue_count)};
    size_t rows = 0;
    for (size_t i = 0; i < h->a.cue_count; i++) {
        if (!h->wanted[h->a.cue[i].sentence])
            continue;
        put_cue_cells(cell + DOCUMENT_COLUMNS, &h->a, &h->a.cue[i]);
        fsc_export_cells(&s->export, cell, &s->out);
        rows++;
    }
    if (!rows)
        fsc_export_cells(&s->export, cell, &s->out);
}

// a document on a terminal: what it is, the cues beside the query, or the first sentence that has it
static void put_document(search *s, hit *h)
{
    const fsc_article *d = &h->a.article;
    const char *bold = s->r->export.colour ? "\033[1m" : "", *plain = s->r->export.colour ? "\033[0m" : "";
    size_t kept = 0, all = h->a.cue_count;
    for (size_t i = 0; i < h->a.cue_count; i++)
        if (h->wanted[h->a.cue[i].sentence])
            h->a.cue[kept++] = h->a.cue[i];
    h->a.cue_count = kept;
    fsc_buf_printf(&s->out, "%s%llu. %.*s%s\n", bold, (unsigned long long)s->rank, (int)(d->title.len ? d->title.len : d->id.len),
                   d->title.len ? d->title.data : d->id.data, plain);
    const fsc_view meta[] = {d->site, d->author, fsc_view_slice(d->published, 0, 10), d->url.len ? d->url : d->source};
    for (size_t i = 0, shown = 0; i < sizeof meta / sizeof *meta; i++)
        if (meta[i].len)
            fsc_buf_printf(&s->out, "%s%.*s", shown++ ? " · " : "   ", (int)meta[i].len, meta[i].data);
    fsc_buf_printf(&s->out, "\n   matches: %zu; cues: %zu, beside a match: %zu\n", h->match_count, all, kept);
    fsc_export_cue_lines(&s->export, &h->a, &s->out);
    for (uint32_t i = 0; i < h->a.text.sentence_count && !kept; i++) {
        if (!h->wanted[i])
            continue;
        fsc_export_cut(&s->export, sentence_text(&h->a, i), &s->out);
        break;
    }
    fsc_buf_char(&s->out, '\n');
}

static int read_hit(search *s, hit *h, fsc_store_reader *reader, const fsc_stored *found, fsc_err *err)
{
    fsc_worker *w = &s->worker;
    *h = (hit){0};
    int status = fsc_store_matches(reader, found, &h->match, &h->match_count, &w->document, err);
    if (!status)
        status = fsc_worker_analyze(w, &h->a, &found->article, &w->document, err);
    if (status)
        return status;
    h->wanted = FSC_NEW_N(&w->document, bool, h->a.text.sentence_count + 1);
    if (!h->wanted)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < h->match_count; i++) {
        uint32_t sentence = fsc_text_sentence_at(&h->a.text, h->match[i].start);
        if (sentence < h->a.text.sentence_count)
            h->wanted[sentence] = true;
    }
    return 0;
}

static int put_all(search *s, fsc_store_reader *reader, fsc_target *target, fsc_err *err)
{
    fsc_stored found;
    hit h;
    int got = 0, status = 0;
    bool lines = s->export.opt.format == FSC_OUTPUT_TEXT || s->export.opt.format == FSC_OUTPUT_TABLE;
    if (!lines)
        fsc_export_header(&s->export, &s->out);
    while (!status && (got = fsc_store_next(reader, &found, &s->worker.document, err)) > 0) {
        status = read_hit(s, &h, reader, &found, err);
        s->rank++;
        if (!status && lines)
            put_document(s, &h);
        else if (!status)
            put_rows(s, &h);
        if (!status)
            status = s->out.failed ? fsc_err_nomem(err) : fsc_target_write(target, fsc_buf_view(&s->out), err);
        fsc_buf_reset(&s->out, 1u << 20);
        fsc_worker_reset(&s->worker);
    }
    if (!status && got >= 0 && !s->rank)
        status = fsc_target_write(target, fsc_buf_view(&s->out), err);
    return status ? status : got < 0 ? got : 0;
}

static int run_query(search *s, fsc_store *store, fsc_err *err)
{
    const fsc_options *o = s->r->opt;
    fsc_store_reader *reader = NULL;
    fsc_target target;
    bool plain;
    int status = fsc_store_find(&reader, store, fsc_view_cstr(o->arg.data[0]), o->limit > 0 ? (uint64_t)o->limit : LIMIT, &plain, err);
    if (!status)
        status = fsc_target_open(&target, s->r, err);
    if (!status) {
        status = put_all(s, reader, &target, err);
        status = fsc_target_close(&target, status, err);
    }
    fsc_store_reader_close(reader);
    if (!status && !s->rank && !o->quiet)
        fsc_run_message(s->r->sink, 0, plain ? "no document has all these words; the query is no FTS5 query and was read as plain words" : "no document has these words");
    return status;
}

int fsc_run_search(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    fsc_store *store = NULL;
    search s = {.r = r};
    fsc_view *column = FSC_NEW_N(r->arena, fsc_view, COLUMNS);
    if (!o->db || o->arg.len != 1)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "search needs --db FILE and one QUERY, such as 'city AND crime' or '\"city council\"'"));
    if (!column)
        return fsc_exit_of(fsc_err_nomem(err));
    for (size_t i = 0; i < COLUMNS; i++)
        column[i] = fsc_view_cstr(names[i]);
    fsc_export_table(&s.export, &r->export, column, COLUMNS);
    s.export.schema = r->ctx->schema;
    fsc_buf_init(&s.out, NULL, (size_t)1 << 36);
    int status = fsc_store_open(&store, o->db, FSC_STORE_READ, err);
    if (!status)
        status = fsc_worker_init(&s.worker, r->ctx, 0, err);
    if (!status) {
        status = run_query(&s, store, err);
        fsc_worker_release(&s.worker);
    }
    fsc_store_close(store, 0, NULL);
    fsc_buf_release(&s.out);
    return fsc_exit_of(status);
}
