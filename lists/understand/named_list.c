/* Which list a mail names. Called where a mail wants to join or to leave; the address says no list at the
 * front door, and may say another one elsewhere.
 *
 * Names are those of the address book, up to three words in a row ("Köpenick-Nord", "Allende Viertel"), with
 * the endings people put to them ("Adlershofer", "Grünau'ya"), and what the tables call them besides
 * (section list.name: "Spindlersfeld", names in other scripts). Where several stand, what is about them
 * counts: "Gruppe" beside the name speaks for it, "von" for leaving and against joining. Somebody who names
 * only where they live ("wohne in der Galileistraße") wants the list of that region. Only the beginning of a
 * text is looked at, so the work is bounded. */
#include "lists/understand/named_list.h"

#include "lists/addresses.h"

#include <string.h>

enum { LEXEMES_MAX = 400, NAME_WORDS = 3, NEAR = 4, POINTS_LIST = 4, POINTS_WAY = 3 };

struct name {
  const char *list;
  guint first, end;
};

/* The group of that name in the book; NULL: none. */
static const char *group_of(const struct reading_room *room, const char *name)
{
  if (!room->book || !*name) return NULL;
  g_autofree char *address = g_strdup_printf("%s@%s", name, room->domain ? room->domain : "");
  struct address_target target = addresses_look_up(room->book, NULL, address, room->now);
  bool is_group = target.meaning == ADDRESS_LIST &&
                  (g_str_equal(target.kind, "group") || g_str_equal(target.kind, "announce"));
  return is_group ? target.list : NULL;
}

/* The same with an ending taken off: "adlershofer", "gruenau'ya", "adlershofs". */
static const char *group_of_form(const struct reading_room *room, const char *word)
{
  static const char *const endings[] = { "er", "ern", "s", "ers" };
  const char *list = group_of(room, word);
  gsize size = strlen(word);
  for (gsize i = 0; !list && i < G_N_ELEMENTS(endings); i++) {
    if (!g_str_has_suffix(word, endings[i])) continue;
    g_autofree char *stem = g_strndup(word, size - strlen(endings[i]));
    list = group_of(room, stem);
  }
  gsize plain = strcspn(word, "'");
  const char *curly = strstr(word, "’");
  if (curly) plain = MIN(plain, (gsize)(curly - word));
  if (list || plain == size) return list;
  g_autofree char *stem = g_strndup(word, plain);
  return group_of(room, stem);
}

/* The longest name that begins at a lexeme. */
static struct name name_at(const struct reading_room *room, const struct passage *passage, guint at)
{
  const struct lexemes *l = passage->lexemes;
  struct name found = { .first = at };
  g_autoptr(GString) written = g_string_new(NULL);
  guint words = 0;
  for (guint i = at; i < l->count && words < NAME_WORDS; i++) {
    bool is_hyphen = words > 0 && lexeme_is(&l->at[i], "-") && i + 1 < l->count;
    if (is_hyphen) continue;
    if (l->at[i].kind != LEXEME_WORD) break;
    g_string_append_printf(written, "%s%s", words ? "-" : "", l->at[i].folded);
    words++;
    const char *list = group_of_form(room, written->str);
    if (list) found.list = list, found.end = i + 1;
  }
  const struct phrase_hit *other = passage_at(passage, phrases_tag("list.name"), at);
  const char *list = other && other->end > found.end ? group_of(room, other->value) : NULL;
  if (list) found.list = list, found.end = other->end;
  return found;
}

/* Whether a tag is hit shortly before a name, or begins right behind it. */
static bool is_near(const struct passage *passage, const char *tag_name, const struct name *name,
                    guint before, bool is_behind)
{
  guint from = name->first > before ? name->first - before : 0;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag(tag_name), from);
  return hit && (hit->first < name->first || (is_behind && hit->first <= name->end));
}

/* Which way a word leads: -1 away from the list ("raus", "statt"), 1 into it; 0: neither. */
static int way_at(const struct passage *passage, guint at)
{
  static const char *const tags[] = { "terse.wish", "terse.particle" };
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag(tags[i]), at);
    if (hit && strcmp(hit->value, "leave") == 0) return -1;
    if (hit && strcmp(hit->value, "join") == 0) return 1;
  }
  return 0;
}

