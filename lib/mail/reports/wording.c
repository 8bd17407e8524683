/* The words of mail systems. There are thousands of ways in which servers say "no such user", and a handful
 * of thoughts: this file reduces the ways, so that the tables of diagnosis.c and notice.c can speak of the
 * thoughts. A text becomes a row of signs: nouns for the addressee become "@", forms of "is not" become
 * "not", articles and auxiliaries vanish, German, French and others become the English word.
 *
 * What surprised us: the addressee's name stands in the middle of the sentence ("User karl@x does not
 * exist"), URLs hold words that mean something else where they stand, and a URL of a block list is often all
 * there is. */
#include "lib/mail/reports/wording.h"

#include "lib/text/lexemes.h"

#include <string.h>

enum { TEXT_MAX = 4096, WORD_MAX = 60, GAP_SIGNS = 4 };

/* Words that mean one thing, behind the sign that stands for it. "" drops them. Folded. */
static const struct {
  const char *sign, *words;
} meanings[] = {
  { "", "the a an this that these those is was are were be been being has have had does did do will would "
        "currently now your our my his her its their i we you it of sorry please to by der die das den dem "
        "des ein eine einen einer ist war sind wurde wurden werden wird worden hat haben bei ihre ihr ihrer "
        "unsere diese dieser dieses diesem derzeit zur zum le la les l est un une ce cette de du votre el su "
        "il lo e esta este bu fue ha se que there already specified given following intended requested "
        "with smtp es ma" },
  { "@",
    "user users recipient recipients mailbox mailboxes account accounts address addresses addressee "
    "addressees alias aliases login username usernames inbox rcpt maildrop addr emailaddress mailaddress "
    "userid mail-box subscriber customer destinataire destinataires ladresse lutilisateur adresse adressen "
    "empfaenger "
    "empfaengers empfaengeradresse empfaengeradressen mailadresse mailadressen emailadresse "
    "emailadressen postfach postfachs mailbox-besitzer benutzer benutzers nutzer benutzerkonto konto "
    "mailkonto teilnehmer benutzername utilisateur compte boite usuario cuenta buzon destinatario "
    "destinatarios direccion utente casella indirizzo kullanici hesap adresi alici posta-kutusu "
    "odbiorca odbiorcy uzytkownika adresat skrzynka skrzynki konta uzytkownik adres ontvanger gebruiker "
    "postvak "
    "получатель получателя пользователь пользователя ящик ящика адрес адресат "
    "отримувач користувач скринька" },
  { "not",
    "isnt doesnt didnt dont couldnt cant cannot wasnt werent arent hasnt havent wont nicht kein keine "
    "keinen pas ne non no-longer inte ikke niet nie не нет нельзя degil yok no unable impossible nao nem" },
  { "unknown", "unbekannt unbekannte unbekannter unbekannten inconnu inconnue desconocido desconocida "
               "sconosciuto nieznany onbekend bilinmeyen bilinmiyor bulunamadi несуществующий неизвестен "
               "неизвестный неизвестного unrecognized "
               "unrecognised nonexistent nonexistant inexistent inexistente undefined unregistered unlisted "
               "не_существует" },
  { "exist", "exists existed existiert existieren existe existent vorhanden esiste existieren istnieje "
             "gibt bestaat существует mevcut" },
  { "such", "такого такой такая takiego taki tel telle tal dergleichen" },
  { "deliverable", "zustellbar zustellbare distribuable" },
  { "invalid",
    "illegal bad incorrect wrong invalide ungueltig ungueltige ungueltigen ungueltiger falsch falsche "
    "fehlerhafte invalido invalida errato gecersiz incorrecta nonvalid" },
  { "found", "gefunden known bekannt recognized recognised registered located listed resolved existing "
             "trouve trouvee encontrado encontrada trovato znaleziono find locate locates resolve lookup "
             "finden gevonden найден найдена найдено "
             "знайдено registriert eingetragen" },
  { "full", "voll volle volles ueberfuellt pleine plein lleno llena piena pieno dolu pelna vol переполнен "
            "переполнена переповнена overquota" },
  { "quota", "kontingent speicherplatz speicherkontingent quotas kota" },
  { "exceed", "exceeds exceeded exceeding ueberschritten ueberschreitet uberschritten erschoepft depasse "
              "depassee superado superata asildi przekroczona превышен превышена превышает" },
  { "disabled",
    "inactive inactivated deactivated suspended closed discontinued terminated cancelled "
    "canceled deleted removed retired frozen deprovisioned unused gesperrt gesperrte deaktiviert "
    "deaktiviertes abgeschaltet geloescht gekuendigt inaktiv stillgelegt desactive desactivee "
    "desactivada bloque disattivato заблокирован отключен удален locked dormant abandoned unactivated "
    "inactif abgelaufen" },
  { "moved", "umgezogen verzogen relocated" },
  { "host", "hosts domain domains hostname server mx domaene domain-name rechner domaine dominio домен" },
  { "message",
    "messages mail mails email emails e-mail nachricht nachrichten mitteilung e-mails courrier "
    "courriel correo messaggio mensaje wiadomosc mesaj mesaji bericht письмо сообщение лист content "
    "contents" },
  { "large", "big gross groß grande volumineux duzo buyuk большой oversized oversize groot" },
  { "size", "length groesse nachrichtengroesse taille tamano dimensione rozmiar boyut размер" },
  { "limit", "limits maximum maximal maximale limite limitation grenze begrenzung max lsize allowed-size" },
  { "spam", "spams spamming junk ube uce unsolicited bulk спам werbung" },
  { "virus", "viruses malware trojan worm infected phishing viren schadsoftware вирус" },
  { "blocked", "block blocks blocking blacklisted blacklist blocklisted blocklist denylist blackholed banned "
               "blockiert geblockt rbl dnsbl spamhaus spamcop sorbs surbl blacklists blackliste" },
  { "rejected", "reject rejects refused refuses refuse denied deny declined decline abgelehnt verweigert "
                "zurueckgewiesen abgewiesen rejete refuse refusee rechazado rechazada rifiutato odrzucona "
                "reddedildi geweigerd отклонено отвергнуто отказано rejecting unwelcome prohibited forbidden "
                "disallowed untersagt" },
  { "accepted", "accept accepts accepting acceptable angenommen akzeptiert принято принимает" },
  { "policy", "policies richtlinie richtlinien richtlinienverletzung politique politica" },
  { "allowed",
    "permitted authorized authorised entitled allow permit erlaubt zugelassen berechtigt autorise" },
  { "available", "verfuegbar disponible disponibile dostepna dostepny доступен" },
  { "unavailable", "nicht-verfuegbar indisponible" },
  { "temporary", "temporarily transient temporaer temporaere voruebergehend voruebergehende temporaire "
                 "temporairement temporal temporaneo gecici tymczasowo временно временная" },
  { "timeout", "timed-out zeitueberschreitung" },
  { "delayed", "delay delays deferred postponed verzoegert verzoegerung verspaetet retarde zurueckgestellt "
               "задерживается отложено" },
  { "delivered",
    "deliver delivering delivery delevery delivers zugestellt zustellen zustellung uebermittelt uebermitteln "
    "ausgeliefert distribue remis remise livre entregado entregar entrega consegnato recapitato "
    "dostarczona dostarczyc teslim bezorgd afgeleverd доставлено доставлен доставить доставлена "
    "доставка доставки uebergeben iletilemedi iletilmedi gonderilemedi zugeleitet ausgestellt" },
  { "undelivered",
    "undeliverable undeliveried unzustellbar unzustellbare unzustellbarkeitsbericht nondelivery "
    "non-delivery undelivrable bounced bounce недоставленное unzustellbarkeit" },
  { "fail", "fails failed failing failure failures fehlgeschlagen fehlschlag gescheitert misslungen echec "
            "echoue fallo fallido fallito basarisiz fehler problem problems errors nieudane mislukt ошибка "
            "error erreur errore hata blad fout "
            "permanent fatal" },
  { "returned", "return returning returns zurueck zurueckgesendet zurueckgeschickt retourne devuelto" },
  { "original", "old previous alte alten urspruengliche urspruenglichen originalnachricht unsent "
                "ursprungsnachricht originalmail" },
  { "sender", "absender originator expediteur remitente mittente absenderadresse" },
  { "copy", "kopie copie copia" },
};

