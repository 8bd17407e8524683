/* The lines of a settings letter and the tags of a subject, from any text: what is said is valid UTF-8 and
 * bounded, and what the letter showed is never said again. */
#include "lib/base/config.h"
#include "lists/keeping/labels.h"
#include "lists/keeping/tags.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load(void)
{
  static bool is_ready = false;
  if (is_ready) return;
  g_autofree char *tables = g_build_filename(config_share(), "languages", NULL);
  const char *const directories[] = { tables, NULL };
  g_assert_true(phrases_load(directories, NULL));
  is_ready = true;
}

static void check_settings(const char *text)
{
  char *shown[SETTING_COUNT];
  for (int i = 0; i < SETTING_COUNT; i++) shown[i] = g_strdup("members");
  g_auto(said_t) said = { 0 };
  settings_read(text, text, shown, shown, &said);
  for (int i = 0; i < SETTING_COUNT; i++) {
    const char *value = said.values[i];
    g_assert_true(!value || (g_utf8_validate(value, -1, NULL) && strcmp(value, "members") != 0));
    g_free(shown[i]);
  }
  for (guint i = 0; i < said.wrong->len; i++)
    g_assert_true(g_utf8_validate(g_ptr_array_index(said.wrong, i), -1, NULL));
}

static void check_tags(const char *text)
{
  g_autoptr(GPtrArray) tags = tags_of_subject(text, "kiez");
  g_assert_cmpuint(tags->len, <=, 5);
  for (guint i = 0; i < tags->len; i++) {
    const char *tag = g_ptr_array_index(tags, i);
    g_assert_true(*tag && g_utf8_validate(tag, -1, NULL) && strcmp(tag, "kiez") != 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  load();
  g_autofree char *bytes = g_strndup((const char *)data, MIN(size, 20000));
  g_autofree char *text = g_utf8_make_valid(bytes, -1);
  check_settings(text);
  check_tags(text);
  return 0;
}
