#include "voice/form_p.h"

// Who speaks in each quotation. In order: an attribution behind it, one before it, the content of an attribution that
// holds it, the speaker of the quotation just before it in the paragraph, the speaker carried over from the paragraph
// before. What is left is unattributed: a quotation without a speaker when long, scare quotes when short.

#define FRAGMENT_WORDS 5 // of a fragment, at most
#define LOOK_BEHIND 26   // words from a cue to the quotation behind it
#define MOST_CUES 32     // looked at inside an unclosed quotation
#define MOST_INNER 8     // quotations inside one before its neighbour
#define MOST_SHORT 7     // words of a sentence that only attributes
#define LOOK_AHEAD 44    // words from a quotation to the cue behind it

// What is known while walking through the quotations in text order.
typedef struct walk {
    fsc_vx *x;
    size_t next_cue;          // first cue not yet passed
    uint32_t last_source;     // of the newest attribution, FSC_NONE: none
    uint32_t last_word;       // where that stood
    uint32_t paragraph;       // of the quotation that is looked at
    uint32_t quote_paragraph; // where the newest attributed quotation stood
    uint32_t quote_source;
    fsc_span quote_cue;
    bool continued; // the newest outer quotation goes on in the next paragraph
} walk;

static uint32_t word_count(const fsc_quote *q)
{
    return q->end_word - q->first_word;
}

static bool ends_sentence_inside(const fsc_vx *x, const fsc_quote *q)
{
    return x->after[q->end_word - 1] & (P_STOP | P_ASK | P_ELLIPSIS);
}

static bool attribute(fsc_quote *q, uint32_t source, fsc_span cue)
{
    q->attributed = true;
    q->source = source;
    q->cue = cue;
    return true;
}

static fsc_span cue_span(const fsc_vx *x, const fsc_vcue *c)
{
    return fsc_voice_span(x, c->first, c->end);
}

// End of the name, its role before it, that starts at word a; FSC_NONE: none.
static uint32_t named_end(const fsc_vx *x, uint32_t a)
{
    for (uint32_t w = a; w < x->n && w - a < 6; w++) {
        if (fsc_vx_named(x, w)) {
            const fsc_name *n = &x->name.data[fsc_vx_name_at(x, w)];
            return n->first == a || (n->titled && n->role_first <= a) ? n->end : FSC_NONE;
        }
        bool plain = (fsc_vx_flags(x, w) & FSC_WORD_CAPITAL) && !(x->tag[w] & (T_FUNCTION | T_NOTNAME | T_DATE));
        if (plain && fsc_vx_right(x, w) == FSC_NONE)
            return w + 1;
        if (fsc_vx_right(x, w) != w + 1 || x->after[w])
            return FSC_NONE;
    }
    return FSC_NONE;
}

// "He left on Thursday." Deyal told this paper. -- a sentence that is nothing but the attribution.
static bool by_sentence_behind(fsc_vx *x, fsc_quote *q)
{
    uint32_t a = q->after;
    if (a == FSC_NONE || a != q->end_word || !fsc_vx_ends_sentence(x, a - 1) ||
        fsc_vx_sentence(x, a) >= x->text->sentence_count)
        return false;
    const fsc_sentence *s = &x->text->sentence[fsc_vx_sentence(x, a)];
    if (s->end_word > a + MOST_SHORT || s->first_word != a)
        return false;
    for (uint32_t w = a; w < s->end_word; w++)
        if (fsc_vx_level(x, w) != q->parent) // it quotes something of its own
            return false;
    for (size_t i = fsc_vx_cue_from(x, a); i < x->cue.len && x->cue.data[i].first < s->end_word; i++) {
        fsc_vcue *c = &x->cue.data[i];
        if (c->kind != CUE_VERB || c->left != a || c->used || c->passive || c->source == FSC_NONE ||
            !(c->frame & F_QUOTE))
            continue;
        bool ends = c->right == FSC_NONE || c->right > x->n || (c->frame & F_ADDRESSEE);
        if (!ends || fsc_vx_level(x, c->first) != q->parent)
            return false;
        c->used = c->used_quote = true;
        return attribute(q, c->source, cue_span(x, c));
    }
    return false;
}

