/* A held post and Clara, who decides about it: for tests of what moderators answer. */
#ifndef TESTS_LISTS_HELD_H
#define TESTS_LISTS_HELD_H

#include "tests/unit/lists/moderated.h"

#define assert_has(text, part)                                                                               \
  do {                                                                                                       \
    if (!strstr(text, part)) fail_msg("\"%s\" is not in: %s", part, text);                                   \
  } while (0)
#define assert_has_not(text, part)                                                                           \
  do {                                                                                                       \
    if (strstr(text, part)) fail_msg("\"%s\" is in: %s", part, text);                                        \
  } while (0)

static struct club club;

static inline int open_town(void **state)
{
  (void)state;
  moderated_open(&club);
  return 0;
}

static inline int close_town(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

/* Clara answers the letter that asks her. */
static inline void clara(const char *text)
{
  club_answer(&club, "moderate", "clara@web.de", "clara@web.de", text, true);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_town, close_town)

#endif
