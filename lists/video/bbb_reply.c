/* What a BigBlueButton server answers: a small XML document, <response> with one element a value. Read by
 * GLib's plain parser, which knows no entities of a document's own; whatever is no such document is said to
 * be none. */
#include "lists/video/bbb.h"

#include <string.h>

enum { VALUE_BYTES = 500, DEPTH = 12 };

struct reading {
  struct bbb_reply *reply;
  char *code; /* of returncode; NULL: not seen */
  int depth;
  bool is_response;
};

void bbb_reply_clear(struct bbb_reply *reply)
{
  g_clear_pointer(&reply->key, g_free);
  g_clear_pointer(&reply->message, g_free);
  g_clear_pointer(&reply->dial, g_free);
  g_clear_pointer(&reply->pin, g_free);
}

static void begin(GMarkupParseContext *context, const char *element, const char **names, const char **values,
                  gpointer data, GError **error)
{
  (void)context, (void)names, (void)values;
  struct reading *it = data;
  if (it->depth == 0) it->is_response = strcmp(element, "response") == 0;
  if (++it->depth > DEPTH) g_set_error(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
}

static void end(GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  (void)context, (void)element, (void)error;
  ((struct reading *)data)->depth--;
}

/* Adds to a value: text may come in pieces. */
static void add(char **to, const char *text, gsize size)
{
  gsize has = *to ? strlen(*to) : 0;
  if (has + size > VALUE_BYTES) return;
  g_autofree char *piece = g_strndup(text, size);
  char *whole = g_strconcat(*to ? *to : "", piece, NULL);
  g_free(*to);
  *to = whole;
}

static void text(GMarkupParseContext *context, const char *bytes, gsize size, gpointer data, GError **error)
{
  (void)error;
  struct reading *it = data;
  if (it->depth != 2) return;
  const struct {
    const char *name;
    char **to;
  } wanted[] = { { "returncode", &it->code },
                 { "messageKey", &it->reply->key },
                 { "message", &it->reply->message },
                 { "dialNumber", &it->reply->dial },
                 { "voiceBridge", &it->reply->pin } };
  const char *element = g_markup_parse_context_get_element(context);
  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
    if (strcmp(element, wanted[i].name) == 0) add(wanted[i].to, bytes, size);
}

bool bbb_reply_read(const char *body, gsize size, struct bbb_reply *reply)
{
  static const GMarkupParser parser = { .start_element = begin, .end_element = end, .text = text };
  struct reading it = { .reply = reply };
  *reply = (struct bbb_reply){ 0 };
  g_autoptr(GMarkupParseContext) context =
      g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &it, NULL);
  bool is_read = size > 0 && g_markup_parse_context_parse(context, body, (gssize)size, NULL) &&
                 g_markup_parse_context_end_parse(context, NULL) && it.is_response;
  g_autofree char *code = it.code ? g_strstrip(it.code) : NULL;
  reply->is_success = g_strcmp0(code, "SUCCESS") == 0;
  bool is_known = is_read && (reply->is_success || g_strcmp0(code, "FAILED") == 0);
  char **texts[] = { &reply->key, &reply->message, &reply->dial, &reply->pin };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (!*texts[i]) *texts[i] = g_strdup("");
    g_strstrip(*texts[i]);
  }
  if (!is_known) bbb_reply_clear(reply);
  return is_known;
}
