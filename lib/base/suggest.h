/* "Did you mean …?": the word of a list that a misspelt one comes nearest to. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

/* Levenshtein's distance, letters' case aside; at most 64 bytes of each word are compared. */
unsigned suggest_distance(const char *a, const char *b);

/* The greatest distance at which the word may still have been meant. */
unsigned suggest_tolerance(const char *word);

/* The nearest of a NULL-ended list; NULL where nothing comes near enough to be meant. */
const char *suggest_word(const char *word, const char *const *words);

#endif
