#include "codec/streams.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#define MEMBER_FREE (UINT64_C(256) << 20)  /* bytes a member may give whatever its size */
#define MEMBER_RATIO 1000
#define BODY_FREE (UINT64_C(1) << 20)
#define BODY_RATIO 200
#define WINDOW_LOG 23
#define DICTIONARY_MAX (UINT32_C(8) << 20)
#define DICTIONARY_FRAME "\x5D\x2A\x4D\x18"
#define FRAME "\x28\xB5\x2F\xFD"
#define BODY_STEP 65536

struct fsc_unpack {
    const fsc_alloc *alloc;
    fsc_pack pack;
    bool has_z, inside;
    uint64_t used, made; // of the member begun
    z_stream z;
    ZSTD_DCtx *d;
};

// ---------------------------------------------------------------- what it is

static bool is_skippable(fsc_view head)
{
    return head.len >= 4 && ((unsigned char)head.data[0] & 0xF0) == 0x50 && memcmp(head.data + 1, "\x2A\x4D\x18", 3) == 0;
}

fsc_pack fsc_pack_of(fsc_view head)
{
    if (fsc_view_starts(head, FSC_LIT("\x1F\x8B\x08")) && (head.len < 4 || (unsigned char)head.data[3] < 0x20))
        return FSC_PACK_GZIP;
    return fsc_view_starts(head, FSC_LIT(FRAME)) || is_skippable(head) ? FSC_PACK_ZSTD : FSC_PACK_NONE;
}

const char *fsc_pack_name(fsc_pack pack)
{
    return pack == FSC_PACK_GZIP ? "gzip" : pack == FSC_PACK_ZSTD ? "zstd" : "none";
}

// ---------------------------------------------------------------- life

static voidpf z_alloc(voidpf user, uInt items, uInt size)
{
    const fsc_alloc *alloc = ((fsc_unpack *)user)->alloc;
    return alloc->alloc(alloc->user, (size_t)items * size);
}

static void z_free(voidpf user, voidpf ptr)
{
    const fsc_alloc *alloc = ((fsc_unpack *)user)->alloc;
    alloc->free(alloc->user, ptr);
}

// `bits` as inflateInit2 takes them: 31 gzip, 15 zlib, -15 raw deflate
static bool start_inflate(fsc_unpack *u, int bits)
{
    u->z = (z_stream){.zalloc = z_alloc, .zfree = z_free, .opaque = u};
    u->has_z = inflateInit2(&u->z, bits) == Z_OK;
    return u->has_z;
}

static bool start_zstd(fsc_unpack *u)
{
    u->d = ZSTD_createDCtx();
    return u->d && !ZSTD_isError(ZSTD_DCtx_setParameter(u->d, ZSTD_d_windowLogMax, WINDOW_LOG));
}

static fsc_unpack *new_unpack(fsc_pack pack, int bits, const fsc_alloc *alloc)
{
    fsc_unpack *u = alloc->alloc(alloc->user, sizeof *u);
    if (!u)
        return NULL;
    *u = (fsc_unpack){.alloc = alloc, .pack = pack};
    if (pack == FSC_PACK_ZSTD ? start_zstd(u) : start_inflate(u, bits))
        return u;
    fsc_unpack_free(u);
    return NULL;
}

void fsc_unpack_window(fsc_unpack *u, unsigned log)
{
    if (u->pack == FSC_PACK_ZSTD)
        ZSTD_DCtx_setParameter(u->d, ZSTD_d_windowLogMax, (int)log);
}

int fsc_unpack_new(fsc_unpack **out, fsc_pack pack, const fsc_alloc *alloc, fsc_err *err)
{
    *out = new_unpack(pack, 31, alloc ? alloc : fsc_alloc_default());
    return *out ? FSC_OK : fsc_err_nomem(err);
}

void fsc_unpack_free(fsc_unpack *u)
{
    if (!u)
        return;
    if (u->has_z)
        inflateEnd(&u->z);
    ZSTD_freeDCtx(u->d);
    u->alloc->free(u->alloc->user, u);
}

void fsc_unpack_restart(fsc_unpack *u)
{
    if (u->has_z)
        inflateReset(&u->z);
    if (u->d)
        ZSTD_DCtx_reset(u->d, ZSTD_reset_session_only);
    u->inside = false;
    u->used = u->made = 0;
}

// ---------------------------------------------------------------- steps

