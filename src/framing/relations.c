/*
 * relations: what is said to cause, not to prevent, not to cause, or to go with what.
 *
 * Each causality cue that holds its place becomes one relation, within its sentence and the speech it stands in.
 */
#include "framing/arguments_p.h"

enum { STATUS_WORDS = 14, STATUS_AFTER = 3, SUBJECT_WORDS = 40 };

typedef fsc_vec(fsc_draft) draft_vec;

/* The sentence, cut to the speech around the cue. A reporting verb may stand inside the speech that it reports: then
 * its subject stands before it ("was blamed for"). */
static fsc_range window_of(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_text *t = &c->a->text;
    const fsc_sentence *s = &t->sentence[cue->sentence];
    fsc_range r = {s->first_word, s->end_word};
    if (cue->speech == FSC_NONE)
        return r;
    const fsc_speech *speech = &c->a->voices.speech[cue->speech];
    // before indirect speech may stand its own subject: "Crime, experts say, is driven by ..."
    if (cue->voice == FSC_VOICE_QUOTE && speech->start > s->start && speech->start < cue->start) {
        uint32_t w = fsc_text_word_at(t, speech->start);
        r.first = w > r.first && w <= cue->first_word ? w : r.first;
    }
    if (speech->end < s->end) {
        uint32_t w = fsc_text_word_at(t, speech->end - 1);
        w += w < t->word_count && t->word[w].start < speech->end;
        r.end = w < r.end && w >= cue->end_word ? w : r.end;
    }
    return r;
}

/* ---------------------------------------------------------------- status */

static fsc_relation_status status_of(const fsc_context *c, const fsc_draft *d, fsc_relation_type type)
{
    const fsc_cue *cue = d->cue;
    if (d->rule->status != FSC_ASSERTED)
        return d->rule->status;
    bool hedged = false, questioned = fsc_context_is_question(c, cue->sentence);
    for (uint32_t w = cue->first_word, n = 0; w > d->window.first && n < STATUS_WORDS; n++) {
        w--;
        if (w + 1 < cue->first_word && (fsc_context_gap(c, w) & FSC_GAP_HARD))
            break;
        hedged |= fsc_word_is(c, w, FSC_ROLE_IS(HEDGE));
        questioned |= fsc_word_is(c, w, FSC_ROLE_IS(QUESTIONING) | FSC_ROLE_IS(DOUBT));
        if (fsc_word_is(c, w, FSC_ROLE_IS(BORDER)))
            break;
    }
    for (uint32_t w = cue->first_word; w < d->window.end && w < cue->end_word + STATUS_AFTER; w++)
        hedged |= fsc_word_is(c, w, FSC_ROLE_IS(HEDGE));
    if (type == FSC_RELATION_DENIAL)
        return questioned ? FSC_QUESTIONED : FSC_DENIED;
    hedged &= type == FSC_RELATION_CAUSE; // in a contrast the hedge belongs to one side, not to the link
    return questioned ? FSC_QUESTIONED : hedged ? FSC_HEDGED : FSC_ASSERTED;
}

static bool type_of(const fsc_context *c, const fsc_cue *cue, fsc_relation_type *type)
{
    const fsc_framing_rules *r = c->rules;
    if (cue->category == r->cause)
        *type = FSC_RELATION_CAUSE;
    else if (cue->category == r->concession)
        *type = FSC_RELATION_CONCESSION;
    else if (cue->category == r->denial)
        *type = FSC_RELATION_DENIAL;
    else if (cue->category == r->association)
        *type = FSC_RELATION_ASSOCIATION;
    else
        return false;
    return true;
}

static fsc_span span_of(const fsc_context *c, fsc_range r)
{
    const fsc_text *t = &c->a->text;
    if (fsc_range_is_empty(r) || r.end > t->word_count)
        return FSC_NO_SPAN;
    return (fsc_span){t->word[r.first].start, t->word[r.end - 1].end};
}

/* "the firm, which closed because of debts, moved": the comma before the cue opens a relative clause */
static bool is_inserted(const fsc_context *c, const fsc_cue *cue)
{
    uint32_t low = c->a->text.sentence[cue->sentence].first_word;
    for (uint32_t w = cue->first_word, n = 0; w > low && n < SUBJECT_WORDS; w--, n++)
        if (fsc_context_gap(c, w - 1) & FSC_GAP_COMMA)
            return w < cue->first_word && fsc_word_is(c, w, FSC_ROLE_IS(RELATIVE));
    return false;
}

