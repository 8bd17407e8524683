# shellcheck shell=bash
# Shared by the crash tests: a small district, a fixed set of mails, and what must hold after any crash.
. "$(dirname "$0")/../support/tap.sh"

# One fixed set: a post, an answer, one to two lists, a large mail (goes to a spool file), a mail by a stranger.
# MAILS/N.eml with MAILS/N.envelope ("SENDER RCPT…")
make_mails() {
  local dir=$1; mkdir -p "$dir"
  one() { # N SENDER SUBJECT BODY RCPT…
    local n=$1 sender=$2 subject=$3 body=$4; shift 4
    printf 'From: <%s>\r\nTo: %s\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 10:15:0%s +0100\r\nMessage-ID: <crash-%s@mail.example>\r\n%sMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n' \
      "$sender" "$(sed 's/ /, /g' <<<"$*")" "$subject" "$n" "$n" "${REPLY_TO:+In-Reply-To: <$REPLY_TO>$'\r\n'}" "$body" >"$dir/$n.eml"
    echo "$sender $*" >"$dir/$n.envelope"
  }
  one 1 anna@wohnen.example "Nummer 1" "Guten Tag" gruenau@kiez.example
  REPLY_TO=crash-1@mail.example one 2 bela@wohnen.example "Re: Nummer 1" "Antwort" gruenau@kiez.example
  one 3 anna@wohnen.example "Nummer 3" "An zwei Listen" gruenau@kiez.example schmoeckwitz@kiez.example
  one 4 bela@wohnen.example "Nummer 4" "$(head -c 400000 /dev/zero | tr '\0' x | fold -w 70)" gruenau@kiez.example
  one 5 fremd@anderswo.example "Nummer 5" "Ich bin kein Mitglied" gruenau@kiez.example
}

# district DIR LETTERS: anna, bela, cem in gruenau; anna and cem in schmoeckwitz too; letters into LETTERS
crash_district() {
  new_district "$1" || return 1
  sed -i "s|^#* *relay *=.*|relay = maildir:$2|" "$1/kiezpost.conf"
  grep -q '^relay = maildir' "$1/kiezpost.conf" || printf '\n[send]\nrelay = maildir:%s\n' "$2" >>"$1/kiezpost.conf"
  local who list
  # A small house: pages of two lists, so that a rebuild is quick.
  for list in $("$KIEZPOST" show lists --json | sed -n 's/^ *"name" *: *"\(.*\)".*/\1/p'); do
    case $list in gruenau | schmoeckwitz | kiez) ;; *) "$KIEZPOST" list remove "$list" 2>/dev/null || return 1 ;; esac
  done
  "$KIEZPOST" list set gruenau own-copy on >/dev/null 2>&1 || return 1 # so that every member is to get every letter
  for who in anna bela cem; do "$KIEZPOST" member add gruenau "$who@wohnen.example" >/dev/null || return 1; done
  for who in anna cem; do "$KIEZPOST" member add schmoeckwitz "$who@wohnen.example" >/dev/null || return 1; done
  # start from rest: address file, home page
  "$KIEZPOST" work --once 2>/dev/null && "$KIEZPOST" send --once 2>/dev/null && "$KIEZPOST" publish --once 2>/dev/null
}

# start_receiver [VAR=VALUE…]: lmtpd, its id in $receiver, until it answers. Its log is $TEST_TMP/log. The socket in its folder
# says nothing: that of one that ran before stays until it is bound anew, and a bound one may not be listened at yet.
start_receiver() {
  local before; before=$(grep -c 'receiving at' "$TEST_TMP/log" 2>/dev/null)
  env "$@" "$KIEZPOST" lmtpd 2>>"$TEST_TMP/log" & receiver=$!
  tap_children+=("$receiver")
  wait_for 10 receives_again "${before:-0}"
}
receives_again() { [ "$(grep -c 'receiving at' "$TEST_TMP/log")" -gt "$1" ]; }

