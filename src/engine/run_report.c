#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/vec.h"
#include "engine/stored_p.h"
#include "stats/stats.h"

// report: one page that says what a store holds: rates of groups with intervals, their course by month, the entries, labels, causes and
// speakers behind them, what edits did, and texts with their marks. Numbers are the stored ones of the current run.

#define GROUPS 20u      // groups and months beyond are left out of the plots, and counted
#define MONTHS 240u
#define TEXTS 10
#define DIMENSIONS 64u

typedef struct unit {
    uint32_t group, month;      // FSC_NONE: no date
    double words;
    double *weight;             // points, one a dimension of the store
} unit;

typedef struct group {
    fsc_view name;
    uint32_t documents;
    double words;
} group;

typedef struct report {
    fsc_run_state *r;
    fsc_store *store;
    fsc_buf out;
    size_t by;                  // column of report.units
    size_t room;                // dimensions of the store, at most DIMENSIONS
    fsc_vec(unit) units;
    fsc_vec(group) groups, months;
    fsc_vec(fsc_view) dimensions;
    double n[DIMENSIONS], own_n[DIMENSIONS];
    fsc_map group_of, month_of, dimension_of;
} report;

enum { UNIT, SITE, AUTHOR, LANG, KIND, GENRE, SECTION, PUBLISHED, WORDS, DIMENSION, N, WEIGHT, OWN_N };

static const char *const fields[] = {NULL, "site", "author", "lang", "kind", "genre", "section"};

// ---------------------------------------------------------------- reading the units

static int index_of(fsc_map *map, fsc_view name, size_t next, uint32_t *out, bool *is_new, fsc_arena *arena, fsc_err *err)
{
    const uint32_t *known = fsc_map_get(map, name);
    *is_new = known == NULL;
    if (known) {
        *out = *known;
        return 0;
    }
    fsc_view key = fsc_arena_dup(arena, name);
    *out = (uint32_t)next;
    return key.data && fsc_map_put(map, key, *out, NULL) ? 0 : fsc_err_nomem(err);
}

static int add_to(report *x, fsc_map *map, bool month, fsc_view name, double words, uint32_t *out, fsc_err *err)
{
    bool is_new;
    fsc_arena *arena = x->r->arena;
    size_t next = month ? x->months.len : x->groups.len;
    int status = index_of(map, name, next, out, &is_new, arena, err);
    if (!status && is_new) {
        group g = {.name = map->entries[map->len - 1].key};
        if (!(month ? fsc_vec_push(arena, &x->months, g) : fsc_vec_push(arena, &x->groups, g)))
            return fsc_err_nomem(err);
    }
    if (status)
        return status;
    group *g = month ? &x->months.data[*out] : &x->groups.data[*out];
    g->documents++;
    g->words += words;
    return 0;
}

static int begin_unit(report *x, const fsc_cell *cell, fsc_err *err)
{
    unit u = {.month = FSC_NONE, .words = (double)cell[WORDS].integer, .weight = FSC_NEW_N(x->r->arena, double, x->room + 1)};
    fsc_view month = fsc_view_slice(cell[PUBLISHED].text, 0, 7);
    int status = add_to(x, &x->group_of, false, cell[x->by].text, u.words, &u.group, err);
    if (!status && month.len == 7)
        status = add_to(x, &x->month_of, true, month, u.words, &u.month, err);
    if (status)
        return status;
    return u.weight && fsc_vec_push(x->r->arena, &x->units, u) ? 0 : fsc_err_nomem(err);
}

static int add_score(report *x, const fsc_cell *cell, fsc_err *err)
{
    uint32_t d;
    bool is_new;
    if (cell[DIMENSION].kind != FSC_CELL_TEXT)
        return 0;
    int status = index_of(&x->dimension_of, cell[DIMENSION].text, x->dimensions.len, &d, &is_new, x->r->arena, err);
    if (!status && is_new && !fsc_vec_push(x->r->arena, &x->dimensions, x->dimension_of.entries[d].key))
        status = fsc_err_nomem(err);
    if (status || d >= x->room)
        return status;
    x->units.data[x->units.len - 1].weight[d] = cell[WEIGHT].real;
    x->n[d] += (double)cell[N].integer;
    x->own_n[d] += (double)cell[OWN_N].integer;
    return 0;
}

