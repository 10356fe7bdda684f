#include "voice/form_p.h"

// Noun phrases, subject regions and verb groups, read from closed word classes and punctuation. There is no parser:
// news prose keeps to these. All walks are bounded.

#define MOST_REGION 16 // words of a subject
#define MOST_CHUNKS 6  // appositions between a subject and its verb
#define MOST_GROUP 6   // adverbs and auxiliaries before a verb

// Could word p be the subject of the verb at w, which is no noun? "officials claim", "the court orders", not "tax plan".
static bool agrees(const fsc_vx *x, uint32_t w, uint32_t p)
{
    bool singular = fsc_voice_ends_in(x, w, "s");
    if (x->tag[p] & (T_AUX | T_TO | T_ADV | T_NEG | T_REL | T_THAT))
        return !singular || !(x->tag[p] & T_TO);
    if (fsc_voice_is_participle(x, w))
        return true;
    bool plural = (x->tag[p] & (T_THEY | T_WE | T_I | T_YOU | T_GROUPROLE | T_GROUP)) ||
                  (fsc_voice_ends_in(x, p, "s") && !fsc_vx_named(x, p));
    if (!singular)
        return plural;
    if (plural && !fsc_vx_named(x, p))
        return false;
    if (fsc_vx_named(x, p) || (x->tag[p] & T_PRONOUN))
        return true;
    // headlines drop articles: "Premier calls critics"
    if (fsc_voice_is_nominal(x, p) && fsc_vx_left(x, p) == FSC_NONE)
        return true;
    // a lone noun needs its article: "the agency reports"
    for (unsigned i = 0; i < 2 && p != FSC_NONE && !(x->tag[p] & T_FUNCTION); i++) {
        uint32_t l = fsc_vx_left(x, p);
        if (l != FSC_NONE && ((x->tag[l] & (T_DET | T_POSS)) || (fsc_vx_flags(x, l) & FSC_WORD_POSSESSIVE)))
            return true;
        p = l;
    }
    return false;
}

// "the disputed city": a participle between an article and its noun.
static bool is_attributive(const fsc_vx *x, uint32_t w, uint32_t p)
{
    bool article =
        p + 1 == w && !x->after[p] && ((x->tag[p] & (T_DET | T_POSS)) || (fsc_vx_flags(x, p) & FSC_WORD_POSSESSIVE));
    if (!article || x->after[w] || w + 1 >= x->n)
        return false;
    bool participle = fsc_voice_is_participle(x, w) || fsc_voice_ends_in(x, w, "wn");
    if (!participle && fsc_vx_spelled(x, w) != FSC_FORM("said"))
        return false;
    // "most of them", "others", but "the most telling word"
    if ((x->tag[p] & T_GROUPROLE && !fsc_voice_ends_in(x, w, "ing")) ||
        fsc_view_ends(fsc_voice_words(x, p, p + 1), FSC_LIT("other")))
        return false;
    return !(x->tag[w + 1] & T_FUNCTION) && !fsc_vx_named(x, w + 1);
}

