/* Posts composed anew: what passes, what stays behind, and that every result is a sound 7-bit mail. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/compose.h"

#define HEAD                                                                                                 \
  "From: Lothar <lothar@example.org>\r\nSubject: Fest\r\nDate: Mon, 2 Mar 2026 10:15:00 "                    \
  "+0100\r\nMessage-ID: <1@example.org>\r\n"
#define RECEIVED_AT 1772443000
#define FOOTER      "Antworten gehen an alle und sind öffentlich.\n"
#define FOOTER_HTML "<p>Antworten gehen an alle.</p>"

static const char *replace_line(const struct mail_attachment *attachment, bool html, void *data)
{
  (void)data;
  if (!attachment->filename) return NULL;
  return html ? "<b>Anhang anfordern</b>" : "Anhang anfordern: mailto:gruenau+x@kiez.example";
}

/* Sound: ASCII, CRLF only, no line over 998, no control but TAB and slots in the header. */
static void assert_sound(const char *sentence, const char *bytes, gsize size)
{
  gsize line = 0;
  for (gsize i = 0; i < size; i++) {
    unsigned char c = (unsigned char)bytes[i];
    line = c == '\n' ? 0 : line + 1;
    bool is_bare = (c == '\n' && (i == 0 || bytes[i - 1] != '\r')) ||
                   (c == '\r' && (i + 1 >= size || bytes[i + 1] != '\n'));
    if (c >= 127 || c == 0 || is_bare || line > 999)
      fail_msg("%s: byte %zu is %d, line %zu", sentence, i, c, line);
  }
  if (size < 2 || memcmp(bytes + size - 2, "\r\n", 2) != 0) fail_msg("%s: does not end in CRLF", sentence);
}

struct variant {
  gsize limit;
  bool no_footer;
  const char *subject, *footer, *from;
};

/* Composes and checks; the caller frees. */
static char *compose(const char *sentence, const char *raw, gsize size, const struct variant *variant)
{
  struct mail_reading reading = { .domain = "kiez.example" };
  g_autoptr(mail_t) mail = mail_read(raw, size, &reading);
  static const struct compose_header headers[] = { { "List-Id", "<gruenau.kiez.example>", true },
                                                   { "List-Unsubscribe", "<mailto:" COMPOSE_SLOT("a") ">",
                                                     true } };
  struct compose_post post = { .raw = raw,
                               .size = size,
                               .mail = mail,
                               .message_id = mail->message_id ? mail->message_id : "neu@kiez.example",
                               .subject = variant->subject,
                               .from =
                                   variant->from ? variant->from : "\"Lothar G.\" <gruenau+x@kiez.example>",
                               .to = "gruenau@kiez.example",
                               .date = RECEIVED_AT,
                               .headers = headers,
                               .header_count = G_N_ELEMENTS(headers),
                               .footer_text = variant->no_footer ? NULL
                                              : variant->footer  ? variant->footer
                                                                 : FOOTER,
                               .footer_html = variant->no_footer ? NULL : FOOTER_HTML,
                               .attachment_limit_bytes = variant->limit,
                               .replace_attachment = replace_line };
  g_autoptr(GBytes) bytes = compose_post(&post);
  gsize length;
  const char *out = g_bytes_get_data(bytes, &length);
  assert_sound(sentence, out, length);
  return g_strndup(out, length);
}

static const struct variant usual = { 0 };

static char *compose_string(const char *raw)
{
  return compose(raw, raw, strlen(raw), &usual);
}

static int count(const char *text, const char *what)
{
  int found = 0;
  for (const char *at = text; (at = strstr(at, what)); at += strlen(what)) found++;
  return found;
}

