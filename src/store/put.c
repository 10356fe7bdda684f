#include <math.h>

#include "store/packed_p.h"
#include "store/store_p.h"

// What workers packed, turned into rows. Lengths were written by pack.c in the same process; a cursor still never leaves its record.

typedef struct cursor {
    const char *at, *end;
} cursor;

static void take(cursor *c, void *out, size_t size)
{
    if ((size_t)(c->end - c->at) < size) {
        memset(out, 0, size);
        c->at = c->end;
        return;
    }
    memcpy(out, c->at, size);
    c->at += size;
}

static fsc_view take_text(cursor *c)
{
    uint32_t len;
    take(c, &len, sizeof len);
    if ((size_t)(c->end - c->at) < len)
        len = (uint32_t)(c->end - c->at);
    fsc_view v = {c->at, len};
    c->at += len;
    return v;
}

typedef struct record {
    fsc_packed_head head;
    fsc_view text[FSC_PACKED_TEXTS];
    cursor rest;            // the analysis
} record;

static double points(int64_t thousandths)
{
    return (double)thousandths / 1000;
}

// ---------------------------------------------------------------- documents, versions, captures

// 1: known, 0: added, < 0 failed
static int find_document(fsc_store *s, const record *r, int64_t *document, fsc_err *err)
{
    const char *by = fsc_known_by_name((fsc_known_by)r->head.known_by);
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_DOCUMENT_FIND, err);
    if (!st)
        return s->failed;
    fsc_bind_name(st, 1, by);
    fsc_bind_text_always(st, 2, r->text[FSC_PACKED_KEY]);
    int got = fsc_sql_int(s, st, document, err);
    if (got)
        return got;
    if (!(st = fsc_sql(s, FSC_SQL_DOCUMENT_ADD, err)))
        return s->failed;
    *document = ++s->last_document;
    sqlite3_bind_int64(st, 1, *document);
    fsc_bind_name(st, 2, by);
    fsc_bind_text_always(st, 3, r->text[FSC_PACKED_KEY]);
    // its first version is the next one
    sqlite3_bind_int64(st, 4, s->last_version + 1);
    s->counts.documents++;
    return fsc_sql_run(s, st, err);
}

static int count_versions(fsc_store *s, int64_t document, int64_t *count, fsc_err *err)
{
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_VERSION_COUNT, err);
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, document);
    int got = fsc_sql_int(s, st, count, err);
    return got < 0 ? got : 0;
}

static int add_fulltext(fsc_store *s, const record *r, int64_t version, fsc_err *err)
{
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_FULLTEXT_ADD, err);
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, version);
    fsc_bind_text(st, 2, r->text[7]);
    fsc_bind_text_always(st, 3, r->text[FSC_PACKED_TEXT]);
    return fsc_sql_run(s, st, err);
}

static int add_version(fsc_store *s, const record *r, int64_t document, int64_t number, int64_t *version, fsc_err *err)
{
    char hash[17];
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_VERSION_ADD, err);
    if (!st)
        return s->failed;
    *version = ++s->last_version;
    sqlite3_bind_int64(st, 1, *version);
    sqlite3_bind_int64(st, 2, document);
    sqlite3_bind_int64(st, 3, number);
    sqlite3_bind_int64(st, 4, (int64_t)r->head.identity);
    fsc_bind_text_always(st, 5, r->text[0]);
    fsc_bind_text_always(st, 6, r->text[1]);
    for (int i = 2; i < FSC_PACKED_FIELDS; i++)
        fsc_bind_text(st, 5 + i, r->text[i]);
    fsc_bind_name(st, 19, fsc_record_name((fsc_record_status)r->head.status));
    fsc_bind_text(st, 20, r->text[FSC_PACKED_REASON]);
    for (int i = 15; i >= 0; i--)
        hash[15 - i] = "0123456789abcdef"[r->head.content >> (4 * i) & 15];
    hash[16] = 0;
    fsc_bind_name(st, 21, r->head.analysed ? hash : NULL);
    sqlite3_bind_int64(st, 22, r->head.post);
    sqlite3_bind_int64(st, 23, r->head.text_start);
    sqlite3_bind_int64(st, 24, r->head.repaired);
    for (int i = 0; i < 3; i++)
        fsc_bind_text(st, 25 + i, r->text[FSC_PACKED_PARTS + i]);
    fsc_bind_text_always(st, 28, r->text[FSC_PACKED_TEXT]);
    int status = fsc_sql_run(s, st, err);
    s->counts.versions++;
    return status || !r->text[FSC_PACKED_TEXT].len ? status : add_fulltext(s, r, *version, err);
}

