#include "lexicon/word_p.h"

#include "text/text.h"

// More forms are a mistake, not a word.
#define MAX_FORMS 1024

// Forms under construction: the product of the literal stretches and glued groups met so far.
typedef fsc_vec(fsc_view) view_vec;

#define FAIL_AT(w, at, ...) fsc_lex_fail((w)->err, (w)->place, (at), __VA_ARGS__)

static char peek(const fsc_lex_word *w, size_t at)
{
    return at < w->text.len ? w->text.data[at] : 0;
}

static bool ends_word(const fsc_lex_word *w)
{
    char c = peek(w, w->pos);
    return w->pos >= w->text.len || c == ' ' || c == '\t' || c == '|' || c == ')' || c == ']';
}

// Reads letters, escapes and wildcards up to a mark of syntax into the arena.
static int read_letters(fsc_lex_word *w, fsc_view *out)
{
    char *letters = fsc_arena_alloc(w->symbols->arena, w->text.len - w->pos + 1);
    size_t n = 0;
    if (!letters)
        return fsc_err_nomem(w->err);
    while (!ends_word(w)) {
        char c = peek(w, w->pos);
        if (c == '(' || c == '[')
            break;
        if (c == '<' || c == '>' || c == '{' || c == '}')
            return FAIL_AT(w, w->pos, "%c inside a word: put blanks around it, or a backslash before it", c);
        if (c == '\\' && w->pos + 1 >= w->text.len)
            return FAIL_AT(w, w->pos, "a backslash at the end");
        if (c == '\\')
            letters[n++] = peek(w, ++w->pos);
        else
            letters[n++] = c == '*' ? FSC_LEX_RUN : c == '?' ? FSC_LEX_ONE : c;
        w->pos++;
    }
    *out = (fsc_view){letters, n};
    return FSC_OK;
}

// The alternatives of a glued group; in brackets it may also be absent.
static int read_group(fsc_lex_word *w, view_vec *out)
{
    size_t start = w->pos++;
    char close = peek(w, start) == '[' ? ']' : ')';
    for (;;) {
        fsc_view letters;
        int status = read_letters(w, &letters);
        if (status)
            return status;
        if (!fsc_vec_push(w->symbols->arena, out, letters))
            return fsc_err_nomem(w->err);
        char c = peek(w, w->pos);
        if (c == close || w->pos >= w->text.len)
            break;
        if (c != '|')
            return FAIL_AT(w, w->pos, "a group glued to letters holds endings or beginnings only: (e|es|ed)");
        w->pos++;
    }
    if (w->pos >= w->text.len)
        return FAIL_AT(w, start, "%c without %c", peek(w, start), close);
    w->pos++;
    if (close == ']' && !fsc_vec_push(w->symbols->arena, out, fsc_view_of("", 0)))
        return fsc_err_nomem(w->err);
    return FSC_OK;
}

// forms := forms x parts
static int multiply(fsc_lex_word *w, view_vec *forms, const view_vec *parts)
{
    fsc_arena *arena = w->symbols->arena;
    view_vec out = {0};
    if (forms->len * parts->len > MAX_FORMS)
        return FAIL_AT(w, w->pos, "a word of more than %d forms", MAX_FORMS);
    for (size_t i = 0; i < forms->len; i++) {
        for (size_t k = 0; k < parts->len; k++) {
            fsc_view a = forms->data[i], b = parts->data[k];
            char *text = fsc_arena_alloc(arena, a.len + b.len + 1);
            if (!text || !fsc_vec_push(arena, &out, fsc_view_of(text, a.len + b.len)))
                return fsc_err_nomem(w->err);
            if (a.len > 0)
                memcpy(text, a.data, a.len);
            if (b.len > 0)
                memcpy(text + a.len, b.data, b.len);
        }
    }
    *forms = out;
    return FSC_OK;
}

static int read_forms(fsc_lex_word *w, view_vec *forms)
{
    view_vec parts = {0};
    fsc_view letters;
    int status = read_letters(w, &letters);
    if (!status && !fsc_vec_push(w->symbols->arena, forms, letters))
        return fsc_err_nomem(w->err);
    while (!status && !ends_word(w)) {
        parts.len = 0;
        if (peek(w, w->pos) == '(' || peek(w, w->pos) == '[')
            status = read_group(w, &parts);
        else if (!(status = read_letters(w, &letters)) && !fsc_vec_push(w->symbols->arena, &parts, letters))
            status = fsc_err_nomem(w->err);
        if (!status)
            status = multiply(w, forms, &parts);
    }
    return status;
}

// ---------------------------------------------------------------- forms -> symbols

static bool is_wild(fsc_view form)
{
    for (size_t i = 0; i < form.len; i++)
        if (form.data[i] == FSC_LEX_RUN || form.data[i] == FSC_LEX_ONE)
            return true;
    return false;
}

