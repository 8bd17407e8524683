#!/usr/bin/env bash
# Hostile mail through the whole house, with AddressSanitizer and UBSan where that build is there: read, routed, sent and published
# without a crash, in time, and without a trace of it in letters or pages.
. "$(dirname "$0")/../support/tap.sh"
[ ! -x "$ROOT/build/asan/kiezpost" ] || KIEZPOST=$ROOT/build/asan/kiezpost
D=$TEST_TMP/d M=$TEST_TMP/mails LETTERS=$TEST_TMP/d/letters
new_district "$D" || { echo "not ok 1 - a district for the test"; exit 1; }
"$KIEZPOST" member add gruenau anna@wohnen.example --name Anna >/dev/null
for rule in too_many loop; do "$KIEZPOST" list set gruenau rule.$rule accept >/dev/null; done # one sender, dozens of mails
"$KIEZPOST" member add gruenau bela@wohnen.example --name Bela >/dev/null
mkdir -p "$M"

head_of() { # NAME [SUBJECT]: the usual header, without Content-Type
  printf 'From: Anna <anna@wohnen.example>\r\nTo: gruenau@kiez.example\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 10:15:00 +0100\r\nMessage-ID: <hostile-%s@mail.example>\r\nMIME-Version: 1.0\r\n' "${2:-hostile $1}" "$1"
}
plain() { printf 'Content-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag\r\n'; }
repeat() { head -c "$2" /dev/zero | tr '\0' "$1"; }

{ head_of bare-lf | tr -d '\r'; printf 'X-Bare: one\n\nline with bare LF\nanother\rbare CR\n.\nend\n'; } >"$M/bare-lf"
{ head_of nul; printf 'X-Nul: a\0b\r\nContent-Type: text/plain\r\n\r\nbefore\0after\r\n'; } >"$M/nul"
{ head_of big-header; for i in $(seq 10); do printf 'X-Big-%s: ' "$i"; repeat x 1000000; printf '\r\n'; done; plain; } >"$M/big-header"
{ head_of parts; printf 'Content-Type: multipart/mixed; boundary=b\r\n\r\n'; for i in $(seq 5000); do printf -- '--b\r\nContent-Type: text/plain\r\n\r\npart %s\r\n' "$i"; done; printf -- '--b--\r\n'; } >"$M/parts"
{ head_of depth; for i in $(seq 1000); do printf 'Content-Type: multipart/mixed; boundary=b%s\r\n\r\n--b%s\r\n' "$i" "$i"; done; plain; } >"$M/depth"
{ head_of rfc822-depth; for i in $(seq 1000); do printf 'Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n'; done; plain; } >"$M/rfc822-depth"
{ head_of id | grep -v '^Message-ID'; printf 'Message-ID: <'; repeat m 1000000; printf '@mail.example>\r\n'; plain; } >"$M/id"
{ head_of groups; printf 'Cc: '; for i in $(seq 40000); do printf 'g%s:a,\r\n ' "$i"; done; printf ';\r\n'; plain; } >"$M/groups"
{ head_of divs; printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'; for i in $(seq 60000); do printf '<div>'; done; printf 'tief\r\n'; } >"$M/divs"
{ head_of comments; printf 'Cc: '; repeat '(' 200000; printf '\r\n'; plain; } >"$M/comments"
{ head_of parameters; printf 'Content-Type: text/plain'; for i in $(seq 0 5000); do printf ';\r\n name*%s=a' "$i"; done; printf '\r\n\r\nGuten Tag\r\n'; } >"$M/parameters"
{ head_of words "$(for i in $(seq 3000); do printf '=?utf-8?q?=41?= '; done)"; plain; } >"$M/words"
{ head_of cycle-1; printf 'In-Reply-To: <hostile-cycle-2@mail.example>\r\nReferences: <hostile-cycle-2@mail.example> <hostile-cycle-1@mail.example>\r\n'; plain; } >"$M/cycle-1"
{ head_of cycle-2; printf 'In-Reply-To: <hostile-cycle-1@mail.example>\r\nReferences: <hostile-cycle-1@mail.example> <hostile-cycle-2@mail.example>\r\n'; plain; } >"$M/cycle-2"
{ head_of references; printf 'References:'; for i in $(seq 20000); do printf ' <r%s@x.example>\r\n' "$i"; done; plain; } >"$M/references"
{ head_of injection '=?utf-8?q?Hallo=0D=0ABcc:_opfer@anderswo.example=0D=0A=0D=0ASpam?='; plain; } >"$M/injection"
{ head_of name-injection | sed 's/^From: Anna/From: =?utf-8?q?Anna=0D=0AX-Injected:_yes?=/'; plain; } >"$M/name-injection"
{ head_of php '<?php system("id"); ?> <!--#exec cmd="id"--> <!-- --> <script>alert(1)</script>'; printf 'Content-Type: text/plain; charset=utf-8\r\n\r\n<?php phpinfo(); ?> <!--#include file="/etc/passwd"--> ]]> <b>fett</b>\r\n'; } >"$M/php"
{ head_of utf7; printf 'Content-Type: text/plain; charset=utf-7\r\n\r\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-\r\n'; } >"$M/utf7"
{ head_of future | sed 's/02 Mar 2026/02 Mar 2036/'; plain; } >"$M/future"
{ head_of slots; printf 'Content-Type: text/plain; charset=utf-8\r\n\r\nslot \001a\002 here\r\n'; } >"$M/slots"
{ head_of long-line; printf 'Content-Type: text/plain; charset=utf-8\r\n\r\n'; repeat y 2000000; printf '\r\n'; } >"$M/long-line"
{ head_of no-boundary; printf 'Content-Type: multipart/mixed\r\n\r\nno boundary\r\n'; } >"$M/no-boundary"
{ head_of bidi $'\xe2\x80\xaeverkehrt\xe2\x80\xac und \xc3\x28 kaputt'; plain; } >"$M/bidi"
printf '\r\n\r\nno header at all\r\n' >"$M/no-header"
: >"$M/empty"
head -c 100000 /dev/urandom >"$M/noise"

for file in "$M"/*; do
  name=${file##*/}
  timeout 20 "$KIEZPOST" explain --to gruenau@kiez.example "$file" >"$TEST_TMP/explained" 2>"$TEST_TMP/err"; status=$?
  case $status in 0 | 65) verdict=0 ;; *) verdict=1; tail -n 15 "$TEST_TMP/err" | sed 's/^/# /' ;; esac
  if [ $status = 0 ] && command -v node >/dev/null; then
    node -e 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))' "$TEST_TMP/explained" 2>/dev/null || { verdict=1; echo "# no JSON"; }
  fi
  tap $verdict "explained without a crash: $name"
