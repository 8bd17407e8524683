/* The names of a gazetteer: every way to write a region, a street or a place that costs no typo, sorted by
 * key. Streets are also known inflected ("in der Krummen Straße"), regions by each half of a double name, and
 * places by what people leave away: "Kita Wuhlmäuse" of a name with its carrier, "Melli-Beese-Grundschule" of
 * "Melli-Beese-Schule (Grundschule)". */
#include "lib/text/places/gazetteer_private.h"

#include <string.h>

enum { BARE_BYTES = 7 }; /* a place's name without its kind must be so long to stand alone */

static void add_key(struct gazetteer *g, const struct place_key *key, struct name name)
{
  if (key->size < 3) return;
  name.key = g_string_chunk_insert_const(g->strings, key->text);
  name.size = (guint16)key->size;
  name.ending = (guint16)place_key_ending(key->text, key->size);
  name.letters = place_key_letters(key->text);
  g_array_append_val(g->names, name);
}

static void add_text(struct gazetteer *g, const char *text, struct name name)
{
  struct place_key key;
  place_key_of(&key, text);
  add_key(g, &key, name);
}

/* ---- regions ---- */

/* "Köllnische Vorstadt/Spindlersfeld" is known by each half, "Altstadt-Kietz" whole only. */
static void name_regions(struct gazetteer *g)
{
  for (guint i = 0; i < g->regions->len; i++) {
    const struct region_row *row = &g_array_index(g->regions, struct region_row, i);
    struct name name = { .kind = NAME_REGION, .first = i, .count = 1, .shown = row->name };
    add_text(g, row->name, name);
    name.is_alias = true;
    g_auto(GStrv) halves = g_strsplit(row->name, "/", -1);
    for (char **half = halves; halves[1] && *half; half++) add_text(g, *half, name);
  }
}

/* Localities ("Köpenick") that are no region of their own. */
static void name_localities(struct gazetteer *g)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < g->streets->len; i++) {
    const char *locality = STREET(g, i)->is.locality;
    if (!*locality || !g_hash_table_add(seen, (gpointer)locality) || gazetteer_region_name(g, locality))
      continue;
    add_text(g, locality, (struct name){ .kind = NAME_LOCALITY, .shown = locality });
  }
}

/* ---- streets ---- */

/* Adds the name with its first word inflected: "Krumme Straße" in "in der Krummen Straße". */
static void name_inflected(struct gazetteer *g, const char *text, struct name name)
{
  const char *blank = strchr(text, ' ');
  if (!blank || blank - text < 4) return;
  gsize size = (gsize)(blank - text);
  bool is_e = blank[-1] == 'e', is_er = size > 4 && memcmp(blank - 2, "er", 2) == 0;
  if (!is_e && !is_er) return;
  g_autofree char *inflected = g_strdup_printf("%.*sn%s", (int)(size - (is_er ? 1 : 0)), text, blank);
  name.is_alias = true;
  add_text(g, inflected, name);
  if (is_e) return;
  inflected[size - 1] = 'm';
  add_text(g, inflected, name);
}

static void name_streets(struct gazetteer *g)
{
  for (guint first = 0, end; first < g->streets->len; first = end) {
    const struct street_row *row = STREET(g, first);
    for (end = first + 1; end < g->streets->len && STREET(g, end)->key == row->key;) end++;
    struct name name = { .kind = NAME_STREET, .first = first, .count = end - first, .shown = row->is.name };
    struct place_key key = { .size = strlen(row->key) };
    memcpy(key.text, row->key, key.size + 1);
    add_key(g, &key, name);
    name_inflected(g, row->is.name, name);
  }
}

/* ---- places ---- */

/* Words that say what kind of place it is, and what else people call such a place. */
static const struct {
  const char *word, *others[8];
} kind_words[] = {
  { "kita", { "kita", "kindergarten", "kindertagesstaette" } },
  { "kindergarten", { "kita", "kindergarten" } },
  { "kinderladen", { "kita", "kinderladen" } },
  { "ekt", { "kita", "kinderladen", "ekt" } },
  { "kindertagesstaette", { "kita", "kindertagesstaette" } },
  { "jfe", { "jfe", "jugendclub", "jugendfreizeiteinrichtung", "jugendfreizeitheim", "jugendtreff" } },
  { "kjfe", { "jfe", "kjfe", "jugendclub", "jugendfreizeiteinrichtung", "jugendtreff" } },
  { "jugendzentrum", { "jugendclub", "jugendzentrum" } },
  { "seniorenzentrum", { "pflegeheim", "seniorenheim", "seniorenzentrum" } },
  { "seniorenheim", { "pflegeheim", "seniorenheim", "altersheim" } },
  { "pflegewohnheim", { "pflegeheim", "seniorenheim", "pflegewohnheim" } },
  { "pflegeheim", { "pflegeheim", "seniorenheim" } },
  { "bahnhof", { "bahnhof", "sbahnhof", "sbhf", "bhf", "sbahn", "s", "station" } },
};

