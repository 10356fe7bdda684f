#include "text/gap_p.h"

#include "text/fold_p.h"

/* How far the end of a sentence has been read. */
typedef enum phase {
    BEFORE, // no terminator yet
    IN,     // terminators and what closes with them
    AFTER,  // a blank after them
    NEXT    // something that belongs to what follows
} phase;

typedef struct gap_state {
    fsc_gap *g;
    fsc_gap_reader *r;
    phase at;
    uint32_t solid;      // end of the last character that is no blank
    bool line_empty;     // nothing but blanks since the last newline
    bool elided;         // inside [...]
    uint32_t dots;       // in a row, with or without blanks between
    bool free_dots;      // a blank stands before the first
    uint32_t first_stop; // end of a stop that blanks and more dots follow; 0: none
    uint32_t last;       // the character before
} gap_state;

static bool is_newline(uint32_t cp)
{
    return cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x0B || cp == 0x0C || cp == 0x2028 || cp == 0x2029;
}

static bool is_bullet(uint32_t cp)
{
    switch (cp) {
    case 0x2022:
    case 0x2023:
    case 0x2043:
    case 0x204C:
    case 0x204D:
    case 0x2219:
    case 0x25AA:
    case 0x25AB:
    case 0x25CF:
    case 0x25CB:
    case 0x25E6:
    case 0x25A0:
    case 0x25A1:
    case 0x25B6:
    case 0x25B8:
    case 0x25BA:
    case 0x27A2:
    case 0x2794:
    case 0x27A4:
    case 0x29BE:
    case 0x29BF:
        return true;
    default:
        return false;
    }
}

static void set_flag(fsc_gap_reader *r, uint32_t word, uint32_t flag)
{
    if (word != FSC_NONE)
        r->word[word].flags |= flag;
}

static void on_newline(gap_state *st, uint32_t i, const fsc_char *c)
{
    fsc_gap *g = st->g;
    bool pair = c->cp == '\n' && st->last == '\r';
    g->line_next = i + c->len;
    if (pair)
        return;
    if (g->lines && st->line_empty)
        g->blank_line = true;
    if (c->cp == 0x2029)
        g->blank_line = true;
    if (!g->lines)
        g->line_end = st->solid;
    g->lines++;
    st->line_empty = true;
    if (st->at == IN) {
        st->at = AFTER;
        g->spaced = true;
    }
}

static fsc_term term_of(const fsc_char *c)
{
    if (c->cp == '.' || c->cp == 0x2024)
        return FSC_TERM_STOP;
    if (c->cp == 0x2026)
        return FSC_TERM_ELLIPSIS;
    if (c->ucd.sb != SB_STERM && c->ucd.sb != SB_ATERM)
        return FSC_TERM_NONE;
    return c->cp >= 0x3000 && c->cp < 0x10000 ? FSC_TERM_WIDE : FSC_TERM_STRONG;
}

static void count_dots(gap_state *st, uint32_t cp, bool dots)
{
    if (!st->dots)
        st->free_dots = st->last <= ' ';
    if (st->dots == 1 && st->at == AFTER && !st->free_dots)
        st->first_stop = st->g->cut_end;
    st->dots += !dots ? 4 : cp == 0x2026 ? 3 : 1;
    st->g->omission = st->free_dots && st->dots == 3;
}

static void on_term(gap_state *st, uint32_t i, const fsc_char *c, fsc_term term)
{
    fsc_gap *g = st->g;
    bool first = st->at == BEFORE;
    bool dots = term == FSC_TERM_STOP || term == FSC_TERM_ELLIPSIS;
    if (first && dots && (st->last == '[' || st->last == '(' || st->elided)) {
        st->elided = true;
        return;
    }
    if (st->at == NEXT)
        return;
    count_dots(st, c->cp, dots);
    if (first || g->own_stop)
        g->term = first ? term : dots ? FSC_TERM_ELLIPSIS : term;
    else if (dots && g->term == FSC_TERM_STOP)
        g->term = FSC_TERM_ELLIPSIS;
    else if (term > g->term)
        g->term = term;
    g->own_stop = false;
    g->spaced = false;
    g->cut_end = i + c->len;
    st->at = IN;
}

static void on_close(gap_state *st, uint32_t i, uint32_t end, bool quote)
{
    fsc_gap *g = st->g;
    if (i == g->from && st->r->s[i] == ']')
        g->ends_reference = true;
    if (st->elided && st->at == BEFORE) {
        // "... crop yields [...] However, ..."
        g->term = FSC_TERM_ELLIPSIS;
        g->omission = true;
        st->at = IN;
    }
    st->elided = false;
    if (st->at != IN && st->at != AFTER)
        return;
    g->cut_end = end;
    g->closed = true;
    g->closed_quote |= quote;
    g->spaced = false;
    st->at = IN;
}

