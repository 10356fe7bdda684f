// Feeds: RSS 0.9 to 2.0 (RDF too) and Atom. Each entry becomes a JSON record with fields of our own names, so that what
// follows is the same as for JSON.

#include "ingest/ingest_p.h"

// What an element inside an entry or a channel is.
typedef enum part {
    PART_NONE,
    PART_ID,
    PART_LINK,
    PART_ORIGINAL,
    PART_TITLE,
    PART_PUBLISHED,
    PART_DATE,
    PART_UPDATED,
    PART_AUTHOR,
    PART_CREATOR,
    PART_CONTENT,
    PART_SUMMARY,
    PART_LANG,
    PART_COUNT
} part;

// Namespaces by their usual prefix. Feeds that forget to declare one use the prefix all the same.
typedef enum space { SPACE_CORE, SPACE_DC, SPACE_DCTERMS, SPACE_CONTENT, SPACE_FEEDBURNER, SPACE_OTHER } space;

static const struct {
    const char *uri, *prefix;
    space space;
} spaces[] = {{"http://www.w3.org/2005/Atom", "atom", SPACE_CORE},
              {"http://purl.org/atom/ns#", "atom", SPACE_CORE},
              {"http://purl.org/rss/1.0/", "rss", SPACE_CORE},
              {"http://my.netscape.com/rdf/simple/0.9/", "rss", SPACE_CORE},
              {"http://backend.userland.com/rss2", "rss", SPACE_CORE},
              {"http://purl.org/dc/elements/1.1/", "dc", SPACE_DC},
              {"http://purl.org/dc/terms/", "dcterms", SPACE_DCTERMS},
              {"http://purl.org/rss/1.0/modules/content/", "content", SPACE_CONTENT},
              {"http://rssnamespace.org/feedburner/ext/1.0", "feedburner", SPACE_FEEDBURNER}};

static const struct {
    const char *name;
    space space;
    part part;
} parts[] = {{"guid", SPACE_CORE, PART_ID},
             {"id", SPACE_CORE, PART_ID},
             {"link", SPACE_CORE, PART_LINK},
             {"origLink", SPACE_FEEDBURNER, PART_ORIGINAL},
             {"title", SPACE_CORE, PART_TITLE},
             {"pubDate", SPACE_CORE, PART_PUBLISHED},
             {"published", SPACE_CORE, PART_PUBLISHED},
             {"issued", SPACE_CORE, PART_PUBLISHED},
             {"created", SPACE_DCTERMS, PART_DATE},
             {"date", SPACE_DC, PART_DATE},
             {"updated", SPACE_CORE, PART_UPDATED},
             {"modified", SPACE_CORE, PART_UPDATED},
             {"modified", SPACE_DCTERMS, PART_UPDATED},
             {"author", SPACE_CORE, PART_AUTHOR},
             {"creator", SPACE_DC, PART_CREATOR},
             {"encoded", SPACE_CONTENT, PART_CONTENT},
             {"content", SPACE_CORE, PART_CONTENT},
             {"description", SPACE_CORE, PART_SUMMARY},
             {"summary", SPACE_CORE, PART_SUMMARY},
             {"language", SPACE_CORE, PART_LANG},
             {"language", SPACE_DC, PART_LANG}};

// The text of one part.
typedef struct value {
    fsc_view text;
    bool markup; // HTML, else plain text
} value;

typedef struct feed {
    fsc_arena *arena;
    int failed; // a status
    uint32_t depth;
    uint32_t entry, holder; // depth of the open entry and of the channel or feed; 0: none
    bool person;            // inside the author of an entry or feed, whose name is wanted
    part part;              // being gathered; PART_NONE: none
    uint32_t part_depth;
    bool inline_markup; // it holds markup that is not packed (XHTML)
    bool part_markup;
    fsc_buf text;
    value entry_value[PART_COUNT], feed_value[PART_COUNT];
    uint32_t line; // of the entry
    fsc_vec(fsc_piece) out;
    uint64_t entries;
} feed;

// ---------------------------------------------------------------- which element is which

static space space_of(const fsc_xml_element *e)
{
    if (!e->space.len && !e->prefix.len)
        return SPACE_CORE;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (e->space.len ? fsc_view_is(e->space, spaces[i].uri) : fsc_view_is(e->prefix, spaces[i].prefix))
            return spaces[i].space;
    return SPACE_OTHER;
}

