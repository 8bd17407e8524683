/* Letters that come back: what counts and what does not, who pauses, who is asked, who wakes up; complaints;
 * and that nobody can use any of this against somebody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/store/returns/bounces.h"
#include "lists/addresses/reply_address.h"

#include "tests/unit/lists/moderated.h"

enum { DAY = 86400 };

/* The delivery of the last letter of a purpose to an address: its envelope sender. Caller frees. */
static char *bounce_address_of(struct club *club, const char *purpose, const char *address)
{
  char *found = NULL;
  g_autoptr(GPtrArray) page = outbox_page(club->town.store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(club->town.store, delivery->letter, false, NULL);
    if (strcmp(letter->purpose, purpose) != 0 || strcmp(delivery->address, address) != 0) continue;
    g_free(found);
    found = g_strdup(*delivery->envelope_from ? delivery->envelope_from : letter->envelope_from);
  }
  if (!found) fail_msg("no letter %s to %s", purpose, address);
  return found;
}

/* A mail system's report about `address`, to a bounce address of ours. */
static void report(struct club *club, const char *to, const char *address, const char *status,
                   const char *said)
{
  g_autofree char *mail = g_strdup_printf(
      "From: MAILER-DAEMON@mx.web.de\nTo: <%s>\nSubject: Undelivered Mail Returned to Sender\n"
      "Message-ID: <dsn%d@mx.web.de>\nMIME-Version: 1.0\nAuto-Submitted: auto-replied\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nI could not deliver your message.\n<%s>: %s\n"
      "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.web.de\n\n"
      "Final-Recipient: rfc822; %s\nAction: failed\nStatus: %s\nDiagnostic-Code: smtp; %s\n\n--b--\n",
      to, ++club->mails, address, said, address, status, said);
  post_in(&club->town, "", to, mail);
  post_work(&club->town);
}

static const char no_such_user[] = "550 5.1.1 User unknown";

/* Bert writes to the group, so that everybody gets a letter today. */
static void post_today(struct club *club)
{
  g_autofree char *text = g_strdup_printf("Heute ist Tag %d, wer kommt zum Hof?", club->mails);
  club_write(club, "bert@web.de", "gruenau@kiez.example", text, text, true);
}

/* So many days in a row a post goes out, and Anna's copy comes back. */
static void bounce_for_days(struct club *club, int days, const char *status, const char *said)
{
  for (int i = 0; i < days; i++) {
    clock_fix(clock_now() + DAY);
    post_today(club);
    g_autofree char *to = bounce_address_of(club, "post", "anna@web.de");
    report(club, to, "anna@web.de", status, said);
  }
}

static int score_of(struct club *club, const char *address)
{
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(bounce_t) bounce = bounce_get(club->town.store, person, address, NULL);
  return bounce->score;
}

static bool is_suspect(struct club *club, const char *address)
{
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(bounce_t) bounce = bounce_get(club->town.store, person, address, NULL);
  return bounce->suspect_until > clock_now();
}

static void three_days_of_hard_bounces_pause_a_member(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bounce_for_days(&club, 2, "5.1.1", no_such_user);
  assert_int_equal(score_of(&club, "anna@web.de"), 20);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  bounce_for_days(&club, 1, "5.1.1", no_such_user);
  assert_string_equal(club_state(&club, "anna@web.de"), "bouncing each");
  int before = moderated_count(&club, "post", "anna@web.de");
  clock_fix(clock_now() + DAY);
  post_today(&club);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), before);
  club_close(&club);
}

static void many_bounces_of_one_day_count_once(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  for (int i = 0; i < 5; i++) {
    post_today(&club);
    g_autofree char *to = bounce_address_of(&club, "post", "anna@web.de");
    report(&club, to, "anna@web.de", "5.1.1", no_such_user);
  }
  assert_int_equal(score_of(&club, "anna@web.de"), 10);
  club_close(&club);
}

