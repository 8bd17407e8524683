#!/usr/bin/env bash
# The command itself: one grammar, sentences for mistakes, and the verbs that make and describe an installation.
. "$(dirname "$0")/../support/tap.sh"
unset KIEZPOST_CONFIG KIEZPOST_NOW
export KIEZPOST_SHARE=$ROOT/share
out=$TEST_TMP/out err=$TEST_TMP/err D=$TEST_TMP/d

# try ARGUMENT…: runs kiezpost; leaves $status, and what it printed in $out and $err
try() { "$KIEZPOST" "$@" >"$out" 2>"$err" </dev/null; status=$?; }
quiet() { [ ! -s "$1" ]; }

# ---- usage ----------------------------------------------------------------------------------------------------------
try
is "without a verb the status is 64" "$status" 64
ok "the overview then goes to standard error" grep -q 'kiezpost VERB' "$err"
ok "and nothing to standard output" quiet "$out"

try --help
is "--help succeeds" "$status" 0
for verb in init run upgrade lmtpd deliver work send publish explain show queue list member import backup restore config keys check postfix; do
  ok "--help names $verb" grep -q "^  $verb " "$out"
  try "$verb" --help
  is "$verb --help succeeds" "$status" 0
  ok "and shows its usage" grep -q "^kiezpost $verb" "$out"
  try --help
done

try --version
is "--version succeeds" "$status" 0
like "and prints a version" "$(cat "$out")" 'kiezpost [0-9]*.[0-9]*'

try conifg
is "a misspelt verb is wrong usage" "$status" 64
like "and gets a suggestion" "$(cat "$err")" '*did you mean "config"*'
try frobnicate
is "an unknown verb is wrong usage" "$status" 64
like "and is told where the verbs stand" "$(cat "$err")" '*kiezpost --help*'
try --frob config
is "an unknown option before the verb is wrong usage" "$status" 64
try config --frob
is "an unknown option behind it, too" "$status" 64
like "which names the option" "$(cat "$err")" '*--frob*'
try config --config
is "an option that lacks its value is wrong usage" "$status" 64
try config --json=yes
is "a value for an option that takes none is wrong usage" "$status" 64
try config --now tomorrow
is "a moment that is none is bad input" "$status" 65
try config $'\xff'
is "an argument that is not UTF-8 is wrong usage" "$status" 64
try config --config "$TEST_TMP/none.conf"
is "a missing configuration has its own status" "$status" 78
like "and the sentence says how to make one" "$(cat "$err")" '*kiezpost init*'

# ---- init -----------------------------------------------------------------------------------------------------------
try init "$D"
is "init without a domain is wrong usage" "$status" 64
try init --domain kiez.example
is "init without a directory is wrong usage" "$status" 64
try init "$D" --domain 'kiez example'
is "init refuses a domain that is none" "$status" 78
not_ok "and leaves nothing behind" test -e "$D"
try init "$D" --domain kiez.example --district nowhere
not_ok "an unknown district is refused" test "$status" = 0
not_ok "and leaves nothing behind either" test -e "$D"
try init "$D" --domain $'kiez.example\n[send]\nrelay=smtp://evil.example'
is "a line break in a value does not become a setting" "$status" 64

try --now 2026-11-21T10:00:00+01:00 init --admin amt@bezirk.example --domain Kiez.Example "$D"
is "init works, options before and after" "$status" 0
[ "$status" = 0 ] || sed 's/^/# /' "$err"
like "it says what was made" "$(cat "$err")" '*20 regions and 47 lists of Treptow-Köpenick at kiez.example*'
ok "nothing of it on standard output" quiet "$out"
for file in kiezpost.conf keys/kiezpost.keys store/kiezpost.db inbox/inbox.db run/addresses archive; do ok "there is $file" test -e "$D/$file"; done
not_ok "nothing unfinished is left" test -e "$D/kiezpost.conf.unfinished"
is "the directory is for the owner and the group" "$(stat -c %a "$D")" 750
for name in keys store inbox; do is "$name is for the owner alone" "$(stat -c %a "$D/$name")" 700; done
is "the key file, too" "$(stat -c %a "$D/keys/kiezpost.keys")" 600
ok "the published addresses know a list" grep -q gruenau "$D/run/addresses"

before=$(find "$D" -type f -exec sha256sum {} + | sort)
try init "$D" --domain other.example
is "a second init is refused" "$status" 77
like "with a sentence that names the file" "$(cat "$err")" "*$D/kiezpost.conf already*"
is "and changes nothing" "$(find "$D" -type f -exec sha256sum {} + | sort)" "$before"

