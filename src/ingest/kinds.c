#include "ingest/ingest_p.h"

static const fsc_kind kinds[] = {
#define FSC_KIND(name, extensions, sniff, begin, cut, parse) {name, extensions, sniff, begin, cut, parse},
#include "ingest/kinds.def"
#undef FSC_KIND
};
#define KIND_COUNT (sizeof kinds / sizeof *kinds)

const fsc_kind *fsc_kind_named(fsc_view name)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (fsc_view_is(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

const fsc_kind *fsc_kind_at(int index)
{
    return index >= 0 && (size_t)index < KIND_COUNT ? &kinds[index] : NULL;
}

int fsc_kind_index(const fsc_kind *kind)
{
    return (int)(kind - kinds);
}

int fsc_kind_names(fsc_view *out, fsc_arena *arena)
{
    *out = (fsc_view){"", 0};
    for (size_t i = 0; i < KIND_COUNT; i++) {
        *out = fsc_arena_printf(arena, "%.*s%s%s", (int)out->len, out->data, i ? " " : "", kinds[i].name);
        if (!out->data)
            return FSC_E_NOMEM;
    }
    return FSC_OK;
}

static const fsc_kind *kind_of_name(fsc_view path)
{
    size_t dot = path.len;
    while (dot > 0 && path.data[dot - 1] != '.' && path.data[dot - 1] != '/')
        dot--;
    if (dot == 0 || path.data[dot - 1] != '.')
        return NULL;
    fsc_view extension = fsc_view_slice(path, dot, path.len);
    for (size_t i = 0; i < KIND_COUNT; i++) {
        fsc_view rest = fsc_view_cstr(kinds[i].extensions);
        while (rest.data)
            if (fsc_view_eq_nocase(fsc_view_split(&rest, ' '), extension))
                return &kinds[i];
    }
    return NULL;
}

const fsc_kind *fsc_kind_detect(fsc_view path, fsc_view head)
{
    const fsc_kind *by_name = kind_of_name(path);
    if (by_name && by_name->sniff(head) != FSC_SNIFF_NO)
        return by_name;
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (kinds[i].sniff(head) == FSC_SNIFF_SURE)
            return &kinds[i];
    return by_name ? by_name : fsc_kind_named(FSC_LIT("text"));
}
