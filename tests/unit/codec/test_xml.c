// XML: events, leniency, limits.
#include "check.h"

#include "base/buf.h"
#include "codec/xml.h"

// The events as one line: <name a=v>text</name>, with the line of start tags when `lines`.
typedef struct trace {
    fsc_buf out;
    bool lines;
    int events_left;
} trace;

static bool on_start(void *user, const fsc_xml_element *e)
{
    trace *t = user;
    fsc_buf_printf(&t->out, "<%.*s%s%.*s", (int)e->prefix.len, e->prefix.data, e->prefix.len ? ":" : "",
                   (int)e->name.len, e->name.data);
    for (size_t i = 0; i < e->attr_count; i++)
        fsc_buf_printf(&t->out, " %.*s=%.*s", (int)e->attr[i].name.len, e->attr[i].name.data, (int)e->attr[i].value.len,
                       e->attr[i].value.data);
    if (t->lines)
        fsc_buf_printf(&t->out, " @%u", e->line);
    fsc_buf_adds(&t->out, ">");
    return t->events_left-- != 0;
}

static bool on_end(void *user, const fsc_xml_element *e)
{
    trace *t = user;
    fsc_buf_printf(&t->out, "</%.*s>", (int)e->name.len, e->name.data);
    return true;
}

static bool on_text(void *user, fsc_view text, uint32_t line)
{
    (void)line;
    fsc_buf_addv(&((trace *)user)->out, text);
    return true;
}

static int events(trace *t, fsc_view in, fsc_arena *arena, fsc_err *err)
{
    fsc_xml_handler h = {on_start, on_end, on_text, t};
    fsc_buf_init(&t->out, NULL, 1 << 24);
    return fsc_xml_parse(in, &h, arena, err);
}

static void expect(const char *in, const char *want, int want_rc)
{
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_err err = FSC_ERR_INIT;
    trace t = {.events_left = -1};
    assert_int_equal(events(&t, fsc_view_cstr(in), &arena, &err), want_rc);
    assert_string_equal(t.out.data ? t.out.data : "", want);
    fsc_buf_release(&t.out);
    fsc_arena_release(&arena);
}

