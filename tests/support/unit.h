/* Unit tests of one folder are one program: linking is what building them takes longest. mk/test.mk includes this
 * before each of them and calls its main by its file's name; the program chooses by the name that it is started by
 * (build/test/unit/lists/events/test_polls is a link to its folder's program), so that each still runs alone. */
#ifndef SUPPORT_UNIT_H
#define SUPPORT_UNIT_H

struct unit_test {
  const char *name; /* as its file's, without .c */
  int (*run)(void);
  struct unit_test *next; /* of the program, set by unit_add */
};

/* Before main; TEST lives as long as the process. */
void unit_add(struct unit_test *test);

#ifdef UNIT_TEST
int main(void); /* by then named as its file is */

__attribute__((constructor)) static void unit_register(void)
{
  static struct unit_test test = { .name = UNIT_TEST, .run = main };
  unit_add(&test);
}
#endif

#endif
