/* What every cmocka program here needs, in the order cmocka wants it. */
#ifndef FSC_TESTS_CHECK_H
#define FSC_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/view.h"

/* The view is exactly this string. */
#define assert_view(view, literal)                                                                 \
    do {                                                                                           \
        fsc_view got_ = (view), want_ = FSC_LIT(literal);                                          \
        assert_int_equal(got_.len, want_.len);                                                     \
        assert_memory_equal(got_.data, want_.data, want_.len);                                     \
    } while (0)

#endif
