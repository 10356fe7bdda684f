#include "voice/voice_p.h"

// Speech that no quote marks show: parts marked as block quotations, embedded posts, a paragraph that a sentence with a
// colon or an attribution introduces, and in headlines "Name: what they say".

static uint32_t part_of_word(const fsc_text *t, uint32_t w, size_t from)
{
    for (size_t p = from; p < t->part_count; p++)
        if (t->part[p].end > t->word[w].start)
            return (uint32_t)p;
    return FSC_NONE;
}

// The attribution that introduces a paragraph: the last cue at the writer's level before it, of those before `cue`, in
// the paragraph that starts at `before`.
static const fsc_vcue *introducing_cue(const fsc_vx *x, uint32_t before, size_t cue)
{
    for (unsigned i = 0; cue > 0 && i < 6; cue--, i++) {
        const fsc_vcue *c = &x->cue.data[cue - 1];
        if (c->first < before || fsc_vx_quoted(x, c->first))
            return NULL;
        if ((c->kind == CUE_VERB || c->kind == CUE_PHRASE) && c->source != FSC_NONE)
            return c;
    }
    return NULL;
}

static bool is_first_person(const fsc_vx *x, uint32_t w)
{
    // US is no pronoun, The We Company no speaker
    return (x->tag[w] & T_WE) && !fsc_vx_named(x, w) && !(fsc_vx_flags(x, w) & FSC_WORD_UPPER) &&
           !fsc_vx_quoted(x, w);
}

// Marks of somebody else's pen: we and our, or the handles of a post, and no attribution of its own.
static bool reads_like_speech(const fsc_vx *x, uint32_t first, uint32_t end)
{
    bool speaks = false;
    for (uint32_t w = first; w < end; w++) {
        const fsc_vcue *c = fsc_vx_cue_at(x, w);
        if (c && c->used && c->kind == CUE_VERB && c->source != FSC_NONE && !x->source.data[c->source].pronoun)
            return false;
        speaks = speaks || is_first_person(x, w) || (fsc_vx_flags(x, w) & FSC_WORD_MENTION);
    }
    return speaks;
}

// Outside quotations the text itself says we: then a paragraph with "we" shows nothing.
static bool writer_says_we(const fsc_vx *x)
{
    unsigned paragraphs = 0;
    uint32_t end = 0; // of the last of them
    size_t border = 0;
    for (size_t i = 0; i < x->we.len; i++) {
        uint32_t w = x->we.data[i];
        if (w < end || !is_first_person(x, w))
            continue;
        while (border < x->border.len && x->border.data[border] < w)
            border++;
        end = border < x->border.len ? x->border.data[border] + 1 : x->n;
        paragraphs++;
    }
    return paragraphs > 3;
}

static bool has_quote(const fsc_vx *x, uint32_t first, uint32_t end)
{
    for (uint32_t w = first; w < end; w++)
        if (fsc_vx_quoted(x, w))
            return true;
    return false;
}

static fsc_span paragraph_span(const fsc_vx *x, uint32_t first, uint32_t end)
{
    fsc_span s = {x->text->word[first].start, x->text->word[end - 1].end};
    fsc_view bytes = x->text->bytes;
    // closing stops belong to what is quoted
    while (s.end < bytes.len && (bytes.data[s.end] == '.' || bytes.data[s.end] == '!' || bytes.data[s.end] == '?'))
        s.end++;
    return s;
}

static bool add_block(fsc_vx *x, uint32_t first, uint32_t end, const fsc_vcue *c, fsc_speech_kind kind)
{
    fsc_span cue = c ? fsc_voice_span(x, c->first, c->end) : FSC_NO_SPAN;
    uint32_t source = c ? c->source : FSC_NONE;
    return fsc_voice_add_speech(x, kind, paragraph_span(x, first, end), (fsc_span){first, end}, source, cue);
}

// A paragraph of the text from the writer's pen but in somebody else's voice.
static bool is_introduced(const fsc_vx *x, uint32_t first, uint32_t end, const fsc_vcue *c, bool we)
{
    // a list or table behind a colon is no speech
    bool speaks = c && (c->frame & (F_QUOTE | F_CAUSE)) && end - first > 5;
    if (!speaks || !fsc_vx_same_sentence(x, c->first, first - 1))
        return false;
    uint32_t last = first - 1;
    if (x->after[last] & P_COLON)
        return c->end + 16 > last && !has_quote(x, first, end);
    uint32_t actor = x->source.data[c->source].actor;
    bool person = actor != FSC_NONE && x->actor.data[actor].kind == FSC_ACTOR_PERSON;
    return person && !we && !c->used_quote && !(x->after[last] & P_DASH) && !has_quote(x, first, end) &&
           reads_like_speech(x, first, end);
}

