/* What stands beside the receiving core: the socketmap, the way of a mail onto the wire, and parcels. */
#include "mta-hooks/lmtp/parcel.h"
#include "mta-hooks/lmtp/socketmap.h"
#include "mta-hooks/lmtp/wire.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define SIZED(text) text, sizeof(text) - 1

/* ---- socketmap
 * ------------------------------------------------------------------------------------------------------- */

static enum recipient_verdict look_up(const char *address, void *data)
{
  (void)data;
  if (strpbrk(address, "\r\n")) fail_msg("a line break got through");
  if (g_str_has_prefix(address, "later")) return RECIPIENT_NOT_NOW;
  if (g_str_has_prefix(address, "forged")) return RECIPIENT_FORGED;
  return g_str_has_suffix(address, "@kiez.example") ? RECIPIENT_OURS : RECIPIENT_UNKNOWN;
}

static const struct request {
  const char *name;
  const char *text; /* of the netstring */
  gsize size;
  const char *answer;
} requests[] = {
  { "an address of ours is found", SIZED("rcpt gruenau@kiez.example"), "OK gruenau@kiez.example" },
  { "an address with an umlaut is found", SIZED("rcpt ä.b@kiez.example"), "OK ä.b@kiez.example" },
  { "another address is not found", SIZED("rcpt a@b.example"), "NOTFOUND " },
  { "a forged token is not found", SIZED("rcpt forged@kiez.example"), "NOTFOUND " },
  { "trouble of ours is temporary", SIZED("rcpt later@kiez.example"),
    "TEMP The list of addresses cannot be read at the moment." },
  { "another map is refused for good", SIZED("virtual a@kiez.example"), "PERM The only map here is rcpt." },
  { "an empty request is for no map of ours", SIZED(""), "PERM The only map here is rcpt." },
  { "an empty key is not found", SIZED("rcpt "), "NOTFOUND " },
  { "a key with a line break is not found", SIZED("rcpt a\r\n@kiez.example"), "NOTFOUND " },
  { "a key with a NUL is not found", SIZED("rcpt a\0@kiez.example"), "NOTFOUND " },
  { "a key that is not UTF-8 is not found", SIZED("rcpt \xe4@kiez.example"), "NOTFOUND " },
};

static void put_netstring(GString *out, const char *text, gsize size)
{
  g_string_append_printf(out, "%zu:", size);
  g_string_append_len(out, text, (gssize)size);
  g_string_append_c(out, ',');
}

/* Two requests in pieces of `step` bytes are answered in turn. */
static void ask(const struct request *request, gsize step)
{
  struct socketmap *map = socketmap_new(look_up, NULL);
  g_autoptr(GString) in = g_string_new(NULL), out = g_string_new(NULL), wanted = g_string_new(NULL);
  put_netstring(in, request->text, request->size);
  put_netstring(in, SIZED("rcpt next@kiez.example"));
  put_netstring(wanted, request->answer, strlen(request->answer));
  put_netstring(wanted, SIZED("OK next@kiez.example"));
  for (gsize at = 0; at < in->len; at += step)
    assert_true(socketmap_feed(map, in->str + at, MIN(step, in->len - at), out));
  assert_string_equal(out->str, wanted->str);
  socketmap_free(map);
}

static void test_request(void **state)
{
  for (gsize step = 1; step < 80; step++) ask(*state, step);
}

