#include "extract/page_p.h"

void fsc_writer_part(fsc_writer *w, const char *join, fsc_view text, fsc_part part)
{
    size_t gap = w->text.len ? strlen(join) : 0, at = w->text.len + gap;
    if (text.len == 0 || w->failed)
        return;
    if (!fsc_vec_reserve(w->arena, &w->text, at + text.len + 1)) {
        w->failed = true;
        return;
    }
    memcpy(w->text.data + w->text.len, join, gap);
    memcpy(w->text.data + at, text.data, text.len);
    w->text.len = at + text.len;
    part.start = (uint32_t)at;
    part.end = (uint32_t)w->text.len;
    if (!fsc_vec_push(w->arena, &w->part, part))
        w->failed = true;
}

void fsc_writer_paragraphs(fsc_writer *w, fsc_view text)
{
    for (fsc_view rest = text; rest.data;) {
        fsc_view line = fsc_view_trim(fsc_view_split(&rest, '\n'));
        fsc_writer_part(w, "\n\n", line, (fsc_part){.kind = FSC_PART_BODY, .scored = true});
    }
}

static bool same_row(const fsc_page *page, const fsc_block *a, const fsc_block *b)
{
    if (!(a->flags & b->flags & FSC_BLOCK_CELL) || a->group != b->group)
        return false;
    uint32_t row = a->node;
    while (row && page->node.data[row].tag != FSC_TAG_TR)
        row = page->node.data[row].parent;
    return row && b->node < page->node.data[row].end;
}

static const char *join_of(const fsc_page *page, const fsc_block *before, const fsc_block *b)
{
    if (!before || before->group != b->group || !b->group || before->kind != b->kind)
        return "\n\n";
    return same_row(page, before, b) ? "\t" : "\n";
}

// Who wrote an embedded post: what stands after its last dash, up to the handle.
static fsc_view embed_author(const fsc_page *page, const fsc_block *b)
{
    uint32_t box = b->node, end;
    while (box && !(page->node.data[box].hints & FSC_HINT_BIT(EMBED)))
        box = page->node.data[box].parent;
    end = box ? page->node.data[box].end : 0;
    for (; b < page->block.data + page->block.len && b->node < end; b++) {
        fsc_view text = fsc_block_text(page, b);
        size_t dash = SIZE_MAX;
        for (size_t at = fsc_view_find(text, FSC_LIT("— "), 0); at != SIZE_MAX;
             at = fsc_view_find(text, FSC_LIT("— "), at + 1))
            dash = at;
        size_t handle = dash == SIZE_MAX ? SIZE_MAX : fsc_view_find(text, FSC_LIT("(@"), dash);
        size_t close = handle == SIZE_MAX ? SIZE_MAX : fsc_view_find(text, FSC_LIT(")"), handle);
        if (close != SIZE_MAX)
            return fsc_view_slice(text, dash + strlen("— "), close + 1);
    }
    return (fsc_view){"", 0};
}

void fsc_page_write(fsc_page *page, size_t from, size_t to, fsc_writer *w, const fsc_extract_options *opt)
{
    const fsc_block *before = NULL;
    for (size_t i = from; i < to && i < page->block.len; i++) {
        const fsc_block *b = &page->block.data[i];
        bool caption = opt->score_captions && b->rule == FSC_RULE_CAPTION;
        if (!(b->keep || caption) || (opt->text_only && (b->flags & FSC_BLOCK_DECK)))
            continue;
        fsc_part p = {.kind = b->kind, .scored = true, .block_quote = (b->flags & FSC_BLOCK_QUOTE) != 0};
        if (b->kind == FSC_PART_CAPTION)
            p.scored = opt->score_captions;
        else if (b->kind == FSC_PART_TABLE)
            p.scored = opt->score_tables;
        if (opt->source_offsets) {
            p.source_start = b->source_start;
            p.source_end = b->source_end;
        }
        if (b->kind == FSC_PART_EMBED)
            p.author = fsc_arena_dup(w->arena, embed_author(page, b));
        fsc_writer_part(w, join_of(page, before, b), fsc_block_text(page, b), p);
        before = b;
    }
}
