#include "base/table.h"
#include "voice/voice_p.h"

// What the resource categories of voice-*.tsv mean to this room. Gender comes from the option gender=m|f beside it.
static const struct {
    const char *resource;
    uint64_t tag;
    uint8_t cue;
} meanings[] = {
    {"grammar.determiner", T_DET, 0},
    {"grammar.preposition", T_PREP, 0},
    {"grammar.subordinator", T_SUB, 0},
    {"grammar.coordinator", T_COORD, 0},
    {"grammar.relative", T_REL, 0},
    {"grammar.wh", T_WH, 0},
    {"grammar.that", T_THAT, 0},
    {"grammar.to", T_TO, 0},
    {"grammar.be", T_BE, 0},
    {"grammar.auxiliary", T_AUX, 0},
    {"grammar.negation", T_NEG, 0},
    {"grammar.adverb", T_ADV, 0},
    {"grammar.finite", T_FINITE, 0},
    {"grammar.copula", T_FINITE | T_COPULA, 0},
    {"grammar.abstract", T_ABSTRACT, 0},
    {"pronoun.he", T_HE, 0},
    {"pronoun.she", T_SHE, 0},
    {"pronoun.they", T_THEY, 0},
    {"pronoun.it", T_IT, 0},
    {"pronoun.i", T_I, 0},
    {"pronoun.we", T_WE, 0},
    {"pronoun.you", T_YOU, 0},
    {"pronoun.one", T_ONE, 0},
    {"possessive.he", T_POSS | T_HE, 0},
    {"possessive.she", T_POSS | T_SHE, 0},
    {"possessive.they", T_POSS | T_THEY, 0},
    {"possessive.it", T_POSS | T_IT, 0},
    {"possessive.i", T_POSS | T_I, 0},
    {"possessive.we", T_POSS | T_WE, 0},
    {"possessive.you", T_POSS | T_YOU, 0},
    {"name.title", T_TITLE, 0},
    {"name.male", T_MALE, 0},
    {"name.female", T_FEMALE, 0},
    {"role", T_ROLE, 0},
    {"role.plural", T_GROUPROLE, 0},
    {"group", T_GROUP, 0},
    {"organization.head", T_ORGHEAD, 0},
    {"organization.body", T_BODY, 0},
    {"organization.generic", T_GENERIC, 0},
    {"organization.any", T_GENERIC | T_ANYBODY, 0},
    {"organization.known", T_ORG, 0},
    {"place", T_PLACE, 0},
    {"name.adjective", T_ADJ, 0},
    {"name.suffix", T_SUFFIX, 0},
    {"name.particle", T_PARTICLE, 0},
    {"name.given", T_GIVEN, 0},
    {"name.not", T_NOTNAME, 0},
    {"source.document", T_DOC, 0},
    {"source.outlet", T_OUTLET, 0},
    {"work.noun", T_WORK, 0},
    {"number.word", T_NUMBER, 0},
    {"number.magnitude", T_MAGNITUDE, 0},
    {"number.vague", T_VAGUE, 0},
    {"unit", T_UNIT, 0},
    {"date.month", T_MONTH, 0},
    {"date.weekday", T_WEEKDAY, 0},
    {"date.time", T_TIME, 0},
    {"attribution.verb", T_CUEVERB, CUE_VERB},
    {"attribution.noun", 0, CUE_NOUN},
    {"attribution.phrase", 0, CUE_PHRASE},
    {"attribution.adjective", 0, CUE_ADJECTIVE},
    {"attribution.adverb", T_ADV, CUE_ADVERB},
};

static const struct {
    const char *name;
    uint32_t frame;
} frames[] = {
    {"that", F_THAT},           {"bare", F_BARE},   {"quote", F_QUOTE},   {"wh", F_WH},         {"to", F_TO},
    {"addressee", F_ADDRESSEE}, {"of", F_OF},       {"as", F_AS},         {"name", F_NAME},     {"for", F_FOR},
    {"object", F_OBJECT},       {"cause", F_CAUSE}, {"self", F_SELF},     {"source", F_SOURCE}, {"noun", F_NOUN},
    {"about", F_ABOUT},         {"thing", F_THING}, {"gerund", F_GERUND}, {"owned", F_OWNED},
};

static uint32_t frames_of(fsc_view list)
{
    uint32_t set = 0;
    while (list.data) {
        fsc_view one = fsc_view_trim(fsc_view_split(&list, ','));
        for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
            if (fsc_view_is(one, frames[i].name))
                set |= frames[i].frame;
    }
    return set;
}

static double value_of(fsc_view v)
{
    int64_t n;
    return fsc_view_int(fsc_view_trim(v), &n) ? (double)n : 0;
}