static void test_garbage(void **state)
{
  (void)state;
  static const char *const garbage[] = { "x:rcpt a,",
                                         ":rcpt a,",
                                         "07:rcpt ab,",
                                         "100001:",
                                         "7:rcpt ab;",
                                         "7:rcpt abc,",
                                         "GET / HTTP/1.1\r\n",
                                         "99999999999999999999999:",
                                         "-1:",
                                         " 7:rcpt ab,",
                                         "00:,",
                                         "\n" };
  for (gsize i = 0; i < G_N_ELEMENTS(garbage); i++) {
    struct socketmap *map = socketmap_new(look_up, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    assert_false(socketmap_feed(map, garbage[i], strlen(garbage[i]), out));
    assert_int_equal(out->len, 0);
    socketmap_free(map);
  }
}

static void test_huge_request(void **state)
{
  (void)state;
  struct socketmap *map = socketmap_new(look_up, NULL);
  g_autofree char *text = g_strnfill(SOCKETMAP_REQUEST_MAX, 'a');
  memcpy(text, "rcpt ", 5);
  g_autoptr(GString) in = g_string_new(NULL), out = g_string_new(NULL);
  put_netstring(in, text, SOCKETMAP_REQUEST_MAX);
  put_netstring(in, SIZED("rcpt a@kiez.example"));
  assert_true(socketmap_feed(map, in->str, in->len, out));
  assert_string_equal(out->str, "9:NOTFOUND ,17:OK a@kiez.example,");
  socketmap_free(map);
}

/* ---- wire
 * --------------------------------------------------------------------------------------------------------------
 */

static const struct passage {
  const char *name;
  const char *input;
  gsize size;
  const char *output;
} passages[] = {
  { "LF becomes CR LF", SIZED("a\nb\n"), "a\r\nb\r\n.\r\n" },
  { "CR LF stays", SIZED("a\r\nb\r\n"), "a\r\nb\r\n.\r\n" },
  { "an unfinished line is ended", SIZED("a"), "a\r\n.\r\n" },
  { "a CR at the end is a line end", SIZED("a\r"), "a\r\n.\r\n" },
  { "a CR within a line becomes a space", SIZED("a\rb\n"), "a b\r\n.\r\n" },
  { "CR CR LF is a space and a line end", SIZED("a\r\r\n"), "a \r\n.\r\n" },
  { "dots at the start of lines are doubled", SIZED(".\n..\na.\n.b"), "..\r\n...\r\na.\r\n..b\r\n.\r\n" },
  { "empty lines stay", SIZED("\n\r\n\n"), "\r\n\r\n\r\n.\r\n" },
  { "an empty mail is a dot", SIZED(""), ".\r\n" },
  { "a dot behind a CR is within the line", SIZED("\r.\n"), " .\r\n.\r\n" },
};

static void test_passage(void **state)
{
  const struct passage *passage = *state;
  for (gsize step = 1; step <= passage->size + 1; step++) {
    struct wire wire = { 0 };
    g_autoptr(GString) out = g_string_new(NULL);
    for (gsize at = 0; at < passage->size; at += step)
      wire_put(&wire, passage->input + at, MIN(step, passage->size - at), out);
    wire_end(&wire, out);
    assert_string_equal(out->str, passage->output);
  }
}

static gsize culprit;

/* ---- parcels
 * -----------------------------------------------------------------------------------------------------------
 */

struct place {
  char *directory;
  struct inbox *inbox;
  struct parcel_budget budget;
};

static int make_place(void **state)
{
  struct place *place = g_new0(struct place, 1);
  GError *error = NULL;
  const char *root = g_getenv("TEST_TMP");
  place->directory =
      root ? g_strdup_printf("%s/inbox-%08x", root, g_random_int()) : g_dir_make_tmp("inbox-XXXXXX", NULL);
  place->budget.limit_bytes = 1 << 20;
  if (!inbox_create(place->directory, &error) || !(place->inbox = inbox_open(place->directory, true, &error)))
    fail_msg("%s", error->message);
  *state = place;
  return 0;
}

static int clear_place(void **state)
{
  struct place *place = *state;
  inbox_close(place->inbox);
  g_autofree char *command = g_strdup_printf("rm -rf '%s'", place->directory);
  int status = g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL) ? 0 : -1;
  assert_int_equal(place->budget.used_bytes, 0);
  g_free(place->directory);
  g_free(place);
  return status;
}

