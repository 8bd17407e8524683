/* What an attachment is, by its name, its media type and its first bytes; and whether it would run or act
 * where somebody opens it. One table each (file_kinds.c, hazards.c); lists say what they take in the words of
 * the first. */
#ifndef MAIL_FILE_KINDS_H
#define MAIL_FILE_KINDS_H

#include <glib.h>
#include <stdbool.h>

enum file_kind {
  FILE_OTHER, /* none of those below, or not what its name says */
  FILE_PICTURE,
  FILE_DOCUMENT,
  FILE_CALENDAR,
  FILE_SOUND,
  FILE_VIDEO,
  FILE_ARCHIVE,
  FILE_KIND_COUNT
};
/* "pictures", "documents", …; "other". */
const char *file_kind_word(enum file_kind kind);

/* A set of kinds: bit 1 << kind. */
#define FILE_KINDS_ANY ((1u << FILE_KIND_COUNT) - 1)
/* Words between blanks, commas or "and": "pictures documents", "any", "none". False: a word is none of ours;
 * *wrong is then that word (caller frees; may be NULL). */
bool file_kinds_read(const char *words, unsigned *kinds, char **wrong);
/* The other way round; "any" for all, "none" for none. Caller frees. */
char *file_kinds_words(unsigned kinds);

/* What a file would do where somebody opens it. */
enum file_hazard {
  FILE_HARMLESS,
  FILE_PROGRAM,    /* runs: programs, scripts, installers, images of disks, and archives that hold such */
  FILE_MACROS,     /* an office document with programs in it */
  FILE_PAGE,       /* acts in a browser: HTML, SVG */
  FILE_UNREADABLE, /* winmail.dat that is broken: nobody can open it */
  FILE_HAZARD_COUNT
};

/* What is known of a file. Only `head` and its size need be there. */
struct file_facts {
  const char *name;   /* NULL: none */
  const char *type;   /* media type, lower case; "" */
  const guint8 *head; /* its first bytes, up to FILE_HEAD */
  gsize head_size;
};
enum { FILE_HEAD = 1024 };

enum file_kind file_kind_of(const struct file_facts *facts);
enum file_hazard file_hazard_of(const struct file_facts *facts);
/* By the name alone, as for an entry of an archive. */
enum file_hazard file_hazard_of_name(const char *name, gsize size);

/* The last ending of a name in lower case, without the dot, as an operating system reads it: dots and blanks
 * at the end do not count. "": none. Caller frees. */
char *file_ending(const char *name, gsize size);

/* The listing of a ZIP archive and the directory of an old office document (OLE 2) while its bytes go by:
 * nothing is unpacked, and a listing that lies does not matter, since every header that is there is looked
 * at. Memory is a few hundred bytes. */
struct file_listing {
  GByteArray *rest; /* not looked at yet */
  enum file_hazard hazard;
  guint names;
};
void file_listing_begin(struct file_listing *listing);
void file_listing_add(struct file_listing *listing, const void *bytes, gsize size);
/* What the names say; frees what it holds. */
enum file_hazard file_listing_end(struct file_listing *listing);
/* Is a file of this kind worth it? */
bool file_has_listing(const struct file_facts *facts);

#endif
