#include "export/export_p.h"

// Readable form of an analysis: the text with its cues in brackets and what somebody says as ‹voice speaker|...›, voices also by
// colour; then what was found.

static const char *voice_colour(fsc_voice v)
{
    static const char *const colours[FSC_VOICE_COUNT] = {"", "\033[32m", "\033[36m", "\033[35m"};
    return colours[v];
}

typedef struct paragraph {
    const fsc_export *x;
    const fsc_analysis *a;
    fsc_buf *out;
    size_t cue;         // next cue not yet written
    fsc_voice voice;
    uint32_t speech;    // that is open, or FSC_NONE
} paragraph;

static void close_speech(paragraph *p)
{
    if (p->voice != FSC_VOICE_OWN)
        fsc_buf_printf(p->out, "›%s", fsc_paint(p->x, "\033[0m"));
    p->voice = FSC_VOICE_OWN;
    p->speech = FSC_NONE;
}

static void open_speech(paragraph *p, fsc_voice voice, uint32_t speech)
{
    fsc_view who = speech == FSC_NONE ? (fsc_view){0} : p->a->voices.speech[speech].by.name;
    p->voice = voice;
    p->speech = speech;
    if (voice == FSC_VOICE_OWN)
        return;
    fsc_buf_printf(p->out, "%s‹%s%s%.*s|", fsc_paint(p->x, voice_colour(voice)), fsc_voice_name(voice), who.len ? " " : "", (int)who.len,
                   who.len ? who.data : "");
}

static uint32_t clamp(uint32_t v, uint32_t low, uint32_t high)
{
    return v < low ? low : v > high ? high : v;
}

// the text between two words, and in it the borders of speech: marks of quotation stand inside
static void put_gap(paragraph *p, uint32_t at, uint32_t end, fsc_voice voice, uint32_t speech)
{
    const fsc_analysis *a = p->a;
    const fsc_speech *said = a->voices.speech;
    bool goes_on = voice == p->voice && (speech == p->speech || (speech != FSC_NONE && p->speech != FSC_NONE &&
                                                                 fsc_view_eq(said[speech].by.name, said[p->speech].by.name)));
    if (goes_on) {
        // speech inside speech of the same one: the outer one closes both
        if (speech != FSC_NONE && said[speech].end > said[p->speech].end)
            p->speech = speech;
        fsc_buf_addv(p->out, fsc_view_slice(a->article.text, at, end));
        return;
    }
    uint32_t closes = p->speech == FSC_NONE ? at : clamp(said[p->speech].end, at, end);
    uint32_t opens = speech == FSC_NONE ? end : clamp(said[speech].start, closes, end);
    fsc_buf_addv(p->out, fsc_view_slice(a->article.text, at, closes));
    close_speech(p);
    fsc_buf_addv(p->out, fsc_view_slice(a->article.text, closes, opens));
    open_speech(p, voice, speech);
    fsc_buf_addv(p->out, fsc_view_slice(a->article.text, opens, end));
}

static void put_cue(paragraph *p, const fsc_cue *c)
{
    const fsc_schema *s = p->a->schema;
    fsc_view text = fsc_view_slice(p->a->article.text, c->start, c->end), dim = s->dimension[c->dimension].name,
             cat = s->category[c->category].name;
    fsc_buf_printf(p->out, "%s[%.*s|%.*s.%.*s", fsc_paint(p->x, "\033[1m"), (int)text.len, text.data, (int)dim.len, dim.data,
                   (int)cat.len, cat.data);
    if (c->weight) {
        fsc_buf_char(p->out, ' ');
        fsc_buf_thousandths(p->out, c->weight);
    }
    fsc_buf_printf(p->out, "]%s%s", fsc_paint(p->x, "\033[0m"), fsc_paint(p->x, voice_colour(p->voice)));
}

// a label has no weight, and is a result all the same: its share among the names of what it names
static bool is_shown(const fsc_analysis *a, const fsc_cue *c)
{
    return c->scored || (c->why == FSC_WHY_NEUTRAL && fsc_view_is(a->schema->dimension[c->dimension].name, "labeling"));
}

