// WordStat's rules as guards: "#GOOD NOT AFTER #NEGATION /S 3" -> the words of GOOD, each with a guard.
#include "dict/native_p.h"

#define LONGEST_GUARD (48u << 10)
#define WIDEST 100

typedef struct rule {
    fsc_view left, right; /* "#CATEGORY" or a word */
    bool not, before, after;
    int64_t distance;
} rule;

static fsc_view next_word(fsc_view *rest)
{
    *rest = fsc_view_trim(*rest);
    return rest->len ? fsc_view_split(rest, ' ') : (fsc_view){"", 0};
}

// Operand, [NOT] AFTER, BEFORE or NEAR, operand, /S and a number. Other scopes are wider than a sentence: not said.
static bool parse(rule *r, fsc_view text)
{
    fsc_view rest = text, word;
    *r = (rule){.distance = 1};
    r->left = next_word(&rest);
    word = next_word(&rest);
    if (fsc_view_eq_nocase(word, FSC_LIT("NOT"))) {
        r->not = true;
        word = next_word(&rest);
    }
    // "#A AFTER #B": B stands before A
    r->before = fsc_view_eq_nocase(word, FSC_LIT("AFTER")) || fsc_view_eq_nocase(word, FSC_LIT("NEAR"));
    r->after = fsc_view_eq_nocase(word, FSC_LIT("BEFORE")) || fsc_view_eq_nocase(word, FSC_LIT("NEAR"));
    r->right = next_word(&rest);
    bool scope = false;
    while (rest.data && fsc_view_trim(rest).len) {
        word = next_word(&rest);
        if (fsc_view_eq_nocase(word, FSC_LIT("/S")))
            scope = true;
        else if (!fsc_view_int(word, &r->distance) || r->distance < 1 || r->distance > WIDEST)
            return false;
    }
    return scope && r->left.len && r->right.len && (r->before || r->after);
}

// Case does not matter, and _ stands for a blank.
static bool is_same_name(fsc_view a, fsc_view b)
{
    for (size_t i = 0; a.len == b.len && i < a.len; i++) {
        fsc_view x = {a.data[i] == '_' ? " " : a.data + i, 1}, y = {b.data[i] == '_' ? " " : b.data + i, 1};
        if (!fsc_view_eq_nocase(x, y))
            return false;
    }
    return a.len == b.len;
}

// Is the category that of the operand, or below it?
static bool is_within(const fsc_dict *d, uint32_t category, fsc_view operand)
{
    if (operand.data[0] != '#')
        return false;
    for (fsc_view name = fsc_view_slice(operand, 1, operand.len); category != FSC_DICT_NONE; category = d->category.data[category].parent)
        if (is_same_name(d->category.data[category].name, name))
            return true;
    return false;
}

static void put_operand(fsc_buf *out, const fsc_dict *d, fsc_view operand)
{
    bool found = false;
    if (operand.data[0] != '#')
        fsc_native_pattern(out, operand, true);
    for (size_t i = 0; i < d->entry.len && out->len < LONGEST_GUARD; i++) {
        const fsc_dict_entry *e = &d->entry.data[i];
        if (e->flags || !is_within(d, e->category, operand))
            continue;
        fsc_buf_adds(out, found ? "|" : "");
        fsc_native_pattern(out, e->term, true);
        found = true;
    }
}

static void put_guard(fsc_buf *out, const rule *r, fsc_view words, bool before, bool not)
{
    bool group = memchr(words.data, '|', words.len) != NULL;
    fsc_buf_printf(out, "; %s%s=", not ? "!" : "", before ? "before" : "after");
    if (!before && r->distance > 1)
        fsc_buf_printf(out, "<0-%lld> ", (long long)r->distance - 1);
    fsc_buf_printf(out, "%s%.*s%s", group ? "(" : "", (int)words.len, words.data, group ? ")" : "");
    if (before && r->distance > 1)
        fsc_buf_printf(out, " <0-%lld>", (long long)r->distance - 1);
}

static void put_rows(fsc_native *w, const fsc_dict_entry *of, const rule *r, fsc_view options)
{
    const fsc_dict *d = w->d;
    fsc_dict_entry row = {.category = of->category, .weight = of->weight, .line = of->line};
    if (r->left.data[0] != '#') {
        row.term = r->left;
        fsc_native_row(w, &row, options);
    }
    for (size_t i = 0; i < d->entry.len; i++) {
        if (d->entry.data[i].flags || !is_within(d, d->entry.data[i].category, r->left))
            continue;
        row.term = d->entry.data[i].term;
        fsc_native_row(w, &row, options);
    }
}

bool fsc_native_rule(fsc_native *w, const fsc_dict_entry *of)
{
    rule r;
    fsc_buf words, options;
    if (!parse(&r, of->when))
        return false;
    fsc_buf_init(&words, w->out->alloc, 1 << 20);
    fsc_buf_init(&options, w->out->alloc, 1 << 20);
    put_operand(&words, w->d, r.right);
    bool said = words.len > 0 && words.len < LONGEST_GUARD;
    fsc_view guard = fsc_buf_view(&words);
    // NEAR: before it, or, where it is not before it, behind it
    if (said && (r.not || r.before)) {
        fsc_buf_printf(&options, "from=%.*s", (int)of->term.len, of->term.data);
        if (r.before)
            put_guard(&options, &r, guard, true, r.not);
        if (r.not && r.after)
            put_guard(&options, &r, guard, false, true);
        put_rows(w, of, &r, fsc_buf_view(&options));
    }
    if (said && !r.not && r.after) {
        fsc_buf_reset(&options, 1 << 12);
        fsc_buf_printf(&options, "from=%.*s", (int)of->term.len, of->term.data);
        put_guard(&options, &r, guard, false, false);
        if (r.before)
            put_guard(&options, &r, guard, true, true);
        put_rows(w, of, &r, fsc_buf_view(&options));
    }
    w->failed |= words.failed || options.failed;
    fsc_buf_release(&options);
    fsc_buf_release(&words);
    return said;
}
