/* Lines "Mails: einmal am Tag" of a member's answer to the letter that shows their settings. Labels and
 * choices are words of the tables (own.label, own.delivery, …) in any of our languages; behind a label may
 * stand the list that is meant ("Mails bei gruenau"), where somebody belongs to several.
 *
 * As with a group's settings (lists/keeping/labels.c), people edit the quoted letter in place, or write a
 * line above it: so a value that equals what the letter showed says nothing. */
#include "lists/members/settings_lines.h"

#include "lists/keeping/lines.h"
#include "lists/list_cache.h"

#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/requests.h"
#include "lib/text/dates/dates.h"
#include "lib/text/facts/answer.h"
#include "lib/text/names.h"

#include <string.h>

enum { VALUE_BYTES = 200 };
enum own_setting {
  OWN_DELIVERY,
  OWN_PAUSE,
  OWN_COPY,
  OWN_NAME,
  OWN_LANGUAGE,
  OWN_OFFICES,
  OWN_INVITATIONS,
  OWN_COUNT
};

/* A line being read. */
struct value_read {
  const struct work *work;
  const char *text; /* as written */
  const char *sent; /* the name that the sender's mails show */
};

/* The first hit of a section within a short text; NULL: none. Interned. */
static const char *word_within(const char *text, const char *section)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, VALUE_BYTES);
  const struct phrase_hit *hit = passage_find(passage, phrases_tag(section), 0);
  return hit ? g_intern_string(hit->value) : NULL;
}

static char *read_delivery(const struct value_read *value)
{
  const char *word = lines_word(value->text, "own.delivery");
  if (!word) word = word_within(value->text, "settings.delivery");
  if (!word) word = word_within(value->text, "settings.rhythm");
  return g_strdup(word);
}

/* "bis 15. August" → "2026-08-15"; "keine" → "". */
static char *read_pause(const struct value_read *value)
{
  const char *word = lines_word(value->text, "own.pause");
  if (word) return g_strdup(strcmp(word, "none") == 0 ? "" : word);
  g_autoptr(passage_t) passage = passage_new(value->text, NULL, VALUE_BYTES);
  const struct dates_wish wish = { .now = value->work->now, .zone = value->work->config->zone };
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    struct wall day = date->until.year ? date->until : date->start;
    bool is_over = !day.year || wall_seconds(&day, wish.zone) < wish.now;
    if (!is_over) return g_strdup_printf("%04d-%02d-%02d", day.year, day.month, day.day);
  }
  return NULL;
}

static char *read_yes(const struct value_read *value)
{
  const char *word = lines_word(value->text, "keep.own_copy");
  if (lines_word(value->text, "own.unsaid")) return g_strdup("");
  if (word) return g_strdup(strcmp(word, "yes") == 0 ? "1" : "0");
  g_autoptr(passage_t) passage = passage_new(value->text, NULL, VALUE_BYTES);
  enum answer answer = answer_read(passage).answer;
  return answer == ANSWER_YES ? g_strdup("1") : answer == ANSWER_NO ? g_strdup("0") : NULL;
}

/* "Nur Vorname" and first name with initial are names of one's own (settings.c); what is no choice is a name.
 */
static char *read_name(const struct value_read *value)
{
  const char *word = lines_word(value->text, "own.name");
  if (!word) word = word_within(value->text, "settings.shown");
  bool is_first = word && strcmp(word, "first") == 0;
  if (is_first || (word && strcmp(word, "initial") == 0)) {
    g_autofree char *public_name = name_for_public(value->sent);
    char *blank = is_first && public_name ? strrchr(public_name, ' ') : NULL;
    if (blank) *blank = '\0';
    return public_name ? g_strconcat("=", public_name, NULL) : g_strdup("sent");
  }
  if (word) return g_strdup(word);
  g_autofree char *name = g_strdup(value->text);
  static const char *const marks[] = { "„", "“", "”", "\"", "»", "«" };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    g_auto(GStrv) parts = g_strsplit(name, marks[i], -1);
    g_free(name);
    name = g_strjoinv("", parts);
  }
  return *g_strstrip(name) ? g_strconcat("=", name, NULL) : NULL;
}

static char *read_language(const struct value_read *value)
{
  const char *word = lines_word(value->text, "keep.language");
  if (!word) word = word_within(value->text, "own.language");
  if (!word) word = word_within(value->text, "settings.language");
  return g_strdup(word);
}

