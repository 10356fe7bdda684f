#include "ingest/ingest.h"

#include "ingest/cdx_p.h"

#define DEFAULT_MAX_RECORD (UINT64_C(64) << 20)

// ---------------------------------------------------------------- opening

static int set_kind(fsc_ingest *in, fsc_view name, fsc_err *err)
{
    fsc_view names;
    in->posts = fsc_kind_is_service(name);
    if (name.len == 0 || in->posts || (in->forced = fsc_kind_named(name)))
        return FSC_OK;
    if (fsc_kind_names(&names, &in->arena))
        return fsc_err_nomem(err);
    return fsc_err_set(err, FSC_E_USAGE, "unknown kind of input '%.*s': use one of %.*s, or twitter mastodon bluesky reddit", (int)name.len, name.data,
                       (int)names.len, names.data);
}

static int set_keep(fsc_ingest *in, fsc_view keep, fsc_err *err)
{
    in->keep_all = fsc_view_is(keep, "*");
    if (in->keep_all || keep.len == 0)
        return FSC_OK;
    fsc_vec(fsc_view) names = {0};
    fsc_view rest = fsc_arena_dup(&in->arena, keep);
    if (!rest.data)
        return fsc_err_nomem(err);
    while (rest.data) {
        fsc_view name = fsc_view_trim(fsc_view_split(&rest, ','));
        if (name.len == 0)
            return fsc_err_set(err, FSC_E_USAGE, "--keep '%.*s' has an empty name: write --keep=a,b", (int)keep.len,
                               keep.data);
        if (!fsc_vec_push(&in->arena, &names, name))
            return fsc_err_nomem(err);
    }
    in->keep = names.data;
    in->keep_count = names.len;
    return FSC_OK;
}

// Opens the first input that can be opened, so that the names of all its columns are known. Rows of those before it
// wait.
static int open_first(fsc_ingest *in, fsc_err *err)
{
    for (;;) {
        fsc_raw row;
        int rc = fsc_input_open_next(in, &row, &in->arena, err);
        if (rc != 2) {
            in->keep_known = true;
            return rc < 0 ? rc : FSC_OK;
        }
        if (!fsc_vec_push(&in->arena, &in->waiting, row))
            return fsc_err_nomem(err);
    }
}

// --cdx: the listing comes before all inputs.
static int set_listing(fsc_ingest *in, const fsc_ingest_options *opt, fsc_err *err)
{
    fsc_view path = fsc_arena_dup(&in->arena, opt->cdx);
    in->filter = fsc_arena_dup(&in->arena, opt->filter);
    if (!path.data || !in->filter.data)
        return fsc_err_nomem(err);
    if (opt->filter.len && opt->cdx.len == 0)
        return fsc_err_set(err, FSC_E_USAGE, "--filter chooses lines of a listing: name it with --cdx FILE");
    int rc = fsc_cdx_filter_check(in->filter, err);
    if (rc || path.len == 0)
        return rc;
    rc = fsc_input_add(in, path.data, err);
    if (!rc && in->input.len == 1)
        in->input.data[0].cdx = true;
    return rc ? rc : in->input.len == 1 ? FSC_OK : fsc_err_set(err, FSC_E_USAGE, "--cdx '%s' is no file", path.data);
}

static int add_root(fsc_ingest *in, const char *path, fsc_err *err)
{
    fsc_view copy = fsc_arena_dup(&in->arena, fsc_view_cstr(path));
    return copy.data && fsc_vec_push(&in->arena, &in->root, copy) ? FSC_OK : fsc_err_nomem(err);
}

static int setup(fsc_ingest *in, const char *const *path, size_t count, const fsc_ingest_options *opt, fsc_err *err)
{
    int rc = set_kind(in, opt->from, err);
    if (rc)
        return rc;
    in->stream = (fsc_stream_options){.alloc = in->alloc, .window = opt->zstd_window};
    if (opt->zstd_window && (opt->zstd_window < 10 || opt->zstd_window > 31))
        return fsc_err_set(err, FSC_E_USAGE, "--zstd-window takes 10 to 31: windows of 2^N bytes");
    in->every_line = opt->every_line;
    in->chunk_header = opt->chunk_header;
    in->max_record = opt->max_record ? opt->max_record : DEFAULT_MAX_RECORD;
    fsc_view map = fsc_arena_dup(&in->arena, opt->map);
    if (!map.data)
        return fsc_err_nomem(err);
    rc = fsc_field_map_parse(&in->map, map, err);
    if (!rc)
        rc = set_keep(in, opt->keep, err);
    if (!rc)
        rc = set_listing(in, opt, err);
    for (size_t i = 0; !rc && i < count; i++)
        rc = opt->cdx.len ? add_root(in, path[i], err) : FSC_OK;
    for (size_t i = 0; !rc && i < opt->range_count; i++)
        rc = fsc_input_add_range(in, &opt->range[i], err);
    for (size_t i = 0; !rc && !opt->range_count && i < count; i++)
        rc = fsc_input_add(in, path[i], err);
    return rc ? rc : in->keep_all ? open_first(in, err) : FSC_OK;
}

