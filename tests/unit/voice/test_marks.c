#include "voice_test.h"

static void test_marks__kinds(void **state)
{
    static const example e[] = {
        {"\"It fit,\" Ted Moss said.", "[Ted Moss|\"It fit,\"] Ted Moss said."},
        {"'It fit,' Ted Moss said.", "[Ted Moss|'It fit,'] Ted Moss said."},
        {"‘It fit,’ Ted Moss said.", "[Ted Moss|‘It fit,’] Ted Moss said."},
        {"«It fit», Ted Moss said.", "[Ted Moss|«It fit»], Ted Moss said."},
        {"„It fit“, Ted Moss said.", "[Ted Moss|„It fit“], Ted Moss said."},
    };
    CHECK(*state, e);
}

static void test_marks__apostrophes_and_inches(void **state)
{
    static const example e[] = {
        {"It's the dogs' bowl, isn't it?", "It's the dogs' bowl, isn't it?"},
        {"The board was 6\" wide and 12\" long.", "The board was 6\" wide and 12\" long."},
        {"'Twas the '90s, rock 'n' roll.", "'Twas the '90s, rock 'n' roll."},
    };
    CHECK(*state, e);
}

static void test_marks__unclosed_ends_with_its_paragraph(void **state)
{
    static const example e[] = {
        {"Ted Moss said: “It fit and it held up to the end.\n\nThe board met on Monday.",
         "Ted Moss said: [Ted Moss|“It fit and it held up to the end.]\n\nThe board met on Monday."},
        {"“It fit and it held, Ted Moss said. The board met.",
         "[Ted Moss|“(Ted Moss|It fit and it held)], Ted Moss said. The board met."},
        {"A stray ” closes nothing. A ’ neither.", "A stray ” closes nothing. A ’ neither."},
    };
    CHECK(*state, e);
}

static void test_marks__mismatched_kinds_stay_nested(void **state)
{
    bench *b = *state;
    bench_analyze(b, "“one ‘two” three’ four «five “six» seven”");
    for (size_t i = 1; i < b->voices.speech_count; i++) {
        const fsc_speech *p = &b->voices.speech[i - 1], *q = &b->voices.speech[i];
        assert_true(q->start >= p->start);
        assert_true(q->start >= p->end || q->end <= p->end);
    }
}

// Every span lies in the text, cuts no character, and the map answers for every word.
static void check_spans(const bench *b)
{
    const fsc_voices *v = &b->voices;
    for (size_t i = 0; i < v->speech_count; i++) {
        assert_true(v->speech[i].start < v->speech[i].end);
        assert_true(v->speech[i].end <= b->text.bytes.len);
        assert_true(((unsigned char)b->text.bytes.data[v->speech[i].start] & 0xC0) != 0x80);
        if (i)
            assert_true(v->speech[i].start >= v->speech[i - 1].start);
    }
    for (size_t i = 0; i < v->voiced_count; i++) {
        const fsc_voiced *p = &v->voiced[i];
        assert_true(p->first < p->end && p->end <= b->text.word_count && (!i || p[-1].end <= p->first));
        assert_true(p->speech < v->speech_count && p->voice != FSC_VOICE_OWN && p->voice < FSC_VOICE_COUNT);
        const fsc_speech *s = &v->speech[p->speech];
        assert_true(s->start <= b->text.word[p->first].start && b->text.word[p->end - 1].start < s->end);
    }
    for (size_t i = 0; i < v->introduction_count; i++) {
        const fsc_introduction *p = &v->introduction[i];
        assert_true(p->word < b->text.word_count && p->speech < v->speech_count && (!i || p[-1].word < p->word));
    }
    assert_int_equal(v->own_words + v->quoted_words + v->indirect_words + v->scare_words, b->text.word_count);
}

static void repeat(fsc_buf *out, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        fsc_buf_adds(out, piece);
}

static void test_marks__bad_input_is_survived(void **state)
{
    static const char *const pieces[] = {"“",
                                         "\"",
                                         "'",
                                         "“ ” ",
                                         "”",
                                         "he said “",
                                         "“x,” he said, ",
                                         "the claim that ",
                                         "\n\n“a",
                                         "«'“",
                                         "Department of ",
                                         "Smith, ",
                                         "according to Smith, ",
                                         "$1 million ",
                                         "@a we "};
    bench *b = *state;
    fsc_buf text;
    fsc_buf_init(&text, NULL, 1 << 26);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        fsc_buf_reset(&text, 1 << 20);
        repeat(&text, pieces[i], 20000);
        bench_analyze_parts(b, fsc_buf_view(&text), NULL, 0);
        check_spans(b);
    }
    fsc_buf_release(&text);
}

static void test_marks__nested_a_thousand_deep(void **state)
{
    bench *b = *state;
    fsc_buf text;
    fsc_buf_init(&text, NULL, 1 << 22);
    for (int i = 0; i < 500; i++)
        fsc_buf_adds(&text, "Ted Moss said, “and Ida Crewe said, ‘");
    fsc_buf_adds(&text, "no");
    for (int i = 0; i < 500; i++)
        fsc_buf_adds(&text, "’ so”");
    bench_analyze_parts(b, fsc_buf_view(&text), NULL, 0);
    check_spans(b);
    assert_true(b->voices.speech_count >= 900);
    fsc_buf_release(&text);
}

static void test_marks__empty_text(void **state)
{
    bench *b = *state;
    bench_analyze(b, "");
    assert_int_equal(b->voices.speech_count, 0);
    bench_analyze(b, "“”");
    check_spans(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks__kinds),
        cmocka_unit_test(test_marks__apostrophes_and_inches),
        cmocka_unit_test(test_marks__unclosed_ends_with_its_paragraph),
        cmocka_unit_test(test_marks__mismatched_kinds_stay_nested),
        cmocka_unit_test(test_marks__bad_input_is_survived),
        cmocka_unit_test(test_marks__nested_a_thousand_deep),
        cmocka_unit_test(test_marks__empty_text),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
