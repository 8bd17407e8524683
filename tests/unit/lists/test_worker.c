/* The worker on a real store and inbox: what becomes of mails, and that nothing is lost, doubled or posted by
 * those who may not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/two_groups.h"

#include "lists/addresses/reply_address.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

static const char from_anna[] = "From: Anna Arndt <anna@post.example>\nTo: gruenau@kiez.example\nSubject: "
                                "Sommerfest\nMessage-ID: <1@post.example>\n"
                                "Date: Mon, 02 Mar 2026 10:15:00 +0100\n\nKommt alle!\n";

static void a_members_post_goes_to_every_other_member(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  assert_outcomes(1, "gruenau=posted");
  assert_letters("post:bela@post.example");
  assert_int_equal(inbox_count(town.inbox, NULL), 0);
  g_autoptr(message_row) message = message_find(town.store, gruenau, "1@post.example", NULL);
  assert_non_null(message);
  assert_true(message->is_public);
  assert_string_equal(message->text, "Kommt alle!");
}

static void the_same_mail_again_changes_nothing(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  /* by another way: with a trace, and other envelope case */
  g_autofree char *again = g_strconcat(
      "Received: from a by b; Mon, 02 Mar 2026 10:16:00 +0100\nDKIM-Signature: v=1\n", from_anna, NULL);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", again);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  assert_letters("post:bela@post.example");
  assert_int_equal(inbox_count(town.inbox, NULL), 0);
}

static void a_member_of_two_lists_gets_one_copy(void **state)
{
  (void)state;
  post_in(
      &town, "cem@post.example", "adlershof@kiez.example gruenau@kiez.example",
      "From: cem@post.example\nTo: adlershof@kiez.example, gruenau@kiez.example\nSubject: Fest\n\nHallo\n");
  post_in(&town, "bela@post.example", "gruenau@kiez.example adlershof@kiez.example",
          "From: bela@post.example\nTo: gruenau@kiez.example, adlershof@kiez.example\nSubject: Fest "
          "2\n\nHallo\n");
  post_work(&town);
  /* cem is a stranger in gruenau, bela one in adlershof: there the mails are held, and posted once they are
   * let through */
  assert_outcomes(1, "adlershof=posted gruenau=held");
  assert_outcomes(2, "adlershof=held gruenau=posted");
  assert_letters("post:anna@post.example post:anna@post.example");
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 10, NULL);
  assert_int_equal(holds->len, 2);
  struct worker *worker = post_worker(&town);
  for (guint i = 0; i < holds->len; i++)
    assert_true(worker_release_hold(worker, ((struct hold *)g_ptr_array_index(holds, i))->id, NULL));
  worker_free(worker);
  post_work(&town);
  assert_outcomes(1, "adlershof=posted gruenau=posted");
  assert_letters(
      "post:anna@post.example post:anna@post.example post:bela@post.example post:cem@post.example");
}

static void the_front_door_only_files_what_a_list_acts_on(void **state)
{
  (void)state;
  static const char text[] =
      "From: anna@post.example\nTo: kiez@kiez.example\nCc: gruenau@kiez.example\nSubject: Fest\n\nHallo\n";
  post_in(&town, "anna@post.example", "kiez@kiez.example gruenau@kiez.example", text);
  post_work(&town);
  assert_outcomes(1, "gruenau=posted kiez=filed");
}

static void the_front_door_in_a_transaction_of_its_own_as_well(void **state)
{
  (void)state;
  static const char text[] =
      "From: anna@post.example\nTo: kiez@kiez.example\nCc: gruenau@kiez.example\nSubject: Fest\n\nHallo\n";
  post_in(&town, "anna@post.example", "kiez@kiez.example", text);
  post_work(&town);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  assert_outcomes(1, "gruenau=posted kiez=filed");
  assert_letters("post:bela@post.example");
}