static int add_capture(fsc_store *s, const record *r, int64_t version, bool *is_new, fsc_err *err)
{
    const fsc_view source = r->text[1], published = r->text[10], modified = r->text[11], captured = r->text[12];
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_CAPTURE_ADD, err);
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, version);
    fsc_bind_text_always(st, 2, captured.len ? captured : modified.len ? modified : source);
    fsc_bind_text_always(st, 3, source);
    fsc_bind_text(st, 4, captured);
    fsc_bind_text(st, 5, modified);
    fsc_bind_text(st, 6, published);
    fsc_bind_time(st, 7, r->head.captured);
    fsc_bind_time(st, 8, r->head.modified);
    fsc_bind_time(st, 9, r->head.published);
    int status = fsc_sql_run(s, st, err);
    *is_new = !status && sqlite3_changes(s->db) > 0;
    s->counts.captures += *is_new;
    return status;
}

// a chain that changed: which version is the latest now, and its edits are to be compared again
static int update_latest(fsc_store *s, int64_t document, fsc_err *err)
{
    int64_t latest;
    int status = fsc_store_latest(s, document, &latest, err);
    sqlite3_stmt *st = status ? NULL : fsc_sql(s, FSC_SQL_DOCUMENT_EDITED, err);
    if (!st)
        return status ? status : s->failed;
    sqlite3_bind_int64(st, 1, latest);
    sqlite3_bind_int64(st, 2, document);
    return fsc_sql_run(s, st, err);
}

static int put_version(fsc_store *s, const record *r, int64_t *version, fsc_err *err)
{
    int64_t document, count = 0;
    bool is_new;
    int known = find_document(s, r, &document, err);
    if (known > 0) {
        sqlite3_stmt *st = fsc_sql(s, FSC_SQL_VERSION_FIND, err);
        if (!st)
            return s->failed;
        sqlite3_bind_int64(st, 1, document);
        sqlite3_bind_int64(st, 2, (int64_t)r->head.identity);
        int got = fsc_sql_int(s, st, version, err);
        int status = got < 0 ? got : count_versions(s, document, &count, err);
        if (!status && !got)
            status = add_version(s, r, document, ++count, version, err);
        if (!status)
            status = add_capture(s, r, *version, &is_new, err);
        return status || !is_new || count < 2 ? status : update_latest(s, document, err);
    }
    int status = known < 0 ? known : add_version(s, r, document, 1, version, err);
    return status ? status : add_capture(s, r, *version, &is_new, err);
}

// ---------------------------------------------------------------- analyses

static int add_analysis(fsc_store *s, const fsc_packed_counts *n, int64_t version, fsc_err *err)
{
    const uint32_t cells[] = {n->has_lexicon, n->words, n->all_words, n->sentences, n->own_words, n->quoted_words, n->indirect_words, n->scare_words,
                              n->headline_words, n->sources_named, n->sources_unnamed};
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_ANALYSIS_ADD, err);
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, s->run);
    sqlite3_bind_int64(st, 2, version);
    for (int i = 0; i < 11; i++)
        sqlite3_bind_int64(st, 3 + i, cells[i]);
    s->counts.analyses++;
    return fsc_sql_run(s, st, err);
}

static int add_score(fsc_store *s, cursor *c, sqlite3_stmt *st, fsc_err *err)
{
    fsc_packed_score p;
    take(c, &p, sizeof p);
    const fsc_score *x = &p.score;
    bool poles = s->schema->dimension[p.dimension].poles;
    sqlite3_bind_int64(st, 3, s->dimension[p.dimension]);
    sqlite3_bind_int64(st, 4, x->n);
    sqlite3_bind_double(st, 5, points(x->weight));
    fsc_bind_real(st, 6, x->rate);
    sqlite3_bind_int64(st, 7, x->own_n);
    sqlite3_bind_double(st, 8, points(x->own_weight));
    fsc_bind_real(st, 9, x->own_rate);
    sqlite3_bind_int64(st, 10, x->headline_n);
    fsc_bind_real(st, 11, poles ? points(x->pos) : NAN);
    fsc_bind_real(st, 12, poles ? points(x->neg) : NAN);
    fsc_bind_real(st, 13, x->balance);
    fsc_bind_real(st, 14, x->logit);
    return fsc_sql_run(s, st, err);
}

