/* Between the parent's side (pictures.c), the process (process.c) and the reader (exif.c). */
#ifndef MAIL_PICTURES_PICTURE_FACTS_H
#define MAIL_PICTURES_PICTURE_FACTS_H

#include "lib/base/companion.h"
#include "lib/mail/pictures/pictures.h"

struct pictures {
  struct companion companion;
};

enum picture_form { PICTURE_JPEG, PICTURE_HEIF };

/* What goes over the socket before a picture's bytes; the answer is one struct picture_answer. */
struct picture_request {
  guint32 form;
  guint32 size;
};
struct picture_answer {
  guint32 is_read;
  struct picture_facts facts;
};

/* exif.c: the facts of a picture's bytes. False: none. For the child process and the fuzz harness only. */
bool picture_read_facts(enum picture_form form, const void *bytes, gsize size, struct picture_facts *facts);

/* The same by form: exif.c, heif.c. At most EXIF_BYTES of EXIF are looked at. */
enum { EXIF_BYTES = 1024 * 1024 };
bool picture_read_exif(const void *bytes, gsize size, struct picture_facts *facts);
bool picture_read_heif(const void *bytes, gsize size, struct picture_facts *facts);

/* process.c: serves requests on a socket until it is closed; never returns. */
_Noreturn void picture_process(int fd);

#endif
