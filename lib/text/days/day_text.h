/* A day as people write it in a letter: "4. Dezember 2026", "4 December 2026". */
#ifndef TEXT_DAY_TEXT_H
#define TEXT_DAY_TEXT_H

/* `day` is YYYY-MM-DD; what is none comes back as it is. `language` (BCP 47) is that of the letter; one that
 * is not known here is taken for German. Caller frees. */
char *day_in_words(const char *day, const char *language);

#endif
