#!/usr/bin/env bash
# mk/deps.sh beside stand-ins for apt and dpkg: it says what it installs, and removes nothing.
. "$(dirname "$0")/../support/tap.sh"
bin=$TEST_TMP/bin log=$TEST_TMP/log out=$TEST_TMP/out err=$TEST_TMP/err
mkdir -p "$bin"
: >"$TEST_TMP/installed"

# stand_in NAME: a program of that name that runs the lines on standard input and notes its call
stand_in() {
  { printf '#!/bin/sh\necho "%s $*" >>"%s"\n' "$1" "$log"; cat; } >"$bin/$1"
  chmod +x "$bin/$1"
}
stand_in dpkg-query <<END
for last; do :; done
grep -qx "\$last" "$TEST_TMP/installed" && echo 'install ok installed'
END
stand_in apt-get <<END
case "\$*" in
  update*) [ ! -e "$TEST_TMP/offline" ] ;;
  *" -s "*) cat "$TEST_TMP/plan" ;;
esac
END
stand_in debconf-set-selections <<END
cat >>"$log"
END
stand_in sudo <<END
exec "\$@"
END
try() { : >"$log"; PATH=$bin:/usr/bin:/bin sh "$ROOT/mk/deps.sh" "$@" >"$out" 2>"$err" </dev/null; status=$?; }
installs() { grep '^apt-get install' "$log" | grep -v ' -s '; }

echo 'Inst libetpan-dev (1.9.4)' >"$TEST_TMP/plan"
try build
is "what is missing is installed" "$status" 0
like "it says what" "$(cat "$out")" 'deps: installing by apt:*libetpan-dev*'
like "and installs just that" "$(installs)" '*--no-install-recommends*libetpan-dev*'
unlike "build brings nothing that tests need" "$(cat "$out")" '*postfix*'

printf 'Inst libetpan-dev (1.9.4)\nRemv libcurl4-openssl-dev [7.88.1-10]\n' >"$TEST_TMP/plan"
try build
is "a package that would have to go stops it" "$status" 69
like "with a sentence that names it" "$(cat "$err")" '*apt would have to remove libcurl4-openssl-dev to install*Nothing was changed*'
is "and nothing is installed" "$(installs)" ""
is "or said to be" "$(cat "$out")" ""

echo 'Inst libetpan-dev (1.9.4)' >"$TEST_TMP/plan"
: >"$TEST_TMP/offline"
try build
is "without network it stops" "$status" 69
like "with a sentence" "$(cat "$err")" '*network*'
is "and nothing is tried" "$(installs)" ""
rm "$TEST_TMP/offline"

sed -n "/^build='/,/'\$/p" "$ROOT/mk/deps.sh" | tr -d "'" | sed 's/^build=//' | tr -s ' ' '\n' >"$TEST_TMP/installed"
try build
is "where all is there, it succeeds" "$status" 0
is "silently" "$(cat "$out" "$err")" ""
not_ok "and does not ask apt" grep -q '^apt-get' "$log"

try kitchen
is "what it does not know is wrong usage" "$status" 64
: >"$TEST_TMP/installed"
echo 'Inst mlmmj (1.3)' >"$TEST_TMP/plan"
try bench
ok "a Postfix that comes for tests gets no configuration" grep -q '^postfix postfix/main_mailer_type select No configuration' "$log"
done_testing
