/*
 * lexc -o IMAGE FILES...: compiles the shipped lexicons, so that the binary opens them without parsing.
 * A bad lexicon fails the build with file:line:column.
 */
#include <stdio.h>

#include "base/file.h"
#include "lexicon/lexicon.h"

#define LARGEST_FILE (256u << 20)

static int report(const fsc_err *err)
{
    char line[1024];
    fprintf(stderr, "lexc: %s\n", fsc_err_format(err, line, sizeof line));
    return 1;
}

// Reads the files; their text lives in the arena.
static int read_files(fsc_lexicon_source *source, char **path, size_t count, fsc_arena *arena, fsc_err *err)
{
    fsc_buf buf;
    fsc_buf_init(&buf, NULL, LARGEST_FILE);
    int status = FSC_OK;
    for (size_t i = 0; i < count && !status; i++) {
        fsc_buf_reset(&buf, 1 << 20);
        status = fsc_file_read(&buf, path[i], err);
        source[i].path = fsc_view_cstr(path[i]);
        source[i].bytes = status ? fsc_view_of("", 0) : fsc_arena_dup(arena, fsc_buf_view(&buf));
        if (!source[i].bytes.data)
            status = fsc_err_nomem(err);
    }
    fsc_buf_release(&buf);
    return status;
}

static int write_image(const char *path, const fsc_lexset *set, fsc_err *err)
{
    fsc_buf image;
    fsc_outfile file;
    fsc_buf_init(&image, NULL, SIZE_MAX / 2);
    int status = fsc_lexset_image(&image, set, err);
    if (!status)
        status = fsc_outfile_open(&file, path, NULL, err);
    if (!status) {
        status = fsc_outfile_write(&file, fsc_buf_view(&image), err);
        if (!status)
            status = fsc_outfile_commit(&file, err);
        fsc_outfile_release(&file);
    }
    fsc_buf_release(&image);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 3 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: lexc -o IMAGE FILES...\n");
        return 2;
    }
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    size_t count = (size_t)(argc - 3);
    fsc_lexset *set = NULL;
    fsc_lexicon_source *source = FSC_NEW_N(&arena, fsc_lexicon_source, count + 1);
    int status = source ? read_files(source, argv + 3, count, &arena, &err) : fsc_err_nomem(&err);
    if (!status)
        status = fsc_lexset_compile(&set, source, count, NULL, &err);
    if (!status)
        status = write_image(argv[2], set, &err);
    fsc_lexset_free(set);
    fsc_arena_release(&arena);
    return status ? report(&err) : 0;
}
