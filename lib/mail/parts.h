/* The MIME tree of a raw mail, as places in its bytes (or in what winmail.dat holds, which is opened on the
 * way): found by one scan of ours that has bounds by construction, so that nothing behind it ever meets 5,000
 * parts or a depth of 1,000. RFC 2045, RFC 2046. Inside lib/mail only.
 *
 * GMime reads the values (media types with their parameters); the structure is not left to it, because posts
 * are composed by copying parts as they stand, and that needs their places. */
#ifndef MAIL_PARTS_H
#define MAIL_PARTS_H

#include "lib/mail/fields.h"
#include "lib/mail/read.h"

#include <gmime/gmime.h>

enum {
  BOUND_HEADER = 256 * 1024,    /* of the mail's header, all fields together */
  BOUND_FIELDS = 4000,          /* in it */
  BOUND_ADDRESSES = 32 * 1024,  /* one field of addresses */
  BOUND_FIELD = 64 * 1024,      /* any other */
  BOUND_MIME_FIELD = 16 * 1024, /* Content-…: RFC 2231 continuations end here */
  BOUND_PART_HEADER = 64 * 1024,
  BOUND_PARTS = 500,
  BOUND_DEPTH = 20,
  BOUND_TEXT = 1024 * 1024,
};

struct part {
  struct part *parent, *first, *last, *next; /* tree; next: sibling */
  int index;                                 /* among its siblings, from 1 */
  int depth;                                 /* the root's is 0 */
  const char *head;                          /* its header fields */
  gsize head_size;
  const char *body; /* as encoded, without the line end before the delimiter */
  gsize body_size;
  char *type;                           /* "text/plain", lower case; never NULL */
  GMimeContentType *content_type;       /* never NULL */
  GMimeContentDisposition *disposition; /* NULL where none is said */
  GMimeContentEncoding encoding;
  bool is_encoding_unknown; /* a Content-Transfer-Encoding nobody knows */
  char *content_id;         /* without brackets; NULL */
  bool is_opened;           /* it was winmail.dat */
  char *text;               /* all of body_part_text(), where the mail is kept for composing; else NULL */
};

struct parts {
  const char *raw;
  gsize size;
  GArray *fields; /* struct field: the mail's header, bounded */
  GPtrArray *all; /* struct part*, in the order of the mail; the first is the root */
  bool was_bounded;
  GPtrArray *opened; /* GString*: what was in winmail.dat, as MIME; some parts lie in there */
};

/* `raw` must stay as long as the tree. Never NULL; there is always a root. */
struct parts *parts_scan(const void *raw, gsize size);
void parts_free(struct parts *parts);
typedef struct parts parts_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(parts_t, parts_free)

static inline struct part *parts_root(const struct parts *parts)
{
  return g_ptr_array_index(parts->all, 0);
}

/* "1.2"; the root of a mail that is no multipart is "1", that of a multipart "". Caller frees. */
char *part_path(const struct part *part);
/* NULL if there is no such part. */
struct part *parts_find(const struct parts *parts, const char *path);

bool part_is_multipart(const struct part *part);
bool part_is(const struct part *part, const char *type);
/* Said to be an attachment, whatever its type. */
bool part_is_attached(const struct part *part);
/* Decoded: RFC 2231, RFC 2047 in parameters, Content-Disposition before Content-Type; without the path some
 * clients write before it; NULL if none was given. Caller frees. */
char *part_filename(const struct part *part);
/* What stands behind the last slash of a path, of whatever system; NULL: nothing that names a file. */
const char *part_base_name(const char *path);
/* A parameter of the media type, or NULL. */
const char *part_parameter(const struct part *part, const char *name);

/* Decodes the transfer encoding in pieces. False when `each` returned false. */
bool part_decode(const struct part *part, mail_each_piece *each, void *data);
/* Up to `limit` decoded bytes; *was_cut becomes true when there was more. */
GByteArray *part_bytes(const struct part *part, gsize limit, bool *was_cut);
/* How many bytes part_decode would give. */
gsize part_decoded_size(const struct part *part);

#endif