static int add_sum(fsc_store *s, cursor *c, sqlite3_stmt *st, fsc_err *err)
{
    fsc_packed_sum p;
    take(c, &p, sizeof p);
    sqlite3_bind_int64(st, 3, s->category[p.category]);
    fsc_bind_name(st, 4, fsc_voice_name((fsc_voice)p.voice));
    sqlite3_bind_int64(st, 5, p.n);
    sqlite3_bind_double(st, 6, points(p.weight));
    return fsc_sql_run(s, st, err);
}

// the number of an entry: most entries of a lexicon are never met, so they come when they are
static int find_entry(fsc_store *s, uint32_t entry, fsc_err *err)
{
    const fsc_entry *e = &s->schema->entry[entry];
    sqlite3_stmt *add = fsc_sql(s, FSC_SQL_ENTRY_ADD, err), *find = fsc_sql(s, FSC_SQL_ENTRY_FIND, err);
    if (!add || !find)
        return s->failed;
    fsc_view lexicon = fsc_schema_text(s->schema, e->lexicon), pattern = fsc_schema_text(s->schema, e->pattern);
    fsc_bind_text_always(add, 1, lexicon);
    fsc_bind_text_always(add, 2, pattern);
    fsc_bind_text_always(find, 1, lexicon);
    fsc_bind_text_always(find, 2, pattern);
    int status = fsc_sql_run(s, add, err);
    if (status)
        return status;
    int got = fsc_sql_int(s, find, &s->entry[entry], err);
    return got < 0 ? got : 0;
}

static int add_cue(fsc_store *s, cursor *c, sqlite3_stmt *st, uint32_t index, fsc_err *err)
{
    fsc_packed_cue p;
    take(c, &p, sizeof p);
    fsc_view speaker = take_text(c), role = take_text(c);
    int status = s->entry[p.entry] ? 0 : find_entry(s, p.entry, err);
    if (status)
        return status;
    const int64_t cells[] = {index, s->entry[p.entry], s->category[p.category], p.start, p.end, p.word, p.sentence, p.sentence_start, p.sentence_end};
    for (int i = 0; i < 9; i++)
        sqlite3_bind_int64(st, 3 + i, cells[i]);
    sqlite3_bind_double(st, 12, points(p.weight));
    fsc_bind_name(st, 13, fsc_part_name((fsc_part_kind)p.part));
    fsc_bind_name(st, 14, fsc_voice_name((fsc_voice)p.voice));
    fsc_bind_name(st, 15, fsc_direction_name((fsc_direction)p.direction));
    fsc_bind_text(st, 16, speaker);
    fsc_bind_text(st, 17, role);
    sqlite3_bind_int64(st, 18, p.negated);
    sqlite3_bind_int64(st, 19, p.scored);
    fsc_bind_name(st, 20, fsc_why_name((fsc_why)p.why));
    return fsc_sql_run(s, st, err);
}

static void bind_span(sqlite3_stmt *st, int at, fsc_span v)
{
    if (fsc_span_is(v)) {
        sqlite3_bind_int64(st, at, v.start);
        sqlite3_bind_int64(st, at + 1, v.end);
    } else {
        sqlite3_bind_null(st, at);
        sqlite3_bind_null(st, at + 1);
    }
}

static int add_relation(fsc_store *s, cursor *c, sqlite3_stmt *st, uint32_t index, fsc_err *err)
{
    fsc_packed_relation p;
    take(c, &p, sizeof p);
    fsc_view speaker = take_text(c);
    sqlite3_bind_int64(st, 3, index);
    sqlite3_bind_int64(st, 4, p.cue);
    fsc_bind_name(st, 5, fsc_relation_name((fsc_relation_type)p.type));
    fsc_bind_name(st, 6, fsc_relation_status_name((fsc_relation_status)p.status));
    fsc_bind_name(st, 7, fsc_valence_name((fsc_valence)p.valence));
    fsc_bind_name(st, 8, fsc_via_name((fsc_via)p.via));
    bind_span(st, 9, (fsc_span){p.start, p.end});
    bind_span(st, 11, p.cause);
    bind_span(st, 13, p.effect);
    fsc_bind_name(st, 15, fsc_voice_name((fsc_voice)p.voice));
    fsc_bind_text(st, 16, speaker);
    return fsc_sql_run(s, st, err);
}

