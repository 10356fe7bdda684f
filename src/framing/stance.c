/*
 * stance: the writer shows through. Rhetorical questions, exclamations, capitals for stress, scare quotes.
 * Presupposition triggers and iteration particles are entries of the stance lexicon, not rules.
 */
#include "framing/framing_p.h"

enum { SHORT_WORD = 3, LONG_WORD = 5, SHOUT_RUN = 3 };

/* The word that ends at or before `at` without blanks between, or FSC_NONE (inside a word, after a blank). */
static uint32_t word_before(const fsc_text *t, uint32_t at)
{
    uint32_t w = fsc_text_word_at(t, at);
    if (w < t->word_count && t->word[w].start <= at)
        return FSC_NONE; // within a word: a URL, Yahoo!'s
    if (w == 0)
        return FSC_NONE;
    w--;
    for (uint32_t k = t->word[w].end; k < at; k++)
        if (t->bytes.data[k] == ' ' || t->bytes.data[k] == '\n' || t->bytes.data[k] == '\t')
            return FSC_NONE;
    return w;
}

static bool ends_there(const fsc_text *t, uint32_t after)
{
    if (after >= t->bytes.len)
        return true;
    unsigned char byte = (unsigned char)t->bytes.data[after];
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '"' || byte == '\'' || byte == ')' || byte >= 0x80;
}

/* Runs of `!` (with `?` mixed in) that end a word. */
static int exclamations(fsc_context *c, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    const char *data = t->bytes.data, *at = data, *limit = data + t->bytes.len;
    while (at < limit && (at = memchr(at, '!', (size_t)(limit - at)))) {
        uint32_t start = (uint32_t)(at - data), end = start;
        while (start > 0 && data[start - 1] == '?')
            start--;
        while (end < t->bytes.len && (data[end] == '!' || data[end] == '?'))
            end++;
        at = data + end;
        uint32_t w = word_before(t, start);
        if (w == FSC_NONE || !ends_there(t, end) || !(t->word[w].flags & FSC_WORD_ALPHA))
            continue;
        int rc = fsc_rule_cue_add(c, FSC_RULE_EXCLAMATION, fsc_text_sentence_at(t, t->word[w].start), (fsc_range){w, w + 1}, (fsc_span){start, end}, err);
        if (rc)
            return rc;
    }
    return 0;
}

/* A question is rhetorical when its own words say that it wants no answer (who would, isn't it, how dare). */
static int questions(fsc_context *c, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    const char *data = t->bytes.data, *at = data, *limit = data + t->bytes.len;
    uint32_t done = 0;
    while (at < limit && (at = memchr(at, '?', (size_t)(limit - at)))) {
        uint32_t mark = (uint32_t)(at - data);
        at++;
        uint32_t last = word_before(t, mark);
        if (last == FSC_NONE || last < done)
            continue;
        uint32_t sentence = fsc_text_sentence_at(t, t->word[last].start);
        const fsc_sentence *s = &t->sentence[sentence];
        uint32_t first = s->first_word > done ? s->first_word : done;
        done = last + 1;
        bool found = false;
        for (uint32_t w = last + 1; w > first; w--) {
            found |= fsc_word_is(c, w - 1, FSC_ROLE_IS(RHETORICAL));
            if (t->word[w - 1].flags & FSC_WORD_QUOTED) // a quotation inside the sentence asks for itself
                first = w - 1;
        }
        if (!found)
            continue;
        int rc = fsc_rule_cue_add(c, FSC_RULE_RHETORICAL, sentence, (fsc_range){first, last + 1},
                                  (fsc_span){t->word[first].start, mark + 1}, err);
        if (rc)
            return rc;
    }
    return 0;
}

/* An ordinary word, not an acronym: a function word, an adverb, a word that another lexicon scores. In a run of three
 * words and more the lists of verbs and the endings of common words tell too. */
