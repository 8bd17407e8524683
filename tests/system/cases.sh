#!/usr/bin/env bash
# Cases through a real Postfix: residents write from their programs, offices answer with "Reply" in Outlook, and what only looks like
# an office's answer changes nothing. Flows are functions whose argument is the resident's program; see tests/support/flows.sh.
. "$(dirname "$0")/../support/flows.sh"
in_namespaces cases "$@"
district_for_postfix
sed -i 's|^#* *admin *=.*|admin = admin@wohnen.example|' "$D/kiezpost.conf"

# office WHO LETTER TEXT [OPTION…]: the office's reply from Outlook
office() { local client=outlook who=$1 letter=$2 text=$3; shift 3; answer "$who" "$letter" "$text" "$@"; }
# case_is TITLE EXPRESSION: what Python says over the case `c` of this title
case_is() {
  "$KIEZPOST" show cases frage --json 2>/dev/null | python3 -c "
import json, sys
c = [c for c in json.load(sys.stdin) if sys.argv[1] in c['title']]
sys.exit(not (c and eval(sys.argv[2], {'c': c[0]})))" "$1" "$2"
}
is_case() { need "$1: $2" soon case_is "$1" "$2"; }
page_of() { find "$D/archive/faelle" -path '*/20*' -name index.html -print0 | xargs -0 grep -l -- "<h1>$1" 2>/dev/null | head -n 1; }
page_shows() { local page; page=$(page_of "$1"); [ -n "$page" ] && grep -q -- "$2" "$page"; }
page_hides() { ! page_shows "$1" "$2"; }
signature=$'\n\nMit freundlichen Grüßen\nIm Auftrag\n\nKerstin Muster\nBezirksamt Treptow-Köpenick von Berlin\nStraßen- und Grünflächenamt\nZimmer 214, Tel. (030) 90297-5555\nDiese E-Mail-Adresse ist nicht für signierte/verschlüsselte E-Mails geeignet.'
# ask WHO TITLE TEXT: a question; $asked is the office's letter about it
ask() {
  write "$1" frage@kiez.example "$2" "$3"
  letter "$1" "KP-"
  letter "${4:-sga}" "$2"; asked=$found
}

