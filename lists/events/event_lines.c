/* The lines of the letter that shows an event to its organiser ("Wann: Sonntag um vier"), as they come back
 * in an answer. They have labels of the tables (event.label); behind "Wann" and "Wo" people write as they
 * always do. Called for drafts and for changes; what it promises: a line that only stands in the quote as the
 * letter said it changes nothing, and one that is not understood is named, not guessed. */
#include "lists/events/event_lines.h"

#include "lists/events/event.h"
#include "lists/keeping/lines.h"
#include "lists/understand/understand.h"
#include "lists/video/words.h"

#include "lib/text/days/rule_text.h"
#include "lib/text/days/wall_text.h"

#include <stdlib.h>
#include <string.h>

enum {
  PEOPLE_MAX = 100000,
  WHOLE_CHARACTERS = 30 /* shorter lines are not broken in a quote */
};

static void replace(char **to, char *with)
{
  g_free(*to);
  *to = with;
}

/* Lines on their way. */
struct taking {
  struct work *work;
  struct event *event;
  char *shown[EVENT_LINE_COUNT]; /* what the letter that may be quoted says; NULL: short words */
  char *said[EVENT_LINE_COUNT];  /* the last value of each; NULL: none */
  bool has_own;                  /* a line that is not quoted */
};

static const char *const line_words[] = {
  [EVENT_LINE_TITLE] = "title", [EVENT_LINE_WHEN] = "when",     [EVENT_LINE_WHERE] = "where",
  [EVENT_LINE_WHO] = "who",     [EVENT_LINE_PLACES] = "places", [EVENT_LINE_ANSWER_BY] = "answer_by",
  [EVENT_LINE_BRING] = "bring", [EVENT_LINE_VIDEO] = "video",   [EVENT_LINE_STRANGERS] = "strangers",
};
_Static_assert(G_N_ELEMENTS(line_words) == EVENT_LINE_COUNT, "every line has its word");

const char *event_line_word(enum event_line line)
{
  return line_words[line];
}

static int line_of(const char *label)
{
  const char *word = lines_word(label, "event.label");
  for (int i = 0; word && i < EVENT_LINE_COUNT; i++)
    if (strcmp(line_words[i], word) == 0) return i;
  return -1;
}

static bool is_ours(const char *label, void *data)
{
  (void)data;
  return line_of(label) >= 0;
}

char *event_beside_lines(const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  g_autoptr(GString) rest = g_string_new(NULL);
  for (char **line = lines; *line; line++) {
    const char *colon = strchr(*line, ':');
    g_autofree char *label = colon ? g_strstrip(g_strndup(*line, (gsize)(colon - *line))) : NULL;
    if (!label || line_of(label) < 0) g_string_append_printf(rest, "%s\n", *line);
  }
  return g_string_free(g_steal_pointer(&rest), FALSE);
}

/* Words of their own go before quoted ones. */
static void take_line(const struct line *line, void *data)
{
  struct taking *taking = data;
  int which = line_of(line->label);
  if (which < 0 || (line->is_quoted && taking->has_own)) return;
  if (!line->is_quoted && !taking->has_own) {
    for (int i = 0; i < EVENT_LINE_COUNT; i++) g_clear_pointer(&taking->said[i], g_free);
    taking->has_own = true;
  }
  replace(&taking->said[which], event_cut(line->value, EVENT_LINE_CHARACTERS));
}

/* "keine", "-", "": nothing. */
static bool is_nothing(const char *value)
{
  return !*value || strcmp(value, "-") == 0 || strcmp(value, "–") == 0 || lines_word(value, "event.nothing");
}

static bool set_when(struct taking *t, const char *value)
{
  g_autoptr(passage_t) passage = passage_new(value, NULL, 1000);
  return event_take_when(t->work, t->event, passage);
}

static bool set_where(struct taking *t, const char *value)
{
  g_autoptr(meaning_t) meaning = meaning_new(INTENT_EVENT);
  read_event_where(value, t->work->gazetteer, meaning);
  event_take_where(t->work, t->event, meaning);
  return true;
}

static bool set_title(struct taking *t, const char *value)
{
  if (!*value) return false;
  replace(&t->event->title, event_cut(value, EVENT_TITLE_CHARACTERS));
  return true;
}

static bool set_word(char **to, const char *value, const char *section)
{
  const char *word = lines_word(value, section);
  if (word) replace(to, g_strdup(word));
  return word != NULL;
}

static bool set_who(struct taking *t, const char *value)
{
  bool is_draft = strcmp(t->event->state, "draft") == 0;
  if (!set_word(&t->event->audience, value, "event.who")) return event_take_named(t->work, t->event, value);
  return !is_draft || strcmp(t->event->audience, "named") == 0 ||
         event_parties_unname(t->work->store, t->event->id, NULL);
}

static bool set_strangers(struct taking *t, const char *value)
{
  return set_word(&t->event->strangers, value, "event.strangers");
}

static bool set_places(struct taking *t, const char *value)
{
  char *end = NULL;
  gint64 places = is_nothing(value) ? 0 : g_ascii_strtoll(value, &end, 10);
  bool is_number = is_nothing(value) || (end > value && places > 0 && places <= PEOPLE_MAX);
  if (is_number) t->event->capacity = (int)places;
  return is_number;
}

