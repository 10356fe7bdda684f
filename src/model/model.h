/*
 * model: the plain types that flow from room to room. No behaviour beyond names of enum values.
 *
 * Offsets are bytes into the document's UTF-8 text, `[start, end)`, uint32_t: one record is capped far
 * below 4 GiB. Views and arrays live in the document's arena unless a comment says otherwise; nobody frees
 * them one by one. One document belongs to one thread. Lexicon data (fsc_schema, fsc_entry) is frozen after
 * compilation, shared read-only by all threads and outlives every document.
 */
#ifndef FSC_MODEL_MODEL_H
#define FSC_MODEL_MODEL_H

#include "base/view.h"

typedef struct fsc_span {
    uint32_t start, end;
} fsc_span;

#define FSC_NO_SPAN ((fsc_span){UINT32_MAX, UINT32_MAX})
#define FSC_NONE UINT32_MAX /* no index */

static inline bool fsc_span_is(fsc_span s)
{
    return s.start != UINT32_MAX;
}

/* ---------------------------------------------------------------- items: what ingest hands on */

typedef enum fsc_record_status {
#define FSC_RECORD(name, text, failed) FSC_RECORD_##name,
#include "model/record.def"
#undef FSC_RECORD
    FSC_RECORD_COUNT
} fsc_record_status;

const char *fsc_record_name(fsc_record_status s);
bool fsc_record_failed(fsc_record_status s);
/* Only ok and truncated have scores. */
bool fsc_record_scored(fsc_record_status s);

typedef enum fsc_format { FSC_FORMAT_TEXT, FSC_FORMAT_HTML, FSC_FORMAT_FRAGMENT } fsc_format;

/* One column or field of the input that is carried to the output (--keep). */
typedef struct fsc_field {
    fsc_view name, value;
} fsc_field;

/* One record as it came in. Empty views: not given. All text is valid UTF-8 but `content` of HTML, whose
 * charset extract decides. */
typedef struct fsc_item {
    fsc_view id;            /* the record's own, else `source` */
    fsc_view source;        /* path as given, path:LINE, path@OFFSET, path!MEMBER, -:LINE */
    fsc_view url, canonical, title, author, site, published, modified, captured, lang, kind, genre, section;
    fsc_format format;
    fsc_view content;       /* text, page, or HTML fragment */
    fsc_view charset;       /* label given from outside (HTTP header), or empty */
    uint32_t repaired;      /* invalid sequences already replaced in content */
    bool marked;            /* a text file that began with U+FEFF, which content lacks */
    bool post;              /* a social post: no boilerplate, author speaks */
    bool deleted;           /* the source says that it was taken down */
    fsc_record_status status; /* anything but OK: content is empty, reason says why */
    fsc_view reason;
    fsc_field *keep;
    size_t keep_count;
} fsc_item;

/* ---------------------------------------------------------------- articles: what extract makes */

typedef enum fsc_part_kind {
    FSC_PART_HEADLINE, FSC_PART_SUBHEAD, FSC_PART_LEDE, FSC_PART_BODY,
    FSC_PART_CAPTION, FSC_PART_LIST, FSC_PART_TABLE, FSC_PART_EMBED,
    FSC_PART_COUNT
} fsc_part_kind;

const char *fsc_part_name(fsc_part_kind k);

/* One block: a paragraph, heading, list item, table cell, embedded post. Parts tile the text without the
 * joins between them (blank line, newline, tab). */
typedef struct fsc_part {
    uint32_t start, end;
    fsc_part_kind kind;
    bool scored;            /* false for caption and table unless options say otherwise */
    bool block_quote;       /* inside <blockquote>: quoted voice */
    fsc_view author;        /* of an embedded post, else empty */
    uint32_t source_start, source_end; /* bytes of the page it came from; both 0: not known */
} fsc_part;

