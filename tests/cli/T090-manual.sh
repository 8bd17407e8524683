#!/usr/bin/env bash
# The manual pages say what the program does: every verb with its options, every setting with its default.
. "$(dirname "$0")/../support/tap.sh"
unset KIEZPOST_CONFIG KIEZPOST_NOW
export KIEZPOST_SHARE=${KIEZPOST_SHARE:-$ROOT/share}
command_page=$ROOT/docs/man/kiezpost.1 config_page=$ROOT/docs/man/kiezpost.conf.5

# ---- verbs ----------------------------------------------------------------------------------------------------------
# Lines of the page that begin a form of VERB: ".It Cm VERB …"
forms_of() { grep -E "^\.It Cm $1( |\$)" "$command_page"; }
verbs=$("$KIEZPOST" --help | sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p')
[ "$(wc -l <<<"$verbs")" -ge 15 ]; tap $? "--help lists the verbs"
for verb in $verbs; do
  "$KIEZPOST" "$verb" --help >"$TEST_TMP/help" 2>"$TEST_TMP/err"
  is "$verb --help succeeds" "$?" 0
  is "and has nothing to complain about" "$(cat "$TEST_TMP/err")" ""
  ok "$verb is in the manual" forms_of "$verb"
  lost=
  # The first words and options of each form: "queue release", "--own-copy".
  while read -r what; do
    forms_of "$verb" | grep -qE "Cm $verb (Op Cm )?$what( |\$)" || lost="$lost $what"
  done < <(sed -n "s/^kiezpost $verb \([a-z][a-z]*\)\( .*\)*\$/\1/p" "$TEST_TMP/help")
  for option in $(sed '/^Common options/d' "$TEST_TMP/help" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
    case $option in --once) continue ;; esac
    forms_of "$verb" | grep -qE "Fl ${option#-}( |\$)" || lost="$lost $option"
  done
  is "with all its forms and options" "$lost" ""
done
unknown=
for verb in $(sed -n '/^\.Sh STARTING/,/^\.Sh ENVIRONMENT/s/^\.It Cm \([a-z]*\).*/\1/p' "$command_page" | sort -u); do
  grep -qx "$verb" <<<"$verbs" || case $verb in title | archive | posting | subject | own | language | region | aliases | joining | members | topics | attachment | attachments | mail) ;; *) unknown="$unknown $verb" ;; esac
done
is "the manual knows no verb that is none" "$unknown" ""
for option in config now json once help version; do ok "the manual has --$option" grep -qE "^\.It Fl (h , )?-$option( |\$)" "$command_page"; done
for kind in group announce events kiezkasse defects questions frontdoor duty; do
  ok "the manual has the kind $kind" grep -qE "^\.(Cm|Ql) (.*[ ,])?$kind( |\$)" "$command_page"
done

# ---- settings -------------------------------------------------------------------------------------------------------
# "GROUP KEY DEFAULT" of each setting, from a new configuration and from the page
sed -n 's/^\[\(.*\)\]$/.Ss [\1]/p; s/^#*\([a-z_]*\) =\(.*\)$/\1 \2/p' <("$KIEZPOST" init "$TEST_TMP/d" --domain kiez.example 2>"$TEST_TMP/err" && cat "$TEST_TMP/d/kiezpost.conf") |
  awk '/^\.Ss/ { group = $2; next } { print group, $1, ($2 == "" ? "none" : $2) }' | sed 's/ domain .*/ domain Required/; s/ name .*/ name none/' >"$TEST_TMP/program"
awk '/^\.Sh EXAMPLES/ { exit } /^\.Ss/ { group = $2 } /^\.It Cm/ { if (key) print group_of, key, value; key = $3; group_of = group; value = "?" }
  /^Default: / { value = $2; sub(/\.$/, "", value) } /^Required\.$/ { value = "Required" } END { print group_of, key, value }' "$config_page" >"$TEST_TMP/page"
[ "$(wc -l <"$TEST_TMP/program")" -ge 30 ]; tap $? "a new configuration shows the settings"
is "the manual has every setting in its group with its default, and no other" "$(diff "$TEST_TMP/program" "$TEST_TMP/page")" ""

# ---- form -----------------------------------------------------------------------------------------------------------
if command -v mandoc >/dev/null; then
  for page in "$ROOT"/docs/man/*.[0-9]; do
    is "mandoc has nothing against ${page##*/}" "$(mandoc -Tlint "$page" | grep -vE ': STYLE:|outdated mandoc.db')" ""
    ok "${page##*/} can be read" bash -c 'mandoc -Thtml "$1" | grep -q "id=.NAME."' - "$page"
  done
else
  skip "mandoc has nothing against the manual pages" "mandoc: is not installed"
fi
done_testing
