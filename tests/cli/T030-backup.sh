# kiezpost backup, restore, upgrade: a district in one file, and back: nothing lost, nothing sent twice, no number twice.
. "$(dirname "$0")/../support/tap.sh"
new_district "$TEST_TMP/d" || { echo "not ok 1 - a district can be made"; exit 1; }
export KIEZPOST_NOW=2026-03-02T10:15:00+01:00
run() { "$KIEZPOST" "$@"; }
json() {
  local expression=$1; shift
  run "$@" --json 2>"$TEST_TMP/err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1
}
post() { mail 'Eva <eva@example.org>' gruenau@kiez.example "$1" "${2:-Guten Tag.}" | run deliver --local --from eva@example.org gruenau@kiez.example; }
work() { run work --once 2>>"$TEST_TMP/work.log"; }
subjects() { json "sorted(t['subject'] for t in d)" show threads gruenau; }
letters() { letters_of udo@example.org | wc -l; }

run member add gruenau eva@example.org --name Eva
run member add gruenau udo@example.org --name Udo
post Laterne && work && run send --once 2>/dev/null
post Spielplatz && work
large=$(head -c 400000 /dev/zero | tr '\0' 'x' | fold -w 70)
post Foto "$large" && work
post Unterwegs
is "before: two letters wait, one was sent" "$(letters) $(json "len([o for o in d if o['state'] == 'due'])" show outbox)" "1 2"

# ---- backup
background "$KIEZPOST" work
ok "a backup is made while the worker runs" run backup "$TEST_TMP/kiez.tar"
tap_end
is "only its owner may read it" "$(stat -c %a "$TEST_TMP/kiez.tar")" 600
is "any tar can read it" "$(tar -xOf "$TEST_TMP/kiez.tar" kiezpost-backup | head -n 1)" "kiezpost backup 1"
names=$(tar -tf "$TEST_TMP/kiez.tar")
for name in kiezpost.conf keys store/kiezpost.db inbox/inbox.db SHA256SUMS; do like "it holds $name" "$names" "*$name*"; done
is "and the large mail" "$(grep -c '^store/raw/' <<<"$names")" 1
mkdir "$TEST_TMP/x" && tar -xf "$TEST_TMP/kiez.tar" -C "$TEST_TMP/x"
ok "its digests are those of sha256sum" sh -c "cd '$TEST_TMP/x' && sha256sum --quiet -c SHA256SUMS"
is "nothing else is left beside it" "$(find "$TEST_TMP" -maxdepth 1 -name '.tmp*' -o -maxdepth 1 -name '.kiezpost-backup*' | wc -l)" 0
is "a directory that is not there is said" "$(status_of run backup "$TEST_TMP/nowhere/kiez.tar")" 74

# ---- life goes on after the backup
work
post 'Nach der Sicherung' && work
run send --once 2>/dev/null; run publish --once 2>/dev/null
sent_before=$(letters)
is "after the backup everything was sent" "$(json "len([o for o in d if o['state'] == 'due'])" show outbox)" 0
highest=$(json "max(t['number'] for t in d)" show threads gruenau)
post 'Noch im Eingang'

