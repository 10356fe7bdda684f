#include "codec/html_p.h"

#include "base/map.h"

static const struct {
    char name[12];
    uint8_t len, flags;
} tags[FSC_TAG_COUNT] = {
#define V FSC_TAG_VOID
#define P FSC_TAG_CLOSES_P
#define S FSC_TAG_SPECIAL
#define B FSC_TAG_BARRIER
#define I FSC_TAG_INLINE
#define T(id, name, flags) {name, sizeof(name) - 1, flags},
    {"", 0, I}, // unknown elements are inline, as in a browser
#include "codec/html_tag.def"
#undef T
#undef V
#undef P
#undef S
#undef B
#undef I
};

fsc_tag fsc_html_tag(fsc_view name)
{
    // The first element of each letter; html_tag.def is in byte order of the names.
    static const uint8_t first[27] = {
        FSC_TAG_A,      FSC_TAG_B,   FSC_TAG_CANVAS, FSC_TAG_DATA,  FSC_TAG_EM,    FSC_TAG_FIELDSET, FSC_TAG_H1,
        FSC_TAG_H1,     FSC_TAG_I,   FSC_TAG_KBD,    FSC_TAG_KBD,   FSC_TAG_LABEL, FSC_TAG_MAIN,     FSC_TAG_NAV,
        FSC_TAG_OBJECT, FSC_TAG_P,   FSC_TAG_Q,      FSC_TAG_RP,    FSC_TAG_S,     FSC_TAG_TABLE,    FSC_TAG_U,
        FSC_TAG_VAR,    FSC_TAG_WBR, FSC_TAG_XMP,    FSC_TAG_COUNT, FSC_TAG_COUNT, FSC_TAG_COUNT};
    if (name.len == 0 || name.len > 10 || name.data[0] < 'a' || name.data[0] > 'z')
        return FSC_TAG_OTHER;
    unsigned letter = (unsigned)(name.data[0] - 'a');
    for (unsigned t = first[letter]; t < first[letter + 1]; t++)
        if (tags[t].len == name.len && memcmp(tags[t].name, name.data, name.len) == 0)
            return (fsc_tag)t;
    return FSC_TAG_OTHER;
}

unsigned fsc_html_tag_flags(fsc_tag t)
{
    return (unsigned)t < FSC_TAG_COUNT ? tags[t].flags : 0;
}

const char *fsc_html_tag_name(fsc_tag t)
{
    return (unsigned)t < FSC_TAG_COUNT ? tags[t].name : "";
}

uint64_t fsc_html_key(fsc_tag tag, fsc_view name)
{
    return tag != FSC_TAG_OTHER ? (uint64_t)tag : fsc_hash64(name.data, name.len, 0) | 1024;
}

static bool is_heading(fsc_tag t)
{
    return t >= FSC_TAG_H1 && t <= FSC_TAG_H6;
}

static bool is_pre(fsc_tag t)
{
    return t == FSC_TAG_PRE || t == FSC_TAG_LISTING || t == FSC_TAG_TEXTAREA || t == FSC_TAG_XMP;
}

// Elements down to and with the innermost one of `a` or `b`, when no element of `stop` comes first.
static size_t reach(const fsc_html_stack *s, fsc_tag a, fsc_tag b, bool (*stop)(fsc_tag t))
{
    for (size_t n = 1; n <= s->depth; n++) {
        fsc_tag t = s->open[s->depth - n].tag;
        if (t == a || t == b)
            return n;
        if (stop(t))
            return 0;
    }
    return 0;
}

static bool stops_p(fsc_tag t)
{
    return (tags[t].flags & FSC_TAG_BARRIER) || t == FSC_TAG_BUTTON;
}

static bool stops_item(fsc_tag t)
{
    return (tags[t].flags & FSC_TAG_SPECIAL) && t != FSC_TAG_ADDRESS && t != FSC_TAG_DIV && t != FSC_TAG_P;
}

static bool stops_cell(fsc_tag t)
{
    return t == FSC_TAG_TABLE || t == FSC_TAG_TR || t == FSC_TAG_TEMPLATE;
}

static bool stops_row(fsc_tag t)
{
    return t == FSC_TAG_TABLE || t == FSC_TAG_TEMPLATE;
}

static bool stops_special(fsc_tag t)
{
    return tags[t].flags & FSC_TAG_SPECIAL;
}