/* The comma behind a phrase or clause that opens the sentence ("After the storm passed, they ..."), or FSC_NONE. */
static uint32_t opening_end(const fsc_context *c, const fsc_draft *d)
{
    uint32_t w = d->window.first;
    uint32_t opens = FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(TIME);
    if (w + 1 < d->window.end && fsc_word_is(c, w, FSC_ROLE_IS(BORDER)))
        w++;
    if (w >= d->cue->first_word ||
        (!fsc_word_is(c, w, opens) && !fsc_word_is_ing(c, w) && !fsc_word_is(c, w, FSC_ROLE_IS(STATIVE))))
        return FSC_NONE;
    uint32_t comma = fsc_words_front_end(c, d, w);
    if (comma == FSC_NONE || fsc_word_is(c, comma + 1, FSC_ROLE_IS(BORDER)) ||
        !fsc_context_clause_follows(c, comma + 1, d->cue->sentence))
        return FSC_NONE;
    return comma;
}

/* "12:30 IST", "09:53 AM": the end of a date line that stands between a heading and the text it ran into. */
static bool ends_date_line(const fsc_context *c, uint32_t w)
{
    const fsc_text *t = &c->a->text;
    if (w == 0 || !(t->word[w - 1].flags & FSC_WORD_NUMBER))
        return false;
    const fsc_word *zone = &t->word[w];
    bool short_capitals = (zone->flags & FSC_WORD_UPPER) && zone->end - zone->start <= 4;
    if (!short_capitals && !fsc_word_is_form(c, w, FSC_LIT("hrs")))
        return false;
    uint32_t at = t->word[w - 1].start;
    return memchr(t->bytes.data + at, ':', t->word[w - 1].end - at) || (at > 0 && t->bytes.data[at - 1] == ':');
}

/* "12 Dec 2017 A heavy police presence": the words of a date that the text ran into, or 0. */
static uint32_t leading_date(const fsc_context *c, fsc_range r)
{
    const fsc_word *word = c->a->text.word;
    uint32_t n = 0, digits = 0;
    for (; n < 4 && r.first + n < r.end; n++) {
        const fsc_word *w = &word[r.first + n];
        if (!(w->flags & FSC_WORD_NUMBER) && !fsc_word_is(c, r.first + n, FSC_ROLE_IS(TIME)))
            break;
        digits = w->flags & FSC_WORD_NUMBER ? w->end - w->start : 0;
    }
    bool ends = n >= 3 && digits == 4 && r.first + n < r.end;
    return ends && (word[r.first + n].flags & FSC_WORD_CAPITAL) && !fsc_context_gap(c, r.first + n - 1) ? n : 0;
}

/* "CAIRO: After the storm, ..." begins anew behind its colon; a heading ends before the date behind it. */
static void skip_heading(const fsc_context *c, fsc_draft *d)
{
    const fsc_text *t = &c->a->text;
    for (uint32_t w = d->cue->first_word, n = 0; w > d->window.first && n < FSC_SCAN_WORDS; w--, n++)
        if (ends_date_line(c, w - 1) ||
            (t->word[w].start > t->word[w - 1].end + 1 && t->bytes.data[t->word[w - 1].end] == ':')) {
            d->window.first = w;
            break;
        }
    for (uint32_t w = d->cue->end_word, n = 0; w < d->window.end && n < FSC_SCAN_WORDS; w++, n++)
        if (ends_date_line(c, w)) {
            while (w > d->cue->end_word && ((t->word[w - 1].flags & FSC_WORD_NUMBER) || fsc_word_is(c, w - 1, FSC_ROLE_IS(TIME))))
                w--;
            d->window.end = w;
        }
    uint32_t date = leading_date(c, d->window);
    if (d->window.first + date <= d->cue->first_word)
        d->window.first += date;
}

/* What opens the sentence and its main clause keep their arguments apart. */
static void narrow(const fsc_context *c, fsc_draft *d)
{
    skip_heading(c, d);
    uint32_t comma = opening_end(c, d);
    if (comma == FSC_NONE || fsc_cue_behind_opener(c, d, d->cue->first_word))
        return;
    if (d->cue->end_word <= comma)
        d->window.end = comma + 1;
    else if (d->cue->first_word > comma)
        d->window.first = comma + 1;
}

