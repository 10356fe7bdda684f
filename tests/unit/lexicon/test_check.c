// What lexicon check finds: entries that never match, doubles, shadows, meetings, pairs; faulty rows as notes.
#include "lexicon_test.h"

typedef struct found {
    bench b;
    fsc_lexicon_notes notes;
    fsc_findings findings;
} found;

static void check_rows(found *f, const char *rows)
{
    fsc_buf buf;
    fsc_buf_init(&buf, NULL, 1 << 20);
    fsc_buf_adds(&buf, HEAD_SCORED COLUMNS);
    fsc_buf_adds(&buf, rows);
    *f = (found){.b = {.err = FSC_ERR_INIT}};
    fsc_arena_init(&f->b.arena, NULL);
    fsc_lexicon_source source[2] = {{.path = FSC_LIT("words.tsv"), .bytes = FSC_LIT(HEAD_RESOURCE COLUMNS "mayor\ttitle\n")},
                                    {.path = FSC_LIT("a.tsv"), .bytes = fsc_buf_view(&buf), .lenient = true}};
    assert_int_equal(fsc_lexset_compile_lenient(&f->b.set, &f->notes, source, 2, &f->b.arena, &f->b.err), 0);
    fsc_buf_release(&buf);
    assert_int_equal(fsc_lexicon_check(&f->findings, f->b.set, 1, &f->b.arena, &f->b.err), 0);
}

// "kind:line[>other line] ..." in order
static const char *told(found *f)
{
    static const char *const kinds[] = {"never", "duplicate", "shadowed", "overlap", "pair"};
    const fsc_schema *s = fsc_lexset_schema(f->b.set);
    fsc_buf out;
    fsc_buf_init(&out, NULL, 1 << 20);
    for (size_t i = 0; i < f->findings.len; i++) {
        const fsc_finding *x = &f->findings.data[i];
        fsc_buf_printf(&out, "%s%s:%u", i ? " " : "", kinds[x->kind], (unsigned)s->entry[x->entry].line - 6);
        if (x->other != FSC_NONE)
            fsc_buf_printf(&out, ">%u", (unsigned)s->entry[x->other].line - 6);
    }
    const char *text = fsc_arena_dup(&f->b.arena, fsc_buf_view(&out)).data;
    fsc_buf_release(&out);
    return text;
}

static void done(found *f)
{
    fsc_lexset_free(f->b.set);
    fsc_arena_release(&f->b.arena);
}

static void test_check__findings(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *want;
    } cases[] = {
        {"rise\tup\t1\nfall\tdown\t1\n", ""},
        // what a text never has
        {"end. =Start\tup\t1\n", "never:1"},
        {"plain\tup\t1\tbefore=very; !before=very\n", "never:1"},
        {"plain\tup\t1\tbefore=very|so; !before=very\n", ""},
        {"plain\tup\t1\tafter=$; !before=^\n", ""},
        {"plain\tup\t1\tafter=$; !after=$\n", "never:1"},
        // what it has in its place only
        {"gov.\tup\t1\nsec.\tup\t1\nu.s.\tup\t1\n", ""},
        {"{title} {capital} {number} {emoji} {url} {mention} {hashtag} {percent} {upper}\tup\t1\n", ""},
        // doubles in other words, and wider entries
        {"colo[u]r\tup\t1\ncolo(|u)r\tup\t1\n", "duplicate:2>1"},
        {"[very] clear\tup\t1\n(clear|very clear)\tup\t1\n", "duplicate:2>1"},
        {"immigra*\tup\t1\nimmigrant\tup\t1\n", "shadowed:2>1"},
        {"immigrant\tup\t1\nimmigra*\tup\t1\n", ""},
        {"immigra*\tup\t1\nimmigrant\tdown\t1\n", "shadowed:2>1 overlap:2>1"},
        {"due to\tup\t1\ndue\tup\t1\tafter=to\n", "shadowed:2>1"},
        {"due to\tup\t1\ndue\tup\t1\n", ""},
        // a guarded or conditional entry leaves room
        {"immigra*\tup\t1\t!after=law\nimmigrant\tup\t1\n", ""},
        {"immigra*\tup\t1\tfront\nimmigrant\tup\t1\n", ""},
        {"^ clearly\tup\t1\nclearly\tup\t1\n", ""},
        {"=May\tup\t1\nmay\tup\t1\n", ""},
        {"may\tup\t1\n=May\tup\t1\n", "shadowed:2>1"},
        {"rapid growth\tup\t1\nrapid\tdown\t1\n", "overlap:1>2"},
        // pairs
        {"left\tup\t1\tpair=x\nright\tup\t1\tpair=x\n", ""},
        {"left\tup\t1\tpair=x\nright\tup\t2\tpair=x\nalone\tup\t1\tpair=y\n", "pair:2>1 pair:3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        found f;
        check_rows(&f, cases[i].rows);
        assert_int_equal(f.notes.len, 0);
        assert_string_equal(told(&f), cases[i].want);
        done(&f);
    }
}

