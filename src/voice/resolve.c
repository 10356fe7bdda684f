#include "voice/form_p.h"

#include <stdlib.h>

// Gives each source its actor: names are known already; pronouns go to the one candidate that fits, "the governor" to
// the governor named before, "the agency" to the agency. Sources are met in text order with a short memory of who was
// mentioned last.

#define MEMORY 8         // persons, and organisations, kept in mind
#define SENTENCES_BACK 8 // a person stays in mind
#define SAME_SENTENCE 8  // weighs more than having spoken last
#define BODY_BACK 5      // an organisation does
#define MOST_SENTENCE 80 // words of a sentence that is searched for people

typedef struct memory_item {
    uint32_t actor;
    uint32_t sentence; // of its last mention
    bool subject;      // it opened that sentence or spoke in it
} memory_item;

typedef struct memory {
    fsc_vx *x;
    memory_item person[MEMORY], body[MEMORY];
    unsigned persons, bodies;
    size_t next_name;
    uint32_t speaker; // actor that spoke last, FSC_NONE
    uint32_t speaker_sentence;
    uint32_t group; // actor of the last plural speaker
    uint32_t group_sentence;
    uint32_t thing; // last speaker that was no person: report, agency
    uint32_t thing_sentence;
} memory;

static void remember(memory_item *list, unsigned *count, memory_item item)
{
    // all are looked at, because where one stands cannot be foretold
    unsigned at = MEMORY;
    for (unsigned i = 0; i < MEMORY; i++)
        at = list[i].actor == item.actor ? i : at;
    if (at < MEMORY)
        item.subject = item.subject || (list[at].sentence == item.sentence && list[at].subject);
    else
        at = *count < MEMORY ? (*count)++ : MEMORY - 1;
    for (; at > 0; at--)
        list[at] = list[at - 1];
    list[0] = item;
}

// "the Smith riots": a name that only modifies says nothing of a person, unless it is known as one's.
static bool only_modifies(const fsc_vx *x, const fsc_name *n)
{
    if (x->actor.data[n->actor].sure || n->end - n->first > 1 || n->first == 0 || x->after[n->first - 1] ||
        n->end >= x->n)
        return false;
    bool noun = !x->after[n->end - 1] && !(x->tag[n->end] & (T_FUNCTION | T_FINITE | T_CUEVERB | T_DATE)) &&
                !(fsc_vx_flags(x, n->end) & FSC_WORD_CAPITAL) && !fsc_voice_ends_in(x, n->end, "ed");
    return noun && fsc_voice_is_article(x, n->first - 1);
}

static void pass_names(memory *m, uint32_t w)
{
    fsc_vx *x = m->x;
    for (; m->next_name < x->name.len && x->name.data[m->next_name].first < w; m->next_name++) {
        const fsc_name *n = &x->name.data[m->next_name];
        uint8_t kind = x->actor.data[n->actor].kind;
        bool kept = kind == FSC_ACTOR_PERSON || kind == FSC_ACTOR_ORGANIZATION;
        if (!kept || fsc_vx_quoted(x, n->first) || only_modifies(x, n))
            continue;
        uint32_t s = fsc_vx_sentence(x, n->first);
        bool opens = n->first - x->text->sentence[s].first_word < 6;
        memory_item item = {n->actor, s, opens};
        if (kind == FSC_ACTOR_PERSON)
            remember(m->person, &m->persons, item);
        else
            remember(m->body, &m->bodies, item);
    }
}

static bool gender_fits(const fsc_vactor *a, uint64_t pronoun, bool *known)
{
    *known = a->gender != 0;
    if (!a->gender || (a->gender & (T_MALE | T_FEMALE)) == (T_MALE | T_FEMALE))
        return true;
    return (pronoun & T_HE) ? (a->gender & T_MALE) != 0 : (a->gender & T_FEMALE) != 0;
}

// The person a "he" or "she" at word w stands for, FSC_NONE when none or two fit alike.
static uint32_t person_for(memory *m, uint64_t pronoun, uint32_t w)
{
    const fsc_vx *x = m->x;
    int best = 0;
    uint32_t actor = FSC_NONE;
    for (unsigned i = 0; i < m->persons; i++) {
        const memory_item *p = &m->person[i];
        uint32_t back = fsc_vx_sentence(x, w) - p->sentence;
        bool known;
        bool speaker = p->actor == m->speaker && fsc_vx_sentence(x, w) - m->speaker_sentence <= SENTENCES_BACK + 3;
        if ((back > SENTENCES_BACK && !speaker) || !gender_fits(&x->actor.data[p->actor], pronoun, &known))
            continue;
        int score = 20 - (int)(back < 15 ? back : 15) * 2 + (known ? 9 : 0) + (x->actor.data[p->actor].sure ? 4 : 0) +
                    (speaker ? 6 : 0) + (p->subject ? back <= 1 ? 6 : 2 : 0) + (back == 0 ? SAME_SENTENCE : 0) - (int)i;
        if (score > best) {
            best = score;
            actor = p->actor;
        }
    }
    return actor;
}

