#!/usr/bin/env bash
# Everything that people do by mail, through a real Postfix, as Outlook, Gmail, Apple Mail, GMX and Thunderbird write it
# (tests/tools/answer_as.c): each answer is made from the letter that really came, its whole text and addresses quoted below.
# A flow is a function whose argument is the program; its residents are its own, so many run at once. Each prints one line,
# "flow — program"; where one fails, the lines before say at which step. Mail to port 2526 is vouched for by our MTA, as by
# rspamd; mail to port 2525 has no Authentication-Results.
. "$(dirname "$0")/../support/flows.sh"
in_namespaces flows "$@"
district_for_postfix
sed -i 's|^#* *admin *=.*|admin = admin@wohnen.example|' "$D/kiezpost.conf"

# ---- membership ----

join_by_words() {
  write ida.$c gruenau@kiez.example "Mitlesen" "Hallo, ich möchte gern in den Verteiler Grünau aufgenommen werden. Viele Grüße, Ida"
  letter ida.$c "Art. 13"
  answer ida.$c "$found" $'Ja bitte!\n\nMit freundlichen Grüßen\nIda'
  is_member gruenau ida.$c
  letter ida.$c "Willkommen bei"
}
join_by_address() {
  write ike.$c gruenau+beitreten@kiez.example "Beitreten" ""
  letter ike.$c "Art. 13"
  need "not yet a member" not member gruenau ike.$c
  answer ike.$c "$found" "ja gern"
  is_member gruenau ike.$c
}
no_is_no() {
  write nina.$c gruenau+beitreten@kiez.example "Beitreten" ""
  letter nina.$c "Art. 13"
  answer nina.$c "$found" "Nein danke, das war ein Versehen."
  write nina.$c gruenau+hilfe@kiez.example "Hilfe" "Wie geht das hier?"
  letter nina.$c "ohne Konto"
  need "no member" not member gruenau nina.$c
}
leave_at_the_whole_list() {
  group raus-$c lea.$c leo.$c
  write lea.$c raus-$c@kiez.example "Verteiler" "bitte nehmen Sie mich aus dem Verteiler!!!"
  letter lea.$c "Ihre Mail ging an die ganze Gruppe"
  need "free" not member raus-$c lea.$c
  need "nobody else read it" none leo.$c "aus dem Verteiler"
  answer lea.$c "$found" "Falsch"
  is_member raus-$c lea.$c
  letter leo.$c "aus dem Verteiler"
}
settings() {
  group wahl-$c sara.$c
  write sara.$c wahl-$c@kiez.example "Weniger" "Bitte nur noch einmal die Woche zusammengefasst."
  letter sara.$c "einmal in der Woche, freitags"
  answer sara.$c "$found" "Pause bis 15. Januar bitte"
  letter sara.$c "Pause: bis 15.1."
  need "paused" shown members wahl-$c paused
}
second_address() {
  group zwei-$c zoe.$c zack.$c
  write zoe.$c zwei-$c@kiez.example "Mails" "Bitte schickt mir die Mails einmal am Tag gesammelt."
  letter zoe.$c "So ist es jetzt"
  answer zoe2.$c "$found" "Danke, das passt so für mich."
  letter zoe.$c "Ist das auch Ihre Adresse"
  answer zoe.$c "$found" "Ja, das bin ich auch."
  letter zoe.$c "zweite Adresse ist eingetragen"
  write zoe2.$c zwei-$c@kiez.example "Hoffest" "Wer bringt Bänke mit?"
  letter zack.$c "Wer bringt Bänke mit"
}
invitation() {
  group einladung-$c ina.$c
  write ina.$c einladung-$c+einladen@kiez.example "Einladen" "Bitte ladet oma.$c@wohnen.example ein. Danke!"
  letter oma.$c "lädt Sie zu"
  answer oma.$c "$found" "Ja gern!"
  is_member einladung-$c oma.$c
}
approve() {
  group tuer-$c kai.$c:keeper
  write kai.$c tuer-$c+einstellungen@kiez.example "Einstellungen" ""
  letter kai.$c "Wer darf mitmachen: mit Bestätigung"
  answer kai.$c "$found" "Siehe unten." --edit "Wer darf mitmachen: mit Bestätigung=Wer darf mitmachen: nach Zustimmung"
  letter kai.$c "Wer darf mitmachen: nach Zustimmung"
  write alex.$c tuer-$c+beitreten@kiez.example "Beitreten" ""
  letter alex.$c "Art. 13"
  answer alex.$c "$found" "Ja"
  letter kai.$c "mitmachen?"
  need "not yet" not member tuer-$c alex.$c
  answer kai.$c "$found" "Ja, herzlich willkommen!"
  is_member tuer-$c alex.$c
}
consent() {
  group amt-$c conny.$c
  write conny.$c maengel@kiez.example "Laterne" "In der Baumschulenstraße 70 ist die Laterne aus."
  letter conny.$c "Dürfen Ämter Ihnen unverschlüsselt"
  answer conny.$c "$found" "Ja, bin einverstanden."
  need "noted" soon rows "SELECT 1 FROM office_mail JOIN address a USING (person) WHERE a.address = '$(at conny.$c)' AND given > 0"
}
rows() { [ -n "$(sqlite3 -readonly "$D/store/kiezpost.db" "$1" 2>>"$work/sql.err")" ]; }

