#include "lexicon/regex_p.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define COMPILE_OPTIONS (PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C)
#define HEAP_LIMIT_KIB 8192
#define DEPTH_LIMIT 10000
#define JIT_STACK_MAX (512u << 10)

typedef struct expression {
    pcre2_code *code;
    bool limited;
} expression;

struct fsc_lex_regexes {
    const fsc_alloc *alloc;
    pcre2_general_context *general;
    pcre2_match_context *match;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    uint32_t limited;
    size_t count;
    expression item[];
};

static void *take(size_t size, void *user)
{
    const fsc_alloc *alloc = user;
    return alloc->alloc(alloc->user, size);
}

static void give(void *ptr, void *user)
{
    const fsc_alloc *alloc = user;
    if (ptr)
        alloc->free(alloc->user, ptr);
}

static pcre2_code *compile(fsc_view text, pcre2_compile_context *context, int *code, size_t *offset)
{
    return pcre2_compile((PCRE2_SPTR)text.data, text.len, COMPILE_OPTIONS, code, offset, context);
}

// A letter of the expression many times over, or words of it, then what the expression may not like, then all its other
// characters, as it may ask for them: what an expression with a repeat in a repeat takes ages for. Long enough for doubling
// to reach the limit, too short for squares and cubes to.
#define PROBE_REPEATS 28
#define PROBE_TAIL 64
static size_t make_probe(char *out, char letter, bool words, fsc_view text)
{
    size_t n = 0;
    for (int i = 0; i < PROBE_REPEATS; i++) {
        out[n++] = letter;
        if (words && i % 2)
            out[n++] = ' ';
    }
    out[n++] = '!';
    for (size_t i = 0; i < text.len && i < PROBE_TAIL; i++)
        if (text.data[i] > 0)
            out[n++] = text.data[i];
    return n;
}

// True when a probe reaches the limit of steps.
static bool never_ends(pcre2_code *code, fsc_view text, pcre2_match_data *data, pcre2_match_context *match)
{
    char probe[2 * PROBE_REPEATS + 1 + PROBE_TAIL];
    static const char usual[2] = {'a', '1'};
    bool tried[128] = {false};
    pcre2_set_match_limit(match, FSC_LEX_MATCH_LIMIT);
    for (size_t i = 0; i < text.len + sizeof usual; i++) {
        unsigned char c = (unsigned char)(i < text.len ? text.data[i] : usual[i - text.len]);
        bool is_letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (c >= 128 || tried[c] || !(is_letter || (c >= '0' && c <= '9')))
            continue;
        tried[c] = true;
        for (int words = 0; words < 2; words++) {
            size_t n = make_probe(probe, (char)c, words, text);
            if (pcre2_match(code, (PCRE2_SPTR)probe, n, 0, 0, data, match) == PCRE2_ERROR_MATCHLIMIT)
                return true;
        }
    }
    return false;
}

int fsc_lex_regex_check(fsc_view pattern, fsc_view *text, fsc_lex_place place, fsc_err *err)
{
    if (pattern.len < 3 || pattern.data[pattern.len - 1] != '/')
        return fsc_lex_fail(err, place, 0,
                            "a regex is /.../ with something between (a word that starts with / takes a backslash)");
    *text = fsc_view_slice(pattern, 1, pattern.len - 1);
    int code;
    size_t offset = 0;
    pcre2_code *compiled = compile(*text, NULL, &code, &offset);
    if (!compiled) {
        char message[200] = "";
        pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
        return fsc_lex_fail(err, place, offset + 1, "the regex does not compile: %s", message);
    }
    // one that matches nothing at all would be found between any two letters
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *match = pcre2_match_context_create(NULL);
    int found = data && match ? pcre2_match(compiled, (PCRE2_SPTR) "", 0, 0, 0, data, NULL) : PCRE2_ERROR_NOMEMORY;
    bool endless = found != PCRE2_ERROR_NOMEMORY && never_ends(compiled, *text, data, match);
    pcre2_match_context_free(match);
    pcre2_match_data_free(data);
    pcre2_code_free(compiled);
    if (found == PCRE2_ERROR_NOMEMORY)
        return fsc_err_nomem(err);
    if (endless)
        return fsc_lex_fail(err, place, 0, "the regex backtracks without end: a repeat stands inside a repeat, as in (a+)+");
    return found >= 0 ? fsc_lex_fail(err, place, 0, "the regex matches the empty text") : FSC_OK;
}

