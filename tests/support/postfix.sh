# shellcheck shell=bash
# For tests that run all of kiezpost behind a real Postfix on loopback, in namespaces of their own: SMTP in → LMTP → worker →
# SMTP out → Postfix → residents' maildirs. $D is the district, $P what is Postfix's.
#   in_namespaces NAME "$@"     runs the test again inside `unshare`; needs root and Postfix, skips visibly where that is refused
#   district_for_postfix        a district in $D whose relay is this Postfix
#   postfix_start [LINES [MASTER]]  Postfix with the lines that `kiezpost postfix` prints, these of main.cf and these of master.cf
#   smtp FROM RCPT… <MAIL       speaks SMTP to port ${PORT:-2525} and prints the replies to MAIL, RCPT, DATA and the dot
#   box WHO, copies WHO TEXT, has WHO TEXT: a resident's mails (raw)
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"
P=$TEST_TMP/postfix D=$TEST_TMP/d

in_namespaces() {
  local name=$1; shift
  if [ "${1:-}" != inside ]; then
    [ "$(id -u)" = 0 ] || skip_all "$name: postfix: needs root"
    command -v /usr/sbin/postfix >/dev/null || skip_all "$name: postfix: is not installed"
    unshare -n -m -p --fork --mount-proc true 2>/dev/null || skip_all "$name: postfix: unshare is refused here"
    exec unshare -n -m -p --fork --mount-proc bash "$0" inside
  fi
  ip link set lo up
}

district_for_postfix() {
  local parent=$TEST_TMP
  mkdir -p "$P"/{etc,queue,data,maildirs,log}
  # Postfix drops to its own users below here.
  while [ "$parent" != / ]; do chmod o+x "$parent"; parent=$(dirname "$parent"); done
  new_district "$D" || { echo "not ok 1 - init works"; exit 1; }
  sed -i 's|^#* *relay *=.*|relay = smtp://127.0.0.1:2525|' "$D/kiezpost.conf"
  grep -q '^relay = smtp' "$D/kiezpost.conf" || printf '\n[send]\nrelay = smtp://127.0.0.1:2525\n' >>"$D/kiezpost.conf"
  printf '\n[mail]\nreceived_above_results = 1\n' >>"$D/kiezpost.conf"
}

# The lines for main.cf that `kiezpost postfix` prints are used as they are; around them the least an instance needs.
postfix_start() {
  "$KIEZPOST" postfix >"$TEST_TMP/lines.txt" 2>"$TEST_TMP/lines.err"
  is "kiezpost postfix prints its lines" "$?" 0
  cat >"$P/etc/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $P/queue
data_directory = $P/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $P/log/maillog
maillog_file_prefixes = $P
myhostname = mx.kiez.example
myorigin = kiez.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_mynetworks, reject
virtual_mailbox_domains = wohnen.example
virtual_mailbox_base = $P/maildirs
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
minimal_backoff_time = 2s
maximal_backoff_time = 2s
queue_run_delay = 2s
alias_maps =
biff = no
smtputf8_enable = yes
${1:-}
CONF
  awk '/master\.cf/ && /^#/ { in_master = 1 } !in_master && !/^#/' "$TEST_TMP/lines.txt" >>"$P/etc/main.cf"
  cat >"$P/etc/master.cf" <<CONF
2525 inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
${2:-}
CONF
  chown -R nobody "$P/maildirs"; chown postfix "$P/data"
  mta check; mta start || sed 's/^/# /' "$TEST_TMP/postfix.out"
  trap 'mta stop; tap_end' EXIT
  chmod o+x "$D" "$D/run"   # as `adduser postfix GROUP` would
}
mta() { MAIL_CONFIG=$P/etc /usr/sbin/postfix -c "$P/etc" "$@" >>"$TEST_TMP/postfix.out" 2>&1; }

kiezpost_start() {
  background "$KIEZPOST" run >>"$TEST_TMP/run.log" 2>&1
  ok "Postfix answers" wait_for 20 answers
  ok "kiezpost's sockets are there" wait_for 20 test -S "$D/run/lmtp.sock"
}
answers() { exec 3<>/dev/tcp/127.0.0.1/2525 && head -c 3 <&3 | grep -q 220; }

smtp() {
  local from=$1 line rcpt; shift
  exec 4<>"/dev/tcp/127.0.0.1/${PORT:-2525}" || return 1
  reply() { while IFS= read -r -t 20 line <&4; do line=${line%$'\r'}; echo "$line"; [[ $line == ???-* ]] || break; done; }
  reply >/dev/null; printf 'EHLO client.example\r\n' >&4; reply >/dev/null
  printf 'MAIL FROM:<%s>%s\r\n' "$from" "${SMTPUTF8:+ SMTPUTF8 BODY=8BITMIME}" >&4; reply
  for rcpt; do printf 'RCPT TO:<%s>\r\n' "$rcpt" >&4; reply; done
  printf 'DATA\r\n' >&4; reply
  sed 's/^\./../' >&4; printf '.\r\n' >&4; reply
  printf 'QUIT\r\n' >&4; reply >/dev/null; exec 4>&-
}
box() { find "$P/maildirs/$1/new" -type f 2>/dev/null | sort; }
copies() { box "$1" | xargs -r grep -l -- "$2" 2>/dev/null | wc -l; }
has() { [ "$(copies "$1" "$2")" -ge 1 ]; }
shown() { "$KIEZPOST" show "$1" "$2" --json | tr -d ' \n' | grep -q -- "$3"; }
