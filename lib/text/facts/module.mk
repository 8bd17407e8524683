SRC_text += $(sort $(wildcard lib/text/facts/*.c))
