#include "export/export_p.h"

typedef struct sides {
    fsc_json_writer *w;
    const fsc_delta *d;
    fsc_units a, b;
} sides;

static void put_pair(fsc_json_writer *w, fsc_span s, const fsc_units *u)
{
    fsc_json_open_array(w);
    fsc_json_u64(w, fsc_units_of(u, s.start));
    fsc_json_u64(w, fsc_units_of(u, s.end));
    fsc_json_close_array(w);
}

static void put_document(const sides *s, const fsc_export *x, const char *key, const fsc_analysis *a, const fsc_units *u)
{
    fsc_json_key(s->w, key);
    fsc_json_open_object(s->w);
    fsc_json_document(s->w, x, a, u);
    fsc_json_close_object(s->w);
}

static void put_ops(const sides *s)
{
    fsc_json_key(s->w, "ops");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < s->d->op_count; i++) {
        const fsc_op *op = &s->d->op[i];
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "op");
        fsc_json_string(s->w, fsc_view_cstr(fsc_op_name(op->kind)));
        fsc_json_key(s->w, "a");
        put_pair(s->w, op->a, &s->a);
        fsc_json_key(s->w, "b");
        put_pair(s->w, op->b, &s->b);
        if (op->ignored) {
            fsc_json_key(s->w, "ignored");
            fsc_json_bool(s->w, true);
        }
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
}

static void put_sentence_side(const sides *s, const char *key, const fsc_sentence *unit, const uint32_t *index, size_t count,
                              const fsc_units *u)
{
    fsc_json_key(s->w, key);
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < count; i++)
        put_pair(s->w, (fsc_span){unit[index[i]].start, unit[index[i]].end}, u);
    fsc_json_close_array(s->w);
}

static void put_sentences(const sides *s)
{
    fsc_json_key(s->w, "sentences");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < s->d->sentence_count; i++) {
        const fsc_sentence_pair *p = &s->d->sentence[i];
        fsc_json_open_object(s->w);
        put_sentence_side(s, "a", s->d->unit[0], p->a, p->a_count, &s->a);
        put_sentence_side(s, "b", s->d->unit[1], p->b, p->b_count, &s->b);
        fsc_json_key(s->w, "kind");
        fsc_json_string(s->w, fsc_view_cstr(fsc_pair_name(p->kind)));
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
}

static void put_cues(const sides *s, const char *key, const fsc_analysis *a, const uint32_t *index, size_t count, const fsc_units *u)
{
    fsc_json_key(s->w, key);
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < count; i++)
        fsc_json_cue(s->w, a, &a->cue[index[i]], u);
    fsc_json_close_array(s->w);
}

static void put_framing(const sides *s)
{
    const fsc_delta *d = s->d;
    fsc_json_key(s->w, "framing");
    fsc_json_open_object(s->w);
    put_cues(s, "removed", d->a, d->removed, d->removed_count, &s->a);
    put_cues(s, "added", d->b, d->added, d->added_count, &s->b);
    fsc_json_key(s->w, "changed");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < d->changed_count; i++) {
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "a");
        fsc_json_cue(s->w, d->a, &d->a->cue[d->changed[i].a], &s->a);
        fsc_json_key(s->w, "b");
        fsc_json_cue(s->w, d->b, &d->b->cue[d->changed[i].b], &s->b);
        fsc_json_key(s->w, "shift");
        fsc_json_string(s->w, fsc_view_cstr(fsc_shift_name(d->changed[i].shift)));
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
    fsc_json_close_object(s->w);
}

static void put_names(const sides *s, const char *key, const fsc_view *name, size_t count)
{
    fsc_json_key(s->w, key);
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < count; i++)
        fsc_json_string(s->w, name[i]);
    fsc_json_close_array(s->w);
}

static void put_quantities(const sides *s)
{
    const fsc_delta *d = s->d;
    const fsc_quantity *qa = d->a->voices.quantity, *qb = d->b->voices.quantity;
    fsc_json_key(s->w, "quantities");
    fsc_json_open_object(s->w);
    fsc_json_key(s->w, "dropped");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < d->quantity_dropped_count; i++)
        fsc_json_quantity(s->w, d->a, &qa[d->quantity_dropped[i]], &s->a);
    fsc_json_close_array(s->w);
    fsc_json_key(s->w, "added");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < d->quantity_added_count; i++)
        fsc_json_quantity(s->w, d->b, &qb[d->quantity_added[i]], &s->b);
    fsc_json_close_array(s->w);
    fsc_json_key(s->w, "changed");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < d->quantity_changed_count; i++) {
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "a");
        fsc_json_quantity(s->w, d->a, &qa[d->quantity_changed[i].a], &s->a);
        fsc_json_key(s->w, "b");
        fsc_json_quantity(s->w, d->b, &qb[d->quantity_changed[i].b], &s->b);
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
    fsc_json_close_object(s->w);
}

