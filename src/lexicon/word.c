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

// End of the letters, escapes and wildcards from w->pos on; in a group blanks belong to them, which part words.
// *plain: none of them needs to be rewritten.
static int find_end(const fsc_lex_word *w, bool in_group, size_t *out, bool *plain)
{
    size_t at = w->pos;
    *plain = true;
    for (; at < w->text.len; at++) {
        char c = w->text.data[at];
        if (c == '|' || c == ')' || c == ']' || c == '(' || c == '[' || c == '\t' || (c == ' ' && !in_group))
            break;
        if (c == '<' || c == '>' || c == '{' || c == '}')
            return FAIL_AT(w, at, "%c inside a word: put blanks around it, or a backslash before it", c);
        *plain = *plain && c != '\\' && c != '*' && c != '?';
        if (c != '\\')
            continue;
        if (++at >= w->text.len)
            return FAIL_AT(w, at - 1, "a backslash at the end");
    }
    *out = at;
    return FSC_OK;
}

static int read_letters(fsc_lex_word *w, bool in_group, fsc_view *out)
{
    size_t end = 0, n = 0;
    bool plain;
    int status = find_end(w, in_group, &end, &plain);
    if (status)
        return status;
    fsc_view raw = fsc_view_slice(w->text, w->pos, end);
    w->pos = end;
    *out = raw;
    if (plain)
        return FSC_OK;
    char *letters = fsc_arena_alloc(w->symbols->arena, raw.len);
    if (!letters)
        return fsc_err_nomem(w->err);
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.data[i];
        letters[n++] = c == '\\' ? raw.data[++i] : c == '*' ? FSC_LEX_RUN : c == '?' ? FSC_LEX_ONE : c;
    }
    *out = fsc_view_of(letters, n);
    return FSC_OK;
}

