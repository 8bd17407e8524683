SRC_lists += $(sort $(wildcard lists/members/*.c))
