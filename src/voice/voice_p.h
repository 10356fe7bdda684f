/*
 * voice_p: what the files of this room share.
 *
 * Order of work (voice.c): tag words -> pair quote marks -> names and actors -> cues of attribution with subject and
 * content (phrase.c, clause.c, indirect.c, content.c) -> who speaks in each quotation (quote.c) -> speakers (resolve.c) -> sort, map, count.
 * Everything but results lives in scratch. "Level": the innermost pair of quote marks around a word; prev and next
 * skip what is quoted more deeply, so that a walk through a sentence reads it as if its quotations were one thing.
 */
#ifndef FSC_VOICE_VOICE_P_H
#define FSC_VOICE_VOICE_P_H

#include "base/map.h"
#include "base/vec.h"
#include "voice/voice.h"

/* What a word may be, from the resource lexicons; a word may be several things. */
#define FSC_TAG(n) ((uint64_t)1 << (n))
#define T_DET FSC_TAG(0)
#define T_PREP FSC_TAG(1)
#define T_SUB FSC_TAG(2)
#define T_COORD FSC_TAG(3)
#define T_REL FSC_TAG(4)
#define T_WH FSC_TAG(5)
#define T_THAT FSC_TAG(6)
#define T_TO FSC_TAG(7)
#define T_BE FSC_TAG(8)
#define T_AUX FSC_TAG(9)
#define T_NEG FSC_TAG(10)
#define T_ADV FSC_TAG(11)
#define T_FINITE FSC_TAG(12)
#define T_HE FSC_TAG(13)
#define T_SHE FSC_TAG(14)
#define T_THEY FSC_TAG(15)
#define T_IT FSC_TAG(16)
#define T_I FSC_TAG(17)
#define T_WE FSC_TAG(18)
#define T_YOU FSC_TAG(19)
#define T_POSS FSC_TAG(20)
#define T_TITLE FSC_TAG(21)
#define T_MALE FSC_TAG(22)
#define T_FEMALE FSC_TAG(23)
#define T_ROLE FSC_TAG(24)
#define T_GROUPROLE FSC_TAG(25)
#define T_GROUP FSC_TAG(26)
#define T_ORGHEAD FSC_TAG(27)
#define T_BODY FSC_TAG(28)
#define T_GENERIC FSC_TAG(29)
#define T_ORG FSC_TAG(30)
#define T_PLACE FSC_TAG(31)
#define T_ADJ FSC_TAG(32)
#define T_SUFFIX FSC_TAG(33)
#define T_PARTICLE FSC_TAG(34)
#define T_DOC FSC_TAG(35)
#define T_OUTLET FSC_TAG(36)
#define T_WORK FSC_TAG(37)
#define T_GIVEN FSC_TAG(38)
#define T_NOTNAME FSC_TAG(39)
#define T_NUMBER FSC_TAG(40)
#define T_MAGNITUDE FSC_TAG(41)
#define T_VAGUE FSC_TAG(42)
#define T_UNIT FSC_TAG(43)
#define T_MONTH FSC_TAG(44)
#define T_WEEKDAY FSC_TAG(45)
#define T_TIME FSC_TAG(46)
#define T_CUE FSC_TAG(47)
#define T_ONE FSC_TAG(48)
#define T_UP FSC_TAG(49)
#define T_DOWN FSC_TAG(50)
#define T_CUEVERB FSC_TAG(51)
#define T_ANYBODY FSC_TAG(52)
#define T_COPULA FSC_TAG(53)
#define T_ABSTRACT FSC_TAG(54)
/* Where the word stands in this text, not what it may be: */
#define T_OPENS FSC_TAG(56)  /* a sentence begins with it / ends with it */
#define T_ENDS FSC_TAG(57)
#define T_PHRASE FSC_TAG(58) /* it begins a cue of kind CUE_PHRASE */
#define T_QUOTED FSC_TAG(59) /* inside some quotation */
#define T_FIRST FSC_TAG(60)  /* its neighbours at the same level are not w - 1 / w + 1 */
#define T_LAST FSC_TAG(61)
#define T_NAMED FSC_TAG(62)  /* part of a name */
#define T_TITLED FSC_TAG(63) /* in a sentence or quotation of capitals only: a capital shows nothing */
#define T_PLACED (T_OPENS | T_ENDS | T_PHRASE | T_QUOTED | T_FIRST | T_LAST | T_NAMED | T_TITLED)

