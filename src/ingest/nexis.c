// News databases: LexisNexis as text ("1 of 10 DOCUMENTS"), and the layout of Nexis Uni, which word processor files
// hold. Articles become JSON records. Labels decide, not places; an article whose layout is not known is told.

#include "ingest/nexis_p.h"

typedef struct article {
    fsc_view title, publication, date, byline, section, lang;
    uint64_t line;
} article;

// ---------------------------------------------------------------- labels

typedef enum label {
    LABEL_NONE,
    LABEL_BYLINE,
    LABEL_SECTION,
    LABEL_LENGTH,
    LABEL_TITLE,
    LABEL_LANG,
    LABEL_OTHER,
    LABEL_END
} label;

static const struct {
    const char *name;
    label label;
} labels[] = {{"BYLINE", LABEL_BYLINE},    {"AUTOR", LABEL_BYLINE},         {"AUTEUR", LABEL_BYLINE},
              {"SECTION", LABEL_SECTION},  {"RUBRIK", LABEL_SECTION},       {"RUBRIQUE", LABEL_SECTION},
              {"LENGTH", LABEL_LENGTH},    {"LÄNGE", LABEL_LENGTH},         {"LONGUEUR", LABEL_LENGTH},
              {"HEADLINE", LABEL_TITLE},   {"DATELINE", LABEL_OTHER},       {"HIGHLIGHT", LABEL_OTHER},
              {"LANGUAGE", LABEL_LANG},    {"SPRACHE", LABEL_LANG},         {"LANGUE", LABEL_LANG},
              {"LOAD-DATE", LABEL_END},    {"PUBLICATION-TYPE", LABEL_END}, {"SUBJECT", LABEL_END},
              {"GRAPHIC", LABEL_END},      {"UPDATE", LABEL_END},           {"DOCUMENT-TYPE", LABEL_END},
              {"JOURNAL-CODE", LABEL_END}, {"CORRECTION-DATE", LABEL_END},  {"PUBLICATION-DATE", LABEL_END}};

// "SECTION: NEWS; Pg. 4" -> LABEL_SECTION, "NEWS; Pg. 4"
static label label_of(fsc_view line, fsc_view *value)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t len = strlen(labels[i].name);
        if (line.len > len && line.data[len] == ':' &&
            fsc_view_eq_nocase(fsc_view_slice(line, 0, len), fsc_view_cstr(labels[i].name))) {
            *value = fsc_view_trim(fsc_view_slice(line, len + 1, line.len));
            return labels[i].label;
        }
    }
    return LABEL_NONE;
}

static fsc_view language_of(fsc_view name)
{
    static const char *const known[][2] = {{"english", "en"}, {"englisch", "en"}, {"anglais", "en"},
                                           {"german", "de"},  {"deutsch", "de"},  {"allemand", "de"},
                                           {"french", "fr"},  {"français", "fr"}, {"spanish", "es"},
                                           {"italian", "it"}, {"dutch", "nl"},    {"portuguese", "pt"}};
    fsc_view rest = name, first = fsc_view_trim(fsc_view_split(&rest, ';'));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (fsc_view_eq_nocase(first, fsc_view_cstr(known[i][0])))
            return fsc_view_cstr(known[i][1]);
    return (fsc_view){"", 0};
}

static void take_label(article *a, label l, fsc_view value)
{
    fsc_view rest = value;
    if (l == LABEL_BYLINE)
        a->byline = value;
    else if (l == LABEL_SECTION)
        a->section = fsc_view_trim(fsc_view_split(&rest, ';'));
    else if (l == LABEL_TITLE)
        a->title = value;
    else if (l == LABEL_LANG)
        a->lang = language_of(value);
}

