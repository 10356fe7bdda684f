#include "lexicon/matcher_p.h"

// The words before a hit or behind it, the nearest first: how many the sentence has there, and which way they go.
typedef struct side {
    fsc_matcher *m;
    const fsc_word *word; // the nearest, if there is one
    uint32_t avail;
    int32_t step;
} side;

typedef enum verdict { FAILS, OPEN, HOLDS } verdict; // the surest last; open: a walk must tell

// The surest of what two ways say: it is enough that one holds.
static inline verdict surest(verdict a, verdict b)
{
    return a > b ? a : b;
}

// What it says that a word leads to a node.
static inline verdict judge_target(const fsc_matcher *m, uint32_t target)
{
    return m->image->code[target] & FSC_LEX_NODE_END ? HOLDS : OPEN;
}

// What a word says that passes the test of a node.
static verdict judge_symbols(fsc_matcher *m, uint32_t node, const fsc_word *word)
{
    const fsc_lex_stepped *s = fsc_lex_step_from(m, node, word->type);
    if (s->target == FSC_LEX_NOWHERE)
        return FAILS;
    return s->target != FSC_LEX_BRANCHES && s->header & FSC_LEX_NODE_END ? HOLDS : OPEN;
}

// What a word says whose flags may make it a member of a class that leads on from a node.
static verdict judge_classes(const fsc_matcher *m, uint32_t at_node, const fsc_word *word)
{
    fsc_lex_node node = fsc_lex_node_read(m->image->code + at_node);
    uint32_t classes = fsc_lex_classes_of(m->text, word);
    verdict found = FAILS;
    for (uint32_t i = 0; node.special && i < node.special[0]; i++)
        if (classes >> node.special[1 + 2 * i] & 1)
            found = surest(found, judge_target(m, node.special[2 + 2 * i]));
    return found;
}

// What the words say that a guard is first held against. Most pass no look, and nothing more is asked.
static verdict judge(const side *s, const fsc_lex_look *head)
{
    const fsc_lex_known *known = s->m->resolver.known.data;
    const fsc_lex_look *look = head + 1, *end = look + head->test;
    bool open = head->flags & FSC_LEX_HEAD_OTHERWISE || (head->flags & FSC_LEX_HEAD_EMPTY && s->avail == 0);
    verdict found = open ? OPEN : FAILS;
    for (; look < end && found != HOLDS; look++) {
        const uint64_t *row = s->m->resolver.row.data + look->test / 64;
        for (uint32_t n = look->min; n <= look->max && n < s->avail; n++) {
            const fsc_word *word = s->word + s->step * (int32_t)n;
            const fsc_lex_known *k = &known[word->type];
            if (k->asks >> look->test % 64 & 1 && row[k->asked] >> look->test % 64 & 1)
                found = surest(found, judge_symbols(s->m, look->node, word));
            if (word->flags & look->flags)
                found = surest(found, judge_classes(s->m, look->node, word));
        }
    }
    return found;
}

// The words before a hit [first, end), or behind it.
static inline side side_of(fsc_matcher *m, uint32_t first, uint32_t end, bool before)
{
    const fsc_word *word = m->text->word;
    uint32_t avail = before ? first - m->first : m->end - end;
    return (side){m, word + (before ? first - (first > m->first) : end), avail, before ? -1 : 1};
}

bool fsc_lex_guards_allow(fsc_matcher *m, uint32_t entry, uint32_t first, uint32_t end)
{
    const fsc_lex_image *image = m->image;
    for (const fsc_lex_look *head = &image->look[image->guarded[entry] - 1];; head += 1 + head->test) {
        bool before = head->flags & FSC_LEX_HEAD_BEFORE, wanted = head->flags & FSC_LEX_HEAD_WANTED;
        side s = side_of(m, first, end, before);
        verdict found = judge(&s, head);
        if (found == OPEN)
            found = fsc_lex_walk_guard(m, head->node, before ? first - 1 : end, s.avail, before) ? HOLDS : FAILS;
        if ((found == HOLDS) != wanted)
            return false;
        if (head->flags & FSC_LEX_HEAD_LAST)
            return true;
    }
}
