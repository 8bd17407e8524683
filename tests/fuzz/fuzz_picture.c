/* What a photo says about itself, on any bytes: whatever comes out is a point on earth and a moment as it
 * should look. EXIF alone: libheif is fuzzed by others, and here it runs in a process that may die. */
#include "lib/mail/pictures/picture_facts.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct picture_facts facts;
  if (!picture_read_facts(PICTURE_JPEG, data, size, &facts)) return 0;
  if (facts.has_point && !(fabs(facts.lat) <= 90 && fabs(facts.lon) <= 180)) __builtin_trap();
  gsize length = strnlen(facts.taken, sizeof facts.taken);
  if (length != 0 && (length != 19 || facts.taken[10] != 'T')) __builtin_trap();
  return 0;
}
