/*
 * revision, inside: what its files share.
 *
 * A comparison runs in phases over one rev_work: tokens (token.c), in-order matches (match.c with split.c, weigh.c),
 * cleanup and sliding (clean.c), moves (move.c), sentence links (link.c, assign.c), edit script (ops.c), then the
 * framing delta (cues.c, names.c), types (change.c, kinds.c) and summary (summary.c). Functions that return bool give
 * false only when memory runs out. Everything in rev_work lives in scratch; results live in the caller's arena.
 */
#ifndef FSC_REVISION_REVISION_P_H
#define FSC_REVISION_REVISION_P_H

#include "base/vec.h"
#include "revision/revision.h"

#define REV_NONE UINT32_MAX

/* What a schema's category means for types of an edit. */
typedef enum rev_category {
    REV_CAT_OTHER,
    REV_CAT_CAUSE,
    REV_CAT_CONCESSION,
    REV_CAT_DENIAL,
    REV_CAT_ASSOCIATION,
    REV_CAT_BOOSTER,
    REV_CAT_HEDGE,
    REV_CAT_DOUBT,
    REV_CAT_DISTANCING,
    REV_CAT_AGENTLESS,
    REV_CAT_BY_PASSIVE,
    REV_CAT_EVENT_NOUN,
    REV_CAT_QUESTION,
    REV_CAT_EPITHET,
    REV_CAT_NEUTRAL,
    REV_CAT_ENDORSING,
    REV_CAT_AMPLIFIER,
    REV_CAT_MINIMIZER,
    REV_CAT_COMBATIVE
} rev_category;

typedef enum rev_dimension {
    REV_DIM_OTHER,
    REV_DIM_CAUSALITY,
    REV_DIM_CERTAINTY,
    REV_DIM_INTENSITY,
    REV_DIM_LABELING,
    REV_DIM_ATTRIBUTION,
    REV_DIM_QUANTITY,
    REV_DIM_THREAT,
    REV_DIM_CONFLICT,
    REV_DIM_HARM,
    REV_DIM_MORAL,
    REV_DIM_AGENCY,
    REV_DIM_STANCE
} rev_dimension;

/* What a resource lexicon says of a word. */
enum rev_entry_roles {
    REV_ENTRY_FUNCTION = 1 << 0,
    REV_ENTRY_ALLEGATION = 1 << 1, /* lowers certainty where it names no source: allegedly, accused, feared */
    REV_ENTRY_SAYING = 1 << 2,
    REV_ENTRY_BODY = 1 << 3,       /* makes an organisation of a name before it: administration, campaign */
    REV_ENTRY_NO_NAME = 1 << 4,    /* a word that is no name, though a sentence begins with it */
    REV_ENTRY_MODAL = 1 << 5,      /* hedges whatever is told with it: could, might */
    REV_ENTRY_CHARGE = 1 << 6,     /* before REV_ENTRY_OF somebody is charged, and nobody says it: accused of */
    REV_ENTRY_OF = 1 << 7,
    REV_ENTRY_LIVE = 1 << 8,       /* of a page that goes on while things happen: live, latest, FT */
    REV_ENTRY_CLOCK = 1 << 9,      /* of a date or time: Tuesday, minutes */
    REV_ENTRY_STAMP = 1 << 10,     /* says that a date is that of the text: updated, GMT, ago */
};

/* What a word of a side is part of. */
enum rev_word_roles { REV_WORD_SOURCE = 1 << 0, REV_WORD_SPEECH_CUE = 1 << 1 };

struct fsc_revision_rules {
    const fsc_schema *schema;
    const uint16_t *entry;    /* enum rev_entry_roles, one an entry */
    const uint8_t *category;  /* rev_category, one a category of the schema */
    const uint8_t *dimension; /* rev_dimension, one a dimension */
};

/* Weights of a token: what a match of it is worth. A mark or function word alone never founds a run. */
enum { REV_WEIGHT_MARK = 1, REV_WEIGHT_FUNCTION = 2, REV_WEIGHT_CONTENT = 8 };

/* A word, or a run of one punctuation character. Blanks lie between tokens. */
typedef struct rev_token {
    uint32_t start, end;
    uint32_t word; /* index of the word, or REV_NONE for a mark */
} rev_token;

typedef struct rev_range {
    uint32_t first, end;
} rev_range;

typedef struct rev_side {
    const fsc_analysis *doc;
    const fsc_text *text;
    rev_token *token;
    uint32_t count;
    uint32_t *key;      /* dense ids of folded forms, the same on both sides */
    uint32_t *free_key; /* the same for matching in order: moved sentences have keys that match nothing */
    uint32_t *filtered; /* room for `count` indices: tokens of a box that the other side has too */
    uint8_t *weight;
    uint16_t *tag;        /* enum rev_entry_roles of each word */
    uint32_t *match;      /* token of the other side kept in order, or REV_NONE */
    uint32_t *move;       /* token of the other side it moved to or from, or REV_NONE */
    uint32_t *word_token; /* token of each word */
    fsc_sentence *unit;   /* what is aligned, see units.c; called sentences everywhere else */
    rev_range *sentence;  /* tokens of each */
    uint32_t *of;         /* that of each token, or REV_NONE */
    uint32_t sentence_count;
} rev_side;

