#include "unit/ingest/ingest_check.h"

#include <fcntl.h>
#include <pthread.h>

static void test_ingest__text_byte_for_byte(void **state)
{
    fixture *f = *state;
    puts_to("a.txt", "Crime “fell”.\r\n\r\n  End \n");
    read_all(f, NULL, "a.txt");
    assert_int_equal(f->count, 1);
    assert_int_equal(f->item[0].status, FSC_RECORD_OK);
    assert_int_equal(f->item[0].format, FSC_FORMAT_TEXT);
    same(f->item[0].content, "Crime “fell”.\r\n\r\n  End \n");
    same(f->item[0].source, "a.txt");
    same(f->item[0].id, "a.txt");
    assert_int_equal(f->item[0].repaired, 0);
    assert_false(f->item[0].post);
}

static void test_ingest__text_is_repaired_once(void **state)
{
    fixture *f = *state;
    put("a.txt", FSC_LIT("despite \xc3\x28 the facts\xff, crime fell \xe2\x82\x00 again"));
    read_all(f, NULL, "a.txt");
    assert_int_equal(f->item[0].status, FSC_RECORD_OK);
    assert_int_equal(f->item[0].repaired, 3);
    assert_int_equal(f->item[0].content.len,
                     sizeof "despite \xEF\xBF\xBD( the facts\xEF\xBF\xBD, crime fell \xEF\xBF\xBD\x00 again" - 1);
}

static void test_ingest__byte_order_marks(void **state)
{
    fixture *f = *state;
    put("a.txt", FSC_LIT("\xEF\xBB\xBFhé"));
    put("b.txt", FSC_LIT("\xFF\xFEh\0\xE9\0\n\0"));
    put("c.txt", FSC_LIT("\xFE\xFF\0h\0\xE9\xD8\x3D"));
    put("d.csv", FSC_LIT("\xEF\xBB\xBFtext,id\nhi,7\n"));
    put("e.tsv", FSC_LIT("\xFF\xFEt\0e\0x\0t\0\t\0i\0d\0\n\0h\0i\0\t\0"
                         "7\0\n\0"));
    put("f.jsonl", FSC_LIT("\xEF\xBB\xBF{\"text\":\"hi\"}\n"));
    put("g.html", FSC_LIT("\xEF\xBB\xBF<meta charset=latin1>é"));
    read_all(f, NULL, "a.txt", "b.txt", "c.txt", "d.csv", "e.tsv", "f.jsonl", "g.html");
    assert_int_equal(f->count, 7);
    same(f->item[0].content, "hé");
    same(f->item[1].content, "hé\n");
    same(f->item[2].content, "hé\xEF\xBF\xBD");
    assert_int_equal(f->item[2].repaired, 1);
    same(f->item[3].content, "hi");
    same(f->item[3].id, "7");
    same(f->item[4].content, "hi");
    same(f->item[4].id, "7");
    same(f->item[5].content, "hi");
    same(f->item[6].charset, "utf-8");
}

// Longer than a step of the decoder, with a pair of surrogates at every kind of border.
static void test_ingest__long_utf16(void **state)
{
    fixture *f = *state;
    enum { COUNT = 100003 };
    char *bytes = malloc(2 + COUNT * 4 + 2), *p = bytes;
    assert_non_null(bytes);
    *p++ = '\xFF', *p++ = '\xFE';
    *p++ = 'a', *p++ = 0;
    for (int i = 0; i < COUNT; i++) {
        memcpy(p, "=\xD8\0\xDE", 4);
        p += 4;
    }
    put("a.txt", fsc_view_of(bytes, (size_t)(p - bytes)));
    free(bytes);
    read_all(f, NULL, "a.txt");
    assert_int_equal(f->item[0].content.len, 1 + COUNT * 4);
    assert_int_equal(f->item[0].repaired, 0);
    same(fsc_view_slice(f->item[0].content, COUNT * 4 - 3, COUNT * 4 + 1), "😀");
}

static void test_ingest__html_is_handed_on_raw(void **state)
{
    fixture *f = *state;
    put("a.html", FSC_LIT("<!doctype html><meta charset=cp1251><p>\xE9</p>"));
    read_all(f, NULL, "a.html");
    assert_int_equal(f->item[0].format, FSC_FORMAT_HTML);
    same(f->item[0].content, "<!doctype html><meta charset=cp1251><p>\xE9</p>");
    assert_int_equal(f->item[0].charset.len, 0);
}