/* What a reader wrote under an article. Never scored. */
typedef struct fsc_comment {
    fsc_view author, text; /* author empty: not known */
} fsc_comment;

/* An article, or a post, or a plain text. */
typedef struct fsc_article {
    fsc_view id, source, url, canonical, kind, genre, section, title, author, site, published, modified, captured, lang;
    fsc_field *from;        /* where each metadata field came from: name -> "record", "json-ld", "og", ... */
    size_t from_count;
    fsc_record_status status;
    fsc_view reason;
    fsc_view text;          /* valid UTF-8 */
    uint32_t text_start;    /* where the caller's own text begins in `text` */
    uint32_t repaired;
    bool post;
    bool deleted;           /* the source says that it was taken down */
    fsc_part *part;
    size_t part_count;
    const fsc_field *keep;
    size_t keep_count;
    bool has_comments;      /* they were asked for: `comment` holds all there are */
    fsc_comment *comment;
    size_t comment_count;
} fsc_article;

/* ---------------------------------------------------------------- text: words, sentences, quote marks */

enum fsc_word_flags {
    FSC_WORD_ALPHA = 1 << 0,      /* has a letter */
    FSC_WORD_CAPITAL = 1 << 1,    /* first letter is upper or title case */
    FSC_WORD_UPPER = 1 << 2,      /* two letters or more, all upper case */
    FSC_WORD_NUMBER = 1 << 3,     /* starts with a digit (after a currency sign): 3,000  1.5  $3bn  19th */
    FSC_WORD_URL = 1 << 4,
    FSC_WORD_MENTION = 1 << 5,    /* @name */
    FSC_WORD_HASHTAG = 1 << 6,    /* #tag */
    FSC_WORD_EMOJI = 1 << 7,
    FSC_WORD_POSSESSIVE = 1 << 8, /* ends in 's (or ’s) */
    FSC_WORD_ABBREV = 1 << 9,     /* the stop inside belongs to it: U.S., Gov. */
    FSC_WORD_SENTENCE = 1 << 10,  /* first word of its sentence */
    FSC_WORD_QUOTED = 1 << 11,    /* a quote mark stands directly before it */
    FSC_WORD_COMMA = 1 << 12,     /* a comma follows directly */
    FSC_WORD_BREAK = 1 << 13,     /* clause punctuation follows: , ; : ( ) dash or quote mark */
    FSC_WORD_NON_ASCII = 1 << 14,
    FSC_WORD_GAP = 1 << 15        /* more may follow than a comma and blanks */
};

typedef struct fsc_word {
    uint32_t start, end;
    uint32_t type;      /* id of its folded form in the worker's type table */
    uint32_t flags;     /* enum fsc_word_flags */
} fsc_word;

typedef struct fsc_sentence {
    uint32_t start, end;            /* without the blanks around it */
    uint32_t first_word, end_word;  /* words [first_word, end_word) */
    uint32_t part;
} fsc_sentence;

typedef enum fsc_mark_side { FSC_MARK_OPEN = 1, FSC_MARK_CLOSE = 2, FSC_MARK_EITHER = 3 } fsc_mark_side;
typedef enum fsc_mark_class { FSC_MARK_DOUBLE, FSC_MARK_SINGLE, FSC_MARK_GUILLEMET } fsc_mark_class;

/* A character that may open or close a quotation; apostrophes and inch marks are not listed. */
typedef struct fsc_mark {
    uint32_t start, end;
    uint32_t next_word;     /* index of the first word at or after it */
    uint8_t side;           /* fsc_mark_side, from the character and what stands around it */
    uint8_t klass;          /* fsc_mark_class */
} fsc_mark;

typedef struct fsc_text {
    fsc_view bytes;
    const fsc_part *part;
    size_t part_count;
    fsc_word *word;
    size_t word_count;
    uint32_t scored_words;  /* words in scored parts */
    fsc_sentence *sentence;
    size_t sentence_count;
    fsc_mark *mark;
    size_t mark_count;
} fsc_text;