// A year between 1900 and 2099 stands in it.
static bool has_year(fsc_view v)
{
    for (size_t i = 0; i + 4 <= v.len; i++) {
        bool century = (v.data[i] == '1' && v.data[i + 1] == '9') || (v.data[i] == '2' && v.data[i + 1] == '0');
        bool digits = v.data[i + 2] >= '0' && v.data[i + 2] <= '9' && v.data[i + 3] >= '0' && v.data[i + 3] <= '9';
        bool alone = (i == 0 || v.data[i - 1] < '0' || v.data[i - 1] > '9') &&
                     (i + 4 == v.len || v.data[i + 4] < '0' || v.data[i + 4] > '9');
        if (century && digits && alone)
            return true;
    }
    return false;
}

static bool is_copyright(fsc_view v)
{
    return fsc_view_eq_nocase(fsc_view_slice(v, 0, 9), FSC_LIT("copyright")) || fsc_view_starts(v, FSC_LIT("©")) ||
           fsc_view_eq_nocase(v, FSC_LIT("All Rights Reserved"));
}

// ---------------------------------------------------------------- records

typedef fsc_vec(fsc_piece) pieces;

static int put_article(fsc_ingest *in, pieces *out, const article *a, fsc_view text, fsc_err *err)
{
    fsc_buf b;
    fsc_json_writer w;
    fsc_buf_init(&b, in->alloc, text.len * 6 + (64u << 10) + in->max_record);
    fsc_json_writer_init(&w, &b);
    fsc_json_open_object(&w);
    fsc_json_put(&w, "title", a->title);
    fsc_json_put(&w, "site", a->publication);
    fsc_json_put(&w, "published", a->date);
    fsc_json_put(&w, "author", a->byline);
    fsc_json_put(&w, "section", a->section);
    fsc_json_put(&w, "lang", a->lang);
    fsc_json_key(&w, "text");
    fsc_json_string(&w, text);
    fsc_json_close_object(&w);
    fsc_piece p = {.line = a->line, .data = fsc_arena_dup(&in->cut.arena, fsc_buf_view(&b))};
    bool done = !b.failed && p.data.data && fsc_vec_push(&in->cut.arena, out, p);
    fsc_buf_release(&b);
    return done ? FSC_OK : fsc_err_nomem(err);
}

static int put_failure(fsc_ingest *in, pieces *out, uint64_t line, const char *why, fsc_err *err)
{
    fsc_piece p = {.line = line, .data = {"", 0}, .failed = why};
    return fsc_vec_push(&in->cut.arena, out, p) ? FSC_OK : fsc_err_nomem(err);
}

static void queue(fsc_ingest *in, const pieces *out)
{
    in->cut.piece = out->data;
    in->cut.piece_count = out->len;
    in->cut.piece_next = 0;
}

// ---------------------------------------------------------------- Nexis Uni: paragraphs

bool fsc_nexis_is(const fsc_view *para, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_is(para[i], "End of Document"))
            return true;
    return false;
}

// The paragraphs [start, end) joined, blank ones left out.
static int join(fsc_view *out, fsc_ingest *in, const fsc_view *para, size_t start, size_t end, fsc_err *err)
{
    size_t len = 0, at = 0;
    for (size_t i = start; i < end; i++)
        len += para[i].len + 2;
    char *text = fsc_arena_alloc(&in->cut.arena, len);
    if (!text)
        return fsc_err_nomem(err);
    for (size_t i = start; i < end; i++) {
        if (para[i].len == 0)
            continue;
        memcpy(text + at, "\n\n", at ? 2 : 0);
        at += at ? 2 : 0;
        memcpy(text + at, para[i].data, para[i].len);
        at += para[i].len;
    }
    *out = fsc_view_of(text, at);
    return FSC_OK;
}

// Title, publication and date stand directly above the first labelled line [start, first).
static void read_above(article *a, const fsc_view *para, size_t start, size_t first)
{
    fsc_view found[3] = {{"", 0}, {"", 0}, {"", 0}};
    size_t n = 0;
    for (size_t i = first; i > start && n < 3; i--)
        if (para[i - 1].len)
            found[n++] = para[i - 1];
    bool dated = has_year(found[0]);
    a->date = dated ? found[0] : (fsc_view){"", 0};
    a->publication = dated ? found[1] : found[0];
    a->title = dated ? found[2] : found[1];
}

