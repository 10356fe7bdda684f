/*
 * framing_p: what the files of the framing room share.
 *
 * Two tables carry the work. `fsc_entry_rule` says once per lexicon entry what framing must know of it (built
 * with the rules, frozen). `fsc_context.role` says per word of the document which resource lists it stands in
 * (built from the hits, so that a list costs nothing where it does not match).
 */
#ifndef FSC_FRAMING_FRAMING_P_H
#define FSC_FRAMING_FRAMING_P_H

#include "base/vec.h"
#include "framing/framing.h"

/* Lists of the framing-*.tsv resource lexicons that a word stands in. */
enum fsc_role {
#define FSC_ROLE(name, category) FSC_ROLE_BIT_##name,
#include "framing/role.def"
#undef FSC_ROLE
    FSC_ROLE_COUNT
};
#define FSC_ROLE_IS(name) (1u << FSC_ROLE_BIT_##name)
#define FSC_ROLE_SCORED (1u << 31) /* the entry is of a scored lexicon and no rule */
/* Beside FSC_ROLE_SCORED, whose entries stand in no list: a word of saying with the option `speech`, which is no cue, and no word of saying,
 * where it attributes nothing. Never given to words. */
#define FSC_ROLE_ATTRIBUTES FSC_ROLE_IS(FUNCTION)
/* Entries of these lists are found by their hits: forms of be and get, event nouns. */
#define FSC_ROLE_AGENCY (FSC_ROLE_IS(BE) | FSC_ROLE_IS(GET) | FSC_ROLE_IS(EVENT))
_Static_assert(FSC_ROLE_COUNT < 32, "a bit for each role and one for scored");

enum fsc_entry_rule_flags {
    FSC_ER_PEOPLE = 1 << 0,      /* target=people: counts only with a word for people in the clause */
    FSC_ER_PREDICATE = 1 << 1,   /* predicate: counts only as predicate or label of people */
    FSC_ER_REPORTED = 1 << 2,    /* reported: the subject asserts the link (credit, blame, tie) */
    FSC_ER_CLAUSE = 1 << 3,      /* clause: a clause must follow */
    FSC_ER_PHRASE = 1 << 4,      /* phrase: no clause may follow */
    FSC_ER_FRONT = 1 << 5,       /* front: must open its clause */
    FSC_ER_SELF_CAUSE = 1 << 6,  /* self=cause: the cue belongs to the cause (demanding) */
    FSC_ER_SELF_EFFECT = 1 << 7, /* self=effect: the cue belongs to the effect (killing) */
    FSC_ER_CAUSE_RIGHT = 1 << 8, /* cause=right: the argument after the cue is the cause */
    FSC_ER_CAUSE_LEFT = 1 << 9,  /* cause=left */
    FSC_ER_BETWEEN = 1 << 10,    /* args=between: link between CAUSE and EFFECT */
    FSC_ER_COPULA = 1 << 11,     /* args=copula: the reason for EFFECT is CAUSE */
    FSC_ER_NUMBER = 1 << 12,     /* number: a number must follow within three words */
    FSC_ER_PURPOSE = 1 << 13,    /* purpose: a verb must follow that is no complement of what stands before */
    FSC_ER_OBJECT = 1 << 14,     /* args=object: credit CAUSE for EFFECT */
    FSC_ER_FINITE = 1 << 15,     /* finite: a verb with subject before and object after; no noun use */
    FSC_ER_COMMA = 1 << 16,      /* comma: punctuation must stand before */
    FSC_ER_EFFECT = 1 << 17,     /* args=effect: only the effect is said, behind the cue */
    FSC_ER_PAUSE = 1 << 19,      /* pause: punctuation must follow */
    FSC_ER_SPEECH = 1 << 20,     /* speech: must be, or hold, the cue of a speech span; for words of saying see FSC_ROLE_ATTRIBUTES */
    FSC_ER_INSIDE = 1 << 21,     /* args=inside: the reason EFFECT is that CAUSE */
    FSC_ER_WHETHER = 1 << 18     /* args=whether: question whether CAUSE is responsible for EFFECT, one cue */
};

/* What framing knows of an entry, and what it needs of fsc_entry: that table is too large for the caches. */
typedef struct fsc_entry_rule {
    uint32_t flags;  /* enum fsc_entry_rule_flags */
    int32_t weight;
    uint16_t dimension, category;
    uint8_t direction;
    bool names;      /* counts inside a name too */
    uint8_t via;     /* fsc_via */
    uint8_t valence; /* fsc_valence */
    uint8_t status;  /* fsc_relation_status of a denial; FSC_ASSERTED elsewhere */
    uint8_t spare[3]; /* 0: the entries are laid out in an image */
} fsc_entry_rule;

/* What negation does to cues of a category. */
enum fsc_negation {
    FSC_NEGATION_NONE,     /* nothing: it has no sense negated */
    FSC_NEGATION_PLAIN,    /* they are not scored */
    FSC_NEGATION_WEIGHTED, /* so are those with a weight: "did not say" still tells of saying */
    FSC_NEGATION_CAUSE,    /* they become denials */
    FSC_NEGATION_BOOSTER   /* they become doubts */
};

/* What framing asks of a category for each cue, in one place. */
typedef struct fsc_category_rule {
    uint16_t place;   /* where its hits compete: a number for the dimension, or for the category */
    uint8_t overlap;  /* fsc_overlap of its dimension */
    uint8_t negation; /* enum fsc_negation */
    bool plain;       /* fsc_dimension.plain */
} fsc_category_rule;

