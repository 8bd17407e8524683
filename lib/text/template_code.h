/* A parsed template: instructions in one array, shared by template.c, which writes them, and
 * template_render.c, which runs them. */
#ifndef TEXT_TEMPLATE_CODE_H
#define TEXT_TEMPLATE_CODE_H

#include "lib/text/template.h"

enum template_op_kind {
  OP_TEXT,     /* text as it is */
  OP_PUT,      /* {{name}} */
  OP_RAW,      /* {{{name}}} */
  OP_SECTION,  /* {{#name}}; when false goes behind its OP_END */
  OP_INVERTED, /* {{^name}}; when true goes to `jump` */
  OP_END,      /* {{/name}} of a section; goes back to `jump` for the next item */
  OP_CALL,     /* {{>name}} */
  OP_RETURN,   /* the end of a file */
};

/* "a.b.c" taken apart; no parts: {{.}} */
struct template_path {
  char **parts;  /* NULL-ended */
  guint *hashes; /* value_hash of each */
};

struct template_op {
  enum template_op_kind kind;
  bool at_line_start;         /* OP_TEXT: begins a line of its file, which gets the partial's indentation */
  guint jump;                 /* index of an instruction; OP_CALL: number of the program */
  const char *text;           /* OP_TEXT: points into a source; OP_CALL: indentation */
  gsize size;                 /* of text */
  struct template_path *path; /* of tags with a name, else NULL */
  guint line;
};

struct template_program {
  char *name; /* by which others call it */
  char *path; /* in sentences about it */
  char *source;
  guint start; /* index of its first instruction */
};

struct template
{
  enum escape_kind kind;
  GArray *ops;         /* struct template_op */
  GPtrArray *programs; /* struct template_program*; number 0 is the main one */
};

#endif
