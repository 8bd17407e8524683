/* Where shipped files lie (letters, templates, districts): beside the source for a program that was built in
 * a tree, so that nothing needs installing to try it; else where it was installed. A municipality's own file
 * of the same name beside its kiezpost.conf comes first. */
#include "lib/base/config.h"

#include <string.h>

/* "/src/build/test/kiezpost" → "/src/share", if there is one. */
static char *share_of_tree(void)
{
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  char *build = program ? g_strrstr(program, "/build/") : NULL;
  if (!build || !strchr(build + strlen("/build/"), '/')) return NULL;
  *build = '\0';
  g_autofree char *share = g_build_filename(program, "share", NULL);
  return g_file_test(share, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&share) : NULL;
}

const char *config_share(void)
{
  static char *share;
  static gsize once;
  if (g_once_init_enter(&once)) {
    const char *named = g_getenv("KIEZPOST_SHARE");
    share = named && *named ? g_canonicalize_filename(named, NULL) : share_of_tree();
    if (!share) share = g_strdup(KIEZPOST_SHARE);
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
