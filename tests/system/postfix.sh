#!/usr/bin/env bash
# A real Postfix before and behind kiezpost (tests/support/postfix.sh): posts, membership, what is refused and what waits, with
# three residents.
. "$(dirname "$0")/../support/postfix.sh"
in_namespaces postfix "$@"
district_for_postfix
for who in anna bela cem; do ok "member $who is added" "$KIEZPOST" member add gruenau "$who@wohnen.example" --name "${who^}"; done
for who in anna bela; do
  "$KIEZPOST" member add schmoeckwitz "$who@wohnen.example" --name "${who^}"
  "$KIEZPOST" member add mueggelheim "$who@wohnen.example" --name "${who^}"
done >/dev/null

postfix_start "virtual_mailbox_maps = inline:{ anna@wohnen.example=anna/, bela@wohnen.example=bela/, cem@wohnen.example=cem/, dora@wohnen.example=dora/, eva@wohnen.example=eva/ }
# of all residents this MTA vouches for Eva alone, in the place where rspamd's field stands
lmtp_header_checks = regexp:{ { /^From:.*<eva@wohnen\.example>/ PREPEND Authentication-Results: mx.kiez.example; dmarc=pass header.from=wohnen.example } }"
kiezpost_start
published() { grep -rqF -- "$1" "$D/archive"; }

