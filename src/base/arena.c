#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define ALIGN 16u
#define FIRST_BLOCK (16u << 10)
#define LARGEST_BLOCK (1u << 20)

struct fsc_arena_block {
    fsc_arena_block *older;
    fsc_arena_block *newer; /* kept of large ones only, which may leave the list anywhere */
    size_t size;            /* bytes of room behind the head */
};

struct fsc_arena_defer_node {
    fsc_arena_defer_node *older;
    void (*fn)(void *);
    void *ptr;
};

#define HEAD ((sizeof(fsc_arena_block) + ALIGN - 1) / ALIGN * ALIGN)

static void *default_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *default_resize(void *user, void *ptr, size_t size)
{
    (void)user;
    return realloc(ptr, size);
}

static void default_free(void *user, void *ptr)
{
    (void)user;
    free(ptr);
}

const fsc_alloc *fsc_alloc_default(void)
{
    static const fsc_alloc alloc = {default_alloc, default_resize, default_free, NULL};
    return &alloc;
}

void *fsc_alloc_zeroed(const fsc_alloc *alloc, size_t size)
{
    // memory fresh from the system is zero: calloc knows when it is
    if (alloc->alloc == default_alloc)
        return calloc(1, size);
    void *p = alloc->alloc(alloc->user, size);
    return p ? memset(p, 0, size) : NULL;
}

void fsc_arena_init(fsc_arena *a, const fsc_alloc *alloc)
{
    *a = (fsc_arena){.alloc = alloc ? alloc : fsc_alloc_default()};
}

static void run_deferred(fsc_arena *a)
{
    for (fsc_arena_defer_node *d = a->defer; d; d = d->older)
        d->fn(d->ptr);
    a->defer = NULL;
}

static void drop_block(fsc_arena *a)
{
    fsc_arena_block *b = a->block;
    a->block = b->older;
    a->held -= HEAD + b->size;
    a->alloc->free(a->alloc->user, b);
}

static void drop_large(fsc_arena *a)
{
    while (a->large) {
        fsc_arena_block *b = a->large;
        a->large = b->older;
        a->held -= HEAD + b->size;
        a->alloc->free(a->alloc->user, b);
    }
}

void fsc_arena_release(fsc_arena *a)
{
    run_deferred(a);
    drop_large(a);
    while (a->block)
        drop_block(a);
    fsc_arena_init(a, a->alloc);
}

void fsc_arena_reset(fsc_arena *a, size_t keep)
{
    run_deferred(a);
    drop_large(a);
    // the newest block is the largest: keeping it alone makes the next document one block
    while (a->block && (a->block->older || a->block->size > keep)) {
        fsc_arena_block *newest = a->block;
        if (newest->size <= keep && newest->older) {
            a->block = newest->older;
            drop_block(a);
            newest->older = a->block;
            a->block = newest;
        } else {
            drop_block(a);
        }
    }
    a->next = a->block ? (char *)a->block + HEAD : NULL;
    a->end = a->block ? a->next + a->block->size : NULL;
    a->last = NULL;
    a->failed = false;
}

#define POPULATE (128u << 10)

