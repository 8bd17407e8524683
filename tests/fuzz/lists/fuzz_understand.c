/* A whole mail of any bytes, understood at an address and in a context that the first byte chooses. Whatever
 * it says, there is one meaning with a reason, and nothing is missed twice. */
#include "lib/mail/read.h"
#include "lists/understand/understand.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const kinds[] = { "group",   "frontdoor", "events", "kiezkasse",
                                       "defects", "questions", "duty" };
  if (size < 1) return 0;
  mail_init(NULL, NULL);
  struct mail_reading reading = { .domain = "kiez.example", .envelope_sender = "a@b.example" };
  g_autoptr(mail_t) mail = mail_read(data + 1, size - 1, &reading);
  struct circumstances circumstances = {
    .context = data[0] / 8 % CONTEXT_COUNT,
    .list = "kiez",
    .list_kind = kinds[data[0] % G_N_ELEMENTS(kinds)],
    .now = 1772442900,
    .zone = "Europe/Berlin",
    .domain = "kiez.example",
  };
  g_autoptr(understanding_t) it = understanding_new(mail, &circumstances);
  if (!it->meaning || !it->meaning->reason || it->meaning->intent >= INTENT_COUNT) abort();
  if (it->meaning->also->len > 4 || it->meaning->missing->len > 4) abort();
  return 0;
}
