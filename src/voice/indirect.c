#include "voice/voice_p.h"

// Indirect speech: which words each cue governs. Contents are clauses at the level of the cue, cut where another clause
// of the writer's own begins. Walks are bounded; a content never passes its sentence.

#define MOST_CONTENT 160
#define MOST_TO_THAT 14

static bool is_word(const fsc_vx *x, uint32_t w, const char *form)
{
    return fsc_view_eq_nocase(fsc_voice_words(x, w, w + 1), fsc_view_cstr(form));
}

static bool any_word(const fsc_vx *x, uint32_t w, const char *const *forms)
{
    for (; *forms; forms++)
        if (is_word(x, w, *forms))
            return true;
    return false;
}

static bool breaks_with(const fsc_vx *x, uint32_t w)
{
    static const char *const words[] = {"but", "yet", "nor", "while", "although", "though", "whereas", NULL};
    return (x->tag[w] & (T_COORD | T_SUB)) && any_word(x, w, words);
}

// Next cue at or behind word w; cues are in text order, *at only moves on.
static const fsc_vcue *next_cue(const fsc_vx *x, uint32_t w, size_t *at)
{
    while (*at < x->cue.len && (x->cue.data[*at].first < w || x->cue.data[*at].kind == CUE_NONE))
        ++*at;
    return *at < x->cue.len ? &x->cue.data[*at] : NULL;
}

// Behind punctuation at q another attribution begins: "..., critics say", "..., adding that", "..., according to".
static bool attribution_at(const fsc_vx *x, uint32_t q, size_t *at, bool comma)
{
    bool coord = x->tag[q] & T_COORD;
    uint32_t start = coord ? q + 1 : q;
    const fsc_vcue *c = next_cue(x, start, at);
    if (!c || c->first - start > 16 || x->level[c->first] != x->level[q])
        return false;
    if (c->kind == CUE_PHRASE)
        return c->first == start;
    if (c->kind != CUE_VERB || !(comma || coord))
        return false;
    if (c->participle && c->first == start)
        return comma || coord;
    if (!comma)
        return c->first == start || c->group == start;
    return c->left == start && (c->source != FSC_NONE || c->first > start);
}

// "Despite warnings that the ice was thin, dozens crossed": l is the word before the noun.
static bool opens_with_preposition(const fsc_vx *x, uint32_t l)
{
    for (unsigned i = 0; i < 4 && l != FSC_NONE; i++) {
        uint32_t before = fsc_vx_left(x, l);
        if (before == FSC_NONE)
            return x->tag[l] & (T_PREP | T_SUB);
        if (x->after[before] & P_CLAUSE)
            return false;
        l = before;
    }
    return false;
}

// Does the clause of the cue open with while, although, despite ...? Then its content ends at the next comma.
static bool in_subordinate(const fsc_vx *x, const fsc_vcue *c)
{
    uint32_t l = c->left == FSC_NONE || c->left >= x->n ? FSC_NONE : fsc_vx_left(x, c->left);
    if (c->kind == CUE_NOUN)
        return opens_with_preposition(x, l);
    if (l != FSC_NONE && (x->tag[l] & T_DET))
        l = fsc_vx_left(x, l);
    // "the outage, which the firm blamed on an update, lasted"
    if (l != FSC_NONE && x->name_of[l] == FSC_NONE && (x->tag[l] & T_REL) && fsc_vx_left(x, l) != FSC_NONE &&
        (x->after[fsc_vx_left(x, l)] & P_COMMA))
        return true;
    return l != FSC_NONE && (x->tag[l] & T_SUB) && (fsc_vx_left(x, l) == FSC_NONE || (x->after[l - 1] & P_COMMA));
}

static bool is_participle(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    const char *end = x->text->bytes.data + word->end;
    return word->end - word->start > 4 && (memcmp(end - 3, "ing", 3) == 0 || memcmp(end - 2, "ed", 2) == 0);
}

