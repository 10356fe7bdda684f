#include <inttypes.h>
#include <sys/stat.h>

#include "ingest/ingest_p.h"

// Bytes looked at to tell what a file is.
#define HEAD_BYTES 8192

static int add_input(fsc_ingest *in, fsc_view path, bool named, fsc_err *err)
{
    struct stat st;
    fsc_input input = {.path = path, .end = UINT64_MAX, .line = 1, .named = named};
    bool known = !fsc_view_is(path, "-") && stat(path.data, &st) == 0;
    if (known && S_ISREG(st.st_mode))
        input.size = (uint64_t)st.st_size;
    in->unsized |= fsc_view_is(path, "-") || (known && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode));
    in->total += input.size;
    return fsc_vec_push(&in->arena, &in->input, input) ? FSC_OK : fsc_err_nomem(err);
}

int fsc_input_add(fsc_ingest *in, const char *path, fsc_err *err)
{
    if (strcmp(path, "-") == 0 || fsc_path_kind_of(path) != FSC_PATH_FOLDER) {
        fsc_view copy = fsc_arena_dup(&in->arena, fsc_view_cstr(path));
        return copy.data ? add_input(in, copy, true, err) : fsc_err_nomem(err);
    }
    fsc_view *files;
    size_t count;
    int rc = fsc_folder_list(&in->arena, path, &files, &count, err);
    for (size_t i = 0; !rc && i < count; i++)
        // a folder that lists itself could not be read
        rc = add_input(in, files[i], fsc_view_is(files[i], path), err);
    return rc;
}

int fsc_input_add_range(fsc_ingest *in, const fsc_ingest_range *range, fsc_err *err)
{
    fsc_view copy = fsc_arena_dup(&in->arena, fsc_view_cstr(range->path));
    int rc = copy.data ? add_input(in, copy, true, err) : fsc_err_nomem(err);
    if (rc)
        return rc;
    fsc_input *input = &in->input.data[in->input.len - 1];
    input->start = range->start;
    input->end = range->end;
    input->line = range->line ? range->line : 1;
    // of the progress only the stretch is a part
    uint64_t last = input->end < input->size ? input->end : input->size, size = last > input->start ? last - input->start : 0;
    in->total -= input->size - size;
    input->size = size;
    return FSC_OK;
}

// An input that cannot be read: a message when it was named, else a row.
static int unreadable(fsc_ingest *in, fsc_raw *out, const char *why, fsc_arena *arena, fsc_err *err)
{
    const fsc_input *input = in->cut.input;
    if (!input->named) {
        int rc = fsc_raw_start(in, out, FSC_PLACE_PATH, 0, arena, err);
        if (!rc)
            rc = fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err, "%s", why);
        return rc ? rc : 2;
    }
    fsc_view text = fsc_arena_printf(&in->arena, "%s: %s", input->path.data, why);
    return text.data && fsc_vec_push(&in->arena, &in->missing, text.data) ? 0 : fsc_err_nomem(err);
}

int fsc_input_row(fsc_ingest *in, fsc_raw *out, fsc_record_status status, const char *why, fsc_arena *arena,
                  fsc_err *err)
{
    fsc_input_close(in);
    int rc = fsc_raw_start(in, out, FSC_PLACE_PATH, 0, arena, err);
    if (!rc)
        rc = fsc_raw_fail(out, status, arena, err, "%s", why);
    return rc ? rc : 2;
}

// Nothing of a packed file can be unpacked.
static int damaged_row(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_err why = FSC_ERR_INIT;
    fsc_stream_more(&in->cut.stream, 0, &why);
    return fsc_input_row(in, out, FSC_RECORD_UNREADABLE, why.text, arena, err);
}

// What holds no text inside an archive of files is counted, not told one by one.
static int no_text(fsc_ingest *in, fsc_raw *out, fsc_record_status status, const char *why, fsc_arena *arena,
                   fsc_err *err)
{
    fsc_archive *a = &in->archive;
    if (!a->members)
        return fsc_input_row(in, out, status, why, arena, err);
    fsc_input_close(in);
    a->read--;
    a->no_text++;
    return 0;
}

// Looks at the first bytes of the open stream: 1 go on, 0 passed over, 2 a row instead, < 0 failed.
static int look(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    size_t want = in->forced ? 1 : HEAD_BYTES;
    fsc_err why = FSC_ERR_INIT;
    int rc = fsc_stream_more(&cut->stream, want - 1, &why);
    // what stands before damage is read: its kind reports the damage where it comes to it
    bool damaged = rc < 0 && fsc_stream_damaged(&cut->stream, NULL);
    if (rc < 0 && !damaged) {
        *err = why;
        return rc;
    }
    rc = FSC_OK;
    fsc_view head = fsc_view_slice(fsc_stream_rest(&cut->stream), 0, HEAD_BYTES);
    cut->kind = cut->input->cdx ? fsc_kind_named(FSC_LIT("cdx"))
                : in->forced    ? in->forced
                : in->posts     ? fsc_kind_json(head)
                                : fsc_kind_detect(cut->input->path, head);
    if (head.len == 0 && damaged && !fsc_kind_is_bytes(cut->kind))
        return damaged_row(in, out, arena, err);
    // a filter answers line by line, whatever the lines are
    if (in->every_line)
        return 1;
    if (head.len == 0 && !damaged)
        return fsc_input_row(in, out, FSC_RECORD_EMPTY, "the file is empty", arena, err);
    const char *binary = cut->stream.marked || fsc_kind_is_bytes(cut->kind) ? NULL : fsc_charset_binary(head);
    if (binary)
        return no_text(in, out, FSC_RECORD_BINARY, binary, arena, err);
    const char *foreign = in->forced || in->posts || cut->input->cdx ? NULL : fsc_kind_foreign(cut->input->path, head);
    if (foreign)
        return no_text(in, out, FSC_RECORD_UNSUPPORTED, foreign, arena, err);
    if (!cut->kind->cut && in->archive.members)
        return fsc_input_row(in, out, FSC_RECORD_UNSUPPORTED, "an archive inside an archive: unpack it", arena, err);
    if (!cut->kind->cut)
        return fsc_archive_begin(in, head, err);
    if (cut->kind->begin)
        rc = cut->kind->begin(in, err);
    return rc < 0 ? rc : 1;
}