// "...," said Smith. "...," the governor said. "...," according to the memo.
static bool by_cue_behind(fsc_vx *x, fsc_quote *q)
{
    uint32_t a = q->after;
    if (a == FSC_NONE || a != q->end_word)
        return false;
    unsigned gap = x->after[q->end_word - 1];
    if ((gap & P_STOP) && !(gap & (P_COMMA | P_ASK | P_ELLIPSIS | P_DASH)) && fsc_vx_ends_sentence(x, q->end_word - 1))
        return false;
    bool linked = (gap & (P_COMMA | P_ASK | P_DASH | P_ELLIPSIS)) != 0;
    for (size_t i = fsc_vx_cue_from(x, a); i < x->cue.len && x->cue.data[i].first - a < LOOK_AHEAD; i++) {
        fsc_vcue *c = &x->cue.data[i];
        if (fsc_vx_level(x, c->first) != q->parent || c->kind == CUE_NONE || (c->relative && c->left > a))
            continue;
        bool adverb = (x->tag[a] & T_ADV) && c->left == a + 1;
        bool as = c->left == a + 1 && fsc_vx_spelled(x, a) == FSC_FORM("as");
        bool begins = c->left == a || c->first == a || adverb || as;
        if (c->kind == CUE_PHRASE && c->first == a)
            return attribute(q, c->source, cue_span(x, c));
        bool speaks =
            c->kind == CUE_VERB && (c->frame & (as ? F_NAME | F_AS | F_QUOTE : F_QUOTE | F_THAT)) && !c->relative;
        linked = linked || (c->first == a && c->inverted && (c->frame & F_BARE)); // "It works" says Ann Poe
        bool sure = !(gap & P_DASH) || (gap & P_COMMA) || (c->source != FSC_NONE && !c->inverted);
        if (speaks && begins && linked && sure && (!c->participle || c->source == FSC_NONE || c->first != a)) {
            c->used = c->used_quote = true;
            return attribute(q, c->source, cue_span(x, c));
        }
        break;
    }
    // a name right behind the comma, its verb too far or unknown
    uint32_t end = linked && !(gap & P_DASH) ? named_end(x, a) : FSC_NONE;
    return end != FSC_NONE && fsc_vx_named(x, end - 1) &&
           x->name.data[fsc_vx_name_at(x, end - 1)].kind == FSC_ACTOR_PERSON &&
           attribute(q, fsc_voice_add_source(x, a, end), FSC_NO_SPAN);
}

// "We are leaving, Joan Pell said. -- a quotation whose closing mark is missing ends before its attribution.
static bool by_cue_inside(fsc_vx *x, fsc_quote *q)
{
    uint32_t level = (uint32_t)(q - x->quote.data);
    size_t from = fsc_vx_cue_from(x, q->first_word);
    for (size_t i = from; i < x->cue.len && i - from < MOST_CUES && x->cue.data[i].first < q->end_word; i++) {
        const fsc_vcue *c = &x->cue.data[i];
        if (c->kind != CUE_VERB || !(c->frame & F_QUOTE) || fsc_vx_level(x, c->first) != level || c->source == FSC_NONE)
            continue;
        uint32_t l = fsc_vx_left(x, c->left);
        bool ends = c->right == FSC_NONE || fsc_vx_ends_sentence(x, c->end - 1) || c->inverted;
        if (l == FSC_NONE || l < q->first_word || !(fsc_vx_between(x, l, c->left) & P_COMMA) || !ends)
            continue;
        q->end = x->text->word[l].end;
        q->end_word = l + 1;
        return attribute(q, c->source, cue_span(x, c));
    }
    return false;
}

