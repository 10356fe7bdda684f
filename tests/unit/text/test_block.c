// Masks of bytes: what counts as a word, both ways of reading the classes, and the ends of parts and texts.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/block_p.h"
#include "text/ucd_p.h"

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static void test_planes__both_ways_give_the_same(void **state)
{
    (void)state;
    uint64_t seed = 4;
    unsigned char s[FSC_BLOCK_LOAD];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof s; i++)
            s[i] = (unsigned char)(round % 2 ? next_random(&seed) : next_random(&seed) % 128);
        fsc_planes fast, portable;
        fsc_planes_read(&fast, s);
        fsc_planes_read_portable(&portable, s);
        assert_memory_equal(&fast, &portable, sizeof fast);
    }
}

static fsc_block block_of(const char *text)
{
    fsc_block b;
    uint32_t len = (uint32_t)strlen(text);
    fsc_block_read(&b, (const unsigned char *)text, 0, len, len);
    return b;
}

// A mask as text: w in a word, f at its characters, - elsewhere.
static void assert_words(const char *text, const char *want)
{
    fsc_block b = block_of(text);
    char got[FSC_BLOCK_LOAD + 1] = "";
    for (size_t i = 0; i < strlen(text); i++)
        got[i] = b.first >> i & 1 ? 'f' : b.word >> i & 1 ? 'w' : '-';
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s, expected %s", text, got, want);
    // nothing behind the text is a word
    assert_true(b.word >> strlen(text) == 0);
}

static void test_block__words_and_the_marks_that_join_them(void **state)
{
    (void)state;
    assert_words("two words", "fff-fffff");
    assert_words("it's well-known", "ffwf-ffffwfffff");
    assert_words("1,000 a,b 1.5 a.b 1.b", "fwfff-f-f-fwf-f-f-f-f");
    assert_words("4-3 a-1 1-a 1'2 a'1", "fwf-fwf-fwf-f-f-f-f");
    assert_words("'a' -b- (c)d*e+f", "-f---f---f-f-f-f");
    assert_words("a--b a''b", "f--f-f--f");
    assert_words("it’s ’a a’ 1’2", "ffwwwf----f-f----f---f");
    assert_words("étés «à»", "fwffwf---fw--");
    assert_words("й-я й'я й’я", "fwwfw-fwwfw-fwwwwfw");
    assert_words("2×3 1÷2", "f--f-f--f");
    assert_words("Αθήνα עברית", "fwfwfwfwfw-fwfwfwfwfw");
    assert_words("가나 東京 かな", "fwwfww--------------");
    assert_words("a_b $5 e\xCC\x81 1\xCC\x81 हिन्दी", "f-f--f-fww-f---fwwwwwfwwwwwfwwwww");
}

// The letters of two and three bytes that the automaton knows as such; others are left to it.
static void test_block__knows_every_letter(void **state)
{
    (void)state;
    for (uint32_t cp = 0x80; cp < 0x10000; cp++) {
        if (cp >= 0xD800 && cp < 0xE000)
            continue;
        char text[8] = "a";
        size_t len = fsc_utf8_encode(text + 1, cp);
        text[1 + len] = 'b';
        fsc_block b = block_of(text);
        unsigned run = fsc_ucd_run_of(cp) & ~(unsigned)(cp < 0x800 ? FSC_RUN_UPPER | FSC_RUN_HEBREW : FSC_RUN_UPPER);
        bool ours = cp >= 0xC0 && (cp < 0x3000 || cp > 0x9FFF);
        bool letter = ours && run == (FSC_RUN_LETTERLIKE | FSC_RUN_LETTER);
        uint64_t all = ((uint64_t)1 << (len + 2)) - 1;
        bool glue = ours && cp < 0x2000 && (fsc_ucd_run_of(cp) & FSC_RUN_GLUE);
        uint64_t want = letter || glue || cp == 0x2019 ? all : (all & ~(((uint64_t)1 << len) - 1) << 1) | 1;
        if (b.word != want || (b.first >> 1 & 1) != letter)
            fail_msg("U+%04X: %llx", (unsigned)cp, (unsigned long long)b.word);
    }
}

// Whatever is cut off, the block shows no word beyond the end, and no half of a character.
static void test_block__ends_with_the_part(void **state)
{
    (void)state;
    static const char text[] = "aé가-b’c d";
    uint32_t size = sizeof text - 1;
    for (uint32_t end = 1; end <= size; end++) {
        // an exact copy: sanitizers see a read beyond it
        unsigned char *copy = malloc(end);
        assert_non_null(copy);
        memcpy(copy, text, end);
        fsc_block cut, part;
        fsc_block_read(&cut, copy, 0, end, end);
        fsc_block_read(&part, (const unsigned char *)text, 0, end, size);
        assert_true(cut.word == part.word && cut.first == part.first);
        assert_true(cut.word >> end == 0);
        bool half = end < size && !fsc_utf8_is_start((unsigned char)text[end]);
        assert_true(!half || !(cut.word >> (end - 1) & 1));
        free(copy);
    }
}

// A character that lies across the end of the block reaches it, so that its word is read again from its start.
static void test_block__a_run_that_is_cut_reaches_the_end(void **state)
{
    (void)state;
    static const char *const last[] = {"a", "é", "й", "가", "’"};
    for (size_t k = 0; k < sizeof last / sizeof *last; k++) {
        for (uint32_t at = 58; at < 64; at++) {
            char text[128];
            memset(text, ' ', sizeof text);
            memcpy(text + at, last[k], strlen(last[k]));
            text[at - 1] = 'x';
            text[at + strlen(last[k])] = 'y';
            fsc_block b;
            fsc_block_read(&b, (const unsigned char *)text, 0, sizeof text, sizeof text);
            uint32_t end = at + (uint32_t)strlen(last[k]);
            uint32_t run = (uint32_t)__builtin_ctzll(~(b.word >> (at - 1)));
            if (end > FSC_BLOCK && strcmp(last[k], "’") != 0)
                assert_int_equal(at - 1 + run, FSC_BLOCK);
            assert_false(b.word >> FSC_BLOCK);
        }
    }
}

static void test_block__tells_which_words_need_a_closer_look(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        bool close;
    } cases[] = {{"Word", false}, {"word", false}, {"iPhone", false}, {"A", false},   {"USA", true}, {"4K", true},
                 {"4th", false},  {"A-B", true},   {"it's", false},   {"it’s", true}, {"été", true}, {"U2", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        memset(text, ' ', sizeof text);
        memcpy(text, cases[i].word, strlen(cases[i].word));
        fsc_block b;
        fsc_block_read(&b, (const unsigned char *)text, 0, sizeof text, sizeof text);
        if ((b.close != 0) != cases[i].close)
            fail_msg("%s", cases[i].word);
        // at the end of a text all do
        assert_true(~block_of(cases[i].word).close == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planes__both_ways_give_the_same),
        cmocka_unit_test(test_block__words_and_the_marks_that_join_them),
        cmocka_unit_test(test_block__knows_every_letter),
        cmocka_unit_test(test_block__ends_with_the_part),
        cmocka_unit_test(test_block__a_run_that_is_cut_reaches_the_end),
        cmocka_unit_test(test_block__tells_which_words_need_a_closer_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
