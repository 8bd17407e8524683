/* Lines about offices; see office_lines.h. A line is a list with commas; a part may begin with the word of a
 * field ([office.field] of the tables), and what has none goes on with the field before it, so that addresses
 * and topics can be several. What a line does not say stays as it is. */
#include "lists/admin/office_lines.h"

#include "lists/keeping/lines.h"
#include "lists/offices/offices.h"

#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/text/phrases.h"

#include <string.h>

/* ---- showing ---- */

static void add_part(GString *line, const char *part)
{
  g_string_append_printf(line, "%s%s", line->len ? ", " : "", part);
}

/* Addresses of a use behind their field's word. */
static void add_addresses(GString *line, const struct office *office, const char *use, bool is_domain,
                          const char *word)
{
  bool is_first = true;
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if ((*one->address == '@') != is_domain || (!is_domain && strcmp(one->use, use) != 0)) continue;
    g_autofree char *part =
        g_strconcat(is_first ? word : "", is_first ? " " : "", one->address + is_domain, NULL);
    add_part(line, part);
    is_first = false;
  }
}

static bool add_topics(struct work *work, GString *line, const struct office *office, const char *language,
                       const char *word, GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < office->duties->len; i++) {
    const struct office_duty *duty = office->duties->pdata[i];
    bool is_first = g_hash_table_size(seen) == 0;
    if (!*duty->topic || !g_hash_table_add(seen, duty->topic)) continue;
    g_autofree char *label = offices_topic_label(work->letters, language, duty->topic, error);
    if (!label) return false;
    g_autofree char *part = g_strconcat(is_first ? word : "", is_first ? " " : "", label, NULL);
    add_part(line, part);
  }
  return true;
}

static bool add_regions(struct work *work, GString *line, const struct office *office, const char *word,
                        GError **error)
{
  g_autoptr(GPtrArray) regions = regions_all(work->store, error);
  bool is_first = true;
  for (guint i = 0; regions && i < regions->len; i++) {
    const struct region *region = regions->pdata[i];
    bool is_theirs = false;
    for (guint k = 0; k < office->duties->len; k++)
      is_theirs = is_theirs || ((const struct office_duty *)office->duties->pdata[k])->region == region->id;
    if (!is_theirs) continue;
    g_autofree char *part = g_strconcat(is_first ? word : "", is_first ? " " : "", region->name, NULL);
    add_part(line, part);
    is_first = false;
  }
  return regions != NULL;
}

/* The words of the fields, by language; the tables read them again. */
static const struct field_words {
  const char *language, *address, *deputy, *domain, *topic, *region, *days, *coordinator, *by_hand,
      *four_eyes;
} words[] = {
  { "en", "address", "deputy", "domain", "topics", "region", "deadline %d days", "coordinator", "by hand",
    "four eyes" },
  { "de", "Adresse", "Vertretung", "Domain", "Themen", "Gebiet", "Frist %d Tage", "Koordination", "von Hand",
    "vier Augen" },
};

char *office_line(struct work *work, const struct office *office, const char *language, GError **error)
{
  const struct field_words *w = &words[strcmp(language, "en") == 0 ? 0 : 1];
  g_autoptr(GString) line = g_string_new(office->name);
  g_strdelimit(line->str, ",;:", ' ');
  add_addresses(line, office, "main", false, w->address);
  add_addresses(line, office, "deputy", false, w->deputy);
  add_addresses(line, office, "sender", true, w->domain);
  if (!add_topics(work, line, office, language, w->topic, error) ||
      !add_regions(work, line, office, w->region, error))
    return NULL;
  g_autofree char *number = g_strdup_printf("%d", office->days);
  g_auto(GStrv) halves = g_strsplit(w->days, "%d", 2);
  g_autofree char *days = g_strjoinv(number, halves);
  add_part(line, days);
  if (office->is_coordinator) add_part(line, w->coordinator);
  if (office->is_by_hand) add_part(line, w->by_hand);
  if (office->four_eyes) add_part(line, w->four_eyes);
  return g_string_free(g_steal_pointer(&line), FALSE);
}

/* ---- reading ---- */

char *office_line_sign(const char *label)
{
  g_autofree char *whole = g_strstrip(g_strdup(label));
  char *blank = strrchr(whole, ' ');
  if (!blank) return NULL;
  *blank = '\0';
  return *g_strstrip(whole) && lines_word(whole, "office.label") ? g_strdup(blank + 1) : NULL;
}

/* One reading on its way. */
struct reading {
  struct office *office;
  const GPtrArray *regions;
  GHashTable *fields; /* those that have begun: what they had is forgotten once */
  GPtrArray *topics;  /* char*; NULL: none was said */
  GArray *places;     /* int64_t ids; NULL: none was said */
  bool is_removed;
};

/* The field that a part begins with, and what stands behind its word; NULL: none. */
static const char *field_of(const char *part, const char **rest)
{
  g_autoptr(passage_t) passage = passage_new(part, NULL, 0);
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("office.field"), 0);
  *rest = part;
  if (!hit) return NULL;
  *rest = part + passage->lexemes->at[hit->end - 1].end;
  while (**rest && strchr(" :=", **rest)) (*rest)++;
  return g_intern_string(hit->value);
}

static void forget(struct reading *r, const char *use, bool is_domain)
{
  for (guint i = r->office->addresses->len; i > 0; i--) {
    const struct office_address *one = r->office->addresses->pdata[i - 1];
    if ((*one->address == '@') == is_domain && (is_domain || strcmp(one->use, use) == 0))
      g_ptr_array_remove_index(r->office->addresses, i - 1);
  }
}

