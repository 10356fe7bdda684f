/* context: what stands around a cue. Every scan has a bound, see FSC_SCAN_WORDS. */
#include <stdlib.h>

#include "framing/framing_p.h"

enum { NEGATION_WORDS = 5, PEOPLE_WORDS = 12, LABEL_WORDS = 4, CLAUSE_WORDS = 9, OBJECT_WORDS = 5, CLEFT_WORDS = 8, JOINED_WORDS = 15,
       BELIEVER_WORDS = 3 };
_Static_assert(NEGATION_WORDS + 1 + BELIEVER_WORDS <= FSC_NEGATION_REACH, "no negator that counts stands further away");

unsigned fsc_context_gap(const fsc_context *c, uint32_t word)
{
    const fsc_text *t = &c->a->text;
    const fsc_word *w = &t->word[word];
    if (!(w->flags & (FSC_WORD_BREAK | FSC_WORD_COMMA)))
        return 0;
    unsigned gap = w->flags & FSC_WORD_COMMA ? FSC_GAP_COMMA : 0;
    uint32_t end = word + 1 < t->word_count ? t->word[word + 1].start : (uint32_t)t->bytes.len;
    for (uint32_t at = w->end; at < end && at < w->end + 16; at++) {
        unsigned char byte = (unsigned char)t->bytes.data[at];
        unsigned char next = at + 1 < end ? (unsigned char)t->bytes.data[at + 1] : 0;
        unsigned char third = at + 2 < end ? (unsigned char)t->bytes.data[at + 2] : 0;
        if (byte == ',')
            gap |= FSC_GAP_COMMA;
        else if (byte == ';' || byte == ':')
            gap |= FSC_GAP_HARD;
        else if (byte == '(' || byte == ')' || byte == '[' || byte == ']')
            gap |= FSC_GAP_PAREN;
        else if (byte == '"')
            gap |= FSC_GAP_QUOTE;
        else if (byte == 0xE2 && next == 0x80 && (third == 0x93 || third == 0x94))
            gap |= FSC_GAP_HARD; // en and em dash
        else if (byte == 0xE2 && next == 0x80 && third >= 0x98 && third <= 0x9F)
            gap |= FSC_GAP_QUOTE;
        else if (byte == '-' && next == '-')
            gap |= FSC_GAP_HARD;
    }
    return gap ? gap : FSC_GAP_COMMA;
}

/* "nobody believes that", "do not think that": who does not believe a thing denies it; who does not say it does not. */
static bool denied_belief(const fsc_context *c, uint32_t that, uint32_t low)
{
    if (that <= low || !fsc_word_is(c, that - 1, FSC_ROLE_IS(HEDGE)))
        return false;
    for (uint32_t w = that - 1, n = 0; w > low && n < BELIEVER_WORDS; n++)
        if (fsc_word_is(c, --w, FSC_ROLE_IS(NEGATOR)))
            return true;
    return false;
}

bool fsc_context_negated(const fsc_context *c, uint32_t first_word, uint32_t sentence, bool adjacent)
{
    const fsc_text *t = &c->a->text;
    uint32_t low = t->sentence[sentence].first_word;
    uint32_t pass =
        FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(THROUGH) | FSC_ROLE_IS(DETERMINER);
    for (uint32_t w = first_word, n = 0; w > low && n < NEGATION_WORDS; n++) {
        if (t->word[w].flags & FSC_WORD_QUOTED)
            return false;
        w--;
        if (t->word[w].flags & (FSC_WORD_COMMA | FSC_WORD_BREAK))
            return false;
        if (fsc_word_is(c, w, FSC_ROLE_IS(NEGATOR)))
            return true;
        if (fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR)) && !adjacent)
            return denied_belief(c, w, low);
        if (fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(BORDER)))
            return false;
        if (adjacent && !fsc_word_is(c, w, pass))
            return false;
    }
    return false;
}

