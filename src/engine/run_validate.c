#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/codec.h"
#include "engine/gold_p.h"
#include "engine/group_p.h"
#include "stats/stats.h"

// validate: how the program agrees with hand codes, by sentence or by document; and sheets of sentences to code.

typedef struct validation {
    fsc_run_state *r;
    fsc_ingest *in;
    fsc_extract_options extract;
    fsc_gold gold;
    fsc_buf collected;
} validation;

// what the program says of one gold row: followed by a finding a column, and the sentence
typedef struct answer {
    uint32_t row, text_len, size, sentence;
} answer;

// of one column: presence or rate, and the first cue that makes it so, by its place in the sentence
typedef struct finding {
    double value;
    uint32_t entry;         // FSC_NONE: no cue
    uint32_t start, end;
} finding;

// weightless labels and mentions are found too: finding them is their task
static bool is_present(const fsc_analysis *a, const fsc_cue *c)
{
    return c->scored || (c->why == FSC_WHY_NEUTRAL && a->article.part[c->part].scored);
}

static bool fits(const fsc_gold_column *g, const fsc_cue *c)
{
    return c->dimension == g->dimension && (g->category == FSC_NONE || c->category == g->category);
}

static finding find_in_sentence(const fsc_analysis *a, const fsc_gold_column *g, uint32_t sentence)
{
    const fsc_sentence *s = &a->text.sentence[sentence];
    for (size_t i = 0; i < a->cue_count; i++) {
        const fsc_cue *c = &a->cue[i];
        if (c->sentence == sentence && fits(g, c) && is_present(a, c))
            return (finding){1, c->entry, c->start - s->start, (c->end < s->end ? c->end : s->end) - s->start};
    }
    return (finding){.entry = FSC_NONE};
}

static double document_value(const fsc_analysis *a, const fsc_gold_column *g)
{
    int64_t weight = 0;
    for (size_t i = 0; i < a->cue_count; i++)
        weight += a->cue[i].scored && fits(g, &a->cue[i]) ? a->cue[i].weight : 0;
    return a->text.scored_words ? (double)weight / a->text.scored_words : NAN;
}

// the sentence of a gold row, FSC_NONE for the whole document; false: the text has no such sentence
static bool sentence_of(const fsc_analysis *a, const fsc_gold_row *g, uint32_t *out)
{
    *out = g->sentence;
    if (g->sentence == FSC_NONE && g->start != FSC_NONE) {
        *out = fsc_text_sentence_at(&a->text, g->start);
        return *out < a->text.sentence_count && g->start >= a->text.sentence[*out].start;
    }
    return *out == FSC_NONE || *out < a->text.sentence_count;
}

static void put_answer(const validation *v, const fsc_analysis *a, uint32_t row, fsc_buf *out)
{
    static const char zeros[8] = {0};
    uint32_t sentence;
    if (!sentence_of(a, &v->gold.row[row], &sentence))
        return;
    fsc_view text = {"", 0};
    if (sentence != FSC_NONE)
        text = fsc_view_slice(a->article.text, a->text.sentence[sentence].start, a->text.sentence[sentence].end);
    size_t size = sizeof(answer) + v->gold.column_count * sizeof(finding) + text.len, pad = (8 - size % 8) % 8;
    answer head = {row, (uint32_t)text.len, (uint32_t)(size + pad), sentence};
    fsc_buf_add(out, (const char *)&head, sizeof head);
    for (size_t k = 0; k < v->gold.column_count; k++) {
        const fsc_gold_column *c = &v->gold.column[k];
        finding f = sentence != FSC_NONE ? find_in_sentence(a, c, sentence) : (finding){document_value(a, c), FSC_NONE, 0, 0};
        fsc_buf_add(out, (const char *)&f, sizeof f);
    }
    fsc_buf_addv(out, text);
    fsc_buf_add(out, zeros, pad);
}

