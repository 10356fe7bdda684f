#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

const char *fsc_status_text(int code)
{
    switch (code) {
#define FSC_STATUS(name, value, text)                                                              \
    case value:                                                                                    \
        return text;
#include "base/status.def"
#undef FSC_STATUS
    default:
        return "unknown status";
    }
}

static int fill(fsc_err *err, int code, const char *fmt, va_list args)
{
    err->code = code;
    vsnprintf(err->text, sizeof err->text, fmt, args);
    for (char *p = err->text; *p; p++)
        if (*p == '\n' || *p == '\r')
            *p = ' ';
    return code;
}

int fsc_err_set(fsc_err *err, int code, const char *fmt, ...)
{
    if (!err || err->code)
        return code;
    va_list args;
    va_start(args, fmt);
    fill(err, code, fmt, args);
    va_end(args);
    return code;
}

int fsc_err_at(fsc_err *err, int code, fsc_view source, uint32_t line, uint32_t column, const char *fmt, ...)
{
    if (!err || err->code)
        return code;
    // a long path keeps its end: the file name says more than the mount point
    size_t room = sizeof err->source - 1;
    fsc_view tail = source.len > room ? fsc_view_slice(source, source.len - room, source.len) : source;
    if (tail.len)
        memcpy(err->source, tail.data, tail.len);
    err->source[tail.len] = 0;
    err->line = line;
    err->column = column;
    va_list args;
    va_start(args, fmt);
    fill(err, code, fmt, args);
    va_end(args);
    return code;
}

int fsc_err_nomem(fsc_err *err)
{
    return fsc_err_set(err, FSC_E_NOMEM, "out of memory");
}

char *fsc_err_format(const fsc_err *err, char *out, size_t size)
{
    const char *text = err->text[0] ? err->text : fsc_status_text(err->code);
    if (!err->source[0])
        snprintf(out, size, "%s", text);
    else if (err->line && err->column)
        snprintf(out, size, "%s:%u:%u: %s", err->source, err->line, err->column, text);
    else if (err->line)
        snprintf(out, size, "%s:%u: %s", err->source, err->line, text);
    else if (err->offset && err->offset != UINT64_MAX)
        snprintf(out, size, "%s@%llu: %s", err->source, (unsigned long long)err->offset, text);
    else
        snprintf(out, size, "%s: %s", err->source, text);
    return out;
}
