/*
 * image: a compiled set as flat tables.
 *
 * Compilation writes one block of bytes: a header, a directory of sections, the sections. All places in it are
 * indices or offsets, so that the block works wherever it is mapped, and a set that was just compiled runs on
 * the same tables as one opened from the binary. Numbers are in the byte order of the machine that built it;
 * the header's magic number tells when that is another one.
 *
 * The matcher's tables form a nondeterministic automaton over symbols. A symbol is one word of a pattern: an exact
 * form, a form in exact case, a wildcard, or a class. A word of a text has the few symbols that `form` and `wild` give
 * its type; the automaton steps over them. Nodes of patterns that start alike are shared (a trie); patterns
 * with many alternatives have nodes of their own.
 */
#ifndef FSC_LEXICON_IMAGE_P_H
#define FSC_LEXICON_IMAGE_P_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"

/* Bytes [at, at + len) of the section `string`. */
typedef fsc_str fsc_lex_str;

/* Symbols below FSC_LEX_SYM_FIRST stand for themselves. Those below FSC_LEX_SYM_CLASSES are the classes built
 * in, each a bit of the mask that the matcher makes of a word's flags. */
enum {
    FSC_LEX_SYM_ANY,  /* any word: the pattern `*` */
    FSC_LEX_SYM_WORD, /* {word}: has a letter */
    FSC_LEX_SYM_NUMBER,
    FSC_LEX_SYM_CAPITAL,
    FSC_LEX_SYM_UPPER,
    FSC_LEX_SYM_MENTION,
    FSC_LEX_SYM_HASHTAG,
    FSC_LEX_SYM_URL,
    FSC_LEX_SYM_EMOJI,
    FSC_LEX_SYM_PERCENT, /* a number with % behind it */
    FSC_LEX_SYM_CLASSES,
    FSC_LEX_SYM_BEHIND = FSC_LEX_SYM_CLASSES, /* no word of the sentence behind: `^` going forwards */
    FSC_LEX_SYM_AHEAD, /* no word of the sentence ahead: `$` going forwards, `^` going backwards */
    FSC_LEX_SYM_FIRST
};

enum fsc_lex_sym_flags {
    FSC_LEX_SYM_STARTS = 1 << 0,  /* stands first in some pattern */
    FSC_LEX_SYM_FOLLOWS = 1 << 1, /* stands anywhere else */
    FSC_LEX_SYM_GUARDS = 1 << 2   /* stands in a guard */
};

typedef struct fsc_lex_sym {
    fsc_lex_str exact; /* a form in exact case: what the text must have; else empty */
    uint32_t flags;    /* enum fsc_lex_sym_flags */
    uint32_t tests;    /* where those it passes stand in `test`, their number first; 0: none */
    uint32_t first;    /* test of the word behind it when it comes first; FSC_LEX_NO_TEST: it has the keys of those */
    uint64_t follows;  /* keys of the first words that it may come behind, see fsc_lex_sym_key */
    uint64_t later;    /* keys of the nodes that it leads on from */
} fsc_lex_sym;

/* Slot of an open-addressing table by hash of the folded form. list 0: free. */
typedef struct fsc_lex_form {
    uint32_t hash;
    fsc_lex_str text;
    uint32_t list; /* into section `list` */
} fsc_lex_form;

/*
 * Section `list`: at an index stands the number of items, then two numbers an item: a symbol, and 0 or the
 * symbol whose exact case the word must have. The matcher marks symbols with FSC_LEX_STRIPPED, see below.
 */

/* A wildcard; its text holds FSC_LEX_RUN for `*` and FSC_LEX_ONE for `?`. */
#define FSC_LEX_RUN '\x01'
#define FSC_LEX_ONE '\x02'
typedef struct fsc_lex_wild {
    fsc_lex_str text;
    uint32_t list;
    uint32_t next; /* index + 1 of the next with the same literal start (or end); 0: none */
} fsc_lex_wild;

/* Wildcards by the hash of their literal start (or end) of at most FSC_LEX_STEM bytes. wild 0: free. */
#define FSC_LEX_STEM 31
typedef struct fsc_lex_stem {
    uint32_t hash;
    uint32_t wild; /* index + 1 */
} fsc_lex_stem;

