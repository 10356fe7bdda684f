// VADER's rules over a dictionary of valences. Figures: Hutto and Gilbert 2014, and the reference implementation 3.3.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "dict/dict_p.h"

#define DEGREE 0.293   // a degree adverb adds or takes this
#define CAPITALS 0.733 // a word in capitals among others
#define NEGATION -0.74
#define EXCLAMATION 0.292
#define ALPHA 15.0

struct fsc_vader {
    fsc_map valence; // lower-case token -> index
    fsc_vec(double) value;
    fsc_map degree, negation, idiom; // value: thousandths + FSC_VADER_ZERO
};

#define ZERO 10000u // thousandths are kept above it

static bool put(fsc_map *map, const char *word, int thousandths)
{
    return fsc_map_put(map, fsc_view_cstr(word), (uint32_t)(thousandths + (int)ZERO), NULL) != NULL;
}

static bool put_words(fsc_vader *v)
{
    static const struct {
        const char *word;
        int kind, thousandths; // kind: 0 degree, 1 negation, 2 idiom
    } words[] = {
#define V_UP(w) {w, 0, 293},
#define V_DOWN(w) {w, 0, -293},
#define V_NOT(w) {w, 1, 0},
#define V_IDIOM(w, valence) {w, 2, valence},
#include "dict/vader.def"
#undef V_UP
#undef V_DOWN
#undef V_NOT
#undef V_IDIOM
    };
    bool good = true;
    for (size_t i = 0; i < sizeof words / sizeof *words && good; i++) {
        fsc_map *map = words[i].kind == 0 ? &v->degree : words[i].kind == 1 ? &v->negation : &v->idiom;
        good = put(map, words[i].word, words[i].thousandths);
    }
    return good;
}

static fsc_view lower(fsc_arena *arena, fsc_view v)
{
    char *data = fsc_arena_alloc(arena, v.len + 1);
    for (size_t i = 0; data && i < v.len; i++)
        data[i] = v.data[i] >= 'A' && v.data[i] <= 'Z' ? (char)(v.data[i] + 32) : v.data[i];
    return (fsc_view){data, v.len};
}

// The token a term stands for; its wildcards stand for themselves, as VADER has none.
static fsc_view token_of(fsc_arena *arena, fsc_view term)
{
    char *data = fsc_arena_alloc(arena, term.len + 1);
    size_t n = 0;
    for (size_t i = 0; data && i < term.len; i++) {
        if (term.data[i] == '\\' && i + 1 < term.len)
            i++;
        data[n++] = term.data[i];
    }
    return lower(arena, fsc_view_of(data ? data : "", n));
}

static double number_of(fsc_view v)
{
    double whole = 0, scale = 1;
    bool point = false, minus = v.len && v.data[0] == '-';
    for (size_t i = 0; i < v.len; i++) {
        if (v.data[i] == '.')
            point = true;
        if (v.data[i] < '0' || v.data[i] > '9')
            continue;
        whole = whole * 10 + (v.data[i] - '0');
        scale *= point ? 10 : 1;
    }
    return (minus ? -whole : whole) / scale;
}

int fsc_vader_new(fsc_vader **out, const fsc_dict *d, fsc_arena *arena, fsc_err *err)
{
    fsc_vader *v = FSC_NEW(arena, fsc_vader);
    *out = v;
    if (!v)
        return fsc_err_nomem(err);
    fsc_map_init(&v->valence, arena);
    fsc_map_init(&v->degree, arena);
    fsc_map_init(&v->negation, arena);
    fsc_map_init(&v->idiom, arena);
    if (!put_words(v))
        return fsc_err_nomem(err);
    for (size_t i = 0; i < d->entry.len; i++) {
        const fsc_dict_entry *e = &d->entry.data[i];
        int sign = fsc_dict_sign(&d->category.data[e->category]);
        if (e->flags || (!sign && !e->weight.len))
            continue;
        double value = e->weight.len ? number_of(e->weight) : 1;
        fsc_view token = token_of(arena, e->term);
        bool is_new;
        uint32_t *index = token.data ? fsc_map_put(&v->valence, token, (uint32_t)v->value.len, &is_new) : NULL;
        if (!index || (is_new && !fsc_vec_push(arena, &v->value, sign && value > 0 ? sign * value : value)))
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}

// ---------------------------------------------------------------- tokens

typedef struct token {
    fsc_view text, low;
    bool capitals;
} token;

typedef struct sentence {
    const fsc_vader *v;
    fsc_vec(token) token;
    bool some_capitals; // some words are in capitals, not all
    fsc_arena *arena;
} sentence;

static bool is_punctuation(char c)
{
    return c > ' ' && c < 127 && !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
}

// Marks around a word go; where one or two characters would be left it is an emoticon and stays.
static fsc_view strip(fsc_view v)
{
    size_t from = 0, to = v.len, letters = 0;
    while (from < to && is_punctuation(v.data[from]))
        from++;
    while (to > from && is_punctuation(v.data[to - 1]))
        to--;
    for (size_t i = from; i < to; i++)
        letters += (v.data[i] & 0xC0) != 0x80;
    return letters <= 2 ? v : fsc_view_slice(v, from, to);
}

static bool in_capitals(fsc_view v)
{
    bool upper = false;
    for (size_t i = 0; i < v.len; i++) {
        if (v.data[i] >= 'a' && v.data[i] <= 'z')
            return false;
        upper |= v.data[i] >= 'A' && v.data[i] <= 'Z';
    }
    return upper;
}

static bool cut(sentence *s, fsc_view text)
{
    size_t capitals = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && !(text.data[end] == ' ' || (text.data[end] >= '\t' && text.data[end] <= '\r')))
            end++;
        if (end > at) {
            token t = {.text = strip(fsc_view_slice(text, at, end))};
            t.low = lower(s->arena, t.text);
            t.capitals = in_capitals(t.text);
            capitals += t.capitals;
            if (!t.low.data || !fsc_vec_push(s->arena, &s->token, t))
                return false;
        }
        at = end + 1;
    }
    s->some_capitals = capitals > 0 && capitals < s->token.len;
    return true;
}