static bool ends_body(fsc_view para)
{
    fsc_view value;
    label l = label_of(para, &value);
    return fsc_view_is(para, "Classification") || l == LABEL_END || l == LABEL_LANG;
}

// One article: paragraphs [start, end), the last one before "End of Document".
static int nexis_article(fsc_ingest *in, pieces *out, const fsc_view *para, size_t start, size_t end, fsc_err *err)
{
    const fsc_view none = {"", 0};
    article a = {none, none, none, none, none, none, start + 1};
    size_t body = start, first = SIZE_MAX;
    fsc_view value, text;
    while (body < end && !fsc_view_is(para[body], "Body"))
        body++;
    if (body == end)
        return put_failure(in, out, start + 1, "an article without the line \"Body\": this layout is not known", err);
    // the labels closest to the body: a list of contents may stand above
    for (size_t i = body; i > start; i--) {
        label l = label_of(para[i - 1], &value);
        if (l == LABEL_NONE && !is_copyright(para[i - 1]) && para[i - 1].len && first != SIZE_MAX)
            break;
        if (l != LABEL_NONE || is_copyright(para[i - 1]))
            first = i - 1;
        take_label(&a, l, value);
    }
    if (first == SIZE_MAX)
        return put_failure(in, out, start + 1,
                           "an article without \"Length:\" or another label above its body: this layout is not known",
                           err);
    size_t stop = body + 1;
    while (stop < end && !ends_body(para[stop]))
        stop++;
    for (size_t i = stop; i < end; i++)
        take_label(&a, label_of(para[i], &value) == LABEL_LANG ? LABEL_LANG : LABEL_NONE, value);
    fsc_view title = a.title;
    read_above(&a, para, start, first);
    a.title = title.len ? title : a.title;
    int rc = join(&text, in, para, body + 1, stop, err);
    return rc ? rc : put_article(in, out, &a, text, err);
}

int fsc_nexis_articles(fsc_ingest *in, const fsc_view *para, size_t count, fsc_err *err)
{
    pieces out = {0};
    int rc = FSC_OK;
    for (size_t i = 0, start = 0; !rc && i < count; i++) {
        if (!fsc_view_is(para[i], "End of Document"))
            continue;
        rc = nexis_article(in, &out, para, start, i, err);
        start = i + 1;
    }
    queue(in, &out);
    return rc;
}

// ---------------------------------------------------------------- LexisNexis: lines

// "1 of 10 DOCUMENTS", "Dokument 1 von 10", "Document 1 de 10", with blanks around it.
static bool is_separator(fsc_view line)
{
    static const char *const forms[][4] = {
        {"#", "of", "#", "documents"}, {"dokument", "#", "von", "#"}, {"document", "#", "de", "#"}};
    fsc_view word[4], rest = fsc_view_trim(line);
    if (rest.len == 0 || rest.len > 60)
        return false;
    size_t n = 0;
    while (rest.data) {
        fsc_view w = fsc_view_split(&rest, ' ');
        if (w.len && n == 4)
            return false;
        if (w.len)
            word[n++] = w;
    }
    for (size_t f = 0; n == 4 && f < sizeof forms / sizeof *forms; f++) {
        bool fits = true;
        for (size_t i = 0; i < 4; i++) {
            int64_t number;
            fits &= *forms[f][i] == '#' ? fsc_view_int(word[i], &number)
                                        : fsc_view_eq_nocase(word[i], fsc_view_cstr(forms[f][i]));
        }
        if (fits)
            return true;
    }
    return false;
}

