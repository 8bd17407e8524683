# A full disk, below the inbox, the store, the archive in turn: mails are put off (4xx, 75), nothing that was accepted is lost, and
# everything goes on by itself when there is room again. The small disk is a tmpfs in a mount namespace of this test.
if [ -z "${KIEZPOST_TEST_MOUNTS:-}" ]; then
  for unshare in 'unshare -m' 'unshare -rm'; do
    $unshare sh -c 'mount -t tmpfs none /mnt' 2>/dev/null && KIEZPOST_TEST_MOUNTS=1 exec $unshare bash "$0" "$@"
  done
fi
. "$(dirname "$0")/../support/running.sh"
[ -n "${KIEZPOST_TEST_MOUNTS:-}" ] || skip_all "sandbox: no small disk can be mounted here"

# small_disk DIR SIZE: what is in DIR moves to a disk of that size; large_disk DIR: and back
small_disk() {
  mkdir "$TEST_TMP/move" && cp -a "$1/." "$TEST_TMP/move" && mount -t tmpfs -o "size=$2,mode=700" none "$1" && cp -a "$TEST_TMP/move/." "$1" && rm -r "$TEST_TMP/move"
}
large_disk() {
  mkdir "$TEST_TMP/move" && cp -a "$1/." "$TEST_TMP/move" && umount "$1" && cp -a "$TEST_TMP/move/." "$1" && rm -r "$TEST_TMP/move"
}
fill() { cat /dev/zero >"$1/fill" 2>/dev/null; test "$(df --output=avail "$1" | tail -n 1)" -eq 0; }
room() { rm -f "$1/fill"; }
all_worked() { [ "$(inbox_rows)" = 0 ]; }
messages() { store "SELECT count(*) FROM message"; }
handled() { store "SELECT count(*) FROM handled"; }

running_district "$TEST_TMP/d" eva@example.org udo@example.org || { echo "not ok 1 - a district can be made"; exit 1; }

# ---- the inbox
ok "the inbox comes to a small disk" small_disk "$KP/inbox" 64m
ok "everything starts" start_run
is "a mail is taken" "$(posts Vorher)" 0
ok "and worked" wait_for 10 sh -c "grep -q outcome=posted '$TEST_TMP/run.log'"
ok "the disk is full" fill "$KP/inbox"
is "a small mail is put off" "$(posts Klein)" 75
is "a large one too" "$(posts Gross "$(large_body)")" 75
ok "by LMTP with 4xx before it is sent" data_is "452 4.3.1"
ok "recipients are still answered" rcpt_is gruenau@kiez.example "250 2.1.5"
ok "unknown ones too" rcpt_is niemand@kiez.example "550 5.1.1"
ok "the log says that mail is put off" said "put off (4xx)"
is "no spool file is left" "$(find "$KP/inbox/spool" -type f | wc -l)" 0
room "$KP/inbox"
is "with room again a mail is taken" "$(posts Nachher)" 0
is "a large one too" "$(posts Gross "$(large_body)")" 0
ok "and all are worked" wait_for 10 all_worked
is "those that were accepted, once each" "$(subjects)" "Gross Nachher Vorher"

stop_run
ok "the inbox comes back to a large disk" large_disk "$KP/inbox"

# ---- the store
ok "the store comes to a small disk" small_disk "$KP/store" 24m
ok "everything starts" start_run
ok "what waits is worked" wait_for 10 all_worked
ok "and sent" wait_for 10 is_idle
ok "the disk is full" fill "$KP/store"
is "mail is taken all the same" "$(posts Voll)" 0
is "a large one too" "$(posts 'Voll und gross' "$(large_body)")" 0
ok "the worker says why it cannot go on" wait_for 10 said "outcome=again"
both_say_why() { [ "$(grep outcome=again "$TEST_TMP/run.log" | grep -c 'No space left\|full')" -ge 2 ]; }
ok "both of them, in sentences" wait_for 20 both_say_why
both_wait() { [ "$(inbox_rows)" = 2 ]; }
ok "both wait in the inbox" both_wait
is "a verb that reads works" "$(status_of run show threads gruenau)" 0
is "one that writes says 75" "$(status_of run member add gruenau ada@example.org)" 75
room "$KP/store"
ok "with room again both are worked" wait_for 20 all_worked
like "and posted" "$(subjects)" "*Voll Voll und gross*"
ok "and sent" wait_for 10 is_idle
is "once to each" "$(letters_titled udo@example.org Voll)" 2
is "with no attempt counted against them" "$(run queue | grep -c '^i')" 0
stop_run

# ---- the store is full when letters go out
mail eva@example.org gruenau@kiez.example 'Gegen den Strom' | run deliver --local --from eva@example.org gruenau@kiez.example
run work --once 2>>"$TEST_TMP/run.log"
is "a letter is due" "$(due)" 1
cp "$KIEZPOST_CONFIG" "$TEST_TMP/plain.conf"
background "$TOOLS/smtp_sink" --port-file "$TEST_TMP/port" --journal "$TEST_TMP/journal"
wait_for 5 test -s "$TEST_TMP/port"
sed -i "s|^#*relay = .*|relay = smtp://127.0.0.1:$(cat "$TEST_TMP/port")|; s|^#*starttls = .*|starttls = no|" "$KIEZPOST_CONFIG"
ok "the disk is full" fill "$KP/store"
background "$KIEZPOST" send 2>>"$TEST_TMP/run.log"
sender=$!
sleep 4
ok "a sent letter that cannot be marked is not sent again and again" test "$(wc -l <"$TEST_TMP/journal")" -le 1
room "$KP/store"
nothing_due() { [ "$(due)" = 0 ]; }
ok "with room again it is marked" wait_for 10 nothing_due
is "and was sent once" "$(wc -l <"$TEST_TMP/journal")" 1
kill "$sender"; wait "$sender"
cp "$TEST_TMP/plain.conf" "$KIEZPOST_CONFIG"
ok "the store comes back to a large disk" large_disk "$KP/store"

