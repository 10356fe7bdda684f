// Hits against a plain matcher that tries everything, and what must stay linear.
#include "lexicon_test.h"

#include <time.h>

// ---------------------------------------------------------------- random patterns, as a tree and as text

enum kind { WORD, SEQUENCE, CHOICE, OPTION, GAP };

typedef struct piece {
    enum kind kind;
    char word[8];
    int min, max; // of a gap
    struct piece *child[8];
    int children;
} piece;

typedef struct maker {
    uint64_t seed;
    unsigned words; // of the vocabulary
    fsc_arena arena;
} maker;

static unsigned pick(maker *k, unsigned n)
{
    k->seed = k->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(k->seed >> 33) % n;
}

// Few words make patterns meet, many make nodes with many edges; the first ones are the most frequent.
static const char *const words[] = {"a",  "b",  "c",  "aa", "ab", "d",  "e",  "f",  "ba", "bb", "ac", "ad", "ae", "g",  "h",  "ca",
                                    "cb", "cc", "da", "db", "dc", "dd", "ea", "eb", "ec", "ed", "ee", "fa", "fb", "fc", "fd", "fe"};
enum { FEW = 6, MANY = sizeof words / sizeof *words };
static const char *const globs[] = {"a*", "*b", "?", "*", "a?"};

static const char *pick_word(maker *k)
{
    return words[pick(k, 2) ? pick(k, FEW) : pick(k, k->words)];
}

static piece *make_piece(maker *k, int depth)
{
    piece *p = FSC_NEW(&k->arena, piece);
    unsigned roll = pick(k, 10);
    p->kind = depth == 0 || roll < 6 ? WORD : roll < 8 ? CHOICE : OPTION;
    if (p->kind == WORD) {
        strcpy(p->word, pick(k, 4) ? pick_word(k) : globs[pick(k, k->words == FEW ? 5 : 2)]);
        return p;
    }
    p->children = p->kind == CHOICE ? 2 + (int)pick(k, 2) : 1;
    for (int i = 0; i < p->children; i++) {
        piece *s = FSC_NEW(&k->arena, piece);
        s->kind = SEQUENCE;
        s->children = 1 + (int)pick(k, 2);
        for (int c = 0; c < s->children; c++)
            s->child[c] = make_piece(k, depth - 1);
        p->child[i] = s;
    }
    return p;
}

// Always begins and ends with a word.
static piece *make_pattern(maker *k, bool gaps)
{
    piece *p = FSC_NEW(&k->arena, piece);
    p->kind = SEQUENCE;
    p->child[p->children++] = make_piece(k, 0);
    if (pick(k, 2))
        p->child[p->children++] = make_piece(k, 2);
    // more sequences than the shared nodes take
    for (int i = 0; i < 2 && pick(k, 12) == 0 && p->children == 1 + i; i++) {
        piece *many = p->child[p->children++] = FSC_NEW(&k->arena, piece);
        *many = (piece){.kind = CHOICE, .children = 4};
        for (int c = 0; c < 4; c++) {
            piece *s = many->child[c] = FSC_NEW(&k->arena, piece);
            *s = (piece){.kind = SEQUENCE, .children = 2};
            s->child[0] = make_piece(k, 1);
            s->child[1] = make_piece(k, 1);
        }
    }
    if (gaps && p->children < 4 && pick(k, 3) == 0) {
        piece *gap = p->child[p->children++] = FSC_NEW(&k->arena, piece);
        *gap = (piece){.kind = GAP, .min = (int)pick(k, 2), .max = 2};
    }
    if (p->children > 1)
        p->child[p->children++] = make_piece(k, 0);
    return p;
}

static void write_piece(fsc_buf *out, const piece *p)
{
    if (p->kind == WORD)
        fsc_buf_adds(out, p->word);
    if (p->kind == GAP)
        fsc_buf_printf(out, "<%d-%d>", p->min, p->max);
    if (p->kind == CHOICE || p->kind == OPTION)
        fsc_buf_char(out, p->kind == CHOICE ? '(' : '[');
    for (int i = 0; i < p->children; i++) {
        if (i)
            fsc_buf_char(out, p->kind == CHOICE ? '|' : ' ');
        write_piece(out, p->child[i]);
    }
    if (p->kind == CHOICE || p->kind == OPTION)
        fsc_buf_char(out, p->kind == CHOICE ? ')' : ']');
}

// ---------------------------------------------------------------- the plain matcher

#define MOST_ENDS 4096
typedef struct end {
    int at, gap;
} end;
typedef struct ends {
    end item[MOST_ENDS];
    int count;
} ends;