/* Word → its sign. */
static GHashTable *all_meanings(void)
{
  static GHashTable *table = NULL;
  if (g_once_init_enter(&table)) {
    GHashTable *made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++) {
      g_auto(GStrv) each = g_strsplit(meanings[i].words, " ", -1);
      for (char **word = each; *word; word++)
        if (**word) g_hash_table_replace(made, lexeme_fold(*word, strlen(*word)), (char *)meanings[i].sign);
      if (*meanings[i].sign) g_hash_table_replace(made, g_strdup(meanings[i].sign), (char *)meanings[i].sign);
    }
    g_once_init_leave(&table, made);
  }
  return table;
}

static void put_sign(struct wording *w, const char *word, gsize size)
{
  if (size == 0 || size > WORD_MAX) return;
  g_autofree char *folded = lexeme_fold(word, size);
  gpointer sign = NULL;
  if (g_hash_table_lookup_extended(all_meanings(), folded, NULL, &sign)) {
    if (*(char *)sign) g_ptr_array_add(w->signs, sign);
    return;
  }
  g_ptr_array_add(w->signs, g_string_chunk_insert_const(w->words, folded));
}

/* A URL says nothing, but that of a block list does. */
static void put_url(struct wording *w, const char *url, gsize size)
{
  static const char *const lists[] = { "spamhaus", "rbl", "dnsbl", "/bl", "blacklist", "spamcop", "sorbs" };
  g_autofree char *lower = g_ascii_strdown(url, (gssize)size);
  for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
    if (strstr(lower, lists[i])) {
      g_ptr_array_add(w->signs, (gpointer) "blocked");
      return;
    }
}

