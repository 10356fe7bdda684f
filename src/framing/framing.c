/* framing: the door. Entries are read once into fsc_entry_rule; a document passes cues, relations, scores. */
#include "base/table.h"
#include "framing/framing_p.h"

// What an option says about reading an entry. value NULL: a flag. Options that are not here belong to other rooms.
typedef struct option_meaning {
    fsc_view name, value;
    uint32_t flag;
    uint8_t via, valence;
    uint32_t status;
} option_meaning;

static const option_meaning meanings[] = {
    {FSC_LIT_INIT("target"), FSC_LIT_INIT("people"), FSC_ER_PEOPLE, 0, 0, 0},
    {FSC_LIT_INIT("cause"), FSC_LIT_INIT("right"), FSC_ER_CAUSE_RIGHT, 0, 0, 0},
    {FSC_LIT_INIT("cause"), FSC_LIT_INIT("left"), FSC_ER_CAUSE_LEFT, 0, 0, 0},
    {FSC_LIT_INIT("self"), FSC_LIT_INIT("cause"), FSC_ER_SELF_CAUSE, 0, 0, 0},
    {FSC_LIT_INIT("self"), FSC_LIT_INIT("effect"), FSC_ER_SELF_EFFECT, 0, 0, 0},
    {FSC_LIT_INIT("args"), FSC_LIT_INIT("between"), FSC_ER_BETWEEN, 0, 0, 0},
    {FSC_LIT_INIT("args"), FSC_LIT_INIT("copula"), FSC_ER_COPULA, 0, 0, 0},
    {FSC_LIT_INIT("args"), FSC_LIT_INIT("object"), FSC_ER_OBJECT, 0, 0, 0},
    {FSC_LIT_INIT("args"), FSC_LIT_INIT("effect"), FSC_ER_EFFECT, 0, 0, 0},
    {FSC_LIT_INIT("args"), FSC_LIT_INIT("whether"), FSC_ER_WHETHER, 0, 0, 0},
    {FSC_LIT_INIT("args"), FSC_LIT_INIT("inside"), FSC_ER_INSIDE, 0, 0, 0},
    {FSC_LIT_INIT("predicate"), {NULL, 0}, FSC_ER_PREDICATE, 0, 0, 0},
    {FSC_LIT_INIT("reported"), {NULL, 0}, FSC_ER_REPORTED, 0, 0, 0},
    {FSC_LIT_INIT("clause"), {NULL, 0}, FSC_ER_CLAUSE, 0, 0, 0},
    {FSC_LIT_INIT("phrase"), {NULL, 0}, FSC_ER_PHRASE, 0, 0, 0},
    {FSC_LIT_INIT("front"), {NULL, 0}, FSC_ER_FRONT, 0, 0, 0},
    {FSC_LIT_INIT("number"), {NULL, 0}, FSC_ER_NUMBER, 0, 0, 0},
    {FSC_LIT_INIT("purpose"), {NULL, 0}, FSC_ER_PURPOSE, 0, 0, 0},
    {FSC_LIT_INIT("finite"), {NULL, 0}, FSC_ER_FINITE, 0, 0, 0},
    {FSC_LIT_INIT("comma"), {NULL, 0}, FSC_ER_COMMA, 0, 0, 0},
    {FSC_LIT_INIT("pause"), {NULL, 0}, FSC_ER_PAUSE, 0, 0, 0},
    {FSC_LIT_INIT("speech"), {NULL, 0}, FSC_ER_SPEECH, 0, 0, 0},
    {FSC_LIT_INIT("via"), FSC_LIT_INIT("verb"), 0, FSC_VIA_VERB, 0, 0},
    {FSC_LIT_INIT("via"), FSC_LIT_INIT("noun"), 0, FSC_VIA_NOUN, 0, 0},
    {FSC_LIT_INIT("valence"), FSC_LIT_INIT("credit"), 0, 0, FSC_VALENCE_CREDIT, 0},
    {FSC_LIT_INIT("valence"), FSC_LIT_INIT("blame"), 0, 0, FSC_VALENCE_BLAME, 0},
    {FSC_LIT_INIT("status"), FSC_LIT_INIT("questioned"), 0, 0, 0, FSC_QUESTIONED},
    {FSC_LIT_INIT("status"), FSC_LIT_INIT("hedged"), 0, 0, 0, FSC_HEDGED},
    {FSC_LIT_INIT("status"), FSC_LIT_INIT("denied"), 0, 0, 0, FSC_DENIED},
};

