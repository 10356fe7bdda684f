#include "base/temp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Written in steps of this size.
#define STEP ((size_t)1 << 20)
#define REMEDY "choose another folder with TMPDIR, or --tmpdir of revisions"

int fsc_temp_open(fsc_temp *t, const char *folder, fsc_err *err)
{
    char path[320];
    const char *own = getenv("TMPDIR");
    if (!folder)
        folder = own && *own ? own : "/tmp";
    *t = (fsc_temp){.fd = -1};
    fsc_buf_init(&t->wait, NULL, (size_t)1 << 40);
    snprintf(t->folder, sizeof t->folder, "%s", folder);
    snprintf(path, sizeof path, "%s/framescope-XXXXXX", t->folder);
    t->fd = mkstemp(path);
    if (t->fd < 0)
        return fsc_err_set(err, FSC_E_WRITE, "no temporary file can be made in %s: %s; " REMEDY, t->folder, strerror(errno));
    unlink(path);
    return FSC_OK;
}

void fsc_temp_close(fsc_temp *t)
{
    if (t->fd >= 0)
        close(t->fd);
    t->fd = -1;
    fsc_buf_release(&t->wait);
}

static int write_all(fsc_temp *t, fsc_view rest, fsc_err *err)
{
    while (rest.len) {
        ssize_t n = write(t->fd, rest.data, rest.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fsc_err_set(err, FSC_E_WRITE, "the temporary file in %s cannot be written: %s; " REMEDY, t->folder, strerror(errno));
        rest = fsc_view_slice(rest, (size_t)n, rest.len);
        t->size += (uint64_t)n;
    }
    return FSC_OK;
}

int fsc_temp_flush(fsc_temp *t, fsc_err *err)
{
    int status = write_all(t, fsc_buf_view(&t->wait), err);
    fsc_buf_reset(&t->wait, 2 * STEP);
    return status;
}

int fsc_temp_append(fsc_temp *t, fsc_view bytes, uint64_t *offset, fsc_err *err)
{
    *offset = t->size + t->wait.len;
    if (bytes.len >= STEP) {
        int status = fsc_temp_flush(t, err);
        return status ? status : write_all(t, bytes, err);
    }
    fsc_buf_addv(&t->wait, bytes);
    if (t->wait.failed)
        return fsc_err_nomem(err);
    return t->wait.len >= STEP ? fsc_temp_flush(t, err) : FSC_OK;
}

int fsc_temp_read(const fsc_temp *t, uint64_t offset, void *out, size_t size, fsc_err *err)
{
    char *to = out;
    while (size) {
        ssize_t n = pread(t->fd, to, size, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fsc_err_set(err, FSC_E_READ, "the temporary file in %s cannot be read: %s", t->folder, n < 0 ? strerror(errno) : "it is cut short");
        to += n;
        size -= (size_t)n;
        offset += (uint64_t)n;
    }
    return FSC_OK;
}
