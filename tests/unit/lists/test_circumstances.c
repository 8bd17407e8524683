/* The worker in odd circumstances: files replaced under it, addresses of one purpose used for another, orders
 * of arrival that nobody wishes for, and people who pretend to be others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/two_groups.h"

#include "lists/addresses/reply_address.h"

/* An address of ours with a token. */
static char *token_at(const char *list, enum token_purpose purpose, uint32_t object)
{
  return reply_address(town.config, town.keys, list, &(struct token){ .purpose = purpose, .object = object });
}

/* How much waits for a person. */
static guint count_holds(void)
{
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 100, NULL);
  return holds->len;
}

static const char from_anna[] = "From: Anna Arndt <anna@post.example>\nTo: gruenau@kiez.example\nSubject: "
                                "Sommerfest\nMessage-ID: <1@post.example>\n"
                                "Date: Mon, 02 Mar 2026 10:15:00 +0100\n\nKommt alle!\n";

/* ---- the inbox is another one ---- */

static void a_new_inbox_loses_nothing_to_what_was_done_in_the_old_one(void **state)
{
  (void)state;
  struct worker *worker = post_worker(&town);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  assert_true(worker_round(worker, NULL) >= 2); /* decided and written to bela; not yet removed */
  g_autofree char *aside = g_strconcat(town.config->inbox, ".aside", NULL);
  assert_int_equal(g_rename(town.config->inbox, aside), 0);
  assert_true(inbox_create(town.config->inbox, NULL));
  post_in(&town, "bela@post.example", "gruenau@kiez.example",
          "From: bela@post.example\nTo: gruenau@kiez.example\nSubject: Anderes\n\nNeues\n");
  for (int i = 0; i < 4; i++) worker_round(worker, NULL);
  worker_free(worker);
  assert_letters("post:anna@post.example post:bela@post.example");
}

/* A letter that cannot be read (somebody is editing it) stops its own list's posts, and no others. */
static void many_mails_that_must_wait_keep_no_other_waiting(void **state)
{
  (void)state;
  int64_t english = town_list(&town, "expats", "group", false);
  town_member(&town, english, "anna@post.example", "member");
  struct list *list = list_get(town.store, english, NULL);
  g_free(list->language);
  list->language = g_strdup("en");
  assert_true(store_begin(town.store, NULL));
  assert_true(list_update(town.store, list, NULL));
  assert_true(store_commit(town.store, NULL));
  list_free(list);
  g_autofree char *letters = g_build_filename(town.directory, "share", "letters", "en", NULL);
  g_autofree char *footer = g_build_filename(letters, "footer.txt", NULL);
  assert_int_equal(g_mkdir_with_parents(letters, 0700), 0);
  assert_true(g_file_set_contents(footer, "{{#public}}\n", -1, NULL));
  struct worker *worker = post_worker(&town);
  for (int i = 0; i < 120; i++) {
    g_autofree char *text = g_strdup_printf("From: anna@post.example\nTo: expats@kiez.example\nSubject: "
                                            "%d\nMessage-ID: <e%d@post.example>\n\nHi\n",
                                            i, i);
    post_in(&town, "anna@post.example", "expats@kiez.example", text);
  }
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  for (int i = 0; i < 8; i++) {
    g_autoptr(GError) error = NULL;
    worker_round(worker, &error);
  }
  assert_letters("post:bela@post.example");
  assert_int_equal(inbox_count(town.inbox, NULL), 120);
  assert_int_equal(g_remove(footer), 0);
  for (int i = 0; i < 12; i++) {
    g_autoptr(GError) error = NULL;
    worker_round(worker, &error);
  }
  assert_int_equal(inbox_count(town.inbox, NULL), 0);
  worker_free(worker);
}

/* ---- addresses ---- */