bool fsc_context_cleft_negated(const fsc_context *c, uint32_t first_word, uint32_t sentence)
{
    const fsc_text *t = &c->a->text;
    uint32_t low = t->sentence[sentence].first_word, w = first_word;
    while (w > low && fsc_word_is(c, w - 1, FSC_ROLE_IS(AUX) | FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB)))
        w--;
    if (w == low || !fsc_word_is(c, --w, FSC_ROLE_IS(RELATIVE)))
        return false;
    for (uint32_t n = 0; w > low && n < CLEFT_WORDS; n++) {
        if (fsc_context_gap(c, --w))
            return false;
        fsc_view form = fsc_types_form(c->types, t->word[w].type);
        if (form.len == 2 && memcmp(form.data, "it", 2) == 0)
            return fsc_word_is(c, w + 1, FSC_ROLE_IS(NEGATOR)) ||
                   (fsc_word_is(c, w + 1, FSC_ROLE_IS(BE)) && fsc_word_is(c, w + 2, FSC_ROLE_IS(NEGATOR)));
    }
    return false;
}

fsc_range fsc_context_clause(const fsc_context *c, uint32_t first_word, uint32_t end_word, uint32_t sentence)
{
    const fsc_text *t = &c->a->text;
    const fsc_sentence *s = &t->sentence[sentence];
    uint32_t border = FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(BORDER);
    fsc_range r = {first_word, end_word};
    for (uint32_t n = 0; r.first > s->first_word && n < PEOPLE_WORDS; n++) {
        if (fsc_context_gap(c, r.first - 1) & (FSC_GAP_HARD | FSC_GAP_PAREN))
            break;
        if (fsc_word_is(c, r.first - 1, border))
            break;
        r.first--;
    }
    for (uint32_t n = 0; r.end < s->end_word && n < PEOPLE_WORDS; n++) {
        if (fsc_context_gap(c, r.end - 1) & (FSC_GAP_HARD | FSC_GAP_PAREN))
            break;
        if (fsc_word_is(c, r.end, border))
            break;
        r.end++;
    }
    return r;
}

/* A subject and a finite verb begin at `word`: a pronoun, or a verb form before the next comma. */
bool fsc_context_clause_follows(const fsc_context *c, uint32_t word, uint32_t sentence)
{
    uint32_t end = c->a->text.sentence[sentence].end_word;
    if (word >= end)
        return false;
    if (fsc_word_is(c, word, FSC_ROLE_IS(SUBJECT)))
        return true;
    uint32_t stop = FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(RELATIVE) | FSC_ROLE_IS(BORDER);
    for (uint32_t w = word, n = 0; w < end && n < CLAUSE_WORDS; w++, n++) {
        if (w > word && fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE)))
            return true;
        // a past form is finite unless "by" makes it a reduced passive
        if (w > word && fsc_word_is(c, w, FSC_ROLE_IS(PARTICIPLE)) &&
            !fsc_word_is(c, w - 1, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(ADVERB)))
            return true;
        if (w > word && fsc_word_is(c, w, stop))
            return false;
        if (fsc_context_gap(c, w))
            return false;
    }
    return false;
}

bool fsc_context_is_question(const fsc_context *c, uint32_t sentence)
{
    const fsc_text *t = &c->a->text;
    uint32_t low = t->sentence[sentence].start;
    // closing quotes and brackets may follow the mark
    for (uint32_t at = t->sentence[sentence].end, n = 0; at > low && n < 8; n++) {
        unsigned char byte = (unsigned char)t->bytes.data[--at];
        if (byte == '?')
            return true;
        if (byte == '.' || byte == '!' || ((byte | 32) >= 'a' && (byte | 32) <= 'z'))
            return false;
    }
    return false;
}

static const fsc_speaker nobody;

void fsc_context_place(const fsc_context *c, fsc_cue *cue, const fsc_voiced *voiced)
{
    const fsc_text *t = &c->a->text;
    const fsc_speech *speech = c->a->voices.speech;
    bool author = c->a->article.post && voiced->voice == FSC_VOICE_OWN;
    cue->part = cue->sentence < t->sentence_count ? t->sentence[cue->sentence].part : 0;
    cue->speech = voiced->speech;
    cue->voice = (uint8_t)voiced->voice;
    cue->by = author ? c->author : voiced->speech == FSC_NONE ? &nobody : &speech[voiced->speech].by;
}

