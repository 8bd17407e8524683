/* Complaints that come to abuse@ or postmaster@: most providers send their reports (RFC 5965) to one address
 * that an operator has registered, and not to the letter's envelope address. They count like those: the mail
 * complained about hangs on the report, and its header bears addresses that we signed for one person's copy
 * alone. Called for mails to the admin's addresses.
 *
 * Only a report counts here of which our MTA vouches that it comes from the provider of that person's
 * mailbox: the signed address alone proves that its writer has seen a letter, and letters are forwarded. And
 * only by a field that names where the copy came from; what a body quotes may be somebody else's. Every other
 * report goes to the admin, as any mail there.
 */
#include "lists/addresses.h"
#include "lists/bounces/bounces.h"
#include "lists/bounces/inside.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { ADDRESSES_MAX = 20 };

/* A copy of a letter of ours: of which list, and whose. */
struct copy {
  int64_t list, person;
  struct letter *letter; /* NULL: not known which */
};

/* The list of what a token of this purpose is about. */
static bool find_list(struct work *work, const struct token *token, struct copy *copy, GError **error)
{
  GError *failed = NULL;
  if (token->purpose == TOKEN_LEAVE) copy->list = token->object;
  if (token->purpose == TOKEN_BOUNCE || token->purpose == TOKEN_LETTER) {
    copy->letter = letter_get(work->store, token->object, false, &failed);
    copy->list = copy->letter ? copy->letter->list : 0;
  }
  return !fault_hand_on(failed, error);
}

/* The copy that one of our addresses was made for; copy->person 0: none. */
static bool read_address(struct work *work, const char *address, struct copy *copy, GError **error)
{
  struct address_target target = addresses_look_up(work->book, work->keys, address, work->now);
  const unsigned personal = 1u << TOKEN_LEAVE | 1u << TOKEN_BOUNCE | 1u << TOKEN_LETTER;
  if (target.meaning != ADDRESS_TOKEN || !(personal >> target.token.purpose & 1) || !target.token.person)
    return true;
  copy->person = target.token.person;
  return person_now(work->store, &copy->person, error) && find_list(work, &target.token, copy, error);
}

/* The first address of ours in the values of the fields that names somebody's copy. */
static bool find_copy(struct work *work, const struct mail *mail, struct copy *copy, GError **error)
{
  guint looked_at = 0;
  for (guint i = 0; i < mail->reported->len && !copy->person; i++) {
    g_auto(GStrv) words = g_strsplit_set(g_ptr_array_index(mail->reported, i), "<>,;: \t\"?", -1);
    for (char **word = words; *word && !copy->person && looked_at < ADDRESSES_MAX; word++) {
      g_autofree char *plain = strchr(*word, '@') ? g_uri_unescape_string(*word, NULL) : NULL;
      if (!plain) continue;
      looked_at++;
      if (!read_address(work, plain, copy, error)) return false;
    }
  }
  return true;
}

/* Where the person's copy went: as the letter says, or as the membership does. */
static bool find_delivery(struct work *work, const struct copy *copy, struct delivery *delivery,
                          GError **error)
{
  GError *failed = NULL;
  *delivery = (struct delivery){ .person = copy->person };
  if (copy->letter) {
    g_autoptr(delivery_t) sent = delivery_find(work->store, copy->letter, copy->person, &failed);
    if (sent) delivery->address = g_strdup(sent->address);
  }
  g_autoptr(member_t) member =
      !failed && copy->list ? member_find(work->store, copy->list, copy->person, &failed) : NULL;
  if (member && !delivery->address) delivery->address = g_strdup(member->address);
  if (!failed && !delivery->address) delivery->address = person_address(work->store, copy->person, &failed);
  return !fault_hand_on(failed, error);
}

bool complaint_at_desk(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error)
{
  const struct mail *mail = arrival->mail;
  *is_taken = false;
  bool is_complaint = mail->report && strcmp(mail->report, "abuse") == 0 && mail->reported;
  if (!is_complaint || !mail->auth.is_authenticated) return true;
  struct copy copy = { 0 };
  bool is_done = find_copy(work, mail, &copy, error);
  g_autoptr(letter_t) owned = copy.letter;
  if (!is_done || !copy.person) return is_done;
  struct delivery delivery;
  is_done = find_delivery(work, &copy, &delivery, error);
  g_autofree char *address = delivery.address;
  if (!is_done || !address) return is_done;
  if (!complaint_is_from_provider(mail, address)) return true; /* the admin reads it */
  const char *reason = NULL;
  const struct letter letter = { .id = owned ? owned->id : 0, .list = copy.list };
  *is_taken = true;
  decision->outcome = OUTCOME_FILED;
  if (!complaint_take(work, &letter, &delivery, &reason, error)) return false;
  g_string_assign(decision->reason, reason);
  g_string_append(decision->details, " report=abuse");
  return true;
}