// ", a move that ranchers have sought": the writer sums up what came before.
static bool is_summary(const fsc_vx *x, uint32_t q)
{
    static const char *const articles[] = {"a", "an", NULL};
    return any_word(x, q, articles) && q + 2 < x->n && (x->tag[q + 2] & (T_THAT | T_REL | T_WH)) &&
           !fsc_vx_ends_sentence(x, q) && !fsc_vx_ends_sentence(x, q + 1);
}

// Last word of the content that starts at w.
static uint32_t content_end(const fsc_vx *x, const fsc_vcue *c, uint32_t w)
{
    size_t at = (size_t)(c - x->cue.data) + 1;
    bool subordinate = in_subordinate(x, c);
    for (unsigned i = 0; i < MOST_CONTENT; i++) {
        uint32_t q = fsc_vx_right(x, w);
        if (q == FSC_NONE)
            return w;
        unsigned p = fsc_vx_between(x, w, q);
        bool comma = p & (P_COMMA | P_DASH);
        if ((p & P_SEMICOLON) || (c->kind == CUE_NOUN && (p & P_DASH)))
            return w;
        if (comma && (subordinate || c->relative))
            return w;
        if (c->kind == CUE_NOUN && i > 1 && (x->tag[q] & (T_BE | T_AUX)) && !p && is_participle(x, w))
            return w;
        if (comma && is_summary(x, q))
            return w;
        bool that_goes_on = q + 1 < x->n && (x->tag[q + 1] & (T_THAT | T_TO));
        if (comma && breaks_with(x, q) && !that_goes_on)
            return w;
        if ((comma || (x->tag[q] & (T_COORD | T_PREP))) && !that_goes_on && attribution_at(x, q, &at, comma))
            return w;
        w = q;
    }
    return w;
}

// DUBAI, United Arab Emirates -- the words up to p, before a dash, only say where the text was written.
static bool is_dateline(const fsc_vx *x, uint32_t p)
{
    uint32_t first = p, i = 0;
    for (uint32_t l; i < 7 && (l = fsc_vx_left(x, first)) != FSC_NONE; i++)
        first = l;
    return i < 7 && (fsc_vx_flags(x, first) & FSC_WORD_UPPER) &&
           x->text->word[first].end - x->text->word[first].start > 3;
}

// First word of the clause that ends in w, for content that stands before its attribution.
static uint32_t content_start(const fsc_vx *x, uint32_t w)
{
    for (unsigned i = 0; i < MOST_CONTENT; i++) {
        uint32_t p = fsc_vx_left(x, w);
        if (p == FSC_NONE)
            break;
        unsigned between = fsc_vx_between(x, p, w);
        if (between & (P_SEMICOLON | P_COLON))
            break;
        if ((between & P_DASH) && is_dateline(x, p))
            break;
        bool breaks = (x->tag[w] & T_COORD) && !is_word(x, w, "or") && fsc_voice_np_starts(x, w + 1);
        if ((between & (P_COMMA | P_DASH)) && (breaks || breaks_with(x, w)))
            break;
        w = p;
    }
    while (x->tag[w] & (T_COORD) && x->name_of[w] == FSC_NONE && fsc_vx_right(x, w) != FSC_NONE)
        w = fsc_vx_right(x, w);
    return w;
}

// The quotation that follows word w directly, inside its sentence.
static uint32_t quote_behind(const fsc_vx *x, uint32_t w)
{
    if (w + 1 >= x->n || fsc_vx_ends_sentence(x, w) || x->level[w + 1] == x->level[w])
        return FSC_NONE;
    uint32_t q = x->level[w + 1];
    while (q != FSC_NONE && x->quote.data[q].parent != x->level[w])
        q = x->quote.data[q].parent;
    return q != FSC_NONE && x->quote.data[q].first_word == w + 1 ? q : FSC_NONE;
}

