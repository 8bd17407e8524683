/* Which other addresses of ours a mail went to. `kiez@` is for people who do not know where to write; when
 * the same mail also went to a specific address, that one acts and kiez@ only files it, whether both came in
 * one transaction or in two, and in either order. */
#include "lists/route.h"

#include "lib/mail/address.h"

#include <string.h>

/* Is this an address of ours that acts on what it gets? */
static bool is_specific(const struct address_book *book, const char *address)
{
  struct address_target target = addresses_look_up(book, NULL, address, 0);
  return target.meaning == ADDRESS_LIST || target.meaning == ADDRESS_COMMAND ||
         target.meaning == ADDRESS_TOKEN;
}

/* Adds an address once, unless it is the recipient itself. */
static void add_once(GPtrArray *others, const struct address_book *book, const char *address,
                     const char *recipient)
{
  g_autofree char *normalised = address ? address_normalise(address) : NULL;
  if (!normalised || strcmp(normalised, recipient) == 0 || !is_specific(book, normalised)) return;
  if (g_ptr_array_find_with_equal_func(others, normalised, g_str_equal, NULL)) return;
  g_ptr_array_add(others, g_steal_pointer(&normalised));
}

/* Those of a header field; a field may hold thousands, the first hundred say enough. */
static void add_field(GPtrArray *others, const struct address_book *book, const GPtrArray *field,
                      const char *recipient)
{
  for (guint i = 0; field && i < MIN(field->len, 100); i++)
    add_once(others, book, ((const struct mail_address *)g_ptr_array_index(field, i))->address, recipient);
}

char **route_other_recipients(const struct address_book *book, const struct mail *mail, const char *recipient,
                              const char *const *recipients)
{
  GPtrArray *others = g_ptr_array_new();
  for (; recipients && *recipients; recipients++) add_once(others, book, *recipients, recipient);
  add_field(others, book, mail->to, recipient);
  add_field(others, book, mail->cc, recipient);
  g_ptr_array_add(others, NULL);
  return (char **)g_ptr_array_free(others, FALSE);
}
