#include "base/vec.h"
#include "engine/stored_p.h"

int fsc_stored_open(fsc_stored_source *s, const char *path, enum fsc_store_which which, fsc_err *err)
{
    *s = (fsc_stored_source){0};
    int status = fsc_store_open(&s->store, path, FSC_STORE_READ, err);
    if (!status)
        status = fsc_store_read(&s->reader, s->store, which, err);
    if (status)
        fsc_stored_close(s);
    return status;
}

void fsc_stored_close(fsc_stored_source *s)
{
    fsc_store_reader_close(s->reader);
    fsc_store_close(s->store, 0, NULL);
    *s = (fsc_stored_source){0};
}

int fsc_stored_next(void *source, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_stored_source *s = source;
    fsc_stored *stored = FSC_NEW(arena, fsc_stored);
    *out = (fsc_raw){0};
    if (!stored)
        return fsc_err_nomem(err);
    int got = fsc_store_next(s->reader, stored, arena, err);
    // the length is what counts towards a batch
    out->data = fsc_view_of((const char *)stored, stored->article.text.len);
    out->source = stored->article.source;
    return got;
}

// what is decided when a text is read cannot be asked of one that is stored
int fsc_stored_options(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    const struct {
        bool given;
        const char *name;
    } option[] = {{o->from, "from"}, {o->map.len, "map"}, {o->max_record > 0, "max-record"}, {o->text_only, "text-only"}, {o->headline, "headline"},
                  {o->source_offsets, "source-offsets"}, {o->comments, "comments"}, {o->split_liveblog, "split-liveblog"},
                  {o->cdx != NULL, "cdx"}, {o->zstd_window > 0, "zstd-window"}};
    fsc_vec(fsc_view) keep = {0};
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (option[i].given)
            return fsc_err_set(err, FSC_E_USAGE, "--%s is decided when a text is read: give it to framescope ingest", option[i].name);
    if (o->arg.len)
        return fsc_err_set(err, FSC_E_USAGE, "%s: inputs and --db exclude each other; framescope ingest INPUT... --db FILE adds inputs",
                           o->arg.data[0]);
    if (o->keep && !*o->keep)
        return fsc_err_set(err, FSC_E_USAGE, "--keep needs names with --db, such as --keep=a,b");
    for (fsc_view rest = fsc_view_cstr(o->keep); rest.len;)
        if (!fsc_vec_push(r->arena, &keep, fsc_view_split(&rest, ',')))
            return fsc_err_nomem(err);
    r->export.keep = keep.data;
    r->export.keep_count = keep.len;
    return 0;
}

static int take_columns(fsc_article *a, const fsc_run_state *r, fsc_arena *arena, fsc_err *err)
{
    fsc_field *keep = FSC_NEW_N(arena, fsc_field, r->export.keep_count + 1);
    if (!keep)
        return fsc_err_nomem(err);
    for (size_t k = 0; k < r->export.keep_count; k++) {
        keep[k].name = r->export.keep[k];
        for (size_t i = 0; i < a->keep_count; i++)
            if (fsc_view_eq(a->keep[i].name, keep[k].name))
                keep[k].value = a->keep[i].value;
    }
    a->keep = keep;
    a->keep_count = r->export.keep_count;
    return 0;
}

int fsc_stored_article(fsc_article *out, const fsc_raw *raw, const fsc_run_state *r, fsc_arena *arena, fsc_err *err)
{
    *out = fsc_stored_of(raw)->article;
    fsc_part *part = FSC_NEW_N(arena, fsc_part, out->part_count + 1);
    if (!part)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < out->part_count; i++) {
        part[i] = out->part[i];
        if (part[i].kind == FSC_PART_CAPTION)
            part[i].scored = r->opt->score_captions;
        else if (part[i].kind == FSC_PART_TABLE)
            part[i].scored = r->opt->score_tables;
    }
    out->part = part;
    return take_columns(out, r, arena, err);
}
