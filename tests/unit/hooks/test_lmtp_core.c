/* The receiving core: each case is a conversation, fed in one piece, byte by byte, and split in two at every
 * place; replies and mails must be the same each time. */
#include "mta-hooks/lmtp/core.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* What a conversation came to. */
struct record {
  struct lmtp_core *core;
  GString *out;     /* replies */
  GString *mails;   /* "<sender>recipient,recipient,[bytes]" a mail */
  GString *current; /* bytes of the mail in progress */
  int begun, aborted, ended;
  bool is_full;       /* begin says no */
  int pieces_left;    /* piece says no when it reaches 0; -1: never */
  const char *finish; /* the reply of the owner */
};

static const char *on_recipient(const char *address, void *data)
{
  (void)data;
  if (g_str_has_prefix(address, "nobody")) return "550 5.1.1 nobody";
  if (g_str_has_prefix(address, "later")) return "451 4.3.0 later";
  return "250 2.1.5 Ok";
}

static bool on_begin(int64_t size_hint, void *data)
{
  (void)size_hint;
  struct record *record = data;
  if (record->is_full) return false;
  record->begun++;
  g_string_truncate(record->current, 0);
  return true;
}

static bool on_piece(const void *bytes, gsize size, void *data)
{
  struct record *record = data;
  if (!record->pieces_left) return false;
  g_string_append_len(record->current, bytes, (gssize)size);
  return true;
}

static void on_end(const char *sender, const char *const *recipients, bool smtputf8, void *data)
{
  struct record *record = data;
  record->ended++;
  g_string_append_printf(record->mails, "<%s>%s", sender, smtputf8 ? "utf8 " : "");
  for (; *recipients; recipients++) g_string_append_printf(record->mails, "%s,", *recipients);
  g_string_append_c(record->mails, '[');
  g_string_append_len(record->mails, record->current->str, (gssize)record->current->len);
  g_string_append_c(record->mails, ']');
}

static void on_abort(void *data)
{
  ((struct record *)data)->aborted++;
}

static const struct lmtp_owner owner = { on_recipient, on_begin, on_piece, on_end, on_abort };

static void record_start(struct record *record, int64_t size_limit, int recipients)
{
  const struct lmtp_limits limits = { size_limit, recipients, "mx.kiez.example" };
  *record = (struct record){ .pieces_left = -1 };
  record->out = g_string_new(NULL);
  record->mails = g_string_new(NULL);
  record->current = g_string_new(NULL);
  record->core = lmtp_core_new(&limits, &owner, record);
}

static void record_stop(struct record *record)
{
  lmtp_core_free(record->core);
  g_string_free(record->out, TRUE);
  g_string_free(record->mails, TRUE);
  g_string_free(record->current, TRUE);
}

/* Feeds as a server does: what is not read while a mail waits comes again after it is finished. */
static void feed(struct record *record, const char *bytes, gsize size)
{
  while (size && !lmtp_has_quit(record->core)) {
    gsize used = lmtp_feed(record->core, bytes, size, record->out);
    assert_true(used <= size);
    bytes += used, size -= used;
    if (lmtp_is_waiting(record->core))
      lmtp_finish(record->core, record->finish, record->out);
    else
      assert_true(used > 0 || lmtp_has_quit(record->core));
  }
}

/* The first words of each reply: "250 2.1.0" or, for lines of many, "250-". */
static char *codes(const GString *out)
{
  GString *short_form = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(out->str, "\r\n", -1);
  for (char **line = lines; *line; line++) {
    if (!**line) continue;
    assert_true(strlen(*line) >= 4 && strlen(*line) <= 510);
    if ((*line)[3] == '-') continue;
    if (short_form->len) g_string_append_c(short_form, ' ');
    g_string_append_len(short_form, *line, 3);
  }
  return g_string_free(short_form, FALSE);
}

#define HELLO       "LHLO mta\r\n"
#define BEGIN       HELLO "MAIL FROM:<a@b.example>\r\nRCPT TO:<g@kiez.example>\r\nDATA\r\n"
#define SIZED(text) text, sizeof(text) - 1

