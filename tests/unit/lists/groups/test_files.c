/* Attachments through the worker: what runs goes to nobody, its author hears why, and the rest of the mail
 * goes its way; what a list takes; what is published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/post_office.h"

#include "lib/store/moderation/files.h"
#include "lib/store/moderation/moderation.h"

static struct town town;
static int64_t gruenau;

static int setup(void **state)
{
  (void)state;
  town_open(&town);
  gruenau = town_list(&town, "gruenau", "group", true);
  town_member(&town, gruenau, "anna@post.example", "member");
  town_member(&town, gruenau, "bela@post.example", "member");
  town_member(&town, gruenau, "mona@post.example", "moderator");
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

/* A mail of Anna's with a text and one file; `proof` "": nobody vouches for her. */
static char *mail_with(const char *proof, const char *words, const char *name, const char *type,
                       const void *bytes, gsize size)
{
  g_autofree char *base64 = g_base64_encode(bytes, size);
  g_autoptr(GString) lines = g_string_new(NULL);
  for (gsize at = 0, length = strlen(base64); at < length; at += 76)
    g_string_append_printf(lines, "%.76s\n", base64 + at);
  return g_strdup_printf(
      "%sFrom: Anna <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Plan\nMessage-ID: "
      "<p@post.example>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=grenze\n\n--grenze\nContent-Type: "
      "text/plain\n\n%s\n--grenze\nContent-Type: %s; name=\"%s\"\nContent-Disposition: attachment; "
      "filename=\"%s\"\nContent-Transfer-Encoding: base64\n\n%s--grenze--\n",
      proof, words, type, name, name, lines->str);
}

static const char proven[] = "Authentication-Results: mx.kiez.example; dmarc=pass header.from=post.example\n";

static struct mail *read_letter(const char *purpose, const char *address)
{
  g_autofree char *raw = post_mail(&town, purpose, address);
  if (!raw) return NULL;
  return mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "kiez.example" });
}

static void a_program_goes_to_nobody_and_its_author_hears_why(void **state)
{
  (void)state;
  g_autofree char *text =
      mail_with(proven, "Seht euch den Plan an!", "plan.pdf.exe", "application/pdf", "MZ", 2);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters,
                      "attachment_kept_out:anna@post.example post:bela@post.example post:mona@post.example");
  g_autoptr(mail_t) post = read_letter("post", "bela@post.example");
  assert_int_equal(post->attachments->len, 0);
  assert_non_null(strstr(post->text, "Seht euch den Plan an!"));
  assert_non_null(strstr(post->text, "Anhang 1 „plan.pdf.exe“ ist herausgenommen: Es ist ein Programm"));
  g_autoptr(mail_t) letter = read_letter("attachment_kept_out", "anna@post.example");
  assert_non_null(strstr(letter->text, "plan.pdf.exe"));
  assert_non_null(strstr(letter->text, "als PDF oder als Bild"));
  assert_null(strstr(letter->text, "Sonst stand nichts"));
}

static void a_mail_that_is_nothing_but_a_program_is_not_sent_on(void **state)
{
  (void)state;
  g_autofree char *text = mail_with(proven, "", "a.scr", "application/octet-stream", "x", 1);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "attachment_kept_out:anna@post.example");
  g_autoptr(mail_t) letter = read_letter("attachment_kept_out", "anna@post.example");
  assert_non_null(strstr(letter->text, "Sonst stand nichts"));
}

static void whom_nobody_vouches_for_hears_it_once_a_day(void **state)
{
  (void)state;
  for (int i = 0; i < 3; i++) {
    g_autofree char *words = g_strdup_printf("Zum %d. Mal", i + 1);
    g_autofree char *text = mail_with("", words, "a.vbs", "text/plain", "x", 1);
    post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  }
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  const char *first = strstr(letters, "attachment_kept_out:");
  assert_non_null(first);
  assert_null(strstr(first + 1, "attachment_kept_out:"));
}

