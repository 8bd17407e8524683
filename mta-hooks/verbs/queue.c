/* kiezpost queue: what waits, as one list from four places, with ids that say which: i12 a mail of the inbox
 * (waiting, or set aside with its reason), h3 a mail that is held for a person's yes, l7 a letter that waits
 * after a restore, j5 a call to another server (mta-hooks/reach/queue_jobs.c). `show` says all of one,
 * `release` lets it go on, `drop` removes it for good. */
#include "mta-hooks/verbs/queue.h"

#include "lists/moderation/moderation.h"
#include "lists/video/bbb.h"
#include "lists/worker.h"

#include "lib/base/clock.h"
#include "lib/base/wake.h"
#include "lib/mail/read.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/text/escape.h"
#include "lib/text/json_out.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum { PAGE = 100 };

/* One thing as JSON. */
static void put_object(struct json_out *json, const struct waiting *waiting)
{
  g_autofree char *id = g_strdup_printf("%c%" G_GINT64_FORMAT, waiting->letter, waiting->id);
  g_autofree char *since = clock_format_utc(waiting->since);
  json_begin_object(json, NULL);
  json_put_text(json, "id", id);
  json_put_text(json, "state", waiting->state);
  if (*waiting->list) json_put_text(json, "list", waiting->list);
  json_put_text(json, "reason", waiting->reason);
  if (waiting->from) json_put_text(json, "from", waiting->from);
  if (waiting->subject) json_put_text(json, "subject", waiting->subject);
  if (waiting->recipients) {
    json_begin_array(json, "recipients");
    for (char **recipient = waiting->recipients; *recipient; recipient++)
      json_put_text(json, NULL, *recipient);
    json_end_array(json);
  }
  json_put_text(json, "since", since);
  if (waiting->size_bytes) json_put_number(json, "size_bytes", waiting->size_bytes);
  if (strchr("ij", waiting->letter)) json_put_number(json, "attempts", waiting->attempts);
  json_end_object(json);
}

/* One thing as a line: id, since when, from whom to where, and why it waits. */
static void print_line(const struct queue *queue, const struct waiting *waiting)
{
  g_autofree char *since = clock_format_in(waiting->since, queue->command->config->zone);
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_append_printf(line, "%c%" G_GINT64_FORMAT "  %.16s  %s", waiting->letter, waiting->id, since,
                         waiting->state);
  if (*waiting->list) g_string_append_printf(line, " at %s", waiting->list);
  if (waiting->from && *waiting->from) {
    g_string_append(line, ", from ");
    put_line(line, waiting->from);
  }
  if (waiting->recipients && waiting->recipients[0])
    g_string_append_printf(line, ", to %s", waiting->recipients[0]);
  if (waiting->subject && *waiting->subject) {
    g_string_append(line, ", \"");
    put_line(line, waiting->subject);
    g_string_append_c(line, '"');
  }
  g_string_append(line, ": ");
  put_line(line, waiting->reason);
  puts(line->str);
}

void queue_put(struct queue *queue, const struct waiting *waiting)
{
  queue->count++;
  if (queue->json)
    put_object(queue->json, waiting);
  else
    print_line(queue, waiting);
}

static void put_mail(struct queue *queue, const struct inbox_mail *mail)
{
  queue_put(queue, &(struct waiting){ .letter = 'i',
                                      .id = mail->id,
                                      .state = mail->aside ? "aside" : "waiting",
                                      .list = "",
                                      .reason = mail->aside ? mail->reason : "It waits for the worker.",
                                      .from = mail->sender,
                                      .recipients = mail->recipients,
                                      .since = mail->received,
                                      .size_bytes = mail->size_bytes,
                                      .attempts = MAX(mail->attempts, 0) });
}

static void put_hold(struct queue *queue, const struct hold *hold)
{
  char *recipients[] = { hold->recipient, NULL };
  queue_put(queue, &(struct waiting){ .letter = 'h',
                                      .id = hold->id,
                                      .state = "held",
                                      .list = hold->list_name,
                                      .reason = hold->reason,
                                      .from = hold->from_address,
                                      .subject = hold->subject,
                                      .recipients = recipients,
                                      .since = hold->since });
}

