#include "base/map.h"
#include "codec/codec.h"
#include "store/packed_p.h"

#define FIELD(name) {#name, offsetof(fsc_article, name)}
const fsc_article_field fsc_article_fields[FSC_PACKED_FIELDS] = {
    FIELD(id), FIELD(source), FIELD(url), FIELD(canonical), FIELD(kind), FIELD(genre), FIELD(section), FIELD(title), FIELD(author), FIELD(site),
    FIELD(published), FIELD(modified), FIELD(captured), FIELD(lang)};
#undef FIELD

static void put_bytes(fsc_buf *out, const void *data, size_t size)
{
    fsc_buf_add(out, data, size);
}

static void put_text(fsc_buf *out, fsc_view v)
{
    uint32_t len = (uint32_t)v.len;
    put_bytes(out, &len, sizeof len);
    fsc_buf_addv(out, v);
}

// room for a length that is known later
static size_t open_length(fsc_buf *out)
{
    uint32_t len = 0;
    put_bytes(out, &len, sizeof len);
    return out->len;
}

static void close_length(fsc_buf *out, size_t from)
{
    uint32_t len = (uint32_t)(out->len - from);
    if (!out->failed)
        memcpy(out->data + from - sizeof len, &len, sizeof len);
}

// ---------------------------------------------------------------- the article

static void put_parts(fsc_buf *out, const fsc_article *a)
{
    size_t from = open_length(out);
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    fsc_json_open_array(&w);
    for (size_t i = 0; i < a->part_count; i++) {
        const fsc_part *p = &a->part[i];
        fsc_json_open_array(&w);
        fsc_json_string(&w, fsc_view_cstr(fsc_part_name(p->kind)));
        fsc_json_u64(&w, p->start);
        fsc_json_u64(&w, p->end);
        fsc_json_u64(&w, p->scored);
        if (p->block_quote || p->author.len)
            fsc_json_u64(&w, p->block_quote);
        if (p->author.len)
            fsc_json_string(&w, p->author);
        fsc_json_close_array(&w);
    }
    fsc_json_close_array(&w);
    close_length(out, from);
}

static void put_fields(fsc_buf *out, const fsc_field *field, size_t count)
{
    size_t from = open_length(out);
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    if (count)
        fsc_json_open_object(&w);
    for (size_t i = 0; i < count; i++) {
        fsc_json_keyv(&w, field[i].name);
        fsc_json_string(&w, field[i].value);
    }
    if (count)
        fsc_json_close_object(&w);
    close_length(out, from);
}

static void put_article(fsc_buf *out, const fsc_store_record *r, bool analysed)
{
    fsc_article a = r->analysis->article;
    uint64_t content = fsc_hash64(a.text.data, a.text.len, 0);
    fsc_packed_head head = {.known_by = (uint32_t)r->known_by, .status = (uint32_t)a.status, .post = a.post, .text_start = a.text_start,
                            .repaired = a.repaired, .analysed = analysed, .captured = r->captured, .modified = r->modified,
                            .published = r->published, .version = r->version, .content = content};
    head.identity = fsc_hash64(a.title.data, a.title.len, content + (uint64_t)a.status);
    put_bytes(out, &head, sizeof head);
    for (size_t i = 0; i < FSC_PACKED_FIELDS; i++)
        put_text(out, *fsc_article_view(&a, i));
    put_text(out, r->key);
    put_text(out, a.reason);
    put_parts(out, &a);
    put_fields(out, a.from, a.from_count);
    put_fields(out, a.keep, a.keep_count);
    put_text(out, a.text);
}

// ---------------------------------------------------------------- the analysis

static uint32_t put_scores(fsc_buf *out, const fsc_analysis *a)
{
    uint32_t count = 0;
    for (uint32_t d = 0; d < a->schema->dimension_count && a->has_language; d++) {
        fsc_packed_score s = {d, a->score[d]};
        if (!a->score[d].n)
            continue;
        put_bytes(out, &s, sizeof s);
        count++;
    }
    return count;
}

