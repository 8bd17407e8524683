SRC_text += $(sort $(wildcard lib/text/redact/*.c))
