// Words from the text room, marks from the bytes between them; then dense keys shared by both sides.
#include "base/utf8.h"
#include "revision/revision_p.h"

// Keys of marks start above any word type; what is hashed loses bits, which costs nothing: bytes are compared later.
#define MARK_KEY 0x80000000u

static bool is_blank(uint32_t cp)
{
    return cp <= 0x20 || (cp >= 0x7F && cp <= 0xA0) || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

// Characters that belong to the one before them: combining marks, joiners, variation selectors, skin tones.
static bool is_extender(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F) ||
           (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0x1F3FB && cp <= 0x1F3FF);
}

// One form for all quote marks, one for all dashes.
static uint32_t fold_mark(uint32_t cp)
{
    switch (cp) {
    case '\'':
    case '`':
    case 0xAB:
    case 0xB4:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2032:
    case 0x2033:
    case 0x2039:
    case 0x203A:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    default:
        return cp;
    }
}

bool fsc_rev_is_quote(uint32_t cp)
{
    return fold_mark(cp) == '"' || cp == '"';
}

// Tokens of one side; without `token` they are only counted, so that the arrays have their exact size.
typedef struct builder {
    rev_token *token;
    uint32_t *raw; // key before it is made dense
    uint32_t count;
    uint32_t mark_end; // end of the newest mark, 0 when a word came last
} builder;

static void push(builder *b, rev_token t, uint32_t raw)
{
    if (b->token) {
        b->token[b->count] = t;
        b->raw[b->count] = raw;
    }
    b->count++;
    b->mark_end = t.word == REV_NONE ? t.end : 0;
}

// Adds one character to the newest mark when it repeats it or belongs to it.
static bool joins(builder *b, uint32_t at, uint32_t size, uint32_t cp, uint32_t last)
{
    if (!b->mark_end || b->mark_end != at || !(is_extender(cp) || cp == last))
        return false;
    b->mark_end = at + size;
    if (!b->token)
        return true;
    uint32_t *raw = &b->raw[b->count - 1];
    if (is_extender(cp))
        *raw = MARK_KEY | ((*raw * 31 + cp) & 0x7FFFFFFF);
    else if (cp == '.')
        *raw = MARK_KEY | 0x2026;
    b->token[b->count - 1].end = at + size;
    return true;
}

static void add_marks(builder *b, fsc_view bytes, rev_range gap)
{
    uint32_t last = 0;
    for (uint32_t at = gap.first; at < gap.end;) {
        unsigned size = 1;
        uint32_t cp = (unsigned char)bytes.data[at];
        if (cp >= 0x80)
            cp = fsc_utf8_decode(bytes.data + at, gap.end - at, &size);
        if (is_blank(cp)) {
            last = 0;
        } else {
            if (!joins(b, at, size, cp, last))
                push(b, (rev_token){at, at + size, REV_NONE}, MARK_KEY | (fold_mark(cp) & 0x7FFFFFFF));
            last = cp;
        }
        at += size;
    }
}

static void read_tokens(builder *b, rev_side *s)
{
    const fsc_text *t = s->text;
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->word_count; i++) {
        const fsc_word *word = &t->word[i];
        // one blank between words is the rule
        if (word->start > at && !(word->start == at + 1 && t->bytes.data[at] == ' '))
            add_marks(b, t->bytes, (rev_range){at, word->start});
        s->word_token[i] = b->count;
        push(b, (rev_token){word->start, word->end, i}, word->type);
        at = word->end;
    }
    add_marks(b, t->bytes, (rev_range){at, (uint32_t)t->bytes.len});
}

static bool build_side(rev_side *s, uint32_t **raw, fsc_arena *scratch)
{
    builder b = {0};
    s->word_token = fsc_arena_alloc(scratch, (s->text->word_count + 1) * sizeof *s->word_token);
    if (!s->word_token)
        return false;
    read_tokens(&b, s);
    s->token = fsc_arena_alloc(scratch, ((size_t)b.count + 1) * sizeof *s->token);
    *raw = fsc_arena_alloc(scratch, ((size_t)b.count + 1) * sizeof **raw);
    if (!s->token || !*raw)
        return false;
    b = (builder){s->token, *raw, 0, 0};
    read_tokens(&b, s);
    s->count = b.count;
    return true;
}

// ---------------------------------------------------------------- parts

// Parts that answer to one another are compared with each other only: a word of the headline is no word of the body.
enum { WITH_BODY, HEADLINE, SUBHEAD, CAPTION, CLASS_COUNT };

static unsigned class_of(fsc_part_kind kind)
{
    switch (kind) {
    case FSC_PART_HEADLINE:
        return HEADLINE;
    case FSC_PART_SUBHEAD:
        return SUBHEAD;
    case FSC_PART_CAPTION:
        return CAPTION;
    default:
        return WITH_BODY;
    }
}

static unsigned classes_of(const fsc_text *t)
{
    unsigned set = 0;
    for (size_t i = 0; i < t->part_count; i++)
        set |= 1u << class_of(t->part[i].kind);
    return set;
}

// Tells the keys of parts of their own, which both sides must have, from those of the body.
static void part_keys(const rev_side *s, uint32_t *raw, unsigned both)
{
    const fsc_text *t = s->text;
    uint32_t at = 0;
    for (size_t i = 0; i < t->part_count; i++) {
        unsigned class = class_of(t->part[i].kind);
        while (at < s->count && s->token[at].start < t->part[i].start)
            at++;
        for (; at < s->count && s->token[at].start < t->part[i].end; at++)
            raw[at] ^= both >> class & 1 ? class << 28 : 0;
    }
}

