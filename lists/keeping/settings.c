/* A group's settings by mail. The letter shows how everything is, as lines that a keeper changes and sends
 * back; the answer says what changed and what was not understood, and is such a letter again. A letter gets
 * forwarded and a From is quickly forged: nothing changes before it is proven that the keeper (or the admin)
 * answers, and who keeps the group no longer changes nothing.
 *
 * What the letter showed stands in the request: an old letter that is quoted later changes nothing back. */
#include "lists/keeping/holders.h"
#include "lists/keeping/keep.h"
#include "lists/keeping/labels.h"
#include "lists/keeping/topics.h"

#include "lists/addresses/reply_address.h"
#include "lists/groups/files.h"
#include "lists/groups/sizes.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/members.h"
#include "lists/moderation/posting.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/store/moderation/files.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { TITLE_CHARACTERS = 100, TEXT_CHARACTERS = 1000, TAG_CHARACTERS = 30 };

#define NEWCOMERS "new_member" /* the rule for their first posts */

/* One line, at most so many characters. Caller frees. */
static char *one_line(const char *text, glong characters)
{
  g_autofree char *line = g_strdelimit(g_strdup(text ? text : ""), "\r\n\t", ' ');
  g_strstrip(line);
  return g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), characters));
}

/* What the list takes of attachments. */
static bool state_of_files(struct work *work, const struct list *list, char *state[SETTING_COUNT],
                           GError **error)
{
  int64_t limit = 0;
  g_autoptr(list_files_t) files = list_files_get(work->store, list->id, error);
  if (!files || !files_limit(work, list, &limit, error)) return false;
  state[SETTING_ATTACHMENTS] = g_strdup(files->kinds);
  state[SETTING_ATTACHMENT_SIZE] = size_words(limit);
  state[SETTING_MAIL_SIZE] = files->takes_bytes > 0 ? size_words(files->takes_bytes) : g_strdup("");
  return true;
}

bool settings_state(struct work *work, const struct list *list, char *state[SETTING_COUNT], GError **error)
{
  state[SETTING_MODERATORS] = holders_line(work, list, "moderator", error);
  if (!state[SETTING_MODERATORS] || !state_of_files(work, list, state, error)) return false;
  state[SETTING_TITLE] = one_line(list->title, TITLE_CHARACTERS);
  state[SETTING_DESCRIPTION] = one_line(list->description, TEXT_CHARACTERS);
  state[SETTING_POSTING] = posting_of(work->store, list, error);
  if (!state[SETTING_POSTING]) return false;
  g_autofree char *newcomers = list_rule_get(work->store, list->id, NEWCOMERS, error);
  state[SETTING_NEWCOMERS] = g_strdup(g_strcmp0(newcomers, "hold") == 0 ? "moderated" : "free");
  state[SETTING_JOINING] = g_strdup(list->joining);
  state[SETTING_ARCHIVE] = g_strdup(list->archive_public ? "public" : "none");
  state[SETTING_MEMBERS] = g_strdup(list->shows_members ? "visible" : "hidden");
  state[SETTING_TOPICS] = g_strdup(list->topics ? list->topics : "");
  state[SETTING_TAG] = g_strdup(list->subject_tag ? list->subject_tag : "");
  state[SETTING_LANGUAGE] = g_strdup(list->language);
  state[SETTING_OWN_COPY] = g_strdup(list->own_copy ? "yes" : "no");
  state[SETTING_WELCOME] = one_line(list->welcome, TEXT_CHARACTERS);
  return true;
}

static void state_clear(char *state[SETTING_COUNT])
{
  for (int i = 0; i < SETTING_COUNT; i++) g_clear_pointer(&state[i], g_free);
}

/* Kinds of files as rows that the letter writes one behind the other. */
static void put_kinds(struct value *values, const char *words)
{
  g_auto(GStrv) each = g_strsplit(words, " ", -1);
  for (char **word = each; *word; word++) {
    struct value *row = value_append(values, "kinds");
    value_set_flag(row, *word, true);
    value_set_flag(row, "more", word[1] != NULL);
  }
}

