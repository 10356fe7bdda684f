#include "codec/codec.h"
#include "engine/engine_p.h"

// score --like: how LIWC, quanteda and VADER count a dictionary of theirs.

typedef enum like { LIKE_LIWC, LIKE_QUANTEDA, LIKE_VADER } like;

typedef struct job {
    fsc_run_state *r;
    fsc_ingest *in;
    fsc_extract_options extract;
    like like;
    fsc_dict_scope scope;
    bool exclusive, long_rows;
    char separator;
    const char *line_end;
    /* keys: what a hit counts for; quanteda's levels make one of several categories */
    fsc_view *key;
    size_t key_count;
    uint32_t *key_of;      /* by category of the schema */
    const fsc_vader *vader;
} job;

// ---------------------------------------------------------------- keys

// The levels of a name that are asked for, joined by dots; all without --levels.
static fsc_view levels_of(fsc_view name, const char *levels, fsc_arena *arena)
{
    fsc_view key = {"", 0};
    int64_t number = 1;
    for (fsc_view rest = name; rest.data; number++) {
        fsc_view level = fsc_view_split(&rest, '.');
        bool wanted = false;
        for (fsc_view list = fsc_view_cstr(levels); list.data;) {
            int64_t n;
            wanted |= fsc_view_int(fsc_view_trim(fsc_view_split(&list, ',')), &n) && n == number;
        }
        if (wanted)
            key = fsc_arena_printf(arena, "%.*s%s%.*s", (int)key.len, key.data, key.len ? "." : "", (int)level.len, level.data);
    }
    return key;
}

static int make_keys(job *j, fsc_err *err)
{
    const fsc_schema *s = j->r->ctx->schema;
    fsc_arena *arena = j->r->arena;
    fsc_map known;
    fsc_map_init(&known, arena);
    j->key = FSC_NEW_N(arena, fsc_view, s->category_count + 1);
    j->key_of = FSC_NEW_N(arena, uint32_t, s->category_count + 1);
    if (!j->key || !j->key_of)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < s->category_count; i++) {
        fsc_view name = s->category[i].name;
        if (j->r->opt->levels)
            name = levels_of(name, j->r->opt->levels, arena);
        j->key_of[i] = FSC_NONE;
        if (!name.len)
            continue; // it has none of these levels
        bool is_new;
        uint32_t *index = fsc_map_put(&known, name, (uint32_t)j->key_count, &is_new);
        if (!index)
            return fsc_err_nomem(err);
        j->key_of[i] = *index;
        if (is_new)
            j->key[j->key_count++] = name;
    }
    return 0;
}

// ---------------------------------------------------------------- rows

static void put_text(const job *j, fsc_buf *out, fsc_view v)
{
    fsc_csv_cell(out, v, j->separator);
    fsc_buf_char(out, j->separator);
}

static void put_head(const job *j, fsc_buf *out)
{
    static const char *const of[] = {"id,source,status,words,sentences,dic", "id,source,status,words", "id,source,status,neg,neu,pos,compound"};
    static const char *const of_long[] = {"id,category,n,percent", "doc,feature,n", ""};
    fsc_view rest = fsc_view_cstr(j->long_rows ? of_long[j->like] : of[j->like]);
    while (rest.data) {
        fsc_buf_addv(out, fsc_view_split(&rest, ','));
        if (rest.data)
            fsc_buf_char(out, j->separator);
    }
    for (size_t k = 0; !j->long_rows && j->like != LIKE_VADER && k < j->key_count; k++) {
        fsc_buf_char(out, j->separator);
        fsc_csv_cell(out, j->key[k], j->separator);
    }
    fsc_buf_adds(out, j->line_end);
}

static void put_identity(const job *j, const fsc_article *a, fsc_buf *out)
{
    put_text(j, out, a->id);
    put_text(j, out, a->source);
    fsc_buf_adds(out, fsc_record_name(a->status));
}

