#include "check.h"

#include "engine/engine_p.h"

// What score leaves out changes none of its rows: each text of the corpus, made whole and made without.

typedef struct desk {
    fsc_ctx *ctx;
    fsc_worker whole, lacking;
    fsc_arena arena;
    fsc_err err;
} desk;

static int open_desk(void **state)
{
    static desk d;
    d = (desk){.err = FSC_ERR_INIT};
    fsc_arena_init(&d.arena, NULL);
    assert_int_equal(fsc_ctx_make(&d.ctx, NULL, NULL, FSC_CTX_ANALYSES, &d.err), FSC_OK);
    assert_int_equal(fsc_worker_init(&d.whole, d.ctx, 0, &d.err), FSC_OK);
    assert_int_equal(fsc_worker_init(&d.lacking, d.ctx, FSC_LACKS_QUANTITIES | FSC_LACKS_ACTORS | FSC_LACKS_RELATIONS, &d.err), FSC_OK);
    *state = &d;
    return 0;
}

static int close_desk(void **state)
{
    desk *d = *state;
    fsc_worker_release(&d->whole);
    fsc_worker_release(&d->lacking);
    fsc_ctx_free(d->ctx);
    fsc_arena_release(&d->arena);
    return 0;
}

// what any form of score prints: the wide row with all its columns, the long rows, the sentences
static void put_rows(const desk *d, fsc_worker *w, const fsc_article *article, fsc_analysis *a, fsc_buf *out)
{
    const fsc_export_options wide = {.format = FSC_OUTPUT_CSV, .categories = true, .voices = true, .intervals = true},
                             rows = {.format = FSC_OUTPUT_CSV, .long_rows = true}, sentences = {.format = FSC_OUTPUT_CSV};
    fsc_export x;
    assert_int_equal(fsc_worker_analyze(w, a, article, &w->document, NULL), FSC_OK);
    if (fsc_record_scored(article->status))
        assert_int_equal(fsc_score_intervals(a, &w->scratch, NULL), FSC_OK);
    assert_int_equal(fsc_export_init(&x, FSC_TABLE_SCORE, &wide, d->ctx->schema, &w->document, NULL), FSC_OK);
    fsc_export_score(&x, a, out);
    assert_int_equal(fsc_export_init(&x, FSC_TABLE_SCORE_LONG, &rows, d->ctx->schema, &w->document, NULL), FSC_OK);
    fsc_export_score(&x, a, out);
    assert_int_equal(fsc_export_init(&x, FSC_TABLE_SENTENCES, &sentences, d->ctx->schema, &w->document, NULL), FSC_OK);
    fsc_export_sentences(&x, a, &w->scratch, out);
    assert_int_equal(out->failed, 0);
}

// counts what was left out of the record, which must have been there
static size_t compare_record(desk *d, const fsc_article *article)
{
    fsc_buf whole, lacking;
    fsc_analysis a, b;
    fsc_buf_init(&whole, NULL, UINT32_MAX);
    fsc_buf_init(&lacking, NULL, UINT32_MAX);
    put_rows(d, &d->whole, article, &a, &whole);
    put_rows(d, &d->lacking, article, &b, &lacking);
    assert_int_equal(whole.len, lacking.len);
    assert_memory_equal(whole.data, lacking.data, whole.len);
    assert_int_equal(a.cue_count, b.cue_count);
    for (size_t i = 0; i < a.cue_count; i++) {
        assert_int_equal(a.cue[i].start, b.cue[i].start);
        assert_int_equal(a.cue[i].entry, b.cue[i].entry);
        assert_int_equal(a.cue[i].why, b.cue[i].why);
    }
    assert_int_equal(b.relation_count + b.voices.quantity_count + b.voices.actor_count, 0);
    size_t left_out = a.relation_count + a.voices.quantity_count + a.voices.actor_count;
    fsc_buf_release(&whole);
    fsc_buf_release(&lacking);
    fsc_worker_reset(&d->lacking);
    return left_out;
}

static void test_lacks__scores_are_those_of_the_whole_analysis(void **state)
{
    static const char *const inputs[] = {"corpus/pages", "corpus/posts", "corpus/gold", "corpus/revisions"};
    desk *d = *state;
    fsc_ingest *in;
    const fsc_ingest_options options = {0};
    const fsc_extract_options extract = {0};
    fsc_raw raw;
    size_t records = 0, left_out = 0;
    assert_int_equal(fsc_ingest_open(&in, inputs, sizeof inputs / sizeof *inputs, &options, NULL, &d->err), FSC_OK);
    while (fsc_ingest_next(in, &raw, &d->arena, &d->err) == 1) {
        fsc_item item;
        fsc_article article;
        assert_int_equal(fsc_ingest_parse(in, &raw, &item, &d->whole.document, &d->err), FSC_OK);
        assert_int_equal(fsc_worker_article(&d->whole, &article, &item, &extract, &d->whole.document, &d->err), FSC_OK);
        left_out += compare_record(d, &article);
        records++;
        fsc_worker_reset(&d->whole);
        fsc_arena_reset(&d->arena, 1 << 20);
    }
    fsc_ingest_close(in);
    assert_true(records > 50);
    assert_true(left_out > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lacks__scores_are_those_of_the_whole_analysis, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
