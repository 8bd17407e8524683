#!/usr/bin/env bash
# What offices write, and what only looks like it, through a real Postfix: long signatures, tables from a spreadsheet, forwarded
# and internal mails, signed and encrypted ones, absences, failure reports, calendars, spoofs; questions that come from a
# group, from somebody who telephones, and that no office wants. Flows are functions; see tests/support/cases.sh.
. "$(dirname "$0")/../support/cases.sh"
in_namespaces office-mail "$@"
district_for_postfix
sed -i 's|^#* *admin *=.*|admin = admin@wohnen.example|' "$D/kiezpost.conf"

# send_as WHO TO HEADERS <MIME: a mail whose content headers and body come from standard input
send_as() {
  { printf 'Date: %s\nFrom: %s <%s>\nTo: %s\nMessage-ID: <%s.%s@wohnen.example>\n' "$(date -R)" "${4:-${1%%.*}}" "$(at "$1")" "$2" "$RANDOM" "$RANDOM"
    printf '%s\nMIME-Version: 1.0\n' "$3"; cat; } | sed 's/\r*$/\r/' >"$work/mail"
  post_mail "$(at "$1")" "$2" "${PORT_OF_ANSWER:-2526}" <"$work/mail"
}
# the address that answers to a letter go to, and the number that its subject says
address_of() { look "$1"; echo "${seen%% *}"; }
number_of() { look "$1"; grep -o 'KP-[0-9]*-[0-9]*' <<<"$seen" | head -n 1; }

# ---- domain.md, section 8: what an office's mail looks like ----