static void put_percent(fsc_buf *out, uint64_t n, size_t words)
{
    if (words)
        fsc_buf_real(out, 100.0 * (double)n / (double)words, 2);
}

// words that no key took, as features in order of first use
static int put_unmatched(const job *j, fsc_worker *w, const fsc_article *a, const fsc_text *t, const bool *covered, fsc_buf *out)
{
    uint32_t *n = FSC_NEW_N(&w->scratch, uint32_t, fsc_types_count(w->types) + 1);
    if (!n)
        return FSC_E_NOMEM;
    for (size_t i = 0; i < t->word_count; i++)
        n[t->word[i].type] += !covered[i];
    for (size_t i = 0; i < t->word_count; i++) {
        uint32_t type = t->word[i].type;
        if (!n[type])
            continue;
        put_text(j, out, a->id);
        put_text(j, out, fsc_types_form(w->types, type));
        fsc_buf_printf(out, "%u%s", n[type], j->line_end);
        n[type] = 0;
    }
    return 0;
}

static void put_long(const job *j, const fsc_article *a, const uint64_t *n, size_t words, fsc_buf *out)
{
    for (size_t k = 0; k < j->key_count; k++) {
        if (!n[k])
            continue;
        put_text(j, out, a->id);
        put_text(j, out, j->key[k]);
        fsc_buf_u64(out, n[k]);
        if (j->like == LIKE_LIWC) {
            fsc_buf_char(out, j->separator);
            put_percent(out, n[k], words);
        }
        fsc_buf_adds(out, j->line_end);
    }
}

static void put_wide(const job *j, const fsc_article *a, const fsc_text *t, const uint64_t *n, uint64_t captured, fsc_buf *out)
{
    bool scored = fsc_record_scored(a->status);
    put_identity(j, a, out);
    fsc_buf_char(out, j->separator);
    if (scored)
        fsc_buf_u64(out, t->word_count);
    if (j->like == LIKE_LIWC) {
        fsc_buf_char(out, j->separator);
        if (scored)
            fsc_buf_u64(out, t->sentence_count);
        fsc_buf_char(out, j->separator);
        if (scored)
            put_percent(out, captured, t->word_count);
    }
    for (size_t k = 0; k < j->key_count; k++) {
        fsc_buf_char(out, j->separator);
        if (scored && j->like == LIKE_LIWC)
            put_percent(out, n[k], t->word_count);
        else if (scored)
            fsc_buf_u64(out, n[k]);
    }
    fsc_buf_adds(out, j->line_end);
}

// ---------------------------------------------------------------- documents

// hits of scored entries as words; a word without its 's is another word there
static size_t take_hits(const job *j, const fsc_text *t, const fsc_hits *hits, fsc_dict_hit *out)
{
    const fsc_schema *s = j->r->ctx->schema;
    size_t n = 0;
    for (size_t i = 0; i < hits->count; i++) {
        const fsc_hit *h = &hits->hit[i];
        const fsc_entry *e = &s->entry[h->entry];
        if (e->flags & FSC_ENTRY_RESOURCE || j->key_of[e->category] == FSC_NONE || h->end < t->word[h->end_word - 1].end)
            continue;
        out[n++] = (fsc_dict_hit){h->first_word, h->end_word, j->key_of[e->category]};
    }
    return n;
}

