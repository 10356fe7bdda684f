#include "voice/voice_p.h"

// Joins name forms to actors: surname to full name, acronym to organisation. Full names are met first, so that a
// surname in the headline already knows its person.

fsc_span fsc_voice_span(const fsc_vx *x, uint32_t first, uint32_t end)
{
    return (fsc_span){x->text->word[first].start, x->text->word[end - 1].end};
}

fsc_view fsc_voice_words(const fsc_vx *x, uint32_t first, uint32_t end)
{
    const fsc_word *last = &x->text->word[end - 1];
    uint32_t start = x->text->word[first].start;
    fsc_view v = {x->text->bytes.data + start, last->end > start ? last->end - start : 0};
    if (last->flags & FSC_WORD_POSSESSIVE) {
        size_t cut = v.len > 2 && v.data[v.len - 2] == '\'' ? 2 : 4;
        v.len -= v.len > cut ? cut : 0;
    }
    return v;
}

static fsc_view name_view(const fsc_vx *x, const fsc_name *n)
{
    return fsc_view_slice(x->text->bytes, n->start, n->stop);
}

static uint32_t token_count(const fsc_vx *x, const fsc_name *n)
{
    uint32_t count = n->end - n->first;
    while (count > 1 && (x->tag[n->first + count - 1] & T_SUFFIX))
        count--;
    return count;
}

static fsc_view last_token(const fsc_vx *x, const fsc_name *n)
{
    uint32_t last = n->first + token_count(x, n) - 1;
    return fsc_voice_words(x, last, last + 1);
}

// Index of a form of a name, made when it is new; FSC_NONE: out of memory.
static uint32_t form_of(fsc_vx *x, fsc_view spelling)
{
    bool is_new;
    const uint32_t *at = fsc_map_put(&x->by_form, spelling, (uint32_t)x->form.len, &is_new);
    if (!at)
        return FSC_NONE;
    uint32_t form = *at;
    return is_new && !fsc_vec_push(x->scratch, &x->form, (fsc_form){FSC_NONE, FSC_NONE}) ? FSC_NONE : form;
}

// The first actor that has it keeps it.
static void give(uint32_t *form, uint32_t actor)
{
    if (*form == FSC_NONE)
        *form = actor;
}

// The actor of a new name; form: of the whole name.
static uint32_t add_actor(fsc_vx *x, const fsc_name *n, uint32_t form)
{
    fsc_vactor a = {.name = name_view(x, n),
                    .kind = n->kind,
                    .named = true,
                    .sure = n->sure,
                    .gender = n->gender,
                    .last_name = FSC_NONE};
    uint32_t index = (uint32_t)x->actor.len;
    if (!fsc_vec_push(x->scratch, &x->actor, a))
        return FSC_NONE;
    give(&x->form.data[form].whole, index);
    return index;
}

static void learn(fsc_vx *x, fsc_vactor *a, const fsc_name *n)
{
    if (!a->gender)
        a->gender = n->gender;
    if (n->sure && !a->sure) {
        a->sure = true;
        a->kind = n->kind;
    }
    if (!a->role.len && n->role_end > n->role_first)
        a->role = fsc_voice_words(x, n->role_first, n->role_end);
}

// The actor a longer form of whose name this is, by the surname: Donald J. Trump and Donald Trump.
static uint32_t same_person(const fsc_vx *x, const fsc_name *n, uint32_t known)
{
    if (known == FSC_NONE)
        return FSC_NONE;
    fsc_view name = x->actor.data[known].name;
    fsc_view given = fsc_voice_words(x, n->first, n->first + 1);
    return fsc_view_starts(name, given) && name.len > given.len && name.data[given.len] == ' ' ? known : FSC_NONE;
}

// A known gender: 0 of men, 1 of women; 2: not known.
static unsigned which_gender(uint64_t gender)
{
    uint64_t one = gender & (T_MALE | T_FEMALE);
    return one == T_MALE ? 0 : one == T_FEMALE ? 1 : 2;
}

// Few texts ask for a surname by gender, so that the maps are filled when one does.
static bool fill_genders(fsc_vx *x)
{
    for (; x->genders_put < x->of_gender.len; x->genders_put++) {
        const fsc_gendered *g = &x->of_gender.data[x->genders_put];
        if (!fsc_map_put(&x->by_gender[g->gender], last_token(x, &x->name.data[g->name]), g->actor, NULL))
            return false;
    }
    return true;
}

// Mrs. Clinton is not Bill Clinton: the actor of that surname and gender; FSC_NONE: none, or the gender is not known.
static bool same_gender(fsc_vx *x, const fsc_name *n, uint32_t *found)
{
    // of a lone surname only its title tells: Omar and Graham are given names too
    unsigned gender = n->kind == FSC_ACTOR_PERSON && n->titled ? which_gender(n->gender) : 2;
    *found = FSC_NONE;
    if (gender == 2)
        return true;
    if (!fill_genders(x))
        return false;
    const uint32_t *actor = fsc_map_get(&x->by_gender[gender], last_token(x, n));
    *found = actor ? *actor : FSC_NONE;
    return true;
}

