/* Letters to whoever runs the installation: one of a purpose a day, since what goes wrong goes wrong for
 * many. Where an office is not reached, one a day and office: its cases wait for somebody who does not know
 * of them. */
#include "lists/bounces/inside.h"

#include "lists/forward.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"

#include "lib/base/fault.h"
#include "lib/store/cases/offices.h"
#include "lib/text/template.h"

#include <string.h>

bool operator_tell(struct work *work, const char *purpose, const struct list *list, struct value *values,
                   GError **error)
{
  g_autofree char *address = forward_admin_address(work->config, work->book, work->keys, work->now);
  bool may = false;
  if (!address) return true;
  if (!notices_may(work, purpose, address, &may, error)) return false;
  return !may || letters_send(work,
                              &(struct letter_out){
                                  .purpose = purpose, .list = list, .address = address, .values = values },
                              error);
}

/* What the letter says of an office that is not reached. Caller frees. */
static struct value *values_of(const struct office *office, const char *address,
                               const struct verdict *verdict)
{
  struct value *values = value_new();
  value_set_text(values, "office", office->name);
  value_set_text(values, "sign", office->sign);
  value_set_text(values, "address", address);
  value_set_text(values, "status", *verdict->status ? verdict->status : NULL);
  return values;
}

static bool tell_of(struct work *work, const struct letter *letter, int64_t id, const char *address,
                    const struct verdict *verdict, GError **error)
{
  bool may = false;
  g_autofree char *purpose = g_strdup_printf("bounce_office %" G_GINT64_FORMAT, id);
  g_autofree char *admin = forward_admin_address(work->config, work->book, work->keys, work->now);
  if (!admin || strcmp(admin, address) == 0) return true;
  g_autoptr(office_t) office = office_get(work->store, id, error);
  if (!office || !notices_may(work, purpose, admin, &may, error)) return false;
  g_autoptr(value_t) values = values_of(office, address, verdict);
  return !may || letters_send(work,
                              &(struct letter_out){ .purpose = "bounce_office",
                                                    .list = list_cache_by_id(work->lists, letter->list),
                                                    .address = admin,
                                                    .values = values },
                              error);
}

bool bounce_tell_office(struct work *work, const struct letter *letter, const struct delivery *delivery,
                        const struct verdict *verdict, GError **error)
{
  static const char *const about[] = { "case_", "official", "office_" };
  bool is_about_cases = false;
  for (gsize i = 0; i < G_N_ELEMENTS(about); i++)
    is_about_cases |= g_str_has_prefix(letter->purpose, about[i]);
  if (!is_about_cases || delivery->person || !delivery->address) return true;
  g_autoptr(GArray) offices = offices_of_address(work->store, delivery->address, error);
  for (guint i = 0; offices && i < offices->len; i++)
    if (!tell_of(work, letter, g_array_index(offices, int64_t, i), delivery->address, verdict, error))
      return false;
  return offices != NULL;
}
