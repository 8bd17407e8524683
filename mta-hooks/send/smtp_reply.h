/* Replies of an SMTP server (RFC 5321, 4.2), read from bytes as they come. Foreign bytes: bounded, and made
 * one clean line before anything is stored. */
#ifndef MTA_HOOKS_SEND_SMTP_REPLY_H
#define MTA_HOOKS_SEND_SMTP_REPLY_H

#include <glib.h>
#include <stdbool.h>

enum { REPLY_TEXT_MAX = 8192, REPLY_LINES_MAX = 512, REPLY_STORED_MAX = 400 };

struct smtp_reply {
  int code;      /* 200 … 599 once complete */
  GString *text; /* what stood behind the codes, a line each, LF between; at most REPLY_TEXT_MAX bytes */
  /* inside */
  int lines, digits;
  bool is_last, in_text, is_broken;
};

enum smtp_reply_state { REPLY_MORE, REPLY_COMPLETE, REPLY_BROKEN };

void smtp_reply_init(struct smtp_reply *reply);
void smtp_reply_clear(struct smtp_reply *reply);
/* Forgets the last reply; the next byte begins a new one. */
void smtp_reply_begin(struct smtp_reply *reply);

/* Takes bytes until the reply is complete; *used says how many. BROKEN: this is not SMTP (no three digits, or
 * without end). A line may end in a bare LF, the lines' codes may differ (the last counts), text beyond the
 * bound is passed over. */
enum smtp_reply_state smtp_reply_feed(struct smtp_reply *reply, const char *bytes, gsize size, gsize *used);

/* "550 5.1.1 No such person here": one line of valid UTF-8 without controls, at most REPLY_STORED_MAX bytes.
 * Caller frees. */
char *smtp_reply_line(const struct smtp_reply *reply);

/* The code and, if there is one, the enhanced status (RFC 3463) of such a line: "550 5.1.1". Fit for the log:
 * it names nobody. Caller frees. */
char *smtp_reply_status(const char *line);

#endif
