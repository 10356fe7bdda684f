#include <math.h>

#include "export/export_p.h"

// Self-contained pages to read: voices by colour, cues marked with what they are on hover. No script, no network.

static const char style[] =
    "<style>body{font:16px/1.55 Georgia,serif;max-width:54em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"
    "h1{font-size:1.3em;border-top:2px solid #222;padding-top:.6em;overflow-wrap:anywhere}p{margin:.7em 0}.meta,table,.legend{font:13px/1.5 "
    "sans-serif}.meta{color:#555}table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.15em .5em;text-align:right}td:first-child,"
    "th:first-child,td.w,th.w{text-align:left}.text{white-space:pre-line}td.w{max-width:26em;overflow-wrap:anywhere}.quote{background:#e3f2e1}.indirect{background:#e1eef7}.scare{background:#f5e3f2}.headline{font-size:1.25em;"
    "font-weight:bold}.list{margin-left:1.5em}.embed,.block{border-left:4px solid #ccc;padding-left:.8em}mark{background:none;border-bottom:3px solid "
    "#d98200;font-weight:bold}mark.off{border-bottom:1px dotted #888;font-weight:normal}del{background:#fbdada;text-decoration:line-through}ins{background:#d9f2d9;"
    "text-decoration:none}.move{background:#fff2cc}.cols{display:flex;gap:2em}.cols>div{flex:1;min-width:0}@media(prefers-color-scheme:dark){body{color:#ddd;"
    "background:#181818}.quote{background:#1d3a1b}.indirect{background:#183247}.scare{background:#42203c}del{background:#5c2020}ins{background:#1e4a1e}"
    ".move{background:#54460f}.meta{color:#aaa}td,th{border-color:#555}}svg{max-width:100%;height:auto;font:12px sans-serif}svg text{fill:currentColor}"
    "h2{font-size:1.1em}"
    "details{border-top:1px solid #8886;padding:.3em 0}summary{cursor:pointer}details h1{display:none}td.w ul{margin:0}@media print{details{break-inside:avoid}}"
    "table.sides{width:100%;table-layout:fixed;font:16px/1.55 Georgia,serif}table.sides td,table.sides th{border:0;border-bottom:1px solid #8884;padding:.35em .9em .35em 0;"
    "vertical-align:top;text-align:left;overflow-wrap:anywhere}table.sides tr.same{color:#888}mark.new{border-bottom-width:4px}</style>";

void fsc_html_text(fsc_buf *out, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++) {
        switch (v.data[i]) {
        case '&':
            fsc_buf_adds(out, "&amp;");
            break;
        case '<':
            fsc_buf_adds(out, "&lt;");
            break;
        case '>':
            fsc_buf_adds(out, "&gt;");
            break;
        case '"':
            fsc_buf_adds(out, "&quot;");
            break;
        case 0:
            fsc_buf_adds(out, "\xEF\xBF\xBD");
            break;
        default:
            fsc_buf_char(out, v.data[i]);
        }
    }
}

