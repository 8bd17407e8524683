#!/usr/bin/env bash
# kill -9 at every durable step: a run without a crash lists the crash points that are passed; then each in turn kills
# the process that passes it, the parts are started again, and everything accepted must be there, once.
. "$(dirname "$0")/../support/crash.sh"
make_mails "$TEST_TMP/mails"
LETTERS=$TEST_TMP/letters
crash_district "$TEST_TMP/d" "$LETTERS" || { echo "not ok 1 - a district for the test"; exit 1; }
cp -a "$TEST_TMP/d" "$TEST_TMP/base"

is_gone() { ! kill -0 "$1" 2>/dev/null; }
# the_run: receiver, five mails, worker, sender, publisher. Leaves the accepted numbers in $accepted.
the_run() {
  accepted=
  start_receiver
  local n envelope
  for n in 1 2 3 4 5; do
    read -ra envelope <"$TEST_TMP/mails/$n.envelope"
    if env -u KIEZPOST_CRASH_AT "$KIEZPOST" deliver --from "${envelope[@]}" <"$TEST_TMP/mails/$n.eml" 2>>"$TEST_TMP/log"; then
      accepted="$accepted $n"
    else
      # it died: started again without the crash, as `run` and systemd do; the MTA comes again
      if wait_for 5 is_gone "$receiver"; then
        start_receiver -u KIEZPOST_CRASH_AT
      fi
      env -u KIEZPOST_CRASH_AT "$KIEZPOST" deliver --from "${envelope[@]}" <"$TEST_TMP/mails/$n.eml" 2>>"$TEST_TMP/log" && accepted="$accepted $n"
    fi
  done
  kill $receiver 2>/dev/null; wait $receiver 2>/dev/null
  "$KIEZPOST" work --once 2>>"$TEST_TMP/log"
  "$KIEZPOST" send --once 2>>"$TEST_TMP/log"
  "$KIEZPOST" publish --once 2>>"$TEST_TMP/log"
}
fresh() { rm -rf "$TEST_TMP/d" "$LETTERS"; cp -a "$TEST_TMP/base" "$TEST_TMP/d"; : >"$TEST_TMP/log"; }

export KIEZPOST_CRASH_LIST=$TEST_TMP/points
: >"$KIEZPOST_CRASH_LIST"
fresh; the_run
unset KIEZPOST_CRASH_LIST
is "without a crash all five are accepted" "$accepted" " 1 2 3 4 5"
# shellcheck disable=SC2086
is "and everything is where it belongs" "$(after_crash "$TEST_TMP/d" $accepted)" ""
points=$(sort "$TEST_TMP/points" | uniq -c | awk '{ print $2 ":" $1 }')
ok "the run passes crash points of receiving, working, expanding, sending and publishing" bash -c '
  for room in inbox worker expand send publish; do grep -q "^$room\." "$0" || { echo "none of $room"; exit 1; }; done' "$TEST_TMP/points"

# each point the first time, and the last time it is passed
for point in $points; do
  name=${point%:*} times=${point#*:}
  for nth in 1 "$times"; do
    [ "$nth" = 1 ] || [ "$times" != 1 ] || continue
    fresh
    export KIEZPOST_CRASH_AT=$name:$nth
    the_run
    unset KIEZPOST_CRASH_AT
    to_the_end 2>>"$TEST_TMP/log"
    # shellcheck disable=SC2086
    wrong=$(after_crash "$TEST_TMP/d" $accepted; pages_equal_rebuild "$TEST_TMP/d" || echo "pages differ from a rebuild")
    [ "$accepted" = " 1 2 3 4 5" ] || wrong="$wrong; accepted only$accepted"
    [ -z "$wrong" ] || { tail -n 20 "$TEST_TMP/log" | sed 's/^/# /'; }
    is "killed at $name, time $nth of $times: nothing lost, nothing doubled" "$wrong" ""
    [ "$times" != 1 ] || break
  done
done
done_testing
