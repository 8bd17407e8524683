# shellcheck shell=bash
# Sourced by shell tests. Results are TAP lines; each test works below $TEST_TMP and ends what it started, by id.
#   ok "sentence" COMMAND…      passes when the command succeeds      not_ok "sentence" COMMAND…   when it fails
#   is "sentence" GOT WANTED    equal strings                          like "sentence" TEXT PATTERN  TEXT holds the bash pattern
#   skip_all "postfix: why"     one visible skip, then the end
#   new_district DIR            kiezpost init with the shipped district, domain kiez.example, letters to a maildir
#   mail FROM TO SUBJECT [BODY] one plain mail on standard output, with a Message-ID of its own
#   background COMMAND…         starts it; ended with the test     wait_for SECONDS COMMAND…   until it succeeds
set -u
: "${ROOT:=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}"
: "${KIEZPOST:=$ROOT/build/test/kiezpost}" "${TOOLS:=$ROOT/build/test/tools}"
if [ -z "${TEST_TMP:-}" ]; then TEST_TMP=$(mktemp -d "${TMPDIR:-/tmp}/kiezpost-test.XXXXXX"); fi
mkdir -p "$TEST_TMP"
export ROOT KIEZPOST TOOLS TEST_TMP LC_ALL=C.UTF-8
tap_count=0 tap_failed=0
tap_children=()

tap_end() {
  local child
  for child in "${tap_children[@]:+${tap_children[@]}}"; do kill "$child" 2>/dev/null; done
  for child in "${tap_children[@]:+${tap_children[@]}}"; do wait "$child" 2>/dev/null; done
  tap_children=()
}
trap 'tap_end' EXIT
trap 'exit 143' TERM INT

tap() { # STATUS SENTENCE
  tap_count=$((tap_count + 1))
  if [ "$1" = 0 ]; then echo "ok $tap_count - $2"; else echo "not ok $tap_count - $2"; tap_failed=$((tap_failed + 1)); fi
}
ok() { local sentence=$1; shift; "$@" >"$TEST_TMP/.last" 2>&1; local status=$?; [ $status = 0 ] || sed 's/^/# /' "$TEST_TMP/.last"; tap $status "$sentence"; }
not_ok() { local sentence=$1; shift; if "$@" >"$TEST_TMP/.last" 2>&1; then tap 1 "$sentence"; else tap 0 "$sentence"; fi; }
is() { if [ "$2" = "$3" ]; then tap 0 "$1"; else printf '# got:    %s\n# wanted: %s\n' "$2" "$3"; tap 1 "$1"; fi; }
# shellcheck disable=SC2053
like() { if [[ $2 == $3 ]]; then tap 0 "$1"; else printf '# got: %s\n' "$2" | head -n 20; tap 1 "$1"; fi; }
unlike() { if [[ $2 == $3 ]]; then printf '# got: %s\n' "$2" | head -n 20; tap 1 "$1"; else tap 0 "$1"; fi; }
status_of() { "$@" >"$TEST_TMP/.last" 2>&1; echo $?; }
skip() { tap_count=$((tap_count + 1)); echo "ok $tap_count - $1 # SKIP $2"; }
skip_all() { echo "ok 1 - all of it # SKIP $1"; echo "1..1"; exit 0; }
done_testing() { echo "1..$tap_count"; [ "$tap_failed" = 0 ]; exit; }

background() { "$@" & tap_children+=($!); }
wait_for() {
  local seconds=$1 i; shift
  for ((i = 0; i < seconds * 20; i++)); do "$@" >/dev/null 2>&1 && return 0; sleep 0.05; done
  return 1
}

new_district() {
  "$KIEZPOST" init "$1" --domain kiez.example --district treptow-koepenick >"$TEST_TMP/.init" 2>&1 ||
    { sed 's/^/# /' "$TEST_TMP/.init"; return 1; }
  export KIEZPOST_CONFIG=$1/kiezpost.conf
  # Nobody stands in for an MTA that vouches for senders: most tests are about something else.
  local list
  for list in gruenau schmoeckwitz; do "$KIEZPOST" list set "$list" rule.unauthenticated accept >/dev/null 2>&1; done
  return 0
}

mail_count=0
mail() {
  mail_count=$((mail_count + 1))
  printf 'From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 10:15:00 +0100\r\n' "$1" "$2" "$3"
  printf 'Message-ID: <%s.%s.%s@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n' "$mail_count" "$BASHPID" "$RANDOM"
  printf 'Content-Transfer-Encoding: 8bit\r\n'
  [ -z "${MAIL_HEADERS:-}" ] || printf '%s\r\n' "$MAIL_HEADERS"
  printf '\r\n%s\r\n' "${4:-Guten Tag, liebe Nachbarn.}"
}
# the letters that ADDRESS has got, one file name a line
letters_of() { find "${LETTERS:-$TEST_TMP/d/letters}/$1/new" -type f 2>/dev/null | sort; }
