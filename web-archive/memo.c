/* Remembering what was made of texts: two generations. What is asked for moves into the young one; when that
 * has grown to its bound the old one is forgotten and the young one becomes old. So memory is bounded, and
 * what is in use stays. The whole text is the key: two texts never share an answer. */
#include "web-archive/memo.h"

#include <string.h>

enum { GENERATION_BYTES = 2 * 1024 * 1024, TEXT_BYTES = 32 * 1024 };

struct question {
  memo_maker make;
  const char *text, *domain;
};

static GHashTable *young, *old; /* struct question, owning its texts → char* */
static gsize young_bytes;

static guint hash_question(gconstpointer data)
{
  const struct question *it = data;
  return g_str_hash(it->text) ^ g_str_hash(it->domain);
}

static gboolean same_question(gconstpointer a, gconstpointer b)
{
  const struct question *x = a, *y = b;
  return x->make == y->make && strcmp(x->text, y->text) == 0 && strcmp(x->domain, y->domain) == 0;
}

static void free_question(gpointer data)
{
  struct question *it = data;
  g_free((char *)it->text);
  g_free((char *)it->domain);
  g_free(it);
}

static GHashTable *generation(void)
{
  return g_hash_table_new_full(hash_question, same_question, free_question, g_free);
}

static void remember(const struct question *asked, const char *answer)
{
  if (young_bytes > GENERATION_BYTES) {
    g_hash_table_unref(old);
    old = g_steal_pointer(&young);
    young = generation();
    young_bytes = 0;
  }
  struct question *own = g_new(struct question, 1);
  *own = (struct question){ asked->make, g_strdup(asked->text), g_strdup(asked->domain) };
  g_hash_table_insert(young, own, g_strdup(answer));
  young_bytes += strlen(asked->text) + strlen(answer) + sizeof *own;
}

char *memo_make(memo_maker make, const char *text, const char *domain)
{
  if (strlen(text) > TEXT_BYTES) return make(text, domain);
  if (!young) young = generation(), old = generation();
  struct question asked = { make, text, domain };
  const char *known = g_hash_table_lookup(young, &asked);
  if (known) return g_strdup(known);
  known = g_hash_table_lookup(old, &asked);
  char *answer = known ? g_strdup(known) : make(text, domain);
  remember(&asked, answer);
  return answer;
}