static const struct conversation {
  const char *name;
  const char *input;
  gsize size;
  const char *codes;
  const char *mails;
} conversations[] = {
  { "a mail comes through with its lines as they are",
    SIZED(BEGIN "Subject: x\r\n\r\nHallo\r\n.\r\nQUIT\r\n"), "250 250 250 354 250 221",
    "<a@b.example>g@kiez.example,[Subject: x\r\n\r\nHallo\r\n]" },
  { "a stuffed dot is taken out, one that stands behind text stays",
    SIZED(BEGIN "..\r\n...\r\na.\r\n.b\r\n..c\r\n.\r\n"), "250 250 250 354 250",
    "<a@b.example>g@kiez.example,[.\r\n..\r\na.\r\nb\r\n.c\r\n]" },
  { "an empty mail is a mail", SIZED(BEGIN ".\r\n"), "250 250 250 354 250",
    "<a@b.example>g@kiez.example,[]" },
  { "NUL within data is kept", SIZED(BEGIN "a\0b\r\n.\r\n"), "250 250 250 354 250", NULL },
  { "a bare LF before the dot does not end data, and the mail is refused",
    SIZED(BEGIN "a\n.\nMAIL FROM:<x@y>\r\n.\r\nQUIT\r\n"), "250 250 250 354 554 221", "" },
  { "CRLF . LF does not end data", SIZED(BEGIN "a\r\n.\nb\r\n.\r\n"), "250 250 250 354 554", "" },
  { "LF . CRLF does not end data", SIZED(BEGIN "a\n.\r\nb\r\n.\r\n"), "250 250 250 354 554", "" },
  { "CR . CR does not end data", SIZED(BEGIN "a\r.\rb\r\n.\r\n"), "250 250 250 354 554", "" },
  { "CRLF . CR CRLF does not end data", SIZED(BEGIN "a\r\n.\r\r\nb\r\n.\r\n"), "250 250 250 354 554", "" },
  { "a bare CR is refused", SIZED(BEGIN "a\rb\r\n.\r\n"), "250 250 250 354 554", "" },
  { "a line that ends in CR CR LF is refused", SIZED(BEGIN "a\r\r\n.\r\n"), "250 250 250 354 554", "" },
  { "a refused mail does not spoil the next",
    SIZED(BEGIN "a\nb\r\n.\r\n"
                "MAIL FROM:<>\r\nRCPT TO:<g@k>\r\nDATA\r\nok\r\n.\r\n"),
    "250 250 250 354 554 250 250 354 250", "<>g@k,[ok\r\n]" },
  { "every recipient gets an answer to the dot",
    SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<a@k>\r\nRCPT TO:<nobody@k>\r\nRCPT TO:<b@k>\r\nDATA\r\nx\r\n.\r\n"),
    "250 250 250 550 250 354 250 250", "<>a@k,b@k,[x\r\n]" },
  { "DATA without a recipient that was taken is refused, and what follows is commands",
    SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<nobody@k>\r\nDATA\r\nNOOP\r\n"), "250 250 550 503 250", "" },
  { "DATA before MAIL is refused", SIZED(HELLO "DATA\r\n"), "250 503", "" },
  { "MAIL before LHLO is refused", SIZED("MAIL FROM:<>\r\n"), "503", "" },
  { "RCPT before MAIL is refused", SIZED(HELLO "RCPT TO:<g@k>\r\n"), "250 503", "" },
  { "MAIL within a mail is refused and the first one stands",
    SIZED(HELLO "MAIL FROM:<a@b>\r\nMAIL FROM:<c@d>\r\nRCPT TO:<g@k>\r\nDATA\r\n.\r\n"),
    "250 250 503 250 354 250", "<a@b>g@k,[]" },
  { "EHLO and HELO are told that this is LMTP", SIZED("EHLO x\r\nHELO x\r\nLHLO\r\n"), "500 500 501", "" },
  { "RSET forgets the envelope",
    SIZED(HELLO "MAIL FROM:<a@b>\r\nRCPT TO:<g@k>\r\nRSET\r\nDATA\r\nMAIL FROM:<>\r\n"),
    "250 250 250 250 503 250", "" },
  { "LHLO again forgets the envelope", SIZED(HELLO "MAIL FROM:<a@b>\r\n" HELLO "RCPT TO:<g@k>\r\n"),
    "250 250 250 503", "" },
  { "verbs and words may be written in any case",
    SIZED("lhlo x\r\nmail from:<a@B>\r\nrcpt To:<G@k> \r\nrset\r\n"), "250 250 250 250", "" },
  { "a space behind the colon is forgiven", SIZED(HELLO "MAIL FROM: <a@b>\r\nRCPT TO: <g@k>\r\n"),
    "250 250 250", "" },
  { "known parameters are taken",
    SIZED(HELLO "MAIL FROM:<ä@b> SIZE=10 BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<g@k>\r\nDATA\r\n.\r\n"),
    "250 250 250 354 250", "<ä@b>utf8 g@k,[]" },
  { "unknown parameters are refused",
    SIZED(HELLO "MAIL FROM:<> AUTH=<>\r\nMAIL FROM:<> RET=HDRS\r\n"
                "MAIL FROM:<>\r\nRCPT TO:<g@k> NOTIFY=NEVER\r\n"),
    "250 555 555 250 555", "" },
  { "odd values of known parameters are refused",
    SIZED(HELLO "MAIL FROM:<> SIZE=\r\nMAIL FROM:<> SIZE=-1\r\nMAIL FROM:<> SIZE=1k\r\nMAIL FROM:<> "
                "BODY=BINARYMIME\r\n"
                "MAIL FROM:<> SMTPUTF8=1\r\n"),
    "250 501 501 501 501 501", "" },
  { "a SIZE beyond the limit is refused at MAIL, however many digits it has",
    SIZED(
        HELLO
        "MAIL FROM:<> SIZE=1001\r\nMAIL FROM:<> SIZE=99999999999999999999999\r\nMAIL FROM:<> SIZE=1000\r\n"),
    "250 552 552 250", "" },
  { "a source route is dropped",
    SIZED(HELLO "MAIL FROM:<@x.example,@y.example:a@b>\r\nRCPT TO:<@x.example:g@k>\r\nDATA\r\n.\r\n"),
    "250 250 250 354 250", "<a@b>g@k,[]" },
  { "needless quotes go, needed ones stay",
    SIZED(HELLO
          "MAIL FROM:<\"j doe\"@b>\r\nRCPT TO:<\"gruenau\"@k>\r\nRCPT TO:<\"a>\\\"b\"@k>\r\nDATA\r\n.\r\n"),
    "250 250 250 250 354 250 250", "<\"j doe\"@b>gruenau@k,\"a>\\\"b\"@k,[]" },
  { "postmaster needs no domain", SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<Postmaster>\r\nDATA\r\n.\r\n"),
    "250 250 250 354 250", "<>Postmaster,[]" },
  { "what is no path is refused",
    SIZED(HELLO
          "MAIL FROM:a@b\r\nMAIL FROM:<a@b\r\nMAIL FROM:<a b@c>\r\nMAIL FROM:<a@>\r\nMAIL FROM:<@b>\r\n"
          "MAIL FROM:<a@b@c>\r\nMAIL FROM:<\"a@b>\r\nMAIL FROM:<\xff@b>\r\nMAIL FROM:<a\t@b>\r\nMAIL\r\n"
          "MAIL FROM:<a@b>x\r\nMAIL TO:<a@b>\r\nMAIL FROM:<>\r\nRCPT TO:<>\r\nRCPT FROM:<a@b>\r\n"),
    "250 501 501 501 501 501 501 501 501 501 501 501 501 250 501 501", "" },
  { "a command that ends in a bare LF is answered and not obeyed", SIZED("LHLO x\nMAIL FROM:<>\r\n"),
    "500 503", "" },
  { "a command with a CR or a NUL in it is not obeyed", SIZED("LHLO x\rQUIT\r\nNO\0OP\r\nNOOP\r\r\nNOOP\r\n"),
    "500 500 500 250", "" },
  { "an empty line is no command", SIZED("\r\n\n"), "500 500", "" },
  { "unknown commands are told so", SIZED(HELLO "XFORWARD NAME=x\r\nXCLIENT ADDR=1\r\nSTARTTLS\r\nMAILX\r\n"),
    "250 500 500 500 500", "" },
  { "nothing is read behind QUIT", SIZED("QUIT\r\nLHLO x\r\n"), "221", "" },
  { "an HTTP request ends the connection", SIZED("POST / HTTP/1.1\r\nHost: x\r\n\r\n" BEGIN "x\r\n.\r\n"),
    "421", "" },
  { "more recipients than a mail may have are put off",
    SIZED(
        HELLO
        "MAIL FROM:<>\r\nRCPT TO:<a@k>\r\nRCPT TO:<b@k>\r\nRCPT TO:<c@k>\r\nRCPT TO:<d@k>\r\nDATA\r\n.\r\n"),
    "250 250 250 250 250 452 354 250 250 250", "<>a@k,b@k,c@k,[]" },
  { "a temporary answer is no recipient", SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<later@k>\r\nDATA\r\n"),
    "250 250 451 503", "" },
  { "VRFY, NOOP and words behind them", SIZED("VRFY a\r\nNOOP b\r\nRSET c\r\n"), "252 250 250", "" },
  { "DATA takes no word", SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<a@k>\r\nDATA x\r\nDATA\r\n.\r\n"),
    "250 250 250 501 354 250", "<>a@k,[]" },
};

/* Plays one conversation in pieces of `first` bytes, then `rest` bytes each, and compares. */
static void play(const struct conversation *conversation, gsize first, gsize step)
{
  struct record record;
  record_start(&record, 1000, 3);
  for (gsize at = 0; at < conversation->size;) {
    gsize size = MIN(at ? step : first, conversation->size - at);
    feed(&record, conversation->input + at, size);
    at += size;
  }
  g_autofree char *got = codes(record.out);
  if (strcmp(got, conversation->codes) ||
      (conversation->mails && strcmp(record.mails->str, conversation->mails)))
    fail_msg("%s (cut at %zu, then %zu): got \"%s\" and \"%s\"", conversation->name, first, step, got,
             record.mails->str);
  assert_int_equal(record.begun, record.ended + record.aborted);
  record_stop(&record);
}

static void test_conversations(void **state)
{
  const struct conversation *conversation = *state;
  play(conversation, conversation->size, 1);
  play(conversation, 1, 1);
  for (gsize cut = 1; cut < conversation->size; cut++) play(conversation, cut, conversation->size);
}

static void test_nul_is_kept(void **state)
{
  (void)state;
  static const char input[] = BEGIN "a\0b\r\n.\r\n";
  struct record record;
  record_start(&record, 1000, 3);
  feed(&record, input, sizeof input - 1);
  assert_int_equal(record.current->len, 5);
  assert_memory_equal(record.current->str, "a\0b\r\n", 5);
  record_stop(&record);
}

static void test_greeting(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  lmtp_greet(record.core, record.out);
  assert_string_equal(record.out->str, "220 mx.kiez.example LMTP kiezpost\r\n");
  g_string_truncate(record.out, 0);
  feed(&record, SIZED(HELLO));
  assert_string_equal(record.out->str, "250-mx.kiez.example\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n"
                                       "250-SIZE 1000\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n");
  record_stop(&record);
}

/* A mail of exactly `size` bytes; returns the reply to the dot. */
static char *post_of_size(gsize size, int64_t limit, struct record *record)
{
  record_start(record, limit, 3);
  feed(record, SIZED(BEGIN));
  g_string_truncate(record->out, 0);
  g_autoptr(GString) body = g_string_new(NULL);
  while (body->len + 100 < size) g_string_append_printf(body, "%098d\r\n", 0);
  while (body->len + 2 < size) g_string_append_c(body, 'x');
  g_string_append(body, "\r\n.\r\n");
  feed(record, body->str, body->len);
  return codes(record->out);
}

static void test_size_at_the_dot(void **state)
{
  (void)state;
  struct record record;
  g_autofree char *fits = post_of_size(100000, 100000, &record);
  assert_string_equal(fits, "250");
  assert_int_equal(record.current->len, 100000);
  record_stop(&record);
  g_autofree char *too_large = post_of_size(100001, 100000, &record);
  assert_string_equal(too_large, "552");
  assert_int_equal(record.aborted, 1);
  record_stop(&record);
}

static void test_endless_data_is_given_up_at_once(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  feed(&record, SIZED(BEGIN));
  static char block[65536];
  memset(block, 'x', sizeof block);
  for (int i = 0; i < 100; i++) feed(&record, block, sizeof block);
  assert_int_equal(record.aborted, 1);
  assert_true(record.current->len <= 1000);
  assert_true(lmtp_is_in_data(record.core));
  record_stop(&record);
}

static void test_endless_line(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  static char block[1 << 20];
  memset(block, 'A', sizeof block);
  feed(&record, block, sizeof block);
  assert_int_equal(record.out->len, 0);
  feed(&record, SIZED("\r\nNOOP\r\n"));
  g_autofree char *got = codes(record.out);
  assert_string_equal(got, "500 250");
  record_stop(&record);
}

static void test_longest_line(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  g_autoptr(GString) line = g_string_new("NOOP ");
  while (line->len < 4094) g_string_append_c(line, 'x');
  g_string_append(line, "\r\n");
  feed(&record, line->str, line->len);
  g_string_insert_c(line, 8, 'x');
  feed(&record, line->str, line->len);
  g_autofree char *got = codes(record.out);
  assert_string_equal(got, "250 500");
  record_stop(&record);
}

static void test_too_many_errors(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  for (int i = 0; i < 1000 && !lmtp_has_quit(record.core); i++) feed(&record, SIZED("what\r\n"));
  assert_true(lmtp_has_quit(record.core));
  assert_true(g_str_has_suffix(record.out->str, "421 4.7.0 Too many errors.\r\n"));
  record_stop(&record);
}

static void test_no_room_at_data(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  record.is_full = true;
  feed(&record, SIZED(BEGIN));
  record.is_full = false;
  feed(&record, SIZED("MAIL FROM:<>\r\nRCPT TO:<g@k>\r\nDATA\r\nx\r\n.\r\n"));
  g_autofree char *got = codes(record.out);
  assert_string_equal(got, "250 250 250 452 250 250 354 250");
  record_stop(&record);
}

static void test_no_room_within_data(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  record.pieces_left = 0;
  feed(&record,
       SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<a@k>\r\nRCPT TO:<b@k>\r\nDATA\r\nx\r\ny\r\n.\r\nNOOP\r\n"));
  g_autofree char *got = codes(record.out);
  assert_string_equal(got, "250 250 250 250 354 452 452 250");
  assert_int_equal(record.aborted, 1);
  assert_int_equal(record.ended, 0);
  record_stop(&record);
}

static void test_owner_fails(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  record.finish = "451 4.3.0 later";
  feed(&record, SIZED(HELLO "MAIL FROM:<>\r\nRCPT TO:<a@k>\r\nRCPT TO:<b@k>\r\nDATA\r\nx\r\n.\r\n"));
  assert_true(g_str_has_suffix(record.out->str, "451 4.3.0 later\r\n451 4.3.0 later\r\n"));
  record_stop(&record);
}

static void test_lost_connection(void **state)
{
  (void)state;
  struct record record;
  record_start(&record, 1000, 3);
  feed(&record, SIZED(BEGIN "half a mail\r\n.\r"));
  assert_int_equal(record.ended, 0);
  lmtp_core_free(record.core);
  assert_int_equal(record.aborted, 1);
  record.core = NULL;
  record_stop(&record);
}

static void test_nothing_is_read_while_waiting(void **state)
{
  (void)state;
  static const char input[] = BEGIN "x\r\n.\r\nQUIT\r\n";
  struct record record;
  record_start(&record, 1000, 3);
  gsize used = lmtp_feed(record.core, input, sizeof input - 1, record.out);
  assert_true(lmtp_is_waiting(record.core));
  assert_string_equal(input + used, "QUIT\r\n");
  assert_int_equal(lmtp_feed(record.core, input + used, 6, record.out), 0);
  lmtp_finish(record.core, NULL, record.out);
  assert_int_equal(lmtp_feed(record.core, input + used, 6, record.out), 6);
  assert_true(lmtp_has_quit(record.core));
  record_stop(&record);
}

/* A mail made of what is delicate, cut at every place into pieces of every small size. */
static void test_every_boundary(void **state)
{
  (void)state;
  static const char data[] = "..\r\n.\r.\r\n"; /* the second line is broken */
  static const char good[] = BEGIN "...\r\n..a\r\n\r\n..\r\n.\r\n"
                                   "NOOP\r\n";
  for (gsize step = 1; step <= 9; step++) {
    struct record record;
    record_start(&record, 1000, 3);
    for (gsize at = 0; at < sizeof good - 1; at += step)
      feed(&record, good + at, MIN(step, sizeof good - 1 - at));
    assert_string_equal(record.mails->str, "<a@b.example>g@kiez.example,[..\r\n.a\r\n\r\n.\r\n]");
    feed(&record, SIZED("MAIL FROM:<>\r\nRCPT TO:<g@k>\r\nDATA\r\n"));
    for (gsize at = 0; at < sizeof data - 1; at += step)
      feed(&record, data + at, MIN(step, sizeof data - 1 - at));
    feed(&record, SIZED(".\r\n"));
    assert_true(g_strrstr(record.out->str, "554 5.6.0") != NULL);
    assert_int_equal(record.ended, 1);
    record_stop(&record);
  }
}

static const struct CMUnitTest others[] = {
  { "the greeting and what LHLO offers", test_greeting, NULL, NULL, NULL },
  { "a NUL within data arrives", test_nul_is_kept, NULL, NULL, NULL },
  { "a mail of the limit fits, one byte more does not", test_size_at_the_dot, NULL, NULL, NULL },
  { "data without end is given up and takes no memory", test_endless_data_is_given_up_at_once, NULL, NULL,
    NULL },
  { "a command line of a megabyte is one error", test_endless_line, NULL, NULL, NULL },
  { "the longest line is obeyed, a longer one is not", test_longest_line, NULL, NULL, NULL },
  { "a hundred errors end the connection", test_too_many_errors, NULL, NULL, NULL },
  { "no room at DATA is 452 and the session goes on", test_no_room_at_data, NULL, NULL, NULL },
  { "no room within data is 452 for each recipient", test_no_room_within_data, NULL, NULL, NULL },
  { "a fault of the owner answers each recipient", test_owner_fails, NULL, NULL, NULL },
  { "a lost connection gives up the mail", test_lost_connection, NULL, NULL, NULL },
  { "nothing is read while a mail waits for the disk", test_nothing_is_read_while_waiting, NULL, NULL, NULL },
  { "dots at every boundary", test_every_boundary, NULL, NULL, NULL },
};

int main(void)
{
  static struct CMUnitTest tests[G_N_ELEMENTS(conversations) + G_N_ELEMENTS(others)];
  for (gsize i = 0; i < G_N_ELEMENTS(conversations); i++)
    tests[i] = (struct CMUnitTest){ .name = conversations[i].name,
                                    .test_func = test_conversations,
                                    .initial_state = (void *)&conversations[i] };
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) tests[G_N_ELEMENTS(conversations) + i] = others[i];
  return cmocka_run_group_tests_name("lmtp core", tests, NULL, NULL);
}
