// Word processor files (Office Open XML): a zip whose word/document.xml holds paragraphs. One document, or the articles
// of Nexis Uni.

#include "ingest/nexis_p.h"

fsc_sniff fsc_ingest_docx_sniff(fsc_view head)
{
    if (!fsc_members_is_zip(head))
        return FSC_SNIFF_NO;
    bool office = fsc_view_find(head, FSC_LIT("[Content_Types].xml"), 0) != SIZE_MAX ||
                  fsc_view_find(head, FSC_LIT("_rels/.rels"), 0) != SIZE_MAX;
    bool word = fsc_view_find(head, FSC_LIT("word/"), 0) != SIZE_MAX;
    return office && word ? FSC_SNIFF_SURE : office ? FSC_SNIFF_MAYBE : FSC_SNIFF_NO;
}

typedef fsc_vec(fsc_view) views;

typedef struct reading {
    fsc_arena *arena;
    fsc_buf text; // of the paragraph at hand
    views para;
    fsc_view title;
    uint32_t depth, skip; // skip: depth of an element that is passed over; 0: none
    bool in_text, is_title, failed;
} reading;

static bool on_start(void *user, const fsc_xml_element *e)
{
    reading *r = user;
    r->depth++;
    if (r->skip)
        return true;
    // what older programs are shown instead is there twice
    if (fsc_view_is(e->name, "Fallback"))
        r->skip = r->depth;
    else if (fsc_view_is(e->name, "p"))
        r->is_title = false;
    else if (fsc_view_is(e->name, "pStyle"))
        r->is_title = fsc_view_is(fsc_xml_attribute_of(e, "val"), "Title");
    else if (fsc_view_is(e->name, "t"))
        r->in_text = true;
    else if (fsc_view_is(e->name, "tab") && fsc_view_is(e->prefix, "w"))
        fsc_buf_char(&r->text, '\t');
    else if (fsc_view_is(e->name, "br") || fsc_view_is(e->name, "cr"))
        fsc_buf_char(&r->text, '\n');
    return true;
}

static bool end_paragraph(reading *r)
{
    fsc_view text = fsc_arena_dup(r->arena, fsc_view_trim(fsc_buf_view(&r->text)));
    r->failed |= r->text.failed || !text.data || !fsc_vec_push(r->arena, &r->para, text);
    if (!r->failed && r->is_title && r->title.len == 0)
        r->title = text;
    fsc_buf_reset(&r->text, 1 << 16);
    return !r->failed;
}

static bool on_end(void *user, const fsc_xml_element *e)
{
    reading *r = user;
    bool skipped = r->skip > 0;
    if (r->skip == r->depth)
        r->skip = 0;
    r->depth--;
    if (skipped)
        return true;
    if (fsc_view_is(e->name, "t"))
        r->in_text = false;
    return fsc_view_is(e->name, "p") ? end_paragraph(r) : true;
}

static bool on_text(void *user, fsc_view text, uint32_t line)
{
    (void)line;
    reading *r = user;
    if (r->in_text && !r->skip)
        fsc_buf_addv(&r->text, text);
    return true;
}

// ---------------------------------------------------------------- the file

// The bytes of word/document.xml. 1 found, 0 there is none, < 0 failed.
static int find_document(fsc_ingest *in, fsc_view file, fsc_buf *out, fsc_err *err)
{
    fsc_members *m;
    fsc_member member;
    int rc = fsc_members_open_bytes(&m, file, in->alloc, err);
    if (rc)
        return rc;
    while ((rc = fsc_members_next(m, &member, err)) > 0)
        if (fsc_view_is(member.name, "word/document.xml"))
            break;
    int64_t n = rc > 0;
    while (rc > 0 && n > 0 && fsc_buf_room(out, 65536)) {
        n = fsc_members_pull(m, out->data + out->len, 65536, err);
        out->len += n > 0 ? (size_t)n : 0;
    }
    fsc_members_close(m);
    if (n < 0)
        return FSC_E_READ;
    if (out->failed == FSC_E_LIMIT)
        return fsc_err_set(err, FSC_E_LIMIT, "its text is larger than a record may be: raise --max-record");
    return out->failed ? fsc_err_nomem(err) : rc;
}

static int one_document(fsc_ingest *in, reading *r, fsc_err *err)
{
    fsc_buf text, json;
    fsc_json_writer w;
    fsc_piece *p = FSC_NEW(&in->cut.arena, fsc_piece);
    fsc_buf_init(&text, in->alloc, SIZE_MAX / 8);
    fsc_buf_init(&json, in->alloc, SIZE_MAX / 8);
    for (size_t i = 0; i < r->para.len; i++) {
        if (r->para.data[i].len == 0 || (r->title.len && r->para.data[i].data == r->title.data))
            continue;
        fsc_buf_adds(&text, text.len ? "\n\n" : "");
        fsc_buf_addv(&text, r->para.data[i]);
    }
    fsc_json_writer_init(&w, &json);
    fsc_json_open_object(&w);
    fsc_json_put(&w, "title", r->title);
    fsc_json_key(&w, "text");
    fsc_json_string(&w, fsc_buf_view(&text));
    fsc_json_close_object(&w);
    bool failed = !p || text.failed || json.failed;
    if (!failed) {
        p->data = fsc_arena_dup(&in->cut.arena, fsc_buf_view(&json));
        in->cut.piece = p;
        in->cut.piece_count = 1;
        in->cut.whole = true;
    }
    failed |= p && !p->data.data;
    fsc_buf_release(&text);
    fsc_buf_release(&json);
    return failed ? fsc_err_nomem(err) : FSC_OK;
}

static int read_paragraphs(fsc_ingest *in, fsc_view xml, fsc_err *err)
{
    reading r = {.arena = &in->cut.arena, .title = {"", 0}};
    fsc_xml_handler handler = {on_start, on_end, on_text, &r};
    fsc_buf_init(&r.text, in->alloc, xml.len * 8 + 4096);
    int rc = fsc_xml_parse(xml, &handler, &in->cut.arena, err);
    fsc_buf_release(&r.text);
    if (r.failed)
        return fsc_err_nomem(err);
    if (rc)
        return rc;
    return fsc_nexis_is(r.para.data, r.para.len) ? fsc_nexis_articles(in, r.para.data, r.para.len, err)
                                                 : one_document(in, &r, err);
}

static int read_file(fsc_ingest *in, fsc_err *err)
{
    fsc_view file = fsc_stream_rest(&in->cut.stream);
    fsc_buf xml;
    fsc_buf_init(&xml, in->alloc, (size_t)in->max_record + 65536);
    int rc = find_document(in, file, &xml, err);
    if (rc > 0)
        rc = read_paragraphs(in, fsc_buf_view(&xml), err);
    else if (rc == 0)
        rc = fsc_err_set(err, FSC_E_UNSUPPORTED, "an office file without word/document.xml");
    fsc_buf_release(&xml);
    fsc_cut_skip(in, file.len);
    return rc;
}

int fsc_ingest_docx_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return fsc_cut_pieces(in, out, read_file, arena, err);
}
