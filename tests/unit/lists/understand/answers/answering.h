/* What the tests of answers to our mails share: a text as if it had come to a signed address, its facts found
 * as understand() finds them, and one reader run on it. */
#ifndef TESTS_ANSWERING_H
#define TESTS_ANSWERING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/config.h"
#include "lib/text/facts/numbers.h"
#include "lib/text/facts/people.h"
#include "lib/text/facts/personal.h"
#include "lists/understand/meaning.h"

#include <string.h>

/* Tuesday, 14 April 2026, 10:15 in Berlin. */
enum { ANSWER_NOW = 1776154500 };

static inline int load_phrases(void **state)
{
  (void)state;
  numbers_init();
  g_autofree char *tables = g_build_filename(config_share(), "languages", NULL);
  const char *directories[] = { tables, NULL };
  GError *error = NULL;
  if (!phrases_load(directories, &error)) fail_msg("%s", error->message);
  return 0;
}

struct answering {
  const char *subject, *from, *quoted; /* NULL: "", "Kerstin Muster", nothing */
  const char *language;                /* NULL: all tables */
};

/* Runs a reader on a text. Caller frees. */
static inline struct meaning *answer_to(const char *text, struct answering how, enum intent intent,
                                        void (*reader)(const struct reading_room *, struct meaning *))
{
  g_autofree char *whole = g_strconcat(text, how.quoted ? "\n\n" : "", how.quoted ? how.quoted : "", NULL);
  struct mail mail = { .subject = (char *)(how.subject ? how.subject : ""),
                       .text = whole,
                       .text_new = (char *)text,
                       .signature = (char *)"",
                       .has_quote = how.quoted != NULL };
  mail.from.name = (char *)(how.from ? how.from : "Muster, Kerstin");
  mail.from.address = (char *)"kerstin.muster@ba-tk.example";
  g_autoptr(passage_t) passage = passage_new(text, how.language, 0);
  g_autoptr(passage_t) subject = passage_new(mail.subject, how.language, 0);
  struct dates_wish wish = { .now = ANSWER_NOW, .zone = "Europe/Berlin" };
  g_autoptr(GArray) money = money_find(passage, MONEY_SURE);
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  g_autoptr(GArray) places = places_find(passage, NULL);
  struct reading_room room = { .mail = &mail,
                               .passage = passage,
                               .subject = subject,
                               .money = money,
                               .dates = dates,
                               .places = places,
                               .people = people_count(passage),
                               .personal = personal_find(passage),
                               .now = ANSWER_NOW,
                               .zone = "Europe/Berlin",
                               .domain = "kiez.example" };
  struct meaning *meaning = meaning_new(intent);
  reader(&room, meaning);
  return meaning;
}

#endif
