/* Places in a mail: one walk over its lexemes. Points come first (points.c); then at each lexeme whatever
 * begins there, the longest: a crossing, a stretch between two streets, a landmark, a street, a region. At
 * the end streets that lie in several regions look for the region that is named nearest.
 *
 * What surprised us: people name the place and then, sentences later, its region ("… in der Waldstraße …
 * Bohnsdorf ist wohl vergessen"); a person may be called like a street; and half of all "…weg" and "…platz"
 * are a Gehweg and a Parkplatz. */
#include "lib/text/places/places_private.h"

#include "lib/text/places/points.h"

#include <string.h>

const char *place_source_word(enum place_source source)
{
  static const char *const words[] = { "coordinates", "address", "crossing", "landmark", "exif" };
  return words[source];
}

void place_found_clear(struct place_found *found)
{
  g_clear_pointer(&found->text, g_free);
}

static void clear_found(gpointer found)
{
  place_found_clear(found);
}

/* ---- what all files of the walk use ---- */

guint finder_hit(const struct finder *f, enum place_tag tag, guint at)
{
  const struct phrase_hit *hit = passage_at(f->passage, f->tags[tag], at);
  return hit ? hit->end : 0;
}

const char *finder_value(const struct finder *f, enum place_tag tag, guint at)
{
  const struct phrase_hit *hit = passage_at(f->passage, f->tags[tag], at);
  return hit ? hit->value : "";
}

const struct lexeme *finder_at(const struct finder *f, guint at)
{
  return &f->l->at[MIN(at, f->l->count)];
}

bool finder_is_mark(const struct finder *f, guint at, const char *mark)
{
  const struct lexeme *it = finder_at(f, at);
  return it->kind == LEXEME_MARK && strcmp(it->folded, mark) == 0;
}

guint finder_over_break(const struct finder *f, guint at)
{
  bool is_single = finder_at(f, at)->kind == LEXEME_BREAK && finder_at(f, at + 1)->kind != LEXEME_BREAK;
  return is_single && !finder_at(f, at + 1)->begins_sentence ? at + 1 : at;
}

guint finder_chain(const struct finder *f, guint at)
{
  guint end = at + 1;
  for (int words = 1; words < CHAIN_WORDS; words++) {
    if (!finder_is_mark(f, end, "-") || finder_at(f, end)->is_spaced) break;
    const struct lexeme *next = finder_at(f, end + 1);
    if (next->is_spaced || next->kind != LEXEME_WORD) break;
    end += 2;
  }
  return end;
}

struct near_name finder_near(struct finder *f, const struct place_key *key, enum name_kind kind)
{
  if (f->fuzzy >= PLACES_FUZZY_MAX) return (struct near_name){ 0 };
  f->fuzzy++;
  return gazetteer_near(f->gazetteer, key, kind);
}

/* A word as names have it: without "'s" and "'da", and without the case ending of a Russian or a genitive. */
static void add_last_word(const struct finder *f, guint at, struct place_key *key, int tries)
{
  const struct lexeme *it = finder_at(f, at);
  const char *from = f->l->text + it->start;
  gsize size = it->end - it->start, cut = size;
  if (tries == 1)
    for (gsize i = 0; i < size && cut == size; i++)
      if (from[i] == '\'' || strncmp(from + i, "\xe2\x80\x99", 3) == 0) cut = i;
  g_autofree char *folded = lexeme_fold(from, cut);
  gsize length = strlen(folded);
  bool is_foreign = length > 0 && (guchar)folded[0] >= 0x80;
  if (tries == 2 && length > 3)
    folded[is_foreign ? length - 2 : folded[length - 1] == 's' ? length - 1 : length] = '\0';
  place_key_add(key, folded);
}

/* Can a name go on over this mark? */
static bool is_inside_name(const struct finder *f, guint at)
{
  const struct lexeme *it = finder_at(f, at);
  if (it->kind != LEXEME_MARK) return finder_at(f, at + 1)->kind != LEXEME_BREAK;
  bool is_short = at > 0 && strlen(finder_at(f, at - 1)->folded) <= 3; /* Bhf. St. Dr. */
  if (*it->folded == '.') return is_short || !finder_at(f, at + 1)->begins_sentence;
  return strchr("-&'\"", *it->folded) != NULL;
}

