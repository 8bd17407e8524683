/* kiezpost show: reads, never changes. A table says what there is; each WHAT reads page by page, so that no
 * read lasts long and a city's members fit any terminal. */
#include "mta-hooks/show/show.h"

#include <string.h>
#include <sysexits.h>

#include "lib/base/fault.h"
#include "lib/base/suggest.h"
#include "lib/store/mails.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"
#include "mta-hooks/verbs/list_json.h"
#include "mta-hooks/verbs/list_named.h"

int64_t show_read_id(struct show *show, GError **error)
{
  guint64 id = 0;
  if (g_ascii_string_to_unsigned(show->of, 10, 1, G_MAXINT64, &id, NULL)) return (int64_t)id;
  fault_set(error, FAULT_USAGE, "\"%s\" is no number; `kiezpost show %ss` says the ids.", show->of,
            show->command->arguments[0]);
  return 0;
}

static void put_list(struct show *show, const struct list *list)
{
  struct sheet *sheet = &show->sheet;
  g_autofree char *address = g_strdup_printf("%s@%s", list->name, show->command->config->domain);
  sheet_begin(sheet);
  sheet_text(sheet, "name", list->name);
  sheet_text(sheet, "kind", list->kind);
  sheet_text(sheet, "title", list->title);
  sheet_text(sheet, "address", address);
  sheet_text(sheet, "archive", list->archive_public ? "public" : "none");
  sheet_number(sheet, "members", list->members);
  sheet_end(sheet);
}

static bool show_lists(struct show *show, GError **error)
{
  g_autoptr(GPtrArray) lists = lists_all(show->store, error);
  if (!lists) return false;
  if (!show->sheet.is_json) {
    for (guint i = 0; i < lists->len; i++) put_list(show, lists->pdata[i]);
    return true;
  }
  g_autoptr(json_out_t) json = json_out_new();
  json_begin_array(json, NULL);
  for (guint i = 0; i < lists->len; i++) {
    const struct list *list = lists->pdata[i];
    g_autoptr(list_files_t) files = list_files_get(show->store, list->id, error);
    if (!files) return false;
    list_put_json(json, list, NULL, files, show->command->config);
  }
  json_end_array(json);
  json_out_print(json);
  return true;
}

static bool put_member(struct show *show, const struct member *member, GError **error)
{
  struct sheet *sheet = &show->sheet;
  g_autoptr(person_choice) choice = person_choice_get(show->store, member->person, error);
  if (!choice) return false;
  g_auto(GStrv) roles = g_strsplit(member->roles, ",", -1);
  sheet_begin(sheet);
  sheet_text(sheet, "address", member->address);
  sheet_text(sheet, "name", member->name);
  sheet_words(sheet, "roles", roles);
  sheet_text(sheet, "delivery", member->delivery);
  sheet_text(sheet, "state", member->state);
  sheet_text(sheet, "own_copy", member->own_copy < 0 ? "list" : member->own_copy ? "on" : "off");
  sheet_text(sheet, "invitations", choice->invitations);
  sheet_time(sheet, "confirmed", member->confirmed);
  sheet_time(sheet, "since", member->since);
  sheet_end(sheet);
  return true;
}

