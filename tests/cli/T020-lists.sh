# kiezpost list, member, show: the operator's way to lists and people, and what programs read of it.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
export KIEZPOST_NOW=2026-03-02T10:15:00+01:00
run() { "$KIEZPOST" "$@"; }
json() { # EXPRESSION COMMAND…: what the expression over `d` says of the command's JSON
  local expression=$1; shift
  run "$@" --json 2>"$TEST_TMP/err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1
}
list() { json "[l for l in d if l['name'] == '$1'][0]['$2']" show lists; }

# ---- lists
is "the shipped district has its lists" "$(json "len(d) >= 26" show lists)" True
for bad in $'T\nBcc: x' $'T\r' $'T\x1b[2J' $'T\u2028x' $'\x7f'; do
  is "a title is one line ($(printf %q "$bad"))" "$(status_of run list create neu --kind group --title "$bad")" 65
  is "also when it is changed ($(printf %q "$bad"))" "$(status_of run list set gruenau title "$bad")" 65
  is "so is a subject tag ($(printf %q "$bad"))" "$(status_of run list set gruenau subject-tag "$bad")" 65
  is "so is a name ($(printf %q "$bad"))" "$(status_of run member add gruenau zeile@example.net --name "$bad")" 65
done
like "with a sentence" "$(cat "$TEST_TMP/.last")" "*A name is one line*"
printf 'eins@example.net Eins\nzwei@example.net Z\twei\n' >"$TEST_TMP/names"
is "and a name in a file" "$(status_of run member add bohnsdorf --file "$TEST_TMP/names")" 65
like "with its line" "$(cat "$TEST_TMP/.last")" "*line 2 of *"
ok "a list is made" run list create rundschau --kind announce --title 'Rundschau für alle' --region gruenau --alias nachrichten
is "it is private until somebody says otherwise" "$(list rundschau archive)" none
is "its title may hold umlauts" "$(list rundschau title)" "Rundschau für alle"
is "its address is complete" "$(list rundschau address)" rundschau@kiez.example
is "its region is known" "$(list rundschau region)" gruenau
like "its address is valid at once" "$(cat "$TEST_TMP/d"/*/addresses* "$TEST_TMP/d/addresses"* 2>/dev/null)" "*rundschau*"
is "a list takes every attachment until somebody says otherwise" "$(json "d['policies']['attachments']" list show rundschau)" any
is "and 2 MB of each" "$(json "d['policies']['attachment_limit']" list show rundschau)" 2097152
ok "it may take some kinds alone" run list set rundschau attachments 'documents, pictures'
is "which are shown in their order" "$(json "[l for l in d if l['name'] == 'rundschau'][0]['policies']['attachments']" show lists)" "pictures documents"
is "a kind that there is not is refused" "$(status_of run list set rundschau attachments 'filme')" 64
like "with those that there are" "$(cat "$TEST_TMP/.last")" "*pictures, documents, calendars*"
ok "attachments may be smaller" run list set rundschau attachment-limit 500K
ok "and mails" run list set rundschau mail-limit '25 MB'
is "as is shown" "$(json "[d['policies']['attachment_limit'], d['policies']['mail_limit']]" list show rundschau)" "[512000, 26214400]"
is "a size is a size" "$(status_of run list set rundschau mail-limit viel)" 64
ok "no limit again" run list set rundschau mail-limit none
is "then none is shown" "$(json "'mail_limit' in d['policies']" list show rundschau)" False
is "a name is given once" "$(status_of run list create rundschau --kind group --title x)" 65
is "an alias is a name too" "$(status_of run list create nachrichten --kind group --title x)" 65
is "a kind must exist" "$(status_of run list create neu --kind kaffeekranz --title x)" 64
is "a region must exist" "$(status_of run list create neu --kind group --title x --region atlantis)" 65
is "nothing of those was made" "$(json "[l['name'] for l in d if l['name'] in ('neu', 'nachrichten')]" show lists)" "[]"
ok "an archive is opened" run list set rundschau archive public
is "and is open" "$(list rundschau archive)" public
is "a key must exist" "$(status_of run list set rundschau farbe blau)" 64
is "a value must fit" "$(status_of run list set rundschau archive vielleicht)" 64
is "a list must exist" "$(status_of run list set nirgends archive none)" 67
ok "a list is removed" run list remove rundschau
is "and is no longer shown" "$(json "'rundschau' in [l['name'] for l in d]" show lists)" False
is "its name is not given away again" "$(status_of run list create rundschau --kind group --title x)" 65

