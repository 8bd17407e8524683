# Events from end to end: a mail calls together, who is invited answers, the pages and calendars follow; kiezpost show
# events, event, rsvps and kiezpost event. Each calendar object is read by Python's icalendar, which knows nothing of us.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
run() { "$KIEZPOST" "$@"; }
at() { export KIEZPOST_NOW=$1; }
json() { # EXPRESSION COMMAND…: what the expression over `d` says of the command's JSON
  local expression=$1; shift
  run "$@" --json 2>"$TEST_TMP/err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1
}
pass() { run work --once 2>>"$TEST_TMP/log"; run send --once 2>>"$TEST_TMP/log"; }
vouched() { # FROM TO SUBJECT TEXT
  printf 'Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\r\nFrom: <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@x.example>\r\nDate: Mon, 2 Mar 2026 10:10:00 +0100\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n' \
    "${1#*@}" "$1" "$2" "$3" "$((mail_count = mail_count + 1))" "$4" | run deliver --local --from "$1" "$2" 2>>"$TEST_TMP/log"
  pass
}
letter_of() { grep -rl -- "$2" "$TEST_TMP/d/letters/$1/new" 2>/dev/null | sort | tail -n 1; } # ADDRESS WORDS
sender_of() { sed -n '/^From:/,/^[^ \t]/p' "$1" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/'; }
answer() { vouched "$1" "$(sender_of "$(letter_of "$1" "$2")")" "Re: Ihre Einladung" "$3"; } # ADDRESS WORDS TEXT
reader=
for python in python3 /usr/bin/python3; do
  "$python" -c 'import icalendar' 2>/dev/null && { reader=$python; break; }
done
calendars() { # SENTENCE EXPRESSION WANTED FILE…: what the independent reader says of them
  local sentence=$1 expression=$2 wanted=$3; shift 3
  [ -n "$reader" ] || { skip "$sentence" "python3-icalendar is not installed"; return; }
  "$reader" "$ROOT/tests/support/calendars.py" "$@" >"$TEST_TMP/calendars" 2>&1
  is "$sentence" "$(python3 -c "import json, sys; d = json.load(open('$TEST_TMP/calendars')); print($expression)" 2>/dev/null || head -c 300 "$TEST_TMP/calendars")" "$wanted"
}
archive=$TEST_TMP/d/archive

at 2026-03-02T10:15:00+01:00
is "without events there is an empty array" "$(json "d" show events)" "[]"
is "an event that is none is not found" "$(status_of run show event 2026/1)" 65
for address in anna@web.example bert@post.example cem@mail.example; do run member add gruenau "$address" --name "${address%@*} Muster"; done 2>/dev/null
vouched anna@web.example gruenau@kiez.example "Hoffest" "Hallo zusammen,

am Samstag, 16. Mai 2026, 15 bis 18 Uhr machen wir ein Hoffest im Segelfliegerdamm 12. Kommt alle!

Anna"
is "a mail that calls together is a draft" "$(json "[(e['number'], e['state'], e['start'], e['capacity'], e['list'], e['url']) for e in d]" show events)" \
  "[('2026/1', 'draft', '2026-05-16T15:00:00+02:00', None, 'gruenau', None)]"
ok "pages are written" run publish --once
not_ok "a draft is on none" grep -rq "Segelfliegerdamm" "$archive/termine"
ok "where nothing is ahead the page says how to change that" grep -q "mailto:termine@kiez.example" "$archive/termine/index.html"
at 2026-03-02T11:15:00+01:00
answer anna@web.example "16. Mai 2026" "Ja"
for minute in 16 17 18 19; do at "2026-03-02T11:$minute:00+01:00"; pass; done
is "its organiser's yes opens it" "$(json "d['state']" show event 2026/1)" open
is "all keys are there" "$(json "[k for k in 'id uid title start end place state capacity yes no maybe people'.split() if k not in d]" show event 1)" "[]"
invitation=$(letter_of bert@post.example "METHOD:REQUEST\|text/calendar")
calendars "an invitation is read by others" "[(c['method'], len(c['events']), c['events'][0]['start'][:16], c['events'][0]['zone'], c['events'][0]['attendees']) for c in d][0]" \
  "('REQUEST', 1, '2026-05-16T15:00', 'Europe/Berlin', ['mailto:bert@post.example'])" "$invitation"
answer bert@post.example text/calendar "Wir kommen zu dritt und bringen Kuchen mit."
answer cem@mail.example text/calendar "Leider nein"
is "answers are counted" "$(json "(d['yes'], d['no'], d['people'])" show event 2026-0001)" "(1, 1, 3)"
is "and shown" "$(json "[(r['address'], r['answer'], r['people'], r['source']) for r in d]" show rsvps 2026/1)" \
  "[('bert@post.example', 'yes', 3, 'words'), ('cem@mail.example', 'no', 0, 'words')]"
is "all keys of an answer are there" "$(json "[k for k in 'address name answer people comment source at'.split() if k not in d[0]]" show rsvps 1)" "[]"
like "the table says so" "$(run event csv 2026/1)" '*"bert@post.example","bert Muster","yes","3",*'
like "lines for people" "$(run event list gruenau)" "*2026/1*open*Hoffest*"
is "none of another list" "$(json "len(d)" show events schmoeckwitz)" 0
ok "pages are written again" run publish --once
page=$archive/termine/2026/0001/index.html
ok "its page says how many come" grep -q "3 Personen" "$page"
not_grep() { ! grep -rqi "$1" "$archive"; }
for secret in bert "Kuchen mit" post.example; do ok "no page tells \"$secret\"" not_grep "$secret"; done
calendars "calendars to subscribe are read by others" "[(c['method'], c['name'], [(e['summary'], e['status'], e['attendees']) for e in c['events']]) for c in d]" \
  "[('PUBLISH', 'Termine (Treptow-Köpenick)', [('Hoffest', 'CONFIRMED', [])]), ('PUBLISH', '', [('Hoffest', 'CONFIRMED', [])])]" "$archive/termine/termine.ics" "$archive/termine/2026/0001/termin.ics"
is "JSON-LD is JSON" "$(python3 -c "
import json, re
d = json.loads(re.search('<script type=\"application/ld.json\">(.*?)</script>', open('$page').read(), re.S)[1])
print(d['@type'], d['name'], d['startDate'], d['location']['name'])")" "Event Hoffest 2026-05-16T15:00:00+02:00 Segelfliegerdamm 12"

uid=$(json "d['uid']" show event 1)
at 2026-03-03T10:00:00+01:00
ok "an operator calls it off" run event cancel 2026/1
not_ok "once" run event cancel 2026/1
for minute in 01 02 03 04; do at "2026-03-03T10:$minute:00+01:00"; pass; done
calendars "whoever was invited is told, in their calendar too" "[(c['method'], c['events'][0]['uid'] == '$uid', c['events'][0]['status'], c['events'][0]['sequence']) for c in d][0]" \
  "('CANCEL', True, 'CANCELLED', 1)" "$(letter_of bert@post.example "method=\"\?CANCEL")"
