#include "base/file.h"
#include "base/map.h"
#include "engine/engine_p.h"

#define LEXICON_MAX (256u << 20)

typedef fsc_vec(fsc_lexicon_source) sources;

static int read_file(fsc_view *out, const char *path, fsc_arena *arena, fsc_err *err)
{
    fsc_buf buf;
    fsc_err fault = FSC_ERR_INIT;
    fsc_buf_init(&buf, NULL, LEXICON_MAX);
    int status = fsc_file_read(&buf, path, &fault);
    if (status == FSC_E_LIMIT)
        status = fsc_err_at(err, FSC_E_LEXICON, fsc_view_cstr(path), 1, 1, "larger than %u MiB: no lexicon", LEXICON_MAX >> 20);
    else if (status && err && !err->code)
        *err = fault;
    if (!status && !(*out = fsc_arena_dup(arena, fsc_buf_view(&buf))).data)
        status = fsc_err_nomem(err);
    fsc_buf_release(&buf);
    return status;
}

// a dictionary of another tool becomes a lexicon; what was dirty in it becomes notes
static int read_dictionary(fsc_lexicon_source *src, fsc_dict_format format, fsc_lexicon_notes *notes, fsc_arena *arena, fsc_err *err)
{
    fsc_dict dict;
    fsc_dict_lines line = {0};
    fsc_buf text;
    int status = fsc_dict_read(&dict, format, src->path, src->bytes, arena, err);
    if (status)
        return status;
    fsc_buf_init(&text, NULL, LEXICON_MAX);
    status = fsc_dict_lexicon(&text, &line, &dict, err);
    if (!status && !(src->bytes = fsc_arena_dup(arena, fsc_buf_view(&text))).data)
        status = fsc_err_nomem(err);
    fsc_buf_release(&text);
    src->line = line.data;
    src->line_count = line.len;
    src->lenient = true;
    for (size_t i = 0; i < dict.warning.len && !status; i++)
        if (!fsc_vec_push(arena, notes, (fsc_lexicon_note){src->path, dict.warning.data[i].text, dict.warning.data[i].line, 0}))
            status = fsc_err_nomem(err);
    return status;
}

static int read_lexicon(sources *s, const char *path, fsc_lexicon_notes *notes, fsc_arena *arena, fsc_err *err)
{
    fsc_lexicon_source src = {.path = fsc_arena_dup(arena, fsc_view_cstr(path))};
    if (!src.path.data)
        return fsc_err_nomem(err);
    int status = read_file(&src.bytes, path, arena, err);
    fsc_dict_format format = status ? FSC_DICT_framescope : fsc_dict_format_of(src.path, src.bytes);
    if (!status && format != FSC_DICT_framescope)
        status = read_dictionary(&src, format, notes, arena, err);
    if (status)
        return status;
    return fsc_vec_push(arena, s, src) ? 0 : fsc_err_nomem(err);
}

static int read_folder(sources *s, const char *folder, fsc_lexicon_notes *notes, fsc_arena *arena, fsc_err *err)
{
    fsc_view *file;
    size_t count;
    if (fsc_path_kind_of(folder) != FSC_PATH_FOLDER)
        return fsc_err_at(err, FSC_E_USAGE, fsc_view_cstr(folder), 0, 0, "no such folder; --lexicon-dir takes a folder of .tsv files");
    int status = fsc_folder_list(arena, folder, &file, &count, err);
    for (size_t i = 0; i < count && !status; i++)
        if (fsc_view_ends(file[i], FSC_LIT(".tsv")))
            status = read_lexicon(s, file[i].data, notes, arena, err);
    if (!status && !s->len)
        return fsc_err_at(err, FSC_E_USAGE, fsc_view_cstr(folder), 0, 0, "holds no .tsv file");
    return status;
}

// the value of a head line ("#role"), or empty
static fsc_view head_line(fsc_view bytes, const char *name)
{
    fsc_view rest = bytes;
    while (rest.data && rest.len && rest.data[0] == '#') {
        fsc_view line = fsc_view_split(&rest, '\n'), label = fsc_view_cstr(name);
        if (fsc_view_starts(line, label) && line.len > label.len && (line.data[label.len] == ' ' || line.data[label.len] == '\t'))
            return fsc_view_trim(fsc_view_slice(line, label.len, line.len));
    }
    return (fsc_view){0};
}

