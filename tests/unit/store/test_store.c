// A store without the engine: analyses made by hand go in, rows and articles come out.
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

static fsc_dimension dimension[] = {{FSC_LIT_INIT("causality"), true, false}};
static fsc_category category[] = {{FSC_LIT_INIT("cause"), 0, 1}};
static const fsc_entry entry[] = {{.lexicon = {0, 9}, .pattern = {9, 10}, .weight = 1500}};
static const fsc_schema schema = {.dimension = dimension, .dimension_count = 1, .category = category, .category_count = 1, .entry = entry,
                                  .entry_count = 1, .string = "causality" "because of", .digest = FSC_LIT_INIT("0123456789abcdef")};

static char path[] = "/tmp/fsc-store-XXXXXX";

static int make_path(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 || close(fd);
}

static int drop_path(void **state)
{
    (void)state;
    return unlink(path);
}

static const fsc_speaker nobody;

// text of one part and one sentence with a cue at `start`
static fsc_analysis analysis_of(fsc_view id, fsc_view text, fsc_arena *arena, uint32_t start)
{
    fsc_analysis a = {.schema = &schema, .has_language = true, .cue_count = 1, .relation_count = 1};
    a.article = (fsc_article){.id = id, .source = FSC_LIT("a.txt"), .text = text, .part_count = 1, .part = FSC_NEW(arena, fsc_part)};
    a.article.part[0] = (fsc_part){.end = (uint32_t)text.len, .kind = FSC_PART_BODY, .scored = true, .author = FSC_LIT("An \"author\"")};
    a.text.sentence = FSC_NEW(arena, fsc_sentence);
    a.text.sentence[0] = (fsc_sentence){.end = (uint32_t)text.len};
    a.text.sentence_count = 1;
    a.text.scored_words = 4;
    a.text.word_count = 4;
    a.cue = FSC_NEW(arena, fsc_cue);
    a.cue[0] = (fsc_cue){.start = start, .end = start + 10, .first_word = 1, .weight = 1500, .scored = true, .speech = FSC_NONE, .by = &nobody};
    a.relation = FSC_NEW(arena, fsc_relation);
    a.relation[0] = (fsc_relation){.start = start, .end = start + 10, .cause = {start + 11, (uint32_t)text.len}, .effect = FSC_NO_SPAN};
    a.score = FSC_NEW(arena, fsc_score);
    a.score[0] = (fsc_score){.n = 1, .own_n = 1, .weight = 1500, .own_weight = 1500, .pos = 1500, .rate = 375, .own_rate = 375, .balance = 1, .logit = 1.4};
    a.category_n = fsc_arena_calloc(arena, 1, sizeof *a.category_n);
    a.category_n[0][FSC_VOICE_OWN] = 1;
    return a;
}

static void put(fsc_store *s, fsc_view id, fsc_view text, int64_t time, fsc_err *err)
{
    fsc_arena arena;
    fsc_buf out;
    fsc_arena_init(&arena, NULL);
    fsc_buf_init(&out, NULL, 1 << 20);
    fsc_analysis a = analysis_of(id, text, &arena, 6);
    char captured[24] = "";
    if (time != FSC_NO_TIME) {
        snprintf(captured, sizeof captured, "t%lld", (long long)time);
        a.article.captured = fsc_view_cstr(captured);
    }
    fsc_store_record r = {.analysis = &a, .known_by = FSC_KNOWN_ID, .key = id, .captured = time, .modified = FSC_NO_TIME, .published = FSC_NO_TIME};
    fsc_store_pack(&out, &r, &arena);
    assert_false(out.failed);
    assert_int_equal(fsc_store_put(s, fsc_buf_view(&out), err), 0);
    fsc_buf_release(&out);
    fsc_arena_release(&arena);
}

static fsc_store *open_store(fsc_err *err)
{
    fsc_store *s;
    const fsc_store_run run = {.digest = FSC_LIT("fedcba9876543210"), .program = FSC_LIT("test"), .settings = FSC_LIT("a\nb"), .schema = &schema};
    assert_int_equal(fsc_store_open(&s, path, FSC_STORE_WRITE, err), 0);
    assert_int_equal(fsc_store_begin(s, &run, err), 0);
    return s;
}

static void test_store__articles_come_back(void **state)
{
    (void)state;
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_store *s = open_store(&err);
    put(s, FSC_LIT("a"), FSC_LIT("Crime because of rain."), FSC_NO_TIME, &err);
    put(s, FSC_LIT("a"), FSC_LIT("Crime because of rain."), FSC_NO_TIME, &err);
    assert_int_equal(fsc_store_counted(s)->documents, 1);
    assert_int_equal(fsc_store_counted(s)->known, 1);
    assert_int_equal(fsc_store_close(s, 0, &err), 0);

    fsc_store_reader *r;
    fsc_stored got;
    assert_int_equal(fsc_store_open(&s, path, FSC_STORE_READ, &err), 0);
    assert_int_equal(fsc_store_read(&r, s, FSC_STORE_LATEST, &err), 0);
    assert_int_equal(fsc_store_reader_total(r), 1);
    assert_int_equal(fsc_store_next(r, &got, &arena, &err), 1);
    assert_view(got.article.text, "Crime because of rain.");
    assert_view(got.article.id, "a");
    assert_int_equal(got.article.part_count, 1);
    assert_int_equal(got.article.part[0].end, 22);
    assert_true(got.article.part[0].scored);
    assert_view(got.article.part[0].author, "An \"author\"");
    assert_int_equal(fsc_store_next(r, &got, &arena, &err), 0);
    fsc_store_reader_close(r);
    assert_int_equal(fsc_store_close(s, 0, &err), 0);
    fsc_arena_release(&arena);
}

