SRC_mail += $(sort $(wildcard lib/mail/pictures/*.c))