# to_the_end: what an operator's restart does, until all is idle
to_the_end() { "$KIEZPOST" work --once && "$KIEZPOST" send --once && "$KIEZPOST" publish --once; }

# What stands in a list, asked once a crash: every message of every thread, as JSON, in $TEST_TMP/.messages.LIST
read_messages() { # LIST
  "$KIEZPOST" show threads "$1" --json >"$TEST_TMP/.threads" 2>/dev/null
  local id
  for id in $(grep -o '"id" *: *"\{0,1\}[0-9/]*' "$TEST_TMP/.threads" | grep -o '[0-9/]*$'); do
    "$KIEZPOST" show messages "$id" --json 2>/dev/null
  done >"$TEST_TMP/.messages.$1"
}
messages_of() { grep -c "\"message_id\" *: *\"$2\"" "$TEST_TMP/.messages.$1"; } # LIST ID: how many, as read
letters_with() { grep -rlF -- "$2" "$LETTERS/$1/new" 2>/dev/null | wc -l; }

# raw_mail_is_whole DIR: each mail that the store says lies in a file does, with its size. Prints what does not.
raw_mail_is_whole() {
  local size file there
  sqlite3 -separator ' ' "$1/store/kiezpost.db" 'SELECT size, file FROM mail WHERE file IS NOT NULL' |
    while read -r size file; do
      there=$(stat -c %s "$1/store/raw/$file" 2>/dev/null)
      [ "$there" = "$size" ] || echo "the raw mail $file has ${there:-no} bytes, not $size"
    done
}

# after_crash DIR ACCEPTED…: the mails by number that were accepted must be there exactly once, raw bytes and page included, and
# letters at every member at least once (in the maildir, where a repeat replaces itself: exactly once). Prints what is wrong;
# nothing is good.
after_crash() {
  local n who district=$1 titles=("" "Nummer 1" "Re: Nummer 1" "Nummer 3" "Nummer 4"); shift
  raw_mail_is_whole "$district"
  read_messages gruenau
  for n; do
    case $n in
      5) [ "$("$KIEZPOST" show holds gruenau --json | grep -c 'fremd@anderswo.example')" = 1 ] || echo "mail 5 is not held exactly once" ;;
      *)
        [ "$(messages_of gruenau "crash-$n@mail.example")" = 1 ] || echo "mail $n stands $(messages_of gruenau "crash-$n@mail.example") times in gruenau"
        for who in anna bela cem; do
          [ "$(letters_with "$who@wohnen.example" "Message-ID: <crash-$n@mail.example>")" -ge 1 ] || echo "$who has no letter of mail $n"
        done
        # mail 2 is an answer: it stands on the page of mail 1, by its text
        grep -rqF --include=index.html "${titles[$n]#Re: }" "$district/archive/gruenau" || echo "no page tells of mail $n"
        [ "$n" != 2 ] || grep -rqE --include=index.html '(^|>)Antwort' "$district/archive/gruenau" || echo "mail 2 stands on no page" ;;
    esac
  done
  case " $* " in *" 3 "*)
    read_messages schmoeckwitz
    [ "$(messages_of schmoeckwitz "crash-3@mail.example")" = 1 ] || echo "mail 3 is not once in schmoeckwitz"
    grep -rqF --include=index.html "Nummer 3" "$district/archive/schmoeckwitz" || echo "no page of schmoeckwitz tells of mail 3"
    local copies; copies=$(letters_with cem@wohnen.example "Message-ID: <crash-3@mail.example>")
    [ "$copies" = 1 ] || echo "cem got mail 3 $copies times" ;;
  esac
}

# pages_equal_rebuild DIR: the archive is what a rebuild from nothing makes
pages_equal_rebuild() {
  local copy=$TEST_TMP/.archive
  rm -rf "$copy"; cp -r "$1/archive" "$copy"; rm -rf "$1/archive"
  "$KIEZPOST" publish --rebuild >/dev/null 2>&1 && diff -r "$copy" "$1/archive" >"$TEST_TMP/.diff" 2>&1 || { head -n 5 "$TEST_TMP/.diff"; return 1; }
}
