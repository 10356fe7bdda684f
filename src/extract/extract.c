#include "extract/meta_p.h"

#define EMPTY ((fsc_view){"", 0})

static void copy_record(fsc_article *out, const fsc_item *item, const fsc_extract_options *opt)
{
    *out = (fsc_article){.id = item->id,
                         .source = item->source,
                         .url = item->url,
                         .canonical = item->canonical,
                         .kind = item->kind,
                         .genre = item->genre,
                         .section = item->section,
                         .title = item->title,
                         .author = item->author,
                         .site = item->site,
                         .published = item->published,
                         .modified = item->modified,
                         .captured = item->captured,
                         .lang = item->lang,
                         .status = item->status,
                         .reason = item->reason,
                         .text = EMPTY,
                         .repaired = item->repaired,
                         .post = item->post,
                         .deleted = item->deleted,
                         .has_comments = opt->comments,
                         .keep = item->keep,
                         .keep_count = item->keep_count};
}

// metadata of texts and fragments can only come from the record
static int name_sources(fsc_article *out, fsc_arena *arena, fsc_err *err)
{
    const struct {
        const char *name;
        fsc_view value;
    } field[] = {{"url", out->url},
                 {"canonical", out->canonical},
                 {"kind", out->kind},
                 {"genre", out->genre},
                 {"section", out->section},
                 {"title", out->title},
                 {"author", out->author},
                 {"site", out->site},
                 {"published", out->published},
                 {"modified", out->modified},
                 {"lang", out->lang}};
    size_t count = sizeof field / sizeof *field;
    out->from = FSC_NEW_N(arena, fsc_field, count);
    if (!out->from)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < count; i++)
        if (field[i].value.len)
            out->from[out->from_count++] = (fsc_field){fsc_view_cstr(field[i].name), FSC_LIT("record")};
    return 0;
}

static void reject(fsc_article *out, fsc_record_status status, const char *reason)
{
    out->status = status;
    out->reason = fsc_view_cstr(reason);
}

static bool is_blank_text(fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        if ((unsigned char)v.data[i] > ' ')
            return false;
    return true;
}

static int finish_parts(fsc_article *out, const fsc_writer *w, fsc_view text, fsc_err *err)
{
    if (w->failed)
        return fsc_err_nomem(err);
    out->text = text.len ? text : EMPTY;
    out->part = w->part.data;
    out->part_count = w->part.len;
    if (is_blank_text(out->text) && out->status == FSC_RECORD_OK)
        reject(out, FSC_RECORD_EMPTY, "no text found");
    return 0;
}

int fsc_writer_finish(fsc_article *out, fsc_writer *w, fsc_err *err)
{
    return finish_parts(out, w, fsc_view_of(w->text.data, w->text.len), err);
}

static void write_headline(fsc_writer *w, fsc_view title, const fsc_extract_options *opt)
{
    if (!opt->text_only)
        fsc_writer_part(w, "", title, (fsc_part){.kind = FSC_PART_HEADLINE, .scored = true});
}

// ---------------------------------------------------------------- plain text

// Paragraphs stand between blank lines; the text itself is not touched.
static void add_paragraphs(fsc_writer *w, fsc_view text, uint32_t from)
{
    const char *s = text.data;
    for (size_t i = from, n = text.len; i < n && !w->failed;) {
        while (i < n && (unsigned char)s[i] <= ' ')
            i++;
        size_t end = i, last = i;
        while (end < n) {
            const char *line = memchr(s + end, '\n', n - end);
            size_t stop = line ? (size_t)(line - s) : n;
            if (is_blank_text(fsc_view_of(s + end, stop - end)))
                break;
            last = stop;
            end = stop + (line != NULL);
        }
        while (last > i && (unsigned char)s[last - 1] <= ' ')
            last--;
        fsc_part p = {.start = (uint32_t)i, .end = (uint32_t)last, .kind = FSC_PART_BODY, .scored = true};
        if (last > i && !fsc_vec_push(w->arena, &w->part, p))
            w->failed = true;
        i = end > i ? end : i + 1;
    }
}

static int extract_text(fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena,
                        fsc_err *err)
{
    fsc_writer w = {.arena = arena};
    fsc_view text = item->content;
    if (!opt->keep_mark && fsc_view_starts(text, FSC_LIT("\xEF\xBB\xBF")))
        text = fsc_view_slice(text, 3, text.len);
    if (opt->headline_first_line && !item->title.len && !item->post) {
        fsc_view rest = text, first = {"", 0};
        while (rest.data && is_blank_text(first))
            first = fsc_view_split(&rest, '\n');
        out->title = fsc_view_trim(first);
        text = rest.data ? rest : EMPTY;
        while (text.len && (unsigned char)*text.data <= ' ')
            text = fsc_view_slice(text, 1, text.len);
    }
    if (!item->post)
        write_headline(&w, fsc_view_trim(out->title), opt);
    size_t gap = w.text.len ? 2 : 0;
    if (!gap && !w.failed) {
        add_paragraphs(&w, text, 0);
        return finish_parts(out, &w, text, err);
    }
    if (!fsc_vec_reserve(arena, &w.text, w.text.len + gap + text.len + 1))
        return fsc_err_nomem(err);
    memcpy(w.text.data + w.text.len, "\n\n", gap);
    out->text_start = (uint32_t)(w.text.len + gap);
    memcpy(w.text.data + out->text_start, text.data, text.len);
    w.text.len = out->text_start + text.len;
    add_paragraphs(&w, fsc_view_of(w.text.data, w.text.len), out->text_start);
    return fsc_writer_finish(out, &w, err);
}

