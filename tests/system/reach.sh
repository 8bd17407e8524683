# Video rooms from end to end: an event by video, kiezpost reach at a BigBlueButton server of ours that checks checksums and parameters
# as the API's documentation says, and links that open the room. And all that can go wrong on the way.
. "$(dirname "$0")/../support/tap.sh"
command -v node >/dev/null || skip_all "node: is not installed"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
export KIEZPOST_REPLY_SECONDS=2
run() { "$KIEZPOST" "$@"; }
at() { export KIEZPOST_NOW=$1; }
log=$TEST_TMP/log archive=$TEST_TMP/d/archive secret=639259d4-9dd8-4b25-bf01-95f9567eaf4b
json() { local expression=$1; shift; run "$@" --json 2>"$TEST_TMP/err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1; }
pass() { run work --once 2>>"$log"; run send --once 2>>"$log"; }
passes() { local now; for now; do at "$now"; pass; done; }
reach() { run reach --once 2>>"$log"; }
vouched() { # FROM TO SUBJECT TEXT
  printf 'Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\r\nFrom: <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@x.example>\r\nDate: Mon, 2 Mar 2026 10:10:00 +0100\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n' \
    "${1#*@}" "$1" "$2" "$3" "$((mail_count = mail_count + 1))" "$4" | run deliver --local --from "$1" "$2" 2>>"$log"
  pass
}
letter() { # ADDRESS WORDS: the text of the youngest letter that holds them in its subject
  python3 - "$TEST_TMP/d/letters/$1/new" "$2" <<'PY'
import email, email.policy, glob, os, sys
found = []
for name in glob.glob(os.path.join(sys.argv[1], "*")):
    with open(name, "rb") as f: m = email.message_from_binary_file(f, policy=email.policy.default)
    if sys.argv[2] in str(m["Subject"]): found.append((os.stat(name).st_mtime_ns, name, m))
if not found: sys.exit("no letter")
m = sorted(found, key=lambda x: x[:2])[-1][2]
print("FROM", m["From"].addresses[0].addr_spec)
print(m.get_body(("plain",)).get_content())
for part in m.walk():
    if part.get_content_type() == "text/calendar": print("ICS", part.get_content().replace("\r\n ", "").replace("\n ", ""))
PY
}
answer() { vouched "$1" "$(letter "$1" "$2" | sed -n 's/^FROM //p')" "Re: Ihre Mail" "$3"; } # ADDRESS SUBJECT TEXT
link() { letter "$1" "$2" | grep -o 'http[^ ]*/api/join?[^ ]*' | head -n 1; } # ADDRESS SUBJECT
calls() { python3 -c "
import json
d = [json.loads(line) for line in open('$1/calls')] if __import__('os').path.exists('$1/calls') else []
c = [x for x in d if x['call'] == 'create']
print($2)" 2>&1; }
open_link() { node -e "require('http').get(process.argv[1], (r) => { let t = ''; r.on('data', (d) => t += d); r.on('end', () => console.log((/<(?:messageKey)>(.*)</.exec(t) || [])[1], (/<name>(.*)</.exec(t) || [])[1], (/<role>(.*)</.exec(t) || [])[1])); })" "$1"; }

server=$TEST_TMP/server
mkdir -p "$server"
echo "$secret" >"$server/secret"
node "$ROOT/tests/support/bbb_server.js" "$server" 2>"$server/err" &
tap_children+=($!)
wait_for 10 test -s "$server/port" || { echo "not ok 1 - the server starts"; cat "$server/err"; exit 1; }
port=$(cat "$server/port")
echo "$secret" >"$TEST_TMP/d/bbb.secret"
chmod 600 "$TEST_TMP/d/bbb.secret"
set_video() { # LINES: the group [video] of the configuration
  python3 - "$KIEZPOST_CONFIG" "$1" <<'PY'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r"(?ms)^\[video\]\n.*?(?=^\[|\Z)", "", text)
open(sys.argv[1], "w").write(text + "\n[video]\n" + sys.argv[2])
PY
}

at 2026-03-02T10:15:00+01:00
for address in anna@web.example bert@post.example; do run member add gruenau "$address" --name "${address%@*} Muster"; done 2>/dev/null
is "where no server is named reach has nothing to do" "$(status_of run reach --once)" 0
set_video "bbb_url = http://127.0.0.1:$port/bigbluebutton
secret_file = bbb.secret
"
like "the configuration says what is in force" "$(run config video)" "*bbb_url*127.0.0.1*secret_file*checksum*sha256*"
unlike "and keeps the secret" "$(run config video)" "*$secret*"

# ---- an event by video
vouched anna@web.example gruenau@kiez.example "Sitzung & Kaffee" "Hallo zusammen,

am Samstag, 16. Mai 2026, 15 bis 18 Uhr ist Sitzung im Segelfliegerdamm 12, auch per Video.

Anna"
at 2026-03-02T11:15:00+01:00
is "a draft opens no room" "$(run queue list 2>/dev/null)" ""
answer anna@web.example "Stimmt das so?" "Ja"
like "the yes leaves a job" "$(run queue list)" "j1  2026-03-02T11:15  waiting, \"video room of event 2026/1\": It waits for \`kiezpost reach\`."
is "which says nothing secret" "$(python3 -c "import sqlite3; print([r for r in sqlite3.connect('$TEST_TMP/d/store/kiezpost.db').execute('SELECT * FROM job') if '$secret' in str(r) or 'PW' in str(r)])")" "[]"
reach
is "one call was made, signed and written as documented" "$(calls "$server" "[(x['good'], x['error'], x['method'], x['path']) for x in d]")" "[(True, '', 'GET', '/bigbluebutton/api/create')]"
is "with these parameters" "$(calls "$server" "sorted(c[0]['parameters'])")" "['attendeePW', 'checksum', 'meetingID', 'moderatorPW', 'name', 'record']"
is "the name is the event's" "$(calls "$server" "c[0]['parameters']['name'], c[0]['parameters']['record'], len(c[0]['parameters']['checksum'])")" "Sitzung & Kaffee false 64"
reach
is "it is not called again" "$(calls "$server" "len(c)")" 1
passes 2026-03-02T11:16:00+01:00 2026-03-02T11:17:00+01:00 2026-03-02T11:18:00+01:00
is "nothing waits any more" "$(run queue list 2>/dev/null)" ""
invitation=$(letter bert@post.example "16. Mai 2026")
like "who is invited reads the number to dial" "$invitation" "*Per Telefon: 030 90297 1234, PIN 70757*"
bert=$(link bert@post.example "16. Mai 2026") anna=$(link anna@web.example "16. Mai 2026")
is "a guest's link opens the room for them as a guest" "$(open_link "$bert")" "successfullyJoined bert Muster VIEWER"
is "an organiser's link leads it" "$(open_link "$anna")" "successfullyJoined Anna MODERATOR"
is "a changed link opens nothing" "$(open_link "${bert/role=VIEWER/role=MODERATOR}" | cut -d' ' -f1)" "checksumError"
like "the calendar has it" "$invitation" "*CONFERENCE;VALUE=URI;FEATURE=VIDEO:$bert*CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:030902971234*"
run publish --once 2>>"$log"
not_grep() { ! grep -rqF -- "$1" "${@:2}"; }
for piece in "127.0.0.1:$port" kiez- join? 70757 "90297"; do
  case $piece in kiez-) piece=$(calls "$server" "c[0]['parameters']['meetingID']") ;; esac
  ok "no page and no calendar of the public has \"${piece:0:20}\"" not_grep "$piece" "$archive"
