#include <stdlib.h>

#include "base/vec.h"
#include "store/store_p.h"

// A document's captures in order of time, and the edits between them.

enum { CAPTURED, MODIFIED, PUBLISHED, KEYS };

typedef struct link {
    int64_t capture, version;
    int64_t time[KEYS];
    int64_t key;            // the time that orders this chain
    size_t order;
} link;

typedef fsc_vec(link) links;

static int by_time(const void *a, const void *b)
{
    const link *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

// the first kind of time that all captures have; KEYS: none
static int key_of(const links *l)
{
    for (int k = 0; k < KEYS; k++) {
        bool all = true;
        for (size_t i = 0; i < l->len; i++)
            all = all && l->data[i].time[k] != FSC_NO_TIME;
        if (all)
            return k;
    }
    return KEYS;
}

static int read_links(fsc_store *s, int64_t document, links *out, fsc_arena *arena, fsc_err *err)
{
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_CAPTURES_OF, err);
    int code, status = 0;
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, document);
    while ((code = sqlite3_step(st)) == SQLITE_ROW && !status) {
        link l = {.capture = sqlite3_column_int64(st, 0), .version = sqlite3_column_int64(st, 1), .order = out->len};
        for (int k = 0; k < KEYS; k++)
            l.time[k] = sqlite3_column_type(st, 2 + k) == SQLITE_NULL ? FSC_NO_TIME : sqlite3_column_int64(st, 2 + k);
        if (!fsc_vec_push(arena, out, l))
            status = fsc_err_nomem(err);
    }
    if (!status && code != SQLITE_DONE)
        status = fsc_store_fail(s, code, err);
    sqlite3_reset(st);
    int key = key_of(out);
    for (size_t i = 0; i < out->len; i++)
        out->data[i].key = key == KEYS ? 0 : out->data[i].time[key];
    if (out->len)
        qsort(out->data, out->len, sizeof *out->data, by_time);
    return status;
}

int fsc_store_latest(fsc_store *s, int64_t document, int64_t *version, fsc_err *err)
{
    links l = {0};
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    int status = read_links(s, document, &l, &arena, err);
    if (!status && !l.len)
        status = fsc_err_set(err, FSC_E_INTERNAL, "%s: document %lld has no capture", s->path, (long long)document);
    if (!status)
        *version = l.data[l.len - 1].version;
    fsc_arena_release(&arena);
    return status;
}

static int numbers(fsc_store *s, sqlite3_stmt *st, int64_t **out, size_t *count, fsc_arena *arena, fsc_err *err)
{
    fsc_vec(int64_t) all = {0};
    int code, status = 0;
    while ((code = sqlite3_step(st)) == SQLITE_ROW && !status)
        if (!fsc_vec_push(arena, &all, sqlite3_column_int64(st, 0)))
            status = fsc_err_nomem(err);
    if (!status && code != SQLITE_DONE)
        status = fsc_store_fail(s, code, err);
    *out = all.data;
    *count = all.len;
    return status;
}

int fsc_store_edited(fsc_store *s, int64_t **out, size_t *count, fsc_arena *arena, fsc_err *err)
{
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_EDITED, err);
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, s->run);
    int status = numbers(s, st, out, count, arena, err);
    sqlite3_reset(st);
    return status;
}

int fsc_store_chained(fsc_store *s, int64_t **out, size_t *count, fsc_arena *arena, fsc_err *err)
{
    sqlite3_stmt *st;
    int status = fsc_sql_prepare(s, &st, "SELECT v.document FROM captures c JOIN versions v ON v.version = c.version GROUP BY v.document "
                                         "HAVING count(*) > 1 ORDER BY v.document", err);
    if (status)
        return status;
    status = numbers(s, st, out, count, arena, err);
    sqlite3_finalize(st);
    return status;
}

int fsc_store_chain(fsc_store *s, int64_t document, fsc_stored **out, size_t *count, fsc_arena *arena, fsc_err *err)
{
    links l = {0};
    *count = 0;
    int status = read_links(s, document, &l, arena, err);
    if (status)
        return status;
    *out = FSC_NEW_N(arena, fsc_stored, l.len + 1);
    if (!*out)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < l.len && !status; i++) {
        status = fsc_store_capture(s, l.data[i].capture, &(*out)[i], arena, err);
        *count += !status;
    }
    return status;
}

// ---------------------------------------------------------------- edits

static int add_edit(fsc_store *s, int64_t document, size_t index, const fsc_store_edit *e, fsc_err *err)
{
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_REVISION_ADD, err);
    if (!st)
        return s->failed;
    const int64_t cells[] = {s->run, document, (int64_t)index, e->from, e->to, e->stealth};
    for (int i = 0; i < 6; i++)
        sqlite3_bind_int64(st, 1 + i, cells[i]);
    if (e->reverts_to)
        sqlite3_bind_int64(st, 7, e->reverts_to);
    else
        sqlite3_bind_null(st, 7);
    fsc_bind_text_always(st, 8, e->types);
    fsc_bind_text_always(st, 9, e->summary);
    fsc_bind_text_always(st, 10, e->scores);
    return fsc_sql_run(s, st, err);
}

int fsc_store_edits_set(fsc_store *s, int64_t document, const fsc_store_edit *edit, size_t count, fsc_err *err)
{
    int status = fsc_store_write(s, err);
    sqlite3_stmt *drop = status ? NULL : fsc_sql(s, FSC_SQL_REVISIONS_DROP, err), *done = status ? NULL : fsc_sql(s, FSC_SQL_DOCUMENT_COMPARED, err);
    if (!drop || !done)
        return status ? status : s->failed;
    sqlite3_bind_int64(drop, 1, s->run);
    sqlite3_bind_int64(drop, 2, document);
    sqlite3_bind_int64(done, 1, document);
    status = fsc_sql_run(s, drop, err);
    for (size_t i = 0; i < count && !status; i++)
        status = add_edit(s, document, i, &edit[i], err);
    return status ? status : fsc_sql_run(s, done, err);
}