static void test_ingest__kind_by_content_then_name(void **state)
{
    static const struct {
        const char *name, *text;
        fsc_format format;
        size_t count;
    } cases[] = {
        {"a", "<!DOCTYPE html><p>x", FSC_FORMAT_HTML, 1},
        {"b.txt", " <html><p>x", FSC_FORMAT_HTML, 1},
        {"c.txt", "<3 this is a text\n{\"and\"}", FSC_FORMAT_TEXT, 1},
        {"d.htm", "no tags at all", FSC_FORMAT_HTML, 1},
        {"e", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", FSC_FORMAT_TEXT, 2},
        {"f.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", FSC_FORMAT_TEXT, 2},
        {"g.json", "{\n  \"text\": \"a\"\n}\n", FSC_FORMAT_TEXT, 1},
        {"h", "[{\"text\":\"a\"},\n{\"text\":\"b\"}]", FSC_FORMAT_TEXT, 2},
        {"i.jsonl", "[{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"c\"}]", FSC_FORMAT_TEXT, 3},
        {"j", "id,text\n1,a\n2,b\n", FSC_FORMAT_TEXT, 2},
        {"k", "id\ttext\n1\ta\n2\tb\n", FSC_FORMAT_TEXT, 2},
        {"l", "In May, text and title, he said,\nfell.\n", FSC_FORMAT_TEXT, 1},
        {"m.md", "id,text\n1,a\n", FSC_FORMAT_TEXT, 1},
        {"n", "[Updated] crime fell", FSC_FORMAT_TEXT, 1},
        {"o", "{broken\n{\"text\":\"b\"}\n", FSC_FORMAT_TEXT, 2},
        {"p", "<!-- saved --><html><p>x", FSC_FORMAT_HTML, 1},
        {"q.CSV", "text\na\nb\n", FSC_FORMAT_TEXT, 2},
        {"r.csv", "id;text;url\n1;a, b;c\n", FSC_FORMAT_TEXT, 1},
        {"s.ndjson", "{broken\n{\"text\":\"b\"}\n", FSC_FORMAT_TEXT, 2},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        puts_to(cases[i].name, cases[i].text);
        read_all(f, NULL, cases[i].name);
        if (f->count != cases[i].count || f->item[0].format != cases[i].format)
            print_message("%s: %zu items, format %d\n", cases[i].name, f->count, (int)f->item[0].format);
        assert_int_equal(f->count, cases[i].count);
        assert_int_equal(f->item[0].format, cases[i].format);
    }
}

static void test_ingest__other_files_are_not_scored_as_text(void **state)
{
    fixture *f = *state;
    puts_to("a.xml", "<?xml version=\"1.0\"?><catalog><book/></catalog>");
    puts_to("b", "<?xml version=\"1.0\"?><opml/>");
    puts_to("c.js", "function x() { return 1; }");
    puts_to("d.css", "body { color: red }");
    puts_to("e.svg", "<svg xmlns=\"x\"/>");
    puts_to("f.html", "<?xml version=\"1.0\"?><!DOCTYPE html><html/>");
    read_all(f, NULL, "a.xml", "b", "c.js", "d.css", "e.svg", "f.html");
    assert_int_equal(f->count, 6);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(f->item[i].status, FSC_RECORD_UNSUPPORTED);
    assert_int_equal(f->item[5].status, FSC_RECORD_OK);
    fsc_ingest_options opt = {.from = FSC_LIT("text")};
    read_all(f, &opt, "d.css");
    assert_int_equal(f->item[0].status, FSC_RECORD_OK);
}

static void test_ingest__from_forces_the_kind(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.from = FSC_LIT("text")};
    puts_to("a.html", "<html><p>x");
    read_all(f, &opt, "a.html");
    assert_int_equal(f->item[0].format, FSC_FORMAT_TEXT);
    opt.from = FSC_LIT("nonsense");
    assert_int_equal(open_paths(f, &opt, (const char *const[]){"a.html", NULL}), FSC_E_USAGE);
    assert_non_null(strstr(f->err.text, "nonsense"));
    assert_non_null(strstr(f->err.text, "jsonl"));
}

