#include "base/vec.h"

#define LARGE ((size_t)1 << 20)
#define AHEAD 8

bool fsc_vec_reserve_raw(fsc_arena *a, void **data, size_t *cap, size_t count, size_t size)
{
    if (count <= *cap)
        return true;
    size_t want = *cap ? *cap : 8, bytes;
    while (want < count)
        if (__builtin_mul_overflow(want, 2, &want))
            return false;
    // What becomes large goes on growing. Pages are not taken before they are written, so room far ahead costs nothing, and the system
    // moves blocks of that size without copying them.
    if (want > LARGE / size && *cap <= LARGE / size && __builtin_mul_overflow(want, AHEAD, &want))
        return false;
    if (__builtin_mul_overflow(want, size, &bytes)) {
        a->failed = true;
        return false;
    }
    void *grown = fsc_arena_grow(a, *data, *cap * size, bytes);
    if (!grown)
        return false;
    *data = grown;
    *cap = want;
    return true;
}
