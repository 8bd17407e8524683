/* Orders that admins give in sentences of their own: "Vera soll Grünau moderieren: vera@posteo.de", "Leg
 * bitte einen Verteiler für die Imker an", "Das Ordnungsamt ist jetzt unter oa@… erreichbar". Called by
 * wish.c at the front door and at postmaster@, and by roles.c and offices.c for answers to their letters.
 *
 * Not sentences are known but kinds of words (sections admin.* of the tables): what it is about (a role, an
 * office, a list) and what shall become of it (given, taken, made, changed). A thing and a deed together are
 * an order and lead to the letter about that thing; only what leaves nothing open, one role of one list and
 * one address, is proposed there, and a yes to that does it. A thing and a deed that do not fit are asked
 * back: an admin who thinks that something is done must not be mistaken. */
#include "lists/admin/order.h"

#include "lists/admin/admins.h"
#include "lists/admin/private.h"
#include "lists/keeping/holders.h"
#include "lists/list_cache.h"
#include "lists/offices/named.h"

#include "lib/store/cases/offices.h"
#include "lib/store/directory.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { WORDS_MAX = 40, TITLE_CHARACTERS = 60 };

void admin_order_clear(struct admin_order *order)
{
  g_clear_pointer(&order->title, g_free);
  g_clear_pointer(&order->proposal, g_free);
}

/* A sentence on its way. */
struct sentence {
  struct work *work;
  const struct passage *passage;
  GPtrArray *addresses; /* char* */
  char *words;          /* the text without them */
};

static bool says(const struct sentence *s, const char *section)
{
  return passage_has(s->passage, section);
}

/* The text without its addresses: "vera@gruenau.example" names no list. Caller frees. */
static char *without_addresses(const char *text)
{
  g_autoptr(GString) out = g_string_new(NULL);
  g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
  for (char **word = words; *word; word++)
    if (!strchr(*word, '@')) g_string_append_printf(out, "%s ", *word);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The one list that is named by its address or its title; NULL: none, or several. */
static const struct list *list_named(const struct sentence *s)
{
  const struct list *found = admin_list_named(s->work, s->words);
  if (found) return found;
  for (const char *end = s->words; *end; end++) {
    if (!strchr(" .,;:!?\"", *end)) continue;
    gsize begin = 0;
    g_autofree char *text = g_strndup(s->words, (gsize)(end - s->words));
    const struct list *list = list_cache_by_title_at_end(s->work->lists, text, &begin);
    if (list && found && list != found) return NULL;
    if (list) found = list;
  }
  return found;
}

/* The one role that is named; NULL: none, or several. *is_any: some role is spoken of; a word that may be one
 * counts beside an address. */
static const struct role *role_named(const struct sentence *s, bool *is_any)
{
  const struct role *found = NULL;
  bool are_several = false;
  guint tag = phrases_tag("admin.role");
  *is_any = false;
  for (const struct phrase_hit *hit = passage_find(s->passage, tag, 0); hit;
       hit = passage_find(s->passage, tag, hit->end)) {
    const struct role *role = role_find(hit->value);
    *is_any |= role || s->addresses->len > 0;
    are_several |= role && found && role != found;
    if (role) found = role;
  }
  return are_several ? NULL : found;
}

/* Is anything denied, but in "nicht mehr"? */
static bool is_denied(const struct sentence *s)
{
  guint tag = phrases_tag("admin.not");
  for (const struct phrase_hit *hit = passage_find(s->passage, tag, 0); hit;
       hit = passage_find(s->passage, tag, hit->end))
    if (!passage_at(s->passage, phrases_tag("admin.take"), hit->first)) return true;
  return false;
}

/* Does a clause end at a lexeme? Commas and dashes end one, and words as "und" do. */
static bool is_clause_end(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  return it->kind == LEXEME_BREAK || (it->kind == LEXEME_MARK && strchr(",;.!?", it->folded[0])) ||
         passage_at(passage, phrases_tag("admin.clause"), at);
}

/* The clause that a hit stands in: [*first, *end). */
static void clause_of(const struct passage *passage, const struct phrase_hit *hit, guint *first, guint *end)
{
  *first = hit->first, *end = hit->end;
  while (*first > 0 && !is_clause_end(passage, *first - 1)) (*first)--;
  while (*end < passage->lexemes->count && !is_clause_end(passage, *end)) (*end)++;
}

/* Does a hit stand in a clause in which something is taken away? */
static bool is_beside_taking(const struct passage *passage, guint at)
{
  guint tag = phrases_tag("admin.take"), first, end;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    clause_of(passage, hit, &first, &end);
    if (first <= at && at < end) return true;
  }
  return false;
}

