#include "lib/text/facts/answer.h"

struct answer_found answer_read(const struct passage *passage)
{
  (void)passage;
  return (struct answer_found){ 0 };
}
