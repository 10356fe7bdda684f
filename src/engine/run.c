#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/map.h"
#include "codec/codec.h"
#include "engine/engine_p.h"

#define HELP_MAX (1u << 20)
#define NOTES_SAID 10

int fsc_exit_of(int status)
{
    switch (status) {
    case FSC_OK:
        return 0;
    case FSC_E_USAGE:
    case FSC_E_CONFIG:
    case FSC_E_LEXICON:
    case FSC_E_SYNTAX:
    case FSC_E_UNSUPPORTED:
        return 2;
    case FSC_E_READ:
    case FSC_E_WRITE:
        return 3;
    case FSC_E_MISMATCH:
        return 4;
    default:
        return 5;
    }
}

void fsc_run_message(const fsc_sink *sink, int level, const char *text)
{
    if (sink->message)
        sink->message(sink->user, level, text);
}

unsigned fsc_run_workers(const fsc_options *o)
{
    long cores = o->jobs > 0 ? (long)o->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > 256 ? 256 : (unsigned)cores;
}

fsc_extract_options fsc_run_extract(const fsc_options *o)
{
    return (fsc_extract_options){
        .text_only = o->text_only || (o->verb == FSC_VERB_EXTRACT && !o->with_headline),
        .headline_first_line = o->headline != NULL,
        .score_captions = o->score_captions,
        .score_tables = o->score_tables,
        .source_offsets = o->source_offsets,
        .comments = o->comments,
    };
}

static fsc_view join(fsc_arena *arena, const fsc_texts *list)
{
    fsc_view all = {0};
    for (size_t i = 0; i < list->len; i++)
        all = all.len ? fsc_arena_printf(arena, "%s,%s", all.data, list->data[i]) : fsc_view_cstr(list->data[i]);
    return all;
}

fsc_ingest_options fsc_run_ingest_options(const fsc_run_state *r, fsc_view map, fsc_view keep)
{
    return (fsc_ingest_options){
        .from = r->opt->as_filter ? FSC_LIT("jsonl") : fsc_view_cstr(r->opt->from),
        .every_line = r->opt->as_filter,
        .chunk_header = r->opt->chunk_header,
        .map = map.data ? map : join(r->arena, &r->opt->map),
        .keep = keep,
        .cdx = fsc_view_cstr(r->opt->cdx),
        .filter = join(r->arena, &r->opt->filter),
        .zstd_window = r->opt->zstd_window > 0 ? (unsigned)r->opt->zstd_window : r->opt->zstd_window < 0 ? 0 : 1,
        .max_record = r->opt->max_record > 0 ? (uint64_t)r->opt->max_record : 64u << 20,
    };
}

int fsc_run_open(fsc_ingest **out, const fsc_run_state *r, const char *const *path, size_t count, fsc_view map, fsc_view keep, fsc_err *err)
{
    fsc_ingest_options opt = fsc_run_ingest_options(r, map, keep);
    int status = r->plan ? fsc_shard_ranges(r, &opt, err) : 0;
    if (status)
        return status;
    return fsc_ingest_open(out, path, count, &opt, NULL, err);
}

bool fsc_run_missing(const fsc_run_state *r, const fsc_ingest *in, fsc_err *err)
{
    const char *text;
    size_t i = 0;
    for (; (text = fsc_ingest_missing(in, i)); i++) {
        if (!i)
            fsc_err_set(err, FSC_E_READ, "%s", text);
        else
            fsc_run_message(r->sink, 2, text);
    }
    return i > 0;
}

int fsc_run_exit(const fsc_run_state *r, const fsc_ingest *in, const fsc_totals *t, int status, fsc_err *err)
{
    if (status)
        return fsc_exit_of(status);
    if (in && fsc_run_missing(r, in, err))
        return 3;
    // a shard or a filter that fails for its records would take the good ones along
    bool part = r->plan || r->opt->as_filter;
    if (!t->records && !part && !r->opt->db)
        fsc_run_message(r->sink, 1, "no document was found in the inputs");
    if (t->failed && !r->opt->strict && (t->failed < t->records || part)) {
        char text[96];
        snprintf(text, sizeof text, "%llu of %llu records failed", (unsigned long long)t->failed, (unsigned long long)t->records);
        fsc_run_message(r->sink, 1, text);
    }
    if (t->failed && (r->opt->strict || (t->failed == t->records && !part))) {
        fsc_err_set(err, FSC_E_SYNTAX, "%llu of %llu records failed", (unsigned long long)t->failed, (unsigned long long)t->records);
        return 1;
    }
    return 0;
}