/* The rules in code that a lexicon refers to by `@name`. */
enum fsc_rule_name {
    FSC_RULE_AGENTLESS,
    FSC_RULE_BY_PASSIVE,
    FSC_RULE_EVENT_NOUN,
    FSC_RULE_RHETORICAL,
    FSC_RULE_EXCLAMATION,
    FSC_RULE_CAPITALS,
    FSC_RULE_SCARE,
    FSC_RULE_COUNT
};

struct fsc_framing_rules {
    const fsc_schema *schema;
    uint8_t *overlap;            /* fsc_overlap of each dimension */
    fsc_category_rule *category; /* one a category */
    const uint32_t *role;        /* bits an entry gives its words, and FSC_ROLE_SCORED: one an entry, read for each hit */
    const fsc_entry_rule *entry; /* one an entry */
    const uint32_t *rule;        /* FSC_RULE_COUNT entries, or FSC_NONE */
    uint32_t causality;          /* dimensions, or FSC_NONE */
    uint32_t intensity, quantity, attribution;
    uint32_t cause, concession, denial, association; /* categories, or FSC_NONE */
    uint32_t booster, hedge, doubt;
    uint32_t maximizer, minimizer;
};

/* One document on its way through the room. */
typedef struct fsc_context {
    fsc_analysis *a;
    const fsc_framing_rules *rules;
    const fsc_types *types;
    fsc_arena *arena, *scratch;
    const fsc_speaker *author;           /* of a post; in `arena` */
    uint32_t *role;                      /* bits of fsc_role, one a word */
    uint8_t *negator;                    /* a bit a word: is it a negator? Word w has bit w + FSC_NEGATION_REACH */
    fsc_vec(uint32_t) upper;             /* words with FSC_WORD_UPPER, in order */
    uint32_t *scored, scored_count;      /* hits of scored entries, in order: most hits are of resource lexicons */
    uint32_t *agency, agency_count;      /* hits of forms of be and get and of event nouns, in order */
    fsc_vec(fsc_cue) rule_cue;           /* cues of rules, unsorted, in scratch */
    fsc_vec(struct fsc_mention) mention; /* all mentions by start; made when first needed */
    bool has_mentions;
} fsc_context;

typedef struct fsc_mention {
    uint32_t start, end, actor;
} fsc_mention;

/* Words [first, end); empty when equal. */
typedef struct fsc_range {
    uint32_t first, end;
} fsc_range;

/* What stands between a word and the next one. */
enum fsc_gap { FSC_GAP_COMMA = 1, FSC_GAP_HARD = 2, FSC_GAP_QUOTE = 4, FSC_GAP_PAREN = 8 };

static inline bool fsc_word_is(const fsc_context *c, uint32_t w, uint32_t roles)
{
    return (c->role[w] & roles) != 0;
}

/* No scan of ours goes further than this many words, so that one endless sentence stays linear. */
#define FSC_SCAN_WORDS 100

/* context.c: reading the words around a cue */
unsigned fsc_context_gap(const fsc_context *c, uint32_t word);
/* No negator that stands further before a cue than this many words negates it, but in a cleft. */
#define FSC_NEGATION_REACH 9
/* Is one of those words a negator? Asked of every cue, so that the words themselves need not be. */
static inline bool fsc_context_has_negator(const fsc_context *c, uint32_t word)
{
    _Static_assert(FSC_NEGATION_REACH <= 9, "two bytes hold them, wherever in the first they begin");
    const uint8_t *byte = c->negator + word / 8;
    return (byte[0] | byte[1] << 8) >> word % 8 & ((1 << FSC_NEGATION_REACH) - 1);
}
bool fsc_context_negated(const fsc_context *c, uint32_t first_word, uint32_t sentence, bool adjacent);
/* "it was not the tax that" and the cue */
bool fsc_context_cleft_negated(const fsc_context *c, uint32_t first_word, uint32_t sentence);
fsc_range fsc_context_clause(const fsc_context *c, uint32_t first_word, uint32_t end_word, uint32_t sentence);
bool fsc_context_clause_follows(const fsc_context *c, uint32_t word, uint32_t sentence);
bool fsc_context_is_question(const fsc_context *c, uint32_t sentence);
/* Fills part, speech, voice and speaker of a cue whose words and sentence are set; `voiced` is whose voice its first word has. */
void fsc_context_place(const fsc_context *c, fsc_cue *cue, const fsc_voiced *voiced);
/* The voice room has found that these words attribute something to somebody. */
bool fsc_context_attributes(const fsc_context *c, uint32_t first_word, uint32_t end_word);
/* The entry's own conditions on its surroundings (target, predicate, clause...); false: no cue at all. */
bool fsc_context_admits(const fsc_context *c, const fsc_cue *cue, const fsc_entry_rule *rule);
/* Who asserts a reported link: fills voice and speaker. */
int fsc_context_reporter(fsc_context *c, fsc_cue *cue, fsc_err *err);

/* cues.c */
int fsc_cues_find(fsc_context *c, fsc_err *err);
/* agency.c, stance.c: append to rule_cue */
int fsc_agency_find(fsc_context *c, fsc_err *err);
int fsc_stance_find(fsc_context *c, fsc_err *err);
/* A cue of a rule over words and bytes in a sentence; nothing when the lexicon in force lacks the rule. */
int fsc_rule_cue_add(fsc_context *c, enum fsc_rule_name rule, uint32_t sentence, fsc_range words, fsc_span bytes, fsc_err *err);
/* relations.c */
int fsc_relations_find(fsc_context *c, fsc_err *err);
/* scores.c */
int fsc_scores_sum(fsc_context *c, fsc_err *err);

#endif
