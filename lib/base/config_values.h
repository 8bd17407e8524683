/* Values of kiezpost.conf: what a type accepts, and how it is written back. Used by config.c alone. */
#ifndef BASE_CONFIG_VALUES_H
#define BASE_CONFIG_VALUES_H

#include "lib/base/config.h"

enum setting_type {
  SETTING_TEXT,
  SETTING_WORD,      /* a-z, 0-9 and "-": names of folders and languages */
  SETTING_DOMAIN,    /* a host name in ASCII, lower-cased */
  SETTING_ADDRESS,   /* has an @ and no blanks */
  SETTING_ZONE,      /* a zone that this machine knows */
  SETTING_PATH,      /* made absolute; "" stays */
  SETTING_SOCKET,    /* unix:PATH, made absolute, or tcp:HOST:PORT */
  SETTING_SIZE,      /* int64_t bytes: 40M, 256K, 1G */
  SETTING_COUNT,     /* int */
  SETTING_LIST,      /* words between ";" */
  SETTING_RELAY,     /* smtp://… ; smtp://…, or one maildir:DIR */
  SETTING_TLS,       /* no, may, must */
  SETTING_DELIMITER, /* one of + = ~ */
  SETTING_CHECKSUM,  /* sha256, sha384, sha512, sha1 */
  SETTING_URL,       /* http:// or https://, without a slash at the end */
  SETTING_TYPE_COUNT
};

struct setting {
  const char *group, *key;
  enum setting_type type;
  const char *fallback; /* NULL: must be given */
  size_t offset;        /* in struct config */
  int64_t least, most;  /* for numbers */
  const char *about;    /* what it is for */
};

/* Checks and stores; NULL when fine, else what is wrong with the text (caller frees). */
char *config_value_set(struct config *config, const struct setting *setting, const char *text);
char *config_value_text(const struct config *config, const struct setting *setting);
void config_value_clear(struct config *config, const struct setting *setting);

#endif
