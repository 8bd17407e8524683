#!/bin/sh
# deps.sh [build] [test] [bench]: installs what is missing for these, by apt and npm, and says so first.
# Refuses, with a sentence, when apt would have to remove a package that is installed. Does nothing when all is there.
set -eu
cd "$(dirname "$0")/.."

build='gcc make pkg-config libgmime-3.0-dev libetpan-dev libsqlite3-dev libssl-dev libcmark-dev libicu-dev
 libgumbo-dev libpsl-dev libjson-glib-dev libseccomp-dev libical-dev libexif-dev libheif-dev libmicrohttpd-dev libcurl4-gnutls-dev libsasl2-modules ca-certificates'
test='libcmocka-dev python3-icalendar postfix chromium nodejs npm clang libclang-rt-14-dev mandoc iproute2 util-linux procps openssl sqlite3'
bench='mlmmj mhonarc python3 postfix sqlite3'

say() { echo "deps: $*" >&2; }

wanted=
for group; do
  case $group in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    bench) wanted="$wanted $bench" ;;
    *) say "'$group' is none of build, test, bench"; exit 64 ;;
  esac
done

# A program that works counts as there, whatever package it came from (node and npm are often not Debian's).
present() {
  case $1 in
    nodejs) command -v node >/dev/null 2>&1 && return 0 ;;
    npm | gcc | make | clang | python3) command -v "$1" >/dev/null 2>&1 && return 0 ;;
  esac
  dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

missing=
for package in $wanted; do
  present "$package" || case " $missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac
done

if [ -n "$missing" ]; then
  by_hand="To go on with what is there: DEPS=none."
  command -v apt-get >/dev/null || { say "missing:$missing. There is no apt here to install them. $by_hand"; exit 69; }
  as_root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "missing:$missing. Install them as root, or install sudo. $by_hand"; exit 77; }
    as_root=sudo
  fi
  $as_root apt-get update -q >/dev/null || { say "'apt-get update' failed; is the network up? $by_hand"; exit 69; }
  # shellcheck disable=SC2086
  plan=$($as_root apt-get install -s --no-install-recommends $missing) ||
    { say "apt cannot install$missing; 'apt-get install$missing' says why. $by_hand"; exit 69; }
  removed=$(printf '%s\n' "$plan" | sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' ')
  if [ -n "$removed" ]; then
    say "apt would have to remove ${removed}to install$missing. Nothing was changed; decide which of them you need. $by_hand"
    exit 69
  fi
  # A Postfix that comes for the tests gets no configuration: it must not begin to serve this machine.
  case " $missing " in *" postfix "*)
    echo "postfix postfix/main_mailer_type select No configuration" | $as_root debconf-set-selections ;;
  esac
  echo "deps: installing by apt:$missing"
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null </dev/null ||
    { say "apt failed; its own words stand above. $by_hand"; exit 69; }
fi

case " $* " in *" test "*)
  lock=tests/pages/package-lock.json installed=tests/pages/node_modules/.package-lock.json
  if [ ! -e "$installed" ] || [ "$lock" -nt "$installed" ]; then
    echo "deps: installing by npm into tests/pages: playwright-core axe-core"
    (cd tests/pages && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
      { say "npm failed; its own words stand above. To go on without: DEPS=none."; exit 69; }
  fi ;;
esac
