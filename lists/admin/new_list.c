/* A new list by mail. An admin says "Neue Liste Pflanzentausch"; the letter shows what would be made, as
 * lines to change: name, title, kind, region, public or not, keeper. A yes or changed lines make it, in a
 * reply that is proven; then its settings come as a letter of their own. What cannot be is said, and asked
 * again. */
#include "lists/admin/private.h"

#include "lists/admin/admins.h"
#include "lists/decisions.h"
#include "lists/keeping/holders.h"
#include "lists/keeping/keep.h"
#include "lists/keeping/lines.h"
#include "lists/letters.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/token.h"
#include "lib/store/moderation/moderation.h"

#include <string.h>

enum { TITLE_CHARACTERS = 100 };

/* What a new list has; the order of the letter. */
enum field { FIELD_NAME, FIELD_TITLE, FIELD_KIND, FIELD_REGION, FIELD_ARCHIVE, FIELD_KEEPER, FIELD_COUNT };
static const struct {
  const char *word;
  const char *choices; /* section of the words it may have; NULL: free text */
} fields[] = {
  [FIELD_NAME] = { "name", NULL },
  [FIELD_TITLE] = { "title", NULL },
  [FIELD_KIND] = { "kind", "newlist.kind" },
  [FIELD_REGION] = { "region", NULL },
  [FIELD_ARCHIVE] = { "archive", "keep.archive" },
  [FIELD_KEEPER] = { "keeper", NULL },
};
_Static_assert(G_N_ELEMENTS(fields) == FIELD_COUNT, "every field has its word");

/* A list as it would be made, and what is wrong with it. */
struct draft {
  char *values[FIELD_COUNT];
  GPtrArray *wrong; /* lines (char*) that say nothing we know */
  bool is_changed;
  bool name_is_taken, has_no_title, region_is_unknown;
  int64_t region;
};

static void draft_clear(struct draft *draft)
{
  for (int i = 0; i < FIELD_COUNT; i++) g_clear_pointer(&draft->values[i], g_free);
  g_clear_pointer(&draft->wrong, g_ptr_array_unref);
}
typedef struct draft draft_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(draft_t, draft_clear)

static bool send(struct work *work, const struct draft *draft, const struct question_out *to, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autoptr(GString) details = g_string_new(NULL);
  for (int i = 0; i < FIELD_COUNT; i++) {
    const char *value = draft->values[i];
    g_autofree char *flag = g_strdup_printf("%s_%s", fields[i].word, value);
    if (fields[i].choices) value_set_flag(values, flag, true);
    value_set_text(values, fields[i].word, *value ? value : NULL);
    g_string_append_printf(details, "%s=%s\n", fields[i].word, value);
  }
  for (guint i = 0; draft->wrong && i < draft->wrong->len; i++)
    value_set_text(value_append(values, "wrong"), "line", g_ptr_array_index(draft->wrong, i));
  value_set_flag(values, "name_is_taken", draft->name_is_taken);
  value_set_flag(values, "has_no_title", draft->has_no_title);
  value_set_flag(values, "region_is_unknown", draft->region_is_unknown);
  struct question_out out = *to;
  out.purpose = "new_list";
  out.details = details->str;
  out.values = values;
  out.is_answer = true;
  return requests_ask(work, &out, NULL, error);
}

