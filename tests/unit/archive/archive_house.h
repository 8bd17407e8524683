/* What the tests of the archive share: a store, a configuration, and short ways to let mail arrive as the
 * worker files it. */
#ifndef TEST_ARCHIVE_HOUSE_H
#define TEST_ARCHIVE_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/config.h"
#include "lib/mail/mail.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/pages.h"
#include "lib/store/store.h"
#include "lib/store/threads.h"
#include "lists/threading.h"
#include "web-archive/publish.h"
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct house {
  char *directory;
  struct config config;
  struct store *store;
  int mails;
};

enum { NOW = 1772442900 }; /* 2026-03-02 10:15 in Berlin */

#define must(call)                                                                                           \
  do {                                                                                                       \
    GError *why = NULL;                                                                                      \
    if (!(call) || why) fail_msg("%s: %s", #call, why ? why->message : "no error set");                      \
  } while (0)

static inline int house_build(void **state)
{
  struct house *house = g_new0(struct house, 1);
  if (g_file_test("share/templates/archive", G_FILE_TEST_IS_DIR)) g_setenv("KIEZPOST_SHARE", "share", FALSE);
  const char *base = g_getenv("TEST_TMP");
  g_autofree char *template = g_build_filename(base ? base : g_get_tmp_dir(), "archive-XXXXXX", NULL);
  house->directory = g_strdup(g_mkdtemp(template));
  house->config = (struct config){
    .file = g_build_filename(house->directory, "kiezpost.conf", NULL),
    .directory = g_strdup(house->directory),
    .domain = (char *)"kiez.example",
    .name = (char *)"Treptow-Köpenick",
    .zone = (char *)"Europe/Berlin",
    .imprint = (char *)"Bezirksamt, amt@ba.example, 030 90297-0",
    .delimiter = (char *)"+",
    .base_url = (char *)"https://archiv.kiez.example",
    .subject_join_days = 14,
    .store = g_build_filename(house->directory, "store", NULL),
    .run = g_build_filename(house->directory, "run", NULL),
    .archive = g_build_filename(house->directory, "archive", NULL),
  };
  must(store_create(house->config.store, &why));
  must(house->store = store_open(house->config.store, STORE_WRITE, &why));
  *state = house;
  return 0;
}

static inline int house_remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
  (void)status, (void)type, (void)walk;
  return remove(path);
}

static inline void remove_tree(const char *path)
{
  nftw(path, house_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline int house_raze(void **state)
{
  struct house *house = *state;
  store_close(house->store);
  remove_tree(house->directory);
  char *texts[] = { house->config.file, house->config.directory, house->config.store,
                    house->config.run,  house->config.archive,   house->directory };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(house);
  return 0;
}

/* A list; in a transaction of its own. */
static inline int64_t house_list(struct house *house, const char *name, bool is_public)
{
  struct list list = {
    .name = (char *)name, .kind = (char *)"group", .title = (char *)name, .archive_public = is_public
  };
  must(store_begin(house->store, &why));
  must(list_create(house->store, &list, NOW, &why));
  must(store_commit(house->store, &why));
  return list.id;
}

/* One mail on its way. */
struct post {
  int64_t list;
  const char *id, *answers; /* Message-IDs; answers NULL: begins something */
  const char *from, *subject, *text;
  int64_t received;
  bool is_hidden;         /* not public */
  const char *attachment; /* its type; NULL: none */
  int64_t person;         /* 0: nobody we know */
};

/* Files a mail as the worker does; inside a transaction. Returns the message's id. */
static inline int64_t house_file(struct house *house, const struct post *post)
{
  unsigned char key[32] = { 0 };
  bool is_new;
  g_autofree char *raw = g_strdup_printf("Message-ID: <%s>\r\n\r\n", post->id);
  g_autoptr(GBytes) bytes = g_bytes_new(raw, strlen(raw));
  g_snprintf((char *)key, sizeof key, "%d", ++house->mails);
  g_autoptr(message_row) message = g_new0(struct message, 1);
  must(message->mail = mail_put(house->store, key, post->received, "", bytes, NULL, &is_new, &why));
  message->list = post->list;
  message->message_id = g_strdup(post->id);
  message->person = post->person;
  message->from_name = g_strdup(post->from);
  message->from_address = g_strdup("somebody@example.org");
  message->subject = g_strdup(post->subject);
  message->text = g_strdup(post->text);
  message->received = message->written = post->received;
  message->is_public = !post->is_hidden;
  if (post->attachment) {
    message->attachments = g_ptr_array_new_with_free_func((GDestroyNotify)attachment_free);
    struct attachment *attachment = g_new0(struct attachment, 1);
    attachment->filename = g_strdup("geheimer-name.jpg");
    attachment->type = g_strdup(post->attachment);
    attachment->part = g_strdup("2");
    g_ptr_array_add(message->attachments, attachment);
  }
  g_autoptr(GPtrArray) references = g_ptr_array_new();
  if (post->answers) g_ptr_array_add(references, (char *)post->answers);
  struct mail mail = { .message_id = message->message_id,
                       .references = references,
                       .subject = message->subject };
  struct work work = { .store = house->store, .config = &house->config, .now = post->received };
  g_autoptr(list_row) list = NULL;
  must(list = list_get(house->store, post->list, &why));
  must(threading_place(&work, list, &mail, message, &why));
  return message->id;
}

static inline int64_t house_post(struct house *house, const struct post *post)
{
  must(store_begin(house->store, &why));
  int64_t id = house_file(house, post);
  must(store_commit(house->store, &why));
  return id;
}

/* Publishes until all is fresh. Returns the pages. */
static inline int house_publish(struct house *house)
{
  struct publisher *publisher;
  must(publisher = publisher_new(&house->config, house->store, &why));
  int total = 0, count;
  do {
    GError *why = NULL;
    count = publisher_round(publisher, &why);
    if (count < 0) fail_msg("publisher_round: %s", why->message);
    total += count;
    if (total > 1000000) fail_msg("publishing does not end");
  } while (count > 0);
  publisher_free(publisher);
  return total;
}

/* A published file; NULL: there is none. Caller frees. */
static inline char *house_read(struct house *house, const char *path)
{
  g_autofree char *file = g_build_filename(house->config.archive, path, NULL);
  char *text = NULL;
  return g_file_get_contents(file, &text, NULL, NULL) ? text : NULL;
}

#endif