run publish --once 2>/dev/null
ok "its page says so" grep -q "Abgesagt" "$page"
calendars "and the calendar" "[(e['status'], e['sequence']) for e in d[0]['events']]" "[('CANCELLED', 1)]" "$archive/termine/termine.ics"

at 2026-03-04T10:00:00+01:00
vouched anna@web.example gruenau@kiez.example "Chorprobe" "Liebe alle,

ab Dienstag, 10. März 2026 proben wir jeden Dienstag um 19 Uhr im Gemeindesaal, Dorfstraße 3. Wer mitsingen will, ist willkommen.

Anna"
at 2026-03-04T11:00:00+01:00
answer anna@web.example "Chorprobe" "Ja"
is "a series opens" "$(json "(d['state'], d['rule'])" show event 2026/2)" "('open', 'FREQ=WEEKLY;BYDAY=TU')"
command -v sqlite3 >/dev/null && sqlite3 "$TEST_TMP/d/store/kiezpost.db" "
  INSERT INTO event_date (event, original, starts, ends, place, sequence) VALUES
    (2, '2026-03-24T19:00', '', '', '', 0), (2, '2026-03-31T19:00', '2026-04-01T20:00', '', 'Turnhalle', 0)"
ok "the archive is built anew" run publish --rebuild
calendars "its dates that differ are read by others" "[(e['rule'], e['skipped'], e['of'], e['start'], e['place']) for e in d[0]['events']][-2:]" \
  "[('FREQ=WEEKLY;BYDAY=TU', ['2026-03-24T19:00:00+01:00'], None, '2026-03-10T19:00:00+01:00', 'im Gemeindesaal'), (None, [], '2026-03-31T19:00:00+02:00', '2026-04-01T20:00:00+02:00', 'Turnhalle')]" \
  "$archive/termine/liste/gruenau/termine.ics"
ok "its month shows it" grep -q "Turnhalle" "$archive/termine/2026-04/index.html"
is "a member's settings say how invitations come" "$(json "d['invitations']" show member bert@post.example)" calendar
vouched bert@post.example gruenau+einstellungen@kiez.example Einstellungen "Einladungen nur als Text"
is "text alone, once they wish so" "$(json "d['invitations']" show member bert@post.example)" text
is "in the list of members as well" "$(json "[m['invitations'] for m in d if m['address'] in ('bert@post.example', 'cem@mail.example')]" show members gruenau)" "['text', 'calendar']"
is "a member who is none is not found" "$(status_of run show member nobody@post.example)" 65

at 2026-03-05T10:00:00+01:00
vouched anna@web.example gruenau@kiez.example "Putztag" "Wann passt es euch für den Putztag im Hof?
1) Dienstag, 17. März, 18 Uhr
2) Donnerstag, 19. März, 19 Uhr

Anna"
at 2026-03-05T11:00:00+01:00
answer anna@web.example "Donnerstag, 19. M" "Ja"
for minute in 01 02 03; do at "2026-03-05T11:$minute:00+01:00"; pass; done
is "a poll shows what may be chosen" "$(json "(d['state'], d['start'], d['poll'], d['voters'], [(o['number'], o['start']) for o in d['options']])" show event 2026/3)" \
  "('poll', None, 'open', 0, [(1, '2026-03-17T18:00:00+01:00'), (2, '2026-03-19T19:00:00+01:00')])"
answer bert@post.example "Donnerstag, 19. M" "1 und 2, 1 lieber"
answer cem@mail.example "Donnerstag, 19. M" "Dienstag kann ich nicht, Donnerstag vielleicht"
is "and who can when, as numbers" "$(json "(d['voters'], [(o['yes'], o['maybe'], o['no'], o['best']) for o in d['options']])" show event 2026/3)" "(2, [(1, 0, 1, 1), (1, 1, 0, 0)])"
is "its last day is said" "$(json "len(d['poll_until'])" show event 2026/3)" 10
like "lines for people, too" "$(run show event 2026/3)" "*1) 2026-03-17*yes 1, maybe 0, no 1, best 1*"
answer anna@web.example "Donnerstag, 19. M" "Schluss"
is "what was chosen is its date" "$(json "(d['poll'], d['chosen'], d['start'])" show event 2026/3)" "('ended', 1, '2026-03-17T18:00:00+01:00')"
is "an event that is no poll has none" "$(json "[k for k in ('poll', 'voters', 'options') if k in d]" show event 2026/1)" "[]"
done_testing
