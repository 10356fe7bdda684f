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
 * 8 on the number of edges listed or the power of two of the size of the table, from bit 16 on fsc_lex_brief of the
 * edges. Behind it stand, as far as the flags say so:
 *
 * - ACCEPT: the number of entries, then each entry with its flags (FSC_LEX_ENTRY);
 * - SPECIAL: the number of edges, then (symbol below FSC_LEX_SYM_FIRST, node) each;
 * - GAP: the number of gaps, then (min, max, node) each;
 * - TABLE: two numbers with the fsc_lex_sym_bit of all edges, then slots (symbol, node), symbol FSC_LEX_FREE: free;
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
    uint64_t mask;                          /* of the table */
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
        n.mask = (uint64_t)p[1] << 32 | p[0];
        n.log2 = n.edges;
        n.edges = 1u << n.log2;
        p += 2;
    }
    n.edge = p;
    return n;
}

static inline uint64_t fsc_lex_sym_bit(uint32_t sym)
{
    return (uint64_t)1 << (sym * 0x9E3779B1u >> 26);
}

/* A mask of such bits in half the room. */
static inline uint32_t fsc_lex_fold(uint64_t mask)
{
    return (uint32_t)mask | (uint32_t)(mask >> 32);
}

/* And in a quarter. */
#define FSC_LEX_BRIEF 16 /* bit of the header where it stands */
static inline uint32_t fsc_lex_brief(uint32_t folded)
{
    return (folded | folded >> 16) & 0xFFFF;
}

/* The bits of the symbols by which a node leads on; all bits when it does in other ways too. */
uint64_t fsc_lex_node_mask(const uint32_t *code);

/* Where a symbol's slot is looked for in a table of 2^log2 slots. */
static inline uint32_t fsc_lex_slot(uint32_t sym, unsigned log2)
{
    return sym * 0x85EBCA77u >> (32 - log2);
}

enum fsc_lex_guard { FSC_LEX_NOT_BEFORE, FSC_LEX_NOT_AFTER, FSC_LEX_BEFORE, FSC_LEX_AFTER, FSC_LEX_GUARDS };

/* The guards of an entry: root nodes (0: none), and fsc_lex_node_mask of each, folded: when the word beside the hit has
 * none of the symbols, the guard does not hold. */
typedef struct fsc_lex_guards {
    uint32_t root[FSC_LEX_GUARDS], mask[FSC_LEX_GUARDS];
} fsc_lex_guards;

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

/* X(name, type): the sections. `guarded`: by entry, the index + 1 of its guards, 0: none. `root` and `target`: patterns
 * that start with symbol s lead to the nodes target[root[s] .. root[s + 1]). The sizes of form, prefix and suffix are
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
    X(guards, fsc_lex_guards)                                                                                          \
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
