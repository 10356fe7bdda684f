#include "text/types_p.h"

#include "base/map.h"
#include "text/abbrev_p.h"
#include "text/fold_p.h"
#include "text/key_p.h"
#include "text/ucd_p.h"

enum { FIRST_SLOTS_LOG2 = 12, CACHE_LINE = 64, ARENA_KEEP = 256 << 10, ARENA_MAX = 8 << 20, GAP_KEEP = 1 << 18 };

/* ---------------------------------------------------------------- memory */

static fsc_spelling *free_slot(const fsc_types *t, fsc_key key)
{
    uint32_t i = fsc_types_home(t, fsc_key_hash(key));
    while (t->slot[i].type != FSC_NONE)
        i = (i + 1) & t->slot_mask;
    return &t->slot[i];
}

// No key has bytes of nothing but ones.
static void clear_slots(fsc_types *t)
{
    memset(t->slot, 0xFF, ((size_t)t->slot_mask + 1) * sizeof *t->slot);
}

// A table of empty slots, which begin with a cache line: none lies across the border of two. false: all is as it was.
static bool make_slots(fsc_types *t, unsigned log2)
{
    size_t count = (size_t)1 << log2;
    char *memory = t->alloc->alloc(t->alloc->user, count * sizeof *t->slot + CACHE_LINE);
    if (!memory)
        return false;
    t->slots = memory;
    t->slot = (fsc_spelling *)(void *)(memory + (CACHE_LINE - (uintptr_t)memory % CACHE_LINE));
    t->shift = 64 - (log2 - 1);
    t->slot_mask = (uint32_t)(count - 1);
    clear_slots(t);
    return true;
}

static bool double_slots(fsc_types *t)
{
    const fsc_spelling *old = t->slot;
    size_t count = (size_t)t->slot_mask + 1;
    void *memory = t->slots;
    if (!make_slots(t, 64 - t->shift + 2))
        return false;
    for (size_t i = 0; i < count; i++)
        if (old[i].type != FSC_NONE)
            *free_slot(t, (fsc_key){old[i].k0, old[i].k1}) = old[i];
    t->alloc->free(t->alloc->user, memory);
    return true;
}

// Makes room for one more item in an array owned by the table.
static bool reserve(fsc_types *t, void **data, uint32_t *cap, uint32_t len, size_t size)
{
    if (len < *cap)
        return true;
    if (*cap > UINT32_MAX / 2 - 1)
        return false;
    uint32_t more = *cap ? *cap * 2 : 1024;
    void *p =
        *data ? t->alloc->resize(t->alloc->user, *data, more * size) : t->alloc->alloc(t->alloc->user, more * size);
    if (!p)
        return false;
    *data = p;
    *cap = more;
    return true;
}

int fsc_types_new(fsc_types **out, const fsc_alloc *alloc, fsc_err *err)
{
    *out = NULL;
    if (!alloc)
        alloc = fsc_alloc_default();
    fsc_types *t = alloc->alloc(alloc->user, sizeof *t);
    if (!t)
        return fsc_err_nomem(err);
    *t = (fsc_types){.alloc = alloc};
    fsc_arena_init(&t->arena, alloc);
    fsc_abbrev_filter_fill(&t->abbrevs);
    if (!make_slots(t, FIRST_SLOTS_LOG2)) {
        fsc_types_free(t);
        return fsc_err_nomem(err);
    }
    *out = t;
    return FSC_OK;
}

static void free_array(const fsc_types *t, void *p)
{
    if (p)
        t->alloc->free(t->alloc->user, p);
}

void fsc_types_free(fsc_types *t)
{
    if (!t)
        return;
    fsc_arena_release(&t->arena);
    free_array(t, t->slots);
    free_array(t, t->type);
    free_array(t, t->gap);
    free_array(t, t);
}

void fsc_types_trim(fsc_types *t)
{
    if (t->gap_cap > GAP_KEEP) {
        free_array(t, t->gap);
        t->gap = NULL;
        t->gap_cap = 0;
    }
    if (t->spelling_count <= FSC_TYPES_MAX && t->arena.held <= ARENA_MAX)
        return;
    fsc_arena_reset(&t->arena, ARENA_KEEP);
    free_array(t, t->type);
    t->type = NULL;
    t->count = t->cap = t->spelling_count = 0;
    t->generation++;
    // emptying must not fail: without memory for a smaller table the old one is kept
    void *memory = t->slots;
    if (make_slots(t, FIRST_SLOTS_LOG2))
        free_array(t, memory);
    else
        clear_slots(t);
}

