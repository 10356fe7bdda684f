/*
 * err: status codes and the one error record.
 *
 * Calls return 0 (FSC_OK) or a negative code of status.def. Details go to a caller-owned fsc_err, always
 * the last parameter, which may be NULL. The first error wins: setting an err that already holds one
 * changes nothing, so the cause stays when clean-up fails too. There is no global last error.
 */
#ifndef FSC_BASE_ERR_H
#define FSC_BASE_ERR_H

#include <stdint.h>

#include "base/view.h"

enum fsc_status {
#define FSC_STATUS(name, code, text) FSC_##name = (code),
#include "base/status.def"
#undef FSC_STATUS
};

typedef struct fsc_err {
    int code;           /* 0: no error yet */
    uint32_t line;      /* 1-based; 0: not known */
    uint32_t column;    /* 1-based, in bytes; 0: not known */
    uint64_t offset;    /* byte offset in source; UINT64_MAX: not known */
    char source[256];   /* file or record, "" when not known; a longer one keeps its end */
    char text[512];     /* what happened and what to do, one sentence, no newline */
} fsc_err;

#define FSC_ERR_INIT {0, 0, 0, UINT64_MAX, "", ""}

/* Records `code` and the printf-style text unless err already holds an error; returns `code`. */
int fsc_err_set(fsc_err *err, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a place: source, line and column (0 where not known). */
int fsc_err_at(fsc_err *err, int code, fsc_view source, uint32_t line, uint32_t column, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* Shorthand for running out of memory. */
int fsc_err_nomem(fsc_err *err);

/* "file:line:column: text" into out (always NUL-ended); returns out. */
char *fsc_err_format(const fsc_err *err, char *out, size_t size);

/* The fixed text of a status code; "unknown status" for others. Static storage. */
const char *fsc_status_text(int code);

#endif
