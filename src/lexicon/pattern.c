#include "lexicon/pattern_p.h"

#include "lexicon/word_p.h"

// Recursive descent; groups nest FSC_LEX_MAX_DEPTH deep at most.

typedef struct parser {
    fsc_lex_symbols *symbols;
    fsc_arena *arena;
    fsc_view text, language;
    size_t pos;
    unsigned depth;
    enum fsc_lex_pattern_use use;
    fsc_lex_place place;
    fsc_err *err;
} parser;

#define FAIL_AT(p, at, ...) fsc_lex_fail((p)->err, (p)->place, (at), __VA_ARGS__)

static fsc_lex_tree *new_tree(parser *p, fsc_lex_tree_kind kind, size_t at)
{
    fsc_lex_tree *t = FSC_NEW(p->arena, fsc_lex_tree);
    if (!t) {
        fsc_err_nomem(p->err);
        return NULL;
    }
    t->kind = kind;
    t->at = (uint32_t)at;
    return t;
}

static char peek(const parser *p, size_t at)
{
    return at < p->text.len ? p->text.data[at] : 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// What may follow a whole piece: the end, a blank, or what ends an alternative.
static bool ends_piece(const parser *p, size_t at)
{
    char c = peek(p, at);
    return at >= p->text.len || is_blank(c) || c == '|' || c == ')' || c == ']';
}

// The place of the mark that closes the group opened at `at`, SIZE_MAX when there is none. Groups that are opened
// again and again without an end are found by depth before this costs anything.
static size_t find_close(const parser *p, size_t at)
{
    unsigned depth = 0;
    for (size_t i = at; i < p->text.len; i++) {
        char c = p->text.data[i];
        if (c == '\\')
            i++;
        else if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && --depth == 0)
            return i;
    }
    return SIZE_MAX;
}

static int parse_choice(parser *p, char close, fsc_lex_tree **out);

static int parse_number(parser *p, uint32_t *out)
{
    size_t start = p->pos;
    uint32_t n = 0;
    while (peek(p, p->pos) >= '0' && peek(p, p->pos) <= '9' && n <= FSC_LEX_MAX_WORDS)
        n = n * 10 + (uint32_t)(peek(p, p->pos++) - '0');
    if (p->pos == start)
        return FAIL_AT(p, start, "a gap is <0-4> or <4>");
    if (n > FSC_LEX_MAX_WORDS)
        return FAIL_AT(p, start, "a gap has at most %d words", FSC_LEX_MAX_WORDS);
    *out = n;
    return FSC_OK;
}

static int parse_gap(parser *p, fsc_lex_tree **out)
{
    fsc_lex_tree *t = new_tree(p, FSC_LEX_TREE_GAP, p->pos++);
    if (!t)
        return FSC_E_NOMEM;
    int status = parse_number(p, &t->max);
    if (!status && peek(p, p->pos) == '-') {
        p->pos++;
        t->min = t->max;
        status = parse_number(p, &t->max);
    }
    if (status)
        return status;
    if (peek(p, p->pos) != '>')
        return FAIL_AT(p, p->pos, "a gap is <0-4> or <4>");
    p->pos++;
    if (t->min > t->max || t->max == 0)
        return FAIL_AT(p, t->at, "a gap <%u-%u> is empty", (unsigned)t->min, (unsigned)t->max);
    *out = t;
    return FSC_OK;
}

static const struct {
    const char *name;
    uint32_t symbol;
} builtin_classes[] = {
    {"word", FSC_LEX_SYM_WORD},   {"number", FSC_LEX_SYM_NUMBER},   {"capital", FSC_LEX_SYM_CAPITAL},
    {"upper", FSC_LEX_SYM_UPPER}, {"mention", FSC_LEX_SYM_MENTION}, {"hashtag", FSC_LEX_SYM_HASHTAG},
    {"url", FSC_LEX_SYM_URL},     {"emoji", FSC_LEX_SYM_EMOJI},     {"percent", FSC_LEX_SYM_PERCENT},
};

