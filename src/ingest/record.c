// A JSON object to an item.

#include "ingest/ingest_p.h"

// ---------------------------------------------------------------- values as text

static const fsc_json *name_of(const fsc_json *v)
{
    static const char *const keys[] = {"name", "display_name", "displayName", "title", "username", "screen_name"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const fsc_json *name = fsc_json_get(v, keys[i]);
        if (name && name->kind == FSC_JSON_STRING)
            return name;
    }
    return NULL;
}

static fsc_view plain_text(const fsc_json *v)
{
    return fsc_json_text(v && v->kind == FSC_JSON_OBJECT ? name_of(v) : v);
}

int fsc_json_plain(fsc_view *out, const fsc_json *v, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_view){"", 0};
    if (!v || v->kind != FSC_JSON_ARRAY) {
        *out = plain_text(v);
        return FSC_OK;
    }
    size_t len = 0, at = 0;
    for (const fsc_json *c = v->child; c; c = c->next)
        len += plain_text(c).len + 2;
    char *text = fsc_arena_alloc(arena, len);
    if (!text)
        return fsc_err_nomem(err);
    for (const fsc_json *c = v->child; c; c = c->next) {
        fsc_view one = plain_text(c);
        if (one.len == 0)
            continue;
        memcpy(text + at, ", ", at ? 2 : 0);
        at += at ? 2 : 0;
        memcpy(text + at, one.data, one.len);
        at += one.len;
    }
    *out = fsc_view_of(text, at);
    return FSC_OK;
}

// ---------------------------------------------------------------- members by name

typedef struct members {
    const fsc_json **value;
    fsc_view *key;
    fsc_view *name; /* the key, or empty: nothing in it */
    size_t count;
} members;

static bool has_text(const fsc_json *v)
{
    return fsc_json_text(v).len > 0;
}

static int list_members(members *m, const fsc_json *object, fsc_arena *arena, fsc_err *err)
{
    size_t count = 0;
    for (const fsc_json *c = object->child; c; c = c->next)
        count++;
    m->value = FSC_NEW_N(arena, const fsc_json *, count);
    m->key = FSC_NEW_N(arena, fsc_view, count);
    m->name = FSC_NEW_N(arena, fsc_view, count);
    m->count = 0;
    if (!m->value || !m->key || !m->name)
        return fsc_err_nomem(err);
    for (const fsc_json *c = object->child; c; c = c->next, m->count++) {
        m->value[m->count] = c;
        m->key[m->count] = c->key;
    }
    return FSC_OK;
}

// Members without a value do not compete for a field, but an empty text that stands alone is an empty text.
static void name_members(members *m, const fsc_field_map *map)
{
    for (size_t i = 0; i < m->count; i++) {
        const fsc_json *c = m->value[i];
        bool mapped = false;
        for (int f = 0; f < FSC_FIELD_COUNT; f++)
            mapped |= map->has[f] && fsc_view_eq(map->name[f], c->key);
        bool something = c->kind != FSC_JSON_NULL && (c->kind != FSC_JSON_STRING || c->text.len > 0);
        m->name[i] = something || mapped ? c->key : (fsc_view){"", 0};
    }
}

static const fsc_json *matched(const members *m, const fsc_field_match *match, fsc_field_id f)
{
    return match->at[f] >= 0 ? m->value[match->at[f]] : NULL;
}

static int take_metadata(const members *m, const fsc_field_match *match, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    for (int f = FSC_FIELD_ID; f < FSC_FIELD_COUNT; f++) {
        fsc_view *slot = fsc_field_slot(out, (fsc_field_id)f);
        const fsc_json *v = matched(m, match, (fsc_field_id)f);
        if (!v || slot->len)
            continue;
        int rc = fsc_json_plain(slot, v, arena, err);
        if (!rc)
            rc = fsc_clean(slot, fsc_view_trim(*slot), arena, NULL, err);
        if (!rc && (f == FSC_FIELD_PUBLISHED || f == FSC_FIELD_MODIFIED || f == FSC_FIELD_CAPTURED))
            rc = fsc_ingest_date(slot, *slot, arena, err);
        if (rc)
            return rc;
    }
    // trafilatura and others call the address `source`
    if (out->url.len == 0 &&
        (fsc_view_starts(out->site, FSC_LIT("http://")) || fsc_view_starts(out->site, FSC_LIT("https://")))) {
        out->url = out->site;
        out->site = (fsc_view){"", 0};
    }
    return FSC_OK;
}

