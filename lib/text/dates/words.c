/* The words of the tables that this room knows: which hit of a passage carries which of our tags. Called by
 * every reader here, so it is made for speed: one walk over the hits, then each question is an index. */
#include "lib/text/dates/dates_private.h"
#include "lib/text/dates/zone.h"

#include <string.h>

static const char *const tag_names[] = {
  [TAG_WEEKDAY] = "date.weekday",
  [TAG_WEEKDAY_SHORT] = "date.weekday.short",
  [TAG_WEEKDAYS] = "date.weekdays",
  [TAG_MONTH] = "date.month",
  [TAG_MONTH_SHORT] = "date.month.short",
  [TAG_OFFSET] = "date.offset",
  [TAG_PART] = "date.part",
  [TAG_WHICH] = "date.which",
  [TAG_UNIT] = "date.unit",
  [TAG_SEASON] = "date.season",
  [TAG_HOLIDAY] = "date.holiday",
  [TAG_SECTION] = "date.section",
  [TAG_COUNT] = "date.count",
  [TAG_ORDINAL] = "date.ordinal",
  [TAG_EVERY] = "date.every",
  [TAG_FREQUENCY] = "date.frequency",
  [TAG_REPEATED] = "date.repeated",
  [TAG_GLUE] = "date.glue",
  [TAG_CLOCK] = "date.clock",
  [TAG_QUARTERS] = "date.quarters",
  [TAG_BEFORE_AFTER] = "date.before-after",
  [TAG_TIME] = "date.time",
  [TAG_MERIDIEM] = "date.meridiem",
  [TAG_IN] = "date.in",
  [TAG_AGO] = "date.ago",
  [TAG_WEEK] = "date.week",
  [TAG_ROMAN] = "date.roman",
  [TAG_YEAR] = "date.year",
  [TAG_PAST] = "date.past",
  [TAG_FINISH] = "date.finish",
  [TAG_BEGIN] = "date.begin",
  [TAG_LENGTH] = "date.length",
  [TAG_NOT_BEFORE] = "date.not-before",
  [TAG_NOT_BEHIND] = "date.not-behind",
  [TAG_NOT] = "date.not",
  [TAG_EXCEPT] = "date.except",
  [TAG_UNTIL] = "date.until",
  [TAG_AGED] = "date.aged",
};
_Static_assert(G_N_ELEMENTS(tag_names) == TAG_COUNT_OF, "a name for every tag");

/* enum date_tag + 1 by the number of a tag. Made once the tables are loaded; they stay as they are. */
static GBytes *known_tags(void)
{
  static gsize once;
  static GBytes *known;
  if (!phrases_are_loaded()) return NULL;
  if (g_once_init_enter(&once)) {
    GByteArray *codes = g_byte_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(tag_names); i++) {
      guint tag = phrases_tag(tag_names[i]);
      while (tag && codes->len <= tag) g_byte_array_append(codes, (const guint8 *)"", 1);
      if (tag) codes->data[tag] = (guint8)(i + 1);
    }
    known = g_byte_array_free_to_bytes(codes);
    g_once_init_leave(&once, 1);
  }
  return known;
}

void dates_reader_begin(struct dates_reader *r, const struct passage *passage, const struct dates_wish *wish)
{
  *r = (struct dates_reader){ .passage = passage,
                              .at = passage->lexemes->at,
                              .count = passage->lexemes->count,
                              .zone = wish->zone ? wish->zone : "Europe/Berlin" };
  r->now_seconds = wish->now;
  r->now = zone_wall(wish->now, r->zone);
  r->today = calendar_day(r->now.year, r->now.month, r->now.day);
  r->hit_of = g_new(guint, r->count + 1);
  memset(r->hit_of, 0xff, sizeof(guint) * (r->count + 1));
  r->tags_of = g_new0(uint64_t, r->count + 1);
  r->tag_of = g_new0(uint8_t, passage->hits->len + 1);
  r->elements = g_array_sized_new(FALSE, FALSE, sizeof(struct element), 16);
  gsize size = 0;
  GBytes *bytes = known_tags();
  const uint8_t *known = bytes ? g_bytes_get_data(bytes, &size) : NULL;
  for (guint i = 0; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    if (hit->tag >= size || !known[hit->tag] || hit->first >= r->count) continue;
    r->tag_of[i] = known[hit->tag];
    r->tags_of[hit->first] |= UINT64_C(1) << (known[hit->tag] - 1);
    if (r->hit_of[hit->first] == G_MAXUINT) r->hit_of[hit->first] = i;
  }
}

void dates_reader_end(struct dates_reader *r)
{
  g_free(r->hit_of);
  g_free(r->tag_of);
  g_free(r->tags_of);
  g_array_unref(r->elements);
}

const struct phrase_hit *word_at(const struct dates_reader *r, enum date_tag tag, guint at)
{
  if (at >= r->count || !(r->tags_of[at] & UINT64_C(1) << tag)) return NULL;
  const struct phrase_hit *hits = (const struct phrase_hit *)(const void *)r->passage->hits->data;
  for (guint i = r->hit_of[at]; i < r->passage->hits->len && hits[i].first == at; i++)
    if (r->tag_of[i] == tag + 1) return &hits[i];
  return NULL;
}

const struct phrase_hit *word_before(const struct dates_reader *r, enum date_tag tag, guint end)
{
  for (guint back = MIN(3, end); back > 0; back--) {
    const struct phrase_hit *hit = word_at(r, tag, end - back);
    if (hit && hit->end == end) return hit;
  }
  return NULL;
}

int hit_number(const struct phrase_hit *hit)
{
  return (int)g_ascii_strtoll(hit->value, NULL, 10);
}

bool hit_says(const struct phrase_hit *hit, const char *word)
{
  gsize size = strlen(word);
  for (const char *p = strstr(hit->value, word); p; p = strstr(p + 1, word))
    if ((p == hit->value || p[-1] == ' ') && (p[size] == ' ' || p[size] == '\0')) return true;
  return false;
}

enum date_unit unit_of_word(const char *word)
{
  static const struct {
    const char *word;
    enum date_unit unit;
  } units[] = {
    { "minute", UNIT_MINUTE },     { "hour", UNIT_HOUR },   { "day", UNIT_DAY },
    { "workday", UNIT_WORKDAY },   { "week", UNIT_WEEK },   { "weekend", UNIT_WEEKEND },
    { "workweek", UNIT_WORKWEEK }, { "month", UNIT_MONTH }, { "quarter", UNIT_QUARTER },
    { "half", UNIT_HALF },         { "year", UNIT_YEAR },   { "season", UNIT_SEASON },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
    if (g_str_equal(units[i].word, word)) return units[i].unit;
  return UNIT_NONE;
}
