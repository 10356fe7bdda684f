#include "text/text.h"

#include "text/scan_p.h"
#include "text/sentences_p.h"

/* The parts to read: the caller's, or one over the whole. */
static bool parts_of(fsc_text *out, const fsc_part *part, size_t count, fsc_arena *arena)
{
    out->part = part;
    out->part_count = count;
    if (count)
        return true;
    fsc_part *whole = FSC_NEW(arena, fsc_part);
    if (!whole)
        return false;
    *whole = (fsc_part){.start = 0, .end = (uint32_t)out->bytes.len, .kind = FSC_PART_BODY, .scored = true};
    out->part = whole;
    out->part_count = 1;
    return true;
}

/* The bounds of a part, kept inside the text. */
static void bounds(const fsc_text *t, size_t i, uint32_t *start, uint32_t *end)
{
    uint32_t size = (uint32_t)t->bytes.len;
    *end = t->part[i].end < size ? t->part[i].end : size;
    *start = t->part[i].start < *end ? t->part[i].start : *end;
}

/* All words; *ends gets, for each part, the index after its last word. */
static bool read_words(fsc_text *out, uint32_t **ends, fsc_types *types, fsc_arena *arena)
{
    // before the words, which are the newest allocation while they grow
    *ends = FSC_NEW_N(arena, uint32_t, out->part_count);
    if (!*ends)
        return false;
    fsc_scan z = {
        .s = (const unsigned char *)out->bytes.data, .size = (uint32_t)out->bytes.len, .types = types, .arena = arena};
    types->gap_count = 0;
    for (size_t i = 0; i < out->part_count; i++) {
        uint32_t start, end, before = z.count;
        bounds(out, i, &start, &end);
        if (!fsc_words_scan(&z, start, end))
            return false;
        (*ends)[i] = z.count;
        if (out->part[i].scored)
            out->scored_words += z.count - before;
    }
    // what was asked for too much goes to what comes next
    out->word = z.word ? fsc_arena_grow(arena, z.word, z.cap * sizeof *z.word, z.count * sizeof *z.word) : NULL;
    out->word_count = z.count;
    return out->word || !z.count;
}

static bool read_sentences(fsc_text *out, const uint32_t *ends, const fsc_types *types, fsc_arena *arena)
{
    fsc_sentences sentences = {0};
    fsc_marks marks = {0};
    size_t gap = 0;
    for (size_t i = 0; i < out->part_count; i++) {
        uint32_t start, end;
        bounds(out, i, &start, &end);
        fsc_gap_reader r = {.s = (const unsigned char *)out->bytes.data,
                            .begin = start,
                            .end = end,
                            .size = (uint32_t)out->bytes.len,
                            .word = out->word,
                            .word_count = (uint32_t)out->word_count,
                            .word_end = ends[i],
                            .marks = &marks,
                            .arena = arena};
        if (!fsc_sentences_read(&sentences, &r, types, (uint32_t)i, i ? ends[i - 1] : 0, &gap))
            return false;
    }
    out->sentence = sentences.data;
    out->sentence_count = sentences.len;
    out->mark = marks.data;
    out->mark_count = marks.len;
    return true;
}

int fsc_text_analyze(fsc_text *out, fsc_view bytes, const fsc_part *part, size_t part_count, fsc_types *types,
                     fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_text){.bytes = bytes};
    if (bytes.len >= UINT32_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "text of 4 GiB or more");
    uint32_t *ends;
    if (!parts_of(out, part, part_count, arena) || !read_words(out, &ends, types, arena) ||
        !read_sentences(out, ends, types, arena))
        return fsc_err_nomem(err);
    return FSC_OK;
}

uint32_t fsc_text_word_at(const fsc_text *t, uint32_t offset)
{
    if (t->word_count == 0)
        return 0;
    // no branch on what is found: which half it is cannot be foretold
    const fsc_word *low = t->word;
    for (size_t n = t->word_count, half; n > 1; n -= half) {
        half = n / 2;
        low += (low[half - 1].end <= offset) * half;
    }
    return (uint32_t)(low - t->word) + (low->end <= offset);
}

uint32_t fsc_text_sentence_at(const fsc_text *t, uint32_t offset)
{
    size_t low = 0, high = t->sentence_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (t->sentence[mid].end > offset)
            high = mid;
        else
            low = mid + 1;
    }
    return (uint32_t)low;
}
