/* Replies, and the dialogue with a server that follows a script: what leaves when, and what each answer
 * means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants these first */
#include <cmocka.h>

#include "lib/base/fault.h"
#include "mta-hooks/send/smtp_client.h"
#include "mta-hooks/send/smtp_reply.h"

#include <arpa/inet.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- replies ---- */

static void replies_are_read_in_any_pieces(void **state)
{
  (void)state;
  static const struct {
    const char *bytes;
    enum smtp_reply_state wanted;
    const char *line, *status;
  } replies[] = {
    { "250 Ok\r\n", REPLY_COMPLETE, "250 Ok", "250" },
    { "250\r\n", REPLY_COMPLETE, "250", "250" },
    { "250 Ok\n", REPLY_COMPLETE, "250 Ok", "250" },
    { "250-a\r\n250-\r\n250 b\r\n", REPLY_COMPLETE, "250 a b", "250" },
    { "550-5.1.1 No\r\n550 5.1.1 such\r\n", REPLY_COMPLETE, "550 5.1.1 No 5.1.1 such", "550 5.1.1" },
    { "550 5.1.1234 odd\r\n", REPLY_COMPLETE, "550 5.1.1234 odd", "550" },
    { "450-a\r\n550 b\r\n", REPLY_COMPLETE, "550 a b", "550" },
    { "550 \xff\x01\x1b[31m\xe2\x80\xae x\r\n", REPLY_COMPLETE, NULL, "550" },
    { "25 Ok\r\n", REPLY_BROKEN, NULL, NULL },
    { "HTTP/1.1 400 Bad\r\n", REPLY_BROKEN, NULL, NULL },
    { "\r\n", REPLY_BROKEN, NULL, NULL },
    { "650 x\r\n", REPLY_BROKEN, NULL, NULL },
    { "250x\r\n", REPLY_BROKEN, NULL, NULL },
    { "250-a\r\n250-b\r\n", REPLY_MORE, NULL, NULL },
  };
  struct smtp_reply reply;
  smtp_reply_init(&reply);
  for (gsize i = 0; i < G_N_ELEMENTS(replies); i++) {
    smtp_reply_begin(&reply);
    enum smtp_reply_state got = REPLY_MORE;
    for (const char *c = replies[i].bytes; *c != '\0' && got == REPLY_MORE; c++) {
      gsize used = 0;
      got = smtp_reply_feed(&reply, c, 1, &used);
      assert_int_equal(used, 1);
    }
    if (got != replies[i].wanted) fail_msg("%s", replies[i].bytes);
    if (got != REPLY_COMPLETE) continue;
    g_autofree char *line = smtp_reply_line(&reply), *status = smtp_reply_status(line);
    if (replies[i].line != NULL) assert_string_equal(line, replies[i].line);
    assert_string_equal(status, replies[i].status);
    assert_true(g_utf8_validate(line, -1, NULL));
    for (const char *c = line; *c != '\0'; c++) assert_false((unsigned char)*c < ' ');
  }
  smtp_reply_clear(&reply);
}

static void endless_replies_end(void **state)
{
  (void)state;
  struct smtp_reply reply;
  smtp_reply_init(&reply);
  enum smtp_reply_state got = REPLY_MORE;
  gsize used = 0;
  int lines = 0;
  for (; got == REPLY_MORE && lines < 100000; lines++)
    got = smtp_reply_feed(&reply, "250-more and more\r\n", 19, &used);
  assert_int_equal(got, REPLY_BROKEN);
  smtp_reply_begin(&reply);
  smtp_reply_feed(&reply, "250 ", 4, &used);
  for (int i = 0; i < 100000; i++) smtp_reply_feed(&reply, "long line without an end", 24, &used);
  assert_true(reply.text->len <= REPLY_TEXT_MAX);
  assert_int_equal(smtp_reply_feed(&reply, "\r\n250 x\r\n", 9, &used), REPLY_COMPLETE);
  assert_int_equal(used, 2); /* what follows belongs to the next one */
  g_autofree char *line = smtp_reply_line(&reply);
  assert_true(strlen(line) <= REPLY_STORED_MAX);
  smtp_reply_clear(&reply);
}

/* ---- a server by script ---- */

struct step {
  const char *wait_for; /* read until exactly this has come since the last step; NULL: nothing */
  const char *answer;   /* then say this; NULL: nothing */
};

struct script {
  int fd;
  const struct step *steps;
  char *difference; /* what came instead; NULL: all as wanted */
};

/* Byte by byte; a client that has heard enough may hang up meanwhile. */
static void say_slowly(int fd, const char *text)
{
  while (*text != '\0' && send(fd, text, 1, MSG_NOSIGNAL) == 1) text++;
}

