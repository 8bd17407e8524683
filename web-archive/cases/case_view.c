/* The public's view of cases; see case_view.h. The only file of the web archive that reads them. */
#include "web-archive/cases/case_view.h"

#include "lib/base/fault.h"
#include "lib/store/cases/offices.h"

#include <string.h>

enum { LAST_POSITION = 1 << 30 };

static const struct state_words STATE_WORDS[PUBLIC_STATE_COUNT] = {
  [0] = { "", "", "" },
  [PUBLIC_RECEIVED] = { "eingegangen", "received", "eingegangen" },
  [PUBLIC_FORWARDED] = { "beim-amt", "forwarded", "beim Amt, noch ohne Antwort" },
  [PUBLIC_ANSWERED] = { "beantwortet", "answered", "beantwortet" },
  [PUBLIC_IN_PROGRESS] = { "in-arbeit", "in_progress", "in Arbeit" },
  [PUBLIC_PLANNED] = { "eingeplant", "planned", "eingeplant" },
  [PUBLIC_DONE] = { "erledigt", "done", "erledigt laut Amt" },
  [PUBLIC_CONFIRMED] = { "bestaetigt", "confirmed", "bestätigt behoben" },
  [PUBLIC_REJECTED] = { "abgelehnt", "rejected", "abgelehnt" },
  [PUBLIC_NOT_RESPONSIBLE] = { "nicht-zustaendig", "not_responsible", "Amt ist nicht zuständig" },
  [PUBLIC_WAITING] = { "rueckfrage", "waiting", "Rückfrage, wartet auf Antwort" },
  [PUBLIC_WITHDRAWN] = { "zurueckgezogen", "withdrawn", "zurückgezogen" },
};

const struct state_words *state_words(enum public_state state)
{
  return &STATE_WORDS[state];
}

enum public_state state_of_word(const char *word)
{
  for (int i = 1; i < PUBLIC_STATE_COUNT; i++)
    if (strcmp(STATE_WORDS[i].word, word) == 0) return (enum public_state)i;
  return 0;
}

/* ---- offices ---- */

void public_office_free(struct public_office *office)
{
  if (!office) return;
  public_text_free(office->sign);
  public_text_free(office->name);
  public_text_free(office->line);
  g_free(office);
}

struct public_office *view_office(struct site *site, int64_t id, GError **error)
{
  g_autoptr(office_t) row = id ? office_get(site_store(site), id, error) : NULL;
  if (!row) return NULL;
  struct public_office *office = g_new0(struct public_office, 1);
  office->id = id;
  office->sign = public_own(row->sign);
  office->name = public_own(*row->name ? row->name : row->sign);
  office->line = public_own(row->signature);
  return office;
}

bool view_office_has_sign(struct site *site, const char *sign, GError **error)
{
  g_autoptr(office_t) row = office_by_sign(site_store(site), sign, error);
  return row != NULL;
}

/* ---- cases ---- */

static const struct kind {
  const char *kind, *words, *asks;
} KINDS[] = {
  { "question", "Frage", "Frage" },
  { "defect", "Mangel", "Meldung" },
  { "proposal", "Vorschlag", "Vorschlag" },
  { "statement", "Bitte um Stellungnahme", "Bitte um Stellungnahme" },
};

static const struct kind *kind_of(const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
    if (strcmp(KINDS[i].kind, kind) == 0) return &KINDS[i];
  return &KINDS[0];
}

void public_case_free(struct public_case *it)
{
  if (!it) return;
  char *texts[] = { it->name, it->region_slug, it->region_name, it->due, it->expected };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  public_text_free(it->title);
  public_text_free(it->place);
  public_office_free(it->office);
  if (it->names) g_ptr_array_unref(it->names);
  g_free(it);
}

/* What is left when it was withdrawn: that it was there. */
static struct public_case *frame_of(const struct casefile *row)
{
  struct public_case *it = g_new0(struct public_case, 1);
  const struct kind *kind = kind_of(row->kind);
  it->id = row->id;
  it->list = row->list;
  it->year = row->year;
  it->number = row->number;
  it->name = casefile_name(row);
  it->kind = kind->kind;
  it->kind_words = kind->words;
  it->state = casefile_public_state(row);
  it->title = public_own("Zurückgezogenes Anliegen");
  it->due = g_strdup("");
  it->expected = g_strdup("");
  it->opened = row->opened;
  it->last = row->last;
  return it;
}

/* Waits for an office: the day by which it should answer is of interest. */
static bool is_awaited(enum public_state state)
{
  return state == PUBLIC_RECEIVED || state == PUBLIC_FORWARDED;
}

