/* "Ich bin bis 12.8. nicht im Büro": an automatic answer of an office never acts. The day on which somebody
 * is back is noted in the case, and reminders wait for it, for six weeks at most: whoever could forge the
 * note would still only put off a reminder, never the due day, the escalation, or the word to whoever asked.
 */
#include "lists/cases/case.h"
#include "lists/cases/cases.h"

#include "lists/offices/offices.h"

#include "lib/base/fault.h"

#include <string.h>

enum { READ_BYTES = 4 * 1024, WEEKS_SECONDS = 42 * 24 * 3600 };

/* The last day that the text names, within the bound; "" none. Caller frees. */
static char *last_day(const struct work *work, const struct mail *mail)
{
  g_autofree char *text = g_strconcat(mail->subject, "\n\n", mail->text, NULL);
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  struct dates_wish wish = { .now = work->now, .zone = work->config->zone };
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  g_autofree char *today = case_today(work),
                  *bound = case_day_of(work->now + WEEKS_SECONDS, work->config->zone);
  char *last = g_strdup("");
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    const struct wall *day = date->until.year ? &date->until : &date->start;
    g_autofree char *text_of_day = g_strdup_printf("%04d-%02d-%02d", day->year, day->month, day->day);
    bool counts = day->year && strcmp(text_of_day, today) > 0 && strcmp(text_of_day, bound) <= 0;
    if (!counts || strcmp(text_of_day, last) <= 0) continue;
    g_free(last);
    last = g_strdup(text_of_day);
  }
  return last;
}

/* An automatic answer, and no report of a failure. */
static bool is_absence(const struct arrival *arrival)
{
  const struct mail *mail = arrival->mail;
  bool is_case = arrival->target.meaning == ADDRESS_TOKEN && arrival->target.token.purpose == TOKEN_CASE;
  bool is_robot = mail->robot == MAIL_AUTO_REPLY || mail->robot == MAIL_NULL_SENDER;
  return is_case && is_robot && mail->bounces->len == 0 && !mail->report;
}

bool cases_note_absence(struct work *work, const struct arrival *arrival, GError **error)
{
  if (!is_absence(arrival)) return true;
  GError *failed = NULL;
  g_autoptr(casefile_t) it = casefile_get(work->store, arrival->target.token.object, &failed);
  g_autoptr(case_party_t) party =
      failed ? NULL : case_party_get(work->store, arrival->target.token.person, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_office = it && party && party->casefile == it->id && party->office && party->office == it->office;
  enum office_proof proof = OFFICE_NONE;
  int64_t office = 0;
  if (!is_office) return true;
  if (!offices_sender(work, arrival->mail, party->office, &proof, &office, error)) return false;
  g_autofree char *day = last_day(work, arrival->mail);
  if (proof != OFFICE_PROVEN || office != it->office || !*day) return true;
  struct case_entry entry = { .what = (char *)"absent",
                              .office = office,
                              .party = party->id,
                              .expected = day,
                              .mail = arrival->mail_id,
                              .is_public = false };
  return case_note(work, it, &entry, error);
}
