/* Jobs for the outside: taken, called, answered once; tried again with growing pauses, given up in time; and
 * what a process leaves behind that dies at it. The server is a function here; tests/system/reach.sh has a
 * real one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/support.h"

#include "lib/store/events/events.h"
#include "lib/store/jobs/jobs.h"
#include "lib/store/jobs/rooms.h"
#include "lists/video/bbb.h"
#include "lists/video/rooms.h"
#include "mta-hooks/reach/http_client.h"
#include "mta-hooks/reach/reacher.h"
#include "mta-hooks/send/backoff.h"

/* What the server does, and what it was asked. */
static struct {
  long status;
  const char *body;
  const char *trouble; /* nobody answers */
  int calls;
  char url[1000];
  struct store *store; /* called off while it is asked; NULL */
} server;

static bool answer(struct http_client *client, const char *url, const char *host, struct http_reply *reply,
                   char **why)
{
  (void)client;
  assert_string_equal(host, "bbb.example");
  server.calls++;
  g_snprintf(server.url, sizeof server.url, "%s", url);
  if (server.store) {
    assert_true(store_begin(server.store, NULL) && job_remove(server.store, 1, NULL) &&
                store_commit(server.store, NULL));
  }
  reply->status = server.status;
  if (server.body) g_string_assign(reply->body, server.body);
  if (server.trouble) *why = g_strdup(server.trouble);
  return server.trouble == NULL;
}

struct house {
  struct town town;
  struct reacher reacher;
  int64_t event;
};

/* An event that begins in an hour, its room, and a job for it. */
static void open_house(struct house *house)
{
  *house = (struct house){ 0 };
  memset(&server, 0, sizeof server);
  server.status = 200;
  town_open(&house->town);
  town_has_video(&house->town);
  struct store *store = house->town.store;
  int64_t list = town_list(&house->town, "gruenau", "group", true);
  g_autoptr(event_t) event = event_new("Europe/Berlin");
  g_free(event->uid);
  event->uid = g_strdup("u@kiez.example");
  event->list = list;
  assert_true(store_begin(store, NULL) && event_create(store, event, 2026, TEST_NOW, NULL));
  g_free(event->state);
  event->state = g_strdup("open");
  event->is_video = true;
  event->next_at = TEST_NOW + 3600;
  const struct job job = { .what = (char *)"bbb_create",
                           .object = event->id,
                           .about = (char *)"event 2026/1",
                           .request = (char *)"name=Fest&meetingID=kiez-1",
                           .since = TEST_NOW,
                           .next_try = TEST_NOW,
                           .until = TEST_NOW + 1200 };
  assert_true(event_put(store, event, NULL) && room_put(store, event->id, "kiez-1", TEST_NOW, NULL) &&
              job_put(store, &job, NULL) && store_commit(store, NULL));
  house->event = event->id;
  house->town.bbb = bbb_new(house->town.config, NULL);
  assert_non_null(house->town.bbb);
  house->reacher = (struct reacher){ store, house->town.bbb, NULL, answer };
}

static void close_house(struct house *house)
{
  town_close(&house->town);
}

static int step(struct house *house)
{
  g_autoptr(GError) why = NULL;
  int done = reacher_step(&house->reacher, &why);
  if (done < 0) fail_msg("%s", why->message);
  return done;
}

static struct job *the_job(struct house *house)
{
  return job_get(house->town.store, 1, NULL);
}

static void a_job_is_done_once(void **state)
{
  (void)state;
  struct house house;
  open_house(&house);
  server.body = "<response><returncode>SUCCESS</returncode><voiceBridge>70757</voiceBridge></response>";
  assert_int_equal(step(&house), 1);
  assert_int_equal(step(&house), 0);
  assert_int_equal(server.calls, 1);
  g_autoptr(job_t) job = the_job(&house);
  assert_string_equal(job->state, "answered");
  assert_string_equal(job->reply, "dial=\npin=70757\n");
  g_autofree char *wanted = bbb_create_url(house.town.bbb, "kiez-1", job->request);
  assert_string_equal(server.url, wanted);
  close_house(&house);
}

static void pauses_grow_and_end_in_giving_up(void **state)
{
  (void)state;
  struct house house;
  open_house(&house);
  server.status = 503;
  int64_t last = TEST_NOW;
  for (int i = 0; i < 8; i++) {
    assert_int_equal(step(&house), 1);
    g_autoptr(job_t) job = the_job(&house);
    if (strcmp(job->state, "due") != 0) break;
    int64_t pause = job->next_try - last;
    assert_in_range(pause, (30 << i) * 8 / 10, (30 << i) * 12 / 10);
    assert_int_equal(step(&house), 0); /* not before */
    clock_fix(last = job->next_try);
  }
  g_autoptr(job_t) job = the_job(&house);
  assert_string_equal(job->state, "failed");
  assert_int_equal(job->attempts, server.calls);
  assert_true(clock_now() < TEST_NOW + 1200);
  assert_string_equal(job->reply, "bbb.example answers with HTTP status 503.");
  clock_fix(TEST_NOW + 7200);
  assert_int_equal(step(&house), 0);
  close_house(&house);
}