outlook_with_everything() { # 14
  ask olga.$c "Bölschestraße $c" "In der Bölschestraße ist ein Poller auf dem Gehweg umgefahren."
  local number to; number=$(number_of "$asked") to=$(address_of "$asked")
  send_as sga "$to" "Subject: AW: [$number] =?utf-8?Q?B=C3=B6lschestra=C3=9Fe?= $c" "Kerstin Muster" <<MIME
Content-Type: multipart/related; boundary="rel"

--rel
Content-Type: multipart/alternative; boundary="alt"

--alt
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Sehr geehrte Damen und Herren,

die Angelegenheit wurde an den FB Straßen weitergeleitet. Eine Reparatur ist für die 34. KW vorgesehen.

Mit freundlichen Grüßen
Im Auftrag

Kerstin Muster

Bezirksamt Treptow-Köpenick von Berlin
Abt. Bauen, Stadtentwicklung und öffentliche Ordnung
Straßen- und Grünflächenamt, FB Straßen
SGA TV 214
Dienstgebäude: Neue Krugallee 4, 12435 Berlin, Zimmer 214
Tel.: (030) 90297-5555, Fax: (030) 90297-5556
Kerstin.Muster@ba-tk.berlin.de
Diese E-Mail-Adresse ist nicht für signierte/verschlüsselte E-Mails geeignet.
Informationen zum Datenschutz: https://www.berlin.de/datenschutz
Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.
[cid:image001.png@01DA]

Von: Kiezpost <$to>
Gesendet: Montag, 2. März 2026 10:15
An: SGA <sga@wohnen.example>
Betreff: [$number] Bölschestraße $c

Guten Tag, eine Anfrage: Ein Poller ist umgefahren. Antwort bis 1. April 2026. Nummer $number.

--alt--
--rel
Content-Type: image/png; name="image001.png"
Content-ID: <image001.png@01DA>
Content-Disposition: inline; filename="image001.png"
Content-Transfer-Encoding: base64

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
--rel--
MIME
  letter olga.$c "für die 34. KW vorgesehen"
  need "no number, room or name of the clerk" not grep -qE "5555|Zimmer 214|Muster|Krugallee" <<<"$seen"
  is_case "Bölschestraße $c" "c['state'] in ('planned', 'forwarded') and __import__('datetime').date.fromisoformat(c['expected']).isocalendar()[1:] == (34, 7)"
  is_case "Bölschestraße $c" "c['replies'][0]['text'].replace('\n', ' ') == 'Die Angelegenheit wurde an den FB Straßen weitergeleitet. Eine Reparatur ist für die 34. KW vorgesehen.'"
  need "the page, too, says it" soon page_shows "Bölschestraße $c" "34. KW"
  need "without the clerk" page_hides "Bölschestraße $c" "Muster"
}
internal_with_a_forwarded_resident() { # 15
  ask ina.$c "Fahrbahn $c" "Auf der Fahrbahn ist ein Schlagloch."
  local to; to=$(address_of "$asked")
  send_as sga "$to" "Subject: WG: Fahrbahn $c" "Kerstin Muster" <<MIME
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Intern: bitte nicht veröffentlichen. Frau Xaver hat schon zweimal geschrieben.

Von: Xenia Xaver <xenia.xaver@web.example>
Gesendet: Montag, 2. März 2026 10:15
An: SGA <sga@wohnen.example>
Betreff: Fahrbahn

Das Schlagloch vor der Baumschulenstraße 70 ist noch da! Tel. 0176 1234567
MIME
  office sga "$asked" "Das Schlagloch wird im Frühjahr verfüllt.$signature"
  letter ina.$c "im Frühjahr verfüllt"
  need "nothing internal reaches who asked" none ina.$c "schon zweimal"
  need "nor another resident's words" none ina.$c "noch da"
  need "nor her address" none ina.$c "xaver"
  need "nor does the archive have them" not grep -rqiE "xaver|schon zweimal" "$D/archive"
}
table_from_a_spreadsheet() { # 16
  ask tina.$c "Radweg Nord $c" "Wann wird der Radweg am Ufer saniert?"; local one=$asked first; first=$(number_of "$asked")
  ask tom.$c "Radweg Süd $c" "Auf dem Radweg am Adlergestell liegen Scherben. Wann wird er gereinigt?"; local second; second=$(number_of "$asked")
  ask toni.$c "Radweg West $c" "Der Radweg an der Rudower Straße ist zu schmal. Wird er breiter?"; local third; third=$(number_of "$asked")
  send_as sga "$(address_of "$one")" "Subject: AW: Radwege $c" "Kerstin Muster" <<MIME
Content-Type: multipart/alternative; boundary="alt"

--alt
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Guten Tag, anbei der Stand:

Nr	Stand	Bemerkung
$first	geplant	Sanierung beginnt im Mai
$second	erledigt	am Montag gereinigt
$third	abgelehnt	der Platz reicht nicht

Mit freundlichen Grüßen
Im Auftrag
Kerstin Muster
--alt
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=DE><p class=MsoNormal>Guten Tag, anbei der Stand:<o:p></o:p></p>
<table class=MsoNormalTable border=0><tr><td><p class=MsoNormal>Nr<o:p></o:p></p></td><td><p>Stand</p></td><td><p>Bemerkung</p></td></tr>
<tr><td><p>$first</p></td><td><p>geplant</p></td><td><p>Sanierung beginnt im Mai</p></td></tr>
<tr><td><p>$second</p></td><td><p>erledigt</p></td><td><p>am Montag gereinigt</p></td></tr>
<tr><td><p>$third</p></td><td><p>abgelehnt</p></td><td><p>der Platz reicht nicht</p></td></tr></table>
<p class=MsoNormal>Mit freundlichen Grüßen<br>Im Auftrag<br>Kerstin Muster<o:p></o:p></p></body></html>
--alt--
MIME
  letter tina.$c "beginnt im Mai"; letter tom.$c "am Montag gereinigt"; letter toni.$c "der Platz reicht nicht"
  need "each sees their own row alone" none tina.$c "am Montag gereinigt"
  need "and nobody else's" none toni.$c "beginnt im Mai"
  is_case "Radweg Nord $c" "c['state'] == 'planned'"
  is_case "Radweg Süd $c" "c['state'] == 'done'"
  is_case "Radweg West $c" "c['state'] == 'rejected'"
}
list_of_numbers() {
  ask lena.$c "Baumscheibe $c" "Darf ich die Baumscheibe vor dem Haus bepflanzen? Wann antwortet das Grünflächenamt?"; local one=$asked first; first=$(number_of "$asked")
  ask leo.$c "Grünanlage $c" "Wann wird die Grünanlage am Ufer gemäht?"; local second; second=$(number_of "$asked")
  office sga "$one" "Guten Tag,"$'\n\n'"$first: Das ist erlaubt und damit erledigt."$'\n'"$second: wird bis 30. November 2027 gemäht$signature"
  letter lena.$c "Das ist erlaubt"; letter leo.$c "gemäht"
  need "one does not read the other's" none leo.$c "Das ist erlaubt"
  need "nor the other way round" none lena.$c "30. November"
  is_case "Baumscheibe $c" "c['state'] == 'done'"
  is_case "Grünanlage $c" "c['expected'] == '2027-11-30'"
}
answer_by_a_colleague() { # the letter was forwarded within the office
  ask kai.$c "Geländer $c" "Das Geländer am Gehweg ist lose."
  office kollege.$c "$asked" "Das Geländer wird am Dienstag befestigt.$signature"
  letter sga "Dienstag befestigt"
  need "not yet" none kai.$c "Dienstag befestigt"
  office sga "$found" "ja"
  letter kai.$c "Dienstag befestigt"
  is_case "Geländer $c" "c['replies'][0]['official']"
}
forwarded_answer() { # the clerk passes on what a colleague wrote to her
  ask fritz.$c "Fußweg $c" "Der Fußweg ist im Winter nicht gestreut."
  local to; to=$(address_of "$asked")
  send_as sga "$to" "Subject: WG: Fußweg $c" "Kerstin Muster" <<MIME
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Z.K. wie besprochen

-----Ursprüngliche Nachricht-----
Von: Müller, Hans <hans.mueller@ba-tk.berlin.de>
Gesendet: Montag, 2. März 2026 10:15
An: Muster, Kerstin <kerstin.muster@ba-tk.berlin.de>
Betreff: Fußweg

Hallo Kerstin, der nervt schon wieder, sag ihm, dass die BSR das macht. Gruß Hans
MIME
  letter sga "Soll"
  need "a colleague's words do not reach who asked" none fritz.$c "nervt"
  need "nor the archive" not grep -rq "nervt" "$D/archive"
}
not_for_this_office() { # 7
  write ali.$c frage@kiez.example "Ampel $c" "Die Ampel Sterndamm/Groß-Berliner Damm springt nicht um. Wer kümmert sich?"
  letter ali.$c "KP-"
  need "they are told who is" grep -qiE "zuständig" <<<"$seen"
}
names_a_neighbour() { # 8
  write nora.$c frage@kiez.example "Transporter $c" "Herr Schmidtke aus Nr. 14 stellt seinen Transporter B-XY 1234 immer auf den Gehweg. Was unternimmt das Ordnungsamt?"
  letter nora.$c "nicht veröffentlicht"
  need "no page" not grep -rqE "Schmidtke|B-XY 1234|Transporter $c" "$D/archive"
}

