#include "base/utf8.h"
#include "export/export_p.h"

// bytes of context on each side in a table; cut to whole characters and words
#define CONTEXT 60u

// as many words on each side as asked for, within the part
static fsc_view words_left(const fsc_analysis *a, const fsc_cue *c, uint32_t words)
{
    const fsc_part *p = &a->article.part[c->part];
    uint32_t w = c->first_word > words ? c->first_word - words : 0;
    while (w < c->first_word && a->text.word[w].start < p->start)
        w++;
    return fsc_view_slice(a->article.text, w < c->first_word ? a->text.word[w].start : c->start, c->start);
}

static fsc_view words_right(const fsc_analysis *a, const fsc_cue *c, uint32_t words)
{
    const fsc_part *p = &a->article.part[c->part];
    size_t w = (size_t)c->end_word + words;
    w = w < a->text.word_count ? w : a->text.word_count;
    while (w > c->end_word && a->text.word[w - 1].end > p->end)
        w--;
    // marks behind the last word go with it, as far as the next
    uint32_t to = w < a->text.word_count && a->text.word[w].start <= p->end ? a->text.word[w].start : p->end;
    return fsc_view_slice(a->article.text, c->end, to > c->end ? to : c->end);
}

static fsc_view left_of(const fsc_analysis *a, const fsc_cue *c, uint32_t size)
{
    const fsc_part *p = &a->article.part[c->part];
    uint32_t from = c->start > p->start + size ? c->start - size : p->start;
    fsc_view text = a->article.text;
    while (from > p->start && from < c->start && !fsc_utf8_is_start((unsigned char)text.data[from]))
        from++;
    return fsc_view_slice(text, from, c->start);
}

static fsc_view right_of(const fsc_analysis *a, const fsc_cue *c, uint32_t size)
{
    const fsc_part *p = &a->article.part[c->part];
    uint32_t to = p->end > c->end + size ? c->end + size : p->end;
    fsc_view text = a->article.text;
    while (to > c->end && to < p->end && !fsc_utf8_is_start((unsigned char)text.data[to]))
        to--;
    return fsc_view_slice(text, c->end, to);
}

static void put_place(fsc_row *r, const fsc_analysis *a, const fsc_cue *c, const fsc_units *u)
{
    fsc_row_name(r, fsc_part_name(a->article.part[c->part].kind));
    fsc_row_u64(r, c->sentence);
    // position: share of the words before the cue, 0 to 1
    size_t words = a->text.word_count;
    fsc_row_real(r, words ? (double)c->first_word / (double)words : 0);
    fsc_row_u64(r, fsc_units_of(u, c->start));
    fsc_row_u64(r, fsc_units_of(u, c->end));
    fsc_row_text(r, fsc_view_slice(a->article.text, c->start, c->end));
}

static void put_cue(const fsc_export *x, const fsc_analysis *a, size_t i, const fsc_units *u, fsc_buf *out)
{
    const fsc_cue *c = &a->cue[i];
    const fsc_article *d = &a->article;
    const fsc_entry *e = &a->schema->entry[c->entry];
    fsc_row r;
    fsc_row_begin(&r, x, out);
    const fsc_view identity[] = {d->id, d->source, d->url, d->site, d->published};
    for (size_t k = 0; k < sizeof identity / sizeof *identity; k++)
        fsc_row_text(&r, identity[k]);
    fsc_row_u64(&r, i);
    put_place(&r, a, c, u);
    fsc_row_text(&r, a->schema->dimension[c->dimension].name);
    fsc_row_text(&r, a->schema->category[c->category].name);
    fsc_row_thousandths(&r, c->weight);
    fsc_row_name(&r, fsc_direction_name((fsc_direction)c->direction));
    fsc_row_name(&r, fsc_voice_name((fsc_voice)c->voice));
    fsc_row_text(&r, c->by->name);
    fsc_row_text(&r, c->by->role);
    fsc_row_bool(&r, c->negated);
    fsc_row_bool(&r, c->scored);
    fsc_row_name(&r, fsc_why_name((fsc_why)c->why));
    fsc_row_text(&r, fsc_schema_text(a->schema, e->lexicon));
    fsc_row_text(&r, fsc_schema_text(a->schema, e->pattern));
    fsc_row_text(&r, x->opt.context ? words_left(a, c, x->opt.context) : left_of(a, c, CONTEXT));
    fsc_row_text(&r, x->opt.context ? words_right(a, c, x->opt.context) : right_of(a, c, CONTEXT));
    const fsc_sentence *s = &a->text.sentence[c->sentence];
    fsc_row_text(&r, fsc_view_slice(d->text, s->start, s->end));
    for (size_t k = 0; k < d->keep_count && k < x->opt.keep_count; k++)
        fsc_row_text(&r, d->keep[k].value);
    fsc_row_end(&r);
}

