/* Options of `office set`. What is not said stays as it is; what may be there several times replaces all
 * there was of its kind, so that one command says how it is. */
#include "mta-hooks/office/wishes.h"

#include <string.h>

#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lists/offices/offices.h"

void office_wishes_clear(struct office_wishes *wishes)
{
  char *texts[] = { wishes->name,    wishes->working_days, wishes->clerk,   wishes->signature,
                    wishes->network, wishes->coordinator,  wishes->by_hand, wishes->four_eyes };
  char **lists[] = { wishes->addresses, wishes->deputies, wishes->senders,
                     wishes->domains,   wishes->topics,   wishes->regions };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) g_strfreev(lists[i]);
}

bool office_wishes_parse(struct command *command, struct office_wishes *wishes, GError **error)
{
  wishes->days = G_MININT;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &wishes->name, "as people see it", "NAME" },
    { "address", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->addresses, "letters go there", "ADDRESS" },
    { "deputy", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->deputies, "gets reminders too", "ADDRESS" },
    { "sender", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->senders, "may only answer", "ADDRESS" },
    { "domain", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->domains, "all of it may answer", "DOMAIN" },
    { "topic", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->topics, "what it is responsible for", "TOPIC" },
    { "region", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->regions, "where; none: everywhere", "REGION" },
    { "days", 0, 0, G_OPTION_ARG_INT, &wishes->days, "working days to answer", "N" },
    { "working-days", 0, 0, G_OPTION_ARG_STRING, &wishes->working_days, "of the week, 1 is Monday", "12345" },
    { "clerk", 0, 0, G_OPTION_ARG_STRING, &wishes->clerk, "role or name", "HOW" },
    { "signature", 0, 0, G_OPTION_ARG_STRING, &wishes->signature, "a line under its answers", "TEXT" },
    { "network", 0, 0, G_OPTION_ARG_STRING, &wishes->network, "as the mail server names it", "NAME" },
    { "coordinator", 0, 0, G_OPTION_ARG_STRING, &wishes->coordinator, "on or off", "WHETHER" },
    { "by-hand", 0, 0, G_OPTION_ARG_STRING, &wishes->by_hand, "on or off", "WHETHER" },
    { "four-eyes", 0, 0, G_OPTION_ARG_STRING, &wishes->four_eyes, "on or off", "WHETHER" },
    G_OPTION_ENTRY_NULL,
  };
  return command_parse(command, entries, error);
}

static bool set_line(const char *what, const char *wish, char **text, GError **error)
{
  if (!wish) return true;
  if (!command_check_line(what, wish, error)) return false;
  g_free(*text);
  *text = g_strstrip(g_strdup(wish));
  return true;
}

static bool set_flag(const char *option, const char *wish, bool *flag, GError **error)
{
  if (!wish) return true;
  *flag = strcmp(wish, "on") == 0;
  return *flag || strcmp(wish, "off") == 0 ||
         fault_set(error, FAULT_USAGE, "--%s must be on or off.", option);
}

static bool set_clerk(const struct office_wishes *wishes, struct office *office, GError **error)
{
  if (!wishes->clerk) return true;
  if (strcmp(wishes->clerk, "role") != 0 && strcmp(wishes->clerk, "name") != 0)
    return fault_set(
        error, FAULT_USAGE,
        "--clerk must be role (answers bear the office's name alone) or name (also the clerk's).");
  return set_line("A clerk", wishes->clerk, &office->clerk, error);
}

/* Is it one of those that the option replaces? */
static bool is_of_kind(const struct office_address *one, const char *use, bool is_domain)
{
  return (*one->address == '@') == is_domain && (is_domain || strcmp(one->use, use) == 0);
}

static void forget(struct office *office, const char *use, bool is_domain)
{
  for (guint i = office->addresses->len; i > 0; i--)
    if (is_of_kind(office->addresses->pdata[i - 1], use, is_domain))
      g_ptr_array_remove_index(office->addresses, i - 1);
}

static bool set_addresses(char **wish, const char *use, struct office *office, GError **error)
{
  if (!wish) return true;
  forget(office, use, false);
  for (char **one = wish; *one; one++) {
    if (!**one) continue;
    g_autofree char *address = address_normalise(*one);
    if (!address) return fault_set(error, FAULT_INPUT, "\"%s\" is no e-mail address.", *one);
    office_add_address(office, address, use);
  }
  return true;
}