int fsc_lex_regexes_new(fsc_lex_regexes **out, size_t count, const fsc_alloc *alloc, fsc_err *err)
{
    size_t size = sizeof(fsc_lex_regexes) + count * sizeof(expression);
    *out = NULL;
    fsc_lex_regexes *r = alloc->alloc(alloc->user, size);
    if (!r)
        return fsc_err_nomem(err);
    memset(r, 0, size);
    r->alloc = alloc;
    r->count = count;
    *out = r;
    if (count == 0)
        return FSC_OK;
    union {
        const fsc_alloc *in;
        void *user;
    } payload = {.in = alloc}; // only read through it
    r->general = pcre2_general_context_create(take, give, payload.user);
    r->match = r->general ? pcre2_match_context_create(r->general) : NULL;
    r->data = r->match ? pcre2_match_data_create(1, r->general) : NULL;
    r->stack = r->data ? pcre2_jit_stack_create(16 << 10, JIT_STACK_MAX, r->general) : NULL;
    if (!r->stack) {
        fsc_lex_regexes_free(r);
        *out = NULL;
        return fsc_err_nomem(err);
    }
    pcre2_set_match_limit(r->match, FSC_LEX_MATCH_LIMIT);
    pcre2_set_depth_limit(r->match, DEPTH_LIMIT);
    pcre2_set_heap_limit(r->match, HEAP_LIMIT_KIB);
    pcre2_jit_stack_assign(r->match, NULL, r->stack);
    return FSC_OK;
}

void fsc_lex_regexes_free(fsc_lex_regexes *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        pcre2_code_free(r->item[i].code);
    pcre2_jit_stack_free(r->stack);
    pcre2_match_data_free(r->data);
    pcre2_match_context_free(r->match);
    pcre2_general_context_free(r->general);
    r->alloc->free(r->alloc->user, r);
}

void fsc_lex_regexes_reset(fsc_lex_regexes *r)
{
    for (size_t i = 0; i < r->count && r->limited > 0; i++)
        r->item[i].limited = false;
    r->limited = 0;
}

uint32_t fsc_lex_regexes_limited(const fsc_lex_regexes *r)
{
    return r->limited;
}

// Compiles at the first trial. Without JIT (not built in, or not on this machine) the interpreter does the same.
static int prepare(fsc_lex_regexes *r, expression *e, fsc_view text, fsc_err *err)
{
    int code;
    size_t offset;
    pcre2_compile_context *context = pcre2_compile_context_create(r->general);
    e->code = context ? compile(text, context, &code, &offset) : NULL;
    pcre2_compile_context_free(context);
    if (!e->code)
        return fsc_err_nomem(err); // it did compile when the set was made
    (void)pcre2_jit_compile(e->code, PCRE2_JIT_COMPLETE);
    return FSC_OK;
}

int fsc_lex_regexes_find(fsc_lex_regexes *r, uint32_t index, fsc_view text, fsc_view sentence, size_t from,
                         fsc_span *span, fsc_err *err)
{
    expression *e = &r->item[index];
    if (e->limited || from > sentence.len)
        return 0;
    if (!e->code) {
        int status = prepare(r, e, text, err);
        if (status)
            return status;
    }
    int found = pcre2_match(e->code, (PCRE2_SPTR)sentence.data, sentence.len, from, PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY,
                            r->data, r->match);
    if (found == PCRE2_ERROR_NOMATCH)
        return 0;
    if (found == PCRE2_ERROR_NOMEMORY)
        return fsc_err_nomem(err);
    if (found < 0) {
        e->limited = true;
        r->limited++;
        return 0;
    }
    const size_t *place = pcre2_get_ovector_pointer(r->data);
    // \K may put the start behind the end
    if (place[0] >= place[1])
        return 0;
    *span = (fsc_span){(uint32_t)place[0], (uint32_t)place[1]};
    return 1;
}