static void add_end(ends *e, int at, int gap)
{
    for (int i = 0; i < e->count; i++)
        if (e->item[i].at == at && e->item[i].gap == gap)
            return;
    assert_true(e->count < MOST_ENDS);
    e->item[e->count++] = (end){at, gap};
}

static bool glob(const char *g, const char *s)
{
    if (!*g)
        return !*s;
    if (*g == '*')
        return glob(g + 1, s) || (*s && glob(g, s + 1));
    return *s && (*g == '?' || *g == *s) && glob(g + 1, s + 1);
}

// All ways of p from each end in `from`, within word[0..n).
static void ways(const piece *p, const char *const *word, int n, const ends *from, ends *out)
{
    out->count = 0;
    if (p->kind == SEQUENCE) {
        ends *now = malloc(sizeof *now);
        *out = *from;
        for (int i = 0; i < p->children; i++) {
            *now = *out;
            ways(p->child[i], word, n, now, out);
        }
        free(now);
        return;
    }
    for (int i = 0; i < from->count; i++) {
        end e = from->item[i];
        if (p->kind == WORD && e.at < n && glob(p->word, word[e.at]))
            add_end(out, e.at + 1, e.gap);
        for (int g = p->min; p->kind == GAP && g <= p->max && e.at + g <= n; g++)
            add_end(out, e.at + g, e.gap + g);
        if (p->kind == OPTION)
            add_end(out, e.at, e.gap);
    }
    for (int c = 0; c < p->children; c++) {
        ends *one = malloc(sizeof *one);
        ways(p->child[c], word, n, from, one);
        for (int i = 0; i < one->count; i++)
            add_end(out, one->item[i].at, one->item[i].gap);
        free(one);
    }
}

typedef struct rule {
    piece *pattern;
    piece *guard[4]; // !before, before, !after, after; NULL: none
} rule;

static bool guard_holds(const piece *g, bool before, const char *const *word, int n, int first, int last)
{
    ends *from = malloc(2 * sizeof *from), *to = from + 1;
    bool holds = false;
    for (int start = before ? 0 : last; start <= (before ? first : last) && !holds; start++) {
        from->count = 0;
        add_end(from, start, 0);
        ways(g, word, before ? first : n, from, to);
        for (int i = 0; i < to->count; i++)
            holds = holds || !before || to->item[i].at == first;
    }
    free(from);
    return holds;
}

static bool guards_allow(const rule *r, const char *const *word, int n, int first, int last)
{
    for (int k = 0; k < 4; k++)
        if (r->guard[k] && guard_holds(r->guard[k], k < 2, word, n, first, last) != (k % 2 == 1))
            return false;
    return true;
}

typedef struct plain_hit {
    int first, end, gap, entry;
    bool dropped;
} plain_hit;

// The best end from each start; of hits with one end the one with the shortest gap, then the longest.
static int plain_match(const rule *r, int entry, const char *const *word, int n, plain_hit *out)
{
    ends *from = malloc(2 * sizeof *from), *to = from + 1;
    int count = 0;
    for (int start = 0; start < n; start++) {
        from->count = 0;
        add_end(from, start, 0);
        ways(r->pattern, word, n, from, to);
        plain_hit best = {start, -1, 0, entry, false};
        for (int i = 0; i < to->count; i++) {
            end e = to->item[i];
            bool better = best.end < 0 || e.gap < best.gap || (e.gap == best.gap && e.at > best.end);
            if (better && guards_allow(r, word, n, start, e.at))
                best.end = e.at, best.gap = e.gap;
        }
        if (best.end < 0)
            continue;
        for (int i = 0; i < count && best.end >= 0; i++) {
            if (out[i].dropped || out[i].end != best.end)
                continue;
            if (out[i].gap <= best.gap)
                best.dropped = true;
            else
                out[i].dropped = true;
        }
        out[count++] = best;
    }
    free(from);
    return count;
}

static int order_plain(const void *a, const void *b)
{
    const plain_hit *x = a, *y = b;
    if (x->first != y->first)
        return x->first - y->first;
    return x->end != y->end ? y->end - x->end : x->entry - y->entry;
}

// ---------------------------------------------------------------- comparison

#define MOST_RULES 160
#define TEXT_WORDS 24

