#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "batch/batch_p.h"

#define FORM 1                      /* of the file; another one is refused */
#define JOURNAL_MAX ((size_t)8 << 20)
#define LINE_MAX_BYTES (1u << 20)
#define LONG_JOURNAL (1u << 20)     /* then it begins anew */
#define CHECK ",\"check\":\""

struct fsc_journal {
    const fsc_alloc *alloc;
    int fd;
    char *path, *part, *identity; /* part: beside the journal, when it is written anew */
    size_t identity_len, size;
    bool resumed;
};

uint64_t fsc_totals_digest(uint64_t digest, const fsc_raw *raw)
{
    digest = fsc_hash64(raw->source.data, raw->source.len, digest);
    digest = fsc_hash64(raw->data.data, raw->data.len, digest);
    return digest + (uint64_t)raw->status;
}

// ---------------------------------------------------------------- lines

// closes the object that begins at `start` with a check sum of what stands in it
static void end_line(fsc_buf *out, size_t start)
{
    uint64_t check = out->failed ? 0 : fsc_hash64(out->data + start, out->len - start, FORM);
    fsc_buf_printf(out, CHECK "%016" PRIx64 "\"}\n", check);
}

static void put_head(fsc_buf *out, fsc_view identity)
{
    size_t start = out->len;
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    fsc_json_key(&w, "journal");
    fsc_json_u64(&w, FORM);
    fsc_json_key(&w, "identity");
    fsc_json_string(&w, identity);
    end_line(out, start);
}

static const char *const number_name[] = {"taken", "bytes", "digest", "records", "failed", "differ", "output_bytes", "errors_bytes"};

// members of the object at hand
void fsc_totals_put(fsc_json_writer *w, const fsc_totals *t)
{
    const uint64_t number[] = {t->taken, t->bytes, t->digest, t->records, t->failed, t->differ, t->output, t->errors};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        fsc_json_key(w, number_name[i]);
        fsc_json_u64(w, number[i]);
    }
    fsc_json_key(w, "outcome");
    fsc_json_open_object(w);
    for (int i = 0; i < FSC_RECORD_COUNT; i++) {
        fsc_json_key(w, fsc_record_name((fsc_record_status)i));
        fsc_json_u64(w, t->outcome[i]);
    }
    fsc_json_close_object(w);
}

static void put_totals(fsc_buf *out, const fsc_totals *t)
{
    size_t start = out->len;
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    fsc_totals_put(&w, t);
    end_line(out, start);
}

bool fsc_totals_get(fsc_totals *out, const fsc_json *line)
{
    uint64_t *const number[] = {&out->taken, &out->bytes, &out->digest, &out->records, &out->failed, &out->differ, &out->output, &out->errors};
    const fsc_json *outcome = fsc_json_get(line, "outcome");
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (!fsc_json_is_u64(fsc_json_get(line, number_name[i]), number[i]))
            return false;
    for (int i = 0; i < FSC_RECORD_COUNT; i++)
        if (!fsc_json_is_u64(fsc_json_get(outcome, fsc_record_name((fsc_record_status)i)), &out->outcome[i]))
            return false;
    return true;
}

// the object of a line, or NULL when it is torn
static const fsc_json *read_line(fsc_view line, fsc_arena *arena)
{
    fsc_json *v;
    size_t tail = sizeof CHECK - 1 + 18; // the sum, a quote, a bracket
    char sum[17];
    if (line.len < tail)
        return NULL;
    fsc_view end = fsc_view_slice(line, line.len - tail, line.len);
    snprintf(sum, sizeof sum, "%016" PRIx64, fsc_hash64(line.data, line.len - tail, FORM));
    if (!fsc_view_starts(end, FSC_LIT(CHECK)) || memcmp(end.data + sizeof CHECK - 1, sum, 16) != 0)
        return NULL;
    return fsc_json_parse(&v, NULL, line, false, arena, NULL) == 0 ? v : NULL;
}

