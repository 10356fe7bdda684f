#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "engine/engine_p.h"

// Files that stand beside an output, or are the output: datapackage.json, and the folder of brat.

static int write_file(const char *path, fsc_view bytes, fsc_err *err)
{
    fsc_outfile f;
    int status = fsc_outfile_open(&f, path, NULL, err);
    if (status)
        return status;
    status = fsc_outfile_write(&f, bytes, err);
    if (!status)
        return fsc_outfile_commit(&f, err);
    fsc_outfile_release(&f);
    return status;
}

// ---------------------------------------------------------------- datapackage.json

// a package of other files is not ours to replace
static int check_package(const char *path, fsc_view file, fsc_arena *arena, fsc_err *err)
{
    fsc_buf old;
    fsc_view own = fsc_arena_printf(arena, "\"path\":\"%.*s\"", (int)file.len, file.data);
    if (fsc_path_kind_of(path) == FSC_PATH_ABSENT)
        return 0;
    fsc_buf_init(&old, NULL, 1u << 26);
    int status = fsc_file_read(&old, path, err);
    if (!status && fsc_view_find(fsc_buf_view(&old), own, 0) == SIZE_MAX)
        status = fsc_err_at(err, FSC_E_WRITE, fsc_view_cstr(path), 0, 0, "describes other files and is left as it is; write %.*s to a folder of its own",
                            (int)file.len, file.data);
    fsc_buf_release(&old);
    return status;
}

int fsc_package_write(const fsc_run_state *r, const fsc_export *x, fsc_err *err)
{
    fsc_view path = fsc_view_cstr(r->opt->output);
    size_t at = path.len;
    struct stat info;
    fsc_buf json;
    while (at && path.data[at - 1] != '/')
        at--;
    fsc_view file = fsc_view_slice(path, at, path.len), package = fsc_arena_printf(r->arena, "%.*sdatapackage.json", (int)at, path.data);
    if (!package.data)
        return fsc_err_nomem(err);
    int status = check_package(package.data, file, r->arena, err);
    if (!status && stat(path.data, &info) != 0)
        status = fsc_err_set(err, FSC_E_READ, "%s: %s", path.data, strerror(errno));
    if (status)
        return status;
    fsc_buf_init(&json, NULL, 1u << 26);
    fsc_export_package(x, file, (uint64_t)info.st_size, r->settings, &json);
    status = json.failed ? fsc_err_nomem(err) : write_file(package.data, fsc_buf_view(&json), err);
    fsc_buf_release(&json);
    return status;
}

// ---------------------------------------------------------------- brat

// a record of a batch's output: lengths of name, text and annotations, then these
typedef struct lengths {
    uint32_t name, text, marks;
} lengths;

void fsc_brat_add(const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out)
{
    size_t at = out->len;
    lengths n = {(uint32_t)a->article.id.len, (uint32_t)a->article.text.len, 0};
    fsc_buf_add(out, (const char *)&n, sizeof n);
    fsc_buf_addv(out, a->article.id);
    fsc_buf_addv(out, a->article.text);
    size_t marks = out->len;
    if (fsc_record_scored(a->article.status))
        fsc_export_brat(a, scratch, out);
    n.marks = (uint32_t)(out->len - marks);
    if (!out->failed)
        memcpy(out->data + at, &n, sizeof n);
}

// the end of an id as a file name: 000012-norwick-crime
static fsc_view name_of(fsc_arena *arena, uint64_t number, fsc_view id)
{
    char safe[41];
    size_t n = 0;
    id = fsc_view_slice(id, id.len > 40 ? id.len - 40 : 0, id.len);
    for (size_t i = 0; i < id.len; i++) {
        char c = id.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || (n && safe[n - 1] != '-'))
            safe[n++] = plain ? c : '-';
    }
    safe[n] = 0;
    return fsc_arena_printf(arena, "%06llu-%s", (unsigned long long)number, safe);
}

static int write_pair(fsc_brat *b, fsc_view id, fsc_view text, fsc_view marks, fsc_err *err)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_view name = name_of(&arena, ++b->count, id);
    fsc_view txt = fsc_arena_printf(&arena, "%s/%.*s.txt", b->folder, (int)name.len, name.data), ann = fsc_arena_printf(&arena, "%s/%.*s.ann", b->folder, (int)name.len, name.data);
    int status = txt.data && ann.data ? write_file(txt.data, text, err) : fsc_err_nomem(err);
    if (!status)
        status = write_file(ann.data, marks, err);
    fsc_arena_release(&arena);
    return status;
}

static int take_pairs(void *user, fsc_view bytes, fsc_err *err)
{
    int status = 0;
    for (size_t at = 0; at + sizeof(lengths) <= bytes.len && !status;) {
        lengths n;
        memcpy(&n, bytes.data + at, sizeof n);
        at += sizeof n;
        fsc_view id = fsc_view_slice(bytes, at, at + n.name), text = fsc_view_slice(bytes, at + n.name, at + n.name + n.text);
        at += (size_t)n.name + n.text;
        status = write_pair(user, id, text, fsc_view_slice(bytes, at, at + n.marks), err);
        at += n.marks;
    }
    return status;
}

int fsc_brat_open(fsc_brat *b, fsc_target *t, const fsc_run_state *r, fsc_err *err)
{
    fsc_buf conf;
    *b = (fsc_brat){.folder = r->opt->output};
    *t = (fsc_target){.sink = r->sink, .take = take_pairs, .user = b};
    if (!b->folder || strcmp(b->folder, "-") == 0)
        return fsc_err_set(err, FSC_E_USAGE, "brat wants two files a document: name a folder with -o");
    if (mkdir(b->folder, 0777) != 0 && errno != EEXIST)
        return fsc_err_set(err, FSC_E_WRITE, "%s: %s", b->folder, strerror(errno));
    fsc_view path = fsc_arena_printf(r->arena, "%s/annotation.conf", b->folder);
    fsc_buf_init(&conf, NULL, 1u << 24);
    fsc_export_brat_conf(r->ctx->schema, &conf);
    int status = conf.failed || !path.data ? fsc_err_nomem(err) : write_file(path.data, fsc_buf_view(&conf), err);
    fsc_buf_release(&conf);
    return status;
}
