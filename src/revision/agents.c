// Who did it is no longer said: an active clause or a by-phrase becomes an agentless passive or a noun, or the reverse.
#include "revision/revision_p.h"

// Letters that two forms of one verb share at least: arrested and arrests, killed and killing.
enum { STEM = 4 };

static rev_category category_of(const rev_work *w, const fsc_cue *c)
{
    return (rev_category)w->rules->category[c->category];
}

static bool is_agentless(rev_category k)
{
    return k == REV_CAT_AGENTLESS || k == REV_CAT_EVENT_NOUN;
}

static bool same_stem(fsc_view a, fsc_view b)
{
    return a.len >= STEM && b.len >= STEM && memcmp(a.data, b.data, STEM) == 0;
}

static fsc_view form_of(const rev_work *w, const rev_side *s, uint32_t word)
{
    return fsc_types_form(w->types, s->text->word[word].type);
}

static bool has_content(const rev_side *s, uint32_t word)
{
    return s->weight[s->word_token[word]] >= REV_WEIGHT_CONTENT;
}

// Some sentence of the group tells the action of the cue of the other side.
static bool tells_action(const rev_work *w, int side, const fsc_cue *cue, const uint32_t *sentence, uint32_t count)
{
    enum { LONGEST = 256 };
    const rev_side *own = &w->side[side], *other = &w->side[1 - side];
    for (uint32_t k = 0; k < count; k++) {
        const fsc_sentence *x = &other->unit[sentence[k]];
        for (uint32_t i = x->first_word; i < x->end_word && i < x->first_word + LONGEST; i++)
            for (uint32_t word = cue->first_word; word < cue->end_word; word++)
                if (has_content(own, word) && has_content(other, i) &&
                    same_stem(form_of(w, own, word), form_of(w, other, i)))
                    return true;
    }
    return false;
}

static bool group_has_by_passive(const rev_work *w, int side, uint32_t group, const uint32_t *list, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const fsc_cue *c = &w->side[side].doc->cue[list[k]];
        if (category_of(w, c) == REV_CAT_BY_PASSIVE && fsc_rev_group_of(w, side, c) == group)
            return true;
    }
    return false;
}

static void tell(rev_changes *c, int side, const fsc_cue *cue, const rev_group *g)
{
    const rev_side *other = &c->w->side[1 - side];
    uint32_t first = side ? g->a[0] : g->b[0];
    fsc_span own = {cue->start, cue->end},
             there = {other->unit[first].start, other->unit[first].end};
    if (side)
        fsc_rev_add_change(c, FSC_CHANGE_AGENT_DROPPED, there, own);
    else
        fsc_rev_add_change(c, FSC_CHANGE_AGENT_ADDED, own, there);
}

// Agentless cues that came (side 1) drop the agent, those that went (side 0) bring it back.
static void tell_side(rev_changes *c, int side)
{
    const rev_work *w = c->w;
    const fsc_delta *d = w->out;
    const uint32_t *list = side ? d->added : d->removed, *gone = side ? d->removed : d->added;
    size_t count = side ? d->added_count : d->removed_count, gone_count = side ? d->removed_count : d->added_count;
    for (size_t k = 0; k < count; k++) {
        const fsc_cue *cue = &w->side[side].doc->cue[list[k]];
        uint32_t group = fsc_rev_group_of(w, side, cue);
        if (!is_agentless(category_of(w, cue)) || group == REV_NONE || fsc_rev_is_kept(&w->cue_place[side][list[k]]))
            continue;
        const rev_group *g = &w->group[group];
        if (!g->a_count || !g->b_count)
            continue;
        const uint32_t *sentence = side ? g->a : g->b;
        uint32_t sentences = side ? g->a_count : g->b_count;
        if (group_has_by_passive(w, 1 - side, group, gone, gone_count < 64 ? gone_count : 64) ||
            tells_action(w, side, cue, sentence, sentences < 8 ? sentences : 8))
            tell(c, side, cue, g);
    }
}

