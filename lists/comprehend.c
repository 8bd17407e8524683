/* Understanding between reading and deciding, outside any lock: the worker calls this for each mail, so that
 * a kind's receive finds what the mail means, read by the same code that `kiezpost explain` shows. Mails of
 * robots mean nothing here, whatever they say. */
#include "lists/comprehend.h"

#include "lists/addresses.h"
#include "lists/cases/cases.h"
#include "lists/events/events.h"
#include "lists/members/members.h"
#include "lists/requests/requests.h"
#include "lists/understand/understand.h"

#include "lib/mail/pictures/pictures.h"
#include "lib/mail/read.h"
#include "lib/store/outbox.h"

static void understanding_unref(gpointer understanding)
{
  understanding_free(understanding);
}

/* Asks photos where they were taken, once, if a kind wants to know. */
static void locate_photos(const struct work *work, struct incoming *incoming, const struct kind *kind,
                          bool *is_done)
{
  if (*is_done || !kind || !kind->wants_places) return;
  *is_done = true;
  gsize size = 0;
  const void *raw = g_bytes_get_data(incoming->raw, &size);
  pictures_locate(work->pictures, raw, size, incoming->mail);
}

/* Who answers a letter of ours that brought nobody's mail speaks to us, as at the address for help; where the
 * letter was about what one can settle, that is what the answer is about, too. */
static const char *command_of(const struct work *work, const struct address_target *target)
{
  if (target->meaning != ADDRESS_TOKEN || !work->store) return target->command;
  if (settings_is_answer(work->store, target)) return COMMAND_ANSWER;
  if (target->token.purpose != TOKEN_LETTER) return target->command;
  g_autoptr(letter_t) letter = letter_get(work->store, target->token.object, false, NULL);
  return letter && !letter->mail ? "hilfe" : NULL;
}

void comprehend(const struct work *work, struct incoming *incoming)
{
  const struct mail *mail = incoming->mail;
  incoming->understandings = g_ptr_array_new_with_free_func(understanding_unref);
  bool is_located = false;
  for (char **recipient = incoming->recipients; *recipient; recipient++) {
    struct address_target target = { 0 };
    if (mail->robot == MAIL_HUMAN && work->book)
      target = addresses_look_up(work->book, work->keys, *recipient, work->now);
    const struct kind *kind = kind_find(target.kind);
    locate_photos(work, incoming, kind, &is_located);
    enum context context = work->store ? requests_context(work->store, &target) : CONTEXT_NONE;
    if (work->store && context == CONTEXT_NONE) context = cases_context(work->store, &target);
    if (work->store && context == CONTEXT_NONE) context = events_context(work->store, &target);
    struct circumstances circumstances = {
      .context = context,
      .list = target.list,
      .list_kind = target.kind,
      .list_region =
          target.list && work->list_regions ? g_hash_table_lookup(work->list_regions, target.list) : NULL,
      .list_regions = work->list_regions,
      .command = command_of(work, &target),
      .book = work->book,
      .gazetteer = work->gazetteer,
      .without_places = kind && !kind->wants_places,
      .now = mail_written_at(mail, incoming->received),
      .zone = work->config->zone,
      .domain = work->config->domain,
    };
    g_ptr_array_add(incoming->understandings, target.list || context || circumstances.command
                                                  ? understanding_new(mail, &circumstances)
                                                  : NULL);
  }
}
