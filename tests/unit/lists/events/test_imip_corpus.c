/* Calendar mails as other projects collected them, sent to a group and to a list of events, each twice: every
 * one is handled or refused with a reason, none reaches the group that is a calendar's own talk, and the
 * second arrival does nothing that the first did not. Skipped where ../shared/corpus is not beside the
 * project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static const char folder[] = "../shared/corpus/imip/cases";

/* The mail as Anna would send it to an address of ours; our MTA found her in order. Caller frees. */
static char *addressed(const char *raw, const char *to, int number)
{
  const char *body = strstr(raw, "\nMIME-Version:");
  const char *subject = strstr(raw, "\nSubject:");
  if (!body || !subject) return NULL;
  g_autofree char *line = g_strndup(subject + 1, strcspn(subject + 1, "\n"));
  return g_strdup_printf("Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: "
                         "anna@web.de\nTo: %s\n%s\nMessage-ID: <imip%d@web.de>\nDate: Mon, 02 Mar 2026 "
                         "10:00:00 +0100%s",
                         to, line, number, body);
}

static int events_in(struct club *club)
{
  g_autoptr(GPtrArray) events = events_page(club->town.store, 0, 0, 1000, NULL);
  return (int)events->len;
}

/* What its calendar part is. */
static enum itip_method method_of(const char *raw)
{
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_autoptr(calendar_t) calendar = itip_find(mail);
  return calendar ? itip_method(calendar) : ITIP_NONE;
}

static void send_all(const char *to)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  int number = 0, read = 0;
  if (!dir) skip();
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  for (const char *name; (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL), *raw = NULL;
    if (!g_str_has_suffix(name, ".eml") || !g_file_get_contents(path, &raw, NULL, NULL)) continue;
    g_autofree char *first = addressed(raw, to, number++);
    g_autofree char *second = addressed(raw, to, number++);
    if (!first) continue;
    read++;
    int posts = club_count(&club, "post", "bert@web.de");
    post_in(&club.town, "anna@web.de", to, first);
    post_work(&club.town);
    int events = events_in(&club);
    post_in(&club.town, "anna@web.de", to, second);
    post_work(&club.town);
    enum itip_method method = method_of(raw);
    bool is_event = method == ITIP_EVENT || method == ITIP_CANCEL;
    if (is_event && strstr(raw, "UID:") && !strstr(raw, "METHOD:ADD") && events_in(&club) != events)
      fail_msg("%s made a second event", name);
    if (!is_event && method != ITIP_NONE && club_count(&club, "post", "bert@web.de") != posts)
      fail_msg("%s was posted", name);
  }
  assert_true(read > 85); /* some have no subject */
  club_close(&club);
}

static void mails_of_a_collection_to_a_group(void **state)
{
  (void)state;
  send_all("gruenau@kiez.example");
}

static void mails_of_a_collection_to_a_list_of_events(void **state)
{
  (void)state;
  send_all("termine@kiez.example");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(mails_of_a_collection_to_a_group),
    cmocka_unit_test(mails_of_a_collection_to_a_list_of_events),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
