#include "engine/engine_p.h"

// lexicon convert: a dictionary of one tool as that of another, and what was lost on the way.

#define LARGEST (512u << 20)

static int choose(fsc_dict_format *out, const char *wanted, const char *option, fsc_err *err)
{
    *out = fsc_dict_format_named(fsc_view_cstr(wanted));
    if (*out != FSC_DICT_FORMATS)
        return 0;
    return fsc_err_set(err, FSC_E_USAGE, "%s %s: no such format; there are framescope liwc dicx ykd lcd lc3 cat yaml vader list csv", option,
                       wanted);
}

// by --to, else by the ending of the name
static int choose_target(fsc_dict_format *out, const fsc_options *o, const char *to, fsc_err *err)
{
    const char *ending = strrchr(to, '.');
    if (o->to)
        return choose(out, o->to, "--to", err);
    *out = ending ? fsc_dict_format_named(fsc_view_cstr(ending + 1)) : FSC_DICT_FORMATS;
    if (*out != FSC_DICT_FORMATS)
        return 0;
    return fsc_err_set(err, FSC_E_USAGE, "%s: its name does not tell the format: add --to FORMAT", to);
}

static void say(const fsc_run_state *r, const char *path, uint32_t line, const char *text)
{
    fsc_view message = line ? fsc_arena_printf(r->arena, "%s:%u: %s", path, line, text) : fsc_arena_printf(r->arena, "%s: %s", path, text);
    if (message.data && !r->opt->quiet)
        fsc_run_message(r->sink, 0, message.data);
}

static int read_dict(fsc_run_state *r, fsc_dict *dict, const char *path, fsc_err *err)
{
    fsc_buf bytes;
    fsc_dict_format format = FSC_DICT_FORMATS;
    fsc_buf_init(&bytes, NULL, LARGEST);
    int status = r->opt->from ? choose(&format, r->opt->from, "--from", err) : 0;
    if (!status)
        status = fsc_file_read(&bytes, path, err);
    fsc_view text = status ? (fsc_view){0} : fsc_arena_dup(r->arena, fsc_buf_view(&bytes)), name = fsc_view_cstr(path);
    fsc_buf_release(&bytes);
    if (status)
        return status;
    if (format == FSC_DICT_FORMATS)
        format = fsc_dict_format_of(name, text);
    return text.data ? fsc_dict_read(dict, format, name, text, r->arena, err) : fsc_err_nomem(err);
}

static int write_file(const fsc_run_state *r, const char *path, fsc_view bytes, fsc_err *err)
{
    fsc_outfile file;
    if (strcmp(path, "-") == 0)
        return r->sink->write(r->sink->user, bytes.data, bytes.len) ? fsc_err_set(err, FSC_E_WRITE, "cannot write the output") : 0;
    int status = fsc_outfile_open(&file, path, NULL, err);
    if (status)
        return status;
    status = fsc_outfile_write(&file, bytes, err);
    if (!status)
        return fsc_outfile_commit(&file, err);
    fsc_outfile_release(&file);
    return status;
}

int fsc_run_lexicon_convert(fsc_run_state *r, const char *from, const char *to, fsc_err *err)
{
    fsc_dict dict;
    fsc_dict_format target;
    fsc_buf out;
    fsc_buf_init(&out, NULL, LARGEST);
    int status = choose_target(&target, r->opt, to, err);
    if (!status)
        status = read_dict(r, &dict, from, err);
    if (!status)
        status = fsc_dict_write(&out, &dict, target, err);
    if (!status)
        status = write_file(r, to, fsc_buf_view(&out), err);
    for (size_t i = 0; !status && i < dict.warning.len; i++)
        say(r, from, dict.warning.data[i].line, dict.warning.data[i].text.data);
    for (int k = 0; !status && k < FSC_DICT_LOSSES; k++) {
        const char *lost = fsc_dict_lost(&dict, (enum fsc_dict_loss)k);
        if (lost)
            say(r, to, 0, fsc_arena_printf(r->arena, "%s cannot hold everything: %s", fsc_dict_format_name(target), lost).data);
    }
    fsc_buf_release(&out);
    return fsc_exit_of(status);
}