done
ok "pages are there" grep -rq "Segelfliegerdamm 12" "$archive/termine"

# ---- shortly before, and a process that dies
at 2026-05-16T14:35:00+02:00; pass
is "not yet" "$(calls "$server" "len(c)")" 1
touch "$server/forget" # nobody came in the meantime: the server has cleared it away
at 2026-05-16T14:41:00+02:00; pass
KIEZPOST_CRASH_AT=reach.called run reach --once 2>>"$log"
is "reach dies between the call and its commit" "$(calls "$server" "len(c)")" 2
reach
is "the next one makes the very same call" "$(calls "$server" "len(c), c[1]['query'] == c[2]['query'], c[1]['good'], c[2]['error']")" "3 True True "
is "and there is one meeting" "$(python3 -c "import json; print(len(json.load(open('$server/meetings'))))")" 1
is "with the PIN of the invitation, and open as long as the event" "$(calls "$server" "c[2]['parameters']['voiceBridge'], c[2]['parameters']['meetingExpireIfNoUserJoinedInMinutes']")" "70757 230"
is "the links of the invitation open it" "$(open_link "$bert")" "successfullyJoined bert Muster VIEWER"
pass
is "nothing waits" "$(run queue list 2>/dev/null)" ""
at 2026-05-16T14:46:00+02:00; pass; reach
is "it is kept open, with the same words" "$(calls "$server" "len(c), c[3]['query'] == c[2]['query']")" "4 True"

