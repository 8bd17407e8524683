#!/usr/bin/env bash
# Cases through a real Postfix: residents write from their programs, offices answer with "Reply" in Outlook, and what only looks like
# an office's answer changes nothing. Flows are functions whose argument is the resident's program; see tests/support/cases.sh.
. "$(dirname "$0")/../support/cases.sh"
in_namespaces cases "$@"
district_for_postfix
sed -i 's|^#* *admin *=.*|admin = admin@wohnen.example|' "$D/kiezpost.conf"

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

cases_start
run_table "$flows"
cases_end
