#include "export/export_p.h"

static void key_text(fsc_json_writer *w, const char *key, fsc_view v)
{
    fsc_json_key(w, key);
    fsc_json_string_or_null(w, v);
}

static void key_u64(fsc_json_writer *w, const char *key, uint64_t n)
{
    fsc_json_key(w, key);
    fsc_json_u64(w, n);
}

static void key_bool(fsc_json_writer *w, const char *key, bool b)
{
    fsc_json_key(w, key);
    fsc_json_bool(w, b);
}

static void key_name(fsc_json_writer *w, const char *key, const char *name)
{
    fsc_json_key(w, key);
    fsc_json_string_or_null(w, fsc_view_cstr(name));
}

// the end of an item of a list, of which one record may have very many
static void close_item(fsc_json_writer *w)
{
    fsc_json_close_object(w);
    fsc_buf_settle(w->out);
}

static void put_place(fsc_json_writer *w, uint32_t start, uint32_t end, const fsc_units *u)
{
    key_u64(w, "start", fsc_units_of(u, start));
    key_u64(w, "end", fsc_units_of(u, end));
}

void fsc_json_span(fsc_json_writer *w, fsc_span s, const fsc_units *u)
{
    if (!fsc_span_is(s)) {
        fsc_json_null(w);
        return;
    }
    fsc_json_open_object(w);
    put_place(w, s.start, s.end, u);
    fsc_json_close_object(w);
}

static void put_metadata(fsc_json_writer *w, const fsc_article *a)
{
    const struct {
        const char *key;
        fsc_view value;
    } field[] = {{"id", a->id},         {"source", a->source},       {"url", a->url},
                 {"canonical", a->canonical}, {"kind", a->kind},     {"genre", a->genre},
                 {"section", a->section}, {"title", a->title},       {"author", a->author},
                 {"site", a->site},     {"published", a->published}, {"modified", a->modified},
                 {"captured", a->captured}, {"lang", a->lang}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        key_text(w, field[i].key, field[i].value);
    key_name(w, "status", fsc_record_name(a->status));
    key_text(w, "reason", a->reason);
}

static void put_from(fsc_json_writer *w, const fsc_article *a)
{
    fsc_json_key(w, "from");
    fsc_json_open_object(w);
    for (size_t i = 0; i < a->from_count; i++) {
        fsc_json_keyv(w, a->from[i].name);
        fsc_json_string(w, a->from[i].value);
    }
    fsc_json_close_object(w);
}

static void put_parts(fsc_json_writer *w, const fsc_export *x, const fsc_article *a, const fsc_units *u)
{
    fsc_json_key(w, "parts");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->part_count; i++) {
        const fsc_part *p = &a->part[i];
        fsc_json_open_object(w);
        key_name(w, "part", fsc_part_name(p->kind));
        put_place(w, p->start, p->end, u);
        key_bool(w, "scored", p->scored);
        if (p->author.len)
            key_text(w, "author", p->author);
        if (x->opt.source_offsets) {
            fsc_json_key(w, "source");
            fsc_json_open_array(w);
            fsc_json_u64(w, p->source_start);
            fsc_json_u64(w, p->source_end);
            fsc_json_close_array(w);
        }
        close_item(w);
    }
    fsc_json_close_array(w);
}

// what readers wrote, when it was asked for
static void put_comments(fsc_json_writer *w, const fsc_article *a)
{
    if (!a->has_comments)
        return;
    fsc_json_key(w, "comments");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->comment_count; i++) {
        fsc_json_open_object(w);
        key_text(w, "author", a->comment[i].author);
        key_text(w, "text", a->comment[i].text);
        close_item(w);
    }
    fsc_json_close_array(w);
}

static void put_keep(fsc_json_writer *w, const fsc_article *a)
{
    for (size_t i = 0; i < a->keep_count; i++) {
        char name[256];
        size_t len = a->keep[i].name.len < sizeof name - 4 ? a->keep[i].name.len : sizeof name - 4;
        memcpy(name, "in_", 3);
        memcpy(name + 3, a->keep[i].name.data, len);
        fsc_json_keyv(w, fsc_view_of(name, len + 3));
        fsc_json_string_or_null(w, a->keep[i].value);
    }
}

