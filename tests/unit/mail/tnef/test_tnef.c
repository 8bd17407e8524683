/* winmail.dat comes out as if it had been sent as MIME, and broken or hostile bytes as nothing. */
#include "tests/unit/mail/mail_test.h"
#include "tests/unit/mail/tnef/tnef_writer.h"

#include "lib/mail/calendar.h"
#include "lib/mail/compose.h"
#include "lib/mail/tnef/tnef.h"

static const struct mail_attachment *attachment(const struct mail *mail, guint i)
{
  assert_true(i < mail->attachments->len);
  return g_ptr_array_index(mail->attachments, i);
}

static void its_files_are_the_mails_attachments(void **state)
{
  (void)state;
  static const char *const types[] = { "application/ms-tnef", "application/octet-stream" };
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    g_autoptr(GByteArray) tnef = g_byte_array_new();
    tnef_begin(tnef);
    tnef_file(tnef, "Bebauungsplan Grünau.pdf", "%PDF-1.4 Plan", 13);
    tnef_file(tnef, "foto.jpg", "\xff\xd8\xff\xe0", 4);
    g_autofree char *raw = tnef_mail(tnef, types[i], "Anbei der Plan.");
    g_autoptr(mail_t) mail = read_with(raw, "");
    assert_string_equal(mail->text, "Anbei der Plan.");
    assert_int_equal(mail->attachments->len, 2);
    assert_string_equal(attachment(mail, 0)->filename, "Bebauungsplan Grünau.pdf");
    assert_int_equal(attachment(mail, 0)->size_bytes, 13);
    assert_int_equal(attachment(mail, 0)->kind, FILE_DOCUMENT);
    assert_string_equal(attachment(mail, 0)->part, "2.1");
    assert_int_equal(attachment(mail, 1)->kind, FILE_PICTURE);
  }
}

static bool collect(const void *bytes, gsize size, void *data)
{
  g_string_append_len(data, bytes, (gssize)size);
  return true;
}

static void a_file_in_it_is_opened_by_its_path(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new();
  tnef_begin(tnef);
  tnef_file(tnef, "a.pdf", "%PDF-1.4 Plan", 13);
  g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "Hallo");
  g_autoptr(GString) bytes = g_string_new(NULL);
  assert_true(mail_open_part(raw, strlen(raw), "2.1", collect, bytes));
  assert_string_equal(bytes->str, "%PDF-1.4 Plan");
}

static void a_post_carries_what_was_in_it(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new();
  tnef_begin(tnef);
  tnef_file(tnef, "Plan Süd.pdf", "%PDF-1.4 Plan", 13);
  g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "Hallo");
  g_autoptr(mail_t) mail = read_with(raw, "");
  g_autoptr(GBytes) post = compose_post(&(struct compose_post){
      .raw = raw, .size = strlen(raw), .mail = mail, .from = "a@b.example", .to = "c@d.example" });
  gsize size = 0;
  const char *bytes = g_bytes_get_data(post, &size);
  g_autofree char *text = g_strndup(bytes, size);
  assert_null(strstr(text, "ms-tnef"));
  assert_null(strstr(text, "winmail.dat"));
  g_autoptr(mail_t) again = read_with(text, "");
  assert_int_equal(again->attachments->len, 1);
  assert_string_equal(attachment(again, 0)->filename, "Plan Süd.pdf");
}

/* Properties of the message with one more. */
static void put_message(GByteArray *tnef, const GByteArray *properties, guint count)
{
  g_autoptr(GByteArray) all = g_byte_array_new();
  tnef_number(all, count, 4);
  g_byte_array_append(all, properties->data, properties->len);
  tnef_attribute(tnef, 1, 0x00069003, all->data, all->len);
}

static void its_text_counts_where_the_mail_has_none(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
  tnef_begin(tnef);
  tnef_unicode(properties, 0x1000, "Sehr geehrte Frau Arndt,\r\nder Weg wird gesperrt.");
  put_message(tnef, properties, 1);
  const char *const texts[] = { "", "Eigener Text" };
  const char *const wanted[] = { "Sehr geehrte Frau Arndt,\nder Weg wird gesperrt.", "Eigener Text" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", texts[i]);
    g_autoptr(mail_t) mail = read_with(raw, "");
    g_autofree char *text = g_strstrip(g_strdup(mail->text));
    assert_string_equal(text, wanted[i]);
    assert_int_equal(mail->attachments->len, 0);
  }
}

