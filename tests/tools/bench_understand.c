/* bench_understand mails FILE…: how many of these mails are read and understood in a second on one core, all
 * facts and the intent, nothing stored. bench_understand hostile: the worst of a hundred bodies of up to 1 MB
 * that somebody made to be slow. For `make bench`. */
#include "lib/mail/read.h"
#include "lists/understand/understand.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS = 3, MEGABYTE = 1000 * 1000 };

static double cpu_seconds(void)
{
  return (double)clock() / CLOCKS_PER_SEC;
}

/* Reads and understands one mail. */
static void understand_one(const void *raw, gsize size)
{
  struct mail_reading reading = { .domain = "kiez.example", .authserv_id = "mx.kiez.example" };
  g_autoptr(mail_t) mail = mail_read(raw, size, &reading);
  struct circumstances circumstances = { .list = "kiez",
                                         .list_kind = "frontdoor",
                                         .now = mail->date,
                                         .zone = "Europe/Berlin",
                                         .domain = "kiez.example" };
  g_autoptr(understanding_t) it = understanding_new(mail, &circumstances);
}

static int bench_mails(char **files, int count)
{
  g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  gsize bytes = 0;
  for (int i = 0; i < count; i++) {
    char *contents = NULL;
    gsize size = 0;
    if (!g_file_get_contents(files[i], &contents, &size, NULL)) continue;
    bytes += size;
    g_ptr_array_add(mails, g_bytes_new_take(contents, size));
  }
  if (mails->len == 0) return 65;
  unsigned done = 0;
  double begin = cpu_seconds();
  while (cpu_seconds() - begin < SECONDS)
    for (guint i = 0; i < mails->len; i++, done++) {
      gsize size = 0;
      const void *raw = g_bytes_get_data(g_ptr_array_index(mails, i), &size);
      understand_one(raw, size);
    }
  double seconds = cpu_seconds() - begin;
  printf("mails=%u mean_kb=%.1f understood_s=%.0f us_a_mail=%.0f\n", mails->len,
         (double)bytes / mails->len / 1000, done / seconds, seconds * 1e6 / done);
  return 0;
}

/* What is repeated to a megabyte; with and without line ends, in text and in HTML: a hundred and more bodies.
 */
static const char *const pieces[] = {
  ">",
  "> > ",
  "Am ",
  "Am 2. März schrieb ",
  "schrieb: ",
  "-- ",
  "Von: ",
  "zwischen ",
  "1.",
  "1.200,50 € ",
  "zwei ",
  "hundert",
  "bis ",
  "nicht ",
  "ja nein ",
  "Ecke ",
  "straße ",
  "12 ",
  "am 12.5. ",
  "jeden ",
  "vom 3. bis ",
  "<div>",
  "<table><tr>",
  "<blockquote>",
  "@",
  "a@b ",
  "https://",
  "und ",
  "KP-2026-1 ",
  "wenn ",
  "(",
  "\xF0\x9F\x91\x8D",
  "x",
  "ä",
  "Sehr geehrte ",
};

static double time_body(const char *piece, const char *end, const char *type)
{
  g_autoptr(GString) raw = g_string_new(NULL);
  g_string_printf(
      raw,
      "From: a@b.example\r\nTo: kiez@kiez.example\r\nSubject: x\r\nDate: Mon, 02 Mar 2026 10:15:00 "
      "+0100\r\nMIME-Version: 1.0\r\nContent-Type: %s; charset=utf-8\r\n\r\n",
      type);
  while (raw->len < MEGABYTE) {
    g_string_append(raw, piece);
    g_string_append(raw, end);
  }
  double begin = cpu_seconds();
  understand_one(raw->str, raw->len);
  return cpu_seconds() - begin;
}

/* The worst body of one type. */
static void bench_hostile_type(const char *type)
{
  static const char *const ends[] = { "", "\n" };
  double worst = 0;
  g_autofree char *name = NULL;
  unsigned count = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
    for (gsize e = 0; e < G_N_ELEMENTS(ends); e++, count++) {
      double seconds = time_body(pieces[i], ends[e], type);
      if (seconds <= worst) continue;
      worst = seconds;
      g_free(name);
      name = g_strdup_printf("\"%s\"%s", pieces[i], e ? " a line each" : "");
    }
  printf("type=%s bodies=%u worst_ms=%.0f worst=%s\n", type, count, worst * 1000, name);
}

static int bench_hostile(void)
{
  bench_hostile_type("text/plain");
  bench_hostile_type("text/html");
  return 0;
}

int main(int argc, char **argv)
{
  GError *error = NULL;
  if (!mail_init(NULL, &error)) {
    fprintf(stderr, "bench_understand: %s\n", error->message);
    return 78;
  }
  if (argc == 2 && strcmp(argv[1], "hostile") == 0) return bench_hostile();
  if (argc > 2 && strcmp(argv[1], "mails") == 0) return bench_mails(argv + 2, argc - 2);
  fprintf(stderr, "usage: bench_understand mails FILE… | hostile\n");
  return 64;
}
