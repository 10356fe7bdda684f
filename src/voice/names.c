#include "voice/voice_p.h"

// Finds names: runs of capitalised words with their connectors, cut into role and name, with a first guess of kind.
// Where a capital shows nothing (start of a sentence or quotation, headlines in title case) a word must be known from
// the lexicons or stand capitalised elsewhere in the text.

#define MOST_WORDS 14 // of one run
#define MOST_ROLE 6   // words of a role before a name
#define MOST_APPOSITION 14
#define FEW 2048

// A type seen with a capital where it counts.
typedef struct evidence {
    uint32_t type; // plus one; 0: free
    uint32_t seen; // capitals in the upper half, lower case in the lower half
} evidence;

// What is known of a capital (fsc_vx.capital): it counts, or the slot of the evidence for its type plus one; 0: none.
#define COUNTS FSC_NONE

typedef struct finder {
    fsc_vx *x;
    evidence *known; // open addressing
    size_t mask;
    uint32_t *capital; // one for each of fsc_vx.capital
    fsc_map owned;     // types of capitals that count and end in 's, by spelling without it
    fsc_map spelled;   // of all, made when asked for
    bool is_spelled;
    uint8_t few[FEW];  // 1 for types worth counting: a type whose place is 0 is not
    bool any;          // some place is not 0
} finder;

static size_t evidence_slot(const finder *f, uint32_t type)
{
    size_t i = (type * 2654435761u) & f->mask;
    while (f->known[i].type && f->known[i].type != type + 1)
        i = (i + 1) & f->mask;
    return i;
}

// A capital here says nothing: first word of a sentence, or behind a quote mark, colon or line feed.
static bool is_weak_place(const fsc_vx *x, uint32_t w)
{
    if (w == 0 || (x->tag[w] & T_TITLED) || (fsc_vx_flags(x, w) & FSC_WORD_SENTENCE) ||
        (x->after[w - 1] & (P_QUOTE | P_COLON | P_LINE | P_STOP | P_ASK)))
        return true;
    return (x->after[w - 1] & P_DASH) && fsc_voice_is_dateline(x, w - 1);
}

// Three longer words and more, all with a capital.
static bool is_title(const fsc_vx *x, uint32_t first, uint32_t end)
{
    const fsc_word *word = x->text->word;
    uint32_t capitals = 0;
    // four words at a time: the first of a text that is no headline nearly always hold one in lower case
    for (uint32_t w = first; w < end; w += 4) {
        bool lower = false;
        for (uint32_t k = w; k < w + 4; k++) {
            uint32_t at = k < end ? k : end - 1, flags = word[at].flags;
            lower |= ((flags & (FSC_WORD_ALPHA | FSC_WORD_CAPITAL)) == FSC_WORD_ALPHA) & !(x->tag[at] & T_FUNCTION);
        }
        if (lower)
            return false;
    }
    // a short word may have a capital, but a verb in lower case ("met") is no headline's
    for (uint32_t w = first; w < end; w++)
        capitals += (word[w].flags & FSC_WORD_ALPHA) && !(x->tag[w] & T_FUNCTION) && word[w].end - word[w].start >= 4;
    return capitals >= 3;
}

// Headlines, and sentences in upper case.
static void find_weak_sentences(fsc_vx *x)
{
    const fsc_text *t = x->text;
    for (size_t s = 0; s < t->sentence_count; s++) {
        uint32_t first = t->sentence[s].first_word, end = t->sentence[s].end_word;
        if (is_title(x, first, end))
            for (uint32_t w = first; w < end; w++)
                x->tag[w] |= T_TITLED;
    }
}