fsc_sniff fsc_ingest_nexis_sniff(fsc_view head)
{
    fsc_view rest = fsc_ingest_skip_blanks(head);
    return is_separator(fsc_view_split(&rest, '\n')) ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

// The next block of lines, joined by blanks: paragraphs are broken at a width. False at the end or at the next article.
static int next_block(fsc_ingest *in, fsc_view *rest, uint64_t *line, fsc_view *out, fsc_err *err)
{
    fsc_view block = {NULL, 0};
    while (rest->data) {
        fsc_view after = *rest, text = fsc_view_trim(fsc_view_split(&after, '\n'));
        if (is_separator(text) || (text.len == 0 && block.data))
            break;
        *rest = after;
        ++*line;
        if (text.len)
            block = block.data ? fsc_view_of(block.data, (size_t)(text.data + text.len - block.data)) : text;
    }
    if (!block.data)
        return 0;
    char *copy = fsc_arena_alloc(&in->cut.arena, block.len);
    if (!copy)
        return fsc_err_nomem(err);
    size_t len = 0;
    for (size_t i = 0; i < block.len; i++) {
        bool blank = block.data[i] == ' ' || (block.data[i] >= '\t' && block.data[i] <= '\r');
        if (!blank)
            copy[len++] = block.data[i];
        else if (len && copy[len - 1] != ' ')
            copy[len++] = ' ';
    }
    *out = fsc_view_of(copy, len);
    return 1;
}

// A block above the text, known by its label or by its place.
static label take_head(article *a, fsc_view block)
{
    fsc_view value;
    label l = label_of(block, &value);
    if (l != LABEL_NONE)
        take_label(a, l, value);
    else if (is_copyright(block) || fsc_view_find(block, FSC_LIT("All Rights Reserved"), 0) != SIZE_MAX)
        return l;
    else if (a->publication.len == 0)
        a->publication = block;
    else if (a->date.len == 0 && has_year(block))
        a->date = block;
    else if (a->date.len && a->title.len == 0)
        a->title = block;
    return l;
}

// One article from the line after its separator on.
static int lexis_article(fsc_ingest *in, pieces *out, fsc_view *rest, uint64_t *line, fsc_err *err)
{
    const fsc_view none = {"", 0};
    article a = {none, none, none, none, none, none, *line};
    fsc_vec(fsc_view) para = {0};
    fsc_view block, value, text;
    bool head = true, body = false;
    int rc;
    while ((rc = next_block(in, rest, line, &block, err)) > 0) {
        label l = head ? take_head(&a, block) : label_of(block, &value);
        if (!head && (l == LABEL_END || l == LABEL_LANG))
            body = false;
        if (!head && l == LABEL_LANG)
            take_label(&a, l, value);
        if (body && !fsc_vec_push(&in->cut.arena, &para, block))
            return fsc_err_nomem(err);
        if (head && l == LABEL_LENGTH) {
            head = false;
            body = true;
        }
    }
    if (rc < 0)
        return rc;
    if (head)
        return put_failure(in, out, a.line,
                           "an article without \"LENGTH:\", which ends its head: this layout is not known", err);
    while (para.len && is_copyright(para.data[para.len - 1]))
        para.len--;
    rc = join(&text, in, para.data, 0, para.len, err);
    return rc ? rc : put_article(in, out, &a, text, err);
}

static int read_articles(fsc_ingest *in, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    fsc_view bytes = fsc_stream_rest(&cut->stream), rest;
    pieces out = {0};
    uint64_t line = 1;
    int rc = fsc_charset_decode(&rest, bytes, (fsc_view){"", 0}, false, &cut->arena, NULL, NULL, err);
    while (!rc && rest.data) {
        // what stands above the first separator is no article
        fsc_view text = fsc_view_split(&rest, '\n');
        line++;
        if (is_separator(text))
            rc = lexis_article(in, &out, &rest, &line, err);
    }
    // the text was copied where it was decoded or joined
    fsc_cut_skip(in, bytes.len);
    queue(in, &out);
    return rc;
}

int fsc_ingest_nexis_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    return fsc_cut_pieces(in, out, read_articles, arena, err);
}
