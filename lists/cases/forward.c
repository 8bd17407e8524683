/* The office is asked: its letter, its reply address, its due day. Called when a case is opened, and again
 * when it goes to another office. */
#include "lists/cases/case.h"

#include "lists/letters.h"

#include "lib/base/fault.h"
#include "lib/store/people/consents.h"
#include "lib/store/threads.h"
#include "lib/text/days/workdays.h"
#include "lib/text/template.h"

#include <string.h>

enum { HISTORY_ENTRIES = 30, SIGNS_SHOWN = 40 };

/* What the letter says of who asks: a name only as far as they agreed, never an address. */
static bool add_resident(struct work *work, const struct casefile *it, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(work->store, it->id, "resident", error);
  if (!parties) return false;
  const struct case_party *first = parties->len ? parties->pdata[0] : NULL;
  if (!first) return true;
  value_set_text(values, "name", first->name_agreed && *first->name ? first->name : NULL);
  if (!first->person) return true;
  struct consent consent = { 0 };
  if (!consent_get(work->store, first->person, &consent, error)) return false;
  value_set_text(values, consent.given ? "consent" : "no_consent", "1");
  return true;
}

/* What of the history an office should know; "moved" and "decided" are both "rerouted". */
static const char *row_flag(const struct case_entry *entry)
{
  static const struct {
    const char *what, *flag;
  } told[] = {
    { "reply", "answer" }, { "added", "addition" }, { "rerouted", "moved" }, { "route_words", "hint" }
  };
  bool is_hidden = strcmp(entry->what, "reply") == 0 && !entry->is_public; /* taken back, or encrypted */
  for (gsize i = 0; i < G_N_ELEMENTS(told) && !is_hidden; i++)
    if (strcmp(told[i].what, entry->what) == 0)
      return i == 2 && strcmp(entry->state, "not_responsible") != 0 ? "decided" : told[i].flag;
  return NULL;
}

static bool add_row(struct work *work, const struct case_entry *entry, const char *flag, struct value *values,
                    GError **error)
{
  g_autoptr(office_t) office = entry->office ? office_get(work->store, entry->office, error) : NULL;
  if (entry->office && !office) return false;
  struct value *row = value_append(values, "history");
  value_set_text(row, "text", entry->text);
  value_set_text(row, "by", office ? office->name : NULL);
  value_set_flag(row, flag, true);
  return true;
}

/* The question, and what was said since, oldest first. */
static bool add_history(struct work *work, const struct casefile *it, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) entries = case_entries(work->store, it->id, 0, HISTORY_ENTRIES, error);
  if (!entries) return false;
  bool has_any = false;
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    const char *flag = i > 0 && *entry->text ? row_flag(entry) : NULL;
    if (i == 0) value_set_text(values, "text", entry->text);
    if (!flag) continue;
    if (!add_row(work, entry, flag, values, error)) return false;
    has_any = true;
  }
  value_set_text(values, "has_history", has_any ? "1" : NULL);
  return true;
}

/* The signs of all other offices: "OrdA, UmNat". */
static bool add_signs(struct work *work, const struct office *own, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) offices = offices_names(work->store, error);
  g_autoptr(GString) signs = g_string_new(NULL);
  if (!offices) return false;
  for (guint i = 0; i < offices->len && i < SIGNS_SHOWN; i++) {
    const struct office *office = offices->pdata[i];
    if (office->id != own->id) g_string_append_printf(signs, "%s%s", signs->len ? ", " : "", office->sign);
  }
  value_set_text(values, "signs", signs->len ? signs->str : NULL);
  return true;
}

static bool has_duty(const struct office *office, const char *topic)
{
  for (guint i = 0; i < office->duties->len; i++)
    if (strcmp(((const struct office_duty *)office->duties->pdata[i])->topic, topic) == 0) return true;
  return false;
}

/* Why the coordinator gets it, and what to do with it: where the topic is not its own. */
static bool add_coordination(struct work *work, const struct casefile *it, const struct office *office,
                             struct value *values, GError **error)
{
  bool coordinates = office->is_coordinator && !(*it->topic && has_duty(office, it->topic));
  value_set_flag(values, "coordinates", coordinates);
  value_set_text(values, "why", coordinates && *it->why && !it->reroutings ? it->why : NULL);
  return !coordinates || add_signs(work, office, values, error);
}

static bool add_helper(struct work *work, const struct casefile *it, struct value *values, GError **error)
{
  bool is_helped = false;
  if (!casefile_is_helped(work->store, it->id, &is_helped, error)) return false;
  value_set_flag(values, "on_behalf", is_helped);
  return true;
}

char *case_point(const struct casefile *it)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  if (!it->has_point) return NULL;
  return g_strdup_printf("%s, %s", g_ascii_formatd(lat, sizeof lat, "%.5f", it->lat),
                         g_ascii_formatd(lon, sizeof lon, "%.5f", it->lon));
}

