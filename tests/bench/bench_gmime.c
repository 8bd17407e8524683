/* bench_gmime FILE…: how many of these mails GMime alone reads and decodes in a second of this processor:
 * what the worker's rate is held against, on a fast machine and on a slow one. For `make bench`. */
#include <glib.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Decodes one part: texts to UTF-8, others to nothing. */
static void decode(GMimeObject *parent, GMimeObject *object, gpointer data)
{
  (void)parent;
  gsize *bytes = data;
  if (GMIME_IS_TEXT_PART(object)) {
    g_autofree char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
    *bytes += text ? strlen(text) : 0;
  } else if (GMIME_IS_PART(object)) {
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
    GMimeStream *nowhere = g_mime_stream_null_new();
    if (content) g_mime_data_wrapper_write_to_stream(content, nowhere);
    g_object_unref(nowhere);
  }
}

static void read_one(GBytes *raw, gsize *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(raw, &size);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, size);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  if (message) {
    g_mime_message_get_subject(message);
    g_mime_message_foreach(message, decode, bytes);
    g_object_unref(message);
  }
  g_object_unref(parser);
  g_object_unref(stream);
}

int main(int argc, char **argv)
{
  enum { SECONDS = 2 };
  g_mime_init();
  g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  for (int i = 1; i < argc; i++) {
    char *contents = NULL;
    gsize size = 0;
    if (g_file_get_contents(argv[i], &contents, &size, NULL))
      g_ptr_array_add(mails, g_bytes_new_take(contents, size));
  }
  if (mails->len == 0) {
    fprintf(stderr, "usage: bench_gmime FILE…\n");
    return 64;
  }
  gsize bytes = 0;
  unsigned done = 0;
  clock_t begin = clock(), end;
  do {
    for (guint i = 0; i < mails->len; i++, done++) read_one(g_ptr_array_index(mails, i), &bytes);
    end = clock();
  } while (end - begin < SECONDS * CLOCKS_PER_SEC);
  printf("mails=%u gmime_s=%.0f\n", mails->len, done / ((double)(end - begin) / CLOCKS_PER_SEC));
  return 0;
}
