/* What a part of a mail is, as a file. Inside lib/mail only. */
#ifndef MAIL_FILES_JUDGE_H
#define MAIL_FILES_JUDGE_H

#include "lib/mail/files/file_kinds.h"
#include "lib/mail/parts.h"

/* `filename` as people see it; NULL: none. A nested message is as hazardous as what it holds. */
void file_judge(const struct part *part, const char *filename, enum file_kind *kind,
                enum file_hazard *hazard);

#endif