static void test_ingest__files_of_a_folder_in_byte_order(void **state)
{
    fixture *f = *state;
    mkdir("in", 0755);
    mkdir("in/b", 0755);
    puts_to("in/c.txt", "c");
    puts_to("in/B.txt", "B");
    puts_to("in/b/x.txt", "x");
    puts_to("in/.hidden", "h");
    puts_to("in/a.txt", "a");
    read_all(f, NULL, "in");
    assert_int_equal(f->count, 4);
    same(f->item[0].source, "in/B.txt");
    same(f->item[1].source, "in/a.txt");
    same(f->item[2].source, "in/b/x.txt");
    same(f->item[3].source, "in/c.txt");
}

static void test_ingest__unreadable_file_in_a_folder_is_a_row(void **state)
{
    fixture *f = *state;
    mkdir("in", 0755);
    puts_to("in/a.txt", "a");
    assert_int_equal(symlink("nowhere", "in/b.txt"), 0);
    assert_int_equal(mkfifo("in/c.txt", 0644), 0);
    puts_to("in/d.txt", "d");
    read_all(f, NULL, "in");
    assert_int_equal(f->rc, 0);
    assert_int_equal(f->count, 4);
    assert_int_equal(f->item[1].status, FSC_RECORD_UNREADABLE);
    same(f->item[1].source, "in/b.txt");
    has(f->item[1].reason, "No such file");
    assert_int_equal(f->item[2].status, FSC_RECORD_UNREADABLE);
    assert_int_equal(f->item[3].status, FSC_RECORD_OK);
    assert_null(fsc_ingest_missing(f->in, 0));
}

static void test_ingest__missing_named_file_is_told(void **state)
{
    fixture *f = *state;
    puts_to("a.txt", "a");
    read_all(f, NULL, "absent.html", "a.txt", "gone", "/proc/self/mem");
    assert_int_equal(f->count, 1);
    assert_non_null(strstr(fsc_ingest_missing(f->in, 2), "Input/output error"));
    assert_non_null(strstr(fsc_ingest_missing(f->in, 0), "absent.html"));
    assert_non_null(strstr(fsc_ingest_missing(f->in, 1), "gone"));
    assert_null(fsc_ingest_missing(f->in, 3));
}

static void test_ingest__empty_and_binary_files(void **state)
{
    fixture *f = *state;
    puts_to("a.html", "");
    puts_to("b.txt", " \n\t\n");
    puts_to("c.html", "\n\n");
    put("d.html", FSC_LIT("%PDF-1.4\n..."));
    put("e.csv", FSC_LIT("\x1F\x8B\x08\0\0\0"));
    puts_to("f.jsonl", "");
    puts_to("g.csv", "");
    read_all(f, NULL, "a.html", "b.txt", "c.html", "d.html", "e.csv", "f.jsonl", "g.csv");
    assert_int_equal(f->count, 7);
    static const fsc_record_status want[] = {FSC_RECORD_EMPTY,      FSC_RECORD_EMPTY, FSC_RECORD_EMPTY, FSC_RECORD_BINARY,
                                             FSC_RECORD_UNREADABLE, FSC_RECORD_EMPTY, FSC_RECORD_EMPTY};
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(f->item[i].status, want[i]);
        // a comparison gives the blanks of an empty text back
        assert_int_equal(f->item[i].content.len, i == 1 ? 4 : 0);
        assert_true(f->item[i].reason.len > 0);
        assert_true(f->item[i].id.len > 0);
    }
    has(f->item[3].reason, "PDF");
}

static void test_ingest__stdin(void **state)
{
    fixture *f = *state;
    puts_to("in", "{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n");
    int fd = open("in", O_RDONLY), saved = dup(STDIN_FILENO);
    assert_true(fd >= 0 && saved >= 0);
    dup2(fd, STDIN_FILENO);
    read_all(f, NULL, "-");
    dup2(saved, STDIN_FILENO);
    close(fd);
    close(saved);
    assert_int_equal(f->count, 2);
    same(f->item[0].source, "-:1");
    same(f->item[1].id, "-:3");
}

static void test_ingest__too_large_file(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.max_record = 100};
    char text[101];
    memset(text, 'x', sizeof text);
    put("a.txt", fsc_view_of(text, 101));
    put("b.txt", fsc_view_of(text, 100));
    put("c.html", fsc_view_of(text, 101));
    read_all(f, &opt, "a.txt", "b.txt", "c.html");
    assert_int_equal(f->count, 3);
    assert_int_equal(f->item[0].status, FSC_RECORD_TOO_LARGE);
    has(f->item[0].reason, "100");
    assert_int_equal(f->item[1].status, FSC_RECORD_OK);
    assert_int_equal(f->item[2].status, FSC_RECORD_TOO_LARGE);
}

