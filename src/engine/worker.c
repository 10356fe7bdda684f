#include "engine/engine_p.h"

// what an arena keeps between documents
#define KEEP (1u << 20)

// what no room needs a hit for: most words of a text are only function words. Without rooms that read them it is all resource entries.
static bool is_quiet(const void *user, uint32_t entry, fsc_tags *add)
{
    const fsc_worker *w = user;
    const fsc_ctx *ctx = w->ctx;
    const fsc_entry *e = &ctx->schema->entry[entry];
    fsc_tags tags = {0};
    if (!ctx->voice)
        return e->flags & FSC_ENTRY_RESOURCE && e->category != ctx->about;
    // framing needs the hits of all entries that are scored, so that the entry itself, which is far away, need not be asked
    if (!fsc_framing_quiet(ctx->framing, entry, &tags.framing) || (ctx->about != FSC_NONE && e->category == ctx->about) ||
        !fsc_voice_quiet(ctx->voice, entry, w->lacks, &tags.voice) ||
        (ctx->revision && !fsc_revision_quiet(ctx->revision, entry, &tags.revision)))
        return false;
    add->voice |= tags.voice;
    add->framing |= tags.framing;
    add->revision |= tags.revision;
    return true;
}

int fsc_worker_init(fsc_worker *w, const fsc_ctx *ctx, unsigned lacks, fsc_err *err)
{
    *w = (fsc_worker){.ctx = ctx, .lacks = lacks};
    fsc_arena_init(&w->document, NULL);
    fsc_arena_init(&w->scratch, NULL);
    int status = fsc_types_new(&w->types, NULL, err);
    if (!status)
        status = fsc_matcher_new(&w->matcher, ctx->lexset, w->types, NULL, err);
    if (status)
        fsc_worker_release(w);
    else
        fsc_matcher_quiet(w->matcher, ctx->loud ? NULL : is_quiet, w);
    return status;
}

void fsc_worker_release(fsc_worker *w)
{
    if (w->matcher)
        fsc_matcher_free(w->matcher);
    if (w->types)
        fsc_types_free(w->types);
    w->matcher = NULL;
    w->types = NULL;
    fsc_arena_release(&w->document);
    fsc_arena_release(&w->scratch);
}

void fsc_worker_reset(fsc_worker *w)
{
    fsc_arena_reset(&w->document, KEEP);
    fsc_arena_reset(&w->scratch, KEEP);
    fsc_types_trim(w->types);
}

int fsc_worker_article(fsc_worker *w, fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena, fsc_err *err)
{
    int status = fsc_extract(out, item, opt, arena, &w->scratch, err);
    fsc_arena_reset(&w->scratch, KEEP);
    return status;
}

// a language is served when a scored lexicon names it; no language given counts as served
static bool has_language(const fsc_schema *s, fsc_view lang)
{
    size_t len = 0;
    while (len < lang.len && lang.data[len] != '-' && lang.data[len] != '_')
        len++;
    fsc_view primary = fsc_view_slice(lang, 0, len), rest = s->languages;
    if (!primary.len)
        return true;
    while (rest.data) {
        fsc_view served = fsc_view_split(&rest, ' ');
        // a dictionary of another tool does not say its language: und
        if (fsc_view_eq_nocase(served, primary) || fsc_view_is(served, "und"))
            return true;
    }
    return false;
}

// a pattern stopped at its limit has fewer hits than the text: the record says so
static int note_limit(fsc_analysis *a, fsc_arena *arena, fsc_err *err)
{
    if (!a->hits.limited || a->article.reason.len)
        return 0;
    bool one = a->hits.limited == 1;
    a->article.reason = fsc_arena_printf(arena, "%u pattern%s stopped at the match limit: later hits of %s are missing", (unsigned)a->hits.limited,
                                         one ? "" : "s", one ? "it" : "these");
    return a->article.reason.data ? 0 : fsc_err_nomem(err);
}

static int match_text(fsc_worker *w, fsc_analysis *a, fsc_arena *arena, fsc_err *err)
{
    const fsc_article *d = &a->article;
    int status = fsc_text_analyze(&a->text, d->text, d->part, d->part_count, w->types, arena, err);
    if (!status)
        status = fsc_match(&a->hits, w->matcher, &a->text, arena, err);
    return status ? status : note_limit(a, arena, err);
}

static int analyze_text(fsc_worker *w, fsc_analysis *a, fsc_arena *arena, fsc_err *err)
{
    const fsc_ctx *ctx = w->ctx;
    int status = match_text(w, a, arena, err);
    if (!status)
        status = fsc_voice_analyze(a, ctx->voice, w->types, arena, &w->scratch, err);
    fsc_arena_reset(&w->scratch, KEEP);
    if (!status)
        status = fsc_framing_analyze(a, ctx->framing, w->types, arena, &w->scratch, err);
    fsc_arena_reset(&w->scratch, KEEP);
    return status;
}

static void start_analysis(const fsc_worker *w, fsc_analysis *out, const fsc_article *article)
{
    *out = (fsc_analysis){.schema = w->ctx->schema, .lacks = w->lacks, .article = *article};
    out->text.bytes = article->text;
    out->text.part = article->part;
    out->text.part_count = article->part_count;
}

int fsc_worker_hits(fsc_worker *w, fsc_analysis *out, const fsc_article *article, fsc_arena *arena, fsc_err *err)
{
    start_analysis(w, out, article);
    return fsc_record_scored(article->status) ? match_text(w, out, arena, err) : 0;
}

int fsc_worker_analyze(fsc_worker *w, fsc_analysis *out, const fsc_article *article, fsc_arena *arena, fsc_err *err)
{
    start_analysis(w, out, article);
    if (!fsc_record_scored(article->status))
        return 0;
    out->has_language = has_language(out->schema, article->lang);
    int status = analyze_text(w, out, arena, err);
    return status || w->ctx->about == FSC_NONE ? status : fsc_about_restrict(w->ctx, out, arena, err);
}
