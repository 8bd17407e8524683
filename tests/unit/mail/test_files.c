/* What attachments are, and what runs or acts where somebody opens it. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/files/file_kinds.h"
#include "lib/mail/files/public_bytes.h"

static void endings_are_read_as_an_operating_system_reads_them(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    enum file_hazard hazard;
  } cases[] = {
    { "rechnung.pdf", FILE_HARMLESS },
    { "rechnung.pdf.exe", FILE_PROGRAM },
    { "RECHNUNG.PDF.EXE", FILE_PROGRAM },
    { "rechnung.exe. . ", FILE_PROGRAM },
    { "rechnung.exe.gz", FILE_PROGRAM },
    { "rechnung.\xe2\x80\xae"
      "fdp.scr",
      FILE_PROGRAM },
    { "exe", FILE_HARMLESS },
    { "das exe.pdf", FILE_HARMLESS },
    { "plan.docx", FILE_HARMLESS },
    { "plan.docm", FILE_MACROS },
    { "tabelle.xlsm", FILE_MACROS },
    { "folien.pptm", FILE_MACROS },
    { "seite.html", FILE_PAGE },
    { "logo.svg", FILE_PAGE },
    { "skript.js", FILE_PROGRAM },
    { "a.vbs", FILE_PROGRAM },
    { "a.ps1", FILE_PROGRAM },
    { "a.bat", FILE_PROGRAM },
    { "a.cmd", FILE_PROGRAM },
    { "a.lnk", FILE_PROGRAM },
    { "a.msi", FILE_PROGRAM },
    { "a.jar", FILE_PROGRAM },
    { "a.hta", FILE_PROGRAM },
    { "a.iso", FILE_PROGRAM },
    { "a.img", FILE_PROGRAM },
    { "a.apk", FILE_PROGRAM },
    { "word/vbaProject.bin", FILE_MACROS },
    { "foto.jpeg", FILE_HARMLESS },
    { "", FILE_HARMLESS },
    { ".", FILE_HARMLESS },
    { "a.", FILE_HARMLESS },
    { "x.ics", FILE_HARMLESS },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    if (file_hazard_of_name(cases[i].name, strlen(cases[i].name)) != cases[i].hazard)
      fail_msg("\"%s\" is judged wrongly", cases[i].name);
}

#define BYTES(text) text, sizeof(text) - 1

static void first_bytes_and_names_say_what_a_file_is(void **state)
{
  (void)state;
  static const struct {
    const char *name, *type, *head;
    gsize size;
    enum file_kind kind;
    enum file_hazard hazard;
  } cases[] = {
    { "a.jpg", "image/jpeg", BYTES("\xff\xd8\xff\xe0"), FILE_PICTURE, FILE_HARMLESS },
    { "a.pdf", "application/octet-stream", BYTES("\xff\xd8\xff\xe0"), FILE_PICTURE, FILE_HARMLESS },
    { "a.pdf", "application/pdf", BYTES("%PDF-1.7"), FILE_DOCUMENT, FILE_HARMLESS },
    { "a.pdf", "application/pdf", BYTES("Hallo"), FILE_OTHER, FILE_HARMLESS },
    { NULL, "application/pdf", BYTES("%PDF-1.7"), FILE_DOCUMENT, FILE_HARMLESS },
    { "a.docx", "application/octet-stream", BYTES("PK\x03\x04...."), FILE_DOCUMENT, FILE_HARMLESS },
    { "a.zip", "application/zip", BYTES("PK\x03\x04...."), FILE_ARCHIVE, FILE_HARMLESS },
    { "a.ics", "text/calendar", BYTES("BEGIN:VCALENDAR"), FILE_CALENDAR, FILE_HARMLESS },
    { NULL, "text/calendar", BYTES("BEGIN:VCALENDAR"), FILE_CALENDAR, FILE_HARMLESS },
    { "a.heic", "image/heic",
      BYTES("\0\0\0\x18"
            "ftypheic"),
      FILE_PICTURE, FILE_HARMLESS },
    { "a.mp4", "video/mp4",
      BYTES("\0\0\0\x18"
            "ftypisom"),
      FILE_VIDEO, FILE_HARMLESS },
    { "a.mp3", "audio/mpeg", BYTES("ID3"), FILE_SOUND, FILE_HARMLESS },
    { "a.amr", "audio/amr", BYTES("#!AMR\n"), FILE_SOUND, FILE_HARMLESS },
    { "zeitung.txt", "text/plain", BYTES("MZ am Sonntag"), FILE_DOCUMENT, FILE_HARMLESS },
    { "a.jpg", "image/jpeg",
      BYTES("\x7f"
            "ELF\x02"),
      FILE_OTHER, FILE_PROGRAM },
    { "a.txt", "text/plain", BYTES("#!/bin/sh\n"), FILE_DOCUMENT, FILE_PROGRAM },
    { "a.txt", "text/plain", BYTES("\xcf\xfa\xed\xfe...."), FILE_DOCUMENT, FILE_PROGRAM },
    { "a.txt", "text/plain", BYTES(" \n<!DOCTYPE html>"), FILE_DOCUMENT, FILE_PAGE },
    { "a.png", "image/svg+xml", BYTES("\x89PNG\r\n\x1a\n"), FILE_PICTURE, FILE_PAGE },
    { "a.dat", "text/html", BYTES("x"), FILE_OTHER, FILE_PAGE },
    { "a.dat", "application/x-msdownload", BYTES("x"), FILE_OTHER, FILE_PROGRAM },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct file_facts facts = { cases[i].name, cases[i].type, (const guint8 *)cases[i].head, cases[i].size };
    if (file_kind_of(&facts) != cases[i].kind || file_hazard_of(&facts) != cases[i].hazard)
      fail_msg("case %zu, %s: %s, hazard %d", i, cases[i].name ? cases[i].name : cases[i].type,
               file_kind_word(file_kind_of(&facts)), file_hazard_of(&facts));
  }
}

static void a_program_for_windows_is_known_by_its_bytes(void **state)
{
  (void)state;
  guint8 head[128] = { 'M', 'Z', 0x90 };
  struct file_facts facts = { "urlaub.jpg", "image/jpeg", head, sizeof head };
  assert_int_equal(file_hazard_of(&facts), FILE_PROGRAM);
}

/* One entry of an archive, as it stands in front of its bytes, or in the directory. */
static void put_entry(GByteArray *zip, const char *name, bool in_directory)
{
  guint8 head[46] = { 'P', 'K', in_directory ? 1 : 3, in_directory ? 2 : 4 };
  head[in_directory ? 28 : 26] = (guint8)strlen(name);
  g_byte_array_append(zip, head, in_directory ? 46 : 30);
  g_byte_array_append(zip, (const guint8 *)name, (guint)strlen(name));
  if (!in_directory) g_byte_array_append(zip, (const guint8 *)"gepackte Bytes", 14);
}