#define T_PRONOUN (T_HE | T_SHE | T_THEY | T_IT | T_I | T_WE | T_YOU)
#define T_NUMERAL (T_NUMBER | T_MAGNITUDE | T_VAGUE)
#define T_DATE (T_MONTH | T_WEEKDAY | T_TIME)
/* Closed classes: never part of a name, whatever their case. */
#define T_FUNCTION                                                                                                     \
    (T_DET | T_PREP | T_SUB | T_COORD | T_REL | T_WH | T_THAT | T_TO | T_BE | T_AUX | T_NEG | T_ADV | T_PRONOUN | T_POSS)

/* Complements a cue may take: option frame= of voice-verbs. */
enum fsc_frame {
    F_THAT = 1 << 0, F_BARE = 1 << 1, F_QUOTE = 1 << 2, F_WH = 1 << 3, F_TO = 1 << 4, F_ADDRESSEE = 1 << 5, F_OF = 1 << 6,
    F_AS = 1 << 7, F_NAME = 1 << 8, F_FOR = 1 << 9, F_OBJECT = 1 << 10, F_CAUSE = 1 << 11, F_SELF = 1 << 12,
    F_SOURCE = 1 << 13, F_NOUN = 1 << 14, F_ABOUT = 1 << 15, F_THING = 1 << 16, F_GERUND = 1 << 17,
    F_OWNED = 1 << 18
};

typedef enum fsc_cue_kind { CUE_NONE, CUE_VERB, CUE_NOUN, CUE_PHRASE, CUE_ADJECTIVE, CUE_ADVERB } fsc_cue_kind;

/* What an entry means to this room. */
typedef struct fsc_voice_rule {
    double value;   /* of number words and magnitudes */
    uint32_t frame; /* enum fsc_frame */
    uint32_t cue;   /* fsc_cue_kind */
    fsc_str unit;   /* name of a unit; empty: none */
} fsc_voice_rule;

struct fsc_voice_rules {
    const fsc_schema *schema;
    const uint64_t *tag;        /* one an entry, apart from the rest so that it stays in cache; T_CUE: see rule */
    const uint64_t *tagged;     /* a bit an entry: its tag is not 0. Few are, and this fits where the tags do not */
    const fsc_voice_rule *rule; /* one an entry */
};

/* What an entry with T_UNIT counts in; {NULL, 0} when its option is missing. */
static inline fsc_view fsc_voice_unit(const fsc_voice_rules *rules, uint32_t entry)
{
    fsc_str unit = rules->rule[entry].unit;
    return unit.len ? fsc_schema_text(rules->schema, unit) : (fsc_view){NULL, 0};
}

/* What stands between a word and the next one. */
enum fsc_punct {
    P_COMMA = 1 << 0, P_SEMICOLON = 1 << 1, P_COLON = 1 << 2, P_DASH = 1 << 3, P_OPEN = 1 << 4, P_CLOSE = 1 << 5,
    P_STOP = 1 << 6, P_ASK = 1 << 7, P_QUOTE = 1 << 8, P_LINE = 1 << 9, P_PARAGRAPH = 1 << 10, P_PERCENT = 1 << 11,
    P_ELLIPSIS = 1 << 12
};
#define P_CLAUSE (P_COMMA | P_SEMICOLON | P_COLON | P_DASH | P_OPEN | P_CLOSE)

