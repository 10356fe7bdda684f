// Where the records of this run are, for revisits that name them.

#include "ingest/warc_p.h"

#define WAYS 4u
#define SETS (1u << 15)

typedef struct entry {
    uint64_t key; // 0: free
    fsc_warc_place place;
} entry;

struct fsc_warc_seen {
    entry *entry;           // SETS rows of WAYS
    unsigned char *oldest;  // the next one of a row to give way
};

fsc_warc_seen *fsc_warc_seen_new(fsc_arena *arena)
{
    fsc_warc_seen *s = FSC_NEW(arena, fsc_warc_seen);
    if (!s)
        return NULL;
    s->entry = FSC_NEW_N(arena, entry, (size_t)SETS * WAYS);
    s->oldest = FSC_NEW_N(arena, unsigned char, SETS);
    return s->entry && s->oldest ? s : NULL;
}

// A digest is "sha1:ABC": its letters may be of either case.
uint64_t fsc_warc_key_digest(fsc_view digest)
{
    char text[160];
    size_t len = digest.len < sizeof text ? digest.len : sizeof text;
    for (size_t i = 0; i < len; i++)
        text[i] = digest.data[i] >= 'A' && digest.data[i] <= 'Z' ? (char)(digest.data[i] | 32) : digest.data[i];
    return fsc_hash64(text, len, 1) | 1;
}

uint64_t fsc_warc_key_uri(fsc_view uri, fsc_view date)
{
    return fsc_hash64(date.data, date.len, fsc_hash64(uri.data, uri.len, 2)) | 1;
}

static entry *row_of(const fsc_warc_seen *s, uint64_t key)
{
    return &s->entry[(size_t)(key >> 32 & (SETS - 1)) * WAYS];
}

void fsc_warc_seen_put(fsc_warc_seen *s, uint64_t key, fsc_warc_place place)
{
    entry *row = row_of(s, key);
    unsigned char *oldest = &s->oldest[key >> 32 & (SETS - 1)];
    unsigned i = 0;
    while (i < WAYS && row[i].key != key)
        i++;
    if (i == WAYS) {
        i = *oldest;
        *oldest = (unsigned char)((i + 1) % WAYS);
    }
    row[i] = (entry){key, place};
}

const fsc_warc_place *fsc_warc_seen_get(const fsc_warc_seen *s, uint64_t key)
{
    const entry *row = row_of(s, key);
    for (unsigned i = 0; i < WAYS; i++)
        if (row[i].key == key)
            return &row[i].place;
    return NULL;
}
