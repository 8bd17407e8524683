/* On which days something happens to a case by itself: reminders, escalation, honest words, the days an
 * office named, waiting for whoever asked. Nothing is counted and nothing is ticked off: every date follows
 * from the case's facts and its last entries, casefile.next_tick is the first one that was not looked at yet,
 * and what lies between that and today is due. So an answer, a pause or a new office changes all dates at
 * once, a program that was down for a week does what is due once, and a crash does nothing twice. */
#include "lists/cases/case.h"

#include "lib/text/days/workdays.h"

#include <string.h>

enum {
  LOOKED_BACK = 60, /* entries; what an office owes is decided by the last few */
  BEFORE_DUE = 3,   /* working days */
  BEHIND_DUE = 1,
  BETWEEN_LATE = 3,
  DEPUTIES_BEHIND_DUE = 5,
  ESCALATED_BEHIND_DUE = 10,
  ESCALATED_EACH = 30,  /* days */
  UNANSWERED_EACH = 21, /* days, three times; then … */
  UNANSWERED_MONTH = 30,
  RESIDENT_BEHIND_EXPECTED = 5,
  COORDINATOR_BEHIND_EXPECTED = 10,
  SILENT_DAYS = 60, /* in progress, and nothing was heard: asked … */
  SILENT_TIMES = 3, /* … so often, then it is over */
  FIXED_AGAIN = 7,
  SETTLED = 14,
  GIVEN_UP = 35,
};
static const int WAITED[] = { 7, 21 };

static bool is_one_of(const char *word, const char *const *words)
{
  return g_strv_contains(words, word);
}

/* Entries with which an office is asked. */
static bool is_asking(const char *what)
{
  static const char *const asking[] = { "question", "sent", "asked_back", "reopened", NULL };
  return is_one_of(what, asking);
}

/* "We have got it", "it was passed on", "which number is it?": no answer yet. */
static bool is_interim(const struct case_entry *entry)
{
  static const char *const interim[] = { "received", "forwarded", "waiting", NULL };
  return *entry->state && is_one_of(entry->state, interim);
}

bool case_standing_read(struct work *work, const struct casefile *it, struct case_standing *standing,
                        GError **error)
{
  *standing = (struct case_standing){ .owes = true };
  g_autoptr(GPtrArray) entries = case_entries_newest(work->store, it->id, LOOKED_BACK, error);
  if (!entries) return false;
  guint taken_back = 0; /* answers that are hidden, further back */
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    bool is_reply = strcmp(entry->what, "reply") == 0;
    if (is_asking(entry->what)) break;
    if (strcmp(entry->what, "taken_back") == 0 && entry->is_public) taken_back++;
    if (is_reply && !entry->is_public && taken_back > 0) {
      taken_back--;
      continue;
    }
    if (strcmp(entry->what, "draft") == 0) standing->has_draft = true;
    if (strcmp(entry->what, "unreachable") == 0) standing->is_unreached = true;
    if (strcmp(entry->what, "absent") == 0 && !*standing->absent)
      g_strlcpy(standing->absent, entry->expected, sizeof standing->absent);
    if (is_reply && is_interim(entry)) standing->is_interim = true;
    if (!is_reply || is_interim(entry)) continue;
    standing->owes = false;
    standing->replied = entry->at;
    break;
  }
  return true;
}

bool case_asks_whether_done(const struct casefile *it)
{
  static const char *const repaired[] = {
    "road", "traffic", "lighting", "green", "playground", "waste", NULL
  };
  return strcmp(it->kind, "defect") == 0 ||
         (strcmp(it->kind, "question") == 0 && is_one_of(it->topic, repaired));
}

/* Something that is to be mended, of which the office has told neither that it is nor that it will be. */
static bool is_left_open(const struct casefile *it)
{
  static const char *const asked[] = { "received", "forwarded", NULL };
  return case_asks_whether_done(it) && is_one_of(it->state, asked);
}

/* Dates being collected. */
struct dates {
  GArray *all;
  const char *week, *today;
};

static void clear_date(void *date)
{
  g_free(((struct case_date *)date)->day);
}

/* Takes over the day; NULL: there is none. */
static void add(struct dates *dates, enum case_step step, char *day, int number)
{
  struct case_date date = { step, day, number };
  if (day) g_array_append_val(dates->all, date);
}

/* A reminder waits until somebody is there again. Takes over the day. */
static char *behind_absence(const struct dates *dates, char *day, const char *absent)
{
  if (!day || !*absent || strcmp(day, absent) > 0) return day;
  g_free(day);
  return workday_after(absent, 1, dates->week);
}

/* Somebody who coordinates is told, and where nothing comes of it again each month, up to the first day
 * behind today. Takes over the day. */
static void add_escalation(struct dates *dates, char *first)
{
  g_autofree char *begin = g_strdup(first);
  add(dates, STEP_ESCALATE, first, 0);
  for (int days = ESCALATED_EACH; begin && strcmp(begin, dates->today) <= 0; days += ESCALATED_EACH) {
    g_autofree char *month = day_after(begin, days);
    char *day = month ? workday_after(month, 0, dates->week) : NULL;
    bool is_last = !day || strcmp(day, dates->today) > 0;
    add(dates, STEP_ESCALATE, day, 0);
    if (is_last) return;
  }
}

