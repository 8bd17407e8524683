# kill -9 at each durable step of receiving: what was not answered may be there or not, what was answered is there, and what a
# crash leaves lying about is swept up by the next start.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
district=$TEST_TMP/d inbox=$TEST_TMP/d/inbox
"$KIEZPOST" work --once 2>"$TEST_TMP/work.log"
socket=unix:$district/run/lmtp.sock
log=$TEST_TMP/lmtpd.log

start() { # [POINT]: lmtpd that dies there
  : >"$log"
  KIEZPOST_CRASH_AT=${1:-} "$KIEZPOST" lmtpd 2>>"$log" &
  server=$!
  tap_children+=("$server")
  wait_for 10 grep -q 'receiving at' "$log"
}
stored() { "$TOOLS/inbox_dump" "$inbox" | wc -l; }
spooled() { find "$inbox/spool" -type f | wc -l; }
cat >"$TEST_TMP/small.txt" <<'TALK'
S: 220
C: LHLO mta.example
C: MAIL FROM:<a@mail.example>
C: RCPT TO:<gruenau@kiez.example>
C: DATA
S* 5 250-
S: 250
S: 250
S: 250
S: 354
C: Subject: x
C: .
S: 250 2.0.0
C: QUIT
S: 221
TALK
sed 's/^C: Subject: x$/R: 8000 Eine Zeile, wie sie überall steht, nur etwas länger.\\r\\n/' "$TEST_TMP/small.txt" >"$TEST_TMP/large.txt"
post() { "$TOOLS/lmtp_dialogue" "$socket" "$TEST_TMP/$1.txt"; }
died() { wait "$server" 2>/dev/null; [ $? = 137 ]; }

# POINT SIZE STORED: dies there, the sender got no answer, so many mails are there; and again after the next start
crash_at() {
  local point=$1 size=$2 wanted=$3 before=$(stored)
  start "$point"
  not_ok "$size mail, dead at $point: the sender got no 250" post "$size"
  ok "$size mail, dead at $point: it died there" died
  is "$size mail, dead at $point: what is stored" "$(($(stored) - before))" "$wanted"
  start
  is "$size mail, dead at $point: the same after a new start" "$(($(stored) - before))" "$wanted"
  is "$size mail, dead at $point: the spool holds what rows name" "$(spooled)" "$("$TOOLS/inbox_dump" "$inbox" | grep -c ' spool ')"
  ok "$size mail, dead at $point: the sender comes again and is answered" post "$size"
  is "$size mail, dead at $point: that one is there too" "$(($(stored) - before))" "$((wanted + 1))"
  kill -9 "$server"; wait "$server" 2>/dev/null
}
crash_at inbox.commit.before small 0
crash_at inbox.commit.after small 1
crash_at inbox.spool.synced large 0
crash_at inbox.commit.before large 0
crash_at inbox.commit.after large 1

# in the middle of a load: whatever was answered is there
before=$(stored)
start inbox.commit.before:40
"$TOOLS/lmtp_load" -c 10 -n 5000 "$socket" >/dev/null 2>&1
ok "under load it died at the fortieth group" died
first=$(($(stored) - before))
ok "the groups before that are there ($first mails)" test "$first" -ge 39
start
answered=0
"$TOOLS/lmtp_load" -c 10 -n 300 "$socket" >"$TEST_TMP/load" && answered=300
kill -9 "$server"; wait "$server" 2>/dev/null
is "killed after 300 answers, these 300 are there" "$(($(stored) - before - first))" "$answered"
done_testing