static gpointer follow(gpointer data)
{
  struct script *script = data;
  int fd = accept(script->fd, NULL, NULL);
  struct timeval patience = { .tv_sec = 5 };
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  for (const struct step *step = script->steps;
       (step->wait_for || step->answer) && script->difference == NULL; step++) {
    g_autoptr(GString) got = g_string_new(NULL);
    while (step->wait_for != NULL && got->len < strlen(step->wait_for)) {
      char byte;
      if (recv(fd, &byte, 1, 0) != 1) break;
      g_string_append_c(got, byte);
    }
    if (step->wait_for != NULL && strcmp(got->str, step->wait_for) != 0)
      script->difference = g_strdup_printf("wanted \"%s\", got \"%s\"", step->wait_for, got->str);
    else if (step->answer != NULL)
      say_slowly(fd, step->answer);
  }
  char rest;
  if (script->difference == NULL && recv(fd, &rest, 1, MSG_DONTWAIT) == 1 && rest != 'Q')
    script->difference = g_strdup_printf("more came than wanted, beginning with '%c'", rest);
  close(fd);
  return NULL;
}

struct stage {
  struct script script;
  struct smtp_settings settings;
  GThread *server;
  struct smtp_client *client;
};

/* A server that follows the steps, and a client that has greeted it. */
static void open_stage(struct stage *stage, const struct step *steps)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  *stage = (struct stage){ .script = { .fd = socket(AF_INET, SOCK_STREAM, 0), .steps = steps } };
  assert_int_equal(bind(stage->script.fd, (struct sockaddr *)&address, size), 0);
  assert_int_equal(listen(stage->script.fd, 1), 0);
  getsockname(stage->script.fd, (struct sockaddr *)&address, &size);
  stage->server = g_thread_new("server", follow, &stage->script);
  stage->settings = (struct smtp_settings){ .host = "127.0.0.1",
                                            .port = ntohs(address.sin_port),
                                            .helo = "kiez.example",
                                            .starttls = "may",
                                            .reply_seconds = 5 };
  g_autoptr(GError) error = NULL;
  stage->client = smtp_client_open(&stage->settings, &error);
}

static void close_stage(struct stage *stage)
{
  smtp_client_close(stage->client);
  g_thread_join(stage->server);
  close(stage->script.fd);
  if (stage->script.difference != NULL) fail_msg("%s", stage->script.difference);
}

/* An envelope "b1@k → p1@x, p2@x …" with the body "Hallo". */
static struct envelope *envelope_for(guint first, guint count, bool is_batch)
{
  struct letter *letter = g_new0(struct letter, 1);
  letter->content = g_bytes_new_static("S: x\r\n\r\nHallo\r\n", 15);
  letter->is_batch = is_batch;
  letter->envelope_from = g_strdup("liste@k");
  struct outgoing *outgoing = outgoing_new(letter);
  g_autoptr(GPtrArray) deliveries = g_ptr_array_new();
  for (guint i = 0; i < count; i++) {
    struct delivery *delivery = g_new0(struct delivery, 1);
    delivery->address = g_strdup_printf("p%u@x", first + i);
    /* "" with a batch: the letter's */
    delivery->envelope_from = is_batch ? g_strdup("") : g_strdup_printf("b%u@k", first + i);
    g_ptr_array_add(deliveries, delivery);
  }
  struct envelope *envelope =
      envelope_new(outgoing, (struct delivery *const *)(gpointer)deliveries->pdata, count);
  outgoing_unref(outgoing);
  return envelope;
}

#define GREETING                                                                                             \
  { NULL, "220 x\r\n" },                                                                                     \
  {                                                                                                          \
    "EHLO kiez.example\r\n", "250-x\r\n250-PIPELINING\r\n250 8BITMIME\r\n"                                   \
  }
#define SLOW_GREETING                                                                                        \
  { NULL, "220 x\r\n" },                                                                                     \
  {                                                                                                          \
    "EHLO kiez.example\r\n", "250 x\r\n"                                                                     \
  }
#define CONTENT  "S: x\r\n\r\nHallo\r\n.\r\n"
#define WORDS(n) "MAIL FROM:<b" n "@k>\r\nRCPT TO:<p" n "@x>\r\nDATA\r\n"
#define GO       "250 a\r\n250 b\r\n354 c\r\n"

static void the_next_envelope_leaves_with_the_end_of_the_content(void **state)
{
  (void)state;
  static const struct step steps[] = {
    GREETING,
    { WORDS("1"), GO },
    { CONTENT WORDS("2"), "250 kept 1\r\n" GO }, /* came without an answer to the dot in between */
    { CONTENT, "250 kept 2\r\n" },
    { NULL, NULL },
  };
  struct stage stage;
  open_stage(&stage, steps);
  assert_non_null(stage.client);
  struct envelope *first = envelope_for(1, 1, false), *second = envelope_for(2, 1, false);
  assert_true(smtp_client_deliver(stage.client, first, second, NULL));
  assert_int_equal(first->answers[0], ANSWER_SENT);
  assert_string_equal(first->replies[0], "250 kept 1");
  assert_int_equal(second->answers[0], ANSWER_NONE);
  assert_true(smtp_client_deliver(stage.client, second, NULL, NULL));
  assert_string_equal(second->replies[0], "250 kept 2");
  close_stage(&stage);
  envelope_free(first);
  envelope_free(second);
}