// what a cue is: category, weight, voice, why it is not scored, speaker; cut to `room` columns
static void put_what(const fsc_export *x, const fsc_analysis *a, const fsc_cue *c, size_t room, fsc_buf *out)
{
    fsc_view dim = a->schema->dimension[c->dimension].name, cat = a->schema->category[c->category].name;
    size_t from, used = dim.len + 1 + cat.len;
    if (used > room) {
        fsc_add_cut(out, cat, room, false);
        return;
    }
    fsc_buf_printf(out, "%s%.*s.%.*s%s", fsc_paint(x, "\033[36m"), (int)dim.len, dim.data, (int)cat.len, cat.data, fsc_paint(x, "\033[0m"));
    from = out->len;
    fsc_buf_char(out, ' ');
    fsc_buf_thousandths(out, c->weight);
    fsc_buf_printf(out, " %s", fsc_voice_name((fsc_voice)c->voice));
    if (!c->scored)
        fsc_buf_printf(out, " [%s]", fsc_why_name((fsc_why)c->why));
    if (c->by->name.len)
        fsc_buf_printf(out, " (%.*s)", (int)c->by->name.len, c->by->name.data);
    fsc_cut_tail(out, from, room - used);
}

// columns of a line: context, cue, context, then what it is
static void put_line(const fsc_export *x, const fsc_analysis *a, const fsc_cue *c, fsc_buf *out)
{
    size_t width = fsc_terminal_width(x), what = width * 2 / 5 > 52 ? 52 : width * 2 / 5, side = (width - what) * 2 / 5;
    size_t line = width > what + 1 ? width - what - 1 : 1;
    fsc_view left = left_of(a, c, 120), text = fsc_view_slice(a->article.text, c->start, c->end);
    // the left context ends at the cue: drop characters from its start
    while (left.len && fsc_display_width(left) > side) {
        left.data++, left.len--;
        while (left.len && !fsc_utf8_is_start((unsigned char)left.data[0]))
            left.data++, left.len--;
    }
    for (size_t pad = fsc_display_width(left); pad < side; pad++)
        fsc_buf_char(out, ' ');
    fsc_add_cut(out, left, side, false);
    fsc_buf_adds(out, fsc_paint(x, c->scored ? "\033[1;33m" : "\033[2m"));
    fsc_add_cut(out, text, line - side, false);
    fsc_buf_adds(out, fsc_paint(x, "\033[0m"));
    size_t used = side + fsc_display_width(text);
    fsc_add_cut(out, right_of(a, c, 120), line > used ? line - used : 0, true);
    fsc_buf_char(out, ' ');
    put_what(x, a, c, what, out);
    fsc_buf_char(out, '\n');
}

void fsc_export_cue_lines(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    for (size_t i = 0; i < a->cue_count; i++)
        put_line(x, a, &a->cue[i], out);
}

void fsc_export_cut(const fsc_export *x, fsc_view text, fsc_buf *out)
{
    fsc_buf_adds(out, "   ");
    fsc_add_cut(out, text, fsc_terminal_width(x) - 4, false);
    fsc_buf_char(out, '\n');
}

void fsc_export_cues(const fsc_export *x, const fsc_analysis *a, fsc_buf *out)
{
    if (!fsc_record_scored(a->article.status))
        return;
    if (x->opt.format == FSC_OUTPUT_TABLE || x->opt.format == FSC_OUTPUT_TEXT) {
        if (a->cue_count)
            fsc_buf_printf(out, "%s%.*s%s\n", fsc_paint(x, "\033[1m"), (int)a->article.id.len, a->article.id.data,
                           fsc_paint(x, "\033[0m"));
        fsc_export_cue_lines(x, a, out);
        return;
    }
    fsc_arena scratch;
    fsc_arena_init(&scratch, NULL);
    fsc_units u;
    if (fsc_units_init(&u, a->article.text, x->opt.offsets, &scratch))
        for (size_t i = 0; i < a->cue_count; i++) {
            put_cue(x, a, i, &u, out);
            fsc_buf_settle(out);
        }
    else
        out->failed = FSC_E_NOMEM;
    fsc_arena_release(&scratch);
}

// ---------------------------------------------------------------- keyed rows, for sorting and grouping