// Only adverbs, dates, an addressee or a preposition phrase stand between the cue and the quotation.
static bool directly_behind(const fsc_vx *x, const fsc_vcue *c, const fsc_quote *q)
{
    uint32_t b = q->before;
    if (b + 1 == c->end || (x->after[b] & P_COLON) || fsc_vx_spelled(x, b) == FSC_FORM("as"))
        return true;
    if (c->inverted || c->source_end == b + 1)
        return true;
    // "cheered on the “historic” move" is the writer's
    bool inner = (x->tag[b] & (T_DET | T_POSS | T_ADJ)) && !(c->frame & (F_NAME | F_AS | F_OBJECT | F_CAUSE));
    return (x->after[b] & P_COMMA) || (!inner && b - c->end < 6);
}

// Smith said, "..." -- said that "..." -- called it "..." -- told reporters: "..."
static bool by_cue_before(fsc_vx *x, fsc_quote *q)
{
    uint32_t b = q->before;
    if (b == FSC_NONE || b + 1 != q->first_word)
        return false;
    bool colon = x->after[b] & P_COLON;
    if (fsc_vx_ends_sentence(x, b) && !colon)
        return false;
    for (size_t i = fsc_vx_cue_from(x, b + 1); i > 0; i--) {
        fsc_vcue *c = &x->cue.data[i - 1];
        if (b - c->first > LOOK_BEHIND || !fsc_vx_same_sentence(x, c->first, b) || c->first > b)
            return false;
        if (fsc_vx_level(x, c->first) != q->parent || c->kind == CUE_NONE || c->kind == CUE_ADVERB)
            continue;
        bool decides = c->kind == CUE_VERB && (c->frame & F_QUOTE) && b - c->end < 10;
        bool noun = c->kind == CUE_NOUN && !colon && !(c->end == b + 1 && c->source != FSC_NONE);
        bool goes_on = c->used_quote && (x->after[b] & P_COMMA);
        bool taken = c->used && !goes_on && fsc_vx_cover(x, b) != (uint32_t)(i - 1) && !colon && c->end != b + 1;
        if (taken && decides)
            return false;
        if (noun || c->kind == CUE_ADJECTIVE || taken)
            continue;
        if ((c->kind == CUE_PHRASE && c->source_end == 0) ||
            (c->participle && c->source == FSC_NONE && c->end != b + 1))
            continue;
        // better known as "Flash"
        bool takes = c->kind != CUE_VERB || c->used ||
                     (c->frame & (F_QUOTE | F_NAME | F_AS | F_OBJECT | F_CAUSE | F_OF | F_ABOUT));
        if (!takes || !directly_behind(x, c, q))
            continue;
        c->used = c->used_quote = true;
        return attribute(q, c->source, cue_span(x, c));
    }
    return false;
}

// called it "dead," according to aides: the name given belongs to who gives it.
static bool is_given_name(const fsc_vx *x, const fsc_quote *q)
{
    uint32_t b = q->before;
    if (b == FSC_NONE || b + 1 != q->first_word || word_count(q) > FRAGMENT_WORDS || (x->after[b] & P_CLAUSE))
        return false;
    for (uint32_t w = b, i = 0; i < 6; w--, i++) {
        const fsc_vcue *c = fsc_vx_cue_at(x, w);
        if (c && c->kind == CUE_VERB)
            return (c->frame & F_NAME) != 0;
        if (w == 0 || fsc_vx_left(x, w) != w - 1 || (x->after[w - 1] & P_CLAUSE))
            return false;
    }
    return false;
}

// She recalled that he said, "Get out," the paper reported. -- the nearer verb of saying has its subject and a comma.
static bool is_said_before(const fsc_vx *x, const fsc_quote *q)
{
    uint32_t b = q->before;
    if (b == FSC_NONE || b + 1 != q->first_word || !(x->after[b] & (P_COMMA | P_COLON)) || !fsc_vx_cue_at(x, b))
        return false;
    const fsc_vcue *c = fsc_vx_cue_at(x, b);
    return c->kind == CUE_VERB && c->source != FSC_NONE && (c->frame & F_QUOTE) && (c->frame & F_THAT) &&
           !c->inverted && !c->used && c->left != c->first;
}