/* "Hans hört auf, Vera soll moderieren": one leaves, and another shall have it. */
static bool gives_elsewhere(const struct passage *passage)
{
  guint tag = phrases_tag("admin.give");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (!is_beside_taking(passage, hit->first)) return true;
  return false;
}

/* Given or taken: one of both and nothing that turns it; words of giving within what is taken ("soll
 * gestrichen werden") are of that. 0: not certain. */
static int given_or_taken(const struct sentence *s)
{
  bool is_given = says(s, "admin.give"), is_taken = says(s, "admin.take");
  if (says(s, "admin.instead") || is_denied(s)) return 0;
  if (is_taken) return gives_elsewhere(s->passage) ? 0 : -1;
  return is_given ? 1 : 0;
}

static void propose_role(const struct sentence *s, const struct role *role, struct admin_order *order)
{
  int what = given_or_taken(s);
  const struct list *list = list_named(s);
  if (!role || what == 0 || s->addresses->len != 1) return;
  if (list && role_is_of_any_list(role)) role = role_of_list(role->held_as, list->name);
  if (!role || (role_is_of_any_list(role) && !list)) return;
  order->proposal = g_strdup_printf("%s %s %c%s", role->word, role_is_of_any_list(role) ? list->name : "-",
                                    what > 0 ? '+' : '-', (char *)s->addresses->pdata[0]);
}

static bool read_role(const struct sentence *s, struct admin_order *order)
{
  bool is_any = false;
  const struct role *role = role_named(s, &is_any);
  bool is_order = s->addresses->len || says(s, "admin.give") || says(s, "admin.take") ||
                  says(s, "admin.instead") || says(s, "admin.show");
  if (!is_any || !is_order) return false;
  order->about = ORDER_ROLE;
  propose_role(s, role, order);
  return true;
}

/* An address of an office that has one at most may be proposed. */
static void propose_office(const struct sentence *s, const struct office *office, struct admin_order *order)
{
  bool is_deputy = says(s, "admin.deputy"), is_address = says(s, "admin.address");
  guint mains = 0;
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *it = office->addresses->pdata[i];
    mains += *it->address != '@' && strcmp(it->use, is_deputy ? "deputy" : "main") == 0;
  }
  if (s->addresses->len != 1 || mains > 1 || is_deputy == is_address || says(s, "admin.take") ||
      is_denied(s) || says(s, "admin.instead"))
    return;
  order->proposal = g_strdup_printf("%s %s %s", office->sign, is_deputy ? "Vertretung" : "Adresse",
                                    (char *)s->addresses->pdata[0]);
}

static bool read_office(const struct sentence *s, struct admin_order *order, GError **error)
{
  g_autoptr(GPtrArray) offices = offices_all(s->work->store, error);
  if (!offices) return false;
  struct office_named named = { 0 };
  office_find_named(offices, s->passage, &named);
  bool is_about = named.office || says(s, "admin.office");
  bool is_order = says(s, "admin.address") || says(s, "admin.deputy") || says(s, "admin.make") ||
                  says(s, "admin.office_change") || (s->addresses->len && says(s, "admin.give")) ||
                  (says(s, "admin.take") && !says(s, "admin.list"));
  g_free(named.words);
  if (!is_about || !is_order) return true;
  order->about = ORDER_OFFICE;
  for (guint i = 0; i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    if (office->id == named.office) propose_office(s, office, order);
  }
  return true;
}

/* ---- lists ---- */

static bool is_title_end(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  return it->kind == LEXEME_END || it->kind == LEXEME_BREAK ||
         (it->kind == LEXEME_MARK && strchr(".,;!?", it->folded[0])) ||
         passage_at(passage, phrases_tag("admin.make"), at) ||
         passage_at(passage, phrases_tag("admin.title_end"), at);
}