static void put_relation_list(const sides *s, const char *key, const fsc_analysis *a, const uint32_t *index, size_t count,
                              const fsc_units *u)
{
    fsc_json_key(s->w, key);
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < count; i++)
        fsc_json_relation(s->w, a, &a->relation[index[i]], u);
    fsc_json_close_array(s->w);
}

static void put_relations(const sides *s)
{
    const fsc_delta *d = s->d;
    fsc_json_key(s->w, "relations");
    fsc_json_open_object(s->w);
    put_relation_list(s, "removed", d->a, d->relation_removed, d->relation_removed_count, &s->a);
    put_relation_list(s, "added", d->b, d->relation_added, d->relation_added_count, &s->b);
    fsc_json_key(s->w, "changed");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < d->relation_changed_count; i++) {
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "a");
        fsc_json_relation(s->w, d->a, &d->a->relation[d->relation_changed[i].a], &s->a);
        fsc_json_key(s->w, "b");
        fsc_json_relation(s->w, d->b, &d->b->relation[d->relation_changed[i].b], &s->b);
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
    fsc_json_close_object(s->w);
}

static void put_scores(const sides *s)
{
    const fsc_schema *schema = s->d->a->schema;
    fsc_json_key(s->w, "scores");
    fsc_json_open_object(s->w);
    for (size_t i = 0; i < schema->dimension_count; i++) {
        const fsc_score_delta *score = &s->d->score[i];
        fsc_json_keyv(s->w, schema->dimension[i].name);
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "a");
        fsc_json_thousandths(s->w, score->a);
        fsc_json_key(s->w, "b");
        fsc_json_thousandths(s->w, score->b);
        fsc_json_key(s->w, "delta");
        fsc_json_thousandths(s->w, score->b - score->a);
        fsc_json_key(s->w, "a_rate");
        fsc_json_real(s->w, score->a_rate, FSC_DECIMALS);
        fsc_json_key(s->w, "b_rate");
        fsc_json_real(s->w, score->b_rate, FSC_DECIMALS);
        fsc_json_close_object(s->w);
    }
    fsc_json_close_object(s->w);
}

static void put_changes(const sides *s)
{
    const fsc_delta *d = s->d;
    fsc_json_key(s->w, "types");
    fsc_json_open_array(s->w);
    for (int t = 0; t < FSC_CHANGE_COUNT; t++)
        if (d->type[t])
            fsc_json_string(s->w, fsc_view_cstr(fsc_change_name((fsc_change_type)t)));
    fsc_json_close_array(s->w);
    fsc_json_key(s->w, "changes");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < d->change_count; i++) {
        const fsc_change *c = &d->change[i];
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "type");
        fsc_json_string(s->w, fsc_view_cstr(fsc_change_name(c->type)));
        fsc_json_key(s->w, "part");
        fsc_json_string(s->w, fsc_view_cstr(fsc_part_name(c->part)));
        fsc_json_key(s->w, "a");
        if (fsc_span_is(c->a))
            put_pair(s->w, c->a, &s->a);
        else
            fsc_json_null(s->w);
        fsc_json_key(s->w, "b");
        if (fsc_span_is(c->b))
            put_pair(s->w, c->b, &s->b);
        else
            fsc_json_null(s->w);
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
}

static void put_metadata(const sides *s)
{
    fsc_json_key(s->w, "metadata");
    fsc_json_open_array(s->w);
    for (size_t i = 0; i < s->d->meta_count; i++) {
        const fsc_meta_change *m = &s->d->meta[i];
        fsc_json_open_object(s->w);
        fsc_json_key(s->w, "field");
        fsc_json_string(s->w, fsc_view_cstr(m->field));
        fsc_json_key(s->w, "a");
        fsc_json_string_or_null(s->w, m->a);
        fsc_json_key(s->w, "b");
        fsc_json_string_or_null(s->w, m->b);
        fsc_json_close_object(s->w);
    }
    fsc_json_close_array(s->w);
}

