/* How a member's settings are, as letters say it: a row a membership, name, language, and whether offices may
 * write unencrypted; all of it as lines that an answer can change. And what
 * a wish would change, for the letter that asks whether it is really theirs: in our words alone, since it may
 * be somebody else's. */
#include "lists/members/settings_lines.h"
#include "lists/members/wish.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/requests.h"

#include "lib/base/config.h"
#include "lib/mail/read.h"
#include "lib/store/people/consents.h"
#include "lib/store/people/people.h"
#include "lib/store/requests.h"

#include <string.h>

static const char *const deliveries[] = { "each", "daily", "weekly", "own", "none" };

/* "2026-08-15" → until, and day: "15.8.2026". */
static void put_day(struct value *values, const char *iso)
{
  g_auto(GStrv) parts = g_strsplit(iso ? iso : "", "-", 3);
  if (g_strv_length(parts) != 3) return;
  const char *day = parts[2] + (*parts[2] == '0'), *month = parts[1] + (*parts[1] == '0');
  g_autofree char *words = g_strconcat(day, ".", month, ".", parts[0], NULL);
  value_set_text(values, "until", iso);
  value_set_text(values, "day", words);
}

static void put_delivery(struct value *values, const char *delivery)
{
  for (gsize i = 0; i < G_N_ELEMENTS(deliveries); i++)
    value_set_flag(values, deliveries[i], g_strcmp0(delivery, deliveries[i]) == 0);
}

/* A row: the list, and how its mails come. */
static void put_membership(struct value *row, const struct list *list, const struct member *member,
                           bool is_one_of_several)
{
  bool is_paused = strcmp(member->state, "paused") == 0;
  bool has_copy = member->own_copy >= 0 ? member->own_copy > 0 : list && list->own_copy;
  value_set_text(row, "title", list ? list->title : "");
  value_set_text(row, "name", list && is_one_of_several ? list->name : NULL);
  value_set_flag(row, "paused", is_paused);
  value_set_flag(row, "own_copy", has_copy);
  put_delivery(row, member->delivery);
  if (is_paused) put_day(row, member->paused_until);
}

/* A language as a flag "language_de_x_leicht"; `no_letters` where we have none in it. */
static void put_language(const struct work *work, struct value *values, const char *language)
{
  g_autofree char *flag = g_strconcat("language_", language, NULL);
  value_set_flag(values, g_strdelimit(flag, "-", '_'), true);
  g_autofree char *letter = g_strconcat("letters/", language, "/welcome.md", NULL);
  g_autofree char *path = config_find_shared(work->config, letter);
  value_set_flag(values, "no_letters", path == NULL);
}

static void put_state(const struct work *work, struct value *values, const GPtrArray *members,
                      const struct person_choice *choice, const struct consent *consent)
{
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    put_membership(value_append(values, "memberships"), list_cache_by_id(work->lists, member->list), member,
                   members->len > 1);
  }
  value_set_flag(values, "shows_full", strcmp(choice->shown, "full") == 0);
  value_set_flag(values, "shows_initial", strcmp(choice->shown, "initial") == 0);
  value_set_text(values, "pseudonym", strcmp(choice->shown, "pseudonym") == 0 ? choice->pseudonym : NULL);
  value_set_flag(values, "invitations_text", strcmp(choice->invitations, "text") == 0);
  value_set_flag(values, "offices_yes", consent->given != 0);
  value_set_flag(values, "offices_no", consent->is_known && consent->given == 0 && consent->revoked != 0);
}

static void put_wrong(struct value *values, const GPtrArray *wrong)
{
  for (guint i = 0; wrong && i < wrong->len; i++)
    value_set_text(value_append(values, "wrong"), "line", g_ptr_array_index(wrong, i));
}

/* By list, whenever they were last changed. */
static gint by_list(gconstpointer a, gconstpointer b)
{
  int64_t x = (*(struct member *const *)a)->list, y = (*(struct member *const *)b)->list;
  return x < y ? -1 : x > y;
}

/* How everything is. */
struct settings_state {
  GPtrArray *members;
  struct person_choice *choice;
  struct consent consent;
  char *language;
};

static void settings_state_clear(struct settings_state *state)
{
  g_clear_pointer(&state->members, g_ptr_array_unref);
  g_clear_pointer(&state->choice, person_choice_free);
  g_clear_pointer(&state->language, g_free);
}

typedef struct settings_state settings_state_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(settings_state_t, settings_state_clear)

static bool load(struct work *work, const struct settings_letter *out, struct settings_state *state,
                 GError **error)
{
  state->members = person_memberships(work->store, out->person, error);
  state->choice = state->members ? person_choice_get(work->store, out->person, error) : NULL;
  if (state->members) g_ptr_array_sort(state->members, by_list);
  if (!state->choice || !consent_get(work->store, out->person, &state->consent, error)) return false;
  state->language = *state->choice->language
                        ? g_strdup(state->choice->language)
                        : letters_language_to(work, out->person, out->address, out->list, error);
  return state->language != NULL;
}

static char *lines_of(struct work *work, const struct settings_state *state)
{
  return settings_lines_of(work, state->members, state->choice, &state->consent, state->language);
}

char *settings_now(struct work *work, const struct settings_letter *of, GError **error)
{
  g_auto(settings_state_t) state = { 0 };
  return load(work, of, &state, error) ? lines_of(work, &state) : NULL;
}

bool settings_tell(struct work *work, const struct settings_letter *out, GError **error)
{
  g_auto(settings_state_t) state = { 0 };
  if (!load(work, out, &state, error)) return false;
  g_autoptr(value_t) values = value_new();
  put_state(work, values, state.members, state.choice, &state.consent);
  put_language(work, values, state.language);
  put_wrong(values, out->wrong);
  value_set_flag(values, "shown", out->is_shown);
  value_set_text(values, "muted", out->muted);
  g_autofree char *operator_address = list_address(work->config, "postmaster", NULL);
  value_set_text(values, "operator_address", operator_address);
  g_autofree char *details = lines_of(work, &state);
  value_set_flag(values, "same", !out->muted && g_strcmp0(out->before, details) == 0);
  return requests_ask(
      work,
      &(struct question_out){ .purpose = out->letter,
                              .list = out->list,
                              .person = out->person,
                              .address = out->address,
                              .object = out->arrival->mail_id,
                              .details = details,
                              .language = *state.choice->language ? state.choice->language : NULL,
                              .values = values,
                              .in_reply_to = out->arrival->mail->message_id,
                              .is_answer = true,
                              .is_unauthenticated = out->is_stranger },
      NULL, error);
}

void settings_put_wish(struct value *values, const struct request *wished)
{
  static const struct {
    const char *line, *flag;
  } flags[] = { { "language", "language" }, { "pseudonym", "name" },         { "shown", "name" },
                { "own_copy", "copy" },     { "resume", "resumed" },         { "mute", "muted" },
                { "offices", "offices" },   { "invitations", "invitations" } };
  g_autofree char *delivery = request_detail(wished, "delivery");
  g_autofree char *until = request_detail(wished, "paused_until");
  put_delivery(values, delivery);
  value_set_flag(values, "paused", until != NULL);
  put_day(values, until);
  for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
    g_autofree char *value = request_detail(wished, flags[i].line);
    if (value) value_set_flag(values, flags[i].flag, true);
  }
}