/* Is there a street or a region whose key this begins with? Then it is no name of its own. */
static bool begins_like_street(const struct gazetteer *g, const char *key, guint names)
{
  for (guint i = 0; i < names; i++)
    if (NAME(g, i)->key[0] == key[0] && NAME(g, i)->size > 3 && g_str_has_prefix(key, NAME(g, i)->key))
      return true;
  return false;
}

/* A name under each word of a kind. */
static void add_with_kinds(struct gazetteer *g, gsize kind, const struct place_key *rest, struct name name)
{
  for (const char *const *other = kind_words[kind].others; *other; other++) {
    struct place_key key = { .size = 0 };
    if (place_key_add(&key, *other) && place_key_add(&key, rest->text)) add_key(g, &key, name);
  }
}

/* What stands in quotation marks is the name proper: "EKT - Kinderland "Biene Maja"". */
static void name_quoted(struct gazetteer *g, const struct gazetteer_place *row, struct name name, guint names)
{
  const char *open = strchr(row->name, '"'), *close = open ? strchr(open + 1, '"') : NULL;
  if (!close) return;
  g_autofree char *inner = g_strndup(open + 1, (gsize)(close - open - 1)),
                  *kind = lexeme_fold(row->kind, strlen(row->kind));
  struct place_key rest;
  place_key_of(&rest, inner);
  for (gsize k = 0; k < G_N_ELEMENTS(kind_words) && rest.size > 2; k++)
    if (strcmp(kind_words[k].word, kind) == 0) add_with_kinds(g, k, &rest, name);
  if (rest.size >= BARE_BYTES && !begins_like_street(g, rest.text, names)) add_key(g, &rest, name);
}

/* What follows the word of its kind, under the kind's other words and bare. */
static void name_by_kind(struct gazetteer *g, const struct lexemes *l, struct name name, guint names)
{
  for (guint at = 0; at < l->count; at++)
    for (gsize k = 0; k < G_N_ELEMENTS(kind_words); k++) {
      if (!lexeme_is(&l->at[at], kind_words[k].word)) continue;
      struct place_key rest = { .size = 0 };
      for (guint i = at + 1; i < l->count; i++)
        if (!place_key_add(&rest, l->at[i].folded)) return;
      if (rest.size < 3) return;
      add_with_kinds(g, k, &rest, name);
      /* a station is not called like the quarter it is named after */
      bool may_be_bare = strcmp(kind_words[k].word, "bahnhof") != 0 && rest.size >= BARE_BYTES;
      if (may_be_bare && !begins_like_street(g, rest.text, names)) add_key(g, &rest, name);
      return;
    }
}

/* "Anna-Seghers-Schule" with "(Gemeinschaftsschule)" behind it; any long word for a school as "Schule". */
static void name_school(struct gazetteer *g, const char *plain, const char *sort, struct name name)
{
  static const char *const long_words[] = { "gemeinschaftsschule", "grundschule", "oberschule", "gymnasium",
                                            "schule" };
  g_autofree char *sort_folded = sort ? lexeme_fold(sort, strcspn(sort, ")")) : NULL;
  struct place_key key;
  place_key_of(&key, plain);
  for (gsize i = 0; i < G_N_ELEMENTS(long_words); i++) {
    if (!g_str_has_suffix(key.text, long_words[i])) continue;
    gsize stem = key.size - strlen(long_words[i]);
    const char *const instead[] = { "schule", "grundschule", "oberschule", sort_folded };
    bool is_secondary = sort_folded && strstr(sort_folded, "sekundar");
    for (gsize k = 0; k < G_N_ELEMENTS(instead) && stem > 3; k++) {
      if (!instead[k] || strchr(instead[k], ' ')) continue;
      if ((k == 1 && (!sort_folded || !g_str_has_prefix(sort_folded, "grund"))) || (k == 2 && !is_secondary))
        continue;
      struct place_key other = { .size = stem };
      memcpy(other.text, key.text, stem);
      if (place_key_add(&other, instead[k])) add_key(g, &other, name);
    }
    return;
  }
}

