# kiezpost office, show offices, show statistics: who answers, and what no office may be.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
export KIEZPOST_NOW=2026-03-02T10:15:00+01:00
run() { "$KIEZPOST" "$@"; }
json() { # EXPRESSION COMMAND…: what the expression over `d` says of the command's JSON
  local expression=$1; shift
  run "$@" --json 2>"$TEST_TMP/err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1
}
office() { json "[o for o in d if o['sign'] == '$1'][0]['$2']" show offices; }

# ---- what is shipped
is "the shipped district has its offices" "$(json "len(d) >= 10" show offices)" True
is "and one coordinator" "$(json "[o['sign'] for o in d if o['coordinator']]" show offices)" "['SPK']"
is "nobody real is written to by trying out" "$(json "[a for o in d for a in o['addresses'] + o['domains']]" show offices)" "[]"
like "check says who has no address" "$(run check 2>/dev/null)" "*No address is known of*SGA*"

# ---- set
ok "an office gets an address" run office set SGA --address Strassen@BA-TK.berlin.example --domain ba-tk.berlin.example --days 10
is "in one form" "$(office SGA addresses)" "['strassen@ba-tk.berlin.example']"
is "with a domain" "$(office SGA domains)" "['ba-tk.berlin.example']"
is "and days" "$(office SGA days)" 10
is "what was not said stays" "$(office SGA topics)" "['green', 'playground', 'road']"
is "list shows the same" "$(json "[o for o in d if o['sign'] == 'SGA'][0]['days']" office list)" 10
like "and lines for people" "$(run office list)" "*SGA*strassen@ba-tk.berlin.example*"
is "a new one needs a name" "$(status_of run office set Hafen)" 64
ok "and may have everything" run office set Hafen --name 'Hafenamt' --address hafen@ba-tk.berlin.example --deputy chef@ba-tk.berlin.example \
  --sender extern@dienst.example --topic Wasser --topic wald --region gruenau --days 3 --working-days 1235 --clerk name --signature 'Ihr Hafenamt' \
  --network hafen --by-hand off --four-eyes on
is "topics are read as people call them" "$(office Hafen topics)" "['forest:gruenau', 'water:gruenau']"
is "deputies are kept" "$(office Hafen deputies)" "['chef@ba-tk.berlin.example']"
is "and how it works" "$(json "[[o[k] for k in ('working_days', 'clerk', 'signature', 'network', 'four_eyes')] for o in d if o['sign'] == 'Hafen'][0]" show offices)" "['1235', 'name', 'Ihr Hafenamt', 'hafen', True]"
ok "an empty list empties" run office set Hafen --deputy ''
is "as is seen" "$(office Hafen deputies)" "[]"
ok "another coordinator takes the place" run office set Hafen --coordinator on
is "of the one before" "$(json "[o['sign'] for o in d if o['coordinator']]" show offices)" "['Hafen']"

# ---- what is refused, with a sentence
is "no public provider is an office's domain" "$(status_of run office set SGA --domain web.de)" 65
like "with what to do" "$(cat "$TEST_TMP/.last")" "*one by one*"
for domain in gmail.com gmx.de t-online.de mail.gmx.net @outlook.com; do
  is "neither is $domain" "$(status_of run office set SGA --domain $domain)" 65
done
ok "one address there may be" run office set Hafen --sender hafenmeister@t-online.de
is "our own domain is none" "$(status_of run office set SGA --domain kiez.example)" 65
is "nor an address of ours" "$(status_of run office set SGA --address gruenau@kiez.example)" 65
is "an address is one" "$(status_of run office set SGA --address quatsch)" 65
is "it belongs to one office" "$(status_of run office set OrdA --address strassen@ba-tk.berlin.example)" 65
like "which is named" "$(cat "$TEST_TMP/.last")" "*SGA*"
ok "a domain may be shared" run office set OrdA --domain ba-tk.berlin.example
is "a topic must exist" "$(status_of run office set SGA --topic Wetter)" 65
like "those that do are named" "$(cat "$TEST_TMP/.last")" "*building*road*"
is "a region must exist" "$(status_of run office set SGA --region atlantis)" 65
is "days are days" "$(status_of run office set SGA --days 0)" 65
is "not a year and more" "$(status_of run office set SGA --days 1000)" 65
is "a clerk is role or name" "$(status_of run office set SGA --clerk foto)" 64
is "a flag is on or off" "$(status_of run office set SGA --four-eyes vielleicht)" 64
is "a sign is short and plain" "$(status_of run office set 'S G A' --name x)" 65
is "a name is one line" "$(status_of run office set SGA --name $'x\ny')" 65
is "nothing of those was done" "$(json "[[o[k] for k in ('addresses', 'days', 'clerk')] for o in d if o['sign'] == 'SGA'][0]" show offices)" "[['strassen@ba-tk.berlin.example'], 10, 'role']"

# ---- explain
mail anna@web.de frage@kiez.example 'Schlagloch' 'Wann wird das Loch vor der Schule zugemacht?' >"$TEST_TMP/q.eml"
is "explain says who would answer" "$(json "(d['office']['sign'], d['office']['topic'], d['office']['unsure'])" explain --to frage@kiez.example "$TEST_TMP/q.eml")" "('SGA', 'road', False)"
mail anna@web.de frage@kiez.example 'Ampel' 'Die Ampel ist aus.' >"$TEST_TMP/q.eml"
is "and what is not the district's" "$(json "(d['office']['responsible'], d['office']['unsure'])" explain --to frage@kiez.example "$TEST_TMP/q.eml")" "('land', True)"
like "with the sentence that people get" "$(json "d['office']['why']" explain --to frage@kiez.example "$TEST_TMP/q.eml")" "*das Land Berlin*"

# ---- remove
ok "an office is removed" run office remove Hafen
is "and is no longer shown" "$(json "'Hafen' in [o['sign'] for o in d]" show offices)" False
is "once" "$(status_of run office remove Hafen)" 67
ok "it may come back" run office set Hafen --name Hafenamt
is "upgrade enters nothing that was taken away" "$(run office remove Hafen 2>/dev/null; run upgrade 2>/dev/null; json "'Hafen' in [o['sign'] for o in d]" show offices)" False

# ---- statistics
is "without cases they are zeros" "$(json "[d[k] for k in ('cases', 'open', 'answered', 'median_days')]" show statistics)" "[0, 0, 0, None]"
is "of a year too" "$(json "d['year']" show statistics 2026)" 2026
is "a year is a number" "$(status_of run show statistics immer)" 64
done_testing
