/*
 * floor: what this machine needs at least to find the words of a text and look each up once.
 *
 *     floor TEXT LEXICON.tsv
 *
 * The text is read 32 bytes a step: a mask says which bytes are letters, digits or beyond ASCII; where it changes a word
 * begins or ends. A word's first eight bytes in lower case and its length are one number, which a filter of one bit and
 * then a table know or do not know. No sentences, no Unicode, no phrases, no offsets kept: nobody who does those can be
 * as fast. Needs AVX2. Prints one JSON object: bytes, seconds (the least of the rounds), words, found.
 */
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { ROUNDS = 5, SLOTS = 1 << 15, FILTER = 1 << 16, PAD = 64 };

typedef struct floor_table {
    uint64_t slot[SLOTS]; /* 0: free */
    uint64_t filter[FILTER / 64];
} floor_table;

static inline __m256i between(__m256i x, char low, char high)
{
    __m256i over = _mm256_sub_epi8(x, _mm256_set1_epi8(low));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(over, _mm256_set1_epi8((char)(high - low))), over);
}

static inline uint32_t word_bytes(const char *p)
{
    __m256i x = _mm256_loadu_si256((const __m256i *)p);
    __m256i letter = between(_mm256_or_si256(x, _mm256_set1_epi8(0x20)), 'a', 'z');
    __m256i other = _mm256_or_si256(between(x, '0', '9'), x); // the high bit: beyond ASCII
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(letter, other));
}

static inline uint64_t key_of(const char *p, size_t len)
{
    uint64_t x;
    memcpy(&x, p, 8);
    size_t n = len < 8 ? len : 8;
    x = (x | 0x2020202020202020u) & (UINT64_MAX >> (64 - 8 * n));
    return (x ^ (uint64_t)len << 56) | 1u;
}

static inline uint64_t mix(uint64_t key)
{
    return key * 0x9E3779B97F4A7C15u;
}

static inline bool known(const floor_table *t, uint64_t key)
{
    uint64_t h = mix(key), bit = h >> 48;
    if (!(t->filter[bit / 64] >> bit % 64 & 1))
        return false;
    for (uint64_t i = h >> 40 & (SLOTS - 1); t->slot[i]; i = (i + 1) & (SLOTS - 1))
        if (t->slot[i] == key)
            return true;
    return false;
}

static void learn(floor_table *t, const char *word, size_t len)
{
    char bytes[PAD] = {0};
    memcpy(bytes, word, len < PAD - 8 ? len : PAD - 8);
    uint64_t key = key_of(bytes, len), h = mix(key), i = h >> 40 & (SLOTS - 1);
    t->filter[(h >> 48) / 64] |= (uint64_t)1 << (h >> 48) % 64;
    while (t->slot[i] && t->slot[i] != key)
        i = (i + 1) & (SLOTS - 1);
    t->slot[i] = key;
}

/* Words of the patterns, without wildcards; at most half of the slots. */
static void learn_lexicon(floor_table *t, const char *data, size_t size)
{
    size_t count = 0;
    for (const char *p = data, *end = data + size, *line; p < end && count < SLOTS / 2; p = line + 1) {
        line = memchr(p, '\n', (size_t)(end - p));
        line = line ? line : end;
        const char *tab = *p == '#' ? p : memchr(p, '\t', (size_t)(line - p));
        while (tab && p < tab) {
            const char *space = memchr(p, ' ', (size_t)(tab - p));
            size_t len = (size_t)((space ? space : tab) - p);
            if (len && !memchr(p, '*', len)) {
                learn(t, p, len);
                count++;
            }
            p += len + 1;
        }
    }
}

static size_t look_up(const floor_table *t, const char *data, size_t size, size_t *words)
{
    size_t found = 0, start = 0;
    uint32_t carry = 0;
    *words = 0;
    for (size_t i = 0; i < size; i += 32) {
        uint32_t mask = word_bytes(data + i), edge = mask ^ (mask << 1 | carry);
        carry = mask >> 31;
        for (; edge; edge &= edge - 1) {
            unsigned at = (unsigned)__builtin_ctz(edge);
            if (mask >> at & 1) {
                start = i + at;
                ++*words;
            } else {
                found += known(t, key_of(data + start, i + at - start));
            }
        }
    }
    return found;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: floor TEXT LEXICON.tsv\n");
        return 2;
    }
    size_t size, lexicon_size, words = 0, found = 0;
    char *text = read_file(argv[1], &size, PAD), *lexicon = read_file(argv[2], &lexicon_size, PAD);
    floor_table *t = calloc(1, sizeof *t);
    if (!t)
        return 1;
    learn_lexicon(t, lexicon, lexicon_size);
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        found = look_up(t, text, size, &words);
        double took = now() - start;
        best = took < best ? took : best;
    }
    printf("{\"bytes\": %zu, \"seconds\": %.6f, \"words\": %zu, \"found\": %zu}\n", size, best, words, found);
    free(text);
    free(lexicon);
    free(t);
    return 0;
}