static void only_listed_fields_pass(void **state)
{
  (void)state;
  g_autofree char *out = compose_string(
      "Received: from x by y\r\nDKIM-Signature: v=1\r\nUser-Agent: X\r\nX-Mailer: Y\r\n"
      "To: geheim@example.org\r\nCc: auch@example.org\r\nReply-To: r@example.org\r\n"
      "Bcc: b@example.org\r\nIn-Reply-To: <0@x>\r\nReferences: <00@x> <0@x>\r\n" HEAD
      "List-Id: <fremd.example>\r\nContent-Type: text/plain\r\nContent-X-Foo: bar\r\n\r\nHallo");
  static const char *const gone[] = { "Received",      "DKIM",  "User-Agent",        "X-Mailer",
                                      "geheim@",       "auch@", "r@example",         "b@example",
                                      "fremd.example", "X-Foo", "lothar@example.org" };
  for (gsize i = 0; i < G_N_ELEMENTS(gone); i++)
    if (strstr(out, gone[i])) fail_msg("%s passed", gone[i]);
  static const char *const there[] = { "From: \"Lothar G.\" <gruenau+x@kiez.example>\r\n",
                                       "To: gruenau@kiez.example\r\n",
                                       "Subject: Fest\r\n",
                                       "Date: Mon, 02 Mar 2026 10:15:00 +0100\r\n",
                                       "Message-ID: <1@example.org>\r\n",
                                       "In-Reply-To: <0@x>\r\n",
                                       "References: <00@x>\r\n <0@x>\r\n",
                                       "List-Id: <gruenau.kiez.example>\r\n",
                                       "List-Unsubscribe: <mailto:\x01"
                                       "a\x02>\r\n",
                                       "MIME-Version: 1.0\r\n" };
  for (gsize i = 0; i < G_N_ELEMENTS(there); i++)
    if (!strstr(out, there[i])) fail_msg("%s is missing in:\n%s", there[i], out);
}

static void the_footer_stands_below_the_words(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *raw, *text;
  } cases[] = {
    { "plain ASCII", HEAD "\r\nHallo\r\n", "Hallo\n\n-- \n" FOOTER },
    { "latin1",
      HEAD "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xFC\xDF"
           "e\r\n",
      "Grüße\n\n-- \n" FOOTER },
    { "quoted-printable",
      HEAD "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
           "quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe=\r\n!\r\n",
      "Grüße!\n\n-- \n" FOOTER },
    { "base64",
      HEAD
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ0K\r\n",
      "Grüße\n\n-- \n" FOOTER },
    { "an empty mail", HEAD "\r\n", "-- \n" FOOTER },
    { "flowed text stays flowed",
      HEAD "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nDonau \r\ndampf\r\n",
      "Donaudampf\n\n-- \n" FOOTER },
    { "an alternative",
      HEAD "Content-Type: multipart/alternative; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\nContent-Type: "
           "text/html\r\n\r\n<p>Hallo"
           "</p>\r\n--X--\r\n",
      "Hallo\n\n-- \n" FOOTER },
    { "a signed mail gets a part more",
      HEAD "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; "
           "boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\n"
           "Content-Type: application/pgp-signature\r\n\r\nsig\r\n--X--\r\n",
      "Hallo\n-- \n" FOOTER },
    { "a mail that is only a picture gets a text",
      HEAD "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n", "-- \n" FOOTER },
    { "8-bit without any declaration",
      HEAD "\r\nGr\xC3\xBC\xC3\x9F"
           "e\r\n",
      "Grüße\n\n-- \n" FOOTER },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *out = compose_string(cases[i].raw);
    g_autoptr(mail_t) mail = read_with(out, NULL);
    g_autofree char *wanted = g_strdup(cases[i].text);
    if (strcmp(g_strchomp(mail->text), g_strchomp(wanted)) != 0)
      fail_msg("%s:\n%s\n\n%s", cases[i].sentence, mail->text, out);
    assert_int_equal(mail->from_count, 1);
    assert_string_equal(mail->subject, "Fest");
  }
}

