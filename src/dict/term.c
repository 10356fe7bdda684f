// Terms, weights and lines: what all formats share.
#include "dict/dict_p.h"

bool fsc_dict_line(fsc_view *rest, fsc_view *line, uint32_t *number)
{
    if (!rest->data)
        return false;
    *line = fsc_view_split(rest, '\n');
    if (!rest->data && !line->len)
        return false; // behind the last line end there is no line
    if (line->len && line->data[line->len - 1] == '\r')
        line->len--;
    ++*number;
    return true;
}

// ---------------------------------------------------------------- terms

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

fsc_view fsc_dict_term(fsc_dict *d, fsc_view raw, const char *literal)
{
    size_t n = 0;
    char *out = fsc_arena_alloc(d->arena, 2 * raw.len + 1);
    if (!out)
        return (fsc_view){NULL, 0};
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.data[i];
        // a no-break space is a blank too: word processors put it in
        bool wide = i + 1 < raw.len && (unsigned char)c == 0xC2 && (unsigned char)raw.data[i + 1] == 0xA0;
        if (is_blank(c) || wide) {
            if (n && out[n - 1] != ' ')
                out[n++] = ' ';
            i += wide;
            continue;
        }
        if (c == '\\' || (c && strchr(literal, c)))
            out[n++] = '\\';
        out[n++] = c;
    }
    while (n && out[n - 1] == ' ')
        n--;
    return (fsc_view){out, n};
}

// What cannot be said: a wildcard of another kind or place, a character with another meaning.
static enum fsc_dict_loss unsayable(fsc_view t, const fsc_dict_say *say)
{
    for (size_t i = 0; i < t.len; i++) {
        char c = t.data[i];
        bool escaped = c == '\\' && i + 1 < t.len, wild = !escaped && (c == '*' || c == '?');
        if (escaped)
            c = t.data[++i];
        if (wild && (!strchr(say->wild, c) || (say->last_only && c == '*' && i + 1 < t.len)))
            return FSC_DICT_LOSS_WILD;
        if (!wild && (strchr(say->wild, c) || strchr(say->special, c)))
            return FSC_DICT_LOSS_LITERAL;
    }
    return FSC_DICT_LOSSES;
}

bool fsc_dict_say_term(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, const fsc_dict_say *say)
{
    enum fsc_dict_loss loss = unsayable(e->term, say);
    if (loss != FSC_DICT_LOSSES) {
        fsc_dict_lose(d, loss, e->line);
        return false;
    }
    for (size_t i = 0; i < e->term.len; i++) {
        char c = e->term.data[i];
        if (c == '\\' && i + 1 < e->term.len)
            c = e->term.data[++i];
        fsc_buf_char(out, c == ' ' ? say->blank : c);
    }
    return true;
}

// ---------------------------------------------------------------- weights

bool fsc_dict_is_number(fsc_view v)
{
    size_t digits = 0, points = 0, i = v.len && (v.data[0] == '-' || v.data[0] == '+');
    for (; i < v.len; i++) {
        digits += v.data[i] >= '0' && v.data[i] <= '9';
        points += v.data[i] == '.';
        if (!(v.data[i] >= '0' && v.data[i] <= '9') && v.data[i] != '.')
            return false;
    }
    return digits > 0 && points <= 1;
}

bool fsc_dict_is_whole(fsc_view v)
{
    return fsc_dict_is_number(v) && !memchr(v.data, '.', v.len);
}

// A number of so many decimals as a whole number, without zeros that say nothing.
static void put_decimal(fsc_buf *out, uint64_t n, int decimals)
{
    uint64_t scale = 1;
    while (decimals > 0 && n % 10 == 0) {
        n /= 10;
        decimals--;
    }
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    fsc_buf_printf(out, "%llu", (unsigned long long)(n / scale));
    if (decimals)
        fsc_buf_printf(out, ".%0*llu", decimals, (unsigned long long)(n % scale));
}