// Gov. is short for governor, Sen. for senator.
static bool is_short_for(fsc_view role, fsc_view word)
{
    while (role.data) {
        fsc_view one = fsc_view_split(&role, ' ');
        bool stop = one.len > 3 && one.data[one.len - 1] == '.';
        one.len -= stop;
        if (one.len >= 3 && one.len < word.len && fsc_view_eq_nocase(one, fsc_view_slice(word, 0, one.len)))
            return true;
    }
    return false;
}

// Does the actor's name hold the word ("committee" for Senate Finance Committee)?
static bool name_holds(fsc_view name, fsc_view word)
{
    for (size_t i = 0; i + word.len <= name.len; i++)
        if (fsc_view_eq_nocase(fsc_view_slice(name, i, i + word.len), word))
            return true;
    return false;
}

static uint32_t body_for(memory *m, uint32_t w, fsc_view word)
{
    const fsc_vx *x = m->x;
    for (unsigned i = 0; word.len && i < m->bodies; i++)
        if (name_holds(x->actor.data[m->body[i].actor].name, word))
            return m->body[i].actor;
    // "the company" may be any; "the department" is one that is called so
    if (word.len && !(x->tag[w] & T_ANYBODY))
        return FSC_NONE;
    uint32_t found = FSC_NONE;
    for (unsigned i = 0; i < m->bodies; i++) {
        if (fsc_vx_sentence(x, w) - m->body[i].sentence > BODY_BACK)
            continue;
        if (m->body[i].actor == m->speaker)
            return m->speaker;
        if (found != FSC_NONE)
            return FSC_NONE;
        found = m->body[i].actor;
    }
    return found;
}

// "The governor" for the person whose role says governor; the newest one.
static uint32_t role_for(memory *m, fsc_view word)
{
    const fsc_vx *x = m->x;
    for (unsigned i = 0; i < m->persons; i++)
        if (name_holds(x->actor.data[m->person[i].actor].role, word) ||
            is_short_for(x->actor.data[m->person[i].actor].role, word))
            return m->person[i].actor;
    return FSC_NONE;
}

static bool is_plural(const fsc_vx *x, uint32_t w)
{
    if (fsc_vx_named(x, w) || (x->tag[w] & T_DET))
        return false;
    fsc_view v = fsc_voice_words(x, w, w + 1);
    // not boss, furious, crisis
    bool lower = v.len > 3 && v.data[0] >= 'a' && v.data[v.len - 1] == 's' && !strchr("sui", v.data[v.len - 2]);
    return (x->tag[w] & T_GROUPROLE) || (lower && !(x->tag[w] & (T_FUNCTION | T_FINITE | T_CUEVERB | T_UNIT)));
}

// "Several doctors signed the letter. They warned": the plural that opens the sentence before.
static uint32_t plural_before(fsc_vx *x, uint32_t w)
{
    uint32_t s = fsc_vx_sentence(x, w);
    if (s == 0)
        return FSC_NONE;
    uint32_t first = x->text->sentence[s - 1].first_word;
    if (first >= x->n || fsc_vx_paragraph(x, first) + 1 < fsc_vx_paragraph(x, w) ||
        fsc_vx_level(x, first) != fsc_vx_level(x, w))
        return FSC_NONE;
    uint32_t end = first, most = fsc_voice_np_end(x, first, 6);
    while (end < most && (end == first || !is_plural(x, end - 1)))
        end++;
    if (end <= first || !is_plural(x, end - 1))
        return FSC_NONE;
    while (first + 1 < end && (x->tag[first] & T_DET) &&
           fsc_vx_form(x, first) == FSC_FORM("the"))
        first++;
    return fsc_voice_actor_as_given(x, first, end);
}