// what is written at once: asking for its pages together costs a tenth of one fault each
static void populate(char *start, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    const uintptr_t page = 4096;
    uintptr_t from = ((uintptr_t)start + page - 1) / page * page, to = ((uintptr_t)start + size) / page * page;
    // only a hint: where the kernel is older, the pages come one by one
    if (size >= POPULATE && to > from)
        (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
#else
    (void)start, (void)size;
#endif
}

static bool add_block(fsc_arena *a, size_t size)
{
    size_t room = FIRST_BLOCK;
    if (a->block)
        room = a->block->size < LARGEST_BLOCK ? a->block->size * 2 : LARGEST_BLOCK;
    if (room < size)
        room = size;
    fsc_arena_block *b = a->alloc->alloc(a->alloc->user, HEAD + room);
    if (!b) {
        a->failed = true;
        return false;
    }
    b->older = a->block;
    b->size = room;
    a->block = b;
    a->held += HEAD + room;
    a->next = (char *)b + HEAD;
    a->end = a->next + room;
    populate(a->next, size);
    return true;
}

// A large allocation, new (b NULL) or moved with what it holds.
static void *put_large(fsc_arena *a, fsc_arena_block *b, size_t size)
{
    size_t before = b ? HEAD + b->size : 0;
    fsc_arena_block *put = NULL;
    if (size <= SIZE_MAX / 2)
        put = b ? a->alloc->resize(a->alloc->user, b, HEAD + size) : a->alloc->alloc(a->alloc->user, HEAD + size);
    if (!put) {
        a->failed = true;
        return NULL;
    }
    if (!b) {
        put->older = a->large;
        put->newer = NULL;
    }
    put->size = size;
    *(put->newer ? &put->newer->older : &a->large) = put;
    if (put->older)
        put->older->newer = put;
    a->held += HEAD + size - before;
    return (char *)put + HEAD;
}

static fsc_arena_block *large_of(void *ptr)
{
    return (fsc_arena_block *)(void *)((char *)ptr - HEAD);
}

void *fsc_arena_alloc(fsc_arena *a, size_t size)
{
    if (size >= FSC_ARENA_LARGE) {
        char *large = put_large(a, NULL, size);
        if (large)
            populate(large, size);
        return large;
    }
    size_t take = size ? (size + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    if (!a->next || (size_t)(a->end - a->next) < take)
        if (!add_block(a, take))
            return NULL;
    a->last = a->next;
    a->next += take;
    return a->last;
}

void *fsc_arena_calloc(fsc_arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        a->failed = true;
        return NULL;
    }
    void *p = fsc_arena_alloc(a, bytes);
    if (p)
        memset(p, 0, bytes);
    return p;
}

void *fsc_arena_grow(fsc_arena *a, void *ptr, size_t old_size, size_t new_size)
{
    bool large = new_size >= FSC_ARENA_LARGE;
    if (ptr && large && old_size >= FSC_ARENA_LARGE)
        return put_large(a, large_of(ptr), new_size);
    size_t take = (new_size + ALIGN - 1) / ALIGN * ALIGN;
    if (ptr && ptr == a->last && !large && (size_t)(a->end - a->last) >= take) {
        a->next = a->last + take;
        return ptr;
    }
    void *p = large ? put_large(a, NULL, new_size) : fsc_arena_alloc(a, new_size);
    if (p && ptr) {
        memcpy(p, ptr, old_size < new_size ? old_size : new_size);
        fsc_arena_drop(a, ptr, old_size);
    }
    return p;
}

void fsc_arena_drop(fsc_arena *a, void *ptr, size_t size)
{
    if (!ptr || size < FSC_ARENA_LARGE)
        return;
    fsc_arena_block *b = large_of(ptr);
    *(b->newer ? &b->newer->older : &a->large) = b->older;
    if (b->older)
        b->older->newer = b->newer;
    a->held -= HEAD + b->size;
    a->alloc->free(a->alloc->user, b);
}

fsc_view fsc_arena_dup(fsc_arena *a, fsc_view v)
{
    char *p = v.len == SIZE_MAX ? NULL : fsc_arena_alloc(a, v.len + 1);
    if (!p)
        return (fsc_view){NULL, 0};
    if (v.len)
        memcpy(p, v.data, v.len);
    p[v.len] = 0;
    return (fsc_view){p, v.len};
}

fsc_view fsc_arena_printf(fsc_arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *p = len < 0 ? NULL : fsc_arena_alloc(a, (size_t)len + 1);
    if (p)
        vsnprintf(p, (size_t)len + 1, fmt, again);
    va_end(again);
    return p ? (fsc_view){p, (size_t)len} : (fsc_view){NULL, 0};
}

bool fsc_arena_defer(fsc_arena *a, void (*fn)(void *), void *ptr)
{
    fsc_arena_defer_node *d = fsc_arena_alloc(a, sizeof *d);
    if (!d) {
        fn(ptr);
        return false;
    }
    *d = (fsc_arena_defer_node){a->defer, fn, ptr};
    a->defer = d;
    return true;
}