// --sample: each sentence with its stratum and a number that decides whether it is drawn
typedef struct drawn {
    uint64_t lot;
    uint32_t size, id_len, text_len, sentence, start, end;
    uint32_t has_cue, pad;
} drawn;

static void put_sentences(const fsc_analysis *a, fsc_buf *out)
{
    static const char zeros[8] = {0};
    for (uint32_t s = 0; s < a->text.sentence_count; s++) {
        const fsc_sentence *sentence = &a->text.sentence[s];
        if (!a->article.part[sentence->part].scored || sentence->end_word == sentence->first_word)
            continue;
        fsc_view text = fsc_view_slice(a->article.text, sentence->start, sentence->end);
        drawn d = {.lot = fsc_hash64(text.data, text.len, fsc_hash64(a->article.id.data, a->article.id.len, s)), .id_len = (uint32_t)a->article.id.len,
                   .text_len = (uint32_t)text.len, .sentence = s, .start = sentence->start, .end = sentence->end};
        for (size_t i = 0; i < a->cue_count && !d.has_cue; i++)
            d.has_cue = a->cue[i].sentence == s && a->cue[i].scored;
        size_t size = sizeof d + d.id_len + d.text_len, pad = (8 - size % 8) % 8;
        d.size = (uint32_t)(size + pad);
        fsc_buf_add(out, (const char *)&d, sizeof d);
        fsc_buf_addv(out, a->article.id);
        fsc_buf_addv(out, text);
        fsc_buf_add(out, zeros, pad);
    }
}

static int put_record(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    validation *v = job;
    fsc_item item;
    fsc_article article;
    fsc_analysis *a = FSC_NEW(&w->document, fsc_analysis);
    int status = a ? fsc_ingest_parse(v->in, raw, &item, &w->document, err) : fsc_err_nomem(err);
    if (!status)
        status = fsc_worker_article(w, &article, &item, &v->extract, &w->document, err);
    if (status)
        return status;
    fsc_batch_count(b, article.id, article.source, article.status, article.reason);
    if (!fsc_record_scored(article.status))
        return 0;
    bool sample = v->r->opt->sample > 0;
    const uint32_t *first = sample ? NULL : fsc_map_get(&v->gold.first, article.id);
    if (!sample && !first)
        return 0;
    status = fsc_worker_analyze(w, a, &article, &w->document, err);
    if (status)
        return status;
    if (sample)
        put_sentences(a, &b->out);
    for (uint32_t row = first ? *first : FSC_NONE; row != FSC_NONE; row = v->gold.row[row].next)
        put_answer(v, a, row, &b->out);
    return 0;
}

// ---------------------------------------------------------------- agreement

typedef struct tally {
    double tp, fp, fn, tn;
    uint8_t *a, *b;         // sentence unit: gold and program
    double *x, *y;          // document unit
    size_t count;
} tally;

static const finding *findings_of(const answer *n)
{
    return (const finding *)(const void *)(n + 1);
}

static fsc_view text_of(const validation *v, const answer *n)
{
    return fsc_view_of((const char *)(findings_of(n) + v->gold.column_count), n->text_len);
}

static int count_column(const validation *v, size_t k, tally *t, fsc_arena *scratch, fsc_err *err)
{
    size_t rows = v->gold.row_count + 1;
    *t = (tally){.a = FSC_NEW_N(scratch, uint8_t, rows), .b = FSC_NEW_N(scratch, uint8_t, rows), .x = FSC_NEW_N(scratch, double, rows),
                 .y = FSC_NEW_N(scratch, double, rows)};
    if (!t->a || !t->b || !t->x || !t->y)
        return fsc_err_nomem(err);
    for (size_t at = 0; at < v->collected.len;) {
        const answer *n = (const answer *)(const void *)(v->collected.data + at);
        const fsc_gold_row *g = &v->gold.row[n->row];
        at += n->size;
        double want = g->value[k], got = findings_of(n)[k].value;
        if (isnan(want) || isnan(got) || t->count >= rows)
            continue;
        t->a[t->count] = want != 0, t->b[t->count] = got != 0;
        t->x[t->count] = want, t->y[t->count++] = got;
        *(want != 0 ? got != 0 ? &t->tp : &t->fn : got != 0 ? &t->fp : &t->tn) += g->weight;
    }
    return 0;
}

