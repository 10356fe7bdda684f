#include "lexicon/source_p.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

// Longer ones are no lexicon; a line of a gigabyte is refused at its first byte too many.
#define LINE_MAX_BYTES (64u << 10)
#define FILE_MAX_BYTES (256u << 20)

static const char *const head_names[FSC_LEX_HEADS] = {
    "lexicon", "language", "version", "license", "role", "dimension", "poles", "rules", "source", "label", "overlap", "plain",
};
static const char *const column_names[FSC_LEX_COLUMNS] = {"pattern", "category", "weight", "options", "note"};

typedef struct reader {
    fsc_lex_file *file;
    fsc_arena *arena;
    fsc_err *err;
    int order[FSC_LEX_COLUMNS]; // cell index -> fsc_lex_column
    size_t cells;               // number of columns named; 0: the head is still being read
    fsc_lex_place place;        // start of the line
} reader;

int fsc_lex_fail(fsc_err *err, fsc_lex_place place, size_t offset, const char *fmt, ...)
{
    char text[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    uint32_t column = place.column ? place.column + (uint32_t)offset : 0;
    return fsc_err_at(err, FSC_E_LEXICON, place.path, place.line, column, "%s", text);
}

bool fsc_lex_is_name(fsc_view name)
{
    bool fresh = true; // at the start of a level
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool letter = c >= 'a' && c <= 'z';
        if (fresh ? !letter : !(letter || (c >= '0' && c <= '9') || c == '-' || c == '.'))
            return false;
        fresh = c == '.';
    }
    return name.len > 0 && !fresh;
}

static int find_name(const char *const *names, int count, fsc_view name)
{
    for (int i = 0; i < count; i++)
        if (fsc_view_is(name, names[i]))
            return i;
    return -1;
}

// The part of a line before its first blank or tab; *rest becomes what follows, trimmed.
static fsc_view first_field(fsc_view line, fsc_view *rest)
{
    size_t n = 0;
    while (n < line.len && line.data[n] != ' ' && line.data[n] != '\t')
        n++;
    *rest = fsc_view_trim(fsc_view_slice(line, n, line.len));
    return fsc_view_slice(line, 0, n);
}

static int read_head_line(reader *r, fsc_view line)
{
    fsc_view value, name = first_field(fsc_view_slice(line, 1, line.len), &value);
    int head = find_name(head_names, FSC_LEX_HEADS, name);
    if (head < 0)
        return fsc_lex_fail(r->err, r->place, 1, "unknown head line #%.*s (a comment has a blank after its #)",
                            (int)(name.len < 60 ? name.len : 60), name.data);
    fsc_view *slot = &r->file->head[head];
    fsc_lex_place place = r->place;
    place.column += (uint32_t)(value.data - line.data);
    if (value.len == 0 && head != FSC_LEX_HEAD_POLES)
        return fsc_lex_fail(r->err, r->place, 0, "#%s has no value", head_names[head]);
    if (head == FSC_LEX_HEAD_LABEL) {
        // what other tools call a category: for conversion, not for matching
        *slot = value;
        return FSC_OK;
    }
    if (slot->len > 0 && head != FSC_LEX_HEAD_SOURCE)
        return fsc_lex_fail(r->err, r->place, 0, "#%s is given twice, first in line %u", head_names[head],
                            (unsigned)r->file->head_place[head].line);
    if (slot->len > 0) {
        *slot = fsc_arena_printf(r->arena, "%.*s; %.*s", (int)slot->len, slot->data, (int)value.len, value.data);
        return slot->data ? FSC_OK : fsc_err_nomem(r->err);
    }
    *slot = value;
    r->file->head_place[head] = place;
    return FSC_OK;
}

// A spreadsheet puts cells with quote marks or commas in quote marks and doubles those inside.
static bool unquote(reader *r, fsc_view *cell, uint32_t *column)
{
    fsc_view in = *cell;
    if (in.len < 2 || in.data[0] != '"' || in.data[in.len - 1] != '"')
        return true;
    for (size_t i = 1; i + 1 < in.len; i++) {
        if (in.data[i] == '"' && (i + 2 >= in.len || in.data[++i] != '"'))
            return true; // quote marks that are not doubled: the cell means itself
    }
    char *out = fsc_arena_alloc(r->arena, in.len);
    if (!out)
        return false;
    size_t n = 0;
    for (size_t i = 1; i + 1 < in.len; i++) {
        out[n++] = in.data[i];
        i += in.data[i] == '"';
    }
    *cell = fsc_view_trim((fsc_view){out, n});
    *column += 1;
    return true;
}

