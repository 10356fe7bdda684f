#include "extract/meta_p.h"

void fsc_meta_author(fsc_meta *m)
{
    fsc_view *author = &m->out->author;
    fsc_meta_set(m, author, "author", fsc_meta_clean(m, fsc_ld_text(m->article, "author")), "json-ld");
    fsc_meta_set(m, author, "author", fsc_meta_clean(m, fsc_meta_find(m, "author")), "meta");
}
