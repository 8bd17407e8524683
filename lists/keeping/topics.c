/* Topics; see topics.h. A keeper writes them as a line of the settings letter. What stands there rules alone;
 * a list whose keeper has said nothing lets offers and searches (tag.offer of the tables) be over after two
 * weeks. */
#include "lists/keeping/topics.h"

#include "lists/keeping/lines.h"

#include "lib/text/phrases.h"

#include <string.h>

enum { USUAL_DAYS = 14, NAME_CHARACTERS = 30 };

static void free_topic(gpointer data)
{
  struct topic *topic = data;
  g_free(topic->name);
  g_free(topic);
}

static void add(GPtrArray *topics, const char *name, int days)
{
  struct topic *topic = g_new0(struct topic, 1);
  topic->name = g_strdup(name);
  topic->days = days;
  g_ptr_array_add(topics, topic);
}

/* The days at the end of "Biete 30 Tage"; *end: where they begin. 0: none are named; -1: they cannot be. */
static int read_days(const char *piece, gsize *end)
{
  const char *at = piece + strlen(piece);
  while (at > piece && !g_ascii_isdigit(at[-1])) at--;
  const char *behind = at;
  while (at > piece && g_ascii_isdigit(at[-1])) at--;
  *end = strlen(piece);
  if (at == piece || (at[-1] != ' ' && at[-1] != '(' && at[-1] != ']' && at[-1] != ':')) return 0;
  g_autofree char *unit = g_strdelimit(g_strdup(behind), "().", ' ');
  if (*g_strstrip(unit) && !lines_word(unit, "topic.days")) return 0;
  const char *word = *unit ? lines_word(unit, "topic.days") : "1";
  gint64 days = g_ascii_strtoll(at, NULL, 10) * g_ascii_strtoll(word, NULL, 10);
  *end = (gsize)(at - piece);
  return days > 0 && days <= TOPIC_DAYS_MAX ? (int)days : -1;
}

/* One of "[Biete] 30 Tage". False: it is none. */
static bool read_one(GPtrArray *topics, const char *piece)
{
  gsize end = 0;
  int days = read_days(piece, &end);
  g_autofree char *name = g_strndup(piece, end);
  g_strdelimit(name, "[](){}:=,|", ' ');
  g_strstrip(name);
  bool is_name =
      *name && g_utf8_strlen(name, -1) <= NAME_CHARACTERS && days >= 0 && !strpbrk(name, "@<>\"\r\n");
  if (is_name && topics->len < TOPICS_MAX) add(topics, name, days);
  return is_name;
}

char *topics_read(const char *text)
{
  if (!*text || lines_word(text, "topic.usual")) return g_strdup("");
  if (strcmp(text, "-") == 0 || lines_word(text, "keep.empty")) return g_strdup("-");
  g_autoptr(GPtrArray) topics = g_ptr_array_new_with_free_func(free_topic);
  g_auto(GStrv) pieces = g_strsplit_set(text, ",;", -1);
  for (char **piece = pieces; *piece; piece++)
    if (*g_strstrip(*piece) && !read_one(topics, *piece)) return NULL;
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < topics->len; i++) {
    const struct topic *topic = g_ptr_array_index(topics, i);
    g_string_append_printf(out, "%s%s", i ? ", " : "", topic->name);
    if (topic->days) g_string_append_printf(out, " %d", topic->days);
  }
  return g_string_free(out, FALSE);
}

GPtrArray *topics_of(const char *stored)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func(free_topic);
  if (!stored || strcmp(stored, "-") == 0) return topics;
  g_auto(GStrv) pieces = g_strsplit(stored, ", ", -1);
  for (char **piece = pieces; *piece; piece++)
    if (**piece) read_one(topics, *piece);
  return topics;
}

/* Is it an offer or a search? */
static bool is_offer(const char *tag)
{
  enum { TAG_BYTES = 40 };
  g_autoptr(passage_t) passage = passage_new(tag, NULL, TAG_BYTES);
  return passage_at(passage, phrases_tag("tag.offer"), 0) != NULL;
}

/* Folded as the tags of subjects are. */
static bool is_same(const char *name, const char *tag)
{
  const char *bare = *name == '#' ? name + 1 : name, *other = *tag == '#' ? tag + 1 : tag;
  g_autofree char *folded = lexeme_fold(bare, strlen(bare));
  return strcmp(folded, other) == 0;
}

int topics_days(const char *stored, const char *tag)
{
  if (!stored || !*stored) return is_offer(tag) ? USUAL_DAYS : 0;
  g_autoptr(GPtrArray) topics = topics_of(stored);
  for (guint i = 0; i < topics->len; i++) {
    const struct topic *topic = g_ptr_array_index(topics, i);
    if (is_same(topic->name, tag)) return topic->days;
  }
  return 0;
}
