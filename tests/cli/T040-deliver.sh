# kiezpost deliver: a mail on standard input, a word to the MTA by the exit status.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
district=$TEST_TMP/d inbox=$TEST_TMP/d/inbox
"$KIEZPOST" work --once 2>"$TEST_TMP/work.log"
cp "$KIEZPOST_CONFIG" "$TEST_TMP/plain.conf"
printf '\n[receive]\nsize_limit = 500000\nrecipients_max = 3\n' >>"$KIEZPOST_CONFIG"
plain='Subject: x\n\nHallo.\n'
deliver() { printf "$plain" | "$KIEZPOST" deliver "$@"; }
stored() { "$TOOLS/inbox_dump" "$inbox"; }
body() { "$TOOLS/inbox_dump" --body "$inbox"; }
big() { head -c "$1" /dev/zero | tr '\0' 'x' | fold -w 70; }

# ---- without lmtpd
is "nobody answers: the MTA may come again" "$(status_of deliver --from a@mail.example gruenau@kiez.example)" 75
like "and is told what is missing" "$(cat "$TEST_TMP/.last")" "*lmtpd*"
is "nothing is stored" "$(stored | wc -l)" 0
is "without recipients it is a wrong call" "$(status_of deliver --from a@mail.example)" 64
is "without a sender too" "$(status_of deliver gruenau@kiez.example)" 64
is "a line break in an address is refused" "$(status_of deliver --from $'a@mail.example>\r\nRCPT TO:<x' gruenau@kiez.example)" 65
is "in a recipient too" "$(status_of deliver --from a@mail.example $'gruenau@kiez.example>\nDATA')" 65
mv "$KIEZPOST_CONFIG" "$TEST_TMP/away.conf"
is "nor is a wrong clock" "$(printf "$plain" | KIEZPOST_NOW=foo "$KIEZPOST" deliver --local --from a@mail.example gruenau@kiez.example 2>/dev/null; echo $?)" 75
is "a missing configuration is no reason to send the mail back" "$(status_of deliver --from a@mail.example gruenau@kiez.example)" 75
mv "$TEST_TMP/away.conf" "$KIEZPOST_CONFIG"

