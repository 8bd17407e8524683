SRC_lists += $(sort $(wildcard lists/keeping/*.c))