void fsc_html_head(fsc_buf *out)
{
    fsc_buf_adds(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>framescope</title>");
    fsc_buf_adds(out, style);
    fsc_buf_adds(out, "</head><body>\n");
}

static void put_legend(fsc_buf *out)
{
    fsc_buf_adds(out, "<p class=\"legend\">Voice: own, <span class=\"quote\">quoted</span>, <span class=\"indirect\">indirect</span>, "
                      "<span class=\"scare\">scare quotes</span>. <mark>Cues</mark> say on hover what they are; <mark class=\"off\">dotted</mark> ones are not scored.</p>\n");
}

void fsc_html_foot(fsc_buf *out)
{
    fsc_buf_adds(out, "</body></html>\n");
}

typedef struct painter {
    const fsc_analysis *a;
    fsc_buf *out;
    size_t cue;
    uint32_t speech;        // span whose colour is open, or FSC_NONE
    fsc_voice voice;
} painter;

static void close_voice(painter *p)
{
    if (p->voice != FSC_VOICE_OWN)
        fsc_buf_adds(p->out, "</span>");
    p->voice = FSC_VOICE_OWN;
    p->speech = FSC_NONE;
}

static void open_voice(painter *p, uint32_t word)
{
    const fsc_voiced *at = fsc_voices_at(&p->a->voices, word);
    fsc_voice voice = at ? (fsc_voice)at->voice : FSC_VOICE_OWN;
    uint32_t speech = at ? at->speech : FSC_NONE;
    if (voice == p->voice && speech == p->speech)
        return;
    close_voice(p);
    if (voice == FSC_VOICE_OWN)
        return;
    fsc_view who = speech == FSC_NONE ? (fsc_view){0} : p->a->voices.speech[speech].by.name;
    fsc_buf_printf(p->out, "<span class=\"%s\" title=\"", fsc_voice_name(voice));
    fsc_html_text(p->out, who.len ? who : FSC_LIT("speaker not named"));
    fsc_buf_adds(p->out, "\">");
    p->voice = voice;
    p->speech = speech;
}

void fsc_html_cue_title(fsc_buf *out, const fsc_analysis *a, const fsc_cue *c)
{
    const fsc_schema *s = a->schema;
    fsc_html_text(out, s->dimension[c->dimension].name);
    fsc_buf_char(out, '.');
    fsc_html_text(out, s->category[c->category].name);
    fsc_buf_char(out, ' ');
    fsc_buf_thousandths(out, c->weight);
    fsc_buf_printf(out, ", %s", fsc_voice_name((fsc_voice)c->voice));
    if (c->by->name.len) {
        fsc_buf_adds(out, ": ");
        fsc_html_text(out, c->by->name);
    }
    if (!c->scored)
        fsc_buf_printf(out, ", not scored: %s", fsc_why_name((fsc_why)c->why));
    fsc_buf_adds(out, "; entry ");
    fsc_html_text(out, fsc_schema_text(s, s->entry[c->entry].pattern));
}

static void put_cue(painter *p, const fsc_cue *c)
{
    fsc_buf_adds(p->out, c->scored ? "<mark title=\"" : "<mark class=\"off\" title=\"");
    fsc_html_cue_title(p->out, p->a, c);
    fsc_buf_adds(p->out, "\">");
    fsc_html_text(p->out, fsc_view_slice(p->a->article.text, c->start, c->end));
    fsc_buf_adds(p->out, "</mark>");
}

// the cue to mark at a place: the first scored one that starts there, else the first
static const fsc_cue *cue_at(painter *p, uint32_t place)
{
    const fsc_analysis *a = p->a;
    while (p->cue < a->cue_count && a->cue[p->cue].start < place)
        p->cue++;
    const fsc_cue *first = NULL;
    for (size_t i = p->cue; i < a->cue_count && a->cue[i].start == place; i++) {
        if (a->cue[i].scored)
            return &a->cue[i];
        first = first ? first : &a->cue[i];
    }
    return first;
}

static uint32_t put_part(painter *p, const fsc_part *part, uint32_t word)
{
    const fsc_analysis *a = p->a;
    uint32_t at = part->start;
    for (; word < a->text.word_count && a->text.word[word].start < part->end; word++) {
        const fsc_word *w = &a->text.word[word];
        if (w->start < at)
            continue;
        fsc_html_text(p->out, fsc_view_slice(a->article.text, at, w->start));
        open_voice(p, word);
        const fsc_cue *c = cue_at(p, w->start);
        if (c)
            put_cue(p, c);
        else
            fsc_html_text(p->out, fsc_view_slice(a->article.text, w->start, w->end));
        at = c ? c->end : w->end;
    }
    close_voice(p);
    fsc_html_text(p->out, fsc_view_slice(a->article.text, at, part->end));
    return word;
}

void fsc_html_number(fsc_buf *out, double x)
{
    fsc_buf_adds(out, "<td>");
    fsc_buf_real(out, x, 2);
    fsc_buf_adds(out, "</td>");
}

static void put_scores(const fsc_analysis *a, fsc_buf *out)
{
    fsc_buf_adds(out, "<table><tr><th>dimension</th><th>cues</th><th>own</th><th>rate</th><th>own rate</th><th>+</th><th>−</th><th>balance</th></tr>\n");
    for (size_t d = 0; d < a->schema->dimension_count && a->has_language; d++) {
        const fsc_score *s = &a->score[d];
        if (!s->n)
            continue;
        fsc_buf_adds(out, "<tr><td>");
        fsc_html_text(out, a->schema->dimension[d].name);
        fsc_buf_printf(out, "</td><td>%u</td><td>%u</td>", s->n, s->own_n);
        fsc_html_number(out, s->rate);
        fsc_html_number(out, s->own_rate);
        bool poles = a->schema->dimension[d].poles;
        fsc_html_number(out, poles ? (double)s->pos / 1000 : NAN);
        fsc_html_number(out, poles ? (double)s->neg / 1000 : NAN);
        fsc_html_number(out, poles ? s->balance : NAN);
        fsc_buf_adds(out, "</tr>\n");
    }
    fsc_buf_adds(out, "</table>\n");
}

void fsc_html_title(const fsc_view *name, size_t count, fsc_buf *out)
{
    fsc_buf_adds(out, "<h1>");
    for (size_t i = 0; i < count; i++) {
        if (i)
            fsc_buf_adds(out, " → ");
        fsc_html_text(out, name[i]);
    }
    fsc_buf_adds(out, "</h1>\n");
}

// site, author, date, address, and what went wrong; nothing when nothing is known
void fsc_html_meta(const fsc_article *d, fsc_buf *out)
{
    bool ok = d->status == FSC_RECORD_OK;
    const fsc_view meta[] = {d->site, d->author, d->published, d->url, ok ? (fsc_view){0} : fsc_view_cstr(fsc_record_name(d->status)), d->reason};
    size_t shown = 0;
    for (size_t i = 0; i < sizeof meta / sizeof *meta; i++) {
        if (!meta[i].len)
            continue;
        fsc_buf_adds(out, shown++ ? " · " : "<p class=\"meta\">");
        fsc_html_text(out, meta[i]);
    }
    if (shown)
        fsc_buf_adds(out, "</p>\n");
}

static void put_argument(const fsc_analysis *a, fsc_span s, fsc_buf *out)
{
    fsc_buf_adds(out, "<td class=\"w\">");
    if (fsc_span_is(s))
        fsc_html_text(out, fsc_view_slice(a->article.text, s.start, s.end));
    fsc_buf_adds(out, "</td>");
}

static void put_relations(const fsc_analysis *a, fsc_buf *out)
{
    if (!a->relation_count)
        return;
    fsc_buf_adds(out, "<table><tr><th>relation</th><th class=\"w\">cause</th><th class=\"w\">words</th><th class=\"w\">effect</th><th class=\"w\">voice</th></tr>\n");
    for (size_t i = 0; i < a->relation_count; i++) {
        const fsc_relation *r = &a->relation[i];
        fsc_buf_printf(out, "<tr><td>%s, %s</td>", fsc_relation_name(r->type), fsc_relation_status_name(r->status));
        put_argument(a, r->cause, out);
        put_argument(a, (fsc_span){r->start, r->end}, out);
        put_argument(a, r->effect, out);
        fsc_buf_printf(out, "<td class=\"w\">%s", fsc_voice_name((fsc_voice)r->voice));
        if (r->speaker.len) {
            fsc_buf_adds(out, " (");
            fsc_html_text(out, r->speaker);
            fsc_buf_char(out, ')');
        }
        fsc_buf_adds(out, "</td></tr>\n");
    }
    fsc_buf_adds(out, "</table>\n");
}

void fsc_export_annotate_html(const fsc_analysis *a, fsc_buf *out)
{
    const fsc_article *d = &a->article;
    painter p = {a, out, 0, FSC_NONE, FSC_VOICE_OWN};
    fsc_html_title(&d->id, 1, out);
    fsc_html_meta(d, out);
    if (!fsc_record_scored(d->status))
        return;
    put_legend(out);
    for (size_t i = 0, word = 0; i < d->part_count; i++) {
        fsc_buf_printf(out, "<p class=\"text %s%s\">", fsc_part_name(d->part[i].kind), d->part[i].block_quote ? " block" : "");
        word = put_part(&p, &d->part[i], (uint32_t)word);
        fsc_buf_adds(out, "</p>\n");
    }
    put_relations(a, out);
    put_scores(a, out);
}