// ---------------------------------------------------------------- rules

static bool is_word(const sentence *s, size_t i, const char *word)
{
    return fsc_view_is(s->token.data[i].low, word);
}

static bool has_valence(const sentence *s, size_t i, double *out)
{
    const uint32_t *known = fsc_map_get(&s->v->valence, s->token.data[i].low);
    if (known && out)
        *out = s->v->value.data[*known];
    return known != NULL;
}

static bool negates(const sentence *s, size_t i)
{
    fsc_view low = s->token.data[i].low;
    return fsc_map_get(&s->v->negation, low) || fsc_view_find(low, FSC_LIT("n't"), 0) != SIZE_MAX;
}

// What a degree adverb before the word adds.
static double degree_of(const sentence *s, size_t i, double valence)
{
    const uint32_t *known = fsc_map_get(&s->v->degree, s->token.data[i].low);
    if (!known)
        return 0;
    double d = ((int)*known - (int)ZERO) / 1000.0;
    if (valence < 0)
        d = -d;
    if (s->token.data[i].capitals && s->some_capitals)
        d += valence > 0 ? CAPITALS : -CAPITALS;
    return d;
}

static bool is_so(const sentence *s, size_t i)
{
    return is_word(s, i, "so") || is_word(s, i, "this");
}

// `back` words before word i (1 to 3) stands what may negate it.
static double negate(const sentence *s, double valence, size_t i, size_t back)
{
    if (back == 2) {
        if (is_word(s, i - 2, "never") && is_so(s, i - 1))
            return valence * 1.25;
        if (is_word(s, i - 2, "without") && is_word(s, i - 1, "doubt"))
            return valence;
    }
    if (back == 3) {
        // the reference implementation takes a "so" directly before by itself, too
        if ((is_word(s, i - 3, "never") && is_so(s, i - 2)) || is_so(s, i - 1))
            return valence * 1.25;
        if (is_word(s, i - 3, "without") && (is_word(s, i - 2, "doubt") || is_word(s, i - 1, "doubt")))
            return valence;
    }
    return negates(s, i - back) ? valence * NEGATION : valence;
}

// The words [from, to) with blanks between, looked up; 0 when they are not there.
static const uint32_t *look_up(const sentence *s, const fsc_map *map, size_t from, size_t to)
{
    char text[64];
    size_t n = 0;
    for (size_t i = from; i < to && i < s->token.len; i++) {
        fsc_view low = s->token.data[i].low;
        if (n + low.len + 1 >= sizeof text)
            return NULL;
        if (i > from)
            text[n++] = ' ';
        memcpy(text + n, low.data, low.len);
        n += low.len;
    }
    return to <= s->token.len ? fsc_map_get(map, fsc_view_of(text, n)) : NULL;
}

