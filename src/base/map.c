#include "base/map.h"

#define P1 0x9E3779B185EBCA87ull
#define P2 0xC2B2AE3D27D4EB4Full
#define P3 0x165667B19E3779F9ull
#define P4 0x85EBCA77C2B2AE63ull
#define P5 0x27D4EB2F165667C5ull

static uint64_t rotate(uint64_t x, int r)
{
    return x << r | x >> (64 - r);
}

// little-endian whatever the machine: the hash is written to files
static uint64_t read64(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

static uint64_t read32(const unsigned char *p)
{
    uint32_t v;
    memcpy(&v, p, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap32(v);
#endif
    return v;
}

static uint64_t mix(uint64_t acc, uint64_t input)
{
    return rotate(acc + input * P2, 31) * P1;
}

uint64_t fsc_hash64(const void *data, size_t len, uint64_t seed)
{
    const unsigned char *p = data, *end = p + len;
    uint64_t h = seed + P5;
    if (len >= 32) {
        uint64_t v[4] = {seed + P1 + P2, seed + P2, seed, seed - P1};
        for (; end - p >= 32; p += 32)
            for (int i = 0; i < 4; i++)
                v[i] = mix(v[i], read64(p + 8 * i));
        h = rotate(v[0], 1) + rotate(v[1], 7) + rotate(v[2], 12) + rotate(v[3], 18);
        for (int i = 0; i < 4; i++)
            h = (h ^ mix(0, v[i])) * P1 + P4;
    }
    h += len;
    for (; end - p >= 8; p += 8)
        h = rotate(h ^ mix(0, read64(p)), 27) * P1 + P4;
    for (; end - p >= 4; p += 4)
        h = rotate(h ^ read32(p) * P1, 23) * P2 + P3;
    for (; p < end; p++)
        h = rotate(h ^ *p * P5, 11) * P1;
    h = (h ^ h >> 33) * P2;
    h = (h ^ h >> 29) * P3;
    return h ^ h >> 32;
}

void fsc_map_init(fsc_map *m, fsc_arena *arena)
{
    *m = (fsc_map){.arena = arena};
}

// Most keys are a word: two loads that overlap hold all of it. Never written anywhere, unlike fsc_hash64.
static uint64_t hash_of(fsc_view key)
{
    const unsigned char *p = (const unsigned char *)key.data;
    size_t len = key.len;
    uint64_t a, b;
    if (len > 16)
        return fsc_hash64(p, len, 0);
    if (len >= 8) {
        a = read64(p);
        b = read64(p + len - 8);
    } else if (len >= 4) {
        a = read32(p);
        b = read32(p + len - 4);
    } else {
        a = len ? p[0] | (uint64_t)p[len / 2] << 8 | (uint64_t)p[len - 1] << 16 : 0;
        b = 0;
    }
    uint64_t h = (a ^ len * P5) * P1;
    h = ((h ^ h >> 32) + b) * P2;
    return h ^ h >> 29;
}

static uint32_t *find(const fsc_map *m, fsc_view key, uint64_t hash)
{
    if (!m->len)
        return NULL;
    for (size_t i = hash & m->mask; m->slots[i]; i = (i + 1) & m->mask) {
        fsc_map_entry *e = &m->entries[m->slots[i] - 1];
        if (e->hash == hash && fsc_view_eq(e->key, key))
            return &e->value;
    }
    return NULL;
}

uint32_t *fsc_map_get(const fsc_map *m, fsc_view key)
{
    return m->len ? find(m, key, hash_of(key)) : NULL;
}

static bool grow(fsc_map *m)
{
    size_t cap = m->cap ? m->cap * 2 : 16;
    if (cap > UINT32_MAX / 4)
        return false;
    uint32_t *slots = FSC_NEW_N(m->arena, uint32_t, cap * 2);
    fsc_map_entry *entries = slots ? fsc_arena_grow(m->arena, m->entries, m->cap * sizeof *entries, cap * sizeof *entries) : NULL;
    if (!entries)
        return false;
    fsc_arena_drop(m->arena, m->slots, m->cap * 2 * sizeof *slots);
    m->entries = entries;
    m->slots = slots;
    m->cap = cap;
    m->mask = cap * 2 - 1;
    for (size_t e = 0; e < m->len; e++) {
        size_t i = entries[e].hash & m->mask;
        while (slots[i])
            i = (i + 1) & m->mask;
        slots[i] = (uint32_t)e + 1;
    }
    return true;
}

uint32_t *fsc_map_put(fsc_map *m, fsc_view key, uint32_t value, bool *is_new)
{
    uint64_t hash = hash_of(key);
    uint32_t *found = find(m, key, hash);
    if (is_new)
        *is_new = !found;
    if (found)
        return found;
    if (m->len == m->cap && !grow(m))
        return NULL;
    fsc_map_entry *e = &m->entries[m->len++];
    *e = (fsc_map_entry){key, hash, value};
    size_t i = e->hash & m->mask;
    while (m->slots[i])
        i = (i + 1) & m->mask;
    m->slots[i] = (uint32_t)m->len;
    return &e->value;
}
