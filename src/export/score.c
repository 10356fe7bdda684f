#include <math.h>
#include <stdio.h>

#include "export/export_p.h"

static void put_identity(fsc_row *r, const fsc_article *a)
{
    const fsc_view cells[] = {a->id, a->source, a->url, a->site, a->author, a->title, a->published, a->modified,
                              a->lang, a->kind, a->genre, a->section};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        fsc_row_text(r, cells[i]);
    fsc_row_name(r, fsc_record_name(a->status));
    fsc_row_text(r, a->reason);
}

static uint32_t headline_words(const fsc_analysis *a)
{
    uint32_t n = 0;
    for (size_t i = 0; i < a->text.sentence_count; i++) {
        const fsc_sentence *s = &a->text.sentence[i];
        if (a->article.part[s->part].kind == FSC_PART_HEADLINE)
            n += s->end_word - s->first_word;
    }
    return n;
}

static void put_counts(fsc_row *r, const fsc_analysis *a)
{
    const fsc_voices *v = &a->voices;
    fsc_row_u64(r, a->text.scored_words);
    fsc_row_u64(r, a->text.sentence_count);
    fsc_row_u64(r, v->own_words);
    fsc_row_u64(r, v->quoted_words);
    fsc_row_u64(r, v->indirect_words);
    fsc_row_u64(r, headline_words(a));
    fsc_row_u64(r, v->sources_named);
    fsc_row_u64(r, v->sources_unnamed);
    char hash[17];
    fsc_content_hash(hash, a->article.text);
    fsc_row_name(r, hash);
    fsc_row_text(r, r->x->opt.run);
}

static uint32_t category_total(const fsc_analysis *a, size_t c)
{
    uint32_t n = 0;
    for (int v = 0; v < FSC_VOICE_COUNT; v++)
        n += a->category_n[c][v];
    return n;
}

static void put_categories(fsc_row *r, const fsc_analysis *a, size_t dimension)
{
    for (uint32_t c = fsc_export_categories(r->x, dimension); c < r->x->category_end[dimension]; c++)
        fsc_row_u64(r, category_total(a, c));
}

// agentless passives among all passives: null without any
static double agentless_share(const fsc_export *x, const fsc_analysis *a)
{
    uint32_t without = x->agentless == FSC_NONE ? 0 : category_total(a, x->agentless);
    uint32_t with = x->by_passive == FSC_NONE ? 0 : category_total(a, x->by_passive);
    return without + with ? (double)without / (double)(without + with) : NAN;
}

static void put_dimension(fsc_row *r, const fsc_analysis *a, size_t d)
{
    const fsc_dimension *dim = &a->schema->dimension[d];
    const fsc_score *s = &a->score[d];
    if (dim->rules) {
        put_categories(r, a, d);
        if (d == r->x->agency)
            fsc_row_real(r, agentless_share(r->x, a));
        return;
    }
    fsc_row_u64(r, s->n);
    fsc_row_real(r, s->rate);
    fsc_row_u64(r, s->own_n);
    fsc_row_real(r, s->own_rate);
    fsc_row_u64(r, s->headline_n);
    if (dim->poles) {
        fsc_row_thousandths(r, s->pos);
        fsc_row_thousandths(r, s->neg);
        fsc_row_real(r, s->balance);
        fsc_row_real(r, s->logit);
    }
    if (r->x->opt.intervals) {
        fsc_row_real(r, s->low);
        fsc_row_real(r, s->high);
    }
    if (r->x->opt.voices) {
        fsc_row_u64(r, s->quote_n);
        fsc_row_u64(r, s->indirect_n);
        fsc_row_u64(r, s->scare_n);
    }
    if (r->x->opt.categories)
        put_categories(r, a, d);
}

// Most dimensions of most texts are not met: their cells are made once, by the calls that make all others.
struct fsc_blank {
    uint32_t at, cell; // in the bytes and in the row, from the first dimension on
};

int fsc_score_blanks(fsc_export *x, fsc_arena *arena, fsc_err *err)
{
    const fsc_schema *s = x->schema;
    fsc_score *score = FSC_NEW_N(arena, fsc_score, s->dimension_count + 1);
    fsc_blank *blank = FSC_NEW_N(arena, fsc_blank, s->dimension_count + 1);
    fsc_analysis a = {.schema = s, .score = score, .category_n = fsc_arena_calloc(arena, s->category_count + 1, sizeof *a.category_n)};
    fsc_buf cells;
    fsc_row r;
    if (!score || !blank || !a.category_n)
        return fsc_err_nomem(err);
    fsc_buf_init(&cells, NULL, (size_t)1 << 24);
    fsc_row_begin(&r, x, &cells);
    r.at = 1; // a separator stands before the first of them too
    for (size_t d = 0; d < s->dimension_count && r.separator; d++) {
        score[d].balance = score[d].logit = NAN;
        put_dimension(&r, &a, d);
        blank[d + 1] = (fsc_blank){(uint32_t)cells.len, (uint32_t)r.at - 1};
    }
    // an interval is none of nothing
    x->blank = r.separator && !x->opt.intervals ? blank : NULL;
    x->blank_cells = fsc_arena_dup(arena, fsc_buf_view(&cells));
    int status = cells.failed || arena->failed ? fsc_err_nomem(err) : FSC_OK;
    fsc_buf_release(&cells);
    return status;
}