static void without_pipelining_each_word_waits(void **state)
{
  (void)state;
  static const struct step steps[] = {
    SLOW_GREETING,
    { "MAIL FROM:<b1@k>\r\n", "250 a\r\n" },
    { "RCPT TO:<p1@x>\r\n", "250 b\r\n" },
    { "DATA\r\n", "354 c\r\n" },
    { CONTENT, "250 d\r\n" },
    { "MAIL FROM:<b2@k>\r\n", "250 a\r\n" },
    { "RCPT TO:<p2@x>\r\n", "550 5.1.1 no\r\n" },
    { NULL, NULL },
  };
  struct stage stage;
  open_stage(&stage, steps);
  struct envelope *first = envelope_for(1, 1, false), *second = envelope_for(2, 1, false);
  assert_true(smtp_client_deliver(stage.client, first, second, NULL));
  assert_int_equal(first->answers[0], ANSWER_SENT);
  assert_true(smtp_client_deliver(stage.client, second, NULL, NULL));
  assert_int_equal(second->answers[0], ANSWER_NEVER);
  close_stage(&stage);
  envelope_free(first);
  envelope_free(second);
}

/* One transaction of the given recipients over a pipelining server; what each answer must be. */
static void one_transaction(const struct step *steps, guint count, const enum answer *wanted)
{
  struct stage stage;
  open_stage(&stage, steps);
  struct envelope *envelope = envelope_for(1, count, count > 1);
  assert_true(smtp_client_deliver(stage.client, envelope, NULL, NULL));
  for (guint i = 0; i < count; i++) assert_int_equal(envelope->answers[i], wanted[i]);
  close_stage(&stage);
  envelope_free(envelope);
}

#define THREE "MAIL FROM:<liste@k>\r\nRCPT TO:<p1@x>\r\nRCPT TO:<p2@x>\r\nRCPT TO:<p3@x>\r\nDATA\r\n"

