// What is wrong with the entries of a lexicon, found by matching examples made of them.
#include <stdlib.h>

#include "lexicon/example_p.h"
#include "lexicon/set_p.h"

#define MOST_COVERS 16 // entries kept that may take the place of one

// An entry that has so far been found wherever the one at hand was.
typedef struct cover {
    uint32_t entry;
    bool same;  // always the same words
    bool seen;  // in the example at hand
    bool wins;  // always takes the place: starts earlier, is longer, or of equal ones stands first
} cover;

// Two categories whose entries meet.
typedef struct meeting {
    uint32_t entry, other; // the first two that do
    uint32_t count, last;  // entries of either that do; the last counted
} meeting;

typedef struct checker {
    const fsc_lexset *set;
    const fsc_schema *schema;
    fsc_view lexicon;
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_lex_examples examples;
    fsc_arena *arena;
    fsc_arena scratch; // one example
    fsc_buf text, first; // the example at hand; the first of the entry, for messages
    fsc_findings *out;
    fsc_err *err;
    /* the entry at hand */
    uint32_t entry;
    cover covers[MOST_COVERS];
    size_t cover_count;
    uint32_t hits; // examples it was found in
    uint32_t *same; // by entry: the first other that finds the same words always, or FSC_NONE
    fsc_map meet;   // by categories: index into meeting
    fsc_vec(meeting) meeting;
} checker;

static int add(checker *c, fsc_finding finding)
{
    return finding.text.data && fsc_vec_push(c->arena, c->out, finding) ? FSC_OK : fsc_err_nomem(c->err);
}

static bool is_ours(const checker *c, const fsc_entry *e)
{
    return fsc_view_eq(fsc_schema_text(c->schema, e->lexicon), c->lexicon);
}

static fsc_overlap overlap_of(const checker *c, const fsc_entry *e)
{
    return e->flags & FSC_ENTRY_RESOURCE ? FSC_OVERLAP_ALL : (fsc_overlap)c->schema->dimension[e->dimension].overlap;
}

// Only an entry without options always counts where it is found; with the same options both do or neither.
static bool may_cover(const checker *c, const fsc_entry *own, const fsc_entry *other)
{
    static const char *const harmless[] = {"pair", "names", "dir", "side"};
    fsc_view rest = fsc_schema_text(c->schema, other->options), name, value;
    if (!is_ours(c, other) || other->dimension != own->dimension)
        return false;
    fsc_overlap policy = overlap_of(c, own);
    if (policy == FSC_OVERLAP_ALL || (policy == FSC_OVERLAP_CATEGORY && own->category != other->category))
        return false;
    if (fsc_view_eq(fsc_schema_text(c->schema, own->options), rest))
        return true;
    while (fsc_entry_next_option(&rest, &name, &value)) {
        bool is_harmless = false;
        for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
            is_harmless |= fsc_view_is(name, harmless[i]);
        if (!is_harmless)
            return false;
    }
    return true;
}

// ---------------------------------------------------------------- one example

static int match(checker *c, fsc_text *text, fsc_hits *hits)
{
    fsc_arena_reset(&c->scratch, 1 << 16);
    int status = fsc_text_analyze(text, fsc_buf_view(&c->text), NULL, 0, c->types, &c->scratch, c->err);
    return status ? status : fsc_match(hits, c->matcher, text, &c->scratch, c->err);
}

// The hit of the entry at hand where its words stand; NULL: none.
static const fsc_hit *own_hit(const checker *c, const fsc_hits *hits, fsc_span span)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->hit[i].entry == c->entry && hits->hit[i].start < span.end && hits->hit[i].end > span.start)
            return &hits->hit[i];
    return NULL;
}

