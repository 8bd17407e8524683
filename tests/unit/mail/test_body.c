/* The body that is chosen, its text, and what is an attachment. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/reading.h"

#define HEAD        "From: a@b.example\r\nMIME-Version: 1.0\r\n"
#define MIXED       HEAD "Content-Type: multipart/mixed; boundary=X\r\n\r\n"
#define ALTERNATIVE HEAD "Content-Type: multipart/alternative; boundary=X\r\n\r\n"

/* Attachments as "part type name;" */
static char *list_attachments(const struct mail *mail)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *it = g_ptr_array_index(mail->attachments, i);
    g_string_append_printf(out, "%s %s %s%s;", it->part, it->type, it->filename ? it->filename : "-",
                           it->is_inline ? " inline" : "");
  }
  return g_string_free(out, FALSE);
}

static void the_best_body_is_chosen(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *raw, *text, *attachments;
  } cases[] = {
    { "plain text alone", HEAD "\r\nHallo\r\n", "Hallo\n", "" },
    { "plain before HTML",
      ALTERNATIVE "--X\r\n\r\nplain\r\n--X\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--X--\r\n",
      "plain", "" },
    { "HTML where the plain part is blank",
      ALTERNATIVE "--X\r\n\r\n \r\n\r\n--X\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--X--\r\n",
      "html", "" },
    { "HTML alone", HEAD "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Gr\xC3\xBC&szlig;e</p>", "Grüße",
      "" },
    { "text that only claims to be base64",
      HEAD "Content-Transfer-Encoding: base64\r\n\r\nHallo, kommt ihr am Samstag?\r\n",
      "Hallo, kommt ihr am Samstag?\n", "" },
    { "a list's footer in clear behind base64",
      HEAD "Content-Transfer-Encoding: base64\r\n\r\nSGFsbG8gTmFjaGJhcm4hIQ==\r\n_____\r\nListe\r\n",
      "Hallo Nachbarn!!", "" },
    { "two pieces of base64, each with its padding",
      HEAD "Content-Transfer-Encoding: base64\r\n\r\nSGFsbG8gTmFjaGJhcm4hIQ==\r\nTGlzdGVubWFpbA==\r\n",
      "Hallo Nachbarn!!Listenmail", "" },
    { "a name of blanks is none",
      MIXED "--X\r\n\r\nHallo\r\n--X\r\nContent-Type: image/png; name=\"   \r\n\r\nx\r\n--X--\r\n", "Hallo",
      "2 image/png -;" },
    { "text and file",
      MIXED "--X\r\n\r\nHallo\r\n--X\r\nContent-Type: image/png; name=\"bild.png\"\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--X--\r\n",
      "Hallo", "2 image/png bild.png;" },
    { "texts around a picture belong together",
      MIXED "--X\r\n\r\neins\r\n--X\r\nContent-Type: image/png\r\n\r\nx\r\n--X\r\n\r\nzwei\r\n--X--\r\n",
      "eins\nzwei", "2 image/png -;" },
    { "a text file is an attachment",
      MIXED "--X\r\n\r\nHallo\r\n--X\r\nContent-Disposition: attachment; "
            "filename=notiz.txt\r\n\r\ngeheim\r\n--X--\r\n",
      "Hallo", "2 text/plain notiz.txt;" },
    { "an inline text with a name behind the text is an attachment",
      MIXED
      "--X\r\n\r\nHallo\r\n--X\r\nContent-Disposition: inline; filename=notiz.txt\r\n\r\nNotiz\r\n--X--\r\n",
      "Hallo", "2 text/plain notiz.txt;" },
    { "a mail that is nothing but a text is its body",
      HEAD "Content-Disposition: attachment; filename=a.txt\r\n\r\nHallo", "Hallo", "" },
    { "HTML with a list's plain footer keeps both",
      MIXED "--X\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--X\r\n\r\nFusszeile\r\n--X--\r\n",
      "html\nFusszeile", "" },
    { "a nested mail is an attachment",
      MIXED "--X\r\n\r\nHallo\r\n--X\r\nContent-Type: message/rfc822\r\n\r\nSubject: innen\r\n\r\nfremder "
            "Text\r\n--X--\r\n",
      "Hallo", "2 message/rfc822 -;" },
    { "a multipart without a boundary is guessed",
      HEAD "Content-Type: multipart/mixed\r\n\r\n--X\r\n\r\nHallo\r\n--X--\r\n", "Hallo", "" },
    { "a multipart without any part is text", MIXED "Hallo\r\n", "Hallo\n", "" },
    { "a multipart that never ends", MIXED "--X\r\n\r\nHallo\r\n", "Hallo\n", "" },
    { "an inner multipart that never ends stops at the outer boundary",
      MIXED "--X\r\nContent-Type: multipart/alternative; "
            "boundary=Y\r\n\r\n--Y\r\n\r\nHallo\r\n--X\r\nContent-Type: image/gif\r\n"
            "\r\nx\r\n--X--\r\n",
      "Hallo", "2 image/gif -;" },
    { "a signed mail",
      HEAD "Content-Type: multipart/signed; boundary=X\r\n\r\n--X\r\n\r\nHallo\r\n--X\r\n"
           "Content-Type: application/pgp-signature\r\n\r\nxx\r\n--X--\r\n",
      "Hallo", "2 application/pgp-signature -;" },
    { "an inline picture that the HTML names",
      HEAD "Content-Type: multipart/related; boundary=X\r\n\r\n--X\r\nContent-Type: text/html\r\n\r\n<p>Bild "
           "<img src=\"cid:b@x\">"
           "\r\n--X\r\nContent-Type: image/png\r\nContent-ID: <b@x>\r\n\r\nx\r\n--X--\r\n",
      "Bild", "2 image/png - inline;" },
    { "winmail.dat stays a file",
      MIXED
      "--X\r\n\r\nHallo\r\n--X\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\r\n--X--\r\n",
      "Hallo", "2 application/ms-tnef winmail.dat;" },
    { "a calendar beside the text is an attachment",
      ALTERNATIVE "--X\r\n\r\nHallo\r\n--X\r\nContent-Type: text/calendar; "
                  "method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n--X--\r\n",
      "Hallo", "2 text/calendar -;" },
    { "message/partial has no text", HEAD "Content-Type: message/partial; id=x\r\n\r\nStueck", "",
      "1 message/partial -;" },
    { "an unknown encoding is taken as it is", HEAD "Content-Transfer-Encoding: x-foo\r\n\r\nHallo", "Hallo",
      "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(mail_t) mail = read_with(cases[i].raw, NULL);
    g_autofree char *attachments = list_attachments(mail);
    g_autofree char *text = g_strdup(mail->text);
    g_autofree char *wanted = g_strdup(cases[i].text);
    if (strcmp(g_strchomp(text), g_strchomp(wanted)) != 0)
      fail_msg("%s: text \"%s\"", cases[i].sentence, mail->text);
    if (strcmp(attachments, cases[i].attachments) != 0)
      fail_msg("%s: attachments %s", cases[i].sentence, attachments);
    assert_true(g_utf8_validate(mail->text, -1, NULL));
  }
}