static bool is_ordinary(const fsc_context *c, uint32_t w, bool in_run)
{
    static const fsc_view ending[] = {
        FSC_LIT_INIT("ing"),  FSC_LIT_INIT("ed"),   FSC_LIT_INIT("tion"), FSC_LIT_INIT("ment"),
        FSC_LIT_INIT("ness"), FSC_LIT_INIT("able"), FSC_LIT_INIT("less"), FSC_LIT_INIT("ever"),
        FSC_LIT_INIT("ful"),  FSC_LIT_INIT("ight"), FSC_LIT_INIT("ould"), FSC_LIT_INIT("ive"),
    };
    fsc_view form = fsc_types_form(c->types, c->a->text.word[w].type);
    if (fsc_word_is(c, w, FSC_ROLE_IS(ACRONYM)))
        return false;
    if (form.len < SHORT_WORD)
        return fsc_word_is(c, w, FSC_ROLE_IS(NEGATOR));
    if (fsc_word_is(c, w, FSC_ROLE_IS(FUNCTION) | FSC_ROLE_IS(NEGATOR)) || fsc_view_ends(form, FSC_LIT("ly")))
        return true;
    if (form.len >= LONG_WORD && fsc_word_is(c, w, FSC_ROLE_SCORED))
        return true;
    if (!in_run)
        return false;
    if (c->role[w] & ~(FSC_ROLE_IS(AGENT) | FSC_ROLE_IS(TIME)))
        return true;
    for (size_t k = 0; form.len >= LONG_WORD && k < sizeof ending / sizeof *ending; k++)
        if (fsc_view_ends(form, ending[k]))
            return true;
    return false;
}

/* Words of a sentence that have letters and are not set in capitals. */
static uint32_t lower_words(const fsc_text *t, const fsc_sentence *s)
{
    uint32_t lower = 0;
    for (uint32_t w = s->first_word; w < s->end_word; w++)
        lower += (t->word[w].flags & (FSC_WORD_ALPHA | FSC_WORD_UPPER)) == FSC_WORD_ALPHA;
    return lower;
}

/* Stressed words in a sentence that is not set in capitals as a whole; neighbours make one cue. */
static int capitals(fsc_context *c, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    uint32_t sentence = 0, counted = FSC_NONE, lower = 0;
    for (size_t k = 0, run; k < c->upper.len; k += run) {
        uint32_t w = c->upper.data[k];
        bool ordinary = false;
        while (sentence + 1 < t->sentence_count && t->sentence[sentence].end_word <= w)
            sentence++;
        const fsc_sentence *s = &t->sentence[sentence];
        for (run = 1; k + run < c->upper.len && c->upper.data[k + run] == w + run && w + run < s->end_word; run++) {
        }
        for (uint32_t i = 0; i < run && !ordinary; i++)
            ordinary = is_ordinary(c, w + i, run >= SHOUT_RUN);
        if (!ordinary)
            continue;
        if (counted != sentence)
            lower = lower_words(t, s);
        counted = sentence;
        if (lower < 2 || lower < run / 2)
            continue;
        int rc = fsc_rule_cue_add(c, FSC_RULE_CAPITALS, sentence, (fsc_range){w, w + (uint32_t)run},
                                  (fsc_span){t->word[w].start, t->word[w + run - 1].end}, err);
        if (rc)
            return rc;
    }
    return 0;
}

/* Quoted words of nobody, and quoted fragments of somebody: both hold the words at arm's length. */
static int scare_quotes(fsc_context *c, fsc_err *err)
{
    const fsc_text *t = &c->a->text;
    const fsc_voices *v = &c->a->voices;
    for (size_t k = 0; k < v->speech_count; k++) {
        const fsc_speech *s = &v->speech[k];
        if (s->kind != FSC_SPEECH_SCARE && !s->fragment)
            continue;
        uint32_t first = fsc_text_word_at(t, s->start), end = first;
        while (end < t->word_count && t->word[end].start < s->end)
            end++;
        if (first == end)
            continue;
        int rc = fsc_rule_cue_add(c, FSC_RULE_SCARE, fsc_text_sentence_at(t, t->word[first].start), (fsc_range){first, end}, (fsc_span){s->start, s->end}, err);
        if (rc)
            return rc;
    }
    return 0;
}

int fsc_stance_find(fsc_context *c, fsc_err *err)
{
    int rc = exclamations(c, err);
    if (!rc)
        rc = questions(c, err);
    if (!rc)
        rc = capitals(c, err);
    return rc ? rc : scare_quotes(c, err);
}