static void put_sentences(fsc_json_writer *w, const fsc_analysis *a, const fsc_units *u)
{
    fsc_json_key(w, "sentences");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->text.sentence_count; i++) {
        fsc_json_open_object(w);
        put_place(w, a->text.sentence[i].start, a->text.sentence[i].end, u);
        close_item(w);
    }
    fsc_json_close_array(w);
}

static void put_speech(fsc_json_writer *w, const fsc_analysis *a, const fsc_units *u)
{
    fsc_json_key(w, "speech");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->voices.speech_count; i++) {
        const fsc_speech *s = &a->voices.speech[i];
        fsc_json_open_object(w);
        put_place(w, s->start, s->end, u);
        key_name(w, "kind", fsc_speech_name(s->kind));
        key_text(w, "speaker", s->by.name);
        key_text(w, "role", s->by.role);
        fsc_json_key(w, "cue");
        fsc_json_span(w, s->cue, u);
        close_item(w);
    }
    fsc_json_close_array(w);
}

void fsc_json_cue(fsc_json_writer *w, const fsc_analysis *a, const fsc_cue *c, const fsc_units *u)
{
    const fsc_entry *e = &a->schema->entry[c->entry];
    fsc_json_open_object(w);
    put_place(w, c->start, c->end, u);
    fsc_json_key(w, "text");
    fsc_json_string(w, fsc_view_slice(a->article.text, c->start, c->end));
    key_text(w, "dimension", a->schema->dimension[c->dimension].name);
    key_text(w, "category", a->schema->category[c->category].name);
    fsc_json_key(w, "weight");
    fsc_json_thousandths(w, c->weight);
    key_name(w, "voice", fsc_voice_name((fsc_voice)c->voice));
    key_text(w, "speaker", c->by->name);
    key_name(w, "part", fsc_part_name(a->article.part[c->part].kind));
    key_u64(w, "sentence", c->sentence);
    key_name(w, "direction", fsc_direction_name((fsc_direction)c->direction));
    key_bool(w, "negated", c->negated);
    key_bool(w, "scored", c->scored);
    key_name(w, "why", fsc_why_name((fsc_why)c->why));
    key_text(w, "lexicon", fsc_schema_text(a->schema, e->lexicon));
    key_text(w, "entry", fsc_schema_text(a->schema, e->pattern));
    close_item(w);
}

// the cue of a relation: its place and its index in "cues"
static void put_cue_of(fsc_json_writer *w, const fsc_relation *r, const fsc_analysis *a, const fsc_units *u)
{
    const fsc_cue *c = &a->cue[r->cue];
    fsc_json_key(w, "cue");
    fsc_json_open_object(w);
    key_u64(w, "index", r->cue);
    put_place(w, c->start, c->end, u);
    fsc_json_close_object(w);
}

void fsc_json_relation(fsc_json_writer *w, const fsc_analysis *a, const fsc_relation *r, const fsc_units *u)
{
    fsc_json_open_object(w);
    key_name(w, "type", fsc_relation_name(r->type));
    key_name(w, "status", fsc_relation_status_name(r->status));
    key_name(w, "valence", fsc_valence_name(r->valence));
    key_name(w, "via", fsc_via_name(r->via));
    put_cue_of(w, r, a, u);
    put_place(w, r->start, r->end, u);
    fsc_json_key(w, "cause");
    fsc_json_span(w, r->cause, u);
    fsc_json_key(w, "effect");
    fsc_json_span(w, r->effect, u);
    key_name(w, "voice", fsc_voice_name((fsc_voice)r->voice));
    key_text(w, "speaker", r->speaker);
    close_item(w);
}

