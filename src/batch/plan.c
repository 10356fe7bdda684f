#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "batch/batch.h"
#include "codec/codec.h"

// A plan lays the inputs end to end and cuts that line of bytes: at borders of records when a number of shards is asked for, else only
// between files. The cuts depend on nothing but the inputs.

#define FORM 1
#define PLAN_MAX ((size_t)1 << 31)
#define SMALL_SHARD (UINT64_C(64) << 20) /* files below it share one, when no number is asked for */

typedef struct file {
    const char *path;
    uint64_t size;
} file;

/* Where a shard ends: before this place. */
typedef struct cut {
    size_t file;
    uint64_t at, line;
} cut;

typedef struct maker {
    fsc_arena *arena;
    const fsc_ingest_options *opt;
    fsc_vec(file) file;
    fsc_vec(cut) cut;
    uint64_t total;
} maker;

// ---------------------------------------------------------------- files

static int add_file(maker *m, fsc_view path, fsc_err *err)
{
    struct stat st;
    if (fsc_view_is(path, "-"))
        return fsc_err_set(err, FSC_E_USAGE, "standard input cannot be planned for: a shard must be able to read its input again");
    fsc_view copy = fsc_arena_dup(m->arena, path);
    if (!copy.data)
        return fsc_err_nomem(err);
    if (stat(copy.data, &st) != 0)
        return fsc_err_at(err, FSC_E_READ, copy, 0, 0, "cannot be read: a plan needs all its inputs");
    if (!S_ISREG(st.st_mode))
        return fsc_err_at(err, FSC_E_USAGE, copy, 0, 0, "no regular file: a shard must be able to read it again");
    file f = {copy.data, (uint64_t)st.st_size};
    m->total += f.size;
    return fsc_vec_push(m->arena, &m->file, f) ? FSC_OK : fsc_err_nomem(err);
}

static int add_input(maker *m, const char *path, fsc_err *err)
{
    fsc_view *found;
    size_t count;
    if (fsc_path_kind_of(path) != FSC_PATH_FOLDER)
        return add_file(m, fsc_view_cstr(path), err);
    int status = fsc_folder_list(m->arena, path, &found, &count, err);
    for (size_t i = 0; i < count && !status; i++)
        status = add_file(m, found[i], err);
    return status;
}

// ---------------------------------------------------------------- cuts

// a cut behind the last one; shards without an input are left out
static int add_cut(maker *m, cut c, fsc_err *err)
{
    const cut *last = m->cut.len ? &m->cut.data[m->cut.len - 1] : NULL;
    if (c.file == 0 && c.at == 0)
        return FSC_OK;
    if (last && last->file == c.file && last->at == c.at)
        return FSC_OK;
    return fsc_vec_push(m->arena, &m->cut, c) ? FSC_OK : fsc_err_nomem(err);
}

static int between_files(maker *m, fsc_err *err)
{
    uint64_t size = 0;
    int status = 0;
    for (size_t i = 0; i < m->file.len && !status; i++) {
        // a large file is a shard of its own, also behind small ones
        if (size && m->file.data[i].size >= SMALL_SHARD) {
            status = add_cut(m, (cut){i, 0, 1}, err);
            size = 0;
        }
        size += m->file.data[i].size;
        if (size < SMALL_SHARD)
            continue;
        if (!status)
            status = add_cut(m, (cut){i + 1, 0, 1}, err);
        size = 0;
    }
    return status;
}

// The cuts wanted inside one file, moved to the next border each; where there is none the file stays whole from there on.
static int inside_file(maker *m, size_t index, const uint64_t *want, size_t count, fsc_err *err)
{
    fsc_ingest *in;
    fsc_arena records;
    fsc_raw raw;
    const char *path = m->file.data[index].path;
    int status = fsc_ingest_open(&in, &path, 1, m->opt, NULL, err);
    if (status)
        return status;
    fsc_arena_init(&records, NULL);
    size_t next = 0;
    while (next < count && !status && (status = fsc_ingest_next(in, &raw, &records, err)) == 1) {
        status = 0;
        bool here = raw.border && raw.at > 0 && raw.at >= want[next];
        if (here)
            status = add_cut(m, (cut){index, raw.at, raw.line}, err);
        while (here && next < count && want[next] <= raw.at)
            next++;
        fsc_arena_reset(&records, 1u << 20);
    }
    if (!status && next < count)
        status = add_cut(m, (cut){index + 1, 0, 1}, err);
    fsc_arena_release(&records);
    fsc_ingest_close(in);
    return status;
}