/* Tokens [a0, a1) against [b0, b1). */
typedef struct rev_box {
    uint32_t a0, a1, b0, b1;
} rev_box;

/* Sentences that belong together, and stretches of added and deleted ones at one place: what types are judged on. */
typedef struct rev_group {
    const uint32_t *a, *b;
    uint32_t a_count, b_count;
    fsc_pair_kind kind;
    bool changed; /* some byte differs, or it moved */
} rev_group;

/* Where a span of one side stands in the comparison. */
typedef struct rev_place {
    uint32_t first, end; /* tokens */
    uint32_t gap;        /* stretch between kept tokens: equal on both sides for what stands at one place; REV_NONE
                            when all its tokens are kept or moved */
    uint32_t group;      /* or REV_NONE */
} rev_place;

typedef struct rev_work {
    rev_side side[2];
    const fsc_revision_rules *rules;
    const fsc_types *types;
    fsc_arena *arena, *scratch;
    unsigned ignore; /* enum fsc_revision_ignore */
    uint32_t key_count;
    uint64_t budget; /* basic steps left before matching is cut short */
    bool approximate;
    uint32_t *seen;  /* one a key (two more for moved ones), zero between uses */
    uint32_t *place; /* one a key, free to use */
    uint8_t *trace;  /* cells of weigh.c, reused */
    int32_t *row;
    size_t trace_room, row_room;
    int32_t *frontier; /* of split.c, reused */
    size_t frontier_room;
    uint32_t *plain[2]; /* keys of filtered tokens, reused */
    uint32_t *link[2];  /* id of the sentence pair of each sentence, once known */
    rev_group *group;
    uint32_t group_count;
    uint32_t *group_of[2]; /* group of each sentence */
    bool is_short;         /* judged as one whole: sentences need no link */
    uint32_t *cue_pair[2]; /* partner of each cue of a side, or REV_NONE */
    rev_place *cue_place[2];
    uint8_t *word_role[2]; /* enum rev_word_roles: "said", "according to" are of a source */
    const fsc_actor *actor[2]; /* actors of a side: those of voice, and names found beside them */
    size_t actor_count[2];
    uint32_t *missing[2]; /* actors of a side that the other lacks */
    size_t missing_count[2];
    fsc_delta *out;
} rev_work;

/* token.c: tokens, keys, weights and sentence ranges of both sides. */
bool fsc_rev_tokens(rev_work *w);
/* A quote mark or apostrophe of any style. */
bool fsc_rev_is_quote(uint32_t cp);
/* True when tokens i of A and j of B have the same bytes. */
bool fsc_rev_same_bytes(const rev_work *w, uint32_t i, uint32_t j);

/* units.c: sentences, and where a line of unwrapped text ends; their tokens. */
bool fsc_rev_units(rev_work *w);
/* Cuts units further where the other side's kept words show a border that lost its mark. */
bool fsc_rev_project(rev_work *w);

/* anchor.c: ties equal sentences that are unique on both sides and in order; those out of order become moves. Gives
 * the boxes between them. */
typedef fsc_vec(rev_box) rev_boxes;
bool fsc_rev_anchor(rev_work *w, rev_box whole, rev_boxes *out);
uint64_t fsc_rev_hash_keys(const uint32_t *key, uint32_t count);
/* Never 0. */
uint64_t fsc_rev_hash_unit(const rev_side *s, uint32_t unit);
/* The same keys in units i of A and j of B. */
bool fsc_rev_equal_units(const rev_work *w, uint32_t i, uint32_t j);

/* match.c: fills match (and move for whole sentences out of order). */
bool fsc_rev_match(rev_work *w);
/* Ties tokens i of A and j of B. */
static inline void fsc_rev_tie(rev_work *w, uint32_t i, uint32_t j)
{
    w->side[0].match[i] = j;
    w->side[1].match[j] = i;
}

/* chain.c: the heaviest set of pairs that rise in both. `b` and `weight` stand in the order of A and have no
 * equal `b`; chosen[k] becomes whether pair k belongs. O(n log n). */
bool fsc_rev_chain(bool *chosen, const uint32_t *b, const uint32_t *weight, uint32_t count, fsc_arena *scratch);

/* split.c: where to cut a box that is too large to weigh. */
typedef struct rev_cut {
    uint32_t a, b;
    bool cut_short; /* the search was stopped by its bound */
} rev_cut;
/* By Myers' middle snake over keys a[0..n) and b[0..m), bounded. */
bool fsc_rev_middle(rev_cut *out, rev_work *w, const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m);
/* By tokens that occur once on both sides: ties a rising chain of them and pushes the boxes between; *found false
 * when there are none. n and m count the filtered tokens of the box. */
bool fsc_rev_split_rare(bool *found, rev_work *w, rev_box box, uint32_t n, uint32_t m, rev_boxes *out);

