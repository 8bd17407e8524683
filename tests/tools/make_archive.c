/* make_archive DIR: a small district with lists, threads and people that show everything a page can hold
 * (long threads, deep answers, hostile subjects, merged threads, attachments, a list that is not public),
 * published to DIR/archive through the real store, threading and publisher. For looking at, and for the tests
 * of pages. */
#include "lib/base/config.h"
#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lists/threading.h"
#include "tests/tools/archive_events.h"
#include "web-archive/publish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARCH = 1772442900, HOUR = 3600, DAY = 24 * HOUR }; /* 2026-03-02 10:15 in Berlin */

struct maker {
  struct config *config;
  struct store *store;
  GHashTable *lists; /* name → id + 1 */
  int count;
};

/* Ends the program with the sentence when something failed. */
static void check(bool done, GError *error)
{
  if (done && !error) return;
  fprintf(stderr, "make_archive: %s\n", error ? error->message : "something failed");
  exit(1);
}

#define must(call)                                                                                           \
  do {                                                                                                       \
    GError *why = NULL;                                                                                      \
    bool done = (call);                                                                                      \
    check(done, why);                                                                                        \
  } while (0)

static int64_t make_list(struct maker *maker, const char *name, const char *title, int64_t region,
                         bool is_public, const char *posting)
{
  struct list list = { .name = (char *)name,
                       .kind = (char *)"group",
                       .title = (char *)title,
                       .region = region,
                       .archive_public = is_public,
                       .posting = (char *)posting };
  must(list_create(maker->store, &list, MARCH - 400 * DAY, &why));
  g_hash_table_insert(maker->lists, (char *)name, GINT_TO_POINTER((int)list.id));
  return list.id;
}

struct post {
  const char *list, *id, *answers, *from, *subject, *text;
  int64_t received;
  const char *types[4]; /* of attachments */
};

static void add_attachments(struct message *message, const char *const *types)
{
  message->attachments = g_ptr_array_new_with_free_func((GDestroyNotify)attachment_free);
  for (; *types; types++) {
    struct attachment *attachment = g_new0(struct attachment, 1);
    attachment->filename = g_strdup("datei");
    attachment->type = g_strdup(*types);
    attachment->part = g_strdup("2");
    g_ptr_array_add(message->attachments, attachment);
  }
}

/* Files a mail as the worker does. */
static void file_post(struct maker *maker, const struct post *post)
{
  unsigned char key[32] = { 0 };
  bool is_new;
  g_snprintf((char *)key, sizeof key, "%d", ++maker->count);
  g_autoptr(GBytes) raw = g_bytes_new_static("Subject: x\r\n\r\n", 14);
  g_autoptr(message_row) message = g_new0(struct message, 1);
  int64_t list_id = GPOINTER_TO_INT(g_hash_table_lookup(maker->lists, post->list));
  must((message->mail = mail_put(maker->store, key, post->received, "", raw, NULL, &is_new, &why)) != 0);
  message->list = list_id;
  message->message_id = g_strdup(post->id);
  message->from_name = g_strdup(post->from);
  message->from_address = g_strdup("jemand@example.org");
  message->subject = g_strdup(post->subject);
  message->text = g_strdup(post->text);
  message->received = message->written = post->received;
  message->is_public = true;
  if (post->types[0]) add_attachments(message, post->types);
  g_autoptr(GPtrArray) references = g_ptr_array_new();
  if (post->answers) g_ptr_array_add(references, (char *)post->answers);
  struct mail mail = { .message_id = message->message_id,
                       .references = references,
                       .subject = message->subject };
  struct work work = { .store = maker->store, .config = maker->config, .now = post->received };
  g_autoptr(list_row) list = NULL;
  must((list = list_get(maker->store, list_id, &why)) != NULL);
  must(threading_place(&work, list, &mail, message, &why));
}

