/* How a member's settings are, as letters say it: a row a membership, and the name that others see. And what
 * a wish would change, for the letter that asks whether it is really theirs: in our words alone, since it may
 * be somebody else's. */
#include "lists/members/wish.h"

#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/store/people/consents.h"
#include "lib/store/people/people.h"
#include "lib/store/requests.h"

#include <string.h>

static const char *const deliveries[] = { "each", "daily", "weekly", "own", "none" };

/* "2026-08-15" → until, and day: "15.8.2026". */
static void put_day(struct value *values, const char *iso)
{
  g_auto(GStrv) parts = g_strsplit(iso ? iso : "", "-", 3);
  if (g_strv_length(parts) != 3) return;
  const char *day = parts[2] + (*parts[2] == '0'), *month = parts[1] + (*parts[1] == '0');
  g_autofree char *words = g_strconcat(day, ".", month, ".", parts[0], NULL);
  value_set_text(values, "until", iso);
  value_set_text(values, "day", words);
}

static void put_delivery(struct value *values, const char *delivery)
{
  for (gsize i = 0; i < G_N_ELEMENTS(deliveries); i++)
    value_set_flag(values, deliveries[i], g_strcmp0(delivery, deliveries[i]) == 0);
}

static void put_membership(struct value *row, const struct list *list, const struct member *member)
{
  bool is_paused = strcmp(member->state, "paused") == 0;
  bool has_copy = member->own_copy >= 0 ? member->own_copy > 0 : list && list->own_copy;
  value_set_text(row, "title", list ? list->title : "");
  value_set_flag(row, "paused", is_paused);
  value_set_flag(row, "own_copy", has_copy && !is_paused);
  put_delivery(row, is_paused ? NULL : member->delivery);
  if (is_paused) put_day(row, member->paused_until);
}

static void put_state(const struct work *work, struct value *values, const GPtrArray *members,
                      const struct person_choice *choice)
{
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    put_membership(value_append(values, "memberships"), list_cache_by_id(work->lists, member->list), member);
  }
  value_set_flag(values, "shows_full", strcmp(choice->shown, "full") == 0);
  value_set_flag(values, "shows_initial", strcmp(choice->shown, "initial") == 0);
  value_set_text(values, "pseudonym", strcmp(choice->shown, "pseudonym") == 0 ? choice->pseudonym : NULL);
}

bool settings_tell(struct work *work, const struct settings_letter *out, GError **error)
{
  g_autoptr(GPtrArray) members = person_memberships(work->store, out->person, error);
  g_autoptr(person_choice) choice = members ? person_choice_get(work->store, out->person, error) : NULL;
  if (!choice) return false;
  struct consent consent;
  if (!consent_get(work->store, out->person, &consent, error)) return false;
  g_autoptr(value_t) values = value_new();
  put_state(work, values, members, choice);
  value_set_flag(values, "offices_yes", consent.given != 0);
  value_set_flag(values, "offices_no", consent.is_known && consent.given == 0 && consent.revoked != 0);
  value_set_text(values, "muted", out->muted);
  return letters_send(work,
                      &(struct letter_out){ .purpose = out->letter,
                                            .list = out->list,
                                            .address = out->address,
                                            .person = out->person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = out->in_reply_to,
                                            .is_answer = true },
                      error);
}

void settings_put_wish(struct value *values, const struct request *wished)
{
  static const struct {
    const char *line, *flag;
  } flags[] = { { "language", "language" }, { "pseudonym", "name" }, { "shown", "name" },
                { "own_copy", "copy" },     { "resume", "resumed" }, { "mute", "muted" },
                { "offices", "offices" } };
  g_autofree char *delivery = request_detail(wished, "delivery");
  g_autofree char *until = request_detail(wished, "paused_until");
  put_delivery(values, delivery);
  value_set_flag(values, "paused", until != NULL);
  put_day(values, until);
  for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
    g_autofree char *value = request_detail(wished, flags[i].line);
    if (value) value_set_flag(values, flags[i].flag, true);
  }
}
