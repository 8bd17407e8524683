# shellcheck shell=bash
# For tests of what people do by mail: residents with a mail program each (tests/tools/answer_as.c), behind the Postfix of
# tests/support/postfix.sh. A flow is a function; $client is the program that it is done with, $c its name for addresses.
#   flows_start             Postfix and kiezpost; mail to port 2526 is vouched for, mail to port 2525 is not
#   run_table FLOWS         all of a table "flow program…", eight at a time, then a line for each; FLOW=… only that one
. "$(dirname "${BASH_SOURCE[0]}")/postfix.sh"

# ---- what people do ----

say() { echo "# $flow — $client: $*"; }
need() { local what=$1; shift; "$@" || { say "failed: $what"; exit 1; }; }
at() { echo "$1@wohnen.example"; }
# post_mail FROM TO PORT <MAIL
post_mail() { local said; said=$(PORT=$3 smtp "$1" "$2" | tail -n 1); [[ $said == 250* ]] || { say "from $1 to $2: $said"; exit 1; }; }
# write WHO ADDRESS SUBJECT TEXT: a new mail; forge …: the same, and nobody vouches for it
write() { printf '%s' "$4" | "$TOOLS/answer_as" "$client" - "$(at "$1")" --name "${1%%.*}" --to "$2" --subject "$3" >"$work/mail"; post_mail "$(at "$1")" "$2" 2526 <"$work/mail"; }
forge() { printf '%s' "$4" | "$TOOLS/answer_as" "$client" - "$(at "$1")" --to "$2" --subject "$3" | post_mail mallory@wohnen.example "$2" 2525; }
# answer WHO LETTER TEXT [OPTION…]: the reply to a letter; what was sent stays in $work/mail
answer() {
  local who=$1 letter=$2 text=$3 to; shift 3
  look "$letter"; to=${seen%% *}
  printf '%s' "$text" | "$TOOLS/answer_as" "$client" "$letter" "$(at "$who")" --name "${who%%.*}" "$@" >"$work/mail"
  post_mail "$(at "$who")" "$to" "${PORT_OF_ANSWER:-2526}" <"$work/mail"
}
# what a person sees of a letter, read once; $seen is it in one line
look() {
  local copy=$TEST_TMP/seen/${1##*/} own=$TEST_TMP/seen/.$BASHPID
  [ -s "$copy" ] || { "$TOOLS/answer_as" read "$1" >"$own" && mv "$own" "$copy"; }
  seen=$(<"$copy")
  seen=${seen//$'\n'/ }
}
# find_letter WHO WORDS: the newest that shows them; copies_of: how many do
find_letter() {
  local files=("$P/maildirs/$1/new"/*) i
  [ -e "${files[0]}" ] || return 1
  for ((i = ${#files[@]} - 1; i >= 0; i--)); do look "${files[i]}"; [[ $seen == *"$2"* ]] && found=${files[i]} && return 0; done
  return 1
}
copies_of() { local f n=0; for f in "$P/maildirs/$1/new"/*; do look "$f"; [[ $seen == *"$2"* ]] && n=$((n + 1)); done; echo "$n"; }
# letter WHO WORDS: waits for a letter that shows these words; $found is its file
letter() { need "$1 gets \"$2\"" soon find_letter "$1" "$2"; }
soon() { local i; for ((i = 0; i < 300; i++)); do "$@" && return 0; sleep 0.15; done; return 1; }
none() { ! find_letter "$1" "$2"; }
member() { shown members "$1" "\"address\":\"$(at "$2")\"[^}]*\"state\":\"active\""; }
is_member() { need "$2 is a member" soon member "$1" "$2"; }
# group NAME [WHO…]: a list of members; WHO:ROLE has duties
group() {
  local name=$1 who; shift
  "$KIEZPOST" list create "$name" --kind group --title "Runde $name" >/dev/null 2>&1 || { say "no list $name"; exit 1; }
  for who; do
    case $who in *:*) "$KIEZPOST" member add "$name" "$(at "${who%:*}")" --name "${who%%.*}" --role member --role "${who#*:}" ;;
      *) "$KIEZPOST" member add "$name" "$(at "$who")" --name "${who%%.*}" ;; esac >/dev/null 2>&1 || { say "no member $who"; exit 1; }
  done
  soon takes_mail "$name" || { say "$name is not known to the receiver"; exit 1; }
}
takes_mail() {
  local line replies=0
  exec 4<>/dev/tcp/127.0.0.1/2525 && printf 'HELO client.example\r\nMAIL FROM:<x@wohnen.example>\r\nRCPT TO:<%s>\r\nQUIT\r\n' "$1@kiez.example" >&4 || return 1
  while IFS= read -r -t 20 line <&4; do replies=$((replies + 1)); [ $replies != 4 ] || [[ $line == 250* ]] || return 1; done
  [ $replies -ge 4 ]
}

# ---- running them ----

flows_start() {
cat >"$P/etc/residents" <<'MAP'
/@wohnen\.example$/ lives here
MAP
cat >"$P/etc/vouch" <<'MAP'
/^From:.*@([A-Za-z0-9.-]+)/ PREPEND Authentication-Results: mx.kiez.example; dmarc=pass header.from=$1
MAP
# A maildir for whoever gets a letter: virtual(8) wants to know all names beforehand.
cat >"$P/etc/resident" <<MAP
#!/bin/sh
box=$P/maildirs/\$1
mkdir -p "\$box/new" "\$box/tmp"
name=\$(date +%s%N).\$\$
cat >"\$box/tmp/\$name" && mv "\$box/tmp/\$name" "\$box/new/\$name"
MAP
chmod +x "$P/etc/resident"
# what is not for wohnen.example goes to a server that knows nobody
postfix_start "virtual_mailbox_maps = regexp:$P/etc/residents
virtual_transport = resident
resident_destination_recipient_limit = 1
relayhost = [127.0.0.1]:2599" "2526 inet n - n - - smtpd -o cleanup_service_name=vouch
vouch unix n - n - 0 cleanup -o header_checks=regexp:$P/etc/vouch
resident unix - n n - 20 pipe flags=R user=nobody argv=$P/etc/resident \${user}"
background "$TOOLS/smtp_sink" --port 2599 --answer 'rcpt=550 5.1.1 User unknown' >/dev/null 2>&1
mkdir -p "$TEST_TMP/seen"
kiezpost_start
}

run_flow() { # FLOW CLIENT
  flow=$1 client=$2 c=$2 work=$TEST_TMP/flow.$1.$2
  mkdir -p "$work"
  trap - EXIT
  ("$1") >"$work/out" 2>&1
  echo $? >"$work/status"
}
# run_table FLOWS: all of a table, eight at a time; then a line for each
run_table() {
  local flow clients client work running=0
  while read -r flow clients; do
    [ -z "${FLOW:-}" ] || [ "$flow" = "$FLOW" ] || continue
    for client in $clients; do
      run_flow "$flow" "$client" &
      running=$((running + 1))
      [ $running -lt 8 ] || { wait -n; running=$((running - 1)); }
    done
  done <<<"$1"
  while read -r flow clients; do
    [ -z "${FLOW:-}" ] || [ "$flow" = "$FLOW" ] || continue
    for client in $clients; do
      work=$TEST_TMP/flow.$flow.$client
      wait_for 60 test -s "$work/status"
      [ "$(cat "$work/status")" = 0 ] || head -n 20 "$work/out"
      tap "$(cat "$work/status")" "${flow//_/ } — $client"
    done
  done <<<"$1"
}
not() { ! "$@"; }
