/*
 * charset: bytes of a page -> valid UTF-8, by the WHATWG order: BOM, label from outside, <meta> in the first
 * 1,024 bytes, valid UTF-8, else windows-1252. Labels as in the WHATWG Encoding Standard; conversion by iconv.
 *
 * Two rules are ours, because archives hold pages that were saved in another charset than the one they name: a page
 * that is valid UTF-8 with characters beyond ASCII is UTF-8 whatever its <meta> says, and a page without a label
 * whose faults are few (one to eight good sequences) is damaged UTF-8.
 */
#ifndef FSC_CODEC_CHARSET_H
#define FSC_CODEC_CHARSET_H

#include "base/arena.h"
#include "base/err.h"

/* The bytes as valid UTF-8 (the input itself when it is), without a BOM. `html`: look for <meta>. *repaired counts
 * replaced sequences; *label names the charset used (static storage). Both may be NULL. FSC_E_NOMEM only. */
int fsc_charset_decode(fsc_view *out, fsc_view bytes, fsc_view outside_label, bool html, fsc_arena *arena,
                       uint32_t *repaired, const char **label, fsc_err *err);

/* The standard's name of the encoding with that label (case and blanks around it do not matter), or NULL. */
const char *fsc_charset_name(fsc_view label);

/*
 * UTF-16 to UTF-8, in pieces: as much of `in` as forms whole characters (all of it when at_end). `out` has room for
 * 3 bytes a unit (and 3 more). Returns the bytes written; *used: bytes read. Unpaired surrogates and an odd last byte
 * become U+FFFD and are added to *repaired.
 */
size_t fsc_charset_utf16(char *out, fsc_view in, bool big_endian, bool at_end, size_t *used, uint32_t *repaired);

/* Looks binary: NUL-heavy or a known magic (image, pdf, zip, gzip...). The reason, or NULL. Static storage. */
const char *fsc_charset_binary(fsc_view bytes);

#endif
