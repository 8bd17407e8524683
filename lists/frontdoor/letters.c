/* What the front door writes: one line of what was understood, with the words that correct it; a question
 * with three choices; and, when the sender says that it was wrong, the whole mail to the people who look
 * after the front door. */
#include "lists/frontdoor/letters.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/duties.h"
#include "lists/requests/requests.h"
#include "lists/requests/waiting.h"

#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/text/names.h"

#include <string.h>

enum { EXCERPT_CHARACTERS = 3000 };

/* The choices as rows of the letter: number and a flag for what it is. */
static void put_choices(const struct work *work, struct value *values, const char *choices)
{
  g_auto(GStrv) words = g_strsplit(choices ? choices : "", ",", 4);
  for (guint i = 0; words[i]; i++) {
    g_auto(GStrv) halves = g_strsplit(words[i], ":", 2);
    struct value *row = value_append(values, "choices");
    value_set_number(row, "number", i + 1);
    sort_set_flags(row, sort_of_word(halves[0]));
    const struct list *list = halves[1] ? list_cache_by_name(work->lists, halves[1]) : NULL;
    value_set_text(row, "title", list ? list->title : NULL);
  }
}

bool frontdoor_tell(struct work *work, const struct arrival *arrival, const struct telling *telling,
                    GError **error)
{
  g_autofree char *waiting = waiting_details(arrival);
  g_autofree char *details =
      g_strdup_printf("%s\nsort=%s\ngroup=%s\nchoices=%s%s", waiting,
                      telling->sort ? telling->sort->word : "", telling->group ? telling->group->name : "",
                      telling->choices ? telling->choices : "", telling->may_be_order ? "\norder=1" : "");
  g_autoptr(value_t) values = value_new();
  sort_set_flags(values, telling->sort);
  value_set_text(values, "subject", *arrival->mail->subject ? arrival->mail->subject : NULL);
  value_set_text(values, "title", telling->group ? telling->group->title : NULL);
  value_set_flag(values, "order", telling->may_be_order);
  put_choices(work, values, telling->choices);
  return requests_ask(work,
                      &(struct question_out){ .purpose = telling->purpose,
                                              .list = telling->door,
                                              .person = telling->person,
                                              .address = telling->address,
                                              .object = telling->hold,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = arrival->mail->message_id,
                                              .is_answer = true,
                                              .is_silent = telling->is_silent,
                                              .is_unauthenticated = !telling->is_authenticated },
                      NULL, error);
}

/* Asks one of the people. */
static bool ask_one(struct work *work, const struct list *door, const struct hold *hold,
                    const struct excerpt *excerpt, const struct official *official, GError **error)
{
  g_autofree char *details =
      g_strdup_printf("mail=%" G_GINT64_FORMAT "\nrecipient=%s", hold->mail, hold->recipient);
  g_autoptr(value_t) values = value_new();
  glong length = MIN(g_utf8_strlen(excerpt->text, -1), EXCERPT_CHARACTERS);
  g_autofree char *text = g_utf8_substring(excerpt->text, 0, length);
  value_set_text(values, "text", text);
  value_set_text(values, "subject", *excerpt->subject ? excerpt->subject : NULL);
  value_set_text(values, "name", excerpt->name);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "front_door_people",
                                              .list = door,
                                              .person = official->person,
                                              .address = official->address,
                                              .object = hold->id,
                                              .details = details,
                                              .values = values },
                      NULL, error);
}

bool frontdoor_tell_people(struct work *work, const struct list *door, const struct hold *hold,
                           const struct excerpt *excerpt, GError **error)
{
  g_autoptr(GPtrArray) officials = duties_of(work, door, error);
  for (guint i = 0; officials && i < officials->len; i++)
    if (!ask_one(work, door, hold, excerpt, officials->pdata[i], error)) return false;
  return officials != NULL;
}