/* weigh.c: best in-order matches of the first n and m filtered tokens, by weight with a price for each run. */
bool fsc_rev_weigh(rev_work *w, uint32_t n, uint32_t m, int price);
/* The price of a run of matches where `share` (0-1) of the weight around it is kept. */
int fsc_rev_price(double share);

/* clean.c: drops coincidental runs, slides insertions and deletions to better borders. */
bool fsc_rev_clean(rev_work *w);
/* Drops short runs between sentences that do not belong together. */
void fsc_rev_drop_strays(rev_work *w);

/* Worth calling moved: three words, one of them with content. */
bool fsc_rev_is_movable(const rev_side *s, rev_range r);

/* move.c: runs of at least eight words, and whole sentences, that stand elsewhere with the same bytes. */
bool fsc_rev_moves(rev_work *w);

/* True when the bytes between tokens i - 1 and i of A are those between j - 1 and j of B. Both must have a token
 * before. */
bool fsc_rev_same_gap(const rev_work *w, uint32_t i, uint32_t j);

/* The group a cue stands in, or REV_NONE. */
static inline uint32_t fsc_rev_group_of(const rev_work *w, int side, const fsc_cue *c)
{
    const rev_side *s = &w->side[side];
    uint32_t unit = c->first_word < s->text->word_count ? s->of[s->word_token[c->first_word]] : REV_NONE;
    return unit == REV_NONE ? REV_NONE : w->group_of[side][unit];
}

/* link.c: sentence pairs into out->sentence, groups for the types. */
bool fsc_rev_link(rev_work *w);
bool fsc_rev_group(rev_work *w);

/* assign.c: maximum-weight matching of a dense matrix, row by column, weights >= 0; partner[row] = column or
 * REV_NONE. O(n^2 m) with n <= m after turning. */
bool fsc_rev_assign(uint32_t *partner, const double *weight, uint32_t rows, uint32_t columns, fsc_arena *scratch);

/* ops.c: the edit script into out->op. */
bool fsc_rev_ops(rev_work *w);

/* ignore.c: marks ops, and sentence pairs as the same, whose differences are to be ignored. */
bool fsc_rev_ignore(rev_work *w);
/* trivial.c */
fsc_trivial fsc_rev_trivial(const rev_work *w);
/* metadata.c */
bool fsc_rev_metadata(rev_work *w);

/* place.c: places of spans sorted by start. Linear. */
bool fsc_rev_places(rev_place **out, rev_work *w, int side, const fsc_span *span, size_t count);
/* The token of the other side that token i was kept as or moved to, or REV_NONE. */
static inline uint32_t fsc_rev_partner(const rev_side *s, uint32_t i)
{
    return s->match[i] != REV_NONE ? s->match[i] : s->move[i];
}
/* True when all tokens of a place were kept or moved. */
static inline bool fsc_rev_is_kept(const rev_place *p)
{
    return p->gap == REV_NONE;
}

/* cues.c: cues paired, score deltas. relate.c: relations. names.c, bodies.c: actors. amounts.c: quantities. */
bool fsc_rev_cues(rev_work *w);
/* True when a cue names a source ("said", "according to"), and is no noun like "rhetoric". */
bool fsc_rev_is_source(const rev_work *w, int side, const fsc_cue *c);
/* A copy of scratch data in the caller's arena; NULL when memory runs out. */
void *fsc_rev_keep(rev_work *w, const void *data, size_t size);
bool fsc_rev_relations(rev_work *w);
bool fsc_rev_actors(rev_work *w);
/* bodies.c: w->actor of a side. */
bool fsc_rev_list_actors(rev_work *w, int side);
/* True when two names are of one actor, named otherwise. */
bool fsc_rev_same_actor(const fsc_actor *a, const fsc_actor *b);
/* The same for names alone: equal, initials, or a word shared. */
bool fsc_rev_same_name(fsc_view a, fsc_view b);
bool fsc_rev_quantities(rev_work *w);

/* change.c: the types of the edit with their spans. */
bool fsc_rev_changes(rev_work *w);
typedef struct rev_changes {
    rev_work *w;
    fsc_vec(fsc_change) item;
    bool failed;
} rev_changes;
void fsc_rev_add_change(rev_changes *c, fsc_change_type type, fsc_span a, fsc_span b);
/* A span of a side with the changed words around it that belong to it: "according to new data reviewed by Axios". With
 * `leftward` what stands before it comes first: "the company said". */
fsc_span fsc_rev_phrase(const rev_work *w, int side, fsc_span span, bool leftward);
/* kinds.c: types that come from cues and speech, group by group. marks.c: quote marks, questions, typography. agents.c:
 * agents. */
bool fsc_rev_cue_kinds(rev_changes *c);
bool fsc_rev_mark_kinds(rev_changes *c);
bool fsc_rev_agent_kinds(rev_changes *c);
bool fsc_rev_is_typography(const rev_work *w);

/* summary.c */
bool fsc_rev_summary(rev_work *w);

#endif
