/* Letters of ours. A letter is a Markdown file that a translator sees whole; what stands around posts
 * (footers, the sender's name) are small templates in the same place. Both are read and parsed once and kept:
 * two thousand posts a second share a handful of them. */
#include "lists/letters.h"

#include "lists/addresses/reply_address.h"
#include "lists/list_cache.h"
#include "lists/notices.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/smime/smime.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/store/returns/bounces.h"
#include "lib/text/dates/zone.h"
#include "lib/text/escape.h"
#include "lib/text/letter_text.h"

#include <string.h>

struct letters {
  const struct config *config;
  GHashTable *templates; /* "language/name" → struct template* */
  GHashTable *sources;   /* "language/name.md" → struct source* */
};

/* A file of letters/. */
struct source {
  char *path, *text;
};

static void free_source(gpointer data)
{
  struct source *source = data;
  if (!source) return;
  g_free(source->path);
  g_free(source->text);
  g_free(source);
}

static void free_template(gpointer template)
{
  template_free(template);
}

struct letters *letters_new(const struct config *config)
{
  struct letters *letters = g_new(struct letters, 1);
  letters->config = config;
  letters->templates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_template);
  letters->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_source);
  return letters;
}

void letters_free(struct letters *letters)
{
  if (!letters) return;
  g_hash_table_unref(letters->templates);
  g_hash_table_unref(letters->sources);
  g_free(letters);
}

/* The file of one language, NULL when there is none. */
static char *path_in(const struct config *config, const char *language, const char *name)
{
  g_autofree char *rest = g_strconcat("letters/", language, "/", name, NULL);
  return config_find_shared(config, rest);
}

/* The file in the language, else in a wider one ("de-x-leicht" → "de"), else in the municipality's, else in
 * German. */
static char *path_of(const struct config *config, const char *language, const char *name)
{
  g_autofree char *wider = g_strdup(language);
  for (;;) {
    char *path = path_in(config, wider, name);
    char *dash = strrchr(wider, '-');
    if (path || !dash) {
      if (path) return path;
      break;
    }
    *dash = '\0';
  }
  char *path = path_in(config, config->language, name);
  return path ? path : path_in(config, "de", name);
}

/* Reads a file. NULL on error. Takes over the path. */
static struct source *read_file(char *path, GError **error)
{
  struct source *source = g_new0(struct source, 1);
  g_autoptr(GError) cause = NULL;
  source->path = path;
  if (g_file_get_contents(path, &source->text, NULL, &cause)) return source;
  fault_set(error, FAULT_CONFIG, "A letter cannot be read (%s).", cause->message);
  free_source(source);
  return NULL;
}

/* A file of letters/. NULL on error. */
static struct source *read_source(const struct letters *letters, const char *language, const char *name,
                                  GError **error)
{
  char *path = path_of(letters->config, language, name);
  if (path) return read_file(path, error);
  fault_set(error, FAULT_CONFIG, "There is no letter %s, neither in \"%s\" nor in German.", name, language);
  return NULL;
}

/* Escaping goes by the file's suffix. */
static enum escape_kind escape_of(const char *name)
{
  return g_str_has_suffix(name, ".html") ? ESCAPE_HTML : ESCAPE_TEXT;
}

/* The parsed template, from memory or from its file. */
static const struct template *find_template(struct letters *letters, const char *language, const char *name,
                                            GError **error)
{
  g_autofree char *key = g_strconcat(language, "/", name, NULL);
  struct template *found = g_hash_table_lookup(letters->templates, key);
  if (found) return found;
  struct source *source = read_source(letters, language, name, error);
  if (!source) return NULL;
  found = template_parse_text(source->path, source->text, escape_of(name), NULL, NULL, error);
  free_source(source);
  if (found) g_hash_table_insert(letters->templates, g_steal_pointer(&key), found);
  return found;
}

char *letters_render(struct letters *letters, const char *language, const char *name,
                     const struct value *values, GError **error)
{
  const struct template *found = find_template(letters, language, name, error);
  if (!found) return NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  if (!template_render(found, values, out, error)) return NULL;
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Parses one file of letters/ as it would be parsed when needed. */
static bool check_file(const struct config *config, const char *language, const char *name, GError **error)
{
  char *path = path_in(config, language, name);
  struct source *source = path ? read_file(path, error) : NULL;
  if (!source) return path == NULL;
  g_autoptr(template_t) template = NULL;
  bool is_letter = g_str_has_suffix(name, ".md");
  if (!is_letter)
    template = template_parse_text(source->path, source->text, escape_of(name), NULL, NULL, error);
  bool is_good = is_letter ? letter_text_check(source->path, source->text, error) : template != NULL;
  free_source(source);
  return is_good;
}

/* Adds the names in a directory to a set. */
static void add_names(const char *directory, GHashTable *names)
{
  g_autoptr(GDir) open = g_dir_open(directory, 0, NULL);
  const char *name;
  while (open && (name = g_dir_read_name(open)))
    if (*name != '.' && !g_str_has_suffix(name, "~")) g_hash_table_add(names, g_strdup(name));
}

/* The names below letters/REST, shipped and the municipality's own, in order. */
static GList *names_below(const struct config *config, const char *rest, GHashTable *names)
{
  g_autofree char *shipped = g_build_filename(config_share(), "letters", rest, NULL);
  g_autofree char *own = g_build_filename(config->directory, "share", "letters", rest, NULL);
  add_names(shipped, names);
  add_names(own, names);
  return g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);
}

