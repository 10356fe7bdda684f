#include "page_test.h"

#include <stdlib.h>
#include <time.h>

// Pages that make others quadratic, through the whole of extraction.
typedef struct shape {
    const char *name, *first, *middle, *second;
} shape;

static const shape shapes[] = {
    {"nested div", "<div>", P1, "</div>"},
    {"nested lists", "<ul><li>x", P1, "</ul>"},
    {"nested tables", "<table><tr><td>x", P1, "</table>"},
    {"nested quotes", "<blockquote>", P1, "</blockquote>"},
    {"footers in quotes", "<blockquote><footer>x", P1, ""},
    {"headers", "<header>x</header>", P1, ""},
    {"embeds", "<blockquote class=twitter-tweet>— x (@y)</blockquote>", P1, ""},
    {"embeds inside embeds", "<div class=twitter-tweet><p>x.</p>", P1, ""},
    {"paragraphs", "<p>" P2 "</p>", P1, ""},
    {"articles", "<article><h1>Vote</h1><p>" P2 "</p></article>", P1, ""},
    {"named bodies", "<div class=article-body><p>" P2 "</p></div>", P1, ""},
    {"bylines", "<div class=byline>By Ann Other</div>", P1, ""},
    {"nested bylines", "<div class=byline>x", P1, ""},
    {"times", "<time>no date</time>", P1, ""},
    {"nested times", "<time>", P1, ""},
    {"headings", "<h1>vote on the bridge today</h1>", P1, ""},
    {"nested spans", "<span class=comments>", P1, "</span>"},
    {"links", "<a href=1>one</a> ", P1, ""},
    {"tail headings", "<h3>Related</h3>", P1, ""},
    {"breaks", "<br>", P1, "<br>"},
    {"dates", "<p>4 March</p>", P1, ""},
    {"digits", "1", P1, "1"},
    {"letters", "a", P1, "b"},
    {"metas", "<meta name=author content=x@y>", P1, ""},
    {"scripts",
     "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"x\"}}]}</script>",
     P1, ""},
    {"blanks", " \n", P1, "\t "},
    {"no-break spaces", "&nbsp;", P1, "&nbsp;"},
    {"comments", "<div class=comments><b class=author>Ann</b><p>" P2 "</p></div>", P1, ""},
    {"nested comments", "<div class=comment><b class=author>Ann</b><p>No.</p>", P1, ""},
    {"empty commenters", "<div class=comments><b class=author><a href=1></a></b>", P1, ""},
    {"handles", "<div>Ann</div><div>@ann</div>", P1, "<div>@ann</div>"},
    {"posts", "<meta property=og:title content='Ann (@ann)'><meta property=og:description content='" P2 "'>", P1,
     "<div>@ann</div><div>" P2 "</div>"},
    {"live entries", "<div class=live><time datetime=2026-01-02>x</time><p>" P2 "</p></div>", P1, ""},
    {"nested live entries", "<div class=live><time datetime=2026-01-02>x</time><p>" P2 "</p>", P1, ""},
    {"titles", "<title>a - b - c</title>", P1, ""},
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double time_of(const shape *s, size_t n, size_t *held)
{
    fsc_buf page;
    bench b;
    fsc_extract_options opt = {.comments = true};
    fsc_buf_init(&page, NULL, 1 << 27);
    fsc_buf_adds(&page, "<html><head><title>vote on the bridge</title></head><body><p>" P3 "</p>");
    for (size_t i = 0; i < n; i++)
        fsc_buf_adds(&page, s->first);
    fsc_buf_adds(&page, s->middle);
    for (size_t i = 0; i < n; i++)
        fsc_buf_adds(&page, s->second);
    bench_open(&b);
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_buf_view(&page)};
    double from = seconds();
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    fsc_article *update;
    size_t updates;
    fsc_err err = FSC_ERR_INIT;
    assert_int_equal(fsc_extract_updates(&update, &updates, &b.article, &item, &opt, &b.arena, &b.scratch, &err), 0);
    double used = seconds() - from;
    *held = b.arena.held + b.scratch.held;
    assert_tiles(&b.article);
    bench_close(&b);
    fsc_buf_release(&page);
    return used;
}

static void test_pathological__time_and_memory_grow_about_linearly(void **state)
{
    (void)state;
    double slow = getenv("TEST_SLOW") ? atof(getenv("TEST_SLOW")) : 1;
    size_t n = 4000, held;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double one = 1e9, four = 1e9;
        // the least of several rounds, as a busy machine makes any one of them slow; four times the page may take ten times
        // the time (caches), where quadratic growth takes sixteen
        bool grows = true;
        for (int round = 0; grows && round < 10; round++) {
            double a = time_of(&shapes[i], n, &held), b = time_of(&shapes[i], 4 * n, &held);
            one = a < one ? a : one;
            four = b < four ? b : four;
            grows = four >= 1.0 * slow || four >= 10 * one + 0.010 * slow;
        }
        if (grows)
            fail_msg("%s: %.0f ms for n, %.0f ms for 4n", shapes[i].name, one * 1e3, four * 1e3);
        if (held > 256u << 20)
            fail_msg("%s: %zu bytes held", shapes[i].name, held);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pathological__time_and_memory_grow_about_linearly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
