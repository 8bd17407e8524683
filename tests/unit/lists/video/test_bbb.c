/* BigBlueButton's API: signing as its documentation shows, links, and answers of all sorts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/video/rooms.h"

#include "tests/unit/lists/support.h"

/* Of docs.bigbluebutton.org/development/api, "API Security Model". */
static const char documented_query[] =
    "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444";

struct server {
  struct town town;
  struct bbb *bbb;
};

static void set(char **to, const char *value)
{
  g_free(*to);
  *to = g_strdup(value);
}

static void open_server(struct server *server, const char *checksum)
{
  g_autoptr(GError) why = NULL;
  *server = (struct server){ 0 };
  town_open(&server->town);
  town_has_video(&server->town);
  set(&server->town.config->bbb_checksum, checksum);
  server->bbb = bbb_new(server->town.config, &why);
  if (!server->bbb) fail_msg("%s", why->message);
}

static void close_server(struct server *server)
{
  bbb_free(server->bbb);
  town_close(&server->town);
}

static void has(const char *text, const char *piece)
{
  if (!strstr(text, piece)) fail_msg("\"%s\" lacks \"%s\"", text, piece);
}

static void has_not(const char *text, const char *piece)
{
  if (strstr(text, piece)) fail_msg("\"%s\" has \"%s\"", text, piece);
}

static void the_documented_call_is_written_and_signed_as_documented(void **state)
{
  (void)state;
  static const char *const sums[][2] = {
    { "sha1", "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17" },
    { "sha256", "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e" },
    { "sha384",
      "891ac633df39d0a1b4f8d597f3e190833216c4b29c4fb51ea3ca72757eeb958d6e7b49a845cf29f5c6019c7d29d029d1" },
    { "sha512", "de73ad61d11a5c801b68d4bd6ec5248546085cefb0b25c85f3c46249ea93a3a4b120f92c0a8a58d7512cb7782188"
                "4951a3b01245f3435dbbef49fff3cc3988b4" },
  };
  g_autoptr(GString) query = g_string_new(NULL);
  bbb_put(query, "name", "Test Meeting");
  bbb_put(query, "meetingID", "abc123");
  bbb_put(query, "attendeePW", "111222");
  bbb_put(query, "moderatorPW", "333444");
  assert_string_equal(query->str, documented_query);
  for (gsize i = 0; i < G_N_ELEMENTS(sums); i++) {
    struct server server;
    open_server(&server, sums[i][0]);
    g_autofree char *url = bbb_sign(server.bbb, "create", query->str);
    g_autofree char *wanted = g_strconcat("https://bbb.example/bigbluebutton/api/create?", documented_query,
                                          "&checksum=", sums[i][1], NULL);
    assert_string_equal(url, wanted);
    close_server(&server);
  }
}

static void the_address_is_taken_as_bbb_conf_and_as_libraries_name_it(void **state)
{
  (void)state;
  static const char *const urls[] = { "https://bbb.example/bigbluebutton",
                                      "https://bbb.example/bigbluebutton/api" };
  for (gsize i = 0; i < G_N_ELEMENTS(urls); i++) {
    struct server server;
    open_server(&server, "sha256");
    set(&server.town.config->bbb_url, urls[i]);
    g_autoptr(bbb_t) bbb = bbb_new(server.town.config, NULL);
    g_autofree char *url = bbb_sign(bbb, "getMeetings", "");
    has(url, "https://bbb.example/bigbluebutton/api/getMeetings?checksum=");
    assert_string_equal(bbb_host(bbb), "bbb.example");
    close_server(&server);
  }
}

/* The value of a parameter, as it stands. Caller frees. */
static char *parameter(const char *url, const char *name)
{
  g_autofree char *mark = g_strconcat(name, "=", NULL);
  const char *at = strstr(url, mark);
  if (!at) fail_msg("%s has no %s", url, name);
  at += strlen(mark);
  return g_strndup(at, strcspn(at, "&"));
}

/* Is the link signed over all that stands before the checksum? */
static void is_signed(const char *url, const char *call)
{
  const char *query = strchr(url, '?') + 1, *sum = strstr(url, "&checksum=");
  g_autofree char *text =
      g_strdup_printf("%s%.*s639259d4-9dd8-4b25-bf01-95f9567eaf4b", call, (int)(sum - query), query);
  g_autofree char *wanted = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
  assert_string_equal(sum + strlen("&checksum="), wanted);
}