guint letters_check(const struct config *config, letters_wrong *wrong, void *data)
{
  guint count = 0;
  g_autoptr(GHashTable) languages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GList) all = names_below(config, "", languages);
  for (GList *language = all; language; language = language->next) {
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GList) files = names_below(config, language->data, names);
    for (GList *file = files; file; file = file->next, count++) {
      g_autoptr(GError) error = NULL;
      if (!check_file(config, language->data, file->data, &error)) wrong(error->message, data);
    }
  }
  return count;
}

/* The Markdown of a letter. */
static const struct source *find_source(struct letters *letters, const char *language, const char *purpose,
                                        GError **error)
{
  g_autofree char *key = g_strconcat(language, "/", purpose, ".md", NULL);
  struct source *found = g_hash_table_lookup(letters->sources, key);
  if (found) return found;
  found = read_source(letters, language, key + strlen(language) + 1, error);
  if (found) g_hash_table_insert(letters->sources, g_steal_pointer(&key), found);
  return found;
}

const char *letters_markdown(struct letters *letters, const char *language, const char *purpose,
                             GError **error)
{
  const struct source *source = find_source(letters, language, purpose, error);
  return source ? source->text : NULL;
}

/* Where one joins, leaves, and asks about one's data. */
static void add_addresses(const struct work *work, const struct letter_out *out)
{
  const struct config *config = work->config;
  if (out->list) {
    g_autofree char *join = list_address(config, out->list->name, "beitreten");
    g_autofree char *leave = list_address(config, out->list->name, "austreten");
    value_set_text(out->values, "join_address", join);
    value_set_text(out->values, "leave_address", leave);
  }
  const char *duty = list_cache_by_name(work->lists, "datenschutz") ? "datenschutz" : "postmaster";
  g_autofree char *privacy = list_address(config, duty, NULL);
  value_set_text(out->values, "privacy_address", privacy);
  bool has_slash = g_str_has_suffix(config->base_url, "/");
  g_autofree char *url = g_strconcat(config->base_url, has_slash ? "" : "/", "datenschutz/", NULL);
  value_set_text(out->values, "privacy_url", url);
}

/* What every letter may name. */
static void add_common_values(const struct work *work, const struct letter_out *out)
{
  const struct config *config = work->config;
  value_set_text(out->values, "place", config->name);
  value_set_text(out->values, "imprint", config->imprint && *config->imprint ? config->imprint : NULL);
  value_set_text(out->values, "list", out->list ? out->list->title : config->name);
  g_autofree char *address = list_address(config, out->list ? out->list->name : "postmaster", NULL);
  value_set_text(out->values, "list_address", address);
  add_addresses(work, out);
}

/* The address as it stands behind "mailto:" in a header. */
static char *in_mailto(const char *address)
{
  g_autoptr(GString) url = g_string_new(NULL);
  put_mailto(url, address, NULL, NULL);
  return g_strdup(g_str_has_prefix(url->str, "mailto:") ? url->str + strlen("mailto:") : url->str);
}

/* "<mailto:…>" of an address of the list, and its List-Id. */
static char *list_header(const struct work *work, const struct list *list, const char *command)
{
  if (!command) return g_strconcat("<", list->name, ".", work->config->domain, ">", NULL);
  g_autofree char *address = list_address(work->config, list->name, command);
  g_autofree char *url = in_mailto(address);
  return g_strconcat("<mailto:", url, ">", NULL);
}