static void an_answer_to_a_list_that_is_gone_reaches_no_other_list(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  assert_true(store_begin(town.store, NULL));
  assert_true(list_remove(town.store, gruenau, TEST_NOW, NULL));
  assert_true(store_commit(town.store, NULL));
  g_autofree char *token = token_at("adlershof", TOKEN_POST, 1);
  post_in(&town, "cem@post.example", token,
          "From: cem@post.example\nTo: x\nSubject: Re: Sommerfest\n\nNur für Grünau\n");
  post_work(&town);
  assert_letters("post:bela@post.example");
  assert_int_equal(count_holds(), 1);
}

static void an_answer_to_what_a_restore_lost_reaches_its_list(void **state)
{
  (void)state;
  g_autofree char *token = token_at("gruenau", TOKEN_POST, 4711);
  post_in(&town, "anna@post.example", token, "From: anna@post.example\nTo: x\nSubject: Re: Fest\n\nJa\n");
  post_in(&town, "cem@post.example", token, "From: cem@post.example\nTo: x\nSubject: Re: Fest\n\nIch auch\n");
  post_work(&town);
  assert_letters("post:bela@post.example");
  assert_int_equal(count_holds(), 1);
}

static void tokens_for_one_person_never_speak_to_the_list(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  static const enum token_purpose purposes[] = { TOKEN_AUTHOR, TOKEN_BOUNCE, TOKEN_LEAVE, TOKEN_ATTACHMENT,
                                                 TOKEN_LETTER };
  for (gsize i = 0; i < G_N_ELEMENTS(purposes); i++) {
    g_autofree char *token = token_at("gruenau", purposes[i], 1);
    g_autofree char *text = g_strdup_printf("From: bela@post.example\nTo: x\nSubject: Re: "
                                            "Sommerfest\nMessage-ID: <p%zu@post.example>\n\nGeheim\n",
                                            i);
    post_in(&town, "bela@post.example", token, text);
  }
  post_work(&town);
  g_autoptr(GPtrArray) messages = messages_latest(town.store, gruenau, 10, false, NULL);
  assert_int_equal(messages->len, 1);
}

static void an_answer_to_all_with_the_address_in_capitals_is_posted_once(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *token = token_at("gruenau", TOKEN_POST, 1);
  g_autofree char *capitals = g_ascii_strup(token, -1);
  static const char text[] = "From: bela@post.example\nTo: gruenau@kiez.example\nSubject: Re: "
                             "Sommerfest\nMessage-ID: <2@post.example>\n\nGern!\n";
  post_in(&town, "bela@post.example", capitals, text);
  post_in(&town, "bela@post.example", token, text);
  post_in(&town, "bela@post.example", "GRUENAU@kiez.example", text);
  post_in(&town, "bela@post.example", "gruenau@KIEZ.example", text);
  post_work(&town);
  assert_letters("post:anna@post.example post:bela@post.example");
}

/* ---- orders of arrival ---- */

static void the_front_door_first_and_the_list_after_it_leave_nothing_to_be_done(void **state)
{
  (void)state;
  static const char blind[] = "From: anna@post.example\nTo: freunde@post.example\nSubject: Fest\nMessage-ID: "
                              "<b@post.example>\n\nHallo\n";
  post_in(&town, "anna@post.example", "kiez@kiez.example", blind);
  post_work(&town);
  assert_int_equal(count_holds(), 1);
  clock_fix(TEST_NOW + 1800);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", blind);
  post_work(&town);
  clock_fix(TEST_NOW);
  assert_outcomes(1, "gruenau=posted kiez=filed");
  assert_int_equal(count_holds(), 0);
  assert_letters("front_door_ask:anna@post.example post:bela@post.example");
}

static void after_an_hour_the_front_door_keeps_what_it_got(void **state)
{
  (void)state;
  static const char blind[] = "From: anna@post.example\nTo: freunde@post.example\nSubject: Fest\nMessage-ID: "
                              "<b@post.example>\n\nHallo\n";
  post_in(&town, "anna@post.example", "kiez@kiez.example", blind);
  post_work(&town);
  clock_fix(TEST_NOW + 3601);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", blind);
  post_work(&town);
  clock_fix(TEST_NOW);
  assert_outcomes(1, "gruenau=posted kiez=held");
}

