/* bench: what the programs of this folder share: CPU time, and whole files in memory. They are programs: they exit on a fault. */
#ifndef FSC_TESTS_BENCH_BENCH_H
#define FSC_TESTS_BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* CPU seconds of this process. */
static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A file with `pad` NUL bytes behind it. */
static inline char *read_file(const char *path, size_t *size, size_t pad)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) {
        perror(path);
        exit(1);
    }
    long n = ftell(f);
    char *data = n < 0 ? NULL : calloc(1, (size_t)n + pad);
    rewind(f);
    if (!data || fread(data, 1, (size_t)n, f) != (size_t)n) {
        perror(path);
        exit(1);
    }
    fclose(f);
    *size = (size_t)n;
    return data;
}

#endif
