/* What the tests of this room share: a municipality in a temporary directory, with store, inbox, keys and
 * lists. */
#ifndef TESTS_LISTS_SUPPORT_H
#define TESTS_LISTS_SUPPORT_H

#include "lib/base/clock.h"
#include "lib/base/config.h"
#include "lib/base/keys.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/people/people.h"
#include "lib/store/store.h"
#include "lists/video/bbb.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { TEST_NOW = 1772442900 }; /* 2026-03-02T09:15:00Z */

struct town {
  char *directory;
  struct config *config;
  struct keys *keys;
  struct store *store;
  struct inbox *inbox;
  struct bbb *bbb; /* made with the first worker, where town_has_video() was called before */
};

static inline int town_remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
  (void)info, (void)type, (void)walk;
  return remove(path);
}

/* A new store. The first of a process is made, and further ones are copies of its file: to make one takes
 * longer than most tests do with it. */
static inline bool town_create_store(const char *directory, GError **error)
{
  static char *made;
  static gsize size_bytes;
  g_autofree char *path = g_build_filename(directory, "kiezpost.db", NULL);
  if (!made) return store_create(directory, error) && g_file_get_contents(path, &made, &size_bytes, error);
  g_autofree char *raw = g_build_filename(directory, "raw", NULL);
  g_mkdir_with_parents(raw, 0700);
  return g_file_set_contents_full(path, made, (gssize)size_bytes, G_FILE_SET_CONTENTS_NONE, 0600, error);
}

/* Everything a worker needs; fails the test when something cannot be made. */
static inline void town_open(struct town *town)
{
  g_autoptr(GError) error = NULL;
  *town = (struct town){ 0 };
  clock_fix(TEST_NOW);
  if (!mail_init(NULL, &error)) fail_msg("%s", error->message);
  town->directory = g_dir_make_tmp("kiezpost-XXXXXX", NULL);
  g_autofree char *conf = g_build_filename(town->directory, "kiezpost.conf", NULL);
  g_file_set_contents(
      conf, "[municipality]\ndomain = kiez.example\nname = Testkiez\nadmin = admin@amt.example\n", -1, NULL);
  town->config = config_load(conf, &error);
  if (!town->config) fail_msg("%s", error->message);
  const char *files[] = { town->config->keys, town->config->addresses };
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *parent = g_path_get_dirname(files[i]);
    g_mkdir_with_parents(parent, 0700);
  }
  g_mkdir_with_parents(town->config->run, 0700);
  if (!keys_create(town->config->keys, TEST_NOW, &error) || !town_create_store(town->config->store, &error) ||
      !inbox_create(town->config->inbox, &error))
    fail_msg("%s", error->message);
  town->keys = keys_load(town->config->keys, &error);
  if (!town->keys) fail_msg("%s", error->message);
  town->store = store_open(town->config->store, STORE_WRITE, &error);
  if (!town->store) fail_msg("%s", error->message);
  town->inbox = inbox_open(town->config->inbox, false, &error);
  if (!town->inbox) fail_msg("%s", error->message);
}

/* A BigBlueButton server is configured. */
static inline void town_has_video(struct town *town)
{
  g_free(town->config->bbb_url);
  g_free(town->config->bbb_secret_file);
  town->config->bbb_url = g_strdup("https://bbb.example/bigbluebutton");
  town->config->bbb_secret_file = g_build_filename(town->directory, "bbb.secret", NULL);
  g_file_set_contents(town->config->bbb_secret_file, "639259d4-9dd8-4b25-bf01-95f9567eaf4b\n", -1, NULL);
  g_chmod(town->config->bbb_secret_file, 0600);
}

static inline void town_close(struct town *town)
{
  bbb_free(town->bbb);
  inbox_close(town->inbox);
  store_close(town->store);
  keys_free(town->keys);
  config_free(town->config);
  nftw(town->directory, town_remove_one, 16, FTW_DEPTH | FTW_PHYS);
  g_free(town->directory);
  *town = (struct town){ 0 };
}

/* A list; returns its id. */
static inline int64_t town_list(struct town *town, const char *name, const char *kind, bool is_public)
{
  g_autoptr(GError) error = NULL;
  struct list list = { .name = (char *)name,
                       .kind = (char *)kind,
                       .title = (char *)name,
                       .region_slug = (char *)"",
                       .archive_public = is_public,
                       .posting = (char *)"members",
                       .subject_tag = (char *)"",
                       .language = (char *)"de" };
  if (!store_begin(town->store, &error) || !list_create(town->store, &list, TEST_NOW, &error) ||
      !list_rule_put(town->store, list.id, "unauthenticated", "accept", &error) ||
      !store_commit(town->store, &error))
    fail_msg("%s", error->message);
  return list.id;
}

/* An active member that gets each mail; returns the person. */
static inline int64_t town_member(struct town *town, int64_t list, const char *address, const char *roles)
{
  g_autoptr(GError) error = NULL;
  struct member member = { .list = list,
                           .address = (char *)address,
                           .name = (char *)"",
                           .roles = (char *)roles,
                           .delivery = (char *)"each",
                           .state = (char *)"active",
                           .own_copy = -1,
                           .since = TEST_NOW,
                           .confirmed = TEST_NOW };
  if (!store_begin(town->store, &error) || !member_put(town->store, &member, TEST_NOW, &error) ||
      !store_commit(town->store, &error))
    fail_msg("%s", error->message);
  g_free(member.paused_until);
  return member.person;
}

#endif
