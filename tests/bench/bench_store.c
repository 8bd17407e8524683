/* How fast the store is, alone: the worker's transaction, expansion, the sender's marks, the inbox. Not a
 * test. bench_store [DIR]     default: a directory below $TMPDIR; the file system matters, a tmpfs does not
 * sync Prints one line a measure: what, how many, seconds, a second, longest single commit. */
#include "lib/base/keys.h"
#include "lib/store/directory.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAILS = 10000, MAIL_BYTES = 20000, MEMBERS = 20000, GROUP = 60, FANOUT_STEP = 200, NOW = 1772442000 };

#define must(call)                                                                                           \
  do {                                                                                                       \
    GError *error = NULL;                                                                                    \
    if (!(call) || error) {                                                                                  \
      fprintf(stderr, "%s: %s\n", #call, error ? error->message : "?");                                      \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

struct measure {
  const char *what;
  gint64 start, step_start, longest, cpu;
};

/* Microseconds of processor that this process has used. */
static gint64 cpu_us(void)
{
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * (gint64)1000000 + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

static void begin(struct measure *measure, const char *what)
{
  *measure = (struct measure){ .what = what, .start = g_get_monotonic_time(), .cpu = cpu_us() };
}

static void end(const struct measure *measure, int count)
{
  double seconds = (double)(g_get_monotonic_time() - measure->start) / 1e6;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%-42s %7d in %6.2f s (cpu %5.2f): %8.0f /s, longest step %5.1f ms, peak %ld MB\n", measure->what,
         count, seconds, (double)(cpu_us() - measure->cpu) / 1e6, count / seconds,
         (double)measure->longest / 1000, usage.ru_maxrss / 1024);
  fflush(stdout);
}

static void step(struct measure *measure)
{
  measure->step_start = g_get_monotonic_time();
}

static void stepped(struct measure *measure)
{
  measure->longest = MAX(measure->longest, g_get_monotonic_time() - measure->step_start);
}

static GBytes *some_mail(int seed)
{
  char *bytes = g_malloc(MAIL_BYTES);
  for (int i = 0; i < MAIL_BYTES; i++) bytes[i] = (char)(' ' + (i * 7 + seed) % 90);
  return g_bytes_new_take(bytes, MAIL_BYTES);
}

/* Different in each process, so that none finds the other's mails and lists. */
static int base;

static unsigned char secret[KEY_BYTES] = { 1, 2, 3 };

/* What the worker does to sign an envelope. */
static void sign(const struct letter *letter, struct delivery *delivery, void *data)
{
  unsigned char mac[32];
  int64_t what[2] = { letter->id, delivery->person };
  (void)data;
  keys_hmac(secret, what, sizeof what, mac);
  delivery->envelope_from = g_strdup_printf("gruenau+%02x%02x%02x%02x%02x%02x%02x%02x%02x%02x%02x%02x%02x%"
                                            "02x%02x%02x%02x%02x%02x%02x%02x@kiez.example",
                                            mac[0], mac[1], mac[2], mac[3], mac[4], mac[5], mac[6], mac[7],
                                            mac[8], mac[9], mac[10], mac[11], mac[12], mac[13], mac[14],
                                            mac[15], mac[16], mac[17], mac[18], mac[19], mac[20]);
  delivery->slots = g_strndup(delivery->envelope_from, 50);
}

static int64_t make_list(struct store *store, const char *name, int members)
{
  g_autofree char *own_name = g_strdup_printf("%s-%d", name, base);
  struct list list = {
    .name = own_name, .kind = (char *)"group", .title = (char *)name, .archive_public = true
  };
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)member_free);
  must(store_begin(store, &error));
  must(list_create(store, &list, NOW, &error));
  for (int i = 0; i < members; i++) {
    struct member *member = g_new0(struct member, 1);
    member->list = list.id;
    member->address = g_strdup_printf("resident%d@example%d.org", i, i % 50);
    member->confirmed = NOW;
    member->own_copy = -1;
    g_ptr_array_add(all, member);
  }
  must(member_put_many(store, all, NOW, &error));
  must(store_commit(store, &error));
  return list.id;
}

static void put_letter(struct store *store, int64_t list, int64_t mail, int64_t message)
{
  g_autoptr(GBytes) content = some_mail(3);
  struct letter letter = { .purpose = (char *)"post",
                           .list = list,
                           .mail = mail,
                           .message = message,
                           .content = content,
                           .created = NOW };
  letter.change = members_change(store, NULL);
  must(outbox_put_to_members(store, &letter, &error));
}

/* One list mail as the worker writes it: raw, handled, thread or answer, letter, marks. */
static void work_one(struct store *store, int64_t list, int i, GBytes *raw)
{
  unsigned char key[32] = { 0 };
  bool is_new, is_handled;
  static int64_t thread_id;
  g_autofree char *message_id = g_strdup_printf("mail%d.%d@example.org", i, i * 7919);
  int own = base + i;
  memcpy(key, &own, sizeof own);
  key[31] = (unsigned char)list;
  must(store_savepoint(store, &error));
  int64_t mail = mail_put(store, key, NOW + i, "resident7@example7.org", raw, NULL, &is_new, NULL);
  must(handled_is(store, mail, "gruenau@kiez.example", &is_handled, &error));
  g_autoptr(member_t) member = member_find(store, list, 7, NULL);
  g_autoptr(message_row) known = message_find(store, list, message_id, NULL);
  struct thread thread = {
    .list = list, .year = 2026, .month = 3, .subject = (char *)"Laterne am Markt", .subject_key = message_id
  };
  if (i % 4 == 0) {
    must(thread_create(store, &thread, &error));
    thread_id = thread.id;
  }
  struct message message = {
    .list = list,
    .thread = thread_id,
    .message_id = message_id,
    .mail = mail,
    .person = 7,
    .from_name = (char *)"Eva",
    .from_address = (char *)"resident7@example7.org",
    .subject = (char *)"Laterne am Markt",
    .text = (char *)"Guten Tag, die Laterne am Markt ist seit Tagen aus. Wer weiss etwas?",
    .received = NOW + i,
    .written = NOW + i,
    .is_public = true
  };
  must(message_create(store, &message, &error));
  put_letter(store, list, mail, message.id);
  must(pages_mark_message(store, list, thread_id, message.position, &error));
  struct handled handled = { .mail = mail,
                             .recipient = (char *)"gruenau@kiez.example",
                             .list = list,
                             .kind = (char *)"group",
                             .outcome = (char *)"posted",
                             .reason = (char *)"A member wrote to the list.",
                             .at = NOW };
  must(handled_put(store, &handled, &error));
  must(store_release(store, &error));
}

static void bench_work(struct store *store, int64_t list)
{
  struct measure measure;
  g_autoptr(GBytes) raw = some_mail(1);
  begin(&measure, "work: mails of 20 KB, 60 a transaction");
  for (int i = 0; i < MAILS; i += GROUP) {
    step(&measure);
    must(store_begin(store, &error));
    for (int k = 0; k < GROUP; k++) work_one(store, list, i + k, raw);
    must(store_commit(store, &error));
    stepped(&measure);
  }
  end(&measure, MAILS);
  begin(&measure, "expand: 10 members a letter, 200 a commit");
  int total = 0;
  for (int rows = 1; rows > 0; total += rows) {
    step(&measure);
    must(store_begin(store, &error));
    must((rows = outbox_expand(store, FANOUT_STEP, sign, NULL, &error)) >= 0);
    must(store_commit(store, &error));
    stepped(&measure);
  }
  end(&measure, total);
}

static void bench_fanout(struct store *store, int64_t list)
{
  struct measure measure;
  must(store_begin(store, &error));
  put_letter(store, list, 0, 0);
  must(store_commit(store, &error));
  begin(&measure, "expand: 20,000 members, 200 a commit");
  int total = 0;
  for (int rows = 1; rows > 0; total += rows) {
    step(&measure);
    must(store_begin(store, &error));
    must((rows = outbox_expand(store, FANOUT_STEP, sign, NULL, &error)) >= 0);
    must(store_commit(store, &error));
    stepped(&measure);
  }
  end(&measure, total);
}

/* All that is due, read 500 at a time and marked 100 a commit. */
static void bench_send(struct store *store)
{
  struct measure measure;
  int total = 0;
  int64_t letter = 0, number = 0;
  gint64 reading = 0;
  begin(&measure, "mark: sent, 100 a commit");
  for (;;) {
    gint64 before = g_get_monotonic_time();
    g_autoptr(GPtrArray) due = outbox_due(store, LETTER_ORDINARY, letter, number, 500, NULL);
    reading += g_get_monotonic_time() - before;
    if (due->len == 0) break;
    for (guint i = 0; i < due->len; i += 100) {
      guint count = MIN(100, due->len - i);
      step(&measure);
      for (guint k = i; k < i + count; k++) {
        struct delivery *delivery = due->pdata[k];
        delivery->state = DELIVERY_SENT;
        delivery->attempts = 1;
        delivery->first_try = delivery->at = NOW + 5;
        g_free(delivery->reply);
        delivery->reply = g_strdup("250 2.0.0 Ok: queued as 4fJk2x3bQzz1");
        letter = delivery->letter;
        number = delivery->number;
      }
      must(store_begin(store, &error));
      must(outbox_mark(store, (const struct delivery *const *)due->pdata + i, count, &error));
      must(store_commit(store, &error));
      stepped(&measure);
    }
    total += (int)due->len;
  }
  end(&measure, total);
  printf("%-40s %7d in %6.2f s: %8.0f /s\n", "  of it reading what is due", total, (double)reading / 1e6,
         total / ((double)reading / 1e6));
}

static void bench_inbox(struct inbox *inbox)
{
  struct measure measure;
  g_autoptr(GBytes) body = some_mail(2);
  char *recipients[] = { (char *)"gruenau@kiez.example", NULL };
  struct inbox_mail mail = { .received = NOW,
                             .sender = (char *)"resident7@example7.org",
                             .recipients = recipients,
                             .body = body,
                             .size_bytes = MAIL_BYTES };
  begin(&measure, "inbox: put, 10 a group");
  for (int i = 0; i < MAILS; i += 10) {
    step(&measure);
    must(inbox_begin(inbox, &error));
    for (int k = 0; k < 10; k++) must(inbox_put(inbox, &mail, &error));
    must(inbox_commit(inbox, &error));
    stepped(&measure);
  }
  end(&measure, MAILS);
  begin(&measure, "inbox: take and remove, 60 a batch");
  int64_t done[GROUP];
  gsize done_count = 0;
  int total = 0;
  for (;;) {
    g_autoptr(GPtrArray) mails = NULL;
    step(&measure);
    must(mails = inbox_take(inbox, done, done_count, GROUP, &error));
    stepped(&measure);
    if (mails->len == 0) break;
    for (done_count = 0; done_count < mails->len; done_count++)
      done[done_count] = ((struct inbox_mail *)mails->pdata[done_count])->id;
    total += (int)mails->len;
  }
  end(&measure, total);
}

static void bench_marks(struct store *store)
{
  struct measure measure;
  int total = 0;
  must(store_begin(store, &error));
  must(pages_mark_all(store, &error));
  must(store_commit(store, &error));
  begin(&measure, "pages: stale read and cleared, 200 a commit");
  for (;;) {
    g_autoptr(GPtrArray) stale = pages_stale(store, 200, NULL);
    if (stale->len == 0) break;
    step(&measure);
    must(store_begin(store, &error));
    must(pages_clear(store, stale, &error));
    must(store_commit(store, &error));
    stepped(&measure);
    total += (int)stale->len;
  }
  end(&measure, total);
}

int main(int argc, char **argv)
{
  g_autofree char *made = argc > 1 ? g_strdup(argv[1]) : g_dir_make_tmp("bench-store-XXXXXX", NULL);
  g_autofree char *store_directory = g_build_filename(made, "store", NULL),
                  *inbox_directory = g_build_filename(made, "inbox", NULL);
  bool is_first = !g_file_test(store_directory, G_FILE_TEST_EXISTS);
  if (is_first) {
    must(store_create(store_directory, &error));
    must(inbox_create(inbox_directory, &error));
  }
  base = (int)getpid() * 100000;
  g_autoptr(inbox_t) inbox = NULL;
  g_autoptr(store_t) store = NULL;
  must(inbox = inbox_open(inbox_directory, true, &error));
  must(store = store_open(store_directory, STORE_WRITE, &error));
  if (is_first) bench_inbox(inbox); /* an inbox has one worker */
  struct measure measure;
  begin(&measure, "members: put, one transaction");
  int64_t large = make_list(store, "alle", MEMBERS);
  end(&measure, MEMBERS);
  int64_t small = make_list(store, "gruenau", 10);
  bench_work(store, small);
  bench_fanout(store, large);
  bench_send(store);
  bench_marks(store);
  printf("longest wait for the lock: store %d ms, inbox %d ms\n", (int)store_longest_wait_ms(store),
         (int)inbox_longest_wait_ms(inbox));
  struct stat status;
  g_autofree char *file = g_build_filename(store_directory, "kiezpost.db", NULL),
                  *log = g_strconcat(file, "-wal", NULL);
  if (stat(file, &status) == 0) printf("kiezpost.db %ld MB", (long)(status.st_size >> 20));
  if (stat(log, &status) == 0) printf(", its log %ld MB\n", (long)(status.st_size >> 20));
  printf("in %s\n", made);
  return 0;
}
