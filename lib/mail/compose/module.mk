SRC_mail += $(sort $(wildcard lib/mail/compose/*.c))
