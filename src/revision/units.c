// What is aligned: units, the smallest stretches that may be sentences. Two versions must be cut alike, and whether the stop
// of "the U.S. Navy" ends a sentence may be read one way in the old version and the other way in the new: so every stop
// that may end one does, and so does every line of unwrapped text. Where an edit lost the stop, the other version shows
// the border. Types of the edit are judged on whole sentences (group.c).
#include "base/utf8.h"
#include "revision/revision_p.h"

// A text with longer lines was not wrapped by hand: its lines are paragraphs. The text room has the same figure.
enum { HARD_WRAP = 90 };

typedef struct cutter {
    const rev_side *s;
    fsc_sentence *unit;
    uint32_t count, room;
    fsc_arena *arena;
} cutter;

static bool add(cutter *c, fsc_sentence unit)
{
    if (c->count == c->room) {
        uint32_t room = c->room ? 2 * c->room : (uint32_t)c->s->text->sentence_count + 4;
        c->unit = fsc_arena_grow(c->arena, c->unit, c->room * sizeof *c->unit, room * sizeof *c->unit);
        c->room = room;
        if (!c->unit)
            return false;
    }
    c->unit[c->count++] = unit;
    return true;
}

static bool is_unwrapped(fsc_view text)
{
    for (size_t at = 0; at < text.len;) {
        const char *newline = memchr(text.data + at, '\n', text.len - at);
        size_t end = newline ? (size_t)(newline - text.data) : text.len;
        if (end - at > HARD_WRAP)
            return newline || at;
        at = end + 1;
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Cuts the newest unit before word `word`, where its first piece ends at byte `end`.
static bool cut(cutter *c, uint32_t word, uint32_t end)
{
    const char *bytes = c->s->text->bytes.data;
    if (!add(c, c->unit[c->count - 1]))
        return false;
    fsc_sentence *last = &c->unit[c->count - 2], *next = last + 1;
    uint32_t start = end;
    while (end > last->start && is_blank(bytes[end - 1]))
        end--;
    while (start < next->end && is_blank(bytes[start]))
        start++;
    last->end = end;
    last->end_word = word;
    next->start = start;
    next->first_word = word;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Between two words: a stop, then a blank. What ends a sentence and what "Gov. Noem" holds look the same.
static bool may_end(fsc_view gap)
{
    bool stop = false;
    for (size_t i = 0; i < gap.len; i++) {
        if (stop && is_blank(gap.data[i]))
            return true;
        stop |= gap.data[i] == '.' || gap.data[i] == '!' || gap.data[i] == '?';
    }
    return false;
}

// Where the piece before the gap ends: at the newline, or at the first blank behind the stop.
static uint32_t border_at(fsc_view gap, bool line)
{
    size_t i = 0;
    if (line) {
        const char *newline = memchr(gap.data, '\n', gap.len);
        return (uint32_t)(newline - gap.data);
    }
    while (gap.data[i] != '.' && gap.data[i] != '!' && gap.data[i] != '?')
        i++;
    while (!is_blank(gap.data[i]))
        i++;
    return (uint32_t)i;
}

// Cuts the newest unit at line ends (when `lines`) and wherever a sentence may end.
static bool cut_sentence(cutter *c, bool lines)
{
    const fsc_text *t = c->s->text;
    uint32_t word = c->unit[c->count - 1].first_word + 1, end = c->unit[c->count - 1].end_word;
    for (; word < end; word++) {
        uint32_t from = t->word[word - 1].end, to = t->word[word].start;
        // the stop of an abbreviation is part of its word
        from -= t->bytes.data[from - 1] == '.';
        if (to < from + 2 && !(lines && to > from && t->bytes.data[from] == '\n'))
            continue;
        fsc_view gap = fsc_view_slice(t->bytes, from, to);
        bool line = lines && memchr(gap.data, '\n', gap.len);
        bool begins = t->word[word].flags & FSC_WORD_CAPITAL || is_digit(t->bytes.data[to]);
        bool ends = line || (begins && may_end(gap));
        if (ends && !cut(c, word, from + border_at(gap, line)))
            return false;
    }
    return true;
}

static bool range_tokens(rev_side *s, fsc_arena *scratch)
{
    if (!s->of)
        s->of = fsc_arena_alloc(scratch, ((size_t)s->count + 1) * sizeof *s->of);
    s->sentence = fsc_arena_alloc(scratch, ((size_t)s->sentence_count + 1) * sizeof *s->sentence);
    if (!s->of || !s->sentence)
        return false;
    uint32_t at = 0;
    for (uint32_t i = 0; i < s->sentence_count; i++) {
        while (at < s->count && s->token[at].start < s->unit[i].start)
            s->of[at++] = REV_NONE;
        s->sentence[i].first = at;
        while (at < s->count && s->token[at].start < s->unit[i].end)
            s->of[at++] = i;
        s->sentence[i].end = at;
    }
    while (at < s->count)
        s->of[at++] = REV_NONE;
    return true;
}

static bool read_units(rev_work *w, rev_side *s)
{
    const fsc_text *t = s->text;
    bool lines = is_unwrapped(t->bytes);
    cutter c = {s, NULL, 0, 0, w->arena};
    for (size_t i = 0; i < t->sentence_count; i++) {
        if (!add(&c, t->sentence[i]) || !cut_sentence(&c, lines))
            return false;
    }
    s->unit = c.unit;
    s->sentence_count = c.count;
    return range_tokens(s, w->scratch);
}

static void publish(rev_work *w)
{
    for (int k = 0; k < 2; k++) {
        w->out->unit[k] = w->side[k].unit;
        w->out->unit_count[k] = w->side[k].sentence_count;
    }
}

bool fsc_rev_units(rev_work *w)
{
    bool ok = read_units(w, &w->side[0]) && read_units(w, &w->side[1]);
    publish(w);
    return ok;
}

// ---------------------------------------------------------------- borders of the other side

static bool starts_large(const rev_side *s, uint32_t token)
{
    uint32_t word = s->token[token].word;
    return word != REV_NONE && s->text->word[word].flags & FSC_WORD_CAPITAL;
}

// A stop, or a word that ends in one ("Gov.").
static bool is_stop(const rev_side *s, uint32_t token)
{
    const char *bytes = s->text->bytes.data;
    if (s->token[token].word != REV_NONE)
        return bytes[s->token[token].end - 1] == '.';
    return strchr(".!?", bytes[s->token[token].start]);
}

// A comma, colon, dash or opening mark; what closes joins nothing.
static bool is_joining_mark(const rev_side *s, uint32_t token)
{
    fsc_view mark = fsc_view_slice(s->text->bytes, s->token[token].start, s->token[token].end);
    return !strchr(")]\"'", mark.data[0]) && !fsc_view_eq(mark, FSC_LIT("”")) && !fsc_view_eq(mark, FSC_LIT("’"));
}

// What joins two clauses into one sentence: ", and", "; but", " - ". A function word that the sentence before had does not.
static bool is_joint(const rev_side *s, uint32_t token, rev_range before)
{
    bool kept = s->match[token] != REV_NONE && s->match[token] >= before.first && s->match[token] < before.end;
    if (s->token[token].word == REV_NONE)
        return is_joining_mark(s, token);
    return s->weight[token] == REV_WEIGHT_FUNCTION && !kept;
}

// The last word of the sentence before was replaced, stop and all, by the one before `start`. Were it kept, a sentence might
// have been split here before a name.
static bool ends_replaced(const rev_side *own, const rev_side *other, rev_range before, uint32_t start)
{
    uint32_t last = before.end - 1;
    while (last > before.first && own->token[last].word == REV_NONE)
        last--;
    return own->match[last] == REV_NONE && other->match[start - 1] == REV_NONE;
}

// A capital that only a sentence's begin can give ("... in Texas The storm"), with the next word behind it as before.
static bool begins_anew(const rev_side *own, const rev_side *other, uint32_t first, uint32_t start)
{
    return own->weight[first] == REV_WEIGHT_FUNCTION && !starts_large(other, start - 1) && first + 1 < own->count &&
           own->match[first + 1] == start + 1;
}

// The mark that ended unit i was kept: what follows it in `other` begins a sentence. Else REV_NONE.
static uint32_t after_kept_stop(const rev_side *own, const rev_side *other, uint32_t i)
{
    rev_range unit = own->sentence[i];
    if (unit.first == unit.end || !is_stop(own, unit.end - 1))
        return REV_NONE;
    uint32_t stop = fsc_rev_partner(own, unit.end - 1);
    return stop != REV_NONE && stop + 1 < other->count && other->of[stop] == other->of[stop + 1] ? stop + 1 : REV_NONE;
}

// The mark before unit i is gone, but it still begins with its capital: the place in `other`, or REV_NONE.
static uint32_t before_kept_start(const rev_side *own, const rev_side *other, uint32_t i)
{
    rev_range before = own->sentence[i - 1], unit = own->sentence[i];
    uint32_t first = unit.first, open = 0;
    while (first < unit.end && own->token[first].word == REV_NONE)
        first++;
    if (before.first == before.end || first == unit.end || own->match[first] == REV_NONE)
        return REV_NONE;
    uint32_t start = own->match[first];
    if (first > unit.first && start > 0 && own->match[first - 1] == start - 1)
        open = 1;
    if (start <= open || other->of[start] != other->of[start - open - 1] || is_joint(other, start - open - 1, before) ||
        !starts_large(own, first) || !starts_large(other, start))
        return REV_NONE;
    start -= open;
    return open || ends_replaced(own, other, before, start) || begins_anew(own, other, first, start) ? start : REV_NONE;
}

static uint32_t mark_border(bool *border, uint32_t at)
{
    if (at == REV_NONE || border[at])
        return 0;
    border[at] = true;
    return 1;
}

static uint32_t collect_borders(const rev_work *w, int side, bool *border)
{
    const rev_side *own = &w->side[side], *other = &w->side[1 - side];
    uint32_t count = 0;
    for (uint32_t i = 0; i < own->sentence_count; i++) {
        count += mark_border(border, after_kept_stop(own, other, i));
        count += i ? mark_border(border, before_kept_start(own, other, i)) : 0;
    }
    return count;
}

// Cuts the units of a side before the marked tokens.
static bool cut_at(rev_work *w, rev_side *s, const bool *border)
{
    cutter c = {s, NULL, 0, 0, w->arena};
    for (uint32_t i = 0; i < s->sentence_count; i++) {
        if (!add(&c, s->unit[i]))
            return false;
        for (uint32_t t = s->sentence[i].first + 1; t < s->sentence[i].end; t++) {
            if (!border[t])
                continue;
            uint32_t next = t;
            while (next < s->sentence[i].end && s->token[next].word == REV_NONE)
                next++;
            uint32_t word = next < s->sentence[i].end ? s->token[next].word : 0;
            if (word > c.unit[c.count - 1].first_word && !cut(&c, word, s->token[t].start))
                return false;
        }
    }
    s->unit = c.unit;
    s->sentence_count = c.count;
    return range_tokens(s, w->scratch);
}

bool fsc_rev_project(rev_work *w)
{
    uint32_t most = w->side[0].count > w->side[1].count ? w->side[0].count : w->side[1].count, count[2];
    bool *border[2];
    for (int k = 0; k < 2; k++) {
        border[k] = FSC_NEW_N(w->scratch, bool, (size_t)most + 1);
        if (!border[k])
            return false;
    }
    for (int k = 0; k < 2; k++)
        count[1 - k] = collect_borders(w, k, border[1 - k]);
    for (int k = 0; k < 2; k++)
        if (count[k] && !cut_at(w, &w->side[k], border[k]))
            return false;
    publish(w);
    return true;
}