bool new_list_send(const struct admin_wish *wish, GError **error)
{
  g_auto(draft_t) draft = { 0 };
  const struct mail *mail = wish->arrival->mail;
  for (int i = 0; i < FIELD_COUNT; i++) draft.values[i] = g_strdup("");
  g_free(draft.values[FIELD_NAME]);
  draft.values[FIELD_NAME] = *wish->title ? group_name(wish->work, wish->title, error) : g_strdup("");
  if (!draft.values[FIELD_NAME]) return false;
  g_free(draft.values[FIELD_TITLE]), draft.values[FIELD_TITLE] = g_strdup(wish->title);
  g_free(draft.values[FIELD_KIND]), draft.values[FIELD_KIND] = g_strdup("group");
  g_free(draft.values[FIELD_ARCHIVE]), draft.values[FIELD_ARCHIVE] = g_strdup("none");
  struct question_out to = { .person = wish->admin->person,
                             .address = wish->admin->address,
                             .object = wish->arrival->mail_id,
                             .in_reply_to = mail->message_id,
                             .is_unauthenticated = !mail->auth.is_authenticated };
  return send(wish->work, &draft, &to, error) &&
         keep_done(wish->decision, "An admin wants a new list; it is shown before it is made.");
}

/* ---- an answer ---- */

static enum field field_of_label(const char *label)
{
  const char *word = lines_word(label, "newlist.label");
  for (int i = 0; word && i < FIELD_COUNT; i++)
    if (strcmp(fields[i].word, word) == 0) return (enum field)i;
  return FIELD_COUNT;
}

static bool is_ours(const char *label, void *data)
{
  (void)data;
  return field_of_label(label) != FIELD_COUNT;
}

/* A reading on its way: what the letter showed stays beside what is said. */
struct reading {
  struct draft *draft;
  const char *shown[FIELD_COUNT];
  bool is_said[FIELD_COUNT], is_own;
};

static void take(const struct line *line, void *data)
{
  struct reading *reading = data;
  enum field field = line->is_ours ? field_of_label(line->label) : FIELD_COUNT;
  if (field == FIELD_COUNT) {
    if (reading->is_own && !line->is_quoted && *line->value)
      lines_note_wrong(reading->draft->wrong, line->written);
    return;
  }
  bool is_empty = !*line->value || lines_word(line->value, "keep.empty") != NULL;
  const char *choice = fields[field].choices ? lines_word(line->value, fields[field].choices) : NULL;
  const char *meant = fields[field].choices ? choice : is_empty ? "" : line->value;
  if (meant && (strcmp(meant, reading->shown[field]) == 0 || reading->is_said[field])) return;
  if (!meant) {
    lines_note_wrong(reading->draft->wrong, line->written);
    return;
  }
  reading->is_said[field] = reading->draft->is_changed = true;
  g_free(reading->draft->values[field]);
  reading->draft->values[field] = g_strdup(meant);
}

static void read_answer(const struct mail *mail, const struct request *request, struct draft *draft)
{
  char *shown[FIELD_COUNT];
  struct reading reading = { .draft = draft, .is_own = true };
  draft->wrong = g_ptr_array_new_with_free_func(g_free);
  for (int i = 0; i < FIELD_COUNT; i++) {
    shown[i] = request_detail(request, fields[i].word);
    if (!shown[i]) shown[i] = g_strdup("");
    reading.shown[i] = shown[i];
    draft->values[i] = g_strdup(shown[i]);
  }
  lines_read(mail->text_new, is_ours, take, &reading);
  reading.is_own = false;
  lines_read(mail->text, is_ours, take, &reading);
  for (int i = 0; i < FIELD_COUNT; i++) g_free(shown[i]);
}

/* Title and name: the name comes from the title where none is said, and must be nobody's. */
static bool check_name(struct work *work, struct draft *draft, GError **error)
{
  char **name = &draft->values[FIELD_NAME], **title = &draft->values[FIELD_TITLE];
  g_autofree char *line = g_strdelimit(g_strdup(*title), "\r\n\t", ' ');
  g_free(*title);
  *title = g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), TITLE_CHARACTERS));
  draft->has_no_title = !**title;
  if (draft->has_no_title) return true;
  g_autofree char *lower = g_ascii_strdown(*name, -1);
  lower[strcspn(lower, "@ ")] = '\0';
  g_free(*name);
  *name = *lower ? g_steal_pointer(&lower) : group_name(work, *title, error);
  if (!*name) {
    *name = g_strdup("");
    return false;
  }
  bool is_free = false;
  if (!list_name_is_free(work->store, *name, &is_free, error)) return false;
  draft->name_is_taken = !is_free || !group_name_is_usable(*name);
  return true;
}

