// Fields of the record that changed with the text: who signs it, when it is dated, what it is called.
#include <math.h>

#include "revision/revision_p.h"

static double minutes_between(const fsc_article *a, const fsc_article *b)
{
    const fsc_view time[][2] = {{a->captured, b->captured}, {a->modified, b->modified}, {a->published, b->published}};
    for (size_t i = 0; i < sizeof time / sizeof *time; i++) {
        int64_t x, y;
        if (fsc_revision_time(&x, time[i][0]) && fsc_revision_time(&y, time[i][1]))
            return (double)(y - x) / 60;
    }
    return NAN;
}

bool fsc_rev_metadata(rev_work *w)
{
    const fsc_article *a = &w->side[0].doc->article, *b = &w->side[1].doc->article;
    w->out->minutes = minutes_between(a, b);
    const fsc_meta_change field[] = {
        {"title", a->title, b->title},
        {"author", a->author, b->author},
        {"site", a->site, b->site},
        {"section", a->section, b->section},
        {"published", a->published, b->published},
        {"modified", a->modified, b->modified},
        {"canonical", a->canonical, b->canonical},
        {"lang", a->lang, b->lang},
    };
    enum { FIELDS = sizeof field / sizeof *field };
    fsc_delta *d = w->out;
    for (size_t i = 0; i < FIELDS; i++) {
        if (fsc_view_eq(field[i].a, field[i].b))
            continue;
        if (!d->meta && !(d->meta = FSC_NEW_N(w->arena, fsc_meta_change, FIELDS)))
            return false;
        d->meta[d->meta_count++] = field[i];
    }
    return true;
}
