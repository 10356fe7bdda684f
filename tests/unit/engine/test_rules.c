#include "check.h"

#include "engine/engine_p.h"

typedef struct shipped {
    fsc_arena arena;
    fsc_lexset *set;
    const fsc_schema *schema;
    fsc_err err;
} shipped;

static shipped open_shipped(void)
{
    shipped s = {.err = FSC_ERR_INIT};
    fsc_arena_init(&s.arena, NULL);
    assert_int_equal(fsc_lexset_open(&s.set, fsc_builtin_image(), NULL, &s.err), FSC_OK);
    s.schema = fsc_lexset_schema(s.set);
    return s;
}

static void close_shipped(shipped *s)
{
    fsc_lexset_free(s->set);
    fsc_arena_release(&s->arena);
}

static void assert_same(const fsc_buf *got, fsc_view want)
{
    assert_int_equal(got->failed, 0);
    assert_int_equal(got->len, want.len);
    assert_memory_equal(got->data, want.data, want.len);
}

static void test_rules__shipped_are_those_of_the_shipped_lexicons(void **state)
{
    (void)state;
    shipped s = open_shipped();
    fsc_buf made;
    fsc_buf_init(&made, NULL, UINT32_MAX);
    assert_int_equal(fsc_rules_image(&made, s.schema, &s.arena, &s.err), FSC_OK);
    assert_same(&made, fsc_builtin_rules());
    fsc_buf_release(&made);
    close_shipped(&s);
}

static void test_rules__opened_give_the_same_bytes_again(void **state)
{
    (void)state;
    shipped s = open_shipped();
    fsc_rules r;
    fsc_buf again;
    fsc_buf_init(&again, NULL, UINT32_MAX);
    assert_int_equal(fsc_rules_open(&r, fsc_builtin_rules(), s.schema, &s.arena, &s.err), FSC_OK);
    fsc_voice_rules_image(&again, r.voice);
    fsc_framing_rules_image(&again, r.framing);
    fsc_revision_rules_image(&again, r.revision);
    assert_same(&again, fsc_builtin_rules());
    fsc_buf_release(&again);
    close_shipped(&s);
}

static void test_rules__damaged_or_of_others_are_refused(void **state)
{
    (void)state;
    shipped s = open_shipped();
    fsc_view all = fsc_builtin_rules();
    fsc_rules r;
    const size_t cut[] = {0, 8, all.len / 4, all.len / 2, all.len - 8};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        fsc_err err = FSC_ERR_INIT;
        assert_int_equal(fsc_rules_open(&r, fsc_view_slice(all, 0, cut[i]), s.schema, &s.arena, &err), FSC_E_CONFIG);
    }
    // a schema of fewer entries leaves bytes over
    fsc_schema fewer = *s.schema;
    fewer.entry_count -= 4;
    assert_int_equal(fsc_rules_open(&r, all, &fewer, &s.arena, &s.err), FSC_E_CONFIG);
    close_shipped(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules__shipped_are_those_of_the_shipped_lexicons),
        cmocka_unit_test(test_rules__opened_give_the_same_bytes_again),
        cmocka_unit_test(test_rules__damaged_or_of_others_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