# ---- moderation ----

# held NAME SUBJECT TEXT: a stranger's post waits in a list with a member and two moderators; $found is the first one's question
held() {
  group $1-$c mona.$1.$c:moderator max.$1.$c:moderator ute.$1.$c
  write fremd.$1.$c $1-$c@kiez.example "$2" "$3"
  letter mona.$1.$c "Bitte entscheiden"
  need "nobody has it yet" none ute.$1.$c "$2"
}
held_ok() {
  held ok "Flohmarkt" "Am Samstag ist Flohmarkt am Rathaus. Kommt alle!"
  answer mona.ok.$c "$found" "ok"
  letter ute.ok.$c "Am Samstag ist Flohmarkt"
  letter max.ok.$c "Erledigt von mona"
}
held_ok_with_redaction() {
  held ohne "Hilfe gesucht" "Ruft mich bitte an: 0176 12345678. Am Samstag ist Flohmarkt."
  answer mona.ohne.$c "$found" $'Ok, aber Telefonnummer raus\n\nLG Mona'
  letter ute.ohne.$c "Am Samstag ist Flohmarkt"
  need "without the number" none ute.ohne.$c "12345678"
}
held_no_with_reason() {
  held werbung "Angebot" "Kaufen Sie meine Staubsauger!"
  answer mona.werbung.$c "$found" "nein, das ist Werbung"
  letter fremd.werbung.$c "Der Grund"
  need "the reason is told" find_letter fremd.werbung.$c "Werbung"
  need "nobody else has it" none ute.werbung.$c "Staubsauger"
}
# posted NAME TEXT: a member's post in a list with a moderator; $found is the moderator's copy
posted() {
  group $1-$c bernd.$1.$c bea.$1.$c mona.$1.$c:moderator
  write bernd.$1.$c $1-$c@kiez.example "Neuigkeit" "$2"
  letter mona.$1.$c "$2"
}
withdraw() {
  posted weg "Der Wirt am See ist ein Betrüger, sagen alle."
  answer mona.weg.$c "$found" "zurückziehen"
  letter mona.weg.$c "der Beitrag ist zurückgezogen"
  letter bernd.weg.$c "wurde zurückgezogen"
  need "the archive has it no more" not grep -rqF "Betrüger" "$D/archive/weg-$c"
  need "the order is no post" none bea.weg.$c "zurückziehen"
}
close_thread() {
  posted zu "Wer hat die Mülltonnen umgeworfen?"
  answer mona.zu.$c "$found" "Thread schließen"
  letter mona.zu.$c "das Gespräch ist geschlossen"
  letter bea.zu.$c "Wer hat die Mülltonnen"
  answer bea.zu.$c "$found" "Ich war das bestimmt nicht, Leute."
  letter mona.zu.$c "Bitte entscheiden"
  need "it waits" none bernd.zu.$c "bestimmt nicht"
}
notice() {
  posted meldung "Der Wirt am See ist ein Betrüger, sagen alle."
  write zeuge.$c missbrauch@kiez.example "Beleidigung" "In meldung-$c@kiez.example werde ich beleidigt."
  letter zeuge.$c "ist angekommen"
  letter mona.meldung.$c "rechtswidrig"
  answer mona.meldung.$c "$found" "Ja, der Beitrag beleidigt eine Person; ich habe ihn zurückgezogen."
  letter zeuge.$c "berechtigt"
  need "with reasons" find_letter zeuge.$c "beleidigt eine Person"
}