/* Which way the words around a name lead: "Grünau rein" goes before "aus … Grünau"; then the nearest before.
 */
static int way_of(const struct reading_room *room, const struct passage *passage, const struct name *name)
{
  int way = name->end < passage->lexemes->count ? way_at(passage, name->end) : 0;
  for (guint back = 1; back <= NEAR && back <= name->first && !way; back++) {
    if (name_at(room, passage, name->first - back).list) break;
    bool is_from = passage_at(passage, phrases_tag("list.from"), name->first - back) != NULL;
    bool is_to = passage_at(passage, phrases_tag("list.to"), name->first - back) != NULL;
    if (is_from != is_to) way = is_from ? -1 : 1;
  }
  return way;
}

/* How much speaks for a name where another one stands, too. */
static int points_of(const struct reading_room *room, const struct passage *passage, const struct name *name,
                     enum intent intent)
{
  bool is_list = is_near(passage, "word.list", name, NEAR - 1, true);
  int way = way_of(room, passage, name) * (intent == INTENT_LEAVE ? -POINTS_WAY : POINTS_WAY);
  return (is_list ? POINTS_LIST : 0) + way;
}

static const char *best_name(const struct reading_room *room, const struct passage *passage,
                             enum intent intent, int *best)
{
  const char *list = NULL;
  guint end = MIN(passage->lexemes->count, LEXEMES_MAX);
  for (guint at = 0; at < end;) {
    struct name name = name_at(room, passage, at);
    at = name.list ? name.end : at + 1;
    int points = name.list ? points_of(room, passage, &name, intent) : G_MININT;
    if (points <= *best) continue;
    *best = points;
    list = name.list;
  }
  return list;
}

/* A region's group: of its lists the one with the shortest name ("gruenau" before "kiezkasse-gruenau"). */
static const char *list_of_region(const struct reading_room *room, const char *region)
{
  const char *list = NULL;
  GHashTableIter iter;
  gpointer name, of;
  g_hash_table_iter_init(&iter, room->list_regions);
  while (g_hash_table_iter_next(&iter, &name, &of))
    if (g_str_equal(of, region) && (!list || strlen(name) < strlen(list))) list = name;
  return list;
}

/* The list of the region that the first place of the text lies in; NULL: none. */
static const char *list_of_places(const struct reading_room *room)
{
  for (guint i = 0; room->list_regions && i < room->places->len; i++) {
    const struct place_found *place = &g_array_index(room->places, struct place_found, i);
    if (place->region && !place->is_outside) return list_of_region(room, place->region);
  }
  return NULL;
}

static bool is_group(const struct reading_room *room)
{
  const char *kind = room->list_kind;
  return room->list && kind && (g_str_equal(kind, "group") || g_str_equal(kind, "announce"));
}

const char *named_list(const struct reading_room *room, enum intent intent)
{
  bool has_own = is_group(room) || room->command;
  /* at a list's own address only "den Verteiler Grünau" says another one */
  int best = has_own ? POINTS_LIST - 1 : G_MININT;
  const char *list = best_name(room, room->passage, intent, &best);
  if (!list && !has_own) list = best_name(room, room->subject, intent, &best);
  if (!list && has_own) return room->list;
  if (!list) list = list_of_places(room);
  return list;
}

bool named_list_within(const struct reading_room *room, const struct passage *passage, guint first, guint end)
{
  for (guint at = first; at < end && at < LEXEMES_MAX; at++)
    if (name_at(room, passage, at).list) return true;
  return false;
}

bool named_lists_are_two(const struct reading_room *room)
{
  const char *first = NULL;
  guint end = MIN(room->passage->lexemes->count, LEXEMES_MAX);
  for (guint at = 0; at < end;) {
    struct name name = name_at(room, room->passage, at);
    at = name.list ? name.end : at + 1;
    if (name.list && first && !g_str_equal(first, name.list)) return true;
    if (name.list) first = name.list;
  }
  return false;
}