static int parse_class(parser *p, fsc_lex_tree **out)
{
    size_t start = p->pos++;
    while (p->pos < p->text.len && peek(p, p->pos) != '}')
        p->pos++;
    if (p->pos >= p->text.len)
        return FAIL_AT(p, start, "{ without }");
    fsc_view name = fsc_view_slice(p->text, start + 1, p->pos++);
    if (!fsc_lex_is_name(name))
        return FAIL_AT(p, start, "a class is {name}: [a-z][a-z0-9-]*, levels joined by dots");
    fsc_lex_tree *t = new_tree(p, FSC_LEX_TREE_WORD, start);
    if (!t)
        return FSC_E_NOMEM;
    *out = t;
    for (size_t i = 0; i < sizeof builtin_classes / sizeof *builtin_classes; i++) {
        if (fsc_view_is(name, builtin_classes[i].name)) {
            t->symbol = builtin_classes[i].symbol;
            return FSC_OK;
        }
    }
    fsc_lex_place place = p->place;
    place.column += (uint32_t)start;
    t->symbol = fsc_lex_symbol_class(p->symbols, name, p->language, place);
    return t->symbol == FSC_NONE ? fsc_err_nomem(p->err) : FSC_OK;
}

// `( )` or `[ ]` around phrases.
static int parse_group(parser *p, fsc_lex_tree **out)
{
    size_t start = p->pos++;
    bool optional = peek(p, start) == '[';
    char close = optional ? ']' : ')';
    if (++p->depth > FSC_LEX_MAX_DEPTH)
        return FAIL_AT(p, start, "groups nest more than %d deep", FSC_LEX_MAX_DEPTH);
    int status = parse_choice(p, close, out);
    p->depth--;
    if (status)
        return status;
    if (peek(p, p->pos) != close)
        return FAIL_AT(p, start, "%c without %c", optional ? '[' : '(', close);
    p->pos++;
    if (!optional)
        return FSC_OK;
    fsc_lex_tree *t = new_tree(p, FSC_LEX_TREE_CHOICE, start);
    fsc_lex_tree *empty = t ? new_tree(p, FSC_LEX_TREE_EMPTY, start) : NULL;
    if (!empty)
        return FSC_E_NOMEM;
    t->child = *out;
    t->child->next = empty;
    *out = t;
    return FSC_OK;
}

// One form of a word: one symbol, or several in a row.
static fsc_lex_tree *form_tree(parser *p, const fsc_lex_word_form *form, size_t at)
{
    fsc_lex_tree *sequence = NULL, *words = NULL, **tail = &words;
    for (size_t i = 0; i < form->count; i++) {
        if (!(*tail = new_tree(p, FSC_LEX_TREE_WORD, at)))
            return NULL;
        (*tail)->symbol = form->symbol[i];
        tail = &(*tail)->next;
    }
    if (form->count == 1)
        return words;
    sequence = new_tree(p, FSC_LEX_TREE_SEQUENCE, at);
    if (sequence)
        sequence->child = words;
    return sequence;
}

static int parse_word(parser *p, fsc_lex_tree **out)
{
    fsc_lex_word word = {.symbols = p->symbols, .text = p->text, .pos = p->pos, .place = p->place, .err = p->err};
    size_t start = p->pos;
    int status = fsc_lex_word_parse(&word);
    if (status)
        return status;
    p->pos = word.pos;
    fsc_lex_tree *forms = NULL, **tail = &forms;
    for (size_t i = 0; i < word.form.len; i++) {
        if (!(*tail = form_tree(p, &word.form.data[i], start)))
            return FSC_E_NOMEM;
        tail = &(*tail)->next;
    }
    *out = forms;
    if (word.form.len == 1)
        return FSC_OK;
    if (!(*out = new_tree(p, FSC_LEX_TREE_CHOICE, start)))
        return FSC_E_NOMEM;
    (*out)->child = forms;
    return FSC_OK;
}

