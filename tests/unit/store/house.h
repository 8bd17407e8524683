/* What the tests of the store share: a fresh store and inbox in a temporary directory, and short ways to fill
 * them. */
#ifndef TEST_STORE_HOUSE_H
#define TEST_STORE_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/store/store.h"
#include "lib/store/threads.h"
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct house {
  char *directory, *store_directory, *inbox_directory;
  struct store *store; /* open for writing */
  struct inbox *inbox;
};

enum { NOW = 1772442000 }; /* 2026-03-02 09:00 UTC */

/* A call that must succeed, with &why as its last argument; else the test fails with the sentence. */
#define must(call)                                                                                           \
  do {                                                                                                       \
    GError *why = NULL;                                                                                      \
    if (!(call) || why) fail_msg("%s: %s", #call, why ? why->message : "no error set");                      \
  } while (0)

static inline int house_build(void **state)
{
  struct house *house = g_new0(struct house, 1);
  const char *base = g_getenv("TEST_TMP");
  g_autofree char *template = g_build_filename(base ? base : g_get_tmp_dir(), "store-XXXXXX", NULL);
  house->directory = g_strdup(g_mkdtemp(template));
  house->store_directory = g_build_filename(house->directory, "store", NULL);
  house->inbox_directory = g_build_filename(house->directory, "inbox", NULL);
  must(store_create(house->store_directory, &why));
  must(inbox_create(house->inbox_directory, &why));
  must(house->store = store_open(house->store_directory, STORE_WRITE, &why));
  must(house->inbox = inbox_open(house->inbox_directory, true, &why));
  *state = house;
  return 0;
}

static inline int house_remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
  (void)status, (void)type, (void)walk;
  return remove(path);
}

static inline int house_raze(void **state)
{
  struct house *house = *state;
  store_close(house->store);
  inbox_close(house->inbox);
  nftw(house->directory, house_remove_one, 16, FTW_DEPTH | FTW_PHYS);
  g_free(house->directory);
  g_free(house->store_directory);
  g_free(house->inbox_directory);
  g_free(house);
  return 0;
}

/* Forks with nothing open in either process (SQLite's locks do not survive a fork); the parent opens its
 * store again. */
static inline pid_t house_fork(struct house *house)
{
  g_clear_pointer(&house->store, store_close);
  g_clear_pointer(&house->inbox, inbox_close);
  pid_t child = fork();
  if (child == 0) return 0;
  must(house->store = store_open(house->store_directory, STORE_WRITE, &why));
  must(house->inbox = inbox_open(house->inbox_directory, false, &why));
  return child;
}

static inline void house_begin(struct house *house)
{
  must(store_begin(house->store, &why));
}

static inline void house_commit(struct house *house)
{
  must(store_commit(house->store, &why));
}

/* A list with nothing special; inside a transaction. */
static inline int64_t house_list(struct house *house, const char *name, bool is_public)
{
  struct list list = {
    .name = (char *)name, .kind = (char *)"group", .title = (char *)name, .archive_public = is_public
  };
  must(list_create(house->store, &list, NOW, &why));
  return list.id;
}

/* A member by address; inside a transaction. Returns the person. */
static inline int64_t house_join(struct house *house, int64_t list, const char *address)
{
  g_autoptr(member_t) member = g_new0(struct member, 1);
  member->list = list;
  member->address = g_strdup(address);
  member->own_copy = -1;
  member->confirmed = NOW;
  must(member_put(house->store, member, NOW, &why));
  return member->person;
}

/* A mail of these words; inside a transaction. */
static inline int64_t house_mail(struct house *house, const char *words)
{
  unsigned char key[32] = { 0 };
  bool is_new;
  g_autoptr(GBytes) bytes = g_bytes_new(words, strlen(words));
  memcpy(key, words, MIN(strlen(words), sizeof key));
  int64_t id;
  must(id = mail_put(house->store, key, NOW, "eva@example.org", bytes, NULL, &is_new, &why));
  return id;
}

#endif
