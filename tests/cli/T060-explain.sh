# kiezpost explain: how a mail is understood, without a store, changing nothing.
. "$(dirname "$0")/../support/tap.sh"
D=$TEST_TMP/d
new_district "$D" || { echo "not ok 1 - a district for the test"; exit 1; }
C=$TEST_TMP/alone.conf
printf '[municipality]\ndomain = kiez.example\ndistrict = treptow-koepenick\n' >"$C"
unset KIEZPOST_CONFIG
explain() { "$KIEZPOST" explain --config "$C" "$@"; }
# field JSON PATH: one value of the object, by node
field() { node -e 'const o = JSON.parse(require("fs").readFileSync(0)); const v = process.argv[1].split(".").reduce((a, k) => a == null ? a : a[k], o); console.log(v === undefined ? "missing" : typeof v === "string" ? v : JSON.stringify(v))' "$1"; }

cat >"$TEST_TMP/post.eml" <<'MAIL'
Authentication-Results: mx.kiez.example; dmarc=pass header.from=post.example
From: =?utf-8?q?Anna_M=C3=BCller?= <anna@post.example>
To: gruenau@kiez.example
Subject: [gruenau] AW: =?utf-8?q?K=C3=A4se?=
Message-ID: <1@post.example>
Date: Mon, 02 Mar 2026 10:15:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Kommt alle zum Grünauer Käsefest, es gibt auch Kuchen.
--x
Content-Type: image/jpeg; name="Foto.jpg"
Content-Disposition: attachment; filename="Foto.jpg"
Content-Transfer-Encoding: base64

/9j/4AAQ
--x--
MAIL
out=$(explain --to gruenau@kiez.example "$TEST_TMP/post.eml")
is "the Message-ID stands in brackets" "$(field message.message_id <<<"$out")" "<1@post.example>"
is "the name is decoded" "$(field message.from.name <<<"$out")" "Anna Müller"
is "prefixes of the subject are kept" "$(field message.subject <<<"$out")" "[gruenau] AW: Käse"
is "the date is as written" "$(field message.date <<<"$out")" "2026-03-02T10:15:00+01:00"
is "the language is guessed" "$(field message.language <<<"$out")" "de"
is "the sender is authenticated by our MTA's field" "$(field message.auth.authenticated <<<"$out")" true
like "the text is read" "$(field text.new <<<"$out")" "Kommt alle zum Grünauer Käsefest*"
is "the attachment is listed" "$(field attachments <<<"$out")" '[{"filename":"Foto.jpg","type":"image/jpeg","bytes":6}]'
is "it goes to the list" "$(field route.list <<<"$out")" gruenau
is "of its kind" "$(field route.kind <<<"$out")" group
like "for a reason" "$(field route.reason <<<"$out")" "*addressed to the list*"
is "and is an answer" "$(field meaning.intent <<<"$out")" reply
is "standard input does as well" "$(explain --to gruenau@kiez.example - <"$TEST_TMP/post.eml")" "$out"
is "without FILE standard input is read" "$(explain --to gruenau@kiez.example <"$TEST_TMP/post.eml")" "$out"
is "a pipe does, too" "$(explain --to gruenau@kiez.example <(cat "$TEST_TMP/post.eml"))" "$out"

out=$(explain --to gruenau@kiez.example --from '<>' "$TEST_TMP/post.eml")
is "a null sender is a robot" "$(field meaning.intent <<<"$out")" ignore
is "an automatic answer" "$(field message.auto_reply <<<"$out")" true
out=$(explain --to nirgends@kiez.example "$TEST_TMP/post.eml")
is "an address of nobody's goes nowhere" "$(field route.list <<<"$out")" null
like "which it says" "$(field route.reason <<<"$out")" "*refused at the door*"
out=$(explain --to maengel@kiez.example "$TEST_TMP/post.eml")
is "an address says what mail to it is for" "$(field meaning.intent <<<"$out")" defect
like "and that is said" "$(field meaning.why <<<"$out")" "*address*"
is "kinds are named before they are built" "$(field route.kind <<<"$out")" defects
out=$(explain --to gruenau+beitreten@kiez.example "$TEST_TMP/post.eml")
is "a command is a wish" "$(field meaning.intent <<<"$out")" join

cat >"$TEST_TMP/reply.eml" <<'MAIL'
From: bela@post.example
To: termine@kiez.example
Subject: Zugesagt: Fest
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain

Bela kommt.
--x
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:fest-1@kiez.example
SEQUENCE:3
ORGANIZER:mailto:termine@kiez.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:bela@post.example
END:VEVENT
END:VCALENDAR
--x--
MAIL
out=$(explain --to termine@kiez.example --context event --parent "$TEST_TMP/post.eml" "$TEST_TMP/reply.eml")
is "a calendar's answer is read: method" "$(field calendar.method <<<"$out")" REPLY
is "uid" "$(field calendar.uid <<<"$out")" fest-1@kiez.example
is "sequence" "$(field calendar.sequence <<<"$out")" 3
is "attendees" "$(field calendar.attendees <<<"$out")" '[{"address":"bela@post.example","partstat":"ACCEPTED"}]'
is "the context names the list" "$(field route.list <<<"$out")" termine

cat >"$TEST_TMP/answer.eml" <<'MAIL'
From: cem@post.example
To: termine@kiez.example
Subject: Re: Hoffest
Date: Tue, 03 Mar 2026 09:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Wir kommen zu dritt und bringen am Samstag 20 Euro für die Kasse mit.

Kommt alle zum Grünauer
Käsefest, es gibt auch Kuchen.
MAIL
out=$(explain --to termine@kiez.example --context event --parent "$TEST_TMP/post.eml" "$TEST_TMP/answer.eml")
like "what stands in the parent is quote, however it is wrapped" "$(field text.new <<<"$out")" "Wir kommen*Kasse mit."
is "which is said" "$(field text.has_quote <<<"$out")" true
is "the answer is read" "$(field meaning.answer <<<"$out")" yes
is "people are counted" "$(field meaning.people <<<"$out")" 3
is "sums are found" "$(field facts.money <<<"$out")" '[{"text":"20 Euro","cents":2000}]'
is "days, counted from the mail's Date" "$(field facts.dates.0.start <<<"$out")" 2026-03-07
out=$(explain --to termine@kiez.example --context event --parent "$TEST_TMP/post.eml" --now 2026-03-10T09:00:00+01:00 "$TEST_TMP/answer.eml")
is "or from --now" "$(field facts.dates.0.start <<<"$out")" 2026-03-14
unlike "without the parent it is text" "$(explain --to termine@kiez.example "$TEST_TMP/answer.eml" | field text.new)" "*Kasse mit."

lines=$(explain --to gruenau@kiez.example --json-lines "$TEST_TMP/post.eml" "$TEST_TMP/reply.eml")
is "--json-lines prints one object a line" "$(wc -l <<<"$lines")" 2
is "each of them whole" "$(tail -n 1 <<<"$lines" | field message.from.address)" bela@post.example

printf 'kein Kopf, nur Text\n' >"$TEST_TMP/none"
like "the sentence about standard input names it" "$(explain --to gruenau@kiez.example </dev/null 2>&1)" "*Standard input is no mail*"
is "what is no mail at all is 65" "$(status_of explain --to gruenau@kiez.example "$TEST_TMP/none")" 65
is "an empty file, too" "$(status_of explain --to gruenau@kiez.example /dev/null)" 65
is "a missing file, too" "$(status_of explain --to gruenau@kiez.example "$TEST_TMP/nix")" 65
is "no configuration is 78" "$(status_of "$KIEZPOST" explain --config "$TEST_TMP/nix.conf" --to a@b.example "$TEST_TMP/post.eml")" 78
printf '[municipality]\nnonsense = 1\n' >"$TEST_TMP/bad.conf"
is "a bad one as well" "$(status_of "$KIEZPOST" explain --config "$TEST_TMP/bad.conf" --to a@b.example "$TEST_TMP/post.eml")" 78
is "without --to it is a usage error" "$(status_of explain "$TEST_TMP/post.eml")" 64
is "an unknown context, too" "$(status_of explain --to gruenau@kiez.example --context tea "$TEST_TMP/post.eml")" 64

before=$(find "$D" -type f -printf '%p %s %T@\n' | sort)
out=$("$KIEZPOST" explain --config "$D/kiezpost.conf" --to gruenau@kiez.example "$TEST_TMP/post.eml")
is "with a store its lists count" "$(field route.list <<<"$out")" gruenau
is "and nothing there changes" "$(find "$D" -type f -printf '%p %s %T@\n' | grep -v -e '-shm ' -e '-wal ' | sort)" "$(grep -v -e '-shm ' -e '-wal ' <<<"$before")"
# the front door beside a list, as the worker decides it
sed 's/^To: .*/To: kiez@kiez.example\nCc: gruenau@kiez.example/' "$TEST_TMP/post.eml" >"$TEST_TMP/both.eml"
like "kiez@ beside a list only files" "$(explain --to kiez@kiez.example "$TEST_TMP/both.eml" | field route.reason)" "*more specific address*"
sed 's/^To: .*/To: kiez@kiez.example/' "$TEST_TMP/post.eml" >"$TEST_TMP/front.eml"
like "kiez@ alone is the front door" "$(explain --to KIEZ@kiez.example "$TEST_TMP/front.eml" | field route.reason)" "*front door*"

done_testing