static void on_open(gap_state *st, uint32_t i)
{
    fsc_gap *g = st->g;
    g->opened = true;
    if (st->at != IN && st->at != AFTER)
        return;
    g->reference = st->r->s[i] == '[';
    g->cut_start = i;
    st->at = NEXT;
}

/* :) ;-) :( after the end of a sentence belong to it. Returns the length, or 0. */
static uint32_t emoticon(const gap_state *st, uint32_t i)
{
    const unsigned char *s = st->r->s;
    uint32_t k = i + 1, end = st->r->end;
    if (s[i] != ':' && s[i] != ';' && s[i] != '=')
        return 0;
    if (k < end && s[k] == '-')
        k++;
    if (k >= end || !memchr("()/|", s[k], 4))
        return 0;
    k++;
    return k == end || s[k] <= ' ' ? k - i : 0;
}

/* , ; : and dashes: the sentence goes on. */
static void on_continue(gap_state *st)
{
    if (st->at == BEFORE || st->at == NEXT)
        return;
    if (st->g->lines && st->line_empty)
        return;
    st->at = BEFORE;
    st->g->term = FSC_TERM_NONE;
    st->g->own_stop = false;
    st->g->closed = st->g->closed_quote = false;
}

static void on_other(gap_state *st, uint32_t i, uint32_t end)
{
    if (st->at == IN && st->r->s[i] < 0x80 && memchr("*_~", st->r->s[i], 3)) {
        st->g->cut_end = end;
    } else if (st->at == AFTER || st->at == IN) {
        st->g->cut_start = i;
        st->at = NEXT;
    }
}

static bool is_dash(const gap_state *st, uint32_t i, const fsc_char *c)
{
    if (!(c->ucd.flags & FSC_UCD_DASH))
        return false;
    if (c->cp != '-')
        return true;
    unsigned char next = i + 1 < st->r->end ? st->r->s[i + 1] : ' ';
    return next == '-' || st->last == '-' || (st->last <= ' ' && next <= ' ');
}

/* Any character but quote marks. Returns how many bytes were read. */
static uint32_t on_char(gap_state *st, uint32_t i, const fsc_char *c)
{
    fsc_gap *g = st->g;
    fsc_term term = term_of(c);
    bool dash = is_dash(st, i, c);
    bool bracket = (c->ucd.flags & (FSC_UCD_OPEN | FSC_UCD_CLOSE)) != 0;
    if (dash || bracket || c->cp == ',' || c->cp == ';' || c->cp == ':')
        set_flag(st->r, g->prev, FSC_WORD_BREAK);
    if (c->cp == ',' && i == g->from)
        set_flag(st->r, g->prev, FSC_WORD_COMMA);
    if (!g->lines)
        g->joins = dash || c->cp == ',' || c->cp == ';' || (c->cp == ':' && i == g->from);
    if (term != FSC_TERM_NONE) {
        on_term(st, i, c, term);
        return c->len;
    }
    if (!(c->ucd.flags & FSC_UCD_CLOSE))
        st->elided = false;
    bool at_line_start = st->line_empty && (i == st->r->begin || g->lines);
    bool mark_blank = i + c->len < st->r->end && st->r->s[i + c->len] <= ' ';
    if (is_bullet(c->cp) || (at_line_start && mark_blank && (c->cp == '-' || c->cp == '*' || c->cp == '+' || dash))) {
        if (g->bullet == FSC_NONE && (st->last <= ' ' || i == st->r->begin))
            g->bullet = i;
        on_other(st, i, i + c->len);
    } else if (st->at == AFTER && emoticon(st, i)) {
        on_close(st, i, i + emoticon(st, i), false);
        return emoticon(st, i);
    } else if (dash || c->ucd.sb == SB_SCONTINUE || c->cp == ';') {
        on_continue(st);
    } else if (c->ucd.flags & FSC_UCD_CLOSE) {
        on_close(st, i, i + c->len, false);
    } else if (c->ucd.flags & FSC_UCD_OPEN) {
        on_open(st, i);
    } else if (!fsc_wb_glued(c->ucd.wb)) {
        on_other(st, i, i + c->len);
    }
    return c->len;
}

/* The marks that may still come at or after byte i. */
static size_t count_ahead(const fsc_gap_reader *r, uint32_t i)
{
    size_t n = 0;
    for (; i < r->size; i++) {
        unsigned char b = r->s[i];
        n += b == '"' || b == '\'' || b == '`' || b == 0xAB || b == 0xBB || b == 0xE2 || b == 0xE3;
    }
    return n;
}

