/* Offices where others talk: an answer in the thread that its case came from, a statement in a group, files
 * of an answer, and what robots of an office's mail system send. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lib/store/cases/official_messages.h"
#include "lib/store/internal.h"

/* The youngest message of Grünau, and the sign of the office that wrote it ("" none). */
static struct message *last_message(char **sign)
{
  g_autoptr(GPtrArray) all = messages_latest(a.club.town.store, a.club.list, 1, false, NULL);
  assert_int_equal(all->len, 1);
  struct message *message = message_get(a.club.town.store, ((struct message *)all->pdata[0])->id, NULL);
  int64_t id = 0;
  assert_true(official_message_of(a.club.town.store, message->id, &id, NULL));
  g_autoptr(office_t) office = id ? office_get(a.club.town.store, id, NULL) : NULL;
  *sign = g_strdup(office ? office->sign : "");
  return message;
}

static void an_office_writes_to_a_group_with_its_name_and_without_its_clerk(void **state)
{
  (void)state;
  club_write(
      &a.club, "\"Muster, Kerstin\" <" MUSTER ">", "gruenau@kiez.example", "Sperrung der Regattastraße",
      "Sehr geehrte Damen und Herren,\n\nab Montag ist die Regattastraße gesperrt.\n\nMit freundlichen "
      "Grüßen\nIm Auftrag\nKerstin Muster\nZimmer 214, Tel. 030 90297-5817",
      true);
  g_autofree char *sign = NULL;
  g_autoptr(message_row) message = last_message(&sign);
  assert_string_equal(sign, "SGA");
  assert_string_equal(message->from_name, "Straßen- und Grünflächenamt (Amt)");
  assert_string_equal(message->text, "ab Montag ist die Regattastraße gesperrt.");
  g_autofree char *raw = post_mail(&a.club.town, "post", "anna@web.de");
  g_autoptr(mail_t) mail =
      mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  assert_string_equal(mail->from.name, "Straßen- und Grünflächenamt (Amt) über gruenau");
  assert_null(strstr(mail->text, "5817"));
  assert_null(strstr(mail->text, "Muster"));
  assert_null(strstr(raw, "Muster@"));
}

static void who_only_claims_to_be_an_office_is_held(void **state)
{
  (void)state;
  club_write(&a.club, MUSTER, "gruenau@kiez.example", "Sperrung", "Die Straße ist gesperrt.", false);
  club_write(&a.club, "Straßen- und Grünflächenamt <sga@gmail.com>", "gruenau@kiez.example", "Sperrung",
             "Die Straße ist gesperrt.", true);
  assert_int_equal(moderated_count(&a.club, "post", NULL), 0);
  assert_int_equal(moderated_waiting(&a.club), 2);
}

static void a_member_who_works_there_writes_as_a_person(void **state)
{
  (void)state;
  town_member(&a.club.town, a.club.list, "kerstin.muster@ba-tk.berlin.example", "member");
  club_write(&a.club, "Kerstin Muster <" MUSTER ">", "gruenau@kiez.example", "Kuchen", "Wer backt mit?",
             true);
  g_autofree char *sign = NULL;
  g_autoptr(message_row) message = last_message(&sign);
  assert_string_equal(sign, "");
  assert_string_equal(message->from_name, "Kerstin Muster");
}

static void what_an_office_marks_as_internal_is_not_posted(void **state)
{
  (void)state;
  club_write(&a.club, SGA, "gruenau@kiez.example", "Intern: Sperrung", "Nur für den Dienstgebrauch.", true);
  assert_int_equal(moderated_count(&a.club, "post", NULL), 0);
}

