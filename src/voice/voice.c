#include "voice/voice_p.h"

#include <stdlib.h>

// The order of work, and what is made of its parts: sorted spans, the map of words, actors, counts.

bool fsc_voice_add_speech(fsc_vx *x, fsc_speech_kind kind, fsc_span span, fsc_span words, uint32_t source, fsc_span cue)
{
    // `actor` holds the source until the speakers are known
    fsc_speech s = {.start = span.start,
                    .end = span.end,
                    .first_word = words.start,
                    .end_word = words.end,
                    .kind = kind,
                    .cue = cue,
                    .actor = source};
    if (source != FSC_NONE)
        x->source.data[source].used = true;
    return span.end <= span.start || fsc_vec_push(x->arena, &x->speech, s);
}

static int by_start(const void *a, const void *b)
{
    const fsc_speech *p = a, *q = b;
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    if (p->end != q->end)
        return p->end > q->end ? -1 : 1;
    return (int)p->kind - (int)q->kind;
}

// The end of the stretch of items from `at` on that stand in order.
static size_t end_of_order(const char *data, size_t at, size_t count, size_t size, int (*order)(const void *, const void *))
{
    size_t end = at + 1;
    while (end < count && order(data + (end - 1) * size, data + end * size) <= 0)
        end++;
    return end < count ? end : count;
}

// Sorts items that are a few stretches in order, or nearly: these are merged, from `data` into `spare` and back, until one
// is left. Items that are alike keep their order.
static void merge_orders(char *data, char *spare, size_t count, size_t size, int (*order)(const void *, const void *))
{
    char *from = data, *to = spare;
    while (end_of_order(from, 0, count, size, order) < count) {
        for (size_t at = 0, middle, end; at < count; at = end) {
            middle = end_of_order(from, at, count, size, order);
            end = middle < count ? end_of_order(from, middle, count, size, order) : count;
            for (size_t a = at, b = middle, out = at; out < end; out++) {
                bool first = b == end || (a < middle && order(from + a * size, from + b * size) <= 0);
                memcpy(to + out * size, from + (first ? a++ : b++) * size, size);
            }
        }
        char *swap = from;
        from = to, to = swap;
    }
    if (from != data)
        memcpy(data, from, count * size);
}

static bool sort(fsc_vx *x, void *data, size_t count, size_t size, int (*order)(const void *, const void *))
{
    if (count < 2)
        return true;
    char *spare = fsc_arena_alloc(x->scratch, count * size);
    if (!spare)
        return false;
    merge_orders(data, spare, count, size, order);
    fsc_arena_drop(x->scratch, spare, count * size);
    return true;
}

static void name_speakers(fsc_vx *x)
{
    for (size_t i = 0; i < x->speech.len; i++) {
        fsc_speech *s = &x->speech.data[i];
        if (s->actor == FSC_NONE)
            continue;
        const fsc_source *source = &x->source.data[s->actor];
        s->actor = source->actor;
        if (source->actor != FSC_NONE) {
            s->by.name = x->actor.data[source->actor].name;
            s->by.role = x->actor.data[source->actor].role;
        } else if (source->outlet) {
            s->by.name = x->article->site;
        }
    }
}

// ---------------------------------------------------------------- the map of words

typedef struct layer {
    uint32_t end, speech;
    bool quoted, indirect, scare; // this layer or one around it
    uint32_t end_word;            // of its words
} layer;

typedef fsc_vec(layer) layer_vec;

static uint8_t voice_of(const layer *l)
{
    if (l->quoted)
        return FSC_VOICE_QUOTE;
    if (l->scare && l->indirect)
        return FSC_VOICE_QUOTE;
    return l->scare ? FSC_VOICE_SCARE : l->indirect ? FSC_VOICE_INDIRECT : FSC_VOICE_OWN;
}

static layer make_layer(const fsc_speech *s, uint32_t index, const layer *around)
{
    layer l = {.end = s->end,
               .end_word = s->end_word,
               .speech = index,
               .indirect = s->kind == FSC_SPEECH_INDIRECT,
               .scare = s->kind == FSC_SPEECH_SCARE};
    l.quoted = !l.indirect && !l.scare;
    if (around) {
        l.quoted = l.quoted || around->quoted;
        l.indirect = l.indirect || around->indirect;
        l.scare = l.scare || around->scare;
        // never past what holds it
        l.end = l.end < around->end ? l.end : around->end;
        l.end_word = l.end_word < around->end_word ? l.end_word : around->end_word;
    }
    return l;
}

