/* framing: the door. Entries are read once into fsc_entry_rule; a document passes cues, relations, scores. */
#include "framing/framing_p.h"

static bool option_is(const fsc_entry *e, const char *name, const char *value)
{
    fsc_view v = fsc_entry_option(e, name), want = fsc_view_cstr(value);
    return v.data && v.len == want.len && (v.len == 0 || memcmp(v.data, want.data, v.len) == 0);
}

static bool option_set(const fsc_entry *e, const char *name)
{
    return fsc_entry_option(e, name).data != NULL;
}

static uint32_t flags_of(const fsc_entry *e)
{
    static const struct {
        const char *name, *value;
        uint32_t flag;
    } known[] = {
        {"target", "people", FSC_ER_PEOPLE},      {"cause", "right", FSC_ER_CAUSE_RIGHT},
        {"cause", "left", FSC_ER_CAUSE_LEFT},     {"self", "cause", FSC_ER_SELF_CAUSE},
        {"self", "effect", FSC_ER_SELF_EFFECT},   {"args", "between", FSC_ER_BETWEEN},
        {"args", "copula", FSC_ER_COPULA},        {"args", "object", FSC_ER_OBJECT},
        {"predicate", NULL, FSC_ER_PREDICATE},    {"reported", NULL, FSC_ER_REPORTED},
        {"clause", NULL, FSC_ER_CLAUSE},          {"phrase", NULL, FSC_ER_PHRASE},
        {"front", NULL, FSC_ER_FRONT},            {"number", NULL, FSC_ER_NUMBER},
        {"purpose", NULL, FSC_ER_PURPOSE},        {"finite", NULL, FSC_ER_FINITE},
        {"comma", NULL, FSC_ER_COMMA},            {"args", "effect", FSC_ER_EFFECT},
        {"args", "whether", FSC_ER_WHETHER},
    };
    uint32_t flags = 0;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (known[k].value ? option_is(e, known[k].name, known[k].value) : option_set(e, known[k].name))
            flags |= known[k].flag;
    return flags;
}

static fsc_entry_rule rule_of(const fsc_entry *e)
{
    fsc_entry_rule r = {0};
    if (e->options.len == 0)
        return r;
    r.flags = flags_of(e);
    r.via = option_is(e, "via", "verb") ? FSC_VIA_VERB : option_is(e, "via", "noun") ? FSC_VIA_NOUN : FSC_VIA_CONNECTIVE;
    r.valence = option_is(e, "valence", "credit")  ? FSC_VALENCE_CREDIT
                : option_is(e, "valence", "blame") ? FSC_VALENCE_BLAME
                                                   : FSC_VALENCE_NONE;
    r.status = option_is(e, "status", "questioned") ? FSC_QUESTIONED
               : option_is(e, "status", "hedged")   ? FSC_HEDGED
               : option_is(e, "status", "denied")   ? FSC_DENIED
                                                    : FSC_ASSERTED;
    return r;
}

/* Bits of each resource category, then of the scored ones that matter to others. */
static int roles_new(fsc_framing_rules *r, const fsc_schema *s, fsc_arena *arena, fsc_err *err)
{
    static const char *const name[] = {
#define FSC_ROLE(id, category) category,
#include "framing/role.def"
#undef FSC_ROLE
    };
    uint32_t *bits = fsc_arena_calloc(arena, s->resource_count + 1, sizeof *bits);
    if (!bits)
        return fsc_err_nomem(err);
    for (uint32_t k = 0; k < FSC_ROLE_COUNT; k++) {
        uint32_t resource = name[k][0] == '@' ? FSC_NONE : fsc_schema_resource(s, name[k]);
        if (resource < s->resource_count)
            bits[resource] |= 1u << k;
    }
    uint32_t attribution = fsc_schema_dimension(s, "attribution");
    for (size_t k = 0; k < s->entry_count; k++) {
        const fsc_entry *e = &s->entry[k];
        if (e->flags & FSC_ENTRY_RESOURCE) {
            r->entry[k].role = e->category < s->resource_count ? bits[e->category] : 0;
            continue;
        }
        r->entry[k] = rule_of(e);
        if (e->dimension == attribution)
            r->entry[k].role = FSC_ROLE_IS(SAY);
        else if (e->category == r->hedge)
            r->entry[k].role = FSC_ROLE_IS(HEDGE);
        else if (e->category == r->doubt)
            r->entry[k].role = FSC_ROLE_IS(DOUBT);
    }
    return 0;
}

static void find_rules(fsc_framing_rules *r, const fsc_schema *s)
{
    static const char *const name[FSC_RULE_COUNT] = {
        [FSC_RULE_AGENTLESS] = "@agentless-passive", [FSC_RULE_BY_PASSIVE] = "@by-passive",
        [FSC_RULE_EVENT_NOUN] = "@event-noun",       [FSC_RULE_RHETORICAL] = "@rhetorical-question",
        [FSC_RULE_EXCLAMATION] = "@exclamation",     [FSC_RULE_CAPITALS] = "@capitals",
        [FSC_RULE_SCARE] = "@scare-quote",
    };
    for (size_t n = 0; n < FSC_RULE_COUNT; n++)
        r->rule[n] = FSC_NONE;
    for (size_t k = 0; k < s->entry_count; k++) {
        if (!(s->entry[k].flags & FSC_ENTRY_RULE))
            continue;
        fsc_view pattern = s->entry[k].pattern;
        for (size_t n = 0; n < FSC_RULE_COUNT; n++)
            if (pattern.len == strlen(name[n]) && memcmp(pattern.data, name[n], pattern.len) == 0)
                r->rule[n] = (uint32_t)k;
    }
}

int fsc_framing_rules_new(fsc_framing_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    fsc_framing_rules *r = FSC_NEW(arena, fsc_framing_rules);
    if (!r)
        return fsc_err_nomem(err);
    r->schema = schema;
    r->entry = FSC_NEW_N(arena, fsc_entry_rule, schema->entry_count + 1);
    if (!r->entry)
        return fsc_err_nomem(err);
    r->causality = fsc_schema_dimension(schema, "causality");
    r->intensity = fsc_schema_dimension(schema, "intensity");
    r->quantity = fsc_schema_dimension(schema, "quantity");
    r->cause = fsc_schema_category(schema, "causality", "cause");
    r->concession = fsc_schema_category(schema, "causality", "concession");
    r->denial = fsc_schema_category(schema, "causality", "denial");
    r->association = fsc_schema_category(schema, "causality", "association");
    r->booster = fsc_schema_category(schema, "certainty", "booster");
    r->hedge = fsc_schema_category(schema, "certainty", "hedge");
    r->doubt = fsc_schema_category(schema, "certainty", "doubt");
    r->maximizer = fsc_schema_category(schema, "quantity", "maximizer");
    r->minimizer = fsc_schema_category(schema, "quantity", "minimizer");
    find_rules(r, schema);
    if (roles_new(r, schema, arena, err))
        return FSC_E_NOMEM;
    *out = r;
    return 0;
}

int fsc_framing_analyze(fsc_analysis *a, const fsc_framing_rules *rules, const fsc_types *types, fsc_arena *arena,
                        fsc_arena *scratch, fsc_err *err)
{
    fsc_context c = {.a = a, .rules = rules, .types = types, .arena = arena, .scratch = scratch};
    if (fsc_cues_find(&c, err) || fsc_relations_find(&c, err) || fsc_scores_sum(&c, err))
        return FSC_E_NOMEM;
    return 0;
}