void fsc_json_quantity(fsc_json_writer *w, const fsc_analysis *a, const fsc_quantity *q, const fsc_units *u)
{
    static const char *const framing[] = {NULL, "minimizer", "maximizer"};
    fsc_json_open_object(w);
    put_place(w, q->start, q->end, u);
    fsc_json_key(w, "text");
    fsc_json_string(w, fsc_view_slice(a->article.text, q->start, q->end));
    fsc_json_key(w, "value");
    fsc_json_real(w, q->value, FSC_DECIMALS);
    key_text(w, "unit", q->unit);
    key_name(w, "direction", fsc_direction_name(q->direction));
    key_name(w, "framing", framing[q->framing]);
    fsc_json_key(w, "base");
    fsc_json_span(w, q->base, u);
    close_item(w);
}

static void put_actors(fsc_json_writer *w, const fsc_analysis *a, const fsc_units *u)
{
    fsc_json_key(w, "actors");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->voices.actor_count; i++) {
        const fsc_actor *actor = &a->voices.actor[i];
        fsc_json_open_object(w);
        key_text(w, "name", actor->name);
        key_name(w, "kind", fsc_actor_kind_name(actor->kind));
        key_text(w, "role", actor->role);
        fsc_json_key(w, "mentions");
        fsc_json_open_array(w);
        for (size_t m = 0; m < actor->mention_count; m++)
            fsc_json_span(w, actor->mention[m], u);
        fsc_json_close_array(w);
        close_item(w);
    }
    fsc_json_close_array(w);
}

static void key_thousandths(fsc_json_writer *w, const char *key, int64_t n)
{
    fsc_json_key(w, key);
    fsc_json_thousandths(w, n);
}

static void key_real(fsc_json_writer *w, const char *key, double x)
{
    fsc_json_key(w, key);
    fsc_json_real(w, x, FSC_DECIMALS);
}

static void put_scores(fsc_json_writer *w, const fsc_analysis *a)
{
    fsc_json_key(w, "scores");
    fsc_json_open_object(w);
    for (size_t d = 0; d < a->schema->dimension_count && a->has_language; d++) {
        const fsc_score *s = &a->score[d];
        fsc_json_keyv(w, a->schema->dimension[d].name);
        fsc_json_open_object(w);
        key_u64(w, "n", s->n);
        key_thousandths(w, "weight", s->weight);
        key_real(w, "rate", s->rate);
        key_u64(w, "own_n", s->own_n);
        key_real(w, "own_rate", s->own_rate);
        key_u64(w, "headline_n", s->headline_n);
        if (a->schema->dimension[d].poles) {
            key_thousandths(w, "pos", s->pos);
            key_thousandths(w, "neg", s->neg);
            key_real(w, "balance", s->balance);
            key_real(w, "logit", s->logit);
        }
        fsc_json_close_object(w);
    }
    fsc_json_close_object(w);
}

void fsc_json_document(fsc_json_writer *w, const fsc_export *x, const fsc_analysis *a, const fsc_units *u)
{
    bool scored = fsc_record_scored(a->article.status);
    put_metadata(w, &a->article);
    put_from(w, &a->article);
    put_keep(w, &a->article);
    fsc_json_key(w, "text");
    fsc_json_string(w, a->article.text);
    key_u64(w, "text_start", fsc_units_of(u, a->article.text_start));
    key_u64(w, "repaired", a->article.repaired);
    key_u64(w, "words", scored ? a->text.scored_words : 0);
    key_u64(w, "own_words", scored ? a->voices.own_words : 0);
    put_parts(w, x, &a->article, u);
    put_comments(w, &a->article);
    put_sentences(w, a, u);
    put_speech(w, a, u);
    fsc_json_key(w, "cues");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->cue_count; i++)
        fsc_json_cue(w, a, &a->cue[i], u);
    fsc_json_close_array(w);
    fsc_json_key(w, "relations");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->relation_count; i++)
        fsc_json_relation(w, a, &a->relation[i], u);
    fsc_json_close_array(w);
    put_actors(w, a, u);
    fsc_json_key(w, "quantities");
    fsc_json_open_array(w);
    for (size_t i = 0; i < a->voices.quantity_count; i++)
        fsc_json_quantity(w, a, &a->voices.quantity[i], u);
    fsc_json_close_array(w);
}

