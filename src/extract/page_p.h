/*
 * page_p: what one HTML page becomes on its way to an article: nodes (the tree, in document order), then blocks
 * (runs of text between line breaks). Nodes and blocks live in the scratch arena. Everything here is one linear
 * pass over nodes or blocks, or a constant number of them; nothing recurses.
 */
#ifndef FSC_EXTRACT_PAGE_P_H
#define FSC_EXTRACT_PAGE_P_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "codec/codec.h"
#include "extract/extract.h"

/* ---------------------------------------------------------------- word hints (hints.c, hints.def) */

/* What the names of a class or id, or the first words of a short block, say about it. */
typedef enum fsc_hint {
#define HINT(id) FSC_HINT_##id,
#define WORD(id, pattern)
#define PHRASE(id, language, words)
#include "extract/hints.def"
#undef HINT
#undef WORD
#undef PHRASE
    FSC_HINT_COUNT
} fsc_hint;

#define FSC_HINT_BIT(id) (1u << FSC_HINT_##id)

/* The word patterns by their first two letters. */
#define FSC_HINT_WORDS_MAX 1024
typedef struct fsc_hint_index {
    uint16_t first[1024], next[FSC_HINT_WORDS_MAX]; /* entry + 1; 0: none; first is by two letters */
} fsc_hint_index;
void fsc_hint_index_fill(fsc_hint_index *index);

/* Bits of all hints in a class or id attribute. Linear. */
uint32_t fsc_hint_names(const fsc_hint_index *index, fsc_view names);
/* Bits of the phrases that `text` begins with, in any of the languages; at most the first 96 bytes are looked at. */
uint32_t fsc_hint_phrase(fsc_view text);
/* Lower case of Latin, Greek and Cyrillic letters; `out` holds at most cap bytes, cut at a character. */
size_t fsc_hint_fold(fsc_view text, char *out, size_t cap);

/* ---------------------------------------------------------------- nodes (nodes.c) */

#define FSC_TAG_TEXT FSC_TAG_COUNT /* a text node */

enum fsc_node_flags {
    FSC_NODE_HIDDEN = 1 << 0, /* not shown: hidden, display:none, screen readers only */
    FSC_NODE_BODY = 1 << 1,   /* named as the article's text: itemprop articleBody and the like */
    FSC_NODE_LINK = 1 << 2,   /* a with href */
    FSC_NODE_TIME = 1 << 3,
    FSC_NODE_AUTHOR = 1 << 4, /* rel=author, itemprop author */
    FSC_NODE_COMMENT_LINK = 1 << 5
};

/* What a node has among its descendants. */
enum fsc_holds { FSC_HOLDS_MAIN = 1, FSC_HOLDS_H1 = 2, FSC_HOLDS_IMAGE = 4 };

typedef struct fsc_node {
    uint32_t parent; /* index; the root is node 0 */
    uint32_t end;    /* index after its last descendant */
    uint32_t source; /* byte offset in the page */
    uint32_t hints;  /* of class, id, role */
    uint32_t first;  /* text node: offset into page.text; element: index into page.attr */
    uint32_t count;  /* text node: length; element: number of attributes kept */
    uint8_t tag;     /* fsc_tag or FSC_TAG_TEXT */
    uint8_t flags;
    uint8_t junk;     /* enum fsc_junk; its own or an ancestor's */
    uint8_t holds;    /* enum fsc_holds: what is somewhere below it */
    uint16_t context; /* enum fsc_block_flags that its text inherits */
    /* sums over the blocks inside, see pick.c */
    uint32_t chars, links;
    uint32_t good;
} fsc_node;

typedef enum fsc_attr_name {
    FSC_ATTR_CLASS,
    FSC_ATTR_ID,
    FSC_ATTR_HREF,
    FSC_ATTR_ITEMPROP,
    FSC_ATTR_CONTENT,
    FSC_ATTR_DATETIME,
    FSC_ATTR_COUNT
} fsc_attr_name;