/* Topics as rows: "[Biete] 14 Tage, [Suche] 14 Tage". */
static void put_topics(struct value *values, const struct list *list)
{
  g_autoptr(GPtrArray) topics = topics_of(list->topics);
  value_set_flag(values, "topics_usual", !list->topics || !*list->topics);
  value_set_flag(values, "topics_none", g_strcmp0(list->topics, "-") == 0);
  for (guint i = 0; i < topics->len; i++) {
    const struct topic *topic = g_ptr_array_index(topics, i);
    struct value *row = value_append(values, "topics");
    value_set_text(row, "topic", topic->name);
    value_set_flag(row, "hash", *topic->name == '#');
    if (topic->days) value_set_number(row, "days", topic->days);
    value_set_flag(row, "more", i + 1 < topics->len);
  }
}

/* The state for the letter: texts as they are, choices as flags "posting_members". */
static void put_state(struct value *values, const struct list *list, char *const state[SETTING_COUNT])
{
  put_topics(values, list);
  put_kinds(values, state[SETTING_ATTACHMENTS]);
  for (int i = 0; i < SETTING_COUNT; i++) {
    if (i == SETTING_ATTACHMENTS || i == SETTING_TOPICS) continue;
    const char *word = setting_word((enum setting)i);
    g_autofree char *flag = g_strdup_printf("%s_%s", word, state[i]);
    g_strdelimit(flag, "-", '_');
    value_set_flag(values, flag, true);
    value_set_text(values, word, *state[i] ? state[i] : NULL);
  }
}

/* What the letter shows, as the request remembers it. Caller frees. */
static char *details_of(char *const state[SETTING_COUNT])
{
  GString *details = g_string_new(NULL);
  for (int i = 0; i < SETTING_COUNT; i++)
    g_string_append_printf(details, "%s=%s\n", setting_word((enum setting)i), state[i]);
  return g_string_free(details, FALSE);
}

/* To whom a settings letter goes, and what it answers. */
struct settings_out {
  const char *purpose; /* keep: the state alone; kept: with what an answer changed */
  const struct list *list;
  const char *address;
  int64_t person, object;
  struct value *values;
  const char *in_reply_to;
  bool is_authenticated;
};

static bool send(struct work *work, const struct settings_out *out, GError **error)
{
  char *state[SETTING_COUNT] = { NULL };
  if (!settings_state(work, out->list, state, error)) return false;
  put_state(out->values, out->list, state);
  g_autofree char *details = details_of(state);
  state_clear(state);
  return requests_ask(work,
                      &(struct question_out){ .purpose = out->purpose,
                                              .list = out->list,
                                              .person = out->person,
                                              .address = out->address,
                                              .object = out->object,
                                              .details = details,
                                              .values = out->values,
                                              .in_reply_to = out->in_reply_to,
                                              .is_answer = true,
                                              .is_unauthenticated = !out->is_authenticated },
                      NULL, error);
}

bool keep_settings(struct keep *keep, GError **error)
{
  const struct arrival *arrival = keep->arrival;
  g_autoptr(value_t) values = value_new();
  struct settings_out out = {
    .purpose = "keep",
    .list = keep->list,
    .address = keep->is_keeper ? keep->sender.member->address : keep->sender.address,
    .person = keep->sender.person,
    .object = arrival->mail_id,
    .values = values,
    .in_reply_to = arrival->mail->message_id,
    .is_authenticated = arrival->mail->auth.is_authenticated,
  };
  return send(keep->work, &out, error) &&
         keep_done(keep->decision, "The group's settings go to whom they are asked for by.");
}

