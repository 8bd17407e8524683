SRC_mail += $(sort $(wildcard lib/mail/pgp/*.c))
