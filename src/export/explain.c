#include "export/export_p.h"

// score --explain: the columns of the table that the options give, each with its meaning and use.

static const struct explanation {
    const char *name, *meaning, *use;
} columns[] = {
#define FSC_COLUMN(name, meaning, use) {name, meaning, use},
#define FSC_DIMENSION_COLUMN(suffix, meaning, use)
#include "export/columns.def"
#undef FSC_COLUMN
#undef FSC_DIMENSION_COLUMN
}, suffixes[] = {
#define FSC_COLUMN(name, meaning, use)
#define FSC_DIMENSION_COLUMN(suffix, meaning, use) {suffix, meaning, use},
#include "export/columns.def"
#undef FSC_COLUMN
#undef FSC_DIMENSION_COLUMN
};

static const char *use_of_category = "count model with offset log(words); --long has them by voice";

static const struct explanation *find(const struct explanation *table, size_t count, fsc_view name)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_is(name, table[i].name))
            return &table[i];
    return NULL;
}

static void add_meaning(fsc_buf *out, const char *meaning, fsc_view dimension)
{
    for (; *meaning; meaning++)
        if (*meaning == '@')
            fsc_buf_addv(out, dimension);
        else
            fsc_buf_char(out, *meaning);
}

static void add_dimension(const fsc_export *x, fsc_view column, const char **use, fsc_buf *out)
{
    static const fsc_view number = FSC_LIT_INIT("_n");
    for (size_t d = 0; d < x->schema->dimension_count; d++) {
        fsc_view name = x->schema->dimension[d].name, rest = fsc_view_slice(column, name.len, column.len);
        if (!fsc_view_starts(column, name))
            continue;
        const struct explanation *e = find(suffixes, sizeof suffixes / sizeof *suffixes, rest);
        if (e) {
            add_meaning(out, e->meaning, name);
            *use = e->use;
            return;
        }
        if (rest.len > number.len && rest.data[0] == '.' && fsc_view_ends(rest, number)) {
            fsc_buf_printf(out, "%s cues of the category %.*s of %.*s", x->schema->dimension[d].rules ? "counted" : "scored",
                           (int)(rest.len - 1 - number.len), rest.data + 1, (int)name.len, name.data);
            *use = use_of_category;
            return;
        }
    }
}

bool fsc_explain_column(const fsc_export *x, size_t column, fsc_buf *meaning, const char **use)
{
    fsc_view name = x->column[column];
    size_t before = meaning->len;
    const struct explanation *e = find(columns, sizeof columns / sizeof *columns, name);
    *use = "";
    if (e) {
        fsc_buf_adds(meaning, e->meaning);
        *use = e->use;
    } else if (column >= x->keep_at) {
        fsc_buf_printf(meaning, "column %.*s of the input, as it was", (int)name.len - 3, name.data + 3);
    } else {
        add_dimension(x, name, use, meaning);
    }
    return meaning->len > before;
}

// on a terminal: the name, and below it what it means and what to do with it
static void put_entry(const fsc_export *x, fsc_view column, fsc_view meaning, const char *use, fsc_buf *out)
{
    fsc_buf_printf(out, "%s%.*s%s\n", fsc_paint(x, "\x1b[1m"), (int)column.len, column.data, fsc_paint(x, "\x1b[0m"));
    size_t from = out->len;
    fsc_buf_printf(out, "    %.*s%s%s\n", (int)meaning.len, meaning.data, *use ? ". Use: " : "", use);
    fsc_wrap(x, out, from);
}

static void put_row(char sep, fsc_view column, fsc_view meaning, const char *use, fsc_buf *out)
{
    const fsc_view cells[] = {column, meaning, fsc_view_cstr(use)};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (i)
            fsc_buf_char(out, sep);
        fsc_csv_cell(out, cells[i], sep);
    }
}

void fsc_export_explain(const fsc_export *x, fsc_buf *out)
{
    char sep = x->opt.format == FSC_OUTPUT_TSV ? '\t' : ',';
    bool table = x->opt.format == FSC_OUTPUT_TABLE;
    const char *end = x->opt.format == FSC_OUTPUT_CSV ? "\r\n" : "\n";
    fsc_buf meaning;
    fsc_buf_init(&meaning, out->alloc, 1u << 16);
    if (!table)
        fsc_buf_printf(out, "column%cmeaning%cuse%s", sep, sep, end);
    for (size_t i = 0; i < x->column_count; i++) {
        const char *use;
        fsc_buf_reset(&meaning, 1u << 12);
        fsc_explain_column(x, i, &meaning, &use);
        if (table) {
            put_entry(x, x->column[i], fsc_buf_view(&meaning), use, out);
        } else {
            put_row(sep, x->column[i], fsc_buf_view(&meaning), use, out);
            fsc_buf_adds(out, end);
        }
    }
    if (meaning.failed)
        out->failed = meaning.failed;
    fsc_buf_release(&meaning);
}
