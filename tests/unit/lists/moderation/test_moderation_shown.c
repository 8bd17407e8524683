/* What moderators see of a mail before they decide: all that a yes sends out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/held.h"

static void the_letter_shows_the_post_and_why_it_waits(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.\nKommt alle!");
  g_autofree char *letter = moderated_text(&club, "moderate", "clara@web.de");
  assert_has(letter, "Flohmarkt");
  assert_has(letter, "Am Samstag ist Flohmarkt.");
  assert_has(letter, "Kommt alle!");
  assert_has(letter, "kein Mitglied");
  assert_has(letter, "zoe@web.de");
  assert_int_equal(moderated_count(&club, "moderate", NULL), 2);
  g_autofree char *of_clara = club_reply_address(&club, "moderate", "clara@web.de");
  g_autofree char *of_dora = club_reply_address(&club, "moderate", "dora@web.de");
  assert_string_not_equal(of_clara, of_dora);
}

static void it_shows_signature_and_quote_as_well(void **state)
{
  (void)state;
  moderated_stranger(&club, "Sitter",
                     "Hallo, ich suche einen Babysitter.\n\nAm 12.11.2025 schrieb Hugo <h@x.example>:\n"
                     "> Familie Meier hat Schulden.\n\n-- \nKAUFT BITCOIN bei https://scam.example/");
  g_autofree char *letter = moderated_text(&club, "moderate", "clara@web.de");
  assert_has(letter, "KAUFT BITCOIN");
  assert_has(letter, "hat Schulden");
}

static void it_shows_what_only_the_html_says(void **state)
{
  (void)state;
  post_in(
      &club.town, "zoe@web.de", "gruenau@kiez.example",
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: zoe@web.de\n"
      "To: gruenau@kiez.example\nSubject: Zwei Gesichter\nMessage-ID: <f@web.de>\n"
      "Date: Mon, 02 Mar 2026 10:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
      "Der Wirt ist kein Dieb.\nAm Samstag\nist Markt.\n--b\nContent-Type: text/html; charset=utf-8\n\n"
      "<p>Der Wirt ist ein Dieb.</p><p>Am <b>Samstag</b> ist Markt.</p><p>KAUFT VIAGRA</p>\n--b--\n");
  post_work(&club.town);
  g_autofree char *letter = moderated_text(&club, "moderate", "clara@web.de");
  assert_has(letter, "KAUFT VIAGRA");
  assert_has(letter, "ist ein Dieb");
  assert_has_not(letter, "Samstag ist Markt"); /* says nothing new */
}

/* The text of the file that hangs on a letter; NULL: none. Caller frees. */
static char *attached_text(const char *purpose, const char *address)
{
  g_autofree char *letter = post_mail(&club.town, purpose, address);
  const char *part = letter ? strstr(letter, "Content-Disposition: attachment") : NULL;
  const char *body = part ? strstr(part, "\r\n\r\n") : NULL;
  if (!body) return NULL;
  gsize size = 0;
  g_autofree char *base64 = g_strndup(body + 4, strcspn(body + 4, "-"));
  g_autofree guchar *bytes = g_base64_decode(base64, &size);
  return g_strndup((char *)bytes, size);
}

static char *long_post(const char *last)
{
  g_autoptr(GString) text = g_string_new("Am Samstag ist Flohmarkt für alle in der Straße.\n");
  for (int i = 1; i <= 150; i++) g_string_append_printf(text, "Stand %d: Bücher, Töpfe, Jacken.\n", i);
  return g_strconcat(text->str, last, NULL);
}

static void a_long_post_comes_whole_as_a_file_and_with_the_reminder(void **state)
{
  (void)state;
  g_autofree char *post = long_post("Und Nachbar Meier ist ein Dieb, größer geht es nicht.\n");
  moderated_stranger(&club, "Flohmarkt", post);
  g_autofree char *letter = moderated_line(&club, "moderate", "clara@web.de");
  assert_has_not(letter, "Meier");
  assert_has(letter, "hängt als Datei an diesem Brief");
  g_autofree char *file = attached_text("moderate", "clara@web.de");
  assert_non_null(file);
  assert_has(file, "Am Samstag ist Flohmarkt für alle in der Straße.");
  assert_has(file, "Und Nachbar Meier ist ein Dieb, größer geht es nicht.");
  g_autofree char *raw = post_mail(&club.town, "moderate", "clara@web.de");
  assert_has(raw, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
                  "Content-Disposition: attachment;\r\n filename*=UTF-8''Ganze-Mail.txt");
  clock_fix(TEST_NOW + 3 * 24 * 3600);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "moderate", "clara@web.de"), 2);
  g_autofree char *again = attached_text("moderate", "clara@web.de");
  assert_non_null(again);
  assert_has(again, "Und Nachbar Meier ist ein Dieb");
}

static void what_only_a_long_html_says_is_in_the_file(void **state)
{
  (void)state;
  g_autoptr(GString) html = g_string_new(NULL);
  for (int i = 1; i <= 100; i++) g_string_append_printf(html, "<p>Anderes Wort Nummer %d.</p>\n", i);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: zoe@web.de\n"
      "To: gruenau@kiez.example\nSubject: Markt\nMessage-ID: <g@web.de>\n"
      "Date: Mon, 02 Mar 2026 10:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
      "Am Samstag ist Markt.\n--b\nContent-Type: text/html; charset=utf-8\n\n%s"
      "<p>Meier stiehlt.</p>\n--b--\n",
      html->str);
  post_in(&club.town, "zoe@web.de", "gruenau@kiez.example", mail);
  post_work(&club.town);
  g_autofree char *file = attached_text("moderate", "clara@web.de");
  assert_non_null(file);
  assert_has(file, "Meier stiehlt.");
}

static void a_short_post_brings_no_file(void **state)
{
  (void)state;
  moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
  assert_null(attached_text("moderate", "clara@web.de"));
}

static void a_long_notice_and_a_long_quarrel_come_whole_as_well(void **state)
{
  (void)state;
  town_list(&club.town, "missbrauch", "duty", false);
  town_list(&club.town, "vermittlung", "mediation", false);
  g_autofree char *text = long_post("Und ganz am Ende steht, worum es geht.\n");
  club_write(&club, "zoe@web.de", "missbrauch@kiez.example", "Meldung", text, true);
  g_autofree char *file = attached_text("notice", "admin@amt.example");
  assert_non_null(file);
  assert_has(file, "worum es geht");
  club_write(&club, "anna@web.de", "vermittlung@kiez.example", "Streit", text, true);
  g_autofree char *other = attached_text("mediate", "admin@amt.example");
  assert_non_null(other);
  assert_has(other, "worum es geht");
  clock_fix(TEST_NOW + 4 * 24 * 3600);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "notice", "admin@amt.example"), 2);
  assert_int_equal(moderated_count(&club, "mediate", "admin@amt.example"), 2);
  g_autofree char *again = attached_text("mediate", "admin@amt.example");
  assert_non_null(again);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(the_letter_shows_the_post_and_why_it_waits),
    CASE(it_shows_signature_and_quote_as_well),
    CASE(it_shows_what_only_the_html_says),
    CASE(a_long_post_comes_whole_as_a_file_and_with_the_reminder),
    CASE(what_only_a_long_html_says_is_in_the_file),
    CASE(a_short_post_brings_no_file),
    CASE(a_long_notice_and_a_long_quarrel_come_whole_as_well),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
