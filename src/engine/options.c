#include "engine/options_p.h"

#include <stdio.h>
#include <stdlib.h>

#define V(id) (1u << FSC_VERB_##id)
#define ALL (~0u)

typedef enum option_type { FLAG, TEXT, OPTIONAL, LIST, NUMBER, SIZE } option_type;

typedef struct option {
    const char *name;
    char letter;
    option_type type;
    const char *argument;
    unsigned verbs;
    const char *help;
    size_t offset;      // of its field in fsc_options
} option;

static const option options[] = {
#define FSC_OPTION(field, name, letter, type, argument, verbs, help)                               \
    {name, letter, type, argument, verbs, help, offsetof(fsc_options, field)},
#include "engine/options.def"
#undef FSC_OPTION
};
#define OPTION_COUNT (sizeof options / sizeof *options)

static const struct verb {
    const char *name, *args, *what, *example;
} verbs[] = {
#define FSC_VERB(id, name, run, args, what, example) {name, args, what, example},
#include "engine/verbs.def"
#undef FSC_VERB
};

int fsc_verb_find(const char *name)
{
    for (int i = 0; i < FSC_VERB_COUNT; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return i;
    return -1;
}

const char *fsc_verb_name(fsc_verb verb)
{
    return verbs[verb].name;
}

static const option *find_long(fsc_view name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (fsc_view_is(name, options[i].name))
            return &options[i];
    return NULL;
}

// Letters to add, leave out, change or swap to make one name of the other; long words are far from every name.
#define MOST_LETTERS 24
static unsigned letters_apart(const char *a, const char *b)
{
    unsigned row[3][MOST_LETTERS + 1];
    size_t n = strlen(a), m = strlen(b);
    if (n > MOST_LETTERS || m > MOST_LETTERS)
        return MOST_LETTERS;
    for (size_t k = 0; k <= m; k++)
        row[0][k] = (unsigned)k;
    for (size_t i = 1; i <= n; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t k = 1; k <= m; k++) {
            unsigned least = last[k - 1] + (a[i - 1] != b[k - 1]);
            least = last[k] + 1 < least ? last[k] + 1 : least;
            least = now[k - 1] + 1 < least ? now[k - 1] + 1 : least;
            bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
            now[k] = swapped && before[k - 2] + 1 < least ? before[k - 2] + 1 : least;
        }
    }
    return row[n % 3][m];
}

// Keeps in *best the name that a slip of the keys is nearest to: at most a third of its letters away.
static void take_nearer(const char **best, unsigned *least, const char *word, const char *name)
{
    unsigned apart = letters_apart(word, name);
    if (apart < *least && apart * 3 <= strlen(name)) {
        *least = apart;
        *best = name;
    }
}

static const option *find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].letter && options[i].letter == letter)
            return &options[i];
    return NULL;
}

static bool parse_size(const char *text, int64_t *out)
{
    fsc_view v = fsc_view_cstr(text);
    int64_t unit = 1;
    if (v.len) {
        switch (v.data[v.len - 1]) {
        case 'k': case 'K': unit = 1 << 10, v.len--; break;
        case 'm': case 'M': unit = 1 << 20, v.len--; break;
        case 'g': case 'G': unit = 1 << 30, v.len--; break;
        default: break;
        }
    }
    return fsc_view_int(v, out) && *out > 0 && !__builtin_mul_overflow(*out, unit, out);
}

static int set_value(fsc_options *o, const option *opt, const char *value, fsc_arena *arena, fsc_err *err)
{
    void *field = (char *)o + opt->offset;
    switch (opt->type) {
    case FLAG:
        *(bool *)field = true;
        return 0;
    case TEXT:
    case OPTIONAL:
        *(const char **)field = value;
        return 0;
    case LIST:
        return fsc_vec_push(arena, (fsc_texts *)field, value) ? 0 : fsc_err_nomem(err);
    case NUMBER:
        if (!fsc_view_int(fsc_view_cstr(value), (int64_t *)field) || *(int64_t *)field < 1)
            return fsc_err_set(err, FSC_E_USAGE, "--%s takes a whole number from 1 on, not \"%s\"", opt->name, value);
        return 0;
    default:
        if (!parse_size(value, (int64_t *)field))
            return fsc_err_set(err, FSC_E_USAGE, "--%s takes a size such as 500k, 64M or 1G, not \"%s\"", opt->name, value);
        return 0;
    }
}

typedef struct words {
    int argc, at;
    const char *const *argv;
} words;