// why alpha is empty
static const char *reason_of(const tally *t, double alpha)
{
    if (!isnan(alpha))
        return "";
    return t->count < 2 ? "fewer than two units" : "nothing varies";
}

static int put_column(const validation *v, size_t k, char sep, const char *end, fsc_arena *scratch, fsc_buf *out, fsc_err *err)
{
    tally t;
    fsc_view name = v->gold.column[k].name;
    int status = count_column(v, k, &t, scratch, err);
    if (status)
        return status;
    fsc_interval alpha = {NAN, NAN};
    double rho = NAN;
    uint64_t seed = fsc_hash64(name.data, name.len, t.count);
    if (v->gold.sentences)
        status = fsc_alpha_bootstrap(&alpha, t.a, t.b, t.count, seed, scratch, err);
    else
        status = fsc_spearman(&rho, t.x, t.y, t.count, scratch, err);
    if (status)
        return status;
    double p = t.tp + t.fp > 0 ? t.tp / (t.tp + t.fp) : NAN, r = t.tp + t.fn > 0 ? t.tp / (t.tp + t.fn) : NAN;
    fsc_csv_cell(out, name, sep);
    fsc_buf_printf(out, "%c%s%c%zu", sep, v->gold.sentences ? "sentence" : "document", sep, t.count);
    bool s = v->gold.sentences;
    double agreement = s ? fsc_alpha_nominal(t.a, t.b, t.count) : fsc_alpha_interval(t.x, t.y, t.count);
    const double cells[] = {s ? t.tp : NAN, s ? t.fp : NAN, s ? t.fn : NAN, s ? t.tn : NAN, s ? p : NAN, s ? r : NAN,
                            s && p + r > 0 ? 2 * p * r / (p + r) : NAN,
                            agreement, alpha.low, alpha.high, rho};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        fsc_cell_real(out, sep, cells[i]);
    fsc_cell_text(out, sep, fsc_view_cstr(reason_of(&t, agreement)));
    fsc_buf_adds(out, end);
    return 0;
}

static void put_misses(const validation *v, char sep, const char *end, fsc_buf *out)
{
    fsc_buf_printf(out, "id%csentence%ccategory%ckind%ccue%centry%ctext%s", sep, sep, sep, sep, sep, sep, end);
    for (size_t at = 0; at < v->collected.len;) {
        const answer *n = (const answer *)(const void *)(v->collected.data + at);
        const fsc_gold_row *g = &v->gold.row[n->row];
        at += n->size;
        for (size_t k = 0; k < v->gold.column_count && n->sentence != FSC_NONE; k++) {
            double want = g->value[k], got = findings_of(n)[k].value;
            if (isnan(want) || (want != 0) == (got != 0))
                continue;
            fsc_csv_cell(out, g->id, sep);
            fsc_buf_printf(out, "%c%u%c", sep, n->sentence, sep);
            fsc_csv_cell(out, v->gold.column[k].name, sep);
            fsc_buf_printf(out, "%c%s", sep, want != 0 ? "missed" : "false");
            const finding *f = &findings_of(n)[k];
            const fsc_schema *s = v->r->ctx->schema;
            fsc_cell_text(out, sep, f->entry != FSC_NONE ? fsc_view_slice(text_of(v, n), f->start, f->end) : (fsc_view){"", 0});
            fsc_cell_text(out, sep, f->entry != FSC_NONE ? fsc_schema_text(s, s->entry[f->entry].pattern) : (fsc_view){"", 0});
            fsc_cell_text(out, sep, text_of(v, n));
            fsc_buf_adds(out, end);
        }
    }
}

