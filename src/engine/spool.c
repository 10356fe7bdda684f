#include "engine/spool_p.h"

#include "base/map.h"

// A packed record: head, article, hashes. It never leaves the machine or the run, so structs are written as they are.
typedef struct head {
    fsc_spooled version;
    fsc_chain_item item;
    uint32_t sketch, all; // hashes
} head;

int fsc_spool_open(fsc_spool *s, const char *folder, fsc_err *err)
{
    *s = (fsc_spool){0};
    fsc_arena_init(&s->sketches, NULL);
    fsc_arena_init(&s->items, NULL);
    fsc_arena_init(&s->versions, NULL);
    return fsc_temp_open(&s->file, folder, err);
}

void fsc_spool_close(fsc_spool *s)
{
    fsc_temp_close(&s->file);
    fsc_arena_release(&s->sketches);
    fsc_arena_release(&s->items);
    fsc_arena_release(&s->versions);
}

// ---------------------------------------------------------------- article <-> bytes

enum { FIELDS = 16 };

static void list_fields(fsc_article *a, fsc_view *field[FIELDS])
{
    fsc_view *all[FIELDS] = {&a->id,     &a->source,    &a->url,      &a->canonical, &a->kind, &a->genre,  &a->section, &a->title,
                             &a->author, &a->site,      &a->published, &a->modified,  &a->captured, &a->lang, &a->reason, &a->text};
    memcpy(field, all, sizeof all);
}

static void put_u32(fsc_buf *out, uint32_t n)
{
    fsc_buf_add(out, (const char *)&n, sizeof n);
}

static void put_view(fsc_buf *out, fsc_view v)
{
    put_u32(out, (uint32_t)v.len);
    fsc_buf_addv(out, v);
}

void fsc_spool_put_article(fsc_buf *out, const fsc_article *from)
{
    fsc_article a = *from;
    fsc_view *field[FIELDS];
    list_fields(&a, field);
    for (int i = 0; i < FIELDS; i++)
        put_view(out, *field[i]);
    put_u32(out, a.status);
    put_u32(out, a.text_start);
    put_u32(out, a.repaired);
    put_u32(out, (uint32_t)a.post | (uint32_t)a.deleted << 1);
    put_u32(out, (uint32_t)a.part_count);
    for (size_t i = 0; i < a.part_count; i++) {
        const fsc_part *p = &a.part[i];
        put_u32(out, p->start);
        put_u32(out, p->end);
        put_u32(out, (uint32_t)p->kind | (uint32_t)p->scored << 8 | (uint32_t)p->block_quote << 9);
        put_view(out, p->author);
    }
}

static uint32_t get_u32(fsc_view *in)
{
    uint32_t n = 0;
    memcpy(&n, in->data, sizeof n);
    *in = fsc_view_slice(*in, sizeof n, in->len);
    return n;
}

static fsc_view get_view(fsc_view *in)
{
    uint32_t len = get_u32(in);
    fsc_view v = fsc_view_slice(*in, 0, len);
    *in = fsc_view_slice(*in, len, in->len);
    return v;
}

bool fsc_spool_get_article(fsc_article *a, fsc_view in, fsc_arena *arena)
{
    fsc_view *field[FIELDS];
    *a = (fsc_article){0};
    list_fields(a, field);
    for (int i = 0; i < FIELDS; i++)
        *field[i] = get_view(&in);
    a->status = (fsc_record_status)get_u32(&in);
    a->text_start = get_u32(&in);
    a->repaired = get_u32(&in);
    uint32_t flags = get_u32(&in);
    a->post = flags & 1;
    a->deleted = flags >> 1 & 1;
    a->part_count = get_u32(&in);
    a->part = FSC_NEW_N(arena, fsc_part, a->part_count + 1);
    for (size_t i = 0; a->part && i < a->part_count; i++) {
        fsc_part *p = &a->part[i];
        p->start = get_u32(&in);
        p->end = get_u32(&in);
        uint32_t what = get_u32(&in);
        p->kind = (fsc_part_kind)(what & 0xFF);
        p->scored = what >> 8 & 1;
        p->block_quote = what >> 9 & 1;
        p->author = get_view(&in);
    }
    return a->part != NULL;
}

// ---------------------------------------------------------------- keys

static int64_t time_of(fsc_view date)
{
    int64_t t;
    return fsc_revision_time(&t, date) ? t : FSC_NO_TIME;
}

static uint64_t author_of(const fsc_article *a)
{
    uint64_t key = a->post && a->author.len ? fsc_hash64(a->author.data, a->author.len, fsc_hash64(a->site.data, a->site.len, 0)) : 0;
    return key;
}