/* "ba-tk.berlin.de" or "@ba-tk.berlin.de". */
static bool set_domains(char **wish, struct office *office)
{
  if (!wish) return true;
  forget(office, "sender", true);
  for (char **one = wish; *one; one++) {
    g_autofree char *domain = g_utf8_strdown(**one == '@' ? *one + 1 : *one, -1);
    g_autofree char *address = g_strconcat("@", domain, NULL);
    if (*domain) office_add_address(office, address, "sender");
  }
  return true;
}

/* By slug or name. */
static bool find_region(struct store *store, const char *word, int64_t *id, GError **error)
{
  g_autoptr(GPtrArray) regions = regions_all(store, error);
  if (!regions) return false;
  *id = 0;
  g_autofree char *wanted = g_utf8_casefold(word, -1);
  for (guint i = 0; i < regions->len; i++) {
    const struct region *region = regions->pdata[i];
    g_autofree char *name = g_utf8_casefold(region->name, -1);
    if (strcmp(region->slug, word) == 0 || strcmp(name, wanted) == 0) *id = region->id;
  }
  return *id || fault_set(error, FAULT_INPUT,
                          "There is no region \"%s\"; `kiezpost gazetteer find` knows places, "
                          "and the district's file names the regions.",
                          word);
}

/* The topics of the wish, else those that it has already; "" stands for whatever there is. */
static bool topics_of(const struct office_wishes *wishes, const struct office *office, GPtrArray *topics,
                      GError **error)
{
  for (char **one = wishes->topics; one && *one; one++) {
    if (!**one) continue;
    char *topic = office_topic_of(*one);
    g_autofree char *line = topic ? NULL : office_topics_line();
    if (!topic) return fault_set(error, FAULT_INPUT, "There is no topic \"%s\"; there is %s.", *one, line);
    g_ptr_array_add(topics, topic);
  }
  for (guint i = 0; !wishes->topics && i < office->duties->len; i++) {
    const struct office_duty *duty = office->duties->pdata[i];
    if (*duty->topic && !g_ptr_array_find_with_equal_func(topics, duty->topic, g_str_equal, NULL))
      g_ptr_array_add(topics, g_strdup(duty->topic));
  }
  return true;
}

/* Every topic in every region. */
static bool set_duties(const struct office_wishes *wishes, struct store *store, struct office *office,
                       GError **error)
{
  if (!wishes->topics && !wishes->regions) return true;
  g_autoptr(GPtrArray) topics = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) regions = g_array_new(FALSE, FALSE, sizeof(int64_t));
  if (!topics_of(wishes, office, topics, error)) return false;
  for (char **one = wishes->regions; one && *one; one++) {
    int64_t region = 0;
    if (**one && !find_region(store, *one, &region, error)) return false;
    if (region) g_array_append_val(regions, region);
  }
  if (regions->len && topics->len == 0) g_ptr_array_add(topics, g_strdup(""));
  g_ptr_array_set_size(office->duties, 0);
  for (guint i = 0; i < topics->len; i++) {
    if (regions->len == 0) office_add_duty(office, topics->pdata[i], 0);
    for (guint k = 0; k < regions->len; k++)
      office_add_duty(office, topics->pdata[i], g_array_index(regions, int64_t, k));
  }
  return true;
}

bool office_wishes_apply(const struct office_wishes *wishes, struct store *store, struct office *office,
                         GError **error)
{
  if (wishes->days != G_MININT) office->days = wishes->days;
  return set_line("A name", wishes->name, &office->name, error) &&
         set_line("Working days", wishes->working_days, &office->working_days, error) &&
         set_line("A signature", wishes->signature, &office->signature, error) &&
         set_line("A network", wishes->network, &office->network, error) &&
         set_clerk(wishes, office, error) &&
         set_flag("coordinator", wishes->coordinator, &office->is_coordinator, error) &&
         set_flag("by-hand", wishes->by_hand, &office->is_by_hand, error) &&
         set_flag("four-eyes", wishes->four_eyes, &office->four_eyes, error) &&
         set_addresses(wishes->addresses, "main", office, error) &&
         set_addresses(wishes->deputies, "deputy", office, error) &&
         set_addresses(wishes->senders, "sender", office, error) && set_domains(wishes->domains, office) &&
         set_duties(wishes, store, office, error);
}