static void put_dimensions(fsc_row *r, const fsc_analysis *a)
{
    // without words a rate is empty and not 0
    const fsc_blank *blank = a->text.scored_words && a->voices.own_words ? r->x->blank : NULL;
    size_t count = a->schema->dimension_count;
    for (size_t d = 0, end; d < count; d = end) {
        for (end = d; blank && end < count && !a->score[end].n; end++) {
        }
        if (end > d) {
            fsc_buf_add(r->out, r->x->blank_cells.data + blank[d].at, blank[end].at - blank[d].at);
            r->at += blank[end].cell - blank[d].cell;
        } else {
            put_dimension(r, a, end++);
        }
    }
}

void fsc_row_keep(fsc_row *r, const fsc_article *a)
{
    while (r->at < r->x->keep_at)
        fsc_row_empty(r);
    for (size_t k = 0; k < r->x->opt.keep_count; k++) {
        fsc_view value = {0};
        for (size_t i = 0; i < a->keep_count; i++)
            if (fsc_view_eq(a->keep[i].name, r->x->opt.keep[k]))
                value = a->keep[i].value;
        fsc_row_text(r, value);
    }
}

static uint32_t words_of(const fsc_analysis *a, int voice)
{
    const fsc_voices *v = &a->voices;
    const uint32_t words[FSC_VOICE_COUNT] = {v->own_words, v->quoted_words, v->indirect_words, v->scare_words};
    return voice == FSC_VOICE_COUNT ? a->text.scored_words : words[voice];
}

typedef struct sum {
    uint32_t n;
    int64_t weight;
} sum;

static void put_long(const fsc_export *x, const fsc_analysis *a, uint16_t category, int voice, sum s, fsc_buf *out)
{
    const fsc_category *c = &a->schema->category[category];
    uint32_t words = words_of(a, voice);
    fsc_row r;
    fsc_row_begin(&r, x, out);
    fsc_row_text(&r, a->article.id);
    fsc_row_text(&r, a->schema->dimension[c->dimension].name);
    fsc_row_text(&r, c->name);
    fsc_row_name(&r, voice == FSC_VOICE_COUNT ? "all" : fsc_voice_name((fsc_voice)voice));
    fsc_row_u64(&r, s.n);
    fsc_row_thousandths(&r, s.weight);
    fsc_row_real(&r, words ? (double)s.weight / (double)words : NAN);
    fsc_row_keep(&r, &a->article);
    fsc_row_end(&r);
}

// rows only where something was counted: a category that is not there has n 0
static void export_long(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    for (size_t c = 0; c < a->schema->category_count; c++) {
        sum by_voice[FSC_VOICE_COUNT + 1] = {{0, 0}};
        if (!category_total(a, c))
            continue;
        for (size_t i = 0; i < a->cue_count; i++) {
            const fsc_cue *cue = &a->cue[i];
            if (!cue->scored || cue->category != c)
                continue;
            by_voice[cue->voice].n++, by_voice[cue->voice].weight += cue->weight;
            by_voice[FSC_VOICE_COUNT].n++, by_voice[FSC_VOICE_COUNT].weight += cue->weight;
        }
        for (int v = FSC_VOICE_COUNT; v >= 0; v--)
            if (by_voice[v].n)
                put_long(x, a, (uint16_t)c, v, by_voice[v], out);
    }
}

// triplets: only what is there, as a sparse matrix wants it
static void export_features(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    fsc_row r;
    for (size_t c = 0; c < a->schema->category_count; c++) {
        char feature[512];
        fsc_view category = a->schema->category[c].name, dimension = a->schema->dimension[a->schema->category[c].dimension].name;
        if (!category_total(a, c))
            continue;
        snprintf(feature, sizeof feature, "%.*s.%.*s", (int)dimension.len, dimension.data, (int)category.len, category.data);
        fsc_row_begin(&r, x, out);
        fsc_row_text(&r, a->article.id);
        fsc_row_name(&r, feature);
        fsc_row_u64(&r, category_total(a, c));
        fsc_row_end(&r);
    }
}

void fsc_export_score(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    bool scored = fsc_record_scored(a->article.status);
    if (x->opt.format == FSC_OUTPUT_TABLE) {
        fsc_score_table_row(x, a, out);
        return;
    }
    if (x->opt.features) {
        if (scored && a->has_language)
            export_features(x, a, out);
        return;
    }
    if (x->opt.long_rows) {
        if (scored && a->has_language)
            export_long(x, a, out);
        return;
    }
    fsc_row r;
    fsc_row_begin(&r, x, out);
    put_identity(&r, &a->article);
    if (scored) {
        put_counts(&r, a);
        if (a->has_language)
            put_dimensions(&r, a);
        while (x->opt.sketch && r.at + 1 < x->keep_at)
            fsc_row_empty(&r);
        if (x->opt.sketch)
            fsc_row_text(&r, a->sketch);
    }
    fsc_row_keep(&r, &a->article);
    fsc_row_end(&r);
}
