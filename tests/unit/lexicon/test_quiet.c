// Quiet entries: what a plain matcher finds is there as hits or as tags, and nothing else is.
#include "lexicon_test.h"

// Each entry of `quiet` has its number as a bit.
typedef struct quiet_set {
    uint64_t quiet;
} quiet_set;

static bool is_quiet(const void *user, uint32_t entry, fsc_tags *add)
{
    const quiet_set *q = user;
    if (entry >= 64 || !(q->quiet >> entry & 1))
        return false;
    add->voice |= (uint64_t)1 << entry;
    return true;
}

static bool holds(const fsc_hits *h, const fsc_hit *wanted)
{
    for (size_t i = 0; i < h->count; i++)
        if (memcmp(&h->hit[i], wanted, sizeof *wanted) == 0)
            return true;
    return false;
}

static bool is_hit(const fsc_hits *h, uint32_t word, unsigned entry)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->hit[i].first_word == word && h->hit[i].end_word == word + 1 && h->hit[i].entry == entry)
            return true;
    return false;
}

// Every hit of the plain matcher is a hit of the other or a tag of its one word; and the other way round.
static size_t assert_agree(const bench *plain, const bench *other, uint64_t quiet)
{
    size_t tagged = 0;
    for (size_t i = 0; i < plain->hits.count; i++) {
        const fsc_hit *h = &plain->hits.hit[i];
        fsc_tags tags = fsc_hits_tags(&other->hits, &other->text.word[h->first_word]);
        bool tag = h->end_word == h->first_word + 1 && tags.voice >> h->entry & 1;
        assert_true(tag || holds(&other->hits, h));
        tagged += tag;
    }
    for (size_t i = 0; i < other->hits.count; i++)
        assert_true(holds(&plain->hits, &other->hits.hit[i]));
    for (uint32_t w = 0; w < other->text.word_count; w++)
        for (unsigned entry = 0; entry < 64; entry++)
            if (fsc_hits_tags(&other->hits, &other->text.word[w]).voice >> entry & 1)
                assert_true(quiet >> entry & 1 && is_hit(&plain->hits, w, entry));
    return tagged;
}

static void test_quiet__hits_or_tags(void **state)
{
    (void)state;
    static const char rows[] = "the\ta\t1\n"              // 0
                               "may\ta\t1\n"              // 1
                               "=May\ta\t1\n"             // 2: its case matters
                               "mayor\ta\t1\n"            // 3
                               "may*\ta\t1\n"             // 4
                               "[very] clear\ta\t1\n"     // 5: of two lengths
                               "clear\ta\t1\t!before=not\n" // 6: guarded
                               "the mayor\ta\t1\n"        // 7
                               "{number}\ta\t1\n"         // 8: a class
                               "(so|the)\ta\t1\n"         // 9
                               "clear $\ta\t1\n"          // 10: an anchor
                               "/cl.ar/\ta\t1\tneed=clear\n"; // 11
    static const char *const text[] = {
        "The mayor may be clear. May the mayor’s 12 mayors be so very clear?",
        "the THE tHe, may, MAY; the Mayor's clear\n\nclear the",
        "Not clear. So not very clear, the 3 may not. Mayoral 10",
        "",
    };
    for (uint64_t quiet = 0; quiet < 1 << 12; quiet += 1 + quiet % 3) {
        bench plain, other;
        quiet_set set = {quiet};
        size_t tagged = 0;
        bench_open(&plain, rows);
        bench_open(&other, rows);
        fsc_matcher_quiet(other.matcher, is_quiet, &set);
        for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
            bench_match(&plain, fsc_view_cstr(text[i]));
            bench_match(&other, fsc_view_cstr(text[i]));
            tagged += assert_agree(&plain, &other, quiet);
        }
        assert_true(!(quiet & 1) || tagged >= 8);
        bench_close(&plain);
        bench_close(&other);
    }
}

// Tags go with the types: after a trim they are learnt anew.
static void test_quiet__forgets_with_the_types(void **state)
{
    (void)state;
    bench b;
    quiet_set set = {1};
    fsc_buf many;
    fsc_buf_init(&many, NULL, 1 << 26);
    for (int i = 0; i < 140000; i++)
        fsc_buf_printf(&many, "w%d ", i);
    bench_open(&b, "the\ta\t1\nmayor\ta\t1\n");
    fsc_matcher_quiet(b.matcher, is_quiet, &set);
    bench_match(&b, fsc_buf_view(&many));
    assert_int_equal(b.hits.count, 0);
    uint32_t before = fsc_types_generation(b.types);
    fsc_types_trim(b.types);
    assert_int_not_equal(before, fsc_types_generation(b.types));
    bench_match(&b, FSC_LIT("mayor of the town"));
    assert_int_equal(b.hits.count, 1);
    for (uint32_t w = 0; w < 4; w++)
        assert_int_equal(fsc_hits_tags(&b.hits, &b.text.word[w]).voice, w == 2);
    fsc_buf_release(&many);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quiet__hits_or_tags),
        cmocka_unit_test(test_quiet__forgets_with_the_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
