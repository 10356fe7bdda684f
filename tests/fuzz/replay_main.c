// Runs a fuzz target over the files of seed folders, one TAP line a file: the same target, no fuzzer needed.
// usage: TARGET FOLDER_OR_FILE...
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_SEED (64u << 20)

// A copy of exactly its size: a read past the end is a report of the sanitizer.
static int run(const char *path)
{
    fsc_buf buf;
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&buf, NULL, MAX_SEED);
    int rc = fsc_file_read(&buf, path, &err);
    uint8_t *copy = malloc(buf.len ? buf.len : 1);
    if (!rc && copy) {
        memcpy(copy, buf.data, buf.len);
        LLVMFuzzerTestOneInput(copy, buf.len);
    }
    if (rc)
        fprintf(stderr, "%s: %s\n", path, err.text);
    int failed = rc || !copy;
    free(copy);
    fsc_buf_release(&buf);
    return failed;
}

int main(int argc, char **argv)
{
    fsc_arena arena;
    size_t n = 0, failed = 0;
    fsc_arena_init(&arena, NULL);
    for (int i = 1; i < argc; i++) {
        fsc_view *file, single = fsc_view_cstr(argv[i]);
        size_t count = 1;
        fsc_err err = FSC_ERR_INIT;
        if (fsc_path_kind_of(argv[i]) != FSC_PATH_FOLDER)
            file = &single;
        else if (fsc_folder_list(&arena, argv[i], &file, &count, &err))
            return 1;
        for (size_t k = 0; k < count; k++) {
            int bad = run(file[k].data);
            failed += bad != 0;
            printf("%sok %zu - %s\n", bad ? "not " : "", ++n, file[k].data);
            fflush(stdout);
        }
    }
    printf("1..%zu\n", n);
    fsc_arena_release(&arena);
    return failed || n == 0;
}