static int parse_anchor(parser *p, fsc_lex_tree **out)
{
    bool first = peek(p, p->pos) == '^';
    *out = new_tree(p, first ? FSC_LEX_TREE_FIRST : FSC_LEX_TREE_LAST, p->pos++);
    return *out ? FSC_OK : FSC_E_NOMEM;
}

static int parse_piece(parser *p, fsc_lex_tree **out)
{
    size_t start = p->pos;
    char c = peek(p, start);
    int status;
    bool glues = false; // a word ends by itself; the other pieces must be followed by an end
    if (c == '<') {
        status = parse_gap(p, out);
    } else if ((c == '^' || c == '$') && ends_piece(p, start + 1)) {
        status = parse_anchor(p, out);
    } else if (c == '{') {
        status = parse_class(p, out);
    } else if (c == '(' || c == '[') {
        size_t close = find_close(p, start);
        if (close == SIZE_MAX)
            return FAIL_AT(p, start, "%c without %c", c, c == '(' ? ')' : ']');
        glues = !ends_piece(p, close + 1);
        status = glues ? parse_word(p, out) : parse_group(p, out);
    } else {
        glues = true;
        status = parse_word(p, out);
    }
    if (!status && !glues && !ends_piece(p, p->pos))
        return FAIL_AT(p, p->pos, "a blank is missing here");
    return status;
}

static int parse_sequence(parser *p, fsc_lex_tree **out)
{
    fsc_lex_tree *sequence = new_tree(p, FSC_LEX_TREE_SEQUENCE, p->pos), **tail = sequence ? &sequence->child : NULL;
    if (!tail)
        return FSC_E_NOMEM;
    for (;;) {
        while (is_blank(peek(p, p->pos)))
            p->pos++;
        if (ends_piece(p, p->pos))
            break;
        int status = parse_piece(p, tail);
        if (status)
            return status;
        tail = &(*tail)->next;
    }
    *out = sequence;
    if (!sequence->child)
        sequence->kind = FSC_LEX_TREE_EMPTY;
    return FSC_OK;
}

// Alternatives up to `close` (0: the end of the text).
static int parse_choice(parser *p, char close, fsc_lex_tree **out)
{
    size_t start = p->pos;
    fsc_lex_tree *choice = new_tree(p, FSC_LEX_TREE_CHOICE, start), **tail = choice ? &choice->child : NULL;
    if (!tail)
        return FSC_E_NOMEM;
    for (;;) {
        int status = parse_sequence(p, tail);
        if (status)
            return status;
        tail = &(*tail)->next;
        char c = peek(p, p->pos);
        if (c != '|')
            break;
        if (close == 0 && p->use == FSC_LEX_USE_ENTRY)
            return FAIL_AT(p, p->pos, "alternatives stand in parentheses: (a|b)");
        p->pos++;
    }
    if (close == 0 && p->pos < p->text.len)
        return FAIL_AT(p, p->pos, "%c without %c", peek(p, p->pos), peek(p, p->pos) == ')' ? '(' : '[');
    *out = choice->child->next ? choice : choice->child;
    return FSC_OK;
}

// ---------------------------------------------------------------- what must hold of a tree

// Facts of a subtree, gathered from the leaves up.
typedef struct facts {
    bool empty; // may match no word
    bool bare;  // may match neither word nor anchor
    bool gap_first, gap_last;
    uint32_t longest; // words with gaps
} facts;

