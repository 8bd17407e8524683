/* bench_understand mails FILE…: how many of these mails are read and understood in a second on one core, all
 * facts and the intent, nothing stored. bench_understand hostile PIECES [HOW_MANY]: the worst of hundreds of
 * bodies of 1 MB that somebody made to be slow, each a line of the file PIECES repeated. For `make bench`. */
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

/* One body and what it cost. */
struct body {
  const char *piece;
  bool is_by_line;
  double seconds;
};

static int slower_first(gconstpointer a, gconstpointer b)
{
  double left = ((const struct body *)a)->seconds, right = ((const struct body *)b)->seconds;
  return (left < right) - (left > right);
}

/* The worst bodies of one type; each is read twice, for the first time may pay for what others do. */
static void bench_hostile_type(const char *type, char **pieces, guint how_many)
{
  static const char *const ends[] = { "", "\n" };
  g_autoptr(GArray) bodies = g_array_new(FALSE, FALSE, sizeof(struct body));
  time_body("warm ", "", type);
  for (gsize i = 0; pieces[i] != NULL; i++)
    for (gsize e = 0; e < G_N_ELEMENTS(ends) && pieces[i][0] != '\0'; e++) {
      double once = time_body(pieces[i], ends[e], type), again = time_body(pieces[i], ends[e], type);
      struct body body = { .piece = pieces[i], .is_by_line = e == 1, .seconds = MIN(once, again) };
      g_array_append_val(bodies, body);
    }
  g_array_sort(bodies, slower_first);
  for (guint i = 0; i < MIN(how_many, bodies->len); i++) {
    const struct body *body = &g_array_index(bodies, struct body, i);
    printf("type=%s bodies=%u worst_ms=%.0f worst=\"%s\"%s\n", type, bodies->len, body->seconds * 1000,
           body->piece, body->is_by_line ? " a line each" : "");
  }
}

/* What is repeated to a megabyte stands in a file, a piece a line; with and without line ends, in text and in
 * HTML. */
static int bench_hostile(const char *file, guint how_many)
{
  g_autofree char *contents = NULL;
  if (!g_file_get_contents(file, &contents, NULL, NULL)) return 66;
  g_auto(GStrv) pieces = g_strsplit(contents, "\n", -1);
  bench_hostile_type("text/plain", pieces, how_many);
  bench_hostile_type("text/html", pieces, how_many);
  return 0;
}

int main(int argc, char **argv)
{
  GError *error = NULL;
  if (!mail_init(NULL, &error)) {
    fprintf(stderr, "bench_understand: %s\n", error->message);
    return 78;
  }
  if ((argc == 3 || argc == 4) && strcmp(argv[1], "hostile") == 0)
    return bench_hostile(argv[2], argc == 4 ? (guint)g_ascii_strtoull(argv[3], NULL, 10) : 1);
  if (argc > 2 && strcmp(argv[1], "mails") == 0) return bench_mails(argv + 2, argc - 2);
  fprintf(stderr, "usage: bench_understand mails FILE… | hostile PIECES [HOW_MANY]\n");
  return 64;
}