/* The first guess holds for running text; a text with more marks is counted once, so that no memory is wasted. */
static bool push_mark(fsc_gap_reader *r, fsc_mark m)
{
    fsc_marks *v = r->marks;
    if (v->len == v->cap) {
        size_t want = v->cap ? v->len + count_ahead(r, m.start) : r->size / 64 + 16;
        fsc_mark *data = fsc_arena_grow(r->arena, v->data, v->cap * sizeof *data, want * sizeof *data);
        if (!data)
            return false;
        v->data = data;
        v->cap = want;
    }
    v->data[v->len++] = m;
    return true;
}

/* A quote mark or apostrophe. Returns how many bytes were read; 0: out of memory. */
static uint32_t on_mark(gap_state *st, uint32_t i, const fsc_char *c)
{
    fsc_gap *g = st->g;
    fsc_gap_reader *r = st->r;
    fsc_quotes before = r->quotes;
    fsc_mark m = fsc_mark_read(r, i, c->cp, c->len);
    if (!m.side) {
        if (st->at == AFTER)
            on_other(st, i, m.end);
        return m.end - i;
    }
    m.next_word = g->next != FSC_NONE ? g->next : r->word_end;
    if (!push_mark(r, m))
        return 0;
    set_flag(r, g->prev, FSC_WORD_BREAK);
    if (m.end == g->to)
        set_flag(r, g->next, FSC_WORD_QUOTED);
    bool open = m.klass == FSC_MARK_SINGLE ? before.single_open : before.double_open;
    bool closing = m.side == FSC_MARK_CLOSE || (m.side == FSC_MARK_EITHER && open && st->at == IN);
    if (closing)
        on_close(st, i, m.end, true);
    else
        on_open(st, i);
    return m.end - i;
}

/* ". " behind a word that is no abbreviation: half of all gaps that are read. */
static bool is_plain_stop(const fsc_gap_reader *r, const fsc_gap *g)
{
    return g->to - g->from == 2 && r->s[g->from] == '.' && r->s[g->from + 1] == ' ' && g->prev != FSC_NONE &&
           !(r->word[g->prev].flags & FSC_WORD_ABBREV);
}

/* What the loop of fsc_gap_read would find there. */
static void plain_stop(fsc_gap *g)
{
    g->term = FSC_TERM_STOP;
    g->spaced = true;
    g->cut_end = g->line_end = g->from + 1;
    g->cut_start = g->to;
}

bool fsc_gap_read(fsc_gap *out, fsc_gap_reader *r, uint32_t prev, uint32_t next)
{
    fsc_gap *g = out;
    *g = (fsc_gap){.prev = prev, .next = next, .bullet = FSC_NONE};
    g->from = prev == FSC_NONE ? r->begin : r->word[prev].end;
    g->to = next == FSC_NONE ? r->end : r->word[next].start;
    g->cut_end = g->line_end = g->line_next = g->from;
    g->cut_start = FSC_NONE;
    set_flag(r, prev, FSC_WORD_GAP);
    if (is_plain_stop(r, g)) {
        plain_stop(g);
        return true;
    }
    gap_state st = {.g = g, .r = r, .at = BEFORE, .solid = g->from, .line_empty = prev == FSC_NONE, .last = ' '};
    if (prev != FSC_NONE && (r->word[prev].flags & FSC_WORD_ABBREV)) {
        st.at = IN;
        g->term = FSC_TERM_STOP;
        g->own_stop = true;
    }
    if (prev != FSC_NONE)
        st.last = 'a';
    for (uint32_t i = g->from, n; i < g->to; i += n) {
        fsc_char c = fsc_char_at(r->s, i, r->end);
        n = c.len;
        if (is_newline(c.cp)) {
            on_newline(&st, i, &c);
        } else if (c.cp <= ' ' || (c.ucd.flags & FSC_UCD_BLANK)) {
            if (st.at == IN) {
                st.at = AFTER;
                g->spaced = true;
            }
        } else {
            n = fsc_mark_char(c.cp) ? on_mark(&st, i, &c) : on_char(&st, i, &c);
            if (!n)
                return false;
            st.solid = i + n;
            st.line_empty = false;
        }
        st.last = c.cp;
    }
    if (g->term != FSC_TERM_NONE && g->cut_start == FSC_NONE && st.at != BEFORE)
        g->cut_start = g->to;
    // "compounds. . . . The": the stop ends a sentence, and the three dots stand for what is left out after it
    if (st.first_stop && st.dots == 4 && g->term == FSC_TERM_ELLIPSIS && !g->closed)
        g->cut_end = st.first_stop;
    if (!g->lines)
        g->line_end = st.solid;
    if (g->blank_line)
        r->quotes = (fsc_quotes){false, false};
    return true;
}
