#include "unit/revision/fixture.h"

static void key_is(fixture *f, const char *url, const char *key)
{
    fsc_view got = fsc_revision_url_key(fsc_view_cstr(url), &f->arena);
    if (!fsc_view_is(got, key))
        fail_msg("%s: got %.*s, not %s", url, (int)got.len, got.data, key);
}

static void test_versions__url_key(void **state)
{
    fixture *f = *state;
    key_is(f, "https://www.Example.org/Story/", "example.org/Story");
    key_is(f, "//example.org/a", "example.org/a");
    key_is(f, "http://example.org", "example.org");
    key_is(f, "https://example.org/a#part", "example.org/a");
    key_is(f, "https://example.org/a?utm_source=x&UTM_MEDIUM=y", "example.org/a");
    key_is(f, "https://example.org/a?gclid=1&page=2&fbclid=3&id=4", "example.org/a?page=2&id=4");
    key_is(f, "https://example.org/a/?page=2", "example.org/a?page=2");
    key_is(f, "https://example.org/a?next=https://other.test/b", "example.org/a?next=https://other.test/b");
    key_is(f, "  https://example.org/a  ", "example.org/a");
    key_is(f, "", "");
    key_is(f, "?", "");
    key_is(f, "https://", "");
    key_is(f, "www.", "www.");
}

static int64_t seconds(const char *date)
{
    int64_t t = -1;
    return fsc_revision_time(&t, fsc_view_cstr(date)) ? t : INT64_MIN;
}

static void test_versions__time(void **state)
{
    (void)state;
    assert_int_equal(seconds("1970-01-01"), 0);
    assert_int_equal(seconds("2000-03-01"), 951868800);
    assert_int_equal(seconds("2024-02-29T23:59:59Z"), 1709251199);
    assert_int_equal(seconds("2024-02-29T23:59:59.123Z"), 1709251199);
    assert_int_equal(seconds("2025-01-01T02:00+02:00"), seconds("2025-01-01"));
    assert_int_equal(seconds("2024-12-31T19:00:00-0500"), seconds("2025-01-01"));
    static const char *const bad[] = {"", "2025", "2025-1-1", "yesterday", "20250101", "2025/01/01"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        assert_true(seconds(bad[k]) == INT64_MIN);
}

static fsc_shingles shingles(fixture *f, const char *text)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_text t = {0};
    fsc_shingles out;
    assert_int_equal(fsc_text_analyze(&t, fsc_view_cstr(text), NULL, 0, f->types, &f->arena, &err), FSC_OK);
    assert_int_equal(fsc_revision_shingles(&out, &t, f->types, &f->arena, &err), FSC_OK);
    return out;
}

/* `count` words, each once, counted from `first`. */
static const char *words(fixture *f, int first, int count)
{
    fsc_view out = FSC_LIT("");
    for (int i = first; i < first + count; i++)
        out = fsc_arena_printf(&f->arena, "%.*s w%dx", (int)out.len, out.data, i);
    return out.data;
}

static void test_versions__shingles(void **state)
{
    fixture *f = *state;
    fsc_shingles a = shingles(f, words(f, 0, 60)), b = shingles(f, words(f, 30, 60));
    assert_int_equal(a.count, 58);
    assert_true(fabs(fsc_revision_resemblance(&a, &a) - 1) < 1e-9);
    // 28 of 88
    assert_true(fabs(fsc_revision_resemblance(&a, &b) - 28.0 / 88) < 1e-9);
    // a brief text is known by its words, one of a few words by nothing
    fsc_shingles brief = shingles(f, words(f, 0, 39));
    assert_true(brief.brief);
    assert_int_equal(brief.count, 39);
    assert_int_equal(fsc_revision_sketch(&brief), 39);
    assert_int_equal(fsc_revision_sketch(&a), 48);
    assert_int_equal(shingles(f, words(f, 0, 7)).count, 0);
    fsc_shingles none = {0};
    assert_true(fsc_revision_resemblance(&none, &none) == 0);
}

static const fsc_shingles *whole; // of each item, for the source

static int give(void *user, uint32_t item, fsc_shingles *out, fsc_arena *arena, fsc_err *err)
{
    (void)arena, (void)err;
    ++*(int *)user;
    *out = whole[item];
    return 0;
}