static void the_front_door_alone_holds_until_it_is_built(void **state)
{
  (void)state;
  town_list(&town, "maengel", "defects", false);
  post_in(&town, "anna@post.example", "kiez@kiez.example",
          "From: anna@post.example\nTo: kiez@kiez.example\nSubject: Frage\n\nWer hilft?\n");
  post_in(&town, "anna@post.example", "maengel@kiez.example",
          "From: anna@post.example\nTo: maengel@kiez.example\nSubject: Laterne\n\nsie ist aus\n");
  post_work(&town);
  assert_outcomes(1, "kiez=held");
  assert_outcomes(2, "maengel=held");
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 10, NULL);
  const struct hold *hold = g_ptr_array_index(holds, 1);
  assert_string_equal(hold->code, "kind_not_ready");
  assert_non_null(strstr(hold->reason, "not built yet"));
  struct worker *worker = post_worker(&town);
  g_autoptr(GError) error = NULL;
  assert_false(worker_release_hold(worker, hold->id, &error));
  assert_non_null(error);
  worker_free(worker);
}

static void a_blind_copy_is_routed_by_its_envelope(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: freunde@post.example\nSubject: Fest\n\nHallo\n");
  post_work(&town);
  assert_outcomes(1, "gruenau=posted");
}

static void two_addresses_of_one_list_make_one_post(void **state)
{
  (void)state;
  g_autofree char *token =
      reply_address(town.config, town.keys, "gruenau", &(struct token){ .purpose = TOKEN_POST, .object = 1 });
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *both = g_strdup_printf("gruenau@kiez.example %s", token);
  post_in(&town, "bela@post.example", both,
          "From: bela@post.example\nTo: gruenau@kiez.example\nSubject: Re: Sommerfest\n\nGern!\n");
  post_work(&town);
  assert_letters("post:anna@post.example post:bela@post.example");
}

static void a_message_id_used_twice_blocks_nobody(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_in(&town, "bela@post.example", "gruenau@kiez.example",
          "From: bela@post.example\nTo: gruenau@kiez.example\nSubject: Anderes\nMessage-ID: "
          "<1@post.example>\n\nEtwas anderes.\n");
  post_work(&town);
  assert_outcomes(1, "gruenau=posted");
  assert_outcomes(2, "gruenau=posted");
  assert_letters("post:anna@post.example post:bela@post.example");
  g_autoptr(message_row) second = message_of_mail(town.store, gruenau, 2, NULL);
  assert_string_not_equal(second->message_id, "1@post.example");
  assert_non_null(strstr(second->message_id, "@kiez.example"));
}

static void a_strangers_post_is_held_and_can_be_let_through(void **state)
{
  (void)state;
  post_in(&town, "x@fremd.example", "gruenau@kiez.example",
          "From: Xaver <x@fremd.example>\nTo: gruenau@kiez.example\nSubject: Fund\n\nEine Mütze gefunden.\n");
  post_work(&town);
  assert_outcomes(1, "gruenau=held");
  assert_letters(""); /* not authenticated: no sentence back */
  g_autoptr(GPtrArray) holds = holds_page(town.store, gruenau, 0, 10, NULL);
  assert_int_equal(holds->len, 1);
  const struct hold *hold = g_ptr_array_index(holds, 0);
  assert_string_equal(hold->code, "non_member");
  struct worker *worker = post_worker(&town);
  assert_true(worker_release_hold(worker, hold->id, NULL));
  assert_false(worker_release_hold(worker, hold->id, NULL));
  worker_free(worker);
  post_work(&town);
  assert_outcomes(1, "gruenau=posted");
  assert_letters("post:anna@post.example post:bela@post.example");
}

static void an_authenticated_stranger_gets_one_sentence_a_day(void **state)
{
  (void)state;
  for (int i = 0; i < 3; i++) {
    g_autofree char *text =
        g_strdup_printf("Authentication-Results: mx.kiez.example; dmarc=pass "
                        "header.from=fremd.example\nFrom: Xaver <x@fremd.example>\n"
                        "To: gruenau@kiez.example\nSubject: Fund %d\n\nEine Mütze gefunden.\n",
                        i);
    post_in(&town, "x@fremd.example", "gruenau@kiez.example", text);
    post_work(&town);
    if (i == 1) clock_fix(TEST_NOW + 25 * 3600);
  }
  clock_fix(TEST_NOW);
  assert_letters("hold_notice:x@fremd.example hold_notice:x@fremd.example");
}

