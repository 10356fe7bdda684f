// The two optimisers against brute force on small random cases.
#include "revision/revision_p.h"
#include "unit/revision/fixture.h"

static uint32_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static uint64_t heaviest(const uint32_t *b, const uint32_t *weight, uint32_t n)
{
    uint64_t best = 0;
    for (uint32_t set = 0; set < 1u << n; set++) {
        uint64_t sum = 0;
        int64_t last = -1;
        for (uint32_t k = 0; k < n; k++) {
            if (!(set >> k & 1))
                continue;
            if ((int64_t)b[k] <= last)
                sum = 0, last = INT64_MAX;
            else if (last != INT64_MAX)
                sum += weight[k], last = b[k];
        }
        best = last != INT64_MAX && sum > best ? sum : best;
    }
    return best;
}

static void test_chain__is_the_heaviest(void **state)
{
    fixture *f = *state;
    uint64_t seed = 11;
    for (int round = 0; round < 300; round++) {
        uint32_t n = draw(&seed) % 10, b[10], weight[10];
        bool chosen[10];
        for (uint32_t k = 0; k < n; k++) {
            b[k] = k * 3;
            weight[k] = 1 + draw(&seed) % 9;
        }
        for (uint32_t k = n; k > 1; k--) {
            uint32_t x = draw(&seed) % k, swap = b[x];
            b[x] = b[k - 1];
            b[k - 1] = swap;
        }
        assert_true(fsc_rev_chain(chosen, b, weight, n, &f->scratch));
        uint64_t sum = 0;
        int64_t last = -1;
        for (uint32_t k = 0; k < n; k++) {
            if (!chosen[k])
                continue;
            assert_true((int64_t)b[k] > last);
            last = b[k];
            sum += weight[k];
        }
        assert_int_equal(sum, heaviest(b, weight, n));
    }
}

static double best_assignment(const double *weight, uint32_t rows, uint32_t columns, uint32_t row, uint32_t used)
{
    if (row == rows)
        return 0;
    double best = best_assignment(weight, rows, columns, row + 1, used);
    for (uint32_t c = 0; c < columns; c++) {
        if (used >> c & 1)
            continue;
        double with = weight[row * columns + c] + best_assignment(weight, rows, columns, row + 1, used | 1u << c);
        best = with > best ? with : best;
    }
    return best;
}

static void test_chain__assignment_is_the_best(void **state)
{
    fixture *f = *state;
    uint64_t seed = 12;
    for (int round = 0; round < 300; round++) {
        uint32_t rows = 1 + draw(&seed) % 5, columns = 1 + draw(&seed) % 5, partner[5], used = 0;
        double weight[25], sum = 0;
        for (uint32_t k = 0; k < rows * columns; k++)
            weight[k] = draw(&seed) % 3 ? (draw(&seed) % 100) / 100.0 : 0;
        assert_true(fsc_rev_assign(partner, weight, rows, columns, &f->scratch));
        for (uint32_t r = 0; r < rows; r++) {
            if (partner[r] == REV_NONE)
                continue;
            assert_true(partner[r] < columns && !(used >> partner[r] & 1));
            used |= 1u << partner[r];
            sum += weight[r * columns + partner[r]];
        }
        assert_true(fabs(sum - best_assignment(weight, rows, columns, 0, 0)) < 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_chain__is_the_heaviest, fix_setup, fix_teardown),
        cmocka_unit_test_setup_teardown(test_chain__assignment_is_the_best, fix_setup, fix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