static void charsets_are_understood(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *type, *body, *text;
  } cases[] = {
    { "latin1 declared", "text/plain; charset=iso-8859-1",
      "Gr\xFC\xDF"
      "e 5 \x80",
      "Grüße 5 €" },
    { "utf-8 declared", "text/plain; charset=utf-8",
      "Gr\xC3\xBC\xC3\x9F"
      "e",
      "Grüße" },
    { "utf-8 in truth, us-ascii declared", "text/plain; charset=us-ascii",
      "Gr\xC3\xBC\xC3\x9F"
      "e",
      "Grüße" },
    { "nothing declared, latin1 in truth", "text/plain",
      "Viele Gr\xFC\xDF"
      "e aus K\xF6penick, sch\xF6nen Tag",
      "Viele Grüße aus Köpenick, schönen Tag" },
    { "koi8-r", "text/plain; charset=koi8-r", "\xF0\xD2\xC9\xD7\xC5\xD4", "Привет" },
    { "a name no library knows", "text/plain; charset=\"Westeurop\xE4isch ISO\"",
      "sch\xF6ne Gr\xFC\xDF"
      "e von der gro\xDF"
      "en Stra\xDF"
      "e",
      "schöne Grüße von der großen Straße" },
    { "a byte order mark", "text/plain; charset=utf-8", "\xEF\xBB\xBFHallo", "Hallo" },
    { "UTF-7 undeclared stays as it is", "text/plain", "+ADw-script+AD4-", "+ADw-script+AD4-" },
    { "controls go", "text/plain", "a\x01z\x02\x07\x1B[0m", "az[0m" },
    { "a charset in the HTML itself", "text/html",
      "<meta charset=iso-8859-2><p>\xB3\xF3\xBF"
      "ko</p>",
      "łóżko" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw = g_strdup_printf(HEAD "Content-Type: %s\r\n\r\n%s", cases[i].type, cases[i].body);
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    if (strcmp(g_strchomp(mail->text), cases[i].text) != 0)
      fail_msg("%s: \"%s\"", cases[i].sentence, mail->text);
  }
}

