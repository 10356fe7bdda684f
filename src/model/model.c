#include "model/model.h"

// One table a type: the words that stand in output. A table's length is the enum's.

#define NAME_OF(table, index) ((size_t)(index) < sizeof(table) / sizeof *(table) ? (table)[index] : "unknown")

static const struct {
    const char *text;
    bool failed;
} records[] = {
#define FSC_RECORD(name, text, failed) {text, failed},
#include "model/record.def"
#undef FSC_RECORD
};

const char *fsc_record_name(fsc_record_status s)
{
    return (size_t)s < FSC_RECORD_COUNT ? records[s].text : "unknown";
}

bool fsc_record_failed(fsc_record_status s)
{
    return (size_t)s < FSC_RECORD_COUNT && records[s].failed;
}

bool fsc_record_scored(fsc_record_status s)
{
    return s == FSC_RECORD_OK || s == FSC_RECORD_TRUNCATED;
}

const char *fsc_part_name(fsc_part_kind k)
{
    static const char *const names[] = {"headline", "subhead", "lede", "body", "caption", "list", "table", "embed"};
    return NAME_OF(names, k);
}

const char *fsc_overlap_name(fsc_overlap o)
{
    static const char *const names[FSC_OVERLAP_COUNT] = {"longest", "category", "priority", "all"};
    return NAME_OF(names, o);
}

fsc_overlap fsc_overlap_named(fsc_view name)
{
    int o = 0;
    while (o < FSC_OVERLAP_COUNT && !fsc_view_is(name, fsc_overlap_name((fsc_overlap)o)))
        o++;
    return (fsc_overlap)o;
}

const char *fsc_direction_name(fsc_direction d)
{
    static const char *const names[] = {NULL, "up", "down"};
    return NAME_OF(names, d);
}

const char *fsc_voice_name(fsc_voice v)
{
    static const char *const names[] = {"own", "quote", "indirect", "scare"};
    return NAME_OF(names, v);
}

const char *fsc_speech_name(fsc_speech_kind k)
{
    static const char *const names[] = {"direct", "block", "embed", "indirect", "scare"};
    return NAME_OF(names, k);
}

const char *fsc_actor_kind_name(fsc_actor_kind k)
{
    static const char *const names[] = {"person", "organization", "place", "group"};
    return NAME_OF(names, k);
}

const char *fsc_why_name(fsc_why w)
{
    static const char *const names[] = {NULL, "negated", "neutral", "overlap", "part", "name"};
    return NAME_OF(names, w);
}

const char *fsc_trivial_name(fsc_trivial t)
{
    static const char *const names[] = {NULL, "score", "live", "clock"};
    return NAME_OF(names, t);
}

const char *fsc_relation_name(fsc_relation_type t)
{
    static const char *const names[] = {"cause", "concession", "denial", "association"};
    return NAME_OF(names, t);
}

const char *fsc_relation_status_name(fsc_relation_status s)
{
    static const char *const names[] = {"asserted", "hedged", "questioned", "denied"};
    return NAME_OF(names, s);
}

const char *fsc_valence_name(fsc_valence v)
{
    static const char *const names[] = {NULL, "credit", "blame"};
    return NAME_OF(names, v);
}

const char *fsc_via_name(fsc_via v)
{
    static const char *const names[] = {"connective", "verb", "noun"};
    return NAME_OF(names, v);
}

const char *fsc_op_name(fsc_op_kind k)
{
    static const char *const names[] = {"equal", "insert", "delete", "replace", "move"};
    return NAME_OF(names, k);
}

const char *fsc_pair_name(fsc_pair_kind k)
{
    static const char *const names[] = {"same", "edited", "moved", "split", "merged", "added", "deleted"};
    return NAME_OF(names, k);
}

const char *fsc_shift_name(fsc_shift s)
{
    static const char *const names[] = {"softened", "hardened", "voice", "label", "direction", "same"};
    return NAME_OF(names, s);
}

const char *fsc_change_name(fsc_change_type t)
{
    static const char *const names[] = {
#define FSC_CHANGE(name, text) text,
#include "model/change.def"
#undef FSC_CHANGE
    };
    return NAME_OF(names, t);
}

const fsc_voiced *fsc_voices_at(const fsc_voices *v, uint32_t word)
{
    if (!v->voiced_count)
        return NULL;
    // the first that ends behind the word; no branch on what is found: which half it is cannot be foretold
    const fsc_voiced *low = v->voiced;
    for (size_t n = v->voiced_count, half; n > 1; n -= half) {
        half = n / 2;
        low += (low[half - 1].end <= word) * half;
    }
    return low->first <= word && word < low->end ? low : NULL;
}

uint32_t fsc_voices_introduced(const fsc_voices *v, uint32_t first, uint32_t end)
{
    if (!v->introduction_count)
        return FSC_NONE;
    // the first at or behind `first`, likewise
    const fsc_introduction *low = v->introduction;
    for (size_t n = v->introduction_count, half; n > 1; n -= half) {
        half = n / 2;
        low += (low[half - 1].word < first) * half;
    }
    return low->word >= first && low->word < end ? low->speech : FSC_NONE;
}
