#include "lexicon/image_p.h"

// Layout: header, one (offset, count) a section, then the sections at 8-byte borders.

typedef struct image_header {
    char magic[8];
    uint32_t order; // reads as IMAGE_ORDER only in the byte order it was written in
    uint32_t version;
    uint32_t sections;
    uint32_t size;
} image_header;

typedef struct image_section {
    uint32_t offset, count;
} image_section;

#define IMAGE_MAGIC "FSCLEX\0"
#define IMAGE_ORDER 0x01020304u
#define IMAGE_VERSION 4u

enum {
#define COUNT_SECTION(name, type) SECTION_##name,
    FSC_LEX_SECTIONS(COUNT_SECTION)
#undef COUNT_SECTION
        SECTION_COUNT
};

static size_t round_up(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

static void add_section(fsc_buf *out, size_t base, const void *data, size_t bytes)
{
    static const char zeros[8] = {0};
    size_t at = out->len - base;
    fsc_buf_add(out, zeros, round_up(at) - at);
    if (bytes > 0)
        fsc_buf_add(out, data, bytes);
}

int fsc_lex_image_write(fsc_buf *out, const fsc_lex_image *image, fsc_err *err)
{
    image_section section[SECTION_COUNT];
    size_t at = round_up(sizeof(image_header) + sizeof section);
#define PLACE_SECTION(name, type)                                                                                      \
    section[SECTION_##name] = (image_section){(uint32_t)at, image->name##_count};                                      \
    at = round_up(at + (size_t)image->name##_count * sizeof(type));
    FSC_LEX_SECTIONS(PLACE_SECTION)
#undef PLACE_SECTION
    if (at > UINT32_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "the lexicons are too large to compile: %zu bytes", at);
    image_header header = {IMAGE_MAGIC, IMAGE_ORDER, IMAGE_VERSION, SECTION_COUNT, (uint32_t)at};
    size_t base = out->len;
    fsc_buf_add(out, (const char *)&header, sizeof header);
    fsc_buf_add(out, (const char *)section, sizeof section);
#define WRITE_SECTION(name, type) add_section(out, base, image->name, (size_t)image->name##_count * sizeof(type));
    FSC_LEX_SECTIONS(WRITE_SECTION)
#undef WRITE_SECTION
    add_section(out, base, NULL, 0);
    if (out->failed)
        return fsc_err_set(err, out->failed, "no room for the compiled lexicons: %s", fsc_status_text(out->failed));
    return FSC_OK;
}

static bool section_fits(image_section s, size_t item, uint32_t size)
{
    return s.offset % 8 == 0 && s.offset <= size && s.count <= (size - s.offset) / item;
}

int fsc_lex_image_read(fsc_lex_image *out, fsc_view bytes, fsc_err *err)
{
    image_header header;
    image_section section[SECTION_COUNT];
    *out = (fsc_lex_image){0};
    if (bytes.len < sizeof header + sizeof section)
        return fsc_err_set(err, FSC_E_CONFIG, "a lexicon image of %zu bytes is cut short", bytes.len);
    memcpy(&header, bytes.data, sizeof header);
    memcpy(section, bytes.data + sizeof header, sizeof section);
    if (memcmp(header.magic, IMAGE_MAGIC, sizeof header.magic) != 0)
        return fsc_err_set(err, FSC_E_CONFIG, "not a lexicon image");
    if (header.order != IMAGE_ORDER || header.version != IMAGE_VERSION || header.sections != SECTION_COUNT)
        return fsc_err_set(err, FSC_E_CONFIG, "a lexicon image of another version or machine: build it again");
    if (header.size > bytes.len)
        return fsc_err_set(err, FSC_E_CONFIG, "a lexicon image of %zu bytes is cut short", bytes.len);
#define READ_SECTION(name, type)                                                                                       \
    if (!section_fits(section[SECTION_##name], sizeof(type), header.size))                                             \
        return fsc_err_set(err, FSC_E_CONFIG, "a damaged lexicon image: section " #name);                              \
    out->name = (const void *)(bytes.data + section[SECTION_##name].offset);                                           \
    out->name##_count = section[SECTION_##name].count;
    FSC_LEX_SECTIONS(READ_SECTION)
#undef READ_SECTION
    if (out->globals_count != 1)
        return fsc_err_set(err, FSC_E_CONFIG, "a damaged lexicon image: section globals");
    return FSC_OK;
}