// the tag of an entry; what goes with it into *r
static uint64_t fill_rule(fsc_voice_rule *r, const fsc_schema *s, const fsc_entry *e, size_t meaning)
{
    uint64_t tag = meanings[meaning].tag;
    r->cue = meanings[meaning].cue;
    if (r->cue) {
        tag |= T_CUE;
        r->frame = frames_of(fsc_entry_option(s, e, "frame"));
    }
    if (tag & (T_NUMBER | T_MAGNITUDE))
        r->value = value_of(fsc_entry_option(s, e, "value"));
    if (tag & T_UNIT) {
        fsc_view unit = fsc_view_trim(fsc_entry_option(s, e, "unit"));
        if (unit.len)
            r->unit = (fsc_str){(uint32_t)(unit.data - s->string), (uint32_t)unit.len};
    }
    if (tag & (T_GIVEN | T_TITLE | T_ROLE)) {
        fsc_view gender = fsc_view_trim(fsc_entry_option(s, e, "gender"));
        if (fsc_view_is(gender, "m"))
            tag |= T_MALE;
        else if (fsc_view_is(gender, "f"))
            tag |= T_FEMALE;
    }
    return tag;
}

bool fsc_voice_quiet(const fsc_voice_rules *rules, uint32_t entry, unsigned lacks, uint64_t *tags)
{
    // numbers and units have a value that quantities are made of, cues a frame
    uint64_t loud = lacks & FSC_LACKS_QUANTITIES ? T_CUE : T_CUE | T_NUMBER | T_MAGNITUDE | T_UNIT;
    if (rules->tag[entry] & loud)
        return false;
    *tags |= rules->tag[entry];
    return true;
}

int fsc_voice_rules_new(fsc_voice_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    fsc_voice_rules *rules = FSC_NEW(arena, fsc_voice_rules);
    size_t count = schema->resource_count;
    uint32_t *meaning = FSC_NEW_N(arena, uint32_t, count + 1);
    if (!rules || !meaning)
        return fsc_err_nomem(err);
    rules->schema = schema;
    fsc_voice_rule *rule = FSC_NEW_N(arena, fsc_voice_rule, schema->entry_count + 1);
    uint64_t *tag = FSC_NEW_N(arena, uint64_t, schema->entry_count + 1);
    uint64_t *tagged = FSC_NEW_N(arena, uint64_t, schema->entry_count / 64 + 1);
    if (!rule || !tag || !tagged)
        return fsc_err_nomem(err);
    rules->rule = rule, rules->tag = tag, rules->tagged = tagged;
    for (size_t i = 0; i < count; i++) {
        meaning[i] = FSC_NONE;
        for (size_t k = 0; k < sizeof meanings / sizeof *meanings; k++)
            if (fsc_view_is(schema->resource[i], meanings[k].resource))
                meaning[i] = (uint32_t)k;
    }
    for (size_t i = 0; i < schema->entry_count; i++) {
        const fsc_entry *e = &schema->entry[i];
        if (!(e->flags & FSC_ENTRY_RESOURCE)) {
            if (e->direction == FSC_DIRECTION_UP)
                tag[i] = T_UP;
            else if (e->direction == FSC_DIRECTION_DOWN)
                tag[i] = T_DOWN;
        } else if (e->category < count && meaning[e->category] != FSC_NONE) {
            tag[i] = fill_rule(&rule[i], schema, e, meaning[e->category]);
        }
        tagged[i / 64] |= (uint64_t)(tag[i] != 0) << i % 64;
    }
    *out = rules;
    return FSC_OK;
}

void fsc_voice_rules_image(fsc_buf *out, const fsc_voice_rules *rules)
{
    size_t count = rules->schema->entry_count;
    fsc_table_add(out, rules->tag, count * sizeof *rules->tag);
    fsc_table_add(out, rules->tagged, (count / 64 + 1) * sizeof *rules->tagged);
    fsc_table_add(out, rules->rule, count * sizeof *rules->rule);
}

int fsc_voice_rules_open(fsc_voice_rules **out, fsc_view *image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    size_t count = schema->entry_count;
    fsc_voice_rules *rules = FSC_NEW(arena, fsc_voice_rules);
    if (!rules)
        return fsc_err_nomem(err);
    rules->schema = schema;
    if (!(rules->tag = fsc_table_take(image, count * sizeof *rules->tag)) ||
        !(rules->tagged = fsc_table_take(image, (count / 64 + 1) * sizeof *rules->tagged)) ||
        !(rules->rule = fsc_table_take(image, count * sizeof *rules->rule)))
        return fsc_err_set(err, FSC_E_CONFIG, "a damaged image: rules of voice");
    *out = rules;
    return FSC_OK;
}