static const struct post conversation[] = {
  { "gruenau",
    "fest1",
    NULL,
    "Lothar Grünberg",
    "Sommerfest am Langen See: wer hilft beim Aufbau?",
    "Liebe Nachbarinnen und Nachbarn,\n\nam 20. Juni 2026 wollen wir wieder am Ufer feiern. Wir suchen "
    "Menschen, die ab 9.30 Uhr "
    "Tische tragen, Kuchen backen oder Musik machen.\n\nDer Plan steht hier: "
    "https://kiez.example/sommerfest?jahr=2026&teil=aufbau.\n\n"
    "Ruft mich gern an: 030 / 651 23 45, oder schreibt an lothar.gruenberg@web.de.\n\nViele Grüße\nLothar "
    "Grünberg\nBahnhofstr. 1",
    MARCH,
    { "image/jpeg", "image/png", "application/pdf" } },
  { "gruenau",
    "fest2",
    "fest1",
    "Eva von Stein",
    "AW: Sommerfest am Langen See: wer hilft beim Aufbau?",
    "Ich bringe zwei Kuchen mit.\n\n> Wir suchen Menschen, die Tische tragen\n\nUnd mein Bruder hat einen "
    "Anhänger.",
    MARCH + HOUR,
    { NULL } },
  { "gruenau",
    "fest3",
    "fest2",
    "Ayşe Yılmaz",
    "Re: AW: Sommerfest am Langen See",
    "Einen Anhänger könnten wir gut gebrauchen!",
    MARCH + 2 * HOUR,
    { NULL } },
  { "gruenau",
    "fest4",
    "fest3",
    "Uwe",
    "Re: Sommerfest",
    "Passen da auch Bierbänke drauf? Ich habe acht Stück im Keller stehen.",
    MARCH + 3 * HOUR,
    { NULL } },
  { "gruenau",
    "fest5",
    "fest4",
    "Eva von Stein",
    "Re: Sommerfest",
    "Ja, er ist drei Meter lang.",
    MARCH + 4 * HOUR,
    { NULL } },
  { "gruenau", "fest6", "fest5", "Uwe", "Re: Sommerfest", "Wunderbar.", MARCH + 5 * HOUR, { NULL } },
  { "gruenau",
    "fest7",
    "fest6",
    "",
    "Re: Sommerfest",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandsvorsitzendenst"
    "ellvertreter "
    "kommt auch: "
    "https://kiez.example/ein/sehr/langer/pfad/der/auf/einem/telefon/nicht/in/eine/zeile/passt/und/umbrochen/"
    "werden/muss.html",
    MARCH + 6 * HOUR,
    { NULL } },
  { "gruenau",
    "fest8",
    "fest1",
    "Bezirksamt Treptow-Köpenick",
    "AW: Sommerfest am Langen See: wer hilft beim Aufbau?",
    "Sehr geehrter Herr Grünberg,\n\ndie Fläche ist vom 19. bis 21. Juni 2026 für Sie reserviert. Fragen "
    "bitte an gruenau@kiez.example.\n\n"
    "Mit freundlichen Grüßen\nIm Auftrag\nErika Mustermann\nTel. 90297-1234",
    MARCH + DAY,
    { "application/pdf" } },
  { "gruenau",
    "fest9",
    "fest8",
    "Lothar Grünberg",
    "Re: Sommerfest",
    "> die Fläche ist reserviert",
    MARCH + DAY + HOUR,
    { NULL } },
  { "gruenau",
    "bad1",
    NULL,
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script> <?php system('x'); ?> <!--#exec cmd=\"x\" -->",
    "<img src=x onerror=alert(1)>\n<?php ?>\n<!--#include file=\"x\" "
    "-->\njavascript:alert(1)\nhttps://x.example/\"onmouseover=\"alert(1)",
    MARCH + DAY,
    { NULL } },
  { "gruenau", "empty", NULL, "x@y.de", "", "", MARCH + 2 * DAY, { NULL } },
  { "gruenau",
    "late-child",
    "late-root",
    "Ali",
    "AW: Radweg am Adlergestell",
    "Ich bin dafür.",
    MARCH + 3 * DAY,
    { NULL } },
  { "gruenau",
    "early",
    NULL,
    "Olga Iwanowa",
    "Радвег / Radweg",
    "Кто за?\n\nWer ist dafür?",
    MARCH + 2 * DAY,
    { NULL } },
  { "gruenau",
    "late-root",
    "early",
    "Fritz Lange",
    "Radweg am Adlergestell",
    "Hier nachgereicht.",
    MARCH + 4 * DAY,
    { NULL } },
  { "amtsblatt",
    "blatt1",
    NULL,
    "Bezirksamt",
    "Sperrung der Brücke vom 5. bis 7. März",
    "Die Brücke ist gesperrt.",
    MARCH,
    { NULL } },
  { "geheimkreis", "geheim1", NULL, "Eva", "Geheimnis", "Das bleibt unter uns.", MARCH, { NULL } },
};

