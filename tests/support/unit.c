/* The main of a folder's unit tests: runs the one whose name the program was started by, in a process of its own as
 * ever. By any other name it says which there are. */
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct unit_test *tests;

void unit_add(struct unit_test *test)
{
  test->next = tests;
  tests = test;
}

int main(int argc, char **argv)
{
  const char *path = argc > 0 ? argv[0] : "";
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  for (const struct unit_test *test = tests; test; test = test->next)
    if (strcmp(test->name, name) == 0) return test->run();
  fprintf(stderr, "%s: started by the name of one of these, this program runs it:\n", path);
  for (const struct unit_test *test = tests; test; test = test->next) fprintf(stderr, "  %s\n", test->name);
  return 2;
}
