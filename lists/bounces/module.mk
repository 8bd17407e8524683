SRC_lists += $(sort $(wildcard lists/bounces/*.c))
