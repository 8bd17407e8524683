SRC_text += $(sort $(wildcard lib/text/days/*.c))