static void make_rules(maker *k, rule *r, int rules, fsc_buf *rows)
{
    static const char *const names[] = {"!before", "before", "!after", "after"};
    for (int i = 0; i < rules; i++) {
        r[i] = (rule){.pattern = make_pattern(k, true)};
        write_piece(rows, r[i].pattern);
        fsc_buf_printf(rows, "\tc%d\t1\t", i);
        for (int g = 0; g < 4; g++) {
            if (pick(k, 6))
                continue;
            r[i].guard[g] = make_pattern(k, true);
            fsc_buf_printf(rows, "%s=", names[g]);
            write_piece(rows, r[i].guard[g]);
            fsc_buf_adds(rows, "; ");
        }
        fsc_buf_char(rows, '\n');
    }
}

static bool same_hits(bench *b, const plain_hit *want, int count)
{
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        if (want[i].dropped)
            continue;
        const fsc_hit *h = at < b->hits.count ? &b->hits.hit[at] : NULL;
        if (!h || (int)h->first_word != want[i].first || (int)h->end_word != want[i].end ||
            (int)h->entry != want[i].entry) {
            print_message("hit %zu: want %d-%d entry %d", at, want[i].first, want[i].end, want[i].entry);
            if (h)
                print_message(", got %u-%u entry %u", (unsigned)h->first_word, (unsigned)h->end_word,
                              (unsigned)h->entry);
            print_message("\n");
            return false;
        }
        at++;
    }
    if (at < b->hits.count)
        print_message("one hit too many: %u-%u entry %u\n", (unsigned)b->hits.hit[at].first_word,
                      (unsigned)b->hits.hit[at].end_word, (unsigned)b->hits.hit[at].entry);
    return at == b->hits.count;
}

// Rounds of so many rules on texts of so many different words; how many hits there were.
static size_t compare(maker *k, int rounds, int rules)
{
    size_t hits = 0;
    for (int round = 0; round < rounds; round++) {
        fsc_arena_init(&k->arena, NULL);
        rule r[MOST_RULES];
        fsc_buf rows, text;
        fsc_buf_init(&rows, NULL, 1 << 20);
        fsc_buf_init(&text, NULL, 1 << 20);
        make_rules(k, r, rules, &rows);
        bench b;
        bench_open(&b, rows.data);
        for (int t = 0; t < 3; t++) {
            const char *word[TEXT_WORDS];
            fsc_buf_reset(&text, 1 << 20);
            for (int i = 0; i < TEXT_WORDS; i++) {
                word[i] = pick_word(k);
                fsc_buf_printf(&text, "%s ", word[i]);
            }
            bench_match(&b, fsc_buf_view(&text));
            assert_int_equal(b.text.sentence_count, 1);
            static plain_hit want[MOST_RULES * TEXT_WORDS];
            int count = 0;
            for (int i = 0; i < rules; i++)
                count += plain_match(&r[i], i, word, TEXT_WORDS, want + count);
            qsort(want, (size_t)count, sizeof *want, order_plain);
            hits += b.hits.count;
            if (!same_hits(&b, want, count)) {
                print_message("%s\n%s\n", rows.data, text.data);
                fail();
            }
        }
        bench_close(&b);
        fsc_buf_release(&rows);
        fsc_buf_release(&text);
        fsc_arena_release(&k->arena);
    }
    return hits;
}

static void test_match__agrees_with_trying_everything(void **state)
{
    (void)state;
    maker k = {.seed = 20240917, .words = FEW};
    assert_true(compare(&k, 400, 12) > 10000);
}

// Nodes and guards with many edges, which have keys and tests of their own and tables.
static void test_match__agrees_with_many_rules(void **state)
{
    (void)state;
    maker k = {.seed = 20261130, .words = MANY};
    assert_true(compare(&k, 20, MOST_RULES) > 4000);
}

// ---------------------------------------------------------------- types

static void test_match__forgets_with_the_types(void **state)
{
    (void)state;
    bench b;
    bench_open(&b, "immigra*\tc\t1\nvery clear\tc\t1\n");
    assert_string_equal(bench_marked(&b, "An immigrant, very clear."), "An [immigrant], [very clear].");
    // more types than the table keeps
    fsc_buf buf;
    fsc_buf_init(&buf, NULL, 1 << 26);
    for (int i = 0; i < 140000; i++)
        fsc_buf_printf(&buf, "w%d ", i);
    fsc_buf_adds(&buf, "very clear");
    bench_match(&b, fsc_buf_view(&buf));
    assert_int_equal(b.hits.count, 1);
    uint32_t before = fsc_types_generation(b.types);
    fsc_types_trim(b.types);
    assert_int_not_equal(before, fsc_types_generation(b.types));
    assert_string_equal(bench_marked(&b, "Clear immigrants, not very clear"), "Clear [immigrants], not [very clear]");
    fsc_buf_release(&buf);
    bench_close(&b);
}

