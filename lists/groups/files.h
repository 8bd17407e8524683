/* What a list takes of attachments; and those that are not passed on because they run, or act, where somebody
 * opens them. */
#ifndef LISTS_GROUPS_FILES_H
#define LISTS_GROUPS_FILES_H

#include "lists/kinds.h"

/* For compose_post: is it one of those? `data` is not looked at. */
bool files_is_hazard(const struct mail_attachment *attachment, void *data);
bool files_any_hazard(const struct mail *mail);
/* Is the mail nothing but that? */
bool files_only_hazards(const struct mail *mail);

/* The line in such an attachment's place, in a language. NULL: it cannot be rendered. Caller frees. */
char *files_hazard_line(struct work *work, const char *language, const struct mail *mail,
                        const struct mail_attachment *attachment, bool html);
/* The same as a compose_post's replace_attachment (its data is this struct): the lines live as long as it. */
struct files_left_out {
  struct work *work;
  const struct mail *mail;
  const char *language;
  GPtrArray *lines; /* char*, owned */
};
const char *files_left_out_line(const struct mail_attachment *attachment, bool html, void *data);

/* Tells the author, where it is proven who that is, or once a day a member; nothing where there is no hazard.
 */
bool files_tell_author(struct work *work, const struct arrival *arrival, bool is_member, bool nothing_left,
                       GError **error);

/* Above how many bytes an attachment of a list's post becomes a link (list NULL: as configured). */
bool files_limit(struct work *work, const struct list *list, int64_t *bytes, GError **error);
/* Does the mail bring a kind of file that the list does not take, or is it larger than the list takes? */
bool files_is_other_kind(struct work *work, const struct list *list, const struct mail *mail, bool *is,
                         GError **error);
bool files_is_oversize(struct work *work, const struct list *list, const struct mail *mail, bool *is,
                       GError **error);

#endif