/* The letter's bytes; From holds slot a. */
static GBytes *compose(struct work *work, const struct letter_out *out, const struct letter_text *text)
{
  const struct config *config = work->config;
  const char *name = out->list ? out->list->title : config->name;
  g_autofree char *from = mailbox_with_slot(name && *name ? name : "Kiezpost", COMPOSE_SLOT("a"));
  g_autofree char *message_id = compose_message_id(config->domain, work->now);
  g_autofree char *loop = list_address(config, out->list ? out->list->name : "antwort", NULL);
  g_autofree char *to = out->to_members ? address_format(name, loop) : address_format("", out->address);
  g_autofree char *id = out->to_members ? list_header(work, out->list, NULL) : NULL;
  g_autofree char *leave = out->to_members ? list_header(work, out->list, "austreten") : NULL;
  const struct compose_header headers[] = {
    { .name = "Auto-Submitted", .value = out->is_answer ? "auto-replied" : "auto-generated" },
    { .name = "X-Loop", .value = loop },
    { .name = "X-Auto-Response-Suppress", .value = "OOF, AutoReply" },
    { .name = "List-Id", .value = id, .is_raw = true },
    { .name = "List-Unsubscribe", .value = leave, .is_raw = true },
  };
  return compose_letter(&(struct compose_letter){
      .from = from,
      .to = to,
      .subject = text->subject,
      .message_id = message_id,
      .in_reply_to = out->in_reply_to,
      .date = work->now,
      .headers = headers,
      .header_count = out->to_members ? G_N_ELEMENTS(headers) : 3,
      .plain = text->plain,
      .html = text->html,
      .attached_raw = out->attached_raw,
      .attached_size = out->attached_size,
      .attached_part = out->attached_part,
      .files = out->files,
      .file_count = out->file_count,
      .calendar = out->calendar,
      .calendar_method = out->calendar_method,
  });
}

/* Where a bounce of this letter goes; person 0: the letter's one envelope. */
static char *bounce_address(const struct work *work, const struct letter *letter, const char *list,
                            int64_t person)
{
  struct token token = { .purpose = TOKEN_BOUNCE,
                         .object = (uint32_t)letter->id,
                         .person = (uint32_t)person,
                         .expiry_day = token_day_after(work->now, REPLY_BOUNCE_DAYS) };
  return reply_address(work->config, work->keys, list, &token);
}

/* Where somebody leaves the list: slot a as it stands behind "mailto:", slot b the token alone, for the link
 * to `kiezpost http`. */
static char *leave_slots(const struct work *work, const struct letter *letter, const char *list,
                         int64_t person)
{
  struct token token = { .purpose = TOKEN_LEAVE,
                         .object = (uint32_t)letter->list,
                         .person = (uint32_t)person,
                         .expiry_day = token_day_after(work->now, REPLY_LEAVE_DAYS) };
  g_autofree char *address = reply_address(work->config, work->keys, list, &token);
  g_autofree char *mailto = in_mailto(address);
  if (!work->config->https_base || !*work->config->https_base) return g_steal_pointer(&mailto);
  char text[TOKEN_LENGTH + 1];
  token_make(work->keys, &token, text);
  return g_strconcat(mailto, "\x1f", text, NULL);
}

/* Where an answer to a letter goes. */
static char *answer_address(const struct work *work, const struct letter *letter, const char *list,
                            int64_t person)
{
  struct token token = { .purpose = TOKEN_LETTER,
                         .object = (uint32_t)letter->id,
                         .person = (uint32_t)person };
  return reply_address(work->config, work->keys, list, &token);
}

/* The name of the letter's list; NULL: of none, or it was removed. */
static const char *list_name(const struct work *work, const struct letter *letter)
{
  const struct list *list = letter->list ? list_cache_by_id(work->lists, letter->list) : NULL;
  return list ? list->name : NULL;
}

char *letters_batch_envelope(const struct work *work, const struct letter *letter)
{
  return bounce_address(work, letter, list_name(work, letter), 0);
}

void letters_fill(const struct letter *letter, struct delivery *delivery, void *data)
{
  const struct work *work = data;
  const char *list = list_name(work, letter);
  if (letter->is_batch && !delivery->is_alone) return; /* one envelope, no slots */
  g_free(delivery->envelope_from);
  g_free(delivery->slots);
  delivery->envelope_from = bounce_address(work, letter, list, delivery->person);
  delivery->slots = NULL;
  if (letter->is_batch) return;
  delivery->slots = strcmp(letter->purpose, "post") == 0
                        ? leave_slots(work, letter, list, delivery->person)
                        : answer_address(work, letter, list, delivery->person);
}

/* A letter to one while it is put into the outbox. */
struct filling {
  const struct work *work;
  const struct letter_out *out;
};

/* The envelope sender as for all; answers go to the question that the letter asks, or to the case. */
static void fill_one(const struct letter *letter, struct delivery *delivery, void *data)
{
  const struct filling *filling = data;
  const struct letter_out *out = filling->out;
  const struct work *work = filling->work;
  letters_fill(letter, delivery, (void *)work);
  if (!out->request && !out->party) return;
  struct token token = { .purpose = TOKEN_REQUEST,
                         .object = (uint32_t)out->request,
                         .person = (uint32_t)delivery->person };
  if (out->party)
    token = (struct token){ .purpose = out->event ? TOKEN_EVENT : TOKEN_CASE,
                            .object = (uint32_t)(out->event ? out->event : out->casefile),
                            .person = (uint32_t)out->party };
  unsigned key = out->party ? out->party_key : keys_signing_number(work->keys);
  g_free(delivery->slots);
  delivery->slots = reply_address_with(work->config, work->keys, key, list_name(work, letter), &token);
}

