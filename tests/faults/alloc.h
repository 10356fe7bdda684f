/* alloc: memory that fails at the call numbered fail_at, and a count of what is alive. Linked with --wrap (Makefile); one program includes it once. */
#ifndef FSC_TESTS_FAULTS_ALLOC_H
#define FSC_TESTS_FAULTS_ALLOC_H

#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *ptr, size_t size);
void __real_free(void *ptr);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *ptr, size_t size);
void __wrap_free(void *ptr);

static long fail_at = -1, calls, live;

void *__wrap_malloc(size_t size)
{
    if (++calls == fail_at)
        return NULL;
    void *p = __real_malloc(size);
    live += p != NULL;
    return p;
}

void *__wrap_calloc(size_t count, size_t size)
{
    if (++calls == fail_at)
        return NULL;
    void *p = __real_calloc(count, size);
    live += p != NULL;
    return p;
}

void *__wrap_realloc(void *ptr, size_t size)
{
    if (++calls == fail_at)
        return NULL;
    void *p = __real_realloc(ptr, size);
    live += p && !ptr;
    return p;
}

void __wrap_free(void *ptr)
{
    live -= ptr != NULL;
    __real_free(ptr);
}

#endif