static void what_is_said_inside_an_office_goes_back_and_to_no_moderator(void **state)
{
  (void)state;
  static const char *const texts[] = { "Intern: Die Firma ist pleite.",
                                       "Liebe Kollegin, magst du das beantworten?", "Wer übernimmt das?",
                                       "Sperrfrist Montag: Die Straße bleibt zu." };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    clock_fix(clock_now() + 600);
    club_write(&a.club, MUSTER, "gruenau@kiez.example", "Sperrung", texts[i], true);
    assert_int_equal(moderated_count(&a.club, "post", NULL), 0);
    assert_int_equal(moderated_waiting(&a.club), 0);
    assert_int_equal(moderated_count(&a.club, "private_reply", "kerstin.muster@ba-tk.berlin.example"),
                     (int)i + 1);
  }
  answered_say(&a, "private_reply", "kerstin.muster@ba-tk.berlin.example", MUSTER, "Nein", true);
  assert_int_equal(moderated_count(&a.club, "post", NULL), 0);
}

/* A post of the group that was handed over to the office. */
static void hand_over(void)
{
  club_write(&a.club, "anna@web.de", "gruenau@kiez.example", "Poller", "Wann kommt der Poller an der Straße?",
             true);
  g_autoptr(GPtrArray) all = messages_latest(a.club.town.store, a.club.list, 1, false, NULL);
  const struct message *message = all->pdata[0];
  club_write(&a.club, "anna@web.de", "frage@kiez.example", "Poller", "Wann kommt der Poller an der Straße?",
             true);
  g_autofree char *sql = g_strdup_printf("UPDATE casefile SET thread = %d, message = %d",
                                         (int)message->thread, (int)message->id);
  assert_true(db_exec(a.club.town.store->db, sql, NULL));
}

static void an_answer_reaches_the_thread_that_its_case_came_from(void **state)
{
  (void)state;
  hand_over();
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  g_autofree char *sign = NULL;
  g_autoptr(message_row) message = last_message(&sign);
  assert_string_equal(sign, "SGA");
  assert_non_null(strstr(message->text, "12. KW"));
  assert_non_null(strstr(message->text, "KP-2026-0001"));
  assert_true(message->parent > 0);
  g_autofree char *raw = post_mail(&a.club.town, "post", "bert@web.de");
  g_autoptr(mail_t) mail =
      mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  assert_string_equal(mail->from.name, "Straßen- und Grünflächenamt (Amt) über gruenau");
  assert_non_null(strstr(mail->text, "12. KW"));
}

/* ---- files ---- */

static const char *file_head(const char *name)
{
  if (g_str_has_suffix(name, ".gif")) return "GIF89a";
  return g_str_has_suffix(name, ".pdf") ? "%PDF-1.4" : "{\\rtf1";
}

static void reply_saying(const char *words, const char *type, const char *name)
{
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=ba-tk.berlin.example\nFrom: " SGA
      "\nTo: %s\nSubject: AW: Poller\nMessage-ID: <file%d@ba.example>\nDate: Mon, 02 Mar 2026 10:15:00 "
      "+0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
      "text/plain; charset=utf-8\n\n%s\n--b\nContent-Type: %s; "
      "name=\"%s\"\n"
      "Content-Disposition: attachment; filename=\"%s\"\n\n%s Plan\n--b--\n",
      to, ++a.club.mails, words, type, name, name, file_head(name));
  clock_fix(clock_now() + 600);
  post_in(&a.club.town, SGA, to, mail);
  post_work(&a.club.town);
}

static void reply_with_file(const char *type, const char *name)
{
  reply_saying("Der Poller wird in der 12. KW ersetzt.", type, name);
}

static bool is_shown(void)
{
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  for (int position = 1; position <= it->entries; position++) {
    g_autoptr(GPtrArray) files = case_files(a.club.town.store, it->id, position, NULL);
    if (files->len) return ((struct case_file *)files->pdata[0])->is_public;
  }
  fail_msg("there is no file");
  return false;
}