static bool is_other_gender(const fsc_vx *x, const fsc_name *n, uint32_t actor)
{
    if (!n->titled)
        return false;
    uint64_t both = T_MALE | T_FEMALE, a = x->actor.data[actor].gender & both, b = n->gender & both;
    return a && b && a != both && b != both && a != b;
}

static bool put_gender(fsc_vx *x, const fsc_name *n)
{
    unsigned gender = which_gender(x->actor.data[n->actor].gender);
    fsc_gendered g = {(uint32_t)(n - x->name.data), n->actor, gender};
    return gender == 2 || fsc_vec_push(x->scratch, &x->of_gender, g);
}

static bool join_full_person(fsc_vx *x, fsc_name *n)
{
    uint32_t whole = form_of(x, name_view(x, n)), last = form_of(x, last_token(x, n));
    if (whole == FSC_NONE || last == FSC_NONE)
        return false;
    uint32_t actor = x->form.data[whole].whole;
    if (actor == FSC_NONE)
        actor = same_person(x, n, x->form.data[last].surname);
    if (actor == FSC_NONE)
        actor = add_actor(x, n, whole);
    if (actor == FSC_NONE)
        return false;
    n->actor = actor;
    learn(x, &x->actor.data[actor], n);
    give(&x->form.data[last].surname, actor);
    return put_gender(x, n);
}

// Initials of the capitalised words: Immigration and Customs Enforcement -> ICE. Empty below two.
static fsc_view initials(fsc_vx *x, const fsc_name *n)
{
    char letters[16];
    size_t count = 0;
    for (uint32_t w = n->first; w < n->end && count < sizeof letters; w++) {
        char c = x->text->bytes.data[x->text->word[w].start];
        if (c >= 'A' && c <= 'Z')
            letters[count++] = c;
    }
    return count < 2 ? FSC_LIT("") : fsc_arena_dup(x->scratch, (fsc_view){letters, count});
}

static bool put_alias(fsc_vx *x, fsc_view alias, uint32_t actor)
{
    if (alias.len == 0)
        return true;
    uint32_t form = form_of(x, alias);
    if (form != FSC_NONE)
        give(&x->form.data[form].whole, actor);
    return form != FSC_NONE;
}

static bool join_organization(fsc_vx *x, fsc_name *n)
{
    uint32_t form = form_of(x, name_view(x, n));
    if (form == FSC_NONE)
        return false;
    bool known = x->form.data[form].whole != FSC_NONE;
    n->actor = known ? x->form.data[form].whole : add_actor(x, n, form);
    if (n->actor == FSC_NONE)
        return false;
    learn(x, &x->actor.data[n->actor], n);
    if (known)
        return true;
    // U.S. Immigration and Customs Enforcement is known as ICE, not UICE
    fsc_name core = *n;
    while (core.first + 1 < core.end && (x->tag[core.first] & (T_PLACE | T_ADJ)))
        core.first++;
    uint32_t of = core.first + 1;
    if (of + 1 < core.end && (x->tag[core.first] & T_ORGHEAD) && (x->tag[of] & T_PREP)) {
        uint32_t behind = x->tag[of + 1] & T_DET ? of + 2 : of + 1;
        if (behind + 1 < core.end && !put_alias(x, fsc_voice_words(x, behind, core.end), n->actor))
            return false;
    }
    return put_alias(x, initials(x, n), n->actor) &&
           (core.first == n->first || put_alias(x, initials(x, &core), n->actor)) &&
           (core.first == n->first || put_alias(x, fsc_voice_words(x, core.first, core.end), n->actor));
}

// What a lone capitalised word of unknown kind most likely is, from the words around it.
static void guess_kind(const fsc_vx *x, fsc_name *n)
{
    if (n->sure || n->kind != FSC_ACTOR_PERSON || n->first == 0)
        return;
    bool lone = n->end - n->first == 1;
    bool apart = x->after[n->first - 1] != 0;
    if (apart)
        return;
    fsc_view before = fsc_voice_words(x, n->first - 1, n->first);
    if (before.len > 4)
        return;
    // "the Smith campaign" says nothing about Smith
    bool modifies = n->end < x->n && x->after[n->end - 1] == 0 &&
                    !(x->tag[n->end] & (T_FUNCTION | T_FINITE | T_CUEVERB)) &&
                    !(fsc_vx_flags(x, n->end) & FSC_WORD_CAPITAL) && !fsc_vx_ends_sentence(x, n->end - 1);
    if (fsc_view_eq_nocase(before, FSC_LIT("the")) && !modifies)
        n->kind = FSC_ACTOR_ORGANIZATION;
    else if (lone && (fsc_view_is(before, "in") || fsc_view_is(before, "In") || fsc_view_is(before, "near")))
        n->kind = FSC_ACTOR_PLACE;
}

