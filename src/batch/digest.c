#include <stdio.h>

#include <nettle/sha2.h>

#include "batch/batch.h"

struct fsc_digest {
    const fsc_alloc *alloc;
    struct sha256_ctx sha;
};

int fsc_digest_new(fsc_digest **out, const fsc_alloc *alloc, fsc_err *err)
{
    alloc = alloc ? alloc : fsc_alloc_default();
    fsc_digest *d = *out = alloc->alloc(alloc->user, sizeof *d);
    if (!d)
        return fsc_err_nomem(err);
    d->alloc = alloc;
    sha256_init(&d->sha);
    return FSC_OK;
}

void fsc_digest_add(fsc_digest *d, fsc_view bytes)
{
    sha256_update(&d->sha, bytes.len, (const uint8_t *)bytes.data);
}

void fsc_digest_hex(const fsc_digest *d, char out[65])
{
    struct sha256_ctx copy = d->sha;
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(&copy, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

void fsc_digest_free(fsc_digest *d)
{
    if (d)
        d->alloc->free(d->alloc->user, d);
}
