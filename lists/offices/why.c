/* Why an office got a question: one sentence for people, of the letters (office_why.txt), so that it speaks
 * their language. */
#include "lists/offices/offices.h"

#include "lists/letters.h"

#include "lib/text/template.h"

static const char *const reason_words[] = {
  [OFFICE_BY_NAME] = "by_name",     [OFFICE_BY_WORDS] = "by_words", [OFFICE_BY_TOPIC] = "by_topic",
  [OFFICE_BY_REGION] = "by_region", [OFFICE_NOT_OURS] = "not_ours", [OFFICE_NOT_KNOWN] = "not_known",
  [OFFICE_SEVERAL] = "several",     [OFFICE_NO_TOPIC] = "no_topic",
};
G_STATIC_ASSERT(G_N_ELEMENTS(reason_words) == OFFICE_REASON_COUNT);

char *offices_why(struct letters *letters, const char *language, const struct office_choice *choice,
                  GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, reason_words[choice->reason], "1");
  value_set_text(values, "words", choice->words);
  if (choice->body) value_set_text(values, choice->body, "1");
  value_set_text(values, "nobody", choice->office ? NULL : "1");
  char *sentence = letters_render(letters, language, "office_why.txt", values, error);
  return sentence ? g_strstrip(sentence) : NULL;
}

char *offices_topic_label(struct letters *letters, const char *language, const char *topic, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, topic, "1");
  g_autofree char *label = letters_render(letters, language, "office_topic.txt", values, error);
  if (!label) return NULL;
  g_strstrip(label);
  return *label ? g_steal_pointer(&label) : g_strdup(topic); /* a municipality's own */
}
