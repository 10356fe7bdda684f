// The schema of a set, its image, its digest.
#include "lexicon_test.h"

#define HEAD(name, dimension) "#lexicon " name "\n#language en\n#version 1\n#license none\n#dimension " dimension "\n"

static void test_compile__names_are_grouped(void **state)
{
    (void)state;
    const char *text[] = {
        HEAD("one",
             "moral") "#poles virtue=+ vice=- care.mixed=o\n" COLUMNS
                      "help\tcare.virtue\t1\nhurt\tcare.vice\t2\tdir=down; names; pair=hurt\nboth\tcare.mixed\t0.5\n",
        HEAD("two", "tone") COLUMNS "loud\tx\t1\n",
        HEAD("three", "moral") "#poles denial=-\n" COLUMNS "cheat\tfairness.vice\t1\nhelper\tcare.virtue\t1\n",
        HEAD("four", "stance") "#rules yes\n" COLUMNS "@capitals\tcapitals\t\tname=capitals\nagain\titeration\n",
        HEAD_RESOURCE COLUMNS "mayor\ttitle\npolice chief\ttitle.police\n",
    };
    bench b;
    assert_int_equal(bench_compile(&b, text, 5), 0);
    const fsc_schema *s = fsc_lexset_schema(b.set);
    assert_int_equal(s->dimension_count, 3);
    assert_true(fsc_view_is(s->dimension[0].name, "moral") && s->dimension[0].poles && !s->dimension[0].rules);
    assert_true(fsc_view_is(s->dimension[1].name, "tone") && !s->dimension[1].poles);
    assert_true(fsc_view_is(s->dimension[2].name, "stance") && s->dimension[2].rules);
    static const struct {
        const char *name;
        int dimension, pole;
    } want[] = {
        {"care.virtue", 0, 1}, {"care.vice", 0, -1}, {"care.mixed", 0, 0}, {"fairness.vice", 0, -1},
        {"denial", 0, -1},     {"x", 1, 0},          {"capitals", 2, 0},   {"iteration", 2, 0},
    };
    assert_int_equal(s->category_count, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_true(fsc_view_is(s->category[i].name, want[i].name));
        assert_int_equal(s->category[i].dimension, want[i].dimension);
        assert_int_equal(s->category[i].pole, want[i].pole);
    }
    assert_int_equal(s->resource_count, 2);
    assert_int_equal(fsc_schema_category(s, "moral", "fairness.vice"), 3);
    assert_int_equal(fsc_schema_category(s, "tone", "fairness.vice"), FSC_NONE);
    assert_int_equal(fsc_schema_category(s, "nothing", "x"), FSC_NONE);
    assert_int_equal(fsc_schema_dimension(s, "stance"), 2);
    assert_int_equal(fsc_schema_resource(s, "title.police"), 1);
    assert_int_equal(fsc_schema_resource(s, "police"), FSC_NONE);
    assert_true(fsc_view_is(s->languages, "en"));
    bench_close(&b);
}