static void a_held_mail_that_went_to_two_names_of_a_list_is_posted_once(void **state)
{
  (void)state;
  struct list *list = list_find(town.store, "gruenau", NULL);
  g_strfreev(list->aliases);
  list->aliases = g_strsplit("gruenauer", " ", -1);
  assert_true(store_begin(town.store, NULL));
  assert_true(list_update(town.store, list, NULL));
  assert_true(store_commit(town.store, NULL));
  list_free(list);
  post_in(&town, "x@fremd.example", "gruenau@kiez.example gruenauer@kiez.example",
          "From: x@fremd.example\nTo: gruenau@kiez.example\nSubject: Fund\n\nEine Mütze.\n");
  post_work(&town);
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 10, NULL);
  struct worker *worker = post_worker(&town);
  for (guint i = 0; i < holds->len; i++)
    assert_true(worker_release_hold(worker, ((struct hold *)g_ptr_array_index(holds, i))->id, NULL));
  worker_free(worker);
  post_work(&town);
  assert_letters("post:anna@post.example post:bela@post.example");
}

static void a_short_word_of_thanks_may_be_said_again_another_day(void **state)
{
  (void)state;
  static const char thanks[] =
      "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Danke\n\nDanke!\n";
  post_in(&town, "anna@post.example", "gruenau@kiez.example", thanks);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", thanks);
  post_work(&town);
  assert_letters("post:bela@post.example"); /* the same day it is the same mail */
  clock_fix(TEST_NOW + 7 * 86400);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", thanks);
  post_work(&town);
  clock_fix(TEST_NOW);
  assert_letters("post:bela@post.example post:bela@post.example");
}

/* ---- people who are not who they say ---- */

static void nobody_is_answered_whose_address_may_be_forged(void **state)
{
  (void)state;
  g_autofree char *stale =
      reply_address(town.config, town.keys, "gruenau",
                    &(struct token){ .purpose = TOKEN_BOUNCE, .object = 77, .expiry_day = 100 });
  post_in(&town, "opfer@fremd.example", stale,
          "From: opfer@fremd.example\nTo: x\nSubject: Kauft Dinge\n\nBillig\n");
  post_in(&town, "opfer@fremd.example", stale,
          "Authentication-Results: mx.kiez.example; dmarc=fail header.from=fremd.example\nFrom: "
          "zwei@fremd.example\nTo: x\nSubject: Kauft Dinge\n\nBillig\n");
  post_work(&town);
  assert_letters("");
  assert_int_equal(count_holds(), 2);
}

static void an_attachment_is_no_tool_against_a_member(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Foto\nMIME-Version: 1.0\n"
          "Content-Type: multipart/mixed; boundary=g\n\n--g\nContent-Type: text/plain\n\nSchaut\n--g\n"
          "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\n"
          "PDF\n--g--\n");
  post_work(&town);
  g_autofree char *address = token_at("gruenau", TOKEN_ATTACHMENT, 1);
  for (int i = 0; i < 5; i++) {
    g_autofree char *text = g_strdup_printf("From: bela@post.example\nTo: x\nSubject: Anhang 1: a.pdf\n"
                                            "Message-ID: <w%d@boese.example>\n\nbitte\n",
                                            i);
    post_in(&town, "x@boese.example", address, text);
  }
  post_work(&town);
  assert_letters("attachment:bela@post.example post:bela@post.example");
  /* whom our MTA knows may ask again */
  post_in(&town, "bela@post.example", address,
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=post.example\nFrom: "
          "bela@post.example\nTo: x\nSubject: Anhang 1: a.pdf\nMessage-ID: <w@post.example>\n\nbitte\n");
  post_work(&town);
  assert_letters("attachment:bela@post.example attachment:bela@post.example post:bela@post.example");
}

