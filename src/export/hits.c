#include "export/export_p.h"

// cues --hits: rows of hits. There may be more bytes of them than of text, so what is the same in every row of a document or
// of an entry is made once.

static bool is_table(const fsc_export *x)
{
    return x->opt.format == FSC_OUTPUT_CSV || x->opt.format == FSC_OUTPUT_TSV;
}

static void put_entry(fsc_row *r, const fsc_schema *s, const fsc_entry *e)
{
    fsc_row_text(r, s->dimension[e->dimension].name);
    fsc_row_text(r, s->category[e->category].name);
    fsc_row_thousandths(r, e->weight);
    fsc_row_text(r, fsc_schema_text(s, e->lexicon));
    fsc_row_text(r, fsc_schema_text(s, e->pattern));
}

// Pieces of rows are copied sixteen bytes a step: so many bytes may be read and written beyond their ends.
#define SLACK 16

static inline char *copy(char *to, const char *from, size_t n)
{
    for (size_t i = 0; i < n; i += SLACK)
        memcpy(to + i, from + i, SLACK);
    return to + n;
}

static fsc_view dup_with_slack(fsc_arena *arena, const fsc_buf *b)
{
    char *data = fsc_arena_calloc(arena, b->len + SLACK, 1);
    if (!data)
        return (fsc_view){0};
    memcpy(data, b->data, b->len);
    return fsc_view_of(data, b->len);
}

int fsc_export_hits_prepare(fsc_export *x, const bool *wanted, fsc_arena *arena, fsc_err *err)
{
    const fsc_schema *s = x->schema;
    fsc_buf cells;
    x->hit_tail = FSC_NEW_N(arena, fsc_view, s->entry_count + 1);
    if (!x->hit_tail)
        return fsc_err_nomem(err);
    fsc_buf_init(&cells, NULL, (size_t)1 << 30);
    for (size_t i = 0; i < s->entry_count; i++) {
        if (!wanted[i])
            continue;
        fsc_row r;
        x->hit_tail[i] = FSC_LIT("listed");
        if (!is_table(x))
            continue;
        cells.len = 0;
        fsc_row_begin(&r, x, &cells);
        r.at = 1; // the separator before the first of these cells too
        put_entry(&r, s, &s->entry[i]);
        x->hit_tail[i] = dup_with_slack(arena, &cells);
    }
    int status = cells.failed || arena->failed ? fsc_err_nomem(err) : 0;
    fsc_buf_release(&cells);
    return status;
}

static fsc_view text_of(const fsc_analysis *a, const fsc_hit *h)
{
    return fsc_view_slice(a->text.bytes, h->start, h->end);
}

static void put_row(const fsc_export *x, const fsc_analysis *a, const fsc_hit *h, const uint32_t number[3], fsc_buf *out)
{
    fsc_row r;
    fsc_row_begin(&r, x, out);
    fsc_row_text(&r, a->article.id);
    fsc_row_text(&r, a->article.source);
    for (int i = 0; i < 3; i++) // sentence, start, end
        fsc_row_u64(&r, number[i]);
    fsc_row_text(&r, text_of(a, h));
    put_entry(&r, x->schema, &x->schema->entry[h->entry]);
    for (size_t k = 0; k < a->article.keep_count && k < x->opt.keep_count; k++)
        fsc_row_text(&r, a->article.keep[k].value);
    fsc_row_end(&r);
}

// A document's part of every row of a table: head and tail in one buffer.
typedef struct frame {
    fsc_buf cells;
    size_t head; // bytes of the head
    char sep;
} frame;

static void make_frame(frame *f, const fsc_export *x, const fsc_article *d)
{
    f->sep = x->opt.format == FSC_OUTPUT_TSV ? '\t' : ',';
    fsc_buf_init(&f->cells, NULL, (size_t)1 << 32);
    fsc_row r;
    fsc_row_begin(&r, x, &f->cells);
    fsc_row_text(&r, d->id);
    fsc_row_text(&r, d->source);
    fsc_buf_char(&f->cells, f->sep);
    f->head = f->cells.len;
    for (size_t k = 0; k < x->opt.keep_count; k++)
        fsc_row_text(&r, k < d->keep_count ? d->keep[k].value : (fsc_view){0});
    fsc_buf_adds(&f->cells, x->opt.format == FSC_OUTPUT_CSV ? "\r\n" : "\n");
    if (fsc_buf_room(&f->cells, SLACK))
        memset(f->cells.data + f->cells.len, 0, SLACK);
}

static void put_framed(const frame *f, const fsc_analysis *a, const fsc_hit *h, const uint32_t number[3], fsc_view tail, fsc_buf *out)
{
    const fsc_buf *c = &f->cells;
    const fsc_view text = text_of(a, h);
    const size_t foot = c->len - f->head, behind = tail.len + foot + SLACK;
    if (!fsc_buf_room(out, f->head + 3 * FSC_PUT_U64 + text.len + behind))
        return;
    char *to = copy(out->data + out->len, c->data, f->head);
    for (int i = 0; i < 3; i++) {
        to = fsc_put_u64(to, number[i]);
        *to++ = f->sep;
    }
    if (!fsc_csv_plain(text, f->sep)) {
        out->len = (size_t)(to - out->data);
        fsc_csv_cell(out, text, f->sep);
        if (!fsc_buf_room(out, behind))
            return;
        to = out->data + out->len;
    } else if (a->text.bytes.len - h->end >= SLACK) {
        to = copy(to, text.data, text.len);
    } else {
        to = (char *)memcpy(to, text.data, text.len) + text.len;
    }
    to = copy(to, tail.data, tail.len);
    to = copy(to, c->data + f->head, foot);
    *to = 0;
    out->len = (size_t)(to - out->data);
}

static void put_all(const fsc_export *x, const fsc_analysis *a, const fsc_units *u, const frame *f, fsc_buf *out)
{
    uint32_t sentence = 0;
    for (size_t i = 0; i < a->hits.count; i++) {
        const fsc_hit *h = &a->hits.hit[i];
        fsc_view tail = x->hit_tail[h->entry];
        if (!tail.len)
            continue;
        while (sentence + 1 < a->text.sentence_count && a->text.sentence[sentence].end_word <= h->first_word)
            sentence++;
        const uint32_t number[3] = {sentence, fsc_units_of(u, h->start), fsc_units_of(u, h->end)};
        if (is_table(x))
            put_framed(f, a, h, number, tail, out);
        else
            put_row(x, a, h, number, out);
    }
}

static void put_table(const fsc_export *x, const fsc_analysis *a, const fsc_units *u, fsc_buf *out)
{
    frame f;
    make_frame(&f, x, &a->article);
    if (f.cells.failed)
        out->failed = f.cells.failed;
    else
        put_all(x, a, u, &f, out);
    fsc_buf_release(&f.cells);
}

void fsc_export_hits(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    if (!fsc_record_scored(a->article.status))
        return;
    fsc_arena scratch;
    fsc_arena_init(&scratch, NULL);
    fsc_units u;
    if (!fsc_units_init(&u, a->text.bytes, x->opt.offsets, &scratch))
        out->failed = FSC_E_NOMEM;
    else if (is_table(x))
        put_table(x, a, &u, out);
    else
        put_all(x, a, &u, NULL, out);
    fsc_arena_release(&scratch);
}