static int drafts_new(fsc_context *c, draft_vec *out, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    size_t most = 0;
    for (size_t k = 0; k < a->cue_count; k++)
        most += a->cue[k].dimension == c->rules->causality;
    if (!fsc_vec_reserve(c->scratch, out, most))
        return fsc_err_nomem(err);
    uint32_t taken = 0;
    for (size_t k = 0; k < a->cue_count; k++) {
        const fsc_cue *cue = &a->cue[k];
        if (cue->dimension != c->rules->causality || cue->negated || cue->why == FSC_WHY_OVERLAP ||
            cue->why == FSC_WHY_NAME || cue->start < taken)
            continue;
        taken = cue->end;
        fsc_draft d = {.cue = cue,
                       .rule = &c->rules->entry[cue->entry],
                       .index = (uint32_t)k,
                       .window = window_of(c, cue),
                       .inserted = is_inserted(c, cue)};
        narrow(c, &d);
        if (!fsc_vec_push(c->scratch, out, d))
            return fsc_err_nomem(err);
    }
    return 0;
}

/* Where the argument after a cue ends because the next relation begins: a reason hangs on the clause so far, a result
 * in participle form on all of it. Contrasts reach over what follows. */
static uint32_t stop_at(const fsc_context *c, const fsc_draft *d, const fsc_draft *next)
{
    bool contrast = d->cue->category == c->rules->concession && !(d->rule->flags & FSC_ER_CAUSE_RIGHT);
    if (next->cue->sentence != d->cue->sentence || contrast)
        return d->window.end;
    bool reason = next->rule->via == FSC_VIA_CONNECTIVE && (next->rule->flags & FSC_ER_CAUSE_RIGHT);
    // "to protest against the ban", "because they had no seats for guests": these hang on a word inside the argument
    if (next->cue->end_word == next->cue->first_word + 1 && fsc_cue_is_preposition(c, next->cue))
        reason = false;
    bool behind_comma = next->cue->first_word > 0 && (fsc_context_gap(c, next->cue->first_word - 1) & FSC_GAP_COMMA);
    return reason || behind_comma ? next->cue->first_word : d->window.end;
}

int fsc_relations_find(fsc_context *c, fsc_err *err)
{
    fsc_analysis *a = c->a;
    a->relation = NULL;
    a->relation_count = 0;
    if (c->rules->causality == FSC_NONE || (a->lacks & FSC_LACKS_RELATIONS))
        return 0;
    draft_vec drafts = {0};
    if (drafts_new(c, &drafts, err))
        return FSC_E_NOMEM;
    a->relation = FSC_NEW_N(c->arena, fsc_relation, drafts.len + 1);
    if (!a->relation)
        return fsc_err_nomem(err);
    uint32_t low = 0;
    for (size_t k = 0; k < drafts.len; k++) {
        fsc_draft *d = &drafts.data[k];
        uint32_t stop = k + 1 < drafts.len ? stop_at(c, d, &drafts.data[k + 1]) : d->window.end;
        if (k > 0 && drafts.data[k - 1].cue->sentence != d->cue->sentence)
            low = 0;
        // inside the clause that an earlier relation fronts, the left argument begins behind its cue
        if (k > 0 && low > d->cue->first_word)
            low = drafts.data[k - 1].cue->end_word;
        bool contrast = d->cue->category == c->rules->concession && (d->rule->flags & FSC_ER_CAUSE_LEFT);
        fsc_arguments_find(c, d, contrast ? 0 : low, stop, k > 0 ? &drafts.data[k - 1] : NULL);
        low = d->resume;
        fsc_relation_type type;
        if (!type_of(c, d->cue, &type))
            continue;
        a->relation[a->relation_count++] = (fsc_relation){.type = type,
                                                          .status = status_of(c, d, type),
                                                          .valence = d->rule->valence,
                                                          .via = d->rule->via,
                                                          .cue = d->index,
                                                          .start = d->cue->start,
                                                          .end = d->cue->end,
                                                          .cause = span_of(c, d->cause),
                                                          .effect = span_of(c, d->effect),
                                                          .voice = d->cue->voice,
                                                          .speaker = d->cue->by->name};
    }
    return 0;
}
