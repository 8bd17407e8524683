/* Tables of cases: the case's name stands in the failure. */
#ifndef TESTS_TEXT_CASES_H
#define TESTS_TEXT_CASES_H

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Fails unless both texts are the same, NULL included. */
static inline void check_same(const char *name, const char *got, const char *expected)
{
  if (g_strcmp0(got, expected) != 0)
    fail_msg("%s\n  expected: |%s|\n  got:      |%s|", name, expected != NULL ? expected : "(NULL)",
             got != NULL ? got : "(NULL)");
}

#endif
