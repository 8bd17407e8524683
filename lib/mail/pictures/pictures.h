/* Pictures: what a photo says about itself (where and when it was taken), read by a process of its own that
 * has nothing to lose: it is started before any database is opened, sits in a sandbox without files and
 * network, gets bytes over a socket, and reads each picture in a child with limits of memory and time.
 * EXIF 2.3 in JPEG (libexif), and in HEIC (ISO/IEC 23008-12, libheif; only its metadata, nothing is decoded).
 */
#ifndef MAIL_PICTURES_PICTURES_H
#define MAIL_PICTURES_PICTURES_H

#include "lib/mail/mail.h"

struct pictures;

/* Starts the process. Call before databases are opened and before threads; NULL with FAULT_TEMPORARY when
 * there can be none. */
struct pictures *pictures_start(GError **error);
/* Ends it and waits for it. */
void pictures_stop(struct pictures *pictures);
typedef struct pictures pictures_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(pictures_t, pictures_stop)

struct picture_facts {
  bool has_point;
  double lat, lon; /* WGS 84 */
  char taken[20];  /* "2026-03-05T19:58:10", wall time where it was taken; "" unknown */
};

/* Asks about one picture of a media type ("image/jpeg", "image/heic", "image/heif"). False: it says nothing,
 * whatever the reason (no such data, broken, too large, the process is gone): a photo never keeps a mail
 * waiting. At most PICTURES_BYTES are looked at. `pictures` may be NULL: false. */
enum { PICTURES_BYTES = 24 * 1024 * 1024, PICTURES_A_MAIL = 12 };
bool pictures_read(struct pictures *pictures, const char *type, const void *bytes, gsize size,
                   struct picture_facts *facts);

/* Fills has_point, lat, lon and taken of a mail's photos; `raw` is the mail it was read from. The first
 * PICTURES_A_MAIL are asked about. */
void pictures_locate(struct pictures *pictures, const void *raw, gsize size, struct mail *mail);

#endif