static void test_compile__entries_are_whole(void **state)
{
    (void)state;
    const char *text[] = {
        HEAD("one", "moral") COLUMNS
        "help\tcare.virtue\t1\n\n"
        "hurt\tcare.vice\t2.25\tdir=down; names; pair=hurt; own=a\\;b; flag; !after=him\twhy\n",
        HEAD("four", "stance") "#rules yes\n" COLUMNS "@capitals\tcapitals\t\tname=capitals\nagain\titeration\n",
        HEAD_RESOURCE COLUMNS "mayor\ttitle\n",
    };
    bench b;
    assert_int_equal(bench_compile(&b, text, 3), 0);
    const fsc_schema *s = fsc_lexset_schema(b.set);
    assert_int_equal(s->entry_count, 5);
    const fsc_entry *e = &s->entry[1];
    assert_true(fsc_view_is(fsc_schema_text(s, e->lexicon), "one") && fsc_view_is(fsc_schema_text(s, e->pattern), "hurt") &&
                fsc_view_is(fsc_schema_text(s, e->note), "why"));
    assert_int_equal(e->line, 9);
    assert_int_equal(e->weight, 2250);
    assert_int_equal(e->direction, FSC_DIRECTION_DOWN);
    assert_int_equal(e->flags, FSC_ENTRY_NAMES);
    assert_true(fsc_view_is(fsc_schema_text(s, e->pair), "hurt"));
    assert_int_equal(e->category, 1);
    assert_true(fsc_view_is(fsc_entry_option(s, e, "dir"), "down"));
    assert_true(fsc_view_is(fsc_entry_option(s, e, "!after"), "him"));
    assert_true(fsc_view_is(fsc_entry_option(s, e, "own"), "a\\;b"));
    assert_true(fsc_entry_option(s, e, "flag").data != NULL && fsc_entry_option(s, e, "flag").len == 0);
    assert_null(fsc_entry_option(s, e, "fla").data);
    assert_null(fsc_entry_option(s, &s->entry[0], "dir").data);
    assert_int_equal(s->entry[2].flags, FSC_ENTRY_RULE);
    assert_int_equal(s->entry[2].weight, 1000);
    assert_int_equal(s->entry[3].flags, 0);
    assert_int_equal(s->entry[4].flags, FSC_ENTRY_RESOURCE);
    assert_int_equal(s->entry[4].dimension, FSC_NO_DIMENSION);
    assert_int_equal(s->entry[4].category, 0);
    assert_int_equal(s->entry[4].weight, 0);
    bench_close(&b);
}

static void test_compile__same_name_twice(void **state)
{
    (void)state;
    const char *text[] = {HEAD("one", "d") COLUMNS, HEAD("one", "e") COLUMNS};
    bench b;
    assert_int_equal(bench_compile(&b, text, 2), FSC_E_LEXICON);
    assert_string_equal(b.err.source, "b.tsv");
    assert_int_equal(b.err.line, 1);
    assert_non_null(strstr(b.err.text, "a.tsv"));
    bench_close(&b);
}

static void test_compile__poles_must_agree(void **state)
{
    (void)state;
    const char *text[] = {HEAD("one", "d") "#poles a=+\n" COLUMNS, HEAD("two", "d") "#poles b=+ a=-\n" COLUMNS};
    bench b;
    assert_int_equal(bench_compile(&b, text, 2), FSC_E_LEXICON);
    assert_string_equal(b.err.source, "b.tsv");
    assert_int_equal(b.err.line, 6);
    assert_int_equal(b.err.column, 12);
    bench_close(&b);
    // another dimension may see it otherwise
    text[1] = HEAD("two", "e") "#poles b=+ a=-\n" COLUMNS;
    assert_int_equal(bench_compile(&b, text, 2), 0);
    bench_close(&b);
}

static void test_compile__nothing_is_a_set_too(void **state)
{
    (void)state;
    bench b;
    assert_int_equal(bench_compile(&b, NULL, 0), 0);
    const fsc_schema *s = fsc_lexset_schema(b.set);
    assert_int_equal(s->entry_count + s->category_count + s->dimension_count + s->resource_count, 0);
    assert_int_equal(s->digest.len, 16);
    bench_start(&b);
    assert_string_equal(bench_marked(&b, "Nothing is found."), "Nothing is found.");
    bench_close(&b);
}

static void digest_of(char out[17], const char *const *text, size_t count)
{
    bench b;
    assert_int_equal(bench_compile(&b, text, count), 0);
    fsc_view digest = fsc_lexset_schema(b.set)->digest;
    assert_int_equal(digest.len, 16);
    memcpy(out, digest.data, 16);
    out[16] = 0;
    for (int i = 0; i < 16; i++)
        assert_true(strchr("0123456789abcdef", out[i]));
    bench_close(&b);
}

