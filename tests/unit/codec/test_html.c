#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "codec/html_p.h"

// Events written as one line: <tag a=v>, </tag>, text as it is, {script}.
typedef struct trace {
    fsc_buf out;
    size_t stop_after; // events until the handler says stop; 0: never
    size_t events;
    bool sources;
} trace;

static bool counted(trace *t)
{
    return ++t->events != t->stop_after;
}

static bool on_start(void *user, fsc_view tag, const fsc_html_attribute *attr, size_t count, uint32_t source)
{
    trace *t = user;
    (void)source;
    fsc_buf_printf(&t->out, "<%.*s", (int)tag.len, tag.data);
    for (size_t i = 0; i < count; i++)
        fsc_buf_printf(&t->out, " %.*s=%.*s", (int)attr[i].name.len, attr[i].name.data, (int)attr[i].value.len,
                       attr[i].value.data);
    fsc_buf_adds(&t->out, ">");
    return counted(t);
}

static bool on_end(void *user, fsc_view tag, uint32_t source)
{
    trace *t = user;
    (void)source;
    fsc_buf_printf(&t->out, "</%.*s>", (int)tag.len, tag.data);
    return counted(t);
}

static bool on_text(void *user, fsc_view text, uint32_t source)
{
    trace *t = user;
    if (t->sources)
        fsc_buf_printf(&t->out, "@%u:", source);
    fsc_buf_addv(&t->out, text);
    return counted(t);
}

static bool on_script(void *user, fsc_view type, fsc_view content)
{
    trace *t = user;
    (void)type;
    fsc_buf_printf(&t->out, "{%.*s}", (int)content.len, content.data);
    return counted(t);
}

static int run(trace *t, fsc_view page, fsc_err *err)
{
    fsc_html_handler handler = {on_start, on_end, on_text, on_script, t};
    fsc_arena scratch;
    fsc_arena_init(&scratch, NULL);
    int status = fsc_html_parse(page, &handler, &scratch, err);
    fsc_arena_release(&scratch);
    return status;
}

static void check(const char *html, const char *want)
{
    trace t = {0};
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&t.out, NULL, 1 << 24);
    assert_int_equal(run(&t, fsc_view_cstr(html), &err), 0);
    assert_string_equal(t.out.data, want);
    fsc_buf_release(&t.out);
}

static void test_html__elements_text_and_attributes(void **state)
{
    (void)state;
    check("", "");
    check("just text", "just text");
    check("<P CLASS=Lead id='x y'>Hi <B>there</b></P>", "<p class=Lead id=x y>Hi <b>there</b></p>");
    check("<a href=\"/a?b=1&amp;c=2\" onclick=\"go('>')\" data-x=1>k</a>", "<a href=/a?b=1&c=2>k</a>");
    check("<p style='color:red'>a<p style='display: none'>b", "<p>a</p><p style=display: none>b</p>");
    check("<img src=x alt=y>a<br/>b<br></br>", "<img></img>a<br></br>b<br></br><br></br>");
    check("<my-box x=1>t</my-box><o:p>u</o:p>", "<my-box>t</my-box><o:p>u</o:p>");
}

static void test_html__closes_what_browsers_close(void **state)
{
    (void)state;
    check("<p>a<div>b</p>c</div>d", "<p>a</p><div>bc</div>d");
    check("<p>a<section>b</section>", "<p>a</p><section>b</section>");
    check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>");
    check("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    check("<table><tr><td>1<td>2<tr><td>3</table>x",
          "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>x");
    check("<b><i>z</b>y", "<b><i>z</i></b>y");
    check("<div><span>a</div>b</span>c", "<div><span>a</span></div>bc");
    check("<a href=1>x<a href=2>y</a>z", "<a href=1>x</a><a href=2>y</a>z");
    check("<a href=1>k<div>m</a>n</div>o", "<a href=1>k<div>m</div></a>no");
    check("<h2>a</h3>b", "<h2>a</h2>b");
    check("<form>a<form>b</form>c", "<form>ab</form>c");
    check("a</b></div></p>b", "ab");
}

