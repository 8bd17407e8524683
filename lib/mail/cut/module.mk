SRC_mail += $(sort $(wildcard lib/mail/cut/*.c))