# ---- robots ----

absence_of_a_resident() { # 21
  ask rita.$c "Papierkorb $c" "Im Park quillt der Papierkorb über, das Grünflächenamt muss leeren."
  office sga "$asked" "Der Papierkorb ist geleert und der Fall damit erledigt.$signature"
  letter rita.$c "damit erledigt"
  send_as rita.$c "$(address_of "$found")" "Subject: Automatische Antwort: Papierkorb $c
X-Auto-Response-Suppress: All" <<MIME
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Ja, ich bin verreist und erst ab Montag wieder da.
MIME
  answer rita.$c "$found" "Nein, ist immer noch voll."
  is_case "Papierkorb $c" "c['reopened'] if 'reopened' in c else c['state'] != 'done'"
  is_case "Papierkorb $c" "not c['confirmed']"
}
calendar_answers() { # 12
  ask karl.$c "Spielplatz $c" "Die Schaukel auf dem Spielplatz fehlt seit Monaten."
  send_as sga "$(address_of "$asked")" "Subject: Zugesagt: Spielplatz $c" <<MIME
Content-Type: multipart/alternative; boundary="alt"

--alt
Content-Type: text/plain; charset=utf-8

Zugesagt
--alt
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VEVENT
UID:040000008200
DTSTART;TZID=W. Europe Standard Time:20270302T180000
ATTENDEE;PARTSTAT=ACCEPTED:mailto:sga@wohnen.example
END:VEVENT
END:VCALENDAR
--alt--
MIME
  office sga "$asked" "Die Schaukel kommt im April.$signature"
  letter karl.$c "kommt im April"
  is_case "Spielplatz $c" "len(c['replies']) == 1"
}
office_cannot_be_reached() { # 22: its address is gone, and Postfix says so with a report
  write bert.$c frage@kiez.example "Museum $c" "Wann öffnet das Heimatmuseum wieder?"
  letter bert.$c "KP-"
  letter admin "museum@weg.example"
}

