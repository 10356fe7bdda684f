// Members of a zip or tar, by libarchive.

#include "ingest/members_p.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

#define BLOCK 65536
#define MAX_MEMBERS 1000000
// A member may unpack to so many times its bytes, beyond what is free.
#define MAX_RATIO 200
#define FREE_BYTES (UINT64_C(1) << 20)

struct fsc_members {
    struct archive *archive;
    locale_t utf8; // libarchive loses names that the locale cannot hold: it is shown this one
    const fsc_alloc *alloc;
    fsc_arena arena; // the name of the member at hand
    int fd;          // -1: from stream
    fsc_stream *stream;
    size_t lent;     // bytes of the stream that libarchive holds
    char *block;     // of the file
    uint64_t passed; // bytes given to libarchive
    bool begun;      // the first member has been found
    bool overlap;    // libarchive went back: members lie over each other
    uint64_t count, made, start;
    fsc_err why; // of reading below libarchive
};

// ---------------------------------------------------------------- libarchive's view of the file

static la_ssize_t read_file(struct archive *a, void *user, const void **data)
{
    fsc_members *m = user;
    ssize_t n;
    do
        n = read(m->fd, m->block, BLOCK);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        archive_set_error(a, errno, "cannot read");
        return -1;
    }
    *data = m->block;
    m->passed += (uint64_t)n;
    return n;
}

static la_int64_t seek_file(struct archive *a, void *user, la_int64_t offset, int whence)
{
    fsc_members *m = user;
    // the members come in the order of the file, each behind the other
    m->overlap |= m->begun;
    off_t at = lseek(m->fd, (off_t)offset, whence);
    if (at < 0)
        archive_set_error(a, errno, "cannot go to a place in the file");
    return at < 0 ? ARCHIVE_FATAL : at;
}

static la_int64_t skip_file(struct archive *a, void *user, la_int64_t n)
{
    (void)a;
    fsc_members *m = user;
    n -= n % BLOCK;
    if (n <= 0 || lseek(m->fd, (off_t)n, SEEK_CUR) < 0)
        return 0;
    m->passed += (uint64_t)n;
    return n;
}

static la_ssize_t read_stream(struct archive *a, void *user, const void **data)
{
    fsc_members *m = user;
    fsc_err why = FSC_ERR_INIT;
    fsc_stream_skip(m->stream, m->lent);
    m->lent = 0;
    int rc = fsc_stream_more(m->stream, 0, &why);
    if (rc < 0) {
        m->why = why;
        archive_set_error(a, EIO, "%s", why.text);
        return -1;
    }
    fsc_view rest = fsc_stream_rest(m->stream);
    *data = rest.data;
    m->lent = rest.len < BLOCK ? rest.len : BLOCK;
    m->passed += m->lent;
    return (la_ssize_t)m->lent;
}

// ---------------------------------------------------------------- opening

static int fail(const fsc_members *m, fsc_err *err)
{
    if (m->why.code == FSC_E_NOMEM || archive_errno(m->archive) == ENOMEM)
        return fsc_err_nomem(err);
    const char *text = archive_error_string(m->archive);
    return fsc_err_set(err, FSC_E_READ, "%s", text ? text : "the archive cannot be read");
}

static fsc_members *new_members(const fsc_alloc *alloc)
{
    alloc = alloc ? alloc : fsc_alloc_default();
    fsc_members *m = alloc->alloc(alloc->user, sizeof *m);
    if (!m)
        return NULL;
    *m = (fsc_members){.alloc = alloc, .fd = -1, .why = FSC_ERR_INIT, .archive = archive_read_new()};
    fsc_arena_init(&m->arena, alloc);
    m->block = alloc->alloc(alloc->user, BLOCK);
    m->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!m->archive || !m->block) {
        fsc_members_close(m);
        return NULL;
    }
    // no filter that starts a program, no format with a language of its own
    archive_read_support_filter_none(m->archive);
    archive_read_support_filter_gzip(m->archive);
    archive_read_support_filter_bzip2(m->archive);
    archive_read_support_filter_xz(m->archive);
    archive_read_support_filter_lzma(m->archive);
    archive_read_support_filter_zstd(m->archive);
    archive_read_support_format_tar(m->archive);
    archive_read_support_format_raw(m->archive);
    return m;
}

static int opened(fsc_members **out, fsc_members *m, int rc, fsc_err *err)
{
    *out = NULL;
    if (rc >= ARCHIVE_WARN) {
        *out = m;
        return FSC_OK;
    }
    int code = fail(m, err);
    fsc_members_close(m);
    return code;
}

int fsc_members_open(fsc_members **out, const char *path, const fsc_alloc *alloc, fsc_err *err)
{
    fsc_members *m = new_members(alloc);
    if (!m)
        return fsc_err_nomem(err);
    m->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (m->fd < 0) {
        fsc_members_close(m);
        return fsc_err_set(err, FSC_E_READ, "%s", strerror(errno));
    }
    archive_read_support_format_zip(m->archive);
    archive_read_set_read_callback(m->archive, read_file);
    archive_read_set_seek_callback(m->archive, seek_file);
    archive_read_set_skip_callback(m->archive, skip_file);
    archive_read_set_callback_data(m->archive, m);
    return opened(out, m, archive_read_open1(m->archive), err);
}

int fsc_members_open_stream(fsc_members **out, fsc_stream *s, const fsc_alloc *alloc, fsc_err *err)
{
    fsc_members *m = new_members(alloc);
    if (!m)
        return fsc_err_nomem(err);
    m->stream = s;
    archive_read_support_format_zip_streamable(m->archive);
    archive_read_set_read_callback(m->archive, read_stream);
    archive_read_set_callback_data(m->archive, m);
    return opened(out, m, archive_read_open1(m->archive), err);
}