// A verb form used as a noun: "the report", "Trump's claim", "a new call for".
bool fsc_voice_is_noun_use(const fsc_vx *x, const fsc_vcue *c)
{
    if (c->kind != CUE_VERB)
        return c->kind == CUE_NOUN;
    uint32_t w = c->first, p = fsc_vx_left(x, w);
    if (p != FSC_NONE && is_attributive(x, w, p))
        return true;
    if (p == FSC_NONE && (c->frame & F_NOUN) && (fsc_vx_flags(x, w) & FSC_WORD_SENTENCE))
        return !fsc_voice_ends_in(x, w, "ed") && !fsc_voice_ends_in(x, w, "ing") &&
               !(w + 1 < x->n && (x->tag[w + 1] & T_THAT));
    if (!(c->frame & F_NOUN) || p == FSC_NONE || fsc_voice_ends_in(x, w, "ed"))
        return false;
    bool base = !fsc_voice_ends_in(x, w, "s") && !fsc_voice_ends_in(x, w, "ing");
    if ((x->after[p] & P_CLAUSE) && base)
        return !(w + 1 < x->n && (x->tag[w + 1] & T_THAT));
    if (x->after[p] & P_CLAUSE)
        return w + 1 < x->n && !fsc_voice_ends_in(x, w, "ed") && fsc_vx_spelled(x, w + 1) == FSC_FORM("of");
    // "in tying A to B" is a verb
    if ((x->tag[p] & T_PREP) && !(x->tag[p] & T_DET) && fsc_voice_ends_in(x, w, "ing"))
        return false;
    if (x->tag[p] & (T_DET | T_POSS | T_PREP | T_NUMERAL) ||
        (fsc_vx_flags(x, p) & (FSC_WORD_POSSESSIVE | FSC_WORD_NUMBER)))
        return !(x->tag[p] & (T_HE | T_SHE)) || (x->tag[p] & T_POSS);
    if (!agrees(x, w, p))
        return true;
    if (base)
        return false;
    uint32_t pp = fsc_vx_left(x, p);
    // "the carrier plans to cut", not "the tax plans of"
    if (c->end < x->n && fsc_voice_ends_in(x, w, "s") && !x->after[c->end - 1] &&
        (x->tag[c->end] & (T_TO | T_THAT | T_DET | T_PRONOUN)))
        return false;
    bool known =
        fsc_voice_is_nominal(x, p) || (x->tag[p] & (T_PRONOUN | T_ADV | T_AUX | T_TO | T_NEG | T_REL | T_THAT));
    if (fsc_voice_ends_in(x, w, "s") && !known && (fsc_voice_ends_in(x, p, "ing") || fsc_voice_ends_in(x, p, "ed")))
        return true;
    bool adjective = !(x->tag[p] & T_FUNCTION) && !fsc_voice_is_nominal(x, p);
    return adjective && pp != FSC_NONE && (x->tag[pp] & (T_DET | T_POSS)) && !(x->after[pp] & P_CLAUSE);
}

// Words that no subject reaches over, walking left.
static bool ends_subject(const fsc_vx *x, uint32_t w)
{
    if (fsc_vx_named(x, w))
        return false;
    bool led_by = (x->tag[w] & T_FINITE) && w + 1 < x->n && fsc_vx_spelled(x, w + 1) == FSC_FORM("by");
    if (led_by)
        return false;
    if (x->tag[w] & (T_BE | T_AUX | T_FINITE | T_SUB | T_WH | T_THAT) && !(x->tag[w] & T_DET))
        return !(x->tag[w] & T_PREP) || (x->tag[w] & T_WH);
    // "deleted its post": a verb with its object
    bool object = w + 1 < x->n && !x->after[w] && (x->tag[w + 1] & (T_POSS | T_PRONOUN)) && !fsc_voice_is_nominal(x, w);
    if (object && fsc_voice_ends_in(x, w, "ed"))
        return true;
    bool participle = fsc_voice_ends_in(x, w, "ed") && w > 0 && w + 1 < x->n && (x->tag[w + 1] & T_PREP) &&
                      fsc_voice_is_nominal(x, w - 1);
    if ((x->tag[w] & T_CUE) && participle)
        return false;
    if (!(x->tag[w] & T_CUE))
        return x->tag[w] & T_COORD;
    const fsc_vcue *c = fsc_vx_cue_at(x, w);
    return c && c->kind != CUE_NONE && !fsc_voice_is_noun_use(x, c);
}

// "and" between two that can speak: Democrats and Republicans, Smith and Jones.
static bool and_links(const fsc_vx *x, uint32_t w)
{
    uint32_t l = fsc_vx_left(x, w), r = fsc_vx_right(x, w);
    if (l == FSC_NONE || r == FSC_NONE || (x->after[l] & P_CLAUSE) || fsc_voice_breaks_with(x, w))
        return false;
    if (fsc_voice_is_nominal(x, l))
        return fsc_voice_is_nominal(x, r) || (x->tag[r] & (T_DET | T_ADJ | T_POSS)) ||
               !(x->tag[r] & (T_FUNCTION | T_CUEVERB | T_FINITE));
    // "the commission on pollution and health", not "the plan failed and officials said"
    bool plain = !(x->tag[l] & (T_FUNCTION | T_FINITE | T_CUEVERB | T_DATE)) && !fsc_voice_ends_in(x, l, "ed") &&
                 !fsc_voice_ends_in(x, l, "ing");
    return plain && !fsc_voice_is_nominal(x, r) && !(x->tag[r] & (T_FUNCTION | T_CUEVERB));
}