static void read_option(fsc_entry_rule *r, fsc_view name, fsc_view value)
{
    // guards and directions are most of all options, and mean nothing here
    if (name.data[0] == '!' || name.data[0] == 'd' || name.data[0] == 'b' || fsc_view_is(name, "pair"))
        return;
    for (size_t k = 0; k < sizeof meanings / sizeof *meanings; k++) {
        const option_meaning *m = &meanings[k];
        if (m->name.len != name.len || m->name.data[0] != name.data[0] || !fsc_view_eq(name, m->name) ||
            (m->value.data && !fsc_view_eq(value, m->value)))
            continue;
        r->flags |= m->flag;
        r->via |= m->via;
        r->valence |= m->valence;
        r->status |= (uint8_t)m->status;
        return;
    }
}

static fsc_entry_rule rule_of(const fsc_schema *s, const fsc_entry *e)
{
    fsc_entry_rule r = {.weight = e->weight, .dimension = e->dimension, .category = e->category, .direction = (uint8_t)e->direction,
                        .names = e->flags & FSC_ENTRY_NAMES};
    fsc_view rest = fsc_schema_text(s, e->options), name, value;
    while (fsc_entry_next_option(&rest, &name, &value))
        if (name.len)
            read_option(&r, name, value);
    return r;
}

/* Bits of each resource category. */
static uint32_t *bits_of_resources(const fsc_schema *s, fsc_arena *arena)
{
    static const char *const name[] = {
#define FSC_ROLE(id, category) category,
#include "framing/role.def"
#undef FSC_ROLE
    };
    uint32_t *bits = fsc_arena_calloc(arena, s->resource_count + 1, sizeof *bits);
    for (uint32_t k = 0; bits && k < FSC_ROLE_COUNT; k++) {
        uint32_t resource = name[k][0] == '@' ? FSC_NONE : fsc_schema_resource(s, name[k]);
        if (resource < s->resource_count)
            bits[resource] |= 1u << k;
    }
    for (size_t k = 0; bits && k < s->resource_count; k++)
        if (fsc_view_starts(s->resource[k], FSC_LIT("function.")))
            bits[k] |= FSC_ROLE_IS(FUNCTION);
    return bits;
}

/* Bits of each entry: those of its resource category; of the scored ones those that matter to others. */
static int roles_new(fsc_framing_rules *r, const fsc_schema *s, fsc_arena *arena, fsc_err *err)
{
    const uint32_t *bits = bits_of_resources(s, arena);
    uint32_t *role = FSC_NEW_N(arena, uint32_t, s->entry_count + 1);
    fsc_entry_rule *entry = FSC_NEW_N(arena, fsc_entry_rule, s->entry_count + 1);
    if (!bits || !role || !entry)
        return fsc_err_nomem(err);
    r->role = role, r->entry = entry;
    uint32_t attribution = fsc_schema_dimension(s, "attribution");
    uint32_t combative = fsc_schema_category(s, "attribution", "combative");
    for (size_t k = 0; k < s->entry_count; k++) {
        const fsc_entry *e = &s->entry[k];
        if (e->flags & FSC_ENTRY_RESOURCE) {
            role[k] = e->category < s->resource_count ? bits[e->category] : 0;
            continue;
        }
        entry[k] = rule_of(s, e);
        role[k] = e->flags & FSC_ENTRY_RULE ? 0 : FSC_ROLE_SCORED;
        if (e->dimension == attribution && e->category != combative) { // "mocked the plan" says nothing of its own
            role[k] |= FSC_ROLE_IS(SAY);
            role[k] |= entry[k].flags & FSC_ER_SPEECH ? FSC_ROLE_ATTRIBUTES : 0;
            entry[k].flags &= ~(uint32_t)FSC_ER_SPEECH;
        } else if (e->category == r->hedge && e->weight >= 1000) // "largely" hedges no link
            role[k] |= FSC_ROLE_IS(HEDGE);
        else if (e->category == r->doubt)
            role[k] |= FSC_ROLE_IS(DOUBT);
    }
    return 0;
}

