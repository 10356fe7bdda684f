#include "voice/form_p.h"

// Indirect speech: where the content of each cue stands. How far it reaches is said in content.c.

#define MOST_TO_THAT 14

// The quotation that follows word w directly, inside its sentence.
static uint32_t quote_behind(const fsc_vx *x, uint32_t w)
{
    if (w + 1 >= x->n || fsc_vx_ends_sentence(x, w) || fsc_vx_level(x, w + 1) == fsc_vx_level(x, w))
        return FSC_NONE;
    uint32_t q = fsc_vx_level(x, w + 1);
    while (q != FSC_NONE && x->quote.data[q].parent != fsc_vx_level(x, w))
        q = x->quote.data[q].parent;
    return q != FSC_NONE && x->quote.data[q].first_word == w + 1 ? q : FSC_NONE;
}

static uint32_t quote_before(const fsc_vx *x, uint32_t w)
{
    if (w == 0 || fsc_vx_level(x, w - 1) == fsc_vx_level(x, w) || (x->after[w - 1] & P_PARAGRAPH))
        return FSC_NONE;
    uint32_t q = fsc_vx_level(x, w - 1);
    while (q != FSC_NONE && x->quote.data[q].parent != fsc_vx_level(x, w))
        q = x->quote.data[q].parent;
    return q != FSC_NONE && x->quote.data[q].end_word == w ? q : FSC_NONE;
}

// Words [first, last] are in the content of a cue. Along the level only: what is quoted inside finds the content by the words around it.
static void cover_words(fsc_vx *x, uint32_t first, uint32_t last, uint32_t cue)
{
    for (uint32_t w = first; w <= last;) {
        const fsc_run *r = fsc_vx_run(x, w);
        uint32_t end = r->end <= last ? r->end : last + 1;
        for (uint32_t *at = x->cover + w, *stop = x->cover + end; at < stop; at++)
            *at = cue;
        w = end == r->end ? r->next : end; // FSC_NONE: behind all words
    }
}

// Adds indirect speech over words [first, last], quotations at its borders included.
static bool add_content(fsc_vx *x, fsc_vcue *c, uint32_t first, uint32_t last)
{
    if (first == FSC_NONE || last == FSC_NONE || last < first)
        return true;
    fsc_span span = {x->text->word[first].start, x->text->word[last].end}, words = {first, last + 1};
    uint32_t q = quote_before(x, first), index = (uint32_t)(c - x->cue.data);
    if (q != FSC_NONE && first <= c->first && !(x->after[first - 1] & (P_COMMA | P_STOP | P_ASK | P_COLON))) {
        span.start = x->quote.data[q].start;
        words.start = x->quote.data[q].first_word;
        x->quote.data[q].inside = index;
    }
    q = quote_behind(x, last);
    if (q != FSC_NONE && !(x->after[last] & (P_COLON | P_COMMA))) {
        span.end = x->quote.data[q].end;
        words.end = x->quote.data[q].end_word;
        x->quote.data[q].inside = index;
    }
    // 10% and $5 are whole with their signs
    fsc_view bytes = x->text->bytes;
    if (span.end < bytes.len && bytes.data[span.end] == '%')
        span.end++;
    if (span.start > 0 && bytes.data[span.start - 1] == '$')
        span.start--;
    cover_words(x, first, last, index);
    c->used = true;
    return fsc_voice_add_speech(x, FSC_SPEECH_INDIRECT, span, words, c->source, fsc_voice_span(x, c->first, c->end));
}

static bool add_right(fsc_vx *x, fsc_vcue *c, uint32_t first)
{
    return first == FSC_NONE || add_content(x, c, first, fsc_voice_content_end(x, c, first));
}

// A verb stands within the next words: what follows is a clause, not a bare noun phrase.
static bool has_verb(const fsc_vx *x, uint32_t w, uint32_t last)
{
    for (unsigned i = 0; i < 16 && w != FSC_NONE && w <= last; i++) {
        const fsc_vcue *c = fsc_vx_cue_at(x, w);
        bool verb = (x->tag[w] & (T_BE | T_AUX | T_FINITE)) || (c && c->kind == CUE_VERB && !c->participle);
        bool there = (x->tag[w] & T_BE) && (fsc_vx_flags(x, w) & FSC_WORD_POSSESSIVE); // there's
        if (verb && !fsc_vx_named(x, w) && (i > 0 || there || (x->tag[w] & T_PRONOUN)))
            return true;
        const fsc_word *word = &x->text->word[w];
        bool past = word->end - word->start > 4 && memcmp(x->text->bytes.data + word->end - 2, "ed", 2) == 0;
        // "pear-shaped" is no verb
        if (i > 0 && past && !fsc_vx_named(x, w) &&
            !memchr(x->text->bytes.data + word->start, '-', word->end - word->start))
            return true;
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & (P_SEMICOLON | P_COLON)) ||
            (x->tag[r] & (T_THAT | T_REL | T_WH)))
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
           !fsc_vx_named(x, w)) {
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & P_CLAUSE))
            return FSC_NONE;
        w = r;
    }
    return w;
}