E=$TEST_TMP/e
mkdir -p "$E" && cp -r "$D/store" "$E/store"
try init "$E" --domain kiez.example
is "init does not adopt another installation's store" "$status" 77
is "and says which file is in the way" "$(grep -c 'kiezpost.db of another installation' "$err")" 1

# ---- whose files they are --------------------------------------------------------------------------------------------
if [ "$(id -u)" = 0 ]; then
  parent=$TEST_TMP; while [ "$parent" != / ]; do chmod o+x "$parent"; parent=$(dirname "$parent"); done
  G=$TEST_TMP/g
  install -d -o nobody -g nogroup -m 750 "$G"
  try init "$G" --domain kiez.example
  is "root makes an installation in a user's directory" "$status" 0
  is "and everything belongs to that user" "$(find "$G" ! -user nobody | wc -l)" 0
  try keys rotate --config "$G/kiezpost.conf"
  is "root's verbs write as that user" "$status" 0
  is "so that it still belongs to him" "$(find "$G" ! -user nobody | wc -l)" 0
  try init "$TEST_TMP/h" --domain kiez.example
  like "an installation of root's own is remarked upon" "$(cat "$err")" '*belongs to root*'
else
  try init "$TEST_TMP/h" --domain kiez.example
  is "a user makes an installation of his own" "$status" 0
  skip "root makes an installation in a user's directory" "root: needed"
fi

# ---- an init that was cut off ---------------------------------------------------------------------------------------
F=$TEST_TMP/f
KIEZPOST_CRASH_AT=durable-before-directory-sync:3 "$KIEZPOST" init "$F" --domain kiez.example >/dev/null 2>&1
if [ $? = 137 ]; then
  not_ok "an init that was killed leaves no configuration" test -e "$F/kiezpost.conf"
  try init "$F" --domain kiez.example
  is "and is finished by running it again" "$status" 0
  try keys --config "$F/kiezpost.conf"
  is "with keys that load" "$status" 0
else
  skip "an init that was killed is run again" "crash hooks: not in this build"
fi

# ---- config ---------------------------------------------------------------------------------------------------------
export KIEZPOST_CONFIG=$D/kiezpost.conf
try config
is "config works by \$KIEZPOST_CONFIG" "$status" 0
ok "a value of the file is marked" grep -qF '[municipality] domain = kiez.example  (file;' "$out"
ok "so is a default" grep -qF '[receive] size_limit = 40M  (default;' "$out"
ok "the admin was taken over" grep -qF '[municipality] admin = amt@bezirk.example' "$out"
ok "paths are absolute" grep -qF "[paths] store = $D/store" "$out"
try config send --json
is "config GROUP --json works" "$status" 0
ok "and is JSON with its keys" node -e 'const a = JSON.parse(require("fs").readFileSync(process.argv[1])); if (!a.every(s => s.group === "send" && s.key && s.from && s.about)) process.exit(1)' "$out"
try config weather
is "an unknown group is wrong usage" "$status" 64
ln -s "$D/kiezpost.conf" "$TEST_TMP/linked.conf"
try config --config="$TEST_TMP/linked.conf"
ok "paths count from the file that a link leads to" grep -qF "[paths] store = $D/store" "$out"
sed 's/^#size_limit/size_limt/' "$D/kiezpost.conf" >"$TEST_TMP/typo.conf"
try config --config "$TEST_TMP/typo.conf"
is "a misspelt setting is a fault of the configuration" "$status" 78
like "with a suggestion" "$(cat "$err")" '*did you mean "size_limit" in \[receive\]*'
sed 's/^#\([a-z]\)/\1/' "$D/kiezpost.conf" >"$TEST_TMP/all.conf"
try config --config "$TEST_TMP/all.conf"
is "every default that the new file shows may be written out" "$status" 0

# ---- keys -----------------------------------------------------------------------------------------------------------
try keys
is "keys shows" "$status" 0
like "the one that signs" "$(cat "$out")" '*token  0  since 2026-11-21  signs*'
secret=$(awk '/^token/ { print $5 }' "$D/keys/kiezpost.keys")
not_ok "but no secret" grep -q "$secret" "$out"
try keys rotate --now 2026-12-24T10:00:00Z
is "keys rotate works" "$status" 0
try keys show --json
ok "the new key signs, the old one verifies" node -e '
  const k = JSON.parse(require("fs").readFileSync(process.argv[1])).filter(k => k.kind === "token");
  if (k.length !== 2 || k[0].state !== "retired" || k[0].signs || !k[1].signs || k[1].number !== 1) process.exit(1)' "$out"
