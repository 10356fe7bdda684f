#include "base/vec.h"
#include "engine/stored_p.h"

// export: the rows of a view of the store, as they are.

#define PORTION (1u << 18)

static int write_rows(fsc_store_rows *rows, const fsc_export *x, fsc_target *target, fsc_buf *out, fsc_err *err)
{
    const fsc_cell *cells;
    int got = 0, status = 0;
    fsc_export_header(x, out);
    while (!status && (got = fsc_store_rows_next(rows, &cells, err)) > 0) {
        fsc_export_cells(x, cells, out);
        if (out->len < PORTION)
            continue;
        status = out->failed ? fsc_err_nomem(err) : fsc_target_write(target, fsc_buf_view(out), err);
        fsc_buf_reset(out, PORTION * 2);
    }
    if (!status)
        status = got < 0 ? got : out->failed ? fsc_err_nomem(err) : fsc_target_write(target, fsc_buf_view(out), err);
    return status;
}

static int export_table(fsc_run_state *r, fsc_store *store, fsc_err *err)
{
    fsc_store_rows *rows;
    fsc_export x;
    fsc_target target;
    fsc_vec(fsc_view) column = {0};
    fsc_buf out;
    int status = fsc_store_rows_open(&rows, store, r->opt->arg.data[0], err);
    for (size_t i = 0; !status && i < fsc_store_rows_columns(rows); i++)
        if (!fsc_vec_push(r->arena, &column, fsc_store_rows_column(rows, i)))
            status = fsc_err_nomem(err);
    if (!status)
        status = fsc_target_open(&target, r, err);
    if (!status) {
        fsc_buf_init(&out, NULL, (size_t)1 << 40);
        fsc_export_table(&x, &r->export, column.data, column.len);
        status = write_rows(rows, &x, &target, &out, err);
        fsc_buf_release(&out);
        status = fsc_target_close(&target, status, err);
    }
    if (!status && r->opt->datapackage)
        status = fsc_package_write(r, &x, err);
    fsc_store_rows_close(rows);
    return status;
}

int fsc_run_export(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    fsc_store *store;
    if (!o->db)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "export needs --db FILE, a database that framescope ingest has filled"));
    if (o->arg.len != 1)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "export takes one TABLE: documents scores cues relations quotes revisions"));
    int status = fsc_store_open(&store, o->db, FSC_STORE_READ, err);
    if (status)
        return fsc_exit_of(status);
    status = export_table(r, store, err);
    fsc_store_close(store, 0, NULL);
    return fsc_exit_of(status);
}