// "Pay up," and "Get out": what is said in one breath with the quotation before.
static bool by_neighbour(fsc_vx *x, fsc_quote *q)
{
    uint32_t b = q->before;
    if (q == x->quote.data || b == FSC_NONE || b + 1 != q->first_word || !(x->tag[b] & T_COORD))
        return false;
    const fsc_quote *p = q - 1;
    for (unsigned i = 0; p->parent != q->parent; i++, p--)
        if (p == x->quote.data || i == MOST_INNER)
            return false;
    return p->end_word == b && p->attributed && fsc_vx_paragraph(x, p->first_word) == fsc_vx_paragraph(x, b) &&
           attribute(q, p->source, p->cue);
}

static bool by_content(fsc_vx *x, fsc_quote *q)
{
    uint32_t index = q->inside;
    bool middle =
        q->before != FSC_NONE && q->after != FSC_NONE && fsc_vx_cover(x, q->before) == fsc_vx_cover(x, q->after);
    if (index == FSC_NONE && middle && fsc_vx_same_sentence(x, q->before, q->first_word))
        index = fsc_vx_cover(x, q->before);
    if (index == FSC_NONE)
        return false;
    return attribute(q, x->cue.data[index].source, cue_span(x, &x->cue.data[index]));
}

// 'Prices are too high': Smith -- and -- Smith: 'Prices are too high'
static bool by_colon(fsc_vx *x, fsc_quote *q)
{
    uint32_t a = q->after, b = q->before;
    uint32_t end = a == FSC_NONE ? FSC_NONE : named_end(x, a);
    if (end != FSC_NONE && a == q->end_word && (x->after[a - 1] & (P_COLON | P_DASH)) &&
        fsc_vx_right(x, end - 1) == FSC_NONE) {
        return attribute(q, fsc_voice_add_source(x, a, end), FSC_NO_SPAN);
    }
    if (b == FSC_NONE || b + 1 != q->first_word || !(x->after[b] & (P_COLON | P_DASH)) || !fsc_vx_named(x, b))
        return false;
    const fsc_name *n = &x->name.data[fsc_vx_name_at(x, b)];
    bool opens = fsc_vx_left(x, n->first) == FSC_NONE;
    return opens && n->end == b + 1 && attribute(q, fsc_voice_add_source(x, n->first, n->end), FSC_NO_SPAN);
}

// Titles of works and nicknames: every word of weight capitalised, or named as a work just before.
static bool is_title(const fsc_vx *x, const fsc_quote *q)
{
    uint32_t capital = 0, lower = 0;
    for (uint32_t w = q->first_word; w < q->end_word && w - q->first_word < 24; w++) {
        if (!(fsc_vx_flags(x, w) & FSC_WORD_ALPHA))
            continue;
        bool small = x->tag[w] & (T_DET | T_PREP | T_COORD | T_TO | T_SUB | T_BE);
        if (fsc_vx_flags(x, w) & FSC_WORD_CAPITAL)
            capital++;
        else if (!small || x->text->word[w].end - x->text->word[w].start > 5)
            lower++;
    }
    uint32_t b = q->before;
    bool work = b != FSC_NONE && b + 1 == q->first_word && !(x->after[b] & (P_COMMA | P_COLON)) &&
                ((x->tag[b] & T_WORK) || (b > 0 && (x->tag[b - 1] & T_WORK) && !(x->tag[b] & T_FUNCTION)));
    bool nickname = capital == 1 && word_count(q) == 1 && b != FSC_NONE && b + 1 == q->first_word &&
                    q->after == q->end_word && (fsc_vx_flags(x, b) & FSC_WORD_CAPITAL) &&
                    (fsc_vx_flags(x, q->after) & FSC_WORD_CAPITAL);
    return nickname || (lower == 0 && capital >= 2) || (work && lower <= capital && word_count(q) < 16);
}