/* verbs that compare versions */
#define COMPARES (1u << FSC_VERB_DIFF | 1u << FSC_VERB_REVISIONS | 1u << FSC_VERB_INGEST)

typedef struct format_name {
    const char *name;
    fsc_output format;
    unsigned verbs;
} format_name;

#define V(id) (1u << FSC_VERB_##id)
#define DOCS (V(SCORE) | V(CUES) | V(ANNOTATE) | V(EXTRACT))
#define TABLES (V(SCORE) | V(CUES) | V(EXTRACT) | V(DIFF) | V(COMPARE) | V(VALIDATE))
#define STORED (V(EXPORT) | V(SEARCH))

static const format_name formats[] = {
    {"csv", FSC_OUTPUT_CSV, TABLES | V(LEXICON) | STORED},
    {"tsv", FSC_OUTPUT_TSV, TABLES | V(LEXICON) | STORED},
    {"jsonl", FSC_OUTPUT_JSONL, DOCS | V(DIFF) | V(REVISIONS) | STORED},
    {"json", FSC_OUTPUT_JSON, DOCS | V(DIFF)},
    {"table", FSC_OUTPUT_TABLE, DOCS | V(DIFF) | V(LEXICON) | V(COMPARE) | V(VALIDATE)},
    {"w3c", FSC_OUTPUT_W3C, V(ANNOTATE)},
    {"brat", FSC_OUTPUT_BRAT, V(ANNOTATE)},
    {"html", FSC_OUTPUT_HTML, V(ANNOTATE) | V(REPORT) | V(DIFF)},
    {"text", FSC_OUTPUT_TEXT, V(CUES) | V(ANNOTATE) | V(EXTRACT) | V(DIFF) | V(LEXICON) | V(SEARCH)},
};

static fsc_output default_format(const fsc_options *o, bool terminal)
{
    bool to_file = o->output && strcmp(o->output, "-") != 0;
    if (o->verb == FSC_VERB_COMPARE || o->verb == FSC_VERB_VALIDATE || (o->verb == FSC_VERB_SCORE && o->by))
        return terminal && !to_file ? FSC_OUTPUT_TABLE : FSC_OUTPUT_CSV;
    if (o->as_filter)
        return FSC_OUTPUT_JSONL;
    if (o->verb == FSC_VERB_DIFF)
        return o->pairs ? FSC_OUTPUT_JSONL : to_file ? FSC_OUTPUT_JSON : FSC_OUTPUT_TEXT;
    if (o->verb == FSC_VERB_REVISIONS)
        return FSC_OUTPUT_JSONL;
    if (o->verb == FSC_VERB_LEXICON)
        return FSC_OUTPUT_TABLE;
    if (o->hits || o->features)
        return FSC_OUTPUT_CSV;
    if (o->verb == FSC_VERB_REPORT)
        return FSC_OUTPUT_HTML;
    if (o->verb == FSC_VERB_EXPORT)
        return FSC_OUTPUT_CSV;
    if (o->verb == FSC_VERB_SEARCH)
        return terminal && !to_file ? FSC_OUTPUT_TEXT : FSC_OUTPUT_CSV;
    if (terminal && !to_file)
        return o->verb == FSC_VERB_SCORE || o->verb == FSC_VERB_CUES ? FSC_OUTPUT_TABLE : FSC_OUTPUT_TEXT;
    return o->verb == FSC_VERB_SCORE || o->verb == FSC_VERB_CUES ? FSC_OUTPUT_CSV : FSC_OUTPUT_JSONL;
}

static int no_format(const fsc_options *o, const char *what, fsc_err *err)
{
    char names[128] = "";
    size_t len = 0;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].verbs & 1u << o->verb)
            len += (size_t)snprintf(names + len, sizeof names - len, " %s", formats[i].name);
    return fsc_err_set(err, FSC_E_USAGE, "--format %s: %s; %s has%s", o->format, what, fsc_verb_name(o->verb), names);
}

static int choose_format(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    r->export.format = default_format(o, r->sink->width > 0);
    if (!o->format)
        return 0;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, o->format) != 0)
            continue;
        if (!(formats[i].verbs & 1u << o->verb))
            return no_format(o, "not a format of this verb", err);
        r->export.format = formats[i].format;
        return 0;
    }
    return no_format(o, "no such format", err);
}

