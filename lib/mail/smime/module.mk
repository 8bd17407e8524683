SRC_mail += $(sort $(wildcard lib/mail/smime/*.c))