text_report_is_no_answer() { # 22: a provider's failure in German words, without a report's parts, at the address of the case
  ask theo.$c "Brunnen $c" "Der Brunnen auf dem Platz läuft nicht, wann repariert ihn das Straßenamt?"
  local to; to=$(address_of "$asked")
  printf 'From: Mail Delivery System <mailer-daemon@wohnen.example>\r\nTo: <%s>\r\nSubject: Unzustellbare Nachricht\r\nDate: %s\r\nMessage-ID: <b%s@wohnen.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIhre Nachricht konnte nicht zugestellt werden.\r\nPostfach voll.\r\n' "$to" "$(date -R)" "$RANDOM" | post_mail "" "$to" 2526
  office sga "$asked" "Der Brunnen läuft ab Mai.$signature"
  letter theo.$c "läuft ab Mai"
  need "the failure reached nobody" none theo.$c "Postfach voll"
  is_case "Brunnen $c" "len(c['replies']) == 1"
}

# ---- spoofs ----

authority_at_a_freemailer() { # 29: gmail signs it, and that says nothing about the office
  ask sven.$c "Radständer $c" "Der Radständer am Bahnhof fehlt, wann kommt auf dem Gehweg ein neuer?"
  local to; to=$(address_of "$asked")
  printf 'Der Radständer kommt nie.' | "$TOOLS/answer_as" gmail "$asked" ba-tk@gmail.com --name "Bezirksamt Treptow-Köpenick" >"$work/mail"
  post_mail ba-tk@gmail.com "$to" 2526 <"$work/mail"
  letter sga "Radständer $c"
  office sga "$asked" "Der Radständer kommt im Juli.$signature"
  letter sven.$c "kommt im Juli"
  need "nobody reads the other" none sven.$c "kommt nie"
  need "no page has it" page_hides "Radständer $c" "kommt nie"
}
forged_to_the_front_door() {
  printf 'Sehr geehrte Damen und Herren, alle Vorschläge sind abgelehnt.' | "$TOOLS/answer_as" outlook - "$(at sga)" --name "Straßen- und Grünflächenamt" --to frage@kiez.example --subject "Entscheidung $c" | post_mail mallory@evil.example frage@kiez.example 2525
  sleep 2
  need "no case of it" not case_is "Entscheidung $c" True
}

# ---- where a question comes from, and where it goes ----

