#!/usr/bin/env bash
# The demo: a neighbourhood's week. Sixteen mails by real clients' habits, and answers to ours, go through the receiving core (LMTP), the worker,
# the sender (into maildirs) and the publisher, day by day; nothing here knows how they will be understood.
#   demo/run.sh [PROGRAM] [DIR]     default build/release/kiezpost, build/demo
set -euo pipefail
cd "$(dirname "$0")/.."
kiezpost=$PWD/${1:-build/release/kiezpost}
out=${2:-build/demo}
case $kiezpost in "$PWD"//*) kiezpost=${kiezpost#"$PWD"/} ;; esac
rm -rf "$out"; mkdir -p "$out"; out=$(cd "$out" && pwd)
export LC_ALL=C.UTF-8
unset KIEZPOST_CONFIG KIEZPOST_NOW KIEZPOST_SHARE
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

say "A municipality in one go: kiezpost init"
"$kiezpost" init "$out/kiez" --domain kiez.example --district treptow-koepenick --now 2026-03-16T08:00:00+01:00
export KIEZPOST_CONFIG=$out/kiez/kiezpost.conf
# The plan in the demo is 180 KB: large for the demo, so that a link stands in its place.
sed -i 's/^#* *attachment_limit *=.*/attachment_limit = 100K/' "$KIEZPOST_CONFIG"
grep -q '^attachment_limit' "$KIEZPOST_CONFIG" || printf '\n[posts]\nattachment_limit = 100K\n' >>"$KIEZPOST_CONFIG"

at() { export KIEZPOST_NOW=$1; }
at 2026-03-16T08:30:00+01:00
while IFS='|' read -r address name lists; do
  for list in $lists; do "$kiezpost" member add "$list" "$address" --name "$name"; done
done >"$out/members.txt" <<'MEMBERS'
lothar.gruenberg@posteo.example|Lothar Grünberg|gruenau schmoeckwitz
ayse.demir@gmail.example|Ayşe Demir|gruenau
h.krause@t-online.example|Hannelore Krause|gruenau schmoeckwitz
jonas.weber@icloud.example|Jonas Weber|gruenau
olga.petrowa@webmail.example|Ольга Петрова|gruenau
m.nguyen@mail.example|Minh Nguyễn|schmoeckwitz
MEMBERS

# Two offices of the demo's own get addresses; the shipped ones have none, so that trying out writes to nobody real.
"$kiezpost" office set SGA --address sga@ba-tk.example --days 10 >/dev/null
"$kiezpost" office set SPK --address spk@ba-tk.example >/dev/null

# 180 KB of a plan and a small photo, made here: bytes need not lie in git.
photo='/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='
{ printf '%%PDF-1.4\n'; awk 'BEGIN { for (i = 0; i < 6000; i++) printf "%% Brett %05d, 120 mm x 28 mm\n", i }'; } | base64 >"$out/plan.b64"