static void a_text_of_an_old_code_page_is_read(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new();
  guint8 codepage[8] = { 0xE3, 0x04 }; /* 1251, behind the text */
  tnef_begin(tnef);
  tnef_attribute(tnef, 1, 0x0002800C, "\xcf\xf0\xe8\xe2\xe5\xf2", 7);
  tnef_attribute(tnef, 1, 0x00069007, codepage, sizeof codepage);
  g_autoptr(tnef_t) read = tnef_read(tnef->data, tnef->len, NULL);
  assert_string_equal(read->plain, "Привет");
}

/* RTF that is not compressed, under the head of one that could be. */
static void put_rtf(GByteArray *out, const char *rtf)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  tnef_number(bytes, strlen(rtf) + 12, 4);
  tnef_number(bytes, strlen(rtf), 4);
  tnef_number(bytes, 0x414c454d, 4);
  tnef_number(bytes, 0, 4);
  g_byte_array_append(bytes, (const guint8 *)rtf, (guint)strlen(rtf));
  tnef_value(out, 0x0102, 0x1009, bytes->data, bytes->len);
}

static void rtf_becomes_its_words(void **state)
{
  (void)state;
  static const struct {
    const char *rtf, *text;
  } cases[] = {
    { "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\pard Gr\\'fc\\'dfe\\par aus dem Amt}",
      "Grüße\naus dem Amt" },
    { "{\\rtf1\\ansi\\uc1 Preis: 5 \\u8364? im Monat}", "Preis: 5 € im Monat" },
    { "{\\rtf1{\\*\\htmltag64 <p>}Hallo{\\*\\htmltag72 </p>}\\par Welt}", "Hallo\nWelt" },
    { "{\\rtf1 a\\{b\\}c\\\\d\\~e\\tab f}", "a{b}c\\d e\tf" },
    { "{\\rtf1 offen {\\b fett", "offen fett" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
    tnef_begin(tnef);
    put_rtf(properties, cases[i].rtf);
    put_message(tnef, properties, 1);
    g_autoptr(tnef_t) read = tnef_read(tnef->data, tnef->len, NULL);
    assert_string_equal(read->plain, cases[i].text);
  }
}

/* The worked example of [MS-OXRTFCP] section 4.1.1: "{\rtf1\ansi\ansicpg1252\pard hello world}". */
static void compressed_rtf_is_unpacked(void **state)
{
  (void)state;
  static const guint8 packed[] = { 0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a,
                                   0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00,
                                   0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a,
                                   0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77,
                                   0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0 };
  g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
  tnef_begin(tnef);
  tnef_value(properties, 0x0102, 0x1009, packed, sizeof packed);
  put_message(tnef, properties, 1);
  g_autoptr(tnef_t) read = tnef_read(tnef->data, tnef->len, NULL);
  assert_string_equal(read->plain, "hello world");
}

static const guint8 of_appointment[16] = { 0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46 };
static const guint8 of_meeting[16] = { 0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10,
                                       0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05 };

static void an_answer_to_an_invitation_becomes_a_calendar_part(void **state)
{
  (void)state;
  static const struct {
    const char *message_class, *method, *partstat;
  } cases[] = {
    { "IPM.Schedule.Meeting.Resp.Pos", "REPLY", "ACCEPTED" },
    { "IPM.Schedule.Meeting.Resp.Neg", "REPLY", "DECLINED" },
    { "IPM.Schedule.Meeting.Resp.Tent", "REPLY", "TENTATIVE" },
    { "IPM.Schedule.Meeting.Request", "REQUEST", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new(), id = g_byte_array_new();
    guint8 head[40] = { 0x04, 0x00, 0x00, 0x00, 0x82, 0x00, 0xE0, 0x00 }, start[8];
    g_byte_array_append(id, head, sizeof head);
    g_byte_array_append(id, (const guint8 *)"vCal-Uid\x01\0\0\0termin-7@kiez.example", 34);
    guint64 filetime = (G_GUINT64_CONSTANT(11644473600) + 1772442900) * 10000000;
    for (int k = 0; k < 8; k++) start[k] = (guint8)(filetime >> (8 * k));
    tnef_begin(tnef);
    tnef_unicode(properties, 0x001A, cases[i].message_class);
    tnef_unicode(properties, 0x0037, "Zugesagt: Fest, mit Käsekuchen");
    tnef_named(properties, 0x0102, of_meeting, 0x03, id->data, id->len);
    tnef_named(properties, 0x0040, of_appointment, 0x820D, start, sizeof start);
    put_message(tnef, properties, 4);
    g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "");
    g_autoptr(mail_t) mail = read_with(raw, "");
    assert_int_equal(mail->attachments->len, 1);
    assert_string_equal(attachment(mail, 0)->type, "text/calendar");
    assert_non_null(attachment(mail, 0)->calendar_text);
    g_autoptr(calendar_t) calendar = calendar_read(attachment(mail, 0)->calendar_text);
    assert_string_equal(calendar->method, cases[i].method);
    assert_string_equal(calendar->uid, "termin-7@kiez.example");
    assert_string_equal(calendar->start, "20260302T091500Z");
    assert_string_equal(calendar->summary, "Zugesagt: Fest, mit Käsekuchen");
    if (!cases[i].partstat) continue;
    const struct calendar_attendee *attendee = g_ptr_array_index(calendar->attendees, 0);
    assert_string_equal(attendee->address, "anna@post.example");
    assert_string_equal(attendee->partstat, cases[i].partstat);
  }
}

static void a_program_in_it_is_still_a_program(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new();
  tnef_begin(tnef);
  tnef_file(tnef, "plan.pdf.exe", "MZ", 2);
  g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "Hallo");
  g_autoptr(mail_t) mail = read_with(raw, "");
  assert_int_equal(attachment(mail, 0)->hazard, FILE_PROGRAM);
}

