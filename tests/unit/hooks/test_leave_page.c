/* Leaving by one click (RFC 8058): looking changes nothing, a click takes the member off, and nothing else
 * does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/letters.h"
#include "mta-hooks/http/http.h"

#include "tests/unit/lists/members.h"

static struct club *receiving; /* where handed-over mails go */
static int handed_over;

/* A leave_deliver into the inbox, as the receiver would put it. */
static bool deliver(const struct config *config, const char *sender, const char *recipient, const char *mail,
                    GError **error)
{
  (void)config, (void)error;
  g_auto(GStrv) lines = g_strsplit(mail, "\r\n", -1);
  g_autofree char *text = g_strjoinv("\n", lines);
  post_in(&receiving->town, sender, recipient, text);
  handed_over++;
  return true;
}

static bool deliver_nothing(const struct config *config, const char *sender, const char *recipient,
                            const char *mail, GError **error)
{
  (void)config, (void)sender, (void)recipient, (void)mail;
  g_set_error(error, g_quark_from_string("test"), 1, "Nobody answers.");
  return false;
}

/* A club whose mails carry links. */
static void open_club(struct club *club)
{
  club_open(club);
  g_free(club->town.config->https_base);
  club->town.config->https_base = g_strdup("https://kiez.example/mail");
  receiving = club;
  handed_over = 0;
}

/* The path of the link in Anna's copy of a post; its head must be as RFC 8058 asks. Caller frees. */
static char *link_of_anna(struct club *club)
{
  club_write(club, "bert@web.de", "gruenau@kiez.example", "Hof", "Wer kommt zum Hoffest?", true);
  g_autofree char *mail = post_mail(&club->town, "post", "anna@web.de");
  assert_non_null(strstr(mail, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
  const char *at = strstr(mail, "https://kiez.example/mail/leave/");
  assert_non_null(at);
  const char *end = strchr(at, '>');
  assert_non_null(strstr(end, "<mailto:gruenau%2B"));
  return g_strndup(at + strlen("https://kiez.example"), (gsize)(end - at) - strlen("https://kiez.example"));
}

/* Asks the page; works on what it handed over. Returns the status. */
static unsigned ask(struct club *club, const char *method, const char *path, const char *body,
                    const char *shows)
{
  g_autoptr(letters_t) letters = letters_new(club->town.config);
  struct leave_request request = { .method = method, .path = path, .body = body };
  struct leave_answer answer = leave_answer(club->town.config, letters, clock_now(), &request, deliver);
  unsigned status = answer.status;
  if (!strstr(answer.page, shows)) fail_msg("the page does not say \"%s\": %s", shows, answer.page);
  leave_answer_clear(&answer);
  post_work(&club->town);
  return status;
}

static const char form[] = "List-Unsubscribe=One-Click";

static void looking_changes_nothing(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  for (int i = 0; i < 3; i++) assert_int_equal(ask(&club, "GET", path, "", "<button"), 200);
  assert_int_equal(ask(&club, "HEAD", path, form, "<button"), 200);
  assert_int_equal(ask(&club, "POST", path, "", "<button"), 400);
  assert_int_equal(ask(&club, "PUT", path, form, ""), 405);
  assert_int_equal(handed_over, 0);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

static void a_click_takes_the_member_off(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  assert_int_equal(ask(&club, "POST", path, form, "Erledigt"), 200);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  assert_string_equal(club_state(&club, "bert@web.de"), "active each");
  g_autofree char *goodbye = post_mail(&club.town, "goodbye", "anna@web.de");
  assert_non_null(goodbye);
  assert_int_equal(ask(&club, "POST", path, form, "Erledigt"), 200); /* once more does no harm */
  club_close(&club);
}

static void another_encoding_of_the_form_counts(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  const char *body =
      "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--";
  assert_int_equal(ask(&club, "POST", path, body, "Erledigt"), 200);
  assert_string_equal(club_state(&club, "anna@web.de"), "none");
  club_close(&club);
}

static void forged_and_foreign_links_are_unknown(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  char *last = path + strlen(path) - 1;
  *last = *last == 'a' ? 'b' : 'a';
  assert_int_equal(ask(&club, "POST", path, form, "kennen wir nicht"), 404);
  assert_int_equal(ask(&club, "POST", "/", form, "kennen wir nicht"), 404);
  assert_int_equal(ask(&club, "POST", "/leave/", form, "kennen wir nicht"), 404);
  g_autofree char *from = club_reply_address(&club, "post", "anna@web.de"); /* a token of another purpose */
  g_auto(GStrv) parts = g_strsplit_set(from, "+@", 3);
  g_autofree char *other = g_strconcat("/leave/", parts[1], NULL);
  assert_int_equal(ask(&club, "POST", other, form, "kennen wir nicht"), 404);
  assert_int_equal(handed_over, 0);
  club_close(&club);
}

static void an_old_link_says_so(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  clock_fix(TEST_NOW + 500 * (int64_t)86400);
  assert_int_equal(ask(&club, "POST", path, form, "zu alt"), 410);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

static void a_receiver_that_is_away_is_no_success(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  g_autoptr(letters_t) letters = letters_new(club.town.config);
  struct leave_request request = { .method = "POST", .path = path, .body = form };
  struct leave_answer answer =
      leave_answer(club.town.config, letters, clock_now(), &request, deliver_nothing);
  assert_int_equal(answer.status, 503);
  leave_answer_clear(&answer);
  club_close(&club);
}

static void without_https_base_there_is_no_link_and_no_click(void **state)
{
  (void)state;
  struct club club;
  open_club(&club);
  g_autofree char *path = link_of_anna(&club);
  club.town.config->https_base[0] = '\0';
  ask(&club, "POST", path, form, "Erledigt"); /* somebody sends what the page would send */
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Hof 2", "Und wer kommt noch zum Hoffest?", true);
  g_autofree char *mail = post_mail(&club.town, "post", "anna@web.de");
  assert_null(strstr(mail, "One-Click"));
  assert_null(strstr(mail, "/leave/"));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(looking_changes_nothing),
    cmocka_unit_test(a_click_takes_the_member_off),
    cmocka_unit_test(another_encoding_of_the_form_counts),
    cmocka_unit_test(forged_and_foreign_links_are_unknown),
    cmocka_unit_test(an_old_link_says_so),
    cmocka_unit_test(a_receiver_that_is_away_is_no_success),
    cmocka_unit_test(without_https_base_there_is_no_link_and_no_click),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