static uint32_t quote_before(const fsc_vx *x, uint32_t w)
{
    if (w == 0 || x->level[w - 1] == x->level[w] || (x->after[w - 1] & P_PARAGRAPH))
        return FSC_NONE;
    uint32_t q = x->level[w - 1];
    while (q != FSC_NONE && x->quote.data[q].parent != x->level[w])
        q = x->quote.data[q].parent;
    return q != FSC_NONE && x->quote.data[q].end_word == w ? q : FSC_NONE;
}

// Adds indirect speech over words [first, last], quotations at its borders included.
static bool add_content(fsc_vx *x, fsc_vcue *c, uint32_t first, uint32_t last)
{
    if (first == FSC_NONE || last == FSC_NONE || last < first)
        return true;
    fsc_span span = {x->text->word[first].start, x->text->word[last].end};
    uint32_t q = quote_before(x, first), index = (uint32_t)(c - x->cue.data);
    if (q != FSC_NONE && first <= c->first && !(x->after[first - 1] & (P_COMMA | P_STOP | P_ASK | P_COLON))) {
        span.start = x->quote.data[q].start;
        x->quote.data[q].inside = index;
    }
    q = quote_behind(x, last);
    if (q != FSC_NONE && !(x->after[last] & (P_COLON | P_COMMA))) {
        span.end = x->quote.data[q].end;
        x->quote.data[q].inside = index;
    }
    // 10% and $5 are whole with their signs
    fsc_view bytes = x->text->bytes;
    if (span.end < bytes.len && bytes.data[span.end] == '%')
        span.end++;
    if (span.start > 0 && bytes.data[span.start - 1] == '$')
        span.start--;
    // along the level only: what is quoted inside finds the content by the words around it
    for (uint32_t w = first; w != FSC_NONE && w <= last; w = x->next[w])
        x->cover[w] = index;
    c->used = true;
    return fsc_voice_add_speech(x, FSC_SPEECH_INDIRECT, span, c->source, fsc_voice_span(x, c->first, c->end));
}

static bool add_right(fsc_vx *x, fsc_vcue *c, uint32_t first)
{
    return first == FSC_NONE || add_content(x, c, first, content_end(x, c, first));
}

// A verb stands within the next words: what follows is a clause, not a bare noun phrase.
static bool has_verb(const fsc_vx *x, uint32_t w, uint32_t last)
{
    for (unsigned i = 0; i < 16 && w != FSC_NONE && w <= last; i++) {
        const fsc_vcue *c = x->cue_of[w] == FSC_NONE ? NULL : &x->cue.data[x->cue_of[w]];
        bool verb = (x->tag[w] & (T_BE | T_AUX | T_FINITE)) || (c && c->kind == CUE_VERB && !c->participle);
        if (verb && x->name_of[w] == FSC_NONE && (i > 0 || (x->tag[w] & T_PRONOUN)))
            return true;
        const fsc_word *word = &x->text->word[w];
        bool past = word->end - word->start > 4 && memcmp(x->text->bytes.data + word->end - 2, "ed", 2) == 0;
        if (i > 0 && past && x->name_of[w] == FSC_NONE)
            return true;
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & (P_SEMICOLON | P_COLON)) || (x->tag[r] & (T_THAT | T_REL)))
            return false;
        bool clause_ends = fsc_vx_between(x, w, r) & P_COMMA;
        if (clause_ends || ((x->tag[w] & T_COORD) && (x->tag[r] & (T_CUEVERB | T_FINITE))))
            return false;
        // a pronoun as subject is followed by a verb whatever its form
        if (i == 0 && (x->tag[w] & T_PRONOUN) && !(x->tag[w] & T_POSS) && !(x->tag[r] & (T_PREP | T_COORD | T_DATE)))
            return fsc_vx_right(x, r) != FSC_NONE || !(x->tag[r] & T_ADV);
        w = r;
    }
    return false;
}

