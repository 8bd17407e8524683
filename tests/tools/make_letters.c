/* make_letters: fills an outbox for tests and the bench, and says what is in it.
 *
 *   make_letters STORE put CONTENT ADDRESS…      one letter to each address (--from SENDER, --slots VALUES,
 * --bulk) make_letters STORE members CONTENT N         one letter to N members m1@sink.example …, expanded
 * (--bulk, --batch SENDER) make_letters STORE count                     due=… sent=… deferred=… failed=…
 *   make_letters STORE states                    letter, number, address, state, attempts, next try, reply: a
 * line a delivery CONTENT is a file as lib/mail/compose.h describes it, or "made:BYTES" for one with the
 * slots a (address) and b (number). VALUES: "|" between. */
#include "lib/base/clock.h"
#include "lib/mail/compose.h"
#include "lib/store/directory.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"

#include <stdio.h>
#include <string.h>

static gboolean is_bulk;
static gchar *batch, *sender, *slots;
static const GOptionEntry options[] = {
  { "bulk", 0, 0, G_OPTION_ARG_NONE, &is_bulk, "priority bulk", NULL },
  { "batch", 0, 0, G_OPTION_ARG_STRING, &batch, "many recipients an envelope, from SENDER", "SENDER" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &sender, "envelope sender of put", "SENDER" },
  { "slots", 0, 0, G_OPTION_ARG_STRING, &slots, "slot values of put, | between them", "VALUES" },
  { 0 },
};

static GBytes *content_of(const char *name)
{
  gsize size = 0;
  char *bytes = NULL;
  if (!g_str_has_prefix(name, "made:")) {
    if (!g_file_get_contents(name, &bytes, &size, NULL)) g_error("make_letters: %s cannot be read", name);
    return g_bytes_new_take(bytes, size);
  }
  GString *made = g_string_new(
      "From: \"Gruppe\" <gruppe@kiez.example>\r\nTo: <" COMPOSE_SLOT("a") ">\r\nSubject: Nachricht\r\n");
  g_string_append(made, "Message-ID: <made.1@kiez.example>\r\nDate: Mon, 02 Mar 2026 09:15:00 "
                        "+0000\r\n\r\nNummer " COMPOSE_SLOT("b") "\r\n");
  while (made->len < g_ascii_strtoull(name + 5, NULL, 10))
    g_string_append(made, "Am Sonnabend treffen wir uns um zehn auf dem Platz vor der Kirche.\r\n");
  return g_string_free_to_bytes(made);
}

static void fill(const struct letter *letter, struct delivery *delivery, void *data)
{
  (void)data;
  delivery->slots = slots != NULL
                        ? g_strdelimit(g_strdup(slots), "|", '\x1f')
                        : g_strdup_printf("%s\x1f%" G_GINT64_FORMAT, delivery->address, delivery->number);
  if (letter->is_batch) return;
  delivery->envelope_from =
      sender != NULL ? g_strdup(sender)
                     : g_strdup_printf("bounce+%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "@kiez.example",
                                       letter->id, delivery->number);
}

static struct letter letter_of(const char *content)
{
  return (struct letter){ .purpose = (char *)"post",
                          .priority = is_bulk ? LETTER_BULK : LETTER_ORDINARY,
                          .content = content_of(content),
                          .is_batch = batch != NULL,
                          .envelope_from = batch != NULL ? batch : (char *)"",
                          .created = clock_now() };
}

static bool put(struct store *store, const char *content, char **addresses, GError **error)
{
  if (!store_begin(store, error)) return false;
  for (; *addresses != NULL; addresses++) {
    struct letter letter = letter_of(content);
    if (!outbox_put_to_one(store, &letter, 0, *addresses, fill, NULL, error)) return false;
    g_bytes_unref(letter.content);
  }
  return store_commit(store, error);
}