/* "are criminals", "is a known criminal", "criminal migrants", "migrant criminals" */
static bool is_label(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_sentence *s = &c->a->text.sentence[cue->sentence];
    uint32_t people = FSC_ROLE_IS(PEOPLE);
    for (uint32_t w = cue->first_word, n = 0; w > s->first_word && n < LABEL_WORDS; n++) {
        w--;
        if (fsc_context_gap(c, w))
            break;
        if (fsc_word_is(c, w, FSC_ROLE_IS(BE)) || (n < 2 && fsc_word_is(c, w, people)))
            return true;
        if (fsc_word_is(c, w, FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(SUBORDINATOR)))
            break;
    }
    for (uint32_t w = cue->end_word, n = 0; w < s->end_word && n < 2; w++, n++) {
        if (fsc_context_gap(c, w - 1))
            break;
        if (fsc_word_is(c, w, people))
            return true;
        if (fsc_word_is(c, w, FSC_ROLE_IS(FUNCTION)))
            break;
    }
    return false;
}

static bool has_people(const fsc_context *c, const fsc_cue *cue)
{
    fsc_range r = fsc_context_clause(c, cue->first_word, cue->end_word, cue->sentence);
    for (uint32_t w = r.first; w < r.end; w++)
        if (fsc_word_is(c, w, FSC_ROLE_IS(PEOPLE)))
            return true;
    return false;
}

/* Within the cue or at most three words after it stands a number. */
static bool has_number(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_text *t = &c->a->text;
    uint32_t end = t->sentence[cue->sentence].end_word;
    for (uint32_t w = cue->first_word; w < end && w < cue->end_word + 3; w++) {
        if ((t->word[w].flags & FSC_WORD_NUMBER) || fsc_word_is(c, w, FSC_ROLE_IS(COUNT_WORD)))
            return true;
        if (w >= cue->end_word && (t->word[w].flags & FSC_WORD_BREAK))
            return false;
    }
    return false;
}

/* The cue opens a clause: sentence start, or after punctuation or a coordinator. */
static bool opens_clause(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_text *t = &c->a->text;
    uint32_t w = cue->first_word;
    if (w == t->sentence[cue->sentence].first_word || (t->word[w].flags & FSC_WORD_QUOTED))
        return true;
    return fsc_context_gap(c, w - 1) || fsc_word_is(c, w - 1, FSC_ROLE_IS(BORDER) | FSC_ROLE_IS(SUBORDINATOR));
}

/* "are excited to", "is necessary to": an adjective behind a form of be; a participle tells of an act and may have a
 * purpose */
static bool is_predicate_adjective(const fsc_context *c, uint32_t low, uint32_t w)
{
    if (fsc_word_is(c, w, FSC_ROLE_IS(STATIVE)))
        return true;
    if (w <= low || fsc_word_is(c, w, FSC_ROLE_IS(PARTICIPLE) | FSC_ROLE_IS(FUNCTION)))
        return false;
    bool degree = w > low + 1 && fsc_word_is(c, w - 1, FSC_ROLE_IS(ADVERB));
    return fsc_word_is(c, w - 1 - degree, FSC_ROLE_IS(BE));
}

/* "marched to demand": a verb follows `end`, and what stands before `first` takes no infinitive (want, plan, able). */
static bool is_purpose_at(const fsc_context *c, uint32_t first, uint32_t end, const fsc_sentence *s)
{
    uint32_t w = end;
    if (w < s->end_word && fsc_word_is(c, w, FSC_ROLE_IS(ADVERB)))
        w++;
    if (w >= s->end_word || !fsc_word_is(c, w, FSC_ROLE_IS(BASE_VERB)))
        return false;
    if (first <= s->first_word)
        return true;
    uint32_t takes = FSC_ROLE_IS(TAKES_TO) | FSC_ROLE_IS(BE) | FSC_ROLE_IS(NEGATOR) | FSC_ROLE_IS(RELATIVE) |
                     FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(BORDER) | FSC_ROLE_IS(AUX);
    if (fsc_word_is(c, first - 1, takes) || is_predicate_adjective(c, s->first_word, first - 1))
        return false;
    // "allowed the march to go on", "a call on members to vote": the infinitive is a complement
    for (uint32_t k = first - 1, n = 0; k > s->first_word && n < OBJECT_WORDS; n++) {
        if (fsc_context_gap(c, k - 1))
            break;
        if (fsc_word_is(c, --k, FSC_ROLE_IS(OBJECT_TO)))
            return false;
    }
    return true;
}