static void robots_are_filed_and_never_posted(void **state)
{
  (void)state;
  post_in(&town, "", "gruenau@kiez.example", from_anna);
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: gruenau@kiez.example\nAuto-Submitted: auto-replied\nSubject: "
          "weg\n\nIch bin weg\n");
  post_work(&town);
  assert_outcomes(1, "gruenau=ignored");
  assert_outcomes(2, "gruenau=ignored");
  assert_letters("");
}

static void only_moderators_write_announcements(void **state)
{
  (void)state;
  post_in(&town, "bela@post.example", "amtsblatt@kiez.example",
          "From: bela@post.example\nTo: amtsblatt@kiez.example\nSubject: Hallo\n\nHallo\n");
  post_in(&town, "dora@amt.example", "amtsblatt@kiez.example",
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=amt.example\nFrom: "
          "dora@amt.example\nTo: amtsblatt@kiez.example\nSubject: Sperrung\n\nDie Brücke ist zu.\n");
  post_work(&town);
  assert_outcomes(1, "amtsblatt=held");
  assert_outcomes(2, "amtsblatt=posted");
  assert_letters("post:bela@post.example");
  g_autoptr(letter_t) question = letter_get(town.store, 1, false, NULL);
  assert_string_equal(question->purpose, "moderate");
  g_autoptr(letter_t) letter = letter_get(town.store, 2, true, NULL);
  assert_true(letter->is_batch);
  assert_true(g_str_has_prefix(letter->envelope_from, "amtsblatt+"));
  gsize size = 0;
  const char *content = g_bytes_get_data(letter->content, &size);
  assert_null(memchr(content, 1, size)); /* one envelope for many: nothing in it differs */
}

static void a_private_answer_goes_to_the_author_alone_and_back(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *author = reply_address(town.config, town.keys, "gruenau",
                                          &(struct token){ .purpose = TOKEN_AUTHOR, .object = 1 });
  post_in(&town, "bela@post.example", author,
          "From: Bela <bela@post.example>\nTo: x\nSubject: Re: Sommerfest\n\nNur für dich.\n");
  post_work(&town);
  assert_letters("post:bela@post.example private:anna@post.example");
  g_autofree char *private = post_mail(&town, "private", "anna@post.example");
  assert_null(strstr(private, "bela@post.example"));
  assert_non_null(strstr(private, "Nur f"));
  /* anna answers to the From she sees */
  g_autoptr(mail_t) seen =
      mail_read(private, strlen(private), &(struct mail_reading){ .domain = "kiez.example" });
  g_autofree char *to = g_strdup(seen->from.address);
  clock_fix(TEST_NOW + 60);
  post_in(&town, "anna@post.example", to,
          "From: Anna <anna@post.example>\nTo: y\nSubject: Re: Sommerfest\n\nDanke!\n");
  post_work(&town);
  assert_letters("post:bela@post.example private:anna@post.example private:bela@post.example");
  g_autofree char *back = post_mail(&town, "private", "bela@post.example");
  assert_null(strstr(back, "anna@post.example"));
  g_autoptr(GPtrArray) messages = messages_latest(town.store, gruenau, 10, false, NULL);
  assert_int_equal(messages->len, 1); /* nothing of it is filed */
}

static void a_private_answer_of_a_stranger_is_held(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *author = reply_address(town.config, town.keys, "gruenau",
                                          &(struct token){ .purpose = TOKEN_AUTHOR, .object = 1 });
  post_in(&town, "x@fremd.example", author, "From: x@fremd.example\nTo: x\nSubject: Kauf\n\nBillig!\n");
  post_work(&town);
  g_autofree char *outcomes = post_outcomes(&town, 2);
  assert_true(g_str_has_suffix(outcomes, "=held"));
  assert_letters("post:bela@post.example");
}

static void postmaster_reaches_the_admin_and_the_answer_comes_back(void **state)
{
  (void)state;
  post_in(&town, "x@fremd.example", "postmaster@kiez.example",
          "From: Xaver <x@fremd.example>\nTo: postmaster@kiez.example\nSubject: Frage\n\nGeht die Mail?\n");
  post_work(&town);
  assert_outcomes(1, "postmaster=forwarded");
  assert_letters("admin:admin@amt.example");
  g_autofree char *text = post_mail(&town, "admin", "admin@amt.example");
  g_autoptr(mail_t) seen = mail_read(text, strlen(text), &(struct mail_reading){ .domain = "kiez.example" });
  clock_fix(TEST_NOW + 60);
  post_in(&town, "admin@amt.example", seen->from.address,
          "From: admin@amt.example\nTo: y\nSubject: Re: Frage\n\nJa.\n");
  post_work(&town);
  assert_letters("admin:admin@amt.example private:x@fremd.example");
}

