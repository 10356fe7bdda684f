#include "voice/form_p.h"

// Finds who stands as the subject of each cue and where its complement starts; phrases are read in phrase.c.

static bool set_source(fsc_vx *x, fsc_vcue *c, fsc_stretch s)
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
        if (!fsc_vx_same_sentence(x, b->first, c->first) || fsc_vx_level(x, b->first) != fsc_vx_level(x, c->first))
            break;
        if (b->source != FSC_NONE && b->kind == CUE_VERB) {
            c->source = b->source;
            uint32_t l = fsc_vx_left(x, c->group);
            c->relative = b->relative && l != FSC_NONE && (x->tag[l] & T_COORD) && !x->after[l];
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
    while (lowest < c->first && (x->tag[lowest] & (T_COORD | T_ADV)) && !fsc_vx_named(x, lowest) &&
           fsc_vx_right(x, lowest) != FSC_NONE)
        lowest = fsc_vx_right(x, lowest);
    // "After the hearing, the chief issued a statement, saying": the subject stands behind the first comma
    if ((x->tag[lowest] & (T_PREP | T_SUB)) && !fsc_vx_named(x, lowest) && comma != FSC_NONE)
        lowest = comma;
    uint32_t end = fsc_voice_np_end(x, lowest, 8);
    for (uint32_t i = lowest + 1; i < end; i++)
        if (fsc_voice_ends_in(x, i, "ed") && !fsc_vx_named(x, i) && !(x->tag[i - 1] & (T_DET | T_PREP)))
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
    if (x->tag[r] & (T_THAT | T_WH | T_IT | T_I | T_WE | T_YOU) && !fsc_vx_named(x, r))
        return true;
    uint32_t end = fsc_voice_np_end(x, r, 14);
    if (end <= r)
        return true;
    bool closes = fsc_vx_right(x, end - 1) == FSC_NONE || (x->after[end - 1] & (P_CLAUSE | P_QUOTE)) ||
                  (x->tag[end] & (T_PREP | T_DATE | T_REL | T_ADV | T_SUB | T_COORD)) ||
                  fsc_voice_ends_in(x, end, "ing");
    uint32_t name = fsc_vx_name_at(x, r);
    closes = closes || (name != FSC_NONE && x->name.data[name].kind == FSC_ACTOR_PERSON);
    if (!closes)
        return true;
    // said one of them, Ana Ruiz, as she left
    if ((x->after[end - 1] & P_COMMA) && fsc_vx_right(x, end - 1) == end && fsc_vx_named(x, end) &&
        !fsc_vx_named(x, end - 1)) {
        const fsc_name *n = &x->name.data[fsc_vx_name_at(x, end)];
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
    // "..., dismissed the report," has an object
    bool says = (c->frame & F_QUOTE) && (c->frame & (F_BARE | F_THAT)) && !(c->frame & F_ADDRESSEE);
    if (r != c->end || !says || (x->after[c->end - 1] & P_CLAUSE))
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

// "is trying to downplay": the subject of the verb that governs the infinitive; p is the word before "to", `apart`: but
// for a date.
static bool governing_subject(fsc_vx *x, fsc_vcue *c, uint32_t p, bool apart)
{
    uint64_t met = 0;
    // "prompted some users to argue": the object of the governing verb
    uint32_t np = fsc_voice_np_start(x, p);
    if (np != FSC_NONE) {
        // "every reason to suspect": nobody suspects
        uint32_t be = fsc_vx_left(x, np);
        if ((x->tag[p] & T_ABSTRACT) || (be != FSC_NONE && (x->tag[be] & T_BE))) // it is a shame to see
            return true;
        // "turned to the radio to say", "met on Monday to ask": the subject of the sentence
        if (apart || (be != FSC_NONE && (x->tag[be] & (T_PREP | T_TO))))
            return first_subject(x, c);
        c->source = fsc_voice_add_source(x, np, p + 1);
        return c->source != FSC_NONE;
    }
    if (x->tag[p] & T_ABSTRACT)
        return true;
    uint32_t s = fsc_vx_left(x, fsc_voice_group_start(x, p, &met));
    if (s == FSC_NONE || (x->after[s] & P_CLAUSE) || !can_head(x, s))
        return true;
    uint32_t left = c->left;
    bool ok = set_source(x, c, fsc_voice_region_left(x, s));
    c->left = left;
    return ok;
}

// "with forecasters warning", "resolutions declaring": the participle belongs to the noun before it, unless that is
// only the end of a phrase: "posted on Twitter accusing".
static bool modifies_noun(const fsc_vx *x, uint32_t p)
{
    if (((x->tag[p] & (T_FUNCTION | T_DATE | T_DOC | T_CUEVERB | T_FINITE | T_UNIT)) ||
         fsc_voice_ends_in(x, p, "ed")) &&
        !fsc_vx_named(x, p))
        return false;
    if (!fsc_vx_named(x, p))
        return true;
    const fsc_name *n = &x->name.data[fsc_vx_name_at(x, p)];
    uint32_t l = fsc_vx_left(x, n->titled ? n->role_first : n->first);
    return l != FSC_NONE && !(x->after[l] & P_CLAUSE) && fsc_vx_spelled(x, l) == FSC_FORM("with");
}

// "was disputed by doctors"
static bool passive_agent(fsc_vx *x, fsc_vcue *c)
{
    uint32_t r = fsc_vx_right(x, c->end - 1);
    if (r != c->end || fsc_vx_spelled(x, r) != FSC_FORM("by"))
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
    uint32_t group = fsc_voice_group_start(x, c->first, &met);
    uint32_t p = fsc_vx_left(x, group);
    if (p == FSC_NONE)
        return true;
    if (!(met & T_BE)) {
        // feels sure, remain skeptical; not: make sure
        if (!(x->tag[p] & T_COPULA) || (x->after[p] & P_CLAUSE))
            return true;
        group = p;
        p = fsc_vx_left(x, fsc_voice_group_start(x, group, &met));
    }
    if (p == FSC_NONE || (x->after[p] & (P_SEMICOLON | P_COLON | P_DASH)))
        return true;
    c->group = group;
    return set_source(x, c, x->after[p] & P_COMMA ? fsc_voice_over_appositions(x, p) : fsc_voice_region_left(x, p));
}

// "When she asked, he declined, saying": the subject of the clause that ends in word p, when it shows a verb; false:
// none. Out of memory shows in c->source.
static bool clause_subject(fsc_vx *x, fsc_vcue *c, uint32_t p)
{
    uint32_t first = fsc_voice_chunk_start(x, p);
    while (first < p && (x->tag[first] & (T_COORD | T_ADV)) && !fsc_vx_named(x, first))
        first++;
    uint32_t end = fsc_voice_np_end(x, first, 8);
    if (end <= first || end > p || x->after[end - 1] || !can_head(x, end - 1) ||
        (x->tag[first] & (T_PREP | T_SUB | T_REL)))
        return false;
    const fsc_vcue *other = fsc_vx_cue_at(x, end);
    bool verb = (x->tag[end] & (T_BE | T_AUX | T_FINITE)) || fsc_voice_ends_in(x, end, "ed") || (other && other->kind == CUE_VERB);
    if (!verb || fsc_vx_named(x, end))
        return false;
    c->source = fsc_voice_add_source(x, first, end);
    return true;
}

// "Promising to cut the tax, Lee won": the noun phrase behind the comma; false: none.
static bool subject_behind(fsc_vx *x, fsc_vcue *c)
{
    uint32_t w = c->end - 1;
    for (unsigned i = 0; i < 30; i++) {
        uint32_t r = fsc_vx_right(x, w);
        if (r == FSC_NONE)
            return false;
        bool comma = fsc_vx_between(x, w, r) & P_COMMA;
        uint32_t end = comma ? fsc_voice_np_end(x, r, 8) : r;
        w = r;
        if (end <= r ||
            !(fsc_vx_named(x, end - 1) || (x->tag[r] & (T_DET | T_PRONOUN)) || fsc_voice_is_nominal(x, end - 1)))
            continue;
        uint32_t name = fsc_vx_name_at(x, end - 1);
        bool place = name != FSC_NONE && x->name.data[name].kind == FSC_ACTOR_PLACE;
        bool person = name != FSC_NONE && x->name.data[name].kind == FSC_ACTOR_PERSON;
        if (place || end >= x->n || (x->tag[end] & T_COORD) || (!person && (x->tag[end] & T_PREP)))
            continue;
        c->source = fsc_voice_add_source(x, r, end);
        return true;
    }
    return false;
}

// "accused the mayor of saying", "attacked him for admitting"
static bool is_charge(uint64_t form)
{
    return form == FSC_FORM("for") || form == FSC_FORM("of") || form == FSC_FORM("from") || form == FSC_FORM("into");
}

static bool is_with_or_of(uint64_t form)
{
    return form == FSC_FORM("with") || form == FSC_FORM("of");
}

// saying, adding, accusing: the subject of the clause around it, or the noun right before it; p is the word before,
// free of punctuation when `close`.
static bool participle_subject(fsc_vx *x, fsc_vcue *c, uint32_t p, bool close)
{
    uint32_t l = p == FSC_NONE ? FSC_NONE : fsc_vx_left(x, p);
    // the one accused
    if (close && l != FSC_NONE && !x->after[l] && is_charge(fsc_vx_form(x, p)) && fsc_voice_is_nominal(x, l)) {
        uint32_t np = fsc_voice_np_start(x, l);
        c->source = fsc_voice_add_source(x, np == FSC_NONE ? l : np, l + 1);
        return c->source != FSC_NONE;
    }
    if (p != FSC_NONE && close && modifies_noun(x, p)) {
        uint32_t np = fsc_voice_np_start(x, p);
        // "wrote slogans on the buses demanding", "are on strike demanding": not the buses
        uint32_t before = fsc_vx_left(x, np == FSC_NONE ? p : np);
        bool place = before != FSC_NONE && (x->tag[before] & T_PREP) && !fsc_voice_is_nominal(x, p) &&
                     !is_with_or_of(fsc_vx_form(x, before));
        if (place) {
            share_source(x, c);
            return c->source != FSC_NONE || first_subject(x, c);
        }
        return set_source(x, c, (fsc_stretch){np == FSC_NONE ? p : np, p});
    }
    if (p != FSC_NONE && !close && clause_subject(x, c, p))
        return c->source != FSC_NONE;
    if (p == FSC_NONE && subject_behind(x, c))
        return c->source != FSC_NONE;
    share_source(x, c);
    bool free = p == FSC_NONE || !(x->tag[p] & (T_PREP | T_TO)) || !fsc_vx_quoted(x, c->first);
    return c->source != FSC_NONE || !free || first_subject(x, c);
}

// A comma or dash stands before the verb, and p before that.
static bool set_off_subject(fsc_vx *x, fsc_vcue *c, uint32_t p)
{
    fsc_stretch s = fsc_voice_over_appositions(x, p);
    if (s.first == FSC_NONE && !(c->frame & F_QUOTE)) {
        // "asked about it, called him a liar and left", but not "the group, known as"
        if (c->end < x->n && !(x->tag[c->end] & T_PREP))
            share_source(x, c);
        return true;
    }
    if (s.first == FSC_NONE && !(c->frame & F_ADDRESSEE))
        return try_inversion(x, c);
    if (!set_source(x, c, s))
        return false;
    // "has called for a ban, promised to build a wall"
    if (s.first == FSC_NONE && fsc_voice_ends_in(x, c->first, "ed"))
        share_source(x, c);
    // "his opponent, Rita Vance, said": all of it is the subject
    uint32_t l = s.first == FSC_NONE ? FSC_NONE : fsc_vx_left(x, s.first);
    bool set_off =
        l != FSC_NONE && l + 1 == s.first && (x->after[l] & P_COMMA) && fsc_voice_is_person_alone(x, s.first, s.last);
    uint32_t chunk = set_off ? fsc_voice_chunk_start(x, l) : 0;
    if (set_off && ((x->tag[chunk] & (T_DET | T_POSS | T_ROLE | T_ADJ)) || fsc_vx_named(x, chunk)))
        c->left = chunk;
    return true;
}

// "shops hit by a strike by staff who want": of a region the people it ends in, when a preposition leads to them.
static fsc_stretch last_people(const fsc_vx *x, fsc_stretch s)
{
    for (uint32_t w = s.first; s.first != FSC_NONE && w < s.last; w++)
        if ((x->tag[w] & T_PREP) && !fsc_vx_named(x, w) && fsc_vx_form(x, w) != FSC_FORM("of") &&
            (x->tag[s.last] & T_GROUPROLE))
            s.first = w + 1;
    return s;
}

// "Ellen Voss, who said": the noun phrase before the relative pronoun.
static bool relative_subject(fsc_vx *x, fsc_vcue *c, uint32_t who)
{
    uint32_t p = fsc_vx_left(x, who);
    fsc_stretch s = FSC_NOWHERE;
    c->relative = true;
    // "a version that read": the noun phrase right before
    uint32_t np =
        p != FSC_NONE && (x->tag[who] & T_THAT) && !(x->after[p] & P_CLAUSE) ? fsc_voice_np_start(x, p) : FSC_NONE;
    if (np != FSC_NONE)
        s = (fsc_stretch){np, p};
    // "angered his many victims, who had hoped": the people right before
    bool people = p != FSC_NONE && (x->tag[p] & T_GROUPROLE) && !fsc_vx_named(x, p);
    uint32_t group = people && (x->after[p] & P_COMMA) ? fsc_voice_np_start(x, p) : FSC_NONE;
    if (group != FSC_NONE)
        s = (fsc_stretch){group, p};
    else if (p != FSC_NONE && (x->after[p] & P_COMMA) && p + 1 == who)
        s = fsc_voice_over_appositions(x, p);
    // "Jeff Marsh of Reno, who said", "a welder from Ohio who plans": no place speaks
    bool place = p != FSC_NONE && fsc_vx_named(x, p) && x->name.data[fsc_vx_name_at(x, p)].kind == FSC_ACTOR_PLACE;
    if (p != FSC_NONE && s.first == FSC_NONE && fsc_vx_named(x, p) && !place)
        s = (fsc_stretch){x->name.data[fsc_vx_name_at(x, p)].first, p};
    if (p != FSC_NONE && s.first == FSC_NONE)
        s = last_people(x, fsc_voice_region_left(x, p));
    bool ok = p == FSC_NONE || set_source(x, c, s);
    c->left = who;
    return ok;
}

// The subject right before the verb group; p is the word before it.
static bool close_subject(fsc_vx *x, fsc_vcue *c, uint32_t p)
{
    if (p == FSC_NONE)
        return true;
    if ((x->tag[p] & (T_REL | T_THAT)) && !fsc_vx_named(x, p))
        return relative_subject(x, c, p);
    if ((x->tag[p] & T_COORD) && !fsc_vx_named(x, p)) {
        share_source(x, c);
        return c->source != FSC_NONE || first_subject(x, c);
    }
    fsc_stretch s = fsc_voice_region_left(x, p);
    // "refers to investments intended to grow": a participle of its own noun, not of a subject
    uint32_t l = s.first == FSC_NONE ? FSC_NONE : fsc_vx_left(x, s.first);
    bool led = l != FSC_NONE && !x->after[l] && (x->tag[s.first] & (T_PREP | T_TO)) && !fsc_vx_named(x, s.first);
    if (led && p + 1 == c->first && fsc_voice_ends_in(x, c->first, "ed") && (c->frame & F_TO) && !(c->frame & F_QUOTE))
        return true;
    return set_source(x, c, s);
}

static bool leads_date(uint64_t form)
{
    return form == FSC_FORM("this") || form == FSC_FORM("last") || form == FSC_FORM("next") || form == FSC_FORM("on") ||
           form == FSC_FORM("earlier") || form == FSC_FORM("late");
}

// Over "this week", "on Monday" between a subject and its verb; w when there is none.
static uint32_t skip_date_left(const fsc_vx *x, uint32_t w)
{
    uint32_t at = w;
    for (unsigned i = 0; i < 4; i++) {
        uint32_t l = fsc_vx_left(x, at);
        bool date = (x->tag[at] & (T_WEEKDAY | T_TIME)) || (at != w && leads_date(fsc_vx_form(x, at)));
        if (!date || fsc_vx_named(x, at))
            return at;
        if (l == FSC_NONE || x->after[l])
            return w;
        at = l;
    }
    return w;
}

static bool verb_subject(fsc_vx *x, fsc_vcue *c)
{
    uint64_t met = 0;
    uint32_t group = fsc_voice_group_start(x, c->first, &met);
    uint32_t p = fsc_vx_left(x, group);
    if (p != FSC_NONE && p + 1 == group && !x->after[p])
        p = skip_date_left(x, p);
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
        return c->source != FSC_NONE || governing_subject(x, c, p, p != fsc_vx_left(x, group));
    }
    uint32_t l = fsc_vx_left(x, group); // p, or a date behind it
    unsigned between = p == FSC_NONE ? 0 : fsc_vx_between(x, l, group);
    bool behind_quote =
        (p == FSC_NONE && group > 0 && (x->after[group - 1] & P_QUOTE)) || (p != FSC_NONE && l + 1 != group);
    if (c->participle && !(met & (T_BE | T_AUX)))
        return participle_subject(x, c, p, !between && !behind_quote);
    if (p == FSC_NONE || behind_quote)
        return (!behind_quote && (x->after[c->end - 1] & P_CLAUSE)) || try_inversion(x, c);
    if (between & P_CLOSE)
        return close_subject(x, c, fsc_voice_skip_parenthesis(x, p));
    if ((between & P_COMMA) && inverts(x, c))
        return try_inversion(x, c);
    if (between & (P_COMMA | P_DASH))
        return set_off_subject(x, c, p);
    return (between & (P_COLON | P_SEMICOLON)) || close_subject(x, c, p);
}

// Whose it is: no clause stands around it, as around a subject, so the phrase opens with its article or name, and only
// "and" and "of" join more to it. "They honoured | Ann Lee and Bob Roe's request to".
static fsc_stretch possessor(const fsc_vx *x, uint32_t last)
{
    fsc_stretch s = fsc_voice_region_left(x, last);
    for (uint32_t w = s.last; w != FSC_NONE && w > s.first; w = fsc_vx_left(x, w)) {
        const fsc_name *name = fsc_vx_named(x, w) ? &x->name.data[fsc_vx_name_at(x, w)] : NULL;
        if (name ? name->first != w : !fsc_voice_is_article(x, w))
            continue;
        if (name && name->titled && name->role_first < w)
            w = name->role_first;
        uint32_t l = w > s.first ? fsc_vx_left(x, w) : FSC_NONE;
        if (l == FSC_NONE || !((x->tag[l] & T_COORD) || fsc_vx_form(x, l) == FSC_FORM("of")))
            return (fsc_stretch){w > s.first ? w : s.first, s.last};
    }
    return s;
}

static bool is_by_or_from(uint64_t form)
{
    return form == FSC_FORM("by") || form == FSC_FORM("from");
}

static bool noun_subject(fsc_vx *x, fsc_vcue *c)
{
    uint32_t w = c->first, r = fsc_vx_right(x, c->end - 1);
    if (r == c->end && !(x->after[c->end - 1] & P_CLAUSE) &&
        is_by_or_from(fsc_vx_spelled(x, r))) {
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
            fsc_stretch s = {l, l};
            if (fsc_vx_flags(x, l) & FSC_WORD_POSSESSIVE)
                s = possessor(x, l);
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
    if ((x->after[end - 1] & P_COMMA) && fsc_vx_right(x, end - 1) == end && fsc_vx_named(x, end)) {
        const fsc_name *n = &x->name.data[fsc_vx_name_at(x, end)];
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
        bool named = fsc_vx_named(x, c->first) && c->kind != CUE_PHRASE;
        if (named || (c->kind == CUE_VERB && fsc_voice_is_noun_use(x, c)))
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
