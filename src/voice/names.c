#include "voice/voice_p.h"

// Finds names: runs of capitalised words with their connectors, cut into role and name, with a first guess of kind.
// Where a capital shows nothing (start of a sentence or quotation, headlines in title case) a word must be known from
// the lexicons or stand capitalised elsewhere in the text.

#define MOST_WORDS 14 // of one run
#define MOST_ROLE 6   // words of a role before a name
#define MOST_APPOSITION 14
#define EVIDENCE_BITS 2048

// Types seen with a capital where it counts, and how often they stand without one.
typedef struct evidence {
    uint32_t *type;
    uint32_t *seen; // capitals in the upper half, lower case in the lower half
    size_t mask;
    uint64_t few[EVIDENCE_BITS / 64]; // a type whose bit is not set is not there
} evidence;

static inline uint64_t evidence_bit(uint32_t type)
{
    return (uint64_t)1 << type % 64;
}

static inline uint64_t *evidence_bits(evidence *k, uint32_t type)
{
    return &k->few[type / 64 % (EVIDENCE_BITS / 64)];
}

typedef struct finder {
    fsc_vx *x;
    evidence known;
    fsc_map spelled; // the same by spelling without 's, to types
    uint8_t *weak;   // per sentence: capitals show nothing here
} finder;

static uint32_t *evidence_slot(const evidence *k, uint32_t type, bool add)
{
    size_t i = (type * 2654435761u) & k->mask;
    while (k->type[i] != FSC_NONE && k->type[i] != type)
        i = (i + 1) & k->mask;
    if (k->type[i] == FSC_NONE) {
        if (!add)
            return NULL;
        k->type[i] = type;
    }
    return &k->seen[i];
}

// The whole sentence or quotation around w is in capitals.
static bool is_weak_run(const finder *f, uint32_t w)
{
    const fsc_vx *x = f->x;
    if (f->weak[fsc_vx_sentence(x, w)])
        return true;
    uint32_t quote = fsc_vx_level(x, w);
    return quote != FSC_NONE && x->quote.data[quote].capitals;
}

// A capital here says nothing: first word of a sentence, or behind a quote mark, colon or line feed.
static bool is_weak_place(const finder *f, uint32_t w)
{
    const fsc_vx *x = f->x;
    if (w == 0 || is_weak_run(f, w))
        return true;
    if ((x->after[w - 1] & P_DASH) && fsc_voice_is_dateline(x, w - 1))
        return true;
    return (fsc_vx_flags(x, w) & FSC_WORD_SENTENCE) ||
           (x->after[w - 1] & (P_QUOTE | P_COLON | P_LINE | P_STOP | P_ASK));
}

// Sentences with every longer word capitalised (headlines) or upper case.
static void find_weak_sentences(finder *f)
{
    const fsc_text *t = f->x->text;
    for (size_t s = 0; s < t->sentence_count; s++) {
        uint32_t capitals = 0;
        bool all = true;
        for (uint32_t w = t->sentence[s].first_word; w < t->sentence[s].end_word && all; w++) {
            if (!(t->word[w].flags & FSC_WORD_ALPHA) || (f->x->tag[w] & T_FUNCTION))
                continue;
            // a short word may have a capital, but a verb in lower case ("met") is no headline's
            all = t->word[w].flags & FSC_WORD_CAPITAL;
            capitals += all && t->word[w].end - t->word[w].start >= 4;
        }
        f->weak[s] = all && capitals >= 3;
    }
}

// Quotations with every longer word capitalised: titles of works.
static void find_capital_quotes(fsc_vx *x)
{
    for (size_t i = 0; i < x->quote.len; i++) {
        fsc_quote *q = &x->quote.data[i];
        uint32_t words = 0, capitals = 0;
        for (uint32_t w = q->first_word; w < q->end_word && w - q->first_word < 24; w++) {
            if (x->text->word[w].end - x->text->word[w].start < 5 || !(fsc_vx_flags(x, w) & FSC_WORD_ALPHA))
                continue;
            words++;
            capitals += (fsc_vx_flags(x, w) & FSC_WORD_CAPITAL) != 0;
        }
        q->capitals = words >= 2 && capitals == words;
    }
}

static bool add_evidence(finder *f, uint32_t w)
{
    uint32_t type = f->x->text->word[w].type;
    *evidence_bits(&f->known, type) |= evidence_bit(type);
    *evidence_slot(&f->known, type, true) += 1u << 16;
    return fsc_map_put(&f->spelled, fsc_voice_words(f->x, w, w + 1), type, NULL) != NULL;
}

