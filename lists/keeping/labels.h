/* A group's settings as lines "label: value", read tolerant and written by letters; shared by settings.c and
 * labels.c. */
#ifndef LISTS_KEEPING_LABELS_H
#define LISTS_KEEPING_LABELS_H

#include "lib/store/directory.h"
#include "lib/text/phrases.h"

/* What a keeper can settle; the order of the letter. */
enum setting {
  SETTING_TITLE,
  SETTING_DESCRIPTION,
  SETTING_POSTING,
  SETTING_NEWCOMERS,
  SETTING_JOINING,
  SETTING_ARCHIVE,
  SETTING_MEMBERS,
  SETTING_TAG,
  SETTING_TOPICS,
  SETTING_LANGUAGE,
  SETTING_OWN_COPY,
  SETTING_ATTACHMENTS,
  SETTING_ATTACHMENT_SIZE,
  SETTING_MAIL_SIZE,
  SETTING_WELCOME,
  SETTING_MODERATORS,
  SETTING_COUNT
};
const char *setting_word(enum setting setting); /* "posting": in tables, letters and details */

/* What lines of a mail say: a value for each setting, NULL where none is said; of choices the word that the
 * store knows, of kinds of files the words, sizes as size_words() writes them. Lines in `wrong` (char*) name
 * a setting and a value that it has not, or no setting of ours. */
struct said {
  char *values[SETTING_COUNT];
  GPtrArray *wrong;
};
void said_clear(struct said *said);
typedef struct said said_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(said_t, said_clear)

/* How everything is, as words. The strings are the caller's. False: a fault. settings.c */
struct work;
bool settings_state(struct work *work, const struct list *list, char *state[SETTING_COUNT], GError **error);
/* Does to `list` what is said and answers with how all is now. Moderators are a line of all of them, or one
 * who is added or taken ("+udo@…", "-udo@…"). settings.c */
struct arrival;
struct request;
bool keep_apply(struct work *work, const struct arrival *arrival, const struct request *request,
                struct list *list, const struct said *said, GError **error);

/* Reads a mail's own words and, where these say nothing of a setting, the quoted letter that was edited. What
 * a line says that `shown` (values as the letter showed them) said before is no change. Quoted text may be
 * marked with ">" or not, and broken into lines by a mail program. A line or two of the sender's own are
 * meant even where an older letter showed the same: they are compared with how it is `now`. */
void settings_read(const char *text_new, const char *text, char *const shown[SETTING_COUNT],
                   char *const now[SETTING_COUNT], struct said *said);

/* The values that a mail says of itself, in sentences and lines, as settings_read() does without a letter. */
void settings_read_fresh(const char *text, char *const now[SETTING_COUNT], struct said *said);

#endif