static void the_same_letter_counts_once_whatever_the_day(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *to = bounce_address_of(&club, "post", "anna@web.de");
  for (int i = 0; i < 10; i++) { /* who got hold of one mail of hers replays its address for ten days */
    report(&club, to, "anna@web.de", "5.1.1", no_such_user);
    clock_fix(clock_now() + DAY);
  }
  assert_in_range(score_of(&club, "anna@web.de"), 0, 10);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

static void another_address_in_the_report_does_not_matter(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *to = bounce_address_of(&club, "post", "anna@web.de");
  report(&club, to, "weitergeleitet@gmx.de", "5.1.1", no_such_user);
  assert_int_equal(score_of(&club, "anna@web.de"), 10);
  club_close(&club);
}

static void a_forged_address_does_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *to = bounce_address_of(&club, "post", "anna@web.de");
  char *last = strchr(to, '@') - 1;
  *last = *last == 'a' ? 'b' : 'a';
  report(&club, to, "anna@web.de", "5.1.1", no_such_user);
  report(&club, "gruenau@kiez.example", "anna@web.de", "5.1.1", no_such_user);
  assert_int_equal(score_of(&club, "anna@web.de"), 0);
  club_close(&club);
}

/* A bounce address as we would sign it. Caller frees. */
static char *signed_address(struct club *club, int64_t letter, int64_t person, unsigned days)
{
  struct token token = { .purpose = TOKEN_BOUNCE,
                         .object = (uint32_t)letter,
                         .person = (uint32_t)person,
                         .expiry_day = token_day_after(clock_now(), days) };
  return reply_address(club->town.config, club->town.keys, "gruenau", &token);
}

static void a_letter_that_never_went_to_the_person_does_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t stranger = town_member(&club.town, club.door, "dora@web.de", "member");
  post_today(&club);
  g_autofree char *to = signed_address(&club, 1, stranger, 10);
  report(&club, to, "dora@web.de", "5.1.1", no_such_user);
  assert_int_equal(score_of(&club, "dora@web.de"), 0);
  club_close(&club);
}

static void a_stale_address_does_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *to = bounce_address_of(&club, "post", "anna@web.de");
  clock_fix(clock_now() + 61 * (int64_t)DAY);
  report(&club, to, "anna@web.de", "5.1.1", no_such_user);
  assert_int_equal(score_of(&club, "anna@web.de"), 0);
  club_close(&club);
}

static void an_absence_note_at_the_bounce_address_counts_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *to = bounce_address_of(&club, "post", "anna@web.de");
  g_autofree char *mail =
      g_strdup_printf("From: anna@web.de\nTo: <%s>\nSubject: Abwesenheitsnotiz\nMessage-ID: <oof@web.de>\n"
                      "Auto-Submitted: auto-replied\n\nIch bin bis 15. März nicht da.\n",
                      to);
  post_in(&club.town, "", to, mail);
  post_work(&club.town);
  assert_int_equal(score_of(&club, "anna@web.de"), 0);
  club_close(&club);
}

static void policy_is_ours_and_the_operator_hears_of_it_once_a_day(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bounce_for_days(&club, 4, "5.7.1", "550 5.7.1 Message rejected due to DMARC policy");
  post_today(&club);
  g_autofree char *to = bounce_address_of(&club, "post", "clara@web.de");
  report(&club, to, "clara@web.de", "5.7.1", "550 5.7.1 Message rejected as spam");
  assert_int_equal(score_of(&club, "anna@web.de"), 0);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_int_equal(moderated_count(&club, "bounce_policy", "admin@amt.example"), 4);
  g_autofree char *letter = post_mail(&club.town, "bounce_policy", "admin@amt.example");
  assert_non_null(strstr(letter, "web.de"));
  assert_null(strstr(letter, "anna"));
  club_close(&club);
}