/* The names that are the key with the word at `at` put behind it, in one of its forms. */
static bool match_last(const struct finder *f, guint at, const struct place_key *key, struct name_span span,
                       struct names_at *names)
{
  bool has_apostrophe =
      memchr(f->l->text + finder_at(f, at)->start, '\'', finder_at(f, at)->end - finder_at(f, at)->start) ||
      memmem(f->l->text + finder_at(f, at)->start, finder_at(f, at)->end - finder_at(f, at)->start,
             "\xe2\x80\x99", 3);
  for (int tries = has_apostrophe ? 1 : 2; tries <= 2; tries++) {
    struct place_key longer = *key;
    struct name_span narrower = span;
    add_last_word(f, at, &longer, tries);
    if (longer.size == key->size || !gazetteer_narrow(f->gazetteer, &narrower, &longer)) continue;
    guint count = gazetteer_equal(f->gazetteer, &narrower, &longer);
    if (!count) continue;
    *names = (struct names_at){ at + 1, narrower.low, count };
    return true;
  }
  return false;
}

static struct names_at look_up_names(const struct finder *f, guint at)
{
  struct names_at names = { 0 };
  struct place_key key = { .size = 0 };
  struct name_span span = gazetteer_all(f->gazetteer);
  for (; at < f->l->count && !f->taken[at]; at++) {
    const struct lexeme *it = finder_at(f, at);
    if (it->kind == LEXEME_MARK || it->kind == LEXEME_BREAK) {
      if (!is_inside_name(f, at)) break;
      continue;
    }
    struct place_key before = key;
    struct name_span wider = span;
    if (!place_key_add(&key, it->folded)) break;
    if (it->kind == LEXEME_WORD && key.size == before.size) break; /* in letters that no name of ours has */
    if (!gazetteer_narrow(f->gazetteer, &span, &key)) {
      if (it->kind == LEXEME_WORD) match_last(f, at, &before, wider, &names);
      break;
    }
    guint count = gazetteer_equal(f->gazetteer, &span, &key);
    if (count) names = (struct names_at){ at + 1, span.low, count };
  }
  return names;
}

struct names_at finder_names(const struct finder *f, guint at)
{
  if (f->memo->at != at + 1) *f->memo = (struct names_memo){ at + 1, look_up_names(f, at) };
  return f->memo->names;
}

const struct name *finder_name_of(const struct finder *f, const struct names_at *names, enum name_kind kind)
{
  for (guint i = 0; i < names->count; i++)
    if (NAME(f->gazetteer, names->low + i)->kind == kind) return NAME(f->gazetteer, names->low + i);
  return NULL;
}

/* The words, on one line, without what closes a sentence. */
static char *text_of(const struct finder *f, guint first, guint end)
{
  char *text = passage_text(f->passage, first, end);
  for (char *p = text; *p; p++)
    if (*p == '\n' || *p == '\r' || *p == '\t') *p = ' ';
  gsize size = strlen(text);
  while (size > 0 && strchr(".,;:/(- ", text[size - 1])) {
    bool is_abbreviation =
        text[size - 1] == '.' && size > 3 && g_ascii_strncasecmp(text + size - 4, "str", 3) == 0;
    if (is_abbreviation) break;
    text[--size] = '\0';
  }
  return text;
}

struct place_found *finder_put(struct finder *f, const struct place_found *place,
                               const struct street_wish *wish)
{
  if (f->found->len >= PLACES_FOUND_MAX || place->first >= place->end) return NULL;
  struct place_found mine = *place;
  mine.text = text_of(f, place->first, place->end);
  struct street_wish nothing = { 0 };
  g_array_append_val(f->found, mine);
  g_array_append_vals(f->wishes, wish ? wish : &nothing, 1);
  return &g_array_index(f->found, struct place_found, f->found->len - 1);
}

/* ---- points ---- */

