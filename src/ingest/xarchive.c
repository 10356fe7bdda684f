// The archive that X gives to its users: scripts `window.YTD.<what>.part<n> = [...]`. Posts, deleted posts, and the
// account whose they are; the rest (likes, followers, messages, advertising) holds no posts of the account's own.

#include "ingest/ingest_p.h"

static fsc_view folder_of(fsc_view path)
{
    size_t end = path.len;
    while (end > 0 && path.data[end - 1] != '/' && path.data[end - 1] != '!')
        end--;
    return fsc_view_slice(path, 0, end);
}

static bool is_one_of(fsc_view what, const char *const *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_is(what, name[i]))
            return true;
    return false;
}

// What all posts of the file have: who wrote them, when account.js of the same folder was read, and whether they are
// gone.
static int set_table(fsc_ingest *in, bool deleted, fsc_err *err)
{
    fsc_table *t = FSC_NEW(&in->arena, fsc_table);
    if (!t)
        return fsc_err_nomem(err);
    if (in->account && fsc_view_eq(in->account_folder, folder_of(in->cut.input->path)))
        *t = *in->account;
    t->deleted = deleted;
    in->cut.table = t;
    return FSC_OK;
}

int fsc_xarchive_begin(fsc_ingest *in, fsc_err *err)
{
    static const char *const posts[] = {"tweet", "tweets", "community_tweet"};
    static const char *const deleted[] = {"deleted_tweet", "deleted_tweets"};
    fsc_view rest = fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, 256);
    size_t equals = fsc_view_find(rest, FSC_LIT("="), 0);
    if (equals == SIZE_MAX)
        return FSC_OK;
    rest = fsc_view_slice(rest, strlen("window.YTD."), equals);
    fsc_view what = fsc_view_split(&rest, '.');
    fsc_cut_skip(in, equals + 1);
    bool gone = is_one_of(what, deleted, sizeof deleted / sizeof *deleted);
    if (gone || is_one_of(what, posts, sizeof posts / sizeof *posts))
        return set_table(in, gone, err);
    in->cut.account = fsc_view_is(what, "account");
    in->cut.ended = !in->cut.account;
    in->without_posts++;
    return FSC_OK;
}

static int copy(fsc_ingest *in, fsc_view *slot, const fsc_json *account, const char *key, fsc_err *err)
{
    int rc = fsc_clean(slot, fsc_json_text(fsc_json_get(account, key)), &in->arena, NULL, err);
    if (!rc && !(*slot = fsc_arena_dup(&in->arena, *slot)).data)
        rc = fsc_err_nomem(err);
    return rc;
}

int fsc_xarchive_account(fsc_ingest *in, fsc_view value, fsc_err *err)
{
    fsc_json *v;
    fsc_table *t = FSC_NEW(&in->arena, fsc_table);
    if (!t)
        return fsc_err_nomem(err);
    int rc = fsc_json_parse(&v, NULL, value, false, &in->arena, NULL);
    if (rc)
        return rc == FSC_E_NOMEM ? fsc_err_nomem(err) : FSC_OK;
    const fsc_json *account = fsc_json_get(v, "account");
    rc = copy(in, &t->author, account, "accountDisplayName", err);
    if (!rc)
        rc = copy(in, &t->handle, account, "username", err);
    in->account = t;
    in->account_folder = fsc_arena_dup(&in->arena, folder_of(in->cut.input->path));
    return rc ? rc : in->account_folder.data ? FSC_OK : fsc_err_nomem(err);
}
