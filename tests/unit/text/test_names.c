/* Names: what the public sees of a display name, and what members see. */
#include "lib/text/names.h"
#include "tests/unit/text/cases.h"

static const struct {
  const char *name, *written, *shown;
} public_cases[] = {
  { "first name and initial", "Lothar Grünberg", "Lothar G." },
  { "surname first, with a comma", "Grünberg, Lothar", "Lothar G." },
  { "title and particle are not the name", "Dr. Eva von Stein", "Eva S." },
  { "title behind the comma", "Stein, Dr. Eva", "Eva S." },
  { "degree behind the comma", "Eva Stein, M.A.", "Eva S." },
  { "particle behind the first name", "Stein, Eva von", "Eva S." },
  { "several titles", "Prof. Dr.-Ing. Dr. h.c. Eva Stein", "Eva S." },
  { "a lone word is a first name", "Lothar", "Lothar" },
  { "also where it may be a particle", "Und", "Und" },
  { "a particle with a capital is a first name", "Und Meier", "Und M." },
  { "a surname behind a particle is no first name", "von Stein", "S." },
  { "a lone word after Frau is a surname", "Frau Grünberg", "Frau G." },
  { "a lone word after a title is a surname", "Dr. Grünberg", "G." },
  { "Frau with both names", "Frau Eva Grünberg", "Eva G." },
  { "families show an initial", "Familie Grünberg", "Familie G." },
  { "hyphenated first names stay whole", "Hans-Peter Müller", "Hans-Peter M." },
  { "hyphenated surnames show one initial", "Eva Müller-Lüdenscheidt", "Eva M." },
  { "middle names go", "Anna Maria Schmidt", "Anna S." },
  { "an English Phil is no title", "Phil Baker", "Phil B." },
  { "initials stay initials", "H. Müller", "H. M." },
  { "already shortened", "Lothar G.", "Lothar G." },
  { "shouting is lowered", "LOTHAR GRÜNBERG", "Lothar G." },
  { "a surname in capitals first", "GRÜNBERG Lothar", "Lothar G." },
  { "lower case is raised", "lothar grünberg", "Lothar G." },
  { "Turkish letters", "Ayşe Çelik", "Ayşe Ç." },
  { "Cyrillic letters", "Иван Петров", "Иван П." },
  { "a patronymic at the end gives the surname away", "Иванов Пётр Сергеевич", "Пётр И." },
  { "a patronymic in the middle", "Пётр Сергеевич Иванов", "Пётр И." },
  { "an initial keeps its combining mark", "Eva O\xCC\x88sterling", "Eva O\xCC\x88." },
  { "via goes", "Lothar Grünberg via Kiezliste", "Lothar G." },
  { "über goes", "Lothar G. über Grünau", "Lothar G." },
  { "what stands in brackets goes", "Lothar Grünberg (Mieterbeirat)", "Lothar G." },
  { "what stands behind a dash goes", "Lothar Grünberg - SV Grünau", "Lothar G." },
  { "quotes go", "'Lothar Grünberg'", "Lothar G." },
  { "nicknames in quotes do no harm", "Lothar \"Lolli\" Grünberg", "Lothar G." },
  { "apostrophes stay inside words", "Sean O'Neill", "Sean O." },
  { "Nikita is a first name", "Nikita Petrow", "Nikita P." },
  { "a local part is split", "lothar.gruenberg", "Lothar G." },
  { "digits at the end go", "lothar57", "Lothar" },
  { "an address is no name", "lothar@example.org", NULL },
  { "a name that holds an address", "Lothar Grünberg <l@example.org>", NULL },
  { "a disguised address", "lothar (at) example.org", NULL },
  { "a full-width at sign", "lothar＠example.org", NULL },
  { "a telephone number is no name", "Lothar 0176 1234567", NULL },
  { "nothing", "", NULL },
  { "signs only", "...", NULL },
  { "NULL", NULL, NULL },
  { "organisations keep their name", "Bezirksamt Treptow-Köpenick", "Bezirksamt Treptow-Köpenick" },
  { "associations keep their name", "Grünauer Freunde e.V.", "Grünauer Freunde e.V." },
  { "associations with a space in e. V.", "Grünauer Freunde e. V.", "Grünauer Freunde e. V." },
  { "but not their clerk's", "Bezirksamt Treptow-Köpenick, Frau Müller", "Bezirksamt Treptow-Köpenick" },
  { "bidi overrides do not reorder", "Lothar \xE2\x80\xAEgrebnürG", "Lothar G." },
};

static void test_public(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(public_cases); i++) {
    g_autofree char *got = name_for_public(public_cases[i].written);
    check_same(public_cases[i].name, got, public_cases[i].shown);
  }
}

static const struct {
  const char *name, *written, *address, *shown;
} member_cases[] = {
  { "as sent", "Grünberg, Lothar", "x@y.example", "Grünberg, Lothar" },
  { "titles stay", "Dr. Eva von Stein (Grünau)", "x@y.example", "Dr. Eva von Stein (Grünau)" },
  { "quotes go", "\"Lothar\" 'Grünberg'", "x@y.example", "Lothar Grünberg" },
  { "addresses go", "Lothar <l@y.example> l@y.example", "x@y.example", "Lothar" },
  { "what a list added goes", "Lothar G. über Grünau", "x@y.example", "Lothar G." },
  { "line breaks go", "Lothar\r\nBcc: x", "x@y.example", "Lothar Bcc: x" },
  { "from the local part", "", "lothar.gruenberg@y.example", "Lothar Gruenberg" },
  { "from the local part when the name is the address", "l.g@y.example", "lothar_gruenberg57+kiez@y.example",
    "Lothar Gruenberg" },
  { "hyphens stay", NULL, "hans-peter@y.example", "Hans-peter" },
  { "nothing at all", "", "12345@y.example", "jemand aus dem Kiez" },
  { "no address either", NULL, NULL, "jemand aus dem Kiez" },
  { "at most 60 characters, whole words",
    "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa Bbbbbbbbbbbbbbbbbbbbbbbbbbbb Cccccc", "x@y.example",
    "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa Bbbbbbbbbbbbbbbbbbbbbbbbbbbb" },
  { "one long word is cut", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü",
    "x@y.example", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" },
};

static void test_members(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(member_cases); i++) {
    g_autofree char *got = name_for_members(member_cases[i].written, member_cases[i].address);
    check_same(member_cases[i].name, got, member_cases[i].shown);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_public), cmocka_unit_test(test_members) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
