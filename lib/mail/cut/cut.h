/* Cutting: what the sender wrote in this very mail, apart from what was quoted, forwarded and signed.
 *
 * Works on lines of text in any language; the markers of languages are tables (share/languages/
 * LANG.quotes.phrases), those of mail programs too (share/clients/quotes.txt). Linear time. */
#ifndef MAIL_CUT_CUT_H
#define MAIL_CUT_CUT_H

#include <glib.h>
#include <stdbool.h>

/* What is known of the mail besides its text; any may be NULL or "". */
struct cut_hints {
  const char *from_name, *from_address, *subject;
  const char *parent_text;  /* own words of the mail that is answered, as stored */
  const char *parent_whole; /* all its text, its farewell and quotes too: clients quote those as well */
};

struct cut_text {
  char *text_new;   /* own words; of an answer between quotes, the short quoted lines above it stay with "> ";
                       of a forward without own words, what is forwarded. "" only where the mail has no text */
  char *signature;  /* signature, farewell, advertisement of the client, disclaimer; "" if none */
  char *forwarded;  /* what is forwarded, without the head lines above it; NULL: no forward */
  bool has_quote;   /* something was quoted or forwarded */
  bool only_quotes; /* text_new is what was quoted: nothing of it is the sender's own */
};

/* Cuts a text whose lines may begin with HTML_MARK_BYTE (lib/text/html/html_mark.h). The caller clears `out`.
 */
void cut_text(const char *marked, const struct cut_hints *hints, struct cut_text *out);
void cut_text_clear(struct cut_text *cut);

/* Takes out of own words what stands in the mail that is answered: at the end, and before the first own line.
 * The parent's whole text may be NULL. `text` is the whole text, in which answers written between unmarked
 * lines of the parent are looked for. Returns the new own words, or NULL where nothing is to be taken out.
 * *has_quote turns true then. */
char *cut_by_parent(const char *text_new, const char *text, const char *parent_text, const char *parent_whole,
                    bool *has_quote);

#endif