static void a_link_is_for_one_person_and_one_role(void **state)
{
  (void)state;
  struct server server;
  open_server(&server, "sha256");
  g_autofree char *meeting = bbb_meeting_id(server.bbb, "uid@kiez.example");
  g_autofree char *guest = bbb_join_url(server.bbb, meeting, "Jürgen & Söhne", false);
  g_autofree char *host = bbb_join_url(server.bbb, meeting, "Anna Amsel", true);
  g_autofree char *create = bbb_create_url(server.bbb, meeting, "name=Fest&meetingID=x");
  is_signed(guest, "join");
  is_signed(host, "join");
  is_signed(create, "create");
  has(guest, "fullName=J%C3%BCrgen+%26+S%C3%B6hne&");
  has(guest, "&role=VIEWER&");
  has(host, "&role=MODERATOR&");
  g_autofree char *attendee = parameter(create, "attendeePW"), *moderator = parameter(create, "moderatorPW");
  g_autofree char *of_guest = parameter(guest, "password"), *of_host = parameter(host, "password");
  assert_string_equal(attendee, of_guest); /* what servers before 2.4 go by */
  assert_string_equal(moderator, of_host);
  assert_string_not_equal(attendee, moderator);
  assert_in_range(strlen(attendee), 2, 64);
  has_not(guest, moderator);
  has_not(guest, "639259d4");
  close_server(&server);
}

static void what_people_are_called_cannot_add_parameters_or_lines(void **state)
{
  (void)state;
  struct server server;
  open_server(&server, "sha256");
  g_autofree char *long_name = g_strnfill(3000, 'x');
  static const char *const names[] = { "A&role=MODERATOR", "A\r\nX-Y: z", "A#b?c=d", "A%26role", "" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *url = bbb_join_url(server.bbb, "kiez-1", names[i], false);
    is_signed(url, "join");
    has_not(url, "role=MODERATOR&");
    for (const char *p = url; *p; p++) assert_true(g_ascii_isgraph(*p));
  }
  g_autofree char *bounded = bbb_join_url(server.bbb, "kiez-1", long_name, false);
  assert_true(strlen(bounded) < 500);
  close_server(&server);
}

static void a_meeting_has_one_name_for_good_that_nobody_guesses(void **state)
{
  (void)state;
  struct server server;
  open_server(&server, "sha256");
  g_autofree char *one = bbb_meeting_id(server.bbb, "a@kiez.example");
  g_autofree char *same = bbb_meeting_id(server.bbb, "a@kiez.example");
  g_autofree char *other = bbb_meeting_id(server.bbb, "b@kiez.example");
  assert_string_equal(one, same);
  assert_string_not_equal(one, other);
  assert_true(strspn(one, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(one));
  close_server(&server);
}

static void a_secret_that_cannot_be_had_is_said_in_a_sentence(void **state)
{
  (void)state;
  struct server server;
  open_server(&server, "sha256");
  struct config *config = server.town.config;
  const char *file = config->bbb_secret_file;
  g_chmod(file, 0644);
  g_autoptr(GError) open_to_others = NULL;
  assert_null(bbb_new(config, &open_to_others));
  has(open_to_others->message, "chmod 600");
  g_file_set_contents(file, "\n", -1, NULL);
  g_chmod(file, 0600);
  g_autoptr(GError) empty = NULL;
  assert_null(bbb_new(config, &empty));
  has(empty->message, "holds no secret");
  g_unlink(file);
  g_autoptr(GError) gone = NULL;
  assert_null(bbb_new(config, &gone));
  has(gone->message, "cannot be read");
  set(&config->bbb_secret_file, "");
  g_autoptr(GError) unnamed = NULL;
  assert_null(bbb_new(config, &unnamed));
  has(unnamed->message, "no secret_file");
  set(&config->bbb_url, "");
  g_autoptr(GError) none = NULL;
  assert_null(bbb_new(config, &none));
  assert_null(none);
  close_server(&server);
}

/* ---- answers ---- */

static const char created[] =
    "<response>\n  <returncode>SUCCESS</returncode>\n  <meetingID>Test</meetingID>\n"
    "  <internalMeetingID>640ab2bae07bedc4c163f679a746f7ab7fb5d1fa-1531155809613</internalMeetingID>\n"
    "  <attendeePW>ap</attendeePW>\n  <moderatorPW>mp</moderatorPW>\n  "
    "<createTime>1531155809613</createTime>\n"
    "  <voiceBridge>70757</voiceBridge>\n  <dialNumber>030 90297 1234</dialNumber>\n"
    "  <hasUserJoined>false</hasUserJoined>\n  <messageKey>duplicateWarning</messageKey>\n"
    "  <message>This conference was already in existence and may currently be in progress.</message>\n"
    "</response>";

static void the_documented_answer_is_read(void **state)
{
  (void)state;
  struct bbb_reply reply;
  assert_true(bbb_reply_read(created, strlen(created), &reply));
  assert_true(reply.is_success);
  assert_string_equal(reply.key, "duplicateWarning");
  assert_string_equal(reply.dial, "030 90297 1234");
  assert_string_equal(reply.pin, "70757");
  bbb_reply_clear(&reply);
}

static void what_is_no_answer_is_told_from_one(void **state)
{
  (void)state;
  g_autoptr(GString) deep = g_string_new("<response>");
  for (int i = 0; i < 5000; i++) g_string_append(deep, "<a>");
  static const char bomb[] =
      "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><response><returncode>"
      "&b;</returncode></response>";
  const char *const bodies[] = { "",
                                 "<html><body>502 Bad Gateway</body></html>",
                                 "<html><returncode>SUCCESS</returncode></html>",
                                 "<response><returncode>SUCCESS</returncode>",
                                 "<response><returncode>PERHAPS</returncode></response>",
                                 "<response></response>",
                                 "<response><x><returncode>SUCCESS</returncode></x></response>",
                                 "{\"returncode\": \"SUCCESS\"}",
                                 "\xff\xfe<response>",
                                 bomb,
                                 deep->str };
  for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
    struct bbb_reply reply;
    if (bbb_reply_read(bodies[i], strlen(bodies[i]), &reply)) fail_msg("%.60s was taken", bodies[i]);
  }
  struct bbb_reply reply;
  assert_false(bbb_reply_read("<resp\0onse>", 11, &reply));
}