static int choose_view(fsc_run_state *r, fsc_err *err)
{
    static const char *const views[] = {"inline", "side", "unified"};
    r->export.view = r->sink->width > 0 ? FSC_VIEW_INLINE : FSC_VIEW_UNIFIED;
    if (!r->opt->view)
        return 0;
    for (int i = 0; i < 3; i++)
        if (strcmp(views[i], r->opt->view) == 0) {
            r->export.view = (fsc_delta_view)i;
            return 0;
        }
    return fsc_err_set(err, FSC_E_USAGE, "--view %s: no such view; there are inline, side and unified", r->opt->view);
}

static int choose_offsets(fsc_run_state *r, fsc_err *err)
{
    static const char *const units[] = {"bytes", "chars", "utf16"};
    if (!r->opt->offsets)
        return 0;
    for (int i = 0; i < 3; i++)
        if (strcmp(units[i], r->opt->offsets) == 0) {
            r->export.offsets = (fsc_unit)i;
            return 0;
        }
    return fsc_err_set(err, FSC_E_USAGE, "--offsets %s: no such unit; there are bytes, chars and utf16", r->opt->offsets);
}

static const char *format_text(fsc_output format)
{
    size_t i = 0;
    while (formats[i].format != format)
        i++;
    return formats[i].name;
}

// the digest that stands in the column `run`: version, lexicons, and the options that decide
static int make_run(fsc_run_state *r, fsc_buf *info, fsc_err *err)
{
    fsc_buf_printf(info, "framescope %s\nlexicons %.*s\n", FSC_VERSION, (int)r->ctx->schema->digest.len, r->ctx->schema->digest.data);
    fsc_options_describe(info, r->opt);
    r->export.run = fsc_arena_printf(r->arena, "%016llx", (unsigned long long)fsc_hash64(info->data, info->len, 0));
    // the form of the output decides its bytes, though no score
    r->identity = fsc_arena_printf(r->arena, "verb %s\nformat %s\n%s%s%s", fsc_verb_name(r->opt->verb), format_text(r->export.format), info->data,
                                   r->opt->errors ? "errors\n" : "", r->opt->excel ? "excel\n" : "");
    return r->export.run.data && r->identity.data && !info->failed ? 0 : fsc_err_nomem(err);
}

static bool is_same_as_one(const char *path, const char *const *of, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (of[i] && fsc_path_is_same(path, of[i]))
            return true;
    return false;
}

// An output takes the place of what has its name: never of what it is made from.
static int spare_inputs(const fsc_options *o, const char *output, fsc_err *err)
{
    const char *const named[] = {o->pairs, o->cdx, o->db};
    if (!output || fsc_path_kind_of(output) != FSC_PATH_FILE)
        return 0;
    if (is_same_as_one(output, o->arg.data, o->arg.len) || is_same_as_one(output, o->lexicon.data, o->lexicon.len) || is_same_as_one(output, named, 3))
        return fsc_err_set(err, FSC_E_USAGE, "%s would be written over: it is read here; name another output", output);
    return 0;
}

static int prepare(fsc_run_state *r, fsc_buf *info, fsc_err *err)
{
    const fsc_options *o = r->opt;
    int status = choose_format(r, err);
    if (!status)
        status = spare_inputs(o, o->output, err);
    if (!status)
        status = spare_inputs(o, o->errors, err);
    if (!status)
        status = choose_offsets(r, err);
    if (!status)
        status = choose_view(r, err);
    if (!status && o->headline && strcmp(o->headline, "first-line") != 0)
        status = fsc_err_set(err, FSC_E_USAGE, "--headline %s: only first-line is known", o->headline);
    if (status)
        return status;
    bool table = r->export.format == FSC_OUTPUT_CSV || r->export.format == FSC_OUTPUT_TSV;
    if (o->excel && r->export.format != FSC_OUTPUT_CSV)
        return fsc_err_set(err, FSC_E_USAGE, "--excel is a kind of csv: add --format csv");
    if (o->datapackage && (!table || !o->output || strcmp(o->output, "-") == 0))
        return fsc_err_set(err, FSC_E_USAGE, "--datapackage describes a csv or tsv file: name it with -o");
    r->export.long_rows = o->long_rows;
    r->export.categories = o->categories;
    r->export.voices = o->voices;
    r->export.intervals = o->ci;
    r->export.features = o->features;
    r->export.excel = o->excel;
    r->export.sketch = o->sketch;
    r->export.source_offsets = o->source_offsets;
    r->export.context = o->context > 0 ? (unsigned)(o->context < 1000 ? o->context : 1000) : 0;
    r->export.text_only = o->text_only;
    r->export.colour = r->sink->colour && !(o->output && strcmp(o->output, "-") != 0);
    r->export.width = r->sink->width;
    return make_run(r, info, err);
}