static void an_expired_address_is_a_new_mail_and_one_sentence_back(void **state)
{
  (void)state;
  g_autofree char *stale =
      reply_address(town.config, town.keys, "gruenau",
                    &(struct token){ .purpose = TOKEN_POST, .object = 77, .expiry_day = 100 });
  post_in(&town, "anna@post.example", stale,
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=post.example\nFrom: "
          "anna@post.example\nTo: x\nSubject: Winter\n\nNoch eine Antwort\n");
  post_in(&town, "x@fremd.example", stale,
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=fremd.example\nFrom: "
          "x@fremd.example\nTo: x\nSubject: Winter\n\nNoch eine\n");
  post_work(&town);
  assert_letters("hold_notice:x@fremd.example post:bela@post.example stale_reply:anna@post.example "
                 "stale_reply:x@fremd.example");
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 10, NULL);
  assert_int_equal(holds->len, 1);
}

static void an_answer_without_references_finds_its_thread_by_the_token(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *token =
      reply_address(town.config, town.keys, "gruenau", &(struct token){ .purpose = TOKEN_POST, .object = 1 });
  post_in(&town, "bela@post.example", token,
          "From: bela@post.example\nTo: x\nSubject: Kuchen\n\nIch backe.\n");
  post_in(&town, "bela@post.example", token,
          "From: bela@post.example\nTo: x\nSubject: Salat\nReferences: "
          "<umgeschrieben@gateway.example>\n\nIch auch.\n");
  post_work(&town);
  for (int64_t mail = 2; mail <= 3; mail++) {
    g_autoptr(message_row) message = message_of_mail(town.store, gruenau, mail, NULL);
    assert_int_equal(message->parent, 1);
  }
}

static void a_token_acts_at_its_own_list_whatever_it_stands_behind(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autofree char *token = reply_address(town.config, town.keys, "adlershof",
                                         &(struct token){ .purpose = TOKEN_POST, .object = 1 });
  post_in(&town, "bela@post.example", token,
          "From: bela@post.example\nTo: x\nSubject: Re: Sommerfest\n\nGern\n");
  post_work(&town);
  g_autoptr(message_row) message = message_of_mail(town.store, gruenau, 2, NULL);
  assert_non_null(message);
}

static void a_mail_that_killed_the_worker_three_times_is_set_aside(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  for (int death = 1; death <= 3; death++) {
    g_autoptr(GPtrArray) taken =
        inbox_take(town.inbox, NULL, 0, 50, NULL); /* taken, and never heard of again */
    assert_int_equal(taken->len, 1);
  }
  post_work(&town);
  g_autoptr(GPtrArray) aside = inbox_list(town.inbox, 0, 10, true, NULL);
  assert_int_equal(aside->len, 1);
  const struct inbox_mail *mail = g_ptr_array_index(aside, 0);
  assert_non_null(strstr(mail->reason, "3 times"));
  assert_letters("set_aside:admin@amt.example");
  assert_true(inbox_release(town.inbox, mail->id, NULL));
  post_work(&town);
  assert_letters("post:bela@post.example set_aside:admin@amt.example");
}

static void the_death_of_a_batch_counts_for_nobody(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Zwei\n\nHallo\n");
  for (int death = 1; death <= 3; death++) { /* of both, then two of the first alone */
    g_autoptr(GPtrArray) taken = inbox_take(town.inbox, NULL, 0, 50, NULL);
    assert_int_equal(taken->len, death == 1 ? 2 : 1);
  }
  post_work(&town);
  g_autoptr(GPtrArray) aside = inbox_list(town.inbox, 0, 10, true, NULL);
  assert_int_equal(aside->len, 0);
  assert_letters("post:bela@post.example post:bela@post.example");
}

