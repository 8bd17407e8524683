# Faults of ours while everything runs: somebody else holds a database, keys and addresses go bad, directories go away, parts are killed,
# the mail server is away, the clock goes back. Mail is put off (4xx, 75), never refused and never lost, a sentence says what is wrong,
# and it goes on by itself when the fault is gone.
. "$(dirname "$0")/../support/running.sh"

running_district "$TEST_TMP/d" eva@example.org udo@example.org || { echo "not ok 1 - a district can be made"; exit 1; }
for rule in too_many loop; do run list set gruenau rule.$rule accept 2>/dev/null; done # one sender, hundreds of mails
log=$TEST_TMP/run.log
all_worked() { [ "$(inbox_rows)" = 0 ]; }
posted() { [[ " $(subjects) " == *" $1 "* ]]; }
taken() { rcpt_is gruenau@kiez.example "250 2.1.5"; }
# a mail is taken and posted: all is well again
well_again() { local subject=Wohl$RANDOM; wait_for 40 post_quietly "$subject" && wait_for 20 posted "$subject"; }
post_quietly() { post "$1" 2>/dev/null; }
holder=
# hold SECONDS HOW FILE: another process holds it
hold() {
  python3 - "$@" <<'PY' &
import sys, time, fcntl, sqlite3
seconds, how, file = float(sys.argv[1]), sys.argv[2], sys.argv[3]
if how == "flock":
    held = open(file, "a"); fcntl.flock(held, fcntl.LOCK_EX)
else:
    held = sqlite3.connect(file, timeout=20, isolation_level=None); held.execute("BEGIN IMMEDIATE")
open(file + ".held", "w").close()
time.sleep(seconds)
PY
  holder=$!
  wait_for 10 test -e "$3.held"; rm -f "$3.held"
}
let_go() { kill "$holder" 2>/dev/null; wait "$holder" 2>/dev/null; }

ok "everything starts" start_run
ok "and is well" well_again

# ---- busy databases
hold 2 flock "$KP/inbox/inbox.lock"
is "while the inbox is locked for a moment a mail waits for it" "$(posts Moment)" 0
let_go
hold 60 sqlite "$KP/inbox/inbox.db"
ok "while somebody writes the inbox for long a mail is put off" dot_is "451"
let_go
hold 60 sqlite "$KP/store/kiezpost.db"
is "while somebody writes the store a mail is taken" "$(posts Besetzt)" 0
is "a verb that writes says try again" "$(status_of run member add gruenau ada@example.org)" 75
like "in a sentence" "$(cat "$TEST_TMP/.last")" "kiezpost: kiezpost.db*"
ok "the worker says so too" wait_for 10 grep -q 'work.*kiezpost.db.*\(locked\|busy\)' "$log"
let_go
ok "then the mail is posted" wait_for 20 posted Besetzt
hold 60 flock "$KP/store/store.lock"
is "while the store's lock is held a mail is taken" "$(posts Verschlossen)" 0
ok "reading goes on" run show lists
let_go
ok "then it is posted" wait_for 20 posted Verschlossen
is "no mail was set aside" "$(run queue | grep -c '^i')" 0

# ---- keys
keys=$KP/keys/kiezpost.keys
token=gruenau+$("$TOOLS/make_token" "$keys" 1 7 0 0)@kiez.example
bad_keys() { # SENTENCE
  ok "$1: a recipient with a token is put off" rcpt_is "$token" "451 4.3.0"
  is "$1: the worker says so, 78" "$(status_of run work --once --config "$KP/second.conf")" 78
  like "$1: in a sentence that names the file" "$(cat "$TEST_TMP/.last")" "kiezpost: key file $keys*"
}
mkdir "$TEST_TMP/second" && sed "s|^#run = .*|run = $TEST_TMP/second|" "$KIEZPOST_CONFIG" >"$KP/second.conf"
cp -p "$keys" "$TEST_TMP/keys"
ok "a recipient with a token is taken" rcpt_is "$token" "250"
echo 'token 0 nonsense' >"$keys"
bad_keys "malformed keys"
cat "$TEST_TMP/keys" >"$keys"
ok "with the keys again it is taken" rcpt_is "$token" "250"
chmod 644 "$keys"
bad_keys "keys that others may read"
chmod 600 "$keys"
ok "private again it is taken" rcpt_is "$token" "250"
mv "$keys" "$keys.away"
bad_keys "no keys"
mv "$keys.away" "$keys"
ok "with the keys again it is taken" rcpt_is "$token" "250"
cp -p "$TEST_TMP/keys" "$keys.new" && mv "$keys.new" "$keys"
ok "replaced by a copy they are taken" wait_for 10 rcpt_is "$token" "250"
ok "all is well" well_again

# ---- the address file
addresses=$KP/run/addresses
cp "$addresses" "$TEST_TMP/addresses"
# the worker looks now and then, and may put them back at once
without_addresses() { rm -f "$addresses" && rcpt_is niemand@kiez.example "451"; }
ok "without addresses nobody is refused" wait_for 10 without_addresses
ok "and they come back by themselves" wait_for 10 taken
head -c 300 "$TEST_TMP/addresses" >"$addresses"
ok "torn ones come back too" wait_for 10 rcpt_is niemand@kiez.example "550 5.1.1"
ok "as they were" diff "$addresses" "$TEST_TMP/addresses"

