# kiezpost queue: what waits is shown, let through and dropped; ids say which place it is from.
. "$(dirname "$0")/../support/tap.sh"
D=$TEST_TMP/d
new_district "$D" || { echo "not ok 1 - a district for the test"; exit 1; }
kp() { "$KIEZPOST" "$@"; }
post() { kp deliver --local --from "$1" "$2"; }

ok "a member is added" kp member add gruenau bela@post.example

is "an empty queue prints nothing" "$(kp queue 2>/dev/null)" ""
like "and says so" "$(kp queue 2>&1)" "Nothing waits."

mail 'x@fremd.example' gruenau@kiez.example 'Fund am See' | post x@fremd.example gruenau@kiez.example
like "an accepted mail waits for the worker" "$(kp queue)" "i1 *waiting, from x@fremd.example, to gruenau@kiez.example*"
ok "the worker works until nothing is left" kp work --once
held=$(kp queue list)
like "a stranger's post is held, with its reason" "$held" 'h1 *held at gruenau, from x@fremd.example*"Fund am See": Its sender is no member of the list.'
like "as JSON" "$(kp queue --json)" '*"id" : "h1"*"state" : "held"*"list" : "gruenau"*'
like "show prints the mail itself" "$(kp queue show h1)" "*Subject: Fund am See*Guten Tag, liebe Nachbarn.*"
ok "release lets it through" kp queue release h1
is "then nothing waits" "$(kp queue 2>/dev/null)" ""
ok "its letters are made" kp work --once
like "members get it" "$(kp show outbox --json)" "*bela@post.example*"
is "releasing it again is refused as bad input" "$(status_of kp queue release h1)" 65

mail 'x@fremd.example' maengel@kiez.example 'Laterne' | post x@fremd.example maengel@kiez.example
kp work --once 2>/dev/null
like "a kind that is not built yet holds" "$(kp queue)" "h2 *held at maengel*not built yet*"
is "and cannot be let through yet" "$(status_of kp queue release h2)" 77
like "the sentence says why" "$(cat "$TEST_TMP/.last")" "*h2 cannot be released*"
ok "but dropped" kp queue drop h2
is "then it is gone" "$(kp queue 2>/dev/null)" ""

mail 'x@fremd.example' gruenau@kiez.example 'Werbung' | post x@fremd.example gruenau@kiez.example
ok "a mail that waits can be dropped" kp queue drop i3
ok "the worker finds nothing" kp work --once
is "and nothing is held" "$(kp queue 2>/dev/null)" ""

for id in h99 i99 l99; do is "$id is not there" "$(status_of kp queue show $id)" 65; done
for id in 7 x7 h h0 h-1 h1x ''; do is "\"$id\" is no id" "$(status_of kp queue show "$id")" 64; done
is "an unknown word is a usage error" "$(status_of kp queue paint h1)" 64
is "a mail body is shown byte for byte" "$(mail a@b.example gruenau@kiez.example 'Ümlaut' | tee "$TEST_TMP/raw" | post a@b.example gruenau@kiez.example; kp queue show i4 | tail -c "$(wc -c <"$TEST_TMP/raw")" | cksum)" "$(cksum <"$TEST_TMP/raw")"
done_testing
