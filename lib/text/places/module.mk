SRC_text += $(sort $(wildcard lib/text/places/*.c))
