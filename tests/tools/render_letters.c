/* render_letters DIR: every letter of share/letters in every language, with values as they are in life, as a
 * reader gets it: DIR/LANGUAGE/NAME.N.html and .txt. N counts the circumstances: first with none of the
 * letter's flags, then with each of them alone, last with nothing that may be missing. tests/pages/letters.js
 * looks at them; a person reads DIR/LANGUAGE.txt, all of a language after one another. */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/config.h"
#include "lib/text/letter_text.h"

static const char *const languages[] = { "de", "de-x-leicht", "en" };
static const char *const rows[] = { "memberships", "posts", "people",  "later",
                                    "choices",     "lists", "changes", "wrong" };
static const char *const event_rows[] = { "dates",   "rows",       "wrong",       "yes_rows",
                                          "no_rows", "maybe_rows", "silent_rows", "waiting_rows" };
static bool is_event; /* the letter at hand is about one */

/* What may be missing in a real letter stands in `optional`. */
static const struct {
  const char *name, *value;
  bool is_optional;
} texts[] = {
  { "place", "Treptow-Köpenick", false },
  { "list", "Nachbarn in Grünau", false },
  { "list_address", "kiezkasse-schmoeckwitz@kiez.bezirk.example", false },
  { "imprint", "Bezirksamt Treptow-Köpenick von Berlin, Alt-Köpenick 21, 12555 Berlin", true },
  { "join_address", "gruenau+beitreten@kiez.example", false },
  { "leave_address", "gruenau+austreten@kiez.example", false },
  { "settings_address", "kiezkasse-schmoeckwitz+einstellungen@kiez.bezirk.example", false },
  { "privacy_address", "datenschutz@kiez.example", false },
  { "privacy_url", "https://kiez.example/datenschutz/", false },
  { "subject", "Hoffest am Samstag", true },
  { "file", "Lageplan-Hoffest-Wassersportallee-2026-Entwurf-3.pdf", true },
  { "files", "Lageplan.pdf (120 KB)", true },
  { "sender", "Zoe Sommer", false },
  { "sender_address", "zoe.sommer@posteo.example", true },
  { "reason", "Die Absenderin ist kein Mitglied.", true },
  { "reasons", "Der Beitrag beleidigt eine Person; ich habe ihn zurückgezogen.", false },
  { "text", "Am Samstag ab 15 Uhr feiern wir auf dem Hof. Wer bringt Bänke mit?", true },
  { "by", "Mona M.", true },
  { "requester", "Zoe S.", false },
  { "other", "Cem A.", false },
  { "mediator", "Vera M.", false },
  { "requester_address", "vermittlung+bqaaaaacaaaacrmoxpj2vpjv7zeyjdnoujrk73w7@kiez.example", false },
  { "other_address", "vermittlung+bqaaaaacaaaadrmoxpj2vpjv7zeyjdnoujrk73w8@kiez.example", false },
  { "mediator_address", "vermittlung+bqaaaaacaaaaermoxpj2vpjv7zeyjdnoujrk73w9@kiez.example", false },
  { "current_address", "vermittlung+bqaaaaacaaaafrmoxpj2vpjv7zeyjdnoujrk73w2@kiez.example", false },
  { "office", "Straßen- und Grünflächenamt", true },
  { "due", "4. Dezember 2026", true },
  { "expected", "18. Dezember 2026", true },
  { "name", "Anna Lindner", false },
  { "address", "anna.lindner@gmx.example", false },
  { "other", "anna.buero@firma.example", false },
  { "domain", "gmx.example", true },
  { "status", "5.7.1", false },
  { "said", "550 5.7.1 Message rejected due to DMARC policy of the sending domain", true },
  { "title", "Hundefreunde in Grünau", false },
  { "description", "Alles rund um die Regattastraße und den Wald dahinter.", true },
  { "welcome", "Schön, dass Sie da sind! Mittwochs treffen wir uns im Nachbarschaftshaus.", true },
  { "count", "4", false },
  { "members", "212", false },
  { "day", "15.8.2026", true },
  { "until", "2026-08-15", true },
  { "pseudonym", "Oma Inge", true },
  { "muted", "Mülltonnen", true },
  { "answer", "Ja, das passt so.", true },
  { "number", "1", false },
  { "line", "Wer darf schreiben: nur nette Leute", false },
  { "asked", "cem@web.example", true },
  { "id", "17", false },
  { "tag", "[Biete]", true },
  { "moderators", "mona@gmx.example, max@web.example", true },
  { "url", "https://kiez.example/gruenau/2026/0173/", true },
  { "reply", "gruenau+acaaaaanqaaaaaaatmr4rimpfdue5ix3s6j5aciisu@kiez.example", false },
  { "more", "12", true },
};

