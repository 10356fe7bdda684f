/*
 * vec: a typed growing array in an arena.
 *
 *     fsc_vec(int) v = {0};
 *     if (!fsc_vec_push(&arena, &v, 7)) return fsc_err_nomem(err);
 *     for (size_t i = 0; i < v.len; i++) use(v.data[i]);
 *
 * Nobody may hold a pointer into a vec that grows. Doubling grows the newest allocation in place, leaves a small copy
 * behind in the arena otherwise, and moves a large one as a whole (base/arena.h). There is nothing to free, but a large
 * vec that is done with long before the arena's reset may be given back by fsc_vec_drop.
 */
#ifndef FSC_BASE_VEC_H
#define FSC_BASE_VEC_H

#include "base/arena.h"

#define fsc_vec(type)                                                                              \
    struct {                                                                                       \
        type *data;                                                                                \
        size_t len, cap;                                                                           \
    }

/* Appends a value; false when memory runs out (v is then unchanged). */
#define fsc_vec_push(arena, v, ...)                                                                \
    (((v)->len < (v)->cap ||                                                                       \
      fsc_vec_reserve_raw((arena), (void **)&(v)->data, &(v)->cap, (v)->len + 1,                   \
                          sizeof *(v)->data)) &&                                                   \
     ((v)->data[(v)->len++] = (__VA_ARGS__), true))

/* Room for `count` items in all. */
#define fsc_vec_reserve(arena, v, count)                                                           \
    ((count) <= (v)->cap ||                                                                        \
     fsc_vec_reserve_raw((arena), (void **)&(v)->data, &(v)->cap, (count), sizeof *(v)->data))

/* Empties v and gives its memory back if that is large. */
#define fsc_vec_drop(arena, v)                                                                     \
    (fsc_arena_drop((arena), (v)->data, (v)->cap * sizeof *(v)->data), (void)((v)->data = NULL),   \
     (void)((v)->len = (v)->cap = 0))

/* Used by the macros. */
bool fsc_vec_reserve_raw(fsc_arena *a, void **data, size_t *cap, size_t count, size_t size);

#endif
