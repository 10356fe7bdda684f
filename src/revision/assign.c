// Maximum-weight matching of a small dense matrix: successive shortest paths with potentials (Jonker and Volgenant
// 1987).
#include "revision/revision_p.h"

typedef struct state {
    const double *weight;
    uint32_t rows, columns; // rows <= columns
    bool turned;            // weight is stored column by row
    double *u, *v, *least;  // potentials, and the shortest distance to each column
    uint32_t *row_of, *way; // 1-based, 0: none
    bool *used;
} state;

static double cost(const state *s, uint32_t row, uint32_t column)
{
    return -(s->turned ? s->weight[(size_t)column * s->rows + row] : s->weight[(size_t)row * s->columns + column]);
}

// Extends the tree by one column: returns the nearest column that is not in it.
static uint32_t grow(state *s, uint32_t from)
{
    uint32_t row = s->row_of[from], next = 0;
    double delta = 1e300;
    s->used[from] = true;
    for (uint32_t c = 1; c <= s->columns; c++) {
        if (s->used[c])
            continue;
        double d = cost(s, row - 1, c - 1) - s->u[row] - s->v[c];
        if (d < s->least[c]) {
            s->least[c] = d;
            s->way[c] = from;
        }
        if (s->least[c] < delta) {
            delta = s->least[c];
            next = c;
        }
    }
    for (uint32_t c = 0; c <= s->columns; c++) {
        if (s->used[c]) {
            s->u[s->row_of[c]] += delta;
            s->v[c] -= delta;
        } else {
            s->least[c] -= delta;
        }
    }
    return next;
}

static void place_row(state *s, uint32_t row)
{
    uint32_t column = 0;
    s->row_of[0] = row;
    for (uint32_t c = 0; c <= s->columns; c++) {
        s->least[c] = 1e300;
        s->used[c] = false;
    }
    do
        column = grow(s, column);
    while (s->row_of[column]);
    while (column) {
        uint32_t before = s->way[column];
        s->row_of[column] = s->row_of[before];
        column = before;
    }
}

bool fsc_rev_assign(uint32_t *partner, const double *weight, uint32_t rows, uint32_t columns, fsc_arena *scratch)
{
    bool turned = rows > columns;
    uint32_t n = turned ? columns : rows, m = turned ? rows : columns;
    double *room = FSC_NEW_N(scratch, double, 3 * ((size_t)m + 1));
    uint32_t *index = FSC_NEW_N(scratch, uint32_t, 2 * ((size_t)m + 1));
    bool *used = FSC_NEW_N(scratch, bool, (size_t)m + 1);
    if (!room || !index || !used)
        return false;
    state s = {weight, n, m, turned, room, room + m + 1, room + 2 * ((size_t)m + 1), index, index + m + 1, used};
    for (uint32_t r = 0; r < rows; r++)
        partner[r] = REV_NONE;
    for (uint32_t r = 1; r <= n; r++)
        place_row(&s, r);
    for (uint32_t c = 1; c <= m; c++) {
        if (!s.row_of[c])
            continue;
        uint32_t row = turned ? c - 1 : s.row_of[c] - 1, column = turned ? s.row_of[c] - 1 : c - 1;
        if (weight[(size_t)row * columns + column] > 0)
            partner[row] = column;
    }
    return true;
}
