#include "ingest/ingest_p.h"

#include <stddef.h>

static const struct {
    const char *names;
    size_t offset;
} fields[FSC_FIELD_COUNT] = {
#define FSC_FIELD(name, member, names) {names, offsetof(fsc_item, member)},
#include "ingest/fields.def"
#undef FSC_FIELD
};

// A name among those of its field; rank 0 is the field's own.
typedef struct guess {
    int field, rank;
} guess;

static fsc_view own_name(int f)
{
    fsc_view rest = fsc_view_cstr(fields[f].names);
    return fsc_view_split(&rest, ' ');
}

const char *fsc_field_name(fsc_field_id f)
{
    static const char *const names[FSC_FIELD_COUNT] = {
        "text", "html", "id", "url", "canonical", "title", "author", "site", "published", "modified", "captured", "lang", "kind", "genre", "section",
    };
    return names[f];
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

static bool same_name(fsc_view known, fsc_view name)
{
    if (known.len != name.len)
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (known.data[i] != folded(name.data[i]))
            return false;
    return true;
}

static guess guess_of(fsc_view name)
{
    for (int f = 0; f < FSC_FIELD_COUNT; f++) {
        fsc_view rest = fsc_view_cstr(fields[f].names);
        for (int rank = 0; rest.data; rank++)
            if (same_name(fsc_view_split(&rest, ' '), name))
                return (guess){f, rank};
    }
    return (guess){-1, 0};
}

// `text` beside other candidates is no guess, except beside `full_text`: there it is the shortened one.
static bool rivals(fsc_view a, fsc_view b)
{
    fsc_view full = FSC_LIT("full_text"), own = own_name(FSC_FIELD_TEXT);
    return !(same_name(own, a) || same_name(own, b)) || same_name(full, a) || same_name(full, b);
}

static void match_text(fsc_field_match *out, const fsc_view *name, int32_t i, int rank, int *best)
{
    int32_t other = out->at[FSC_FIELD_TEXT];
    if (other >= 0 && !same_name(name[other], name[i]) && rivals(name[other], name[i]))
        out->rival = rank < *best ? other : i;
}

int fsc_field_match_names(fsc_field_match *out, const fsc_view *name, size_t count, const fsc_field_map *map)
{
    int best[FSC_FIELD_COUNT];
    out->rival = -1;
    for (int f = 0; f < FSC_FIELD_COUNT; f++) {
        out->at[f] = -1;
        out->guessed[f] = false;
        best[f] = 1000;
    }
    for (size_t i = 0; i < count; i++) {
        guess g = name[i].len ? guess_of(name[i]) : (guess){-1, 0};
        if (g.field < 0 || map->has[g.field])
            continue;
        if (g.field == FSC_FIELD_TEXT)
            match_text(out, name, (int32_t)i, g.rank, &best[g.field]);
        if (g.rank > best[g.field])
            continue;
        best[g.field] = g.rank;
        out->at[g.field] = (int32_t)i;
        out->guessed[g.field] = g.rank > 0;
    }
    // whoever names the text has settled it; so has a column `html` beside mere guesses
    if (map->has[FSC_FIELD_TEXT] || map->has[FSC_FIELD_HTML] ||
        (out->at[FSC_FIELD_HTML] >= 0 && out->guessed[FSC_FIELD_TEXT]))
        out->rival = -1;
    if (out->guessed[FSC_FIELD_TEXT] && (map->has[FSC_FIELD_HTML] || out->at[FSC_FIELD_HTML] >= 0))
        out->at[FSC_FIELD_TEXT] = -1;
    int absent = -1;
    for (int f = 0; f < FSC_FIELD_COUNT; f++) {
        for (size_t i = 0; map->has[f] && map->name[f].len && i < count; i++)
            if (fsc_view_eq(name[i], map->name[f]))
                out->at[f] = (int32_t)i;
        if (map->has[f] && map->name[f].len && out->at[f] < 0 && absent < 0)
            absent = f;
    }
    return absent;
}

// ---------------------------------------------------------------- --map

static int field_named(fsc_view name)
{
    for (int f = 0; f < FSC_FIELD_COUNT; f++)
        if (fsc_view_eq(own_name(f), name))
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
        int f = field_named(left);
        if (f < 0)
            return fsc_err_set(err, FSC_E_USAGE,
                               "--map: '%.*s' is no field: use text, html, id, url, canonical, title, author, site, published, "
                               "modified, captured, lang, kind, genre or section", (int)left.len, left.data);
        if (!right.data)
            return fsc_err_set(err, FSC_E_USAGE, "--map: no column for '%.*s': write %.*s=COLUMN", (int)left.len, left.data,
                               (int)left.len, left.data);
        if (out->has[f])
            return fsc_err_set(err, FSC_E_USAGE, "--map: '%.*s' is mapped twice", (int)left.len, left.data);
        out->has[f] = true;
        out->name[f] = fsc_view_trim(right);
    }
    return FSC_OK;
}