static int add_form(fsc_lex_word *w, const uint32_t *symbol, size_t count)
{
    fsc_lex_word_form form = {FSC_NEW_N(w->symbols->arena, uint32_t, count), count};
    if (!form.symbol || !fsc_vec_push(w->symbols->arena, &w->form, form))
        return fsc_err_nomem(w->err);
    for (size_t i = 0; i < count; i++) {
        if (symbol[i] == FSC_NONE)
            return fsc_err_nomem(w->err);
        form.symbol[i] = symbol[i];
    }
    return FSC_OK;
}

// Folds the stretches between wildcards.
static int add_wild(fsc_lex_word *w, fsc_view form, bool exact)
{
    fsc_buf folded;
    fsc_buf_init(&folded, w->symbols->alloc, SIZE_MAX / 2);
    bool any = true;
    for (size_t i = 0; i < form.len;) {
        size_t end = i;
        while (end < form.len && form.data[end] != FSC_LEX_RUN && form.data[end] != FSC_LEX_ONE)
            end++;
        if (end == i) {
            bool again = form.data[i] == FSC_LEX_RUN && folded.len > 0 && folded.data[folded.len - 1] == FSC_LEX_RUN;
            any = any && form.data[i] == FSC_LEX_RUN;
            if (!again)
                fsc_buf_add(&folded, form.data + i, 1);
            i++;
            continue;
        }
        any = false;
        fsc_view part = fsc_text_fold(w->symbols->arena, fsc_view_slice(form, i, end));
        if (!part.data)
            folded.failed = FSC_E_NOMEM;
        else
            fsc_buf_addv(&folded, part);
        i = end;
    }
    uint32_t symbol = FSC_LEX_SYM_ANY;
    if (folded.failed)
        symbol = FSC_NONE;
    else if (!any)
        symbol = fsc_lex_symbol_word(w->symbols, fsc_buf_view(&folded), true, exact ? form : fsc_view_of("", 0));
    fsc_buf_release(&folded);
    return add_form(w, &symbol, 1);
}

// Letters with hyphens or apostrophes between them are one word for sure.
static bool is_plain(fsc_view form)
{
    bool letter = false;
    for (size_t i = 0; i < form.len; i++) {
        char c = form.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !((c == '-' || c == '\'') && letter))
            return false;
        letter = is_letter;
    }
    return letter;
}

// Cuts a form as the text room cuts text, so that `and/or` or `U.S.` mean the words a text has.
static int add_cut(fsc_lex_word *w, fsc_view form, bool exact, size_t at)
{
    fsc_arena *arena = w->symbols->arena;
    fsc_text text;
    int status = fsc_text_analyze(&text, form, NULL, 0, w->symbols->types, arena, w->err);
    if (status)
        return status;
    size_t n = text.word_count;
    bool whole = n > 0 && text.word[0].start == 0 && text.word[n - 1].end == form.len;
    if (!whole)
        return FAIL_AT(w, at, "\"%.*s\" is no word of a text: punctuation at its border is never part of one",
                       (int)(form.len < 60 ? form.len : 60), form.data);
    uint32_t *symbol = FSC_NEW_N(arena, uint32_t, n);
    if (!symbol)
        return fsc_err_nomem(w->err);
    for (size_t i = 0; i < n; i++) {
        fsc_view part = fsc_view_slice(form, text.word[i].start, text.word[i].end);
        symbol[i] = fsc_lex_symbol_word(w->symbols, fsc_types_form(w->symbols->types, text.word[i].type), false,
                                        exact ? part : fsc_view_of("", 0));
    }
    return add_form(w, symbol, n);
}

static int add_literal(fsc_lex_word *w, fsc_view form, bool exact, size_t at)
{
    if (!is_plain(form))
        return add_cut(w, form, exact, at);
    fsc_view folded = fsc_text_fold(w->symbols->arena, form);
    if (!folded.data)
        return fsc_err_nomem(w->err);
    uint32_t symbol = fsc_lex_symbol_word(w->symbols, folded, false, exact ? form : fsc_view_of("", 0));
    return add_form(w, &symbol, 1);
}

// ’ as ', as the folded forms have it.
static fsc_view plain_apostrophes(fsc_view form, char *data)
{
    size_t n = 0;
    for (size_t i = 0; i < form.len; i++) {
        bool curly = form.len - i >= 3 && memcmp(form.data + i, "\xE2\x80\x99", 3) == 0;
        data[n++] = curly ? '\'' : form.data[i];
        i += curly ? 2 : 0;
    }
    return fsc_view_of(data, n);
}

int fsc_lex_word_parse(fsc_lex_word *w)
{
    view_vec forms = {0};
    size_t start = w->pos;
    bool exact = peek(w, start) == '=';
    w->pos += exact;
    int status = read_forms(w, &forms);
    for (size_t i = 0; i < forms.len && !status; i++) {
        fsc_view form = forms.data[i];
        if (form.len == 0)
            return FAIL_AT(w, start, "a form of this word is empty");
        char *data = fsc_arena_alloc(w->symbols->arena, form.len);
        if (!data)
            return fsc_err_nomem(w->err);
        form = plain_apostrophes(form, data);
        status = is_wild(form) ? add_wild(w, form, exact) : add_literal(w, form, exact, start);
    }
    return status;
}
