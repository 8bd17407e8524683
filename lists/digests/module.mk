SRC_lists += $(sort $(wildcard lists/digests/*.c))
