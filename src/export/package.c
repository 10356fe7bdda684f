#include "export/export_p.h"

// Frictionless Data Package (Table Schema): what a CSV's columns are, so that tools read them with the right types.

static bool is_one_of(fsc_view name, const char *const *list)
{
    for (; *list; list++)
        if (fsc_view_is(name, *list))
            return true;
    return false;
}

static const char *type_of(fsc_view name)
{
    static const char *const integers[] = {"words", "sentences", "own_words", "quoted_words", "indirect_words", "headline_words", "sources_named",
                                           "sources_unnamed", "cue", "sentence", "start", "end", "n", "relation", "quote", "edit", "versions", "repaired",
                                           "stealth", "reverts", NULL};
    static const char *const numbers[] = {"position", "weight", "rate", NULL};
    static const char *const booleans[] = {"negated", "scored", NULL};
    return is_one_of(name, integers) ? "integer" : is_one_of(name, numbers) ? "number" : is_one_of(name, booleans) ? "boolean" : "string";
}

static const char *type_in(const fsc_export *x, size_t column)
{
    fsc_view name = x->column[column];
    bool given = x->keep_at && column >= x->keep_at;
    for (size_t d = 0; x->schema && !given && d < x->schema->dimension_count; d++) {
        fsc_view dimension = x->schema->dimension[d].name;
        fsc_view rest = fsc_view_slice(name, dimension.len, name.len);
        if (fsc_view_starts(name, dimension) && (!rest.len || rest.data[0] == '_' || rest.data[0] == '.'))
            return fsc_view_ends(rest, FSC_LIT("_n")) ? "integer" : "number";
    }
    return given ? "string" : type_of(name);
}

static void put_text(fsc_json_writer *w, const char *key, fsc_view v)
{
    fsc_json_key(w, key);
    fsc_json_string(w, v);
}

static void put_fields(fsc_json_writer *w, const fsc_export *x)
{
    fsc_buf meaning;
    fsc_buf_init(&meaning, NULL, 1u << 16);
    fsc_json_key(w, "fields");
    fsc_json_open_array(w);
    for (size_t i = 0; i < x->column_count; i++) {
        const char *use;
        fsc_buf_reset(&meaning, 1u << 12);
        fsc_json_open_object(w);
        put_text(w, "name", x->column[i]);
        put_text(w, "type", fsc_view_cstr(type_in(x, i)));
        if (x->schema && fsc_explain_column(x, i, &meaning, &use))
            put_text(w, "description", fsc_buf_view(&meaning));
        fsc_json_close_object(w);
    }
    fsc_json_close_array(w);
    fsc_json_key(w, "missingValues");
    fsc_json_open_array(w);
    fsc_json_string(w, (fsc_view){"", 0});
    fsc_json_close_array(w);
    if (meaning.failed)
        w->out->failed = meaning.failed;
    fsc_buf_release(&meaning);
}

static void put_dialect(fsc_json_writer *w, const fsc_export *x)
{
    fsc_json_key(w, "dialect");
    fsc_json_open_object(w);
    put_text(w, "delimiter", x->opt.format == FSC_OUTPUT_TSV ? FSC_LIT("\t") : FSC_LIT(","));
    put_text(w, "lineTerminator", x->opt.format == FSC_OUTPUT_TSV ? FSC_LIT("\n") : FSC_LIT("\r\n"));
    put_text(w, "quoteChar", FSC_LIT("\""));
    fsc_json_key(w, "doubleQuote");
    fsc_json_bool(w, true);
    fsc_json_key(w, "header");
    fsc_json_bool(w, true);
    fsc_json_close_object(w);
}

void fsc_export_package(const fsc_export *x, fsc_view file, uint64_t bytes, fsc_view settings, fsc_buf *out)
{
    fsc_json_writer w;
    fsc_view name = file;
    for (size_t i = 0; i < file.len; i++)
        if (file.data[i] == '.')
            name.len = i;
    fsc_json_writer_init(&w, out);
    fsc_json_open_object(&w);
    put_text(&w, "profile", FSC_LIT("tabular-data-package"));
    fsc_json_key(&w, "resources");
    fsc_json_open_array(&w);
    fsc_json_open_object(&w);
    put_text(&w, "name", name);
    put_text(&w, "path", file);
    put_text(&w, "profile", FSC_LIT("tabular-data-resource"));
    put_text(&w, "format", x->opt.format == FSC_OUTPUT_TSV ? FSC_LIT("tsv") : FSC_LIT("csv"));
    put_text(&w, "encoding", FSC_LIT("utf-8"));
    fsc_json_key(&w, "bytes");
    fsc_json_u64(&w, bytes);
    put_dialect(&w, x);
    fsc_json_key(&w, "schema");
    fsc_json_open_object(&w);
    put_fields(&w, x);
    fsc_json_close_object(&w);
    fsc_json_close_object(&w);
    fsc_json_close_array(&w);
    fsc_json_key(&w, "framescope");
    fsc_json_open_object(&w);
    put_text(&w, "version", FSC_LIT(FSC_VERSION));
    put_text(&w, "run", x->opt.run);
    fsc_json_key(&w, "decided_by");
    fsc_json_open_array(&w);
    while (settings.data && settings.len)
        fsc_json_string(&w, fsc_view_split(&settings, '\n'));
    fsc_json_close_array(&w);
    fsc_json_close_object(&w);
    fsc_json_close_object(&w);
    fsc_buf_char(out, '\n');
}
