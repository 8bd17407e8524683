/* The large providers of mailboxes, those of Germany first. Whoever misses one adds it here. */
#include "lib/text/mailbox_domains.h"

#include <glib.h>
#include <string.h>

const char *const mailbox_domains[] = {
  "web.de",      "gmx.de",      "gmx.net",        "gmx.at",       "gmx.ch",       "gmx.com",
  "gmx.eu",      "gmail.com",   "googlemail.com", "t-online.de",  "magenta.de",   "posteo.de",
  "posteo.net",  "mailbox.org", "yahoo.de",       "yahoo.com",    "ymail.com",    "hotmail.de",
  "hotmail.com", "outlook.de",  "outlook.com",    "live.de",      "live.com",     "msn.com",
  "icloud.com",  "me.com",      "mac.com",        "freenet.de",   "arcor.de",     "aol.com",
  "aol.de",      "proton.me",   "protonmail.com", "pm.me",        "tuta.com",     "tutanota.com",
  "tutanota.de", "tuta.io",     "riseup.net",     "systemli.org", "disroot.org",  "mail.de",
  "email.de",    "online.de",   "vodafone.de",    "kabelmail.de", "unitybox.de",  "o2mail.de",
  "o2online.de", "1und1.de",    "netcologne.de",  "ewe.net",      "ewetel.net",   "alice-dsl.net",
  "versanet.de", "mein.gmx",    "mail.ru",        "inbox.ru",     "list.ru",      "bk.ru",
  "yandex.ru",   "yandex.com",  "rambler.ru",     "ukr.net",      "wp.pl",        "o2.pl",
  "onet.pl",     "interia.pl",  "seznam.cz",      "libero.it",    "orange.fr",    "laposte.net",
  "mynet.com",   "qq.com",      "163.com",        "zoho.com",     "fastmail.com", "hushmail.com",
  "mail.com",    "email.com",   "firemail.de",    "lycos.de",     "berlin.com",   "berlinmail.de",
  NULL
};

bool is_mailbox_domain(const char *domain)
{
  for (const char *part = domain; part; part = strchr(part, '.') ? strchr(part, '.') + 1 : NULL)
    if (g_strv_contains(mailbox_domains, part)) return true;
  return false;
}