// The alternatives of a glued group; in brackets it may also be absent.
static int read_group(fsc_lex_word *w, view_vec *out)
{
    size_t start = w->pos++;
    char close = peek(w, start) == '[' ? ']' : ')';
    for (;;) {
        fsc_view letters;
        int status = read_letters(w, true, &letters);
        if (status)
            return status;
        if (!fsc_vec_push(w->symbols->arena, out, letters))
            return fsc_err_nomem(w->err);
        char c = peek(w, w->pos);
        if (c == close || w->pos >= w->text.len)
            break;
        if (c != '|')
            return FAIL_AT(w, w->pos, "a group glued to letters holds no groups and no tabs");
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
    int status = read_letters(w, false, &letters);
    if (!status && !fsc_vec_push(w->symbols->arena, forms, letters))
        return fsc_err_nomem(w->err);
    while (!status && !ends_word(w)) {
        parts.len = 0;
        if (peek(w, w->pos) == '(' || peek(w, w->pos) == '[')
            status = read_group(w, &parts);
        else if (!(status = read_letters(w, false, &letters)) && !fsc_vec_push(w->symbols->arena, &parts, letters))
            status = fsc_err_nomem(w->err);
        if (!status)
            status = multiply(w, forms, &parts);
    }
    return status;
}

// ---------------------------------------------------------------- forms -> symbols

typedef fsc_vec(uint32_t) symbol_vec;

static bool is_wild(fsc_view form)
{
    for (size_t i = 0; i < form.len; i++)
        if (form.data[i] == FSC_LEX_RUN || form.data[i] == FSC_LEX_ONE)
            return true;
    return false;
}

static int add_symbol(fsc_lex_word *w, uint32_t symbol, symbol_vec *out)
{
    if (symbol == FSC_NONE || !fsc_vec_push(w->symbols->arena, out, symbol))
        return fsc_err_nomem(w->err);
    return FSC_OK;
}

static int add_form(fsc_lex_word *w, const symbol_vec *symbols)
{
    fsc_lex_word_form form = {symbols->data, symbols->len};
    return fsc_vec_push(w->symbols->arena, &w->form, form) ? FSC_OK : fsc_err_nomem(w->err);
}

// Folds the stretches between wildcards; runs of `*` become one.
static bool fold_wild(fsc_lex_word *w, fsc_view form, fsc_buf *out)
{
    for (size_t i = 0; i < form.len;) {
        size_t end = i;
        while (end < form.len && form.data[end] != FSC_LEX_RUN && form.data[end] != FSC_LEX_ONE)
            end++;
        if (end > i) {
            fsc_view part = fsc_text_fold(w->symbols->arena, fsc_view_slice(form, i, end));
            if (!part.data)
                return false;
            fsc_buf_addv(out, part);
        } else {
            end++;
            if (form.data[i] == FSC_LEX_ONE || out->len == 0 || out->data[out->len - 1] != FSC_LEX_RUN)
                fsc_buf_char(out, form.data[i]);
        }
        i = end;
    }
    return !out->failed;
}

static int add_wild(fsc_lex_word *w, fsc_view form, bool exact, symbol_vec *out)
{
    fsc_buf folded;
    fsc_buf_init(&folded, w->symbols->alloc, SIZE_MAX / 2);
    uint32_t symbol = FSC_NONE;
    if (fold_wild(w, form, &folded)) {
        bool any = folded.len == 1 && folded.data[0] == FSC_LEX_RUN;
        symbol = any ? FSC_LEX_SYM_ANY
                     : fsc_lex_symbol_word(w->symbols, fsc_buf_view(&folded), true, exact ? form : fsc_view_of("", 0));
    }
    fsc_buf_release(&folded);
    return add_symbol(w, symbol, out);
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

// One word as it stands; `exact` empty, or what the text must have.
static int add_word(fsc_lex_word *w, fsc_view form, fsc_view exact, symbol_vec *out)
{
    fsc_view folded = fsc_text_fold(w->symbols->arena, form);
    return add_symbol(w, folded.data ? fsc_lex_symbol_word(w->symbols, folded, false, exact) : FSC_NONE, out);
}

// Cuts a form as the text room cuts text, so that `and/or` means the words that a text has. A last stop belongs to
// the word: whether the text room takes it in depends on what follows, and the writer has said that it does. A percent
// sign is never part of the word, but can be looked for behind it.
static int add_cut(fsc_lex_word *w, fsc_view form, bool exact, size_t at, symbol_vec *out)
{
    fsc_text text;
    int status = fsc_text_analyze(&text, form, NULL, 0, w->symbols->types, w->symbols->arena, w->err);
    if (status)
        return status;
    size_t n = text.word_count, end = n > 0 ? text.word[n - 1].end : 0;
    char last = form.data[form.len - 1];
    bool stop = n > 0 && end + 1 == form.len && last == '.';
    bool percent = n > 0 && end + 1 == form.len && last == '%' && text.word[n - 1].flags & FSC_WORD_NUMBER;
    bool plus = n > 0 && end + 1 == form.len && last == '+'; // LGBTQ+: the text room leaves it out
    if (n == 0 || text.word[0].start != 0 || (end < form.len && !stop && !percent && !plus))
        return FAIL_AT(w, at, "\"%.*s\" is no word of a text: punctuation at its border is never part of one",
                       (int)(form.len < 60 ? form.len : 60), form.data);
    for (size_t i = 0; i < n && !status; i++) {
        bool is_last = i + 1 == n;
        fsc_view part = fsc_view_slice(form, text.word[i].start, is_last && stop ? form.len : text.word[i].end);
        fsc_view whole = is_last && percent ? fsc_view_slice(form, text.word[i].start, form.len) : part;
        status = add_word(w, part, exact || (is_last && percent) ? whole : fsc_view_of("", 0), out);
    }
    return status;
}

// Letters with stops between them: u.s, a.m.
static bool is_initials(fsc_view form)
{
    for (size_t i = 0; i < form.len; i++) {
        char c = form.data[i] | 0x20;
        if (i % 2 ? form.data[i] != '.' : c < 'a' || c > 'z')
            return false;
    }
    return form.len >= 3;
}

// Initials are the same word with and without their last stop.
static int add_initials(fsc_lex_word *w, fsc_view form, bool exact)
{
    char *data = fsc_arena_alloc(w->symbols->arena, form.len + 1);
    if (!data)
        return fsc_err_nomem(w->err);
    memcpy(data, form.data, form.len);
    data[form.len] = '.';
    for (size_t len = form.len - (form.data[form.len - 1] == '.'), i = 0; i < 2; i++, len++) {
        symbol_vec symbols = {0};
        fsc_view word = fsc_view_of(data, len);
        int status = add_word(w, word, exact ? word : fsc_view_of("", 0), &symbols);
        if (!status)
            status = add_form(w, &symbols);
        if (status)
            return status;
    }
    return FSC_OK;
}

// ’ as ', as the folded forms have it; one at the end (Americans') is no part of the word.
static bool plain_apostrophes(fsc_lex_word *w, fsc_view *form)
{
    if (memchr(form->data, 0xE2, form->len)) {
        char *data = fsc_arena_alloc(w->symbols->arena, form->len);
        size_t n = 0;
        if (!data)
            return false;
        for (size_t i = 0; i < form->len; i++) {
            bool curly = form->len - i >= 3 && memcmp(form->data + i, "\xE2\x80\x99", 3) == 0;
            data[n++] = curly ? '\'' : form->data[i];
            i += curly ? 2 : 0;
        }
        *form = fsc_view_of(data, n);
    }
    if (form->len > 1 && form->data[form->len - 1] == '\'')
        form->len--;
    return true;
}

// A form: one word, or several with blanks between them (`redefin(e|ition of)`).
static int add_phrase(fsc_lex_word *w, fsc_view phrase, bool exact, size_t at)
{
    symbol_vec symbols = {0};
    int status = FSC_OK;
    if (is_initials(phrase))
        return add_initials(w, phrase, exact);
    while (phrase.data && !status) {
        fsc_view part = fsc_view_split(&phrase, ' ');
        if (part.len == 0)
            continue;
        if (!plain_apostrophes(w, &part))
            return fsc_err_nomem(w->err);
        if (is_wild(part))
            status = add_wild(w, part, exact, &symbols);
        else if (is_plain(part))
            status = add_word(w, part, exact ? part : fsc_view_of("", 0), &symbols);
        else
            status = add_cut(w, part, exact, at, &symbols);
    }
    if (!status && symbols.len == 0)
        return FAIL_AT(w, at, "a form of this word is empty");
    return status ? status : add_form(w, &symbols);
}

int fsc_lex_word_parse(fsc_lex_word *w)
{
    view_vec forms = {0};
    size_t start = w->pos;
    bool exact = peek(w, start) == '=';
    w->pos += exact;
    int status = read_forms(w, &forms);
    for (size_t i = 0; i < forms.len && !status; i++)
        status = add_phrase(w, forms.data[i], exact, start);
    return status;
}