static void note_cover(checker *c, const fsc_hit *own, const fsc_hit *hit, bool first)
{
    bool same = hit->start == own->start && hit->end == own->end;
    bool wider = hit->start < own->start || hit->end > own->end;
    bool wins = hit->entry < own->entry || (wider && overlap_of(c, &c->schema->entry[c->entry]) != FSC_OVERLAP_PRIORITY);
    for (size_t i = 0; i < c->cover_count; i++) {
        cover *known = &c->covers[i];
        if (known->entry != hit->entry)
            continue;
        known->seen = true;
        known->same &= same;
        known->wins &= wins;
        return;
    }
    if (first && c->cover_count < MOST_COVERS)
        c->covers[c->cover_count++] = (cover){hit->entry, same, true, wins};
}

static int note_meeting(checker *c, const fsc_hit *hit)
{
    const fsc_entry *own = &c->schema->entry[c->entry], *other = &c->schema->entry[hit->entry];
    bool up = own->category < other->category;
    uint32_t key[2] = {up ? own->category : other->category, up ? other->category : own->category};
    fsc_view found = fsc_view_of((const char *)key, sizeof key);
    uint32_t *known = fsc_map_get(&c->meet, found);
    if (!known) {
        fsc_view kept = fsc_arena_dup(c->arena, found);
        meeting m = {c->entry, hit->entry, 1, c->entry};
        if (!kept.data || !fsc_vec_push(c->arena, &c->meeting, m) ||
            !fsc_map_put(&c->meet, kept, (uint32_t)c->meeting.len - 1, NULL))
            return fsc_err_nomem(c->err);
        return FSC_OK;
    }
    meeting *m = &c->meeting.data[*known];
    m->count += m->last != c->entry;
    m->last = c->entry;
    return FSC_OK;
}

static int note_hits(checker *c, const fsc_hit *own, const fsc_hits *hits)
{
    const fsc_entry *e = &c->schema->entry[c->entry];
    bool first = c->hits++ == 0;
    size_t kept = 0;
    int status = FSC_OK;
    for (size_t i = 0; i < c->cover_count; i++)
        c->covers[i].seen = false;
    for (size_t i = 0; i < hits->count && !status; i++) {
        const fsc_hit *hit = &hits->hit[i];
        const fsc_entry *other = &c->schema->entry[hit->entry];
        if (hit->entry == c->entry || hit->start >= own->end || hit->end <= own->start || !is_ours(c, other))
            continue;
        if (hit->start <= own->start && hit->end >= own->end && may_cover(c, e, other))
            note_cover(c, own, hit, first);
        if (other->category != e->category && other->dimension == e->dimension)
            status = note_meeting(c, hit);
    }
    for (size_t i = 0; i < c->cover_count; i++)
        if (c->covers[i].seen)
            c->covers[kept++] = c->covers[i];
    c->cover_count = kept;
    return status;
}

static int try_entry(checker *c)
{
    fsc_span span;
    fsc_text text;
    fsc_hits hits;
    c->cover_count = c->hits = 0;
    fsc_buf_reset(&c->first, 1 << 12);
    for (uint32_t i = 0; i < c->examples.sequences; i++) {
        for (uint32_t frame = 0; frame < FSC_LEX_FRAMES; frame++) {
            if (!fsc_lex_examples_write(&c->examples, i, frame, &c->text, &span))
                continue;
            if (!c->first.len)
                fsc_buf_addv(&c->first, fsc_buf_view(&c->text));
            int status = match(c, &text, &hits);
            const fsc_hit *own = status ? NULL : own_hit(c, &hits, span);
            if (own)
                status = note_hits(c, own, &hits);
            if (status)
                return status;
        }
    }
    return c->text.failed || c->first.failed ? fsc_err_nomem(c->err) : FSC_OK;
}

// ---------------------------------------------------------------- what they tell

// How the text room reads the example that was not found.
static fsc_view reading(checker *c)
{
    fsc_text text;
    fsc_hits hits;
    fsc_buf words;
    fsc_buf_reset(&c->text, 1 << 12);
    fsc_buf_addv(&c->text, fsc_buf_view(&c->first));
    if (match(c, &text, &hits))
        return (fsc_view){NULL, 0};
    fsc_buf_init(&words, NULL, 400);
    for (size_t i = 0; i < text.word_count; i++)
        fsc_buf_printf(&words, "%s%.*s", i ? " | " : "", (int)(text.word[i].end - text.word[i].start),
                       c->text.data + text.word[i].start);
    fsc_view all = fsc_arena_dup(c->arena, fsc_buf_view(&words));
    fsc_buf_release(&words);
    if (!all.data || text.sentence_count < 2)
        return all;
    return fsc_arena_printf(c->arena, "%.*s, in %zu sentences, and a phrase never crosses one", (int)all.len, all.data,
                            text.sentence_count);
}

