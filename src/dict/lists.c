// Lines of terms: VADER's with valences, and plain lists.
#include "dict/dict_p.h"

// ---------------------------------------------------------------- VADER: token, mean, deviation, ratings

static uint32_t valence_category(fsc_dict *d, fsc_view mean, uint32_t line)
{
    bool zero = true, minus = mean.data[0] == '-';
    for (size_t i = 0; i < mean.len; i++)
        zero &= mean.data[i] < '1' || mean.data[i] > '9';
    fsc_view name = zero ? FSC_LIT("neutral") : minus ? FSC_LIT("negative") : FSC_LIT("positive");
    uint32_t c = fsc_dict_category_find(d, FSC_DICT_NONE, name, line);
    if (c != FSC_DICT_NONE)
        d->category.data[c].pole = zero ? 0 : minus ? -1 : 1;
    return c;
}

static bool take_valence(fsc_dict *d, fsc_view line, uint32_t number)
{
    fsc_view rest = line, token = fsc_view_split(&rest, '\t');
    fsc_view mean = rest.data ? fsc_view_trim(fsc_view_split(&rest, '\t')) : (fsc_view){"", 0};
    fsc_view deviation = rest.data ? fsc_view_trim(fsc_view_split(&rest, '\t')) : (fsc_view){"", 0};
    fsc_view ratings = rest.data ? fsc_view_trim(rest) : (fsc_view){"", 0};
    fsc_dict_entry e = {.term = fsc_dict_term(d, token, "*?"), .line = number};
    if (!e.term.data)
        return false;
    if (!e.term.len || !fsc_dict_is_number(mean))
        return fsc_dict_warn(d, number, "no token with a valence: left out");
    bool phrase = memchr(e.term.data, ' ', e.term.len) != NULL;
    if (phrase && !fsc_dict_warn(d, number, "\"%.*s\" is two words: VADER's own rules never find it", (int)e.term.len, e.term.data))
        return false;
    e.category = valence_category(d, mean, number);
    bool sign = mean.data[0] == '-' || mean.data[0] == '+';
    e.weight = fsc_view_slice(mean, sign, mean.len);
    if (ratings.len)
        e.note = fsc_arena_printf(d->arena, "%.*s; %.*s", (int)deviation.len, deviation.data, (int)ratings.len, ratings.data);
    else
        e.note = deviation;
    return e.category != FSC_DICT_NONE && (e.note.data || !ratings.len) && fsc_dict_add(d, &e);
}

int fsc_dict_read_vader(fsc_dict *d, fsc_view text, fsc_err *err)
{
    fsc_view line;
    uint32_t number = 0;
    bool good = true;
    while (good && fsc_dict_line(&text, &line, &number))
        if (fsc_view_trim(line).len)
            good = take_valence(d, line, number);
    return good ? FSC_OK : fsc_err_nomem(err);
}

static bool is_vader_note(fsc_view note)
{
    size_t cut = fsc_view_find(note, FSC_LIT("; ["), 0);
    return cut == SIZE_MAX ? fsc_dict_is_number(note) : fsc_dict_is_number(fsc_view_slice(note, 0, cut)) && fsc_view_ends(note, FSC_LIT("]"));
}

int fsc_dict_sign(const fsc_dict_category *c)
{
    if (c->pole)
        return c->pole;
    return fsc_view_eq_nocase(c->name, FSC_LIT("positive")) - fsc_view_eq_nocase(c->name, FSC_LIT("negative"));
}

static void put_valence(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, int pole)
{
    fsc_dict_entry unit = *e;
    if (!e->weight.len) {
        unit.weight = FSC_LIT("1");
        fsc_dict_lose(d, FSC_DICT_LOSS_NO_WEIGHT, e->line);
    }
    fsc_buf_adds(out, pole < 0 ? "\t-" : "\t");
    fsc_dict_weight(out, d, &unit, 9, pole != 0);
    if (e->note.len && is_vader_note(e->note)) {
        size_t cut = fsc_view_find(e->note, FSC_LIT("; "), 0);
        fsc_buf_char(out, '\t');
        fsc_buf_addv(out, fsc_view_slice(e->note, 0, cut));
        if (cut < e->note.len) {
            fsc_buf_char(out, '\t');
            fsc_buf_addv(out, fsc_view_slice(e->note, cut + 2, e->note.len));
        }
    } else if (e->note.len) {
        fsc_dict_lose(d, FSC_DICT_LOSS_NOTE, e->line);
    }
    fsc_buf_char(out, '\n');
}