static bool show_members(struct show *show, GError **error)
{
  g_autoptr(list_row) list = list_find_named(show->store, show->of, error);
  if (!list) return false;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = members_page(show->store, list->id, after, SHOW_PAGE, true, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct member *member = page->pdata[i];
      if (!put_member(show, member, error)) return false;
      after = member->person;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

static void put_hold(struct show *show, const struct hold *hold)
{
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  g_autofree char *id = g_strdup_printf("h%" G_GINT64_FORMAT, hold->id); /* as `queue` takes it */
  sheet_text(sheet, "id", id);
  sheet_text(sheet, "list", hold->list ? hold->list_name : NULL);
  sheet_text(sheet, "recipient", hold->recipient);
  sheet_text(sheet, "code", hold->code);
  sheet_text(sheet, "reason", hold->reason);
  sheet_text(sheet, "from", hold->from_address);
  sheet_text(sheet, "subject", hold->subject);
  sheet_time(sheet, "since", hold->since);
  sheet_end(sheet);
}

static bool show_holds(struct show *show, GError **error)
{
  g_autoptr(list_row) list = show->of ? list_find_named(show->store, show->of, error) : NULL;
  if (show->of && !list) return false;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = holds_page(show->store, list ? list->id : 0, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct hold *hold = page->pdata[i];
      put_hold(show, hold);
      after = hold->id;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

static const char *delivery_word(enum delivery_state state)
{
  switch (state) {
  case DELIVERY_DUE: return "due";
  case DELIVERY_SENT: return "sent";
  case DELIVERY_DEFERRED: return "deferred";
  case DELIVERY_FAILED: return "failed";
  }
  return "failed";
}

static void put_delivery(struct show *show, const struct letter *letter, const struct delivery *delivery)
{
  struct sheet *sheet = &show->sheet;
  g_autofree char *id =
      g_strdup_printf("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, delivery->letter, delivery->number);
  sheet_begin(sheet);
  sheet_text(sheet, "id", id);
  sheet_number(sheet, "letter", delivery->letter);
  sheet_text(sheet, "to", delivery->address);
  sheet_text(sheet, "purpose", letter->purpose);
  sheet_text(sheet, "state", delivery_word(delivery->state));
  sheet_number(sheet, "attempts", delivery->attempts);
  sheet_flag(sheet, "paused", letter->is_paused);
  sheet_time(sheet, "next_try", delivery->state == DELIVERY_DEFERRED ? delivery->next_try : 0);
  sheet_time(sheet, "at", delivery->at);
  sheet_text(sheet, "reply", delivery->reply);
  sheet_end(sheet);
}

/* One page; the letter of the row before is mostly that of the next one too. */
static bool put_deliveries(struct show *show, const GPtrArray *page, struct letter **letter, GError **error)
{
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = page->pdata[i];
    if (!*letter || (*letter)->id != delivery->letter) {
      g_autoptr(GError) why = NULL;
      g_clear_pointer(letter, letter_free);
      *letter = letter_get(show->store, delivery->letter, false, &why);
      if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
      }
    }
    if (*letter) put_delivery(show, *letter, delivery); /* else it was dropped between two reads */
  }
  return true;
}

static bool show_outbox(struct show *show, GError **error)
{
  g_autoptr(letter_t) letter = NULL;
  for (int64_t after_letter = 0, after_number = 0;;) {
    g_autoptr(GPtrArray) page = outbox_page(show->store, after_letter, after_number, SHOW_PAGE, false, error);
    if (!page || !put_deliveries(show, page, &letter, error)) return false;
    if (page->len < SHOW_PAGE) return true;
    const struct delivery *last = page->pdata[page->len - 1];
    after_letter = last->letter;
    after_number = last->number;
  }
}

/* A decision: what, when, where, by whom; never what was written. */
static bool put_decision(struct show *show, const struct decision_row *row, GError **error)
{
  GError *failed = NULL;
  struct sheet *sheet = &show->sheet;
  g_autoptr(list_row) list = row->list ? list_get(show->store, row->list, &failed) : NULL;
  g_autofree char *moderator =
      row->moderator && !failed ? person_address(show->store, row->moderator, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  sheet_begin(sheet);
  sheet_number(sheet, "id", row->id);
  sheet_time(sheet, "at", row->at);
  sheet_text(sheet, "list", list ? list->name : NULL);
  sheet_text(sheet, "item", row->item);
  sheet_text(sheet, "code", row->code);
  sheet_text(sheet, "decision", row->decision);
  sheet_text(sheet, "way", row->way);
  sheet_text(sheet, "moderator", moderator);
  sheet_end(sheet);
  return true;
}

static bool show_decisions(struct show *show, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = decisions_page(show->store, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct decision_row *row = page->pdata[i];
      if (!put_decision(show, row, error)) return false;
      after = row->id;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

#define COLUMNS(...)                                                                                         \
  (const struct sheet_column[])                                                                              \
  {                                                                                                          \
    __VA_ARGS__,                                                                                             \
    {                                                                                                        \
      NULL, 0                                                                                                \
    }                                                                                                        \
  }

/* What can be shown. `of` NULL: nothing stands behind it; in brackets: something may. */
static const struct view {
  const char *what, *of;
  bool is_single, ends_by_itself;
  bool (*run)(struct show *show, GError **error);
  const struct sheet_column *columns;
} views[] = {
  { "lists", NULL, false, true, show_lists,
    COLUMNS({ "name", 22 }, { "kind", 10 }, { "archive", 7 }, { "members", 7 }, { "title", 0 }) },
  { "members", "LIST", false, false, show_members,
    COLUMNS({ "address", 32 }, { "state", 8 }, { "delivery", 8 }, { "roles", 18 }, { "since", 16 },
            { "name", 0 }) },
  { "person", "ADDRESS", true, false, show_person, NULL },
  { "member", "ADDRESS", true, false, show_person, NULL },
  { "threads", "LIST", false, false, show_threads,
    COLUMNS({ "id", 7 }, { "number", 9 }, { "last", 16 }, { "messages", 4 }, { "state", 11 },
            { "subject", 0 }) },
  { "thread", "ID", true, false, show_thread, NULL },
  { "messages", "THREAD", false, false, show_messages,
    COLUMNS({ "id", 7 }, { "date", 16 }, { "held", 4 }, { "from_name", 22 }, { "subject", 0 }) },
  { "message", "ID", true, false, show_message, NULL },
  { "cases", "[LIST]", false, false, show_cases,
    COLUMNS({ "number", 13 }, { "state", 15 }, { "office", 8 }, { "due", 10 }, { "title", 0 }) },
  { "case", "NUMBER", true, false, show_case, NULL },
  { "events", "[LIST]", false, false, show_events,
    COLUMNS({ "number", 9 }, { "state", 9 }, { "start", 25 }, { "people", 6 }, { "list", 18 },
            { "title", 0 }) },
  { "event", "ID", true, false, show_event, NULL },
  { "rsvps", "EVENT", false, false, show_rsvps,
    COLUMNS({ "answer", 6 }, { "people", 3 }, { "at", 16 }, { "source", 6 }, { "address", 30 },
            { "name", 22 }, { "comment", 0 }) },
  { "holds", "[LIST]", false, false, show_holds,
    COLUMNS({ "id", 7 }, { "since", 16 }, { "list", 18 }, { "from", 28 }, { "subject", 30 },
            { "reason", 0 }) },
  { "decisions", NULL, false, false, show_decisions,
    COLUMNS({ "id", 6 }, { "at", 16 }, { "list", 18 }, { "item", 7 }, { "decision", 9 }, { "way", 7 },
            { "moderator", 0 }) },
  { "notices", NULL, false, false, show_notices,
    COLUMNS({ "number", 8 }, { "since", 16 }, { "state", 9 }, { "list", 18 }, { "decided", 16 },
            { "notifier", 0 }) },
  { "admins", NULL, false, false, show_admins, COLUMNS({ "address", 32 }, { "since", 16 }, { "from", 0 }) },
  { "requests", NULL, false, false, show_requests,
    COLUMNS({ "id", 7 }, { "asked", 16 }, { "purpose", 10 }, { "state", 8 }, { "list", 18 },
            { "address", 0 }) },
  { "mediations", NULL, false, false, show_mediations,
    COLUMNS({ "id", 6 }, { "since", 16 }, { "changed", 16 }, { "state", 10 }, { "list", 0 }) },
  { "offices", NULL, false, false, show_offices,
    COLUMNS({ "sign", 12 }, { "open", 5 }, { "answered", 8 }, { "median_days", 6 }, { "addresses", 30 },
            { "topics", 24 }, { "name", 0 }) },
  { "statistics", "[YEAR]", true, true, show_statistics, NULL },
  { "outbox", NULL, false, false, show_outbox,
    COLUMNS({ "id", 10 }, { "state", 8 }, { "attempts", 3 }, { "purpose", 14 }, { "to", 32 },
            { "reply", 0 }) },
};

static const struct view *find_view(const char *what, GError **error)
{
  const char *names[G_N_ELEMENTS(views) + 1] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS(views); i++) {
    if (strcmp(views[i].what, what) == 0) return &views[i];
    names[i] = views[i].what;
  }
  const char *meant = suggest_word(what, names);
  g_autofree char *all = g_strjoinv(", ", (char **)names);
  if (meant)
    fault_set(error, FAULT_USAGE, "There is nothing called \"%s\" to show; did you mean \"%s\"?", what,
              meant);
  else
    fault_set(error, FAULT_USAGE, "There is nothing called \"%s\" to show; there is: %s.", what, all);
  return NULL;
}

/* Does what stands behind WHAT fit it? */
static bool fits(const struct command *command, const struct view *view, GError **error)
{
  int count = command->argument_count - 1;
  bool may_be_missing = !view->of || view->of[0] == '[';
  if (count <= (view->of ? 1 : 0) && (count == 1 || may_be_missing)) return true;
  if (!view->of)
    return fault_set(error, FAULT_USAGE, "Nothing stands behind `kiezpost show %s`.", view->what);
  return fault_set(error, FAULT_USAGE, "It is `kiezpost show %s %s`.", view->what, view->of);
}

static bool run_view(const struct view *view, struct command *command, struct store *store, const char *of,
                     GError **error)
{
  struct show show = { .command = command, .store = store, .of = of };
  show.sheet = (struct sheet){ .is_json = command->json,
                               .is_single = view->is_single,
                               .columns = view->columns,
                               .zone = command->config->zone };
  bool is_done = view->run(&show, error);
  if (is_done && !(view->ends_by_itself && command->json)) sheet_finish(&show.sheet);
  return is_done;
}

bool show_what(struct command *command, struct store *store, const char *what, const char *of, GError **error)
{
  const struct view *view = find_view(what, error);
  return view && run_view(view, command, store, of, error);
}

int verb_show(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count == 0) {
    command_refuse(command, error);
    return -1;
  }
  const struct view *view = find_view(command->arguments[0], error);
  if (!view || !fits(command, view, error)) return -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_READ, error);
  if (!store) return -1;
  return run_view(view, command, store, command->arguments[1], error) ? EX_OK : -1;
}
