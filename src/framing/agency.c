/*
 * agency: who did it, or the way of saying it that leaves this out.
 *
 * A passive is a form of be or get, at most two adverbs or a negation, and a participle that is no adjective.
 * With "by" and a doer within the next words it is a by-passive, else agentless. An event noun (the killing of,
 * deportations) counts when no doer stands before it (ICE raids, their arrest) or after it (raids by ICE).
 */
#include "framing/framing_p.h"

enum { ADVERBS = 2, BY_WORDS = 6, EVENT_BY_WORDS = 4 };

/* "by" and somebody or something that acts: no date, number, amount or verb in -ing. */
static bool by_agent(const fsc_context *c, uint32_t w, uint32_t end, uint32_t most)
{
    const fsc_text *t = &c->a->text;
    for (uint32_t n = 0; w + 1 < end && n < most; w++, n++) {
        fsc_view form = fsc_types_form(c->types, t->word[w].type);
        if (form.len == 2 && memcmp(form.data, "by", 2) == 0) {
            uint32_t next = w + 1;
            while (next + 1 < end && fsc_word_is(c, next, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(ADVERB)) &&
                   next < w + 3)
                next++;
            // "by two senators" is a doer, "by two percent" is none
            if (next + 1 < end && fsc_word_is(c, next + 1, FSC_ROLE_IS(PEOPLE)))
                return true;
            fsc_view agent = fsc_types_form(c->types, t->word[next].type);
            return !(t->word[next].flags & FSC_WORD_NUMBER) &&
                   !fsc_word_is(c, next, FSC_ROLE_IS(TIME) | FSC_ROLE_IS(COUNT_WORD)) &&
                   !fsc_view_ends(agent, FSC_LIT("ing"));
        }
        if ((t->word[w].flags & (FSC_WORD_BREAK | FSC_WORD_COMMA)) ||
            fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(RELATIVE)))
            return false;
    }
    return false;
}

/* The participle that a form of be or get at `w` governs, or FSC_NONE. */
static uint32_t participle_after(const fsc_context *c, uint32_t w, uint32_t end)
{
    uint32_t skip = FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(NEGATOR);
    for (uint32_t n = 0; ++w < end && n <= ADVERBS; n++) {
        if (fsc_context_gap(c, w - 1))
            return FSC_NONE;
        if (fsc_word_is(c, w, FSC_ROLE_IS(PARTICIPLE)))
            return fsc_word_is(c, w, FSC_ROLE_IS(STATIVE)) ? FSC_NONE : w;
        if (!fsc_word_is(c, w, skip))
            return FSC_NONE;
    }
    return FSC_NONE;
}

/* "charged rose": a participle directly before a noun is an attribute; "are convicted criminals" is no passive. */
static bool before_noun(const fsc_context *c, uint32_t w, uint32_t end)
{
    return w + 1 < end && !fsc_context_gap(c, w) && fsc_word_is(c, w + 1, FSC_ROLE_IS(PEOPLE) | FSC_ROLE_IS(EVENT));
}

static int passive(fsc_context *c, uint32_t be, uint32_t sentence, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    uint32_t end = t->sentence[sentence].end_word, verb = participle_after(c, be, end);
    if (verb == FSC_NONE || before_noun(c, verb, end))
        return 0;
    bool agent = !(t->word[verb].flags & FSC_WORD_BREAK) && by_agent(c, verb + 1, end, BY_WORDS);
    return fsc_rule_cue_add(c, agent ? FSC_RULE_BY_PASSIVE : FSC_RULE_AGENTLESS, sentence, (fsc_range){be, verb + 1},
                            (fsc_span){t->word[be].start, t->word[verb].end}, err);
}

/* A doer before the noun: possessive, name, or a noun for an authority; adjectives between are passed over. */
static bool doer_before(const fsc_context *c, uint32_t w, uint32_t low)
{
    const fsc_text *t = &c->a->text;
    for (uint32_t n = 0; w > low && n < 3; n++) {
        w--;
        uint32_t flags = t->word[w].flags;
        if (flags & (FSC_WORD_BREAK | FSC_WORD_COMMA))
            return false;
        if ((flags & FSC_WORD_POSSESSIVE) || fsc_word_is(c, w, FSC_ROLE_IS(OWNER) | FSC_ROLE_IS(AGENT)))
            return true;
        if ((flags & FSC_WORD_CAPITAL) && !(flags & FSC_WORD_SENTENCE) && !fsc_word_is(c, w, FSC_ROLE_IS(FUNCTION)))
            return true;
        if (fsc_word_is(c, w, FSC_ROLE_IS(FUNCTION)))
            return false;
    }
    return false;
}

/* "the arrest record", "a raid budget": a singular before another content word is no event of its own. */
static bool is_modifier(const fsc_context *c, const fsc_hit *h, uint32_t end)
{
    const fsc_word *last = &c->a->text.word[h->end_word - 1];
    if (h->end_word >= end || (last->flags & FSC_WORD_BREAK) ||
        fsc_view_ends(fsc_types_form(c->types, last->type), FSC_LIT("s")))
        return false;
    return !fsc_word_is(c, h->end_word,
                        FSC_ROLE_IS(FUNCTION) | FSC_ROLE_IS(TIME) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(ADVERB) |
                            FSC_ROLE_IS(PARTICIPLE));
}

static int event(fsc_context *c, const fsc_hit *h, uint32_t sentence, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    uint32_t low = t->sentence[sentence].first_word, end = t->sentence[sentence].end_word;
    // what holds a verb's place is no noun: "to raid", "will strike", "they protest"
    if (h->first_word > low &&
        fsc_word_is(c, h->first_word - 1, FSC_ROLE_IS(AUX) | FSC_ROLE_IS(SUBJECT) | FSC_ROLE_IS(TAKES_TO)))
        return 0;
    if (h->first_word > low) {
        fsc_view before = fsc_types_form(c->types, t->word[h->first_word - 1].type);
        if (before.len == 2 && memcmp(before.data, "to", 2) == 0)
            return 0;
    }
    if (doer_before(c, h->first_word, low) || is_modifier(c, h, end))
        return 0;
    if (!(t->word[h->end_word - 1].flags & FSC_WORD_BREAK) && by_agent(c, h->end_word, end, EVENT_BY_WORDS))
        return 0;
    return fsc_rule_cue_add(c, FSC_RULE_EVENT_NOUN, sentence, (fsc_range){h->first_word, h->end_word},
                            (fsc_span){h->start, h->end}, err);
}

int fsc_agency_find(fsc_context *c, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    uint32_t sentence = 0, last_event = 0;
    for (size_t k = 0; k < c->agency_count; k++) {
        const fsc_hit *h = &c->a->hits.hit[c->agency[k]];
        uint32_t role = c->rules->role[h->entry];
        while (sentence + 1 < t->sentence_count && t->sentence[sentence].end_word <= h->first_word)
            sentence++;
        int rc = 0;
        if (role & (FSC_ROLE_IS(BE) | FSC_ROLE_IS(GET)))
            rc = passive(c, h->end_word - 1, sentence, err);
        else if (h->first_word >= last_event) {
            last_event = h->end_word;
            rc = event(c, h, sentence, err);
        }
        if (rc)
            return rc;
    }
    return 0;
}
