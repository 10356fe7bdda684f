#include "voice/voice_p.h"

#include "base/utf8.h"

// Tags of words that only make sense over their whole entry: "white house" marks both words as part of a known
// organisation, so that a name can grow over them.

static const uint16_t ascii_punct[128] = {
    [','] = P_COMMA, [';'] = P_SEMICOLON, ['|'] = P_SEMICOLON, [':'] = P_COLON, ['('] = P_OPEN,
    ['['] = P_OPEN,  ['{'] = P_OPEN,      [')'] = P_CLOSE,     [']'] = P_CLOSE, ['}'] = P_CLOSE,
    ['.'] = P_STOP,  ['?'] = P_ASK,       ['!'] = P_ASK,       ['\n'] = P_LINE, ['%'] = P_PERCENT,
};

static unsigned wide_punct(uint32_t cp)
{
    if (cp >= 0x2013 && cp <= 0x2015)
        return P_DASH;
    return cp == 0x2026 ? P_ELLIPSIS : 0;
}

// A hyphen with blanks around it is a dash, "--" too.
static bool hyphen_is_dash(fsc_view v, size_t i)
{
    bool blank_before = i == 0 || v.data[i - 1] == ' ' || v.data[i - 1] == '-';
    bool blank_after = i + 1 >= v.len || v.data[i + 1] == ' ' || v.data[i + 1] == '-';
    return blank_before && blank_after;
}

static uint16_t punct_between(fsc_view v)
{
    unsigned set = 0, lines = 0;
    for (size_t i = 0; i < v.len;) {
        unsigned size = 1, one;
        unsigned char c = (unsigned char)v.data[i];
        if (c < 0x80)
            one = c == '-' && hyphen_is_dash(v, i) ? P_DASH : ascii_punct[c];
        else
            one = wide_punct(fsc_utf8_decode(v.data + i, v.len - i, &size));
        lines += one == P_LINE;
        set |= one;
        i += size;
    }
    return (uint16_t)(lines > 1 ? set | P_PARAGRAPH : set);
}

// A lone line feed ends a paragraph unless the text is wrapped by hand, which shows in line feeds inside sentences.
static bool is_wrapped(const fsc_vx *x, const fsc_index_vec *line)
{
    size_t inside = 0, border = 0;
    for (size_t i = 0; i < line->len; i++) {
        uint32_t w = line->data[i];
        if ((x->after[w] & P_PARAGRAPH) || w + 1 >= x->n)
            continue;
        fsc_view v = fsc_view_slice(x->text->bytes, x->text->word[w + 1].start, x->text->word[w + 1].start + 1);
        bool lower = v.len && v.data[0] >= 'a' && v.data[0] <= 'z';
        if (lower && !(x->after[w] & (P_STOP | P_ASK)))
            inside++;
        else
            border++;
    }
    return inside > 2 && inside * 2 > border;
}

static bool end_paragraph(fsc_vx *x, uint32_t w)
{
    if (x->border.len && x->border.data[x->border.len - 1] >= w)
        return true;
    x->after[w] |= P_PARAGRAPH;
    return fsc_vec_push(x->scratch, &x->border, w);
}

// Paragraphs end at line feeds (`line`: the words before them) and at the ends of parts, which end sentences too.
static bool find_paragraphs(fsc_vx *x, const fsc_index_vec *line)
{
    const fsc_text *t = x->text;
    bool wrapped = is_wrapped(x, line);
    size_t next = 0;
    for (size_t s = 0; s < t->sentence_count; s++) {
        uint32_t end = t->sentence[s].end_word;
        bool part_ends = s + 1 == t->sentence_count || t->sentence[s + 1].part != t->sentence[s].part;
        if (!part_ends || end == 0)
            continue;
        for (; next < line->len && line->data[next] < end; next++)
            if ((!wrapped || x->after[line->data[next]] & P_PARAGRAPH) && !end_paragraph(x, line->data[next]))
                return false;
        if (!end_paragraph(x, end - 1))
            return false;
    }
    return true;
}

// What stands behind each word, and what its type says of it.
static bool tag_spaces(fsc_vx *x)
{
    const fsc_text *t = x->text;
    fsc_index_vec line = {0};
    for (size_t s = 0; s < t->sentence_count; s++)
        for (uint32_t w = t->sentence[s].first_word; w < t->sentence[s].end_word; w++)
            x->sentence[w] = (uint32_t)s;
    for (uint32_t w = 0; w < x->n; w++) {
        const fsc_word *word = &t->word[w];
        uint32_t end = w + 1 < x->n ? word[1].start : (uint32_t)t->bytes.len;
        x->tag[w] = fsc_hits_tags(x->hits, word).voice;
        x->after[w] = 0;
        if (end - word->end == 1 && t->bytes.data[word->end] == ' ')
            continue;
        x->after[w] = punct_between(fsc_view_slice(t->bytes, word->end, end));
        if ((x->after[w] & P_LINE) && !fsc_vec_push(x->scratch, &line, w))
            return false;
    }
    for (size_t i = 0; i < t->mark_count; i++) {
        uint32_t w = t->mark[i].next_word;
        if (w > 0 && w <= x->n)
            x->after[w - 1] |= P_QUOTE;
    }
    return find_paragraphs(x, &line);
}

