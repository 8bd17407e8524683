# shellcheck shell=bash
# kiezpost send against a server that counts, refuses, hangs up and goes away: nothing is lost, and doubled only where SMTP cannot know better.
. "${ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}/tests/support/tap.sh"

export KIEZPOST_REST_SHARE=10 # relays rest a tenth of the usual
d=$TEST_TMP/d store=$TEST_TMP/d/store log=$TEST_TMP/log journal=$TEST_TMP/journal
letters() { "$TOOLS/make_letters" "$store" "$@"; }
count() { letters count; }

# set_send KEY VALUE: one setting of [send]
set_send() {
  sed -i "/^$1 *=/d" "$d/kiezpost.conf"
  grep -q '^\[send\]' "$d/kiezpost.conf" || printf '\n[send]\n' >>"$d/kiezpost.conf"
  sed -i "s|^\[send\]|[send]\n$1 = $2|" "$d/kiezpost.conf"
}
fresh() { rm -rf "$d" "$journal" "$TEST_TMP/kept"; new_district "$d" || exit 1; }
# sink ARGUMENTS…: a server, and our relay
sink() {
  rm -f "$TEST_TMP/port"
  "$TOOLS/smtp_sink" --port-file "$TEST_TMP/port" --journal "$journal" "$@" >"$TEST_TMP/sink.out" 2>"$TEST_TMP/sink.err" &
  sink_pid=$!
  tap_children+=("$sink_pid")
  wait_for 10 test -s "$TEST_TMP/port" || { echo "# the sink does not start"; exit 1; }
  port=$(cat "$TEST_TMP/port")
  set_send relay "smtp://127.0.0.1:$port"
}
sink_end() { kill "$sink_pid" 2>/dev/null; wait "$sink_pid" 2>/dev/null; result=$(cat "$TEST_TMP/sink.out"); }
send() { timeout 60 "$KIEZPOST" send --once "$@" 2>"$log"; }
# how often anybody got it: fewest and most over those who got it, and how many they are
copies() { cut -f2 "$journal" | sort | uniq -c | awk '{ if (!n || $1 < a) a = $1; if ($1 > b) b = $1; n++ } END { print n + 0, a + 0, b + 0 }'; }
state_of() { letters states | awk -F'\t' -v who="$1" '$3 == who { print $4 }'; }
reply_of() { letters states | awk -F'\t' -v who="$1" '$3 == who { print $7 }'; }

# ---- everybody gets it once --------------------------------------------------------------------------------------
for offer in "" --no-pipelining; do
  fresh
  # shellcheck disable=SC2086
  sink $offer --dir "$TEST_TMP/kept"
  letters members made:3000 300
  is "300 recipients, sink ${offer:-with pipelining}: ends well" "$(status_of send)" 0
  sink_end
  is "everybody got one copy (${offer:-pipelining})" "$(copies)" "300 1 1"
  is "all are marked sent (${offer:-pipelining})" "$(count)" "due=0 sent=300 deferred=0 failed=0"
  like "no command came before its time (${offer:-pipelining})" "$result" "*early=0 *"
done
send && like "a second run sends nothing" "$(count)" "due=0 sent=300*"