static void a_score_decays(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bounce_for_days(&club, 2, "5.1.1", no_such_user);
  clock_fix(clock_now() + 14 * DAY);
  bounce_for_days(&club, 1, "5.1.1", no_such_user);
  assert_int_equal(score_of(&club, "anna@web.de"), 15); /* twenty, halved twice, and ten */
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

static void full_mailboxes_count_a_half_and_delays_nothing(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  bounce_for_days(&club, 1, "5.2.2", "552 5.2.2 Mailbox full");
  assert_int_equal(score_of(&club, "anna@web.de"), 5);
  bounce_for_days(&club, 1, "4.4.7", "451 4.4.7 Delivery time expired");
  assert_int_equal(score_of(&club, "anna@web.de"), 6);
  club_close(&club);
}

/* The MTA refuses a copy of the last post itself. */
static void refuse(struct club *club, const char *address, const char *reply)
{
  g_autoptr(GError) error = NULL;
  struct store *store = club->town.store;
  g_autoptr(GPtrArray) due = outbox_due(store, LETTER_ORDINARY, 0, 0, 1000, &error);
  for (guint i = 0; i < due->len; i++) {
    struct delivery *delivery = g_ptr_array_index(due, i);
    bool is_refused = strcmp(delivery->address, address) == 0;
    delivery->state = is_refused ? DELIVERY_FAILED : DELIVERY_SENT;
    delivery->at = clock_now();
    g_free(delivery->reply);
    delivery->reply = g_strdup(is_refused ? reply : "250 ok");
  }
  if (!store_begin(store, &error) ||
      !outbox_mark(store, (const struct delivery *const *)(gconstpointer)due->pdata, due->len, &error) ||
      !store_commit(store, &error))
    fail_msg("%s", error->message);
}

static void what_the_mta_refuses_itself_counts_too(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  for (int i = 0; i < 3; i++) {
    clock_fix(clock_now() + DAY);
    post_today(&club);
    refuse(&club, "anna@web.de", "550 5.1.1 <anna@web.de>: Recipient address rejected: User unknown");
    post_work(&club.town);
  }
  assert_string_equal(club_state(&club, "anna@web.de"), "bouncing each");
  assert_string_equal(club_state(&club, "clara@web.de"), "active each");
  g_autoptr(GPtrArray) left = failures_page(club.town.store, 10, NULL);
  assert_int_equal(left->len, 0);
  club_close(&club);
}

/* Anna pauses; her mailbox is asked, and the question comes back. */
static void pause_and_probe(struct club *club, int returned)
{
  bounce_for_days(club, 3, "5.1.1", no_such_user);
  clock_fix(clock_now() + 3 * DAY + 60);
  post_work(&club->town);
  for (int i = 0; i < returned; i++) {
    g_autofree char *to = bounce_address_of(club, "still_there", "anna@web.de");
    report(club, to, "anna@web.de", "5.1.1", no_such_user);
    clock_fix(clock_now() + 7 * DAY + 60);
    post_work(&club->town);
  }
}

static void after_three_questions_that_come_back_the_member_goes(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  pause_and_probe(&club, 2);
  assert_int_equal(moderated_count(&club, "still_there", "anna@web.de"), 3);
  assert_string_equal(club_state(&club, "anna@web.de"), "bouncing each");
  g_autofree char *to = bounce_address_of(&club, "still_there", "anna@web.de");
  report(&club, to, "anna@web.de", "5.1.1", no_such_user);
  clock_fix(clock_now() + 7 * DAY + 60);
  post_work(&club.town);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  assert_int_equal(moderated_count(&club, "still_there", "anna@web.de"), 3);
  assert_int_equal(moderated_count(&club, "bounce_removed", "clara@web.de"), 1);
  club_close(&club);
}

static void a_question_that_does_not_come_back_wakes_the_member(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  pause_and_probe(&club, 1);
  assert_string_equal(club_state(&club, "anna@web.de"), "bouncing each");
  clock_fix(clock_now() + 7 * DAY + 60);
  post_work(&club.town);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_int_equal(moderated_count(&club, "bounce_resumed", "anna@web.de"), 1);
  club_close(&club);
}

static void letters_come_in_the_members_own_language(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Sprache", "Bitte schreiben Sie mir auf Englisch.",
             true);
  bounce_for_days(&club, 3, "5.1.1", no_such_user);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Gruß", "Kommt jemand zum Hoffest?", true);
  g_autofree char *letter = post_mail(&club.town, "bounce_resumed", "anna@web.de");
  assert_non_null(letter);
  assert_non_null(strstr(letter, "You get our mails again"));
  club_close(&club);
}