/* "Kietz Klub" of "Kietz Klub Köpenick": neighbours leave the quarter away. At least two words must be left.
 */
static void name_without_quarter(struct gazetteer *g, const char *plain, const struct gazetteer_place *row,
                                 struct name name)
{
  g_autofree char *trimmed = g_strchomp(g_strdup(plain));
  char *last = strrchr(trimmed, ' ');
  if (!last || !strchr(trimmed, ' ') || strchr(trimmed, ' ') == last) return;
  bool is_quarter = strcmp(last + 1, row->locality) == 0 || strstr(row->region, last + 1) != NULL;
  if (!is_quarter) return;
  *last = '\0';
  /* "Apotheke am Nordend" is no "Apotheke am" */
  if (!g_unichar_isupper(g_utf8_get_char(strrchr(trimmed, ' ') + 1))) return;
  add_text(g, trimmed, name);
  name_inflected(g, trimmed, name);
}

static void name_place(struct gazetteer *g, guint i, guint names)
{
  const struct gazetteer_place *row = &PLACE(g, i)->is;
  struct name name = { .kind = NAME_PLACE, .first = i, .count = 1, .shown = row->name };
  const char *sort = strchr(row->name, '(');
  g_autofree char *plain = g_strndup(row->name, strcspn(row->name, "(/"));
  add_text(g, plain, name);
  name.is_alias = true;
  g_autoptr(lexemes_t) lexemes = lexemes_new(plain, 0);
  name_by_kind(g, lexemes, name, names);
  name_quoted(g, row, name, names);
  name_inflected(g, plain, name);
  name_without_quarter(g, plain, row, name);
  if (strstr(plain, "chule") || strstr(plain, "ymnasium"))
    name_school(g, plain, sort ? sort + 1 : NULL, name);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  const struct name *x = a, *y = b;
  int order = x->key == y->key ? 0 : strcmp(x->key, y->key);
  if (order) return order;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (x->is_alias != y->is_alias) return x->is_alias ? 1 : -1;
  return x->first < y->first ? -1 : x->first > y->first;
}

/* The same name twice is once. */
static void drop_doubles(GArray *names)
{
  guint kept = 0;
  for (guint i = 0; i < names->len; i++) {
    const struct name *it = &g_array_index(names, struct name, i);
    const struct name *before = kept ? &g_array_index(names, struct name, kept - 1) : NULL;
    if (before && before->key == it->key && before->kind == it->kind && before->first == it->first) continue;
    g_array_index(names, struct name, kept++) = *it;
  }
  g_array_set_size(names, kept);
}

/* Sorts the names by kind and size without moving them: typos change a size by little. */
static void sort_by_size(struct gazetteer *g)
{
  guint end = 0;
  g_free(g->by_size);
  g->by_size = g_new(guint, g->names->len + 1);
  memset(g->size_ends, 0, sizeof g->size_ends);
  for (guint i = 0; i < g->names->len; i++) g->size_ends[NAME(g, i)->kind][NAME(g, i)->size]++;
  for (int kind = 0; kind < NAME_KINDS; kind++)
    for (int size = 0; size < PLACE_KEY_BYTES; size++) {
      guint count = g->size_ends[kind][size];
      g->size_ends[kind][size] = end; /* begins here; moved to its end below */
      end += count;
    }
  for (guint i = 0; i < g->names->len; i++)
    g->by_size[g->size_ends[NAME(g, i)->kind][NAME(g, i)->size]++] = i;
}

void gazetteer_make_names(struct gazetteer *gazetteer)
{
  g_array_set_size(gazetteer->names, 0);
  name_regions(gazetteer);
  name_localities(gazetteer);
  name_streets(gazetteer);
  guint names = gazetteer->names->len;
  for (guint i = 0; i < gazetteer->places->len; i++) name_place(gazetteer, i, names);
  g_array_sort(gazetteer->names, compare_names);
  drop_doubles(gazetteer->names);
  sort_by_size(gazetteer);
}