static char *read_invitations(const struct value_read *value)
{
  const char *word = lines_word(value->text, "own.invitations");
  if (!word) word = word_within(value->text, "settings.invitations");
  return g_strdup(word);
}

static const struct {
  const char *word; /* of the request's lines, and of own.label */
  const char *wish; /* of the lines that settings_apply reads; NULL: by add_wish */
  bool is_of_a_list;
  char *(*read)(const struct value_read *value); /* NULL: not understood */
} settings[] = {
  [OWN_DELIVERY] = { "delivery", "delivery", true, read_delivery },
  [OWN_PAUSE] = { "pause", NULL, true, read_pause },
  [OWN_COPY] = { "own_copy", "own_copy", true, read_yes },
  [OWN_NAME] = { "name", NULL, false, read_name },
  [OWN_LANGUAGE] = { "language", "language", false, read_language },
  [OWN_OFFICES] = { "offices", "offices", false, read_yes },
  [OWN_INVITATIONS] = { "invitations", "invitations", false, read_invitations },
};
_Static_assert(G_N_ELEMENTS(settings) == OWN_COUNT, "every setting has its row");

/* ---- what a letter shows ---- */

/* "delivery", or "delivery.gruenau". Caller frees. */
static char *key_of(enum own_setting setting, const struct list *list)
{
  return list ? g_strconcat(settings[setting].word, ".", list->name, NULL) : g_strdup(settings[setting].word);
}

static void add(GString *lines, enum own_setting setting, const struct list *list, const char *word)
{
  g_autofree char *key = key_of(setting, list);
  g_autofree char *line = g_strdelimit(g_strdup(word), "\r\n", ' ');
  g_string_append_printf(lines, "%s=%s\n", key, line);
}

char *settings_lines_of(const struct work *work, const GPtrArray *members, const struct person_choice *choice,
                        const struct consent *consent, const char *language)
{
  GString *lines = g_string_new(NULL);
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *list = list_cache_by_id(work->lists, member->list);
    const struct list *named = members->len > 1 ? list : NULL;
    bool has_copy = member->own_copy >= 0 ? member->own_copy > 0 : list && list->own_copy;
    bool is_paused = strcmp(member->state, "paused") == 0;
    bool has_day = member->paused_until && *member->paused_until;
    add(lines, OWN_DELIVERY, named, member->delivery);
    add(lines, OWN_PAUSE, named, !is_paused ? "" : has_day ? member->paused_until : "open");
    add(lines, OWN_COPY, named, has_copy ? "1" : "0");
  }
  bool is_pseudonym = strcmp(choice->shown, "pseudonym") == 0;
  g_autofree char *name = is_pseudonym ? g_strconcat("=", choice->pseudonym, NULL)
                                       : g_strdup(strcmp(choice->shown, "full") == 0 ? "full" : "sent");
  add(lines, OWN_NAME, NULL, name);
  add(lines, OWN_LANGUAGE, NULL, language);
  add(lines, OWN_INVITATIONS, NULL, choice->invitations);
  add(lines, OWN_OFFICES, NULL, !consent->is_known ? "" : consent->given ? "1" : "0");
  return g_string_free(lines, FALSE);
}

/* ---- what an answer says ---- */

void settings_said_clear(struct settings_said *said)
{
  for (guint i = 0; said->wishes && i < said->wishes->len; i++)
    g_string_free(g_array_index(said->wishes, struct settings_wish, i).details, TRUE);
  g_clear_pointer(&said->wishes, g_array_unref);
  g_clear_pointer(&said->wrong, g_ptr_array_unref);
}

/* A reading on its way. */
struct reading {
  const struct work *work;
  const struct request *request;
  const struct request *now; /* the same as `request`, of how it is now */
  const char *name;
  struct settings_said *said;
  GHashTable *keys; /* what has been said, and does not count a second time */
  bool is_own;
  guint own;   /* lines of the sender's own */
  bool is_few; /* a line or two: meant even where an older letter showed the same */
};

/* The setting of a label, and the list it names (NULL: none); OWN_COUNT: it is none of ours. */
static enum own_setting setting_of_label(const struct reading *reading, const char *label,
                                         const struct list **list)
{
  const char *word = lines_word(label, "own.label");
  *list = NULL;
  if (!word) {
    gsize end = 0;
    *list = list_cache_at_end(reading->work->lists, label, &end);
    g_autofree char *begin = g_strndup(label, MIN(end, strlen(label)));
    word = *list ? lines_word(begin, "own.label") : NULL;
  }
  for (int i = 0; word && i < OWN_COUNT; i++)
    if (strcmp(settings[i].word, word) == 0)
      return !*list || settings[i].is_of_a_list ? (enum own_setting)i : OWN_COUNT;
  return OWN_COUNT;
}

