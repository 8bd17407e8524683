#!/usr/bin/env bash
# Events through a real Postfix: a neighbour writes in plain words and confirms, members are invited and answer from their
# calendars as Outlook, Gmail, Apple Mail and Thunderbird do (tests/tools/click_as.c) and in words; then a stand, a later hour,
# a waiting list that moves up, a series with a date that is off, and the end. Every letter with a calendar is then read by
# Python's icalendar (tests/support/calendars.py), which knows nothing of us. Flows are functions whose argument is the program.
. "$(dirname "$0")/../support/flows.sh"
in_namespaces events "$@"
district_for_postfix

day=$(date -d '+40 days' +%d.%m.%Y) iso=$(date -d '+40 days' +%Y-%m-%d)
declare -A alias_of=([outlook]=buero. [apple]=alias.)

# click WHO PARTSTAT [DATE [COMMENT]]: in the invitation $found; of some programs from another address of the same mailbox
click() {
  local who=$1; shift
  "$TOOLS/click_as" "$calendar" "$found" "$(at "${alias_of[$client]:-}$who")" "$@" | tee "$work/mail" >/dev/null
  post_mail "$(at "${alias_of[$client]:-}$who")" "$(sed -n 's/^To: <\(.*\)>.*/\1/p' "$work/mail" | tr -d '\r')" 2526 <"$work/mail"
}
# event LIST EXPRESSION: what Python says over the list's event `e` and its answers `r` (address without domain: answer, people)
event_is() {
  "$KIEZPOST" show events "$1" --json 2>/dev/null >"$work/events" && "$KIEZPOST" show rsvps "$(python3 -c "import json; print(json.load(open('$work/events'))[0]['number'])")" --json 2>/dev/null >"$work/rsvps" &&
    python3 -c "
import json, sys
e = json.load(open('$work/events'))[0]
r = {a['address'].split('@')[0].split('.')[0]: (a['answer'], a['people'], a['source']) for a in json.load(open('$work/rsvps'))}
sys.exit(not eval(sys.argv[1]))" "$2"
}
is_event() { need "$1: $2" soon event_is "$1" "$2"; }
# all that somebody got with a calendar object, oldest first
with_calendar() { grep -l 'text/calendar' "$P/maildirs/$1/new"/* 2>/dev/null | sort; }
# calendars_say WHO EXPRESSION: what the independent reader says over its list `d` of what somebody got
calendars_say() {
  local files
  [ -n "$reader" ] || return 0
  mapfile -t files < <(with_calendar "$1")
  "$reader" "$ROOT/tests/support/calendars.py" "${files[@]}" >"$work/calendars" 2>&1 || { say "$(tail -n 1 "$work/calendars")"; return 1; }
  python3 -c "
import json, sys
d = [c for c in json.load(open('$work/calendars')) if not c['where'].endswith('.ics')]
if not eval('(' + sys.argv[1] + ')'): print('# ', json.dumps(d)[:1500]); sys.exit(1)" "$2"
}
reader=
for python in python3 /usr/bin/python3; do "$python" -c 'import icalendar' 2>/dev/null && { reader=$python; break; }; done

calls() { # LIST TEXT: its organiser writes and confirms
  write org.$c "$1@kiez.example" "$2" "$3"
  letter org.$c "Stimmt das so"
}
feast() {
  local list=fest-$c
  calendar=${1:-$client}
  group $list org.$c anna.$c bert.$c wanda.$c nina.$c
  calls $list "Hoffest mit Käsekuchen" "Hallo zusammen,"$'\n\n'"am $day von 15 bis 18 Uhr machen wir ein Hoffest im Segelfliegerdamm 12, für Groß und Klein. Kommt alle!"$'\n\n'"Orgi"
  answer org.$c "$found" "Plätze: 5"
  letter org.$c "Plätze: 5"
  answer org.$c "$found" "Ja"
  letter anna.$c "Kommen Sie?"
  click anna.$c ACCEPTED - "Ich bringe Salat mit"
  letter bert.$c "Kommen Sie?"
  answer bert.$c "$found" "wir kommen zu dritt"
  is_event $list "(e['state'], e['people']) == ('open', 4) and r['anna'] == ('yes', 1, 'itip') and r['bert'] == ('yes', 3, 'words')"
  letter wanda.$c "Kommen Sie?"
  answer wanda.$c "$found" "Ja, wir kommen zu zweit."
  letter wanda.$c "Warteliste"
  letter nina.$c "Kommen Sie?"
  click nina.$c DECLINED
  is_event $list "(e['yes'], e['no'], e['people']) == (2, 1, 4) and r['nina'][0] == 'no'"

  letter org.$c "Der Termin steht"
  answer org.$c "$found" "Stand?"
  letter org.$c "zusammen 4 Personen"
  [ "$calendar" = outlook-tnef ] || need "who comes, with remarks" find_letter org.$c "Salat"
  need "the list of those who wait" find_letter org.$c "Warteliste: 2"
  need "a table goes along" grep -q "filename.*termin-.*csv" "$found"

  find_letter bert.$c "Kommen Sie?"
  answer bert.$c "$found" "Leider doch nicht, wir sind alle krank."
  letter wanda.$c "Sie haben einen Platz"
  is_event $list "e['people'] == 3 and r['wanda'] == ('yes', 2, 'words') and r['bert'][0] == 'no'"

  find_letter org.$c "Der Termin steht"
  answer org.$c "$found" "Wir fangen doch erst um 16 Uhr an."
  letter org.$c "so wäre es dann"
  answer org.$c "$found" "ja"
  letter anna.$c "hat sich etwas geändert"
  letter wanda.$c "hat sich etwas geändert"
  is_event $list "(e['yes'], e['no']) == (0, 0) and 'T16:00' in e['start']"
  find_letter anna.$c "hat sich etwas geändert"
  click anna.$c TENTATIVE
  is_event $list "r['anna'][0] == 'maybe' and e['maybe'] == 1"

  find_letter org.$c "Der Termin steht"
  answer org.$c "$found" "Das Fest fällt leider aus."
  letter org.$c "fällt dann aus"
  answer org.$c "$found" "Ja"
  letter anna.$c "findet nicht statt"
  is_event $list "e['state'] == 'cancelled'"
  need "each is told of it all" calendars_say anna.$c "
    [(c['method'], c['events'][0]['sequence'], c['events'][0]['status']) for c in d] ==
    [('REQUEST', 0, 'CONFIRMED'), ('REQUEST', 1, 'CONFIRMED'), ('CANCEL', 2, 'CANCELLED')]"
  need "at the hours that were meant, in the zone" calendars_say anna.$c "
    [(c['events'][0]['start'][:16], c['events'][0]['end'][11:16], c['events'][0]['zone'], c['zones']) for c in d] ==
    [('${iso}T15:00', '18:00', 'Europe/Berlin', ['Europe/Berlin'])] + [('${iso}T16:00', d[1]['events'][0]['end'][11:16], 'Europe/Berlin', ['Europe/Berlin'])] * 2"
  need "in its letters" calendars_say anna.$c "all(c['events'][0]['summary'] == 'Hoffest mit Käsekuchen' and 'Segelfliegerdamm 12' in c['events'][0]['place'] for c in d)"
  need "and asked again, since it is another hour" calendars_say anna.$c "[c['events'][0]['partstat'] for c in d][1] == ['NEEDS-ACTION']"
  need "its organiser, too, has it in the calendar" calendars_say org.$c "[c['method'] for c in d] == ['REQUEST', 'REQUEST', 'CANCEL']"
  for who in anna bert wanda nina org; do need "$who has each once" test "$(with_calendar $who.$c | wc -l)" = 3; done
}
feast_in_winmail() { feast outlook-tnef; }
series() {
  local list=chor-$c first second calendar=gmail
  first=$(date -d "$iso" +%s)
  while [ "$(date -d "@$first" +%u)" != 2 ]; do first=$((first + 86400)); done
  second=$(date -d "@$((first + 7 * 86400 + 43200))" +%Y-%m-%d)
  group $list org.$c anna.$c bert.$c
  calls $list "Chorprobe" "Liebe alle,"$'\n\n'"ab Dienstag, $(date -d "@$((first + 43200))" +%d.%m.%Y) proben wir jeden Dienstag um 19 Uhr im Gemeindesaal, Dorfstraße 3. Wer mitsingen will, ist willkommen."$'\n\n'"Orgi"
  answer org.$c "$found" "Ja"
  letter anna.$c "Kommen Sie?"
  click anna.$c ACCEPTED
  click anna.$c DECLINED "$(date -u -d "TZ=\"Europe/Berlin\" $second 19:00" +%Y%m%dT%H%M%SZ)"
  is_event $list "e['people'] == 1"
  need "one date has its own answer" soon rows "SELECT 1 FROM rsvp WHERE original = '${second}T19:00' AND answer = 'no'"
  letter org.$c "Der Termin steht"
  answer org.$c "$found" "Am $(date -d "$second" +%d.%m.) fällt die Probe aus."
  letter org.$c "fällt aus"
  answer org.$c "$found" "Ja"
  letter bert.$c "Fällt aus"
  need "that date is taken out, the answer counts on" calendars_say anna.$c "
    [(e['rule'], [s[:16] for s in e['skipped']], e['sequence'], e['partstat']) for e in d[-1]['events']] == [('FREQ=WEEKLY;BYDAY=TU', ['${second}T19:00'], 1, ['ACCEPTED'])]"
  need "and the series stands" event_is $list "(e['state'], e['people']) == ('open', 1)"
}
rows() { [ -n "$(sqlite3 -readonly "$D/store/kiezpost.db" "$1" 2>>"$work/sql.err")" ]; }

flows="feast gmail apple thunderbird
feast_in_winmail outlook
series thunderbird-html"

flows_start
begin=$SECONDS
run_table "$flows"
[ -n "$reader" ] || skip "an independent reader reads what calendars got" "python3-icalendar is not installed"
not_ok "Postfix bounced nothing" grep -q 'status=bounced' "$P/log/maillog"
echo "# all flows: $((SECONDS - begin)) s"
if [ "$tap_failed" != 0 ]; then { tail -n 30 "$TEST_TMP/run.log"; grep -E "warning|error|fatal|reject" "$P/log/maillog" | tail -n 10; } >&2; fi
done_testing
