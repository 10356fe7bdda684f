// JSON: a record is read as json-c reads it, a value's end does not depend on the pieces it comes in, and what the
// writer writes is read back.
#include <stdint.h>
#include <stdlib.h>

#include "base/err.h"
#include "codec/json.h"
#include "codec/json_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            abort();                                                                                                   \
    } while (0)

// Numbers may be spelled differently (-0); everything else is the same.
static void same(const fsc_json *a, const fsc_json *b)
{
    MUST(a->kind == b->kind && a->boolean == b->boolean);
    if (a->kind == FSC_JSON_STRING)
        MUST(fsc_view_eq(a->text, b->text));
    if (a->kind == FSC_JSON_NUMBER)
        MUST(a->number == b->number || (a->number != a->number && b->number != b->number));
    const fsc_json *x = a->child, *y = b->child;
    for (; x && y; x = x->next, y = y->next)
        same(x, y);
    MUST(!x && !y);
}

// The record's members: repeated names appear once in json-c's tree.
static void same_members(const fsc_json *record, const fsc_json *tree, fsc_arena *arena)
{
    for (const fsc_json *m = tree->child; m; m = m->next) {
        fsc_view key = fsc_arena_dup(arena, m->key);
        const fsc_json *mine = fsc_json_get(record, key.data);
        MUST(mine);
        same(mine, m);
    }
}

static void value_end(fsc_view v)
{
    fsc_json_scan whole = {0}, pieces = {0};
    size_t want = fsc_json_value_end(v, true, &whole), got = 0, step = 1 + v.len / 7;
    for (size_t at = 0; !got && at < v.len; at += step)
        got = fsc_json_value_end(fsc_view_slice(v, 0, at), false, &pieces);
    if (!got)
        got = fsc_json_value_end(v, true, &pieces);
    MUST(want == got && whole.complete == pieces.complete && want <= v.len);
}

static void write_back(fsc_view v, fsc_arena *arena)
{
    fsc_buf buf;
    fsc_json_writer w;
    fsc_json *back;
    fsc_buf_init(&buf, NULL, 1 << 26);
    fsc_json_writer_init(&w, &buf);
    fsc_json_string(&w, v);
    MUST(fsc_json_parse(&back, NULL, fsc_buf_view(&buf), false, arena, NULL) == 0);
    MUST(fsc_view_eq(back->text, v));
    fsc_buf_release(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fsc_arena arena;
    fsc_json *tree, *record, *lenient;
    fsc_err err = FSC_ERR_INIT;
    fsc_view v = {size ? (const char *)data : "", size};
    fsc_arena_init(&arena, NULL);
    int rc = fsc_json_parse(&tree, NULL, v, false, &arena, &err);
    MUST((rc == 0) == (tree != NULL));
    MUST(rc == 0 || err.code == rc);
    MUST(fsc_json_record(&record, NULL, v, &arena, NULL) == rc);
    if (!rc && tree->kind == FSC_JSON_OBJECT)
        same_members(record, tree, &arena);
    fsc_json_parse(&lenient, NULL, v, true, &arena, NULL);
    value_end(v);
    write_back(v, &arena);
    fsc_arena_release(&arena);
    return 0;
}