static fsc_view cell_of(const fsc_store_rows *r, const fsc_cell *cells, const char *name)
{
    for (size_t i = 0; i < fsc_store_rows_columns(r); i++)
        if (fsc_view_is(fsc_store_rows_column(r, i), name))
            return cells[i].text;
    return (fsc_view){0};
}

static void test_store__relations_have_words(void **state)
{
    (void)state;
    fsc_err err = FSC_ERR_INIT;
    fsc_store *s;
    fsc_store_rows *r;
    const fsc_cell *cells;
    assert_int_equal(fsc_store_open(&s, path, FSC_STORE_READ, &err), 0);
    assert_int_equal(fsc_store_rows_open(&r, s, "relations", &err), 0);
    assert_int_equal(fsc_store_rows_next(r, &cells, &err), 1);
    assert_view(cell_of(r, cells, "connective"), "because of");
    assert_view(cell_of(r, cells, "cause"), "rain.");
    assert_int_equal(cell_of(r, cells, "effect").len, 0);
    assert_int_equal(fsc_store_rows_next(r, &cells, &err), 0);
    fsc_store_rows_close(r);
    assert_int_equal(fsc_store_rows_open(&r, s, "nothing", &err), FSC_E_USAGE);
    fsc_store_close(s, 0, NULL);
}

static void test_store__chain_in_time(void **state)
{
    (void)state;
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_stored *chain;
    int64_t *document;
    size_t count;
    fsc_arena_init(&arena, NULL);
    fsc_store *s = open_store(&err);
    put(s, FSC_LIT("b"), FSC_LIT("Third because of snow."), 30, &err);
    put(s, FSC_LIT("b"), FSC_LIT("First because of wind."), 10, &err);
    put(s, FSC_LIT("b"), FSC_LIT("Third because of snow."), 5, &err);
    assert_int_equal(fsc_store_counted(s)->versions, 2);
    assert_int_equal(fsc_store_edited(s, &document, &count, &arena, &err), 0);
    assert_int_equal(count, 1);
    assert_int_equal(fsc_store_chain(s, document[0], &chain, &count, &arena, &err), 0);
    assert_int_equal(count, 3);
    assert_view(chain[0].article.captured, "t5");
    assert_view(chain[1].article.text, "First because of wind.");
    assert_int_equal(chain[0].version, chain[2].version);

    const fsc_store_edit edit[] = {{.from = chain[0].capture, .to = chain[1].capture, .types = FSC_LIT("softened"), .scores = FSC_LIT("{}")},
                                   {.from = chain[1].capture, .to = chain[2].capture, .reverts_to = chain[0].capture, .scores = FSC_LIT("{}")}};
    assert_int_equal(fsc_store_edits_set(s, document[0], edit, 2, &err), 0);
    assert_int_equal(fsc_store_edits_set(s, document[0], edit, 2, &err), 0);
    assert_int_equal(fsc_store_edited(s, &document, &count, &arena, &err), 0);
    assert_int_equal(count, 0);
    assert_int_equal(fsc_store_close(s, 0, &err), 0);
    fsc_arena_release(&arena);
}

// what was put without a commit is not there, and its mark neither
static void test_store__mark_and_records_together(void **state)
{
    (void)state;
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_store_mark mark = {.position = FSC_LIT("file 1 at 100"), .records = 7};
    fsc_store *s = open_store(&err);
    put(s, FSC_LIT("c"), FSC_LIT("Kept because of commit."), FSC_NO_TIME, &err);
    assert_int_equal(fsc_store_mark_set(s, FSC_LIT("job"), &mark, &err), 0);
    assert_int_equal(fsc_store_commit(s, &err), 0);
    mark.records = 9;
    put(s, FSC_LIT("d"), FSC_LIT("Lost because of kill."), FSC_NO_TIME, &err);
    assert_int_equal(fsc_store_mark_set(s, FSC_LIT("job"), &mark, &err), 0);
    fsc_store_close(s, FSC_E_CANCELLED, NULL);

    s = open_store(&err);
    assert_int_equal(fsc_store_progress(s, FSC_LIT("other"), &mark, &arena, &err), 0);
    assert_int_equal(fsc_store_progress(s, FSC_LIT("job"), &mark, &arena, &err), 1);
    assert_int_equal(mark.records, 7);
    assert_view(mark.position, "file 1 at 100");
    assert_false(mark.done);
    put(s, FSC_LIT("c"), FSC_LIT("Kept because of commit."), FSC_NO_TIME, &err);
    assert_int_equal(fsc_store_counted(s)->known, 1);
    assert_int_equal(fsc_store_counted(s)->documents, 0);
    assert_int_equal(fsc_store_close(s, 0, &err), 0);
    fsc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_store__articles_come_back), cmocka_unit_test(test_store__relations_have_words),
                                       cmocka_unit_test(test_store__chain_in_time), cmocka_unit_test(test_store__mark_and_records_together)};
    return cmocka_run_group_tests(tests, make_path, drop_path);
}
