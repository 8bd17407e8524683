/* Scanning HTML: text, start tags and end tags one after the other, in linear time and without memory of its
 * own. What no reader sees (comments, conditional comments, doctypes, scripts, styles) is passed over. For
 * html_in.c. */
#ifndef TEXT_HTML_SCAN_H
#define TEXT_HTML_SCAN_H

#include <glib.h>
#include <stdbool.h>

enum html_token_kind { HTML_END_OF_INPUT, HTML_TEXT, HTML_START_TAG, HTML_END_TAG };

enum { HTML_NAME_MAX = 15 };

/* A stretch of the input. */
struct html_span {
  const char *at; /* NULL: not there */
  gsize size;
};

struct html_token {
  enum html_token_kind kind;
  struct html_span text;                  /* HTML_TEXT, with its character references */
  char name[HTML_NAME_MAX + 1];           /* tags: lower case; "" when longer than any we know */
  struct html_span href, alt, class_name; /* raw attribute values, without quotes */
  struct html_span id, given_name, type, style, data_marker; /* what mail clients mark their elements with */
  bool is_hidden; /* hidden attribute, display:none, visibility:hidden; struck out; a comment of Word */
  bool is_tight;  /* a paragraph without margins, as Word and Outlook write lines */
};

struct html_scan {
  const char *p, *end;
  bool is_unfinished; /* a comment, tag or raw text ran into the end of the input */
};

/* Reads the next token; false at the end. */
bool html_scan_next(struct html_scan *scan, struct html_token *token);

#endif