/*
 * Section `code`: the nodes, each a few numbers, those of a pattern one behind the other, so that a step along it
 * mostly stays in one line of the cache. A node is known by the index of its first number, the header: flags, from bit
 * 8 on the number of edges listed or the power of two of the size of the table, from FSC_LEX_NODE_KEYS on its two keys.
 * Behind it stand, as far as the flags say so:
 *
 * - ACCEPT: the number of entries, then each entry with its flags (FSC_LEX_ENTRY);
 * - SPECIAL: the number of edges, then (symbol below FSC_LEX_SYM_FIRST, node) each;
 * - GAP: the number of gaps, then (min, max, node) each;
 * - TABLE: slots (symbol, node), symbol FSC_LEX_FREE: free;
 *
 * and, without TABLE, the edges (symbol, node). A symbol may have several edges.
 */
enum fsc_lex_node_flags {
    FSC_LEX_NODE_ACCEPT = 1 << 0,
    FSC_LEX_NODE_SPECIAL = 1 << 1,
    FSC_LEX_NODE_GAP = 1 << 2,
    FSC_LEX_NODE_TABLE = 1 << 3,
    FSC_LEX_NODE_EDGES = 1 << 4, /* has edges by symbols of words */
    FSC_LEX_NODE_JOIN = 1 << 5,  /* can be reached in several ways: to be visited once a place */
    FSC_LEX_NODE_END = 1 << 6,   /* of a guard: it holds */
    /* leads on by other ways than a word's symbols */
    FSC_LEX_NODE_OTHER = FSC_LEX_NODE_SPECIAL | FSC_LEX_NODE_GAP
};

#define FSC_LEX_FREE UINT32_MAX
#define FSC_LEX_LISTED 6 /* a node with more edges has a table */

/* A node, taken apart. */
typedef struct fsc_lex_node {
    uint32_t flags;
    uint32_t edges;                         /* number of edges listed, or size of the table */
    unsigned log2;                          /* of the size of the table */
    const uint32_t *accept, *special, *gap; /* each at its number; NULL: none */
    const uint32_t *edge;                   /* pairs */
} fsc_lex_node;

static inline fsc_lex_node fsc_lex_node_read(const uint32_t *code)
{
    fsc_lex_node n = {.flags = *code & 0xFF, .edges = *code >> 8 & 0xFF};
    const uint32_t *p = code + 1;
    if (n.flags & FSC_LEX_NODE_ACCEPT) {
        n.accept = p;
        p += 1 + p[0];
    }
    if (n.flags & FSC_LEX_NODE_SPECIAL) {
        n.special = p;
        p += 1 + 2 * p[0];
    }
    if (n.flags & FSC_LEX_NODE_GAP) {
        n.gap = p;
        p += 1 + 3 * p[0];
    }
    if (n.flags & FSC_LEX_NODE_TABLE) {
        n.log2 = n.edges;
        n.edges = 1u << n.log2;
    }
    n.edge = p;
    return n;
}

/*
 * Whether a word may lead on from a node of an entry shows by a bit, most of the time rightly. Bits are numbered by keys:
 * a node with at most FSC_LEX_KEYED edges has the keys of their symbols, one with more has one for itself. The keys of
 * a symbol are those of all nodes that it leads on from, by which a node and a type have a bit in common.
 *
 * In the same way the symbol of a first word has keys in common with those that may come second, whatever the number of
 * nodes it leads to. What frequent words may come behind fills all bits; so first words also have tests.
 */
enum { FSC_LEX_NODE_KEYS = 16, FSC_LEX_KEYED = 2 };
enum { FSC_LEX_KEYS = 30, FSC_LEX_OWN_KEYS = 32, FSC_LEX_KEY_NONE = 62, FSC_LEX_KEY_ALWAYS = 63 };
#define FSC_LEX_ALWAYS ((uint64_t)1 << FSC_LEX_KEY_ALWAYS)

/* The key of a symbol, and that which a node at a place, or a first symbol, has for itself. */
static inline uint32_t fsc_lex_sym_key(uint32_t sym)
{
    return (uint32_t)((uint64_t)(sym * 0x9E3779B1u) * FSC_LEX_KEYS >> 32);
}