# ---- the archive
run publish --once 2>>"$TEST_TMP/run.log"
ok "the archive comes to a small disk" small_disk "$KP/archive" 16m
ok "everything starts" start_run
ok "the disk is full" fill "$KP/archive"
is "mail is taken" "$(posts 'Voller Schrank')" 0
ok "and worked" wait_for 10 all_worked
ok "and sent" wait_for 10 is_idle
ok "the publisher says why it cannot go on" wait_for 10 grep -q 'publish.*No space left' "$TEST_TMP/run.log"
is "and leaves no half a page" "$(find "$KP/archive" -name '.tmp*' | wc -l)" 0
not_ok "the page is not there" grep -rq 'Voller Schrank' "$KP/archive"
room "$KP/archive"
ok "with room again it is there" wait_for 15 grep -rq 'Voller Schrank' "$KP/archive"
nothing_stale() { [ "$(store 'SELECT count(*) FROM stale')" = 0 ]; }
ok "and nothing is stale" wait_for 10 nothing_stale
stop_run
ok "the archive comes back to a large disk" large_disk "$KP/archive"
cp -r "$KP/archive" "$TEST_TMP/archive.was" && rm -rf "$KP/archive" && run publish --rebuild 2>>"$TEST_TMP/run.log"
ok "and equals a rebuild" diff -r "$TEST_TMP/archive.was" "$KP/archive"

# ---- files that may not grow (RLIMIT_FSIZE), for every part
limited() { bash -c 'ulimit -f "$1" && shift && exec "$KIEZPOST" "$@"' - "$@"; }
run work --once 2>>"$TEST_TMP/run.log"
background bash -c 'ulimit -f 200 && exec "$KIEZPOST" lmtpd' 2>>"$TEST_TMP/run.log"
lmtpd=$!
wait_for 10 rcpt_is gruenau@kiez.example "250 2.1.5"
ok "a mail beyond the limit is put off" dot_is "45" "$large_text"
is "a small one is taken" "$(posts Begrenzt)" 0
for i in 1 2 3 4 5; do posts "Begrenzt $i" "$(large_body 150000)" >>"$TEST_TMP/limited"; done
ok "until the inbox may not grow: put off, and nothing else" not grep -vx '0\|75' "$TEST_TMP/limited"
ok "the receiver lives on" kill -0 "$lmtpd"
kill "$lmtpd"; wait "$lmtpd"
is "and ends well" $? 0
count=$(inbox_rows)
ok "something waits ($count)" test "$count" -gt 0
is "the worker beyond the limit says try again" "$(status_of limited 8 work --once)" 75
like "in a sentence" "$(cat "$TEST_TMP/.last")" "*kiezpost: *"
is "and nothing is lost" "$(inbox_rows)" "$count"
is "a verb that writes as well" "$(status_of limited 8 member add gruenau ida@example.org)" 75
ok "without the limit all of it is worked" run work --once
is "the sender beyond the limit says try again" "$(status_of limited 0 send --once)" 75
ok "without the limit it sends" run send --once
is "to each once" "$(letters_titled udo@example.org Begrenzt)" "$count"
is "nothing waits" "$(inbox_rows)" 0
like "all were posted" "$(subjects)" "*Begrenzt*"
is "the publisher beyond the limit says try again" "$(status_of limited 2 publish --once)" 75
ok "and without is well" run publish --once
# ---- it fills under load, by the mails themselves
ok "the inbox comes to a small disk" small_disk "$KP/inbox" 64m
before=$(handled)
background "$KIEZPOST" lmtpd 2>>"$TEST_TMP/run.log"
lmtpd=$!
wait_for 10 rcpt_is gruenau@kiez.example "250 2.1.5"
"$TOOLS/lmtp_load" -c 10 -n 200 -s 8000 "$(socket)" >"$TEST_TMP/small.load"
"$TOOLS/lmtp_load" -c 4 -n 8 -s 3000000 "$(socket)" >"$TEST_TMP/large.load"
ok "with little room a mail of 38 MB is put off at once" data_is "452 4.3.1" " SIZE=38000000"
"$TOOLS/lmtp_load" -c 10 -n 200 -s 120000 "$(socket)" >>"$TEST_TMP/small.load"
"$TOOLS/lmtp_load" -c 4 -n 8 -s 3000000 "$(socket)" >>"$TEST_TMP/large.load"
accepted=$(cat "$TEST_TMP"/*.load | sed 's/accepted=\([0-9]*\).*/\1/' | awk "{ n += \$1 } END { print n }")
put_off=$(cat "$TEST_TMP"/*.load | sed 's/.*refused=\([0-9]*\).*/\1/' | awk "{ n += \$1 } END { print n }")
ok "mails fill the disk ($accepted taken, $put_off put off)" test "$put_off" -gt 5 -a "$accepted" -gt 200
is "what was accepted is there" "$(inbox_rows)" "$accepted"
is "and no spool file that belongs to no mail" "$(find "$KP/inbox/spool" -type f | wc -l)" "$(sql "$KP/inbox/inbox.db" "SELECT count(spool) FROM inbox")"
background "$KIEZPOST" work 2>>"$TEST_TMP/run.log"
worker=$!
ok "the worker empties it, though the disk is full" wait_for 20 all_worked
is "every accepted mail is decided, once" "$(handled)" $((before + accepted))
is "and mail is taken again" "$(posts Danach)" 0
kill "$worker" "$lmtpd"; wait "$worker" "$lmtpd"
ok "the inbox comes back to a large disk" large_disk "$KP/inbox"

done_testing