// From the start of the file, whose kind and header are known now, to the start of the range.
static int go_to_start(fsc_ingest *in, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    fsc_stream_close(&cut->stream);
    cut->open = false;
    int rc = fsc_stream_open_at(&cut->stream, cut->input->path.data, cut->input->start, &in->stream, err);
    cut->open = !rc;
    cut->line = cut->input->line;
    return rc ? rc : 1;
}

// Opens cut->input: 1 open, 0 passed over, with a message, or an archive whose members come next, 2 a row instead, < 0
// failed.
static int open_input(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    fsc_err why = FSC_ERR_INIT;
    const char *path = cut->input->path.data;
    if (strcmp(path, "-") != 0 && !cut->input->named && !in->archive.members &&
        fsc_path_kind_of(path) == FSC_PATH_OTHER)
        return unreadable(in, out, "not a regular file", arena, err);
    int rc = in->archive.members
                 ? fsc_stream_open_pull(&cut->stream, fsc_members_pull, in->archive.members, path, &in->stream, &why)
                 : (in->every_line ? fsc_stream_open_lines : fsc_stream_open)(&cut->stream, path, &in->stream, &why);
    if (!rc) {
        cut->open = true;
        cut->line = 1;
        rc = look(in, out, arena, &why);
        if (rc == 1 && cut->input->start)
            rc = go_to_start(in, &why);
    }
    if (rc >= 0)
        return rc;
    fsc_input_close(in);
    if (rc == FSC_E_READ)
        return unreadable(in, out, why.text, arena, err);
    // one odd table in a folder is no reason to stop: nobody named it
    if (rc == FSC_E_USAGE && !cut->input->named)
        return fsc_input_row(in, out, FSC_RECORD_UNSUPPORTED, why.text, arena, err);
    if (err && !err->code)
        *err = why;
    return rc;
}

// The input behind us counts as done, whatever of it was passed over.
static void finish(fsc_ingest *in)
{
    if (in->cut.input)
        in->finished += in->cut.input->size;
    in->cut.input = NULL;
    atomic_store_explicit(&in->done, in->finished, memory_order_relaxed);
}

// What was passed over without a row, once all is read.
static int sum_up(fsc_ingest *in, fsc_err *err)
{
    uint64_t n = in->without_posts;
    in->without_posts = 0;
    if (n == 0)
        return FSC_OK;
    fsc_view text =
        fsc_arena_printf(&in->arena, "X archive: passed over %" PRIu64 " file%s without posts of the account's own", n,
                         n == 1 ? "" : "s");
    return text.data && fsc_vec_push(&in->arena, &in->note, text.data) ? FSC_OK : fsc_err_nomem(err);
}

void fsc_input_begin(fsc_ingest *in, const fsc_input *input)
{
    fsc_arena pieces = in->cut.arena;
    fsc_arena_reset(&pieces, 0);
    in->cut =
        (fsc_cut){.input = input, .arena = pieces, .kind = in->forced ? in->forced : fsc_kind_named(FSC_LIT("text"))};
}

// Makes the next input, or the next member of the archive at hand, the one at hand: as fsc_archive_next.
static int step(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    if (in->archive.members) {
        int rc = fsc_archive_next(in, out, arena, err);
        if (rc)
            return rc;
    }
    for (;;) {
        finish(in);
        if (in->next_input == in->input.len)
            return 0;
        const fsc_input *first = in->input.data, *next = &first[in->next_input++];
        fsc_input_begin(in, next);
        // the listing of --cdx may stand in the folder of its archives
        if (next == first || !first->cdx || !fsc_view_eq(next->path, first->path))
            return 1;
    }
}

int fsc_input_open_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    for (;;) {
        int rc = step(in, out, arena, err);
        if (rc == 1)
            rc = open_input(in, out, arena, err);
        else if (rc == 0)
            return sum_up(in, err);
        if (rc)
            return rc;
    }
}

void fsc_input_close(fsc_ingest *in)
{
    if (in->cut.open)
        fsc_stream_close(&in->cut.stream);
    in->cut.open = false;
    fsc_store_foreign_close(in->database);
    in->database = NULL;
}