static uint32_t skip_adjuncts(const fsc_vx *x, uint32_t w)
{
    while (w != FSC_NONE && (x->tag[w] & (T_DATE | T_ADV)) && !(x->tag[w] & (T_DET | T_NEG)) &&
           x->name_of[w] == FSC_NONE) {
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & P_CLAUSE))
            return FSC_NONE;
        w = r;
    }
    return w;
}

static bool is_closed(const fsc_vx *x, uint32_t w)
{
    bool sub = (x->tag[w] & T_SUB) && !(x->tag[w] & T_PREP);
    return (sub || (x->tag[w] & (T_BE | T_AUX | T_REL | T_FINITE))) && x->name_of[w] == FSC_NONE;
}

// "that" behind the cue, over adverbs, dates, phrases with prepositions and (told) an addressee.
static uint32_t find_that(const fsc_vx *x, const fsc_vcue *c, uint32_t w)
{
    bool open = c->frame & F_ADDRESSEE || c->kind == CUE_NOUN || (x->tag[w] & (T_PREP | T_DATE | T_ADV | T_TO));
    for (unsigned i = 0; w != FSC_NONE && i < MOST_TO_THAT; i++) {
        uint32_t r = fsc_vx_right(x, w);
        if ((x->tag[w] & T_THAT) && x->name_of[w] == FSC_NONE)
            return r != FSC_NONE && !(x->after[w] & P_CLAUSE) && !(i > 0 && (x->tag[fsc_vx_left(x, w)] & T_PREP))
                       ? w
                       : FSC_NONE;
        bool other = i > 0 && x->cue_of[w] != FSC_NONE && x->cue.data[x->cue_of[w]].kind == CUE_VERB;
        if (!open || other || (is_closed(x, w) && !((c->frame & F_ADDRESSEE) && (x->tag[w] & T_REL))))
            return FSC_NONE;
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & (P_COMMA | P_SEMICOLON | P_COLON | P_DASH)))
            return FSC_NONE;
        w = r;
    }
    return FSC_NONE;
}

// One of the words (as, of, for, to, with, on) behind the cue within its clause.
static uint32_t find_word(const fsc_vx *x, uint32_t w, const char *const *forms)
{
    for (unsigned i = 0; w != FSC_NONE && i < MOST_TO_THAT; i++) {
        if (any_word(x, w, forms) && x->name_of[w] == FSC_NONE)
            return w;
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & (P_SEMICOLON | P_COLON | P_COMMA)))
            return FSC_NONE;
        w = r;
    }
    return FSC_NONE;
}

// Content before the attribution: "..., officials said." With a comma behind too it goes on: "The plan, she said,
// failed."
static bool add_left(fsc_vx *x, fsc_vcue *c)
{
    uint32_t from = c->left;
    uint32_t l = fsc_vx_left(x, from);
    if (l == FSC_NONE || c->source == FSC_NONE || c->participle || c->relative || c->passive || c->infinitive ||
        !(c->frame & (F_BARE | F_QUOTE)))
        return true;
    unsigned p = fsc_vx_between(x, l, from);
    bool set_off = (p & P_COMMA) || ((p & P_DASH) && c->right == FSC_NONE);
    if (!set_off || quote_before(x, from) != FSC_NONE || quote_behind(x, c->end - 1) != FSC_NONE)
        return true;
    uint32_t start = content_start(x, l);
    // "On Tuesday, Smith said": no content unless it goes on: "In May, officials say, rents rose"
    bool adjunct = (x->tag[start] & (T_PREP | T_SUB)) && !has_verb(x, start, l);
    if (adjunct && (c->right == FSC_NONE || c->right != c->end || !(x->after[c->end - 1] & P_COMMA)))
        return true;
    if (x->name_of[start] != FSC_NONE && x->name.data[x->name_of[start]].end > l)
        return true;
    if (!add_content(x, c, start, l))
        return false;
    uint32_t r = c->right;
    if (r == FSC_NONE || c->inverted || breaks_with(x, r) || (x->tag[r] & (T_COORD | T_REL)) ||
        ((x->tag[r] & T_PREP) && !(x->tag[r] & T_SUB)) || !(fsc_vx_between(x, fsc_vx_left(x, r), r) & P_COMMA))
        return true;
    const fsc_vcue *next = x->cue_of[r] == FSC_NONE ? NULL : &x->cue.data[x->cue_of[r]];
    return (next && next->participle) || add_right(x, c, r);
}