/* ---------------------------------------------------------------- lexicons */

typedef enum fsc_direction { FSC_DIRECTION_NONE, FSC_DIRECTION_UP, FSC_DIRECTION_DOWN } fsc_direction;

/* "up", "down" or NULL. */
const char *fsc_direction_name(fsc_direction d);

/* Which of the hits of a dimension that overlap count. */
typedef enum fsc_overlap {
    FSC_OVERLAP_LONGEST,    /* the longest from the left */
    FSC_OVERLAP_CATEGORY,   /* the longest from the left in each category */
    FSC_OVERLAP_PRIORITY,   /* the one whose entry stands first in the lexicons */
    FSC_OVERLAP_ALL,        /* every one */
    FSC_OVERLAP_COUNT
} fsc_overlap;

const char *fsc_overlap_name(fsc_overlap o);
/* By name; FSC_OVERLAP_COUNT: none. */
fsc_overlap fsc_overlap_named(fsc_view name);

typedef struct fsc_dimension {
    fsc_view name;
    bool poles;             /* has + and - categories: pos, neg, balance, logit */
    bool rules;             /* agency, stance: counted by category, no sum */
    bool plain;             /* hits count as they stand: neither negation nor names matter */
    uint8_t overlap;        /* fsc_overlap */
} fsc_dimension;

typedef struct fsc_category {
    fsc_view name;          /* "cause", "unauthorized-immigrant.illegal-alien", "care.virtue" */
    uint16_t dimension;
    int8_t pole;            /* +1, -1, 0 */
} fsc_category;

enum fsc_entry_flags {
    FSC_ENTRY_RESOURCE = 1 << 0,  /* never scored; read by voice, framing, revision */
    FSC_ENTRY_NAMES = 1 << 1,     /* counts inside a name too */
    FSC_ENTRY_RULE = 1 << 2       /* stands for a rule in code (agency, stance) */
};

/* Text of an entry: bytes [at, at + len) of fsc_schema.string; read by fsc_schema_text. */
typedef struct fsc_str {
    uint32_t at, len;
} fsc_str;

/* One line of a lexicon. For a resource entry `dimension` is FSC_NO_DIMENSION and `category` indexes
 * fsc_schema.resource. No pointers and no padding: the entries of the shipped lexicons are read where the binary has them. */
#define FSC_NO_DIMENSION UINT16_MAX
typedef struct fsc_entry {
    fsc_str lexicon;        /* name of its lexicon */
    fsc_str pattern;        /* as written: what output calls "entry" */
    fsc_str options;        /* as written: "dir=down; names" */
    fsc_str note;
    fsc_str pair;           /* label that ties entries of two camps, or empty */
    uint32_t line;
    int32_t weight;         /* thousandths, >= 0 */
    uint16_t dimension, category;
    uint16_t flags;         /* enum fsc_entry_flags */
    uint16_t direction;     /* fsc_direction */
    uint32_t regex;         /* number of its regex + 1, for the matcher; 0: none */
} fsc_entry;

/* All dimensions, categories, entries of the lexicons in force. Order: as shipped, then the user's. */
typedef struct fsc_schema {
    fsc_dimension *dimension;
    size_t dimension_count;
    fsc_category *category;     /* dimension by dimension, in order of first mention */
    size_t category_count;
    fsc_view *resource;         /* names of resource categories: "say", "title", "pronoun.she" */
    size_t resource_count;
    const fsc_entry *entry;
    size_t entry_count;
    const char *string;         /* texts of the entries */
    fsc_view digest;            /* 16 hex digits over all lexicons: part of `run` */
    fsc_view languages;         /* "en" or "en de": languages that have a scored lexicon */
} fsc_schema;

static inline fsc_view fsc_schema_text(const fsc_schema *s, fsc_str str)
{
    return (fsc_view){s->string + str.at, str.len};
}