# ---- directories that go away and come back
mv "$KP/inbox" "$KP/away"
ok "with the inbox renamed away a mail is put off" dot_is "45"
is "and deliver says 75" "$(posts Weg)" 75
mv "$KP/away" "$KP/inbox"
ok "when it is back all is well" well_again
cp -a "$KP/inbox" "$KP/copy"
rm -rf "$KP/inbox"
ok "with the inbox deleted a mail is put off" dot_is "45"
ok "a large one too" dot_is "45" "$large_text"
cp -a "$KP/copy" "$KP/inbox"
ok "with another inbox in its place all is well" well_again
mv "$KP/store" "$KP/away"
is "with the store renamed away mail is taken" "$(posts Ablage)" 0
ok "the worker says what it misses" wait_for 10 grep -q 'work.*kiezpost.db' "$log"
sleep 1
mv "$KP/away" "$KP/store"
ok "when it is back it is posted" wait_for 20 posted Ablage
cp -a "$KP/store" "$KP/copy.store" && mv "$KP/store" "$KP/old.store" && mv "$KP/copy.store" "$KP/store"
ok "with a copy of the store in its place all is well" well_again
letter_out() { [ "$(letters_titled udo@example.org Kopie)" = 1 ]; }
is "a mail is taken" "$(posts Kopie)" 0
ok "and sent from the new store" wait_for 20 letter_out
ok "and published" wait_for 20 grep -rq Kopie "$KP/archive"
rm -rf "$KP/archive"
is "with the archive deleted mail is taken" "$(posts Archivlos)" 0
ok "and published, when it is there again" wait_for 20 grep -rqs Archivlos "$KP/archive"

rm "$KP/run/lmtp.sock"
ok "with its socket deleted the receiver makes another one" well_again

# ---- parts that die
for verb in lmtpd work send publish; do
  pid=$(part "$verb")
  kill -9 "$pid"
  another() { local now; now=$(part "$verb"); [ -n "$now" ] && [ "$now" != "$pid" ]; }
  ok "$verb, killed, is started again" wait_for 20 another
done
ok "run says so" grep -q 'was ended by signal 9 and starts again' "$log"
ok "and all is well" well_again
pid=$(part lmtpd)
kill -9 "$runner"; wait "$runner" 2>/dev/null
gone() { ! kill -0 "$pid" 2>/dev/null; }
ok "when run itself is killed the parts end with it" wait_for 10 gone
ok "everything starts again" start_run
ok "and is well" well_again

# ---- told to stop while mail comes in over 20 connections
cat >"$TEST_TMP/pour.py" <<'PY'
# posts over 20 connections until each is told no; prints the Message-ID of every mail that was accepted
import socket, sys, threading
path, lock = sys.argv[1], threading.Lock()
def pour(n):
    try:
        s = socket.socket(socket.AF_UNIX); s.settimeout(30); s.connect(path); f = s.makefile("rb")
        def say(text, lines=1):
            s.sendall(text.encode()); answer = b""
            while True:
                answer = f.readline()
                if not answer or answer[3:4] != b"-": return answer
        f.readline(); say("LHLO x\r\n")
        for i in range(100000):
            m = f"pour.{n}.{i}@mail.example"
            body = "Guten Tag.\r\n" * (10 if i % 20 else 30000)
            if not say("MAIL FROM:<eva@example.org>\r\n").startswith(b"250"): return
            if not say("RCPT TO:<gruenau@kiez.example>\r\n").startswith(b"250"): return
            if not say("DATA\r\n").startswith(b"354"): return
            if say(f"From: eva@example.org\r\nMessage-ID: <{m}>\r\nSubject: Regen {n} {i}\r\nDate: Mon, 02 Mar 2026 10:15:00 +0100\r\n\r\n{body}.\r\n").startswith(b"250"):
                with lock: print(m, flush=True)
    except OSError: pass
threads = [threading.Thread(target=pour, args=(n,)) for n in range(20)]
for t in threads: t.start()
for t in threads: t.join()
PY
python3 "$TEST_TMP/pour.py" "$KP/run/lmtp.sock" >"$TEST_TMP/poured" &
pouring=$!
enough() { [ "$(wc -l <"$TEST_TMP/poured")" -gt 150 ]; }
wait_for 20 enough
stop_run
is "told to stop in the middle of 20 connections it ends well" $? 0
wait "$pouring"
ok "some were accepted ($(wc -l <"$TEST_TMP/poured"))" test -s "$TEST_TMP/poured"
ok "what waits is worked" run work --once
store "SELECT m.message_id FROM message m WHERE m.message_id LIKE 'pour.%'" | sort >"$TEST_TMP/there"
is "every accepted mail is there" "$(sort "$TEST_TMP/poured" | comm -23 - "$TEST_TMP/there" | wc -l)" 0
is "and none twice" "$(uniq -d "$TEST_TMP/there" | wc -l)" 0
is "no spool file stays" "$(find "$KP/inbox/spool" -type f | wc -l)" 0