static int spool_files(const struct place *place)
{
  g_autofree char *path = g_build_filename(place->directory, "spool", NULL);
  g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
  int count = 0;
  while (g_dir_read_name(directory)) count++;
  return count;
}

static struct parcel *make_parcel(struct place *place, const char *text, gsize size, gsize step)
{
  struct parcel *parcel = parcel_new(place->inbox, &place->budget, 0);
  for (gsize at = 0; at < size; at += step)
    assert_true(parcel_add(parcel, text + at, MIN(step, size - at), NULL));
  assert_true(parcel_end(parcel, NULL));
  char **recipients = g_strsplit("a@kiez.example b@kiez.example", " ", -1);
  parcel_address(parcel, "x@mail.example", recipients, 1700000000);
  return parcel;
}

/* The bytes of the only mail that waits. */
static GBytes *stored_bytes(struct place *place)
{
  g_autoptr(GPtrArray) mails = inbox_list(place->inbox, 0, 10, false, NULL);
  assert_int_equal(mails->len, 1);
  g_autoptr(inbox_mail_t) mail = inbox_get(place->inbox, ((struct inbox_mail *)mails->pdata[0])->id, NULL);
  assert_string_equal(mail->sender, "x@mail.example");
  assert_string_equal(mail->recipients[1], "b@kiez.example");
  GBytes *bytes = inbox_bytes(place->inbox, mail, NULL);
  assert_int_equal(g_bytes_get_size(bytes), mail->size_bytes);
  assert_true(inbox_drop(place->inbox, mail->id, NULL));
  return bytes;
}

static void test_from_line(void **state)
{
  static const struct {
    const char *input, *kept;
  } cases[] = {
    { "From a Mon\r\nSubject: x\r\n", "Subject: x\r\n" },
    { "From: a\r\n", "From: a\r\n" },
    { "Fro", "Fro" },
    { "From ", "" },
    { "F", "F" },
    { "", "" },
    { "FFrom x\r\n", "FFrom x\r\n" },
    { "x\r\nFrom y\r\n", "x\r\nFrom y\r\n" },
    { "From a\r\nFrom b\r\n", "From b\r\n" },
  };
  struct place *place = *state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    for (gsize step = 1; step <= 8; step++) {
      g_autoptr(parcel_t) parcel = make_parcel(place, cases[i].input, strlen(cases[i].input), step);
      assert_true(parcels_store(place->inbox, (struct parcel *[]){ parcel }, 1, &culprit, NULL));
      g_autoptr(GBytes) bytes = stored_bytes(place);
      g_autoptr(GBytes) wanted = g_bytes_new_static(cases[i].kept, strlen(cases[i].kept));
      assert_true(g_bytes_equal(bytes, wanted));
    }
}

/* A mail of this size is stored as it is; it has a spool file exactly when wanted. */
static void check_size(struct place *place, gsize size, bool wants_spool)
{
  g_autofree char *text = g_malloc(size);
  for (gsize i = 0; i < size; i++) text[i] = (char)('a' + i % 23);
  int before = spool_files(place);
  g_autoptr(parcel_t) parcel = make_parcel(place, text, size, 30011);
  assert_int_equal(spool_files(place) - before, wants_spool ? 1 : 0);
  assert_true(parcels_store(place->inbox, (struct parcel *[]){ parcel }, 1, &culprit, NULL));
  g_autoptr(GBytes) bytes = stored_bytes(place);
  assert_int_equal(g_bytes_get_size(bytes), size);
  assert_memory_equal(g_bytes_get_data(bytes, NULL), text, size);
}

static void test_sizes(void **state)
{
  check_size(*state, INBOX_INLINE_BYTES, false);
  check_size(*state, INBOX_INLINE_BYTES + 1, true);
  check_size(*state, 3 << 20, true);
}

