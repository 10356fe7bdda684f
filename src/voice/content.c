#include "voice/form_p.h"

// How far a content reaches. Contents are clauses at the level of the cue, cut where another clause of the writer's own
// begins. Walks are bounded; a content never passes its sentence.

#define MOST_CONTENT 160
#define LOOK_AHEAD 32 // words, for cues: most contents are shorter

bool fsc_voice_breaks_with(const fsc_vx *x, uint32_t w)
{
    if (!(x->tag[w] & (T_COORD | T_SUB)))
        return false;
    uint64_t form = fsc_vx_form(x, w);
    return form == FSC_FORM("but") || form == FSC_FORM("yet") || form == FSC_FORM("nor") || form == FSC_FORM("while") ||
           form == FSC_FORM("although") || form == FSC_FORM("though") || form == FSC_FORM("whereas");
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
    if (!c || c->first - start > 16 || fsc_vx_level(x, c->first) != fsc_vx_level(x, q))
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
    if (c->participle && l == FSC_NONE) // Promising to cut the tax, Lee won
        return true;
    if (c->kind == CUE_NOUN)
        return opens_with_preposition(x, l);
    if (l != FSC_NONE && (x->tag[l] & T_DET))
        l = fsc_vx_left(x, l);
    // "the outage, which the firm blamed on an update, lasted"
    if (l != FSC_NONE && !fsc_vx_named(x, l) && (x->tag[l] & T_REL) && fsc_vx_left(x, l) != FSC_NONE &&
        (x->after[fsc_vx_left(x, l)] & P_COMMA))
        return true;
    return l != FSC_NONE && (x->tag[l] & T_SUB) && (fsc_vx_left(x, l) == FSC_NONE || (x->after[l - 1] & P_COMMA));
}

// ", a move that ranchers have sought": the writer sums up what came before.
static bool is_summary(const fsc_vx *x, uint32_t q)
{
    if (q + 2 >= x->n || !(x->tag[q + 2] & (T_THAT | T_REL | T_WH)))
        return false;
    uint64_t form = fsc_vx_form(x, q);
    return (form == FSC_FORM("a") || form == FSC_FORM("an")) && !fsc_vx_ends_sentence(x, q) && !fsc_vx_ends_sentence(x, q + 1);
}

// The verb at q belongs to a subject that stands before the cue: "aides who hope to win | said". Then the content of
// the cue ends before it.
static bool resumes(const fsc_vx *x, const fsc_vcue *c, uint32_t q, size_t *at)
{
    const fsc_vcue *d = next_cue(x, q, at);
    if (!d || d->kind != CUE_VERB || d->group != q || d->participle || d->infinitive ||
        fsc_vx_level(x, q) != fsc_vx_level(x, c->first))
        return false;
    return d->source != FSC_NONE && d->left < c->first;
}

// No word before this one, from q on, may resume the subject of c. *at: next cue, only moves on.
static uint32_t resumes_from(const fsc_vx *x, const fsc_vcue *c, uint32_t q, size_t *at)
{
    while (*at < x->cue.len && x->cue.data[*at].first < q)
        ++*at;
    uint32_t from = FSC_NONE;
    for (; *at < x->cue.len; ++*at) {
        const fsc_vcue *d = &x->cue.data[*at];
        from = d->group;
        if (d->first > q + LOOK_AHEAD || (d->kind == CUE_VERB && d->left < c->first))
            break;
    }
    return from;
}

// Behind a comma a finite verb without a subject takes up the clause around the cue: "the plan, which critics say would
// fail, is dead". Not behind a second comma: that only closed an apposition.
static bool takes_up(const fsc_vx *x, uint32_t q)
{
    return (x->tag[q] & (T_BE | T_AUX)) && !(x->tag[q] & T_PRONOUN) && !fsc_voice_is_participle(x, q);
}

// "that" with a phrase or clause before its subject: that based on its records, the fund was short.
static bool opens_inner(const fsc_vx *x, uint32_t w, uint32_t q)
{
    bool that = (x->tag[w] & T_THAT) && !fsc_vx_named(x, w);
    return that && ((x->tag[q] & (T_PREP | T_SUB | T_WH)) || fsc_voice_is_participle(x, q)) &&
           !fsc_vx_named(x, q);
}

// "called him a liar and hung up": behind "and" a verb of the writer's own.
static bool opens_verb(const fsc_vx *x, uint32_t w)
{
    if (w == FSC_NONE || fsc_vx_named(x, w))
        return false;
    return (x->tag[w] & (T_FINITE | T_AUX | T_BE | T_CUEVERB)) || fsc_voice_ends_in(x, w, "ed");
}