# ---- groups ----

found_a_group() {
  write petra.$c kiez@kiez.example "Gruppe" "Guten Tag, ich möchte eine Gruppe für Hundefreunde. Geht das?"
  letter petra.$c "wir fragen nach"
  letter admin "petra.$c@"
  answer admin "$found" "Ja, gern."
  letter petra.$c "Sollen ihre Beiträge öffentlich sein"
  local first=$found settings
  settings=$(look "$found"; grep -o '[a-z0-9-]*+einstellungen@kiez.example' <<<"$seen" | head -n 1)
  write petra.$c "$settings" "Einstellungen" ""
  letter petra.$c "Beschreibung: keine"
  answer petra.$c "$found" "Siehe unten." --edit "Beschreibung: keine=Beschreibung: Alles rund um den Auslauf"
  letter petra.$c "Beschreibung: Alles rund um den Auslauf"
  answer petra.$c "$first" "Ja, öffentlich. Das möchten wir."
  letter petra.$c "sind ab jetzt öffentlich"
}
mute() {
  posted leise "Wem gehört die graue Katze?"
  letter bea.leise.$c "Wem gehört"
  answer bea.leise.$c "$found" "stumm"
  letter bea.leise.$c "keine Mails mehr zu"
  answer mona.leise.$c "$(find_letter mona.leise.$c "Wem gehört" && echo "$found")" "Mir gehört sie leider nicht."
  letter bernd.leise.$c "leider nicht"
  need "it is quiet" none bea.leise.$c "leider nicht"
  need "\"stumm\" is no post" none bernd.leise.$c "stumm"
}
private_for_all() {
  posted alle "Wer hilft beim Hoffest?"
  letter bea.alle.$c "Wer hilft"
  answer bea.alle.$c "$found" "Das bleibt bitte unter uns: Ich bin seit Wochen im Krankenhaus, sag es niemandem weiter."
  letter bea.alle.$c "wirklich an alle"
  need "it waits" none bernd.alle.$c "Krankenhaus"
  answer bea.alle.$c "$found" "Ja, das kann an alle gehen."
  letter mona.alle.$c "Krankenhaus"
}
private_for_one() {
  posted eine "Wer hilft beim Hoffest?"
  letter bea.eine.$c "Wer hilft"
  answer bea.eine.$c "$found" "Das bleibt bitte unter uns: Ich bin seit Wochen im Krankenhaus, sag es niemandem weiter."
  letter bea.eine.$c "wirklich an alle"
  answer bea.eine.$c "$found" "Nur an Bernd bitte"
  letter bernd.eine.$c "Krankenhaus"
  letter bea.eine.$c "nur die Person bekommen"
  need "nobody else" none mona.eine.$c "Krankenhaus"
}
relay() {
  posted bote "Ich verschenke ein Sofa."
  letter bea.bote.$c "Sofa"
  local author
  author=$(look "$found"; grep -o '[a-z0-9.+-]*@kiez.example' <<<"$seen" | tail -n 1)
  need "the post says how to reach its author alone" test -n "$author"
  write bea.bote.$c "$author" "Dein Sofa" "Ich nehme es gern. Wann kann ich kommen?"
  letter bernd.bote.$c "Wann kann ich kommen"
  need "without her address" not grep -qi "bea.bote.$c@" "$found"
  sleep 16 # an answer within seconds would be a machine's
  answer bernd.bote.$c "$found" "Heute Abend um acht."
  letter bea.bote.$c "Heute Abend um acht"
  need "without his address" not grep -qi "bernd.bote.$c@" "$found"
  need "nobody else reads it" none mona.bote.$c "Wann kann ich"
}