/* A pair of quote marks, or an unclosed one up to the end of its paragraph. */
typedef struct fsc_quote {
    uint32_t start, end;            /* bytes, marks included */
    uint32_t first_word, end_word;
    uint32_t parent;                /* index of the quote around it, or FSC_NONE */
    uint32_t before, after;         /* words before and after it at the parent's level, FSC_NONE: none in the paragraph */
    uint32_t source;                /* index into sources, or FSC_NONE */
    uint32_t inside;                /* cue whose content it begins or ends, or FSC_NONE */
    fsc_span cue;
    bool closed, continued;         /* continued: the next paragraph reopens it */
    bool attributed, fragment, title;
    bool capitals;                  /* every longer word has a capital */
} fsc_quote;

/* Words [first, end) side by side at one level. All words are in a run, in order. */
typedef struct fsc_run {
    uint32_t first, end;
    uint32_t level;                 /* index of the innermost quote around them, or FSC_NONE */
    uint32_t prev, next;            /* words before and behind at that level, within the paragraph; FSC_NONE */
} fsc_run;

/* Who is named as saying something: words [first, end) of the text. */
typedef struct fsc_source {
    uint32_t first, end;            /* words; first == end: nobody said */
    uint32_t actor;                 /* or FSC_NONE */
    uint32_t pronoun;               /* T_HE ... T_POSS when it is one */
    bool outlet;                    /* "the newspaper": the one that the text stands in */
    bool used;                      /* some speech is theirs */
} fsc_source;

/* A cue of attribution in the text. */
typedef struct fsc_vcue {
    uint32_t first, end;            /* words [first, end) */
    uint32_t frame;
    uint32_t noun_frame;            /* what the word takes as a noun; 0: no entry says */
    uint32_t source;                /* index into sources, or FSC_NONE */
    uint8_t kind;                   /* fsc_cue_kind */
    bool passive, inverted, participle, infinitive;
    bool relative;                  /* its subject is a relative pronoun */
    uint32_t group;                 /* first word of its verb group */
    uint32_t source_end;            /* behind the speaker of a phrase (according to); 0: none */
    uint32_t left;                  /* first word of subject and verb group, as it stands before the cue */
    uint32_t right;                 /* first word behind cue and (inverted) subject; FSC_NONE: none at this level */
    bool phrase;                    /* its content is a noun phrase, no clause */
    bool used;                      /* has a quotation or content */
    bool used_quote;                /* has a quotation */
} fsc_vcue;

/* A name as it stands in the text. */
typedef struct fsc_name {
    uint32_t first, end;            /* words */
    uint32_t start, stop;           /* bytes, without possessive 's */
    uint32_t actor;
    uint8_t kind;                   /* fsc_actor_kind */
    bool titled, sure;              /* a title before it; kind known, not guessed */
    uint64_t gender;                /* T_MALE, T_FEMALE or 0 */
    uint32_t role_first, role_end;  /* words of its role; equal: none */
} fsc_name;

/* An actor while it is put together. */
typedef struct fsc_vactor {
    fsc_view name, role;
    uint8_t kind;
    bool named, sure;
    uint64_t gender;
    uint32_t last_name;             /* newest name index that mentions it */
    uint32_t mention_count;
} fsc_vactor;

/* A name whose actor's gender was known when it was met. */
typedef struct fsc_gendered {
    uint32_t name, actor;
    uint32_t gender;                /* 0 of men, 1 of women */
} fsc_gendered;

/* A spelling: the actors whose whole name (or acronym) it is, and whose surname; FSC_NONE: none. */
typedef struct fsc_form {
    uint32_t whole, surname;
} fsc_form;

typedef struct fsc_mention {
    uint32_t actor;
    fsc_span span;
} fsc_mention;

/* What a number word is worth and where the unit ends that starts at a word. */
typedef struct fsc_measure {
    uint32_t word;
    uint32_t unit_end, unit_entry;  /* of a word with T_UNIT */
    double value;                   /* of one with T_NUMBER or T_MAGNITUDE */
} fsc_measure;

