SRC_lists += $(sort $(wildcard lists/groups/*.c))
