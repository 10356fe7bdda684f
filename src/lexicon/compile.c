#include "lexicon/compile_p.h"
#include "lexicon/look_p.h"
#include "lexicon/set_p.h"

static bool is_lenient(const fsc_lex_compiler *c, fsc_view path)
{
    for (size_t i = 0; i < c->source_count; i++)
        if (fsc_view_eq(c->source[i].path, path))
            return c->source[i].lenient;
    return false;
}

// Where entries may be left out, a fault in one becomes a note and is over; else it stands.
static int forgive(fsc_lex_compiler *c, int status, fsc_view path, fsc_err *fault)
{
    if (status == FSC_E_LEXICON && c->notes && is_lenient(c, path)) {
        fsc_lexicon_note note = {fsc_arena_dup(c->notes_arena, fsc_view_cstr(fault->source)),
                                 fsc_arena_dup(c->notes_arena, fsc_view_cstr(fault->text)), fault->line, fault->column};
        if (!note.path.data || !note.text.data || !fsc_vec_push(c->notes_arena, c->notes, note))
            return fsc_err_nomem(c->err);
        return FSC_OK;
    }
    if (status && c->err && !c->err->code)
        *c->err = *fault;
    return status;
}

static int start_file(fsc_lex_compiler *c, const fsc_lex_file *files, size_t index)
{
    const fsc_lex_file *f = &files[index];
    fsc_view name = f->head[FSC_LEX_HEAD_LEXICON];
    for (size_t i = 0; i < index; i++)
        if (fsc_view_eq(files[i].head[FSC_LEX_HEAD_LEXICON], name))
            return fsc_lex_fail(c->err, f->head_place[FSC_LEX_HEAD_LEXICON], 0,
                                "a lexicon named %.*s is there already: %.*s", (int)name.len, name.data,
                                (int)files[i].path.len, files[i].path.data);
    c->file = f;
    c->dimension = FSC_NONE;
    fsc_map_init(&c->seen, &c->arena);
    fsc_lex_lexicon lexicon = {.entry_count = (uint32_t)f->row.len};
    const struct {
        fsc_lex_str *to;
        fsc_lex_head from;
    } part[] = {
        {&lexicon.name, FSC_LEX_HEAD_LEXICON},        {&lexicon.language, FSC_LEX_HEAD_LANGUAGE},
        {&lexicon.version, FSC_LEX_HEAD_VERSION},     {&lexicon.license, FSC_LEX_HEAD_LICENSE},
        {&lexicon.dimension, FSC_LEX_HEAD_DIMENSION}, {&lexicon.poles, FSC_LEX_HEAD_POLES},
        {&lexicon.source, FSC_LEX_HEAD_SOURCE},
    };
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        *part[i].to = fsc_lex_string_add(&c->string, f->head[part[i].from]);
    lexicon.role = fsc_lex_string_add(&c->string, fsc_view_cstr(f->resource ? "resource" : "scored"));
    if (!fsc_vec_push(&c->arena, &c->lexicon, lexicon))
        return fsc_err_nomem(c->err);
    return f->resource ? FSC_OK : fsc_lex_names_dimension(&c->names, f, &c->string, &c->dimension, c->err);
}

// ---------------------------------------------------------------- classes

// Makes the words of a tree members of a class.
static bool imply_tree(fsc_lex_compiler *c, const fsc_lex_tree *tree, uint32_t symbol)
{
    if (tree->kind == FSC_LEX_TREE_WORD)
        return c->symbols.symbol.data[tree->symbol].form == FSC_NONE ||
               fsc_lex_symbol_imply(&c->symbols, tree->symbol, symbol);
    for (const fsc_lex_tree *child = tree->child; child; child = child->next)
        if (!imply_tree(c, child, symbol))
            return false;
    return true;
}

// An entry of category a.b belongs to the classes {a.b} and {a}.
static bool imply_member(fsc_lex_compiler *c, const fsc_lex_member *member)
{
    for (size_t end = 1; end <= member->category.len; end++) {
        if (end < member->category.len && member->category.data[end] != '.')
            continue;
        fsc_view name = fsc_view_slice(member->category, 0, end);
        uint32_t symbol = fsc_lex_symbol_find_class(&c->symbols, name, member->language);
        if (symbol != FSC_NONE && !imply_tree(c, member->tree, symbol))
            return false;
    }
    return true;
}

