#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

static int fail_read(fsc_err *err, const char *path)
{
    return fsc_err_at(err, FSC_E_READ, fsc_view_cstr(path), 0, 0, "cannot read: %s", strerror(errno));
}

static int fail_write(fsc_err *err, const char *path)
{
    return fsc_err_at(err, FSC_E_WRITE, fsc_view_cstr(path), 0, 0, "cannot write: %s", strerror(errno));
}

static ssize_t read_some(int fd, char *data, size_t size)
{
    ssize_t n;
    do
        n = read(fd, data, size);
    while (n < 0 && errno == EINTR);
    return n;
}

int fsc_file_read(fsc_buf *out, const char *path, fsc_err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || (S_ISDIR(st.st_mode) && (errno = EISDIR))) {
        fail_read(err, path);
        if (fd >= 0 && !is_stdin)
            close(fd);
        return FSC_E_READ;
    }
    size_t step = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 65536;
    int status = 0;
    for (;;) {
        // at the limit one more byte tells "exactly full" from "too large"
        size_t room = out->max - out->len;
        if (!fsc_buf_room(out, step < room ? step : room)) {
            status = fsc_err_at(err, out->failed, fsc_view_cstr(path), 0, 0, "%s", fsc_status_text(out->failed));
            break;
        }
        size_t space = out->cap - out->len - 1;
        char extra;
        ssize_t n = space && room ? read_some(fd, out->data + out->len, space < room ? space : room) : read_some(fd, &extra, 1);
        if (n < 0)
            status = fail_read(err, path);
        else if (n > 0 && !(space && room))
            status = fsc_err_at(err, FSC_E_LIMIT, fsc_view_cstr(path), 0, 0, "larger than %zu bytes", out->max);
        if (n <= 0 || status)
            break;
        out->len += (size_t)n;
        step = 65536;
    }
    if (out->cap)
        out->data[out->len] = 0;
    if (!is_stdin)
        close(fd);
    return status;
}

int fsc_reader_open(fsc_reader *r, const char *path, const fsc_alloc *alloc, fsc_err *err)
{
    *r = (fsc_reader){.fd = STDIN_FILENO, .alloc = alloc ? alloc : fsc_alloc_default()};
    snprintf(r->name, sizeof r->name, "%s", path);
    if (strcmp(path, "-") == 0)
        return 0;
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (r->fd >= 0 && fstat(r->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(r->fd);
        r->fd = -1;
        errno = EISDIR;
    }
    r->owns_fd = r->fd >= 0;
    return r->fd < 0 ? fail_read(err, path) : 0;
}

void fsc_reader_open_pull(fsc_reader *r, fsc_pull pull, void *user, const char *name, const fsc_alloc *alloc)
{
    *r = (fsc_reader){.fd = -1, .pull = pull, .user = user, .alloc = alloc ? alloc : fsc_alloc_default()};
    snprintf(r->name, sizeof r->name, "%s", name);
}

void fsc_reader_close(fsc_reader *r)
{
    if (r->owns_fd)
        close(r->fd);
    if (r->data)
        r->alloc->free(r->alloc->user, r->data);
    r->data = NULL;
    r->owns_fd = false;
}

// room for `want` unread bytes behind pos; unread bytes move only when as many have been read, so that each moves once on average
static bool reader_grow(fsc_reader *r, size_t want)
{
    size_t unread = r->len - r->pos;
    if (r->cap - r->pos >= want && r->cap > r->len)
        return true;
    if (r->pos >= unread && r->pos) {
        memmove(r->data, r->data + r->pos, unread);
        r->len = unread;
        r->pos = 0;
    }
    if (r->cap - r->pos >= want && r->cap > r->len)
        return true;
    size_t cap = r->cap ? r->cap : 65536;
    while (cap - r->pos < want || cap == r->len)
        if (__builtin_mul_overflow(cap, 2, &cap))
            return false;
    char *data = r->data ? r->alloc->resize(r->alloc->user, r->data, cap) : r->alloc->alloc(r->alloc->user, cap);
    if (!data)
        return false;
    r->data = data;
    r->cap = cap;
    return true;
}

int64_t fsc_reader_fill(fsc_reader *r, size_t want, fsc_err *err)
{
    if (r->len - r->pos >= want || r->eof)
        return (int64_t)(r->len - r->pos);
    if (!reader_grow(r, want)) {
        fsc_err_nomem(err);
        return -1;
    }
    while (r->len - r->pos < want && !r->eof) {
        int64_t n = r->pull ? r->pull(r->user, r->data + r->len, r->cap - r->len, err)
                            : read_some(r->fd, r->data + r->len, r->cap - r->len);
        if (n < 0) {
            if (!r->pull)
                fail_read(err, r->name);
            return -1;
        }
        r->eof = n == 0;
        r->len += (size_t)n;
    }
    return (int64_t)(r->len - r->pos);
}

#define READER_KEEP (4u << 20)

void fsc_reader_skip(fsc_reader *r, size_t n)
{
    r->pos += n;
    r->offset += n;
}

void fsc_reader_give_back(fsc_reader *r)
{
    if (r->pos != r->len || r->cap <= READER_KEEP)
        return;
    r->alloc->free(r->alloc->user, r->data);
    r->data = NULL;
    r->pos = r->len = r->cap = 0;
}

fsc_path_kind fsc_path_kind_of(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return FSC_PATH_ABSENT;
    return S_ISREG(st.st_mode) ? FSC_PATH_FILE : S_ISDIR(st.st_mode) ? FSC_PATH_FOLDER : FSC_PATH_OTHER;
}

bool fsc_path_is_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

typedef fsc_vec(fsc_view) views;

static int by_bytes(const void *a, const void *b)
{
    return fsc_view_cmp(*(const fsc_view *)a, *(const fsc_view *)b);
}

// the entries of one folder, sorted; false: it cannot be read (or memory ran out: a->failed)
static bool list_one(fsc_arena *a, fsc_view folder, views *out)
{
    DIR *dir = opendir(folder.data);
    if (!dir)
        return false;
    bool slash = folder.len && folder.data[folder.len - 1] == '/';
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        fsc_view path = fsc_arena_printf(a, "%s%s%s", folder.data, slash ? "" : "/", e->d_name);
        if (!path.data || !fsc_vec_push(a, out, path))
            break;
    }
    closedir(dir);
    if (out->len)
        qsort(out->data, out->len, sizeof *out->data, by_bytes);
    return !a->failed;
}