// A passive that kept its verb and lost or gained its by-phrase.
static void tell_changed(rev_changes *c)
{
    const rev_work *w = c->w;
    for (size_t k = 0; k < w->out->changed_count; k++) {
        const fsc_cue *a = &w->side[0].doc->cue[w->out->changed[k].a], *b = &w->side[1].doc->cue[w->out->changed[k].b];
        rev_category was = category_of(w, a), is = category_of(w, b);
        fsc_span x = {a->start, a->end}, y = {b->start, b->end};
        if (was == REV_CAT_BY_PASSIVE && is_agentless(is))
            fsc_rev_add_change(c, FSC_CHANGE_AGENT_DROPPED, x, y);
        else if (is_agentless(was) && is == REV_CAT_BY_PASSIVE)
            fsc_rev_add_change(c, FSC_CHANGE_AGENT_ADDED, x, y);
    }
}

// ---------------------------------------------------------------- headlines: "Police shoot man", "Man shot"

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// The consonants of a form, doubled ones once: what strong verbs keep (shoot, shot; strike, struck; find, found).
static size_t skeleton(char *out, size_t room, fsc_view form)
{
    size_t n = 0;
    for (size_t i = 0; i < form.len && n < room; i++) {
        char c = form.data[i] == 'k' && i > 0 && form.data[i - 1] == 'c' ? 'c' : form.data[i];
        if ((i == 0 || !is_vowel(c)) && (n == 0 || out[n - 1] != c))
            out[n++] = c == 'k' ? 'c' : c;
    }
    return n;
}

// A regular verb without its ending: bombs, bombed, bombing; closes, closed.
static fsc_view stem_of(fsc_view form)
{
    static const fsc_view endings[] = {FSC_LIT_INIT("ing"), FSC_LIT_INIT("ed"), FSC_LIT_INIT("es"), FSC_LIT_INIT("s"), FSC_LIT_INIT("e")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (form.len > endings[i].len + 2 && fsc_view_ends(form, endings[i]))
            return fsc_view_slice(form, 0, form.len - endings[i].len);
    return form;
}

// Forms of one verb: equal stems, or one skeleton that starts the other and differs by an ending at most.
static bool same_verb(fsc_view a, fsc_view b)
{
    if (fsc_view_eq(stem_of(a), stem_of(b)))
        return true;
    char x[24], y[24];
    size_t n = skeleton(x, sizeof x, a), m = skeleton(y, sizeof y, b), shorter = n < m ? n : m;
    return shorter >= 2 && memcmp(x, y, shorter) == 0 && (n > m ? n - m : m - n) <= 2;
}

// Words of one sentence that a pattern is looked for in.
typedef struct clause {
    const rev_side *s;
    uint32_t first, end; // words
} clause;

static bool clause_of(const rev_side *s, const uint32_t *sentence, uint32_t count, clause *out)
{
    enum { LONGEST = 40 };
    if (count != 1)
        return false;
    *out = (clause){s, s->unit[*sentence].first_word, s->unit[*sentence].end_word};
    return out->end > out->first && out->end - out->first <= LONGEST;
}

// Where the word of key `key` stands in a clause before word `end`; REV_NONE.
static uint32_t find_before(const clause *c, uint32_t key, uint32_t end)
{
    for (uint32_t i = c->first; i < end; i++)
        if (c->s->key[c->s->word_token[i]] == key)
            return i;
    return REV_NONE;
}

// Words [first, end) of the active clause: some with content, and none of those in the other clause.
static bool is_gone(const clause *active, uint32_t end, const clause *other)
{
    bool any = false;
    for (uint32_t i = active->first; i < end; i++) {
        if (!has_content(active->s, i))
            continue;
        any = true;
        if (find_before(other, active->s->key[active->s->word_token[i]], other->end) != REV_NONE)
            return false;
    }
    return any;
}

// A word with content behind word v of the active clause, at most four words on, that stands before word p of the passive one:
// "shot dead six protesters", "six protesters shot dead".
static bool object_leads(const clause *active, uint32_t v, const clause *passive, uint32_t p)
{
    for (uint32_t k = v + 1; k < active->end && k <= v + 4; k++)
        if (has_content(active->s, k) && find_before(passive, active->s->key[active->s->word_token[k]], p) != REV_NONE)
            return true;
    return false;
}

// Subject, verb, object there; object, verb here, and no subject: the verb's word in the passive clause, or REV_NONE.
static uint32_t passive_verb(const rev_work *w, const clause *active, const clause *passive)
{
    for (uint32_t v = active->first + 1; v < active->end; v++) {
        if (!has_content(active->s, v) || !is_gone(active, v, passive))
            continue;
        // a word that stands there too is itself, no other form of a verb: "fuel" is not "failed"; behind a subject it may be
        // the verb ("troops shot"), behind "a" it is none
        uint32_t same = find_before(passive, active->s->key[active->s->word_token[v]], passive->end);
        if (same != REV_NONE && !has_content(active->s, v - 1))
            continue;
        for (uint32_t p = passive->first + 1; p < passive->end; p++)
            if ((same == REV_NONE || same == p) && has_content(passive->s, p) &&
                same_verb(form_of(w, active->s, v), form_of(w, passive->s, p)) && object_leads(active, v, passive, p))
                return p;
    }
    return REV_NONE;
}

// The clause without its attribution: "..., officials say".
static clause said_in(const clause *c)
{
    const fsc_voices *v = &c->s->doc->voices;
    clause out = *c;
    uint32_t from = c->s->text->word[c->first].start, to = c->s->text->word[c->end - 1].end;
    for (size_t k = 0; k < v->speech_count && v->speech[k].start < to; k++) {
        const fsc_speech *x = &v->speech[k];
        if (x->kind != FSC_SPEECH_INDIRECT || !fsc_span_is(x->cue) || x->start < from || x->end > to)
            continue;
        out.first = fsc_text_word_at(c->s->text, x->start);
        for (out.end = out.first; out.end < c->end && c->s->text->word[out.end].start < x->end; out.end++)
            continue;
        return out;
    }
    return out;
}

// "At least" before a number is no part of the event.
static bool frames_number(const rev_work *w, const rev_side *s, uint32_t word)
{
    const fsc_analysis *doc = s->doc;
    uint32_t start = s->text->word[word].start, low = 0, high = (uint32_t)doc->cue_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->cue[mid].start <= start)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t k = low; k > 0 && low - k < 4; k--) {
        const fsc_cue *c = &doc->cue[k - 1];
        if (c->end > start && w->rules->dimension[c->dimension] == REV_DIM_QUANTITY)
            return true;
    }
    return false;
}