static void test_compile__digest_tells_sets_apart(void **state)
{
    (void)state;
    const char *base[] = {HEAD("one", "d") COLUMNS "a\tb\t1\n", HEAD("two", "d") COLUMNS "c\tb\t1\n"};
    const char *weight[] = {HEAD("one", "d") COLUMNS "a\tb\t2\n", base[1]};
    const char *comment[] = {HEAD("one", "d") COLUMNS "a\tb\t1\n# c\n", base[1]};
    const char *turned[] = {base[1], base[0]};
    char a[17], again[17], b[17], c[17], d[17], e[17];
    digest_of(a, base, 2);
    digest_of(again, base, 2);
    digest_of(b, weight, 2);
    digest_of(c, comment, 2);
    digest_of(d, turned, 2);
    digest_of(e, base, 1);
    assert_string_equal(a, again);
    assert_string_not_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d);
    assert_string_not_equal(a, e);
}

static void test_compile__languages(void **state)
{
    (void)state;
    const char *text[] = {
        HEAD("one", "d") COLUMNS "a\tb\t1\n",
        "#lexicon de.one\n#language de\n#version 1\n#license none\n#dimension d\n" COLUMNS,
        "#lexicon fr.words\n#language fr\n#version 1\n#license none\n#role resource\n" COLUMNS,
        HEAD("two", "e") COLUMNS,
    };
    bench b;
    assert_int_equal(bench_compile(&b, text, 4), 0);
    assert_true(fsc_view_is(fsc_lexset_schema(b.set)->languages, "en de"));
    bench_close(&b);
}

// A class takes its words from resource lexicons of its own language.
static void test_compile__classes_keep_to_their_language(void **state)
{
    (void)state;
    const char *text[] = {
        HEAD("one", "d") COLUMNS "{title} smith\tb\t1\n",
        "#lexicon de\n#language de\n#version 1\n#license none\n#role resource\n" COLUMNS "frau\ttitle\n",
    };
    bench b;
    assert_int_equal(bench_compile(&b, text, 2), FSC_E_LEXICON);
    assert_non_null(strstr(b.err.text, "no class {title}"));
    assert_int_equal(b.err.line, 7);
    bench_close(&b);
}

// ---------------------------------------------------------------- images

static const char *const imaged[] = {
    HEAD("one", "moral") "#poles virtue=+ vice=-\n" COLUMNS
                         "help*\tcare.virtue\t1\n[very] cruel\tcare.vice\t2\t!before=not|never; dir=up\nas <0-2> "
                         "as\tcare.vice\t0\n"
                         "=US\tx\t1\n/from \\d+ to \\d+/\tx\t1\tneed=from\n^ but\tx\t1\n{title} "
                         "{capital}\tx\t1\n*ism\tx\t1\tnote=1\tn\n",
    HEAD_RESOURCE COLUMNS "(mayor|chief)\ttitle\n",
};

static void image_of(fsc_buf *out, const bench *b)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(out, NULL, 1 << 26);
    assert_int_equal(fsc_lexset_image(out, b->set, &err), 0);
}

static void test_compile__image_gives_the_same(void **state)
{
    (void)state;
    static const char *const text[] = {
        "He helps the US, not cruel, very cruel. But from 3 to 4, as good as can be, US.",
        "But Mayor Smith’s populism helped us: cruel! As far as it goes from 10 to 12.",
    };
    bench a, b = {.err = FSC_ERR_INIT};
    fsc_buf image, again;
    assert_int_equal(bench_compile(&a, imaged, 2), 0);
    image_of(&image, &a);
    fsc_arena_init(&b.arena, NULL);
    assert_int_equal(fsc_lexset_open(&b.set, fsc_buf_view(&image), NULL, &b.err), 0);
    image_of(&again, &b);
    assert_true(fsc_view_eq(fsc_buf_view(&image), fsc_buf_view(&again)));
    const fsc_schema *x = fsc_lexset_schema(a.set), *y = fsc_lexset_schema(b.set);
    assert_int_equal(x->entry_count, y->entry_count);
    assert_true(fsc_view_eq(x->digest, y->digest));
    // entries are read where the image has them: nothing is made of them at a start
    assert_true((const char *)y->entry > image.data && (const char *)(y->entry + y->entry_count) <= image.data + image.len);
    for (size_t i = 0; i < x->entry_count; i++) {
        assert_true(fsc_view_eq(fsc_schema_text(x, x->entry[i].pattern), fsc_schema_text(y, y->entry[i].pattern)));
        assert_true(fsc_view_eq(fsc_schema_text(x, x->entry[i].options), fsc_schema_text(y, y->entry[i].options)));
        assert_int_equal(x->entry[i].weight, y->entry[i].weight);
        assert_int_equal(x->entry[i].category, y->entry[i].category);
    }
    bench_start(&a);
    bench_start(&b);
    for (size_t i = 0; i < 2; i++) {
        bench_match(&a, fsc_view_cstr(text[i]));
        bench_match(&b, fsc_view_cstr(text[i]));
        assert_true(a.hits.count >= 6);
        assert_int_equal(a.hits.count, b.hits.count);
        assert_memory_equal(a.hits.hit, b.hits.hit, a.hits.count * sizeof *a.hits.hit);
    }
    bench_close(&a);
    bench_close(&b);
    fsc_buf_release(&image);
    fsc_buf_release(&again);
}