static bool add_object(fsc_vx *x, fsc_vcue *c, uint32_t r)
{
    static const char *const as[] = {"as", NULL}, *const of[] = {"of", NULL}, *const for_[] = {"for", "over", NULL};
    uint32_t w;
    if ((c->frame & F_AS) && (w = find_word(x, r, as)) != FSC_NONE)
        return quote_behind(x, w) != FSC_NONE || add_right(x, c, fsc_vx_right(x, w));
    if ((c->frame & F_OF) && find_word(x, r, of) != FSC_NONE)
        return add_right(x, c, r);
    if ((c->frame & F_FOR) && find_word(x, r, for_) != FSC_NONE)
        return add_right(x, c, r);
    if (c->frame & F_NAME) {
        uint32_t l = fsc_vx_left(x, c->left);
        bool what = l != FSC_NONE && is_word(x, l, "what");
        uint32_t end = fsc_voice_np_end(x, r, 5);
        uint32_t second =
            end > r && end < x->n && fsc_vx_right(x, end - 1) == end && !x->after[end - 1] ? end : FSC_NONE;
        if (what || c->passive)
            return add_right(x, c, r);
        // "calls the practice modern-day slavery": an article and a noun, then the name
        bool article = (x->tag[r] & (T_DET | T_POSS)) && end - r > 2 && quote_behind(x, end - 1) == FSC_NONE;
        if (second == FSC_NONE && article && fsc_vx_right(x, r + 1) == r + 2)
            return add_right(x, c, r + 2);
        return second == FSC_NONE || (x->tag[second] & (T_PREP | T_COORD | T_SUB | T_DATE)) || add_right(x, c, second);
    }
    return !(c->frame & F_OBJECT) || !fsc_voice_np_starts(x, r) || c->passive || add_right(x, c, r);
}

// told her that, urged him to, told reporters the plan had failed
static bool add_behind_addressee(fsc_vx *x, fsc_vcue *c, uint32_t r, bool *done)
{
    uint32_t end = fsc_voice_np_end(x, r, 10);
    *done = false;
    if (end <= r || c->passive)
        return true;
    uint32_t w = fsc_vx_right(x, end - 1);
    if (w != FSC_NONE && !(fsc_vx_between(x, end - 1, w) & P_CLAUSE)) {
        w = skip_adjuncts(x, w);
        bool opens =
            w != FSC_NONE && (((x->tag[w] & T_TO) && (c->frame & F_TO)) ||
                              ((x->tag[w] & T_WH) && !(x->tag[w] & T_REL) && (c->frame & F_WH)) ||
                              ((c->frame & F_BARE) && fsc_voice_np_starts(x, w) && has_verb(x, w, FSC_NONE - 1)));
        if (opens) {
            *done = true;
            return add_right(x, c, w);
        }
    }
    // the clause told stands before: "Arrests were down, she told Axios."
    bool ends =
        w == FSC_NONE || (fsc_vx_between(x, end - 1, w) & P_CLAUSE) || (x->tag[w] & (T_PREP | T_DATE | T_ADV | T_SUB));
    if (!ends)
        return true;
    *done = true;
    c->right = w;
    return add_left(x, c);
}