static void each_recipient_has_an_answer_of_its_own(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { THREE, "250 a\r\n451 b\r\n250 c\r\n550 d\r\n354 e\r\n" },
                                       { CONTENT, "250 f\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 3, (const enum answer[]){ ANSWER_LATER, ANSWER_SENT, ANSWER_NEVER });
}

static void too_many_recipients_come_again_together(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { THREE, "250 a\r\n250 b\r\n452 c\r\n452 d\r\n354 e\r\n" },
                                       { CONTENT, "250 f\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 3,
                  (const enum answer[]){ ANSWER_SENT, ANSWER_AGAIN_TOGETHER, ANSWER_AGAIN_TOGETHER });
}

static void content_refused_to_many_is_tried_alone(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { THREE, "250 a\r\n250 b\r\n250 c\r\n550 d\r\n354 e\r\n" },
                                       { CONTENT, "554 f\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 3, (const enum answer[]){ ANSWER_AGAIN_ALONE, ANSWER_AGAIN_ALONE, ANSWER_NEVER });
}

static void content_put_off_is_put_off_for_all(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { THREE, "250 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n" },
                                       { CONTENT, "451 f\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 3, (const enum answer[]){ ANSWER_LATER, ANSWER_LATER, ANSWER_LATER });
}

static void data_begun_for_nobody_is_ended_by_a_dot(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { THREE, "250 a\r\n550 b\r\n550 c\r\n450 d\r\n354 e\r\n" },
                                       { ".\r\n", "554 f\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 3, (const enum answer[]){ ANSWER_NEVER, ANSWER_NEVER, ANSWER_LATER });
}

static void a_refused_sender_puts_off_all(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { THREE, "550 a\r\n503 b\r\n503 c\r\n503 d\r\n503 e\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 3, (const enum answer[]){ ANSWER_LATER, ANSWER_LATER, ANSWER_LATER });
}

static void a_refused_size_is_final(void **state)
{
  (void)state;
  static const struct step steps[] = { GREETING,
                                       { WORDS("1"), "552 5.3.4 too large\r\n503 b\r\n503 c\r\n" },
                                       { NULL, NULL } };
  one_transaction(steps, 1, (const enum answer[]){ ANSWER_NEVER });
}

static void after_a_refusal_the_next_mail_begins_with_rset(void **state)
{
  (void)state;
  static const struct step steps[] = {
    GREETING,
    { WORDS("1"), "250 a\r\n550 b\r\n554 c\r\n" },
    { "RSET\r\n", "250 d\r\n" },
    { WORDS("2"), GO },
    { CONTENT, "250 f\r\n" },
    { NULL, NULL },
  };
  struct stage stage;
  open_stage(&stage, steps);
  struct envelope *first = envelope_for(1, 1, false), *second = envelope_for(2, 1, false);
  assert_true(smtp_client_deliver(stage.client, first, second, NULL));
  assert_int_equal(first->answers[0], ANSWER_NEVER);
  assert_true(smtp_client_deliver(stage.client, second, NULL, NULL));
  assert_int_equal(second->answers[0], ANSWER_SENT);
  close_stage(&stage);
  envelope_free(first);
  envelope_free(second);
}

/* 421, silence, nonsense: trouble, at whatever place. */
static void farewells_are_trouble_and_no_answers(void **state)
{
  (void)state;
  static const struct step scripts[][5] = {
    { GREETING, { WORDS("1"), "421 bye\r\n" }, { NULL, NULL } },
    { GREETING, { WORDS("1"), "250 a\r\n421 bye\r\n" }, { NULL, NULL } },
    { GREETING, { WORDS("1"), "250 a\r\n" }, { NULL, NULL } },
    { GREETING, { WORDS("1"), GO }, { CONTENT, "421 bye\r\n" }, { NULL, NULL } },
    { GREETING, { WORDS("1"), GO }, { CONTENT, "what?\r\n" }, { NULL, NULL } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
    struct stage stage;
    g_autoptr(GError) error = NULL;
    open_stage(&stage, scripts[i]);
    struct envelope *envelope = envelope_for(1, 1, false);
    assert_false(smtp_client_deliver(stage.client, envelope, NULL, &error));
    assert_int_equal(fault_of(error), FAULT_UNAVAILABLE);
    assert_false(smtp_client_is_alive(stage.client));
    close_stage(&stage);
    envelope_free(envelope);
  }
}

static void greetings_of_all_kinds(void **state)
{
  (void)state;
  static const struct {
    struct step steps[4];
    bool is_welcome;
  } greetings[] = {
    { { { NULL, "220-a\r\n220 b\r\n" }, { "EHLO kiez.example\r\n", "250 x\r\n" } }, true },
    { { { NULL, "220 a\n" },
        { "EHLO kiez.example\r\n", "502 no\r\n" },
        { "HELO kiez.example\r\n", "250 x\r\n" } },
      true },
    { { { NULL, "220 a\n" },
        { "EHLO kiez.example\r\n", "502 no\r\n" },
        { "HELO kiez.example\r\n", "502 x\r\n" } },
      false },
    { { { NULL, "554 go away\r\n" } }, false },
    { { { NULL, "HTTP/1.0 200 OK\r\n" } }, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(greetings); i++) {
    struct stage stage;
    open_stage(&stage, greetings[i].steps);
    assert_int_equal(stage.client != NULL, greetings[i].is_welcome);
    close_stage(&stage);
  }
}

static void addresses_cannot_bring_commands_along(void **state)
{
  (void)state;
  static const char *const addresses[] = { "a@x>\r\nRSET\r\n<b@x", "a b@x", "a<b@x", "a@x\n" };
  static const struct step steps[] = { GREETING, { NULL, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
    struct stage stage;
    open_stage(&stage, steps);
    struct envelope *envelope = envelope_for(1, 1, false);
    g_free(envelope->deliveries[0]->address);
    envelope->deliveries[0]->address = g_strdup(addresses[i]);
    assert_true(smtp_client_deliver(stage.client, envelope, NULL, NULL));
    assert_int_equal(envelope->answers[0], ANSWER_NEVER);
    close_stage(&stage);
    envelope_free(envelope);
  }
}

int main(void)
{
  signal(SIGPIPE, SIG_IGN);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(replies_are_read_in_any_pieces),
    cmocka_unit_test(endless_replies_end),
    cmocka_unit_test(the_next_envelope_leaves_with_the_end_of_the_content),
    cmocka_unit_test(without_pipelining_each_word_waits),
    cmocka_unit_test(each_recipient_has_an_answer_of_its_own),
    cmocka_unit_test(too_many_recipients_come_again_together),
    cmocka_unit_test(content_refused_to_many_is_tried_alone),
    cmocka_unit_test(content_put_off_is_put_off_for_all),
    cmocka_unit_test(data_begun_for_nobody_is_ended_by_a_dot),
    cmocka_unit_test(a_refused_sender_puts_off_all),
    cmocka_unit_test(a_refused_size_is_final),
    cmocka_unit_test(after_a_refusal_the_next_mail_begins_with_rset),
    cmocka_unit_test(farewells_are_trouble_and_no_answers),
    cmocka_unit_test(greetings_of_all_kinds),
    cmocka_unit_test(addresses_cannot_bring_commands_along),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