static int find_rules(fsc_framing_rules *r, const fsc_schema *s, fsc_arena *arena, fsc_err *err)
{
    static const char *const name[FSC_RULE_COUNT] = {
        [FSC_RULE_AGENTLESS] = "@agentless-passive", [FSC_RULE_BY_PASSIVE] = "@by-passive",
        [FSC_RULE_EVENT_NOUN] = "@event-noun",       [FSC_RULE_RHETORICAL] = "@rhetorical-question",
        [FSC_RULE_EXCLAMATION] = "@exclamation",     [FSC_RULE_CAPITALS] = "@capitals",
        [FSC_RULE_SCARE] = "@scare-quote",
    };
    uint32_t *rule = FSC_NEW_N(arena, uint32_t, FSC_RULE_COUNT);
    if (!rule)
        return fsc_err_nomem(err);
    r->rule = rule;
    for (size_t n = 0; n < FSC_RULE_COUNT; n++)
        rule[n] = FSC_NONE;
    for (size_t k = 0; k < s->entry_count; k++) {
        if (!(s->entry[k].flags & FSC_ENTRY_RULE))
            continue;
        fsc_view pattern = fsc_schema_text(s, s->entry[k].pattern);
        for (size_t n = 0; n < FSC_RULE_COUNT; n++)
            if (pattern.len == strlen(name[n]) && memcmp(pattern.data, name[n], pattern.len) == 0)
                rule[n] = (uint32_t)k;
    }
    return 0;
}

bool fsc_framing_quiet(const fsc_framing_rules *rules, uint32_t entry, uint32_t *tags)
{
    if (rules->role[entry] & (FSC_ROLE_SCORED | FSC_ROLE_AGENCY))
        return false;
    *tags |= rules->role[entry];
    return true;
}

fsc_word_class fsc_framing_word_class(const fsc_hits *hits, const fsc_word *word)
{
    uint32_t role = fsc_hits_tags(hits, word).framing;
    return role & FSC_ROLE_IS(PREPOSITION) ? FSC_WORD_PREPOSITION : role & FSC_ROLE_IS(FUNCTION) ? FSC_WORD_FUNCTION : FSC_WORD_CONTENT;
}

static enum fsc_negation negation_of(const fsc_framing_rules *r, const fsc_dimension *d, uint32_t dimension, uint32_t category)
{
    if (d->rules || d->plain || category == r->hedge || category == r->doubt || category == r->concession || category == r->denial)
        return FSC_NEGATION_NONE;
    if (category == r->cause)
        return FSC_NEGATION_CAUSE;
    if (category == r->booster && r->doubt != FSC_NONE)
        return FSC_NEGATION_BOOSTER;
    return dimension == r->attribution ? FSC_NEGATION_WEIGHTED : FSC_NEGATION_PLAIN;
}

/* Categories as the overlap of their dimensions has them. */
static void read_categories(fsc_framing_rules *r)
{
    const fsc_schema *s = r->schema;
    for (uint32_t k = 0; k < s->category_count; k++) {
        uint32_t d = s->category[k].dimension;
        bool alone = r->overlap[d] == FSC_OVERLAP_CATEGORY;
        r->category[k] = (fsc_category_rule){.place = (uint16_t)(alone ? s->dimension_count + k : d),
                                             .overlap = r->overlap[d],
                                             .negation = (uint8_t)negation_of(r, &s->dimension[d], d, k),
                                             .plain = s->dimension[d].plain};
    }
}

