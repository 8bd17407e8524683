#!/usr/bin/env bash
# What `make install` puts somewhere works there, and `make demo` shows what it promises. Both take the release build.
. "$(dirname "$0")/../support/tap.sh"
unset KIEZPOST_CONFIG KIEZPOST_NOW KIEZPOST_SHARE
program=$ROOT/build/release/kiezpost
[ -x "$program" ] || skip_all "release: not built (make)"
to=$TEST_TMP/root
(umask 077; make -C "$ROOT" --no-print-directory MODE=release PREFIX=/opt/kiez DESTDIR="$to" install) >"$TEST_TMP/make.out" 2>&1
tap $? "make install succeeds"
cd / || exit 1

# ---- installed ------------------------------------------------------------------------------------------------------
installed=$to/opt/kiez/bin/kiezpost
ok "the installed program makes a district from the letters and districts beside it" "$installed" init "$TEST_TMP/d" --domain kiez.example
is "nothing names the place of another installation" "$(cd "$to" && find . -type f -path '*/systemd/*' -exec grep -l '@' {} + | xargs -r grep -l '@PREFIX@')" ""
missing=
for unit in "$to"/opt/kiez/lib/systemd/system/*.service; do
  while read -r path; do [ -x "$to$path" ] || missing="$missing ${unit##*/}:$path"; done < <(sed -n 's/^ExecStart[A-Za-z]*=\([^ ]*\).*/\1/p' "$unit")
done
is "each unit starts a program that is there" "$missing" ""
is "there are six services and their target" "$(cd "$to/opt/kiez/lib/systemd/system" && echo *)" \
  "kiezpost-http.service kiezpost-lmtpd.service kiezpost-publish.service kiezpost-reach.service kiezpost-send.service kiezpost-work.service kiezpost.target"
is "everybody may read what was installed, under any umask" "$(find "$to/opt" ! -perm -o+r ! -type l)" ""
is "the manual pages are there" "$(cd "$to/opt/kiez/share/man" && echo */*)" "man1/kiezpost.1 man5/kiezpost.conf.5"
is "all that is shared is there" "$(cd "$to/opt/kiez/share/kiezpost" && find . -type f | sort)" "$(cd "$ROOT/share" && find . -type f | sort)"
if command -v systemd-analyze >/dev/null; then
  mkdir -p "$TEST_TMP/units"
  for unit in "$to"/opt/kiez/lib/systemd/system/*; do sed "s|=/opt/kiez|=$to/opt/kiez|" "$unit" >"$TEST_TMP/units/${unit##*/}"; done
  is "systemd has nothing against the units" "$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$TEST_TMP"/units/* 2>&1 | grep -F "$TEST_TMP/units")" ""
else
  skip "systemd has nothing against the units" "systemd-analyze: is not installed"
fi

# ---- the demo -------------------------------------------------------------------------------------------------------
(cd "$ROOT" && bash demo/run.sh build/release/kiezpost "$TEST_TMP/demo") >"$TEST_TMP/demo.out" 2>&1
tap $? "the demo runs to its end"
count() { find "$TEST_TMP/demo/kiez/$1" -type f -path "$2" | wc -l; }
is "members have letters, as it says" "$(count letters '*/new/*') letters." "$(grep -oE '[0-9]+ letters\.' "$TEST_TMP/demo.out")"
ok "a page of each thread is there" test "$(count archive '*/gruenau/2026/*/index.html')" -ge 3
ok "the stranger's mail waits" grep -q '^h1 .*held at gruenau, from werbung@fussboden.example' "$TEST_TMP/demo.out"
is "no mail that came twice was posted twice" "$(grep -c 'list=schmoeckwitz .*outcome=posted' "$TEST_TMP/demo.out")" 1
page=$(sed -n 's|^Open the web archive.*file://||p' "$TEST_TMP/demo.out")
ok "the page that it names to open is there" test -s "${page:-none}"
event=$(sed -n 's|^An event.*file://||p' "$TEST_TMP/demo.out")
ok "and the event's, which says how many come" grep -q "3 Personen" "${event:-none}"
letter=$(sed -n 's|^Read a letter.*: less ||p' "$TEST_TMP/demo.out")
ok "and the letter" test -s "${letter:-none}"
done_testing
