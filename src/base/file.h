/*
 * file: reading whole files and streams, walking folders in a stable order, and writing so that a reader
 * never sees half a file.
 */
#ifndef FSC_BASE_FILE_H
#define FSC_BASE_FILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* Reads a regular file, pipe or "-" (stdin) to its end into `out` (appending). FSC_E_READ, FSC_E_LIMIT when
 * it passes out->max. */
int fsc_file_read(fsc_buf *out, const char *path, fsc_err *err);

/* Where a reader's bytes come from when it is no file: up to `room` bytes into `out`; 0 at the end, < 0 failed (err set). */
typedef int64_t (*fsc_pull)(void *user, char *out, size_t room, fsc_err *err);

/* A buffered reader over a file, stdin, or a source of the caller's. */
typedef struct fsc_reader {
    int fd;                 /* -1: bytes come from pull */
    fsc_pull pull;
    void *user;
    bool eof, owns_fd;
    uint64_t offset;        /* file offset of data[pos] */
    char *data;
    size_t pos, len, cap;
    const fsc_alloc *alloc;
    char name[256];
} fsc_reader;

/* path "-": stdin. FSC_E_READ with the reason. */
int fsc_reader_open(fsc_reader *r, const char *path, const fsc_alloc *alloc, fsc_err *err);
void fsc_reader_open_pull(fsc_reader *r, fsc_pull pull, void *user, const char *name, const fsc_alloc *alloc);
void fsc_reader_close(fsc_reader *r);

/* Makes at least `want` unread bytes available unless the input ends first; returns the number available
 * (data + pos), or -1 on a read error (err set). Moves unread bytes, so earlier views are void. */
int64_t fsc_reader_fill(fsc_reader *r, size_t want, fsc_err *err);

/* Marks n bytes as read. Views of them stay valid until the next fill. */
void fsc_reader_skip(fsc_reader *r, size_t n);

/* Frees what one large record needed when nothing is unread: it is not kept for the small ones behind. Voids views. */
void fsc_reader_give_back(fsc_reader *r);

/* What a path is. */
typedef enum fsc_path_kind { FSC_PATH_ABSENT, FSC_PATH_FILE, FSC_PATH_FOLDER, FSC_PATH_OTHER } fsc_path_kind;
fsc_path_kind fsc_path_kind_of(const char *path);
/* Do two paths name one file that is there, by any way (links too)? */
bool fsc_path_is_same(const char *a, const char *b);

/*
 * All files below a folder, depth first, names in byte order at each level, as "folder/name" views
 * NUL-ended in the arena. Names starting with '.' are left out. Links to folders are not followed. A folder
 * that cannot be read is listed itself, so that it becomes a row `unreadable`.
 */
int fsc_folder_list(fsc_arena *a, const char *folder, fsc_view **out, size_t *count, fsc_err *err);

/*
 * A file (of a link, its target) written beside its name and renamed over it by commit; abort (or release without commit) removes
 * it. path NULL or "-": stdout, where commit only flushes.
 */
typedef struct fsc_outfile {
    int fd;
    bool is_stdout;
    bool direct;            /* a device or pipe, written without a file beside it */
    bool kept;              /* beside it stands PATH.part, locked, which a later run may take up again */
    bool in_place;          /* kept, but under its own name */
    char *path, *temp;      /* owned */
    const fsc_alloc *alloc;
} fsc_outfile;

int fsc_outfile_open(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err);

/*
 * The same, but the file beside it is PATH.part, which outlives the process (a kill too). Nothing of an older one is cut off yet:
 * fsc_outfile_cut does that. When another process holds it, or the file system has no locks, the file is as that of fsc_outfile_open
 * and `kept` is false.
 */
int fsc_outfile_open_kept(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err);

/* The same for a list that is read while it grows: a kept file under its own name. Release leaves it. */
int fsc_outfile_open_log(fsc_outfile *f, const char *path, const fsc_alloc *alloc, fsc_err *err);

/* Bytes that stand in the file now. */
uint64_t fsc_outfile_size(const fsc_outfile *f);

/* Leaves the first `length` bytes of a kept file and writes on behind them. FSC_E_CONFIG when there are fewer. */
int fsc_outfile_cut(fsc_outfile *f, uint64_t length, fsc_err *err);

int fsc_outfile_write(fsc_outfile *f, fsc_view bytes, fsc_err *err);
/* What was written is on the disk when this returns 0. */
int fsc_outfile_sync(fsc_outfile *f, fsc_err *err);
/* A kept file is on the disk, under its name, when this returns 0. */
int fsc_outfile_commit(fsc_outfile *f, fsc_err *err);
void fsc_outfile_release(fsc_outfile *f);
/* As release, but a kept file with something in it stays for a later run. */
void fsc_outfile_leave(fsc_outfile *f);

/* Makes the names in the folder of `path` (new, renamed, removed) last. Where folders cannot be synced nothing happens. */
int fsc_folder_sync(const char *path, fsc_err *err);

#endif