static void html_gets_its_own_footer(void **state)
{
  (void)state;
  g_autofree char *out = compose_string(
      HEAD "Content-Type: text/html; charset=iso-8859-1\r\n\r\n<html><head><meta charset=\"iso-8859-1\">"
           "</head><body><p>Gr\xFC\xDF"
           "e</p></BODY></html>");
  g_autoptr(mail_t) mail = read_with(out, NULL);
  assert_non_null(strstr(mail->body_html, "<p>Grüße</p>\n" FOOTER_HTML "\n</BODY></html>"));
  assert_non_null(strstr(mail->body_html, "<meta charset=\"utf-8\">"));
  assert_null(strstr(out, "iso-8859-1"));
}

static void signed_parts_are_not_touched(void **state)
{
  (void)state;
  static const char sealed[] =
      "--X\r\nContent-Type: text/plain;  charset=us-ascii\r\nX-Odd: stays\r\n\r\nHallo  \r\n\r\n--X\r\n"
      "Content-Type: application/pgp-signature\r\n\r\nsig\r\n--X--\r\n";
  g_autofree char *raw =
      g_strconcat(HEAD "Content-Type: multipart/signed; micalg=pgp-sha256; boundary=X\r\n\r\n", sealed, NULL);
  g_autofree char *out = compose_string(raw);
  assert_non_null(strstr(out, sealed));
  assert_non_null(strstr(out, "micalg=pgp-sha256"));
  assert_int_equal(count(out, "multipart/mixed"), 1);
}

static void attachments_are_copied_as_they_stand(void **state)
{
  (void)state;
  static const char odd[] = "AAAA\r\nBBBB\r\nQ0ND\r\n";
  g_autofree char *raw = g_strconcat(
      HEAD "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\n"
           "Content-Type: application/pdf; name=\"Gr\xC3\xBCn.pdf\"\r\nContent-Transfer-Encoding: base64\r\n"
           "Content-Disposition: attachment; filename=\"Gr\xC3\xBCn.pdf\"\r\nX-Attachment-Id: geheim\r\n\r\n",
      odd, "--X--\r\n", NULL);
  g_autofree char *out = compose_string(raw);
  g_autofree char *wanted = g_strconcat("\r\n\r\n", odd, NULL);
  wanted[strlen(wanted) - 2] = '\0';
  assert_non_null(strstr(out, wanted));
  assert_null(strstr(out, "geheim"));
  g_autoptr(mail_t) mail = read_with(out, NULL);
  assert_int_equal(mail->attachments->len, 1);
  const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
  assert_string_equal(it->filename, "Grün.pdf");
  assert_int_equal(it->size_bytes, 9);
}