static void test_budget(void **state)
{
  struct place *place = *state;
  place->budget.limit_bytes = 100000;
  g_autofree char *text = g_strnfill(60000, 'x');
  {
    g_autoptr(parcel_t) first = make_parcel(place, text, 60000, 1000),
                        second = make_parcel(place, text, 60000, 1000);
    assert_null(first->spool);
    assert_non_null(second->spool);
    assert_true(place->budget.used_bytes <= 100000);
  }
  assert_int_equal(spool_files(place), 0);
  check_size(place, 60000, false);
}

static void test_hint_is_no_promise(void **state)
{
  struct place *place = *state;
  g_autoptr(parcel_t) parcel = parcel_new(place->inbox, &place->budget, 10);
  g_autofree char *text = g_strnfill(300000, 'x');
  assert_true(parcel_add(parcel, text, 300000, NULL));
  assert_int_equal(parcel->size_bytes, 300000);
  assert_non_null(parcel->spool);
}

static void test_given_up(void **state)
{
  struct place *place = *state;
  parcel_unref(make_parcel(place, "x\r\n", 3, 3));
  g_autofree char *text = g_strnfill(300000, 'x');
  parcel_unref(make_parcel(place, text, 300000, 65536));
  assert_int_equal(spool_files(place), 0);
  assert_int_equal(inbox_count(place->inbox, NULL), 0);
}

static void test_group_is_whole_or_not_at_all(void **state)
{
  struct place *place = *state;
  g_autofree char *text = g_strnfill(300000, 'x');
  g_autoptr(parcel_t) good = make_parcel(place, "x\r\n", 3, 3), bad = make_parcel(place, text, 300000, 65536);
  inbox_spool_remove(place->inbox, bad->spool);
  g_autoptr(GError) error = NULL;
  assert_false(parcels_store(place->inbox, (struct parcel *[]){ good, bad }, 2, &culprit, &error));
  assert_non_null(error);
  assert_int_equal(culprit, 1);
  assert_int_equal(inbox_count(place->inbox, NULL), 0);
  assert_true(parcels_store(place->inbox, (struct parcel *[]){ good }, 1, &culprit, NULL));
  assert_int_equal(inbox_count(place->inbox, NULL), 1);
}

static const struct CMUnitTest others[] = {
  { "what is no request closes the connection and is not answered", test_garbage, NULL, NULL, NULL },
  { "a request of the largest size is answered without being kept", test_huge_request, NULL, NULL, NULL },
  { "a leading mbox line is dropped and nothing else", test_from_line, make_place, clear_place, NULL },
  { "bodies stay inline up to the bound and go to the spool beyond it", test_sizes, make_place, clear_place,
    NULL },
  { "when the budget is spent a small body goes to the spool", test_budget, make_place, clear_place, NULL },
  { "a mail may be larger than it was announced", test_hint_is_no_promise, make_place, clear_place, NULL },
  { "a parcel given up leaves nothing", test_given_up, make_place, clear_place, NULL },
  { "a group is stored whole or not at all", test_group_is_whole_or_not_at_all, make_place, clear_place,
    NULL },
};

int main(void)
{
  enum {
    REQUESTS = G_N_ELEMENTS(requests),
    PASSAGES = G_N_ELEMENTS(passages),
    OTHERS = G_N_ELEMENTS(others)
  };
  static struct CMUnitTest tests[REQUESTS + PASSAGES + OTHERS];
  for (int i = 0; i < REQUESTS; i++)
    tests[i] = (struct CMUnitTest){ requests[i].name, test_request, NULL, NULL, (void *)&requests[i] };
  for (int i = 0; i < PASSAGES; i++)
    tests[REQUESTS + i] =
        (struct CMUnitTest){ passages[i].name, test_passage, NULL, NULL, (void *)&passages[i] };
  for (int i = 0; i < OTHERS; i++) tests[REQUESTS + PASSAGES + i] = others[i];
  return cmocka_run_group_tests_name("lmtp doors", tests, NULL, NULL);
}