static void test_html__second_roots_and_late_text(void **state)
{
    (void)state;
    check("<html><head><title>T</title></head><body class=x>a</body></html>b",
          "<html><title>T</title><body class=x>ab</body></html>");
    check("<html><body>a<html lang=de><body id=k>b",
          "<html><body>a<html lang=de></html><body id=k></body>b</body></html>");
}

static void test_html__drops_what_is_not_shown(void **state)
{
    (void)state;
    check("a<!-- x > y -->b<!-->c<!--->d", "abcd");
    check("a<![CDATA[x]]>b<![endif]>c<?xml y?>d<?php e>f ?>g</ >h", "abcdgh");
    check("a<style>p{}</style>b<script>if(a<b)</script>c<noscript><p>n</noscript>d", "abcd");
    check("a<svg><svg><text>x</text></svg><path/></svg>b", "ab");
    check("a<iframe>x</iframe>b<template><p>x<template>y</template></p></template>c", "abc");
    check("<div><template shadowrootmode=open><p>in</p></template></div>", "<div><p>in</p></div>");
    check("a<wbr>b<source src=x>c<track>d", "abcd");
    check("<script type='application/ld+json'>{\"a\":1}</script>t<script type=\"text/x\">no</script>", "{{\"a\":1}}t");
}

static void test_html__raw_content_is_text(void **state)
{
    (void)state;
    check("<title>a<b>&amp;</title>c", "<title>a<b>&</title>c");
    check("<textarea><p>\n  x</textarea>y", "<textarea><p>\n  x</textarea>y");
    check("<title>never closed<p>x", "<title>never closed</title><p>x</p>");
    check("3 < 4 > 2 & 5 &lt;b&gt;", "3 < 4 > 2 & 5 <b>");
}

static void test_html__references(void **state)
{
    (void)state;
    check("&eacute;&#233;&#xE9;&notin;&hellip;&nbsp;", "éé\xC3\xA9∉…\xC2\xA0");
    check("&#150;&#146;&#128;", "–’€");
    check("&copy2020 &amp &ampx &unknown; &;&", "©2020 & &x &unknown; &;&");
    check("<a href='?a=1&copy=2&reg;x'>l</a>", "<a href=?a=1&copy=2®x>l</a>");
    check("&#0;&#xD800;&#99999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    check("&NotEqualTilde;", "≂̸");
}

static void test_html__blanks(void **state)
{
    (void)state;
    check("a  \n\t b", "a b");
    check("<pre>a\n  b</pre>  c", "<pre>a\n  b</pre> c");
}

static void test_html__damage_keeps_text_around_it(void **state)
{
    (void)state;
    check("a<!-- never closed <p>b</p>", "ab");
    check("a<a href=\"x>b</a>c", "a<a href=x>b</a>c");
    check("a<svg>b", "ab");
    check("a<iframe>b", "ab");
    check("<p>cut in a ta", "<p>cut in a ta</p>");
    check("<p>cut in a <a hre", "<p>cut in a <a></a></p>");
    check("a<script>never closed", "a");
}

static void test_html__tag_table_is_sound(void **state)
{
    (void)state;
    for (int t = 1; t < FSC_TAG_COUNT; t++) {
        fsc_view name = fsc_view_cstr(fsc_html_tag_name((fsc_tag)t));
        assert_int_equal(fsc_html_tag(name), t);
        if (t > 1)
            assert_true(strcmp(fsc_html_tag_name((fsc_tag)(t - 1)), name.data) < 0);
    }
    assert_int_equal(fsc_html_tag(FSC_LIT("nosuch")), FSC_TAG_OTHER);
    assert_int_equal(fsc_html_tag(FSC_LIT("")), FSC_TAG_OTHER);
    assert_int_equal(fsc_html_tag(FSC_LIT("zz")), FSC_TAG_OTHER);
}

static void test_html__entity_table_is_sorted(void **state)
{
    (void)state;
    static const char *const names[] = {
#define E(name, bare, value) name,
#include "codec/html_entity.def"
#undef E
    };
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        assert_true(strcmp(names[i - 1], names[i]) < 0);
    char out[8];
    unsigned size;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[48];
        int n = snprintf(text, sizeof text, "&%s;", names[i]);
        assert_int_equal(fsc_html_reference(text, (size_t)n, false, out, &size), n);
        assert_int_equal(fsc_utf8_valid(out, size), size);
    }
}

