/* Whoever shows an office's name without being it changes nothing, and the office learns of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/cases/offices.h"
#include "lists/offices/offices.h"

static struct club club;

static int open_district(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  moderated_open(&club);
  town_list(&club.town, "frage", "questions", true);
  assert_true(store_begin(club.town.store, NULL));
  g_autoptr(office_t) office = office_new();
  g_free(office->sign), office->sign = g_strdup("OrdA");
  g_free(office->name), office->name = g_strdup("Ordnungsamt");
  g_free(office->network), office->network = g_strdup("bezirksamt");
  office_add_address(office, "oa@ba-tk.berlin.example", "main");
  office_add_address(office, "@oa.berlin.example", "sender");
  assert_true(office_put(club.town.store, office, TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  return 0;
}

static int close_district(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

static void a_shown_name_posts_nothing_and_alerts_the_office_once_a_day(void **state)
{
  (void)state;
  club_write(&club, "Ordnungsamt <amt@gmail.com>", "gruenau@kiez.example", "Halteverbot",
             "Ab morgen gilt es.", true);
  club_write(&club, "Ordnungsamt <amt@gmail.com>", "gruenau@kiez.example", "Noch eins", "Und da auch.", true);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
  assert_int_equal(moderated_count(&club, "office_posing", "oa@ba-tk.berlin.example"), 1);
  g_autofree char *alert = moderated_text(&club, "office_posing", "oa@ba-tk.berlin.example");
  assert_non_null(strstr(alert, "amt@gmail.com"));
  assert_non_null(strstr(alert, "Halteverbot"));
  g_autofree char *asked = moderated_text(&club, "moderate", "dora@web.de");
  assert_non_null(strstr(asked, "zeigt den Namen eines Amtes"));
  clock_fix(TEST_NOW + 25 * 3600);
  club_write(&club, "Ordnungsamt <amt@gmail.com>", "gruenau@kiez.example", "Wieder", "Und hier.", true);
  assert_int_equal(moderated_count(&club, "office_posing", NULL), 2);
}

static void a_question_under_an_offices_name_opens_no_case(void **state)
{
  (void)state;
  club_write(&club, "Bezirksamt Testkiez <ba@web.de>", "frage@kiez.example", "Müll", "Hier liegt Müll.",
             true);
  assert_int_equal(moderated_count(&club, "case_opened", NULL), 0);
  assert_int_equal(moderated_count(&club, "office_posing", NULL), 1);
}

static void residents_are_not_taken_for_offices(void **state)
{
  (void)state;
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Ordnungsamt", "Wann kommt ihr?",
             true);
  assert_int_equal(moderated_count(&club, "case_opened", NULL), 1);
  assert_int_equal(moderated_count(&club, "office_posing", NULL), 0);
}

/* A mail as the worker reads it. */
static struct mail *mail_of(const char *fields)
{
  g_autofree char *raw = g_strconcat(fields, "Subject: x\r\n\r\ntext\r\n", NULL);
  return mail_read(
      raw, strlen(raw),
      &(struct mail_reading){ .domain = "kiez.example",
                              .authserv_id = "mx.kiez.example",
                              .network_header = "X-Client-Network",
                              .trusted_forwarders = (const char *const[]){ "fwd.example", NULL } });
}

#define AR       "Authentication-Results: mx.kiez.example; "
#define RECEIVED "Received: from a by mx.kiez.example; Mon, 2 Mar 2026 10:00:00 +0100\r\n"