bool fsc_types_grow_gaps(fsc_types *t)
{
    size_t more = t->gap_cap ? t->gap_cap * 2 : 4096;
    void *p = t->gap ? t->alloc->resize(t->alloc->user, t->gap, more * sizeof *t->gap)
                     : t->alloc->alloc(t->alloc->user, more * sizeof *t->gap);
    if (!p)
        return false;
    t->gap = p;
    t->gap_cap = more;
    return true;
}

/* ---------------------------------------------------------------- what follows from a form */

static bool holds(fsc_view form, fsc_view part)
{
    return fsc_view_find(form, part, 0) != SIZE_MAX;
}

// Without one of these a form is no link.
static bool has_link_mark(fsc_view form)
{
    bool any = false;
    for (size_t i = 0; i < form.len; i++)
        any |= form.data[i] == '.' || form.data[i] == '@' || form.data[i] == '/';
    return any;
}

static bool is_url(fsc_view form)
{
    size_t at = fsc_view_find(form, FSC_LIT("@"), 0);
    size_t dot = fsc_view_find(form, FSC_LIT("."), 0);
    size_t slash = fsc_view_find(form, FSC_LIT("/"), 0);
    if (at != SIZE_MAX && at > 0)
        return true;
    if (dot == SIZE_MAX || at == 0)
        return holds(form, FSC_LIT("://"));
    bool host = slash != SIZE_MAX && dot < slash && fsc_ascii_letter((unsigned char)form.data[slash - 1]);
    return host || holds(form, FSC_LIT("://")) || (form.len > 4 && memcmp(form.data, "www.", 4) == 0);
}

static bool is_emoji(fsc_view form, fsc_ucd first)
{
    if (first.wb == WB_REGIONALINDICATOR || (first.flags & FSC_UCD_EMOJI))
        return true;
    if ((first.flags & FSC_UCD_PICT) && !(first.flags & FSC_UCD_LETTER))
        return true;
    return form.len >= 4 && memcmp(form.data + form.len - 3, "\xE2\x83\xA3", 3) == 0;
}

static bool starts_with_digit(const unsigned char *s, uint32_t len, fsc_char first)
{
    if ((first.ucd.flags & FSC_UCD_CURRENCY) && first.len < len)
        first = fsc_char_at(s, first.len, len);
    return first.ucd.wb == WB_NUMERIC || (first.ucd.flags & FSC_UCD_NUMBER);
}

// Nothing but a to z: most forms
static bool is_plain(fsc_view form)
{
    for (size_t i = 0; i < form.len; i++)
        if ((unsigned)(unsigned char)form.data[i] - 'a' >= 26)
            return false;
    return true;
}

static uint32_t flags_of(fsc_view form)
{
    if (is_plain(form))
        return FSC_WORD_ALPHA;
    const unsigned char *s = (const unsigned char *)form.data;
    uint32_t flags = 0, len = (uint32_t)form.len;
    fsc_char first = fsc_char_at(s, 0, len);
    if (is_emoji(form, first.ucd))
        return FSC_WORD_EMOJI;
    for (uint32_t i = 0; i < len;) {
        fsc_char c = fsc_char_at(s, i, len);
        i += c.len;
        if (c.ucd.flags & FSC_UCD_LETTER) {
            flags |= FSC_WORD_ALPHA;
            break;
        }
    }
    if (starts_with_digit(s, len, first))
        flags |= FSC_WORD_NUMBER;
    if (first.cp == '@')
        flags |= FSC_WORD_MENTION;
    if (first.cp == '#')
        flags |= FSC_WORD_HASHTAG;
    if (len > 2 && memcmp(s + len - 2, "'s", 2) == 0)
        flags |= FSC_WORD_POSSESSIVE;
    if (s[len - 1] == '.')
        flags |= FSC_WORD_ABBREV;
    if (has_link_mark(form) && is_url(form))
        flags = (flags & FSC_WORD_ALPHA) | FSC_WORD_URL;
    return flags;
}

// One letter and a stop: "j."
static bool is_initial(fsc_view form)
{
    if (form.len < 2 || form.data[form.len - 1] != '.')
        return false;
    fsc_char c = fsc_char_at((const unsigned char *)form.data, 0, (uint32_t)form.len);
    return c.len + 1 == form.len && (c.ucd.flags & FSC_UCD_LETTER);
}