/* The list "flood", made if it is not there. */
static int64_t flood_list(struct store *store, GError **error)
{
  struct list *list = list_find(store, "flood", NULL);
  if (list == NULL) {
    struct list made = { .name = (char *)"flood",
                         .kind = (char *)"group",
                         .title = (char *)"Flood",
                         .region_slug = (char *)"",
                         .posting = (char *)"members",
                         .subject_tag = (char *)"",
                         .language = (char *)"de",
                         .created = clock_now() };
    return list_create(store, &made, clock_now(), error) ? made.id : 0;
  }
  int64_t id = list->id;
  list_free(list);
  return id;
}

static bool put_members(struct store *store, int64_t list, guint64 count, GError **error)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new();
  for (guint64 i = 1; i <= count; i++) {
    struct member *member = g_new0(struct member, 1);
    *member = (struct member){ .list = list,
                               .roles = g_strdup("member"),
                               .delivery = g_strdup("each"),
                               .state = g_strdup("active"),
                               .name = g_strdup(""),
                               .own_copy = -1,
                               .since = clock_now(),
                               .confirmed = clock_now() };
    member->address = g_strdup_printf("m%" G_GUINT64_FORMAT "@sink.example", i);
    g_ptr_array_add(members, member);
  }
  bool is_put = member_put_many(store, members, clock_now(), error);
  g_ptr_array_foreach(members, (GFunc)(void (*)(void))member_free, NULL);
  return is_put;
}

static bool to_members(struct store *store, const char *content, guint64 count, GError **error)
{
  if (!store_begin(store, error)) return false;
  int64_t list = flood_list(store, error);
  if (list == 0) return false;
  if ((guint64)members_receiving(store, list, NULL) < count && !put_members(store, list, count, error))
    return false;
  struct letter letter = letter_of(content);
  letter.list = list;
  letter.change = members_change(store, NULL);
  int written = 0;
  if (!outbox_put_to_members(store, &letter, error)) return false;
  g_bytes_unref(letter.content);
  while ((written = outbox_expand(store, 1000, fill, NULL, error)) > 0) continue;
  return written == 0 && store_commit(store, error);
}

static bool tell(struct store *store, bool each, GError **error)
{
  static const char *const words[] = { "due", "sent", "deferred", "failed" };
  guint64 counts[4] = { 0 };
  int64_t letter = 0, number = 0;
  for (;;) {
    GPtrArray *page = outbox_page(store, letter, number, 1000, false, error);
    if (page == NULL) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct delivery *d = g_ptr_array_index(page, i);
      counts[d->state]++;
      letter = d->letter, number = d->number;
      if (each)
        printf("%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\t%s\t%d\t%" G_GINT64_FORMAT "\t%s\n",
               d->letter, d->number, d->address, words[d->state], d->attempts, d->next_try, d->reply);
    }
    bool is_last = page->len == 0;
    g_ptr_array_unref(page);
    if (is_last) break;
  }
  if (!each)
    printf("due=%" G_GUINT64_FORMAT " sent=%" G_GUINT64_FORMAT " deferred=%" G_GUINT64_FORMAT
           " failed=%" G_GUINT64_FORMAT "\n",
           counts[0], counts[1], counts[2], counts[3]);
  return true;
}

int main(int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new("STORE put|members|count|states …");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(context, options, NULL);
  if (!g_option_context_parse(context, &argc, &argv, &error) || argc < 3) {
    fprintf(stderr, "make_letters: %s\n",
            error != NULL ? error->message : "usage: make_letters STORE put|members|count|states …");
    return 64;
  }
  g_autoptr(store_t) store = store_open(argv[1], STORE_WRITE, &error);
  bool is_good = false;
  if (store != NULL && strcmp(argv[2], "put") == 0 && argc > 4)
    is_good = put(store, argv[3], argv + 4, &error);
  if (store != NULL && strcmp(argv[2], "members") == 0 && argc == 5)
    is_good = to_members(store, argv[3], g_ascii_strtoull(argv[4], NULL, 10), &error);
  if (store != NULL && strcmp(argv[2], "count") == 0) is_good = tell(store, false, &error);
  if (store != NULL && strcmp(argv[2], "states") == 0) is_good = tell(store, true, &error);
  if (!is_good)
    fprintf(stderr, "make_letters: %s\n",
            error != NULL ? error->message : "that is none of put, members, count, states");
  return is_good ? 0 : 1;
}
