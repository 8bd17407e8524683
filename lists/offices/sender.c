/* Is a mail an office's? Its address decides, never the name it shows, and somebody has to vouch for it: our
 * MTA, that knows the domain (DMARC, DKIM, SPF), the person logged in (SASL) or the forwarder that sealed it
 * (ARC), all of which reading has weighed; or the network that our MTA names, since inside one mail system
 * nothing is signed. A network vouches for its own office alone.
 *
 * All offices of a district may share one domain. Then an address that no office has entered for itself says
 * only that it is one of them: which one follows from the letter that is answered, from the network, from the
 * office that From or the signature names; where none of these says so, it is nobody's that we know. */
#include "lists/offices/named.h"
#include "lists/offices/offices.h"

#include "lib/mail/address.h"

#include <string.h>

/* Offices that an address may write for. */
struct candidates {
  GPtrArray *offices; /* struct office* */
  bool are_by_domain; /* none has entered the address itself */
};

static bool has_entered(const struct office *office, const char *address)
{
  for (guint i = 0; i < office->addresses->len; i++)
    if (strcmp(((const struct office_address *)office->addresses->pdata[i])->address, address) == 0)
      return true;
  return false;
}

static void free_office(gpointer office)
{
  office_free(office);
}

/* Those that have entered it; if none has, those that have its domain. *of is always filled. */
static bool find_candidates(struct work *work, const char *address, struct candidates *of, GError **error)
{
  of->offices = g_ptr_array_new_with_free_func(free_office);
  of->are_by_domain = true;
  g_autoptr(GArray) ids = offices_of_address(work->store, address, error);
  for (guint i = 0; ids && i < ids->len; i++) {
    struct office *office = office_get(work->store, g_array_index(ids, int64_t, i), error);
    if (!office) return false;
    bool is_exact = has_entered(office, address);
    if (is_exact && of->are_by_domain) {
      g_ptr_array_set_size(of->offices, 0);
      of->are_by_domain = false;
    }
    if (is_exact || of->are_by_domain)
      g_ptr_array_add(of->offices, office);
    else
      office_free(office);
  }
  return ids != NULL;
}

/* Does our MTA say that it came from the network of this office? */
static bool is_from_network(const struct mail *mail, const struct office *office)
{
  bool is_plain = mail->from_count == 1 && !*mail->resent_from.address;
  return mail->auth.network && *mail->auth.network && is_plain && *office->network &&
         g_ascii_strcasecmp(office->network, mail->auth.network) == 0;
}

/* The one of all offices that From or the signature names; 0: none, or several. */
static int64_t named_in(const struct mail *mail, const GPtrArray *all)
{
  int64_t shown = mail->from.name ? office_of_name(all, mail->from.name) : 0;
  if (shown) return shown;
  g_autoptr(passage_t) signature = passage_new(mail->signature ? mail->signature : "", NULL, 0);
  struct office_named named;
  office_find_named(all, signature, &named);
  g_free(named.words);
  return named.office;
}

/* Has another office an address of this domain, too? */
static bool is_shared(const GPtrArray *all, const struct office *office, const char *domain)
{
  for (guint i = 0; i < all->len; i++) {
    const struct office *other = all->pdata[i];
    for (guint k = 0; other->id != office->id && k < other->addresses->len; k++) {
      const struct office_address *one = other->addresses->pdata[k];
      if (g_strcmp0(strrchr(one->address, '@'), domain) == 0) return true;
    }
  }
  return false;
}

static const struct office *with_id(const GPtrArray *offices, int64_t id)
{
  for (guint i = 0; id && i < offices->len; i++)
    if (((const struct office *)offices->pdata[i])->id == id) return offices->pdata[i];
  return NULL;
}

/* Which of those that have its domain it is: the one whose network it comes from, that it names, or that
 * alone has the domain. *office NULL: nobody knows. */
static bool choose_by_domain(struct work *work, const struct mail *mail, const GPtrArray *offices,
                             const char *address, const struct office **office, GError **error)
{
  *office = NULL;
  for (guint i = 0; i < offices->len && !*office; i++)
    if (is_from_network(mail, offices->pdata[i])) *office = offices->pdata[i];
  if (*office) return true;
  g_autoptr(GPtrArray) all = offices_all(work->store, error);
  if (!all) return false;
  int64_t named = named_in(mail, all);
  *office = with_id(offices, named);
  bool is_alone = offices->len == 1 && !is_shared(all, offices->pdata[0], strrchr(address, '@'));
  if (!named && is_alone) *office = offices->pdata[0];
  return true;
}

/* Which of them it is. *office NULL: nobody knows. */
static bool choose(struct work *work, const struct mail *mail, const struct candidates *of, int64_t expected,
                   const char *address, const struct office **office, GError **error)
{
  *office = with_id(of->offices, expected);
  if (*office) return true;
  if (of->are_by_domain) return choose_by_domain(work, mail, of->offices, address, office, error);
  *office = of->offices->pdata[0];
  return true;
}

bool offices_look(struct work *work, const struct mail *mail, int64_t expected, struct office_sender *sender,
                  GError **error)
{
  *sender = (struct office_sender){ 0 };
  g_autofree char *address = address_normalise(mail->from.address);
  if (!address) return true;
  struct candidates of;
  bool is_read = find_candidates(work, address, &of, error);
  if (is_read && of.offices->len) {
    const struct office *office = NULL;
    is_read = choose(work, mail, &of, expected, address, &office, error);
    bool is_vouched = mail->auth.is_authenticated || (office && is_from_network(mail, office));
    sender->office = office ? office->id : 0;
    sender->is_by_domain = of.are_by_domain;
    sender->proof = is_vouched ? OFFICE_PROVEN : OFFICE_CLAIMED;
  }
  g_ptr_array_unref(of.offices);
  return is_read;
}

bool offices_sender(struct work *work, const struct mail *mail, int64_t expected, enum office_proof *proof,
                    int64_t *office, GError **error)
{
  struct office_sender sender;
  if (!offices_look(work, mail, expected, &sender, error)) return false;
  *office = sender.office;
  *proof = sender.office ? sender.proof : OFFICE_NONE;
  return true;
}