static int read_units(report *x, fsc_err *err)
{
    fsc_store_rows *rows;
    const fsc_cell *cell;
    int64_t last = 0;
    int got = 0, status = fsc_store_rows_open(&rows, x->store, "report.units", err);
    fsc_map_init(&x->group_of, x->r->arena);
    fsc_map_init(&x->month_of, x->r->arena);
    fsc_map_init(&x->dimension_of, x->r->arena);
    while (!status && (got = fsc_store_rows_next(rows, &cell, err)) > 0) {
        if (cell[UNIT].integer != last)
            status = begin_unit(x, cell, err);
        last = cell[UNIT].integer;
        if (!status)
            status = add_score(x, cell, err);
    }
    fsc_store_rows_close(rows);
    return status ? status : got < 0 ? got : 0;
}

// ---------------------------------------------------------------- plots

// a rate per 1,000 words of the units of one group or month, with its interval
static int rate_of(report *x, fsc_mark_point *p, size_t d, bool month, uint32_t which, fsc_arena *scratch, fsc_err *err)
{
    double *weight = FSC_NEW_N(scratch, double, x->units.len + 1), *words = FSC_NEW_N(scratch, double, x->units.len + 1), sum = 0, all = 0;
    size_t count = 0;
    fsc_interval ci;
    if (!weight || !words)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < x->units.len; i++) {
        const unit *u = &x->units.data[i];
        if ((month ? u->month : u->group) != which)
            continue;
        weight[count] = u->weight[d];
        words[count++] = u->words;
        sum += u->weight[d];
        all += u->words;
    }
    p->value = all > 0 ? 1000 * sum / all : NAN;
    p->low = p->high = NAN;
    if (month)
        return 0;
    int status = fsc_bootstrap_ratio(&ci, weight, words, count, 1000, fsc_hash64(p->label.data, p->label.len, d), scratch, err);
    p->low = ci.low;
    p->high = ci.high;
    return status;
}

static int by_size(const void *a, const void *b)
{
    const group *x = *(const group *const *)a, *y = *(const group *const *)b;
    return x->words != y->words ? (x->words < y->words ? 1 : -1) : fsc_view_cmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return fsc_view_cmp((*(const group *const *)a)->name, (*(const group *const *)b)->name);
}

static const group **sorted(report *x, bool month, size_t *count)
{
    size_t len = month ? x->months.len : x->groups.len;
    const group *all = month ? x->months.data : x->groups.data, **list = FSC_NEW_N(x->r->arena, const group *, len + 1);
    for (size_t i = 0; list && i < len; i++)
        list[i] = &all[i];
    if (list && len)
        qsort((void *)list, len, sizeof *list, month ? by_name : by_size);
    size_t most = month ? MONTHS : GROUPS;
    *count = len < most ? len : most;
    return list;
}

static int put_plot(report *x, size_t d, bool month, const group **list, size_t count, fsc_err *err)
{
    const group *all = month ? x->months.data : x->groups.data;
    fsc_mark_point *p = FSC_NEW_N(x->r->arena, fsc_mark_point, count + 1);
    fsc_arena scratch;
    int status = p ? 0 : fsc_err_nomem(err);
    fsc_arena_init(&scratch, NULL);
    for (size_t i = 0; i < count && !status; i++) {
        p[i].label = list[i]->name.len ? list[i]->name : FSC_LIT("(none)");
        status = rate_of(x, &p[i], d, month, (uint32_t)(list[i] - all), &scratch, err);
        fsc_arena_reset(&scratch, 1u << 20);
    }
    fsc_arena_release(&scratch);
    if (status)
        return status;
    if (month)
        fsc_export_line(x->dimensions.data[d], p, count, &x->out);
    else
        fsc_export_dots(x->dimensions.data[d], p, count, &x->out);
    const fsc_view head[] = {fsc_view_cstr(month ? "month" : fields[x->by]), FSC_LIT("documents"), FSC_LIT("rate"), FSC_LIT("from"), FSC_LIT("to")};
    fsc_export_html_head_row(head, month ? 3 : 5, &x->out);
    for (size_t i = 0; i < count; i++) {
        const fsc_cell cell[] = {{.kind = FSC_CELL_TEXT, .text = p[i].label}, {.kind = FSC_CELL_INT, .integer = list[i]->documents},
                                 {.kind = FSC_CELL_REAL, .real = p[i].value}, {.kind = FSC_CELL_REAL, .real = p[i].low}, {.kind = FSC_CELL_REAL, .real = p[i].high}};
        fsc_export_html_row(cell, month ? 3 : 5, &x->out);
    }
    fsc_export_html_table_end(&x->out);
    return 0;
}

