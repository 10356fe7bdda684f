#include "store/store_p.h"

// What analyses are made with: the run, its dimensions and categories, and how far a job has come.

const char *fsc_known_by_name(fsc_known_by k)
{
    static const char *const names[] = {"url", "id", "source", "content"};
    return names[k];
}

// adds by one statement, finds by another: the number in the database
static int number_of(fsc_store *s, sqlite3_stmt *add, sqlite3_stmt *find, int64_t *out, fsc_err *err)
{
    int status = fsc_sql_run(s, add, err);
    if (status)
        return status;
    int got = fsc_sql_int(s, find, out, err);
    return got < 0 ? got : 0;
}

static int put_run(fsc_store *s, const fsc_store_run *run, fsc_err *err)
{
    sqlite3_stmt *add = fsc_sql(s, FSC_SQL_RUN_ADD, err), *find = fsc_sql(s, FSC_SQL_RUN_FIND, err), *set = fsc_sql(s, FSC_SQL_CURRENT_SET, err);
    if (!add || !find || !set)
        return s->failed;
    fsc_bind_text_always(add, 1, run->digest);
    fsc_bind_text_always(add, 2, run->program);
    fsc_bind_text_always(add, 3, run->schema->digest);
    fsc_bind_text_always(add, 4, run->settings);
    fsc_bind_text_always(find, 1, run->digest);
    int status = number_of(s, add, find, &s->run, err);
    if (status)
        return status;
    sqlite3_bind_int64(set, 1, s->run);
    return fsc_sql_run(s, set, err);
}

static int put_dimensions(fsc_store *s, fsc_err *err)
{
    sqlite3_stmt *add = fsc_sql(s, FSC_SQL_DIMENSION_ADD, err), *find = fsc_sql(s, FSC_SQL_DIMENSION_FIND, err);
    if (!add || !find)
        return s->failed;
    for (size_t i = 0; i < s->schema->dimension_count; i++) {
        const fsc_dimension *d = &s->schema->dimension[i];
        fsc_bind_text_always(add, 1, d->name);
        sqlite3_bind_int64(add, 2, d->poles);
        sqlite3_bind_int64(add, 3, d->rules);
        fsc_bind_text_always(find, 1, d->name);
        int status = number_of(s, add, find, &s->dimension[i], err);
        if (status)
            return status;
    }
    return 0;
}

static int put_categories(fsc_store *s, fsc_err *err)
{
    sqlite3_stmt *add = fsc_sql(s, FSC_SQL_CATEGORY_ADD, err), *find = fsc_sql(s, FSC_SQL_CATEGORY_FIND, err);
    if (!add || !find)
        return s->failed;
    for (size_t i = 0; i < s->schema->category_count; i++) {
        const fsc_category *c = &s->schema->category[i];
        sqlite3_bind_int64(add, 1, s->dimension[c->dimension]);
        fsc_bind_text_always(add, 2, c->name);
        sqlite3_bind_int64(add, 3, c->pole);
        sqlite3_bind_int64(find, 1, s->dimension[c->dimension]);
        fsc_bind_text_always(find, 2, c->name);
        int status = number_of(s, add, find, &s->category[i], err);
        if (status)
            return status;
    }
    return 0;
}

int fsc_store_begin(fsc_store *s, const fsc_store_run *run, fsc_err *err)
{
    const fsc_schema *schema = run->schema;
    s->schema = schema;
    s->dimension = FSC_NEW_N(&s->arena, int64_t, schema->dimension_count + 1);
    s->category = FSC_NEW_N(&s->arena, int64_t, schema->category_count + 1);
    s->entry = FSC_NEW_N(&s->arena, int64_t, schema->entry_count + 1);
    if (!s->dimension || !s->category || !s->entry)
        return fsc_err_nomem(err);
    int status = fsc_store_write(s, err);
    if (!status)
        status = put_run(s, run, err);
    if (!status)
        status = put_dimensions(s, err);
    if (!status)
        status = put_categories(s, err);
    return status ? status : fsc_store_views(s, err);
}

int fsc_store_mark_set(fsc_store *s, fsc_view job, const fsc_store_mark *mark, fsc_err *err)
{
    int status = fsc_store_write(s, err);
    sqlite3_stmt *st = status ? NULL : fsc_sql(s, FSC_SQL_JOB_SET, err);
    if (!st)
        return status ? status : s->failed;
    fsc_bind_text_always(st, 1, job);
    fsc_bind_text_always(st, 2, mark->position);
    sqlite3_bind_int64(st, 3, (int64_t)mark->records);
    sqlite3_bind_int64(st, 4, (int64_t)mark->failed);
    sqlite3_bind_int64(st, 5, mark->done);
    return fsc_sql_run(s, st, err);
}

int fsc_store_progress(fsc_store *s, fsc_view job, fsc_store_mark *out, fsc_arena *arena, fsc_err *err)
{
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_JOB_FIND, err);
    *out = (fsc_store_mark){0};
    if (!st)
        return s->failed;
    fsc_bind_text_always(st, 1, job);
    int code = sqlite3_step(st), got = 0;
    if (code == SQLITE_ROW) {
        *out = (fsc_store_mark){fsc_column_text(st, 0, arena), (uint64_t)sqlite3_column_int64(st, 1), (uint64_t)sqlite3_column_int64(st, 2),
                                sqlite3_column_int(st, 3) != 0};
        got = arena->failed ? fsc_err_nomem(err) : 1;
    } else if (code != SQLITE_DONE) {
        got = fsc_store_fail(s, code, err);
    }
    sqlite3_reset(st);
    return got;
}
