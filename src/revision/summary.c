// One plain sentence a change that matters, weightiest first. It says what is different, never whether that is better.
#include <stdlib.h>

#include "base/buf.h"
#include "revision/revision_p.h"

enum { MOST = 24, QUOTED_WORDS = 90 };

typedef struct told {
    uint32_t change;
    uint8_t rank;
} told;

// Order of types in a summary, weightiest first; and the sentences: for both spans, for A's only, for B's only.
// %a and %b stand for the words of the spans.
static const struct {
    const char *both, *a_only, *b_only;
    uint8_t rank;
} sayings[FSC_CHANGE_COUNT] = {
    [FSC_CHANGE_SOFTENED] = {"%a became %b: softer wording for the same subject.",
                             "%a was taken out: the wording is softer.", "%b was added: the wording is softer.", 1},
    [FSC_CHANGE_HARDENED] = {"%a became %b: stronger wording for the same subject.",
                             "%a was taken out: the wording is stronger.", "%b was added: the wording is stronger.", 1},
    [FSC_CHANGE_CONCESSION_DROPPED] = {"The concession %a was removed.", "The concession %a was removed.", NULL, 2},
    [FSC_CHANGE_CONCESSION_ADDED] = {"A concession was added: %b.", NULL, "A concession was added: %b.", 2},
    [FSC_CHANGE_CAUSE_DROPPED] = {"A causal link was removed: %a.", "A causal link was removed: %a.", NULL, 2},
    [FSC_CHANGE_CAUSE_ADDED] = {"A causal link was added: %b.", NULL, "A causal link was added: %b.", 2},
    [FSC_CHANGE_LABEL_SWAPPED] = {"The label %a became %b.", NULL, NULL, 2},
    [FSC_CHANGE_ATTRIBUTION_DROPPED] = {"A source was removed: %a.", "A source was removed: %a.", NULL, 3},
    [FSC_CHANGE_ATTRIBUTION_ADDED] = {"A source was added: %b.", NULL, "A source was added: %b.", 3},
    [FSC_CHANGE_AGENT_DROPPED] = {"%b no longer says who acted.", NULL, "%b no longer says who acted.", 3},
    [FSC_CHANGE_AGENT_ADDED] = {"Where %a left it open, the text now says who acted.",
                                "Where %a left it open, the text now says who acted.", NULL, 3},
    [FSC_CHANGE_CERTAINTY_LOWERED] = {"%a became %b: the claim is less certain.",
                                      "%a was taken out: the claim is less certain.",
                                      "%b was added: the claim is less certain.", 4},
    [FSC_CHANGE_CERTAINTY_RAISED] = {"%a became %b: the claim is more certain.",
                                     "%a was taken out: the claim is more certain.",
                                     "%b was added: the claim is more certain.", 4},
    [FSC_CHANGE_ACTOR_DROPPED] = {NULL, "%n is no longer named.", NULL, 5},
    [FSC_CHANGE_ACTOR_ADDED] = {NULL, NULL, "%n is now named.", 5},
    [FSC_CHANGE_ACTOR_RENAMED] = {"%a is now called %b.", NULL, NULL, 5},
    [FSC_CHANGE_QUANTITY_CHANGED] = {"The figure %a became %b.", NULL, NULL, 6},
    [FSC_CHANGE_QUANTITY_DROPPED] = {NULL, "The figure %a was removed.", NULL, 6},
    [FSC_CHANGE_QUANTITY_ADDED] = {NULL, NULL, "A figure was added: %b.", 6},
    [FSC_CHANGE_QUOTE_MARKS_ADDED] = {"Words now stand in quotation marks: %b.", NULL,
                                      "Words now stand in quotation marks: %b.", 7},
    [FSC_CHANGE_QUOTE_MARKS_DROPPED] = {"Fewer words stand in quotation marks: %a before.",
                                        "Words no longer stand in quotation marks: %a before.", NULL, 7},
    [FSC_CHANGE_QUESTION_TO_STATEMENT] = {"A question became a statement: %b.", NULL, NULL, 7},
    [FSC_CHANGE_STATEMENT_TO_QUESTION] = {"A statement became a question: %b.", NULL, NULL, 7},
    [FSC_CHANGE_REWRITTEN] = {"Most of the wording is new.", NULL, NULL, 8},
    [FSC_CHANGE_TYPOGRAPHY] = {"Only typography changed: the words are the same.", NULL, NULL, 9},
    [FSC_CHANGE_MOVED] = {"A sentence was moved: %b.", NULL, NULL, 10},
    [FSC_CHANGE_SPLIT] = {"A sentence was split: %a.", NULL, NULL, 10},
    [FSC_CHANGE_MERGED] = {"Sentences were merged: %b.", NULL, NULL, 10},
};

static fsc_view bytes_of(const rev_side *s, fsc_span span)
{
    fsc_view v = fsc_view_trim(fsc_view_slice(s->text->bytes, span.start, span.end));
    return v;
}