static bool find_evidence(finder *f)
{
    fsc_vx *x = f->x;
    size_t cap = 64;
    while (cap < x->capital.len * 2)
        cap *= 2;
    f->known.mask = cap - 1;
    f->known.type = fsc_arena_alloc(x->scratch, cap * sizeof(uint32_t));
    f->known.seen = FSC_NEW_N(x->scratch, uint32_t, cap);
    if (!f->known.type || !f->known.seen)
        return false;
    fsc_map_init(&f->spelled, x->scratch);
    memset(f->known.type, 0xFF, cap * sizeof(uint32_t));
    for (size_t i = 0; i < x->capital.len; i++) {
        uint32_t w = x->capital.data[i];
        if (!(x->tag[w] & T_FUNCTION) && !is_weak_place(f, w) && !add_evidence(f, w))
            return false;
    }
    for (uint32_t w = 0; w < x->n; w++) {
        uint32_t type = x->text->word[w].type;
        if (!(*evidence_bits(&f->known, type) & evidence_bit(type)) || fsc_vx_is_capital(x, w))
            continue;
        uint32_t *seen = evidence_slot(&f->known, type, false);
        if (seen && (*seen & 0xFFFF) < 0xFFFF)
            *seen += 1;
    }
    return true;
}

static bool seen_capital(const finder *f, uint32_t w)
{
    const uint32_t *seen = evidence_slot(&f->known, f->x->text->word[w].type, false);
    if (!seen) {
        const uint32_t *type = fsc_map_get(&f->spelled, fsc_voice_words(f->x, w, w + 1));
        seen = type ? evidence_slot(&f->known, *type, false) : NULL;
    }
    return seen && (*seen >> 16) > (*seen & 0xFFFF);
}

#define T_NAMEISH (T_ORG | T_PLACE | T_GIVEN | T_GROUP)

// R-Idaho, D-Calif.
static bool is_party(const fsc_vx *x, uint32_t w)
{
    const fsc_word *word = &x->text->word[w];
    return word->end - word->start > 2 && x->text->bytes.data[word->start + 1] == '-';
}

// May a name hold word w at all?
static bool may_hold(const fsc_vx *x, uint32_t w)
{
    if (!fsc_vx_is_capital(x, w) || is_party(x, w))
        return false;
    if (x->tag[w] & (T_ORG | T_PLACE))
        return true;
    if (x->tag[w] & (T_MONTH | T_WEEKDAY))
        return (x->tag[w] & T_GIVEN) && fsc_vx_is_capital(x, w + 1) && !(x->tag[w + 1] & T_FUNCTION) &&
               x->after[w] == 0;
    if (x->tag[w] & T_GIVEN)
        return !(x->tag[w] & T_FUNCTION) ||
               (fsc_vx_is_capital(x, w + 1) && w > 0 && !(fsc_vx_flags(x, w) & FSC_WORD_SENTENCE));
    return !(x->tag[w] & (T_FUNCTION | T_NOTNAME | T_MONTH | T_WEEKDAY));
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
    if (w + 2 >= x->n || !joined(x, w + 1))
        return FSC_NONE;
    uint32_t behind = w + 2;
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

static bool may_start(const finder *f, uint32_t w)
{
    const fsc_vx *x = f->x;
    if (!may_hold(x, w) || is_shouted(x, w))
        return false;
    if (!is_weak_place(f, w) || (x->tag[w] & (T_ORG | T_PLACE | T_GROUP)) || seen_capital(f, w))
        return true;
    // "Taking Archie outside": no name
    if (fsc_voice_ends_in(x, w, "ing") && !(x->tag[w] & (T_GIVEN | T_TITLE)))
        return false;
    bool next_capital = w + 1 < x->n && joined(x, w) && may_hold(x, w + 1);
    if (x->tag[w] & (T_GIVEN | T_TITLE | T_ADJ))
        return next_capital || (x->tag[w] & T_GIVEN);
    if (fsc_vx_flags(x, w) & FSC_WORD_UPPER)
        return !is_weak_run(f, w);
    // "Violent Crime" in a headline shows nothing; "Karine Smith said" at the start of a sentence does
    return next_capital && !is_weak_run(f, w);
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
        x->name_of[w] = (uint32_t)x->name.len;
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
    bool article =
        first > 0 && !x->after[first - 1] && fsc_view_eq_nocase(fsc_voice_words(x, first - 1, first), FSC_LIT("the"));
    if (end - first > 2 && article && (x->tag[end - 1] & (T_TITLE | T_ROLE)))
        return add_thing(x, first, end, FSC_ACTOR_ORGANIZATION, false);
    if (x->tag[end - 1] & (T_TITLE | T_ROLE))
        return add_known_start(x, first, end);
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
        if (w < behind || !may_start(f, w))
            continue;
        uint32_t last = w, next;
        while (last - w < MOST_WORDS && (next = run_on(x, w, last)) != FSC_NONE) {
            if (is_weak_run(f, w) && !may_start(f, next) && !(x->tag[last] & T_GIVEN))
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
    size_t size = (f->known.mask + 1) * sizeof(uint32_t);
    fsc_arena_drop(f->x->scratch, f->known.type, size);
    fsc_arena_drop(f->x->scratch, f->known.seen, size);
}

int fsc_voice_names(fsc_vx *x, fsc_err *err)
{
    finder f = {.x = x};
    f.weak = FSC_NEW_N(x->scratch, uint8_t, x->text->sentence_count + 1);
    if (!f.weak)
        return fsc_err_nomem(err);
    find_weak_sentences(&f);
    find_capital_quotes(x);
    if (!find_evidence(&f) || !find_runs(&f))
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
