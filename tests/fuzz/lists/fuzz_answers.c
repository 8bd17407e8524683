/* Answers to mails of ours, from any text: the first byte chooses the reader, the rest is the new text, with
 * a quote behind it. What is found is what a reader may say at all: public words are part of the text,
 * choices are numbers from 1, sums are not negative. */
#include "lib/base/config.h"
#include "lib/text/facts/numbers.h"
#include "lists/understand/meaning.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load_tables(void)
{
  static bool is_loaded;
  if (is_loaded) return;
  numbers_init();
  g_autofree char *tables = g_build_filename(config_share(), "languages", NULL);
  const char *directories[] = { tables, NULL };
  g_assert_true(phrases_load(directories, NULL));
  is_loaded = true;
}

static void (*const readers[])(const struct reading_room *, struct meaning *) = {
  read_official_reply, read_moderation, read_vote, read_minutes, read_digest,
};

static void check(const struct meaning *meaning)
{
  for (guint i = 0; i < meaning->choices->len; i++) {
    g_assert_cmpint(g_array_index(meaning->choices, int, i), >=, 1);
    g_assert_cmpint(g_array_index(meaning->choices, int, i), <=, 120);
  }
  for (guint i = 0; i < meaning->decisions->len; i++) {
    const struct minutes_decision *decision = g_ptr_array_index(meaning->decisions, i);
    g_assert_nonnull(decision->proposal);
    g_assert_cmpint(decision->cents, >=, -1);
  }
  g_assert_true(!meaning->public_text || g_utf8_validate(meaning->public_text, -1, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  load_tables();
  if (size < 2 || size > 16 * 1024) return 0;
  g_autofree char *raw = g_strndup((const char *)data + 1, size - 1);
  g_autofree char *text = g_utf8_make_valid(raw, -1);
  g_autofree char *whole = g_strconcat(text, "\n\n> 1 Bank (300 €)\n> 2 Hoffest, beantragt 450 €\n", NULL);
  struct mail mail = {
    .subject = (char *)"AW: [KP-2026-0198] Bank", .text = whole, .text_new = text, .signature = (char *)""
  };
  mail.from.name = (char *)"Muster, Kerstin";
  mail.from.address = (char *)"k@ba-tk.example";
  g_autoptr(passage_t) passage = passage_new(text, data[0] & 8 ? "de" : NULL, 0);
  g_autoptr(passage_t) subject = passage_new("Bank", NULL, 0);
  struct dates_wish wish = { .now = 1776154500, .zone = "Europe/Berlin" };
  g_autoptr(GArray) money = money_find(passage, MONEY_SURE);
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  g_autoptr(GArray) places = places_find(passage, NULL);
  struct reading_room room = { .mail = &mail,
                               .passage = passage,
                               .subject = subject,
                               .money = money,
                               .dates = dates,
                               .places = places,
                               .people = -1,
                               .now = wish.now,
                               .zone = wish.zone,
                               .domain = "kiez.example" };
  g_autoptr(meaning_t) meaning = meaning_new(INTENT_OFFICIAL_REPLY);
  readers[data[0] % 8 % G_N_ELEMENTS(readers)](&room, meaning);
  check(meaning);
  return 0;
}
