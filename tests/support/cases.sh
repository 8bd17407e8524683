# shellcheck shell=bash disable=SC2154
# For tests of cases behind the Postfix of tests/support/flows.sh: offices with addresses, residents who ask, offices that answer
# with "Reply" in Outlook, and what the case and its page say afterwards.
#   cases_start             a district whose offices have addresses, and everything that runs
. "$(dirname "${BASH_SOURCE[0]}")/flows.sh"

# office WHO LETTER TEXT [OPTION…]: the office's reply from Outlook
office() { local client=outlook who=$1 letter=$2 text=$3; shift 3; answer "$who" "$letter" "$text" "$@"; }
# case_is TITLE EXPRESSION: what Python says over the case `c` of this title
case_is() {
  "$KIEZPOST" show cases frage --json 2>/dev/null | python3 -c "
import json, sys
c = [c for c in json.load(sys.stdin) if sys.argv[1] in c['title']]
sys.exit(not (c and eval(sys.argv[2], {'c': c[0]})))" "$1" "$2"
}
is_case() { need "$1: $2" soon case_is "$1" "$2"; }
page_of() { find "$D/archive/faelle" -path '*/20*' -name index.html -print0 | xargs -0 grep -l -- "<h1>$1" 2>/dev/null | head -n 1; }
page_shows() { local page; page=$(page_of "$1"); [ -n "$page" ] && grep -q -- "$2" "$page"; }
page_hides() { ! page_shows "$1" "$2"; }
signature=$'\n\nMit freundlichen Grüßen\nIm Auftrag\n\nKerstin Muster\nBezirksamt Treptow-Köpenick von Berlin\nStraßen- und Grünflächenamt\nZimmer 214, Tel. (030) 90297-5555\nDiese E-Mail-Adresse ist nicht für signierte/verschlüsselte E-Mails geeignet.'
# ask WHO TITLE TEXT: a question; $asked is the office's letter about it
ask() {
  write "$1" frage@kiez.example "$2" "$3"
  letter "$1" "KP-"
  letter "${4:-sga}" "$2"; asked=$found
}

set_office() { "$KIEZPOST" office set "$@" >/dev/null 2>&1; }
cases_start() {
  flows_start
  ok "offices have addresses" set_office SGA --address "$(at sga)"
  ok "another" set_office OrdA --address "$(at oa)"
  ok "one with four eyes" set_office SchulSport --address "$(at schul)" --deputy "$(at schulchef)" --four-eyes on
  ok "and a coordinator" set_office SPK --address "$(at spk)"
}
cases_end() {
  if [ "$tap_failed" != 0 ]; then { grep -v "decided before" "$TEST_TMP/run.log" | tail -n 40; } >&2; fi
  done_testing
}