static bool is_reflexive(const fsc_vx *x, uint32_t w)
{
    fsc_view v = fsc_voice_words(x, w, w + 1);
    return fsc_view_ends(v, FSC_LIT("self")) || fsc_view_ends(v, FSC_LIT("selves"));
}

// May an article follow word l within one phrase? A preposition, "and", or the verb behind "who".
static bool carries_article(const fsc_vx *x, uint32_t l)
{
    uint32_t before = fsc_vx_left(x, l);
    bool relative = before != FSC_NONE && (x->tag[before] & T_REL) && !fsc_vx_named(x, before);
    return relative || (x->tag[l] & (T_PREP | T_COORD | T_DET | T_REL));
}

// The relative pronoun whose clause holds word w: "aides who did not want to be | named"; FSC_NONE: none.
static uint32_t relative_around(const fsc_vx *x, uint32_t w)
{
    for (unsigned i = 0; i < MOST_REGION; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || (x->after[l] & P_CLAUSE) || fsc_vx_level(x, l) != fsc_vx_level(x, w))
            return FSC_NONE;
        if ((x->tag[l] & T_REL) && !fsc_vx_named(x, l))
            return l;
        w = l;
    }
    return FSC_NONE;
}

// The subject region that ends in word `last`, walking left up to punctuation or a word no subject reaches over.
fsc_stretch fsc_voice_region_left(const fsc_vx *x, uint32_t last)
{
    fsc_stretch s = FSC_NOWHERE;
    uint32_t w = last;
    if ((x->tag[w] & T_PRONOUN) && !(x->tag[w] & (T_POSS | T_BE | T_AUX)) && !fsc_vx_named(x, w) &&
        !is_reflexive(x, w))
        return (fsc_stretch){w, w};
    for (unsigned i = 0; w != FSC_NONE && i < MOST_REGION; i++) {
        if (ends_subject(x, w) && !((x->tag[w] & T_COORD) && and_links(x, w))) {
            // the people who wrote the rules say: over the clause behind "who"
            // what was read so far is no noun phrase when it opens with a participle or preposition
            uint32_t l = fsc_vx_left(x, w);
            bool phrase = s.first != FSC_NONE && !fsc_vx_named(x, s.first) &&
                          ((x->tag[s.first] & T_PREP) || fsc_voice_is_participle(x, s.first));
            if (phrase)
                l = relative_around(x, w);
            if (l == FSC_NONE || !(x->tag[l] & T_REL) || fsc_vx_named(x, l) || (x->after[l] & P_CLAUSE))
                break;
            w = l;
        }
        if ((x->tag[w] & T_REL) && s.first != FSC_NONE && !fsc_vx_named(x, w)) {
            // officials who attended the meeting said: the subject stands before "who"
            last = fsc_vx_left(x, w);
            s = FSC_NOWHERE;
            w = last;
            continue;
        }
        s.first = w;
        s.last = last;
        uint32_t l = fsc_vx_left(x, w);
        // "a view | many share"
        bool quantity = (x->tag[w] & T_DET) && !(x->tag[w] & T_NEG) && l != FSC_NONE && !fsc_vx_named(x, w) &&
                        s.first != s.last && !(x->tag[l] & (T_FUNCTION | T_NUMERAL)) &&
                        !(fsc_vx_flags(x, l) & (FSC_WORD_NUMBER | FSC_WORD_POSSESSIVE));
        if (quantity && !carries_article(x, l))
            break;
        // an article opens the phrase: "a claim | the army denied"
        if (fsc_voice_is_article(x, w) && l != FSC_NONE && !fsc_vx_named(x, w) && !carries_article(x, l))
            break;
        if (l == FSC_NONE || (fsc_vx_between(x, l, w) & (P_CLAUSE | P_STOP | P_ASK) &
                              ~(unsigned)(fsc_vx_same_name(x, l, w) ? P_STOP : 0)))
            break;
        if (w != l + 1 && x->text->word[w].start - x->text->word[l].end > 60)
            break;
        w = l;
    }
    return s;
}