static part part_of(const fsc_xml_element *e)
{
    space s = space_of(e);
    for (size_t i = 0; s != SPACE_OTHER && i < sizeof parts / sizeof *parts; i++)
        if (parts[i].space == s && fsc_view_is(e->name, parts[i].name))
            return parts[i].part;
    return PART_NONE;
}

// ---------------------------------------------------------------- parts

static value *values(feed *f)
{
    return f->entry ? f->entry_value : f->feed_value;
}

// The first value of a part stands.
static void keep(feed *f, part p, fsc_view text, bool markup)
{
    value *v = &values(f)[p];
    text = fsc_view_trim(text);
    if (v->text.len || text.len == 0)
        return;
    v->text = fsc_arena_dup(f->arena, text);
    v->markup = markup;
    if (!v->text.data)
        f->failed = FSC_E_NOMEM;
}

// Atom's links stand in attributes; the one without rel, or with rel="alternate", leads to the page.
static bool link_attribute(feed *f, const fsc_xml_element *e)
{
    fsc_view href = fsc_xml_attribute_of(e, "href"), rel = fsc_xml_attribute_of(e, "rel");
    if (!href.data)
        return false;
    if (rel.len == 0 || fsc_view_is(rel, "alternate"))
        keep(f, PART_LINK, href, false);
    return true;
}

// Is the content of this element HTML? RSS says nothing: what it describes with is.
static bool holds_markup(const fsc_xml_element *e, part p)
{
    fsc_view type = fsc_xml_attribute_of(e, "type");
    if (fsc_view_is(type, "html") || fsc_view_is(type, "xhtml") || fsc_view_is(type, "text/html") ||
        fsc_view_is(type, "application/xhtml+xml"))
        return true;
    bool rss = fsc_view_is(e->name, "description") || fsc_view_is(e->name, "encoded");
    return p == PART_CONTENT || p == PART_SUMMARY ? rss && type.len == 0 : false;
}

static void begin_part(feed *f, const fsc_xml_element *e, part p)
{
    f->part = p;
    f->part_depth = f->depth;
    f->part_markup = holds_markup(e, p);
    f->inline_markup = fsc_view_is(fsc_xml_attribute_of(e, "type"), "xhtml");
    fsc_buf_reset(&f->text, 1 << 20);
}

static void end_part(feed *f)
{
    if (f->text.failed)
        f->failed = f->text.failed;
    else
        keep(f, f->part, fsc_buf_view(&f->text), f->part_markup || f->inline_markup);
    f->part = PART_NONE;
}

// "mail@example.org (A Name)" and "A Name <mail@example.org>" are names with an address.
static fsc_view person_name(fsc_view v)
{
    size_t open = fsc_view_find(v, FSC_LIT("("), 0), close = fsc_view_find(v, FSC_LIT(")"), 0);
    size_t at = fsc_view_find(v, FSC_LIT("@"), 0), angle = fsc_view_find(v, FSC_LIT("<"), 0);
    if (at == SIZE_MAX)
        return v;
    if (at < open && open < close && close != SIZE_MAX)
        return fsc_view_trim(fsc_view_slice(v, open + 1, close));
    return angle != SIZE_MAX && angle > 0 && angle < at ? fsc_view_trim(fsc_view_slice(v, 0, angle))
                                                        : (fsc_view){"", 0};
}

// ---------------------------------------------------------------- markup inside XHTML

static void put_escaped(fsc_buf *b, fsc_view v)
{
    for (size_t i = 0; i < v.len; i++) {
        char c = v.data[i];
        if (c == '<' || c == '&' || c == '"')
            fsc_buf_adds(b, c == '<' ? "&lt;" : c == '&' ? "&amp;" : "&quot;");
        else
            fsc_buf_char(b, c);
    }
}

static void put_tag(fsc_buf *b, const fsc_xml_element *e, bool start)
{
    fsc_buf_adds(b, start ? "<" : "</");
    fsc_buf_addv(b, e->name);
    for (size_t i = 0; i < e->attr_count; i++) {
        fsc_buf_char(b, ' ');
        fsc_buf_addv(b, e->attr[i].name);
        fsc_buf_adds(b, "=\"");
        put_escaped(b, e->attr[i].value);
        fsc_buf_char(b, '"');
    }
    fsc_buf_char(b, '>');
}

