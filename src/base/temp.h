/*
 * temp: a file of one run that nobody else sees and that is gone when it is closed, or when the program dies.
 *
 * One thread appends; after fsc_temp_flush any thread may read.
 */
#ifndef FSC_BASE_TEMP_H
#define FSC_BASE_TEMP_H

#include "base/buf.h"
#include "base/err.h"

typedef struct fsc_temp {
    int fd;
    uint64_t size;  /* bytes on disk; what is appended next comes after them and after `wait` */
    fsc_buf wait;   /* appended, not yet written */
    char folder[256];
} fsc_temp;

/* folder NULL: $TMPDIR, else /tmp. FSC_E_WRITE with the reason. */
int fsc_temp_open(fsc_temp *t, const char *folder, fsc_err *err);
void fsc_temp_close(fsc_temp *t);

/* *offset: where the bytes will be read again. FSC_E_WRITE when the disk is full. */
int fsc_temp_append(fsc_temp *t, fsc_view bytes, uint64_t *offset, fsc_err *err);
int fsc_temp_flush(fsc_temp *t, fsc_err *err);

/* FSC_E_READ when there is less than `size`. */
int fsc_temp_read(const fsc_temp *t, uint64_t offset, void *out, size_t size, fsc_err *err);

#endif