static bool set_answer_by(struct taking *t, const char *value)
{
  if (is_nothing(value)) {
    replace(&t->event->answer_by, g_strdup(""));
    return true;
  }
  g_autoptr(passage_t) passage = passage_new(value, NULL, 1000);
  struct dates_wish wish = { .now = t->work->now, .zone = t->event->zone };
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  if (dates->len == 0) return false;
  const struct date_found *date = &g_array_index(dates, struct date_found, 0);
  struct wall day = date->until.year ? date->until : date->start;
  day.hour = day.minute = -1;
  if (!day.year) return false;
  replace(&t->event->answer_by, wall_write(&day));
  return true;
}

static bool set_bring(struct taking *t, const char *value)
{
  replace(&t->event->bring, is_nothing(value) ? g_strdup("") : g_strdup(value));
  return true;
}

static bool set_video(struct taking *t, const char *value)
{
  return video_set(t->event, value);
}

static bool (*const setters[])(struct taking *t, const char *value) = {
  [EVENT_LINE_TITLE] = set_title, [EVENT_LINE_WHEN] = set_when,     [EVENT_LINE_WHERE] = set_where,
  [EVENT_LINE_WHO] = set_who,     [EVENT_LINE_PLACES] = set_places, [EVENT_LINE_ANSWER_BY] = set_answer_by,
  [EVENT_LINE_BRING] = set_bring, [EVENT_LINE_VIDEO] = set_video,   [EVENT_LINE_STRANGERS] = set_strangers,
};
_Static_assert(G_N_ELEMENTS(setters) == EVENT_LINE_COUNT, "every line can be set");

/* What may change by lines, as one text: two are the same when nothing changed. */
static char *fingerprint(struct work *work, const struct event *it)
{
  g_autofree char *named = event_named_text(work, it);
  return g_strdup_printf("%" G_GINT64_FORMAT "\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%d\n%d", it->list,
                         named, it->title, it->starts, it->ends, it->rule, it->place, it->audience,
                         it->strangers, it->answer_by, it->video_link, it->capacity, it->is_video);
}

/* What the letter shows of the lines that are not words of a table, in German or English. */
static void put_shown(struct taking *t, const char *language)
{
  const struct event *it = t->event;
  struct wall start, end;
  wall_read(it->starts, &start);
  wall_read(it->ends, &end);
  g_autofree char *when = wall_in_words(&start, &end, language), *often = rule_in_words(it->rule, language);
  char *shown[EVENT_LINE_COUNT] = { [EVENT_LINE_TITLE] = g_strdup(it->title),
                                    [EVENT_LINE_WHEN] =
                                        often ? g_strdup_printf("%s, %s", when, often) : g_strdup(when),
                                    [EVENT_LINE_WHERE] = g_strdup(it->place),
                                    [EVENT_LINE_WHO] = event_named_text(t->work, it),
                                    [EVENT_LINE_BRING] = g_strdup(it->bring) };
  for (int i = 0; i < EVENT_LINE_COUNT; i++) {
    g_free(t->shown[i]);
    t->shown[i] = shown[i];
  }
}

/* A line of the letter comes back in the quote as it was, or its beginning where a program has broken it. */
static bool is_as_shown(struct taking *t, int which)
{
  static const char *const languages[] = { "de", "en" };
  const char *said = t->said[which];
  glong length = g_utf8_strlen(said, -1);
  bool is_it = false;
  for (gsize i = 0; i < G_N_ELEMENTS(languages) && !is_it; i++) {
    put_shown(t, languages[i]);
    const char *shown = t->shown[which];
    is_it = shown && *shown && g_str_has_prefix(shown, said) &&
            (length >= WHOLE_CHARACTERS || strcmp(shown, said) == 0);
  }
  return is_it;
}

/* Sets what a line says. */
static void take_said(struct taking *t, int which, unsigned *changed, GPtrArray *wrong)
{
  struct event *event = t->event;
  g_autofree char *before = fingerprint(t->work, event), *bring = g_strdup(event->bring);
  bool is_good = !event_line_is_private(t->said[which]) && setters[which](t, t->said[which]);
  video_take_link(event); /* "Wo: https://…" */
  g_autofree char *after = fingerprint(t->work, event);
  if (is_good && (strcmp(before, after) != 0 || strcmp(bring, event->bring) != 0)) *changed |= 1U << which;
  if (!is_good && *t->said[which]) lines_note_wrong(wrong, t->said[which]);
}

bool event_take_lines(struct work *work, struct event *event, const struct arrival *arrival,
                      unsigned *changed, GPtrArray *wrong, GError **error)
{
  (void)error;
  struct taking taking = { .work = work, .event = event };
  *changed = 0;
  lines_read(arrival->mail->text_new, is_ours, take_line, &taking);
  /* a letter that was edited in place: while nobody is invited there is no older one to be quoted */
  bool has_any = false;
  for (int i = 0; i < EVENT_LINE_COUNT; i++) has_any = has_any || taking.said[i];
  if (!has_any && strcmp(event->state, "draft") == 0)
    lines_read(arrival->mail->text, is_ours, take_line, &taking);
  for (int i = 0; i < EVENT_LINE_COUNT; i++) {
    if (!taking.said[i]) continue;
    if (taking.has_own || !is_as_shown(&taking, i)) take_said(&taking, i, changed, wrong);
    g_free(taking.said[i]);
  }
  for (int i = 0; i < EVENT_LINE_COUNT; i++) g_free(taking.shown[i]);
  return true;
}
