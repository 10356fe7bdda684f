#include "unit/ingest/ingest_check.h"

// Reads one JSON object as a line.
static const fsc_item *one(fixture *f, const char *json)
{
    puts_to("a.jsonl", json);
    read_all(f, NULL, "a.jsonl");
    assert_int_equal(f->count, 1);
    return &f->item[0];
}

static void test_social__tweet_v11(void **state)
{
    const fsc_item *i = one(
        *state, "{\"created_at\":\"Wed Oct 10 20:19:24 +0000 "
                "2018\",\"id\":1050118621198921728,\"id_str\":\"1050118621198921728\","
                "\"text\":\"shortened\",\"full_text\":\"Crime &amp; rhetoric &lt;3 https://t.co/a1 "
                "&quot;x&quot;\",\"truncated\":false,"
                "\"entities\":{\"urls\":[{\"url\":\"https://t.co/a1\",\"expanded_url\":\"https://axios.com/crime\"}]},"
                "\"user\":{\"name\":\"Axios\",\"screen_name\":\"axios\"},\"retweet_count\":1,\"lang\":\"en\"}");
    same(i->id, "1050118621198921728");
    same(i->content, "Crime & rhetoric <3 https://axios.com/crime &quot;x&quot;");
    same(i->author, "Axios");
    same(i->url, "https://x.com/axios/status/1050118621198921728");
    same(i->site, "x.com");
    same(i->published, "2018-10-10T20:19:24Z");
    same(i->lang, "en");
    same(i->kind, "post");
    assert_true(i->post);
    assert_int_equal(i->format, FSC_FORMAT_TEXT);
}

static void test_social__longest_text_of_a_tweet(void **state)
{
    same(one(*state, "{\"id_str\":\"1\",\"text\":\"cut…\",\"truncated\":true,\"extended_tweet\":{\"full_text\":\"the "
                     "whole\"},\"user\":{\"screen_name\":\"a\"}}")
             ->content,
         "the whole");
    same(one(*state, "{\"id\":\"1\",\"text\":\"cut…\",\"author_id\":\"2\",\"note_tweet\":{\"text\":\"a long note\"}}")
             ->content,
         "a long note");
}