// "The move left doctors baffled. They said": the one word for people of the sentence before.
static uint32_t people_before(fsc_vx *x, uint32_t w)
{
    uint32_t s = fsc_vx_sentence(x, w);
    if (s == 0)
        return FSC_NONE;
    uint32_t first = x->text->sentence[s - 1].first_word, end = x->text->sentence[s - 1].end_word, found = FSC_NONE;
    if (first >= x->n || fsc_vx_paragraph(x, first) + 1 < fsc_vx_paragraph(x, w) || end - first > MOST_SENTENCE)
        return FSC_NONE;
    for (uint32_t i = first; i < end; i++) {
        bool people = (x->tag[i] & T_GROUPROLE) && !fsc_vx_named(x, i) && fsc_vx_level(x, i) == fsc_vx_level(x, w);
        if (people && found != FSC_NONE)
            return FSC_NONE;
        found = people ? i : found;
    }
    if (found == FSC_NONE)
        return FSC_NONE;
    uint32_t start = found;
    for (unsigned i = 0; i < 3 && start > first && !x->after[start - 1]; i++) {
        bool inside = !(x->tag[start - 1] & (T_FUNCTION | T_FINITE | T_CUEVERB)) ||
                      (fsc_vx_flags(x, start - 1) & FSC_WORD_POSSESSIVE);
        if (!inside || fsc_voice_ends_in(x, start - 1, "ed"))
            break;
        start--;
    }
    return fsc_voice_actor_as_given(x, start, found + 1);
}

// "Officials said they had no plan": inside a content the pronoun is first of all whose content it is; FSC_NONE:
// unlike.
static uint32_t teller(const fsc_vx *x, const fsc_source *s)
{
    uint32_t cue = fsc_vx_cover(x, s->first);
    if (cue == FSC_NONE || x->cue.data[cue].source == FSC_NONE)
        return FSC_NONE;
    const fsc_source *outer = &x->source.data[x->cue.data[cue].source];
    if (outer == s || outer->actor == FSC_NONE || outer->first > s->first || outer->end <= outer->first)
        return FSC_NONE;
    const fsc_vactor *a = &x->actor.data[outer->actor];
    bool known;
    if (s->pronoun & T_THEY)
        return a->kind == FSC_ACTOR_GROUP || is_plural(x, outer->end - 1) ? outer->actor : FSC_NONE;
    if (s->pronoun & T_IT)
        return a->kind != FSC_ACTOR_PERSON && !is_plural(x, outer->end - 1) ? outer->actor : FSC_NONE;
    bool fits = a->kind == FSC_ACTOR_PERSON && gender_fits(a, s->pronoun, &known);
    return fits && a->named ? outer->actor : FSC_NONE;
}

// "They" of the people of the sentence before, else of the one organisation that opened it.
static void resolve_others(memory *m, fsc_source *s)
{
    fsc_vx *x = m->x;
    uint32_t actor = people_before(x, s->first);
    const memory_item *body = &m->body[0];
    bool near = m->bodies && body->subject && fsc_vx_sentence(x, s->first) - body->sentence <= 1;
    s->actor = actor == FSC_NONE && near ? body->actor : actor;
}

static void resolve_pronoun(memory *m, fsc_source *s)
{
    fsc_vx *x = m->x;
    uint32_t outer = s->pronoun & (T_HE | T_SHE | T_THEY | T_IT) ? teller(x, s) : FSC_NONE;
    if (outer != FSC_NONE) {
        s->actor = outer;
    } else if (s->pronoun & (T_HE | T_SHE)) {
        uint32_t actor = person_for(m, s->pronoun, s->first);
        if (actor != FSC_NONE && !x->actor.data[actor].gender)
            x->actor.data[actor].gender = s->pronoun & T_HE ? T_MALE : T_FEMALE;
        s->actor = actor;
    } else if (s->pronoun & T_THEY) {
        uint32_t actor = plural_before(x, s->first);
        if (actor != FSC_NONE)
            s->actor = actor;
        else if (m->group != FSC_NONE && fsc_vx_sentence(x, s->first) - m->group_sentence <= 3)
            s->actor = m->group;
        else if (m->thing != FSC_NONE && fsc_vx_sentence(x, s->first) - m->thing_sentence <= 1)
            s->actor = m->thing;
        else
            resolve_others(m, s);
    } else if (s->pronoun & T_IT) {
        bool near = m->thing != FSC_NONE && fsc_vx_sentence(x, s->first) - m->thing_sentence <= 2;
        s->actor = near ? m->thing : body_for(m, s->first, (fsc_view){"", 0});
    }
}

static bool is_definite(const fsc_vx *x, const fsc_source *s)
{
    return s->first > 0 && fsc_vx_form(x, s->first - 1) == FSC_FORM("the");
}

static bool resolve_phrase(memory *m, fsc_source *s)
{
    fsc_vx *x = m->x;
    uint32_t head = s->end - 1;
    // "the mayor", "the former mayor"
    bool lone = s->end - s->first == 1 || (s->end - s->first == 2 && (x->tag[s->first] & (T_ADJ | T_TITLE)));
    fsc_view word = fsc_voice_words(x, head, s->end);
    uint32_t actor = FSC_NONE;
    if (lone && is_definite(x, s)) {
        if (x->tag[head] & T_OUTLET && x->article && x->article->site.len) {
            s->outlet = true;
            return true;
        }
        if (x->tag[head] & (T_ROLE | T_TITLE))
            actor = role_for(m, word);
        else if ((x->tag[head] & T_GENERIC) && s->end - s->first == 1)
            actor = body_for(m, head, word);
    }
    if (actor == FSC_NONE) {
        actor = fsc_voice_actor_as_given(x, s->first, s->end);
        if (actor == FSC_NONE)
            return false;
    }
    s->actor = actor;
    return true;
}

