// Posts: X (v1.1, v2, archive), Mastodon (API, outbox; Truth Social has the same shape), Bluesky.

#include "ingest/ingest_p.h"

typedef struct post {
    fsc_item *out;
    fsc_arena *arena;
    fsc_err *err;
} post;

static inline const fsc_json *get(const fsc_json *v, const char *key)
{
    return fsc_json_get(v, key);
}

static inline const fsc_json *get_object(const fsc_json *v, const char *key)
{
    const fsc_json *m = get(v, key);
    return m && m->kind == FSC_JSON_OBJECT ? m : NULL;
}

static inline fsc_view text_of(const fsc_json *v, const char *key)
{
    return fsc_json_text(get(v, key));
}

static inline bool is_set(const fsc_json *v, const char *key)
{
    const fsc_json *m = get(v, key);
    return m && m->kind != FSC_JSON_NULL && !(m->kind == FSC_JSON_STRING && m->text.len == 0);
}

static inline bool is_true(const fsc_json *v, const char *key)
{
    const fsc_json *m = get(v, key);
    return m && m->kind == FSC_JSON_BOOL && m->boolean;
}

static fsc_view first_of(fsc_view a, fsc_view b)
{
    return a.len ? a : b;
}

static int set(post *p, fsc_view *slot, fsc_view v)
{
    return fsc_clean(slot, fsc_view_trim(v), p->arena, NULL, p->err);
}

static int set_date(post *p, fsc_view *slot, fsc_view v)
{
    int rc = set(p, slot, v);
    return rc ? rc : fsc_ingest_date(slot, *slot, p->arena, p->err);
}

// The host of an address: the site of its posts.
static fsc_view host_of(fsc_view url)
{
    size_t at = fsc_view_find(url, FSC_LIT("://"), 0);
    if (at == SIZE_MAX)
        return (fsc_view){"", 0};
    fsc_view rest = fsc_view_slice(url, at + 3, url.len);
    return fsc_view_split(&rest, '/');
}

static int no_text(post *p, const char *why)
{
    return fsc_item_fail(p->out, FSC_RECORD_EMPTY, p->arena, p->err, "%s", why);
}

// ---------------------------------------------------------------- X

// Things that only tweets have beside their text.
static bool is_tweet(const fsc_json *v)
{
    if (!is_set(v, "id") && !is_set(v, "id_str"))
        return false;
    if (!get(v, "full_text") && !get(v, "text"))
        return false;
    const fsc_json *user = get_object(v, "user");
    if (user && get(user, "screen_name"))
        return true;
    // names that the compiler knows: their bits are constants, and nearly all records have none of them
    return get(v, "author_id") || get(v, "edit_history_tweet_ids") || get(v, "conversation_id") || get(v, "public_metrics") ||
           get(v, "retweet_count") || get(v, "favorite_count") || get(v, "display_text_range") || get(v, "edit_info") ||
           get(v, "in_reply_to_status_id_str") || get(v, "extended_tweet") || get(v, "note_tweet");
}

static const char *tweet_kind(const fsc_json *v, fsc_view text)
{
    bool quoted = is_true(v, "is_quote_status");
    if (get_object(v, "retweeted_status") || fsc_view_starts(text, FSC_LIT("RT @")))
        return "repost";
    const fsc_json *refs = get(v, "referenced_tweets");
    for (const fsc_json *r = refs && refs->kind == FSC_JSON_ARRAY ? refs->child : NULL; r; r = r->next) {
        fsc_view type = text_of(r, "type");
        if (fsc_view_is(type, "retweeted"))
            return "repost";
        if (fsc_view_is(type, "replied_to"))
            return "reply";
        quoted |= fsc_view_is(type, "quoted");
    }
    if (is_set(v, "in_reply_to_status_id_str") || is_set(v, "in_reply_to_status_id") ||
        is_set(v, "in_reply_to_user_id"))
        return "reply";
    return quoted ? "quote" : "post";
}

// The longest text that the tweet carries: notes and extended tweets are shortened in `text`.
static const fsc_json *tweet_text(const fsc_json *v, const fsc_json **entities)
{
    const fsc_json *note = get_object(v, "note_tweet"), *extended = get_object(v, "extended_tweet");
    *entities = get_object(v, "entities");
    if (note && get(note, "text")) {
        if (get_object(note, "entities"))
            *entities = get_object(note, "entities");
        return get(note, "text");
    }
    if (extended && get(extended, "full_text")) {
        if (get_object(extended, "entities"))
            *entities = get_object(extended, "entities");
        return get(extended, "full_text");
    }
    return get(v, "full_text") ? get(v, "full_text") : get(v, "text");
}

