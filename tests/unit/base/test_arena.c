#include "check.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

static void test_arena__alloc_is_aligned_and_apart(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    char *last = NULL;
    for (size_t size = 0; size < 5000; size += 37) {
        char *p = fsc_arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_ptr_not_equal(p, last);
        memset(p, 0xAB, size);
        last = p;
    }
    assert_non_null(fsc_arena_alloc(&a, 5u << 20));
    fsc_arena_release(&a);
    assert_int_equal(a.held, 0);
}

static void *dirty(void *user, size_t size)
{
    (void)user;
    void *p = malloc(size);
    return p ? memset(p, 0xAB, size) : NULL;
}

static void test_alloc__zeroed_is_zero_whatever_it_comes_from(void **state)
{
    (void)state;
    const fsc_alloc own = {dirty, NULL, NULL, NULL};
    const fsc_alloc *const from[] = {fsc_alloc_default(), &own};
    for (size_t i = 0; i < 2; i++) {
        for (size_t size = 1; size < 300000; size = size * 7 + 3) {
            // what was used before and given back
            free(dirty(NULL, size));
            char *p = fsc_alloc_zeroed(from[i], size);
            assert_non_null(p);
            for (size_t k = 0; k < size; k++)
                assert_int_equal(p[k], 0);
            free(p);
        }
    }
}

static void test_arena__grow_keeps_bytes(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    char *p = fsc_arena_alloc(&a, 10);
    memcpy(p, "0123456789", 10);
    char *q = fsc_arena_grow(&a, p, 10, 100);
    assert_memory_equal(q, "0123456789", 10);
    fsc_arena_alloc(&a, 1);
    char *r = fsc_arena_grow(&a, q, 100, 100000);
    assert_ptr_not_equal(q, r);
    assert_memory_equal(r, "0123456789", 10);
    fsc_arena_release(&a);
}

static void test_arena__reset_gives_large_memory_back(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    for (int i = 0; i < 100; i++)
        fsc_arena_alloc(&a, 100000);
    fsc_arena_reset(&a, 1u << 20);
    assert_true(a.held <= (1u << 20) + 64);
    assert_non_null(fsc_arena_alloc(&a, 1000));
    fsc_arena_alloc(&a, 8u << 20);
    fsc_arena_reset(&a, 1u << 20);
    assert_true(a.held <= (1u << 20) + 64);
    fsc_arena_release(&a);
}

// How often memory was asked for, moved and given back.
typedef struct tally {
    int allocs, resizes, frees;
} tally;

static void *tally_alloc(void *user, size_t size)
{
    ((tally *)user)->allocs++;
    return malloc(size);
}

static void *tally_resize(void *user, void *ptr, size_t size)
{
    ((tally *)user)->resizes++;
    return realloc(ptr, size);
}

static void tally_free(void *user, void *ptr)
{
    ((tally *)user)->frees++;
    free(ptr);
}

#define MANY ((size_t)3 << 20)

static void test_arena__a_large_one_moves_as_a_whole(void **state)
{
    (void)state;
    tally t = {0};
    const fsc_alloc alloc = {tally_alloc, tally_resize, tally_free, &t};
    fsc_arena a;
    fsc_arena_init(&a, &alloc);
    char *first = fsc_arena_alloc(&a, MANY), *second = fsc_arena_grow(&a, NULL, 0, MANY);
    assert_true(first && second);
    memset(first, 1, MANY);
    memset(second, 2, MANY);
    first = fsc_arena_grow(&a, first, MANY, 2 * MANY);
    second = fsc_arena_grow(&a, second, MANY, MANY / 2);
    assert_true(first && second);
    assert_int_equal(t.allocs, 2);
    assert_int_equal(t.resizes, 2);
    assert_int_equal(t.frees, 0);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(first[i], 1);
    for (size_t i = 0; i < MANY / 2; i++)
        assert_int_equal(second[i], 2);
    assert_true(a.held >= 2 * MANY + MANY / 2 && a.held <= 2 * MANY + MANY / 2 + 128);
    fsc_arena_reset(&a, SIZE_MAX);
    assert_int_equal(t.frees, 2);
    assert_int_equal(a.held, 0);
    fsc_arena_release(&a);
}