static int report_never(checker *c)
{
    fsc_view words = reading(c), text;
    if (!words.data)
        return fsc_err_nomem(c->err);
    if (c->examples.guarded)
        text = fsc_arena_printf(c->arena, "it can never match: none of %u examples does, \"%s\" first; see whether its "
                                          "guards exclude each other",
                                c->examples.sequences, c->first.data);
    else
        text = fsc_arena_printf(c->arena, "it can never match: in a text \"%s\" is read as %.*s", c->first.data,
                                (int)words.len, words.data);
    return add(c, (fsc_finding){FSC_FINDING_NEVER, c->entry, FSC_NONE, 0, text});
}

static fsc_view pattern_of(const checker *c, const fsc_entry *e)
{
    return fsc_schema_text(c->schema, e->pattern);
}

static fsc_view category_of(const checker *c, const fsc_entry *e)
{
    return e->flags & FSC_ENTRY_RESOURCE ? c->schema->resource[e->category] : c->schema->category[e->category].name;
}

static int report_shadow(checker *c)
{
    const fsc_entry *e = &c->schema->entry[c->entry];
    const cover *best = NULL;
    for (size_t i = 0; i < c->cover_count; i++) {
        const cover *k = &c->covers[i];
        if (k->same && c->same[c->entry] == FSC_NONE)
            c->same[c->entry] = k->entry;
        if (k->wins && (!best || (k->same && !best->same)))
            best = k;
    }
    if (!best)
        return FSC_OK;
    const fsc_entry *o = &c->schema->entry[best->entry];
    fsc_view pattern = pattern_of(c, o);
    bool alike = o->category == e->category;
    if (best->same && alike && c->same[best->entry] == c->entry)
        return add(c, (fsc_finding){FSC_FINDING_DUPLICATE, c->entry, best->entry, 0,
                                    fsc_arena_printf(c->arena, "it finds what line %u finds: %.*s%s", o->line,
                                                     (int)pattern.len, pattern.data,
                                                     o->weight != e->weight ? ", whose weight stands" : "")});
    fsc_view category = category_of(c, o);
    fsc_view text = alike ? fsc_arena_printf(c->arena, "%.*s in line %u finds the same%s", (int)pattern.len, pattern.data,
                                             o->line, o->weight != e->weight ? ", and its weight stands" : "")
                          : fsc_arena_printf(c->arena, "it never counts: %.*s in line %u (%.*s) takes its place",
                                             (int)pattern.len, pattern.data, o->line, (int)category.len, category.data);
    return add(c, (fsc_finding){FSC_FINDING_SHADOWED, c->entry, best->entry, 0, text});
}

static int report_meetings(checker *c)
{
    int status = FSC_OK;
    for (size_t i = 0; i < c->meeting.len && !status; i++) {
        const meeting *m = &c->meeting.data[i];
        const fsc_entry *e = &c->schema->entry[m->entry], *o = &c->schema->entry[m->other];
        fsc_view a = category_of(c, e), b = category_of(c, o), pattern = pattern_of(c, o);
        fsc_view text = fsc_arena_printf(c->arena, "%u entries of %.*s and %.*s meet: this one and %.*s in line %u first", m->count,
                                         (int)a.len, a.data, (int)b.len, b.data, (int)pattern.len, pattern.data, o->line);
        status = add(c, (fsc_finding){FSC_FINDING_OVERLAP, m->entry, m->other, m->count, text});
    }
    return status;
}