static void what_is_passed_on_privately_carries_no_program(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: Anna <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Hallo\n\nHallo!\n");
  post_work(&town);
  g_autofree char *post = post_mail(&town, "post", "bela@post.example");
  g_autoptr(mail_t) read = mail_read(post, strlen(post), &(struct mail_reading){ .domain = "kiez.example" });
  const char *at = strstr(read->text, "gruenau+");
  assert_non_null(at);
  g_autofree char *author = g_strndup(at, strcspn(at, " \n>),;"));
  g_strdelimit(author, "\r", '\0');
  g_autofree char *template = mail_with(proven, "Nur für dich", "a.exe", "application/pdf", "x", 1);
  g_auto(GStrv) halves = g_strsplit(template, "anna@", -1);
  g_autofree char *text = g_strjoinv("bela@", halves);
  post_in(&town, "bela@post.example", author, text);
  post_work(&town);
  g_autoptr(mail_t) letter = read_letter("private", "anna@post.example");
  assert_non_null(letter);
  assert_int_equal(letter->attachments->len, 0);
  assert_non_null(strstr(letter->text, "„a.exe“ ist herausgenommen"));
}

/* What the list says of attachments. */
static void set_files(const char *taken, int64_t travels, int64_t takes)
{
  struct list_files files = { (char *)taken, travels, takes };
  assert_true(store_begin(town.store, NULL));
  assert_true(list_files_put(town.store, gruenau, &files, NULL));
  assert_true(store_commit(town.store, NULL));
}

static void a_kind_that_the_list_does_not_take_waits_for_a_moderator(void **state)
{
  (void)state;
  set_files("pictures", 0, 0);
  g_autofree char *text = mail_with(proven, "Das Lied", "lied.mp3", "audio/mpeg", "ID3", 3);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "moderate:mona@post.example");
  g_autoptr(mail_t) letter = read_letter("moderate", "mona@post.example");
  assert_non_null(strstr(letter->text, "eine Art von Datei"));
}

static void a_kind_that_the_list_takes_goes_out(void **state)
{
  (void)state;
  set_files("pictures documents", 0, 0);
  g_autofree char *text = mail_with(proven, "Das Bild", "bild.jpg", "image/jpeg", "\xff\xd8\xff\xe0", 4);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autoptr(mail_t) post = read_letter("post", "bela@post.example");
  assert_int_equal(post->attachments->len, 1);
}

static void a_mail_larger_than_the_list_takes_is_refused_with_a_sentence(void **state)
{
  (void)state;
  set_files("any", 0, 4096);
  g_autofree char *large = g_strnfill(5000, 'x');
  g_autofree char *text = mail_with(proven, "Hallo", "a.txt", "text/plain", large, 5000);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "rule_refused:anna@post.example");
  g_autoptr(mail_t) letter = read_letter("rule_refused", "anna@post.example");
  assert_non_null(strstr(letter->text, "größer, als diese Liste annimmt"));
}

static void the_lists_own_size_decides_what_becomes_a_link(void **state)
{
  (void)state;
  set_files("any", 2000, 0);
  g_autofree char *large = g_strnfill(3000, 'x');
  g_autofree char *text = mail_with(proven, "Hallo", "a.txt", "text/plain", large, 3000);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autoptr(mail_t) post = read_letter("post", "bela@post.example");
  assert_int_equal(post->attachments->len, 0);
  assert_non_null(strstr(post->text, "a.txt (3 KB)"));
}

/* A photo with EXIF that says where it was taken, larger than `size`. */
static GByteArray *photo(gsize size)
{
  static const guint8 head[] = { 0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x14, 'E',  'x',  'i', 'f',
                                 0,    0,    'G',  'P',  'S',  ' ',  'g',  'e',  'h', 'e',
                                 'i',  'm',  'x',  'x',  0xFF, 0xDA, 0x00, 0x04, 0,   0 };
  GByteArray *out = g_byte_array_new();
  g_byte_array_append(out, head, sizeof head);
  while (out->len < size) g_byte_array_append(out, (const guint8 *)"Bild", 4);
  g_byte_array_append(out, (const guint8 *)"\xff\xd9 hinten dran", 14);
  return out;
}