static void pauses_are_bounded(void **state)
{
  (void)state;
  for (int i = 0; i < 100; i++)
    assert_in_range(backoff_job_seconds(i, i / 100.0), 24, BACKOFF_JOB_LONGEST_SECONDS * 6 / 5);
}

static void each_trouble_has_its_sentence_and_none_a_secret(void **state)
{
  (void)state;
  static const struct {
    long status;
    const char *body, *trouble, *wanted, *state;
  } cases[] = {
    { 500, "", NULL, "bbb.example answers with HTTP status 500.", "due" },
    { 404, "", NULL, "bbb.example answers with HTTP status 404. Is bbb_url right?", "due" },
    { 302, "", NULL, "HTTP status 302", "due" },
    { 200, "<html>", NULL, "not as BigBlueButton does", "due" },
    { 200, "", NULL, "not as BigBlueButton does", "due" },
    { 0, NULL, "The certificate of bbb.example cannot be verified", "The certificate of bbb.example", "due" },
    { 200, "<response><returncode>FAILED</returncode><messageKey>checksumError</messageKey></response>", NULL,
      "(checksumError). Is the secret in secret_file", "failed" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct house house;
    open_house(&house);
    server.status = cases[i].status;
    server.body = cases[i].body;
    server.trouble = cases[i].trouble;
    assert_int_equal(step(&house), 1);
    g_autoptr(job_t) job = the_job(&house);
    assert_string_equal(job->state, cases[i].state);
    if (!strstr(job->reply, cases[i].wanted)) fail_msg("%s", job->reply);
    if (strstr(job->reply, "checksum=") || strstr(job->reply, "PW=")) fail_msg("%s", job->reply);
    close_house(&house);
  }
}

/* A process that dies between the call and its commit leaves a job that is taken; the next one says the very
 * same again, which a server counts as one. */
static void what_a_crash_leaves_is_said_again_word_for_word(void **state)
{
  (void)state;
  struct house house;
  open_house(&house);
  struct store *store = house.town.store;
  assert_true(store_begin(store, NULL));
  g_autoptr(job_t) taken = job_take(store, TEST_NOW, NULL);
  g_autofree char *before = room_job_url(store, house.town.bbb, taken, NULL);
  assert_true(store_commit(store, NULL));
  assert_int_equal(step(&house), 0); /* whoever took it may still live */
  assert_true(store_begin(store, NULL) && jobs_untake(store, NULL) && store_commit(store, NULL));
  server.body =
      "<response><returncode>SUCCESS</returncode><messageKey>duplicateWarning</messageKey></response>";
  assert_int_equal(step(&house), 1);
  assert_string_equal(server.url, before);
  g_autoptr(job_t) job = the_job(&house);
  assert_string_equal(job->state, "answered");
  assert_int_equal(job->attempts, 2);
  close_house(&house);
}

static void a_job_that_ends_the_process_again_and_again_is_given_up(void **state)
{
  (void)state;
  struct house house;
  open_house(&house);
  struct store *store = house.town.store;
  for (int i = 0; i < REACH_ATTEMPTS_MAX; i++) {
    assert_true(store_begin(store, NULL));
    g_autoptr(job_t) taken = job_take(store, TEST_NOW, NULL);
    assert_non_null(taken);
    assert_true(jobs_untake(store, NULL) && store_commit(store, NULL));
  }
  assert_int_equal(step(&house), 1);
  assert_int_equal(server.calls, 0);
  g_autoptr(job_t) job = the_job(&house);
  assert_string_equal(job->state, "failed");
  close_house(&house);
}

static void what_is_called_off_is_not_called(void **state)
{
  (void)state;
  struct house house;
  open_house(&house);
  struct store *store = house.town.store;
  g_autoptr(event_t) event = event_get(store, house.event, NULL);
  g_free(event->state);
  event->state = g_strdup("cancelled");
  event->next_at = 0;
  assert_true(store_begin(store, NULL) && event_put(store, event, NULL) && store_commit(store, NULL));
  assert_int_equal(step(&house), 1);
  assert_int_equal(server.calls, 0);
  assert_null(the_job(&house));
  close_house(&house);
}

static void what_is_taken_back_during_the_call_stays_so(void **state)
{
  (void)state;
  struct house house;
  open_house(&house);
  server.body = "<response><returncode>SUCCESS</returncode></response>";
  server.store = house.town.store;
  assert_int_equal(step(&house), 1);
  assert_int_equal(server.calls, 1);
  assert_null(the_job(&house));
  close_house(&house);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_job_is_done_once),
    cmocka_unit_test(pauses_grow_and_end_in_giving_up),
    cmocka_unit_test(pauses_are_bounded),
    cmocka_unit_test(each_trouble_has_its_sentence_and_none_a_secret),
    cmocka_unit_test(what_a_crash_leaves_is_said_again_word_for_word),
    cmocka_unit_test(a_job_that_ends_the_process_again_and_again_is_given_up),
    cmocka_unit_test(what_is_called_off_is_not_called),
    cmocka_unit_test(what_is_taken_back_during_the_call_stays_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