static bool is_participle(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    return word->end - word->start > 4 && memcmp(x->text->bytes.data + word->end - 3, "ing", 3) == 0;
}

static bool add_cue(fsc_vx *x, const fsc_hit *h, const fsc_voice_rule *r)
{
    fsc_vcue c = {.first = h->first_word,
                  .end = h->end_word,
                  .frame = r->frame,
                  .noun_frame = r->cue == CUE_NOUN ? r->frame : 0,
                  .source = FSC_NONE,
                  .kind = r->cue,
                  .left = h->first_word,
                  .right = FSC_NONE};
    c.participle = r->cue == CUE_VERB && is_participle(x, h->first_word);
    if (x->cue.len && h->first_word < x->cue.data[x->cue.len - 1].end) {
        fsc_vcue *last = &x->cue.data[x->cue.len - 1];
        if (last->first != c.first || last->end != c.end)
            return true;
        last->frame |= c.frame;
        last->noun_frame |= c.noun_frame;
        return true;
    }
    for (uint32_t w = h->first_word; w < h->end_word; w++)
        x->tag[w] |= T_CUE;
    return fsc_vec_push(x->scratch, &x->cue, c);
}

static bool tag_words(fsc_vx *x, const fsc_hit *h, uint64_t tag)
{
    // a longer entry of a closed class ("even as") stands for its first word only
    bool whole = tag & (T_ORG | T_PLACE | T_TIME);
    uint32_t end = whole ? h->end_word : h->first_word + 1;
    if (h->end_word - h->first_word > 1)
        tag &= ~T_CUEVERB;
    for (uint32_t w = h->first_word; w < end; w++)
        x->tag[w] |= tag;
    if (!(tag & (T_NUMBER | T_MAGNITUDE | T_UNIT)))
        return true;
    // hits come by their first word
    size_t last = x->measure.len;
    if ((last == 0 || x->measure.data[last - 1].word != h->first_word) &&
        !fsc_vec_push(x->scratch, &x->measure, (fsc_measure){.word = h->first_word}))
        return false;
    fsc_measure *m = &x->measure.data[x->measure.len - 1];
    if (tag & (T_NUMBER | T_MAGNITUDE))
        m->value = x->rules->rule[h->entry].value;
    if (tag & T_UNIT) {
        m->unit_end = h->end_word;
        m->unit_entry = h->entry;
    }
    return true;
}

static bool tag_hits(fsc_vx *x)
{
    for (size_t i = 0; i < x->hits->count; i++) {
        const fsc_hit *h = &x->hits->hit[i];
        uint64_t tag = x->rules->tag[h->entry];
        if (!tag || h->first_word >= x->n || h->end_word > x->n || h->first_word >= h->end_word)
            continue;
        if ((tag & ~T_CUE) && !tag_words(x, h, tag & ~T_CUE))
            return false;
        if ((tag & T_CUE) && !add_cue(x, h, &x->rules->rule[h->entry]))
            return false;
    }
    return true;
}

// The lists of words that are worth a look.
static bool list_words(fsc_vx *x)
{
    const unsigned flags = FSC_WORD_CAPITAL | FSC_WORD_NUMBER;
    for (uint32_t w = 0; w < x->n; w++) {
        uint64_t tag = x->tag[w];
        unsigned word = x->text->word[w].flags & flags;
        if (!word && !(tag & (T_NUMERAL | T_WE | T_MONTH)))
            continue;
        // May is no auxiliary in "from May to June"
        if ((tag & T_MONTH) && (tag & T_AUX) && !(fsc_vx_flags(x, w) & FSC_WORD_SENTENCE))
            x->tag[w] &= ~T_AUX;
        if ((fsc_vx_is_capital(x, w) && !fsc_vec_push(x->scratch, &x->capital, w)) ||
            ((word & FSC_WORD_NUMBER || tag & T_NUMERAL) && !fsc_vec_push(x->scratch, &x->numeral, w)) ||
            ((tag & T_WE) && !fsc_vec_push(x->scratch, &x->we, w)))
            return false;
    }
    return true;
}

// A table of one number a word, in which nothing is said yet.
static uint32_t *new_table(fsc_vx *x)
{
    return fsc_arena_alloc(x->scratch, ((size_t)x->n + 1) * sizeof(uint32_t));
}

int fsc_voice_tag(fsc_vx *x, fsc_err *err)
{
    size_t n = (size_t)x->n + 1;
    uint32_t **tables[] = {&x->sentence, &x->level,  &x->prev,  &x->next,
                           &x->name_of,  &x->cover};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (!(*tables[i] = new_table(x)))
            return fsc_err_nomem(err);
    x->tag = fsc_arena_alloc(x->scratch, n * sizeof *x->tag);
    x->after = fsc_arena_alloc(x->scratch, n * sizeof *x->after);
    if (!x->tag || !x->after)
        return fsc_err_nomem(err);
    uint32_t *none[] = {x->name_of, x->cover};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        memset(none[i], 0xFF, n * sizeof **none);
    x->tag[x->n] = 0;
    x->after[x->n] = 0;
    return tag_spaces(x) && tag_hits(x) && list_words(x) ? FSC_OK : fsc_err_nomem(err);
}