// Quotations with every longer word capitalised: titles of works.
static void find_capital_quotes(fsc_vx *x)
{
    for (size_t i = 0; i < x->quote.len; i++) {
        fsc_quote *q = &x->quote.data[i];
        uint32_t capitals = 0;
        bool lower = false;
        for (uint32_t w = q->first_word; w < q->end_word && w - q->first_word < 24 && !lower; w++) {
            const fsc_word *word = &x->text->word[w];
            bool counts = (word->end - word->start >= 5) & ((word->flags & FSC_WORD_ALPHA) != 0);
            bool capital = (word->flags & FSC_WORD_CAPITAL) != 0;
            lower = counts & !capital;
            capitals += counts;
        }
        q->capitals = capitals >= 2 && !lower;
    }
    for (size_t i = 0; i < x->run.len; i++) {
        const fsc_run *r = &x->run.data[i];
        bool capitals = r->level != FSC_NONE && x->quote.data[r->level].capitals;
        for (uint32_t w = r->first; capitals && w < r->end; w++)
            x->tag[w] |= T_TITLED;
    }
}

static bool add_evidence(finder *f, uint32_t w)
{
    const fsc_word *word = &f->x->text->word[w];
    evidence *e = &f->known[evidence_slot(f, word->type)];
    e->type = word->type + 1;
    e->seen += 1u << 16;
    return !(word->flags & FSC_WORD_POSSESSIVE) ||
           fsc_map_put(&f->owned, fsc_voice_words(f->x, w, w + 1), word->type, NULL) != NULL;
}

// The capitals that count, by type.
static bool gather_evidence(finder *f)
{
    fsc_vx *x = f->x;
    size_t cap = 64;
    while (cap < x->capital.len + x->capital.len / 4)
        cap *= 2;
    f->mask = cap - 1;
    f->known = FSC_NEW_N(x->scratch, evidence, cap);
    f->capital = fsc_arena_alloc(x->scratch, (x->capital.len + 1) * sizeof *f->capital);
    if (!f->known || !f->capital)
        return false;
    fsc_map_init(&f->owned, x->scratch);
    fsc_map_init(&f->spelled, x->scratch);
    for (size_t i = 0; i < x->capital.len; i++) {
        uint32_t w = x->capital.data[i];
        bool counts = !is_weak_place(x, w);
        f->capital[i] = counts ? COUNTS : 0;
        if (counts && !(x->tag[w] & T_FUNCTION) && !add_evidence(f, w))
            return false;
    }
    return true;
}

static bool spell_evidence(finder *f)
{
    const fsc_vx *x = f->x;
    f->is_spelled = true;
    for (size_t i = 0; i < x->capital.len; i++) {
        uint32_t w = x->capital.data[i];
        if (f->capital[i] == COUNTS && !(x->tag[w] & T_FUNCTION) &&
            !fsc_map_put(&f->spelled, fsc_voice_words(x, w, w + 1), x->text->word[w].type, NULL))
            return false;
    }
    return true;
}

// The evidence for a capital that shows nothing itself: of its type, or of a word that differs by 's only. *slot: its
// place plus one; 0: none.
static bool find_evidence(finder *f, uint32_t w, uint32_t *slot)
{
    const fsc_word *word = &f->x->text->word[w];
    size_t at = evidence_slot(f, word->type);
    *slot = 0;
    if (!f->known[at].type) {
        // words without 's that are spelled alike have one type, so that only those with one are left to look at
        bool owned = word->flags & FSC_WORD_POSSESSIVE;
        if (owned && !f->is_spelled && !spell_evidence(f))
            return false;
        const uint32_t *type = fsc_map_get(owned ? &f->spelled : &f->owned, fsc_voice_words(f->x, w, w + 1));
        if (!type)
            return true;
        at = evidence_slot(f, *type);
    }
    uint32_t type = f->known[at].type - 1;
    f->few[type % FEW] = 1;
    f->any = true;
    *slot = (uint32_t)at + 1;
    return true;
}

