/* The duties that the law asks for, by their addresses: missbrauch@ (abuse.h) and datenschutz@. */
#ifndef LISTS_DATA_PROTECTION_H
#define LISTS_DATA_PROTECTION_H

#include "lists/kinds.h"

/* The kind "duty": for these two addresses alone. */
bool duty_takes(const struct list *list);
bool duty_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                  GError **error);

/* A wish about the writer's own data that came elsewhere: it goes where such wishes are answered, and whoever
 * wrote hears that. *taken false: it is none. */
bool data_protection_take(struct work *work, const struct arrival *arrival, struct decision *decision,
                          bool *taken, GError **error);

#endif
