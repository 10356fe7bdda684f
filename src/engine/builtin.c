#include "engine/engine_p.h"

// Made at build time from lexicons/*/*.tsv: the compiled image (by lexc), what the rooms look up in it (by rules),
// and the files themselves for `lexicon show` and for
// compiling a chosen few. The assembler includes both as they are: C arrays of a megabyte would cost the compiler seconds.

#if defined(__APPLE__)
#define BEGIN ".const_data\n"
#define END ".text\n"
#define SYMBOL "_"
#else
#define BEGIN ".section .rodata\n"
#define END ".text\n"
#define SYMBOL ""
#endif

#define INCLUDE(name, file)                                                                        \
    BEGIN ".balign 16\n" SYMBOL name ":\n.incbin \"" file "\"\n" SYMBOL name "_end:\n.byte 0\n" END

__asm__(INCLUDE("fsc_lexicon_image", FSC_LEXICON_IMAGE) INCLUDE("fsc_lexicon_rules", FSC_LEXICON_RULES)
            INCLUDE("fsc_lexicon_bundle", FSC_LEXICON_BUNDLE));

#define HIDDEN __attribute__((visibility("hidden")))
extern const char fsc_lexicon_image[] HIDDEN;
extern const char fsc_lexicon_image_end[] HIDDEN;
extern const char fsc_lexicon_rules[] HIDDEN;
extern const char fsc_lexicon_rules_end[] HIDDEN;
extern const char fsc_lexicon_bundle[] HIDDEN;
extern const char fsc_lexicon_bundle_end[] HIDDEN;

fsc_view fsc_builtin_image(void)
{
    return fsc_view_of(fsc_lexicon_image, (size_t)(fsc_lexicon_image_end - fsc_lexicon_image));
}

fsc_view fsc_builtin_rules(void)
{
    return fsc_view_of(fsc_lexicon_rules, (size_t)(fsc_lexicon_rules_end - fsc_lexicon_rules));
}

// "path size\n", then size bytes, for each file
bool fsc_builtin_next(fsc_view *rest, fsc_lexicon_source *out)
{
    if (!rest->data)
        *rest = fsc_view_of(fsc_lexicon_bundle, (size_t)(fsc_lexicon_bundle_end - fsc_lexicon_bundle));
    if (!rest->len)
        return false;
    fsc_view head = fsc_view_split(rest, '\n');
    *out = (fsc_lexicon_source){.path = fsc_view_split(&head, ' ')};
    int64_t size = 0;
    if (!rest->data || !fsc_view_int(fsc_view_trim(head), &size) || (size_t)size > rest->len)
        return false;
    out->bytes = fsc_view_slice(*rest, 0, (size_t)size);
    *rest = fsc_view_of(rest->data + size, rest->len - (size_t)size);
    return true;
}