// How often the types that are asked for stand without a capital.
static void count_lower(finder *f)
{
    const fsc_vx *x = f->x;
    const fsc_word *word = x->text->word;
    enum { BLOCK = 256 };
    for (uint32_t b = 0; f->any && b < x->n; b += BLOCK) {
        uint32_t end = x->n - b < BLOCK ? x->n : b + BLOCK, met[BLOCK + 1], count = 0;
#pragma GCC unroll 8
        for (uint32_t w = b; w < end; w++) {
            // written always and kept or not: no branch that cannot be foretold
            met[count] = w;
            count += f->few[word[w].type % FEW];
        }
        for (uint32_t i = 0; i < count; i++) {
            uint32_t w = met[i];
            evidence *e = &f->known[evidence_slot(f, word[w].type)];
            if (e->type && !fsc_vx_is_capital(x, w) && (e->seen & 0xFFFF) < 0xFFFF)
                e->seen++;
        }
    }
}

static bool weigh_capitals(finder *f)
{
    const fsc_vx *x = f->x;
    if (!gather_evidence(f))
        return false;
    // given names and known ones need no evidence, others of these are no names whatever it says: see may_start
    const uint64_t decided = T_FUNCTION | T_NOTNAME | T_MONTH | T_WEEKDAY | T_ORG | T_PLACE | T_GROUP | T_GIVEN;
    for (size_t i = 0; i < x->capital.len; i++) {
        uint32_t w = x->capital.data[i];
        if (f->capital[i] != COUNTS && !(x->tag[w] & decided) && !find_evidence(f, w, &f->capital[i]))
            return false;
    }
    count_lower(f);
    return true;
}

static bool seen_capital(const finder *f, size_t i)
{
    uint32_t seen = f->capital[i] ? f->known[f->capital[i] - 1].seen : 0;
    return (seen >> 16) > (seen & 0xFFFF);
}

#define T_NAMEISH (T_ORG | T_PLACE | T_GIVEN | T_GROUP)

// R-Idaho, D-Calif.
static bool is_party(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    return word->end - word->start > 2 && x->text->bytes.data[word->start + 1] == '-';
}

// May a name hold the capital w at all?
static bool may_hold_capital(const fsc_vx *x, uint32_t w)
{
    uint64_t tag = x->tag[w];
    if (is_party(x, w))
        return false;
    if ((tag & (T_ORG | T_PLACE)) || !(tag & (T_FUNCTION | T_NOTNAME | T_MONTH | T_WEEKDAY)))
        return true;
    if (!(tag & T_GIVEN))
        return false;
    if (tag & (T_MONTH | T_WEEKDAY))
        return fsc_vx_is_capital(x, w + 1) && !(x->tag[w + 1] & T_FUNCTION) && x->after[w] == 0;
    return !(tag & T_FUNCTION) || (fsc_vx_is_capital(x, w + 1) && w > 0 && !(fsc_vx_flags(x, w) & FSC_WORD_SENTENCE));
}

static bool may_hold(const fsc_vx *x, uint32_t w)
{
    return fsc_vx_is_capital(x, w) && may_hold_capital(x, w);
}

// Upper-case words of emphasis are no acronyms: long ones, or with upper-case neighbours.
static bool is_shouted(const fsc_vx *x, uint32_t w)
{
    if (!(fsc_vx_flags(x, w) & FSC_WORD_UPPER) || (x->tag[w] & T_NAMEISH))
        return false;
    uint32_t length = x->text->word[w].end - x->text->word[w].start;
    bool neighbour = (w > 0 && (fsc_vx_flags(x, w - 1) & FSC_WORD_UPPER) && !(x->after[w - 1] & P_CLAUSE)) ||
                     (fsc_vx_flags(x, w + 1) & FSC_WORD_UPPER);
    return length > 6 || neighbour;
}

