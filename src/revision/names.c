// Named actors that one side has and the other lacks.
#include "base/map.h"
#include "revision/revision_p.h"

// Folded form of a word without its possessive 's.
static fsc_view base_form(const rev_work *w, const fsc_word *word)
{
    fsc_view form = fsc_types_form(w->types, word->type);
    if (fsc_view_ends(form, FSC_LIT("'s")))
        form.len -= 2;
    return form;
}

static rev_range words_of(const rev_side *s, fsc_span span)
{
    rev_range r = {fsc_text_word_at(s->text, span.start), 0};
    for (r.end = r.first; r.end < s->text->word_count && s->text->word[r.end].start < span.end; r.end++)
        continue;
    return r;
}

// A mention whose words were all kept or moved stands on the other side too.
static bool mention_kept(const rev_side *s, fsc_span mention)
{
    rev_range r = words_of(s, mention);
    for (uint32_t word = r.first; word < r.end; word++)
        if (fsc_rev_partner(s, s->word_token[word]) == REV_NONE)
            return false;
    return r.first < r.end;
}

// Forms of the words of a side that have no partner.
static bool index_new_words(fsc_map *map, rev_work *w, int side)
{
    const rev_side *s = &w->side[side];
    fsc_map_init(map, w->scratch);
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->token[i].word == REV_NONE || fsc_rev_partner(s, i) != REV_NONE)
            continue;
        if (!fsc_map_put(map, base_form(w, &s->text->word[s->token[i].word]), i, NULL))
            return false;
    }
    return true;
}

static bool word_there(const rev_work *w, const rev_side *s, const fsc_map *others, uint32_t word)
{
    return fsc_rev_partner(s, s->word_token[word]) != REV_NONE ||
           fsc_map_get(others, base_form(w, &s->text->word[word]));
}

// A person is there when the last name is; anything else when its first and last words are.
static bool mention_there(const rev_work *w, const rev_side *s, const fsc_actor *actor, fsc_span mention,
                          const fsc_map *others)
{
    rev_range r = words_of(s, mention);
    if (r.first == r.end)
        return false;
    return word_there(w, s, others, r.end - 1) &&
           (actor->kind == FSC_ACTOR_PERSON || word_there(w, s, others, r.first));
}

static bool actor_there(const rev_work *w, const rev_side *s, const fsc_actor *actor, const fsc_map *others)
{
    for (size_t m = 0; m < actor->mention_count; m++)
        if (others ? mention_there(w, s, actor, actor->mention[m], others) : mention_kept(s, actor->mention[m]))
            return true;
    return false;
}

// "$7B" is no name, whoever takes it for one.
static bool is_number(const rev_side *s, const fsc_actor *actor)
{
    rev_range r = actor->mention_count ? words_of(s, actor->mention[0]) : (rev_range){0, 0};
    return r.first < r.end && s->text->word[r.first].flags & (FSC_WORD_NUMBER | FSC_WORD_URL);
}

// Actors of a side that the other lacks: names into *out, indices into *which.
static bool find_missing(rev_work *w, int side, uint32_t **which, size_t *count)
{
    const rev_side *s = &w->side[side];
    fsc_map others;
    bool indexed = false;
    *count = 0;
    *which = fsc_arena_alloc(w->scratch, (w->actor_count[side] + 1) * sizeof **which);
    if (!*which)
        return false;
    for (size_t k = 0; k < w->actor_count[side]; k++) {
        const fsc_actor *actor = &w->actor[side][k];
        if (!actor->named || is_number(s, actor) || actor_there(w, s, actor, NULL))
            continue;
        if (!indexed && !index_new_words(&others, w, 1 - side))
            return false;
        indexed = true;
        if (!actor_there(w, s, actor, &others))
            (*which)[(*count)++] = (uint32_t)k;
    }
    return true;
}

static bool write_names(rev_work *w, int side, fsc_view **out, size_t *out_count)
{
    uint32_t *which = w->missing[side];
    size_t count = w->missing_count[side];
    *out = fsc_arena_alloc(w->arena, (count + 1) * sizeof **out);
    if (!*out)
        return false;
    for (size_t k = 0; k < count; k++)
        (*out)[k] = w->actor[side][which[k]].name;
    *out_count = count;
    return true;
}

bool fsc_rev_actors(rev_work *w)
{
    if (!fsc_rev_list_actors(w, 0) || !fsc_rev_list_actors(w, 1))
        return false;
    for (int k = 0; k < 2; k++)
        if (!find_missing(w, k, &w->missing[k], &w->missing_count[k]))
            return false;
    return write_names(w, 0, &w->out->actor_dropped, &w->out->actor_dropped_count) &&
           write_names(w, 1, &w->out->actor_added, &w->out->actor_added_count);
}

// ---------------------------------------------------------------- the same actor under another name

static bool is_small_word(fsc_view word)
{
    return fsc_view_eq_nocase(word, FSC_LIT("of")) || fsc_view_eq_nocase(word, FSC_LIT("the")) ||
           fsc_view_eq_nocase(word, FSC_LIT("and")) || fsc_view_eq_nocase(word, FSC_LIT("for"));
}

// The short form is made of the initials of the long one: WHO, World Health Organization.
static bool is_acronym(fsc_view initials, fsc_view name)
{
    size_t at = 0;
    while (name.data) {
        fsc_view word = fsc_view_split(&name, ' ');
        if (!word.len || is_small_word(word))
            continue;
        while (at < initials.len && initials.data[at] == '.')
            at++;
        if (at == initials.len || initials.data[at++] != word.data[0])
            return false;
    }
    while (at < initials.len && initials.data[at] == '.')
        at++;
    return at == initials.len && at >= 2;
}

static bool share_word(fsc_view a, fsc_view b)
{
    while (a.data) {
        fsc_view word = fsc_view_split(&a, ' '), rest = b;
        while (word.len >= 3 && !is_small_word(word) && rest.data)
            if (fsc_view_eq_nocase(fsc_view_split(&rest, ' '), word))
                return true;
    }
    return false;
}

bool fsc_rev_same_name(fsc_view a, fsc_view b)
{
    return fsc_view_eq_nocase(a, b) || is_acronym(a, b) || is_acronym(b, a) || share_word(a, b);
}

bool fsc_rev_same_actor(const fsc_actor *a, const fsc_actor *b)
{
    if (is_acronym(a->name, b->name) || is_acronym(b->name, a->name))
        return true;
    if (a->kind == b->kind && share_word(a->name, b->name))
        return true;
    return (a->role.len && fsc_view_eq_nocase(a->role, b->name)) ||
           (b->role.len && fsc_view_eq_nocase(b->role, a->name));
}