/* What stands behind "Liste", "Verteiler für die", up to the deed: a title. Caller frees. */
static char *title_of(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("admin.list"), 0);
  guint first = hit ? hit->end : 0, end;
  const struct phrase_hit *lead = hit ? passage_at(passage, phrases_tag("admin.title_lead"), first) : NULL;
  while (lead) {
    first = lead->end;
    lead = passage_at(passage, phrases_tag("admin.title_lead"), first);
  }
  const struct lexeme *l = passage->lexemes->at;
  while (hit && l[first].kind == LEXEME_MARK && strchr("\"':", l[first].folded[0])) first++;
  for (end = first; hit && !is_title_end(passage, end);) end++;
  g_autofree char *text = hit && first < end ? passage_text(passage, first, end) : g_strdup("");
  g_strstrip(g_strdelimit(text, "\r\n\t=\"", ' '));
  return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), TITLE_CHARACTERS));
}

/* One that is there shall change. */
static bool read_settings(const struct sentence *s, struct admin_order *order)
{
  const struct list *list = says(s, "admin.list") && says(s, "admin.change") ? list_named(s) : NULL;
  if (!list) return false;
  order->about = ORDER_SETTINGS;
  order->list = list;
  return true;
}

static bool read_new_list(const struct sentence *s, struct admin_order *order)
{
  if (!says(s, "admin.list") || !says(s, "admin.make") || is_denied(s) || list_named(s)) return false;
  order->about = ORDER_NEW_LIST;
  order->title = title_of(s->passage);
  return true;
}

/* A proposal that would change nothing was understood wrongly, most likely: who leaves has the role, and who
 * begins has it not. */
static bool drop_idle(struct work *work, struct admin_order *order, GError **error)
{
  struct role_proposal it;
  if (order->about != ORDER_ROLE || !order->proposal || !role_proposal_read(work, order->proposal, &it))
    return true;
  g_autofree char *address = it.address;
  bool has = false;
  bool is_known = it.role->held_as ? holders_has(work, it.list, it.role->held_as, address, &has, error)
                                   : admins_has(work, address, 0, &has, error);
  if (is_known && has == it.is_given) g_clear_pointer(&order->proposal, g_free);
  return is_known;
}

bool admin_order_read(struct work *work, const char *text, struct admin_order *order, GError **error)
{
  *order = (struct admin_order){ .about = ORDER_NOTHING };
  g_autofree char *words = without_addresses(text);
  g_autoptr(passage_t) passage = passage_new(words, NULL, 0);
  if (passage_words(passage, 0, passage->lexemes->count) > WORDS_MAX) return true;
  g_autoptr(GPtrArray) addresses = holders_addresses(text);
  order->speaks_of_self = passage_has(passage, "admin.self");
  order->names_somebody = addresses->len > 0;
  struct sentence s = { .work = work, .passage = passage, .addresses = addresses, .words = words };
  if (read_new_list(&s, order) || read_role(&s, order) || read_settings(&s, order))
    return drop_idle(work, order, error);
  if (!read_office(&s, order, error)) return false;
  bool is_deed = says(&s, "admin.give") || says(&s, "admin.take") || says(&s, "admin.make") ||
                 says(&s, "admin.change") || says(&s, "admin.instead");
  if (order->about == ORDER_NOTHING && is_deed && (says(&s, "admin.list") || addresses->len > 0))
    order->about = ORDER_UNCLEAR;
  return true;
}

bool role_proposal_read(const struct work *work, const char *proposal, struct role_proposal *out)
{
  *out = (struct role_proposal){ 0 };
  g_auto(GStrv) parts = g_strsplit(proposal, " ", 3);
  if (g_strv_length(parts) != 3) return false;
  out->role = role_find(parts[0]);
  if (!out->role) return false;
  const char *list = role_is_of_any_list(out->role) ? parts[1] : out->role->list;
  out->list = list_cache_by_name(work->lists, list);
  out->is_given = *parts[2] == '+';
  if (list && !out->list) return false;
  out->address = g_strdup(parts[2] + 1);
  return true;
}