// gold rows that met no document or sentence: how many, and the first of them
static int say_unanswered(const validation *v, fsc_err *err)
{
    bool *met = FSC_NEW_N(v->r->arena, bool, v->gold.row_count + 1);
    size_t missing = 0, first = 0;
    char text[300];
    if (!met)
        return fsc_err_nomem(err);
    for (size_t at = 0; at < v->collected.len;) {
        const answer *n = (const answer *)(const void *)(v->collected.data + at);
        met[n->row] = true;
        at += n->size;
    }
    for (size_t i = v->gold.row_count; i-- > 0;)
        if (!met[i])
            missing++, first = i;
    if (!missing)
        return 0;
    const fsc_gold_row *g = &v->gold.row[first];
    snprintf(text, sizeof text, "%zu of %zu gold rows have no document or sentence in the input; the first is id \"%.*s\"", missing, v->gold.row_count,
             (int)(g->id.len < 100 ? g->id.len : 100), g->id.data);
    fsc_run_message(v->r->sink, 0, text);
    return 0;
}

static int put_agreement(validation *v, fsc_buf *out, fsc_err *err)
{
    char sep = v->r->export.format == FSC_OUTPUT_TSV ? '\t' : ',';
    const char *end = v->r->export.format == FSC_OUTPUT_CSV ? "\r\n" : "\n";
    int status = say_unanswered(v, err);
    if (status)
        return status;
    if (v->r->opt->misses) {
        put_misses(v, sep, end, out);
        return 0;
    }
    static const char *const head[] = {"unit", "n", "tp", "fp", "fn", "tn", "precision", "recall", "f1", "alpha", "alpha_lo", "alpha_hi", "spearman", "reason"};
    fsc_buf_adds(out, "category");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        fsc_buf_printf(out, "%c%s", sep, head[i]);
    fsc_buf_adds(out, end);
    fsc_arena scratch;
    fsc_arena_init(&scratch, NULL);
    for (size_t k = 0; k < v->gold.column_count && !status; k++) {
        status = put_column(v, k, sep, end, &scratch, out, err);
        fsc_arena_reset(&scratch, 1u << 20);
    }
    fsc_arena_release(&scratch);
    return status;
}

// ---------------------------------------------------------------- sheets

static int by_lot(const void *a, const void *b)
{
    const drawn *x = *(const drawn *const *)a, *y = *(const drawn *const *)b;
    if (x->lot != y->lot)
        return x->lot < y->lot ? -1 : 1;
    return (x->sentence > y->sentence) - (x->sentence < y->sentence);
}

typedef fsc_vec(const drawn *) lots;

static void put_drawn(const drawn *d, double weight, size_t codes, char sep, const char *end, fsc_buf *out)
{
    fsc_view id = fsc_view_of((const char *)(d + 1), d->id_len), text = fsc_view_of((const char *)(d + 1) + d->id_len, d->text_len);
    fsc_csv_cell(out, id, sep);
    fsc_buf_printf(out, "%c%u%c%u%c%u", sep, d->sentence, sep, d->start, sep, d->end);
    fsc_buf_char(out, sep);
    fsc_buf_real(out, weight, 3);
    fsc_buf_char(out, sep);
    fsc_csv_cell(out, text, sep);
    for (size_t i = 0; i < codes; i++)
        fsc_buf_char(out, sep);
    fsc_buf_adds(out, end);
}

