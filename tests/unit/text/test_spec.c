// Runs the pages tests/spec/words.txt and tests/spec/sentences.txt: fenced examples, text => what is expected.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/text.h"

static const struct {
    const char *name;
    uint32_t flag;
} flag_names[] = {
    {"alpha", FSC_WORD_ALPHA},     {"capital", FSC_WORD_CAPITAL},   {"upper", FSC_WORD_UPPER},
    {"number", FSC_WORD_NUMBER},   {"url", FSC_WORD_URL},           {"mention", FSC_WORD_MENTION},
    {"hashtag", FSC_WORD_HASHTAG}, {"emoji", FSC_WORD_EMOJI},       {"possessive", FSC_WORD_POSSESSIVE},
    {"abbrev", FSC_WORD_ABBREV},   {"sentence", FSC_WORD_SENTENCE}, {"quoted", FSC_WORD_QUOTED},
    {"comma", FSC_WORD_COMMA},     {"break", FSC_WORD_BREAK},       {"non-ascii", FSC_WORD_NON_ASCII},
};

typedef struct page {
    fsc_types *types;
    fsc_arena arena;
    fsc_text text;
} page;

typedef bool (*checker)(page *p, fsc_view want);

static bool has_flags(uint32_t flags, fsc_view names)
{
    while (names.data) {
        fsc_view name = fsc_view_split(&names, ' ');
        size_t i = 0;
        while (i < sizeof flag_names / sizeof *flag_names && !fsc_view_is(name, flag_names[i].name))
            i++;
        if (i == sizeof flag_names / sizeof *flag_names || !(flags & flag_names[i].flag))
            return false;
    }
    return true;
}

// "word = form [flag flag]"
static bool word_is(const page *p, const fsc_word *w, fsc_view want)
{
    size_t bracket = fsc_view_find(want, FSC_LIT(" ["), 0);
    if (bracket != SIZE_MAX) {
        if (!has_flags(w->flags, fsc_view_slice(want, bracket + 2, want.len - 1)))
            return false;
        want.len = bracket;
    }
    size_t equals = fsc_view_find(want, FSC_LIT(" = "), 0);
    if (equals != SIZE_MAX) {
        fsc_view form = fsc_view_slice(want, equals + 3, want.len);
        if (!fsc_view_eq(form, fsc_types_form(p->types, w->type)))
            return false;
        want.len = equals;
    }
    return fsc_view_eq(want, fsc_view_slice(p->text.bytes, w->start, w->end));
}

static bool check_words(page *p, fsc_view want)
{
    size_t n = 0;
    while (want.data && want.len) {
        fsc_view line = fsc_view_split(&want, '\n');
        if (n == p->text.word_count || !word_is(p, &p->text.word[n], line)) {
            print_message("expected word %zu: %.*s\n", n + 1, (int)line.len, line.data);
            return false;
        }
        n++;
    }
    if (n < p->text.word_count)
        print_message("%zu words, expected %zu\n", p->text.word_count, n);
    return n == p->text.word_count;
}

static bool check_sentences(page *p, fsc_view want)
{
    size_t n = 0;
    fsc_buf shown;
    fsc_buf_init(&shown, NULL, 1 << 16);
    bool same = true;
    while (want.data && want.len && same) {
        fsc_view line = fsc_view_split(&want, '\n');
        fsc_buf_reset(&shown, 1 << 10);
        if (n < p->text.sentence_count) {
            fsc_sentence s = p->text.sentence[n];
            for (uint32_t i = s.start; i < s.end; i++)
                fsc_buf_adds(&shown, p->text.bytes.data[i] == '\n' ? "⏎" : (char[2]){p->text.bytes.data[i], 0});
        }
        same = fsc_view_eq(line, fsc_buf_view(&shown));
        if (!same)
            print_message("expected [%.*s]\n     got [%s]\n", (int)line.len, line.data, shown.data);
        n++;
    }
    fsc_buf_release(&shown);
    if (same && n < p->text.sentence_count)
        print_message("%zu sentences, expected %zu\n", p->text.sentence_count, n);
    return same && n == p->text.sentence_count;
}

// The part of a block before or after the line "=>", without its last newline.
static fsc_view trim_newline(fsc_view v)
{
    if (v.len && v.data[v.len - 1] == '\n')
        v.len--;
    return v;
}

static bool run_example(page *p, fsc_view block, checker check, size_t line)
{
    size_t arrow = fsc_view_find(block, FSC_LIT("\n=>\n"), 0);
    if (arrow == SIZE_MAX) {
        print_message("line %zu: no line =>\n", line);
        return false;
    }
    fsc_view input = fsc_view_slice(block, 0, arrow);
    fsc_view want = trim_newline(fsc_view_slice(block, arrow + 4, block.len));
    assert_int_equal(fsc_text_analyze(&p->text, input, NULL, 0, p->types, &p->arena, NULL), FSC_OK);
    bool same = check(p, want);
    if (!same)
        print_message("example that ends at line %zu\n", line);
    fsc_arena_reset(&p->arena, 1 << 16);
    return same;
}

static void run_page(const char *path, checker check, size_t expected)
{
    fsc_buf file;
    fsc_buf_init(&file, NULL, 1 << 20);
    fsc_err err = FSC_ERR_INIT;
    assert_int_equal(fsc_file_read(&file, path, &err), FSC_OK);
    page p = {0};
    fsc_arena_init(&p.arena, NULL);
    assert_int_equal(fsc_types_new(&p.types, NULL, NULL), FSC_OK);
    fsc_view rest = fsc_buf_view(&file);
    const char *block = NULL;
    size_t examples = 0, wrong = 0, number = 0;
    while (rest.data) {
        fsc_view line = fsc_view_split(&rest, '\n');
        number++;
        if (!fsc_view_is(line, "```"))
            continue;
        if (block) {
            wrong += !run_example(&p, fsc_view_of(block, (size_t)(line.data - block)), check, number);
            examples++;
        }
        block = block ? NULL : line.data + 4;
    }
    assert_null(block);
    assert_int_equal(wrong, 0);
    assert_true(examples >= expected);
    fsc_types_free(p.types);
    fsc_arena_release(&p.arena);
    fsc_buf_release(&file);
}

static void test_spec__words_page_holds(void **state)
{
    (void)state;
    run_page("tests/spec/words.txt", check_words, 20);
}

static void test_spec__sentences_page_holds(void **state)
{
    (void)state;
    run_page("tests/spec/sentences.txt", check_sentences, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spec__words_page_holds),
        cmocka_unit_test(test_spec__sentences_page_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