# ---- what goes wrong: tried again later, with a sentence
try() { # MODE MINUTE WANTED: one attempt in that mode, as queue shows it
  echo "$1" >"$server/mode"
  at "2026-05-16T$2:00+02:00"; pass; reach
  like "$1: it is tried again" "$(run queue list)" "*It is tried again at 2026-05-16*$3*"
}
at 2026-05-16T14:47:00+02:00; pass
try 500 14:52 "answers with HTTP status 500."
try garbage 14:57 "not as BigBlueButton does"
try html 15:02 "not as BigBlueButton does"
try slow 15:07 "does not answer within 2 seconds."
try hang-up 15:12 "hangs up without an answer."
try redirect 15:17 "answers with HTTP status 302."
try huge 15:22 "longer than any we expect."
try busy 15:27 "No server is free. (internalError)"
is "a redirection is not followed" "$(calls "$server" "[x for x in d if 'elsewhere' in x['path']]")" "[]"
echo ok >"$server/mode"
at 2026-05-16T15:32:00+02:00; pass; reach; pass
is "when the server is well again so are we" "$(run queue list 2>/dev/null)" ""
like "who organises it had read of none of it: each passed in time" "$(letter anna@web.example "geht nicht auf" 2>&1)" "no letter"

# ---- given up, told, released
at 2026-05-16T15:40:00+02:00; pass
echo wrong >"$TEST_TMP/d/bbb.secret"
reach; pass
like "a wrong secret is given up at once, with what to do" "$(run queue list)" "*aside, \"video room of event 2026/1\": It was given up.*checksumError*bbb-conf --secret*"
like "the same as JSON" "$(json "[(x['id'], x['state'], x['attempts']) for x in d]" queue list)" "[[]('j*', 'aside', 1)[]]"
like "who organises it is told" "$(letter anna@web.example "geht nicht auf")" "*lässt sich gerade nicht öffnen*Video: https://*"
like "so is the admin" "$(letter postmaster@localhost "Ein anderer Server")" "*event 2026/1*checksumError*"
not_ok "guests are not" letter bert@post.example "geht nicht auf"
echo "$secret" >"$TEST_TMP/d/bbb.secret"
job=$(json "d[0]['id']" queue list)
ok "the operator lets it be tried again" run queue release "$job"
reach; pass
is "and it works" "$(run queue list 2>/dev/null)" ""
like "which is told, too" "$(letter anna@web.example "doch da")" "*jetzt doch offen*"

# ---- called off
at 2026-05-16T15:50:00+02:00; pass
before=$(calls "$server" "len(c)")
ok "an operator calls it off while a job waits" run event cancel 2026/1
reach
is "nothing is called for what does not take place" "$(calls "$server" "len(c)")" "$before"
is "nor waits" "$(run queue list 2>/dev/null)" ""
passes 2026-05-16T15:51:00+02:00 2026-05-16T15:52:00+02:00 2026-05-16T16:30:00+02:00; reach
is "later neither" "$(calls "$server" "len(c)")" "$before"

