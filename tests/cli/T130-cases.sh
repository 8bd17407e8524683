# kiezpost show cases, show case: a question by mail, the office's answer, as JSON and for people.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
export KIEZPOST_NOW=2026-03-02T10:15:00+01:00
run() { "$KIEZPOST" "$@"; }
json() { # EXPRESSION COMMAND…: what the expression over `d` says of the command's JSON
  local expression=$1; shift
  run "$@" --json 2>"$TEST_TMP/err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1
}
mail() { # FROM TO SUBJECT TEXT
  printf 'Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\r\nFrom: <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@x.example>\r\nDate: Mon, 2 Mar 2026 10:10:00 +0100\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n' \
    "${1#*@}" "$1" "$2" "$3" "$RANDOM$RANDOM" "$4" | run deliver --local --from "$1" "$2"
  run work --once 2>>"$TEST_TMP/log"; run send --once 2>>"$TEST_TMP/log"
}

is "without cases there is an empty array" "$(json "d" show cases)" "[]"
is "a number that is none is refused" "$(status_of run show case Poller)" 64
is "one that was never given is not found" "$(status_of run show case KP-2026-0001)" 65
ok "an office has an address" run office set SGA --address sga@ba-tk.example
mail anna@web.example frage@kiez.example "Poller umgefahren" "Wann kommt der Poller auf dem Gehweg wieder?"
is "a question is a case" "$(json "[(c['number'], c['kind'], c['state'], c['office'], c['confirmed'], c['replies']) for c in d]" show cases)" \
  "[('KP-2026-0001', 'question', 'forwarded', 'SGA', False, [])]"
is "also of its list" "$(json "len(d)" show cases frage)" 1
is "and of no other" "$(json "len(d)" show cases maengel)" 0
is "all keys are there" "$(json "[k for k in 'number kind title state office region place lat lon due confirmed replies'.split() if k not in d]" show case KP-2026-0001)" "[]"
is "the day of the answer is a day" "$(json "len(d['due'])" show case KP-2026-0001)" 10
letter=$(find "$TEST_TMP/d/letters/sga@ba-tk.example/new" -type f | head -n 1)
to=$(sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/')
mail sga@ba-tk.example "$to" "AW: [KP-2026-0001] Poller umgefahren" "Der Poller wird bis zum 27. März 2026 ersetzt."
is "the answer is the office's" "$(json "[(r['official'], r['office'], r['text'], r['published']) for r in d['replies']]" show case kp-2026-1)" \
  "[(True, 'SGA', 'Der Poller wird bis zum 27. März 2026 ersetzt.', True)]"
is "with its state" "$(json "(d['state'], d['expected'])" show case KP-2026-0001)" "('planned', '2026-03-27')"
like "lines for people say the same" "$(run show cases)" "*KP-2026-0001*planned*SGA*"
like "and one case whole" "$(run show case KP-2026-0001)" "*reply*SGA: Der Poller wird*"
ok "it is published" run publish --once
ok "at its number" grep -q "Der Poller wird bis zum 27. März 2026 ersetzt." "$TEST_TMP/d/archive/faelle/2026/0001/index.html"
not_grep() { ! grep -rq "$1" "$TEST_TMP/d/archive/faelle" "$TEST_TMP/d/archive/daten"; }
ok "without its author's address" not_grep anna@
is "open data is JSON" "$(python3 -c "import json; d = json.load(open('$TEST_TMP/d/archive/daten/cases-2026-0001.json')); print(d['cases'][0]['number'], d['licence'])")" "KP-2026-0001 dl-de/by-2-0"
is "and a table" "$(python3 -c "import csv; r = list(csv.DictReader(open('$TEST_TMP/d/archive/daten/cases-2026-0001.csv'))); print(len(r), r[0]['state'])")" "1 planned"
is "figures too" "$(python3 -c "import json; d = json.load(open('$TEST_TMP/d/archive/daten/statistics.json')); print(d['all']['cases'], d['all']['answered'], d['all']['median_days'])")" "1 1 0"

# ---- an office that is not responsible is counted
ok "another office" run office set Weg --name "Amt für Wege" --address weg@ba-tk.example
rm -rf "$TEST_TMP/d/letters/sga@ba-tk.example"
mail anna@web.example frage@kiez.example "Loch im Gehweg" "Wann wird das Loch im Gehweg der Bölschestraße geschlossen?"
letter=$(grep -rl "KP-2026-0002" "$TEST_TMP/d/letters/sga@ba-tk.example/new" | head -n 1)
to=$(sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/')
mail sga@ba-tk.example "$to" "AW: [KP-2026-0002] Loch im Gehweg" "Nicht zuständig, bitte an das Amt für Wege."
is "the case goes on" "$(json "(d['office'], d['reroutings'])" show case KP-2026-0002)" "('Weg', 1)"
is "and its office is counted" "$(json "[(o['office'], o['passed_on']) for o in d['offices']]" show statistics)" "[('SGA', 1), ('Weg', 0)]"
like "in lines as well" "$(run show statistics)" "*SGA *1 cases * 1 passed on*"
ok "pages follow" run publish --once
ok "the figures say so" grep -q "<td>1</td></tr>" "$TEST_TMP/d/archive/faelle/zahlen/index.html"
done_testing
