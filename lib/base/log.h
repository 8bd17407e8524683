/* The log: one line an event, to standard error, which systemd or `kiezpost run` keeps. Only `main` and the
 * process loops call it. No personal data: people are named by log_person(), an HMAC whose key changes
 * monthly. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <glib.h>
#include <stdint.h>

struct keys;

/* Named in front of each line: "kiezpost[work]: …". The string must live on. */
void log_set_process(const char *name);

/* One line; line breaks inside become spaces. */
void log_line(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* 12 characters that stand for an address in this month's log. Caller frees. */
char *log_person(const struct keys *keys, const char *address, int64_t now);

#endif