static int in_shards(maker *m, uint64_t shards, fsc_err *err)
{
    uint64_t before = 0, k = 1;
    int status = 0;
    for (size_t i = 0; i < m->file.len && k < shards && !status; i++) {
        uint64_t size = m->file.data[i].size, *want;
        size_t count = 0;
        while (k + count < shards && (uint64_t)((__uint128_t)m->total * (k + count) / shards) < before + size)
            count++;
        want = FSC_NEW_N(m->arena, uint64_t, count + 1);
        if (!want)
            return fsc_err_nomem(err);
        for (size_t n = 0; n < count; n++)
            want[n] = (uint64_t)((__uint128_t)m->total * (k + n) / shards) - before;
        size_t first = 0;
        if (count && want[0] == 0) {
            status = add_cut(m, (cut){i, 0, 1}, err);
            first = 1;
        }
        if (!status && first < count)
            status = inside_file(m, i, want + first, count - first, err);
        k += count;
        before += size;
    }
    return status;
}

// ---------------------------------------------------------------- shards

static int fill_shard(fsc_shard *out, const maker *m, cut from, cut to, fsc_err *err)
{
    fsc_vec(fsc_ingest_range) range = {0};
    for (size_t i = from.file; i < m->file.len && (i < to.file || (i == to.file && to.at)); i++) {
        fsc_ingest_range r = {.path = m->file.data[i].path, .start = i == from.file ? from.at : 0, .end = i == to.file ? to.at : UINT64_MAX,
                              .line = i == from.file ? from.line : 1};
        if (!fsc_vec_push(m->arena, &range, r))
            return fsc_err_nomem(err);
    }
    *out = (fsc_shard){range.data, range.len};
    return FSC_OK;
}

int fsc_plan_make(fsc_plan *out, const char *const *path, size_t count, const fsc_ingest_options *opt, uint64_t shards, fsc_arena *arena, fsc_err *err)
{
    maker m = {.arena = arena, .opt = opt};
    int status = 0;
    for (size_t i = 0; i < count && !status; i++)
        status = add_input(&m, path[i], err);
    if (!status && !m.file.len)
        status = fsc_err_set(err, FSC_E_USAGE, "no input to plan for: the folders are empty");
    if (!status)
        status = shards ? in_shards(&m, shards, err) : between_files(&m, err);
    if (!status)
        status = add_cut(&m, (cut){m.file.len, 0, 1}, err);
    if (status)
        return status;
    out->shard = FSC_NEW_N(arena, fsc_shard, m.cut.len);
    out->count = m.cut.len;
    if (!out->shard)
        return fsc_err_nomem(err);
    cut from = {0, 0, 1};
    for (size_t i = 0; i < m.cut.len && !status; i++) {
        status = fill_shard(&out->shard[i], &m, from, m.cut.data[i], err);
        from = m.cut.data[i];
    }
    return status;
}

// ---------------------------------------------------------------- the file

static void put_range(fsc_json_writer *w, const fsc_ingest_range *r)
{
    fsc_json_open_array(w);
    fsc_json_string(w, fsc_view_cstr(r->path));
    fsc_json_u64(w, r->start);
    if (r->end == UINT64_MAX)
        fsc_json_null(w);
    else
        fsc_json_u64(w, r->end);
    fsc_json_u64(w, r->line);
    fsc_json_close_array(w);
}

void fsc_plan_write(fsc_buf *out, const fsc_plan *p)
{
    fsc_json_writer w;
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    fsc_json_key(&w, "plan");
    fsc_json_u64(&w, FORM);
    fsc_json_key(&w, "shards");
    fsc_json_u64(&w, p->count);
    fsc_json_key(&w, "extension");
    fsc_json_string(&w, p->extension);
    fsc_json_key(&w, "identity");
    fsc_json_string(&w, p->identity);
    fsc_json_close_object(&w);
    fsc_buf_char(out, '\n');
    for (size_t i = 0; i < p->count; i++) {
        fsc_json_writer_init(&w, out);
        fsc_json_open_object(&w);
        fsc_json_key(&w, "shard");
        fsc_json_u64(&w, i + 1);
        fsc_json_key(&w, "ranges");
        fsc_json_open_array(&w);
        for (size_t k = 0; k < p->shard[i].range_count; k++)
            put_range(&w, &p->shard[i].range[k]);
        fsc_json_close_array(&w);
        fsc_json_close_object(&w);
        fsc_buf_char(out, '\n');
    }
}