static uint32_t put_sums(fsc_buf *out, const fsc_analysis *a, fsc_arena *scratch)
{
    uint32_t count = 0;
    int64_t(*weight)[FSC_VOICE_COUNT] = fsc_arena_calloc(scratch, a->schema->category_count + 1, sizeof *weight);
    if (!weight) {
        out->failed = FSC_E_NOMEM;
        return 0;
    }
    for (size_t i = 0; i < a->cue_count; i++)
        if (a->cue[i].scored)
            weight[a->cue[i].category][a->cue[i].voice] += a->cue[i].weight;
    for (size_t c = 0; c < a->schema->category_count && a->has_language; c++)
        for (int v = 0; v < FSC_VOICE_COUNT; v++) {
            fsc_packed_sum s = {(uint16_t)c, (uint16_t)v, a->category_n[c][v], weight[c][v]};
            if (!s.n)
                continue;
            put_bytes(out, &s, sizeof s);
            count++;
        }
    return count;
}

static void put_cues(fsc_buf *out, const fsc_analysis *a)
{
    for (size_t i = 0; i < a->cue_count; i++) {
        const fsc_cue *c = &a->cue[i];
        const fsc_sentence *s = &a->text.sentence[c->sentence];
        fsc_packed_cue p = {.start = c->start, .end = c->end, .word = c->first_word, .sentence = c->sentence, .sentence_start = s->start,
                            .sentence_end = s->end, .entry = c->entry, .weight = c->weight, .category = c->category,
                            .part = (uint8_t)a->article.part[c->part].kind, .voice = c->voice, .direction = c->direction, .why = c->why,
                            .negated = c->negated, .scored = c->scored};
        put_bytes(out, &p, sizeof p);
        put_text(out, c->by->name);
        put_text(out, c->by->role);
    }
}

static void put_relations(fsc_buf *out, const fsc_analysis *a)
{
    for (size_t i = 0; i < a->relation_count; i++) {
        const fsc_relation *r = &a->relation[i];
        fsc_packed_relation p = {.cue = r->cue, .start = r->start, .end = r->end, .cause = r->cause, .effect = r->effect,
                                 .type = (uint8_t)r->type, .status = (uint8_t)r->status, .valence = (uint8_t)r->valence,
                                 .via = (uint8_t)r->via, .voice = r->voice};
        put_bytes(out, &p, sizeof p);
        put_text(out, r->speaker);
    }
}

static void put_speech(fsc_buf *out, const fsc_analysis *a)
{
    for (size_t i = 0; i < a->voices.speech_count; i++) {
        const fsc_speech *s = &a->voices.speech[i];
        fsc_packed_speech p = {s->start, s->end, (uint32_t)s->kind, s->cue};
        put_bytes(out, &p, sizeof p);
        put_text(out, s->by.name);
        put_text(out, s->by.role);
    }
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

static void put_analysis(fsc_buf *out, const fsc_analysis *a, fsc_arena *scratch)
{
    const fsc_voices *v = &a->voices;
    fsc_packed_counts n = {
        .has_lexicon = a->has_language, .words = a->text.scored_words, .all_words = (uint32_t)a->text.word_count,
        .sentences = (uint32_t)a->text.sentence_count, .own_words = v->own_words, .quoted_words = v->quoted_words,
        .indirect_words = v->indirect_words, .scare_words = v->scare_words, .headline_words = headline_words(a),
        .sources_named = v->sources_named, .sources_unnamed = v->sources_unnamed, .cue_count = (uint32_t)a->cue_count,
        .relation_count = (uint32_t)a->relation_count, .speech_count = (uint32_t)v->speech_count};
    size_t at = out->len;
    put_bytes(out, &n, sizeof n);
    n.score_count = put_scores(out, a);
    n.sum_count = put_sums(out, a, scratch);
    if (!out->failed)
        memcpy(out->data + at, &n, sizeof n);
    put_cues(out, a);
    put_relations(out, a);
    put_speech(out, a);
}

void fsc_store_pack(fsc_buf *out, const fsc_store_record *r, fsc_arena *scratch)
{
    bool analysed = fsc_record_scored(r->analysis->article.status);
    size_t from = open_length(out);
    put_article(out, r, analysed);
    if (analysed)
        put_analysis(out, r->analysis, scratch);
    close_length(out, from);
}
