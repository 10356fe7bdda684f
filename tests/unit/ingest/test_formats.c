// Runs tests/spec/formats.txt, the manual of the formats that are read: files, and the records that they give.
// UPDATE=1 writes what came out; read the difference before you keep it.
#include "unit/ingest/ingest_check.h"

#include "base/buf.h"
#include "base/file.h"

#define PAGE "tests/spec/formats.txt"

static char home[4096]; // where the page is

static void put_line(fsc_buf *out, const char *name, fsc_view v)
{
    if (v.len == 0)
        return;
    fsc_buf_printf(out, "%s: ", name);
    for (size_t i = 0; i < v.len; i++) {
        if (v.data[i] == '\n')
            fsc_buf_adds(out, "⏎");
        else
            fsc_buf_char(out, v.data[i]);
    }
    fsc_buf_char(out, '\n');
}

static void describe(fsc_buf *out, const fsc_item *i)
{
    const struct {
        const char *name;
        fsc_view v;
    } field[] = {{"url", i->url},   {"canonical", i->canonical}, {"title", i->title},       {"author", i->author},
                 {"site", i->site}, {"published", i->published}, {"modified", i->modified}, {"captured", i->captured},
                 {"lang", i->lang}, {"kind", i->kind},           {"genre", i->genre},       {"section", i->section}};
    fsc_buf_printf(out, "%s%.*s", out->len ? "\n" : "", (int)i->source.len, i->source.data);
    if (!fsc_view_eq(i->id, i->source))
        fsc_buf_printf(out, " id %.*s", (int)i->id.len, i->id.data);
    fsc_buf_printf(out, " %s%s\n", fsc_record_name(i->status), i->deleted ? " deleted" : "");
    put_line(out, "reason", i->reason);
    for (size_t k = 0; k < sizeof field / sizeof *field; k++)
        put_line(out, field[k].name, field[k].v);
    put_line(out, i->format == FSC_FORMAT_TEXT ? "text" : i->format == FSC_FORMAT_HTML ? "page" : "html", i->content);
}

// The word behind "--name " in the head of an example.
static fsc_view option(fsc_view head, const char *name)
{
    char key[16];
    snprintf(key, sizeof key, "--%s ", name);
    size_t at = fsc_view_find(head, fsc_view_cstr(key), 0);
    if (at == SIZE_MAX)
        return (fsc_view){"", 0};
    fsc_view rest = fsc_view_slice(head, at + strlen(key), head.len);
    return fsc_view_split(&rest, ' ');
}

static void put_file(fsc_view name, fsc_view bytes)
{
    char path[256], *slash;
    assert_true(name.len < sizeof path);
    memcpy(path, name.data, name.len);
    path[name.len] = 0;
    if ((slash = strrchr(path, '/'))) {
        *slash = 0;
        mkdir(path, 0755);
        *slash = '/';
    }
    put(path, bytes);
}

// Head: "NAME [options]", or "FOLDER/ [options]" with the files behind lines "--- NAME".
static void run_example(fixture *f, fsc_view head, fsc_view body, fsc_buf *out)
{
    fsc_view rest = head, name = fsc_view_split(&rest, ' ');
    char path[256];
    snprintf(path, sizeof path, "%.*s", (int)name.len, name.data);
    if (fsc_view_starts(body, FSC_LIT("--- "))) {
        while (body.len) {
            fsc_view line = fsc_view_split(&body, '\n');
            size_t end = fsc_view_find(body, FSC_LIT("\n--- "), 0);
            end = end == SIZE_MAX ? body.len : end + 1;
            put_file(fsc_view_slice(line, 4, line.len), fsc_view_slice(body, 0, end));
            body = fsc_view_slice(body, end, body.len);
        }
    } else {
        put_file(name, body);
    }
    fsc_ingest_options opt = {.from = option(head, "from"), .map = option(head, "map"), .keep = option(head, "keep")};
    const char *paths[] = {path, NULL};
    if (open_paths(f, &opt, paths) == 0)
        drain(f);
    if (f->rc < 0)
        fsc_buf_printf(out, "error: %s\n", f->err.text);
    for (size_t i = 0; i < f->count; i++)
        describe(out, &f->item[i]);
    const char *note;
    for (size_t i = 0; f->in && (note = fsc_ingest_note(f->in, i)); i++)
        fsc_buf_printf(out, "%snote: %s\n", i || !out->len ? "" : "\n", note);
}

static fsc_buf page, made;
static int examples, wrong;

// The examples of the page one by one: ``` head, body, =>, what it gives, ```
static void run_page(fixture *f)
{
    size_t at = 0, open;
    fsc_view v = fsc_buf_view(&page);
    while ((open = fsc_view_find(v, FSC_LIT("\n``` "), at)) != SIZE_MAX) {
        size_t line = fsc_view_find(v, FSC_LIT("\n"), open + 1);
        size_t arrow = fsc_view_find(v, FSC_LIT("\n=>\n"), open),
               close = fsc_view_find(v, FSC_LIT("\n```\n"), open + 1);
        assert_true(line < arrow && arrow < close && close != SIZE_MAX);
        fsc_buf got;
        fsc_buf_init(&got, NULL, 1 << 20);
        fsc_view head = fsc_view_slice(v, open + 5, line), want = fsc_view_slice(v, arrow + 4, close + 1);
        run_example(f, head, fsc_view_slice(v, line + 1, arrow + 1), &got);
        examples++;
        if (!fsc_view_eq(fsc_buf_view(&got), want)) {
            wrong++;
            print_message("%.*s gives\n%s\nnot\n%.*s\n", (int)head.len, head.data, got.data, (int)want.len, want.data);
        }
        fsc_buf_addv(&made, fsc_view_slice(v, at, arrow + 4));
        fsc_buf_addv(&made, fsc_buf_view(&got));
        fsc_buf_release(&got);
        at = close + 1;
    }
    fsc_buf_addv(&made, fsc_view_slice(v, at, v.len));
}

static void test_formats__page(void **state)
{
    fixture *f = *state;
    fsc_err err = FSC_ERR_INIT;
    char path[5000];
    snprintf(path, sizeof path, "%s/" PAGE, home);
    fsc_buf_init(&page, NULL, 1 << 24);
    fsc_buf_init(&made, NULL, 1 << 24);
    assert_int_equal(fsc_file_read(&page, path, &err), 0);
    run_page(f);
    if (wrong && getenv("UPDATE"))
        put(path, fsc_buf_view(&made));
    fsc_buf_release(&page);
    fsc_buf_release(&made);
    assert_true(examples > 0);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_formats__page)};
    return getcwd(home, sizeof home) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