typedef struct fsc_attr {
    fsc_attr_name name;
    fsc_view value;
} fsc_attr;

/* ---------------------------------------------------------------- blocks (blocks.c) */

typedef enum fsc_junk { FSC_JUNK_NONE, FSC_JUNK_TAG, FSC_JUNK_HINT, FSC_JUNK_HIDDEN, FSC_JUNK_COMMENT } fsc_junk;

/* Why a block is not in the article; for tests and for reading failures. */
typedef enum fsc_rule {
    FSC_RULE_NONE,
    FSC_RULE_OUTSIDE,
    FSC_RULE_JUNK,
    FSC_RULE_LINKS,
    FSC_RULE_LINK_LINE,
    FSC_RULE_PHRASE,
    FSC_RULE_TITLE,
    FSC_RULE_CAPTION,
    FSC_RULE_ABOVE,
    FSC_RULE_META,
    FSC_RULE_TAIL,
    FSC_RULE_HEADING,
    FSC_RULE_DUPLICATE,
    FSC_RULE_TEASER
} fsc_rule;

enum fsc_block_flags {
    FSC_BLOCK_ITEM = 1 << 0,  /* in a list item */
    FSC_BLOCK_CELL = 1 << 1,  /* in a table cell */
    FSC_BLOCK_QUOTE = 1 << 2, /* in blockquote */
    FSC_BLOCK_PRE = 1 << 3,
    FSC_BLOCK_CAPTION = 1 << 4,
    FSC_BLOCK_EMBED = 1 << 5, /* in an embedded post */
    FSC_BLOCK_META = 1 << 6,  /* byline, date line and the like */
    FSC_BLOCK_LEDE = 1 << 7,
    FSC_BLOCK_TIME = 1 << 8,    /* holds a time element */
    FSC_BLOCK_BOLD = 1 << 9,    /* all of it in strong or b */
    FSC_BLOCK_DATED = 1 << 10,  /* begins with the text of a time element */
    FSC_BLOCK_LAYOUT = 1 << 13, /* in a table cell that holds running text: the table only places things */
    FSC_BLOCK_TEASER = 1 << 12, /* a box that leads elsewhere */
    FSC_BLOCK_DECK = 1 << 11    /* a line under the headline that says what the article is about */
};

typedef struct fsc_block {
    uint32_t start, end;   /* in page.run: blanks collapsed */
    uint32_t node;         /* the innermost block element around it */
    uint32_t chars, links; /* characters, and those inside links */
    uint32_t source_start, source_end;
    uint32_t group; /* list, table or embed that it belongs to, else 0 */
    uint32_t hints; /* of phrases it begins with */
    uint16_t flags;
    uint8_t heading; /* 1-6, else 0 */
    uint8_t junk;
    uint8_t sentences; /* stops . ! ? and the like, at most 255 */
    bool keep;
    uint8_t rule;       /* fsc_rule that dropped it */
    fsc_part_kind kind; /* set by clean.c for kept blocks */
} fsc_block;

typedef struct fsc_meta_tag {
    fsc_view name, content; /* name: name, property, itemprop or http-equiv */
} fsc_meta_tag;

typedef struct fsc_page {
    fsc_view html;
    fsc_arena *scratch, *arena;
    fsc_hint_index *hints;
    fsc_vec(fsc_node) node;
    fsc_vec(fsc_attr) attr;
    fsc_vec(char) text; /* of all text nodes */
    fsc_vec(char) run;  /* of all blocks */
    fsc_vec(fsc_block) block;
    fsc_vec(fsc_meta_tag) meta;
    fsc_vec(const fsc_json *) script; /* JSON-LD, parsed */
    const fsc_json *article;          /* the JSON-LD object of the article, or NULL; set by fsc_page_meta */
    fsc_view author;                  /* set by fsc_page_meta */
    fsc_view lang;                    /* of html */
    fsc_view canonical;               /* of link */
    uint32_t headline;                /* node of the h1 that names the article, 0: none */
    uint32_t root;                    /* the container that holds the article */
    uint32_t current;                 /* builder: the open node */
    size_t post_first, post_end;      /* the page of a post: blocks of its text, */
    fsc_view post_text;               /* and where there are none, the text; set by fsc_page_meta */
    bool failed;
} fsc_page;

