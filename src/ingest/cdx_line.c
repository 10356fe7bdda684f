// Lines of listings of captures: CDXJ, CDX, and what the Wayback machine and Common Crawl answer.

#include "ingest/cdx_p.h"

// Letters of a CDX header, and names in JSON and in the Wayback machine's first row.
static const struct {
    char letter;
    const char *names; // separated by blanks
    fsc_cdx_field field;
} known[] = {{'N', "urlkey", FSC_CDX_KEY},
             {'b', "timestamp", FSC_CDX_TIME},
             {'a', "url original", FSC_CDX_URL},
             {'m', "mime mimetype", FSC_CDX_MIME},
             {'s', "status statuscode", FSC_CDX_STATUS},
             {'k', "digest", FSC_CDX_DIGEST},
             {'S', "length", FSC_CDX_LENGTH},
             {'V', "offset", FSC_CDX_OFFSET},
             {'g', "filename", FSC_CDX_FILE},
             {0, "mime-detected", FSC_CDX_MIME_DETECTED},
             {0, "languages", FSC_CDX_LANGUAGES}};
#define KNOWN_COUNT (sizeof known / sizeof *known)

int fsc_cdx_field_named(fsc_view name)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        fsc_view rest = fsc_view_cstr(known[i].names);
        while (rest.data)
            if (fsc_view_eq(fsc_view_split(&rest, ' '), name))
                return known[i].field;
    }
    return -1;
}

static fsc_view next_word(fsc_view *rest)
{
    *rest = rest->data ? fsc_view_trim(*rest) : (fsc_view){"", 0};
    return fsc_view_split(rest, ' ');
}

static bool is_time(fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        if (v.data[i] < '0' || v.data[i] > '9')
            return false;
    return v.len >= 4 && v.len <= 17;
}

// ---------------------------------------------------------------- forms of a line

static int take_object(fsc_capture *out, fsc_view text, fsc_arena *arena, fsc_err *err)
{
    fsc_json *v;
    int rc = fsc_json_parse(&v, NULL, text, false, arena, NULL);
    if (rc)
        return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : 0;
    for (const fsc_json *m = v->kind == FSC_JSON_OBJECT ? v->child : NULL; m; m = m->next) {
        int f = fsc_cdx_field_named(m->key);
        if (f >= 0)
            out->field[f] = fsc_json_text(m);
    }
    return v->kind == FSC_JSON_OBJECT;
}

// [["urlkey","timestamp",...], then ["org,e)/","20250301120000",...], a line each.
static int take_row(fsc_cdx *cdx, fsc_capture *out, fsc_view line, fsc_arena *arena, fsc_err *err)
{
    fsc_json *v;
    if (fsc_view_starts(line, FSC_LIT("[[")))
        line = fsc_view_slice(line, 1, line.len);
    while (line.len &&
           (line.data[line.len - 1] == ',' || (line.data[line.len - 1] == ']' && fsc_view_ends(line, FSC_LIT("]]")))))
        line.len--;
    int rc = fsc_json_parse(&v, NULL, line, false, arena, NULL);
    if (rc)
        return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : 0;
    if (v->kind != FSC_JSON_ARRAY)
        return 0;
    size_t i = 0;
    bool header = v->child && fsc_cdx_field_named(fsc_json_text(v->child)) >= 0;
    for (const fsc_json *c = v->child; c && i < FSC_CDX_COLUMNS; c = c->next, i++) {
        if (header)
            cdx->column[i] = (int8_t)fsc_cdx_field_named(fsc_json_text(c));
        else if (i < cdx->columns && cdx->column[i] >= 0)
            out->field[cdx->column[i]] = fsc_json_text(c);
    }
    if (header)
        cdx->columns = i;
    return header ? 2 : 1;
}

static void take_letters(fsc_cdx *cdx, fsc_view rest)
{
    cdx->columns = 0;
    while (rest.data && cdx->columns < FSC_CDX_COLUMNS) {
        fsc_view word = next_word(&rest);
        int8_t f = -1;
        for (size_t i = 0; i < KNOWN_COUNT; i++)
            if (word.len == 1 && known[i].letter && *word.data == known[i].letter)
                f = (int8_t)known[i].field;
        cdx->column[cdx->columns++] = f;
    }
}

