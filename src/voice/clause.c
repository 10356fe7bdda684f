#include "voice/voice_p.h"

// Finds who stands as the subject of each cue and where its complement starts. There is no parser: noun phrases
// are read from closed word classes and punctuation, which news prose keeps to. All walks are bounded.

#define MOST_REGION 16 // words of a subject
#define MOST_CHUNKS 6  // appositions between a subject and its verb
#define MOST_GROUP 6   // adverbs and auxiliaries before a verb

// A stretch of words at one level: [first, last], both inside. first FSC_NONE: nothing.
typedef struct stretch {
    uint32_t first, last;
} stretch;

static const stretch NOWHERE = {FSC_NONE, FSC_NONE};

// A base form, as against an irregular past: "plan", not "said".
static bool ends_like_base(const fsc_vx *x, uint32_t w)
{
    const fsc_vcue *c = fsc_vx_cue_at(x, w);
    return c && (c->frame & F_NOUN);
}

// Could word p be the subject of the present tense at w? "officials claim", "the court orders", not "tax plan".
static bool agrees(const fsc_vx *x, uint32_t w, uint32_t p)
{
    if ((x->tag[p] & T_TO) && fsc_voice_ends_in(x, w, "s"))
        return false;
    if (fsc_voice_ends_in(x, w, "ed") || fsc_voice_ends_in(x, w, "ing") ||
        (x->tag[p] & (T_AUX | T_TO | T_ADV | T_NEG | T_REL | T_THAT)))
        return true;
    bool plural = (x->tag[p] & (T_THEY | T_WE | T_I | T_YOU | T_GROUPROLE | T_GROUP)) ||
                  (fsc_voice_ends_in(x, p, "s") && x->name_of[p] == FSC_NONE);
    if (!fsc_voice_ends_in(x, w, "s"))
        return plural || !ends_like_base(x, w);
    if (plural && x->name_of[p] == FSC_NONE)
        return false;
    if (x->name_of[p] != FSC_NONE || (x->tag[p] & T_PRONOUN))
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
    bool said = fsc_view_is(fsc_voice_words(x, w, w + 1), "said");
    if (!article || !(said || fsc_voice_ends_in(x, w, "ed") || fsc_voice_ends_in(x, w, "wn")) || x->after[w] ||
        w + 1 >= x->n)
        return false;
    if (x->tag[p] & T_GROUPROLE || fsc_view_ends(fsc_voice_words(x, p, p + 1), FSC_LIT("other")))
        return false;
    return !(x->tag[w + 1] & T_FUNCTION) && x->name_of[w + 1] == FSC_NONE;
}

// A verb form used as a noun: "the report", "Trump's claim", "a new call for".
static bool is_noun_use(const fsc_vx *x, uint32_t w)
{
    const fsc_vcue *c = fsc_vx_cue_at(x, w);
    if (!c || c->kind != CUE_VERB)
        return c && c->kind == CUE_NOUN;
    uint32_t p = fsc_vx_left(x, w);
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
        return w + 1 < x->n && !fsc_voice_ends_in(x, w, "ed") && fsc_view_is(fsc_voice_words(x, w + 1, w + 2), "of");
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
    if (w + 1 < x->n && fsc_voice_ends_in(x, w, "s") && !x->after[w] &&
        (x->tag[w + 1] & (T_TO | T_THAT | T_DET | T_PRONOUN)))
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
    if (x->name_of[w] != FSC_NONE)
        return false;
    bool led_by = (x->tag[w] & T_FINITE) && w + 1 < x->n && fsc_view_is(fsc_voice_words(x, w + 1, w + 2), "by");
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
    if (x->tag[w] & T_CUE)
        return fsc_vx_cue_at(x, w) && fsc_vx_cue_at(x, w)->kind != CUE_NONE && !is_noun_use(x, w) && fsc_vx_cue_at(x, w)->kind != CUE_NOUN;
    return x->tag[w] & T_COORD;
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
    bool relative = before != FSC_NONE && (x->tag[before] & T_REL) && x->name_of[before] == FSC_NONE;
    return relative || (x->tag[l] & (T_PREP | T_COORD | T_DET | T_REL));
}