static void put_letter(struct queue *queue, const struct letter *letter)
{
  g_autofree char *subject =
      g_strdup_printf("%s, %" G_GINT64_FORMAT " recipients", letter->purpose, letter->deliveries);
  queue_put(queue,
            &(struct waiting){ .letter = 'l',
                               .id = letter->id,
                               .state = "paused",
                               .list = "",
                               .reason = "It was due when the backup was made; it may have been sent since.",
                               .subject = subject,
                               .since = letter->created });
}

/* All mails of the inbox, page by page. */
static bool list_inbox(struct queue *queue, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = inbox_list(queue->inbox, after, PAGE, false, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct inbox_mail *mail = g_ptr_array_index(page, i);
      put_mail(queue, mail);
      after = mail->id;
    }
    if (page->len < PAGE) return true;
  }
}

static bool list_holds(struct queue *queue, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = holds_page(queue->store, 0, after, PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct hold *hold = g_ptr_array_index(page, i);
      put_hold(queue, hold);
      after = hold->id;
    }
    if (page->len < PAGE) return true;
  }
}

static bool list_letters(struct queue *queue, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = letters_paused(queue->store, after, PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct letter *letter = g_ptr_array_index(page, i);
      put_letter(queue, letter);
      after = letter->id;
    }
    if (page->len < PAGE) return true;
  }
}

/* queue list */
static bool list_all(struct queue *queue, GError **error)
{
  if (queue->json) json_begin_array(queue->json, NULL);
  if (!list_inbox(queue, error) || !list_holds(queue, error) || !list_letters(queue, error) ||
      !queue_list_jobs(queue, error))
    return false;
  if (queue->json)
    json_end_array(queue->json);
  else if (queue->count == 0)
    fputs("Nothing waits.\n", stderr);
  return true;
}

bool queue_not_there(char letter, int64_t id, GError *failed, GError **error)
{
  if (!failed)
    return fault_set(error, FAULT_INPUT, "There is no %c%" G_GINT64_FORMAT " that waits.", letter, id);
  g_propagate_error(error, failed);
  return false;
}

/* The mail itself, below what is known about it. */
static void print_bytes(const struct queue *queue, GBytes *raw)
{
  gsize size = 0;
  const void *bytes = raw && !queue->json ? g_bytes_get_data(raw, &size) : NULL;
  if (!bytes) return;
  putchar('\n');
  fwrite(bytes, 1, size, stdout);
}

static bool show_mail(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(inbox_mail_t) mail = inbox_get(queue->inbox, id, &failed);
  if (!mail) return queue_not_there('i', id, failed, error);
  put_mail(queue, mail);
  g_autoptr(GBytes) raw = inbox_bytes(queue->inbox, mail, error);
  print_bytes(queue, raw);
  return raw != NULL;
}

static bool show_hold(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(hold_t) hold = hold_get(queue->store, id, &failed);
  if (!hold) return queue_not_there('h', id, failed, error);
  put_hold(queue, hold);
  g_autoptr(GBytes) raw = mail_bytes(queue->store, hold->mail, error);
  print_bytes(queue, raw);
  return raw != NULL;
}

static bool show_letter(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(letter_t) letter = letter_get(queue->store, id, true, &failed);
  if (!letter || !letter->is_paused) return queue_not_there('l', id, failed, error);
  put_letter(queue, letter);
  print_bytes(queue, letter->content);
  return true;
}

static bool release_mail(struct queue *queue, int64_t id, GError **error)
{
  if (!inbox_release(queue->inbox, id, error)) return false;
  wake_send(queue->command->config->run, "work");
  return true;
}

/* A held mail is decided anew, here and now. */
static bool release_hold(struct queue *queue, int64_t id, GError **error)
{
  const struct config *config = queue->command->config;
  g_autoptr(keys_t) keys = keys_load(config->keys, error);
  if (!keys) return false;
  g_autoptr(bbb_t) bbb = bbb_new(config, NULL);
  struct worker *worker = worker_new(config, keys, queue->store, queue->inbox, error);
  if (worker) worker_set_bbb(worker, bbb);
  bool is_released = worker && worker_release_hold(worker, id, error);
  worker_free(worker);
  return is_released;
}

bool queue_change(struct queue *queue, bool (*act)(struct store *, int64_t, GError **), int64_t id,
                  GError **error)
{
  if (!store_begin(queue->store, error)) return false;
  if (act(queue->store, id, error) && store_commit(queue->store, error)) return true;
  store_rollback(queue->store);
  return false;
}