// Words in the columns of the header; without one in the usual order of so many.
static int take_words(fsc_cdx *cdx, fsc_capture *out, fsc_view line)
{
    static const char *const usual[] = {" N b a m s k S", " N b a m s k r V g", " N b a m s k r M S V g"};
    size_t n = 1;
    for (size_t i = 0; i < line.len; i++)
        n += line.data[i] == ' ';
    for (size_t i = 0; !cdx->columns && i < sizeof usual / sizeof *usual; i++)
        if (strlen(usual[i]) / 2 == n)
            take_letters(cdx, fsc_view_cstr(usual[i]));
    if (n < cdx->columns || cdx->columns == 0)
        return 0;
    for (size_t i = 0; i < cdx->columns; i++) {
        fsc_view word = next_word(&line);
        if (cdx->column[i] >= 0 && !fsc_view_is(word, "-"))
            out->field[cdx->column[i]] = word;
    }
    return is_time(out->field[FSC_CDX_TIME]);
}

int fsc_cdx_line(fsc_cdx *cdx, fsc_capture *out, fsc_view line, fsc_arena *arena, fsc_err *err)
{
    for (int f = 0; f < FSC_CDX_FIELDS; f++)
        out->field[f] = (fsc_view){"", 0};
    if (fsc_view_starts(line, FSC_LIT(" CDX ")) || fsc_view_starts(line, FSC_LIT("CDX N "))) {
        take_letters(cdx, fsc_view_slice(line, *line.data == ' ' ? 5 : 4, line.len));
        return 2;
    }
    line = fsc_view_trim(line);
    if (line.len == 0 || fsc_view_is(line, "[") || fsc_view_is(line, "]") || *line.data == '!')
        return 2;
    if (*line.data == '[')
        return take_row(cdx, out, line, arena, err);
    if (*line.data == '{')
        return take_object(out, line, arena, err);
    fsc_view rest = line, key = next_word(&rest), time = next_word(&rest);
    fsc_view json = rest.data ? fsc_view_trim(rest) : (fsc_view){"", 0};
    if (json.len == 0 || *json.data != '{')
        return take_words(cdx, out, line);
    if (!is_time(time))
        return 0;
    int rc = take_object(out, json, arena, err);
    out->field[FSC_CDX_KEY] = key;
    out->field[FSC_CDX_TIME] = time;
    return rc;
}

// ---------------------------------------------------------------- --filter

// "text/*" and the like: a star at the end stands for anything.
static bool value_fits(fsc_view value, fsc_view want)
{
    if (fsc_view_ends(want, FSC_LIT("*")))
        return fsc_view_starts(value, fsc_view_slice(want, 0, want.len - 1));
    return fsc_view_eq(value, want);
}

// One condition: NAME=A|B or NAME!=A|B.
static bool condition(fsc_view text, fsc_view *name, fsc_view *values, bool *negated)
{
    size_t equals = fsc_view_find(text, FSC_LIT("="), 0);
    if (equals == SIZE_MAX)
        return false;
    *negated = equals > 0 && text.data[equals - 1] == '!';
    *name = fsc_view_trim(fsc_view_slice(text, 0, equals - *negated));
    *values = fsc_view_trim(fsc_view_slice(text, equals + 1, text.len));
    return true;
}

int fsc_cdx_filter_check(fsc_view filter, fsc_err *err)
{
    fsc_view rest = filter, name, values;
    bool negated;
    while (filter.len && rest.data) {
        fsc_view one = fsc_view_split(&rest, ',');
        if (!condition(one, &name, &values, &negated) || fsc_cdx_field_named(name) < 0)
            return fsc_err_set(err, FSC_E_USAGE,
                               "--filter: '%.*s' is no condition: write NAME=VALUE or NAME!=VALUE with one of urlkey "
                               "timestamp url mime "
                               "mime-detected status digest length offset filename languages",
                               (int)one.len, one.data);
    }
    return FSC_OK;
}

bool fsc_cdx_filter_fits(fsc_view filter, const fsc_capture *c)
{
    fsc_view rest = filter, name, values;
    bool negated;
    while (filter.len && rest.data) {
        if (!condition(fsc_view_split(&rest, ','), &name, &values, &negated))
            continue;
        fsc_view value = c->field[fsc_cdx_field_named(name)];
        bool fits = false;
        while (values.data)
            fits |= value_fits(value, fsc_view_split(&values, '|'));
        if (fits == negated)
            return false;
    }
    return true;
}
