/* Posts as the members get them: headers, From, footer, attachments; and that nothing of the sender's passes
 * that should not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/post_office.h"

#include "lists/addresses.h"
#include "lists/addresses/reply_address.h"
#include "lists/groups/compose.h"

static struct town town;
static int64_t gruenau;

static int setup(void **state)
{
  (void)state;
  town_open(&town);
  gruenau = town_list(&town, "gruenau", "group", true);
  town_list(&town, "adlershof", "group", false);
  town_member(&town, gruenau, "anna@post.example", "member");
  town_member(&town, gruenau, "bela@post.example", "member");
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

/* Changes one thing of the list. */
static void set_list(const char *tag, bool is_public, bool own_copy)
{
  struct list *list = list_find(town.store, "gruenau", NULL);
  g_free(list->subject_tag);
  list->subject_tag = g_strdup(tag);
  list->archive_public = is_public;
  list->own_copy = own_copy;
  assert_true(store_begin(town.store, NULL));
  assert_true(list_update(town.store, list, NULL));
  assert_true(store_commit(town.store, NULL));
  list_free(list);
}

/* The header of a mail, unfolded, with a line break before each field. */
static char *header_of(const char *mail)
{
  const char *end = strstr(mail, "\r\n\r\n");
  GString *header = g_string_new("\n");
  for (const char *p = mail; p < end; p++) {
    if (p[0] == '\r') continue;
    if (p[0] == '\n' && (p[1] == ' ' || p[1] == '\t')) continue;
    g_string_append_c(header, *p);
  }
  g_string_append_c(header, '\n');
  return g_string_free(header, FALSE);
}

/* The value of a field; NULL: it is not there. */
static char *field(const char *header, const char *name)
{
  g_autofree char *start = g_strdup_printf("\n%s: ", name);
  const char *found = strstr(header, start);
  if (!found) return NULL;
  found += strlen(start);
  return g_strndup(found, strcspn(found, "\n"));
}

static const char revealing[] =
    "Received: from annas-laptop (10.0.0.7) by mx.post.example; Mon, 02 Mar 2026 10:15:00 +0100\n"
    "DKIM-Signature: v=1; d=post.example; s=x; b=abc\n"
    "Return-Path: <anna@post.example>\n"
    "From: \"Anna Arndt\" <anna@post.example>\nSender: anna@arbeit.example\nReply-To: anna@privat.example\n"
    "To: gruenau@kiez.example, nachbar@geheim.example\nCc: oma@geheim.example\nBcc: heimlich@geheim.example\n"
    "Subject: =?utf-8?q?Sommerfest_in_Gr=C3=BCnau?=\nMessage-ID: <1@post.example>\nIn-Reply-To: "
    "<0@post.example>\n"
    "Date: Mon, 02 Mar 2026 10:15:00 +0100\nUser-Agent: Spionagepost 3.1\nX-Originating-IP: 10.0.0.7\n"
    "Disposition-Notification-To: anna@post.example\nList-Id: <gefaelscht.kiez.example>\n"
    "List-Unsubscribe: <https://evil.example/raus>\nX-Mailer: Spionagepost\nOrganization: Arbeit GmbH\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nKommt "
    "alle, es gibt Käsekuchen!\n";

/* What the sender's mail may be without, so that it is no forged loop. */
static char *without(const char *text, const char *prefix)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  GString *kept = g_string_new(NULL);
  for (char **line = lines; *line; line++)
    if (!g_str_has_prefix(*line, prefix)) g_string_append_printf(kept, "%s%s", kept->len ? "\n" : "", *line);
  return g_string_free(kept, FALSE);
}

static void a_post_carries_our_headers_and_nothing_of_the_senders(void **state)
{
  (void)state;
  g_autofree char *text = without(revealing, "List-Id");
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *mail = post_mail(&town, "post", "bela@post.example");
  assert_non_null(mail);
  static const char *const secrets[] = { "anna@",    "10.0.0.7",    "laptop",   "geheim",
                                         "arbeit",   "Arbeit",      "privat",   "Spionage",
                                         "evil",     "DKIM",        "Received", "Disposition-Notification",
                                         "X-Mailer", "Organization" };
  for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++)
    if (strstr(mail, secrets[i])) fail_msg("\"%s\" passed:\n%s", secrets[i], mail);
  g_autofree char *header = header_of(mail);
  static const char *const wanted[][2] = {
    { "List-Id", "<gruenau.kiez.example>" },
    { "List-Post", "<mailto:gruenau@kiez.example>" },
    { "List-Help", "<mailto:gruenau%2Bhilfe@kiez.example>" },
    { "Archived-At", "<https://kiez.example/gruenau/2026/0001/" },
    { "X-Loop", "gruenau@kiez.example" },
    { "Message-ID", "<1@post.example>" },
    { "In-Reply-To", "<0@post.example>" },
    { "To", "gruenau@kiez.example" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
    g_autofree char *value = field(header, wanted[i][0]);
    if (!value || !strstr(value, wanted[i][1]))
      fail_msg("%s is \"%s\"", wanted[i][0], value ? value : "missing");
  }
}

