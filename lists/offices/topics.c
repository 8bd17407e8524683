/* What a question is about. Each word of the tables ([office.topic], and [office.hint] for words that mean
 * little alone, such as "Bank") gives its topic points: more in the subject than in the text, and few where
 * it only says where something is ("das Schlagloch vor der Schule" is about the road). A word counts once,
 * however often it is repeated. */
#include "lists/offices/topics.h"

#include <string.h>

enum { STRONG = 6, WITHIN = 4, BESIDE = 2, WEAK = 2, WEAK_PLACE = 1, TITLE_COUNTS = 2 };

/* What other bodies look after, wherever no office has it as its duty. */
static const struct {
  const char *topic, *body;
} others[] = {
  { "traffic", "land" },   { "lighting", "land" }, { "transit", "bvg" },    { "railway", "db" },
  { "water", "bwb" },      { "cleaning", "bsr" },  { "motorway", "bund" },  { "police", "polizei" },
  { "forest", "forsten" }, { "post", "post" },     { "jobs", "jobcenter" }, { "tax", "finanzamt" },
};

const char *topic_body(const char *topic)
{
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (strcmp(others[i].topic, topic) == 0) return others[i].body;
  return NULL;
}

/* Does a phrase of the section end right before the lexeme, or one word before ("vor der alten Schule")? */
static bool is_behind(const struct passage *passage, const char *section, guint lexeme)
{
  guint tag = phrases_tag(section);
  for (guint back = 1; tag && back <= 4 && back <= lexeme; back++) {
    const struct phrase_hit *hit = passage_at(passage, tag, lexeme - back);
    if (!hit) continue;
    if (hit->end == lexeme || (hit->end + 1 == lexeme && hit->end - hit->first > 1)) return true;
  }
  return false;
}

bool topic_is_beside(const struct passage *passage, guint lexeme)
{
  return is_behind(passage, "office.beside", lexeme);
}

/* What one hit is worth. */
static int points_of(const struct passage *passage, const struct phrase_hit *hit, bool is_strong)
{
  bool is_beside = topic_is_beside(passage, hit->first);
  if (!is_strong) return is_beside ? WEAK_PLACE : WEAK;
  return is_beside ? BESIDE : is_behind(passage, "office.within", hit->first) ? WITHIN : STRONG;
}

static void free_score(gpointer data)
{
  struct topic_score *score = data;
  g_free(score->words);
  g_free(score);
}

static struct topic_score *score_of(GPtrArray *scores, const char *topic)
{
  for (guint i = 0; i < scores->len; i++) {
    struct topic_score *score = scores->pdata[i];
    if (strcmp(score->topic, topic) == 0) return score;
  }
  struct topic_score *score = g_new0(struct topic_score, 1);
  score->topic = topic;
  g_ptr_array_add(scores, score);
  return score;
}

/* "topic:folded words" of a hit: it counts once. Caller frees. */
static char *key_of(const struct passage *passage, const struct phrase_hit *hit)
{
  GString *key = g_string_new(hit->value);
  for (guint i = hit->first; i < hit->end; i++)
    g_string_append_printf(key, ":%s", passage->lexemes->at[i].folded);
  return g_string_free(key, FALSE);
}

static void weigh(const struct passage *passage, bool is_strong, int factor, GHashTable *seen,
                  GPtrArray *scores)
{
  guint tag = phrases_tag(is_strong ? "office.topic" : "office.hint");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end)) {
    if (!g_hash_table_add(seen, key_of(passage, hit))) continue;
    struct topic_score *score = score_of(scores, hit->value);
    int points = factor * points_of(passage, hit, is_strong);
    score->points += points;
    if (points <= score->best) continue;
    score->best = points;
    g_free(score->words);
    score->words = passage_text(passage, hit->first, hit->end);
  }
}

static gint heavier(gconstpointer a, gconstpointer b)
{
  const struct topic_score *const *left = a, *const *right = b;
  return (*right)->points - (*left)->points;
}

GPtrArray *topics_weigh(const struct office_passages *passages)
{
  GPtrArray *scores = g_ptr_array_new_with_free_func(free_score);
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (int is_strong = 1; is_strong >= 0; is_strong--) {
    weigh(passages->title, is_strong, TITLE_COUNTS, seen, scores);
    weigh(passages->text, is_strong, 1, seen, scores);
  }
  g_ptr_array_sort(scores, heavier);
  return scores;
}
