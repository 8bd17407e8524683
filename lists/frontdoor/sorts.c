/* What the front door tells apart, and where each belongs. One table; a new kind of participation is a new
 * row. A kiezkasse belongs to a region, so the region is looked for: in the places that the mail names, then
 * in the lists that its sender is a member of. Where nobody can tell, the mail stays at the front door. */
#include "lists/frontdoor/sorts.h"

#include "lists/list_cache.h"
#include "lists/understand/named_list.h"
#include "lists/understand/understand.h"

#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

static const struct sort sorts[] = {
  { "event", "events", NULL, "an event" },
  { "proposal", "kiezkasse", NULL, "a proposal for the budget" },
  { "defect", "defects", NULL, "a report of a defect" },
  { "question", "questions", NULL, "a question" },
  { "data", "duty", "datenschutz", "a request about somebody's data" },
  { "abuse", "duty", "missbrauch", "a report of abuse" },
  { "group", "group", NULL, "a post to a group" },
};

static const struct {
  enum intent intent;
  const char *word;
} intents[] = {
  { INTENT_EVENT, "event" },       { INTENT_RSVP, "event" },         { INTENT_PROPOSAL, "proposal" },
  { INTENT_SUPPORT, "proposal" },  { INTENT_VOTE, "proposal" },      { INTENT_MINUTES, "proposal" },
  { INTENT_DEFECT, "defect" },     { INTENT_QUESTION, "question" },  { INTENT_DATA_ACCESS, "data" },
  { INTENT_DATA_ERASURE, "data" }, { INTENT_ABUSE_NOTICE, "abuse" },
};

const struct sort *sort_of_word(const char *word)
{
  for (gsize i = 0; word && i < G_N_ELEMENTS(sorts); i++)
    if (strcmp(sorts[i].word, word) == 0) return &sorts[i];
  return NULL;
}

const struct sort *sort_of_intent(enum intent intent)
{
  for (gsize i = 0; i < G_N_ELEMENTS(intents); i++)
    if (intents[i].intent == intent) return sort_of_word(intents[i].word);
  return NULL;
}

const struct sort *sort_of_group(void)
{
  return sort_of_word("group");
}

void sort_set_flags(struct value *values, const struct sort *sort)
{
  for (gsize i = 0; i < G_N_ELEMENTS(sorts); i++) value_set_flag(values, sorts[i].word, &sorts[i] == sort);
}

/* The region (its id) of a name; 0: no list lies in it. */
static int64_t region_of_name(const struct work *work, const char *name)
{
  GHashTableIter iter;
  gpointer list_name, region_name;
  g_hash_table_iter_init(&iter, work->list_regions);
  while (g_hash_table_iter_next(&iter, &list_name, &region_name)) {
    const struct list *list =
        g_str_equal(region_name, name) ? list_cache_by_name(work->lists, list_name) : NULL;
    if (list && list->region) return list->region;
  }
  return 0;
}

/* The region of the first place that the mail names; 0: none. */
static int64_t region_of_places(const struct work *work, const struct understanding *it)
{
  for (guint i = 0; work->list_regions && it && i < it->places->len; i++) {
    const struct place_found *place = &g_array_index(it->places, struct place_found, i);
    if (place->region && !place->is_outside) return region_of_name(work, place->region);
  }
  return 0;
}

/* The region of the first list that somebody is a member of; 0: none. False: a fault. */
static bool region_of_person(struct work *work, int64_t person, int64_t *region, GError **error)
{
  *region = 0;
  if (!person) return true;
  g_autoptr(GPtrArray) members = person_memberships(work->store, person, error);
  for (guint i = 0; members && i < members->len && !*region; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *list = list_cache_by_id(work->lists, member->list);
    if (list) *region = list->region;
  }
  return members != NULL;
}

bool sort_list(struct work *work, const struct sort *sort, const struct understanding *it, int64_t person,
               const struct list **list, GError **error)
{
  *list = sort->list ? list_cache_by_name(work->lists, sort->list) : NULL;
  if (sort->list) return true;
  const struct list *any = list_cache_of_kind(work->lists, sort->kind, 0);
  if (!any || !any->region) {
    *list = any;
    return true;
  }
  int64_t region = region_of_places(work, it);
  if (!region && !region_of_person(work, person, &region, error)) return false;
  *list = region ? list_cache_of_kind(work->lists, sort->kind, region) : NULL;
  return true;
}

/* The group that the words name: "an die Gruppe Grünau", "schickt das bitte an Grünau". NULL: none. */
static const struct list *named_group(const struct work *work, const struct understanding *it)
{
  if (!it || !(passage_has(it->passage, "word.list") || passage_has(it->subject, "word.list"))) return NULL;
  struct reading_room room = {
    .passage = it->passage,
    .subject = it->subject,
    .places = it->places,
    .list_regions = work->list_regions,
    .book = work->book,
    .now = work->now,
    .domain = work->config->domain,
  };
  return list_cache_by_name(work->lists, named_list(&room, INTENT_JOIN));
}

bool sort_group(struct work *work, const struct understanding *it, int64_t person, bool or_only,
                const struct list **list, GError **error)
{
  *list = NULL;
  if (!person) return true;
  const struct list *named = named_group(work, it), *only = NULL;
  g_autoptr(GPtrArray) members = person_memberships(work->store, person, error);
  guint groups = 0;
  for (guint i = 0; members && i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *own = list_cache_by_id(work->lists, member->list);
    bool is_group = own && strcmp(own->kind, "group") == 0 && strcmp(member->state, "pending") != 0;
    if (!is_group) continue;
    groups++;
    only = own;
    if (own == named) *list = own;
  }
  if (!*list && or_only && groups == 1) *list = only;
  return members != NULL;
}
