#include "base/table.h"
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

// names are compared once a category, not once an entry
static uint16_t *roles_of_entries(const fsc_schema *s, fsc_arena *arena)
{
    uint16_t *of = FSC_NEW_N(arena, uint16_t, s->resource_count + 1);
    uint16_t *entry = FSC_NEW_N(arena, uint16_t, s->entry_count);
    if (!of || !entry)
        return NULL;
    for (size_t i = 0; i < s->resource_count; i++)
        of[i] = resource_roles(s->resource[i]);
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        if (e->dimension == FSC_NO_DIMENSION && e->category < s->resource_count)
            entry[i] = of[e->category];
    }
    return entry;
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
    uint8_t *category = FSC_NEW_N(arena, uint8_t, schema->category_count);
    uint8_t *dimension = FSC_NEW_N(arena, uint8_t, schema->dimension_count);
    r->entry = roles_of_entries(schema, arena);
    if (!r->entry || !category || !dimension)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < schema->category_count; i++)
        category[i] = role_of(category_roles, sizeof category_roles / sizeof *category_roles, schema->category[i].name);
    for (size_t i = 0; i < schema->dimension_count; i++)
        dimension[i] = role_of(dimension_roles, sizeof dimension_roles / sizeof *dimension_roles, schema->dimension[i].name);
    r->category = category, r->dimension = dimension;
    *out = r;
    return FSC_OK;
}

void fsc_revision_rules_image(fsc_buf *out, const fsc_revision_rules *rules)
{
    fsc_table_add(out, rules->entry, rules->schema->entry_count * sizeof *rules->entry);
    fsc_table_add(out, rules->category, rules->schema->category_count * sizeof *rules->category);
    fsc_table_add(out, rules->dimension, rules->schema->dimension_count * sizeof *rules->dimension);
}

int fsc_revision_rules_open(fsc_revision_rules **out, fsc_view *image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    fsc_revision_rules *r = FSC_NEW(arena, fsc_revision_rules);
    if (!r)
        return fsc_err_nomem(err);
    r->schema = schema;
    if (!(r->entry = fsc_table_take(image, schema->entry_count * sizeof *r->entry)) ||
        !(r->category = fsc_table_take(image, schema->category_count * sizeof *r->category)) ||
        !(r->dimension = fsc_table_take(image, schema->dimension_count * sizeof *r->dimension)))
        return fsc_err_set(err, FSC_E_CONFIG, "a damaged image: rules of revision");
    *out = r;
    return FSC_OK;
}