int fsc_folder_list(fsc_arena *a, const char *folder, fsc_view **out, size_t *count, fsc_err *err)
{
    // a stack of paths still to visit, in reverse order: depth first without recursion
    views stack = {0}, found = {0};
    fsc_view top = fsc_arena_dup(a, fsc_view_cstr(folder));
    if (!top.data || !fsc_vec_push(a, &stack, top))
        return fsc_err_nomem(err);
    while (stack.len) {
        fsc_view path = stack.data[--stack.len];
        struct stat st;
        bool is_folder = path.data == top.data || (lstat(path.data, &st) == 0 && S_ISDIR(st.st_mode));
        views inside = {0};
        if (is_folder && list_one(a, path, &inside)) {
            for (size_t i = inside.len; i-- > 0;)
                if (!fsc_vec_push(a, &stack, inside.data[i]))
                    return fsc_err_nomem(err);
            continue;
        }
        if (a->failed || !fsc_vec_push(a, &found, path))
            return fsc_err_nomem(err);
    }
    *out = found.data;
    *count = found.len;
    return 0;
}

// a file that is written as it is: standard output, a device, a pipe. 1 it is one, 0 not, < 0 failed
static int open_direct(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err)
{
    *f = (fsc_outfile){.fd = STDOUT_FILENO, .is_stdout = !path || strcmp(path, "-") == 0,
                       .alloc = alloc ? alloc : fsc_alloc_default()};
    struct stat st;
    if (f->is_stdout)
        return 1;
    if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
        return 0;
    // it cannot be renamed over
    f->fd = open(path, O_WRONLY | O_CLOEXEC);
    f->direct = true;
    return f->fd < 0 ? fail_write(err, path) : 1;
}

// the names of the file and of the one beside it: PATH`tail`, or one that no other process has
static int name_both(fsc_outfile *f, const char *path, const char *tail, fsc_err *err)
{
    char resolved[PATH_MAX], host[65] = "";
    if (realpath(path, resolved))
        path = resolved;
    size_t len = strlen(path), room = len + 128;
    char *both = f->alloc->alloc(f->alloc->user, len + 1 + room);
    if (!both)
        return fsc_err_nomem(err);
    gethostname(host, sizeof host - 1);
    for (char *c = host; *c; c++)
        *c = *c == '/' ? '_' : *c;
    f->path = both;
    f->temp = both + len + 1;
    memcpy(f->path, path, len + 1);
    if (tail)
        snprintf(f->temp, room, "%s%s", path, tail);
    else
        // folders are shared between machines, whose process numbers are alike
        snprintf(f->temp, room, "%s.%s.%ld.part", path, host, (long)getpid());
    return 0;
}

