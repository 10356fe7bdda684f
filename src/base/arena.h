/*
 * arena: memory that is freed all at once.
 *
 * Three lifetimes are used: lexicon set (long), document (reset per record), scratch (reset per phase).
 * Small allocations share blocks and are never freed one by one. A large one (FSC_ARENA_LARGE) has a block of its own,
 * which moves as a whole when it grows, may be given back at once (fsc_arena_drop) and is not kept by a reset: what
 * one huge record needs is there once, and goes with it.
 *
 * An arena belongs to one thread at a time. When memory runs out fsc_arena_alloc returns NULL and the arena's `failed`
 * flag stays set until reset, so a phase may check once at its end, as long as it checks each pointer it writes through.
 *
 * With FSC_ARENA_DEBUG each allocation is as a large one, so that sanitizers and valgrind see overruns, and whoever
 * holds on to what has grown or was dropped.
 */
#ifndef FSC_BASE_ARENA_H
#define FSC_BASE_ARENA_H

#include "base/view.h"

/* Where memory comes from. All three are required; user is handed back to them. */
typedef struct fsc_alloc {
    void *(*alloc)(void *user, size_t size);
    void *(*resize)(void *user, void *ptr, size_t size);
    void (*free)(void *user, void *ptr);
    void *user;
} fsc_alloc;

/* malloc, realloc and free. */
const fsc_alloc *fsc_alloc_default(void);

/* `size` bytes of zeros from `alloc`, to be freed by it; NULL: none. Of a large table only what is used takes pages. */
void *fsc_alloc_zeroed(const fsc_alloc *alloc, size_t size);

typedef struct fsc_arena_block fsc_arena_block;
typedef struct fsc_arena_defer_node fsc_arena_defer_node;

/* Bytes from which on an allocation has its own block. */
#ifdef FSC_ARENA_DEBUG
#define FSC_ARENA_LARGE ((size_t)1)
#else
#define FSC_ARENA_LARGE ((size_t)1 << 20)
#endif

typedef struct fsc_arena {
    const fsc_alloc *alloc;
    fsc_arena_block *block;         /* of small allocations, newest first */
    fsc_arena_block *large;         /* of one large allocation each, newest first */
    fsc_arena_defer_node *defer;    /* run newest first at reset and release */
    char *next, *end;               /* free room in `block` */
    char *last;                     /* the newest small allocation, which can grow in place */
    size_t held;                    /* bytes taken from alloc */
    bool failed;
} fsc_arena;

/* alloc NULL: the default. Takes no memory yet. */
void fsc_arena_init(fsc_arena *a, const fsc_alloc *alloc);

/* Runs the deferred calls and gives all memory back; the arena may be used again. */
void fsc_arena_release(fsc_arena *a);

/* Runs the deferred calls and forgets all allocations, keeping up to `keep` bytes for reuse. */
void fsc_arena_reset(fsc_arena *a, size_t keep);

/* `size` bytes, 16-byte aligned, not cleared. NULL when memory runs out. Size 0 gives a valid pointer. */
void *fsc_arena_alloc(fsc_arena *a, size_t size);

/* The same, cleared; count * size is checked for overflow. */
void *fsc_arena_calloc(fsc_arena *a, size_t count, size_t size);

/* Another size for an allocation, or a first one (ptr NULL): old_size must be the size it was asked for with. In place when it is the newest small one;
 * a large one moves, so ptr is no more; else the bytes are copied. NULL when memory runs out: ptr then stands. Unlike
 * those of fsc_arena_alloc, pages of a large one are not taken before they are written, so room ahead costs nothing. */
void *fsc_arena_grow(fsc_arena *a, void *ptr, size_t old_size, size_t new_size);

/* Gives an allocation of `size` bytes back if it is large; a small one waits for the reset. Nobody may use ptr again. NULL: nothing. */
void fsc_arena_drop(fsc_arena *a, void *ptr, size_t size);

/* A copy of v, NUL-ended beyond its length. {NULL, 0} when memory runs out. */
fsc_view fsc_arena_dup(fsc_arena *a, fsc_view v);

/* printf into the arena. {NULL, 0} when memory runs out. */
fsc_view fsc_arena_printf(fsc_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Calls fn(ptr) at the next reset or release: ties foreign memory to the arena. false: out of memory,
 * and fn(ptr) has been called already. */
bool fsc_arena_defer(fsc_arena *a, void (*fn)(void *), void *ptr);

/* `count` objects of a type, not cleared / cleared. */
#define FSC_NEW(arena, type) ((type *)fsc_arena_calloc((arena), 1, sizeof(type)))
#define FSC_NEW_N(arena, type, count) ((type *)fsc_arena_calloc((arena), (count), sizeof(type)))

#endif
