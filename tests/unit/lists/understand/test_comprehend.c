/* What a mail means is known to the worker when it decides, by the code that explain shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

#include "lib/base/token.h"
#include "lib/mail/pictures/pictures.h"
#include "lists/comprehend.h"
#include "lists/understand/understand.h"
#include "tests/unit/lists/post_office.h"

static struct town town;
static int64_t gruenau;

static int open_town(void **state)
{
  (void)state;
  town_open(&town);
  gruenau = town_list(&town, "gruenau", "group", true);
  town_list(&town, "maengel", "defects", false);
  town_member(&town, gruenau, "anna@post.example", "member");
  town_member(&town, gruenau, "bela@post.example", "member");
  return 0;
}

static int close_town(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

/* Anna writes a text to an address; the code of the hold it leads to, else the outcome. */
static char *what_becomes_of(const char *to, const char *id, const char *more, const char *text)
{
  g_autofree char *mail = g_strdup_printf(
      "From: Anna <anna@post.example>\nTo: %s\nSubject: Hallo\nMessage-ID: <%s@post.example>\n"
      "Date: Mon, 02 Mar 2026 10:15:00 +0100\n%sContent-Type: text/plain; charset=utf-8\n\n%s\n",
      to, id, more, text);
  post_in(&town, "anna@post.example", to, mail);
  post_work(&town);
  g_autoptr(GPtrArray) holds = holds_page(town.store, 0, 0, 100, NULL);
  assert_non_null(holds);
  if (holds->len == 0) {
    g_autofree char *outcomes = post_outcomes(&town, g_ascii_strtoll(id, NULL, 10));
    return g_strdup(strchr(outcomes, '=') + 1);
  }
  const struct hold *hold = g_ptr_array_index(holds, holds->len - 1);
  return g_strconcat(hold->code, strstr(hold->reason, "understood") ? ": " : "",
                     strstr(hold->reason, "understood") ? strstr(hold->reason, "as: ") + 4 : "", NULL);
}

static void wishes_are_not_distributed(void **state)
{
  (void)state;
  static const struct {
    const char *why, *to, *text, *becomes;
  } cases[] = {
    { "a wish to leave", "gruenau@kiez.example",
      "bitte nehmen Sie mich aus dem Verteiler!!! Ich habe das nie bestellt", "answered" },
    { "something for one person", "gruenau@kiez.example",
      "Nur an dich, bitte nicht weitersagen: ich habe Krebs.", "answered" },
    { "a false friend", "gruenau@kiez.example",
      "Liebe Turngruppe, ich muss mich leider vom Sportkurs am Mittwoch abmelden.", "posted" },
    { "an ordinary post", "gruenau@kiez.example",
      "Wer kommt am Samstag mit zum Uferputz? Treffpunkt ist die Brücke.", "posted" },
    { "a defect", "maengel@kiez.example", "Vor der Regattastraße 12 ist die Laterne aus.",
      "kind_not_ready: defect." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    open_town(NULL);
    g_autofree char *becomes = what_becomes_of(cases[i].to, "1", "", cases[i].text);
    if (!g_str_equal(becomes, cases[i].becomes)) print_error("%s: %s\n", cases[i].why, becomes);
    assert_string_equal(becomes, cases[i].becomes);
    close_town(NULL);
  }
}

static void a_number_alone_holds_no_answer(void **state)
{
  (void)state;
  g_autofree char *first =
      what_becomes_of("gruenau@kiez.example", "1", "", "Wer hilft am Samstag beim Aufbau?");
  g_autofree char *second = what_becomes_of("gruenau@kiez.example", "2", "In-Reply-To: <1@post.example>\n",
                                            "Bin dabei, meine Nummer für alle Fälle: 0171 5550987");
  assert_string_equal(first, "posted");
  assert_string_equal(second, "posted");
}

static void what_stands_in_the_parent_is_cut(void **state)
{
  (void)state;
  g_autofree char *first =
      what_becomes_of("gruenau@kiez.example", "1", "",
                      "Am Ufer liegt seit gestern ein umgestürzter Baum quer über dem Weg, bitte aufpassen.");
  g_autofree char *second = what_becomes_of("gruenau@kiez.example", "2", "In-Reply-To: <1@post.example>\n",
                                            "Danke für den Hinweis!\n\nAm Ufer liegt seit gestern ein "
                                            "umgestürzter Baum\nquer über dem Weg, bitte aufpassen.");
  assert_string_equal(first, "posted");
  assert_string_equal(second, "posted");
  g_autoptr(message_row) message = message_find(town.store, gruenau, "2@post.example", NULL);
  assert_non_null(message);
  assert_string_equal(message->text, "Danke für den Hinweis!");
}

static void a_photo_says_where(void **state)
{
  (void)state;
  g_autoptr(pictures_t) pictures = pictures_start(NULL);
  assert_non_null(pictures);
  char *photo = NULL;
  gsize size = 0;
  assert_true(g_file_get_contents("tests/fuzz/seeds/picture/berlin.jpg", &photo, &size, NULL));
  g_autofree char *encoded = g_base64_encode((const guchar *)photo, size);
  g_free(photo);
  g_autofree char *mail = g_strdup_printf(
      "From: anna@post.example\r\nTo: maengel@kiez.example\r\nSubject: \r\nMessage-ID: "
      "<3@post.example>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nlicht aus, "
      "siehe bild\r\n--x\r\n"
      "Content-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--x--\r\n",
      encoded);
  g_autoptr(GBytes) raw = g_bytes_new(mail, strlen(mail));
  const char *const recipients[] = { "maengel@kiez.example", NULL };
  g_autoptr(incoming_t) incoming = incoming_new(town.config, TEST_NOW, "anna@post.example", recipients, raw);
  g_autoptr(address_book_t) book = addresses_from_store(town.store, town.config, NULL);
  struct work work = {
    .config = town.config, .keys = town.keys, .book = book, .now = TEST_NOW, .pictures = pictures
  };
  comprehend(&work, incoming);
  const struct mail_attachment *attachment = g_ptr_array_index(incoming->mail->attachments, 0);
  assert_true(attachment->has_point);
  const struct understanding *it = g_ptr_array_index(incoming->understandings, 0);
  assert_int_equal(it->meaning->intent, INTENT_DEFECT);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(wishes_are_not_distributed),
    cmocka_unit_test_setup_teardown(a_number_alone_holds_no_answer, open_town, close_town),
    cmocka_unit_test_setup_teardown(what_stands_in_the_parent_is_cut, open_town, close_town),
    cmocka_unit_test_setup_teardown(a_photo_says_where, open_town, close_town),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