static int put_dimensions(report *x, fsc_err *err)
{
    size_t count, months;
    const group **list = sorted(x, false, &count), **month = sorted(x, true, &months);
    if (!list || !month)
        return fsc_err_nomem(err);
    if (count < x->groups.len) {
        fsc_view left = fsc_arena_printf(x->r->arena, "The %zu groups with most words are shown, of %zu.", count, x->groups.len);
        fsc_export_paragraph(left, &x->out);
    }
    for (size_t d = 0; d < x->dimensions.len && d < x->room; d++) {
        fsc_view note = fsc_arena_printf(x->r->arena, "%.0f cues, %.0f of them in the texts’ own voice. Rate: weight per 1,000 words, with a 95 %% interval over documents.",
                                         x->n[d], x->own_n[d]);
        fsc_export_heading(3, x->dimensions.data[d], &x->out);
        fsc_export_paragraph(note, &x->out);
        int status = put_plot(x, d, false, list, count, err);
        if (!status && months > 2)
            status = put_plot(x, d, true, month, months, err);
        if (status)
            return status;
    }
    return 0;
}

// ---------------------------------------------------------------- tables and texts

static int put_size(report *x, fsc_err *err)
{
    fsc_store_rows *rows;
    const fsc_cell *c;
    int status = fsc_store_rows_open(&rows, x->store, "report.size", err);
    int got = status ? status : fsc_store_rows_next(rows, &c, err);
    if (got > 0) {
        x->room = c[9].integer < DIMENSIONS ? (size_t)c[9].integer : DIMENSIONS;
        fsc_view text = fsc_arena_printf(x->r->arena, "%lld documents in %lld versions, seen %lld times; %lld words; %lld sites; published %.*s to %.*s. Run %.*s.",
                                         (long long)c[0].integer, (long long)c[1].integer, (long long)c[2].integer, (long long)c[3].integer,
                                         (long long)c[4].integer, (int)(c[5].text.len < 10 ? c[5].text.len : 10), c[5].text.data,
                                         (int)(c[6].text.len < 10 ? c[6].text.len : 10), c[6].text.data, (int)c[7].text.len, c[7].text.data);
        fsc_export_heading(1, fsc_arena_printf(x->r->arena, "framescope: %s", x->r->opt->db), &x->out);
        fsc_export_paragraph(text, &x->out);
        fsc_export_paragraph(FSC_LIT("Categories describe wording, never truth or merit. Whose words they are is told apart: a source’s words are not the article’s."), &x->out);
    }
    fsc_store_rows_close(rows);
    return got < 0 ? got : 0;
}

static int put_table(report *x, const char *table, const char *heading, const char *note, fsc_err *err)
{
    fsc_store_rows *rows;
    const fsc_cell *cell;
    size_t count = 0;
    int got, status = fsc_store_rows_open(&rows, x->store, table, err);
    if (status)
        return status;
    size_t columns = fsc_store_rows_columns(rows);
    fsc_vec(fsc_view) name = {0};
    for (size_t i = 0; i < columns && !status; i++)
        status = fsc_vec_push(x->r->arena, &name, fsc_store_rows_column(rows, i)) ? 0 : fsc_err_nomem(err);
    while (!status && (got = fsc_store_rows_next(rows, &cell, err)) != 0) {
        status = got < 0 ? got : 0;
        if (!status && !count++) {
            fsc_export_heading(2, fsc_view_cstr(heading), &x->out);
            fsc_export_paragraph(fsc_view_cstr(note), &x->out);
            fsc_export_html_head_row(name.data, columns, &x->out);
        }
        if (!status)
            fsc_export_html_row(cell, columns, &x->out);
    }
    if (count)
        fsc_export_html_table_end(&x->out);
    fsc_store_rows_close(rows);
    return status;
}

