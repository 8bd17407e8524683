# kiezpost check: what stands in files that people edit is looked at before it is needed.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
district=$TEST_TMP/d
finding() { "$KIEZPOST" check 2>/dev/null | grep "^$1 .* $2 "; }

# ---- letters and templates of the municipality
like "the shipped letters are in order" "$(finding fine letters)" "*letters*"
like "the shipped templates too" "$(finding fine archive | grep templates)" "*templates/archive*"
like "the shipped phrases too" "$(finding fine phrases)" "*phrases*"
mkdir -p "$district/share/letters/de" "$district/share/templates/archive" "$district/share/languages"
printf 'Guten Tag\n{{#kaputt' >"$district/share/letters/de/footer.txt"
printf 'Betreff: {{list}}\n\nText\n\n{{#a}}\n' >"$district/share/letters/de/hold_notice.md"
printf '<p>\n\n{{/zu}}' >"$district/share/templates/archive/home.html"
printf 'was soll das\n' >"$district/share/languages/de.phrases"
like "a broken footer is found, with file and line" "$(finding problem letters)" "*$district/share/letters/de/footer.txt:2: *"
like "so is a broken letter, beside it" "$(finding problem letters)" "*$district/share/letters/de/hold_notice.md:5: *"
like "and a broken page" "$(finding problem archive)" "*$district/share/templates/archive/home.html:3: *"
like "and a broken table of phrases" "$(finding problem phrases)" "*$district/share/languages/de.phrases, line 1: *"

printf '[answer.jes]\njepp\n' >"$district/share/languages/de.phrases"
like "a section that nothing asks for is said, and what may be meant" "$(finding problem phrases)" "*$district/share/languages/de.phrases, line 1: *[[]answer.yes]*"
rm "$district/share/languages/de.phrases"
for who in anna bela; do "$KIEZPOST" member add gruenau $who@wohnen.example 2>/dev/null; done
mail anna@wohnen.example gruenau@kiez.example Fest | "$KIEZPOST" deliver --local --from anna@wohnen.example gruenau@kiez.example
is "the worker stops at the footer" "$(status_of "$KIEZPOST" work --once)" 78
like "and names file and line" "$(cat "$TEST_TMP/.last")" "*$district/share/letters/de/footer.txt:2: *"
is "the publisher stops at the page" "$(status_of "$KIEZPOST" publish --once)" 78
like "and names file and line" "$(cat "$TEST_TMP/.last")" "*$district/share/templates/archive/home.html:3: *"
rm -r "$district/share/letters" "$district/share/templates"
ok "mended, the mail goes its way" "$KIEZPOST" work --once
like "to the member" "$("$KIEZPOST" show outbox --json)" "*bela@wohnen.example*"

# ---- the admin
"$KIEZPOST" init "$TEST_TMP/e" --domain kiez.example --admin postmaster@kiez.example 2>"$TEST_TMP/init"
like "init says that mail to this admin would go round in circles" "$(cat "$TEST_TMP/init")" "*Beware: the admin's address postmaster@kiez.example *"
export KIEZPOST_CONFIG=$TEST_TMP/e/kiezpost.conf
like "so does check" "$(finding problem admin)" "*postmaster@kiez.example*held*"
sed -i 's/^admin = .*/admin = gruenau@kiez.example/' "$KIEZPOST_CONFIG"
like "a list's address is no admin either" "$(finding problem admin)" "*gruenau@kiez.example*"
sed -i 's/^admin = .*/admin = amt@berlin.example/' "$KIEZPOST_CONFIG"
like "an address elsewhere is" "$(finding fine admin)" "*amt@berlin.example*"

# ---- video rooms
is "without a server nothing is said of video" "$(finding fine video)$(finding problem video)" ""
printf '\n[video]\nbbb_url = https://bbb.example/bigbluebutton\nsecret_file = bbb.secret\n' >>"$KIEZPOST_CONFIG"
like "a secret that is not there is a problem" "$(finding problem video)" "*cannot be read*no video rooms*"
(umask 022; echo abc >"$TEST_TMP/e/bbb.secret")
like "so is one that lies open" "$(finding problem video)" "*chmod 600*"
chmod 600 "$TEST_TMP/e/bbb.secret"
like "in order it is fine" "$(finding fine video)" "*rooms of bbb.example.*"
unlike "and kept" "$("$KIEZPOST" check 2>&1)" "*abc*"
sed -i 's|https://bbb|http://bbb|' "$KIEZPOST_CONFIG"
like "without encryption there is a note" "$(finding note video)" "*without encryption*"
done_testing
