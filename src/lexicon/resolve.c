#include "lexicon/resolve_p.h"

#include "base/map.h"
#include "lexicon/glob_p.h"

void fsc_lex_resolver_init(fsc_lex_resolver *r, const fsc_lex_image *image, const fsc_types *types,
                           const fsc_alloc *alloc)
{
    *r = (fsc_lex_resolver){.image = image, .types = types, .generation = fsc_types_generation(types)};
    fsc_arena_init(&r->arena, alloc);
}

void fsc_lex_resolver_release(fsc_lex_resolver *r)
{
    fsc_arena_release(&r->arena);
}

// Adds the items of an image list to `found`, each symbol once; unstripped and unchecked is what counts.
static bool take_list(fsc_lex_resolver *r, uint32_t list, uint32_t stripped)
{
    const uint32_t *item = r->image->list + list;
    for (uint32_t i = 0; i < item[0]; i++) {
        uint32_t symbol = item[1 + 2 * i] | stripped, check = item[2 + 2 * i];
        bool known = false;
        for (size_t k = 0; k < r->found.len && !known; k += 2)
            known = (r->found.data[k] & ~FSC_LEX_STRIPPED) == (symbol & ~FSC_LEX_STRIPPED) &&
                    r->found.data[k + 1] == check;
        if (known)
            continue;
        if (!fsc_vec_push(&r->arena, &r->found, symbol) || !fsc_vec_push(&r->arena, &r->found, check))
            return false;
    }
    return true;
}

static uint32_t find_form(const fsc_lex_image *image, fsc_view form)
{
    uint32_t mask = image->form_count - 1;
    uint32_t hash = (uint32_t)fsc_hash64(form.data, form.len, 0);
    for (uint32_t i = hash & mask; image->form[i].list; i = (i + 1) & mask)
        if (image->form[i].hash == hash && fsc_view_eq(fsc_lex_text(image, image->form[i].text), form))
            return image->form[i].list;
    return 0;
}

static bool try_wild(fsc_lex_resolver *r, uint32_t wild, fsc_view form, uint32_t stripped)
{
    const fsc_lex_wild *w = &r->image->wild[wild];
    return !fsc_lex_glob(fsc_lex_text(r->image, w->text), form) || take_list(r, w->list, stripped);
}

// The wildcards whose literal start (or end) is one of this form's.
static bool try_stems(fsc_lex_resolver *r, bool end, fsc_view form, uint32_t stripped)
{
    const fsc_lex_image *image = r->image;
    const fsc_lex_stem *table = end ? image->suffix : image->prefix;
    uint32_t lengths = end ? image->globals->suffix_lengths : image->globals->prefix_lengths;
    uint32_t mask = (end ? image->suffix_count : image->prefix_count) - 1, hash = FSC_LEX_STEM_SEED;
    for (size_t n = 1; n <= form.len && lengths >> 1 >> (n - 1); n++) {
        hash = fsc_lex_stem_step(hash, form.data[end ? form.len - n : n - 1]);
        if (!(lengths >> n & 1))
            continue;
        uint32_t key = fsc_lex_stem_mix(hash), i = key & mask;
        while (table[i].wild && table[i].hash != key)
            i = (i + 1) & mask;
        for (uint32_t w = table[i].wild; w; w = image->wild[w - 1].next)
            if (!try_wild(r, w - 1, form, stripped))
                return false;
    }
    return true;
}

static bool take_form(fsc_lex_resolver *r, fsc_view form, uint32_t stripped)
{
    uint32_t list = find_form(r->image, form);
    if (list && !take_list(r, list, stripped))
        return false;
    if (r->image->wild_count == 0)
        return true;
    if (!try_stems(r, false, form, stripped) || !try_stems(r, true, form, stripped))
        return false;
    for (uint32_t i = 0; i < r->image->loose_count; i++)
        if (!try_wild(r, r->image->loose[i], form, stripped))
            return false;
    return true;
}

// Flags of what was found; NEEDS_NEXT holds when it holds of every symbol that starts.
static uint32_t flags_of(const fsc_lex_resolver *r)
{
    uint32_t flags = 0, all = FSC_LEX_SYM_NEEDS_NEXT;
    for (size_t i = 0; i < r->found.len; i += 2) {
        uint32_t of_symbol = r->image->sym[r->found.data[i] & ~FSC_LEX_STRIPPED].flags;
        flags |= of_symbol;
        if (of_symbol & FSC_LEX_SYM_STARTS)
            all &= of_symbol;
    }
    return (flags & FSC_LEX_SYM_STARTS ? FSC_LEX_INFO_STARTS : 0u) |
           (flags & FSC_LEX_SYM_FOLLOWS ? FSC_LEX_INFO_FOLLOWS : 0u) |
           (flags & FSC_LEX_SYM_STARTS && all ? FSC_LEX_INFO_NEEDS_NEXT : 0u);
}

static bool resolve(fsc_lex_resolver *r, uint32_t type, uint32_t *info)
{
    fsc_view form = fsc_types_form(r->types, type);
    *info = 0;
    r->found.len = 0;
    // without its 's first: a wildcard that takes both ends its span before the 's
    bool possessive = fsc_types_flags(r->types, type) & FSC_WORD_POSSESSIVE && form.len > 2;
    if (possessive && !take_form(r, fsc_view_slice(form, 0, form.len - 2), FSC_LEX_STRIPPED))
        return false;
    if (!take_form(r, form, 0))
        return false;
    if (r->found.len == 0)
        return true;
    uint64_t at = (uint64_t)r->image->list_count + r->merged.len;
    if (at > UINT32_MAX >> FSC_LEX_INFO_SHIFT || !fsc_vec_push(&r->arena, &r->merged, (uint32_t)(r->found.len / 2)))
        return false;
    for (size_t i = 0; i < r->found.len; i++)
        if (!fsc_vec_push(&r->arena, &r->merged, r->found.data[i]))
            return false;
    *info = (uint32_t)at << FSC_LEX_INFO_SHIFT | flags_of(r);
    return true;
}

int fsc_lex_resolver_update(fsc_lex_resolver *r, fsc_err *err)
{
    if (r->generation != fsc_types_generation(r->types)) {
        fsc_arena_reset(&r->arena, 1 << 20);
        r->info.data = r->merged.data = r->found.data = NULL;
        r->info.len = r->merged.len = r->found.len = 0;
        r->info.cap = r->merged.cap = r->found.cap = 0;
        r->generation = fsc_types_generation(r->types);
    }
    for (uint32_t count = fsc_types_count(r->types); r->info.len < count;) {
        uint32_t info;
        if (!resolve(r, (uint32_t)r->info.len, &info) || !fsc_vec_push(&r->arena, &r->info, info))
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}
