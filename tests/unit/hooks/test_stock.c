/* Envelopes of a letter to many: as full as may be, but a member under suspicion has one of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/store/returns/bounces.h"
#include "mta-hooks/send/envelope.h"
#include "mta-hooks/send/stock.h"

#include "tests/unit/lists/members.h"

static void suspect(struct club *club, const char *address)
{
  g_autoptr(GError) error = NULL;
  struct store *store = club->town.store;
  int64_t person = person_find(store, address, NULL);
  g_autoptr(bounce_t) bounce = bounce_get(store, person, address, NULL);
  bounce->suspect_until = TEST_NOW + 86400;
  if (!store_begin(store, &error) || !bounce_put(store, bounce, &error) || !store_commit(store, &error))
    fail_msg("%s", error->message);
}

/* Takes envelope after envelope; "2 1* 2": how many in each, "*" where the envelope sender is the member's
 * own. */
static char *envelopes(struct club *club)
{
  g_autoptr(GError) error = NULL;
  struct lots *lots = lots_new(club->town.store);
  struct stock *stock = stock_new(club->town.store, lots, 500);
  g_autoptr(GString) words = g_string_new(NULL);
  if (!stock_fill(stock, TEST_NOW, true, &error)) fail_msg("%s", error->message);
  for (;;) {
    struct lot *lot = NULL;
    GPtrArray *taken = stock_take(stock, LETTER_BULK, &lot, &error);
    if (!taken) break;
    struct outgoing *outgoing = lots_load(lots, lot, &error);
    guint count = taken->len;
    struct envelope *envelope = envelope_new(outgoing, (struct delivery *const *)taken->pdata, count);
    bool is_own = strcmp(envelope_from(envelope), lot->head->envelope_from) != 0;
    g_string_append_printf(words, "%s%u%s", words->len ? " " : "", count, is_own ? "*" : "");
    for (guint i = 0; i < count; i++) stock_release(stock, g_ptr_array_index(taken, i));
    g_ptr_array_free(taken, TRUE);
    envelope_free(envelope);
  }
  stock_free(stock);
  lots_free(lots);
  return g_string_free(g_steal_pointer(&words), FALSE);
}

static void members_under_suspicion_go_alone(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t news = town_list(&club.town, "amtsblatt", "announce", true);
  town_member(&club.town, news, "dora@amt.example", "member,moderator");
  for (int i = 0; i < 6; i++) {
    g_autofree char *address = g_strdup_printf("m%d@web.de", i);
    town_member(&club.town, news, address, "member");
  }
  suspect(&club, "m2@web.de");
  suspect(&club, "m3@web.de");
  club_write(&club, "dora@amt.example", "amtsblatt@kiez.example", "Neues", "Das Bürgeramt hat geöffnet.",
             true);
  g_autofree char *got = envelopes(&club); /* m0 m1, m2, m3, m4 m5; Dora gets no own copy */
  assert_string_equal(got, "2 1* 1* 2");
  club_close(&club);
}

static void without_suspicion_there_is_one_envelope(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t news = town_list(&club.town, "amtsblatt", "announce", true);
  town_member(&club.town, news, "dora@amt.example", "member,moderator");
  town_member(&club.town, news, "anna@web.de", "member");
  town_member(&club.town, news, "bert@web.de", "member");
  club_write(&club, "dora@amt.example", "amtsblatt@kiez.example", "Neues", "Das Bürgeramt hat geöffnet.",
             true);
  g_autofree char *got = envelopes(&club);
  assert_string_equal(got, "2");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(members_under_suspicion_go_alone),
    cmocka_unit_test(without_suspicion_there_is_one_envelope),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