// The asserted link with its verb: "credited the new policy for the decline".
static bool add_cause(fsc_vx *x, fsc_vcue *c, uint32_t r)
{
    static const char *const links[] = {"for", "with", "on", "to", NULL};
    if (find_word(x, r, links) == FSC_NONE && !(c->frame & F_OBJECT))
        return true;
    return add_content(x, c, c->first, content_end(x, c, r));
}

// reported being detained, denied taking part
static bool is_gerund(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    if (word->end - word->start < 5 || memcmp(x->text->bytes.data + word->end - 3, "ing", 3) != 0 ||
        x->name_of[w] != FSC_NONE || (x->tag[w] & T_ONE))
        return false;
    // not "existing tariffs"
    uint32_t r = fsc_vx_right(x, w);
    return r == FSC_NONE || x->name_of[r] != FSC_NONE || (x->tag[w] & T_BE) || (x->tag[r] & (T_FUNCTION | T_NUMERAL));
}

// Does a clause start at w? With a verb in sight, or behind a verb that takes no bare object, with an article and
// length.
static bool is_clause(const fsc_vx *x, const fsc_vcue *c, uint32_t w)
{
    // "a move that critics say will fail"
    if (x->tag[w] & (T_AUX | T_BE) && !(x->tag[w] & T_PRONOUN) && !(c->frame & F_NOUN))
        return true;
    if (!fsc_voice_np_starts(x, w))
        return false;
    if (has_verb(x, w, FSC_NONE - 1))
        return true;
    uint32_t at = w;
    unsigned words = 1;
    for (; words < 4; words++) {
        uint32_t r = fsc_vx_right(x, at);
        if (r == FSC_NONE || (fsc_vx_between(x, at, r) & P_CLAUSE))
            break;
        at = r;
    }
    bool subject = (x->tag[w] & (T_DET | T_POSS | T_GROUPROLE | T_GROUP)) || x->name_of[w] != FSC_NONE;
    return words == 4 && !(c->frame & (F_OBJECT | F_NOUN)) && subject;
}

// "said on Monday they had met", "said in a statement the plan had failed": the clause behind a phrase of place or
// time.
static uint32_t behind_phrase(const fsc_vx *x, uint32_t r)
{
    static const char *const preps[] = {"on", "in", "at", "during", "after", "before", "from", "outside", NULL};
    if (!any_word(x, r, preps) || r + 1 >= x->n || fsc_vx_right(x, r) != r + 1)
        return FSC_NONE;
    uint32_t end = x->tag[r + 1] & (T_DATE | T_MONTH) ? r + 2 : fsc_voice_np_end(x, r + 1, 6);
    if (end <= r + 1 || end >= x->n || fsc_vx_right(x, end - 1) != end || x->after[end - 1])
        return FSC_NONE;
    bool subject = (x->tag[end] & (T_PRONOUN | T_DET | T_POSS | T_GROUPROLE)) || x->name_of[end] != FSC_NONE;
    return subject ? end : FSC_NONE;
}

// A plural rather than a verb: supervisors, not discuss.
static bool ends_in_s(const fsc_vx *x, uint32_t w)
{
    fsc_view v = fsc_voice_words(x, w, w + 1);
    return v.len > 3 && v.data[v.len - 1] == 's' && v.data[v.len - 2] != 's';
}

// "As the governor noted, the state ..." and "..., as the governor noted."; false: no such clause.
static uint32_t as_before(const fsc_vx *x, const fsc_vcue *c)
{
    return c->left >= x->n || is_word(x, c->left, "as") ? c->left : fsc_vx_left(x, c->left);
}

static bool is_aside(const fsc_vx *x, const fsc_vcue *c)
{
    uint32_t as = as_before(x, c);
    if (as >= x->n || !is_word(x, as, "as") || x->name_of[as] != FSC_NONE || !(c->frame & (F_THAT | F_BARE)))
        return false;
    if (quote_behind(x, c->end - 1) != FSC_NONE)
        return false;
    return c->right == FSC_NONE || (c->right == c->end && (x->after[c->end - 1] & P_COMMA));
}