static void names_in_it_bring_no_fields_of_their_own(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new();
  tnef_begin(tnef);
  tnef_file(tnef, "a\"\r\nContent-Type: text/html\r\n\r\n--=_winmail.pdf", "x", 1);
  tnef_file(tnef, "../../etc/passwd", "x", 1);
  g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "Hallo");
  g_autoptr(mail_t) mail = read_with(raw, "");
  assert_int_equal(mail->attachments->len, 2);
  assert_string_equal(attachment(mail, 0)->type, "application/pdf"); /* by the name's end, not its fields */
  assert_string_equal(attachment(mail, 1)->filename, "passwd");
}

static void files_in_it_have_the_type_of_their_name(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new();
  tnef_begin(tnef);
  tnef_file(tnef, "Protokoll.pdf", "%PDF-1.4", 8);
  tnef_file(tnef, "Bild.JPG", "x", 1);
  tnef_file(tnef, "Unbekannt.xyz", "x", 1);
  g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "Hallo");
  g_autoptr(mail_t) mail = read_with(raw, "");
  assert_int_equal(mail->attachments->len, 3);
  assert_string_equal(attachment(mail, 0)->type, "application/pdf");
  assert_string_equal(attachment(mail, 1)->type, "image/jpeg");
  assert_string_equal(attachment(mail, 2)->type, "application/octet-stream");
}