int fsc_ingest_open(fsc_ingest **out, const char *const *path, size_t count, const fsc_ingest_options *opt,
                    const fsc_alloc *alloc, fsc_err *err)
{
    if (!alloc)
        alloc = fsc_alloc_default();
    *out = NULL;
    fsc_ingest *in = alloc->alloc(alloc->user, sizeof *in);
    if (!in)
        return fsc_err_nomem(err);
    memset(in, 0, sizeof *in);
    in->alloc = alloc;
    atomic_init(&in->done, 0);
    fsc_arena_init(&in->arena, alloc);
    fsc_arena_init(&in->cut.arena, alloc);
    int rc = setup(in, path, count, opt, err);
    if (rc)
        fsc_ingest_close(in);
    else
        *out = in;
    return rc;
}

void fsc_ingest_close(fsc_ingest *in)
{
    if (!in)
        return;
    fsc_input_close(in);
    fsc_archive_close(in);
    fsc_arena_release(&in->cut.arena);
    fsc_arena_release(&in->arena);
    in->alloc->free(in->alloc->user, in);
}

// ---------------------------------------------------------------- records

// A read error in the middle of a file is a row of its own, and the end of that file.
static int broken_off(fsc_ingest *in, fsc_raw *out, const fsc_err *why, fsc_arena *arena, fsc_err *err)
{
    fsc_input_close(in);
    int rc = fsc_raw_start(in, out, FSC_PLACE_LINE, in->cut.line, arena, err);
    if (!rc)
        rc = fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err, "%s", why->text);
    return rc ? rc : 1;
}

static int cut_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_err why = FSC_ERR_INIT;
    int rc = in->cut.kind->cut(in, out, arena, &why);
    // the first record behind the range: the next range begins with it
    if (rc > 0 && out->at >= in->cut.input->end)
        rc = 0;
    if (rc > 0) {
        bool first = in->cut.records++ == 0 && out->status == FSC_RECORD_OK;
        bool fields = in->cut.kind->parse == fsc_ingest_jsonl_parse;
        rc = first && fields ? fsc_record_note(in, out, err) : FSC_OK;
        return rc ? rc : 1;
    }
    if (rc == 0) {
        fsc_input_close(in);
        return 0;
    }
    if (rc == FSC_E_READ)
        return broken_off(in, out, &why, arena, err);
    if (err && !err->code)
        *err = why;
    return rc;
}

int fsc_ingest_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    if (in->waiting_next < in->waiting.len) {
        *out = in->waiting.data[in->waiting_next++];
        return 1;
    }
    for (;;) {
        if (in->cut.open) {
            int rc = cut_next(in, out, arena, err);
            if (rc)
                return rc;
        }
        int rc = fsc_input_open_next(in, out, arena, err);
        if (rc != 1)
            return rc == 2 ? 1 : rc;
    }
}

// Every item carries the kept columns, empty where its record has none.
static int empty_keep(const fsc_ingest *in, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    out->keep = FSC_NEW_N(arena, fsc_field, in->keep_count);
    if (!out->keep)
        return fsc_err_nomem(err);
    out->keep_count = in->keep_count;
    for (size_t i = 0; i < in->keep_count; i++)
        out->keep[i] = (fsc_field){in->keep[i], {"", 0}};
    return FSC_OK;
}

int fsc_ingest_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    memset(out, 0, sizeof *out);
    out->source = raw->source;
    out->status = raw->status;
    out->reason = raw->reason;
    out->marked = raw->marked && raw->status == FSC_RECORD_EMPTY;
    int rc = in->keep_count ? empty_keep(in, out, arena, err) : FSC_OK;
    if (!rc && raw->status == FSC_RECORD_OK)
        rc = fsc_kind_at(raw->kind)->parse(in, raw, out, arena, err);
    if (out->id.len == 0)
        out->id = out->source;
    if (fsc_kind_is_post(out->kind))
        out->post = true;
    return rc;
}

// ---------------------------------------------------------------- what else is known

const char *fsc_ingest_missing(const fsc_ingest *in, size_t i)
{
    return i < in->missing.len ? in->missing.data[i] : NULL;
}

const char *fsc_ingest_note(const fsc_ingest *in, size_t i)
{
    return i < in->note.len ? in->note.data[i] : NULL;
}

int fsc_ingest_add_note(fsc_ingest *in, fsc_view text, fsc_err *err)
{
    if (fsc_view_eq(text, in->last_note))
        return FSC_OK;
    in->last_note = fsc_arena_dup(&in->arena, text);
    fsc_view line = fsc_arena_printf(&in->arena, "%s: %.*s", in->cut.input->path.data, (int)text.len, text.data);
    if (!in->last_note.data || !line.data || !fsc_vec_push(&in->arena, &in->note, line.data))
        return fsc_err_nomem(err);
    return FSC_OK;
}

const fsc_view *fsc_ingest_keep_names(const fsc_ingest *in, size_t *count)
{
    *count = in->keep_count;
    return in->keep;
}

void fsc_ingest_progress(const fsc_ingest *in, uint64_t *done, uint64_t *total)
{
    *done = atomic_load(&in->done);
    *total = in->unsized ? 0 : in->total;
}

const char *fsc_ingest_input(const fsc_ingest *in, uint64_t *size)
{
    const fsc_input *input = in->cut.input ? in->cut.input : in->next_input ? &in->input.data[in->next_input - 1] : NULL;
    *size = input ? input->size : 0;
    return input ? input->path.data : NULL;
}

bool fsc_ingest_ready(const fsc_ingest *in)
{
    if (!in->every_line)
        return true;
    if (!in->cut.open || (in->chunk_header && !in->cut.chunk_left))
        return false;
    fsc_view rest = fsc_stream_rest(&in->cut.stream);
    return rest.len && memchr(rest.data, '\n', rest.len) != NULL;
}