/* What letters about events call by names that are flags elsewhere. */
static const struct {
  const char *name, *value;
  bool is_optional;
} event_texts[] = {
  { "title", "Hoffest mit Flohmarkt und Käsekuchen", false },
  { "when", "Samstag, 16. Mai 2026, 15 bis 18 Uhr", false },
  { "series", "jeden Samstag, bis 27. Juni 2026", true },
  { "where", "Nachbarschaftshaus am Segelfliegerdamm 12, Remise im zweiten Hof", true },
  { "bring", "Teller, Becher und Besteck", true },
  { "answer_by", "9. Mai 2026", true },
  { "capacity", "60", true },
  { "yes_mailto",
    "mailto:gruenau%2Bauaaaaaaqaaaaqaasj6kwyxppbtezkmlopgkjbzxl6@kiez.example?subject=Ja&body=Ja", false },
  { "no_mailto",
    "mailto:gruenau%2Bauaaaaaaqaaaaqaasj6kwyxppbtezkmlopgkjbzxl6@kiez.example?subject=Nein&body=Nein",
    false },
  { "maybe_mailto",
    "mailto:gruenau%2Bauaaaaaaqaaaaqaasj6kwyxppbtezkmlopgkjbzxl6@kiez.example?subject=Vielleicht&body="
    "Vielleicht",
    false },
  { "message", "Bitte denken Sie an festes Schuhwerk.\n\nBei Regen sind wir in der Remise.", false },
  { "comment", "Ich bringe Salat mit", true },
  { "proposed", "Sonntag, 17. Mai 2026, 15 bis 18 Uhr", false },
  { "proposed_en", "Sunday, 17 May 2026, 15:00 to 18:00", false },
  { "own", "3", true },
  { "coming", "34", true },
  { "people", "34", true },
  { "yes", "12", true },
  { "no", "3", true },
  { "maybe", "2", true },
  { "silent", "180", true },
  { "waiting", "4", true },
  { "attended", "34", true },
  { "left_out", "17", true },
  { "who", "Cem A.", true },
};

/* Of rows alone: "date" is a flag of the letter as well. */
static const char *const event_row_texts[][2] = {
  { "date", "Samstag, 23. Mai 2026" },
  { "now", "Sonntag, 24. Mai 2026, 15 bis 18 Uhr" },
  { "there", "Turnhalle" },
};

