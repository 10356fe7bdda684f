#include "export/export_p.h"

// Pieces of the page that `report` writes.

void fsc_export_heading(int level, fsc_view text, fsc_buf *out)
{
    fsc_buf_printf(out, "<h%d>", level);
    fsc_html_text(out, text);
    fsc_buf_printf(out, "</h%d>\n", level);
}

void fsc_export_paragraph(fsc_view text, fsc_buf *out)
{
    fsc_buf_adds(out, "<p class=\"meta\">");
    fsc_html_text(out, text);
    fsc_buf_adds(out, "</p>\n");
}

void fsc_export_html_head_row(const fsc_view *name, size_t count, fsc_buf *out)
{
    fsc_buf_adds(out, "<table><tr>");
    for (size_t i = 0; i < count; i++) {
        fsc_buf_adds(out, "<th class=\"w\">");
        fsc_html_text(out, name[i]);
        fsc_buf_adds(out, "</th>");
    }
    fsc_buf_adds(out, "</tr>\n");
}

static void put_lines(fsc_buf *out, fsc_view text)
{
    for (fsc_view rest = text; rest.data && rest.len;) {
        fsc_html_text(out, fsc_view_split(&rest, '\n'));
        if (rest.len)
            fsc_buf_adds(out, "<br>");
    }
}

void fsc_export_html_row(const fsc_cell *cell, size_t count, fsc_buf *out)
{
    fsc_buf_adds(out, "<tr>");
    for (size_t i = 0; i < count; i++) {
        fsc_buf_adds(out, cell[i].kind == FSC_CELL_TEXT || cell[i].kind == FSC_CELL_NULL ? "<td class=\"w\">" : "<td>");
        if (cell[i].kind == FSC_CELL_TEXT)
            put_lines(out, cell[i].text);
        else if (cell[i].kind == FSC_CELL_INT)
            fsc_buf_i64(out, cell[i].integer);
        else if (cell[i].kind == FSC_CELL_REAL)
            fsc_buf_real(out, cell[i].real, 2);
        fsc_buf_adds(out, "</td>");
    }
    fsc_buf_adds(out, "</tr>\n");
}

void fsc_export_html_table_end(fsc_buf *out)
{
    fsc_buf_adds(out, "</table>\n");
}

void fsc_export_html_text(const fsc_analysis *a, fsc_buf *out)
{
    const fsc_article *d = &a->article;
    fsc_buf_adds(out, "<details><summary>");
    fsc_html_text(out, d->title.len ? d->title : d->id);
    if (d->site.len) {
        fsc_buf_adds(out, " · ");
        fsc_html_text(out, d->site);
    }
    if (d->published.len) {
        fsc_buf_adds(out, " · ");
        fsc_html_text(out, fsc_view_slice(d->published, 0, 10));
    }
    fsc_buf_adds(out, "</summary>\n");
    fsc_export_annotate_html(a, out);
    fsc_buf_adds(out, "</details>\n");
}