// Does a stretch read like an apposition to what stands before it?
static bool is_apposition(const fsc_vx *x, uint32_t first)
{
    if (fsc_vx_named(x, first) && x->name.data[fsc_vx_name_at(x, first)].kind == FSC_ACTOR_PLACE)
        return true;
    if (x->text->word[first].end - x->text->word[first].start > 2 &&
        x->text->bytes.data[x->text->word[first].start + 1] == '-')
        return true; // R-Idaho
    if (x->tag[first] & (T_DET | T_POSS | T_REL | T_PREP | T_ADV | T_ROLE | T_TITLE | T_WH | T_SUB | T_WEEKDAY))
        return true;
    if ((fsc_vx_flags(x, first) & FSC_WORD_NUMBER) || fsc_voice_ends_in(x, first, "ing") ||
        fsc_voice_ends_in(x, first, "ed"))
        return true;
    return false;
}

// First word of the stretch that ends in `last`: up to the comma or dash before it.
uint32_t fsc_voice_chunk_start(const fsc_vx *x, uint32_t last)
{
    uint32_t w = last;
    for (unsigned i = 0; i < MOST_REGION; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || w != l + 1)
            return w;
        unsigned p = x->after[l];
        bool abbreviated = fsc_vx_same_name(x, l, w);
        if ((p & (P_COMMA | P_SEMICOLON | P_COLON | P_DASH)) && !abbreviated)
            return w;
        w = l;
    }
    return w;
}

// Nothing but a person with a role before: "state Sen. Rita Vance".
bool fsc_voice_is_person_alone(const fsc_vx *x, uint32_t first, uint32_t last)
{
    if (!fsc_vx_named(x, last))
        return false;
    const fsc_name *n = &x->name.data[fsc_vx_name_at(x, last)];
    return n->kind == FSC_ACTOR_PERSON && (n->first <= first || (n->titled && n->role_first <= first));
}

// "Smith, a nurse from Austin, Texas, said": last is the word before the comma at the verb.
fsc_stretch fsc_voice_over_appositions(const fsc_vx *x, uint32_t last)
{
    for (unsigned i = 0; i < MOST_CHUNKS; i++) {
        uint32_t first = fsc_voice_chunk_start(x, last);
        uint32_t l = fsc_vx_left(x, first);
        bool whole_name = fsc_voice_is_person_alone(x, first, last);
        bool more = l != FSC_NONE && first == l + 1 && (x->after[l] & (P_COMMA | P_DASH));
        bool to_name =
            more && (fsc_voice_is_nominal(x, l) || fsc_vx_flags(x, l) & FSC_WORD_NUMBER || i + 1 < MOST_CHUNKS);
        bool behind_person = more && fsc_vx_named(x, l) && x->name.data[fsc_vx_name_at(x, l)].end == l + 1 &&
                             x->name.data[fsc_vx_name_at(x, l)].kind == FSC_ACTOR_PERSON;
        // "Ann Poe, CEO of Take-Two, said"
        bool title = behind_person && (x->tag[first] & (T_ROLE | T_TITLE)) && !fsc_vx_named(x, first);
        whole_name = whole_name && !title;
        if (whole_name || !(is_apposition(x, first) || behind_person) || !to_name)
            return i == 0 && !whole_name ? FSC_NOWHERE : fsc_voice_region_left(x, last);
        last = l;
    }
    return FSC_NOWHERE;
}

uint32_t fsc_voice_skip_parenthesis(const fsc_vx *x, uint32_t w)
{
    for (unsigned i = 0; i < 8 && w != FSC_NONE; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l != FSC_NONE && (x->after[l] & P_OPEN))
            return l;
        w = l;
    }
    return FSC_NONE;
}

// First word of the verb group that ends in word w (exclusive): adverbs, auxiliaries, negations, be.
uint32_t fsc_voice_group_start(const fsc_vx *x, uint32_t first, uint64_t *met)
{
    uint32_t w = first;
    for (unsigned i = 0; i < MOST_GROUP; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || w != l + 1 || (x->after[l] & (P_CLAUSE | P_QUOTE)) || fsc_vx_named(x, l))
            return w;
        bool pronoun_verb = (x->tag[l] & T_PRONOUN) && (x->tag[l] & (T_BE | T_AUX));
        // have since claimed
        uint32_t before = fsc_vx_left(x, l);
        bool since = before != FSC_NONE && (x->tag[before] & T_AUX) && fsc_vx_form(x, l) == FSC_FORM("since");
        if ((!(x->tag[l] & (T_ADV | T_AUX | T_NEG | T_BE | T_TO)) && !since) || (x->tag[l] & (T_THAT | T_WH)) ||
            pronoun_verb)
            return w;
        *met |= x->tag[l];
        w = l;
    }
    return w;
}

