// The floor for archives: unpack a .warc.gz member by member and parse each response's page with libxml2's DOM, nothing
// else. Used by bench/warc.py.
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static unsigned char in[1 << 16];
static char *out;
static size_t cap;

// One member from z's input into `out`; its length, or 0 at the end.
static size_t member(z_stream *z, FILE *f)
{
    size_t len = 0;
    int rc = Z_OK;
    while (rc != Z_STREAM_END) {
        if (!z->avail_in) {
            z->next_in = in;
            z->avail_in = (uInt)fread(in, 1, sizeof in, f);
            if (!z->avail_in)
                return 0;
        }
        if (cap - len < 65536 && !(out = realloc(out, cap = cap * 2 + 131072)))
            exit(1);
        z->next_out = (Bytef *)out + len;
        z->avail_out = (uInt)(cap - len - 1);
        size_t room = z->avail_out;
        rc = inflate(z, Z_NO_FLUSH);
        if (rc != Z_OK && rc != Z_STREAM_END)
            exit(1);
        len += room - z->avail_out;
    }
    inflateReset(z);
    out[len] = 0;
    return len;
}

int main(int argc, char **argv)
{
    z_stream z = {0};
    size_t len, pages = 0;
    FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!f || inflateInit2(&z, 31) != Z_OK)
        return 1;
    while ((len = member(&z, f))) {
        char *block = strstr(out, "\r\n\r\n"), *body = block ? strstr(block + 4, "\r\n\r\n") : NULL;
        if (!body || !strstr(out, "WARC-Type: response"))
            continue;
        body += 4;
        size_t n = len - (size_t)(body - out) - 4;
        xmlFreeDoc(htmlReadMemory(body, (int)n, NULL, "utf-8",
                                  HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
        pages++;
    }
    printf("%zu pages\n", pages);
    return 0;
}
