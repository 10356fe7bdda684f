#include "codec/yaml.h"

#include <yaml.h>

typedef struct reading {
    yaml_parser_t parser;
    fsc_yaml_fn *fn;
    void *user;
    unsigned depth;
    fsc_err *err;
} reading;

static int fail(reading *r, yaml_mark_t at, const char *text)
{
    return fsc_err_at(r->err, FSC_E_SYNTAX, (fsc_view){0}, (uint32_t)at.line + 1, (uint32_t)at.column + 1, "%s", text);
}

static int parser_failed(reading *r)
{
    if (r->parser.error == YAML_MEMORY_ERROR)
        return fsc_err_nomem(r->err);
    const char *problem = r->parser.problem ? r->parser.problem : "this is no YAML";
    return fail(r, r->parser.problem_mark, problem);
}

static int take(reading *r, const yaml_event_t *e)
{
    fsc_yaml_event kind;
    fsc_view text = {0};
    switch (e->type) {
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        if (++r->depth > FSC_YAML_DEPTH)
            return fail(r, e->start_mark, "nested too deep");
        kind = e->type == YAML_MAPPING_START_EVENT ? FSC_YAML_MAP : FSC_YAML_LIST;
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        r->depth--;
        kind = FSC_YAML_END;
        break;
    case YAML_SCALAR_EVENT:
        kind = FSC_YAML_SCALAR;
        text = fsc_view_of((const char *)e->data.scalar.value, e->data.scalar.length);
        break;
    case YAML_ALIAS_EVENT:
        return fail(r, e->start_mark, "an alias: put a word that begins with * into quote marks");
    default:
        return FSC_OK;
    }
    if (r->fn(r->user, kind, text, (uint32_t)e->start_mark.line + 1, (uint32_t)e->start_mark.column + 1))
        return FSC_OK;
    return fsc_err_set(r->err, FSC_E_CANCELLED, "the reader of the document stopped");
}

int fsc_yaml_parse(fsc_view bytes, fsc_yaml_fn *fn, void *user, fsc_err *err)
{
    reading r = {.fn = fn, .user = user, .err = err};
    bool ended = false;
    int status = FSC_OK;
    if (!yaml_parser_initialize(&r.parser))
        return fsc_err_nomem(err);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes.data, bytes.len);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    while (!ended && !status) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r.parser, &event)) {
            status = parser_failed(&r);
            break;
        }
        ended = event.type == YAML_STREAM_END_EVENT || event.type == YAML_DOCUMENT_END_EVENT;
        status = take(&r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&r.parser);
    return status;
}

// Words that YAML 1.1 takes for a truth value or for nothing.
static bool is_keyword(fsc_view v)
{
    static const char *const words[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (fsc_view_eq_nocase(v, fsc_view_cstr(words[i])))
            return true;
    return false;
}

static bool is_plain(fsc_view v)
{
    bool letter = false;
    for (size_t i = 0; i < v.len; i++) {
        char c = v.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool inner = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ' ';
        if (!is_letter && !(inner && i > 0))
            return false;
        letter |= is_letter;
    }
    return letter && v.data[v.len - 1] != ' ' && !is_keyword(v);
}

void fsc_yaml_scalar(fsc_buf *out, fsc_view text)
{
    if (is_plain(text)) {
        fsc_buf_addv(out, text);
        return;
    }
    fsc_buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < ' ' || c == 127)
            fsc_buf_printf(out, "\\x%02X", (unsigned)c);
        else if (c == '"' || c == '\\')
            fsc_buf_printf(out, "\\%c", c);
        else
            fsc_buf_char(out, (char)c);
    }
    fsc_buf_char(out, '"');
}
