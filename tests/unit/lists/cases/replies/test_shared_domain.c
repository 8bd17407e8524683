/* All offices of a district share one domain: whose clerk somebody is follows from the letter that they
 * answer or from what they say of themselves, and never from the order of rows. And an office that is
 * removed: its open cases go to the coordinator, and its clerks are nobody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lists/offices/offices.h"

#define DOMAIN "@ba-tk.berlin.example"
#define ORDA   "orda@ba-tk.berlin.example"
#define UMW    "umw@ba-tk.berlin.example"
#define BAUM   "peter.baum@ba-tk.berlin.example"

static int open_district(void **state)
{
  (void)state;
  answered_open(&a);
  g_autoptr(office_t) orda = answered_office("OrdA", "Ordnungsamt", ORDA, "order");
  office_add_address(orda, DOMAIN, "sender");
  g_autoptr(office_t) umw = answered_office("UMW", "Wasseramt", UMW, "water");
  answered_put(&a, orda), answered_put(&a, umw);
  return 0;
}

static void whoever_answers_the_letter_of_an_office_answers_for_it(void **state)
{
  (void)state;
  club_write(&a.club, "Anna <anna@web.de>", "frage@kiez.example", "Lärm",
             "Wer kontrolliert die Ruhestörung am Ufer?", true);
  answered_say(&a, "case_office", ORDA, BAUM, "Wir kontrollieren dort jeden Freitag.", true);
  g_autofree char *told = moderated_line(&a.club, "case_answered", "anna@web.de");
  assert_non_null(strstr(told, "Ordnungsamt"));
}

static void who_only_shares_the_domain_is_confirmed_by_the_office(void **state)
{
  (void)state;
  club_write(&a.club, "Anna <anna@web.de>", "frage@kiez.example", "Gully",
             "Wann wird der verstopfte Gully am Ufer gereinigt?", true);
  assert_int_equal(moderated_count(&a.club, "case_office", UMW), 1);
  answered_say(&a, "case_office", UMW, BAUM, "Der Gully wird im Mai gereinigt.", true);
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "official", UMW), 1);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "UMW");
}

static enum office_proof look(const char *name, const char *signature, int64_t *office)
{
  struct mail mail = { .from = { .name = (char *)name, .address = (char *)BAUM },
                       .reply_to = { .name = (char *)"", .address = (char *)"" },
                       .resent_from = { .name = (char *)"", .address = (char *)"" },
                       .signature = (char *)signature,
                       .from_count = 1 };
  mail.auth.is_authenticated = true;
  struct work work = { .store = a.club.town.store };
  enum office_proof proof;
  assert_true(offices_sender(&work, &mail, 0, &proof, office, NULL));
  return proof;
}

static void without_a_letter_the_name_or_the_signature_says_whose_it_is(void **state)
{
  (void)state;
  int64_t office = 0;
  g_autoptr(office_t) orda = office_by_sign(a.club.town.store, "OrdA", NULL);
  assert_int_equal(look("Baum, Peter (Ordnungsamt)", "", &office), OFFICE_PROVEN);
  assert_int_equal(office, orda->id);
  assert_int_equal(look("Baum, Peter", "Peter Baum\nOrdnungsamt\nRathaus", &office), OFFICE_PROVEN);
  assert_int_equal(office, orda->id);
  assert_int_equal(look("Baum, Peter", "", &office), OFFICE_NONE);
  assert_int_equal(office, 0);
}

static void whom_only_one_office_entered_is_not_its_clerk_for_that(void **state)
{
  (void)state;
  int64_t office = 0;
  g_autoptr(office_t) orda = office_by_sign(a.club.town.store, "OrdA", NULL);
  g_ptr_array_set_size(orda->addresses, 0);
  office_add_address(orda, ORDA, "main"); /* only SGA has entered the domain; OrdA has an address of it */
  answered_put(&a, orda);
  assert_int_equal(look("Baum, Peter (Ordnungsamt)", "", &office), OFFICE_NONE);
  assert_int_equal(look("Baum, Peter", "", &office), OFFICE_NONE);
  assert_int_equal(look("Baum, Peter (SGA)", "", &office), OFFICE_PROVEN);
}

static void a_removed_office_leaves_its_cases_to_the_coordinator(void **state)
{
  (void)state;
  answered_ask(&a);
  g_autoptr(office_t) sga = office_by_sign(a.club.town.store, "SGA", NULL);
  assert_true(store_begin(a.club.town.store, NULL));
  assert_true(office_remove(a.club.town.store, sga->id, clock_now(), NULL));
  assert_true(store_commit(a.club.town.store, NULL));
  post_work(&a.club.town);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "SPK");
  assert_int_equal(moderated_count(&a.club, "case_office", SPK), 1);
  g_autofree char *moved = moderated_line(&a.club, "case_moved", "anna@web.de");
  assert_non_null(strstr(moved, "nicht mehr eingetragen"));
  answered_reply(&a, MUSTER, "Der Poller wird im Mai ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  g_autofree char *still = answered_sign(&a, 1);
  assert_string_equal(still, "SPK");
}

static void where_nobody_coordinates_the_admin_is_asked_once(void **state)
{
  (void)state;
  answered_ask(&a);
  g_autoptr(office_t) sga = office_by_sign(a.club.town.store, "SGA", NULL);
  g_autoptr(office_t) spk = office_by_sign(a.club.town.store, "SPK", NULL);
  assert_true(store_begin(a.club.town.store, NULL));
  assert_true(office_remove(a.club.town.store, sga->id, clock_now(), NULL));
  assert_true(office_remove(a.club.town.store, spk->id, clock_now(), NULL));
  assert_true(store_commit(a.club.town.store, NULL));
  post_work(&a.club.town);
  clock_fix(clock_now() + 2 * 86400);
  post_work(&a.club.town);
  assert_int_equal(moderated_count(&a.club, "case_no_office", NULL), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_district, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(whoever_answers_the_letter_of_an_office_answers_for_it),
    CASE(who_only_shares_the_domain_is_confirmed_by_the_office),
    CASE(without_a_letter_the_name_or_the_signature_says_whose_it_is),
    CASE(whom_only_one_office_entered_is_not_its_clerk_for_that),
    CASE(a_removed_office_leaves_its_cases_to_the_coordinator),
    CASE(where_nobody_coordinates_the_admin_is_asked_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
