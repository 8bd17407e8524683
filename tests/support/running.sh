# shellcheck shell=bash
# For tests in which all of kiezpost runs: starting and stopping it, posting by LMTP, and counting from outside what became of the mails.
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

run() { "$KIEZPOST" "$@"; }
socket() { echo "unix:$KP/run/lmtp.sock"; }

# running_district DIR [ADDRESS…]: a district in $KP at rest, with these members of gruenau
running_district() {
  KP=$1; shift
  new_district "$KP" || return 1
  local who
  for who; do run member add gruenau "$who" >/dev/null 2>&1 || return 1; done
  run work --once 2>>"$TEST_TMP/run.log" && run publish --once 2>>"$TEST_TMP/run.log"
}

# start_run [VAR=VALUE…]: kiezpost run, until it receives; its log is $TEST_TMP/run.log
start_run() {
  local receivers
  receivers=$(grep -c 'receiving at' "$TEST_TMP/run.log" 2>/dev/null)
  env "$@" "$KIEZPOST" run 2>>"$TEST_TMP/run.log" &
  runner=$!
  tap_children+=("$runner")
  wait_for 15 receives_again "${receivers:-0}"
}
receives_again() { [ "$(grep -c 'receiving at' "$TEST_TMP/run.log")" -gt "$1" ]; }
stop_run() { kill "$runner" 2>/dev/null; wait "$runner"; }
# the process that runs VERB below $runner
part() { local pid; for pid in $(cat "/proc/$runner/task/$runner/children"); do tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "^kiezpost $1 " && echo "$pid"; done; }
said() { grep -q -- "$1" "$TEST_TMP/run.log"; }

# post SUBJECT [BODY] [FROM]: one mail through the socket; the exit status is what the MTA would see
post() { mail "${3:-eva@example.org}" gruenau@kiez.example "$1" "${2:-Guten Tag.}" | run deliver --from "${3:-eva@example.org}" gruenau@kiez.example; }
posts() { status_of post "$@"; }
large_body() { head -c "${1:-400000}" /dev/zero | tr '\0' x | fold -w 70 | sed 's/$/\r/'; }

# talk [SOCKET]: a dialogue from standard input; lmtp_says ADDRESS RCPT-REPLY [DOT-REPLY [DATA-LINES]]: one mail
talk() { local file=$TEST_TMP/.talk.$BASHPID; cat >"$file"; "$TOOLS/lmtp_dialogue" "${1:-$(socket)}" "$file"; }
hello='S: 220
C: LHLO mta.example
S* 5 250-
S: 250 SMTPUTF8'
rcpt_is() { printf '%s\nC: MAIL FROM:<a@mail.example>\nC: RCPT TO:<%s>\nS: 250\nS: %s\nC: QUIT\nS: 221\n' "$hello" "$1" "$2" | talk; }
dot_is() { printf '%s\nC: MAIL FROM:<a@mail.example>\nC: RCPT TO:<gruenau@kiez.example>\nC: DATA\nS: 250\nS: 250\nS: 354\nC: From: a@mail.example\nC: Message-ID: <dot.%s.%s@mail.example>\nC:\n%sC: .\nS: %s\nC: QUIT\nS: 221\n' "$hello" "$RANDOM" "$RANDOM" "${2:-}" "$1" | talk; }
data_is() { printf '%s\nC: MAIL FROM:<a@mail.example>%s\nC: RCPT TO:<gruenau@kiez.example>\nC: DATA\nS: 250\nS: 250\nS: %s\nC: QUIT\nS: 221\n' "$hello" "${2:-}" "$1" | talk; }
large_text='R: 8000 Eine Zeile, wie sie überall steht, nur etwas länger.\r\n
'

# What is there: sql DATABASE STATEMENT prints rows, columns parted by spaces.
sql() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=10).execute(sys.argv[2]): print(*row)' "$@"; }
store() { sql "$KP/store/kiezpost.db" "$1"; }
inbox_rows() { sql "$KP/inbox/inbox.db" "SELECT count(*) FROM inbox"; }
json() { local expression=$1; shift; run "$@" --json 2>"$TEST_TMP/.err" | python3 -c "import json, sys; d = json.load(sys.stdin); print($expression)" 2>&1; }
subjects() { json "' '.join(sorted(t['subject'] for t in d))" show threads gruenau; }
is_idle() { [ "$(inbox_rows)" = 0 ] && [ "$(due)" = 0 ]; }
due() { json "sum(1 for o in d if o['state'] in ('due', 'deferred') and not o.get('paused'))" show outbox; }
letters_titled() { grep -rlF -- "Subject: $2" "$KP/letters/$1/new" 2>/dev/null | wc -l; }
not() { ! "$@"; }