bool keep_send_settings(struct work *work, int64_t id, const struct request *request,
                        const struct arrival *arrival, GError **error)
{
  g_autoptr(list_row) list = list_get(work->store, id, error);
  if (!list) return false;
  g_autoptr(value_t) values = value_new();
  struct settings_out out = {
    .purpose = "keep",
    .list = list,
    .address = request->address,
    .person = request->person,
    .object = arrival->mail_id,
    .values = values,
    .in_reply_to = arrival->mail->message_id,
    .is_authenticated = true,
  };
  return send(work, &out, error);
}

/* ---- an answer ---- */

static void replace(char **field, char *value)
{
  g_free(*field);
  *field = value;
}

/* Writes what is said of the list's own row into `list`. */
static void change(struct list *list, const struct said *said)
{
  char *const *v = said->values;
  if (v[SETTING_TITLE]) replace(&list->title, one_line(v[SETTING_TITLE], TITLE_CHARACTERS));
  if (v[SETTING_DESCRIPTION]) replace(&list->description, one_line(v[SETTING_DESCRIPTION], TEXT_CHARACTERS));
  if (v[SETTING_JOINING]) replace(&list->joining, g_strdup(v[SETTING_JOINING]));
  const struct kind *kind = kind_find(list->kind);
  if (v[SETTING_ARCHIVE] && !(kind && kind->is_confidential))
    list->archive_public = strcmp(v[SETTING_ARCHIVE], "public") == 0;
  if (v[SETTING_LANGUAGE]) replace(&list->language, g_strdup(v[SETTING_LANGUAGE]));
  if (v[SETTING_OWN_COPY]) list->own_copy = strcmp(v[SETTING_OWN_COPY], "yes") == 0;
  if (v[SETTING_WELCOME]) replace(&list->welcome, one_line(v[SETTING_WELCOME], TEXT_CHARACTERS));
  if (v[SETTING_MEMBERS]) list->shows_members = strcmp(v[SETTING_MEMBERS], "visible") == 0;
  if (v[SETTING_TOPICS]) replace(&list->topics, g_strdup(v[SETTING_TOPICS]));
  if (v[SETTING_TAG]) {
    g_autofree char *tag = one_line(v[SETTING_TAG], TAG_CHARACTERS);
    g_strdelimit(tag, "[]", ' ');
    replace(&list->subject_tag, g_strdup(g_strstrip(tag)));
  }
}

/* Writes what is said of attachments. */
static bool change_files(struct work *work, const struct list *list, const struct said *said, GError **error)
{
  char *const *v = said->values;
  if (!v[SETTING_ATTACHMENTS] && !v[SETTING_ATTACHMENT_SIZE] && !v[SETTING_MAIL_SIZE]) return true;
  g_autoptr(list_files_t) files = list_files_get(work->store, list->id, error);
  if (!files) return false;
  if (v[SETTING_ATTACHMENTS]) replace(&files->kinds, g_strdup(v[SETTING_ATTACHMENTS]));
  if (v[SETTING_ATTACHMENT_SIZE]) size_read(v[SETTING_ATTACHMENT_SIZE], &files->travels_bytes);
  if (v[SETTING_MAIL_SIZE] && !size_read(v[SETTING_MAIL_SIZE], &files->takes_bytes)) files->takes_bytes = 0;
  return list_files_put(work->store, list->id, files, error);
}

/* What changed and what was not understood, for the letter. */
static void put_outcome(struct value *values, const struct said *said)
{
  bool has_changes = false;
  for (int i = 0; i < SETTING_COUNT; i++) {
    if (!said->values[i]) continue;
    has_changes = true;
    struct value *row = value_append(values, "changes");
    g_autofree char *flag = g_strconcat("changed_", setting_word((enum setting)i), NULL);
    value_set_flag(row, flag, true);
  }
  value_set_flag(values, "has_changes", has_changes);
  for (guint i = 0; i < said->wrong->len; i++) {
    struct value *row = value_append(values, "wrong");
    value_set_text(row, "line", g_ptr_array_index(said->wrong, i));
  }
}