static void nobody_announces_in_a_moderators_name(void **state)
{
  (void)state;
  post_in(&town, "x@boese.example", "amtsblatt@kiez.example",
          "From: dora@amt.example\nTo: amtsblatt@kiez.example\nSubject: Sperrung\n\nAlle Konten sind zu.\n");
  post_work(&town);
  assert_outcomes(1, "amtsblatt=held");
  assert_letters("");
  post_in(&town, "dora@amt.example", "amtsblatt@kiez.example",
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=amt.example\nFrom: "
          "dora@amt.example\nTo: amtsblatt@kiez.example\nSubject: Sperrung\n\nDie Brücke ist zu.\n");
  post_work(&town);
  assert_outcomes(2, "amtsblatt=posted");
  /* signed by her, and written to somebody else */
  post_in(&town, "x@boese.example", "amtsblatt@kiez.example",
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=amt.example\nFrom: "
          "dora@amt.example\nTo: cem@post.example\nSubject: Kantine\n\nDer Chef nervt.\n");
  post_work(&town);
  assert_outcomes(3, "amtsblatt=held");
}

static void a_stranger_whom_nobody_knows_waits_at_an_open_list_too(void **state)
{
  (void)state;
  struct list *list = list_find(town.store, "gruenau", NULL);
  g_free(list->posting);
  list->posting = g_strdup("anyone");
  assert_true(store_begin(town.store, NULL));
  assert_true(list_update(town.store, list, NULL));
  assert_true(store_commit(town.store, NULL));
  list_free(list);
  post_in(&town, "x@fremd.example", "gruenau@kiez.example",
          "From: x@fremd.example\nTo: gruenau@kiez.example\nSubject: Fund\n\nEine Mütze.\n");
  post_work(&town);
  assert_outcomes(1, "gruenau=held");
  post_in(&town, "x@fremd.example", "gruenau@kiez.example",
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=fremd.example\nFrom: "
          "x@fremd.example\nTo: gruenau@kiez.example\nSubject: Fund\n\nEin Handschuh.\n");
  post_work(&town);
  assert_outcomes(2, "gruenau=posted");
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 10, NULL);
  struct worker *worker = post_worker(&town);
  assert_true(worker_release_hold(worker, ((struct hold *)g_ptr_array_index(holds, 0))->id, NULL));
  worker_free(worker);
  assert_outcomes(1, "gruenau=posted");
}

/* Two programs that answer everything, and say of nothing that they are programs. */
static void two_answering_machines_do_not_write_for_ever(void **state)
{
  (void)state;
  post_in(&town, "x@fremd.example", "postmaster@kiez.example",
          "From: x@fremd.example\nTo: postmaster@kiez.example\nSubject: Frage\n\nGeht die Mail?\n");
  post_work(&town);
  const char *purpose = "admin", *reader = "admin@amt.example", *other = "x@fremd.example";
  for (int hop = 0; hop < 6; hop++) {
    g_autofree char *text = post_mail(&town, purpose, reader);
    if (!text) break;
    g_autoptr(mail_t) seen =
        mail_read(text, strlen(text), &(struct mail_reading){ .domain = "kiez.example" });
    g_autofree char *answer = g_strdup_printf(
        "From: %s\nTo: y\nSubject: Re: Frage\nMessage-ID: <h%d@x>\n\nIhre Nachricht ist uns wichtig.\n",
        reader, hop);
    clock_fix(clock_now() + 3);
    post_in(&town, reader, seen->from.address, answer);
    post_work(&town);
    const char *swap = reader;
    reader = other;
    other = swap;
    purpose = "private";
  }
  clock_fix(TEST_NOW);
  assert_letters("admin:admin@amt.example");
  assert_int_equal(count_holds(), 1);
}

/* ---- what people write ---- */

