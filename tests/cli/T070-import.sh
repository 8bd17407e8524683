# kiezpost import: an old archive becomes threads; nothing is sent, nothing published until told; twice is once.
. "$(dirname "$0")/../support/tap.sh"
D=$TEST_TMP/d
new_district "$D" || { echo "not ok 1 - a district for the test"; exit 1; }
kp() { "$KIEZPOST" "$@"; }
count() { kp show "$@" --json | node -e 'console.log(JSON.parse(require("fs").readFileSync(0)).length)'; }

cat >"$TEST_TMP/old.mbox" <<'MBOX'
From anna@post.example Mon Mar  2 10:15:00 2020
From: Anna <anna@post.example>
To: liste@alt.example
Subject: Kiezspaziergang
Message-ID: <1@alt.example>
Date: Mon, 02 Mar 2020 10:15:00 +0100

Morgen um drei.

From now on at three o'clock, says this line without a time.

>From der Brücke aus gehen wir los.
>>From steht auch da.

From bela@post.example Tue Mar  3 11:00:00 2020
From: Bela <bela@post.example>
To: liste@alt.example
Subject: AW: Kiezspaziergang
Message-ID: <2@alt.example>
In-Reply-To: <1@alt.example>
References: <1@alt.example>
Date: Tue, 03 Mar 2020 11:00:00 +0100

Ich komme mit.

From cem@post.example Tue Mar  3 12:00:00 2020
From: Cem <cem@post.example>
Subject: ohne Datum und Kennung

Hallo
MBOX
kp member add gruenau anna@post.example >/dev/null 2>&1
like "an mbox is imported" "$(kp import --list gruenau "$TEST_TMP/old.mbox" 2>&1)" "3 mails are new in gruenau, 0 were there before.*"
is "into two threads" "$(count threads gruenau)" 2
thread=$(kp show threads gruenau --json | node -e 'const t = JSON.parse(require("fs").readFileSync(0)); console.log(t.find(x => x.subject.startsWith("Kiez")).id)')
text=$(kp show messages "$thread" --json)
like "an answer hangs in its thread" "$text" "*Ich komme mit.*"
like "one > is taken from quoted From lines" "$text" "*From der Brücke aus*"
unlike "and no more than one" "$text" "*nFrom steht auch da*"
like "a line that only begins with From stays in the text" "$text" "*From now on*"
years=$(kp show threads gruenau --json | node -e 'console.log(JSON.parse(require("fs").readFileSync(0)).map(t => `${t.subject}=${t.number}`).join(" "))')
like "a mail without a Date lies in the year that its mbox says" "$years" "*ohne Datum*=2020/*"
ok "nothing is sent" test "$(count outbox)" = 0
like "twice is once" "$(kp import --list gruenau "$TEST_TMP/old.mbox" 2>&1)" "0 mails are new in gruenau, 3 were there before.*"
is "still two threads" "$(count threads gruenau)" 2
kp publish --once >/dev/null 2>&1
ok "nothing is public" test ! -e "$D/archive/gruenau/2020"
like "--publish says how many" "$(kp import --list gruenau --publish "$TEST_TMP/old.mbox" 2>&1)" "*3 are published now.*"
kp publish --once >/dev/null 2>&1
ok "then they are public, in the year they were written" test -e "$D/archive/gruenau/2020/0001/index.html"
like "publishing twice is publishing once" "$(kp import --list gruenau --publish "$TEST_TMP/old.mbox" 2>&1)" "*0 are published now.*"

mkdir -p "$TEST_TMP/md/cur" "$TEST_TMP/md/new" "$TEST_TMP/md/tmp"
for i in 1 2 3; do printf 'From: Anna <anna@post.example>\nSubject: Maildir %s\nMessage-ID: <m%s@alt.example>\nDate: Mon, 02 Mar 2020 10:15:0%s +0100\n\nText %s\n' $i $i $i $i >"$TEST_TMP/md/cur/1$i.host:2,S"; done
like "a maildir is imported" "$(kp import --list adlershof "$TEST_TMP/md" 2>&1)" "3 mails are new in adlershof*"
sed '/^From bela/,$d' "$TEST_TMP/old.mbox" >"$TEST_TMP/cut.mbox"
like "what was broken off goes on" "$(kp import --list rahnsdorf "$TEST_TMP/cut.mbox" >/dev/null 2>&1; kp import --list rahnsdorf "$TEST_TMP/old.mbox" 2>&1)" "2 mails are new in rahnsdorf, 1 were there before.*"
mkdir -p "$TEST_TMP/nested/cur/.nested" "$TEST_TMP/nested/cur/folder" "$TEST_TMP/nested/new" "$TEST_TMP/nested/tmp"
mail anna@wohnen.example gruenau@kiez.example "Aus dem Maildir" >"$TEST_TMP/nested/cur/1.a.b:2,S"
ok "a folder below cur is passed over" kp import --list gruenau "$TEST_TMP/nested"
like "and the mail beside it is new" "$(cat "$TEST_TMP/.last")" "1 mails are new*"
is "there is no such list" "$(status_of kp import --list nirgends "$TEST_TMP/old.mbox")" 67
is "no such file is bad input" "$(status_of kp import --list gruenau "$TEST_TMP/nix")" 65
printf 'Hallo\n' >"$TEST_TMP/text"
is "a text is no mbox" "$(status_of kp import --list gruenau "$TEST_TMP/text")" 65
is "a directory that is no maildir is refused" "$(status_of kp import --list gruenau "$TEST_TMP")" 65
is "no --list is a usage error" "$(status_of kp import "$TEST_TMP/old.mbox")" 64
done_testing