// What replaces the text at s: an undone reference, or the address behind a short link. Returns the bytes replaced.
static size_t replacement(fsc_view s, const fsc_json *urls, fsc_view *with)
{
    static const struct {
        fsc_view from, to;
    } references[] = {{FSC_LIT_INIT("&amp;"), FSC_LIT_INIT("&")},
                      {FSC_LIT_INIT("&lt;"), FSC_LIT_INIT("<")},
                      {FSC_LIT_INIT("&gt;"), FSC_LIT_INIT(">")}};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        if (fsc_view_starts(s, references[i].from)) {
            *with = references[i].to;
            return references[i].from.len;
        }
    if (!fsc_view_starts(s, FSC_LIT("http")))
        return 0;
    int tried = 0;
    for (const fsc_json *u = urls ? urls->child : NULL; u && tried < 64; u = u->next, tried++) {
        fsc_view link = text_of(u, "url");
        *with = text_of(u, "expanded_url");
        if (link.len && with->len && fsc_view_starts(s, link))
            return link.len;
    }
    return 0;
}

int fsc_tweet_content(fsc_item *out, fsc_view text, const fsc_json *entities, fsc_arena *arena, fsc_err *err)
{
    const fsc_json *urls = get(entities, "urls");
    if (urls && urls->kind != FSC_JSON_ARRAY)
        urls = NULL;
    fsc_buf buf;
    // a short link may stand many times in the text
    fsc_buf_init(&buf, NULL, text.len * 64 + 65536);
    size_t start = 0, i = 0;
    while (i < text.len) {
        fsc_view with = {"", 0};
        bool candidate = text.data[i] == '&' || text.data[i] == 'h';
        size_t used = candidate ? replacement(fsc_view_slice(text, i, text.len), urls, &with) : 0;
        if (!used) {
            i++;
            continue;
        }
        fsc_buf_add(&buf, text.data + start, i - start);
        fsc_buf_addv(&buf, with);
        start = i += used;
    }
    fsc_buf_add(&buf, text.data + start, text.len - start);
    fsc_view copy = buf.failed == FSC_E_LIMIT ? text
                    : buf.failed              ? (fsc_view){NULL, 0}
                                              : fsc_arena_dup(arena, fsc_buf_view(&buf));
    fsc_buf_release(&buf);
    if (!copy.data)
        return fsc_err_nomem(err);
    return fsc_clean(&out->content, copy, arena, &out->repaired, err);
}

static const fsc_json *tweet_user(const fsc_json *v, const fsc_table *users)
{
    const fsc_json *user = get_object(v, "user");
    if (!user)
        user = get_object(v, "author");
    fsc_view id = text_of(v, "author_id");
    if (user || !users || !users->user || id.len == 0)
        return user;
    const uint32_t *index = fsc_map_get(&users->users, id);
    return index ? users->user[*index] : NULL;
}

// The first of the ids that an edited tweet has had, or empty: the address that its versions share.
static fsc_view first_edit(const fsc_json *v)
{
    const fsc_json *info = get_object(v, "edit_info"), *edit = get_object(info, "edit"), *ids = get(v, "edit_history_tweet_ids");
    const fsc_json *initial = get_object(info, "initial");
    if (!initial)
        initial = get_object(edit, "editControlInitial");
    if (!ids)
        ids = get(initial, "editTweetIds") ? get(initial, "editTweetIds") : get(initial, "edit_tweet_ids");
    fsc_view first = first_of(text_of(edit, "initialTweetId"), text_of(edit, "initial_tweet_id"));
    if (first.len)
        return first;
    bool edited = ids && ids->kind == FSC_JSON_ARRAY && ids->child && ids->child->next;
    return edited ? fsc_json_text(ids->child) : (fsc_view){"", 0};
}

static int tweet_url(post *p, fsc_view *slot, fsc_view handle, fsc_view id)
{
    if (slot->len || id.len == 0)
        return FSC_OK;
    fsc_view url = fsc_arena_printf(p->arena, "https://x.com/%.*s/status/%.*s", handle.len ? (int)handle.len : 1,
                                    handle.len ? handle.data : "i", (int)id.len, id.data);
    return url.data ? set(p, slot, url) : fsc_err_nomem(p->err);
}

