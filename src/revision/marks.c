// Types that come from marks and letters: quote marks, questions, typography.
#include "revision/revision_p.h"

// ---------------------------------------------------------------- quote marks

static bool in_marks(fsc_speech_kind kind)
{
    return kind == FSC_SPEECH_DIRECT || kind == FSC_SPEECH_SCARE;
}

// Words in quotation marks by group of one side, and the first span of each.
typedef struct quoted {
    uint32_t words, spans;
    fsc_span first;
} quoted;

static bool count_quoted(rev_work *w, int side, quoted **out)
{
    const rev_side *s = &w->side[side];
    const fsc_voices *v = &s->doc->voices;
    quoted *q = FSC_NEW_N(w->scratch, quoted, (size_t)w->group_count + 1);
    *out = q;
    if (!q)
        return false;
    for (size_t k = 0; k < v->speech_count; k++) {
        const fsc_speech *x = &v->speech[k];
        uint32_t word = fsc_text_word_at(s->text, x->start), first = word;
        if (!in_marks(x->kind) || word >= s->text->word_count || s->of[s->word_token[word]] == REV_NONE)
            continue;
        while (word < s->text->word_count && s->text->word[word].start < x->end)
            word++;
        quoted *sum = &q[w->group_of[side][s->of[s->word_token[first]]]];
        if (!sum->spans++)
            sum->first = (fsc_span){x->start, x->end};
        sum->words += word - first;
    }
    return true;
}

static bool quote_kinds(rev_changes *c)
{
    quoted *a, *b;
    if (!count_quoted(c->w, 0, &a) || !count_quoted(c->w, 1, &b))
        return false;
    for (uint32_t g = 0; g < c->w->group_count; g++) {
        const rev_group *group = &c->w->group[g];
        // a quotation that only grew or shrank is no change of marks
        if (!group->changed || !group->a_count || !group->b_count || a[g].spans == b[g].spans)
            continue;
        fsc_span x = a[g].spans ? a[g].first : FSC_NO_SPAN, y = b[g].spans ? b[g].first : FSC_NO_SPAN;
        if (b[g].words > a[g].words)
            fsc_rev_add_change(c, FSC_CHANGE_QUOTE_MARKS_ADDED, x, y);
        else if (b[g].words < a[g].words)
            fsc_rev_add_change(c, FSC_CHANGE_QUOTE_MARKS_DROPPED, x, y);
    }
    return true;
}

// ---------------------------------------------------------------- questions

static bool is_question(const rev_side *s, uint32_t sentence)
{
    rev_range r = s->sentence[sentence];
    for (uint32_t i = r.end; i > r.first && s->token[i - 1].word == REV_NONE; i--) {
        fsc_view bytes = fsc_view_slice(s->text->bytes, s->token[i - 1].start, s->token[i - 1].end);
        if (bytes.data[0] == '?' || fsc_view_eq(bytes, FSC_LIT("？")))
            return true;
    }
    return false;
}

static uint32_t first_question(const rev_side *s, const uint32_t *sentence, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        if (is_question(s, sentence[k]))
            return sentence[k];
    return REV_NONE;
}

static fsc_span sentence_span(const rev_side *s, uint32_t sentence)
{
    return (fsc_span){s->unit[sentence].start, s->unit[sentence].end};
}

static void question_kinds(rev_changes *c)
{
    const rev_side *a = &c->w->side[0], *b = &c->w->side[1];
    for (uint32_t k = 0; k < c->w->group_count; k++) {
        const rev_group *g = &c->w->group[k];
        if (!g->changed || !g->a_count || !g->b_count)
            continue;
        uint32_t was = first_question(a, g->a, g->a_count), is = first_question(b, g->b, g->b_count);
        if (was != REV_NONE && is == REV_NONE)
            fsc_rev_add_change(c, FSC_CHANGE_QUESTION_TO_STATEMENT, sentence_span(a, was), sentence_span(b, g->b[0]));
        else if (was == REV_NONE && is != REV_NONE)
            fsc_rev_add_change(c, FSC_CHANGE_STATEMENT_TO_QUESTION, sentence_span(a, g->a[0]), sentence_span(b, is));
    }
}

bool fsc_rev_mark_kinds(rev_changes *c)
{
    if (!(c->w->ignore & FSC_IGNORE_QUOTES) && !quote_kinds(c))
        return false;
    question_kinds(c);
    return true;
}