// ---------------------------------------------------------------- entries

static bool title_text(void *user, fsc_view text, uint32_t source)
{
    (void)source;
    fsc_buf_addv(user, text);
    return true;
}

static bool title_tag(void *user, fsc_view tag, const fsc_html_attribute *attr, size_t count, uint32_t source)
{
    (void)user, (void)tag, (void)attr, (void)count, (void)source;
    return true;
}

static bool title_end(void *user, fsc_view tag, uint32_t source)
{
    (void)user, (void)tag, (void)source;
    return true;
}

static bool title_script(void *user, fsc_view type, fsc_view content)
{
    (void)user, (void)type, (void)content;
    return true;
}

// Titles are plain text with us, but markup in Atom where it says so, and in RSS where somebody packed it twice.
static fsc_view plain_title(feed *f, const value *v)
{
    bool packed =
        fsc_view_find(v->text, FSC_LIT("</"), 0) != SIZE_MAX || fsc_view_find(v->text, FSC_LIT("&"), 0) != SIZE_MAX;
    if (!v->markup && !packed)
        return v->text;
    fsc_buf b;
    fsc_buf_init(&b, f->arena->alloc, v->text.len * 4 + 64);
    fsc_html_handler handler = {title_tag, title_end, title_text, title_script, &b};
    int rc = fsc_html_parse(v->text, &handler, f->arena, NULL);
    fsc_view text = rc || b.failed ? v->text : fsc_arena_dup(f->arena, fsc_view_trim(fsc_buf_view(&b)));
    if (!text.data)
        f->failed = FSC_E_NOMEM;
    fsc_buf_release(&b);
    return text;
}

static fsc_view first_of(const feed *f, part a, part b)
{
    fsc_view v = f->entry_value[a].text;
    return v.len ? v : f->entry_value[b].text;
}

static void put_content(const feed *f, fsc_json_writer *w)
{
    const value *content = &f->entry_value[PART_CONTENT], *summary = &f->entry_value[PART_SUMMARY];
    const value *best = content->text.len ? content : summary;
    fsc_json_put(w, best->markup ? "html" : "text", best->text);
    if (best == content)
        fsc_json_put(w, "summary", summary->text);
}

static void put_people(const feed *f, fsc_json_writer *w)
{
    fsc_view name = first_of(f, PART_CREATOR, PART_AUTHOR);
    if (!name.len)
        name = f->feed_value[PART_AUTHOR].text;
    fsc_json_put(w, "author", person_name(name));
    fsc_json_put(w, "site", f->feed_value[PART_TITLE].text);
    fsc_view lang = f->entry_value[PART_LANG].text;
    fsc_json_put(w, "lang", lang.len ? lang : f->feed_value[PART_LANG].text);
}

static void end_entry(feed *f)
{
    fsc_json_writer w;
    fsc_view title = plain_title(f, &f->entry_value[PART_TITLE]);
    fsc_buf_reset(&f->text, 1 << 20);
    fsc_json_writer_init(&w, &f->text);
    fsc_json_open_object(&w);
    fsc_view link = first_of(f, PART_ORIGINAL, PART_LINK), id = f->entry_value[PART_ID].text;
    bool address = fsc_view_starts(id, FSC_LIT("http://")) || fsc_view_starts(id, FSC_LIT("https://"));
    fsc_json_put(&w, "id", id.len ? id : link);
    fsc_json_put(&w, "url", link.len ? link : address ? id : (fsc_view){"", 0});
    fsc_json_put(&w, "title", title);
    fsc_json_put(&w, "published", first_of(f, PART_PUBLISHED, PART_DATE));
    fsc_json_put(&w, "modified", f->entry_value[PART_UPDATED].text);
    put_people(f, &w);
    put_content(f, &w);
    fsc_json_close_object(&w);
    fsc_piece piece = {.line = f->line, .data = {"", 0}};
    if (f->text.failed)
        f->failed = f->text.failed;
    else if (!(piece.data = fsc_arena_dup(f->arena, fsc_buf_view(&f->text))).data ||
             !fsc_vec_push(f->arena, &f->out, piece))
        f->failed = FSC_E_NOMEM;
    f->entry = 0;
    f->entries++;
}

// ---------------------------------------------------------------- events

