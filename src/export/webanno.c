#include "export/export_p.h"

// W3C Web Annotation (recommendation of 2017): an Annotation a cue, one a line. Positions are characters, as TextPositionSelector wants them.

#define AROUND 32u  // bytes of prefix and suffix, cut to whole characters

static void key_text(fsc_json_writer *w, const char *key, fsc_view v)
{
    fsc_json_key(w, key);
    fsc_json_string(w, v);
}

static void key_name(fsc_json_writer *w, const char *key, const char *name)
{
    key_text(w, key, fsc_view_cstr(name));
}

static fsc_view before(fsc_view text, uint32_t at)
{
    uint32_t from = at > AROUND ? at - AROUND : 0;
    while (from < at && ((unsigned char)text.data[from] & 0xC0) == 0x80)
        from++;
    return fsc_view_slice(text, from, at);
}

static fsc_view after(fsc_view text, uint32_t at)
{
    size_t to = text.len - at > AROUND ? at + AROUND : text.len;
    while (to < text.len && to > at && ((unsigned char)text.data[to] & 0xC0) == 0x80)
        to--;
    return fsc_view_slice(text, at, to);
}

static void put_target(fsc_json_writer *w, const fsc_analysis *a, const fsc_cue *c, const fsc_units *u)
{
    fsc_view text = a->article.text, url = a->article.url.len ? a->article.url : a->article.canonical;
    fsc_json_key(w, "target");
    fsc_json_open_object(w);
    key_text(w, "source", url.len ? url : a->article.source);
    fsc_json_key(w, "selector");
    fsc_json_open_array(w);
    fsc_json_open_object(w);
    key_name(w, "type", "TextQuoteSelector");
    key_text(w, "exact", fsc_view_slice(text, c->start, c->end));
    key_text(w, "prefix", before(text, c->start));
    key_text(w, "suffix", after(text, c->end));
    fsc_json_close_object(w);
    fsc_json_open_object(w);
    key_name(w, "type", "TextPositionSelector");
    fsc_json_key(w, "start");
    fsc_json_u64(w, fsc_units_of(u, c->start));
    fsc_json_key(w, "end");
    fsc_json_u64(w, fsc_units_of(u, c->end));
    fsc_json_close_object(w);
    fsc_json_close_array(w);
    fsc_json_close_object(w);
}

static void put_tag(fsc_json_writer *w, fsc_view value)
{
    fsc_json_open_object(w);
    key_name(w, "type", "TextualBody");
    key_name(w, "purpose", "tagging");
    key_text(w, "value", value);
    fsc_json_close_object(w);
}

// dimension.category, then whose voice, the speaker, and that it is not scored
static void put_bodies(fsc_json_writer *w, const fsc_analysis *a, const fsc_cue *c, fsc_arena *scratch)
{
    fsc_view dimension = a->schema->dimension[c->dimension].name, category = a->schema->category[c->category].name;
    fsc_json_key(w, "body");
    fsc_json_open_array(w);
    put_tag(w, fsc_arena_printf(scratch, "%.*s.%.*s", (int)dimension.len, dimension.data, (int)category.len, category.data));
    put_tag(w, fsc_arena_printf(scratch, "voice:%s", fsc_voice_name((fsc_voice)c->voice)));
    if (c->by->name.len)
        put_tag(w, fsc_arena_printf(scratch, "speaker:%.*s", (int)c->by->name.len, c->by->name.data));
    if (!c->scored)
        put_tag(w, fsc_arena_printf(scratch, "not-scored:%s", fsc_why_name((fsc_why)c->why)));
    fsc_json_close_array(w);
}

void fsc_export_webanno(const fsc_export *x, const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out)
{
    fsc_units u;
    char hash[17];
    if (!fsc_units_init(&u, a->article.text, FSC_UNIT_CHARS, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    fsc_content_hash(hash, a->article.text);
    for (size_t i = 0; i < a->cue_count; i++) {
        fsc_json_writer w;
        fsc_json_writer_init(&w, out);
        fsc_json_open_object(&w);
        key_name(&w, "@context", "http://www.w3.org/ns/anno.jsonld");
        key_text(&w, "id", fsc_arena_printf(scratch, "urn:framescope:%s:%.*s:%zu", hash, (int)x->opt.run.len, x->opt.run.data, i));
        key_name(&w, "type", "Annotation");
        key_name(&w, "motivation", "classifying");
        fsc_json_key(&w, "generator");
        fsc_json_open_object(&w);
        key_name(&w, "type", "Software");
        key_name(&w, "name", "framescope " FSC_VERSION);
        fsc_json_close_object(&w);
        put_bodies(&w, a, &a->cue[i], scratch);
        put_target(&w, a, &a->cue[i], &u);
        fsc_json_close_object(&w);
        fsc_buf_char(out, '\n');
    }
    if (scratch->failed)
        out->failed = FSC_E_NOMEM;
}
