/* Before the first input of every harness: libraries and tables of human words are loaded, outside the clock
 * that a single input is held to. */
#include "lib/mail/read.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
  (void)argc, (void)argv;
  if (!mail_init(NULL, NULL)) __builtin_trap();
  return 0;
}