# ---- the mail server is away
run send --once 2>>"$log"
cp "$KIEZPOST_CONFIG" "$TEST_TMP/plain.conf"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i "s|^#*relay = .*|relay = smtp://127.0.0.1:$port|; s|^#*starttls = .*|starttls = no|" "$KIEZPOST_CONFIG"
ok "with the mail server away everything starts" start_run
is "mail is taken" "$(posts Funkstille)" 0
ok "and posted" wait_for 10 posted Funkstille
ok "the sender says that nobody answers" wait_for 10 grep -q 'send.*127.0.0.1' "$log"
background "$TOOLS/smtp_sink" --port "$port" --journal "$TEST_TMP/journal"
ok "when it is back the letter goes out" wait_for 50 test -s "$TEST_TMP/journal"
sleep 1
is "once" "$(wc -l <"$TEST_TMP/journal")" 1
stop_run
cp "$TEST_TMP/plain.conf" "$KIEZPOST_CONFIG"

# ---- the clock goes back
local_post() { mail eva@example.org gruenau@kiez.example "$1" | KIEZPOST_NOW=$2 run deliver --local --from eva@example.org gruenau@kiez.example; }
at() { local now=$1; shift; KIEZPOST_NOW=$now run "$@" 2>>"$log"; }
local_post Morgen 2031-05-02T10:00:00+02:00 && at 2031-05-02T10:00:00+02:00 work --once
local_post Gestern 2031-05-01T10:00:00+02:00
ok "with the clock set back by a day the worker works" at 2031-05-01T10:00:00+02:00 work --once
ok "and the sender sends" at 2031-05-01T10:00:00+02:00 send --once
ok "and the publisher publishes" at 2031-05-01T10:00:00+02:00 publish --once
is "both letters are out" "$(letters_titled udo@example.org Morgen) $(letters_titled udo@example.org Gestern)" "1 1"
is "no number is given twice" "$(json "len(d) - len({t['url'] for t in d})" show threads gruenau)" 0

# ---- versions that do not fit
version() { python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute("PRAGMA user_version").fetchone()[0]); c.execute("PRAGMA user_version = " + sys.argv[2]); c.commit()' "$KP/$1" "$2"; }
was=$(version store/kiezpost.db 999)
for verb in work send publish run; do
  is "a store newer than the program: $verb ends with 78" "$(status_of run "$verb" --now 2031-05-02T10:00:00+02:00)" 78
  like "and says what to do" "$(cat "$TEST_TMP/.last")" "*999*newer*install*"
done
version store/kiezpost.db 0 >/dev/null
is "an older one: work ends with 78" "$(status_of run work --once)" 78
like "and says what to do" "$(cat "$TEST_TMP/.last")" "*older*upgrade*"
version store/kiezpost.db "$was" >/dev/null
was=$(version inbox/inbox.db 999)
for verb in lmtpd work run; do
  is "an inbox newer than the program: $verb ends with 78" "$(status_of timeout 20 "$KIEZPOST" "$verb")" 78
  like "and says what to do" "$(cat "$TEST_TMP/.last")" "*999*newer*install*"
done
version inbox/inbox.db "$was" >/dev/null
head -c 100000 /dev/urandom >"$TEST_TMP/noise"
cp "$KP/store/kiezpost.db" "$TEST_TMP/store.db"
cp "$TEST_TMP/noise" "$KP/store/kiezpost.db"
is "what is no database is refused" "$(status_of run work --once)" 74
like "and named" "$(cat "$TEST_TMP/.last")" "kiezpost: $KP/store/kiezpost.db*not a database*"
cp "$TEST_TMP/store.db" "$KP/store/kiezpost.db"

# ---- a store that may only be read
unshare=
for try in 'unshare -m' 'unshare -rm'; do [ -n "$unshare" ] || { $try true 2>/dev/null && unshare=$try; }; done
if [ -n "$unshare" ]; then
  local_post Lesen 2031-05-02T11:00:00+02:00
  only_reading() { $unshare sh -c 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"' - "$KP/store" "$@"; }
  is "on a disk that may only be read the worker ends, and not for good" "$(status_of only_reading "$KIEZPOST" work --once)" 75
  like "with a sentence" "$(cat "$TEST_TMP/.last")" "kiezpost: $KP/store/kiezpost.db*Read-only file system*"
  is "nothing is lost" "$(inbox_rows)" 1
  is "mail is taken" "$(mail eva@example.org gruenau@kiez.example Nur | status_of only_reading "$KIEZPOST" deliver --local --from eva@example.org gruenau@kiez.example)" 0
  ok "when it may be written all is worked" run work --once
  is "both are posted" "$(json "sum(1 for t in d if t['subject'] in ('Lesen', 'Nur'))" show threads gruenau)" 2
else
  skip "a store that may only be read" "sandbox: nothing can be mounted here"
fi
done_testing
