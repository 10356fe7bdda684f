#include "voice/form_p.h"

// From a stretch of words to a source: what only leads to the noun phrase is dropped, and a name in it found.

bool fsc_voice_is_article(const fsc_vx *x, uint32_t w)
{
    if (!(x->tag[w] & T_DET))
        return false;
    uint64_t form = fsc_vx_form(x, w);
    return form == FSC_FORM("the") || form == FSC_FORM("a") || form == FSC_FORM("an") || form == FSC_FORM("this") ||
           form == FSC_FORM("that") || form == FSC_FORM("these") || form == FSC_FORM("those");
}

// Head of the noun phrase [first, end): the word before its first preposition or participle phrase, plus one.
uint32_t fsc_voice_head_end(const fsc_vx *x, uint32_t first, uint32_t end)
{
    for (uint32_t w = first + 1; w < end; w++) {
        if (fsc_vx_named(x, w))
            continue;
        if (x->tag[w] & (T_REL | T_WH | T_TO | T_THAT))
            return w;
        if (x->tag[w] & T_PREP)
            return w - first > 1 && (fsc_voice_ends_in(x, w - 1, "ed") || fsc_voice_ends_in(x, w - 1, "en")) &&
                           fsc_vx_spelled(x, w) == FSC_FORM("by")
                       ? w - 1
                       : w;
    }
    // "new data reviewed (by ...)"
    bool document = end - first > 1 && fsc_voice_ends_in(x, end - 1, "ed") && (x->tag[end - 2] & T_DOC);
    return document ? end - 1 : end;
}

// A determiner that stands for a noun: "another wondered", "those in favor said".
static bool is_pronominal(const fsc_vx *x, uint32_t w, uint32_t end)
{
    if (!(x->tag[w] & (T_DET | T_ONE)))
        return false;
    return end - w == 1 || ((x->tag[w + 1] & (T_PREP | T_REL)) && !fsc_vx_named(x, w + 1));
}

// Drops what only leads to the noun phrase: conjunctions, adverbs, dates, opening prepositions and articles.
static uint32_t trim_front(const fsc_vx *x, uint32_t first, uint32_t end)
{
    while (first < end && !fsc_vx_named(x, first) &&
           (fsc_voice_is_article(x, first) ||
            (x->tag[first] & (T_COORD | T_SUB | T_ADV | T_WEEKDAY | T_BE) && !(x->tag[first] & T_DET))) &&
           !is_pronominal(x, first, end))
        first++;
    if (first < end && !fsc_vx_named(x, first) && (x->tag[first] & (T_PREP | T_TO))) {
        uint32_t name = fsc_vx_name_at(x, end - 1);
        // by Senator Jeff Marsh of Reno
        bool place = name != FSC_NONE && x->name.data[name].kind == FSC_ACTOR_PLACE && x->name.data[name].first > first + 1;
        if (place)
            return x->tag[first + 1] & T_DET ? first + 2 : first + 1;
        if (name != FSC_NONE)
            return x->name.data[name].first > first ? x->name.data[name].first : first;
        for (uint32_t w = end - 1; w > first; w--)
            if (x->tag[w] & (T_DET | T_POSS))
                return x->tag[w] & T_DET ? w + 1 : w;
        while (first + 1 < end && (x->tag[first] & (T_PREP | T_TO | T_DATE)))
            first++;
        return first;
    }
    return first;
}

// The person whose role opens the phrase: "Assistant Secretary for Public Affairs Jane Smith".
static uint32_t titled_person(const fsc_vx *x, uint32_t first, uint32_t end)
{
    for (uint32_t w = first; w < end; w++) {
        uint32_t n = fsc_vx_name_at(x, w);
        if (n == FSC_NONE || x->name.data[n].kind != FSC_ACTOR_PERSON)
            continue;
        const fsc_name *name = &x->name.data[n];
        bool owner = name->end < end && (fsc_vx_flags(x, name->end - 1) & FSC_WORD_POSSESSIVE);
        bool pair = name->end < end && (x->tag[name->end] & T_COORD);
        return name->titled && name->role_first <= first && name->end <= end && !owner && !pair ? n : FSC_NONE;
    }
    return FSC_NONE;
}

// Two speak: "the United Nations and the European Union".
static bool has_pair(const fsc_vx *x, uint32_t first, uint32_t end)
{
    for (uint32_t w = first + 1; w < end; w++)
        if ((x->tag[w] & T_COORD) && !fsc_vx_named(x, w) && fsc_vx_named(x, w - 1))
            return true;
    return false;
}

uint32_t fsc_voice_add_source(fsc_vx *x, uint32_t first, uint32_t end)
{
    fsc_source s = {.first = trim_front(x, first, end), .end = end, .actor = FSC_NONE};
    if (s.first < s.end) {
        // "the officials probably both"
        while (s.end - s.first > 1 && (x->tag[s.end - 1] & (T_PRONOUN | T_TIME | T_WEEKDAY | T_ADV | T_DET)) &&
               !fsc_vx_named(x, s.end - 1))
            end = --s.end;
        uint32_t head = fsc_voice_head_end(x, s.first, end);
        uint32_t titled = titled_person(x, s.first, end);
        if (titled != FSC_NONE)
            head = x->name.data[titled].end;
        uint32_t name = fsc_vx_name_at(x, head - 1);
        bool doc = x->tag[head - 1] & T_DOC;
        if (head - s.first == 1 && (x->tag[s.first] & T_PRONOUN) && name == FSC_NONE)
            s.pronoun = (uint32_t)(x->tag[s.first] & (T_PRONOUN | T_POSS));
        else if (name != FSC_NONE && x->name.data[name].end == head && !has_pair(x, s.first, x->name.data[name].first))
            s.actor = x->name.data[name].actor;
        else if (doc)
            s.end = head;
        if (s.end - s.first > 10)
            s.end = head;
    }
    uint32_t index = (uint32_t)x->source.len;
    return fsc_vec_push(x->scratch, &x->source, s) ? index : FSC_NONE;
}
