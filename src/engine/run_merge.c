#include <stdio.h>

#include "engine/cluster_p.h"

// merge: the parts of a plan, checked and put together.

typedef struct merge {
    fsc_run_state *r;
    const fsc_plan *plan;
    const fsc_manifest *part;
    fsc_target target;
    fsc_clusters *clusters; /* --cluster; or NULL */
    bool numbering;         /* the second reading, which writes */
    fsc_view head;          /* of the first part, when its form has one */
    bool has_head;
} merge;

static char separator(const merge *m)
{
    return fsc_view_is(m->plan->extension, "tsv") ? '\t' : ',';
}

// What stands before the rows of a part: in the first one it is kept, in the others it must be the same and is left out.
static int pass_head(merge *m, fsc_reader *in, size_t index, fsc_view path, fsc_err *err)
{
    bool open;
    fsc_csv_scan scan = {0};
    int64_t have = fsc_reader_fill(in, 1u << 20, err);
    if (have < 0)
        return FSC_E_READ;
    size_t len = fsc_csv_record_end(fsc_view_of(in->data + in->pos, (size_t)have), separator(m), in->eof, &scan, &open);
    fsc_view head = fsc_view_of(in->data + in->pos, len);
    if (index == 0) {
        m->head = fsc_arena_dup(m->r->arena, head);
        if (!m->head.data)
            return fsc_err_nomem(err);
        if (m->clusters)
            return m->numbering ? fsc_clusters_write_head(m->clusters, &m->target, err) : fsc_clusters_head(m->clusters, m->head, err);
        return fsc_target_write(&m->target, m->head, err);
    }
    return fsc_view_eq(head, m->head) ? 0 : fsc_err_at(err, FSC_E_MISMATCH, path, 1, 0, "has other columns than the first part");
}

// the next row for clusters, else what is there; empty at the end
static int next_bytes(merge *m, fsc_reader *in, fsc_view *out, fsc_err *err)
{
    fsc_csv_scan scan = {0};
    bool open;
    for (size_t want = 1u << 16;; want *= 2) {
        int64_t have = fsc_reader_fill(in, want, err);
        if (have < 0)
            return FSC_E_READ;
        *out = fsc_view_of(in->data + in->pos, (size_t)have);
        if (!m->clusters || !have)
            return 0;
        size_t len = fsc_csv_record_end(*out, separator(m), in->eof && (size_t)have < want, &scan, &open);
        if (len) {
            out->len = len;
            return 0;
        }
    }
}

static int copy_part(merge *m, fsc_reader *in, size_t index, fsc_view path, fsc_err *err)
{
    fsc_digest *digest;
    char sum[65];
    int status = fsc_digest_new(&digest, NULL, err);
    if (status)
        return status;
    if (m->has_head) {
        status = pass_head(m, in, index, path, err);
        if (!status) {
            fsc_digest_add(digest, m->head);
            fsc_reader_skip(in, m->head.len);
        }
    }
    while (!status) {
        fsc_view bytes;
        status = next_bytes(m, in, &bytes, err);
        if (status || !bytes.len)
            break;
        fsc_digest_add(digest, bytes);
        status = !m->clusters ? fsc_target_write(&m->target, bytes, err)
                 : m->numbering ? fsc_clusters_write(m->clusters, bytes, &m->target, err)
                                : fsc_clusters_add(m->clusters, bytes, err);
        fsc_reader_skip(in, bytes.len);
    }
    fsc_digest_hex(digest, sum);
    fsc_digest_free(digest);
    if (!status && strcmp(sum, m->part[index].sha256) != 0)
        status = fsc_err_at(err, FSC_E_MISMATCH, path, 0, 0, "its bytes are not those that were written: remove it and run shard %zu again", index + 1);
    return status;
}

static int merge_parts(merge *m, fsc_totals *sum, fsc_err *err)
{
    int status = 0;
    for (size_t i = 0; i < m->plan->count && !status; i++) {
        fsc_reader in;
        fsc_view path = fsc_manifest_part(m->r->opt->arg.data[0], i + 1, m->plan->extension, m->r->arena);
        status = path.data ? fsc_reader_open(&in, path.data, NULL, err) : fsc_err_nomem(err);
        if (status)
            return status;
        status = copy_part(m, &in, i, path, err);
        fsc_reader_close(&in);
        sum->records += m->part[i].totals.records;
        sum->failed += m->part[i].totals.failed;
        if (m->r->sink->cancelled && m->r->sink->cancelled(m->r->sink->user) && !status)
            status = fsc_err_set(err, FSC_E_CANCELLED, "interrupted");
    }
    return status;
}

// all parts are read twice: a text may have a copy in any of them
static int gather_clusters(merge *m, fsc_totals *sum, fsc_err *err)
{
    if (!m->has_head)
        return fsc_err_set(err, FSC_E_USAGE, "--cluster adds columns: plan with --format csv or tsv");
    int status = fsc_clusters_new(&m->clusters, separator(m), NULL, err);
    if (!status)
        status = merge_parts(m, sum, err);
    m->numbering = true;
    return status;
}

static void say_clusters(const merge *m)
{
    char text[160];
    fsc_cluster_counts n = fsc_clusters_counted(m->clusters);
    snprintf(text, sizeof text, "%llu texts, of which %llu repeat an earlier one: %llu duplicates, %llu near-duplicates, %llu syndicated", (unsigned long long)n.texts,
             (unsigned long long)(n.duplicate + n.near_duplicate + n.syndicated), (unsigned long long)n.duplicate, (unsigned long long)n.near_duplicate,
             (unsigned long long)n.syndicated);
    if (!m->r->opt->quiet)
        fsc_run_message(m->r->sink, 0, text);
}

static int merge_all(fsc_run_state *r, fsc_totals *sum, fsc_err *err)
{
    fsc_plan plan;
    merge m = {.r = r, .plan = &plan};
    const char *folder = r->opt->arg.data[0];
    fsc_view path = fsc_arena_printf(r->arena, "%s/plan.jsonl", folder);
    int status = path.data ? fsc_plan_read(&plan, path.data, r->arena, err) : fsc_err_nomem(err);
    if (status)
        return status;
    fsc_manifest *part = FSC_NEW_N(r->arena, fsc_manifest, plan.count + 1);
    m.part = part;
    m.has_head = fsc_view_is(plan.extension, "csv") || fsc_view_is(plan.extension, "tsv");
    status = part ? fsc_manifest_check(part, &plan, folder, r->arena, err) : fsc_err_nomem(err);
    if (!status && r->opt->cluster)
        status = gather_clusters(&m, sum, err);
    if (!status)
        status = fsc_target_open(&m.target, r, err);
    if (!status) {
        // the record beside the output names the run that made the parts
        r->export.run = part[0].run;
        r->identity = plan.identity;
        *sum = (fsc_totals){0};
        status = merge_parts(&m, sum, err);
        status = fsc_target_close(&m.target, status, err);
    }
    if (!status && m.clusters)
        say_clusters(&m);
    fsc_clusters_free(m.clusters);
    return status;
}

int fsc_run_merge(fsc_run_state *r, fsc_err *err)
{
    fsc_totals sum = {0};
    char text[160];
    if (r->opt->arg.len != 1)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "merge takes the folder of a plan: framescope merge FOLDER -o FILE"));
    int status = merge_all(r, &sum, err);
    if (status)
        return fsc_exit_of(status);
    snprintf(text, sizeof text, "%llu records, %llu of them failed", (unsigned long long)sum.records, (unsigned long long)sum.failed);
    if (!r->opt->quiet)
        fsc_run_message(r->sink, 0, text);
    return 0;
}