static inline uint32_t fsc_lex_own_key(uint32_t number)
{
    return FSC_LEX_KEYS + (uint32_t)((uint64_t)(number * 0x9E3779B1u) * FSC_LEX_OWN_KEYS >> 32);
}

/* The keys of a node, by its header, as bits. A node without edges has a key that no symbol has. */
static inline uint64_t fsc_lex_keys(uint32_t header)
{
    return (uint64_t)1 << (header >> FSC_LEX_NODE_KEYS & 63) | (uint64_t)1 << (header >> (FSC_LEX_NODE_KEYS + 6) & 63);
}

/* Where a symbol's slot is looked for in a table of 2^log2 slots. */
static inline uint32_t fsc_lex_slot(uint32_t sym, unsigned log2)
{
    return sym * 0x85EBCA77u >> (32 - log2);
}

/* The edges of a symbol: the index of the first, the next one after `at`; node->edges: no more. */
static inline uint32_t fsc_lex_edge_from(const fsc_lex_node *node, uint32_t sym, uint32_t at)
{
    if (!(node->flags & FSC_LEX_NODE_TABLE)) {
        while (at < node->edges && node->edge[2 * at] != sym)
            at++;
        return at;
    }
    for (at &= node->edges - 1; node->edge[2 * at] != FSC_LEX_FREE; at = (at + 1) & (node->edges - 1))
        if (node->edge[2 * at] == sym)
            return at;
    return node->edges;
}

static inline uint32_t fsc_lex_edge_first(const fsc_lex_node *node, uint32_t sym)
{
    return fsc_lex_edge_from(node, sym, node->flags & FSC_LEX_NODE_TABLE ? fsc_lex_slot(sym, node->log2) : 0);
}

static inline uint32_t fsc_lex_edge_next(const fsc_lex_node *node, uint32_t sym, uint32_t at)
{
    return fsc_lex_edge_from(node, sym, at + 1);
}

/* How many edges a node has, those by words. */
static inline uint32_t fsc_lex_edge_count(const uint32_t *code)
{
    fsc_lex_node node = fsc_lex_node_read(code);
    uint32_t count = node.edges;
    for (uint32_t i = 0; node.flags & FSC_LEX_NODE_TABLE && i < node.edges; i++)
        count -= node.edge[2 * i] == FSC_LEX_FREE;
    return count;
}

/* What an entry asks for first: mostly it is not there. */
enum fsc_lex_guard_kind { FSC_LEX_BEFORE, FSC_LEX_AFTER, FSC_LEX_NOT_BEFORE, FSC_LEX_NOT_AFTER, FSC_LEX_GUARDS };

/*
 * Section `look`: what a look at the words beside a hit tells of the guards of its entry. Each node that a word is first
 * held against, whether at the root or behind a gap, has a test. A type passes the tests of its symbols; a word passes also
 * by its flags (built-in classes). A guard none of whose looks is passed by a word in its reach does not hold; else the
 * nodes must be asked. Two nodes may share a test.
 *
 * The guards of an entry stand one behind the other. Each begins with a head: the number of its looks in `test`, what it is
 * in `flags`, its root in `node`.
 */
enum fsc_lex_head_flags {
    FSC_LEX_HEAD_BEFORE = 1 << 0,    /* it stands before the hit, else behind */
    FSC_LEX_HEAD_WANTED = 1 << 1,    /* it must hold, else it must not */
    FSC_LEX_HEAD_LAST = 1 << 2,      /* the entry has no more */
    FSC_LEX_HEAD_OTHERWISE = 1 << 3, /* it may hold in ways of which looks tell nothing */
    FSC_LEX_HEAD_EMPTY = 1 << 4      /* it may hold where no word is */
};
enum { FSC_LEX_TESTS = 512, FSC_LEX_NO_TEST = 0 }; /* no type passes the last */
typedef struct fsc_lex_look {
    uint16_t test;
    uint8_t min, max; /* words between hit and word */
    uint32_t flags;   /* enum fsc_word_flags, one is enough */
    uint32_t node;
} fsc_lex_look;