static void flowed_text_is_joined(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *flowed, *text;
    bool delsp;
  } cases[] = {
    { "a soft break", "eins \nzwei\n", "eins zwei\n", false },
    { "a hard break", "eins\nzwei\n", "eins\nzwei\n", false },
    { "DelSp takes the blank away", "Donau \ndampf\n", "Donaudampf\n", true },
    { "stuffing is undone", " From hier\n >kein Zitat\n", "From hier\n>kein Zitat\n", false },
    { "quotes are joined within their depth", "> eins \n> zwei\nneu\n", "> eins zwei\nneu\n", false },
    { "another depth ends the line", "> eins \n>> zwei\n", "> eins \n>> zwei\n", false },
    { "the signature's separator stays a line", "Text \n-- \nLothar\n", "Text \n-- \nLothar\n", false },
    { "an empty line stays", "eins\n\nzwei", "eins\n\nzwei", false },
    { "nothing", "", "", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = body_unflow(cases[i].flowed, cases[i].delsp);
    if (strcmp(text, cases[i].text) != 0) fail_msg("%s: \"%s\"", cases[i].sentence, text);
  }
}

static void file_names_are_decoded(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *fields, *name;
  } cases[] = {
    { "RFC 2231", "Content-Disposition: attachment; filename*=utf-8''Gr%C3%BCn.txt\r\n", "Grün.txt" },
    { "RFC 2231 in pieces",
      "Content-Disposition: attachment; filename*0*=utf-8''Gr%C3; filename*1*=%BCn; filename*2=.txt\r\n",
      "Grün.txt" },
    { "RFC 2047 in a parameter",
      "Content-Disposition: attachment; filename=\"=?utf-8?q?Gr=C3=BCn.txt?=\"\r\n", "Grün.txt" },
    { "only a name", "Content-Type: application/pdf; name=plan.pdf\r\n", "plan.pdf" },
    { "filename before name",
      "Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=b.pdf\r\n",
      "b.pdf" },
    { "raw bytes", "Content-Disposition: attachment; filename=\"Gr\xC3\xBCn.txt\"\r\n", "Grün.txt" },
    { "a line break in a name", "Content-Disposition: attachment; filename*=utf-8''a%0D%0ABcc:%20x\r\n",
      "a  Bcc: x" },
    { "none", "Content-Type: application/pdf\r\n", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *raw =
        g_strdup_printf(MIXED "--X\r\n\r\nHallo\r\n--X\r\n%s\r\nx\r\n--X--\r\n", cases[i].fields);
    g_autoptr(mail_t) mail = read_with(raw, NULL);
    assert_int_equal(mail->attachments->len, 1);
    const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
    if (g_strcmp0(it->filename, cases[i].name) != 0) fail_msg("%s: %s", cases[i].sentence, it->filename);
  }
}

static bool add_piece(const void *bytes, gsize size, void *data)
{
  g_string_append_len(data, bytes, (gssize)size);
  return true;
}

static void parts_open_by_their_path(void **state)
{
  (void)state;
  static const char raw[] =
      MIXED "--X\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\n--Y\r\n\r\neins\r\n--Y\r\n"
            "Content-Type: application/pdf\r\nContent-Transfer-Encoding: "
            "base64\r\n\r\nendlaQ==\r\n--Y--\r\n--X--\r\n";
  g_autoptr(GString) out = g_string_new(NULL);
  assert_true(mail_open_part(raw, sizeof raw - 1, "1.2", add_piece, out));
  assert_string_equal(out->str, "zwei");
  assert_false(mail_open_part(raw, sizeof raw - 1, "1.3", add_piece, out));
  assert_false(mail_open_part(raw, sizeof raw - 1, "1", add_piece, out));
  assert_false(mail_open_part(raw, sizeof raw - 1, "", add_piece, out));
  g_autoptr(mail_t) mail = read_with(raw, NULL);
  const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
  assert_string_equal(it->part, "1.2");
  assert_int_equal(it->size_bytes, 4);
}

static void calendars_are_read(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail =
      read_with(MIXED "--X\r\n\r\nHallo\r\n--X\r\nContent-Type: application/octet-stream; name=Termin.ICS\r\n"
                      "Content-Transfer-Encoding: base64\r\n\r\nQkVHSU46VkNBTEVOREFSDQo=\r\n--X--\r\n",
                NULL);
  const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
  assert_string_equal(it->calendar_text, "BEGIN:VCALENDAR\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_best_body_is_chosen),  cmocka_unit_test(charsets_are_understood),
    cmocka_unit_test(flowed_text_is_joined),    cmocka_unit_test(file_names_are_decoded),
    cmocka_unit_test(parts_open_by_their_path), cmocka_unit_test(calendars_are_read),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