static bool joined(const fsc_vx *x, uint32_t w)
{
    if (fsc_vx_ends_sentence(x, w) || (fsc_vx_flags(x, w) & FSC_WORD_POSSESSIVE))
        return false;
    unsigned p = x->after[w];
    if (p == P_STOP) {
        uint32_t length = x->text->word[w].end - x->text->word[w].start;
        return length == 1 || (fsc_vx_flags(x, w) & FSC_WORD_ABBREV) || (x->tag[w] & (T_TITLE | T_SUFFIX));
    }
    // [Kristi] Noem
    bool bracket = p == P_CLOSE && x->text->bytes.data[x->text->word[w].end] == ']';
    return p == 0 || bracket;
}

static bool word_is(const fsc_vx *x, uint32_t w, const char *form)
{
    const fsc_word *word = &x->text->word[w];
    return fsc_view_is(fsc_view_slice(x->text->bytes, word->start, word->end), form);
}

// Does "and" at w join two halves of one organisation: Immigration and Customs Enforcement?
static bool and_joins(const fsc_vx *x, uint32_t first, uint32_t w)
{
    while (first + 1 < w && (x->tag[first] & (T_PLACE | T_ADJ)))
        first++;
    for (uint32_t i = first; i < w; i++)
        if (x->tag[i] & (T_NAMEISH | T_TITLE))
            return false;
    uint32_t i = w + 1;
    while (i + 1 < x->n && may_hold(x, i + 1) && joined(x, i) && i - w < 5)
        i++;
    return (x->tag[i] & T_ORGHEAD) && may_hold(x, i);
}

// Where a run goes on behind word w (its last so far): the next capitalised word, over a connector; FSC_NONE: nowhere.
static uint32_t run_on(const fsc_vx *x, uint32_t first, uint32_t w)
{
    if (w + 1 >= x->n || !joined(x, w))
        return FSC_NONE;
    if (may_hold(x, w + 1) && !is_shouted(x, w + 1))
        return w + 1;
    // connectors are short, or tagged
    uint32_t behind = w + 2, length = x->text->word[w + 1].end - x->text->word[w + 1].start;
    if ((length > 3 && !(x->tag[w + 1] & T_PARTICLE)) || behind >= x->n || !joined(x, w + 1))
        return FSC_NONE;
    bool of = word_is(x, w + 1, "of") || word_is(x, w + 1, "for") || word_is(x, w + 1, "on");
    if (of && (x->tag[w] & (T_ORGHEAD | T_TITLE))) {
        if (word_is(x, behind, "the") && behind + 1 < x->n && joined(x, behind))
            behind++;
        return may_hold(x, behind) && !(x->tag[behind] & T_GIVEN) ? behind : FSC_NONE;
    }
    if ((word_is(x, w + 1, "and") || word_is(x, w + 1, "&")) && may_hold(x, behind) && and_joins(x, first, w + 1))
        return behind;
    if ((x->tag[w + 1] & T_PARTICLE) && !(x->tag[w + 1] & T_PREP) && may_hold(x, behind))
        return behind;
    return FSC_NONE;
}

// May a name start with capital i?
static bool may_start(const finder *f, size_t i)
{
    const fsc_vx *x = f->x;
    uint32_t w = x->capital.data[i];
    if (!may_hold_capital(x, w) || is_shouted(x, w))
        return false;
    if (f->capital[i] == COUNTS || (x->tag[w] & (T_ORG | T_PLACE | T_GROUP)) || seen_capital(f, i))
        return true;
    // "Taking Archie outside": no name
    if (fsc_voice_ends_in(x, w, "ing") && !(x->tag[w] & (T_GIVEN | T_TITLE)))
        return false;
    bool next_capital = w + 1 < x->n && joined(x, w) && may_hold(x, w + 1);
    if (x->tag[w] & (T_GIVEN | T_TITLE | T_ADJ))
        return next_capital || (x->tag[w] & T_GIVEN);
    if (fsc_vx_flags(x, w) & FSC_WORD_UPPER)
        return !(x->tag[w] & T_TITLED);
    // "Violent Crime" in a headline shows nothing; "Karine Smith said" at the start of a sentence does
    return next_capital && !(x->tag[w] & T_TITLED);
}