/* Whoever only reads becomes visible, too: everybody is told, and how to be called otherwise. */
static bool tell_members(struct work *work, const struct list *list, const struct said *said, GError **error)
{
  const char *members = said->values[SETTING_MEMBERS];
  if (!members || strcmp(members, "visible") != 0) return true;
  g_autofree char *address = list_address(work->config, list->name, "mitglieder");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "members_address", address);
  return letters_send(
      work,
      &(struct letter_out){
          .purpose = "members_visible", .list = list, .to_members = "each", .values = values },
      error);
}

/* What lines say, against what the letter showed and how it is now. */
static bool read_lines(struct work *work, const struct arrival *arrival, const struct request *request,
                       const struct list *list, struct said *said, GError **error)
{
  char *shown[SETTING_COUNT], *now[SETTING_COUNT] = { NULL };
  if (!settings_state(work, list, now, error)) return false;
  for (int i = 0; i < SETTING_COUNT; i++) {
    shown[i] = request_detail(request, setting_word((enum setting)i));
    if (!shown[i]) shown[i] = g_strdup("");
  }
  settings_read(arrival->mail->text_new, arrival->mail->text, shown, now, said);
  state_clear(shown);
  state_clear(now);
  return true;
}

/* No line of it says anything. */
static bool says_nothing(const struct said *said)
{
  for (int i = 0; i < SETTING_COUNT; i++)
    if (said->values[i]) return false;
  return said->wrong->len == 0;
}

/* Who moderates: a line of all, or one who is added ("+udo@…") or taken ("-udo@…"). */
static bool change_moderators(struct work *work, const struct list *list, const char *line,
                              struct value *values, GError **error)
{
  if (!line) return true;
  bool is_one = *line == '+' || *line == '-';
  struct holders_change change = { .list = list,
                                   .role = role_of_list("moderator", list->name),
                                   .line = is_one ? line + 1 : line,
                                   .values = values };
  return is_one ? holders_change_one(work, &change, *line == '+', error)
                : holders_change(work, &change, error);
}

bool keep_apply(struct work *work, const struct arrival *arrival, const struct request *request,
                struct list *list, const struct said *said, GError **error)
{
  const char *posting = said->values[SETTING_POSTING];
  if (posting && !posting_set(work->store, list, posting, error)) return false;
  const char *newcomers = said->values[SETTING_NEWCOMERS];
  const char *rule = g_strcmp0(newcomers, "moderated") == 0 ? "hold" : NULL;
  if (newcomers && !list_rule_put(work->store, list->id, NEWCOMERS, rule, error)) return false;
  change(list, said);
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "unclear", says_nothing(said) && strcmp(request->purpose, "keep_said") != 0);
  put_outcome(values, said);
  struct settings_out out = {
    .purpose = "kept",
    .list = list,
    .address = request->address,
    .person = request->person,
    .object = arrival->mail_id,
    .values = values,
    .in_reply_to = arrival->mail->message_id,
    .is_authenticated = true,
  };
  return list_update(work->store, list, error) && change_files(work, list, said, error) &&
         tell_members(work, list, said, error) &&
         change_moderators(work, list, said->values[SETTING_MODERATORS], values, error) &&
         send(work, &out, error);
}

/* The admin's or keeper's answer is taken in. */
static bool apply(struct work *work, const struct arrival *arrival, const struct request *request,
                  GError **error)
{
  g_auto(said_t) said = { 0 };
  g_autoptr(list_row) list = list_get(work->store, request->list, error);
  if (!list || !read_lines(work, arrival, request, list, &said, error)) return false;
  if (says_nothing(&said) && settings_only_thanks(arrival)) return true;
  return keep_apply(work, arrival, request, list, &said, error);
}

bool keep_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                 struct decision *decision, GError **error)
{
  const struct list *list = NULL;
  bool may = false;
  if (!keep_may(work, answering->request, &list, &may, error)) return false;
  if (!may)
    return keep_done(decision,
                     "It answers a letter about settings, and its sender keeps the group no longer.");
  return apply(work, arrival, answering->request, error) &&
         keep_done(decision, "A keeper's answer about the group's settings was read.");
}