// Author and addresses. The author is the user that the tweet names, else the account whose archive it is.
static int tweet_author(post *p, const fsc_json *v, const fsc_table *users)
{
    const fsc_json *user = tweet_user(v, users);
    fsc_view handle = first_of(text_of(user, "screen_name"), text_of(user, "username")), name = text_of(user, "name");
    if (!user && users) {
        handle = users->handle;
        name = users->author;
    }
    int rc = set(p, &p->out->author, first_of(name, handle));
    if (!rc)
        rc = tweet_url(p, &p->out->url, handle, p->out->id);
    return rc ? rc : tweet_url(p, &p->out->canonical, handle, first_edit(v));
}

static int parse_tweet(post *p, const fsc_json *v, const fsc_table *users)
{
    const fsc_json *entities, *text = tweet_text(v, &entities);
    int rc = set(p, &p->out->id, first_of(text_of(v, "id_str"), text_of(v, "id")));
    if (!rc)
        rc = set(p, &p->out->url, text_of(v, "url"));
    if (!rc)
        rc = tweet_author(p, v, users);
    if (!rc)
        rc = set_date(p, &p->out->published, first_of(text_of(v, "created_at"), text_of(v, "date")));
    if (!rc)
        rc = set(p, &p->out->lang, text_of(v, "lang"));
    // archives say when a tweet was deleted
    if (!rc)
        rc = set_date(p, &p->out->modified, text_of(v, "deleted_at"));
    if (rc)
        return rc;
    p->out->deleted = (users && users->deleted) || is_set(v, "deleted_at");
    if (fsc_view_is(p->out->lang, "und"))
        p->out->lang = (fsc_view){"", 0};
    p->out->site = FSC_LIT("x.com");
    p->out->kind = fsc_view_cstr(tweet_kind(v, fsc_json_text(text)));
    p->out->format = FSC_FORMAT_TEXT;
    if (fsc_view_trim(fsc_json_text(text)).len == 0)
        return no_text(p, "the post has no text");
    return fsc_tweet_content(p->out, fsc_json_text(text), entities, p->arena, p->err);
}

// ---------------------------------------------------------------- Mastodon and other ActivityPub

static bool is_status(const fsc_json *v)
{
    return get(v, "content") && (get_object(v, "account") || (is_set(v, "uri") && is_set(v, "created_at")));
}

// A version in an edit history: it has neither id nor address, for all versions of one file are of one post.
static bool is_version(const fsc_json *v)
{
    return is_set(v, "created_at") && !get(v, "id") && !get(v, "uri") && !get(v, "url");
}

// The path in "path@OFFSET" or "path:LINE".
static fsc_view path_of(fsc_view source)
{
    size_t end = source.len;
    while (end > 0 && source.data[end - 1] >= '0' && source.data[end - 1] <= '9')
        end--;
    bool place = end > 1 && end < source.len && (source.data[end - 1] == '@' || source.data[end - 1] == ':');
    return place ? fsc_view_slice(source, 0, end - 1) : source;
}

static int version_of(post *p, fsc_view source)
{
    p->out->modified = p->out->published;
    p->out->published = (fsc_view){"", 0};
    return set(p, &p->out->id, path_of(source));
}

static int fragment(post *p, fsc_view html)
{
    p->out->format = FSC_FORMAT_FRAGMENT;
    p->out->charset = FSC_LIT("utf-8");
    if (fsc_view_trim(html).len == 0)
        return no_text(p, "the post has no text");
    return fsc_clean(&p->out->content, html, p->arena, &p->out->repaired, p->err);
}