static int put_texts(report *x, fsc_err *err)
{
    fsc_store_reader *reader = NULL;
    fsc_worker w;
    fsc_stored stored;
    int64_t limit = x->r->opt->limit > 0 ? x->r->opt->limit : TEXTS;
    int got = 1, status = fsc_worker_init(&w, x->r->ctx, 0, err);
    if (status)
        return status;
    status = fsc_store_recent(&reader, x->store, limit, err);
    if (!status)
        fsc_export_heading(2, FSC_LIT("Texts with their marks"), &x->out);
    while (!status && got > 0) {
        fsc_analysis a;
        got = fsc_store_next(reader, &stored, &w.document, err);
        if (got > 0)
            status = fsc_worker_analyze(&w, &a, &stored.article, &w.document, err);
        if (got > 0 && !status)
            fsc_export_html_text(&a, &x->out);
        fsc_worker_reset(&w);
    }
    fsc_store_reader_close(reader);
    fsc_worker_release(&w);
    return status ? status : got < 0 ? got : 0;
}

static int put_page(report *x, fsc_err *err)
{
    int status = put_size(x, err);
    if (!status)
        status = read_units(x, err);
    if (!status)
        fsc_export_heading(2, fsc_arena_printf(x->r->arena, "Dimensions by %s", fields[x->by]), &x->out);
    if (!status)
        status = put_dimensions(x, err);
    if (!status)
        status = put_table(x, "report.entries", "The entries met most", "own: in the texts’ own voice.", err);
    if (!status)
        status = put_table(x, "report.labels", "Labels", "How a referent is called. No variant scores; each one’s share among all mentions is the result.", err);
    if (!status)
        status = put_table(x, "report.causes", "Who credits what for what, and who denies it", "said: asserted or hedged; doubted: denied or questioned.", err);
    if (!status)
        status = put_table(x, "report.speakers", "Who is quoted", "", err);
    if (!status)
        status = put_table(x, "report.edits", "Edits", "unmarked: the page kept its date of modification.", err);
    if (!status)
        status = put_texts(x, err);
    return !status && x->r->arena->failed ? fsc_err_nomem(err) : status;
}

static int choose_by(report *x, fsc_err *err)
{
    const char *by = x->r->opt->by ? x->r->opt->by : "site";
    for (size_t i = SITE; i <= SECTION; i++)
        if (strcmp(fields[i], by) == 0) {
            x->by = i;
            return 0;
        }
    return fsc_err_set(err, FSC_E_USAGE, "--by %s: a report groups by site author lang kind genre or section", by);
}

int fsc_run_report(fsc_run_state *r, fsc_err *err)
{
    report x = {.r = r};
    fsc_target target;
    fsc_export page = {.opt = {.format = FSC_OUTPUT_HTML}};
    if (!r->opt->db || r->opt->arg.len)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "report takes --db FILE, and -o FILE.html to write to"));
    int status = choose_by(&x, err);
    if (!status)
        status = fsc_store_open(&x.store, r->opt->db, FSC_STORE_READ, err);
    if (status)
        return fsc_exit_of(status);
    fsc_buf_init(&x.out, NULL, (size_t)1 << 36);
    fsc_export_header(&page, &x.out);
    status = put_page(&x, err);
    fsc_export_footer(&page, &x.out);
    if (!status)
        status = x.out.failed ? fsc_err_nomem(err) : fsc_target_open(&target, r, err);
    if (!status) {
        status = fsc_target_write(&target, fsc_buf_view(&x.out), err);
        status = fsc_target_close(&target, status, err);
    }
    fsc_buf_release(&x.out);
    fsc_store_close(x.store, 0, NULL);
    return fsc_exit_of(status);
}