static void a_file_reaches_who_asked_and_the_public_after_a_look(void **state)
{
  (void)state;
  town_member(&a.club.town, a.list, "clara@web.de", "member,moderator");
  answered_ask(&a);
  reply_with_file("application/pdf", "Plan.pdf");
  assert_int_equal(moderated_count(&a.club, "case_file", "anna@web.de"), 1);
  assert_false(is_shown());
  answered_say(&a, "case_files", "clara@web.de", "anna@web.de", "ok", true);
  assert_false(is_shown());
  answered_say(&a, "case_files", "clara@web.de", "clara@web.de", "ok", true);
  assert_true(is_shown());
}

static void an_answer_that_is_the_paper_goes_with_it(void **state)
{
  static const char *const words[] = { "siehe Anhang", "Antwort anbei. Gruß Muster", "s. Anl.",
                                       "Unsere Stellungnahme finden Sie in der Anlage.",
                                       "Anbei unsere Stellungnahme." };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i) answered_teardown(state), answered_setup(state);
    town_member(&a.club.town, a.list, "clara@web.de", "member,moderator");
    answered_ask(&a);
    reply_saying(words[i], "application/pdf", "Antwort.pdf");
    assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 0);
    assert_int_equal(moderated_count(&a.club, "case_file", "anna@web.de"), 1);
    assert_false(is_shown());
  }
}