int fsc_run_identity(fsc_run_state *r, fsc_view *identity, fsc_view *form, fsc_err *err)
{
    const fsc_options *o = r->opt;
    fsc_buf info;
    fsc_ctx *ctx;
    fsc_sink file = *r->sink;
    fsc_config config = {.size = sizeof config, .lexicon = o->lexicon.data, .lexicon_count = (uint32_t)o->lexicon.len, .lexicon_dir = o->lexicon_dir};
    int status = fsc_ctx_make(&ctx, &config, o->about, false, err);
    if (status)
        return status;
    // parts are files, whatever the planner's terminal is
    file.width = 0;
    fsc_run_state planned = *r;
    planned.ctx = ctx;
    planned.sink = &file;
    fsc_buf_init(&info, NULL, HELP_MAX);
    status = prepare(&planned, &info, err);
    fsc_output f = planned.export.format;
    if (!status && f != FSC_OUTPUT_CSV && f != FSC_OUTPUT_TSV && f != FSC_OUTPUT_JSONL)
        status = fsc_err_set(err, FSC_E_USAGE, "--format %s: parts are csv, tsv or jsonl", format_text(f));
    *identity = planned.identity;
    *form = fsc_view_cstr(format_text(f));
    fsc_buf_release(&info);
    fsc_ctx_free(ctx);
    return status;
}

// FILE.run.json beside the output: what its column `run` stands for
static int write_record(const fsc_run_state *r, const fsc_buf *info, fsc_err *err)
{
    fsc_outfile f;
    fsc_buf json;
    fsc_json_writer w;
    fsc_view path = fsc_arena_printf(r->arena, "%s.run.json", r->opt->output), rest = r->opt->verb == FSC_VERB_MERGE ? r->identity : fsc_buf_view(info);
    if (!path.data)
        return fsc_err_nomem(err);
    fsc_buf_init(&json, NULL, HELP_MAX);
    fsc_json_writer_init(&w, &json);
    fsc_json_open_object(&w);
    fsc_json_key(&w, "run");
    fsc_json_string(&w, r->export.run);
    fsc_json_key(&w, "verb");
    fsc_json_string(&w, fsc_view_cstr(fsc_verb_name(r->opt->verb)));
    fsc_json_key(&w, "inputs");
    fsc_json_open_array(&w);
    for (size_t i = 0; i < r->opt->arg.len; i++)
        fsc_json_string(&w, fsc_view_cstr(r->opt->arg.data[i]));
    fsc_json_close_array(&w);
    fsc_json_key(&w, "decided_by");
    fsc_json_open_array(&w);
    while (rest.data && rest.len)
        fsc_json_string(&w, fsc_view_split(&rest, '\n'));
    fsc_json_close_array(&w);
    if (r->manifest)
        fsc_manifest_put(&w, r->manifest);
    fsc_json_close_object(&w);
    fsc_buf_char(&json, '\n');
    int status = json.failed ? fsc_err_nomem(err) : fsc_outfile_open(&f, path.data, NULL, err);
    if (!status) {
        status = fsc_outfile_write(&f, fsc_buf_view(&json), err);
        if (status)
            fsc_outfile_release(&f);
        else
            status = fsc_outfile_commit(&f, err);
    }
    fsc_buf_release(&json);
    return status;
}

static int (*const run_of[])(fsc_run_state *r, fsc_err *err) = {
#define FSC_VERB(id, name, run, args, what, example) fsc_run_##run,
#include "engine/verbs.def"
#undef FSC_VERB
};

static int run_verb(fsc_run_state *r, fsc_err *err)
{
    fsc_buf info;
    fsc_buf_init(&info, NULL, HELP_MAX);
    int code = fsc_exit_of(prepare(r, &info, err));
    if (!code && r->opt->run_info) {
        fsc_buf_printf(&info, "run %.*s\n", (int)r->export.run.len, r->export.run.data);
        code = r->sink->write(r->sink->user, info.data, info.len) ? 3 : 0;
    } else if (!code) {
        r->settings = fsc_buf_view(&info);
        code = run_of[r->opt->verb](r, err);
    }
    bool is_file = r->opt->output && fsc_path_kind_of(r->opt->output) == FSC_PATH_FILE;
    if (code <= 1 && is_file && !r->recorded && !r->opt->run_info && write_record(r, &info, err))
        code = 3;
    fsc_buf_release(&info);
    return code;
}