static bool is_word_byte(char c)
{
  return (c & 0x80) || g_ascii_isalnum(c) || c == '\'';
}

static bool ends_sentence(const char *at, const char *end)
{
  return strchr(".!?;", *at) && (at + 1 == end || g_ascii_isspace(at[1]));
}

/* One piece between blanks: an address, a URL, a code, or words joined by marks. */
static void put_piece(struct wording *w, const char *piece, const char *end)
{
  gsize size = (gsize)(end - piece);
  if (memchr(piece, '@', size) && size > 1) {
    if (ends_sentence(end - 1, end) && end[-1] == '.' && (size < 3 || end[-2] != '.'))
      g_ptr_array_add(w->signs, (gpointer) ".");
    return;
  }
  if (g_strstr_len(piece, (gssize)size, "://") || g_strstr_len(piece, (gssize)MIN(size, 5), "www."))
    return put_url(w, piece, size);
  for (const char *at = piece; at < end;) {
    const char *begin = at;
    if (g_ascii_isdigit(*at))
      while (at < end && (g_ascii_isdigit(*at) || (*at == '.' && at + 1 < end && g_ascii_isdigit(at[1]))))
        at++;
    else
      while (at < end && is_word_byte(*at)) at++;
    if (at > begin) {
      put_sign(w, begin, (gsize)(at - begin));
      continue;
    }
    if (ends_sentence(at, end) && w->signs->len) g_ptr_array_add(w->signs, (gpointer) ".");
    at++;
  }
}

struct wording *wording_new(const char *text)
{
  struct wording *w = g_new0(struct wording, 1);
  w->signs = g_ptr_array_new();
  w->words = g_string_chunk_new(1024);
  const char *end = text + strnlen(text, TEXT_MAX);
  for (const char *at = text; at < end;) {
    while (at < end && g_ascii_isspace(*at)) at++;
    const char *begin = at;
    while (at < end && !g_ascii_isspace(*at)) at++;
    if (at > begin) put_piece(w, begin, at);
  }
  bool is_open = w->signs->len && strcmp(g_ptr_array_index(w->signs, w->signs->len - 1), ".") != 0;
  if (is_open) g_ptr_array_add(w->signs, (gpointer) "."); /* the text's end ends its sentence */
  return w;
}

void wording_free(struct wording *wording)
{
  if (!wording) return;
  g_ptr_array_unref(wording->signs);
  g_string_chunk_free(wording->words);
  g_free(wording);
}

/* Does this sign of a pattern (size bytes) stand for that one? */
static bool is_sign(const char *pattern, gsize size, const char *sign)
{
  if (pattern[size - 1] == '*' && size > 1) return strncmp(sign, pattern, size - 1) == 0;
  return strncmp(sign, pattern, size) == 0 && sign[size] == '\0';
}

/* The pattern from here on; the gap is a bounded look-ahead. */
static bool matches_at(const struct wording *w, guint at, const char *pattern)
{
  guint gap = 0;
  while (*pattern) {
    gsize size = strcspn(pattern, " ");
    if (size == 1 && *pattern == '~') {
      gap = GAP_SIGNS;
    } else {
      while (at < w->signs->len && !is_sign(pattern, size, g_ptr_array_index(w->signs, at))) {
        if (gap == 0 || strcmp(g_ptr_array_index(w->signs, at), ".") == 0) return false;
        gap--;
        at++;
      }
      if (at >= w->signs->len) return false;
      at++;
      gap = 0;
    }
    pattern += size;
    pattern += strspn(pattern, " ");
  }
  return true;
}

bool wording_has(const struct wording *wording, const char *pattern)
{
  for (guint at = 0; at < wording->signs->len; at++)
    if (matches_at(wording, at, pattern)) return true;
  return false;
}