static void test_arena__a_large_one_becomes_small_and_small_ones_large(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    char *p = fsc_arena_alloc(&a, 1000);
    memset(p, 7, 1000);
    p = fsc_arena_grow(&a, p, 1000, MANY);
    assert_non_null(p);
    memset(p + 1000, 8, 1000);
    p = fsc_arena_grow(&a, p, MANY, 1500);
    assert_non_null(p);
    for (size_t i = 0; i < 1500; i++)
        assert_int_equal(p[i], i < 1000 ? 7 : 8);
    assert_true(a.held < MANY);
    fsc_arena_release(&a);
}

static void test_arena__drop_gives_large_ones_back_in_any_order(void **state)
{
    (void)state;
    static const int orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {1, 2, 0}};
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        tally t = {0};
        const fsc_alloc alloc = {tally_alloc, tally_resize, tally_free, &t};
        fsc_arena a;
        char *p[3];
        fsc_arena_init(&a, &alloc);
        for (int i = 0; i < 3; i++)
            assert_non_null(p[i] = fsc_arena_alloc(&a, MANY + (size_t)i));
        for (int i = 0; i < 3; i++) {
            int k = orders[o][i];
            fsc_arena_drop(&a, p[k], MANY + (size_t)k);
            assert_int_equal(t.frees, i + 1);
            // what is left can still move
            int left = orders[o][2];
            if (i < 2)
                assert_non_null(p[left] = fsc_arena_grow(&a, p[left], MANY + (size_t)left, MANY + (size_t)left));
        }
        assert_int_equal(a.held, 0);
        fsc_arena_drop(&a, NULL, MANY);
        fsc_arena_release(&a);
    }
}

static void test_arena__large_ones_leave_room_for_small_ones(void **state)
{
    (void)state;
    tally t = {0};
    const fsc_alloc alloc = {tally_alloc, tally_resize, tally_free, &t};
    fsc_arena a;
    fsc_arena_init(&a, &alloc);
    for (int i = 0; i < 10; i++) {
        assert_non_null(fsc_arena_alloc(&a, 100));
        assert_non_null(fsc_arena_alloc(&a, MANY));
    }
#ifndef FSC_ARENA_DEBUG
    assert_int_equal(t.allocs, 11); // one block of small ones
#endif
    fsc_arena_release(&a);
    assert_int_equal(t.frees, t.allocs);
}

static void count_call(void *ptr)
{
    ++*(int *)ptr;
}

static void test_arena__defer_runs_once(void **state)
{
    (void)state;
    int calls = 0;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    assert_true(fsc_arena_defer(&a, count_call, &calls));
    fsc_arena_reset(&a, 0);
    assert_int_equal(calls, 1);
    assert_true(fsc_arena_defer(&a, count_call, &calls));
    fsc_arena_release(&a);
    assert_int_equal(calls, 2);
}

static void *refuse(void *user, size_t size)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(size) : NULL;
}

static void *refuse_resize(void *user, void *ptr, size_t size)
{
    int *left = user;
    return (*left)-- > 0 ? realloc(ptr, size) : NULL;
}

static void give(void *user, void *ptr)
{
    (void)user;
    free(ptr);
}

static void test_arena__out_of_memory_is_null_and_sticks(void **state)
{
    (void)state;
    int left = 1, calls = 0;
    fsc_alloc alloc = {refuse, refuse_resize, give, &left};
    fsc_arena a;
    fsc_arena_init(&a, &alloc);
    assert_non_null(fsc_arena_alloc(&a, 10));
    assert_null(fsc_arena_alloc(&a, 1u << 20));
    assert_true(a.failed);
    left = 1;
    char *large = fsc_arena_alloc(&a, MANY);
    assert_non_null(large);
    memset(large, 5, MANY);
    assert_null(fsc_arena_grow(&a, large, MANY, 2 * MANY)); // and what was there stands
    assert_int_equal(large[MANY - 1], 5);
    assert_null(fsc_arena_grow(&a, large, MANY, SIZE_MAX));
    assert_null(fsc_arena_calloc(&a, SIZE_MAX, 2));
    assert_null(fsc_arena_alloc(&a, SIZE_MAX - 3));
    fsc_arena_release(&a);
    left = 0;
    assert_false(fsc_arena_defer(&a, count_call, &calls));
    assert_int_equal(calls, 1);
    fsc_arena_release(&a);
}