void fsc_export_annotate(const fsc_export *x, const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out)
{
    if (x->opt.format == FSC_OUTPUT_TEXT || x->opt.format == FSC_OUTPUT_TABLE) {
        fsc_export_annotate_text(x, a, out);
        return;
    }
    if (x->opt.format == FSC_OUTPUT_W3C) {
        fsc_export_webanno(x, a, scratch, out);
        return;
    }
    if (x->opt.format == FSC_OUTPUT_HTML) {
        fsc_export_annotate_html(a, out);
        return;
    }
    fsc_units u;
    fsc_json_writer w;
    if (!fsc_units_init(&u, a->article.text, x->opt.offsets, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    fsc_json_document(&w, x, a, &u);
    put_scores(&w, a);
    key_text(&w, "run", x->opt.run);
    fsc_json_close_object(&w);
    fsc_buf_char(out, '\n');
}

static void extract_text(const fsc_export *x, const fsc_article *a, fsc_buf *out)
{
    const struct {
        const char *label;
        fsc_view value;
    } field[] = {{"title", a->title}, {"author", a->author}, {"site", a->site}, {"published", a->published},
                 {"modified", a->modified}, {"canonical", a->canonical}, {"lang", a->lang}, {"kind", a->kind},
                 {"reason", a->reason}};
    size_t from = out->len;
    fsc_buf_printf(out, "%s%.*s%s (%s)\n", fsc_paint(x, "\033[1m"), (int)a->source.len, a->source.data,
                   fsc_paint(x, "\033[0m"), fsc_record_name(a->status));
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (field[i].value.len)
            fsc_buf_printf(out, "%s%-9s%s %.*s\n", fsc_paint(x, "\033[36m"), field[i].label, fsc_paint(x, "\033[0m"),
                           (int)field[i].value.len, field[i].value.data);
    fsc_buf_char(out, '\n');
    fsc_buf_addv(out, a->text);
    fsc_buf_adds(out, "\n\n");
    fsc_wrap(x, out, from);
}

void fsc_export_extract(const fsc_export *x, const fsc_article *a, fsc_buf *out)
{
    if (x->opt.format == FSC_OUTPUT_TEXT || x->opt.format == FSC_OUTPUT_TABLE) {
        extract_text(x, a, out);
        return;
    }
    if (x->opt.format == FSC_OUTPUT_CSV || x->opt.format == FSC_OUTPUT_TSV) {
        const fsc_view cells[] = {a->id, a->source, a->url, a->canonical, a->kind, a->genre, a->section, a->title, a->author,
                                  a->site, a->published, a->modified, a->captured, a->lang};
        fsc_row r;
        fsc_row_begin(&r, x, out);
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
            fsc_row_text(&r, cells[i]);
        fsc_row_name(&r, fsc_record_name(a->status));
        fsc_row_text(&r, a->reason);
        fsc_row_text(&r, a->text);
        for (size_t k = 0; k < a->keep_count && k < x->opt.keep_count; k++)
            fsc_row_text(&r, a->keep[k].value);
        fsc_row_end(&r);
        return;
    }
    fsc_units u;
    fsc_json_writer w;
    // parts are given in bytes here: extract is about text, not about cues
    fsc_units_init(&u, a->text, FSC_UNIT_BYTES, NULL);
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    put_metadata(&w, a);
    put_from(&w, a);
    put_keep(&w, a);
    key_text(&w, "text", a->text);
    key_u64(&w, "text_start", a->text_start);
    key_u64(&w, "repaired", a->repaired);
    put_parts(&w, x, a, &u);
    put_comments(&w, a);
    fsc_json_close_object(&w);
    fsc_buf_char(out, '\n');
}
