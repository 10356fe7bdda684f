#include "text/sentences_p.h"

#include "text/fold_p.h"

enum { REFERENCE_MAX = 24, NUMBER_MAX = 999 };

/* A part while its sentences are read. */
typedef struct cutter {
    fsc_sentence_state st;
    fsc_gap_reader *r;
    fsc_sentences *out;
    uint32_t part;
    uint32_t start;               // of the sentence
    uint32_t line;                // start of the line
    bool wrapped_known, wrapped;  // fsc_rules_line_ends; found out at the first line end
    size_t gaps_left, words_left; // of the whole text
    bool pending;                 // the sentence ends behind the references that come now: "... end. [4] [7]"
    bool carried;                 // the sentence ends behind the emoji that come now: "We won! 😀"
    uint32_t item;                // value of the list item that would be next; 0: no list
    bool item_letter;
} cutter;

/* Where the text of s[from..to) ends, without the blanks behind it. */
static uint32_t trim_end(const fsc_gap_reader *r, uint32_t from, uint32_t to)
{
    while (to > from) {
        uint32_t i = fsc_char_before(r->s, from, to);
        fsc_char c = fsc_char_at(r->s, i, to);
        if (c.cp > ' ' && !(c.ucd.flags & FSC_UCD_BLANK) && c.cp != 0x85)
            break;
        to = i;
    }
    return to;
}

static uint32_t trim_start(const fsc_gap_reader *r, uint32_t from, uint32_t to)
{
    while (from < to) {
        fsc_char c = fsc_char_at(r->s, from, to);
        if (c.cp > ' ' && !(c.ucd.flags & FSC_UCD_BLANK) && c.cp != 0x85)
            break;
        from += c.len;
    }
    return from;
}

/* The first guess holds for running text. Else: at most one end a gap, and one more where a list item starts, but never
 * more than words. */
static bool grow(cutter *c)
{
    fsc_sentences *v = c->out;
    size_t gaps = c->gaps_left * 2 + 2, words = c->words_left;
    size_t want = v->cap ? v->len + (gaps < words ? gaps : words) : c->r->size / 64 + 4;
    fsc_sentence *data = fsc_arena_grow(c->r->arena, v->data, v->cap * sizeof *data, want * sizeof *data);
    if (!data)
        return false;
    v->data = data;
    v->cap = want;
    return true;
}

/* Ends the sentence at `end`, before word `next`; the new one starts at `start`. */
static bool cut(cutter *c, uint32_t end, uint32_t start, uint32_t next)
{
    fsc_gap_reader *r = c->r;
    c->r->word[c->st.first_word].flags |= FSC_WORD_SENTENCE;
    // from the last word's end: a word may itself end in what counts as a blank here
    fsc_sentence s = {c->start, trim_end(r, r->word[next - 1].end, end), c->st.first_word, next, c->part};
    if (c->out->len == c->out->cap && !grow(c))
        return false;
    c->out->data[c->out->len++] = s;
    c->start = next == r->word_end ? start : trim_start(r, start, r->word[next].start);
    c->st.first_word = next;
    c->pending = c->carried = false;
    return true;
}

/* At i stands a reference like [12], [a], [citation needed]. Returns its end, or 0. */
static uint32_t reference_end(const fsc_gap_reader *r, uint32_t i)
{
    uint32_t stop = r->end - i > REFERENCE_MAX ? i + REFERENCE_MAX : r->end;
    if (i + 2 >= stop || r->s[i] != '[' ||
        !(fsc_ascii_digit(r->s[i + 1]) || (r->s[i + 1] >= 'a' && r->s[i + 1] <= 'z')))
        return 0;
    for (i++; i < stop; i++) {
        unsigned char b = r->s[i];
        if (b == ']')
            return i + 1;
        if (!fsc_ascii_letter(b) && !fsc_ascii_digit(b) && b != ' ' && b != ',' && b != '-')
            return 0;
    }
    return 0;
}

/* The gap closes a reference behind the end of a sentence, and another one follows. */
static bool more_references(const cutter *c, const fsc_gap *g)
{
    uint32_t i = trim_start(c->r, g->from + 1, g->to);
    return i < g->to && reference_end(c->r, i);
}

static bool next_is_small(const cutter *c, const fsc_gap *g)
{
    const fsc_word *next = &c->r->word[g->next];
    return fsc_char_at(c->r->s, next->start, c->r->end).ucd.sb == SB_LOWER;
}

/* The value of a list mark (1 2 3, a b c), or 0. */
static uint32_t item_value(const cutter *c, uint32_t word, bool *letter)
{
    const fsc_word *w = &c->r->word[word];
    uint32_t value = 0;
    *letter = fsc_ascii_letter(c->r->s[w->start]);
    if (*letter)
        return c->r->s[w->start] - 'a' + 1u;
    for (uint32_t i = w->start; i < w->end; i++) {
        if (!fsc_ascii_digit(c->r->s[i]) || value > NUMBER_MAX)
            return 0;
        value = value * 10 + (c->r->s[i] - '0');
    }
    return value;
}

/* The word before the gap may be a list item's mark: the first of a sentence starts a list, and the next in line
 * ends the item before it, even without a stop. */
