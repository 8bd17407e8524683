/* Facts in human words from any text, in any language's tables: what is found lies within the text, and sums
 * stay within what money can be. */
#include "lib/base/config.h"
#include "lib/text/facts/answer.h"
#include "lib/text/facts/money.h"
#include "lib/text/facts/numbers.h"
#include "lib/text/facts/people.h"

#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load(void)
{
  static bool is_ready = false;
  if (is_ready) return;
  g_autofree char *tables = g_build_filename(config_share(), "languages", NULL);
  const char *const directories[] = { tables, NULL };
  g_assert_true(phrases_load(directories, NULL));
  is_ready = true;
}

static void check_money(const struct passage *passage, enum money_wish wish)
{
  g_autoptr(GArray) found = money_find(passage, wish);
  guint last = 0;
  for (guint i = 0; i < found->len; i++) {
    const struct money *money = &g_array_index(found, struct money, i);
    g_assert_cmpuint(money->first, >=, last);
    g_assert_cmpuint(money->first, <, money->end);
    g_assert_cmpuint(money->end, <=, passage->lexemes->count);
    g_assert_cmpint(money->cents, >=, 0);
    last = money->end;
  }
}

static void check_costs(const struct passage *passage)
{
  g_autoptr(costs_t) costs = costs_read(passage);
  g_assert_cmpint(costs->total_cents, >=, -1);
  for (guint i = 0; i < costs->lines->len; i++) {
    const struct cost *cost = g_ptr_array_index(costs->lines, i);
    g_assert_nonnull(cost->label);
    g_assert_true(g_utf8_validate(cost->label, -1, NULL));
    g_assert_cmpint(cost->cents, >=, -1);
    g_assert_cmpuint(cost->end, <=, passage->lexemes->count);
  }
}

static void check_numbers(const struct passage *passage)
{
  for (guint i = 0; i < passage->lexemes->count; i++) {
    struct number number;
    if (!number_at(passage, i, &number)) continue;
    g_assert_cmpuint(number.end, >, i);
    g_assert_cmpuint(number.end, <=, passage->lexemes->count);
    g_assert_true(number.value >= 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const languages[] = { NULL, "de", "en", "tr", "ru" };
  if (size == 0) return 0;
  load();
  g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
  g_autoptr(passage_t) passage = passage_new(text, languages[data[0] % G_N_ELEMENTS(languages)], 0);
  check_numbers(passage);
  check_money(passage, MONEY_SURE);
  check_money(passage, MONEY_BARE);
  check_costs(passage);
  int people = people_count(passage);
  g_assert_cmpint(people, >=, -1);
  struct answer_found answer = answer_read(passage);
  g_assert_cmpuint(answer.first, <=, answer.end);
  g_assert_cmpuint(answer.end, <=, passage->lexemes->count);
  return 0;
}