size_t fsc_html_closed_by_start(const fsc_html_stack *s, fsc_tag tag)
{
    if (s->depth == 0)
        return 0;
    size_t n = 0;
    switch (tag) {
    case FSC_TAG_LI:
        n = s->count[FSC_TAG_LI] ? reach(s, FSC_TAG_LI, FSC_TAG_LI, stops_item) : 0;
        break;
    case FSC_TAG_DD:
    case FSC_TAG_DT:
        n = reach(s, FSC_TAG_DD, FSC_TAG_DT, stops_item);
        break;
    case FSC_TAG_OPTION:
    case FSC_TAG_OPTGROUP:
        return s->open[s->depth - 1].tag == FSC_TAG_OPTION;
    case FSC_TAG_TD:
    case FSC_TAG_TH:
        return reach(s, FSC_TAG_TD, FSC_TAG_TH, stops_cell);
    case FSC_TAG_TR:
        return reach(s, FSC_TAG_TR, FSC_TAG_TR, stops_row);
    case FSC_TAG_TBODY:
    case FSC_TAG_THEAD:
    case FSC_TAG_TFOOT:
        n = reach(s, FSC_TAG_TBODY, FSC_TAG_THEAD, stops_row);
        return n ? n : reach(s, FSC_TAG_TFOOT, FSC_TAG_TR, stops_row);
    case FSC_TAG_A:
        return s->count[FSC_TAG_A] ? reach(s, FSC_TAG_A, FSC_TAG_A, stops_special) : 0;
    default:
        if (is_heading(tag) && is_heading(s->open[s->depth - 1].tag))
            return 1;
        break;
    }
    if (n || !(tags[tag].flags & FSC_TAG_CLOSES_P) || !s->count[FSC_TAG_P])
        return n;
    return reach(s, FSC_TAG_P, FSC_TAG_P, stops_p);
}

static bool stops_end(fsc_tag end, fsc_tag open)
{
    if (end == FSC_TAG_TABLE || end == FSC_TAG_TEMPLATE)
        return false;
    if (end == FSC_TAG_TR || end == FSC_TAG_TBODY || end == FSC_TAG_THEAD || end == FSC_TAG_TFOOT)
        return open == FSC_TAG_TABLE;
    if (end == FSC_TAG_LI && (open == FSC_TAG_UL || open == FSC_TAG_OL))
        return true;
    if (end == FSC_TAG_A || (tags[end].flags & (FSC_TAG_SPECIAL | FSC_TAG_CLOSES_P)))
        return tags[open].flags & FSC_TAG_BARRIER;
    return tags[open].flags & FSC_TAG_SPECIAL;
}

size_t fsc_html_closed_by_end(fsc_html_stack *s, fsc_tag tag, uint64_t key)
{
    if (s->swallow[key % 1024]) {
        s->swallow[key % 1024]--;
        return 0;
    }
    if (!s->count[key % 1024] && !is_heading(tag))
        return 0;
    for (size_t n = 1; n <= s->depth; n++) {
        const fsc_html_open *o = &s->open[s->depth - n];
        if (o->key != key && !(is_heading(tag) && is_heading(o->tag))) {
            if (stops_end(tag, o->tag))
                return 0;
            continue;
        }
        // `</a>` closes blocks inside it; their own end tags, still to come, must not close others.
        for (size_t i = 1; tag == FSC_TAG_A && i < n; i++)
            s->swallow[s->open[s->depth - i].key % 1024]++;
        return n;
    }
    return 0;
}

bool fsc_html_push(fsc_html_stack *s, fsc_tag tag, uint64_t key, fsc_view name)
{
    if (s->depth == FSC_HTML_DEPTH) {
        s->swallow[key % 1024]++;
        return false;
    }
    fsc_html_open *o = &s->open[s->depth++];
    o->tag = tag;
    o->key = key;
    o->len = (uint8_t)(name.len < sizeof o->name ? name.len : sizeof o->name);
    memcpy(o->name, name.data, o->len);
    s->count[key % 1024]++;
    s->pre += is_pre(tag);
    return true;
}

const fsc_html_open *fsc_html_pop(fsc_html_stack *s)
{
    const fsc_html_open *o = &s->open[--s->depth];
    s->count[o->key % 1024]--;
    s->pre -= is_pre(o->tag);
    return o;
}