// half of the sheet from sentences with a cue, half from those without; weights undo that. Which half a row is from is not shown.
static int put_sheet(validation *v, fsc_buf *out, fsc_err *err)
{
    char sep = v->r->export.format == FSC_OUTPUT_TSV ? '\t' : ',';
    const char *end = v->r->export.format == FSC_OUTPUT_CSV ? "\r\n" : "\n";
    const fsc_options *o = v->r->opt;
    lots stratum[2] = {{0}, {0}}, sheet = {0};
    for (size_t at = 0; at < v->collected.len;) {
        const drawn *d = (const drawn *)(const void *)(v->collected.data + at);
        if (!fsc_vec_push(v->r->arena, &stratum[d->has_cue != 0], d))
            return fsc_err_nomem(err);
        at += d->size;
    }
    size_t want = (size_t)o->sample, take[2];
    take[1] = stratum[1].len < (want + 1) / 2 ? stratum[1].len : (want + 1) / 2;
    take[0] = stratum[0].len < want - take[1] ? stratum[0].len : want - take[1];
    if (take[0] + take[1] < want)
        take[1] = stratum[1].len < want - take[0] ? stratum[1].len : want - take[0];
    for (int s = 0; s < 2; s++) {
        if (stratum[s].len)
            qsort(stratum[s].data, stratum[s].len, sizeof *stratum[s].data, by_lot);
        for (size_t i = 0; i < take[s]; i++)
            if (!fsc_vec_push(v->r->arena, &sheet, stratum[s].data[i]))
                return fsc_err_nomem(err);
    }
    if (sheet.len)
        qsort(sheet.data, sheet.len, sizeof *sheet.data, by_lot);
    fsc_buf_printf(out, "id%csentence%cstart%cend%cweight%ctext", sep, sep, sep, sep, sep);
    size_t codes = 0;
    for (; codes < o->dimension.len; codes++) {
        fsc_buf_char(out, sep);
        fsc_csv_cell(out, fsc_view_cstr(o->dimension.data[codes]), sep);
    }
    for (size_t d = 0; !o->dimension.len && d < v->r->ctx->schema->dimension_count; d++, codes++)
        fsc_buf_printf(out, "%c%s", sep, v->r->ctx->dimension[d]);
    fsc_buf_adds(out, end);
    for (size_t i = 0; i < sheet.len; i++) {
        int s = sheet.data[i]->has_cue != 0;
        put_drawn(sheet.data[i], (double)stratum[s].len / (double)take[s], codes, sep, end, out);
    }
    return 0;
}

static int run_inputs(validation *v, size_t first, fsc_totals *totals, fsc_err *err)
{
    const fsc_options *o = v->r->opt;
    fsc_target gather = {.sink = v->r->sink, .collect = &v->collected}, target;
    fsc_buf out;
    int status = fsc_run_open(&v->in, v->r, o->arg.data + first, o->arg.len - first, (fsc_view){0}, (fsc_view){0}, err);
    if (!status)
        status = fsc_target_open(&target, v->r, err);
    if (status)
        return status;
    fsc_buf_init(&out, NULL, (size_t)1 << 40);
    fsc_pool_job job = {.ctx = v->r->ctx, .in = v->in, .run = put_record, .job = v, .workers = fsc_run_workers(o), .sink = v->r->sink,
                        .out = &gather, .quiet = o->quiet};
    status = fsc_pool_run(&job, totals, err);
    if (!status)
        status = o->sample > 0 ? put_sheet(v, &out, err) : put_agreement(v, &out, err);
    if (!status)
        status = out.failed ? fsc_err_nomem(err) : fsc_write_rows(v->r, &target, &out, err);
    fsc_buf_release(&out);
    return fsc_target_close(&target, status, err);
}

int fsc_run_validate(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    validation v = {.r = r, .extract = fsc_run_extract(o)};
    fsc_totals totals = {0};
    size_t first = o->sample > 0 ? 0 : 1;
    if (o->arg.len < first + 1)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "validate takes GOLD INPUT..., or --sample N INPUT..."));
    fsc_buf_init(&v.collected, NULL, (size_t)1 << 40);
    int status = first ? fsc_gold_read(&v.gold, o->arg.data[0], r->ctx->schema, r->arena, err) : 0;
    if (!status)
        status = run_inputs(&v, first, &totals, err);
    int code = fsc_exit_of(status);
    if (!code && fsc_run_missing(r, v.in, err))
        code = 3;
    if (!code && totals.failed && (o->strict || totals.failed == totals.records))
        code = 1;
    fsc_ingest_close(v.in);
    fsc_buf_release(&v.collected);
    return code;
}