# ---- both ways: through lmtpd, and --local
both() { # NAME [--local]
  local way=$1; shift
  local before
  before=$(stored | wc -l)
  ok "$way: a mail is taken" deliver "$@" --from a@mail.example gruenau@kiez.example
  is "$way: it is stored" "$(stored | tail -n 1 | cut -d' ' -f1-4)" "<a@mail.example> gruenau@kiez.example 22 inline"
  is "$way: its lines end with CR LF" "$(body | od -An -c | tr -d ' \n')" 'Subject:x\r\n\r\nHallo.\r\n'
  ok "$way: the null sender may be empty" deliver "$@" --from '' gruenau@kiez.example
  like "$way: and is stored so" "$(stored | tail -n 1)" "<> gruenau@kiez.example *"
  ok "$way: or <>" deliver "$@" --from '<>' gruenau@kiez.example
  like "$way: and is stored so too" "$(stored | tail -n 1)" "<> gruenau@kiez.example *"
  ok "$way: brackets around a recipient are taken off" deliver "$@" --from a@mail.example '<gruenau@kiez.example>'
  ok "$way: umlauts in a sender" deliver "$@" --from 'jürgen@müller.example' gruenau@kiez.example
  like "$way: are stored" "$(stored | tail -n 1)" "<jürgen@müller.example> gruenau@kiez.example *"
  plain='From a@mail.example Mon Mar  2 10:15:00 2026\nSubject: x\n\n.\n..a\nFrom b\n>From c\r\nd\re'
  ok "$way: a mbox line, dots and odd line ends" deliver "$@" --from a@mail.example gruenau@kiez.example
  is "$way: come out right" "$(body | od -An -c | tr -d ' \n')" 'Subject:x\r\n\r\n.\r\n..a\r\nFromb\r\n>Fromc\r\nde\r\n'
  plain='Subject: x\n\nHallo.\n'
  is "$way: an unknown recipient is 67" "$(status_of deliver "$@" --from a@mail.example niemand@kiez.example)" 67
  like "$way: with a sentence" "$(cat "$TEST_TMP/.last")" "kiezpost: *no such address*"
  is "$way: several unknown ones are 67" "$(status_of deliver "$@" --from a@mail.example niemand@kiez.example keiner@kiez.example)" 67
  before=$(stored | wc -l)
  is "$way: one known and one unknown: the MTA sends the mail back" "$(status_of deliver "$@" --from a@mail.example gruenau@kiez.example niemand@kiez.example)" 67
  like "$way: and it is said who was refused" "$(cat "$TEST_TMP/.last")" "kiezpost: niemand@kiez.example was refused, so the mail was taken for nobody: *"
  is "$way: so nobody has it, and nobody gets it twice when it is sent again" "$(($(stored | wc -l) - before))" 0
  ok "$way: several known ones are taken" deliver "$@" --from a@mail.example gruenau@kiez.example kiez@kiez.example
  is "$way: what is no address is 65" "$(status_of deliver "$@" --from a@mail.example 'a b@kiez.example')" 65
  is "$way: more recipients than a mail may have come again" "$(status_of deliver "$@" --from a@mail.example gruenau@kiez.example kiez@kiez.example postmaster abuse@kiez.example)" 75
  mv "$district/run/addresses" "$TEST_TMP/addresses"
  is "$way: without the address file it is 75" "$(status_of deliver "$@" --from a@mail.example niemand@kiez.example gruenau@kiez.example)" 75
  mv "$TEST_TMP/addresses" "$district/run/addresses"
  before=$(stored | wc -l)
  big 600000 >"$TEST_TMP/big"
  is "$way: a mail that is too large is 65" "$("$KIEZPOST" deliver "$@" --from a@mail.example gruenau@kiez.example <"$TEST_TMP/big" 2>"$TEST_TMP/.last"; echo $?)" 65
  like "$way: with a sentence" "$(cat "$TEST_TMP/.last")" "kiezpost: *larger*"
  big 495000 >"$TEST_TMP/big" # fits here, and grows by its CRs
  is "$way: one that is too large on the wire too" "$("$KIEZPOST" deliver "$@" --from a@mail.example gruenau@kiez.example <"$TEST_TMP/big" 2>"$TEST_TMP/.last"; echo $?)" 65
  is "$way: none of them is stored" "$(($(stored | wc -l) - before))" 0
  is "$way: nor in the spool" "$(find "$inbox/spool" -type f | wc -l)" "$(stored | grep -c ' spool ')"
  big 400000 >"$TEST_TMP/big"
  ok "$way: a large one that fits is taken" sh -c '"$KIEZPOST" deliver "$@" --from a@mail.example gruenau@kiez.example <"$TEST_TMP/big"' - "$@"
  is "$way: and comes out whole" "$(body | tr -d '\r\n' | wc -c)" 400000
  ok "$way: an empty mail is a mail" sh -c '"$KIEZPOST" deliver "$@" --from a@mail.example gruenau@kiez.example </dev/null' - "$@"
}
both "--local" --local
mv "$inbox" "$TEST_TMP/away"
is "--local without an inbox is 75" "$(status_of deliver --local --from a@mail.example gruenau@kiez.example)" 75
mv "$TEST_TMP/away" "$inbox"

"$KIEZPOST" lmtpd 2>"$TEST_TMP/lmtpd.log" &
tap_children+=($!)
wait_for 10 grep -q 'receiving at' "$TEST_TMP/lmtpd.log"
both "by lmtpd"
mkdir "$TEST_TMP/away" && mv "$inbox"/* "$TEST_TMP/away"
is "by lmtpd, without an inbox: 75" "$(status_of deliver --from a@mail.example gruenau@kiez.example)" 75
mv "$TEST_TMP/away"/* "$inbox"
ok "and when it is back it is taken" deliver --from a@mail.example gruenau@kiez.example
done_testing