static bool is_before_or_after(uint64_t form)
{
    return form == FSC_FORM("before") || form == FSC_FORM("after");
}

static bool is_closed(const fsc_vx *x, uint32_t w)
{
    // testimony before Congress
    bool sub = (x->tag[w] & T_SUB) && !(x->tag[w] & T_PREP) && !is_before_or_after(fsc_vx_form(x, w));
    return (sub || (x->tag[w] & (T_BE | T_AUX | T_REL | T_FINITE))) && !fsc_vx_named(x, w);
}

// "the report that was leaked": a relative clause, no content.
static bool is_relative(const fsc_vx *x, uint32_t that)
{
    uint32_t r = fsc_vx_right(x, that);
    if (quote_behind(x, that) != FSC_NONE)
        return false;
    if (x->tag[that] & T_BE) // that's
        return true;
    if (r == FSC_NONE || fsc_vx_named(x, r) || (x->tag[r] & T_PRONOUN))
        return r == FSC_NONE;
    bool past = fsc_voice_ends_in(x, r, "ed") && (r + 1 >= x->n || (x->tag[r + 1] & (T_FUNCTION | T_DATE)));
    return (x->tag[r] & (T_BE | T_AUX | T_FINITE)) || past;
}

// "that" behind the cue, over adverbs, dates, phrases with prepositions and (told) an addressee.
static uint32_t find_that(const fsc_vx *x, const fsc_vcue *c, uint32_t w)
{
    bool open = c->frame & F_ADDRESSEE || c->kind == CUE_NOUN || (x->tag[w] & (T_PREP | T_DATE | T_ADV | T_TO));
    // "said after the ruling became public that": over a clause of time
    uint64_t form = fsc_vx_form(x, w);
    bool clause = is_before_or_after(form) || form == FSC_FORM("when");
    unsigned commas = 0;
    for (unsigned i = 0; w != FSC_NONE && i < MOST_TO_THAT; i++) {
        uint32_t r = fsc_vx_right(x, w);
        if ((x->tag[w] & T_THAT) && !fsc_vx_named(x, w)) {
            bool relative = i > 0 && ((x->tag[fsc_vx_left(x, w)] & T_PREP) || is_relative(x, w));
            // "did not write that letter": no clause; "said that, in such weather, ..." is one
            uint32_t second = r == FSC_NONE || x->after[r] ? FSC_NONE : fsc_vx_right(x, r);
            bool quoted = r != FSC_NONE && (quote_behind(x, w) != FSC_NONE || quote_behind(x, r) != FSC_NONE);
            bool clause_behind = second != FSC_NONE || quoted || (x->after[w] & P_COMMA);
            bool apart = x->after[w] & P_CLAUSE & ~(unsigned)P_COMMA;
            return clause_behind && !apart && !relative ? w : FSC_NONE;
        }
        const fsc_vcue *at = i > 0 ? fsc_vx_cue_at(x, w) : NULL;
        bool other = at && at->kind == CUE_VERB;
        bool closed = is_closed(x, w) && !((c->frame & F_ADDRESSEE) && (x->tag[w] & T_REL));
        if ((!open && !clause) || other || (closed && !clause))
            return FSC_NONE;
        // told investors of Orbit, its parent, on Oct. 31 that: over one apposition
        unsigned p = r == FSC_NONE ? P_STOP : fsc_vx_between(x, w, r);
        bool apposition = (p & P_COMMA) && (c->frame & F_ADDRESSEE) && commas++ < 2 && i > 0;
        if (r == FSC_NONE || (p & (P_SEMICOLON | P_COLON | P_DASH)) || ((p & P_COMMA) && !apposition))
            return FSC_NONE;
        w = r;
    }
    return FSC_NONE;
}

static bool is_as(uint64_t form)
{
    return form == FSC_FORM("as");
}

static bool is_of(uint64_t form)
{
    return form == FSC_FORM("of");
}

static bool is_for_or_over(uint64_t form)
{
    return form == FSC_FORM("for") || form == FSC_FORM("over");
}

static bool is_link(uint64_t form)
{
    return form == FSC_FORM("to") || form == FSC_FORM("on") || form == FSC_FORM("for") || form == FSC_FORM("with");
}

