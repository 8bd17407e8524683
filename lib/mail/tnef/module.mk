SRC_mail += $(sort $(wildcard lib/mail/tnef/*.c))
