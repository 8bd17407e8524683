#!/usr/bin/env bash
# kill -9 while an event is lived: around each commit of inviting, of answering, of moving up and of calling off the worker dies; then it starts again, and everybody has each letter once and every answer counts once, as where nothing had happened.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district for the test"; exit 1; }
D=$TEST_TMP/d
run() { "$KIEZPOST" "$@" 2>>"$TEST_TMP/log"; }
store() { sqlite3 -readonly "$D/store/kiezpost.db" "$1"; }
vouched() { # WHO TO TEXT
  printf 'Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.example\r\nFrom: <%s@web.example>\r\nTo: %s\r\nSubject: Hoffest\r\nMessage-ID: <%s@x.example>\r\nDate: %s\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n' \
    "$1" "$2" "$((mail_count = mail_count + 1))" "$(date -R)" "$3" | run deliver --local --from "$1@web.example" "$2"
}
own() { # WHO: the address that answers of theirs go to
  local letter; letter=$(grep -l "text/calendar\|Stimmt das" "$D/letters/$1@web.example/new"/* 2>/dev/null | tail -n 1)
  sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/'
}
# what has become of it all: the event, answers, who was told, and how many letters of each kind each one has
outcome() {
  store "SELECT state, sequence FROM event; SELECT yes, no, maybe, people, waiting_people FROM event_count;
    SELECT party, answer, people, place <> 0 FROM rsvp ORDER BY party; SELECT address, role, told FROM event_party ORDER BY id;
    SELECT l.purpose, d.address, count(*) FROM letter l JOIN delivery d ON d.letter = l.id GROUP BY 1, 2 ORDER BY 1, 2" 2>&1
}

for who in anna bert cem dora; do run member add gruenau "$who@web.example" --name "$who"; done >/dev/null
run work --once; run send --once
vouched anna gruenau@kiez.example "Hallo, am $(date -d '+40 days' +%d.%m.%Y) um 15 Uhr machen wir ein Hoffest im Segelfliegerdamm 12. Kommt alle!"
run work --once; run send --once
vouched anna "$(own anna)" "Plätze: 3"; run work --once; run send --once
ok "a draft waits" test "$(store "SELECT state, capacity FROM event")" = "draft|3"

# stage NAME: what was put into the inbox is worked on, once without a crash, and once for each commit
stage() {
  local name=$1 wanted points point times=0 died=0 wrong=
  rm -rf "$TEST_TMP/base"; cp -a "$D" "$TEST_TMP/base"
  export KIEZPOST_CRASH_LIST=$TEST_TMP/points; : >"$KIEZPOST_CRASH_LIST"
  run work --once; unset KIEZPOST_CRASH_LIST
  points=$(grep -E '^(worker.decided|worker.commit.before|worker.commit.after|tick.commit.before)' "$TEST_TMP/points" | sort | uniq -c | awk '{ for (i = 1; i <= $1; i++) print $2 ":" i }'); wanted=$(outcome)
  rm -rf "$TEST_TMP/after"; mv "$D" "$TEST_TMP/after"
  for point in $points; do
    cp -a "$TEST_TMP/base" "$D"
    (export KIEZPOST_CRASH_AT=$point; run work --once) 2>/dev/null
    [ $? = 137 ] && died=$((died + 1))
    times=$((times + 1))
    run work --once
    [ "$(outcome)" = "$wanted" ] || wrong="$wrong at $point:$(diff <(echo "$wanted") <(outcome) | tr '\n' ' ')"
    rm -rf "$D"
  done
  mv "$TEST_TMP/after" "$D"; run send --once
  is "$name: killed at each of $times steps, it comes to the same" "$wrong" ""
  is "$name: it died each time, more than once" "$died $((times >= 2))" "$times 1"
}

vouched anna "$(own anna)" "Ja"; stage "inviting"
is "all are invited" "$(store "SELECT count(*) FROM event_party WHERE told = 0")" 4
vouched bert "$(own bert)" "Wir kommen zu zweit"; vouched cem "$(own cem)" "Wir kommen zu zweit"; stage "answering"
is "one comes, one waits" "$(store "SELECT people, waiting_people FROM event_count")" "2|2"
vouched bert "$(own bert)" "Leider nein"; stage "moving up"
is "who waited has a place" "$(store "SELECT people, waiting_people, no FROM event_count")" "2|0|1"
run event cancel 2027/1 || run event cancel "$(store "SELECT year || '/' || number FROM event")"; stage "calling off"
is "all are told" "$(store "SELECT state, (SELECT count(*) FROM event_party WHERE told = 1) FROM event")" "cancelled|4"
[ "$tap_failed" = 0 ] || tail -n 20 "$TEST_TMP/log" | sed 's/^/# /'
done_testing
