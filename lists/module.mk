SRC_lists += $(sort $(wildcard lists/*.c))
