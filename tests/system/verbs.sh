# The operator's verbs while everything runs: what they change is in force at once, for the next mail, without a new start of anything.
. "$(dirname "$0")/../support/running.sh"
running_district "$TEST_TMP/d" eva@example.org udo@example.org || { echo "not ok 1 - a district can be made"; exit 1; }
log=$TEST_TMP/run.log
ok "everything starts" start_run KIEZPOST_SANDBOX=require
pids() { for verb in lmtpd work send publish; do part "$verb"; done | paste -sd' '; }
was=$(pids)
post_to() { mail "$2" "$1@kiez.example" "$3" "${4:-Guten Tag.}" | run deliver --from "$2" "$1@kiez.example"; }
got() { [ "$(letters_titled "$1" "$2")" = "${3:-1}" ]; }
taken() { rcpt_is "$1@kiez.example" "250 2.1.5"; }
unknown() { rcpt_is "$1@kiez.example" "550 5.1.1"; }
settled() { wait_for 10 is_idle; }

# ---- members
run member add gruenau ada@example.org --name Ada 2>/dev/null
post_to gruenau eva@example.org Eins
ok "a member who was just added gets the next mail" wait_for 10 got ada@example.org Eins
is "and may write at once" "$(post_to gruenau ada@example.org Zwei; echo $?)" 0
ok "to all" wait_for 10 got udo@example.org Zwei
run member set gruenau udo@example.org --delivery none 2>/dev/null
post_to gruenau eva@example.org Drei
ok "one who wants no mails" wait_for 10 got ada@example.org Drei
settled
ok "gets none from now on" got udo@example.org Drei 0
run member set gruenau udo@example.org --delivery each 2>/dev/null
run member remove gruenau ada@example.org 2>/dev/null
post_to gruenau eva@example.org Vier
ok "one who wants them again gets the next" wait_for 10 got udo@example.org Vier
settled
ok "one who was removed gets none" got ada@example.org Vier 0
post_to gruenau ada@example.org Fuenf
ok "and no longer writes to all: it is held" wait_for 10 sh -c "'$KIEZPOST' queue | grep -q '^h'"
settled
ok "it was not sent" got udo@example.org Fuenf 0

# ---- the queue
hold=$(run queue | grep -o '^h[0-9]*' | head -n 1)
ok "the held mail is looked at" run queue show "$hold"
ok "and let go" run queue release "$hold"
ok "and sent at once" wait_for 10 got udo@example.org Fuenf
ok "and published" wait_for 10 grep -rq Fuenf "$KP/archive"
post_to gruenau fremd@example.org Sechs
ok "a stranger's mail is held" wait_for 10 sh -c "'$KIEZPOST' queue | grep -q '^h'"
hold=$(run queue | grep -o '^h[0-9]*' | head -n 1)
ok "and dropped" run queue drop "$hold"
is "the queue is empty" "$(run queue 2>/dev/null | grep -c '^[hil][0-9]')" 0

# ---- lists
ok "a list that is not there is refused" unknown schach
ok "it is made" run list create schach --kind group --title Schach --alias brettspiele --archive none
run list set schach rule.unauthenticated accept 2>/dev/null # no mail server here vouches for anybody
ok "and its address is taken within a moment" wait_for 3 taken schach
ok "its alias too" wait_for 3 taken brettspiele
for who in eva udo; do run member add schach "$who@example.org" 2>/dev/null; done
post_to brettspiele eva@example.org Rochade
ok "mail to the alias reaches its members" wait_for 10 got udo@example.org Rochade
settled
not_ok "a list without an archive has no public byte" grep -rqi 'schach\|rochade' "$KP/archive"
ok "its archive is opened" run list set schach archive public
post_to schach eva@example.org Gambit
ok "from now on it is published" wait_for 10 grep -rq Gambit "$KP/archive"
ok "and closed again" run list set schach archive none
nothing_public() { ! grep -rqi 'gambit\|schach' "$KP/archive"; }
ok "and within a moment there is no public byte of it" wait_for 10 nothing_public
ok "who may write is changed" run list set schach posting moderators
post_to schach udo@example.org Matt
ok "a member's mail is held now" wait_for 10 sh -c "'$KIEZPOST' queue | grep -q '^h'"
ok "a tag is set" run list set gruenau subject-tag Kiez
post_to gruenau eva@example.org Sieben
ok "and stands in the next mail's subject" wait_for 10 got udo@example.org '[Kiez] Sieben'
ok "the list is removed" run list remove schach
ok "and its address refused within a moment" wait_for 3 unknown schach
ok "its alias too" wait_for 3 unknown brettspiele

# ---- keys
ok "the keys are rotated" run keys rotate
fresh=gruenau+$("$TOOLS/make_token" "$KP/keys/kiezpost.keys" 1 7 0 0)@kiez.example
ok "addresses signed with the new one are taken at once" rcpt_is "$fresh" "250 2.1.5"
old=$(cat "$KP"/letters/udo@example.org/new/* | grep -o 'Return-Path: <[^>]*' | head -n 1 | sed 's/.*<//')
ok "those of letters sent before still are" rcpt_is "$old" "250 2.1.5"
post_to gruenau eva@example.org Acht
ok "and the next mail goes out" wait_for 10 got udo@example.org '[Kiez] Acht'
signer=$(grep -l 'Acht' "$KP"/letters/udo@example.org/new/* | head -n 1)
ok "with an address that is taken" rcpt_is "$(grep -o 'Return-Path: <[^>]*' "$signer" | sed 's/.*<//')" "250 2.1.5"

# ---- many changes at once, while mail comes in
"$TOOLS/lmtp_load" -c 4 -n 300 -f eva@example.org -s 3000 "$(socket)" >"$TEST_TMP/load" &
loading=$!
failed=0
for i in $(seq 1 30); do run member add gruenau "neu$i@example.org" >/dev/null 2>&1 || failed=$((failed + 1)); done
for i in $(seq 1 30); do run member set gruenau "neu$i@example.org" --delivery none >/dev/null 2>&1 || failed=$((failed + 1)); done
wait "$loading"
is "mails pour in and none is refused" "$(sed 's/ seconds.*//' "$TEST_TMP/load")" "accepted=300 refused=0"
is "sixty changes meanwhile all succeed" "$failed" 0
ok "and all is worked" wait_for 30 is_idle
is "the list counts its members right" "$(store "SELECT members, receiving FROM list WHERE name = 'gruenau'")" "32 2"
is "nothing was started anew for any of it" "$(pids)" "$was"
stop_run
is "and it ends well" $? 0
done_testing
