// Records of archives by a listing of captures (--cdx FILE).

#include <stdio.h>
#include <stdlib.h>

#include "ingest/cdx_p.h"
#include "ingest/warc_p.h"

fsc_sniff fsc_ingest_cdx_sniff(fsc_view head)
{
    fsc_view rest = head, line = fsc_view_split(&rest, '\n');
    if (fsc_view_starts(line, FSC_LIT(" CDX ")) || fsc_view_starts(line, FSC_LIT("[[\"urlkey\"")))
        return FSC_SNIFF_SURE;
    // org,example)/page 20250301120000 {"url": ...
    size_t space = fsc_view_find(line, FSC_LIT(" "), 0);
    fsc_view key = fsc_view_slice(line, 0, space),
             after = fsc_view_slice(line, space == SIZE_MAX ? line.len : space + 1, line.len);
    bool surt = space != SIZE_MAX && fsc_view_find(key, FSC_LIT(")/"), 0) != SIZE_MAX;
    return surt && after.len > 15 && after.data[14] == ' ' ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

// ---------------------------------------------------------------- captures by address and time

// The address without what archives write in different ways: scheme, standard port, last slash, fragment.
static fsc_view plain_address(fsc_view url)
{
    size_t scheme = fsc_view_find(url, FSC_LIT("://"), 0), hash = fsc_view_find(url, FSC_LIT("#"), 0);
    url = fsc_view_slice(url, 0, hash);
    url = fsc_view_slice(url, scheme == SIZE_MAX || scheme > 8 ? 0 : scheme + 3, url.len);
    while (url.len && url.data[url.len - 1] == '/')
        url.len--;
    return url;
}

// Hash of the host without its standard port, what follows it, and the digits of the time.
uint64_t fsc_cdx_capture_key(fsc_view url, fsc_view time)
{
    char digits[15] = "";
    size_t n = 0;
    for (size_t i = 0; i < time.len && n < 14; i++)
        if (time.data[i] >= '0' && time.data[i] <= '9')
            digits[n++] = time.data[i];
    fsc_view tail = plain_address(url), host = fsc_view_split(&tail, '/');
    if (fsc_view_ends(host, FSC_LIT(":80")))
        host.len -= 3;
    else if (fsc_view_ends(host, FSC_LIT(":443")))
        host.len -= 4;
    uint64_t hash = fsc_hash64(host.data, host.len, 11);
    hash = tail.data ? fsc_hash64(tail.data, tail.len, hash) : hash;
    return fsc_hash64(digits, n, hash);
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

bool fsc_cdx_chosen(const fsc_ingest *in, fsc_view url, fsc_view time)
{
    if (!in->choose)
        return true;
    uint64_t key = fsc_cdx_capture_key(url, time);
    return in->chosen.len && bsearch(&key, in->chosen.data, in->chosen.len, sizeof key, by_value);
}

// ---------------------------------------------------------------- lines

// The next capture that the filter lets through: 1, 0 the end, 2 *out is a row that says what is wrong, < 0 failed.
static int next_capture(fsc_ingest *in, fsc_capture *c, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_cdx *cdx = in->cut.cdx;
    for (;;) {
        fsc_raw line;
        // listings are long: nothing of a line is kept
        fsc_arena_reset(&in->cut.arena, 1 << 20);
        int rc = fsc_ingest_jsonl_cut(in, &line, &in->cut.arena, err);
        if (rc <= 0)
            return rc;
        rc = line.status == FSC_RECORD_OK ? fsc_cdx_line(cdx, c, line.data, &in->cut.arena, err) : 0;
        if (rc < 0)
            return rc;
        if (rc == 0) {
            rc = fsc_raw_start(in, out, FSC_PLACE_LINE, line.line, arena, err);
            if (!rc)
                rc = fsc_raw_fail(out, FSC_RECORD_UNSUPPORTED, arena, err, "line %llu is no capture",
                                  (unsigned long long)line.line);
            return rc ? rc : 2;
        }
        if (rc == 2)
            continue;
        cdx->lines++;
        if (fsc_cdx_filter_fits(in->filter, c))
            return 1;
        cdx->filtered++;
    }
}

// Reads the whole listing: its captures choose among the records of the other inputs.
static int read_choice(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_capture c;
    int rc;
    in->choose = true;
    while ((rc = next_capture(in, &c, out, arena, err)) == 1) {
        uint64_t key = fsc_cdx_capture_key(c.field[FSC_CDX_URL], c.field[FSC_CDX_TIME]);
        if (!fsc_vec_push(&in->arena, &in->chosen, key))
            return fsc_err_nomem(err);
    }
    if (in->chosen.len)
        qsort(in->chosen.data, in->chosen.len, sizeof *in->chosen.data, by_value);
    return rc == 2 ? 1 : rc;
}

// ---------------------------------------------------------------- archives

static fsc_view base_of(fsc_view path)
{
    size_t at = path.len;
    while (at > 0 && path.data[at - 1] != '/')
        at--;
    return fsc_view_slice(path, at, path.len);
}

static fsc_view folder_of(fsc_view path)
{
    size_t at = path.len - base_of(path).len;
    return at ? fsc_view_slice(path, 0, at - 1) : FSC_LIT(".");
}

// A file below the folder: by its name as listed, by its last part, and in `archive` beside the folder of indexes.
static int look_in(fsc_ingest *in, fsc_view folder, fsc_view file, fsc_view *out, fsc_err *err)
{
    static const char *const forms[] = {"%.*s/%.*s", "%.*s/archive/%.*s", "%.*s/../archive/%.*s"};
    for (size_t i = 0; i < 2 * (sizeof forms / sizeof *forms); i++) {
        fsc_view name = i % 2 ? base_of(file) : file;
        fsc_view path =
            fsc_arena_printf(&in->cut.arena, forms[i / 2], (int)folder.len, folder.data, (int)name.len, name.data);
        if (!path.data)
            return fsc_err_nomem(err);
        // a listing may not lead out of the folder
        if (fsc_view_find(name, FSC_LIT(".."), 0) == SIZE_MAX && fsc_path_kind_of(path.data) == FSC_PATH_FILE) {
            *out = path;
            return 1;
        }
    }
    return 0;
}

// Where the archive of that name is; *out is empty when it is nowhere.
static int find_archive(fsc_ingest *in, fsc_view file, fsc_view *out, fsc_err *err)
{
    fsc_cdx *cdx = in->cut.cdx;
    const uint32_t *known = fsc_map_get(&cdx->file, file);
    fsc_view path = {"", 0};
    int rc = 0;
    if (known) {
        *out = cdx->path.data[*known];
        return FSC_OK;
    }
    for (size_t i = 0; !rc && i < in->root.len; i++) {
        fsc_view root = in->root.data[i];
        if (fsc_path_kind_of(root.data) == FSC_PATH_FOLDER) {
            rc = look_in(in, root, file, &path, err);
        } else if (fsc_view_eq(base_of(root), base_of(file))) {
            path = root;
            rc = 1;
        }
    }
    if (!rc && in->root.len == 0)
        rc = look_in(in, folder_of(in->cut.input->path), file, &path, err);
    if (rc < 0)
        return rc;
    fsc_view name = fsc_arena_dup(&in->arena, file);
    *out = fsc_arena_dup(&in->arena, path);
    bool kept = name.data && out->data && fsc_map_put(&cdx->file, name, (uint32_t)cdx->path.len, NULL) &&
                fsc_vec_push(&in->arena, &cdx->path, *out);
    return kept ? FSC_OK : fsc_err_nomem(err);
}

static int no_archive(fsc_ingest *in, fsc_raw *out, fsc_view file, fsc_arena *arena, fsc_err *err)
{
    int rc = fsc_raw_start(in, out, FSC_PLACE_LINE, in->cut.line - 1, arena, err);
    if (!rc)
        rc = fsc_raw_fail(out, FSC_RECORD_UNREADABLE, arena, err,
                          "the archive %.*s is in none of the folders given: name its folder behind --cdx FILE",
                          (int)file.len, file.data);
    return rc ? rc : 1;
}

// ---------------------------------------------------------------- the kind

int fsc_ingest_cdx_begin(fsc_ingest *in, fsc_err *err)
{
    in->cut.cdx = FSC_NEW(&in->arena, fsc_cdx);
    in->cut.warc = fsc_warc_new(&in->arena);
    if (!in->seen)
        in->seen = fsc_warc_seen_new(&in->arena);
    if (!in->cut.cdx || !in->cut.warc || !in->seen)
        return fsc_err_nomem(err);
    fsc_map_init(&in->cut.cdx->file, &in->arena);
    return FSC_OK;
}

static int sum_up(fsc_ingest *in, fsc_err *err)
{
    const fsc_cdx *cdx = in->cut.cdx;
    char text[200];
    snprintf(text, sizeof text, "%llu captures, %llu of them chosen", (unsigned long long)cdx->lines,
             (unsigned long long)(cdx->lines - cdx->filtered));
    int rc = fsc_ingest_add_note(in, fsc_view_cstr(text), err);
    return rc || !cdx->places ? rc : fsc_warc_finish(in, err);
}

// One of the inputs and not behind --cdx: records would come twice, from the index and from the archive.
static int no_input(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    in->cut.ended = true;
    int rc = fsc_raw_start(in, out, FSC_PLACE_PATH, 0, arena, err);
    if (!rc)
        rc = fsc_raw_fail(
            out, FSC_RECORD_UNSUPPORTED, arena, err,
            "an index of captures has no text: --cdx FILE chooses records of the archives given beside it");
    return rc ? rc : 1;
}

int fsc_ingest_cdx_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    fsc_cdx *cdx = in->cut.cdx;
    fsc_capture c;
    int rc;
    if (in->cut.ended)
        return 0;
    if (!in->cut.input->cdx)
        return no_input(in, out, arena, err);
    while ((rc = next_capture(in, &c, out, arena, err)) == 1) {
        int64_t offset;
        bool place = c.field[FSC_CDX_FILE].len && fsc_view_int(c.field[FSC_CDX_OFFSET], &offset) && offset >= 0;
        if (!place && !cdx->places) {
            uint64_t key = fsc_cdx_capture_key(c.field[FSC_CDX_URL], c.field[FSC_CDX_TIME]);
            if (!fsc_vec_push(&in->arena, &in->chosen, key))
                return fsc_err_nomem(err);
            rc = read_choice(in, out, arena, err);
            return rc ? rc : sum_up(in, err);
        }
        if (!cdx->places)
            // the archives are read where the listing says, and not as a whole
            in->next_input = in->input.len;
        cdx->places = true;
        fsc_view path = {"", 0};
        rc = place ? find_archive(in, c.field[FSC_CDX_FILE], &path, err) : FSC_OK;
        if (!rc && path.len == 0)
            rc = no_archive(in, out, c.field[FSC_CDX_FILE], arena, err);
        else if (!rc)
            rc = fsc_warc_record_at(in, path, (uint64_t)offset, out, arena, err);
        if (rc)
            return rc;
    }
    return rc == 2 ? 1 : rc < 0 ? rc : sum_up(in, err);
}