/* Somebody must be told that something of it is lost (lists/groups/files.c). */
static void what_is_broken_is_an_attachment_that_nobody_can_open(void **state)
{
  (void)state;
  static const guint8 nonsense[40] = { 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_autoptr(GByteArray) tnef = g_byte_array_new(), whole = g_byte_array_new();
  tnef_begin(tnef);
  tnef_file(tnef, "a.pdf", "%PDF-1.4", 8);
  g_byte_array_append(tnef, nonsense, sizeof nonsense);
  g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", "Hallo");
  g_autoptr(mail_t) mail = read_with(raw, "");
  assert_int_equal(mail->attachments->len, 2);
  assert_int_equal(attachment(mail, 0)->hazard, FILE_HARMLESS);
  assert_int_equal(attachment(mail, 1)->hazard, FILE_UNREADABLE);
  tnef_begin(whole);
  static const guint8 padding[8] = { 0 };
  g_byte_array_append(whole, padding, sizeof padding);
  g_autofree char *plain = tnef_mail(whole, "application/ms-tnef", "Hallo");
  g_autoptr(mail_t) nothing = read_with(plain, "");
  assert_int_equal(nothing->attachments->len, 0);
}

static void a_blank_is_no_text_of_its_own(void **state)
{
  (void)state;
  static const char *const blanks[] = { "", " ", "\u00a0", " \n\u00a0\n" };
  for (gsize i = 0; i < G_N_ELEMENTS(blanks); i++) {
    g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
    tnef_begin(tnef);
    tnef_unicode(properties, 0x1000, "Der Text steckt darin");
    put_message(tnef, properties, 1);
    g_autofree char *raw = tnef_mail(tnef, "application/ms-tnef", blanks[i]);
    g_autoptr(mail_t) mail = read_with(raw, "");
    if (!strstr(mail->text, "Der Text steckt darin")) fail_msg("%d: \"%s\"", (int)i, mail->text);
  }
}

static void what_is_cut_anywhere_is_read_as_far_as_it_goes(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
  tnef_begin(tnef);
  tnef_unicode(properties, 0x1000, "Text");
  put_rtf(properties, "{\\rtf1 Text}");
  put_message(tnef, properties, 2);
  tnef_file(tnef, "a.pdf", "%PDF-1.4", 8);
  for (guint size = 0; size <= tnef->len; size++) {
    g_autofree guint8 *exact = g_memdup2(tnef->data, size); /* so that ASan sees a read behind it */
    g_autoptr(tnef_t) read = tnef_read(exact, size, "a@b.example");
    assert_true(!read || read->files->len <= 1);
  }
  g_autofree char *raw = tnef_mail(properties, "application/ms-tnef", "Hallo"); /* no TNEF at all */
  g_autoptr(mail_t) mail = read_with(raw, "");
  assert_int_equal(mail->attachments->len, 1);
  assert_string_equal(attachment(mail, 0)->filename, "winmail.dat");
}

static void huge_numbers_are_no_sizes(void **state)
{
  (void)state;
  g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
  tnef_begin(tnef);
  tnef_number(properties, 0xFFFFFFFF, 4);
  tnef_number(properties, 0x1102, 2);
  tnef_number(properties, 0x1009, 2);
  tnef_number(properties, 0xFFFFFFFF, 4);
  tnef_attribute(tnef, 1, 0x00069003, properties->data, properties->len);
  tnef_number(tnef, 1, 1);
  tnef_number(tnef, 0x0002800C, 4);
  tnef_number(tnef, 0xFFFFFFFE, 4);
  g_autoptr(tnef_t) read = tnef_read(tnef->data, tnef->len, NULL);
  assert_null(read->plain);
  assert_int_equal(read->files->len, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(its_files_are_the_mails_attachments),
    cmocka_unit_test(a_file_in_it_is_opened_by_its_path),
    cmocka_unit_test(a_post_carries_what_was_in_it),
    cmocka_unit_test(its_text_counts_where_the_mail_has_none),
    cmocka_unit_test(a_text_of_an_old_code_page_is_read),
    cmocka_unit_test(rtf_becomes_its_words),
    cmocka_unit_test(compressed_rtf_is_unpacked),
    cmocka_unit_test(an_answer_to_an_invitation_becomes_a_calendar_part),
    cmocka_unit_test(a_program_in_it_is_still_a_program),
    cmocka_unit_test(names_in_it_bring_no_fields_of_their_own),
    cmocka_unit_test(files_in_it_have_the_type_of_their_name),
    cmocka_unit_test(what_is_broken_is_an_attachment_that_nobody_can_open),
    cmocka_unit_test(a_blank_is_no_text_of_its_own),
    cmocka_unit_test(what_is_cut_anywhere_is_read_as_far_as_it_goes),
    cmocka_unit_test(huge_numbers_are_no_sizes),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
