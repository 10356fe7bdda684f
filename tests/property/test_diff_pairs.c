// Scripts over random pairs: they tile both sides, rebuild B from A and A from B byte for byte, and keep their
// promises.
#include "unit/revision/fixture.h"

static const char *const bits[] = {
    "the",
    "crime",
    "Crime",
    "fell",
    "because",
    "massive",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    ".",
    ". ",
    ",",
    "?",
    "“",
    "”",
    "—",
    "é",
    "e\xCC\x81",
    "\xCC\x81",
    "👩‍👩‍👧",
    "🇺🇸",
    "👍🏽",
    "北京",
    "ไทย",
    "हिन्दी",
    "السلام",
    "\xC2\xA0",
    "\xE2\x80\x8B",
    "\xEF\xBB\xBF",
    "<b>",
    "&amp;",
    "[-",
    "-]",
    "{+",
    "+}",
    "\\",
    "\"",
    "0",
    "1.5%",
    "$3bn",
    "\x01",
    "~",
    "Mayor Ortiz said",
    "...",
};
enum { BITS = sizeof bits / sizeof *bits, MOST = 400 };

static uint32_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

typedef struct pieces {
    uint32_t bit[MOST];
    uint32_t count;
} pieces;

static void insert(pieces *p, uint32_t at, uint32_t bit)
{
    if (p->count == MOST)
        return;
    memmove(p->bit + at + 1, p->bit + at, (p->count - at) * sizeof *p->bit);
    p->bit[at] = bit;
    p->count++;
}

static void erase(pieces *p, uint32_t at, uint32_t count)
{
    memmove(p->bit + at, p->bit + at + count, (p->count - at - count) * sizeof *p->bit);
    p->count -= count;
}

static void move(pieces *p, uint64_t *seed)
{
    uint32_t from = draw(seed) % p->count, n = 1 + draw(seed) % (p->count - from), cut[MOST];
    memcpy(cut, p->bit + from, n * sizeof *cut);
    erase(p, from, n);
    uint32_t to = draw(seed) % (p->count + 1);
    for (uint32_t k = 0; k < n; k++)
        insert(p, to + k, cut[k]);
}

static void edit(pieces *p, uint64_t *seed)
{
    static const uint32_t amounts[] = {0, 1, 2, 5, 20};
    for (uint32_t k = amounts[draw(seed) % 5]; k > 0; k--) {
        uint32_t what = draw(seed) % 10;
        if (what < 4 || !p->count)
            insert(p, draw(seed) % (p->count + 1), draw(seed) % BITS);
        else if (what < 7)
            erase(p, draw(seed) % p->count, 1);
        else
            move(p, seed);
    }
}

static fsc_view join(fsc_arena *arena, const pieces *p)
{
    char *text = fsc_arena_alloc(arena, p->count * 32 + 1);
    size_t len = 0;
    assert_non_null(text);
    for (uint32_t i = 0; i < p->count; i++) {
        size_t n = strlen(bits[p->bit[i]]);
        memcpy(text + len, bits[p->bit[i]], n);
        len += n;
    }
    return fsc_view_of(text, len);
}

static void draw_pieces(pieces *p, uint64_t *seed)
{
    static const uint32_t sizes[] = {0, 1, 3, 10, 40, 200};
    p->count = sizes[draw(seed) % 6];
    for (uint32_t i = 0; i < p->count; i++)
        p->bit[i] = draw(seed) % BITS;
}

/* The script read backwards turns B into A. */
static void check_reverse(const fsc_delta *d)
{
    fsc_view a = d->a->text.bytes, b = d->b->text.bytes;
    char *back = calloc(a.len + 1, 1);
    assert_non_null(back);
    for (size_t i = 0; i < d->op_count; i++) {
        const fsc_op *o = &d->op[i];
        bool same = o->kind == FSC_OP_EQUAL || o->kind == FSC_OP_MOVE;
        memcpy(back + o->a.start, same ? b.data + o->b.start : a.data + o->a.start, o->a.end - o->a.start);
    }
    assert_memory_equal(back, a.data ? a.data : "", a.len);
    free(back);
}

static void check_sentences(const fsc_delta *d)
{
    uint32_t a = 0, b = 0;
    for (size_t k = 0; k < d->sentence_count; k++) {
        a += d->sentence[k].a_count;
        b += d->sentence[k].b_count;
    }
    assert_int_equal(a, d->unit_count[0]);
    assert_int_equal(b, d->unit_count[1]);
}

static void empty(fixture *f)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_arena_reset(&f->arena, 1 << 20);
    assert_int_equal(fsc_revision_rules_new(&f->rules, &f->schema, &f->arena, &err), FSC_OK);
    fsc_types_trim(f->types);
}

static uint32_t rounds(void)
{
    double slow = getenv("TEST_SLOW") ? atof(getenv("TEST_SLOW")) : 1;
    const char *want = getenv("TEST_ROUNDS");
    return want ? (uint32_t)atoi(want) : (uint32_t)(20000 / slow);
}

static void test_diff_pairs__rebuild_both_ways(void **state)
{
    fixture *f = *state;
    pieces a, b;
    for (uint32_t round = 0; round < rounds(); round++) {
        uint64_t seed = 0x5DEECE66Du + round * 977u;
        draw_pieces(&a, &seed);
        b = a;
        edit(&b, &seed);
        if (draw(&seed) % 10 == 0)
            draw_pieces(&b, &seed);
        const fsc_delta *d = fix_compare(f, fix_analysis(f, join(&f->arena, &a)), fix_analysis(f, join(&f->arena, &b)));
        fix_check_ops(d);
        check_reverse(d);
        check_sentences(d);
        assert_true(d->words_kept <= d->words_a && d->words_kept <= d->words_b);
        empty(f);
    }
}

static void test_diff_pairs__equal_texts_have_no_change(void **state)
{
    fixture *f = *state;
    pieces a;
    for (uint32_t round = 0; round < rounds() / 10; round++) {
        uint64_t seed = 0xABCDEFu + round * 31u;
        draw_pieces(&a, &seed);
        const fsc_delta *d = fix_compare(f, fix_analysis(f, join(&f->arena, &a)), fix_analysis(f, join(&f->arena, &a)));
        for (size_t i = 0; i < d->op_count; i++)
            assert_int_equal(d->op[i].kind, FSC_OP_EQUAL);
        for (size_t k = 0; k < d->sentence_count; k++)
            assert_int_equal(d->sentence[k].kind, FSC_PAIR_SAME);
        assert_int_equal(d->change_count + d->summary_count + d->removed_count + d->added_count + d->changed_count, 0);
        assert_int_equal(d->words_kept, d->words_a);
        empty(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_diff_pairs__rebuild_both_ways, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_diff_pairs__equal_texts_have_no_change, fix_setup, fix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