static void test_compile__image_is_deterministic(void **state)
{
    (void)state;
    bench a, b;
    fsc_buf x, y;
    assert_int_equal(bench_compile(&a, imaged, 2), 0);
    assert_int_equal(bench_compile(&b, imaged, 2), 0);
    image_of(&x, &a);
    image_of(&y, &b);
    assert_true(fsc_view_eq(fsc_buf_view(&x), fsc_buf_view(&y)));
    bench_close(&a);
    bench_close(&b);
    fsc_buf_release(&x);
    fsc_buf_release(&y);
}

static void test_compile__image_may_lie_askew(void **state)
{
    (void)state;
    bench a, b = {.err = FSC_ERR_INIT};
    fsc_buf image, askew;
    assert_int_equal(bench_compile(&a, imaged, 2), 0);
    image_of(&image, &a);
    fsc_buf_init(&askew, NULL, 1 << 26);
    fsc_buf_char(&askew, 'x');
    fsc_buf_addv(&askew, fsc_buf_view(&image));
    fsc_arena_init(&b.arena, NULL);
    fsc_view bytes = fsc_view_slice(fsc_buf_view(&askew), 1, askew.len);
    assert_int_equal(fsc_lexset_open(&b.set, bytes, NULL, &b.err), 0);
    bench_start(&b);
    assert_string_equal(bench_marked(&b, "It helps."), "It [helps].");
    bench_close(&a);
    bench_close(&b);
    fsc_buf_release(&image);
    fsc_buf_release(&askew);
}

static void test_compile__damaged_images_are_refused(void **state)
{
    (void)state;
    bench a;
    fsc_buf image;
    assert_int_equal(bench_compile(&a, imaged, 2), 0);
    image_of(&image, &a);
    fsc_lexset *set;
    for (size_t len = 0; len < image.len; len += len < 300 ? 1 : 997) {
        fsc_err err = FSC_ERR_INIT;
        assert_int_equal(fsc_lexset_open(&set, fsc_view_of(image.data, len), NULL, &err), FSC_E_CONFIG);
        assert_null(set);
    }
    for (size_t i = 0; i < 24; i++) {
        if (i >= 20)
            continue; // the size may be larger than needed
        fsc_err err = FSC_ERR_INIT;
        image.data[i] ^= 0x55;
        assert_int_equal(fsc_lexset_open(&set, fsc_buf_view(&image), NULL, &err), FSC_E_CONFIG);
        image.data[i] ^= 0x55;
    }
    bench_close(&a);
    fsc_buf_release(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compile__names_are_grouped),
        cmocka_unit_test(test_compile__entries_are_whole),
        cmocka_unit_test(test_compile__same_name_twice),
        cmocka_unit_test(test_compile__poles_must_agree),
        cmocka_unit_test(test_compile__nothing_is_a_set_too),
        cmocka_unit_test(test_compile__digest_tells_sets_apart),
        cmocka_unit_test(test_compile__languages),
        cmocka_unit_test(test_compile__classes_keep_to_their_language),
        cmocka_unit_test(test_compile__image_gives_the_same),
        cmocka_unit_test(test_compile__image_is_deterministic),
        cmocka_unit_test(test_compile__image_may_lie_askew),
        cmocka_unit_test(test_compile__damaged_images_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