// Where a walk through a content stands.
typedef struct reach {
    size_t cue;       // next cue
    size_t next;      // next cue that may resume
    uint32_t resume;  // no word before this one takes up the subject of the cue
    unsigned commas;  // seen so far
    bool subordinate; // the cue's own clause ends at the next comma
    bool inner;       // the next comma only closes what stands before the subject
} reach;

// Where no comma stands, only "and" or a phrase may lead to another attribution: "... and officials say", "... according to".
static bool may_lead(const fsc_vx *x, uint32_t q)
{
    uint64_t tag = x->tag[q];
    return (tag & T_COORD) || ((tag & T_PHRASE) && (tag & T_PREP));
}

static bool that_goes_on(const fsc_vx *x, uint32_t q)
{
    return q + 1 < x->n && (x->tag[q + 1] & (T_THAT | T_TO));
}

// Does the content end between words with nothing between them? q is the one behind.
static bool ends_before(const fsc_vx *x, const fsc_vcue *c, uint32_t q, reach *r)
{
    if (q >= r->resume && resumes(x, c, q, &r->cue))
        return true;
    if (!may_lead(x, q))
        return false;
    if (c->phrase && (x->tag[q] & T_COORD) && opens_verb(x, fsc_vx_right(x, q)))
        return true;
    return !that_goes_on(x, q) && attribution_at(x, q, &r->cue, false);
}

// Does the content end between w and its right neighbour q?
static bool ends_between(const fsc_vx *x, const fsc_vcue *c, uint32_t w, uint32_t q, reach *r)
{
    unsigned p = fsc_vx_between(x, w, q);
    if (!p)
        return ends_before(x, c, q, r);
    bool comma = p & (P_COMMA | P_DASH);
    if ((p & P_SEMICOLON) || (c->kind == CUE_NOUN && (p & P_DASH)))
        return true;
    // "the paper, citing a friend, said"
    if (comma && c->participle && resumes(x, c, q, &r->cue))
        return true;
    if (c->phrase && (x->tag[q] & T_COORD) && opens_verb(x, fsc_vx_right(x, q)))
        return true;
    // that, in such weather, ...
    bool opens = comma && (x->tag[w] & T_THAT) && !fsc_vx_named(x, w);
    bool inner = comma && r->inner;
    r->inner = opens || (!comma && r->inner);
    if (inner || opens)
        return false;
    if (comma && (r->subordinate || c->relative))
        return true;
    if (comma && (is_summary(x, q) || (r->commas == 0 && takes_up(x, q))))
        return true;
    r->commas += comma;
    if (!(comma || may_lead(x, q)) || that_goes_on(x, q))
        return false;
    return (comma && fsc_voice_breaks_with(x, q)) || attribution_at(x, q, &r->cue, comma);
}

// A verb stands before the noun at w in its clause: the noun is no subject.
bool fsc_voice_is_object(const fsc_vx *x, uint32_t w)
{
    for (unsigned i = 0; i < 12; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || (x->after[l] & P_CLAUSE) || (x->tag[l] & (T_SUB | T_REL | T_THAT)))
            return false;
        bool verb = (x->tag[l] & (T_FINITE | T_BE | T_AUX)) || fsc_voice_ends_in(x, l, "ed");
        if (verb && !fsc_vx_named(x, l))
            return true;
        w = l;
    }
    return false;
}

// "the claim that the vote was fair | is false": the verb at q belongs to the noun, as the clause has one already, or
// is long without one that is known. `words`: of the clause so far.
static bool ends_subject_clause(const fsc_vx *x, uint32_t w, uint32_t q, unsigned words, bool verb)
{
    bool here = (x->tag[q] & (T_BE | T_AUX | T_FINITE)) && !(x->tag[q] & T_PRONOUN) && !fsc_vx_named(x, q);
    bool joined = x->tag[w] & (T_BE | T_AUX | T_NEG | T_ADV | T_TO | T_COORD | T_PRONOUN | T_REL | T_WH);
    return here && !joined && (verb || words > 4);
}

// "are not sure why, and the records are gone": a question word alone is the whole content; "why, and how, it broke".
static bool is_lone_question(const fsc_vx *x, uint32_t w, uint32_t q)
{
    return (x->tag[w] & T_WH) && (fsc_vx_between(x, w, q) & P_COMMA) && (x->tag[q] & T_COORD) &&
           q + 1 < x->n && !(x->tag[q + 1] & T_WH);
}

// What words may tell of a content: of any, and of one that a noun has.
#define TELLS (T_COORD | T_PHRASE)
#define TELLS_NOUN (TELLS | T_PREP | T_BE | T_AUX | T_FINITE | T_REL | T_WH)