# ---- attacks ----

forwarded_question() {
  held weiter "Flohmarkt" "Am Samstag ist Flohmarkt am Rathaus."
  local stolen
  printf 'Schau mal' | "$TOOLS/answer_as" "$client" "$found" "$(at mona.weiter.$c)" --forward --to "$(at fremd.weiter.$c)" |
    post_mail "$(at mona.weiter.$c)" "$(at fremd.weiter.$c)" 2525
  letter fremd.weiter.$c "Schau mal"
  stolen=$(look "$found"; grep -o 'weiter-[a-z0-9-]*+[a-z0-9]*@kiez.example' <<<"$seen" | head -n 1)
  [ -n "$stolen" ] || { find_letter mona.weiter.$c "Bitte entscheiden"; look "$found"; stolen=${seen%% *}; }
  write fremd.weiter.$c "$stolen" "Re: Bitte entscheiden" "ok"
  letter mona.weiter.$c "War das Ihre Antwort"
  need "it waits" none ute.weiter.$c "Flohmarkt"
  answer mona.weiter.$c "$found" "Nein, das war ich nicht!"
  find_letter mona.weiter.$c "Bitte entscheiden"
  answer mona.weiter.$c "$found" "nein, Werbung"
  letter fremd.weiter.$c "ging nicht weiter"
  need "nobody got it" none ute.weiter.$c "Flohmarkt"
}
stolen_token() {
  group dieb-$c kim.$c:keeper udo.$c
  write kim.$c dieb-$c+einstellungen@kiez.example "Einstellungen" ""
  letter kim.$c "Titel: Runde"
  answer udo.$c "$found" "Titel: Udos Reich"
  letter kim.$c "War das Ihre Antwort"
  need "unchanged" not shown lists dieb-$c "UdosReich"
  answer kim.$c "$found" "Nein"
}
replayed_answer() {
  held nochmal "Flohmarkt" "Am Samstag ist Flohmarkt am Rathaus."
  answer mona.nochmal.$c "$found" "ok"
  local to; look "$found"; to=${seen%% *}
  post_mail "$(at mona.nochmal.$c)" "$to" 2526 <"$work/mail"
  sed 's/^Message-I[Dd]: <./&9/' "$work/mail" | post_mail "$(at mona.nochmal.$c)" "$to" 2526
  letter mona.nochmal.$c "Sie ging weiter"
  letter ute.nochmal.$c "Am Samstag ist Flohmarkt"
  is_once ute.nochmal.$c "Am Samstag ist Flohmarkt"
}
is_once() { need "$1 has it once" test "$(copies_of "$1" "$2")" = 1; }
expired_token() {
  group alt-$c ali.$c ada.$c
  write ali.$c "alt-$c+$("$TOOLS/make_token" "$D/keys/kiezpost.keys" 1 900000 0 400)@kiez.example" "Re: Ein alter Beitrag" "Dazu fällt mir jetzt doch noch etwas ein."
  letter ada.$c "Dazu fällt mir jetzt"
  write zorn.$c "alt-$c+$("$TOOLS/make_token" "$D/keys/kiezpost.keys" 1 900000 0 400)@kiez.example" "Re: Ein alter Beitrag" "Von einem Fremden, lange danach."
  letter admin "Von einem Fremden"
  need "a stranger's waits" none ada.$c "Von einem Fremden"
}
forged_from() {
  held echt "Flohmarkt" "Am Samstag ist Flohmarkt am Rathaus."
  PORT_OF_ANSWER=2525 answer mona.echt.$c "$found" "ok"
  letter mona.echt.$c "War das Ihre Antwort"
  forge ute.echt.$c echt-$c+austreten@kiez.example "Austreten" ""
  letter ute.echt.$c "verlassen"
  is_member echt-$c ute.echt.$c
  need "it waits" none ute.echt.$c "Am Samstag ist Flohmarkt"
}