/* An entry found in a text. */
typedef struct fsc_hit {
    uint32_t start, end;            /* bytes, from the first word's start to the last one's end */
    uint32_t first_word, end_word;  /* words [first_word, end_word) */
    uint32_t entry;                 /* index into fsc_schema.entry */
} fsc_hit;

/*
 * What quiet entries say of a word type: bits that each room gives its resource entries and reads back itself.
 * An entry is quiet at a place when the rooms need no hit for it there (fsc_quiet_fn in lexicon/lexicon.h); most
 * words of a text are only that.
 */
typedef struct fsc_tags {
    uint64_t voice;
    uint32_t framing, revision;
} fsc_tags;

/* By start, then longer first, then entry. Overlapping hits are all there, but those of quiet entries. */
typedef struct fsc_hits {
    fsc_hit *hit;
    size_t count;
    const fsc_tags *tags;           /* by word type, as long as the types are not trimmed; NULL: no entry is quiet */
    uint32_t limited;               /* /regex/ entries that reached their match limit: their later hits are missing */
} fsc_hits;

/* The tags of a word of the text that was matched. */
static inline fsc_tags fsc_hits_tags(const fsc_hits *h, const fsc_word *word)
{
    return h->tags ? h->tags[word->type] : (fsc_tags){0};
}

/* ---------------------------------------------------------------- voice */

typedef enum fsc_voice { FSC_VOICE_OWN, FSC_VOICE_QUOTE, FSC_VOICE_INDIRECT, FSC_VOICE_SCARE, FSC_VOICE_COUNT } fsc_voice;
const char *fsc_voice_name(fsc_voice v);

typedef enum fsc_speech_kind {
    FSC_SPEECH_DIRECT, FSC_SPEECH_BLOCK, FSC_SPEECH_EMBED, FSC_SPEECH_INDIRECT, FSC_SPEECH_SCARE
} fsc_speech_kind;
const char *fsc_speech_name(fsc_speech_kind k);

/* A stretch said by somebody. Quotation marks stand inside the span of direct speech. Spans may nest. */
/* Who says something; empty: null. */
typedef struct fsc_speaker {
    fsc_view name, role;
} fsc_speaker;

typedef struct fsc_speech {
    uint32_t start, end;
    uint32_t first_word, end_word; /* words that start in it: [first_word, end_word) */
    fsc_speech_kind kind;
    fsc_speaker by;
    fsc_span cue;               /* the attribution cue ("said"), or FSC_NO_SPAN */
    uint32_t actor;             /* index into actors, or FSC_NONE */
    bool fragment;              /* quotation of at most five words under an attribution */
} fsc_speech;

typedef enum fsc_actor_kind { FSC_ACTOR_PERSON, FSC_ACTOR_ORGANIZATION, FSC_ACTOR_PLACE, FSC_ACTOR_GROUP } fsc_actor_kind;
const char *fsc_actor_kind_name(fsc_actor_kind k);

typedef struct fsc_actor {
    fsc_view name;              /* the fullest form met */
    fsc_actor_kind kind;
    fsc_view role;              /* empty: null */
    fsc_span *mention;          /* by start */
    size_t mention_count;
    bool named;                 /* false: "critics", "officials" */
} fsc_actor;

typedef enum fsc_quantity_framing { FSC_FRAMING_NONE, FSC_FRAMING_MINIMIZER, FSC_FRAMING_MAXIMIZER } fsc_quantity_framing;

typedef struct fsc_quantity {
    uint32_t start, end;        /* the number with its unit: "nearly" and "only" stand outside */
    double value;               /* NAN: none ("hundreds") */
    fsc_view unit;              /* "percent", "dollar", "people", "day"...; empty: null */
    fsc_direction direction;
    fsc_quantity_framing framing; /* set by framing, from the cue */
    fsc_span base;              /* the figure of the same measure it is compared with ("from 1,224 in June"), or FSC_NO_SPAN */
} fsc_quantity;

