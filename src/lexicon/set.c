#include "lexicon/set_p.h"

static void fill_info(fsc_lexicon_info *out, const fsc_lex_image *image, const fsc_lex_lexicon *in)
{
    out->name = fsc_lex_text(image, in->name);
    out->language = fsc_lex_text(image, in->language);
    out->version = fsc_lex_text(image, in->version);
    out->license = fsc_lex_text(image, in->license);
    out->role = fsc_lex_text(image, in->role);
    out->dimension = fsc_lex_text(image, in->dimension);
    out->poles = fsc_lex_text(image, in->poles);
    out->source = fsc_lex_text(image, in->source);
    out->entry_count = in->entry_count;
}

static void fill_names(fsc_schema *s, const fsc_lex_image *image)
{
    for (uint32_t i = 0; i < image->dimension_count; i++) {
        const fsc_lex_dimension *in = &image->dimension[i];
        s->dimension[i] = (fsc_dimension){fsc_lex_text(image, in->name), in->poles != 0, in->rules != 0, in->plain != 0,
                                          (uint8_t)in->overlap};
    }
    for (uint32_t i = 0; i < image->category_count; i++) {
        const fsc_lex_category *in = &image->category[i];
        s->category[i] = (fsc_category){fsc_lex_text(image, in->name), (uint16_t)in->dimension, (int8_t)in->pole};
    }
    for (uint32_t i = 0; i < image->resource_count; i++)
        s->resource[i] = fsc_lex_text(image, image->resource[i]);
}

// The schema's views point into the image.
static int make_schema(fsc_lexset *set, fsc_err *err)
{
    const fsc_lex_image *image = &set->image;
    fsc_schema *s = &set->schema;
    s->dimension_count = image->dimension_count;
    s->category_count = image->category_count;
    s->resource_count = image->resource_count;
    s->entry = image->entry;
    s->entry_count = image->entry_count;
    s->string = image->string;
    set->info_count = image->lexicon_count;
    s->dimension = FSC_NEW_N(&set->arena, fsc_dimension, s->dimension_count);
    s->category = FSC_NEW_N(&set->arena, fsc_category, s->category_count);
    s->resource = FSC_NEW_N(&set->arena, fsc_view, s->resource_count);
    set->info = FSC_NEW_N(&set->arena, fsc_lexicon_info, set->info_count);
    if (!s->dimension || !s->category || !s->resource || !set->info)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < set->info_count; i++)
        fill_info(&set->info[i], image, &image->lexicon[i]);
    fill_names(s, image);
    s->digest = fsc_lex_text(image, image->globals->digest);
    s->languages = fsc_lex_text(image, image->globals->languages);
    return FSC_OK;
}

static int new_set(fsc_lexset **out, fsc_view bytes, char *owned, const fsc_alloc *alloc, fsc_err *err)
{
    fsc_lexset *set = alloc->alloc(alloc->user, sizeof *set);
    if (!set) {
        if (owned)
            alloc->free(alloc->user, owned);
        return fsc_err_nomem(err);
    }
    *set = (fsc_lexset){.alloc = alloc, .bytes = bytes, .owned = owned};
    fsc_arena_init(&set->arena, alloc);
    int status = fsc_lex_image_read(&set->image, bytes, err);
    if (!status)
        status = make_schema(set, err);
    if (status)
        fsc_lexset_free(set);
    else
        *out = set;
    return status;
}

int fsc_lex_set_over(fsc_lexset **out, char *owned, size_t len, const fsc_alloc *alloc, fsc_err *err)
{
    *out = NULL;
    return new_set(out, fsc_view_of(owned, len), owned, alloc, err);
}

int fsc_lexset_open(fsc_lexset **out, fsc_view image, const fsc_alloc *alloc, fsc_err *err)
{
    *out = NULL;
    if (!alloc)
        alloc = fsc_alloc_default();
    if ((uintptr_t)image.data % sizeof(uint64_t) == 0)
        return new_set(out, image, NULL, alloc, err);
    // the tables hold numbers: an image that lies askew is copied
    char *owned = alloc->alloc(alloc->user, image.len + 1);
    if (!owned)
        return fsc_err_nomem(err);
    memcpy(owned, image.data, image.len);
    return new_set(out, fsc_view_of(owned, image.len), owned, alloc, err);
}

int fsc_lexset_image(fsc_buf *out, const fsc_lexset *set, fsc_err *err)
{
    fsc_buf_addv(out, set->bytes);
    return out->failed
               ? fsc_err_set(err, out->failed, "no room for the compiled lexicons: %s", fsc_status_text(out->failed))
               : FSC_OK;
}

void fsc_lexset_free(fsc_lexset *set)
{
    if (!set)
        return;
    const fsc_alloc *alloc = set->alloc;
    fsc_arena_release(&set->arena);
    if (set->owned)
        alloc->free(alloc->user, set->owned);
    alloc->free(alloc->user, set);
}

const fsc_schema *fsc_lexset_schema(const fsc_lexset *set)
{
    return &set->schema;
}

const fsc_lexicon_info *fsc_lexset_lexicons(const fsc_lexset *set, size_t *count)
{
    *count = set->info_count;
    return set->info;
}

uint32_t fsc_schema_dimension(const fsc_schema *s, const char *dimension)
{
    for (size_t i = 0; i < s->dimension_count; i++)
        if (fsc_view_is(s->dimension[i].name, dimension))
            return (uint32_t)i;
    return FSC_NONE;
}

uint32_t fsc_schema_category(const fsc_schema *s, const char *dimension, const char *category)
{
    uint32_t d = fsc_schema_dimension(s, dimension);
    for (size_t i = 0; i < s->category_count && d != FSC_NONE; i++)
        if (s->category[i].dimension == d && fsc_view_is(s->category[i].name, category))
            return (uint32_t)i;
    return FSC_NONE;
}

uint32_t fsc_schema_resource(const fsc_schema *s, const char *resource)
{
    for (size_t i = 0; i < s->resource_count; i++)
        if (fsc_view_is(s->resource[i], resource))
            return (uint32_t)i;
    return FSC_NONE;
}