static uint64_t add_digit(uint64_t n, unsigned digit)
{
    return n < UINT64_MAX / 20 ? n * 10 + digit : n; // no weight is that large
}

void fsc_dict_weight(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, int decimals, bool unsign)
{
    bool minus = e->weight.len && e->weight.data[0] == '-', sign = minus || (e->weight.len && e->weight.data[0] == '+');
    fsc_view part = fsc_view_slice(e->weight, sign, e->weight.len), whole = fsc_view_split(&part, '.');
    uint64_t n = 0;
    size_t kept = (size_t)decimals;
    bool lost = false;
    for (size_t i = 0; i < whole.len; i++)
        n = add_digit(n, (unsigned)(whole.data[i] - '0'));
    for (size_t i = 0; i < kept; i++)
        n = add_digit(n, i < part.len ? (unsigned)(part.data[i] - '0') : 0);
    for (size_t i = kept; i < part.len; i++)
        lost |= part.data[i] != '0';
    n += kept < part.len && part.data[kept] >= '5'; // half away from zero
    if (minus && !unsign && n)
        fsc_buf_char(out, '-');
    put_decimal(out, n, decimals);
    if (lost)
        fsc_dict_lose(d, FSC_DICT_LOSS_ROUNDED, e->line);
}

void fsc_dict_signed_weight(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e)
{
    if (d->category.data[e->category].pole < 0 && e->weight.data[0] != '-')
        fsc_buf_char(out, '-');
    fsc_dict_weight(out, d, e, 9, false);
}

// ---------------------------------------------------------------- losses

bool fsc_dict_left_out(fsc_dict *d, const fsc_dict_entry *e, unsigned holds)
{
    if (e->flags & FSC_DICT_RULE) {
        if (!(holds & FSC_DICT_HOLDS_RULE))
            fsc_dict_lose(d, FSC_DICT_LOSS_RULE, e->line);
        return !(holds & FSC_DICT_HOLDS_RULE);
    }
    if (e->flags & FSC_DICT_PATTERN) {
        fsc_dict_lose(d, FSC_DICT_LOSS_PATTERN, e->line);
        return true;
    }
    // "if not" would count besides "if": one of them is enough
    if (e->when.len && !(holds & FSC_DICT_HOLDS_CONDITION))
        fsc_dict_lose(d, FSC_DICT_LOSS_CONDITION, e->line);
    if (e->weight.len && !(holds & FSC_DICT_HOLDS_WEIGHT))
        fsc_dict_lose(d, FSC_DICT_LOSS_WEIGHT, e->line);
    if (e->note.len && !(holds & FSC_DICT_HOLDS_NOTE))
        fsc_dict_lose(d, FSC_DICT_LOSS_NOTE, e->line);
    if (e->options.len)
        fsc_dict_lose(d, FSC_DICT_LOSS_OPTION, e->line);
    return false;
}

void fsc_dict_count_levels(fsc_dict *d, bool keeps_levels, bool keeps_empty)
{
    bool *used = FSC_NEW_N(d->arena, bool, d->category.len + 1);
    if (!used)
        return;
    for (size_t i = 0; i < d->entry.len; i++)
        used[d->entry.data[i].category] = true;
    for (size_t i = d->category.len; i-- > 0;) {
        const fsc_dict_category *c = &d->category.data[i];
        if (c->parent != FSC_DICT_NONE && !keeps_levels)
            fsc_dict_lose(d, FSC_DICT_LOSS_LEVEL, c->line);
        if (c->note.len)
            fsc_dict_lose(d, FSC_DICT_LOSS_NOTE, c->line);
        if (c->pole)
            fsc_dict_lose(d, FSC_DICT_LOSS_POLE, c->line);
        if (!used[i] && !keeps_empty)
            fsc_dict_lose(d, FSC_DICT_LOSS_EMPTY, c->line);
        if (used[i] && c->parent != FSC_DICT_NONE)
            used[c->parent] = true;
    }
}
