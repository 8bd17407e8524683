/* A series as people say it: "jeden Dienstag, bis 30. Juni 2026", "every Tuesday, until 30 June 2026". */
#ifndef TEXT_RULE_TEXT_H
#define TEXT_RULE_TEXT_H

/* `rule` as of lib/text/dates/series.h; `language` as for day_in_words. Caller frees; NULL: the rule
 * is empty. */
char *rule_in_words(const char *rule, const char *language);

#endif