static int parse_status(post *p, const fsc_json *v, fsc_view source_name)
{
    const fsc_json *shared = get_object(v, "reblog"), *source = v;
    // a boost says nothing itself
    if (shared && text_of(v, "content").len == 0)
        source = shared;
    const fsc_json *account = get_object(source, "account");
    fsc_view url = first_of(text_of(v, "url"), text_of(v, "uri"));
    int rc = set(p, &p->out->id, text_of(v, "id"));
    if (!rc)
        rc = set(p, &p->out->url, url);
    if (!rc)
        rc = set(p, &p->out->author,
                 first_of(first_of(text_of(account, "display_name"), text_of(account, "acct")),
                          text_of(account, "username")));
    if (!rc)
        rc = set_date(p, &p->out->published, text_of(v, "created_at"));
    if (!rc)
        rc = set_date(p, &p->out->modified, text_of(v, "edited_at"));
    if (!rc)
        rc = set(p, &p->out->lang, text_of(source, "language"));
    if (!rc)
        rc = set(p, &p->out->title, text_of(source, "spoiler_text"));
    if (!rc && is_version(v))
        rc = version_of(p, source_name);
    if (rc)
        return rc;
    p->out->site = host_of(first_of(p->out->url, text_of(account, "url")));
    p->out->kind = shared                        ? FSC_LIT("repost")
                   : is_set(v, "in_reply_to_id") ? FSC_LIT("reply")
                   : is_set(v, "quote")          ? FSC_LIT("quote")
                                                 : FSC_LIT("post");
    return fragment(p, text_of(source, "content"));
}

static bool is_activity(const fsc_json *v)
{
    fsc_view type = text_of(v, "type");
    return (get(v, "actor") && get(v, "object") &&
            (fsc_view_is(type, "Create") || fsc_view_is(type, "Announce") || fsc_view_is(type, "Update"))) ||
           (get(v, "attributedTo") && get(v, "content") &&
            (fsc_view_is(type, "Note") || fsc_view_is(type, "Article") || fsc_view_is(type, "Question")));
}

// The account's name at the end of its address: https://example.org/users/name, https://example.org/@name
static fsc_view account_of(fsc_view url)
{
    size_t at = url.len;
    while (at > 0 && url.data[at - 1] != '/' && url.data[at - 1] != '@')
        at--;
    return fsc_view_slice(url, at, url.len);
}

static fsc_view content_language(const fsc_json *note)
{
    const fsc_json *map = get_object(note, "contentMap");
    return map && map->child ? map->child->key : (fsc_view){"", 0};
}

static int parse_activity(post *p, const fsc_json *v)
{
    const fsc_json *note = get(v, "content") ? v : get_object(v, "object");
    fsc_view actor = first_of(text_of(note, "attributedTo"), text_of(v, "actor"));
    fsc_view id = first_of(text_of(note, "id"), text_of(v, "id"));
    int rc = set(p, &p->out->id, id);
    if (!rc)
        rc = set(p, &p->out->url, first_of(text_of(note, "url"), id));
    if (!rc)
        rc = set(p, &p->out->author, account_of(actor));
    if (!rc)
        rc = set_date(p, &p->out->published, first_of(text_of(note, "published"), text_of(v, "published")));
    if (!rc)
        rc = set_date(p, &p->out->modified, text_of(note, "updated"));
    if (!rc)
        rc = set(p, &p->out->lang, content_language(note));
    if (!rc)
        rc = set(p, &p->out->title, first_of(text_of(note, "name"), text_of(note, "summary")));
    if (rc)
        return rc;
    p->out->site = host_of(p->out->url);
    p->out->kind = !note ? FSC_LIT("repost") : is_set(note, "inReplyTo") ? FSC_LIT("reply") : FSC_LIT("post");
    return note ? fragment(p, text_of(note, "content")) : no_text(p, "a boost without its text");
}

// ---------------------------------------------------------------- Bluesky

#define BLUESKY_POST "app.bsky.feed.post"

// The record of a post: itself, in a view (author feeds, threads), in a list of records, or in a commit of the stream.
static const fsc_json *bluesky_record(const fsc_json *v)
{
    const fsc_json *commit = get_object(v, "commit");
    const fsc_json *candidates[] = {v, get_object(v, "record"), get_object(v, "value"), get_object(commit, "record")};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i] && fsc_view_is(text_of(candidates[i], "$type"), BLUESKY_POST))
            return candidates[i];
    return NULL;
}

// A commit of the stream that takes a post away.
static bool is_bluesky_deletion(const fsc_json *v)
{
    const fsc_json *commit = get_object(v, "commit");
    return commit && fsc_view_is(text_of(commit, "operation"), "delete") &&
           fsc_view_is(text_of(commit, "collection"), BLUESKY_POST);
}

static bool is_bluesky(const fsc_json *v)
{
    return bluesky_record(v) != NULL || is_bluesky_deletion(v);
}