/* Words [first, end) with one innermost speech around them. */
typedef struct fsc_voiced {
    uint32_t first, end;
    uint32_t speech;            /* index of that speech */
    uint32_t voice;             /* fsc_voice: quote if any layer around them is quoted */
} fsc_voiced;

/* A word of an attribution cue ("said") and the speech that it introduces. */
typedef struct fsc_introduction {
    uint32_t word, speech;
} fsc_introduction;

/* What voice makes of a text. */
typedef struct fsc_voices {
    fsc_speech *speech;         /* by start, longer first */
    size_t speech_count;
    fsc_actor *actor;           /* by first mention */
    size_t actor_count;
    fsc_span *name;             /* names and titles (Justice Department), by start, without overlaps */
    size_t name_count;
    fsc_quantity *quantity;     /* by start */
    size_t quantity_count;
    fsc_voiced *voiced;         /* by first, without overlaps; all other words are the text's own voice */
    size_t voiced_count;
    fsc_introduction *introduction; /* by word, one a word */
    size_t introduction_count;
    uint32_t own_words, quoted_words, indirect_words, scare_words; /* over scored parts */
    uint32_t sources_named, sources_unnamed;
} fsc_voices;

/* What holds a word, or NULL: own voice. Logarithmic. */
const fsc_voiced *fsc_voices_at(const fsc_voices *v, uint32_t word);

/* The speech that the first word of an attribution cue in [first, end) introduces; FSC_NONE: none stands there. Logarithmic. */
uint32_t fsc_voices_introduced(const fsc_voices *v, uint32_t first, uint32_t end);

/* ---------------------------------------------------------------- framing */

typedef enum fsc_why {
    FSC_WHY_NONE, FSC_WHY_NEGATED, FSC_WHY_NEUTRAL, FSC_WHY_OVERLAP, FSC_WHY_PART, FSC_WHY_NAME
} fsc_why;
/* "negated"..., or NULL for NONE. */
const char *fsc_why_name(fsc_why w);

/* An entry (or rule) found in the text, with its context. */
typedef struct fsc_cue {
    uint32_t start, end;
    uint32_t first_word, end_word;
    uint32_t entry;             /* into fsc_schema.entry */
    uint16_t dimension, category; /* after rules: a negated cause is `denial` */
    int32_t weight;             /* thousandths */
    uint32_t sentence;
    uint32_t part;              /* index into parts */
    uint32_t speech;            /* innermost span around it, or FSC_NONE */
    const fsc_speaker *by;      /* who says it: that of `speech`, mostly; never NULL */
    uint8_t voice;              /* fsc_voice */
    uint8_t direction;          /* fsc_direction */
    uint8_t why;                /* fsc_why; NONE exactly when scored */
    bool negated, scored;
} fsc_cue;

typedef enum fsc_relation_type { FSC_RELATION_CAUSE, FSC_RELATION_CONCESSION, FSC_RELATION_DENIAL, FSC_RELATION_ASSOCIATION } fsc_relation_type;
typedef enum fsc_relation_status { FSC_ASSERTED, FSC_HEDGED, FSC_QUESTIONED, FSC_DENIED } fsc_relation_status;
typedef enum fsc_valence { FSC_VALENCE_NONE, FSC_VALENCE_CREDIT, FSC_VALENCE_BLAME } fsc_valence;
typedef enum fsc_via { FSC_VIA_CONNECTIVE, FSC_VIA_VERB, FSC_VIA_NOUN } fsc_via;
const char *fsc_relation_name(fsc_relation_type t);
const char *fsc_relation_status_name(fsc_relation_status s);
const char *fsc_valence_name(fsc_valence v); /* NULL for NONE */
const char *fsc_via_name(fsc_via v);