# ---- restore
is "a store with mail is not replaced by mistake" "$(status_of run restore "$TEST_TMP/kiez.tar")" 77
like "and it says what to do" "$(cat "$TEST_TMP/.last")" "*--force*"
like "nothing was touched" "$(subjects)" "*Nach der Sicherung*"
head -c 100000 "$TEST_TMP/kiez.tar" >"$TEST_TMP/cut.tar"
is "a backup that was cut off is refused" "$(status_of run restore --force "$TEST_TMP/cut.tar")" 65
like "and nothing was touched" "$(subjects)" "*Nach der Sicherung*"
is "nothing half done is left" "$(find "$TEST_TMP/d" -name '*.restoring' | wc -l)" 0
ok "with --force it is brought back" run restore --force "$TEST_TMP/kiez.tar"
unlike "the store is as it was" "$(subjects)" "*Nach der Sicherung*"
like "with what it held" "$(subjects)" "*Laterne*"
is "the one in use before stands aside" "$(ls -d "$TEST_TMP"/d/store.before-* | wc -l)" 1
message=$(json "[t['id'] for t in d if t['subject'] == 'Foto'][0]" show threads gruenau)
is "the large mail is there again" "$(find "$TEST_TMP/d/store/raw" -name '*.eml' | wc -l)" 1
like "and its message too" "$(json "len(d[0]['text']) > 300000" show messages "$message")" True
run work --once 2>>"$TEST_TMP/work.log"; run send --once 2>>"$TEST_TMP/send.log"
like "mail that waited in the inbox in use was taken over" "$(subjects)" "*Noch im Eingang*"
is "what was due then is not sent by itself" "$(letters)" "$((sent_before + 1))"
like "the queue shows what waits" "$(run queue)" "*l[0-9]*"
new=$(json "[t['number'] for t in d if t['subject'] == 'Noch im Eingang'][0]" show threads gruenau)
ok "no number is given again: $new after $highest" test "$new" \> "$highest"
waiting() { json "len([o for o in d if o['state'] == 'due' and o['paused']])" show outbox; }
before=$(waiting)
letter=$(run queue | grep -o '^l[0-9]*' | head -n 1)
ok "the operator lets one go" run queue release "$letter"
run send --once 2>>"$TEST_TMP/send.log"
is "and it is sent" "$(json "[o['state'] for o in d if o['letter'] == ${letter#l}]" show outbox)" "['sent']"
is "the others wait on" "$(waiting)" "$((before - 1))"

# ---- into an empty place
ok "a backup becomes a new installation" env KIEZPOST_CONFIG="$TEST_TMP/new/kiezpost.conf" "$KIEZPOST" restore "$TEST_TMP/kiez.tar"
export KIEZPOST_CONFIG=$TEST_TMP/new/kiezpost.conf
like "with its threads" "$(subjects)" "*Laterne*"
is "its members" "$(json "[m['address'] for m in d]" show members gruenau)" "['eva@example.org', 'udo@example.org']"
ok "its keys" diff -r "$TEST_TMP/new/keys" "$TEST_TMP/d/keys"
aside=$(run queue | grep -c '^i')
is "what waited in its inbox waits for the operator" "$aside" "$(tar -xOf "$TEST_TMP/kiez.tar" inbox/inbox.db >"$TEST_TMP/i.db" && python3 -c "import sqlite3; print(sqlite3.connect('$TEST_TMP/i.db').execute('SELECT count(*) FROM inbox').fetchone()[0])")"
run work --once 2>/dev/null
post 'Hier geht es weiter' && work
like "and life goes on there" "$(subjects)" "*Hier geht es weiter*"

# ---- what is no backup
tar -cf "$TEST_TMP/other.tar" -C "$TEST_TMP" work.log
is "another tar is refused" "$(status_of run restore --force "$TEST_TMP/other.tar")" 65
is "a file that is not there too" "$(status_of run restore --force "$TEST_TMP/nowhere.tar")" 74
is "without a file it is a wrong call" "$(status_of run restore)" 64

# ---- upgrade
ok "the present version needs no upgrade" run upgrade
like "and says so" "$(cat "$TEST_TMP/.last")" "*already*"
# an installation from before vermittlung@
python3 tests/support/older_store.py "$TEST_TMP/new/store/kiezpost.db" 7
python3 -c "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(\"UPDATE list SET name = 'anderes' WHERE name = 'vermittlung'\"); db.commit()" "$TEST_TMP/new/store/kiezpost.db"
ok "an older store is brought to the present version" run upgrade
like "with the lists that the district has got since" "$(cat "$TEST_TMP/.last")" "*1 new list*"
like "which are there then" "$(run show lists)" "*vermittlung*"
ok "upgraded again" run upgrade
is "it adds none" "$(grep -c 'new list' "$TEST_TMP/.last")" 0
python3 -c "import sqlite3; sqlite3.connect('$TEST_TMP/new/store/kiezpost.db').execute('PRAGMA user_version = 999')"
is "a newer store is refused" "$(status_of run upgrade)" 78
like "with its version" "$(cat "$TEST_TMP/.last")" "*999*"
is "by everybody" "$(status_of run show lists)" 78
done_testing
