#include "codec/html_p.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#define MAX_ATTRIBUTES 300

// One parse: from libxml2's events to ours.
typedef struct parse {
    const fsc_html_handler *handler;
    const fsc_html_filter *filtered;
    size_t splice; // the splice that holds the last position
    bool stopped;
    fsc_html_attribute attr[MAX_ATTRIBUTES];
} parse;

// libxml2 hands each callback the user pointer, which is its context.
static parse *parse_of(void *ctx)
{
    return ((htmlParserCtxtPtr)ctx)->_private;
}

// Where the filtered offset `out` is in the page. Offsets mostly rise, so the place is found from the last one.
static uint32_t source_of(parse *p, size_t out)
{
    const fsc_html_filter *f = p->filtered;
    if (f->splice_len == 0)
        return 0;
    while (p->splice > 0 && f->splice[p->splice].out > out)
        p->splice--;
    while (p->splice + 1 < f->splice_len && f->splice[p->splice + 1].out <= out)
        p->splice++;
    const fsc_html_splice *s = &f->splice[p->splice];
    size_t in = s->in + (out > s->out ? out - s->out : 0);
    return (uint32_t)(in < f->page.len ? in : f->page.len);
}

static size_t position(htmlParserCtxtPtr ctx)
{
    return ctx->input ? ctx->input->consumed + (size_t)(ctx->input->cur - ctx->input->base) : 0;
}

static void stop(htmlParserCtxtPtr ctx, parse *p)
{
    p->stopped = true;
    xmlStopParser(ctx);
}

static bool is_root(const xmlChar *name)
{
    return name[0] == 'f' && strcmp((const char *)name, FSC_HTML_ROOT) == 0;
}

static fsc_view name_of(const xmlChar *name)
{
    fsc_view v = fsc_view_cstr((const char *)name);
    // The filter's mark for html and body, see write_start.
    return fsc_view_starts(v, FSC_LIT("fsc-")) ? fsc_view_slice(v, 4, v.len) : v;
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attrs)
{
    parse *p = parse_of(user);
    size_t n = 0;
    for (; attrs && *attrs && n < MAX_ATTRIBUTES; attrs += 2)
        p->attr[n++] =
            (fsc_html_attribute){fsc_view_cstr((const char *)attrs[0]), fsc_view_cstr((const char *)attrs[1])};
    size_t at = position(user);
    if (!p->stopped && !is_root(name) &&
        !p->handler->start(p->handler->user, name_of(name), p->attr, n, source_of(p, at)))
        stop(user, p);
}

static void on_end(void *user, const xmlChar *name)
{
    parse *p = parse_of(user);
    if (!p->stopped && !is_root(name) &&
        !p->handler->end(p->handler->user, name_of(name), source_of(p, position(user))))
        stop(user, p);
}

static void on_text(void *user, const xmlChar *text, int len)
{
    parse *p = parse_of(user);
    size_t at = position(user), n = (size_t)len;
    if (!p->stopped &&
        !p->handler->text(p->handler->user, fsc_view_of((const char *)text, n), source_of(p, at > n ? at - n : 0)))
        stop(user, p);
}

static void on_error(void *user, xmlErrorPtr error)
{
    (void)user;
    (void)error;
}

static void set_handlers(htmlParserCtxtPtr ctx)
{
    memset(ctx->sax, 0, sizeof *ctx->sax);
    ctx->sax->initialized = XML_SAX2_MAGIC; // or serror is not used
    ctx->sax->startElement = on_start;
    ctx->sax->endElement = on_end;
    ctx->sax->characters = on_text;
    ctx->sax->ignorableWhitespace = on_text;
    ctx->sax->cdataBlock = on_text;
    ctx->sax->serror = on_error;
    ctx->userData = ctx;
}

int fsc_html_parse(fsc_view page, const fsc_html_handler *handler, fsc_arena *scratch, fsc_err *err)
{
    if (page.len >= INT32_MAX / 4)
        return fsc_err_set(err, FSC_E_LIMIT, "the page is too large for the HTML reader");
    fsc_html_filter filter = {.page = page, .scratch = scratch, .handler = handler};
    int status = fsc_html_filter_run(&filter, err);
    if (status || page.len == 0)
        return status;
    parse *p = fsc_arena_alloc(scratch, sizeof *p);
    htmlParserCtxtPtr ctx = p ? htmlCreateMemoryParserCtxt(filter.out, (int)filter.len) : NULL;
    if (!ctx)
        return fsc_err_nomem(err);
    p->handler = handler;
    p->filtered = &filter;
    p->splice = 0;
    p->stopped = false;
    ctx->_private = p;
    set_handlers(ctx);
    htmlCtxtUseOptions(ctx, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    ctx->options |= XML_PARSE_HUGE;
    ctx->charset = XML_CHAR_ENCODING_UTF8; // or é becomes Ã©
    htmlParseDocument(ctx);
    bool out_of_memory = ctx->errNo == XML_ERR_NO_MEMORY;
    htmlFreeParserCtxt(ctx);
    if (out_of_memory)
        return fsc_err_nomem(err);
    return p->stopped ? fsc_err_set(err, FSC_E_CANCELLED, "the reader of the page stopped") : 0;
}