static bool is_chosen(const fsc_config *c, fsc_view name)
{
    for (uint32_t i = 0; i < c->lexicon_count; i++)
        if (fsc_view_is(name, c->lexicon[i]))
            return true;
    return c->lexicon_count == 0;
}

// the shipped resource lexicons come along: they carry voice and negation; scored ones when chosen by name
static int take_shipped(sources *s, const fsc_config *c, bool resources, bool *found, fsc_arena *arena, fsc_err *err)
{
    fsc_view rest = {0};
    fsc_lexicon_source src;
    while (fsc_builtin_next(&rest, &src)) {
        fsc_view name = head_line(src.bytes, "#lexicon");
        for (uint32_t i = 0; i < c->lexicon_count; i++)
            found[i] = found[i] || fsc_view_is(name, c->lexicon[i]);
        bool resource = fsc_view_is(head_line(src.bytes, "#role"), "resource");
        if ((resource ? resources : is_chosen(c, name)) && !fsc_vec_push(arena, s, src))
            return fsc_err_nomem(err);
    }
    return 0;
}

// --about as a resource lexicon: the target is found in the one matching pass
static int add_about(sources *s, const char *about, fsc_arena *arena, fsc_err *err)
{
    fsc_buf text, file;
    fsc_buf_init(&text, NULL, LEXICON_MAX);
    fsc_buf_init(&file, NULL, LEXICON_MAX);
    bool any = false, is_file = fsc_path_kind_of(about) == FSC_PATH_FILE;
    int status = is_file ? fsc_file_read(&file, about, err) : 0;
    fsc_view rest = is_file ? fsc_buf_view(&file) : fsc_view_cstr(about);
    fsc_buf_adds(&text, "#lexicon\tabout-target\n#language\ten\n#version\t1\n#license\tnone\n#role\tresource\npattern\tcategory\n");
    while (rest.data && !status) {
        fsc_view line = fsc_view_trim(fsc_view_split(&rest, '\n'));
        if (!line.len || line.data[0] == '#')
            continue;
        fsc_buf_addv(&text, line);
        fsc_buf_adds(&text, "\tabout-target\n");
        any = true;
    }
    if (!status && !any)
        status = fsc_err_set(err, FSC_E_USAGE, "--about: no pattern; name one, such as --about '(police|officers)', or a file with a pattern a line");
    fsc_lexicon_source src = {.path = FSC_LIT("--about"), .bytes = fsc_arena_dup(arena, fsc_buf_view(&text))};
    fsc_buf_release(&text);
    fsc_buf_release(&file);
    if (status)
        return status;
    return src.bytes.data && fsc_vec_push(arena, s, src) ? 0 : fsc_err_nomem(err);
}

static int compile_with(fsc_ctx *ctx, const fsc_config *c, const char *about, bool resources, fsc_err *err)
{
    sources s = {0};
    bool *found = FSC_NEW_N(&ctx->arena, bool, c->lexicon_count + 1);
    if (!found)
        return fsc_err_nomem(err);
    ctx->notes.len = 0; // a second trial would say everything again
    int status = c->lexicon_dir ? read_folder(&s, c->lexicon_dir, &ctx->notes, &ctx->arena, err) : take_shipped(&s, c, resources, found, &ctx->arena, err);
    for (uint32_t i = 0; i < c->lexicon_count && !status; i++) {
        if (found[i])
            continue;
        if (fsc_path_kind_of(c->lexicon[i]) == FSC_PATH_ABSENT)
            status = fsc_err_at(err, FSC_E_USAGE, fsc_view_cstr(c->lexicon[i]), 0, 0,
                                "no such lexicon or file; framescope lexicon list shows the names");
        else
            status = read_lexicon(&s, c->lexicon[i], &ctx->notes, &ctx->arena, err);
    }
    if (!status && about)
        status = add_about(&s, about, &ctx->arena, err);
    if (!status)
        status = fsc_lexset_compile_lenient(&ctx->lexset, &ctx->notes, s.data, s.len, &ctx->arena, err);
    // the lexicon made of --about has six head lines that the user never wrote
    if (status && err && strcmp(err->source, "--about") == 0 && err->line > 6)
        err->line -= 6;
    return status;
}