phone_to_office_to_confirmed() {
  ask olga.$c "Poller $c" "der poller in der regattastraße ist umgefahren, wann kommt er wieder hin?"
  need "the office sees no address" not grep -q "olga.$c@wohnen" "$asked"
  office sga "$asked" "Sehr geehrte Damen und Herren,"$'\n\n'"der Poller wird bis zum 30. November 2027 ersetzt.$signature"
  letter olga.$c "30. November 2027"
  need "no direct number" not grep -q "90297-5555" "$found"
  is_case "Poller $c" "c['state'] == 'planned' and c['replies'][0]['official'] and c['replies'][0]['published']"
  need "the page shows the answer" soon page_shows "Poller $c" "30. November 2027"
  need "and no number of the clerk" page_hides "Poller $c" "90297-5555"
  office sga "$asked" "Der Poller ist ersetzt und der Fall damit erledigt.$signature"
  letter olga.$c "damit erledigt"
  is_case "Poller $c" "c['state'] == 'done' and not c['confirmed']"
  need "says the office" soon page_shows "Poller $c" "erledigt laut Amt"
  answer olga.$c "$found" "Ja, steht wieder, danke!"
  is_case "Poller $c" "c['confirmed']"
  need "and who asked" soon page_shows "Poller $c" "bestätigt behoben"
  need "whose name stands nowhere" page_hides "Poller $c" "olga"
}
internal_stays_internal() {
  ask ina.$c "Schlagloch $c" "Das Schlagloch auf der Fahrbahn ist wieder da."
  office sga "$asked" "Intern: bitte nicht veröffentlichen. Die Einsenderin hat schon zweimal geschrieben.$signature"
  office sga "$asked" "Das Schlagloch wird im Frühjahr verfüllt.$signature"
  letter ina.$c "im Frühjahr verfüllt"
  need "the resident does not read it" none ina.$c "schon zweimal geschrieben"
  need "nor does the public" page_hides "Schlagloch $c" "schon zweimal"
}
absence_is_no_answer() {
  ask rob.$c "Radweg $c" "Der Radweg ist voller Scherben und Laub."
  office sga "$asked" "Ich bin bis 12.8. nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Herrn Y." --subject "Automatische Antwort: Radweg $c"
  office sga "$asked" "Der Radweg wird morgen gereinigt.$signature"
  letter rob.$c "morgen gereinigt"
  need "the absence reached nobody" none rob.$c "nicht im Büro"
  is_case "Radweg $c" "not [r for r in c['replies'] if 'nicht im B' in r['text']]"
}
spoofed_office() {
  ask sara.$c "Gehweg $c" "Der Gehweg ist seit Wochen aufgerissen."
  client=outlook answer mallory.$c "$asked" "Der Gehweg bleibt so, gez. Ihr Straßenamt." --name "Straßen- und Grünflächenamt"
  PORT_OF_ANSWER=2525 office sga "$asked" "Der Gehweg bleibt gesperrt, sagt niemand."
  office sga "$asked" "Der Gehweg ist am Freitag fertig.$signature"
  letter sara.$c "am Freitag fertig"
  need "no stranger's words" none sara.$c "bleibt so"
  need "nor unproven ones" none sara.$c "sagt niemand"
  need "and the page has neither" page_hides "Gehweg $c" "bleibt"
}
passed_on() {
  ask paul.$c "Bordstein $c" "Der Bordstein ist abgebrochen, dahinter wuchert die Hecke."
  office sga "$asked" "Dafür sind wir nicht zuständig, bitte an das Ordnungsamt weitergeben.$signature"
  letter oa "Bordstein $c"; asked=$found
  letter paul.$c "Ordnungsamt"
  office oa "$asked" "Wir kümmern uns darum.$signature"
  letter paul.$c "Wir kümmern uns darum"
  is_case "Bordstein $c" "c['office'] == 'OrdA' and c['reroutings'] == 1"
}
four_eyes() {
  ask vera.$c "Schulhof $c" "Warum ist der Schulhof am Wochenende zu?" schul
  office schul "$asked" "Der Schulhof wird ab Mai geöffnet.$signature"
  letter schulchef "ab Mai geöffnet"
  need "not yet" none vera.$c "ab Mai geöffnet"
  office schulchef "$found" "ja"
  letter vera.$c "ab Mai geöffnet"
}

office_in_a_group() {
  group amt-$c mia.$c max.$c
  "$KIEZPOST" list set amt-$c archive public >/dev/null 2>&1
  write mia.$c amt-$c@kiez.example "Baum $c" "Der Baum am Ufer steht seit dem Sturm schief."
  letter max.$c "seit dem Sturm schief"
  client=outlook write sga amt-$c@kiez.example "AW: Baum $c" "Wir sehen uns den Baum am Montag an.$signature"
  letter max.$c "sehen uns den Baum am Montag an"
  need "the page has its badge" soon grep -rq 'class="sign">Amt</span> SGA' "$D/archive/amt-$c"
  need "and no direct number" not grep -rq "90297-5555" "$D/archive/amt-$c"
}

flows="phone_to_office_to_confirmed iphone gmail-phone
internal_stays_internal gmx
absence_is_no_answer gmail
spoofed_office thunderbird
passed_on apple
four_eyes outlook
office_in_a_group gmx"

flows_start
set_office() { "$KIEZPOST" office set "$@" >/dev/null 2>&1; }
ok "offices have addresses" set_office SGA --address "$(at sga)"
ok "another" set_office OrdA --address "$(at oa)"
ok "one with four eyes" set_office SchulSport --address "$(at schul)" --deputy "$(at schulchef)" --four-eyes on
ok "and a coordinator" set_office SPK --address "$(at spk)"
run_table "$flows"
if [ "$tap_failed" != 0 ]; then { grep -v "decided before" "$TEST_TMP/run.log" | tail -n 40; } >&2; fi
done_testing
