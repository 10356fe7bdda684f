// diff: any two texts give a script that rebuilds one from the other, and summaries that are valid UTF-8. The input is
// cut in two at its first NUL byte, else in the middle.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "revision/revision.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

typedef struct run {
    fsc_arena arena, scratch;
    fsc_types *types;
    fsc_schema schema;
} run;

static fsc_analysis *analyze(run *r, fsc_view text)
{
    uint32_t repaired = 0;
    fsc_analysis *d = FSC_NEW(&r->arena, fsc_analysis);
    MUST(d);
    d->schema = &r->schema;
    MUST(fsc_text_analyze(&d->text, fsc_utf8_repair(&r->arena, text, &repaired), NULL, 0, r->types, &r->arena, NULL) ==
         FSC_OK);
    return d;
}

static void check_ops(const fsc_delta *d)
{
    fsc_view a = d->a->text.bytes, b = d->b->text.bytes;
    uint32_t at = 0, kept = 0;
    uint64_t covered = 0;
    for (size_t i = 0; i < d->op_count; i++) {
        const fsc_op *o = &d->op[i];
        MUST(o->b.start == at && o->b.end >= at && o->b.end <= b.len && o->a.start <= o->a.end && o->a.end <= a.len);
        at = o->b.end;
        covered += o->a.end - o->a.start;
        if (o->kind == FSC_OP_EQUAL || o->kind == FSC_OP_MOVE)
            MUST(fsc_view_eq(fsc_view_slice(a, o->a.start, o->a.end), fsc_view_slice(b, o->b.start, o->b.end)));
        if (o->kind == FSC_OP_EQUAL) {
            MUST(o->a.start >= kept);
            kept = o->a.end;
        }
        MUST(o->a.start == a.len || fsc_utf8_is_start((unsigned char)a.data[o->a.start]));
        MUST(o->b.start == b.len || fsc_utf8_is_start((unsigned char)b.data[o->b.start]));
    }
    MUST(at == b.len && covered == a.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    size_t cut = nul ? (size_t)(nul - data) : size / 2, rest = nul ? cut + 1 : cut;
    run r = {0};
    fsc_revision_rules *rules;
    fsc_delta delta;
    fsc_arena_init(&r.arena, NULL);
    fsc_arena_init(&r.scratch, NULL);
    MUST(fsc_types_new(&r.types, NULL, NULL) == FSC_OK &&
         fsc_revision_rules_new(&rules, &r.schema, &r.arena, NULL) == FSC_OK);
    fsc_analysis *a = analyze(&r, fsc_view_of((const char *)data, cut));
    fsc_analysis *b = analyze(&r, fsc_view_of((const char *)data + rest, size - rest));
    fsc_revision_context with = {rules, r.types, 0, &r.arena, &r.scratch};
    MUST(fsc_revision_compare(&delta, a, b, &with, NULL) == FSC_OK);
    check_ops(&delta);
    for (size_t k = 0; k < delta.summary_count; k++)
        MUST(fsc_utf8_valid(delta.summary[k].data, delta.summary[k].len) == delta.summary[k].len);
    fsc_types_free(r.types);
    fsc_arena_release(&r.arena);
    fsc_arena_release(&r.scratch);
    return 0;
}
