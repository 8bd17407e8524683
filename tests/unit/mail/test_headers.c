/* Headers: subjects, names, dates and ids as people's programs write them. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/addresses.h"
#include "lib/mail/words.h"

static void subjects_are_decoded(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *field, *wanted;
  } cases[] = {
    { "plain text stays", "Sommerfest am Dämeritzsee", "Sommerfest am Dämeritzsee" },
    { "a Q word", "=?utf-8?Q?Gr=C3=BCnau?=", "Grünau" },
    { "a B word", "=?UTF-8?B?R3LDvG5hdQ==?=", "Grünau" },
    { "underscores are blanks", "=?iso-8859-1?q?F=FCr_alle?=", "Für alle" },
    { "latin1 is windows-1252 in truth", "=?iso-8859-1?q?5_=80_=96_so?=", "5 € – so" },
    { "blanks between two words do not count", "=?utf-8?q?Gr=C3=BC?= =?utf-8?q?nau?=", "Grünau" },
    { "a character cut in two by the sender", "=?utf-8?q?Gr=C3?=\r\n =?utf-8?q?=BCnau?=", "Grünau" },
    { "base64 cut in two", "=?utf-8?B?R3LD?= =?utf-8?B?vG5hdQ==?=", "Grünau" },
    { "two charsets", "=?utf-8?q?Gr=C3=BCn?= =?iso-8859-1?q?fl=E4che?=", "Grünfläche" },
    { "text before and behind", "AW: =?utf-8?q?Gr=C3=BCnau?= (2)", "AW: Grünau (2)" },
    { "a word glued to text", "Gr=?utf-8?q?=C3=BC?=nau!", "Grünau!" },
    { "a tag glued to a word gets its blank", "[Kiez]=?utf-8?q?Gr=C3=BCnau?=!", "[Kiez] Grünau!" },
    { "blanks inside a word", "=?utf-8?Q?Gr=C3=BCnau im Mai?=", "Grünau im Mai" },
    { "a question mark inside a word", "=?utf-8?Q?Was ist das?\?=", "Was ist das?" },
    { "a language behind the charset", "=?utf-8*de?q?Gr=C3=BCnau?=", "Grünau" },
    { "a word without its end stays", "=?utf-8?q?Gr=C3=BCnau", "=?utf-8?q?Gr=C3=BCnau" },
    { "a charset nobody knows", "=?x-unbekannt?q?Gr=C3=BCnau?=", "Grünau" },
    { "raw latin1 bytes",
      "Gr\xFC\xDF"
      "e aus K\xF6penick und von der M\xFCggelh\xF6he",
      "Grüße aus Köpenick und von der Müggelhöhe" },
    { "folding is undone", "Sommerfest\r\n am\r\n\tSee", "Sommerfest am\tSee" },
    { "a line break inside a word becomes a blank", "=?utf-8?q?a=0D=0ABcc:_x?=", "a  Bcc: x" },
    { "koi8-r", "=?koi8-r?B?8NLJ18XU?=", "Привет" },
    { "no subject at all", NULL, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = cases[i].field
                               ? g_strdup_printf("From: a@b.example\r\nSubject: %s\r\n\r\nx", cases[i].field)
                               : g_strdup("From: a@b.example\r\n\r\nx");
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    g_autofree char *wanted = g_strdup(cases[i].wanted);
    g_strdelimit(wanted, "\t", ' ');
    if (strcmp(mail->subject, wanted) != 0)
      fail_msg("%s: got \"%s\", wanted \"%s\"", cases[i].sentence, mail->subject, wanted);
  }
}

static void authors_are_found(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *field, *name, *address;
    int count;
  } cases[] = {
    { "a plain address", "lothar@example.org", "", "lothar@example.org", 1 },
    { "a name and an address", "Lothar Gruen <lothar@example.org>", "Lothar Gruen", "lothar@example.org", 1 },
    { "the domain is lower case, the local part as written", "<Lothar@EXAMPLE.org>", "", "Lothar@example.org",
      1 },
    { "a quoted name with a comma", "\"Gruen, Lothar\" <l@example.org>", "Gruen, Lothar", "l@example.org",
      1 },
    { "a name with a comma without quotes", "Gruen, Lothar <l@example.org>", "Gruen, Lothar", "l@example.org",
      1 },
    { "a name with dots without quotes", "Dr. L. Gruen <l@example.org>", "Dr. L. Gruen", "l@example.org", 1 },
    { "quotes inside a quoted name", "\"Lothar \\\"Lo\\\" G\" <l@example.org>", "Lothar \"Lo\" G",
      "l@example.org", 1 },
    { "a name in encoded words", "=?utf-8?q?Lothar_Gr=C3=BCn?= <l@example.org>", "Lothar Grün",
      "l@example.org", 1 },
    { "encoded words within quotes", "\"=?utf-8?q?Lothar_Gr=C3=BCn?=\" <l@example.org>", "Lothar Grün",
      "l@example.org", 1 },
    { "a name in a comment", "l@example.org (Lothar Gruen)", "Lothar Gruen", "l@example.org", 1 },
    { "nested comments", "l@example.org (Lothar (der Alte) Gruen)", "Lothar (der Alte) Gruen",
      "l@example.org", 1 },
    { "blanks around the at sign", "l @ example . org", "", "l@example.org", 1 },
    { "a bracket that is never closed", "Lothar <l@example.org", "Lothar", "l@example.org", 1 },
    { "a name without brackets", "Lothar l@example.org", "Lothar", "l@example.org", 1 },
    { "a source route", "<@relay.example,@b.example:l@example.org>", "", "l@example.org", 1 },
    { "a quoted local part", "\"lo thar\"@example.org", "", "\"lo thar\"@example.org", 1 },
    { "two authors", "a@example.org, b@example.org", "", "a@example.org", 2 },
    { "an address in the display name counts once", "\"b@bank.example\" <a@example.org>", "b@bank.example",
      "a@example.org", 1 },
    { "a group", "Nachbarn: a@example.org, B <b@example.org>;", "", "a@example.org", 2 },
    { "an empty group has no author", "undisclosed-recipients:;", "", "", 0 },
    { "no address", "Lothar", "Lothar", "", 0 },
    { "a program without a host", "Mail Delivery System <MAILER-DAEMON>", "Mail Delivery System", "", 0 },
    { "a comment behind a name is part of it", "Lothar <l@example.org> (Kleingartenverein)",
      "Lothar (Kleingartenverein)", "l@example.org", 1 },
    { "a comment in front of the brackets", "Lothar (Verein) <l@example.org>", "Lothar (Verein)",
      "l@example.org", 1 },
    { "nothing", "", "", "", 0 },
    { "an address with umlauts (SMTPUTF8)", "grün@bäume.example", "", "grün@bäume.example", 1 },
    { "semicolons between addresses", "a@example.org; b@example.org", "", "a@example.org", 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("From: %s\r\n\r\nx", cases[i].field);
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    if (strcmp(mail->from.name, cases[i].name) != 0 || strcmp(mail->from.address, cases[i].address) != 0 ||
        mail->from_count != cases[i].count)
      fail_msg("%s: got \"%s\" <%s> of %d", cases[i].sentence, mail->from.name, mail->from.address,
               mail->from_count);
  }
}

static void two_from_fields_are_two_authors(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail =
      read_with("From: a@example.org\r\nSubject: x\r\nFrom: b@example.org\r\n\r\nx", NULL);
  assert_int_equal(mail->from_count, 2);
  assert_string_equal(mail->from.address, "a@example.org");
}

static void dates_are_read(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *field;
    int64_t moment;
    int offset;
  } cases[] = {
    { "the usual form", "Mon, 2 Mar 2026 10:15:00 +0100", 1772442900, 60 },
    { "with the zone's name", "Mon, 2 Mar 2026 10:15:00 +0100 (CET)", 1772442900, 60 },
    { "without the day and the seconds", "2 Mar 2026 10:15 +0100", 1772442900, 60 },
    { "an obsolete zone", "Mon, 2 Mar 2026 09:15:00 GMT", 1772442900, 0 },
    { "an American zone", "Mon, 02 Mar 2026 04:15:00 EST", 1772442900, -300 },
    { "a year of two digits", "Mon, 2 Mar 98 10:15:00 +0100", 888830100, 60 },
    { "far in the future", "Thu, 7 Feb 2036 06:28:15 +0000", 2085978495, 0 },
    { "a European zone", "Mon, 2 Mar 2026 10:15:00 CET", 1772442900, 60 },
    { "summer time", "Mon, 2 Mar 2026 11:15:00 CEST", 1772442900, 120 },
    { "a German zone", "Mon, 2 Mar 2026 11:15:00 MESZ", 1772442900, 120 },
    { "a zone of POSIX", "Mon, 2 Mar 2026 04:15:00 EST5EDT", 1772442900, -300 },
    { "a zone nobody knows", "Mon, 2 Mar 2026 09:15:00 QQQQ", 1772442900, 0 },
    { "an offset with a colon", "Mon, 2 Mar 2026 10:15:00 +01:00", 1772442900, 60 },
    { "an offset of hours", "Mon, 2 Mar 2026 10:15:00 +1", 1772442900, 60 },
    { "an offset behind a zone", "Mon, 2 Mar 2026 10:15:00 GMT+0100", 1772442900, 60 },
    { "an offset no place has", "Mon, 2 Mar 2026 09:15:00 +9999", 1772442900, 0 },
    { "ISO 8601", "2026-03-02T10:15:00+01:00", 1772442900, 60 },
    { "ISO 8601 in Zulu time", "2026-03-02T09:15:00.000Z", 1772442900, 0 },
    { "as C writes it", "Mon Mar  2 09:15:00 2026", 1772442900, 0 },
    { "as C writes it, with a zone", "Mon Mar  2 10:15:00 CET 2026", 1772442900, 60 },
    { "as JavaScript writes it", "Mon Mar 02 2026 10:15:00 GMT+0100 (CET)", 1772442900, 60 },
    { "with the month in German", "Mo, 2. Mär 2026 10:15:00 +0100", 1772442900, 60 },
    { "with dots", "02.03.2026 10.15.00 +0100", 1772442900, 60 },
    { "with dashes", "Mon, 02-Mar-26 10:15:00 +0100", 1772442900, 60 },
    { "in the afternoon", "Monday, March 2, 2026 11:15:00 PM +1400", 1772442900, 840 },
    { "comments and blanks inside", "Mon, 2 (nested (a) b) Mar 2026 10 : (x) 15 :00 +0100", 1772442900, 60 },
    { "a comment without its end", "Mon, 2 Mar 2026 09:15:00 (CET", 1772442900, 0 },
    { "a leap second", "Mon, 2 Mar 2026 10:14:60 +0100", 1772442899, 60 },
    { "no such day", "Mon, 32 Mar 2026 10:15:00 +0100", 0, 0 },
    { "no such hour", "Mon, 2 Mar 2026 25:15:00 +0100", 0, 0 },
    { "a number without end", "99999999999999999999999 Mar 2026 10:15:00 +0100", 0, 0 },
    { "nonsense", "gestern", 0, 0 },
    { "empty", "", 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("From: a@b.example\r\nDate: %s\r\n\r\nx", cases[i].field);
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    if (mail->date != cases[i].moment || mail->date_offset_minutes != cases[i].offset)
      fail_msg("%s: got %" G_GINT64_FORMAT " %d", cases[i].sentence, mail->date, mail->date_offset_minutes);
  }
}

static void message_ids_lose_their_brackets(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *field, *wanted;
  } cases[] = {
    { "as it should be", "<a.b@example.org>", "a.b@example.org" },
    { "folded below the name", "\r\n <a.b@example.org>", "a.b@example.org" },
    { "without brackets", "a.b@example.org", "a.b@example.org" },
    { "with quotes", "<\"a b\"@example.org>", "\"ab\"@example.org" },
    { "with text behind", "<a@example.org> (Kommentar)", "a@example.org" },
    { "without an at sign", "<0815>", "0815" },
    { "empty brackets", "<>", NULL },
    { "only text", "kein Name", NULL },
    { "not ASCII", "<gr\xC3\xBCn@example.org>", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("From: a@b.example\r\nMessage-ID: %s\r\n\r\nx", cases[i].field);
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    if (g_strcmp0(mail->message_id, cases[i].wanted) != 0)
      fail_msg("%s: got %s", cases[i].sentence, mail->message_id ? mail->message_id : "NULL");
  }
}

static void references_come_in_order_without_doubles(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *fields, *wanted;
  } cases[] = {
    { "References then In-Reply-To", "References: <1@x> <2@x>\r\nIn-Reply-To: <3@x>\r\n", "1@x 2@x 3@x" },
    { "In-Reply-To is in References", "References: <1@x> <2@x>\r\nIn-Reply-To: <2@x>\r\n", "1@x 2@x" },
    { "In-Reply-To stands first in the header", "In-Reply-To: <2@x>\r\nReferences: <1@x>\r\n", "1@x 2@x" },
    { "folded and without blanks between", "References: <1@x><2@x>\r\n\t<3@x>\r\n", "1@x 2@x 3@x" },
    { "prose of old clients", "In-Reply-To: Message of \"Tue, 3 Mar\" <1@x> from Lothar\r\n", "1@x" },
    { "commas and garbage", "References: <1@x>, <, foo bar, <2@x>\r\n", "1@x 2@x" },
    { "a mail that refers to one twice", "References: <1@x> <2@x> <1@x>\r\n", "1@x 2@x" },
    { "nothing usable", "References: eins zwei\r\n", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("From: a@b.example\r\n%s\r\nx", cases[i].fields);
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    g_autoptr(GString) got = g_string_new(NULL);
    for (guint k = 0; k < mail->references->len; k++)
      g_string_append_printf(got, "%s%s", k ? " " : "", (char *)g_ptr_array_index(mail->references, k));
    if (strcmp(got->str, cases[i].wanted) != 0) fail_msg("%s: got %s", cases[i].sentence, got->str);
  }
}

static void long_chains_keep_the_first_and_the_last(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new("From: a@b.example\r\nReferences:");
  for (int i = 0; i < 5000; i++) g_string_append_printf(raw, "\r\n <%d@x>", i);
  g_string_append(raw, "\r\n\r\nx");
  g_autoptr(mail_t) mail = read_with(raw->str, NULL);
  assert_int_equal(mail->references->len, 200);
  assert_string_equal(g_ptr_array_index(mail->references, 0), "0@x");
  assert_string_equal(g_ptr_array_index(mail->references, 1), "4801@x");
  assert_string_equal(g_ptr_array_index(mail->references, 199), "4999@x");
}

static void list_ids_stand_between_the_brackets(void **state)
{
  (void)state;
  g_autoptr(mail_t) named =
      read_with("From: a@b.example\r\nList-Id: \"Gruenau\" <Gruenau.Other.example>\r\n\r\nx", NULL);
  assert_string_equal(named->list_id, "gruenau.other.example");
  g_autoptr(mail_t) bare = read_with("From: a@b.example\r\nList-Id: gruenau.other.example\r\n\r\nx", NULL);
  assert_string_equal(bare->list_id, "gruenau.other.example");
}

static void a_header_may_be_strange(void **state)
{
  (void)state;
  g_autoptr(mail_t) mbox = read_with("From lothar Mon Mar  2\nFrom: a@b.example\nSubject: x\n\ntext", NULL);
  assert_string_equal(mbox->subject, "x");
  assert_string_equal(mbox->text, "text");
  g_autoptr(mail_t) only = read_with("Subject: nur Kopf", NULL);
  assert_string_equal(only->subject, "nur Kopf");
  assert_string_equal(only->text, "");
  g_autoptr(mail_t) none = read_with("Hallo zusammen,\n\nkein Kopf.", NULL);
  assert_string_equal(none->text, "Hallo zusammen,\n\nkein Kopf.");
  g_autoptr(mail_t) blank = read_with("Subject : mit Leerzeichen\r\n\r\n", NULL);
  assert_string_equal(blank->subject, "mit Leerzeichen");
  g_autoptr(mail_t) empty = read_with("", NULL);
  assert_string_equal(empty->text, "");
  assert_false(mail_is_mail("Hallo zusammen\n", 15));
  assert_true(mail_is_mail("Subject: x", 10));
  assert_false(mail_is_mail("", 0));
}

static void a_date_counts_only_near_the_time_a_mail_came(void **state)
{
  (void)state;
  static const int64_t day = 24 * 60 * 60, came = 1772442900;
  static const struct {
    int64_t date, written;
  } cases[] = { { 0, came },
                { came - 3600, came - 3600 },
                { came - 7 * day, came - 7 * day },
                { came - 7 * day - 1, came },
                { came + day, came + day },
                { came + day + 1, came },
                { 2085978496, came } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct mail mail = { .date = cases[i].date };
    assert_int_equal(mail_written_at(&mail, came), cases[i].written);
  }
}

static void nul_bytes_do_not_end_anything(void **state)
{
  (void)state;
  static const char raw[] = "From: a@b.example\r\nSubject: a\0b\r\n\r\neins\0zwei\r\n";
  struct mail_reading reading = { .domain = "kiez.example" };
  g_autoptr(mail_t) mail = mail_read(raw, sizeof raw - 1, &reading);
  assert_string_equal(mail->subject, "a b");
  assert_string_equal(mail->text, "einszwei\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(subjects_are_decoded),
    cmocka_unit_test(authors_are_found),
    cmocka_unit_test(two_from_fields_are_two_authors),
    cmocka_unit_test(dates_are_read),
    cmocka_unit_test(a_date_counts_only_near_the_time_a_mail_came),
    cmocka_unit_test(message_ids_lose_their_brackets),
    cmocka_unit_test(references_come_in_order_without_doubles),
    cmocka_unit_test(long_chains_keep_the_first_and_the_last),
    cmocka_unit_test(list_ids_stand_between_the_brackets),
    cmocka_unit_test(a_header_may_be_strange),
    cmocka_unit_test(nul_bytes_do_not_end_anything),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
