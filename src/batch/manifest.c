#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "batch/batch_p.h"

#define MANIFEST_MAX ((size_t)64 << 20)

fsc_view fsc_manifest_part(const char *folder, uint64_t shard, fsc_view extension, fsc_arena *arena)
{
    size_t len = strlen(folder);
    return fsc_arena_printf(arena, "%s%spart-%04llu.%.*s", folder, len && folder[len - 1] == '/' ? "" : "/", (unsigned long long)shard, (int)extension.len,
                            extension.data);
}

void fsc_manifest_put(fsc_json_writer *w, const fsc_manifest *p)
{
    fsc_json_key(w, "part");
    fsc_json_open_object(w);
    fsc_json_key(w, "plan");
    fsc_json_string(w, fsc_view_cstr(p->plan));
    fsc_json_key(w, "shard");
    fsc_json_u64(w, p->shard);
    fsc_json_key(w, "shards");
    fsc_json_u64(w, p->shards);
    fsc_json_key(w, "sha256");
    fsc_json_string(w, fsc_view_cstr(p->sha256));
    fsc_totals_put(w, &p->totals);
    fsc_json_close_object(w);
}

static bool get_part(fsc_manifest *out, const fsc_json *v, fsc_arena *arena)
{
    const fsc_json *part = fsc_json_get(v, "part");
    fsc_view plan = fsc_json_text(fsc_json_get(part, "plan")), sha = fsc_json_text(fsc_json_get(part, "sha256"));
    if (plan.len != sizeof out->plan - 1 || sha.len != sizeof out->sha256 - 1 || !fsc_json_is_u64(fsc_json_get(part, "shard"), &out->shard) ||
        !fsc_json_is_u64(fsc_json_get(part, "shards"), &out->shards) || !fsc_totals_get(&out->totals, part))
        return false;
    memcpy(out->plan, plan.data, sizeof out->plan - 1);
    memcpy(out->sha256, sha.data, sizeof out->sha256 - 1);
    out->run = fsc_arena_dup(arena, fsc_json_text(fsc_json_get(v, "run")));
    return out->run.len > 0;
}

int fsc_manifest_read(fsc_manifest *out, const char *part, fsc_arena *arena, fsc_err *err)
{
    fsc_buf text;
    fsc_json *v;
    fsc_view path = fsc_arena_printf(arena, "%s.run.json", part);
    *out = (fsc_manifest){0};
    if (!path.data)
        return fsc_err_nomem(err);
    if (fsc_path_kind_of(path.data) == FSC_PATH_ABSENT || fsc_path_kind_of(part) != FSC_PATH_FILE)
        return 0;
    fsc_buf_init(&text, NULL, MANIFEST_MAX);
    int status = fsc_file_read(&text, path.data, err);
    if (!status)
        status = fsc_json_parse(&v, NULL, fsc_buf_view(&text), false, arena, NULL) == 0 && get_part(out, v, arena);
    fsc_buf_release(&text);
    return status;
}

// ---------------------------------------------------------------- all parts of a plan

bool fsc_manifest_whole(const fsc_manifest *p, const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && (uint64_t)st.st_size == p->totals.output;
}

static int misfit(const fsc_manifest *p, const fsc_manifest *first, const fsc_plan *plan, uint64_t shard, fsc_view path, fsc_err *err)
{
    if (strcmp(p->plan, plan->digest) != 0)
        return fsc_err_at(err, FSC_E_MISMATCH, path, 0, 0, "made for another plan: run shard %llu again", (unsigned long long)shard);
    if (p->shard != shard)
        return fsc_err_at(err, FSC_E_MISMATCH, path, 0, 0, "holds shard %llu under the name of shard %llu: each shard counts once", (unsigned long long)p->shard,
                          (unsigned long long)shard);
    if (!fsc_view_eq(p->run, first->run))
        return fsc_err_at(err, FSC_E_MISMATCH, path, 0, 0, "made by run %.*s, the others by %.*s: another version, lexicon or option", (int)p->run.len,
                          p->run.data, (int)first->run.len, first->run.data);
    return FSC_OK;
}

// "3,7,12-14"
static void put_list(fsc_buf *out, const bool *missing, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t last = i;
        if (!missing[i])
            continue;
        while (last + 1 < count && missing[last + 1])
            last++;
        fsc_buf_printf(out, "%s%zu", out->len ? "," : "", i + 1);
        if (last > i)
            fsc_buf_printf(out, "-%zu", last + 1);
        i = last;
    }
}

static int say_missing(const bool *missing, size_t count, size_t n, const char *folder, fsc_err *err)
{
    fsc_buf list;
    fsc_buf_init(&list, NULL, 1u << 20);
    put_list(&list, missing, count);
    if (list.len < 300)
        fsc_err_set(err, FSC_E_MISMATCH, "%zu of %zu shards are missing or not whole: %s (sbatch --array=%s %s/slurm.sh)", n, count, list.data, list.data, folder);
    else
        fsc_err_set(err, FSC_E_MISMATCH, "%zu of %zu shards are missing or not whole, first of all: %.300s", n, count, list.data);
    fsc_buf_release(&list);
    return FSC_E_MISMATCH;
}

int fsc_manifest_check(fsc_manifest *out, const fsc_plan *p, const char *folder, fsc_arena *arena, fsc_err *err)
{
    bool *missing = FSC_NEW_N(arena, bool, p->count + 1);
    const fsc_manifest *first = NULL;
    size_t lost = 0;
    if (!missing)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < p->count; i++) {
        fsc_view path = fsc_manifest_part(folder, i + 1, p->extension, arena);
        int got = path.data ? fsc_manifest_read(&out[i], path.data, arena, err) : fsc_err_nomem(err);
        if (got < 0)
            return got;
        missing[i] = !got || !fsc_manifest_whole(&out[i], path.data);
        lost += missing[i];
        if (!got)
            continue;
        first = first ? first : &out[i];
        int status = misfit(&out[i], first, p, i + 1, path, err);
        if (status)
            return status;
    }
    return lost ? say_missing(missing, p->count, lost, folder, err) : FSC_OK;
}
