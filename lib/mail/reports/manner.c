#include "lib/mail/reports/reports.h"
void reading_manner(struct mail *mail, const struct parts *parts)
{
  (void)mail;
  (void)parts;
}
