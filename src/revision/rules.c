#include "revision/revision_p.h"

typedef struct name_role {
    const char *name;
    uint8_t role;
} name_role;

static const name_role dimension_roles[] = {
    {"causality", REV_DIM_CAUSALITY}, {"certainty", REV_DIM_CERTAINTY},     {"intensity", REV_DIM_INTENSITY},
    {"labeling", REV_DIM_LABELING},   {"attribution", REV_DIM_ATTRIBUTION}, {"quantity", REV_DIM_QUANTITY},
    {"threat", REV_DIM_THREAT},       {"conflict", REV_DIM_CONFLICT},       {"harm", REV_DIM_HARM},
    {"moral", REV_DIM_MORAL},         {"agency", REV_DIM_AGENCY},           {"stance", REV_DIM_STANCE},
};

static const name_role category_roles[] = {
    {"cause", REV_CAT_CAUSE},
    {"concession", REV_CAT_CONCESSION},
    {"denial", REV_CAT_DENIAL},
    {"association", REV_CAT_ASSOCIATION},
    {"booster", REV_CAT_BOOSTER},
    {"hedge", REV_CAT_HEDGE},
    {"doubt", REV_CAT_DOUBT},
    {"distancing", REV_CAT_DISTANCING},
    {"agentless-passive", REV_CAT_AGENTLESS},
    {"by-passive", REV_CAT_BY_PASSIVE},
    {"event-noun", REV_CAT_EVENT_NOUN},
    {"rhetorical-question", REV_CAT_QUESTION},
    {"epithet", REV_CAT_EPITHET},
    {"neutral", REV_CAT_NEUTRAL},
    {"endorsing", REV_CAT_ENDORSING},
    {"amplifier", REV_CAT_AMPLIFIER},
    {"minimizer", REV_CAT_MINIMIZER},
    {"combative", REV_CAT_COMBATIVE},
};

static uint8_t role_of(const name_role *table, size_t count, fsc_view name)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_is(name, table[i].name))
            return table[i].role;
    return 0;
}

static bool is_no_name(fsc_view name)
{
    return fsc_view_starts(name, FSC_LIT("organization.")) || fsc_view_starts(name, FSC_LIT("role")) ||
           fsc_view_is(name, "name.not") || fsc_view_is(name, "name.adjective") || fsc_view_is(name, "name.title") ||
           fsc_view_is(name, "people") || fsc_view_is(name, "group") || fsc_view_is(name, "adverb");
}

static uint16_t resource_roles(fsc_view name)
{
    static const struct {
        const char *name;
        uint16_t role;
    } roles[] = {
        {"function", REV_ENTRY_FUNCTION | REV_ENTRY_NO_NAME},
        {"organization.body", REV_ENTRY_BODY | REV_ENTRY_NO_NAME},
        {"attribution.verb", REV_ENTRY_SAYING},
        {"attribution.phrase", REV_ENTRY_SAYING},
        {"revision.allegation", REV_ENTRY_ALLEGATION},
        {"revision.modal", REV_ENTRY_MODAL},
        {"revision.charge", REV_ENTRY_CHARGE},
        {"revision.of", REV_ENTRY_OF},
        {"revision.live", REV_ENTRY_LIVE},
        {"revision.clock", REV_ENTRY_CLOCK},
        {"revision.stamp", REV_ENTRY_STAMP},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (fsc_view_is(name, roles[i].name))
            return roles[i].role;
    if (fsc_view_starts(name, FSC_LIT("function.")))
        return REV_ENTRY_FUNCTION | REV_ENTRY_NO_NAME;
    return is_no_name(name) ? REV_ENTRY_NO_NAME : 0;
}

// runs at every start of the program: names are compared once a category, not once an entry
static int fill_entries(fsc_revision_rules *r, const fsc_schema *s, fsc_arena *arena, fsc_err *err)
{
    uint16_t *of = FSC_NEW_N(arena, uint16_t, s->resource_count + 1);
    if (!of)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < s->resource_count; i++)
        of[i] = resource_roles(s->resource[i]);
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        if (e->dimension == FSC_NO_DIMENSION && e->category < s->resource_count)
            r->entry[i] = of[e->category];
    }
    return 0;
}

bool fsc_revision_quiet(const fsc_revision_rules *rules, uint32_t entry, uint32_t *tags)
{
    if (rules->entry[entry] & REV_ENTRY_SAYING)
        return false;
    *tags |= rules->entry[entry];
    return true;
}

int fsc_revision_rules_new(fsc_revision_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    *out = NULL;
    fsc_revision_rules *r = FSC_NEW(arena, fsc_revision_rules);
    if (!r)
        return fsc_err_nomem(err);
    r->schema = schema;
    r->entry = FSC_NEW_N(arena, uint16_t, schema->entry_count);
    r->category = FSC_NEW_N(arena, uint8_t, schema->category_count);
    r->dimension = FSC_NEW_N(arena, uint8_t, schema->dimension_count);
    if (!r->entry || !r->category || !r->dimension)
        return fsc_err_nomem(err);
    if (fill_entries(r, schema, arena, err))
        return FSC_E_NOMEM;
    for (size_t i = 0; i < schema->category_count; i++)
        r->category[i] =
            role_of(category_roles, sizeof category_roles / sizeof *category_roles, schema->category[i].name);
    for (size_t i = 0; i < schema->dimension_count; i++)
        r->dimension[i] =
            role_of(dimension_roles, sizeof dimension_roles / sizeof *dimension_roles, schema->dimension[i].name);
    *out = r;
    return FSC_OK;
}
