/* What the tests of understanding share: a mail of subject and text, seen at an address of a kind. */
#ifndef TESTS_UNDERSTAND_H
#define TESTS_UNDERSTAND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/read.h"
#include "lists/understand/understand.h"

#include <string.h>

/* Where a mail came to. */
struct seen {
  const char *list, *kind, *command, *region;
  enum context context;
};

/* Monday, 2 March 2026, 10:15 in Berlin. */
enum { MARCH_2026 = 1772442900 };

struct understood {
  struct mail *mail;
  struct understanding *it;
};

static inline struct understood understand_raw(const struct seen *seen, const char *raw)
{
  struct mail_reading reading = { .domain = "kiez.example", .envelope_sender = "erika@post.example" };
  struct understood u = { .mail = mail_read(raw, strlen(raw), &reading) };
  struct circumstances circumstances = { .context = seen->context,
                                         .list = seen->list,
                                         .list_kind = seen->kind,
                                         .list_region = seen->region,
                                         .command = seen->command,
                                         .now = MARCH_2026,
                                         .zone = "Europe/Berlin",
                                         .domain = "kiez.example" };
  u.it = understanding_new(u.mail, &circumstances);
  return u;
}

/* Subject (may hold umlauts as they are) and text to what they mean. Free with understood_free. */
static inline struct understood understand_text(const struct seen *seen, const char *subject,
                                                const char *text)
{
  g_autofree char *raw = g_strdup_printf("From: Erika <erika@post.example>\n"
                                         "To: list@kiez.example\n"
                                         "Subject: %s\n"
                                         "Date: Mon, 2 Mar 2026 10:15:00 +0100\n"
                                         "Message-ID: <1@post.example>\n"
                                         "MIME-Version: 1.0\n"
                                         "Content-Type: text/plain; charset=utf-8\n"
                                         "Content-Transfer-Encoding: 8bit\n"
                                         "\n%s\n",
                                         subject, text);
  return understand_raw(seen, raw);
}

static inline void understood_free(struct understood *u)
{
  understanding_free(u->it);
  mail_free(u->mail);
}

static inline int setup_understanding(void **state)
{
  (void)state;
  assert_true(mail_init(NULL, NULL));
  return 0;
}

#endif
