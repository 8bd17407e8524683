/* Is an event held by video? Words of the tables say so (event.video; event.video_line for what stands behind
 * "Video:"), and an address there is a room of the organiser's own, which goes to those who are invited and
 * nowhere else. */
#include "lists/video/words.h"

#include "lists/keeping/lines.h"

#include "lib/store/events/events.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { LINK_BYTES = 500, VALUE_BYTES = 300 };

static void set_link(struct event *event, char *link)
{
  g_free(event->video_link);
  event->video_link = link;
}

static void set(struct event *event, bool is_video)
{
  event->is_video = is_video;
  if (!is_video) set_link(event, g_strdup(""));
}

bool video_read(struct event *event, const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("event.video"), 0);
  if (!hit) return false;
  set(event, strcmp(hit->value, "yes") == 0);
  return true;
}

/* The web address in a value; NULL: there is none. Caller frees. */
static char *link_in(const char *value)
{
  const char *begin = strstr(value, "https://");
  if (!begin) begin = strstr(value, "http://");
  if (!begin) return NULL;
  gsize size = strcspn(begin, " \t\r\n<>\"'");
  while (size > 0 && strchr(".,;:!?)", begin[size - 1])) size--;
  const char *host = strstr(begin, "://") + 3;
  bool has_host = host < begin + size && g_ascii_isalnum(*host);
  return has_host && size <= LINK_BYTES ? g_strndup(begin, size) : NULL;
}

/* Addresses that open a room, by a part of them. */
static const char *const rooms[] = {
  "zoom.us/",        "meet.jit.si/", "meet.google.com/", "teams.microsoft.com/", "webex.com/",
  "teams.live.com/", "whereby.com/", "senfcall.de/",     "/bigbluebutton",       "://bbb.",
  "://jitsi.",       "://meet.",     "://video.",        "://konferenz.",        "bigbluebutton."
};

static bool is_room(const char *link)
{
  g_autofree char *folded = g_ascii_strdown(link, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(rooms); i++)
    if (strstr(folded, rooms[i])) return true;
  return false;
}

bool video_take_link(struct event *event)
{
  for (const char *at = event->text; (at = strstr(at, "http")); at++) {
    g_autofree char *link = link_in(at);
    if (!link || !g_str_has_prefix(at, link) || !is_room(link)) continue;
    g_autoptr(GString) text = g_string_new(event->text);
    g_string_replace(text, link, "", 0);
    g_free(event->text);
    event->text = g_strdup(text->str);
    set_link(event, g_steal_pointer(&link));
    event->is_video = true;
    return true;
  }
  return false;
}

bool video_set(struct event *event, const char *value)
{
  char *link = link_in(value);
  const char *word = link ? NULL : lines_word(value, "event.video_line");
  if (link) set_link(event, link);
  if (link || word) {
    set(event, link || strcmp(word, "yes") == 0);
    return true;
  }
  g_autoptr(passage_t) passage = passage_new(value, NULL, VALUE_BYTES);
  return video_read(event, passage);
}