bool fsc_json_is_u64(const fsc_json *v, uint64_t *out)
{
    fsc_view text = fsc_json_text(v);
    *out = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < '0' || text.data[i] > '9' || __builtin_mul_overflow(*out, 10, out) ||
            __builtin_add_overflow(*out, (uint64_t)(text.data[i] - '0'), out))
            return false;
    return text.len > 0;
}

static bool get_range(fsc_ingest_range *out, const fsc_json *v, fsc_arena *arena)
{
    const fsc_json *path = v->kind == FSC_JSON_ARRAY ? v->child : NULL, *start = path ? path->next : NULL;
    const fsc_json *end = start ? start->next : NULL, *line = end ? end->next : NULL;
    if (!line || !fsc_json_is_u64(start, &out->start) || !fsc_json_is_u64(line, &out->line))
        return false;
    out->end = UINT64_MAX;
    if (end->kind != FSC_JSON_NULL && !fsc_json_is_u64(end, &out->end))
        return false;
    out->path = fsc_arena_dup(arena, fsc_json_text(path)).data;
    return out->path != NULL;
}

static bool get_shard(fsc_shard *out, const fsc_json *v, uint64_t number, fsc_arena *arena)
{
    uint64_t own;
    const fsc_json *ranges = fsc_json_get(v, "ranges");
    fsc_vec(fsc_ingest_range) range = {0};
    if (!fsc_json_is_u64(fsc_json_get(v, "shard"), &own) || own != number || !ranges)
        return false;
    for (const fsc_json *r = ranges->child; r; r = r->next) {
        fsc_ingest_range one;
        if (!get_range(&one, r, arena) || !fsc_vec_push(arena, &range, one))
            return false;
    }
    *out = (fsc_shard){range.data, range.len};
    return range.len > 0;
}

static int bad_plan(const char *path, size_t line, fsc_err *err)
{
    return fsc_err_at(err, FSC_E_CONFIG, fsc_view_cstr(path), (uint32_t)line, 0, "no whole plan of this version of framescope: make it anew with framescope plan");
}

static int read_plan(fsc_plan *out, fsc_view text, const char *path, fsc_arena *arena, fsc_err *err)
{
    fsc_json *v;
    uint64_t form = 0, count = 0;
    snprintf(out->digest, sizeof out->digest, "%016" PRIx64, fsc_hash64(text.data, text.len, FORM));
    fsc_view line = fsc_view_split(&text, '\n');
    if (fsc_json_parse(&v, NULL, line, false, arena, NULL) || !fsc_json_is_u64(fsc_json_get(v, "plan"), &form) || form != FORM ||
        !fsc_json_is_u64(fsc_json_get(v, "shards"), &count) || count > text.len)
        return bad_plan(path, 1, err);
    out->count = (size_t)count;
    out->extension = fsc_arena_dup(arena, fsc_json_text(fsc_json_get(v, "extension")));
    out->identity = fsc_arena_dup(arena, fsc_json_text(fsc_json_get(v, "identity")));
    out->shard = FSC_NEW_N(arena, fsc_shard, out->count + 1);
    if (!out->shard)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < out->count; i++) {
        line = text.data ? fsc_view_split(&text, '\n') : FSC_LIT("");
        if (fsc_json_parse(&v, NULL, line, false, arena, NULL) || !get_shard(&out->shard[i], v, i + 1, arena))
            return arena->failed ? fsc_err_nomem(err) : bad_plan(path, i + 2, err);
    }
    return FSC_OK;
}

int fsc_plan_read(fsc_plan *out, const char *path, fsc_arena *arena, fsc_err *err)
{
    fsc_buf text;
    fsc_buf_init(&text, NULL, PLAN_MAX);
    int status = fsc_file_read(&text, path, err);
    *out = (fsc_plan){0};
    if (!status)
        status = read_plan(out, fsc_buf_view(&text), path, arena, err);
    fsc_buf_release(&text);
    return status;
}
