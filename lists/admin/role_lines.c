/* Lines "Moderation gruenau: anna@web.de, bert@web.de". The role's word stands in the tables (roles.label);
 * of a role that each list has, the list's name stands behind it. As everywhere: an admin's own words go
 * before quoted ones, and a line that is as it was shown says nothing. Nobody is "keine"; a line without
 * anything behind its colon may have been broken by a mail program, and changes nothing. */
#include "lists/admin/role_lines.h"

#include "lists/keeping/holders.h"
#include "lists/keeping/lines.h"
#include "lists/list_cache.h"

#include <string.h>

static void role_line_free(gpointer data)
{
  struct role_line *line = data;
  g_free(line->value);
  g_free(line);
}

void role_lines_clear(struct role_lines *said)
{
  g_clear_pointer(&said->lines, g_ptr_array_unref);
  g_clear_pointer(&said->wrong, g_ptr_array_unref);
}

char *role_line_name(const struct role *role, const struct list *list)
{
  return role_is_of_any_list(role) ? g_strdup_printf("%s.%s", role->word, list->name) : g_strdup(role->word);
}

/* A reading on its way. */
struct reading {
  const struct work *work;
  const char *shown;
  struct role_lines *said;
  bool is_own;
};

/* What a label says; false: none of ours. */
static bool read_label(const struct work *work, const char *label, struct role_line *line)
{
  const struct role *role = role_find(lines_word(label, "roles.label"));
  *line = (struct role_line){ .role = role };
  if (role && !role_is_of_any_list(role)) {
    line->list = list_cache_by_name(work->lists, role->list);
    return !role->list || line->list;
  }
  gsize end = 0;
  line->list = list_cache_at_end(work->lists, label, &end);
  g_autofree char *begin = g_strndup(label, MIN(end, strlen(label)));
  line->role = line->list ? role_find(lines_word(begin, "roles.label")) : NULL;
  return line->role && role_is_of_any_list(line->role);
}

static bool is_ours(const char *label, void *data)
{
  const struct reading *reading = data;
  struct role_line line;
  return read_label(reading->work, label, &line);
}

/* Are these the same addresses? */
static bool is_same(const char *a, const char *b)
{
  g_autoptr(GPtrArray) x = holders_addresses(a), y = holders_addresses(b);
  bool is = x->len == y->len;
  for (guint i = 0; i < x->len && is; i++)
    is = g_ptr_array_find_with_equal_func(y, g_ptr_array_index(x, i), g_str_equal, NULL);
  return is;
}

/* What the letter showed in a line. Caller frees. */
static char *shown_in(const char *shown, const char *name)
{
  g_auto(GStrv) lines = g_strsplit(shown, "\n", -1);
  gsize length = strlen(name);
  for (char **line = lines; *line; line++)
    if (strncmp(*line, name, length) == 0 && (*line)[length] == '=') return g_strdup(*line + length + 1);
  return g_strdup("");
}

static bool is_said(const struct role_lines *said, const struct role_line *line)
{
  for (guint i = 0; i < said->lines->len; i++) {
    const struct role_line *known = g_ptr_array_index(said->lines, i);
    if (known->role == line->role && known->list == line->list) return true;
  }
  return false;
}

static void take(const struct line *read, void *data)
{
  const struct reading *reading = data;
  struct role_line line;
  if (!read->is_ours) {
    if (reading->is_own && !read->is_quoted && *read->value)
      lines_note_wrong(reading->said->wrong, read->written);
    return;
  }
  read_label(reading->work, read->label, &line);
  bool is_nobody = !*read->value || lines_word(read->value, "keep.empty") != NULL;
  g_autofree char *name = role_line_name(line.role, line.list);
  g_autofree char *before = shown_in(reading->shown, name);
  const char *value = is_nobody ? "" : read->value;
  if ((is_nobody || strchr(value, '@')) && is_same(value, before)) return;
  if (is_said(reading->said, &line)) return;
  if (!*read->value || (!is_nobody && !strchr(value, '@'))) {
    lines_note_wrong(reading->said->wrong, read->written);
    return;
  }
  line.value = g_strdup(value);
  g_ptr_array_add(reading->said->lines, g_memdup2(&line, sizeof line));
}

void role_lines_read(const struct work *work, const char *text_new, const char *text, const char *shown,
                     struct role_lines *said)
{
  said->lines = g_ptr_array_new_with_free_func(role_line_free);
  said->wrong = g_ptr_array_new_with_free_func(g_free);
  struct reading own = { work, shown, said, true }, quoted = { work, shown, said, false };
  lines_read(text_new, is_ours, take, &own);
  lines_read(text, is_ours, take, &quoted);
}
