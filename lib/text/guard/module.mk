SRC_text += $(sort $(wildcard lib/text/guard/*.c))