/* Parses page->html into nodes. FSC_E_NOMEM. */
int fsc_page_parse(fsc_page *page, fsc_err *err);
/* The value of an attribute of a node, or the empty view. */
fsc_view fsc_page_attr(const fsc_page *page, uint32_t node, fsc_attr_name name);
/* All text below a node, blanks collapsed, at most `max` bytes. In the scratch arena. */
fsc_view fsc_page_text(fsc_page *page, uint32_t node, size_t max);

/* How much the page's own names are believed. */
typedef enum fsc_marking { FSC_MARK_ALL, FSC_MARK_FEW } fsc_marking;

/* Marks what is no article text: page->node[].junk. And what names say about the text inside: flags of blocks. */
void fsc_page_mark(fsc_page *page, fsc_marking how);
/* Named as the article's text, by class, id or itemprop. */
bool fsc_node_is_body(const fsc_node *n);
/* Characters of running text in a block: 0 for headings, lists of links, scraps. */
uint32_t fsc_block_good(const fsc_block *b);
/* Sums blocks into node[].chars, links and good; junk blocks only when `with_junk`. */
void fsc_page_sum(fsc_page *page, bool with_junk);
/* Cuts the text into blocks. */
bool fsc_page_blocks(fsc_page *page);
/* Chooses page->root. */
void fsc_page_pick(fsc_page *page);
/* Decides what of the root is kept, and as what. */
void fsc_page_clean(fsc_page *page, fsc_view title);
/* mark, pick and clean, again with less belief in names when little is left. */
void fsc_page_reduce(fsc_page *page, fsc_view title);
/* Characters of the text that is kept, headings apart. */
uint64_t fsc_page_kept(const fsc_page *page);
/* Keeps every block: fragments and posts. */
void fsc_page_keep_all(fsc_page *page);
/* Keeps the text of the post that the page is about. */
void fsc_page_keep_post(fsc_page *page);
/* Text of a block. */
static inline fsc_view fsc_block_text(const fsc_page *page, const fsc_block *b)
{
    return fsc_view_of(page->run.data + b->start, b->end - b->start);
}

/* ---------------------------------------------------------------- metadata (meta.c and further) */

/* Fills out's metadata from item and page. FSC_E_NOMEM. */
int fsc_page_meta(fsc_article *out, const fsc_item *item, fsc_page *page, fsc_err *err);

/* Fills out's comments. FSC_E_NOMEM. */
int fsc_page_comments(fsc_article *out, fsc_page *page, fsc_err *err);

/* Decodes, parses, reads metadata and reduces to the article: all but writing. *out holds the record's values. */
int fsc_page_load(fsc_page *page, fsc_article *out, const fsc_item *item, fsc_err *err);

/* ---------------------------------------------------------------- parts (parts.c) */

/* Builds an article's text and parts. */
typedef struct fsc_writer {
    fsc_arena *arena;
    fsc_vec(char) text;
    fsc_vec(fsc_part) part;
    bool failed;
} fsc_writer;

/* Adds a part after the join (a string). */
void fsc_writer_part(fsc_writer *w, const char *join, fsc_view text, fsc_part part);

/* Hands text and parts to the article; blank text makes it `empty`. FSC_E_NOMEM. */
int fsc_writer_finish(fsc_article *out, fsc_writer *w, fsc_err *err);

/* Adds a text whose paragraphs are lines. */
void fsc_writer_paragraphs(fsc_writer *w, fsc_view text);

/* Kept blocks [from, to) as parts. */
void fsc_page_write(fsc_page *page, size_t from, size_t to, fsc_writer *w, const fsc_extract_options *opt);

#endif