// at://WHO/app.bsky.feed.post/KEY, of which the stream gives the parts.
static int bluesky_uri(post *p, const fsc_json *v, fsc_view *uri, fsc_view *who)
{
    const fsc_json *commit = get_object(v, "commit"), *author = get_object(v, "author");
    *uri = text_of(v, "uri");
    *who = first_of(first_of(text_of(author, "handle"), text_of(author, "did")), text_of(v, "did"));
    fsc_view key = text_of(commit, "rkey");
    if (uri->len == 0 && who->len && key.len) {
        *uri = fsc_arena_printf(p->arena, "at://%.*s/" BLUESKY_POST "/%.*s", (int)who->len, who->data, (int)key.len, key.data);
        return uri->data ? FSC_OK : fsc_err_nomem(p->err);
    }
    if (who->len == 0 && fsc_view_starts(*uri, FSC_LIT("at://"))) {
        fsc_view rest = fsc_view_slice(*uri, 5, uri->len);
        *who = fsc_view_split(&rest, '/');
    }
    return FSC_OK;
}

static int bluesky_address(post *p, const fsc_json *v)
{
    fsc_view uri, who;
    int rc = bluesky_uri(p, v, &uri, &who);
    fsc_view key = account_of(uri);
    if (!rc)
        rc = set(p, &p->out->id, first_of(uri, text_of(v, "cid")));
    if (rc || !who.len || !key.len)
        return rc;
    fsc_view url = fsc_arena_printf(p->arena, "https://bsky.app/profile/%.*s/post/%.*s", (int)who.len, who.data,
                                    (int)key.len, key.data);
    return url.data ? set(p, &p->out->url, url) : fsc_err_nomem(p->err);
}

static fsc_view bluesky_kind(const fsc_json *record, bool shared)
{
    const fsc_json *embed = get_object(record, "embed");
    bool quote = embed && fsc_view_starts(text_of(embed, "$type"), FSC_LIT("app.bsky.embed.record"));
    return shared                        ? FSC_LIT("repost")
           : get_object(record, "reply") ? FSC_LIT("reply")
           : quote                       ? FSC_LIT("quote")
                                         : FSC_LIT("post");
}

// `shared`: somebody's repost of it stands in a feed.
static int parse_bluesky(post *p, const fsc_json *v, bool shared)
{
    const fsc_json *record = bluesky_record(v), *author = get_object(v, "author"), *langs = get(record, "langs");
    int rc = bluesky_address(p, v);
    if (!rc)
        rc = set(p, &p->out->author, first_of(text_of(author, "displayName"), text_of(author, "handle")));
    if (!rc)
        rc = set_date(p, &p->out->published, text_of(record, "createdAt"));
    if (!rc && langs && langs->kind == FSC_JSON_ARRAY)
        rc = set(p, &p->out->lang, fsc_json_text(langs->child));
    if (rc)
        return rc;
    p->out->site = FSC_LIT("bsky.app");
    p->out->kind = bluesky_kind(record, shared);
    p->out->format = FSC_FORMAT_TEXT;
    p->out->deleted = is_bluesky_deletion(v);
    fsc_view text = text_of(record, "text");
    if (fsc_view_trim(text).len == 0)
        return no_text(p, p->out->deleted ? "the post was taken down" : "the post has no text");
    return fsc_clean(&p->out->content, text, p->arena, &p->out->repaired, p->err);
}

// ---------------------------------------------------------------- which

int fsc_social_parse(const fsc_json *v, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    post p = {out, arena, err};
    bool shared = fsc_view_ends(text_of(get_object(v, "reason"), "$type"), FSC_LIT("#reasonRepost"));
    // envelopes of one post: X archive, X API, Bluesky timeline
    static const char *const envelopes[] = {"tweet", "data", "post"};
    for (size_t i = 0; i < sizeof envelopes / sizeof *envelopes; i++) {
        const fsc_json *inside = get_object(v, envelopes[i]);
        if (inside && (is_tweet(inside) || is_bluesky(inside))) {
            v = inside;
            break;
        }
    }
    int rc;
    if (is_bluesky(v))
        rc = parse_bluesky(&p, v, shared);
    else if (is_status(v))
        rc = parse_status(&p, v, raw->source);
    else if (is_activity(v))
        rc = parse_activity(&p, v);
    else if (is_tweet(v))
        rc = parse_tweet(&p, v, raw->table);
    else
        return 0;
    out->post = true;
    return rc ? rc : 1;
}
