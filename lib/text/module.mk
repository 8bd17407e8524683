SRC_text += $(sort $(wildcard lib/text/*.c))