static enum file_hazard list(const GByteArray *zip, gsize piece)
{
  struct file_listing listing;
  file_listing_begin(&listing);
  for (gsize at = 0; at < zip->len; at += piece)
    file_listing_add(&listing, zip->data + at, MIN(piece, zip->len - at));
  return file_listing_end(&listing);
}

static void what_an_archive_holds_is_judged_by_its_listing(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *first, *second;
    bool in_directory;
    enum file_hazard hazard;
  } cases[] = {
    { "two photos", "a.jpg", "b.jpg", false, FILE_HARMLESS },
    { "a program", "a.jpg", "setup.exe", false, FILE_PROGRAM },
    { "a program that only the directory names", "a.jpg", "setup.exe", true, FILE_PROGRAM },
    { "a document with macros", "word/document.xml", "word/vbaProject.bin", false, FILE_MACROS },
    { "a web page that was saved", "seite.html", "bild.png", false, FILE_HARMLESS },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GByteArray) zip = g_byte_array_new();
    put_entry(zip, cases[i].first, false);
    for (int k = 0; k < 9000; k++) g_byte_array_append(zip, (const guint8 *)"PK mitten in Bytes", 18);
    put_entry(zip, cases[i].second, cases[i].in_directory);
    const gsize pieces[] = { 1000, 4096, 1 << 20 };
    for (gsize k = 0; k < G_N_ELEMENTS(pieces); k++)
      if (list(zip, pieces[k]) != cases[i].hazard)
        fail_msg("%s, in pieces of %zu", cases[i].sentence, pieces[k]);
  }
}

