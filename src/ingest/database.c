#include "ingest/ingest_p.h"

// Databases of programs that keep versions of articles: the store's room reads them, as JSON lines.

static const fsc_view magic = {"SQLite format 3", 16};

fsc_sniff fsc_ingest_database_sniff(fsc_view head)
{
    return fsc_view_starts(head, magic) ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

int fsc_ingest_database_begin(fsc_ingest *in, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    const char *path = cut->input->path.data;
    if (in->archive.members || strcmp(path, "-") == 0 || cut->stream.packed)
        return fsc_err_set(err, FSC_E_USAGE, "%s: a database is read from a file of its own: unpack it", path);
    fsc_input_close(in);
    int rc = fsc_store_foreign_open(&in->database, path, err);
    if (!rc)
        rc = fsc_stream_open_pull(&cut->stream, fsc_store_foreign_pull, in->database, path, &in->stream, err);
    cut->open = !rc;
    cut->kind = fsc_kind_named(FSC_LIT("jsonl"));
    // a database that cannot be read is a file that cannot be read, whatever SQLite says of it
    if (rc && rc != FSC_E_USAGE && rc != FSC_E_NOMEM)
        return FSC_E_READ;
    return rc ? rc : fsc_ingest_jsonl_begin(in, err);
}
