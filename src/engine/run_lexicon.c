#include "codec/codec.h"
#include "engine/engine_p.h"

static const char *const list_columns[] = {"lexicon", "language", "role", "dimension", "entries", "version"};

static void put_list(const fsc_run_state *r, fsc_buf *out)
{
    size_t count;
    const fsc_lexicon_info *info = fsc_lexset_lexicons(r->ctx->lexset, &count);
    for (size_t i = 0; i < sizeof list_columns / sizeof *list_columns; i++)
        fsc_buf_printf(out, "%s%s", i ? "," : "", list_columns[i]);
    fsc_buf_adds(out, "\r\n");
    for (size_t i = 0; i < count; i++) {
        const fsc_view cells[] = {info[i].name, info[i].language, info[i].role, info[i].dimension};
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            fsc_csv_cell(out, cells[k], ',');
            fsc_buf_char(out, ',');
        }
        fsc_buf_printf(out, "%u,", info[i].entry_count);
        fsc_csv_cell(out, info[i].version, ',');
        fsc_buf_adds(out, "\r\n");
    }
}

// entries as they are compiled, so that what is shown is what is matched
static bool put_entries(const fsc_run_state *r, fsc_view name, fsc_buf *out)
{
    const fsc_schema *s = r->ctx->schema;
    size_t count;
    const fsc_lexicon_info *info = fsc_lexset_lexicons(r->ctx->lexset, &count);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (!fsc_view_eq(info[i].name, name))
            continue;
        found = true;
        fsc_buf_printf(out, "#lexicon\t%.*s\n#language\t%.*s\n#version\t%.*s\n#license\t%.*s\n#role\t%.*s\n", (int)info[i].name.len,
                       info[i].name.data, (int)info[i].language.len, info[i].language.data, (int)info[i].version.len, info[i].version.data,
                       (int)info[i].license.len, info[i].license.data, (int)info[i].role.len, info[i].role.data);
        if (info[i].dimension.len)
            fsc_buf_printf(out, "#dimension\t%.*s\n", (int)info[i].dimension.len, info[i].dimension.data);
        if (info[i].poles.len)
            fsc_buf_printf(out, "#poles\t%.*s\n", (int)info[i].poles.len, info[i].poles.data);
        if (info[i].source.len)
            fsc_buf_printf(out, "#source\t%.*s\n", (int)info[i].source.len, info[i].source.data);
    }
    fsc_buf_adds(out, found ? "pattern\tcategory\tweight\toptions\tnote\n" : "");
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        fsc_view pattern = fsc_schema_text(s, e->pattern), options = fsc_schema_text(s, e->options), note = fsc_schema_text(s, e->note);
        if (!fsc_view_eq(fsc_schema_text(s, e->lexicon), name))
            continue;
        fsc_view category = e->dimension == FSC_NO_DIMENSION ? s->resource[e->category] : s->category[e->category].name;
        fsc_buf_printf(out, "%.*s\t%.*s\t", (int)pattern.len, pattern.data, (int)category.len, category.data);
        fsc_buf_thousandths(out, e->weight);
        fsc_buf_printf(out, "\t%.*s\t%.*s\n", (int)options.len, options.data, (int)note.len, note.data);
    }
    return found;
}

static int fill(fsc_run_state *r, fsc_buf *out, fsc_err *err)
{
    const fsc_texts *arg = &r->opt->arg;
    if (arg->len == 1 && strcmp(arg->data[0], "list") == 0) {
        fsc_buf list;
        fsc_buf_init(&list, NULL, 1u << 24);
        put_list(r, &list);
        int status = 0;
        if (r->export.format == FSC_OUTPUT_CSV)
            fsc_buf_addv(out, fsc_buf_view(&list));
        else
            status = fsc_align(out, fsc_buf_view(&list), r->arena, err);
        fsc_buf_release(&list);
        return status;
    }
    if (arg->len != 2 || strcmp(arg->data[0], "show") != 0)
        return fsc_err_set(err, FSC_E_USAGE, "framescope lexicon list, show NAME, check FILE, or convert FILE FILE");
    if (put_entries(r, fsc_view_cstr(arg->data[1]), out))
        return 0;
    return fsc_err_set(err, FSC_E_USAGE, "%s: no such lexicon; framescope lexicon list shows the names", arg->data[1]);
}

int fsc_run_lexicon(fsc_run_state *r, fsc_err *err)
{
    const fsc_texts *arg = &r->opt->arg;
    fsc_buf out;
    fsc_target target;
    if (arg->len == 2 && strcmp(arg->data[0], "check") == 0)
        return fsc_run_lexicon_check(r, arg->data[1], err);
    if (arg->len == 3 && strcmp(arg->data[0], "convert") == 0)
        return fsc_run_lexicon_convert(r, arg->data[1], arg->data[2], err);
    fsc_buf_init(&out, NULL, 1u << 28);
    int status = fill(r, &out, err);
    if (!status)
        status = out.failed ? fsc_err_nomem(err) : fsc_target_open(&target, r, err);
    if (!status) {
        status = fsc_target_write(&target, fsc_buf_view(&out), err);
        status = fsc_target_close(&target, status, err);
    }
    fsc_buf_release(&out);
    return fsc_exit_of(status);
}
