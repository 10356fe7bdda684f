#include "voice/voice_p.h"

#include "base/utf8.h"

// Tags of words that only make sense over their whole entry: "white house" marks both words as part of a known
// organisation, so that a name can grow over them.

#define P_READ 0x8000 // what stands beside it must be read too

static const uint16_t ascii_punct[128] = {
    ['-'] = P_READ,
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
            one = c != '-' ? ascii_punct[c] : hyphen_is_dash(v, i) ? P_DASH : 0;
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

// Words that need a second look: more than a blank behind them, or one of the lists takes them.
#define LOOK_FLAGS (FSC_WORD_GAP | FSC_WORD_COMMA | FSC_WORD_CAPITAL)
#define LOOK_TAGS (T_WE | T_MONTH)
// These too, but where no quantities are made:
#define NUMBER_FLAGS FSC_WORD_NUMBER
#define NUMBER_TAGS T_NUMERAL

static bool wants_numbers(const fsc_vx *x)
{
    return !(x->lacks & FSC_LACKS_QUANTITIES);
}

// The only pass over all words: what their types say, and which need a second look. Most do not.
static void tag_types(fsc_vx *x)
{
    const fsc_word *word = x->text->word;
    const fsc_tags *type = x->hits->tags;
    uint64_t *tag = x->tag, tags = wants_numbers(x) ? LOOK_TAGS | NUMBER_TAGS : LOOK_TAGS;
    uint32_t flags = wants_numbers(x) ? LOOK_FLAGS | NUMBER_FLAGS : LOOK_FLAGS;
    for (uint32_t first = 0, n = x->n; first < n; first += 64) {
        uint64_t look = 0;
        // types are far away: those of the next block are asked for now
        for (uint32_t w = first + 64; type && n - first >= 128 && w < first + 128; w++)
            __builtin_prefetch(&type[word[w].type]);
        // from behind, so that the first word comes to stand in the lowest bit
#pragma GCC unroll 4
        for (uint32_t w = n - first < 64 ? n : first + 64; w-- > first;) {
            uint64_t t = type ? type[word[w].type].voice : 0;
            tag[w] = t;
            look = look * 2 + (((word[w].flags & flags) | (t & tags)) != 0);
        }
        x->look[first / 64] = look;
    }
}

// What stands behind a word. Nearly always it is a blank, or one character and a blank.
static inline uint16_t punct_behind(const fsc_text *t, uint32_t w)
{
    uint32_t start = t->word[w].end, end = w + 1 < t->word_count ? t->word[w + 1].start : (uint32_t)t->bytes.len;
    const unsigned char *gap = (const unsigned char *)t->bytes.data + start;
    if (end - start - 1 < 2 && gap[end - start - 1] == ' ' && gap[0] < 0x80 && ascii_punct[gap[0]] != P_READ)
        return ascii_punct[gap[0]];
    return punct_between(fsc_view_slice(t->bytes, start, end));
}

static bool look_at_tags(fsc_vx *x, uint32_t w)
{
    // May is no auxiliary in "from May to June"
    if ((x->tag[w] & T_MONTH) && !(fsc_vx_flags(x, w) & FSC_WORD_SENTENCE))
        x->tag[w] &= ~T_AUX;
    return !(x->tag[w] & T_WE) || fsc_vec_push(x->scratch, &x->we, w);
}

// The second look: what stands behind words, and the lists of words that are worth one more.
static bool look_again(fsc_vx *x, fsc_index_vec *line)
{
    for (uint32_t b = 0; b < x->n; b += 64) {
        if (!fsc_vec_reserve(x->scratch, &x->capital, x->capital.len + 64))
            return false;
        // written always and kept or not: which it is cannot be foretold
        uint32_t *capital = x->capital.data + x->capital.len;
        for (uint64_t look = x->look[b / 64]; look; look &= look - 1) {
            uint32_t w = b + (uint32_t)__builtin_ctzll(look);
            if ((x->tag[w] & LOOK_TAGS) && !look_at_tags(x, w))
                return false;
            *capital = w;
            capital += fsc_vx_is_capital(x, w) & !fsc_vx_is_closed(x->tag[w]);
            uint16_t after = punct_behind(x->text, w);
            x->after[w] = after;
            if ((after & P_LINE) && !fsc_vec_push(x->scratch, line, w))
                return false;
        }
        x->capital.len = (size_t)(capital - x->capital.data);
    }
    return true;
}

static bool list_numbers(fsc_vx *x)
{
    for (uint32_t b = 0; b < x->n; b += 64)
        for (uint64_t look = x->look[b / 64]; look; look &= look - 1) {
            uint32_t w = b + (uint32_t)__builtin_ctzll(look);
            if (((fsc_vx_flags(x, w) & NUMBER_FLAGS) || (x->tag[w] & NUMBER_TAGS)) &&
                !fsc_vec_push(x->scratch, &x->numeral, w))
                return false;
        }
    return true;
}

static bool find_gaps(fsc_vx *x)
{
    const fsc_text *t = x->text;
    fsc_index_vec line = {0};
    if (!look_again(x, &line) || (wants_numbers(x) && !list_numbers(x)))
        return false;
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
    if (c.kind == CUE_PHRASE)
        x->tag[c.first] |= T_PHRASE;
    return fsc_vec_push(x->scratch, &x->cue, c);
}

static bool tag_words(fsc_vx *x, const fsc_hit *h, uint64_t tag)
{
    // a longer entry of a closed class ("even as") stands for its first word only
    bool whole = tag & (T_ORG | T_PLACE | T_TIME);
    uint32_t end = whole ? h->end_word : h->first_word + 1;
    if (h->end_word - h->first_word > 1)
        tag &= ~T_CUEVERB;
    for (uint32_t w = h->first_word; w < end; w++) {
        x->tag[w] |= tag;
        x->look[w / 64] |= tag & (LOOK_TAGS | NUMBER_TAGS) ? (uint64_t)1 << w % 64 : 0;
    }
    if (!(tag & (T_NUMBER | T_MAGNITUDE | T_UNIT)) || !wants_numbers(x))
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

static bool take_hit(fsc_vx *x, const fsc_hit *h)
{
    uint64_t tag = x->rules->tag[h->entry];
    if (h->first_word >= x->n || h->end_word > x->n || h->first_word >= h->end_word)
        return true;
    if ((tag & ~T_CUE) && !tag_words(x, h, tag & ~T_CUE))
        return false;
    return !(tag & T_CUE) || add_cue(x, h, &x->rules->rule[h->entry]);
}

static bool tag_hits(fsc_vx *x)
{
    enum { BLOCK = 128 };
    const fsc_hit *hit = x->hits->hit;
    const uint64_t *tagged = x->rules->tagged;
    for (size_t i = 0, end; i < x->hits->count; i = end) {
        uint32_t mine[BLOCK + 1];
        size_t count = 0;
        end = x->hits->count - i < BLOCK ? x->hits->count : i + BLOCK;
        for (size_t k = i; k < end; k++) {
            mine[count] = (uint32_t)(k - i);
            count += tagged[hit[k].entry / 64] >> hit[k].entry % 64 & 1;
        }
        // tables of entries are too large for the caches: what all of these need is asked for at once
        for (size_t k = 0; k < count; k++) {
            __builtin_prefetch(&x->rules->tag[hit[i + mine[k]].entry]);
            __builtin_prefetch(&x->rules->rule[hit[i + mine[k]].entry]);
        }
        for (size_t k = 0; k < count; k++)
            if (!take_hit(x, &hit[i + mine[k]]))
                return false;
    }
    return true;
}

bool fsc_voice_places(fsc_vx *x, fsc_place **out, const uint32_t *first, size_t size, size_t count)
{
    size_t blocks = (size_t)x->n / 64 + 1;
    fsc_place *at = *out = FSC_NEW_N(x->scratch, fsc_place, blocks);
    const char *p = (const char *)first;
    if (!at)
        return false;
    for (size_t i = 0; i < count; i++, p += size) {
        uint32_t w;
        memcpy(&w, p, sizeof w);
        at[w / 64].starts |= (uint64_t)1 << w % 64;
    }
    for (size_t b = 1; b < blocks; b++)
        at[b].before = at[b - 1].before + fsc_vx_bits(at[b - 1].starts);
    return true;
}

static bool place_sentences(fsc_vx *x)
{
    const fsc_sentence *s = x->text->sentence;
    size_t count = x->text->sentence_count;
    for (size_t i = 0; i < count; i++) {
        x->tag[s[i].first_word] |= T_OPENS;
        x->tag[s[i].end_word - 1] |= T_ENDS;
    }
    return fsc_voice_places(x, &x->sentence_at, count ? &s->first_word : NULL, sizeof *s, count);
}

int fsc_voice_tag(fsc_vx *x, fsc_err *err)
{
    size_t n = (size_t)x->n + 1;
    x->tag = fsc_arena_alloc(x->scratch, n * sizeof *x->tag);
    x->after = FSC_NEW_N(x->scratch, uint16_t, n);
    x->look = fsc_arena_alloc(x->scratch, (n / 64 + 1) * sizeof *x->look);
    x->cover = fsc_arena_alloc(x->scratch, n * sizeof *x->cover);
    if (!x->tag || !x->after || !x->look || !x->cover)
        return fsc_err_nomem(err);
    memset(x->cover, 0xFF, n * sizeof *x->cover);
    x->tag[x->n] = 0;
    tag_types(x);
    bool ok = place_sentences(x) && tag_hits(x) && find_gaps(x) &&
              fsc_voice_places(x, &x->cue_at, x->cue.data ? &x->cue.data->first : NULL, sizeof *x->cue.data, x->cue.len);
    return ok ? FSC_OK : fsc_err_nomem(err);
}
