#include "text/types_p.h"

#include "base/map.h"
#include "text/abbrev_p.h"
#include "text/fold_p.h"
#include "text/ucd_p.h"

enum { FIRST_SLOTS_LOG2 = 12, ARENA_KEEP = 256 << 10, ARENA_MAX = 8 << 20, GAP_KEEP = 1 << 18 };

#define LONG_MARK ((uint64_t)0xFF << 56) /* top byte of k1: no byte of UTF-8 */

/* ---------------------------------------------------------------- memory */

// A new table of slots for the spellings there are.
static bool make_slots(fsc_types *t, unsigned log2)
{
    size_t count = (size_t)1 << log2;
    uint32_t *slot = t->alloc->alloc(t->alloc->user, count * sizeof *slot);
    if (!slot)
        return false;
    memset(slot, 0xFF, count * sizeof *slot);
    if (t->slot)
        t->alloc->free(t->alloc->user, t->slot);
    t->slot = slot;
    t->shift = 64 - log2;
    t->slot_mask = (uint32_t)(count - 1);
    for (uint32_t k = 0; k < t->spelling_count; k++) {
        uint32_t i = fsc_types_home(t, t->spelling[k].k0, t->spelling[k].k1);
        while (slot[i] != FSC_NONE)
            i = (i + 1) & t->slot_mask;
        slot[i] = k;
    }
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
    free_array(t, t->slot);
    free_array(t, t->spelling);
    free_array(t, t->type);
    free_array(t, t->longs);
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
    free_array(t, t->spelling);
    free_array(t, t->type);
    free_array(t, t->longs);
    t->spelling = NULL;
    t->type = NULL;
    t->longs = NULL;
    t->count = t->cap = t->long_count = t->long_cap = t->spelling_count = t->spelling_cap = 0;
    t->generation++;
    // emptying must not fail: without memory for a smaller table the old one is kept
    if (!make_slots(t, FIRST_SLOTS_LOG2))
        memset(t->slot, 0xFF, ((size_t)t->slot_mask + 1) * sizeof *t->slot);
}

bool fsc_types_note_gap(fsc_types *t, uint32_t at)
{
    if (t->gap_count == t->gap_cap) {
        size_t more = t->gap_cap ? t->gap_cap * 2 : 4096;
        void *p = t->gap ? t->alloc->resize(t->alloc->user, t->gap, more * sizeof *t->gap)
                         : t->alloc->alloc(t->alloc->user, more * sizeof *t->gap);
        if (!p)
            return false;
        t->gap = p;
        t->gap_cap = more;
    }
    t->gap[t->gap_count++] = at;
    return true;
}

/* ---------------------------------------------------------------- what follows from a form */