int fsc_outfile_open(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err)
{
    int status = open_direct(f, path, alloc, err);
    if (status)
        return status < 0 ? status : 0;
    if ((status = name_both(f, path, NULL, err)))
        return status;
    f->fd = open(f->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (f->fd < 0) {
        fail_write(err, path);
        fsc_outfile_release(f);
        return FSC_E_WRITE;
    }
    return 0;
}

// 1 ours, 0 it cannot be locked, < 0 failed
static int take_kept(fsc_outfile *f, fsc_err *err)
{
    for (;;) {
        struct stat own, named;
        f->fd = open(f->temp, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (f->fd < 0)
            return fail_write(err, f->path);
        bool locked = flock(f->fd, LOCK_EX | LOCK_NB) == 0;
        // a run that ended in between has renamed the file away: the lock is on the finished one
        if (locked && fstat(f->fd, &own) == 0 && stat(f->temp, &named) == 0 && own.st_ino == named.st_ino && own.st_dev == named.st_dev)
            return 1;
        close(f->fd);
        f->fd = -1;
        if (!locked)
            return 0;
    }
}

static int open_locked(fsc_outfile *f, const char *path, const char *tail, const fsc_alloc *alloc, fsc_err *err)
{
    int status = open_direct(f, path, alloc, err);
    if (status)
        return status < 0 ? status : 0;
    if ((status = name_both(f, path, tail, err)))
        return status;
    int got = take_kept(f, err);
    f->kept = got > 0;
    f->in_place = !*tail;
    if (got > 0)
        return 0;
    fsc_outfile_release(f);
    return got < 0 ? got : fsc_outfile_open(f, path, alloc, err);
}

int fsc_outfile_open_kept(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err)
{
    return open_locked(f, path, ".part", alloc, err);
}

int fsc_outfile_open_log(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err)
{
    return open_locked(f, path, "", alloc, err);
}

uint64_t fsc_outfile_size(const fsc_outfile *f)
{
    struct stat st;
    return fstat(f->fd, &st) == 0 ? (uint64_t)st.st_size : 0;
}

int fsc_outfile_cut(fsc_outfile *f, uint64_t length, fsc_err *err)
{
    if (fsc_outfile_size(f) < length)
        return fsc_err_at(err, FSC_E_CONFIG, fsc_view_cstr(f->temp), 0, 0, "shorter than its journal says: run again without --resume");
    if (ftruncate(f->fd, (off_t)length) != 0 || lseek(f->fd, (off_t)length, SEEK_SET) < 0)
        return fail_write(err, f->path);
    return 0;
}

int fsc_outfile_write(fsc_outfile *f, fsc_view bytes, fsc_err *err)
{
    while (bytes.len) {
        ssize_t n = write(f->fd, bytes.data, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_write(err, f->is_stdout ? "standard output" : f->path ? f->path : "the output");
        bytes.data += n;
        bytes.len -= (size_t)n;
    }
    return 0;
}

int fsc_outfile_sync(fsc_outfile *f, fsc_err *err)
{
    // a pipe or a terminal cannot be synced, and need not be
    if (f->is_stdout || f->direct || fsync(f->fd) == 0 || errno == EINVAL || errno == EROFS)
        return 0;
    return fail_write(err, f->path);
}

int fsc_folder_sync(const char *path, fsc_err *err)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 1;
    if (len >= sizeof folder)
        return 0;
    memcpy(folder, slash ? path : ".", len);
    folder[len] = 0;
    int fd = open(len ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // a folder that may be written but not read cannot be synced by us
    if (fd < 0)
        return 0;
    int status = fsync(fd) == 0 || errno == EINVAL || errno == EROFS || errno == EBADF ? 0 : fail_write(err, path);
    close(fd);
    return status;
}

int fsc_outfile_commit(fsc_outfile *f, fsc_err *err)
{
    int status = 0;
    if (f->direct && f->fd >= 0) {
        status = close(f->fd) == 0 ? 0 : fail_write(err, "the output");
        f->fd = -1;
    } else if (!f->is_stdout && f->fd >= 0) {
        status = f->kept ? fsc_outfile_sync(f, err) : 0;
        // the lock is held until the name has changed, so that nobody cuts the file in between
        if (!status && !f->in_place && rename(f->temp, f->path) != 0)
            status = fail_write(err, f->path);
        if (close(f->fd) != 0 && !status)
            status = fail_write(err, f->path);
        if (status && !f->kept)
            unlink(f->temp);
        else if (!status && f->kept)
            status = fsc_folder_sync(f->path, err);
        f->fd = -1;
    }
    fsc_outfile_release(f);
    return status;
}

static void give_up(fsc_outfile *f, bool remove)
{
    if (!f->is_stdout && f->fd >= 0) {
        if (!f->direct && !f->in_place && remove)
            unlink(f->temp);
        close(f->fd);
    }
    if (f->path)
        f->alloc->free(f->alloc->user, f->path);
    f->path = f->temp = NULL;
    f->fd = -1;
}

void fsc_outfile_release(fsc_outfile *f)
{
    give_up(f, true);
}

void fsc_outfile_leave(fsc_outfile *f)
{
    give_up(f, !f->kept || (f->fd >= 0 && fsc_outfile_size(f) == 0));
}