/* The office owes an answer. */
static void add_due(struct dates *dates, const struct casefile *it, const char *asked, const char *absent)
{
  if (!it->office) /* nobody is known who could answer: the admin is asked again */
    add_escalation(dates, workday_after(asked, ESCALATED_BEHIND_DUE, dates->week));
  if (!*it->due || !it->office) return;
  char *before = behind_absence(dates, workday_before(it->due, BEFORE_DUE, dates->week), absent);
  if (g_strcmp0(before, asked) > 0)
    add(dates, STEP_REMIND_BEFORE, before, 0);
  else
    g_free(before);
  char *late = behind_absence(dates, workday_after(it->due, BEHIND_DUE, dates->week), absent);
  char *deputies = workday_after(it->due, DEPUTIES_BEHIND_DUE, dates->week);
  char *soonest =
      late ? workday_after(late, BETWEEN_LATE, dates->week) : NULL; /* it waited for somebody's return */
  if (soonest && deputies && strcmp(deputies, soonest) < 0)
    g_free(deputies), deputies = soonest;
  else
    g_free(soonest);
  add(dates, STEP_REMIND, late, 0);
  add(dates, STEP_REMIND_DEPUTIES, deputies, 0);
  add_escalation(dates, workday_after(it->due, ESCALATED_BEHIND_DUE, dates->week));
}

/* Whoever asked waits, and is told so, up to the first day behind today. `since`: what counts is the day on
 * which somebody was asked who gets mail. */
static void add_unanswered(struct dates *dates, const char *opened, const char *since)
{
  int before = days_between(opened, since);
  for (int number = UNANSWERED_EACH;;) {
    char *day = day_after(since, number);
    bool is_last = !day || strcmp(day, dates->today) > 0;
    add(dates, STEP_UNANSWERED, day, before + number);
    if (is_last) return;
    number += number < 3 * UNANSWERED_EACH ? UNANSWERED_EACH : UNANSWERED_MONTH;
  }
}

/* The office named a day, or is silent for long; `since`: when it last said something. */
static void add_expected(struct dates *dates, const struct casefile *it, const char *since)
{
  bool is_named = *it->expected && strcmp(it->expected, since) >= 0;
  if (is_named) {
    add(dates, STEP_EXPECTED, workday_after(it->expected, 1, dates->week), 0);
    add(dates, STEP_EXPECTED_RESIDENT, workday_after(it->expected, RESIDENT_BEHIND_EXPECTED, dates->week), 0);
    add(dates, STEP_EXPECTED_COORDINATOR,
        workday_after(it->expected, COORDINATOR_BEHIND_EXPECTED, dates->week), 0);
  }
  for (int i = 1; i <= SILENT_TIMES + 1; i++) {
    g_autofree char *silent = day_after(is_named ? it->expected : since, i * SILENT_DAYS);
    char *day = silent ? workday_after(silent, 0, dates->week) : NULL;
    add(dates, i <= SILENT_TIMES ? STEP_EXPECTED : STEP_SETTLE, day, 0);
  }
}

static void add_waiting(struct dates *dates, const char *since)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAITED); i++) add(dates, STEP_WAITING, day_after(since, WAITED[i]), 0);
  add(dates, STEP_GIVE_UP, day_after(since, GIVEN_UP), 0);
}

static int compare(gconstpointer a, gconstpointer b)
{
  return strcmp(((const struct case_date *)a)->day, ((const struct case_date *)b)->day);
}

GArray *case_dates(const struct casefile *it, const struct office *office,
                   const struct case_standing *standing, const char *zone, const char *today)
{
  static const char *const under_way[] = { "in_progress", "planned", NULL };
  struct dates dates = { .all = g_array_new(FALSE, FALSE, sizeof(struct case_date)),
                         .week = office ? office->working_days : CASE_WEEK,
                         .today = today };
  g_array_set_clear_func(dates.all, clear_date);
  if (!it->is_open) return dates.all;
  g_autofree char *opened = case_day_of(it->opened, zone);
  g_autofree char *asked = case_day_of(it->forwarded ? it->forwarded : it->opened, zone);
  g_autofree char *replied = case_day_of(standing->replied ? standing->replied : it->last, zone);
  if (it->paused_since) {
    g_autofree char *since = case_day_of(it->paused_since, zone);
    add_waiting(&dates, since);
  } else if (standing->owes) {
    add_due(&dates, it, asked, standing->absent);
    add_unanswered(&dates, opened, standing->is_unreached ? asked : opened);
  } else if (is_one_of(it->state, under_way) || is_left_open(it)) {
    add_expected(&dates, it, replied);
  } else if (!standing->owes) {
    bool asks = strcmp(it->state, "done") == 0 && case_asks_whether_done(it);
    if (asks) add(&dates, STEP_FIXED, day_after(replied, FIXED_AGAIN), 0);
    add(&dates, STEP_SETTLE, day_after(replied, SETTLED), 0);
  }
  g_array_sort(dates.all, compare);
  return dates.all;
}

bool case_reschedule(struct work *work, struct casefile *it, GError **error)
{
  struct case_standing standing;
  g_autoptr(office_t) office = it->office ? office_get(work->store, it->office, error) : NULL;
  if ((it->office && !office) || !case_standing_read(work, it, &standing, error)) return false;
  g_autofree char *today = case_today(work);
  g_autoptr(GArray) dates = case_dates(it, office, &standing, work->config->zone, today);
  const char *next = "";
  for (guint i = 0; i < dates->len && !*next; i++) {
    const struct case_date *date = &g_array_index(dates, struct case_date, i);
    if (strcmp(date->day, today) > 0) next = date->day;
  }
  g_free(it->next_tick);
  it->next_tick = g_strdup(next);
  return true;
}