/* A purpose of its own, or one joined to another: "met to settle the dispute and to end the strike". */
static bool is_purpose(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_sentence *s = &c->a->text.sentence[cue->sentence];
    uint32_t first = cue->first_word, length = cue->end_word - first;
    if (is_purpose_at(c, first, cue->end_word, s))
        return true;
    if (length != 1 || first < s->first_word + 2 || !fsc_word_is(c, first - 1, FSC_ROLE_IS(BORDER)) ||
        !fsc_word_is(c, cue->end_word, FSC_ROLE_IS(BASE_VERB)))
        return false;
    uint32_t to = c->a->text.word[first].type;
    for (uint32_t k = first - 1, n = 0; k > s->first_word && n < JOINED_WORDS; n++) {
        if (fsc_context_gap(c, k - 1) & (FSC_GAP_HARD | FSC_GAP_PAREN))
            return false;
        if (c->a->text.word[--k].type == to)
            return is_purpose_at(c, k, k + 1, s);
    }
    return false;
}

/* No noun use: what stands directly before is no article, possessive or preposition, and something follows. */
static bool is_finite(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_sentence *s = &c->a->text.sentence[cue->sentence];
    if (cue->first_word == s->first_word || cue->end_word >= s->end_word)
        return false;
    uint32_t noun = FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(OWNER) | FSC_ROLE_IS(PREPOSITION);
    if (fsc_word_is(c, cue->first_word - 1, noun) || (c->a->text.word[cue->first_word - 1].flags & FSC_WORD_POSSESSIVE))
        return false;
    uint32_t after = FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(BORDER);
    return !fsc_word_is(c, cue->end_word, after) &&
           !(fsc_context_gap(c, cue->end_word - 1) & (FSC_GAP_COMMA | FSC_GAP_HARD | FSC_GAP_PAREN));
}

bool fsc_context_attributes(const fsc_context *c, uint32_t first_word, uint32_t end_word)
{
    return fsc_voices_introduced(&c->a->voices, first_word, end_word) != FSC_NONE;
}

bool fsc_context_admits(const fsc_context *c, const fsc_cue *cue, const fsc_entry_rule *rule)
{
    uint32_t f = rule->flags;
    if ((f & FSC_ER_SPEECH) && !fsc_context_attributes(c, cue->first_word, cue->end_word))
        return false;
    if ((f & FSC_ER_PEOPLE) && !has_people(c, cue))
        return false;
    if ((f & FSC_ER_PREDICATE) && !is_label(c, cue))
        return false;
    if ((f & FSC_ER_NUMBER) && !has_number(c, cue))
        return false;
    if ((f & FSC_ER_FRONT) && !opens_clause(c, cue))
        return false;
    if ((f & FSC_ER_PAUSE) && !fsc_context_gap(c, cue->end_word - 1))
        return false;
    if ((f & FSC_ER_COMMA) &&
        (cue->first_word == c->a->text.sentence[cue->sentence].first_word || !fsc_context_gap(c, cue->first_word - 1)))
        return false;
    if ((f & FSC_ER_PURPOSE) && !is_purpose(c, cue))
        return false;
    if ((f & FSC_ER_FINITE) && !is_finite(c, cue))
        return false;
    if (f & (FSC_ER_CLAUSE | FSC_ER_PHRASE)) {
        bool clause = fsc_context_clause_follows(c, cue->end_word, cue->sentence);
        if ((f & FSC_ER_CLAUSE) ? !clause : clause)
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- who asserts a reported link */

static int by_place(const void *x, const void *y)
{
    const fsc_mention *a = x, *b = y;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static int load_mentions(fsc_context *c, fsc_err *err)
{
    const fsc_voices *v = &c->a->voices;
    for (uint32_t k = 0; k < v->actor_count; k++)
        for (size_t m = 0; m < v->actor[k].mention_count; m++) {
            fsc_span s = v->actor[k].mention[m];
            if (!fsc_vec_push(c->scratch, &c->mention, (fsc_mention){s.start, s.end, k}))
                return fsc_err_nomem(err);
        }
    if (c->mention.len)
        qsort(c->mention.data, c->mention.len, sizeof *c->mention.data, by_place);
    c->has_mentions = true;
    return 0;
}

/* Words before the verb that belong to its clause; an apposition or participle between commas is passed over. */
static fsc_range subject_words(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_sentence *s = &c->a->text.sentence[cue->sentence];
    fsc_range r = {cue->first_word, cue->first_word};
    bool inserted = r.first > s->first_word && (fsc_context_gap(c, r.first - 1) & FSC_GAP_COMMA);
    for (uint32_t n = 0; r.first > s->first_word && n < FSC_SCAN_WORDS; n++) {
        uint32_t w = r.first - 1;
        unsigned gap = fsc_context_gap(c, w);
        if (inserted && n > 0 && (gap & FSC_GAP_COMMA)) {
            inserted = false;
            r.end = w + 1;
        } else if (n > 0 && gap && !inserted) {
            break;
        }
        if (!inserted && fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(BORDER)))
            break;
        r.first = w;
    }
    return r;
}

static bool is_passive(const fsc_context *c, const fsc_cue *cue)
{
    uint32_t low = c->a->text.sentence[cue->sentence].first_word;
    for (uint32_t w = cue->first_word, n = 0; w > low && n < 3; n++) {
        w--;
        if (fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(GET)))
            return true;
        if (!fsc_word_is(c, w, FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(NEGATOR)))
            return false;
    }
    return false;
}

/* A short subject that names people by a common noun: "The governor", "some experts". */
static fsc_view common_subject(const fsc_context *c, fsc_range r)
{
    const fsc_text *t = &c->a->text;
    while (r.first < r.end && fsc_word_is(c, r.first, FSC_ROLE_IS(DETERMINER)))
        r.first++;
    while (r.end > r.first && fsc_word_is(c, r.end - 1, FSC_ROLE_IS(AUX) | FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB)))
        r.end--;
    if (r.first == r.end || r.end - r.first > 4 || !fsc_word_is(c, r.end - 1, FSC_ROLE_IS(PEOPLE)))
        return (fsc_view){NULL, 0};
    return fsc_view_slice(t->bytes, t->word[r.first].start, t->word[r.end - 1].end);
}

