// Any bytes as a dictionary of every format: read, written as every other, written as a lexicon.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "dict/dict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(fsc_dict *d, fsc_err *err)
{
    fsc_buf out;
    fsc_dict_lines line = {0};
    fsc_buf_init(&out, NULL, 64u << 20);
    for (int f = 0; f < FSC_DICT_FORMATS; f++) {
        fsc_buf_reset(&out, 1 << 16);
        if (fsc_dict_write(&out, d, (fsc_dict_format)f, err))
            abort();
        for (int k = 0; k < FSC_DICT_LOSSES; k++)
            (void)fsc_dict_lost(d, (enum fsc_dict_loss)k);
    }
    fsc_buf_reset(&out, 1 << 16);
    if (fsc_dict_lexicon(&out, &line, d, err))
        abort();
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.data[i] == '\n';
    if (lines != line.len)
        abort(); // a line without its place
    fsc_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fsc_view bytes = fsc_view_of((const char *)data, size);
    (void)fsc_dict_format_of(FSC_LIT("a/b.txt"), bytes);
    for (int f = 0; f < FSC_DICT_FORMATS; f++) {
        fsc_arena arena;
        fsc_err err = FSC_ERR_INIT;
        fsc_dict d;
        fsc_arena_init(&arena, NULL);
        if (fsc_dict_read(&d, (fsc_dict_format)f, FSC_LIT("a/b.txt"), bytes, &arena, &err) == 0)
            write_all(&d, &err);
        fsc_arena_release(&arena);
    }
    return 0;
}
