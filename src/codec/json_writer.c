#include "codec/json_writer.h"

#include <math.h>

#include "base/err.h"
#include "codec/string_p.h"

#define MAX_DEPTH 64

void fsc_json_writer_init(fsc_json_writer *w, fsc_buf *out)
{
    *w = (fsc_json_writer){.out = out};
}

// A comma before every value or key but the first of its level; none between a key and its value.
static void separate(fsc_json_writer *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->depth == 0)
        return;
    uint64_t bit = UINT64_C(1) << (w->depth - 1);
    if (w->has_item & bit)
        fsc_buf_char(w->out, ',');
    w->has_item |= bit;
}

static void open_level(fsc_json_writer *w, char bracket)
{
    separate(w);
    if (w->depth >= MAX_DEPTH) {
        if (!w->out->failed)
            w->out->failed = FSC_E_LIMIT;
        return;
    }
    fsc_buf_char(w->out, bracket);
    w->has_item &= ~(UINT64_C(1) << w->depth);
    w->depth++;
}

static void close_level(fsc_json_writer *w, char bracket)
{
    if (w->depth == 0) {
        if (!w->out->failed)
            w->out->failed = FSC_E_LIMIT;
        return;
    }
    w->depth--;
    w->after_key = false;
    fsc_buf_char(w->out, bracket);
}

void fsc_json_open_object(fsc_json_writer *w)
{
    open_level(w, '{');
}

void fsc_json_close_object(fsc_json_writer *w)
{
    close_level(w, '}');
}

void fsc_json_open_array(fsc_json_writer *w)
{
    open_level(w, '[');
}

void fsc_json_close_array(fsc_json_writer *w)
{
    close_level(w, ']');
}

// ---------------------------------------------------------------- strings

static bool line_separator(const char *s, size_t len)
{
    return len >= 3 && (unsigned char)s[1] == 0x80 && ((unsigned char)s[2] == 0xA8 || (unsigned char)s[2] == 0xA9);
}

// Writes the escape of what stands at s; returns the bytes it stands for.
static size_t escape(fsc_buf *out, const char *s, size_t len)
{
    static const char hex[] = "0123456789abcdef", from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    unsigned char c = (unsigned char)*s;
    if (c == 0xE2 && line_separator(s, len)) {
        fsc_buf_add(out, (unsigned char)s[2] == 0xA8 ? "\\u2028" : "\\u2029", 6);
        return 3;
    }
    const char *at = c ? strchr(from, c) : NULL;
    if (at) {
        fsc_buf_add(out, (char[2]){'\\', to[at - from]}, 2);
    } else if (c < 0x20) {
        fsc_buf_add(out, (char[6]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
    } else {
        fsc_buf_char(out, (char)c);
    }
    return 1;
}

static void quoted(fsc_buf *out, fsc_view v)
{
    fsc_buf_char(out, '"');
    size_t start = 0, i = 0;
    while (i < v.len) {
        i += fsc_string_plain_run(v.data + i, v.len - i);
        if (i >= v.len)
            break;
        // most E2 begin a dash or a curly quote
        if ((unsigned char)v.data[i] == 0xE2 && !line_separator(v.data + i, v.len - i)) {
            i++;
            continue;
        }
        fsc_buf_add(out, v.data + start, i - start);
        i += escape(out, v.data + i, v.len - i);
        start = i;
    }
    fsc_buf_add(out, v.data + start, v.len - start);
    fsc_buf_char(out, '"');
}

void fsc_json_keyv(fsc_json_writer *w, fsc_view key)
{
    separate(w);
    quoted(w->out, key);
    fsc_buf_char(w->out, ':');
    w->after_key = true;
}

void fsc_json_key(fsc_json_writer *w, const char *key)
{
    fsc_json_keyv(w, fsc_view_cstr(key));
}

void fsc_json_string(fsc_json_writer *w, fsc_view v)
{
    separate(w);
    quoted(w->out, v);
}

void fsc_json_string_or_null(fsc_json_writer *w, fsc_view v)
{
    if (v.len)
        fsc_json_string(w, v);
    else
        fsc_json_null(w);
}

// ---------------------------------------------------------------- other values

void fsc_json_u64(fsc_json_writer *w, uint64_t n)
{
    separate(w);
    fsc_buf_u64(w->out, n);
}

void fsc_json_i64(fsc_json_writer *w, int64_t n)
{
    separate(w);
    fsc_buf_i64(w->out, n);
}

void fsc_json_thousandths(fsc_json_writer *w, int64_t n)
{
    separate(w);
    fsc_buf_thousandths(w->out, n);
}

void fsc_json_real(fsc_json_writer *w, double x, int decimals)
{
    if (!isfinite(x)) {
        fsc_json_null(w);
        return;
    }
    separate(w);
    fsc_buf_real(w->out, x, decimals);
}

void fsc_json_bool(fsc_json_writer *w, bool b)
{
    separate(w);
    fsc_buf_adds(w->out, b ? "true" : "false");
}

void fsc_json_null(fsc_json_writer *w)
{
    separate(w);
    fsc_buf_add(w->out, "null", 4);
}