static fsc_chain_item item_of(const fsc_shingles *s)
{
    return (fsc_chain_item){.time = {FSC_NO_TIME, FSC_NO_TIME, FSC_NO_TIME}, .sketch = s->hash, .sketch_count = (uint32_t)fsc_revision_sketch(s),
                            .shingle_count = (uint32_t)s->count, .brief = s->brief};
}

/* Chains of items whose shingles are `s`; *asked: how often all shingles were needed. */
static fsc_chain *link_all(fixture *f, const fsc_chain_item *v, const fsc_shingles *s, size_t n, size_t *count, int *asked)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_chain *chain;
    fsc_shingle_source source = {give, asked};
    *asked = 0;
    whole = s;
    assert_int_equal(fsc_revision_chains(&chain, count, v, n, &source, &f->arena, &err), FSC_OK);
    return chain;
}

static void test_versions__chains(void **state)
{
    fixture *f = *state;
    enum { N = 7 };
    fsc_shingles s[N] = {0};
    fsc_chain_item v[N];
    size_t count;
    int asked;
    s[1] = shingles(f, words(f, 0, 60));
    s[4] = shingles(f, words(f, 20, 60));
    s[6] = shingles(f, words(f, 500, 60));
    for (int k = 0; k < N; k++)
        v[k] = item_of(&s[k]);
    v[0].url = v[2].url = 77;
    v[0].time[0] = 20, v[2].time[0] = 10;
    v[3].id = v[5].id = 5;
    v[4].id = 6; // alone with it
    fsc_chain *chain = link_all(f, v, s, N, &count, &asked);
    assert_int_equal(count, 4);
    assert_int_equal(chain[0].by, FSC_BY_URL);
    assert_int_equal(chain[0].count, 2);
    assert_int_equal(chain[0].version[0], 2);
    assert_int_equal(chain[1].by, FSC_BY_CONTENT);
    assert_int_equal(chain[1].first, 1);
    assert_int_equal(chain[1].count, 2);
    assert_int_equal(chain[1].version[1], 4);
    assert_int_equal(chain[2].by, FSC_BY_ID);
    assert_int_equal(chain[2].count, 2);
    assert_int_equal(chain[3].count, 1);
    assert_int_equal(asked, 2); // both of the one pair that is alike
    link_all(f, NULL, NULL, 0, &count, &asked);
    assert_int_equal(count, 0);
}

static void test_versions__brief_texts(void **state)
{
    fixture *f = *state;
    enum { N = 6 };
    fsc_shingles s[N];
    fsc_chain_item v[N];
    size_t count;
    int asked;
    // "breaking news" and the like are shared by all and link nothing
    for (int k = 0; k < N; k++) {
        int story = k % 4;
        s[k] = shingles(f, fsc_arena_printf(&f->arena, "%s %s new%d", words(f, 0, 6), words(f, 100 * (story + 1), 8), k).data);
        v[k] = item_of(&s[k]);
    }
    fsc_chain *chain = link_all(f, v, s, N, &count, &asked);
    assert_int_equal(count, 4);
    assert_int_equal(chain[0].count, 2);
    assert_int_equal(chain[0].version[1], 4);
    assert_int_equal(chain[1].version[1], 5);
    assert_int_equal(asked, 0);
}

/* What all documents share founds no chain, and hides none: versions of each story stay together. */
static void test_versions__shared_words(void **state)
{
    enum { STORIES = 30, N = 2 * STORIES };
    fixture *f = *state;
    fsc_shingles s[N];
    fsc_chain_item v[N];
    size_t count;
    int asked;
    for (int k = 0; k < N; k++) {
        int story = k % STORIES;
        fsc_view text =
            fsc_arena_printf(&f->arena, "%s %s new%d", words(f, 0, 10), words(f, 1000 * (story + 1), 60), k);
        s[k] = shingles(f, text.data);
        v[k] = item_of(&s[k]);
    }
    fsc_chain *chain = link_all(f, v, s, N, &count, &asked);
    assert_int_equal(count, STORIES);
    for (uint32_t k = 0; k < STORIES; k++) {
        assert_int_equal(chain[k].count, 2);
        assert_int_equal(chain[k].version[0], k);
        assert_int_equal(chain[k].version[1], k + STORIES);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(test_versions__##name, fix_setup, fix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {T(url_key), T(time), T(shingles), T(chains), T(brief_texts), T(shared_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
