#!/bin/sh
# Says who looks upstairs: an #include "…" of a file on a higher floor than one's own. Floors are listed lowest
# first; lib/text and lib/mail share a floor, where text may not know mail. And says which folder, of tests too, holds
# more than 22 sources. Exit 1 for either.
cd "$(dirname "$0")/.." || exit 1
crowded=$(git ls-files -co --exclude-standard -- '*.c' | sed 's|/[^/]*$||' | sort | uniq -c |
  awk '$1 > 22 { print $2 ": " $1 " sources, no folder holds more than 22" }')
[ -z "$crowded" ] || { echo "$crowded"; exit 1; }
git ls-files -co --exclude-standard -- 'lib/*.[ch]' 'lists/*.[ch]' 'digest/*.[ch]' 'web-archive/*.[ch]' 'mta-hooks/*.[ch]' |
xargs -r awk '
  function floor(path) {
    if (path ~ /^lib\/base\//) return 0
    if (path ~ /^lib\/text\//) return 1
    if (path ~ /^lib\/mail\//) return 1.5
    if (path ~ /^lib\/store\//) return 2
    if (path ~ /^lists\//) return 3
    if (path ~ /^(digest|web-archive)\//) return 4
    if (path ~ /^mta-hooks\//) return 5
    return -1
  }
  /^#include "/ {
    split($0, part, "\""); other = part[2]
    if (other !~ /\//) next
    if (floor(other) > floor(FILENAME)) { print FILENAME ":" FNR ": looks upstairs at " other; bad = 1 }
    if (FILENAME !~ /^lib\/store\// && other ~ /store_sql/) { print FILENAME ":" FNR ": SQL lives in lib/store"; bad = 1 }
  }
  /^#include <sqlite3.h>/ && FILENAME !~ /^lib\/store\// { print FILENAME ":" FNR ": only lib/store knows SQLite"; bad = 1 }
  /^#include <gmime\// && FILENAME !~ /^lib\/mail\// { print FILENAME ":" FNR ": only lib/mail knows GMime"; bad = 1 }
  END { if (!bad) print "floors: nobody looks upstairs"; exit bad }'