static uint32_t name_stop(const fsc_vx *x, uint32_t last)
{
    const fsc_word *w = &x->text->word[last];
    uint32_t stop = w->end;
    if (!(w->flags & FSC_WORD_POSSESSIVE))
        return stop;
    // 's is one letter behind ' (one byte) or ’ (three)
    if (stop - w->start > 2 && x->text->bytes.data[stop - 2] == '\'')
        return stop - 2;
    return stop - w->start > 4 ? stop - 4 : stop;
}

static bool all_tagged(const fsc_vx *x, uint32_t first, uint32_t end, uint64_t tags)
{
    for (uint32_t w = first; w < end; w++)
        if (!(x->tag[w] & (tags | T_PREP | T_COORD | T_DET)))
            return false;
    return true;
}

static uint64_t gender_in(const fsc_vx *x, uint32_t first, uint32_t end)
{
    for (uint32_t w = first; w < end; w++)
        if (x->tag[w] & (T_MALE | T_FEMALE))
            return x->tag[w] & (T_MALE | T_FEMALE);
    return 0;
}

static bool add_name(fsc_vx *x, fsc_name n)
{
    if (n.first >= n.end)
        return true;
    n.start = x->text->word[n.first].start;
    n.stop = name_stop(x, n.end - 1);
    for (uint32_t w = n.first; w < n.end; w++)
        x->tag[w] |= T_NAMED;
    return fsc_vec_push(x->scratch, &x->name, n);
}

// Where the person's own name starts within a run: behind the last title, or at a given name. `end`: no person.
static uint32_t person_at(const fsc_vx *x, uint32_t first, uint32_t end)
{
    uint32_t at = end;
    for (uint32_t w = first; w + 1 < end; w++) {
        if (!(x->tag[w] & (T_TITLE | T_ROLE)))
            continue;
        bool connects = x->tag[w + 1] & (T_PREP | T_COORD);
        at = connects ? at : w + 1;
    }
    for (uint32_t w = first; w + 1 < end; w++)
        if ((x->tag[w] & T_GIVEN) && (at == end || w > at) && !(x->tag[w + 1] & (T_PREP | T_COORD)))
            return w;
    return at;
}

static bool add_person(fsc_vx *x, uint32_t first, uint32_t at, uint32_t end)
{
    fsc_name n = {
        .first = at, .end = end, .actor = FSC_NONE, .kind = FSC_ACTOR_PERSON, .role_first = first, .role_end = at};
    n.titled = at > first;
    n.sure = n.titled || ((x->tag[at] & T_GIVEN) && end - at > 1);
    n.gender = gender_in(x, first, at);
    if (!n.gender && (x->tag[at] & T_GIVEN))
        n.gender = x->tag[at] & (T_MALE | T_FEMALE);
    return add_name(x, n);
}

static bool add_thing(fsc_vx *x, uint32_t first, uint32_t end, fsc_actor_kind kind, bool sure)
{
    fsc_name n = {.first = first, .end = end, .actor = FSC_NONE, .kind = (uint8_t)kind, .sure = sure};
    return add_name(x, n);
}

// The known organisation or place at the start of a role: "Homeland Security" of "Homeland Security Secretary".
static bool add_known_start(fsc_vx *x, uint32_t first, uint32_t end)
{
    uint32_t at = first;
    while (at < end && (x->tag[at] & T_ORG) &&
           !(at > first && (x->tag[at] & (T_TITLE | T_ROLE)) && !(x->tag[at] & T_ORGHEAD)))
        at++;
    if (at > first)
        return add_thing(x, first, at, FSC_ACTOR_ORGANIZATION, true);
    while (at < end && (x->tag[at] & T_PLACE))
        at++;
    return at == first || add_thing(x, first, at, FSC_ACTOR_PLACE, true);
}