static void a_paper_without_a_word_is_the_answer(void **state)
{
  (void)state;
  answered_ask(&a);
  reply_saying("", "application/pdf", "Antwort.pdf");
  assert_int_equal(moderated_count(&a.club, "case_unclear", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_file", "anna@web.de"), 1);
  assert_string_equal(answered_state(&a, 1), "forwarded 1");
  g_autofree char *letter = moderated_line(&a.club, "case_answered", "anna@web.de");
  assert_non_null(strstr(letter, "Die Antwort steht in einer Datei."));
  assert_null(strstr(letter, "weitergegeben"));
}

static void a_picture_without_a_word_is_none(void **state)
{
  (void)state;
  answered_ask(&a);
  reply_saying("", "image/png", "Foto.png");
  assert_int_equal(moderated_count(&a.club, "case_unclear", NULL), 1);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void a_paper_that_is_to_be_signed_is_no_answer(void **state)
{
  (void)state;
  answered_ask(&a);
  reply_saying("Anbei die Stellungnahme zur Mitzeichnung.", "application/pdf", "Antwort.pdf");
  assert_int_equal(moderated_count(&a.club, "case_file", NULL), 0);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void where_no_paper_is_its_author_is_asked(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, MUSTER, "siehe Anhang", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 1);
}

static void pictures_of_a_signature_are_no_files(void **state)
{
  static const struct {
    const char *name;
    int letters;
  } files[] = { { "image001.gif", 0 },
                { "Logo_BA_TK.gif", 0 },
                { "Banner.gif", 0 },
                { "Outlook-x1.gif", 0 },
                { "Poller neu.gif", 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    if (i) answered_teardown(state), answered_setup(state);
    answered_ask(&a);
    reply_with_file("image/gif", files[i].name);
    assert_string_equal(answered_state(&a, 1), "planned 1");
    assert_int_equal(moderated_count(&a.club, "case_file", "anna@web.de"), files[i].letters);
  }
}

/* The bytes that the public sees of the first file; NULL: none. */
static GBytes *shown_bytes(void)
{
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  for (int position = 1; position <= it->entries; position++) {
    GBytes *bytes = case_file_bytes(a.club.town.store, it->id, position, 1, NULL);
    if (bytes) return bytes;
  }
  return NULL;
}

static void a_yes_publishes_the_bytes_and_withdrawing_takes_them_away(void **state)
{
  (void)state;
  town_member(&a.club.town, a.list, "clara@web.de", "member,moderator");
  answered_ask(&a);
  reply_with_file("application/pdf", "Plan.pdf");
  assert_null(shown_bytes());
  answered_say(&a, "case_files", "clara@web.de", "clara@web.de", "ok", true);
  g_autoptr(GBytes) bytes = shown_bytes();
  assert_non_null(bytes);
  assert_int_equal(memcmp(g_bytes_get_data(bytes, NULL), "%PDF-1.4 Plan", 13), 0);
  assert_int_equal(moderated_count(&a.club, "case_files_unfit", NULL), 0);
  answered_say(&a, "case_answered", "anna@web.de", "anna@web.de", "Ich ziehe meine Frage zurück.", true);
  assert_null(shown_bytes());
}

static void what_cannot_be_published_is_said(void **state)
{
  (void)state;
  town_member(&a.club.town, a.list, "clara@web.de", "member,moderator");
  answered_ask(&a);
  reply_with_file("application/rtf", "Plan.rtf");
  answered_say(&a, "case_files", "clara@web.de", "clara@web.de", "ok", true);
  assert_true(is_shown());
  g_autoptr(GBytes) bytes = shown_bytes();
  assert_null(bytes);
  assert_int_equal(moderated_count(&a.club, "case_files_unfit", "clara@web.de"), 1);
}

static void a_program_is_passed_on_to_nobody(void **state)
{
  (void)state;
  answered_ask(&a);
  reply_with_file("application/x-msdownload", "Plan.exe");
  assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&a.club, "case_file", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_files", NULL), 0);
}

/* ---- robots ---- */

static void automatic_answers_never_act(void **state)
{
  (void)state;
  answered_ask(&a);
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  static const char *const heads[] = {
    "Auto-Submitted: auto-replied\nContent-Type: text/plain\n\nErledigt. Ich bin bis 20.03.2026 nicht im "
    "Büro.",
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
    "text/plain\n\nErledigt.\n--b\nContent-Type: text/calendar; "
    "method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:"
    "VCALENDAR\n--b--",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
    g_autofree char *mail = g_strdup_printf(
        "Authentication-Results: mx.kiez.example; dmarc=pass header.from=ba-tk.berlin.example\nFrom: " SGA
        "\nTo: %s\nSubject: Automatische Antwort: Poller\nMessage-ID: <robot%d@ba.example>\nDate: Mon, 02 "
        "Mar 2026 10:15:00 +0100\n%s\n",
        to, (int)i, heads[i]);
    post_in(&a.club.town, SGA, to, mail);
    post_work(&a.club.town);
  }
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_autoptr(case_entry_t) noted = case_entry_get(a.club.town.store, it->id, it->entries, NULL);
  assert_string_equal(noted->what, "absent");
  assert_string_equal(noted->expected, "2026-03-20");
  assert_false(noted->is_public);
  assert_string_equal(it->next_tick,
                      "2026-03-23"); /* the reminder of 18 March waits until somebody is back */
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, answered_setup, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(an_office_writes_to_a_group_with_its_name_and_without_its_clerk),
    FLOW(who_only_claims_to_be_an_office_is_held),
    FLOW(a_member_who_works_there_writes_as_a_person),
    FLOW(what_an_office_marks_as_internal_is_not_posted),
    FLOW(what_is_said_inside_an_office_goes_back_and_to_no_moderator),
    FLOW(an_answer_reaches_the_thread_that_its_case_came_from),
    FLOW(a_file_reaches_who_asked_and_the_public_after_a_look),
    FLOW(an_answer_that_is_the_paper_goes_with_it),
    FLOW(a_paper_without_a_word_is_the_answer),
    FLOW(a_picture_without_a_word_is_none),
    FLOW(a_paper_that_is_to_be_signed_is_no_answer),
    FLOW(where_no_paper_is_its_author_is_asked),
    FLOW(pictures_of_a_signature_are_no_files),
    FLOW(a_yes_publishes_the_bytes_and_withdrawing_takes_them_away),
    FLOW(what_cannot_be_published_is_said),
    FLOW(a_program_is_passed_on_to_nobody),
    FLOW(automatic_answers_never_act),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