// The actor whose surname a short name is; form: of the whole name.
static uint32_t surname_of(const fsc_vx *x, const fsc_name *n, uint32_t form)
{
    if (n->end - n->first > 1) {
        const uint32_t *last = fsc_map_get(&x->by_form, last_token(x, n));
        form = last ? *last : FSC_NONE;
    }
    return form != FSC_NONE ? x->form.data[form].surname : FSC_NONE;
}

static bool join_short(fsc_vx *x, fsc_name *n)
{
    uint32_t known, form = form_of(x, name_view(x, n));
    if (form == FSC_NONE || !same_gender(x, n, &known))
        return false;
    if (known == FSC_NONE)
        known = x->form.data[form].whole;
    if (known == FSC_NONE && n->kind == FSC_ACTOR_PERSON)
        known = surname_of(x, n, form);
    if (known != FSC_NONE && n->kind == FSC_ACTOR_PERSON && is_other_gender(x, n, known))
        known = FSC_NONE;
    n->actor = known != FSC_NONE ? known : add_actor(x, n, form);
    if (n->actor == FSC_NONE)
        return false;
    learn(x, &x->actor.data[n->actor], n);
    return n->kind != FSC_ACTOR_PERSON || put_gender(x, n);
}

static bool join_all(fsc_vx *x)
{
    for (size_t i = 0; i < x->name.len; i++) {
        fsc_name *n = &x->name.data[i];
        guess_kind(x, n);
        bool full = n->kind == FSC_ACTOR_PERSON && token_count(x, n) > 1;
        if (full && !join_full_person(x, n))
            return false;
        bool long_name = n->kind == FSC_ACTOR_ORGANIZATION && n->end - n->first > 1;
        if (long_name && !join_organization(x, n))
            return false;
    }
    for (size_t i = 0; i < x->name.len; i++)
        if (x->name.data[i].actor == FSC_NONE && !join_short(x, &x->name.data[i]))
            return false;
    return true;
}

int fsc_voice_join_names(fsc_vx *x, fsc_err *err)
{
    fsc_map_init(&x->by_form, x->scratch);
    fsc_map_init(&x->by_gender[0], x->scratch);
    fsc_map_init(&x->by_gender[1], x->scratch);
    fsc_map_init(&x->by_phrase, x->scratch);
    return join_all(x) ? FSC_OK : fsc_err_nomem(err);
}

// The Smith campaign, the Trump administration: named after somebody, speaking as a body.
static bool is_named_body(const fsc_vx *x, uint32_t first, uint32_t end)
{
    return end - first > 1 && (x->tag[end - 1] & (T_BODY | T_GENERIC)) && !(x->tag[end - 1] & T_GROUPROLE) &&
           fsc_vx_named(x, end - 2);
}

uint32_t fsc_voice_actor_as_given(fsc_vx *x, uint32_t first, uint32_t end)
{
    fsc_view name = fsc_voice_words(x, first, end);
    uint32_t *known = fsc_map_get(&x->by_phrase, name);
    uint32_t actor = known ? *known : (uint32_t)x->actor.len;
    if (!known) {
        uint32_t last = fsc_voice_head_end(x, first, end);
        uint64_t head = x->tag[last - 1];
        bool body = is_named_body(x, first, last) || (head & (T_GENERIC | T_BODY | T_OUTLET));
        bool one = (head & T_ROLE) && !(head & T_GROUPROLE);
        // not Voss, Ellis
        bool s_form = name.len > 2 && name.data[name.len - 1] == 's' && !strchr("siu", name.data[name.len - 2]);
        bool plural = (head & (T_GROUPROLE | T_GROUP)) || (!one && s_form);
        body = (body && !(head & T_GROUPROLE)) || (head & T_DOC);
        // "Voss said": a lone capital word that no list knows is somebody's name
        bool lone = end - first == 1 && (fsc_vx_flags(x, first) & FSC_WORD_CAPITAL) && !(head & ~(T_CUE | T_CUEVERB | T_PLACED)) &&
                    !plural;
        bool person = lone || (one && !plural);
        fsc_actor_kind kind = body ? FSC_ACTOR_ORGANIZATION : person ? FSC_ACTOR_PERSON : FSC_ACTOR_GROUP;
        fsc_vactor a = {.name = name,
                        .kind = (uint8_t)kind,
                        .named = is_named_body(x, first, last) || fsc_vx_named(x, last - 1) || lone,
                        .sure = true,
                        .gender = head & (T_MALE | T_FEMALE),
                        .last_name = FSC_NONE};
        if (!fsc_vec_push(x->scratch, &x->actor, a) || !fsc_map_put(&x->by_phrase, name, actor, NULL))
            return FSC_NONE;
    }
    fsc_mention m = {actor, {x->text->word[first].start, x->text->word[first].start + (uint32_t)name.len}};
    return fsc_vec_push(x->scratch, &x->mention, m) ? actor : FSC_NONE;
}
