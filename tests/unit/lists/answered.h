/* A district for tests of offices' answers: the offices SGA (road; with a colleague, a deputy and a domain),
 * UNA (nature), AMT by hand, and the coordinator SPK; Anna asks about a bollard and has a telephone. */
#ifndef TESTS_LISTS_ANSWERED_H
#define TESTS_LISTS_ANSWERED_H

#include "tests/unit/lists/moderated.h"

#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"

#define SGA    "sga@ba-tk.berlin.example"
#define MUSTER "Kerstin.Muster@ba-tk.berlin.example"
#define UNA    "una@umwelt.berlin.example"
#define SPK    "spk@spk.berlin.example"

struct answered {
  struct club club;
  int64_t list;
};

static inline struct office *answered_office(const char *sign, const char *name, const char *address,
                                             const char *topic)
{
  struct office *office = office_new();
  g_free(office->sign), office->sign = g_strdup(sign);
  g_free(office->name), office->name = g_strdup(name);
  if (address) office_add_address(office, address, "main");
  if (topic) office_add_duty(office, topic, 0);
  return office;
}

static inline void answered_put(struct answered *a, struct office *office)
{
  g_autoptr(GError) error = NULL;
  if (!store_begin(a->club.town.store, &error) || !office_put(a->club.town.store, office, TEST_NOW, &error) ||
      !store_commit(a->club.town.store, &error))
    fail_msg("%s", error->message);
}

static inline void answered_open(struct answered *a)
{
  clock_fix(TEST_NOW);
  club_open(&a->club);
  a->list = town_list(&a->club.town, "frage", "questions", true);
  g_autoptr(office_t) sga = answered_office("SGA", "Straßen- und Grünflächenamt", SGA, "road");
  office_add_address(sga, "@ba-tk.berlin.example", "sender");
  g_autoptr(office_t) una = answered_office("UNA", "Umwelt- und Naturschutzamt", UNA, "nature");
  g_autoptr(office_t) hand = answered_office("BEZ", "Schulamt", NULL, "school");
  hand->is_by_hand = true;
  g_autoptr(office_t) spk = answered_office("SPK", "Sozialraumorientierte Planungskoordination", SPK, NULL);
  spk->is_coordinator = true;
  answered_put(a, sga), answered_put(a, una), answered_put(a, hand), answered_put(a, spk);
}

/* Changes an office: its four eyes and how clerks are shown. */
static inline void answered_set(struct answered *a, const char *sign, bool four_eyes, const char *clerk)
{
  g_autoptr(office_t) office = office_by_sign(a->club.town.store, sign, NULL);
  office->four_eyes = four_eyes;
  g_free(office->clerk), office->clerk = g_strdup(clerk);
  answered_put(a, office);
}

static inline void answered_ask(struct answered *a)
{
  club_write(
      &a->club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Poller in der Bölschestraße",
      "Wann wird der umgefahrene Poller an der Straße ersetzt?\n\n-- \nAnna Schmidt\nBölschestr. 112\nTel. "
      "0171 5554433",
      true);
}

/* The office answers the letter that SGA got. */
static inline void answered_reply(struct answered *a, const char *from, const char *text, bool is_vouched)
{
  clock_fix(clock_now() + 600);
  club_answer(&a->club, "case_office", SGA, from, text, is_vouched);
}

/* Answers the last letter of a purpose. */
static inline void answered_say(struct answered *a, const char *purpose, const char *to, const char *from,
                                const char *text, bool is_vouched)
{
  clock_fix(clock_now() + 600);
  club_answer(&a->club, purpose, to, from, text, is_vouched);
}

/* State and number of published answers: "planned 1". */
static inline const char *answered_state(struct answered *a, int number)
{
  static char words[100];
  g_autoptr(casefile_t) it = casefile_find(a->club.town.store, 2026, number, NULL);
  if (!it) return "none";
  g_autoptr(GPtrArray) entries = case_entries(a->club.town.store, it->id, 0, 100, NULL);
  int replies = 0;
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    replies += strcmp(entry->what, "reply") == 0 && entry->is_public;
  }
  g_snprintf(words, sizeof words, "%s %d", it->state, replies);
  return words;
}

/* The text of the last answer; "" none. */
static inline char *answered_text(struct answered *a, int number)
{
  g_autoptr(casefile_t) it = casefile_find(a->club.town.store, 2026, number, NULL);
  g_autoptr(GPtrArray) entries = case_entries(a->club.town.store, it->id, 0, 100, NULL);
  char *text = g_strdup("");
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    if (strcmp(entry->what, "reply") != 0) continue;
    g_free(text);
    text = g_strdup(entry->text);
  }
  return text;
}

/* The sign of the office that is asked. */
static inline char *answered_sign(struct answered *a, int number)
{
  g_autoptr(casefile_t) it = casefile_find(a->club.town.store, 2026, number, NULL);
  g_autoptr(office_t) office = office_get(a->club.town.store, it->office, NULL);
  return g_strdup(office->sign);
}

/* The district of the test that runs. */
static struct answered a;

static inline int answered_setup(void **state)
{
  (void)state;
  answered_open(&a);
  return 0;
}

/* … in which Anna has asked. */
static inline int answered_setup_asked(void **state)
{
  answered_setup(state);
  answered_ask(&a);
  return 0;
}

static inline int answered_teardown(void **state)
{
  (void)state;
  club_close(&a.club);
  return 0;
}

#endif