static bool release_letter(struct queue *queue, int64_t id, GError **error)
{
  if (!queue_change(queue, letter_resume, id, error)) return false;
  wake_send(queue->command->config->run, "work");
  wake_send(queue->command->config->run, "send");
  return true;
}

static bool drop_mail(struct queue *queue, int64_t id, GError **error)
{
  return inbox_drop(queue->inbox, id, error);
}

/* A held mail goes; those who were asked about it need not answer any more. */
static bool drop_and_settle(struct store *store, int64_t id, GError **error)
{
  g_autoptr(hold_t) hold = hold_get(store, id, error);
  return hold && hold_remove(store, id, error) &&
         moderation_settle_by_command(store, hold, "reject", clock_now(), error);
}

static bool drop_hold(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(hold_t) hold = hold_get(queue->store, id, &failed);
  return hold ? queue_change(queue, drop_and_settle, id, error) : queue_not_there('h', id, failed, error);
}

static bool drop_letter(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(letter_t) letter = letter_get(queue->store, id, false, &failed);
  return letter && letter->is_paused ? queue_change(queue, letter_drop, id, error)
                                     : queue_not_there('l', id, failed, error);
}

/* What can be done to which of the four. */
typedef bool act(struct queue *queue, int64_t id, GError **error);
static const struct {
  const char *what;
  act *of_mail, *of_hold, *of_letter, *of_job;
  const char *done; /* what is said afterwards on standard error; NULL: nothing */
} acts[] = {
  { "show", show_mail, show_hold, show_letter, queue_show_job, NULL },
  { "release", release_mail, release_hold, release_letter, queue_release_job, "released" },
  { "drop", drop_mail, drop_hold, drop_letter, queue_drop_job, "dropped" },
};

/* "h3" to its letter and number. */
static bool read_id(const char *text, char *letter, int64_t *id, GError **error)
{
  char *end = NULL;
  *letter = *text;
  *id = *text ? g_ascii_strtoll(text + 1, &end, 10) : 0;
  if (*letter && strchr("ihlj", *letter) && g_ascii_isdigit(text[1]) && end && !*end && *id > 0) return true;
  return fault_set(error, FAULT_USAGE,
                   "\"%s\" is no id; ids are i, h, l or j and a number, as `kiezpost queue` shows them.",
                   text);
}

/* show, release or drop. */
static bool act_on(struct queue *queue, const char *what, const char *text, GError **error)
{
  char letter;
  int64_t id;
  for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
    if (strcmp(acts[i].what, what) != 0) continue;
    if (!read_id(text, &letter, &id, error)) return false;
    act *chosen = letter == 'i'   ? acts[i].of_mail
                  : letter == 'h' ? acts[i].of_hold
                  : letter == 'l' ? acts[i].of_letter
                                  : acts[i].of_job;
    if (!chosen(queue, id, error)) return false;
    if (acts[i].done) fprintf(stderr, "%s is %s.\n", text, acts[i].done);
    return true;
  }
  return fault_set(error, FAULT_USAGE, "queue knows list, show, release and drop, not \"%s\".", what);
}

/* Which of the verb's forms is meant. */
static bool dispatch(struct queue *queue, GError **error)
{
  char **arguments = queue->command->arguments;
  int count = queue->command->argument_count;
  if (count == 0 || (count == 1 && strcmp(arguments[0], "list") == 0)) return list_all(queue, error);
  if (count == 2) return act_on(queue, arguments[0], arguments[1], error);
  return command_refuse(queue->command, error);
}

int verb_queue(struct command *command, GError **error)
{
  static const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };
  if (!command_parse(command, none, error)) return -1;
  if (!mail_init(command->config, error)) return -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
  g_autoptr(inbox_t) inbox = store ? inbox_open(command->config->inbox, false, error) : NULL;
  if (!inbox) return -1;
  bool prints = command->argument_count == 0 || strcmp(command->arguments[0], "list") == 0 ||
                strcmp(command->arguments[0], "show") == 0;
  g_autoptr(json_out_t) json = command->json && prints ? json_out_new() : NULL;
  struct queue queue = { .command = command, .store = store, .inbox = inbox, .json = json };
  if (!dispatch(&queue, error)) return -1;
  if (json) json_out_print(json);
  return EX_OK;
}