// A verb of saying stands right before it, or with a comma or colon: no title, whatever its capitals.
static bool introduced(const fsc_vx *x, const fsc_quote *q)
{
    uint32_t b = q->before;
    if (b == FSC_NONE || b + 1 != q->first_word)
        return false;
    for (uint32_t w = b, i = 0; i < 3; w--, i++) {
        const fsc_vcue *c = fsc_vx_cue_at(x, w);
        if (c) {
            // "whom he calls 'Mini'", but "a show called 'Ask Mike'"
            bool active = !fsc_voice_ends_in(x, w, "ed") ||
                          (w > 0 && ((x->tag[w - 1] & T_PRONOUN) || fsc_vx_named(x, w - 1)));
            return c->kind == CUE_VERB && ((c->frame & F_QUOTE) || ((c->frame & F_NAME) && active)) && c->end == b + 1;
        }
        if (w == 0)
            break;
    }
    return false;
}

// The quotation makes up its sentence or more.
static bool is_sentence(const fsc_vx *x, const fsc_quote *q)
{
    bool opens = q->before == FSC_NONE || q->before + 1 != q->first_word || fsc_vx_ends_sentence(x, q->before);
    return opens && (ends_sentence_inside(x, q) || !q->closed || word_count(q) > FRAGMENT_WORDS);
}

// Ben Adler shook his head. "It never should have come to this." -- the person who opens the sentence before.
static uint32_t person_before(const fsc_vx *x, const fsc_quote *q)
{
    uint32_t b = q->before;
    if (b == FSC_NONE || !fsc_vx_ends_sentence(x, b))
        return FSC_NONE;
    uint32_t first = x->text->sentence[fsc_vx_sentence(x, b)].first_word;
    for (uint32_t w = first; w <= b && w - first < 8; w++) {
        uint32_t n = fsc_vx_name_at(x, w);
        if (fsc_vx_level(x, w) != fsc_vx_level(x, b) || (n == FSC_NONE && (x->after[w] & ~(unsigned)P_COMMA)))
            return FSC_NONE;
        if (n != FSC_NONE && x->name.data[n].kind == FSC_ACTOR_PERSON)
            return n;
    }
    return FSC_NONE;
}

static bool by_carry(walk *k, fsc_quote *q)
{
    fsc_vx *x = k->x;
    uint32_t paragraph = k->paragraph;
    bool opens = q->first_word == 0 || fsc_vx_paragraph(x, q->first_word - 1) != paragraph;
    if (opens && k->continued && k->quote_paragraph + 1 == paragraph)
        return attribute(q, k->quote_source, k->quote_cue);
    bool long_one = word_count(q) > FRAGMENT_WORDS;
    if (k->quote_paragraph == paragraph && long_one)
        return attribute(q, k->quote_source, k->quote_cue);
    if (!is_sentence(x, q))
        return false;
    if (k->quote_paragraph == paragraph)
        return attribute(q, k->quote_source, k->quote_cue);
    uint32_t person = opens ? FSC_NONE : person_before(x, q);
    if (person != FSC_NONE)
        return attribute(q, fsc_voice_add_source(x, x->name.data[person].first, x->name.data[person].end), FSC_NO_SPAN);
    uint32_t last = k->last_source == FSC_NONE ? FSC_NONE : fsc_vx_paragraph(x, k->last_word);
    return last != FSC_NONE && (last == paragraph || (opens && last + 1 == paragraph)) && attribute(q, k->last_source, FSC_NO_SPAN);
}