static void test_match__parts_end_sentences(void **state)
{
    (void)state;
    bench b;
    bench_open(&b, "very clear\tc\t1\nclear $\tc\t1\n");
    fsc_view text = FSC_LIT("a very\n\nclear\n\nthing");
    fsc_part part[] = {
        {.start = 0, .end = 6, .kind = FSC_PART_HEADLINE, .scored = true},
        {.start = 8, .end = 13, .kind = FSC_PART_BODY, .scored = true},
        {.start = 15, .end = 20, .kind = FSC_PART_CAPTION},
    };
    assert_int_equal(fsc_text_analyze(&b.text, text, part, 3, b.types, &b.arena, &b.err), 0);
    assert_int_equal(fsc_match(&b.hits, b.matcher, &b.text, &b.arena, &b.err), 0);
    assert_int_equal(b.hits.count, 1);
    assert_int_equal(b.hits.hit[0].entry, 1);
    bench_close(&b);
}

// Two texts in either order, and a text again: the matcher's memory never shows.
static void test_match__is_repeatable(void **state)
{
    (void)state;
    static const char *const text[] = {"So very clear, so clear. From 3 to 4", "Clear: so, from 5 to 6 very clear",
                                       "So very clear, so clear. From 3 to 4"};
    const char *rows = "[so] [very] clear\tc\t1\nso <0-3> clear\tc\t1\n/from \\d to \\d/\tc\t1\tneed=from\n";
    bench a, b;
    bench_open(&a, rows);
    bench_open(&b, rows);
    const char *first[3], *second[3];
    for (int i = 0; i < 3; i++) {
        first[i] = bench_marked(&a, text[i]);
        second[2 - i] = bench_marked(&b, text[2 - i]);
    }
    for (int i = 0; i < 3; i++)
        assert_string_equal(first[i], second[i]);
    assert_string_equal(first[0], first[2]);
    bench_close(&a);
    bench_close(&b);
}

// ---------------------------------------------------------------- cost

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double time_of(const char *rows, const char *unit, size_t repeats, size_t *hits)
{
    bench b;
    fsc_buf text;
    fsc_buf_init(&text, NULL, 1 << 28);
    for (size_t i = 0; i < repeats; i++)
        fsc_buf_adds(&text, unit);
    bench_open(&b, rows);
    assert_int_equal(fsc_text_analyze(&b.text, fsc_buf_view(&text), NULL, 0, b.types, &b.arena, &b.err), 0);
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        double start = seconds();
        assert_int_equal(fsc_match(&b.hits, b.matcher, &b.text, &b.arena, &b.err), 0);
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    *hits = b.hits.count;
    bench_close(&b);
    fsc_buf_release(&text);
    return best;
}

static void test_match__stays_linear(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *unit;
    } cases[] = {
        {"a* a* a*\tc\t1\n", "a ab abc "},
        {"*\tc\t1\n", "a b "},
        {"* <0-9> *\tc\t1\n", "a b "},
        {"a <0-30> a <0-30> a <0-30> z\tc\t1\n", "a a a a b "},
        {"[a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] z\tc\t1\n", "a a a "},
        {"a\tc\t1\t!before=a <0-20> b; !after=<0-20> b\n", "a a "},
        {"/a+a+a+[xyz]/\tc\t1\tneed=a\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa a "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t few, many;
        double small = time_of(cases[i].rows, cases[i].unit, 4000, &few);
        double large = time_of(cases[i].rows, cases[i].unit, 16000, &many);
        // a busy machine makes any one measurement slow
        for (int again = 0; again < 5 && large >= 4 * 3 * small + 0.02; again++)
            large = time_of(cases[i].rows, cases[i].unit, 16000, &many);
        if (large > 4 * 3 * small + 0.02)
            print_message("case %zu: %.4f s, four times the text %.4f s\n", i, small, large);
        assert_true(large < 4 * 3 * small + 0.02);
        assert_true(many >= few);
    }
}

// A regex that runs away is stopped, in this text only.
static void test_match__limits_regexes(void **state)
{
    (void)state;
    bench b;
    // cubes pass the trial at compilation, and take too long in a long word
    bench_open(&b, "/a+a+a+[xyz]/\tc\t1\tneed=go\n/b+/\tc\t1\tneed=go\n");
    double start = seconds();
    fsc_buf text;
    fsc_buf_init(&text, NULL, 1 << 12);
    fsc_buf_adds(&text, "Go ");
    for (int i = 0; i < 3000; i++)
        fsc_buf_char(&text, 'a');
    fsc_buf_adds(&text, " bb.");
    const char *marked = bench_marked(&b, text.data);
    assert_int_equal(strlen(marked), text.len + 2);
    assert_string_equal(marked + text.len - 3, "[bb].");
    fsc_buf_release(&text);
    assert_true(seconds() - start < 10);
    assert_int_equal(b.hits.limited, 1);
    assert_string_equal(bench_marked(&b, "Go bb."), "Go [bb].");
    assert_int_equal(b.hits.limited, 0);
    bench_close(&b);
}