ok "the old secret is still there" grep -q "$secret" "$D/keys/kiezpost.keys"
chmod 644 "$D/keys/kiezpost.keys"
try keys
is "a key file that others may read is refused" "$status" 78
like "and the sentence says what to do" "$(cat "$err")" '*chmod 600*'
chmod 600 "$D/keys/kiezpost.keys"
try keys destroy
is "what keys cannot do is wrong usage" "$status" 64

# ---- postfix --------------------------------------------------------------------------------------------------------
try postfix
is "postfix prints lines" "$status" 0
for line in 'relay_domains = kiez.example' "transport_maps = inline:{ { kiez.example = lmtp:unix:$D/run/lmtp.sock } }" \
  "relay_recipient_maps = proxy:socketmap:unix:$D/run/map.sock:rcpt" 'recipient_delimiter = +' \
  'message_size_limit = 41943040' 'smtpd_forbid_bare_newline = yes'; do
  ok "postfix prints $line" grep -qxF "$line" "$out"
done
if command -v /usr/sbin/postmap >/dev/null; then
  checks=$(sed -n 's/^header_checks = //p' "$out")
  mkdir -p "$TEST_TMP/postfix" && : >"$TEST_TMP/postfix/main.cf" && : >"$TEST_TMP/postfix/master.cf"
  removed() { printf '%s\n' "$1" | /usr/sbin/postmap -c "$TEST_TMP/postfix" -hq - "$checks" 2>"$TEST_TMP/postmap.err" | grep -q IGNORE; }
  ok "Postfix removes a forged field" removed 'Authentication-Results: mx.kiez.example; dmarc=pass'
  ok "in capitals" removed 'AUTHENTICATION-RESULTS: MX.KIEZ.EXAMPLE; dmarc=pass'
  ok "behind a quote" removed 'Authentication-Results: "mx.kiez.example"; dmarc=pass'
  ok "behind a comment" removed 'Authentication-Results: (it; is) mx.kiez.example; dmarc=pass'
  not_ok "but not another server's" removed 'Authentication-Results: mx.elsewhere.example; dmarc=pass'
else
  skip "Postfix removes a forged field" "postfix: is not installed"
fi
sed "s|^#listen = .*|listen = tcp:127.0.0.1:2424|; s|^#socketmap = .*|socketmap = tcp:127.0.0.1:2425|" "$D/kiezpost.conf" >"$TEST_TMP/tcp.conf"
try postfix --config "$TEST_TMP/tcp.conf"
ok "TCP in Postfix's words" grep -qxF 'relay_recipient_maps = proxy:socketmap:inet:127.0.0.1:2425:rcpt' "$out"

# ---- run ------------------------------------------------------------------------------------------------------------
children_of() { ps -o pid= --ppid "$1" | wc -l; }
has_children() { [ "$(children_of "$1")" = "$2" ]; }
"$KIEZPOST" run >"$TEST_TMP/run.log" 2>&1 &
runner=$!
tap_children+=("$runner")
ok "run starts four parts" wait_for 10 has_children "$runner" 4
ok "the receiver's socket is there" wait_for 10 test -S "$D/run/lmtp.sock"
victim=$(ps -o pid=,args= --ppid "$runner" | awk '/ publish / { print $1 }')
kill -9 "$victim"
ok "a part that dies is named in the log" wait_for 10 grep -q 'publish was ended by signal 9 and starts again' "$TEST_TMP/run.log"
ok "and started again" wait_for 10 has_children "$runner" 4
parts=$(ps -o pid= --ppid "$runner")
try_for_a_while() { timeout -k 5 10 "$KIEZPOST" "$@" >"$out" 2>"$err"; status=$?; }
try_for_a_while run
is "a second run on the same files refuses at once" "$status" 75
like "and says why" "$(<"$err")" "*Another kiezpost run is running here*"
ok "the first one's parts live on" has_children "$runner" 4
kill -TERM "$runner"
wait "$runner"
is "run ends well after SIGTERM" "$?" 0
gone() { local part; for part in $parts; do ! kill -0 "$part" 2>/dev/null || return 1; done; }
ok "and so have all parts" gone
tap_children=()
"$KIEZPOST" run >"$TEST_TMP/run2.log" 2>&1 &
runner=$!
tap_children+=("$runner")
wait_for 10 has_children "$runner" 4
parts=$(ps -o pid= --ppid "$runner")
kill -9 "$runner"; wait "$runner" 2>/dev/null
ok "parts end even when run itself is killed" wait_for 15 gone
tap_children=()
done_testing