static void two_deaths_are_not_yet_enough(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  for (int death = 1; death <= 2; death++) {
    g_autoptr(GPtrArray) taken = inbox_take(town.inbox, NULL, 0, 50, NULL);
    assert_int_equal(taken->len, 1);
  }
  post_work(&town);
  assert_letters("post:bela@post.example");
}

/* The store refuses one message, when its mail and its thread are written already. */
static void refuse_subject(const char *subject)
{
  g_autofree char *path = g_build_filename(town.config->store, "kiezpost.db", NULL);
  g_autofree char *sql =
      g_strdup_printf("CREATE TRIGGER refusal BEFORE INSERT ON message WHEN NEW.subject = '%s' "
                      "BEGIN SELECT RAISE(ABORT, 'refused'); END",
                      subject);
  sqlite3 *handle = NULL;
  assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
  assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(handle);
}

static void a_mail_that_cannot_be_decided_takes_no_other_with_it(void **state)
{
  (void)state;
  refuse_subject("Zwei");
  static const char *const subjects[] = { "Eins", "Zwei", "Drei" };
  for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++) {
    g_autofree char *text = g_strdup_printf(
        "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: %s\n\nHallo\n", subjects[i]);
    post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  }
  post_work(&town);
  assert_letters("post:bela@post.example post:bela@post.example set_aside:admin@amt.example");
  g_autoptr(GPtrArray) aside = inbox_list(town.inbox, 0, 10, true, NULL);
  assert_int_equal(aside->len, 1);
  assert_non_null(strstr(((const struct inbox_mail *)aside->pdata[0])->reason, "refused"));
  assert_int_equal(inbox_count(town.inbox, NULL), 1);
  g_autoptr(GPtrArray) threads = threads_page(town.store, gruenau, 0, 10, NULL);
  assert_int_equal(threads->len, 2); /* nothing is left of the one in the middle, numbers have no gap */
  assert_int_equal(((const struct thread *)threads->pdata[1])->number, 2);
}

static void a_full_disk_keeps_every_mail_and_counts_no_attempt(void **state)
{
  (void)state;
  struct worker *worker = post_worker(&town);
  for (int i = 0; i < 3; i++) {
    g_autofree char *filler = g_strnfill(200000, 'x');
    g_autofree char *text =
        g_strdup_printf("From: anna@post.example\nTo: gruenau@kiez.example\nSubject: F%d\n\n%s\n", i, filler);
    post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  }
  g_autofree char *wal = g_build_filename(town.config->store, "kiezpost.db-wal", NULL);
  GStatBuf info = { 0 };
  g_stat(wal, &info);
  struct rlimit before, small;
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = (rlim_t)info.st_size + 100000;
  setrlimit(RLIMIT_FSIZE, &small);
  g_autoptr(GError) error = NULL;
  int done = 0;
  for (int i = 0; i < 6 && (done = worker_round(worker, &error)) >= 0; i++) continue;
  setrlimit(RLIMIT_FSIZE, &before);
  assert_int_equal(done, -1);
  assert_non_null(error);
  assert_int_equal(inbox_count(town.inbox, NULL), 3);
  g_autoptr(GPtrArray) waiting = inbox_list(town.inbox, 0, 10, false, NULL);
  for (guint i = 0; i < waiting->len; i++) {
    const struct inbox_mail *mail = g_ptr_array_index(waiting, i);
    assert_int_equal(mail->attempts, 0);
    assert_int_equal(mail->aside, 0);
  }
  worker_free(worker);
  post_work(&town);
  assert_int_equal(inbox_count(town.inbox, NULL), 0);
  assert_letters("post:bela@post.example post:bela@post.example post:bela@post.example");
}

static void a_new_list_is_published_to_the_receiver_at_once(void **state)
{
  (void)state;
  struct worker *worker = post_worker(&town);
  town_list(&town, "mueggelheim", "group", true);
  assert_true(worker_round(worker, NULL) >= 0);
  g_autoptr(address_book_t) book = addresses_from_file(town.config->addresses, town.config, NULL);
  assert_non_null(book);
  assert_int_equal(addresses_look_up(book, town.keys, "mueggelheim@kiez.example", TEST_NOW).meaning,
                   ADDRESS_LIST);
  post_in(&town, "anna@post.example", "mueggelheim@kiez.example", from_anna);
  assert_true(worker_round(worker, NULL) > 0);
  worker_free(worker);
  assert_outcomes(1, "mueggelheim=held");
}

