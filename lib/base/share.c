/* Where shipped files lie (letters, templates, districts): beside the source for a program that was built in
 * a tree, so that nothing needs installing to try it; beside the program where it was installed, wherever
 * that is; else where `make` was told it would be. A municipality's own file of the same name beside its
 * kiezpost.conf comes first. */
#include "lib/base/config.h"

#include <string.h>

/* DIRECTORY/REST if that is a directory; else NULL. Caller frees. */
static char *directory_below(const char *directory, const char *rest)
{
  g_autofree char *path = g_build_filename(directory, rest, NULL);
  return g_file_test(path, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&path) : NULL;
}

/* "/src/build/test/kiezpost" → "/src/share", if there is one. */
static char *share_of_tree(const char *program)
{
  const char *build = g_strrstr(program, "/build/");
  if (!build || !strchr(build + strlen("/build/"), '/')) return NULL;
  g_autofree char *tree = g_strndup(program, (gsize)(build - program));
  return directory_below(tree, "share");
}

/* "/usr/bin/kiezpost" → "/usr/share/kiezpost", if there is one. */
static char *share_of_prefix(const char *program)
{
  if (!g_str_has_suffix(program, "/bin/kiezpost")) return NULL;
  g_autofree char *prefix = g_strndup(program, strlen(program) - strlen("/bin/kiezpost"));
  return directory_below(prefix, "share/kiezpost");
}

static char *find_share(void)
{
  const char *named = g_getenv("KIEZPOST_SHARE");
  if (named && *named) return g_canonicalize_filename(named, NULL);
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  char *share = program ? share_of_tree(program) : NULL;
  if (program && !share) share = share_of_prefix(program);
  return share ? share : g_strdup(KIEZPOST_SHARE);
}

const char *config_share(void)
{
  static char *share;
  static gsize once;
  if (g_once_init_enter(&once)) {
    share = find_share();
    g_once_init_leave(&once, 1);
  }
  return share;
}

/* A name below a directory that cannot lead out of it. */
static bool stays_below(const char *rest)
{
  g_auto(GStrv) parts = g_strsplit(rest, "/", -1);
  for (char **part = parts; *part; part++)
    if (!**part || strcmp(*part, "..") == 0) return false;
  return parts[0] != NULL;
}

char *config_find_shared(const struct config *config, const char *rest)
{
  if (!stays_below(rest)) return NULL;
  g_autofree char *own = config ? g_build_filename(config->directory, "share", rest, NULL) : NULL;
  if (own && g_file_test(own, G_FILE_TEST_EXISTS)) return g_steal_pointer(&own);
  g_autofree char *shipped = g_build_filename(config_share(), rest, NULL);
  return g_file_test(shipped, G_FILE_TEST_EXISTS) ? g_steal_pointer(&shipped) : NULL;
}