# In two parts: the question waits while the others run, then two weeks pass (below).
ask_and_forget() {
  write spaet.$c gruenau+beitreten@kiez.example "Beitreten" ""
  letter spaet.$c "Art. 13"
}
expired_question() {
  letter spaet.$c "Art. 13"
  answer spaet.$c "$found" "Ja, gern!"
  letter spaet.$c "Frage ist schon zu alt"
  need "no member" not member gruenau spaet.$c
}

# ---- machines ----

bounce() {
  client=outlook
  group rueck rita
  "$KIEZPOST" member add rueck weg@anderswo.example --name Weg >/dev/null 2>&1
  write rita rueck@kiez.example "Nachricht" "Kommt das bei allen an?"
  need "the report counts for one" soon rows "SELECT 1 FROM bounce WHERE address = 'weg@anderswo.example' AND score = 10"
}
report_spam() { # FROM TO PORT: a report about the mail in $found
  { printf 'From: %s\r\nTo: <%s>\r\nSubject: Abuse report\r\nMessage-ID: <arf%s@wohnen.example>\r\nMIME-Version: 1.0\r\n' "$1" "$2" "$RANDOM"
    printf 'Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n'
    printf -- '--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: fbl/1\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n'
    sed 's/\r*$/\r/' "$found"; printf -- '--b--\r\n'; } | post_mail "$1" "$2" "$3"
}
complaint() {
  client=outlook
  group klage ria rolf
  write ria klage@kiez.example "Nachricht" "Das ist doch kein Spam."
  letter rolf "doch kein Spam"
  local to; to=$(sed -n 's/^Return-Path: <\(.*\)>.*/\1/p' "$found" | tr -d '\r')
  report_spam feedback@fremd.example "$to" 2526
  report_spam feedback@wohnen.example "$to" 2525
  write ria klage@kiez.example "Noch eine" "Und das auch nicht."
  letter rolf "Und das auch nicht"
  report_spam feedback@wohnen.example "$to" 2526
  need "rolf is off the list" soon not member klage rolf
  letter admin "als Spam gemeldet"
}

# Flow, then the programs that it is done with.
flows="ask_and_forget outlook gmx
join_by_words outlook gmail
join_by_address apple gmx
no_is_no thunderbird gmail-phone
leave_at_the_whole_list gmail-phone thunderbird
settings outlook iphone
second_address gmail thunderbird-html
invitation gmx-app apple
approve outlook gmail-phone gmx
consent apple gmx
held_ok gmx iphone
held_ok_with_redaction outlook thunderbird-html gmx-app
held_no_with_reason apple gmail
withdraw outlook thunderbird
close_thread gmail gmx-app
notice thunderbird gmail-phone
found_a_group gmx thunderbird outlook gmail apple
mute iphone outlook
private_for_all apple thunderbird-html
private_for_one gmail outlook
relay iphone gmx
forwarded_question outlook apple
stolen_token gmail gmx
replayed_answer thunderbird iphone
expired_token gmx-app outlook
forged_from gmail outlook
bounce Postfix
complaint provider"

flows_start
begin=$SECONDS
run_table "$flows"
runner=${tap_children[-1]}
kill "$runner"; wait "$runner"; rm -f "$D"/run/*.sock
in_two_weeks=$(date -u -d '+15 days' +%Y-%m-%dT%H:%M:%SZ)
"$KIEZPOST" work --once --now "$in_two_weeks" >>"$TEST_TMP/run.log" 2>&1
is "two weeks later the worker looks at what nobody answered" "$?" 0
kiezpost_start
run_table "expired_question outlook gmx"

for program in outlook gmail 'apple|iphone' gmx thunderbird; do
  ok "${program%|*} has its part in five flows at least" test "$(grep -cE " ($program)" <<<"$flows")" -ge 5
done
echo "# all flows: $((SECONDS - begin)) s"
if [ "$tap_failed" != 0 ]; then { tail -n 20 "$TEST_TMP/run.log"; grep -E "warning|error|fatal|reject" "$P/log/maillog" | tail -n 20; } >&2; fi
done_testing
