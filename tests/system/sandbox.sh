# What each real process can still do from inside its sandbox: it reads and writes what its work needs, knows charsets and zones, and is
# refused network, programs, and everybody else's files. And a process that cannot enter its sandbox says so.
. "$(dirname "$0")/../support/running.sh"
running_district "$TEST_TMP/d" eva@example.org udo@example.org || { echo "not ok 1 - a district can be made"; exit 1; }
try=$TEST_TMP/try log=$TEST_TMP/run.log
echo secret >"$TEST_TMP/foreign"
"$TOOLS/smtp_sink" --port-file "$TEST_TMP/port" &
tap_children+=($!)
wait_for 10 test -s "$TEST_TMP/port"
port=$(cat "$TEST_TMP/port")
keys=$KP/keys/kiezpost.keys
cat >"$try" <<TRY
read $KP/inbox/inbox.db
write $KP/inbox/inbox.db
create $KP/inbox/spool
read $KP/store/kiezpost.db
write $KP/store/kiezpost.db
create $KP/store/raw
read $keys
write $keys
read $KP/run/addresses
create $KP/run
read $KP/kiezpost.conf
write $KP/kiezpost.conf
read $KP/archive/index.html
create $KP/archive
create $KP/letters
create $KP
read $TEST_TMP/foreign
write $TEST_TMP/foreign
create $TEST_TMP
create /tmp
read /etc/passwd
read /root
read /proc/1/environ
connect $port
udp
listen
exec /bin/true
exec $KIEZPOST
charset iso-8859-1
charset koi8-r
zone Europe/Berlin
TRY
run publish --once 2>>"$log"; mkdir -p "$KP/letters"

start_run KIEZPOST_SANDBOX_TRY="$try" || { echo "not ok 1 - it starts"; exit 1; }
all_said() { [ "$(wc -l <"$try.said")" -ge $((5 * $(wc -l <"$try"))) ]; }
wait_for 20 all_said
if said "sandbox is not whole"; then skip_all "sandbox: $(grep 'sandbox is not whole' "$log" | head -n 1)"; fi
ok "all four processes have tried, and the one that reads pictures" all_said

# may PROCESS LINE…: allowed; all other lines are refused, by "Permission denied" or "Operation not permitted"
may() {
  local process=$1 line; shift
  printf '%s\n' "$@" "charset iso-8859-1" "charset koi8-r" "zone Europe/Berlin" >"$TEST_TMP/may"
  while read -r line; do
    if grep -qxF -- "$line" "$TEST_TMP/may"; then ok "$process: $(name "$line") works" grep -qxF -- "$process $line: allowed" "$try.said"
    else ok "$process: $(name "$line") is refused" refused "$process $line"; fi
  done <"$try"
}
name() { sed "s|$KP|the district|; s|$TEST_TMP|another directory|; s|$KIEZPOST|kiezpost|; s|connect.*|connect|" <<<"$1"; }
refused() {
  local found; found=$(grep -F -- "$1: " "$try.said" | tail -n 1)
  case $found in *": Permission denied" | *": Operation not permitted") ;; *) echo "${found:-nothing was said}"; return 1 ;; esac
}
may lmtpd "read $KP/inbox/inbox.db" "write $KP/inbox/inbox.db" "create $KP/inbox/spool" "read $keys" "read $KP/run/addresses"
may work "read $KP/inbox/inbox.db" "write $KP/inbox/inbox.db" "create $KP/inbox/spool" "read $KP/store/kiezpost.db" "write $KP/store/kiezpost.db" \
  "create $KP/store/raw" "read $keys" "read $KP/run/addresses" "create $KP/run"
may send "read $KP/store/kiezpost.db" "write $KP/store/kiezpost.db" "create $KP/store/raw" "create $KP/letters"
may pictures
may publish "read $KP/store/kiezpost.db" "write $KP/store/kiezpost.db" "create $KP/store/raw" "read $KP/archive/index.html" "create $KP/archive"

