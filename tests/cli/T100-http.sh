#!/usr/bin/env bash
# kiezpost http: leaving by one click, as a web server and a mail program would ask (RFC 8058).
. "$(dirname "$0")/../support/tap.sh"
command -v curl >/dev/null || skip_all "curl: is not installed"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
district=$TEST_TMP/d

is "without https_base there is nothing to serve" "$(status_of "$KIEZPOST" http)" 78
printf '\n[http]\nhttps_base = https://lists.kiez.example/\n' >>"$KIEZPOST_CONFIG"
"$KIEZPOST" member add gruenau anna@web.example 2>/dev/null
"$KIEZPOST" member add gruenau bert@web.example 2>/dev/null
background "$KIEZPOST" run
wait_for 10 test -S "$district/run/http.sock" && wait_for 10 test -s "$district/run/addresses"
tap $? "run starts it where https_base is set"

state() { "$KIEZPOST" show members gruenau | awk -v a="$1" '$1 == a { print $2 }'; }
link() { grep -rhoE 'https://lists.kiez.example/leave/[a-z2-7]{42}' "$district/letters" | head -n 1; }
ask() { curl -s -m 20 -o "$TEST_TMP/page" -D "$TEST_TMP/head" -w '%{http_code}' --unix-socket "$district/run/http.sock" "$@"; }

mail bert@web.example gruenau@kiez.example "Hoffest" "Wer kommt zum Hoffest?" |
  "$KIEZPOST" deliver --from bert@web.example gruenau@kiez.example
wait_for 15 bash -c "grep -rqE 'leave/[a-z2-7]{42}' '$district/letters'"; tap $? "a post carries the link"
copy=$(grep -rlE 'leave/[a-z2-7]{42}' "$district/letters" | head -n 1)
ok "and says that one click is enough" grep -q '^List-Unsubscribe-Post: List-Unsubscribe=One-Click' "$copy"
ok "beside the address" grep -q 'mailto:gruenau%2B' "$copy"
path=http://localhost/leave/$(basename "$(link)")

is "a look at it is fine" "$(ask "$path")" 200
ok "and shows one button" grep -q '<button type="submit">' "$TEST_TMP/page"
ok "loads nothing" grep -qi "content-security-policy: default-src 'none'" "$TEST_TMP/head"
ok "and is not kept" grep -qi 'cache-control: no-store' "$TEST_TMP/head"
is "so is HEAD" "$(ask -I "$path")" 200
is "a POST without the words is refused" "$(ask -d x=y "$path")" 400
is "a body of a megabyte too" "$(head -c 1000000 /dev/zero | tr '\0' x | ask -H 'Expect:' --data-binary @- "$path")" 400
is "another method too" "$(ask -X DELETE "$path")" 405
is "a forged link is unknown" "$(ask -d List-Unsubscribe=One-Click "${path%?}$(printf %s "${path: -1}" | tr 'a-z2-7' 'b-z2-7a')")" 404
is "so is any other page" "$(ask http://localhost/etc/passwd)" 404
sleep 1
is "all that changed nothing" "$(state anna@web.example)" active
is "the click is taken" "$(ask -d List-Unsubscribe=One-Click "$path")" 200
left() { [ "$(state anna@web.example)" = left ]; }
wait_for 15 left; tap $? "and the member has left"
is "nobody else has" "$(state bert@web.example)" active
done_testing
