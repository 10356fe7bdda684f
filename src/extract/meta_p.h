/*
 * meta_p: the metadata of a page. Each field is filled once, by the first source that has it; `from` keeps which.
 */
#ifndef FSC_EXTRACT_META_P_H
#define FSC_EXTRACT_META_P_H

#include "extract/page_p.h"

typedef struct fsc_meta {
    fsc_article *out;
    fsc_page *page;
    fsc_arena *arena;
    const fsc_json *article; /* the JSON-LD object of the article, or NULL */
    fsc_vec(fsc_field) from;
    fsc_view masthead; /* the heading that turned out to be the site's name, or empty */
    fsc_view h1;       /* the headline on the page, or empty */
    uint32_t h1_node;  /* 0: none */
    bool failed;
} fsc_meta;

/* Sets *field to a copy of v unless it has a value or v is empty. True when it was set. */
bool fsc_meta_set(fsc_meta *m, fsc_view *field, const char *name, fsc_view v, const char *from);
/* v without markup, references decoded, blanks collapsed; in the scratch arena. */
fsc_view fsc_meta_clean(fsc_meta *m, fsc_view v);
/* The host of an absolute address, or the empty view. */
fsc_view fsc_meta_host(fsc_view url);
/* The address of this page that links to two other hosts or more hand on (for sharing), or the empty view. */
fsc_view fsc_meta_shared(fsc_meta *m);
/* The first meta element of that name (case ignored), or the empty view. */
fsc_view fsc_meta_find(const fsc_meta *m, const char *name);

/* ---------------------------------------------------------------- JSON-LD (meta_ld.c) */

/* The object that describes the article best, or NULL. */
const fsc_json *fsc_ld_article(fsc_page *page);
/* True when the object's @type is, or holds, a name that ends in `suffix`. */
bool fsc_ld_is(const fsc_json *object, const char *suffix);
/* A member's text; of an object its name, @id or url; of an array the first one. */
fsc_view fsc_ld_text(const fsc_json *object, const char *key);

/* What an object says its text is, a paragraph a line, or the empty view. */
fsc_view fsc_ld_body(fsc_page *page, const fsc_json *object);
/* True when JSON-LD says that the article is not free to read. */
bool fsc_ld_walled(const fsc_page *page);
/* The object of the page's JSON-LD that this one refers to by @id, else itself. */
const fsc_json *fsc_ld_resolve(fsc_page *page, const fsc_json *object);

/* ---------------------------------------------------------------- dates (date.c, months.def) */

typedef struct fsc_date {
    int year, month, day;     /* day 0: not known */
    int hour, minute, second; /* hour -1: not known */
    int zone;                 /* minutes east of UTC; FSC_DATE_NO_ZONE */
    uint32_t start, end;      /* where it stands in the text */
} fsc_date;

#define FSC_DATE_NO_ZONE 100000

/* The first date in `text`, in any of the forms of months.def's languages; `month_first`: 3/4/2020 is March.
 * False when there is none between 1990 and 2099. Linear. */
bool fsc_date_find(fsc_date *out, fsc_view text, bool month_first);
/* RFC 3339, as precise as known: 2020-03-04, 2020-03-04T10:00:00+01:00. In the arena. */
fsc_view fsc_date_format(const fsc_date *d, fsc_arena *arena);

/* Bylines and dates of other articles stand in what leads to them; those of comments in comments. */
bool fsc_meta_is_elsewhere(const fsc_page *page, uint32_t node);

/* ---------------------------------------------------------------- fields */

/* True when the page is that of one post: sets its kind, author and dates, and where its text stands. */
bool fsc_meta_post(fsc_meta *m, const fsc_item *item);
void fsc_meta_dates(fsc_meta *m);
void fsc_meta_title(fsc_meta *m);
void fsc_meta_author(fsc_meta *m);

#endif