static void put_delta(const sides *s, const fsc_export *x)
{
    const fsc_delta *d = s->d;
    put_document(s, x, "a", d->a, &s->a);
    put_document(s, x, "b", d->b, &s->b);
    put_ops(s);
    put_sentences(s);
    put_framing(s);
    fsc_json_key(s->w, "actors");
    fsc_json_open_object(s->w);
    put_names(s, "dropped", d->actor_dropped, d->actor_dropped_count);
    put_names(s, "added", d->actor_added, d->actor_added_count);
    fsc_json_close_object(s->w);
    put_quantities(s);
    put_relations(s);
    put_scores(s);
    put_metadata(s);
    put_changes(s);
    put_names(s, "summary", d->summary, d->summary_count);
    fsc_json_key(s->w, "approximate");
    fsc_json_bool(s->w, d->approximate);
    fsc_json_key(s->w, "run");
    fsc_json_string_or_null(s->w, x->opt.run);
}

void fsc_export_delta(const fsc_export *x, const fsc_delta *d, fsc_view id, fsc_arena *scratch, fsc_buf *out)
{
    if (x->opt.format == FSC_OUTPUT_TEXT || x->opt.format == FSC_OUTPUT_TABLE) {
        fsc_export_delta_text(x, d, id, scratch, out);
        return;
    }
    if (x->opt.format == FSC_OUTPUT_HTML) {
        fsc_export_delta_html(d, id, scratch, out);
        return;
    }
    fsc_json_writer w;
    sides s = {.w = &w, .d = d};
    if (!fsc_units_init(&s.a, d->a->article.text, x->opt.offsets, scratch) ||
        !fsc_units_init(&s.b, d->b->article.text, x->opt.offsets, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    if (id.data) {
        fsc_json_key(&w, "id");
        fsc_json_string(&w, id);
        fsc_json_key(&w, "status");
        fsc_json_string(&w, FSC_LIT("ok"));
    }
    put_delta(&s, x);
    fsc_json_close_object(&w);
    fsc_buf_char(out, '\n');
}

static void join_types(fsc_row *r, const fsc_delta *d)
{
    char list[1024];
    size_t len = 0;
    for (int t = 0; t < FSC_CHANGE_COUNT; t++) {
        if (!d->type[t])
            continue;
        const char *name = fsc_change_name((fsc_change_type)t);
        size_t n = strlen(name);
        if (len)
            list[len++] = ' ';
        memcpy(list + len, name, n);
        len += n;
    }
    fsc_row_text(r, fsc_view_of(list, len));
}

static bool headline_changed(const fsc_delta *d)
{
    const fsc_article *a = &d->a->article, *b = &d->b->article;
    return !fsc_view_eq(a->title, b->title);
}

static void key_text_pair(fsc_json_writer *w, const char *key, fsc_view v)
{
    fsc_json_key(w, key);
    fsc_json_string_or_null(w, v);
}

void fsc_export_pair_failed(const fsc_export *x, fsc_view id, fsc_record_status status, fsc_view reason, fsc_buf *out)
{
    if (x->opt.format == FSC_OUTPUT_CSV || x->opt.format == FSC_OUTPUT_TSV) {
        fsc_row r;
        fsc_row_begin(&r, x, out);
        fsc_row_text(&r, id);
        fsc_row_name(&r, fsc_record_name(status));
        fsc_row_end(&r);
        return;
    }
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    key_text_pair(&w, "id", id);
    key_text_pair(&w, "status", fsc_view_cstr(fsc_record_name(status)));
    key_text_pair(&w, "reason", reason);
    fsc_json_close_object(&w);
    fsc_buf_char(out, '\n');
}

void fsc_export_pair(const fsc_export *x, const fsc_delta *d, fsc_view id, fsc_buf *out)
{
    fsc_row r;
    fsc_row_begin(&r, x, out);
    fsc_row_text(&r, id);
    fsc_row_name(&r, "ok");
    fsc_row_u64(&r, d->words_a);
    fsc_row_u64(&r, d->words_b);
    fsc_row_u64(&r, d->words_kept);
    fsc_row_real(&r, d->minutes);
    fsc_row_bool(&r, headline_changed(d));
    join_types(&r, d);
    fsc_buf joined;
    fsc_buf_init(&joined, NULL, 1 << 20);
    for (size_t i = 0; i < d->summary_count; i++) {
        if (i)
            fsc_buf_char(&joined, ' ');
        fsc_buf_addv(&joined, d->summary[i]);
    }
    fsc_row_text(&r, fsc_buf_view(&joined));
    fsc_buf_release(&joined);
    for (size_t i = 0; i < d->a->schema->dimension_count; i++) {
        if (d->a->schema->dimension[i].rules)
            continue;
        fsc_row_thousandths(&r, d->score[i].a);
        fsc_row_thousandths(&r, d->score[i].b);
        fsc_row_thousandths(&r, d->score[i].b - d->score[i].a);
    }
    fsc_row_end(&r);
}