// A block quotation belongs to the attribution before it when that waits for it: a colon, or nothing quoted yet.
static bool introduces(const fsc_vx *x, const fsc_vcue *c, uint32_t first)
{
    bool colon = x->after[first - 1] & P_COLON;
    return fsc_vx_same_sentence(x, c->first, first - 1) && (colon || !c->used_quote);
}

// "Chief Ana Duarte issued the following statement:" -- no verb of saying, but somebody and a colon.
static uint32_t colon_source(fsc_vx *x, uint32_t first)
{
    if (first == 0 || !(x->after[first - 1] & P_COLON))
        return FSC_NONE;
    uint32_t start = x->text->sentence[fsc_vx_sentence(x, first - 1)].first_word;
    for (uint32_t w = start; w < first && w - start < 6; w++) {
        if (!fsc_vx_named(x, w))
            continue;
        const fsc_name *n = &x->name.data[fsc_vx_name_at(x, w)];
        return n->kind == FSC_ACTOR_PLACE ? FSC_NONE : fsc_voice_add_source(x, n->first, n->end);
    }
    return FSC_NONE;
}

static bool is_headline(const fsc_part *p)
{
    return p && (p->kind == FSC_PART_HEADLINE || p->kind == FSC_PART_SUBHEAD);
}

// Words [first, end) before the colon of a headline name a person or a body.
static bool names_somebody(const fsc_vx *x, uint32_t first, uint32_t end)
{
    uint32_t name = fsc_vx_name_at(x, end - 1);
    if (name != FSC_NONE)
        return x->name.data[name].end == end && x->name.data[name].kind != FSC_ACTOR_PLACE;
    for (uint32_t w = first; w < end; w++)
        if (!(fsc_vx_flags(x, w) & FSC_WORD_CAPITAL) ||
            (x->tag[w] & (T_FUNCTION | T_NOTNAME | T_DOC | T_WORK | T_DATE | T_CUE)))
            return false;
    return end - first == 1;
}

// "Governor Smith: taxes will fall" in a headline.
static bool add_headline(fsc_vx *x, uint32_t first, uint32_t end)
{
    for (uint32_t w = first; w + 3 < end && w - first < 5; w++) {
        if (!(x->after[w] & P_COLON))
            continue;
        if (!names_somebody(x, first, w + 1) || fsc_vx_quoted(x, w + 1))
            return true;
        uint32_t source = fsc_voice_add_source(x, first, w + 1);
        fsc_span s = {x->text->word[w + 1].start, x->text->word[end - 1].end};
        fsc_span words = {w + 1, end};
        return source != FSC_NONE && fsc_voice_add_speech(x, FSC_SPEECH_INDIRECT, s, words, source, FSC_NO_SPAN);
    }
    return true;
}

static bool add_part_speech(fsc_vx *x, const fsc_part *p, uint32_t first, uint32_t end, const fsc_vcue *c)
{
    if (p->kind == FSC_PART_EMBED) {
        fsc_span s = {p->start, p->end}, words = {fsc_voice_word_from(x, p->start), fsc_voice_word_from(x, p->end)};
        if (!fsc_voice_add_speech(x, FSC_SPEECH_EMBED, s, words, FSC_NONE, FSC_NO_SPAN))
            return false;
        x->speech.data[x->speech.len - 1].by.name = p->author;
        return true;
    }
    if (c)
        return add_block(x, first, end, c, FSC_SPEECH_BLOCK);
    return fsc_voice_add_speech(x, FSC_SPEECH_BLOCK, paragraph_span(x, first, end), (fsc_span){first, end},
                                colon_source(x, first), FSC_NO_SPAN);
}

int fsc_voice_blocks(fsc_vx *x, fsc_err *err)
{
    uint32_t part = 0;
    bool we = writer_says_we(x);
    const fsc_vcue *carried = NULL; // block quotations of several paragraphs share their speaker
    for (uint32_t i = 0, before = 0, first = 0, end; i < x->border.len; i++, before = first, first = end) {
        end = x->border.data[i] + 1;
        part = x->text->part_count ? part_of_word(x->text, first, part) : FSC_NONE;
        const fsc_part *p = part == FSC_NONE ? NULL : &x->text->part[part];
        bool marked = p && (p->block_quote || p->kind == FSC_PART_EMBED), headline = !marked && is_headline(p);
        const fsc_vcue *c = headline ? NULL : introducing_cue(x, before, fsc_vx_cue_from(x, first));
        bool ok = true;
        if (marked) {
            carried = c && introduces(x, c, first) ? c : carried;
            ok = add_part_speech(x, p, first, end, carried);
        } else if (headline) {
            ok = add_headline(x, first, end);
        } else if (is_introduced(x, first, end, c, we)) {
            ok = add_block(x, first, end, c, FSC_SPEECH_BLOCK);
        }
        carried = marked ? carried : NULL;
        if (!ok)
            return fsc_err_nomem(err);
        part = part == FSC_NONE ? 0 : part;
    }
    return FSC_OK;
}
