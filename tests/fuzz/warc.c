// warc: any bytes, plain or packed, give an end of the reading, items with valid UTF-8 and a reason for each failed one.
// The first byte chooses: read as they are (which may be packed), or packed by us with a gzip member of stored blocks;
// and the limit of a record.
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
    valid(item->url);
    valid(item->captured);
    valid(item->charset);
    valid(item->reason);
    MUST(item->id.len > 0 && item->source.len > 0 && (size_t)item->status < FSC_RECORD_COUNT);
    MUST(item->status == FSC_RECORD_OK || item->reason.len > 0);
    if (item->format != FSC_FORMAT_HTML)
        valid(item->content);
}

// Every row stands for bytes of its own: more rows than bytes are a reader that does not move.
static void read_all(const char *path, size_t size, uint64_t max_record)
{
    fsc_ingest *in;
    fsc_raw raw;
    fsc_arena arena;
    fsc_err err = FSC_ERR_INIT;
    fsc_ingest_options opt = {.from = FSC_LIT("warc"), .max_record = max_record};
    size_t rows = 0;
    int rc = fsc_ingest_open(&in, &path, 1, &opt, NULL, &err);
    MUST(rc == 0);
    fsc_arena_init(&arena, NULL);
    while ((rc = fsc_ingest_next(in, &raw, &arena, &err)) > 0) {
        fsc_item item;
        MUST(++rows <= size + 1);
        MUST(fsc_ingest_parse(in, &raw, &item, &arena, &err) == 0);
        check(&item);
        fsc_arena_reset(&arena, 1 << 20);
    }
    MUST(rc == 0);
    fsc_ingest_close(in);
    fsc_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(fd >= 0);
    if (data[0] & 1) {
        uLong room = compressBound((uLong)size) + 64;
        uint8_t *out = malloc(room);
        z_stream z = {.next_in = (Bytef *)(uintptr_t)(data + 1), .avail_in = (uInt)(size - 1), .next_out = out,
                      .avail_out = (uInt)room};
        MUST(out && deflateInit2(&z, 0, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        MUST(deflate(&z, Z_FINISH) == Z_STREAM_END);
        MUST(write(fd, out, z.total_out) == (ssize_t)z.total_out);
        deflateEnd(&z);
        free(out);
    } else {
        MUST(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    read_all(path, size, data[0] & 2 ? 300 : 0);
    close(fd);
    return 0;
}
