/* Who is responsible for something: topic and region decide, by the most exact duty that any office has. The
 * topic is read from the words ([office.topic] in share/languages); the sentence that explains the choice
 * names them. */
#include "lists/offices/offices.h"

#include "lib/base/fault.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { READ_BYTES = 8 * 1024 };

void office_choice_clear(struct office_choice *choice)
{
  office_free(choice->office);
  g_free(choice->topic);
  g_free(choice->why);
  *choice = (struct office_choice){ 0 };
}

/* The topic with most words in a text; the earlier one of two alike. Words that decided come out in `words`.
 */
static char *topic_of(const struct office_question *question, char **words)
{
  g_autofree char *text = g_strconcat(question->title ? question->title : "", "\n\n", question->text, NULL);
  g_autoptr(passage_t) passage = passage_new(text, question->language, READ_BYTES);
  g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
  guint tag = phrases_tag("office.topic"), best = 0;
  const struct phrase_hit *chosen = NULL;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end)) {
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, hit->value)) + 1;
    g_hash_table_insert(counts, (char *)hit->value, GUINT_TO_POINTER(count));
    if (count <= best) continue;
    best = count;
    if (!chosen || strcmp(chosen->value, hit->value) != 0) chosen = hit;
  }
  if (!chosen) return g_strdup("");
  *words = passage_text(passage, chosen->first, chosen->end);
  return g_strdup(chosen->value);
}

static char *sentence(const char *topic, const char *words, bool is_unsure, const struct office *office)
{
  if (!office) return g_strdup("No office is known yet.");
  const char *said = words ? words : topic;
  if (is_unsure && !*topic) return g_strdup("The words name no topic; the coordinator passes it on.");
  if (is_unsure)
    return g_strdup_printf("Nobody is known for \"%s\" here; the coordinator passes it on.", said);
  return *topic ? g_strdup_printf("Because of the words \"%s\".", said)
                : g_strdup("Because of the region that it is about.");
}

bool offices_responsible(struct work *work, const struct office_question *question,
                         struct office_choice *choice, GError **error)
{
  g_autofree char *words = NULL;
  choice->topic =
      question->topic && *question->topic ? g_strdup(question->topic) : topic_of(question, &words);
  g_autoptr(GArray) ids = offices_for(work->store, choice->topic, question->region, error);
  if (!ids) return false;
  GError *failed = NULL;
  choice->is_unsure = ids->len != 1;
  choice->office = choice->is_unsure ? office_coordinator(work->store, &failed)
                                     : office_get(work->store, g_array_index(ids, int64_t, 0), &failed);
  if (failed) return fault_hand_on(failed, error);
  choice->why = sentence(choice->topic, words, choice->is_unsure, choice->office);
  return true;
}
