/* Names of people as the public and as members see them. */
#ifndef TEXT_NAMES_H
#define TEXT_NAMES_H

/* "Lothar Grünberg" → "Lothar G."; "Grünberg, Lothar" → "Lothar G."; "Dr. Eva von Stein" → "Eva S."; one word
 * stays a first name; a name that is or holds an address, or nothing: NULL, and the page says "jemand aus dem
 * Kiez". Caller frees. */
char *name_for_public(const char *name);

/* A display name for members: one line, without addresses, bidi tricks and quotes, at most 60 characters;
 * from the address's local part ("lothar.gruenberg" → "Lothar Gruenberg") where there is none. Never NULL;
 * caller frees. */
char *name_for_members(const char *name, const char *address);

#endif