// the flag of the same name as an option with a value
static const option *flag_of(const option *opt)
{
    for (size_t i = 0; opt->type == LIST && i < OPTION_COUNT; i++)
        if (options[i].type == FLAG && strcmp(options[i].name, opt->name) == 0)
            return &options[i];
    return NULL;
}

static int unknown(const char *word, fsc_verb verb, fsc_err *err)
{
    char name[MOST_LETTERS + 2];
    const char *near = NULL;
    unsigned least = MOST_LETTERS;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    for (size_t i = 0; word[1] == '-' && i < OPTION_COUNT; i++)
        if (options[i].verbs & 1u << verb)
            take_nearer(&near, &least, name + 2, options[i].name);
    if (near)
        return fsc_err_set(err, FSC_E_USAGE, "%s: no such option; did you mean --%s?", word, near);
    return fsc_err_set(err, FSC_E_USAGE, "%s: no such option; see framescope %s --help", word, verbs[verb].name);
}

static int unknown_verb(const char *word, fsc_err *err)
{
    const char *near = NULL;
    unsigned least = MOST_LETTERS;
    for (size_t i = 0; i < FSC_VERB_COUNT; i++)
        take_nearer(&near, &least, word, verbs[i].name);
    if (near)
        return fsc_err_set(err, FSC_E_USAGE, "%s: no such verb; did you mean %s?", word, near);
    return fsc_err_set(err, FSC_E_USAGE, "%s: no such verb; see framescope --help", word);
}

static int take_option(fsc_options *o, const option *opt, const char *inline_value, words *w, fsc_arena *arena, fsc_err *err)
{
    const char *word = w->argv[w->at];
    if (!opt)
        return unknown(word, o->verb, err);
    bool valued = inline_value || (w->at + 1 < w->argc && strchr(w->argv[w->at + 1], '='));
    if (!valued && flag_of(opt))
        opt = flag_of(opt);
    if (!(opt->verbs & 1u << o->verb))
        return fsc_err_set(err, FSC_E_USAGE, "--%s is no option of framescope %s; see framescope %s --help", opt->name,
                           verbs[o->verb].name, verbs[o->verb].name);
    if (opt->type == FLAG && inline_value)
        return fsc_err_set(err, FSC_E_USAGE, "--%s takes no value", opt->name);
    if (opt->type == FLAG || opt->type == OPTIONAL)
        return set_value(o, opt, inline_value ? inline_value : "", arena, err);
    if (!inline_value) {
        if (w->at + 1 >= w->argc)
            return fsc_err_set(err, FSC_E_USAGE, "--%s needs a value: %s", opt->name, opt->argument);
        inline_value = w->argv[++w->at];
    }
    return set_value(o, opt, inline_value, arena, err);
}

static int take_word(fsc_options *o, words *w, fsc_arena *arena, fsc_err *err)
{
    const char *word = w->argv[w->at];
    if (word[0] != '-' || !word[1])
        return fsc_vec_push(arena, &o->arg, word) ? 0 : fsc_err_nomem(err);
    if (word[1] != '-') {
        const char *value = word[2] ? word + 2 : NULL;
        return take_option(o, find_letter(word[1]), value, w, arena, err);
    }
    const char *equals = strchr(word, '=');
    fsc_view name = equals ? fsc_view_of(word + 2, (size_t)(equals - word) - 2) : fsc_view_cstr(word + 2);
    return take_option(o, find_long(name), equals ? equals + 1 : NULL, w, arena, err);
}

// A listing alone: its archives are in its folder.
static int beside_listing(fsc_options *out, fsc_arena *arena, fsc_err *err)
{
    const char *slash = strrchr(out->cdx, '/');
    fsc_view folder = slash ? fsc_arena_dup(arena, fsc_view_of(out->cdx, (size_t)(slash - out->cdx))) : FSC_LIT(".");
    const char *path = slash == out->cdx ? "/" : folder.data;
    return path && fsc_vec_push(arena, &out->arg, path) ? 0 : fsc_err_nomem(err);
}

