SRC_lists += $(sort $(wildcard lists/understand/*.c))