static void test_ingest__progress_reaches_the_total(void **state)
{
    fixture *f = *state;
    uint64_t done, total;
    puts_to("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    put("b.bin", FSC_LIT("%PDF-1.4\n"));
    puts_to("c.txt", "\xEF\xBB\xBFtext");
    read_all(f, NULL, "a.jsonl", "b.bin", "c.txt");
    fsc_ingest_progress(f->in, &done, &total);
    assert_int_equal(total, 26 + 9 + 7);
    assert_int_equal(done, total);
    assert_int_equal(open_paths(f, NULL, (const char *const[]){"-", "a.jsonl", NULL}), 0);
    fsc_ingest_progress(f->in, &done, &total);
    assert_int_equal(done, 0);
    assert_int_equal(total, 0);
}

// Records that are parsed while the next ones are cut.
typedef struct queue {
    pthread_mutex_t lock;
    const fsc_ingest *in;
    fsc_raw raw[512];
    size_t filled, taken;
    bool ended;
    size_t ok, bytes;
} queue;

static void *parse_some(void *user)
{
    queue *q = user;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    for (;;) {
        pthread_mutex_lock(&q->lock);
        bool have = q->taken < q->filled, ended = q->ended;
        fsc_raw raw = have ? q->raw[q->taken++] : (fsc_raw){0};
        pthread_mutex_unlock(&q->lock);
        if (!have && ended)
            break;
        if (!have) {
            usleep(50);
            continue;
        }
        fsc_item item;
        bool good = fsc_ingest_parse(q->in, &raw, &item, &arena, NULL) == 0 && item.status == FSC_RECORD_OK;
        pthread_mutex_lock(&q->lock);
        q->ok += good;
        q->bytes += good ? item.content.len : 0;
        pthread_mutex_unlock(&q->lock);
    }
    fsc_arena_release(&arena);
    return NULL;
}

static void test_ingest__parse_runs_beside_next(void **state)
{
    fixture *f = *state;
    queue q = {.lock = PTHREAD_MUTEX_INITIALIZER};
    for (int i = 0; i < 100; i++) {
        char name[32], text[200];
        snprintf(name, sizeof name, "%02d.%s", i, i % 3 == 0 ? "csv" : i % 3 == 1 ? "jsonl" : "json");
        snprintf(text, sizeof text,
                 i % 3 == 0   ? "id,text,x\n1,a,%d\n2,\"b\nc\",y\n"
                 : i % 3 == 1 ? "{\"text\":\"a\",\"x\":[%d]}\n{\"text\":\"b\\nc\"}\n"
                              : "{\"data\":[{\"id\":\"%d\",\"text\":\"a\",\"author_id\":\"1\"},{\"text\":\"b "
                                "c\"}],\"includes\":{\"users\":[{\"id\":\"1\",\"name\":\"N\"}]}}",
                 i);
        puts_to(name, text);
    }
    fsc_ingest_options opt = {.keep = FSC_LIT("x")};
    assert_int_equal(open_paths(f, &opt, (const char *const[]){".", NULL}), 0);
    q.in = f->in;
    pthread_t thread[2];
    for (int t = 0; t < 2; t++)
        assert_int_equal(pthread_create(&thread[t], NULL, parse_some, &q), 0);
    fsc_raw raw;
    while ((f->rc = fsc_ingest_next(f->in, &raw, &f->arena, &f->err)) > 0) {
        pthread_mutex_lock(&q.lock);
        q.raw[q.filled++] = raw;
        pthread_mutex_unlock(&q.lock);
    }
    pthread_mutex_lock(&q.lock);
    q.ended = true;
    pthread_mutex_unlock(&q.lock);
    for (int t = 0; t < 2; t++)
        pthread_join(thread[t], NULL);
    assert_int_equal(f->rc, 0);
    assert_int_equal(q.ok, 200);
    assert_int_equal(q.bytes, 400);
}

// An allocator that gives out only so many pieces of memory.
static void *limited_alloc(void *user, size_t size)
{
    size_t *left = user;
    return *left ? --*left, malloc(size) : NULL;
}

static void *limited_resize(void *user, void *ptr, size_t size)
{
    size_t *left = user;
    return *left ? --*left, realloc(ptr, size) : NULL;
}

static void unlimited_free(void *user, void *ptr)
{
    (void)user;
    free(ptr);
}

// Reads everything below the folder with `left` allocations: 0 or the error.
static int read_with(const char *folder, size_t left, size_t *count)
{
    fsc_alloc alloc = {limited_alloc, limited_resize, unlimited_free, &left};
    fsc_ingest_options opt = {.keep = FSC_LIT("n")};
    fsc_err err = FSC_ERR_INIT;
    fsc_ingest *in;
    fsc_raw raw;
    fsc_item item;
    fsc_arena arena;
    int rc = fsc_ingest_open(&in, &folder, 1, &opt, &alloc, &err);
    if (rc)
        return rc;
    *count = 0;
    fsc_arena_init(&arena, &alloc);
    while ((rc = fsc_ingest_next(in, &raw, &arena, &err)) > 0) {
        if ((rc = fsc_ingest_parse(in, &raw, &item, &arena, &err)))
            break;
        ++*count;
    }
    fsc_arena_release(&arena);
    fsc_ingest_close(in);
    return rc;
}

static void test_ingest__memory_running_out_is_an_error(void **state)
{
    (void)state;
    mkdir("in", 0755);
    puts_to("in/a.csv", "id,Body,n\n1,\"a \"\"b\"\"\",2\n3,c\n4,\"open\n");
    puts_to("in/b.jsonl", "{\"text\":\"a\\n\",\"author\":[\"x\",\"y\"],\"n\":1}\n{bad\n");
    puts_to("in/c.json", "{\"data\":[{\"id\":\"1\",\"text\":\"x &amp; "
                         "y\",\"author_id\":\"7\"}],\"includes\":{\"users\":[{\"id\":\"7\",\"name\":\"N\"}]}}");
    put("in/d.txt", FSC_LIT("\xFF\xFEh\0i\0"));
    puts_to("in/e.html", "<p>x");
    put("in/f.txt", FSC_LIT("bad \xFF byte"));
    int rc = FSC_E_NOMEM;
    size_t allowed = 0, count = 0;
    for (; rc && allowed < 10000; allowed++) {
        rc = read_with("in", allowed, &count);
        assert_true(rc == 0 || rc == FSC_E_NOMEM);
    }
    assert_int_equal(rc, 0);
    assert_int_equal(count, 9);
    assert_true(allowed > 10);
}

static void test_ingest__bad_options(void **state)
{
    static const struct {
        const char *map, *keep, *says;
    } cases[] = {{"nofield=x", "", "nofield"},
                 {"text", "", "text=COLUMN"},
                 {"text=a,text=b", "", "twice"},
                 {"", "a,,b", "empty name"},
                 {"=x", "", "no field"}};
    fixture *f = *state;
    puts_to("a.txt", "x");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fsc_ingest_options opt = {.map = fsc_view_cstr(cases[i].map), .keep = fsc_view_cstr(cases[i].keep)};
        assert_int_equal(open_paths(f, &opt, (const char *const[]){"a.txt", NULL}), FSC_E_USAGE);
        if (!strstr(f->err.text, cases[i].says))
            print_message("%s\n", f->err.text);
        assert_non_null(strstr(f->err.text, cases[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_ingest__text_byte_for_byte),
        TEST(test_ingest__text_is_repaired_once),
        TEST(test_ingest__byte_order_marks),
        TEST(test_ingest__long_utf16),
        TEST(test_ingest__html_is_handed_on_raw),
        TEST(test_ingest__kind_by_content_then_name),
        TEST(test_ingest__other_files_are_not_scored_as_text),
        TEST(test_ingest__from_forces_the_kind),
        TEST(test_ingest__files_of_a_folder_in_byte_order),
        TEST(test_ingest__unreadable_file_in_a_folder_is_a_row),
        TEST(test_ingest__missing_named_file_is_told),
        TEST(test_ingest__empty_and_binary_files),
        TEST(test_ingest__stdin),
        TEST(test_ingest__too_large_file),
        TEST(test_ingest__progress_reaches_the_total),
        TEST(test_ingest__parse_runs_beside_next),
        TEST(test_ingest__memory_running_out_is_an_error),
        TEST(test_ingest__bad_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