static void names_of_files_lose_their_path(void **state)
{
  (void)state;
  static const struct {
    const char *written, *wanted;
  } names[] = {
    { "filename=\"../../k.png\"", "k.png" },
    { "filename=\"C:\\\\Users\\\\Lothar\\\\Gr\xC3\xBCn.png\"", "Grün.png" },
    { "filename=\"/etc/passwd\"", "passwd" },
    { "filename*=utf-8''..%2F..%2Fb%C3%A4r.png", "bär.png" },
    { "filename=\"=?utf-8?B?Li4vLi4vYsOkci5wbmc=?=\"", "bär.png" },
    { "filename=\"=?utf-8?B?w7/Dv8O/LnBuZw==?=\"", "ÿÿÿ.png" }, /* a slash of base64 is none */
    { "filename=\"..\"", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *raw =
        g_strconcat(HEAD "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\n"
                         "Content-Type: image/png; name=\"../../k.png\"\r\nContent-Disposition: attachment; ",
                    names[i].written, "\r\n\r\nAAAA\r\n--X--\r\n", NULL);
    g_autoptr(mail_t) read = read_with(raw, NULL);
    g_autofree char *out = compose_string(raw);
    g_autoptr(mail_t) mail = read_with(out, NULL);
    const struct mail *both[] = { read, mail };
    for (gsize k = 0; k < G_N_ELEMENTS(both); k++) {
      assert_int_equal(both[k]->attachments->len, 1);
      const struct mail_attachment *it = g_ptr_array_index(both[k]->attachments, 0);
      if (g_strcmp0(it->filename, names[i].wanted) != 0)
        fail_msg("%s: %s", names[i].written, it->filename ? it->filename : "(none)");
    }
    assert_null(strstr(out, "../"));
    assert_null(strstr(out, "Users"));
  }
}

static void large_attachments_become_lines(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new(
      HEAD "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n"
           "Content-Type: multipart/alternative; boundary=Y\r\n\r\n--Y\r\n\r\nHallo\r\n--Y\r\n"
           "Content-Type: text/html\r\n\r\n<p>Hallo</p>\r\n--Y--\r\n--X\r\n"
           "Content-Type: image/png; name=gross.png\r\nContent-Transfer-Encoding: base64\r\n\r\n");
  for (int i = 0; i < 100; i++) g_string_append(raw, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\r\n");
  g_string_append(raw, "--X\r\nContent-Type: image/png; name=klein.png\r\n\r\nx\r\n--X--\r\n");
  g_autofree char *out = compose("large", raw->str, raw->len, &(struct variant){ .limit = 1000 });
  g_autoptr(mail_t) mail = read_with(out, NULL);
  assert_int_equal(mail->attachments->len, 1);
  assert_string_equal(((struct mail_attachment *)g_ptr_array_index(mail->attachments, 0))->filename,
                      "klein.png");
  assert_string_equal(mail->text, "Hallo\n\nAnhang anfordern: mailto:gruenau+x@kiez.example\n\n-- \n" FOOTER);
  assert_non_null(strstr(mail->body_html, "<p><b>Anhang anfordern</b>\n</p>\n" FOOTER_HTML));
}

static void a_mail_that_is_one_large_file_becomes_a_line(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new(HEAD "Content-Type: image/png; name=gross.png\r\n\r\n");
  for (int i = 0; i < 100; i++) g_string_append(raw, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n");
  g_autofree char *out = compose("one file", raw->str, raw->len, &(struct variant){ .limit = 1000 });
  g_autoptr(mail_t) mail = read_with(out, NULL);
  assert_int_equal(mail->attachments->len, 0);
  assert_non_null(strstr(mail->text, "Anhang anfordern"));
  assert_non_null(strstr(mail->text, FOOTER));
}

static void calendars_pass(void **state)
{
  (void)state;
  g_autofree char *out = compose_string(
      HEAD "Content-Type: multipart/alternative; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\n"
           "Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\n"
           "SUMMARY:Gr\xC3\xBC\xC3\x9F"
           "e\r\n--X--\r\n");
  assert_non_null(strstr(out, "method=REQUEST"));
  g_autoptr(mail_t) mail = read_with(out, NULL);
  const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
  assert_string_equal(g_strchomp(it->calendar_text), "BEGIN:VCALENDAR\nSUMMARY:Grüße");
}

static void the_date_counts_within_reason(void **state)
{
  (void)state;
  static const struct {
    const char *date, *wanted;
  } cases[] = {
    { "Mon, 2 Mar 2026 10:15:00 +0100", "Date: Mon, 02 Mar 2026 10:15:00 +0100\r\n" },
    { "Thu, 7 Feb 2036 06:28:15 +0000", "Date: Mon, 02 Mar 2026 09:16:40 +0000\r\n" },
    { "Mon, 2 Feb 2026 10:15:00 +0100", "Date: Mon, 02 Mar 2026 09:16:40 +0000\r\n" },
    { "irgendwann", "Date: Mon, 02 Mar 2026 09:16:40 +0000\r\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf("From: a@b.example\r\nDate: %s\r\n\r\nx", cases[i].date);
    g_autofree char *out = compose_string(raw);
    if (!strstr(out, cases[i].wanted)) fail_msg("%s:\n%s", cases[i].date, out);
  }
}

static void nothing_is_injected(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *raw, *subject, *from;
  } cases[] = {
    { "by an encoded subject",
      "From: a@b.example\r\nSubject: =?utf-8?q?x=0D=0ABcc:_evil@x.example?=\r\n\r\nHallo", NULL, NULL },
    { "by the subject handed over", HEAD "\r\nHallo", "x\r\nBcc: evil@x.example", NULL },
    { "by a mailbox handed over", HEAD "\r\nHallo", NULL, "a\r\nBcc: evil@x.example" },
    { "by a file name",
      HEAD "Content-Type: application/pdf; name*=utf-8''x%0D%0ABcc:%20evil@x.example\r\n\r\nx", NULL, NULL },
    { "by a Content-ID", HEAD "Content-Type: image/png\r\nContent-ID: <a\rBcc: evil@x.example>\r\n\r\nx",
      NULL, NULL },
    { "by a media type", HEAD "Content-Type: image/p\"ng\rBcc: evil@x.example\r\n\r\nx", NULL, NULL },
    { "by a Message-ID", "From: a@b.example\r\nMessage-ID: <a\rBcc: evil@x.example>\r\n\r\nHallo", NULL,
      NULL },
    { "by references", HEAD "References: <a\rBcc: evil@x.example>\r\n\r\nHallo", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct variant variant = { .subject = cases[i].subject, .from = cases[i].from };
    g_autofree char *out = compose(cases[i].sentence, cases[i].raw, strlen(cases[i].raw), &variant);
    if (strstr(out, "\nBcc:") || strstr(out, "\rBcc")) fail_msg("%s:\n%s", cases[i].sentence, out);
  }
}

static void marks_of_slots_do_not_pass(void **state)
{
  (void)state;
  static const char *const mails[] = {
    HEAD "\r\nHallo \x01"
         "a\x02\r\n",
    "From: a@b.example\r\nSubject: =?utf-8?q?=01a=02?=\r\n\r\nHallo",
    HEAD "Content-Type: image/svg+xml\r\n\r\n<x>\x01"
         "a\x02</x>\r\n",
    HEAD "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: "
         "message/rfc822\r\n\r\nSubject: \x01"
         "a\x02\r\n\r\n\x01"
         "a\x02\r\n--X--\r\n",
    HEAD "Content-Type: multipart/signed; boundary=X\r\n\r\n--X\r\n\r\n\x01"
         "a\x02\r\n--X--\r\n",
    HEAD "Content-Type: application/pdf; name=\"\x01"
         "a\x02.pdf\"\r\n\r\nx",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
    g_autofree char *out = compose_string(mails[i]);
    if (count(out, "\x01") != 1 || count(out, "\x02") != 1) fail_msg("mail %zu:\n%s", i, out);
  }
}

static void whatever_comes_a_sound_mail_leaves(void **state)
{
  (void)state;
  g_autofree char *long_line = g_strnfill(5000, 'x');
  g_autofree char *long_text = g_strconcat(HEAD "\r\n", long_line, "\r\n", NULL);
  g_autofree char *long_subject = g_strconcat("From: a@b.example\r\nSubject: ", long_line, "\r\n\r\nx", NULL);
  g_autofree char *long_name =
      g_strconcat(HEAD "Content-Type: application/pdf; name=", long_line, "\r\n\r\nx", NULL);
  g_autofree char *long_type = g_strconcat(HEAD "Content-Type: application/", long_line, "\r\n\r\nx", NULL);
  g_autofree char *long_nested = g_strconcat(HEAD "Content-Type: message/rfc822\r\n\r\nSubject: ", long_line,
                                             "\r\nX: Gr\xFC\r\n\r\nGr\xFC\xDF"
                                             "e\r\n",
                                             NULL);
  const char *mails[] = {
    long_text,
    long_subject,
    long_name,
    long_type,
    long_nested,
    "",
    "Hallo",
    HEAD "\r\na\rb\nc\r\n",
    HEAD "Content-Type: image/png\r\n\r\na\rb\nc",
    HEAD "Content-Type: multipart/mixed\r\n\r\n",
    HEAD "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n--X--\r\n",
    HEAD "Content-Type: text/\xC3\xBC; charset=\xC3\xBC\r\n\r\nGr\xC3\xBC",
    HEAD "Content-Type: multipart/\xC3\xBC; boundary=X\r\n\r\n--X\r\n\r\nx\r\n--X--\r\n",
    HEAD "Content-Type: multipart/signed; boundary=X\r\n\r\n--X\r\n\r\nGr\xC3\xBC\r\n--X--\r\n",
    HEAD "Content-Transfer-Encoding: x-uuencode\r\nContent-Type: application/x; name=a\r\n\r\nbegin 644 "
         "a\r\n#0V%T\r\n`\r\nend\r\n",
    HEAD "Content-Description: Gr\xC3\xBC\r\nContent-Language: d\xC3\xA9\r\nContent-Type: image/png\r\n\r\nx"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
    g_autofree char *out = compose(mails[i], mails[i], strlen(mails[i]), &usual);
    g_autofree char *bare =
        compose(mails[i], mails[i], strlen(mails[i]), &(struct variant){ .no_footer = true });
    g_autoptr(mail_t) mail = read_with(out, NULL);
    assert_string_equal(mail->from.address, "gruenau+x@kiez.example");
  }
}

static void long_chains_are_bounded_and_folded(void **state)
{
  (void)state;
  g_autoptr(GString) raw = g_string_new(HEAD "References:");
  g_autofree char *fill = g_strnfill(900, 'y');
  for (int i = 0; i < 300; i++) g_string_append_printf(raw, "\r\n <%d%s@x>", i, fill);
  g_string_append(raw, "\r\n\r\nHallo");
  g_autofree char *out = compose("references", raw->str, raw->len, &usual);
  assert_true(strlen(out) < 32 * 1024);
  g_autofree char *first = g_strdup_printf("\r\n <0%s@x>", fill),
                  *last = g_strdup_printf("\r\n <299%s@x>", fill);
  assert_non_null(strstr(out, first));
  assert_non_null(strstr(out, last));
}

static void slots_in_a_footer_stand_unencoded_or_not_at_all(void **state)
{
  (void)state;
  struct variant with_slot = { .footer = "Austreten: " COMPOSE_SLOT("b") "\n" };
  static const char ascii[] = HEAD "\r\nHallo\r\n",
                    umlauts[] = HEAD "Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xC3\xBC\xC3\x9F"
                                     "e\r\n";
  g_autofree char *plain = compose("ascii", ascii, strlen(ascii), &with_slot);
  assert_non_null(strstr(plain, "Hallo\r\n\r\n-- \r\nAustreten: \x01"
                                "b\x02\r\n"));
  g_autofree char *encoded = compose("umlauts", umlauts, strlen(umlauts), &with_slot);
  assert_non_null(strstr(encoded, "\r\n-- \r\nAustreten: \x01"
                                  "b\x02\r\n"));
  assert_non_null(strstr(encoded, "multipart/mixed"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_listed_fields_pass),
    cmocka_unit_test(the_footer_stands_below_the_words),
    cmocka_unit_test(html_gets_its_own_footer),
    cmocka_unit_test(signed_parts_are_not_touched),
    cmocka_unit_test(attachments_are_copied_as_they_stand),
    cmocka_unit_test(names_of_files_lose_their_path),
    cmocka_unit_test(large_attachments_become_lines),
    cmocka_unit_test(a_mail_that_is_one_large_file_becomes_a_line),
    cmocka_unit_test(calendars_pass),
    cmocka_unit_test(the_date_counts_within_reason),
    cmocka_unit_test(nothing_is_injected),
    cmocka_unit_test(marks_of_slots_do_not_pass),
    cmocka_unit_test(whatever_comes_a_sound_mail_leaves),
    cmocka_unit_test(long_chains_are_bounded_and_folded),
    cmocka_unit_test(slots_in_a_footer_stand_unencoded_or_not_at_all),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
