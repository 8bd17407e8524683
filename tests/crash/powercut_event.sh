#!/usr/bin/env bash
# Power cuts while an event is lived: its organiser says yes, one comes and takes all places, one waits, the first stays away
# and who waited moves up. Every file operation of the receiver, the worker and the sender is recorded with its syncs; of each
# state a power cut could leave, all that had been promised by then must come to what it comes to without one: the event, the
# answers, who was told, and each letter once.
. "$(dirname "$0")/../support/crash.sh"
LETTERS=$TEST_TMP/letters
crash_district "$TEST_TMP/d" "$LETTERS" || { echo "not ok 1 - a district for the test"; exit 1; }
run() { "$KIEZPOST" "$@" 2>>"$TEST_TMP/log"; }
# Looks into a copy: a reader leaves an empty -wal behind, of which the recorder would know nothing.
store() { rm -rf "$TEST_TMP/look"; cp -a "$TEST_TMP/d/store" "$TEST_TMP/look"; sqlite3 -readonly "$TEST_TMP/look/kiezpost.db" "$1"; }
replay() { "$TOOLS/powercut_replay" "$@"; }
write() { # N WHO TO TEXT
  printf 'Authentication-Results: mx.kiez.example; dmarc=pass header.from=wohnen.example\r\nFrom: <%s@wohnen.example>\r\nTo: %s\r\nSubject: Hoffest\r\nMessage-ID: <cut-%s@wohnen.example>\r\nDate: %s\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n' \
    "$2" "$3" "$1" "$(date -R)" "$4" | run deliver --from "$2@wohnen.example" "$3" || echo "# mail $1 was not accepted"
}
own() { # WHO: the address that answers of theirs go to
  local letter; letter=$(grep -l "text/calendar\|Stimmt das" "$LETTERS/$1@wohnen.example/new"/* 2>/dev/null | tail -n 1)
  sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/'
}
outcome() { # what has become of it all, and what each one has in the mailbox
  store "SELECT state, sequence FROM event; SELECT yes, no, maybe, people, waiting_people FROM event_count;
    SELECT party, answer, people, place <> 0 FROM rsvp ORDER BY party; SELECT address, role, told FROM event_party ORDER BY id;
    SELECT l.purpose, d.address, count(*) FROM letter l JOIN delivery d ON d.letter = l.id GROUP BY 1, 2 ORDER BY 1, 2" 2>&1
  local who; for who in anna bela cem; do echo "$who $(find "$LETTERS/$who@wohnen.example/new" -type f 2>/dev/null | wc -l)"; done
}

# A draft with two places waits for its organiser's yes.
mkdir -p "$LETTERS"
start_receiver
write 0 anna gruenau@kiez.example "Hallo, am $(date -d '+40 days' +%d.%m.%Y) um 15 Uhr machen wir ein Hoffest im Segelfliegerdamm 12. Kommt alle!"
run work --once; run send --once
write 00 anna "$(own anna)" "Plätze: 2"; run work --once; run send --once
kill $receiver; wait $receiver 2>/dev/null
is "a draft waits" "$(store "SELECT state, capacity FROM event")" "draft|2"
cp -a "$TEST_TMP/d" "$TEST_TMP/base"; cp -a "$LETTERS" "$TEST_TMP/letters.base"
(cd "$TEST_TMP/d" && find . -type f -printf '%i %p\n') >"$TEST_TMP/base.inodes"
outcome >"$TEST_TMP/outcome.0"

# The recorded run; what it comes to after each promise is noted.
export POWERCUT_ROOT=$TEST_TMP/d POWERCUT_LOG=$TEST_TMP/log.bin POWERCUT_SAY="250 2.0.0" POWERCUT_SEEN=$LETTERS
start_receiver LD_PRELOAD="$TOOLS/powercut.so"
pass() { # N
  local verb; for verb in work send; do LD_PRELOAD=$TOOLS/powercut.so "$KIEZPOST" $verb --once 2>>"$TEST_TMP/log"; done
  outcome >"$TEST_TMP/outcome.$1"
}
write 1 anna "$(own anna)" "Ja"; pass 1
write 2 bela "$(own bela)" "Wir kommen zu zweit"; pass 2
write 3 cem "$(own cem)" "Ich komme gern"; pass 3
write 4 bela "$(own bela)" "Leider nein"; pass 4
kill $receiver; wait $receiver 2>/dev/null
unset POWERCUT_ROOT POWERCUT_LOG POWERCUT_SAY POWERCUT_SEEN
is "the run invites, counts, lets wait and moves up" \
  "$(store "SELECT yes, no, people, waiting_people FROM event_count; SELECT count(*) FROM letter WHERE purpose = 'event_moved_up'" | tr '\n' ' ')" "1|1|1|0 1 "
states=$(replay count "$TEST_TMP/base" "$TEST_TMP/log.bin")
ok "it was recorded with its syncs ($states states)" test "$states" -gt 30
is "four promises were recorded" "$(replay answers "$TEST_TMP/base" "$TEST_TMP/log.bin" "$states" | grep -c '^answer 250')" 4

wrong= tried=0 reached=
mv "$LETTERS" "$TEST_TMP/letters.seen"
for ((state = 0; state < states; state++)); do
  rm -rf "$TEST_TMP/d" "$LETTERS"; cp -a "$TEST_TMP/letters.base" "$LETTERS"
  replay build "$TEST_TMP/base" "$TEST_TMP/log.bin" "$state" "$TEST_TMP/d"
  replay answers "$TEST_TMP/base" "$TEST_TMP/log.bin" "$state" >"$TEST_TMP/seen"
  promised=$(grep -c '^answer 250' "$TEST_TMP/seen")
  sed -n 's/^seen //p' "$TEST_TMP/seen" | while read -r path; do
    mkdir -p "$LETTERS/${path%%/*}"/{tmp,cur,new}; cp "$TEST_TMP/letters.seen/$path" "$LETTERS/$path"
  done
  run work --once && run send --once || wrong="$wrong state $state: does not come up again: $(tail -n 1 "$TEST_TMP/log");"
  outcome >"$TEST_TMP/outcome"
  # what was synced and not promised yet may have been done, too
  if cmp -s "$TEST_TMP/outcome" "$TEST_TMP/outcome.$promised" ||
    { [ "$promised" -lt 4 ] && cmp -s "$TEST_TMP/outcome" "$TEST_TMP/outcome.$((promised + 1))"; }; then
    reached="$reached $promised"
  else
    wrong="$wrong state $state, $promised promised: $(diff "$TEST_TMP/outcome.$promised" "$TEST_TMP/outcome" | head -n 4 | tr '\n' ' ');"
  fi
  tried=$((tried + 1))
done
echo "# $tried states tried"
is "after a power cut at any of $tried steps it comes to what was promised, and each letter is there once" "$wrong" ""
is "there were states behind each promise" "$(tr ' ' '\n' <<<"$reached" | grep . | sort -u | tr '\n' ' ')" "0 1 2 3 4 "
done_testing