/* The region by its name or slug. */
static bool check_region(struct work *work, struct draft *draft, GError **error)
{
  const char *said = draft->values[FIELD_REGION];
  draft->region = 0;
  if (!*said) return true;
  g_autoptr(GPtrArray) regions = regions_all(work->store, error);
  g_autofree char *folded = g_utf8_casefold(said, -1);
  for (guint i = 0; regions && i < regions->len; i++) {
    const struct region *region = g_ptr_array_index(regions, i);
    g_autofree char *name = g_utf8_casefold(region->name, -1);
    if (strcmp(name, folded) == 0 || strcmp(region->slug, folded) == 0) draft->region = region->id;
  }
  draft->region_is_unknown = draft->region == 0;
  return regions != NULL;
}

/* The keeper is asked, as for every list. */
static bool ask_keepers(struct work *work, const struct list *list, const char *line, GError **error)
{
  g_autoptr(GPtrArray) addresses = holders_addresses(line);
  for (guint i = 0; i < addresses->len; i++)
    if (!duty_ask(work, list, role_find("keeper"), g_ptr_array_index(addresses, i), NULL, NULL, error))
      return false;
  return true;
}

/* Makes the list, and sends its settings. */
static bool make(struct work *work, const struct arrival *arrival, const struct request *request,
                 const struct draft *draft, GError **error)
{
  const struct kind *kind = kind_find(draft->values[FIELD_KIND]);
  struct list list = {
    .name = draft->values[FIELD_NAME],
    .kind = draft->values[FIELD_KIND],
    .title = draft->values[FIELD_TITLE],
    .region = draft->region,
    .region_slug = (char *)"",
    .archive_public = strcmp(draft->values[FIELD_ARCHIVE], "public") == 0,
    .posting = (char *)(kind && kind->posts_by_moderators ? "moderators" : "members"),
    .subject_tag = (char *)"",
    .language = work->config->language,
  };
  if (!list_create(work->store, &list, work->now, error)) return false;
  const struct decision_note note = {
    .list = list.id, .item = "list", .moderator = request->person, .decision = "create"
  };
  return decisions_note(work, &note, error) && ask_keepers(work, &list, draft->values[FIELD_KEEPER], error) &&
         keep_send_settings(work, list.id, request, arrival, error);
}

bool new_list_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                     struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_admin = false;
  if (!admin_is_asked(work, request, &is_admin, error)) return false;
  if (!is_admin)
    return keep_done(decision, "It answers a letter about a new list, and its sender is no admin.");
  g_auto(draft_t) draft = { 0 };
  read_answer(arrival->mail, request, &draft);
  enum answer answer = answer_meant(arrival->understanding->passage);
  bool is_no = answer == ANSWER_NO && !draft.is_changed;
  keep_done(decision, is_no ? "An admin wants no new list." : "An admin's answer about a new list was read.");
  if (is_no) return requests_end(work, arrival, request, "no", error);
  if (answer != ANSWER_YES && !draft.is_changed && draft.wrong->len == 0) return true;
  if (!check_name(work, &draft, error) || !check_region(work, &draft, error)) return false;
  bool is_whole =
      draft.wrong->len == 0 && !draft.name_is_taken && !draft.has_no_title && !draft.region_is_unknown;
  if (!requests_end(work, arrival, request, is_whole ? "yes" : "settled", error)) return false;
  if (is_whole) return make(work, arrival, request, &draft, error);
  struct question_out to = { .person = request->person,
                             .address = request->address,
                             .object = arrival->mail_id,
                             .in_reply_to = arrival->mail->message_id };
  return send(work, &draft, &to, error);
}