static int count_words(const job *j, fsc_worker *w, const fsc_article *a, fsc_buf *out, fsc_err *err)
{
    fsc_text t = {0};
    fsc_hits hits = {0};
    uint64_t captured = 0, *n = FSC_NEW_N(&w->scratch, uint64_t, j->key_count + 1);
    int status = n ? 0 : fsc_err_nomem(err);
    if (!status && fsc_record_scored(a->status)) {
        status = fsc_text_analyze(&t, a->text, a->part, a->part_count, w->types, &w->document, err);
        if (!status)
            status = fsc_match(&hits, w->matcher, &t, &w->document, err);
    }
    fsc_dict_hit *hit = FSC_NEW_N(&w->scratch, fsc_dict_hit, hits.count + 1);
    bool *covered = FSC_NEW_N(&w->scratch, bool, t.word_count + 1);
    if (!status && (!hit || !covered))
        status = fsc_err_nomem(err);
    if (status)
        return status;
    size_t count = take_hits(j, &t, &hits, hit);
    fsc_dict_scope scope = {j->scope.dictionary, (uint32_t)t.word_count};
    if (j->like == LIKE_LIWC)
        fsc_dict_count_liwc(n, &captured, hit, count);
    else if (fsc_dict_count_quanteda(n, covered, hit, count, &scope, &w->scratch))
        return fsc_err_nomem(err);
    if (!j->long_rows)
        put_wide(j, a, &t, n, captured, out);
    else
        put_long(j, a, n, t.word_count, out);
    if (j->long_rows && !j->exclusive && put_unmatched(j, w, a, &t, covered, out))
        return fsc_err_nomem(err);
    return 0;
}

static int rate(const job *j, fsc_worker *w, const fsc_article *a, fsc_buf *out, fsc_err *err)
{
    fsc_vader_rating v = {0};
    bool scored = fsc_record_scored(a->status);
    int status = scored ? fsc_vader_rate(&v, j->vader, a->text, &w->scratch, err) : 0;
    if (status)
        return status;
    put_identity(j, a, out);
    const double value[] = {v.neg, v.neu, v.pos, v.compound};
    for (int i = 0; i < 4; i++) {
        fsc_buf_char(out, j->separator);
        if (scored)
            fsc_buf_real(out, value[i], i < 3 ? 3 : 4);
    }
    fsc_buf_adds(out, j->line_end);
    return 0;
}

static int run_record(void *user, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    const job *j = user;
    fsc_item item;
    fsc_article a;
    int status = fsc_ingest_parse(j->in, raw, &item, &w->document, err);
    if (!status)
        status = fsc_worker_article(w, &a, &item, &j->extract, &w->document, err);
    if (!status)
        status = j->like == LIKE_VADER ? rate(j, w, &a, &b->out, err) : count_words(j, w, &a, &b->out, err);
    if (!status)
        fsc_batch_count(b, a.id, a.source, a.status, a.reason);
    return status;
}

// ---------------------------------------------------------------- options

static int find(const char *value, const char *const *names, int count)
{
    int i = 0;
    while (i < count && strcmp(value, names[i]) != 0)
        i++;
    return i;
}

static int read_options(job *j, fsc_err *err)
{
    static const char *const likes[] = {"liwc", "quanteda", "vader"}, *const scopes[] = {"key", "dictionary"}, *const yes_no[] = {"yes", "no"};
    const fsc_options *o = j->r->opt;
    fsc_output f = j->r->export.format;
    int which = find(o->like, likes, 3), scope = o->nested_scope ? find(o->nested_scope, scopes, 2) : 0, exclusive = o->exclusive ? find(o->exclusive, yes_no, 2) : 0;
    if (which == 3)
        return fsc_err_set(err, FSC_E_USAGE, "--like %s: no such tool; there are liwc, quanteda and vader", o->like);
    j->like = (like)which;
    if (scope == 2 || exclusive == 2)
        return fsc_err_set(err, FSC_E_USAGE, scope == 2 ? "--nested-scope is key or dictionary" : "--exclusive is yes or no");
    if (j->like != LIKE_QUANTEDA && (o->nested_scope || o->exclusive || o->levels))
        return fsc_err_set(err, FSC_E_USAGE, "--nested-scope, --exclusive and --levels belong to --like quanteda");
    j->scope.dictionary = scope == 1;
    j->exclusive = exclusive == 0;
    j->long_rows = o->long_rows && j->like != LIKE_VADER;
    if (!j->exclusive && !j->long_rows)
        return fsc_err_set(err, FSC_E_USAGE, "--exclusive no makes every word a feature: add --long");
    if (!o->lexicon.len || (j->like == LIKE_VADER && o->lexicon.len != 1))
        return fsc_err_set(err, FSC_E_USAGE, "--like %s needs a dictionary: --lexicon FILE", o->like);
    if (o->db)
        return fsc_err_set(err, FSC_E_USAGE, "--like reads texts, not --db");
    if (o->by || o->categories || o->voices || o->ci)
        return fsc_err_set(err, FSC_E_USAGE, "--like has columns of its own: leave --by, --categories, --voices and --ci out");
    if (f != FSC_OUTPUT_CSV && f != FSC_OUTPUT_TSV)
        return fsc_err_set(err, FSC_E_USAGE, "--like writes csv or tsv: add --format csv");
    j->separator = f == FSC_OUTPUT_TSV ? '\t' : ',';
    j->line_end = f == FSC_OUTPUT_TSV ? "\n" : "\r\n";
    return 0;
}

