SRC_text += $(sort $(wildcard lib/text/html/*.c))
