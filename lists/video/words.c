/* Is an event held by video? Words of the tables say so (event.video; event.video_line for what stands behind
 * "Video:"), and an address there is a room of the organiser's own, which goes to those who are invited and
 * nowhere else. */
#include "lists/video/words.h"

#include "lists/keeping/lines.h"

#include "lib/store/events/events.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { LINK_BYTES = 1000, VALUE_BYTES = 300 };

static void set_text(char **to, char *with)
{
  g_free(*to);
  *to = with;
}

static void set(struct event *event, bool is_video)
{
  event->is_video = is_video;
  if (!is_video) set_text(&event->video_link, g_strdup(""));
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
  "zoom.us/",
  "zoom-x.de/",
  "zoomgov.com/",
  "meet.jit.si/",
  "meet.google.com/",
  "teams.live.com/",
  "webex.com/",
  "whereby.com/",
  "teams.microsoft.com/",
  "teams.cloud.microsoft/",
  "senfcall.de/",
  "alfaview.com",
  "join.skype.com/",
  "gotomeet.me/",
  "gotomeeting.com/",
  "fairmeeting.net",
  "edudip.com/",
  "/bigbluebutton",
  "bigbluebutton.",
  "://bbb.",
  "://bbb-",
  "://jitsi.",
  "://jitsi-",
  "://meet.",
  "://meeting.",
  "://video.",
  "://konferenz",
  "://videokonferenz",
  "://opentalk.",
  "discord.gg/",
};

/* Of these programs, but no way into the room. Some are for who leads it, so they are not for everybody. */
static const char *const no_doors[] = { "/meetingoptions", "dialin.", "/pstn", "/download", "/support" };

static bool has_one(const char *text, const char *const *pieces, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (strstr(text, pieces[i])) return true;
  return false;
}

/* The address that a word is or holds ("<https://…>", "Link:https://…", "meet.jit.si/Kiez"), as "https://…"
 * in small letters, and where it begins. NULL: none. Addresses that a mail filter has wrapped in one of its
 * own are looked through. Caller frees. */
static char *address_of(const char *word, gsize *begin)
{
  g_autoptr(GString) folded = g_string_new(NULL);
  g_autofree char *small = g_ascii_strdown(word, -1);
  const char *scheme = strstr(small, "https://");
  if (!scheme) scheme = strstr(small, "http://");
  const char *slash = strchr(small, '/'), *dot = strchr(small, '.');
  bool is_bare =
      !scheme && slash && dot && dot < slash && g_ascii_isalnum(dot[1]) && g_ascii_isalnum(slash[1]);
  if (!scheme && !is_bare) return NULL;
  *begin = scheme ? (gsize)(scheme - small) : 0;
  g_string_append_printf(folded, "%s%s", is_bare ? "https://" : "", small + *begin);
  g_string_replace(folded, "%2f", "/", 0);
  g_string_replace(folded, "%3a", ":", 0);
  return g_string_free(g_steal_pointer(&folded), FALSE);
}

/* Is a word the address of a room? *door: it opens it; NULL: it does not. Caller frees. */
static bool read_room(const char *word, gsize *begin, char **door)
{
  g_autofree char *address = address_of(word, begin);
  *door = NULL;
  if (!address || !has_one(address, rooms, G_N_ELEMENTS(rooms))) return false;
  if (has_one(address, no_doors, G_N_ELEMENTS(no_doors))) return true;
  const char *scheme = strstr(word + *begin, "://");
  bool is_plain = g_ascii_strncasecmp(word + *begin, "http://", 7) == 0,
       has_scheme = scheme != NULL && g_ascii_strncasecmp(word + *begin, "http", 4) == 0;
  g_autofree char *whole =
      g_strconcat(is_plain ? "http://" : "https://", has_scheme ? scheme + 3 : word + *begin, NULL);
  *door = link_in(whole);
  return true;
}

static bool is_around(char c)
{
  return strchr(" \t\r\n<>\"'()[]|", c) != NULL;
}

/* The text without addresses of rooms. *door: the first that opens one. Caller frees. */
static char *without_rooms(const char *text, bool *has_any, char **door)
{
  g_autoptr(GString) rest = g_string_new(NULL);
  *has_any = false;
  for (const char *at = text; *at;) {
    if (is_around(*at)) {
      g_string_append_c(rest, *at++);
      continue;
    }
    const char *end = at;
    while (*end && !is_around(*end)) end++;
    g_autofree char *word = g_strndup(at, (gsize)(end - at)), *found = NULL;
    gsize begin = 0;
    bool is_room = read_room(word, &begin, &found);
    g_string_append_len(rest, word, (gssize)(is_room ? begin : strlen(word)));
    if (is_room) *has_any = true;
    if (found && !*door) *door = g_steal_pointer(&found);
    at = end;
  }
  g_string_replace(rest, "<>", "", 0);
  g_string_replace(rest, "()", "", 0);
  g_string_replace(rest, "[]", "", 0);
  return g_string_free(g_steal_pointer(&rest), FALSE);
}

/* What is left of a line: nothing where it was the address and a label for it. Caller frees. */
static char *tidied(const char *line)
{
  gsize begin = 0, end = strlen(line);
  static const char marks[] = " \t\r\n,;:|/-";
  while (begin < end && strchr(marks, line[begin])) begin++;
  while (end > begin && strchr(marks, line[end - 1])) end--;
  return g_strndup(line + begin, end - begin);
}

char *video_take_rooms(const char *line, char **door)
{
  bool has_any = false;
  g_autofree char *rest = without_rooms(line, &has_any, door);
  return has_any ? tidied(rest) : g_strdup(line);
}

bool video_take_link(struct event *event)
{
  char **const lines[] = { &event->place, &event->title, &event->bring };
  g_autofree char *door = NULL;
  bool has_any = false, has_some = false;
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autofree char *rest = without_rooms(*lines[i], &has_some, &door);
    if (has_some) set_text(lines[i], tidied(rest));
    has_any = has_any || has_some;
  }
  char *rest = without_rooms(event->text, &has_some, &door);
  set_text(&event->text, rest);
  if (!door) return has_any || has_some;
  set_text(&event->video_link, g_steal_pointer(&door));
  event->is_video = true;
  return true;
}

bool video_set(struct event *event, const char *value)
{
  char *link = link_in(value);
  if (!link) g_free(video_take_rooms(value, &link)); /* "meet.jit.si/Kiez" */
  const char *word = link ? NULL : lines_word(value, "event.video_line");
  if (link) set_text(&event->video_link, link);
  if (link || word) {
    set(event, link || strcmp(word, "yes") == 0);
    return true;
  }
  g_autoptr(passage_t) passage = passage_new(value, NULL, VALUE_BYTES);
  return video_read(event, passage);
}