static bool add_aside(fsc_vx *x, fsc_vcue *c)
{
    uint32_t as = as_before(x, c), l = fsc_vx_left(x, as);
    if (l == FSC_NONE)
        return add_right(x, c, c->right);
    if (!(x->after[l] & P_COMMA) || quote_before(x, as) != FSC_NONE)
        return true;
    return add_content(x, c, content_start(x, l), l) &&
           (c->right == FSC_NONE || breaks_with(x, c->right) || add_right(x, c, c->right));
}

// "to" with a verb behind it, not "to supervisors", "to the board".
static bool is_infinitive(const fsc_vx *x, uint32_t r)
{
    return (x->tag[r] & T_TO) && fsc_vx_right(x, r) == r + 1 && x->name_of[r + 1] == FSC_NONE &&
           !(x->tag[r + 1] & (T_DET | T_POSS | T_PRONOUN | T_GROUPROLE)) && !ends_in_s(x, r + 1);
}

static bool verb_content(fsc_vx *x, fsc_vcue *c)
{
    if (is_aside(x, c))
        return add_aside(x, c);
    // "a plan revealed hours before": a participle without anybody
    bool that = c->right != FSC_NONE && (x->tag[c->right] & T_THAT);
    if (!that && c->source == FSC_NONE && !c->passive && !c->infinitive && is_participle(x, c->first) &&
        !c->participle && c->left == c->first)
        return true;
    uint32_t r = c->right, last = c->inverted && r != FSC_NONE ? fsc_vx_left(x, r) : c->end - 1;
    unsigned p = r == FSC_NONE || last == FSC_NONE ? P_STOP : fsc_vx_between(x, last, r);
    if (r != FSC_NONE && (p & P_COLON) && quote_behind(x, last) == FSC_NONE && (c->frame & F_QUOTE))
        return add_right(x, c, r);
    if (r == FSC_NONE || c->inverted || (p & P_CLAUSE) || (r != c->end))
        return add_left(x, c);
    if (c->frame & F_CAUSE)
        return add_cause(x, c, r);
    uint32_t w;
    bool infinitive = is_infinitive(x, r);
    if (infinitive && (c->frame & F_TO) && !c->passive)
        return add_right(x, c, r);
    // "learned to live with a law that": no clause of the cue
    infinitive = infinitive && !c->passive;
    if ((c->frame & (F_THAT | F_BARE)) && !infinitive && (w = find_that(x, c, r)) != FSC_NONE)
        return add_right(x, c, w);
    if ((c->frame & F_WH) && (x->tag[r] & T_WH) && !(c->passive && is_word(x, r, "when")))
        return add_right(x, c, r);
    bool said_to = c->passive && (c->frame & F_THAT) && !(c->frame & F_ADDRESSEE);
    if (said_to && is_infinitive(x, r))
        return add_right(x, c, r);
    if (c->frame & F_ADDRESSEE) {
        bool done, ok = add_behind_addressee(x, c, r, &done);
        if (!ok || done)
            return ok;
    }
    w = skip_adjuncts(x, r);
    if ((c->frame & F_BARE) && !(c->frame & F_ADDRESSEE) && w != FSC_NONE && !c->passive && is_clause(x, c, w))
        return add_right(x, c, w);
    w = behind_phrase(x, r);
    if ((c->frame & F_BARE) && !(c->frame & F_ADDRESSEE) && w != FSC_NONE && !c->passive &&
        has_verb(x, w, FSC_NONE - 1))
        return add_right(x, c, w);
    if (c->frame & (F_AS | F_OF | F_FOR | F_NAME | F_OBJECT))
        return add_object(x, c, r);
    if (is_gerund(x, r) && (c->frame & F_THAT))
        return add_right(x, c, r);
    static const char *const topics[] = {"about", "of", "for", NULL};
    bool topic = any_word(x, r, topics);
    return topic || !(x->tag[r] & (T_PREP | T_DATE | T_ADV | T_COORD | T_SUB)) || add_left(x, c);
}

