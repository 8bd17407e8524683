# Plays the dialogues of this folder against lmtpd: once with lines that follow one another in one write, once byte by byte.
# Remarks in a dialogue: the first is its sentence; "stores N" mails (0 unless said); "envelope …" and "body …" of the last one;
# "kept spool" or "kept nothing" in spool/; "whole only": too much for single bytes.
. "$(dirname "$0")/../support/tap.sh"
folder=$ROOT/tests/lmtp
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
printf '\n[receive]\nsize_limit = 1000000\n' >>"$KIEZPOST_CONFIG"
"$KIEZPOST" work --once 2>"$TEST_TMP/work.log"
inbox=$TEST_TMP/d/inbox
background "$KIEZPOST" lmtpd 2>"$TEST_TMP/lmtpd.log"
server=$!
socket=unix:$TEST_TMP/d/run/lmtp.sock
wait_for 10 grep -q 'receiving at' "$TEST_TMP/lmtpd.log" || { sed 's/^/# /' "$TEST_TMP/lmtpd.log"; echo "not ok 1 - lmtpd starts"; exit 1; }

remark() { sed -n "s/^# $2 //p" "$1" | head -n 1; }
stored() { "$TOOLS/inbox_dump" "$inbox"; }
spooled() { find "$inbox/spool" -type f | wc -l; }

play() { # FILE [--split]: a sentence about what differs, and failure; or nothing
  local file=$1 before spool_before said
  before=$(stored | wc -l) spool_before=$(spooled)
  "$TOOLS/lmtp_dialogue" ${2:+"$2"} "$socket" "$file" || return 1
  said=$(remark "$file" stores)
  [ "$(($(stored | wc -l) - before))" = "${said:-0}" ] || { echo "stored $(($(stored | wc -l) - before)) mails"; return 1; }
  said=$(remark "$file" envelope)
  [ -z "$said" ] || [[ $(stored | tail -n 1) == "$said "* ]] || { echo "stored $(stored | tail -n 1)"; return 1; }
  said=$(remark "$file" body)
  [ -z "$said" ] || printf '%b' "$said" | cmp - <("$TOOLS/inbox_dump" --body "$inbox") || return 1
  said=$(remark "$file" kept)
  [ "$said" != spool ] || [ "$(spooled)" = $((spool_before + 1)) ] || { echo "no spool file was kept"; return 1; }
  [ "$said" != nothing ] || wait_for 5 test "$(spooled)" = "$spool_before" || { echo "a spool file was left"; return 1; }
}

for file in "$folder"/*.txt; do
  sentence=$(sed -n '1s/^# //p' "$file")
  ok "$sentence" play "$file"
  grep -q '^# whole only' "$file" || ok "$sentence (byte by byte)" play "$file" --split
done
ok "the server is still there" kill -0 "$server"
is "its memory stayed below 20 MB" "$(awk '/VmHWM/ && $2 > 20480 { print $2 " kB" }' "/proc/$server/status")" ""
kill "$server"
wait "$server"
is "it ends well when it is told to" $? 0
done_testing