static int describe(head *h, const fsc_article *a, fsc_arena *arena, fsc_err *err)
{
    fsc_view url = a->canonical.len ? a->canonical : a->url;
    fsc_view key = url.len ? fsc_revision_url_key(url, arena) : (fsc_view){0};
    if (url.len && !key.data && arena->failed)
        return fsc_err_nomem(err);
    h->version = (fsc_spooled){.author = author_of(a), .text = fsc_hash64(a->text.data, a->text.len, 0),
                               .status = (uint8_t)a->status, .deleted = a->deleted};
    h->item.url = key.len ? fsc_revision_key(key) : 0;
    h->item.id = a->id.len && !fsc_view_eq(a->id, a->source) ? fsc_revision_key(a->id) : 0;
    h->item.time[0] = time_of(a->captured);
    h->item.time[1] = time_of(a->modified);
    h->item.time[2] = time_of(a->published);
    return 0;
}

static int hash_text(fsc_shingles *out, const fsc_article *a, fsc_worker *w, fsc_err *err)
{
    fsc_text text = {0};
    int status = fsc_text_analyze(&text, a->text, a->part, a->part_count, w->types, &w->document, err);
    return status ? status : fsc_revision_shingles(out, &text, w->types, &w->document, err);
}

int fsc_spool_pack(fsc_buf *out, const fsc_article *a, uint64_t chain, fsc_worker *w, fsc_err *err)
{
    head h = {0};
    fsc_shingles s = {0};
    int status = describe(&h, a, &w->document, err);
    if (chain)
        h.item.url = fsc_revision_key(fsc_view_of((const char *)&chain, sizeof chain));
    if (!status && !h.item.url && fsc_record_scored(a->status))
        status = hash_text(&s, a, w, err);
    if (status)
        return status;
    h.item.sketch_count = (uint32_t)fsc_revision_sketch(&s);
    h.item.shingle_count = (uint32_t)s.count;
    h.item.brief = s.brief;
    size_t at = out->len;
    fsc_buf_add(out, (const char *)&h, sizeof h);
    fsc_spool_put_article(out, a);
    size_t end = out->len;
    if (s.count)
        fsc_buf_add(out, (const char *)s.hash, s.count * sizeof *s.hash);
    if (out->failed)
        return fsc_err_nomem(err);
    h.version.article_size = (uint32_t)(end - at - sizeof h);
    memcpy(out->data + at, &h, sizeof h);
    return 0;
}

static int take_sketch(fsc_spool *s, fsc_chain_item *item, fsc_view hashes, fsc_err *err)
{
    uint64_t *sketch = fsc_arena_alloc(&s->sketches, (item->sketch_count + 1) * sizeof *sketch);
    if (!sketch)
        return fsc_err_nomem(err);
    memcpy(sketch, hashes.data, item->sketch_count * sizeof *sketch);
    item->sketch = sketch;
    return 0;
}

int fsc_spool_take(fsc_spool *s, fsc_view records, fsc_err *err)
{
    while (records.len) {
        head h;
        memcpy(&h, records.data, sizeof h);
        size_t article = sizeof h + h.version.article_size, end = article + h.item.shingle_count * sizeof(uint64_t);
        // where the sketch is all there is, only the article is written
        bool more = h.item.shingle_count > h.item.sketch_count;
        int status = fsc_temp_append(&s->file, fsc_view_slice(records, sizeof h, more ? end : article), &h.version.place, err);
        if (!status && h.item.sketch_count)
            status = take_sketch(s, &h.item, fsc_view_slice(records, article, end), err);
        if (!status && (!fsc_vec_push(&s->items, &s->item, h.item) || !fsc_vec_push(&s->versions, &s->version, h.version)))
            status = fsc_err_nomem(err);
        if (status)
            return status;
        records = fsc_view_slice(records, end, records.len);
    }
    return 0;
}

int fsc_spool_ready(fsc_spool *s, fsc_err *err)
{
    return fsc_temp_flush(&s->file, err);
}

int fsc_spool_article(const fsc_spool *s, uint32_t version, fsc_article *out, fsc_arena *arena, fsc_err *err)
{
    const fsc_spooled *v = &s->version.data[version];
    char *bytes = fsc_arena_alloc(arena, v->article_size + 1);
    if (!bytes)
        return fsc_err_nomem(err);
    int status = fsc_temp_read(&s->file, v->place, bytes, v->article_size, err);
    if (!status && !fsc_spool_get_article(out, fsc_view_of(bytes, v->article_size), arena))
        status = fsc_err_nomem(err);
    return status;
}

int fsc_spool_shingles(void *user, uint32_t version, fsc_shingles *out, fsc_arena *arena, fsc_err *err)
{
    const fsc_spool *s = user;
    const fsc_spooled *v = &s->version.data[version];
    const fsc_chain_item *item = &s->item.data[version];
    *out = (fsc_shingles){fsc_arena_alloc(arena, (item->shingle_count + 1) * sizeof *out->hash), item->shingle_count, item->brief};
    if (!out->hash)
        return fsc_err_nomem(err);
    return fsc_temp_read(&s->file, v->place + v->article_size, out->hash, out->count * sizeof *out->hash, err);
}