/* Still to be done: the day that the office named is of interest. */
static bool is_expected(enum public_state state)
{
  return state == PUBLIC_IN_PROGRESS || state == PUBLIC_PLANNED || state == PUBLIC_ANSWERED;
}

static void fill_texts(const struct site *site, const struct casefile *row, struct public_case *it)
{
  const char *domain = site_config(site)->domain;
  public_text_free(it->title);
  it->title = public_case_title(row->title, it->names, it->region_name, domain);
  if (*row->place) it->place = public_case_title(row->place, it->names, it->region_name, domain);
  it->has_point = row->has_point && *row->place;
  it->lat = row->lat;
  it->lon = row->lon;
  g_free(it->due), g_free(it->expected);
  it->due = g_strdup(is_awaited(it->state) ? row->due : "");
  it->expected = g_strdup(is_expected(it->state) ? row->expected : "");
  it->answered = row->answered;
  it->thread = row->thread;
}

/* NULL without error: not public. */
static struct public_case *case_of(struct site *site, const struct casefile *row, GError **error)
{
  GError *failed = NULL;
  const struct public_list *list = site_list(site, row->list, &failed);
  if (failed || !list || !list->is_public || !row->is_public) {
    if (failed) g_propagate_error(error, failed);
    return NULL;
  }
  g_autoptr(public_case_t) it = frame_of(row);
  if (it->state == PUBLIC_WITHDRAWN) return g_steal_pointer(&it);
  if (row->region) case_region(site_store(site), row->region, &it->region_slug, &it->region_name, &failed);
  if (!failed) casefile_is_helped(site_store(site), row->id, &it->is_on_behalf, &failed);
  it->names = failed ? NULL : case_names(site_store(site), row->id, &failed);
  it->office = failed ? NULL : view_office(site, row->office, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  fill_texts(site, row, it);
  return g_steal_pointer(&it);
}

struct public_case *view_case(struct site *site, int64_t id, GError **error)
{
  g_autoptr(casefile_t) row = casefile_get(site_store(site), id, error);
  return row ? case_of(site, row, error) : NULL;
}

GPtrArray *view_cases(struct site *site, GPtrArray *rows, GError **error)
{
  if (!rows) return NULL;
  GError *failed = NULL;
  GPtrArray *cases = g_ptr_array_new_with_free_func((GDestroyNotify)public_case_free);
  for (guint i = 0; i < rows->len && !failed; i++) {
    struct public_case *it = case_of(site, rows->pdata[i], &failed);
    if (it) g_ptr_array_add(cases, it);
  }
  g_ptr_array_unref(rows);
  if (!failed) return cases;
  g_ptr_array_unref(cases);
  g_propagate_error(error, failed);
  return NULL;
}

int view_case_parts(struct site *site, const struct public_case *it, GError **error)
{
  if (it->state == PUBLIC_WITHDRAWN) return 1;
  int last = case_last_public(site_store(site), it->id, LAST_POSITION, error);
  return last < 0 ? -1 : MAX(1, (last + CASE_PART_ENTRIES - 1) / CASE_PART_ENTRIES);
}

/* ---- entries ---- */

/* What an entry is called; words NULL: it is none of the public's business. */
static const struct entry_kind {
  const char *what, *words;
  bool is_official, is_sent;
} ENTRY_KINDS[] = {
  { "question", NULL, false, false }, /* its kind says */
  { "sent", "Ans Amt geschickt", false, true },
  { "reply", "Antwort", true, false },
  { "statement", "Stellungnahme", true, false },
  { "taken_back", "Eine Antwort wurde zurückgezogen", true, false },
  { "added", "Ergänzung", false, false },
  { "asked_back", "Rückfrage ans Amt", false, false },
  { "rerouted", "Weitergegeben", false, false },
  { "confirmed", "Bestätigt: behoben", false, false },
  { "reopened", "Wieder geöffnet", false, false },
  { "withdrawn", "Zurückgezogen", false, false },
  { "closed", "Beendet, weil niemand mehr geantwortet hat", false, false },
};
/* What happens between program and office alone. */
static const char *const NOT_SHOWN[] = { "reminder", "escalated", "unanswered", "again",       "thanks",
                                         "draft",    "internal",  "absent",     "unreachable", NULL };

static void public_case_file_free(void *data)
{
  struct public_case_file *file = data;
  public_text_free(file->filename);
  g_free(file->ending);
  g_free(file);
}

static void public_entry_free(void *data)
{
  struct public_entry *entry = data;
  public_office_free(entry->office);
  public_text_free(entry->text);
  public_text_free(entry->clerk);
  public_text_free(entry->signed_by);
  g_free(entry->expected);
  if (entry->files) g_ptr_array_unref(entry->files);
  g_free(entry);
}

static void set_kind(struct public_entry *entry, const char *what, const char *case_kind)
{
  bool is_asking = entry->state == state_words(PUBLIC_WAITING);
  entry->words = entry->state ? "Neuer Stand" : "Eintrag";
  for (gsize i = 0; i < G_N_ELEMENTS(ENTRY_KINDS); i++) {
    if (strcmp(ENTRY_KINDS[i].what, what) != 0) continue;
    entry->words = ENTRY_KINDS[i].words ? ENTRY_KINDS[i].words : kind_of(case_kind)->asks;
    entry->is_official = ENTRY_KINDS[i].is_official;
    entry->is_sent = ENTRY_KINDS[i].is_sent;
    if (entry->is_official && is_asking) entry->words = "Rückfrage des Amts";
  }
}

static bool add_files(struct site *site, const struct public_case *it, struct public_entry *entry,
                      GError **error)
{
  g_autoptr(GPtrArray) rows = case_files(site_store(site), it->id, entry->position, error);
  if (!rows) return false;
  entry->files = g_ptr_array_new_with_free_func(public_case_file_free);
  for (guint i = 0; i < rows->len; i++) {
    const struct case_file *row = rows->pdata[i];
    if (!row->is_public) continue;
    struct public_case_file *file = g_new0(struct public_case_file, 1);
    file->filename = public_case_title(row->filename, it->names, it->region_name, site_config(site)->domain);
    file->number = row->number;
    file->ending = g_strdup(row->ending);
    file->size = *row->ending ? row->shown_size : row->size;
    g_ptr_array_add(entry->files, file);
  }
  return true;
}

/* Who said what of who is responsible: one sentence. Caller frees. */
static char *words_of_move(const struct case_entry *row, const struct public_office *by)
{
  const char *name = by ? public_text_string(by->name) : NULL;
  if (!name || !*row->text) return g_strdup(row->text);
  return strcmp(row->state, "not_responsible") == 0
             ? g_strdup_printf("%s ist nicht zuständig. Gefragt ist jetzt: %s.", name, row->text)
             : g_strdup_printf("%s hat geklärt, wer zuständig ist. Gefragt ist jetzt: %s.", name, row->text);
}

static struct public_entry *entry_of(struct site *site, const struct public_case *it,
                                     const struct case_entry *row, GError **error)
{
  const char *domain = site_config(site)->domain;
  struct public_entry *entry = g_new0(struct public_entry, 1);
  enum public_state state = state_of_word(row->state);
  entry->position = row->position;
  entry->at = row->at;
  entry->state = state ? state_words(state) : NULL;
  set_kind(entry, row->what, it->kind);
  bool is_move = strcmp(row->what, "rerouted") == 0;
  if (entry->is_sent || is_move || row->position == 1) entry->state = NULL;
  if (row->position == 1 && it->is_on_behalf) entry->words = "Im Namen von jemandem eingetragen";
  entry->expected = g_strdup(row->expected);
  if (*row->clerk) entry->clerk = public_chosen_name("full", row->clerk, "");
  if (*row->signed_by) entry->signed_by = public_title(row->signed_by, domain);
  GError *failed = NULL;
  entry->office = view_office(site, row->office, &failed);
  g_autofree char *text = is_move ? words_of_move(row, entry->office) : g_strdup(row->text);
  entry->text = public_case_body(text, it->names, it->region_name, domain);
  entry->is_official = entry->is_official && entry->office;
  if (!failed && add_files(site, it, entry, &failed)) return entry;
  public_entry_free(entry);
  g_propagate_error(error, failed);
  return NULL;
}

GPtrArray *view_case_entries(struct site *site, const struct public_case *it, int part, int limit,
                             GError **error)
{
  struct store *store = site_store(site);
  int after = (part - 1) * CASE_PART_ENTRIES;
  g_autoptr(GPtrArray) rows = part ? case_entries(store, it->id, after, CASE_PART_ENTRIES, error)
                                   : case_entries_newest(store, it->id, CASE_PART_ENTRIES, error);
  if (!rows) return NULL;
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(public_entry_free);
  for (guint i = 0; i < rows->len && (part || (int)entries->len < limit); i++) {
    const struct case_entry *row = rows->pdata[i];
    if (!row->is_public || g_strv_contains(NOT_SHOWN, row->what)) continue;
    if (part && row->position > after + CASE_PART_ENTRIES) break;
    struct public_entry *entry = entry_of(site, it, row, error);
    if (!entry) return NULL;
    g_ptr_array_add(entries, entry);
  }
  return g_steal_pointer(&entries);
}