// what was dirty in dictionaries: the first of it, as a few hundred lines would hide all else
static void say_notes(const fsc_run_state *r)
{
    char text[64];
    size_t i = 0;
    if (r->opt->quiet)
        return;
    for (; i < NOTES_SAID && fsc_ctx_note(r->ctx, i); i++)
        fsc_run_message(r->sink, 0, fsc_ctx_note(r->ctx, i));
    snprintf(text, sizeof text, "and %zu more such notes: framescope lexicon check FILE", r->ctx->note_count - i);
    if (r->ctx->note_count > i)
        fsc_run_message(r->sink, 0, text);
}

static int run_parsed(const fsc_ctx *ctx, const fsc_options *o, const fsc_sink *sink, fsc_arena *arena, fsc_err *err)
{
    if (o->help) {
        char *text = fsc_help(fsc_verb_name(o->verb));
        int failed = !text || sink->write(sink->user, text, strlen(text));
        fsc_free(text);
        return failed ? 3 : 0;
    }
    fsc_run_state r = {.ctx = ctx, .opt = o, .sink = sink, .arena = arena};
    fsc_ctx *own = NULL;
    bool chosen = o->lexicon.len || o->lexicon_dir;
    fsc_overlap overlap = o->overlap ? fsc_overlap_named(fsc_view_cstr(o->overlap)) : FSC_OVERLAP_COUNT;
    if (ctx && (chosen || o->about || o->overlap))
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "the lexicons are those of the context: leave --lexicon, --about and --overlap out"));
    if (o->overlap && (o->hits || o->like))
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "--overlap is about cues: leave --hits and --like out"));
    if (o->overlap && overlap == FSC_OVERLAP_COUNT)
        return fsc_exit_of(fsc_err_set(err, FSC_E_USAGE, "--overlap %s: no such way; there are longest, category, priority and all", o->overlap));
    if (!ctx) {
        // VADER's rules read its dictionary themselves, emoticons and all
        bool compiled = !o->like || strcmp(o->like, "vader") != 0;
        fsc_config config = {.size = sizeof config, .lexicon = o->lexicon.data, .lexicon_count = compiled ? (uint32_t)o->lexicon.len : 0,
                             .lexicon_dir = o->lexicon_dir};
        unsigned wants = (o->hits || o->like ? 0 : FSC_CTX_ANALYSES) | (COMPARES >> o->verb & 1u ? FSC_CTX_COMPARES : 0);
        int status = fsc_ctx_make(&own, &config, o->about, wants, err);
        if (status)
            return fsc_exit_of(status);
        r.ctx = own;
        if (overlap != FSC_OVERLAP_COUNT)
            fsc_framing_overlap(own->framing, overlap);
        say_notes(&r);
    }
    int code = run_verb(&r, err);
    fsc_ctx_free(own);
    return code;
}

int fsc_run(const fsc_ctx *ctx, int argc, const char *const *argv, const fsc_sink *sink, fsc_err *err)
{
    fsc_arena arena;
    fsc_options o;
    fsc_arena_init(&arena, NULL);
    int status = fsc_options_parse(&o, argc, argv, &arena, err);
    int code = status ? fsc_exit_of(status) : run_parsed(ctx, &o, sink, &arena, err);
    fsc_arena_release(&arena);
    return code;
}

char *fsc_help(const char *verb)
{
    int index = verb ? fsc_verb_find(verb) : -1;
    if (verb && index < 0)
        return NULL;
    fsc_buf b;
    fsc_buf_init(&b, NULL, HELP_MAX);
    fsc_options_help(&b, index);
    return fsc_buf_take(&b, NULL);
}

char *fsc_man(void)
{
    fsc_buf b;
    fsc_buf_init(&b, NULL, HELP_MAX);
    fsc_options_man(&b);
    return fsc_buf_take(&b, NULL);
}

char *fsc_completion(const char *shell)
{
    fsc_buf b;
    fsc_buf_init(&b, NULL, HELP_MAX);
    if (fsc_options_completion(&b, shell))
        return fsc_buf_take(&b, NULL);
    fsc_buf_release(&b);
    return NULL;
}