typedef fsc_vec(uint32_t) fsc_index_vec;
typedef fsc_vec(fsc_measure) fsc_measure_vec;
typedef fsc_vec(fsc_quote) fsc_quote_vec;
typedef fsc_vec(fsc_run) fsc_run_vec;
typedef fsc_vec(fsc_source) fsc_source_vec;
typedef fsc_vec(fsc_vcue) fsc_vcue_vec;
typedef fsc_vec(fsc_name) fsc_name_vec;
typedef fsc_vec(fsc_vactor) fsc_vactor_vec;
typedef fsc_vec(fsc_gendered) fsc_gendered_vec;
typedef fsc_vec(fsc_form) fsc_form_vec;
typedef fsc_vec(fsc_mention) fsc_mention_vec;
typedef fsc_vec(fsc_speech) fsc_speech_vec;
typedef fsc_vec(fsc_quantity) fsc_quantity_vec;

/* Of 64 words: those that begin one of a row of things, and how many of these begin before. */
typedef struct fsc_place {
    uint64_t starts;
    uint32_t before;
} fsc_place;

/* A stretch of words at one level: [first, last], both inside. first FSC_NONE: nothing. */
typedef struct fsc_stretch {
    uint32_t first, last;
} fsc_stretch;
#define FSC_NOWHERE ((fsc_stretch){FSC_NONE, FSC_NONE})

/* One document on its way through the room. */
typedef struct fsc_vx {
    const fsc_voice_rules *rules;
    const fsc_article *article;
    const fsc_text *text;
    const fsc_hits *hits;
    const fsc_types *types;
    fsc_arena *arena, *scratch;
    unsigned lacks;                 /* enum fsc_lacks */
    uint32_t n;                     /* words */
    uint64_t *tag;                  /* one per word */
    uint16_t *after;                /* enum fsc_punct between a word and the next; one per word */
    uint64_t *look;                 /* tags.c: a bit a word */
    fsc_place *sentence_at, *run_at, *name_at, *cue_at; /* see fsc_voice_places */
    uint32_t *cover;                /* innermost cue whose content holds a word, or FSC_NONE */
    fsc_stretch calm;               /* content.c: words that the last content went over */
    fsc_measure_vec measure;        /* of words with T_NUMBER, T_MAGNITUDE or T_UNIT, by word */
    fsc_index_vec border;           /* the last word of each paragraph */
    /* Words that few passes want, so that these need not go through all: */
    fsc_index_vec capital;          /* fsc_vx_is_capital, but fsc_vx_is_closed */
    fsc_index_vec numeral;          /* FSC_WORD_NUMBER or T_NUMERAL; empty where no quantities are made */
    fsc_index_vec we;               /* T_WE */
    fsc_quote_vec quote;
    fsc_run_vec run;
    fsc_source_vec source;
    fsc_vcue_vec cue;
    fsc_name_vec name;
    fsc_vactor_vec actor;
    fsc_mention_vec mention;        /* of unnamed sources */
    fsc_map by_form, by_phrase;             /* spellings to forms of names; phrases to actors */
    fsc_form_vec form;
    fsc_map by_gender[2];                   /* surnames of men, of women: those of of_gender[0..genders_put) */
    fsc_gendered_vec of_gender;
    size_t genders_put;
    fsc_speech_vec speech;          /* in arena */
    fsc_quantity_vec quantity;      /* in arena */
    fsc_index_vec quantity_at;      /* the first word of each */
} fsc_vx;

static inline bool fsc_vx_is(const fsc_vx *x, uint32_t w, uint64_t tags)
{
    return w < x->n && (x->tag[w] & tags) != 0;
}

static inline uint32_t fsc_vx_flags(const fsc_vx *x, uint32_t w)
{
    return w < x->n ? x->text->word[w].flags : 0;
}

/* Index of the paragraph that holds a word. Logarithmic. */
static inline uint32_t fsc_vx_paragraph(const fsc_vx *x, uint32_t w)
{
    size_t low = 0, high = x->border.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->border.data[mid] < w)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint32_t)low;
}

/* A word with a capital letter, no link or tag. */
static inline bool fsc_vx_is_capital(const fsc_vx *x, uint32_t w)
{
    unsigned want = FSC_WORD_CAPITAL | FSC_WORD_ALPHA;
    return (fsc_vx_flags(x, w) & (want | FSC_WORD_URL | FSC_WORD_MENTION | FSC_WORD_HASHTAG)) == want;
}