static bool is_ours(const char *label, void *data)
{
  const struct list *list = NULL;
  return setting_of_label(data, label, &list) != OWN_COUNT;
}

/* The wishes about a list. */
static GString *wishes_about(struct settings_said *said, int64_t list)
{
  for (guint i = 0; i < said->wishes->len; i++) {
    struct settings_wish *wish = &g_array_index(said->wishes, struct settings_wish, i);
    if (wish->list == list) return wish->details;
  }
  struct settings_wish wish = { .list = list, .details = g_string_new(NULL) };
  g_array_append_val(said->wishes, wish);
  return wish.details;
}

/* A line as settings_apply reads it. */
static void add_wish(GString *details, enum own_setting setting, const char *word)
{
  if (settings[setting].wish)
    g_string_append_printf(details, "%s=%s\n", settings[setting].wish, word);
  else if (setting == OWN_PAUSE)
    g_string_append_printf(details, *word ? "paused_until=%s\n" : "resume=1%s\n", word);
  else if (*word == '=')
    g_string_append_printf(details, "pseudonym=%s\n", word + 1);
  else
    g_string_append_printf(details, "shown=%s\n", strcmp(word, "full") == 0 ? "full" : "initial");
}

static bool is_same(const char *a, const char *b)
{
  g_autofree char *x = g_utf8_casefold(a, -1), *y = g_utf8_casefold(b ? b : "", -1);
  return strcmp(x, y) == 0;
}

/* Another rhythm of mails does not end a pause that the letter showed. */
static void keep_pause(struct reading *reading, const struct list *list, GString *details)
{
  g_autofree char *key = key_of(OWN_PAUSE, list);
  g_autofree char *until = request_detail(reading->request, key);
  bool has_day = until && g_ascii_isdigit(*until);
  if (has_day && !strstr(details->str, "paused_until=") && !strstr(details->str, "resume="))
    g_string_append_printf(details, "paused_until=%s\n", until);
}

static void take(struct reading *reading, const struct line *line)
{
  const struct list *list = NULL;
  enum own_setting setting = setting_of_label(reading, line->label, &list);
  g_autofree char *key = key_of(setting, list);
  bool is_meant = reading->is_own && reading->is_few && !line->is_quoted;
  g_autofree char *shown = request_detail(is_meant ? reading->now : reading->request, key);
  if (reading->is_own && !line->is_quoted) reading->said->has_lines = true;
  if (!*line->value || g_hash_table_contains(reading->keys, key)) return;
  const struct value_read value = { reading->work, line->value, reading->name };
  g_autofree char *word = settings[setting].read(&value);
  if (word && is_same(word, shown)) return;
  bool is_as_shown = !word && line->is_quoted; /* what the letter says of a language without letters */
  if (is_as_shown || (!word && !reading->is_own)) return;
  g_hash_table_add(reading->keys, g_steal_pointer(&key));
  if (!word) {
    lines_note_wrong(reading->said->wrong, line->written);
    return;
  }
  GString *details = wishes_about(reading->said, list ? list->id : 0);
  add_wish(details, setting, word);
  if (setting == OWN_DELIVERY) keep_pause(reading, list, details);
}

static void take_line(const struct line *line, void *data)
{
  struct reading *reading = data;
  if (line->is_ours) take(reading, line);
}

static void count_line(const struct line *line, void *data)
{
  struct reading *reading = data;
  reading->own += line->is_ours && !line->is_quoted;
}

void settings_lines_read(const struct work *work, const struct mail *mail, const struct request *request,
                         const char *now, const char *name, struct settings_said *said)
{
  *said = (struct settings_said){ .wishes = g_array_new(FALSE, FALSE, sizeof(struct settings_wish)),
                                  .wrong = g_ptr_array_new_with_free_func(g_free) };
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  enum { FEW_LINES = 3 };
  const struct request state = { .details = (char *)now };
  struct reading reading = {
    .work = work, .request = request, .now = &state, .name = name, .said = said, .keys = keys, .is_own = true
  };
  lines_read(mail->text_new, is_ours, count_line, &reading);
  reading.is_few = reading.own <= FEW_LINES;
  lines_read(mail->text_new, is_ours, take_line, &reading);
  reading.is_own = false;
  lines_read(mail->text, is_ours, take_line, &reading);
}
