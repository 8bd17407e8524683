/* An office's mailbox that takes no mail any more: a letter to it has come back for good; or an office that
 * was removed, whose cases go the same way. Told by lists/bounces, and by tick.c for what was too much at
 * once. It stays marked until the address writes itself or an admin names it anew. Meanwhile its cases are
 * asked at another address of the office, else at the coordinator's; the admin gets one letter, and whoever
 * waits for an answer reads who is asked now instead of "no answer yet". What comes back for a while, or
 * because our server is not liked, says nothing of the mailbox: lists/bounces does not call here then. */
#include "lists/cases/case.h"

#include "lists/forward.h"
#include "lists/letters.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/text/days/workdays.h"
#include "lib/text/template.h"

#include <string.h>

enum { AT_ONCE = 20 };

bool case_instead(struct work *work, const struct casefile *it, int64_t *instead, GError **error)
{
  *instead = 0;
  if (!it->office) return true;
  GError *failed = NULL;
  g_autoptr(office_t) office = office_get(work->store, it->office, &failed);
  g_autoptr(office_t) coordinator = failed ? NULL : office_coordinator(work->store, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_lost = office->is_removed ||
                 (!office->is_by_hand && office_main_address(office) && !office_reached_at(office));
  bool is_other = coordinator && coordinator->id != office->id;
  if (is_lost && is_other && (coordinator->is_by_hand || office_reached_at(coordinator)))
    *instead = coordinator->id;
  return true;
}

bool case_note_unreachable(struct work *work, struct casefile *it, int64_t before, GError **error)
{
  struct case_entry entry = { .what = (char *)"unreachable", .office = before };
  return case_note(work, it, &entry, error);
}

/* Whoever waits learns who is asked now, and why. */
static bool tell_moved(struct work *work, struct casefile *it, int64_t before, GError **error)
{
  GError *failed = NULL;
  g_autoptr(office_t) old = office_get(work->store, before, &failed);
  g_autoptr(office_t) now = failed ? NULL : office_get(work->store, it->office, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "before", old->name);
  value_set_flag(values, old->is_removed ? "removed" : "unreachable", true);
  value_set_text(values, "office", now->name);
  value_set_text(values, "due", *it->due ? it->due : NULL);
  return case_tell_all(work, it, "case_moved", values, error);
}

/* Parties at mailboxes that take no mail take no part any more. *left: there were some; *stays: others of the
 * office have the letter. */
static bool leave(struct work *work, const struct casefile *it, bool *left, bool *stays, GError **error)
{
  *left = *stays = false;
  g_autoptr(office_t) office = office_get(work->store, it->office, error);
  g_autoptr(GPtrArray) parties = office ? case_parties(work->store, it->id, "office", error) : NULL;
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    const struct case_party *party = parties->pdata[i];
    if (party->office != office->id) continue;
    bool is_dead = office->is_removed || office_returns(office, party->address);
    *stays |= !is_dead;
    if (!is_dead) continue;
    if (!case_party_leave(work->store, party->id, work->now, error)) return false;
    *left = true;
  }
  return true;
}

/* Nothing is owed now: what may come later comes to an address that takes mail. */
static bool go_on_elsewhere(struct work *work, struct casefile *it, int64_t instead, GError **error)
{
  if (instead) it->office = instead;
  g_autoptr(office_t) office = office_get(work->store, it->office, error);
  if (!office) return false;
  struct case_party party = case_office_party(work, it, office);
  return case_party_put(work->store, &party, work->now, error) && casefile_mark_pages(work->store, it, error);
}

bool case_leave_mailbox(struct work *work, struct casefile *it, bool *has_moved, GError **error)
{
  bool has_left = false, stays = false;
  int64_t before = it->office, instead = 0;
  struct case_standing standing;
  *has_moved = false;
  if (!it->office) return true;
  if (!leave(work, it, &has_left, &stays, error)) return false;
  if (!has_left || stays) return true;
  if (!case_instead(work, it, &instead, error) || !case_standing_read(work, it, &standing, error))
    return false;
  if (!standing.owes || it->paused_since)
    return go_on_elsewhere(work, it, instead, error) && case_note_unreachable(work, it, before, error);
  *has_moved = true;
  if (!case_forward(work, it, error)) return false;
  return instead ? tell_moved(work, it, before, error) : case_note_unreachable(work, it, before, error);
}

/* The admin, who can find out what the address is now. */
static bool tell_admin(struct work *work, const struct office *office, const char *address,
                       const char *status, GError **error)
{
  g_autofree char *admin = forward_admin_address(work->config, work->book, work->keys, work->now);
  if (!admin) return true;
  GError *failed = NULL;
  g_autoptr(office_t) coordinator = office_coordinator(work->store, &failed);
  if (fault_hand_on(failed, error)) return false;
  const char *other = office_reached_at(office);
  bool is_other = !other && coordinator && coordinator->id != office->id && office_reached_at(coordinator);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", office->name);
  value_set_text(values, "sign", office->sign);
  value_set_text(values, "address", address);
  value_set_text(values, "status", status && *status ? status : NULL);
  value_set_text(values, "other", other);
  value_set_text(values, "coordinator", is_other ? coordinator->name : NULL);
  return letters_send(
      work, &(struct letter_out){ .purpose = "office_mailbox", .address = admin, .values = values }, error);
}

/* Some cases now; the others come up with the worker from tomorrow on, so that nothing of today is done
 * twice.
 */
static bool move_cases(struct work *work, const struct office *office, const char *address, GError **error)
{
  bool has_moved;
  g_autoptr(GPtrArray) cases = casefiles_at_mailbox(work->store, office->id, address, AT_ONCE, error);
  if (!cases) return false;
  for (guint i = 0; i < cases->len; i++)
    if (!case_leave_mailbox(work, cases->pdata[i], &has_moved, error)) return false;
  g_autofree char *today = case_today(work), *tomorrow = day_after(today, 1);
  return cases->len < AT_ONCE || casefiles_look_at(work->store, office->id, address, tomorrow, error);
}

/* The office has this address, and letters went there until now. */
static bool mark(struct work *work, int64_t id, const char *address, const char *status, GError **error)
{
  bool is_new = false;
  if (!office_address_returned(work->store, id, address, work->now, &is_new, error)) return false;
  if (!is_new) return true;
  g_autoptr(office_t) office = office_get(work->store, id, error);
  return office && tell_admin(work, office, address, status, error) &&
         move_cases(work, office, address, error);
}

bool cases_mailbox_returned(struct work *work, const char *address, const char *status, GError **error)
{
  g_autofree char *normal = address ? address_normalise(address) : NULL;
  g_autoptr(GArray) ids = normal ? offices_of_address(work->store, normal, error) : NULL;
  if (!normal) return true;
  for (guint i = 0; ids && i < ids->len; i++) /* whose whole domain it is have no such row */
    if (!mark(work, g_array_index(ids, int64_t, i), normal, status, error)) return false;
  return ids != NULL;
}

bool cases_mailbox_heard(struct work *work, const char *address, GError **error)
{
  return office_address_heard(work->store, address, error);
}