/* The mail whose files go along: that of the question, or of the post that was handed over. */
static bool find_mail(struct work *work, const struct casefile *it, int64_t *mail, GError **error)
{
  *mail = it->mail;
  if (!it->message) return true;
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, it->message, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (message) *mail = message->mail;
  return true;
}

/* Who is asked. */
struct asked {
  const struct office *office;
  const struct office *before; /* whose mailbox takes no mail; NULL */
};

/* The letter to the office, or to the admin where the office takes no mail from us. */
static bool send_letter(struct work *work, const struct casefile *it, const struct asked *asked,
                        struct case_party *party, GError **error)
{
  const struct office *office = asked->office;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", office->name);
  value_set_text(values, "unreachable", asked->before ? asked->before->name : NULL);
  value_set_text(values, "sign", office->sign);
  value_set_text(values, "due", it->due);
  value_set_flag(values, "public", case_is_listed_public(work, it));
  value_set_text(values, "four_eyes", office->four_eyes ? "1" : NULL);
  value_set_text(values, "by_hand", strcmp(party->address, work->config->admin) == 0 ? "1" : NULL);
  int64_t mail = 0;
  g_autofree char *point = case_point(it);
  value_set_text(values, "point", point);
  if (!add_resident(work, it, values, error) || !add_history(work, it, values, error) ||
      !add_helper(work, it, values, error) || !find_mail(work, it, &mail, error) ||
      (!asked->before && !add_coordination(work, it, office, values, error)))
    return false;
  struct case_letter letter = {
    .purpose = "case_office", .it = it, .party = party, .values = values, .files_of = mail
  };
  return case_letter_send(work, &letter, error);
}

/* When it has to be answered. */
static void set_days(struct work *work, struct casefile *it, const struct office *office)
{
  g_autofree char *today = case_today(work);
  g_free(it->due);
  it->due = workday_after(today, office->days, office->working_days);
  it->forwarded = work->now;
  it->reminders = 0;
}

/* The office before is no longer asked. */
static bool leave_others(struct work *work, const struct casefile *it, int64_t office, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(work->store, it->id, "office", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    const struct case_party *party = parties->pdata[i];
    if (party->office != office && !case_party_leave(work->store, party->id, work->now, error)) return false;
  }
  return true;
}

/* Nobody to ask: the operator is asked, who can name an office. */
static bool ask_admin(struct work *work, struct casefile *it, GError **error)
{
  struct case_party admin = {
    .casefile = it->id, .role = (char *)"office", .address = work->config->admin, .name = (char *)""
  };
  struct case_letter letter = { .purpose = "case_no_office", .it = it, .party = &admin };
  return case_party_put(work->store, &admin, work->now, error) && case_letter_send(work, &letter, error);
}

struct case_party case_office_party(const struct work *work, const struct casefile *it,
                                    const struct office *office)
{
  const char *address = office->is_by_hand ? NULL : office_reached_at(office);
  return (struct case_party){ .casefile = it->id,
                              .role = (char *)"office",
                              .office = office->id,
                              .address = address ? (char *)address : work->config->admin,
                              .name = office->name };
}

/* To where it takes mail; where that is nowhere, the admin passes the letter on. */
static bool ask_office(struct work *work, struct casefile *it, const struct asked *asked, GError **error)
{
  const struct office *office = asked->office;
  it->office = office->id;
  struct case_party party = case_office_party(work, it, office);
  set_days(work, it, office);
  struct case_entry entry = { .what = (char *)"sent",
                              .office = office->id,
                              .state = (char *)"forwarded",
                              .expected = it->due,
                              .is_public = true };
  return leave_others(work, it, office->id, error) && case_party_put(work->store, &party, work->now, error) &&
         case_set_state(work, it, "forwarded", error) && case_note(work, it, &entry, error) &&
         send_letter(work, it, asked, &party, error);
}

/* `before` 0: nobody's mailbox is in the way. */
static bool forward(struct work *work, struct casefile *it, int64_t before, GError **error)
{
  GError *failed = NULL;
  g_autoptr(office_t) office =
      it->office ? office_get(work->store, it->office, &failed) : office_coordinator(work->store, &failed);
  g_autoptr(office_t) lost = before && !failed ? office_get(work->store, before, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  struct asked asked = { office, lost };
  if (office && !office->is_removed) return ask_office(work, it, &asked, error);
  it->office = 0;
  return casefile_put(work->store, it, error) && ask_admin(work, it, error);
}

bool case_forward_there(struct work *work, struct casefile *it, GError **error)
{
  return forward(work, it, 0, error);
}

bool case_forward(struct work *work, struct casefile *it, GError **error)
{
  int64_t before = it->office, instead = 0;
  if (!case_instead(work, it, &instead, error)) return false;
  if (instead) it->office = instead;
  return forward(work, it, instead ? before : 0, error) &&
         (!instead || case_note_unreachable(work, it, before, error));
}