static bool add_run(finder *f, uint32_t first, uint32_t end)
{
    fsc_vx *x = f->x;
    bool head_last = (x->tag[end - 1] & T_ORGHEAD) && end - first > 1;
    while (first + 1 < end && !head_last && (x->tag[first] & T_ADJ) && !(x->tag[first] & (T_ORG | T_PLACE)))
        first++;
    if (end - first == 1 && (x->tag[first] & (T_ADJ | T_TITLE)) && !(x->tag[first] & (T_ORG | T_PLACE | T_GROUP)))
        return true;
    if (all_tagged(x, first, end, T_PLACE))
        return add_thing(x, first, end, FSC_ACTOR_PLACE, true);
    if (all_tagged(x, first, end, T_ORG))
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, true);
    if (end - first == 1 && (x->tag[first] & (T_GROUP | T_GROUPROLE)))
        return add_thing(x, first, end, FSC_ACTOR_GROUP, true);
    if (head_last && !(x->tag[end - 2] & T_TITLE && x->tag[end - 1] & T_TITLE))
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, true);
    bool head_first = end - first > 2 && (x->tag[first] & T_ORGHEAD) && (x->tag[first + 1] & T_PREP);
    if (head_first)
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, true);
    uint32_t at = person_at(x, first, end);
    // "Former New York mayor": the title belongs to the role behind
    if (at < end && all_tagged(x, at, end, T_PLACE))
        return add_thing(x, at, end, FSC_ACTOR_PLACE, true);
    if (at < end)
        return (at == first || add_known_start(x, first, at)) && add_person(x, first, at, end);
    // CEO of Orbit Foods: only the body is a name
    if (end - first > 2 && (x->tag[first] & (T_TITLE | T_ROLE)) && (x->tag[first + 1] & T_PREP))
        return add_thing(x, first + 2, end, FSC_ACTOR_ORGANIZATION, false);
    if (x->tag[end - 1] & (T_TITLE | T_ROLE)) {
        bool article = first > 0 && !x->after[first - 1] &&
                       fsc_view_eq_nocase(fsc_voice_words(x, first - 1, first), FSC_LIT("the"));
        if (end - first > 2 && article)
            return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, false);
        return add_known_start(x, first, end);
    }
    if (end - first == 1 && (fsc_vx_flags(x, first) & FSC_WORD_UPPER))
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, false);
    if (x->tag[first] & T_ORG)
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, true);
    if (end - first > 4 || (x->tag[first] & T_PLACE))
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, false);
    return add_person(x, first, first, end);
}

static bool find_runs(finder *f)
{
    fsc_vx *x = f->x;
    uint32_t behind = 0; // the last run
    for (size_t i = 0; i < x->capital.len; i++) {
        uint32_t w = x->capital.data[i];
        if (w < behind || !may_start(f, i))
            continue;
        uint32_t last = w, next;
        size_t k = i; // of the next word, which has a capital too
        while (last - w < MOST_WORDS && (next = run_on(x, w, last)) != FSC_NONE) {
            while (x->capital.data[k] < next)
                k++;
            if ((x->tag[w] & T_TITLED) && !may_start(f, k) && !(x->tag[last] & T_GIVEN))
                break;
            last = next;
        }
        if (!add_run(f, w, last + 1))
            return false;
        behind = last + 1;
    }
    return true;
}