# ---- charsets and zones, by mails through the whole of it
charset_mail() { # SUBJECT CHARSET WORDS
  printf 'From: eva@example.org\r\nTo: gruenau@kiez.example\r\nSubject: %s\r\nDate: Wed, 01 Jul 2026 10:00:00 +0000\r\nMessage-ID: <%s@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' "$1" "$1" "$2"
  iconv -f utf-8 -t "$2" <<<"$3" | sed 's/$/\r/'
}
charset_mail Westen iso-8859-1 'Straßenbäume übermäßig gefällt' | run deliver --from eva@example.org gruenau@kiez.example
charset_mail Osten koi8-r 'Доброе утро, соседи' | run deliver --from eva@example.org gruenau@kiez.example
ok "a mail in iso-8859-1 is published" wait_for 20 grep -rq 'Straßenbäume übermäßig gefällt' "$KP/archive"
ok "one in koi8-r too" wait_for 20 grep -rq 'Доброе утро, соседи' "$KP/archive"
letter_says() { local file; for file in $(letters_of udo@example.org); do python3 -c 'import email, email.policy, sys; m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default); sys.exit(sys.argv[2] not in m.get_body(("plain",)).get_content())' "$file" "$1" && return 0; done; return 1; }
ok "and both are sent as they were" wait_for 10 letter_says 'Straßenbäume übermäßig gefällt'
ok "both" wait_for 10 letter_says 'Доброе утро, соседи'
not_ok "nobody complained" grep -i 'denied\|not permitted\|WARNING' "$log"
stop_run

# ---- the sender with a mail server
rm "$try.said"
sed -i "s|^#*relay = .*|relay = smtp://127.0.0.1:$port|" "$KIEZPOST_CONFIG"
KIEZPOST_SANDBOX_TRY=$try run send --once 2>>"$log"
may send "read $KP/store/kiezpost.db" "write $KP/store/kiezpost.db" "create $KP/store/raw" "connect $port" "udp"
sed -i "s|^relay = .*|relay = maildir:letters|" "$KIEZPOST_CONFIG"

# ---- who cannot enter says so
cat >"$TEST_TMP/without.py" <<'PY'
# runs a command on a kernel that refuses Landlock (or, with "seccomp", further filters)
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
refused = {"landlock": 444, "seccomp": {"x86_64": 317, "aarch64": 277}.get(os.uname().machine, 317)}[sys.argv[1]]
code = [(0x20, 0, 0, 0), (0x15, 0, 1, refused), (0x06, 0, 0, 0x00050000 | 38), (0x06, 0, 0, 0x7fff0000)]
filters = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in code))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(filters)))
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, program, 0, 0): sys.exit("no filter: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[2], sys.argv[2:])
PY
for lack in landlock seccomp; do
  without() { python3 "$TEST_TMP/without.py" "$lack" "$KIEZPOST" "$@"; }
  for verb in work send publish; do
    is "without $lack $verb works" "$(status_of without "$verb" --once)" 0
    like "and says so loudly" "$(cat "$TEST_TMP/.last")" "*WARNING: $verb: the sandbox is not whole*KIEZPOST_SANDBOX=require*"
    is "where it is required $verb stops" "$(KIEZPOST_SANDBOX=require status_of without "$verb" --once)" 69
    like "with the reason" "$(cat "$TEST_TMP/.last")" "kiezpost: $verb: the sandbox is not whole: *"
  done
  is "where it is required lmtpd stops" "$(KIEZPOST_SANDBOX=require status_of timeout 10 python3 "$TEST_TMP/without.py" "$lack" "$KIEZPOST" lmtpd)" 69
  like "with the reason" "$(cat "$TEST_TMP/.last")" "kiezpost: lmtpd: the sandbox is not whole: *"
done
is "where it is required and there, all is well" "$(KIEZPOST_SANDBOX=require status_of run work --once)" 0
done_testing