typedef struct fsc_relation {
    fsc_relation_type type;
    fsc_relation_status status;
    fsc_valence valence;
    fsc_via via;
    uint32_t cue;               /* index of its cue */
    uint32_t start, end;        /* the connective, verb or noun */
    fsc_span cause, effect;     /* FSC_NO_SPAN: not found */
    uint8_t voice;
    fsc_view speaker;
} fsc_relation;

/* Sums over the scored cues of one dimension. Weights in thousandths; NAN: null. */
typedef struct fsc_score {
    uint32_t n, headline_n;
    union {
        struct {
            uint32_t own_n, quote_n, indirect_n, scare_n;
        };
        uint32_t voice_n[FSC_VOICE_COUNT];
    };
    int64_t weight;
    union {
        struct {
            int64_t own_weight, quote_weight, indirect_weight, scare_weight;
        };
        int64_t voice_weight[FSC_VOICE_COUNT];
    };
    int64_t pos, neg;           /* by pole; 0 without poles */
    double rate, own_rate;      /* 1000 W / words */
    double balance, logit;      /* NAN without poles or without evidence */
    double low, high;           /* 95 % interval of the rate; both 0 unless asked for */
} fsc_score;

/* What an analysis is made without, because nobody will read it: words, cues and scores are the same. */
enum fsc_lacks {
    FSC_LACKS_QUANTITIES = 1 << 0, /* voices.quantity is empty */
    FSC_LACKS_ACTORS = 1 << 1,     /* voices.actor is empty, fsc_speech.actor FSC_NONE, and cues of reported links ("blamed for") have their
                                    * voice but no speaker of their own; sources are counted all the same */
    FSC_LACKS_RELATIONS = 1 << 2   /* relation is empty */
};

/* The whole analysis of one document. */
typedef struct fsc_analysis {
    const fsc_schema *schema;
    unsigned lacks;             /* enum fsc_lacks; 0: all is there */
    fsc_article article;
    fsc_text text;
    fsc_hits hits;
    fsc_voices voices;
    fsc_cue *cue;               /* by start, then longer first */
    size_t cue_count;
    fsc_relation *relation;     /* by start */
    size_t relation_count;
    fsc_score *score;           /* one a dimension of the schema */
    uint32_t (*category_n)[FSC_VOICE_COUNT]; /* scored cues by category and voice, one row a category */
    fsc_view sketch;            /* of near-copies, as text; empty unless asked for */
    bool has_language;          /* false: no lexicon for this language, cells are empty */
} fsc_analysis;

/* ---------------------------------------------------------------- delta: two versions compared */

typedef enum fsc_op_kind { FSC_OP_EQUAL, FSC_OP_INSERT, FSC_OP_DELETE, FSC_OP_REPLACE, FSC_OP_MOVE } fsc_op_kind;
const char *fsc_op_name(fsc_op_kind k);

/* In the order of B, deletes where they stood. For insert `a` is empty (start == end), for delete `b`. */
typedef struct fsc_op {
    fsc_op_kind kind;
    bool ignored;               /* a difference that the options leave out of account */
    fsc_span a, b;
} fsc_op;

typedef enum fsc_pair_kind {
    FSC_PAIR_SAME, FSC_PAIR_EDITED, FSC_PAIR_MOVED, FSC_PAIR_SPLIT, FSC_PAIR_MERGED, FSC_PAIR_ADDED, FSC_PAIR_DELETED
} fsc_pair_kind;
const char *fsc_pair_name(fsc_pair_kind k);

/* Units that belong together: usually one and one; split 1:n, merged n:1, added 0:1, deleted 1:0. */
typedef struct fsc_sentence_pair {
    fsc_pair_kind kind;
    const uint32_t *a, *b;      /* indices of units */
    uint32_t a_count, b_count;
} fsc_sentence_pair;

typedef enum fsc_shift { FSC_SHIFT_SOFTENED, FSC_SHIFT_HARDENED, FSC_SHIFT_VOICE, FSC_SHIFT_LABEL, FSC_SHIFT_DIRECTION, FSC_SHIFT_SAME } fsc_shift;
const char *fsc_shift_name(fsc_shift s);