static void whose_mail_it_is_and_who_vouches_for_it(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *fields;
    enum office_proof proof;
    bool is_posing;
  } rows[] = {
    { "DMARC",
      AR "dmarc=pass header.from=ba-tk.berlin.example\r\n" RECEIVED "From: oa@ba-tk.berlin.example\r\n",
      OFFICE_PROVEN, false },
    { "a whole domain",
      AR "dmarc=pass header.from=oa.berlin.example\r\n" RECEIVED
         "From: Frau Muster <muster@oa.berlin.example>\r\n",
      OFFICE_PROVEN, false },
    { "nobody vouches", RECEIVED "From: oa@ba-tk.berlin.example\r\n", OFFICE_CLAIMED, false },
    { "logged in as that address",
      AR "auth=pass smtp.auth=oa@ba-tk.berlin.example\r\n" RECEIVED "From: oa@ba-tk.berlin.example\r\n",
      OFFICE_PROVEN, false },
    { "logged in as somebody else",
      AR "auth=pass smtp.auth=eva@ba-tk.berlin.example\r\n" RECEIVED "From: oa@ba-tk.berlin.example\r\n",
      OFFICE_CLAIMED, false },
    { "the office's network", "X-Client-Network: bezirksamt\r\n" RECEIVED "From: oa@ba-tk.berlin.example\r\n",
      OFFICE_PROVEN, false },
    { "another network", "X-Client-Network: schule\r\n" RECEIVED "From: oa@ba-tk.berlin.example\r\n",
      OFFICE_CLAIMED, false },
    { "a network that the sender wrote",
      RECEIVED "X-Client-Network: bezirksamt\r\nFrom: oa@ba-tk.berlin.example\r\n", OFFICE_CLAIMED, false },
    { "the network does not make an office",
      "X-Client-Network: bezirksamt\r\n" RECEIVED "From: anna@ba-tk.berlin.example\r\n", OFFICE_NONE, false },
    { "the network with two authors",
      "X-Client-Network: bezirksamt\r\n" RECEIVED "From: oa@ba-tk.berlin.example, eva@web.de\r\n",
      OFFICE_CLAIMED, false },
    { "sealed by a trusted forwarder",
      AR
      "arc=pass\r\n" RECEIVED
      "ARC-Seal: i=1; d=fwd.example; cv=none\r\nARC-Authentication-Results: i=1; mx.fwd.example; dmarc=pass "
      "header.from=ba-tk.berlin.example\r\nFrom: oa@ba-tk.berlin.example\r\n",
      OFFICE_PROVEN, false },
    { "sealed by a stranger",
      AR "arc=pass\r\n" RECEIVED "ARC-Seal: i=1; d=evil.example; cv=none\r\nARC-Authentication-Results: i=1; "
         "mx.evil.example; dmarc=pass "
         "header.from=ba-tk.berlin.example\r\nFrom: oa@ba-tk.berlin.example\r\n",
      OFFICE_CLAIMED, false },
    { "the right name, a wrong address",
      AR "dmarc=pass header.from=gmail.com\r\n" RECEIVED "From: Ordnungsamt <ordnungsamt@gmail.com>\r\n",
      OFFICE_NONE, true },
    { "the sign in the name",
      AR "dmarc=pass header.from=web.de\r\n" RECEIVED "From: \"Muster, OrdA\" <muster@web.de>\r\n",
      OFFICE_NONE, true },
    { "the whole municipality",
      AR "dmarc=pass header.from=gmail.com\r\n" RECEIVED "From: Bezirksamt Testkiez <ba-tk@gmail.com>\r\n",
      OFFICE_NONE, true },
    { "a look-alike domain",
      AR "dmarc=pass header.from=ba-tk-berlin.example\r\n" RECEIVED
         "From: Ordnungsamt <oa@ba-tk-berlin.example>\r\n",
      OFFICE_NONE, true },
    { "answers go elsewhere",
      AR "dmarc=pass header.from=ba-tk.berlin.example\r\n" RECEIVED
         "From: oa@ba-tk.berlin.example\r\nReply-To: muster@gmail.com\r\n",
      OFFICE_PROVEN, true },
    { "answers go to a colleague",
      AR "dmarc=pass header.from=ba-tk.berlin.example\r\n" RECEIVED
         "From: oa@ba-tk.berlin.example\r\nReply-To: muster@oa.berlin.example\r\n",
      OFFICE_PROVEN, false },
    { "a resident", AR "dmarc=pass header.from=web.de\r\n" RECEIVED "From: Anna Schmidt <anna@web.de>\r\n",
      OFFICE_NONE, false },
  };
  struct work work = { .store = club.town.store, .config = club.town.config, .now = TEST_NOW };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(mail_t) mail = mail_of(rows[i].fields);
    enum office_proof proof;
    int64_t office, posed;
    assert_true(offices_sender(&work, mail, 0, &proof, &office, NULL));
    assert_true(offices_posed(&work, mail, &posed, NULL));
    bool is_posing = posed != 0;
    if (proof != rows[i].proof || is_posing != rows[i].is_posing)
      fail_msg("%s: proof %d, posing %d", rows[i].sentence, (int)proof, is_posing);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_shown_name_posts_nothing_and_alerts_the_office_once_a_day,
                                    open_district, close_district),
    cmocka_unit_test_setup_teardown(a_question_under_an_offices_name_opens_no_case, open_district,
                                    close_district),
    cmocka_unit_test_setup_teardown(residents_are_not_taken_for_offices, open_district, close_district),
    cmocka_unit_test_setup_teardown(whose_mail_it_is_and_who_vouches_for_it, open_district, close_district),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
