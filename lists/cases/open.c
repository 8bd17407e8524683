/* Opening a case: number, parties, first entry, the responsible office and its letter, and the
 * acknowledgement that says what happens next. */
#include "lists/cases/case.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/offices/offices.h"

#include "lib/text/template.h"

#include <string.h>

enum { TITLE_CHARACTERS = 120 };

/* A title that fits a subject. */
static char *title_of(const char *title)
{
  g_autofree char *trimmed = g_strstrip(g_strdup(title ? title : ""));
  if (g_utf8_strlen(trimmed, -1) <= TITLE_CHARACTERS) return g_steal_pointer(&trimmed);
  g_autofree char *cut = g_utf8_substring(trimmed, 0, TITLE_CHARACTERS);
  return g_strconcat(cut, "…", NULL);
}

static void replace(char **text, const char *by)
{
  g_free(*text);
  *text = g_strdup(by ? by : "");
}

/* Where it is: as the words say, else in the list's region. */
static bool set_place(struct work *work, const struct case_opening *opening, struct casefile *it,
                      GError **error)
{
  g_auto(case_place_t) place = { 0 };
  if (!case_place_find(work, opening->list, it->title, opening->text, &place, error)) return false;
  replace(&it->place, place.text);
  it->region = place.region ? place.region : opening->list->region;
  it->has_point = place.has_point;
  it->lat = place.lat;
  it->lon = place.lon;
  return true;
}

/* Who is responsible, and why. */
static bool choose_office(struct work *work, const struct case_opening *opening, struct casefile *it,
                          struct office_choice *choice, GError **error)
{
  it->office = opening->office;
  if (opening->office) return true;
  bool is_simple = g_strcmp0(opening->language, "de-x-leicht") == 0;
  struct office_question question = { .topic = opening->topic,
                                      .region = it->region,
                                      .title = opening->title,
                                      .text = opening->text,
                                      .language = is_simple ? "de" : opening->language };
  if (!offices_responsible(work, &question, choice, error)) return false;
  it->office = choice->office ? choice->office->id : 0;
  replace(&it->topic, choice->topic);
  replace(&it->why, choice->why);
  return true;
}

/* Why that office, in the language of whom the letter goes to; *why NULL: somebody chose it, or the one that
 * was chosen gets no mail. Caller frees. */
static bool explain(struct work *work, const struct casefile *it, const struct case_party *party,
                    const struct office_choice *choice, char **why, GError **error)
{
  *why = NULL;
  if (!choice->why || (choice->office && choice->office->id != it->office)) return true;
  g_autofree char *language = case_party_language(work, it, party, error);
  *why = language ? offices_why(work->letters, language, choice, error) : NULL;
  return *why != NULL;
}

/* Somebody who asks, or who entered it for them. */
static bool add_party(struct work *work, const struct casefile *it, struct case_party *party,
                      const struct case_opening *opening, GError **error)
{
  bool is_helper = opening->helper_address != NULL;
  *party = (struct case_party){
    .casefile = it->id,
    .role = (char *)(is_helper ? "helper" : "resident"),
    .person = is_helper ? opening->helper_person : opening->person,
    .address = (char *)(is_helper ? opening->helper_address : opening->address),
    .name = (char *)(is_helper ? opening->in_name_of : opening->name),
    .name_agreed = opening->name_agreed,
    .language = (char *)case_language(work, opening->language),
  };
  return !party->address || case_party_put(work->store, party, work->now, error);
}

static bool acknowledge(struct work *work, const struct arrival *arrival, const struct case_opening *opening,
                        struct casefile *it, struct case_party *party, const struct office_choice *choice,
                        GError **error)
{
  if (!party->address) return true;
  g_autofree char *why = NULL;
  if (!explain(work, it, party, choice, &why, error)) return false;
  g_autoptr(office_t) office = it->office ? office_get(work->store, it->office, error) : NULL;
  if (it->office && !office) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", office ? office->name : NULL);
  value_set_text(values, "why", why);
  value_set_text(values, "due", *it->due ? it->due : NULL);
  value_set_flag(values, "public", case_is_listed_public(work, it));
  bool is_helper = strcmp(party->role, "helper") == 0, is_named = party->name && *party->name;
  value_set_text(values, "helper", is_helper ? "1" : NULL);
  value_set_text(values, "in_name_of", is_helper && is_named ? party->name : NULL);
  value_set_text(values, "handed_over", opening->is_handed_over ? "1" : NULL);
  value_set_flag(values, "front_door", opening->is_by_front_door);
  value_set_flag(values, "papers", arrival && case_has_papers(arrival->mail));
  value_set_text(values, "urgent", opening->is_urgent ? "1" : NULL);
  value_set_text(values, "first_contact", opening->is_first_contact ? "1" : NULL);
  value_set_text(values, "asks_name", !is_helper && is_named && !party->name_agreed ? "1" : NULL);
  value_set_text(values, "name_given", !is_helper && is_named && party->name_agreed ? "1" : NULL);
  struct case_letter letter = { .purpose = "case_opened",
                                .it = it,
                                .party = party,
                                .values = values,
                                .in_reply_to = arrival ? arrival->mail->message_id : NULL,
                                .is_answer = arrival != NULL };
  return case_letter_send(work, &letter, error);
}

bool case_open(struct work *work, const struct arrival *arrival, const struct case_opening *opening,
               struct casefile **out, GError **error)
{
  g_autoptr(casefile_t) it = casefile_new();
  g_autofree char *title = title_of(opening->title), *today = case_today(work);
  replace(&it->kind, opening->kind);
  replace(&it->title, title);
  replace(&it->topic, opening->topic);
  it->list = opening->list->id;
  it->thread = opening->thread;
  it->message = opening->message;
  it->mail = arrival ? arrival->mail_id : 0;
  it->is_public = opening->is_public;
  struct case_party party;
  g_auto(office_choice_t) choice = { 0 };
  if (!set_place(work, opening, it, error)) return false;
  if (!choose_office(work, opening, it, &choice, error) ||
      !casefile_create(work->store, it, (int)g_ascii_strtoll(today, NULL, 10), work->now, error) ||
      !add_party(work, it, &party, opening, error))
    return false;
  struct case_entry asked = { .what = (char *)"question",
                              .party = party.id,
                              .text = (char *)opening->text,
                              .state = (char *)"received",
                              .mail = it->mail,
                              .is_public = it->is_public };
  if (!case_note(work, it, &asked, error) || !case_forward(work, it, error) ||
      !acknowledge(work, arrival, opening, it, &party, &choice, error))
    return false;
  if (out) *out = g_steal_pointer(&it);
  return true;
}