/* A thread of three parts, and a month of two. */
static void file_many(struct maker *maker)
{
  for (int i = 0; i < 230; i++) {
    g_autofree char *id = g_strdup_printf("lang%d", i);
    g_autofree char *above = i > 0 ? g_strdup_printf("lang%d", i % 3 ? i - 1 : 0) : NULL;
    g_autofree char *text =
        g_strdup_printf("Beitrag Nummer %d zur Frage, ob der Kiezladen samstags öffnen soll.", i + 1);
    file_post(maker, &(struct post){ "gruenau",
                                     id,
                                     above,
                                     i % 2 ? "Eva von Stein" : "Uwe Klein",
                                     "Kiezladen: samstags öffnen?",
                                     text,
                                     MARCH + 10 * DAY + i * HOUR,
                                     { NULL } });
  }
  for (int i = 0; i < 105; i++) {
    g_autofree char *id = g_strdup_printf("viel%d", i);
    g_autofree char *subject = g_strdup_printf("Verschenke Blumentopf Nummer %d", i + 1);
    file_post(maker, &(struct post){ "adlershof",
                                     id,
                                     NULL,
                                     "Ali Demir",
                                     subject,
                                     "Abzuholen im Hof.",
                                     MARCH - (i < 3 ? 400 : 30) * DAY + i * 60,
                                     { NULL } });
  }
}

static void note(struct maker *maker, const struct casefile *it, struct case_entry entry)
{
  entry.casefile = it->id;
  entry.is_public = true;
  must(case_entry_add(maker->store, &entry, &why));
}

static void replace(char **text, const char *by)
{
  g_free(*text);
  *text = g_strdup(by);
}

/* Cases in each state, among them one that was withdrawn and one that is nobody's business. */
static void file_cases(struct maker *maker)
{
  static const char *const states[] = { "forwarded", "planned",   "done",   "confirmed",
                                        "rejected",  "withdrawn", "waiting" };
  g_autoptr(office_t) office = office_new();
  replace(&office->sign, "SGA");
  replace(&office->name, "Straßen- und Grünflächenamt");
  must(office_put(maker->store, office, MARCH, &why));
  int64_t list = make_list(maker, "frage", "Fragen an das Bezirksamt", 0, true, "anyone");
  for (int i = 0; i < 120; i++) {
    g_autoptr(casefile_t) it = casefile_new();
    const char *state = states[i % (int)G_N_ELEMENTS(states)];
    replace(&it->title, i % 9 == 8 ? "Geheimkreis fragt"
                                   : "Umgefahrener Poller in der Regattastraße, Ecke Büxensteinallee");
    replace(&it->place, "Regattastraße 12");
    it->list = list;
    it->office = office->id;
    it->region = 2;
    it->is_public = i % 9 != 8;
    must(casefile_create(maker->store, it, 2026, MARCH + i * HOUR, &why));
    struct case_party party = { .casefile = it->id,
                                .role = (char *)"resident",
                                .address = (char *)"lothar.g@mail.example",
                                .name = (char *)"Lothar Grünberg" };
    must(case_party_put(maker->store, &party, MARCH, &why));
    note(maker, it,
         (struct case_entry){
             .at = MARCH + i * HOUR,
             .what = (char *)"question",
             .text = (char *)"Wann steht der Poller wieder?\n\nMit freundlichem Gruß\nLothar Grünberg\n"
                             "Tel. 0171 1234567" });
    note(maker, it,
         (struct case_entry){ .at = MARCH + i * HOUR,
                              .what = (char *)"sent",
                              .office = office->id,
                              .expected = (char *)"2026-04-02" });
    if (i % (int)G_N_ELEMENTS(states) > 0)
      note(maker, it,
           (struct case_entry){ .at = MARCH + i * HOUR + DAY,
                                .what = (char *)"reply",
                                .office = office->id,
                                .state = (char *)state,
                                .signed_by = (char *)"Bezirksamt Treptow-Köpenick",
                                .text = (char *)"Der Poller ist für die 34. KW vorgesehen.",
                                .expected = (char *)"2026-08-23" });
    replace(&it->state, state);
    replace(&it->due, "2026-04-02");
    must(casefile_put(maker->store, it, &why));
    must(casefile_mark_pages(maker->store, it, &why));
  }
}

