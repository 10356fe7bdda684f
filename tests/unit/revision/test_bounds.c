#include <math.h>
// Texts that break differs: the result is defined, the script right, the time bounded.
#include <time.h>

#include "unit/revision/fixture.h"

static double slowness(void)
{
    return getenv("TEST_SLOW") ? atof(getenv("TEST_SLOW")) : 1;
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static uint32_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* `count` words drawn from `kinds` different ones, with `after` behind each. */
static fsc_view random_words(fixture *f, uint32_t count, uint32_t kinds, const char *after, uint64_t seed)
{
    size_t room = count * (10 + strlen(after)) + 1, len = 0;
    char *text = fsc_arena_alloc(&f->arena, room);
    assert_non_null(text);
    for (uint32_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, room - len, "w%u%s", draw(&seed) % kinds, after);
    return fsc_view_of(text, len);
}

static fsc_view repeated(fixture *f, const char *word, uint32_t count)
{
    size_t n = strlen(word);
    char *text = fsc_arena_alloc(&f->arena, n * count + 1);
    assert_non_null(text);
    for (uint32_t i = 0; i < count; i++)
        memcpy(text + n * i, word, n);
    return fsc_view_of(text, n * count);
}

static const fsc_delta *timed(fixture *f, fsc_view a, fsc_view b, double seconds)
{
    fsc_analysis *x = fix_analysis(f, a), *y = fix_analysis(f, b);
    const fsc_delta *d = NULL;
    double took = INFINITY;
    // the least of a few rounds: CPU time doubles on a machine whose cores are shared
    for (int round = 0; round < 4 && took >= seconds * slowness(); round++) {
        double start = cpu_seconds();
        d = fix_compare(f, x, y);
        double used = cpu_seconds() - start;
        took = used < took ? used : took;
    }
    fix_check_ops(d);
    assert_true(took < seconds * slowness());
    return d;
}

static void test_bounds__million_equal_words(void **state)
{
    fsc_view a = repeated(*state, "go ", 1000000);
    const fsc_delta *d = timed(*state, a, a, 4);
    assert_int_equal(d->op_count, 1);
    assert_int_equal(d->words_kept, 1000000);
    assert_false(d->approximate);
}

static void test_bounds__one_word_repeated(void **state)
{
    const fsc_delta *d = timed(*state, repeated(*state, "buffalo ", 20000), repeated(*state, "buffalo ", 19000), 1);
    assert_int_equal(d->words_kept, 19000);
}

static void test_bounds__two_words_at_random(void **state)
{
    fsc_view a = random_words(*state, 100000, 2, " ", 1), b = random_words(*state, 100000, 2, " ", 2);
    const fsc_delta *d = timed(*state, a, b, 6);
    assert_true(d->words_kept > 50000);
}

static void test_bounds__nothing_shared(void **state)
{
    fsc_view a = random_words(*state, 50000, 100000, " ", 3), b = repeated(*state, "other ", 50000);
    const fsc_delta *d = timed(*state, a, b, 2);
    assert_int_equal(d->words_kept, 0);
    assert_int_equal(d->op_count, 2); // all replaced but the last blank
    assert_true(d->type[FSC_CHANGE_REWRITTEN]);
}

static void test_bounds__many_tiny_sentences(void **state)
{
    fsc_view a = random_words(*state, 60000, 3, ". ", 4), b = random_words(*state, 60000, 3, ". ", 5);
    timed(*state, a, b, 6);
}

static void test_bounds__shuffled_words(void **state)
{
    fsc_view a = random_words(*state, 50000, 5000, " ", 6), b = random_words(*state, 50000, 5000, " ", 7);
    timed(*state, a, b, 4);
}

static void test_bounds__marks_only(void **state)
{
    const fsc_delta *d = timed(*state, repeated(*state, ".,;", 50000), repeated(*state, ";.,", 50000), 4);
    assert_int_equal(d->words_a, 0);
}

static void test_bounds__light_edit_of_long_text(void **state)
{
    fixture *f = *state;
    fsc_view a = random_words(f, 50000, 8000, " ", 8);
    char *text = fsc_arena_alloc(&f->arena, a.len);
    assert_non_null(text);
    memcpy(text, a.data, a.len);
    uint32_t edits = 0;
    for (size_t i = 0; i + 1 < a.len; i++)
        if (text[i] == 'w' && i % 701 == 0) {
            text[i] = 'q';
            edits++;
        }
    const fsc_delta *d = timed(f, a, fsc_view_of(text, a.len), 2);
    assert_true(edits > 20);
    assert_int_equal(d->words_kept, d->words_a - edits);
    assert_false(d->approximate);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_bounds__##name, fix_setup, fix_teardown)
    const struct CMUnitTest tests[] = {
        T(million_equal_words), T(one_word_repeated), T(two_words_at_random), T(nothing_shared),
        T(many_tiny_sentences), T(shuffled_words),    T(marks_only),          T(light_edit_of_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