static void digest_of(const char *text, unsigned char digest[32])
{
  gsize size = 32;
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(sum, (const guchar *)text, -1);
  g_checksum_get_digest(sum, digest, &size);
}

bool letters_send(struct work *work, const struct letter_out *out, GError **error)
{
  unsigned char shown[32];
  return letters_send_shown(work, out, shown, error);
}

/* What offices and residents get about a case carries the municipality's signature, where it has a
 * certificate. */
static GBytes *sign(const struct work *work, const struct letter_out *out, GBytes *content)
{
  GBytes *signed_content =
      out->party && out->casefile && work->smime ? smime_sign(work->smime, content) : NULL;
  if (!signed_content) return content;
  g_bytes_unref(content);
  return signed_content;
}

/* Answers have a budget, so that no loop and no stranger makes us write without end; who called a letter of
 * ours spam gets nothing else. */
static bool may_send(struct work *work, const struct letter_out *out, bool *may, int64_t *when, bool *is_last,
                     GError **error)
{
  bool has_more = true;
  *when = work->now;
  *is_last = false;
  if (out->is_answer && strangers_is(work, out->address)) {
    bool can_wait = out->request != 0 || strcmp(out->purpose, "notice_received") == 0;
    if (!strangers_when(work, out->address, can_wait, when, error)) return false;
    *may = *when != 0;
    return !*may || strangers_note(work, out->address, *when, error);
  }
  if (out->is_answer) {
    if (!answers_may(work, out->address, may, error)) return false;
    if (*may &&
        (!answers_note(work, out->address, error) || !answers_may(work, out->address, &has_more, error)))
      return false;
    *is_last = *may && !has_more;
    return true;
  }
  bool is_suppressed = false;
  bool is_known = suppression_is(work->store, out->address, &is_suppressed, error);
  *may = is_known && !is_suppressed;
  return is_known;
}

/* A letter to one that goes out later than now. */
static bool put_off(struct work *work, const struct letter *letter, int64_t when, GError **error)
{
  if (when <= work->now) return true;
  const struct delivery later = { .letter = letter->id,
                                  .number = 1,
                                  .state = DELIVERY_DEFERRED,
                                  .first_try = when,
                                  .next_try = when,
                                  .at = work->now,
                                  .reply = (char *)"" };
  const struct delivery *const deliveries[] = { &later };
  return outbox_mark(work->store, deliveries, 1, error);
}

/* The letter's source; of the last answer for now it says so at its end, since silence reads like a mail that
 * was lost. Caller frees; NULL on error. */
static char *source_text(struct work *work, const struct source *source, const char *language, bool is_last,
                         GError **error)
{
  enum { PAUSE_SECONDS = 3600 };
  if (!is_last) return g_strdup(source->text);
  struct wall again = zone_wall(work->now + PAUSE_SECONDS, work->config->zone);
  g_autofree char *clock = g_strdup_printf("%d:%02d", again.hour, again.minute);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "again", clock);
  g_autofree char *pause = letters_render(work->letters, language, "answers_pause.txt", values, error);
  return pause ? g_strconcat(source->text, "\n\n", pause, NULL) : NULL;
}

bool letters_send_shown(struct work *work, const struct letter_out *out, unsigned char shown[32],
                        GError **error)
{
  bool may = false, is_last = false;
  int64_t when = 0;
  memset(shown, 0, 32);
  if (!may_send(work, out, &may, &when, &is_last, error)) return false;
  if (!may) return true;
  g_autofree char *language = out->language
                                  ? letters_language_given(work, out->language)
                                  : letters_language_to(work, out->person, out->address, out->list, error);
  if (!language) return false;
  const struct source *source = find_source(work->letters, language, out->purpose, error);
  if (!source) return false;
  add_common_values(work, out);
  g_autofree char *whole = source_text(work, source, language, is_last, error);
  g_autoptr(letter_text_t) text =
      whole ? letter_text_render(source->path, whole, out->values, language, error) : NULL;
  if (!text) return false;
  g_autoptr(GBytes) content = sign(work, out, compose(work, out, text));
  struct letter letter = {
    .purpose = (char *)out->purpose,
    .priority = LETTER_ORDINARY,
    .list = out->list ? out->list->id : 0,
    .mail = out->mail,
    .content = content,
    .created = work->now,
    .delivery = (char *)out->to_members,
  };
  digest_of(text->plain, shown);
  if (out->to_members) return outbox_put_to_members(work->store, &letter, error);
  struct filling filling = { .work = work, .out = out };
  return outbox_put_to_one(work->store, &letter, out->person, out->address, fill_one, &filling, error) &&
         put_off(work, &letter, when, error);
}