// ---------------------------------------------------------------- HTML

// The label of a meta element beyond the first 1,024 bytes, where archives and scripts push it. Browsers find it there.
static fsc_view late_charset(fsc_view page)
{
    fsc_view head = fsc_view_slice(page, 0, 128u << 10);
    for (size_t at = fsc_view_find(head, FSC_LIT("<meta"), 0); at != SIZE_MAX;
         at = fsc_view_find(head, FSC_LIT("<meta"), at + 5)) {
        const char *gt = memchr(head.data + at, '>', head.len - at);
        fsc_view tag = fsc_view_slice(head, at, gt ? (size_t)(gt - head.data) : head.len);
        size_t from = fsc_view_find(tag, FSC_LIT("charset="), 0);
        if (from == SIZE_MAX)
            continue;
        from += strlen("charset=");
        while (from < tag.len && (tag.data[from] == '"' || tag.data[from] == '\'' || tag.data[from] == ' '))
            from++;
        size_t end = from;
        while (end < tag.len && !strchr("\"'; />", tag.data[end]))
            end++;
        return fsc_view_slice(tag, from, end);
    }
    return EMPTY;
}

static int read_page(fsc_page *page, fsc_article *out, const fsc_item *item, fsc_err *err)
{
    const char *label = NULL;
    uint32_t repaired = 0;
    int status =
        fsc_charset_decode(&page->html, item->content, item->charset, true, page->scratch, &repaired, &label, err);
    if (!status && !item->charset.len && label && strcmp(label, "windows-1252") == 0) {
        fsc_view late = late_charset(item->content); // nothing better was known than the last resort
        if (late.len)
            status = fsc_charset_decode(&page->html, item->content, late, true, page->scratch, &repaired, &label, err);
    }
    out->repaired += repaired;
    if (status)
        return status;
    status = fsc_page_parse(page, err);
    return status ? status : fsc_page_blocks(page) ? 0 : fsc_err_nomem(err);
}

// A fragment is all text: nothing in it is furniture.
static int extract_fragment(fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena,
                            fsc_arena *scratch, fsc_err *err)
{
    fsc_page page = {.html = item->content, .scratch = scratch, .arena = arena};
    fsc_writer w = {.arena = arena};
    int status = fsc_page_parse(&page, err);
    if (status)
        return status;
    if (!fsc_page_blocks(&page))
        return fsc_err_nomem(err);
    fsc_page_keep_all(&page);
    if (!item->post)
        write_headline(&w, fsc_view_trim(out->title), opt);
    size_t head = w.text.len;
    fsc_page_write(&page, 0, page.block.len, &w, opt);
    out->text_start = head && w.text.len > head ? (uint32_t)head + 2 : 0;
    return fsc_writer_finish(out, &w, err);
}

#define SHORT_TEXT 200   /* so much more the page must say in JSON-LD than it shows, for that to be taken */
#define WALLED_TEXT 1200 /* a longer text of an article that is not free is taken for the whole */

int fsc_page_load(fsc_page *page, fsc_article *out, const fsc_item *item, fsc_err *err)
{
    int status = read_page(page, out, item, err);
    if (status)
        return status;
    fsc_page_mark(page, FSC_MARK_ALL);
    status = fsc_page_meta(out, item, page, err);
    if (status)
        return status;
    if (page->post_end || page->post_text.len)
        fsc_page_keep_post(page);
    else
        fsc_page_reduce(page, out->title);
    return page->failed ? fsc_err_nomem(err) : 0;
}

static int extract_page(fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena,
                        fsc_arena *scratch, fsc_err *err)
{
    fsc_page page = {.scratch = scratch, .arena = arena};
    fsc_writer w = {.arena = arena};
    const char *binary = fsc_charset_binary(item->content);
    if (binary) {
        reject(out, FSC_RECORD_BINARY, binary);
        return 0;
    }
    int status = fsc_page_load(&page, out, item, err);
    if (status)
        return status;
    if (!out->post)
        write_headline(&w, out->title, opt);
    size_t head = w.text.len;
    fsc_view body = fsc_ld_body(&page, page.article);
    if (out->post && !page.post_end && page.post_text.len)
        fsc_writer_paragraphs(&w, page.post_text);
    else if (!out->post && fsc_page_kept(&page) * 2 + SHORT_TEXT < body.len)
        fsc_writer_paragraphs(&w, body);
    else
        fsc_page_write(&page, 0, page.block.len, &w, opt);
    if (fsc_ld_walled(&page) && w.text.len - head < WALLED_TEXT && w.text.len > head) {
        out->status = FSC_RECORD_TRUNCATED;
        out->reason = FSC_LIT("the page shows only the beginning of an article that is not free");
    }
    if (w.text.len == head && !w.failed)
        reject(out, FSC_RECORD_EMPTY, "no article text found");
    status = opt->comments ? fsc_page_comments(out, &page, err) : 0;
    return status ? status : fsc_writer_finish(out, &w, err);
}

int fsc_extract(fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena,
                fsc_arena *scratch, fsc_err *err)
{
    static const fsc_extract_options none = {0};
    opt = opt ? opt : &none;
    copy_record(out, item, opt);
    if (!fsc_record_scored(item->status))
        return 0;
    if (item->format == FSC_FORMAT_HTML)
        return extract_page(out, item, opt, arena, scratch, err);
    int status = name_sources(out, arena, err);
    if (status)
        return status;
    switch (item->format) {
    case FSC_FORMAT_FRAGMENT:
        return extract_fragment(out, item, opt, arena, scratch, err);
    default:
        return extract_text(out, item, opt, arena, err);
    }
}