// `before`: something may stand before it, `after`: behind it; anchors allow neither.
static int check_tree(parser *p, const fsc_lex_tree *t, bool before, bool after, facts *out)
{
    bool anchor = t->kind == FSC_LEX_TREE_FIRST || t->kind == FSC_LEX_TREE_LAST;
    bool word = t->kind == FSC_LEX_TREE_WORD;
    bool choice = t->kind == FSC_LEX_TREE_CHOICE;
    *out = (facts){.empty = !word && !choice, .bare = !word && !choice && !anchor, .longest = word};
    if (t->kind == FSC_LEX_TREE_FIRST && (before || p->use == FSC_LEX_USE_AFTER))
        return FAIL_AT(p, t->at, "^ stands only first");
    if (t->kind == FSC_LEX_TREE_LAST && (after || p->use == FSC_LEX_USE_BEFORE))
        return FAIL_AT(p, t->at, "$ stands only last");
    if (t->kind == FSC_LEX_TREE_GAP)
        *out = (facts){true, t->min == 0, true, true, t->max};
    for (const fsc_lex_tree *c = t->child; c; c = c->next) {
        facts f;
        bool first = c == t->child, last = !c->next;
        int status = check_tree(p, c, before || !(choice || first), after || !(choice || last), &f);
        if (status)
            return status;
        out->gap_first |= f.gap_first && (choice || first || out->bare);
        out->gap_last = f.gap_last || (out->gap_last && (choice || f.bare));
        out->empty = choice ? out->empty || f.empty : out->empty && f.empty;
        out->bare = choice ? out->bare || f.bare : out->bare && f.bare;
        uint32_t longest = choice ? f.longest : out->longest + f.longest;
        out->longest = longest > out->longest ? longest : out->longest;
        if (out->longest > FSC_LEX_MAX_WORDS)
            return FAIL_AT(p, t->at, "longer than %d words with its gaps", FSC_LEX_MAX_WORDS);
    }
    return FSC_OK;
}

static int check(parser *p, const fsc_lex_tree *tree)
{
    facts f;
    int status = check_tree(p, tree, false, false, &f);
    if (status)
        return status;
    bool guard = p->use == FSC_LEX_USE_BEFORE || p->use == FSC_LEX_USE_AFTER;
    if (f.bare || (f.empty && !guard))
        return FAIL_AT(p, 0, "it may match nothing: at least one word must not be optional");
    if (f.gap_first && p->use != FSC_LEX_USE_AFTER)
        return FAIL_AT(p, 0, "a gap stands first");
    if (f.gap_last && p->use != FSC_LEX_USE_BEFORE)
        return FAIL_AT(p, 0, "a gap stands last");
    return FSC_OK;
}

int fsc_lex_pattern_parse(fsc_lex_tree **out, fsc_view text, enum fsc_lex_pattern_use use, fsc_lex_symbols *symbols,
                          fsc_view language, fsc_lex_place place, fsc_err *err)
{
    parser p = {.symbols = symbols,
                .arena = symbols->arena,
                .text = text,
                .language = language,
                .use = use,
                .place = place,
                .err = err};
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < ' ')
            return FAIL_AT(&p, i, "a control character (0x%02X)", (unsigned)text.data[i]);
    int status = parse_choice(&p, 0, out);
    return status ? status : check(&p, *out);
}

uint32_t fsc_lex_tree_sequences(const fsc_lex_tree *tree, uint32_t limit)
{
    if (tree->kind != FSC_LEX_TREE_SEQUENCE && tree->kind != FSC_LEX_TREE_CHOICE)
        return 1;
    bool choice = tree->kind == FSC_LEX_TREE_CHOICE;
    uint64_t n = !choice;
    for (const fsc_lex_tree *c = tree->child; c && n < limit; c = c->next) {
        uint32_t of_child = fsc_lex_tree_sequences(c, limit);
        n = choice ? n + of_child : n * of_child;
    }
    return n < limit ? (uint32_t)n : limit;
}

static void lengths(const fsc_lex_tree *tree, uint32_t *min, uint32_t *max)
{
    *min = *max = tree->kind == FSC_LEX_TREE_WORD;
    if (tree->kind == FSC_LEX_TREE_GAP) {
        *min = tree->min;
        *max = tree->max;
    }
    for (const fsc_lex_tree *c = tree->child; c; c = c->next) {
        uint32_t least, most;
        lengths(c, &least, &most);
        if (tree->kind == FSC_LEX_TREE_SEQUENCE || c == tree->child) {
            *min += least;
            *max += most;
            continue;
        }
        *min = least < *min ? least : *min;
        *max = most > *max ? most : *max;
    }
}

bool fsc_lex_tree_stretches(const fsc_lex_tree *tree)
{
    uint32_t min, max;
    lengths(tree, &min, &max);
    return min != max;
}