static int by_word(const void *a, const void *b)
{
    const fsc_introduction *p = a, *q = b;
    if (p->word != q->word)
        return p->word < q->word ? -1 : 1;
    return p->speech < q->speech ? -1 : p->speech > q->speech;
}

// Words that the cue of some speech covers: what framing may ask of a verb with many senses.
static bool mark_cues(fsc_vx *x, fsc_voices *out)
{
    fsc_vec(fsc_introduction) v = {0};
    for (size_t i = 0; i < x->speech.len; i++) {
        fsc_span cue = x->speech.data[i].cue;
        if (!fsc_span_is(cue))
            continue;
        for (uint32_t w = fsc_text_word_at(x->text, cue.start); w < x->n && x->text->word[w].start < cue.end; w++) {
            if (!fsc_vec_push(x->arena, &v, (fsc_introduction){w, (uint32_t)i}))
                return false;
        }
    }
    if (!sort(x, v.data, v.len, sizeof *v.data, by_word))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < v.len; i++) {
        // of several the last
        kept -= kept && v.data[kept - 1].word == v.data[i].word;
        v.data[kept++] = v.data[i];
    }
    out->introduction = v.data;
    out->introduction_count = kept;
    return true;
}

// Words as they are mapped: each once, by the innermost speech around it, however deep it nests.
typedef struct mapping {
    fsc_vec(fsc_voiced) voiced;
    layer_vec stack;
    uint32_t next; // first word not yet mapped
    size_t part;   // of the words counted so far
} mapping;

// Words of a stretch of speech in parts that are scored. *part moves on with them.
static uint32_t scored_words(const fsc_text *t, const fsc_voiced *v, size_t *part)
{
    uint32_t count = 0;
    for (uint32_t w = v->first; w < v->end;) {
        while (*part < t->part_count && t->part[*part].end <= t->word[w].start)
            ++*part;
        if (*part == t->part_count)
            break;
        // nearly always all of them are in one part
        uint32_t from = w;
        w = t->word[v->end - 1].start < t->part[*part].end ? v->end : w + 1;
        count += t->part[*part].scored ? w - from : 0;
    }
    return count;
}

// The innermost speech holds the words up to `end`.
static bool fill(const fsc_vx *x, fsc_voices *out, mapping *m, uint32_t end)
{
    uint32_t *counts[] = {&out->own_words, &out->quoted_words, &out->indirect_words, &out->scare_words};
    const layer *l = &m->stack.data[m->stack.len - 1];
    if (m->next >= end)
        return true;
    fsc_voiced v = {m->next, end, l->speech, voice_of(l)};
    *counts[v.voice] += scored_words(x->text, &v, &m->part);
    m->next = end;
    return fsc_vec_push(x->arena, &m->voiced, v);
}

// Ends what ends at or before the offset.
static bool leave(const fsc_vx *x, fsc_voices *out, mapping *m, uint32_t offset)
{
    for (; m->stack.len && m->stack.data[m->stack.len - 1].end <= offset; m->stack.len--)
        if (!fill(x, out, m, m->stack.data[m->stack.len - 1].end_word))
            return false;
    return true;
}

static bool map_words(fsc_vx *x, fsc_voices *out)
{
    mapping m = {.next = 0};
    for (size_t i = 0; i < x->speech.len; i++) {
        uint32_t w = x->speech.data[i].first_word;
        if (w >= x->n)
            break;
        uint32_t start = x->text->word[w].start;
        if (!leave(x, out, &m, start))
            return false;
        const layer *around = m.stack.len ? &m.stack.data[m.stack.len - 1] : NULL;
        layer l = make_layer(&x->speech.data[i], (uint32_t)i, around);
        if (l.end <= start)
            continue;
        if (around && !fill(x, out, &m, w))
            return false;
        m.next = w;
        if (!fsc_vec_push(x->scratch, &m.stack, l))
            return false;
    }
    if (!leave(x, out, &m, UINT32_MAX))
        return false;
    out->voiced = m.voiced.data;
    out->voiced_count = m.voiced.len;
    out->own_words = x->text->scored_words - out->quoted_words - out->indirect_words - out->scare_words;
    return true;
}

