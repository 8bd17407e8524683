/* The log: one write(2) a line, so that lines of several processes on one descriptor do not mix. Whatever
 * gets here is made one printable line first: a log is read in terminals, and what came by mail must not
 * steer them. */
#include "lib/base/log.h"
#include "lib/base/clock.h"
#include "lib/base/keys.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

static const char *process_name;

void log_set_process(const char *name)
{
  process_name = name;
}

/* Control characters, of ASCII and of Unicode's C1 block (bytes C2 80 to C2 9F), become spaces. */
static void flatten(char *line)
{
  for (unsigned char *p = (unsigned char *)line; *p; p++) {
    if (*p < 0x20 || *p == 0x7f) *p = ' ';
    if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) p[0] = p[1] = ' ';
  }
}

void log_line(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  flatten(text);
  g_autofree char *line = process_name ? g_strdup_printf("kiezpost[%s]: %s\n", process_name, text)
                                       : g_strdup_printf("kiezpost: %s\n", text);
  /* There is nobody left to tell when standard error is gone. */
  ssize_t written = write(STDERR_FILENO, line, strlen(line));
  (void)written;
}

char *log_person(const struct keys *keys, const char *address, int64_t now)
{
  g_autofree char *today = clock_format_utc(now);
  unsigned char month_key[KEY_BYTES], mac[KEY_BYTES];
  g_autofree char *folded = g_ascii_strdown(address, -1);
  keys_hmac(keys_log_secret(keys), today, strlen("2026-11"), month_key);
  keys_hmac(month_key, folded, strlen(folded), mac);
  GString *name = g_string_sized_new(13);
  for (int i = 0; i < 6; i++) g_string_append_printf(name, "%02x", mac[i]);
  return g_string_free(name, FALSE);
}