// Attributions that the walk passes on its way to word w; only those of the writer's level carry on.
static void pass_cues(walk *k, uint32_t w)
{
    fsc_vx *x = k->x;
    for (; k->next_cue < x->cue.len && x->cue.data[k->next_cue].first < w; k->next_cue++) {
        const fsc_vcue *c = &x->cue.data[k->next_cue];
        if (c->source == FSC_NONE || fsc_vx_quoted(x, c->first) ||
            (c->kind != CUE_VERB && c->kind != CUE_PHRASE))
            continue;
        k->last_source = c->source;
        k->last_word = c->first;
    }
}

static void place_quote(walk *k, fsc_quote *q)
{
    fsc_vx *x = k->x;
    pass_cues(k, q->first_word);
    while (k->paragraph < x->border.len && x->border.data[k->paragraph] < q->first_word)
        k->paragraph++;
    bool short_one = word_count(q) <= FRAGMENT_WORDS;
    bool outer = q->parent == FSC_NONE;
    bool headline = x->text->part_count && fsc_vx_sentence(x, q->first_word) < x->text->sentence_count &&
                    x->text->part[x->text->sentence[fsc_vx_sentence(x, q->first_word)].part].kind == FSC_PART_HEADLINE;
    bool found = (is_said_before(x, q) && by_cue_before(x, q)) ||
                 (!q->closed && !q->continued && by_cue_inside(x, q)) ||
                 (is_given_name(x, q) && !is_title(x, q) && by_cue_before(x, q)) || by_cue_behind(x, q);
    if (!found && !headline && !introduced(x, q) && is_title(x, q)) {
        q->title = true;
        return;
    }
    found = found || by_cue_before(x, q) || by_content(x, q) || by_sentence_behind(x, q) || by_neighbour(x, q) ||
            by_colon(x, q) || (outer && by_carry(k, q));
    q->fragment = found && short_one && !is_sentence(x, q);
    if (!outer)
        return;
    if (found && (!short_one || is_sentence(x, q) || q->source != FSC_NONE)) {
        k->quote_paragraph = k->paragraph;
        k->quote_source = q->source;
        k->quote_cue = q->cue;
    }
    k->continued = q->continued;
}

// A quotation that goes on in the next paragraph has the speaker named there when its own names none.
static void share_back(fsc_vx *x)
{
    const fsc_quote *behind = NULL;
    for (size_t i = x->quote.len; i > 0; i--) {
        fsc_quote *q = &x->quote.data[i - 1];
        if (q->parent != FSC_NONE)
            continue;
        if (q->continued && behind && behind->attributed && (!q->attributed || q->source == FSC_NONE))
            attribute(q, behind->source, behind->cue);
        behind = q;
    }
}

static bool add_quote(fsc_vx *x, const fsc_quote *q)
{
    if (q->title)
        return true;
    bool long_one = word_count(q) > FRAGMENT_WORDS;
    if (!q->attributed && q->parent != FSC_NONE)
        return true;
    long_one = long_one || (q->parent == FSC_NONE && word_count(q) > 1 && is_sentence(x, q));
    fsc_speech_kind kind = q->attributed || long_one ? FSC_SPEECH_DIRECT : FSC_SPEECH_SCARE;
    fsc_span span = {q->start, q->end}, words = {q->first_word, q->end_word};
    if (!fsc_voice_add_speech(x, kind, span, words, q->attributed ? q->source : FSC_NONE, q->cue))
        return false;
    x->speech.data[x->speech.len - 1].fragment = q->attributed && word_count(q) <= FRAGMENT_WORDS;
    return true;
}

int fsc_voice_quotes(fsc_vx *x, fsc_err *err)
{
    walk k = {.x = x,
              .last_source = FSC_NONE,
              .quote_paragraph = FSC_NONE,
              .quote_source = FSC_NONE,
              .quote_cue = FSC_NO_SPAN};
    for (size_t i = 0; i < x->quote.len; i++)
        place_quote(&k, &x->quote.data[i]);
    share_back(x);
    for (size_t i = 0; i < x->quote.len; i++)
        if (!add_quote(x, &x->quote.data[i]))
            return fsc_err_nomem(err);
    return FSC_OK;
}