typedef struct fsc_cue_change {
    uint32_t a, b;              /* cue indices in the two analyses */
    fsc_shift shift;
} fsc_cue_change;

/* FSC_CHANGE(name, "text in output"): the types of an edit. */
typedef enum fsc_change_type {
#define FSC_CHANGE(name, text) FSC_CHANGE_##name,
#include "model/change.def"
#undef FSC_CHANGE
    FSC_CHANGE_COUNT
} fsc_change_type;
const char *fsc_change_name(fsc_change_type t);

typedef struct fsc_change {
    fsc_change_type type;
    fsc_part_kind part;
    fsc_span a, b;              /* FSC_NO_SPAN: null */
} fsc_change;

/* A record's own field that changed; empty: missing. */
typedef struct fsc_meta_change {
    const char *field;          /* "author"; static storage */
    fsc_view a, b;
} fsc_meta_change;

typedef struct fsc_quantity_change {
    uint32_t a, b;
} fsc_quantity_change;

typedef struct fsc_relation_change {
    uint32_t a, b;
} fsc_relation_change;

typedef struct fsc_score_delta {
    int64_t a, b;               /* sums of weights of scored cues, thousandths; delta is b - a */
    double a_rate, b_rate;      /* NAN: null */
} fsc_score_delta;

/* An edit of nothing but a score, a clock or dateline, or of a page that goes on while things happen. */
typedef enum fsc_trivial { FSC_TRIVIAL_NONE, FSC_TRIVIAL_SCORE, FSC_TRIVIAL_LIVE, FSC_TRIVIAL_CLOCK } fsc_trivial;
/* "score", "live", "clock"; NULL for NONE. */
const char *fsc_trivial_name(fsc_trivial t);

typedef struct fsc_delta {
    const fsc_analysis *a, *b;
    fsc_op *op;
    size_t op_count;
    /* What is aligned: the text's sentences, cut further where a line of unwrapped text ends and where the other
     * version shows a border. By start; one side each. */
    fsc_sentence *unit[2];
    size_t unit_count[2];
    fsc_sentence_pair *sentence;
    size_t sentence_count;
    uint32_t *removed, *added;              /* cue indices in a / in b */
    size_t removed_count, added_count;
    fsc_cue_change *changed;
    size_t changed_count;
    fsc_view *actor_dropped, *actor_added;
    size_t actor_dropped_count, actor_added_count;
    uint32_t *quantity_dropped, *quantity_added;
    size_t quantity_dropped_count, quantity_added_count;
    fsc_quantity_change *quantity_changed;
    size_t quantity_changed_count;
    uint32_t *relation_removed, *relation_added;
    size_t relation_removed_count, relation_added_count;
    fsc_relation_change *relation_changed;
    size_t relation_changed_count;
    fsc_meta_change *meta;
    size_t meta_count;
    fsc_score_delta *score;                 /* one a dimension */
    bool type[FSC_CHANGE_COUNT];
    fsc_change *change;
    size_t change_count;
    fsc_view *summary;                      /* one plain sentence each, weightiest first */
    size_t summary_count;
    uint32_t words_a, words_b, words_kept;
    bool approximate;
    double minutes;                         /* between the two, by the first of captured, modified, published that both have; NAN */
    fsc_trivial trivial;
} fsc_delta;

/* ---------------------------------------------------------------- tables: a cell whose column is known elsewhere */

typedef enum fsc_cell_kind { FSC_CELL_NULL, FSC_CELL_INT, FSC_CELL_REAL, FSC_CELL_TEXT } fsc_cell_kind;

typedef struct fsc_cell {
    fsc_cell_kind kind;
    int64_t integer;
    double real;
    fsc_view text;
} fsc_cell;

#endif