handed_over_from_a_group() {
  group park-$c mia.$c mona.$c:moderator max.$c
  "$KIEZPOST" list set park-$c archive public >/dev/null 2>&1
  write mia.$c park-$c@kiez.example "Bank $c" "Die Bank am Ufer ist seit Wochen kaputt. Wer repariert sie?"
  letter mona.$c "seit Wochen kaputt"
  answer mona.$c "$found" "an das Amt SGA"
  letter sga "Bank $c"; asked=$found
  need "the office sees no address" not grep -q "mia.$c@wohnen" "$asked"
  letter mia.$c "Die Moderation hat Ihren Beitrag an das Amt gegeben"
  letter max.$c "Die Moderation hat diesen Beitrag an das Amt gegeben"
  need "the order itself reaches nobody" none max.$c "an das Amt SGA"
  office sga "$asked" "Die Bank wird im Mai repariert.$signature"
  letter max.$c "Die Bank wird im Mai repariert"
  letter mia.$c "Die Bank wird im Mai repariert"
  need "the thread's page has the badge" soon grep -rq 'class="sign">Amt</span> SGA' "$D/archive/park-$c"
  need "and no direct number" not grep -rq "90297-5555" "$D/archive/park-$c"
}
on_behalf() {
  group helfer-$c hanna.$c:keeper
  write hanna.$c frage@kiez.example "Hecke $c" "Im Namen von Frau Schulz (Telefon): Wann wird die Hecke am Gehweg geschnitten?"
  letter hanna.$c "KP-"
  letter sga "Hecke $c"; asked=$found
  need "nobody's name is in it" not grep -qi "Schulz" <<<"$seen"
  office sga "$asked" "Die Hecke wird im Oktober geschnitten.$signature"
  letter hanna.$c "im Oktober geschnitten"
  need "nor on the page" page_hides "Hecke $c" "Schulz"
}
three_reroutings() {
  ask udo.$c "Laub $c" "Das Laub auf dem Gehweg räumt niemand weg."
  office sga "$asked" "Dafür sind wir nicht zuständig, bitte an das Ordnungsamt weitergeben.$signature"
  letter oa "Laub $c"
  office oa "$found" "Nicht zuständig, bitte an SGA.$signature"
  need "asked again" soon copies_are sga "Laub $c" 2
  find_letter sga "Laub $c"; office sga "$found" "Zuständig: OrdA$signature"
  need "and the other once more" soon copies_are oa "Laub $c" 2
  find_letter oa "Laub $c"; office oa "$found" "Das Laub wird bis Freitag geräumt.$signature"
  letter udo.$c "bis Freitag geräumt"
  is_case "Laub $c" "c['reroutings'] == 3 and c['office'] == 'OrdA'"
  need "the page says who answered" soon page_shows "Laub $c" "Weitergegeben"
}
copies_are() { [ "$(copies_of "$1" "$2")" = "$3" ]; }

one_letter_from_the_front_door() {
  write wanda.$c kiez@kiez.example "Parkbank $c" "Wann antwortet das Grünflächenamt, wer ist für die Parkbank am Ufer zuständig?"
  letter wanda.$c "KP-"
  need "it says what the mail was taken for" grep -q "Frage ans Amt" <<<"$seen"
  need "what happens to the data" grep -q "Art. 13" <<<"$seen"
  need "and that it becomes public" grep -q "veröffentlichen" <<<"$seen"
  need "no other letter says so" none wanda.$c "so haben wir sie verstanden"
  answer wanda.$c "$found" "TERMIN"
  letter wanda.$c "gilt jetzt als Termin"
  is_case "Parkbank $c" "c['state'] == 'withdrawn'"
}
kept_from_the_public() {
  ask petra.$c "Laterne $c" "Wann wird die Laterne in unserem Weg repariert, wann antwortet das Straßenamt?"
  need "there is a page" soon page_shows "Laterne $c" "Eingegangen"
  find_letter petra.$c "KP-"; answer petra.$c "$found" "Bitte nicht veröffentlichen!"
  letter petra.$c "nichts mehr im öffentlichen Archiv"
  need "the page is gone" soon page_is_gone "Laterne $c"
  office sga "$asked" "Die Laterne wird am Mittwoch repariert.$signature"
  letter petra.$c "am Mittwoch repariert"
  need "and stays away" not grep -rq "am Mittwoch repariert" "$D/archive"
}
page_is_gone() { [ -z "$(page_of "$1")" ]; }

# ---- files ----