bool fsc_voice_np_starts(const fsc_vx *x, uint32_t w)
{
    if (w < x->n && (x->tag[w] & T_PRONOUN) && (x->tag[w] & (T_BE | T_AUX)))
        return true;
    // there's, that's
    if (w < x->n && (x->tag[w] & T_BE) && !(x->tag[w] & T_NEG) && (fsc_vx_flags(x, w) & FSC_WORD_POSSESSIVE))
        return true;
    if (w >= x->n || ((x->tag[w] & (T_BE | T_AUX | T_SUB | T_COORD | T_TO | T_DATE)) && !fsc_vx_named(x, w)))
        return false;
    return fsc_voice_is_nominal(x, w) || (x->tag[w] & (T_DET | T_POSS | T_PRONOUN | T_ADJ | T_TITLE | T_NUMERAL)) ||
           !(x->tag[w] & (T_FUNCTION | T_CUEVERB | T_FINITE));
}

// Prepositions that tie a noun phrase to the one before it.
static bool ties(const fsc_vx *x, uint32_t w)
{
    uint64_t form = fsc_vx_spelled(x, w);
    if (form == FSC_FORM("in"))
        return w + 1 < x->n && !(x->tag[w + 1] & T_DATE) && (x->tag[w + 1] & (T_PLACE | T_DET));
    return form == FSC_FORM("of") || form == FSC_FORM("for") || form == FSC_FORM("at") ||
           form == FSC_FORM("with") || form == FSC_FORM("from");
}

uint32_t fsc_voice_np_end(const fsc_vx *x, uint32_t w, unsigned most)
{
    if (!fsc_voice_np_starts(x, w))
        return w;
    if ((x->tag[w] & T_PRONOUN) && !(x->tag[w] & T_POSS) && !fsc_vx_named(x, w))
        return w + 1;
    uint32_t from = w;
    for (; w < x->n && w - from < most; w++) {
        bool named = fsc_vx_named(x, w);
        bool stops = !named && (x->tag[w] &
                                (T_BE | T_AUX | T_SUB | T_REL | T_WH | T_THAT | T_TO | T_WEEKDAY | T_FINITE | T_TIME));
        stops = stops || (!named && (x->tag[w] & T_PREP) && (w == from || !ties(x, w)));
        stops = stops || (!named && (x->tag[w] & T_COORD) && !and_links(x, w));
        const fsc_vcue *c = !stops && !named && w > from ? fsc_vx_cue_at(x, w) : NULL;
        stops = stops || (c && c->kind == CUE_VERB && !fsc_voice_is_noun_use(x, c));
        if (!named && w > from + 1 && (x->tag[w] & T_PRONOUN) && !(x->tag[w] & T_POSS) && (x->tag[w - 1] & T_PREP))
            return w + 1;
        stops = stops || (!named && w > from && (x->tag[w] & (T_PRONOUN | T_ADV)));
        stops = stops ||
                (!named && w > from && (x->tag[w] & (T_DET | T_POSS)) && !(x->tag[w - 1] & (T_DET | T_PREP | T_COORD)));
        if (stops)
            return w;
        bool inside = named && w + 1 < x->n && fsc_vx_same_name(x, w, w + 1);
        if (fsc_vx_next(x, w) != w + 1 || fsc_vx_ends_sentence(x, w) ||
            (x->after[w] && !inside && (x->after[w] != P_STOP || !(fsc_vx_flags(x, w) & FSC_WORD_ABBREV))))
            return w + 1;
    }
    return w;
}

// First word of a noun phrase with an article or a name that ends in p; FSC_NONE: it is none.
uint32_t fsc_voice_np_start(const fsc_vx *x, uint32_t p)
{
    if (fsc_vx_named(x, p))
        return x->name.data[fsc_vx_name_at(x, p)].first;
    uint32_t w = p;
    for (unsigned i = 0; i < 5; i++) {
        if (x->tag[w] & (T_DET | T_POSS) && w < p)
            return w;
        if ((x->tag[w] & (T_FUNCTION | T_CUEVERB | T_FINITE)) && !fsc_vx_named(x, w))
            return FSC_NONE;
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || (x->after[l] & P_CLAUSE))
            return FSC_NONE;
        w = l;
    }
    return FSC_NONE;
}
