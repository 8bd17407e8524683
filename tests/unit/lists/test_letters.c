/* Every letter in every language: rendered with all its values and with none, plain and HTML, looked through
 * for what a reader must never see; and its values stand in share/letters/README.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/config.h"
#include "lib/text/letter_text.h"
#include "lib/text/template.h"

#include <string.h>

static const char *const languages[] = { "de", "de-x-leicht", "en" };
static const char *const lists_of_rows[] = { "memberships", "posts", "people", "later" };
static const char *const common[] = { "place",           "list",         "list_address",
                                      "imprint",         "join_address", "leave_address",
                                      "privacy_address", "privacy_url",  NULL };

static int compare(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The letters of a language, sorted: "approve.md". */
static GPtrArray *letters_of(const char *language)
{
  g_autofree char *folder = g_build_filename(config_share(), "letters", language, NULL);
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  assert_non_null(directory);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; (name = g_dir_read_name(directory));)
    if (g_str_has_suffix(name, ".md")) g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare);
  return names;
}

static char *read_letter(const char *language, const char *name)
{
  g_autofree char *path = g_build_filename(config_share(), "letters", language, name, NULL);
  char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL)) fail_msg("%s cannot be read", path);
  return text;
}

/* The names that a template uses, each once. */
static GHashTable *names_in(const char *markdown)
{
  GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const char *at = markdown; (at = strstr(at, "{{"));) {
    at += 2 + strspn(at + 2, "#^/");
    const char *end = strstr(at, "}}");
    if (!end) fail_msg("a tag is not closed: %s", at);
    g_hash_table_add(names, g_strndup(at, (gsize)(end - at)));
  }
  return names;
}

static bool is_rows(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(lists_of_rows); i++)
    if (strcmp(lists_of_rows[i], name) == 0) return true;
  return false;
}

static void set_all(struct value *map, GHashTable *names)
{
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    if (!is_rows(name)) value_set_text(map, name, "Wert & Wort");
}

/* All values, rows twice. */
static struct value *full_values(GHashTable *names)
{
  struct value *values = value_new();
  set_all(values, names);
  for (gsize i = 0; i < G_N_ELEMENTS(lists_of_rows); i++)
    for (int n = 0; n < 2 && g_hash_table_contains(names, lists_of_rows[i]); n++)
      set_all(value_append(values, lists_of_rows[i]), names);
  return values;
}

/* What a reader must not see. */
static guint count_leftovers(const char *language, const char *name, const char *text)
{
  static const char *const leftovers[] = {
    "{{", "}}", "\n\n\n", "**", "](", "()", "„“", "“”", "\\\n", " \n"
  };
  guint found = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(leftovers); i++) {
    if (!strstr(text, leftovers[i])) continue;
    print_error("%s/%s holds \"%s\":\n%s\n", language, name, leftovers[i], text);
    found++;
  }
  return found;
}

static guint check_rendered(const char *language, const char *name, const char *markdown,
                            struct value *values, bool is_full)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(letter_text_t) text = letter_text_render(name, markdown, values, language, &error);
  if (!text) fail_msg("%s/%s: %s", language, name, error->message);
  assert_true(*text->subject != '\0');
  assert_null(strchr(text->subject, '\n'));
  assert_non_null(strstr(text->html, language[1] == 'n' ? "lang=\"en\"" : "lang=\"de"));
  guint found = strstr(text->subject, "{{") != NULL || strstr(text->html, "{{") != NULL;
  if (is_full) found += count_leftovers(language, name, text->plain);
  return found +
         (strstr(text->plain, "\n\n\n") || strstr(text->plain, "{{") || strstr(text->html, "<p></p>"));
}

static void every_letter_renders_in_every_language(void **state)
{
  (void)state;
  guint found = 0;
  for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
    g_autoptr(GPtrArray) names = letters_of(languages[l]);
    for (guint i = 0; i < names->len; i++) {
      g_autofree char *markdown = read_letter(languages[l], names->pdata[i]);
      g_autoptr(GHashTable) tags = names_in(markdown);
      g_autoptr(value_t) full = full_values(tags);
      g_autoptr(value_t) empty = value_new();
      value_set_text(empty, "list", "Grünau");
      value_set_text(empty, "place", "Treptow-Köpenick");
      found += check_rendered(languages[l], names->pdata[i], markdown, full, true);
      found += check_rendered(languages[l], names->pdata[i], markdown, empty, false);
    }
  }
  assert_int_equal(found, 0);
}

static void every_language_has_every_letter(void **state)
{
  (void)state;
  g_autoptr(GPtrArray) german = letters_of("de");
  for (gsize l = 1; l < G_N_ELEMENTS(languages); l++) {
    g_autoptr(GPtrArray) names = letters_of(languages[l]);
    for (guint i = 0; i < MAX(names->len, german->len); i++)
      assert_string_equal(i < german->len ? german->pdata[i] : "(nothing more)",
                          i < names->len ? names->pdata[i] : "(nothing more)");
  }
}

/* The row of README.md about a letter; NULL: none. */
static char *row_of(const char *readme, const char *name)
{
  g_autofree char *begin = g_strdup_printf("\n| `%.*s` |", (int)(strlen(name) - strlen(".md")), name);
  const char *row = strstr(readme, begin);
  return row ? g_strndup(row + 1, strcspn(row + 1, "\n")) : NULL;
}

static bool is_listed(const char *readme, const char *letter, const char *value)
{
  if (g_strv_contains(common, value)) return true;
  g_autofree char *row = row_of(readme, letter);
  g_autofree char *quoted = g_strdup_printf("`%s`", value);
  const char *same = row ? strstr(row, "| as `") : NULL;
  if (row && strstr(row, quoted)) return true;
  if (!same) return false;
  g_autofree char *other = g_strndup(same + 6, strcspn(same + 6, "`"));
  g_autofree char *file = g_strconcat(other, ".md", NULL);
  return is_listed(readme, file, value);
}

static void every_value_stands_in_the_readme(void **state)
{
  (void)state;
  g_autofree char *readme = read_letter("", "README.md");
  guint missing = 0;
  for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
    g_autoptr(GPtrArray) names = letters_of(languages[l]);
    for (guint i = 0; i < names->len; i++) {
      g_autofree char *markdown = read_letter(languages[l], names->pdata[i]);
      g_autoptr(GHashTable) tags = names_in(markdown);
      g_autofree char *row = row_of(readme, names->pdata[i]);
      if (!row) print_error("%s is not listed\n", (char *)names->pdata[i]);
      missing += row == NULL;
      GHashTableIter iter;
      gpointer name;
      g_hash_table_iter_init(&iter, tags);
      while (row && g_hash_table_iter_next(&iter, &name, NULL)) {
        if (is_listed(readme, names->pdata[i], name)) continue;
        print_error("%s/%s: %s is not listed\n", languages[l], (char *)names->pdata[i], (char *)name);
        missing++;
      }
    }
  }
  assert_int_equal(missing, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_letter_renders_in_every_language),
    cmocka_unit_test(every_language_has_every_letter),
    cmocka_unit_test(every_value_stands_in_the_readme),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