static int resolve_classes(fsc_lex_compiler *c)
{
    for (size_t i = 0; i < c->member.len; i++)
        if (!imply_member(c, &c->member.data[i]))
            return fsc_err_nomem(c->err);
    for (size_t i = FSC_LEX_SYM_FIRST; i < c->symbols.symbol.len; i++) {
        const fsc_lex_symbol *s = &c->symbols.symbol.data[i];
        if (s->class_name.len == 0 || s->member > 0)
            continue;
        fsc_err fault = FSC_ERR_INIT;
        int status = fsc_lex_fail(
            &fault, s->place, 0, "no class {%.*s}: it is neither built in nor a category of a resource lexicon with words",
            (int)s->class_name.len, s->class_name.data);
        if ((status = forgive(c, status, s->place.path, &fault)))
            return status;
    }
    return FSC_OK;
}

// ---------------------------------------------------------------- the image

// Over name, version and content of all lexicons, in their order.
static fsc_lex_str make_digest(fsc_lex_compiler *c, const fsc_lex_file *files, size_t count)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        fsc_view name = files[i].head[FSC_LEX_HEAD_LEXICON], version = files[i].head[FSC_LEX_HEAD_VERSION];
        hash = fsc_hash64(name.data, name.len, hash);
        hash = fsc_hash64(version.data, version.len, hash);
        hash = fsc_hash64(files[i].bytes.data, files[i].bytes.len, hash);
    }
    fsc_lex_str digest = {(uint32_t)c->string.len, 16};
    fsc_buf_printf(&c->string, "%016llx", (unsigned long long)hash);
    return digest;
}

static bool has_language(const fsc_lex_file *files, size_t count, fsc_view language)
{
    for (size_t i = 0; i < count; i++)
        if (!files[i].resource && fsc_view_eq(files[i].head[FSC_LEX_HEAD_LANGUAGE], language))
            return true;
    return false;
}

// The languages that have a scored lexicon, each once.
static fsc_lex_str make_languages(fsc_lex_compiler *c, const fsc_lex_file *files, size_t count)
{
    fsc_lex_str languages = {(uint32_t)c->string.len, 0};
    for (size_t i = 0; i < count; i++) {
        fsc_view language = files[i].head[FSC_LEX_HEAD_LANGUAGE];
        if (files[i].resource || has_language(files, i, language))
            continue;
        if (c->string.len > languages.at)
            fsc_buf_char(&c->string, ' ');
        fsc_buf_addv(&c->string, language);
    }
    languages.len = (uint32_t)c->string.len - languages.at;
    return languages;
}

static int finish_guards(fsc_lex_compiler *c, fsc_lex_image *image, const uint32_t *place)
{
    static const uint32_t flags[FSC_LEX_GUARDS] = {[FSC_LEX_BEFORE] = FSC_LEX_HEAD_BEFORE | FSC_LEX_HEAD_WANTED,
                                                   [FSC_LEX_AFTER] = FSC_LEX_HEAD_WANTED,
                                                   [FSC_LEX_NOT_BEFORE] = FSC_LEX_HEAD_BEFORE};
    fsc_lex_guard *guard = FSC_NEW_N(&c->arena, fsc_lex_guard, c->guards.len * FSC_LEX_GUARDS + 1);
    uint32_t *first = FSC_NEW_N(&c->arena, uint32_t, c->guards.len + 1), count = 0;
    if (!guard || !first)
        return fsc_err_nomem(c->err);
    for (size_t i = 0; i < c->guards.len; i++) {
        first[i] = count;
        for (int k = 0; k < FSC_LEX_GUARDS; k++)
            if (c->guards.data[i].root[k])
                guard[count++] = (fsc_lex_guard){.flags = flags[k], .root = place[c->guards.data[i].root[k]]};
        guard[count - 1].flags |= FSC_LEX_HEAD_LAST;
    }
    int status = fsc_lex_looks_finish(image, &c->symbols, guard, count, c->err);
    for (size_t i = 0; i < c->guarded.len; i++)
        if (c->guarded.data[i])
            c->guarded.data[i] = guard[first[c->guarded.data[i] - 1]].look + 1;
    return status;
}