// for hits alone the resource lexicons are needed only when the chosen ones name their classes
static int compile_chosen(fsc_ctx *ctx, const fsc_config *c, const char *about, unsigned wants, fsc_err *err)
{
    fsc_err own = FSC_ERR_INIT;
    int status = wants & FSC_CTX_ANALYSES ? FSC_E_LEXICON : compile_with(ctx, c, about, false, &own);
    if (status == FSC_E_LEXICON)
        return compile_with(ctx, c, about, true, err);
    if (status && err && !err->code)
        *err = own;
    return status;
}

static int make_digest(fsc_ctx *ctx, fsc_err *err)
{
    fsc_view text = fsc_arena_printf(&ctx->arena, "framescope %s\nlexicons %.*s\n", FSC_VERSION, (int)ctx->schema->digest.len,
                                     ctx->schema->digest.data);
    ctx->run = fsc_arena_printf(&ctx->arena, "%016llx", (unsigned long long)fsc_hash64(text.data, text.len, 0));
    return text.data && ctx->run.data ? 0 : fsc_err_nomem(err);
}

static int make_rules(fsc_ctx *ctx, unsigned wants, fsc_err *err)
{
    int status = FSC_OK;
    if (wants & FSC_CTX_ANALYSES)
        status = fsc_voice_rules_new(&ctx->voice, ctx->schema, &ctx->arena, err);
    if (!status && (wants & FSC_CTX_ANALYSES))
        status = fsc_framing_rules_new(&ctx->framing, ctx->schema, &ctx->arena, err);
    return !status && (wants & FSC_CTX_COMPARES) ? fsc_revision_rules_new(&ctx->revision, ctx->schema, &ctx->arena, err) : status;
}

static int open_rules(fsc_ctx *ctx, unsigned wants, fsc_err *err)
{
    fsc_rules r;
    int status = fsc_rules_open(&r, fsc_builtin_rules(), ctx->schema, &ctx->arena, err);
    if (status)
        return status;
    if (wants & FSC_CTX_ANALYSES)
        ctx->voice = r.voice, ctx->framing = r.framing;
    if (wants & FSC_CTX_COMPARES)
        ctx->revision = r.revision;
    return FSC_OK;
}

// what the rooms look up in the lexicons of a context; for the shipped ones that was done at build time
static int look_up(fsc_ctx *ctx, unsigned wants, bool shipped, fsc_err *err)
{
    ctx->schema = fsc_lexset_schema(ctx->lexset);
    int status = shipped ? open_rules(ctx, wants, err) : make_rules(ctx, wants, err);
    if (status)
        return status;
    ctx->about = FSC_NONE;
    ctx->dimension = FSC_NEW_N(&ctx->arena, const char *, ctx->schema->dimension_count);
    for (size_t i = 0; ctx->dimension && i < ctx->schema->dimension_count; i++)
        ctx->dimension[i] = fsc_arena_dup(&ctx->arena, ctx->schema->dimension[i].name).data;
    return ctx->arena.failed ? fsc_err_nomem(err) : make_digest(ctx, err);
}

// "file:line: text", for who asks
static int format_notes(fsc_ctx *ctx, fsc_err *err)
{
    ctx->note = FSC_NEW_N(&ctx->arena, const char *, ctx->notes.len);
    for (size_t i = 0; ctx->note && i < ctx->notes.len; i++) {
        const fsc_lexicon_note *n = &ctx->notes.data[i];
        fsc_view place = n->line ? fsc_arena_printf(&ctx->arena, "%.*s:%u", (int)n->path.len, n->path.data, n->line) : n->path;
        ctx->note[i] = fsc_arena_printf(&ctx->arena, "%.*s: %.*s", (int)place.len, place.data, (int)n->text.len, n->text.data).data;
    }
    ctx->note_count = ctx->notes.len;
    return ctx->arena.failed ? fsc_err_nomem(err) : 0;
}