int fsc_members_open_bytes(fsc_members **out, fsc_view bytes, const fsc_alloc *alloc, fsc_err *err)
{
    fsc_members *m = new_members(alloc);
    if (!m)
        return fsc_err_nomem(err);
    archive_read_support_format_zip(m->archive);
    return opened(out, m, archive_read_open_memory(m->archive, bytes.data, bytes.len), err);
}

void fsc_members_close(fsc_members *m)
{
    if (!m)
        return;
    if (m->archive)
        archive_read_free(m->archive);
    if (m->fd >= 0)
        close(m->fd);
    if (m->block)
        m->alloc->free(m->alloc->user, m->block);
    if (m->utf8)
        freelocale(m->utf8);
    fsc_arena_release(&m->arena);
    m->alloc->free(m->alloc->user, m);
}

// ---------------------------------------------------------------- names

// May the byte be shown as it is? `at`: its place in the name.
static bool harmless(fsc_view name, size_t at)
{
    unsigned char c = (unsigned char)name.data[at];
    if (c < ' ' || c == 0x7F || (c == '/' && at == 0))
        return false;
    if (c != '.')
        return true;
    // a part that is ".."
    size_t start = at, end = at + 1;
    while (start > 0 && name.data[start - 1] != '/')
        start--;
    while (end < name.len && name.data[end] != '/')
        end++;
    return end - start != 2 || name.data[start] != '.' || name.data[start + 1] != '.';
}

static int set_name(fsc_members *m, fsc_view *out, struct archive_entry *entry, fsc_err *err)
{
    static const char hex[] = "0123456789ABCDEF";
    const char *text = archive_entry_pathname_utf8(entry);
    fsc_view name = fsc_view_cstr(text ? text : archive_entry_pathname(entry));
    uint32_t repaired = 0;
    fsc_arena_reset(&m->arena, BLOCK);
    // whatever its name, it is a member
    name = name.len ? fsc_utf8_repair(&m->arena, name, &repaired) : FSC_LIT("?");
    char *copy = name.data ? fsc_arena_alloc(&m->arena, name.len * 3 + 1) : NULL;
    if (!copy)
        return fsc_err_nomem(err);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.data[i];
        if (harmless(name, i)) {
            copy[len++] = name.data[i];
            continue;
        }
        copy[len++] = '%';
        copy[len++] = hex[c >> 4];
        copy[len++] = hex[c & 15];
    }
    *out = fsc_view_of(copy, len);
    return FSC_OK;
}

// ---------------------------------------------------------------- members

static int overlapping(fsc_err *err)
{
    return fsc_err_set(err, FSC_E_READ, "its members lie over each other: a bomb, or damaged");
}

static int next_header(fsc_members *m, fsc_member *out, fsc_err *err)
{
    struct archive_entry *entry;
    int rc = archive_read_next_header(m->archive, &entry);
    if (rc == ARCHIVE_EOF)
        return 0;
    if (rc < ARCHIVE_WARN)
        return fail(m, err);
    if (m->overlap)
        return overlapping(err);
    if (++m->count > MAX_MEMBERS)
        return fsc_err_set(err, FSC_E_READ, "the archive has more than %d members: the rest was not read", MAX_MEMBERS);
    m->begun = true;
    m->made = 0;
    m->start = (uint64_t)archive_filter_bytes(m->archive, -1);
    bool raw = archive_format(m->archive) == ARCHIVE_FORMAT_RAW;
    if (raw && archive_filter_code(m->archive, 0) == ARCHIVE_FILTER_NONE)
        return fsc_err_set(err, FSC_E_READ, "it begins like an archive and is none");
    *out = (fsc_member){.name = {"", 0},
                        .regular = raw || archive_entry_filetype(entry) == AE_IFREG,
                        .encrypted = archive_entry_is_encrypted(entry) > 0};
    rc = raw ? FSC_OK : set_name(m, &out->name, entry, err);
    return rc ? rc : 1;
}

int fsc_members_next(fsc_members *m, fsc_member *out, fsc_err *err)
{
    locale_t before = m->utf8 ? uselocale(m->utf8) : (locale_t)0;
    int rc = next_header(m, out, err);
    if (before)
        uselocale(before);
    return rc;
}

int64_t fsc_members_pull(void *members, char *out, size_t room, fsc_err *err)
{
    fsc_members *m = members;
    la_ssize_t n = archive_read_data(m->archive, out, room);
    if (n < 0) {
        fail(m, err);
        return -1;
    }
    if (m->overlap) {
        overlapping(err);
        return -1;
    }
    m->made += (uint64_t)n;
    uint64_t used = (uint64_t)archive_filter_bytes(m->archive, -1) - m->start;
    if (m->made > FREE_BYTES && (m->made - FREE_BYTES) / MAX_RATIO > used) {
        fsc_err_set(err, FSC_E_READ, "it unpacks to more than %d times its size: unpack it yourself if that is right",
                    MAX_RATIO);
        return -1;
    }
    return n;
}

uint64_t fsc_members_read(const fsc_members *m)
{
    return m->passed;
}

// ---------------------------------------------------------------- first bytes

bool fsc_members_is_zip(fsc_view head)
{
    return fsc_view_starts(head, FSC_LIT("PK\3\4")) || fsc_view_starts(head, FSC_LIT("PK\5\6"));
}

bool fsc_members_is_tar(fsc_view head)
{
    return fsc_view_is(fsc_view_slice(head, 257, 262), "ustar") || fsc_view_starts(head, FSC_LIT("BZh")) ||
           fsc_view_starts(head, FSC_LIT("\xFD"
                                         "7zXZ"));
}