/* What a body means, in one word and the reply. */
static void means(const struct bbb *bbb, const char *body, enum room_outcome wanted, const char *piece)
{
  g_autofree char *reply = NULL;
  enum room_outcome outcome = room_job_read(bbb, body, strlen(body), &reply);
  if (outcome != wanted) fail_msg("%s: outcome %d (%s)", body, (int)outcome, reply);
  has(reply, piece);
  has_not(reply, "639259d4");
}

static void answers_become_outcomes_and_sentences(void **state)
{
  (void)state;
  struct server server;
  open_server(&server, "sha256");
  const struct bbb *bbb = server.bbb;
  means(bbb, created, ROOM_ANSWERED, "dial=030 90297 1234\npin=70757\n");
  means(bbb,
        "<response><returncode>SUCCESS</returncode><dialNumber>613-555-1234</dialNumber>"
        "<voiceBridge>1; DROP</voiceBridge></response>",
        ROOM_ANSWERED, "dial=\npin=\n"); /* the server's example, and no PIN */
  means(
      bbb,
      "<?xml version=\"1.0\"?><response><returncode>FAILED</returncode><messageKey>checksumError</messageKey>"
      "<message><![CDATA[Checksums do not match]]></message></response>",
      ROOM_FAILED, "bbb.example refuses to open the room: Checksums do not match (checksumError).");
  means(bbb,
        "<response><returncode>FAILED</returncode><messageKey>internalError</messageKey><message>Busy\nnow"
        "</message></response>",
        ROOM_AGAIN, "Busy now (internalError)");
  means(bbb,
        "<response><returncode>FAILED</returncode><messageKey>nonUniqueVoiceBridge</messageKey></response>",
        ROOM_ANSWERED, "pin_is_taken=1");
  means(bbb, "<html>Wartung</html>", ROOM_AGAIN, "not as BigBlueButton does");
  close_server(&server);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_documented_call_is_written_and_signed_as_documented),
    cmocka_unit_test(the_address_is_taken_as_bbb_conf_and_as_libraries_name_it),
    cmocka_unit_test(a_link_is_for_one_person_and_one_role),
    cmocka_unit_test(what_people_are_called_cannot_add_parameters_or_lines),
    cmocka_unit_test(a_meeting_has_one_name_for_good_that_nobody_guesses),
    cmocka_unit_test(a_secret_that_cannot_be_had_is_said_in_a_sentence),
    cmocka_unit_test(the_documented_answer_is_read),
    cmocka_unit_test(what_is_no_answer_is_told_from_one),
    cmocka_unit_test(answers_become_outcomes_and_sentences),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