# a JPEG of few pieces whose comment says where somebody lives; a HEIC with what it shows and what it says about itself
photo=/9j//gAOU2Vld2VnIDEyISEh/9sABQABAf/aAAQBAT8//9k=
heic=AAAAEGZ0eXBoZWljAAAAAAAAAGRtZXRhAAAAAAAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAFWluZmUCAAAAAAIAAEV4aWYAAAAAIGlsb2MAAAAAEQAAAgABAAAAAXwFAAIAAAABgQYAAAATbWRhdFBJWEVMU0VDUkVUAAAADHV1aWRIT01F
mixed() { # TEXT TYPE NAME BASE64: a mail with a file
  printf 'Content-Type: multipart/mixed; boundary="mix"\n\n--mix\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n--mix\nContent-Type: %s; name="%s"\nContent-Disposition: attachment; filename="%s"\nContent-Transfer-Encoding: base64\n\n%s\n--mix--\n' "$1" "$2" "$3" "$3" "$4"
}
# attached LETTER NAME: the bytes of a file in a letter
attached() {
  python3 -c "
import email, sys
for part in email.message_from_binary_file(open(sys.argv[1], 'rb')).walk():
    if part.get_filename() == sys.argv[2]: sys.stdout.buffer.write(part.get_payload(decode=True))" "$1" "$2"
}
photo_of_a_phone() { # 5
  mixed "laterne geht nicht gegenüber vom netto, wann kommt das straßenamt? siehe bild"$'\n\n'"Von meinem iPhone gesendet" image/heic IMG_4411.HEIC "$heic" | send_as erik.$c frage@kiez.example "Subject: Nacht $c"
  letter erik.$c "KP-"
  letter sga "Nacht $c"
  attached "$found" 1.heic >"$work/photo"
  need "the office sees the photo" grep -q PIXEL "$work/photo"
  need "and not where it was taken" not grep -qE "SECRET|HOME" "$work/photo"
}
office_sends_a_file() {
  ask felix.$c "Bauplan $c" "Wo finde ich den Plan für den Radweg, wann baut das Straßenamt?"
  mixed "Der Plan liegt bei, gebaut wird im Mai." image/jpeg "Plan.jpg" "$photo" | send_as sga "$(address_of "$asked")" "Subject: AW: Bauplan $c"
  letter felix.$c "Plan.jpg"
  letter moni "Bauplan $c"
  need "not yet public" not test -n "$(find "$D/archive/faelle" -path '*/anhang/*')"
  answer moni "$found" "ok"
  need "the page links to it" soon page_shows "Bauplan $c" 'href="anhang/'
  local file; file=$(find "$(dirname "$(page_of "Bauplan $c")")/anhang" -name '*.jpg')
  need "it is there" test -s "$file"
  need "and says nothing about itself" not grep -qa "Seeweg" "$file"
}

# ---- signed and encrypted ----

sealed_reply() { # LETTER PLAIN COMMAND…: what the command makes of the text, sent by the clerk
  local to text=$2; to=$(address_of "$1"); shift 2
  printf 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n' "$text" >"$work/entity"
  "$@" <"$work/entity" | sed 's/\r$//' | sed '/^MIME-Version/d' >"$work/sealed"
  send_as sga "$to" "Subject: AW: Versiegelt $c" "Kerstin Muster" <"$work/sealed"
}
sign() { openssl cms -sign -binary -signer "$TEST_TMP/clerk.crt" -inkey "$TEST_TMP/clerk.key"; }
sign_opaque() { openssl cms -sign -nodetach -binary -signer "$TEST_TMP/clerk.crt" -inkey "$TEST_TMP/clerk.key"; }
sign_and_encrypt() { sign | openssl cms -encrypt -aes256 "$TEST_TMP/kiez.crt"; }
smime_signed() {
  ask sigi.$c "Brücke $c" "Wann wird die Brücke am Radweg gestrichen?"
  need "our letter is signed" grep -q "pkcs7-signature" "$asked"
  sealed_reply "$asked" "Die Brücke wird im Juni gestrichen." sign
  letter sigi.$c "im Juni gestrichen"
  need "who signed is said" grep -q "signiert von Bezirksamt Beispiel" <<<"$seen"
  is_case "Brücke $c" "c['replies'][0]['signed_by']"
  need "and stands on the page" soon page_shows "Brücke $c" "Bezirksamt Beispiel"
  sealed_reply "$asked" "Die Brücke ist gestrichen und der Fall erledigt." sign_opaque
  letter sigi.$c "gestrichen und der Fall erledigt"
}
pgp_sign() { # the part with CRLF, then the signature beside it
  local text; text=$(sed 's/\r*$/\r/')
  printf '%s' "${text%$'\r'}" >"$work/signed"
  printf 'Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary="pgp"\n\n--pgp\n'
  sed 's/\r$//' "$work/signed"; printf '\n--pgp\nContent-Type: application/pgp-signature; name="signature.asc"\n\n'
  gpg --homedir "$TEST_TMP/ring" --batch --quiet --armor --detach-sign -u "$(at sga)" <"$work/signed"
  printf '\n--pgp--\n'
}
pgp_signed() {
  ask gregor.$c "Treppe $c" "Wann wird die Treppe am Radweg repariert?"
  sealed_reply "$asked" "Die Treppe wird im Juli repariert." pgp_sign
  letter gregor.$c "im Juli repariert"
  need "who signed is said" grep -q "signiert von" <<<"$seen"
  is_case "Treppe $c" "c['replies'][0]['signed_by']"
}
smime_encrypted() {
  ask enno.$c "Hausboot $c" "Wann antwortet das Amt auf meinen Antrag zum Gehweg am Hausboot?"
  sealed_reply "$asked" "Ihr Antrag wird am 30. November 2027 bewilligt." sign_and_encrypt
  is_case "Hausboot $c" "c['replies'] or c['state'] != 'forwarded'"
  letter enno.$c "verschlüsselt"
  need "what was sealed goes by no open letter" none enno.$c "bewilligt"
  need "and on no page" page_hides "Hausboot $c" "bewilligt"
}