/* First symbols with more than FSC_LEX_KEYED edges behind them have a test of the next word; those with most edges have one
 * for themselves. In `test` they stand from FSC_LEX_TESTS on. */
enum { FSC_LEX_FIRST_TESTS = 256 };

/* What the matcher must know of an entry it meets, beside its number. */
#define FSC_LEX_STRIPPED 0x80000000u /* the last word was taken without its 's (set by the matcher only) */
#define FSC_LEX_GUARDED 0x40000000u
#define FSC_LEX_STRETCHES 0x20000000u /* matches of several lengths: may match in several ways up to one end */
#define FSC_LEX_REGEX 0x10000000u     /* the words of a regex's need= */
#define FSC_LEX_ENTRY 0x0FFFFFFFu     /* the number */

typedef struct fsc_lex_regex {
    fsc_lex_str text;
    uint32_t entry;
} fsc_lex_regex;

typedef struct fsc_lex_lexicon {
    fsc_lex_str name, language, version, license, role, dimension, poles, source;
    uint32_t entry_count;
} fsc_lex_lexicon;

typedef struct fsc_lex_dimension {
    fsc_lex_str name;
    uint32_t poles, rules, plain, overlap;
} fsc_lex_dimension;

typedef struct fsc_lex_category {
    fsc_lex_str name;
    uint32_t dimension;
    int32_t pole;
} fsc_lex_category;

/* What there is one of. */
typedef struct fsc_lex_globals {
    fsc_lex_str digest, languages;
    uint32_t root_classes;                   /* built-in classes that start patterns */
    uint32_t behind;                         /* node after `^` at the start; 0: no such pattern */
    uint32_t prefix_lengths, suffix_lengths; /* bit n: some literal start (end) has n bytes */
} fsc_lex_globals;

/* X(name, type): the sections. `guarded`: by entry, the index + 1 of its guards in `look`, 0: none. `root` and `target`: patterns
 * that start with symbol s lead to the nodes target[root[s] .. root[s + 1]); The sizes of form, prefix and suffix are
 * powers of two. */
#define FSC_LEX_SECTIONS(X)                                                                                            \
    X(globals, fsc_lex_globals)                                                                                        \
    X(string, char)                                                                                                    \
    X(lexicon, fsc_lex_lexicon)                                                                                        \
    X(dimension, fsc_lex_dimension)                                                                                    \
    X(category, fsc_lex_category)                                                                                      \
    X(resource, fsc_lex_str)                                                                                           \
    X(entry, fsc_entry)                                                                                                \
    X(regex, fsc_lex_regex)                                                                                            \
    X(guarded, uint32_t)                                                                                               \
    X(look, fsc_lex_look)                                                                                              \
    X(test, uint32_t)                                                                                                  \
    X(sym, fsc_lex_sym)                                                                                                \
    X(form, fsc_lex_form)                                                                                              \
    X(list, uint32_t)                                                                                                  \
    X(wild, fsc_lex_wild)                                                                                              \
    X(prefix, fsc_lex_stem)                                                                                            \
    X(suffix, fsc_lex_stem)                                                                                            \
    X(loose, uint32_t)                                                                                                 \
    X(code, uint32_t)                                                                                                  \
    X(root, uint32_t)                                                                                                  \
    X(target, uint32_t)

/* The sections of one image, as pointers into it. */
typedef struct fsc_lex_image {
#define FSC_LEX_FIELD(name, type)                                                                                      \
    const type *name;                                                                                                  \
    uint32_t name##_count;
    FSC_LEX_SECTIONS(FSC_LEX_FIELD)
#undef FSC_LEX_FIELD
} fsc_lex_image;

static inline fsc_view fsc_lex_text(const fsc_lex_image *image, fsc_lex_str s)
{
    return (fsc_view){image->string + s.at, s.len};
}

/* Lays the sections out as bytes: the same tables give the same bytes. */
int fsc_lex_image_write(fsc_buf *out, const fsc_lex_image *image, fsc_err *err);

/* Points the sections into `bytes` (4-byte aligned). FSC_E_CONFIG when it is no image of this version and machine. */
int fsc_lex_image_read(fsc_lex_image *out, fsc_view bytes, fsc_err *err);

#endif
