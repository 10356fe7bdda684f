#include "codec/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "codec/charset.h"
#include "codec/xml_p.h"

// One reading: from libxml2's events to ours.
typedef struct reading {
    const fsc_xml_handler *handler;
    xmlParserCtxtPtr ctx;
    fsc_xml_element open[FSC_XML_DEPTH];
    uint32_t depth;
    int stopped;       // FSC_E_CANCELLED, FSC_E_LIMIT, or 0
    uint32_t bad_line; // of the first fault; 0: none
    char bad[160];
    fsc_xml_attribute attr[FSC_XML_ATTRIBUTES];
} reading;

static reading *reading_of(void *ctx)
{
    return ((xmlParserCtxtPtr)ctx)->_private;
}

static uint32_t line_of(const reading *r)
{
    return r->ctx->input && r->ctx->input->line > 0 ? (uint32_t)r->ctx->input->line : 0;
}

static void stop(reading *r, int why)
{
    r->stopped = why;
    xmlStopParser(r->ctx);
}

static fsc_view view_of(const xmlChar *s)
{
    return fsc_view_cstr((const char *)s);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int ns_count,
                     const xmlChar **ns, int attr_count, int defaulted, const xmlChar **attrs)
{
    (void)ns_count, (void)ns, (void)defaulted;
    reading *r = reading_of(ctx);
    if (r->stopped)
        return;
    if (r->depth == FSC_XML_DEPTH) {
        stop(r, FSC_E_LIMIT);
        return;
    }
    // names live as long as the parser
    fsc_xml_element e = {view_of(name), view_of(prefix), view_of(space), r->attr, 0, line_of(r)};
    r->open[r->depth++] = e;
    for (; attr_count > 0 && e.attr_count < FSC_XML_ATTRIBUTES; attr_count--, attrs += 5) {
        fsc_view value = fsc_view_of((const char *)attrs[3], (size_t)(attrs[4] - attrs[3]));
        r->attr[e.attr_count++] = (fsc_xml_attribute){view_of(attrs[0]), value};
    }
    if (!r->handler->start(r->handler->user, &e))
        stop(r, FSC_E_CANCELLED);
}

// Ends the innermost element.
static void end_one(reading *r)
{
    fsc_xml_element *e = &r->open[--r->depth];
    e->line = line_of(r);
    if (!r->handler->end(r->handler->user, e))
        stop(r, FSC_E_CANCELLED);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    (void)name, (void)prefix, (void)space;
    reading *r = reading_of(ctx);
    if (!r->stopped && r->depth)
        end_one(r);
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    reading *r = reading_of(ctx);
    if (!r->stopped && len > 0 &&
        !r->handler->text(r->handler->user, fsc_view_of((const char *)text, (size_t)len), line_of(r)))
        stop(r, FSC_E_CANCELLED);
}

static void on_error(void *ctx, xmlErrorPtr error)
{
    reading *r = reading_of(ctx);
    // an undeclared prefix is no fault of the document's make
    if (r->stopped || r->bad_line || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
        return;
    r->bad_line = error->line > 0 ? (uint32_t)error->line : 1;
    fsc_view text = fsc_view_trim(view_of((const xmlChar *)error->message));
    size_t len = text.len < sizeof r->bad - 1 ? text.len : sizeof r->bad - 1;
    memcpy(r->bad, text.data, len);
    r->bad[len] = 0;
}

static void set_handlers(xmlParserCtxtPtr ctx)
{
    memset(ctx->sax, 0, sizeof *ctx->sax);
    ctx->sax->initialized = XML_SAX2_MAGIC;
    ctx->sax->startElementNs = on_start;
    ctx->sax->endElementNs = on_end;
    ctx->sax->characters = on_text;
    ctx->sax->ignorableWhitespace = on_text;
    ctx->sax->cdataBlock = on_text;
    ctx->sax->serror = on_error;
    ctx->userData = ctx;
}

// What the reading came to.
static int outcome(const reading *r, fsc_err *err)
{
    if (r->stopped == FSC_E_CANCELLED)
        return fsc_err_set(err, FSC_E_CANCELLED, "the reader of the document stopped");
    if (r->stopped)
        return fsc_err_at(err, FSC_E_LIMIT, (fsc_view){"", 0}, line_of(r), 0, "elements are nested more than %d deep",
                          FSC_XML_DEPTH);
    if (r->ctx->errNo == XML_ERR_NO_MEMORY)
        return fsc_err_nomem(err);
    if (r->bad_line)
        return fsc_err_at(err, FSC_E_SYNTAX, (fsc_view){"", 0}, r->bad_line, 0, "malformed XML: %s", r->bad);
    return FSC_OK;
}

int fsc_xml_parse(fsc_view bytes, const fsc_xml_handler *handler, fsc_arena *scratch, fsc_err *err)
{
    fsc_view text, clean;
    if (bytes.len > FSC_XML_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "an XML document above 1 GiB is not read");
    int rc = fsc_charset_decode(&text, bytes, fsc_xml_encoding(bytes), false, scratch, NULL, NULL, err);
    if (!rc)
        rc = fsc_xml_clean(&clean, text, scratch, err);
    if (rc)
        return rc;
    if (clean.len == 0)
        return fsc_err_at(err, FSC_E_SYNTAX, (fsc_view){"", 0}, 1, 0, "malformed XML: the document is empty");
    reading *r = FSC_NEW(scratch, reading);
    xmlParserCtxtPtr ctx = r ? xmlCreateMemoryParserCtxt(clean.data, (int)clean.len) : NULL;
    if (!ctx)
        return fsc_err_nomem(err);
    r->handler = handler;
    r->ctx = ctx;
    ctx->_private = r;
    set_handlers(ctx);
    xmlCtxtUseOptions(ctx, XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR |
                               XML_PARSE_NOWARNING | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
    ctx->charset = XML_CHAR_ENCODING_UTF8;
    xmlParseDocument(ctx);
    while (!r->stopped && r->depth)
        end_one(r);
    rc = outcome(r, err);
    xmlFreeParserCtxt(ctx);
    return rc;
}

fsc_view fsc_xml_attribute_of(const fsc_xml_element *e, const char *name)
{
    for (size_t i = 0; i < e->attr_count; i++)
        if (fsc_view_is(e->attr[i].name, name))
            return e->attr[i].value;
    return (fsc_view){NULL, 0};
}