// Nothing holds text. A member that should is empty; otherwise a title may stand alone.
static int no_content(const members *m, const fsc_field_map *map, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    fsc_field_match match;
    for (size_t i = 0; i < m->count; i++)
        m->name[i] = m->value[i]->key;
    fsc_field_match_names(&match, m->name, m->count, map);
    const fsc_json *text = matched(m, &match, FSC_FIELD_TEXT), *html = matched(m, &match, FSC_FIELD_HTML);
    if (text || html) {
        fsc_view key = text ? text->key : html->key;
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "\"%.*s\" is empty", (int)key.len, key.data);
    }
    const fsc_view *mapped = map->has[FSC_FIELD_TEXT]   ? &map->name[FSC_FIELD_TEXT]
                             : map->has[FSC_FIELD_HTML] ? &map->name[FSC_FIELD_HTML]
                                                        : NULL;
    if (out->title.len == 0 && mapped && mapped->len)
        return fsc_item_fail(out, FSC_RECORD_BAD_JSON, arena, err,
                             "the record has no \"%.*s\", which --map takes for the text", (int)mapped->len,
                             mapped->data);
    if (out->title.len == 0)
        return fsc_item_fail(out, FSC_RECORD_BAD_JSON, arena, err,
                             "the record has no \"text\" and no \"html\": name its field with --map text=NAME");
    // titles without texts, as some news databases export them
    if (out->kind.len == 0)
        out->kind = FSC_LIT("headline");
    out->format = FSC_FORMAT_TEXT;
    out->content = (fsc_view){"", 0};
    return FSC_OK;
}

static int take_content(const members *m, const fsc_field_match *match, const fsc_field_map *map, fsc_item *out,
                        fsc_arena *arena, fsc_err *err)
{
    const fsc_json *text = matched(m, match, FSC_FIELD_TEXT), *html = matched(m, match, FSC_FIELD_HTML);
    if (match->rival >= 0 && text) {
        fsc_view a = m->name[match->rival], b = text->key;
        return fsc_item_fail(out, FSC_RECORD_BAD_JSON, arena, err,
                             "\"%.*s\" and \"%.*s\" could both be the text: choose with --map text=NAME", (int)b.len,
                             b.data, (int)a.len, a.data);
    }
    const fsc_json *content = has_text(text) ? text : has_text(html) ? html : NULL;
    if (!content)
        return no_content(m, map, out, arena, err);
    if (content->kind != FSC_JSON_STRING)
        return fsc_item_fail(out, FSC_RECORD_BAD_JSON, arena, err, "\"%.*s\" is no string", (int)content->key.len,
                             content->key.data);
    out->format = content == text ? FSC_FORMAT_TEXT : fsc_html_format(content->text);
    if (content == html)
        out->charset = FSC_LIT("utf-8");
    int rc = fsc_clean(&out->content, content->text, arena, &out->repaired, err);
    if (!rc && fsc_ingest_skip_blanks(content->text).len == 0)
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "nothing but blanks");
    return rc;
}

static int take_keep(const fsc_ingest *in, const fsc_json *object, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    for (size_t i = 0; i < in->keep_count; i++) {
        const fsc_json *found = NULL;
        for (const fsc_json *c = object->child; c; c = c->next)
            if (fsc_view_eq(c->key, in->keep[i]))
                found = c;
        fsc_view text = {"", 0};
        int rc = FSC_OK;
        if (found && found->kind == FSC_JSON_BOOL)
            text = found->boolean ? FSC_LIT("true") : FSC_LIT("false");
        else
            rc = fsc_json_plain(&text, found, arena, err);
        if (!rc)
            rc = fsc_clean(&out->keep[i].value, text, arena, NULL, err);
        if (rc)
            return rc;
    }
    return FSC_OK;
}

