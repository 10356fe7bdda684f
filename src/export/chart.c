#include <math.h>

#include "export/export_p.h"

// Plots as inline SVG: no script, no colour that says more than its words; the numbers stand in a table beside them.

#define LABEL 190
#define PLOT 420
#define ROW 20
#define HEIGHT 150

static void put_text(fsc_buf *out, double x, double y, const char *anchor, fsc_view text, size_t width)
{
    fsc_buf cut;
    fsc_buf_init(&cut, NULL, 4096);
    fsc_add_cut(&cut, text, width, false);
    fsc_buf_printf(out, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">", x, y, anchor);
    fsc_html_text(out, fsc_buf_view(&cut));
    fsc_buf_adds(out, "</text>");
    if (cut.failed)
        out->failed = cut.failed;
    fsc_buf_release(&cut);
}

static void put_number(fsc_buf *out, double x, double y, const char *anchor, double number)
{
    fsc_buf text;
    fsc_buf_init(&text, NULL, 64);
    fsc_buf_real(&text, number, number < 10 ? 1 : 0);
    put_text(out, x, y, anchor, fsc_buf_view(&text), 12);
    if (text.failed)
        out->failed = text.failed;
    fsc_buf_release(&text);
}

// the top of an axis: 1, 2 or 5 times a power of ten
static double nice(double max)
{
    if (!(max > 0))
        return 1;
    double power = pow(10, floor(log10(max)));
    static const double step[] = {1, 2, 5, 10};
    for (size_t i = 0; i < 4; i++)
        if (max <= step[i] * power)
            return step[i] * power;
    return 10 * power;
}

static void open_svg(fsc_buf *out, unsigned width, unsigned height, fsc_view title)
{
    fsc_buf_printf(out, "<svg role=\"img\" viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\"><title>", width, height, width, height);
    fsc_html_text(out, title);
    fsc_buf_adds(out, "</title>");
}

// a dot a row with its interval as a line
void fsc_export_dots(fsc_view title, const fsc_mark_point *p, size_t count, fsc_buf *out)
{
    double max = 0;
    for (size_t i = 0; i < count; i++)
        max = fmax(max, isnan(p[i].high) ? p[i].value : p[i].high);
    max = nice(max);
    unsigned height = (unsigned)count * ROW + 30;
    open_svg(out, LABEL + PLOT + 40, height, title);
    for (int k = 0; k <= 4; k++) {
        double x = LABEL + PLOT * k / 4.0;
        fsc_buf_printf(out, "<line class=\"grid\" stroke=\"#888\" stroke-width=\".5\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%u\"/>", x, x, height - 22);
        put_number(out, x, height - 8, "middle", max * k / 4);
    }
    for (size_t i = 0; i < count; i++) {
        double y = (double)i * ROW + 10;
        put_text(out, LABEL - 8, y + 4, "end", p[i].label, 26);
        if (isnan(p[i].value))
            continue;
        if (!isnan(p[i].low) && !isnan(p[i].high))
            fsc_buf_printf(out, "<line class=\"ci\" stroke=\"#b35900\" stroke-width=\"2\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", LABEL + PLOT * p[i].low / max, y,
                           LABEL + PLOT * p[i].high / max, y);
        fsc_buf_printf(out, "<circle fill=\"#b35900\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", LABEL + PLOT * p[i].value / max, y);
    }
    fsc_buf_adds(out, "</svg>\n");
}

// a line through points in their order; a missing value breaks it
void fsc_export_line(fsc_view title, const fsc_mark_point *p, size_t count, fsc_buf *out)
{
    double max = 0, step = count > 1 ? (double)(LABEL + PLOT - 60) / (double)(count - 1) : 0;
    for (size_t i = 0; i < count; i++)
        max = fmax(max, p[i].value);
    max = nice(max);
    open_svg(out, LABEL + PLOT + 40, HEIGHT + 30, title);
    for (int k = 0; k <= 2; k++) {
        double y = 10 + (HEIGHT - 20) * (1 - k / 2.0);
        fsc_buf_printf(out, "<line class=\"grid\" stroke=\"#888\" stroke-width=\".5\" x1=\"40\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", y, LABEL + PLOT - 20, y);
        put_number(out, 34, y + 4, "end", max * k / 2);
    }
    bool open = false;
    for (size_t i = 0; i < count; i++) {
        if (isnan(p[i].value)) {
            fsc_buf_adds(out, open ? "\"/>" : "");
            open = false;
            continue;
        }
        fsc_buf_printf(out, "%s%.1f %.1f", open ? " L" : "<path class=\"line\" fill=\"none\" stroke=\"#b35900\" stroke-width=\"2\" d=\"M", 40 + step * (double)i, 10 + (HEIGHT - 20) * (1 - p[i].value / max));
        open = true;
    }
    fsc_buf_adds(out, open ? "\"/>" : "");
    size_t every = count > 8 ? (count + 7) / 8 : 1;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i].value))
            fsc_buf_printf(out, "<circle fill=\"#b35900\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", 40 + step * (double)i, 10 + (HEIGHT - 20) * (1 - p[i].value / max));
        if (i % every == 0)
            put_text(out, 40 + step * (double)i, HEIGHT + 16, "middle", p[i].label, 10);
    }
    fsc_buf_adds(out, "</svg>\n");
}