// Where nothing can end the content: from w over words that only go on, with nothing before them and none that tells, before word `end`.
static uint32_t go_on(const fsc_vx *x, uint32_t w, uint32_t end, uint64_t tells)
{
    while (w + 1 < end && !(x->tag[w] & (T_LAST | T_ENDS | T_THAT)) && !x->after[w] && !(x->tag[w + 1] & tells))
        w++;
    return w;
}

// The same for any content, with `end` for the words that are looked at and `stop` for how far it may go. Many contents lie over each other
// where a text has little but verbs of saying, so what the last one saw is kept.
static uint32_t go_on_again(fsc_vx *x, uint32_t w, uint32_t end, uint32_t stop)
{
    fsc_stretch *calm = &x->calm;
    if (w + 1 >= stop)
        return w;
    if (w < calm->first || w > calm->last)
        *calm = (fsc_stretch){w, w};
    if (calm->last < end)
        calm->last = go_on(x, calm->last, end, TELLS);
    return calm->last < stop ? calm->last : stop - 1;
}

// Last word of the content that starts at w.
uint32_t fsc_voice_content_end(fsc_vx *x, const fsc_vcue *c, uint32_t w)
{
    size_t next = (size_t)(c - x->cue.data) + 1;
    reach r = {.cue = next, .next = next, .resume = w + 1, .subordinate = in_subordinate(x, c)};
    r.inner = (x->tag[w] & T_SUB) && !(x->tag[w] & T_WH);
    bool subject = c->kind == CUE_NOUN && (x->tag[w] & T_THAT) && !fsc_voice_is_object(x, c->first);
    bool met = false, phrase = false;
    for (unsigned i = 0; i < MOST_CONTENT; i++) {
        uint32_t end = w + MOST_CONTENT - i + 1;
        uint32_t stop = end < r.resume ? end : r.resume;
        uint32_t on = c->kind == CUE_NOUN ? go_on(x, w, stop, TELLS_NOUN) : go_on_again(x, w, end, stop);
        i += on - w;
        w = on;
        if (i == MOST_CONTENT)
            return w;
        uint32_t q = fsc_vx_right(x, w);
        if (q == FSC_NONE || (i == 0 && is_lone_question(x, w, q)))
            return w;
        if (subject && !phrase && ends_subject_clause(x, w, q, i + 1, met))
            return w;
        met = met || (x->tag[q] & (T_BE | T_AUX | T_FINITE));
        phrase = phrase || (!met && (x->tag[q] & (T_PREP | T_REL | T_WH)));
        // "the claim that it failed is false"
        bool verb = c->kind == CUE_NOUN && i > 1 && (x->tag[q] & (T_BE | T_AUX)) && fsc_voice_is_participle(x, w);
        if ((verb && !fsc_vx_between(x, w, q)) || ends_between(x, c, w, q, &r))
            return w;
        r.inner = r.inner || opens_inner(x, w, q);
        if (q >= r.resume)
            r.resume = resumes_from(x, c, q + 1, &r.next);
        w = q;
    }
    return w;
}

// DUBAI, United Arab Emirates -- the words up to p, before a dash, only say where the text was written.
bool fsc_voice_is_dateline(const fsc_vx *x, uint32_t p)
{
    uint32_t first = p, i = 0;
    for (uint32_t l; i < 7 && (l = fsc_vx_left(x, first)) != FSC_NONE; i++)
        first = l;
    return i < 7 && (fsc_vx_flags(x, first) & FSC_WORD_UPPER) &&
           x->text->word[first].end - x->text->word[first].start > 3;
}

// First word of the clause that ends in w, for content that stands before its attribution.
uint32_t fsc_voice_content_start(const fsc_vx *x, uint32_t w)
{
    for (unsigned i = 0; i < MOST_CONTENT; i++) {
        uint32_t p = fsc_vx_left(x, w);
        if (p == FSC_NONE)
            break;
        unsigned between = fsc_vx_between(x, p, w);
        if (between & (P_SEMICOLON | P_COLON))
            break;
        if ((between & P_DASH) && fsc_voice_is_dateline(x, p))
            break;
        bool breaks = (x->tag[w] & T_COORD) && fsc_vx_form(x, w) != FSC_FORM("or") && fsc_voice_np_starts(x, w + 1);
        if ((between & (P_COMMA | P_DASH)) && (breaks || fsc_voice_breaks_with(x, w)))
            break;
        w = p;
    }
    while (x->tag[w] & (T_COORD) && !fsc_vx_named(x, w) && fsc_vx_right(x, w) != FSC_NONE)
        w = fsc_vx_right(x, w);
    return w;
}
