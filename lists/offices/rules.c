/* What an office may be. Who answers as an office speaks for the municipality, so nothing that everybody can
 * get for free may make an office: no domain of a public mail provider, and none of our own addresses, whose
 * answers would go round in circles. */
#include "lists/offices/offices.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/text/mailbox_domains.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { SIGN_CHARACTERS = 20, NAME_CHARACTERS = 120, DAYS_MOST = 365, ADDRESSES_MOST = 40 };

/* All of the word is the phrase. */
static char *whole_hit(const char *word, const char *section)
{
  g_autoptr(passage_t) passage = passage_new(word, NULL, 0);
  guint tag = phrases_tag(section);
  const struct phrase_hit *hit = tag ? passage_at(passage, tag, 0) : NULL;
  return hit && hit->end == passage->lexemes->count ? g_strdup(hit->value) : NULL;
}

char *office_topic_of(const char *word)
{
  g_autoptr(GPtrArray) values = phrases_values(phrases_tag("office.topic"));
  for (guint i = 0; i < values->len; i++)
    if (g_ascii_strcasecmp(values->pdata[i], word) == 0) return g_strdup(values->pdata[i]);
  static const char *const sections[] = { "office.theme", "office.topic", "office.hint" };
  for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
    char *topic = whole_hit(word, sections[i]);
    if (topic) return topic;
  }
  return NULL;
}

char *office_topics_line(void)
{
  g_autoptr(GPtrArray) values = phrases_values(phrases_tag("office.topic"));
  g_ptr_array_add(values, NULL);
  return g_strjoinv(", ", (char **)values->pdata);
}

static bool check_words(const struct office *office, GError **error)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  glong sign = (glong)strlen(office->sign), name = g_utf8_strlen(office->name, -1);
  if (sign < 1 || sign > SIGN_CHARACTERS || strspn(office->sign, letters) != (gsize)sign)
    return fault_set(
        error, FAULT_INPUT,
        "\"%s\" cannot be an office's sign: it needs 1 to %d letters, digits or \"-\", as in SGA.",
        office->sign, SIGN_CHARACTERS);
  if (name < 1 || name > NAME_CHARACTERS)
    return fault_set(error, FAULT_INPUT, "An office needs a name of at most %d characters.", NAME_CHARACTERS);
  if (office->days < 1 || office->days > DAYS_MOST)
    return fault_set(error, FAULT_INPUT, "An office has 1 to %d working days to answer.", DAYS_MOST);
  if (!*office->working_days || strspn(office->working_days, "1234567") != strlen(office->working_days))
    return fault_set(error, FAULT_INPUT,
                     "Working days are digits of the week, 1 is Monday: 12345, or 1235 without Thursdays.");
  return true;
}

/* Domains first: "@web.de" would make everybody at web.de an office. */
static bool check_address(const struct config *config, const char *address, GError **error)
{
  g_autofree char *domain = NULL;
  bool is_domain = *address == '@';
  if (is_domain)
    domain = g_strdup(address + 1);
  else if (!address_split(address, NULL, &domain))
    return fault_set(error, FAULT_INPUT, "\"%s\" is no address.", address);
  if (is_domain && (!strchr(domain, '.') || strpbrk(domain, "@ ")))
    return fault_set(error, FAULT_INPUT, "\"%s\" is no domain, as in ba-tk.berlin.de.", domain);
  if (is_domain && is_mailbox_domain(domain))
    return fault_set(
        error, FAULT_INPUT,
        "Everybody can have an address at %s, so it is no office's domain. Name the office's own "
        "addresses one by one.",
        domain);
  if (g_ascii_strcasecmp(domain, config->domain) == 0)
    return fault_set(error, FAULT_INPUT,
                     "%s is an address of kiezpost itself: the office's mail would go round in circles.",
                     is_domain ? domain : address);
  return true;
}

/* An address with one use belongs to one office; a domain may be shared (a whole Bezirksamt has one). */
static bool check_others(struct store *store, const struct office *office,
                         const struct office_address *address, GError **error)
{
  if (*address->address == '@') return true;
  g_autoptr(GArray) ids = offices_of_address(store, address->address, error);
  if (!ids) return false;
  for (guint i = 0; i < ids->len; i++) {
    int64_t id = g_array_index(ids, int64_t, i);
    if (id == office->id) continue;
    g_autoptr(office_t) other = office_get(store, id, error);
    if (!other) return false;
    for (guint k = 0; k < other->addresses->len; k++) {
      const struct office_address *theirs = other->addresses->pdata[k];
      if (strcmp(theirs->address, address->address) != 0 || strcmp(theirs->use, address->use) != 0) continue;
      return fault_set(error, FAULT_INPUT,
                       "%s is the address of %s (%s) already. Take it away there first, or give this office "
                       "one of its own.",
                       address->address, other->name, other->sign);
    }
  }
  return true;
}

static bool check_addresses(const struct config *config, struct store *store, const struct office *office,
                            GError **error)
{
  if (office->addresses->len > ADDRESSES_MOST)
    return fault_set(error, FAULT_INPUT, "An office has at most %d addresses; name a domain.",
                     ADDRESSES_MOST);
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (!check_address(config, one->address, error) || !check_others(store, office, one, error)) return false;
  }
  return true;
}

static bool check_duties(const struct office *office, GError **error)
{
  g_autoptr(GPtrArray) values = phrases_values(phrases_tag("office.topic"));
  for (guint i = 0; i < office->duties->len; i++) {
    const struct office_duty *duty = office->duties->pdata[i];
    bool is_known = !*duty->topic;
    for (guint k = 0; k < values->len; k++) is_known = is_known || strcmp(values->pdata[k], duty->topic) == 0;
    if (is_known) continue;
    g_autofree char *line = office_topics_line();
    return fault_set(error, FAULT_INPUT, "There is no topic \"%s\"; there is %s.", duty->topic, line);
  }
  return true;
}

bool office_check(const struct config *config, struct store *store, const struct office *office,
                  GError **error)
{
  return check_words(office, error) && check_addresses(config, store, office, error) &&
         check_duties(office, error);
}