// Words of a role right before the name: "White House press secretary", "the governor's spokesman".
static void find_role_before(fsc_vx *x, fsc_name *n)
{
    uint32_t first = n->titled ? n->role_first : n->first, w = first;
    if (w == 0 || fsc_vx_ends_sentence(x, w - 1) || (x->after[w - 1] & ~(unsigned)P_STOP))
        return;
    if (!n->titled && !(x->tag[w - 1] & (T_ROLE | T_TITLE)))
        return;
    while (w > 0 && first - w < MOST_ROLE && !fsc_vx_ends_sentence(x, w - 1) &&
           !(x->after[w - 1] & ~(unsigned)P_STOP)) {
        uint32_t p = w - 1;
        bool linked =
            fsc_vx_named(x, p) || (x->tag[p] & (T_ROLE | T_TITLE | T_ADJ | T_GENERIC | T_BODY | T_ORGHEAD));
        bool inner = w < first || n->titled;
        if ((x->tag[p] & (T_FUNCTION | T_CUEVERB | T_FINITE)) && !fsc_vx_named(x, p) &&
            !(x->tag[p] & (T_ROLE | T_TITLE | T_GENERIC)))
            break;
        if (!linked && !inner)
            break;
        if (fsc_vx_flags(x, p) & FSC_WORD_NUMBER)
            break;
        w = p;
    }
    // modifiers only count in front of a role word
    if (w < first) {
        n->role_first = w;
        n->role_end = n->first;
        n->titled = n->sure = true;
        n->kind = FSC_ACTOR_PERSON;
        if (!n->gender)
            n->gender = gender_in(x, w, n->first);
    }
}

// "Smith, a nurse from Ohio, said": the apposition behind a name gives its role.
static void find_role_behind(fsc_vx *x, fsc_name *n)
{
    uint32_t w = n->end;
    if (n->role_end > n->role_first || w >= x->n || !(x->after[w - 1] & P_COMMA) || fsc_vx_ends_sentence(x, w - 1))
        return;
    if ((fsc_vx_flags(x, w) & FSC_WORD_NUMBER) && (x->after[w] & P_COMMA))
        w++;
    uint32_t first = w, role = FSC_NONE, end = w;
    bool opens = w < x->n && (x->tag[w] & (T_DET | T_POSS | T_ROLE | T_TITLE | T_ADJ));
    opens = opens || (w < x->n && fsc_vx_named(x, w) && x->name.data[fsc_vx_name_at(x, w)].kind != FSC_ACTOR_PERSON);
    if (!opens)
        return;
    for (; end < x->n && end - first < MOST_APPOSITION; end++) {
        if (x->tag[end] & T_REL)
            break;
        if ((x->tag[end] & (T_BE | T_AUX | T_FINITE | T_CUEVERB)) && !fsc_vx_named(x, end))
            return;
        if ((x->tag[end] & (T_ROLE | T_TITLE)) && role == FSC_NONE)
            role = end;
        if ((x->after[end] & ~(unsigned)P_STOP) || fsc_vx_ends_sentence(x, end)) {
            end++;
            break;
        }
    }
    if (role == FSC_NONE || role - first > 7 || end <= role)
        return;
    while (first < role && (x->tag[first] & T_DET))
        first++;
    n->role_first = first;
    n->role_end = end;
    n->kind = FSC_ACTOR_PERSON;
    n->sure = true;
    if (!n->gender)
        n->gender = gender_in(x, role, role + 1);
}

static void drop_evidence(finder *f)
{
    fsc_arena_drop(f->x->scratch, f->known, (f->mask + 1) * sizeof *f->known);
    fsc_arena_drop(f->x->scratch, f->capital, (f->x->capital.len + 1) * sizeof *f->capital);
}

int fsc_voice_names(fsc_vx *x, fsc_err *err)
{
    finder f = {.x = x};
    find_weak_sentences(x);
    find_capital_quotes(x);
    if (!weigh_capitals(&f) || !find_runs(&f) ||
        !fsc_voice_places(x, &x->name_at, x->name.data ? &x->name.data->first : NULL, sizeof *x->name.data, x->name.len))
        return fsc_err_nomem(err);
    drop_evidence(&f);
    for (size_t i = 0; i < x->name.len; i++) {
        fsc_name *n = &x->name.data[i];
        bool person = n->kind == FSC_ACTOR_PERSON;
        if (person || !n->sure)
            find_role_before(x, n);
        if (person && n->end - n->first > 0)
            find_role_behind(x, n);
    }
    return FSC_OK;
}
