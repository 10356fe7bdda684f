/*
 * vec: a typed growing array in an arena.
 *
 *     fsc_vec(int) v = {0};
 *     if (!fsc_vec_push(&arena, &v, 7)) return fsc_err_nomem(err);
 *     for (size_t i = 0; i < v.len; i++) use(v.data[i]);
 *
 * Doubling leaves the old copy in the arena unless the vec was the newest allocation, which then grows
 * in place. There is nothing to free.
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

/* Used by the macros. */
bool fsc_vec_reserve_raw(fsc_arena *a, void **data, size_t *cap, size_t count, size_t size);

#endif
