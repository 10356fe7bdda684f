#include "export/export_p.h"

#include "base/map.h"
#include "base/utf8.h"

#define STEP 256u

static uint32_t count(fsc_view v, fsc_unit unit)
{
    return (uint32_t)(unit == FSC_UNIT_CHARS ? fsc_utf8_chars(v) : fsc_utf8_utf16(v));
}

bool fsc_units_init(fsc_units *u, fsc_view text, fsc_unit unit, fsc_arena *scratch)
{
    *u = (fsc_units){.text = text, .unit = unit, .ascii = unit == FSC_UNIT_BYTES};
    if (u->ascii)
        return true;
    size_t steps = text.len / STEP + 1;
    u->before = FSC_NEW_N(scratch, uint32_t, steps);
    if (!u->before)
        return false;
    for (size_t i = 1; i < steps; i++)
        u->before[i] = u->before[i - 1] + count(fsc_view_slice(text, (i - 1) * STEP, i * STEP), unit);
    return true;
}

uint32_t fsc_units_of(const fsc_units *u, uint32_t offset)
{
    if (u->ascii)
        return offset;
    uint32_t step = offset / STEP;
    return u->before[step] + count(fsc_view_slice(u->text, (size_t)step * STEP, offset), u->unit);
}

void fsc_content_hash(char out[17], fsc_view text)
{
    uint64_t h = fsc_hash64(text.data, text.len, 0);
    for (int i = 15; i >= 0; i--, h >>= 4)
        out[i] = "0123456789abcdef"[h & 15];
    out[16] = 0;
}

const char *fsc_paint(const fsc_export *x, const char *sequence)
{
    return x->opt.colour ? sequence : "";
}

// East Asian wide and emoji blocks: enough to keep columns straight
static bool is_wide(uint32_t cp)
{
    return (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE6F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
           (cp >= 0x1F300 && cp <= 0x1FAFF) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

static bool is_mark(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F);
}

static size_t columns_of(uint32_t cp)
{
    return is_mark(cp) ? 0 : is_wide(cp) ? 2 : 1;
}

size_t fsc_display_width(fsc_view v)
{
    size_t columns = 0;
    unsigned size;
    for (size_t i = 0; i < v.len; i += size)
        columns += columns_of(fsc_utf8_decode(v.data + i, v.len - i, &size));
    return columns;
}

void fsc_add_cut(fsc_buf *out, fsc_view v, size_t width, bool pad)
{
    bool fits = fsc_display_width(v) <= width;
    size_t used = 0, room = fits || !width ? width : width - 1;
    unsigned size;
    for (size_t i = 0; i < v.len; i += size) {
        uint32_t cp = fsc_utf8_decode(v.data + i, v.len - i, &size);
        size_t columns = columns_of(cp);
        if (used + columns > room)
            break;
        // control characters would move the cursor of the terminal
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            fsc_buf_char(out, ' ');
        else
            fsc_buf_add(out, v.data + i, size);
        used += columns;
    }
    if (!fits && width) {
        fsc_buf_adds(out, "…");
        used++;
    }
    for (; pad && used < width; used++)
        fsc_buf_char(out, ' ');
}