static const char *const names[] = {"text", "entry", "category", "speaker", "source", "site", "left", "right"};
enum { KEY_TEXT, KEY_ENTRY, KEY_CATEGORY, KEY_SPEAKER, KEY_SOURCE, KEY_SITE, KEY_LEFT, KEY_RIGHT, KEY_COUNT };

enum { MOST_KEYS = 4 };

/* Keys of a list "source,text", in *key; 0: one is unknown, or too many. */
static size_t read_keys(int *key, const char *list)
{
    size_t count = 0;
    for (fsc_view rest = fsc_view_cstr(list); rest.data; count++) {
        fsc_view one = fsc_view_split(&rest, ',');
        int i = 0;
        while (i < KEY_COUNT && !fsc_view_is(one, names[i]))
            i++;
        if (i == KEY_COUNT || count == MOST_KEYS)
            return 0;
        key[count] = i;
    }
    return count;
}

bool fsc_cue_keys_known(const char *list)
{
    int key[MOST_KEYS];
    return read_keys(key, list) > 0;
}

static void add_lower(fsc_buf *out, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        fsc_buf_char(out, v.data[i] >= 'A' && v.data[i] <= 'Z' ? (char)(v.data[i] + 32) : v.data[i]);
}

// the words before the cue, nearest first
static void add_left(fsc_buf *out, const fsc_analysis *a, const fsc_cue *c)
{
    const fsc_sentence *s = &a->text.sentence[c->sentence];
    for (uint32_t w = c->first_word; w-- > s->first_word;) {
        add_lower(out, fsc_view_slice(a->article.text, a->text.word[w].start, a->text.word[w].end));
        fsc_buf_char(out, ' ');
    }
}

/* Whom an attribution cue is about: "said" and its kind stand in the voice around them, so that this is no `speaker`. */
static void add_source(fsc_buf *out, const fsc_analysis *a, const fsc_cue *c)
{
    uint32_t speech = fsc_voices_introduced(&a->voices, c->first_word, c->end_word);
    if (speech != FSC_NONE)
        fsc_buf_addv(out, a->voices.speech[speech].by.name);
}

static void add_key(fsc_buf *out, const fsc_analysis *a, const fsc_cue *c, int key)
{
    const fsc_category *cat = &a->schema->category[c->category];
    switch (key) {
    case KEY_TEXT:
        add_lower(out, fsc_view_slice(a->article.text, c->start, c->end));
        break;
    case KEY_ENTRY:
        fsc_buf_addv(out, fsc_schema_text(a->schema, a->schema->entry[c->entry].pattern));
        break;
    case KEY_CATEGORY:
        fsc_buf_addv(out, a->schema->dimension[cat->dimension].name);
        fsc_buf_char(out, '.');
        fsc_buf_addv(out, cat->name);
        break;
    case KEY_SPEAKER:
        fsc_buf_addv(out, c->by->name);
        break;
    case KEY_SOURCE:
        add_source(out, a, c);
        break;
    case KEY_SITE:
        fsc_buf_addv(out, a->article.site);
        break;
    case KEY_LEFT:
        add_left(out, a, c);
        break;
    default:
        add_lower(out, right_of(a, c, CONTEXT));
    }
}

static void put_length(fsc_buf *out, size_t at, uint32_t n)
{
    if (!out->failed)
        memcpy(out->data + at, &n, sizeof n);
}

void fsc_export_cues_keyed(const fsc_export *x, const fsc_analysis *a, const char *list, fsc_buf *out)
{
    static const char zeros[8] = {0};
    int key[MOST_KEYS];
    size_t count = read_keys(key, list);
    fsc_arena scratch;
    fsc_units u;
    if (!fsc_record_scored(a->article.status))
        return;
    fsc_arena_init(&scratch, NULL);
    if (!fsc_units_init(&u, a->article.text, x->opt.offsets, &scratch))
        out->failed = FSC_E_NOMEM;
    for (size_t i = 0; i < a->cue_count && !out->failed; i++) {
        size_t at = out->len;
        fsc_buf_add(out, zeros, sizeof zeros);
        for (size_t k = 0; k < count; k++) {
            if (k > 0)
                fsc_buf_char(out, FSC_KEY_BORDER);
            add_key(out, a, &a->cue[i], key[k]);
        }
        size_t row = out->len;
        if (x->opt.format == FSC_OUTPUT_TABLE || x->opt.format == FSC_OUTPUT_TEXT)
            put_line(x, a, &a->cue[i], out);
        else
            put_cue(x, a, i, &u, out);
        put_length(out, at, (uint32_t)(row - at - sizeof zeros));
        put_length(out, at + 4, (uint32_t)(out->len - row));
    }
    fsc_arena_release(&scratch);
}