static guint lexeme_behind(const struct lexemes *l, gsize byte)
{
  guint low = 0, high = l->count;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (l->at[middle].end <= byte)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void find_points(struct finder *f)
{
  g_autoptr(GArray) points = points_find(f->l->text);
  for (guint i = 0; i < points->len; i++) {
    const struct point_found *point = &g_array_index(points, struct point_found, i);
    struct place_found found = { .has_point = true,
                                 .lat = point->lat,
                                 .lon = point->lon,
                                 .is_certain = true,
                                 .precision = PLACE_ADDRESS,
                                 .source = PLACE_BY_COORDINATES,
                                 .candidates = 1 };
    found.first = lexeme_behind(f->l, point->begin);
    found.end = MAX(found.first + 1, lexeme_behind(f->l, point->end));
    found.region = gazetteer_region_of(f->gazetteer, point->lat, point->lon);
    found.is_outside = f->gazetteer->regions->len > 0 && !found.region;
    for (guint k = found.first; k < found.end && k < f->l->count; k++) f->taken[k] = true;
    finder_put(f, &found, NULL);
  }
}

/* Names in links and mail addresses are no places: everything between blanks around "@" and "://". */
static void mark_addresses(struct finder *f)
{
  for (guint first = 0, end; first < f->l->count; first = end) {
    bool is_address = false;
    for (end = first; end < f->l->count && (end == first || !f->l->at[end].is_spaced); end++) {
      if (f->l->at[end].kind == LEXEME_BREAK && end > first) break;
      bool is_link =
          finder_is_mark(f, end, ":") && finder_is_mark(f, end + 1, "/") && finder_is_mark(f, end + 2, "/");
      is_address |= finder_is_mark(f, end, "@") || is_link || lexeme_is(&f->l->at[end], "www");
    }
    for (guint i = first; is_address && i < end; i++) f->taken[i] = true;
  }
}

/* ---- the walk ---- */

static guint take_place(struct finder *f, guint at)
{
  guint (*const takers[])(struct finder *, guint) = { take_crossing, take_between, take_landmark };
  for (gsize i = 0; i < G_N_ELEMENTS(takers); i++) {
    guint end = takers[i](f, at);
    if (end) return end;
  }
  guint end = take_street(f, at, at);
  return end ? end : take_outside(f, at);
}

static void walk(struct finder *f)
{
  for (guint at = 0; at < f->l->count;) {
    const struct lexeme *it = &f->l->at[at];
    bool is_start = it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS;
    guint end = is_start && !f->taken[at] ? take_place(f, at) : 0;
    at = end > at ? end : at + 1;
  }
}

/* The region or locality named nearest to a place, of those where the street has a part. */
static void ask_hints(const struct finder *f, struct place_found *place, const struct street_wish *wish)
{
  const struct name *name = NAME(f->gazetteer, place->street - 1);
  guint nearest = UINT_MAX;
  for (guint i = 0; i < f->hints->len; i++) {
    const struct hint *hint = &g_array_index(f->hints, struct hint, i);
    guint apart = hint->at < place->first ? (place->first - hint->at) * 2 : hint->at - place->first;
    struct street_wish asked = *wish;
    asked.region = hint->region;
    asked.locality = hint->locality;
    struct street_found found = gazetteer_street(f->gazetteer, name, &asked);
    bool is_there = (hint->region && found.row->is.region == hint->region) ||
                    (hint->locality && found.row->is.locality == hint->locality);
    if (!is_there || apart >= nearest) continue;
    nearest = apart;
    place->region = found.row->is.region;
    place->lat = found.lat;
    place->lon = found.lon;
    place->precision = found.precision;
    place->candidates = found.candidates;
  }
}

/* What only looks like a street lies in the region that is named in its sentence. */
static void ask_sentence(const struct finder *f, struct place_found *place)
{
  guint first, end;
  passage_sentence(f->passage, place->first, &first, &end);
  for (guint i = 0; i < f->hints->len && !place->region; i++) {
    const struct hint *hint = &g_array_index(f->hints, struct hint, i);
    if (hint->at >= first && hint->at < end) place->region = hint->region;
  }
}

static void settle(struct finder *f)
{
  for (guint i = 0; i < f->found->len; i++) {
    struct place_found *place = &g_array_index(f->found, struct place_found, i);
    if (place->is_outside || place->source == PLACE_BY_COORDINATES) continue;
    if (place->street && place->candidates > 1)
      ask_hints(f, place, &g_array_index(f->wishes, struct street_wish, i));
    if (!place->region && !place->is_certain) ask_sentence(f, place);
  }
}

static void find_tags(struct finder *f)
{
  static const char *const names[] = {
    [TAG_CORNER] = "place.corner", [TAG_BESIDE] = "place.beside", [TAG_BETWEEN] = "place.between",
    [TAG_AND] = "place.and",       [TAG_NUMBER] = "place.number", [TAG_STATION] = "place.station",
    [TAG_NOUN] = "place.noun",     [TAG_COMMON] = "place.common", [TAG_OUTSIDE] = "place.outside",
    [TAG_INTO] = "place.into",     [TAG_PERSON] = "place.person", [TAG_UNIT] = "place.unit",
    [TAG_LINK] = "place.link",
  };
  _Static_assert(G_N_ELEMENTS(names) == TAG_COUNT, "a name a tag");
  for (gsize i = 0; i < TAG_COUNT; i++) f->tags[i] = phrases_tag(names[i]);
}

static int compare_places(gconstpointer a, gconstpointer b)
{
  const struct place_found *x = a, *y = b;
  return x->first < y->first ? -1 : x->first > y->first;
}

static GArray *find(const struct passage *passage, const struct gazetteer *gazetteer, bool takes_words)
{
  g_autoptr(gazetteer_t) nothing = gazetteer ? NULL : gazetteer_new();
  struct finder f = { .passage = passage,
                      .l = passage->lexemes,
                      .gazetteer = gazetteer ? gazetteer : nothing,
                      .takes_words = takes_words };
  struct names_memo memo = { 0 };
  f.memo = &memo;
  f.taken = g_new0(bool, f.l->count + 1);
  f.found = g_array_new(FALSE, FALSE, sizeof(struct place_found));
  f.wishes = g_array_new(FALSE, FALSE, sizeof(struct street_wish));
  f.hints = g_array_new(FALSE, FALSE, sizeof(struct hint));
  g_array_set_clear_func(f.found, clear_found);
  find_tags(&f);
  find_points(&f);
  mark_addresses(&f);
  walk(&f);
  settle(&f);
  g_array_sort(f.found, compare_places);
  g_array_unref(f.wishes);
  g_array_unref(f.hints);
  g_free(f.taken);
  return f.found;
}

GArray *places_find(const struct passage *passage, const struct gazetteer *gazetteer)
{
  return find(passage, gazetteer, false);
}

GArray *places_find_words(const struct passage *passage, const struct gazetteer *gazetteer)
{
  return find(passage, gazetteer, true);
}

/* Takes the part of a street that several regions have which is meant by a region or a postcode. */
static void prefer(struct place_found *place, const struct gazetteer *gazetteer,
                   const struct street_wish *where)
{
  struct street_wish wish = *where;
  wish.house = place->house;
  struct street_found found = gazetteer_street(gazetteer, NAME(gazetteer, place->street - 1), &wish);
  bool is_there = wish.region ? found.row->is.region == wish.region
                              : wish.postcode && strcmp(found.row->is.postcode, wish.postcode) == 0;
  if (!is_there) return;
  place->region = found.row->is.region;
  place->lat = found.lat;
  place->lon = found.lon;
  place->precision = found.precision;
  place->candidates = 1;
}

static void prefer_all(GArray *places, const struct gazetteer *gazetteer, const struct street_wish *where)
{
  for (guint i = 0; i < places->len; i++) {
    struct place_found *place = &g_array_index(places, struct place_found, i);
    if (place->street && place->candidates >= 2) prefer(place, gazetteer, where);
  }
}

void places_prefer(GArray *places, const struct gazetteer *gazetteer, const char *region)
{
  const char *mine = gazetteer ? gazetteer_region_name(gazetteer, region) : NULL;
  if (mine) prefer_all(places, gazetteer, &(struct street_wish){ .region = mine });
}

void places_prefer_postcode(GArray *places, const struct gazetteer *gazetteer, const char *address)
{
  enum { DIGITS = 5 };
  for (const char *p = address; gazetteer && p && *p;) {
    gsize size = strspn(p, "0123456789");
    if (size == DIGITS && !g_ascii_isalnum(p[DIGITS])) {
      g_autofree char *postcode = g_strndup(p, DIGITS);
      prefer_all(places, gazetteer, &(struct street_wish){ .postcode = postcode });
      return;
    }
    p += size ? size : 1;
  }
}

/* Lower is better. */
static int rank(const struct place_found *place)
{
  if (place->is_outside) return 10;
  if (place->source == PLACE_BY_COORDINATES || place->source == PLACE_BY_EXIF) return 0;
  /* a street that nobody knows here, in a part of the town that is said, says more than that part */
  if (!place->is_certain) return place->house && place->region ? 4 : place->house ? 6 : place->region ? 7 : 9;
  if (place->source == PLACE_BY_ADDRESS && place->house) return 1;
  if (place->source == PLACE_BY_CROSSING) return 2;
  if (place->source == PLACE_BY_LANDMARK && !place->has_point) return 8;
  bool is_region = place->source == PLACE_BY_LANDMARK && place->precision == PLACE_AREA;
  return is_region ? 5 : 3;
}

const struct place_found *places_best(const GArray *places)
{
  const struct place_found *best = NULL;
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *place = &g_array_index(places, struct place_found, i);
    if (!best || rank(place) < rank(best)) best = place;
  }
  return best;
}