// Labels of pair= with one entry, or with different weights within what scores.
static int report_pairs(checker *c)
{
    fsc_map labels;
    fsc_vec(uint32_t) first = {0};
    fsc_vec(uint32_t) count = {0};
    int status = FSC_OK;
    fsc_map_init(&labels, c->arena);
    for (uint32_t i = 0; i < c->schema->entry_count && !status; i++) {
        const fsc_entry *e = &c->schema->entry[i];
        bool is_new = false;
        if (!e->pair.len || !is_ours(c, e))
            continue;
        fsc_view pair = fsc_schema_text(c->schema, e->pair);
        uint32_t *label = fsc_map_put(&labels, pair, (uint32_t)first.len, &is_new);
        if (!label || (is_new && (!fsc_vec_push(c->arena, &first, i) || !fsc_vec_push(c->arena, &count, 0))))
            return fsc_err_nomem(c->err);
        count.data[*label]++;
        const fsc_entry *o = &c->schema->entry[first.data[*label]];
        if (o->category == e->category && o->weight != e->weight)
            status = add(c, (fsc_finding){FSC_FINDING_PAIR, i, first.data[*label], 0,
                                          fsc_arena_printf(c->arena, "pair=%.*s: its weight differs from line %u", (int)pair.len,
                                                           pair.data, o->line)});
    }
    for (size_t i = 0; i < first.len && !status; i++) {
        const fsc_entry *e = &c->schema->entry[first.data[i]];
        fsc_view pair = fsc_schema_text(c->schema, e->pair);
        if (count.data[i] == 1)
            status = add(c, (fsc_finding){FSC_FINDING_PAIR, first.data[i], FSC_NONE, 1,
                                          fsc_arena_printf(c->arena, "pair=%.*s has this one entry: no counterpart",
                                                           (int)pair.len, pair.data)});
    }
    return status;
}

static int check_entries(checker *c, fsc_view language)
{
    int status = FSC_OK;
    for (uint32_t i = 0; i < c->schema->entry_count && !status; i++) {
        const fsc_entry *e = &c->schema->entry[i];
        bool can;
        if (!is_ours(c, e))
            continue;
        c->entry = i;
        status = fsc_lex_examples_entry(&can, &c->examples, e, language, c->err);
        if (status || !can) {
            c->out->untried += !status && !(e->flags & FSC_ENTRY_RULE);
            continue;
        }
        fsc_types_trim(c->types);
        status = try_entry(c);
        if (!status)
            status = c->hits ? report_shadow(c) : report_never(c);
    }
    if (!status)
        status = report_meetings(c);
    return status ? status : report_pairs(c);
}

int fsc_lexicon_check(fsc_findings *out, const fsc_lexset *set, uint32_t lexicon, fsc_arena *arena, fsc_err *err)
{
    checker c = {.set = set, .schema = &set->schema, .arena = arena, .out = out, .err = err};
    *out = (fsc_findings){0};
    if (lexicon >= set->info_count)
        return fsc_err_set(err, FSC_E_INTERNAL, "no lexicon of that number");
    c.lexicon = set->info[lexicon].name;
    c.same = fsc_arena_alloc(arena, (c.schema->entry_count + 1) * sizeof *c.same);
    if (!c.same)
        return fsc_err_nomem(err);
    memset(c.same, 0xFF, (c.schema->entry_count + 1) * sizeof *c.same);
    fsc_arena_init(&c.scratch, arena->alloc);
    fsc_buf_init(&c.text, arena->alloc, 1 << 20);
    fsc_buf_init(&c.first, arena->alloc, 1 << 20);
    fsc_map_init(&c.meet, arena);
    int status = fsc_types_new(&c.types, arena->alloc, err);
    if (!status)
        status = fsc_matcher_new(&c.matcher, set, c.types, arena->alloc, err);
    if (!status)
        status = fsc_lex_examples_init(&c.examples, c.schema, arena, err);
    if (!status)
        status = check_entries(&c, set->info[lexicon].language);
    fsc_lex_examples_release(&c.examples);
    fsc_matcher_free(c.matcher);
    fsc_types_free(c.types);
    fsc_buf_release(&c.first);
    fsc_buf_release(&c.text);
    fsc_arena_release(&c.scratch);
    return status;
}