static void test_html__unescape(void **state)
{
    (void)state;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    assert_view(fsc_html_unescape(FSC_LIT("plain"), false, &arena), "plain");
    assert_view(fsc_html_unescape(FSC_LIT("a&amp;b&#8217;s &nGt;"), false, &arena), "a&b’s ≫⃒");
    fsc_arena_release(&arena);
}

static void test_html__sources_point_into_the_page(void **state)
{
    (void)state;
    trace t = {.sources = true};
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&t.out, NULL, 1 << 20);
    fsc_view page = FSC_LIT("<!-- c --><p onclick='1'>one</p><script>x</script><p>two</p>");
    assert_int_equal(run(&t, page, &err), 0);
    assert_string_equal(t.out.data, "<p>@25:one</p><p>@53:two</p>");
    assert_memory_equal(page.data + 25, "one", 3);
    assert_memory_equal(page.data + 53, "two", 3);
    fsc_buf_release(&t.out);
}

static void test_html__a_handler_stops_the_parse(void **state)
{
    (void)state;
    for (size_t after = 1; after < 8; after++) {
        trace t = {.stop_after = after};
        fsc_err err = FSC_ERR_INIT;
        fsc_buf_init(&t.out, NULL, 1 << 20);
        fsc_view page = FSC_LIT("<p>a</p><script type='application/ld+json'>1</script><p>b</p><p>c</p>");
        assert_int_equal(run(&t, page, &err), FSC_E_CANCELLED);
        assert_int_equal(t.events, after);
        fsc_buf_release(&t.out);
    }
}

// ---------------------------------------------------------------- pathological pages: time grows about linearly

typedef struct shape {
    const char *name, *before, *first, *middle, *second, *after;
} shape;

static const shape shapes[] = {
    {"deep div", "", "<div>", "deep", "</div>", "end"},
    {"unclosed div", "", "<div>", "deep", "", ""},
    {"i then /b", "", "<i>", "x", "</b>", "end"},
    {"i then /i", "", "<i>", "x", "</i>", "end"},
    {"div then body", "", "<div>", "x", "<body>", "end"},
    {"font then /p", "<p>", "<font>", "x", "</p>", "end"},
    {"p and a", "", "<p><a href=1>", "x", "</a>", "end"},
    {"attributes", "<p ", "a=1 ", ">x", "", "end"},
    {"class attributes", "<p ", "class=1 ", ">x", "", "end"},
    {"open comments", "", "<!-- ", "x", "", "end"},
    {"open quotes", "", "<a href=\"", "x", "", "end"},
    {"open titles", "", "<title>", "x", "", "end"},
    {"open svg", "", "<svg>", "x", "</svg>", "end"},
    {"open templates", "", "<template>", "x", "", "end"},
    {"open scripts", "", "<script>", "x", "", "end"},
    {"entities", "", "&am", "x", "&notin", "end"},
    {"ampersands", "", "&", "x", "&#", "end"},
    {"tables", "", "<table><tr><td>", "x", "</table>", "end"},
    {"lists", "", "<ul><li>", "x", "</ul>", "end"},
    {"unknown tags", "", "<x-y>", "x", "</x-z>", "end"},
    {"less than", "", "<", "x", "<", "end"},
    {"php", "", "<?php ", "x", "?>", "end"},
    {"end tags", "", "</p>", "x", "</div>", "end"},
    {"forms", "", "<form>", "x", "</form>", "end"},
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void build(fsc_buf *b, const shape *s, size_t n)
{
    fsc_buf_adds(b, "<html><body><p>before</p>");
    fsc_buf_adds(b, s->before);
    for (size_t i = 0; i < n; i++)
        fsc_buf_adds(b, s->first);
    fsc_buf_adds(b, s->middle);
    for (size_t i = 0; i < n; i++)
        fsc_buf_adds(b, s->second);
    fsc_buf_adds(b, s->after);
}

static double time_of(const shape *s, size_t n)
{
    fsc_buf page;
    trace t = {0};
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&page, NULL, 1 << 26);
    fsc_buf_init(&t.out, NULL, 1 << 26);
    build(&page, s, n);
    double from = seconds();
    assert_int_equal(run(&t, fsc_buf_view(&page), &err), 0);
    double used = seconds() - from;
    assert_true(strstr(t.out.data, "before") != NULL);
    fsc_buf_release(&page);
    fsc_buf_release(&t.out);
    return used;
}