static void from_is_ours_and_routes_to_the_post(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: Anna Arndt <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Fest\n\nHallo\n");
  post_work(&town);
  g_autofree char *text = post_mail(&town, "post", "bela@post.example");
  g_autoptr(mail_t) mail = mail_read(text, strlen(text), &(struct mail_reading){ .domain = "kiez.example" });
  assert_string_equal(mail->from.name, "Anna Arndt über gruenau");
  g_autoptr(address_book_t) book = addresses_from_store(town.store, town.config, NULL);
  struct address_target target =
      addresses_look_up(book, town.keys, mail->from.address, TEST_NOW + 3000LL * 86400);
  assert_int_equal(target.meaning, ADDRESS_TOKEN); /* it does not expire */
  assert_int_equal(target.token.purpose, TOKEN_POST);
  assert_int_equal(target.token.object, 1);
  assert_string_equal(target.list, "gruenau");
}

static void each_recipient_gets_an_address_of_their_own_for_leaving_and_bounces(void **state)
{
  (void)state;
  set_list("", true, true);
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Fest\n\nHallo\n");
  post_work(&town);
  g_autoptr(address_book_t) book = addresses_from_store(town.store, town.config, NULL);
  g_autoptr(GPtrArray) deliveries = outbox_page(town.store, 0, 0, 10, false, NULL);
  assert_int_equal(deliveries->len, 2); /* own copies are on */
  for (guint i = 0; i < deliveries->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(deliveries, i);
    g_autofree char *mail = post_mail(&town, "post", delivery->address);
    g_autofree char *header = header_of(mail);
    g_autofree char *leave = field(header, "List-Unsubscribe");
    assert_true(g_str_has_prefix(leave, "<mailto:gruenau%2B"));
    g_autofree char *bare = g_strndup(leave + strlen("<mailto:"), strlen(leave) - strlen("<mailto:>"));
    g_autofree char *address = g_uri_unescape_string(bare, NULL);
    struct address_target target = addresses_look_up(book, town.keys, address, TEST_NOW);
    assert_int_equal(target.token.purpose, TOKEN_LEAVE);
    assert_int_equal(target.token.person, delivery->person);
    target = addresses_look_up(book, town.keys, delivery->envelope_from, TEST_NOW);
    assert_int_equal(target.token.purpose, TOKEN_BOUNCE);
    assert_int_equal(target.token.person, delivery->person);
  }
}

static void the_footer_says_where_an_answer_goes_and_whether_it_is_public(void **state)
{
  (void)state;
  for (int is_public = 0; is_public < 2; is_public++) {
    set_list("", is_public, false);
    g_autofree char *text = g_strdup_printf(
        "From: Anna <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Fest %d\n\nHallo\n", is_public);
    post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
    post_work(&town);
    g_autofree char *raw = post_mail(&town, "post", "bela@post.example");
    g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "kiez.example" });
    assert_non_null(strstr(mail->text, "Antworten gehen an alle"));
    assert_true((strstr(mail->text, "im öffentlichen Archiv") != NULL) == is_public);
    assert_true((strstr(mail->text, "veröffentlicht wird nichts") != NULL) == !is_public);
    assert_non_null(strstr(mail->text, "Nur an Anna: gruenau+"));
    g_autofree char *header = header_of(raw);
    g_autofree char *archived = field(header, "Archived-At");
    assert_true((archived != NULL) == is_public);
  }
}

static void own_copies_are_a_setting_of_the_list(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: A\n\nHallo\n");
  post_work(&town);
  set_list("", true, true);
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: B\n\nHallo\n");
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(letters, "post:anna@post.example post:bela@post.example post:bela@post.example");
}