// A word such as as, of, for, to, with, on behind the cue within its clause.
static uint32_t find_word(const fsc_vx *x, uint32_t w, bool (*is_one)(uint64_t form))
{
    for (unsigned i = 0; w != FSC_NONE && i < MOST_TO_THAT; i++) {
        if (is_one(fsc_vx_form(x, w)) && !fsc_vx_named(x, w))
            return w;
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & (P_SEMICOLON | P_COLON | P_COMMA)))
            return FSC_NONE;
        w = r;
    }
    return FSC_NONE;
}

// "In one precinct, a room ..." -- a phrase before a clause is set off by a comma.
static bool has_comma(const fsc_vx *x, uint32_t w, uint32_t last)
{
    for (unsigned words = 0; w != FSC_NONE && w < last && words < 24; words++) {
        uint32_t r = fsc_vx_right(x, w);
        // of Springfield, Illinois
        bool place = r != FSC_NONE && (x->tag[r] & (T_PLACE | T_DATE));
        if (r != FSC_NONE && (fsc_vx_between(x, w, r) & P_COMMA) && !place)
            return true;
        w = r;
    }
    return false;
}

// Content before the attribution: "..., officials said." With a comma behind too it goes on: "The plan, she said,
// failed."
static bool add_left(fsc_vx *x, fsc_vcue *c)
{
    uint32_t from = c->left;
    uint32_t l = fsc_vx_left(x, from);
    if (l == FSC_NONE || c->source == FSC_NONE || c->participle || c->relative || c->passive || c->infinitive ||
        !(c->frame & (c->inverted ? F_BARE : F_BARE | F_THAT)))
        return true;
    unsigned p = fsc_vx_between(x, l, from);
    bool set_off = (p & P_COMMA) || ((p & P_DASH) && c->right == FSC_NONE);
    if (!set_off || quote_before(x, from) != FSC_NONE || quote_behind(x, c->end - 1) != FSC_NONE)
        return true;
    uint32_t start = fsc_voice_content_start(x, l);
    // "On Tuesday, Smith said": no content unless it goes on: "In May, officials say, rents rose"
    // "As the charges were read, she testified": no content either
    bool clause = ((x->tag[start] & T_SUB) || fsc_vx_form(x, start) == FSC_FORM("as")) && quote_before(x, start) == FSC_NONE;
    bool adjunct = (clause || ((x->tag[start] & T_PREP) && !has_verb(x, start, l))) && !has_comma(x, start, l);
    bool goes_on =
        c->right != FSC_NONE && c->right == c->end && (x->after[c->end - 1] & P_COMMA) && !(x->tag[c->right] & T_COORD);
    if (adjunct && !goes_on)
        return true;
    if (fsc_vx_named(x, start) && x->name.data[fsc_vx_name_at(x, start)].end > l)
        return true;
    if (!add_content(x, c, start, l))
        return false;
    uint32_t r = c->right;
    if (r == FSC_NONE || c->inverted || fsc_voice_breaks_with(x, r) || (x->tag[r] & (T_COORD | T_REL)) ||
        ((x->tag[r] & T_PREP) && !(x->tag[r] & T_SUB)) || !(fsc_vx_between(x, fsc_vx_left(x, r), r) & P_COMMA))
        return true;
    const fsc_vcue *next = fsc_vx_cue_at(x, r);
    return (next && next->participle) || add_right(x, c, r);
}

// "acting as if": no name is given
static bool is_other_as(uint64_t form)
{
    return form == FSC_FORM("if") || form == FSC_FORM("though") || form == FSC_FORM("well") || form == FSC_FORM("soon") ||
           form == FSC_FORM("long") || form == FSC_FORM("much") || form == FSC_FORM("part") || form == FSC_FORM("many");
}

static bool add_object(fsc_vx *x, fsc_vcue *c, uint32_t r)
{
    uint32_t w = c->frame & F_AS ? find_word(x, r, is_as) : FSC_NONE;
    c->phrase = true;
    if (w != FSC_NONE && (w + 1 >= x->n || !is_other_as(fsc_vx_form(x, w + 1))))
        return quote_behind(x, w) != FSC_NONE || add_right(x, c, fsc_vx_right(x, w));
    if ((c->frame & F_OF) && find_word(x, r, is_of) != FSC_NONE)
        return add_right(x, c, r);
    if ((c->frame & F_FOR) && find_word(x, r, is_for_or_over) != FSC_NONE)
        return add_right(x, c, r);
    if (c->frame & F_NAME) {
        uint32_t l = fsc_vx_left(x, c->left);
        bool what = l != FSC_NONE && fsc_vx_form(x, l) == FSC_FORM("what");
        uint32_t end = fsc_voice_np_end(x, r, 5);
        uint32_t second =
            end > r && end < x->n && fsc_vx_right(x, end - 1) == end && !x->after[end - 1] ? end : FSC_NONE;
        if (what || c->passive)
            return add_right(x, c, r);
        // "calls the practice modern-day slavery": an article and a noun, then the name
        bool article = (x->tag[r] & (T_DET | T_POSS)) && end - r > 2 && quote_behind(x, end - 1) == FSC_NONE;
        if (second == FSC_NONE && article && fsc_vx_right(x, r + 1) == r + 2)
            return add_right(x, c, r + 2);
        bool name = second != FSC_NONE && !(x->tag[second] & (T_PREP | T_COORD | T_SUB | T_DATE | T_CUE | T_TO));
        return !name || add_right(x, c, second);
    }
    return !(c->frame & F_OBJECT) || !fsc_voice_np_starts(x, r) || c->passive || add_right(x, c, r);
}