int fsc_options_parse(fsc_options *out, int argc, const char *const *argv, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_options){0};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].type == NUMBER || options[i].type == SIZE)
            *(int64_t *)(void *)((char *)out + options[i].offset) = -1;
    if (argc < 1)
        return fsc_err_set(err, FSC_E_USAGE, "no verb given; see framescope --help");
    int verb = fsc_verb_find(argv[0]);
    if (verb < 0)
        return unknown_verb(argv[0], err);
    out->verb = (fsc_verb)verb;
    words w = {argc, 1, argv};
    bool only_words = false;
    for (; w.at < argc; w.at++) {
        int status = 0;
        if (!only_words && strcmp(argv[w.at], "--") == 0)
            only_words = true;
        else if (only_words)
            status = fsc_vec_push(arena, &out->arg, argv[w.at]) ? 0 : fsc_err_nomem(err);
        else
            status = take_word(out, &w, arena, err);
        if (status)
            return status;
    }
    if (out->json)
        out->format = "json";
    return out->cdx && !out->arg.len ? beside_listing(out, arena, err) : 0;
}

// what is read, and how, does not decide a score either
static bool about_reading(const char *name)
{
    return strcmp(name, "cdx") == 0 || strcmp(name, "filter") == 0 || strcmp(name, "zstd-window") == 0;
}

void fsc_options_describe(fsc_buf *out, const fsc_options *o)
{
    // what names inputs, outputs, workers and talk does not decide a score
    static const char *const silent[] = {"output", "jobs", "tmpdir", "quiet", "progress", "run-info", "help", "format", "json", "strict",
                                         "lexicon", "lexicon-dir", "exit-code", "pairs", "db", "versions", "excel", "datapackage",
                                         "resume", "chunk-header", "plan", "shard", "shards", "save-every", "errors", "isolate", "timeout"};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *opt = &options[i];
        const void *field = (const char *)o + opt->offset;
        // the flag of an option that is there twice says how to read, not what
        bool skip = opt->type == FLAG && find_long(fsc_view_cstr(opt->name)) != opt;
        for (size_t k = 0; k < sizeof silent / sizeof *silent; k++)
            skip = skip || strcmp(silent[k], opt->name) == 0;
        if (skip || about_reading(opt->name))
            continue;
        if (opt->type == FLAG && *(const bool *)field)
            fsc_buf_printf(out, "%s\n", opt->name);
        else if ((opt->type == TEXT || opt->type == OPTIONAL) && *(const char *const *)field)
            fsc_buf_printf(out, "%s=%s\n", opt->name, *(const char *const *)field);
        else if (opt->type == LIST)
            for (size_t k = 0; k < ((const fsc_texts *)field)->len; k++)
                fsc_buf_printf(out, "%s=%s\n", opt->name, ((const fsc_texts *)field)->data[k]);
        else if ((opt->type == NUMBER || opt->type == SIZE) && *(const int64_t *)field >= 0)
            fsc_buf_printf(out, "%s=%lld\n", opt->name, (long long)*(const int64_t *)field);
    }
}

static void put_usage(fsc_buf *out, const option *opt)
{
    if (opt->letter)
        fsc_buf_printf(out, "-%c, ", opt->letter);
    fsc_buf_printf(out, "--%s", opt->name);
    if (opt->type == OPTIONAL)
        fsc_buf_printf(out, "[=%s]", opt->argument);
    else if (opt->argument)
        fsc_buf_printf(out, " %s", opt->argument);
}

#define HELP_COLUMN 31
#define HELP_WIDTH 110

// an option, and beside it what it does, in lines that a terminal shows whole
static void put_help(fsc_buf *out, const option *opt)
{
    size_t start = out->len;
    bool first = true;
    fsc_buf_adds(out, "  ");
    put_usage(out, opt);
    for (fsc_view rest = fsc_view_cstr(opt->help); rest.len; first = false) {
        fsc_view word = fsc_view_split(&rest, ' ');
        size_t column = out->len - start;
        if (column + 1 + word.len > HELP_WIDTH || (first && column >= HELP_COLUMN)) {
            fsc_buf_char(out, '\n');
            start = out->len;
            column = 0;
        }
        fsc_buf_printf(out, "%*s", column < HELP_COLUMN ? (int)(HELP_COLUMN - column) : 1, "");
        fsc_buf_addv(out, word);
    }
    fsc_buf_char(out, '\n');
}

