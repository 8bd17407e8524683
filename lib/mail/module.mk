SRC_mail += $(sort $(wildcard lib/mail/*.c))