/* Marks of slots and line breaks in every place that a stranger fills. */
static void nothing_written_by_others_becomes_a_field_or_a_slot(void **state)
{
  (void)state;
  static const char text[] =
      "From: =?utf-8?B?QW5uYQ0KQmNjOiB4QGJvZXNlLmV4YW1wbGUNCgFhAg==?= <anna@post.example>\n"
      "To: gruenau@kiez.example\n"
      "Subject: =?utf-8?B?RmVzdA0KQmNjOiB4QGJvZXNlLmV4YW1wbGUNCg0KQm9keQFhAg==?=\n"
      "Message-ID: <1\x01"
      "a\x02@post.example>\nIn-Reply-To: <q\x01"
      "a\x02@x>\nReferences: <r@x\x01"
      "a\x02>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=g\n\n"
      "--g\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nEins \x01"
      "a\x02 zwei\n"
      "--g\nContent-Type: text/html\n\n<p>drei \x01"
      "a\x02 vier</p>\n"
      "--g\nContent-Type: text/plain; name=\"x\x01"
      "a\x02.txt\"\nContent-Disposition: attachment; "
      "filename*=utf-8''a%0D%0ABcc:%20x%01a%02.txt\nContent-Description: y\x01"
      "a\x02\n\nfuenf \x01"
      "a\x02\n"
      "--g\nContent-Type: message/rfc822\n\nSubject: sechs \x01"
      "a\x02\n\nsieben \x01"
      "a\x02\n--g--\n";
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autoptr(letter_t) letter = letter_get(town.store, 1, true, NULL);
  gsize size = 0, slots = 0;
  const char *content = g_bytes_get_data(letter->content, &size);
  for (gsize i = 0; i < size; i++) slots += content[i] == 1;
  assert_int_equal(slots, 1); /* List-Unsubscribe */
  g_autofree char *got = post_mail(&town, "post", "bela@post.example");
  const char *end = strstr(got, "\r\n\r\n");
  g_autofree char *head = g_strndup(got, (gsize)(end - got));
  assert_null(strstr(head, "\nBcc"));
  assert_null(strchr(got, 1));
  assert_null(strstr(got, "\nBcc"));
  for (const char *p = got; *p; p++) assert_false(*p == '\n' && p[-1] != '\r');
}

/* Two lists that are members of each other, and an admin who is one of our lists: nothing goes round. */
static void lists_that_are_members_of_each_other_make_no_loop(void **state)
{
  (void)state;
  town_member(&town, gruenau, "adlershof@kiez.example", "member");
  town_member(&town, adlershof, "gruenau@kiez.example", "member");
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *copy = post_mail(&town, "post", "adlershof@kiez.example");
  assert_non_null(copy);
  g_auto(GStrv) lines = g_strsplit(copy, "\r\n", -1);
  g_autofree char *lf = g_strjoinv("\n", lines);
  post_in(&town, "gruenau+x@kiez.example", "adlershof@kiez.example", lf);
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_null(strstr(letters, "cem@"));
  assert_int_equal(count_holds(), 0);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_new_inbox_loses_nothing_to_what_was_done_in_the_old_one),
    CASE(many_mails_that_must_wait_keep_no_other_waiting),
    CASE(an_answer_to_a_list_that_is_gone_reaches_no_other_list),
    CASE(an_answer_to_what_a_restore_lost_reaches_its_list),
    CASE(tokens_for_one_person_never_speak_to_the_list),
    CASE(an_answer_to_all_with_the_address_in_capitals_is_posted_once),
    CASE(the_front_door_first_and_the_list_after_it_leave_nothing_to_be_done),
    CASE(after_an_hour_the_front_door_keeps_what_it_got),
    CASE(a_held_mail_that_went_to_two_names_of_a_list_is_posted_once),
    CASE(a_short_word_of_thanks_may_be_said_again_another_day),
    CASE(nobody_is_answered_whose_address_may_be_forged),
    CASE(an_attachment_is_no_tool_against_a_member),
    CASE(nobody_announces_in_a_moderators_name),
    CASE(a_stranger_whom_nobody_knows_waits_at_an_open_list_too),
    CASE(two_answering_machines_do_not_write_for_ever),
    CASE(nothing_written_by_others_becomes_a_field_or_a_slot),
    CASE(lists_that_are_members_of_each_other_make_no_loop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
