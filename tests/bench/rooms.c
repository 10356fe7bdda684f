/*
 * rooms: CPU time of the library's rooms alone, one document a line of TEXT.
 *
 *     rooms words TEXT                words and sentences
 *     rooms match TEXT LEXICON.tsv    and all hits of a lexicon
 *     rooms compile LEXICON.tsv       lexicon -> matcher, milliseconds
 *
 * Prints one JSON object: bytes, seconds (the least of the rounds), words, sentences, hits. Not part of the tests.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "lexicon/lexicon.h"
#include "text/text.h"

enum { ROUNDS = 5, KEEP = 1 << 20 };

typedef struct bench {
    fsc_buf text, lexicon;
    fsc_lexset *set;
    fsc_types *types;
    fsc_matcher *matcher; /* NULL: words and sentences only */
    fsc_arena arena;
    size_t words, sentences, hits;
} bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void must(int status, const fsc_err *err)
{
    if (!status)
        return;
    fprintf(stderr, "rooms: %s:%u: %s\n", err->source, (unsigned)err->line, err->text);
    exit(1);
}

static void read_file(fsc_buf *out, const char *path)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_buf_init(out, NULL, (size_t)1 << 32);
    must(fsc_file_read(out, path, &err), &err);
}

static void compile(bench *b, const char *path)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_lexicon_source source = {.path = fsc_view_cstr(path), .bytes = fsc_buf_view(&b->lexicon)};
    must(fsc_lexset_compile(&b->set, &source, 1, NULL, &err), &err);
}

static void analyze(bench *b, fsc_view line)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_text text;
    fsc_hits hits = {0};
    must(fsc_text_analyze(&text, line, NULL, 0, b->types, &b->arena, &err), &err);
    if (b->matcher)
        must(fsc_match(&hits, b->matcher, &text, &b->arena, &err), &err);
    b->words += text.word_count;
    b->sentences += text.sentence_count;
    b->hits += hits.count;
    fsc_arena_reset(&b->arena, KEEP);
    fsc_types_trim(b->types);
}

static double run_once(bench *b)
{
    fsc_view rest = fsc_buf_view(&b->text);
    b->words = b->sentences = b->hits = 0;
    double start = now();
    while (rest.data && rest.len)
        analyze(b, fsc_view_split(&rest, '\n'));
    return now() - start;
}

static void run_text(bench *b)
{
    fsc_err err = FSC_ERR_INIT;
    must(fsc_types_new(&b->types, NULL, &err), &err);
    if (b->set)
        must(fsc_matcher_new(&b->matcher, b->set, b->types, NULL, &err), &err);
    fsc_arena_init(&b->arena, NULL);
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double took = run_once(b);
        best = took < best ? took : best;
    }
    printf("{\"bytes\": %zu, \"seconds\": %.6f, \"words\": %zu, \"sentences\": %zu, \"hits\": %zu}\n", b->text.len, best,
           b->words, b->sentences, b->hits);
}

static void run_compile(bench *b, const char *path)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        compile(b, path);
        double took = now() - start;
        best = took < best ? took : best;
        fsc_lexset_free(b->set);
    }
    printf("{\"bytes\": %zu, \"seconds\": %.6f}\n", b->lexicon.len, best);
}

int main(int argc, char **argv)
{
    bench b = {0};
    const char *what = argc > 2 ? argv[1] : "";
    if (strcmp(what, "compile") == 0) {
        read_file(&b.lexicon, argv[2]);
        run_compile(&b, argv[2]);
        return 0;
    }
    bool match = strcmp(what, "match") == 0 && argc > 3;
    if (!match && strcmp(what, "words") != 0) {
        fprintf(stderr, "usage: rooms words TEXT | match TEXT LEXICON.tsv | compile LEXICON.tsv\n");
        return 2;
    }
    read_file(&b.text, argv[2]);
    if (match) {
        read_file(&b.lexicon, argv[3]);
        compile(&b, argv[3]);
    }
    run_text(&b);
    return 0;
}
