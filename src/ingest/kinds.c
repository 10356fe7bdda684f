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

bool fsc_kind_is_service(fsc_view name)
{
    static const char *const services[] = {"twitter", "x", "mastodon", "bluesky", "reddit"};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        if (fsc_view_is(name, services[i]))
            return true;
    return false;
}

const fsc_kind *fsc_kind_json(fsc_view head)
{
    bool lines = fsc_ingest_jsonl_sniff(head) == FSC_SNIFF_SURE && fsc_ingest_jsondoc_sniff(head) != FSC_SNIFF_SURE;
    return fsc_kind_named(lines ? FSC_LIT("jsonl") : FSC_LIT("json"));
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

static fsc_view extension_of(fsc_view path)
{
    // the name under the packing is the one that tells
    if (fsc_view_ends(path, FSC_LIT(".gz")))
        path.len -= 3;
    else if (fsc_view_ends(path, FSC_LIT(".zst")))
        path.len -= 4;
    size_t dot = path.len;
    while (dot > 0 && path.data[dot - 1] != '.' && path.data[dot - 1] != '/')
        dot--;
    bool found = dot > 0 && path.data[dot - 1] == '.';
    return found ? fsc_view_slice(path, dot, path.len) : (fsc_view){"", 0};
}

static const fsc_kind *kind_of_name(fsc_view path)
{
    fsc_view extension = extension_of(path);
    for (size_t i = 0; i < KIND_COUNT; i++) {
        fsc_view rest = fsc_view_cstr(kinds[i].extensions);
        while (extension.len && rest.data)
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

bool fsc_kind_is_bytes(const fsc_kind *kind)
{
    static const char *const names[] = {"warc", "docx", "sqlite"};
    bool bytes = !kind->cut;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        bytes = bytes || strcmp(kind->name, names[i]) == 0;
    return bytes;
}

const char *fsc_kind_foreign(fsc_view path, fsc_view head)
{
    fsc_view v = fsc_ingest_skip_blanks(head), extension = extension_of(path);
    const fsc_kind *json = fsc_kind_named(FSC_LIT("json"));
    bool xml = fsc_view_starts(v, FSC_LIT("<?xml")) || fsc_view_starts(v, FSC_LIT("<svg"));
    if (xml && fsc_ingest_html_sniff(head) != FSC_SNIFF_SURE && fsc_ingest_feed_sniff(head) != FSC_SNIFF_SURE)
        return "an XML document that is no feed; --from html or --from text reads it all the same";
    bool script = fsc_view_eq_nocase(extension, FSC_LIT("js")) || fsc_view_eq_nocase(extension, FSC_LIT("css"));
    if (script && json->sniff(head) != FSC_SNIFF_SURE)
        return "a script or style sheet; --from text reads it all the same";
    return NULL;
}
