#include "engine/engine_p.h"

// What diff and revisions have in common: what counts as a difference, and which parts are compared.

static const struct {
    const char *name;
    unsigned flag;
} ignores[] = {
    {"case", FSC_IGNORE_CASE}, {"space", FSC_IGNORE_SPACE}, {"punct", FSC_IGNORE_PUNCT}, {"quotes", FSC_IGNORE_QUOTES}};

static int read_ignores(unsigned *out, const char *list, fsc_err *err)
{
    fsc_view rest = fsc_view_cstr(list);
    while (rest.data) {
        fsc_view name = fsc_view_trim(fsc_view_split(&rest, ','));
        size_t i = 0, n = sizeof ignores / sizeof *ignores;
        while (i < n && !fsc_view_is(name, ignores[i].name))
            i++;
        if (i == n)
            return fsc_err_set(err, FSC_E_USAGE, "--ignore takes case, space, punct, quotes, joined by commas, not '%.*s'", (int)name.len, name.data);
        *out |= ignores[i].flag;
    }
    return 0;
}

// "body" is what stands below headline and subhead, captions aside
static unsigned parts_named(fsc_view name)
{
    unsigned set = 0;
    for (int k = 0; k < FSC_PART_COUNT; k++)
        if (fsc_view_is(name, fsc_part_name((fsc_part_kind)k)))
            set = 1u << k;
    if (set == 1u << FSC_PART_BODY)
        set |= 1u << FSC_PART_LEDE | 1u << FSC_PART_LIST | 1u << FSC_PART_TABLE | 1u << FSC_PART_EMBED;
    return set;
}

static int read_parts(unsigned *out, const char *list, fsc_err *err)
{
    fsc_view rest = fsc_view_cstr(list);
    while (rest.data) {
        fsc_view name = fsc_view_trim(fsc_view_split(&rest, ','));
        unsigned set = parts_named(name);
        if (!set)
            return fsc_err_set(err, FSC_E_USAGE, "--parts takes headline, subhead, lede, body, caption, list, table, embed, joined by commas, not '%.*s'",
                               (int)name.len, name.data);
        *out |= set;
    }
    return 0;
}

int fsc_compare_read(fsc_compare *out, const fsc_options *o, fsc_err *err)
{
    *out = (fsc_compare){.least = o->min_change > 0 ? (double)o->min_change / 100 : 0};
    if (o->min_change > 100)
        return fsc_err_set(err, FSC_E_USAGE, "--min-change is a share of the words in percent, 0 to 100");
    int status = o->ignore ? read_ignores(&out->ignore, o->ignore, err) : 0;
    return !status && o->parts ? read_parts(&out->parts, o->parts, err) : status;
}

int fsc_compare_parts(fsc_article *a, const fsc_compare *c, fsc_arena *arena, fsc_err *err)
{
    if (!c->parts || !a->part_count)
        return 0;
    size_t len = 0, count = 0;
    fsc_part *part = FSC_NEW_N(arena, fsc_part, a->part_count + 1);
    char *text = fsc_arena_alloc(arena, a->text.len + 2 * a->part_count + 1);
    if (!part || !text)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < a->part_count; i++) {
        const fsc_part *from = &a->part[i];
        if (!(c->parts >> from->kind & 1))
            continue;
        if (count) {
            memcpy(text + len, "\n\n", 2);
            len += 2;
        }
        size_t n = from->end - from->start;
        memcpy(text + len, a->text.data + from->start, n);
        part[count] = *from;
        part[count].start = (uint32_t)len;
        part[count++].end = (uint32_t)(len + n);
        len += n;
    }
    a->part = part;
    a->part_count = count;
    a->text = fsc_view_of(text, len);
    a->text_start = 0;
    return 0;
}

int fsc_worker_compare(fsc_worker *w, fsc_delta *out, const fsc_analysis *a, const fsc_analysis *b, unsigned ignore, fsc_err *err)
{
    fsc_revision_context with = {w->ctx->revision, w->types, ignore, &w->document, &w->scratch};
    return fsc_revision_compare(out, a, b, &with, err);
}
