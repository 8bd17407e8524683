#!/bin/sh
# deps.sh [build] [test] [bench]: installs what is missing for these, by apt and npm, and says so first.
# Refuses, with a sentence, when apt would have to remove a package that is installed. Does nothing when all is there.
set -eu
cd "$(dirname "$0")/.."

build='gcc make pkg-config libgmime-3.0-dev libetpan-dev libsqlite3-dev libssl-dev libcmark-dev libicu-dev
 libgumbo-dev libpsl-dev libjson-glib-dev libseccomp-dev libsasl2-modules ca-certificates'
test='libcmocka-dev postfix chromium nodejs npm clang libclang-rt-14-dev mandoc iproute2 util-linux procps openssl sqlite3'
bench='mlmmj mhonarc python3 postfix sqlite3'

wanted=
for group; do
  case $group in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    bench) wanted="$wanted $bench" ;;
    *) echo "deps: '$group' is none of build, test, bench" >&2; exit 64 ;;
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
  as_root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "deps: missing:$missing. Install them as root, or install sudo." >&2; exit 77; }
    as_root=sudo
  fi
  echo "deps: installing by apt:$missing"
  $as_root apt-get update -q >/dev/null || { echo "deps: 'apt-get update' failed; is the network up?" >&2; exit 69; }
  # shellcheck disable=SC2086
  plan=$($as_root apt-get install -s --no-install-recommends $missing) ||
    { echo "deps: apt cannot install$missing; 'apt-get install$missing' says why." >&2; exit 69; }
  removed=$(printf '%s\n' "$plan" | sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' ')
  if [ -n "$removed" ]; then
    echo "deps: apt would have to remove ${removed}to install$missing. Nothing was changed; decide yourself which you need." >&2
    exit 69
  fi
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null </dev/null
fi

case " $* " in *" test "*)
  if [ -f tests/pages/package.json ] && [ ! -d tests/pages/node_modules/playwright-core ]; then
    echo "deps: installing by npm into tests/pages: playwright-core axe-core"
    (cd tests/pages && npm ci --ignore-scripts --no-audit --no-fund --silent)
  fi ;;
esac