// words [first, end) of the text between two byte places, with scored cues and labels marked
static void put_part(paragraph *p, const fsc_part *part)
{
    const fsc_analysis *a = p->a;
    uint32_t at = part->start, w = 0;
    while (w < a->text.word_count && a->text.word[w].start < part->start)
        w++;
    for (; w < a->text.word_count && a->text.word[w].start < part->end; w++) {
        const fsc_word *word = &a->text.word[w];
        if (word->start < at)
            continue;
        const fsc_voiced *voiced = fsc_voices_at(&a->voices, w);
        put_gap(p, at, word->start, voiced ? (fsc_voice)voiced->voice : FSC_VOICE_OWN, voiced ? voiced->speech : FSC_NONE);
        at = word->start;
        while (p->cue < a->cue_count && (a->cue[p->cue].start < at || !is_shown(a, &a->cue[p->cue])))
            p->cue++;
        if (p->cue < a->cue_count && a->cue[p->cue].start == at) {
            put_cue(p, &a->cue[p->cue]);
            at = a->cue[p->cue].end;
        } else {
            fsc_buf_addv(p->out, fsc_view_slice(a->article.text, at, word->end));
            at = word->end;
        }
    }
    put_gap(p, at, part->end, FSC_VOICE_OWN, FSC_NONE);
}

static void put_relations(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    for (size_t i = 0; i < a->relation_count; i++) {
        const fsc_relation *r = &a->relation[i];
        fsc_buf_printf(out, "%s%s%s (%s)", fsc_paint(x, "\033[36m"), fsc_relation_name(r->type), fsc_paint(x, "\033[0m"),
                       fsc_relation_status_name(r->status));
        if (r->speaker.len)
            fsc_buf_printf(out, " by %.*s", (int)r->speaker.len, r->speaker.data);
        const fsc_span spans[] = {r->cause, {r->start, r->end}, r->effect};
        static const char *const labels[] = {": cause “", "” · “", "” · effect “"};
        for (int k = 0; k < 3; k++) {
            fsc_view v = fsc_span_is(spans[k]) ? fsc_view_slice(a->article.text, spans[k].start, spans[k].end) : FSC_LIT("?");
            fsc_buf_adds(out, labels[k]);
            fsc_add_cut(out, v, 60, false);
        }
        fsc_buf_adds(out, "”\n");
    }
}

static void put_scores(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    for (size_t d = 0; d < a->schema->dimension_count && a->has_language; d++) {
        const fsc_score *s = &a->score[d];
        if (!s->n)
            continue;
        fsc_view name = a->schema->dimension[d].name;
        fsc_buf_printf(out, "%s%-12.*s%s n %3u (own %u)  rate ", fsc_paint(x, "\033[1m"), (int)name.len, name.data,
                       fsc_paint(x, "\033[0m"), s->n, s->own_n);
        fsc_buf_real(out, s->rate, 1);
        if (a->schema->dimension[d].poles) {
            fsc_buf_adds(out, "  + ");
            fsc_buf_thousandths(out, s->pos);
            fsc_buf_adds(out, "  − ");
            fsc_buf_thousandths(out, s->neg);
        }
        fsc_buf_char(out, '\n');
    }
}

void fsc_export_annotate_text(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    const fsc_article *d = &a->article;
    size_t from = out->len;
    fsc_buf_printf(out, "%s%.*s%s", fsc_paint(x, "\033[1;4m"), (int)d->id.len, d->id.data, fsc_paint(x, "\033[0m"));
    if (!fsc_record_scored(d->status)) {
        fsc_buf_printf(out, " %s %.*s\n\n", fsc_record_name(d->status), (int)d->reason.len, d->reason.data);
        return;
    }
    fsc_buf_printf(out, "  %u words, %u own\n%s\n", a->text.scored_words, a->voices.own_words,
                   x->opt.colour ? "voices: own \033[32mquote\033[0m \033[36mindirect\033[0m \033[35mscare\033[0m\n" : "");
    paragraph p = {x, a, out, 0, FSC_VOICE_OWN, FSC_NONE};
    for (size_t i = 0; i < d->part_count; i++) {
        put_part(&p, &d->part[i]);
        fsc_buf_adds(out, "\n\n");
    }
    put_relations(x, a, out);
    fsc_wrap(x, out, from);
    if (a->relation_count)
        fsc_buf_char(out, '\n');
    put_scores(x, a, out);
    fsc_buf_char(out, '\n');
}
