/*
 * peer_hyperscan: all matches of regular expressions with Hyperscan, as a peer of the matcher.
 *
 *     peer_hyperscan TEXT REGEX [starts]       REGEX: one a line; starts: with the place where a match begins
 *
 * Prints one JSON object: bytes, seconds (the least of the rounds), compile (seconds), matches.
 */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { ROUNDS = 2, MOST = 100000 };

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *user)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(size_t *)user;
    return 0;
}

/* Each line between word borders. */
static unsigned read_patterns(char **pattern, char *data)
{
    unsigned n = 0;
    for (char *line = strtok(data, "\n"); line && n < MOST; line = strtok(NULL, "\n")) {
        size_t len = strlen(line) + 5;
        pattern[n] = malloc(len);
        if (!pattern[n])
            exit(1);
        snprintf(pattern[n++], len, "\\b%s\\b", line);
    }
    return n;
}

int main(int argc, char **argv)
{
    static char *pattern[MOST];
    static unsigned flags[MOST], ids[MOST];
    if (argc < 3) {
        fprintf(stderr, "usage: peer_hyperscan TEXT REGEX [starts]\n");
        return 2;
    }
    size_t size, lines_size, matches = 0;
    char *text = read_file(argv[1], &size, 1), *lines = read_file(argv[2], &lines_size, 1);
    unsigned n = read_patterns(pattern, lines);
    for (unsigned i = 0; i < n; i++) {
        flags[i] = HS_FLAG_CASELESS | (argc > 3 ? HS_FLAG_SOM_LEFTMOST : 0);
        ids[i] = i;
    }
    hs_database_t *db = NULL;
    hs_compile_error_t *why = NULL;
    hs_scratch_t *scratch = NULL;
    double start = now(), best = 1e9;
    if (hs_compile_multi((const char *const *)pattern, flags, ids, n, HS_MODE_BLOCK, NULL, &db, &why) != HS_SUCCESS) {
        fprintf(stderr, "peer_hyperscan: %s\n", why ? why->message : "?");
        return 1;
    }
    double compile = now() - start;
    if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS)
        return 1;
    for (int i = 0; i < ROUNDS; i++) {
        matches = 0;
        start = now();
        if (hs_scan(db, text, (unsigned)size, 0, scratch, count, &matches) != HS_SUCCESS)
            return 1;
        double took = now() - start;
        best = took < best ? took : best;
    }
    printf("{\"bytes\": %zu, \"seconds\": %.6f, \"compile\": %.6f, \"matches\": %zu}\n", size, best, compile, matches);
    return 0;
}