// ---------------------------------------------------------------- actors

typedef struct actor_place {
    uint32_t first, index; // offset of the first mention, index while working
} actor_place;

static int by_first(const void *a, const void *b)
{
    const actor_place *p = a, *q = b;
    if (p->first != q->first)
        return p->first < q->first ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

static int by_span(const void *a, const void *b)
{
    const fsc_span *p = a, *q = b;
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    return p->end > q->end ? -1 : p->end < q->end;
}

static void put_mention(fsc_actor *a, fsc_span s)
{
    a->mention[a->mention_count++] = s;
}

static void count_mentions(fsc_vx *x)
{
    for (size_t i = 0; i < x->name.len; i++)
        x->actor.data[x->name.data[i].actor].mention_count++;
    for (size_t i = 0; i < x->mention.len; i++)
        x->actor.data[x->mention.data[i].actor].mention_count++;
}

// Mentions of each working actor, in text order, in `made` (same indices).
static bool gather_mentions(fsc_vx *x, fsc_actor *made)
{
    for (size_t i = 0; i < x->actor.len; i++) {
        const fsc_vactor *a = &x->actor.data[i];
        made[i] = (fsc_actor){.name = a->name, .kind = (fsc_actor_kind)a->kind, .role = a->role, .named = a->named};
        made[i].mention = FSC_NEW_N(x->arena, fsc_span, a->mention_count + 1);
        if (!made[i].mention)
            return false;
    }
    for (size_t i = 0; i < x->name.len; i++)
        put_mention(&made[x->name.data[i].actor], (fsc_span){x->name.data[i].start, x->name.data[i].stop});
    for (size_t i = 0; i < x->mention.len; i++)
        put_mention(&made[x->mention.data[i].actor], x->mention.data[i].span);
    for (size_t i = 0; i < x->actor.len; i++) {
        fsc_actor *a = &made[i];
        qsort(a->mention, a->mention_count, sizeof *a->mention, by_span);
        size_t kept = 0;
        for (size_t k = 0; k < a->mention_count; k++)
            if (kept == 0 || a->mention[kept - 1].start != a->mention[k].start)
                a->mention[kept++] = a->mention[k];
        a->mention_count = kept;
    }
    return true;
}

static bool put_actors(fsc_vx *x, fsc_voices *out)
{
    size_t count = x->actor.len;
    fsc_actor *made = FSC_NEW_N(x->scratch, fsc_actor, count + 1);
    actor_place *order = FSC_NEW_N(x->scratch, actor_place, count + 1);
    uint32_t *moved = FSC_NEW_N(x->scratch, uint32_t, count + 1);
    out->actor = FSC_NEW_N(x->arena, fsc_actor, count + 1);
    if (!made || !order || !moved || !out->actor || !gather_mentions(x, made))
        return false;
    for (size_t i = 0; i < count; i++)
        order[i] = (actor_place){made[i].mention_count ? made[i].mention[0].start : FSC_NONE, (uint32_t)i};
    qsort(order, count, sizeof *order, by_first);
    for (size_t i = 0; i < count; i++) {
        moved[order[i].index] = FSC_NONE;
        if (made[order[i].index].mention_count == 0)
            continue;
        moved[order[i].index] = (uint32_t)out->actor_count;
        out->actor[out->actor_count++] = made[order[i].index];
    }
    for (size_t i = 0; i < x->speech.len; i++)
        if (x->speech.data[i].actor != FSC_NONE)
            x->speech.data[i].actor = moved[x->speech.data[i].actor];
    return true;
}

static void drop_actors(fsc_vx *x)
{
    for (size_t i = 0; i < x->speech.len; i++)
        x->speech.data[i].actor = FSC_NONE;
}

// Speech still has the actors of the work; one without a mention is none.
static bool count_sources(fsc_vx *x, fsc_voices *out)
{
    fsc_map seen;
    fsc_map_init(&seen, x->scratch);
    for (size_t i = 0; i < x->speech.len; i++) {
        const fsc_speech *s = &x->speech.data[i];
        bool is_new = false;
        // one speaker after another is mostly the same, from one place
        if (!s->by.name.len || (i > 0 && s[-1].by.name.data == s->by.name.data && s[-1].by.name.len == s->by.name.len))
            continue;
        if (!fsc_map_put(&seen, s->by.name, 0, &is_new))
            return false;
        const fsc_vactor *actor = s->actor == FSC_NONE ? NULL : &x->actor.data[s->actor];
        bool named = !actor || !actor->mention_count || actor->named;
        if (is_new)
            ++*(named ? &out->sources_named : &out->sources_unnamed);
    }
    return true;
}

static bool put_names(fsc_vx *x, fsc_voices *out)
{
    out->name = FSC_NEW_N(x->arena, fsc_span, x->name.len + 1);
    if (!out->name)
        return false;
    for (size_t i = 0; i < x->name.len; i++)
        out->name[out->name_count++] = (fsc_span){x->name.data[i].start, x->name.data[i].stop};
    return true;
}

// Behind the steps only what becomes a result is read. The rest goes before the map of words is made, so that both are never there at once.
static void drop_work(fsc_vx *x)
{
    size_t n = (size_t)x->n + 1;
    fsc_arena_drop(x->scratch, x->tag, n * sizeof *x->tag);
    fsc_arena_drop(x->scratch, x->after, n * sizeof *x->after);
    fsc_arena_drop(x->scratch, x->cover, n * sizeof *x->cover);
    fsc_vec_drop(x->scratch, &x->cue);
    fsc_vec_drop(x->scratch, &x->quote);
    fsc_vec_drop(x->scratch, &x->run);
    fsc_vec_drop(x->scratch, &x->source);
    fsc_vec_drop(x->scratch, &x->measure);
    fsc_vec_drop(x->scratch, &x->capital);
    fsc_vec_drop(x->scratch, &x->numeral);
}

static int finish(fsc_vx *x, fsc_voices *out, fsc_err *err)
{
    name_speakers(x);
    drop_work(x);
    if (!sort(x, x->speech.data, x->speech.len, sizeof *x->speech.data, by_start))
        return fsc_err_nomem(err);
    count_mentions(x);
    if (!count_sources(x, out))
        return fsc_err_nomem(err);
    if (x->lacks & FSC_LACKS_ACTORS)
        drop_actors(x);
    else if (!put_actors(x, out))
        return fsc_err_nomem(err);
    if (!map_words(x, out) || !mark_cues(x, out) || !put_names(x, out))
        return fsc_err_nomem(err);
    out->speech = x->speech.data;
    out->speech_count = x->speech.len;
    out->quantity = x->quantity.data;
    out->quantity_count = x->quantity.len;
    return FSC_OK;
}

int fsc_voice_analyze(fsc_analysis *a, const fsc_voice_rules *rules, const fsc_types *types, fsc_arena *arena, fsc_arena *scratch, fsc_err *err)
{
    static const struct step {
        int (*run)(fsc_vx *, fsc_err *);
        unsigned makes; // all of it left out: the step is too
    } steps[] = {
        {fsc_voice_tag, 0},      {fsc_voice_pair, 0},   {fsc_voice_names, 0},  {fsc_voice_join_names, 0}, {fsc_voice_subjects, 0},
        {fsc_voice_indirect, 0}, {fsc_voice_quotes, 0}, {fsc_voice_blocks, 0}, {fsc_voice_resolve, 0},    {fsc_voice_quantities, FSC_LACKS_QUANTITIES},
    };
    fsc_vx x = {.rules = rules,
                .article = &a->article,
                .text = &a->text,
                .hits = &a->hits,
                .types = types,
                .arena = arena,
                .scratch = scratch,
                .lacks = a->lacks,
                .n = (uint32_t)a->text.word_count};
    a->voices = (fsc_voices){0};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int rc = a->lacks & steps[i].makes ? FSC_OK : steps[i].run(&x, err);
        if (rc)
            return rc;
    }
    return finish(&x, &a->voices, err);
}