# ---- bytes -------------------------------------------------------------------------------------------------------
fresh
sink --dir "$TEST_TMP/kept"
printf 'From: x@kiez.example\r\nTo: \001a\002\r\n\r\n.\r\n..zwei\r\n\001b\002\r\n\001c\002.drei\r\nvier \001b\002 \001z\002.\r\n.' >"$TEST_TMP/content"
printf 'From: x@kiez.example\r\nTo: <p@sink.example>\r\n\r\n.\r\n..zwei\r\n.fuenf\r\n.drei\r\nvier .fuenf .\r\n.\r\n' >"$TEST_TMP/wanted"
letters put "$TEST_TMP/content" p@sink.example --from sender@kiez.example --slots '<p@sink.example>|.fuenf|'
send
sink_end
ok "dots at line starts and slots arrive byte for byte" cmp "$TEST_TMP"/kept/p@sink.example/* "$TEST_TMP/wanted"
like "the envelope sender is the delivery's" "$(cat "$journal")" "sender@kiez.example*p@sink.example*"

# ---- refusals ----------------------------------------------------------------------------------------------------
fresh
sink --answer 'rcpt/m1@*=451 4.2.0 mailbox busy' --answer $'rcpt/m2@*=550-5.1.1 No such\r\n550 5.1.1 person' --answer 'rcpt/m3@*=550 5.1.1 <m3@sink.example> unknown' --answer 'dot/m4@*=554 5.7.1 not wanted' --answer 'dot/m5@*=452 4.3.1 full'
letters members made:1000 40
now=1900000000
send --now 2030-03-17T17:46:40Z
sink_end
is "4xx at RCPT: put off" "$(state_of m1@sink.example)" deferred
is "5xx at RCPT: failed" "$(state_of m3@sink.example)" failed
is "the server's words are kept" "$(reply_of m3@sink.example)" "550 5.1.1 <m3@sink.example> unknown"
is "of several lines too" "$(reply_of m2@sink.example)" "550 5.1.1 No such 5.1.1 person"
is "5xx at the dot of one recipient: failed" "$(state_of m4@sink.example)" failed
is "4xx at the dot: put off" "$(state_of m5@sink.example)" deferred
wait_seconds=$(letters states | awk -F'\t' -v now=$now '$3 == "m1@sink.example" { print $6 - now }')
ok "the next try is in 4 to 6 minutes ($wait_seconds s)" test "$wait_seconds" -ge 240 -a "$wait_seconds" -le 360
unlike "the log names nobody" "$(cat "$log")" "*@sink*"
like "the log tells of each failure with its status" "$(cat "$log")" '*state=failed*reply="550 5.1.1"*'
sink
send --now 2030-03-17T17:48:00Z
is "before its time nobody is tried again" "$(state_of m1@sink.example)" deferred
send --now 2030-03-17T17:53:00Z
sink_end
is "at its time who was put off gets it" "$(state_of m1@sink.example) $(state_of m5@sink.example)" "sent sent"

fresh
sink --answer 'rcpt=450 4.2.0 later'
letters put made:500 p@sink.example
send --now 2030-03-01T00:00:00Z
send --now 2030-03-05T23:00:00Z
is "within five days it is only put off" "$(state_of p@sink.example)" deferred
send --now 2030-03-06T23:00:00Z
sink_end
is "after five days of 4xx it has failed" "$(state_of p@sink.example)" failed

fresh
sink --answer 'mail=550 5.7.1 We do not know you'
letters put made:500 p@sink.example
send
sink_end
is "5xx at MAIL speaks of us: nobody fails for it" "$(state_of p@sink.example)" deferred

# ---- many in one envelope ----------------------------------------------------------------------------------------
fresh
set_send batch_recipients 500
sink --answer 'rcpt/m7@*=550 5.1.1 no' --answer 'rcpt/m8@*=451 4.2.0 busy'
letters members made:1000 450 --batch liste@kiez.example
send
sink_end
like "450 recipients in one envelope" "$result" "recipients=448 mails=1 *"
is "mixed answers: each its own" "$(count)" "due=0 sent=448 deferred=1 failed=1"
like "the one envelope sender" "$(head -n 1 "$journal")" "liste@kiez.example*"

fresh
set_send batch_recipients 1000
sink --no-pipelining
letters members made:1000 1500 --batch liste@kiez.example --bulk
send
sink_end
like "1,500 recipients without pipelining in two envelopes" "$result" "recipients=1500 mails=2 *early=0 *"

fresh
sink --max-recipients 100
letters members made:1000 450 --batch liste@kiez.example
send
sink_end
is "a server that takes 100 an envelope: everybody once" "$(copies)" "450 1 1"
is "too many recipients is no attempt of theirs" "$(count)" "due=0 sent=450 deferred=0 failed=0"

fresh
sink --answer 'dot/m9@*=554 5.7.1 not for m9'
letters members made:1000 30 --batch liste@kiez.example
send
sink_end
is "content refused to an envelope of many: each alone, one fails" "$(count)" "due=0 sent=29 deferred=0 failed=1"
is "and who got it got it once" "$(copies)" "29 1 1"

# ---- lost connections --------------------------------------------------------------------------------------------
for stage in connect ehlo mail rcpt data content dot; do
  fresh
  sink --drop "$stage*2"
  letters members made:20000 60
  send
  sink_end
  is "hung up twice at $stage: all sent" "$(count)" "due=0 sent=60 deferred=0 failed=0"
  is "and nobody got it twice ($stage)" "$(copies)" "60 1 1"
done
fresh
sink --drop 'answered*1'
letters members made:1000 60
send
sink_end
is "hung up between taking a mail and saying so: all sent" "$(count)" "due=0 sent=60 deferred=0 failed=0"
is "one mail is there twice, as SMTP has it" "$(wc -l <"$journal")" 61
fresh
sink --drop 'content*100'
letters put made:1000 p@sink.example
send
sink_end
is "a mail that costs the connection each time is put off, not tried for ever" "$(state_of p@sink.example)" deferred
fresh
sink --answer 'rcpt/m3@*=gibberish'
letters members made:1000 20
send
sink_end
is "a mail that is answered with gibberish each time stops nobody else" "$(count) $(state_of m3@sink.example)" "due=0 sent=19 deferred=1 failed=0 deferred"
fresh
sink --max-mails 10
letters members made:1000 100
send
sink_end
is "421 after ten mails a connection: all sent, nobody twice" "$(count) $(copies)" "due=0 sent=100 deferred=0 failed=0 100 1 1"
fresh
sink --stall 'dot=3*1'
letters members made:1000 20
KIEZPOST_REPLY_SECONDS=1 send
sink_end
is "a server that falls silent is left; all are sent" "$(count)" "due=0 sent=20 deferred=0 failed=0"

# ---- away and back -----------------------------------------------------------------------------------------------
fresh
sink
sink_end
letters members made:1000 50
is "no server: send --once says so" "$(status_of send)" 69
is "and nothing is lost" "$(count)" "due=50 sent=0 deferred=0 failed=0"
like "in a sentence" "$(cat "$log")" "*No relay takes mail now*"
"$KIEZPOST" send 2>"$log" &
sender=$!
tap_children+=("$sender")
sleep 0.5
sink --port "$port"
wait_for 20 grep -q m50@ "$journal"
wait_for 5 eval '[ "$(count)" = "due=0 sent=50 deferred=0 failed=0" ]'
is "the server comes back: the waiting sender delivers" "$(count) $(copies)" "due=0 sent=50 deferred=0 failed=0 50 1 1"
like "the log says that it was away and is back" "$(cat "$log")" "*state=away*state=back*"
kill "$sender"
wait "$sender"
is "SIGTERM ends the sender well" $? 0
sink_end

fresh
sink
set_send relay "smtp://127.0.0.1:1;smtp://127.0.0.1:$port"
letters members made:1000 50
send
sink_end
is "the first relay is dead: the second takes all" "$(count)" "due=0 sent=50 deferred=0 failed=0"

# ---- stopping ----------------------------------------------------------------------------------------------------
fresh
sink --delay 5
letters members made:1000 1000 --bulk
"$KIEZPOST" send 2>"$log" &
sender=$!
tap_children+=("$sender")
wait_for 10 grep -q m20@ "$journal"
kill "$sender"
wait "$sender"
between=$(wc -l <"$journal")
send
sink_end
ok "stopped in the middle (after $between of 1,000)" test "$between" -lt 1000
is "a stop doubles nothing" "$(copies)" "1000 1 1"

# ---- two of them -------------------------------------------------------------------------------------------------
fresh
sink --delay 5
letters members made:1000 400
"$KIEZPOST" send 2>"$log" &
sender=$!
tap_children+=("$sender")
wait_for 10 grep -q m20@ "$journal"
is "a second sender beside the first one does nothing" "$(status_of "$KIEZPOST" send --once)" 75
like "and says why" "$(cat "$TEST_TMP/.last")" "*Another kiezpost send is running here*"
kill "$sender"
wait "$sender"
send
sink_end
is "nobody got anything twice" "$(copies)" "400 1 1"

# ---- kill -9 -----------------------------------------------------------------------------------------------------
for point in send.sent:120 send.mark.before:2 send.mark.after:2; do
  fresh
  sink
  letters members made:1000 400
  KIEZPOST_CRASH_AT=$point send
  died=$?
  send
  sink_end
  is "killed at $point" "$died" 137
  is "after a restart all are sent ($point)" "$(count)" "due=0 sent=400 deferred=0 failed=0"
  doubled=$(cut -f2 "$journal" | sort | uniq -d | wc -l)
  is "everybody got it ($point)" "$(cut -f2 "$journal" | sort -u | wc -l)" 400
  ok "at most the window of 100 is there twice ($doubled; $point)" test "$doubled" -le 100
done
for point in send.maildir.renamed:7 send.sent:7 send.mark.before:1; do
  fresh
  set_send relay "maildir:$TEST_TMP/d/letters"
  letters members made:1000 40
  KIEZPOST_CRASH_AT=$point send
  send
  is "maildir, killed at $point: one mail each" "$(find "$d/letters" -path '*/new/*' -type f | wc -l) $(find "$d/letters" -path '*@*/tmp/*' -type f | wc -l)" "40 0"
  is "maildir, killed at $point: all sent" "$(count)" "due=0 sent=40 deferred=0 failed=0"
done

# ---- ordinary before bulk ----------------------------------------------------------------------------------------
fresh
sink --delay 5
letters members made:1000 2000 --bulk
"$KIEZPOST" send 2>"$log" &
sender=$!
tap_children+=("$sender")
wait_for 10 grep -q m20@ "$journal"
letters put made:500 eilig@sink.example
wait_for 20 grep -q eilig@ "$journal"
place=$(grep -n eilig@ "$journal" | cut -d: -f1)
kill "$sender"
wait "$sender"
sink_end
ok "an ordinary letter overtakes a bulk one (place $place of 2,000)" test "${place:-9999}" -lt 1200

# ---- addresses and sizes -----------------------------------------------------------------------------------------
fresh
sink --no-smtputf8 --size 5000
letters put made:500 müller@sink.example gut@sink.example
letters put made:500 info@käse.example --slots 'x@sink.example|1'
letters put made:9000 gross@sink.example
send
sink_end
is "an address that needs SMTPUTF8, not offered: 5.6.7" "$(reply_of müller@sink.example | cut -c1-9)" "550 5.6.7"
like "only the domain has umlauts: sent in its ASCII form" "$(cat "$journal")" "*info@xn--kse-qla.example*"
is "larger than SIZE allows: 5.3.4 without a try" "$(state_of gross@sink.example) $(reply_of gross@sink.example | cut -c1-9)" "failed 552 5.3.4"
is "the others are not touched by that" "$(state_of gut@sink.example)" sent
fresh
sink --transcript "$TEST_TMP/transcript"
letters put made:500 müller@sink.example
send
sink_end
like "with SMTPUTF8 offered it is asked for and used" "$(cat "$TEST_TMP/transcript")" "*MAIL FROM:*SMTPUTF8*RCPT TO:<müller@sink.example>*"

# ---- who we are, and who they are --------------------------------------------------------------------------------
fresh
sink --auth sender:geheim
printf 'geheim\n' >"$d/password"
chmod 600 "$d/password"
set_send username sender
set_send password_file "$d/password"
letters members made:1000 20
send
is "SASL with the right password: all sent" "$(count)" "due=0 sent=20 deferred=0 failed=0"
printf 'falsch\n' >"$d/password"
letters put made:500 p@sink.example
is "a wrong password is the operator's, not the recipient's" "$(status_of send) $(state_of p@sink.example)" "69 due"
like "and the log says so" "$(cat "$log")" "*535*person must mend*"
sink_end

fresh
sink --starttls --transcript "$TEST_TMP/transcript2" --certificate "$TEST_TMP/certificate.pem"
set_send relay "smtp://localhost:$port"
letters members made:20000 40
send
is "starttls = may takes a certificate nobody vouches for" "$(count)" "due=0 sent=40 deferred=0 failed=0"
like "and does encrypt" "$(cat "$TEST_TMP/transcript2")" "*STARTTLS*EHLO*EHLO*MAIL*"
set_send starttls must
letters put made:500 p@sink.example
is "starttls = must does not" "$(status_of send) $(state_of p@sink.example)" "69 due"
SSL_CERT_FILE=$TEST_TMP/certificate.pem send
is "but takes one that the system trusts and that names the host" "$(state_of p@sink.example)" sent
sink_end
fresh
sink --starttls --drop starttls
letters put made:500 p@sink.example
send
is "encryption that may be and fails is done without" "$(state_of p@sink.example)" sent
set_send starttls must
letters put made:500 q@sink.example
is "where it must be, nothing leaves then" "$(status_of send) $(state_of q@sink.example)" "69 due"
sink_end
fresh
sink
set_send starttls must
letters put made:500 p@sink.example
is "starttls = must sends nothing where it is not offered" "$(status_of send) $(state_of p@sink.example)" "69 due"
sink_end

done_testing
