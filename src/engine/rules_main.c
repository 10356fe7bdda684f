/*
 * rules -o RULES IMAGE: looks up what the rooms need in the compiled lexicons, once, so that no start of the program has to.
 */
#include <stdio.h>

#include "engine/engine_p.h"

static int write_rules(const char *path, fsc_view rules, fsc_err *err)
{
    fsc_outfile file;
    int status = fsc_outfile_open(&file, path, NULL, err);
    if (status)
        return status;
    status = fsc_outfile_write(&file, rules, err);
    if (!status)
        status = fsc_outfile_commit(&file, err);
    fsc_outfile_release(&file);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 4 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: rules -o RULES IMAGE\n");
        return 2;
    }
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_buf image, rules;
    fsc_lexset *set = NULL;
    fsc_arena_init(&arena, NULL);
    fsc_buf_init(&image, NULL, UINT32_MAX);
    fsc_buf_init(&rules, NULL, UINT32_MAX);
    int status = fsc_file_read(&image, argv[3], &err);
    if (!status)
        status = fsc_lexset_open(&set, fsc_buf_view(&image), NULL, &err);
    if (!status)
        status = fsc_rules_image(&rules, fsc_lexset_schema(set), &arena, &err);
    if (!status)
        status = write_rules(argv[2], fsc_buf_view(&rules), &err);
    char line[1024];
    if (status)
        fprintf(stderr, "rules: %s\n", fsc_err_format(&err, line, sizeof line));
    fsc_lexset_free(set);
    fsc_buf_release(&rules);
    fsc_buf_release(&image);
    fsc_arena_release(&arena);
    return status != 0;
}