static void test_arena__dup_and_printf_end_in_nul(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    fsc_view v = fsc_arena_dup(&a, fsc_view_of("abcdef", 3));
    assert_view(v, "abc");
    assert_int_equal(v.data[3], 0);
    v = fsc_arena_printf(&a, "%d-%s", 7, "x");
    assert_view(v, "7-x");
    assert_int_equal(v.data[3], 0);
    fsc_arena_release(&a);
}

static void test_vec__push_and_reserve(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    fsc_vec(int) v = {0};
    for (int i = 0; i < 10000; i++)
        assert_true(fsc_vec_push(&a, &v, i));
    assert_int_equal(v.len, 10000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(v.data[i], i);
    assert_false(fsc_vec_reserve(&a, &v, SIZE_MAX / 2));
    assert_int_equal(v.data[9999], 9999);
    fsc_arena_release(&a);
}

static void test_vec__a_large_one_leaves_no_copies(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_vec(uint32_t) v = {0}, w = {0};
    fsc_arena_init(&a, NULL);
    const uint32_t count = 2000000;
    for (uint32_t i = 0; i < count; i++)
        assert_true(fsc_vec_push(&a, &v, i) && fsc_vec_push(&a, &w, ~i)); // by turns: none is the newest for long
    for (uint32_t i = 0; i < count; i++)
        assert_true(v.data[i] == i && w.data[i] == ~i);
#ifndef FSC_ARENA_DEBUG
    assert_true(a.held < (v.cap + w.cap) * sizeof *v.data + (5u << 20));
#endif
    fsc_vec_drop(&a, &v);
    assert_true(!v.data && !v.len && !v.cap);
    assert_true(a.held < w.cap * sizeof *w.data + (5u << 20));
    assert_true(fsc_vec_push(&a, &v, 1)); // and it may begin again
    fsc_arena_release(&a);
}

static void test_map__put_get_in_order(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_map m;
    fsc_arena_init(&a, NULL);
    fsc_map_init(&m, &a);
    assert_null(fsc_map_get(&m, FSC_LIT("absent")));
    for (uint32_t i = 0; i < 5000; i++) {
        bool is_new;
        fsc_view key = fsc_arena_printf(&a, "key%u", i);
        assert_int_equal(*fsc_map_put(&m, key, i, &is_new), i);
        assert_true(is_new);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        bool is_new;
        fsc_view key = fsc_arena_printf(&a, "key%u", i);
        assert_int_equal(*fsc_map_put(&m, key, 0, &is_new), i);
        assert_false(is_new);
        assert_true(fsc_view_eq(m.entries[i].key, key));
    }
    assert_null(fsc_map_get(&m, FSC_LIT("key5000")));
    fsc_arena_release(&a);
}

static void test_map__hash_is_xxh64(void **state)
{
    (void)state;
    // values of the published algorithm
    assert_true(fsc_hash64("", 0, 0) == 0xEF46DB3751D8E999ull);
    assert_true(fsc_hash64("abc", 3, 0) == 0x44BC2CF5AD770999ull);
    assert_true(fsc_hash64("Nobody inspects the spammish repetition", 39, 0) == 0xFBCEA83C8A378BF1ull);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__alloc_is_aligned_and_apart),
        cmocka_unit_test(test_alloc__zeroed_is_zero_whatever_it_comes_from),
        cmocka_unit_test(test_arena__grow_keeps_bytes),
        cmocka_unit_test(test_arena__reset_gives_large_memory_back),
        cmocka_unit_test(test_arena__a_large_one_moves_as_a_whole),
        cmocka_unit_test(test_arena__a_large_one_becomes_small_and_small_ones_large),
        cmocka_unit_test(test_arena__drop_gives_large_ones_back_in_any_order),
        cmocka_unit_test(test_arena__large_ones_leave_room_for_small_ones),
        cmocka_unit_test(test_arena__defer_runs_once),
        cmocka_unit_test(test_arena__out_of_memory_is_null_and_sticks),
        cmocka_unit_test(test_arena__dup_and_printf_end_in_nul),
        cmocka_unit_test(test_vec__push_and_reserve),
        cmocka_unit_test(test_vec__a_large_one_leaves_no_copies),
        cmocka_unit_test(test_map__put_get_in_order),
        cmocka_unit_test(test_map__hash_is_xxh64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
