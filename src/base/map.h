/*
 * map: byte strings to 32-bit values, in an arena.
 *
 * Open addressing over 64-bit hashes; keys are borrowed views that must outlive the map. Iteration is by
 * insertion order (entries[0..len)), so nothing that is written depends on hash order.
 */
#ifndef FSC_BASE_MAP_H
#define FSC_BASE_MAP_H

#include "base/arena.h"

typedef struct fsc_map_entry {
    fsc_view key;
    uint64_t hash;
    uint32_t value;
} fsc_map_entry;

typedef struct fsc_map {
    fsc_arena *arena;
    fsc_map_entry *entries;
    uint32_t *slots;        /* entry index + 1; 0: free */
    size_t len, cap, mask;
} fsc_map;

void fsc_map_init(fsc_map *m, fsc_arena *arena);

/* The value of key, or NULL. Valid until the next put. */
uint32_t *fsc_map_get(const fsc_map *m, fsc_view key);

/* The value slot of key, made with `value` when it is new (*is_new, may be NULL). NULL: out of memory. */
uint32_t *fsc_map_put(fsc_map *m, fsc_view key, uint32_t value, bool *is_new);

/* XXH64 with a seed (Y. Collet, public specification): stable across machines and versions. */
uint64_t fsc_hash64(const void *data, size_t len, uint64_t seed);

#endif