// A plural rather than a verb: supervisors, not discuss.
static bool ends_in_s(const fsc_vx *x, uint32_t w)
{
    fsc_view v = fsc_voice_words(x, w, w + 1);
    return v.len > 3 && v.data[v.len - 1] == 's' && v.data[v.len - 2] != 's';
}

// "to" with a verb behind it, not "to supervisors", "to the board".
static bool is_infinitive(const fsc_vx *x, uint32_t r)
{
    return (x->tag[r] & T_TO) && fsc_vx_right(x, r) == r + 1 && !fsc_vx_named(x, r + 1) &&
           !(x->tag[r + 1] & (T_DET | T_POSS | T_PRONOUN | T_GROUPROLE)) && !ends_in_s(x, r + 1);
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

// at least 5,000 people, about half of them
static bool is_about_number(const fsc_vx *x, uint32_t w)
{
    for (uint32_t i = w + 1; i < x->n && i < w + 3 && !x->after[i - 1]; i++)
        if ((fsc_vx_flags(x, i) & FSC_WORD_NUMBER) || (x->tag[i] & (T_NUMBER | T_MAGNITUDE)))
            return true;
    return false;
}

// "warned they had the votes", "assured us the plan would hold": no addressee, but a clause.
static bool is_told_clause(const fsc_vx *x, const fsc_vcue *c, uint32_t end)
{
    uint32_t w = fsc_vx_right(x, end - 1);
    if (!(c->frame & F_BARE) || w != end || x->after[end - 1])
        return false;
    return (x->tag[w] & (T_BE | T_AUX)) && !(x->tag[w] & T_PRONOUN) && !fsc_voice_is_participle(x, w);
}

// Four words and more behind an addressee are a clause: "told lawmakers no other country spends as much".
static bool is_long(const fsc_vx *x, uint32_t w)
{
    for (unsigned words = 1; words < 4; words++) {
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & P_CLAUSE) || (x->tag[r] & (T_PREP | T_TO)))
            return false;
        w = r;
    }
    return true;
}

