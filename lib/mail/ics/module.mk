SRC_mail += $(sort $(wildcard lib/mail/ics/*.c))