// Quotes a span in curly marks on one line; its own outer marks go, a long one is cut at a word.
static void quote(fsc_buf *out, fsc_view v)
{
    static const fsc_view marks[] = {FSC_LIT_INIT("“"), FSC_LIT_INIT("”"), FSC_LIT_INIT("\""),
                                     FSC_LIT_INIT("‘"), FSC_LIT_INIT("’"), FSC_LIT_INIT("'")};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        if (v.len > marks[k].len && fsc_view_starts(v, marks[k]))
            v = fsc_view_slice(v, marks[k].len, v.len);
        if (v.len > marks[k].len && fsc_view_ends(v, marks[k]))
            v.len -= marks[k].len;
    }
    bool cut = v.len > QUOTED_WORDS;
    if (cut) {
        size_t end = QUOTED_WORDS;
        while (end > QUOTED_WORDS / 2 && v.data[end] != ' ')
            end--;
        while (end > 0 && ((unsigned char)v.data[end] & 0xC0) == 0x80)
            end--;
        v.len = end;
    }
    fsc_buf_adds(out, "“");
    for (size_t i = 0; i < v.len; i++)
        fsc_buf_char(out, (unsigned char)v.data[i] < 0x20 ? ' ' : v.data[i]);
    fsc_buf_adds(out, cut ? "…”" : "”");
}

static fsc_view name_at(const rev_work *w, int side, fsc_span span)
{
    for (size_t k = 0; k < w->missing_count[side]; k++) {
        const fsc_actor *a = &w->actor[side][w->missing[side][k]];
        if (a->mention_count && a->mention[0].start == span.start)
            return a->name;
    }
    return bytes_of(&w->side[side], span);
}

// Widens a span to the changed words next to it, so that "dropped" is told as "dropped sharply".
static fsc_span widen(const rev_work *w, int side, fsc_span span)
{
    const rev_side *s = &w->side[side];
    uint32_t word = fsc_text_word_at(s->text, span.start);
    if (word >= s->text->word_count)
        return span;
    uint32_t token = s->word_token[word];
    while (token < s->count && s->token[token].start < span.end)
        token++;
    for (int more = 0; more < 1 && token < s->count; more++, token++) {
        const rev_token *t = &s->token[token];
        if (t->word == REV_NONE || fsc_rev_partner(s, token) != REV_NONE || s->weight[token] < REV_WEIGHT_CONTENT)
            break;
        if (!(s->text->word[t->word].flags & FSC_WORD_ALPHA) || t->start != span.end + 1)
            break;
        span.end = t->end;
    }
    return span;
}

static void say(fsc_buf *out, const rev_work *w, const char *form, const fsc_change *c)
{
    bool intensity = c->type == FSC_CHANGE_SOFTENED || c->type == FSC_CHANGE_HARDENED;
    for (; *form; form++) {
        if (*form != '%') {
            fsc_buf_char(out, *form);
            continue;
        }
        int side = *++form == 'b' || (*form == 'n' && fsc_span_is(c->b));
        fsc_span span = side ? c->b : c->a;
        if (*form == 'n')
            fsc_buf_addv(out, name_at(w, side, span));
        else
            quote(out, bytes_of(&w->side[side], intensity && side ? widen(w, 1, span) : span));
    }
}

static const char *saying_of(const fsc_change *c)
{
    bool a = fsc_span_is(c->a), b = fsc_span_is(c->b);
    return a && b ? sayings[c->type].both : a ? sayings[c->type].a_only : b ? sayings[c->type].b_only : NULL;
}

static int by_rank(const void *x, const void *y)
{
    const told *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->change < b->change ? -1 : a->change > b->change;
}

static bool said_before(const fsc_delta *d, fsc_view text)
{
    for (size_t k = 0; k < d->summary_count; k++)
        if (fsc_view_eq(d->summary[k], text))
            return true;
    return false;
}

// A change in the headline of a text that goes on below it.
static bool in_headline(const rev_work *w, const fsc_change *c)
{
    const fsc_text *t = w->side[fsc_span_is(c->b)].text;
    return c->part == FSC_PART_HEADLINE && t->part_count > 1 && c->type != FSC_CHANGE_REWRITTEN &&
           c->type != FSC_CHANGE_TYPOGRAPHY;
}

bool fsc_rev_summary(rev_work *w)
{
    fsc_delta *d = w->out;
    told *order = fsc_arena_alloc(w->scratch, (d->change_count + 1) * sizeof *order);
    d->summary = FSC_NEW_N(w->arena, fsc_view, MOST);
    if (!order || !d->summary)
        return false;
    size_t count = 0;
    for (size_t k = 0; k < d->change_count; k++)
        if (saying_of(&d->change[k]))
            order[count++] =
                (told){(uint32_t)k, (uint8_t)(2 * sayings[d->change[k].type].rank + !in_headline(w, &d->change[k]))};
    qsort(order, count, sizeof *order, by_rank);
    fsc_buf text;
    fsc_buf_init(&text, NULL, 1 << 16);
    for (size_t k = 0; k < count && d->summary_count < MOST; k++) {
        const fsc_change *c = &d->change[order[k].change];
        fsc_buf_reset(&text, 4096);
        if (in_headline(w, c))
            fsc_buf_adds(&text, "Headline: ");
        say(&text, w, saying_of(c), c);
        if (said_before(d, fsc_buf_view(&text)))
            continue;
        d->summary[d->summary_count] = fsc_arena_dup(w->arena, fsc_buf_view(&text));
        if (text.failed || !d->summary[d->summary_count++].data) {
            fsc_buf_release(&text);
            return false;
        }
    }
    fsc_buf_release(&text);
    return true;
}
