/* Inside store: an analysis as bytes, from the worker that made it to the thread that stores it. Never leaves the process. */
#ifndef FSC_STORE_PACKED_P_H
#define FSC_STORE_PACKED_P_H

#include "store/store.h"

/* What has a fixed size, copied as it is. */
typedef struct fsc_packed_head {
    uint32_t known_by, status, post, text_start, repaired;
    uint32_t analysed;          /* 0: nothing follows the texts */
    int64_t captured, modified, published, version;
    uint64_t identity, content;
} fsc_packed_head;

typedef struct fsc_packed_counts {
    uint32_t has_lexicon, words, all_words, sentences, own_words, quoted_words, indirect_words, scare_words, headline_words;
    uint32_t sources_named, sources_unnamed;
    uint32_t score_count, sum_count, cue_count, relation_count, speech_count; /* of what follows, in this order */
} fsc_packed_counts;

typedef struct fsc_packed_sum {
    uint16_t category;
    uint16_t voice;
    uint32_t n;
    int64_t weight;
} fsc_packed_sum;

typedef struct fsc_packed_score {
    uint32_t dimension;
    fsc_score score;
} fsc_packed_score;

/* Followed by speaker and role. */
typedef struct fsc_packed_cue {
    uint32_t start, end, word, sentence, sentence_start, sentence_end, entry;
    int32_t weight;
    uint16_t category;
    uint8_t part, voice, direction, why, negated, scored;
} fsc_packed_cue;

/* Followed by the speaker. */
typedef struct fsc_packed_relation {
    uint32_t cue, start, end;
    fsc_span cause, effect;
    uint8_t type, status, valence, via, voice;
} fsc_packed_relation;

/* Followed by speaker and role. */
typedef struct fsc_packed_speech {
    uint32_t start, end, kind;
    fsc_span verb;
} fsc_packed_speech;

/* The texts of an article, in the order they are packed and bound. */
#define FSC_PACKED_FIELDS 14
enum { FSC_PACKED_KEY = FSC_PACKED_FIELDS, FSC_PACKED_REASON, FSC_PACKED_PARTS, FSC_PACKED_ORIGIN, FSC_PACKED_EXTRA, FSC_PACKED_TEXT, FSC_PACKED_TEXTS };

/* The members of an article by name, in the order of the columns of `versions`. */
typedef struct fsc_article_field {
    const char *name;
    size_t offset;
} fsc_article_field;
extern const fsc_article_field fsc_article_fields[FSC_PACKED_FIELDS];

static inline fsc_view *fsc_article_view(fsc_article *a, size_t field)
{
    return (fsc_view *)(void *)((char *)a + fsc_article_fields[field].offset);
}

#endif
