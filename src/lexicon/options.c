#include "lexicon/options_p.h"

#include "lexicon/lexicon.h"

static size_t option_end(fsc_view rest)
{
    // most options hold no backslash: this runs over all entries whenever lexicons are compiled and looked up
    const char *semicolon = memchr(rest.data, ';', rest.len);
    size_t end = semicolon ? (size_t)(semicolon - rest.data) : rest.len;
    if (!memchr(rest.data, '\\', end))
        return end;
    size_t i = 0;
    while (i < rest.len && rest.data[i] != ';')
        i += rest.data[i] == '\\' ? 2 : 1;
    return i < rest.len ? i : rest.len;
}

bool fsc_lex_option_next(fsc_view *rest, fsc_lex_option *out)
{
    while (rest->data) {
        size_t end = option_end(*rest);
        fsc_view option = fsc_view_trim(fsc_view_slice(*rest, 0, end));
        *rest = end < rest->len ? fsc_view_slice(*rest, end + 1, rest->len) : (fsc_view){NULL, 0};
        if (option.len == 0)
            continue;
        const char *equals = memchr(option.data, '=', option.len);
        size_t sign = equals ? (size_t)(equals - option.data) : option.len;
        if (!equals) {
            *out = (fsc_lex_option){option, {NULL, 0}};
            return true;
        }
        out->name = fsc_view_trim(fsc_view_slice(option, 0, sign));
        out->value = fsc_view_trim(fsc_view_slice(option, sign + 1, option.len));
        return true;
    }
    return false;
}

fsc_view fsc_entry_option(const fsc_schema *s, const fsc_entry *entry, const char *name)
{
    fsc_view rest = fsc_schema_text(s, entry->options);
    fsc_lex_option option;
    if (rest.len == 0)
        return (fsc_view){NULL, 0};
    while (fsc_lex_option_next(&rest, &option)) {
        if (!fsc_view_is(option.name, name))
            continue;
        // a flag: nothing, but there
        return option.value.data ? option.value : fsc_view_slice(option.name, option.name.len, option.name.len);
    }
    return (fsc_view){NULL, 0};
}

bool fsc_entry_next_option(fsc_view *rest, fsc_view *name, fsc_view *value)
{
    fsc_lex_option option;
    if (!rest->len || !fsc_lex_option_next(rest, &option))
        return false;
    *name = option.name;
    *value = option.value;
    return true;
}