/* Anna posts a large photo; the list's limit is 2000 bytes. */
static void post_photo(void)
{
  set_files("any", 2000, 0);
  g_autoptr(GByteArray) bytes = photo(3000);
  g_autofree char *text = mail_with(proven, "Das Fest", "fest.jpg", "image/jpeg", bytes->data, bytes->len);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
}

static char *question_address(const char *purpose, const char *address)
{
  g_autoptr(mail_t) letter = read_letter(purpose, address);
  return letter ? g_strdup(letter->from.address) : NULL;
}

/* Mona answers the question. */
static void answer(const char *from, const char *words, bool is_proven)
{
  g_autofree char *to = question_address("files", "mona@post.example");
  g_autofree char *text =
      g_strdup_printf("%sFrom: %s\nTo: %s\nSubject: Re: Anhang\nMessage-ID: <%u@x.example>\n\n%s\n",
                      is_proven ? proven : "", from, to, g_random_int(), words);
  clock_fix(clock_now() + 120);
  post_in(&town, from, to, text);
  post_work(&town);
}

static const char *state_of_file(void)
{
  g_autoptr(GPtrArray) files = public_files_of(town.store, 1, NULL);
  assert_int_equal(files->len, 1);
  return g_intern_string(((const struct public_file *)g_ptr_array_index(files, 0))->state);
}

static GBytes *shown(void)
{
  return public_file_bytes(town.store, gruenau, 1, 1, NULL);
}

static void a_large_photo_is_public_after_a_moderators_yes_and_not_before(void **state)
{
  (void)state;
  post_photo();
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "files:mona@post.example post:bela@post.example post:mona@post.example");
  g_autoptr(mail_t) post = read_letter("post", "bela@post.example");
  assert_int_equal(post->attachments->len, 0);
  assert_non_null(strstr(post->text, "https://kiez.example/gruenau/anhang/1-1.jpg"));
  assert_string_equal(state_of_file(), "asked");
  assert_null(shown());
  answer("mona@post.example", "ok", true);
  assert_string_equal(state_of_file(), "public");
  g_autoptr(GBytes) bytes = shown();
  assert_non_null(bytes);
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);
  assert_null(memmem(data, size, "geheim", 6));
  assert_null(memmem(data, size, "hinten dran", 11));
  assert_non_null(memmem(data, size, "BildBild", 8));
}

static void a_yes_to_a_broken_photo_is_answered_with_the_truth(void **state)
{
  (void)state;
  set_files("any", 2000, 0);
  guint8 broken[3000] = { 0xFF, 0xD8, 0xFF };
  g_autofree char *text = mail_with(proven, "Das Fest", "kaputt.jpg", "image/jpeg", broken, sizeof broken);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  assert_string_equal(state_of_file(), "asked");
  answer("mona@post.example", "ok", true);
  assert_string_equal(state_of_file(), "refused");
  g_autoptr(mail_t) letter = read_letter("files_unfit", "mona@post.example");
  assert_non_null(letter);
  assert_non_null(strstr(letter->text, "kommen nicht ins"));
}

static void after_a_no_it_stays_out(void **state)
{
  (void)state;
  post_photo();
  answer("mona@post.example", "nein", true);
  assert_string_equal(state_of_file(), "refused");
  assert_null(shown());
}

static void nobody_else_and_nothing_unclear_publishes_it(void **state)
{
  (void)state;
  post_photo();
  answer("bela@post.example", "ok", true);
  assert_string_equal(state_of_file(), "asked");
  answer("mona@post.example", "ok", false);
  assert_string_equal(state_of_file(), "asked");
  answer("mona@post.example", "ok, aber das zweite Bild nicht, da ist mein Nachbar drauf", true);
  assert_string_equal(state_of_file(), "asked");
  assert_null(shown());
}