static bool list_item(cutter *c, const fsc_gap *g)
{
    if (g->prev == FSC_NONE || !fsc_rules_item_mark(&c->st, g->prev, g))
        return true;
    bool letter, first = g->prev == c->st.first_word;
    uint32_t value = item_value(c, g->prev, &letter);
    bool follows = value == c->item && letter == c->item_letter && value > 1;
    uint32_t at = c->r->word[g->prev].start;
    if (!first && (!follows || !(c->r->word[g->next].flags & FSC_WORD_CAPITAL)))
        return true;
    c->item = value + 1;
    c->item_letter = letter;
    if (first || c->r->s[at - 1] != ' ')
        return true;
    return cut(c, at, at, g->prev);
}

static bool is_emoji(const cutter *c, uint32_t word)
{
    return c->r->word[word].flags & FSC_WORD_EMOJI;
}

/* The gap stands behind an emoji that belongs to a sentence that has ended. */
static bool after_emoji(cutter *c, const fsc_gap *g)
{
    if (is_emoji(c, g->next) && !g->lines)
        return true;
    c->carried = false;
    return next_is_small(c, g) || cut(c, g->from, g->from, g->next);
}

/* No line of the part is longer than hard-wrapped text. */
static bool is_wrapped(cutter *c)
{
    const fsc_gap_reader *r = c->r;
    if (c->wrapped_known)
        return c->wrapped;
    c->wrapped_known = c->wrapped = true;
    for (uint32_t i = r->begin; i < r->end && c->wrapped;) {
        const unsigned char *newline = memchr(r->s + i, '\n', r->end - i);
        uint32_t stop = newline ? (uint32_t)(newline - r->s) : r->end;
        c->wrapped = stop - i <= FSC_HARD_WRAP;
        i = stop + 1;
    }
    return c->wrapped;
}

/* Decides what the gap between two words does to the sentence. */
static bool between(cutter *c, fsc_gap *g)
{
    if (c->pending && g->ends_reference) {
        if (more_references(c, g))
            return true;
        // what stood before the references ended the sentence, unless a new end stands behind them
        c->pending = false;
        if (g->term == FSC_TERM_NONE)
            return next_is_small(c, g) || cut(c, g->from + 1, g->from + 1, g->next);
    }
    if (g->lines) {
        uint32_t line = g->line_end > c->line ? g->line_end - c->line : 0;
        c->line = g->line_next;
        if (fsc_rules_line_ends(&c->st, g, line, is_wrapped(c)))
            return cut(c, g->line_end, g->line_next, g->next);
    }
    if (c->carried && g->term == FSC_TERM_NONE)
        return after_emoji(c, g);
    if (!list_item(c, g))
        return false;
    if (g->bullet != FSC_NONE)
        return cut(c, g->bullet, g->bullet, g->next);
    if (g->term == FSC_TERM_NONE)
        return true;
    if (g->reference && reference_end(c->r, g->cut_start)) {
        c->pending = true;
        return true;
    }
    c->carried = !g->own_stop && is_emoji(c, g->next);
    if (c->carried || !fsc_rules_ends(&c->st, g))
        return true;
    return cut(c, g->cut_end, g->cut_end, g->next);
}

/* Behind the part's last word there is nothing, or a mark that ends a sentence. */
static bool ends_plainly(const fsc_gap_reader *r)
{
    uint32_t from = r->word[r->word_end - 1].end, left = r->end - from;
    return left == 0 || (left == 1 && (r->s[from] == '.' || r->s[from] == '!' || r->s[from] == '?'));
}

bool fsc_sentences_read(fsc_sentences *sentences, fsc_gap_reader *r, const fsc_types *types, uint32_t part,
                        uint32_t first, size_t *gap)
{
    cutter c = {.r = r, .out = sentences, .part = part, .start = r->begin, .line = r->begin};
    c.st = (fsc_sentence_state){r->s, types, r->word, r->end, first, r->word_end};
    c.gaps_left = types->gap_count - *gap;
    c.words_left = r->word_count - first;
    fsc_gap g;
    if (first == r->word_end)
        return fsc_gap_read(&g, r, FSC_NONE, FSC_NONE);
    for (; *gap < types->gap_count && types->gap[*gap] < r->word_end; (*gap)++) {
        uint32_t next = types->gap[*gap];
        if (next == first && r->word[first].start == r->begin)
            continue;
        c.gaps_left = types->gap_count - *gap;
        c.words_left = r->word_count - next + 2;
        if (!fsc_gap_read(&g, r, next == first ? FSC_NONE : next - 1, next))
            return false;
        if (next == first) {
            c.line = g.line_next;
            c.start = trim_start(r, g.lines ? g.line_next : r->begin, g.to);
        } else if (!between(&c, &g)) {
            return false;
        }
    }
    if (ends_plainly(r)) {
        r->word[r->word_end - 1].flags |= FSC_WORD_GAP;
        return cut(&c, r->end, r->end, r->word_end);
    }
    if (!fsc_gap_read(&g, r, r->word_end - 1, FSC_NONE))
        return false;
    return cut(&c, g.blank_line ? g.line_end : r->end, r->end, r->word_end);
}