# ---- certificates, and other checksums
secure=$TEST_TMP/secure
mkdir -p "$secure"
echo "$secret" >"$secure/secret"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "subjectAltName=DNS:localhost" -keyout "$secure/key" -out "$secure/cert" 2>/dev/null
node "$ROOT/tests/support/bbb_server.js" "$secure" "$secure/cert" "$secure/key" 2>"$secure/err" &
tap_children+=($!)
wait_for 10 test -s "$secure/port"
secure_url=https://localhost:$(cat "$secure/port")/bigbluebutton/api
set_video "bbb_url = $secure_url
secret_file = bbb.secret
checksum = sha1
"
at 2026-06-01T10:00:00+02:00
vouched anna@web.example gruenau@kiez.example "Lesekreis" "Hallo zusammen, am Samstag, 13. Juni 2026, 15 bis 18 Uhr ist Lesekreis, nur online. Anna"
at 2026-06-01T11:00:00+02:00
answer anna@web.example "Stimmt das so? Lesekreis" "Ja"
reach
like "a certificate that nobody vouches for is none" "$(run queue list)" "*The certificate of localhost:* cannot be verified: *ca_file*"
is "nothing was said to that server" "$(calls "$secure" "len(d)")" 0
set_video "bbb_url = $secure_url
secret_file = bbb.secret
checksum = sha1
ca_file = $secure/cert
dial_number = 030 1234
"
at 2026-06-01T11:01:00+02:00
reach
is "with its authority named it is spoken to, by SHA-1, with the number of the configuration" "$(calls "$secure" "[(x['good'], x['error'], len(x['parameters']['checksum']), x['parameters'].get('dialNumber')) for x in c]")" "[(True, '', 40, None)]"
passes 2026-06-01T11:02:00+02:00 2026-06-01T11:03:00+02:00 2026-06-01T11:04:00+02:00
like "the number of the configuration is the one in the letter" "$(letter bert@post.example "Lesekreis")" "*Per Telefon: 030 1234, PIN 70757*"
chmod 644 "$TEST_TMP/d/bbb.secret"
is "a secret that lies open is a fault of the configuration" "$(status_of run reach --once)" 78
like "and is said in a sentence" "$(cat "$TEST_TMP/.last")" "*chmod 600*bbb.secret*"
chmod 600 "$TEST_TMP/d/bbb.secret"

# ---- the sandbox
if KIEZPOST_SANDBOX=require run reach --once 2>"$TEST_TMP/sandbox"; then
  printf '%s\n' "read $TEST_TMP/d/store/kiezpost.db" "write $TEST_TMP/d/store/kiezpost.db" "connect $port" "read $TEST_TMP/d/bbb.secret" \
    "read $TEST_TMP/d/keys/kiezpost.keys" "read $TEST_TMP/d/inbox/inbox.db" "create $TEST_TMP/d/archive" "create $TEST_TMP" "exec /bin/true" "listen" >"$TEST_TMP/try"
  KIEZPOST_SANDBOX_TRY=$TEST_TMP/try run reach --once 2>>"$log"
  is "reach reads and writes the store, connects, and may nothing else" "$(sed -n 's/^reach \(.*\): allowed$/\1/p' "$TEST_TMP/try.said" | sed "s|$TEST_TMP/d/||; s|$port|PORT|" | tr '\n' ';')" \
    "read store/kiezpost.db;write store/kiezpost.db;connect PORT;"
else
  skip "reach reads and writes the store, connects, and may nothing else" "sandbox: $(tail -n 1 "$TEST_TMP/sandbox")"
fi

# ---- who has libcurl, and what stands in logs
not_ok "the program is not linked with libcurl" sh -c "ldd '$KIEZPOST' | grep -i curl"
not_ok "nor with anything of it in the files of the others" grep -rlE 'curl/curl.h|libcurl-gnutls' "$ROOT/lib" "$ROOT/lists" "$ROOT/web-archive" --include=*.c --include=*.h
is "one file knows it" "$(grep -rl 'curl/curl.h' "$ROOT/mta-hooks" --include=*.c)" "$ROOT/mta-hooks/reach/http_client.c"
unset KIEZPOST_NOW
"$KIEZPOST" run 2>>"$log" &
runner=$!
tap_children+=("$runner")
verb_of() { tr '\0' ' ' <"/proc/$1/cmdline" | cut -d' ' -f2; }
parts() { local pid; for pid in $(cat "/proc/$runner/task/$runner/children"); do verb_of "$pid"; done | sort | tr '\n' ' '; }
runs_all() { [ "$(parts)" = "lmtpd publish reach send work " ]; }
ok "where a server is named, run starts reach as well" wait_for 20 runs_all
loads() { local pid; for pid in $(cat "/proc/$runner/task/$runner/children"); do grep -q 'libcurl' "/proc/$pid/maps" && verb_of "$pid"; done; }
has_loaded() { [ "$(loads)" = reach ]; }
ok "which alone has libcurl in its memory" wait_for 20 has_loaded
kill "$runner" 2>/dev/null
wait "$runner"
for piece in "$secret" "checksum=" "moderatorPW" "meetingID" "kiez-" "anna@" "bert@"; do ok "no log says \"$piece\"" not_grep "$piece" "$log"; done
done_testing