static void fill(struct maker *maker)
{
  const struct region regions[] = {
    { .slug = (char *)"adlershof",
      .number = (char *)"07",
      .name = (char *)"Adlershof",
      .outline = (char *)"" },
    { .slug = (char *)"gruenau", .number = (char *)"11", .name = (char *)"Grünau", .outline = (char *)"" }
  };
  must(store_begin(maker->store, &why));
  for (gsize i = 0; i < G_N_ELEMENTS(regions); i++) must(region_put(maker->store, &regions[i], &why));
  make_list(maker, "amtsblatt", "Neues aus dem Amt", 0, true, "moderators");
  make_list(maker, "datenschutz", "Datenschutz", 0, false, "anyone");
  int64_t open = make_list(maker, "gruenau", "Nachbarschaft Grünau", 2, true, "members");
  make_list(maker, "adlershof", "Nachbarschaft Adlershof", 1, true, "anyone");
  make_list(maker, "leer", "Noch ganz leer", 1, true, "members");
  int64_t quiet = make_list(maker, "geheimkreis", "Geheimkreis", 0, false, "members");
  for (gsize i = 0; i < G_N_ELEMENTS(conversation); i++) file_post(maker, &conversation[i]);
  file_many(maker);
  file_cases(maker);
  must(make_events(maker->store, open, quiet, MARCH, &why));
  must(store_commit(maker->store, &why));
}

static void publish(struct maker *maker)
{
  struct publisher *publisher;
  must((publisher = publisher_new(maker->config, maker->store, &why)) != NULL);
  for (int count = 1; count > 0;) must((count = publisher_round(publisher, &why)) >= 0);
  publisher_free(publisher);
}

int main(int argc, char **argv)
{
  if (argc != 2) return 64;
  struct maker maker = { .lists = g_hash_table_new(g_str_hash, g_str_equal) };
  g_mkdir_with_parents(argv[1], 0755);
  g_autofree char *conf = g_build_filename(argv[1], "kiezpost.conf", NULL);
  must(g_file_set_contents(
      conf,
      "[municipality]\ndomain = kiez.example\nname = Treptow-Köpenick\nadmin = admin@ba.example\n"
      "imprint = Bezirksamt Treptow-Köpenick, Alt-Köpenick 21, 12555 Berlin, amt@ba.example\n",
      -1, &why));
  must((maker.config = config_load(conf, &why)) != NULL);
  must(store_create(maker.config->store, &why));
  must((maker.store = store_open(maker.config->store, STORE_WRITE, &why)) != NULL);
  fill(&maker);
  publish(&maker);
  puts(maker.config->archive);
  store_close(maker.store);
  config_free(maker.config);
  g_hash_table_destroy(maker.lists);
  return 0;
}