/* The first part of a field takes the place of what there was. */
static void begin_field(struct reading *r, const char *field)
{
  if (!g_hash_table_add(r->fields, (char *)field)) return;
  if (strcmp(field, "address") == 0) forget(r, "main", false);
  if (strcmp(field, "deputy") == 0) forget(r, "deputy", false);
  if (strcmp(field, "domain") == 0) forget(r, "sender", true);
  if (strcmp(field, "topic") == 0) r->topics = g_ptr_array_new_with_free_func(g_free);
  if (strcmp(field, "region") == 0) r->places = g_array_new(FALSE, FALSE, sizeof(int64_t));
}

static bool take_address(struct reading *r, const char *value, const char *use)
{
  g_autofree char *address = address_normalise(value);
  if (address) office_add_address(r->office, address, use);
  return address != NULL;
}

static bool take_domain(struct reading *r, const char *value)
{
  g_autofree char *domain = g_utf8_strdown(*value == '@' ? value + 1 : value, -1);
  g_autofree char *address = g_strconcat("@", domain, NULL);
  if (strchr(domain, '.')) office_add_address(r->office, address, "sender");
  return strchr(domain, '.') != NULL;
}

static bool take_topic(struct reading *r, const char *value)
{
  char *topic = office_topic_of(value);
  if (topic) g_ptr_array_add(r->topics, topic);
  return topic != NULL;
}

static bool take_region(struct reading *r, const char *value)
{
  g_autofree char *wanted = g_utf8_casefold(value, -1);
  for (guint i = 0; i < r->regions->len; i++) {
    const struct region *region = r->regions->pdata[i];
    g_autofree char *name = g_utf8_casefold(region->name, -1);
    if (strcmp(name, wanted) != 0 && strcmp(region->slug, wanted) != 0) continue;
    g_array_append_val(r->places, region->id);
    return true;
  }
  return false;
}

/* "10 Tage", "10". */
static bool take_days(struct reading *r, const char *value)
{
  while (*value && !g_ascii_isdigit(*value)) value++;
  if (!*value) return false;
  r->office->days = (int)MIN(g_ascii_strtoull(value, NULL, 10), 10000);
  return true;
}

static bool take_name(struct reading *r, const char *value)
{
  g_free(r->office->name);
  r->office->name = g_strdup(value);
  return true;
}

/* "Koordination", "Koordination nein". */
static bool take_flag(bool *flag, const char *value)
{
  *flag = !(*value && lines_word(value, "office.none"));
  return true;
}

static bool take(struct reading *r, const char *field, const char *value)
{
  begin_field(r, field);
  if (strcmp(field, "coordinator") == 0) return take_flag(&r->office->is_coordinator, value);
  if (strcmp(field, "by_hand") == 0) return take_flag(&r->office->is_by_hand, value);
  if (strcmp(field, "four_eyes") == 0) return take_flag(&r->office->four_eyes, value);
  if (strcmp(field, "remove") == 0) return r->is_removed = true;
  if (!*value || lines_word(value, "office.none")) return strcmp(field, "name") != 0;
  if (strcmp(field, "address") == 0) return take_address(r, value, "main");
  if (strcmp(field, "deputy") == 0) return take_address(r, value, "deputy");
  if (strcmp(field, "domain") == 0) return take_domain(r, value);
  if (strcmp(field, "topic") == 0) return take_topic(r, value);
  if (strcmp(field, "region") == 0) return take_region(r, value);
  return strcmp(field, "days") == 0 ? take_days(r, value) : take_name(r, value);
}

/* Topics and regions as they were, where the line does not say them. */
static void keep_what_was(struct reading *r)
{
  bool has_topics = r->topics != NULL, has_places = r->places != NULL;
  if (!has_topics) r->topics = g_ptr_array_new_with_free_func(g_free);
  if (!has_places) r->places = g_array_new(FALSE, FALSE, sizeof(int64_t));
  for (guint i = 0; i < r->office->duties->len; i++) {
    const struct office_duty *duty = r->office->duties->pdata[i];
    if (!has_topics && *duty->topic) g_ptr_array_add(r->topics, g_strdup(duty->topic));
    if (!has_places && duty->region) g_array_append_val(r->places, duty->region);
  }
}

static void set_duties(struct reading *r)
{
  if (r->topics || r->places) {
    keep_what_was(r);
    if (r->topics->len == 0 && r->places->len) g_ptr_array_add(r->topics, g_strdup(""));
    g_ptr_array_set_size(r->office->duties, 0);
    for (guint i = 0; i < r->topics->len; i++)
      for (guint k = 0; k < MAX(r->places->len, 1); k++)
        office_add_duty(r->office, r->topics->pdata[i],
                        r->places->len ? g_array_index(r->places, int64_t, k) : 0);
  }
  if (r->topics) g_ptr_array_unref(r->topics);
  if (r->places) g_array_unref(r->places);
}

bool office_line_apply(const char *line, const GPtrArray *regions, struct office *office, bool *is_removed)
{
  g_autoptr(GHashTable) fields = g_hash_table_new(g_str_hash, g_str_equal);
  struct reading r = { .office = office, .regions = regions, .fields = fields };
  g_auto(GStrv) parts = g_strsplit_set(line, ",;", 60);
  const char *field = "name";
  bool is_good = true;
  for (char **part = parts; *part && is_good; part++) {
    const char *rest, *said = field_of(g_strstrip(*part), &rest);
    if (!**part) continue;
    field = said ? said : field;
    g_autofree char *value = g_strchomp(g_strdup(rest));
    if (g_str_has_suffix(value, ".")) value[strlen(value) - 1] = '\0';
    is_good = take(&r, field, value);
  }
  set_duties(&r);
  *is_removed = r.is_removed;
  return is_good;
}