done

for file in "$M"/*; do
  timeout 20 "$KIEZPOST" deliver --local --from anna@wohnen.example gruenau@kiez.example <"$file" 2>>"$TEST_TMP/err" || true
done
ok "the worker gets through all of them" timeout 120 "$KIEZPOST" work --once
ok "the sender gets through all of them" timeout 120 "$KIEZPOST" send --once
ok "the publisher gets through all of them" timeout 120 "$KIEZPOST" publish --once
is "none waits in the inbox or was set aside" "$("$KIEZPOST" queue --json | grep -c '"id" *: *"i')" 0
ok "letters came of them" test "$(letters_of bela@wohnen.example | wc -l)" -gt 15

not_ok "no page holds PHP, SSI, comments or scripts" grep -rlE '<\?php|<!--|<script|alert\(1\)</script' "$D/archive" --include='*.html'
not_ok "no page shows 2036" grep -rl '2036' "$D/archive"
not_ok "no letter has an injected header" grep -rlE $'^(Bcc|X-Injected):' "$LETTERS"
not_ok "no letter goes to a foreign address" test -d "$LETTERS/opfer@anderswo.example"
not_ok "no letter has a bare CR or a line over 998 octets" bash -c '
  for f in "$0"/*/new/*; do
    if awk '"'"'{ sub(/\r$/, "") } length($0) > 998 || index($0, "\r") { bad = 1 } END { exit !bad }'"'"' "$f"; then echo "$f"; exit 0; fi
  done; exit 1' "$LETTERS"
ok "the two mails that name each other as parent are one thread" bash -c '"$0" show threads gruenau --json | tr -d " \n" | grep -q "\"messages\":2"' "$KIEZPOST"
not_ok "no page shows an address of the sender" grep -rl 'anna@wohnen.example' "$D/archive"
done_testing
