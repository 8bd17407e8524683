/* "Wer: Bert, Cem Yıldız und gast@fremd.example": an event for people who are named. They are invited parties
 * of the draft, which its letter names again, so nothing else has to remember them. A name is a member's of
 * the group, whole or its first word, where it is one member's alone; an address is anybody's. Called by
 * event_lines.c. Whoever names somebody means nobody else: an event whose names were not understood is for
 * who is named and no more, and is not opened while that is nobody. */
#include "lists/events/event.h"

#include "lists/addresses.h"
#include "lists/events/event_lines.h"
#include "lists/keeping/lines.h"
#include "lists/list_cache.h"

#include "lib/mail/address.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

enum { NAMED_MAX = 30, MEMBERS_A_PAGE = 200 };

/* Is a member called so: by the whole name, or the first word of it? */
static bool is_called(const struct member *member, const char *folded)
{
  g_autofree char *called = name_for_members(member->name, member->address);
  g_autofree char *name = g_utf8_casefold(called, -1);
  gsize size = strlen(folded);
  return strcmp(name, folded) == 0 || (g_str_has_prefix(name, folded) && name[size] == ' ');
}

/* The one member of that name; NULL: none, or several. Caller frees. */
static struct member *member_called(struct work *work, int64_t list, const char *name)
{
  g_autofree char *folded = g_utf8_casefold(name, -1);
  int64_t after = 0, found = 0;
  int count = 0;
  for (bool is_end = false; !is_end;) {
    g_autoptr(GPtrArray) page = members_page(work->store, list, after, MEMBERS_A_PAGE, false, NULL);
    is_end = !page || page->len < MEMBERS_A_PAGE;
    for (guint i = 0; page && i < page->len; i++) {
      const struct member *member = page->pdata[i];
      after = member->person;
      if (!is_called(member, folded)) continue;
      found = member->person;
      count++;
    }
  }
  return count == 1 ? member_find(work->store, list, found, NULL) : NULL;
}

static bool put(struct work *work, const struct event *event, int64_t person, const char *address,
                const char *name)
{
  g_autoptr(event_party_t) known =
      event_party_find(work->store, event->id, address, "stranger", NULL); /* named before */
  if (known) return event_party_set_role(work->store, known->id, "invited", NULL);
  struct event_party party = { .event = event->id,
                               .role = (char *)"invited",
                               .person = person,
                               .address = (char *)address,
                               .name = (char *)(name ? name : "") };
  return event_party_put(work->store, &party, work->now, NULL);
}

/* "Bert", "Bert Lang <bert@post.example>", "bert@post.example". */
static bool invite(struct work *work, const struct event *event, const char *piece)
{
  g_autofree char *bare = g_strdup(piece), *address = NULL;
  if (strchr(piece, '@')) {
    const char *open = strrchr(piece, '<');
    g_free(bare);
    bare = open ? g_strndup(open + 1, strcspn(open + 1, ">")) : g_strdup(piece);
    address = address_normalise(g_strstrip(bare));
    if (address && addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN)
      return false; /* a list of ours, or one of our letters: nobody */
    return address && put(work, event, person_find(work->store, address, NULL), address, "");
  }
  g_autoptr(member_t) member = member_called(work, event->list, piece);
  return member && put(work, event, member->person, member->address, member->name);
}

/* Is somebody who organises it a member of the group? */
static bool is_of_group(struct work *work, const struct event *event, const struct list *list)
{
  g_autoptr(GPtrArray) organizers = event_organizers(work->store, event->id, NULL);
  for (guint i = 0; organizers && i < organizers->len; i++) {
    const struct event_party *party = organizers->pdata[i];
    g_autoptr(member_t) member =
        party->person ? member_find(work->store, list->id, party->person, NULL) : NULL;
    if (member && strcmp(member->state, "active") == 0) return true;
  }
  return false;
}

/* "die Gruppe Grünau", "gruenau@kiez.example": the members of a group that its organiser belongs to. */
static bool take_group(struct work *work, struct event *event, const char *value)
{
  gsize begin = 0;
  g_autofree char *name = g_strstrip(g_strdup(value)), *address = address_normalise(name);
  struct address_target ours = { 0 };
  if (address) ours = addresses_look_up(work->book, work->keys, address, work->now);
  const struct list *list = ours.meaning == ADDRESS_LIST ? list_cache_by_name(work->lists, ours.list)
                            : address                    ? NULL
                                                         : list_cache_at_end(work->lists, name, &begin);
  if (!list || strcmp(list->kind, "group") != 0 || !is_of_group(work, event, list)) return false;
  g_autofree char *before = g_strstrip(g_strndup(name, begin));
  if (*before && !lines_word(before, "event.members")) return false;
  event->list = list->id;
  g_free(event->audience);
  event->audience = g_strdup("group");
  return event_parties_unname(work->store, event->id, NULL);
}

bool event_take_named(struct work *work, struct event *event, const char *value)
{
  if (strcmp(event->state, "draft") != 0) return false;
  if (take_group(work, event, value)) return true;
  g_autoptr(GString) text = g_string_new(value);
  static const char *const joins[] = { " und ", " and ", " sowie ", " ve ", " и ", ";" };
  for (gsize i = 0; i < G_N_ELEMENTS(joins); i++) g_string_replace(text, joins[i], ",", 0);
  g_auto(GStrv) pieces = g_strsplit(text->str, ",", NAMED_MAX + 1);
  bool is_all = g_strv_length(pieces) <= NAMED_MAX;
  g_free(event->audience);
  event->audience = g_strdup("named");
  if (!event_parties_unname(work->store, event->id, NULL)) return false;
  for (char **piece = pieces; *piece; piece++)
    if (*g_strstrip(*piece)) is_all = invite(work, event, *piece) && is_all;
  return is_all;
}

char *event_named_text(struct work *work, const struct event *event)
{
  g_autoptr(GString) text = g_string_new(NULL);
  bool is_named = strcmp(event->audience, "named") == 0;
  g_autoptr(GPtrArray) parties =
      is_named ? event_parties(work->store, event->id, 0, NAMED_MAX * 2, NULL) : NULL;
  for (guint i = 0; parties && i < parties->len; i++) {
    const struct event_party *party = parties->pdata[i];
    if (strcmp(party->role, "invited") != 0) continue;
    g_autoptr(member_t) member =
        party->person ? member_find(work->store, event->list, party->person, NULL) : NULL;
    g_autofree char *called = member ? event_party_called(party) : g_strdup(party->address);
    g_string_append_printf(text, "%s%s", text->len ? ", " : "", called);
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}
