/* The privacy gate: the one way from what people wrote to what the public reads. Only privacy.c makes a
 * struct public_text, and everything that writes text to a page takes nothing else, so a text that has not
 * been through the gate does not compile. What goes: e-mail addresses (spelled out too), telephone numbers,
 * account numbers, Message-IDs, signatures, quotes. What stays: addresses of the municipality's own domain.
 * Linear time, any input. */
#ifndef WEB_ARCHIVE_PRIVACY_H
#define WEB_ARCHIVE_PRIVACY_H

#include <glib.h>
#include <stdbool.h>

struct public_text; /* opaque, immutable, valid UTF-8 */
void public_text_free(struct public_text *text);
typedef struct public_text public_text_t; /* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_text_t, public_text_free)

/* The text inside, owned by it; for those who escape it. */
const char *public_text_string(const struct public_text *text);

enum { PUBLIC_BODY_BYTES = 32 * 1024, PUBLIC_TITLE_BYTES = 300 };

/* A mail's own text: lines with LF, without signature, farewell with what follows it, and quotes ("[…]" where
 * text goes on after one); at most PUBLIC_BODY_BYTES, then a word that says so. "" when nothing is left.
 * `domain` is ours. */
struct public_text *public_body(const char *text, const char *domain);

/* A subject: one line; "(ohne Betreff)" when nothing is left. */
struct public_text *public_title(const char *subject, const char *domain);

/* A sender's name: first name and initial; "Jemand aus dem Kiez" where there is none. */
struct public_text *public_name(const char *name);

/* A sender's name as its owner chose: "full": as sent; "pseudonym": that; else as public_name. Addresses and
 * numbers in it are no names. */
struct public_text *public_chosen_name(const char *shown, const char *name, const char *pseudonym);

/* What stands in a case, whoever wrote it: as public_body and public_title, and without the names of the
 * residents who take part (`names`, as sent; lib/text/redact/personal.h). `spared`: words that are no names
 * here, such as the region's; may be NULL. */
struct public_text *public_case_body(const char *text, const GPtrArray *names, const char *spared,
                                     const char *domain);
struct public_text *public_case_title(const char *text, const GPtrArray *names, const char *spared,
                                      const char *domain);

/* Our own words and the operator's (titles of lists, imprint, dates, paths): as they are. Never for a text
 * from a mail. */
struct public_text *public_own(const char *words);

#endif