static void test_html__time_grows_about_linearly(void **state)
{
    (void)state;
    double slow = getenv("TEST_SLOW") ? atof(getenv("TEST_SLOW")) : 1;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double one = 1e9, four = 1e9;
        // the least of several rounds, as a busy machine makes any one of them slow; four times the page may take ten times
        // the time (caches), where quadratic growth takes sixteen
        bool grows = true;
        for (int round = 0; grows && round < 10; round++) {
            double a = time_of(&shapes[i], 10000), b = time_of(&shapes[i], 40000);
            one = a < one ? a : one;
            four = b < four ? b : four;
            grows = four >= 1.0 * slow || four >= 10 * one + 0.010 * slow;
        }
        if (grows)
            fail_msg("%s: %.0f ms for n, %.0f ms for 4n", shapes[i].name, one * 1e3, four * 1e3);
    }
}

static void test_html__text_after_great_depth_is_kept(void **state)
{
    (void)state;
    fsc_buf page;
    trace t = {0};
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&page, NULL, 1 << 26);
    fsc_buf_init(&t.out, NULL, 1 << 26);
    static const shape deep = {"", "", "<div>", "deepest", "</div>", "<p>after</p>"};
    build(&page, &deep, 100000);
    assert_int_equal(run(&t, fsc_buf_view(&page), &err), 0);
    assert_non_null(strstr(t.out.data, "deepest"));
    // The dropped levels take their end tags along: what follows is no child of them.
    assert_non_null(strstr(t.out.data, "</div><p>after</p></body></html>"));
    fsc_buf_release(&page);
    fsc_buf_release(&t.out);
}

static void test_html__one_text_of_many_megabytes(void **state)
{
    (void)state;
    size_t n = 12u << 20;
    char *page = malloc(n);
    assert_non_null(page);
    memset(page, 'a', n);
    memcpy(page, "<p>", 3);
    memcpy(page + n - 3, "end", 3);
    trace t = {0};
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&t.out, NULL, 1 << 25);
    assert_int_equal(run(&t, fsc_view_of(page, n), &err), 0);
    assert_int_equal(t.out.len, n + 4);
    fsc_buf_release(&t.out);
    free(page);
}

static void test_html__nul_bytes_vanish(void **state)
{
    (void)state;
    trace t = {0};
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&t.out, NULL, 1 << 20);
    assert_int_equal(run(&t, fsc_view_of("<p>a\0b</p>c", 11), &err), 0);
    assert_string_equal(t.out.data, "<p>ab</p>c");
    fsc_buf_release(&t.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html__elements_text_and_attributes),
        cmocka_unit_test(test_html__closes_what_browsers_close),
        cmocka_unit_test(test_html__second_roots_and_late_text),
        cmocka_unit_test(test_html__drops_what_is_not_shown),
        cmocka_unit_test(test_html__raw_content_is_text),
        cmocka_unit_test(test_html__references),
        cmocka_unit_test(test_html__blanks),
        cmocka_unit_test(test_html__damage_keeps_text_around_it),
        cmocka_unit_test(test_html__tag_table_is_sound),
        cmocka_unit_test(test_html__entity_table_is_sorted),
        cmocka_unit_test(test_html__unescape),
        cmocka_unit_test(test_html__sources_point_into_the_page),
        cmocka_unit_test(test_html__a_handler_stops_the_parse),
        cmocka_unit_test(test_html__time_grows_about_linearly),
        cmocka_unit_test(test_html__text_after_great_depth_is_kept),
        cmocka_unit_test(test_html__one_text_of_many_megabytes),
        cmocka_unit_test(test_html__nul_bytes_vanish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
