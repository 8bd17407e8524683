# The receiver as a process: limits, timeouts, its own troubles (4xx, and well again afterwards), stopping, the socketmap, and that
# small mails do not wait behind large ones.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
district=$TEST_TMP/d inbox=$TEST_TMP/d/inbox
"$KIEZPOST" work --once 2>"$TEST_TMP/work.log"
cp "$KIEZPOST_CONFIG" "$TEST_TMP/plain.conf"
socket=unix:$district/run/lmtp.sock
map=unix:$district/run/map.sock
log=$TEST_TMP/lmtpd.log
server=

start() { # [SETTING…]: lmtpd with these settings of [receive]
  { cat "$TEST_TMP/plain.conf"; printf '\n[receive]\n'; printf '%s\n' "$@"; } >"$KIEZPOST_CONFIG"
  : >"$log"
  "$KIEZPOST" lmtpd 2>>"$log" &
  server=$!
  tap_children+=("$server")
  wait_for 10 grep -q 'receiving at' "$log" || { sed 's/^/# /' "$log"; return 1; }
}
stop() { kill "$server" 2>/dev/null; wait "$server"; }
stored() { "$TOOLS/inbox_dump" "$inbox" | wc -l; }
talk() { # LINES: a dialogue from standard input
  cat >"$TEST_TMP/talk.txt"
  "$TOOLS/lmtp_dialogue" "${1:-$socket}" "$TEST_TMP/talk.txt"
}
hello='S: 220
C: LHLO mta.example
S* 5 250-
S: 250 SMTPUTF8'
# a mail whose RCPT or dot is answered like this
rcpt_is() { printf '%s\nC: MAIL FROM:<a@mail.example>\nC: RCPT TO:<%s>\nS: 250\nS: %s\nC: QUIT\nS: 221\n' "$hello" "$1" "$2" | talk; }
dot_is() { printf '%s\nC: MAIL FROM:<a@mail.example>\nC: RCPT TO:<gruenau@kiez.example>\nC: DATA\nS: 250\nS: 250\nS: 354\n%sC: .\nS: %s\nC: QUIT\nS: 221\n' "$hello" "${2:-}" "$1" | talk; }
large='R: 8000 Eine Zeile, wie sie überall steht, nur etwas länger.\r\n
'

# ---- limits and timeouts
start connections_max=3 idle_timeout_seconds=1 total_timeout_seconds=3
cat >"$TEST_TMP/hold.txt" <<'TALK'
S: 220
C: NOOP
S: 250
W: 600
C: QUIT
S: 221
TALK
holders=()
for i in 1 2 3; do "$TOOLS/lmtp_dialogue" "$socket" "$TEST_TMP/hold.txt" & holders+=($!); done
sleep 0.3
too_many() { printf 'S: 421 4.3.2\nQ:\n' | talk; }
ok "one connection more than we serve is put off" too_many
wait "${holders[@]}"
is "those before it were served" $? 0
idle() { printf '%s\nS: 421 4.4.2\nQ:\n' "$hello" | talk; }
ok "who says nothing is told so and sent away" idle
idle_in_data() { printf '%s\nC: MAIL FROM:<a@mail.example>\nC: RCPT TO:<gruenau@kiez.example>\nC: DATA\nS: 250\nS: 250\nS: 354\nC: half\nS: 421 4.4.2\nQ:\n' "$hello" | talk; }
ok "within a mail too, and nothing is stored" idle_in_data
slow() { { printf '%s\n' "$hello"; for i in 1 2 3 4 5; do printf 'C: NOOP\nS: 250\nW: 700\n'; done; printf 'S: 421 4.4.2 This connection has lasted\nQ:\n'; } | talk; }
ok "a connection that lasts too long is ended, however busy" slow
is "nothing was stored" "$(stored)" 0
stop
is "it ends well" $? 0