static bool noun_content(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = c->right;
    if (r == FSC_NONE || !(x->tag[r] & T_THAT) ||
        (fsc_vx_between(x, fsc_vx_left(x, r), r) & P_CLAUSE & ~(unsigned)P_DASH))
        return true;
    // "the report that was leaked": a relative clause, not a content
    uint32_t behind = fsc_vx_right(x, r);
    if (behind == FSC_NONE || (x->tag[behind] & (T_BE | T_AUX | T_FINITE) && !(x->tag[behind] & T_PRONOUN)))
        return true;
    return add_right(x, c, r);
}

// According to a paper published on Monday, ...: the word behind the next comma; w when there is none near.
static uint32_t behind_comma(const fsc_vx *x, uint32_t w)
{
    uint32_t at = w;
    for (unsigned i = 0; i < 14; i++) {
        uint32_t r = fsc_vx_right(x, at);
        if (r == FSC_NONE)
            return w;
        if (fsc_vx_between(x, at, r) & P_COMMA)
            return r;
        at = r;
    }
    return w;
}

static bool phrase_content(fsc_vx *x, fsc_vcue *c)
{
    uint32_t l = fsc_vx_left(x, c->first);
    if (!c->source_end)
        return true;
    bool opens = l == FSC_NONE || (x->tag[l] & (T_COORD | T_SUB)) || (x->after[l] & (P_DASH | P_SEMICOLON));
    if (is_word(x, c->first, "per") && (opens || !(x->after[l] & P_COMMA) || x->name_of[c->end] == FSC_NONE)) {
        c->kind = CUE_NONE;
        return true;
    }
    if (!opens && quote_before(x, c->first) == FSC_NONE && !add_content(x, c, content_start(x, l), l))
        return false;
    uint32_t r = c->right;
    if (r == FSC_NONE)
        return true;
    bool comma = fsc_vx_between(x, c->source_end - 1, r) & P_COMMA;
    if (opens) {
        bool apposition = comma && ((x->tag[r] & (T_REL | T_WH)) || is_participle(x, r)) && x->name_of[r] == FSC_NONE;
        return add_right(x, c, comma && !apposition ? r : behind_comma(x, r));
    }
    // in the middle of its clause: "The plan, according to aides, has failed"
    return !comma || !(x->tag[r] & (T_BE | T_AUX | T_FINITE)) || add_right(x, c, r);
}

static bool adjective_content(fsc_vx *x, fsc_vcue *c)
{
    static const char *const preps[] = {"about", "of", "over", NULL};
    uint32_t r = c->right;
    if (c->source == FSC_NONE || r == FSC_NONE || (fsc_vx_between(x, c->end - 1, r) & P_CLAUSE))
        return true;
    if (x->source.data[c->source].pronoun & T_IT)
        return true; // it was not clear how
    bool clause = (x->tag[r] & (T_THAT | T_WH)) ||
                  (!(x->tag[r] & (T_PREP | T_TO)) && fsc_voice_np_starts(x, r) && has_verb(x, r, FSC_NONE - 1));
    if (!clause && !any_word(x, r, preps))
        return true;
    return add_content(x, c, c->group, content_end(x, c, r));
}

int fsc_voice_indirect(fsc_vx *x, fsc_err *err)
{
    for (size_t i = 0; i < x->cue.len; i++) {
        fsc_vcue *c = &x->cue.data[i];
        bool ok = true;
        if (c->kind == CUE_VERB)
            ok = verb_content(x, c);
        else if (c->kind == CUE_NOUN)
            ok = noun_content(x, c);
        else if (c->kind == CUE_PHRASE)
            ok = phrase_content(x, c);
        else if (c->kind == CUE_ADJECTIVE)
            ok = adjective_content(x, c);
        if (!ok)
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}