// The next cell of a line, trimmed; *column is where its text starts.
static fsc_view next_cell(fsc_view *rest, const char *line, uint32_t *column)
{
    fsc_view raw = fsc_view_split(rest, '\t');
    fsc_view cell = fsc_view_trim(raw);
    *column = (uint32_t)((cell.len ? cell.data : raw.data) - line) + 1;
    return cell;
}

static int read_columns(reader *r, fsc_view line)
{
    bool seen[FSC_LEX_COLUMNS] = {false};
    fsc_view rest = line;
    while (rest.data) {
        uint32_t column;
        fsc_view cell = next_cell(&rest, line.data, &column);
        if (cell.len == 0)
            continue;
        int which = find_name(column_names, FSC_LEX_COLUMNS, cell);
        if (which < 0)
            return fsc_lex_fail(r->err, r->place, column - 1,
                                "the line after the head names the columns (pattern category weight options note); "
                                "there is no column %.*s",
                                (int)(cell.len < 60 ? cell.len : 60), cell.data);
        if (seen[which])
            return fsc_lex_fail(r->err, r->place, column - 1, "column %s is named twice", column_names[which]);
        seen[which] = true;
        r->order[r->cells++] = which;
    }
    if (!seen[FSC_LEX_PATTERN] || !seen[FSC_LEX_CATEGORY])
        return fsc_lex_fail(r->err, r->place, 0, "the columns pattern and category are required");
    return FSC_OK;
}

static int read_row(reader *r, fsc_view line)
{
    fsc_lex_row row = {.line = r->place.line};
    fsc_view rest = line;
    for (size_t i = 0; rest.data; i++) {
        uint32_t column;
        fsc_view cell = next_cell(&rest, line.data, &column);
        if (i >= r->cells && cell.len > 0)
            return fsc_lex_fail(r->err, r->place, column - 1, "more cells than columns");
        if (i >= r->cells)
            continue;
        if (!unquote(r, &cell, &column))
            return fsc_err_nomem(r->err);
        row.cell[r->order[i]] = cell;
        row.column[r->order[i]] = column;
    }
    if (!fsc_vec_push(r->arena, &r->file->row, row))
        return fsc_err_nomem(r->err);
    return FSC_OK;
}

static int read_line(reader *r, fsc_view line)
{
    if (fsc_view_trim(line).len == 0)
        return FSC_OK;
    // `#tag` is a pattern once the columns are named; before, it is a line of the head
    bool comment = line.data[0] == '#' && (line.len == 1 || line.data[1] == ' ' || line.data[1] == '\t');
    if (comment)
        return FSC_OK;
    if (r->cells == 0)
        return line.data[0] == '#' ? read_head_line(r, line) : read_columns(r, line);
    return read_row(r, line);
}

static int check_value(reader *r, fsc_lex_head head, const char *yes, const char *no, bool *out)
{
    fsc_view value = r->file->head[head];
    *out = fsc_view_is(value, yes);
    if (value.len == 0 || *out || fsc_view_is(value, no))
        return FSC_OK;
    return fsc_lex_fail(r->err, r->file->head_place[head], 0, "#%s is %s or %s", head_names[head], no, yes);
}

static bool is_language(fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        if (!((v.data[i] >= 'a' && v.data[i] <= 'z') ||
              (i >= 2 && (v.data[i] == '-' || (v.data[i] >= 'A' && v.data[i] <= 'Z')))))
            return false;
    return v.len >= 2 && v.len <= 16;
}