static double idioms(const sentence *s, double valence, size_t i)
{
    const fsc_map *idiom = &s->v->idiom;
    const size_t span[][2] = {{i - 1, i + 1}, {i - 2, i + 1}, {i - 2, i}, {i - 3, i}, {i - 3, i - 1}};
    const uint32_t *known = NULL;
    for (size_t k = 0; k < 5 && !known; k++)
        known = look_up(s, idiom, span[k][0], span[k][1]);
    for (size_t k = 2; k <= 3; k++) {
        const uint32_t *ahead = look_up(s, idiom, i, i + k);
        known = ahead ? ahead : known;
    }
    if (known)
        valence = ((int)*known - (int)ZERO) / 1000.0;
    // degrees of two words: kind of, sort of, just enough
    const size_t degree[][2] = {{i - 3, i}, {i - 3, i - 1}, {i - 2, i}};
    for (size_t k = 0; k < 3; k++) {
        const uint32_t *d = look_up(s, &s->v->degree, degree[k][0], degree[k][1]);
        valence += d ? ((int)*d - (int)ZERO) / 1000.0 : 0;
    }
    return valence;
}

static double least(const sentence *s, double valence, size_t i)
{
    if (i == 0 || !is_word(s, i - 1, "least") || has_valence(s, i - 1, NULL))
        return valence;
    bool spared = i > 1 && (is_word(s, i - 2, "at") || is_word(s, i - 2, "very"));
    return spared ? valence : valence * NEGATION;
}

static double word_valence(const sentence *s, size_t i)
{
    double valence = 0;
    static const double fade[] = {1, 0.95, 0.9};
    if (fsc_map_get(&s->v->degree, s->token.data[i].low) ||
        (is_word(s, i, "kind") && i + 1 < s->token.len && is_word(s, i + 1, "of")) || !has_valence(s, i, &valence))
        return 0;
    double plain = valence;
    // "no" before a word of the dictionary negates it and has no valence of its own
    if (is_word(s, i, "no") && i + 1 < s->token.len && has_valence(s, i + 1, NULL))
        valence = 0;
    if ((i > 0 && is_word(s, i - 1, "no")) || (i > 1 && is_word(s, i - 2, "no")) ||
        (i > 2 && is_word(s, i - 3, "no") && (is_word(s, i - 1, "or") || is_word(s, i - 1, "nor"))))
        valence = plain * NEGATION;
    if (s->token.data[i].capitals && s->some_capitals)
        valence += valence > 0 ? CAPITALS : -CAPITALS;
    for (size_t back = 1; back <= 3; back++) {
        if (i < back || has_valence(s, i - back, NULL))
            continue;
        valence += degree_of(s, i - back, valence) * fade[back - 1];
        valence = negate(s, valence, i, back);
        if (back == 3)
            valence = idioms(s, valence, i);
    }
    return least(s, valence, i);
}

// What stands before "but" counts half, what stands behind half as much again.
static void contrast(const sentence *s, double *valence)
{
    size_t but = 0;
    while (but < s->token.len && !is_word(s, but, "but"))
        but++;
    for (size_t i = 0; but < s->token.len && i < s->token.len; i++)
        valence[i] *= i < but ? 0.5 : i > but ? 1.5 : 1;
}

static double emphasis(fsc_view text)
{
    size_t exclamations = 0, questions = 0;
    for (size_t i = 0; i < text.len; i++) {
        exclamations += text.data[i] == '!';
        questions += text.data[i] == '?';
    }
    double e = EXCLAMATION * (double)(exclamations < 4 ? exclamations : 4);
    if (questions > 1)
        e += questions <= 3 ? 0.18 * (double)questions : 0.96;
    return e;
}

int fsc_vader_rate(fsc_vader_rating *out, const fsc_vader *v, fsc_view text, fsc_arena *scratch, fsc_err *err)
{
    sentence s = {.v = v, .arena = scratch};
    double sum = 0, pos = 0, neg = 0, neutral = 0, marks = emphasis(text);
    *out = (fsc_vader_rating){0};
    if (!cut(&s, text))
        return fsc_err_nomem(err);
    double *valence = FSC_NEW_N(scratch, double, s.token.len + 1);
    if (!valence)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < s.token.len; i++)
        valence[i] = word_valence(&s, i);
    contrast(&s, valence);
    for (size_t i = 0; i < s.token.len; i++) {
        sum += valence[i];
        pos += valence[i] > 0 ? valence[i] + 1 : 0;
        neg += valence[i] < 0 ? 1 - valence[i] : 0;
        neutral += valence[i] == 0;
    }
    if (s.token.len == 0)
        return FSC_OK;
    sum += sum > 0 ? marks : sum < 0 ? -marks : 0;
    out->compound = sum / sqrt(sum * sum + ALPHA);
    pos += pos > neg ? marks : 0;
    neg += pos < neg ? marks : 0;
    double total = pos + neg + neutral;
    out->pos = pos / total;
    out->neg = neg / total;
    out->neu = neutral / total;
    return FSC_OK;
}