static bool is_one_of(const char *const *names, gsize count, const char *name)
{
  for (gsize i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return true;
  return false;
}

static bool is_rows(const char *name)
{
  return is_event ? is_one_of(event_rows, G_N_ELEMENTS(event_rows), name)
                  : is_one_of(rows, G_N_ELEMENTS(rows), name);
}

static bool is_text(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    if (strcmp(texts[i].name, name) == 0) return true;
  for (gsize i = 0; is_event && i < G_N_ELEMENTS(event_texts); i++)
    if (strcmp(event_texts[i].name, name) == 0) return true;
  return false;
}

/* The flags of a letter in their order, each once; and the lists of rows it has. */
static void find_names(const char *markdown, GPtrArray *flags, GPtrArray *lists)
{
  for (const char *at = markdown; (at = strstr(at, "{{"));) {
    at += 2 + strspn(at + 2, "#^/");
    g_autofree char *name = g_strndup(at, strcspn(at, "}"));
    bool is_list = is_rows(name) && (strcmp(name, "people") != 0 || strstr(markdown, "{{address}}"));
    GPtrArray *place = is_list ? lists : is_text(name) ? NULL : flags;
    bool is_of_row = is_event && (strcmp(name, "now") == 0 || strcmp(name, "there") == 0);
    if (is_of_row) continue;
    if (!place || g_ptr_array_find_with_equal_func(place, name, g_str_equal, NULL)) continue;
    g_ptr_array_add(place, g_steal_pointer(&name));
  }
}

static void set_texts(struct value *map, bool is_sparse)
{
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    if (!is_sparse || !texts[i].is_optional) value_set_text(map, texts[i].name, texts[i].value);
  for (gsize i = 0; is_event && i < G_N_ELEMENTS(event_texts); i++)
    if (!is_sparse || !event_texts[i].is_optional)
      value_set_text(map, event_texts[i].name, event_texts[i].value);
}

/* Rows: one for each flag, so that each is seen. */
static void append_rows(struct value *values, const char *list, const GPtrArray *flags, bool is_sparse)
{
  for (guint i = 0; i < MAX(2, flags->len); i++) {
    struct value *row = value_append(values, list);
    set_texts(row, is_sparse);
    g_autofree char *number = g_strdup_printf("%u", i + 1);
    value_set_text(row, "number", number);
    for (guint k = 0; k < flags->len; k++) value_set_flag(row, g_ptr_array_index(flags, k), k == i);
    for (gsize k = 0; is_event && k < G_N_ELEMENTS(event_row_texts); k++)
      value_set_text(row, event_row_texts[k][0], event_row_texts[k][1]);
  }
}

static struct value *values_of(const GPtrArray *flags, const GPtrArray *lists, int flag, bool is_sparse)
{
  struct value *values = value_new();
  set_texts(values, is_sparse);
  for (guint i = 0; i < lists->len; i++) append_rows(values, g_ptr_array_index(lists, i), flags, is_sparse);
  if (flag >= 0) value_set_flag(values, g_ptr_array_index(flags, (guint)flag), true);
  return values;
}

static void write_file(const char *folder, const char *name, int number, const char *end, const char *text)
{
  g_autofree char *file = g_strdup_printf("%s/%s.%d.%s", folder, name, number, end);
  if (!g_file_set_contents(file, text, -1, NULL)) g_error("%s cannot be written", file);
}

/* One letter in all its circumstances. */
static void render(const char *language, const char *name, const char *markdown, const char *folder,
                   GString *all)
{
  g_autoptr(GPtrArray) flags = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);
  is_event = g_str_has_prefix(name, "event_");
  find_names(markdown, flags, lists);
  int count = (int)flags->len;
  for (int n = 0; n < count + 2; n++) {
    g_autoptr(value_t) values = values_of(flags, lists, n <= count ? n - 1 : -1, n > count);
    g_autoptr(GError) error = NULL;
    g_autoptr(letter_text_t) letter = letter_text_render(name, markdown, values, language, &error);
    if (!letter) g_error("%s/%s: %s", language, name, error->message);
    write_file(folder, name, n, "html", letter->html);
    g_autofree char *plain = g_strdup_printf("%s\n\n%s", letter->subject, letter->plain);
    write_file(folder, name, n, "txt", plain);
    const char *flag = n > 0 && n <= count ? g_ptr_array_index(flags, (guint)n - 1) : n ? "(missing)" : "";
    g_string_append_printf(all, "======== %s %s\n%s\n", name, flag, plain);
  }
}

static void render_language(const char *language, const char *folder)
{
  g_autofree char *from = g_build_filename(config_share(), "letters", language, NULL);
  g_autofree char *to = g_build_filename(folder, language, NULL);
  g_autofree char *text_file = g_strconcat(to, ".txt", NULL);
  g_mkdir_with_parents(to, 0755);
  g_autoptr(GString) all = g_string_new(NULL);
  g_autoptr(GDir) directory = g_dir_open(from, 0, NULL);
  if (!directory) g_error("%s cannot be read", from);
  for (const char *file; (file = g_dir_read_name(directory));) {
    g_autofree char *path = g_build_filename(from, file, NULL);
    g_autofree char *markdown = NULL;
    if (!g_str_has_suffix(file, ".md") || !g_file_get_contents(path, &markdown, NULL, NULL)) continue;
    g_autofree char *name = g_strndup(file, strlen(file) - strlen(".md"));
    render(language, name, markdown, to, all);
  }
  g_file_set_contents(text_file, all->str, -1, NULL);
}

int main(int argc, char **argv)
{
  if (argc != 2) {
    fputs("usage: render_letters DIR\n", stderr);
    return 64;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) render_language(languages[i], argv[1]);
  return 0;
}
