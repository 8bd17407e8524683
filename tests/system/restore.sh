# An old backup comes back: it was made under load and is whole, restoring it sends nothing by itself, gives no number, letter or address
# a second time, and mail that came after the backup is taken again when it comes again.
. "$(dirname "$0")/../support/running.sh"
running_district "$TEST_TMP/d" eva@example.org udo@example.org || { echo "not ok 1 - a district can be made"; exit 1; }
log=$TEST_TMP/run.log backup=$TEST_TMP/kiez.tar
all_worked() { [ "$(sql "$KP/inbox/inbox.db" "SELECT count(*) FROM inbox WHERE aside IS NULL")" = 0 ]; }
keep_mail() { mail eva@example.org gruenau@kiez.example "$1" "${2:-Guten Tag.}" >"$TEST_TMP/$1.eml"; }
deliver_kept() { run deliver --from eva@example.org gruenau@kiez.example <"$TEST_TMP/$1.eml"; }
count_of() { json "sum(t['subject'] == '$1' for t in d)" show threads gruenau; }
# addresses with a token that stand in From, in Return-Path, or are an author's own: each belongs to one mail of ours
signed() { cat "$KP"/letters/udo@example.org/new/* 2>/dev/null | tr -d '\n' | sed 's/=\r*//g' | grep -o 'Return-Path: <[^>]*>\|From: [^<]*<gruenau+[^>]*>\|Nur an [^@]*@' | grep -o '+[a-z2-7]\{42\}' | sort -u; }
numbers() { json "'\\n'.join(sorted(t['url'] for t in d))" show threads gruenau | sort; }
row_numbers() { store "SELECT 'letter', id FROM letter UNION SELECT 'message', id FROM message UNION SELECT 'thread', id FROM thread UNION SELECT 'mail', id FROM mail" | sort; }

# ---- a life before the backup, with letters that could not go out yet
start_run
keep_mail Vorher && deliver_kept Vorher
keep_mail Bild "$(large_body)" && deliver_kept Bild
ok "two mails are sent" wait_for 15 is_idle
wait_for 10 all_worked
stop_run
run publish --once 2>>"$log"
sent=$(letters_of udo@example.org | wc -l)
cp "$KIEZPOST_CONFIG" "$TEST_TMP/plain.conf"
sed -i 's|^#*relay = .*|relay = smtp://127.0.0.1:1|' "$KIEZPOST_CONFIG"
start_run
keep_mail Wartend && deliver_kept Wartend
keep_mail Wartend2 && deliver_kept Wartend2
wait_for 10 all_worked

# ---- the backup, under load
pour() { until [ -e "$TEST_TMP/enough" ]; do "$TOOLS/lmtp_load" -c 4 -n 40 -s 6000 "$(socket)" >>"$TEST_TMP/load" || return 1; done; }
pour &
loading=$!
tap_children+=("$loading")
arriving() { [ "$(store 'SELECT count(*) FROM handled')" -gt 50 ]; }
wait_for 20 arriving
before=$(store 'SELECT count(*) FROM handled')
ok "a backup is made while mail pours in" run backup "$backup"
ok "which goes on meanwhile" kill -0 "$loading"
touch "$TEST_TMP/enough"
wait "$loading"
is "none of it was refused" $? 0
mkdir "$TEST_TMP/x" && tar -xf "$backup" -C "$TEST_TMP/x"
ok "its digests are right" sh -c "cd '$TEST_TMP/x' && sha256sum --quiet -c SHA256SUMS"
is "its store is whole" "$(sql "$TEST_TMP/x/store/kiezpost.db" 'PRAGMA integrity_check')" ok
is "and refers to nothing that is missing" "$(sql "$TEST_TMP/x/store/kiezpost.db" 'PRAGMA foreign_key_check')" ""
is "its inbox too" "$(sql "$TEST_TMP/x/inbox/inbox.db" 'PRAGMA integrity_check')" ok
ok "it holds what was worked before it began" test "$(sql "$TEST_TMP/x/store/kiezpost.db" 'SELECT count(*) FROM handled')" -ge "$before"
is "every spool file that its inbox names is there" "$(sql "$TEST_TMP/x/inbox/inbox.db" 'SELECT spool FROM inbox WHERE spool IS NOT NULL' | while read -r name; do test -e "$TEST_TMP/x/inbox/spool/$name" || echo "$name"; done)" ""
wait_for 30 all_worked

# ---- life goes on, and then the backup comes back
stop_run
cp "$TEST_TMP/plain.conf" "$KIEZPOST_CONFIG"
start_run
keep_mail Danach && deliver_kept Danach
sent_after() { [ "$(letters_titled udo@example.org Danach)" = 1 ]; }
ok "after the backup a mail is posted and sent" wait_for 30 sent_after
ok "and all that waited" wait_for 40 is_idle
ok "and published" wait_for 20 grep -rq Danach "$KP/archive"
is "while kiezpost runs nothing is restored" "$(status_of run restore --force "$backup")" 75
like "and it says to stop it" "$(cat "$TEST_TMP/.last")" "*is running here: stop it first*"
stop_run
numbers >"$TEST_TMP/numbers.was"; row_numbers >"$TEST_TMP/rows.was"; signed >"$TEST_TMP/signed.was"
ok "there are signed addresses ($(wc -l <"$TEST_TMP/signed.was"))" test "$(wc -l <"$TEST_TMP/signed.was")" -gt 4
"$KIEZPOST" lmtpd 2>>"$log" &
receiver=$!
tap_children+=("$receiver")
wait_for 10 rcpt_is gruenau@kiez.example "250"
is "while mail is taken neither" "$(status_of run restore --force "$backup")" 75
deliver_kept Danach
keep_mail Eingang && deliver_kept Eingang
kill "$receiver"; wait "$receiver"
ok "stopped, it is restored" run restore --force "$backup"
like "and says how many letters wait" "$(cat "$TEST_TMP/.last")" "*letters were not yet sent*"
is "the later mail is not there" "$(count_of Danach)" 0
is "the earlier one is" "$(count_of Vorher)" 1
mv "$KP/letters" "$KP/letters.was"

# ---- nothing goes out by itself
start_run
ok "everything starts on it" wait_for 10 all_worked
is "a mail that waited in the inbox in use was taken over" "$(count_of Eingang)" 1
is "and one that came again after the backup is a new one" "$(count_of Danach)" 1
only_new() { [ "$(letters_titled udo@example.org Eingang)$(letters_titled udo@example.org Danach)" = 11 ]; }
ok "their letters are sent" wait_for 20 only_new
sleep 2
is "and no others" "$(letters_of udo@example.org | wc -l)" 2
waiting=$(run queue | grep -c '^l[0-9]')
ok "the queue shows the letters that wait ($waiting)" test "$waiting" -ge 2
letter=$(store "SELECT min(id) FROM letter WHERE is_paused = 1")
ok "the operator looks at one" run queue show "l$letter"
ok "and lets it go" run queue release "l$letter"
released() { [ "$(letters_titled udo@example.org Wartend)" = 1 ]; }
ok "while everything runs, it is sent at once" wait_for 10 released
ok "another one is dropped" run queue drop "l$((letter + 1))"
sleep 1
is "and not sent" "$(letters_titled udo@example.org Wartend2)" 0

# ---- what comes again
deliver_kept Vorher
deliver_kept Danach
keep_mail Neu && deliver_kept Neu
sent_new() { [ "$(letters_titled udo@example.org Neu)" = 1 ]; }
ok "a new mail is posted and sent" wait_for 20 sent_new
is "a mail from before the backup acts once" "$(count_of Vorher)" 1
is "one that came after it as well" "$(count_of Danach)" 1
wait_for 10 is_idle
stop_run

# ---- no number twice
tar -xOf "$backup" store/kiezpost.db >"$TEST_TMP/backup.db"
restored_rows() { sql "$TEST_TMP/backup.db" "SELECT 'letter', id FROM letter UNION SELECT 'message', id FROM message UNION SELECT 'thread', id FROM thread UNION SELECT 'mail', id FROM mail" | sort; }
row_numbers | comm -23 - <(restored_rows) >"$TEST_TMP/rows.new"
ok "there are new rows ($(wc -l <"$TEST_TMP/rows.new"))" test "$(wc -l <"$TEST_TMP/rows.new")" -ge 9
is "none has the number of one from after the backup" "$(comm -12 "$TEST_TMP/rows.new" "$TEST_TMP/rows.was")" ""
new_urls=$(json "'\\n'.join(t['url'] for t in d if t['subject'] in ('Neu', 'Eingang', 'Danach'))" show threads gruenau | sort)
is "three threads are new" "$(wc -l <<<"$new_urls")" 3
is "and their places were nobody's" "$(comm -12 <(echo "$new_urls") "$TEST_TMP/numbers.was")" ""
mkdir "$TEST_TMP/held" && for file in $(grep -l '^Subject: Wartend' "$KP"/letters/udo@example.org/new/*); do mv "$file" "$TEST_TMP/held"; done
signed >"$TEST_TMP/signed.new"
ok "there are new signed addresses ($(wc -l <"$TEST_TMP/signed.new"))" test "$(wc -l <"$TEST_TMP/signed.new")" -ge 6
is "and none was given out before" "$(comm -12 "$TEST_TMP/signed.new" "$TEST_TMP/signed.was")" ""
old=$(head -n 1 "$TEST_TMP/signed.was")
"$KIEZPOST" lmtpd 2>>"$log" &
tap_children+=($!)
ok "an address from before is still answered" wait_for 10 rcpt_is "gruenau$old@kiez.example" "250"
done_testing
