/* What a photo says about itself, on any bytes: whatever comes out is a point on earth and a moment as it
 * should look. EXIF alone: libheif is fuzzed by others, and here it runs in a process that may die. */
#include "lib/mail/files/heic_bytes.h"
#include "lib/mail/files/public_bytes.h"
#include "lib/mail/pictures/picture_facts.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is published of it is of the same kind, no larger than what it was made of and the one number that may
 * be added, and publishing it once more changes nothing. */
static void check_public(const uint8_t *data, size_t size)
{
  g_autoptr(GByteArray) once = public_bytes(data, size);
  if (!once) return;
  if (once->len > size + 40) __builtin_trap();
  const char *ending = public_ending(data, size);
  if (!ending || g_strcmp0(public_ending(once->data, once->len), ending) != 0) __builtin_trap();
  g_autoptr(GByteArray) twice = public_bytes(once->data, once->len);
  if (!twice || twice->len != once->len || memcmp(twice->data, once->data, once->len) != 0) __builtin_trap();
}

/* A clean HEIC is as long as it was, and cleaning it once more changes nothing. */
static void check_heic(const uint8_t *data, size_t size)
{
  g_autoptr(GByteArray) once = heic_clean(data, size);
  if (!once) return;
  g_autoptr(GByteArray) twice = heic_clean(once->data, once->len);
  if (once->len != size || !twice || memcmp(twice->data, once->data, size) != 0) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  check_public(data, size);
  check_heic(data, size);
  struct picture_facts facts;
  if (!picture_read_facts(PICTURE_JPEG, data, size, &facts)) return 0;
  if (facts.has_point && !(fabs(facts.lat) <= 90 && fabs(facts.lon) <= 180)) __builtin_trap();
  gsize length = strnlen(facts.taken, sizeof facts.taken);
  if (length != 0 && (length != 19 || facts.taken[10] != 'T')) __builtin_trap();
  return 0;
}
