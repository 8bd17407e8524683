SRC_mail += $(sort $(wildcard lib/mail/files/*.c))
