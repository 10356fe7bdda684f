// Archives of files: zip (WACZ too) and tar, also packed; and single files packed with bzip2 or xz.

#include <inttypes.h>
#include <stdio.h>

#include "ingest/ingest_p.h"

fsc_sniff fsc_ingest_zip_sniff(fsc_view head)
{
    return fsc_members_is_zip(head) ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

fsc_sniff fsc_ingest_tar_sniff(fsc_view head)
{
    return fsc_members_is_tar(head) ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

// ---------------------------------------------------------------- WACZ

// The name of the first member, which stands in the first bytes of a zip.
static fsc_view first_name(fsc_view head)
{
    if (!fsc_members_is_zip(head) || head.len < 30)
        return (fsc_view){"", 0};
    size_t len = (unsigned char)head.data[26] | (size_t)(unsigned char)head.data[27] << 8;
    return fsc_view_slice(head, 30, 30 + len);
}

static bool is_warc(fsc_view name)
{
    return fsc_view_ends(name, FSC_LIT(".warc")) || fsc_view_ends(name, FSC_LIT(".warc.gz")) ||
           fsc_view_ends(name, FSC_LIT(".warc.zst"));
}

static bool is_wacz(fsc_view path, fsc_view head)
{
    static const char *const names[] = {"datapackage.json",  "datapackage-digest.json", "pages/pages.jsonl",
                                        "indexes/index.cdx", "indexes/index.cdx.gz",    "indexes/index.cdxj"};
    fsc_view first = first_name(head);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (fsc_view_is(first, names[i]))
            return true;
    bool named = path.len > 5 && fsc_view_eq_nocase(fsc_view_slice(path, path.len - 5, path.len), FSC_LIT(".wacz"));
    return named || (fsc_view_starts(first, FSC_LIT("archive/")) && is_warc(first));
}

// ---------------------------------------------------------------- begin and end

int fsc_archive_begin(fsc_ingest *in, fsc_view head, fsc_err *err)
{
    fsc_archive *a = &in->archive;
    fsc_cut *cut = &in->cut;
    *a = (fsc_archive){.input = cut->input, .wacz = is_wacz(cut->input->path, head)};
    bool file =
        fsc_path_kind_of(cut->input->path.data) == FSC_PATH_FILE && fsc_members_is_zip(head) && !cut->stream.packed;
    if (file) {
        fsc_input_close(in);
        return fsc_members_open(&a->members, a->input->path.data, in->alloc, err);
    }
    // the bytes that were looked at are still unread
    a->stream = cut->stream;
    a->streamed = true;
    cut->open = false;
    int rc = fsc_members_open_stream(&a->members, &a->stream, in->alloc, err);
    if (rc)
        fsc_archive_close(in);
    return rc;
}

void fsc_archive_close(fsc_ingest *in)
{
    fsc_archive *a = &in->archive;
    fsc_members_close(a->members);
    a->members = NULL;
    if (a->streamed)
        fsc_stream_close(&a->stream);
    a->streamed = false;
}

// What came of the members, for the user.
static int sum_up(fsc_ingest *in, fsc_err *err)
{
    const fsc_archive *a = &in->archive;
    char text[200];
    if (a->count == a->read)
        return FSC_OK;
    int n =
        snprintf(text, sizeof text, "%" PRIu64 " members, %" PRIu64 " of them read; passed over: ", a->count, a->read);
    if (a->no_text)
        n += snprintf(text + n, sizeof text - (size_t)n, "%" PRIu64 " neither page nor text", a->no_text);
    if (a->others)
        snprintf(text + n, sizeof text - (size_t)n, "%s%" PRIu64 " %s", a->no_text ? ", " : "", a->others,
                 a->wacz ? "beside the WARCs" : "folders, links and hidden files");
    return fsc_ingest_add_note(in, fsc_view_cstr(text), err);
}

static int end_archive(fsc_ingest *in, fsc_err *err)
{
    fsc_input_begin(in, in->archive.input);
    int rc = sum_up(in, err);
    fsc_archive_close(in);
    return rc;
}

// ---------------------------------------------------------------- members

// A part of the name begins with '.', or it is what macOS adds to its archives, or the program to look at an X archive.
static bool hidden(fsc_view name)
{
    if (fsc_view_starts(name, FSC_LIT("__MACOSX/")) || fsc_view_is(name, "Your archive.html"))
        return true;
    fsc_view rest = name;
    while (rest.data) {
        fsc_view part = fsc_view_split(&rest, '/');
        if (part.len > 1 && part.data[0] == '.' && part.data[1] != '.' && !fsc_view_starts(part, FSC_LIT(".%")))
            return true;
    }
    return false;
}

static bool wanted(const fsc_archive *a, const fsc_member *m)
{
    if (!m->regular || hidden(m->name))
        return false;
    return !a->wacz || (fsc_view_starts(m->name, FSC_LIT("archive/")) && is_warc(m->name));
}

// A file that is only packed has no members: it is read as itself.
static int begin_member(fsc_ingest *in, const fsc_member *m, fsc_err *err)
{
    fsc_archive *a = &in->archive;
    fsc_view path = a->input->path;
    fsc_input_begin(in, a->input);
    if (m->name.len) {
        path = fsc_arena_printf(&in->cut.arena, "%.*s!%.*s", (int)path.len, path.data, (int)m->name.len, m->name.data);
        if (!path.data)
            return fsc_err_nomem(err);
    }
    a->member = (fsc_input){.path = path, .end = UINT64_MAX, .line = 1};
    in->cut.input = &a->member;
    a->read++;
    return 1;
}

int fsc_archive_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_archive *a = &in->archive;
    fsc_member m;
    for (;;) {
        fsc_err why = FSC_ERR_INIT;
        int rc = fsc_members_next(a->members, &m, &why);
        if (rc == 0)
            return end_archive(in, err);
        if (rc == FSC_E_NOMEM)
            return fsc_err_nomem(err);
        if (rc < 0) {
            rc = end_archive(in, err);
            return rc ? rc : fsc_input_row(in, out, FSC_RECORD_UNREADABLE, why.text, arena, err);
        }
        a->count++;
        if (!wanted(a, &m)) {
            a->others++;
            continue;
        }
        rc = begin_member(in, &m, err);
        return rc < 0 || !m.encrypted
                   ? rc
                   : fsc_input_row(in, out, FSC_RECORD_UNSUPPORTED, "the member is encrypted", arena, err);
    }
}
