// XML: any bytes give events in pairs with valid UTF-8, and an outcome that is one of those promised.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "codec/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

static void valid(fsc_view v)
{
    MUST(v.len == 0 || (v.data && fsc_utf8_valid(v.data, v.len) == v.len));
}

static bool on_start(void *user, const fsc_xml_element *e)
{
    int *depth = user;
    valid(e->name);
    valid(e->space);
    MUST(e->name.len > 0 && e->attr_count <= FSC_XML_ATTRIBUTES && ++*depth <= FSC_XML_DEPTH);
    for (size_t i = 0; i < e->attr_count; i++) {
        valid(e->attr[i].name);
        valid(e->attr[i].value);
    }
    return true;
}

static bool on_end(void *user, const fsc_xml_element *e)
{
    int *depth = user;
    valid(e->name);
    MUST(--*depth >= 0);
    return true;
}

static bool on_text(void *user, fsc_view text, uint32_t line)
{
    (void)user, (void)line;
    valid(text);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fsc_arena arena;
    fsc_err err = FSC_ERR_INIT;
    int depth = 0;
    fsc_xml_handler handler = {on_start, on_end, on_text, &depth};
    fsc_arena_init(&arena, NULL);
    int rc = fsc_xml_parse(fsc_view_of((const char *)data, size), &handler, &arena, &err);
    MUST(rc == 0 || rc == FSC_E_SYNTAX || rc == FSC_E_UNSUPPORTED || rc == FSC_E_LIMIT);
    MUST(rc == err.code && (rc == 0 || err.text[0]));
    MUST(depth == 0 || rc == FSC_E_LIMIT);
    fsc_xml_root_is(fsc_view_of((const char *)data, size), "rss");
    fsc_arena_release(&arena);
    return 0;
}
