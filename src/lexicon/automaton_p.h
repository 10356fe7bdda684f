/*
 * automaton: trees of patterns -> nodes and edges, while a set is being compiled.
 *
 * Node 0 is the root of all entries; each guard has a root of its own. Patterns that stand for few sequences share
 * the nodes of equal beginnings; others get nodes of their own, joined after each word, so that their size
 * grows with the pattern and not with the number of sequences.
 */
#ifndef FSC_LEXICON_AUTOMATON_P_H
#define FSC_LEXICON_AUTOMATON_P_H

#include "lexicon/pattern_p.h"

typedef struct fsc_lex_link {
    uint32_t value, next; /* an entry, or an index into gap; next: index + 1 */
} fsc_lex_link;

typedef struct fsc_lex_gap {
    uint32_t min, max, node;
} fsc_lex_gap;

/* A node under construction. */
typedef struct fsc_lex_state {
    uint32_t accept, gap;    /* first link, index + 1 */
    uint32_t stamp;          /* last set that took it in */
    uint32_t flags;          /* enum fsc_lex_node_flags and FSC_LEX_NODE_OWN */
    uint32_t edges, special; /* number of edges by words, and of others */
} fsc_lex_state;

/* Of a pattern of its own: no other may lead on from it. */
#define FSC_LEX_NODE_OWN 0x100u

typedef struct fsc_lex_step {
    uint32_t node, sym, target;
} fsc_lex_step;

typedef struct fsc_lex_automaton {
    fsc_arena *arena;
    fsc_lex_symbols *symbols;
    fsc_vec(fsc_lex_state) node;
    fsc_vec(fsc_lex_step) edge; /* in order of making */
    fsc_vec(fsc_lex_link) link;
    fsc_vec(fsc_lex_gap) gap;
    uint32_t *slot; /* edges by (node, symbol): index + 1 */
    size_t slots;
    uint32_t stamp;
    uint32_t budget; /* edges that the pattern at hand may still add */
} fsc_lex_automaton;

int fsc_lex_automaton_init(fsc_lex_automaton *a, fsc_lex_symbols *symbols, fsc_err *err);

/* Makes room for `more` nodes and edges. False: out of memory. */
bool fsc_lex_automaton_reserve(fsc_lex_automaton *a, size_t more);

/* Adds an entry's pattern: where it ends, `entry` (number and flags, see FSC_LEX_ENTRY) is accepted. FSC_E_LEXICON (at
 * `place`) when it is too large. */
int fsc_lex_automaton_entry(fsc_lex_automaton *a, const fsc_lex_tree *tree, uint32_t entry, fsc_lex_place place,
                            fsc_err *err);

/* Adds a guard; *root is its root. `backwards`: it stands before a hit and is read from its last word to its first
 * (the tree is turned round for that). */
int fsc_lex_automaton_guard(fsc_lex_automaton *a, fsc_lex_tree *tree, bool backwards, uint32_t *root,
                            fsc_lex_place place, fsc_err *err);

/* Fills the sections code, root and target (layout.c). *place gets the index in `code` of each node. */
int fsc_lex_automaton_finish(fsc_lex_automaton *a, fsc_lex_image *image, fsc_lex_globals *globals, uint32_t **place,
                             fsc_err *err);

#endif