static void test_match__many_patterns(void **state)
{
    (void)state;
    fsc_buf rows;
    fsc_buf_init(&rows, NULL, 1 << 26);
    for (int i = 0; i < 30000; i++)
        fsc_buf_printf(&rows, "w%d x%d%s\tc\t1\n", i % 977, i, i % 7 ? "" : "*");
    bench b;
    bench_open(&b, rows.data);
    assert_string_equal(bench_marked(&b, "w1 x978, w1 x979, w3 x980s w4 x4s"), "[w1 x978], w1 x979, [w3 x980s] w4 x4s");
    bench_close(&b);
    fsc_buf_release(&rows);
}

// What the matcher remembers of 40,000 pairs of words does not fit its table: it must forget some, and not mistake any.
static void test_match__more_pairs_than_are_remembered(void **state)
{
    (void)state;
    enum { WORDS = 200 };
    fsc_buf rows, text;
    fsc_buf_init(&rows, NULL, 1 << 26);
    fsc_buf_init(&text, NULL, 1 << 26);
    for (int i = 0; i < WORDS * WORDS; i++) {
        int first = i / WORDS, second = i % WORDS;
        if ((first + second) % 3 == 0)
            fsc_buf_printf(&rows, "f%d g%d\tc\t1\n", first, second);
        if ((first + second) % 5 == 0)
            fsc_buf_printf(&rows, "f%d g%d h\tc\t1\n", first, second);
        fsc_buf_printf(&text, "f%d g%d %s ", first, second, second % 2 ? "h" : "k");
    }
    bench b;
    bench_open(&b, rows.data);
    for (int round = 0; round < 2; round++) {
        size_t at = 0;
        bench_match(&b, (fsc_view){text.data, text.len});
        for (uint32_t i = 0; i < WORDS * WORDS; i++) {
            uint32_t sum = i / WORDS + i % WORDS, words[2], count = 0;
            if (sum % 5 == 0 && i % WORDS % 2)
                words[count++] = 3;
            if (sum % 3 == 0)
                words[count++] = 2;
            for (uint32_t k = 0; k < count; k++, at++) {
                assert_true(at < b.hits.count);
                assert_int_equal(b.hits.hit[at].first_word, 3 * i);
                assert_int_equal(b.hits.hit[at].end_word, 3 * i + words[k]);
            }
        }
        assert_int_equal(at, b.hits.count);
    }
    bench_close(&b);
    fsc_buf_release(&text);
    fsc_buf_release(&rows);
}

// Ten thousand entries for one word, and for one start with words of several lengths.
static void test_match__many_entries_at_one_place(void **state)
{
    (void)state;
    fsc_buf rows;
    fsc_buf_init(&rows, NULL, 1 << 26);
    for (int i = 0; i < 10000; i++)
        fsc_buf_printf(&rows, "%s\tc%d\t1\n", i % 2 ? "mayor" : i % 4 ? "mayor (a|b)" : "mayor's", i);
    bench b;
    bench_open(&b, rows.data);
    bench_match(&b, FSC_LIT("the mayor a, the mayor's b"));
    assert_int_equal(b.hits.count, 7500 + 10000);
    for (size_t i = 1; i < b.hits.count; i++) {
        const fsc_hit *x = &b.hits.hit[i - 1], *y = &b.hits.hit[i];
        assert_true(x->start < y->start || x->end > y->end || (x->end == y->end && x->entry < y->entry));
    }
    bench_close(&b);
    fsc_buf_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match__agrees_with_trying_everything),
        cmocka_unit_test(test_match__agrees_with_many_rules),
        cmocka_unit_test(test_match__forgets_with_the_types),
        cmocka_unit_test(test_match__parts_end_sentences),
        cmocka_unit_test(test_match__is_repeatable),
        cmocka_unit_test(test_match__stays_linear),
        cmocka_unit_test(test_match__limits_regexes),
        cmocka_unit_test(test_match__many_patterns),
        cmocka_unit_test(test_match__more_pairs_than_are_remembered),
        cmocka_unit_test(test_match__many_entries_at_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
