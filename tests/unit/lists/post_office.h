/* A post office for tests: mails go into the inbox as the receiver puts them, the worker works, and what is
 * in the store afterwards can be looked at by plain words. */
#ifndef TESTS_LISTS_POST_OFFICE_H
#define TESTS_LISTS_POST_OFFICE_H

#include "lib/mail/compose.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/store/requests.h"
#include "lib/store/threads.h"
#include "lists/worker.h"

#include "tests/unit/lists/support.h"

/* Puts a mail into the inbox; `recipients` separated by spaces, `text` with LF. */
static inline void post_in(struct town *town, const char *sender, const char *recipients, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) to = g_strsplit(recipients, " ", -1);
  g_autoptr(GString) crlf =
      g_string_sized_new(strlen(text)); /* by hand: GLib's way is quadratic under ASan */
  for (const char *p = text; *p; p++) {
    if (*p == '\n') g_string_append_c(crlf, '\r');
    g_string_append_c(crlf, *p);
  }
  g_autoptr(GBytes) body = g_bytes_new(crlf->str, crlf->len);
  struct inbox_mail mail = { .received = clock_now(),
                             .sender = (char *)sender,
                             .recipients = to,
                             .body = body,
                             .size_bytes = (int64_t)crlf->len };
  if (!inbox_begin(town->inbox, &error) || !inbox_put(town->inbox, &mail, &error) ||
      !inbox_commit(town->inbox, &error))
    fail_msg("%s", error->message);
}

static inline struct worker *post_worker(struct town *town)
{
  g_autoptr(GError) error = NULL;
  struct worker *worker = worker_new(town->config, town->keys, town->store, town->inbox, &error);
  if (!worker) fail_msg("%s", error->message);
  if (!town->bbb) town->bbb = bbb_new(town->config, NULL);
  worker_set_bbb(worker, town->bbb);
  return worker;
}

/* Works until nothing is left. */
static inline void post_rounds(struct worker *worker)
{
  g_autoptr(GError) error = NULL;
  int done;
  while ((done = worker_round(worker, &error)) > 0) continue;
  if (done < 0) fail_msg("%s", error->message);
}

/* The same by a worker that starts for it and ends. */
static inline void post_work(struct town *town)
{
  struct worker *worker = post_worker(town);
  post_rounds(worker);
  worker_free(worker);
}

static inline int post_compare(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Everything in the outbox, sorted: "purpose:address", separated by spaces. */
static inline char *post_letters(struct town *town)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) page = outbox_page(town->store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(town->store, delivery->letter, false, NULL);
    g_ptr_array_add(words, g_strdup_printf("%s:%s", letter->purpose, delivery->address));
  }
  g_ptr_array_sort(words, post_compare);
  g_ptr_array_add(words, NULL);
  return g_strjoinv(" ", (char **)words->pdata);
}

/* The mail that an address gets, slots filled; the last one of that purpose. NULL: none. */
static inline char *post_mail(struct town *town, const char *purpose, const char *address)
{
  char *found = NULL;
  g_autoptr(GPtrArray) page = outbox_page(town->store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(town->store, delivery->letter, true, NULL);
    if (strcmp(letter->purpose, purpose) != 0 || strcmp(delivery->address, address) != 0) continue;
    gsize size = 0;
    const char *content = g_bytes_get_data(letter->content, &size);
    g_auto(GStrv) slots = g_strsplit(delivery->slots, "\x1f", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    compose_fill(out, content, size, (const char *const *)slots, g_strv_length(slots));
    g_free(found);
    found = g_string_free(g_steal_pointer(&out), FALSE);
  }
  return found;
}

/* "recipient=outcome …" of the mail in the store with this row. */
static inline char *post_outcomes(struct town *town, int64_t mail)
{
  GString *words = g_string_new(NULL);
  g_autoptr(GPtrArray) rows = handled_of(town->store, mail, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const struct handled *row = g_ptr_array_index(rows, i);
    g_auto(GStrv) halves = g_strsplit(row->recipient, "@", 2);
    g_string_append_printf(words, "%s%s=%s", i ? " " : "", halves[0], row->outcome);
  }
  return g_string_free(words, FALSE);
}

#endif
