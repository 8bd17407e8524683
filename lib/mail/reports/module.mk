SRC_mail += $(sort $(wildcard lib/mail/reports/*.c))