static void test_check__examples_are_found(void **state)
{
    // whatever the syntax, an entry that is right is found in its own examples
    (void)state;
    found f;
    check_rows(&f, "plung(e|es|ed|ing) <0-4> [deep|far] (in|into) the (sea|deep blue) $\tup\t1\n"
                   "wom?n *ist anti-*\tup\t1\n^ =US (and|or) =(May|June)\tup\t1\n=Mc* and/or 3,000 50%\tup\t1\n"
                   "a (b|c|d) (b|c|d) (b|c|d) (b|c|d) (b|c|d)\tup\t1\n{title} * smith\tup\t1\tbefore=<0-2> by; after=$\n");
    assert_string_equal(told(&f), "");
    assert_int_equal(f.findings.untried, 0);
    done(&f);
}

static void test_check__faulty_rows_are_noted(void **state)
{
    (void)state;
    found f;
    check_rows(&f, "good\tup\t1\nbad\tup\tx\nopen (a\tup\t1\n/a(/\tup\t1\tneed=a\n/(a+)+b/\tup\t1\tneed=a\n"
                   "/(\\w+\\s?)+;/\tup\t1\tneed=a\n/gr[ae]y.*(wall|door)/\tup\t1\tneed=gr?y\ngood\tup\t2\n{nobody}\tup\t1\n");
    static const struct {
        uint32_t line, column;
        const char *text;
    } want[] = {{2, 8, "decimals"}, {3, 6, "( without )"}, {4, 4, "compile"}, {5, 1, "backtracks"},
                {6, 1, "backtracks"}, {8, 1, "line 7"}, {9, 1, "{nobody}"}};
    assert_int_equal(f.notes.len, sizeof want / sizeof *want);
    for (size_t i = 0; i < f.notes.len; i++) {
        assert_int_equal(f.notes.data[i].line - 6, want[i].line);
        assert_int_equal(f.notes.data[i].column, want[i].column);
        assert_true(fsc_view_find(f.notes.data[i].text, fsc_view_cstr(want[i].text), 0) != SIZE_MAX);
    }
    // the others stand, and match
    size_t count;
    assert_int_equal(fsc_lexset_lexicons(f.b.set, &count)[1].entry_count, 3);
    assert_int_equal(f.findings.untried, 1);
    bench_start(&f.b);
    assert_string_equal(bench_marked(&f.b, "A good open grey wall."), "A [good] open [grey wall].");
    bench_close(&f.b);
}

static void test_check__lines_of_another_file(void **state)
{
    (void)state;
    found f = {.b = {.err = FSC_ERR_INIT}};
    static const uint32_t line[] = {0, 0, 0, 0, 0, 0, 40, 41};
    fsc_lexicon_source source = {FSC_LIT("a.dic"), FSC_LIT(HEAD_SCORED COLUMNS "good\tup\t1\nbad\tup\tx\n"), line, 8, true};
    fsc_arena_init(&f.b.arena, NULL);
    assert_int_equal(fsc_lexset_compile_lenient(&f.b.set, &f.notes, &source, 1, &f.b.arena, &f.b.err), 0);
    assert_int_equal(fsc_lexset_schema(f.b.set)->entry[0].line, 40);
    assert_int_equal(f.notes.data[0].line, 41);
    done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__findings),
        cmocka_unit_test(test_check__examples_are_found),
        cmocka_unit_test(test_check__faulty_rows_are_noted),
        cmocka_unit_test(test_check__lines_of_another_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