static void test_social__kinds_of_tweets(void **state)
{
    static const struct {
        const char *more, *kind;
    } cases[] = {
        {"\"text\":\"RT @a: x\"", "repost"},
        {"\"text\":\"x\",\"retweeted_status\":{\"id\":2}", "repost"},
        {"\"text\":\"x\",\"in_reply_to_status_id_str\":\"5\"", "reply"},
        {"\"text\":\"x\",\"in_reply_to_status_id_str\":null", "post"},
        {"\"text\":\"x\",\"is_quote_status\":true", "quote"},
        {"\"text\":\"x\",\"referenced_tweets\":[{\"type\":\"quoted\",\"id\":\"4\"}]", "quote"},
        {"\"text\":\"x\",\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"4\"}]", "reply"},
        {"\"text\":\"x\",\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"4\"}]", "repost"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char json[300];
        snprintf(json, sizeof json, "{\"id_str\":\"1\",\"retweet_count\":0,%s}", cases[k].more);
        same(one(*state, json)->kind, cases[k].kind);
    }
}

static void test_social__page_of_the_v2_api(void **state)
{
    fixture *f = *state;
    puts_to("a.json", "{\"data\":[{\"id\":\"9\",\"text\":\"one\",\"author_id\":\"7\",\"created_at\":\"2023-01-01T00:00:"
                      "00.000Z\",\"lang\":\"und\"},"
                      "{\"id\":\"10\",\"text\":\"two\",\"author_id\":\"8\"}],"
                      "\"includes\":{\"users\":[{\"id\":\"7\",\"name\":\"Axios\",\"username\":\"axios\"}]},\"meta\":{"
                      "\"result_count\":2}}\n"
                      "{\"data\":[{\"id\":\"11\",\"text\":\"three\",\"author_id\":\"7\"}]}");
    fsc_ingest_options opt = {.from = FSC_LIT("json")};
    read_all(f, &opt, "a.json");
    assert_int_equal(f->count, 3);
    same(f->item[0].author, "Axios");
    same(f->item[0].url, "https://x.com/axios/status/9");
    same(f->item[0].published, "2023-01-01T00:00:00.000Z");
    same(f->item[0].lang, "");
    same(f->item[1].author, "");
    same(f->item[1].url, "https://x.com/i/status/10");
    // the accounts of one page do not speak for the next
    same(f->item[2].author, "");
}

static void test_social__single_v2_tweet_in_its_envelope(void **state)
{
    const fsc_item *i = one(*state, "{\"data\":{\"id\":\"9\",\"text\":\"one\",\"author_id\":\"7\"}}");
    same(i->content, "one");
    same(i->id, "9");
    assert_true(i->post);
}

static void test_social__archive_of_x(void **state)
{
    fixture *f = *state;
    puts_to(
        "tweets.js",
        "window.YTD.tweets.part0 = [ {\n \"tweet\" : {\"id_str\":\"5\",\"full_text\":\"first\",\"retweet_count\":\"0\","
        "\"created_at\":\"Mon Jan 01 00:00:01 +0000 2024\"}\n}, "
        "{\"tweet\":{\"id_str\":\"6\",\"full_text\":\"second\",\"edit_info\":{}}} ]");
    read_all(f, NULL, "tweets.js");
    assert_int_equal(f->count, 2);
    same(f->item[0].content, "first");
    same(f->item[0].published, "2024-01-01T00:00:01Z");
    same(f->item[1].id, "6");
}

static void test_social__mastodon_status(void **state)
{
    const fsc_item *i = one(
        *state,
        "{\"id\":\"111\",\"uri\":\"https://m.example/users/b/statuses/111\",\"url\":\"https://m.example/@b/111\","
        "\"created_at\":\"2024-03-01T10:00:00.000Z\",\"edited_at\":\"2024-03-01T11:00:00.000Z\",\"in_reply_to_id\":"
        "null,"
        "\"content\":\"<p>Crime <b>fell</b></p>\",\"spoiler_text\":\"CW: crime\",\"language\":\"en\",\"reblog\":null,"
        "\"account\":{\"acct\":\"b\",\"display_name\":\"Bea\"}}");
    same(i->id, "111");
    same(i->content, "<p>Crime <b>fell</b></p>");
    assert_int_equal(i->format, FSC_FORMAT_FRAGMENT);
    same(i->charset, "utf-8");
    same(i->author, "Bea");
    same(i->url, "https://m.example/@b/111");
    same(i->site, "m.example");
    same(i->published, "2024-03-01T10:00:00.000Z");
    same(i->modified, "2024-03-01T11:00:00.000Z");
    same(i->title, "CW: crime");
    same(i->kind, "post");
    assert_true(i->post);
}

static void test_social__boost_speaks_with_its_author(void **state)
{
    const fsc_item *i =
        one(*state, "{\"id\":\"2\",\"uri\":\"u\",\"created_at\":\"2024\",\"content\":\"\",\"account\":{\"acct\":\"b\"},"
                    "\"reblog\":{\"content\":\"<p>x</p>\",\"account\":{\"acct\":\"c\",\"display_name\":\"Cy\"}}}");
    same(i->content, "<p>x</p>");
    same(i->author, "Cy");
    same(i->kind, "repost");
    i = one(*state,
            "{\"id\":\"3\",\"uri\":\"u\",\"created_at\":\"2024\",\"content\":\"\",\"account\":{\"acct\":\"b\"}}");
    assert_int_equal(i->status, FSC_RECORD_EMPTY);
}

static void test_social__outbox(void **state)
{
    fixture *f = *state;
    puts_to(
        "outbox.json",
        "{\"@context\":\"https://www.w3.org/ns/"
        "activitystreams\",\"id\":\"outbox.json\",\"type\":\"OrderedCollection\",\"totalItems\":3,"
        "\"orderedItems\":[{\"id\":\"a1\",\"type\":\"Create\",\"actor\":\"https://m.example/users/"
        "bea\",\"published\":\"2024-01-01T00:00:00Z\","
        "\"object\":{\"id\":\"https://m.example/1\",\"type\":\"Note\",\"summary\":null,\"inReplyTo\":\"https://o/2\","
        "\"published\":\"2024-01-01T00:00:00Z\",\"url\":\"https://m.example/@bea/1\",\"attributedTo\":\"https://"
        "m.example/users/bea\","
        "\"content\":\"<p>Hi</p>\",\"contentMap\":{\"en\":\"<p>Hi</p>\"}}},"
        "{\"id\":\"a2\",\"type\":\"Announce\",\"actor\":\"https://m.example/users/bea\",\"object\":\"https://o/3\"}]}");
    read_all(f, NULL, "outbox.json");
    assert_int_equal(f->count, 2);
    same(f->item[0].id, "https://m.example/1");
    same(f->item[0].url, "https://m.example/@bea/1");
    same(f->item[0].author, "bea");
    same(f->item[0].lang, "en");
    same(f->item[0].kind, "reply");
    same(f->item[0].site, "m.example");
    same(f->item[0].content, "<p>Hi</p>");
    assert_int_equal(f->item[1].status, FSC_RECORD_EMPTY);
    same(f->item[1].kind, "repost");
    assert_true(f->item[1].post);
}

static void test_social__bluesky(void **state)
{
    const fsc_item *i =
        one(*state,
            "{\"uri\":\"at://did:plc:z/app.bsky.feed.post/3kabc\",\"cid\":\"c\",\"author\":{\"did\":\"did:plc:z\","
            "\"handle\":\"bea.bsky.social\",\"displayName\":\"Bea\"},\"record\":{\"$type\":\"app.bsky.feed.post\","
            "\"text\":\"a <sky>\",\"createdAt\":\"2024-05-01T00:00:00Z\",\"langs\":[\"en\"],\"reply\":{\"root\":{}}}}");
    same(i->content, "a <sky>");
    same(i->url, "https://bsky.app/profile/bea.bsky.social/post/3kabc");
    same(i->author, "Bea");
    same(i->kind, "reply");
    same(i->lang, "en");
    assert_int_equal(i->format, FSC_FORMAT_TEXT);
}

static void test_social__articles_are_no_posts(void **state)
{
    fixture *f = *state;
    assert_false(one(f, "{\"id\":\"1\",\"text\":\"t\",\"author\":\"J\",\"created_at\":\"2024\"}")->post);
    assert_false(one(f, "{\"id\":\"1\",\"content\":\"c\",\"author\":{\"name\":\"J\"},\"url\":\"u\"}")->post);
    assert_false(one(f, "{\"id\":\"1\",\"text\":\"t\",\"user\":\"bob\"}")->post);
}

static void test_social__map_overrules_the_shape(void **state)
{
    fixture *f = *state;
    fsc_ingest_options opt = {.map = FSC_LIT("text=note")};
    puts_to("a.jsonl", "{\"id_str\":\"1\",\"text\":\"t\",\"retweet_count\":1,\"note\":\"mine\"}");
    read_all(f, &opt, "a.jsonl");
    same(f->item[0].content, "mine");
    assert_false(f->item[0].post);
}

static void test_social__from_names_a_service(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {"twitter", "x", "mastodon", "bluesky", "reddit"};
    puts_to("a", "{\"id\":\"1\",\"text\":\"a\",\"author_id\":\"2\"}\n{\"id\":\"3\",\"text\":\"b\",\"author_id\":\"2\"}\n");
    puts_to("b", "{\"data\":[\n{\"id\":\"1\",\"text\":\"a\",\"author_id\":\"2\"},\n{\"id\":\"3\",\"text\":\"b\",\"author_id\":\"2\"}]}");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fsc_ingest_options opt = {.from = fsc_view_cstr(names[i])};
        read_all(f, &opt, "a", "b");
        assert_int_equal(f->count, 4);
        same(f->item[1].content, "b");
        same(f->item[3].content, "b");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_social__from_names_a_service),
        TEST(test_social__tweet_v11),
        TEST(test_social__longest_text_of_a_tweet),
        TEST(test_social__kinds_of_tweets),
        TEST(test_social__page_of_the_v2_api),
        TEST(test_social__single_v2_tweet_in_its_envelope),
        TEST(test_social__archive_of_x),
        TEST(test_social__mastodon_status),
        TEST(test_social__boost_speaks_with_its_author),
        TEST(test_social__outbox),
        TEST(test_social__bluesky),
        TEST(test_social__articles_are_no_posts),
        TEST(test_social__map_overrules_the_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
