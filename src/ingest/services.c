// Services whose exports are known by the names in them.

#include <stdio.h>

#include "ingest/ingest_p.h"

enum { SERVICE_TWEET = 1 << 0, SERVICE_REDDIT = 1 << 1, SERVICE_CUT = 1 << 2 };

struct fsc_service {
    fsc_view mark;
    const char *title, *marks, *map, *kind, *site, *deleted, *repost;
    unsigned flags;
};

static const fsc_service services[] = {
#define FSC_SERVICE(title, mark, marks, map, kind, site, deleted, repost, flags)                                       \
    {FSC_LIT_INIT(mark), title, marks, map, kind, site, deleted, repost, flags},
#include "ingest/services.def"
};

const char *fsc_service_title(const fsc_service *s)
{
    return s->title;
}

static bool has_name(fsc_view want, const fsc_view *name, size_t count)
{
    // most names differ in length
    for (size_t i = 0; i < count; i++)
        if (name[i].len == want.len && fsc_field_same_name(want, name[i]))
            return true;
    return false;
}

const fsc_service *fsc_service_of(const fsc_view *name, size_t count)
{
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        bool all = has_name(services[i].mark, name, count);
        fsc_view rest = all ? fsc_view_cstr(services[i].marks) : (fsc_view){NULL, 0};
        while (all && rest.data)
            all = has_name(fsc_view_split(&rest, ','), name, count);
        if (all)
            return &services[i];
    }
    return NULL;
}

void fsc_service_map(fsc_field_map *out, const fsc_service *s, const fsc_field_map *map, const fsc_view *name,
                     size_t count)
{
    *out = *map;
    if (!s)
        return;
    // who names the text or the page has settled both
    bool settled = map->has[FSC_FIELD_TEXT] || map->has[FSC_FIELD_HTML];
    fsc_view rest = fsc_view_cstr(s->map);
    while (rest.data) {
        fsc_view column = fsc_view_split(&rest, ','), field = fsc_view_split(&column, '=');
        int f = fsc_field_named(field);
        if (f < 0 || out->has[f] || (settled && f == FSC_FIELD_TEXT))
            continue;
        // the spelling of the record is what the match goes by
        for (size_t i = 0; i < count && column.len; i++)
            if (fsc_field_same_name(column, name[i])) {
                out->has[f] = true;
                out->name[f] = name[i];
            }
        out->has[f] |= column.len == 0;
    }
}

// ---------------------------------------------------------------- what is special

static bool says_yes(fsc_view v)
{
    static const char *const no[] = {"", "0", "f", "false", "no", "null", "none", "nan"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (fsc_view_eq_nocase(v, fsc_view_cstr(no[i])))
            return false;
    return true;
}

static int finish_tweet(fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    if (out->url.len == 0 && out->id.len) {
        out->url = fsc_arena_printf(arena, "https://x.com/i/status/%.*s", (int)out->id.len, out->id.data);
        if (!out->url.data)
            return fsc_err_nomem(err);
    }
    if (fsc_view_starts(out->content, FSC_LIT("RT @")))
        out->kind = FSC_LIT("repost");
    return out->status == FSC_RECORD_OK ? fsc_tweet_content(out, out->content, NULL, arena, err) : FSC_OK;
}

// The title of a submission is what is read first; "[deleted]" and "[removed]" stand for a text that is gone.
static int finish_reddit(fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    fsc_view text = fsc_view_trim(out->content);
    bool gone = fsc_view_is(text, "[deleted]") || fsc_view_is(text, "[removed]");
    out->deleted |= gone;
    if (fsc_view_starts(out->url, FSC_LIT("/"))) {
        out->url = fsc_arena_printf(arena, "https://www.reddit.com%.*s", (int)out->url.len, out->url.data);
        if (!out->url.data)
            return fsc_err_nomem(err);
    }
    if (!says_yes(out->modified))
        out->modified = (fsc_view){"", 0};
    if (fsc_view_is(out->author, "[deleted]"))
        out->author = (fsc_view){"", 0};
    if (gone)
        text = out->content = (fsc_view){"", 0};
    if (gone && out->title.len == 0)
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "the post was taken down");
    if (out->title.len == 0)
        return FSC_OK;
    out->content = fsc_arena_printf(arena, "%.*s%s%.*s", (int)out->title.len, out->title.data, text.len ? "\n\n" : "",
                                    (int)text.len, text.data);
    out->format = FSC_FORMAT_TEXT;
    out->status = FSC_RECORD_OK;
    out->reason = (fsc_view){"", 0};
    return out->content.data ? FSC_OK : fsc_err_nomem(err);
}

// "... and then [+1234 chars]"
static void finish_cut(fsc_item *out)
{
    fsc_view v = fsc_view_trim(out->content);
    size_t end = v.len - 7, i = end;
    if (out->status != FSC_RECORD_OK || !fsc_view_ends(v, FSC_LIT(" chars]")))
        return;
    while (i > 0 && v.data[i - 1] >= '0' && v.data[i - 1] <= '9')
        i--;
    if (i == end || i < 2 || memcmp(v.data + i - 2, "[+", 2) != 0)
        return;
    out->content = fsc_view_trim(fsc_view_slice(v, 0, i - 2));
    out->status = FSC_RECORD_TRUNCATED;
    out->reason = FSC_LIT("the service gives only the beginning of the article");
}

int fsc_service_finish(const fsc_service *s, fsc_service_value value, const void *record, fsc_item *out,
                       fsc_arena *arena, fsc_err *err)
{
    if (s->site[0] && out->site.len == 0)
        out->site = fsc_view_cstr(s->site);
    if (s->kind[0] && (out->kind.len == 0 || fsc_view_is(out->kind, "headline")))
        out->kind = fsc_view_cstr(s->kind);
    if (s->deleted[0] && says_yes(value(record, s->deleted)))
        out->deleted = true;
    if (s->repost[0] && says_yes(value(record, s->repost)))
        out->kind = FSC_LIT("repost");
    int rc = FSC_OK;
    if (s->flags & SERVICE_TWEET)
        rc = finish_tweet(out, arena, err);
    if (s->flags & SERVICE_REDDIT)
        rc = finish_reddit(out, arena, err);
    if (s->flags & SERVICE_CUT)
        finish_cut(out);
    return rc;
}