static bool holds(fsc_view form, fsc_view part)
{
    return fsc_view_find(form, part, 0) != SIZE_MAX;
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
    if (is_url(form))
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

static fsc_type describe(fsc_view form)
{
    fsc_type type = {.form = form.data, .len = (uint32_t)form.len};
    if (!form.len)
        return type;
    type.flags = flags_of(form);
    if (form.len > FSC_ABBREV_LONGEST)
        return type;
    fsc_abbrev ab = fsc_abbrev_of(form);
    if (is_initial(form))
        ab = (fsc_abbrev){FSC_ABBREV_INITIAL, 0};
    else if (ab.kind == FSC_ABBREV_NONE && (type.flags & FSC_WORD_ABBREV))
        ab.kind = FSC_ABBREV_PLACE;
    type.kind = ab.kind;
    type.needs = ab.needs;
    if (fsc_abbrev_opens(form))
        type.traits |= FSC_TRAIT_OPENS;
    if (fsc_abbrev_month_name(form))
        type.traits |= FSC_TRAIT_MONTH;
    return type;
}

/* ---------------------------------------------------------------- keys */

typedef struct type_key {
    uint64_t k0, k1;
    bool is_long;
} type_key;

static type_key key_of(fsc_view spelling)
{
    if (spelling.len > FSC_KEY_MAX)
        return (type_key){fsc_hash64(spelling.data, spelling.len, 0), LONG_MARK, true};
    uint64_t k[2] = {0, 0};
    for (size_t i = 0; i < spelling.len; i++)
        k[i / 8] |= (uint64_t)(unsigned char)spelling.data[i] << (i % 8 * 8);
    return (type_key){k[0], k[1], false};
}

// The type of a spelling; FSC_NONE when it is not there.
static uint32_t find(const fsc_types *t, const type_key *key, fsc_view spelling)
{
    if (!key->is_long)
        return fsc_types_find(t, key->k0, key->k1);
    for (uint32_t i = fsc_types_home(t, key->k0, key->k1); t->slot[i] != FSC_NONE; i = (i + 1) & t->slot_mask) {
        const fsc_spelling *s = &t->spelling[t->slot[i]];
        if (s->k0 == key->k0 && s->k1 == LONG_MARK && fsc_view_eq(t->longs[s->more], spelling))
            return s->type;
    }
    return FSC_NONE;
}

// Enters a spelling of a type that is described. It must not be there yet. The bytes of a long one must live as long as the table's arena.
static bool enter(fsc_types *t, const type_key *key, fsc_view spelling, uint32_t type)
{
    bool full = ((uint64_t)t->spelling_count + 1) * 4 > (uint64_t)t->slot_mask + 1;
    if (!reserve(t, (void **)&t->spelling, &t->spelling_cap, t->spelling_count, sizeof *t->spelling) ||
        (full && !make_slots(t, 64 - t->shift + 1)))
        return false;
    uint32_t more = t->type[type].flags | (uint32_t)t->type[type].kind << FSC_SPELLING_KIND;
    if (key->is_long) {
        if (!reserve(t, (void **)&t->longs, &t->long_cap, t->long_count, sizeof *t->longs))
            return false;
        more = t->long_count;
        t->longs[t->long_count++] = spelling;
    }
    uint32_t i = fsc_types_home(t, key->k0, key->k1);
    while (t->slot[i] != FSC_NONE)
        i = (i + 1) & t->slot_mask;
    t->slot[i] = t->spelling_count;
    t->spelling[t->spelling_count++] = (fsc_spelling){key->k0, key->k1, type, more};
    return true;
}

// A new type. `form` must live as long as the table's arena.
static uint32_t new_type(fsc_types *t, const type_key *key, fsc_view form)
{
    if (!reserve(t, (void **)&t->type, &t->cap, t->count, sizeof *t->type))
        return FSC_NONE;
    t->type[t->count] = describe(form);
    return enter(t, key, form, t->count) ? t->count++ : FSC_NONE;
}

uint32_t fsc_types_add_short(fsc_types *t, uint64_t k0, uint64_t k1)
{
    char bytes[FSC_KEY_MAX];
    size_t len = 0;
    for (; len < FSC_KEY_MAX; len++) {
        bytes[len] = (char)((len < 8 ? k0 : k1) >> (len % 8 * 8));
        if (!bytes[len])
            break;
    }
    fsc_view form = fsc_arena_dup(&t->arena, fsc_view_of(bytes, len));
    if (!form.data)
        return FSC_NONE;
    return new_type(t, &(type_key){k0, k1, false}, form);
}

// `form` lives in the table's arena.
static uint32_t of_form(fsc_types *t, fsc_view form)
{
    type_key key = key_of(form);
    uint32_t id = find(t, &key, form);
    return id != FSC_NONE ? id : new_type(t, &key, form);
}

// Folds a spelling seen for the first time, and remembers it when it is not its own form.
static uint32_t of_new_spelling(fsc_types *t, fsc_view word, const type_key *key)
{
    fsc_view form = fsc_text_fold(&t->arena, word);
    if (!form.data)
        return FSC_NONE;
    // a word of nothing but dropped characters stands for itself
    if (!form.len)
        form = fsc_arena_dup(&t->arena, word);
    uint32_t id = form.data ? of_form(t, form) : FSC_NONE;
    if (id == FSC_NONE || fsc_view_eq(word, fsc_types_form(t, id)))
        return id;
    fsc_view own = word;
    if (key->is_long)
        own = fsc_arena_dup(&t->arena, word);
    return own.data && enter(t, key, own, id) ? id : FSC_NONE;
}

uint32_t fsc_types_of_key(fsc_types *t, uint64_t k0, uint64_t k1, fsc_view word)
{
    uint32_t id = fsc_types_find(t, k0, k1);
    return id != FSC_NONE ? id : of_new_spelling(t, word, &(type_key){k0, k1, false});
}

uint32_t fsc_types_of(fsc_types *t, fsc_view word)
{
    type_key key = key_of(word);
    uint32_t id = find(t, &key, word);
    return id != FSC_NONE ? id : of_new_spelling(t, word, &key);
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
    return fsc_types_of(t, form);
}