static void test_xml__events(void **state)
{
    (void)state;
    expect("<a x='1' b:y=\"2\" xmlns:b='urn:b'>t<b:c/><![CDATA[<i>&amp;]]></a>", "<a x=1 y=2>t<b:c></c><i>&amp;</a>",
           0);
    expect("<?xml version='1.0'?>\n<!-- note <x> -->\n<a><?php echo 1 ?>b</a>\n<!-- end -->", "<a>b</a>", 0);
    expect("\xEF\xBB\xBF<a>\xC3\xA9</a>", "<a>\xC3\xA9</a>", 0);
    expect("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "<a>\xC3\xA9</a>", 0);
}

static void test_xml__references(void **state)
{
    (void)state;
    expect("<a t='&lt;&amp;&quot;&#233;'>&lt;b&gt; &amp;amp; &#x201C;&rsquo;&nbsp;</a>",
           "<a t=<&\"\xC3\xA9><b> &amp; \xE2\x80\x9C\xE2\x80\x99\xC2\xA0</a>", 0);
    // bare ampersands, unknown names, and references that XML forbids
    expect("<a h='?a=1&copy=2'>AT&T &unknown; &#0;&#11;</a>",
           "<a h=?a=1&copy=2>AT&T &unknown; \xEF\xBF\xBD\xEF\xBF\xBD</a>", 0);
    // not lost behind a fault
    expect("<a><b>x</c>&lt;y&gt;</b></a>", "<a><b>x</b><y></a>", FSC_E_SYNTAX);
}

static void test_xml__faults(void **state)
{
    (void)state;
    expect("<a>x\x01y\xEF\xBF\xBEz</a>", "<a>x\xEF\xBF\xBDy\xEF\xBF\xBDz</a>", 0);
    expect("<a>1 < 2</a>", "<a>1 < 2</a>", 0);
    expect("<a><b>x", "<a><b>x</b></a>", FSC_E_SYNTAX);
    expect("", "", FSC_E_SYNTAX);
    expect("no markup", "", FSC_E_SYNTAX);
    fsc_err err = FSC_ERR_INIT;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    trace t = {.events_left = -1};
    events(&t, FSC_LIT("<a>\n\n<b></c>\n</a>"), &arena, &err);
    assert_int_equal(err.code, FSC_E_SYNTAX);
    assert_int_equal(err.line, 3);
    fsc_buf_release(&t.out);
    fsc_arena_release(&arena);
}

static void test_xml__doctype(void **state)
{
    (void)state;
    expect("<!DOCTYPE rss PUBLIC \"-//N//DTD>\"\n 'http://x/y.dtd'><a>&eacute;</a>", "<a>\xC3\xA9</a>", 0);
    expect("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "", FSC_E_UNSUPPORTED);
    expect("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>&x;</a>", "<a>&x;</a>", 0);
}

static void test_xml__lines_survive_what_is_dropped(void **state)
{
    (void)state;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_err err = FSC_ERR_INIT;
    trace t = {.lines = true, .events_left = -1};
    assert_int_equal(
        events(&t, FSC_LIT("<?xml version='1.0'?>\n<!--\n\n-->\n<!DOCTYPE a\n>\n<a>\n<b/></a>"), &arena, &err), 0);
    assert_string_equal(t.out.data, "<a @7>\n<b @8></b></a>");
    fsc_buf_release(&t.out);
    fsc_arena_release(&arena);
}

// `count` times `piece` between two ends.
static fsc_view repeat(fsc_arena *arena, const char *head, const char *piece, size_t count, const char *tail)
{
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1 << 28);
    fsc_buf_adds(&b, head);
    while (count--)
        fsc_buf_adds(&b, piece);
    fsc_buf_adds(&b, tail);
    fsc_view v = fsc_arena_dup(arena, fsc_buf_view(&b));
    fsc_buf_release(&b);
    return v;
}

static void limit(fsc_view in, int want, fsc_arena *arena)
{
    fsc_err err = FSC_ERR_INIT;
    trace t = {.events_left = -1};
    assert_int_equal(events(&t, in, arena, &err), want);
    assert_int_equal(err.code, want);
    fsc_buf_release(&t.out);
}

static void test_xml__limits(void **state)
{
    (void)state;
    fsc_arena a;
    fsc_arena_init(&a, NULL);
    limit(repeat(&a, "", "<a>", FSC_XML_DEPTH, "x"), FSC_E_SYNTAX, &a);
    limit(repeat(&a, "", "<a>", 100000, "x"), FSC_E_LIMIT, &a);
    limit(repeat(&a, "<a ", "b='' ", 100000, ">x</a>"), FSC_E_LIMIT, &a);
    // whatever is not closed is looked for once
    limit(repeat(&a, "<a>", "<!--", 200000, "</a>"), FSC_E_SYNTAX, &a);
    limit(repeat(&a, "<a>", "<![CDATA[", 200000, "</a>"), 0, &a);
    limit(repeat(&a, "<a>", "<?", 200000, "</a>"), FSC_E_SYNTAX, &a);
    limit(repeat(&a, "<a>", "&", 1000000, "</a>"), 0, &a);
    // a text above libxml2's own limit is whole
    fsc_err err = FSC_ERR_INIT;
    trace t = {.events_left = -1};
    assert_int_equal(events(&t, repeat(&a, "<a><![CDATA[", "0123456789", 1100000, "]]></a>"), &a, &err), 0);
    assert_int_equal(t.out.len, 11000000 + 7);
    fsc_buf_release(&t.out);
    fsc_arena_release(&a);
}

static void test_xml__stop(void **state)
{
    (void)state;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_err err = FSC_ERR_INIT;
    trace t = {.events_left = 1};
    assert_int_equal(events(&t, FSC_LIT("<a><b/><c/><d/></a>"), &arena, &err), FSC_E_CANCELLED);
    assert_string_equal(t.out.data, "<a><b>");
    fsc_buf_release(&t.out);
    fsc_arena_release(&arena);
}

static void test_xml__root(void **state)
{
    (void)state;
    assert_true(
        fsc_xml_root_is(FSC_LIT("<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE rss>\n<rss version='2'>"), "rss"));
    assert_true(fsc_xml_root_is(FSC_LIT("<rdf:RDF xmlns='x'>"), "rdf"));
    assert_true(fsc_xml_root_is(FSC_LIT("<feed>"), "feed"));
    assert_false(fsc_xml_root_is(FSC_LIT("<feedback>"), "feed"));
    assert_false(fsc_xml_root_is(FSC_LIT("rss"), "rss"));
    assert_false(fsc_xml_root_is(FSC_LIT("<!-- rss"), "rss"));
    assert_false(fsc_xml_root_is(FSC_LIT(""), "rss"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xml__events),
        cmocka_unit_test(test_xml__references),
        cmocka_unit_test(test_xml__faults),
        cmocka_unit_test(test_xml__doctype),
        cmocka_unit_test(test_xml__lines_survive_what_is_dropped),
        cmocka_unit_test(test_xml__limits),
        cmocka_unit_test(test_xml__stop),
        cmocka_unit_test(test_xml__root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