static int run_inflate(fsc_unpack *u, fsc_view in, char *out, size_t room, fsc_unpack_step *step, fsc_err *err)
{
    uInt give = in.len < 1u << 30 ? (uInt)in.len : 1u << 30, take = room < 1u << 30 ? (uInt)room : 1u << 30;
    u->z.next_in = (Bytef *)(uintptr_t)in.data;
    u->z.avail_in = give;
    u->z.next_out = (Bytef *)out;
    u->z.avail_out = take;
    int rc = inflate(&u->z, Z_NO_FLUSH);
    step->used = give - u->z.avail_in;
    step->made = take - u->z.avail_out;
    step->ended = rc == Z_STREAM_END;
    if (rc == Z_MEM_ERROR)
        return fsc_err_nomem(err);
    if (rc != Z_OK && rc != Z_BUF_ERROR && rc != Z_STREAM_END)
        return fsc_err_set(err, FSC_E_SYNTAX, "damaged gzip data (%s)", u->z.msg ? u->z.msg : "a dictionary is asked for");
    return FSC_OK;
}

static int run_zstd(fsc_unpack *u, fsc_view in, char *out, size_t room, fsc_unpack_step *step, fsc_err *err)
{
    ZSTD_inBuffer from = {in.data, in.len, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t rc = ZSTD_decompressStream(u->d, &to, &from);
    step->used = from.pos;
    step->made = to.pos;
    step->ended = rc == 0;
    if (!ZSTD_isError(rc))
        return FSC_OK;
    ZSTD_ErrorCode code = ZSTD_getErrorCode(rc);
    if (code == ZSTD_error_memory_allocation)
        return fsc_err_nomem(err);
    if (code == ZSTD_error_frameParameter_windowTooLarge)
        return fsc_err_set(err, FSC_E_LIMIT, "a window above the limit (--zstd-window 31 allows up to 2 GiB)");
    return fsc_err_set(err, FSC_E_SYNTAX, "damaged zstd data (%s)", ZSTD_getErrorName(rc));
}

int fsc_unpack_run(fsc_unpack *u, fsc_view in, char *out, size_t room, fsc_unpack_step *step, fsc_err *err)
{
    *step = (fsc_unpack_step){0};
    if (!u->inside)
        fsc_unpack_restart(u);
    u->inside = true;
    int rc = u->d ? run_zstd(u, in, out, room, step, err) : run_inflate(u, in, out, room, step, err);
    u->used += step->used;
    u->made += step->made;
    u->inside = !step->ended && !rc;
    if (!rc && u->made > MEMBER_FREE && u->made / MEMBER_RATIO > u->used)
        return fsc_err_set(err, FSC_E_LIMIT, "%s data that unpack to more than %d times their size",
                           fsc_pack_name(u->pack), MEMBER_RATIO);
    return rc;
}

// ---------------------------------------------------------------- dictionaries

uint64_t fsc_unpack_dictionary_size(fsc_view head)
{
    if (head.len < 8 || !fsc_view_starts(head, FSC_LIT(DICTIONARY_FRAME)))
        return 0;
    const unsigned char *p = (const unsigned char *)head.data + 4;
    return 8 + ((uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24);
}

static int load_dictionary(fsc_unpack *u, const char *data, size_t len, fsc_err *err)
{
    size_t rc = ZSTD_DCtx_loadDictionary(u->d, data, len);
    if (ZSTD_isError(rc) && ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation)
        return fsc_err_nomem(err);
    return ZSTD_isError(rc) ? fsc_err_set(err, FSC_E_SYNTAX, "a damaged zstd dictionary (%s)", ZSTD_getErrorName(rc))
                            : FSC_OK;
}

int fsc_unpack_dictionary(fsc_unpack *u, fsc_view bytes, fsc_err *err)
{
    if (!u->d)
        return fsc_err_set(err, FSC_E_INTERNAL, "a dictionary is for zstd alone");
    fsc_unpack_restart(u);
    if (!fsc_view_starts(bytes, FSC_LIT(FRAME)))
        return bytes.len > DICTIONARY_MAX ? fsc_err_set(err, FSC_E_LIMIT, "a zstd dictionary above 8 MiB")
                                          : load_dictionary(u, bytes.data, bytes.len, err);
    unsigned long long size = ZSTD_getFrameContentSize(bytes.data, bytes.len);
    size_t room = size < DICTIONARY_MAX ? (size_t)size : DICTIONARY_MAX;
    char *data = u->alloc->alloc(u->alloc->user, room + 1);
    if (!data)
        return fsc_err_nomem(err);
    fsc_unpack_step step;
    // one byte more than allowed tells what is too large
    int rc = fsc_unpack_run(u, bytes, data, room + 1, &step, err);
    if (!rc && !step.ended)
        rc = fsc_err_set(err, step.made > room ? FSC_E_LIMIT : FSC_E_SYNTAX, "a zstd dictionary %s",
                         step.made > room ? "above 8 MiB" : "that is cut short");
    fsc_unpack_restart(u);
    if (!rc)
        rc = load_dictionary(u, data, step.made, err);
    u->alloc->free(u->alloc->user, data);
    return rc;
}

// ---------------------------------------------------------------- bodies

static int too_large(fsc_err *err)
{
    return fsc_err_set(err, FSC_E_LIMIT, "the body unpacks to more than the limit of a record");
}

// All members into the buffer. What stands there when it fails is good.
static int unpack_into(fsc_buf *out, fsc_unpack *u, fsc_view body, fsc_err *err)
{
    size_t packed = body.len;
    while (body.len) {
        fsc_unpack_step step;
        if (!fsc_buf_room(out, BODY_STEP))
            return out->failed == FSC_E_NOMEM ? fsc_err_nomem(err) : too_large(err);
        int rc = fsc_unpack_run(u, body, out->data + out->len, BODY_STEP, &step, err);
        out->len += step.made;
        out->data[out->len] = 0;
        body = fsc_view_slice(body, step.used, body.len);
        if (rc)
            return rc;
        if (out->len > BODY_FREE && out->len / BODY_RATIO > packed)
            return fsc_err_set(err, FSC_E_LIMIT, "the body unpacks to more than %d times its size", BODY_RATIO);
        // what comes behind the end is junk unless it is another member
        if (step.ended && (u->pack == FSC_PACK_NONE || fsc_pack_of(body) != u->pack))
            break;
        if (!step.used && !step.made)
            break;
    }
    return FSC_OK;
}

typedef struct packing {
    fsc_pack pack;
    int bits;
} packing;

static int unpack_once(fsc_view *out, fsc_view body, packing p, size_t max, fsc_arena *arena, fsc_err *err)
{
    fsc_buf buf;
    fsc_unpack *u = new_unpack(p.pack, p.bits, arena->alloc ? arena->alloc : fsc_alloc_default());
    if (!u)
        return fsc_err_nomem(err);
    fsc_buf_init(&buf, arena->alloc, max + BODY_STEP);
    int rc = unpack_into(&buf, u, body, err);
    if (!rc && buf.len > max)
        rc = too_large(err);
    // raw deflate has no header to tell it from a text
    bool kept = buf.len > 0 && rc == FSC_E_SYNTAX && p.bits > 0;
    if (kept || !rc) {
        *out = fsc_arena_dup(arena, fsc_buf_view(&buf));
        rc = out->data ? FSC_OK : fsc_err_nomem(err);
    }
    fsc_buf_release(&buf);
    fsc_unpack_free(u);
    return rc;
}

int fsc_unpack_body(fsc_view *out, fsc_view body, fsc_view encoding, size_t max, fsc_arena *arena, fsc_err *err)
{
    bool deflate = fsc_view_eq_nocase(encoding, FSC_LIT("deflate"));
    bool gzip = fsc_view_eq_nocase(encoding, FSC_LIT("gzip")) || fsc_view_eq_nocase(encoding, FSC_LIT("x-gzip"));
    bool zstd = fsc_view_eq_nocase(encoding, FSC_LIT("zstd"));
    *out = body;
    if (encoding.len == 0 || body.len == 0 || fsc_view_eq_nocase(encoding, FSC_LIT("identity")))
        return FSC_OK;
    if (!deflate && !gzip && !zstd)
        return fsc_err_set(err, FSC_E_UNSUPPORTED, "a body in the encoding '%.*s'",
                           (int)(encoding.len < 40 ? encoding.len : 40), encoding.data);
    fsc_err why = FSC_ERR_INIT;
    fsc_pack pack = deflate ? FSC_PACK_NONE : gzip ? FSC_PACK_GZIP : FSC_PACK_ZSTD;
    // archives keep the header of a body that they unpacked
    if (!deflate && fsc_pack_of(body) != pack)
        return FSC_OK;
    int rc = unpack_once(out, body, (packing){pack, deflate ? 15 : 31}, max, arena, &why);
    if (deflate && rc == FSC_E_SYNTAX) {
        why = (fsc_err)FSC_ERR_INIT;
        rc = unpack_once(out, body, (packing){FSC_PACK_NONE, -15}, max, arena, &why);
    }
    if (deflate && rc == FSC_E_SYNTAX) {
        *out = body;
        return FSC_OK;
    }
    if (rc && err && !err->code)
        *err = why;
    return rc;
}
