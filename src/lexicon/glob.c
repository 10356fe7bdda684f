#include "lexicon/glob_p.h"

#include "base/utf8.h"

static size_t next_char(fsc_view text, size_t at)
{
    do {
        at++;
    } while (at < text.len && !fsc_utf8_is_start((unsigned char)text.data[at]));
    return at;
}

bool fsc_lex_glob(fsc_view glob, fsc_view text)
{
    size_t g = 0, t = 0;
    size_t run = SIZE_MAX, resume = 0; // behind the last `*`, and where its text ends so far
    while (t < text.len) {
        if (g < glob.len && glob.data[g] == FSC_LEX_RUN) {
            run = ++g;
            resume = t;
            if (run == glob.len)
                return true;
        } else if (g < glob.len && glob.data[g] == FSC_LEX_ONE) {
            g++;
            t = next_char(text, t);
        } else if (g < glob.len && glob.data[g] == text.data[t]) {
            g++;
            t++;
        } else if (run != SIZE_MAX) {
            g = run;
            t = resume = next_char(text, resume);
        } else {
            return false;
        }
    }
    while (g < glob.len && glob.data[g] == FSC_LEX_RUN)
        g++;
    return g == glob.len;
}

size_t fsc_lex_glob_stem(fsc_view glob, bool end)
{
    size_t n = 0;
    while (n < glob.len && n < FSC_LEX_STEM) {
        char c = glob.data[end ? glob.len - 1 - n : n];
        if (c == FSC_LEX_RUN || c == FSC_LEX_ONE)
            break;
        n++;
    }
    return n;
}

uint32_t fsc_lex_stem_hash(const char *stem, size_t len, bool end)
{
    uint32_t hash = FSC_LEX_STEM_SEED;
    for (size_t i = 0; i < len; i++)
        hash = fsc_lex_stem_step(hash, stem[end ? len - 1 - i : i]);
    return fsc_lex_stem_mix(hash);
}
