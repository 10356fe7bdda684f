// ingest: any bytes, under any kind, give records with valid UTF-8 and a status that is one of ours. The first byte
// chooses how the rest is read.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "codec/codec.h"
#include "ingest/ingest.h"

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

static void check(const fsc_item *item)
{
    const fsc_view *const fields[] = {&item->id,       &item->source,   &item->url,     &item->canonical,
                                      &item->title,    &item->author,   &item->site,    &item->published,
                                      &item->modified, &item->captured, &item->lang,    &item->kind,
                                      &item->genre,    &item->section,  &item->charset, &item->reason};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        valid(*fields[i]);
    MUST(item->id.len > 0 && (size_t)item->status < FSC_RECORD_COUNT);
    MUST(item->status == FSC_RECORD_OK || item->reason.len > 0);
    // the charset of a page is for extract to decide
    if (item->format != FSC_FORMAT_HTML)
        valid(item->content);
    for (size_t i = 0; i < item->keep_count; i++)
        valid(item->keep[i].value);
}

static void read_all(const char *path, const fsc_ingest_options *opt)
{
    fsc_ingest *in;
    fsc_raw raw;
    fsc_arena arena;
    fsc_err err = FSC_ERR_INIT;
    int rc = fsc_ingest_open(&in, &path, 1, opt, NULL, &err);
    if (rc) {
        MUST(rc == FSC_E_USAGE && err.text[0]);
        return;
    }
    fsc_arena_init(&arena, NULL);
    while ((rc = fsc_ingest_next(in, &raw, &arena, &err)) > 0) {
        fsc_item item;
        MUST(fsc_ingest_parse(in, &raw, &item, &arena, &err) == 0);
        check(&item);
        fsc_arena_reset(&arena, 1 << 20);
    }
    MUST(rc == 0 || (rc == FSC_E_USAGE && err.text[0]));
    fsc_ingest_close(in);
    fsc_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const kinds[] = {"", "html", "jsonl", "json", "csv", "tsv", "text", "feed"};
    static const char *const keeps[] = {"", "*", "a,b", "text"};
    if (size == 0)
        return 0;
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    unsigned how = data[0];
    fsc_ingest_options opt = {.from = fsc_view_cstr(kinds[how & 7]),
                              .keep = fsc_view_cstr(keeps[how >> 3 & 3]),
                              .map = fsc_view_cstr(how & 32 ? "text=b" : ""),
                              .max_record = how & 64 ? 50 : 0};
    read_all(path, &opt);
    close(fd);
    return 0;
}