# ---- troubles of ours
start
mv "$district/run/addresses" "$TEST_TMP/addresses"
ok "without the address file a recipient is put off" rcpt_is gruenau@kiez.example "451 4.3.0"
ok "an unknown one is not refused either" rcpt_is niemand@kiez.example "451 4.3.0"
map_says() { printf 'c: %s:rcpt %s,\nB: %s,\n' "$((${#1} + 5))" "$1" "$2" | talk "$map"; }
ok "and the socketmap says TEMP" map_says gruenau@kiez.example "56:TEMP The list of addresses cannot be read at the moment."
printf 'nonsense\n' >"$district/run/addresses"
ok "a torn address file is no reason to refuse" rcpt_is niemand@kiez.example "451 4.3.0"
mv "$TEST_TMP/addresses" "$district/run/addresses"
ok "when it is back a recipient is taken" rcpt_is gruenau@kiez.example "250 2.1.5"
ok "and an unknown one refused" rcpt_is niemand@kiez.example "550 5.1.1"
keys=$(find "$district" -maxdepth 2 -name '*.keys')
cp -p "$keys" "$TEST_TMP/keys"
printf 'nonsense\n' >"$keys"
ok "without keys a recipient is put off" rcpt_is gruenau@kiez.example "451 4.3.0"
cat "$TEST_TMP/keys" >"$keys"
ok "when they are back it is taken" rcpt_is gruenau@kiez.example "250 2.1.5"