static int set_reporter(const fsc_context *c, fsc_cue *cue, fsc_view name, fsc_view role, fsc_err *err)
{
    fsc_speaker *by = FSC_NEW(c->arena, fsc_speaker);
    if (!by)
        return fsc_err_nomem(err);
    *by = (fsc_speaker){name, role};
    cue->by = by;
    return 0;
}

int fsc_context_reporter(fsc_context *c, fsc_cue *cue, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    // the voice room may have found this very attribution already
    if (cue->speech != FSC_NONE && cue->by->name.len && c->a->voices.speech[cue->speech].cue.start == cue->start)
        return 0;
    if (cue->voice == FSC_VOICE_OWN || cue->voice == FSC_VOICE_SCARE) {
        cue->voice = FSC_VOICE_INDIRECT;
        cue->by = &nobody;
    }
    if ((c->a->lacks & FSC_LACKS_ACTORS) || is_passive(c, cue))
        return 0;
    if (!c->has_mentions && load_mentions(c, err))
        return FSC_E_NOMEM;
    fsc_range r = subject_words(c, cue);
    if (r.first == r.end)
        return 0;
    uint32_t low = t->word[r.first].start, high = t->word[r.end - 1].end;
    size_t a = 0, b = c->mention.len;
    while (a < b) { // first mention that starts at or after `high`
        size_t mid = a + (b - a) / 2;
        if (c->mention.data[mid].start < high)
            a = mid + 1;
        else
            b = mid;
    }
    if (a > 0 && c->mention.data[a - 1].start >= low && c->mention.data[a - 1].end <= high) {
        const fsc_mention *m = &c->mention.data[a - 1];
        const fsc_actor *who = &c->a->voices.actor[m->actor];
        uint32_t after = fsc_text_word_at(t, m->end);
        while (after < r.end && !fsc_word_is(c, after, FSC_ROLE_IS(PEOPLE) | FSC_ROLE_IS(FUNCTION)))
            after++;
        if (after < r.end && fsc_word_is(c, after, FSC_ROLE_IS(PEOPLE))) // "Trump administration officials"
            return set_reporter(c, cue, fsc_view_slice(t->bytes, m->start, t->word[after].end), cue->by->role, err);
        return who->kind == FSC_ACTOR_PLACE ? 0 : set_reporter(c, cue, who->name, who->role, err);
    }
    fsc_view common = common_subject(c, r);
    return common.len ? set_reporter(c, cue, common, cue->by->role, err) : 0;
}