// The value of a member, for what is special to a service.
static fsc_view value_of(const void *record, const char *name)
{
    const fsc_json *v = fsc_json_get(record, name);
    if (v && v->kind == FSC_JSON_BOOL)
        return v->boolean ? FSC_LIT("true") : FSC_LIT("false");
    return fsc_json_text(v);
}

// What the file says of all its records.
static void take_defaults(const fsc_table *t, fsc_item *out)
{
    if (!t)
        return;
    out->site = out->site.len ? out->site : t->site;
    out->lang = out->lang.len ? out->lang : t->lang;
    out->author = out->author.len ? out->author : t->author;
}

// An object, its service, and which of its members is which field.
typedef struct matching {
    members m;
    const fsc_service *service;
    fsc_field_map own;        // --map with what the service says
    const fsc_field_map *map; // the one that counts
    fsc_field_match match;
} matching;

static void match_members(const fsc_ingest *in, matching *x)
{
    x->map = &in->map;
    if (x->service) {
        fsc_service_map(&x->own, x->service, &in->map, x->m.key, x->m.count);
        x->map = &x->own;
    }
    name_members(&x->m, x->map);
    fsc_field_match_names(&x->match, x->m.name, x->m.count, x->map);
}

// Lists the members. 1: they are fields; 0: *out is the post that it is, < 0 failed.
static int open_record(const fsc_ingest *in, const fsc_raw *raw, const fsc_json *v, matching *x, fsc_item *out,
                       fsc_arena *arena, fsc_err *err)
{
    int rc = list_members(&x->m, v, arena, err);
    if (rc)
        return rc;
    x->service = fsc_service_of(x->m.key, x->m.count);
    bool mapped = in->map.has[FSC_FIELD_TEXT] || in->map.has[FSC_FIELD_HTML];
    rc = x->service || mapped ? 0 : fsc_social_parse(v, raw, out, arena, err);
    return rc < 0 ? rc : rc == 0;
}

int fsc_record_parse(const fsc_ingest *in, const fsc_raw *raw, const fsc_json *v, fsc_item *out, fsc_arena *arena,
                     fsc_err *err)
{
    if (v->kind != FSC_JSON_OBJECT)
        return fsc_item_fail(out, FSC_RECORD_BAD_JSON, arena, err, "the record is no JSON object");
    matching x;
    int rc = take_keep(in, v, out, arena, err);
    if (!rc)
        rc = open_record(in, raw, v, &x, out, arena, err);
    if (rc != 1)
        return rc;
    match_members(in, &x);
    rc = take_metadata(&x.m, &x.match, out, arena, err);
    take_defaults(raw->table, out);
    if (!rc)
        rc = take_content(&x.m, &x.match, x.map, out, arena, err);
    return rc || !x.service ? rc : fsc_service_finish(x.service, value_of, v, out, arena, err);
}

static int note_record(fsc_ingest *in, const fsc_raw *raw, fsc_arena *arena, fsc_err *err)
{
    fsc_json *v;
    fsc_item item;
    matching x;
    int rc = fsc_json_record(&v, NULL, raw->data, arena, NULL);
    if (rc || v->kind != FSC_JSON_OBJECT)
        return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : FSC_OK;
    memset(&item, 0, sizeof item);
    item.source = raw->source;
    rc = open_record(in, raw, v, &x, &item, arena, err);
    if (rc != 1)
        return rc;
    match_members(in, &x);
    return fsc_field_note(in, "fields", x.service, &x.match, x.m.name, err);
}

int fsc_record_note(fsc_ingest *in, const fsc_raw *raw, fsc_err *err)
{
    // the record is parsed again when its turn comes: a large one must not stay in memory twice
    fsc_arena own;
    fsc_arena_init(&own, NULL);
    int rc = note_record(in, raw, &own, err);
    fsc_arena_release(&own);
    return rc;
}
