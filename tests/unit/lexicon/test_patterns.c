// Runs the page tests/spec/patterns.txt: fenced examples, entries => texts with their hits marked, or an error.
#include "lexicon_test.h"

#include "base/file.h"

#define PAGE "tests/spec/patterns.txt"

static fsc_view next_line(fsc_view *rest)
{
    return fsc_view_split(rest, '\n');
}

// "PATTERN -- OPTIONS" becomes a row of the lexicon, "+CATEGORY PATTERN" one of the resource lexicon.
static void add_entry(fsc_buf *scored, fsc_buf *resource, fsc_view line)
{
    if (line.data[0] == '+') {
        fsc_view pattern = fsc_view_slice(line, 1, line.len), category = fsc_view_split(&pattern, ' ');
        fsc_buf_printf(resource, "%.*s\t%.*s\n", (int)pattern.len, pattern.data, (int)category.len, category.data);
        return;
    }
    size_t bar = fsc_view_find(line, FSC_LIT(" -- "), 0);
    fsc_view pattern = fsc_view_slice(line, 0, bar), options = fsc_view_of("", 0);
    if (bar != SIZE_MAX)
        options = fsc_view_slice(line, bar + 4, line.len);
    fsc_buf_addv(scored, pattern);
    fsc_buf_adds(scored, "\tcategory\t1\t");
    fsc_buf_addv(scored, options);
    fsc_buf_char(scored, '\n');
}

// The marked text without its marks.
static fsc_view unmark(fsc_arena *arena, fsc_view line)
{
    char *out = fsc_arena_alloc(arena, line.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] != '[' && line.data[i] != ']')
            out[n++] = line.data[i];
    out[n] = 0;
    return fsc_view_of(out, n);
}

// "COLUMN: message" or "option COLUMN: message": columns count from the start of the cell.
static bool error_is(const bench *b, int status, fsc_view want, size_t pattern_len)
{
    unsigned column;
    char message[200];
    char line[300];
    snprintf(line, sizeof line, "%.*s", (int)want.len, want.data);
    size_t skip = strlen("\tcategory\t1\t") + pattern_len;
    bool option = sscanf(line, "option %u: %199[^\n]", &column, message) == 2;
    if (!option && sscanf(line, "%u: %199[^\n]", &column, message) != 2)
        return false;
    column += option ? (unsigned)skip : 0;
    return status == FSC_E_LEXICON && b->err.column == column && strstr(b->err.text, message);
}

static bool check_texts(bench *b, fsc_view want)
{
    bool ok = true;
    while (want.data && want.len) {
        fsc_view line = next_line(&want);
        const char *marked = bench_marked(b, unmark(&b->arena, line).data);
        if (fsc_view_is(line, marked))
            continue;
        print_message("expected %.*s\n     got %s\n", (int)line.len, line.data, marked);
        ok = false;
    }
    return ok;
}

static bool check_example(fsc_view example)
{
    size_t arrow = fsc_view_find(example, FSC_LIT("\n=>\n"), 0);
    if (arrow == SIZE_MAX) {
        print_message("no => in %.*s\n", (int)example.len, example.data);
        return false;
    }
    fsc_view entries = fsc_view_slice(example, 0, arrow), want = fsc_view_slice(example, arrow + 4, example.len);
    fsc_buf scored, resource;
    fsc_buf_init(&scored, NULL, 1 << 20);
    fsc_buf_init(&resource, NULL, 1 << 20);
    fsc_buf_adds(&scored, HEAD_SCORED COLUMNS);
    fsc_buf_adds(&resource, HEAD_RESOURCE COLUMNS);
    size_t bar = fsc_view_find(entries, FSC_LIT(" -- "), 0), pattern_len = bar < entries.len ? bar : entries.len;
    while (entries.data)
        add_entry(&scored, &resource, next_line(&entries));
    const char *text[] = {scored.data, resource.data};
    bench b;
    int status = bench_compile(&b, text, 2);
    bool ok = false, error = fsc_view_starts(want, FSC_LIT("error "));
    if (error) {
        ok = error_is(&b, status, fsc_view_slice(want, 6, want.len), pattern_len);
    } else if (!status) {
        bench_start(&b);
        ok = check_texts(&b, want);
    }
    if (!ok && status)
        print_message("got %u:%u: %s\n", (unsigned)b.err.line, (unsigned)b.err.column, b.err.text);
    fsc_buf_release(&scored);
    fsc_buf_release(&resource);
    bench_close(&b);
    return ok;
}

static void test_patterns__page(void **state)
{
    (void)state;
    fsc_buf page;
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(&page, NULL, 1 << 20);
    assert_int_equal(fsc_file_read(&page, PAGE, &err), 0);
    fsc_view rest = fsc_buf_view(&page);
    unsigned examples = 0, failed = 0;
    size_t at = 0;
    for (;;) {
        size_t open = fsc_view_find(rest, FSC_LIT("\n```\n"), at);
        if (open == SIZE_MAX)
            break;
        size_t close = fsc_view_find(rest, FSC_LIT("\n```\n"), open + 4);
        assert_true(close != SIZE_MAX);
        fsc_view example = fsc_view_slice(rest, open + 5, close);
        examples++;
        if (!check_example(example)) {
            print_message("FAILED example:\n%.*s\n\n", (int)example.len, example.data);
            failed++;
        }
        at = close + 4;
    }
    fsc_buf_release(&page);
    print_message("%u examples\n", examples);
    assert_true(examples > 40);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_patterns__page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