# ---- members
ok "a member is added" run member add gruenau Eva@Example.ORG --name 'Eva Grünberg'
is "an address is kept in one form" "$(json "d[0]['address']" show members gruenau)" eva@example.org
is "with a name" "$(json "d[0]['name']" show members gruenau)" "Eva Grünberg"
is "and what else is promised" "$(json "[d[0][k] for k in ('roles', 'delivery', 'state')]" show members gruenau)" "[['member'], 'each', 'active']"
is "confirmed by the operator, now" "$(json "[d[0][k] for k in ('confirmed', 'since')]" show members gruenau)" "['2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z']"
ok "a role is given" run member set gruenau eva@example.org --role moderator
like "and shown" "$(json "d[0]['roles']" show members gruenau)" "*moderator*"
ok "another delivery" run member set gruenau eva@example.org --delivery weekly
is "is another delivery, and nothing else" "$(json "[d[0]['delivery'], 'moderator' in d[0]['roles']]" show members gruenau)" "['weekly', True]"
ok "a copy of one's own posts" run member set gruenau eva@example.org --own-copy on
is "is shown in the word it was set with" "$(json "d[0]['own_copy']" show members gruenau)" on
run member set gruenau eva@example.org --own-copy list
is "a delivery must exist" "$(status_of run member set gruenau eva@example.org --delivery hourly)" 64
is "a role must exist" "$(status_of run member set gruenau eva@example.org --role king)" 64
is "a list is no member of a list" "$(status_of run member add gruenau Adlershof@KIEZ.example)" 65
printf 'oben@example.org Oben\nadlershof@kiez.example\nunten@example.org\n' >"$TEST_TMP/odd"
is "nor by a file" "$(status_of run member add adlershof --file "$TEST_TMP/odd")" 65
is "what stands above the bad line is added" "$(json "[m['address'] for m in d]" show members adlershof)" "['oben@example.org']"
is "an address must be one" "$(status_of run member add gruenau 'no address')" 65
is "a stranger cannot be changed" "$(status_of run member set gruenau udo@example.org --delivery daily)" 67
for i in $(seq 1 1203); do printf 'nachbar%d@example.org Nachbar Nr. %d\n' "$i" "$i"; done >"$TEST_TMP/many"
ok "many are added from a file" run member add gruenau --file "$TEST_TMP/many"
is "all of them, over all pages" "$(json "len(d)" show members gruenau)" 1204
is "each once" "$(json "len(set(m['address'] for m in d))" show members gruenau)" 1204
is "with their names" "$(json "[m['name'] for m in d if m['address'] == 'nachbar7@example.org']" show members gruenau)" "['Nachbar Nr. 7']"
is "the list counts them" "$(list gruenau members)" 1204
ok "the file again" run member add gruenau --file "$TEST_TMP/many"
is "adds nobody twice" "$(list gruenau members)" 1204
ok "a member is removed" run member remove gruenau eva@example.org
is "and has left" "$(json "[m['state'] for m in d if m['address'] == 'eva@example.org']" show members gruenau)" "['left']"
is "the list counts one less" "$(list gruenau members)" 1203
is "who left cannot leave again" "$(status_of run member remove gruenau eva@example.org)" 67

# ---- show, for people
line=$(run show members gruenau | grep nachbar7@)
like "a member is a line" "$line" "nachbar7@example.org *active *each *member *2026-03-02*Nachbar Nr. 7"
is "as many lines as members" "$(run show members gruenau | wc -l)" 1204
is "columns stand below one another" "$(run show lists | head -n 5 | awk '{ print index($0, $2) }' | sort -u | wc -l)" 1
is "nothing to show is an empty array" "$(run show holds --json | tr -d ' \n')" "[]"
is "and no line" "$(run show outbox | wc -l)" 0
is "a list that is not there" "$(status_of run show members nirgends)" 67
like "is named" "$(cat "$TEST_TMP/.last")" '*"nirgends"*'
is "a WHAT that is not there" "$(status_of run show membres gruenau)" 64
like "has a suggestion" "$(cat "$TEST_TMP/.last")" '*"members"*'
is "a list must be said" "$(status_of run show members)" 64
is "too much is too much" "$(status_of run show lists gruenau)" 64
is "an id must be a number" "$(status_of run show thread abc)" 64
is "a thread must exist" "$(status_of run show thread 4711)" 65
before=$(sha256sum "$TEST_TMP/d/store/kiezpost.db" | cut -d' ' -f1)
run show members gruenau >/dev/null
is "showing changes no byte" "$(sha256sum "$TEST_TMP/d/store/kiezpost.db" | cut -d' ' -f1)" "$before"