// told her that, urged him to, told reporters the plan had failed
static bool add_behind_addressee(fsc_vx *x, fsc_vcue *c, uint32_t r, bool *done)
{
    uint32_t end = fsc_voice_np_end(x, is_about_number(x, r) ? r + 1 : r, 10);
    *done = false;
    if (end <= r || c->passive)
        return true;
    if (!c->participle && is_told_clause(x, c, end)) {
        *done = true;
        return add_right(x, c, r);
    }
    uint32_t w = fsc_vx_right(x, end - 1);
    // called on the office, which runs the schools, to act
    uint32_t over = w != FSC_NONE && (x->after[end - 1] & P_COMMA) ? behind_comma(x, w) : w;
    if (over != w && (c->frame & F_TO) && is_infinitive(x, over))
        w = over;
    if (w != FSC_NONE && ((w == over && w != end) || !(fsc_vx_between(x, end - 1, w) & P_CLAUSE))) {
        w = skip_adjuncts(x, w);
        bool opens =
            w != FSC_NONE &&
            (((x->tag[w] & T_TO) && (c->frame & F_TO)) ||
             ((x->tag[w] & T_WH) && !(x->tag[w] & T_REL) && (c->frame & F_WH)) ||
             ((c->frame & F_BARE) && fsc_voice_np_starts(x, w) && (has_verb(x, w, FSC_NONE - 1) || is_long(x, w))));
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
    if (find_word(x, r, is_link) == FSC_NONE && !(c->frame & F_OBJECT))
        return true;
    return add_content(x, c, c->first, fsc_voice_content_end(x, c, r));
}

// reported being detained, denied taking part
static bool is_gerund(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    if (word->end - word->start < 5 || memcmp(x->text->bytes.data + word->end - 3, "ing", 3) != 0 ||
        fsc_vx_named(x, w) || (x->tag[w] & T_ONE))
        return false;
    // not "existing tariffs"
    uint32_t r = fsc_vx_right(x, w);
    return r == FSC_NONE || fsc_vx_named(x, r) || (x->tag[w] & T_BE) || (x->tag[r] & (T_FUNCTION | T_NUMERAL));
}

// Does a clause start at w? With a verb in sight, or behind a verb that takes no bare object, with an article and
// length.
static bool is_clause(const fsc_vx *x, const fsc_vcue *c, uint32_t w)
{
    // "a move that critics say will fail"
    uint32_t l = fsc_vx_left(x, c->left);
    bool what = l != FSC_NONE && fsc_vx_form(x, l) == FSC_FORM("what"); // what we know is that
    if (x->tag[w] & (T_AUX | T_BE) && !(x->tag[w] & T_PRONOUN) && !(c->frame & F_NOUN) && !what)
        return true;
    if (!fsc_voice_np_starts(x, w) && !is_about_number(x, w))
        return false;
    // the ministry said it "regrets any step"
    if (has_verb(x, w, FSC_NONE - 1) || ((x->tag[w] & T_PRONOUN) && quote_behind(x, w) != FSC_NONE))
        return true;
    uint32_t at = w;
    unsigned words = 1;
    for (; words < 4; words++) {
        uint32_t r = fsc_vx_right(x, at);
        if (r == FSC_NONE || (fsc_vx_between(x, at, r) & P_CLAUSE))
            break;
        at = r;
    }
    bool subject = (x->tag[w] & (T_DET | T_POSS | T_GROUPROLE | T_GROUP)) || fsc_vx_named(x, w);
    // what a survey finds is no thing
    bool report = c->source != FSC_NONE && x->source.data[c->source].end > x->source.data[c->source].first &&
                  (x->tag[x->source.data[c->source].end - 1] & T_DOC);
    return words == 4 && (report || !(c->frame & (F_OBJECT | F_NOUN | F_THING))) && subject;
}

static bool leads_phrase(uint64_t form)
{
    return form == FSC_FORM("on") || form == FSC_FORM("in") || form == FSC_FORM("at") || form == FSC_FORM("during") ||
           form == FSC_FORM("after") || form == FSC_FORM("before") || form == FSC_FORM("from") || form == FSC_FORM("outside");
}

// "said on Monday they had met", "said in a statement the plan had failed": the clause behind a phrase of place or
// time.
static uint32_t behind_phrase(const fsc_vx *x, uint32_t r)
{
    if (!leads_phrase(fsc_vx_form(x, r)) || r + 1 >= x->n || fsc_vx_right(x, r) != r + 1)
        return FSC_NONE;
    uint32_t end = x->tag[r + 1] & (T_DATE | T_MONTH) ? r + 2 : fsc_voice_np_end(x, r + 1, 6);
    if (end <= r + 1 || end >= x->n || fsc_vx_right(x, end - 1) != end || x->after[end - 1])
        return FSC_NONE;
    bool subject = (x->tag[end] & (T_PRONOUN | T_DET | T_POSS | T_GROUPROLE)) || fsc_vx_named(x, end);
    return subject ? end : FSC_NONE;
}

// "As the governor noted, the state ..." and "..., as the governor noted."; false: no such clause.
static uint32_t as_before(const fsc_vx *x, const fsc_vcue *c)
{
    return c->left >= x->n || fsc_vx_form(x, c->left) == FSC_FORM("as") ? c->left : fsc_vx_left(x, c->left);
}

static bool is_aside(const fsc_vx *x, const fsc_vcue *c)
{
    bool apart = c->right == FSC_NONE || (c->right == c->end && (x->after[c->end - 1] & P_COMMA));
    if (!apart || !(c->frame & (F_THAT | F_BARE)))
        return false;
    uint32_t as = as_before(x, c);
    return as < x->n && fsc_vx_form(x, as) == FSC_FORM("as") && !fsc_vx_named(x, as) && quote_behind(x, c->end - 1) == FSC_NONE;
}

static bool add_aside(fsc_vx *x, fsc_vcue *c)
{
    uint32_t as = as_before(x, c), l = fsc_vx_left(x, as);
    if (l == FSC_NONE)
        return add_right(x, c, c->right);
    if (!(x->after[l] & P_COMMA) || quote_before(x, as) != FSC_NONE)
        return true;
    // "For example, as the auditor noted, ...": the content is all behind
    uint32_t start = fsc_voice_content_start(x, l);
    bool adjunct = (x->tag[start] & T_PREP) && !has_verb(x, start, l) && c->right != FSC_NONE;
    return (adjunct || add_content(x, c, start, l)) &&
           (c->right == FSC_NONE || fsc_voice_breaks_with(x, c->right) || add_right(x, c, c->right));
}

// "the plane, which it said crashed": the relative pronoun is the subject of what was said.
static bool lacks_subject(const fsc_vx *x, const fsc_vcue *c, uint32_t r)
{
    uint32_t l = fsc_vx_left(x, c->left);
    bool relative = l != FSC_NONE && (x->tag[l] & (T_REL | T_THAT)) && !fsc_vx_named(x, l) && !c->relative;
    return relative && ((x->tag[r] & (T_BE | T_AUX | T_FINITE)) || fsc_voice_ends_in(x, r, "ed"));
}

static bool opens_condition(uint64_t form)
{
    return form == FSC_FORM("although") || form == FSC_FORM("though") || form == FSC_FORM("if") || form == FSC_FORM("unless") ||
           form == FSC_FORM("once") || form == FSC_FORM("because") || form == FSC_FORM("while");
}

// "said although the tower stood, nobody ..."
static bool opens_with_clause(const fsc_vx *x, uint32_t r)
{
    return (x->tag[r] & T_SUB) && opens_condition(fsc_vx_form(x, r)) && behind_comma(x, r) != r;
}

// The infinitive behind a preposition phrase that starts at r.
static uint32_t infinitive_behind_phrase(const fsc_vx *x, uint32_t r)
{
    if (!(x->tag[r] & T_PREP) || (x->tag[r] & T_TO) || fsc_vx_right(x, r) != r + 1)
        return FSC_NONE;
    uint32_t end = fsc_voice_np_end(x, r + 1, 6);
    return end > r + 1 && end < x->n && fsc_vx_right(x, end - 1) == end && !x->after[end - 1] && is_infinitive(x, end)
               ? end
               : FSC_NONE;
}

// First word of the clause or infinitive that the word r behind an active or passive verb opens; FSC_NONE: none.
static uint32_t clause_complement(const fsc_vx *x, const fsc_vcue *c, uint32_t r)
{
    bool infinitive = is_infinitive(x, r) && !c->passive, to = (c->frame & F_TO) && !c->passive;
    uint32_t second = fsc_vx_right(x, r), w;
    if (infinitive && to)
        return r;
    // asked not to be named
    if (to && (x->tag[r] & T_NEG) && second == r + 1 && is_infinitive(x, second))
        return r;
    if ((c->frame & F_BARE) && !c->passive && (lacks_subject(x, c, r) || opens_with_clause(x, r)))
        return r;
    // "declined through a spokesman to say"
    if (to && !(c->frame & F_ADDRESSEE) && (w = infinitive_behind_phrase(x, r)) != FSC_NONE)
        return w;
    // "learned to live with a law that": no clause of the cue
    if ((c->frame & (F_THAT | F_BARE)) && !infinitive && (w = find_that(x, c, r)) != FSC_NONE)
        return w;
    // "said when asked about it": a time
    bool past = second != FSC_NONE && fsc_voice_ends_in(x, second, "ed");
    bool when = fsc_vx_form(x, r) == FSC_FORM("when") && (c->passive || past);
    if ((c->frame & F_WH) && (x->tag[r] & T_WH) && !when)
        return r;
    bool said_to = c->passive && (c->frame & F_THAT) && !(c->frame & F_ADDRESSEE);
    return said_to && is_infinitive(x, r) ? r : FSC_NONE;
}

static bool is_topic(uint64_t form)
{
    return form == FSC_FORM("about") || form == FSC_FORM("of") || form == FSC_FORM("over") || form == FSC_FORM("against");
}

// The same where no word shows it: a bare clause, over dates and phrases, an -ing form, a topic.
static uint32_t open_complement(const fsc_vx *x, const fsc_vcue *c, uint32_t r)
{
    bool bare = (c->frame & F_BARE) && !(c->frame & F_ADDRESSEE);
    if (c->passive)
        return FSC_NONE;
    uint32_t w = bare ? skip_adjuncts(x, r) : FSC_NONE;
    if (w != FSC_NONE && is_clause(x, c, w))
        return w;
    w = bare ? behind_phrase(x, r) : FSC_NONE;
    if (w != FSC_NONE && has_verb(x, w, FSC_NONE - 1))
        return w;
    bool gerund = (c->frame & F_GERUND) && is_gerund(x, r);
    return gerund || ((c->frame & F_ABOUT) && is_topic(fsc_vx_form(x, r))) ? r : FSC_NONE;
}

static bool is_own_topic(uint64_t form)
{
    return form == FSC_FORM("about") || form == FSC_FORM("of") || form == FSC_FORM("for");
}

static bool verb_content(fsc_vx *x, fsc_vcue *c)
{
    if (is_aside(x, c))
        return add_aside(x, c);
    uint32_t r = c->right;
    // "a plan revealed hours before": a participle without anybody
    bool lone = c->source == FSC_NONE && !c->passive && !c->infinitive && !c->participle && c->left == c->first &&
                fsc_voice_is_participle(x, c->first);
    if (lone && (r == FSC_NONE || !(x->tag[r] & (c->frame & F_WH ? T_THAT | T_WH : T_THAT))))
        return true;
    uint32_t last = c->inverted && r != FSC_NONE ? fsc_vx_left(x, r) : c->end - 1;
    unsigned p = r == FSC_NONE || last == FSC_NONE ? P_STOP : fsc_vx_between(x, last, r);
    if (r != FSC_NONE && (p & P_COLON) && quote_behind(x, last) == FSC_NONE && (c->frame & F_QUOTE))
        return add_right(x, c, r);
    // said, after the crash, that
    uint32_t over = r != FSC_NONE && !c->inverted && r == c->end && (p & P_COMMA) ? behind_comma(x, r) : r;
    if (over != r && (x->tag[over] & T_THAT) && (c->frame & F_THAT))
        return add_right(x, c, over);
    if (r == FSC_NONE || c->inverted || (p & P_CLAUSE) || (r != c->end))
        return add_left(x, c);
    // "was blamed on the storm"; "deaths attributed to the flu" has no one who attributes
    if (c->frame & F_CAUSE)
        return is_link(fsc_vx_form(x, r)) != c->passive || add_cause(x, c, r);
    uint32_t w = clause_complement(x, c, r);
    if (w != FSC_NONE)
        return add_right(x, c, w);
    if (c->frame & F_ADDRESSEE) {
        bool done, ok = add_behind_addressee(x, c, r, &done);
        if (!ok || done)
            return ok;
    }
    w = open_complement(x, c, r);
    if (w != FSC_NONE)
        return add_right(x, c, w);
    bool no_object =
        (c->frame & F_OBJECT) && !(c->frame & (F_AS | F_OF | F_FOR | F_NAME)) && !fsc_voice_np_starts(x, r);
    if ((c->frame & (F_AS | F_OF | F_FOR | F_NAME | F_OBJECT)) && !no_object)
        return add_object(x, c, r);
    uint64_t form = fsc_vx_form(x, r);
    if (form == FSC_FORM("as")) // better known as
        return true;
    if (is_gerund(x, r) && (c->frame & F_THAT) && !c->passive)
        return add_right(x, c, r);
    return is_own_topic(form) || !(x->tag[r] & (T_PREP | T_DATE | T_ADV | T_COORD | T_SUB)) || add_left(x, c);
}

// Last word of the infinitive at "to" behind a noun: before the verb that the noun is the subject of.
static uint32_t infinitive_end(fsc_vx *x, const fsc_vcue *c, uint32_t to)
{
    uint32_t last = fsc_voice_content_end(x, c, to), w = fsc_vx_right(x, to);
    bool inner = false;
    if (fsc_voice_is_object(x, c->first)) // "outlined her plans to create jobs, pass a law and build a bridge"
        return last;
    for (uint32_t r; w != FSC_NONE && w < last; w = r) {
        r = fsc_vx_right(x, w);
        if (r == FSC_NONE || (fsc_vx_between(x, w, r) & (P_COMMA | P_DASH)))
            return w;
        inner = inner || (x->tag[r] & (T_THAT | T_REL | T_WH | T_SUB | T_PRONOUN));
        bool past = fsc_voice_ends_in(x, r, "ed") && !(x->tag[w] & T_FUNCTION) && r + 1 < x->n &&
                    (x->tag[r + 1] & (T_DET | T_PRONOUN | T_POSS | T_ONE));
        if (!inner && ((x->tag[r] & (T_BE | T_AUX | T_FINITE)) || past) && !(x->tag[w] & T_TO) &&
            !fsc_vx_named(x, r))
            return w;
    }
    return last;
}

static bool is_stance(uint64_t form)
{
    return form == FSC_FORM("for") || form == FSC_FORM("to") || form == FSC_FORM("in") ||
           form == FSC_FORM("with") || form == FSC_FORM("at") || form == FSC_FORM("against");
}

// "concerns about the deal", "allegations of fraud": the topic stands for what was said.
static bool topic_content(fsc_vx *x, fsc_vcue *c, uint32_t r, uint32_t frame)
{
    uint64_t form = fsc_vx_form(x, r);
    fsc_view word = fsc_voice_words(x, r, r + 1);
    bool of = form == FSC_FORM("of");
    bool topic = form == FSC_FORM("about") || form == FSC_FORM("over") || fsc_view_eq_nocase(word, FSC_LIT("regarding")) ||
                 fsc_view_eq_nocase(word, FSC_LIT("concerning")) || (of && (frame & F_OF)) || ((frame & F_OWNED) && is_stance(form));
    // "there is no doubt about the date"
    bool none = c->source == FSC_NONE && c->first > 0 && (x->tag[c->first - 1] & T_NEG);
    if (!topic || none || fsc_vx_right(x, r) != r + 1)
        return true;
    uint32_t end = fsc_voice_np_end(x, r + 1, 12);
    // "a concern of the unions" is theirs
    bool owner = of && end > r + 1 && (x->tag[end - 1] & (T_GROUPROLE | T_GROUP | T_ROLE | T_BODY));
    if (owner)
        return true;
    bool clause = end == r + 1 && (fsc_voice_is_participle(x, r + 1) || (x->tag[r + 1] & T_WH));
    return clause ? add_right(x, c, r) : end == r + 1 || add_content(x, c, r, end - 1);
}

static bool noun_content(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = c->right, l = r == FSC_NONE ? FSC_NONE : fsc_vx_left(x, r);
    uint32_t frame = c->noun_frame ? c->noun_frame : c->frame & F_THAT;
    if (l == FSC_NONE || ((frame & F_OWNED) && c->source == FSC_NONE))
        return true;
    // "said in a statement that": the content of the verb
    bool taken = fsc_vx_cover(x, r) != FSC_NONE && fsc_vx_cover(x, r) != fsc_vx_cover(x, c->first);
    if (taken || (fsc_vx_between(x, l, r) & P_CLAUSE & ~(unsigned)P_DASH))
        return true;
    if (x->tag[r] & T_THAT)
        return is_relative(x, r) || add_right(x, c, r);
    if (x->after[l])
        return true;
    if ((frame & F_TO) && is_infinitive(x, r))
        return add_content(x, c, r, infinitive_end(x, c, r));
    return !(frame & F_ABOUT) || topic_content(x, c, r, frame);
}

static bool phrase_content(fsc_vx *x, fsc_vcue *c)
{
    uint32_t l = fsc_vx_left(x, c->first);
    if (!c->source_end)
        return true;
    bool opens = l == FSC_NONE || (x->tag[l] & (T_COORD | T_SUB)) || (x->after[l] & (P_DASH | P_SEMICOLON));
    if (fsc_vx_form(x, c->first) == FSC_FORM("per") &&
        (opens || !(x->after[l] & P_COMMA) || !fsc_vx_named(x, c->end))) {
        c->kind = CUE_NONE;
        return true;
    }
    if (!opens && quote_before(x, c->first) == FSC_NONE && !add_content(x, c, fsc_voice_content_start(x, l), l))
        return false;
    uint32_t r = c->right;
    if (r == FSC_NONE)
        return true;
    bool comma = fsc_vx_between(x, c->source_end - 1, r) & P_COMMA;
    if (opens) {
        bool apposition =
            comma && ((x->tag[r] & (T_REL | T_WH)) || fsc_voice_is_participle(x, r)) && !fsc_vx_named(x, r);
        uint32_t to = comma && !apposition ? r : behind_comma(x, r);
        // "According to people close to the campaign, who asked for calm, he was furious"
        bool relative = to != r && (x->tag[to] & (T_REL | T_WH)) && !fsc_vx_named(x, to);
        return add_right(x, c, relative ? behind_comma(x, to) : to);
    }
    // in the middle of its clause: "The plan, according to aides, has failed"
    return !comma || !(x->tag[r] & (T_BE | T_AUX | T_FINITE)) || add_right(x, c, r);
}

static bool is_adjective_topic(uint64_t form)
{
    return form == FSC_FORM("about") || form == FSC_FORM("of") || form == FSC_FORM("over") || form == FSC_FORM("by");
}

static bool adjective_content(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = c->right;
    if (c->source == FSC_NONE || r == FSC_NONE || (fsc_vx_between(x, c->end - 1, r) & P_CLAUSE))
        return true;
    if (x->source.data[c->source].pronoun & T_IT)
        return true; // it was not clear how
    if ((c->frame & F_TO) && is_infinitive(x, r))
        return add_content(x, c, c->group, fsc_voice_content_end(x, c, r));
    if (!(c->frame & F_THAT))
        return true;
    bool clause = (x->tag[r] & (T_THAT | T_WH)) ||
                  (!(x->tag[r] & (T_PREP | T_TO)) && fsc_voice_np_starts(x, r) && has_verb(x, r, FSC_NONE - 1));
    if (!clause && !is_adjective_topic(fsc_vx_form(x, r)))
        return true;
    return add_content(x, c, c->group, fsc_voice_content_end(x, c, r));
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