static int add_speech(fsc_store *s, cursor *c, sqlite3_stmt *st, uint32_t index, fsc_err *err)
{
    fsc_packed_speech p;
    take(c, &p, sizeof p);
    fsc_view speaker = take_text(c), role = take_text(c);
    sqlite3_bind_int64(st, 3, index);
    fsc_bind_name(st, 4, fsc_speech_name((fsc_speech_kind)p.kind));
    fsc_bind_text(st, 5, speaker);
    fsc_bind_text(st, 6, role);
    bind_span(st, 7, (fsc_span){p.start, p.end});
    bind_span(st, 9, p.verb);
    return fsc_sql_run(s, st, err);
}

// a statement whose first two parameters are run and version
static sqlite3_stmt *rows_of(fsc_store *s, fsc_statement which, int64_t version, int *status, fsc_err *err)
{
    sqlite3_stmt *st = *status ? NULL : fsc_sql(s, which, err);
    if (!st) {
        *status = *status ? *status : s->failed;
        return NULL;
    }
    sqlite3_bind_int64(st, 1, s->run);
    sqlite3_bind_int64(st, 2, version);
    return st;
}

static int put_analysis(fsc_store *s, cursor *c, int64_t version, fsc_err *err)
{
    fsc_packed_counts n;
    take(c, &n, sizeof n);
    int status = add_analysis(s, &n, version, err);
    sqlite3_stmt *st = rows_of(s, FSC_SQL_SCORE_ADD, version, &status, err);
    for (uint32_t i = 0; i < n.score_count && !status; i++)
        status = add_score(s, c, st, err);
    st = rows_of(s, FSC_SQL_COUNT_ADD, version, &status, err);
    for (uint32_t i = 0; i < n.sum_count && !status; i++)
        status = add_sum(s, c, st, err);
    st = rows_of(s, FSC_SQL_CUE_ADD, version, &status, err);
    for (uint32_t i = 0; i < n.cue_count && !status; i++)
        status = add_cue(s, c, st, i, err);
    st = rows_of(s, FSC_SQL_RELATION_ADD, version, &status, err);
    for (uint32_t i = 0; i < n.relation_count && !status; i++)
        status = add_relation(s, c, st, i, err);
    st = rows_of(s, FSC_SQL_SPEECH_ADD, version, &status, err);
    for (uint32_t i = 0; i < n.speech_count && !status; i++)
        status = add_speech(s, c, st, i, err);
    return status;
}

// 1: under this run already
static int has_analysis(fsc_store *s, int64_t version, fsc_err *err)
{
    int64_t one;
    sqlite3_stmt *st = fsc_sql(s, FSC_SQL_ANALYSIS_FIND, err);
    if (!st)
        return s->failed;
    sqlite3_bind_int64(st, 1, s->run);
    sqlite3_bind_int64(st, 2, version);
    return fsc_sql_int(s, st, &one, err);
}

static int put_record(fsc_store *s, record *r, fsc_err *err)
{
    int64_t version = r->head.version;
    const fsc_store_counts before = s->counts;
    int status = version ? 0 : put_version(s, r, &version, err);
    int known = status || !r->head.analysed ? 1 : has_analysis(s, version, err);
    if (!status)
        status = known < 0 ? known : known ? 0 : put_analysis(s, &r->rest, version, err);
    s->counts.known += !status && memcmp(&before, &s->counts, sizeof before) == 0;
    return status;
}

int fsc_store_put(fsc_store *s, fsc_view packed, fsc_err *err)
{
    int status = fsc_store_write(s, err);
    for (cursor all = {packed.data, packed.data + packed.len}; all.at < all.end && !status;) {
        record r;
        fsc_view bytes = take_text(&all);
        r.rest = (cursor){bytes.data, bytes.data + bytes.len};
        take(&r.rest, &r.head, sizeof r.head);
        for (int i = 0; i < FSC_PACKED_TEXTS; i++)
            r.text[i] = take_text(&r.rest);
        status = put_record(s, &r, err);
    }
    s->put_bytes += packed.len;
    return status;
}

const fsc_store_counts *fsc_store_counted(const fsc_store *s)
{
    return &s->counts;
}