/* How many bits are set. Arithmetic, because not every machine that this runs on has an instruction for it. */
static inline uint32_t fsc_vx_bits(uint64_t b)
{
    b -= b >> 1 & UINT64_C(0x5555555555555555);
    b = (b & UINT64_C(0x3333333333333333)) + (b >> 2 & UINT64_C(0x3333333333333333));
    b = (b + (b >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(b * UINT64_C(0x0101010101010101) >> 56);
}

/* Index of the last thing of a row that begins at w or before it; some does. No branch: a search would cost more. */
static inline uint32_t fsc_vx_place(const fsc_place *at, uint32_t w)
{
    const fsc_place *p = &at[w / 64];
    return p->before + fsc_vx_bits(p->starts << (63 - w % 64)) - 1;
}

/* Index of the first cue that starts at or behind a word; the number of cues when none does. w <= n. */
static inline uint32_t fsc_vx_cue_from(const fsc_vx *x, uint32_t w)
{
    const fsc_place *p = &x->cue_at[w / 64];
    return p->before + fsc_vx_bits(p->starts & (((uint64_t)1 << w % 64) - 1));
}

/* The cue that starts at a word, or NULL. */
static inline fsc_vcue *fsc_vx_cue_at(const fsc_vx *x, uint32_t w)
{
    return x->cue_at[w / 64].starts >> w % 64 & 1 ? &x->cue.data[fsc_vx_cue_from(x, w)] : NULL;
}

/* A word of a closed class that is no name either: not Will, not the May of Theresa May. */
static inline bool fsc_vx_is_closed(uint64_t tag)
{
    return ((tag & T_FUNCTION) != 0) & !(tag & (T_GIVEN | T_ORG | T_PLACE));
}

/* Index of the sentence that holds w. */
static inline uint32_t fsc_vx_sentence(const fsc_vx *x, uint32_t w)
{
    return fsc_vx_place(x->sentence_at, w);
}

static inline bool fsc_vx_same_sentence(const fsc_vx *x, uint32_t a, uint32_t b)
{
    return fsc_vx_sentence(x, a) == fsc_vx_sentence(x, b);
}

/* A sentence ends between word w and the word behind it. */
static inline bool fsc_vx_ends_sentence(const fsc_vx *x, uint32_t w)
{
    return x->tag[w] & T_ENDS;
}

/* w is part of a name. */
static inline bool fsc_vx_named(const fsc_vx *x, uint32_t w)
{
    return x->tag[w] & T_NAMED;
}

/* Index of the name that holds w, or FSC_NONE. */
static inline uint32_t fsc_vx_name_at(const fsc_vx *x, uint32_t w)
{
    return fsc_vx_named(x, w) ? fsc_vx_place(x->name_at, w) : FSC_NONE;
}

/* One name holds both words. */
static inline bool fsc_vx_same_name(const fsc_vx *x, uint32_t a, uint32_t b)
{
    return fsc_vx_named(x, a) && fsc_vx_name_at(x, a) == fsc_vx_name_at(x, b);
}

/* The run that holds w. */
static inline const fsc_run *fsc_vx_run(const fsc_vx *x, uint32_t w)
{
    return &x->run.data[fsc_vx_place(x->run_at, w)];
}

/* w stands in a quotation. */
static inline bool fsc_vx_quoted(const fsc_vx *x, uint32_t w)
{
    return x->tag[w] & T_QUOTED;
}

/* Innermost quotation around w, or FSC_NONE. */
static inline uint32_t fsc_vx_level(const fsc_vx *x, uint32_t w)
{
    return x->tag[w] & T_QUOTED ? fsc_vx_run(x, w)->level : FSC_NONE;
}

/* Innermost cue whose content holds w, or FSC_NONE. */
static inline uint32_t fsc_vx_cover(const fsc_vx *x, uint32_t w)
{
    return x->cover[w];
}

/* The word behind w at the same level, within the paragraph; FSC_NONE: none. */
static inline uint32_t fsc_vx_next(const fsc_vx *x, uint32_t w)
{
    return x->tag[w] & T_LAST ? fsc_vx_run(x, w)->next : w + 1;
}

/* The word before w, likewise. */
static inline uint32_t fsc_vx_prev(const fsc_vx *x, uint32_t w)
{
    return x->tag[w] & T_FIRST ? fsc_vx_run(x, w)->prev : w - 1;
}

/* The word before w in the same sentence and at the same level; FSC_NONE at its start. */
static inline uint32_t fsc_vx_left(const fsc_vx *x, uint32_t w)
{
    // nearly always the word beside it
    if (!(x->tag[w] & (T_FIRST | T_OPENS)))
        return w - 1;
    // none when that is beside it in another sentence
    if (!(x->tag[w] & T_FIRST))
        return FSC_NONE;
    uint32_t p = fsc_vx_prev(x, w);
    return p == FSC_NONE || fsc_vx_ends_sentence(x, p) ? FSC_NONE : p;
}

/* The word after w in the same sentence and at the same level; FSC_NONE at its end. */
static inline uint32_t fsc_vx_right(const fsc_vx *x, uint32_t w)
{
    if (!(x->tag[w] & (T_LAST | T_ENDS)))
        return w + 1;
    if (x->tag[w] & T_ENDS)
        return FSC_NONE;
    uint32_t q = fsc_vx_next(x, w);
    return q == FSC_NONE || fsc_vx_ends_sentence(x, q - 1) ? FSC_NONE : q;
}

/* Punctuation between w and its right neighbour r, a quotation between them included. */
static inline unsigned fsc_vx_between(const fsc_vx *x, uint32_t w, uint32_t r)
{
    return r == w + 1 ? x->after[w] : (unsigned)(x->after[w] | x->after[r - 1]);
}

/* w ends in a literal of one to three letters behind two letters and more: tying, but not need or seed. */
static inline bool fsc_voice_ends_in(const fsc_vx *x, uint32_t w, const char *ending)
{
    const fsc_word *word = &x->text->word[w];
    size_t n = strlen(ending);
    return word->end - word->start > (n == 3 ? n + 1 : n + 2) && memcmp(x->text->bytes.data + word->end - n, ending, n) == 0;
}

/* Ends in -ing or -ed. */
static inline bool fsc_voice_is_participle(const fsc_vx *x, uint32_t w)
{
    return fsc_voice_ends_in(x, w, "ing") || fsc_voice_ends_in(x, w, "ed");
}

/* Names, roles, groups, documents: what can speak. */
static inline bool fsc_voice_is_nominal(const fsc_vx *x, uint32_t w)
{
    return fsc_vx_named(x, w) || (x->tag[w] & (T_ROLE | T_GROUPROLE | T_GROUP | T_GENERIC | T_BODY | T_DOC));
}

/* tags.c: per-word tables and the list of cues. */
int fsc_voice_tag(fsc_vx *x, fsc_err *err);
/* *out: where things of a row begin, for fsc_vx_place. Each begins at a word of its own, in order. first: member of the
 * first thing that tells its first word; size: of one. false: out of memory. */
bool fsc_voice_places(fsc_vx *x, fsc_place **out, const uint32_t *first, size_t size, size_t count);
/* marks.c: pairs of quote marks, levels, neighbours. */
int fsc_voice_pair(fsc_vx *x, fsc_err *err);
/* Index of the first word that starts at or after an offset. */
uint32_t fsc_voice_word_from(const fsc_vx *x, uint32_t offset);
/* names.c, actors.c */
int fsc_voice_names(fsc_vx *x, fsc_err *err);
int fsc_voice_join_names(fsc_vx *x, fsc_err *err);
/* A named or unnamed actor for a speaker as given; FSC_NONE: out of memory. */
uint32_t fsc_voice_actor_as_given(fsc_vx *x, uint32_t first, uint32_t end);
/* Text of words [first, end) without a possessive ending. */
fsc_view fsc_voice_words(const fsc_vx *x, uint32_t first, uint32_t end);
fsc_span fsc_voice_span(const fsc_vx *x, uint32_t first, uint32_t end);
/* clause.c: finds subject and complement position of each cue. */
int fsc_voice_subjects(fsc_vx *x, fsc_err *err);
/* source.c */
bool fsc_voice_is_article(const fsc_vx *x, uint32_t w);
/* End of the head of the noun phrase [first, end): before its first preposition, relative or participle phrase. */
uint32_t fsc_voice_head_end(const fsc_vx *x, uint32_t first, uint32_t end);
/* Adds the source in words [first, end); returns its index or FSC_NONE. */
uint32_t fsc_voice_add_source(fsc_vx *x, uint32_t first, uint32_t end);
/* phrase.c */
/* A cue that is a noun, or a verb form used as one: "the report", "Trump's claim". */
bool fsc_voice_is_noun_use(const fsc_vx *x, const fsc_vcue *c);
/* The subject that ends in word `last`: up to punctuation or a word that no subject reaches over. */
fsc_stretch fsc_voice_region_left(const fsc_vx *x, uint32_t last);
/* The same with a comma behind it, over appositions: "Smith, a nurse from Austin, Texas, said". */
fsc_stretch fsc_voice_over_appositions(const fsc_vx *x, uint32_t last);
/* First word of the stretch that ends in `last`: up to the comma or dash before it. */
uint32_t fsc_voice_chunk_start(const fsc_vx *x, uint32_t last);
/* Nothing but a person, with a role before: "state Sen. Rita Vance". */
bool fsc_voice_is_person_alone(const fsc_vx *x, uint32_t first, uint32_t last);
/* The word before the parenthesis that ends in w; FSC_NONE: none. */
uint32_t fsc_voice_skip_parenthesis(const fsc_vx *x, uint32_t w);
/* First word of the verb group before `first`, and in *met the tags of its words. */
uint32_t fsc_voice_group_start(const fsc_vx *x, uint32_t first, uint64_t *met);
/* First word of a noun phrase with an article, or of a name, that ends in p; FSC_NONE: it is none. */
uint32_t fsc_voice_np_start(const fsc_vx *x, uint32_t p);
/* End of the noun phrase that starts at w (exclusive), at most `most` words; w when none starts there. */
uint32_t fsc_voice_np_end(const fsc_vx *x, uint32_t w, unsigned most);
/* A noun phrase or clause may start at w. */
bool fsc_voice_np_starts(const fsc_vx *x, uint32_t w);
/* content.c */
/* w opens a clause of the writer's own: but, while, although. */
bool fsc_voice_breaks_with(const fsc_vx *x, uint32_t w);
/* The words up to p, before a dash, only say where the text was written. */
bool fsc_voice_is_dateline(const fsc_vx *x, uint32_t p);
/* A verb stands before the noun at w in its clause: it is no subject. */
bool fsc_voice_is_object(const fsc_vx *x, uint32_t w);
/* Last word of the content of c that starts at w; first word of the one that ends in w. */
uint32_t fsc_voice_content_end(fsc_vx *x, const fsc_vcue *c, uint32_t w);
uint32_t fsc_voice_content_start(const fsc_vx *x, uint32_t w);
/* quote.c, indirect.c, block.c */
int fsc_voice_quotes(fsc_vx *x, fsc_err *err);
int fsc_voice_indirect(fsc_vx *x, fsc_err *err);
int fsc_voice_blocks(fsc_vx *x, fsc_err *err);
/* resolve.c: pronouns and as-given speakers of sources. */
int fsc_voice_resolve(fsc_vx *x, fsc_err *err);
/* series.c: which figure is the base of which; after all are found. */
void fsc_voice_series(fsc_vx *x);
/* quantity.c */
int fsc_voice_quantities(fsc_vx *x, fsc_err *err);
/* Adds a speech span, over words [words.start, words.end); false: out of memory. */
bool fsc_voice_add_speech(fsc_vx *x, fsc_speech_kind kind, fsc_span span, fsc_span words, uint32_t source, fsc_span cue);

#endif