static void an_answer_to_the_question_wakes_the_member(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  pause_and_probe(&club, 0);
  clock_fix(clock_now() + 3600);
  club_answer(&club, "still_there", "anna@web.de", "anna@web.de", "Ja, ich bin wieder da.", false);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

static void any_authenticated_mail_wakes_all_memberships(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t other = town_list(&club.town, "treptow", "group", false);
  int64_t anna = town_member(&club.town, other, "anna@web.de", "member");
  bounce_for_days(&club, 3, "5.1.1", no_such_user);
  g_autoptr(member_t) before = member_find(club.town.store, other, anna, NULL);
  assert_string_equal(before->state, "bouncing");
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Gruß", "Kommt jemand zum Hoffest?", false);
  assert_string_equal(club_state(&club, "anna@web.de"), "bouncing each");
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Gruß", "Kommt wirklich jemand zum Hoffest?",
             true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  g_autoptr(member_t) after = member_find(club.town.store, other, anna, NULL);
  assert_string_equal(after->state, "active");
  g_autofree char *letter = post_mail(&club.town, "bounce_resumed", "anna@web.de");
  assert_non_null(letter);
  club_close(&club);
}

static void a_moderator_who_pauses_is_told_to_the_operator(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  for (int i = 0; i < 3; i++) {
    clock_fix(clock_now() + DAY);
    post_today(&club);
    g_autofree char *to = bounce_address_of(&club, "post", "clara@web.de");
    report(&club, to, "clara@web.de", "5.1.1", no_such_user);
  }
  assert_string_equal(club_state(&club, "clara@web.de"), "bouncing each");
  assert_int_equal(moderated_count(&club, "bounce_duty", "admin@amt.example"), 1);
  club_close(&club);
}

static void a_letter_to_many_only_raises_suspicion(void **state)
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
  g_autofree char *batch = bounce_address_of(&club, "post", "anna@web.de");
  g_autofree char *same = bounce_address_of(&club, "post", "bert@web.de");
  assert_string_equal(batch, same);
  report(&club, batch, "fremd@web.de", "5.1.1", no_such_user);
  report(&club, batch, "clara@web.de", "5.1.1", no_such_user); /* no member of this list */
  assert_false(is_suspect(&club, "clara@web.de"));
  report(&club, batch, "anna@web.de", "5.7.1", "550 5.7.1 Message rejected as spam");
  assert_false(is_suspect(&club, "anna@web.de"));
  assert_int_equal(moderated_count(&club, "bounce_policy", "admin@amt.example"), 1);
  report(&club, batch, "Anna@web.de", "5.1.1", no_such_user);
  assert_true(is_suspect(&club, "anna@web.de"));
  assert_int_equal(score_of(&club, "anna@web.de"), 0);
  for (int i = 0; i < 3; i++) {
    clock_fix(clock_now() + DAY);
    g_autofree char *text = g_strdup_printf("Das Bürgeramt hat am Tag %d geöffnet.", i);
    club_write(&club, "dora@amt.example", "amtsblatt@kiez.example", text, text, true);
    g_autofree char *own = bounce_address_of(&club, "post", "anna@web.de");
    g_autofree char *others = bounce_address_of(&club, "post", "bert@web.de");
    assert_string_not_equal(own, others);
    report(&club, own, "anna@web.de", "5.1.1", no_such_user);
    assert_int_equal(score_of(&club, "anna@web.de"), 10 * (i + 1));
  }
  assert_string_equal(club_state(&club, "anna@web.de"), "bouncing each");
  club_close(&club);
}

/* A provider's complaint (ARF) to a bounce address. */
static void complain(struct club *club, const char *to)
{
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=fbl.web.de\n"
      "From: feedback@fbl.web.de\nTo: <%s>\nSubject: Abuse report\nMessage-ID: <arf%d@web.de>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n"
      "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: web.de/1\nVersion: "
      "1\n\n"
      "--b--\n",
      to, ++club->mails);
  post_in(&club->town, "feedback@fbl.web.de", to, mail);
  post_work(&club->town);
}

/* A complaint about a letter to many, which only says in its report whom it is about. */
static void complain_of(struct club *club, const char *from, const char *to, const char *field,
                        bool is_vouched)
{
  const char *domain = strchr(from, '@') + 1;
  g_autofree char *results =
      is_vouched
          ? g_strdup_printf("Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\n", domain)
          : g_strdup("");
  g_autofree char *mail = g_strdup_printf(
      "%sFrom: %s\nTo: <%s>\nSubject: Abuse report\nMessage-ID: <arf%d@%s>\nMIME-Version: 1.0\n"
      "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n"
      "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n%s\n\n--b--\n",
      results, from, to, ++club->mails, domain, field);
  post_in(&club->town, from, to, mail);
  post_work(&club->town);
}

