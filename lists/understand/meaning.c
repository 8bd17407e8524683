/* The record of a meaning and the words its tables are printed with. */
#include "lists/understand/meaning.h"

#include <string.h>

static const char *const intents[] = {
  [INTENT_POST] = "post",
  [INTENT_REPLY] = "reply",
  [INTENT_JOIN] = "join",
  [INTENT_LEAVE] = "leave",
  [INTENT_CONFIRM] = "confirm",
  [INTENT_HELP] = "help",
  [INTENT_SETTINGS] = "settings",
  [INTENT_RSVP] = "rsvp",
  [INTENT_EVENT] = "event",
  [INTENT_PROPOSAL] = "proposal",
  [INTENT_SUPPORT] = "support",
  [INTENT_VOTE] = "vote",
  [INTENT_MINUTES] = "minutes",
  [INTENT_DEFECT] = "defect",
  [INTENT_OFFICIAL_REPLY] = "official_reply",
  [INTENT_MODERATION] = "moderation",
  [INTENT_QUESTION] = "question",
  [INTENT_DATA_ACCESS] = "data_access",
  [INTENT_DATA_ERASURE] = "data_erasure",
  [INTENT_ABUSE_NOTICE] = "abuse_notice",
  [INTENT_PRIVATE] = "private",
  [INTENT_FOUND] = "found",
  [INTENT_KEEP] = "keep",
  [INTENT_HAND_OVER] = "hand_over",
  [INTENT_CLOSE] = "close",
  [INTENT_IGNORE] = "ignore",
  [INTENT_UNCLEAR] = "unclear",
};
_Static_assert(G_N_ELEMENTS(intents) == INTENT_COUNT, "every intent has its word");

static const char *const contexts[] = {
  [CONTEXT_EVENT] = "event",       [CONTEXT_MODERATION] = "moderation", [CONTEXT_OFFICIAL] = "official",
  [CONTEXT_VOTE] = "vote",         [CONTEXT_MINUTES] = "minutes",       [CONTEXT_DEFECT] = "defect",
  [CONTEXT_PROPOSAL] = "proposal", [CONTEXT_CONFIRM] = "confirm",       [CONTEXT_DIGEST] = "digest",
};
_Static_assert(G_N_ELEMENTS(contexts) == CONTEXT_COUNT, "every context has its word");

const char *intent_word(enum intent intent)
{
  return intents[intent];
}

const char *context_word(enum context context)
{
  return contexts[context];
}

enum context context_of_word(const char *word)
{
  for (guint i = 1; i < CONTEXT_COUNT; i++)
    if (strcmp(contexts[i], word) == 0) return (enum context)i;
  return CONTEXT_COUNT;
}

const char *moderation_word(enum moderation decision)
{
  static const char *const words[] = { NULL, "approve", "reject", "wait" };
  return words[decision];
}

const char *minutes_outcome_word(enum minutes_outcome outcome)
{
  static const char *const words[] = { NULL, "granted", "partly", "rejected" };
  return words[outcome];
}

const char *case_status_word(enum case_status status)
{
  static const char *const words[] = { NULL,      "received", "forwarded", "in_progress",
                                       "planned", "done",     "rejected",  "not_responsible" };
  return words[status];
}

enum case_status case_status_of_word(const char *word)
{
  for (guint i = STATUS_RECEIVED; i <= STATUS_NOT_RESPONSIBLE; i++)
    if (g_str_equal(case_status_word((enum case_status)i), word)) return (enum case_status)i;
  return STATUS_NONE;
}

static void decision_free(gpointer data)
{
  struct minutes_decision *decision = data;
  g_free(decision->proposal);
  g_free(decision);
}

static void office_case_free(gpointer data)
{
  struct office_case *one = data;
  g_free(one->number);
  g_free(one->title);
  g_free(one->text);
  g_free(one);
}

static void hint_free(gpointer data)
{
  struct hint *hint = data;
  g_free(hint->rule);
  g_free(hint->text);
  g_free(hint);
}

static void digest_part_free(gpointer data)
{
  struct digest_part *part = data;
  g_free(part->text);
  meaning_free(part->meaning);
  g_free(part);
}

struct meaning *meaning_new(enum intent intent)
{
  struct meaning *meaning = g_new0(struct meaning, 1);
  meaning->intent = intent;
  meaning->also = g_array_new(FALSE, FALSE, sizeof(enum intent));
  meaning->people = -1;
  meaning->present = -1;
  meaning->remainder_cents = -1;
  meaning->own_copy = -1;
  meaning->offices = -1;
  meaning->missing = g_ptr_array_new_with_free_func(g_free);
  meaning->hints = g_ptr_array_new_with_free_func(hint_free);
  meaning->choices = g_array_new(FALSE, FALSE, sizeof(int));
  meaning->decisions = g_ptr_array_new_with_free_func(decision_free);
  meaning->cases = g_ptr_array_new_with_free_func(office_case_free);
  meaning->redact = g_ptr_array_new_with_free_func(g_free);
  meaning->digest_parts = g_ptr_array_new_with_free_func(digest_part_free);
  return meaning;
}

void meaning_free(struct meaning *meaning)
{
  if (!meaning) return;
  char *texts[] = { meaning->reason,   meaning->list,     meaning->comment,     meaning->title,
                    meaning->topic,    meaning->place,    meaning->region,      meaning->recurrence,
                    meaning->category, meaning->language, meaning->public_text, meaning->moderation_reason,
                    meaning->name,     meaning->address };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  GPtrArray *arrays[] = { meaning->missing, meaning->hints,        meaning->decisions,
                          meaning->redact,  meaning->digest_parts, meaning->cases };
  for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++) g_ptr_array_unref(arrays[i]);
  g_array_unref(meaning->also);
  g_array_unref(meaning->choices);
  costs_free(meaning->costs);
  g_free(meaning);
}