static int finish(fsc_lex_compiler *c, const fsc_lex_file *files, size_t count, fsc_buf *out)
{
    fsc_lex_image image = {0};
    fsc_lex_globals globals = {0};
    uint32_t *place = NULL;
    int status = resolve_classes(c);
    if (!status)
        status = fsc_lex_names_finish(&c->names, &image, &c->string, c->err);
    if (!status)
        status = fsc_lex_automaton_finish(&c->automaton, &image, &globals, &place, c->err);
    if (!status)
        status = finish_guards(c, &image, place);
    if (!status)
        status = fsc_lex_symbols_finish(&c->symbols, &image, &globals, &c->string, c->err);
    if (status)
        return status;
    for (size_t i = 0; i < c->entry.len; i++) {
        fsc_entry *e = &c->entry.data[i];
        if (!(e->flags & FSC_ENTRY_RESOURCE))
            e->category = (uint16_t)c->names.rank[e->category];
    }
    globals.digest = make_digest(c, files, count);
    globals.languages = make_languages(c, files, count);
    if (c->string.failed)
        return fsc_err_set(c->err, c->string.failed, "no room for the lexicons: %s", fsc_status_text(c->string.failed));
    image.globals = &globals, image.globals_count = 1;
    image.string = c->string.data, image.string_count = (uint32_t)c->string.len;
    image.lexicon = c->lexicon.data, image.lexicon_count = (uint32_t)c->lexicon.len;
    image.entry = c->entry.data, image.entry_count = (uint32_t)c->entry.len;
    image.guarded = c->guarded.data, image.guarded_count = (uint32_t)c->guarded.len;
    image.regex = c->regex.data, image.regex_count = (uint32_t)c->regex.len;
    return fsc_lex_image_write(out, &image, c->err);
}

// Room for what a file of so many rows mostly makes, so that large lexicons are not copied while they grow.
static bool reserve(fsc_lex_compiler *c, const fsc_lex_file *file)
{
    size_t rows = file->row.len;
    return fsc_vec_reserve(&c->arena, &c->entry, c->entry.len + rows) &&
           fsc_vec_reserve(&c->arena, &c->guarded, c->guarded.len + rows) &&
           fsc_lex_automaton_reserve(&c->automaton, 2 * rows) && fsc_buf_room(&c->string, file->bytes.len);
}

static int compile_row(fsc_lex_compiler *c, const fsc_lex_row *row)
{
    fsc_err fault = FSC_ERR_INIT, *err = c->err;
    c->err = &fault;
    int status = fsc_lex_compile_row(c, row);
    c->err = err;
    return forgive(c, status, c->file->path, &fault);
}

static int compile_files(fsc_lex_compiler *c, const fsc_lexicon_source *source, size_t count, fsc_buf *out)
{
    fsc_lex_file *files = FSC_NEW_N(&c->arena, fsc_lex_file, count);
    int status = files ? FSC_OK : fsc_err_nomem(c->err);
    for (size_t i = 0; i < count && !status; i++) {
        status = fsc_lex_source_read(&files[i], &source[i], &c->arena, c->err);
        if (!status)
            status = start_file(c, files, i);
        if (!status && !reserve(c, &files[i]))
            status = fsc_err_nomem(c->err);
        size_t before = c->entry.len;
        for (size_t k = 0; !status && k < files[i].row.len; k++)
            status = compile_row(c, &files[i].row.data[k]);
        if (!status)
            c->lexicon.data[i].entry_count = (uint32_t)(c->entry.len - before);
    }
    return status ? status : finish(c, files, count, out);
}

static int compile_all(fsc_lexset **out, fsc_lex_compiler *c)
{
    const fsc_alloc *alloc = c->alloc;
    fsc_err *err = c->err;
    fsc_buf image;
    fsc_arena_init(&c->arena, alloc);
    fsc_buf_init(&c->string, alloc, UINT32_MAX / 2);
    fsc_buf_init(&image, alloc, UINT32_MAX);
    fsc_lex_names_init(&c->names, &c->arena);
    fsc_map_init(&c->guard, &c->arena);
    int status = fsc_lex_symbols_init(&c->symbols, &c->arena, alloc, err);
    if (!status)
        status = fsc_lex_automaton_init(&c->automaton, &c->symbols, err);
    if (!status)
        status = compile_files(c, c->source, c->source_count, &image);
    if (!status) {
        size_t len;
        char *bytes = fsc_buf_take(&image, &len);
        status = bytes ? fsc_lex_set_over(out, bytes, len, alloc, err) : fsc_err_nomem(err);
    }
    fsc_buf_release(&image);
    fsc_buf_release(&c->string);
    fsc_lex_symbols_release(&c->symbols);
    fsc_arena_release(&c->arena);
    return status;
}

int fsc_lexset_compile(fsc_lexset **out, const fsc_lexicon_source *source, size_t count, const fsc_alloc *alloc,
                       fsc_err *err)
{
    fsc_lex_compiler c = {.alloc = alloc ? alloc : fsc_alloc_default(), .err = err, .source = source, .source_count = count};
    *out = NULL;
    return compile_all(out, &c);
}

int fsc_lexset_compile_lenient(fsc_lexset **out, fsc_lexicon_notes *notes, const fsc_lexicon_source *source, size_t count,
                               fsc_arena *arena, fsc_err *err)
{
    fsc_lex_compiler c = {.alloc = arena->alloc, .err = err, .notes = notes, .notes_arena = arena, .source = source, .source_count = count};
    *out = NULL;
    return compile_all(out, &c);
}
