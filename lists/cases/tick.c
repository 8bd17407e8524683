/* What comes due in cases by itself: the worker asks now and then, a few cases each time, in one transaction
 * with the letters that go out and the day on which the case is looked at next. Which day is which stands in
 * schedule.c; here is what is done on it, a row each. Of several that have come due for the same reader (the
 * program was down) only the last is done. */
#include "lists/cases/case.h"

#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/text/days/workdays.h"
#include "lib/text/template.h"

#include <string.h>

enum { AT_ONCE = 20, LOOKED_BACK = 60 };

/* A case whose day has come. */
struct ticking {
  struct work *work;
  struct casefile *it;
  struct office *office; /* NULL: none is known */
  struct case_standing standing;
  const char *today;
  const struct case_date *date;
};

/* The question as it was asked. Caller frees; NULL on error. */
static char *question_of(struct work *work, const struct casefile *it, GError **error)
{
  GError *failed = NULL;
  g_autoptr(case_entry_t) entry = case_entry_get(work->store, it->id, 1, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  return g_strdup(entry ? entry->text : "");
}

/* What letters of this file tell. NULL on error. */
static struct value *values_of(struct ticking *t, GError **error)
{
  g_autofree char *text = question_of(t->work, t->it, error);
  if (!text) return NULL;
  const struct casefile *it = t->it;
  struct value *values = value_new();
  g_autofree char *opened = case_day_of(it->opened, t->work->config->zone);
  value_set_text(values, "text", *text ? text : NULL);
  value_set_text(values, "office", t->office ? t->office->name : NULL);
  value_set_text(values, "sign", t->office ? t->office->sign : NULL);
  value_set_text(values, "due", *it->due ? it->due : NULL);
  value_set_text(values, "expected", *it->expected ? it->expected : NULL);
  value_set_text(values, "opened", opened);
  return values;
}

static bool note(struct ticking *t, const char *what, const char *text, GError **error)
{
  struct case_entry entry = {
    .what = (char *)what, .office = t->it->office, .text = (char *)text, .is_public = t->it->is_public
  };
  return case_note(t->work, t->it, &entry, error);
}

static bool send(struct ticking *t, const char *purpose, struct case_party *party, struct value *values,
                 GError **error)
{
  struct case_letter letter = { .purpose = purpose, .it = t->it, .party = party, .values = values };
  return case_letter_send(t->work, &letter, error);
}

/* To all of the office that is asked. */
static bool send_office(struct ticking *t, const char *purpose, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(t->work->store, t->it->id, "office", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    if (party->office == t->it->office && !send(t, purpose, party, values, error)) return false;
  }
  return true;
}

/* To who asked, or entered it for somebody; not to who only follows. */
static bool send_residents(struct ticking *t, const char *purpose, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(t->work->store, t->it->id, "", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    bool has_asked = strcmp(party->role, "resident") == 0 || strcmp(party->role, "helper") == 0;
    if (has_asked && !send(t, purpose, party, values, error)) return false;
  }
  return true;
}

/* Deputies get letters from now on, at addresses of their own. */
static bool add_deputies(struct ticking *t, GError **error)
{
  for (guint i = 0; t->office && i < t->office->addresses->len; i++) {
    const struct office_address *one = t->office->addresses->pdata[i];
    if (strcmp(one->use, "deputy") != 0 || *one->address == '@' || one->returned) continue;
    struct case_party party = { .casefile = t->it->id,
                                .role = (char *)"office",
                                .office = t->office->id,
                                .address = one->address,
                                .name = t->office->name };
    if (!case_party_put(t->work->store, &party, t->work->now, error)) return false;
  }
  return true;
}

static bool remind(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  if (!values) return false;
  value_set_text(values, "late", strcmp(t->it->due, t->today) < 0 ? "1" : NULL);
  value_set_flag(values, "draft", t->standing.has_draft);
  t->it->reminders++;
  return send_office(t, "case_reminder", values, error) && note(t, "reminder", "", error);
}

static bool remind_deputies(struct ticking *t, GError **error)
{
  return add_deputies(t, error) && remind(t, error);
}

/* The coordinator, or where that is the office itself or nobody: the admin. */
static bool send_coordinator(struct ticking *t, const char *purpose, struct value *values, GError **error)
{
  GError *failed = NULL;
  g_autoptr(office_t) coordinator = office_coordinator(t->work->store, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_other = coordinator && coordinator->id != t->it->office && !coordinator->is_by_hand;
  const char *address = is_other ? office_reached_at(coordinator) : NULL;
  g_autofree char *admin = t->work->config->admin ? address_normalise(t->work->config->admin) : NULL;
  if (!address && !admin) return true;
  struct case_party party = { .casefile = t->it->id,
                              .role = (char *)"office",
                              .office = address ? coordinator->id : 0,
                              .address = (char *)(address ? address : admin),
                              .name = (char *)(address ? coordinator->name : "") };
  return case_party_put(t->work->store, &party, t->work->now, error) &&
         send(t, purpose, &party, values, error);
}

static bool escalate(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  if (!values) return false;
  return send_coordinator(t, "case_escalated", values, error) && note(t, "escalated", "", error);
}

static bool tell_unanswered(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  if (!values) return false;
  g_autofree char *days = g_strdup_printf("%d", t->date->number);
  value_set_text(values, "days", days);
  value_set_text(values, "interim", t->standing.is_interim ? "1" : NULL);
  value_set_text(values, "late", *t->it->due && strcmp(t->it->due, t->today) < 0 ? "1" : NULL);
  return send_residents(t, "case_unanswered", values, error) && note(t, "unanswered", days, error);
}

static bool ask_expected(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  if (!values) return false;
  return send_office(t, "case_expected", values, error) && note(t, "reminder", "", error);
}

static bool ask_resident(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  return values && send_residents(t, "case_expected_asked", values, error);
}

static bool escalate_expected(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  if (!values) return false;
  value_set_text(values, "promised", "1");
  return send_coordinator(t, "case_escalated", values, error) && note(t, "escalated", "", error);
}

/* What the office asked when it put the case to waiting. */
static bool add_asked(struct ticking *t, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) entries = case_entries_newest(t->work->store, t->it->id, LOOKED_BACK, error);
  if (!entries) return false;
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    bool is_asked = strcmp(entry->what, "reply") == 0 && strcmp(entry->state, "waiting") == 0;
    if (!is_asked) continue;
    value_set_text(values, "asked", *entry->text ? entry->text : NULL);
    break;
  }
  return true;
}

