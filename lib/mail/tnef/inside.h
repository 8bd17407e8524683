/* What the files of this folder share. */
#ifndef MAIL_TNEF_INSIDE_H
#define MAIL_TNEF_INSIDE_H

#include "lib/mail/tnef/tnef.h"

/* Foreign bytes from the front to the end. Every take says no when there is too little left, and from then on
 * nothing is taken any more. */
struct reader {
  const guint8 *at;
  gsize left;
};
/* `size` bytes in place; NULL: there are not so many. */
const guint8 *take(struct reader *reader, gsize size);
bool take_number(struct reader *reader, gsize bytes, guint64 *number); /* little-endian, 1 to 8 bytes */

/* One MAPI property, its value in place. */
struct property {
  unsigned id, type;   /* id 0x8000 and above: named */
  const guint8 *set;   /* of a named one: the 16 bytes of its GUID; NULL */
  guint64 name;        /* of a named one with a number */
  const guint8 *value; /* the first value */
  gsize size;
};
enum {
  TYPE_OBJECT = 0x000D,
  TYPE_STRING8 = 0x001E,
  TYPE_UNICODE = 0x001F,
  TYPE_TIME = 0x0040,
  TYPE_BINARY = 0x0102
};

/* Reads a list of properties. mapi.c */
typedef void each_property(const struct property *property, void *data);
void mapi_read(const guint8 *bytes, gsize size, each_property *each, void *data);

/* A property's text as UTF-8 without NULs; `codepage` for those that are not Unicode. Caller frees. */
char *mapi_text(const struct property *property, unsigned codepage);
guint64 mapi_number(const struct property *property);
/* Bytes of a code page as UTF-8, up to the first NUL. Caller frees. */
char *codepage_text(const guint8 *bytes, gsize size, unsigned codepage);

/* A compressed RTF body ([MS-OXRTFCP]) as plain text; NULL: it is none. Caller frees. rtf.c */
char *rtf_text(const guint8 *bytes, gsize size);

/* What an invitation says. appointment.c */
struct appointment {
  char *message_class, *subject, *location, *sender;
  char *uid;
  unsigned occurrence; /* YYYYMMDD of the one occurrence that is meant; 0: all */
  gint64 start, end;   /* seconds UTC; 0: not said */
  guint64 sequence;
  bool has_sequence;
};
void appointment_take(struct appointment *appointment, const struct property *property, unsigned codepage);
void appointment_clear(struct appointment *appointment);
/* NULL: the message is none about appointments. *method is static. Caller frees. */
char *appointment_text(const struct appointment *appointment, const char *from, const char **method);

#endif