// ---------------------------------------------------------------- typography

// The letters of a text's words, one after the other: without marks in words, and spelling variants as one.
typedef struct letters {
    const rev_work *w;
    const fsc_text *text;
    uint32_t word, at;
    fsc_view form;
    fsc_view ending; // stands for the end of the form from `cut` on
    size_t cut;
} letters;

// British and American endings; `at_least` is the length of the shortest word it is safe for.
static const struct {
    fsc_view british, american;
    size_t at_least;
} variants[] = {
    {FSC_LIT_INIT("isation"), FSC_LIT_INIT("ization"), 10}, {FSC_LIT_INIT("ising"), FSC_LIT_INIT("izing"), 8},
    {FSC_LIT_INIT("ised"), FSC_LIT_INIT("ized"), 7},        {FSC_LIT_INIT("ises"), FSC_LIT_INIT("izes"), 7},
    {FSC_LIT_INIT("ise"), FSC_LIT_INIT("ize"), 6},          {FSC_LIT_INIT("yse"), FSC_LIT_INIT("yze"), 6},
    {FSC_LIT_INIT("ysed"), FSC_LIT_INIT("yzed"), 7},        {FSC_LIT_INIT("ours"), FSC_LIT_INIT("ors"), 7},
    {FSC_LIT_INIT("our"), FSC_LIT_INIT("or"), 6},           {FSC_LIT_INIT("oured"), FSC_LIT_INIT("ored"), 8},
    {FSC_LIT_INIT("ouring"), FSC_LIT_INIT("oring"), 9},     {FSC_LIT_INIT("tre"), FSC_LIT_INIT("ter"), 5},
    {FSC_LIT_INIT("tres"), FSC_LIT_INIT("ters"), 6},        {FSC_LIT_INIT("lled"), FSC_LIT_INIT("led"), 9},
    {FSC_LIT_INIT("lling"), FSC_LIT_INIT("ling"), 10},      {FSC_LIT_INIT("ller"), FSC_LIT_INIT("ler"), 9},
    {FSC_LIT_INIT("ence"), FSC_LIT_INIT("ense"), 7},        {FSC_LIT_INIT("ogue"), FSC_LIT_INIT("og"), 8},
    {FSC_LIT_INIT("ramme"), FSC_LIT_INIT("ram"), 9},        {FSC_LIT_INIT("grey"), FSC_LIT_INIT("gray"), 4},
};

static void load_word(letters *l)
{
    l->form = fsc_types_form(l->w->types, l->text->word[l->word].type);
    l->at = 0;
    l->cut = l->form.len;
    l->ending = (fsc_view){NULL, 0};
    for (size_t k = 0; k < sizeof variants / sizeof *variants; k++) {
        if (l->form.len < variants[k].at_least || !fsc_view_ends(l->form, variants[k].british))
            continue;
        l->cut = l->form.len - variants[k].british.len;
        l->ending = variants[k].american;
        return;
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Marks inside words do not count, but a point between digits does.
static bool is_skipped(const letters *l, size_t at)
{
    char c = l->form.data[at];
    if (c == '.' && at > 0 && at + 1 < l->form.len && is_digit(l->form.data[at - 1]) && is_digit(l->form.data[at + 1]))
        return false;
    return strchr("'-.,_/:$", c) != NULL;
}

// The next letter, or -1 at the end.
static int next_letter(letters *l)
{
    for (;;) {
        if (l->at < l->cut) {
            size_t at = l->at++;
            if (!is_skipped(l, at))
                return (unsigned char)l->form.data[at];
        } else if (l->at < l->cut + l->ending.len) {
            return (unsigned char)l->ending.data[l->at++ - l->cut];
        } else if (l->word + 1 < l->text->word_count) {
            l->word++;
            load_word(l);
        } else {
            return -1;
        }
    }
}

static letters start(const rev_work *w, int side)
{
    letters l = {.w = w, .text = w->side[side].text};
    if (l.text->word_count)
        load_word(&l);
    return l;
}

bool fsc_rev_is_typography(const rev_work *w)
{
    letters a = start(w, 0), b = start(w, 1);
    if (!a.text->word_count || !b.text->word_count)
        return !a.text->word_count && !b.text->word_count;
    for (;;) {
        int x = next_letter(&a), y = next_letter(&b);
        if (x != y)
            return false;
        if (x < 0)
            return true;
    }
}
