/* The address book of the shipped district, which stands in for a store where there is none (explain). */
#include "lists/addresses/addresses_private.h"
#include "lists/district.h"

struct address_book *addresses_from_district(const struct config *config, GError **error)
{
  g_autoptr(district_t) district = district_load(config, config->district, error);
  return district ? addresses_of_lists(config, district->lists) : NULL;
}