mkdir "$TEST_TMP/away"
mv "$inbox"/* "$TEST_TMP/away"
ok "with the inbox gone a mail is put off" dot_is "45"
mv "$TEST_TMP/away"/* "$inbox"
ok "when it is back a mail is taken" dot_is "250 2.0.0"
is "and only that one is there" "$(stored)" 1
rm -r "$inbox/spool"
ok "without the spool directory a large mail is put off" dot_is "45" "$large"
ok "a small one is taken" dot_is "250 2.0.0"
mkdir -m 700 "$inbox/spool"
ok "when it is back a large one is taken too" dot_is "250 2.0.0" "$large"
is "the three are there" "$(stored)" 3
like "the log says what was wrong" "$(cat "$log")" "*put off (4xx)*"
stop

# ---- a busy inbox
start
(flock 9; sleep 0.6) 9>>"$inbox/inbox.lock" &
holder=$!
sleep 0.1
before=$(stored)
ok "while another has the inbox a mail waits, and is taken" dot_is "250 2.0.0"
is "once" "$(stored)" $((before + 1))
wait "$holder"
stop
waited=$(sed -n 's/.*longest_wait_for_inbox_ms=//p' "$log")
ok "the log says how long (${waited:-nothing} ms)" test "${waited:-0}" -ge 100

# ---- a full disk
before=$(stored)
ulimit_start() { (ulimit -f 256 && exec "$KIEZPOST" lmtpd 2>>"$log") & server=$!; tap_children+=("$server"); wait_for 10 grep -q 'receiving at' "$log"; }
cp "$TEST_TMP/plain.conf" "$KIEZPOST_CONFIG"
: >"$log"
ok "lmtpd starts where files may not grow beyond 256 KB" ulimit_start
ok "a mail that does not fit is put off" dot_is "45" "$large"
ok "it is still there afterwards" kill -0 "$server"
ok "and leaves no spool file" test "$(find "$inbox/spool" -type f | wc -l)" = 1
stop
is "nothing of it was stored" "$(stored)" "$before"

# ---- socketmap
start
ok "the socketmap knows a list" map_says gruenau@kiez.example "23:OK gruenau@kiez.example"
ok "and its commands" map_says gruenau+austreten@kiez.example "33:OK gruenau+austreten@kiez.example"
ok "and who is none" map_says niemand@kiez.example "9:NOTFOUND "
lives=$("$TOOLS/make_token" "$keys" 1 7 0 0) stale=$("$TOOLS/make_token" "$keys" 1 7 0 100)
ok "an address with a token of ours is taken" rcpt_is "gruenau+$lives@kiez.example" "250 2.1.5"
ok "in capitals too" rcpt_is "GRUENAU+${lives^^}@KIEZ.EXAMPLE" "250 2.1.5"
ok "a stale token is taken" rcpt_is "gruenau+$stale@kiez.example" "250 2.1.5"
forged=${lives:0:41}$([ "${lives:41}" = a ] && echo q || echo a)
ok "a forged one is refused" rcpt_is "gruenau+$forged@kiez.example" "550 5.1.1"
ok "by the socketmap as well" map_says "gruenau+$forged@kiez.example" "9:NOTFOUND "
many() { { for i in $(seq 1 500); do printf 'c: 25:rcpt gruenau@kiez.example,19:rcpt x@kiez.example,\n'; done; for i in $(seq 1 500); do printf 'B: 23:OK gruenau@kiez.example,9:NOTFOUND ,\n'; done; } | talk "$map"; }
ok "a thousand questions in one write are answered in turn" many
garbage() { printf 'C: GET / HTTP/1.1\nQ:\n' | talk "$map"; }
ok "garbage closes the connection" garbage
not_ok "a second lmtpd does not take over the sockets" "$KIEZPOST" lmtpd
like "and says why" "$(cat "$TEST_TMP/.last")" "*serves*already*"
ok "the first one still answers" rcpt_is gruenau@kiez.example "250 2.1.5"

# ---- stopping
before=$(stored)
cat >"$TEST_TMP/stop.txt" <<TALK
$hello
C: MAIL FROM:<a@mail.example>
C: RCPT TO:<gruenau@kiez.example>
C: DATA
S: 250
S: 250
S: 354
C: half
S: 421 4.3.2
Q:
TALK
"$TOOLS/lmtp_dialogue" "$socket" "$TEST_TMP/stop.txt" 2>"$TEST_TMP/stop.err" &
half=$!
sleep 0.4
stop
is "told to stop, it ends well" $? 0
wait "$half"
is "who is within a mail is told to come again" $? 0
is "and nothing is stored" "$(stored)" "$before"
start
kill -9 "$server"
wait "$server" 2>/dev/null
start
is "after a kill -9 a new one replaces the stale socket" $? 0
stop
port=$(((RANDOM % 20000) + 20000))
start "listen=tcp:127.0.0.1:$port" && socket=tcp:127.0.0.1:$port
ok "on a TCP port it is the same server" dot_is "250 2.0.0"
stop
socket=unix:$district/run/lmtp.sock
cp "$TEST_TMP/plain.conf" "$KIEZPOST_CONFIG"
is "--once is no word for lmtpd" "$(status_of "$KIEZPOST" lmtpd --once)" 64

# ---- descriptors
cp "$TEST_TMP/plain.conf" "$KIEZPOST_CONFIG"
(ulimit -Sn 40 && ulimit -Hn 40 && exec "$KIEZPOST" lmtpd 2>>"$log") &
server=$!
tap_children+=("$server")
sleep 0.5
cat >"$TEST_TMP/wait.txt" <<'TALK'
S: 220
W: 2500
C: QUIT
S: 221
TALK
holders=()
for i in $(seq 1 60); do "$TOOLS/lmtp_dialogue" "$socket" "$TEST_TMP/wait.txt" 2>/dev/null & holders+=($!); done
sleep 1.5
used=$(awk '{ print $14 + $15 }' "/proc/$server/stat")
ok "out of descriptors it does not spin ($used ticks)" test "$used" -lt 50
wait "${holders[@]}"
is "and all sixty are served in the end" $? 0
like "the log says that they ran out" "$(cat "$log")" "*No descriptors are left*"
stop

# ---- large and small
start
"$TOOLS/lmtp_load" -c 8 -n 8 -s 25000000 "$socket" >"$TEST_TMP/large" &
large_load=$!
sleep 0.1
"$TOOLS/lmtp_load" -c 2 -n 200 "$socket" >"$TEST_TMP/small"
wait "$large_load"
is "eight mails of 25 MB are taken" "$(sed 's/ refused=0 .*//' "$TEST_TMP/large")" "accepted=8"
is "and two hundred small ones beside them" "$(sed 's/ refused=0 .*//' "$TEST_TMP/small")" "accepted=200"
p99=$(sed -n 's/.*p99_ms=\([0-9]*\).*/\1/p' "$TEST_TMP/small")
ok "of which 99 of 100 wait less than 500 ms ($p99)" test "$p99" -lt 500
is "memory stays below 20 MB" "$(awk '/VmHWM/ && $2 > 20480 { print $2 " kB" }' "/proc/$server/status")" ""
stop
done_testing
