#include <math.h>

#include "engine/engine_p.h"

// The object layer of framescope.h: sessions and documents over the same workers that jobs use.

struct fsc_session {
    fsc_worker worker;
    unsigned documents;     // alive: word types may only be trimmed when none is
};

struct fsc_doc {
    fsc_session *session;
    fsc_arena arena;
    fsc_analysis analysis;
    fsc_view run;
};

static void *take(size_t size)
{
    const fsc_alloc *a = fsc_alloc_default();
    void *p = a->alloc(a->user, size);
    if (p)
        memset(p, 0, size);
    return p;
}

void fsc_free(void *ptr)
{
    const fsc_alloc *a = fsc_alloc_default();
    a->free(a->user, ptr);
}

const char *fsc_version(void)
{
    return FSC_VERSION;
}

// an err with room for its formatted message behind it
typedef struct public_err {
    fsc_err err;
    char message[1024];
} public_err;

fsc_err *fsc_err_new(void)
{
    public_err *e = take(sizeof *e);
    if (e)
        e->err = (fsc_err)FSC_ERR_INIT;
    return (fsc_err *)e;
}

void fsc_err_free(fsc_err *err)
{
    fsc_free(err);
}

int fsc_err_code(const fsc_err *err)
{
    return err->code;
}

const char *fsc_err_message(fsc_err *err)
{
    public_err *e = (public_err *)err;
    e->message[0] = 0;
    return err->code ? fsc_err_format(err, e->message, sizeof e->message) : e->message;
}

void fsc_err_clear(fsc_err *err)
{
    *err = (fsc_err)FSC_ERR_INIT;
}

int fsc_session_new(fsc_session **out, const fsc_ctx *ctx, fsc_err *err)
{
    *out = NULL;
    fsc_session *s = take(sizeof *s);
    if (!s)
        return fsc_err_nomem(err);
    int status = fsc_worker_init(&s->worker, ctx, 0, err);
    if (status)
        fsc_free(s);
    else
        *out = s;
    return status;
}

void fsc_session_free(fsc_session *session)
{
    if (!session)
        return;
    fsc_worker_release(&session->worker);
    fsc_free(session);
}

static int make_doc(fsc_doc **out, fsc_session *s, fsc_item *item, fsc_err *err)
{
    *out = NULL;
    fsc_doc *d = take(sizeof *d);
    if (!d)
        return fsc_err_nomem(err);
    d->session = s;
    d->run = s->worker.ctx->run;
    fsc_arena_init(&d->arena, NULL);
    if (!s->documents++)
        fsc_worker_reset(&s->worker);
    // the document must not depend on the caller's memory
    fsc_extract_options opt = {0};
    fsc_article article;
    item->content = fsc_arena_dup(&d->arena, item->content);
    item->title = fsc_arena_dup(&d->arena, item->title);
    item->url = fsc_arena_dup(&d->arena, item->url);
    int status = d->arena.failed ? fsc_err_nomem(err) : 0;
    if (!status && item->format == FSC_FORMAT_TEXT) {
        item->content = fsc_utf8_repair(&d->arena, item->content, &item->repaired);
        status = item->content.data ? 0 : fsc_err_nomem(err);
    }
    if (!status)
        status = fsc_worker_article(&s->worker, &article, item, &opt, &d->arena, err);
    if (!status)
        status = fsc_worker_analyze(&s->worker, &d->analysis, &article, &d->arena, err);
    if (status)
        fsc_doc_free(d);
    else
        *out = d;
    return status;
}

int fsc_doc_from_text(fsc_doc **out, fsc_session *session, const char *text, size_t len, const char *title, size_t title_len, fsc_err *err)
{
    fsc_item item = {.content = fsc_view_of(text, len), .title = fsc_view_of(title, title ? title_len : 0)};
    return make_doc(out, session, &item, err);
}

int fsc_doc_from_html(fsc_doc **out, fsc_session *session, const char *html, size_t len, const char *url, fsc_err *err)
{
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_view_of(html, len), .url = fsc_view_cstr(url)};
    return make_doc(out, session, &item, err);
}

void fsc_doc_free(fsc_doc *doc)
{
    if (!doc)
        return;
    doc->session->documents--;
    fsc_arena_release(&doc->arena);
    fsc_free(doc);
}

const char *fsc_doc_status(const fsc_doc *doc)
{
    return fsc_record_name(doc->analysis.article.status);
}

const char *fsc_doc_text(const fsc_doc *doc, size_t *len)
{
    *len = doc->analysis.article.text.len;
    return doc->analysis.article.text.data;
}

static const char *text_of(fsc_doc *d, fsc_view v)
{
    return v.len ? fsc_arena_dup(&d->arena, v).data : NULL;
}