static void a_private_list_publishes_nothing_and_asks_nobody(void **state)
{
  (void)state;
  g_autoptr(list_row) list = list_find(town.store, "gruenau", NULL);
  list->archive_public = false;
  assert_true(store_begin(town.store, NULL));
  assert_true(list_update(town.store, list, NULL));
  assert_true(store_commit(town.store, NULL));
  post_photo();
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "post:bela@post.example post:mona@post.example");
  g_autoptr(mail_t) post = read_letter("post", "bela@post.example");
  assert_null(strstr(post->text, "/anhang/"));
  assert_non_null(strstr(post->text, "anfordern: mailto:"));
}

static void what_is_no_picture_is_never_public(void **state)
{
  (void)state;
  set_files("any", 2000, 0);
  g_autofree char *large = g_strnfill(3000, 'x');
  g_autofree char *text = mail_with(proven, "Hallo", "film.jpg", "image/jpeg", large, 3000);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "post:bela@post.example post:mona@post.example");
}

/* Somebody asks for the attachment at the address that the letter gives. */
static void ask_for_file(const char *from, const char *proof)
{
  g_autoptr(mail_t) letter = read_letter("files", "mona@post.example");
  const char *at = strstr(letter->text, "mailto:");
  assert_non_null(at);
  g_autofree char *escaped = g_strndup(at + 7, strcspn(at + 7, "? \n"));
  g_autofree char *to = g_uri_unescape_string(escaped, NULL);
  g_autofree char *text = g_strdup_printf("%sFrom: %s\nTo: x\nSubject: Anhang 1: fest.jpg\n\n", proof, from);
  post_in(&town, from, to, text);
  post_work(&town);
}

static void whoever_decides_can_look_at_it(void **state)
{
  (void)state;
  post_photo();
  ask_for_file("mona@post.example", proven);
  g_autoptr(mail_t) letter = read_letter("attachment", "mona@post.example");
  assert_non_null(letter);
  assert_string_equal(((const struct mail_attachment *)g_ptr_array_index(letter->attachments, 0))->filename,
                      "fest.jpg");
  ask_for_file("fremd@post.example", proven);
  assert_null(read_letter("attachment", "fremd@post.example"));
}

static void silence_keeps_it_out(void **state)
{
  (void)state;
  post_photo();
  clock_fix(TEST_NOW + 15 * 24 * 3600);
  post_work(&town);
  clock_fix(TEST_NOW + 30 * 24 * 3600);
  post_work(&town);
  assert_string_equal(state_of_file(), "refused");
}

static void a_withdrawn_post_takes_its_files_along(void **state)
{
  (void)state;
  post_photo();
  answer("mona@post.example", "ok", true);
  assert_true(store_begin(town.store, NULL));
  assert_true(message_withdraw(town.store, 1, "[zurückgezogen]", clock_now(), NULL));
  assert_true(store_commit(town.store, NULL));
  assert_null(shown());
  assert_string_equal(state_of_file(), "refused");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_program_goes_to_nobody_and_its_author_hears_why),
    CASE(a_mail_that_is_nothing_but_a_program_is_not_sent_on),
    CASE(whom_nobody_vouches_for_hears_it_once_a_day),
    CASE(a_kind_that_the_list_does_not_take_waits_for_a_moderator),
    CASE(a_kind_that_the_list_takes_goes_out),
    CASE(a_mail_larger_than_the_list_takes_is_refused_with_a_sentence),
    CASE(the_lists_own_size_decides_what_becomes_a_link),
    CASE(a_large_photo_is_public_after_a_moderators_yes_and_not_before),
    CASE(a_yes_to_a_broken_photo_is_answered_with_the_truth),
    CASE(after_a_no_it_stays_out),
    CASE(nobody_else_and_nothing_unclear_publishes_it),
    CASE(a_private_list_publishes_nothing_and_asks_nobody),
    CASE(what_is_no_picture_is_never_public),
    CASE(whoever_decides_can_look_at_it),
    CASE(silence_keeps_it_out),
    CASE(a_withdrawn_post_takes_its_files_along),
    CASE(what_is_passed_on_privately_carries_no_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
