/*
 * peer_pcre2: all matches of regular expressions with PCRE2 and its JIT, as a peer of the matcher. One alternation of
 * thousands is more than it compiles, so they go in groups, each over the whole text.
 *
 *     peer_pcre2 TEXT REGEX        REGEX: one a line
 *
 * Prints one JSON object: bytes, seconds, compile (seconds), matches.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { GROUP = 1000, GROUPS = 100 };

/* The next lines of *rest as \b(?:a|b|...)\b; NULL: no more. */
static pcre2_code *next_group(char **rest)
{
    size_t len = strlen(*rest) + 32;
    char *all = malloc(len), *to = all;
    if (!all || !**rest)
        return NULL;
    to += sprintf(to, "\\b(?:");
    for (int n = 0; n < GROUP && **rest; n++) {
        size_t line = strcspn(*rest, "\n");
        to += sprintf(to, "%s%.*s", n ? "|" : "", (int)line, *rest);
        *rest += line + ((*rest)[line] == '\n');
    }
    sprintf(to, ")\\b");
    int code;
    PCRE2_SIZE at;
    pcre2_code *re = pcre2_compile((PCRE2_SPTR)all, PCRE2_ZERO_TERMINATED, PCRE2_CASELESS, &code, &at, NULL);
    if (!re || pcre2_jit_compile(re, PCRE2_JIT_COMPLETE)) {
        fprintf(stderr, "peer_pcre2: error %d at %zu\n", code, (size_t)at);
        exit(1);
    }
    free(all);
    return re;
}

static size_t count(const pcre2_code *re, pcre2_match_data *data, const char *text, size_t size)
{
    size_t matches = 0;
    for (PCRE2_SIZE from = 0; from <= size;) {
        if (pcre2_match(re, (PCRE2_SPTR)text, size, from, PCRE2_NO_UTF_CHECK, data, NULL) < 0)
            break;
        matches++;
        from = pcre2_get_ovector_pointer(data)[1];
    }
    return matches;
}

int main(int argc, char **argv)
{
    pcre2_code *group[GROUPS];
    if (argc < 3) {
        fprintf(stderr, "usage: peer_pcre2 TEXT REGEX\n");
        return 2;
    }
    size_t size, lines_size, matches = 0, n = 0;
    char *text = read_file(argv[1], &size, 1), *rest = read_file(argv[2], &lines_size, 1);
    double start = now();
    while (n < GROUPS && (group[n] = next_group(&rest)))
        n++;
    double compile = now() - start;
    pcre2_match_data *data = pcre2_match_data_create(4, NULL);
    start = now();
    for (size_t i = 0; i < n; i++)
        matches += count(group[i], data, text, size);
    printf("{\"bytes\": %zu, \"seconds\": %.6f, \"compile\": %.6f, \"matches\": %zu}\n", size, now() - start, compile, matches);
    return 0;
}