static int fill(fsc_ctx *ctx, const fsc_config *config, const char *about, unsigned wants, fsc_err *err)
{
    static const fsc_config none;
    const fsc_config *c = config ? config : &none;
    bool compile = c->lexicon_count || c->lexicon_dir || about;
    int status = compile ? compile_chosen(ctx, c, about, wants, err)
                         : fsc_lexset_open(&ctx->lexset, fsc_builtin_image(), NULL, err);
    if (!status)
        status = look_up(ctx, wants, !compile, err);
    if (!status)
        status = format_notes(ctx, err);
    if (!status && about)
        ctx->about = fsc_schema_resource(ctx->schema, "about-target");
    return status;
}

static fsc_ctx *new_ctx(void)
{
    const fsc_alloc *alloc = fsc_alloc_default();
    fsc_ctx *ctx = alloc->alloc(alloc->user, sizeof *ctx);
    if (ctx) {
        *ctx = (fsc_ctx){0};
        fsc_arena_init(&ctx->arena, alloc);
    }
    return ctx;
}

static int finish_ctx(fsc_ctx **out, fsc_ctx *ctx, int status)
{
    if (status)
        fsc_ctx_free(ctx);
    else
        *out = ctx;
    return status;
}

// the shipped resource lexicons, but not one of the name of the file to check, and the file last
static int sources_of_check(sources *s, const char *path, fsc_lexicon_notes *notes, fsc_arena *arena, fsc_err *err)
{
    sources own = {0};
    fsc_view rest = {0};
    fsc_lexicon_source src;
    int status = read_lexicon(&own, path, notes, arena, err);
    if (status)
        return status;
    fsc_view name = head_line(own.data[0].bytes, "#lexicon");
    while (fsc_builtin_next(&rest, &src))
        if (fsc_view_is(head_line(src.bytes, "#role"), "resource") && !fsc_view_eq(head_line(src.bytes, "#lexicon"), name) &&
            !fsc_vec_push(arena, s, src))
            return fsc_err_nomem(err);
    own.data[0].lenient = true;
    return fsc_vec_push(arena, s, own.data[0]) ? 0 : fsc_err_nomem(err);
}

int fsc_ctx_check(fsc_ctx **out, uint32_t *index, fsc_lexicon_notes *notes, const char *path, fsc_arena *arena, fsc_err *err)
{
    sources s = {0};
    fsc_ctx *ctx = new_ctx();
    *out = NULL;
    if (!ctx)
        return fsc_err_nomem(err);
    int status = sources_of_check(&s, path, &ctx->notes, &ctx->arena, err);
    if (!status)
        status = fsc_lexset_compile_lenient(&ctx->lexset, notes, s.data, s.len, arena, err);
    if (!status)
        status = look_up(ctx, FSC_CTX_ANALYSES, false, err);
    *index = (uint32_t)s.len - 1;
    ctx->foreign = s.len && s.data[s.len - 1].line;
    return finish_ctx(out, ctx, status);
}

int fsc_ctx_new(fsc_ctx **out, const fsc_config *config, fsc_err *err)
{
    return fsc_ctx_make(out, config, NULL, FSC_CTX_ANALYSES | FSC_CTX_COMPARES, err);
}

int fsc_ctx_make(fsc_ctx **out, const fsc_config *config, const char *about, unsigned wants, fsc_err *err)
{
    fsc_ctx *ctx = new_ctx();
    *out = NULL;
    return ctx ? finish_ctx(out, ctx, fill(ctx, config, about, wants, err)) : fsc_err_nomem(err);
}

void fsc_ctx_free(fsc_ctx *ctx)
{
    if (!ctx)
        return;
    fsc_lexset_free(ctx->lexset);
    fsc_arena_release(&ctx->arena);
    const fsc_alloc *alloc = fsc_alloc_default();
    alloc->free(alloc->user, ctx);
}

const char *fsc_ctx_run(const fsc_ctx *ctx)
{
    return ctx->run.data;
}

const char *fsc_ctx_dimension(const fsc_ctx *ctx, size_t index)
{
    return index < ctx->schema->dimension_count ? ctx->dimension[index] : NULL;
}

const char *fsc_ctx_note(const fsc_ctx *ctx, size_t index)
{
    return index < ctx->note_count ? ctx->note[index] : NULL;
}
