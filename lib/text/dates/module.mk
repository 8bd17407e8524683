SRC_text += $(sort $(wildcard lib/text/dates/*.c))
