/* Who is responsible for something. An office that the words name gets it. Else every topic that they name
 * speaks, with its weight, for the offices that have it as their duty in that region, and the office for
 * which most speaks gets it. Where two are alike, where nobody has the duty, and where the topic is another
 * body's (traffic lights are the state's), the coordinator gets it and is told so: a person passes it on
 * better than a guess. */
#include "lists/offices/named.h"
#include "lists/offices/offices.h"
#include "lists/offices/topics.h"

#include "lists/letters.h"

#include "lib/base/fault.h"

#include <string.h>

enum { READ_BYTES = 8 * 1024, TOPICS_MOST = 12 };

/* An office, or nobody (0), with what speaks for it. */
struct candidate {
  int64_t office;
  int points, best;
  const char *topic, *words; /* of the weightiest topic */
};

void office_choice_clear(struct office_choice *choice)
{
  office_free(choice->office);
  g_free(choice->topic);
  g_free(choice->why);
  g_free(choice->words);
  *choice = (struct office_choice){ 0 };
}

static void speak_for(GArray *candidates, int64_t office, const struct topic_score *score)
{
  struct candidate *one = NULL;
  for (guint i = 0; i < candidates->len && !one; i++) {
    struct candidate *known = &g_array_index(candidates, struct candidate, i);
    bool is_it = known->office == office && (office || strcmp(known->topic, score->topic) == 0);
    if (is_it) one = known;
  }
  if (!one) {
    g_array_set_size(candidates, candidates->len + 1);
    one = &g_array_index(candidates, struct candidate, candidates->len - 1);
    *one = (struct candidate){ .office = office };
  }
  one->points += score->points;
  if (score->points <= one->best) return;
  one->best = score->points;
  one->topic = score->topic;
  one->words = score->words;
}

/* The offices of one topic, or nobody. What other bodies look after is nobody's but whose duty it is named.
 */
static bool hear_topic(struct store *store, const struct topic_score *score, int64_t region,
                       GArray *candidates, GError **error)
{
  g_autoptr(GArray) ids = offices_for(store, score->topic, topic_body(score->topic) ? 0 : region, error);
  if (!ids) return false;
  for (guint i = 0; i < ids->len; i++) speak_for(candidates, g_array_index(ids, int64_t, i), score);
  if (ids->len == 0) speak_for(candidates, 0, score);
  return true;
}

/* The weightiest; *is_only: no other has as much. */
static const struct candidate *weightiest(const GArray *candidates, bool *is_only)
{
  const struct candidate *best = NULL;
  *is_only = true;
  for (guint i = 0; i < candidates->len; i++) {
    const struct candidate *one = &g_array_index(candidates, struct candidate, i);
    if (best && one->points == best->points) *is_only = false;
    if (best && one->points <= best->points) continue;
    best = one;
    *is_only = true;
  }
  return best;
}

static enum office_reason reason_of(const struct candidate *best, bool is_only, bool is_given)
{
  if (!best) return OFFICE_NO_TOPIC;
  if (!is_only) return OFFICE_SEVERAL;
  if (best->office && !*best->topic) return OFFICE_BY_REGION;
  if (best->office) return is_given ? OFFICE_BY_TOPIC : OFFICE_BY_WORDS;
  return topic_body(best->topic) ? OFFICE_NOT_OURS : *best->topic ? OFFICE_NOT_KNOWN : OFFICE_NO_TOPIC;
}

/* Lets the topics speak: those of the words, or the one that is given; without any, the region alone. */
static bool choose_by_topic(struct store *store, const struct office_question *question, GPtrArray *scores,
                            struct office_choice *choice, int64_t *office, GError **error)
{
  bool is_given = question->topic && *question->topic;
  struct topic_score given = { .topic = is_given ? question->topic : "", .points = 1 };
  g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
  if (is_given || scores->len == 0) {
    if (!hear_topic(store, &given, question->region, candidates, error)) return false;
  } else {
    for (guint i = 0; i < MIN(scores->len, TOPICS_MOST); i++)
      if (!hear_topic(store, scores->pdata[i], question->region, candidates, error)) return false;
  }
  bool is_only;
  const struct candidate *best = weightiest(candidates, &is_only);
  choice->reason = reason_of(best, is_only, is_given);
  choice->topic = g_strdup(best ? best->topic : "");
  choice->words = g_strdup(best ? best->words : NULL);
  choice->body = choice->reason == OFFICE_NOT_OURS ? topic_body(choice->topic) : NULL;
  *office = choice->reason <= OFFICE_BY_REGION ? best->office : 0;
  return true;
}

/* An office that the words name; *office 0: none. The title counts before the text. */
static bool choose_by_name(struct store *store, const struct office_passages *passages,
                           const GPtrArray *scores, struct office_choice *choice, int64_t *office,
                           GError **error)
{
  g_autoptr(GPtrArray) offices = offices_names(store, error);
  if (!offices) return false;
  struct office_named named;
  office_find_named(offices, passages->title, &named);
  if (!named.office) {
    g_free(named.words);
    office_find_named(offices, passages->text, &named);
  }
  choice->words = named.words;
  if (!named.office) return true;
  const struct topic_score *first = scores->len ? scores->pdata[0] : NULL;
  choice->reason = OFFICE_BY_NAME;
  choice->topic = g_strdup(first ? first->topic : "");
  *office = named.office;
  return true;
}

static bool find(struct store *store, const struct office_question *question,
                 const struct office_passages *passages, struct office_choice *choice, GError **error)
{
  int64_t office = 0;
  g_autoptr(GPtrArray) scores = topics_weigh(passages);
  bool is_given = question->topic && *question->topic;
  if (!is_given && !choose_by_name(store, passages, scores, choice, &office, error)) return false;
  if (!office && !choose_by_topic(store, question, scores, choice, &office, error)) return false;
  GError *failed = NULL;
  choice->is_unsure = !office;
  choice->office = office ? office_get(store, office, &failed) : office_coordinator(store, &failed);
  return !fault_hand_on(failed, error);
}

/* Reads it in one language; NULL: in all. */
static bool choose_in(struct store *store, const struct office_question *question, const char *language,
                      struct office_choice *choice, GError **error)
{
  *choice = (struct office_choice){ 0 };
  g_autoptr(passage_t) title = passage_new(question->title ? question->title : "", language, READ_BYTES);
  g_autoptr(passage_t) text = passage_new(question->text ? question->text : "", language, READ_BYTES);
  struct office_passages passages = { title, text };
  return find(store, question, &passages, choice, error);
}

/* A short mail's language is a guess: where it says nothing in that one, all are asked. */
bool offices_choose(struct store *store, const struct office_question *question, struct office_choice *choice,
                    GError **error)
{
  if (!choose_in(store, question, question->language, choice, error)) return false;
  if (!question->language || choice->reason != OFFICE_NO_TOPIC) return true;
  office_choice_clear(choice);
  return choose_in(store, question, NULL, choice, error);
}

bool offices_responsible(struct work *work, const struct office_question *question,
                         struct office_choice *choice, GError **error)
{
  if (!offices_choose(work->store, question, choice, error)) return false;
  choice->why = offices_why(work->letters, work->config->language, choice, error);
  return choice->why != NULL;
}