out=$(mail "Anna <anna@wohnen.example>" gruenau@kiez.example "Erste Mail" | smtp anna@wohnen.example gruenau@kiez.example)
like "a post is taken by SMTP" "$(tail -n 1 <<<"$out")" "250*"
ok "the second resident has it in the maildir" wait_for 30 has bela "Erste Mail"
ok "the third resident has it in the maildir" wait_for 30 has cem "Erste Mail"
ok "its page is there a moment later" wait_for 10 published "Erste Mail"
not_ok "the author gets no own copy" has anna "Erste Mail"
letter=$(box bela | head -n 1)
from=$(sed -n '/^From:/,/^[^ \t]/p' "$letter" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n')
like "its From is ours" "$from" "*@kiez.example*"
like "its envelope sender is signed" "$(grep -i '^Return-Path:' "$letter")" "*+??????????????????????????????????????????@kiez.example>*"

reply_to=$(sed 's/.*<\([^>]*\)>.*/\1/' <<<"$from")
out=$(mail "Bela <bela@wohnen.example>" "$reply_to" "Re: Erste Mail" "Antwort an die signierte Adresse" | smtp bela@wohnen.example "$reply_to")
like "an answer to the signed address is taken" "$(tail -n 1 <<<"$out")" "250*"
ok "and reaches the others" wait_for 30 has cem "Antwort an die signierte"
ok "in the same thread" wait_for 10 shown threads gruenau '"messages":2'

# Membership by mail. Dora writes from an address that nobody vouches for; Eva's provider signs.
out=$(mail "Dora <dora@wohnen.example>" gruenau@kiez.example "mitlesen" "Hallo, ich möchte gern in den Verteiler Grünau aufgenommen werden. Dora" | smtp dora@wohnen.example gruenau@kiez.example)
asked=$SECONDS
like "a wish to join is taken" "$(tail -n 1 <<<"$out")" "250*"
ok "it is asked back" wait_for 30 has dora "Art. 13"
letter_from() { sed -n '/^From:/,/^[^ \t]/p' "$(box "$1" | xargs -r grep -l -- "$2" | tail -n 1)" | sed '1!{/^[^ \t]/d}' | tr -d '\r\n' | sed 's/.*<\([^>]*\)>.*/\1/'; }
out=$(mail "Eva <eva@wohnen.example>" gruenau+beitreten@kiez.example "Beitreten" " " | smtp eva@wohnen.example gruenau+beitreten@kiez.example)
ok "the command address asks back, too" wait_for 30 has eva "Art. 13"
eva=$(letter_from eva "Art. 13")
# as Outlook answers: the subject with AW:, the question quoted below
out=$(mail "Eva <eva@wohnen.example>" "$eva" "AW: Moechten Sie mitlesen?" $'Ja bitte!\n\nMit freundlichen Grüßen\nEva\n\nVon: Grünau <gruenau@kiez.example>\nGesendet: Montag, 2. März 2026 10:15\nAn: eva@wohnen.example\nBetreff: Möchten Sie mitlesen?\n\nWaren Sie das nicht, löschen Sie diese Mail.' | smtp eva@wohnen.example "$eva")
ok "who answers is a member" wait_for 30 shown members gruenau 'eva@wohnen.example'
ok "and gets a welcome" wait_for 30 has eva "Willkommen"
out=$(mail "Eva <eva@wohnen.example>" gruenau@kiez.example "Haltestelle" "Weiß jemand, wann der Bus wieder fährt?" | smtp eva@wohnen.example gruenau@kiez.example)
ok "the new member's post reaches the others" wait_for 30 has bela "Haltestelle"
out=$(mail "Eva <eva@wohnen.example>" gruenau@kiez.example "Verteiler" "bitte nehmen Sie mich aus dem Verteiler!!!" | smtp eva@wohnen.example gruenau@kiez.example)
ok "who asks the whole list to be taken off gets a goodbye" wait_for 30 has eva "keine Mails mehr"
not_ok "and nobody else reads it" has bela "aus dem Verteiler"
out=$(mail "Anna <anna@wohnen.example>" gruenau+austreten@kiez.example "Austreten" " " | smtp mallory@wohnen.example gruenau+austreten@kiez.example)
ok "a forged wish to leave only asks the member" wait_for 30 has anna "verlassen"
ok "who stays" shown members gruenau 'anna@wohnen.example'

out=$(mail "Anna <anna@wohnen.example>" x "Unbekannt" | smtp anna@wohnen.example gibtesnicht@kiez.example)
like "an unknown recipient is refused at SMTP time" "$(sed -n 2p <<<"$out")" "550*"
forged=gruenau+$(printf 'a%.0s' {1..42})@kiez.example
out=$(mail "Anna <anna@wohnen.example>" x "Forged" | smtp anna@wohnen.example "$forged")
like "a forged token is refused at SMTP time" "$(sed -n 2p <<<"$out")" "550*"
stale=gruenau+$("$TOOLS/make_token" "$D/keys/kiezpost.keys" 1 1 0 400)@kiez.example
out=$(mail "Fremd <fremd@wohnen.example>" x "Abgelaufen" | smtp fremd@wohnen.example "$stale")
like "a stale token is accepted" "$(tail -n 1 <<<"$out")" "250*"
ok "as a stranger's mail: it waits" wait_for 20 shown holds gruenau 'fremd@wohnen.example'
out=$(mail "Anna <anna@wohnen.example>" x "Grossbuchstaben" | smtp anna@wohnen.example "$(tr a-z A-Z <<<"$reply_to")")
like "a token upper-cased by a gateway is taken" "$(tail -n 1 <<<"$out")" "250*"
out=$(mail "Anna <anna@wohnen.example>" x "Plus" | smtp anna@wohnen.example gruenau+hilfe@kiez.example)
like "a command address with plus is taken" "$(tail -n 1 <<<"$out")" "250*"
out=$(mail "Anna <anna@wohnen.example>" x "Postmeister" | smtp anna@wohnen.example postmaster@kiez.example)
like "postmaster is taken" "$(tail -n 1 <<<"$out")" "250*"
out=$(mail "Änne <änne@wohnen.example>" gruenau@kiez.example "Grüße" | SMTPUTF8=1 smtp "änne@wohnen.example" gruenau@kiez.example)
like "an SMTPUTF8 mail is taken" "$(tail -n 1 <<<"$out")" "250*"
ok "and does not bounce: it waits, its sender is no member" wait_for 20 shown holds gruenau 'nne@wohnen.example'

out=$(mail "Cem <cem@wohnen.example>" "gruenau@kiez.example, schmoeckwitz@kiez.example, mueggelheim@kiez.example, kiez@kiez.example" "Drei Listen" |
  smtp cem@wohnen.example gruenau@kiez.example schmoeckwitz@kiez.example mueggelheim@kiez.example kiez@kiez.example)
like "one mail to three lists and kiez@ is taken" "$(tail -n 1 <<<"$out")" "250*"
ok "a member of all three has it" wait_for 30 has anna "Drei Listen"
sleep 2
is "exactly once" "$(copies anna "Drei Listen")" 1
ok "it stands in the archive of gruenau" shown threads gruenau "DreiListen"

"$KIEZPOST" check --json >"$TEST_TMP/check.json" 2>&1
finding() { tr -d '\n' <"$TEST_TMP/check.json" | grep -o "{[^}]*\"subject\" : \"$1\"[^}]*}" | grep -q "$2"; }
for subject in lmtp socketmap relay store keys; do ok "check finds in order: $subject" finding "$subject" '"level" : "fine"'; done
ok "a mail with a forged Authentication-Results field of ours comes through without it" finding probe 'takes forged fields away'
ok "and check says that this Postfix authenticates nobody" finding probe '"level" : "note"'

mta stop; sleep 1
mail "Cem <cem@wohnen.example>" gruenau@kiez.example "Waehrend der Pause" | "$KIEZPOST" deliver --from cem@wohnen.example gruenau@kiez.example
is "with Postfix away a mail by the pipe door is taken" "$?" 0
sleep 2
is "nothing reaches anybody meanwhile" "$(copies bela "Waehrend der Pause")" 0
mta start
ok "when Postfix is back it arrives" wait_for 90 has bela "Waehrend der Pause"
is "once" "$(copies bela "Waehrend der Pause")" 1
while [ $((SECONDS - asked)) -lt 62 ]; do sleep 1; done
dora=$(letter_from dora "Art. 13")
out=$(mail "Dora <dora@wohnen.example>" "$dora" "Re: mitlesen" $'ja gern\n\nAm 02.03.2026 um 10:15 schrieb Grünau:\n> Waren Sie das nicht, löschen Sie diese Mail.' | smtp dora@wohnen.example "$dora")
ok "an answer after a minute counts without a signature" wait_for 30 shown members gruenau 'dora@wohnen.example'
not_ok "Postfix bounced nothing" grep -q 'status=bounced' "$P/log/maillog"
if [ "$tap_failed" != 0 ]; then { tail -n 40 "$TEST_TMP/run.log" "$P/log/maillog"; cat "$TEST_TMP/lines.txt"; } >&2; fi
done_testing