// A stretch without anything that can speak is no speaker.
static bool can_speak(const fsc_vx *x, const fsc_source *s)
{
    if (x->tag[s->first] & T_DET || (s->first > 0 && (x->tag[s->first - 1] & T_DET)))
        return !fsc_view_is(fsc_voice_words(x, s->first, s->end), "that");
    const uint64_t speakers = T_GROUPROLE | T_ONE | T_DOC | T_ROLE | T_GENERIC | T_BODY | T_OUTLET;
    for (uint32_t w = s->first; w < s->end; w++) {
        bool number = fsc_vx_flags(x, w) & FSC_WORD_NUMBER;
        bool plain = !number && !(x->tag[w] & (T_FUNCTION | T_CUEVERB | T_FINITE | T_DATE | T_NUMBER));
        if (fsc_vx_named(x, w) || plain || (x->tag[w] & speakers))
            return true;
    }
    return false;
}

static bool resolve_source(memory *m, fsc_source *s)
{
    fsc_vx *x = m->x;
    pass_names(m, s->first);
    bool plural = false;
    if (s->actor == FSC_NONE && s->pronoun) {
        resolve_pronoun(m, s);
    } else if (s->actor == FSC_NONE && can_speak(x, s)) {
        if (!resolve_phrase(m, s))
            return false;
        plural = s->actor != FSC_NONE && is_plural(x, s->end - 1);
    }
    if (s->actor == FSC_NONE)
        return true;
    uint32_t sentence = fsc_vx_sentence(x, s->first);
    uint8_t kind = x->actor.data[s->actor].kind;
    if (kind == FSC_ACTOR_GROUP && !plural && !x->actor.data[s->actor].named && !s->pronoun)
        return true;
    if (plural || kind == FSC_ACTOR_GROUP) {
        m->group = s->actor;
        m->group_sentence = sentence;
        return true;
    }
    if (x->actor.data[s->actor].kind == FSC_ACTOR_ORGANIZATION) {
        m->thing = s->actor;
        m->thing_sentence = sentence;
    }
    m->speaker = s->actor;
    m->speaker_sentence = sentence;
    memory_item item = {s->actor, sentence, true};
    if (x->actor.data[s->actor].kind == FSC_ACTOR_PERSON)
        remember(m->person, &m->persons, item);
    else if (x->actor.data[s->actor].named)
        remember(m->body, &m->bodies, item);
    return true;
}

typedef struct source_place {
    uint32_t first, index;
} source_place;

static int by_place(const void *a, const void *b)
{
    const source_place *p = a, *q = b;
    if (p->first != q->first)
        return p->first < q->first ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

// "I" and "we" in a quotation are whose words it holds.
static void resolve_first_person(fsc_vx *x)
{
    for (size_t i = 0; i < x->source.len; i++) {
        fsc_source *s = &x->source.data[i];
        if (!s->used || s->actor != FSC_NONE || !(s->pronoun & (T_I | T_WE)) || !fsc_vx_quoted(x, s->first))
            continue;
        const fsc_quote *q = &x->quote.data[fsc_vx_level(x, s->first)];
        if (q->source != FSC_NONE && x->source.data[q->source].actor != FSC_NONE)
            s->actor = x->source.data[q->source].actor;
    }
}

int fsc_voice_resolve(fsc_vx *x, fsc_err *err)
{
    source_place *order = FSC_NEW_N(x->scratch, source_place, x->source.len + 1);
    if (!order)
        return fsc_err_nomem(err);
    size_t count = 0;
    bool sorted = true;
    for (size_t i = 0; i < x->source.len; i++) {
        const fsc_source *s = &x->source.data[i];
        if (!s->used || s->first >= s->end || s->first >= x->n)
            continue;
        sorted = sorted && (count == 0 || order[count - 1].first <= s->first);
        order[count++] = (source_place){s->first, (uint32_t)i};
    }
    if (!sorted)
        qsort(order, count, sizeof *order, by_place);
    memory m = {.x = x, .speaker = FSC_NONE, .group = FSC_NONE, .thing = FSC_NONE};
    for (unsigned i = 0; i < MEMORY; i++)
        m.person[i].actor = m.body[i].actor = FSC_NONE;
    for (size_t i = 0; i < count; i++)
        if (!resolve_source(&m, &x->source.data[order[i].index]))
            return fsc_err_nomem(err);
    resolve_first_person(x);
    return FSC_OK;
}
