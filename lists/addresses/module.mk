SRC_lists += $(sort $(wildcard lists/addresses/*.c))