// ---------------------------------------------------------------- reading

static fsc_view path_of(const char *output, fsc_arena *arena)
{
    return fsc_arena_printf(arena, "%s.journal", output);
}

static bool has_line(fsc_view text, fsc_view line)
{
    while (text.data)
        if (fsc_view_eq(fsc_view_split(&text, '\n'), line))
            return true;
    return false;
}

// the first line of a that b has not; empty when there is none
static fsc_view only_in(fsc_view a, fsc_view b)
{
    while (a.data) {
        fsc_view line = fsc_view_split(&a, '\n');
        if (!has_line(b, line))
            return fsc_view_slice(line, 0, 100);
    }
    return FSC_LIT("");
}

static int check_identity(fsc_view path, fsc_view had, fsc_view has, fsc_err *err)
{
    if (fsc_view_eq(had, has))
        return FSC_OK;
    fsc_view old = only_in(had, has), now = only_in(has, had);
    return fsc_err_at(err, FSC_E_CONFIG, path, 0, 0, "the run to resume was %s%.*s%s%s%.*s: give the options that it had, or leave --resume out",
                      old.len ? "with: " : "", (int)old.len, old.data, old.len && now.len ? "; " : "",
                      now.len ? "without: " : "", (int)now.len, now.data);
}

static int check_head(const fsc_json *head, fsc_view path, fsc_view identity, fsc_err *err)
{
    uint64_t form;
    if (!fsc_json_is_u64(fsc_json_get(head, "journal"), &form))
        return fsc_err_at(err, FSC_E_CONFIG, path, 0, 0, "no journal of framescope: run again without --resume");
    if (form != FORM)
        return fsc_err_at(err, FSC_E_CONFIG, path, 0, 0, "a journal of another version of framescope: run again without --resume");
    return check_identity(path, fsc_json_text(fsc_json_get(head, "identity")), identity, err);
}

static int read_lines(fsc_totals *out, bool *found, fsc_view text, fsc_view path, fsc_view identity, fsc_err *err)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    int status = 0;
    for (size_t n = 0; text.data && !status; n++) {
        fsc_totals t;
        fsc_view line = fsc_view_split(&text, '\n');
        // the last line is whole only with its line end
        const fsc_json *v = text.data ? read_line(line, &arena) : NULL;
        if (!v && (n > 0 || !line.len))
            break;
        if (n == 0)
            status = check_head(v, path, identity, err);
        else if ((*found = fsc_totals_get(&t, v)))
            *out = t;
        fsc_arena_reset(&arena, LINE_MAX_BYTES);
    }
    fsc_arena_release(&arena);
    return status;
}

int fsc_journal_last(fsc_totals *out, bool *found, const char *output, fsc_view identity, fsc_err *err)
{
    fsc_arena arena;
    fsc_buf text;
    fsc_arena_init(&arena, NULL);
    fsc_buf_init(&text, NULL, JOURNAL_MAX);
    *found = false;
    *out = (fsc_totals){0};
    fsc_view path = path_of(output, &arena);
    int status = path.data ? 0 : fsc_err_nomem(err);
    if (!status && fsc_path_kind_of(path.data) != FSC_PATH_ABSENT) {
        status = fsc_file_read(&text, path.data, err);
        if (!status && text.len)
            status = read_lines(out, found, fsc_buf_view(&text), path, identity, err);
    }
    fsc_buf_release(&text);
    fsc_arena_release(&arena);
    return status;
}

// ---------------------------------------------------------------- writing