static fsc_framing_rules *rules_over(const fsc_schema *schema, fsc_arena *arena)
{
    fsc_framing_rules *r = FSC_NEW(arena, fsc_framing_rules);
    if (!r)
        return NULL;
    r->schema = schema;
    r->overlap = FSC_NEW_N(arena, uint8_t, schema->dimension_count + 1);
    r->category = FSC_NEW_N(arena, fsc_category_rule, schema->category_count + 1);
    if (!r->overlap || !r->category)
        return NULL;
    for (size_t k = 0; k < schema->dimension_count; k++)
        r->overlap[k] = schema->dimension[k].overlap;
    r->causality = fsc_schema_dimension(schema, "causality");
    r->intensity = fsc_schema_dimension(schema, "intensity");
    r->quantity = fsc_schema_dimension(schema, "quantity");
    r->attribution = fsc_schema_dimension(schema, "attribution");
    r->cause = fsc_schema_category(schema, "causality", "cause");
    r->concession = fsc_schema_category(schema, "causality", "concession");
    r->denial = fsc_schema_category(schema, "causality", "denial");
    r->association = fsc_schema_category(schema, "causality", "association");
    r->booster = fsc_schema_category(schema, "certainty", "booster");
    r->hedge = fsc_schema_category(schema, "certainty", "hedge");
    r->doubt = fsc_schema_category(schema, "certainty", "doubt");
    r->maximizer = fsc_schema_category(schema, "quantity", "maximizer");
    r->minimizer = fsc_schema_category(schema, "quantity", "minimizer");
    read_categories(r);
    return r;
}

int fsc_framing_rules_new(fsc_framing_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    fsc_framing_rules *r = rules_over(schema, arena);
    if (!r)
        return fsc_err_nomem(err);
    if (find_rules(r, schema, arena, err) || roles_new(r, schema, arena, err))
        return FSC_E_NOMEM;
    *out = r;
    return 0;
}

void fsc_framing_rules_image(fsc_buf *out, const fsc_framing_rules *rules)
{
    size_t count = rules->schema->entry_count;
    fsc_table_add(out, rules->role, count * sizeof *rules->role);
    fsc_table_add(out, rules->entry, count * sizeof *rules->entry);
    fsc_table_add(out, rules->rule, FSC_RULE_COUNT * sizeof *rules->rule);
}

int fsc_framing_rules_open(fsc_framing_rules **out, fsc_view *image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    size_t count = schema->entry_count;
    fsc_framing_rules *r = rules_over(schema, arena);
    if (!r)
        return fsc_err_nomem(err);
    if (!(r->role = fsc_table_take(image, count * sizeof *r->role)) || !(r->entry = fsc_table_take(image, count * sizeof *r->entry)) ||
        !(r->rule = fsc_table_take(image, FSC_RULE_COUNT * sizeof *r->rule)))
        return fsc_err_set(err, FSC_E_CONFIG, "a damaged image: rules of framing");
    *out = r;
    return 0;
}

int fsc_framing_analyze(fsc_analysis *a, const fsc_framing_rules *rules, const fsc_types *types, fsc_arena *arena,
                        fsc_arena *scratch, fsc_err *err)
{
    fsc_speaker *author = FSC_NEW(arena, fsc_speaker);
    fsc_context c = {.a = a, .rules = rules, .types = types, .arena = arena, .scratch = scratch, .author = author};
    if (!author)
        return fsc_err_nomem(err);
    author->name = a->article.author;
    if (fsc_cues_find(&c, err) || fsc_relations_find(&c, err) || fsc_scores_sum(&c, err))
        return FSC_E_NOMEM;
    return 0;
}

void fsc_framing_overlap(fsc_framing_rules *rules, fsc_overlap overlap)
{
    memset(rules->overlap, (int)overlap, rules->schema->dimension_count);
    read_categories(rules);
}
