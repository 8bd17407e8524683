SRC_text += $(sort $(wildcard lib/text/facts/*.c))
GEN_text += number_words