static int check_head(reader *r)
{
    static const fsc_lex_head required[] = {FSC_LEX_HEAD_LEXICON, FSC_LEX_HEAD_LANGUAGE, FSC_LEX_HEAD_VERSION,
                                            FSC_LEX_HEAD_LICENSE, FSC_LEX_HEAD_DIMENSION};
    fsc_lex_file *f = r->file;
    fsc_lex_place top = {f->path, 1, 1};
    int status = check_value(r, FSC_LEX_HEAD_ROLE, "resource", "scored", &f->resource);
    if (!status)
        status = check_value(r, FSC_LEX_HEAD_RULES, "yes", "no", &f->rules);
    if (!status)
        status = check_value(r, FSC_LEX_HEAD_PLAIN, "yes", "no", &f->plain);
    if (!status && f->head[FSC_LEX_HEAD_OVERLAP].len)
        f->overlap = fsc_overlap_named(f->head[FSC_LEX_HEAD_OVERLAP]);
    if (!status && f->overlap == FSC_OVERLAP_COUNT)
        status = fsc_lex_fail(r->err, f->head_place[FSC_LEX_HEAD_OVERLAP], 0, "#overlap is longest, category, priority or all");
    for (size_t i = 0; i < sizeof required / sizeof *required && !status; i++) {
        bool waived = f->resource && required[i] == FSC_LEX_HEAD_DIMENSION;
        if (f->head[required[i]].len == 0 && !waived)
            status = fsc_lex_fail(r->err, top, 0, "the head has no line #%s", head_names[required[i]]);
    }
    static const fsc_lex_head named[] = {FSC_LEX_HEAD_LEXICON, FSC_LEX_HEAD_DIMENSION};
    for (size_t i = 0; i < 2 && !status; i++) {
        fsc_view name = f->head[named[i]];
        if (name.len > 0 && !fsc_lex_is_name(name))
            status = fsc_lex_fail(r->err, f->head_place[named[i]], 0,
                                  "#%s: a name is [a-z][a-z0-9-]*, levels joined by dots", head_names[named[i]]);
    }
    if (!status && !is_language(f->head[FSC_LEX_HEAD_LANGUAGE]))
        status = fsc_lex_fail(r->err, f->head_place[FSC_LEX_HEAD_LANGUAGE], 0, "#language is a code such as en");
    if (!status && r->cells == 0)
        status = fsc_lex_fail(r->err, top, 0, "there is no line of column names (pattern category ...)");
    return status;
}

// Line and column of a byte, for what is wrong with the bytes themselves.
static fsc_lex_place place_of(const fsc_lex_file *f, fsc_view bytes, size_t offset)
{
    fsc_lex_place place = {f->path, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        place.column++;
        if (bytes.data[i] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

static int check_bytes(const fsc_lex_file *f, fsc_view bytes, fsc_err *err)
{
    fsc_lex_place top = {f->path, 1, 1};
    if (bytes.len > FILE_MAX_BYTES)
        return fsc_lex_fail(err, top, 0, "larger than %u MiB: no lexicon", FILE_MAX_BYTES >> 20);
    if (fsc_view_starts(bytes, FSC_LIT("\xFF\xFE")) || fsc_view_starts(bytes, FSC_LIT("\xFE\xFF")))
        return fsc_lex_fail(err, top, 0, "UTF-16: save it as UTF-8");
    const char *zero = bytes.len ? memchr(bytes.data, 0, bytes.len) : NULL;
    if (zero)
        return fsc_lex_fail(err, place_of(f, bytes, (size_t)(zero - bytes.data)), 0,
                            "a zero byte: a binary or UTF-16 file, a lexicon is UTF-8 text");
    size_t valid = fsc_utf8_valid(bytes.data, bytes.len);
    if (valid < bytes.len)
        return fsc_lex_fail(err, place_of(f, bytes, valid), 0, "not UTF-8 (byte 0x%02X): save it as UTF-8",
                            (unsigned char)bytes.data[valid]);
    return FSC_OK;
}

// Room for all rows at once: a large lexicon is not copied while it grows.
static bool reserve_rows(reader *r, fsc_view bytes)
{
    size_t lines = 1;
    for (const char *p = bytes.data, *end = p + bytes.len; bytes.len > 0 && (p = memchr(p, '\n', (size_t)(end - p)));)
        lines += ++p <= end;
    return fsc_vec_reserve(r->arena, &r->file->row, lines);
}

int fsc_lex_source_read(fsc_lex_file *out, const fsc_lexicon_source *source, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_lex_file){.path = source->path, .bytes = source->bytes};
    reader r = {.file = out, .arena = arena, .err = err, .place = {source->path, 0, 1}};
    fsc_view rest = source->bytes;
    if (fsc_view_starts(rest, FSC_LIT("\xEF\xBB\xBF")))
        rest = fsc_view_slice(rest, 3, rest.len);
    size_t number = 0;
    int status = check_bytes(out, rest, err);
    if (!status && !reserve_rows(&r, rest))
        return fsc_err_nomem(err);
    while (rest.data && !status) {
        fsc_view line = fsc_view_split(&rest, '\n');
        r.place.line = source->line && number < source->line_count ? source->line[number] : (uint32_t)number + 1;
        number++;
        if (line.len > 0 && line.data[line.len - 1] == '\r')
            line.len--;
        if (line.len > LINE_MAX_BYTES)
            return fsc_lex_fail(err, r.place, LINE_MAX_BYTES, "a line of more than %u KiB", LINE_MAX_BYTES >> 10);
        status = read_line(&r, line);
    }
    return status ? status : check_head(&r);
}