static bool ask_waiting(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  return values && add_asked(t, values, error) && send_residents(t, "case_waiting", values, error);
}

static bool give_up(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  return values && send_residents(t, "case_given_up", values, error) && note(t, "closed", "", error) &&
         case_close(t->work, t->it, error);
}

static bool ask_fixed(struct ticking *t, GError **error)
{
  g_autoptr(value_t) values = values_of(t, error);
  return values && send_residents(t, "case_fixed", values, error);
}

static bool settle(struct ticking *t, GError **error)
{
  return case_close(t->work, t->it, error);
}

enum reader { READER_OFFICE, READER_COORDINATOR, READER_RESIDENT, READER_NOBODY, READER_COUNT };
static const struct {
  enum reader reader;
  bool (*act)(struct ticking *t, GError **error);
} steps[] = {
  [STEP_REMIND_BEFORE] = { READER_OFFICE, remind },
  [STEP_REMIND] = { READER_OFFICE, remind },
  [STEP_REMIND_DEPUTIES] = { READER_OFFICE, remind_deputies },
  [STEP_ESCALATE] = { READER_COORDINATOR, escalate },
  [STEP_UNANSWERED] = { READER_RESIDENT, tell_unanswered },
  [STEP_EXPECTED] = { READER_OFFICE, ask_expected },
  [STEP_EXPECTED_RESIDENT] = { READER_RESIDENT, ask_resident },
  [STEP_EXPECTED_COORDINATOR] = { READER_COORDINATOR, escalate_expected },
  [STEP_WAITING] = { READER_RESIDENT, ask_waiting },
  [STEP_GIVE_UP] = { READER_RESIDENT, give_up },
  [STEP_FIXED] = { READER_RESIDENT, ask_fixed },
  [STEP_SETTLE] = { READER_NOBODY, settle },
};
_Static_assert(G_N_ELEMENTS(steps) == CASE_STEP_COUNT, "every step is done somehow");

/* Does all that is due of one case; `first` is the day that was not looked at yet. */
static bool act(struct ticking *t, GArray *dates, const char *first, GError **error)
{
  const struct case_date *last[READER_COUNT] = { NULL };
  for (guint i = 0; i < dates->len; i++) {
    const struct case_date *date = &g_array_index(dates, struct case_date, i);
    bool is_due = strcmp(date->day, first) >= 0 && strcmp(date->day, t->today) <= 0;
    if (is_due) last[steps[date->step].reader] = date;
  }
  for (gsize i = 0; i < READER_COUNT; i++) {
    t->date = last[i];
    if (t->date && !steps[t->date->step].act(t, error)) return false;
  }
  return true;
}

static bool tick_one(struct work *work, struct casefile *it, const char *today, GError **error)
{
  g_autofree char *first = g_strdup(it->next_tick);
  bool has_moved = false;
  if (!case_leave_mailbox(work, it, &has_moved, error)) return false;
  if (has_moved) return true; /* all days are other ones now */
  g_autoptr(office_t) office = it->office ? office_get(work->store, it->office, error) : NULL;
  struct ticking t = { .work = work, .it = it, .office = office, .today = today };
  if ((it->office && !office) || !case_standing_read(work, it, &t.standing, error)) return false;
  g_autoptr(GArray) dates = case_dates(it, office, &t.standing, work->config->zone, today);
  return act(&t, dates, first, error) && case_reschedule(work, it, error) &&
         casefile_put(work->store, it, error);
}

int cases_tick(struct work *work, GError **error)
{
  g_autofree char *today = case_today(work);
  g_autoptr(GPtrArray) due = casefiles_due(work->store, today, AT_ONCE, error);
  if (!due) return -1;
  for (guint i = 0; i < due->len; i++)
    if (!tick_one(work, due->pdata[i], today, error)) return -1;
  return (int)due->len;
}