pass() { "$kiezpost" work --once 2>>"$out/log.txt"; "$kiezpost" send --once 2>>"$out/log.txt"; "$kiezpost" publish --once 2>>"$out/log.txt"; }
receiver=
stop_receiver() { if [ -n "$receiver" ]; then kill "$receiver" 2>/dev/null || true; wait "$receiver" 2>/dev/null || true; receiver=; fi; }
trap stop_receiver EXIT
deliver() { # FILE: hands one mail to the receiver, as an MTA's pipe would
  local file=$1 envelope
  envelope=$(sed -n 's/^X-Envelope: //p' "$file")
  # shellcheck disable=SC2086
  set -- $envelope
  local sender=$1; shift
  awk -v domain="${sender#*@}" -v photo="$photo" -v plan="$out/plan.b64" '
    NR == 1 && domain != "" { print "Authentication-Results: mx.kiez.example; dmarc=pass header.from=" domain }
    $0 == "@PHOTO@" { print photo; next }
    $0 == "@PLAN@" { while ((getline line < plan) > 0) print line; next }
    /^X-(Why|Envelope):/ && !body { next }
    $0 == "" { body = 1 }
    { print }' "$file" | "$kiezpost" deliver --from "$sender" "$@"
}
day() { # MOMENT FILE…: the receiver's clock stands at MOMENT
  at "$1"; shift
  rm -f "$out/kiez/run/lmtp.sock"
  "$kiezpost" lmtpd 2>>"$out/log.txt" & receiver=$!
  for _ in $(seq 100); do [ -S "$out/kiez/run/lmtp.sock" ] && break; sleep 0.05; done
  local file
  for file; do
    case $file in */*) ;; *) file=demo/week/$file ;; esac
    deliver "$file"; printf '  %s\n' "$(sed -n 's/^X-Why: //p' "$file")"
  done
  stop_receiver
  pass
}

answers=0
answer() { # ADDRESS WORDS TEXT WHY: writes $answered, an answer to the last letter that ADDRESS got with these words
  local letter to
  letter=$(grep -rl -- "$2" "$out/kiez/letters/$1/new" | sort | tail -n 1)
  to=$(sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/')
  answers=$((answers + 1)); answered=$out/answer-$answers.eml
  local vouched=; [ -z "${5:-}" ] || vouched="Authentication-Results: mx.kiez.example; dmarc=pass header.from=${1#*@}"
  printf '%s\n' "X-Why: $4" "X-Envelope: $1 $to" ${vouched:+"$vouched"} "From: $1" "To: $to" "Subject: AW: Ihre Frage" "Message-ID: <answer-$answers@post.example>" \
    "MIME-Version: 1.0" "Content-Type: text/plain; charset=UTF-8" "Content-Transfer-Encoding: 8bit" "" "$3" >"$answered"
}

office_answers() { # ADDRESS NUMBER FOLDER [done]: writes $answered, the office's "Reply" in Outlook to the letter about that case
  local letter to words why
  letter=$(grep -rl -- "$2" "$3" | sort | head -n 1)
  to=$(sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/')
  answers=$((answers + 1)); answered=$out/answer-$answers.eml
  words="der Poller wird bis zum 27. M=E4rz 2026 ersetzt." why="the office presses Reply in Outlook: salutation, one sentence, fourteen lines of signature, the whole letter quoted"
  [ -z "${4:-}" ] || words="der Poller ist ersetzt, der Fall ist damit erledigt." why="the office writes that it is done; it stays apart from what Olga says"
  cat >"$answered" <<OUTLOOK
X-Why: $why
X-Envelope: $1 $to
Authentication-Results: mx.kiez.example; dmarc=pass header.from=ba-tk.example
From: "Muster, Kerstin" <$1>
To: <$to>
Subject: =?iso-8859-1?Q?AW:_[$2]_Poller_Regattastr?=
Message-ID: <outlook.$answers@ba-tk.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable
X-Mailer: Microsoft Outlook 16.0
Content-Language: de-DE

Sehr geehrte Damen und Herren,

$words

Mit freundlichen Gr=FC=DFen
Im Auftrag

Kerstin Muster
_____________________________________
Bezirksamt Treptow-K=F6penick von Berlin
Stra=DFen- und Gr=FCnfl=E4chenamt
Zimmer 214, Tel. (030) 90297-5555, Fax -5556
Diese E-Mail-Adresse ist nicht f=FCr signierte/verschl=FCsselte E-Mails geeignet.
Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.

Von: Kiezpost <$to>
Gesendet: Donnerstag, 19. M=E4rz 2026 12:10
An: SGA <$1>
Betreff: [$2] Poller Regattastr

OUTLOOK
  sed '1,/^\r*$/d' "$letter" | sed 's/=/=3D/g' | head -n 40 >>"$answered"
}

clicks() { # ADDRESS NAME EVENT: writes $answered, "Accept" in Outlook's calendar, without a word
  local letter to uid
  letter=$(grep -rl -- "text/calendar" "$out/kiez/letters/$1/new" | sort | tail -n 1)
  to=$(sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/')
  uid=$("$kiezpost" show event "$3" --json | sed -n 's/^ *"uid" : "\(.*\)",$/\1/p')
  answers=$((answers + 1)); answered=$out/answer-$answers.eml
  cat >"$answered" <<OUTLOOK
X-Why: $2 presses "Zusagen" in Outlook: an iTIP reply, without a word
X-Envelope: $1 $to
Authentication-Results: mx.kiez.example; dmarc=pass header.from=${1#*@}
From: $2 <$1>
To: <$to>
Subject: Zugesagt: =?UTF-8?Q?Fr=C3=BChjahrsputz?=
Message-ID: <click.$answers@${1#*@}>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="click"

--click
Content-Type: text/plain; charset=UTF-8


--click
Content-Type: text/calendar; charset="utf-8"; method=REPLY

BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN=$2:mailto:$1
UID:$uid
DTSTART;VALUE=DATE-TIME:20260328T090000Z
DTEND;VALUE=DATE-TIME:20260328T120000Z
DTSTAMP:20260320T100000Z
SEQUENCE:0
END:VEVENT
END:VCALENDAR

--click--
OUTLOOK
}

say "The week: mails come in by LMTP, are understood, sent on and published"
day 2026-03-16T09:15:00+01:00 1-mo-0915-lothar.eml
day 2026-03-16T18:40:00+01:00 2-mo-1840-ayse.eml
day 2026-03-17T08:06:00+01:00 3-di-0805-hannelore.eml
day 2026-03-17T12:22:00+01:00 4-di-1222-jonas.eml
day 2026-03-18T20:10:00+01:00 5-mi-2010-olga.eml
day 2026-03-18T21:45:00+01:00 6-mi-2145-jonas-foto.eml
day 2026-03-19T11:30:00+01:00 7-do-0700-robot.eml 8-do-1130-fremde.eml
day 2026-03-19T12:10:00+01:00 8-do-1210-poller.eml
office_answers sga@ba-tk.example KP-2026-0001 "$out/kiez/letters/sga@ba-tk.example/new"
day 2026-03-19T15:30:00+01:00 "$answered"
office_answers sga@ba-tk.example KP-2026-0001 "$out/kiez/letters/sga@ba-tk.example/new" done
day 2026-03-20T11:00:00+01:00 "$answered"
answer olga.petrowa@webmail.example "KP-2026-0001" "Ja, steht wieder. Danke!" "Olga is asked whether it is mended, and says so from her phone" vouched
day 2026-03-20T12:40:00+01:00 "$answered"
day 2026-03-20T08:00:00+01:00 9-fr-0800-putz.eml
answer ayse.demir@gmail.example "28. M" "Ja, genau so." "Ayşe was shown what was understood, and confirms it: everybody gets an invitation" vouched
day 2026-03-20T08:20:00+01:00 "$answered"
for minute in 21 22 23; do at "2026-03-20T08:$minute:00+01:00"; pass; done
answer lothar.gruenberg@posteo.example text/calendar "Bin dabei, wir kommen zu zweit." "one answers the invitation in words, with a number" vouched
day 2026-03-20T09:10:00+01:00 "$answered"
answer h.krause@t-online.example text/calendar "Leider nein, mein Knie." "another one stays away; why is for Ayşe alone" vouched
day 2026-03-20T09:30:00+01:00 "$answered"
answer jonas.weber@icloud.example text/calendar "Vielleicht, wenn die Kleine gesund ist." "one does not know yet" vouched
day 2026-03-20T09:45:00+01:00 "$answered"
event=$("$kiezpost" show events gruenau | awk '/Frühjahrsputz/ { print $1; exit }')
clicks olga.petrowa@webmail.example "Olga Petrowa" "$event"
day 2026-03-20T11:05:00+01:00 "$answered"
day 2026-03-20T17:05:00+01:00 9-fr-1705-drei-adressen.eml
echo "  … and the same mail once more, as after a lost 250: it acts once"
day 2026-03-20T17:09:00+01:00 9-fr-1705-drei-adressen.eml >/dev/null
day 2026-03-20T19:30:00+01:00 9-fr-1815-laterne.eml 9-fr-1930-hochbeet.eml
day 2026-03-20T20:06:00+01:00 9-fr-2005-renate.eml
day 2026-03-21T09:00:00+01:00 9-sa-0900-verteiler.eml
day 2026-03-21T10:13:00+01:00 9-sa-1012-hoffest-antwort.eml
answer renate.b@gmx.example "Art. 13" "ja gern" "Renate's reply makes her a member; she is greeted"
day 2026-03-21T11:30:00+01:00 "$answered"
answer renate.b@gmx.example "Willkommen" "Bitte nur einmal die Woche, und Pause bis 15. April." "and she settles how mails come, in her own words"
day 2026-03-21T12:00:00+01:00 "$answered"

say "What became of them (the worker's log)"
sed -n 's/^.*\(list=\)/  \1/p' "$out/log.txt" | grep outcome= || true

say "What waits for a person: kiezpost queue"
"$kiezpost" queue

say "What two of them mean: kiezpost explain"
meaning() { "$kiezpost" explain --to "$1" "demo/week/$2" | sed -n '/^  "meaning"/,/^  }/p'; }
meaning kiez@kiez.example 9-fr-1815-laterne.eml
meaning kiezkasse-gruenau@kiez.example 9-fr-1930-hochbeet.eml

say "A case, from a phone to an office and back: kiezpost show case"
"$kiezpost" show case KP-2026-0001

say "Who comes: kiezpost show rsvps"
"$kiezpost" show rsvps "$event"

say "Counts"
count() { find "$1" -type f 2>/dev/null | wc -l; }
for box in "$out"/kiez/letters/*/; do
  printf '  %3d letters  %s\n' "$(count "$box/new")" "$(basename "$box")"
done
"$kiezpost" show threads gruenau
printf '\n%s pages and feeds, %s letters.\n' "$(find "$out/kiez/archive" -name '*.html' -o -name '*.xml' | wc -l)" "$(find "$out/kiez/letters" -path '*/new/*' -type f | wc -l)"
letter=$(find "$out/kiez/letters/olga.petrowa@webmail.example/new" -type f | sort | head -n 1)
cat <<END

Open the web archive in a browser:  file://$out/kiez/archive/index.html
What an office was asked and said:  file://$out/kiez/archive/faelle/2026/0001/index.html
All cases, by region, office, state: file://$out/kiez/archive/faelle/index.html
An event, and how many come to it:  file://$out/kiez/archive/termine/${event%/*}/$(printf %04d "${event#*/}")/index.html
What is ahead, month by month:      file://$out/kiez/archive/termine/index.html
Read a letter as a resident got it: less ${letter:-$out/kiez/letters}
All letters:                        $out/kiez/letters/ADDRESS/new/
END
