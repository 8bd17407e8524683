/* Calendar parts: what an answer to an invitation says, however its lines are folded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/calendar.h"

#include <string.h>

static const char reply[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\n"
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nUID:fest-4711\r\n @kiez.example\r\nSEQUENCE:2\r\n"
    "ORGANIZER;CN=\"Kiez: Grünau; Fest\":mailto:gruenau@kiez.example\r\n"
    "ATTENDEE;CN=\"A:B\";PARTSTAT=accepted;ROLE=REQ-PARTICIPANT:MAIL\r\n TO:anna@post.example\r\n"
    "ATTENDEE:mailto:bela@post.example\r\n"
    "BEGIN:VALARM\r\nUID:other\r\nATTENDEE:mailto:alarm@post.example\r\nEND:VALARM\r\n"
    "STATUS:confirmed\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:second\r\nATTENDEE:mailto:late@post.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static void an_answer_to_an_invitation_is_read(void **state)
{
  (void)state;
  g_autoptr(calendar_t) calendar = calendar_read(reply);
  assert_non_null(calendar);
  assert_string_equal(calendar->method, "REPLY");
  assert_string_equal(calendar->uid, "fest-4711@kiez.example");
  assert_int_equal(calendar->sequence, 2);
  assert_string_equal(calendar->organizer, "gruenau@kiez.example");
  assert_string_equal(calendar->status, "CONFIRMED");
  assert_null(calendar->recurrence_id);
  assert_int_equal(calendar->attendees->len, 2);
  const struct calendar_attendee *anna = g_ptr_array_index(calendar->attendees, 0);
  assert_string_equal(anna->address, "anna@post.example");
  assert_string_equal(anna->partstat, "ACCEPTED");
  const struct calendar_attendee *bela = g_ptr_array_index(calendar->attendees, 1);
  assert_string_equal(bela->partstat, "NEEDS-ACTION");
}

static void anything_cut_short_is_read_without_harm(void **state)
{
  (void)state;
  for (gsize cut = 0; cut <= strlen(reply); cut++) {
    g_autofree char *text = g_strndup(reply, cut);
    g_autoptr(calendar_t) calendar = calendar_read(text);
    assert_int_equal(calendar != NULL, cut >= strlen("BEGIN:VCALENDAR"));
  }
}

static void what_is_no_calendar_is_none(void **state)
{
  (void)state;
  static const char *const texts[] = { "", "\n", "Hallo", "<html>BEGIN:VCALENDAR",
                                       "BEGIN:VCARD\nEND:VCARD\n" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) assert_null(calendar_read(texts[i]));
}

static void odd_lines_do_not_upset_it(void **state)
{
  (void)state;
  g_autoptr(calendar_t) calendar =
      calendar_read("BEGIN:VCALENDAR\nEND:VEVENT\nEND:X\nEND:Y\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n:\n;;;:"
                    "\n\"\nATTENDEE;PARTSTAT=\":x\n"
                    "SEQUENCE:-99999999999999999999\nATTENDEE;PARTSTAT=DECLINED;:mailto:a@b\nUID:u\n");
  assert_non_null(calendar);
  assert_int_equal(calendar->sequence, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_answer_to_an_invitation_is_read),
    cmocka_unit_test(anything_cut_short_is_read_without_harm),
    cmocka_unit_test(what_is_no_calendar_is_none),
    cmocka_unit_test(odd_lines_do_not_upset_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