const char *fsc_doc_field(fsc_doc *doc, const char *name)
{
    const fsc_article *a = &doc->analysis.article;
    const struct {
        const char *name;
        fsc_view value;
    } field[] = {{"id", a->id}, {"source", a->source}, {"url", a->url}, {"canonical", a->canonical}, {"kind", a->kind},
                 {"genre", a->genre}, {"section", a->section}, {"title", a->title}, {"author", a->author}, {"site", a->site},
                 {"published", a->published}, {"modified", a->modified}, {"captured", a->captured}, {"lang", a->lang}, {"reason", a->reason}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (strcmp(field[i].name, name) == 0)
            return text_of(doc, field[i].value);
    return NULL;
}

uint32_t fsc_doc_words(const fsc_doc *doc)
{
    return doc->analysis.text.scored_words;
}

const uint32_t *fsc_doc_words_at(fsc_doc *doc, size_t *count)
{
    const fsc_text *t = &doc->analysis.text;
    uint32_t *at = FSC_NEW_N(&doc->arena, uint32_t, t->word_count * 2);
    *count = at ? t->word_count : 0;
    for (size_t i = 0; i < *count; i++)
        at[2 * i] = t->word[i].start, at[2 * i + 1] = t->word[i].end;
    return at;
}

const uint32_t *fsc_doc_sentences_at(fsc_doc *doc, size_t *count)
{
    const fsc_text *t = &doc->analysis.text;
    uint32_t *at = FSC_NEW_N(&doc->arena, uint32_t, t->sentence_count * 2);
    *count = at ? t->sentence_count : 0;
    for (size_t i = 0; i < *count; i++)
        at[2 * i] = t->sentence[i].start, at[2 * i + 1] = t->sentence[i].end;
    return at;
}

size_t fsc_doc_cue_count(const fsc_doc *doc)
{
    return doc->analysis.cue_count;
}

int fsc_doc_cue(fsc_doc *doc, size_t index, fsc_cue_info *out, fsc_err *err)
{
    const fsc_analysis *a = &doc->analysis;
    if (index >= a->cue_count || out->size < sizeof *out)
        return fsc_err_set(err, FSC_E_USAGE, "no cue %zu, or a fsc_cue_info of the wrong size", index);
    const fsc_cue *c = &a->cue[index];
    const fsc_entry *e = &a->schema->entry[c->entry];
    *out = (fsc_cue_info){
        .size = out->size, .start = c->start, .end = c->end, .sentence = c->sentence, .weight = c->weight,
        .scored = c->scored, .negated = c->negated,
        .dimension = text_of(doc, a->schema->dimension[c->dimension].name), .category = text_of(doc, a->schema->category[c->category].name),
        .voice = fsc_voice_name((fsc_voice)c->voice), .speaker = text_of(doc, c->by->name),
        .direction = fsc_direction_name((fsc_direction)c->direction), .lexicon = text_of(doc, fsc_schema_text(a->schema, e->lexicon)),
        .entry = text_of(doc, fsc_schema_text(a->schema, e->pattern))};
    return doc->arena.failed ? fsc_err_nomem(err) : 0;
}

int fsc_doc_score(const fsc_doc *doc, const char *dimension, fsc_score_info *out, fsc_err *err)
{
    const fsc_analysis *a = &doc->analysis;
    uint32_t d = fsc_schema_dimension(a->schema, dimension);
    if (d == FSC_NONE || out->size < sizeof *out)
        return fsc_err_set(err, FSC_E_USAGE, "%s: no such dimension, or a fsc_score_info of the wrong size", dimension);
    *out = (fsc_score_info){.size = out->size, .rate = NAN, .own_rate = NAN, .balance = NAN, .logit = NAN};
    if (!a->score)
        return 0;
    const fsc_score *s = &a->score[d];
    *out = (fsc_score_info){.size = out->size, .n = s->n, .own_n = s->own_n, .headline_n = s->headline_n, .weight = s->weight,
                            .pos = s->pos, .neg = s->neg, .rate = s->rate, .own_rate = s->own_rate, .balance = s->balance, .logit = s->logit};
    return 0;
}

static int take_json(fsc_buf *b, char **out, size_t *len, fsc_err *err)
{
    int failed = b->failed;
    *out = failed ? NULL : fsc_buf_take(b, len);
    fsc_buf_release(b);
    return *out ? 0 : fsc_err_set(err, failed ? failed : FSC_E_NOMEM, "%s", fsc_status_text(failed ? failed : FSC_E_NOMEM));
}

int fsc_doc_json(const fsc_doc *doc, char **out, size_t *len, fsc_err *err)
{
    fsc_buf b;
    fsc_export x = {.opt = {.format = FSC_OUTPUT_JSONL, .run = doc->run}, .schema = doc->analysis.schema};
    fsc_buf_init(&b, NULL, (size_t)1 << 36);
    fsc_export_annotate(&x, &doc->analysis, &doc->session->worker.scratch, &b);
    return take_json(&b, out, len, err);
}

int fsc_diff_json(const fsc_doc *a, const fsc_doc *b, char **out, size_t *len, fsc_err *err)
{
    *out = NULL;
    if (a->session != b->session)
        return fsc_err_set(err, FSC_E_USAGE, "both documents must come from one session");
    fsc_worker *w = &a->session->worker;
    fsc_delta d;
    int status = fsc_worker_compare(w, &d, &a->analysis, &b->analysis, 0, err);
    if (status)
        return status;
    fsc_buf buf;
    fsc_export x = {.opt = {.format = FSC_OUTPUT_JSON, .run = a->run}, .schema = a->analysis.schema};
    fsc_buf_init(&buf, NULL, (size_t)1 << 36);
    fsc_export_delta(&x, &d, (fsc_view){0}, &w->scratch, &buf);
    fsc_arena_reset(&w->document, 1u << 20);
    fsc_arena_reset(&w->scratch, 1u << 20);
    return take_json(&buf, out, len, err);
}