static fsc_type describe(const fsc_types *t, fsc_view form, fsc_key key)
{
    fsc_type type = {.form = form.data, .len = (uint32_t)form.len};
    if (!form.len)
        return type;
    type.flags = flags_of(form);
    if (form.len > FSC_ABBREV_LONGEST)
        return type;
    bool stop = form.data[form.len - 1] == '.';
    fsc_abbrev ab = {FSC_ABBREV_NONE, 0};
    if (stop)
        key = fsc_types_key(fsc_view_slice(form, 0, form.len - 1));
    if (fsc_abbrev_listed(&t->abbrevs, fsc_key_hash(key))) {
        ab = fsc_abbrev_of(form);
        type.traits =
            (fsc_abbrev_opens(form) ? FSC_TRAIT_OPENS : 0) | (fsc_abbrev_month_name(form) ? FSC_TRAIT_MONTH : 0);
    }
    if (is_initial(form))
        ab = (fsc_abbrev){FSC_ABBREV_INITIAL, 0};
    else if (ab.kind == FSC_ABBREV_NONE && (type.flags & FSC_WORD_ABBREV))
        ab.kind = FSC_ABBREV_PLACE;
    type.kind = ab.kind;
    type.needs = ab.needs;
    return type;
}

/* ---------------------------------------------------------------- keys */

fsc_key fsc_types_key(fsc_view spelling)
{
    if (spelling.len > FSC_KEY_MAX)
        return (fsc_key){fsc_hash64(spelling.data, spelling.len, 0), FSC_KEY_LONG + spelling.len};
    unsigned char bytes[FSC_KEY_MAX] = {0};
    memcpy(bytes, spelling.data, spelling.len);
    fsc_key key = fsc_key_load_within(bytes, 0);
    return (fsc_key){key.k0 | fsc_capitals(key.k0), key.k1 | fsc_capitals(key.k1)};
}

// Enters a spelling of a type that is described. It must not be there yet. The bytes of a long one must live as long as
// the arena.
static const fsc_spelling *enter(fsc_types *t, fsc_key key, const char *bytes, uint32_t type)
{
    bool full = ((uint64_t)t->spelling_count + 1) * 2 > (uint64_t)t->slot_mask + 1;
    if (full && !double_slots(t))
        return NULL;
    fsc_spelling *s = free_slot(t, key);
    const fsc_type *of = &t->type[type];
    *s = (fsc_spelling){key.k0, key.k1, bytes, type, (uint16_t)of->flags, of->kind};
    t->spelling_count++;
    return s;
}

// A form that is not there yet, as a type and its spelling. `form` must live as long as the table's arena.
static const fsc_spelling *add_form(fsc_types *t, fsc_view form, fsc_key key)
{
    if (!form.data || !reserve(t, (void **)&t->type, &t->cap, t->count, sizeof *t->type))
        return NULL;
    t->type[t->count] = describe(t, form, key);
    const fsc_spelling *s = enter(t, key, form.data, t->count);
    t->count += s != NULL;
    return s;
}

// A short spelling of nothing but ASCII: what its key holds is its form.
static bool is_own_form(fsc_key key)
{
    return !((key.k0 | key.k1) & 0x8080808080808080u);
}

const fsc_spelling *fsc_types_enter(fsc_types *t, fsc_key key, fsc_view word)
{
    if (is_own_form(key)) {
        unsigned char bytes[FSC_KEY_MAX];
        fsc_key_store(bytes, key);
        return add_form(t, fsc_arena_dup(&t->arena, fsc_view_of((const char *)bytes, word.len)), key);
    }
    fsc_view form = fsc_text_fold(&t->arena, word);
    // a word of nothing but dropped characters stands for itself
    if (form.data && !form.len)
        form = fsc_arena_dup(&t->arena, word);
    if (!form.data)
        return NULL;
    fsc_key own = fsc_types_key(form);
    const fsc_spelling *s = fsc_types_find(t, own, form.data);
    if (!s)
        s = add_form(t, form, own);
    if (!s || fsc_spelling_is(s, key, word.data))
        return s;
    uint32_t type = s->type;
    if (word.len > FSC_KEY_MAX && !(word = fsc_arena_dup(&t->arena, word)).data)
        return NULL;
    return enter(t, key, word.data, type);
}

/* ---------------------------------------------------------------- the door */

uint32_t fsc_types_generation(const fsc_types *t)
{
    return t->generation;
}

uint32_t fsc_types_count(const fsc_types *t)
{
    return t->count;
}

fsc_view fsc_types_form(const fsc_types *t, uint32_t type)
{
    return type < t->count ? fsc_view_of(t->type[type].form, t->type[type].len) : (fsc_view){"", 0};
}

uint32_t fsc_types_flags(const fsc_types *t, uint32_t type)
{
    return type < t->count ? t->type[type].flags : 0;
}

uint32_t fsc_types_intern(fsc_types *t, fsc_view form)
{
    if (!form.len)
        form = FSC_LIT("");
    const fsc_spelling *s = fsc_types_meet(t, fsc_types_key(form), form);
    return s ? s->type : FSC_NONE;
}