static void an_old_document_with_macros_is_found(void **state)
{
  (void)state;
  g_autoptr(GByteArray) ole = g_byte_array_new();
  g_byte_array_append(ole, (const guint8 *)"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  for (int i = 0; i < 5000; i++) g_byte_array_append(ole, (const guint8 *)"W\0o\0r\0d\0.\0.\0.\0.\0", 16);
  assert_int_equal(list(ole, 777), FILE_HARMLESS);
  g_byte_array_append(ole, (const guint8 *)"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", 24);
  assert_int_equal(list(ole, 777), FILE_MACROS);
}

static void a_nested_message_is_as_bad_as_what_it_holds(void **state)
{
  (void)state;
  static const char form[] =
      "From: a@b.example\nSubject: Fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
      "boundary=g\n\n--g\n\n"
      "Siehe unten.\n--g\nContent-Type: message/rfc822\n\nFrom: c@d.example\nSubject: x\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=h\n\n--h\n\nHallo\n--h\nContent-Type: "
      "application/octet-stream; "
      "name=%s\n\nx\n--h--\n--g--\n";
  const char *const names[] = { "plan.pdf", "plan.pdf.exe" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *raw = g_strdup_printf(form, names[i]);
    g_autoptr(mail_t) mail = read_with(raw, "");
    const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
    assert_int_equal(it->hazard, i == 0 ? FILE_HARMLESS : FILE_PROGRAM);
  }
}

static void a_mail_shown_as_html_is_no_attached_page(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail =
      read_with("From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
                "boundary=g\n\n--g\nContent-Type: text/html\n\n<p>Hallo</p>\n--g\n"
                "Content-Type: text/html; name=seite.html\nContent-Disposition: attachment\n\n"
                "<html>x</html>\n--g--\n",
                "");
  assert_int_equal(mail->attachments->len, 1);
  const struct mail_attachment *it = g_ptr_array_index(mail->attachments, 0);
  assert_int_equal(it->hazard, FILE_PAGE);
  assert_string_equal(mail->text, "Hallo");
}

static void sets_of_kinds_are_read_and_written(void **state)
{
  (void)state;
  unsigned kinds = 0;
  g_autofree char *wrong = NULL;
  assert_true(file_kinds_read("pictures, documents calendars", &kinds, NULL));
  g_autofree char *some = file_kinds_words(kinds);
  assert_string_equal(some, "pictures documents calendars");
  assert_true(file_kinds_read("any", &kinds, NULL));
  g_autofree char *all = file_kinds_words(kinds);
  assert_string_equal(all, "any");
  assert_true(file_kinds_read("none", &kinds, NULL));
  assert_int_equal(kinds, 0);
  assert_false(file_kinds_read("pictures filme", &kinds, &wrong));
  assert_string_equal(wrong, "filme");
}

static void put_segment(GByteArray *out, guint8 marker, const void *bytes, gsize size)
{
  guint8 head[] = { 0xFF, marker, (guint8)((size + 2) >> 8), (guint8)(size + 2) };
  g_byte_array_append(out, head, 4);
  g_byte_array_append(out, bytes, (guint)size);
}

static bool holds(const GByteArray *bytes, const char *words)
{
  return memmem(bytes->data, bytes->len, words, strlen(words)) != NULL;
}

static void a_public_jpeg_says_how_it_is_turned_and_nothing_else(void **state)
{
  (void)state;
  static const guint8 exif[] = { 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1,   0,   0x12, 0x01,
                                 3,   0,   1,   0,   0, 0, 6,   0,   0,  0, 0, 0, 0, 0, 'G', 'P', 'S' };
  g_autoptr(GByteArray) jpeg = g_byte_array_new();
  g_byte_array_append(jpeg, (const guint8 *)"\xff\xd8", 2);
  put_segment(jpeg, 0xE1, exif, sizeof exif);
  put_segment(jpeg, 0xE1, "http://ns.adobe.com/xap/1.0/ XMP", 32);
  put_segment(jpeg, 0xED, "Photoshop IPTC", 14);
  put_segment(jpeg, 0xFE, "Kommentar", 9);
  put_segment(jpeg, 0xE2, "MPF\0film", 8);
  put_segment(jpeg, 0xE2, "ICC_PROFILE\0\1\1farben", 20);
  put_segment(jpeg, 0xDB, "tabelle", 7);
  put_segment(jpeg, 0xC0, "rahmen", 6);
  put_segment(jpeg, 0xDA, "los", 3);
  g_byte_array_append(jpeg, (const guint8 *)"daten\xff\x00 mehr\xff\xd0 noch", 19);
  put_segment(jpeg, 0xC4, "huffman", 7);
  put_segment(jpeg, 0xDA, "los", 3);
  g_byte_array_append(jpeg,
                      (const guint8 *)"zweiter gang\xff\xd9"
                                      "ftypmp42 ein Film",
                      31);
  g_autoptr(GByteArray) out = public_bytes(jpeg->data, jpeg->len);
  assert_non_null(out);
  static const char *const gone[] = { "GPS", "XMP", "IPTC", "Kommentar", "MPF", "Film" };
  static const char *const there[] = { "farben", "tabelle", "rahmen",      "daten",
                                       "noch",   "huffman", "zweiter gang" };
  for (gsize i = 0; i < G_N_ELEMENTS(gone); i++)
    if (holds(out, gone[i])) fail_msg("%s is still there", gone[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(there); i++)
    if (!holds(out, there[i])) fail_msg("%s is gone", there[i]);
  assert_int_equal(out->data[2 + 4 + 6 + 8 + 2 + 9], 6); /* turned as it was */
  assert_memory_equal(out->data + out->len - 2, "\xff\xd9", 2);
  for (gsize size = 0; size < jpeg->len; size++) {
    g_autofree guint8 *exact = g_memdup2(jpeg->data, size);
    GByteArray *cut = public_bytes(exact, size);
    if (cut) g_byte_array_unref(cut);
  }
}

static void put_chunk(GByteArray *out, const char *type, const char *bytes, bool is_webp)
{
  guint8 size = (guint8)strlen(bytes), big[] = { 0, 0, 0, size }, little[] = { size, 0, 0, 0 };
  if (!is_webp) g_byte_array_append(out, big, 4);
  g_byte_array_append(out, (const guint8 *)type, 4);
  if (is_webp) g_byte_array_append(out, little, 4);
  g_byte_array_append(out, (const guint8 *)bytes, size);
  if (!is_webp) g_byte_array_append(out, (const guint8 *)"crc!", 4);
  if (is_webp && size % 2) g_byte_array_append(out, (const guint8 *)"", 1);
}

static void public_png_and_webp_hold_the_picture_alone(void **state)
{
  (void)state;
  g_autoptr(GByteArray) png = g_byte_array_new(), webp = g_byte_array_new();
  g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  put_chunk(png, "IHDR", "kopf", false);
  put_chunk(png, "tEXt", "Anna", false);
  put_chunk(png, "eXIf", "GPS", false);
  put_chunk(png, "IDAT", "bild", false);
  put_chunk(png, "IEND", "", false);
  g_byte_array_append(png, (const guint8 *)"dahinter", 8);
  g_byte_array_append(webp, (const guint8 *)"RIFF\0\0\0\0WEBP", 12);
  put_chunk(webp, "VP8X",
            "\x0c"
            "0000",
            true);
  put_chunk(webp, "VP8 ", "bild", true);
  put_chunk(webp, "EXIF", "GPS", true);
  put_chunk(webp, "XMP ", "Anna", true);
  GByteArray *both[] = { png, webp };
  for (gsize i = 0; i < 2; i++) {
    g_autoptr(GByteArray) out = public_bytes(both[i]->data, both[i]->len);
    assert_non_null(out);
    assert_true(holds(out, "bild"));
    assert_false(holds(out, "Anna") || holds(out, "GPS") || holds(out, "dahinter"));
    if (i == 1) assert_int_equal(out->data[20], 0);
    if (i == 1) assert_int_equal(out->data[4], out->len - 8);
    for (gsize size = 0; size < both[i]->len; size++) {
      g_autofree guint8 *exact = g_memdup2(both[i]->data, size);
      GByteArray *cut = public_bytes(exact, size);
      if (cut) g_byte_array_unref(cut);
    }
  }
}

static void what_cannot_be_made_fit_is_not_published(void **state)
{
  (void)state;
  static const char *const heads[] = { "GIF89a", "<html>",       "PK\x03\x04",      "MZ",
                                       "",       "RIFF1234AVI ", "\xff\xd8\xff\xe0" };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) assert_null(public_bytes(heads[i], strlen(heads[i])));
  assert_null(public_ending("ftypheic", 8));
  assert_string_equal(public_ending("%PDF-1.7", 8), "pdf");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(endings_are_read_as_an_operating_system_reads_them),
    cmocka_unit_test(first_bytes_and_names_say_what_a_file_is),
    cmocka_unit_test(a_program_for_windows_is_known_by_its_bytes),
    cmocka_unit_test(what_an_archive_holds_is_judged_by_its_listing),
    cmocka_unit_test(an_old_document_with_macros_is_found),
    cmocka_unit_test(a_nested_message_is_as_bad_as_what_it_holds),
    cmocka_unit_test(a_mail_shown_as_html_is_no_attached_page),
    cmocka_unit_test(a_public_jpeg_says_how_it_is_turned_and_nothing_else),
    cmocka_unit_test(public_png_and_webp_hold_the_picture_alone),
    cmocka_unit_test(what_cannot_be_made_fit_is_not_published),
    cmocka_unit_test(sets_of_kinds_are_read_and_written),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