/* Most providers report to an address that the operator has registered. The copy's own addresses count where
 * the header of the mail complained about bears them, in a report that our MTA knows the sender of. */
static void a_complaint_at_abuse_counts_by_the_copys_own_addresses(void **state)
{
  (void)state;
  static const struct {
    const char *from, *to, *field;
    bool is_vouched, counts;
  } cases[] = {
    { "web.de", "abuse@kiez.example", "Return-Path: <%s>", true, true },
    { "fbl.web.de", "postmaster@kiez.example", "List-Unsubscribe: <https://kiez.example/x>,\n <mailto:%s>",
      true, true },
    { "gmx.net", "abuse@kiez.example", "Return-Path: <%s>", true, true }, /* the same provider's */
    { "web.de", "abuse@kiez.example", "X-Quoted: %s", true, false },
    { "web.de", "abuse@kiez.example", "Return-Path: <%s>", false, false },
    /* somebody who was forwarded a letter vouches for themselves alone */
    { "evil.example", "abuse@kiez.example", "Return-Path: <%s>", true, false },
    { "posteo.de", "abuse@kiez.example", "List-Unsubscribe: <mailto:%s>", true, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "bert@web.de", "gruenau@kiez.example", "Neues", "Das Bürgeramt hat geöffnet.", true);
    g_autofree char *own = bounce_address_of(&club, "post", "anna@web.de");
    g_autofree char *field = g_strdup_printf("%s", cases[i].field);
    g_auto(GStrv) halves = g_strsplit(field, "%s", 2);
    g_autofree char *results = cases[i].is_vouched
                                   ? g_strdup_printf("Authentication-Results: mx.kiez.example; dmarc=pass "
                                                     "header.from=%s\n",
                                                     cases[i].from)
                                   : g_strdup("");
    g_autofree char *mail = g_strdup_printf(
        "%sFrom: fbl@%s\nTo: <%s>\nSubject: Abuse report\nMessage-ID: <arf@%s>\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n"
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n\n"
        "--b\nContent-Type: message/rfc822\n\n%s%s%s\nFrom: Bert <x@y.example>\nSubject: Neues\n\n"
        "Text, der %s nennt\n--b--\n",
        results, cases[i].from, cases[i].to, cases[i].from, halves[0], own, halves[1], own);
    post_in(&club.town, "fbl@web.de", cases[i].to, mail);
    post_work(&club.town);
    bool is_suppressed = false;
    assert_true(suppression_is(club.town.store, "anna@web.de", &is_suppressed, NULL));
    bool has_left = strcmp(club_state(&club, "anna@web.de"), "none") == 0;
    if (has_left != cases[i].counts || is_suppressed != cases[i].counts) fail_msg("case %d", (int)i);
    club_close(&club);
  }
}

static void a_complaint_about_a_letter_to_many_counts_from_the_provider_alone(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  int64_t news = town_list(&club.town, "amtsblatt", "announce", true);
  town_member(&club.town, news, "dora@amt.example", "member,moderator");
  int64_t anna = town_member(&club.town, news, "anna@web.de", "member");
  int64_t bert = town_member(&club.town, news, "bert@web.de", "member");
  club_write(&club, "dora@amt.example", "amtsblatt@kiez.example", "Neues", "Das Bürgeramt hat geöffnet.",
             true);
  g_autofree char *batch = bounce_address_of(&club, "post", "anna@web.de");
  bool is_suppressed = false;
  complain_of(&club, "eve@evil.example", batch, "Original-Rcpt-To: <anna@web.de>", true);
  complain_of(&club, "fbl@web.de", batch, "Original-Rcpt-To: <anna@web.de>", false);
  complain_of(&club, "fbl@web.de", batch, "Original-Rcpt-To: <clara@web.de>", true); /* it went not to her */
  g_autoptr(member_t) still = member_find(club.town.store, news, anna, NULL);
  assert_non_null(still);
  assert_true(suppression_is(club.town.store, "anna@web.de", &is_suppressed, NULL) && !is_suppressed);
  assert_true(suppression_is(club.town.store, "clara@web.de", &is_suppressed, NULL) && !is_suppressed);
  assert_true(is_suspect(&club, "anna@web.de"));
  complain_of(&club, "fbl@fbl.web.de", batch, "Original-Rcpt-To: rfc822;Anna@web.de", true);
  complain_of(&club, "fbl@web.de", batch, "Removal-Recipient: bert@web.de", true);
  g_autoptr(member_t) annas = member_find(club.town.store, news, anna, NULL);
  g_autoptr(member_t) berts = member_find(club.town.store, news, bert, NULL);
  assert_true(!annas && !berts);
  assert_true(suppression_is(club.town.store, "anna@web.de", &is_suppressed, NULL) && is_suppressed);
  assert_true(suppression_is(club.town.store, "bert@web.de", &is_suppressed, NULL) && is_suppressed);
  club_close(&club);
}