void fsc_options_help(fsc_buf *out, int verb)
{
    if (verb < 0) {
        fsc_buf_adds(out, "framescope measures how a text frames its subject, and how an edit changes that.\n\n");
        for (int i = 0; i < FSC_VERB_COUNT; i++)
            fsc_buf_printf(out, "  framescope %-9s %s\n      %s\n", verbs[i].name, verbs[i].args, verbs[i].what);
        fsc_buf_adds(out, "\n  framescope VERB --help    options of a verb\n  framescope --version\n"
                          "  framescope --man          the manual page, for man -l -\n"
                          "  framescope --completion bash|zsh\n\n"
                          "INPUT: files, folders (all files below), or - for standard input.\n"
                          "Exit codes: 0 done; 1 --strict and a record failed, or every record failed; 2 usage or configuration;\n"
                          "3 a named file unreadable or output not written; 4 parts that do not belong together; 5 internal limit or bug.\n");
        return;
    }
    fsc_buf_printf(out, "framescope %s %s\n%s\n\nOptions:\n", verbs[verb].name, verbs[verb].args, verbs[verb].what);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].verbs & 1u << verb)
            put_help(out, &options[i]);
    }
    fsc_buf_printf(out, "\nExample: %s\n", verbs[verb].example);
}

// a hyphen of the text must not become a dash of the page
static void put_roff(fsc_buf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '-')
            fsc_buf_adds(out, "\\-");
        else
            fsc_buf_char(out, *text);
}

void fsc_options_man(fsc_buf *out)
{
    fsc_buf_adds(out, ".TH FRAMESCOPE 1 \"\" \"framescope " FSC_VERSION "\" \"User Commands\"\n.SH NAME\n"
                      "framescope \\- how a text frames its subject, and how an edit changes that\n.SH SYNOPSIS\n");
    for (int i = 0; i < FSC_VERB_COUNT; i++) {
        fsc_buf_printf(out, ".B framescope %s\n", verbs[i].name);
        put_roff(out, verbs[i].args);
        fsc_buf_adds(out, " [OPTION]...\n.br\n");
    }
    fsc_buf_adds(out, ".SH VERBS\n");
    for (int i = 0; i < FSC_VERB_COUNT; i++) {
        fsc_buf_printf(out, ".TP\n.B %s\n", verbs[i].name);
        put_roff(out, verbs[i].what);
        fsc_buf_adds(out, ". Example: ");
        put_roff(out, verbs[i].example);
        fsc_buf_char(out, '\n');
    }
    fsc_buf_adds(out, ".SH OPTIONS\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        fsc_buf line;
        fsc_buf_init(&line, NULL, 1024);
        put_usage(&line, &options[i]);
        fsc_buf_adds(out, ".TP\n.B ");
        put_roff(out, line.data);
        fsc_buf_char(out, '\n');
        put_roff(out, options[i].help);
        fsc_buf_adds(out, ". Verbs:");
        for (int v = 0; v < FSC_VERB_COUNT; v++)
            if (options[i].verbs & 1u << v)
                fsc_buf_printf(out, " %s", verbs[v].name);
        fsc_buf_adds(out, ".\n");
        fsc_buf_release(&line);
    }
    fsc_buf_adds(out, ".SH EXIT STATUS\n0 done; 1 \\-\\-strict and a record failed, or every record failed; 2 usage or configuration; "
                      "3 a named file unreadable or output not written; 4 parts that do not belong together; 5 internal limit or bug.\n");
}

static void put_words(fsc_buf *out, int verb)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].verbs & 1u << verb)
            fsc_buf_printf(out, " --%s", options[i].name);
}

bool fsc_options_completion(fsc_buf *out, const char *shell)
{
    bool zsh = strcmp(shell, "zsh") == 0;
    if (!zsh && strcmp(shell, "bash") != 0)
        return false;
    // zsh reads bash completions through its own bridge
    if (zsh)
        fsc_buf_adds(out, "#compdef framescope\nautoload -U +X bashcompinit && bashcompinit\n");
    fsc_buf_adds(out, "_framescope() {\n    local cur=${COMP_WORDS[COMP_CWORD]}\n    local words=\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"");
    for (int i = 0; i < FSC_VERB_COUNT; i++)
        fsc_buf_printf(out, "%s ", verbs[i].name);
    fsc_buf_adds(out, "--help --version\"\n    else\n        case ${COMP_WORDS[1]} in\n");
    for (int i = 0; i < FSC_VERB_COUNT; i++) {
        fsc_buf_printf(out, "        %s) words=\"", verbs[i].name);
        put_words(out, i);
        fsc_buf_adds(out, "\" ;;\n");
    }
    fsc_buf_adds(out, "        esac\n    fi\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                      "    case $cur in -*) ;; *) [ \"$COMP_CWORD\" -gt 1 ] && COMPREPLY+=($(compgen -f -- \"$cur\")) ;; esac\n}\n"
                      "complete -o filenames -F _framescope framescope\n");
    return true;
}
