/* Reading: raw bytes → bounds → GMime → struct mail. Never fails on foreign bytes: what cannot be understood
 * is left out and said (was_bounded). Linear time; memory is the raw mail (which may be mapped) and twice the
 * chosen text. Bounds: header 256 KB (one field 32 KB of addresses, 64 KB otherwise), 500 parts, depth 20,
 * text 1 MB. */
#ifndef MAIL_READ_H
#define MAIL_READ_H

#include "lib/base/config.h"
#include "lib/mail/mail.h"

struct mail_reading {
  const char *domain;                    /* ours: List-Id of ours end in it */
  const char *authserv_id;               /* whose Authentication-Results count */
  const char *const *trusted_forwarders; /* NULL-ended or NULL */
  const char *envelope_sender;           /* "" for the null sender; NULL: unknown */
  const char *parent_text;    /* own words of the mail that is answered, as stored; NULL: unknown */
  const char *parent_whole;   /* all its text; NULL: unknown */
  bool want_body_html;        /* keep body_html */
  bool keeps_raw;             /* `raw` outlives the mail: composing it need not take it apart once more */
  bool without_language;      /* leave language NULL: the worker does not ask, and guessing costs a tenth of
                                 reading */
  const char *network_header; /* the field in which our MTA names the client's network; NULL or "": none */
  const char *spam_header;    /* the field in which our MTA says yes to spam; NULL or "": none */
  int received_above_results; /* Received fields our MTA puts above its Authentication-Results; 0: they must
                                 stand on top */
};

/* Once in a process, before reading (GMime, ICU, public suffix list, the tables of human words; call before
 * entering the sandbox). A municipality's own tables lie beside its `config`; NULL: the shipped ones alone.
 * False with a sentence that names file and line when a table is wrong. */
bool mail_init(const struct config *config, GError **error);

/* `raw` must stay during the call only, or with keeps_raw as long as the mail. Never NULL. */
struct mail *mail_read(const void *raw, gsize size, const struct mail_reading *reading);
void mail_free(struct mail *mail);
typedef struct mail mail_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(mail_t, mail_free)

/* Cuts once more, where the mail that is answered was found only after reading: what stands in it is quote.
 * The same as mail_read with parent_text. */
void mail_cut_again(struct mail *mail, const char *parent_text, const char *parent_whole);

/* The language that its new text is in, as it is by now: what `language` was of may have been cut since. BCP
 * 47, static or the mail's; NULL: a guess would be none. */
const char *mail_language(const struct mail *mail);

/* Who acts by this mail: its author; of a mail of ours that was redirected, who did that. */
const struct mail_address *mail_actor(const struct mail *mail);

/* When it was written: the sender's Date, where that is at most seven days before and one day after it came;
 * else when it came. Seconds UTC. */
int64_t mail_written_at(const struct mail *mail, int64_t received);

/* False when the bytes are no mail at all (no header field in the first 64 KB). */
bool mail_is_mail(const void *raw, gsize size);

/* Decodes one part by its path ("1.2") in pieces; false when there is no such part or `each` returned false.
 */
typedef bool mail_each_piece(const void *bytes, gsize size, void *data);
bool mail_open_part(const void *raw, gsize size, const char *part, mail_each_piece *each, void *data);

#endif