static void a_complaint_of_anybody_else_takes_nobody_off(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *annas = bounce_address_of(&club, "post", "anna@web.de");
  complain_of(&club, "fbl@evil.example", annas, "Original-Rcpt-To: <anna@web.de>", true);
  complain_of(&club, "fbl@web.de", annas, "Original-Rcpt-To: <anna@web.de>", false);
  bool is_suppressed = true;
  assert_true(suppression_is(club.town.store, "anna@web.de", &is_suppressed, NULL));
  assert_false(is_suppressed);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_int_equal(moderated_count(&club, "complaint", "admin@amt.example"), 1);
  club_close(&club);
}

static void a_complaint_unsubscribes_and_suppresses(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  post_today(&club);
  g_autofree char *annas = bounce_address_of(&club, "post", "anna@web.de");
  g_autofree char *claras = bounce_address_of(&club, "post", "clara@web.de");
  complain(&club, annas);
  complain(&club, claras);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  assert_int_equal(moderated_count(&club, "complaint", "admin@amt.example"), 1);
  bool is_suppressed = false;
  assert_true(suppression_is(club.town.store, "anna@web.de", &is_suppressed, NULL));
  assert_true(is_suppressed);
  /* nobody else can make us write there; she herself can */
  club_write(&club, "anna@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "", false);
  assert_int_equal(moderated_count(&club, "join", "anna@web.de"), 0);
  club_write(&club, "anna@web.de", "gruenau+beitreten@kiez.example", "Beitreten!", "", true);
  assert_int_equal(moderated_count(&club, "join", "anna@web.de"), 1);
  clock_fix(clock_now() + 3600);
  club_answer(&club, "join", "anna@web.de", "anna@web.de", "Ja bitte", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  assert_true(suppression_is(club.town.store, "anna@web.de", &is_suppressed, NULL));
  assert_false(is_suppressed);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(three_days_of_hard_bounces_pause_a_member),
    cmocka_unit_test(many_bounces_of_one_day_count_once),
    cmocka_unit_test(the_same_letter_counts_once_whatever_the_day),
    cmocka_unit_test(another_address_in_the_report_does_not_matter),
    cmocka_unit_test(a_forged_address_does_nothing),
    cmocka_unit_test(a_letter_that_never_went_to_the_person_does_nothing),
    cmocka_unit_test(a_stale_address_does_nothing),
    cmocka_unit_test(an_absence_note_at_the_bounce_address_counts_nothing),
    cmocka_unit_test(policy_is_ours_and_the_operator_hears_of_it_once_a_day),
    cmocka_unit_test(a_score_decays),
    cmocka_unit_test(full_mailboxes_count_a_half_and_delays_nothing),
    cmocka_unit_test(what_the_mta_refuses_itself_counts_too),
    cmocka_unit_test(after_three_questions_that_come_back_the_member_goes),
    cmocka_unit_test(a_question_that_does_not_come_back_wakes_the_member),
    cmocka_unit_test(letters_come_in_the_members_own_language),
    cmocka_unit_test(an_answer_to_the_question_wakes_the_member),
    cmocka_unit_test(any_authenticated_mail_wakes_all_memberships),
    cmocka_unit_test(a_moderator_who_pauses_is_told_to_the_operator),
    cmocka_unit_test(a_letter_to_many_only_raises_suspicion),
    cmocka_unit_test(a_complaint_unsubscribes_and_suppresses),
    cmocka_unit_test(a_complaint_of_anybody_else_takes_nobody_off),
    cmocka_unit_test(a_complaint_at_abuse_counts_by_the_copys_own_addresses),
    cmocka_unit_test(a_complaint_about_a_letter_to_many_counts_from_the_provider_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