static void the_date_is_committed_once_a_day(void **state)
{
  (void)state;
  post_work(&town);
  g_autofree char *today = store_setting(town.store, "clock_date", NULL);
  assert_string_equal(today, "2026-03-02");
  clock_fix(TEST_NOW + 14 * 3600); /* 2026-03-02T23:15Z is already the third in Berlin */
  post_work(&town);
  clock_fix(TEST_NOW);
  g_autofree char *tomorrow = store_setting(town.store, "clock_date", NULL);
  assert_string_equal(tomorrow, "2026-03-03");
}

static void letters_that_were_sent_long_ago_are_cleared_away(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  post_work(&town);
  g_autoptr(GPtrArray) due = outbox_page(town.store, 0, 0, 10, false, NULL);
  struct delivery *delivery = g_ptr_array_index(due, 0);
  const struct delivery *const sent[] = { delivery };
  delivery->state = DELIVERY_SENT;
  delivery->at = TEST_NOW;
  assert_true(store_begin(town.store, NULL));
  assert_true(outbox_mark(town.store, sent, 1, NULL));
  assert_true(store_commit(town.store, NULL));
  clock_fix(TEST_NOW + 29 * 86400);
  post_work(&town);
  assert_letters("post:bela@post.example");
  clock_fix(TEST_NOW + 31 * 86400);
  post_work(&town);
  clock_fix(TEST_NOW);
  assert_letters("");
}

static void a_list_that_anyone_may_write_to_takes_strangers(void **state)
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
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=fremd.example\nFrom: "
          "x@fremd.example\nTo: gruenau@kiez.example\nSubject: Fund\n\nEine Mütze.\n");
  post_work(&town);
  assert_outcomes(1, "gruenau=posted");
}

static void a_list_removed_after_its_mail_was_accepted_loses_nothing(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example", from_anna);
  assert_true(store_begin(town.store, NULL));
  assert_true(list_remove(town.store, gruenau, TEST_NOW, NULL));
  assert_true(store_commit(town.store, NULL));
  post_work(&town);
  assert_outcomes(1, "gruenau=held");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_members_post_goes_to_every_other_member),
    CASE(the_same_mail_again_changes_nothing),
    CASE(a_member_of_two_lists_gets_one_copy),
    CASE(the_front_door_only_files_what_a_list_acts_on),
    CASE(the_front_door_in_a_transaction_of_its_own_as_well),
    CASE(the_front_door_alone_holds_until_it_is_built),
    CASE(a_blind_copy_is_routed_by_its_envelope),
    CASE(two_addresses_of_one_list_make_one_post),
    CASE(a_message_id_used_twice_blocks_nobody),
    CASE(a_strangers_post_is_held_and_can_be_let_through),
    CASE(an_authenticated_stranger_gets_one_sentence_a_day),
    CASE(robots_are_filed_and_never_posted),
    CASE(only_moderators_write_announcements),
    CASE(a_private_answer_goes_to_the_author_alone_and_back),
    CASE(a_private_answer_of_a_stranger_is_held),
    CASE(postmaster_reaches_the_admin_and_the_answer_comes_back),
    CASE(an_expired_address_is_a_new_mail_and_one_sentence_back),
    CASE(an_answer_without_references_finds_its_thread_by_the_token),
    CASE(a_token_acts_at_its_own_list_whatever_it_stands_behind),
    CASE(a_mail_that_killed_the_worker_three_times_is_set_aside),
    CASE(the_death_of_a_batch_counts_for_nobody),
    CASE(two_deaths_are_not_yet_enough),
    CASE(a_mail_that_cannot_be_decided_takes_no_other_with_it),
    CASE(a_full_disk_keeps_every_mail_and_counts_no_attempt),
    CASE(a_new_list_is_published_to_the_receiver_at_once),
    CASE(the_date_is_committed_once_a_day),
    CASE(letters_that_were_sent_long_ago_are_cleared_away),
    CASE(a_list_that_anyone_may_write_to_takes_strangers),
    CASE(a_list_removed_after_its_mail_was_accepted_loses_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
