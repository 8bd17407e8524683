SRC_lists += $(sort $(wildcard lists/offices/*.c))