int fsc_dict_write_vader(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    static const fsc_dict_say say = {"", "\t", false, ' '};
    fsc_map seen;
    fsc_map_init(&seen, d->arena);
    fsc_dict_count_levels(d, false, false);
    d->loss[FSC_DICT_LOSS_POLE] = 0; // a valence has it
    for (size_t i = 0; i < d->entry.len; i++) {
        const fsc_dict_entry *e = &d->entry.data[i];
        const fsc_dict_category *c = &d->category.data[e->category];
        bool is_new;
        if (fsc_dict_left_out(d, e, FSC_DICT_HOLDS_WEIGHT | FSC_DICT_HOLDS_NOTE))
            continue;
        int sign = fsc_dict_sign(c);
        if (!sign && !e->weight.len) {
            fsc_dict_lose(d, FSC_DICT_LOSS_NO_POLE, e->line);
            continue;
        }
        if (!fsc_map_put(&seen, e->term, 0, &is_new))
            return fsc_err_nomem(err);
        size_t before = out->len;
        if (!is_new)
            fsc_dict_lose(d, FSC_DICT_LOSS_ALIKE, e->line);
        else if (fsc_dict_say_term(out, d, e, &say))
            put_valence(out, d, e, e->weight.len && e->weight.data[0] == '-' ? 0 : sign);
        else
            fsc_dict_take_back(out, before);
        fsc_view usual = sign > 0 ? FSC_LIT("positive") : sign < 0 ? FSC_LIT("negative") : FSC_LIT("neutral");
        if (!fsc_view_eq(c->name, usual))
            fsc_dict_lose(d, FSC_DICT_LOSS_CATEGORY, e->line);
    }
    return FSC_OK;
}

// ---------------------------------------------------------------- a term a line

// no term is so long: an article, named in the place of a list, must not become one
#define MOST_TERM_WORDS 20

static unsigned blanks_in(fsc_view line)
{
    unsigned count = 0;
    for (size_t i = 0; i < line.len; i++)
        count += line.data[i] == ' ';
    return count;
}

int fsc_dict_read_list(fsc_dict *d, fsc_view text, fsc_err *err)
{
    fsc_view line;
    uint32_t number = 0, category = FSC_DICT_NONE;
    while (fsc_dict_line(&text, &line, &number)) {
        line = fsc_view_trim(line);
        if (!line.len || line.data[0] == '#' || line.data[0] == ';')
            continue;
        if (blanks_in(line) > MOST_TERM_WORDS)
            return fsc_dict_fail(d, err, number, 1, "a line of %u words: this reads as a text, not as a list of terms", blanks_in(line) + 1);
        if (category == FSC_DICT_NONE)
            category = fsc_dict_category_find(d, FSC_DICT_NONE, d->name, number);
        fsc_dict_entry e = {.term = fsc_dict_term(d, line, "?"), .category = category, .line = number};
        if (category == FSC_DICT_NONE || !e.term.data || !fsc_dict_add(d, &e))
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}

int fsc_dict_write_list(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    static const fsc_dict_say say = {"*", "", false, ' '};
    fsc_map seen;
    fsc_map_init(&seen, d->arena);
    fsc_dict_count_levels(d, false, false);
    for (size_t i = 0; i < d->entry.len; i++) {
        const fsc_dict_entry *e = &d->entry.data[i];
        bool is_new;
        if (fsc_dict_left_out(d, e, 0))
            continue;
        if (!fsc_map_put(&seen, e->term, 0, &is_new))
            return fsc_err_nomem(err);
        if (!is_new)
            fsc_dict_lose(d, FSC_DICT_LOSS_ALIKE, e->line);
        else if (e->term.data[0] == '#' || e->term.data[0] == ';')
            fsc_dict_lose(d, FSC_DICT_LOSS_LITERAL, e->line);
        else if (fsc_dict_say_term(out, d, e, &say))
            fsc_buf_char(out, '\n');
        if (!fsc_view_eq(d->category.data[e->category].name, d->name))
            fsc_dict_lose(d, FSC_DICT_LOSS_CATEGORY, e->line);
    }
    return FSC_OK;
}