static bool is_core(const fsc_xml_element *e, const char *name)
{
    return fsc_view_is(e->name, name) && space_of(e) == SPACE_CORE;
}

static void take_language(feed *f, const fsc_xml_element *e)
{
    fsc_view lang = fsc_xml_attribute_of(e, "lang");
    if (lang.data)
        keep(f, PART_LANG, lang, false);
}

// An element that is no part of anything open yet.
static void enter(feed *f, const fsc_xml_element *e)
{
    uint32_t inside = f->entry ? f->entry : f->holder;
    if (!f->entry && (is_core(e, "item") || is_core(e, "entry"))) {
        memset(f->entry_value, 0, sizeof f->entry_value);
        f->entry = f->depth;
        f->line = e->line;
        take_language(f, e);
    } else if (!f->entry && (is_core(e, "channel") || is_core(e, "feed"))) {
        f->holder = f->depth;
        take_language(f, e);
    } else if (inside && f->depth == inside + 1) {
        part p = part_of(e);
        if (p == PART_LINK && link_attribute(f, e))
            return;
        f->person = p == PART_AUTHOR;
        if (p != PART_NONE)
            begin_part(f, e, p);
    } else if (f->depth == 1) {
        take_language(f, e);
    }
}

static bool on_start(void *user, const fsc_xml_element *e)
{
    feed *f = user;
    f->depth++;
    if (f->person && is_core(e, "name")) {
        begin_part(f, e, PART_AUTHOR);
    } else if (f->person) {
        // of a person with parts only the name counts
        f->part = PART_NONE;
    } else if (f->part == PART_CONTENT || f->part == PART_SUMMARY) {
        f->inline_markup = true;
        put_tag(&f->text, e, true);
    } else if (f->part == PART_NONE) {
        enter(f, e);
    }
    return f->failed == 0;
}

static bool on_end(void *user, const fsc_xml_element *e)
{
    feed *f = user;
    if (f->part != PART_NONE && f->depth == f->part_depth)
        end_part(f);
    else if (f->part != PART_NONE && f->inline_markup)
        put_tag(&f->text, e, false);
    if (f->entry && f->depth == f->entry)
        end_entry(f);
    if (f->person && f->depth == (f->entry ? f->entry : f->holder) + 1)
        f->person = false;
    f->depth--;
    return f->failed == 0;
}

static bool on_text(void *user, fsc_view text, uint32_t line)
{
    (void)line;
    feed *f = user;
    if (f->part == PART_NONE)
        return true;
    if (f->inline_markup)
        put_escaped(&f->text, text);
    else
        fsc_buf_addv(&f->text, text);
    return true;
}

// ---------------------------------------------------------------- the kind

fsc_sniff fsc_ingest_feed_sniff(fsc_view head)
{
    bool rdf = fsc_xml_root_is(head, "RDF") && (fsc_view_find(head, FSC_LIT("purl.org/rss/1.0/"), 0) != SIZE_MAX ||
                                                fsc_view_find(head, FSC_LIT("netscape.com/rdf/"), 0) != SIZE_MAX);
    return rdf || fsc_xml_root_is(head, "rss") || fsc_xml_root_is(head, "feed") ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

// Reads the feed and queues its entries.
static int read_feed(fsc_ingest *in, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    fsc_err why = FSC_ERR_INIT;
    feed f = {.arena = &cut->arena};
    fsc_view bytes = fsc_stream_rest(&cut->stream);
    fsc_buf_init(&f.text, in->alloc, bytes.len * 8 + 4096);
    fsc_xml_handler handler = {on_start, on_end, on_text, &f};
    int rc = fsc_xml_parse(bytes, &handler, &cut->arena, &why);
    fsc_buf_release(&f.text);
    fsc_cut_skip(in, bytes.len);
    if (rc == FSC_E_NOMEM || f.failed)
        return fsc_err_nomem(err);
    cut->piece = f.out.data;
    cut->piece_count = f.out.len;
    if (rc && f.entries == 0) {
        *err = why;
        return rc;
    }
    if (rc == 0)
        return FSC_OK;
    fsc_view note = fsc_arena_printf(&in->arena, "line %u: %s: entries may be missing or cut", why.line, why.text);
    return note.data ? fsc_ingest_add_note(in, note, err) : fsc_err_nomem(err);
}

int fsc_ingest_feed_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return fsc_cut_pieces(in, out, read_feed, arena, err);
}
