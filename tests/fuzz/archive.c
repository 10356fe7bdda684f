// Archives of files and other containers: any bytes, under any kind that holds documents, come to an end, with valid
// UTF-8 and a reason for each failure. The first byte chooses the kind; with its high bit the rest is the content of a
// member of a zip that we make (stored), so that the fuzzer reaches the readers behind it.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/utf8.h"
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
    valid(item->id);
    valid(item->source);
    valid(item->url);
    valid(item->title);
    valid(item->reason);
    MUST(item->id.len > 0 && item->source.len > 0 && (size_t)item->status < FSC_RECORD_COUNT);
    MUST(item->status == FSC_RECORD_OK || item->reason.len > 0);
    if (item->format != FSC_FORMAT_HTML)
        valid(item->content);
}

static void read_all(const char *path, const char *kind)
{
    fsc_ingest *in;
    fsc_raw raw;
    fsc_arena arena;
    fsc_err err = FSC_ERR_INIT;
    fsc_ingest_options opt = {.from = fsc_view_cstr(kind), .max_record = 1 << 20};
    bool listing = strcmp(kind, "cdx") == 0;
    if (listing)
        opt = (fsc_ingest_options){.cdx = fsc_view_cstr(path), .filter = FSC_LIT("status=200|404,url!=x*")};
    MUST(fsc_ingest_open(&in, &path, listing ? 0 : 1, &opt, NULL, &err) == 0);
    fsc_arena_init(&arena, NULL);
    int rc;
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

static void put(uint8_t **at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *(*at)++ = (uint8_t)(value >> 8 * i);
}

// One stored member of that name. Returns the length.
static size_t make_zip(uint8_t *out, const char *name, const uint8_t *data, size_t size)
{
    uint8_t *at = out;
    uint32_t len = (uint32_t)strlen(name), n = (uint32_t)size, crc = (uint32_t)crc32(0, data, (uInt)size);
    for (int central = 0; central < 2; central++) {
        put(&at, central ? 0x02014B50 : 0x04034B50, 4);
        put(&at, 20, central ? 4 : 2);
        put(&at, 0, 8);
        put(&at, crc, 4);
        put(&at, n, 4);
        put(&at, n, 4);
        put(&at, len, 4);
        put(&at, 0, central ? 8 : 0);
        put(&at, 0, central ? 8 : 0);
        memcpy(at, name, len);
        at += len;
        if (!central && size) {
            memcpy(at, data, size);
            at += size;
        }
    }
    put(&at, 0x06054B50, 4);
    put(&at, 0, 4);
    put(&at, 0x00010001, 4);
    put(&at, 46 + len, 4);
    put(&at, 30 + len + n, 4);
    put(&at, 0, 2);
    return (size_t)(at - out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const kinds[] = {"", "zip", "tar", "mhtml", "docx", "nexis", "cdx", "feed"};
    static const char *const names[] = {
        "a.html", "a.csv", "word/document.xml", "archive/a.warc.gz", "data/account.js", "a.zip", "a", "../x\n"};
    if (size == 0)
        return 0;
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(fd >= 0);
    if (data[0] & 0x80) {
        uint8_t *zip = malloc(size + 400);
        MUST(zip);
        size_t len = make_zip(zip, names[data[0] >> 3 & 7], data + 1, size - 1);
        MUST(write(fd, zip, len) == (ssize_t)len);
        free(zip);
    } else {
        MUST(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    read_all(path, kinds[data[0] & 7]);
    close(fd);
    return 0;
}