# ---- a thread, as it is shown
{ mail 'Nachbar Sieben <nachbar7@example.org>' gruenau@kiez.example 'Laterne am Markt' 'Sie ist aus.'; } |
  run deliver --local --from nachbar7@example.org gruenau@kiez.example
run work --once 2>/dev/null
is "a post is a thread" "$(json "[(t['subject'], t['messages'], t['list']) for t in d]" show threads gruenau)" "[('Laterne am Markt', 1, 'gruenau')]"
thread=$(json "d[0]['id']" show threads gruenau)
is "the thread alone is an object with the same id" "$(json "d['id']" show thread "$thread")" "$thread"
like "a public list's thread has an address" "$(json "d['url']" show thread "$thread")" "https://*/gruenau/2026/0001/"
message=$(json "d[0]['id']" show messages "$thread")
like "its message has the words" "$(json "d['text']" show message "$message")" "*Sie ist aus.*"
is "and its name" "$(json "d['from_name']" show message "$message")" "Nachbar Sieben"
is "each other member gets a letter" "$(json "len([o for o in d if o['purpose'] == 'post' and o['state'] == 'due'])" show outbox)" 1202
{ mail 'Fremde <fremd@example.net>' gruenau@kiez.example 'Werbung' 'Kaufen Sie.'; } |
  run deliver --local --from fremd@example.net gruenau@kiez.example
run work --once 2>/dev/null
is "a stranger's post is held" "$(json "[(h['list'], h['from'], h['subject']) for h in d]" show holds)" "[('gruenau', 'fremd@example.net', 'Werbung')]"
is "its id is the one that queue takes" "$(json "d[0]['id'][0]" show holds)" h
is "at its list" "$(json "len(d)" show holds gruenau)" 1
is "and at no other" "$(json "len(d)" show holds adlershof)" 0

# ---- mediation
is "the district mediates" "$(list vermittlung kind) $(list vermittlung archive)" "mediation none"
is "and nothing of it is ever public" "$(status_of run list set vermittlung archive public)" 65
like "with a sentence" "$(cat "$TEST_TMP/.last")" "*confidential*"
is "there is no mediation yet" "$(json "d" show mediations)" "[]"
ok "a mediator is named" run member add vermittlung vera@example.org --role moderator
{ mail 'Anna <anna@example.net>' vermittlung@kiez.example 'Geheimer Streit' 'Können Sie vermitteln?'; } |
  run deliver --local --from anna@example.net vermittlung@kiez.example
run work --once 2>"$TEST_TMP/work.log"
not_ok "the log names nobody and nothing" grep -iE 'anna|geheim' "$TEST_TMP/work.log"
is "who asks without proof is asked first" "$(json "[o['purpose'] for o in d if o['to'] == 'anna@example.net']" show outbox)" "['mediation_confirm']"
is "and until then there is no mediation" "$(json "len(d)" show mediations)" 0
# ---- notices and admins
{ mail 'Fremde <fremd@example.net>' missbrauch@kiez.example 'Beleidigung' 'In gruenau@kiez.example steht GEHEIM.'; } |
  run deliver --local --from fremd@example.net missbrauch@kiez.example
run work --once 2>/dev/null
is "a notice is shown" "$(json "[(n['number'], n['state'], n['list'], n['notifier'], n['decided']) for n in d]" show notices)" "[(1, 'open', 'gruenau', 'unproven', None)]"
is "without what it says, and without who sent it" "$(run show notices --json | grep -c 'GEHEIM\|Beleidigung\|fremd@')" 0
ok "an admin is added" run admin add Dora@Example.ORG
is "and shown" "$(json "[(a['address'], a['from']) for a in d if a['from'] == 'store']" show admins)" "[('dora@example.org', 'store')]"
is "a list is no admin" "$(status_of run admin add gruenau@kiez.example)" 65
is "nor are words" "$(status_of run admin add dora)" 65
is "who is none cannot be removed" "$(status_of run admin remove eva@example.org)" 67
run admin add eva@example.org
ok "an admin is removed" run admin remove eva@example.org
if [ "$(json "len([a for a in d if a['from'] == 'configuration'])" show admins)" = 0 ]; then
  is "the last one stays" "$(status_of run admin remove dora@example.org)" 65
fi
done_testing
