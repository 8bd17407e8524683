#!/usr/bin/env bash
# Power cuts: every file operation of a whole run is recorded, in order, with its syncs (tests/tools/powercut.so.c). For each
# state a power cut could leave, between any sync and the next, the directory is built anew from what was synced by then, the
# parts are started on it, and everything that had been accepted by then must be there exactly once.
. "$(dirname "$0")/../support/crash.sh"
make_mails "$TEST_TMP/mails"
LETTERS=$TEST_TMP/letters
crash_district "$TEST_TMP/d" "$LETTERS" || { echo "not ok 1 - a district for the test"; exit 1; }
cp -a "$TEST_TMP/d" "$TEST_TMP/base"
(cd "$TEST_TMP/d" && find . -type f -printf '%i %p\n') >"$TEST_TMP/base.inodes"
replay() { "$TOOLS/powercut_replay" "$@"; }

# The recorded run: each part under the recorder; the sandbox stays on.
mkdir -p "$LETTERS"
export POWERCUT_ROOT=$TEST_TMP/d POWERCUT_LOG=$TEST_TMP/log.bin POWERCUT_SAY="250 2.0.0" POWERCUT_SEEN=$LETTERS
recorded() { LD_PRELOAD=$TOOLS/powercut.so "$KIEZPOST" "$@"; }
# The receiver runs under the recorder as a process of its own, so that it can be stopped by its id.
start_receiver LD_PRELOAD="$TOOLS/powercut.so"
pass() { recorded work --once 2>>"$TEST_TMP/log"; recorded send --once 2>>"$TEST_TMP/log"; recorded publish --once 2>>"$TEST_TMP/log"; }
for n in 1 2 3 4 5; do
  read -ra envelope <"$TEST_TMP/mails/$n.envelope"
  "$KIEZPOST" deliver --from "${envelope[@]}" <"$TEST_TMP/mails/$n.eml" 2>>"$TEST_TMP/log" || echo "# mail $n was not accepted"
  [ "$n" != 3 ] || pass
done
kill $receiver; wait $receiver 2>/dev/null
pass
unset POWERCUT_ROOT POWERCUT_LOG POWERCUT_SAY POWERCUT_SEEN
states=$(replay count "$TEST_TMP/base" "$TEST_TMP/log.bin")
ok "the run was recorded with its syncs ($states states)" test "$states" -gt 30
is "five promises were recorded" "$(replay answers "$TEST_TMP/base" "$TEST_TMP/log.bin" "$states" | grep -c '^answer 250')" 5

wrong= tried=0
mv "$LETTERS" "$TEST_TMP/letters.seen"
for ((state = 0; state < states; state++)); do
  rm -rf "$TEST_TMP/d" "$LETTERS"; mkdir -p "$LETTERS"
  replay build "$TEST_TMP/base" "$TEST_TMP/log.bin" "$state" "$TEST_TMP/d"
  replay answers "$TEST_TMP/base" "$TEST_TMP/log.bin" "$state" >"$TEST_TMP/seen"
  # the promises made before the cut, in the order of the mails
  promised=$(seq -s ' ' 1 "$(grep -c '^answer 250' "$TEST_TMP/seen")" | sed 's/^1 0$//; s/^0$//')
  [ "$(grep -c '^answer 250' "$TEST_TMP/seen")" != 0 ] || promised=
  # letters that the outside had before the cut
  sed -n 's/^seen //p' "$TEST_TMP/seen" | while read -r path; do
    mkdir -p "$LETTERS/${path%%/*}"/{tmp,cur,new}; cp "$TEST_TMP/letters.seen/$path" "$LETTERS/$path"
  done
  if ! to_the_end 2>"$TEST_TMP/log"; then wrong="$wrong state $state: does not come up again: $(tail -n 1 "$TEST_TMP/log");"; fi
  # shellcheck disable=SC2086
  found=$(after_crash "$TEST_TMP/d" $promised; pages_equal_rebuild "$TEST_TMP/d" || echo "pages differ from a rebuild")
  [ -z "$found" ] || wrong="$wrong state $state: $found;"
  tried=$((tried + 1))
done
echo "# $tried states tried"
is "after a power cut at any of $tried steps nothing accepted is lost or doubled, and pages equal a rebuild" "$wrong" ""
done_testing
