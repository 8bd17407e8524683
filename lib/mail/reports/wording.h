/* What a mail system says in words, made comparable: "The recipient's mailbox doesn't exist", "User a@b does
 * not exist." and "Der Empfänger existiert nicht" all hold the same few signs. Inside lib/mail/reports. */
#ifndef MAIL_REPORTS_WORDING_H
#define MAIL_REPORTS_WORDING_H

#include <glib.h>
#include <stdbool.h>

/* A row of signs: words folded, those that mean one thing here made one, those that mean nothing dropped;
 * "@" any word for an account or address, "." a sentence's end. Addresses are left out. */
struct wording {
  GPtrArray *signs;    /* const char* */
  GStringChunk *words; /* owns them */
};

/* Reads at most 4 KB. Never NULL. */
struct wording *wording_new(const char *text);
void wording_free(struct wording *wording);
typedef struct wording wording_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(wording_t, wording_free)

/* Is the pattern in it? Signs with blanks between; "word*" any ending; "~" at most four signs of the same
 * sentence. */
bool wording_has(const struct wording *wording, const char *pattern);

#endif