// Most of what the passive tells is told in the active too: the same event, not another one.
static bool same_event(const rev_work *w, const clause *active, const clause *whole)
{
    clause inner = said_in(whole), *passive = &inner;
    uint32_t content = 0, told = 0;
    for (uint32_t p = passive->first; p < passive->end; p++) {
        if (!has_content(passive->s, p) || frames_number(w, passive->s, p))
            continue;
        bool found = find_before(active, passive->s->key[passive->s->word_token[p]], active->end) != REV_NONE;
        for (uint32_t v = active->first; v < active->end && !found; v++)
            found = has_content(active->s, v) && same_verb(form_of(w, active->s, v), form_of(w, passive->s, p));
        content++;
        told += found;
    }
    return 3 * told >= 2 * content;
}

static void tell_order(rev_changes *c)
{
    const rev_work *w = c->w;
    for (uint32_t k = 0; k < w->group_count; k++) {
        const rev_group *g = &w->group[k];
        clause a, b;
        if (!g->changed || !clause_of(&w->side[0], g->a, g->a_count, &a) ||
            !clause_of(&w->side[1], g->b, g->b_count, &b))
            continue;
        bool dropped = passive_verb(w, &a, &b) != REV_NONE && same_event(w, &a, &b);
        bool added = !dropped && passive_verb(w, &b, &a) != REV_NONE && same_event(w, &b, &a);
        fsc_span x = {w->side[0].unit[g->a[0]].start, w->side[0].unit[g->a[0]].end};
        fsc_span y = {w->side[1].unit[g->b[0]].start, w->side[1].unit[g->b[0]].end};
        if (dropped)
            fsc_rev_add_change(c, FSC_CHANGE_AGENT_DROPPED, x, y);
        else if (added)
            fsc_rev_add_change(c, FSC_CHANGE_AGENT_ADDED, x, y);
    }
}

bool fsc_rev_agent_kinds(rev_changes *c)
{
    tell_changed(c);
    tell_side(c, 1);
    tell_side(c, 0);
    if (!c->w->out->type[FSC_CHANGE_AGENT_DROPPED] && !c->w->out->type[FSC_CHANGE_AGENT_ADDED])
        tell_order(c);
    return true;
}