flows="outlook_with_everything gmx
internal_with_a_forwarded_resident gmail
table_from_a_spreadsheet thunderbird
list_of_numbers iphone
answer_by_a_colleague gmx
forwarded_answer apple
not_for_this_office gmail-phone
names_a_neighbour gmx
absence_of_a_resident outlook
calendar_answers gmail
office_cannot_be_reached thunderbird
text_report_is_no_answer gmx
one_letter_from_the_front_door gmx iphone
kept_from_the_public apple
photo_of_a_phone iphone
office_sends_a_file gmail
authority_at_a_freemailer gmail
forged_to_the_front_door gmx
handed_over_from_a_group outlook gmail-phone
on_behalf apple
three_reroutings gmx
smime_signed gmail
smime_encrypted thunderbird"

# certificate NAME SUBJECT [EXTENSION…]: NAME.crt and NAME.key, by the authority of this test
certificate() {
  openssl req -new -newkey rsa:2048 -nodes -keyout "$TEST_TMP/$1.key" -out "$TEST_TMP/$1.csr" -subj "$2" &&
    printf 'keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=emailProtection\nsubjectAltName=email:%s\n' "$3" >"$TEST_TMP/$1.ext" &&
    openssl x509 -req -in "$TEST_TMP/$1.csr" -CA "$TEST_TMP/ca.crt" -CAkey "$TEST_TMP/ca.key" -CAcreateserial -days 30 -out "$TEST_TMP/$1.crt" -extfile "$TEST_TMP/$1.ext"
}
ok "an authority" openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TEST_TMP/ca.key" -out "$TEST_TMP/ca.crt" -days 30 -subj "/CN=Testbehörde" -utf8 -addext keyUsage=critical,keyCertSign,cRLSign
ok "a clerk's certificate" certificate clerk "/O=Bezirksamt Beispiel/CN=Kerstin Muster" "$(at sga)"
ok "the municipality's" certificate kiez "/O=Kiezpost/CN=Kiezpost" frage@kiez.example
printf '\n[smime]\nca_file = %s\ncertificate = %s\nkey = %s\n' "$TEST_TMP/ca.crt" "$TEST_TMP/kiez.crt" "$TEST_TMP/kiez.key" >>"$D/kiezpost.conf"
if command -v gpg >/dev/null; then
  mkdir -m 700 "$TEST_TMP/ring"
  ok "a clerk's PGP key" gpg --homedir "$TEST_TMP/ring" --batch --quiet --passphrase "" --pinentry-mode loopback --quick-gen-key "Kerstin Muster <$(at sga)>" default default never
  printf '\n[pgp]\nhome = %s\n' "$TEST_TMP/ring" >>"$D/kiezpost.conf"
  flows+=$'\npgp_signed gmx'
fi
cases_start
ok "somebody looks after questions" "$KIEZPOST" member add frage "$(at moni)" --name Moni --role member --role moderator
ok "an office whose address is gone" set_office Museum --name "Museum" --address "museum@weg.example" --topic culture
run_table "$flows"
[ ! -d "$TEST_TMP/ring" ] || gpgconf --homedir "$TEST_TMP/ring" --kill all
cases_end
