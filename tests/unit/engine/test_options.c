#include "check.h"

#include "engine/options_p.h"

typedef struct parsed {
    fsc_arena arena;
    fsc_options o;
    fsc_err err;
    int status;
} parsed;

static parsed parse(int argc, const char *const *argv)
{
    parsed p = {.err = FSC_ERR_INIT};
    fsc_arena_init(&p.arena, NULL);
    p.status = fsc_options_parse(&p.o, argc, argv, &p.arena, &p.err);
    return p;
}

#define PARSE(...) parse((int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)), (const char *const[]){__VA_ARGS__})

static void test_options__all_spellings(void **state)
{
    (void)state;
    parsed p = PARSE("score", "a.html", "-j4", "--format=tsv", "-o", "out", "--keep", "--keep=a,b", "-l", "x", "--lexicon", "y", "--max-record", "2k", "-", "--", "--odd");
    assert_int_equal(p.status, 0);
    assert_int_equal(p.o.verb, FSC_VERB_SCORE);
    assert_int_equal(p.o.jobs, 4);
    assert_string_equal(p.o.format, "tsv");
    assert_string_equal(p.o.output, "out");
    assert_string_equal(p.o.keep, "a,b");
    assert_int_equal(p.o.lexicon.len, 2);
    assert_int_equal(p.o.max_record, 2048);
    assert_int_equal(p.o.arg.len, 3);
    assert_string_equal(p.o.arg.data[1], "-");
    assert_string_equal(p.o.arg.data[2], "--odd");
    fsc_arena_release(&p.arena);
    p = PARSE("annotate", "--json", "x");
    assert_string_equal(p.o.format, "json");
    assert_int_equal(p.o.jobs, -1);
    fsc_arena_release(&p.arena);
}

static void test_options__errors_name_the_word(void **state)
{
    (void)state;
    const struct {
        const char *word[3];
        int count;
        const char *want;
    } cases[] = {
        {{"nonsense"}, 1, "nonsense"},          {{"score", "--nonsense"}, 2, "--nonsense"}, {{"score", "-j"}, 2, "needs a value"},
        {{"score", "-j", "x"}, 3, "\"x\""},     {{"score", "-j", "0"}, 3, "\"0\""},         {{"score", "--json=1"}, 2, "takes no value"},
        {{"scroe"}, 1, "did you mean score?"},  {{"cues", "--dimention=x"}, 2, "did you mean --dimension?"}, {{"xy"}, 1, "see framescope --help"},
        {{"score", "--an-option-longer-than-any-name-of-one"}, 2, "--help"},
        {{"extract", "--long"}, 2, "extract"},  {{"score", "--max-record", "-1"}, 3, "-1"}, {{"score", "-Z"}, 2, "-Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parsed p = parse(cases[i].count, cases[i].word);
        assert_int_equal(p.status, FSC_E_USAGE);
        assert_non_null(strstr(p.err.text, cases[i].want));
        fsc_arena_release(&p.arena);
    }
    parsed p = parse(0, NULL);
    assert_int_equal(p.status, FSC_E_USAGE);
}

static void test_options__describe_what_decides(void **state)
{
    (void)state;
    fsc_buf a, b;
    fsc_buf_init(&a, NULL, 10000);
    fsc_buf_init(&b, NULL, 10000);
    parsed p = PARSE("score", "x", "-j", "4", "-q", "-o", "y");
    fsc_options_describe(&a, &p.o);
    assert_string_equal(a.data, "");
    fsc_arena_release(&p.arena);
    p = PARSE("score", "x", "--text-only", "--map", "text=body");
    fsc_options_describe(&b, &p.o);
    assert_string_equal(b.data, "map=text=body\ntext-only\n");
    fsc_arena_release(&p.arena);
    fsc_buf_release(&a);
    fsc_buf_release(&b);
}

static void test_options__help_lists_every_option_of_its_verb(void **state)
{
    (void)state;
    static const char *const names[] = {
#define FSC_OPTION(field, name, letter, type, argument, verbs, help) name,
#include "engine/options.def"
#undef FSC_OPTION
    };
    fsc_buf man;
    fsc_buf_init(&man, NULL, 1 << 20);
    fsc_options_man(&man);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool found = false;
        for (int v = 0; v < FSC_VERB_COUNT; v++) {
            fsc_buf help;
            char want[64] = "--";
            fsc_buf_init(&help, NULL, 1 << 20);
            fsc_options_help(&help, v);
            strcat(want, names[i]);
            found = found || strstr(help.data, want);
            fsc_buf_release(&help);
        }
        assert_true(found);
    }
    assert_int_equal(man.failed, 0);
    fsc_buf_release(&man);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options__all_spellings),
        cmocka_unit_test(test_options__errors_name_the_word),
        cmocka_unit_test(test_options__describe_what_decides),
        cmocka_unit_test(test_options__help_lists_every_option_of_its_verb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
