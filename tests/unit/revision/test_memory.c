// Every allocation of a comparison made to fail in turn: the call says so and nothing is read that was not written.
#include "unit/revision/fixture.h"

typedef struct miser {
    long left; /* allocations still granted */
    long asked;
} miser;

static void *miser_alloc(void *user, size_t size)
{
    miser *m = user;
    m->asked++;
    return m->left-- > 0 ? malloc(size) : NULL;
}

static void *miser_resize(void *user, void *ptr, size_t size)
{
    miser *m = user;
    m->asked++;
    return m->left-- > 0 ? realloc(ptr, size) : NULL;
}

static void miser_free(void *user, void *ptr)
{
    (void)user;
    free(ptr);
}

static int compare_with(fixture *f, miser *m, const fsc_analysis *a, const fsc_analysis *b)
{
    fsc_alloc alloc = {miser_alloc, miser_resize, miser_free, m};
    fsc_arena arena, scratch;
    fsc_delta delta;
    fsc_err err = FSC_ERR_INIT;
    fsc_arena_init(&arena, &alloc);
    fsc_arena_init(&scratch, &alloc);
    fsc_revision_context with = {f->rules, f->types, 0, &arena, &scratch};
    int status = fsc_revision_compare(&delta, a, b, &with, &err);
    assert_int_equal(status, err.code);
    fsc_arena_release(&arena);
    fsc_arena_release(&scratch);
    return status;
}

static void fail_each(fixture *f, const fsc_analysis *a, const fsc_analysis *b)
{
    miser generous = {1 << 30, 0};
    assert_int_equal(compare_with(f, &generous, a, b), FSC_OK);
    assert_true(generous.asked > 0);
    for (long n = 0; n < generous.asked; n++) {
        miser m = {n, 0};
        assert_int_equal(compare_with(f, &m, a, b), FSC_E_NOMEM);
    }
}

static void test_memory__headlines(void **state)
{
    fixture *f = *state;
    fsc_analysis *a = fix_analysis(f, FSC_LIT("Rents soared in the capital despite pledges, tenants said"));
    fsc_analysis *b = fix_analysis(f, FSC_LIT("Rents in the capital rose slightly because of new flats"));
    fix_actor(f, a, "Ortiz", "Rents");
    fix_quantity(f, b, "new", 1, "flat");
    fail_each(f, a, b);
}

static void test_memory__longer_texts(void **state)
{
    fixture *f = *state;
    char *x = fsc_arena_alloc(&f->arena, 1 << 16), *y = fsc_arena_alloc(&f->arena, 1 << 16);
    size_t n = 0, m = 0;
    assert_true(x && y);
    for (unsigned i = 0; i < 300; i++)
        n +=
            (size_t)snprintf(x + n, (1 << 16) - n, "Street %u was closed to all traffic for %u days. ", i * 7 % 300, i);
    for (unsigned i = 0; i < 300; i++)
        m += (size_t)snprintf(y + m, (1 << 16) - m, "Street %u was shut to traffic for %u days and nights. ",
                              i * 11 % 300, i);
    fail_each(f, fix_analysis(f, fsc_view_of(x, n)), fix_analysis(f, fsc_view_of(y, m)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_memory__headlines, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_memory__longer_texts, fix_setup, fix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
