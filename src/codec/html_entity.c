#include "codec/html_p.h"

#include "base/utf8.h"

#define ENTITY_MAX 31 /* bytes of the longest name */

// texts and no pointers to them: two thousand pointers would be set at every start of the program
static const struct entity {
    char name[ENTITY_MAX + 1];
    char value[7];
    bool bare;
} entities[] = {
#define E(name, bare, value) {name, value, bare},
#include "codec/html_entity.def"
#undef E
};

#define ENTITY_COUNT (sizeof entities / sizeof *entities)

// What browsers show for the numbers 128 to 159, which are control characters by the letter.
static const uint16_t windows_1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                          0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static int compare_name(const char *name, fsc_view v)
{
    int order = strncmp(name, v.data, v.len);
    return order ? order : (name[v.len] != 0);
}

static const struct entity *find_entity(fsc_view name)
{
    size_t low = 0, high = ENTITY_COUNT;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = compare_name(entities[mid].name, name);
        if (order == 0)
            return &entities[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static int digit_of(char c, bool hex)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (hex && (c | 32) >= 'a' && (c | 32) <= 'f')
        return (c | 32) - 'a' + 10;
    return -1;
}

static size_t numeric_reference(const char *s, size_t len, char out[8], unsigned *out_len)
{
    size_t i = 2;
    bool hex = len > 2 && (s[2] == 'x' || s[2] == 'X');
    i += hex;
    size_t first = i;
    uint32_t cp = 0;
    for (; i < len && digit_of(s[i], hex) >= 0; i++)
        if (cp <= 0x10FFFF)
            cp = cp * (hex ? 16 : 10) + (uint32_t)digit_of(s[i], hex);
    if (i == first)
        return 0;
    if (cp >= 128 && cp < 160)
        cp = windows_1252[cp - 128];
    if (cp == 0 || (cp < 32 && cp != '\t' && cp != '\n' && cp != '\r'))
        cp = 0xFFFD;
    *out_len = fsc_utf8_encode(out, cp);
    return i + (i < len && s[i] == ';');
}

size_t fsc_html_reference(const char *s, size_t len, bool attribute, char out[8], unsigned *out_len)
{
    if (len > 1 && s[1] == '#')
        return numeric_reference(s, len, out, out_len);
    size_t n = 1;
    while (n < len && n <= ENTITY_MAX && is_alnum(s[n]))
        n++;
    bool closed = n < len && s[n] == ';';
    const struct entity *e = closed ? find_entity(fsc_view_of(s + 1, n - 1)) : NULL;
    // Without its semicolon the longest known beginning counts, but not in addresses like ?a=1&copy=2.
    for (closed = e != NULL; !e && n > 2; n--) {
        e = find_entity(fsc_view_of(s + 1, n - 1));
        if (e && (!e->bare || (attribute && n < len && (s[n] == '=' || is_alnum(s[n])))))
            e = NULL;
        if (e)
            break;
    }
    if (!e)
        return 0;
    *out_len = (unsigned)strlen(e->value);
    memcpy(out, e->value, *out_len);
    return n + closed;
}

fsc_view fsc_html_unescape(fsc_view text, bool attribute, fsc_arena *arena)
{
    const char *amp = text.len ? memchr(text.data, '&', text.len) : NULL;
    if (!amp)
        return text;
    // No reference is shorter than its value but by one byte in three (&nGt; and the like are 5 bytes for 6).
    char *out = fsc_arena_alloc(arena, text.len * 2 + 8);
    if (!out)
        return (fsc_view){NULL, 0};
    size_t len = 0;
    for (size_t i = 0; i < text.len;) {
        unsigned size = 0;
        size_t used =
            text.data[i] == '&' ? fsc_html_reference(text.data + i, text.len - i, attribute, out + len, &size) : 0;
        if (used == 0)
            out[len++] = text.data[i++];
        len += size;
        i += used;
    }
    return fsc_view_of(out, len);
}