// ---------------------------------------------------------------- keys

// Open addressing from raw keys to dense ids; grows at half load.
typedef struct key_map {
    uint64_t *slot; // (id + 1) << 32 | raw; 0: free
    uint32_t mask, count;
    fsc_arena *scratch;
} key_map;

static bool key_map_init(key_map *m, uint32_t want, fsc_arena *scratch)
{
    uint32_t size = 32;
    while (size < want * 2 && size < 1u << 30)
        size *= 2;
    *m = (key_map){FSC_NEW_N(scratch, uint64_t, size), size - 1, 0, scratch};
    return m->slot != NULL;
}

static uint32_t slot_of(const key_map *m, uint32_t raw)
{
    uint32_t at = (raw * 2654435769u) >> 7 & m->mask;
    while (m->slot[at] && (uint32_t)m->slot[at] != raw)
        at = (at + 1) & m->mask;
    return at;
}

static bool key_map_grow(key_map *m)
{
    key_map bigger;
    if (!key_map_init(&bigger, m->mask + 1, m->scratch))
        return false;
    for (uint32_t i = 0; i <= m->mask; i++)
        if (m->slot[i])
            bigger.slot[slot_of(&bigger, (uint32_t)m->slot[i])] = m->slot[i];
    bigger.count = m->count;
    *m = bigger;
    return true;
}

static bool make_dense(uint32_t *raw, uint32_t count, key_map *m)
{
    for (uint32_t i = 0; i < count; i++) {
        if (m->count * 2 > m->mask && !key_map_grow(m))
            return false;
        uint32_t at = slot_of(m, raw[i]);
        if (!m->slot[at])
            m->slot[at] = (uint64_t)++m->count << 32 | raw[i];
        raw[i] = (uint32_t)(m->slot[at] >> 32) - 1;
    }
    return true;
}

static bool tag_words(rev_side *s, const fsc_revision_rules *rules, fsc_arena *scratch)
{
    const fsc_hits *hits = &s->doc->hits;
    s->tag = fsc_arena_alloc(scratch, (s->text->word_count + 1) * sizeof *s->tag);
    if (!s->tag)
        return false;
    for (uint32_t word = 0; word < s->text->word_count; word++)
        s->tag[word] = (uint16_t)fsc_hits_tags(hits, &s->text->word[word]).revision;
    for (size_t h = 0; h < hits->count; h++) {
        const fsc_hit *hit = &hits->hit[h];
        for (uint32_t word = hit->first_word; rules->entry[hit->entry] && word < hit->end_word; word++)
            s->tag[word] |= rules->entry[hit->entry];
    }
    return true;
}

static bool weigh_side(rev_side *s, fsc_arena *scratch)
{
    s->weight = fsc_arena_alloc(scratch, s->count + 1);
    s->match = fsc_arena_alloc(scratch, (s->count + 1) * sizeof *s->match);
    s->move = fsc_arena_alloc(scratch, (s->count + 1) * sizeof *s->move);
    s->filtered = fsc_arena_alloc(scratch, (s->count + 1) * sizeof *s->filtered);
    s->free_key = s->key;
    if (!s->weight || !s->match || !s->move || !s->filtered)
        return false;
    memset(s->match, 0xFF, s->count * sizeof *s->match);
    memset(s->move, 0xFF, s->count * sizeof *s->move);
    for (uint32_t i = 0; i < s->count; i++)
        s->weight[i] = s->token[i].word == REV_NONE ? REV_WEIGHT_MARK : REV_WEIGHT_CONTENT;
    for (uint32_t word = 0; word < s->text->word_count; word++)
        if (s->tag[word] & REV_ENTRY_FUNCTION)
            s->weight[s->word_token[word]] = REV_WEIGHT_FUNCTION;
    return true;
}

bool fsc_rev_same_bytes(const rev_work *w, uint32_t i, uint32_t j)
{
    const rev_token *a = &w->side[0].token[i], *b = &w->side[1].token[j];
    return a->end - a->start == b->end - b->start &&
           memcmp(w->side[0].text->bytes.data + a->start, w->side[1].text->bytes.data + b->start, a->end - a->start) ==
               0;
}

bool fsc_rev_tokens(rev_work *w)
{
    key_map m;
    for (int k = 0; k < 2; k++)
        if (!build_side(&w->side[k], &w->side[k].key, w->scratch))
            return false;
    unsigned both = classes_of(w->side[0].text) & classes_of(w->side[1].text);
    for (int k = 0; k < 2 && both > 1u << WITH_BODY; k++)
        part_keys(&w->side[k], w->side[k].key, both);
    uint32_t total = w->side[0].count + w->side[1].count;
    if (!key_map_init(&m, total < 4096 ? total : 4096 + total / 8, w->scratch))
        return false;
    for (int k = 0; k < 2; k++)
        if (!make_dense(w->side[k].key, w->side[k].count, &m))
            return false;
    w->key_count = m.count;
    for (int k = 0; k < 2; k++)
        if (!tag_words(&w->side[k], w->rules, w->scratch) || !weigh_side(&w->side[k], w->scratch))
            return false;
    w->seen = FSC_NEW_N(w->scratch, uint32_t, (size_t)w->key_count + 2);
    w->place = fsc_arena_alloc(w->scratch, ((size_t)w->key_count + 2) * sizeof *w->place);
    return w->seen && w->place && fsc_rev_units(w);
}