// The relative pronoun whose clause holds word w: "aides who did not want to be | named"; FSC_NONE: none.
static uint32_t relative_around(const fsc_vx *x, uint32_t w)
{
    for (unsigned i = 0; i < MOST_REGION; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || (x->after[l] & P_CLAUSE) || x->level[l] != x->level[w])
            return FSC_NONE;
        if ((x->tag[l] & T_REL) && x->name_of[l] == FSC_NONE)
            return l;
        w = l;
    }
    return FSC_NONE;
}

// The subject region that ends in word `last`, walking left up to punctuation or a word no subject reaches over.
static stretch region_left(const fsc_vx *x, uint32_t last)
{
    stretch s = NOWHERE;
    uint32_t w = last;
    if ((x->tag[w] & T_PRONOUN) && !(x->tag[w] & (T_POSS | T_BE | T_AUX)) && x->name_of[w] == FSC_NONE &&
        !is_reflexive(x, w))
        return (stretch){w, w};
    for (unsigned i = 0; w != FSC_NONE && i < MOST_REGION; i++) {
        if (ends_subject(x, w) && !((x->tag[w] & T_COORD) && and_links(x, w))) {
            // the people who wrote the rules say: over the clause behind "who"
            // what was read so far is no noun phrase when it opens with a participle or preposition
            uint32_t l = fsc_vx_left(x, w);
            bool phrase = s.first != FSC_NONE && x->name_of[s.first] == FSC_NONE &&
                          ((x->tag[s.first] & T_PREP) || fsc_voice_is_participle(x, s.first));
            if (phrase)
                l = relative_around(x, w);
            if (l == FSC_NONE || !(x->tag[l] & T_REL) || x->name_of[l] != FSC_NONE || (x->after[l] & P_CLAUSE))
                break;
            w = l;
        }
        if ((x->tag[w] & T_REL) && s.first != FSC_NONE && x->name_of[w] == FSC_NONE) {
            // officials who attended the meeting said: the subject stands before "who"
            last = fsc_vx_left(x, w);
            s = NOWHERE;
            w = last;
            continue;
        }
        s.first = w;
        s.last = last;
        uint32_t l = fsc_vx_left(x, w);
        // an article opens the phrase: "a claim | the army denied"
        if (fsc_voice_is_article(x, w) && l != FSC_NONE && x->name_of[w] == FSC_NONE && !carries_article(x, l))
            break;
        if (l == FSC_NONE || (fsc_vx_between(x, l, w) & (P_CLAUSE | P_STOP | P_ASK) &
                              ~(unsigned)(x->name_of[w] == x->name_of[l] && x->name_of[w] != FSC_NONE ? P_STOP : 0)))
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
    if (x->name_of[first] != FSC_NONE && x->name.data[x->name_of[first]].kind == FSC_ACTOR_PLACE)
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
static uint32_t chunk_start(const fsc_vx *x, uint32_t last)
{
    uint32_t w = last;
    for (unsigned i = 0; i < MOST_REGION; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || w != l + 1)
            return w;
        unsigned p = x->after[l];
        bool abbreviated = x->name_of[l] != FSC_NONE && x->name_of[l] == x->name_of[w];
        if ((p & (P_COMMA | P_SEMICOLON | P_COLON | P_DASH)) && !abbreviated)
            return w;
        w = l;
    }
    return w;
}

// Nothing but a person with a role before: "state Sen. Rita Vance".
static bool is_person_alone(const fsc_vx *x, uint32_t first, uint32_t last)
{
    if (x->name_of[last] == FSC_NONE)
        return false;
    const fsc_name *n = &x->name.data[x->name_of[last]];
    return n->kind == FSC_ACTOR_PERSON && (n->first <= first || (n->titled && n->role_first <= first));
}

// "Smith, a nurse from Austin, Texas, said": last is the word before the comma at the verb.
static stretch over_appositions(const fsc_vx *x, uint32_t last)
{
    for (unsigned i = 0; i < MOST_CHUNKS; i++) {
        uint32_t first = chunk_start(x, last);
        uint32_t l = fsc_vx_left(x, first);
        bool whole_name = is_person_alone(x, first, last);
        bool more = l != FSC_NONE && first == l + 1 && (x->after[l] & (P_COMMA | P_DASH));
        bool to_name =
            more && (fsc_voice_is_nominal(x, l) || fsc_vx_flags(x, l) & FSC_WORD_NUMBER || i + 1 < MOST_CHUNKS);
        bool behind_person = more && x->name_of[l] != FSC_NONE && x->name.data[x->name_of[l]].end == l + 1 &&
                             x->name.data[x->name_of[l]].kind == FSC_ACTOR_PERSON;
        if (whole_name || !(is_apposition(x, first) || behind_person) || !to_name)
            return i == 0 && !whole_name ? NOWHERE : region_left(x, last);
        last = l;
    }
    return NOWHERE;
}

static uint32_t skip_parenthesis_left(const fsc_vx *x, uint32_t w)
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
static uint32_t group_start(const fsc_vx *x, uint32_t first, uint64_t *met)
{
    uint32_t w = first;
    for (unsigned i = 0; i < MOST_GROUP; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || w != l + 1 || (x->after[l] & (P_CLAUSE | P_QUOTE)) || x->name_of[l] != FSC_NONE)
            return w;
        bool pronoun_verb = (x->tag[l] & T_PRONOUN) && (x->tag[l] & (T_BE | T_AUX));
        // have since claimed
        uint32_t before = fsc_vx_left(x, l);
        bool since = before != FSC_NONE && (x->tag[before] & T_AUX) && fsc_voice_is_word(x, l, "since");
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
    if (w >= x->n || ((x->tag[w] & (T_BE | T_AUX | T_SUB | T_COORD | T_TO | T_DATE)) && x->name_of[w] == FSC_NONE))
        return false;
    return fsc_voice_is_nominal(x, w) || (x->tag[w] & (T_DET | T_POSS | T_PRONOUN | T_ADJ | T_TITLE | T_NUMERAL)) ||
           !(x->tag[w] & (T_FUNCTION | T_CUEVERB | T_FINITE));
}

// Prepositions that tie a noun phrase to the one before it.
static bool ties(const fsc_vx *x, uint32_t w)
{
    static const char *const words[] = {"of", "for", "at", "with", "from", "in", "on", "to"};
    fsc_view v = fsc_voice_words(x, w, w + 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (fsc_view_is(v, words[i]))
            return i < 5 || (w + 1 < x->n && !(x->tag[w + 1] & T_DATE) && i < 6 && (x->tag[w + 1] & (T_PLACE | T_DET)));
    return false;
}

uint32_t fsc_voice_np_end(const fsc_vx *x, uint32_t w, unsigned most)
{
    if (!fsc_voice_np_starts(x, w))
        return w;
    if ((x->tag[w] & T_PRONOUN) && !(x->tag[w] & T_POSS) && x->name_of[w] == FSC_NONE)
        return w + 1;
    uint32_t from = w;
    for (; w < x->n && w - from < most; w++) {
        bool named = x->name_of[w] != FSC_NONE;
        bool stops = !named && (x->tag[w] &
                                (T_BE | T_AUX | T_SUB | T_REL | T_WH | T_THAT | T_TO | T_WEEKDAY | T_FINITE | T_TIME));
        stops = stops || (!named && (x->tag[w] & T_PREP) && (w == from || !ties(x, w)));
        stops = stops || (!named && (x->tag[w] & T_COORD) && !and_links(x, w));
        stops = stops || (!named && w > from && (x->tag[w] & T_CUE) && fsc_vx_cue_at(x, w) && fsc_vx_cue_at(x, w)->kind == CUE_VERB &&
                          !is_noun_use(x, w));
        if (!named && w > from + 1 && (x->tag[w] & T_PRONOUN) && !(x->tag[w] & T_POSS) && (x->tag[w - 1] & T_PREP))
            return w + 1;
        stops = stops || (!named && w > from && (x->tag[w] & (T_PRONOUN | T_ADV)));
        stops = stops ||
                (!named && w > from && (x->tag[w] & (T_DET | T_POSS)) && !(x->tag[w - 1] & (T_DET | T_PREP | T_COORD)));
        if (stops)
            return w;
        bool inside = named && w + 1 < x->n && x->name_of[w + 1] == x->name_of[w];
        if (x->next[w] != w + 1 || fsc_vx_ends_sentence(x, w) ||
            (x->after[w] && !inside && (x->after[w] != P_STOP || !(fsc_vx_flags(x, w) & FSC_WORD_ABBREV))))
            return w + 1;
    }
    return w;
}

static bool set_source(fsc_vx *x, fsc_vcue *c, stretch s)
{
    if (s.first == FSC_NONE)
        return true;
    c->left = s.first;
    // words of a deeper level inside the stretch belong to it: “so-called” experts
    c->source = fsc_voice_add_source(x, s.first, s.last + 1);
    return c->source != FSC_NONE;
}

// ---------------------------------------------------------------- subjects by kind of cue

// The source of the last cue before this one in its sentence, else the first noun phrase of the sentence.
static void share_source(fsc_vx *x, fsc_vcue *c)
{
    uint32_t index = (uint32_t)(c - x->cue.data);
    for (uint32_t i = index; i > 0 && index - i < 4; i--) {
        const fsc_vcue *b = &x->cue.data[i - 1];
        if (x->sentence[b->first] != x->sentence[c->first] || x->level[b->first] != x->level[c->first])
            break;
        if (b->source != FSC_NONE && b->kind == CUE_VERB) {
            c->source = b->source;
            return;
        }
    }
}

// Known to be able to speak, or a noun right behind its article: what is found far from its verb must be sure.
static bool can_head(const fsc_vx *x, uint32_t w)
{
    if (fsc_voice_is_nominal(x, w) || ((x->tag[w] & T_PRONOUN) && !(x->tag[w] & T_POSS)))
        return true;
    uint32_t l = fsc_vx_left(x, w);
    bool article = l != FSC_NONE && !x->after[l] && (x->tag[l] & (T_DET | T_POSS));
    bool capital = (fsc_vx_flags(x, w) & FSC_WORD_CAPITAL) && l == FSC_NONE;
    return (article || capital) && !(x->tag[w] & (T_FUNCTION | T_FINITE | T_CUEVERB));
}

static bool first_subject(fsc_vx *x, fsc_vcue *c)
{
    uint32_t lowest = c->first, comma = FSC_NONE;
    for (unsigned i = 0; i < 40; i++) {
        uint32_t l = fsc_vx_left(x, lowest);
        if (l == FSC_NONE || ((x->after[l] & P_DASH) && fsc_voice_is_dateline(x, l)))
            break;
        comma = x->after[l] & P_COMMA && lowest != c->first ? lowest : comma;
        lowest = l;
    }
    // "After the hearing, the chief issued a statement, saying": the subject stands behind the first comma
    if ((x->tag[lowest] & (T_PREP | T_SUB)) && x->name_of[lowest] == FSC_NONE && comma != FSC_NONE)
        lowest = comma;
    uint32_t end = fsc_voice_np_end(x, lowest, 8);
    for (uint32_t i = lowest + 1; i < end; i++)
        if (fsc_voice_ends_in(x, i, "ed") && x->name_of[i] == FSC_NONE && !(x->tag[i - 1] & (T_DET | T_PREP)))
            end = i;
    if (end <= lowest || end > c->first || (x->tag[lowest] & (T_PREP | T_SUB)) || !can_head(x, end - 1))
        return true;
    c->source = fsc_voice_add_source(x, lowest, end);
    return c->source != FSC_NONE;
}

// said McLaughlin, a spokeswoman: the noun phrase behind the verb.
static bool try_inversion(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = fsc_vx_right(x, c->end - 1);
    if (!(c->frame & F_QUOTE) || r != c->end || (fsc_vx_between(x, c->end - 1, r) & (P_CLAUSE | P_QUOTE)))
        return true;
    if (x->tag[r] & (T_THAT | T_WH | T_IT | T_I | T_WE | T_YOU) && x->name_of[r] == FSC_NONE)
        return true;
    uint32_t end = fsc_voice_np_end(x, r, 14);
    if (end <= r)
        return true;
    bool closes = fsc_vx_right(x, end - 1) == FSC_NONE || (x->after[end - 1] & (P_CLAUSE | P_QUOTE)) ||
                  (x->tag[end] & (T_PREP | T_DATE | T_REL | T_ADV | T_SUB | T_COORD)) ||
                  fsc_voice_ends_in(x, end, "ing");
    uint32_t name = x->name_of[r];
    closes = closes || (name != FSC_NONE && x->name.data[name].kind == FSC_ACTOR_PERSON);
    if (!closes)
        return true;
    // said one of them, Ana Ruiz, as she left
    if ((x->after[end - 1] & P_COMMA) && fsc_vx_right(x, end - 1) == end && x->name_of[end] != FSC_NONE &&
        x->name_of[end - 1] == FSC_NONE) {
        const fsc_name *n = &x->name.data[x->name_of[end]];
        bool whole = n->kind == FSC_ACTOR_PERSON && n->first == end &&
                     (fsc_vx_right(x, n->end - 1) == FSC_NONE || (x->after[n->end - 1] & P_COMMA));
        r = whole ? n->first : r;
        end = whole ? n->end : end;
    }
    c->source = fsc_voice_add_source(x, r, end);
    c->inverted = true;
    c->right = fsc_vx_right(x, end - 1);
    return c->source != FSC_NONE;
}

// "..., said agency spokesman Jason Kersten." -- the words behind the verb speak, whatever stands before the comma.
static bool inverts(const fsc_vx *x, const fsc_vcue *c)
{
    uint32_t r = fsc_vx_right(x, c->end - 1);
    if (r != c->end || (c->frame & F_ADDRESSEE) || !(c->frame & F_QUOTE) || (x->after[c->end - 1] & P_CLAUSE))
        return false;
    uint32_t end = fsc_voice_np_end(x, r, 14);
    if (end <= r || !fsc_voice_is_nominal(x, end - 1))
        return false;
    bool modified = end < x->n && (fsc_voice_ends_in(x, end, "ing") || (x->tag[end] & T_REL));
    return fsc_vx_right(x, end - 1) == FSC_NONE || (x->after[end - 1] & P_COMMA) || modified;
}

static bool passive_of(const fsc_vx *x, const fsc_vcue *c, uint64_t met)
{
    return (met & T_BE) && !c->participle && !fsc_voice_ends_in(x, c->first, "s") &&
           (c->frame & (F_THAT | F_TO | F_OBJECT | F_AS | F_OF | F_NAME | F_CAUSE));
}

// First word of a noun phrase with an article or a name that ends in p; FSC_NONE: it is none.
static uint32_t noun_phrase_start(const fsc_vx *x, uint32_t p)
{
    if (x->name_of[p] != FSC_NONE)
        return x->name.data[x->name_of[p]].first;
    uint32_t w = p;
    for (unsigned i = 0; i < 5; i++) {
        if (x->tag[w] & (T_DET | T_POSS) && w < p)
            return w;
        if ((x->tag[w] & (T_FUNCTION | T_CUEVERB | T_FINITE)) && x->name_of[w] == FSC_NONE)
            return FSC_NONE;
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || (x->after[l] & P_CLAUSE))
            return FSC_NONE;
        w = l;
    }
    return FSC_NONE;
}

// "is trying to downplay": the subject of the verb that governs the infinitive; p is the word before "to".
static bool governing_subject(fsc_vx *x, fsc_vcue *c, uint32_t p)
{
    uint64_t met = 0;
    // "prompted some users to argue": the object of the governing verb
    uint32_t np = noun_phrase_start(x, p);
    if (np != FSC_NONE) {
        c->source = fsc_voice_add_source(x, np, p + 1);
        return c->source != FSC_NONE;
    }
    uint32_t s = fsc_vx_left(x, group_start(x, p, &met));
    if (s == FSC_NONE || (x->after[s] & P_CLAUSE) || !can_head(x, s))
        return true;
    uint32_t left = c->left;
    bool ok = set_source(x, c, region_left(x, s));
    c->left = left;
    return ok;
}

// "with forecasters warning", "resolutions declaring": the participle belongs to the noun before it, unless that is
// only the end of a phrase: "posted on Twitter accusing".
static bool modifies_noun(const fsc_vx *x, uint32_t p)
{
    if (((x->tag[p] & (T_FUNCTION | T_DATE | T_DOC | T_CUEVERB | T_FINITE | T_UNIT)) || fsc_voice_ends_in(x, p, "ed")) && x->name_of[p] == FSC_NONE)
        return false;
    if (x->name_of[p] == FSC_NONE)
        return true;
    const fsc_name *n = &x->name.data[x->name_of[p]];
    uint32_t l = fsc_vx_left(x, n->titled ? n->role_first : n->first);
    return l != FSC_NONE && !(x->after[l] & P_CLAUSE) && fsc_view_is(fsc_voice_words(x, l, l + 1), "with");
}

// "was disputed by doctors"
static bool passive_agent(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = fsc_vx_right(x, c->end - 1);
    if (r != c->end || !fsc_view_is(fsc_voice_words(x, r, r + 1), "by"))
        return true;
    uint32_t end = fsc_voice_np_end(x, r + 1, 10);
    if (end <= r + 1)
        return true;
    c->source = fsc_voice_add_source(x, r + 1, end);
    c->right = fsc_vx_right(x, end - 1);
    return c->source != FSC_NONE;
}

static bool adjective_subject(fsc_vx *x, fsc_vcue *c)
{
    uint64_t met = 0;
    uint32_t group = group_start(x, c->first, &met);
    uint32_t p = fsc_vx_left(x, group);
    if (p == FSC_NONE)
        return true;
    if (!(met & T_BE)) {
        // feels sure, remain skeptical; not: make sure
        if (!(x->tag[p] & T_COPULA) || (x->after[p] & P_CLAUSE))
            return true;
        group = p;
        p = fsc_vx_left(x, group_start(x, group, &met));
    }
    if (p == FSC_NONE || (x->after[p] & (P_SEMICOLON | P_COLON | P_DASH)))
        return true;
    c->group = group;
    return set_source(x, c, x->after[p] & P_COMMA ? over_appositions(x, p) : region_left(x, p));
}

// saying, adding, accusing: the subject of the clause around it, or the noun right before it; p is the word before,
// free of punctuation when `close`.
static bool participle_subject(fsc_vx *x, fsc_vcue *c, uint32_t p, bool close)
{
    if (p != FSC_NONE && close && modifies_noun(x, p)) {
        uint32_t np = noun_phrase_start(x, p);
        return set_source(x, c, (stretch){np == FSC_NONE ? p : np, p});
    }
    share_source(x, c);
    bool free = p == FSC_NONE || !(x->tag[p] & (T_PREP | T_TO)) || x->level[c->first] == FSC_NONE;
    return c->source != FSC_NONE || !free || first_subject(x, c);
}

// A comma or dash stands before the verb, and p before that.
static bool set_off_subject(fsc_vx *x, fsc_vcue *c, uint32_t p)
{
    stretch s = over_appositions(x, p);
    if (s.first == FSC_NONE && !(c->frame & F_QUOTE)) {
        // "asked about it, called him a liar and left"
        share_source(x, c);
        return true;
    }
    if (s.first == FSC_NONE && !(c->frame & F_ADDRESSEE))
        return try_inversion(x, c);
    if (!set_source(x, c, s))
        return false;
    // "his opponent, Rita Vance, said": all of it is the subject
    uint32_t l = s.first == FSC_NONE ? FSC_NONE : fsc_vx_left(x, s.first);
    bool set_off = l != FSC_NONE && l + 1 == s.first && (x->after[l] & P_COMMA) && is_person_alone(x, s.first, s.last);
    if (set_off && (x->tag[chunk_start(x, l)] & (T_DET | T_POSS)))
        c->left = chunk_start(x, l);
    return true;
}

// "Ellen Voss, who said": the noun phrase before the relative pronoun.
static bool relative_subject(fsc_vx *x, fsc_vcue *c, uint32_t who)
{
    uint32_t p = fsc_vx_left(x, who);
    stretch s = NOWHERE;
    c->relative = true;
    // "a version that read": the noun phrase right before
    uint32_t np =
        p != FSC_NONE && (x->tag[who] & T_THAT) && !(x->after[p] & P_CLAUSE) ? noun_phrase_start(x, p) : FSC_NONE;
    if (np != FSC_NONE)
        s = (stretch){np, p};
    // "angered his many victims, who had hoped": the people right before
    bool people = p != FSC_NONE && (x->tag[p] & T_GROUPROLE) && x->name_of[p] == FSC_NONE;
    uint32_t group = people && (x->after[p] & P_COMMA) ? noun_phrase_start(x, p) : FSC_NONE;
    if (group != FSC_NONE)
        s = (stretch){group, p};
    else if (p != FSC_NONE && (x->after[p] & P_COMMA) && p + 1 == who)
        s = over_appositions(x, p);
    if (p != FSC_NONE && s.first == FSC_NONE && x->name_of[p] != FSC_NONE)
        s = (stretch){x->name.data[x->name_of[p]].first, p};
    bool ok = p == FSC_NONE || set_source(x, c, s.first != FSC_NONE ? s : region_left(x, p));
    c->left = who;
    return ok;
}

// The subject right before the verb group; p is the word before it.
static bool close_subject(fsc_vx *x, fsc_vcue *c, uint32_t p)
{
    if (p == FSC_NONE)
        return true;
    if ((x->tag[p] & (T_REL | T_THAT)) && x->name_of[p] == FSC_NONE)
        return relative_subject(x, c, p);
    if ((x->tag[p] & T_COORD) && x->name_of[p] == FSC_NONE) {
        share_source(x, c);
        return c->source != FSC_NONE || first_subject(x, c);
    }
    return set_source(x, c, region_left(x, p));
}

static bool verb_subject(fsc_vx *x, fsc_vcue *c)
{
    uint64_t met = 0;
    uint32_t group = group_start(x, c->first, &met);
    uint32_t p = fsc_vx_left(x, group);
    c->left = c->group = group;
    c->passive = passive_of(x, c, met);
    c->infinitive = (met & T_TO) != 0;
    if ((met & T_BE) && (c->frame & F_SELF)) {
        // "is convinced that": a state of mind, no passive
        c->kind = CUE_ADJECTIVE;
        return adjective_subject(x, c);
    }
    if (c->passive)
        return passive_agent(x, c);
    if (p != FSC_NONE && (met & T_TO)) {
        share_source(x, c);
        return c->source != FSC_NONE || governing_subject(x, c, p);
    }
    unsigned between = p == FSC_NONE ? 0 : fsc_vx_between(x, p, group);
    bool behind_quote =
        (p == FSC_NONE && group > 0 && (x->after[group - 1] & P_QUOTE)) || (p != FSC_NONE && p + 1 != group);
    if (c->participle && !(met & (T_BE | T_AUX)))
        return participle_subject(x, c, p, !between && !behind_quote);
    if (p == FSC_NONE || behind_quote)
        return (!behind_quote && (x->after[c->end - 1] & P_CLAUSE)) || try_inversion(x, c);
    if (between & P_CLOSE)
        return close_subject(x, c, skip_parenthesis_left(x, p));
    if ((between & P_COMMA) && inverts(x, c))
        return try_inversion(x, c);
    if (between & (P_COMMA | P_DASH))
        return set_off_subject(x, c, p);
    return (between & (P_COLON | P_SEMICOLON)) || close_subject(x, c, p);
}

static bool noun_subject(fsc_vx *x, fsc_vcue *c)
{
    uint32_t w = c->first, r = fsc_vx_right(x, c->end - 1);
    if (r == c->end && !(x->after[c->end - 1] & P_CLAUSE) &&
        (fsc_view_is(fsc_voice_words(x, r, r + 1), "by") || fsc_view_is(fsc_voice_words(x, r, r + 1), "from"))) {
        uint32_t end = fsc_voice_np_end(x, r + 1, 10);
        c->right = end < x->n ? fsc_vx_right(x, end - 1) : FSC_NONE;
        c->source = end > r + 1 ? fsc_voice_add_source(x, r + 1, end) : FSC_NONE;
        return true;
    }
    for (unsigned i = 0; i < 3; i++) {
        uint32_t l = fsc_vx_left(x, w);
        if (l == FSC_NONE || (x->after[l] & P_CLAUSE))
            return true;
        if ((fsc_vx_flags(x, l) & FSC_WORD_POSSESSIVE) || (x->tag[l] & T_POSS)) {
            stretch s = {l, l};
            if (fsc_vx_flags(x, l) & FSC_WORD_POSSESSIVE)
                s = region_left(x, l);
            uint32_t left = c->left;
            bool ok = set_source(x, c, s);
            c->left = left;
            return ok;
        }
        if (x->tag[l] & T_FUNCTION)
            return true;
        w = l;
    }
    return true;
}

static bool phrase_subject(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = fsc_vx_right(x, c->end - 1);
    if (r != c->end)
        return true;
    uint32_t end = fsc_voice_np_end(x, r, 14);
    if (end <= r)
        return true;
    // "according to his aunt, Jane Starner, ..."
    if ((x->after[end - 1] & P_COMMA) && fsc_vx_right(x, end - 1) == end && x->name_of[end] != FSC_NONE) {
        const fsc_name *n = &x->name.data[x->name_of[end]];
        bool apart = n->first == end && n->kind == FSC_ACTOR_PERSON && (x->after[n->end - 1] & P_COMMA) &&
                     !fsc_vx_is(x, n->end, T_REL) && !(x->tag[end - 1] & T_GROUPROLE);
        r = apart ? n->first : r;
        end = apart ? n->end : end;
    }
    c->right = fsc_vx_right(x, end - 1);
    c->source = fsc_voice_add_source(x, r, end);
    c->source_end = end;
    return c->source != FSC_NONE;
}

int fsc_voice_subjects(fsc_vx *x, fsc_err *err)
{
    for (size_t i = 0; i < x->cue.len; i++) {
        fsc_vcue *c = &x->cue.data[i];
        c->right = fsc_vx_right(x, c->end - 1);
        c->left = c->group = c->first;
        bool named = x->name_of[c->first] != FSC_NONE && c->kind != CUE_PHRASE;
        if (named || (c->kind == CUE_VERB && is_noun_use(x, c->first)))
            c->kind = !named && (c->frame & F_THAT) ? CUE_NOUN : CUE_NONE;
        bool ok = true;
        if (c->kind == CUE_VERB)
            ok = verb_subject(x, c);
        else if (c->kind == CUE_NOUN)
            ok = noun_subject(x, c);
        else if (c->kind == CUE_PHRASE)
            ok = phrase_subject(x, c);
        else if (c->kind == CUE_ADJECTIVE)
            ok = adjective_subject(x, c);
        if (!ok)
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}
