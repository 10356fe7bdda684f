#include "base/utf8.h"
#include "export/export_p.h"

// brat standoff: the text, and a file of annotations beside it. Cues are text-bound (T) with voice, weight and negation as attributes
// (A) and the entry as a note (#); relations are events (E) whose trigger is the connective. Offsets are characters.

typedef struct brat {
    const fsc_analysis *a;
    const fsc_units *u;
    fsc_buf *out;
    unsigned t, e, n, m;    // numbers given out: text-bound, events, attributes, notes
} brat;

static void put_type(fsc_buf *out, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++) {
        char c = v.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        fsc_buf_char(out, plain ? c : '_');
    }
}

// a note or a text of one line
static void put_line(fsc_buf *out, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        fsc_buf_char(out, v.data[i] == '\n' || v.data[i] == '\r' || v.data[i] == '\t' ? ' ' : v.data[i]);
    fsc_buf_char(out, '\n');
}

// "0 5", or "0 5;6 9" where a line ends within: brat has no span over a line end
static void put_fragments(const brat *b, uint32_t start, uint32_t end)
{
    fsc_view text = b->a->article.text;
    bool first = true;
    while (start < end) {
        uint32_t to = start;
        while (to < end && text.data[to] != '\n')
            to++;
        if (to > start) {
            fsc_buf_printf(b->out, "%s%u %u", first ? "" : ";", fsc_units_of(b->u, start), fsc_units_of(b->u, to));
            first = false;
        }
        start = to + 1;
    }
}

static unsigned put_bound(brat *b, uint32_t start, uint32_t end, fsc_view group, fsc_view type)
{
    fsc_buf_printf(b->out, "T%u\t", ++b->t);
    put_type(b->out, group);
    if (type.len)
        fsc_buf_char(b->out, '_');
    put_type(b->out, type);
    fsc_buf_char(b->out, ' ');
    put_fragments(b, start, end);
    fsc_buf_char(b->out, '\t');
    put_line(b->out, fsc_view_slice(b->a->article.text, start, end));
    return b->t;
}

static void put_cue(brat *b, const fsc_cue *c)
{
    const fsc_schema *s = b->a->schema;
    const fsc_entry *e = &s->entry[c->entry];
    unsigned t = put_bound(b, c->start, c->end, s->dimension[c->dimension].name, s->category[c->category].name);
    fsc_buf_printf(b->out, "A%u\tVoice T%u %s\n", ++b->n, t, fsc_voice_name((fsc_voice)c->voice));
    if (c->negated)
        fsc_buf_printf(b->out, "A%u\tNegated T%u\n", ++b->n, t);
    if (!c->scored)
        fsc_buf_printf(b->out, "A%u\tNotScored T%u %s\n", ++b->n, t, fsc_why_name((fsc_why)c->why));
    fsc_buf_printf(b->out, "#%u\tAnnotatorNotes T%u\tweight ", ++b->m, t);
    fsc_buf_thousandths(b->out, c->weight);
    if (c->by->name.len)
        fsc_buf_printf(b->out, ", speaker %.*s", (int)c->by->name.len, c->by->name.data);
    fsc_buf_printf(b->out, ", entry ");
    put_line(b->out, fsc_schema_text(s, e->pattern));
}

static void put_relation(brat *b, const fsc_relation *r)
{
    static const fsc_view argument = FSC_LIT_INIT("Argument"), trigger = FSC_LIT_INIT("Link");
    fsc_view type = fsc_view_cstr(fsc_relation_name(r->type));
    unsigned cause = fsc_span_is(r->cause) ? put_bound(b, r->cause.start, r->cause.end, argument, (fsc_view){0}) : 0;
    unsigned effect = fsc_span_is(r->effect) ? put_bound(b, r->effect.start, r->effect.end, argument, (fsc_view){0}) : 0;
    unsigned link = put_bound(b, r->start, r->end, trigger, type);
    fsc_buf_printf(b->out, "E%u\t", ++b->e);
    put_type(b->out, trigger);
    fsc_buf_char(b->out, '_');
    put_type(b->out, type);
    fsc_buf_printf(b->out, ":T%u", link);
    if (cause)
        fsc_buf_printf(b->out, " Cause:T%u", cause);
    if (effect)
        fsc_buf_printf(b->out, " Effect:T%u", effect);
    fsc_buf_printf(b->out, "\nA%u\tStatus E%u %s\n", ++b->n, b->e, fsc_relation_status_name(r->status));
}

void fsc_export_brat(const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out)
{
    fsc_units u;
    brat b = {.a = a, .u = &u, .out = out};
    if (!fsc_units_init(&u, a->article.text, FSC_UNIT_CHARS, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < a->cue_count; i++)
        put_cue(&b, &a->cue[i]);
    for (size_t i = 0; i < a->relation_count; i++)
        put_relation(&b, &a->relation[i]);
}

// annotation.conf: what types there are
void fsc_export_brat_conf(const fsc_schema *s, fsc_buf *out)
{
    fsc_buf_adds(out, "[entities]\nArgument\n");
    for (size_t i = 0; i < s->category_count; i++) {
        put_type(out, s->dimension[s->category[i].dimension].name);
        fsc_buf_char(out, '_');
        put_type(out, s->category[i].name);
        fsc_buf_char(out, '\n');
    }
    fsc_buf_adds(out, "\n[relations]\n\n[events]\n");
    for (int t = FSC_RELATION_CAUSE; t <= FSC_RELATION_ASSOCIATION; t++)
        fsc_buf_printf(out, "Link_%s Cause?:Argument, Effect?:Argument\n", fsc_relation_name((fsc_relation_type)t));
    fsc_buf_adds(out, "\n[attributes]\nVoice Arg:<ENTITY>, Value:own|quote|indirect|scare\nNegated Arg:<ENTITY>\n"
                      "NotScored Arg:<ENTITY>, Value:negated|neutral|overlap|part|name\nStatus Arg:<EVENT>, Value:asserted|hedged|questioned|denied\n");
}
