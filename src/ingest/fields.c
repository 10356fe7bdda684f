#include "ingest/ingest_p.h"

#include <stddef.h>

static const struct {
    const char *name;
    size_t offset;
} fields[FSC_FIELD_COUNT] = {
#define FSC_FIELD(id, member, name) {name, offsetof(fsc_item, member)},
#include "ingest/fields.def"
#undef FSC_FIELD
};

// All names; an earlier one of the same field is the better one.
static const struct known {
    fsc_view name;
    int field;
    bool own;
} known[] = {
#define FSC_FIELD(id, member, name) {FSC_LIT_INIT(name), FSC_FIELD_##id, true},
#define FSC_GUESS(id, name) {FSC_LIT_INIT(name), FSC_FIELD_##id, false},
#include "ingest/fields.def"
#undef FSC_FIELD
};
#define KNOWN_COUNT (sizeof known / sizeof *known)

const char *fsc_field_name(fsc_field_id f)
{
    return fields[f].name;
}

fsc_view *fsc_field_slot(fsc_item *item, fsc_field_id f)
{
    return (fsc_view *)(void *)((char *)item + fields[f].offset);
}

// ---------------------------------------------------------------- guessing

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '-' || c == ' ' ? '_' : c;
}

bool fsc_field_same_name(fsc_view a, fsc_view b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (folded(a.data[i]) != folded(b.data[i]))
            return false;
    return true;
}

// The known name that `name` is, or KNOWN_COUNT.
static size_t find_known(fsc_view name)
{
    size_t i = 0;
    while (i < KNOWN_COUNT && !fsc_field_same_name(known[i].name, name))
        i++;
    return i;
}

// `text` beside other candidates is no guess, except beside `full_text`: there it is the shortened one.
static bool rivals(fsc_view a, fsc_view b)
{
    fsc_view full = FSC_LIT("full_text"), own = FSC_LIT("text");
    return !(fsc_field_same_name(own, a) || fsc_field_same_name(own, b)) || fsc_field_same_name(full, a) || fsc_field_same_name(full, b);
}

// Matches by name; best[f] is the known name that was found for f.
static void match_known(fsc_field_match *out, const fsc_view *name, size_t count, const fsc_field_map *map)
{
    size_t best[FSC_FIELD_COUNT];
    for (size_t i = 0; i < count; i++) {
        size_t k = name[i].len ? find_known(name[i]) : KNOWN_COUNT;
        if (k == KNOWN_COUNT || map->has[known[k].field])
            continue;
        int f = known[k].field;
        int32_t other = out->at[f];
        bool better = other < 0 || k <= best[f];
        if (f == FSC_FIELD_TEXT && other >= 0 && k != best[f] && rivals(name[other], name[i]))
            out->rival = better ? other : (int32_t)i;
        if (!better)
            continue;
        best[f] = k;
        out->at[f] = (int32_t)i;
        out->guessed[f] = !known[k].own;
    }
}

int fsc_field_match_names(fsc_field_match *out, const fsc_view *name, size_t count, const fsc_field_map *map)
{
    int absent = -1;
    out->rival = -1;
    for (int f = 0; f < FSC_FIELD_COUNT; f++) {
        out->at[f] = -1;
        out->guessed[f] = false;
    }
    match_known(out, name, count, map);
    // whoever names the text has settled it; so has a column `html` beside mere guesses
    bool html = map->has[FSC_FIELD_HTML] || out->at[FSC_FIELD_HTML] >= 0;
    if (map->has[FSC_FIELD_TEXT] || (html && out->guessed[FSC_FIELD_TEXT]))
        out->rival = -1;
    if ((html && out->guessed[FSC_FIELD_TEXT]) || (map->name[FSC_FIELD_HTML].len && !map->has[FSC_FIELD_TEXT]))
        out->at[FSC_FIELD_TEXT] = out->rival = -1;
    for (int f = 0; f < FSC_FIELD_COUNT; f++) {
        bool wanted = map->has[f] && map->name[f].len;
        for (size_t i = 0; wanted && i < count; i++)
            if (fsc_view_eq(name[i], map->name[f]))
                out->at[f] = (int32_t)i;
        if (wanted && out->at[f] < 0 && absent < 0)
            absent = f;
    }
    return absent;
}

int fsc_field_note(fsc_ingest *in, const char *what, const fsc_service *service, const fsc_field_match *match,
                   const fsc_view *name, fsc_err *err)
{
    fsc_view text = {"", 0};
    bool guessed = service != NULL;
    for (int f = 0; f < FSC_FIELD_COUNT; f++) {
        if (match->at[f] < 0)
            continue;
        fsc_view column = name[match->at[f]];
        guessed |= match->guessed[f];
        text = fsc_arena_printf(&in->arena, "%.*s%s%s=%.*s", (int)text.len, text.data, text.len ? "," : "",
                                fsc_field_name((fsc_field_id)f), (int)column.len, column.data);
        if (!text.data)
            return fsc_err_nomem(err);
    }
    if (!guessed)
        return FSC_OK;
    text = fsc_arena_printf(&in->arena, "%s%s%s taken as --map %.*s", what, service ? " of " : "",
                            service ? fsc_service_title(service) : "", (int)text.len, text.data);
    return text.data ? fsc_ingest_add_note(in, text, err) : fsc_err_nomem(err);
}

// ---------------------------------------------------------------- --map

int fsc_field_named(fsc_view name)
{
    for (int f = 0; f < FSC_FIELD_COUNT; f++)
        if (fsc_view_is(name, fields[f].name))
            return f;
    return -1;
}

int fsc_field_map_parse(fsc_field_map *out, fsc_view map, fsc_err *err)
{
    memset(out, 0, sizeof *out);
    fsc_view rest = map;
    while (map.len && rest.data) {
        fsc_view right = fsc_view_split(&rest, ',');
        fsc_view left = fsc_view_trim(fsc_view_split(&right, '='));
        int f = fsc_field_named(left);
        if (f < 0)
            return fsc_err_set(
                err, FSC_E_USAGE,
                "--map: '%.*s' is no field: use text, html, id, url, canonical, title, author, site, published, "
                "modified, captured, lang, kind, genre or section",
                (int)left.len, left.data);
        if (!right.data)
            return fsc_err_set(err, FSC_E_USAGE, "--map: no column for '%.*s': write %.*s=COLUMN", (int)left.len,
                               left.data, (int)left.len, left.data);
        if (out->has[f])
            return fsc_err_set(err, FSC_E_USAGE, "--map: '%.*s' is mapped twice", (int)left.len, left.data);
        out->has[f] = true;
        out->name[f] = fsc_view_trim(right);
    }
    return FSC_OK;
}
