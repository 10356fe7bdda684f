// Edits of pages that go on by themselves: a score, a clock, a dateline. Reports leave them out, and count them.
#include "revision/revision_p.h"

// What a changed word can be part of; a word that is none of these is an edit.
enum { SCORE = 1 << 0, LIVE = 1 << 1, CLOCK = 1 << 2, OTHER = 1 << 3 };

static char byte_at(const rev_side *s, uint32_t at)
{
    return at < s->text->bytes.len ? s->text->bytes.data[at] : ' ';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// A hyphen or en dash between two numbers: "2-1", "2–1".
static bool is_score(const rev_side *s, const fsc_word *w)
{
    fsc_view word = fsc_view_slice(s->text->bytes, w->start, w->end);
    size_t dash = fsc_view_find(word, FSC_LIT("-"), 0);
    if (dash != SIZE_MAX && dash > 0 && dash + 1 < word.len && is_digit(word.data[dash + 1]))
        return true;
    if (byte_at(s, w->end) == '-' && is_digit(byte_at(s, w->end + 1)))
        return true;
    if (w->start > 1 && byte_at(s, w->start - 1) == '-' && is_digit(byte_at(s, w->start - 2)))
        return true;
    fsc_view dashed = FSC_LIT("\xE2\x80\x93");
    return (fsc_view_starts(fsc_view_slice(s->text->bytes, w->end, s->text->bytes.len), dashed) && is_digit(byte_at(s, w->end + 3))) ||
           (w->start > 3 && fsc_view_eq(fsc_view_slice(s->text->bytes, w->start - 3, w->start), dashed) &&
            is_digit(byte_at(s, w->start - 4)));
}

// "12:05", or a number beside a word of dates: "3 March", "5 minutes ago".
static bool is_clock(const rev_side *s, uint32_t word)
{
    const fsc_word *w = &s->text->word[word];
    fsc_view bytes = fsc_view_slice(s->text->bytes, w->start, w->end);
    if (fsc_view_find(bytes, FSC_LIT(":"), 0) != SIZE_MAX || byte_at(s, w->end) == ':' || (w->start > 0 && byte_at(s, w->start - 1) == ':'))
        return true;
    for (uint32_t k = word > 2 ? word - 2 : 0; k < s->text->word_count && k <= word + 2; k++)
        if (s->tag[k] & (REV_ENTRY_CLOCK | REV_ENTRY_STAMP))
            return true;
    return false;
}

// A date of the text itself, not one that it tells: "Updated 3 March", "2 hours ago"; or in a dateline: "OSLO, 3 March (AP) -".
static bool is_stamp(const rev_side *s, uint32_t word)
{
    enum { DATELINE = 8 };
    uint32_t unit = s->of[s->word_token[word]];
    if (unit == REV_NONE)
        return false;
    const fsc_sentence *u = &s->unit[unit];
    for (uint32_t k = u->first_word; k < u->end_word && k < u->first_word + 32; k++)
        if (s->tag[k] & REV_ENTRY_STAMP)
            return true;
    if (word > u->first_word + DATELINE)
        return false;
    for (uint32_t t = s->word_token[word]; t < s->sentence[unit].end && t < s->sentence[unit].first + 2 * DATELINE; t++)
        if (s->token[t].word == REV_NONE && (byte_at(s, s->token[t].start) == '-' || fsc_view_starts(fsc_view_slice(s->text->bytes, s->token[t].start, s->token[t].end), FSC_LIT("\xE2\x80"))))
            return byte_at(s, s->token[t].start - 1) == ' ';
    return false;
}

static unsigned kind_of(const rev_side *s, uint32_t word)
{
    const fsc_word *w = &s->text->word[word];
    if (s->tag[word] & REV_ENTRY_LIVE)
        return LIVE;
    if (w->flags & FSC_WORD_NUMBER && is_score(s, w))
        return SCORE;
    bool clock = w->flags & FSC_WORD_NUMBER ? is_clock(s, word) : s->tag[word] & (REV_ENTRY_CLOCK | REV_ENTRY_STAMP);
    return clock && is_stamp(s, word) ? CLOCK : OTHER;
}

static unsigned changed_kinds(const rev_side *s)
{
    unsigned set = 0;
    for (uint32_t i = 0; i < s->count && !(set & OTHER); i++)
        if (s->token[i].word != REV_NONE && fsc_rev_partner(s, i) == REV_NONE)
            set |= kind_of(s, s->token[i].word);
    return set;
}

static bool is_live(const fsc_article *a)
{
    return fsc_view_eq_nocase(a->kind, FSC_LIT("liveblog"));
}

fsc_trivial fsc_rev_trivial(const rev_work *w)
{
    if (is_live(&w->side[0].doc->article) && is_live(&w->side[1].doc->article))
        return FSC_TRIVIAL_LIVE;
    unsigned set = changed_kinds(&w->side[0]) | changed_kinds(&w->side[1]);
    if (!set || set & OTHER)
        return FSC_TRIVIAL_NONE;
    return set & SCORE ? FSC_TRIVIAL_SCORE : set & LIVE ? FSC_TRIVIAL_LIVE : FSC_TRIVIAL_CLOCK;
}