int fsc_journal_open(fsc_journal **out, const char *output, fsc_view identity, bool resumed, const fsc_alloc *alloc, fsc_err *err)
{
    alloc = alloc ? alloc : fsc_alloc_default();
    size_t len = strlen(output) + sizeof ".journal.part";
    fsc_journal *j = alloc->alloc(alloc->user, sizeof *j + 2 * len + identity.len + 1);
    *out = j;
    if (!j)
        return fsc_err_nomem(err);
    *j = (fsc_journal){.alloc = alloc, .fd = -1, .path = (char *)(j + 1), .part = (char *)(j + 1) + len,
                       .identity = (char *)(j + 1) + 2 * len, .identity_len = identity.len,
                       .resumed = resumed};
    snprintf(j->path, len, "%s.journal", output);
    snprintf(j->part, len, "%s.journal.part", output);
    memcpy(j->identity, identity.data ? identity.data : "", identity.len);
    return FSC_OK;
}

static int failed(const fsc_journal *j, fsc_err *err)
{
    return fsc_err_at(err, FSC_E_WRITE, fsc_view_cstr(j->path), 0, 0, "cannot write: %s", strerror(errno));
}

static int write_all(fsc_journal *j, const fsc_buf *text, fsc_err *err)
{
    for (size_t done = 0; done < text->len;) {
        ssize_t n = write(j->fd, text->data + done, text->len - done);
        if (n < 0 && errno != EINTR)
            return failed(j, err);
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(j->fd) == 0 || errno == EINVAL || errno == EROFS ? FSC_OK : failed(j, err);
}

// A journal that goes on, or has grown long, is written anew with the one line that counts. So what a crash tore never stands before whole lines.
static int begin(fsc_journal *j, fsc_buf *line, const fsc_totals *t, fsc_err *err)
{
    fsc_outfile f;
    if (j->fd >= 0)
        close(j->fd);
    j->fd = -1;
    put_head(line, fsc_view_of(j->identity, j->identity_len));
    put_totals(line, t);
    // a kept file: one name, so that a kill leaves no more than one, and synced before it gets it
    int status = line->failed ? fsc_err_nomem(err) : fsc_outfile_open_kept(&f, j->path, j->alloc, err);
    if (status)
        return status;
    status = f.kept ? fsc_outfile_cut(&f, 0, err) : 0;
    if (!status)
        status = fsc_outfile_write(&f, fsc_buf_view(line), err);
    if (status) {
        fsc_outfile_release(&f);
        return status;
    }
    status = fsc_outfile_commit(&f, err);
    if (status)
        return status;
    j->fd = open(j->path, O_WRONLY | O_APPEND | O_CLOEXEC);
    return j->fd < 0 ? failed(j, err) : FSC_OK;
}

int fsc_journal_add(fsc_journal *j, const fsc_totals *t, fsc_err *err)
{
    fsc_buf line;
    fsc_buf_init(&line, j->alloc, LINE_MAX_BYTES);
    int status;
    if (j->fd >= 0 && j->size < LONG_JOURNAL) {
        put_totals(&line, t);
        status = line.failed ? fsc_err_nomem(err) : write_all(j, &line, err);
    } else {
        status = begin(j, &line, t, err);
        j->size = 0;
    }
    j->size += line.len;
    fsc_buf_release(&line);
    return status;
}

void fsc_journal_close(fsc_journal *j, bool remove)
{
    if (!j)
        return;
    if (j->fd >= 0)
        close(j->fd);
    if (remove && (j->fd >= 0 || j->resumed)) {
        unlink(j->path);
        unlink(j->part);
    }
    j->alloc->free(j->alloc->user, j);
}

int fsc_journal_drop(const char *output, fsc_err *err)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_view path = path_of(output, &arena);
    int status = path.data ? 0 : fsc_err_nomem(err);
    fsc_view part = fsc_arena_printf(&arena, "%s.journal.part", output);
    if (part.data)
        unlink(part.data);
    if (!status && unlink(path.data) != 0 && errno != ENOENT)
        status = fsc_err_at(err, FSC_E_WRITE, path, 0, 0, "cannot remove the journal of an older run: %s", strerror(errno));
    fsc_arena_release(&arena);
    return status;
}