static void subjects_get_the_tag_once(void **state)
{
  (void)state;
  static const char *const cases[][3] = {
    { "Sommerfest", "grünau", "[grünau] Sommerfest" },
    { "AW: [grünau] Sommerfest", "grünau", "AW: [grünau] Sommerfest" },
    { "Re: [kiez] AW: [kiez] Fest", "kiez", "Re: [kiez] AW: Fest" },
    { "[KIEZ] Fest", "kiez", "[kiez] Fest" },
    { "", "kiez", "[kiez]" },
    { "Sommerfest", "", "Sommerfest" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = group_subject(cases[i][0], cases[i][1]);
    assert_string_equal(got, cases[i][2]);
  }
}

/* A mail with photos of these sizes. */
static char *mail_with_photos(const gsize *sizes, gsize count)
{
  GString *text = g_string_new(
      "From: Anna <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Fotos\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=grenze\n\n--grenze\nContent-Type: text/plain\n\nSeht her!\n");
  for (gsize i = 0; i < count; i++) {
    g_autofree guchar *bytes = g_malloc0(sizes[i]);
    g_autofree char *base64 = g_base64_encode(bytes, sizes[i]);
    g_string_append_printf(
        text,
        "--grenze\nContent-Type: image/jpeg; name=foto%zu.jpg\nContent-Disposition: attachment; "
        "filename=foto%zu.jpg\nContent-Transfer-Encoding: base64\n\n",
        i, i);
    for (gsize at = 0, length = strlen(base64); at < length; at += 76)
      g_string_append_printf(text, "%.76s\n", base64 + at);
  }
  g_string_append(text, "--grenze--\n");
  return g_string_free(text, FALSE);
}

static void a_large_attachment_becomes_a_link_that_brings_it(void **state)
{
  (void)state;
  town.config->attachment_limit_bytes = 10000;
  const gsize sizes[] = { 500, 20000 };
  g_autofree char *text = mail_with_photos(sizes, 2);
  post_in(&town, "anna@post.example", "gruenau@kiez.example", text);
  post_work(&town);
  g_autofree char *raw = post_mail(&town, "post", "bela@post.example");
  assert_true(strlen(raw) < 8000);
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "kiez.example" });
  assert_int_equal(mail->attachments->len, 1);
  const char *link = strstr(mail->text, "mailto:gruenau%2B");
  assert_non_null(link);
  assert_non_null(strstr(mail->text, "foto1.jpg"));
  g_autofree char *url = g_strndup(link, strcspn(link, " \r\n>"));
  assert_non_null(strstr(url, "subject=Anhang%202"));
  g_autofree char *bare = g_strndup(url + strlen("mailto:"), strcspn(url + strlen("mailto:"), "?"));
  g_autofree char *address = g_uri_unescape_string(bare, NULL);
  /* a member follows the link, and a stranger */
  post_in(&town, "bela@post.example", address,
          "From: bela@post.example\nTo: x\nSubject: Anhang 2: foto1.jpg\n\n");
  post_in(&town, "x@fremd.example", address,
          "From: x@fremd.example\nTo: x\nSubject: Anhang 2: foto1.jpg\n\n");
  post_in(&town, "y@fremd.example", address,
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=fremd.example\nFrom: "
          "y@fremd.example\nTo: x\nSubject: Anhang 2\n\n");
  post_work(&town);
  g_autofree char *letters = post_letters(&town);
  assert_string_equal(
      letters, "attachment:bela@post.example attachment_denied:y@fremd.example post:bela@post.example");
  g_autofree char *brought = post_mail(&town, "attachment", "bela@post.example");
  g_autoptr(mail_t) letter =
      mail_read(brought, strlen(brought), &(struct mail_reading){ .domain = "kiez.example" });
  const struct mail_attachment *photo = g_ptr_array_index(letter->attachments, letter->attachments->len - 1);
  assert_string_equal(photo->type, "image/jpeg");
  assert_int_equal(photo->size_bytes, 20000);
}

static void many_attachments_under_the_limit_still_make_no_huge_mail(void **state)
{
  (void)state;
  town.config->attachment_limit_bytes = 10000;
  const gsize sizes[] = { 9000, 9001, 9002, 9003, 9004, 9005, 9006, 100 };
  g_autofree char *text = mail_with_photos(sizes, G_N_ELEMENTS(sizes));
  g_autoptr(mail_t) mail = mail_read(text, strlen(text), &(struct mail_reading){ .domain = "kiez.example" });
  int64_t limit = group_attachment_limit(10000, mail), sum = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
    if ((int64_t)sizes[i] <= limit) sum += (int64_t)sizes[i];
  assert_true(sum <= 40000);
  assert_true(limit >= 9000);
}

static void a_hostile_name_stays_a_name(void **state)
{
  (void)state;
  post_in(&town, "anna@post.example", "gruenau@kiez.example",
          "From: =?utf-8?q?Anna=0D=0ABcc:_opfer=40fremd.example=0D=0AX-Evil:_1?= <anna@post.example>\nTo: "
          "gruenau@kiez.example\n"
          "Subject: =?utf-8?q?Fest=0D=0AX-Evil:_2?=\n\nHallo {{list}} <b>x</b>\n");
  post_work(&town);
  g_autofree char *mail = post_mail(&town, "post", "bela@post.example");
  g_autofree char *header = header_of(mail);
  assert_null(strstr(header, "\nX-Evil"));
  assert_null(strstr(header, "\nBcc"));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_post_carries_our_headers_and_nothing_of_the_senders),
    CASE(from_is_ours_and_routes_to_the_post),
    CASE(each_recipient_gets_an_address_of_their_own_for_leaving_and_bounces),
    CASE(the_footer_says_where_an_answer_goes_and_whether_it_is_public),
    CASE(own_copies_are_a_setting_of_the_list),
    cmocka_unit_test(subjects_get_the_tag_once),
    CASE(a_large_attachment_becomes_a_link_that_brings_it),
    CASE(many_attachments_under_the_limit_still_make_no_huge_mail),
    CASE(a_hostile_name_stays_a_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