static int open_vader(job *j, fsc_err *err)
{
    const char *path = j->r->opt->lexicon.data[0];
    fsc_buf bytes;
    fsc_dict *dict = FSC_NEW(j->r->arena, fsc_dict);
    fsc_vader *vader = NULL;
    fsc_buf_init(&bytes, NULL, 256u << 20);
    int status = dict ? fsc_file_read(&bytes, path, err) : fsc_err_nomem(err);
    fsc_view text = status ? (fsc_view){0} : fsc_arena_dup(j->r->arena, fsc_buf_view(&bytes)), name = fsc_view_cstr(path);
    fsc_buf_release(&bytes);
    if (!status)
        status = text.data ? fsc_dict_read(dict, fsc_dict_format_of(name, text), name, text, j->r->arena, err) : fsc_err_nomem(err);
    for (size_t i = 0; !status && !j->r->opt->quiet && i < dict->warning.len; i++) {
        const fsc_dict_note *n = &dict->warning.data[i];
        fsc_view said = fsc_arena_printf(j->r->arena, "%s:%u: %.*s", path, n->line, (int)n->text.len, n->text.data);
        if (said.data)
            fsc_run_message(j->r->sink, 0, said.data);
    }
    if (!status)
        status = fsc_vader_new(&vader, dict, j->r->arena, err);
    j->vader = vader;
    return status;
}

int fsc_run_like(fsc_run_state *r, fsc_err *err)
{
    job j = {.r = r, .extract = fsc_run_extract(r->opt)};
    fsc_totals totals = {0};
    fsc_target target;
    fsc_buf head;
    int status = read_options(&j, err);
    if (!status)
        status = j.like == LIKE_VADER ? open_vader(&j, err) : make_keys(&j, err);
    if (!status)
        status = fsc_run_open(&j.in, r, r->opt->arg.data, r->opt->arg.len, (fsc_view){0}, (fsc_view){0}, err);
    if (status)
        return fsc_exit_of(status);
    fsc_buf_init(&head, NULL, 1u << 24);
    put_head(&j, &head);
    status = head.failed ? fsc_err_nomem(err) : fsc_target_open(&target, r, err);
    if (!status) {
        fsc_pool_job pool = {.ctx = r->ctx, .in = j.in, .run = run_record, .job = &j, .workers = fsc_run_workers(r->opt), .sink = r->sink,
                             .out = &target, .head = fsc_buf_view(&head), .quiet = r->opt->quiet};
        status = fsc_pool_run(&pool, &totals, err);
        status = fsc_target_close(&target, status, err);
    }
    int code = fsc_exit_of(status);
    if (!status && fsc_run_missing(r, j.in, err))
        code = 3;
    else if (!status && totals.failed && (r->opt->strict || totals.failed == totals.records))
        code = 1;
    fsc_ingest_close(j.in);
    fsc_buf_release(&head);
    return code;
}
